"""What a report is told from is put together first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from efficiency.report.material import speaker
from efficiency.report.text.teller import LogWords
from studied import log_study, study

WORDS = LogWords("收文办理记录", "文件", "件")


def test_a_study_speaks_its_language() -> None:
    assert speaker(study())("criterion") == "Criterion"
    assert speaker(study(language="zh"))("criterion") == "标准"
    assert speaker(study(language="zh"))("withheld", n=5) == "<5，不显示"


def test_sentences_are_in_the_words_of_their_log() -> None:
    """Of the first log where none is named."""
    first, second = log_study(words=WORDS), log_study("b", words=LogWords("b", "事项", "个"))
    told = study(language="zh", logs=(first, second))
    same = told.teller().plain("volume_same", period="2024年", cases="9", baseline="上年")
    assert same == "2024年收到文件9件，与上年持平。"
    assert told.teller().words == WORDS
    assert told.teller(second).words.noun == "事项"
    assert told.teller().language == "zh"


def test_a_log_is_found_by_its_name() -> None:
    told = study(logs=(log_study("a"), log_study("b")))
    assert told.log("b") is told.logs[1]
    with pytest.raises(StopIteration):
        told.log("c")


def test_where_more_steps_than_cases_are_something_flows() -> None:
    """Or where one step follows another; a register of single entries has neither."""
    log = log_study()
    none = log.edges.iloc[:0]
    register = {**log.counts, "steps": log.counts["cases"]}
    assert log.flows
    assert replace(log, edges=none).flows
    assert replace(log, counts=register).flows
    assert not replace(log, edges=none, counts=register).flows


def test_a_log_is_called_by_its_title() -> None:
    """One without a title by its name."""
    assert log_study("a").called == "a"
    assert log_study("a", words=WORDS).called == "收文办理记录"


@pytest.mark.parametrize(("ended", "seen"), [(False, False), (True, True)])
def test_with_one_time_a_row_only_what_closes_a_case_tells_open_ones(
    ended: bool, seen: bool
) -> None:
    quality = log_study().quality
    assert log_study().open_seen
    assert log_study(quality=quality.assign(check="one_stamp"), ended=ended).open_seen is seen


def test_a_study_that_holds_no_more_is_empty() -> None:
    told = study()
    assert (set(told.tables), told.baseline, dict(told.set_aside)) == ({"standing"}, (), {})
    assert told.own.office == ""
    assert told.points.empty
