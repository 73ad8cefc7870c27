"""Who follows whom is a picture by Graphviz on Axes."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.criteria.prescribed_flows import parse_flow
from efficiency.problems import ArgumentError, TableError
from efficiency.report.plots.drawing.style import svg
from efficiency.report.plots.network_plots import (
    plot_conformance,
    plot_flow,
    plot_handovers,
    plot_tree,
)

EDGES = pd.DataFrame(
    {"source": ["登记"], "target": ["转办"], "count": [3], "median_work_hours": [1.5]}
)
ENDS = pd.DataFrame({"activity": ["登记", "转办"], "starts": [3, 0], "ends": [0, 3]})
HANDOVERS = pd.DataFrame(
    {"source": ["文书科", "甲局"], "target": ["综合处", "乙局"], "count": [3, 1]}
)
TREE = pd.DataFrame(
    {
        "node": [0, 1, 2],
        "parent": [-1, 0, 0],
        "side": ["", "is not", "is"],
        "attribute": ["", "unit", "unit"],
        "value": ["", "甲", "甲"],
        "n": [100, 60, 40],
        "share": [0.3, 0.1, 0.6],
        "low": [0.2, 0.05, 0.4],
        "high": [0.4, 0.2, 0.7],
    }
)
LOG = pd.DataFrame(
    {
        "case_id": ["1", "1", "2"],
        "activity": ["登记", "转办", "登记"],
        "end": pd.to_datetime(["2024-03-05", "2024-03-06", "2024-03-06"]),
    }
)
FLOW = parse_flow("登记 → 转办")


def title(axes: Axes) -> str:
    return axes.get_title("left")


def test_a_picture_takes_axes_leaves_the_table_and_is_the_same_twice() -> None:
    before = EDGES.copy()
    _, axes = plt.subplots()
    assert plot_flow(EDGES, ax=axes) is axes
    assert_frame_equal(EDGES, before)
    assert svg(plot_flow(EDGES).figure) == svg(plot_flow(EDGES).figure)


def test_the_flow_is_a_picture_without_axes() -> None:
    axes = plot_flow(EDGES, ends=ENDS)
    (image,) = axes.images
    height, width = image.get_array().shape[:2]
    assert not axes.axison
    # Graphviz stands it upright: the mark, two activities, the other mark.
    assert height > width
    assert plot_flow(EDGES).images[0].get_array().shape[0] < height


def red(axes: Axes) -> int:
    """Count the points of a picture that are of the colour of what is forbidden."""
    points = axes.images[0].get_array()
    return int(((points[..., 0] > 0.6) & (points[..., 1] < 0.4) & (points[..., 2] < 0.4)).sum())


def test_hand_overs_past_the_hubs_are_red() -> None:
    """甲局 hands to 乙局 directly; with 甲局 a hub nothing is red, nor without hubs."""
    assert red(plot_handovers(HANDOVERS, hubs=["文书科"])) > 50
    assert red(plot_handovers(HANDOVERS, hubs=["文书科", "甲局"])) == 0
    assert red(plot_handovers(HANDOVERS)) == 0


# --- the tree


def test_a_tree_is_a_picture_of_all_its_nodes() -> None:
    """More nodes make a bigger one; the Axes hold nothing else."""
    whole, root = plot_tree(TREE), plot_tree(TREE.iloc[:1])
    (big,), (small,) = whole.images, root.images
    assert big.get_array().shape[0] > small.get_array().shape[0]
    assert not whole.axison


def test_a_tree_in_given_axes_and_in_another_language() -> None:
    _, ax = plt.subplots()
    assert plot_tree(TREE, ax=ax, language="en") is ax
    chinese, english = (np.asarray(a.images[0].get_array()) for a in (plot_tree(TREE), ax))
    assert not np.array_equal(chinese, english)


# --- the prescribed flow


def test_departures_are_drawn_from_what_was_held_from_a_log_and_from_their_table() -> None:
    held = eff.conformance(LOG, FLOW)
    drawn = [
        plot_conformance(held),
        plot_conformance(LOG, FLOW),
        plot_conformance(held.departures, FLOW),
    ]
    assert {title(axes) for axes in drawn} == {"与规定流程对照：n = 1 类偏离，件数"}
    assert len({svg(axes.figure) for axes in drawn}) == 1


def test_what_cannot_be_held_against_a_flow_is_met_by_the_contract() -> None:
    with pytest.raises(TableError, match="departures"):
        plot_conformance(7)
    with pytest.raises(TableError, match="departures"):
        plot_conformance(LOG)
    with pytest.raises(ArgumentError, match="flow"):
        plot_conformance(eff.conformance(LOG, FLOW), FLOW)
    with pytest.raises(ArgumentError, match="flow"):
        plot_conformance(eff.conformance(LOG, FLOW).departures)
