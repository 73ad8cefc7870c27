"""The process map shows what it says: the busiest edges, no activity lost but the rare ones."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency._doors.graphviz import draw
from efficiency.facts.maps.flow_map import (
    END,
    MOST_BOXES,
    RARE,
    START,
    drawn_activities,
    flow_dot,
    simplified,
    traffic,
    wrapped,
)


def edged(*rows: tuple[str, str, int], hours: float | None = 1.5) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["source", "target", "count"])
    return table.assign(median_work_hours=pd.Series([hours] * len(table), dtype="float64"))


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["source"], table["target"], strict=True))


def drawn(dot: str) -> dict[tuple[str, str], str]:
    """The edges that a drawing holds, with their labels."""
    form = r'^  "([^"]+)" -> "([^"]+)" \[label="([^"]*)"'
    return {(a, b): label for a, b, label in re.findall(form, dot, flags=re.MULTILINE)}


EDGES = edged(("a", "b", 50), ("b", "c", 40), ("a", "c", 6), ("c", "d", 3), ("b", "b", 1))
ENDS = pd.DataFrame(
    [("a", 60, 0), ("b", 0, 2), ("c", 0, 50), ("d", 0, 3)], columns=["activity", "starts", "ends"]
)


def test_traffic_is_the_busier_side_of_an_activity() -> None:
    """The way in, the way out, or the starts: whichever tells of most steps."""
    assert traffic(EDGES).to_dict() == {"a": 56, "b": 51, "c": 46, "d": 3}
    assert traffic(EDGES, ENDS).to_dict() == {"a": 60, "b": 51, "c": 46, "d": 3}
    assert traffic(EDGES.iloc[:0], ENDS).to_dict() == {"a": 60, "b": 0, "c": 0, "d": 0}


def test_the_busiest_edges_up_to_the_share() -> None:
    """50 and 40 carry nine tenths of a hundred; c → d is kept, for d has no other way in."""
    assert pairs(simplified(EDGES, 0.9)) == [("a", "b"), ("b", "c"), ("c", "d")]
    assert pairs(simplified(EDGES, 0.91)) == [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")]
    assert pairs(simplified(EDGES, 1.0)) == pairs(EDGES)


def test_rare_activities_are_left_out_with_their_edges() -> None:
    rare = edged(("a", "b", 100), ("b", "x", 2), ("x", "b", 2), ("b", "y", 4))
    assert pairs(simplified(rare, 1.0)) == [("a", "b"), ("b", "y")]
    assert pairs(simplified(rare, 1.0, rare=0)) == pairs(rare)
    dot = flow_dot(rare, share=1.0)
    assert '"x"' not in dot
    assert '"y"' in dot


def test_nothing_to_show() -> None:
    assert simplified(EDGES.iloc[:0]).empty
    dot = flow_dot(EDGES.iloc[:0], ENDS.iloc[:0])
    assert drawn(dot) == {}
    assert draw(dot).startswith(b"<svg")


def test_the_table_is_untouched() -> None:
    before, ends = EDGES.copy(), ENDS.copy()
    flow_dot(EDGES, ENDS)
    assert_frame_equal(EDGES, before)
    assert_frame_equal(ENDS, ends)


counts = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), st.integers(1, 99), min_size=1
)


@given(counts, st.floats(0, 1))
def test_whatever_is_thinned(counted: dict[tuple[str, str], int], share: float) -> None:
    """The share is carried, and no activity that goes somewhere or comes from somewhere is lost."""
    edges = edged(*((a, b, n) for (a, b), n in counted.items()))
    kept = simplified(edges, share, rare=0)
    assert set(pairs(kept)) <= set(counted)
    assert kept["count"].sum() >= share * edges["count"].sum() - 1e-9
    apart, left = (t[t["source"] != t["target"]] for t in (edges, kept))
    assert set(apart["source"]) == set(left["source"])
    assert set(apart["target"]) == set(left["target"])


def test_what_stands_on_the_map() -> None:
    dot = flow_dot(EDGES, ENDS, share=0.9, hour_word="小时")
    assert drawn(dot) == {
        (START, "a"): " 60 ",
        ("c", END): " 50 ",
        ("a", "b"): " 50 · 1.5 小时 ",
        ("b", "c"): " 40 · 1.5 小时 ",
        ("c", "d"): " 3 · 1.5 小时 ",
    }
    assert '"a" [label="a 60"' in dot
    assert "rankdir=TB" in dot
    assert "rankdir=LR" in flow_dot(EDGES, rankdir="LR")


def test_hours_that_are_not_known_are_not_told() -> None:
    assert drawn(flow_dot(edged(("a", "b", 1234), hours=None))) == {("a", "b"): " 1,234 "}


def test_without_ends_there_are_no_marks() -> None:
    dot = flow_dot(EDGES)
    assert START not in dot
    assert END not in dot


@pytest.mark.parametrize("name", ['say "go"', "a\\b", "两 行\n名称", "<b>&amp;", "{x|y}", "a;b->c"])
def test_no_name_breaks_the_drawing(name: str) -> None:
    """Whatever an office calls its steps, Graphviz draws one box of it, without a complaint."""
    svg = draw(flow_dot(edged((name, "b", 5)))).decode()
    assert svg.count('class="node"') == 2
    assert svg.count('class="edge"') == 1


def test_the_order_of_the_table_does_not_matter() -> None:
    """The same traffic gives the same bytes."""
    mixed = EDGES.sample(frac=1, random_state=3), ENDS.sample(frac=1, random_state=3)
    assert flow_dot(*mixed) == flow_dot(EDGES, ENDS)


def test_long_names_are_broken_over_lines() -> None:
    assert wrapped("登记") == "登记"
    assert wrapped("Draft and send request for advice").split("\n") == [
        "Draft and send",
        "request for advice",
    ]
    assert wrapped("") == ""


def test_how_rare_is_rare() -> None:
    edges: Any = edged(
        ("a", "b", 100), ("b", "x", int(100 * RARE)), ("b", "y", int(100 * RARE) - 1)
    )
    assert [b for _, b in pairs(simplified(edges, 1.0))] == ["b", "x"]


@pytest.mark.parametrize(
    ("shown", "label"), [("both", " 50 · 1.5 h "), ("count", " 50 "), ("time", " 1.5 h ")]
)
def test_counts_and_times_may_be_shown_alone(shown: Any, label: str) -> None:
    """Starts and ends are counts whatever is shown."""
    made = drawn(flow_dot(EDGES, ENDS, shown=shown))
    assert made["a", "b"] == label
    assert made[START, "a"] == " 60 "


def test_where_no_time_is_known_none_is_shown() -> None:
    assert drawn(flow_dot(edged(("a", "b", 5), hours=None), shown="time")) == {("a", "b"): "  "}


def test_the_width_of_an_edge_goes_by_what_is_shown() -> None:
    """b → c is the rarer and the longer: the wider only where times are shown."""
    edges = edged(("a", "b", 50), ("b", "c", 40)).assign(median_work_hours=[1.0, 9.0])

    def width(shown: Any, source: str) -> float:
        (found,) = re.findall(rf'"{source}" -> .*?penwidth=([\d.]+)', flow_dot(edges, shown=shown))
        return float(found)

    assert width("count", "a") > width("count", "b")
    assert width("time", "a") < width("time", "b")


def test_what_is_drawn_is_neither_rare_nor_too_much() -> None:
    """Of sixty activities the forty busiest; of two as busy the first by name."""
    chain = edged(*((f"s{n:02}", f"s{n + 1:02}", 100 + n) for n in range(60)))
    kept = drawn_activities(chain)
    assert len(kept) == MOST_BOXES == 40
    assert kept == [f"s{n:02}" for n in range(21, 61)]
    assert flow_dot(chain, share=1.0).count("fillcolor") == MOST_BOXES
    tied = edged(*((f"s{n:02}", f"s{n + 1:02}", 100) for n in range(60)))
    assert drawn_activities(tied) == [f"s{n:02}" for n in range(40)]
    assert drawn_activities(edged(("a", "b", 100), ("b", "x", 2))) == ["a", "b"]
    assert drawn_activities(EDGES.iloc[:0], ENDS.iloc[:0]) == []


def test_no_edge_leads_to_a_box_that_is_not_drawn() -> None:
    chain = edged(*((f"s{n:02}", f"s{n + 1:02}", 100 + n) for n in range(60)))
    ends = pd.DataFrame({"activity": [f"s{n:02}" for n in range(61)], "starts": 1, "ends": 1})
    known = {*drawn_activities(chain, ends), START, END}
    assert {name for pair in drawn(flow_dot(chain, ends)) for name in pair} <= known
