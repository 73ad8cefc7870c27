"""What can be measured again, each kind by hand from small tables."""

from __future__ import annotations

import inspect
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

from efficiency import tables
from efficiency.criteria.standards import parse_standards
from efficiency.findings.improvement.measures import measures
from efficiency.findings.kind import summed
from efficiency.findings.kinds import KINDS
from efficiency.findings.rates import wilson
from efficiency.tables.identity import point_id

Z = 1.959963984540054
SEEDS = settings(deadline=None, derandomize=True, max_examples=40)


def every(found: dict[str, Any], limits: Any = (), name: str = "a") -> Any:
    """Every measure of the kinds whose tables are there."""
    have = {"judgements": judgements(), **found, "name": name, "limits": limits}
    for kind in KINDS.values():
        needs = list(inspect.signature(kind.measure).parameters)
        own = [need for need in needs if need not in ("name", "limits", "judgements")]
        if all(need in found for need in own):
            for one in kind.measure(**{need: have[need] for need in needs}):
                yield kind.name, one


def measured(found: dict[str, Any], years: float = 1.0, limits: Any = ()) -> pd.DataFrame:
    before = {
        name: table.copy() for name, table in found.items() if isinstance(table, pd.DataFrame)
    }
    table = measures(every(found, limits), years)
    for name, was in before.items():
        assert_frame_equal(found[name], was)
    assert table.columns.tolist() == tables.MEASURES.names
    return table


def only(table: pd.DataFrame) -> dict[str, Any]:
    assert len(table) == 1
    return table.iloc[0].to_dict()


def judgements(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["standard_id", "verdict", "over_hours"])
    return table.assign(case_id=[f"c{n}" for n in range(len(rows))])


#: None of the cases that were judged is known to be closed.
NO_CASES = pd.DataFrame({"case_id": pd.Series(dtype=str), "open": pd.Series(dtype=bool)})


# --- sums


@SEEDS
@given(
    st.lists(st.one_of(st.none(), st.floats(0, 50)), max_size=20),
    st.integers(0, 10),
)
def test_a_sum_over_cases(listed: list[float | None], others: int) -> None:
    """±1.96 √n s over all cases, those that are not listed with nothing; never below nothing."""
    known = [value for value in listed if value is not None]
    n = len(known) + others
    total, low, high = summed(pd.Series(listed, dtype=float), n)
    assert total == pytest.approx(sum(known))
    if n < 2:
        assert np.isnan([low, high]).all()
        return
    half = Z * n**0.5 * np.std([*known, *[0.0] * others], ddof=1)
    assert low == pytest.approx(max(total - half, 0.0), abs=1e-6)
    assert high == pytest.approx(total + half, abs=1e-6)


def test_a_sum_covers() -> None:
    """500 offices in which one case in four runs over by an exponential time: about 95 %."""
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(500):
        over = rng.exponential(8.0, 400) * (rng.random(400) < 0.25)
        _, low, high = summed(pd.Series(over[over > 0]), 400)
        covered += low <= 400 * 2.0 <= high
    assert 460 <= covered <= 490


# --- each kind


COMPLIANCE = {"standard_id": "T1", "met": 6, "late": 3, "overdue": 1, "share": 0.6, "low": 0.31,
              "high": 0.83}  # fmt: skip


def test_standards_by_hand() -> None:
    """Ten decided of twelve; 2, 4, 6 and 12 hours past due: 24, in half a year 48 a year."""
    rows = [("T1", "met", None)] * 6 + [("T1", "late", h) for h in (2.0, 4.0, 6.0)]
    rows += [("T1", "overdue", 12.0), ("T1", "pending", None), ("T1", "undecidable", 99.0)]
    rows += [("T2", "late", 1000.0)]
    told = {"compliance": pd.DataFrame([COMPLIANCE]), "judgements": judgements(*rows)}
    table = measured({**told, "cases": NO_CASES}, years=0.5)
    row = only(table)
    assert (row["kind"], row["better"], row["unit"]) == ("standard", "higher", "share")
    # The interval is that of compliance: where clocks came in batches it is wider than Wilson's.
    assert (row["value"], row["low"], row["high"], row["n"]) == (0.6, 0.31, 0.83, 10)
    assert row["measure"] == "share_met"
    assert row["id"] == point_id("standard", {"log": "a", "standard_id": "T1"})
    assert json.loads(row["subject"]) == {"log": "a", "standard_id": "T1"}
    half = Z * 10**0.5 * np.std([0] * 6 + [2, 4, 6, 12], ddof=1)
    assert row["hours"] == pytest.approx(48)
    assert row["hours_low"] == pytest.approx(max(24 - half, 0) * 2)
    assert row["hours_high"] == pytest.approx((24 + half) * 2)


