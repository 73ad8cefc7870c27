"""The codebook: read under the names people give, all that is wrong at once with line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.survey.codebook import (
    bare,
    of_role,
    read_codebook,
    scale_of,
    scales_with_constructs,
)
from efficiency.problems import SettingsError
from surveyed import AGREE, written

HEAD = "题号,题目,简称,量表,反向,维度,关联指标\n"
GOOD = (
    f"Q1,1、快不快,快,{AGREE},,办文,T4\nQ2,2、慢不慢（反向）,,{AGREE},是,办文,\n"
    "Q3,3、单位,,单位,,,\n"
)


def told(folder: Path, rows: str, head: str = HEAD) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_codebook(written(folder, "codebook.csv", head + rows))
    return [problem.text("en") for problem in caught.value.problems]


@pytest.mark.parametrize(
    "head",
    [HEAD, "item,text,short,scale,reversed,construct,linked\n",
     "id,text,short,scale,reverse,construct,linked_metric\n"],
)  # fmt: skip
def test_it_is_read_in_either_language(head: str, tmp_path: Path) -> None:
    items = read_codebook(written(tmp_path, "codebook.csv", head + GOOD))
    assert items["item"].tolist() == ["Q1", "Q2", "Q3"]
    assert items["short"].tolist() == ["快", "慢不慢", "单位"]
    assert items["reversed"].tolist() == [False, True, False]
    assert items["line"].tolist() == [2, 3, 4]
    assert scale_of(items)["Q1"].steps == 5
    assert of_role(items, "office") == ["Q3"]


def test_all_that_is_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    rows = (
        f"Q1,快不快,,{AGREE},,办文,\n"
        f"Q1,好不好,,{AGREE},,办文,\n"
        f"Q3,快不快,,{AGREE},,独,\n"
        "Q4,难不难,,看情况,,,\n"
        f"Q5,顺不顺,,{'|'.join(reversed(AGREE.split('|')))},,办文,\n"
        f"Q6,烦不烦,,{'|'.join(reversed(AGREE.split('|')))},是,办文,\n"
        "Q7,学历,,单选,是,,T4\n"
        f"Q8,对不对,,{AGREE},也许,办文,\n"
    )
    assert [one.split("]")[0] for one in told(tmp_path, rows)] == [
        "codebook.csv:3: [题号", "codebook.csv:4: [题目", "codebook.csv:4: [维度",
        "codebook.csv:5: [量表", "codebook.csv:6: [量表", "codebook.csv:7: [量表",
        "codebook.csv:8: [反向", "codebook.csv:8: [关联指标", "codebook.csv:9: [反向",
    ]  # fmt: skip


def test_reversed_twice_says_how_to_write_the_scale(tmp_path: Path) -> None:
    turned = "|".join(reversed(AGREE.split("|")))
    (message,) = told(tmp_path, f"Q1,烦不烦,,{turned},是,,\n")
    assert "reversed twice" in message
    assert AGREE in message


def test_a_column_that_must_be_there(tmp_path: Path) -> None:
    (message,) = told(tmp_path, "1,快\n", head="序,题目\n")[:1]
    assert "题号" in message


def test_a_question_without_its_number() -> None:
    asked = ("8、原因（多选题）", "Q3. How fast?", "3.单位[单选题]", "2024年工作", "12")
    assert [bare(one) for one in asked] == ["原因", "How fast?", "单位", "2024年工作", "12"]


def test_a_row_of_a_whole_construct(tmp_path: Path) -> None:
    rows = f"Q1,快,,{AGREE},,办文,\nQ2,慢,,{AGREE},是,办文,\n办文,,,维度,,,T4\n"
    items = read_codebook(written(tmp_path, "codebook.csv", HEAD + rows))
    assert items["linked"].tolist() == ["", "", "T4"]
    assert scales_with_constructs(items)["办文"].steps == 5
    assert "办文" not in scale_of(items)


def test_a_row_of_a_construct_that_is_none_or_of_several_scales(tmp_path: Path) -> None:
    rows = f"Q1,快,,{AGREE},,办文,\nQ2,慢,,1-7,,办文,\n办文,,,维度,,,T4\n办会,,,维度,,,T4\n"
    assert [one.split("]")[0] for one in told(tmp_path, rows)] == [
        "codebook.csv:4: [题号", "codebook.csv:5: [题号",
    ]  # fmt: skip
