"""More in than out: by hand, and on made-up queues of known use, a unit each in one log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

import efficiency as eff
from efficiency.findings.time.balance import balance, flow_balance, month_end

Make = Callable[..., pd.DataFrame]
FIRST = pd.Timestamp("2023-01-02")
YEARS = 104 * 7.0  # days


def queue(
    seed: int, use: float, *, rate: float = 1860 / YEARS, days: float = YEARS
) -> tuple[np.ndarray, np.ndarray]:
    """Arrivals and ends (days) of a single desk, first come first served, lognormal work."""
    rng = np.random.default_rng(seed)
    came = np.sort(rng.uniform(0, days, rng.poisson(rate * days)))
    work = rng.lognormal(np.log(use / rate) - 0.125, 0.5, len(came))
    ends, free = np.empty(len(came)), 0.0
    for i in range(len(came)):
        free = max(came[i], free) + work[i]
        ends[i] = free
    return came, ends


def log_of(desks: dict[str, tuple[np.ndarray, np.ndarray]], days: float = YEARS) -> pd.DataFrame:
    """Write the desks' work as a log, seen up to a day."""
    parts = []
    for unit, (came, ends) in desks.items():
        seen = pd.Series(np.where(ends <= days, ends, np.nan))
        part = pd.DataFrame(
            {
                "case_id": [f"{unit}{i}" for i in range(len(came))],
                "activity": "办理",
                "unit": unit,
                "received": FIRST + pd.to_timedelta(came, "D"),
                "end": FIRST + pd.to_timedelta(seen, "D").to_numpy(),
            }
        )
        parts.append(part)
    log = pd.concat(parts, ignore_index=True)
    times = {name: log[name].astype("datetime64[us]") for name in ("received", "end")}
    return log.assign(**times)


def told(desks: dict[str, tuple[np.ndarray, np.ndarray]], days: float = YEARS) -> pd.DataFrame:
    return balance(log_of(desks, days), cutoff=FIRST + pd.Timedelta(days=days))


# --- desks of known use


def test_an_overload_is_found_with_its_size() -> None:
    """60 desks with 1.2 times the work they can do, 1,860 arrivals in two years."""
    table = told({f"{i:03}": queue(i, 1.2) for i in range(60)})
    assert ((table["low"] <= 1.2) & (table["high"] >= 1.2)).sum() >= 57
    assert (table["p"] < 0.01).sum() >= 57
    assert ((table["net_low"] > 0) == (table["low"] > 1)).sum() >= 57


def test_a_desk_that_keeps_up_is_not_called_overloaded() -> None:
    """Though more came than went: something always lies there. 60 desks in use for 0.6 or 0.9."""
    table = told({f"{i:03}": queue(1000 + i, 0.9 if i % 2 else 0.6) for i in range(60)})
    assert (table["p"] < 0.05).sum() <= 3
    assert table["reason"].isna().all()
    assert (table["open"] > 0).sum() > 20


def test_a_desk_where_everything_stays_for_two_months_is_not_overloaded() -> None:
    """Filling up is not overload: over all of the time a tenth more comes than goes."""
    desks = {}
    for i in range(60):
        rng = np.random.default_rng(i)
        came = np.sort(rng.uniform(0, YEARS, 1860))
        desks[f"{i:03}"] = (came, came + rng.exponential(56.0, len(came)))
    table = told(desks)
    assert (table["p"] < 0.05).sum() <= 3
    assert (table["open_before"] > 50).all()
    assert table["ratio"].between(0.9, 1.1).all()


# --- by hand


def test_what_is_counted_adds_up() -> None:
    """Arrivals less completions is what more lies there than before, and all that is in the log."""
    desks = {"甲": queue(1, 1.2), "乙": queue(2, 0.8)}
    log = log_of(desks)
    was = log.copy(deep=True)
    cutoff = FIRST + pd.Timedelta(days=YEARS)
    table = balance(log, cutoff=cutoff)
    assert_frame_equal(log, was)
    assert table["unit"].tolist() == ["乙", "甲"]
    for row in table.to_dict("records"):
        mine = log[log["unit"] == row["unit"]]
        since = row["since"]
        assert cutoff - since == pd.Timedelta(weeks=row["weeks"])
        assert row["arrivals"] == (mine["received"] > since).sum()
        assert row["completions"] == (mine["end"] > since).sum()
        before = mine[mine["received"] <= since]
        assert row["open_before"] == (~(before["end"] <= since)).sum()
        assert row["open"] == mine["end"].isna().sum()
        assert row["open"] - row["open_before"] == row["arrivals"] - row["completions"]
        assert row["ratio"] == pytest.approx(row["arrivals"] / row["completions"])
        days = eff.Calendar().days(since.date() + pd.Timedelta(days=1), cutoff.date())
        weeks = days["working"].sum() / 5
        net = row["arrivals"] - row["completions"]
        assert row["net_per_week"] == pytest.approx(net / weeks)


