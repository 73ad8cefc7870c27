"""Checks of offices in which it is known what an action changed, and counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from efficiency.findings.improvement.checks import FEWEST, check, decided
from efficiency.findings.improvement.points import of_change
from efficiency.findings.kind import Estimate, Observed

SINCE = pd.Timestamp("2024-01-01")
CUTOFF = pd.Timestamp("2024-12-31 18:00")
NAN = float("nan")
SEEDS = 40


def cases(
    at: pd.DatetimeIndex | pd.Series, value: np.ndarray | list[float] | float, **more: object
) -> pd.DataFrame:
    """A case a row: done, reached by the action, known as soon as it began."""
    plain: dict[str, object] = {
        "running": False, "touched": True, "what": "", "known_by": pd.NaT
    }  # fmt: skip
    return pd.DataFrame({"at": at, "value": value, **plain, **more}).sort_values(
        "at", ignore_index=True
    )


def drawn(rng: np.random.Generator, n: int, first: str, last: str) -> pd.DatetimeIndex:
    """Moments at random between two days."""
    span = (pd.Timestamp(last) - pd.Timestamp(first)).days
    return pd.DatetimeIndex(
        pd.Timestamp(first) + pd.to_timedelta(np.sort(rng.random(n) * span), "D")
    )


def years(rng: np.random.Generator, n: int) -> pd.DatetimeIndex:
    """As many moments in the year before the action as in the year since."""
    before, after = ("2023-01-02", "2023-12-30"), ("2024-01-01", "2024-12-31")
    return drawn(rng, n, *before).append(drawn(rng, n, *after))


def said(rows: pd.DataFrame, since: pd.Timestamp = SINCE, better: str = "lower") -> str:
    """The verdict on hours or shares that are better lower, or higher."""
    unit = "share" if set(rows["value"]) <= {0.0, 1.0} else "hours"
    found = check(Observed("x", rows, unit, better), since, CUTOFF)  # type: ignore[arg-type]
    if np.isnan(found.change.value):
        return "too early"
    return of_change(found.change, found.value, better, NAN)


def times(make: Callable[[np.random.Generator], str], verdict: str) -> int:
    """In how many of forty offices a check comes to a verdict."""
    return sum(make(np.random.default_rng(seed)) == verdict for seed in range(SEEDS))


# --- what counts


def test_cases_not_yet_due_by_the_cutoff_do_not_count() -> None:
    """Of those that fall due later only the quick are known: they are left out, late or not."""
    due = CUTOFF + pd.to_timedelta([-24, 0, 0.1, 480], "h")
    rows = cases(pd.date_range("2024-12-01", periods=4), [0.0, 1.0, 1.0, 1.0], known_by=due)
    assert decided(rows, CUTOFF)["value"].tolist() == [0.0, 1.0]
    # What has no due moment is known as soon as it began, by the cut-off.
    known = cases(pd.to_datetime(["2024-12-31", "2025-01-01"]), [0.0, 1.0])
    assert decided(known, CUTOFF)["value"].tolist() == [0.0]


def test_without_a_due_moment_a_case_counts_once_its_like_would_have_ended() -> None:
    """A case a day, each takes ten days: of the last ten days none counts, ended or not."""
    at = pd.Series(pd.date_range("2024-01-01 18:00", "2024-12-31 18:00"))
    ended = (at + pd.Timedelta(days=10)).where(lambda end: end <= CUTOFF)
    rows = cases(at, 1.0, ended=ended)
    assert decided(rows, CUTOFF)["at"].max() == pd.Timestamp("2024-12-21 18:00")


def test_a_case_of_the_day_of_the_action_is_of_neither_side() -> None:
    """It may have come before it. A base reaches back 366 days; of an older year nothing counts."""
    at = pd.Series(pd.date_range("2022-01-01 10:00", "2024-12-31 10:00", freq="D"))
    since = pd.Timestamp("2024-07-02")
    found = check(Observed("x", cases(at, np.arange(len(at)) % 7.0), "hours"), since, CUTOFF)
    # From 2 July to the end of the year are 183 days, and as many in the year before.
    assert (found.n, found.base_n) == (183, 183)
    assert found.held == "months"
    on_the_day = at.dt.normalize() == since - pd.Timedelta(days=1)
    slow = np.where(on_the_day, 999.0, np.arange(len(at)) % 7.0)
    again = check(Observed("x", cases(at, slow), "hours"), since, CUTOFF)
    assert again == found


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [(FEWEST, FEWEST, True), (FEWEST - 1, 99, False), (99, FEWEST - 1, False), (99, 0, False)],
)
def test_too_few_on_either_side_are_not_compared(before: int, after: int, told: bool) -> None:
    at = pd.date_range("2023-02-01", periods=before).append(
        pd.date_range("2024-02-01", periods=after)
    )
    value = np.arange(len(at)) % 2.0
    found = check(Observed("x", cases(at, value)), SINCE, CUTOFF)
    assert found.n == after
    assert np.isfinite(found.change.value) == told
    assert found.base_n == (before if told else 0)
    assert found.held == ("months" if told else "before" if after >= FEWEST else "")


# --- like for like


def test_the_change_of_means_by_hand() -> None:
    """Before 4 and 8 hours by turns, since 3 and 5: two hours less a case."""
    days = pd.date_range("2023-01-01", "2024-12-31", freq="3D")
    later, odd = days >= SINCE, np.arange(len(days)) % 2 == 1
    value = np.select([later & odd, later, odd], [5.0, 3.0, 8.0], 4.0)
    found = check(Observed("x", cases(days, value), "hours"), SINCE, CUTOFF)
    assert found.change.value == pytest.approx(value[later].mean() - value[~later].mean())
    assert found.change.value == pytest.approx(-2.0, abs=0.05)
    assert found.value.value == pytest.approx(value[later].mean())
    assert (found.n, found.base_n) == (later.sum(), (~later).sum())


def test_months_that_both_sides_hold() -> None:
    """Since the action there was no winter, which takes twice as long: no effect of the action."""
    rng = np.random.default_rng(5)
    at = years(rng, 500)
    winter = np.isin(at.month, [11, 12, 1, 2])
    rows = cases(at, rng.lognormal(0, 0.4, 1000) * np.where(winter, 2.0, 1.0))
    autumn = pd.Timestamp("2024-10-31")
    found = check(Observed("x", rows, "hours"), pd.Timestamp("2024-04-01"), autumn)
    base = (rows["at"] >= "2023-04-01") & (rows["at"] < "2023-11-01")
    assert found.held == "months"
    assert found.base_n == base.sum()
    assert found.change.low < 0 < found.change.high
    whole = rows[(rows["at"] >= "2023-04-01") & (rows["at"] < "2024-04-01")]
    # Held against the whole year before, it would be one.
    since = rows["value"][rows["at"].between("2024-04-01", autumn)]
    assert stats.ttest_ind(since, whole["value"]).pvalue < 0.001


def test_a_season_that_the_log_holds_once_is_no_effect() -> None:
    """The action came in July of the log's only year, of which the second half is quicker."""

    def make(rng: np.random.Generator) -> str:
        at = drawn(rng, 400, "2024-01-01", "2024-12-31")
        swing = np.exp(0.3 * np.sin(2 * np.pi * at.dayofyear / 365.25))
        rows = cases(at, rng.lognormal(0, 0.4, 400) * swing)
        return said(rows, pd.Timestamp("2024-07-01"))

    assert times(make, "effective") <= 4


