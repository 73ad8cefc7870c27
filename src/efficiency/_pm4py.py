"""The one door to pm4py: imported when first needed, silent, on copies, in a stable order."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd


@cache
def pm4py() -> ModuleType:
    """Import pm4py, which takes seconds, without its banner and progress bars."""
    sys._pm4py_welcome_shown = True  # type: ignore[attr-defined]
    os.environ.setdefault("PM4PY_SHOW_PROGRESS_BAR", "False")
    import pm4py as package

    return package


def read_xes(path: Path) -> pd.DataFrame:
    """Read an XES file: one row an event, attributes as columns, in the order of the file."""
    frame: pd.DataFrame = pm4py().read_xes(str(path))
    return frame.reset_index(drop=True)


def inductive_tree(variants: dict[tuple[str, ...], int], noise: float) -> Any:
    """
    Mine a process tree from variants with their counts.

    Notes
    -----
    pm4py's front door wants a whole log; its miner underneath works on the compact one, and gives
    the same tree. ``noise`` 0 is the plain inductive miner, above it the infrequent one (IMf).
    """
    from collections import Counter

    pm4py()
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
    from collections import Counter

    pm4py()
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
