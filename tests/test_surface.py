"""The surface that an analyst meets: nothing that is given is ignored, and nothing is replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.calendar import Calendar, Hours
from efficiency.facts.flows import ends
from efficiency.problems import ArgumentError, TableError

#: An office that works from midnight to midnight but for an hour at noon.
NIGHT = Calendar(hours=Hours(((0, 12 * 3_600_000_000), (13 * 3_600_000_000, 24 * 3_600_000_000))))
STANDARDS = pd.DataFrame(
    {"standard_id": ["T1"], "from": ["登记"], "to": ["转办"], "limit": ["20 h"],
     "clock": ["working"]}
)  # fmt: skip


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """Sixty cases, one a weekday, each forwarded after some days and half of one."""
    begun = pd.Series(pd.bdate_range("2024-03-04 09:00", periods=60))
    taken = pd.to_timedelta((begun.index % 5) * 24 + 9.5, "h")
    return pd.DataFrame(
        {
            "case_id": [*begun.index.astype(str)] * 2,
            "activity": ["登记"] * 60 + ["转办"] * 60,
            "end": [*begun, *(begun + taken)],
            "received": [*begun, *begun],
        }
    )


def test_observed_events_keep_their_calendar_and_what_closes_cases(log: pd.DataFrame) -> None:
    """The risks told of them are those told of the log with the same calendar."""
    with eff.observed(log, NIGHT) as events:
        told = eff.held_back(events, STANDARDS, months=2)
    pd.testing.assert_frame_equal(told, eff.held_back(log, STANDARDS, NIGHT, months=2))
    assert len(told) != len(eff.held_back(log, STANDARDS, months=2))


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"cutoff": "2024-03-10"}, "cutoff"),
        ({"closed_by": ["转办"]}, "closed_by"),
        ({"period": ("2024-03-04", "2024-03-10")}, "period"),
        ({"calendar": NIGHT}, "calendar"),
    ],
)
def test_what_observed_events_fix_is_refused(
    log: pd.DataFrame, given: dict[str, Any], name: str
) -> None:
    with eff.observed(log, NIGHT) as events, pytest.raises(ArgumentError, match=f"{name} is fixed"):
        eff.case_times(events, **given)


def test_events_without_a_calendar_have_no_working_time(log: pd.DataFrame) -> None:
    with eff.observed(log) as events:
        assert len(eff.variants(events))
        with pytest.raises(ArgumentError, match="observed without a calendar"):
            eff.case_times(events)


def test_there_is_one_class_of_hours() -> None:
    """That of calendars; what would be otherwise has another name."""
    assert not hasattr(eff, "Hours")
    assert eff.what_if.OpeningHours is not Hours


def test_open_means_the_same_in_every_function() -> None:
    """By what closes a case, where that is said; else by its steps."""
    moments = {"end": pd.to_datetime(["2024-03-05 10:00", None]),
               "start": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 11:00"])}  # fmt: skip
    log = pd.DataFrame({"case_id": ["1", "1"], "activity": ["归档", "补登"], **moments})
    assert eff.case_times(log)["open"].tolist() == [True]
    assert eff.case_times(log, closed_by=["归档"])["open"].tolist() == [False]
    assert eff.study(log, closed_by=["归档"]).cases["open"].tolist() == [False]
    assert eff.study(log, closed_by=["归档"]).volume["in_hand"].tolist() == [0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda log: eff.judge(log, NIGHT, STANDARDS), "DataFrame"),
        (lambda log: eff.compliance(eff.case_times(log)), "'judgements' table"),
        (lambda log: eff.plot.waiting(eff.case_times(log)), "table"),
        (lambda log: eff.case_times(None), "'log' table"),
        (lambda log: ends(7), "'log' table"),
        (lambda log: eff.deviations(log, STANDARDS), "'rules' table"),
        (lambda log: eff.overdue_risk(log, eff.case_times(log)), "'standards' table"),
        (lambda log: eff.handovers(log, STANDARDS), "Calendar"),
    ],
)
def test_a_wrong_table_is_met_at_the_door(
    log: pd.DataFrame, call: Callable[[pd.DataFrame], Any], said: str
) -> None:
    with pytest.raises((TableError, ArgumentError), match=said):
        call(log)
