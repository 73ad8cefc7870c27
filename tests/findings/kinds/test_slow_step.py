"""Steps that hold work up, from small tables worked out by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from efficiency.criteria.standards import parse_standards
from efficiency.findings.finding import Finding
from efficiency.findings.kinds.slow_step import (
    LARGE_PART,
    exhibit,
    measure,
    observe,
    own_limits,
    waiting_shares,
)
from efficiency.language import Language
from told import Seen, find

NO_JUDGEMENTS = pd.DataFrame(columns=["standard_id", "case_id", "verdict", "over_hours"])
NO_WAITS = pd.DataFrame(columns=["case_id", "activity", "hours", "off_hours", "assumed"])


def slow_step_findings(
    waits: pd.DataFrame = NO_WAITS,
    limits: Any = (),
    judgements: pd.DataFrame = NO_JUDGEMENTS,
    language: Language = "zh",
    **passed: Collection[str],
) -> list[Seen]:
    tables = {"awaited": waiting_shares(waits), "judgements": judgements, "limits": limits}
    more = {"outside": (), "closers": (), "small_cell": 5}
    return find("slow_step", language, name="a", **tables, **more | passed)


def waited(*steps: tuple[str, float, int], off: float = 0.0, assumed: str = "") -> pd.DataFrame:
    """Make cases that each had all the steps, as often, and waited as long for each."""
    rows = [
        (f"c{case:02d}", activity, hours + off, off, assumed)
        for activity, hours, many in steps
        for case in range(many)
    ]
    return pd.DataFrame(rows, columns=NO_WAITS.columns)


def judged(standard: str, **verdicts: int) -> pd.DataFrame:
    """Make judgements: late and overdue cases run over by 1, 2, 3 … hours."""
    kinds = [kind for kind, many in verdicts.items() for _ in range(many)]
    over = [float(n) if kind in {"late", "overdue"} else None for n, kind in enumerate(kinds, 1)]
    return pd.DataFrame(
        {
            "standard_id": standard,
            "case_id": [f"c{n:02d}" for n in range(1, len(kinds) + 1)],
            "verdict": kinds,
            "over_hours": pd.Series(over, dtype="float64"),
        }
    )


def standards(**more: Any) -> pd.DataFrame:
    row = {"standard_id": "T1", "title": "半小时内转办", "source": "规定第三条", "from": "登记",
           "to": "转办", "limit": "30 min", "clock": "working"}  # fmt: skip
    return pd.DataFrame([row | more])


def told(found: Iterable[Any]) -> list[tuple[str, float]]:
    return [(dict(one.subject)["activity"], one.hours) for one in found]


# --- without a limit of its own


def test_a_step_that_a_quarter_of_all_waiting_is_for_is_told() -> None:
    """Of 5 hours that each of 50 cases waited, 3 were for 承办, 1.25 for 批示, .75 for 登记."""
    table = waited(("承办", 3.0, 50), ("批示", 1.25, 50), ("登记", 0.75, 50), off=14.0)
    found = slow_step_findings(table)
    assert told(found) == [("承办", 150.0), ("批示", 62.5)]
    first = found[0]
    assert (first.kind, first.level, first.table) == ("slow_step", "watch", "awaited")
    assert first.subject == (("log", "a"), ("activity", "承办"))
    # Every case waited as long for it: the interval is that share itself.
    assert (first.value, first.low, first.high) == pytest.approx((0.6, 0.6, 0.6))
    assert (first.n, first.concerned, first.step, first.theme) == (50, 50, "承办", "pace")
    assert first.title == "办公时间内的等候有 60.0% 是等“承办”"
    assert "平均每次 3.00 小时" in first.condition
    assert first.cases == ()


def test_the_whole_interval_lies_above_a_quarter() -> None:
    """
    21 of 51 hours, but those of three long cases among twenty: chance may have made it.

    Beside its share of a case's waiting each of the three has 3.5 hours more, each of the others
    0.6176 less: √(20/19 · (3 · 3.5² + 17 · 0.6176²)) = 6.746 hours, of 51.
    """
    table = pd.concat([waited(("批示", 1.5, 20)), waited(("承办", 7.0, 3))])
    assert told(slow_step_findings(table)) == [("批示", 30.0)]
    shares = waiting_shares(table).set_index("activity")
    assert shares.at["承办", "share"] == pytest.approx(21 / 51)
    assert shares.at["承办", "low"] == pytest.approx(21 / 51 - 1.96 * 6.746 / 51, abs=1e-4)
    assert shares.at["承办", "low"] < LARGE_PART < shares.at["批示", "low"]


def test_a_step_that_is_rare_is_not_told() -> None:
    table = waited(("承办", 6.0, 4), ("批示", 6.0, 4))
    assert told(slow_step_findings(table)) == []
    assert len(slow_step_findings(table, small_cell=4)) == 2  # type: ignore[arg-type]


def test_what_others_do_and_what_closes_a_case_is_passed_over() -> None:
    """Nobody here is waited for; the waiting still counts as waiting."""
    table = waited(("承办", 2.0, 50), ("补正", 1.0, 50), ("归档", 1.0, 50))
    (found,) = slow_step_findings(table, outside=["补正"], closers=["归档"])
    assert (found.step, found.value) == ("承办", 0.5)


def test_where_no_arrival_is_known_nothing_is_told_of_waiting() -> None:
    """Until it came the case may have been anywhere; its hours are no part of the whole either."""
    unknown = waited(("承办", 9.0, 50), assumed="start received")
    assert slow_step_findings(unknown) == []
    (found,) = slow_step_findings(pd.concat([unknown, waited(("批示", 1.0, 50), assumed="start")]))
    assert (found.step, found.value, found.hours) == ("批示", 1.0, 50.0)


def test_the_interval_of_a_share_of_waiting_covers() -> None:
    """300 offices of 60 cases each that wait for two steps, 40 % of it for one."""
    rng = np.random.default_rng(5)
    covered = 0
    for _ in range(300):
        table = waited(("甲", 0.0, 60), ("乙", 0.0, 60))
        hours = np.concatenate([rng.exponential(2.0, 60), rng.exponential(3.0, 60)])
        row = waiting_shares(table.assign(hours=hours)).set_index("activity").loc["甲"]
        covered += row["low"] <= 0.4 <= row["high"]
    assert 276 <= covered <= 294  # 95 %, two standard errors each way


# --- a limit of its own


def own(**more: Any) -> Any:
    """Make a standard."""
    return parse_standards(standards(**{"standard_id": "T9", **more}))


def test_a_step_with_a_limit_of_its_own_is_held_to_it() -> None:
    """From its own arrival to its own end: 3 of 8 ran past it, by 6 + 7 + 8 hours."""
    limits = own(**{"from": "承办.received", "to": "承办"})
    table = waited(("承办", 3.0, 50), ("批示", 2.0, 50))
    assert told(slow_step_findings(table, limits)) == [("批示", 100.0)]
    judgements = pd.concat(
        [judged("T9", met=5, late=2, overdue=1, pending=4), judged("T1", late=9)]
    )
    (found,) = slow_step_findings(limits=limits, judgements=judgements)
    assert told([found]) == [("承办", 21.0)]
    assert (found.kind, found.level) == ("slow_step", "watch")
    assert (found.n, found.value, found.table) == (8, 3 / 8, "judgements")
    assert found.cases == ("c08", "c07", "c06")
    assert "T9" in found.criterion
    assert "21.0" in found.title


def test_whose_own_limit_a_standard_is() -> None:
    """One that begins with the step's own arrival or start; the end of a step is another's."""
    assert list(own_limits(own(**{"from": "承办.start", "to": "承办"}))) == ["承办"]
    assert own_limits(own(**{"from": "承办", "to": "承办"})) == {}
    assert own_limits(own(**{"from": "登记.received", "to": "承办"})) == {}
    assert own_limits(()) == {}


def test_a_limit_that_was_kept_or_hardly_used_is_no_finding() -> None:
    limits = own(**{"from": "承办.received", "to": "承办"})
    for judgements in (judged("T9", met=9), judged("T9", late=4, pending=9), judged("T1", late=9)):
        assert not slow_step_findings(limits=limits, judgements=judgements)


def test_two_limits_of_one_step_are_both_told() -> None:
    """Such as 4 h for urgent documents and 8 h for the others."""
    pair = pd.concat(
        [
            standards(
                **{"standard_id": name, "scope": f"急={name}", "from": "承办.start", "to": "承办"}
            )
            for name in ("T8", "T9")
        ]
    )
    limits = parse_standards(pair.reset_index(drop=True))
    (found,) = slow_step_findings(limits=limits, judgements=judged("T8", late=9))
    assert "T8 / T9" in found.criterion


# --- what is measured again


def test_steps_are_measured_by_what_they_are_held_to() -> None:
    """
    3 of 8 past its own limit, by 21 hours; for the other one waits 2 hours each, 10 in all. What
    others do, and what closes a case, is nobody's here.
    """
    limits = own(**{"from": "承办.received", "to": "承办"})
    table = waited(("承办", 3.0, 5), ("批示", 2.0, 5), ("补正", 9.0, 5), ("归档", 9.0, 5), off=1.0)
    judgements = judged("T9", met=5, late=2, overdue=1)
    waits, late = measure("a", table, judgements, limits, outside=["补正"], closers=["归档"])
    assert dict(waits.subject)["activity"] == "批示"
    assert (waits.name, waits.unit, waits.value) == ("hours_waited", "hours", (2.0, 2.0, 2.0))
    assert waits.hours.value == 10.0
    assert dict(late.subject)["activity"] == "承办"
    assert (late.name, late.unit, late.value.value) == ("share_late", "share", 3 / 8)
    assert late.hours.value == 21.0


def test_a_check_looks_at_clocks_or_at_waiting() -> None:
    """Those past the limit of its own, known when they are due; else the hours waited for it."""
    limits = own(**{"from": "承办.received", "to": "承办"})
    table = waited(("批示", 2.0, 2), off=1.0)
    began, due = pd.Timestamp("2024-03-04"), pd.Timestamp("2024-03-08")
    judgements = judged("T9", met=1, late=1, pending=1).assign(from_time=began, due=due)
    first = pd.DataFrame({"case_id": ["c00", "c01", "c02"], "first": pd.Timestamp("2024-01-01")})
    clocks = observe({"activity": "承办"}, table, judgements, limits, first)
    assert clocks is not None
    assert clocks.rows[["case_id", "value", "at", "known_by"]].values.tolist() == [
        ["c01", 0.0, began, due], ["c02", 1.0, began, due],
    ]  # fmt: skip
    waits = observe({"activity": "批示"}, table, judgements, limits, first)
    assert waits is not None
    assert waits.rows[["case_id", "value", "at"]].values.tolist() == [
        ["c00", 2.0, pd.Timestamp("2024-01-01")], ["c01", 2.0, pd.Timestamp("2024-01-01")],
    ]  # fmt: skip
    assert (clocks.name, waits.name) == ("share_late", "hours_waited")
    assert observe({"activity": "归档"}, table, judgements, limits, first) is None


def test_a_step_is_shown_by_its_longest_ones() -> None:
    """Of its activity; equals by case."""
    steps = pd.DataFrame(
        {
            "row": [1, 2, 3, 4], "case_id": ["A", "A", "B", "C"], "unit": "desk",
            "activity": ["in", "out", "out", "out"], "queue_hours": 0.5, "handling_hours": 0.5,
            "work_hours": [9.0, 2.0, 7.0, 7.0],
        }
    )  # fmt: skip
    finding = Finding(
        kind="slow_step", subject=(("log", "a"), ("activity", "out")), level="watch", says={},
        value=0.5, low=0.4, high=0.6, n=8, p=None, cases=("A", "C", "B"), table="steps", hours=3.0,
    )  # fmt: skip
    rows = exhibit(finding, steps)
    assert rows.columns.tolist() == [
        "case_id", "row", "unit", "queue_hours", "handling_hours", "work_hours",
    ]  # fmt: skip
    assert rows["case_id"].tolist() == ["B", "C", "A"]
    assert rows["row"].tolist() == [3, 4, 2]
