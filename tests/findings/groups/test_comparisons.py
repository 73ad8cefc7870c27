"""Comparisons on made-up offices with a known ratio, and against scipy, lifelines and counting."""

from __future__ import annotations

import dataclasses
import datetime as dt
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import median_survival_times
from pandas.testing import assert_frame_equal
from scipy import stats

import efficiency as eff
from efficiency.facts.events import observed
from efficiency.facts.times import completion, hours_to_share
from efficiency.findings.discoveries import adjusted
from efficiency.findings.groups.comparisons import COLUMNS, compare, group_times
from efficiency.findings.kinds.slow_group import slower
from efficiency.sample.establishment import FIRST, LAST
from efficiency.sample.plan import Plan
from efficiency.sample.record import make_sample

OPENS = np.timedelta64(8 * 60 + 30, "m")
UNITS = {"甲": 1.0, "乙": 1.6, "丙": 1.0}


def working_days(first: dt.date, last: dt.date) -> np.ndarray:
    days = eff.Calendar().days(first, last)
    office = days[(days["calendar"] == 0) & days["working"]]
    return office["day"].to_numpy().astype("datetime64[D]")


def after(moments: np.ndarray, hours: np.ndarray) -> np.ndarray:
    return moments + np.round(hours * 3_600_000_000).astype("timedelta64[us]")


def office(n: int = 900, seed: int = 1, weeks: int = 52) -> pd.DataFrame:
    """
    Make up a log: every case comes at half past eight and is done before noon.

    登记 at 丁 takes six minutes; 拟办 waits a quarter of an hour and is in hand for about half an
    hour (请示 twice as long), 1.6 times as long at 乙, which has more of the 请示. 戊 has six.
    """
    rng = np.random.default_rng(seed)
    days = working_days(dt.date(2024, 1, 2), dt.date(2024, 1, 2) + dt.timedelta(weeks=weeks))
    came = np.sort(rng.choice(days, n)).astype("datetime64[us]") + OPENS
    unit = rng.choice(list(UNITS), n).astype(object)
    unit[:6] = "戊"
    kind = np.where(rng.random(n) < np.where(unit == "乙", 0.8, 0.4), "请示", "函")
    work = 0.45 * rng.lognormal(0, 0.35, n) * np.where(kind == "请示", 2.0, 1.0)
    work = np.minimum(work * [UNITS.get(name, 1.0) for name in unit], 2.8)
    registered = after(came, np.full(n, 0.1))
    start = after(registered, np.full(n, 0.25))
    known = {
        "case_id": [f"{i:04}" for i in range(n)],
        "文种": kind,
        "来文单位": rng.choice(["区", "县", "委"], n),
    }
    first = {"activity": "登记", "unit": "丁", "received": came, "start": came, "end": registered}
    later = {"activity": "拟办", "unit": unit, "received": registered, "start": start}
    result = np.where(work > np.median(work), "慢", "快")
    log = pd.concat(
        [
            pd.DataFrame({**known, **first, "结果": None}),
            pd.DataFrame({**known, **later, "end": after(start, work), "结果": result}),
        ],
        ignore_index=True,
    )
    return log.assign(row=range(1, len(log) + 1))


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    return office()


@pytest.fixture(scope="module")
def table(log: pd.DataFrame) -> pd.DataFrame:
    before = log.copy()
    found = compare(log, applicant="来文单位")
    assert_frame_equal(log, before)
    return found


