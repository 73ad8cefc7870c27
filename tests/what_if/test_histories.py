"""Simulated histories are what queueing theory says, and the same office gives the same history."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.facts.events import observed
from efficiency.what_if.fitted_office import Office, fit_office
from efficiency.what_if.histories import history
from facts.erlang import (
    ALWAYS,
    erlang_wait,
    poisson_queue,
    pollaczek_khinchine,
    queue_log,
)


def fitted(log: pd.DataFrame, calendar: Calendar = ALWAYS, cutoff: str | None = None) -> Office:
    with observed(log, calendar, cutoff=cutoff) as events:
        return fit_office(events, calendar)


def with_people(office: Office, people: int) -> Office:
    return replace(office, desks=office.desks.assign(places=people))


def mean_wait(office: Office, seeds: range) -> float:
    waits = []
    for seed in seeds:
        log = history(office, seed).log
        waits.append((log["start"] - log["received"]).dt.total_seconds().mean())
    return float(np.mean(waits))


@pytest.fixture(scope="module")
def four() -> Office:
    """Four that come within half a minute to one person, who takes ten minutes over each."""
    return fitted(queue_log(np.array([0.0, 10, 20, 30]), np.full(4, 600.0), 1))


@pytest.fixture(scope="module")
def sixty() -> Office:
    """Sixty that come and are served by chance."""
    service = np.random.default_rng(1).exponential(600, 60)
    return fitted(poisson_queue(2, 60, 700, service, 1))


def test_people_added_to_an_erlang_queue() -> None:
    """A load of 1.7 on two people, fitted; on three, simulated: Erlang's C formula."""
    service = np.random.default_rng(3).exponential(600, 9_000)
    office = fitted(poisson_queue(4, 9_000, 600 / 1.7, service, 2))
    assert office.desks["places"].tolist() == [2]
    assert office.other[0].times == ((0,) * len(office.other[0].times[0]),)
    # 9,000 arrivals as they came: the standard error of such means is about 5 %.
    told = erlang_wait(1.7, 3, 600)
    assert mean_wait(with_people(office, 3), range(2)) == pytest.approx(told, rel=0.12)
    assert mean_wait(office, range(2)) == pytest.approx(erlang_wait(1.7, 2, 600), rel=0.25)


@pytest.mark.parametrize(("sigma", "seed"), [(0.0, 7), (0.8, 8)])
def test_one_person_with_services_of_any_shape(sigma: float, seed: int) -> None:
    """M/G/1 at a load of 0.6: constant times and lognormal ones, by Pollaczek and Khinchine."""
    draws = np.random.default_rng(seed).lognormal(-(sigma**2) / 2, sigma, 9_000)
    office = fitted(poisson_queue(seed + 1, 9_000, 1000, 600 * draws, 1))
    told = pollaczek_khinchine(0.6, 600, np.exp(sigma**2) - 1)
    # Where all take as long, every history is the same.
    seeds = range(2 if sigma else 1)
    assert mean_wait(office, seeds) == pytest.approx(told, rel=0.12)


def test_a_queue_of_constant_times_comes_out_to_the_second() -> None:
    """Nothing is left to chance: the history is the record, on office hours and over nights."""
    arrivals = np.cumsum(np.random.default_rng(5).exponential(5400, 60)).round()
    log = queue_log(arrivals, np.full(60, 1800.0), 1, np.datetime64("2024-03-05T08:30:00"))
    office = fitted(log)
    told = history(office, 1).log
    assert_frame_equal(told[log.columns.tolist()], log[log.columns.tolist()], check_dtype=False)
    assert history(office, 1).busy_hours[0] == pytest.approx(30, abs=0.51)
    assert tables.LOG.check(told) is told


