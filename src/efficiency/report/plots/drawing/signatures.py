"""What help() says of a plot: all that it takes, from its drawing and from what makes its table."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from inspect import Parameter
from typing import Any

from efficiency import tables
from efficiency.report.plots.drawing.plot_sources import Need

_FIRST = {
    "standards": "``tables.STANDARDS``, where ``source`` is a log.",
    "calendar": "The working calendar, where ``source`` is a log; None: China's public one.",
}
_LAST = {
    "cutoff": "Where ``source`` is a log: moments after it are not seen; None: the log's last.",
    "closed_by": "Where ``source`` is a log: activities that close a case; none: a case is open "
    "while one\n    of its steps is.",
    "period": "Where ``source`` is a log: cases whose first moment lies between two dates, both "
    "included;\n    None: all.",
    "ax": "Where to draw; None: a new figure.",
    "language": "Of the labels; None: that of the system or of ``EFFICIENCY_LANGUAGE``.",
}
_ANNOTATIONS = {
    "calendar": "Calendar | None",
    "cutoff": "pd.Timestamp | str | None",
    "closed_by": "Sequence[str]",
    "period": "Sequence[str] | None",
}


def signature_of(drawing: Callable[..., Any], need: Need) -> inspect.Signature:
    """
    The signature of a plot: ``(source, …, *, …, ax=None, language=None) -> Axes``.

    Parameters
    ----------
    drawing
        Draws a table; its keyword arguments are those of the plot.
    need
        The table that it is drawn from, and what that is made of.
    """
    own = {
        name: parameter
        for name, parameter in inspect.signature(drawing).parameters.items()
        if parameter.kind is Parameter.KEYWORD_ONLY and name != "language"
    }
    makers = need.options
    seen = need.seen if need.by else ()
    first = [name for name in _FIRST if name in makers or name in seen]
    rest = [name for name in makers if name not in own and name not in first]
    parameters = [
        Parameter("source", Parameter.POSITIONAL_OR_KEYWORD, annotation="Any"),
        *(
            Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None,
                      annotation=_ANNOTATIONS.get(name, "pd.DataFrame | None"))
            for name in first
        ),
        *own.values(),
        *(makers[name].replace(kind=Parameter.KEYWORD_ONLY) for name in rest),
        *(
            Parameter(name, Parameter.KEYWORD_ONLY, default=() if name == "closed_by" else None,
                      annotation=_ANNOTATIONS[name])
            for name in seen if name not in first and name not in rest
        ),
        Parameter("ax", Parameter.KEYWORD_ONLY, default=None, annotation="Axes | None"),
        Parameter("language", Parameter.KEYWORD_ONLY, default=None, annotation="Language | None"),
    ]  # fmt: skip
    return inspect.Signature(parameters, return_annotation="Axes")


def documented(drawing: Callable[..., Any], signature: inspect.Signature, need: Need) -> str:
    """
    The docstring of a plot: that of its drawing, with what all plots have in common.

    Parameters
    ----------
    drawing
        Its docstring explains the arguments of its own.
    signature
        As `signature_of` gives it.
    need
        The table that it is drawn from.
    """
    head, own, tail = _parted(inspect.cleandoc(drawing.__doc__ or ""))
    explained = set(re.findall(r"^(\w+(?:, \w+)*)$", own, re.MULTILINE))
    known = {name for line in explained for name in line.split(", ")}
    names = [name for name in signature.parameters if name not in known]
    parts = [
        f"source\n    {_source(need)}",
        *_told(_FIRST, names),
        own,
        *_told(_LAST, names),
    ]
    whole = "\n".join(part for part in parts if part)
    returns = "Returns\n-------\nAxes\n    What it was drawn on."
    sections = [head, f"Parameters\n----------\n{whole}", returns, tail]
    return "\n\n".join(section for section in sections if section)


def _told(texts: dict[str, str], names: Iterable[str]) -> list[str]:
    return [f"{name}\n    {text}" for name, text in texts.items() if name in names]


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the parameters, the parameters, and what stands behind them."""
    head, *rest = re.split(r"\n\n(?=\w[\w ]*\n-+\n)", text)
    own = [part for part in rest if part.startswith("Parameters\n")]
    others = [part for part in rest if not part.startswith("Parameters\n")]
    return head, "".join(part.split("\n", 2)[2].strip() for part in own), "\n\n".join(others)


def _source(need: Need) -> str:
    kinds = [_named(need.table.name), *([_named(need.start.name)] if need.start else [])]
    kinds += ["a log (``tables.LOG``) as it is or observed"] if need.by else []
    kinds += ["a survey"] if need.survey else []
    kinds += ["a study"] if need.asked != "" else []
    *most, last = kinds
    said = "What is drawn: " + (f"{', '.join(most)}, or {last}." if most else f"{last}.")
    return "\n    ".join(textwrap.wrap(said, 92))


def _named(name: str) -> str:
    return f"``tables.{name.upper()}``" if hasattr(tables, name.upper()) else f"a table of `{name}`"