def rows(table: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    held = [table[name] == value for name, value in wanted.items()]
    return table[np.logical_and.reduce(held)]


def one(table: pd.DataFrame, **wanted: str) -> pd.Series:
    found = rows(table, **wanted)
    assert len(found) == 1
    return found.iloc[0]


def in_hand(log: pd.DataFrame) -> pd.DataFrame:
    """The steps of 拟办 with their hours in hand, which are those of the clock."""
    steps = log[log["activity"] == "拟办"].reset_index(drop=True)
    return steps.assign(hours=(steps["end"] - steps["start"]).dt.total_seconds() / 3600)


# --- what is planted


def test_a_slow_unit_is_found_with_its_size(table: pd.DataFrame) -> None:
    """乙 takes 1.6 times as long in hand; its 请示 are held equal."""
    slow = one(table, attribute="unit", value="乙", measure="handling", activity="")
    assert slow["ratio_low"] <= 1.6 <= slow["ratio_high"]
    assert slow["ratio_high"] / slow["ratio_low"] < 1.3
    assert slow["p"] < 1e-6
    assert slow["held_equal"] == "activity; 文种"
    assert slow["delta"] > 0.5
    (whole,) = adjusted(table)
    found = whole.loc[slower(whole), ["attribute", "value", "measure", "activity"]]
    assert found.to_numpy().tolist() == [["unit", "乙", "handling", ""]]


def test_the_mix_is_not_held_against_a_unit(log: pd.DataFrame) -> None:
    """甲 and 丙 alone, 甲 with twice as many 请示: raw times part, comparable ones do not."""
    steps = in_hand(log)
    units = steps["unit"].isin(["甲", "丙"])
    favoured = (steps["unit"] == "丙") & (steps["文种"] == "请示") & (steps.index % 4 > 0)
    kept = steps.loc[units & ~favoured, "case_id"]
    part = log[log["case_id"].isin(kept) & (log["activity"] == "拟办")]
    plain = one(compare(part, by=["unit"], mix=[]), value="甲", measure="handling", activity="")
    held = one(compare(part, by=["unit"]), value="甲", measure="handling", activity="")
    assert plain["ratio_low"] > 1.1
    assert held["ratio_low"] < 1.0 < held["ratio_high"]
    assert plain["held_equal"] == "activity"


# --- what is told of each row


def test_every_step_and_case_is_accounted_for(table: pd.DataFrame) -> None:
    assert table.columns.tolist() == COLUMNS
    tested = table[table["untested"] == ""]
    assert (tested["n"] + tested["others"] == 900).all()
    assert (tested["compared"] <= tested["n"]).all()
    for _, group in rows(table, activity="").groupby(["attribute", "measure"]):
        shared = group[group["value"] != "丁"]
        assert shared["n"].sum() == 900
    assert (tested["ratio_low"] <= tested["ratio"]).all()
    assert (tested["ratio"] <= tested["ratio_high"]).all()


def test_the_others_of_untested_groups_are_counted_as_well(table: pd.DataFrame) -> None:
    """``others`` counts the steps of all others, whether they could be compared or not."""
    few = one(table, value="戊", measure="handling")
    assert (few["n"], few["others"]) == (6, 894)


def test_few_and_alone_are_said(table: pd.DataFrame) -> None:
    """丁 alone registers; 戊 has six steps."""
    alone = one(table, attribute="unit", value="丁")
    assert (alone["untested"], alone["measure"], alone["n"]) == ("alone", "desk", 900)
    few = rows(table, attribute="unit", value="戊")
    assert few["untested"].tolist() == ["few", "few"]
    assert sorted(few["measure"]) == ["desk", "handling"]
    assert few["n"].tolist() == [6, 6]
    untested = table[table["untested"] != ""]
    assert untested[["ratio", "p", "delta", "median_hours"]].isna().all(axis=None)


def test_the_queue_of_a_tested_unit_has_no_p(table: pd.DataFrame) -> None:
    """Nor has the one activity that it does: it was tested over all that it does."""
    units = rows(table, attribute="unit", untested="")
    whole, parts = units[units["activity"] == ""], units[units["activity"] != ""]
    assert parts["activity"].unique().tolist() == ["拟办"]
    for some in (whole, parts):
        assert len(some) == 6
        assert some.loc[some["measure"] == "desk", "p"].isna().all()
        tested = some.loc[some["measure"] == "handling", "p"].notna()
        assert tested.all() == (some is whole)
    assert units["ratio"].notna().all()
    desk, hand = (one(parts, value="乙", measure=name) for name in ("desk", "handling"))
    assert 1 < desk["ratio"] < hand["ratio"]


def test_without_hours_in_hand_the_desk_is_tested(log: pd.DataFrame) -> None:
    units = rows(compare(log.drop(columns="start"), by=["unit"]), untested="", activity="")
    assert set(units["measure"]) == {"desk"}
    assert units["p"].notna().all()


def test_what_went_by_before_an_arrival_that_nobody_noted_is_charged_to_nobody(
    log: pd.DataFrame,
) -> None:
    """It may have been the applicant's time: the hours in hand are left, or nothing."""
    unknown = log.drop(columns="received")
    units = rows(compare(unknown, by=["unit"]), untested="")
    assert set(units["measure"]) == {"handling"}
    assert compare(unknown.drop(columns="start"), by=["unit"]).empty
    # Where every second arrival is noted, those steps are compared.
    some = log.assign(received=log["received"].where(log["case_id"].astype(int) % 2 == 0))
    half = rows(compare(some.drop(columns="start"), by=["unit"]), untested="", activity="")
    assert (half["n"] + half["others"] == 450).all()


def test_hours_and_medians_by_hand(log: pd.DataFrame, table: pd.DataFrame) -> None:
    """Nothing runs: the median is the middle case; the interval is lifelines'."""
    steps = in_hand(log)
    row = one(table, attribute="unit", value="乙", measure="handling", activity="")
    own, rest = (steps.loc[steps["unit"].eq("乙") == side, "hours"] for side in (True, False))
    usual = rest.groupby(steps["文种"]).mean()
    assert row["hours"] == pytest.approx((own - steps.loc[own.index, "文种"].map(usual)).sum())
    assert row["median_hours"] == pytest.approx(own.sort_values().iloc[(len(own) - 1) // 2])
    assert row["others_median_hours"] == pytest.approx(
        rest.sort_values().iloc[(len(rest) - 1) // 2]
    )
    assert (row["n"], row["others"]) == (len(own), len(rest))
    assert (row["compared"], row["comparable"]) == (len(own), len(rest))
    fitted = KaplanMeierFitter().fit(own)
    interval = median_survival_times(fitted.confidence_interval_).to_numpy()[0]
    assert [row["median_low"], row["median_high"]] == pytest.approx(interval.tolist())


def test_medians_are_those_of_comparable_cases(log: pd.DataFrame) -> None:
    """Only 乙 has 意见, which take two hours: they are counted, but not compared."""
    mine = log.loc[(log["unit"] == "乙"), "case_id"].head(80)
    parted = log.assign(文种=log["文种"].mask(log["case_id"].isin(mine), "意见"))
    long = parted["case_id"].isin(mine) & (parted["activity"] == "拟办")
    parted["end"] = parted["end"].mask(long, parted["start"] + pd.Timedelta(hours=2.5))
    row = one(compare(parted, by=["unit"]), value="乙", measure="handling", activity="")
    steps = in_hand(parted)
    own = steps.loc[(steps["unit"] == "乙") & (steps["文种"] != "意见"), "hours"].sort_values()
    assert (row["n"], row["compared"], row["comparable"]) == (
        len(own) + 80,
        len(own),
        row["others"],
    )
    assert row["median_hours"] == pytest.approx(own.iloc[(len(own) - 1) // 2])


def test_delta_and_log_rank_without_strata(log: pd.DataFrame) -> None:
    """Cliff's delta is scipy's count of pairs, the log-rank p lifelines'."""
    row = one(compare(log, by=["来文单位"], mix=[]), value="县")
    cases = in_hand(log)
    hours, own = 0.35 + cases["hours"], cases["来文单位"] == "县"
    told = stats.mannwhitneyu(hours[own], hours[~own], method="asymptotic")
    assert row["delta"] == pytest.approx(2 * told.statistic / own.sum() / (~own).sum() - 1)
    assert row["logrank_p"] == pytest.approx(logrank_test(hours[own], hours[~own]).p_value)
    # A year of weeks without any luck of their own: not far from the test of single cases.
    assert stats.norm.isf(row["p"] / 2) == pytest.approx(stats.norm.isf(told.pvalue / 2), rel=0.3)


def test_a_lucky_fortnight_is_no_difference() -> None:
    """A clear one among cases; but days stay alike for two weeks, and of ten nothing is told."""
    made = office(600, seed=5, weeks=10)
    week = (made["received"] - made["received"].min()).dt.days // 7
    lucky = np.where(week % 4 < 2, "区", "县")
    slow = pd.to_timedelta(np.where((made["activity"] == "拟办") & (week < 2), 0.6, 0.0), "h")
    made = made.assign(来文单位=lucky, end=made["end"] + slow)
    row = one(compare(made, by=["来文单位"], mix=[]), value="区")
    hours = in_hand(made)["hours"]
    own = made.loc[made["activity"] == "拟办", "来文单位"].to_numpy() == "区"
    assert stats.mannwhitneyu(hours[own], hours[~own]).pvalue < 0.005
    assert (row["untested"], row["held_equal"]) == ("dependent", "")
    assert np.isnan(row["p"])
    assert row["n"] == own.sum()


def test_who_came_in_three_weeks_only_is_not_compared(log: pd.DataFrame) -> None:
    """省 sends fifty, all of them in June, and slow ones; the others are compared all the same."""
    june = log["received"].between("2024-06-03", "2024-06-22")
    parted = log.assign(来文单位=log["来文单位"].mask(june, "省"))
    parted["end"] += pd.to_timedelta((june & (parted["activity"] == "拟办")) * 0.3, "h")
    found = compare(parted, by=["来文单位"])
    few = one(found, value="省")
    assert few["n"] >= 40
    assert (few["untested"], few["weeks"]) == ("dependent", 0)
    rest = rows(found, untested="")
    assert set(rest["value"]) == {"区", "县", "委"}
    assert (rest["weeks"] >= 1).all()


# --- what is held equal


def test_what_is_known_only_later_is_not_held_equal(table: pd.DataFrame) -> None:
    """结果 tells slow from fast, but it is filled in by the last step: it comes of the time."""
    assert "结果" not in set(table["attribute"])
    assert not table["held_equal"].str.contains("结果").any()


def test_what_to_compare_and_to_hold_equal_may_be_chosen(log: pd.DataFrame) -> None:
    found = compare(log, by=["来文单位"], mix=["文种"])
    assert set(found["attribute"]) == {"来文单位"}
    assert set(found["held_equal"]) == {"文种"}
    assert set(found["measure"]) == {"case"}
    nothing = compare(log.head(50), by=[])
    assert nothing.empty
    assert nothing.columns.tolist() == COLUMNS


def test_a_kind_of_its_own_is_alone(log: pd.DataFrame) -> None:
    """Only 委 sends 意见, and sends nothing else: it has nobody to be held against."""
    steps = log["来文单位"] == "委"
    parted = log.assign(文种=log["文种"].mask(steps & (log.index % 900 > 400), "意见"))
    parted.loc[steps & (parted["文种"] != "意见"), "来文单位"] = "区"
    longer = pd.to_timedelta(np.where((parted["文种"] == "意见") & (parted["activity"] == "拟办"),
                                      0.7, 0.0), "h")  # fmt: skip
    parted = parted.assign(end=parted["end"] + longer)
    found = compare(parted, by=["来文单位"])
    assert one(found, value="委")["untested"] == "alone"
    assert one(found, value="区")["held_equal"] == "文种"
    row = one(found, value="区")
    assert row["compared"] == row["n"]
    assert row["others"] > (parted.loc[:899, "来文单位"] == "县").sum()


def test_what_is_known_from_the_start_may_be_said(log: pd.DataFrame) -> None:
    """Where only 来文单位 is, 文种 is neither held equal nor compared."""
    found = compare(log, known=["来文单位"])
    assert set(found["attribute"]) == {"来文单位", "unit"}
    assert not found["held_equal"].str.contains("文种").any()
    both = compare(log, known=["来文单位", "文种"], by=["来文单位"])
    assert set(both["held_equal"]) == {"文种"}


def test_a_unit_with_matters_of_its_own_that_could_not_be_held_equal_is_alone() -> None:
    """Of thirty sorts of post, a third comes to 乙 mostly, and takes longer wherever it is done."""
    made = office(900, seed=2)
    rng = np.random.default_rng(4)
    steps = in_hand(made)
    own = np.where(steps["unit"] == "乙", rng.integers(0, 10, 900), rng.integers(10, 30, 900))
    post = np.where(rng.random(900) < 0.3, rng.integers(0, 30, 900), own)
    longer = pd.to_timedelta(np.tile(np.where(post < 10, 0.5, 0.0), 2), "h")
    made = made.assign(代号=np.tile(post.astype(str), 2))
    made["end"] += longer * (made["activity"] == "拟办")
    found = compare(made, by=["unit"])
    row = one(found, value="乙", measure="handling")
    assert (row["untested"], row["n"]) == ("alone", (steps["unit"] == "乙").sum())
    held = one(
        compare(made, by=["unit"], mix=["文种"]), value="乙", measure="handling", activity=""
    )
    assert held["untested"] == ""


# --- applicants


def test_applicants_are_compared_with_more_care(log: pd.DataFrame, table: pd.DataFrame) -> None:
    """The p is that of the cases, or one of permutation, a multiple of 1/2000, if it is greater."""
    who = rows(table, attribute="来文单位")
    plainly = compare(log, by=["来文单位"])
    assert set(who["measure"]) == {"applicant"}
    assert set(plainly["measure"]) == {"case"}
    assert (who["p"] > 0.05).all()
    more = who["p"].to_numpy() - plainly["p"].to_numpy()
    times = 2000 * who["p"].to_numpy()
    assert (more >= 0).all()
    assert np.allclose(times[more > 0], np.round(times[more > 0]))
    same = ["value", "n", "ratio", "hours", "delta"]
    assert_frame_equal(who[same].reset_index(drop=True), plainly[same].reset_index(drop=True))
    assert table["attribute"].drop_duplicates().tolist() == ["来文单位", "unit"]


def test_a_favoured_applicant_is_found(log: pd.DataFrame) -> None:
    late = (log["来文单位"] == "县") & (log["activity"] == "拟办")
    favoured = log.assign(end=log["end"] + pd.to_timedelta(late * 0.3, "h"))
    found = compare(favoured, by=["来文单位"], applicant="来文单位")
    assert one(found, value="县")["p"] == 1 / 2000
    assert one(found, value="县")["ratio"] > 1.2
    assert one(found, value="县")["held_equal"] == "文种"


# --- open cases


def test_running_steps_count_as_long_as_they_have_been_seen(log: pd.DataFrame) -> None:
    """At a cut-off in the middle of a day: lifelines' median of the hours so far."""
    day = log["received"].dt.normalize().max()
    cutoff = day + pd.Timedelta(hours=9, minutes=30)
    recent = log[log["received"] >= day - pd.Timedelta(weeks=12)]
    held = recent["activity"] == "拟办"
    shut = recent.assign(end=recent["end"].mask(held & (recent.index % 3 == 0)))
    found = compare(shut, by=["unit", "文种"], mix=[], cutoff=cutoff)
    row = one(found, value="甲", measure="desk", activity="")
    steps = shut[held & (shut["unit"] == "甲") & (shut["received"] <= cutoff)]
    ends = steps["end"].where(steps["end"] <= cutoff)
    days = working_days(day.date() - dt.timedelta(weeks=13), day.date())
    begun = steps["received"].dt.normalize().to_numpy().astype("datetime64[D]")
    whole = np.searchsorted(days, np.datetime64(day.date())) - np.searchsorted(days, begun)
    same_day = (ends.fillna(cutoff) - steps["received"]).dt.total_seconds() / 3600
    # Up to the cut-off at 9:30: 7 hours a whole day, from 8:36 as if from 8:36.
    so_far = whole * 7 + (9.5 - 8.6)
    hours = np.where(ends.isna(), so_far, same_day)
    fitted = KaplanMeierFitter().fit(hours, ends.notna())
    assert row["n"] == len(steps)
    assert row["median_hours"] == pytest.approx(fitted.median_survival_time_)
    assert ends.isna().sum() > 10
    # Cases as a whole: six minutes longer, by kind.
    asked = shut[held & (shut["文种"] == "请示") & (shut["received"] <= cutoff)]
    done = asked["end"] <= cutoff
    begun = asked["received"].dt.normalize().to_numpy().astype("datetime64[D]")
    whole = np.searchsorted(days, np.datetime64(day.date())) - np.searchsorted(days, begun)
    taken = (asked["end"] - asked["received"]).dt.total_seconds() / 3600
    fitted = KaplanMeierFitter().fit(np.where(done, taken, whole * 7 + 0.9) + 0.1, done)
    assert one(found, value="请示")["median_hours"] == pytest.approx(fitted.median_survival_time_)


Drawn = list[tuple[int, bool]]
DRAWN = st.lists(st.tuples(st.integers(1, 8), st.booleans()), min_size=1, max_size=30)


def surviving(drawn: Drawn) -> list[tuple[int, Fraction]]:
    """The share not yet done after each time at which some were, exactly."""
    left, rows = Fraction(1), []
    for t in sorted({hours for hours, running in drawn if not running}):
        done = sum(hours == t and not running for hours, running in drawn)
        left *= 1 - Fraction(done, sum(hours >= t for hours, _ in drawn))
        rows.append((t, left))
    return rows


def estimated(drawn: Drawn) -> float:
    hours, running = zip(*drawn, strict=True)
    cases = pd.DataFrame({"age_hours": np.array(hours, dtype=float), "open": running})
    return hours_to_share(completion(cases))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(DRAWN)
def test_medians_of_running_cases_are_exact(drawn: Drawn) -> None:
    """Ties, running cases, medians that are not reached: in fractions."""
    rows = surviving(drawn)
    assume(all(left != Fraction(1, 2) for _, left in rows))
    assert estimated(drawn) == next((t for t, left in rows if 2 * left <= 1), np.inf)


@pytest.mark.parametrize("seed", range(4))
def test_medians_of_running_cases_equal_lifelines(seed: int) -> None:
    """Where no share is just one half, of which lifelines' logarithms make a little more."""
    rng = np.random.default_rng(seed)
    drawn = [(int(rng.integers(1, 30)), bool(rng.random() < 0.1 * seed)) for _ in range(41)]
    assert all(left != Fraction(1, 2) for _, left in surviving(drawn))
    hours, running = (np.array(part) for part in zip(*drawn, strict=True))
    assert estimated(drawn) == KaplanMeierFitter().fit(hours, ~running).median_survival_time_


#: Just half of these are done within 6 hours: 4/18, then 1/13, 1/11, ...
HALF_BY_SIX = [
    (2, False), (2, False), (7, True), (8, False), (8, False), (4, False), (3, False), (4, False),
    (7, False), (6, False), (7, True), (8, True), (4, False), (6, False), (7, False), (7, True),
    (7, False), (2, False),
]  # fmt: skip


def test_just_one_half_is_the_median() -> None:
    assert dict(surviving(HALF_BY_SIX))[6] == Fraction(1, 2)
    assert estimated(HALF_BY_SIX) == 6.0


# --- the times themselves


def test_the_times_that_are_compared_are_listed(log: pd.DataFrame) -> None:
    """Of each case its whole; of each step its time in hand, and at the desk if that is noted."""
    even = log["case_id"].astype(int) % 2 == 0
    noted = log.assign(received=log["received"].where(even | (log["activity"] == "登记")))
    with observed(noted, eff.Calendar(), worked=True) as events:
        times = group_times(events, mix=["结果"])
        assert "结果" not in group_times(events)
    counts = times.groupby(["measure", "activity"]).size().to_dict()
    assert counts == {
        ("case", ""): 900,
        ("handling", "登记"): 900, ("handling", "拟办"): 900,
        ("desk", "登记"): 900, ("desk", "拟办"): 450,
    }  # fmt: skip
    assert not times["running"].any()
    known = in_hand(log).set_index("case_id").loc[times["case_id"]].reset_index()
    for name in ("文种", "来文单位", "结果"):
        assert (times[name] == known[name]).all()
    extra = {"handling": 0.0, "desk": 0.25, "case": 0.35}
    late = times["activity"] != "登记"
    assert np.allclose(times["value"][late], (known["hours"] + times["measure"].map(extra))[late])
    assert np.allclose(times["value"][~late], 0.1)
    # What is put into weeks: when a step came to its desk, else when it was begun.
    odd = times["case_id"].astype(int) % 2 == 1
    at = known["received"].where(~odd, known["start"])
    assert (times["at"] == at)[times["activity"] == "拟办"].all()
    assert set(times.loc[times["measure"] == "case", "unit"]) == {""}


# --- nothing to find, and a whole office


def test_where_nothing_is_planted_nothing_is_found() -> None:
    """An office with one pace."""
    made = office(400, 0)
    even = made["unit"].where(made["unit"] != "乙", "己")
    work = made["end"] - made["start"]
    slow = (made["unit"] == "乙") & (made["activity"] == "拟办")
    plain = made.assign(unit=even, end=made["start"] + work.where(~slow, work / 1.6))
    (found,) = adjusted(compare(plain))
    assert (found["untested"] == "").sum() > 10
    assert not slower(found).any()
    # What a matter is may be asked for: it takes longer, as it was planted.
    (kinds,) = adjusted(compare(plain, by=["文种"]))
    assert kinds.loc[slower(kinds), "value"].tolist() == ["请示"]


def test_the_made_up_office(root: Path) -> None:
    """综合处 takes 1.5 times as long over 拟办 and 承办: found where planted, and only there."""
    plan = dataclasses.replace(Plan.null(), slow_factor=1.5)
    calendar = eff.read_calendar(root / "data" / "sample" / "calendar.toml")
    text = make_sample(calendar.days(FIRST, LAST), 3, 800, plan).incoming
    columns = {
        "case_id": "流水号", "activity": "环节", "actor": "经办人", "unit": "处室",
        "received": "到达时间", "start": "开始时间", "end": "办结时间",
    }  # fmt: skip
    log = eff.read_log(text, columns)
    found = compare(log, calendar, by=["unit"], closed_by=("归档", "退文"))
    (found,) = adjusted(found)
    assert set(found.loc[slower(found), "value"]) == {"综合处"}
    assert one(found, value="综合处", measure="handling", activity="")["p"] < 0.01
    for activity in ("拟办", "承办"):
        part = one(found, value="综合处", measure="handling", activity=activity)
        assert part["ratio_low"] <= 1.5 <= part["ratio_high"]
