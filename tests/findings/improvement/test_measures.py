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

from efficiency import tables
from efficiency.criteria.standards import parse_standards
from efficiency.findings.improvement.measures import measures
from efficiency.findings.kind import summed
from efficiency.findings.kinds import KINDS
from efficiency.findings.rates import wilson
from efficiency.tables.identity import point_id
from efficiency.words import phrase

Z = 1.959963984540054
SEEDS = settings(deadline=None, derandomize=True, max_examples=40)


def every(found: dict[str, pd.DataFrame], limits: Any = (), name: str = "a") -> Any:
    """Every measure of the kinds whose tables are there."""
    have = {"judgements": judgements(), **found, "name": name, "limits": limits}
    for kind in KINDS.values():
        needs = list(inspect.signature(kind.measure).parameters)
        own = [need for need in needs if need not in ("name", "limits", "judgements")]
        if all(need in found for need in own):
            for one in kind.measure(**{need: have[need] for need in needs}):
                yield kind.name, one


def measured(found: dict[str, pd.DataFrame], years: float = 1.0, limits: Any = ()) -> pd.DataFrame:
    before = {name: table.copy() for name, table in found.items()}
    table = measures(every(found, limits), years)
    for name, was in before.items():
        assert_frame_equal(found[name], was)
    assert table.columns.tolist() == tables.MEASURES.names
    return table


def only(table: pd.DataFrame) -> dict[str, Any]:
    assert len(table) == 1
    return table.iloc[0].to_dict()


def judgements(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["standard_id", "verdict", "over_hours"])


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
    table = measured(
        {"compliance": pd.DataFrame([COMPLIANCE]), "judgements": judgements(*rows)}, years=0.5
    )
    row = only(table)
    assert (row["kind"], row["better"], row["unit"]) == ("standard", "higher", "share")
    assert (row["value"], row["low"], row["high"], row["n"]) == (*wilson(6, 10), 10)
    assert row["measure"] == "share_met"
    assert row["id"] == point_id("standard", {"log": "a", "standard_id": "T1"})
    assert json.loads(row["subject"]) == {"log": "a", "standard_id": "T1"}
    half = Z * 10**0.5 * np.std([0] * 6 + [2, 4, 6, 12], ddof=1)
    assert row["hours"] == pytest.approx(48)
    assert row["hours_low"] == pytest.approx(max(24 - half, 0) * 2)
    assert row["hours_high"] == pytest.approx((24 + half) * 2)


def test_what_is_not_decided_is_not_measured() -> None:
    empty = pd.DataFrame([COMPLIANCE | {"met": 0, "late": 0, "overdue": 0}])
    assert measured({"compliance": empty, "judgements": judgements()}).empty
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
    rework = pd.DataFrame([{"log": "a", "activity": "拟办", "cases": 40, "repeated_cases": 10,
                            "repeated_hours": 33.0}])  # fmt: skip
    row = only(measured({"rework": rework}, years=3))
    assert (row["value"], row["low"], row["high"]) == wilson(10, 40)
    assert (row["kind"], row["n"], row["hours"]) == ("rework", 40, 11.0)
    assert np.isnan([row["hours_low"], row["hours_high"]]).all()


def steps() -> dict[str, pd.DataFrame]:
    rows = [("a", "1", "拟办", 2.0), ("a", "1", "拟办", 3.0), ("a", "2", "拟办", 4.0),
            ("a", "1", "登记", 9.0)]  # fmt: skip
    summary = {"log": "a", "activity": "拟办", "n": 3, "share": 0.5, "low": 0.4, "high": 0.6}
    return {
        "step_summary": pd.DataFrame([summary]),
        "steps": pd.DataFrame(rows, columns=["log", "case_id", "activity", "work_hours"]),
    }


def test_steps_without_a_limit_by_their_share_of_time() -> None:
    """Case 1 took five hours over both, case 2 four: nine in all."""
    row = only(measured(steps()))
    assert (row["kind"], row["measure"]) == ("slow_step", "share_of_time")
    assert (row["value"], row["low"], row["high"], row["n"]) == (0.5, 0.4, 0.6, 3)
    half = Z * 2**0.5 * np.std([5, 4], ddof=1)
    assert [row["hours"], row["hours_low"], row["hours_high"]] == pytest.approx(
        [9, 9 - half, 9 + half]
    )
    assert (row["better"], row["unit"]) == ("lower", "share")


