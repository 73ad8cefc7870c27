"""Each kind of finding in one clause of the main text: its figures are those of its table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from efficiency.criteria.rules import Rule
from efficiency.findings.kinds import KINDS
from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import read
from efficiency.report.chapters.annexes.procedure import Procedure
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.telling import ToldFinding
from efficiency.report.text.finding_clauses import (
    change_sentence,
    clause,
    name_of,
    steps_of,
    time_words,
)
from efficiency.words import PHRASES
from small_review import WORDS
from studied import found, log_study, study

LOG = {"log": "incoming"}
GROUP = {**LOG, "attribute": "unit", "value": "Desk 7", "measure": "desk", "activity": "draft"}
COMPARISONS = pd.DataFrame(
    [
        {**GROUP, "ratio": 1.18, "ratio_low": 1.06, "ratio_high": 1.31, "hours": 19128.3,
         "held_equal": "activity; 文种"},
        {**GROUP, "measure": "handling", "ratio": 1.5, "ratio_low": 1.2, "ratio_high": 2.0,
         "hours": 35.25, "held_equal": ""},
        {**GROUP, "activity": "", "measure": "case", "ratio": 2.0, "ratio_low": 1.5,
         "ratio_high": 2.5, "hours": 99.9, "held_equal": ""},
    ]
)  # fmt: skip
CHANGES = pd.DataFrame(
    [
        {**LOG, "measure": "case", "kind": "reform", "at": pd.Timestamp("2024-07-01"),
         "title": "No more meetings", "median_before_hours": 33.9, "median_after_hours": 30.3,
         "difference_hours": -3.6, "difference_low": -5.0, "difference_high": -2.0,
         "n_before": 412, "n_after": 387, "same_months": False},
        {**LOG, "measure": "draft", "kind": "found", "at": pd.Timestamp("2024-03-04"),
         "title": "", "median_before_hours": 2.0, "median_after_hours": 3.0,
         "difference_hours": 1.0, "difference_low": 0.5, "difference_high": 1.5,
         "n_before": 98, "n_after": 76, "same_months": True},
    ]
)  # fmt: skip
TABLES = {
    "comparisons": COMPARISONS,
    "changes": CHANGES,
    "shares": pd.DataFrame(
        [{**LOG, "measure": name, "attribute": "unit", "value": "Desk 7", "compared": 807,
          "compared_k": 97, "share": 0.12, "expected": 0.08}
         for name in ("late", "rework", "breach")]
    ),
    "awaited": pd.DataFrame([{**LOG, "activity": "draft", "hours": 12345.0, "share": 0.44}]),
    "rework": pd.DataFrame(
        [{**LOG, "activity": "draft", "cases": 22, "repeated_cases": 11, "repeated_hours": 6.04}]
    ),
    "balance": pd.DataFrame(
        [{**LOG, "unit": "Desk 7", "arrivals": 1234, "completions": 1049, "open": 196}]
    ),
    "covers": pd.DataFrame(
        [{**LOG, "unit": "Desk 7", "post": "draft", "both_days": 2, "idle_hours": 5.0}]
    ),
    "overview": pd.DataFrame([{**LOG, "cases": 262, "change": 32}]),
}  # fmt: skip
FINDINGS = pd.DataFrame({"id": ["-"], "value": [0.5], "hours": [123.4], "concerned": [5]})
UNIT = {"attribute": "unit", "value": "Desk 7"}
SLOW_GROUP = found("slow_group", {**UNIT, "activity": "draft"}, value=1.18)
LATE = found("change", measure="case", at="2024-07-01", value=-3.6, direction="better")
SLOWER = found("change", measure="draft", at="2024-03-04", value=1.0)


def told(language: Language = "en", *findings: ToldFinding) -> Material:
    rules = (Rule("P1", "order", title="approval first"), Rule("P2", "order"))
    log = log_study(words=WORDS[language], procedure=Procedure(rules=rules))
    every = pd.concat([FINDINGS, *(FINDINGS.assign(id=one.id) for one in findings)])
    return study(language=language, logs=(log,), tables={**TABLES, "findings": every})


def said(one: ToldFinding, language: Language = "en") -> str:
    made = told(language, one)
    return read(clause(made.teller(), one, made))


@pytest.mark.parametrize(
    ("one", "chinese", "english"),
    [
        (SLOW_GROUP,
         "在activity、文种相同的文件中，Desk 7在draft环节的从到达到办完的用时比其他多用18%"
         "（多6%至31%），按件数折算合计多用约1.9万个办公小时",
         "Among letters alike in activity, 文种, Desk 7 takes 18% more at 'draft': time from "
         "arrival to end than others (6% to 31% more), about 19,128 working hours in total"),
        (found("slow_group", {**UNIT, "activity": "draft"}, value=1.5),
         "Desk 7在draft环节的办理时间（不含等候）比其他多用50%（多20%至100%），"
         "按件数折算合计多用约35.2个办公小时",
         "Desk 7 takes 50% more at 'draft': handling time (without waiting) than others "
         "(20% to 100% more), about 35.2 working hours in total"),
        (found("slow_group", UNIT, value=2.0),
         "Desk 7全程用时比其他多用100%（多50%至150%），按件数折算合计多用约99.9个办公小时",
         "Desk 7 takes 100% more time over the whole case than others (50% to 150% more), about "
         "99.9 working hours in total"),
        (found("high_rate", {**UNIT, "measure": "late"}),
         "Desk 7的807件次中97件次超时，占12.0%，其他同类文件按同样构成折算为8.0%",
         "97 of 807 clocks of Desk 7 ran late, 12.0%, against 8.0% of comparable cases"),
        (found("high_rate", {**UNIT, "measure": "rework"}),
         "Desk 7经办的807件次中97件次被退回重办，占12.0%，其他同类文件按同样构成折算为8.0%",
         "97 of 807 of Desk 7 had to be done again, 12.0%, against 8.0% of comparable cases"),
        (found("high_rate", {**UNIT, "measure": "breach"}),
         "Desk 7的807次核对中97次不合规定，占12.0%，其他同类文件按同样构成折算为8.0%",
         "97 of 807 checks of Desk 7 found a breach, 12.0%, against 8.0% of comparable cases"),
        (found("slow_step", activity="draft", table="awaited"),
         "等候draft共1.2万个办公小时（各件用时相加，并非人工），占办公时间内全部等候的44.0%",
         "Cases waited 12,345 working hours for 'draft' (added over all cases, not labour), 44.0% "
         "of all waiting in office hours"),
        (found("slow_step", activity="draft", table="step_times"),
         "“draft”有5件超过本环节时限，合计超出123小时",
         "'draft' ran past its own limit in 5 cases, 123 hours in all"),
        (found("waiting", activity="draft", cause="batching"),
         "“draft”的等候有50.0%出现在", "50.0% of the waiting for 'draft' goes with "),
        (found("rework", activity="draft"),
         "draft重复办理的11件，占办过该环节的22件的50.0%，重复办理共用6.0个办公小时",
         "'draft' was repeated in 11 of 22 cases (50.0%); the repeats took 6.0 working hours"),
        (SLOWER,
         "3月4日以来，draft环节用时中位数由2.0升至3.0个办公小时，大幅增加1.0个办公小时",
         "Since 4 March the time at 'draft' has a median of 3.0 working hours where it was 2.0, "
         "1.0 more, which is large"),
        (found("backlog", unit="Desk 7"),
         "Desk 7收1234件次、办1049件次，在手196件次，收多于办",
         "Desk 7 took in 1234 and finished 1049; 196 lie there"),
        (found("cover", unit="Desk 7", activity="draft"),
         "Desk 7draft岗AB两人同时离岗2个工作日，其间有件等候5.0个办公小时",
         "Both people of the post of draft at Desk 7 were away on 2 working days, while something "
         "waited for 5.0 working hours"),
        (found("growth"), "文件262件，比对比时段多32件", "262 letters, 32 more than before"),
        (found("opinion", question="q3", title="Forms are asked for twice"),
         "Forms are asked for twice（涉及5件）", "Forms are asked for twice (5 cases)"),
    ],
)  # fmt: skip
def test_a_clause_of_each_kind(one: ToldFinding, chinese: str, english: str) -> None:
    """The figures of its table, in both languages."""
    assert said(one, "zh").replace("环节、", "activity、").startswith(chinese)
    assert said(one).startswith(english)


def test_every_kind_was_tried() -> None:
    """Rules are told together, and standards in `limits`."""
    marks = test_a_clause_of_each_kind.pytestmark  # type: ignore[attr-defined]
    assert set(KINDS) - {"rule", "standard"} <= {row[0].kind for row in marks[0].args[1]}


@pytest.mark.parametrize(
    "one", [SLOW_GROUP, SLOWER, found("rework", activity="draft"), found("backlog", unit="Desk 7")]
)
def test_every_digit_of_a_clause_is_bound(one: ToldFinding) -> None:
    """But those in the names of things."""
    made = told("zh", one)
    spans = clause(made.teller(), one, made)
    plain = "".join(span for span in spans if isinstance(span, str)).replace("Desk 7", "")
    assert not any(sign.isdigit() for sign in plain)
    assert any(isinstance(span, Bound) for span in spans)


def test_what_is_slow_over_all_is_told_by_its_slow_steps() -> None:
    """The costliest first; not what is as fast as elsewhere, of another group or measure."""
    whole = {**GROUP, "activity": "", "ratio": 1.5, "ratio_low": 1.2, "hours": 90.0}
    rows = pd.DataFrame(
        [
            whole,
            {**whole, "activity": "draft", "ratio": 1.26, "hours": 30.0},
            {**whole, "activity": "sign", "ratio": 2.04, "hours": 60.0},
            {**whole, "activity": "file", "ratio_low": 0.9},
            {**whole, "activity": "in", "value": "Desk 8"},
            {**whole, "activity": "out", "measure": "handling"},
        ]
    )
    first, second, *_ = rows.itertuples(index=False)
    chinese, english = (
        study(language=name, logs=told(name).logs, tables={"comparisons": rows}).teller()
        for name in LANGUAGES
    )
    assert read(steps_of(chinese, first)) == "，其中sign为2.0倍、draft为1.3倍"
    assert read(steps_of(english, first)) == (
        ", of which 'sign' 2.0 times as long, 'draft' 1.3 times as long"
    )
    assert steps_of(chinese, second) == ()


def test_the_slow_steps_stand_within_the_clause() -> None:
    """After the interval, before the hours in all."""
    group, rows = found("slow_group", UNIT, value=2.0), COMPARISONS.assign(measure="case")
    made = replace(told("zh", group), tables={"comparisons": rows.iloc[[0, 2]]})
    assert read(clause(made.teller(), group, made)) == (
        "Desk 7全程用时比其他多用100%（多50%至150%），其中draft为1.2倍，"
        "按件数折算合计多用约99.9个办公小时，为各件用时相加"
    )


def test_what_is_compared_with_the_same_months_says_so() -> None:
    """The base of the summary is last year's months where both sides hold the same."""
    made = told("en", LATE)
    made = replace(made, tables={"changes": CHANGES.assign(same_months=True)})
    assert read(change_sentence(made.teller(), LATE, "summary_faster")) == (
        "Since 1 July the median of the time of the whole case fell from 33.9 working hours in "
        "the same months a year before to 30.3"
    )


