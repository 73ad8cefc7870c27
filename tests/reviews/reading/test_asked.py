"""What a review reads of people's answers: all that is wrong at once, and nobody named."""

from __future__ import annotations

from pathlib import Path

import pytest

import efficiency as eff
from efficiency.evidence.people.pseudonyms import code_of, make_key
from efficiency.problems import SettingsError
from efficiency.reviews.reading.inputs import read_inputs
from surveyed import asked_review, written


def told(folder: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_inputs(folder)
    return [problem.text("en") for problem in caught.value.problems]


def test_a_sound_survey_is_read_with_no_doubt(tmp_path: Path) -> None:
    inputs = read_inputs(asked_review(tmp_path / "r"))
    assert inputs.asked.survey is not None
    assert len(inputs.asked.survey.people) == 120
    assert not [one for one in inputs.notices if "codebook" in one or "answers" in one]


def test_all_that_is_wrong_in_all_files_is_told_at_once(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    book = (folder / "codebook.csv").read_text(encoding="utf-8-sig")
    written(folder, "codebook.csv", book.replace("T1", "T9"))
    written(folder, "staffing.csv", "office,education,headcount\nDesk A,college,three\n")
    written(folder, "talks.csv", "interview,office\nI1,Desk A\n")
    standards = (folder / "standards.csv").read_text(encoding="utf-8")
    (folder / "standards.csv").write_text(standards.replace("4 h", "4 q"), encoding="utf-8")
    files = dict.fromkeys(line.split(":")[0] for line in told(folder))
    assert list(files) == ["staffing.csv", "talks.csv", "standards.csv", "codebook.csv"]


def test_a_measure_that_there_is_not_is_told_with_its_line(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    book = (folder / "codebook.csv").read_text(encoding="utf-8-sig")
    written(folder, "codebook.csv", book.replace("T1", "T9"))
    (line,) = told(folder)
    assert line.startswith("codebook.csv:5: [linked] 'T9'")
    assert "T1" in line


def test_offices_that_the_staff_does_not_know(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    rows = (folder / "staffing.csv").read_text(encoding="utf-8-sig")
    written(folder, "staffing.csv", "\n".join(r for r in rows.split("\n") if "Dept F" not in r))
    (line,) = told(folder)
    assert "Dept F" in line
    assert "20 answers" in line
    assert "data row" in line


def test_a_key_without_its_codebook(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    toml = (folder / "review.toml").read_text(encoding="utf-8")
    (folder / "review.toml").write_text(
        toml.replace('codebook = "codebook.csv"\n', ""), encoding="utf-8"
    )
    (line,) = told(folder)
    assert "codebook" in line


def test_doubts_are_told_and_keep_nothing_from_going_on(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    book = (folder / "codebook.csv").read_text(encoding="utf-8-sig")
    told_ = book.replace("agree,yes,manners", "agree,,manners").replace("no,No,,skip,,,\n", "")
    written(folder, "codebook.csv", told_.replace("office,1. Your office,,office,,,\n", ""))
    toml = (folder / "review.toml").read_text(encoding="utf-8")
    for key in ('issued = "issued.csv"\n', 'staffing = "staffing.csv"\n'):
        toml = toml.replace(key, "")
    (folder / "review.toml").write_text(toml, encoding="utf-8")
    notices = "\n".join(read_inputs(folder).notices)
    for said in ("1. Your office", "runs against the others of manners", "how many were issued",
                 "too narrow"):  # fmt: skip
        assert said in notices


def test_nobody_is_named_in_quotes_and_open_answers(tmp_path: Path) -> None:
    """A name of the log, a phone number, and a respondent's own name."""
    folder = asked_review(tmp_path / "r")
    make_key(folder)
    log = (folder / "incoming.csv").read_text(encoding="utf-8").replace("Desk A x", "张三丰")
    (folder / "incoming.csv").write_text(log, encoding="utf-8")
    written(
        folder, "talks.csv",
        "interview,office,post_type,theme,code,quote\n李四光,Desk A,clerk,pace,slow,张三丰太慢\n",
    )  # fmt: skip
    answers = (folder / "answers.csv").read_text(encoding="utf-8")
    answers = answers.replace("fewer meetings", "找张三丰 13812345678 李四光")
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    asked = eff.open_review(folder).inputs.asked
    assert asked.survey is not None
    assert asked.interviews is not None
    texts = " ".join([*asked.survey.texts["text"], *asked.interviews["quote"]])
    ids = " ".join(asked.interviews["interview"])
    for name in ("张三丰", "13812345678", "李四光"):
        assert name not in texts + ids
    key = (folder / "pseudonym.key").read_bytes().strip()
    assert code_of("张三丰", key) in texts or "太慢" in texts


def test_options_traits_codes_and_posts_name_nobody(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    make_key(folder)
    answers = (folder / "answers.csv").read_text(encoding="utf-8")
    answers = answers.replace("meetings|papers", "meetings|找王建国科长", 1)
    answers = answers.replace("school", "李建国 13912345678", 1).replace(
        "better forms", "赵铁柱处长态度差"
    )
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    head = "interview,office,post_type,theme,code,quote\n"
    rows = head + "I1,Desk A,陈道明处长,pace,陈道明处长不签字,x\n"
    written(folder, "talks.csv", rows)
    asked = eff.open_review(folder).inputs.asked
    assert asked.survey is not None
    assert asked.interviews is not None
    told = " ".join([
        *asked.survey.picks["option"], *asked.survey.people["education"].dropna(),
        *asked.survey.texts["text"], *asked.interviews[["post_type", "code"]].to_numpy().ravel(),
    ])  # fmt: skip
    for name in ("王建国", "13912345678", "赵铁柱", "陈道明"):
        assert name not in told, name