def test_what_is_not_decided_is_not_measured() -> None:
    empty = pd.DataFrame([COMPLIANCE | {"met": 0, "late": 0, "overdue": 0}])
    told = {"compliance": empty, "judgements": judgements(), "cases": NO_CASES}
    assert measured(told).empty
    assert measured({}).empty


def test_rules_by_hand() -> None:
    rules = pd.DataFrame(
        [("R1", 20, 6, 3, 2), ("R2", 5, 0, 3, 2), ("R3", 9, np.nan, 0, 0)],
        columns=["rule_id", "n", "broken", "pending", "undecidable"],
    )  # fmt: skip
    row = only(measured({"adherence": rules}))
    assert json.loads(row["subject"]) == {"log": "a", "rule_id": "R1"}
    assert (row["kind"], row["n"], row["better"], row["unit"]) == ("rule", 15, "lower", "share")
    assert (row["value"], row["low"], row["high"]) == wilson(6, 15)
    assert np.isnan([row["hours"], row["hours_low"], row["hours_high"]]).all()


def test_rework_by_hand() -> None:
    """What only follows another problem is told with that one: so the study says of 审核."""
    rework = pd.DataFrame([{"log": "a", "activity": name, "cases": 40, "repeated_cases": 10,
                            "repeated_hours": 33.0} for name in ("拟办", "审核")])  # fmt: skip
    row = only(measured({"rework": rework, "caused": ["审核"]}, years=3))
    assert json.loads(row["subject"])["activity"] == "拟办"
    assert (row["value"], row["low"], row["high"]) == wilson(10, 40)
    assert (row["kind"], row["n"], row["hours"]) == ("rework", 40, 11.0)
    assert np.isnan([row["hours_low"], row["hours_high"]]).all()


