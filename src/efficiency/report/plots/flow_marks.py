"""A prescribed flow as a picture, with marks where a log departs from it."""

from __future__ import annotations

import pandas as pd

from efficiency._doors import graphviz, mining
from efficiency.findings.conformance import START, Prescribed
from efficiency.language import Language
from efficiency.words import phrase

#: Added steps that are drawn; more of them would hide the flow.
MOST_ADDED = 8


def marked_dot(
    flow: Prescribed, departures: pd.DataFrame, language: Language, rankdir: str = "LR"
) -> str:
    """
    A flow in the DOT language, with marks where the log departs from it.

    Parameters
    ----------
    flow
        The flow.
    departures
        ``tables.DEPARTURES``.
    language
        Of the marks.
    rankdir
        ``LR`` or ``TB``.

    Notes
    -----
    Under a step stands in how many cases it was skipped or moved. What was added is drawn in red,
    beside the step that it came after: the `MOST_ADDED` most frequent, for the rest see the table.
    """
    nodes, edges = mining.bpmn_parts(flow.to_bpmn())
    notes: dict[str, list[str]] = {}
    for row in departures[departures["kind"] != "added"].itertuples(index=False):
        said = phrase(f"mark_{row.kind}", language, n=f"{row.cases:,}")
        notes.setdefault(row.activity, []).append(said)
    at = {name: key for key, kind, name in nodes if kind == "task"}
    at[START] = next(key for key, kind, _ in nodes if kind == "start")
    dot = [graphviz.bpmn_dot(nodes, edges, notes, rankdir).removesuffix("}")]
    extra = departures[(departures["kind"] == "added") & departures["after"].isin(list(at))]
    for number, row in enumerate(extra.head(MOST_ADDED).itertuples(index=False)):
        label = graphviz.quoted(f"{row.activity}\n+{row.cases:,}")
        dot += [
            f'  x{number} [label={label} shape=box style="rounded,dashed" color="#c0392b" '
            f'fontcolor="#c0392b"];',
            f'  {at[row.after]} -> x{number} [style=dashed color="#c0392b" weight=0];',
        ]
    return "\n".join([*dot, "}"])