def test_the_first_weeks_do_not_count() -> None:
    """95 of 100 early items stay ten days: counting begins with the next whole week back."""
    came = np.arange(0, 364.0)
    table = told({"甲": (came, came + 10.0)}, days=364.0)
    assert table["weeks"].tolist() == [50]
    assert table["since"].tolist() == [FIRST + pd.Timedelta(days=14)]
    assert table[["arrivals", "completions", "open_before", "open"]].values.tolist() == [
        [349, 350, 10, 9]
    ]


def test_the_interval_and_p_by_hand() -> None:
    """Eight weeks in blocks of two: 11, 9, 12, 8 come and 8, 9, 9, 6 go."""
    came = np.array([5, 6, 4, 5, 7, 5, 4, 4], dtype=float)
    left = np.array([4, 4, 5, 4, 4, 5, 3, 3], dtype=float)
    got = flow_balance(came, left)
    ratio = 40 / 32
    misfits = [11 - ratio * 8, 9 - ratio * 9, 12 - ratio * 9, 8 - ratio * 6]
    error = (4 / 3 * sum(x * x for x in misfits)) ** 0.5 / 40
    three = 3.182446305284263  # Student's t, 3 degrees of freedom, 97.5 %
    assert got["ratio"] == ratio
    assert got["low"] == pytest.approx(ratio / np.exp(three * error))
    assert got["high"] == pytest.approx(ratio * np.exp(three * error))
    nets = [3.0, 0.0, 3.0, 2.0]
    spread = 4 * np.std(nets, ddof=1) / 4**0.5
    assert got["net_per_week"] == 1.0
    assert got["net_low"] == pytest.approx((8 - three * spread) / 8)
    assert got["net_high"] == pytest.approx((8 + three * spread) / 8)
    assert got["p"] == pytest.approx(stats.ttest_1samp(nets, 0, alternative="greater").pvalue)


def test_a_desk_that_only_works_off_what_lay_there_has_no_small_p() -> None:
    assert flow_balance(np.full(16, 4.0), np.full(16, 5.0))["p"] == 1.0
    assert flow_balance(np.full(16, 4.0), np.full(16, 4.0))["p"] == 1.0


def test_what_cannot_be_told_says_why() -> None:
    """Few items; few weeks; items that stay for most of the time; arrivals not recorded."""
    day = np.arange(0, 200.0)
    desks = {
        "few": (day[:20], day[:20] + 1),
        "long": (day, day + 120.0),
        "good": (day, day + 1),
    }
    table = told(desks, days=200.0).set_index("unit")
    assert table["reason"].to_dict() == {"few": "few", "good": None, "long": "short"}
    assert table.loc[["few", "long"], ["ratio", "low", "net_per_week", "p"]].isna().all(axis=None)
    assert table.loc["long", ["arrivals", "completions", "open"]].tolist() == [200, 81, 119]
    brief = told({"甲": (np.arange(0, 40, 0.5), np.arange(0, 40, 0.5) + 0.1)}, days=40.0)
    assert brief["reason"].tolist() == ["short"]
    unseen = log_of({"甲": (day, day + 1)}, 200.0).drop(columns="received")
    assert balance(unseen)["reason"].tolist() == ["unseen"]


# --- month's end


def daily(counts: Callable[[pd.Timestamp, bool], int], last: str = "2024-12-31") -> pd.DataFrame:
    """Write a log with so many arrivals on each working day of 2024, known to be at the end."""
    table = eff.Calendar().days(pd.Timestamp("2024-01-01").date(), pd.Timestamp(last).date())
    days = pd.to_datetime(table.loc[table["working"], "day"], unit="D")
    rows = []
    for _, group in days.groupby(days.dt.month):
        ordered = sorted(group)
        for day in ordered:
            rows += [day + pd.Timedelta(hours=9)] * counts(day, day in ordered[-3:])
    moments = pd.Series(rows).astype("datetime64[us]")
    return pd.DataFrame(
        {
            "case_id": [str(i) for i in range(len(rows))],
            "activity": "办理",
            "unit": "甲",
            "received": moments,
            "end": moments,
        }
    )


