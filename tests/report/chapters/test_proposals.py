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
    brief_measure,
    choices_of,
    measures_of,
    planned_rows,
    tell_proposals,
)
from efficiency.report.chapters.shortfalls import themes_of
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.text.own_words import OwnWords, Themes, ThemeWords
from efficiency.report.themes import Theme
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


def limits_of(told: Material) -> Theme:
    return next(theme for theme in themes_of(told) if theme.name == "limits")


def limits_told(told: Material) -> list[str]:
    return [read(spans) for spans in measures_of(told, limits_of(told))]


def standing(told: Material, state: str) -> Material:
    """The same study with the measure of its limit at a state, its target set."""
    return pointed(told, limit_id(told), target=0.9, **STATES[state])


LATE, AHEAD, DONE, CHECKED = (
    pd.Timestamp(day) for day in ("2024-05-31", "2024-09-30", "2024-03-31", "2024-06-28")
)
#: What the register holds of a measure by where it stands.
STATES: dict[str, dict[str, Any]] = {
    "overdue": {"due": LATE, "done": pd.NaT, "verdict": ""},
    "made": {"due": AHEAD, "done": pd.NaT, "verdict": ""},
    "adjust": {"due": AHEAD, "done": DONE, "checked": CHECKED, "verdict": "no effect"},
    "keep": {"due": AHEAD, "done": DONE, "checked": CHECKED, "verdict": "effective"},
}


def test_what_the_register_plans_is_told_with_owner_and_date(
    studies: Mapping[Language, Material],
) -> None:
    assert limits_told(standing(studies["zh"], "made")) == [
        "A duty desk after four。针对：drafted in time落实不够；责任单位：Office；"
        "完成时限：9月30日；衡量指标：share on time，目标90.0%。"
    ]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("overdue", "“A duty desk after four”原定5月31日前落实，至今没有落实记录，"
         "建议重新明确时限。针对：drafted in time落实不够；责任单位：Office；"
         "衡量指标：share on time，目标90.0%。"),
        ("adjust", "“A duty desk after four”已落实，检查结论为未见明显变化，建议查找原因、"
         "调整做法。针对：drafted in time落实不够；责任单位：Office；新的完成时限：待定；"
         "衡量指标：share on time，目标90.0%。"),
        ("keep", "“A duty desk after four”已落实，检查结论为有效，建议继续执行。"
         "针对：drafted in time落实不够；责任单位：Office；"
         "衡量指标：share on time，目标90.0%。"),
    ],
)  # fmt: skip
def test_a_measure_is_proposed_by_where_it_stands(
    studies: Mapping[Language, Material], state: str, text: str
) -> None:
    """What was not done gets a new date, what did not help is changed, what helped goes on."""
    assert limits_told(standing(studies["zh"], state)) == [text]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("overdue", "尽快落实“A duty desk after four”"),
        ("made", "A duty desk after four"),
        ("adjust", "调整“A duty desk after four”的做法"),
        ("keep", "A duty desk after four"),
    ],
)
def test_a_measure_in_brief_by_where_it_stands(
    studies: Mapping[Language, Material], state: str, text: str
) -> None:
    """The summary says what is to be done with it in a few words."""
    told = standing(studies["zh"], state)
    assert brief_measure(told, limits_of(told)) == text


def test_in_brief_what_the_analyst_chose_or_the_documents_name(
    studies: Mapping[Language, Material],
) -> None:
    """A long wording gives way to the name; abroad there is nothing to name."""
    told = studies["zh"]
    own = replace(told, own=OwnWords(themes=Themes(limits=ThemeWords(measures=("one。", "two")))))
    assert brief_measure(own, limits_of(own)) == "one"
    none = pointed(told, limit_id(told), countermeasure="")
    assert brief_measure(none, limits_of(none)) == "到期前提醒"
    abroad = replace(none, calendar=replace(none.calendar, region="NL"))
    assert brief_measure(abroad, limits_of(abroad)) == ""


def test_choices_are_one_for_each_finding_before_a_second_for_any(
    studies: Mapping[Language, Material],
) -> None:
    """A rule that two documents answer does not crowd out the limit; what is answered is left."""
    rule = found("rule", rule_id="P7A", theme="limits")
    limit = found("standard", standard_id="T1", theme="limits")
    theme = Theme("limits", (rule, limit), ())
    names = [(one.kind, measure.name.zh) for one, measure in choices_of(studies["zh"], theme, ())]
    assert names[:3] == [
        ("rule", "一次性告知"), ("standard", "到期前提醒"),
        ("rule", "不合格来文当日退回并说明理由"),
    ]  # fmt: skip
    kinds = {one.kind for one, _ in choices_of(studies["zh"], theme, {rule.id})}
    assert kinds == {"standard"}


