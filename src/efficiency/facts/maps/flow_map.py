"""The process map: activities and who follows whom, thinned to what most work went through."""

from __future__ import annotations

import colorsys
import textwrap
from typing import Any, Literal

import pandas as pd

from efficiency._doors.graphviz import FONT, quoted

START, END = "▶", "■"
#: Activities passed less than this share of the busiest one's are not drawn.
RARE = 0.03
#: A map with more boxes is a smear.
MOST_BOXES = 40
#: What stands on the edges of a map.
Shown = Literal["both", "count", "time"]
_HEAD = f"""digraph {{
  rankdir=RANKDIR; nodesep=0.28; ranksep=0.15; bgcolor="transparent";
  node [shape=box style="rounded,filled" fontname="{FONT}" fontsize=12 color="#5b6b7b"
        penwidth=0.8 height=0.3 margin="0.1,0.04"];
  edge [fontname="{FONT}" fontsize=10 color="#7a8794" fontcolor="#3d4852" arrowsize=0.6];
"""


def traffic(edges: pd.DataFrame, ends: pd.DataFrame | None = None) -> pd.Series:
    """
    Count how often each activity is passed: its steps, as far as edges and starts tell.

    Examples
    --------
    >>> edges = pd.DataFrame({"source": list("aab"), "target": list("bcc"), "count": [8, 1, 8]})
    >>> traffic(edges).to_dict()
    {'a': 9, 'b': 8, 'c': 9}
    """
    sides = [edges.groupby(side)["count"].sum() for side in ("source", "target")]
    if ends is not None:
        sides.append(ends.set_index("activity")["starts"])
    passed = pd.concat(sides, axis=1).fillna(0).max(axis=1).sort_index()
    return passed.astype("int64")


def drawn_activities(edges: pd.DataFrame, ends: pd.DataFrame | None = None) -> list[str]:
    """
    List the activities that a map draws: no rare ones, and no more than 40, the busiest.

    Examples
    --------
    >>> edges = pd.DataFrame({"source": list("aab"), "target": list("bcc"), "count": [80, 1, 80]})
    >>> drawn_activities(edges)
    ['a', 'b', 'c']
    """
    passed = traffic(edges, ends)
    known = passed[passed >= RARE * passed.max()]
    ranked = known.reset_index().set_axis(["activity", "n"], axis=1)
    busiest = ranked.sort_values(["n", "activity"], ascending=[False, True]).head(MOST_BOXES)
    return sorted(busiest["activity"])


def simplified(edges: pd.DataFrame, share: float = 0.9, rare: float = RARE) -> pd.DataFrame:
    """
    Keep the busiest edges that together carry a share of all traffic.

    Parameters
    ----------
    edges
        ``tables.EDGES``.
    share
        Of all direct successions, 0 to 1. Every activity that is kept keeps its busiest edge in
        and its busiest edge out.
    rare
        Activities passed less than this share of the busiest one's are left out.

    Examples
    --------
    >>> edges = pd.DataFrame({"source": list("aab"), "target": list("bcc"), "count": [8, 1, 8]})
    >>> simplified(edges, 0.9)[["source", "target"]].values.tolist()
    [['a', 'b'], ['b', 'c']]
    """
    if edges.empty:
        return edges
    passed = traffic(edges)
    known = list(passed.index[passed >= rare * passed.max()])
    within = edges[edges["source"].isin(known) & edges["target"].isin(known)]
    ranked = within.sort_values(["count", "source", "target"], ascending=[False, True, True])
    before = (ranked["count"].cumsum() - ranked["count"]) / ranked["count"].sum()
    apart = ranked[ranked["source"] != ranked["target"]]
    needed = [
        *apart.drop_duplicates("source").index,
        *apart.drop_duplicates("target").index,
        *ranked.index[before < share],
    ]
    return edges.loc[sorted(set(needed))]


