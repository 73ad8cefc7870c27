"""Pictures of differences: groups against comparable cases, before against after."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.kinds.change import measure_name, shifted
from efficiency.findings.kinds.slow_group import slower
from efficiency.report.telling import say
from efficiency.report.plots.tree_plot import tree_dot
from efficiency.language import Language
from efficiency.report.plots.process_plots import laid_out
from efficiency.report.plots.style import BLUE, GREEN, GREY, RED, drawn
from efficiency.words import heading, phrase

#: An interval may reach down to nothing; the axis does not.
_LEAST_RATIO = 0.1
_TICKS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Keep what was tested, by attribute and ratio."""
    rows = table[table["p"].notna() & np.isfinite(table["ratio"])]
    return rows.sort_values(["attribute", "ratio"], ascending=[False, True], kind="stable")


@drawn(lambda table: (7.6, 1.1 + 0.27 * max(len(_told(table)), 3)))
def plot_comparison(table: pd.DataFrame, ax: Axes, *, language: Language = "zh") -> None:
    """
    Draw how many times as long each group takes as comparable cases, with its interval.

    Red: told apart and slower; green: told apart and faster; grey: not told apart.

    Parameters
    ----------
    table
        As `compare` gives it, with ``p_adjusted``; what was not tested is left out.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.
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
    labels = [f"{name} · {value} (n={n:,})" for name, value, n in zip(
        names, rows["value"], rows["compared"].astype(int), strict=True)]  # fmt: skip
    ax.set_yticks(range(len(rows)), labels, fontsize=8)
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


def _changed(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["difference_hours"].notna() & table["p"].notna()]


@drawn(lambda table: (7.6, 1.1 + 0.3 * max(len(_changed(table)), 3)))
def plot_changes(table: pd.DataFrame, ax: Axes, *, language: Language = "zh") -> None:
    """
    Draw by how many working hours the median differs after each split, with its interval.

    Green: faster; red: slower; grey: no change that can be told.

    Parameters
    ----------
    table
        As `changes` gives it, with ``p_adjusted``.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.
    """
    rows = _changed(table).iloc[::-1].reset_index(drop=True)
    told = shifted(rows).to_numpy()
    for at, row in rows.iterrows():
        color = GREY if not told[at] else GREEN if row["difference_hours"] < 0 else RED
        ends = [row["difference_low"], row["difference_high"]]
        ax.plot(ends, [at, at], color=color, lw=2.6, alpha=0.45)
        ax.plot(row["difference_hours"], at, "o", color=color, ms=5)
    ax.axvline(0, color=BLUE, lw=1)
    labels = [
        f"{say(measure_name(row.measure), language)} · {row.at:%Y-%m-%d} · "
        f"{phrase(f'kind_{row.kind}', language)}"
        for row in rows.itertuples(index=False)
    ]
    ax.set_yticks(range(len(rows)), labels, fontsize=8)
    ax.set(ylim=(-0.6, max(len(rows), 1) - 0.4), xlabel=phrase("difference_axis", language))
    ax.grid(axis="y", visible=False)


def plot_tree(tree: pd.DataFrame, *, ax: Axes | None = None, language: Language = "zh") -> Axes:
    """
    Draw which circumstances together go with an outcome.

    Parameters
    ----------
    tree
        As `tree` gives it, of one outcome.
    ax
        Where to draw; None: a new figure.
    language
        Of the labels.

    Examples
    --------
    >>> root = {"node": 0, "parent": -1, "n": 90, "share": 0.3, "low": 0.2, "high": 0.4}
    >>> len(plot_tree(pd.DataFrame([root])).images)
    1
    """
    return laid_out(tree_dot(tree, language), ax)
