"""The tree of circumstances as a picture."""

from __future__ import annotations

from typing import Any

import pandas as pd

from efficiency._doors.graphviz import FONT, quoted
from efficiency.findings.kinds.standard import side_of
from efficiency.language import Language
from efficiency.report.telling import say
from efficiency.words import between, percent, phrase


def tree_dot(
    table: pd.DataFrame,
    language: Language = "zh",
) -> str:
    """
    Draw a tree in the DOT language: the redder a box, the more of its cases have the outcome.

    Parameters
    ----------
    table
        As `tree` gives it.
    language
        Of the labels.
    """
    lines = ["digraph {", "  rankdir=TB; nodesep=0.25; ranksep=0.3;"]
    lines.append(f'  node [shape=box, style="rounded,filled", fontname="{FONT}", fontsize=10];')
    lines.append('  edge [color="#7a8794", arrowsize=0.6];')
    top = max(float(table["share"].max()), 1e-9)
    for row in table.itertuples(index=False):
        label = f"{_asked(row, language)}\n{_held(row, language)}"
        shade = round(245 - 105 * row.share / top)
        color = f"#f5{shade:02x}{shade:02x}"
        lines.append(f"  n{row.node} [label={quoted(label)}, fillcolor={quoted(color)}];")
    edges = table[table["parent"] >= 0]
    lines += [f"  n{row.parent} -> n{row.node};" for row in edges.itertuples(index=False)]
    return "\n".join([*lines, "}"])


def _asked(row: Any, language: Language) -> str:
    if row.parent < 0:
        return phrase("tree_all", language)
    return say(side_of(row.attribute, row.side, row.value), language)


def _held(row: Any, language: Language) -> str:
    ends = between(percent(row.low), percent(row.high), language)
    return f"n={row.n:,}  {percent(row.share)} ({ends})"
