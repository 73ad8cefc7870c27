"""Changes of pace on made-up logs with a known date and size, and counted by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.findings.discoveries import adjusted
from efficiency.findings.groups.ranks import contrast
from efficiency.findings.groups.samples import Sample
from efficiency.findings.kinds.change import shifted
from efficiency.findings.time.changes import COLUMNS, Reform, changes

OPENS = np.timedelta64(8 * 60 + 30, "m")
SHIFT = dt.date(2024, 3, 4)  # a Monday
YEAR_2023 = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def working_days(first: dt.date, last: dt.date) -> np.ndarray:
    days = eff.Calendar().days(first, last)
    office = days[(days["calendar"] == 0) & days["working"]]
    return office["day"].to_numpy().astype("datetime64[D]")


def mornings(
    hours: np.ndarray, days: np.ndarray, kinds: np.ndarray | str = "函", **columns: object
) -> pd.DataFrame:
    """Write a case a row: it comes at half past eight and is done before noon."""
    came = days.astype("datetime64[us]") + OPENS
    spent = np.round(hours.clip(max=3.4) * 3_600_000_000).astype("timedelta64[us]")
    ids = [f"{i:04}" for i in range(len(days))]
    known = {"case_id": ids, "activity": "办理", "文种": kinds, **columns}
    return pd.DataFrame({**known, "received": came, "end": came + spent})


def office(n: int = 800, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """The hours and days of two years at one pace: a median of three quarters of an hour."""
    rng = np.random.default_rng(seed)
    days = np.sort(rng.choice(working_days(dt.date(2023, 1, 1), dt.date(2024, 12, 31)), n))
    return 0.75 * rng.lognormal(0, 0.4, n), days


def planted(factor: float = 1.5) -> pd.DataFrame:
    hours, days = office()
    return mornings(hours * np.where(days >= np.datetime64(SHIFT), factor, 1.0), days)


def one(table: pd.DataFrame, **wanted: object) -> pd.Series:
    held = [table[name] == value for name, value in wanted.items()]
    found = table[np.logical_and.reduce(held)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.fixture(scope="module")
def slower() -> pd.DataFrame:
    """The changes of a log that takes half as long again from a Monday on."""
    log = planted()
    before = log.copy()
    baseline = (dt.date(2023, 3, 1), dt.date(2024, 2, 29))
    found = changes(log, baseline=baseline, reforms=[Reform(SHIFT, "取消一个环节")])
    assert_frame_equal(log, before)
    return found


#: Reforms of an office at one pace: after 19 cases, on a Wednesday amid a week, at its very end.
EARLY, AMID, LAST = dt.date(2023, 1, 14), dt.date(2024, 3, 6), dt.date(2024, 12, 16)


@pytest.fixture(scope="module")
def quiet() -> tuple[pd.DataFrame, pd.DataFrame]:
    """A log in which nothing happened, and its changes."""
    log = mornings(*office(400, 2))
    reforms = [Reform(day) for day in (EARLY, LAST, SHIFT, AMID)]
    return log, changes(log, baseline=YEAR_2023, reforms=reforms)


# --- what is planted


def test_a_planted_shift_is_found_near_its_date(slower: pd.DataFrame) -> None:
    assert slower.columns.tolist() == COLUMNS
    found = one(slower, measure="case", kind="found")
    assert abs(found["at"] - pd.Timestamp(SHIFT)) <= pd.Timedelta(days=21)
    assert found["p"] == 1 / 2000
    assert found["ratio_low"] <= found["ratio"] <= found["ratio_high"]


@pytest.mark.parametrize("kind", ["reform", "baseline"])
def test_its_size_lies_inside_the_intervals(slower: pd.DataFrame, kind: str) -> None:
    """Half as long again: three eighths of an hour more at the median."""
    row = one(slower, measure="case", kind=kind)
    assert row["ratio_low"] <= 1.5 <= row["ratio_high"]
    assert row["difference_low"] <= 0.375 <= row["difference_high"]
    assert row["difference_low"] > 0.2
    # The mean of these times is 0.75 e^0.08 hours; half as much more is lost a case.
    assert row["mean_low"] <= 0.375 * np.exp(0.08) <= row["mean_high"]
    assert row["mean_low"] > 0.2
    assert row["p"] < 1e-5
    assert row["title"] == ("取消一个环节" if kind == "reform" else "")
    assert row["untested"] == ""


def test_one_activity_is_the_case(slower: pd.DataFrame) -> None:
    """Where a case is one step, both measures say the same."""
    case, step = (slower[slower["measure"] == name] for name in ("case", "办理"))
    assert len(case) == len(step) == 3
    assert_frame_equal(
        case.drop(columns="measure").reset_index(drop=True),
        step.drop(columns="measure").reset_index(drop=True),
        atol=1e-9,
    )
    (told,) = adjusted(slower)
    # What was found next to the reform is the reform's.
    assert told.loc[shifted(told), "kind"].tolist() == ["baseline", "reform"] * 2


def test_every_case_is_accounted_for(slower: pd.DataFrame) -> None:
    assert (slower["n_before"] + slower["n_after"] + slower["left_out"] == 800).all()


def test_medians_means_and_p_by_hand(slower: pd.DataFrame) -> None:
    """All functions alike: plain medians and means of March to December, the reform's months."""
    row = one(slower, measure="case", kind="reform")
    log = planted()
    hours = (log["end"] - log["received"]).dt.total_seconds().to_numpy() / 3600
    late = (log["end"] - log["received"]).quantile(0.95)
    judged = (log["received"] <= log["end"].max() - late).to_numpy()
    kept = judged & (log["received"].dt.month >= 3).to_numpy()
    after = (log["received"] >= pd.Timestamp(SHIFT)).to_numpy()
    first, second = hours[kept & ~after], hours[kept & after]
    assert row["median_before_hours"] == pytest.approx(np.median(first))
    assert row["median_after_hours"] == pytest.approx(np.median(second))
    assert row["difference_hours"] == pytest.approx(
        row["median_after_hours"] - row["median_before_hours"]
    )
    assert row["mean_difference_hours"] == pytest.approx(np.mean(second) - np.mean(first))
    assert (row["n_before"], row["n_after"]) == (len(first), len(second))
    assert row["left_out"] == (~kept).sum()
    assert row["p"] == pytest.approx(by_weeks(log, kept, after))
    assert row["held_equal"] == ""
    assert row["same_months"]
    # Days were drawn at random: no week is like the one before.
    assert row["weeks"] == 1


