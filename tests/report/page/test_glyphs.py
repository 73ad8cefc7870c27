"""Outlines of letters that pictures share: the page is lighter, and every letter is found."""

from __future__ import annotations

import re

import pandas as pd
from lxml import html

from efficiency.report.blocks import Picture, Report
from efficiency.report.page.glyphs import shared
from efficiency.report.page.page import render
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.process_plots import plot_volume


def pictures(many: int) -> str:
    volume = pd.DataFrame(
        {"month": ["2024-01", "2024-02"], "begun": [3, 4], "closed": [2, 4], "in_hand": [1, 1]}
    )
    svg = drawing(plot_volume(volume, language="zh"))
    return render(Report("t", "zh", annex=tuple(Picture(svg, f"{n}") for n in range(many))))


def test_every_letter_of_every_picture_is_found_and_kept_once() -> None:
    page = pictures(3)
    root = html.fromstring(page)
    asked = {use.get("href")[1:] for use in root.iter("use")}
    kept = [one.get("id") for one in root.iter("path", "g", "clippath") if one.get("id")]
    assert asked <= set(kept)
    assert len(kept) == len(set(kept))


def test_more_pictures_of_the_same_letters_weigh_little_more() -> None:
    one, three = pictures(1), pictures(3)
    outlines = re.findall(r'<path d="[^"]*" transform="scale\(0\.015625\)"', three)
    assert len(outlines) == len(re.findall(r'<path d="[^"]*" transform="scale\(0\.015625\)"', one))


def test_a_page_without_pictures_stays_as_it_is() -> None:
    assert shared("<body>批示</body>") == "<body>批示</body>"
