"""Answers: matched to the codebook, each cell a step or a reason, nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.evidence.survey.answers import read_answers, seconds_of, steps_after
from efficiency.evidence.survey.codebook import read_codebook
from efficiency.evidence.survey.surveys import read_survey
from efficiency.problems import SettingsError
from surveyed import AGREE, surveyed, written

WORDS = AGREE.split("|")


def test_a_column_is_found_by_its_text_with_and_without_number_or_by_its_name(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "answers.csv", "6、流程清楚,快不快（量表题）,A1\n一般,比较同意,5\n")
    book = f"题号,题目,量表\nQ1,流程清楚,{AGREE}\nQ2,2、快不快,{AGREE}\nA1,,1-5\n"
    items = read_codebook(written(tmp_path, "codebook.csv", book))
    assert read_answers(path, items).responses["step"].tolist() == [3.0, 4.0, 5.0]


def test_each_cell_is_a_step_or_says_why_not(tmp_path: Path) -> None:
    said = ["非常同意", "4", "D.比较同意", "不适用", "", "(跳过)", "一般 "]
    survey = surveyed(
        tmp_path, {"Q1": said, "x": range(7)}, f"Q1,{AGREE},,,\nx,skip,,,\n", rules=()
    )
    rows = survey.answers.responses
    assert rows["step"].fillna(0).tolist() == [5, 4, 4, 0, 0, 0, 3]
    assert rows["reason"].tolist() == ["", "", "", "not_applicable", "blank", "not_applicable", ""]
    assert len(survey.answers.people) == len(said)


def test_what_is_off_the_scale_is_told_with_its_first_row_and_how_often(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        surveyed(tmp_path, {"Q1": ["3", "9", "9", "好"]}, "Q1,1-5,,,\n")
    told = [problem.text("en") for problem in caught.value.problems]
    assert [one.split(";")[0] for one in told] == [
        "answers.csv: [Q1] '9' is no step of question Q1 (2 rows, first data row 2)",
        "answers.csv: [Q1] '好' is no step of question Q1 (1 rows, first data row 4)",
    ]


def test_a_codebook_that_does_not_match_is_told_item_by_item(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        surveyed(tmp_path, {"快不快": ["1"], "Q9": ["2"]}, "快不慢,1-5,,,\nQ9,1-5,,,\nQ8,1-5,,,\n")
    told = [problem.text("en") for problem in caught.value.problems]
    assert [one.split(":")[1] for one in told] == ["2", "4"]
    assert "快不快" in told[0]


def test_rows_that_are_all_of_one_respondent_are_refused(tmp_path: Path) -> None:
    many = 889
    with pytest.raises(SettingsError, match="889"):
        surveyed(tmp_path, {"id": ["W1"] * many, "Q1": ["3"] * many}, "id,id,,,\nQ1,1-5,,,\n")
    book = "用时,seconds,,,\nQ1,1-5,,,\nQ2,1-5,,,\n"
    same = {"用时": ["60秒"] * many, "Q1": ["3"] * many, "Q2": ["4"] * many}
    with pytest.raises(SettingsError, match="889"):
        surveyed(tmp_path, same, book)
    other = {**same, "用时": [f"{60 + at % 5}秒" for at in range(many)]}
    assert len(surveyed(tmp_path, other, book).answers.people) == many


def test_several_options_of_one_answer(tmp_path: Path) -> None:
    said = ["会议多┋材料多", "检查多|会议多", "其他〖开会〗", "(跳过)", "会议多；会议多"]
    survey = surveyed(tmp_path, {"Q1": said}, "Q1,multi,,,\n", rules=())
    assert survey.picks.groupby("row")["option"].agg(list).tolist() == [
        ["会议多", "材料多"], ["检查多", "会议多"], ["其他"], ["会议多"],
    ]  # fmt: skip


def test_commas_part_options_where_they_make_options(tmp_path: Path) -> None:
    said = ["会议多,材料多", "会议多", "材料多，检查多", "检查多", "检查多、会议多"]
    survey = surveyed(tmp_path, {"Q1": said}, "Q1,multi,,,\n", rules=())
    assert sorted(survey.picks["option"].unique()) == ["会议多", "材料多", "检查多"]
    whole = ["多开会，少发文", "不知道", "少开会，多调研", "都好"]
    survey = surveyed(tmp_path, {"Q1": whole}, "Q1,multi,,,\n", rules=())
    assert survey.picks["option"].tolist() == whole


def test_what_somebody_wrote_behind_an_option_is_left_out(tmp_path: Path) -> None:
    said = {"学历": ["其他〖王小明〗", "本科"], "Q1": ["其他:张大伟┋会议多", "会议多"]}
    survey = surveyed(tmp_path, said, "学历,choice,,,\nQ1,multi,,,\n", rules=())
    assert survey.people["学历"].tolist() == ["其他", "本科"]
    assert set(survey.picks["option"]) == {"其他", "会议多"}


def test_of_two_headings_with_the_same_words_only_the_number_tells(tmp_path: Path) -> None:
    path = written(tmp_path, "answers.csv", "1、态度,2、态度\n1,5\n")
    for text, steps in (("1、态度", [1.0]), ("2、态度", [5.0])):
        items = read_codebook(written(tmp_path, "b.csv", f"item,text,scale\nQ1,{text},1-5\n"))
        assert read_answers(path, items).responses["step"].tolist() == steps
    items = read_codebook(written(tmp_path, "b.csv", "item,text,scale\nQ1,态度,1-5\n"))
    with pytest.raises(SettingsError, match="Q1"):
        read_answers(path, items)


def test_what_says_nothing_is_no_open_answer(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, {"Q1": ["无", "少开会", "没有。", ""]}, "Q1,text,,,\n", rules=())
    assert survey.texts["text"].tolist() == ["少开会"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("375秒", 375),
        ("6分15秒", 375),
        ("1小时2分3秒", 3723),
        ("42", 42),
        ("6分钟", 360),
        ("12.5", 12.5),
        ("00:06:15", 375),
        ("1秒钟", 1),
    ],
)
def test_seconds_in_any_form(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


def test_reversed_items_are_turned_once(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, {"Q1": ["1", "5", "2"]}, "Q1,1-5,yes,,\n", rules=())
    assert survey.answers.responses["step"].tolist() == [1, 5, 2]
    assert survey.responses["step"].tolist() == [5, 1, 4]
    twice = steps_after(steps_after(survey.answers.responses, survey.items), survey.items)
    pd.testing.assert_frame_equal(twice, survey.answers.responses)


def test_an_export_as_platforms_write_it(exports: Path, tmp_path: Path) -> None:
    """64 rows; Q3 and its kin on five steps; one option left out by two people."""
    from efficiency.evidence.survey.draft import draft_codebook

    book = tmp_path / "codebook.csv"
    draft_codebook(exports / "survey.xlsx", "zh").to_csv(book, index=False)
    survey = read_survey(exports / "survey.xlsx", book)
    assert len(survey.people) == 64
    assert survey.picks["row"].nunique() == 62
    assert survey.people["seconds"].min() == 42
    assert (survey.responses.groupby("item")["step"].count() == 64).all()
