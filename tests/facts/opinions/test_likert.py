"""Shares of answers by question: counted by hand, and what is missing told apart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.facts.opinions.likert import is_favour, levels, office_opinions
from surveyed import AGREE, surveyed

WORDS = AGREE.split("|")
SAID = {
    "单位": ["甲", "甲", "甲", "乙", "乙", "乙"],
    "Q1": [WORDS[4], WORDS[3], WORDS[2], WORDS[3], WORDS[0], "不了解"],
    "Q2": [WORDS[0], WORDS[1], WORDS[2], "", WORDS[4], WORDS[0]],
}
BOOK = f"单位,office,,,\nQ1,{AGREE},,办文,\nQ2,{AGREE},是,办文,\n"


def test_counts_by_hand(tmp_path: Path) -> None:
    """Q1: 5 answers, 3 above the middle, 1 at it; Q2 turned: 3 of 5 above, 1 at it."""
    found = eff.likert(surveyed(tmp_path, SAID, BOOK)).set_index("item")
    names = ["n", "missing", "not_applicable", "k", "against", "offices", "steps"]
    assert found.loc["Q1", names].tolist() == [5, 0, 1, 3, 1, 2, 5]
    assert found.loc["Q2", names].tolist() == [5, 1, 0, 3, 1, 2, 5]
    shares = found.loc["Q1", ["share", "wide_share", "against_share", "top_two", "mean"]]
    assert shares.tolist() == pytest.approx([0.6, 0.8, 0.2, 0.6, 3.4])
    assert found.loc["Q2", "mean"] == pytest.approx((5 + 4 + 3 + 1 + 5) / 5)
    tables.OPINIONS.check(found.reset_index())


def test_every_valid_respondent_is_in_n_missing_or_not_applicable(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, SAID, BOOK)
    found = eff.likert(survey)
    whole = found["n"] + found["missing"] + found["not_applicable"]
    assert (whole == len(survey.people)).all()


@pytest.mark.parametrize(
    ("steps", "favour", "wide"), [(3, [3], [2, 3]), (4, [3, 4], [3, 4]), (5, [4, 5], [3, 4, 5]),
                                  (7, [5, 6, 7], [4, 5, 6, 7]), (10, [6, 7, 8, 9, 10], None)]
)  # fmt: skip
def test_what_is_in_favour_on_each_scale(
    steps: int, favour: list[int], wide: list[int] | None, tmp_path: Path
) -> None:
    """The two definitions of satisfaction differ where there is a middle, and only there."""
    every = list(range(1, steps + 1))
    assert [n for n in every if is_favour(pd.Series([n]), steps).iloc[0]] == favour
    row = eff.likert(surveyed(tmp_path, {"Q1": every}, f"Q1,1-{steps},,,\n", rules=())).iloc[0]
    assert row["k"] == len(favour)
    assert round(row["wide_share"] * steps) == len(wide or favour)


def test_levels_are_as_the_question_puts_them(tmp_path: Path) -> None:
    rows = levels(surveyed(tmp_path, SAID, BOOK))
    mine = rows[rows["item"] == "Q2"]
    assert mine["label"].tolist() == WORDS
    assert mine["k"].tolist() == [2, 1, 1, 0, 1]
    assert mine["share"].sum() == pytest.approx(1.0)


def test_offices_by_construct(tmp_path: Path) -> None:
    rows = office_opinions(surveyed(tmp_path, SAID, BOOK)).set_index("office")
    assert rows.loc["甲", ["people", "n", "k"]].tolist() == [3, 6, 4]
    assert rows.loc["乙", ["people", "n", "k"]].tolist() == [3, 4, 2]


def test_without_offices_there_is_no_design_effect(tmp_path: Path) -> None:
    said = {name: values for name, values in SAID.items() if name != "单位"}
    survey = surveyed(tmp_path, said, BOOK.split("\n", 1)[1])
    assert eff.likert(survey)["design_effect"].isna().all()
    assert office_opinions(survey).empty


def test_the_survey_is_left_as_it_is(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, SAID, BOOK)
    before = survey.answers.responses.copy()
    eff.likert(survey)
    pd.testing.assert_frame_equal(survey.answers.responses, before)


def test_the_mean_is_on_the_numbers_of_the_scale(tmp_path: Path) -> None:
    row = eff.likert(surveyed(tmp_path, {"Q1": [10, 10, 9]}, "Q1,0-10,,,\n", rules=())).iloc[0]
    assert row["mean"] == pytest.approx(29 / 3)
    assert (row["steps"], row["highest"]) == (11, 10)


def test_answers_of_no_office_make_no_interval_narrower(tmp_path: Path) -> None:
    """甲 all yes, 乙 all no: how alike offices are is told by these, not by the others."""
    book = "单位,office,,,\nQ1,1-5,,,\n"
    two = {"单位": ["甲"] * 50 + ["乙"] * 50, "Q1": [5] * 50 + [1] * 50}
    more = {"单位": two["单位"] + [""] * 100, "Q1": two["Q1"] + [5, 1] * 50}
    one, other = (
        eff.likert(surveyed(tmp_path, said, book, rules=())).iloc[0] for said in (two, more)
    )
    assert other["design_effect"] == one["design_effect"]
    assert other["high"] - other["low"] > 0.9


def test_of_one_office_alone_there_is_no_interval(tmp_path: Path) -> None:
    book = "单位,office,,,\nQ1,1-5,,,\nQ2,1-5,,,\n"
    said = {"单位": ["甲"] * 20 + ["乙"] * 20, "Q1": [5, 1] * 10 + [""] * 20, "Q2": [5, 1] * 20}
    rows = eff.likert(surveyed(tmp_path, said, book, rules=())).set_index("item")
    assert rows.loc["Q1", ["low", "high"]].isna().all()
    assert rows.loc["Q2", ["low", "high"]].notna().all()


def test_items_that_bear_one_name_are_kept_apart(tmp_path: Path) -> None:
    said = {"单位": ["甲", "乙"], "1、态度": [5, 5], "2、态度": [1, 1]}
    book = "单位,office,,,\n1、态度,1-5,,,\n2、态度,1-5,,,\n"
    rows = office_opinions(surveyed(tmp_path, said, book, rules=()))
    assert rows.groupby("construct")["share"].mean().to_dict() == {
        "态度 (1、态度)": 1.0, "态度 (2、态度)": 0.0,
    }  # fmt: skip


def test_a_whole_construct_is_each_persons_mean(tmp_path: Path) -> None:
    """Means over Q1 and Q2 turned: 5, 4, 3, 2.5; who answered less than half says nothing."""
    said = {"Q1": [5, 4, 3, 1, ""], "Q2": [1, 2, 3, 2, ""]}
    book = "Q1,1-5,,办文,\nQ2,1-5,yes,办文,\n办文,construct,,,T1\n"
    survey = surveyed(tmp_path, said, book, rules=())
    row = eff.likert(survey).set_index("item").loc["办文"]
    assert row[["n", "k", "against", "steps"]].tolist() == [4, 2, 1, 5]
    assert row["mean"] == pytest.approx((5 + 4 + 3 + 2.5) / 4)
    assert set(survey.responses["item"]) == {"Q1", "Q2"}
    assert "办文" not in set(levels(survey)["item"])