def test_steps_with_a_limit_by_how_often_it_is_broken() -> None:
    """Two standards of the step's own, seven decided, three past due by 3, 4 and 5 hours."""
    ways = {"from": "拟办.received", "to": "拟办", "limit": "1 h", "clock": "working"}
    standards = parse_standards(
        pd.DataFrame([{"standard_id": name, **ways} for name in ("S1", "S2")])
    )
    rows = [("S1", "met", None)] * 3 + [("S1", "late", 3.0), ("S1", "pending", None)]
    rows += [("S2", "met", None), ("S2", "late", 4.0), ("S2", "overdue", 5.0), ("T1", "late", 9.0)]
    found = steps() | {"judgements": judgements(*rows)}
    row = only(measured(found, limits=standards))
    assert (row["value"], row["low"], row["high"]) == pytest.approx(wilson(3, 7))
    assert (row["n"], row["hours"]) == (7, 12.0)
    assert row["measure"] == "share_late"
    undecided = steps() | {"judgements": judgements(("S1", "pending", None))}
    assert measured(undecided, limits=standards).empty


def group(**changes: Any) -> dict[str, Any]:
    return {
        "log": "a", "attribute": "unit", "value": "X", "measure": "handling", "activity": "",
        "held_equal": "activity", "n": 50, "others": 100, "compared": 48, "median_hours": 3.0,
        "others_median_hours": 2.0, "ratio": 1.5, "ratio_low": 1.25, "ratio_high": 2.0,
        "delta": 0.3, "hours": 100.0, "p_adjusted": 0.001,
    } | changes  # fmt: skip


def test_groups_by_hand() -> None:
    """100 hours above comparable ones are a third of 300; a fifth is 60, one half is 150."""
    rows = [
        group(activity="拟办", ratio=3.0), group(measure="desk", ratio=1.9), group(),
        group(value="Y", measure="desk", ratio=np.nan), group(value="Z", ratio=0.5, hours=-20.0,
                                                              ratio_low=0.4, ratio_high=1.25),
    ]  # fmt: skip
    table = measured({"comparisons": pd.DataFrame(rows)}, years=2)
    assert [json.loads(text)["value"] for text in table["subject"]] == ["X", "Z"]
    slow, quick = table.to_dict("records")
    assert (slow["value"], slow["low"], slow["high"], slow["n"]) == (1.5, 1.25, 2.0, 48)
    assert [slow["hours"], slow["hours_low"], slow["hours_high"]] == pytest.approx([50, 30, 75])
    assert (slow["better"], slow["unit"], slow["kind"]) == ("lower", "ratio", "slow_group")
    # Z took 20 hours in all: at most a fifth of them more than comparable ones.
    assert [quick["hours"], quick["hours_low"], quick["hours_high"]] == pytest.approx([0, 0, 2])


def test_groups_whose_hours_cannot_be_told() -> None:
    rows = [group(ratio=1.0, hours=0.0), group(value="Y", ratio_low=0.0, ratio_high=np.inf)]
    equal, vague = measured({"comparisons": pd.DataFrame(rows)}).to_dict("records")
    assert np.isnan([equal["hours"], equal["hours_low"], equal["hours_high"]]).all()
    assert vague["hours"] == pytest.approx(100)
    assert np.isnan([vague["hours_low"], vague["hours_high"]]).all()


def change(**changes: Any) -> dict[str, Any]:
    return {
        "log": "a", "measure": "case", "kind": "baseline", "at": pd.Timestamp("2024-01-01"),
        "at_low": pd.NaT, "at_high": pd.NaT, "title": "", "n_before": 30, "n_after": 40,
        "left_out": 0, "median_before_hours": 10.0, "median_after_hours": 15.0,
        "difference_hours": 5.0, "difference_low": -1.0, "difference_high": 9.0, "ratio": 1.5,
        "same_months": True, "p_adjusted": 0.01,
    } | changes  # fmt: skip


