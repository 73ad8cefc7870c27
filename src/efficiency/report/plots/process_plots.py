"""Pictures of the tables: a table in, the Axes it was drawn on out."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.image as mpimg
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from efficiency._doors.graphviz import draw
from efficiency.facts.handovers import handover_dot
from efficiency.facts.maps import flow_dot
from efficiency.language import Language
from efficiency.report.plots.style import AMBER, BLUE, GREEN, GREY, RED, drawn, styled
from efficiency.words import percent, phrase


@drawn(lambda table: (8.2, 0.9 + 0.42 * len(table)))
def plot_compliance(table: pd.DataFrame, ax: Axes, *, language: Language = "zh") -> None:
    """
    Draw each standard's share met with its interval, and its target as a bar.

    Red: the whole interval lies below the target; amber: the share does; green: it does not; grey:
    there is no target.

    Parameters
    ----------
    table
        ``tables.COMPLIANCE``; a column ``title`` is shown beside the id.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.
    """
    rows = table.dropna(subset=["share"]).iloc[::-1].reset_index(drop=True)
    for at, row in rows.iterrows():
        target = row["target"]
        missed = pd.notna(target) and row["share"] < target
        color = RED if missed and row["high"] < target else AMBER if missed else GREEN
        color = GREY if pd.isna(target) else color
        ax.plot(
            [row["low"], row["high"]],
            [at, at],
            color=color,
            lw=3,
            alpha=0.45,
            solid_capstyle="round",
        )
        ax.plot(row["share"], at, "o", color=color, ms=7)
        if pd.notna(target):
            ax.plot([target, target], [at - 0.32, at + 0.32], color="#222222", lw=1.6)
        ax.annotate(
            percent(row["share"]),
            (1.02, at),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9,
        )
    names = rows["standard_id"]
    if "title" in rows:
        names = names + "  " + rows["title"].fillna("")
    ax.set_yticks(range(len(rows)), names.tolist())
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.6, len(rows) - 0.4), xlabel=phrase("share_met", language))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.grid(axis="y", visible=False)


@drawn(lambda _: (7.2, 3.4))
def plot_completion(table: pd.DataFrame, ax: Axes, *, language: Language = "zh") -> None:
    """
    Draw the share of cases done within t working hours, with its interval.

    Parameters
    ----------
    table
        As `completion` gives it: ``hours, share, low, high``.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.
    """
    start = pd.DataFrame({"hours": [0.0], "share": [0.0], "low": [0.0], "high": [0.0]})
    curve = pd.concat([start, table.dropna(subset=["share"])], ignore_index=True)
    ax.fill_between(
        curve["hours"], curve["low"], curve["high"], step="post", color=BLUE, alpha=0.18, lw=0
    )
    ax.step(curve["hours"], curve["share"], where="post", color=BLUE, lw=1.8)
    ax.set(
        ylim=(0, 1.02), xlabel=phrase("work_hours", language), ylabel=phrase("share_done", language)
    )
    ax.set_xlim(0, _sensible_end(table))
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))


def _sensible_end(table: pd.DataFrame) -> float:
    """Cut the axis where 99 % are done: a few very long cases would squeeze all others."""
    within = table.loc[table["share"] <= 0.99, "hours"]
    return float(within.max() * 1.1) if len(within) and within.max() > 0 else 1.0


@drawn(lambda table: (7.6, 0.9 + 0.38 * max(len(table), 2)))
def plot_step_times(table: pd.DataFrame, ax: Axes, *, language: Language = "zh") -> None:
    """
    Draw each step's working hours: tenth to ninetieth percentile, and the median.

    Parameters
    ----------
    table
        ``activity, p10, median, p90``, one row a step.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.
    """
    rows = table.iloc[::-1].reset_index(drop=True)
    ax.hlines(rows.index, rows["p10"], rows["p90"], color=BLUE, lw=5, alpha=0.3)
    ax.plot(rows["median"], rows.index, "o", color=BLUE, ms=7, ls="none")
    ax.set_yticks(rows.index, rows["activity"].tolist())
    ax.set(xlabel=phrase("work_hours", language), ylim=(-0.6, len(rows) - 0.4))
    ax.grid(axis="y", visible=False)


@drawn(lambda _: (7.6, 3.2))
def plot_volume(table: pd.DataFrame, ax: Axes, *, language: Language = "zh") -> None:
    """
    Draw cases begun and closed each month, and those open at its end.

    Parameters
    ----------
    table
        ``month, begun, closed, in_hand``.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.
    """
    at = np.arange(len(table))
    sns.barplot(
        x=at - 0.2, y=table["begun"].to_numpy(), color=BLUE, width=0.38, ax=ax, native_scale=True
    )
    sns.barplot(
        x=at + 0.2, y=table["closed"].to_numpy(), color=GREEN, width=0.38, ax=ax, native_scale=True
    )
    ax.plot(at, table["in_hand"], color=AMBER, marker="o", ms=3.5, lw=1.5)
    for color, word in ((BLUE, "begun"), (GREEN, "closed"), (AMBER, "in_hand")):
        ax.plot([], [], color=color, lw=5, label=phrase(word, language))
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
    every = max(1, len(table) // 12)
    ax.set_xticks(
        at[::every], table["month"].tolist()[::every], rotation=45, ha="right", fontsize=8
    )
    ax.set(xlabel="", ylabel=phrase("case_word", language))
    ax.grid(axis="x", visible=False)


def plot_flow(
    edges: pd.DataFrame,
    ends: pd.DataFrame | None = None,
    *,
    share: float = 0.9,
    ax: Axes | None = None,
    language: Language = "zh",
) -> Axes:
    """
    Draw the process map.

    Parameters
    ----------
    edges
        ``tables.EDGES``.
    ends
        As `ends` gives them; None: no start and end marks.
    share
        Of all traffic to show, the busiest first.
    ax
        Where to draw; None: a new figure.
    language
        Of the unit of time.

    Examples
    --------
    >>> edges = pd.DataFrame({
    ...     "source": ["登记"], "target": ["转办"], "count": [3], "median_work_hours": [1.5],
    ... })
    >>> len(plot_flow(edges).images)
    1
    """
    return laid_out(flow_dot(edges, ends, share=share, hour_word=phrase("hours", language)), ax)


def plot_handovers(
    handovers: pd.DataFrame,
    *,
    hubs: Sequence[str] | None = None,
    share: float = 0.95,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw who hands over to whom.

    Parameters
    ----------
    handovers
        ``tables.HANDOVERS``.
    hubs
        The units that all hand-overs are to go through: those past them are red and broken (横传).
        None: nothing is marked.
    share
        Of all hand-overs to show, the busiest first; those past the hubs are all shown.
    ax
        Where to draw; None: a new figure.

    Examples
    --------
    >>> handovers = pd.DataFrame({"source": ["文书科"], "target": ["综合处"], "count": [3]})
    >>> len(plot_handovers(handovers, hubs=["文书科"]).images)
    1
    """
    return laid_out(handover_dot(handovers, hubs, share=share), ax)


def laid_out(dot: str, ax: Axes | None) -> Axes:
    """Lay a drawing out and put its picture on the Axes."""
    import io

    sharp = dot.replace("digraph {", "digraph {\n  dpi=160;", 1)
    picture = mpimg.imread(io.BytesIO(draw(sharp, "png")))
    with styled():
        if ax is None:
            height, width = picture.shape[0] / 160, picture.shape[1] / 160
            ax = plt.figure(figsize=(max(width, 2), max(height, 1.5))).add_subplot()
        ax.imshow(picture)
        ax.set_axis_off()
    return ax
