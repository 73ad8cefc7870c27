"""A survey as a whole: everything that is wrong in any file at once, and what counts."""

from __future__ import annotations

from pathlib import Path

import pytest

import efficiency as eff
from efficiency.problems import SettingsError
from surveyed import surveyed, written


def test_what_is_wrong_in_several_files_is_told_together(tmp_path: Path) -> None:
    answers = written(tmp_path, "answers.csv", "Q1\n9\n")
    book = written(tmp_path, "codebook.csv", "item,scale\nQ1,1-5\nQ2,1-5\n")
    sent = written(tmp_path, "issued.csv", "office,issued\n甲,x\n")
    with pytest.raises(SettingsError) as caught:
        eff.read_survey(answers, book, issued=sent)
    assert [problem.file for problem in caught.value.problems] == [
        "codebook.csv", "answers.csv", "issued.csv",
    ]  # fmt: skip


def test_only_what_counts_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    said = {"id": ["a", "b", "a"], "Q1": ["1", "2", "5"], "W": ["好", "", "坏"]}
    survey = surveyed(tmp_path, said, "id,id,,,\nQ1,1-5,,,\nW,text,,,\n")
    assert survey.people["row"].tolist() == [1, 2]
    assert survey.responses["row"].tolist() == [1, 2]
    assert survey.texts["text"].tolist() == ["好"]
    assert len(survey.answers.people) == 3
    assert repr(survey) == "Survey(3 respondents, 2 valid, 3 columns)"


def test_traits_and_offices(tmp_path: Path) -> None:
    said = {"学历": ["本科", "大专"], "单位": ["甲", "乙"], "Q1": ["1", "2"]}
    survey = surveyed(tmp_path, said, "学历,choice,,,\n单位,office,,,\nQ1,1-5,,,\n")
    assert survey.attributes == ["学历"]
    assert survey.has_offices
    one = {**said, "单位": ["甲", "甲"]}
    assert not surveyed(tmp_path, one, "学历,choice,,,\n单位,office,,,\nQ1,1-5,,,\n").has_offices
