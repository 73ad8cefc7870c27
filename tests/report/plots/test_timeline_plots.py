"""Dots and lines stand where the tables say."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.dates import date2num

from efficiency.report.plots.drawing.style import svg
from efficiency.report.plots.timeline_plots import plot_dots, plot_spectrum

DAYS = pd.to_datetime(["2024-03-04", "2024-03-06", "2024-03-05"])
DOTS = pd.DataFrame(
    {
        "place": [1, 1, 2],
        "activity": ["登记", "转办", "登记"],
        "day": DAYS,
        "after": [0, 2, 0],
        "steps": [1, 2, 1],
    }
)
PASSED = pd.DataFrame(
    {
        "rank": [1, 1, 2],
        "source": ["登记", "登记", "转办"],
        "target": ["转办", "转办", "归档"],
        "left": DAYS,
        "arrived": DAYS + pd.Timedelta(days=3),
        "quarter": [1, 4, 4],
        "steps": [3, 1, 1],
    }
)


@pytest.mark.parametrize(
    ("dated", "x"), [(False, [0.0, 0.0]), (True, list(date2num(DAYS[[0, 2]])))]
)
def test_each_activity_has_its_dots(dated: bool, x: list[float]) -> None:
    """By days since arrival, or by date; the first to come stands on top; n counts steps."""
    axes = plot_dots(DOTS, dated=dated, language="zh")
    drawn = {one.get_label(): one.get_offsets().tolist() for one in axes.collections}
    assert drawn["登记"] == [[x[0], 1.0], [x[1], 2.0]]
    assert axes.yaxis_inverted()
    assert axes.get_title("left") == "办理时点：n = 4 步"


def test_beyond_eight_activities_the_rest_share_a_colour() -> None:
    """Ten activities: eight by name, two as the others."""
    names = [f"环节{i}" for i in range(10)]
    table = pd.DataFrame(
        {"place": 1, "activity": names, "day": DAYS[0], "after": 0, "steps": range(10, 0, -1)}
    )
    legend = plot_dots(table, language="zh").get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["其他环节", *names[:8]]


def test_each_passage_is_a_line_down_in_its_band() -> None:
    """From the day of leaving to that of arriving; slower quarters are other collections."""
    axes = plot_spectrum(PASSED, language="en")
    lines = [line.tolist() for one in axes.collections for line in one.get_segments()]
    assert [(a[0], b[0]) for a, b in lines] == [
        (date2num(left), date2num(arrived))
        for left, arrived in zip(PASSED["left"], PASSED["arrived"], strict=True)
    ]
    assert all(a[1] > b[1] for a, b in lines)
    bands = [label.get_text() for label in axes.get_yticklabels()]
    assert bands == ["登记\n↓\n转办", "转办\n↓\n归档"]
    assert axes.get_title("left") == "From step to step: n = 5 successions, working hours"


def test_only_the_last_days_are_drawn() -> None:
    """Of passages three months apart the late ones, unless more days are asked for."""
    early = PASSED.assign(left=PASSED["left"] - pd.Timedelta(days=200))
    both = pd.concat([early, PASSED], ignore_index=True)
    assert plot_spectrum(both).get_title("left") == "环节间用时：n = 5 次流转，办公小时"
    assert plot_spectrum(both, days=999).get_title("left").startswith("环节间用时：n = 10 次")


@pytest.mark.parametrize(("plot", "table"), [(plot_dots, DOTS), (plot_spectrum, PASSED)])
def test_an_empty_table_is_drawn_and_bytes_repeat(plot: object, table: pd.DataFrame) -> None:
    """No row is no error; the same table gives the same picture."""
    assert callable(plot)
    assert plot(table.iloc[:0]).get_title("left")
    assert svg(plot(table).figure) == svg(plot(table).figure)
