"""Shifts against the Nile, against pairs counted one by one, and against made-up series."""

from __future__ import annotations

from itertools import permutations
from math import exp

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency.findings.time.partition import ar1
from efficiency.findings.time.shifts import level_shifts, pettitt
from efficiency.problems import TableError
from efficiency.tables import SEGMENTS
from findings.nile import FLOW


def series(values: object, **columns: object) -> pd.DataFrame:
    x = np.array(values, dtype=float)
    at = pd.Series([f"{number:03}" for number in range(len(x))], dtype=object)
    return pd.DataFrame({"at": at, "value": x, **columns})


def steps(*stretches: tuple[int, float], noise: float = 1.0, seed: int = 3) -> np.ndarray:
    """Make stretches of so many points at a level, with noise."""
    level = np.concatenate([np.full(many, at) for many, at in stretches])
    return level + noise * np.random.default_rng(seed).normal(size=len(level))


# --- Pettitt


def pairs(x: list[float], t: int) -> float:
    """Count the pairs across t that rise less those that fall."""
    return sum(np.sign(a - b) for a in x[:t] for b in x[t:])


@given(st.lists(st.integers(0, 6), min_size=2, max_size=20))
def test_pettitt_counts_pairs(x: list[int]) -> None:
    found = pettitt(x)
    sums = [abs(pairs(x, t)) for t in range(1, len(x))]
    assert found.statistic == pytest.approx(max(sums))
    assert sums[found.position - 1] == pytest.approx(max(sums))
    n = len(x)
    assert found.p == pytest.approx(min(1, 2 * exp(-6 * max(sums) ** 2 / (n**3 + n**2))))


@pytest.mark.parametrize("x", [[1, 2, 3, 7, 8, 9], [2, 1, 2, 1, 3], [5, 5], [4, 1, 3, 2, 3, 3, 1]])
def test_pettitt_short_series_are_exact(x: list[float]) -> None:
    """Every order of the values counted."""
    n = len(x)
    reach = [max(abs(pairs(list(order), t)) for t in range(1, n)) for order in permutations(x)]
    seen = max(abs(pairs(x, t)) for t in range(1, n))
    assert pettitt(x).p_permuted == pytest.approx(np.mean(np.array(reach) >= seen))


def test_pettitt_finds_the_nile() -> None:
    """1898 is the 28th year."""
    found = pettitt(FLOW)
    assert found.position == 28
    assert found.p < 1e-6
    assert found.p_permuted == 1 / 2000


def test_pettitt_long_series_are_permuted() -> None:
    """Pettitt's approximation is close below one half; twice the same series, twice the same p."""
    x = steps((15, 0.0), (15, 0.3))
    assert pettitt(x) == pettitt(x)
    assert pettitt(x).p_permuted == pytest.approx(pettitt(x).p, abs=0.02)
    assert pettitt(np.exp(x)) == pettitt(x)
    assert 0.02 < pettitt(x).p < 0.5


def test_pettitt_holds_its_level_without_autocorrelation() -> None:
    rng = np.random.default_rng(7)
    found = [pettitt(rng.normal(size=24)).p_permuted <= 0.05 for _ in range(200)]
    assert 2 <= sum(found) <= 20


