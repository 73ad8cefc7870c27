"""The map that slides and switches: every view is drawn, and it is whole in a notebook."""

from __future__ import annotations

import html
import re

import pandas as pd

from efficiency.report.process_map import SHARES, VIEWS, ProcessMap, process_map

EDGES = pd.DataFrame(
    {
        "source": list("aab"), "target": list("bcc"), "count": [80, 5, 78], "cases": [80, 5, 78],
        "median_work_hours": [1.5, 20.0, 0.25], "p90_work_hours": [2.0, 30.0, 1.0],
    }
)  # fmt: skip
ENDS = pd.DataFrame({"activity": list("abc"), "starts": [85, 0, 0], "ends": [0, 2, 83]})


def texts(svg: str) -> set[str]:
    """What is written in a drawing."""
    return {html.unescape(text).strip() for text in re.findall(r"<text[^>]*>([^<]*)<", svg)}


def test_every_view_is_drawn_once() -> None:
    made = process_map(EDGES, ENDS, "{:.0%}：{}".format, "zh")
    assert {(view.shown, view.share) for view in made.views} == {
        (shown, share) for shown in VIEWS for share in SHARES
    }
    assert made.wide
    assert made.caption == "90%：both"
    assert [view.caption for view in made.views][:2] == ["50%：count", "70%：count"]


def test_counts_and_times_stand_apart() -> None:
    made = process_map(EDGES, ENDS, "{:.0%}：{}".format, "zh")
    whole = {view.shown: texts(view.svg) for view in made.views if view.share == 1.0}
    assert "80" in whole["count"]
    assert "1.5 小时" not in whole["count"]
    assert "1.5 小时" in whole["time"]
    assert "80 · 1.5 小时" in texts(made.svg)


def test_fewer_paths_draw_fewer_edges() -> None:
    made = process_map(EDGES, ENDS, "{:.0%}：{}".format, "zh")
    drawn = [view.svg.count('class="edge"') for view in made.views if view.shown == "count"]
    assert drawn == sorted(drawn)
    assert drawn[0] < drawn[-1]


def test_a_notebook_shows_it_in_a_frame_of_its_own() -> None:
    shown = ProcessMap(process_map(EDGES, ENDS, lambda *_: "<流程>", "zh"), "zh")._repr_html_()
    page = html.unescape(re.search('srcdoc="([^"]*)"', shown)[1])  # type: ignore[index]
    assert page.count('class="view"') == 1 + len(VIEWS) * len(SHARES)
    assert "&lt;流程&gt;" in page
    assert not re.search(r"(?:src|href)=.?https?:", page)
