"""Pictures of when work was done: the dotted chart and the performance spectrum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from efficiency import tables
from efficiency.facts.timelines import dots, spectrum
from efficiency.language import Language
from efficiency.report.plots.drawing.labels import in_lines
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.style import GREY, drawn
from efficiency.words import phrase

#: Activities told apart, each by colour and sign; the others are grey.
_KINDS = (
    ("#2f6fab", "o"), ("#c0392b", "s"), ("#3b8f5a", "^"), ("#d99a2b", "D"), ("#7b4fa3", "v"),
    ("#16a2a8", "P"), ("#8c564b", "X"), ("#e377c2", "<"),
)  # fmt: skip
#: From the fastest to the slowest quarter: darker, so that they differ without colour too.
_QUARTERS = ("#b9d3ea", "#7fa9cf", "#d98f2b", "#8e1b10")
#: The share of dots that the axis of days must hold.
_SEEN = 0.995
#: Days that lines can be told apart on.
_DAYS = 92
#: The part of its band that a pair of steps takes.
_BAND = 0.82


@drawn(
    lambda _: (8.2, 5.2),
    Need(
        used(tables.DOTS, "place", "activity", "day", "after", "steps"),
        by=dots,
        seen=("cutoff", "closed_by", "period"),
    ),
)
def plot_dots(table: pd.DataFrame, ax: Axes, *, dated: bool = False, language: Language) -> str:
    """
    Each done step as a dot: days since its case came in, and the place of the case by arrival.

    Dots far to the right are delays; a change of their pattern from one height on is a change of
    how work is done. By dates, upright rows of dots are batches and gaps are days without work.

    Parameters
    ----------
    dated
        Whether to draw the dates, not the days since arrival.
    rows
        Where ``source`` is a log: rows to part the cases into.
    """
    x = "day" if dated else "after"
    counts = table.groupby("activity")["steps"].sum().sort_values(ascending=False, kind="stable")
    named = dict(zip(counts.index, _KINDS, strict=False))
    rest = table[~table["activity"].isin(list(named))]
    if len(rest):
        _scatter(ax, rest, x, (GREY, "."), phrase("other_activities", language))
    for activity, look in named.items():
        _scatter(ax, table[table["activity"] == activity], x, look, activity)
    if len(table):
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=9, markerscale=2.2)
    ax.set(
        xlabel=phrase("day_done" if dated else "days_since", language),
        ylabel=phrase("by_arrival", language),
    )
    ax.invert_yaxis()
    if dated:
        _dated(ax)
    elif len(table):
        # A few very long cases would squeeze all others; they end outside.
        end = max(float(table["after"].quantile(_SEEN)), 1.0)
        ax.set_xlim(-0.02 * end, end * 1.05)
    return phrase("title_dots", language, n=f"{int(table['steps'].sum()):,}")


def _scatter(ax: Axes, rows: pd.DataFrame, x: str, look: tuple[str, str], label: str) -> None:
    color, sign = look
    # As points of a picture: thousands of paths would weigh more than the page.
    ax.scatter(
        rows[x].to_numpy(), rows["place"].to_numpy(), s=9, color=color, marker=sign, alpha=0.75,
        linewidths=0, label=label, rasterized=True,
    )  # fmt: skip


@drawn(
    lambda table: (8.2, 1.4 + 1.05 * max(table["rank"].nunique(), 1)),
    Need(
        used(tables.SPECTRUM, "rank", "source", "target", "left", "arrived", "quarter", "steps"),
        by=spectrum,
    ),
)
def plot_spectrum(table: pd.DataFrame, ax: Axes, *, days: int = _DAYS, language: Language) -> str:
    """
    Each passage between two steps as a line: from the day of the one down to that of the other.

    Lines that cross are cases that overtook others; lines that meet were done as a batch; lines
    that lie flat waited. The darker, the slower, by quarters of the pair's own working hours.

    Parameters
    ----------
    days
        The last days to draw, by the earlier step.
    segments
        Where ``source`` is a log: how many pairs of steps to take.
    """
    if len(table):
        table = table[table["left"] > table["left"].max() - pd.Timedelta(days=days)]
    pairs = table.drop_duplicates("rank").sort_values("rank", kind="stable")
    band = {rank: len(pairs) - at for at, rank in enumerate(pairs["rank"], start=1)}
    for quarter, color in enumerate(_QUARTERS, start=1):
        rows = table[table["quarter"] == quarter]
        foot = rows["rank"].map(band).to_numpy(dtype=float)
        ends = [_on_axis(rows[name]) for name in ("left", "arrived")]
        lines = np.stack(
            [np.column_stack([ends[0], foot + _BAND]), np.column_stack([ends[1], foot])], axis=1
        )
        ax.add_collection(
            LineCollection(
                list(lines), colors=color, linewidths=0.5 + 0.4 * np.log2(rows["steps"]),
                alpha=0.8, rasterized=True,
            )
        )  # fmt: skip
        ax.plot([], [], color=color, lw=4, label=phrase(f"quarter_{quarter}", language))
    names = [f"{in_lines(one.source)}\n↓\n{in_lines(one.target)}" for one in pairs.itertuples()]
    ax.set_yticks([band[rank] + _BAND / 2 for rank in pairs["rank"]], names)
    ax.set_ylim(-0.1, max(len(pairs), 1))
    ax.autoscale(axis="x")
    ax.set(xlabel=phrase("day_done", language))
    ax.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
    ax.grid(axis="y", visible=False)
    _dated(ax)
    return phrase("title_spectrum", language, n=f"{int(table['steps'].sum()):,}")


def _on_axis(days: pd.Series) -> Any:
    dates: Any = mdates
    return dates.date2num(days)


def _dated(ax: Axes) -> None:
    ax.xaxis_date()
    dates: Any = mdates
    where = dates.AutoDateLocator(minticks=3, maxticks=8)
    # Figures only: names of months would come in the language of the machine.
    forms = ["%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M", "%S"]
    whole = ["", "%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M"]
    told = dates.ConciseDateFormatter(
        where, formats=forms, zero_formats=whole, offset_formats=[""] * 6
    )
    ax.xaxis.set_major_locator(where)
    ax.xaxis.set_major_formatter(told)