def test_what_became_faster_is_told_by_the_same_cells() -> None:
    """3.6 of 33.9 hours is more than a tenth, and beyond chance: 明显."""
    made = told("zh", LATE)
    text = read(change_sentence(made.teller(), LATE, "faster_reform"))
    assert text == (
        "7月1日起No more meetings。与此前同类文件相比，全程用时中位数由33.9个办公小时（412件）"
        "降至30.3个（387件），明显减少3.6个。"
    )
    by_hand = found("change", measure="case", at="2024-07-01", value=-3.6)
    summary = read(change_sentence(made.teller(), by_hand, "summary_faster"))
    assert summary == "7月1日以来，全程用时中位数由此前的33.9个办公小时降至30.3个"


@pytest.mark.parametrize(
    ("measure", "chinese", "english"),
    [
        ("case", "全程用时", "the time of the whole case"),
        ("draft", "draft环节用时", "the time at 'draft'"),
        ("draft.handling", "draft环节办理时间（不含等候）",
         "handling time at 'draft' (without waiting)"),
        ("v1.2.handling", "v1.2环节办理时间（不含等候）",
         "handling time at 'v1.2' (without waiting)"),
    ],
)  # fmt: skip
def test_what_a_change_was_measured_in(measure: str, chinese: str, english: str) -> None:
    """The whole case, a step, or a step without its waiting."""
    assert time_words(told("zh").teller(), measure) == chinese
    assert time_words(told("en").teller(), measure) == english


