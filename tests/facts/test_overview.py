"""What a log comes to: counted in plain Python, and by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency import tables
from efficiency.facts.flows import variants
from efficiency.facts.overview import FEW_WAYS, MANY_WAYS, overview
from efficiency.facts.times import case_times, completion, step_times

Make = Callable[..., pd.DataFrame]
SEEDS = settings(deadline=None, derandomize=True, max_examples=4, phases=[Phase.generate])


def summed(log: pd.DataFrame, before: int | None = None, **how: object) -> dict[str, object]:
    """Sum a log up: seven hours a day, two rows refused."""
    cases = case_times(log, **how)
    table = overview(
        cases, variants(log, **how), completion(cases), step_times(log, **how), 7.0, before,
        len(log) + 2, 2,
    )  # fmt: skip
    (row,) = table.to_dict("records")
    return row


def ten_cases(make_log: Make) -> pd.DataFrame:
    """Nine cases closed after 1 to 9 working hours of one or two days, and one that is open."""
    rows, units = [], []
    for n in range(1, 11):
        rows.append((f"{n:02}", "登记", "2024-03-05 08:30"))
        units.append("收发室")
        if n < 10:
            # 3.5 hours in the morning, 3.5 in the afternoon, then the next morning.
            day, hours = divmod(n, 7)
            clock = dt.datetime(2024, 3, 5 + day, 8, 30) + dt.timedelta(hours=hours)
            clock += dt.timedelta(hours=2.5 if hours > 3.5 else 0)
            rows.append((f"{n:02}", "办结", f"{clock:%Y-%m-%d %H:%M}"))
            units.append(None if n == 3 else f"处{n % 2}")
    return make_log(*rows, unit=units)


def test_ten_cases_by_hand(make_log: Make) -> None:
    """
    By 5 hours a half are done and by 9 nine in ten; three units; of two ways one is taken by nine.

    After 7 hours the morning of the next day begins: the case of 7 hours ends at 8:30 on 6 March.
    """
    row = summed(ten_cases(make_log), before=4, closed_by=["办结"], cutoff="2024-03-07 18:00")
    assert row == {
        "rows": 21, "rejected": 2, "cases": 10, "steps": 19, "units": 3, "done": 9, "open": 1,
        "cancelled": 0, "done_share": 0.9, "before": 4, "change": 6, "variants": 2,
        "few_share": 1.0, "many_share": 1.0, "median_hours": pytest.approx(5.0),
        "ninety_hours": pytest.approx(9.0), "median_days": pytest.approx(5 / 7),
        "ninety_days": pytest.approx(9 / 7),
    }  # fmt: skip


def test_what_was_not_reached_by_the_cut_off_is_not_told(make_log: Make) -> None:
    """Two of four are done: a half is reached, nine in ten is not; nothing to compare with."""
    log = make_log(
        *[(case, "登记", "2024-03-05 09:00") for case in "abcd"],
        *[(case, "办结", "2024-03-05 11:00") for case in "ab"],
    )
    row = summed(log, closed_by=["办结"], cutoff="2024-03-05 17:00")
    assert (row["median_hours"], row["median_days"]) == (2.0, pytest.approx(2 / 7))
    assert np.isnan(row["ninety_hours"])
    assert np.isnan(row["ninety_days"])
    assert pd.isna(row["before"])
    assert pd.isna(row["change"])


def test_fewer_than_before_is_a_change_below_nothing(make_log: Make) -> None:
    log = make_log(("a", "登记", "2024-03-05 09:00"))
    assert summed(log, before=3)["change"] == -2
    assert summed(log, before=0)["change"] == 1


@SEEDS
@given(seed=st.integers(0, 2**32 - 1))
def test_a_random_log_counted_in_plain_python(random_log: Make, seed: int) -> None:
    """Cases, steps, units and ways by counting; what is done and open and cancelled is all."""
    log = random_log(seed)
    moments = ["received", "start", "end"]
    seen = log[log[moments].notna().any(axis=1)]
    row = summed(log)
    assert row["cases"] == seen["case_id"].nunique()
    assert row["steps"] == len(seen)
    assert row["units"] == len(set(seen["unit"].dropna()) - {""})
    assert row["done"] + row["open"] + row["cancelled"] == row["cases"]
    assert row["done_share"] == pytest.approx(row["done"] / row["cases"])
    ended = seen[seen["end"].notna()].sort_values(["end", "row"])
    paths = {case: tuple(part) for case, part in ended.groupby("case_id")["activity"]}
    ways = Counter(paths.get(case, ()) for case in seen["case_id"].unique())
    assert row["variants"] == len(ways)
    for name, most in (("few_share", FEW_WAYS), ("many_share", MANY_WAYS)):
        told = sum(many for _, many in ways.most_common(most)) / ways.total()
        assert row[name] == pytest.approx(told)
    assert row["few_share"] <= row["many_share"] <= 1 + 1e-9


def test_the_tables_it_reads_stay_and_the_answer_keeps_its_contract(make_log: Make) -> None:
    log = ten_cases(make_log)
    cases, ways, steps = case_times(log), variants(log), step_times(log)
    done = completion(cases)
    before = [frame.copy() for frame in (cases, ways, done, steps)]
    got = overview(cases, ways, done, steps, 7.0, 1, 19, 0)
    for frame, kept in zip((cases, ways, done, steps), before, strict=True):
        assert_frame_equal(frame, kept)
    assert got.columns.tolist() == tables.OVERVIEW.names
    assert len(got) == 1


def test_a_log_of_nothing_has_shares_of_nothing(make_log: Make) -> None:
    """No case: no share of them, and no hours."""
    log = make_log(("a", "登记", "2024-03-05 09:00"))
    cases, steps = case_times(log).head(0), step_times(log).head(0)
    got = overview(cases, variants(log).head(0), tables.COMPLETION.empty(), steps, 7.0, None, 0, 0)
    (row,) = got.to_dict("records")
    assert (row["cases"], row["done"], row["variants"], row["few_share"]) == (0, 0, 0, 0.0)
    assert np.isnan([row["done_share"], row["median_hours"], row["ninety_days"]]).all()
