"""The pictures of improvement points are tested by what stands on their Axes."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.colors import to_hex

from efficiency.evidence.points.points_file import no_points, typed_points
from efficiency.findings.improvement.points import pareto
from efficiency.report.plots.drawing.style import AMBER, BLUE, GREEN, GREY, RED
from efficiency.report.plots.points_plots import plot_loop, plot_pareto

#: Thirty signs as two lines of thirteen show them: the second gives up one for the mark.
CUT = f"{'丙' * 13}\n{'丙' * 12}…"


def points() -> pd.DataFrame:
    return typed_points(
        pd.DataFrame(
            {
                "id": list("abcd"), "title": ["甲", "乙", "丙" * 30, "丁"], "status": "new",
                "unit": "share", "hours": [30.0, 60.0, 10.0, 5.0],
                "hours_low": [20.0, None, 8.0, 1.0], "hours_high": [40.0, None, 12.0, 9.0],
                "baseline": [0.6, 0.6, 0.6, 0.6], "baseline_low": 0.5, "baseline_high": 0.7,
                "value": [0.9, 0.8, 0.4, None], "low": [0.85, 0.75, 0.3, None],
                "high": [0.95, 0.85, 0.5, None], "target": [0.85, None, 0.9, 0.9],
                "verdict": ["effective", "partly", "worse", "too early"],
            }
        )
    )  # fmt: skip


def test_pareto() -> None:
    """Most hours at the top; those that carry four fifths are blue; intervals where known."""
    axes = plot_pareto(pareto(points()))
    bars = list(axes.patches)
    assert [bar.get_width() for bar in bars] == [5, 10, 30, 60]
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [GREY, GREY, BLUE, BLUE]
    assert [text.get_text() for text in axes.texts] == [
        "5 · 100%", "10 · 95%", "30 · 86%", "60 · 57%"
    ]  # fmt: skip
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == ["丁", CUT, "甲", "乙"]
    (lines,) = axes.collections
    assert [segment[:, 0].tolist() for segment in lines.get_segments()] == [
        [1, 9],
        [8, 12],
        [20, 40],
    ]
    assert "每年" not in axes.get_xlabel()
    assert "办公小时/年" in axes.get_xlabel()
    assert plot_pareto(pareto(points()), language="en").get_xlabel().startswith("working hours")


def test_before_and_after() -> None:
    """Each with its baseline above and its check below, in the colour of its verdict."""
    axes = plot_loop(points())
    assert [label.get_text() for label in axes.get_yticklabels()] == [CUT, "乙", "甲"]
    marks = [line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata())]
    at = [(line.get_xdata()[0], round(float(line.get_ydata()[0]), 2)) for line in marks]
    assert at == [(0.6, 0.14), (0.4, -0.14), (0.6, 1.14), (0.8, 0.86), (0.6, 2.14), (0.9, 1.86)]
    assert [line.get_color() for line in marks] == [RED, RED, AMBER, AMBER, GREEN, GREEN]
    assert [line.get_markerfacecolor() for line in marks[::2]] == ["white"] * 3
    targets = [line.get_xdata()[0] for line in axes.lines
               if line.get_color() == "#222222" and len(line.get_xdata()) == 2]  # fmt: skip
    assert targets == [0.9, 0.85]
    assert [text.get_text() for text in axes.texts] == ["变差", "部分有效", "有效"]
    spans = [line.get_xdata() for line in axes.lines if line.get_linewidth() == 3]
    assert [list(span) for span in spans[:2]] == [[0.5, 0.7], [0.3, 0.5]]
    assert axes.xaxis.get_major_formatter()(0.5) == "50%"


def test_hours_are_no_percentages() -> None:
    axes = plot_loop(points().assign(unit="hours"), language="en")
    assert axes.xaxis.get_major_formatter()(0.5) == "0.5"
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["baseline", "check", "target"]


def test_they_draw_where_they_are_told_and_leave_the_table_alone() -> None:
    table, ax = points(), plt.figure().add_subplot()
    before = table.copy()
    assert plot_loop(table, ax=ax) is ax
    pd.testing.assert_frame_equal(table, before)
    assert not plot_pareto(pareto(no_points())).patches
