"""Pictures of differences: groups against comparable cases, before against after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from efficiency import tables
from efficiency.facts.events import Events
from efficiency.findings.discoveries import DISCOVERY_RATE, adjusted
from efficiency.findings.groups.comparisons import compare
from efficiency.findings.kinds.change import apart, kind_of, measure_name
from efficiency.findings.kinds.slow_group import slower
from efficiency.findings.time.changes import Reform, Window, changes
from efficiency.language import Language
from efficiency.report.plots.drawing.labels import in_lines
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.style import BLUE, GREEN, GREY, RED, drawn
from efficiency.report.telling import say
from efficiency.words import heading, phrase

#: An interval may reach down to nothing; the axis does not.
_LEAST_RATIO = 0.1
_TICKS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Keep what was tested, by attribute and ratio."""
    rows = table[table["p"].notna() & np.isfinite(table["ratio"])]
    return rows.sort_values(["attribute", "ratio"], ascending=[False, True], kind="stable")


def _comparisons(
    log: Events,
    *,
    by: Sequence[str] | None = None,
    mix: Sequence[str] | None = None,
    applicant: str | None = None,
) -> pd.DataFrame:
    """``tables.COMPARISONS`` of one log alone, their p adjusted."""
    return adjusted(compare(log, by=by, mix=mix, applicant=applicant))[0]


@drawn(
    lambda table: (7.6, 1.3 + 0.27 * max(len(_told(table)), 3)),
    Need(
        used(
            tables.COMPARISONS,
            *("attribute", "value", "activity", "compared", "ratio", "ratio_low", "ratio_high"),
            *("p", "p_adjusted"),
        ),
        by=_comparisons,
        seen=("calendar", "cutoff", "closed_by", "period"),
    ),
)
def plot_comparison(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    How many times as long each group takes as comparable cases, with its interval.

    Red: told apart and slower; green: told apart and faster; grey: not told apart. What was not
    tested is left out.

    Parameters
    ----------
    by, mix, applicant
        As for `compare`, where the table is made of a log.
    """
    rows = _told(table).reset_index(drop=True)
    apart = (rows["p_adjusted"] <= DISCOVERY_RATE).to_numpy()
    slow = slower(rows).to_numpy()
    for at, row in rows.iterrows():
        color = RED if slow[at] else GREEN if apart[at] and row["ratio"] < 1 else GREY
        ends = np.clip([row["ratio_low"], row["ratio_high"]], _LEAST_RATIO, 1 / _LEAST_RATIO)
        ax.plot(ends, [at, at], color=color, lw=2.6, alpha=0.45)
        ax.plot(row["ratio"], at, "o", color=color, ms=5)
    ax.axvline(1, color="#222222", lw=1)
    names = [heading(name, language) for name in rows["attribute"]]
    where = [f" · {activity}" if activity else "" for activity in rows["activity"]]
    labels = [f"{name} · {value}{at} (n={n:,})" for name, value, at, n in zip(
        names, rows["value"], where, rows["compared"].astype(int), strict=True)]  # fmt: skip
    ax.set_yticks(range(len(rows)), [in_lines(label) for label in labels], fontsize=8)
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(_TICKS))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ends = rows[["ratio_low", "ratio_high"]].to_numpy(dtype=float).ravel()
    ends = np.r_[ends[np.isfinite(ends) & (ends > _LEAST_RATIO)], 0.8, 1.25]
    ax.set(
        ylim=(-0.6, max(len(rows), 1) - 0.4),
        xlim=(ends.min() * 0.95, ends.max() * 1.05),
        xlabel=phrase("ratio_axis", language),
    )
    ax.grid(axis="y", visible=False)
    return phrase("title_comparison", language, n=f"{len(rows):,}")


def _changed(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["difference_hours"].notna() & table["p"].notna()]


def _changes(
    log: Events,
    *,
    baseline: Window | None = None,
    period: Window | None = None,
    reforms: Sequence[Reform] = (),
) -> pd.DataFrame:
    """``tables.CHANGES`` of one log alone, their p adjusted."""
    return adjusted(changes(log, baseline=baseline, period=period, reforms=reforms))[0]


@drawn(
    lambda table: (7.6, 1.3 + 0.3 * max(len(_changed(table)), 3)),
    Need(
        used(
            tables.CHANGES,
            *("measure", "kind", "at", "at_low", "at_high", "difference_hours"),
            *("difference_low", "difference_high", "ratio", "p", "p_adjusted"),
        ),
        by=_changes,
        # The period is compared with the baseline, and all of the log is seen.
        seen=("calendar", "cutoff", "closed_by"),
    ),
)
def plot_changes(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    By how many working hours the median differs after each split, with its interval.

    Green: faster; red: slower; grey: no change that can be told.

    Parameters
    ----------
    baseline, period, reforms
        As for `changes`, where the table is made of a log.
    """
    rows = _changed(table).iloc[::-1].reset_index(drop=True)
    told = apart(rows).to_numpy()
    for at, row in rows.iterrows():
        color = GREY if not told[at] else GREEN if row["difference_hours"] < 0 else RED
        ends = [row["difference_low"], row["difference_high"]]
        ax.plot(ends, [at, at], color=color, lw=2.6, alpha=0.45)
        ax.plot(row["difference_hours"], at, "o", color=color, ms=5)
    ax.axvline(0, color=BLUE, lw=1)
    labels = [
        f"{say(measure_name(row.measure), language)} · {row.at:%Y-%m-%d} · "
        f"{phrase(f'kind_{kind}', language)}"
        for row, kind in zip(rows.itertuples(index=False), kind_of(rows), strict=True)
    ]
    ax.set_yticks(range(len(rows)), [in_lines(label) for label in labels], fontsize=8)
    ax.set(ylim=(-0.6, max(len(rows), 1) - 0.4), xlabel=phrase("difference_axis", language))
    ax.grid(axis="y", visible=False)
    return phrase("title_changes", language, n=f"{len(rows):,}")
