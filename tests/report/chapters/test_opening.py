"""The first chapter says what was looked at, from which records, and how good they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.chapters.opening import SPOKEN, cutoff_words, period_words, tell_opening
from efficiency.report.material import Material
from main_text import BROKEN, headings, prose
from studied import log_study, study


def text(told: Material) -> str:
    return prose(tell_opening(told, 1))


def changed(told: Material, table: str, **values: Any) -> Material:
    """The same study with columns of one of its tables set."""
    return replace(told, tables={**told.tables, table: told.tables[table].assign(**values)})


def test_what_it_says_in_chinese(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    rows = told.logs[0].counts["rows"]
    said = text(told)
    assert "调研对象是2024年1月1日至2024年6月30日收到的文件" in said
    assert "并与2023年10月1日至2023年12月31日对比。数据截至6月28日。" in said
    assert f"资料来自收文办理记录（{rows}条记录，涉及3个部门）。" in said
    assert "时限按登记的3项标准" in said
    assert "程序按3条规则" in said
    assert "没有退回的记录" in said
    assert [head[:3] for head in headings(tell_opening(told, 1))] == ["（一）", "（二）", "（三）"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_baseline_limits_and_rules_none_is_spoken_of(
    bare: Mapping[Language, Material], language: Language
) -> None:
    said = text(bare[language])
    assert "2023" not in said
    wanted, unwanted = {
        "zh": ("没有登记时限标准，不作达标判断", ("对比", "条规则", "项标准")),
        "en": ("No time limits were given", ("compared", "rules", "interval")),
    }[language]
    assert wanted in said
    assert not [word for word in unwanted if word in said]
    assert not BROKEN.search(said)


def test_without_rules_the_study_is_of_limits(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    none = replace(told, tables={**told.tables, "rules": told.tables["rules"].iloc[:0]})
    assert text(told).startswith("本次调研依据办理记录，逐件对照时限和程序，")
    assert text(none).startswith("本次调研依据办理记录，逐件对照时限，")
    assert "办理程序是否合规，本次没有核对。" in text(none)
    assert "没有核对" not in text(told)


def test_a_source_that_names_no_unit_has_none(studies: Mapping[Language, Material]) -> None:
    said = text(changed(studies["zh"], "overview", units=0))
    assert "个部门" not in said
    assert "资料来自收文办理记录（1177条记录）。" in said


def test_another_calendar_is_named(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    abroad = replace(told, calendar=replace(told.calendar, region="NL"))
    assert "节假日按NL的公共假日" in text(abroad)
    assert "国务院" in text(told)
    assert "国务院" not in text(abroad)


def test_rejected_rows_are_counted(studies: Mapping[Language, Material]) -> None:
    """The figure is the one that stands in the overview."""
    told = changed(studies["zh"], "overview", rejected=7)
    log = replace(told.logs[0], counts={**told.logs[0].counts, "rejected": 7})
    said = text(replace(told, logs=(log,)))
    assert "收文办理记录有7条记录缺少件号、环节或时间，没有采用。" in said
    assert "没有退回" not in said


def test_what_leaves_something_undecided_is_told(studies: Mapping[Language, Material]) -> None:
    """The largest of each check; what nobody need know of stays in the annex."""
    rows = pd.DataFrame(
        {
            "check": ["missing", "day_precision", "day_precision", "end_before_start"],
            "detail": ["actor", "start", "end", ""], "n": [900, 12, 77, 3],
        }
    )  # fmt: skip
    told = studies["en"]
    told = replace(
        told, tables={**told.tables, "quality": rows.assign(log="incoming")},
        logs=(replace(told.logs[0], quality=rows),),
    )  # fmt: skip
    said = text(told)
    told_checks = "77 records hold a date only, 3 records end before they begin."
    assert f"In the record of letters, {told_checks}" in said
    assert "12 " not in said.replace("31 December", "")
    assert "900" not in said
    assert "listed separately and left out of the shares" in said
    assert "actor" not in said


def test_of_one_time_a_row_the_consequence_is_told(studies: Mapping[Language, Material]) -> None:
    rows = pd.DataFrame({"check": ["one_stamp"], "detail": [""], "n": [99]})
    told = replace(
        studies["zh"], logs=(replace(studies["zh"].logs[0], quality=rows, ended=False),),
        tables={**studies["zh"].tables, "quality": rows.assign(log="incoming")},
    )  # fmt: skip
    assert "每条记录只有一个时间，看不出哪些尚未办结" in text(told)
    assert "one_stamp" in SPOKEN


def test_a_register_in_which_nothing_flows_has_no_units(
    studies: Mapping[Language, Material],
) -> None:
    log = studies["zh"].logs[0]
    register = replace(log, edges=log.edges.iloc[:0], counts={**log.counts, "steps": 1, "cases": 1})
    assert f"资料来自收文办理记录（{log.counts['rows']}条记录）。" in text(
        replace(studies["zh"], logs=(register,))
    )


@pytest.mark.parametrize(
    ("period", "words", "cutoff"),
    [
        ((), "2024年1月2日至2024年12月31日", "2024年12月31日"),
        (("2024-01-01", "2024-12-31"), "2024年", "12月31日"),
        (("2023-01-01", "2024-12-31"), "2023年1月1日至2024年12月31日", "2024年12月31日"),
    ],
)
def test_without_a_period_it_is_the_record_itself(
    period: tuple[str, ...], words: str, cutoff: str
) -> None:
    """From its first day to the cut-off; a day of the study's one year goes without the year."""
    late = log_study("late", first=pd.Timestamp("2024-05-01"))
    told = study(language="zh", period=period, logs=(late, log_study()))
    assert period_words(told) == words
    assert cutoff_words(told) == cutoff


def test_a_notice_is_pointed_to(studies: Mapping[Language, Material]) -> None:
    told = replace(studies["en"], notices=("Mind the gap.", "And the step."))
    assert text(told).endswith("Annex 1 has further notes on the sources.")
    assert "Mind the gap" not in text(told)
