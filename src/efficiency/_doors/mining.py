"""The one door to pm4py: imported when first needed, silent, on copies, in a stable order."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd


@cache
def package() -> ModuleType:
    """Import pm4py, which takes seconds, without its banner and progress bars."""
    sys._pm4py_welcome_shown = True  # type: ignore[attr-defined]
    os.environ.setdefault("PM4PY_SHOW_PROGRESS_BAR", "False")
    import pm4py

    module: ModuleType = pm4py
    return module


def read_xes(path: Path) -> pd.DataFrame:
    """
    Read an XES file: one row an event, attributes as columns, in the order of the file.

    Notes
    -----
    Always by the same reader. Left to itself pm4py takes rustxes where that is installed: it is
    five times as fast, but gives what an event lacks the defaults of ``global`` (617 cases of the
    receipt log ended in 1970, units were called UNKNOWN), empties dates that it cannot read, and
    makes zeros of ids that are no UUID.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it advertises another reader
        frame: pd.DataFrame = package().read_xes(str(path), variant="chunk_regex")
    return frame.reset_index(drop=True)


def inductive_tree(variants: dict[tuple[str, ...], int], noise: float) -> Any:
    """
    Mine a process tree from variants with their counts.

    Notes
    -----
    pm4py's front door wants a whole log; its miner underneath works on the compact one, and gives
    the same tree. ``noise`` 0 is the plain inductive miner, above it the infrequent one (IMf).
    """
    package()
    from pm4py.algo.discovery.inductive.dtypes.im_ds import IMDataStructureUVCL
    from pm4py.algo.discovery.inductive.variants.im import IMUVCL
    from pm4py.algo.discovery.inductive.variants.imf import IMFUVCL, IMFParameters
    from pm4py.objects.process_tree.utils import generic

    parameters = {IMFParameters.NOISE_THRESHOLD: noise}
    # pm4py cuts in the order of a log's variants: most frequent first, ties by name.
    order = sorted(variants, key=lambda variant: (-variants[variant], variant))
    log = Counter({variant: variants[variant] for variant in order})
    miner = IMFUVCL if noise > 0 else IMUVCL
    tree = miner(parameters).apply(IMDataStructureUVCL(log), parameters)
    tree = generic.fold(tree)
    generic.tree_sort(tree)
    return tree


def heuristics_net(variants: dict[tuple[str, ...], int], dependency: float) -> Any:
    """Mine a heuristics net from variants with their counts."""
    package()
    from pm4py.algo.discovery.heuristics.variants import classic

    ends: dict[str, Counter[Any]] = {name: Counter() for name in ("n", "first", "last")}
    pairs: dict[int, Counter[Any]] = {1: Counter(), 2: Counter()}
    triples: Counter[Any] = Counter()
    for variant, count in variants.items():
        for activity in variant:
            ends["n"][activity] += count
        if variant:
            ends["first"][variant[0]] += count
            ends["last"][variant[-1]] += count
        for gap, pair in pairs.items():
            for a, b in zip(variant, variant[gap:], strict=False):
                pair[a, b] += count
        for a, b, c in zip(variant, variant[1:], variant[2:], strict=False):
            triples[a, b, c] += count
    parameters = {classic.Parameters.DEPENDENCY_THRESH: dependency}
    return classic.apply_heu_dfg(
        dict(pairs[1]),
        activities=sorted(ends["n"]),
        activities_occurrences=dict(ends["n"]),
        start_activities=dict(ends["first"]),
        end_activities=dict(ends["last"]),
        dfg_window_2=dict(pairs[2]),
        freq_triples=dict(triples),
        parameters=parameters,
    )


def mine(variants: dict[tuple[str, ...], int], algorithm: str, noise: float) -> Any:
    """Mine a model from variants with their counts."""
    if algorithm == "inductive":
        return inductive_tree(variants, noise)
    if algorithm == "heuristics":
        return heuristics_net(variants, 1 - noise)
    if noise:
        raise ValueError(f"noise is {noise!r}; a directly-follows graph takes noise=0")
    return directly_follows(variants)


