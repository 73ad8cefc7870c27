"""What the sample asked: the files are those that are made; what was planted is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.survey.surveys import Survey
from efficiency.sample.inquiry.inquiry_record import FOLDER, make_inquiry, write_inquiry
from efficiency.sample.inquiry.questions import QUESTIONS

FILES = ("answers", "answers-2023", "codebook", "codebook-2023", "issued", "staffing", "interviews",
         "codes")  # fmt: skip


@pytest.fixture(scope="module")
def place(root: Path) -> Path:
    return root / "data" / "sample" / FOLDER


@pytest.fixture(scope="module")
def survey(place: Path) -> Survey:
    return eff.read_survey(
        place / "answers.csv", place / "codebook.csv", issued=place / "issued.csv"
    )


@pytest.fixture(scope="module")
def truth(place: Path) -> dict[str, Any]:
    return json.loads((place / "truth.json").read_text(encoding="utf-8"))


def test_the_files_are_those_that_are_made(place: Path, tmp_path: Path) -> None:
    write_inquiry(tmp_path)
    made = {path.name: path.read_bytes() for path in (tmp_path / FOLDER).iterdir()}
    assert made == {path.name: path.read_bytes() for path in place.iterdir()}
    assert set(made) == {f"{name}.csv" for name in FILES} | {"truth.json"}


def test_its_size_is_that_of_the_study(place: Path, survey: Survey) -> None:
    """21 offices, 56 interviews, 889 questionnaires issued."""
    assert survey.sent["issued"].sum() == 889
    assert len(survey.sent) == 21
    talks = pd.read_csv(place / "interviews.csv", encoding="utf-8-sig")
    assert talks["访谈编号"].nunique() == 56
    assert talks["单位"].nunique() == 21


def test_each_unreliable_respondent_is_found_and_no_other(
    survey: Survey, truth: dict[str, Any]
) -> None:
    found = survey.answers.people.assign(rule=survey.left_out.to_numpy())
    told = {rule: sorted(rows["row"]) for rule, rows in found[found["rule"] != ""].groupby("rule")}
    assert told == truth["unreliable"]


def test_planted_shares_are_recovered(survey: Survey, truth: dict[str, Any]) -> None:
    """Of 24 questions without offices apart, one or two may lie outside of 95 % by chance."""
    rows = eff.likert(survey).set_index("item")
    outside = [
        item for item, favour in truth["favour"].items()
        if item != truth["true_against_record"]
        and not rows.at[item, "low"] <= favour <= rows.at[item, "high"]
    ]  # fmt: skip
    assert len(outside) <= 2, outside


def test_offices_are_as_alike_as_planted(survey: Survey, truth: dict[str, Any]) -> None:
    """Of answers cut in two the correlation of what lies below is less: about two thirds."""
    rows = eff.likert(survey)
    plain = rows[rows["item"] != truth["true_against_record"]]
    assert 0.4 * truth["icc"] <= plain["icc"].mean() <= truth["icc"]
    assert plain["design_effect"].mean() > 1.8


def test_constructs_hang_together_as_planted(survey: Survey, truth: dict[str, Any]) -> None:
    """Four questions that share so much: alpha 4c/(1 + 3c), less what steps take off."""
    c = truth["construct_share"]
    rows = eff.reliability(survey)
    assert (rows["items"] == 4).all()
    assert (rows["alpha"] > 4 * 0.85 * c / (1 + 3 * 0.85 * c) - 0.05).all()
    assert (rows["alpha"] < 4 * c / (1 + 3 * c) + 0.02).all()


def test_options_are_ticked_as_planted(survey: Survey, truth: dict[str, Any]) -> None:
    from efficiency.facts.opinions.choices import choices

    rows = choices(survey).set_index("option")
    for option, share in truth["reasons"].items():
        # Planted over all; who ticked nothing is not among those who answered.
        none = 1.0
        for other in truth["reasons"].values():
            none *= 1 - other
        assert rows.at[option, "share"] == pytest.approx(share / (1 - none), abs=0.06)


def test_the_seed_alone_decides() -> None:
    one, _ = make_inquiry(7)
    again, _ = make_inquiry(7)
    other, _ = make_inquiry(8)
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, again[name])
    assert not one["answers"].equals(other["answers"])


def test_every_question_stands_in_the_codebook(survey: Survey) -> None:
    assert {one.item for one in QUESTIONS} <= set(survey.items["item"])
    assert survey.items["reversed"].sum() == sum(one.reversed for one in QUESTIONS)
