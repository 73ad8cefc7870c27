"""What is on the Axes is what is in the table."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from pandas.testing import assert_frame_equal

from efficiency.report.plots.drawing.style import BLUE, RED, svg
from efficiency.report.plots.workload_plots import plot_bunching, plot_calibration, plot_workload

LOAD = pd.DataFrame(
    {
        "unit": ["甲", "甲", "乙", "乙"],
        "period": ["2024-01", "2024-02"] * 2,
        "arrivals": [5, 3, 1, 2],
        "completions": [4, 4, 0, 2],
        "open": [1, 0, 1, 1],
    }
)
BARS = pd.DataFrame(
    {
        "standard_id": "T1",
        "from_hours": [-np.inf, -1.0, 0.0, 1.0],
        "to_hours": [-1.0, 0.0, 1.0, np.inf],
        "late": [False, False, True, True],
        "cases": [7, 4, 2, 3],
    }
)
BINS = pd.DataFrame(
    {
        "risk_from": [0.0, 0.05, 0.1],
        "risk_to": [0.05, 0.1, 0.2],
        "n": [20, 0, 5],
        "predicted": [0.02, None, 0.15],
        "late": [1, 0, 1],
        "observed": [0.05, None, 0.2],
        "low": [0.01, None, 0.04],
        "high": [0.24, None, 0.62],
    }
)
PLOTS: list[tuple[Any, pd.DataFrame]] = [
    (plot_workload, LOAD),
    (plot_bunching, BARS),
    (plot_calibration, BINS),
]


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
    first, second = (svg(plot(table, language=language).get_figure()) for _ in range(2))
    assert first == second


def heights(axes: Any) -> list[list[float]]:
    return [[bar.get_height() for bar in bars] for bars in axes.containers]


def test_load_of_several_units_is_summed_up() -> None:
    axes = plot_workload(LOAD)
    assert heights(axes) == [[6, 5], [4, 6]]
    assert list(axes.lines[0].get_ydata()) == [2, 1]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["2024-01", "2024-02"]
    one = plot_workload(LOAD[LOAD["unit"] == "甲"], language="en")
    assert heights(one) == [[5, 3], [4, 4]]
    assert [text.get_text() for text in one.get_legend().get_texts()] == [
        "in hand at the end", "came in", "done",
    ]  # fmt: skip


def test_many_periods_do_not_run_into_one_another() -> None:
    many = pd.DataFrame(
        {"period": [f"{i:03}" for i in range(105)], "arrivals": 1, "completions": 1, "open": 0}
    )
    assert len(plot_workload(many).get_xticklabels()) <= 14


def test_bunching_has_a_bar_where_each_lies_and_its_colour_tells_the_side() -> None:
    axes = plot_bunching(BARS)
    bars = {
        round(bar.get_x(), 6): (bar.get_height(), to_hex(bar.get_facecolor()), bar.get_alpha())
        for bar in axes.patches
        if bar.get_height()
    }
    # Those without an end are as wide as the others.
    assert bars == {
        -2.0: (7, BLUE, 0.4), -1.0: (4, BLUE, 1.0), 0.0: (2, RED, 1.0), 1.0: (3, RED, 0.4),
    }  # fmt: skip
    assert list(axes.lines[0].get_xdata()) == [0, 0]


def test_bunching_shows_one_standard_at_a_time() -> None:
    two = pd.concat([BARS, BARS.assign(standard_id="T2")])
    with pytest.raises(ValueError, match="keep the rows of one, standard_id='T1'"):
        plot_bunching(two)


def test_calibration_has_a_point_with_its_interval_and_n() -> None:
    axes = plot_calibration(BINS)
    drawn = [(list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines]
    assert drawn == [
        ([0, 1], [0, 1]),
        ([0.02, 0.02], [0.01, 0.24]),
        ([0.15, 0.15], [0.04, 0.62]),
        ([0.02, 0.15], [0.05, 0.2]),
    ]
    assert [text.get_text() for text in axes.texts] == ["n=20", "n=5"]
