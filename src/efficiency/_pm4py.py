"""The one door to pm4py: imported when first needed, silent, on copies, in a stable order."""

from __future__ import annotations

import os
import sys
import warnings
from collections import Counter
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
    """Read an XES file: one row an event, attributes as columns, in the order of the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it advertises another reader
        frame: pd.DataFrame = package().read_xes(str(path))
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
    """Give the Petri net of a mined object, with its initial and its final marking."""
    front = package()
    if algorithm == "dfg":
        net = front.convert_to_petri_net(*mined)
    else:
        net = front.convert_to_petri_net(mined)
    return net[0], net[1], net[2]


def bpmn(mined: Any, algorithm: str) -> Any:
    """Give the BPMN diagram of a mined object."""
    front = package()
    if algorithm == "inductive":
        return front.convert_to_bpmn(mined)
    if algorithm == "dfg":
        return _bpmn_of_dfg(*mined)
    return front.convert_to_bpmn(*petri_net(mined, algorithm))


def _bpmn_of_dfg(
    follows: dict[tuple[str, str], int], first: dict[str, int], last: dict[str, int]
) -> Any:
    """Give who follows whom as a diagram of one task an activity; pm4py's has one a way in."""
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


def write_bpmn(diagram: Any, path: Path) -> None:
    """Write a BPMN diagram; without pm4py's layout, which wants a ``dot`` program."""
    package().write_bpmn(diagram, str(path), auto_layout=False)
