"""Pictures of what varies by chance and of what does not: control charts, funnels, shifts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from efficiency import tables
from efficiency.facts.closings import Every, closing_times
from efficiency.facts.times import case_times
from efficiency.findings.rates import funnel
from efficiency.findings.time.control import cycle_chart
from efficiency.findings.time.shifts import level_shifts
from efficiency.language import Language
from efficiency.report.plots.drawing.plot_sources import (
    Need,
    circumstances_of,
    each_standard,
    of_standard,
    used,
)
from efficiency.report.plots.drawing.style import AMBER, BLUE, GREY, RED, drawn
from efficiency.words import phrase

_CASES = used(tables.CASES, "case_id", "first", "last", "open", "elapsed_hours", "work_hours")
_SEGMENTS = used(tables.SEGMENTS, "at", "to", "level", "at_low", "at_high")


def _chart(cases: pd.DataFrame, every: Every = "month") -> pd.DataFrame:
    return cycle_chart(cases, every=every)


def _series(cases: pd.DataFrame, every: Every = "month") -> pd.DataFrame:
    return closing_times(cases, every=every)


def _units(known: pd.DataFrame) -> pd.DataFrame:
    """``tables.UNITS``: each unit's late cases against what chance allows for its cases."""
    return each_standard(known[known["unit"] != ""], _of_units)


def _of_units(known: pd.DataFrame) -> pd.DataFrame:
    counted = known.groupby("unit", as_index=False)["late"].agg(["sum", "size"])
    return funnel(counted.set_axis(["name", "k", "n"], axis=1))


@drawn(
    lambda _: (7.8, 3.6),
    Need(
        used(tables.CONTROL, "at", "value", "centre", "low", "high", "signal"),
        by=case_times,
        start=_CASES,
        then=_chart,
    ),
    label="control_label",
)
def plot_control_chart(
    table: pd.DataFrame, ax: Axes, *, label: str = "", language: Language
) -> str:
    """
    A control chart; points with a signal are red, and each kind of signal is named once.

    Parameters
    ----------
    label
        What the value is, with its unit.
    every
        ``month`` or ``week``, where the chart is made here: that of how long closed cases took.
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
    return _title(label or phrase("chart_control", language), table, language)


def _title(label: str, table: pd.DataFrame, language: Language) -> str:
    """The cases that a chart rests on, where it tells them; else its points."""
    if "n" in table:
        return phrase("title_chart_cases", language, label=label, n=f"{table['n'].sum():,.0f}")
    return phrase("title_chart_points", language, label=label, n=f"{len(table):,}")


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


@drawn(
    lambda _: (7.2, 4.4),
    Need(
        used(
            tables.FUNNEL,
            *("name", "n", "value", "centre", "low_95", "high_95", "low_998", "high_998"),
        ),
        by=circumstances_of,
        start=used(tables.CIRCUMSTANCES, "standard_id", "late", "unit"),
        then=_units,
        asked="units",
    ),
    label="funnel_label",
)
def plot_funnel(
    table: pd.DataFrame,
    ax: Axes,
    *,
    standard_id: str | None = None,
    label: str = "",
    share: bool = True,
    language: Language,
) -> str:
    """
    Units against their size, within the limits that chance alone allows.

    Units outside the inner limits are amber, outside the outer ones red.

    Parameters
    ----------
    standard_id
        The standard that is shown, where the table holds several.
    label
        What the value is.
    share
        Whether the value is a share, to be written in percent.
    """
    table = of_standard(table, standard_id)
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
    return _title(label or phrase("chart_units", language), rows, language)


def _beyond(row: dict[str, float]) -> str:
    """The colour of a unit, by the widest limits that it lies outside of."""
    for level, color in (("998", RED), ("95", AMBER)):
        if row["value"] < row[f"low_{level}"] or row["value"] > row[f"high_{level}"]:
            return color
    return GREY


@drawn(
    lambda _: (7.8, 3.6),
    Need(
        used(tables.SERIES, "at", "value"),
        by=case_times,
        start=_CASES,
        then=_series,
        asked="cases",
    ),
    label="control_label",
)
def plot_shifts(
    table: pd.DataFrame,
    ax: Axes,
    *,
    segments: pd.DataFrame | None = None,
    label: str = "",
    language: Language,
) -> str:
    """
    A series, the level of each stretch, and when it shifted.

    Parameters
    ----------
    segments
        ``tables.SEGMENTS`` of this series; None: as `level_shifts` parts it, on the logarithm
        unless some value is 0.
    label
        What the value is, with its unit.
    every
        ``month`` or ``week``, where the series is made here: how long closed cases took.
    """
    if segments is None:
        positive = bool((table["value"].dropna() > 0).all())
        segments = level_shifts(table, log=positive)
    _SEGMENTS.check(segments)
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
    return _title(label or phrase("chart_series", language), table, language)


def _periods(ax: Axes, names: pd.Series) -> None:
    every = max(1, -(-len(names) // 13))
    ax.set_xticks(
        range(0, len(names), every), names.tolist()[::every], rotation=45, ha="right", fontsize=8
    )
    ax.grid(axis="x", visible=False)


def _legend(ax: Axes, columns: int) -> None:
    ax.legend(ncols=columns, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
