"""Small samples of cases in strata, drawn at random, and pairs of them counted one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from efficiency.findings.groups.samples import Sample

Case = tuple[float, bool, int, bool]  # hours, running, stratum, of the group
SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
CASES = st.lists(
    st.tuples(st.integers(0, 6).map(float), st.booleans(), st.integers(0, 2), st.booleans()),
    min_size=1,
    max_size=16,
)


def of(cases: list[Case], periods: list[int] | None = None) -> tuple[Sample, np.ndarray]:
    hours, running, stratum, group = (list(part) for part in zip(*cases, strict=True))
    period = None if periods is None else np.array(periods)
    sample = Sample(np.array(hours), np.array(running), np.array(stratum), period)
    return sample, np.array(group)


def plain(hours: object, period: object = None) -> Sample:
    """A sample of one stratum in which nothing runs."""
    x = np.array(hours, dtype=float)
    held = None if period is None else np.array(period)
    return Sample(x, np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=int), held)


def outlasts(a: Case, b: Case) -> bool:
    """Tell whether a surely takes longer: b is done, and a took longer or still runs by then."""
    return not b[1] and (a[0] > b[0] or (a[1] and a[0] == b[0])) and a[2] == b[2]


def score(case: Case, cases: list[Case]) -> int:
    return sum(outlasts(case, b) - outlasts(b, case) for b in cases)
