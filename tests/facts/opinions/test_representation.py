"""Who answered beside who works there; raking against an example made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from efficiency.evidence.survey.staffing import read_staffing
from efficiency.facts.opinions.likert import likert
from efficiency.facts.opinions.representation import effective_n, raked, representation, weighted
from efficiency.facts.opinions.staff import staff
from surveyed import surveyed, written


def test_raking_two_margins_equals_an_example_by_hand() -> None:
    """
    Two by two: 40, 20 / 10, 30. Asked for 1/2 and 1/2 both ways.

    The fitted table keeps the odds ratio 40·30/(20·10) = 6 and has equal margins: with a in its
    corners a²/(1/2 − a)² = 6, so a = √6/(2(1 + √6)) = 0.355051.
    """
    rows = [("m", "x")] * 40 + [("m", "y")] * 20 + [("f", "x")] * 10 + [("f", "y")] * 30
    people = pd.DataFrame(rows, columns=["sex", "side"])
    half = {"sex": pd.Series({"m": 0.5, "f": 0.5}), "side": pd.Series({"x": 0.5, "y": 0.5})}
    weight = raked(people, half)
    told = weight.groupby([people["sex"], people["side"]]).sum() / weight.sum()
    corner = np.sqrt(6) / (2 * (1 + np.sqrt(6)))
    assert told["m", "x"] == pytest.approx(corner, abs=1e-9)
    assert told["f", "y"] == pytest.approx(corner, abs=1e-9)
    assert told["m", "y"] == pytest.approx(0.5 - corner, abs=1e-9)
    assert weight.mean() == pytest.approx(1.0)


def test_effective_n_is_kishs() -> None:
    assert effective_n(pd.Series([1.0] * 7)) == 7
    assert effective_n(pd.Series([3.0, 1.0])) == pytest.approx(16 / 10)


@pytest.fixture
def staffed(tmp_path: Path) -> pd.DataFrame:
    text = "单位,大专,本科,公务员,工勤\n甲,30,10,*,5\n乙,30,30,40,20\n"
    return staff(read_staffing(written(tmp_path, "staffing.csv", text)))


def test_the_sample_is_weighted_to_the_staff_where_all_of_it_is_known(
    tmp_path: Path, staffed: pd.DataFrame
) -> None:
    """60 % of the staff 大专; of 10 who answered 4 are, all in favour: weighted 60 %."""
    said = {"education": ["大专"] * 4 + ["本科"] * 6, "post_type": ["公务员", "工勤"] * 5,
            "Q1": [5] * 4 + [1] * 6}  # fmt: skip
    survey = surveyed(
        tmp_path, said, "education,choice,,,\npost_type,choice,,,\nQ1,1-5,,,\n", rules=()
    )
    weights = weighted(survey, staffed)
    assert weights is not None
    assert likert(survey, weights)["weighted_share"].iloc[0] == pytest.approx(0.6)
    rows = representation(survey, staffed).set_index(["attribute", "value"])
    assert rows.at[("education", "大专"), "staff_share"] == pytest.approx(0.6)
    assert rows.at[("education", "大专"), "weight"] == pytest.approx(1.5)
    assert rows.at[("education", "本科"), "effective_n"] == pytest.approx(
        100 / (4 * 2.25 + 6 * 4 / 9)
    )
    # Posts are masked in one office: they are no frame.
    assert rows.loc["post_type"]["staff"].isna().all()
    p = stats.chisquare([4, 6], [6, 4]).pvalue
    assert rows.at[("education", "大专"), "p"] == pytest.approx(p)


def test_without_staff_nothing_is_weighted(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, {"education": ["大专", "本科"], "Q1": [5, 1]},
                      "education,choice,,,\nQ1,1-5,,,\n", rules=())  # fmt: skip
    assert weighted(survey, None) is None
    rows = representation(survey)
    assert rows["n"].tolist() == [1, 1]
    assert rows[["staff", "weight", "p"]].isna().all(axis=None)


def test_a_value_that_the_frame_lacks_makes_no_weights(
    tmp_path: Path, staffed: pd.DataFrame
) -> None:
    survey = surveyed(tmp_path, {"education": ["大专", "博士"], "Q1": [5, 1]},
                      "education,choice,,,\nQ1,1-5,,,\n", rules=())  # fmt: skip
    assert weighted(survey, staffed) is None


def test_margins_that_no_weights_meet_give_none() -> None:
    """All 本科 are 公务员 and all 大专 工勤: half of one and nine tenths of the other cannot be."""
    people = pd.DataFrame({"education": ["本科"] * 12 + ["大专"] * 6,
                           "post": ["公务员"] * 12 + ["工勤"] * 6})  # fmt: skip
    margins = {"education": pd.Series({"本科": 0.5, "大专": 0.5}),
               "post": pd.Series({"公务员": 0.9, "工勤": 0.1})}  # fmt: skip
    assert raked(people, margins).isna().all()
