"""Pictures of what varies by chance and of what does not: control charts, funnels, shifts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from efficiency.language import Language
from efficiency.report.plots.style import AMBER, BLUE, GREY, RED, drawn
from efficiency.words import phrase


@drawn(lambda _: (7.8, 3.4))
def plot_control_chart(
    table: pd.DataFrame, ax: Axes, *, label: str = "", language: Language = "zh"
) -> None:
    """
    Draw a control chart; points with a signal are red, and each kind of signal is named once.

    Parameters
    ----------
    table
        ``at, value, centre, low, high, signal``, as `u_chart`, `g_chart`, `individuals_chart` and
        `cycle_chart` give it.
    ax
        Where to draw; None: a new figure.
    label
        What the value is, with its unit.
    language
        Of the labels.
    """
    at = np.arange(len(table))
    edges = np.arange(len(table) + 1) - 0.5
    for name in ("low", "high"):
        known = phrase("chart_limits", language) if name == "low" else None
        ax.stairs(table[name], edges, baseline=None, color=AMBER, lw=1.3, ls="--", label=known)
    centre = phrase("chart_centre", language)
    ax.stairs(table["centre"], edges, baseline=None, color=GREY, lw=1.3, label=centre)
    ax.plot(at, table["value"], color=BLUE, lw=1.3, marker="o", ms=4)
    odd = table["signal"].notna().to_numpy()
    ax.plot(at[odd], table["value"][odd], color=RED, marker="o", ms=7, ls="none")
    _name_signals(ax, table, language)
    _periods(ax, table["at"])
    ax.set(ylabel=label, xlim=(-0.7, len(table) - 0.3))
    ax.margins(y=0.16)
    _legend(ax, 2)


def _name_signals(ax: Axes, table: pd.DataFrame, language: Language) -> None:
    """Name each kind of signal where it first stands; names close to one another are stacked."""
    named: set[str] = set()
    last, stacked = {True: -9, False: -9}, {True: 0, False: 0}
    for at, row in enumerate(table.to_dict("records")):
        names = row["signal"].split(";") if isinstance(row["signal"], str) else []
        new = [name for name in names if name not in named]
        if not new:
            continue
        named |= set(new)
        up = row["value"] >= row["centre"]
        stacked[up] = stacked[up] + 1 if at - last[up] < len(table) / 4 else 0
        last[up] = at
        ax.annotate(
            "\n".join(phrase(f"signal_{name}", language) for name in new),
            (at, row["value"]),
            xytext=(0, (8 + 12 * stacked[up]) * (1 if up else -1)),
            textcoords="offset points",
            ha="right" if at > 0.8 * len(table) else "left" if at < 0.2 * len(table) else "center",
            va="bottom" if up else "top",
            fontsize=8,
            color=RED,
        )


@drawn(lambda _: (7.2, 4.2))
def plot_funnel(
    table: pd.DataFrame, ax: Axes, *, label: str = "", share: bool = True, language: Language = "zh"
) -> None:
    """
    Draw units against their size, within the limits that chance alone allows.

    Parameters
    ----------
    table
        ``name, n, value, centre, low_95, high_95, low_998, high_998``, one row a unit, as
        `funnel` gives it. Units outside the inner limits are amber, outside the outer ones red.
    ax
        Where to draw; None: a new figure.
    label
        What the value is.
    share
        Whether the value is a share, to be written in percent.
    language
        Of the labels.
    """
    rows = table.dropna(subset=["value"]).sort_values("n", kind="stable")
    for level, style in (("998", "-"), ("95", "--")):
        word = phrase(f"chart_{level}", language)
        for name in (f"low_{level}", f"high_{level}"):
            ax.plot(rows["n"], rows[name], color=GREY, lw=1, ls=style, label=word)
            word = ""
    ax.plot(rows["n"], rows["centre"], color=BLUE, lw=1.3, label=phrase("chart_overall", language))
    for row in rows.to_dict("records"):
        color = _beyond(row)
        ax.plot(row["n"], row["value"], "o", color=color, ms=6)
        if color != GREY or len(rows) <= 12:
            ax.annotate(
                row["name"], (row["n"], row["value"]), xytext=(5, 4), textcoords="offset points",
                fontsize=8, color=color,
            )  # fmt: skip
    ax.set(xlabel=phrase("chart_n", language), ylabel=label)
    ax.set_xlim(0, float(rows["n"].max()) * 1.12 if len(rows) else 1)
    if share:
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    _legend(ax, 3)


def _beyond(row: dict[str, float]) -> str:
    """Give the colour of a unit by the widest limits that it lies outside of."""
    for level, color in (("998", RED), ("95", AMBER)):
        if row["value"] < row[f"low_{level}"] or row["value"] > row[f"high_{level}"]:
            return color
    return GREY


@drawn(lambda _: (7.8, 3.4))
def plot_shifts(
    table: pd.DataFrame,
    ax: Axes,
    *,
    segments: pd.DataFrame,
    label: str = "",
    language: Language = "zh",
) -> None:
    """
    Draw a series, the level of each stretch, and when it shifted.

    Parameters
    ----------
    table
        ``at, value``, the series, as `closing_times` gives it.
    ax
        Where to draw; None: a new figure.
    segments
        As `level_shifts` gives them for this series.
    label
        What the value is, with its unit.
    language
        Of the labels.
    """
    place = {name: at for at, name in enumerate(table["at"])}
    ax.plot(np.arange(len(table)), table["value"], color=GREY, lw=1, marker="o", ms=3.5)
    for number, row in enumerate(segments.to_dict("records")):
        word = phrase("chart_level", language) if not number else None
        ends = [place[row["at"]] - 0.5, place[row["to"]] + 0.5]
        ax.plot(ends, [row["level"]] * 2, color=BLUE, lw=2.5, label=word)
        if number:
            said = phrase("chart_shift", language) if number == 1 else None
            ax.axvspan(
                place[row["at_low"]] - 0.5,
                place[row["at_high"]] + 0.5,
                color=AMBER,
                alpha=0.2,
                lw=0,
            )
            ax.axvline(ends[0], color=AMBER, lw=1.5, label=said)
            ax.annotate(
                row["at"], (ends[0], 1), xycoords=("data", "axes fraction"), xytext=(4, -2),
                textcoords="offset points", va="top", fontsize=9, color=RED,
            )  # fmt: skip
    _periods(ax, table["at"])
    ax.set(ylabel=label, xlim=(-0.7, len(table) - 0.3))
    ax.margins(y=0.16)
    _legend(ax, 2)


def _periods(ax: Axes, names: pd.Series) -> None:
    every = max(1, -(-len(names) // 13))
    ax.set_xticks(
        range(0, len(names), every), names.tolist()[::every], rotation=45, ha="right", fontsize=8
    )
    ax.grid(axis="x", visible=False)


def _legend(ax: Axes, columns: int) -> None:
    ax.legend(ncols=columns, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
