"""Pictures of who follows whom: the process map, hand-overs, the prescribed flow, the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes

from efficiency import tables
from efficiency.facts.endings import ClosedBy
from efficiency.facts.flows import edges, ends
from efficiency.facts.handovers import handovers
from efficiency.facts.maps.flow_map import flow_dot
from efficiency.facts.maps.handover_map import handover_dot
from efficiency.findings.conformance import Conformance, Prescribed, conformance
from efficiency.findings.standards.associations import LEAST, TREE, tree
from efficiency.language import Language, spoken
from efficiency.problems import ArgumentError, Problem
from efficiency.report.plots.drawing.plot_sources import (
    Need,
    circumstances_of,
    each_standard,
    is_log,
    is_study,
    of_standard,
    refuse,
    used,
)
from efficiency.report.plots.drawing.style import entitle, laid_out, pictured, styled
from efficiency.report.plots.flow_marks import marked_dot
from efficiency.report.plots.tree_plot import tree_dot
from efficiency.words import phrase


@pictured(
    Need(used(tables.EDGES, "source", "target", "count", "median_work_hours"), by=edges),
    ends=Need(tables.ENDS, by=ends),
)
def plot_flow(
    table: pd.DataFrame,
    *,
    ends: pd.DataFrame | None = None,
    share: float = 0.9,
    language: Language,
) -> tuple[str, str]:
    """
    The process map: who follows whom, how often, and the working hours between.

    Parameters
    ----------
    ends
        ``tables.ENDS``; None: no start and end marks, unless they are known from the source.
    share
        Of all traffic to show, the busiest first.

    Examples
    --------
    >>> edges = pd.DataFrame({
    ...     "source": ["登记"], "target": ["转办"], "count": [3], "median_work_hours": [1.5],
    ... })
    >>> len(plot_flow(edges).images)
    1
    """
    if ends is not None:
        tables.ENDS.check(ends)
    dot = flow_dot(table, ends, share=share, hour_word=phrase("hours", language))
    return dot, phrase("title_flow", language, n=f"{int(table['count'].sum()):,}")


@pictured(Need(used(tables.HANDOVERS, "source", "target", "count"), by=handovers))
def plot_handovers(
    table: pd.DataFrame,
    *,
    hubs: Sequence[str] | None = None,
    share: float = 0.95,
    language: Language,
) -> tuple[str, str]:
    """
    Who hands over to whom.

    Parameters
    ----------
    hubs
        The units that all hand-overs are to go through: those past them are red and broken (横传).
        None: nothing is marked.
    share
        Of all hand-overs to show, the busiest first; those past the hubs are all shown.
    by
        ``unit`` or ``actor``, where the table is made of a log.
    returns
        Activities that say that a case is sent back, where the table is made of a log.

    Examples
    --------
    >>> handovers = pd.DataFrame({"source": ["文书科"], "target": ["综合处"], "count": [3]})
    >>> len(plot_handovers(handovers, hubs=["文书科"]).images)
    1
    """
    title = phrase("title_handovers", language, n=f"{int(table['count'].sum()):,}")
    return handover_dot(table, hubs, share=share), title


def _trees(known: pd.DataFrame) -> pd.DataFrame:
    """``tables.TREES``: of each standard that has cases enough, some late and some not."""
    by_standard = known.groupby("standard_id")["late"]
    enough = (by_standard.transform("nunique") == 2) & (by_standard.transform("size") >= LEAST)
    if not enough.any():
        return pd.DataFrame(columns=["standard_id", *TREE])
    return each_standard(known[enough], tree)


@pictured(
    Need(
        used(
            tables.TREES,
            *("node", "parent", "side", "attribute", "value", "n", "share", "low", "high"),
        ),
        by=circumstances_of,
        start=tables.CIRCUMSTANCES,
        then=_trees,
    )
)
def plot_tree(
    table: pd.DataFrame, *, standard_id: str | None = None, language: Language
) -> tuple[str, str]:
    """
    Which circumstances together go with an outcome.

    Parameters
    ----------
    standard_id
        The standard that is shown, where the table holds several.

    Raises
    ------
    ValueError
        If the table holds several standards and none is named, or not the one that is.

    Examples
    --------
    >>> root = {"node": 0, "parent": -1, "n": 90, "share": 0.3, "low": 0.2, "high": 0.4,
    ...         "side": "", "attribute": "", "value": ""}
    >>> len(plot_tree(pd.DataFrame([root])).images)
    1
    """
    shown = of_standard(table, standard_id)
    n = int(shown.loc[shown["parent"] < 0, "n"].sum())
    return tree_dot(shown, language), phrase("title_tree", language, n=f"{n:,}")


def plot_conformance(
    source: Any,
    flow: Prescribed | None = None,
    *,
    rankdir: Literal["LR", "TB"] = "LR",
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    ax: Axes | None = None,
    language: Language | None = None,
) -> Axes:
    """
    The prescribed flow, and where a log departs from it.

    Parameters
    ----------
    source
        What is drawn: what `conformance` gives, or a log (``tables.LOG``) and its flow.
    flow
        As for `conformance`, where ``source`` is a log.
    rankdir
        ``LR`` or ``TB``.
    cutoff, closed_by, period
        As for `conformance`, where ``source`` is a log.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels; None: that of the system or of ``EFFICIENCY_LANGUAGE``.

    Returns
    -------
    Axes
        What it was drawn on.

    Raises
    ------
    TableError
        If the source is none of these.
    """
    shown = language or spoken()
    given = {"cutoff": cutoff, "closed_by": closed_by, "period": period}
    seen = {name: value for name, value in given.items() if value}
    against, departures = _departures(source, flow, seen)
    with styled():
        ax = laid_out(marked_dot(against, departures, shown, rankdir), ax)
        entitle(ax, phrase("title_conformance", shown, n=f"{len(departures):,}"))
    return ax


def _departures(
    source: Any, flow: Prescribed | None, seen: dict[str, Any]
) -> tuple[Prescribed, pd.DataFrame]:
    """The flow, and ``tables.DEPARTURES`` from it."""
    if is_log(source) and flow is not None:
        source, flow, seen = conformance(source, flow, **seen), None, {}
    elif is_study(source):
        source = source.part("aligned")
    if isinstance(source, Conformance):
        refuse({**seen, **({} if flow is None else {"flow": flow})})
        return source.flow, source.departures
    departures = tables.DEPARTURES.check(source)
    if flow is None:
        raise ArgumentError([Problem("argument", {"name": "flow", "kind": "Flow", "got": "None"})])
    refuse(seen)
    return flow, departures
