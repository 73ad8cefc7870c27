"""Pictures of improvement points: what is at stake in each, and what became of each."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from efficiency import tables
from efficiency.findings.improvement.points import pareto
from efficiency.language import Language
from efficiency.report.plots.drawing.labels import in_lines
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.style import AMBER, BLUE, GREEN, GREY, RED, drawn
from efficiency.words import number, percent, phrase
from efficiency.words.code_words import coded

_COLORS = {"effective": GREEN, "partly": AMBER, "worse": RED}


@drawn(
    lambda table: (8.2, 1.5 + 0.42 * max(len(table), 2)),
    Need(
        used(
            tables.PARETO,
            *("title", "hours", "hours_low", "hours_high", "share", "cumulative_share"),
        ),
        start=used(tables.POINTS, *("id", "title", "status", "hours", "hours_low", "hours_high")),
        then=pareto,
        asked="points",
    ),
)
def plot_pareto(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """The working hours at stake in each point, most first, and their cumulative share."""
    rows = table.iloc[::-1].reset_index(drop=True)
    # The points that carry the first four fifths.
    vital = rows["cumulative_share"] - rows["share"] < 0.8
    colors = [BLUE if one else GREY for one in vital]
    ax.barh(rows.index, rows["hours"], color=colors, height=0.62)
    known = rows.dropna(subset=["hours_low", "hours_high"])
    ax.hlines(known.index, known["hours_low"], known["hours_high"], color="#222222", lw=1.4)
    most = float(rows[["hours", "hours_high"]].max(axis=None)) if len(rows) else 1.0
    for at, row in rows.iterrows():
        end = max(row["hours"], row["hours_high"] if pd.notna(row["hours_high"]) else 0)
        told = f"{number(row['hours'], 0)} · {percent(row['cumulative_share'], 0)}"
        ax.annotate(told, (end, at), xytext=(5, 0), textcoords="offset points", va="center",
                    fontsize=9)  # fmt: skip
    ax.set_yticks(rows.index, [in_lines(title) for title in rows["title"]])
    ax.set_xlim(0, most * 1.22)
    ax.set_xlabel(f"{phrase('hours_year', language)} · {phrase('cumulative', language)}")
    ax.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    ax.grid(axis="y", visible=False)
    return phrase("title_pareto", language, n=f"{len(rows):,}")


@drawn(
    lambda table: (8.2, 1.7 + 0.46 * max(len(table), 2)),
    Need(
        used(
            tables.POINTS,
            *("title", "unit", "baseline", "baseline_low", "baseline_high", "target"),
            *("value", "low", "high", "verdict"),
        ),
        asked="points",
    ),
)
def plot_loop(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    Each point's baseline and check with their intervals, and the target between them.

    The points are to be of one unit; those without a value now or then are left out.
    """
    rows = table.dropna(subset=["baseline", "value"]).iloc[::-1].reset_index(drop=True)
    for at, row in rows.iterrows():
        color = _COLORS.get(row["verdict"], GREY)
        ax.plot([row["baseline"], row["value"]], [at, at], color=color, lw=1, ls=":")
        for shift, middle, ends, fill in (
            (0.14, "baseline", ("baseline_low", "baseline_high"), "white"),
            (-0.14, "value", ("low", "high"), color),
        ):
            ax.plot([row[end] for end in ends], [at + shift] * 2, color=color, lw=3, alpha=0.4)
            ax.plot(row[middle], at + shift, "o", color=color, mfc=fill, ms=7)
        if pd.notna(row["target"]):
            ax.plot([row["target"]] * 2, [at - 0.34, at + 0.34], color="#222222", lw=1.6)
        ax.annotate(
            coded("verdict", row["verdict"], language), (1.01, at),
            xycoords=("axes fraction", "data"), va="center", fontsize=9, color=color,
        )  # fmt: skip
    for marker, fill, word in (("o", "white", "before_word"), ("o", GREY, "after_word"),
                               ("|", GREY, "target_word")):  # fmt: skip
        ax.plot([], [], marker=marker, color=GREY, mfc=fill, mec="#222222" if marker == "|" else
                GREY, ms=8, ls="none", label=phrase(word, language))  # fmt: skip
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
    ax.set_yticks(rows.index, [in_lines(title) for title in rows["title"]])
    ax.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    ax.xaxis.set_major_formatter(
        PercentFormatter(1.0)
        if (rows["unit"] == "share").all()
        else FuncFormatter(lambda x, _: f"{x:,.4g}")
    )
    ax.grid(axis="y", visible=False)
    return phrase("title_loop", language, n=f"{len(rows):,}")
