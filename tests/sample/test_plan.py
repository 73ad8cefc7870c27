"""What is planted: nothing in the null plan, and no more than one thing on a document's way."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from efficiency.sample.plan import LOOK_ALIKES, WAYS, Lapses, Plan

LAPSES = {field.name for field in dataclasses.fields(Lapses)}


def test_the_null_plan_plants_nothing():
    null = Plan.null()
    assert null.slow_factor == null.month_end_factor == null.change_factor == 1
    assert null.put_off_share == null.laid_aside_share == null.seasonality == 0
    assert null.loop_rate == null.rework_rate == null.express_share == 0
    assert set(dataclasses.asdict(null.lapses).values()) == {0}
    assert null.reform_days == null.overload == 0
    assert (null.then, null.acted) == ((), None)
    assert not null.faults


def test_the_null_plan_keeps_what_makes_no_difference():
    null, usual = (dataclasses.asdict(plan) for plan in (Plan.null(), Plan()))
    kept = {name for name, value in usual.items() if null[name] == value}
    asked_for = {"reform_days", "overload", "then", "acted"}
    assert kept - asked_for == {"return_rate", "supplement_rate", "urge_rate", "away_rate"}
    assert asked_for < kept
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


def seconds(moment: str) -> int:
    """A moment as the office counts it."""
    return int(pd.Timestamp(moment).timestamp())


def test_what_is_done_counts_from_its_day_on():
    plan = Plan(
        month_end_factor=4.0,
        then=(("loop_rate", 0.1), ("lapses.forward", 0.5), ("reform_days", 2)),
        acted=dt.date(2024, 1, 2),
    )
    before, after = plan.at(seconds("2024-01-01 23:59:59")), plan.at(seconds("2024-01-02"))
    assert before is plan
    assert (before.loop_rate, before.lapses.forward, before.reform_days) == (0.2, 0.012, 0)
    assert (after.loop_rate, after.lapses.forward, after.reform_days) == (0.1, 0.5, 2)
    told, was = dataclasses.asdict(after), dataclasses.asdict(plan)
    changed = {name for name, value in told.items() if value != was[name]}
    assert changed == {"loop_rate", "lapses", "reform_days", "then", "acted"}
    rates = {name for name, rate in told["lapses"].items() if rate != was["lapses"][name]}
    assert rates == {"forward"}
    assert after.at(seconds("2022-01-01")) is after


def test_where_nothing_is_done_all_days_are_alike():
    plan = Plan()
    assert plan.at(seconds("2100-01-01")) is plan
    assert plan.later == plan


@pytest.mark.parametrize(
    "knob",
    ["loops", "lapses", "lapses.loop_rate", "then", "seasonality", "express_share", "faults"],
)
def test_what_cannot_be_acted_upon_is_refused(knob: str):
    with pytest.raises(ValueError, match=rf"then cannot change {knob}; only slow_factor, .*lapses"):
        Plan(then=(("slow_factor", 1.0), (knob, 0.5)), acted=dt.date(2024, 1, 1))


@pytest.mark.parametrize(
    "half", [{"then": (("slow_factor", 1.0),)}, {"acted": dt.date(2024, 1, 1)}]
)
def test_what_is_done_has_a_day(half: dict):
    with pytest.raises(ValueError, match="then and acted"):
        Plan(**half)
