"""What is on the Axes is what is in the chart, the funnel, the stretches."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from pandas.testing import assert_frame_equal

from efficiency.findings.rates import funnel
from efficiency.report.plots.control_plots import plot_control_chart, plot_funnel, plot_shifts
from efficiency.report.plots.drawing.style import AMBER, BLUE, GREY, RED, svg

CHART = pd.DataFrame(
    {
        "at": ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"],
        "value": [1.0, 5.0, np.nan, 6.0, 0.2],
        "centre": [2.0, 2.0, np.nan, 2.0, 2.0],
        "low": [0.5, 0.4, np.nan, 0.5, 0.5],
        "high": [4.0, 4.5, np.nan, 4.0, 4.0],
        "signal": [None, "above_limit", None, "above_limit;rising", "below_limit"],
    }
)
UNITS = funnel(
    pd.DataFrame({"name": list("甲乙丙丁"), "k": [18, 10, 26, 0], "n": [100, 100, 100, 0]})
).assign(centre=0.1, low_95=0.05, high_95=0.16, low_998=0.02, high_998=0.2)
SERIES = pd.DataFrame({"at": list("abcdef"), "value": [5.0, 6.0, 5.0, 1.0, 2.0, 1.0]})
SEGMENTS = pd.DataFrame(
    {
        "at": ["a", "d"],
        "to": ["c", "f"],
        "level": [5.3, 1.3],
        "at_low": [None, "c"],
        "at_high": [None, "e"],
    }
)


def lines(axes: Axes, color: str) -> list[tuple[list[float], list[float]]]:
    return [
        (list(map(float, line.get_xdata())), list(map(float, line.get_ydata())))
        for line in axes.lines
        if isinstance(line, Line2D) and to_hex(line.get_color()) == color
    ]


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def legend(axes: Axes) -> list[str]:
    shown = axes.get_legend()
    assert shown is not None
    return [text.get_text() for text in shown.get_texts()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_plot_takes_axes_leaves_the_table_and_draws_twice_the_same(language: str) -> None:
    for plot, table, more in (
        (plot_control_chart, CHART, {}),
        (plot_funnel, UNITS, {}),
        (plot_shifts, SERIES, {"segments": SEGMENTS}),
    ):
        before = table.copy()
        _, axes = plt.subplots()
        assert plot(table, ax=axes, language=language, **more) is axes
        assert_frame_equal(table, before)
        drawings = [svg(plot(table, language=language, **more).figure) for _ in range(2)]
        assert drawings[0] == drawings[1]


def test_the_chart_has_its_points_and_lines() -> None:
    axes = plot_control_chart(CHART, label="差错（每百件）")
    ((x, y),) = lines(axes, BLUE)
    assert x == [0, 1, 2, 3, 4]
    assert y == pytest.approx(CHART["value"].tolist(), nan_ok=True)
    stairs = [patch.get_data().values.tolist() for patch in axes.patches]
    for got, name in zip(stairs, ("low", "high", "centre"), strict=True):
        assert got == pytest.approx(CHART[name].tolist(), nan_ok=True)
    assert axes.get_ylabel() == "差错（每百件）"
    assert legend(axes) == ["控制限", "中心线"]
    assert [label.get_text() for label in axes.get_xticklabels()] == CHART["at"].tolist()


def test_signals_are_red_and_each_kind_is_named_once() -> None:
    axes = plot_control_chart(CHART, language="en")
    ((x, y),) = lines(axes, RED)
    assert (x, y) == ([1, 3, 4], [5.0, 6.0, 0.2])
    assert texts(axes) == ["above the limit", "6 rising in a row", "below the limit"]
    assert [text.xy for text in axes.texts] == [(1, 5.0), (3, 6.0), (4, 0.2)]
    assert [text.xyann[1] > 0 for text in axes.texts] == [True, True, False]
    assert plot_control_chart(CHART.assign(signal=None)).texts[:] == []


def test_names_close_to_one_another_do_not_lie_on_one_another() -> None:
    table = pd.concat([CHART.iloc[[0]]] * 24, ignore_index=True)
    table.loc[10, ["value", "signal"]] = [5.0, "above_limit"]
    table.loc[11, ["value", "signal"]] = [5.0, "run_above"]
    first, second = plot_control_chart(table).texts
    assert abs(second.xyann[1] - first.xyann[1]) >= 11


def test_long_series_have_room() -> None:
    weeks = pd.concat([CHART.iloc[[0]]] * 104, ignore_index=True)
    axes = plot_control_chart(weeks.assign(at=[str(i) for i in range(104)]))
    assert len(axes.get_xticks()) == 13


def test_units_outside_are_marked_and_those_without_cases_left_out() -> None:
    axes = plot_funnel(UNITS, label="超时比例")
    assert lines(axes, RED) == [([100], [0.26])]
    assert lines(axes, AMBER) == [([100], [0.18])]
    assert ([100], [0.1]) in lines(axes, GREY)
    assert texts(axes) == ["甲", "乙", "丙"]
    assert legend(axes) == ["99.8% 界限", "95% 界限", "总体水平"]
    assert lines(axes, BLUE) == [([100] * 3, [0.1] * 3)]


def test_limits_are_drawn_in_the_order_of_size() -> None:
    units = pd.DataFrame({"name": list("abc"), "k": [3, 1, 2], "n": [90, 20, 50]})
    table = funnel(units)
    limits = [y for x, y in lines(plot_funnel(table), GREY) if x == [20, 50, 90]]
    for name in ("low_95", "high_95", "low_998", "high_998"):
        assert table.sort_values("n")[name].tolist() in limits


def test_of_many_units_only_those_outside_are_named() -> None:
    many = pd.DataFrame({"name": [f"u{i}" for i in range(30)], "k": 10, "n": 100})
    many.loc[4, "k"] = 60
    assert texts(plot_funnel(funnel(many))) == ["u4"]


def test_what_is_no_share_is_not_written_in_percent() -> None:
    axes = plot_funnel(UNITS, share=False)
    axes.figure.canvas.draw()
    assert not any("%" in label.get_text() for label in axes.get_yticklabels())
    axes = plot_funnel(UNITS)
    axes.figure.canvas.draw()
    assert all("%" in label.get_text() for label in axes.get_yticklabels())


def test_levels_and_dates_of_shifts() -> None:
    axes = plot_shifts(SERIES, segments=SEGMENTS, language="en")
    assert lines(axes, GREY) == [([0, 1, 2, 3, 4, 5], SERIES["value"].tolist())]
    assert lines(axes, BLUE) == [([-0.5, 2.5], [5.3, 5.3]), ([2.5, 5.5], [1.3, 1.3])]
    assert [x for x, _ in lines(axes, AMBER)] == [[2.5, 2.5]]
    (span,) = axes.patches
    assert (span.get_x(), span.get_x() + span.get_width()) == (1.5, 4.5)
    assert texts(axes) == ["d"]
    assert legend(axes) == ["level of each segment", "shift (shaded: 95% interval)"]


def test_without_a_shift_there_is_one_level() -> None:
    one = SEGMENTS.head(1).assign(to="f")
    axes = plot_shifts(SERIES, segments=one)
    assert lines(axes, BLUE) == [([-0.5, 5.5], [5.3, 5.3])]
    assert lines(axes, AMBER) == []
    assert legend(axes) == ["各段水平"]
