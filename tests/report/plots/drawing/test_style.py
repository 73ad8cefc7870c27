"""The house style holds inside its context only, and pictures are the same bytes every time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from efficiency._doors.graphviz import FONT
from efficiency.report.plots.drawing.style import entitle, laid_out, styled, svg


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


def drawn(text: str) -> Figure:
    with styled():
        figure, axes = plt.subplots(figsize=(3, 2))
        axes.plot([0, 1], [-1, 1])
        axes.set_title(text)
    return figure


def test_nothing_is_set_globally() -> None:
    before = dict(mpl.rcParams)
    with styled():
        assert mpl.rcParams["axes.spines.top"] is False
    assert dict(mpl.rcParams) == before


def test_the_style_is_left_when_drawing_fails() -> None:
    before = dict(mpl.rcParams)
    with pytest.raises(ZeroDivisionError), styled():
        raise ZeroDivisionError
    assert dict(mpl.rcParams) == before


def test_the_same_figure_gives_the_same_bytes() -> None:
    figure = drawn("登记 → 转办")
    assert svg(figure) == svg(figure) == svg(drawn("登记 → 转办"))


def test_one_element_without_date_or_version() -> None:
    text = svg(drawn("a"))
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "<dc:date>" not in text
    assert mpl.__version__ not in text
    assert "<!DOCTYPE" not in text


def test_every_glyph_is_there() -> None:
    """A missing one is a warning, and warnings are errors: Chinese, signs and a minus."""
    text = svg(drawn("〔2024〕1号：急件 ≥ 90 % − 承办“超时”"))
    # Glyphs are paths: a reader needs no font of ours.
    assert "<text" not in text
    assert len(re.findall(r"NotoSansSC", text)) > 10


def test_a_name_with_a_sign_of_formulas_is_a_name() -> None:
    """Both dollars are drawn, so that there are two glyphs more."""
    plain, signed = (svg(drawn(text)).count("<use ") for text in ("a^b", "$a^b$"))
    assert signed == plain + 2


def test_figures_made_outside_the_context_can_be_told() -> None:
    figure, axes = plt.subplots()
    axes.set_title("plain")
    assert svg(figure).startswith("<svg")


def test_a_text_keeps_its_font_outside_the_context() -> None:
    """Jupyter draws the figure when the context is long left."""
    figure = drawn("登记")
    assert FONT in figure.axes[0].title.get_fontfamily()
    figure.canvas.draw()


def test_a_title_stands_above_a_legend_that_stands_above_the_axes() -> None:
    """And close above the Axes where the legend is inside of them."""
    heights = {}
    for place, anchor in {"above": (0, 1.0), "inside": None}.items():
        with styled():
            figure, axes = plt.subplots()
            axes.plot([0, 1], label="登记")
            axes.legend(loc="lower left", bbox_to_anchor=anchor)
            entitle(axes, "n = 3 件")
            figure.canvas.draw()
        legend, title = axes.get_legend(), axes.title if axes.title.get_text() else axes._left_title
        assert legend is not None
        lowest = title.get_window_extent().y0
        assert lowest > axes.get_window_extent().y1
        assert place == "inside" or lowest > legend.get_window_extent().y1
        heights[place] = lowest
    assert heights["above"] > heights["inside"]


def test_a_narrow_picture_has_room_for_its_title() -> None:
    with styled():
        axes = laid_out('digraph { "登记" }', None)
    assert axes.figure.get_size_inches()[0] >= 5