def test_the_mix_of_cases_is_held_equal() -> None:
    """Since the action twice as many 请示, each thrice as long: the mean rises, nothing changed."""
    rng = np.random.default_rng(2)
    at = years(rng, 300)
    asks = rng.random(600) < np.where(at >= SINCE, 0.6, 0.3)
    hours = rng.lognormal(0, 0.3, 600) * np.where(asks, 3.0, 1.0)
    rows = cases(at, hours, 文种=np.where(asks, "请示", "函"))
    later = (rows["at"] >= SINCE).to_numpy()
    assert rows["value"][later].mean() - rows["value"][~later].mean() > 0.4
    found = check(Observed("x", rows, "hours"), SINCE, CUTOFF)
    assert found.change.low < 0 < found.change.high
    assert found.change.high - found.change.low < 0.6


def test_the_change_of_untouched_groups_is_taken_off() -> None:
    """All became quicker by four hours of ten; those the action could reach by two more."""
    rng = np.random.default_rng(4)
    at = years(rng, 600)
    touched = rng.random(1200) < 0.4
    hours = 10 - 4.0 * (at >= SINCE) - 2.0 * ((at >= SINCE) & touched) + rng.normal(0, 1, 1200)
    rows = cases(at, hours, touched=touched)
    found = check(Observed("x", rows, "hours"), SINCE, CUTOFF)
    assert found.held == "months beside"
    assert found.change.low < -2.0 < found.change.high < -1.5
    assert found.n + found.base_n == touched.sum()
    alone = check(Observed("x", rows[rows["touched"]], "hours"), SINCE, CUTOFF)
    assert alone.held == "months"
    assert alone.change.low < -6.0 < alone.change.high
    # Other steps of the same cases are no measure of this one.
    other = rows.assign(what=np.where(rows["touched"], "拟办", "审核"))
    assert check(Observed("x", other, "hours"), SINCE, CUTOFF) == alone


