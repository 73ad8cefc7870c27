"""What is planted: nothing in the null plan, and no more than one thing on a document's way."""

from __future__ import annotations

import dataclasses

import pytest

from efficiency.evidence.plan import LOOK_ALIKES, WAYS, Lapses, Plan

LAPSES = {field.name for field in dataclasses.fields(Lapses)}


def test_the_null_plan_plants_nothing():
    null = Plan.null()
    assert null.slow_factor == null.month_end_factor == null.change_factor == 1
    assert null.put_off_share == null.laid_aside_share == null.seasonality == 0
    assert null.loop_rate == null.rework_rate == null.express_share == 0
    assert set(dataclasses.asdict(null.lapses).values()) == {0}
    assert not null.faults


def test_the_null_plan_keeps_what_makes_no_difference():
    null, usual = (dataclasses.asdict(plan) for plan in (Plan.null(), Plan()))
    kept = {name for name, value in usual.items() if null[name] == value}
    assert kept == {"return_rate", "supplement_rate", "urge_rate", "away_rate"}
    assert set(null["legal_kinds"]) == {"请示", "报告", "意见", "通知", "函"}


def test_an_office_may_keep_to_procedure():
    none = Lapses.none()
    assert none == Plan.null().lapses
    assert none != Lapses()
    assert all(rate > 0 for rate in dataclasses.asdict(Lapses()).values())


def test_ways_are_lapses_and_what_looks_like_them_is_none():
    assert set(LOOK_ALIKES) < set(WAYS) < LAPSES
    assert len(set(WAYS)) == len(WAYS)
    assert LAPSES.isdisjoint(LOOK_ALIKES.values())
    assert len(set(LOOK_ALIKES.values())) == len(LOOK_ALIKES)


def test_one_in_seven_documents_takes_an_unusual_way():
    """0.107 go astray and 0.033 look so; above 1 some would never be drawn."""
    rates = dataclasses.asdict(Lapses())
    astray, alike = (sum(rates[way] for way in ways) for ways in (WAYS, LOOK_ALIKES))
    assert (astray, alike) == pytest.approx((0.107, 0.033))
