"""The fourth chapter: a few themes, each with its paragraph, its case and what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Block, Paragraph
from efficiency.report.chapters.shortfalls import (
    MOST_NAMED,
    MOST_SENTENCES,
    heading_of,
    tell_shortfalls,
    themes_of,
)
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.own_words import OwnWords, Themes, ThemeWords
from main_text import BROKEN, headings, prose
from studied import found


def told_of(told: Material) -> list[Block]:
    return list(tell_shortfalls(told, 4))


def opinions(n: int, **changes: str) -> list[ToldFinding]:
    """Findings of a kind without a clause of its own: they are told by their title."""
    return [
        found("opinion", theme="opinion", question=f"q{at}", title=f"Complaint {at}", **changes)
        for at in range(n)
    ]


def finding_many(told: Material, findings: list[ToldFinding]) -> Material:
    """The same study with other findings, and their rows."""
    rows = pd.DataFrame(
        {"id": [one.id for one in findings], "concerned": 5, "value": 0.5, "hours": 1.0}
    )
    return replace(told, findings=tuple(findings), tables={**told.tables, "findings": rows})


def test_themes_stand_under_their_own_headings(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    made = headings(told_of(told))
    assert [head[:3] for head in made] == ["（一）", "（二）", "（三）"]
    assert [head[3:] for head in made] == [heading_of(told, theme) for theme in themes_of(told)]
    assert {head[3:] for head in made} == {
        "部分环节、部门办理偏慢", "限时办结落实不够到位", "办理程序执行不够严格",
    }  # fmt: skip


def test_a_limit_is_told_with_its_counts(studies: Mapping[Language, Material]) -> None:
    """By hand: the share of the judged that were late, to a tenth of a percent."""
    told = studies["zh"]
    judged = told.tables["judgements"]
    judged = judged[judged["standard_id"] == "T1"]
    verdicts = judged["verdict"].value_counts()
    missed = int(verdicts.get("late", 0) + verdicts.get("overdue", 0))
    decided = missed + int(verdicts["met"])
    share = (decided - missed) / decided * 100
    text = f"{decided}件中{missed}件没有做到，达标率{share:.1f}%，比目标低{90 - share:.1f}个百分点"
    assert text in prose(told_of(told))


def test_of_several_sentences_each_has_its_number(studies: Mapping[Language, Material]) -> None:
    """一是…二是…; a single one has none, nor a heading over it."""
    lines = prose(told_of(studies["zh"])).splitlines()
    rules = next(line for line in lines if "handled without approval" in line)
    assert rules.startswith("一是handled without approval的17件，占164件的10.4%。二是approved by")
    assert "把关不够严" not in rules
    limits = next(line for line in lines if "“drafted in time”" in line)
    assert "一是" not in limits
    (english,) = (line for line in prose(told_of(studies["en"])).splitlines() if "1. " in line)
    assert english.startswith("1. 17 of 164 cases (10.4%): handled without approval. 2. ")


def test_the_case_is_the_latest_of_its_limit(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    judged = told.tables["judgements"]
    late = judged[(judged["standard_id"] == "T1") & (judged["verdict"] == "late")]
    worst = late.loc[late["over_hours"].idxmax()]
    cases = [b for b in told_of(told) if isinstance(b, Paragraph) and b.kind == "case"]
    (case,) = [case for case in cases if "超过时限" in case.text]
    assert case.text.startswith(f"典型案例：{worst['case_id']}，")
    assert f"超过时限{worst['over_hours']:.1f}个办公小时" in case.text
    assert not [one for one in cases if "Desk" in one.text]


def test_a_breach_is_told_by_a_case_with_what_is_wrong(
    studies: Mapping[Language, Material],
) -> None:
    """A case with that breach alone."""
    told = studies["zh"]
    cases = [b for b in told_of(told) if isinstance(b, Paragraph) and b.kind == "case"]
    (case,) = [case for case in cases if "超过时限" not in case.text]
    assert case.text.startswith(
        "典型案例：L077，1月3日17时23分handle；handle without approve before it，不符合“"
    )
    assert list(told.tables["deviations"]["case_id"]).count("L077") == 1


def test_the_chapter_opens_with_where_most_lies(studies: Mapping[Language, Material]) -> None:
    """By the problems that stand out; where none does, it says that some were found."""
    told = studies["zh"]
    main = [one for one in told.findings if one.finding.level == "action"]
    opening = prose(told_of(told)).split("\n")[0]
    assert opening.startswith(
        f"对照时限标准和程序规则，共有突出问题{len(main)}项，主要在办理快慢、限时办结"
    )
    lesser = [replace(one, finding=replace(one.finding, level="watch")) for one in main]
    opening = prose(told_of(replace(told, findings=tuple(lesser)))).split("\n")[0]
    assert opening.endswith("存在以下方面的问题。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_finding_one_sentence_says_so(
    bare: Mapping[Language, Material], language: Language
) -> None:
    (only,) = told_of(replace(bare[language], findings=()))
    assert isinstance(only, Paragraph)
    assert {
        "zh": "没有登记时限标准和程序规则，未作对照；记录本身未显示需要列出的突出问题。",
        "en": "nothing was checked against them; the record itself shows no problem",
    }[language] in only.text


def test_what_was_checked_without_a_finding_is_said_to_be_checked(
    studies: Mapping[Language, Material],
) -> None:
    """Only where there are limits or rules."""
    (only,) = told_of(replace(studies["zh"], findings=()))
    assert isinstance(only, Paragraph)
    assert only.text == "对照时限标准和程序规则，本期没有发现需要列出的突出问题。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_findings_are_a_paragraph(
    studies: Mapping[Language, Material], language: Language
) -> None:
    """Five of them are told, six of those left named, the grave ones first, and all are counted."""
    findings = [*opinions(100), *opinions(200, level="watch")[100:]]
    made = told_of(finding_many(studies[language], findings))
    assert len(headings(made)) == 1
    said = prose(made)
    assert [n for n in range(200) if f"Complaint {n}" in said and f"Complaint {n}0" not in said]
    told = {n for n in range(200) if f"Complaint {n} (" in said or f"Complaint {n}（" in said}
    assert told == set(range(MOST_SENTENCES))
    after = said.splitlines()[1].split("另有" if language == "zh" else "Further findings")[1]
    named = [n for n in range(200) if re.search(rf"Complaint {n}(?!\d)", after)]
    assert named == list(range(MOST_SENTENCES, MOST_SENTENCES + MOST_NAMED))
    assert str(200 - MOST_SENTENCES) in after
    assert len(said) < 1200
    assert not BROKEN.search(said)


def test_what_is_only_likely_is_told_where_nothing_is_sure(
    studies: Mapping[Language, Material],
) -> None:
    said = prose(told_of(finding_many(studies["zh"], opinions(3, level="watch"))))
    assert "一是Complaint 0（涉及5件）。二是Complaint 1（涉及5件）。三是" in said
    assert "另有" not in said


def test_the_likely_ones_follow_in_a_clause(studies: Mapping[Language, Material]) -> None:
    findings = [*opinions(1), *opinions(3, level="watch")[1:]]
    said = prose(told_of(finding_many(studies["zh"], findings)))
    assert "Complaint 0（涉及5件）。另有Complaint 1、Complaint 2等2项情况，见附件三。" in said


def test_people_may_call_a_theme_otherwise(studies: Mapping[Language, Material]) -> None:
    own = OwnWords(themes=Themes(limits=ThemeWords(heading="限时办结还有短板")))
    told = replace(studies["zh"], own=own)
    assert "限时办结还有短板" in "".join(headings(told_of(told)))
    assert "部分环节、部门办理偏慢" in "".join(headings(told_of(told)))


def test_what_people_set_aside_is_counted_and_no_more(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    limit = next(one for one in told.findings if one.kind == "standard")
    stands = told.tables["standing"].copy()
    stands.loc[stands["measure"] == "set_aside", "value"] = 1
    made = told_of(
        replace(told, set_aside={limit.id: "agreed"}, tables={**told.tables, "standing": stands})
    )
    said = prose(made)
    assert "经研判不列为问题的1项，理由见附件三。" in said
    assert "drafted in time" not in said
    assert "agreed" not in said


def test_good_news_is_no_problem(studies: Mapping[Language, Material]) -> None:
    assert "降至" not in prose(told_of(studies["zh"]))
