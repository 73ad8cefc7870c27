"""What is on the Axes is what is in the table."""

from __future__ import annotations

import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from pandas.testing import assert_frame_equal

from efficiency.facts.waiting.waits import CAUSES
from efficiency.report.plots.drawing.style import svg
from efficiency.report.plots.waiting_plots import plot_waiting

HOURS = {
    "": [60.0, 3.0, 1.0, 6.0, 2.0, 5.0],
    "承办": [50.0, 1.0, 0.0, 2.0, 0.0, 1.0],
    "拟办": [10.0, 2.0, 1.0, 4.0, 2.0, 4.0],
}
SUMMARY = pd.DataFrame(
    [
        {"activity": activity, "cause": cause, "hours": value, "n": 30}
        for activity, values in HOURS.items()
        for cause, value in zip(CAUSES, values, strict=True)
    ]
)


def bars(axes: Axes) -> dict[int, list[tuple[float, float]]]:
    """The bars of each row, from left to right: where each begins, and its width."""
    rows: dict[int, list[tuple[float, float]]] = {}
    for bar in axes.patches:
        at = round(bar.get_center()[1])
        rows.setdefault(at, []).append((bar.get_x(), bar.get_width()))
    return {at: sorted(one) for at, one in rows.items()}


def names(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def legend(axes: Axes) -> list[str]:
    found = axes.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]


def test_bars_stand_end_to_end_the_longest_on_top() -> None:
    """In office hours 拟办 waits longest: 13 hours; all activities together are no bar."""
    axes = plot_waiting(SUMMARY)
    assert names(axes) == ["承办", "拟办"]
    widths = {at: [width for _, width in row if width] for at, row in bars(axes).items()}
    assert widths == {0: [1, 2, 1], 1: [2, 1, 4, 2, 4]}
    for row in bars(axes).values():
        for (x, width), (after, _) in itertools.pairwise(row):
            assert after == pytest.approx(x + width)
    assert [text.get_text() for text in axes.texts] == ["4.0", "13"]
    assert axes.get_xlabel() == "等待（办公小时）"


def test_hours_outside_the_calendar_are_shown_if_asked_for() -> None:
    axes = plot_waiting(SUMMARY, off=True, language="en")
    assert names(axes) == ["拟办", "承办"]
    assert [text.get_text() for text in axes.texts] == ["23", "54"]
    assert axes.get_xlabel() == "waiting (hours by the wall clock)"
    assert legend(axes)[-1] == "office closed"
    assert len(legend(axes)) == len(legend(plot_waiting(SUMMARY))) + 1 == 6


def test_without_a_calendar_the_hours_are_those_of_the_wall_clock() -> None:
    always = SUMMARY.assign(hours=SUMMARY["hours"].where(SUMMARY["cause"] != "off", 0.0))
    assert plot_waiting(always).get_xlabel() == "等待（小时，按自然时间计）"


def test_the_colours_can_be_told_apart_and_are_those_of_the_legend() -> None:
    axes = plot_waiting(SUMMARY, off=True)
    found = axes.get_legend()
    assert found is not None
    shown = [to_hex(handle.get_facecolor()) for handle in found.legend_handles]
    assert len(set(shown)) == len(CAUSES)
    row = sorted((bar.get_x(), to_hex(bar.get_facecolor())) for bar in axes.patches
                 if round(bar.get_center()[1]) == 0)  # fmt: skip
    assert [color for _, color in row] == shown


def test_it_takes_axes_and_leaves_the_table() -> None:
    before = SUMMARY.copy()
    _, axes = plt.subplots()
    assert plot_waiting(SUMMARY, ax=axes) is axes
    assert_frame_equal(SUMMARY, before)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_is_the_same_twice(language: str) -> None:
    first, second = (svg(plot_waiting(SUMMARY, language=language).get_figure()) for _ in range(2))
    assert first == second


def test_nothing_to_show() -> None:
    assert not plot_waiting(SUMMARY.iloc[:0]).patches