def test_work_stops_at_closing_and_goes_on_at_opening() -> None:
    """Taken up at 17:30 for two hours: done at 10:00. What comes at night is taken up at 8:30."""
    rows = {
        "received": ["2024-03-05 09:00", "2024-03-05 17:30", "2024-03-05 22:00"],
        "start": ["2024-03-05 09:00", "2024-03-05 17:30", "2024-03-06 10:00"],
        "end": ["2024-03-05 11:00", "2024-03-06 10:00", "2024-03-06 12:00"],
    }
    log = pd.DataFrame({"case_id": list("123"), "activity": "登记", "unit": "一处", "actor": "甲"})
    log = log.assign(**{name: pd.to_datetime(times) for name, times in rows.items()})
    office = fitted(log, Calendar())
    told = history(office, 1).log
    for name in rows:
        assert told[name].tolist() == log[name].tolist()
    second = history(with_people(office, 2), 1).log
    assert second["start"].tolist()[2] == pd.Timestamp("2024-03-06 08:30")


def test_ranks_come_before_the_order_of_coming(four: Office) -> None:
    steps = four.steps.assign(first_rank=[1, 1, 0, 0], second_rank=[0, 0, 9, 1])
    ranked = replace(four, steps=steps)
    starts = history(ranked, 1).log.set_index("case_id")["start"].sort_values()
    assert starts.index.tolist() == ["00000", "00003", "00002", "00001"]


def test_what_lies_after_the_cutoff_is_not_seen() -> None:
    """Of four one is done by 0:40, one in hand, one waits, and one has not come."""
    log = queue_log(np.array([0.0, 600, 1200, 3000]), np.full(4, 1800.0), 1)
    told = history(fitted(log, cutoff="2024-01-01 00:40:00"), 1).log
    assert told["end"].notna().tolist() == [True, False, False]
    assert told["start"].notna().tolist() == [True, True, False]
    assert told["actor"].notna().tolist() == [True, True, False]
    assert told[["received", "start", "end"]].max().max() <= pd.Timestamp("2024-01-01 00:40:00")


def test_the_same_seed_gives_the_same_history(sixty: Office) -> None:
    once, again, other = (history(sixty, seed) for seed in (1, 1, 2))
    assert once.log.equals(again.log)
    assert once.busy_hours == again.busy_hours
    assert not once.log.equals(other.log)


def test_a_step_keeps_its_chances_where_another_is_gone(sixty: Office) -> None:
    """Enough people for all: without the first step the others are as they were, to the second."""
    office = with_people(sixty, 60)
    steps = office.steps.iloc[1:].reset_index(drop=True)
    fewer = replace(office, steps=steps, occasions=office.occasions[1:])
    whole, rest = (history(one, 3).log.set_index("case_id")["end"] for one in (office, fewer))
    assert rest.equals(whole.iloc[1:])


def test_new_people_have_names_of_their_own(four: Office) -> None:
    told = history(with_people(four, 3), 1).log
    assert sorted(set(told["actor"])) == ["一处＋1", "一处＋2", "甲"]


@given(st.integers(0, 10_000), st.integers(1, 3))
@settings(max_examples=3, deadline=None)
def test_nobody_does_more_than_he_can(seed: int, people: int) -> None:
    """Each person does one thing at a time, in office hours; nobody starts before it came."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(900, 60)).round()
    start = np.datetime64("2024-03-05T08:30:00")
    log = queue_log(arrivals, rng.exponential(1500, 60).round(), people, start)
    told = history(with_people(fitted(log, Calendar()), people), seed).log.dropna(subset=["end"])
    assert (told["start"] >= told["received"]).all()
    assert (told["end"] >= told["start"]).all()
    for _, own in told.sort_values(["start", "end"]).groupby("actor"):
        assert (own["start"].iloc[1:].to_numpy() >= own["end"].iloc[:-1].to_numpy()).all()
    assert told["actor"].nunique() <= people
    begun = told["start"].dt.hour * 60 + told["start"].dt.minute
    assert (begun.between(510, 719) | begun.between(870, 1079)).all()