@pytest.mark.parametrize(
    ("one", "chinese", "english"),
    [
        (found("rule", rule_id="P1"), "不符合“approval first”", "'approval first' is not kept"),
        (found("rule", rule_id="P2"), "不符合“P2”", "'P2' is not kept"),
        (found("standard", standard_id="T1"), "quick落实不够", "'quick' is missed"),
        (found("standard", standard_id="T9"), "T9落实不够", "'T9' is missed"),
        (found("rework", activity="draft"), "draft重复办理", "'draft' is repeated"),
        (found("slow_step", activity="draft"), "draft前等候较多", "long waits before 'draft'"),
        (found("waiting", activity="draft"), "draft前的等候",
         "the waits before 'draft'"),
        (found("slow_group", UNIT), "Desk 7办理偏慢", "Desk 7 is slow"),
        (found("high_rate", UNIT | {"measure": "late"}), "Desk 7超时偏多",
         "Desk 7 is late more often"),
        (found("change", measure="case"), "全程用时增加", "the time of the whole case grew"),
        (found("backlog", unit="Desk 7"), "Desk 7积压", "backlog at Desk 7"),
        (found("cover", activity="draft"), "draft岗两人同时离岗",
         "both away from the post of draft"),
        (found("opinion", title="Twice"), "Twice", "Twice"),
    ],
)  # fmt: skip
def test_what_a_finding_is_about_in_a_few_words(
    one: ToldFinding, chinese: str, english: str
) -> None:
    """Without figures, in both languages."""
    assert name_of(told("zh").teller(), one, told("zh")) == chinese
    assert name_of(told("en").teller(), one, told("en")) == english


def test_every_kind_has_a_name() -> None:
    rates = {f"named_high_{name}" for name in ("late", "rework", "breach")}
    assert {f"named_{kind}" for kind in KINDS if kind != "high_rate"} | rates <= set(PHRASES)


def test_who_applied_is_a_sign_and_no_proof() -> None:
    """Behind it may lie how complete the papers were, of which the record says nothing."""
    row = {**LOG, "attribute": "申请人类型", "value": "本人", "measure": "applicant",
           "activity": "", "ratio": 1.47, "ratio_low": 1.35, "ratio_high": 1.61, "hours": 900.0,
           "held_equal": "事项"}  # fmt: skip
    one = found("slow_group", {"attribute": "申请人类型", "value": "本人"}, value=1.47)
    for language in LANGUAGES:
        made = told(language, one)
        tables = {**made.tables, "comparisons": pd.DataFrame([row])}
        made = replace(made, tables=tables)
        sentence = read(clause(made.teller(), one, made))
        name = name_of(made.teller(), one, made)
        suspected = {"zh": "疑似看人办事", "en": "uspected treatment by acquaintance"}[language]
        assert suspected in sentence
        assert suspected in name
        assert "47%" in sentence
