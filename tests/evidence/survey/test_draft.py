"""A codebook drafted from an export: what a column looks like, and nothing guessed in silence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from efficiency.evidence.survey.draft import draft_codebook
from efficiency.evidence.survey.surveys import read_survey


def drafted(folder: Path, columns: dict[str, list[str]]) -> pd.DataFrame:
    path = folder / "answers.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    return draft_codebook(path, "en").set_index("text")


def test_the_export_of_a_platform_is_drafted_and_read_with_no_edit(
    exports: Path, tmp_path: Path
) -> None:
    book = draft_codebook(exports / "survey.xlsx", "zh")
    kinds = dict(zip(book["item"], book["scale"], strict=True))
    assert kinds["education"] == kinds["office_type"] == "choice"
    assert kinds["Q8"] == "multi"
    assert kinds["Q9"] == "text"
    assert kinds["seconds"] == "seconds"
    assert kinds["Q3"] == kinds["Q4"] == kinds["Q5"]
    assert book.set_index("item")["reversed"].to_dict()["Q7"] == "是"
    assert book.set_index("item")["construct"][["Q3", "Q6", "Q7"]].tolist() == [
        "满意度", "认同度", "认同度",
    ]  # fmt: skip
    path = tmp_path / "codebook.csv"
    book.to_csv(path, index=False)
    assert len(read_survey(exports / "survey.xlsx", path).people) == 64


def test_reversed_is_marked_only_where_words_and_answers_agree(tmp_path: Path) -> None:
    words = ["不同意", "一般", "同意", "非常同意", "非常不同意"]
    up = [words[at % 5] for at in (4, 0, 1, 2, 3) * 8]
    down = [words[at % 5] for at in (3, 2, 1, 0, 4) * 8]
    book = drafted(
        tmp_path, {"1、流程清楚": up, "2、会签难": down, "3、办事难": up, "4、态度好": up}
    )
    assert book["reversed"].tolist() == ["", "yes", "", ""]
    assert "not marked" in book.at["3、办事难", "note"]


def test_offices_traits_and_scales_of_numbers(tmp_path: Path) -> None:
    many = 40
    book = drafted(
        tmp_path,
        {
            "序号": [str(n) for n in range(many)],
            "您所在的单位": [f"单位{n % 15}" for n in range(many)],
            "您的年龄": [("30岁以下", "30至50岁", "50岁以上")[n % 3] for n in range(many)],
            "总体评分": [str(1 + n % 10) for n in range(many)],
            "建议": [f"建议第{n}条" for n in range(many)],
            "手机号": [f"1380000{n:04d}" for n in range(many)],
        },
    )
    assert book["scale"].tolist() == ["skip", "office", "choice", "1-10", "text", "id"]
    assert book["item"].tolist()[1:3] == ["office", "age_band"]


def test_a_question_that_speaks_of_phones_or_time_is_a_question(tmp_path: Path) -> None:
    said = ["满意", "一般", "不满意", "非常满意"] * 10
    names = [
        "1、您对电话办理的满意程度",
        "2、身份证办理满意度",
        "3、提交材料后等待时间",
        "4、耗时最长的环节办得快",
    ]
    book = drafted(tmp_path, dict.fromkeys(names, said))
    assert book["scale"].str.contains("满意").all()


def test_options_parted_by_commas_are_several(tmp_path: Path) -> None:
    said = ["会议多, 材料多", "会议多", "材料多", "检查多, 会议多", "检查多"] * 8
    assert drafted(tmp_path, {"主要原因": said})["scale"].tolist() == ["multi"]
