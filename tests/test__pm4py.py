"""The one door to pm4py: silent, late, and in a stable order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from efficiency import _pm4py

VARIANTS = {("a", "b", "c"): 6, ("a", "c", "b"): 4, ("a", "d"): 1}
XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <trace>
    <string key="concept:name" value="收1"/>
    <event>
      <string key="concept:name" value="登记"/>
      <date key="time:timestamp" value="2024-03-05T09:00:00+08:00"/>
    </event>
    <event>
      <string key="concept:name" value="转办"/>
      <date key="time:timestamp" value="2024-03-05T08:00:00+08:00"/>
    </event>
  </trace>
</log>
"""


def test_importing_says_nothing_and_shows_no_bars() -> None:
    code = (
        "import os, sys; from efficiency import _pm4py; assert 'pm4py' not in sys.modules; "
        "_pm4py.package(); print(os.environ['PM4PY_SHOW_PROGRESS_BAR'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.filterwarnings("ignore:Install the optional requirement")
def test_events_keep_the_order_of_the_file(tmp_path: Path) -> None:
    """The second event is the earlier one, and stays the second."""
    (tmp_path / "log.xes").write_text(XES, encoding="utf-8")
    frame = _pm4py.read_xes(tmp_path / "log.xes")
    assert frame["concept:name"].tolist() == ["登记", "转办"]
    assert frame["case:concept:name"].tolist() == ["收1", "收1"]
    assert frame.index.tolist() == [0, 1]


def test_the_tree_does_not_hang_on_the_order_of_the_variants() -> None:
    """First a, then d alone or b and c in any order: pm4py writes the latter as (c, b)."""
    turned = dict(reversed(VARIANTS.items()))
    trees = {repr(_pm4py.inductive_tree(variants, 0.0)) for variants in (VARIANTS, turned)}
    assert trees == {"->( 'a', X( 'd', +( 'c', 'b' ) ) )"}


def test_noise_leaves_rare_ways_out() -> None:
    """In one case of 41 b comes last: with it b is parallel to c and d, without it a sequence."""
    variants = {("a", "b", "c", "d"): 40, ("a", "c", "d", "b"): 1}
    assert repr(_pm4py.inductive_tree(variants, 0.2)) == "->( 'a', 'b', 'c', 'd' )"
    assert repr(_pm4py.inductive_tree(variants, 0.0)) == "->( 'a', +( 'b', ->( 'c', 'd' ) ) )"


def test_dependencies_by_the_published_formula() -> None:
    """a ⇒ b = (|a>b| − |b>a|) / (|a>b| + |b>a| + 1), Weijters and van der Aalst (2003)."""
    net = _pm4py.heuristics_net(VARIANTS, 0.5)
    assert net.dependency_matrix["a"]["b"] == pytest.approx(6 / 7)
    assert net.dependency_matrix["b"]["c"] == pytest.approx((6 - 4) / (6 + 4 + 1))
    assert net.dependency_matrix["a"]["d"] == pytest.approx(1 / 2)


def test_who_follows_whom() -> None:
    assert _pm4py.directly_follows(VARIANTS) == (
        {("a", "b"): 6, ("b", "c"): 6, ("a", "c"): 4, ("c", "b"): 4, ("a", "d"): 1},
        {"a": 11},
        {"c": 6, "b": 4, "d": 1},
    )


@pytest.mark.parametrize(
    ("algorithm", "noise"), [("inductive", 0), ("heuristics", 0.5), ("dfg", 0)]
)
def test_the_parts_of_a_diagram(algorithm: str, noise: float) -> None:
    """Numbered from the start; every flow joins two nodes; the same at every call."""
    mined = _pm4py.mine(VARIANTS, algorithm, noise)
    nodes, flows = _pm4py.bpmn_parts(_pm4py.bpmn(mined, algorithm))
    assert nodes[0] == ("n0", "start", nodes[0][2])
    assert [name for name, _, _ in nodes] == [f"n{i}" for i in range(len(nodes))]
    assert {name for flow in flows for name in flow} == {name for name, _, _ in nodes}
    assert {label for _, kind, label in nodes if kind == "task"} == {"a", "b", "c", "d"}
    assert [kind for _, kind, _ in nodes].count("end") == 1
    again = _pm4py.bpmn_parts(_pm4py.bpmn(_pm4py.mine(VARIANTS, algorithm, noise), algorithm))
    assert again == (nodes, flows)


def test_gateways_have_their_kind() -> None:
    tree = _pm4py.mine(VARIANTS, "inductive", 0.0)
    nodes, _ = _pm4py.bpmn_parts(_pm4py.bpmn(tree, "inductive"))
    kinds = [kind for _, kind, _ in nodes]
    assert (kinds.count("xor"), kinds.count("and")) == (2, 2)


def test_a_graph_takes_no_noise() -> None:
    with pytest.raises(ValueError, match="takes noise=0"):
        _pm4py.mine(VARIANTS, "dfg", 0.1)