def flow_dot(
    edges: pd.DataFrame,
    ends: pd.DataFrame | None = None,
    *,
    share: float = 0.9,
    hour_word: str = "h",
    rankdir: str = "TB",
    shown: Shown = "both",
) -> str:
    """
    Describe the process map in the DOT language.

    Parameters
    ----------
    edges
        ``tables.EDGES``: on each edge stand its count and the median working hours.
    ends
        ``activity, starts, ends``, as `ends` gives them; None: no start and end marks.
    share
        See `simplified`.
    hour_word
        The unit that stands behind hours.
    rankdir
        ``TB`` or ``LR``.
    shown
        What stands on the edges: ``count``, ``time`` or ``both``; the width goes by it.
    """
    passed = traffic(edges, ends)
    passed = passed[drawn_activities(edges, ends)]
    within = edges[edges["source"].isin(passed.index) & edges["target"].isin(passed.index)]
    kept = simplified(within, share)
    if ends is not None:
        ends = ends[ends["activity"].isin(list(passed.index))]
    slow = kept["median_work_hours"].max() if len(kept) else 0
    lines = [_HEAD.replace("RANKDIR", rankdir)]
    # Graphviz ranks along what it meets first: begin with the start, and with the busiest edges.
    lines += [] if ends is None else _marks(ends, share)
    lines += [_node(name, int(n), passed.max()) for name, n in passed.items()]
    lines += [
        _edge(row, kept["count"].max(), slow, hour_word, shown)
        for row in kept.rename(columns={"count": "count_", "median_work_hours": "hours"})
        .sort_values(["count_", "source", "target"], ascending=[False, True, True])
        .itertuples()
    ]
    return "\n".join([*lines, "}"])


def _node(name: str, n: int, most: float) -> str:
    depth = n / most if most else 0
    red, green, blue = colorsys.hls_to_rgb(0.57, 0.97 - 0.32 * depth, 0.55)
    fill = f"#{int(red * 255):02x}{int(green * 255):02x}{int(blue * 255):02x}"
    # Long flows must fit on a page: a short name and its count share a line.
    lines = wrapped(name)
    apart = "\n" if "\n" in lines else " "
    label = f"{lines}{apart}{n:,}"
    return f"  {quoted(name)} [label={quoted(label)} fillcolor={quoted(fill)}];"


def wrapped(name: str, width: int = 18) -> str:
    """
    Break a long name over lines, so that a map with long names stays legible.

    Examples
    --------
    >>> wrapped("Determine necessity of stop advice").splitlines()
    ['Determine', 'necessity of stop', 'advice']
    """
    return "\n".join(textwrap.wrap(name, width)) or name


def _edge(row: Any, most: int, slow: float, hour_word: str, shown: Shown) -> str:
    count, hours = int(row.count_), row.hours
    timed = pd.notna(hours)
    long = hours / slow if slow and timed else 0
    width = 0.7 + 3.6 * (long if shown == "time" else count / most)
    heat = (hours / slow) if slow and pd.notna(hours) else 0
    color = f"#{int(122 + 80 * heat):02x}{int(135 - 77 * heat):02x}{int(148 - 100 * heat):02x}"
    time = f"{hours:.1f} {hour_word}" if timed else ""
    parts = {"both": [f"{count:,}", time], "count": [f"{count:,}"], "time": [time]}[shown]
    label = quoted(f" {' · '.join(part for part in parts if part)} ")
    return (
        f"  {quoted(row.source)} -> {quoted(row.target)} [label={label} penwidth={width:.2f} "
        f"weight={1 + round(50 * count / most)} color={quoted(color)}];"
    )


def _marks(ends: pd.DataFrame, share: float) -> list[str]:
    lines = []
    for mark, column in ((START, "starts"), (END, "ends")):
        ranked = ends[ends[column] > 0].sort_values([column, "activity"], ascending=[False, True])
        before = (ranked[column].cumsum() - ranked[column]) / max(ranked[column].sum(), 1)
        lines.append(
            f'  {quoted(mark)} [label={quoted(mark)} shape=plaintext style="" fontsize=14];'
        )
        for row in ranked[before < share].itertuples():
            n = getattr(row, column)
            pair = (mark, row.activity) if column == "starts" else (row.activity, mark)
            lines.append(
                f"  {quoted(pair[0])} -> {quoted(pair[1])} [label={quoted(f' {n:,} ')} "
                f"style=dashed penwidth=0.8];"
            )
    return lines
