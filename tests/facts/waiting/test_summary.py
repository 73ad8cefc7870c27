"""Shares of waiting: by hand, and against numpy."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency.facts.waiting.summary import _ratio, waiting_summary
from efficiency.facts.waiting.waits import CAUSES

PARTS = [f"{cause}_hours" for cause in CAUSES]


def waits(*rows: tuple[str, str, dict[str, float] | None]) -> pd.DataFrame:
    """Write waits: case, activity, and hours by cause; None: not measured."""
    told = []
    for case, activity, causes in rows:
        hours = {f"{cause}_hours": (causes or {}).get(cause, 0.0) for cause in CAUSES}
        whole = sum(hours.values())
        if causes is None:
            hours, whole = dict.fromkeys(hours, np.nan), np.nan
        told.append({"case_id": case, "activity": activity, "hours": whole, **hours})
    return pd.DataFrame(told)


SMALL = waits(
    ("1", "拟办", {"off": 6.0, "contention": 2.0}),
    ("1", "登记", {"other": 1.0}),
    ("2", "拟办", {"contention": 1.0, "other": 1.0}),
    ("3", "拟办", None),
    ("3", "归档", None),
)


def test_one_row_an_activity_and_cause_all_of_them_first() -> None:
    got = waiting_summary(SMALL)
    activities = got["activity"].to_numpy().reshape(-1, len(CAUSES))
    assert activities[:, 0].tolist() == ["", "拟办", "登记", "归档"]
    assert (activities == activities[:, :1]).all()
    assert got["cause"].tolist() == list(CAUSES) * 4


def test_hours_shares_and_counts() -> None:
    """拟办 waited 10 hours, 4 of them inside the calendar, 3 for a busy desk."""
    got = waiting_summary(SMALL).set_index(["activity", "cause"])
    row = got.loc["拟办", "contention"]
    assert (row["hours"], row["share"], row["work_share"]) == (3.0, 0.3, 0.75)
    assert (row["n"], row["unmeasured"]) == (2, 1)
    whole = got.loc["", "contention"]
    assert (whole["hours"], whole["share"], whole["work_share"]) == (3.0, 3 / 11, 0.6)
    assert (whole["n"], whole["unmeasured"]) == (3, 2)
    assert got.loc["拟办", "off"]["share"] == 0.6
    assert got.xs("off", level="cause")["work_share"].isna().all()


def test_one_case_has_no_interval_and_no_waiting_no_share() -> None:
    got = waiting_summary(SMALL).set_index(["activity", "cause"])
    alone = got.loc["登记", "other"]
    assert alone["share"] == 1
    assert np.isnan(alone["low"])
    assert np.isnan(alone["high"])
    nothing = got.loc["归档"]
    assert nothing["hours"].eq(0).all()
    assert nothing["share"].isna().all()
    assert nothing["n"].eq(0).all()


def test_the_intervals_are_cochrans() -> None:
    """The residuals of each case about its share, in numpy."""
    rng = np.random.default_rng(3)
    causes = ("contention", "other", "off")
    drawn = rng.exponential([2, 3, 9], (90, 3)).tolist()
    rows = [
        (str(case), "办", dict(zip(causes, hours, strict=True)))
        for case, hours in zip(rng.integers(0, 30, 90), drawn, strict=True)
    ]
    table = waits(*rows)
    unmeasured = waits(("99", "办", None))  # a case of which nothing is known does not count
    summary = waiting_summary(pd.concat([table, unmeasured], ignore_index=True))
    row = summary.set_index(["activity", "cause"]).loc["办", "contention"]
    cases = table.groupby("case_id")[["contention_hours", "hours", "off_hours"]].sum()
    x, n = cases["contention_hours"].to_numpy(), len(cases)
    for whole, prefix in ((cases["hours"], ""), (cases["hours"] - cases["off_hours"], "work_")):
        t = whole.to_numpy()
        share = x.sum() / t.sum()
        error = np.std(x - share * t, ddof=1) * np.sqrt(n) / t.sum()
        assert row[f"{prefix}share"] == pytest.approx(share)
        assert row[f"{prefix}low"] == pytest.approx(share - 1.96 * error)
        assert row[f"{prefix}high"] == pytest.approx(share + 1.96 * error)


def test_a_share_of_all_has_the_interval_of_certainty() -> None:
    got = waiting_summary(waits(*((str(i), "办", {"other": 1.0 + i}) for i in range(5))))
    row = got[(got["activity"] == "办") & (got["cause"] == "other")].iloc[0]
    assert (row["share"], row["low"], row["high"]) == (1, 1, 1)


def test_a_table_on_an_engine_gives_the_same_and_the_frame_stays() -> None:
    before = SMALL.copy()
    expected = waiting_summary(SMALL)
    assert_frame_equal(SMALL, before)
    con = ibis.duckdb.connect()
    table = con.create_table("waits", SMALL.dropna())
    assert_frame_equal(waiting_summary(table), waiting_summary(SMALL.dropna()))
    con.disconnect()
    assert_frame_equal(waiting_summary(SMALL.iloc[::-1]), expected)


def test_no_step_at_all() -> None:
    got = waiting_summary(SMALL.iloc[:0].astype({"case_id": "object", "activity": "object"}))
    assert got.empty
    assert list(got.columns[:4]) == ["activity", "cause", "hours", "share"]


def test_what_cancels_is_no_spread() -> None:
    """Every case waits for the same all of its time: one, in whatever order it is summed."""
    third = pd.Series([1 / 3])
    sums = [third * 3, third * 3, pd.Series([1 / 3 + 1e-17]), third, third - 1e-17]
    told = _ratio(*sums, pd.Series([12]))
    assert told.to_numpy().tolist() == [[1.0, 1.0, 1.0]]
