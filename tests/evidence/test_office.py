"""The documents that come in: how many of each kind, and when."""

from __future__ import annotations

import dataclasses

import chinese_calendar
import numpy as np
import pandas as pd
import pytest

from efficiency.evidence.hours import Clock
from efficiency.evidence.office import DESKS, MINUTES, Document, Plan, documents


@pytest.fixture(scope="module")
def office(days: pd.DataFrame) -> Clock:
    """Give the office's hours."""
    return Clock.of(days, 0)


@pytest.fixture(scope="module")
def drawn(office: Clock) -> list[Document]:
    """Give the documents of two years."""
    return documents(office, Plan(), 7, 2000)


def in_summer_or_winter_hours(moment: pd.Timestamp) -> bool:
    """Tell by the yearly notices and the written hours whether the office is open."""
    summer = "07-01" <= f"{moment:%m-%d}" <= "09-30"
    spans = (("08:30", "12:00"), ("15:00", "18:30") if summer else ("14:30", "18:00"))
    clock = f"{moment:%H:%M:%S}"
    return chinese_calendar.is_workday(moment.date()) and any(a <= clock <= b for a, b in spans)


def test_documents_come_in_order_within_the_two_years(drawn: list[Document]):
    arrived = [document.arrived for document in drawn]
    assert arrived == sorted(arrived)
    assert pd.Timestamp("2023-01-01") <= pd.Timestamp(arrived[0], unit="s")
    assert pd.Timestamp(arrived[-1], unit="s") < pd.Timestamp("2025-01-01")


def test_ordinary_documents_come_in_office_hours_and_urgent_ones_at_any_time(
    drawn: list[Document],
):
    opened = pd.Series(
        [in_summer_or_winter_hours(pd.Timestamp(d.arrived, unit="s")) for d in drawn]
    )
    urgent = pd.Series([document.urgency == "特急" for document in drawn])
    assert opened[~urgent].all()
    # 40 % come in office hours, and of the others about one in five:
    # 500 days of 7 hours in 731 days of 24.
    assert opened[urgent].mean() == pytest.approx(0.4 + 0.6 * 0.2, abs=0.12)


def test_shares_are_as_planned(drawn: list[Document]):
    frame = pd.DataFrame([dataclasses.asdict(d) | {"chance": None} for d in drawn])
    # Four standard errors of a share of 2,000.
    assert (frame["urgency"] == "特急").mean() == pytest.approx(0.07, abs=0.023)
    assert (frame["level"] == "下级").mean() == pytest.approx(0.55, abs=0.045)
    assert (frame["kind"] == "请示").mean() == pytest.approx(0.275, abs=0.04)
    assert set(frame.loc[frame["kind"] == "请示", "level"]) == {"下级"}


def test_the_handling_unit_hangs_on_nothing_else(drawn: list[Document]):
    frame = pd.DataFrame([(d.handler, d.kind, d.level) for d in drawn], columns=list("hkl"))
    assert frame["h"].value_counts(normalize=True).between(0.16, 0.24).all()
    shares = pd.crosstab(frame["l"], frame["h"], normalize="index")
    assert (shares - 0.2).abs().to_numpy().max() < 0.1


def test_seasons_show_in_the_months_and_the_null_plan_has_none(office: Clock):
    def share_of_december(plan: Plan) -> float:
        months = [
            pd.Timestamp(document.arrived, unit="s").month
            for seed in range(3)
            for document in documents(office, plan, seed, 2000)
        ]
        return float(np.mean(np.array(months) == 12))

    # 43 of the 500 working days of the two years lie in a December.
    assert share_of_december(Plan.null()) == pytest.approx(43 / 500, abs=0.015)
    assert share_of_december(Plan()) > 43 / 500 + 0.015


def test_the_null_plan_plants_nothing():
    null = Plan.null()
    assert null.slow_factor == null.month_end_factor == null.change_factor == 1
    assert null.put_off_share == null.laid_aside_share == null.seasonality == 0
    assert null.loop_rate == null.rework_rate == null.express_share == 0
    assert not null.faults


def test_every_person_sits_at_one_desk_of_a_unit_of_two_to_five():
    people = [(unit, name) for unit, _, names in DESKS for name in names.split()]
    assert len({name for _, name in people}) == len(people)
    sizes = pd.Series([unit for unit, _ in people]).value_counts()
    assert sizes.between(2, 5).all()


def test_every_step_has_its_minutes():
    assert set(MINUTES) == {activity for _, activities, _ in DESKS for activity in activities}
