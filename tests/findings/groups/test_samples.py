"""What a case outlasts of its like, against pairs counted one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from scipy import stats

from efficiency.findings.groups.samples import Sample, comparable, scores
from sampled import CASES, SEEDS, Case, of, plain, score


@SEEDS
@given(CASES)
def test_scores_count_pairs(cases: list[Case]) -> None:
    """Ties, running cases and strata in any order; as much is won as lost."""
    sample, _ = of(cases)
    before = sample.hours.copy()
    got = scores(sample)
    assert got.tolist() == [score(case, cases) for case in cases]
    assert got.sum() == 0
    assert sample.hours.tolist() == before.tolist()


def test_without_running_cases_scores_are_ranks() -> None:
    hours = np.array([3.0, 1.0, 1.0, 8.0, 3.0])
    assert scores(plain(hours)).tolist() == (2 * stats.rankdata(hours) - 6).tolist()
    assert scores(plain([])).tolist() == []


def test_a_part_of_a_sample_keeps_its_periods() -> None:
    sample = Sample(
        np.array([1.0, 2, 3]), np.array([True, False, True]), np.arange(3), np.array([7, 8, 9])
    )
    part = sample.where(np.array([True, False, True]))
    assert part.hours.tolist() == [1.0, 3.0]
    assert part.running.tolist() == [True, True]
    assert part.stratum.tolist() == [0, 2]
    assert part.period is not None
    assert part.period.tolist() == [7, 9]
    assert plain([1.0]).where(np.array([True])).period is None


@SEEDS
@given(CASES)
def test_comparable_are_the_cases_of_strata_with_both_sides(cases: list[Case]) -> None:
    held = [number for number in range(3) if len({c[3] for c in cases if c[2] == number}) == 2]
    assert comparable(*of(cases)).tolist() == [c[2] in held for c in cases]
