"""Limits that stand in a column: what each value means, and which means nothing."""

from __future__ import annotations

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.clock import KINDS, OwnLimit
from efficiency.findings.standards.clocks.own_limits import limit_values, number_of

MINUTE = 60_000_000
READ = {
    "3个工作日": ("working_days", 3), "2 h": ("working", 120 * MINUTE), "半日": ("half_days", 1),
    "当日": ("same_day", 1), "10日": ("days", 10),
    "2024-03-05": ("due_date", 19787), "2024/3/5": ("due_date", 19787),
    "2024-03-05 12:00": ("due_moment", (19787 * 1440 + 720) * MINUTE),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_what_a_value_means(text: str) -> None:
    kind, amount = READ[text]
    told = limit_values(pd.Series([text]), OwnLimit("承诺"))
    assert told.values.tolist() == [[text, number_of(kind), amount]]


@pytest.mark.parametrize("text", ["尽快", "-30 min", "提前30分钟", "0个工作日", "7", "2024-02-30"])
def test_what_means_nothing(text: str) -> None:
    assert limit_values(pd.Series([text, " "]), OwnLimit("承诺")).empty


def test_bare_numbers_have_the_unit_of_the_standard() -> None:
    told = limit_values(pd.Series(["7", "3日", "20240305"]), OwnLimit("承诺", "个工作日"))
    assert told["value"].tolist() == ["7", "3日"]
    assert told["kind"].tolist() == [number_of("working_days"), number_of("days")]


def test_hours_run_on_the_clock_of_the_standard() -> None:
    told = limit_values(pd.Series(["2小时"]), OwnLimit("承诺", choice="elapsed"))
    assert told["kind"].tolist() == [number_of("elapsed")]


def test_a_column_of_times_that_are_all_midnights_holds_dates() -> None:
    texts = pd.Series(["2024-03-05 00:00:00", "2024-03-06 00:00:00"])
    own = OwnLimit("承诺")
    assert limit_values(texts, own, typed=True)["kind"].unique().tolist() == [number_of("due_date")]
    assert limit_values(texts, own)["kind"].unique().tolist() == [number_of("due_moment")]


def test_every_kind_has_a_number() -> None:
    assert [number_of(name) for name in KINDS] == list(range(len(KINDS)))


def test_where_no_case_has_a_limit_nothing_is_decided() -> None:
    end = pd.to_datetime(["2024-03-04 10:00"] * 3)
    log = pd.DataFrame({"case_id": list("123"), "activity": "in", "end": end})
    log["承诺"] = pd.Series(["尽快", None, "0个工作日"], dtype=object)
    for pauses in ({}, {"suspend": "stop", "resume": "go"}):
        standards = pd.DataFrame(
            [{"standard_id": "T", "from": "in", "to": "out", "limit": "=承诺", **pauses}]
        )
        told = eff.judge(log, standards, warn=False)
        assert told[["verdict", "reason"]].values.tolist() == [["undecidable", "limit"]] * 3
        assert eff.judge(log, standards, cutoff="2020-01-01", warn=False).empty
        assert eff.margins(log, standards).empty
