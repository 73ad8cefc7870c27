"""Dots and passages: by hand, and against plain Python on random logs."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from efficiency import tables
from efficiency.facts.timelines import dots, spectrum

Make = Callable[..., pd.DataFrame]
SEEDS = settings(deadline=None, derandomize=True, max_examples=4, phases=[Phase.generate])
SEED = st.integers(0, 2**32 - 1)


def done_steps(log: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """The done steps of each case in order, the cases by their first moment and id."""
    cases: dict[str, list[dict[str, Any]]] = defaultdict(list)
    first: dict[str, Any] = {}
    for number, step in enumerate(log.to_dict("records"), start=1):
        step.setdefault("row", number)
        seen = [step[name] for name in ("received", "start", "end") if name in step]
        known = [moment for moment in seen if pd.notna(moment)]
        if known:
            case = step["case_id"]
            first[case] = min([first.get(case, known[0]), *known])
            cases[case].append(step)
    ordered = sorted(cases, key=lambda case: (first[case], case))
    done = {case: [step for step in cases[case] if pd.notna(step["end"])] for case in ordered}
    return [
        [
            step | {"came": first[case].normalize()}
            for step in sorted(done[case], key=lambda step: (step["end"], step["row"]))
        ]
        for case in ordered
    ]


@SEEDS
@given(seed=SEED)
def test_dots_equal_a_plain_count(random_log: Make, seed: int) -> None:
    """Each done step stands once, in the row of its case by arrival."""
    log = random_log(seed)
    counted = Counter(
        (
            place,
            step["activity"],
            step["end"].normalize(),
            (step["end"].normalize() - step["came"]).days,
        )
        for place, steps in enumerate(done_steps(log), start=1)
        for step in steps
    )
    found = tables.DOTS.check(dots(log))
    rows = found[["place", "activity", "day", "after"]].itertuples(index=False, name=None)
    assert dict(zip(rows, found["steps"], strict=True)) == dict(counted)


def test_more_cases_than_rows_share_them_in_order(make_log: Make) -> None:
    """Five cases on two rows: the three that came first on the first."""
    log = make_log(
        *[(case, "登记", f"2024-03-0{day} 09:00") for day, case in enumerate("edcba", 1)]
    )
    found = dots(log, rows=2)
    assert found[["place", "steps"]].values.tolist() == [[1, 1]] * 3 + [[2, 1]] * 2
    assert found["day"].is_monotonic_increasing


@SEEDS
@given(seed=SEED)
def test_passages_equal_a_plain_count(
    random_log: Make, walk: Callable[..., float], seed: int
) -> None:
    """Days, counts, the pairs with most hours, and quarters of even size that follow the hours."""
    log = random_log(seed)
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    days: Counter[tuple[Any, ...]] = Counter()
    for steps in done_steps(log):
        for a, b in itertools.pairwise(steps):
            pair = a["activity"], b["activity"]
            took[pair].append(walk(a["end"], b["end"]))
            days[(*pair, a["end"].normalize(), b["end"].normalize())] += 1
    found = tables.SPECTRUM.check(spectrum(log, segments=3))
    pairs = found.drop_duplicates("rank")[["source", "target"]]
    names = [tuple(row) for row in pairs.values.tolist()]
    hours = [sum(took[name]) for name in names]
    np.testing.assert_allclose(hours, sorted(map(sum, took.values()), reverse=True)[:3])
    got = found.groupby(["source", "target", "left", "arrived"])["steps"].sum().to_dict()
    assert got == {key: n for key, n in days.items() if key[:2] in set(names)}
    for (source, target), rows in found.groupby(["source", "target"]):
        sizes = rows.groupby("quarter")["steps"].sum()
        assert sizes.sum() == len(took[source, target])
        assert sizes.max() - sizes.min() <= 1


def test_the_slow_stand_in_the_last_quarter(make_log: Make) -> None:
    """Of four cases the one that took a week is in quarter 4, that of an hour in quarter 1."""
    ends = {"a": "2024-03-04 10:00", "b": "2024-03-04 11:00", "c": "2024-03-05 11:00",
            "d": "2024-03-11 11:00"}  # fmt: skip
    rows = [(case, "登记", "2024-03-04 09:00") for case in ends]
    found = spectrum(make_log(*rows, *[(case, "转办", end) for case, end in ends.items()]))
    assert found[["arrived", "quarter"]].astype(str).values.tolist() == [
        ["2024-03-04", "1"], ["2024-03-04", "2"], ["2024-03-05", "3"], ["2024-03-11", "4"],
    ]  # fmt: skip


def test_without_a_second_step_there_is_no_passage(make_log: Make) -> None:
    """The table is empty and keeps its contract."""
    found = spectrum(make_log(("1", "登记", "2024-03-04 09:00")))
    assert found.empty
    assert found.columns.tolist() == tables.SPECTRUM.names
