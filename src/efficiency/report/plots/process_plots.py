"""Pictures of what happened: how long, how many, and which standards are met."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from efficiency import tables
from efficiency.facts.events import Events
from efficiency.facts.times import case_times, completion, monthly_volume, step_summary
from efficiency.findings.standards.compliance import compliance
from efficiency.findings.standards.judgements import judge
from efficiency.language import Language
from efficiency.report.plots.drawing.labels import in_lines
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.style import AMBER, BLUE, GREEN, GREY, RED, drawn
from efficiency.tables import Column
from efficiency.words import percent, phrase


def _compliance(log: Events, standards: pd.DataFrame) -> pd.DataFrame:
    """``tables.COMPLIANCE`` with the titles of the standards."""
    found = compliance(judge(log, standards), standards)
    if "title" not in standards:
        return found
    titles = standards[["standard_id", "title"]].drop_duplicates("standard_id")
    return found.merge(titles, on="standard_id", how="left")


@drawn(
    lambda table: (8.2, 1.2 + 0.42 * len(table)),
    Need(
        used(
            tables.COMPLIANCE,
            *("standard_id", "met", "late", "overdue", "share", "low", "high", "target"),
        ),
        by=_compliance,
    ),
)
def plot_compliance(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    Each standard's share met with its interval, and its target as a bar.

    Red: the whole interval lies below the target; amber: the share does; green: it does not; grey:
    there is no target.
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
    ax.set_yticks(range(len(rows)), [in_lines(name) for name in names])
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.6, len(rows) - 0.4), xlabel=phrase("share_met", language))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.grid(axis="y", visible=False)
    return phrase("title_compliance", language, n=_sum(rows, "met", "late", "overdue"))


def _sum(table: pd.DataFrame, *columns: str) -> str:
    return f"{int(table[list(columns)].sum().sum()):,}"


_CASES = used(tables.CASES, "case_id", "open")
_AGED = replace(
    _CASES, columns=(*_CASES.columns, Column("age_hours", "number", "so far", nullable=True))
)


@drawn(
    lambda _: (7.2, 3.6),
    Need(
        used(tables.COMPLETION, "hours", "share", "low", "high"),
        by=case_times,
        start=_AGED,
        then=completion,
    ),
    cases=Need(_CASES, by=case_times, asked="cases"),
)
def plot_completion(
    table: pd.DataFrame,
    ax: Axes,
    *,
    cases: pd.DataFrame | int | None = None,
    language: Language,
) -> str:
    """
    The share of cases done within t working hours, with its interval.

    Parameters
    ----------
    cases
        How many cases it rests on, or ``tables.CASES`` to count; None: it is not told, unless
        they are known from the source.
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
    if cases is None:
        return phrase("title_completion_times", language, n=f"{len(table):,}")
    n = cases if isinstance(cases, int) else len(cases)
    return phrase("title_completion", language, n=f"{n:,}")


def _sensible_end(table: pd.DataFrame) -> float:
    """The end of the axis, where 99 % are done: a few very long cases would squeeze all others."""
    within = table.loc[table["share"] <= 0.99, "hours"]
    return float(within.max() * 1.1) if len(within) and within.max() > 0 else 1.0


def _step_rows(table: pd.DataFrame) -> float:
    """How high the rows of steps are, in inches; names that are broken take another line."""
    broken = sum(in_lines(name).count("\n") for name in table["activity"])
    return 0.23 * max(len(table), 3) + 0.13 * broken


@drawn(
    lambda table: (7.6, 1.1 + _step_rows(table)),
    Need(used(tables.STEP_SUMMARY, "activity", "n", "p10", "median", "p90"), by=step_summary),
)
def plot_step_times(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """Each step's working hours: tenth to ninetieth percentile, and the median."""
    rows = table.iloc[::-1].reset_index(drop=True)
    ax.hlines(rows.index, rows["p10"], rows["p90"], color=BLUE, lw=5, alpha=0.3)
    ax.plot(rows["median"], rows.index, "o", color=BLUE, ms=6, ls="none")
    ax.set_yticks(rows.index, [in_lines(name) for name in rows["activity"]])
    ax.set(xlabel=phrase("work_hours", language), ylim=(-0.6, len(rows) - 0.4))
    ax.grid(axis="y", visible=False)
    return phrase("title_step_times", language, n=_sum(rows, "n"))


@drawn(
    lambda _: (7.6, 3.4),
    Need(
        used(tables.VOLUME, "month", "begun", "closed", "in_hand"),
        by=monthly_volume,
        seen=("cutoff", "closed_by", "period"),
    ),
)
def plot_volume(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """Cases begun and closed each month, and those open at its end."""
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
    return phrase("title_volume", language, n=_sum(table, "begun"))
