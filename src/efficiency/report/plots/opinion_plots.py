"""Pictures of what people say: answers to both sides of the middle, options, offices by theme."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from efficiency import tables
from efficiency.facts.opinions.choices import choices
from efficiency.facts.opinions.interview_themes import saturation
from efficiency.facts.opinions.likert import levels, office_opinions
from efficiency.language import Language
from efficiency.report.plots.drawing.labels import in_lines
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.style import BLUE, GREY, drawn
from efficiency.words import percent, phrase

#: From low to high, for readers who do not tell red from green: brown, grey, blue (Brewer's BrBG
#: and RdBu mixed so that lightness tells the side too).
_LOW, _MIDDLE, _HIGH = ("#8c510a", "#dfc27d"), "#e3e6e9", ("#92c5de", "#2166ac")
#: Parts that are wide enough to bear their number.
_READABLE = 0.07
#: Questions and offices that a picture takes.
MOST_ITEMS, MOST_OFFICES = 12, 30


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    """One row a question and one column a step, as shares; the most in favour on top."""
    wide = table.pivot_table(index="item", columns="level", values="share", sort=False)
    return wide.reindex(list(dict.fromkeys(table["item"])))


def colours(steps: int) -> list[str]:
    """
    The colours of the steps of a scale, from low to high.

    Examples
    --------
    >>> len(colours(5)), colours(3)[1], colours(4).count("#e3e6e9")
    (5, '#e3e6e9', 0)
    """
    half = steps // 2
    low = [_mixed(*_LOW, at / max(half - 1, 1)) for at in range(half)]
    high = [_mixed(*_HIGH, at / max(half - 1, 1)) for at in range(half)]
    return [*low, *([_MIDDLE] if steps % 2 else []), *high]


def _mixed(first: str, last: str, part: float) -> str:
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (first, last)]
    told = (round(a + (b - a) * part) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{value:02x}" for value in told)


@drawn(
    lambda table: (8.6, 1.9 + 0.44 * max(table["item"].nunique(), 2)),
    Need(used(tables.LEVELS, "item", "level", "label", "k", "n", "share"), asked="", survey=levels),
)
def plot_likert(
    table: pd.DataFrame,
    ax: Axes,
    *,
    names: dict[str, str] | None = None,
    turned: Collection[str] | None = None,
    language: Language,
) -> str:
    """
    How each question was answered: bars to both sides of the middle of its scale, labelled.

    Parameters
    ----------
    names
        What the questions are called; None: by their items.
    turned
        Questions that are put the other way round: drawn so that right is good; None: all as they
        are put.

    Examples
    --------
    >>> rows = [("Q1", at, word, k, 10, k / 10) for at, (word, k) in enumerate(
    ...     [("no", 2), ("so-so", 3), ("yes", 5)], 1)]
    >>> said = pd.DataFrame(rows, columns=["item", "level", "label", "k", "n", "share"])
    >>> float(round(plot_likert(said, language="en").patches[0].get_x(), 2))
    -0.35
    """
    called, wide = names or {}, _wide(table).iloc[::-1]
    words = _words(table, language, one_sided=turned is not None)
    for place, (item, shares) in enumerate(wide.iterrows()):
        steps = table[table["item"] == item]
        parts = shares.dropna().to_numpy(dtype=float)
        parts = parts[::-1] if turned is not None and item in turned else parts
        _bar(ax, place, parts, legend=_is_first(table, item))
        ax.annotate(
            f"n = {int(steps['n'].iloc[0]):,}", (1.005, place), xycoords=("axes fraction", "data"),
            va="center", fontsize=8.5, color="#333333",
        )  # fmt: skip
    for handle, word in zip(ax.containers, words, strict=False):
        handle.set_label(word or "_")
    ax.axvline(0, color="#333333", lw=0.8)
    ax.legend(ncols=min(len(words), 5), loc="lower left", bbox_to_anchor=(-0.02, 1.0), fontsize=9)
    axis = "likert_axis" if turned is None else "likert_axis_turned"
    ax.set_yticks(range(len(wide)), [in_lines(called.get(str(i), str(i))) for i in wide.index])
    ax.set(xlim=(-1, 1), ylim=(-0.6, len(wide) - 0.4), xlabel=phrase(axis, language))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent(abs(x), 0)))
    ax.grid(axis="y", visible=False)
    return phrase("title_likert", language, n=len(wide))


def _words(table: pd.DataFrame, language: Language, *, one_sided: bool) -> list[str]:
    """The words of the steps: those of the longest scale, where all have them; else of its ends."""
    sizes = table.groupby("item", sort=False)["level"].max()
    said = {
        tuple(rows.sort_values("level")["label"])
        for item, rows in table.groupby("item", sort=False) if sizes[item] == sizes.max()
    }  # fmt: skip
    if len(said) == 1 and not one_sided:
        return [str(word) for word in next(iter(said))]
    many = int(sizes.max())
    words = ["" for _ in range(many)]
    words[0], words[-1] = phrase("likert_least", language), phrase("likert_most", language)
    if many % 2:
        words[many // 2] = phrase("likert_middle", language)
    return words


def _is_first(table: pd.DataFrame, item: object) -> bool:
    sizes = table.groupby("item", sort=False)["level"].max()
    return bool(item == sizes.idxmax())


def _bar(ax: Axes, place: int, shares: np.ndarray, *, legend: bool) -> None:
    """One question: its steps beside each other, the middle of the scale at zero."""
    steps, half = len(shares), len(shares) // 2
    left = -shares[:half].sum() - (shares[half] / 2 if steps % 2 else 0.0)
    for share, colour in zip(shares, colours(steps), strict=True):
        bars = ax.barh(place, share, left=left, color=colour, height=0.66)
        if not legend:
            ax.containers.remove(bars)
        if share >= _READABLE:
            dark = sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) < 330
            ax.annotate(
                percent(share, 0), (left + share / 2, place), ha="center", va="center",
                fontsize=8.5, color="white" if dark else "#222222",
            )  # fmt: skip
        left += share


@drawn(
    lambda table: (8.2, 1.5 + 0.42 * max(len(table), 2)),
    Need(
        used(tables.CHOICES, "option", "k", "n", "share", "low", "high"), asked="", survey=choices
    ),
)
def plot_choices(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    What was ticked, most often first, with intervals: the options of one question.

    Examples
    --------
    >>> rows = pd.DataFrame({"option": ["a", "b"], "k": [6, 3], "n": 10, "share": [0.6, 0.3],
    ...                      "low": [0.3, 0.1], "high": [0.8, 0.6]})
    >>> [float(round(bar.get_width(), 1)) for bar in plot_choices(rows, language="en").patches]
    [0.3, 0.6]
    """
    rows = table.sort_values("share", kind="stable").reset_index(drop=True)
    ax.barh(rows.index, rows["share"], color=BLUE, height=0.62)
    known = rows.dropna(subset=["low", "high"])
    ax.hlines(known.index, known["low"], known["high"], color="#222222", lw=1.4)
    for at, row in rows.iterrows():
        end = max(row["share"], row["high"] if pd.notna(row["high"]) else 0)
        ax.annotate(f"{percent(row['share'])} ({int(row['k']):,})", (end, at), xytext=(5, 0),
                    textcoords="offset points", va="center", fontsize=9)  # fmt: skip
    ax.set_yticks(rows.index, [in_lines(str(name)) for name in rows["option"]])
    ax.set(xlim=(0, 1.0), ylim=(-0.6, max(len(rows), 1) - 0.4))
    ax.set_xlabel(phrase("choices_axis", language))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.grid(axis="y", visible=False)
    n = int(rows["n"].iloc[0]) if len(rows) else 0
    return phrase("title_choices", language, n=f"{n:,}")


