"""How many documents several logs speak of together: their cases do not add up."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from efficiency.evidence.log.doubtful_names import plain
from efficiency.facts.case_values import case_values, known
from efficiency.facts.events import Events
from efficiency.reviews.office import Office

#: What a document is known by in every log, where no rule says by what.
_NUMBER = "文号"


def documents(office: Office) -> tuple[str, int] | None:
    """
    Count the documents of all logs of a review, each once.

    Returns
    -------
    tuple or None
        The column by which the logs are linked, and how many documents there are; None where no
        two logs share such a column.

    Notes
    -----
    The column is the one by which the rules look for a case in another log, else 文号. A case
    without a number is known by what the rules compare besides (title and sender); one without
    either is a document of its own.
    """
    links = [(rule.register.key, rule.register.like) for rule in office.inputs.rules
             if rule.register]  # fmt: skip
    logs = [study.events() for study in office.values()]
    for key, like in dict.fromkeys([*links, ((_NUMBER,), ())]):
        sharing = [events for events in logs if set(key) <= set(events.log.columns)]
        if len(sharing) > 1:
            cases = pd.concat([_known(events, key, like) for events in logs], ignore_index=True)
            return "+".join(key), count_documents(cases)
    return None


def count_documents(cases: pd.DataFrame) -> int:
    """
    Count cases that speak of one document once.

    Parameters
    ----------
    cases
        ``number`` and ``like`` of each case; '' where nothing is known.

    Examples
    --------
    >>> cases = pd.DataFrame([("1", "a"), ("1", "b"), ("", "a"), ("", "c"), ("", "")],
    ...                      columns=["number", "like"])
    >>> count_documents(cases)
    3
    """
    numbered = cases[cases["number"] != ""]
    others = cases[cases["number"] == ""]
    alike = others[~others["like"].isin(numbered["like"]) & (others["like"] != "")]
    nothing = others["like"].eq("").sum()
    return int(numbered["number"].nunique() + alike["like"].nunique() + nothing)


def _known(events: Events, key: Sequence[str], like: Sequence[str]) -> pd.DataFrame:
    """By what each case of a log is known."""
    columns = [name for name in dict.fromkeys((*key, *like)) if name in events.log.columns]
    values = case_values(events, columns)
    frame = events.frame(values.select("case", **{name: known(values, name) for name in columns}))
    return pd.DataFrame({"number": _joined(frame, key), "like": _joined(frame, like)})


def _joined(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The values of some columns as one; '' where one of them is missing."""
    if not columns or not set(columns) <= set(frame):
        return pd.Series("", index=frame.index)
    parts = [frame[name].map(plain) for name in columns]
    whole = parts[0].str.cat(parts[1:], sep="\x1f")
    return whole.where(pd.concat(parts, axis=1).ne("").all(axis=1), "")
