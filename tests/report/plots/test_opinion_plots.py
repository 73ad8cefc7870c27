"""Pictures of what people say, by what is on the Axes."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

import efficiency as eff
from efficiency import tables
from efficiency.report.plots.opinion_plots import (
    colours,
    plot_choices,
    plot_likert,
    plot_office_opinions,
    plot_saturation,
)
from surveyed import surveyed

LEVELS = pd.DataFrame(
    [("Q1", at, word, k, 10, k / 10) for at, (word, k) in
     enumerate(zip(("差", "较差", "一般", "较好", "好"), (1, 2, 2, 2, 3), strict=True), 1)]
    + [("Q2", at, word, k, 4, k / 4) for at, (word, k) in
       enumerate(zip(("差", "一般", "好"), (1, 2, 1), strict=True), 1)],
    columns=tables.LEVELS.names,
)  # fmt: skip


def lightness(colour: str) -> float:
    """Relative luminance, WCAG 2."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_bars_stand_to_both_sides_of_the_middle() -> None:
    ax = plot_likert(LEVELS, language="zh")
    bars = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    # Q1 stands on top: 0.1 and 0.2 below the middle, half of 0.2 astride, 0.2 and 0.3 above.
    first = [pair for pair, bar in zip(bars, ax.patches, strict=True) if bar.get_y() > 0.5]
    assert first[0][0] == pytest.approx(-0.4)
    assert first[-1][0] + first[-1][1] == pytest.approx(0.6)
    assert sum(width for _, width in first) == pytest.approx(1)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "差",
        "较差",
        "一般",
        "较好",
        "好",
    ]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["Q2", "Q1"]
    assert {"n = 10", "n = 4", "30%"} <= {text.get_text() for text in ax.texts}


def test_questions_bear_the_names_they_are_given() -> None:
    ax = plot_likert(LEVELS, names={"Q1": "办文快"}, language="zh")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["Q2", "办文快"]


@pytest.mark.parametrize("steps", range(2, 11))
def test_colours_tell_the_sides_apart_for_who_does_not_see_red_or_green(steps: int) -> None:
    """Brown against blue; both sides grow darker outwards."""
    told = colours(steps)
    assert len(told) == steps
    half = steps // 2
    low, high = ([lightness(one) for one in part] for part in (told[:half], told[-half:]))
    assert low == sorted(low)
    assert high == sorted(high, reverse=True)
    for one, other in zip(told[:half], told[-half:], strict=True):
        (red, _, blue), (red_, _, blue_) = to_rgb(one), to_rgb(other)
        assert red > blue
        assert blue_ > red_


def test_options_with_their_counts_and_intervals() -> None:
    rows = pd.DataFrame(
        [("Q", "a", 6, 10, 0.6, 0.3, 0.8), ("Q", "b", 3, 10, 0.3, 0.1, 0.6)],
        columns=tables.CHOICES.names,
    )
    ax = plot_choices(rows, language="en")
    assert [text.get_text() for text in ax.texts] == ["30.0% (3)", "60.0% (6)"]
    assert ax.get_title("left") == "Options: n = 10 respondents"


def test_small_offices_are_left_blank() -> None:
    rows = pd.DataFrame(
        [("甲", "办文", 9, 9, 3, 1 / 3), ("乙", "办文", 4, 4, 4, 1.0)],
        columns=tables.OFFICE_OPINIONS.names,
    )
    ax = plot_office_opinions(rows, least=5, language="zh")
    assert [text.get_text() for text in ax.texts] == ["33", "…"]
    assert mpl.colormaps["cividis"] is not None


def test_the_curve_of_saturation() -> None:
    rows = pd.DataFrame({"place": [1, 2, 3], "fresh": [2, 1, 0], "codes": [2, 3, 3]})
    ax = plot_saturation(rows, language="en")
    assert ax.lines[0].get_ydata().tolist() == [2, 3, 3]
    assert [bar.get_height() for bar in ax.patches] == [2, 1, 0]


def test_they_are_drawn_straight_from_a_survey(tmp_path: Path) -> None:
    said = {"单位": ["甲", "乙"] * 4, "Q1": ["3", "5"] * 4, "Q2": ["x┋y", "x"] * 4}
    survey = surveyed(tmp_path, said, "单位,office,,,\nQ1,1-5,,,\nQ2,multi,,,\n", rules=())
    assert len(eff.plot.likert(survey).patches) == 5
    assert len(eff.plot.choices(survey).patches) == 2
    assert [text.get_text() for text in eff.plot.office_opinions(survey, least=5).texts] == [
        "…",
        "…",
    ]
