"""What a rate proves, in words: the same numbers as the bounds."""

from __future__ import annotations

import re

import pytest

from efficiency.report.rates_told import told


def test_zero_is_not_a_rate_of_zero() -> None:
    said = told(0, 300, "差错")
    assert said == (
        "检查300件，未发现差错。但不能据此断言差错率为零：以95%的把握，差错率不超过1.0%，"
        "即每100件至多约1件。"
    )
    said = told(0, 50, "errors", "en")
    assert "at most 5.8%" in said
    assert "no more than about 6 in every 100" in said


def test_all_is_not_a_rate_of_one() -> None:
    assert "不低于97.0%，即每100件中例外至多约3件" in told(100, 100, "按时办结")
    assert "at least 97.0%" in told(100, 100, "on time", "en")


@pytest.mark.parametrize(
    ("n", "percent", "often"),
    [(3_000, "0.10%", "每1000件至多约1件"), (100_000, "0.003%", "每100000件至多约3件")],
)
def test_small_bounds_are_not_rounded_away(n: int, percent: str, often: str) -> None:
    assert f"不超过{percent}，即{often}" in told(0, n, "差错")
    assert "100.0%，即" not in told(n, n, "差错")


def test_what_was_found_is_told_with_its_interval() -> None:
    said = told(1, 29, "errors", "en")
    assert said == "errors: 1 of 29 checked, 3.4% (95% confidence interval 0.09% to 17.8%)."
    assert told(1, 29, "差错") == "检查29件，差错1件，差错率3.4%（95%置信区间0.09%至17.8%）。"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_number_checked_nothing_is_claimed(language: str) -> None:
    assert not re.search(r"\d\.\d|nan", told(0, 0, "x", language))