def test_changes_by_hand() -> None:
    """Five hours more of forty cases: 200, at most 360, at least none; what became faster: none."""
    rows = [
        change(), change(kind="found", at=pd.NaT), change(measure="拟办", difference_hours=np.nan),
        change(measure="登记", difference_hours=-5.0, difference_low=-9.0, difference_high=-1.0),
    ]  # fmt: skip
    table = measured({"changes": pd.DataFrame(rows)}, years=2)
    assert [json.loads(text)["measure"] for text in table["subject"]] == ["case", "登记"]
    slow, fast = table.to_dict("records")
    assert (slow["kind"], slow["unit"], slow["better"]) == ("change", "hours", "lower")
    assert (slow["value"], slow["low"], slow["high"], slow["n"]) == (5.0, -1.0, 9.0, 70)
    assert [slow["hours"], slow["hours_low"], slow["hours_high"]] == [100.0, 0.0, 180.0]
    assert [fast["hours"], fast["hours_low"], fast["hours_high"]] == [0.0, 0.0, 0.0]


WAITING = {"log": "a", "activity": "拟办", "cause": "batching", "hours": 60.0, "work_share": 0.4,
           "work_low": 0.3, "work_high": 0.5, "n": 90}  # fmt: skip


def test_waiting_by_hand() -> None:
    """60 hours are 40 % of 150, of which 30 % are 45 and 50 % are 75."""
    rows = [
        WAITING, WAITING | {"cause": "other"}, WAITING | {"cause": "off"},
        WAITING | {"activity": ""}, WAITING | {"activity": "登记", "work_share": np.nan},
    ]  # fmt: skip
    row = only(measured({"waiting": pd.DataFrame(rows)}, years=2))
    assert [row["hours"], row["hours_low"], row["hours_high"]] == pytest.approx([30, 22.5, 37.5])
    assert (row["value"], row["low"], row["high"], row["n"]) == (0.4, 0.3, 0.5, 90)
    assert (row["kind"], row["unit"], row["better"]) == ("waiting", "share", "lower")
    none = pd.DataFrame([WAITING | {"hours": 0.0, "work_share": 0.0, "work_low": 0.0}])
    row = only(measured({"waiting": none}))
    assert row["hours"] == 0.0
    assert np.isnan([row["hours_low"], row["hours_high"]]).all()


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
    found = {
        "comparisons": pd.DataFrame([group()]),
        "changes": pd.DataFrame([change(difference_low=1.0)]),
        "waiting": pd.DataFrame([WAITING, WAITING | {"activity": "", "cause": "batching"}]),
        "balance": pd.DataFrame([BALANCE]),
    }
    more = {"name": "a", "small_cell": 5, "applicant": None, "day_hours": 7.0, **found}
    told = [
        one
        for name in ("slow_group", "change", "waiting", "backlog")
        for one in KINDS[name].find(
            **{need: more[need] for need in inspect.signature(KINDS[name].find).parameters}
        )
    ]
    table = measured(found)
    assert {(f.id, f.kind) for f in told} == set(zip(table["id"], table["kind"], strict=True))
    assert len(told) == 4
    values = table.set_index("id")["value"]
    assert all(values[f.id] == f.value for f in told)


def test_rows_are_in_order() -> None:
    """By kind and subject; the same of two logs are two rows."""
    one = {
        "comparisons": pd.DataFrame([group(value="b"), group(value="a")]),
        "balance": pd.DataFrame([BALANCE]),
    }
    both = [*every(one), *every({"comparisons": pd.DataFrame([group(value="b")])}, name="A")]
    table = measures(both, 1.0)
    keys = list(zip(table["kind"], table["subject"], strict=True))
    assert keys == sorted(keys)
    assert len(table) == 4
    assert table["id"].is_unique


def test_every_measure_has_a_name_in_both_languages() -> None:
    kinds = {
        "share_met", "share_broken", "share_repeated", "share_of_time", "share_late", "ratio",
        "difference", "share_of_waiting", "in_for_out",
    }  # fmt: skip
    for name in kinds:
        for language in ("zh", "en"):
            assert phrase(f"measured_{name}", language)  # type: ignore[arg-type]
