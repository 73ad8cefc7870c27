"""Comparable cases: explained shares by hand and by scipy, and strata that hold what they say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

import efficiency as eff
from efficiency.facts.events import observed
from efficiency.findings.groups.case_mix import (
    attributes_of,
    case_attributes,
    confounded,
    explained,
    strata,
    strata_within,
)

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
    found = strata(frame, None, names, hours)
    number, held = found.number, found.held
    assert_frame_equal(frame, before)
    assert not set(held) & set(found.loose)
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
    found = strata(frame, None, ["luck", "level", "kind"], hours)
    assert (found.held, found.loose) == (["kind"], ["level"])
    assert found.number.tolist() == [0] * 48 + [1] * 48
    wide = pd.concat([frame] * 3, ignore_index=True)
    thrice = pd.concat([hours] * 3, ignore_index=True)
    found = strata(wide, None, ["luck", "level", "kind"], thrice)
    assert (found.held, found.loose) == (["kind", "level"], [])
    assert len(set(found.number)) == 12


def test_coverage_is_counted_by_case() -> None:
    """80 of 100 in strata of twenty are enough, 79 are not."""
    for few, want in ((20, ["kind"]), (21, [])):
        kinds = ["a"] * 40 + ["b"] * (60 - few) + every(*"cd", n=few)
        frame = pd.DataFrame({"kind": kinds})
        hours = pd.Series(frame["kind"].map(ord) * 10.0 + np.arange(100) % 3)
        assert strata(frame, None, ["kind"], hours).held == want


def test_what_is_compared_differs_inside_a_stratum() -> None:
    """Neither it, nor what is finer: in a stratum of one town there is but one district."""
    frame = pd.DataFrame({"town": every(*"abcd", n=400), "kind": every("x", "y", "z", n=400)})
    frame["district"] = frame["town"].map({"a": "1", "b": "1", "c": "2", "d": "2"})
    hours = frame["town"].map(ord) * 3.0 + frame["kind"].map(ord) + np.arange(400) % 7 * 0.1
    mix = ["town", "district", "kind", "gone"]
    assert strata(frame, "district", mix, hours).held == ["kind"]
    found = strata(frame, "town", mix, hours)
    assert set(found.held) == {"district", "kind"}
    assert (frame["town"].groupby(found.number).nunique() == 2).all()
    assert set(strata(frame, None, mix, hours).held) >= {"town", "kind"}
    assert strata(frame, "town", ["town"], hours).held == []


def test_what_a_matter_is_is_held_even_where_it_leaves_nobody_comparable() -> None:
    """Each town has kinds of its own: towns are not to blame for them. A post is left out."""
    frame = pd.DataFrame({"town": every(*"ab", n=400)})
    frame["文种"] = frame["town"] + pd.Series(every("x", "x", "y", "y", n=400))
    frame["post"] = frame["文种"]
    hours = frame["文种"].rank() + np.arange(400) % 7 * 0.1
    assert strata(frame, "town", ["post"], hours).held == []
    found = strata(frame, "town", ["文种"], hours)
    assert found.held == ["文种"]
    assert (frame["town"].groupby(found.number).nunique() == 1).all()


@pytest.mark.parametrize(("weight", "loose"), [(0.0, []), (1.0, ["post"])])
def test_what_matters_and_could_not_be_held_is_said(weight: float, loose: list[str]) -> None:
    """Thirty posts of 500 cases leave sixteens; where a post weighs nothing, nothing is said."""
    frame = pd.DataFrame({"post": every(*(str(i) for i in range(30)), n=500)})
    level = frame["post"].astype(int) * weight
    hours = level + pd.Series(np.random.default_rng(3).normal(0, 3, 500))
    found = strata(frame, None, ["post"], hours)
    assert (found.held, found.loose) == ([], loose)


# --- within one activity


def test_steps_are_held_equal_by_activity_first() -> None:
    """Also where it explains nothing; and within it by what parts the ranks there."""
    frame = pd.DataFrame(
        {
            "activity": every("登记", "拟办", n=400),
            "unit": every("甲", "甲", "乙", "乙", n=400),
            "文种": every(*["函"] * 4, *["请示"] * 4, n=400),
        }
    )
    even = frame.assign(hours=np.arange(400) // 8 % 5 * 1.0)
    found = strata_within(even, "unit", ["文种"], "activity")
    assert (found.held, len(set(found.number))) == (["activity"], 2)
    # 请示 takes longer at either step, though 登记 is done in no time: cells of the two.
    kind = (frame["文种"] == "请示") * 1.0
    slow = np.where(frame["activity"] == "拟办", 100.0, 1.0)
    found = strata_within(frame.assign(hours=slow * (1 + kind) + even["hours"] * 0.01),
                          "unit", ["文种"], "activity")  # fmt: skip
    assert found.held == ["activity", "文种"]
    cells = frame["activity"] + frame["文种"]
    assert cells.groupby(found.number).nunique().tolist() == [1, 1, 1, 1]


# --- what was not held equal


@SEEDS
@given(st.lists(st.integers(0, 90), min_size=4, max_size=4))
def test_a_group_is_confounded_where_cramers_v_is_above_a_fifth(counts: list[int]) -> None:
    """
    Of a table of two by two it is the correlation of 0 and 1, which scipy gives as Pearson's.

    And chance does not make it so: the chi-square without Yates' correction, of scipy's own.
    """
    value, group = np.repeat([[0, 0, 1, 1], [0, 1, 0, 1]], counts, axis=1)
    assume(len(value) > 2 and np.ptp(value) and np.ptp(group))
    square = stats.pearsonr(value, group).statistic ** 2 - 1 / (len(value) - 1)
    assume(abs(square - 0.04) > 1e-9)
    by_lot = stats.chi2_contingency(pd.crosstab(value, group), correction=False).pvalue > 0.001
    frame = pd.DataFrame({"post": np.where(value, "x", "y"), "same": "z"})
    assert confounded(frame, group == 1, ["same", "post"]) == (square > 0.04 and not by_lot)
    assert not confounded(frame, group == 1, [])


def test_many_values_are_no_confounding_by_chance() -> None:
    """Ten posts by lot among 200 cases: V as such is above a fifth in half of the draws."""
    rng = np.random.default_rng(2)
    raw = told = 0
    for _ in range(100):
        frame = pd.DataFrame({"post": rng.integers(0, 10, 200)})
        group = rng.random(200) < 0.3
        table = pd.crosstab(frame["post"], group)
        raw += stats.contingency.association(table, method="cramer") > 0.2
        told += confounded(frame, group, ["post"])
    assert raw > 40
    assert told <= 1


# --- what is known from the start


def test_what_came_of_a_case_tells_no_cases_apart_unless_one_says_so() -> None:
    """结果 stands in the first row, as an export of today has it; 文号 is each case's own."""
    days = pd.date_range("2024-03-04 09:00", periods=80, freq="h")
    log = pd.DataFrame(
        {
            "case_id": [str(i) for i in range(80)],
            "activity": "登记",
            "end": days,
            "actor": every("王", "李", n=80),
            "文种": every("函", "请示", n=80),
            "结果": every("同意", "同意", "退回", n=80),
            "承办人": every("王", "王", "李", n=80),
            "文号": [f"第{i}号" for i in range(80)],
        }
    )
    with observed(log, eff.Calendar()) as events:
        assert case_attributes(events) == ["文种"]
        assert case_attributes(events, ["结果", "承办人", "无此列"]) == ["结果"]


def test_what_explains_nothing_is_not_held_equal() -> None:
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"luck": rng.permutation(every("x", "y", n=2000))})
    found = strata(frame, None, ["luck"], pd.Series(every(*range(100), n=2000)))
    assert (found.held, found.loose) == ([], [])
    assert set(found.number) == {0}


def test_texts_do_not_run_into_each_other() -> None:
    """1 and 11 is not 11 and 1."""
    frame = pd.DataFrame({"a": every("1", "11", n=80), "b": every("1", "1", "11", "11", n=80)})
    hours = pd.Series(every(1.0, 2.0, 3.0, 4.5, n=80)) + np.arange(80) * 1e-6
    found = strata(frame, None, ["a", "b"], hours)
    assert len(found.held) == 2
    assert len(set(found.number)) == 4
