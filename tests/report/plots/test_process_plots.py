"""What is on the Axes is what is in the table."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from pandas.testing import assert_frame_equal

from efficiency.report.plots.drawing.style import AMBER, BLUE, GREEN, GREY, RED, svg
from efficiency.report.plots.process_plots import (
    plot_completion,
    plot_compliance,
    plot_step_times,
    plot_volume,
)

COMPLIANCE = pd.DataFrame(
    {
        "standard_id": ["T1", "T2", "T3", "T4", "T5"],
        "title": ["半小时内转办", "当日办结", None, "十日内反馈", "从未判定"],
        "met": [5, 8, 19, 7, 0],
        "late": [5, 1, 1, 2, 0],
        "overdue": [0, 1, 0, 1, 0],
        "share": [0.5, 0.8, 0.95, 0.7, None],
        "low": [0.4, 0.7, 0.9, 0.6, None],
        "high": [0.6, 0.92, 0.99, 0.8, None],
        "target": [0.9, 0.9, 0.9, None, 0.9],
    }
)
COMPLETED = pd.DataFrame(
    {
        "hours": [2.0, 5.0, 40.0],
        "share": [0.25, 0.5, 1.0],
        "low": [0.1, 0.3, 0.8],
        "high": [0.4, 0.7, 1.0],
    }
)
SUMMARY = pd.DataFrame(
    {
        "activity": ["承办", "登记"],
        "n": [7, 9],
        "p10": [1.0, 0.1],
        "median": [4.0, 0.5],
        "p90": [30.0, 2.0],
    }
)
VOLUME = pd.DataFrame(
    {"month": ["2024-01", "2024-02"], "begun": [10, 4], "closed": [3, 9], "in_hand": [7, 2]}
)
PLOTS: list[tuple[Any, pd.DataFrame]] = [
    (plot_compliance, COMPLIANCE),
    (plot_completion, COMPLETED),
    (plot_step_times, SUMMARY),
    (plot_volume, VOLUME),
]


def labels(axis: Any) -> list[str]:
    return [label.get_text() for label in axis.get_ticklabels()]


def points(axes: Axes) -> list[tuple[list[float], list[float]]]:
    return [(list(map(float, line.get_xdata())), list(map(float, line.get_ydata())))
            for line in axes.lines if len(line.get_xdata())]  # fmt: skip


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_every_plot_takes_axes_and_leaves_the_table(plot: Any, table: pd.DataFrame) -> None:
    before = table.copy()
    _, axes = plt.subplots()
    assert plot(table, ax=axes) is axes
    assert_frame_equal(table, before)
    assert plot(table) is not axes


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_every_picture_is_the_same_twice(plot: Any, table: pd.DataFrame, language: str) -> None:
    """With all its glyphs: a missing one would be a warning, and warnings are errors."""
    first, second = (svg(plot(table, language=language).get_figure()) for _ in range(2))
    assert first == second


def test_compliance_has_a_row_a_standard_the_first_on_top() -> None:
    axes = plot_compliance(COMPLIANCE)
    assert labels(axes.yaxis) == ["T4  十日内反馈", "T3", "T2  当日办结", "T1  半小时内转办"]
    assert [text.get_text() for text in axes.texts] == ["70.0%", "95.0%", "80.0%", "50.0%"]
    assert axes.get_xlabel() == "达标率"
    assert plot_compliance(COMPLIANCE, language="en").get_xlabel() == "share met"


def test_compliance_shows_interval_share_and_target() -> None:
    """T4 has no target; the lines of T1, the top row, are at 3."""
    axes = plot_compliance(COMPLIANCE)
    assert ([0.4, 0.6], [3.0, 3.0]) in points(axes)
    assert ([0.5], [3.0]) in points(axes)
    assert [(x, y) for x, y in points(axes) if x == [0.9, 0.9]] == [
        ([0.9, 0.9], [at - 0.32, at + 0.32]) for at in (1, 2, 3)
    ]


def test_compliance_colours_say_how_sure_it_is() -> None:
    """Red: the interval lies below; amber: the share does; green: reached; grey: no target."""
    axes = plot_compliance(COMPLIANCE)
    dots = {
        line.get_ydata()[0]: to_hex(line.get_color())
        for line in axes.lines
        if len(line.get_xdata()) == 1
    }
    assert dots == {3: RED, 2: AMBER, 1: GREEN, 0: GREY}


def test_compliance_without_titles() -> None:
    axes = plot_compliance(COMPLIANCE.drop(columns="title").head(2))
    assert labels(axes.yaxis) == ["T2", "T1"]


def test_completion_is_a_step_curve_from_nothing() -> None:
    axes = plot_completion(COMPLETED)
    (line,) = axes.lines
    assert points(axes) == [([0.0, 2.0, 5.0, 40.0], [0.0, 0.25, 0.5, 1.0])]
    assert line.get_drawstyle() == "steps-post"
    # The axis ends a tenth after the last time at which fewer than 99 % are done.
    assert axes.get_xlim() == (0, pytest.approx(5.5))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("办公小时", "已办结比例")
    assert len(axes.collections) == 1


def test_completion_in_which_all_end_at_once() -> None:
    assert plot_completion(COMPLETED.tail(1)).get_xlim() == (0, 1)


def test_step_times_are_a_line_and_a_dot_a_step() -> None:
    axes = plot_step_times(SUMMARY)
    assert labels(axes.yaxis) == ["登记", "承办"]
    spans = [segment.tolist() for segment in axes.collections[0].get_segments()]
    assert spans == [[[0.1, 0.0], [2.0, 0.0]], [[1.0, 1.0], [30.0, 1.0]]]
    assert points(axes) == [([0.5, 4.0], [0.0, 1.0])]


def test_volume_has_two_bars_a_month_and_a_line() -> None:
    axes = plot_volume(VOLUME, language="en")
    bars = {
        (to_hex(bar.get_facecolor()), round(bar.get_center()[0], 1)): bar.get_height()
        for bar in axes.patches
    }
    assert sorted(bars.values()) == [3, 4, 9, 10]
    assert [at for _, at in sorted(bars)] == [-0.2, 0.8, 0.2, 1.2]
    assert ([0.0, 1.0], [7.0, 2.0]) in points(axes)
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "begun",
        "closed",
        "open at month's end",
    ]
    assert labels(axes.xaxis) == ["2024-01", "2024-02"]


def test_the_colours_of_the_legend_are_those_of_the_bars() -> None:
    axes = plot_volume(VOLUME)
    legend = axes.get_legend()
    assert legend is not None
    shown = [to_hex(handle.get_color()) for handle in legend.legend_handles]
    assert shown == [BLUE, GREEN, AMBER]
    heights = {to_hex(bar.get_facecolor(), keep_alpha=False): [] for bar in axes.patches}
    assert len(heights) == 2


def test_many_months_have_room() -> None:
    months = pd.period_range("2020-01", periods=48, freq="M").astype(str)
    axes = plot_volume(pd.DataFrame({"month": months, "begun": 1, "closed": 1, "in_hand": 0}))
    assert labels(axes.xaxis)[:2] == ["2020-01", "2020-05"]
    assert len(labels(axes.xaxis)) == 12
