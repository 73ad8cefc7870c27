"""Pictures of waiting: what each activity waited for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from efficiency import tables
from efficiency.facts.events import Events
from efficiency.facts.waiting.summary import waiting_summary
from efficiency.facts.waiting.waits import CAUSES, Precedence, waiting
from efficiency.language import Language
from efficiency.report.plots.drawing.labels import in_lines
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.style import AMBER, BLUE, RED, drawn
from efficiency.words import number, phrase

#: From what somebody at the desk could change to what nobody there can.
_COLORS = {
    "batching": AMBER,
    "prioritisation": RED,
    "contention": BLUE,
    "unavailability": "#7d5ba6",
    "other": "#b9c3cc",
    "off": "#e9edf1",
}


def _activities(table: pd.DataFrame) -> pd.DataFrame:
    """One row an activity and one column a cause, in hours."""
    each = table[table["activity"] != ""]
    wide = each.pivot_table(index="activity", columns="cause", values="hours", sort=False)
    return wide.reindex(columns=list(CAUSES), fill_value=0.0)


def _waits(log: Events, precedence: Precedence = "desk") -> Any:
    return waiting(log, precedence=precedence)


@drawn(
    lambda table: (8.4, 1.8 + 0.36 * max(len(_activities(table)), 2)),
    Need(
        used(tables.WAITING, "activity", "cause", "hours", "n"),
        by=_waits,
        start=tables.WAITS,
        then=waiting_summary,
    ),
)
def plot_waiting(table: pd.DataFrame, ax: Axes, *, off: bool = False, language: Language) -> str:
    """
    What each activity waited for: stacked bars in hours with their sum, the longest on top.

    Parameters
    ----------
    off
        Whether to show the time outside the calendar as well: mostly more than all else.
    precedence
        As for `waiting`, where the table is made of a log.

    Examples
    --------
    >>> summary = pd.DataFrame({
    ...     "activity": ["拟办"], "cause": ["other"], "hours": [1.5], "n": [2],
    ... })
    >>> [float(bar.get_width()) for bar in plot_waiting(summary).patches if bar.get_width()]
    [1.5]
    """
    shown = [cause for cause in _COLORS if off or cause != "off"]
    whole = _activities(table)
    closed = whole["off"].sum() > 0
    wide = whole[shown].iloc[(-whole[shown].sum(axis=1)).argsort(kind="stable")[::-1]]
    at, left = np.arange(len(wide)), np.zeros(len(wide))
    for cause in shown:
        hours = wide[cause].to_numpy(dtype=float)
        label = phrase(f"waiting_{cause}", language)
        ax.barh(at, hours, left=left, height=0.68, color=_COLORS[cause], label=label)
        left = left + hours
    for place, hours in zip(at, left, strict=True):
        ax.annotate(
            number(hours, 0 if hours >= 10 else 1),
            (hours, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
        )
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(-0.02, 1.0), fontsize=9)
    ax.set_yticks(at, [in_lines(name) for name in wide.index])
    key = "work_hours" if closed and not off else "all_hours"
    ax.set(
        xlim=(0, max(left.max(initial=0.0), 1e-9) * 1.1),
        ylim=(-0.6, len(wide) - 0.4),
        xlabel=phrase(f"waiting_{key}", language),
    )
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    ax.grid(axis="y", visible=False)
    each = table[table["activity"] != ""].drop_duplicates("activity")
    return phrase(f"title_waiting_{key}", language, n=f"{int(each['n'].sum()):,}")