@drawn(
    lambda table: (
        2.6 + 0.95 * max(table["construct"].nunique(), 2),
        1.6 + 0.32 * max(table["office"].nunique(), 3),
    ),
    Need(
        used(tables.OFFICE_OPINIONS, "office", "construct", "people", "share"),
        asked="",
        survey=office_opinions,
    ),
)
def plot_office_opinions(
    table: pd.DataFrame, ax: Axes, *, least: int = 5, language: Language
) -> str:
    """
    How much in favour each office is, theme by theme; offices of fewer people are left blank.

    Parameters
    ----------
    least
        Offices of fewer respondents are not shown.

    Examples
    --------
    >>> rows = pd.DataFrame({"office": ["a", "b"], "construct": "x", "people": [9, 3],
    ...                      "share": [0.5, 0.1]})
    >>> [text.get_text() for text in plot_office_opinions(rows, language="en").texts]
    ['50', '…']
    """
    wide = table.pivot_table(index="office", columns="construct", values="share", sort=False)
    people = table.pivot_table(index="office", columns="construct", values="people", sort=False)
    shown = wide.where(people >= least)
    ax.imshow(shown.to_numpy(dtype=float), cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for row in range(shown.shape[0]):
        for column in range(shown.shape[1]):
            share = shown.iloc[row, column]
            there = pd.notna(wide.iloc[row, column])
            told = f"{share * 100:.0f}" if pd.notna(share) else "…" if there else ""
            colour = "white" if pd.notna(share) and share < 0.55 else "#222222"
            ax.text(column, row, told, ha="center", va="center", fontsize=8.5, color=colour)
    ax.set_xticks(range(shown.shape[1]), [in_lines(str(name), line=12) for name in shown.columns])
    ax.set_yticks(range(shown.shape[0]), [in_lines(str(name)) for name in shown.index])
    ax.tick_params(length=0)
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set_visible(False)
    return phrase("title_office_opinions", language, n=shown.shape[0], least=least)


@drawn(
    lambda _: (6.4, 3.2),
    Need(used(tables.SATURATION, "place", "fresh", "codes"), start=tables.INTERVIEWS,
         then=saturation, asked=""),
)  # fmt: skip
def plot_saturation(table: pd.DataFrame, ax: Axes, *, language: Language) -> str:
    """
    How many codes had come up by each interview, and how many were new in it.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": [1, 2], "fresh": [3, 0], "codes": [3, 3]})
    >>> [float(bar.get_height()) for bar in plot_saturation(rows, language="en").patches]
    [3.0, 0.0]
    """
    ax.bar(table["place"], table["fresh"], color=GREY, label=phrase("saturation_fresh", language))
    ax.plot(table["place"], table["codes"], color=BLUE, lw=2,
            label=phrase("saturation_codes", language))  # fmt: skip
    ax.legend(loc="center right", fontsize=9)
    ax.set(xlabel=phrase("saturation_axis", language), ylim=(0, None))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    return phrase("title_saturation", language, n=len(table))
