"""Patterns are found where a plain look at the last points finds them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.findings.time.signals import RULES, signals

NAN = float("nan")


def found(score: list[float], *rules: str) -> list[str | None]:
    z = np.array(score)
    with np.errstate(invalid="ignore"):
        return signals(z, z > 3, z < -3, rules or list(RULES)).tolist()


@pytest.mark.parametrize(
    ("rule", "score", "name"),
    [
        ("limit", [0, 3.1], "above_limit"),
        ("two_of_three", [2.5, 0, 2.1], "two_of_three_above"),
        ("four_of_five", [1.1, 1.2, 0, 1.3, 1.4], "four_of_five_above"),
        ("run", [0.1] * 8, "run_above"),
        ("trend", [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2], "rising"),
    ],
)
def test_each_rule_speaks_at_the_point_that_completes_it(
    rule: str, score: list[float], name: str
) -> None:
    before = [None] * (len(score) - 1)
    assert found(score, rule) == [*before, name]
    mirrored = {"above_limit": "below_limit", "rising": "falling"}
    other = mirrored.get(name, name.replace("above", "below"))
    assert found([-z for z in score], rule) == [*before, other]
    assert found(score[1:], rule) in ([None] * len(before), [*before[1:], "above_limit"])


@pytest.mark.parametrize(
    ("rule", "score"),
    [
        ("limit", [2.9, -2.9]),
        ("two_of_three", [2.5, 0, 0, 2.1]),
        ("two_of_three", [2.5, -2.5]),
        ("two_of_three", [2.5, 2.5, 0.0][2:]),
        ("four_of_five", [1.1, 1.1, 0, 0, 1.1, 1.1]),
        ("run", [0.1] * 7 + [0.0] + [0.1] * 7),
        ("trend", [0.1, 0.2, 0.3, 0.3, 0.4, 0.5, 0.6]),
    ],
)
def test_what_is_not_enough(rule: str, score: list[float]) -> None:
    assert found(score, rule) == [None] * len(score)


def test_the_last_point_must_belong_to_the_pattern() -> None:
    """Two of three are told at the second of them, not at the third point."""
    assert found([2.5, 2.5, 0.0], "two_of_three") == [None, "two_of_three_above", None]


def test_missing_points_are_passed_over_and_several_signals_joined() -> None:
    score = [0.1] * 4 + [NAN] + [0.1] * 3 + [3.5]
    assert found(score) == [None] * 8 + ["above_limit;run_above"]
    assert found([NAN, NAN]) == [None, None]
    assert found([]) == []


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no rule 'luck'; rules are"):
        found([0.0], "luck")


@given(st.lists(st.sampled_from([-3.5, -2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.5, 3.5]), max_size=30))
def test_all_rules_equal_a_look_at_the_last_points(score: list[float]) -> None:
    for at, told in enumerate(found(score)):
        last = score[: at + 1]
        want = []
        for sign, side in ((1, "above"), (-1, "below")):
            z = [sign * value for value in last]
            if z[-1] > 3:
                want.append(f"{side}_limit")
            if z[-1] > 2 and sum(value > 2 for value in z[-3:]) >= 2:
                want.append(f"two_of_three_{side}")
            if z[-1] > 1 and sum(value > 1 for value in z[-5:]) >= 4:
                want.append(f"four_of_five_{side}")
            if len(z) >= 8 and min(z[-8:]) > 0:
                want.append(f"run_{side}")
            if len(z) >= 6 and all(a < b for a, b in zip(z[-6:-1], z[-5:], strict=True)):
                want.append("rising" if sign == 1 else "falling")
        assert set((told or "").split(";")) - {""} == set(want)
