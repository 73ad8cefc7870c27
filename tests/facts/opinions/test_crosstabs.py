"""Cross tables: counted by hand, V and Holm against other formulas, tests that keep their level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import efficiency as eff
from efficiency.facts.opinions.crosstabs import crosstabs, holm, wald
from efficiency.problems import ArgumentError
from surveyed import surveyed

BOOK = "学历,choice,,,\nQ1,1-5,,,\n"


def by_hand(p: list[float]) -> list[float]:
    """Holm's method as it is told: the smallest times m, the next times m − 1, never falling."""
    order, adjusted, so_far = sorted(range(len(p)), key=lambda at: p[at]), [0.0] * len(p), 0.0
    for place, at in enumerate(order):
        so_far = max(so_far, p[at] * (len(p) - place))
        adjusted[at] = min(so_far, 1.0)
    return adjusted


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm(p: list[float]) -> None:
    assert holm(np.array(p)).tolist() == pytest.approx(by_hand(p))


def test_cells_by_hand(tmp_path: Path) -> None:
    said = {"学历": ["本科", "本科", "大专", "大专", ""], "Q1": [5, 2, 4, 4, 1]}
    cells = eff.crosstab(surveyed(tmp_path, said, BOOK, rules=()), "学历")
    assert cells[["value", "n", "k", "share"]].values.tolist() == [
        ["大专", 2, 2, 1.0], ["本科", 2, 1, 0.5],
    ]  # fmt: skip


def test_a_trait_that_nobody_was_asked_for(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, {"学历": ["本科"], "Q1": [5]}, BOOK, rules=())
    with pytest.raises(ArgumentError, match="学历"):
        eff.crosstab(survey, "education")


def test_v_and_chi_square_of_a_table_by_hand(tmp_path: Path) -> None:
    """30 of 50 and 10 of 50 in favour: χ² = 100 (30·40 − 20·10)² / (50·50·40·60) = 16.67."""
    said = {"学历": ["本科"] * 50 + ["大专"] * 50, "Q1": [5] * 30 + [1] * 20 + [5] * 10 + [1] * 40}
    survey = surveyed(tmp_path, said, BOOK, rules=())
    (row,) = crosstabs(survey).itertuples(index=False)
    assert row.chi2 == pytest.approx(100 * (30 * 40 - 20 * 10) ** 2 / (50 * 50 * 40 * 60))
    assert row.cramers_v == pytest.approx(np.sqrt(row.chi2 / 100))
    assert row.p == pytest.approx(stats.chi2.sf(row.chi2, 1))


def test_where_all_answer_alike_there_is_no_test(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, {"学历": ["本科", "大专"] * 4, "Q1": [5] * 8}, BOOK, rules=())
    assert crosstabs(survey)["p"].isna().all()


def test_walds_statistic_of_two_values_is_the_square_of_t() -> None:
    """Ten offices that each have one answer of either value: a paired test of differences."""
    chance = np.random.default_rng(4)
    first, second = (chance.random(10) < 0.5).astype(float), (chance.random(10) < 0.7).astype(float)
    yes, office = np.concatenate([first, second]), np.tile(np.arange(10), 2)
    found, p = wald(yes, np.repeat([0, 1], 10), office)
    paired = stats.ttest_rel(second, first)
    assert found == pytest.approx(paired.statistic**2)
    assert p == pytest.approx(paired.pvalue)


@pytest.mark.parametrize("within", [True, False])
def test_where_nothing_differs_about_one_in_twenty_is_told(within: bool) -> None:
    """Offices differ; the trait is one of persons, or of offices: Pearson's tells the latter."""
    told, plain, many = 0, 0, 400
    for seed in range(many):
        chance = np.random.default_rng(seed)
        office = np.repeat(np.arange(20), 30)
        own = chance.beta(0.5 * 9, 0.5 * 9, 20)
        yes = (chance.random(600) < own[office]).astype(float)
        value = chance.integers(0, 3, 600) if within else office % 2
        told += wald(yes, value, office)[1] < 0.05
        counts = pd.crosstab(yes, value).to_numpy()
        plain += stats.chi2_contingency(counts, correction=False)[1] < 0.05
    assert 0.02 <= told / many <= 0.08
    assert (plain / many > 0.2) is not within


def test_a_difference_between_persons_is_found() -> None:
    found = 0
    for seed in range(100):
        chance = np.random.default_rng(seed)
        office, value = np.repeat(np.arange(20), 30), chance.integers(0, 2, 600)
        own = chance.beta(0.5 * 19, 0.5 * 19, 20)
        yes = (chance.random(600) < own[office] * 0.7 + 0.15 * value).astype(float)
        found += wald(yes, value, office)[1] < 0.05
    assert found >= 85


@pytest.mark.parametrize("few", [1, 2, 5, 12, 19])
def test_a_value_of_few_people_is_not_tested(few: int, tmp_path: Path) -> None:
    """The covariance of a few answers is no measure of chance: they were told as a difference."""
    chance = np.random.default_rng(few)
    office = [f"单位{at % 12}" for at in range(240)] + [f"单位{at % 12}" for at in range(few)]
    said = {"单位": office, "学历": ["本科"] * 240 + ["博士"] * few,
            "Q1": chance.integers(1, 6, 240 + few)}  # fmt: skip
    survey = surveyed(tmp_path, said, "单位,office,,,\n" + BOOK, rules=())
    (row,) = crosstabs(survey).itertuples(index=False)
    assert np.isnan(row.p)
    assert (row.n, row.values) == (240 + few, 2)


@pytest.mark.parametrize("people", [20, 40])
def test_of_twenty_people_on_about_one_in_twenty_is_told(people: int) -> None:
    told, many = 0, 600
    for seed in range(many):
        chance = np.random.default_rng(seed)
        yes = (chance.random(240 + people) < 0.6).astype(float)
        value = np.repeat([0, 1], [240, people])
        office = np.concatenate([np.arange(240) % 12, np.arange(people) % 12])
        told += wald(yes, value, office)[1] < 0.05
    assert told / many <= 0.08


def test_where_all_offices_say_the_same_the_difference_is_told(tmp_path: Path) -> None:
    """Everybody of one kind says five and of the other one: no spread, and no doubt."""
    said = {"单位": [f"单位{at % 6}" for at in range(120)], "学历": ["本科"] * 60 + ["大专"] * 60,
            "Q1": [5] * 60 + [1] * 60}  # fmt: skip
    (row,) = crosstabs(surveyed(tmp_path, said, "单位,office,,,\n" + BOOK, rules=())).itertuples()
    assert row.cramers_v == pytest.approx(1.0)
    assert row.p < 1e-6
