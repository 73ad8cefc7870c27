"""What an opinion is held against: the standard, rule or activity that a question names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from efficiency.problems import Hint, Problem

Measured = Literal["limit", "rule", "step"]
#: What can be named in a log: standards and rules by their ids, activities by their names.
Names = Mapping[str, Mapping[str, Measured]]


class Link(NamedTuple):
    """What is measured, and in which log."""

    log: str
    name: str
    measure: Measured


def linked_to(said: str, names: Names) -> Link | str:
    """
    What a question's ``linked`` names.

    Parameters
    ----------
    said
        ``T4``, ``P3``, ``承办``, or with the log before it: ``incoming.承办``.
    names
        By log, what can be named in it.

    Returns
    -------
    Link or str
        Where it names nothing, or several, the key of the message.

    Examples
    --------
    >>> names = {"a": {"T4": "limit", "承办": "step"}, "b": {"承办": "step"}}
    >>> linked_to("T4", names), linked_to("承办", names), linked_to("b.承办", names)
    (Link(log='a', name='T4', measure='limit'), 'linked_several', Link(log='b', name='承办', measure='step'))
    """  # noqa: E501
    log, _, name = said.partition(".")
    if log in names and name in names[log]:
        return Link(log, name, names[log][name])
    found = [Link(log, said, held[said]) for log, held in names.items() if said in held]
    if len(found) == 1:
        return found[0]
    return "linked_several" if found else "linked_unknown"


def wrong_link(said: str, names: Names, file: str, line: int) -> Problem | None:
    """What is wrong with a link; None: nothing."""
    found = linked_to(said, names)
    if isinstance(found, Link):
        return None
    known = tuple(dict.fromkeys(name for held in names.values() for name in held))
    logs = [log for log, held in names.items() if said in held]
    details = {"got": said, "hint": Hint(said, known), "logs": ", ".join(logs),
               "right": f"{logs[0]}.{said}" if logs else ""}  # fmt: skip
    return Problem(found, details, file, line, "linked")