def test_what_is_told_within_another_finding_keeps_its_measure(
    studies: Mapping[Language, Material],
) -> None:
    """That drafts wait is a part of a missed limit, and of the pace all the same."""
    told = studies["zh"]
    part = next(one for one in told.findings if one.kind == "slow_step")
    assert part.finding.part_of == limit_id(told)
    row = told.points.iloc[[0]].assign(id=part.id, countermeasure="Two who draft")
    told = replace(told, points=pd.concat([told.points, row], ignore_index=True))
    pace, limits = (
        next(theme for theme in themes_of(told) if theme.name == name)
        for name in ("pace", "limits")
    )
    assert [one.id for one in planned_rows(told, pace)] == [part.id]
    assert part.id not in [one.id for one in planned_rows(told, limits)]


def test_what_nobody_filled_in_is_open(studies: Mapping[Language, Material]) -> None:
    told = studies["zh"]
    told = pointed(standing(told, "made"), limit_id(told), owner="", due=pd.NaT, measure="")
    (text,) = limits_told(told)
    assert "责任单位：待定；完成时限：待定；衡量指标：待定，" in text


def test_what_the_analyst_chose_comes_first(studies: Mapping[Language, Material]) -> None:
    """No more than three in all."""
    words = ThemeWords(measures=("one", "two", "three", "four"))
    told = replace(studies["zh"], own=OwnWords(themes=Themes(limits=words)))
    assert limits_told(told) == ["one。", "two。", "three。"]
    one = replace(studies["zh"], own=OwnWords(themes=Themes(limits=ThemeWords(measures=("one",)))))
    assert [text[:3] for text in limits_told(one)] == ["one", "“A "]
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
    assert limits_told(told) == []
    lines = prose(told_of(told)).splitlines()
    assert lines[0].startswith("No measures have been planned yet;")
    assert lines[1:4] == ["Measure, owner and date are to be set."] * 3


def test_every_theme_has_its_section(studies: Mapping[Language, Material]) -> None:
    made = headings(told_of(studies["zh"]))
    assert [head[:3] for head in made] == [f"（{n}）" for n in "一二三四五"]
    assert made[-2:] == ["（四）上年问题整改情况", "（五）改进台账"]


def test_the_register_shows_what_is_planned(studies: Mapping[Language, Material]) -> None:
    """Problems without a measure stand in the annex alone."""
    told = studies["zh"]
    (table,) = [block for block in told_of(told) if isinstance(block, Grid)]
    assert len([one for theme in themes_of(told) for one in theme.main]) > 1
    (limit,) = table.rows
    assert limit[:3] == ("drafted in time落实不够", "A duty desk after four", "Office")
    due = limit[3]
    assert isinstance(due, Bound)
    assert due.text == "9月30日"
    assert limit[-1] == "未见明显变化"


@pytest.mark.parametrize(
    ("state", "text"), [("overdue", "逾期未落实，暂不评价"), ("made", "未到期"), ("keep", "有效")]
)
def test_the_register_concludes_by_where_a_measure_stands(
    studies: Mapping[Language, Material], state: str, text: str
) -> None:
    """A verdict only where the measure was carried out."""
    (table,) = [b for b in told_of(standing(studies["zh"], state)) if isinstance(b, Grid)]
    assert [row[-1] for row in table.rows] == [text]


def test_a_register_without_a_plan_is_a_sentence(studies: Mapping[Language, Material]) -> None:
    """There is no table to show."""
    told = pointed(studies["zh"], limit_id(studies["zh"]), countermeasure="")
    made = told_of(told)
    assert not [block for block in made if isinstance(block, Grid)]
    assert "台账中已填写的其他措施见附件七。" in prose(made)
    blank = told.points.assign(countermeasure="")
    none = told_of(replace(told, points=blank, tables={**told.tables, "points": blank}))
    assert "台账中尚未填写措施、责任单位和完成时限，全表见附件七。" in prose(none)


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
    points = pd.concat(
        [row.assign(id=one.id, countermeasure="Answer it") for one in findings], ignore_index=True
    )
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


def test_a_reform_that_helped_elsewhere_is_kept(studies: Mapping[Language, Material]) -> None:
    """The third chapter tells it as a success: the sixth asks for one more measure, not another."""
    told = studies["zh"]
    better = found("change", measure="x.handling", direction="better", level="watch")
    changes = pd.DataFrame({"title": ["Two at once。", ""], "measure": ["x.handling", "case"]})
    acted = pointed(
        told, limit_id(told), countermeasure="Two at once", done=pd.Timestamp("2024-03-05"),
        verdict="no effect",
    )  # fmt: skip
    made = replace(
        acted, findings=(*acted.findings, better), tables={**acted.tables, "changes": changes}
    )
    assert "建议保留这一做法" in prose(told_of(made))
    assert "建议保留这一做法" not in prose(told_of(replace(made, findings=acted.findings)))
