"""What registers are made of: accounts by hand, and hours that stand still when nobody works."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.ledger import (
    Account,
    Hours,
    arrivals,
    numbered,
    register,
    seen,
    stamp,
)


def at(text: str) -> int:
    return int(np.datetime64(text, "s").astype("int64"))


def test_an_account_judges_by_the_moments_of_the_record() -> None:
    account, due = Account(), at("2024-06-03T18:00")
    account.judge("T", "a", at("2024-06-03T09:00"), due, due)
    account.judge("T", "b", at("2024-06-03T09:00"), due + 60, due)
    account.judge("T", "c", at("2024-06-03T09:00"), None, due)
    account.judge("T", "d", at("2024-12-31T17:00"), at("2025-01-02T09:00"), at("2025-01-02T18:00"))
    account.judge("T", "e", at("2025-01-02T09:00"), None, at("2025-01-03T18:00"))
    account.judge("T", "f", None, None, due)
    account.hold("P", "a", broken=False)
    account.hold("P", "b", broken=True)
    assert account.told() == {
        "P": {"broken": ["b"], "kept": 1},
        "T": {"late": ["b"], "met": 1, "overdue": ["c"], "pending": ["d"]},
    }


def test_hours_pass_only_while_the_office_is_open(office: DeskHours) -> None:
    hours = Hours(office, random.Random(1))
    friday = at("2024-06-07T17:30")  # before a weekend and the dragon boat holiday on Monday
    for _ in range(20):
        later = hours.after(friday, 1.0, 3.0)
        assert at("2024-06-11T09:00") <= later <= at("2024-06-11T11:00")
        assert (
            friday
            <= hours.within(friday, at("2024-06-11T09:30"), 0.0, 1.0)
            <= at("2024-06-11T09:30")
        )


def test_what_is_prompt_is_done_within_working_days(office: DeskHours) -> None:
    hours = Hours(office, random.Random(1))
    asked = [at("2024-06-06T10:00")]  # a Thursday; Friday, Tuesday and Wednesday follow
    assert hours.is_prompt(asked, [at("2024-06-12T17:00")])
    assert not hours.is_prompt(asked, [at("2024-06-13T08:30")])
    assert not hours.is_prompt(asked, [at("2024-06-06T09:59")])
    assert not hours.is_prompt([], asked)


def test_cases_come_in_while_the_office_is_open(office: DeskHours) -> None:
    moments = arrivals(office, random.Random(1), 200)
    assert moments == sorted(moments)
    assert {dt.datetime.fromtimestamp(m, tz=dt.UTC).year for m in moments} == {2023, 2024}
    assert all(office.begin(office.work(moment)) == moment for moment in moments)


def test_numbers_begin_anew_each_year_and_the_future_is_not_seen() -> None:
    moments = [at("2023-01-03T09:00"), at("2023-05-01T09:00"), at("2024-01-02T09:00")]
    assert list(numbered("督", moments)) == [
        "督〔2023〕001号",
        "督〔2023〕002号",
        "督〔2024〕001号",
    ]
    assert seen(at("2025-01-01T00:00")) is None
    assert stamp(at("2024-12-31T17:59:59")) == "2024-12-31 17:59"


def test_criteria_bear_the_name_of_their_log() -> None:
    limits, rules = [{"standard_id": "T"}], [{"rule_id": "P"}]
    made = register("duty", [{"a": "1"}], (limits, rules), Account(), {"late": 0.1})
    assert (made.limits, made.rules) == (
        [{"standard_id": "T", "log": "duty"}], [{"rule_id": "P", "log": "duty"}]
    )  # fmt: skip
    assert made.truth == {"planted": {"late": 0.1}, "verdicts": {}}
    assert limits == [{"standard_id": "T"}]
