"""The summary: what a leader reads in five minutes, on one page, without an interval."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language, of
from efficiency.report.blocks import KeyFigures, Paragraph
from efficiency.report.chapters import in_brief
from efficiency.report.chapters.in_brief import (
    MOST_CHARACTERS,
    key_figures,
    main_log,
    tell_summary,
)
from efficiency.report.chapters.shortfalls import themes_of
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.text.own_words import (
    Chapters,
    ChapterWords,
    OwnWords,
    Themes,
    ThemeWords,
)
from main_text import BROKEN, prose, with_another
from studied import found

#: What a leader is spared.
SPARED = re.compile(
    "置信|区间|interval|～|p [<=]|p_|standard_id|[A-Z]\\d+[A-Z]?的|附件|annex", re.IGNORECASE
)


def paragraphs(told: Material) -> list[str]:
    return prose(tell_summary(told)).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_on_a_page(
    studies: Mapping[Language, Material], bare: Mapping[Language, Material], language: Language
) -> None:
    for told in (studies[language], bare[language]):
        said = prose(tell_summary(told))
        assert 0 < len(said) <= of(MOST_CHARACTERS, language)
        assert not SPARED.search(said)
        assert not BROKEN.search(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_long_problems_still_stand_on_a_page(
    studies: Mapping[Language, Material], language: Language
) -> None:
    """Of seven themes with thirty findings each, fewer are named."""
    names = ("limits", "procedure", "coordination", "quality", "pace", "supervision", "opinion")
    title = "A complaint of the length that a complaint has"
    findings = [
        found("opinion", theme=name, title=f"{title} {n}", question=f"{name} {n}")
        for n in range(30) for name in names
    ]  # fmt: skip
    told = replace(studies[language], findings=tuple(findings))
    assert len(prose(tell_summary(told))) <= of(MOST_CHARACTERS, language)


def test_its_three_paragraphs(studies: Mapping[Language, Material]) -> None:
    """What was looked at and is good; what falls short; what to do."""
    good, wrong, measures = paragraphs(studies["zh"])
    cases = studies["zh"].tables["cases"]
    assert f"收到文件{len(cases)}件" in good
    assert "2项办理时限中1项达标率不低于目标，其中1项明确达到；" in good
    assert "降至" in good
    assert wrong.startswith("主要存在以下突出问题。一是")
    assert measures.startswith("建议：")
    assert "调整“A duty desk after four”的做法" in measures
    assert measures.endswith("。")


def test_every_figure_is_bound(studies: Mapping[Language, Material]) -> None:
    """But for dates in words, and the digits of names."""
    told = studies["zh"]
    for block in tell_summary(told):
        if isinstance(block, Paragraph):
            plain = "".join(span for span in block.spans if isinstance(span, str))
            plain = re.sub(r"(\d+年)?\d+月\d+日", "", plain)
            assert not re.search(r"\d", plain), plain


def test_problems_are_named_by_theme(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    wrong = paragraphs(told)[1]
    main = [theme for theme in themes_of(told) if theme.main]
    assert [mark for mark in "一二三四" if f"{mark}是" in wrong] == list("一二三")[: len(main)]
    share = told.tables["compliance"].set_index("standard_id").loc["T1", "share"]
    assert f"drafted in time达标率{share * 100:.1f}%，低于目标" in wrong


def test_one_problem_is_no_list(studies: Mapping[Language, Material]) -> None:
    """It has no number, and is not spoken of in the plural."""
    told = studies["zh"]
    limits = tuple(one for one in told.findings if one.kind == "standard")
    wrong = paragraphs(replace(told, findings=limits))[1]
    assert wrong.startswith("突出问题是限时办结落实不够到位：drafted in time达标率")
    assert "一是" not in wrong


def unseen(told: Material) -> Material:
    """The same study with one time a row, and nothing that ends a case."""
    rows = pd.DataFrame({"check": ["one_stamp"], "detail": [""], "n": [99]})
    return replace(told, logs=(replace(told.logs[0], quality=rows, ended=False),))


def test_where_open_cases_are_not_seen_none_are_counted(
    studies: Mapping[Language, Material],
) -> None:
    """Neither in the first sentence nor among the key figures."""
    told = unseen(studies["zh"])
    good = paragraphs(told)[0]
    assert "共收到文件164件；从记录中看不出哪些尚未办结。" in good
    assert "在办" not in good
    assert "办结率" not in [name for name, _ in key_figures(told).items]
    assert "办结率" in [name for name, _ in key_figures(studies["zh"]).items]


@pytest.mark.parametrize(("value", "told_too"), [("Desk A", False), ("Desk B", True)])
def test_who_is_slow_is_told_so_once(
    studies: Mapping[Language, Material],
    monkeypatch: pytest.MonkeyPatch,
    value: str,
    told_too: bool,
) -> None:
    """Desk A is slow; that it is late more often is not said beside it, were there room or not."""
    monkeypatch.setattr(in_brief, "MOST_CHARACTERS", (999, 9999))
    told, key = studies["zh"], {"measure": "late", "attribute": "unit", "value": value}
    shares = pd.DataFrame(
        [
            {
                **key,
                "log": "incoming",
                "share": 0.5,
                "expected": 0.2,
                "compared": 40,
                "compared_k": 20,
            }
        ]
    )
    told = replace(
        told, tables={**told.tables, "shares": shares},
        findings=(*told.findings, found("high_rate", key, theme="pace")),
    )  # fmt: skip
    wrong = paragraphs(told)[1]
    assert "Desk A" in wrong
    assert (f"{value}超时占50.0%" in wrong) is told_too


def test_what_is_only_likely_is_not_named(studies: Mapping[Language, Material]) -> None:
    likely = found("opinion", theme="opinion", level="watch", question="q", title="Perhaps")
    said = paragraphs(replace(studies["zh"], findings=(likely,)))
    assert said[1] == "没有发现需要列出的突出问题。"
    assert len(said) == 2
    assert "Perhaps" not in "".join(said)


def test_what_people_wrote_is_kept(studies: Mapping[Language, Material]) -> None:
    own = OwnWords(
        chapters=Chapters(summary=ChapterWords(before=("First.",), after=("Last.",))),
        themes=Themes(limits=ThemeWords(measures=("We shall see.",), heading="Limits")),
    )
    said = paragraphs(replace(studies["zh"], own=own))
    assert (said[0], said[-1]) == ("First.", "Last.")
    assert "Limits：" in said[2]
    assert "We shall see" in said[3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_to_six_key_figures(studies: Mapping[Language, Material], language: Language) -> None:
    made = key_figures(studies[language])
    assert 4 <= len(made.items) <= 6
    assert len({name for name, _ in made.items}) == len(made.items)
    for name, spans in made.items:
        assert name
        assert any(isinstance(span, Bound) for span in spans)


def test_key_figures_of_an_office_without_limits(bare: Mapping[Language, Material]) -> None:
    """Nothing that is not there: no limit, no flow, no median."""
    made = key_figures(bare["zh"])
    assert [name for name, _ in made.items] == ["收到", "办结率"]


def test_key_figures_come_first(studies: Mapping[Language, Material]) -> None:
    first, *others = tell_summary(studies["zh"])
    assert isinstance(first, KeyFigures)
    assert not [block for block in others if isinstance(block, KeyFigures)]


def test_the_study_is_about_the_log_in_which_something_flows(
    studies: Mapping[Language, Material],
) -> None:
    told = studies["zh"]
    log = told.logs[0]
    register = replace(
        log, name="register", edges=log.edges.iloc[:0], counts={**log.counts, "steps": 0}
    )
    assert main_log(replace(told, logs=(register, log))) is log
    assert main_log(replace(told, logs=(register,))) is register


def test_several_kinds_of_work_are_named_together(studies: Mapping[Language, Material]) -> None:
    first = paragraphs(with_another(studies["zh"]))[0]
    row = studies["zh"].tables["overview"].iloc[0]
    assert f"会议{row['cases']}次、办结{row['done']}次（办结数截至" in first
    assert "收到文件" in first


def test_what_was_held_against_nothing_has_no_problems_to_tell(
    studies: Mapping[Language, Material],
) -> None:
    told = studies["zh"]
    none = {
        "rules": told.tables["rules"].iloc[:0],
        "compliance": told.tables["compliance"].iloc[:0],
    }
    bare = replace(told, findings=(), tables={**told.tables, **none})
    assert "没有给出时限标准和程序规则，本次未作对照。" in prose(tell_summary(bare))
    assert "未作对照" not in prose(tell_summary(replace(told, findings=())))