def directly_follows(
    variants: dict[tuple[str, ...], int],
) -> tuple[dict[tuple[str, str], int], dict[str, int], dict[str, int]]:
    """
    Count who follows whom, who begins and who ends.

    Examples
    --------
    >>> directly_follows({("a", "b"): 2})
    ({('a', 'b'): 2}, {'a': 2}, {'b': 2})
    """
    follows, first, last = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for variant, count in variants.items():
        first[variant[0]] += count
        last[variant[-1]] += count
        for pair in pairwise(variant):
            follows[pair] += count
    return dict(follows), dict(first), dict(last)


def petri_net(mined: Any, algorithm: str) -> tuple[Any, Any, Any]:
    """The Petri net of a mined object, with its initial and its final marking."""
    front = package()
    if algorithm == "dfg":
        net = front.convert_to_petri_net(*mined)
    else:
        net = front.convert_to_petri_net(mined)
    return net[0], net[1], net[2]


def bpmn(mined: Any, algorithm: str) -> Any:
    """The BPMN diagram of a mined object."""
    front = package()
    if algorithm == "inductive":
        return front.convert_to_bpmn(mined)
    if algorithm == "dfg":
        return _bpmn_of_dfg(*mined)
    return front.convert_to_bpmn(*petri_net(mined, algorithm))


def _bpmn_of_dfg(
    follows: dict[tuple[str, str], int], first: dict[str, int], last: dict[str, int]
) -> Any:
    """Who follows whom as a diagram of one task an activity; pm4py's has one a way in."""
    from pm4py.objects.bpmn.obj import BPMN

    diagram = BPMN()
    names = sorted({*first, *last, *(name for pair in follows for name in pair)})
    tasks = {name: BPMN.Task(name=name) for name in names}
    start, end = BPMN.StartEvent(name=""), BPMN.EndEvent(name="")
    for node in (start, *tasks.values(), end):
        diagram.add_node(node)
    flows = [
        *((start, tasks[name]) for name in sorted(first)),
        *((tasks[a], tasks[b]) for a, b in sorted(follows)),
        *((tasks[name], end) for name in sorted(last)),
    ]
    for a, b in flows:
        diagram.add_flow(BPMN.SequenceFlow(a, b))
    return diagram


def bpmn_parts(diagram: Any) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """Take a BPMN diagram apart: nodes ``(id, kind, label)`` and flows, in a fixed order."""
    kinds = {
        "StartEvent": "start",
        "NormalStartEvent": "start",
        "EndEvent": "end",
        "NormalEndEvent": "end",
        "ExclusiveGateway": "xor",
        "ParallelGateway": "and",
        "InclusiveGateway": "or",
    }
    # pm4py names nodes at random: number them from the start, along the names of what follows.
    graph = {
        node: sorted((f.get_target() for f in node.get_out_arcs()), key=_told)
        for node in diagram.get_nodes()
    }
    waiting = [node for node in graph if kinds.get(type(node).__name__) == "start"]
    order: dict[Any, int] = {}
    while waiting:
        node = waiting.pop(0)
        if node not in order:
            order[node] = len(order)
            waiting.extend(graph[node])
    nodes = [
        (f"n{number}", kinds.get(type(node).__name__, "task"), node.get_name() or "")
        for node, number in order.items()
    ]
    flows = [(f"n{order[a]}", f"n{order[b]}") for a in order for b in graph[a]]
    return nodes, flows


def _told(node: Any) -> tuple[str, str, list[str]]:
    """Tell nodes apart by what they show and by what stands behind them, two steps deep."""
    behind = [flow.get_target() for flow in node.get_out_arcs()]
    further = [flow.get_target() for near in behind for flow in near.get_out_arcs()]
    names = sorted(type(n).__name__ + (n.get_name() or "") for n in (*behind, *further))
    return type(node).__name__, node.get_name() or "", names


