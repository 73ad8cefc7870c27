"""The one door to pm4py: silent, late, and in a stable order."""

from __future__ import annotations

import itertools
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from efficiency._doors import mining
from efficiency.criteria.prescribed_flows import Node, parse_flow

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
        "import os, sys; from efficiency._doors import mining; assert 'pm4py' not in sys.modules; "
        "mining.package(); print(os.environ['PM4PY_SHOW_PROGRESS_BAR'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_events_keep_the_order_of_the_file(tmp_path: Path) -> None:
    """The second event is the earlier one, and stays the second."""
    (tmp_path / "log.xes").write_text(XES, encoding="utf-8")
    frame = mining.read_xes(tmp_path / "log.xes")
    assert frame["concept:name"].tolist() == ["登记", "转办"]
    assert frame["case:concept:name"].tolist() == ["收1", "收1"]
    assert frame.index.tolist() == [0, 1]


def test_another_reader_that_is_installed_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives what an event lacks the defaults of the file, which nobody recorded."""
    monkeypatch.setattr("pm4py.read.get_rustxes_backend_name", lambda: "rustxes")
    default = '<global scope="event"><string key="处室" value="无"/></global>'
    text = XES.replace("  <trace>", f"  {default}\n  <trace>", 1)
    (tmp_path / "log.xes").write_text(text, encoding="utf-8")
    assert "处室" not in mining.read_xes(tmp_path / "log.xes")


def test_the_tree_does_not_hang_on_the_order_of_the_variants() -> None:
    """First a, then d alone or b and c in any order: pm4py writes the latter as (c, b)."""
    turned = dict(reversed(VARIANTS.items()))
    trees = {repr(mining.inductive_tree(variants, 0.0)) for variants in (VARIANTS, turned)}
    assert trees == {"->( 'a', X( 'd', +( 'c', 'b' ) ) )"}


def test_noise_leaves_rare_ways_out() -> None:
    """In one case of 41 b comes last: with it b is parallel to c and d, without it a sequence."""
    variants = {("a", "b", "c", "d"): 40, ("a", "c", "d", "b"): 1}
    assert repr(mining.inductive_tree(variants, 0.2)) == "->( 'a', 'b', 'c', 'd' )"
    assert repr(mining.inductive_tree(variants, 0.0)) == "->( 'a', +( 'b', ->( 'c', 'd' ) ) )"


def test_dependencies_by_the_published_formula() -> None:
    """a ⇒ b = (|a>b| − |b>a|) / (|a>b| + |b>a| + 1), Weijters and van der Aalst (2003)."""
    net = mining.heuristics_net(VARIANTS, 0.5)
    assert net.dependency_matrix["a"]["b"] == pytest.approx(6 / 7)
    assert net.dependency_matrix["b"]["c"] == pytest.approx((6 - 4) / (6 + 4 + 1))
    assert net.dependency_matrix["a"]["d"] == pytest.approx(1 / 2)


def test_who_follows_whom() -> None:
    assert mining.directly_follows(VARIANTS) == (
        {("a", "b"): 6, ("b", "c"): 6, ("a", "c"): 4, ("c", "b"): 4, ("a", "d"): 1},
        {"a": 11},
        {"c": 6, "b": 4, "d": 1},
    )


@pytest.mark.parametrize(
    ("algorithm", "noise"), [("inductive", 0), ("heuristics", 0.5), ("dfg", 0)]
)
def test_the_parts_of_a_diagram(algorithm: str, noise: float) -> None:
    """Numbered from the start; every flow joins two nodes; the same at every call."""
    mined = mining.mine(VARIANTS, algorithm, noise)
    nodes, flows = mining.bpmn_parts(mining.bpmn(mined, algorithm))
    assert nodes[0] == ("n0", "start", nodes[0][2])
    assert [name for name, _, _ in nodes] == [f"n{i}" for i in range(len(nodes))]
    assert {name for flow in flows for name in flow} == {name for name, _, _ in nodes}
    assert {label for _, kind, label in nodes if kind == "task"} == {"a", "b", "c", "d"}
    assert [kind for _, kind, _ in nodes].count("end") == 1
    again = mining.bpmn_parts(mining.bpmn(mining.mine(VARIANTS, algorithm, noise), algorithm))
    assert again == (nodes, flows)


def test_gateways_have_their_kind() -> None:
    tree = mining.mine(VARIANTS, "inductive", 0.0)
    nodes, _ = mining.bpmn_parts(mining.bpmn(tree, "inductive"))
    kinds = [kind for _, kind, _ in nodes]
    assert (kinds.count("xor"), kinds.count("and")) == (2, 2)


def test_a_graph_takes_no_noise() -> None:
    with pytest.raises(ValueError, match="takes noise=0"):
        mining.mine(VARIANTS, "dfg", 0.1)


# --- prescribed flows


STEPS = {name: Node("step", name) for name in "abc"}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (STEPS["a"], "a"),
        (Node("skip"), "tau"),
        (Node("sequence", children=(STEPS["a"], STEPS["a"])), "->( 'a', 'a' )"),
        (Node("choice", children=(STEPS["a"], Node("skip"))), "X( 'a', tau )"),
        (Node("parallel", children=(STEPS["b"], STEPS["a"])), "+( 'b', 'a' )"),
        (
            Node("loop", children=(Node("sequence", children=tuple(STEPS.values())), Node("skip"))),
            "*( ->( 'a', 'b', 'c' ), tau )",
        ),
    ],
)
def test_a_part_of_a_flow_is_a_process_tree(node: Node, expected: str) -> None:
    """In pm4py's notation; every child knows its parent."""
    tree = mining.process_tree(node)
    assert repr(tree) == expected
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        assert all(child.parent is part for child in part.children)
        waiting.extend(part.children)