@pytest.mark.parametrize("x", [[], [1.0], [1.0, float("nan")], [[1.0, 2.0]]])
def test_pettitt_needs_numbers(x: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two numbers"):
        pettitt(x)


# --- level shifts


def test_the_nile_falls_after_1898() -> None:
    """Levels as published by Zeileis and others (2003): 1097.75 and 849.97; 1 shift."""
    frame = series(FLOW).assign(at=[str(year) for year in range(1871, 1971)])
    before = frame.copy()
    table = level_shifts(frame)
    assert_frame_equal(frame, before)
    assert SEGMENTS.check(table)["at"].tolist() == ["1871", "1899"]
    assert table["to"].tolist() == ["1898", "1970"]
    assert table["points"].tolist() == [28, 72]
    assert table["level"].tolist() == pytest.approx([1097.75, 849.97], abs=0.005)
    assert table["p"].tolist() == [1 / 2000] * 2
    shift = table.iloc[1]
    assert "1890" < shift["at_low"] <= "1899" <= shift["at_high"] < "1910"
    assert shift["difference"] == pytest.approx(849.972 - 1097.75, abs=0.001)
    assert shift["difference_low"] < -200 < shift["difference_high"] + 50
    assert shift["ratio"] == pytest.approx(849.972 / 1097.75, abs=1e-6)
    assert shift["ratio_low"] < shift["ratio"] < shift["ratio_high"] < 1
    assert table.iloc[0][["at_low", "difference", "ratio_high"]].isna().all()
    assert_frame_equal(table, level_shifts(frame))


def test_two_shifts_are_dated() -> None:
    x = steps((12, 10.0), (10, 4.0), (14, 8.0))
    table = level_shifts(series(x))
    assert table["at"].tolist() == ["000", "012", "022"]
    assert table["level"].tolist() == pytest.approx([x[:12].mean(), x[12:22].mean(), x[22:].mean()])
    assert (table["difference"].iloc[1:] > 0).tolist() == [False, True]
    for row, size in ((1, -6), (2, 4)):
        shift = table.iloc[row]
        assert shift["difference_low"] < size < shift["difference_high"]


def test_a_bulge_that_comes_and_goes_is_two_shifts() -> None:
    table = level_shifts(series(steps((14, 0.0), (8, 3.0), (14, 0.0))))
    assert table["at"].tolist() == ["000", "014", "022"]


def test_on_the_logarithm_sizes_are_ratios() -> None:
    x = steps((20, 3.0), (20, 2.3), noise=0.2)
    plain, table = level_shifts(series(x)), level_shifts(series(np.exp(x)), log=True)
    assert table["at"].tolist() == plain["at"].tolist() == ["000", "020"]
    assert np.log(table["level"]).tolist() == pytest.approx(plain["level"].tolist())
    logs = np.log(table[["ratio", "ratio_low", "ratio_high"]].iloc[1])
    wanted = plain[["difference", "difference_low", "difference_high"]].iloc[1]
    assert logs.tolist() == pytest.approx(wanted.tolist())
    shift = table.iloc[1]
    assert shift["difference"] == pytest.approx(np.diff(table["level"])[0])
    assert shift["difference_low"] < shift["difference"] < shift["difference_high"] < 0


@settings(max_examples=8, deadline=None)
@given(
    st.integers(0, 10**6), st.sampled_from([0.01, 3.0, 500.0]), st.sampled_from([-50.0, 0.0, 7.0])
)
def test_scale_and_place_do_not_move_a_shift(seed: int, scale: float, place: float) -> None:
    x = steps((12, 0.0), (12, 1.5), seed=seed)
    plain, moved = level_shifts(series(x)), level_shifts(series(x * scale + place))
    same = ["at", "to", "points", "at_low", "at_high", "p"]
    assert_frame_equal(moved[same], plain[same])
    assert moved["level"].tolist() == pytest.approx((plain["level"] * scale + place).tolist())
    sizes = ["difference", "difference_low", "difference_high"]
    assert np.allclose(moved[sizes], plain[sizes] * scale, equal_nan=True)


def test_levels_below_nothing_have_no_ratio() -> None:
    table = level_shifts(series(steps((12, -5.0), (12, 5.0))))
    assert len(table) == 2
    assert table.filter(like="ratio").isna().all(axis=None)


def test_few_cases_weigh_less() -> None:
    """A month of two cases is far off; alone by its neighbours' weight it would draw the level."""
    x = np.array([10.0, 11.0] * 12)
    x[3] = 50.0
    n = np.where(np.arange(24) == 3, 1.0, 100.0)
    assert level_shifts(series(x))["level"].iloc[0] > 12
    table = level_shifts(series(x, n=n))
    weight = 1 / (1 / n + 1 / 100)
    assert table["level"].tolist() == pytest.approx([np.average(x, weights=weight)])
    assert_frame_equal(level_shifts(series(x, n=7.0)), level_shifts(series(x)))


def test_empty_periods_are_passed_over() -> None:
    x = steps((12, 0.0), (12, 4.0))
    gaps = series(np.insert(x, [5, 12], np.nan))
    table = level_shifts(gaps)
    assert table["points"].tolist() == [12, 12]
    assert table[["at", "to"]].values.tolist() == [["000", "012"], ["014", "025"]]


@pytest.mark.parametrize("values", [[1.0] * 7, [3.0] * 40, [1.0, 2.0]])
def test_what_cannot_shift_has_one_level_and_no_p(values: list[float]) -> None:
    table = level_shifts(series(values))
    assert table["level"].tolist() == pytest.approx([np.mean(values)])
    assert table["p"].isna().all()
    assert len(level_shifts(series([]))) == 0


def test_a_stretch_lasts_as_long_as_it_is_asked_to() -> None:
    x = steps((20, 0.0), (3, 9.0))
    assert level_shifts(series(x), least=3)["at"].tolist() == ["000", "020"]
    assert (level_shifts(series(x), least=6)["points"] >= 6).all()
    x = steps((10, 0.0), (10, 9.0), (10, 0.0), (10, 9.0))
    assert len(level_shifts(series(x))) == 4
    assert len(level_shifts(series(x[:30]), most=2)) == 3
    assert len(level_shifts(series(x[:20]), most=1)) == 2


def test_perfect_steps_are_found() -> None:
    table = level_shifts(series([1.0] * 8 + [2.0] * 8))
    assert table["at"].tolist() == ["000", "008"]
    assert table.iloc[1][["difference", "difference_low", "difference_high"]].tolist() == (
        pytest.approx([1, 1, 1])
    )


def test_wrong_arguments() -> None:
    with pytest.raises(ValueError, match="at least 1 and 2"):
        level_shifts(series([1.0]), least=1)
    with pytest.raises(ValueError, match="at least 1 and 2"):
        level_shifts(series([1.0]), most=0)
    with pytest.raises(ValueError, match="values above 0"):
        level_shifts(series([1.0, 0.0]), log=True)
    with pytest.raises(TableError, match="'value' is missing"):
        level_shifts(series([1.0]).drop(columns="value"))


def test_there_is_a_shift_just_where_p_is_at_most_five_percent() -> None:
    """Weak shifts: some p lie on either side, and near it."""
    found = [level_shifts(series(steps((12, 0.0), (12, 1.6), seed=s))) for s in range(24)]
    p = np.array([table["p"].iloc[0] for table in found])
    assert [len(table) > 1 for table in found] == (p <= 0.05).tolist()
    assert 3 < (p <= 0.05).sum() < 21
    assert ((p > 0.05) & (p <= 0.1)).any()


def test_series_without_a_shift_seldom_have_one() -> None:
    """
    60 series of 24 months: three are expected at most; more than 7 has a chance of 1 %.

    In half of them a month has nothing to do with the one before, in half it has.
    """
    rng = np.random.default_rng(20)
    made = [x for rho in (0.0, 0.3) for x in ar1(rho, np.ones(24), 30, rng).T]
    assert sum(len(level_shifts(series(x))) > 1 for x in made) <= 7


def test_a_clear_shift_is_found_with_its_place_and_size() -> None:
    """Three sigma amid 36 months: found in all, place and size covered in at least 90 %."""
    rng = np.random.default_rng(21)
    placed = covered = 0
    for _ in range(20):
        x = rng.normal(size=36)
        x[18:] += 3
        table = level_shifts(series(x))
        shift = table.iloc[1]
        placed += shift["at_low"] <= "018" <= shift["at_high"]
        covered += shift["difference_low"] <= 3 <= shift["difference_high"]
    assert covered >= 18
    assert placed >= 18