def task_names(diagram: Any) -> list[str]:
    """Name all tasks of a BPMN diagram, also those that nothing leads to."""
    from pm4py.objects.bpmn.obj import BPMN

    return [node.get_name() for node in diagram.get_nodes() if isinstance(node, BPMN.Task)]


def write_bpmn(diagram: Any, path: Path) -> None:
    """Write a BPMN diagram; without pm4py's layout, which wants a ``dot`` program."""
    package().write_bpmn(diagram, str(path), auto_layout=False)


# --- prescribed flows


def process_tree(node: Any) -> Any:
    """A part of a prescribed flow (``criteria.flows.Node``) as a process tree."""
    package()
    from pm4py.objects.process_tree.obj import Operator, ProcessTree

    if node.operator in {"step", "skip"}:
        return ProcessTree(label=node.name or None)
    operators = {
        "sequence": Operator.SEQUENCE,
        "choice": Operator.XOR,
        "parallel": Operator.PARALLEL,
        "loop": Operator.LOOP,
    }
    tree = ProcessTree(operator=operators[node.operator])
    tree.children = [process_tree(child) for child in node.children]
    for child in tree.children:
        child.parent = tree
    return tree


def read_bpmn(path: Path) -> Any:
    """Read a BPMN file."""
    return package().read_bpmn(str(path))


# --- replaying a log on a net


Net = tuple[Any, Any, Any]
Trace = tuple[str, ...]


def stable(net: Net) -> Net:
    """
    Rebuild a Petri net so that every run goes through it in the same order.

    Notes
    -----
    pm4py keeps places and transitions in sets by their address in memory: among alignments of the
    same cost it would take another one run by run.
    """
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

    old, first, last = net
    places = _numbered(old.places, PetriNet.Place, lambda place: (_natural(place.name),))
    ends = {
        move: [sorted(places[arc.source].number for arc in move.in_arcs),
               sorted(places[arc.target].number for arc in move.out_arcs)]
        for move in old.transitions
    }  # fmt: skip
    moves = _numbered(
        old.transitions, PetriNet.Transition, lambda move: (move.label or "", *ends[move])
    )
    new = PetriNet(old.name)
    for node in places.values():
        new.places.add(node)
    for node in moves.values():
        new.transitions.add(node)
    for move, there in moves.items():
        for arc in move.in_arcs:
            add_arc_from_to(places[arc.source], there, new, weight=arc.weight)
        for arc in move.out_arcs:
            add_arc_from_to(there, places[arc.target], new, weight=arc.weight)
    markings = (Marking({places[place]: n for place, n in m.items()}) for m in (first, last))
    return (new, *markings)


