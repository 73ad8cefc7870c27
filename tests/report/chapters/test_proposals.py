"""The sixth chapter: measures for each theme, the register, where last year's points stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Block, Grid, read
from efficiency.report.chapters.proposals import (
    MOST_MEASURES,
    MOST_ROWS,
    measures_of,
    tell_proposals,
)
from efficiency.report.chapters.shortfalls import themes_of
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.text.finding_clauses import name_of
from efficiency.report.text.own_words import OwnWords, Themes, ThemeWords
from main_text import BROKEN, headings, prose
from studied import found


def told_of(told: Material) -> list[Block]:
    return list(tell_proposals(told, 6))


def limit_id(told: Material) -> str:
    return next(one.id for one in told.findings if one.kind == "standard")


def pointed(told: Material, of: str, **values: Any) -> Material:
    """The same study with other entries in one row of the register."""
    points = told.points.copy()
    for name, value in values.items():
        points.loc[points["id"] == of, name] = value
    return replace(told, points=points, tables={**told.tables, "points": points})


def limits_told(told: Material) -> list[str]:
    theme = next(theme for theme in themes_of(told) if theme.name == "limits")
    return [read(spans) for spans in measures_of(told, theme)]


def test_what_the_register_plans_is_told_with_owner_and_date(
    studies: Mapping[Language, Material],
) -> None:
    told = pointed(studies["zh"], limit_id(studies["zh"]), target=0.9)
    assert limits_told(told) == [
        "A duty desk after four（针对“drafted in time”落实不够；责任：Office；"
        "完成时限：2024年9月30日；衡量：share on time，目标90.0%）。"
    ]


def test_what_nobody_filled_in_is_open(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    told = pointed(told, limit_id(told), owner="", due=pd.NaT, measure="")
    (text,) = limits_told(told)
    assert "责任：待定；完成时限：待定；衡量：待定）" in text


def test_what_the_analyst_chose_comes_first(studies: Mapping[Language, Material]) -> None:
    """No more than three in all."""
    words = ThemeWords(measures=("one", "two", "three", "four"))
    told = replace(studies["zh"], own=OwnWords(themes=Themes(limits=words)))
    assert limits_told(told) == ["one。", "two。", "three。"]
    one = replace(studies["zh"], own=OwnWords(themes=Themes(limits=ThemeWords(measures=("one",)))))
    assert [text[:3] for text in limits_told(one)] == ["one", "A d"]
    assert MOST_MEASURES == 3


def test_where_nobody_planned_anything_documents_are_named(
    studies: Mapping[Language, Material],
) -> None:
    told = studies["zh"]
    (text, *_) = limits_told(pointed(told, limit_id(told), countermeasure=""))
    assert text.startswith("可考虑“")
    assert "（出处：" in text


def test_abroad_no_chinese_document_is_named(studies: Mapping[Language, Material]) -> None:
    """What nobody knows is said to be open."""
    told = pointed(studies["en"], limit_id(studies["en"]), countermeasure="")
    told = replace(told, calendar=replace(told.calendar, region="NL"))
    assert limits_told(told) == ["Measure, owner and date are to be set."]


def test_every_theme_has_its_section(studies: Mapping[Language, Material]) -> None:
    made = headings(told_of(studies["zh"]))
    assert [head[:3] for head in made] == [f"（{n}）" for n in "一二三四五"]
    assert made[-2:] == ["（四）改进台账", "（五）上年问题整改情况"]


def test_the_register_shows_the_main_problems(studies: Mapping[Language, Material]) -> None:
    """In the order of the themes; 待定 where nobody filled it in."""
    told = studies["zh"]
    (table,) = [block for block in told_of(told) if isinstance(block, Grid)]
    main = [one for theme in themes_of(told) for one in theme.main]
    assert len(table.rows) == len(main)
    assert [row[0] for row in table.rows] == [name_of(told.teller(), one, told) for one in main]
    limit = table.rows[[one.kind for one in main].index("standard")]
    assert limit[1:3] == ("A duty desk after four", "Office")
    due = limit[3]
    assert isinstance(due, Bound)
    assert due.text == "2024-09-30"
    others = [row for row in table.rows if row is not limit]
    assert all(row[1:4] == ("待定", "待定", "待定") for row in others)


def test_figures_of_few_cases_are_withheld(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    told = pointed(told, limit_id(told), n=4, baseline_n=4)
    (table,) = [block for block in told_of(told) if isinstance(block, Grid)]
    (row,) = [row for row in table.rows if row[1] == "A duty desk after four"]
    assert row[5:7] == ("<5，不显示", "<5，不显示")


def test_a_long_register_is_cut(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    findings = [found("opinion", theme="opinion", question=str(n)) for n in range(200)]
    row = told.points.iloc[[0]]
    points = pd.concat([row.assign(id=one.id) for one in findings], ignore_index=True)
    told = replace(
        told, findings=tuple(findings), points=points, tables={**told.tables, "points": points}
    )
    (table,) = [block for block in told_of(told) if isinstance(block, Grid)]
    assert len(table.rows) == MOST_ROWS


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_problem_there_is_nothing_to_propose(
    bare: Mapping[Language, Material], language: Language
) -> None:
    made = told_of(replace(bare[language], findings=()))
    assert not [block for block in made if isinstance(block, Grid)]
    first, last = prose(made).splitlines()
    assert {"zh": "没有需要提出对策的问题", "en": "no problem"}[language] in first
    assert {"zh": "没有上年的改进台账", "en": "no register of last year"}[language] in last


def test_points_that_no_log_measures_do_not_stop_the_chapter(
    studies: Mapping[Language, Material],
) -> None:
    """The register of the study holds one of a log that is gone."""
    told = studies["zh"]
    gone = told.points[told.points["title"] == "Seals not asked for"]
    assert len(gone) == 1
    alone = replace(told, points=gone, findings=(), tables={**told.tables, "points": gone})
    assert not BROKEN.search(prose(told_of(alone)))


def test_no_title_of_the_register_holds_a_figure(studies: Mapping[Language, Material]) -> None:
    """Figures stand in its other columns, each bound to its cell."""
    for language in LANGUAGES:
        (table,) = [b for b in told_of(studies[language]) if isinstance(b, Grid)]
        assert not [row[0] for row in table.rows if any(sign.isdigit() for sign in str(row[0]))]