# --- nothing happened


def test_the_quick_of_the_last_weeks_are_no_effect() -> None:
    """
    A limit of 30 days, and an action 35 days before the cut-off that changed nothing.

    Seven in ten keep it. Of those begun since, only the quick are known to have kept it and few
    can be late yet: counted as they stand they would be better beyond noise.
    """
    since = pd.Timestamp("2024-11-27")
    risen = []

    def make(rng: np.random.Generator) -> str:
        at = drawn(rng, 4000, "2024-01-01", "2024-12-31")
        ended = at + pd.to_timedelta(rng.gamma(4.0, 6.3, 4000), "D")
        due = at + pd.Timedelta(days=30)
        rows = cases(at, (ended <= due).astype(float), known_by=due)
        known = rows[((ended <= CUTOFF) & (ended <= due)) | (due <= CUTOFF)]
        later = known["at"] >= since
        risen.append(known["value"][later].mean() - known["value"][~later].mean())
        return said(known, since, "higher")

    assert times(make, "effective") <= 4
    assert min(risen) > 0.1


def test_the_worst_of_twelve_equal_groups_is_shrunk() -> None:
    """
    It was picked for what chance did to it, and so is better the year after.

    One in five of each group's cases goes wrong, before and since, whatever was done.
    """
    told: list[tuple[float, float]] = []

    def make(rng: np.random.Generator) -> str:
        at = years(rng, 12 * 50)
        group = rng.integers(0, 12, len(at)).astype(str)
        wrong = (rng.random(len(at)) < 0.2).astype(float)
        shares = pd.Series(wrong[at < SINCE]).groupby(group[at < SINCE]).mean()
        worst = group == shares.idxmax()
        rows = cases(at, wrong, touched=worst, group=group)
        found = check(Observed("x", rows, "share"), SINCE, CUTOFF)
        later = (at >= SINCE) & worst
        told.append((wrong[later].mean() - shares.max(), found.change.value))
        return of_change(found.change, found.value, "lower", NAN)

    assert times(make, "effective") <= 4
    fell, change = np.mean(told, axis=0)
    assert fell < -0.07
    assert abs(change) < 0.03


def test_peers_that_really_differ_shrink_nothing() -> None:
    """Twelve standards of very different shares, the base the lowest of them, all known well."""
    rng = np.random.default_rng(6)
    at = years(rng, 500)
    kept = rng.random(1000) < np.where(at >= SINCE, 0.6, 0.4)
    observed = Observed("x", cases(at, kept.astype(float)), better="higher")
    peers = [Estimate(p, p - 0.01, p + 0.01) for p in np.linspace(0.35, 0.95, 12)]
    alone, among = check(observed, SINCE, CUTOFF), check(observed, SINCE, CUTOFF, peers)
    assert among.change.value == pytest.approx(alone.change.value, abs=0.02)
    # Peers that are equal but for chance say that the base is theirs.
    equal = [Estimate(0.8, 0.4, 1.2)] * 12
    low = check(observed, SINCE, CUTOFF, equal).change.value
    assert low == pytest.approx(alone.change.value - 0.4, abs=0.05)


def test_where_nothing_happened_little_is_found() -> None:
    """One check in twenty either way; more than four of forty would be one time in twenty."""

    def make(rng: np.random.Generator) -> str:
        at = years(rng, 200)
        return said(cases(at, rng.lognormal(0, 0.6, 400)))

    assert times(make, "no effect") >= SEEDS - 4


# --- something happened


def test_a_cut_by_a_third_in_200_cases_is_found() -> None:
    """Hours whose middle two thirds lie between 0.55 and 1.8 of the median, a third less since."""

    def make(rng: np.random.Generator) -> str:
        at = years(rng, 200)
        return said(cases(at, rng.lognormal(0, 0.6, 400) * np.where(at >= SINCE, 2 / 3, 1.0)))

    assert times(make, "effective") >= 34


def test_a_rise_by_a_third_in_200_cases_is_worse() -> None:
    def make(rng: np.random.Generator) -> str:
        at = years(rng, 200)
        return said(cases(at, rng.lognormal(0, 0.6, 400) * np.where(at >= SINCE, 3 / 2, 1.0)))

    assert times(make, "worse") >= 34
