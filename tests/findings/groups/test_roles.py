"""What an attribute is: matter, origin or outcome, by its name and by the way of the cases."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency.findings.groups.roles import (
    MOST_ACTIVITIES,
    came_of_it,
    is_matter,
    is_origin,
    origins,
)

SEEDS = settings(deadline=None, derandomize=True, max_examples=60)


# --- by name


@pytest.mark.parametrize(
    ("name", "matter", "origin"),
    [
        ("文种", True, False),
        ("紧急程度", True, False),
        ("Product", True, False),
        ("case type", True, False),
        ("来文单位", False, True),
        ("申请人类型", True, False),  # what sort of matter, though an applicant is named
        ("所在区县", False, True),
        ("Department", False, True),
        ("Customer Type", True, False),
        ("办理结果", False, False),
        ("申请状态", False, False),
        ("部门反馈", False, False),
        ("评价等级类型", False, False),
        ("result type", False, False),
        ("office_status", False, False),
        ("颜色", False, False),
    ],
)
def test_names_tell_what_an_attribute_is(name: str, matter: bool, origin: bool) -> None:
    assert (is_matter(name), is_origin(name)) == (matter, origin)


def test_origins_keep_their_order() -> None:
    assert origins(["文种", "县区", "结果", "来文单位", "颜色"]) == ["县区", "来文单位"]
    assert origins([]) == []


def made(variants: list[str], **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"open": [False] * len(variants), "variant": variants, **columns})


OUTCOMES = ["办理结果", "当前阶段", "是否超期", "满意度", "延期天数", "last_phase", "Final Status"]


def test_outcomes_are_known_by_name_whatever_they_hold() -> None:
    """Alone, in the order asked for; nothing is changed."""
    columns = {name: ["x", "y"] * 30 for name in [*OUTCOMES, "文种", "颜色"]}
    frame = made(["受理 → 办结"] * 60, **columns)
    before = frame.copy()
    assert came_of_it(frame, ["文种", *OUTCOMES, "颜色"]) == OUTCOMES
    assert came_of_it(frame, iter(OUTCOMES[::-1])) == OUTCOMES[::-1]
    assert_frame_equal(frame, before)
    assert came_of_it(frame, []) == []


# --- by the way of the case


def test_what_the_way_tells_came_of_it() -> None:
    """
    Four ways of cases, 25 each: an attribute follows one thing in the way, and that is enough.

    受理 alone | 受理, 补正 | 受理, 补正 twice | 受理, 补正, 办结; the second and fourth are open.
    """
    ways = ["受理", "受理 → 补正", "受理 → 补正 → 补正", "受理 → 补正 → 办结"]
    kinds = np.repeat(np.arange(4), 25)
    columns = {
        "开着": ["x", "y", "x", "y"],
        "办过": ["x", "x", "x", "y"],  # whether 办结 was done, and what was last
        "补了": ["x", "y", "z", "y"],  # how often 补正 was done
        "路径": ["x", "y", "x", "x"],  # two things together: not looked for
        "颜色": ["x", "x", "x", "x"],
    }
    frame = made([ways[k] for k in kinds], **{n: np.array(v)[kinds] for n, v in columns.items()})
    frame["open"] = kinds % 2 == 1
    assert came_of_it(frame, columns) == ["开着", "办过", "补了"]


def test_what_tells_the_matter_or_its_origin_is_never_taken_for_an_outcome() -> None:
    """A 请示 goes to the leader always: the way follows from it, not it from the way."""
    frame = made(
        ["收文 → 批示"] * 40 + ["收文"] * 40,
        文种=["请示"] * 40 + ["函"] * 40,
        来文单位=["省"] * 40 + ["县"] * 40,
        代码=["1"] * 40 + ["0"] * 40,
    )
    assert came_of_it(frame, ["文种", "来文单位", "代码"]) == ["代码"]


def follows(values: list[str], ways: list[int]) -> bool:
    """In plain Python: guess the most frequent value of each way; neither is nearly constant."""
    by_way = {way: Counter(v for v, w in zip(values, ways, strict=True) if w == way)
              for way in set(ways)}  # fmt: skip
    right = sum(counted.most_common(1)[0][1] for counted in by_way.values())
    usual = max([*Counter(values).values(), *Counter(ways).values()])
    n = len(values)
    return len(by_way) > 1 and (n - usual) >= 0.02 * n - 1e-9 and right >= 0.99 * n - 1e-9


@SEEDS
@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_ninety_nine_of_a_hundred_are_enough(
    done: int, left: int, wrong: int, more: int, blank: bool
) -> None:
    """Cases of two ways, of which some have the other's value; an empty value is one too."""
    other = "" if blank else "否"
    values = ["是"] * done + [other] * wrong + [other] * left + ["是"] * more
    ways = [1] * (done + wrong) + [0] * (left + more)
    frame = made(["受理 → 特办" if way else "受理" for way in ways], 特别=values)
    frame["特别"] = frame["特别"].where(frame["特别"] != "", None)
    assert came_of_it(frame, ["特别"]) == (["特别"] if follows(values, ways) else [])


def test_of_very_many_activities_some_are_looked_at() -> None:
    """The first hundred by name; of none at all nothing is told."""
    names = [f"{i:03}" for i in range(MOST_ACTIVITIES + 1)]
    for at, want in ((0, ["特别"]), (MOST_ACTIVITIES, [])):
        # Every way ends alike, and all but one activity are in each of them.
        rest = " → ".join([name for i, name in enumerate(names) if i != at] + ["050"])
        frame = made([rest] * 40 + [names[at] + " → " + rest] * 40, 特别=["否"] * 40 + ["是"] * 40)
        assert came_of_it(frame, ["特别"]) == want
    assert came_of_it(made([], 特别=[]), ["特别"]) == []


_DONE_BY = (
    "最后处理单位 终审机关 升级层级 承办单位 经办部门 是否按期 群众评议 处理情况 assigned_team"
)
_DONE_BY += " current_department escalation_level customer_feedback"


@pytest.mark.parametrize("name", _DONE_BY.split())
def test_who_did_it_and_what_came_of_it_is_no_origin(name: str) -> None:
    cases = pd.DataFrame({"open": [False] * 4, "variant": ["a → b"] * 4, name: list("xxyy")})
    assert not is_origin(name)
    assert not is_matter(name)
    assert came_of_it(cases, [name]) == [name]


@pytest.mark.parametrize(
    "name", ["operating_office", "template type", "customer_state", "批次数量种类"]
)
def test_a_word_inside_another_says_nothing(name: str) -> None:
    assert is_origin(name) or is_matter(name)
