"""Pairs at any shift against pairs counted one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.findings.groups.pairs import Pairs
from efficiency.findings.groups.samples import Sample, comparable
from sampled import CASES, Case, of


def counted(sample: Sample, group: np.ndarray, theta: float) -> np.ndarray:
    """Every case's score, by asking of each two which surely took longer."""
    hours = sample.hours - np.where(group, theta, 0.0)
    longer = hours[:, None] > hours
    longer |= (hours[:, None] == hours) & sample.running[:, None]
    longer &= ~sample.running & (sample.stratum[:, None] == sample.stratum)
    return np.asarray(longer.sum(axis=1) - longer.sum(axis=0))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(CASES, st.integers(-16, 16).map(lambda half: half / 2))
def test_a_shift_is_as_if_the_group_had_taken_less(cases: list[Case], theta: float) -> None:
    """With ties, running cases and strata; T needs the group's cases only."""
    sample, group = of(cases, [at % 3 for at in range(len(cases))])
    both = comparable(sample, group)
    sample, group = sample.where(both), group[both]
    pairs = Pairs(sample, group)
    if not len(sample.hours):
        assert np.isnan(pairs.delta)
        assert pairs.statistic(theta).z == 0.0
        return
    told = counted(sample, group, theta)
    size = np.bincount(sample.stratum)[sample.stratum]
    own = np.bincount(sample.stratum[group], minlength=sample.stratum.max() + 1)[sample.stratum]
    weight = told / (size + 1)
    effects = np.where(group, weight * (size - own) / size, -weight * own / size)
    for side, found in zip((pairs.own, pairs.rest), pairs.effects(theta), strict=True):
        assert found.tolist() == pytest.approx(effects[side.at].tolist())
    total = float(weight[group].sum())
    assert pairs.total(theta) == pytest.approx(total)
    assert pairs.statistic(theta).total == pytest.approx(total)
    by_week = np.zeros(int(np.ptp(sample.period)) + 1)  # type: ignore[arg-type]
    for side in (group, ~group):
        centred = effects[side] - effects[side].mean()
        np.add.at(by_week, sample.period[side] - sample.period.min(), centred)  # type: ignore[index,union-attr]
    if not theta:
        assert pairs.by_period().tolist() == pytest.approx(by_week.tolist())
