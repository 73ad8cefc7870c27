"""A picture of a flow shows every step, and where the log departs from it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pandas as pd
import pytest

from efficiency._doors import graphviz
from efficiency.criteria.prescribed_flows import parse_flow
from efficiency.findings.conformance import START
from efficiency.report.plots.flow_marks import MOST_ADDED, marked_dot

FLOW = parse_flow("登记 → 拟办 → 承办 → 归档")
#: 催办 after 拟办 in two cases, at the start and after 承办 in one each; 退回 after another step
#: that was added: it has no place in the flow.
DEPARTURES = pd.DataFrame(
    [
        ("skipped", "归档", "", 4),
        ("added", "催办", "拟办", 2),
        ("added", "催办", START, 1),
        ("added", "催办", "承办", 1),
        ("added", "退回", "催办", 1),
        ("moved", "承办", "", 1),
        ("skipped", "拟办", "", 1),
    ],
    columns=["kind", "activity", "after", "cases"],
)
SVG = "{http://www.w3.org/2000/svg}"


def texts(dot: str) -> set[str | None]:
    """Draw, and give what can be read."""
    root = ET.fromstring(graphviz.draw(dot))
    return {element.text for element in root.iter(f"{SVG}text")}


@pytest.mark.parametrize(
    ("language", "notes"),
    [
        ("zh", {"未办 4", "未办 1", "次序不符 1"}),
        ("en", {"skipped 4", "skipped 1", "out of order 1"}),
    ],
)
@pytest.mark.parametrize("rankdir", ["LR", "TB"])
def test_the_picture_of_departures(language: Any, notes: set[str], rankdir: str) -> None:
    """Every step, a note under those that were left out or moved, what was added beside."""
    dot = marked_dot(FLOW, DEPARTURES, language, rankdir)
    assert f"rankdir={rankdir};" in dot
    seen = texts(dot)
    assert {*FLOW.steps, *notes} <= seen
    assert {"催办", "+2", "+1"} <= seen


def test_what_was_added_is_red_and_hangs_on_the_step_before_it() -> None:
    dot = marked_dot(FLOW, DEPARTURES, "zh")
    boxes = re.findall(r'^  (x\d+) \[label="(\S+)\n\+(\d+)" .*"#c0392b"', dot, re.MULTILINE)
    assert {name for _, name, _ in boxes} == {"催办"}
    times = {box: int(n) for box, _, n in boxes}
    names = dict(re.findall(r'^  "(n\d+)" \[label="([^"\n]+)', dot, re.MULTILINE))
    arrows = re.findall(r"^  (n\d+) -> (x\d+) \[style=dashed", dot, re.MULTILINE)
    hung = {names.get(node, START): times[box] for node, box in arrows}
    assert hung == {"拟办": 2, "承办": 1, START: 1}


def test_a_log_that_keeps_to_the_flow_leaves_no_mark() -> None:
    dot = marked_dot(FLOW, DEPARTURES.iloc[:0], "zh")
    assert texts(dot) == set(FLOW.steps)
    assert "#c0392b" not in dot


def test_at_most_so_many_boxes_are_added() -> None:
    """The first ones, which are the most frequent."""
    names = "甲乙丙丁戊己庚辛壬癸"
    more = pd.DataFrame({"kind": "added", "activity": list(names), "after": "登记", "cases": 3})
    dot = marked_dot(FLOW, more, "zh")
    assert len(re.findall(r"^  x\d+ \[label", dot, re.MULTILINE)) == MOST_ADDED
    assert texts(dot) & set(names) == set(names[:MOST_ADDED])
