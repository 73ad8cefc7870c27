"""The network of hand-overs: who passes work to whom, thinned to what most of it went through."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from efficiency._doors.graphviz import FONT, quoted

FORBIDDEN = "#c0392b"
#: A map with more arrows is a smear, and takes minutes to lay out.
MOST_ARROWS = 80


def drawn_handovers(
    handovers: pd.DataFrame, hubs: Sequence[str] | None = None, *, share: float = 0.95
) -> pd.DataFrame:
    """
    Choose the hand-overs that a map draws.

    Parameters
    ----------
    handovers
        ``tables.HANDOVERS``.
    hubs
        The units that all hand-overs are to go through; None: there are none.
    share
        Of all hand-overs, the busiest first.

    Returns
    -------
    DataFrame
        The busiest that together carry the share, and those past the hubs; of more than 80, the
        busiest, but up to 40 of those past the hubs in any case: more arrows are a smear.

    Examples
    --------
    >>> table = pd.DataFrame({"source": list("abc"), "target": list("bca"), "count": [90, 8, 2]})
    >>> drawn_handovers(table, share=0.9)["source"].tolist()
    ['a']
    >>> drawn_handovers(table, ["a"], share=0.9)["source"].tolist()
    ['a', 'b']
    """
    ranked = handovers.sort_values(["count", "source", "target"], ascending=[False, True, True])
    before = (ranked["count"].cumsum() - ranked["count"]) / max(ranked["count"].sum(), 1)
    forbidden = _past(ranked, hubs)
    chosen = ranked[(before < share) | forbidden]
    past = forbidden[chosen.index]
    first = past & (past.cumsum() <= MOST_ARROWS // 2)
    return chosen[first | (~first & ((~first).cumsum() <= MOST_ARROWS - first.sum()))]


def _past(handovers: pd.DataFrame, hubs: Sequence[str] | None) -> pd.Series:
    """Whether a hand-over goes past the hubs."""
    by_hub = handovers["source"].isin(hubs or ()) | handovers["target"].isin(hubs or ())
    return ~by_hub & (hubs is not None)


def handover_dot(
    handovers: pd.DataFrame, hubs: Sequence[str] | None = None, *, share: float = 0.95
) -> str:
    """
    Describe the network of hand-overs in the DOT language.

    Parameters
    ----------
    handovers
        ``tables.HANDOVERS``.
    hubs
        The units that all hand-overs are to go through; those between two others are drawn in red
        (横传). None: nothing is marked.
    share
        See `drawn_handovers`.
    """
    shown, forbidden = drawn_handovers(handovers, hubs, share=share), _past(handovers, hubs)
    lines = [_NETWORK]
    for name in sorted({*shown["source"], *shown["target"]}):
        fill = "#cfe3f5" if name in (hubs or ()) else "#f2f5f8"
        lines.append(f"  {quoted(name)} [fillcolor={quoted(fill)}];")
    most = max(shown["count"].max(), 1) if len(shown) else 1
    lines += [
        f"  {quoted(row.source)} -> {quoted(row.target)} [label={quoted(f' {row.times:,} ')} "
        f"penwidth={0.7 + 3.6 * row.times / most:.2f}"
        f"{_RED if forbidden[row.Index] else ''}];"
        for row in shown.rename(columns={"count": "times"}).itertuples()
    ]
    return "\n".join([*lines, "}"])


_RED = f' color="{FORBIDDEN}" fontcolor="{FORBIDDEN}" style=dashed'
_NETWORK = f"""digraph {{
  rankdir=LR; nodesep=0.3; ranksep=0.7; bgcolor="transparent";
  node [shape=box style="rounded,filled" fontname="{FONT}" fontsize=12 color="#5b6b7b"];
  edge [fontname="{FONT}" fontsize=9 color="#7a8794" fontcolor="#3d4852" arrowsize=0.6];"""
