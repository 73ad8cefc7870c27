"""Pictures of what would become of an office: simulated differences with their intervals."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from efficiency.language import Language
from efficiency.report.plots.drawing.plot_sources import Need
from efficiency.report.plots.drawing.style import GREEN, GREY, RED, drawn
from efficiency.tables import Column, Table
from efficiency.words import number, percent, phrase

WHAT_IF = Table(
    "what_if",
    "one measure of an office, simulated as it is and as it would be",
    (
        Column("measure", "text", "what is measured"),
        Column("subject", "text", "of which standard or unit; '': of all"),
        Column("before", "number", "as the office is", nullable=True),
        Column("after", "number", "as it would be", nullable=True),
        Column("difference", "number", "after less before", nullable=True),
        Column("low", "number", "95 % interval", nullable=True),
        Column("high", "number", "95 % interval", nullable=True),
        Column("effect", "text", "better, worse or unclear", nullable=True),
    ),
)

_COLORS = {"better": GREEN, "worse": RED}


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """What can be better or worse, the first row last."""
    rows = table[(table["measure"] != "utilisation") & table["difference"].notna()]
    return rows.iloc[::-1].reset_index(drop=True)


@drawn(lambda table: (8.4, 1.3 + 0.4 * max(len(_shown(table)), 2)), Need(WHAT_IF, asked=""))
def plot_what_if(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    Each measure's simulated change with its interval.

    Green: the whole interval is for the better; red: for the worse; grey: neither. Times and
    cases are in percent of what they were, shares in points, so that they go on one axis; what
    they were and would be stands beside them. How busy desks are is left to the table.
    A column ``title`` is shown beside a standard's id.
    """
    rows = _shown(table)
    is_share = rows["measure"] == "share_met"
    unit = (100 / rows["before"].where(rows["before"] != 0)).mask(is_share, 100.0)
    ax.axvline(0, color="#222222", lw=1.0)
    for at, row in enumerate(rows.itertuples(index=False)):
        color = _COLORS.get(str(row.effect), GREY)
        low, middle, high = (unit[at] * end for end in (row.low, row.difference, row.high))
        ax.plot([low, high], [at, at], color=color, lw=3, alpha=0.45, solid_capstyle="round")
        ax.plot(middle, at, "o", color=color, ms=7)
        ax.annotate(
            _from_to(row, language),
            (1.02, at),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9,
        )
    ax.set_yticks(range(len(rows)), [_name(row, language) for row in rows.itertuples(index=False)])
    ax.set(ylim=(-0.6, len(rows) - 0.4), xlabel=phrase("what_if_axis", language))
    ax.grid(axis="y", visible=False)
    return phrase("title_what_if", language, n=f"{len(rows):,}")


def _name(row: Any, language: Language) -> str:
    title = getattr(row, "title", None)
    subject = f"{row.subject}  {title}" if isinstance(title, str) and title else row.subject
    return phrase(f"what_if_{row.measure}", language, subject=subject)


def _from_to(row: Any, language: Language) -> str:
    """Say what a measure was and would be, in its own unit."""
    before, after = (_said(row.measure, value, language) for value in (row.before, row.after))
    return phrase("from_to", language, before=before, after=after)


def _said(measure: str, value: float, language: Language) -> str:
    if measure == "share_met":
        return percent(value)
    key = "in_hours" if measure.endswith("_hours") else "in_cases"
    return phrase(key, language, value=number(value))
