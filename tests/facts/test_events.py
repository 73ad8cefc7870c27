"""The log as it stood at the cut-off: what is seen, in which order, and what may be left out."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.facts.events import attribute_values, observed
from efficiency.problems import TableError

Make = Callable[..., pd.DataFrame]


def ways(log: pd.DataFrame, **options: object) -> list[str]:
    """The activities of each case in order, cases by their first names."""
    return sorted(eff.variants(log, **options)["activities"])


def test_a_log_built_by_hand_may_leave_everything_else_out() -> None:
    """Case, activity, end: nothing more is needed; the order of the rows parts ties."""
    log = pd.DataFrame(
        {"case_id": ["1", "1"], "activity": ["乙", "甲"], "end": pd.to_datetime(["2024-03-05"] * 2)}
    )
    assert ways(log) == ["乙 → 甲"]
    steps = eff.step_times(log)
    assert steps["row"].tolist() == [1, 2]
    assert steps[["unit", "queue_hours"]].isna().all(axis=None)


def test_what_breaks_the_contract_is_refused(make_log: Make) -> None:
    """A number for a case, and a missing activity: both at once."""
    log = make_log(("1", "登记", "2024-03-05")).assign(case_id=[7], activity=None)
    with pytest.raises(TableError) as caught, observed(log):
        pass
    assert [problem.key for problem in caught.value.problems] == ["type", "empty"]


def test_a_moment_at_the_cutoff_is_seen_one_after_it_is_not(make_log: Make) -> None:
    """To the second; a step without any moment left is not seen at all."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00:00"),
        ("1", "转办", "2024-03-05 09:00:01"),
        ("2", "登记", "2024-03-05 09:30:00"),
        start=[None, "2024-03-05 08:50", None],
    )
    cutoff = pd.Timestamp("2024-03-05 09:00:00")
    cases = eff.case_times(log, cutoff=cutoff)
    assert cases[["case_id", "steps", "open"]].values.tolist() == [["1", 2, True]]
    assert cases["last"].tolist() == [cutoff]
    assert ways(log, cutoff=cutoff) == ["登记"]


def test_the_cutoff_is_the_last_moment_of_any_kind_unless_given(make_log: Make) -> None:
    """Also an arrival may be the last."""
    log = make_log(("1", "登记", "2024-03-05 09:00"), ("2", "登记", None),
                   received=[None, "2024-03-06 10:00"])  # fmt: skip
    with observed(log) as events:
        assert events.cutoff == pd.Timestamp("2024-03-06 10:00")
    with observed(log, cutoff="2024-03-05 12:00") as events:
        assert events.cutoff == pd.Timestamp("2024-03-05 12:00")


def test_a_period_keeps_the_cases_whose_first_step_lies_in_it(make_log: Make) -> None:
    """Both dates count; the whole case comes along, also what lies outside."""
    log = make_log(
        ("1", "登记", "2023-12-31 23:59:59"), ("1", "转办", "2024-01-02"),
        ("2", "登记", "2024-01-01"), ("2", "转办", "2025-01-01"),
        ("3", "登记", "2024-12-31 23:59:59"),
        ("4", "登记", "2025-01-01"),
    )  # fmt: skip
    with observed(log, eff.Calendar(), period=("2024-01-01", "2024-12-31")) as events:
        cases = eff.case_times(events)
        assert cases["case_id"].tolist() == ["2", "3"]
        assert cases["steps"].tolist() == [2, 1]
        assert sorted(eff.variants(events)["activities"]) == ["登记", "登记 → 转办"]


def test_observed_events_are_observed_once(make_log: Make) -> None:
    """What is computed from them is the same as from the log."""
    log = make_log(("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 10:00"))
    with observed(log, eff.Calendar()) as events:
        with observed(events) as again:
            assert again is events
        assert eff.edges(events).equals(eff.edges(log))


def test_day_precision_sorts_as_midnight(make_log: Make) -> None:
    """Before all else that day."""
    log = make_log(("1", "乙", "2024-03-05 09:00"), ("1", "甲", "2024-03-05"),
                   end_precision=["minute", "day"])  # fmt: skip
    assert ways(log) == ["甲 → 乙"]


def test_attributes_are_the_first_non_empty_values_in_row_order(make_log: Make) -> None:
    """By row number, not by time nor by place in the frame; what is not seen does not count."""
    log = make_log(
        ("1", "a", "2024-03-05"), ("1", "b", "2024-03-06"), ("1", "c", "2024-03-04"),
        ("1", "d", "2025-01-01"),
        row=[30, 20, 10, 5], 文种=["函", "请示", "", "报告"], 金额=[3.0, None, None, 1.0],
    )  # fmt: skip
    with observed(log, cutoff="2024-12-31") as events:
        assert set(events.attributes) == {"文种", "金额"}
        values = events.frame(attribute_values(events, ["文种", "金额"]))
        assert values.values.tolist() == [["1", "请示", 3.0]]


def test_an_ibis_table_stays_on_its_own_connection(make_log: Make) -> None:
    """And keeps living after the work is done."""
    con = ibis.duckdb.connect()
    frame = make_log(("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 10:00"))
    log = con.create_table("log", ibis.memtable(frame))
    with observed(log, eff.Calendar()) as events:
        assert events.con is con
        assert not events.plain
    assert con.table("log").count().execute() == 2
    with (
        pytest.raises(TableError, match="column 'activity' is missing"),
        observed(log.drop("activity")),
    ):
        pass
    con.disconnect()


def test_days_reach_beyond_every_limit_that_may_be_set(make_log: Make) -> None:
    """The day table covers the log, the cut-off, and ten years more."""
    log = make_log(("1", "登记", "2024-03-05 09:00"))
    with observed(log, eff.Calendar(), cutoff="2025-06-01") as events:
        tables.DAYS.check(events.day_frame)
        days = pd.to_datetime(events.day_frame["day"], unit="D")
        assert days.min() < pd.Timestamp("2024-03-05")
        assert days.max() > pd.Timestamp("2035-06-01")