# --- replaying


def net_of(text: str) -> mining.Net:
    return mining.stable(parse_flow(text).to_petri())


def told(net: mining.Net) -> list[Any]:
    """A net in the order in which a search meets its parts."""
    places, moves = list(net[0].places), list(net[0].transitions)
    return [
        [place.name for place in places],
        [(move.name, move.label) for move in moves],
        [sorted((arc.source.name, arc.weight) for arc in move.in_arcs) for move in moves],
        [sorted((arc.target.name, arc.weight) for arc in move.out_arcs) for move in moves],
        *([(place.name, n) for place, n in marking.items()] for marking in net[1:]),
    ]


BUSY = "([a | b | c?] & d*) → (e & f+ & a) → [c] → [a | b]"


def test_a_stable_net_is_the_same_net_in_the_same_order() -> None:
    """Three times made anew; the parts are those of the net that it was made of."""
    raw = [parse_flow(BUSY).to_petri() for _ in range(3)]
    nets = [mining.stable(net) for net in raw]
    assert told(nets[0]) == told(nets[1]) == told(nets[2])
    for part in ("places", "transitions", "arcs"):
        assert len(getattr(nets[0][0], part)) == len(getattr(raw[0][0], part))
    labels = [sorted(move.label or "" for move in net[0].transitions) for net in (nets[0], raw[0])]
    assert labels[0] == labels[1]
    for new, old in zip(nets[0][1:], raw[0][1:], strict=True):
        assert {place.name: n for place, n in new.items()} == {
            place.name: n for place, n in old.items()
        }


def test_a_stable_net_leaves_the_other_as_it_was() -> None:
    net = parse_flow(BUSY).to_petri()
    before = [[len(place.in_arcs), len(place.out_arcs)] for place in net[0].places]
    new = mining.stable(net)
    assert [[len(place.in_arcs), len(place.out_arcs)] for place in net[0].places] == before
    assert not set(map(id, new[0].places)) & set(map(id, net[0].places))
    assert set(new[1]) <= set(new[0].places)