def test_a_burst_at_months_end_by_another_road() -> None:
    """Even counts: nothing but chance is to be allowed for, and the test is the binomial one."""
    log = daily(lambda day, at_end: 5 if at_end else 2)
    row = month_end(log).iloc[0]
    assert row[["end_days", "end_arrivals"]].tolist() == [36, 180]
    others = int(row["other_days"])
    assert row["other_arrivals"] == 2 * others
    assert row["ratio"] == 2.5
    assert row["dispersion"] == 0.0
    test = stats.binomtest(180, 180 + 2 * others, 36 / (36 + others), alternative="greater")
    share = stats.binomtest(180, 180 + 2 * others).proportion_ci(method="exact")
    assert row["p"] == pytest.approx(test.pvalue, rel=1e-6)
    low, high = (edge / (1 - edge) * others / 36 for edge in share)
    assert row[["low", "high"]].tolist() == pytest.approx([low, high])


def test_chance_seldom_makes_a_burst_even_where_arrivals_come_in_bunches() -> None:
    """120 units without any: Poisson counts, and counts in bunches of five."""
    rng = np.random.default_rng(5)
    days = eff.Calendar().days(pd.Timestamp("2023-01-01").date(), pd.Timestamp("2024-12-31").date())
    dates = pd.to_datetime(days.loc[days["working"], "day"], unit="D").to_numpy()
    parts = []
    for unit in range(120):
        size = 1 if unit < 60 else 5
        n = rng.poisson(3 / size, len(dates)) * size
        parts.append(pd.DataFrame({"unit": f"{unit:03}", "received": np.repeat(dates, n)}))
    log = pd.concat(parts, ignore_index=True).assign(activity="办理")
    log = log.assign(
        case_id=log.index.astype(str), received=log["received"].astype("datetime64[us]")
    )
    table = month_end(log)
    plain, bunched = table.iloc[:60], table.iloc[60:]
    for part in (plain, bunched):
        assert (part["p"] < 0.05).sum() <= 6
        assert ((part["low"] <= 1) & (part["high"] >= 1)).sum() >= 54
    assert plain["dispersion"].mean() == pytest.approx(1, abs=0.05)
    assert bunched["dispersion"].mean() == pytest.approx(5, abs=0.5)


def test_days_off_and_small_numbers_are_told_but_not_compared() -> None:
    log = daily(lambda day, at_end: 1, last="2024-01-31")
    saturday = pd.Timestamp("2024-01-13 10:00")
    off = log.iloc[[0]].assign(case_id="x", received=saturday, end=saturday)
    row = month_end(pd.concat([log, off], ignore_index=True)).iloc[0]
    assert row[["end_days", "end_arrivals", "off_arrivals"]].tolist() == [3, 3, 1]
    assert row[["ratio", "low", "high", "p"]].isna().all()


def test_how_many_days_are_a_months_end() -> None:
    log = daily(lambda day, at_end: 3)
    before = log.copy(deep=True)
    assert month_end(log, days=1)["end_days"].tolist() == [12]
    assert month_end(log, days=5)["end_days"].tolist() == [60]
    assert_frame_equal(log, before)


def test_by_activity(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05"), ("2", "转办", "2024-03-06"))
    for function in (balance, month_end):
        table: Any = function(log, by="activity")
        assert table["activity"].tolist() == ["登记", "转办"]


def test_a_desk_that_stopped_working_is_no_short_record() -> None:
    """Every other day something comes, for 600 days; the first 60 are done in two hours."""
    came = pd.date_range("2023-01-02 09:00", periods=300, freq="2D")
    log = pd.DataFrame({"case_id": [str(n) for n in range(300)], "activity": "拟办", "unit": "甲"})
    log = log.assign(received=came, end=(came + pd.Timedelta(hours=2)).where(log.index < 60))
    (row,) = balance(log, cutoff="2024-08-30 18:00").to_dict("records")
    assert (row["reason"], row["open"]) == (None, 240)
    assert row["low"] > 1
