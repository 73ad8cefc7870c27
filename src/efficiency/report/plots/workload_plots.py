"""Pictures of load, of the time around the due moment, and of risks held against what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from efficiency import tables
from efficiency.facts.events import Events
from efficiency.facts.workload import workload
from efficiency.findings.standards.bunching import due_histogram
from efficiency.findings.standards.calibration import calibration, held_back
from efficiency.findings.standards.margins import margins
from efficiency.language import Language
from efficiency.report.plots.drawing.plot_sources import Need, of_standard, used
from efficiency.report.plots.drawing.style import AMBER, BLUE, GREEN, GREY, RED, drawn
from efficiency.words import phrase


def _held_back(log: Events, standards: pd.DataFrame, months: int = 6) -> pd.DataFrame:
    return held_back(log, standards, months=months)


@drawn(
    lambda _: (7.6, 3.4),
    Need(used(tables.WORKLOAD, "period", "arrivals", "completions", "open"), by=workload),
)
def plot_workload(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    What came in and what was done in each period, and what lay there at its end.

    Several units are summed up; keep the rows of one to see it alone.

    Parameters
    ----------
    by
        ``unit`` or ``actor``, where the table is made here.
    every
        ``month`` or ``week``, where the table is made here.
    """
    rows = table.groupby("period", as_index=False)[["arrivals", "completions", "open"]].sum()
    at = np.arange(len(rows))
    ax.bar(at - 0.2, rows["arrivals"], 0.38, color=BLUE, label=phrase("load_arrivals", language))
    ax.bar(
        at + 0.2, rows["completions"], 0.38, color=GREEN, label=phrase("load_completions", language)
    )
    ax.plot(
        at, rows["open"], color=AMBER, marker="o", ms=3.5, lw=1.5,
        label=phrase("load_open", language),
    )  # fmt: skip
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
    every = max(1, -(-len(rows) // 14))
    names = rows["period"].tolist()[::every]
    ax.set_xticks(at[::every], names, rotation=45, ha="right", fontsize=8)
    ax.set(ylabel=phrase("load_steps", language), ylim=(0, None))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="x", visible=False)
    return phrase("title_workload", language, n=f"{int(rows['arrivals'].sum()):,}")


@drawn(
    lambda _: (7.6, 3.4),
    Need(
        used(tables.DUE, "standard_id", "from_hours", "to_hours", "late", "cases"),
        by=margins,
        start=tables.MARGINS,
        then=due_histogram,
    ),
)
def plot_bunching(
    table: pd.DataFrame, ax: Axes, *, standard_id: str | None = None, language: Language
) -> str:
    """
    How long before and after its due moment each case of one standard was done.

    What lies further away than the picture reaches is a paler bar at either side.

    Parameters
    ----------
    standard_id
        The standard that is shown, where the table holds several.

    Raises
    ------
    ValueError
        If the table holds several standards and none is named, or not the one that is.
    """
    table = of_standard(table, standard_id)
    inner = np.isfinite(table["from_hours"]) & np.isfinite(table["to_hours"])
    width = float((table["to_hours"] - table["from_hours"])[inner].max()) if inner.any() else 1.0
    left = table["from_hours"].where(np.isfinite(table["from_hours"]), table["to_hours"] - width)
    for late, color, word in ((False, BLUE, "bunching_met"), (True, RED, "bunching_late")):
        for near, alpha in ((True, 1.0), (False, 0.4)):
            part = (table["late"] == late) & (inner == near)
            ax.bar(
                left[part], table.loc[part, "cases"], width * 0.94, align="edge", color=color,
                alpha=alpha, label=phrase(word, language) if near else None,
            )  # fmt: skip
    ax.bar([0], [0], 0, color=GREY, alpha=0.4, label=phrase("bunching_beyond", language))
    ax.axvline(0, color="#222222", lw=1.4)
    ax.annotate(
        phrase("bunching_due", language), (0, 1), xycoords=("data", "axes fraction"),
        xytext=(4, -11), textcoords="offset points", fontsize=9,
    )  # fmt: skip
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
    ax.set(xlabel=phrase("bunching_hours", language), ylabel=phrase("case_word", language))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="x", visible=False)
    named = ", ".join(table["standard_id"].unique())
    return phrase("title_bunching", language, id=named, n=f"{int(table['cases'].sum()):,}")


@drawn(
    lambda _: (4.6, 4.6),
    Need(
        used(tables.CALIBRATION, "n", "predicted", "observed", "low", "high"),
        by=_held_back,
        start=tables.RISKS,
        then=calibration,
    ),
)
def plot_calibration(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    The share that became late against the risk that was told, with its interval and n.

    Stretches in which no risk was told are left out.

    Parameters
    ----------
    months
        Past month-ends at which risks are told, where the table is made here.
    """
    rows = table[table["n"] > 0]
    ax.plot([0, 1], [0, 1], color=GREY, lw=1, ls="--", label=phrase("risk_exact", language))
    for row in rows.to_dict("records"):
        at = row["predicted"]
        ax.plot([at, at], [row["low"], row["high"]], color=BLUE, lw=2.4, alpha=0.45)
        ax.annotate(
            f"n={int(row['n']):,}", (at, row["high"]), xytext=(0, 3), textcoords="offset points",
            ha="center", fontsize=8, color="#444444",
        )  # fmt: skip
    ax.plot(rows["predicted"], rows["observed"], "o", color=BLUE, ms=6)
    ax.legend(loc="lower right", fontsize=9)
    ax.set(
        xlim=(0, 1), ylim=(0, 1.06),
        xlabel=phrase("risk_predicted", language), ylabel=phrase("risk_observed", language),
    )  # fmt: skip
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0))
    return phrase("title_calibration", language, n=f"{int(rows['n'].sum()):,}")
