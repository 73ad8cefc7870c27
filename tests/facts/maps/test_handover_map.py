"""The network of hand-overs: which are drawn, how, and that they can be."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from efficiency._doors import graphviz
from efficiency.facts.maps.handover_map import drawn_handovers, handover_dot

NETWORK = pd.DataFrame(
    [("甲科", "文书科", 90), ("文书科", "乙科", 8), ("甲科", "乙科", 1), ('丙"科', "文书科", 1)],
    columns=["source", "target", "count"],
).assign(cases=1, returned=0, median_work_hours=1.0)


def drawn(dot: str) -> dict[tuple[str, str], bool]:
    """The arrows of a network, and whether each is red."""
    lines = re.findall(r'^  "(.+?)" -> "(.+?)" \[(.*)\];$', dot, re.MULTILINE)
    return {(source, target): "#c0392b" in look for source, target, look in lines}


def test_only_the_busiest_hand_overs_are_drawn() -> None:
    """Those that bring the share up to what was asked: 90 % by the first, 98 % by two."""
    assert set(drawn(handover_dot(NETWORK, share=0.9))) == {("甲科", "文书科")}
    assert set(drawn(handover_dot(NETWORK, share=0.95))) == {("甲科", "文书科"), ("文书科", "乙科")}
    everything = drawn(handover_dot(NETWORK, share=1))
    assert len(everything) == 4
    assert not any(everything.values())


def test_what_passes_by_the_hub_is_drawn_in_red_however_rare() -> None:
    """横传: between two units neither of which is the hub."""
    dot = handover_dot(NETWORK, ["文书科"], share=0.9)
    assert drawn(dot) == {("甲科", "文书科"): False, ("甲科", "乙科"): True}
    fills = dict(re.findall(r'^  "(.+)" \[fillcolor="(.+)"\];$', dot, re.MULTILINE))
    assert set(fills) == {"甲科", "乙科", "文书科"}
    assert fills["甲科"] == fills["乙科"] != fills["文书科"]
    # Where no unit is a hub, everything passes by it.
    assert all(drawn(handover_dot(NETWORK, [])).values())


def test_of_many_hand_overs_the_busiest_are_drawn() -> None:
    """30 units, each to each: 870 arrows take minutes; 40 past the hub are kept among them."""
    names = [f"u{i:02}" for i in range(30)]
    pairs = [(a, b) for a in names for b in names if a != b]
    many = pd.DataFrame(pairs, columns=["source", "target"])
    many["count"] = np.where((many["source"] == "u00") | (many["target"] == "u00"), 100, 1)
    many.loc[(many["source"] == "u07") & (many["target"] == "u05"), "count"] = 5
    got = drawn(handover_dot(many, ["u00"], share=1))
    assert len(got) == 80
    assert sum(got.values()) == 40
    assert got["u07", "u05"]
    assert len(drawn(handover_dot(many, share=1))) == 80
    assert drawn_handovers(many, share=1)["count"].head(58).tolist() == [100] * 58


def test_the_network_can_be_drawn() -> None:
    """Names and counts are read; the same table gives the same bytes, in any order."""
    dot = handover_dot(NETWORK, ["文书科"], share=1)
    svg = graphviz.draw(dot).decode()
    for text in ("甲科", "文书科", "丙&quot;科", "90", "8", "1"):
        assert re.search(rf">\s*{text}\s*</text>", svg), text
    assert handover_dot(NETWORK.iloc[::-1], ["文书科"], share=1) == dot
    assert graphviz.draw(handover_dot(NETWORK.head(0))).startswith(b"<svg")