def waits() -> dict[str, Any]:
    """Three steps of 拟办 of which the record says when they came, and others."""
    columns = ["case_id", "activity", "hours", "off_hours", "assumed", *[
        f"{cause}_hours" for cause in ("batching", "prioritisation", "contention", "unavailability")
    ]]  # fmt: skip
    rows = [
        ("1", "拟办", 30.0, 20.0, "", 4.0, 0.0, 2.0, np.nan),
        ("1", "拟办", 3.0, 3.0, "start", 0.0, 0.0, 0.0, np.nan),
        ("2", "拟办", 2.0, 0.0, "", 2.0, 0.0, 0.0, np.nan),
        ("2", "拟办", 500.0, 0.0, "received start", 500.0, 0.0, 0.0, np.nan),
        ("2", "会签", 90.0, 0.0, "", 0.0, 0.0, 0.0, np.nan),
        ("2", "归档", 80.0, 0.0, "", 0.0, 0.0, 0.0, np.nan),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return {"waits": frame, "outside": ["会签"], "closers": ["归档"]}


def mean_and_interval(*hours: float) -> tuple[float, float, float]:
    low, high = stats.t.interval(
        0.95, len(hours) - 1, loc=np.mean(hours), scale=stats.sem(hours)
    )  # fmt: skip
    return float(np.mean(hours)), float(low), float(high)


def test_steps_without_a_limit_by_how_long_each_is_waited_for() -> None:
    """Ten, none and two office hours; nobody waits for what others do or a closed case needs."""
    row = only(slow_steps(measured(waits())))
    assert json.loads(row["subject"]) == {"log": "a", "activity": "拟办"}
    assert (row["measure"], row["n"], row["better"]) == ("hours_waited", 3, "lower")
    assert [row["value"], row["low"], row["high"]] == pytest.approx(mean_and_interval(10, 0, 2))
    half = Z * 3**0.5 * np.std([10, 0, 2], ddof=1)
    assert [row["hours"], row["hours_low"], row["hours_high"]] == pytest.approx(
        [12, 0, 12 + half]
    )  # fmt: skip
    assert row["unit"] == "hours"


def slow_steps(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["kind"] == "slow_step"].reset_index(drop=True)


def test_steps_with_a_limit_by_how_often_it_is_broken() -> None:
    """Two standards of the step's own, seven decided, three past due by 3, 4 and 5 hours."""
    ways = {"from": "拟办.received", "to": "拟办", "limit": "1 h", "clock": "working"}
    standards = parse_standards(
        pd.DataFrame([{"standard_id": name, **ways} for name in ("S1", "S2")])
    )
    rows = [("S1", "met", None)] * 3 + [("S1", "late", 3.0), ("S1", "pending", None)]
    rows += [("S2", "met", None), ("S2", "late", 4.0), ("S2", "overdue", 5.0), ("T1", "late", 9.0)]
    found = waits() | {"judgements": judgements(*rows)}
    row = only(slow_steps(measured(found, limits=standards)))
    assert (row["value"], row["low"], row["high"]) == pytest.approx(wilson(3, 7))
    assert (row["n"], row["hours"]) == (7, 12.0)
    assert row["measure"] == "share_late"
    undecided = waits() | {"judgements": judgements(("S1", "pending", None))}
    assert slow_steps(measured(undecided, limits=standards)).empty


def group(**changes: Any) -> dict[str, Any]:
    return {
        "log": "a", "attribute": "unit", "value": "X", "measure": "handling", "activity": "",
        "held_equal": "activity", "n": 50, "others": 100, "compared": 48, "comparable": 90,
        "median_hours": 3.0, "others_median_hours": 2.0, "ratio": 1.5, "ratio_low": 1.25,
        "ratio_high": 2.0, "delta": 0.3, "hours": 100.0, "p_adjusted": 0.001,
    } | changes  # fmt: skip


def times(*rows: tuple[str, str, str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "unit", "activity", "value", "running"])


GROUP_TIMES = times(
    ("handling", "X", "拟办", 1.0, False), ("handling", "X", "审核", 3.0, False),
    ("handling", "X", "审核", 8.0, False), ("handling", "X", "审核", 99.0, True),
    ("handling", "Z", "拟办", 2.0, False), ("desk", "X", "拟办", 50.0, False),
    ("desk", "Y", "拟办", 60.0, False),
)  # fmt: skip


def test_groups_by_hand() -> None:
    """X had 1, 3 and 8 hours in hand, and is told by these; what still runs is not known."""
    rows = [
        group(activity="审核", hours=70.0), group(measure="desk", hours=900.0), group(),
        group(value="Y", measure="desk", ratio=np.nan), group(value="Z", ratio=0.5, hours=-20.0),
    ]  # fmt: skip
    found = {"comparisons": pd.DataFrame(rows), "group_times": GROUP_TIMES}
    table = measured(found, years=2)
    told = [tuple(json.loads(text).values()) for text in table["subject"]]
    assert told == [("审核", "unit", "a", "X"), ("unit", "a", "X"), ("unit", "a", "Z")]
    part, slow, quick = table.to_dict("records")
    assert [slow["value"], slow["low"], slow["high"]] == pytest.approx(mean_and_interval(1, 3, 8))
    assert (slow["n"], slow["hours"], slow["measure"]) == (3, 50.0, "hours_each")
    assert (slow["better"], slow["unit"], slow["kind"]) == ("lower", "hours", "slow_group")
    assert (part["value"], part["n"], part["hours"]) == (5.5, 2, 35.0)
    # Z takes less than its like: nothing is at stake. One time alone has no interval.
    assert (quick["value"], quick["n"], quick["hours"]) == (2.0, 1, 0.0)
    assert np.isnan([quick["low"], quick["high"], slow["hours_low"], slow["hours_high"]]).all()


def test_what_goes_wrong_in_a_group_by_hand() -> None:
    """Twelve of forty cases were late; where no like could be found nothing is measured."""
    row = {"log": "a", "measure": "late", "attribute": "unit", "value": "X", "k": 12, "n": 40,
           "difference": 0.1}  # fmt: skip
    shares = pd.DataFrame([row, row | {"value": "Y", "difference": np.nan}])
    told = only(measured({"shares": shares}))
    assert (told["value"], told["low"], told["high"], told["n"]) == (*wilson(12, 40), 40)
    assert (told["kind"], told["measure"]) == ("high_rate", "share_wrong")
    assert json.loads(told["subject"])["value"] == "X"
    assert np.isnan(told["hours"])


def change(**changes: Any) -> dict[str, Any]:
    return {
        "log": "a", "measure": "case", "kind": "baseline", "at": pd.Timestamp("2024-01-01"),
        "at_low": pd.NaT, "at_high": pd.NaT, "title": "", "n_before": 30, "n_after": 40,
        "left_out": 0, "median_before_hours": 10.0, "median_after_hours": 15.0,
        "difference_hours": 4.0, "difference_low": -2.0, "difference_high": 7.0, "ratio": 1.5,
        "mean_difference_hours": 5.0, "mean_low": -1.0, "mean_high": 9.0, "same_months": True,
        "p_adjusted": 0.01,
    } | changes  # fmt: skip


def test_changes_by_hand() -> None:
    """
    Five hours more of forty cases: 200, at most 360, at least none; what became faster: none.

    They are hours of the mean: those of the median times cases are no sum of anything.
    """
    fast = {"mean_difference_hours": -5.0, "mean_low": -9.0, "mean_high": -1.0}
    rows = [
        change(), change(kind="found", at=pd.NaT),
        change(measure="拟办", mean_difference_hours=np.nan), change(measure="登记", **fast),
    ]  # fmt: skip
    table = measured({"changes": pd.DataFrame(rows)}, years=2)
    assert [json.loads(text)["measure"] for text in table["subject"]] == ["case", "登记"]
    slow, quick = table.to_dict("records")
    assert (slow["kind"], slow["unit"], slow["better"]) == ("change", "hours", "lower")
    assert (slow["value"], slow["low"], slow["high"], slow["n"]) == (5.0, -1.0, 9.0, 70)
    assert [slow["hours"], slow["hours_low"], slow["hours_high"]] == [100.0, 0.0, 180.0]
    assert [quick["hours"], quick["hours_low"], quick["hours_high"]] == [0.0, 0.0, 0.0]


def test_waiting_by_hand() -> None:
    """拟办 waited 4, none and 2 hours to be taken up with others, and 2, none and none in line."""
    table = measured(waits(), years=2)
    told = {
        json.loads(row["subject"])["cause"]: row
        for row in table[table["kind"] == "waiting"].to_dict("records")
    }
    assert set(told) == {"batching", "contention"}  # nobody waited by the others, or it is unknown
    row = told["batching"]
    assert [row["value"], row["low"], row["high"]] == pytest.approx(mean_and_interval(4, 0, 2))
    assert (row["n"], row["hours"], row["measure"]) == (3, 3.0, "hours_waited")
    assert np.isnan([row["hours_low"], row["hours_high"]]).all()
    assert (row["unit"], row["better"]) == ("hours", "lower")
    assert told["contention"]["value"] == pytest.approx(2 / 3)


BALANCE = {"log": "a", "unit": "X", "ratio": 1.2, "low": 1.1, "high": 1.3, "arrivals": 120,
           "completions": 100, "since": pd.Timestamp("2024-01-01"), "open_before": 3, "open": 23,
           "net_per_week": 1.0, "net_low": 0.5, "net_high": 1.5, "p_adjusted": 0.01}  # fmt: skip


def test_backlogs_by_hand() -> None:
    rows = [BALANCE, BALANCE | {"unit": "Y", "ratio": np.nan}]
    row = only(measured({"balance": pd.DataFrame(rows)}))
    assert (row["value"], row["low"], row["high"], row["n"]) == (1.2, 1.1, 1.3, 120)
    assert (row["kind"], row["unit"], row["better"]) == ("backlog", "ratio", "lower")
    assert np.isnan(row["hours"])


# --- together


def test_measures_bear_the_ids_of_findings() -> None:
    """So that a point of last year finds its measure, found wanting again or not."""
    whole = {"activity": "拟办", "cause": "batching", "hours": 6.0, "work_share": 0.5,
             "work_low": 0.3, "work_high": 0.7, "n": 90}  # fmt: skip
    found = waits() | {
        "comparisons": pd.DataFrame([group(), group(value="Z", activity="拟办")]),
        "group_times": GROUP_TIMES,
        "changes": pd.DataFrame([change(difference_low=1.0)]),
        "balance": pd.DataFrame([BALANCE]),
    }
    more = {"name": "a", "small_cell": 5, "applicant": None, "day_hours": 7.0,
            "waiting": pd.DataFrame([whole, whole | {"activity": ""}]), **found}  # fmt: skip
    told = [
        one
        for name in ("slow_group", "change", "waiting", "backlog")
        for one in KINDS[name].find(
            **{need: more[need] for need in inspect.signature(KINDS[name].find).parameters}
        )
    ]
    assert sorted(f.kind for f in told) == [
        "backlog", "change", "slow_group", "slow_group", "waiting"
    ]  # fmt: skip
    table = measured(found)
    assert {(f.id, f.kind) for f in told} <= set(zip(table["id"], table["kind"], strict=True))


def test_rows_are_in_order() -> None:
    """By kind and subject; the same of two logs are two rows."""
    one = {
        "comparisons": pd.DataFrame([group(value="Z"), group(value="X")]),
        "group_times": GROUP_TIMES,
        "balance": pd.DataFrame([BALANCE]),
    }
    other = {"comparisons": pd.DataFrame([group(value="Z")]), "group_times": GROUP_TIMES}
    both = [*every(one), *every(other, name="A")]
    table = measures(both, 1.0)
    keys = list(zip(table["kind"], table["subject"], strict=True))
    assert keys == sorted(keys)
    assert len(table) == 4
    assert table["id"].is_unique