def _natural(name: str) -> list[tuple[int, str]]:
    """Sort p_2 before p_10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _numbered(nodes: Any, kind: Any, key: Any) -> dict[Any, Any]:
    """For each node a twin whose hash is its number."""

    class Twin(kind):  # type: ignore[misc]
        number = 0

        def __hash__(self) -> int:
            return self.number

        def __eq__(self, other: object) -> bool:
            return self is other

    twins = {}
    for number, node in enumerate(sorted(nodes, key=key)):
        # pm4py replays along names; only those of steps are made up anew each time.
        label = getattr(node, "label", None)
        name = node.name if label is None else f"{label} {number}"
        twins[node] = Twin(name=name, **({"label": label} if hasattr(node, "label") else {}))
        twins[node].number = number
    return twins


def _log_of(traces: Iterable[Trace]) -> Any:
    from pm4py.objects.log.obj import Event, EventLog
    from pm4py.objects.log.obj import Trace as Path_

    return EventLog([Path_([Event({"concept:name": name}) for name in trace]) for trace in traces])


def replay(net: Net, traces: Sequence[Trace], **how: bool) -> list[dict[str, Any]]:
    """
    Replay each trace by tokens.

    Returns
    -------
    list of dict
        As pm4py gives it: ``trace_is_fit, trace_fitness, missing_tokens, consumed_tokens,
        remaining_tokens, produced_tokens, enabled_transitions_in_marking``.
    """
    from pm4py.algo.conformance.tokenreplay.variants import token_replay

    parameters = {token_replay.Parameters.SHOW_PROGRESS_BAR: False}
    parameters |= {token_replay.Parameters[name.upper()]: value for name, value in how.items()}
    replayed: list[dict[str, Any]] = token_replay.apply(_log_of(traces), *net, parameters)
    return replayed


def align(net: Net, trace: Trace) -> tuple[list[tuple[str | None, str | None]], int]:
    """
    Align a trace with a net at the least cost.

    Returns
    -------
    moves, cost
        Moves ``(in the log, in the model)``, None where one of them stands still, without the
        model's silent ones; the number of those that are not in both.

    Raises
    ------
    ValueError
        If the net cannot be run to its end.

    Notes
    -----
    pm4py's memory-saving variant is several times as fast, but misses the least cost where a step
    stands twice in the flow. Of several alignments with as few moves pm4py takes one or another
    run by run: here each move costs a little of its own, so that one of them is the least.
    """
    from pm4py.algo.conformance.alignments.petri_net.variants import dijkstra_no_heuristics

    names = dijkstra_no_heuristics.Parameters
    visible = [move for move in net[0].transitions if move.label is not None]
    parameters = {
        names.PARAM_MODEL_COST_FUNCTION: dict.fromkeys(net[0].transitions, 1)
        | {move: _MOVE + _own(move.name) for move in visible},
        names.PARAM_SYNC_COST_FUNCTION: dict.fromkeys(visible, 0),
        names.PARAM_TRACE_COST_FUNCTION: [
            _MOVE + _own(f"{name}/{place}") for place, name in enumerate(trace)
        ],
    }
    (steps,) = _log_of([trace])
    found = dijkstra_no_heuristics.apply(steps, *net, parameters)
    if found is None:
        raise ValueError("the flow cannot be run from its beginning to its end")
    moves = [tuple(None if side == ">>" else side for side in move) for move in found["alignment"]]
    shown: Any = [move for move in moves if move != (None, None)]
    return shown, int(found["cost"]) // _MOVE


#: What a move costs that is not in both; a thousand of what moves cost of their own are less.
_MOVE = 10**9


def _own(name: str) -> int:
    """A move a little cost of its own, the same every time."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % 10**6


def precision(net: Net, variants: dict[Trace, int]) -> float:
    """
    The share of what the model allows next that was seen next (ETC precision).

    Notes
    -----
    pm4py's own wants every case as a trace. Here each prefix counts as often as it happens.

    References
    ----------
    Muñoz-Gama, J., Carmona, J. (2010). A fresh look at precision in process conformance. Business
    Process Management, LNCS 6336, 211-226.
    """
    from pm4py.objects.petri_net.utils.align_utils import (
        get_visible_transitions_eventually_enabled_by_marking as enabled,
    )

    follows: dict[Trace, set[str]] = {}
    times = Counter[Trace]()
    for variant, count in variants.items():
        for at in range(1, len(variant)):
            follows.setdefault(variant[:at], set()).add(variant[at])
            times[variant[:at]] += count
    cases, begins = sum(variants.values()), {variant[0] for variant in variants}
    can_begin = {move.label for move in enabled(net[0], net[1])}
    allowed, escaping = cases * len(can_begin), cases * len(can_begin - begins)
    how = {
        "consider_remaining_in_fitness": False,
        "try_to_reach_final_marking_through_hidden": False,
        "stop_immediately_unfit": True,
        "walk_through_hidden_trans": True,
    }
    for prefix, one in zip(follows, replay(net, list(follows), **how), strict=True):
        if one["trace_is_fit"]:
            labels = {move.label for move in one["enabled_transitions_in_marking"]} - {None}
            allowed += len(labels) * times[prefix]
            escaping += len(labels - follows[prefix]) * times[prefix]
    return 1 - escaping / allowed if allowed else 1.0
