"""What is on the Axes is what is in the table."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from pandas.testing import assert_frame_equal

from efficiency.report.plots.drawing.style import GREEN, GREY, RED, svg
from efficiency.report.plots.what_if_plots import plot_what_if

TABLE = pd.DataFrame(
    {
        "measure": ["case_median_hours", "open_cases", "share_met", "share_met", "utilisation"],
        "subject": ["", "", "T1", "T2", "一处"],
        "before": [20.0, 40.0, 0.8, 0.9, 0.5],
        "after": [15.0, 42.0, 0.75, None, 0.4],
        "difference": [-5.0, 2.0, -0.05, None, -0.1],
        "low": [-6.0, -2.0, -0.07, None, -0.11],
        "high": [-4.0, 6.0, -0.03, None, -0.09],
        "effect": ["better", "unclear", "worse", None, None],
    }
)


def test_times_are_in_percent_and_shares_in_points() -> None:
    """The first row on top: -5 of 20 hours are -25 %, 2 of 40 cases 5 %, 0.05 five points."""
    axes = plot_what_if(TABLE)
    dots = {tuple(line.get_ydata()): line for line in axes.lines if len(line.get_xdata()) == 1}
    assert {at[0]: round(line.get_xdata()[0], 9) for at, line in dots.items()} == {
        2: -25.0, 1: 5.0, 0: -5.0,
    }  # fmt: skip
    spans = {tuple(line.get_ydata()): [round(x, 9) for x in line.get_xdata()]
             for line in axes.lines if len(line.get_xdata()) == 2}  # fmt: skip
    assert spans[2, 2] == [-30.0, -20.0]
    assert spans[1, 1] == [-5.0, 15.0]
    assert spans[0, 0] == [-7.0, -3.0]


def test_improvement_is_green_and_its_opposite_red() -> None:
    axes = plot_what_if(TABLE)
    colors = {line.get_ydata()[0]: to_hex(line.get_color())
              for line in axes.lines if len(line.get_xdata()) == 1}  # fmt: skip
    assert colors == {2: GREEN, 1: GREY, 0: RED}


def test_each_row_says_what_it_was_and_would_be() -> None:
    axes = plot_what_if(TABLE.assign(title=[None, None, "半小时内转办", None, None]))
    names = [label.get_text() for label in axes.yaxis.get_ticklabels()]
    assert names == ["达标率 T1  半小时内转办", "截止时在办件数", "办件用时中位数"]
    assert [text.get_text() for text in axes.texts] == [
        "80.0% → 75.0%", "40.0 件 → 42.0 件", "20.0 小时 → 15.0 小时",
    ]  # fmt: skip
    english = plot_what_if(TABLE, language="en")
    assert english.texts[-1].get_text() == "20.0 h → 15.0 h"
    assert english.get_xlabel().startswith("simulated change")


def test_it_takes_axes_and_leaves_the_table() -> None:
    before = TABLE.copy()
    _, axes = plt.subplots()
    assert plot_what_if(TABLE, ax=axes) is axes
    assert_frame_equal(TABLE, before)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_is_the_same_twice(language: str) -> None:
    first, second = (svg(plot_what_if(TABLE, language=language).figure) for _ in range(2))
    assert first == second


def test_what_was_nothing_has_no_percentage() -> None:
    nothing = TABLE.head(1).assign(before=0.0, after=1.0, difference=1.0)
    axes = plot_what_if(nothing)
    assert [text.get_text() for text in axes.texts] == ["0.0 小时 → 1.0 小时"]
