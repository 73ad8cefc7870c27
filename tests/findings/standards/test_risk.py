"""Risks of pending cases: by hand, and against plain Python that looks at every pair of cases."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import ibis
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.findings.rates import wilson
from efficiency.findings.standards.risk import ENOUGH, FEWEST, overdue_risk
from efficiency.problems import SettingsError

Make = Callable[..., pd.DataFrame]
Walk = Callable[..., float]
CUTOFF = "2024-06-28 16:00"
SEEDS = settings(deadline=None, derandomize=True, max_examples=1, phases=[Phase.generate])


def standards(limit: str = "5 working days", clock: str = "working") -> pd.DataFrame:
    row = {
        "standard_id": "T1", "from": "登记", "to": "办结", "limit": limit, "clock": clock,
        "suspend": "补正", "resume": "补正完成",
    }  # fmt: skip
    return pd.DataFrame([row])


def office(seed: int, cases: int = 150) -> pd.DataFrame:
    """Write a log: some ways from 登记 to 办结, with pauses, a step before it, and ties."""
    pick, rows = random.Random(seed), []
    for case in range(cases):
        at = dt.datetime(2024, 4, 1, 8, 30) + dt.timedelta(hours=pick.randrange(24 * 89))
        kind = pick.choice(["请示", "函"])
        way = ["签收", "登记", *pick.sample(["拟办", "批示", "承办"], pick.randint(0, 3))]
        if pick.random() < 0.15:
            way += ["补正", "补正完成"]
        for activity in [*way, "办结"]:
            rows.append({"case_id": f"{case:03}", "activity": activity, "end": at, "文种": kind})
            at += dt.timedelta(hours=pick.choice([0, 1, 3, 20, 24, 60]))
    return pd.DataFrame(rows).assign(end=lambda t: t["end"].astype("datetime64[us]"))


def used_hours(steps: list[dict[str, Any]], until: dt.datetime, walk: Walk) -> float:
    """The working hours from 登记 to a moment less what lay between 补正 and 补正完成."""
    ends = {step["activity"]: step["end"] for step in steps}
    used = walk(ends["登记"], until)
    if "补正" in ends and ends["补正"] < until:
        used -= walk(ends["补正"], min(ends.get("补正完成", until), until))
    return used


Past = tuple[float, list[tuple[float, str]], str, bool]


def decided(row: dict[str, Any], mine: list[dict[str, Any]], walk: Walk) -> Past | None:
    """When a case was done, its marks (both in shares), its kind, and whether it was late."""
    if row["verdict"] not in ("met", "late", "overdue") or row["due"] > pd.Timestamp(CUTOFF):
        return None
    allowed = used_hours(mine, row["due"].to_pydatetime(), walk)
    if row["verdict"] == "met":
        allowed = row["used_hours"] + walk(row["to_time"], row["due"])
    marks = [(used_hours(mine, s["end"].to_pydatetime(), walk) / allowed, s["activity"])
             for s in mine]  # fmt: skip
    late = row["verdict"] != "met"
    return 1e9 if late else row["used_hours"] / allowed, marks, mine[0]["文种"], late


def alike(u: float, mine: list[dict[str, Any]], past: list[Past]) -> dict[str, tuple[int, int]]:
    """Count at each level of comparison who was undone at the same share, and late."""
    found: dict[str, list[bool]] = {"standard": [], "activity": [], "activity+文种": []}
    for share, marks, kind, late in past:
        before = [name for mark, name in marks if mark <= u + 1e-12]
        same = bool(before) and before[-1] == mine[-1]["activity"]
        for level, holds in (
            ("standard", True), ("activity", same),
            ("activity+文种", same and kind == mine[0]["文种"]),
        ):  # fmt: skip
            if share > u + 1e-12 and holds:
                found[level].append(late)
    return {level: (len(values), sum(values)) for level, values in found.items()}


def expected(log: pd.DataFrame, walk: Walk) -> dict[str, dict[str, tuple[int, int]]]:
    """Give, for each pending case and level of comparison, n and late, pair by pair."""
    rows = eff.judge(log, standards(), cutoff=CUTOFF, warn=False).to_dict("records")
    seen = log[log["end"] <= CUTOFF].sort_values("end", kind="stable")
    steps = {case: part.to_dict("records") for case, part in seen.groupby("case_id")}
    past = [one for row in rows if (one := decided(row, steps[row["case_id"]], walk))]
    answer = {}
    for row in rows:
        if row["verdict"] == "pending":
            left = walk(pd.Timestamp(CUTOFF), row["due"])
            u = row["used_hours"] / (row["used_hours"] + left)
            answer[row["case_id"]] = alike(u, steps[row["case_id"]], past)
    return answer


@pytest.mark.parametrize("by", [None, "文种"])
@SEEDS
@given(seed=st.integers(0, 2**32 - 1))
def test_risks_equal_pair_by_pair(walk: Walk, by: str | None, seed: int) -> None:
    """At every level: with enough cases the narrowest, else the next, else all."""
    log = office(seed)
    want = expected(log, walk)
    levels = ["activity+文种", "activity", "standard"] if by else ["activity", "standard"]
    told = overdue_risk(log, standards(), cutoff=CUTOFF, by=by)
    assert set(told["case_id"]) == set(want)
    for row in told.to_dict("records"):
        counts = want[row["case_id"]]
        level = next(x for x in levels if counts[x][0] >= ENOUGH or x == "standard")
        assert (row["compared_by"], row["n"], row["late"]) == (level, *counts[level])
        if row["n"] >= FEWEST:
            assert (row["risk"], row["low"], row["high"]) == wilson(row["late"], row["n"])
        else:
            assert pd.isna(row["risk"])


def simple(cases: int, late: int) -> pd.DataFrame:
    """Write cases registered at 9:00 on days in a row and done after 20 or 40 minutes; one open."""
    calendar = eff.Calendar().days(dt.date(2024, 3, 1), dt.date(2024, 6, 28))
    days = pd.to_datetime(calendar.loc[calendar["working"], "day"], unit="D")[: cases + 1]
    rows = []
    for i, day in enumerate(days):
        at = day + pd.Timedelta(hours=9)
        rows.append({"case_id": f"{i:03}", "activity": "登记", "end": at})
        took = pd.Timedelta(minutes=40 if i < late else 20)
        rows.append({"case_id": f"{i:03}", "activity": "办结", "end": at + took})
    return pd.DataFrame(rows[:-1]).assign(end=lambda t: t["end"].astype("datetime64[us]"))


def ask(log: pd.DataFrame, minutes: float, **more: Any) -> pd.Series:
    cutoff = log["end"].max() + pd.Timedelta(minutes=minutes)
    rules = standards("30 min").drop(columns=["suspend", "resume"])
    return overdue_risk(log, rules, cutoff=cutoff, **more).iloc[0]


def test_what_was_done_by_then_is_not_comparable() -> None:
    """Of forty four were late. After 20 minutes only these are still undone; before, all forty."""
    log = simple(40, 4)
    early, late = ask(log, 19), ask(log, 20)
    assert early[["n", "late", "risk", "compared_by"]].tolist() == [40, 4, 0.1, "activity"]
    assert late[["n", "late", "compared_by"]].tolist() == [4, 4, "standard"]
    assert late[["risk", "low", "high"]].isna().all()
    assert early["base_share"] == late["base_share"] == 0.1
    assert late["used_share"] == pytest.approx(2 / 3)
    assert early["activity"] == "登记"


def test_cases_that_fall_due_later_are_not_counted_even_if_done() -> None:
    """Twelve quick ones on the day of the cut-off would halve the risk."""
    log = simple(12, 6)
    last = log["end"].max()
    quick = pd.DataFrame(
        [
            {"case_id": f"q{i:02}", "activity": activity, "end": last + pd.Timedelta(minutes=at)}
            for i in range(12)
            for activity, at in (("登记", 0), ("办结", 2))
        ]
    )
    both = pd.concat([log, quick], ignore_index=True)
    cutoff = last + pd.Timedelta(minutes=10)
    rules = standards("30 min").drop(columns=["suspend", "resume"])
    told = overdue_risk(both, rules, cutoff=cutoff)
    assert told[["n", "late", "risk", "base_n"]].values.tolist() == [[12, 6, 0.5, 12]]


def test_an_overdue_case_counts_as_late_and_is_not_pending() -> None:
    """Not done by the cut-off, due long before."""
    log = simple(12, 0)
    never = pd.DataFrame(
        [{"case_id": "x", "activity": "登记", "end": pd.Timestamp("2024-03-04 09:00")}]
    )
    row = ask(pd.concat([log, never], ignore_index=True), 5)
    assert row[["case_id", "n", "late"]].tolist() == ["012", 13, 1]


def test_another_version_of_a_standard_is_another_limit() -> None:
    """From the day of the pending case on an hour is allowed: nothing is known of that yet."""
    log = simple(40, 4)
    last = log["end"].max().normalize()
    old = standards("30 min").drop(columns=["suspend", "resume"])
    long_ago, eve = pd.Timestamp("2020-01-01"), last - pd.Timedelta(days=1)
    both = pd.concat(
        [
            old.assign(valid_from=long_ago, valid_to=eve),
            old.assign(limit="1 h", valid_from=last, valid_to=last),
        ],
        ignore_index=True,
    )
    told = overdue_risk(log, both, cutoff=log["end"].max() + pd.Timedelta(minutes=5))
    assert told[["n", "base_n"]].values.tolist() == [[0, 0]]
    assert told[["risk", "base_share"]].isna().all(axis=None)


def test_nothing_pending_gives_no_row() -> None:
    log = simple(12, 3).iloc[:-1]
    rules = standards("30 min").drop(columns=["suspend", "resume"])
    told = overdue_risk(log, rules)
    assert told.empty
    assert {"risk", "n", "case_id"} <= set(told.columns)
    optional = overdue_risk(simple(12, 3), rules.assign(required="no"))
    assert optional.empty


def test_a_column_that_is_not_there_is_named_with_the_nearest(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05"), 文种=["函"])
    with pytest.raises(SettingsError, match="文种"):
        overdue_risk(log, standards(), by="文件种类")


def test_an_ibis_table_gives_the_same_and_the_argument_is_untouched() -> None:
    log = office(7, 60)
    before = log.copy(deep=True)
    con = ibis.duckdb.connect()
    table = con.create_table("log", ibis.memtable(log.assign(row=range(1, len(log) + 1))))
    here = overdue_risk(log, standards(), cutoff=CUTOFF, by="文种")
    there = overdue_risk(table, standards(), cutoff=CUTOFF, by="文种")
    assert_frame_equal(here, there, check_dtype=False)
    assert_frame_equal(log, before)
    con.disconnect()


def test_at_the_due_moment_those_done_after_hours_that_day_were_still_undone() -> None:
    """They are late by no working time; at 18:00 of a "same day" all of the time is used."""
    log = simple(10, 0)
    first = log["activity"] == "登记"
    log = log.assign(
        end=log["end"].where(first, log["end"].dt.normalize() + pd.Timedelta("18:30:00"))
    )
    rules = standards("same day").drop(columns=["suspend", "resume"])
    last = log["end"].max().normalize() + pd.Timedelta("18:00:00")
    row = overdue_risk(log, rules, cutoff=last).iloc[0]
    assert row[["used_share", "n", "late", "risk"]].tolist() == [1.0, 10, 10, 1.0]