def test_weights_of_arcs_are_kept() -> None:
    """A step that takes two tokens (no flow as text or BPMN has one)."""
    mining.package()
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

    net, move = PetriNet("two"), PetriNet.Transition("t", "登记")
    first, last = PetriNet.Place("p_2"), PetriNet.Place("p_10")
    net.places.update([first, last])
    net.transitions.add(move)
    add_arc_from_to(first, move, net, weight=2)
    add_arc_from_to(move, last, net, weight=3)
    new = mining.stable((net, Marking({first: 2}), Marking({last: 3})))
    assert told(new) == [
        ["p_2", "p_10"], [("登记 0", "登记")], [[("p_2", 2)]], [[("p_10", 3)]],
        [("p_2", 2)], [("p_10", 3)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("trace", "tokens"),
    [
        # produced, consumed, missing, remaining; one is put in at first and one taken at last.
        ("abc", (4, 4, 0, 0)),
        ("ac", (3, 3, 1, 1)),
        ("", (1, 1, 1, 1)),
        ("abcc", (5, 5, 1, 1)),
        ("b", (2, 2, 2, 2)),
    ],
)
def test_tokens_by_hand(trace: str, tokens: tuple[int, ...]) -> None:
    """A step that is not enabled gets the token that it lacks."""
    (found,) = mining.replay(net_of("a → b → c"), [tuple(trace)])
    names = ("produced", "consumed", "missing", "remaining")
    assert tuple(found[f"{name}_tokens"] for name in names) == tokens
    made, taken, missing, remaining = tokens
    assert found["trace_fitness"] == 0.5 * (1 - missing / taken) + 0.5 * (1 - remaining / made)
    assert found["trace_is_fit"] == (trace == "abc")


def test_traces_are_replayed_in_their_order() -> None:
    found = mining.replay(net_of("a → b"), [("a",), ("a", "b"), ("a",)])
    assert [one["trace_is_fit"] for one in found] == [False, True, False]
    assert mining.replay(net_of("a → b"), []) == []


# --- aligning


@pytest.mark.parametrize(
    ("text", "trace", "moves"),
    [
        ("a → b", "ab", [("a", "a"), ("b", "b")]),
        ("a → b", "a", [("a", "a"), (None, "b")]),
        ("a → b", "axb", [("a", "a"), ("x", None), ("b", "b")]),
        ("a → b", "", [(None, "a"), (None, "b")]),
        ("a? → b", "b", [("b", "b")]),
        ("a*", "", []),
        ("(a → b)+", "abab", [("a", "a"), ("b", "b"), ("a", "a"), ("b", "b")]),
    ],
)
def test_an_alignment_by_hand(
    text: str, trace: str, moves: list[tuple[str | None, str | None]]
) -> None:
    """Silent moves are not shown; the cost is how many moves are not in both."""
    cost = sum(logged != modelled for logged, modelled in moves)
    assert mining.align(net_of(text), tuple(trace)) == (moves, cost)


def nearest(trace: tuple[str, ...], words: set[tuple[str, ...]]) -> int:
    """Count the moves to the nearest of some words, by the plain definition."""

    @cache
    def apart(one: tuple[str, ...], other: tuple[str, ...]) -> int:
        if not one or not other:
            return len(one) + len(other)
        ways = [1 + apart(one[1:], other), 1 + apart(one, other[1:])]
        return min([*ways, apart(one[1:], other[1:])] if one[0] == other[0] else ways)

    return min(apart(trace, word) for word in words)


#: Flows with all their words, or all of up to eight steps where they may go round.
WORDS: dict[str, set[tuple[str, ...]]] = {
    "a → [b] → (c & d)": {
        tuple(f"a{b}{cd}") for b, cd in itertools.product(("", "b"), ("cd", "dc"))
    },
    "[a | b → c] → d?": {tuple(one + d) for one in ("a", "bc") for d in ("", "d")},
    "(a → b)* → c": {tuple("ab" * times + "c") for times in range(4)},
    "(a? & (b → c)) → d": {tuple(f"{abc}d") for abc in ("bc", "abc", "bac", "bca")},
    "[a | b]+": {word for n in range(1, 9) for word in itertools.product("ab", repeat=n)},
}
TRACES = st.lists(st.sampled_from("abcdx"), max_size=4).map(tuple)
RANDOM = settings(deadline=None, derandomize=True, max_examples=60, phases=[Phase.generate])


@pytest.mark.parametrize("text", WORDS)
def test_the_cost_is_that_of_the_nearest_way(text: str) -> None:
    """The moves make the trace on one side, and a way of the flow on the other."""
    net = net_of(text)

    @RANDOM
    @given(TRACES)
    def hold(trace: tuple[str, ...]) -> None:
        moves, cost = mining.align(net, trace)
        assert cost == nearest(trace, WORDS[text])
        assert cost == sum(logged != modelled for logged, modelled in moves)
        assert tuple(name for name, _ in moves if name is not None) == trace
        assert tuple(name for _, name in moves if name is not None) in WORDS[text]

    hold()


@pytest.mark.parametrize(
    ("text", "trace", "cost"),
    [
        ("a? → a", "a", 0),
        ("(b → b?){2}", "bb", 0),
        ("a{2..3}*", "aaaa", 0),
        ("a → b → a?", "ba", 1),
        ("a → [b] → (c & d) → a?", "da", 2),
    ],
)
def test_the_cost_where_a_step_stands_twice(text: str, trace: str, cost: int) -> None:
    """By hand."""
    assert mining.align(net_of(text), tuple(trace))[1] == cost


def test_a_net_that_cannot_end_is_told() -> None:
    net, first, _ = net_of("a → b")
    with pytest.raises(ValueError, match="cannot be run from its beginning to its end"):
        mining.align((net, first, type(first)(dict.fromkeys(first, 2))), ("a",))


# --- precision


@pytest.mark.parametrize(
    ("text", "variants", "expected"),
    [
        ("a → b", {"ab": 3}, 1),
        # After a, in 4 cases, three steps are allowed and two were seen.
        ("a → [b | c | d]", {"ab": 3, "ac": 1}, 1 - 4 / (4 + 12)),
        # At the start two are allowed and one was seen; nothing is asked of the last step.
        ("[a | b]", {"a": 5}, 1 - 5 / 10),
        # The prefix c does not replay; at the start b, which is allowed, was not seen.
        ("[a | b] → c", {"ac": 1, "ca": 1}, 1 - 2 / (2 * 2 + 1)),
    ],
)
def test_precision_by_hand(text: str, variants: dict[str, int], expected: float) -> None:
    """One minus the share of what the flow allows next that was not seen next, by case."""
    counted = {tuple(variant): cases for variant, cases in variants.items()}
    assert mining.precision(net_of(text), counted) == pytest.approx(expected)


@settings(RANDOM, max_examples=8)
@given(st.lists(TRACES.filter(bool), min_size=1, max_size=12), st.sampled_from(sorted(WORDS)))
def test_precision_equals_pm4pys(traces: list[tuple[str, ...]], text: str) -> None:
    """Which goes through every case of the log."""
    rows = [
        (f"{case:02}", name, pd.Timestamp("2024-03-05") + pd.Timedelta(hours=at))
        for case, trace in enumerate(traces)
        for at, name in enumerate(trace)
    ]
    log = pd.DataFrame(rows, columns=["case", "name", "at"])
    keys = {"case_id_key": "case", "activity_key": "name", "timestamp_key": "at"}
    net = net_of(text)
    expected = mining.package().precision_token_based_replay(log, *net, **keys)
    counted = {trace: traces.count(trace) for trace in traces}
    assert mining.precision(net, counted) == pytest.approx(expected, abs=1e-12)


def test_a_diagram_is_read_from_its_file(tmp_path: Path) -> None:
    """With its steps in the order from the start."""
    flow = parse_flow("a → [b | c]")
    flow.write_bpmn(tmp_path / "flow.bpmn")
    nodes, flows = mining.bpmn_parts(mining.read_bpmn(tmp_path / "flow.bpmn"))
    assert [label for _, kind, label in nodes if kind == "task"] == ["a", "b", "c"]
    assert [kind for _, kind, _ in nodes].count("xor") == 2
    assert len(flows) == 7
