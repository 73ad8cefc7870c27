"""Kinds of clocks: how limits are read, and that a kind is one class."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd
import pytest

import efficiency as eff
from efficiency._doors.engine import MICROSECONDS_PER_DAY, Value
from efficiency.criteria.clock import KINDS, Days, Limit, WorkingDays, closing, readings


def test_every_kind_is_known_by_its_name() -> None:
    assert all(clock.name == name for name, clock in KINDS.items())
    assert {clock.choice for clock in KINDS.values()} == {"", "working", "elapsed"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("30 min", ["working", "elapsed"]),
        ("1 working day", ["working_days"]),
        ("当日", ["same_day"]),
        ("10日", ["days"]),
        ("soon", []),
    ],
)
def test_which_clocks_can_run_a_limit(text: str, kinds: list[str]) -> None:
    """Minutes and hours leave a choice, which the column ``clock`` makes."""
    assert [limit.kind for limit in readings(text)] == kinds


def test_a_limit_knows_its_clock() -> None:
    assert Limit("days", 3).clock is KINDS["days"]


class Fridays(WorkingDays):
    """The close of business of the N-th Friday after the day of the start, a made-up clock."""

    name = "fridays"
    units = (("fridays?|个?周五", 1),)
    longest = 500

    def place(self, rows: ir.Table) -> Value:
        # 1970-01-02 was a Friday: how many Fridays lie on or before the day of the start.
        return (rows.f_day + 6) // 7

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        friday = (rows.place + rows.goal + rows.extra) * 7 - 6
        days = calendar.days.filter(calendar.days.calendar == 0)
        days = days.select(friday=days.day, aim=days.ordinal)
        closed = closing(rows.mutate(friday=friday).join(days, "friday"), calendar.days)
        return closed.mutate(due=closed.c_close, due_day=closed.c_day, w_due=closed.c_after)

    def counted(self, rows: ir.Table, moment: str) -> Value:
        day = rows[f"{moment}_day"]
        ahead = rows[moment] - day * MICROSECONDS_PER_DAY < rows[f"{moment}_close"]
        return (day + 6) // 7 - ((day % 7 == 1) & ahead).cast("int64")


def test_a_clock_kind_is_one_class(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read from a table of standards, judged, with a pause, and with its margin.

    Begun on Tuesday 5 March 2024, due at 18:00 on Friday 8. Case 3 stands still over one Friday,
    the 8th, so that the 15th is its day.
    """
    monkeypatch.setitem(KINDS, "fridays", Fridays())
    ends = {
        "1": "2024-03-08 17:00", "2": "2024-03-11 09:00", "3": "2024-03-14 10:00",
    }  # fmt: skip
    rows = [(case, "in", "2024-03-05 09:00") for case in ends]
    rows += [(case, "out", end) for case, end in ends.items()]
    rows += [("3", "stop", "2024-03-06 09:00"), ("3", "go", "2024-03-11 09:00")]
    log = pd.DataFrame(rows, columns=["case_id", "activity", "end"])
    log["end"] = pd.to_datetime(log["end"])
    standards = pd.DataFrame(
        {"standard_id": ["F"], "from": ["in"], "to": ["out"], "limit": ["1 Friday"],
         "suspend": ["stop"], "resume": ["go"]}
    )  # fmt: skip
    judged = eff.judge(log, standards).set_index("case_id")
    assert judged["verdict"].to_dict() == {"1": "met", "2": "late", "3": "met"}
    assert judged["due"].astype(str).to_dict() == {
        "1": "2024-03-08 18:00:00", "2": "2024-03-08 18:00:00", "3": "2024-03-15 18:00:00",
    }  # fmt: skip
    assert judged.loc["2", "over_hours"] == 0.5
    told = eff.margins(log, standards).set_index("case_id")
    assert told.loc["1", "left_hours"] == 1.0
    assert told.loc["1", "allowed_hours"] == 7 * 4 - 0.5


def test_days_are_counted_from_1970() -> None:
    friday = ibis.timestamp("1970-01-02 00:00:00").epoch_seconds() * 1_000_000
    assert ibis.duckdb.connect().execute(friday) // MICROSECONDS_PER_DAY == 1
