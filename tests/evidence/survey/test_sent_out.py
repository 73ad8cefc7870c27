"""发放、回收: read office by office; more returned than issued is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.survey.sent_out import read_sent_out
from efficiency.problems import SettingsError
from surveyed import surveyed, written


@pytest.mark.parametrize("head", ["单位,发放,回收\n", "office,issued,returned\n"])
def test_it_is_read_in_either_language(head: str, tmp_path: Path) -> None:
    sent = read_sent_out(written(tmp_path, "issued.csv", head + "甲,10,9\n乙,5,\n"))
    assert sent["issued"].tolist() == [10, 5]
    assert sent["returned"].isna().tolist() == [False, True]


def test_all_that_is_wrong_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "issued.csv", "单位,发放,回收\n甲,10,11\n乙,五,3\n甲,4,4\n丙,,1\n")
    with pytest.raises(SettingsError) as caught:
        read_sent_out(path)
    told = sorted(problem.text("en").split("]")[0] for problem in caught.value.problems)
    assert told == [
        "issued.csv:2: [回收", "issued.csv:3: [发放",
        "issued.csv:4: 甲 has two rows; make them one",
        "issued.csv:5: [发放",
    ]  # fmt: skip


def test_answers_that_are_more_than_were_issued(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="3 answers are more than the 2"):
        surveyed(tmp_path, {"Q1": ["1", "2", "3"]}, "Q1,1-5,,,\n", issued=2)
    sent = written(tmp_path, "issued.csv", "单位,发放,回收\n甲,3,1\n")
    answers = {"Q1": ["1", "2"], "单位": ["甲", "乙"]}
    with pytest.raises(SettingsError) as caught:
        surveyed(
            tmp_path, {**answers, "单位": ["甲", "甲"]}, "Q1,1-5,,,\n单位,office,,,\n", issued=sent
        )
    assert "issued.csv:2" in str(caught.value)
    with pytest.raises(SettingsError, match="乙"):
        surveyed(tmp_path, answers, "Q1,1-5,,,\n单位,office,,,\n", issued=sent)
