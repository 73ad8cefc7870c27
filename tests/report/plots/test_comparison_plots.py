"""What is on the Axes is what is in the table."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from pandas.testing import assert_frame_equal

from efficiency.language import Language
from efficiency.report.plots.comparison_plots import plot_changes, plot_comparison
from efficiency.report.plots.drawing.style import GREEN, GREY, RED, svg

NAN = float("nan")
Plot = Callable[..., Axes]
#: Slower, faster, too little to be told, told apart and slower by a hair, and not tested.
GROUPS = pd.DataFrame(
    {
        "attribute": ["unit", "unit", "文种", "unit", "unit"],
        "value": ["甲", "乙", "函", "丙", "丁"],
        "activity": ["", "", "", "拟办", ""],
        "n": [40, 50, 30, 60, 3],
        "others": [140, 130, 150, 120, 0],
        "compared": [39, 50, 30, 60, 0],
        "ratio": [1.5, 0.75, 1.25, 1.05, NAN],
        "ratio_low": [1.25, 0.5, 0.875, 1.01, NAN],
        "ratio_high": [2.0, 0.875, 1.5, 1.09, NAN],
        "p": [0.001, 0.002, 0.5, 0.001, NAN],
        "p_adjusted": [0.004, 0.004, 0.5, 0.004, NAN],
    }
)
CHANGES = pd.DataFrame(
    {
        "measure": ["case", "拟办.handling", "批示", "拟办"],
        "kind": ["baseline", "reform", "found", "found"],
        "at": pd.to_datetime(["2024-01-01", "2024-07-01", "2024-03-04", None]),
        "at_low": pd.to_datetime([None, None, "2024-02-26", None]),
        "at_high": pd.to_datetime([None, None, "2024-03-18", None]),
        "difference_hours": [-2.0, 0.5, 1.25, NAN],
        "difference_low": [-3.0, -0.25, 0.75, NAN],
        "difference_high": [-1.0, 1.25, 1.75, NAN],
        "ratio": [0.8, 1.2, 1.5, NAN],
        "p": [0.001, 0.4, 0.002, 0.7],
        "p_adjusted": [0.004, 0.5, 0.004, 0.7],
    }
)


def marks(ax: Axes) -> list[tuple[float, list[float], str]]:
    """Each point from below, with its interval and colour, as they stand on the Axes."""
    lines = [line for line in ax.lines if len(line.get_xdata()) < 2 or line.get_linewidth() > 2]
    bars, points = lines[::2], lines[1::2]
    for place, (bar, point) in enumerate(zip(bars, points, strict=True)):
        assert list(bar.get_ydata()) == [place, place]
        assert list(np.ravel(point.get_ydata())) == [place]
        assert to_hex(bar.get_color()) == to_hex(point.get_color())
    at = [float(np.ravel(point.get_xdata())[0]) for point in points]
    ends = [[float(end) for end in np.ravel(bar.get_xdata())] for bar in bars]
    return list(zip(at, ends, [to_hex(point.get_color()) for point in points], strict=True))


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


# --- groups


def test_each_group_stands_at_its_ratio_with_its_interval() -> None:
    """From below: the types, then the units, the fastest first; what was not tested is left out."""
    assert marks(plot_comparison(GROUPS)) == [
        (1.25, [0.875, 1.5], to_hex(GREY)),
        (0.75, [0.5, 0.875], to_hex(GREEN)),
        (1.05, [1.01, 1.09], to_hex(GREY)),
        (1.5, [1.25, 2.0], to_hex(RED)),
    ]


def test_groups_are_named_with_the_number_compared() -> None:
    """39 of the 40 have comparable ones."""
    named = labels(plot_comparison(GROUPS))
    assert [name for place, name in enumerate(named) if "甲" in name] == [named[3]]
    assert "39" in named[3]
    assert "40" not in named[3]


def test_intervals_without_an_end_stay_on_the_axis() -> None:
    wide = GROUPS.assign(ratio_high=np.inf, ratio_low=0.0)
    ax = plot_comparison(wide)
    for _, (low, high), _ in marks(ax):
        assert 0 < low < high < np.inf
    assert 0 < ax.get_xlim()[0] < 1 < ax.get_xlim()[1] < np.inf


def test_the_line_stands_where_nothing_differs() -> None:
    for ax, at in ((plot_comparison(GROUPS), 1.0), (plot_changes(CHANGES), 0.0)):
        upright = [line for line in ax.lines if list(line.get_ydata()) == [0, 1]]
        assert [list(line.get_xdata()) for line in upright] == [[at, at]]


@pytest.mark.parametrize("p", [0.05, 0.051])
def test_groups_are_told_apart_at_five_percent(p: float) -> None:
    *_, (_, _, color) = marks(plot_comparison(GROUPS.assign(p_adjusted=p)))
    assert color == to_hex(RED if p <= 0.05 else GREY)


# --- changes


def test_each_change_stands_at_its_difference_with_its_interval() -> None:
    """In the table's order from above; the search that found nothing is not there."""
    assert marks(plot_changes(CHANGES))[::-1] == [
        (-2.0, [-3.0, -1.0], to_hex(GREEN)),
        (0.5, [-0.25, 1.25], to_hex(GREY)),
        (1.25, [0.75, 1.75], to_hex(RED)),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "环节“拟办”（在手） · 2024-07-01 · 已知改动"),
        ("en", "Step '拟办' (in hand) · 2024-07-01 · known reform"),
    ],
)
def test_changes_are_named_with_their_date_and_kind(language: Language, said: str) -> None:
    """Signs alone count: where lines end is another matter."""
    label = labels(plot_changes(CHANGES, language=language))[::-1][1]
    assert "".join(label.split()) == "".join(said.split())


def test_a_date_found_next_to_a_reform_is_drawn_as_the_reforms() -> None:
    """What can be told apart is not grey, whosever it is."""
    near = CHANGES.assign(at=CHANGES["at"].where(CHANGES["kind"] != "found", "2024-08-01"))
    colors = [color for _, _, color in marks(plot_changes(near.iloc[:3]))[::-1]]
    assert colors == [to_hex(GREEN), to_hex(GREY), to_hex(RED)]
    named = labels(plot_changes(near.iloc[:3], language="zh"))[::-1]
    assert [name for name in named if name.endswith("数据找出，归入已知改动")] == [named[2]]


# --- both


@pytest.mark.parametrize(("plot", "table"), [(plot_comparison, GROUPS), (plot_changes, CHANGES)])
def test_nothing_to_draw_gives_empty_axes(plot: Plot, table: pd.DataFrame) -> None:
    ax = plot(table.iloc[:0])
    assert marks(ax) == []
    assert labels(ax) == []
    assert svg(ax.get_figure())


@pytest.mark.parametrize(("plot", "table"), [(plot_comparison, GROUPS), (plot_changes, CHANGES)])
def test_the_table_stays_and_given_axes_are_used(plot: Plot, table: pd.DataFrame) -> None:
    before, (_, ax) = table.copy(), plt.subplots()
    assert plot(table, ax=ax) is ax
    assert_frame_equal(table, before)


@pytest.mark.parametrize(("plot", "table"), [(plot_comparison, GROUPS), (plot_changes, CHANGES)])
def test_the_same_table_gives_the_same_picture(plot: Plot, table: pd.DataFrame) -> None:
    assert svg(plot(table).get_figure()) == svg(plot(table).get_figure())
