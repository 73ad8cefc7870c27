"""Comparable cases: explained shares by hand and by scipy, and strata that hold what they say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

from efficiency.findings.groups.case_mix import attributes_of, explained, strata

SEEDS = settings(deadline=None, derandomize=True, max_examples=40)


# --- explained


def test_explained_by_hand() -> None:
    """
    Ranks 1, 2, 3 | 4, 5, 6 | 7, 8, 9 with the 3 and the 7 exchanged.

    Sums of squares: 60 in all, within (1, 2, 7) 62/3, (4, 5, 6) 2, (3, 8, 9) 62/3: 130/3, 6 free;
    between 50/3, less twice 65/9: 20/9; of 60 it is 1/27.
    """
    hours = pd.Series([10.0, 20, 70, 40, 50, 60, 30, 80, 90])
    groups = pd.Series(list("aaabbbccc"))
    assert explained(hours, groups) == pytest.approx(1 / 27)


@SEEDS
@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from("abcd")), min_size=5, max_size=40),
)
def test_explained_equals_f_on_ranks(drawn: list[tuple[int, str]]) -> None:
    """ε² = (k − 1)(F − 1) / ((k − 1) F + n − k), and at least nothing."""
    hours, groups = (pd.Series(part) for part in zip(*drawn, strict=True))
    hours = hours.astype(float)
    n, k = len(hours), groups.nunique()
    ranks = stats.rankdata(hours)
    parts = [ranks[groups == group] for group in groups.unique()]
    assume(k > 1 and n > k and np.ptp(ranks) > 0 and any(np.ptp(part) > 0 for part in parts))
    f = stats.f_oneway(*parts).statistic
    want = max((k - 1) * (f - 1) / ((k - 1) * f + n - k), 0.0)
    assert explained(hours, groups) == pytest.approx(want, abs=1e-9)
    longer = pd.Series(np.exp(hours / 3), index=hours.index)
    assert explained(longer, groups) == explained(hours, groups)


def test_what_nothing_can_be_told_of_explains_nothing() -> None:
    assert explained(pd.Series([2.0, 2.0, 2.0]), pd.Series(["a", "b", "b"])) == 0.0
    assert explained(pd.Series([1.0, 2.0]), pd.Series(["a", "b"])) == 0.0
    assert explained(pd.Series([1.0, 1, 9, 9]), pd.Series(["a", "a", "b", "b"])) == 1.0


def test_chance_is_taken_out() -> None:
    """Without an association the share is nothing on the whole, however many values there are."""
    rng = np.random.default_rng(1)
    got = [
        explained(pd.Series(rng.normal(size=100)), pd.Series(rng.integers(0, 30, 100)))
        for _ in range(100)
    ]
    assert np.mean(got) < 0.05
    assert np.mean(np.array(got) == 0) > 0.3


# --- attributes


def cases(n: int = 200, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"case_id": [str(i) for i in range(n)], **columns})


def every(*values: object, n: int = 200) -> list[object]:
    """Values in turn."""
    return [values[i % len(values)] for i in range(n)]


@pytest.mark.parametrize(
    ("column", "tells"),
    [
        (every("函", "请示"), True),
        (["函"] * 196 + ["请示"] * 4, True),  # 98 % have it
        (["函"] * 197 + ["请示"] * 3, False),
        (["函"] * 200, False),
        (every(*"abcdefghij"), True),  # 20 each
        (every(*"abcdefghijk"), False),
        ([""] * 10 + every("函", "请示", n=190), True),  # known of 95 %
        ([None] * 11 + every("函", "请示", n=189), False),
        (every(1, 2), True),
        (every(1.5, None), False),
        (every(True, False), True),
        ([None] * 200, False),
        (pd.to_datetime(every("2024-03-05", "2024-03-06")), False),
    ],
)
def test_what_tells_cases_apart(column: object, tells: bool) -> None:
    frame = cases(文种=column)
    before = frame.copy()
    assert attributes_of(frame, ["文种"]) == (["文种"] if tells else [])
    assert_frame_equal(frame, before)


def test_more_than_forty_values_are_too_many() -> None:
    for many in (40, 41):
        frame = cases(2000, 单位=every(*(str(i) for i in range(many)), n=2000))
        assert attributes_of(frame, ["单位"]) == (["单位"] if many == 40 else [])


def test_of_two_names_for_one_thing_the_first_is_kept() -> None:
    """A code beside its name; what is finer than another, or crosses it, is no twin."""
    frame = cases(
        code=every("1", "2", "3", "4"),
        name=every("甲", "乙", "丙", "丁"),
        level=every("上", "下"),
        cross=every("x", "x", "y"),
    )
    assert attributes_of(frame, ["name", "code", "level", "cross"]) == ["name", "level", "cross"]
    assert attributes_of(frame, ["code", "name"]) == ["code"]
    assert attributes_of(frame, []) == []
    assert attributes_of(cases(0, 文种=[]), ["文种"]) == []


# --- strata

FRAMES = st.tuples(st.integers(0, 10**6), st.integers(20, 400), st.integers(1, 4))


@SEEDS
@given(FRAMES)
def test_a_stratum_never_mixes_what_it_holds_equal(drawn: tuple[int, int, int]) -> None:
    """Strata are the cells of the attributes held, and those hold four fifths in twenties."""
    seed, n, many = drawn
    rng = np.random.default_rng(seed)
    names = [f"a{i}" for i in range(many)]
    frame = pd.DataFrame({name: rng.integers(0, 2 + i, n).astype(str)
                          for i, name in enumerate(names)})  # fmt: skip
    frame = frame.set_axis(rng.permutation(n) + 7)
    weight = rng.random(many)
    hours = sum(w * frame[name].astype(float) for w, name in zip(weight, names, strict=True))
    hours = pd.Series(hours + rng.normal(0, 0.5, n), index=frame.index)
    before = frame.copy()
    number, held = strata(frame, None, names, hours)
    assert_frame_equal(frame, before)
    assert len(number) == n
    size = np.bincount(number)
    assert (size > 0).all()
    if not held:
        assert (number == 0).all()
        return
    cells = frame[held].agg("|".join, axis=1)
    assert len(size) == cells.nunique()
    assert cells.groupby(number).nunique().eq(1).all()
    assert size[size >= 20].sum() >= 0.8 * n
    shares = [explained(hours, frame[name]) for name in held]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) >= 0.005


def test_what_explains_most_is_held_first_as_far_as_the_data_bear_it() -> None:
    """Kind explains most, level less; kind by level leaves eights, so level is passed over."""
    n = 96
    frame = pd.DataFrame(
        {"level": every(*"abcdef", n=n), "kind": ["x"] * 48 + ["y"] * 48, "luck": ["p"] * n}
    )
    hours = (frame["kind"] == "y") * 100.0 + frame["level"].map(ord) + np.arange(n) % 5 * 0.1
    number, held = strata(frame, None, ["luck", "level", "kind"], hours)
    assert held == ["kind"]
    assert number.tolist() == [0] * 48 + [1] * 48
    wide = pd.concat([frame] * 3, ignore_index=True)
    thrice = pd.concat([hours] * 3, ignore_index=True)
    number, held = strata(wide, None, ["luck", "level", "kind"], thrice)
    assert held == ["kind", "level"]
    assert len(set(number)) == 12


def test_coverage_is_counted_by_case() -> None:
    """80 of 100 in strata of twenty are enough, 79 are not."""
    for few, want in ((20, ["kind"]), (21, [])):
        kinds = ["a"] * 40 + ["b"] * (60 - few) + every(*"cd", n=few)
        frame = pd.DataFrame({"kind": kinds})
        hours = pd.Series(frame["kind"].map(ord) * 10.0 + np.arange(100) % 3)
        assert strata(frame, None, ["kind"], hours)[1] == want


def test_what_is_compared_differs_inside_a_stratum() -> None:
    """Neither it, nor what is finer: in a stratum of one town there is but one district."""
    frame = pd.DataFrame({"town": every(*"abcd", n=400), "kind": every("x", "y", "z", n=400)})
    frame["district"] = frame["town"].map({"a": "1", "b": "1", "c": "2", "d": "2"})
    hours = frame["town"].map(ord) * 3.0 + frame["kind"].map(ord) + np.arange(400) % 7 * 0.1
    mix = ["town", "district", "kind", "gone"]
    assert set(strata(frame, "district", mix, hours)[1]) == {"kind"}
    number, held = strata(frame, "town", mix, hours)
    assert set(held) == {"district", "kind"}
    assert (frame["town"].groupby(number).nunique() == 2).all()
    assert set(strata(frame, None, mix, hours)[1]) >= {"town", "kind"}
    assert strata(frame, "town", ["town"], hours)[1] == []


def test_what_explains_nothing_is_not_held_equal() -> None:
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"luck": rng.permutation(every("x", "y", n=2000))})
    number, held = strata(frame, None, ["luck"], pd.Series(every(*range(100), n=2000)))
    assert held == []
    assert set(number) == {0}


def test_texts_do_not_run_into_each_other() -> None:
    """1 and 11 is not 11 and 1."""
    frame = pd.DataFrame({"a": every("1", "11", n=80), "b": every("1", "1", "11", "11", n=80)})
    hours = pd.Series(every(1.0, 2.0, 3.0, 4.5, n=80)) + np.arange(80) * 1e-6
    number, held = strata(frame, None, ["a", "b"], hours)
    assert len(held) == 2
    assert len(set(number)) == 4