def by_weeks(log: pd.DataFrame, kept: np.ndarray, after: np.ndarray) -> float:
    """The p of all cases held against each other, their weeks from Monday to Sunday."""
    week = (log["received"] - pd.Timestamp("2022-12-26")).dt.days.to_numpy() // 7
    hours = (log["end"] - log["received"]).dt.total_seconds().to_numpy() / 3600
    none, same = np.zeros(kept.sum(), dtype=bool), np.zeros(kept.sum(), dtype=int)
    return contrast(Sample(hours[kept], none, same, week[kept]), after[kept]).p


def test_a_week_that_a_date_parts_is_one_week(quiet: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Those begun on Tuesday stand in one queue with those begun on Wednesday, after the date."""
    log, found = quiet
    row = one(found, measure="case", kind="reform", at=pd.Timestamp(AMID))
    spent = log["end"] - log["received"]
    kept = (log["received"] <= log["end"].max() - spent.quantile(0.95)).to_numpy()
    kept &= (log["received"].dt.month >= 3).to_numpy()
    after = (log["received"] >= pd.Timestamp(AMID)).to_numpy()
    week = log["received"].dt.strftime("%G-%V").to_numpy()
    assert len(set(week[kept & after]) & set(week[kept & ~after])) == 1
    assert row["p"] == pytest.approx(by_weeks(log, kept, after), rel=1e-6)


# --- nothing happened


def test_nothing_is_found_where_nothing_happened(
    quiet: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    """A search that finds no date is a test as well."""
    _, found = quiet
    (told,) = adjusted(found)
    assert not shifted(told).any()
    searched = found[found["kind"] == "found"]
    assert searched["at"].isna().all()
    assert (searched["p"] > 0.05).all()
    assert (searched["untested"] == "").all()
    assert searched[["ratio", "difference_hours", "median_before_hours"]].isna().all(axis=None)
    tested = found[(found["kind"] == "reform") & (found["untested"] == "")]
    assert tested["at"].nunique() == 2
    assert tested["ratio"].between(0.85, 1.15).all()


def test_a_mix_that_shifts_is_not_a_change() -> None:
    """Ever more 请示, which take twice as long: the plain medians part, comparable cases do not."""
    hours, days = office(600)
    rng = np.random.default_rng(3)
    asks = rng.random(600) < np.linspace(0.1, 0.9, 600)
    log = mornings(hours * np.where(asks, 2.0, 1.0), days, np.where(asks, "请示", "函"))
    row = one(changes(log, baseline=YEAR_2023), measure="case", kind="baseline")
    spent = (log["end"] - log["received"]).dt.total_seconds() / 3600
    year = log["received"].dt.year
    assert spent[year == 2024].median() / spent[year == 2023].median() > 1.3
    assert row["held_equal"] == "文种"
    assert row["ratio_low"] < 1.0 < row["ratio_high"]
    assert row["difference_low"] < 0.0 < row["difference_high"]
    assert row["p"] > 0.05


# --- windows


def test_only_months_that_both_sides_hold_are_compared() -> None:
    """Every summer and autumn takes twice as long; a first half is held against a first half."""
    hours, days = office()
    month = pd.Series(days).dt.month
    log = mornings(hours * np.where(month > 6, 2.0, 1.0), days)
    period = (dt.date(2024, 1, 1), dt.date(2024, 6, 30))
    row = one(changes(log, baseline=YEAR_2023, period=period), measure="case", kind="baseline")
    came = log["received"]
    early = came.dt.month <= 6
    assert row["same_months"]
    assert row["n_before"] == (early & (came.dt.year == 2023)).sum()
    assert row["n_after"] == (early & (came.dt.year == 2024)).sum()
    assert row["ratio_low"] < 1.0 < row["ratio_high"]
    assert row["at"] == pd.Timestamp("2024-01-01")


def test_windows_hold_their_first_and_last_day() -> None:
    """Without months in common all of both windows counts, and a season may explain it."""
    hours, days = office(500)
    log = mornings(hours, days)
    baseline = (dt.date(2023, 2, 1), dt.date(2023, 5, 31))
    period = (dt.date(2023, 7, 3), dt.date(2023, 11, 30))
    row = one(changes(log, baseline=baseline, period=period), measure="case", kind="baseline")
    day = log["received"].dt.date
    assert not row["same_months"]
    assert row["n_before"] == day.between(*baseline).sum()
    assert row["n_after"] == day.between(*period).sum()
    assert row["at"] == pd.Timestamp(period[0])


# --- who is left out


def test_cases_under_way_or_begun_too_late_to_judge_are_left_out() -> None:
    """
    A case each working day of half a year, at nine; each is done at nine ten days later.

    Those begun in the ten days before a date belong to neither side. Seen on 31 May: of 100 cases
    or so a few are under way, and 95 % have been seen for ten days. So what was begun after
    21 May, nine in the morning, is left out; the rest is all done.
    """
    days = working_days(dt.date(2024, 1, 2), dt.date(2024, 6, 28))
    begun, ten = (
        pd.Series(days.astype("datetime64[us]")) + pd.Timedelta(hours=9),
        pd.Timedelta("10d"),
    )
    log = pd.DataFrame({"case_id": [f"{i:03}" for i in range(len(days))], "activity": "办理",
                        "received": begun, "end": begun + ten})  # fmt: skip
    cutoff = pd.Timestamp("2024-05-31 09:00")
    dates = [dt.date(2024, 4, 10), dt.date(2024, 3, 20)]
    found = changes(log, cutoff=cutoff, reforms=[Reform(date, "试行") for date in dates])
    late = begun.between(cutoff - ten, cutoff, inclusive="right").sum()
    assert late > 5
    for at in map(pd.Timestamp, dates):
        row = one(found, measure="case", kind="reform", at=at)
        assert row["n_before"] == (begun < at - ten).sum()
        assert row["n_after"] == begun.between(at, cutoff - ten).sum()
        assert row["left_out"] == begun.between(at - ten, at).sum() + late
        assert row["n_before"] + row["n_after"] + row["left_out"] == (begun <= cutoff).sum()
    assert one(found, measure="case", kind="found")["left_out"] == late


# --- what cannot be tested


def test_too_few_is_said(quiet: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """A reform after less than 20 cases, one in the last weeks, and a log of a month."""
    log, found = quiet
    whole = found[(found["measure"] == "case") & (found["kind"] == "reform")]
    untested = dict(zip(whole["at"].dt.date, whole["untested"], strict=True))
    assert untested == {EARLY: "few", LAST: "few", SHIFT: "", AMID: ""}
    few = whole[whole["untested"] == "few"]
    assert few[["p", "ratio", "difference_low"]].isna().all(axis=None)
    assert few["n_before"].min() < 20
    short = log[log["received"] < "2023-02-01"]
    searched = changes(short, baseline=YEAR_2023)
    said = searched[["kind", "untested"]].drop_duplicates().to_numpy().tolist()
    assert said == [["baseline", "few"], ["found", "season"]]
    assert searched["p"].isna().all()


def test_no_date_is_looked_for_in_a_log_of_one_year() -> None:
    """A step from summer on may be the season; the year after shows that it is none."""
    hours, days = office(1200, 4)
    step = days >= np.datetime64("2023-07-03")
    log = mornings(hours * np.where(step, 2.0, 1.0), days)
    year = changes(log[log["received"] < "2024-01-01"])
    assert year[["kind", "untested"]].drop_duplicates().to_numpy().tolist() == [
        ["found", "season"]
    ]  # fmt: skip
    assert year[["p", "at"]].isna().all(axis=None)
    found = one(changes(log), measure="case", kind="found")
    assert abs(found["at"] - pd.Timestamp("2023-07-03")) <= pd.Timedelta(days=21)
    assert found["p"] < 0.01


def reformed(seed: int, factor: float, swing: float) -> tuple[float, float]:
    """The p of a reform in July of a year that swings and steps, as told, and without the swing."""
    rng = np.random.default_rng(seed)
    july = pd.Timestamp("2023-07-03")
    days = np.sort(rng.choice(working_days(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), 400))
    season = np.exp(-swing * np.sin(2 * np.pi * pd.Series(days).dt.dayofyear / 365.25))
    pace = (season * np.where(days >= july, factor, 1.0)).to_numpy()
    log = mornings(0.4 * rng.lognormal(0, 0.4, 400) * pace, days)
    row = one(changes(log, reforms=[Reform(july.date())]), measure="case", kind="reform")
    assert not row["same_months"]
    plain = by_weeks(log, np.ones(400, dtype=bool), (log["received"] >= july).to_numpy())
    return float(row["p"]), plain


def test_a_yearly_swing_is_no_reform() -> None:
    """Where cases since July take longer than those before, and a season is all there is."""
    ps = [reformed(seed, 1.0, 0.15) for seed in range(10)]
    assert sum(plain <= 0.05 for _, plain in ps) >= 7
    assert sum(told <= 0.05 for told, _ in ps) <= 1


def test_a_reform_stands_out_beside_a_yearly_swing() -> None:
    """Half as long again from one day to the next is no swing."""
    assert sum(reformed(seed, 1.5, 0.1)[0] <= 0.05 for seed in range(10)) >= 8


def test_cases_that_hang_on_each_other_for_too_long_are_not_tested() -> None:
    """What is slow stays slow for half a year: two years hold four levels, whatever the cases."""
    hours, days = office()
    half = pd.Series(days).dt.year * 2 + (pd.Series(days).dt.month > 6)
    log = mornings(hours * np.where(half % 2 == 0, 1.0, 2.0), days)
    row = one(changes(log, reforms=[Reform(SHIFT)]), measure="case", kind="reform")
    assert row["untested"] == "dependent"
    assert row[["p", "ratio", "difference_hours", "mean_difference_hours"]].isna().all()


# --- what is measured


def test_steps_that_take_little_are_passed_over() -> None:
    """登记 takes six minutes, 分发 one and a half: less than 3 %. In hand where mostly known."""
    hours, days = office(200)
    log = mornings(hours.clip(max=1.5) + 0.2, days, start=None)
    ends = log["received"] + pd.Timedelta(minutes=6)
    first = log.assign(activity="登记", end=ends, start=log["received"])
    second = log.assign(
        activity="分发", received=ends, end=ends + pd.Timedelta(minutes=1.5), start=ends
    )
    last = log.assign(received=second["end"], start=second["end"] + pd.Timedelta(minutes=3))
    last["start"] = last["start"].where(last.index % 5 > 1)  # known of 60 %
    whole = pd.concat([first, second, last], ignore_index=True)
    whole = whole.astype({"start": "datetime64[us]"})
    found = changes(whole, reforms=[Reform(SHIFT)])
    assert found["measure"].drop_duplicates().tolist() == [
        "case", "办理", "办理.handling", "登记", "登记.handling",
    ]  # fmt: skip
    hand = one(found, measure="办理.handling", kind="reform")
    step = one(found, measure="办理", kind="reform")
    total = hand["n_before"] + hand["n_after"] + hand["left_out"]
    assert total == 120
    assert hand["median_before_hours"] == pytest.approx(
        step["median_before_hours"] - 0.05, abs=0.06
    )
    rarely = whole.assign(start=whole["start"].where(whole.index % 5 > 2))
    measures = set(changes(rarely)["measure"])
    assert "办理.handling" not in measures


def test_open_steps_are_counted_as_running() -> None:
    """From October on a third never ends: the rest is as quick as ever, the office is not."""
    hours, days = office()
    log = mornings(hours, days)
    begins = dt.date(2024, 10, 8)
    stuck = (log["received"] >= pd.Timestamp(begins)) & (log.index % 3 == 0)
    log["end"] = log["end"].mask(stuck)
    cutoff = pd.Timestamp("2025-06-30")
    row = one(changes(log, cutoff=cutoff, reforms=[Reform(begins)]), measure="办理", kind="reform")
    assert row["same_months"]
    assert row["ratio_low"] > 1.1
    assert row["p"] < 0.001
    assert row["median_after_hours"] > row["median_before_hours"]
