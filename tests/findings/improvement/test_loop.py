"""Where a point stands is told by hand for each turn of the loop; shares by counting."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.evidence.points.points_file import no_points, typed_points
from efficiency.findings.improvement.loop import (
    LOOP_MEASURES,
    STATES,
    _median_interval,
    checks,
    loop,
)
from efficiency.findings.improvement.loop import loop_measures as measures_of
from efficiency.findings.rates import wilson

DAY = pd.Timestamp("2025-01-31 09:30")


def register(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{"id": f"p{at}", "title": "t", **row} for at, row in enumerate(rows)])
    dates = ("first_found", "last_found", "planned", "due", "done", "checked", "since")
    for name in set(dates) & set(frame):
        frame[name] = pd.to_datetime(frame[name])
    return typed_points(frame)


CHECKED = {"checked": "2024-12-31", "done": "2024-03-31"}
ADJUST = {**CHECKED, "verdict": "partly", "decision": "adjust"}


@pytest.mark.parametrize(
    ("row", "state", "days"),
    [
        ({}, "open", None),
        ({"due": "2025-03-03"}, "open", 31),
        ({"due": "2025-03-02"}, "due", 30),
        ({"due": "2025-01-31"}, "due", 0),
        ({"due": "2025-01-30"}, "overdue", -1),
        ({"due": "2025-01-30", "done": "2025-02-01"}, "overdue", -1),  # not done yet on the day
        ({"due": "2024-01-01", "done": "2025-01-31"}, "done", None),
        ({**CHECKED, "verdict": "too early"}, "done", None),
        ({**CHECKED, "verdict": "not measurable"}, "done", None),
        ({**CHECKED, "verdict": "no effect"}, "checked", None),
        ({**CHECKED, "verdict": "effective", "decision": "standardise"}, "closed", None),
        ({**CHECKED, "verdict": "worse", "decision": "stop"}, "closed", None),
        # No problem: nothing is to be done, whatever the day; a relapse opens that as well.
        ({"decision": "set aside"}, "closed", None),
        ({"decision": "set aside", "due": "2025-01-30"}, "closed", None),
        ({"decision": "set aside", "status": "relapsed"}, "open", None),
        # Done again since the check: that one waits for its own.
        ({**CHECKED, "verdict": "partly", "done": "2025-01-15"}, "done", None),
        (ADJUST, "open", None),
        ({**ADJUST, "due": "2024-03-31"}, "open", None),
        ({**ADJUST, "due": "2025-01-30"}, "overdue", -1),
        ({**ADJUST, "done": "2025-01-15"}, "done", None),
        ({"status": "resolved"}, "closed", None),
        ({"status": "resolved", "due": "2025-01-01"}, "closed", None),
        ({**CHECKED, "status": "resolved", "verdict": "effective"}, "checked", None),
        # A relapse opens what was closed; what was due and done before it is of the last round.
        ({**CHECKED, "status": "relapsed", "verdict": "no effect", "decision": "standardise",
          "due": "2024-04-01", "history": "2024-12-31 · relapsed · no effect"}, "open", None),
        ({**CHECKED, "status": "relapsed", "verdict": "no effect", "decision": "standardise",
          "due": "2025-02-01", "history": "2024-12-31 · relapsed · no effect"}, "due", 1),
        ({"checked": "2024-12-31", "done": "2025-01-10", "status": "relapsed", "due": "2025-01-01",
          "history": "2024-12-31 · relapsed · no effect"}, "done", None),
    ],
)  # fmt: skip
def test_where_a_point_stands(row: dict[str, Any], state: str, days: int | None) -> None:
    points = register(row)
    before = points.copy()
    told = loop(points, DAY)
    assert told.loc[0, "state"] == state
    assert (None if pd.isna(told.loc[0, "days"]) else told.loc[0, "days"]) == days
    pd.testing.assert_frame_equal(points, before)


def test_the_loop_of_no_points() -> None:
    assert loop(no_points(), DAY).empty


def test_checks_are_read_from_the_history_and_what_is_none_is_passed_over() -> None:
    history = (
        "2023-12-31 · new · too early · 0.6 (0.55–0.65) · n=400\n"
        "a remark of somebody's · with · dots\n"
        "2024-13-31 · new · effective\n"
        "2024-12-31 · resolved · effective · n=90"
    )
    assert [(f"{date:%Y}", status, verdict) for date, status, verdict in checks(history)] == [
        ("2023", "new", "too early"),
        ("2024", "resolved", "effective"),
    ]


# --- how well it runs


def test_nothing_to_count_is_empty_and_not_zero() -> None:
    told = measures_of(no_points(), DAY)
    assert told["measure"].tolist() == list(LOOP_MEASURES)
    assert told["n"].tolist() == [0] * 7
    assert told[["k", "value", "low", "high"]].isna().all(axis=None)


@pytest.fixture(scope="module")
def counted() -> pd.DataFrame:
    """The measures of seven points, as they are worked out in the tests below."""
    early, late = "2024-01-01", "2024-12-31"
    done = "2024-06-30"
    line = "2024-12-31 · {} · {}"
    points = register(
        {"first_found": early, "planned": "2024-01-31", "due": "2024-07-01", "done": done,
         "checked": late, "verdict": "effective", "status": "resolved",
         "history": line.format("resolved", "effective")},
        {"first_found": early, "planned": "2024-02-01", "due": "2024-06-29", "done": done,
         "checked": late, "verdict": "no effect", "status": "recurring",
         "history": line.format("recurring", "no effect")},
        {"first_found": early, "due": "2025-01-31"},
        {"first_found": early, "due": "2025-02-01", "done": done, "checked": late,
         "verdict": "too early", "history": line.format("recurring", "too early")},
        {"first_found": "2025-01-02"},
        {"first_found": early, "done": "2025-02-01"},
        {"first_found": early, "planned": "2024-01-15", "done": done, "checked": late,
         "verdict": "partly", "history": line.format("recurring", "partly")},
    )  # fmt: skip
    return measures_of(points, DAY).set_index("measure")


@pytest.mark.parametrize(
    ("measure", "k", "n"),
    [
        ("planned", 2, 6),  # the first and the last; the second a day late; the fifth is too new
        ("done", 1, 3),  # the first; the second a day late, the third not at all
        ("checked", 3, 4),  # the fourth was too early; the sixth is done tomorrow
        ("improved", 2, 3),
        ("months", 1, 12),
    ],
)
def test_shares_by_counting(counted: pd.DataFrame, measure: str, k: int, n: int) -> None:
    row = counted.loc[measure]
    assert (row["k"], row["n"], row["value"]) == (k, n, pytest.approx(k / n))
    if measure == "months":
        assert pd.isna(row["low"])
    else:
        assert (row["low"], row["high"]) == pytest.approx(wilson(k, n)[1:])


def test_days_of_a_loop(counted: pd.DataFrame) -> None:
    """Three loops of 365 days each; three are too few for an interval of 95 %."""
    row = counted.loc["days"]
    assert (row["n"], row["value"]) == (3, 365)
    assert pd.isna(row["low"])
    assert pd.isna(row["k"])


@pytest.mark.parametrize(
    ("history", "k", "n"),
    [
        (["2024-01-01 resolved"], 0, 0),  # not looked at since
        (["2024-01-01 resolved", "2024-06-29 relapsed"], 1, 1),  # 180 days
        (["2024-01-01 resolved", "2024-06-30 relapsed"], 0, 0),  # 181: when, is unknown
        (["2024-01-01 resolved", "2024-06-29 resolved"], 0, 1),
        (["2024-01-01 resolved", "2024-06-28 resolved"], 0, 0),
        (["2024-01-01 resolved", "2024-04-01 resolved", "2024-08-01 resolved"], 0, 1),
        (["2024-01-01 resolved", "2024-04-01 resolved", "2024-05-01 relapsed"], 1, 1),
        (["2024-01-01 resolved", "2024-07-01 resolved", "2024-08-01 relapsed"], 0, 1),
        (["2024-01-01 recurring", "2024-03-01 relapsed"], 0, 0),
        (["2023-01-01 resolved", "2023-03-01 relapsed", "2023-06-01 resolved",
          "2023-12-31 resolved"], 1, 2),
        (["2024-12-01 resolved", "2025-02-01 relapsed"], 0, 0),  # after the day
    ],
)  # fmt: skip
def test_recurrence(history: list[str], k: int, n: int) -> None:
    lines = "\n".join(f"{check.replace(' ', ' · ')} · too early" for check in history)
    told = measures_of(register({"history": lines}), DAY).set_index("measure").loc["recurred"]
    assert told["n"] == n
    assert (0 if pd.isna(told["k"]) else told["k"]) == k
    assert pd.isna(told["value"]) == (n == 0)


def test_months_since_the_first_finding() -> None:
    """Found in November 2024: three months up to January; one had a loop completed in it."""
    points = register(
        {"first_found": "2024-11-30", "history": "2025-01-15 · recurring · partly"},
        {"first_found": "2024-12-30", "history": "2025-01-20 · resolved · effective"},
        {"first_found": "2024-12-30", "history": "2025-02-20 · resolved · effective"},
    )
    row = measures_of(points, DAY).set_index("measure").loc["months"]
    assert (row["k"], row["n"]) == (1, 3)
    long_ago = register({"first_found": "2023-01-01", "history": "2024-01-31 · new · worse"})
    row = measures_of(long_ago, DAY).set_index("measure").loc["months"]
    assert (row["k"], row["n"]) == (0, 12)


def test_a_check_without_a_history_counts_too() -> None:
    row = {"first_found": "2024-12-01", "checked": "2024-12-31", "verdict": "worse"}
    told = measures_of(register(row), DAY).set_index("measure")
    assert told.loc["days", "value"] == 30
    assert told.loc["months", ["k", "n"]].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("n", "place"), [(5, None), (6, 1), (8, 1), (9, 2), (15, 4), (20, 6), (100, 40)]
)
def test_the_interval_of_a_median(n: int, place: int | None) -> None:
    """The innermost ranks below which at most 2.5 % of samples have the median."""
    tails = [sum(math.comb(n, below) for below in range(rank)) / 2**n for rank in range(1, n)]
    assert sum(tail <= 0.025 for tail in tails) == (place or 0)
    low, high = _median_interval(pd.Series(range(1, n + 1), dtype=float).to_numpy())
    if place is None:
        assert pd.isna(low)
        assert pd.isna(high)
    else:
        assert (low, high) == (place, n + 1 - place)


days = st.dates(
    pd.Timestamp("2024-01-01").date(), pd.Timestamp("2025-12-31").date()
) | st.none()  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(days, days, days, days), min_size=1, max_size=5))
def test_every_point_stands_somewhere_and_shares_are_shares(rows: list[tuple[Any, ...]]) -> None:
    names = ("first_found", "planned", "due", "done")
    points = register(*(dict(zip(names, row, strict=True)) for row in rows))
    told = loop(points, DAY)
    assert set(told["state"]) <= set(STATES)
    to_do = told["state"].isin(["overdue", "due"])
    assert told.loc[to_do, "days"].notna().all()
    shares = measures_of(points, DAY).dropna(subset=["k"])
    assert ((shares["k"] >= 0) & (shares["k"] <= shares["n"])).all()
