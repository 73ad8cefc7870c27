"""Findings on procedure: what is told of a broken rule, how gravely, and by which case."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.rules import KINDS, Rule, parse_rules
from efficiency.facts.events import observed
from efficiency.findings.finding import Finding
from efficiency.findings.kinds.rule import MOST_STEPS, exhibit, observe, typical_case
from efficiency.findings.rules.held import hold
from efficiency.language import Language
from efficiency.report.telling import asks
from told import find


def adherence(**row: object) -> pd.DataFrame:
    """One row of ``tables.ADHERENCE``: 4 of 44 decided cases, unless told otherwise."""
    whole = {
        "rule_id": "P", "n": 50, "broken": 4, "pending": 5, "share": 4 / 44, "low": 0.0359,
        "high": 0.2116, "undecidable": 1, "missing": "",
    }  # fmt: skip
    return pd.DataFrame([whole | row])


def deviations(*cases: str) -> pd.DataFrame:
    rows = {"rule_id": "P", "case_id": list(cases), "rows": "1;2", "detail": "批示早于登记"}
    return pd.DataFrame(rows, index=range(len(cases)))


ORDER = Rule("P", "order", ("登记",), ("批示",), title="先批后登", source="S0", severity="high")


def told(rule: Rule, language: Language = "zh", small_cell: int = 5, **row: object) -> list:
    cases = deviations("a", "b", "c", "d")
    tables = {"rules": [rule], "adherence": adherence(**row), "deviations": cases}
    return find("rule", language, **tables, small_cell=small_cell)


def test_what_is_told_of_a_broken_rule() -> None:
    """9.1 % of 50 − 5 − 1 = 44; the texts by hand."""
    (finding,) = told(ORDER)
    assert finding.title == "违反“先批后登”：4 件（9.1%）"
    assert finding.criterion == "先批后登（P）：首次“登记”应早于首次“批示”。依据：S0。"
    assert finding.condition == (
        "适用 50 件，其中违反 4 件、未到期 5 件、不可判定 1 件；"
        "违反率 9.1%（占可判定件，95%置信区间 3.6%～21.2%）。"
    )
    assert (finding.kind, finding.subject) == ("rule", (("log", "a"), ("rule_id", "P")))
    assert (finding.n, finding.cases, finding.table) == (44, ("a", "b", "c", "d"), "deviations")
    assert finding.value == pytest.approx(4 / 44)
    assert finding.level == "action"
    (english,) = told(ORDER, "en")
    assert english.title == "'先批后登' is broken: 4 cases (9.1%)"
    assert english.id == finding.id


def test_a_rule_that_was_kept_or_cannot_be_decided_is_no_finding() -> None:
    assert told(ORDER, broken=0) == []
    assert told(ORDER, broken=pd.NA, share=float("nan"), missing="unit", undecidable=50) == []


def test_a_rate_over_few_cases_is_withheld() -> None:
    (finding,) = told(ORDER, n=8, broken=1, share=0.5, pending=5)
    assert finding.title.endswith("（可判定的不足 5 件，不列件数）")
    assert not re.search(r"\d", (finding.condition + finding.effect).replace("不足 5 件", ""))
    assert (finding.value, finding.low, finding.high) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "severity", "broken", "level"),
    [
        ("order", "high", 1, "action"),
        ("order", "medium", 5, "action"),
        ("order", "medium", 4, "watch"),
        ("order", "low", 22, "watch"),
        ("order", "low", 4, "note"),
        ("ping_pong", "high", 22, "watch"),
        ("ping_pong", "high", 1, "watch"),
        ("ping_pong", "medium", 5, "watch"),
        ("ping_pong", "medium", 4, "note"),
    ],
)
def test_what_calls_for_action(kind: str, severity: str, broken: int, level: str) -> None:
    """A sign never does: it must be looked at first; a few that are not grave are a note."""
    rule = Rule("P", kind, ("登记",), ("批示",), n=1, severity=severity)  # type: ignore[arg-type]
    assert [finding.level for finding in told(rule, broken=broken)] == [level]


def test_a_rule_that_most_cases_break_is_doubted_itself() -> None:
    """22 of 44 decided cases are no more than half; 23 are, and are no proof against the office."""
    (half,) = told(ORDER, broken=22)
    (most,) = told(ORDER, broken=23)
    assert (half.level, half.certainty) == ("action", 1.0)
    assert half.title.startswith("违反")
    assert (most.level, most.certainty) == ("watch", 0.5)
    assert most.title.startswith("审查规则“先批后登”是否适用：23 件")
    assert "先核对规则" in most.cause
    assert most.id == half.id


def test_of_few_cases_most_are_no_doubt() -> None:
    """Three of four: they say as little of the rule as of the office."""
    (few,) = told(ORDER, n=4, broken=3, pending=0, undecidable=0)
    assert few.level == "action"


def test_how_grave_and_sure_a_breach_is_and_under_which_theme() -> None:
    own = Rule("P", "order", ("登记",), ("批示",), severity="low", own_theme="supervision")
    sign = Rule("P", "ping_pong", n=1)
    grave, light, suspected = (found for rule in (ORDER, own, sign) for found in told(rule))
    assert [one.gravity for one in (grave, light, suspected)] == [3, 1, 2]
    assert [one.certainty for one in (grave, light, suspected)] == [1.0, 1.0, 0.5]
    assert [one.theme for one in (grave, light, suspected)] == [
        "procedure", "supervision", "coordination",
    ]  # fmt: skip
    assert {one.concerned for one in (grave, light, suspected)} == {4}


def test_a_check_looks_at_each_case_that_the_rule_is_about() -> None:
    """Of this rule alone, kept and broken, each by when it began; also of one that all keep."""
    day = pd.Timestamp("2024-03-04 09:00")
    steps = [
        ("a", "登记", 0),
        ("a", "归档", 1),
        ("b", "登记", 2),
        ("b", "拟办", 3),
        ("b", "归档", 4),
    ]
    log = pd.DataFrame(steps, columns=["case_id", "activity", "at"])
    log = log.assign(end=day + pd.to_timedelta(log.pop("at"), "h"))
    rules = [
        {"rule_id": "P", "kind": "existence", "a": "拟办"},
        {"rule_id": "K", "kind": "existence", "a": "登记"},
    ]
    first = pd.DataFrame({"case_id": ["a", "b"], "文种": ["函", "请示"]})
    with observed(log, eff.Calendar(), closed_by=["归档"]) as events:
        held = hold(events, parse_rules(pd.DataFrame(rules)), {})
        seen, kept = (observe({"rule_id": one}, events, held, first) for one in ("P", "K"))
        assert observe({"rule_id": "P2"}, events, held, first) is None
    assert seen is not None
    assert kept is not None
    assert seen.rows[["case_id", "value", "文种"]].values.tolist() == [
        ["a", 1.0, "函"], ["b", 0.0, "请示"],
    ]  # fmt: skip
    assert seen.rows["at"].tolist() == [day, day + pd.Timedelta(hours=2)]
    assert (seen.name, seen.unit, seen.better) == ("share_broken", "share", "lower")
    assert kept.rows["value"].tolist() == [0.0, 0.0]


def test_a_sign_is_worded_as_one() -> None:
    sign = Rule("P", "ping_pong", n=1, title="推诿扯皮")
    (finding,) = told(sign)
    assert finding.title.startswith("疑似违反“推诿扯皮”")
    assert "不是定论" in finding.effect
    (english,) = told(sign, "en")
    assert "is suspected to be broken" in english.title
    row = {"rule_id": "P", "kind": "order", "a": "登记", "b": "批示", "title": "倒流",
           "wording": "疑似补登"}  # fmt: skip
    (own,) = told(*parse_rules(pd.DataFrame([row])))
    assert own.title.startswith("疑似违反“倒流”")
    assert own.effect.endswith("疑似补登")
    assert (own.level, own.certainty) == ("note", 0.5)


#: Something that each kind can hold in `a`, `b` and `n`.
SIDES = {
    "activities": "登记|批示", "units": "文书科", "columns": "文号",
    "conditions": "#主送>1; 签发人=", "register": "incoming: 文号 | 标题", "": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_can_be_asked_for_and_told(kind: str, language: Language) -> None:
    form = KINDS[kind]
    n = "" if form.n is None else "2"
    row = {"rule_id": "P", "kind": kind, "a": SIDES[form.a], "b": SIDES[form.b], "n": n}
    (rule,) = parse_rules(pd.DataFrame([row]))
    said = asks(rule, language)
    for name in [*rule.a, *rule.b, *rule.columns[:1]]:
        assert name in said or rule.register
    if form.n is not None and not rule.register:
        assert "2" in said
    (finding,) = told(rule, language)
    assert said in finding.criterion
    assert "{" not in "".join((finding.title, finding.condition, finding.effect, finding.action))


def test_conditions_and_registers_are_told_in_full() -> None:
    rows = [
        {"rule_id": "P5", "kind": "attribute", "a": "来文级别 - 主送级别 > 1; 签发人=", "b": ""},
        {"rule_id": "P1", "kind": "unregistered", "a": "", "b": "incoming: 文号 | 标题+来文单位"},
    ]
    higher, known = parse_rules(pd.DataFrame(rows))
    assert asks(higher, "zh") == "不应有：来文级别 - 主送级别大于1；签发人为空"
    assert asks(higher, "en").endswith("来文级别 - 主送级别 is above 1; 签发人 is empty")
    form = {"rule_id": "P9", "kind": "attribute", "a": "反馈形式!=函|报告; 签发人!=; #主送<=2"}
    (kept,) = parse_rules(pd.DataFrame([form]))
    assert asks(kept, "zh") == "不应有：反馈形式不是函、报告；签发人不为空；主送（个数）不大于2"
    assert "80%" in asks(known, "zh")
    assert "30 日" in asks(known, "zh")


def test_the_typical_case_is_of_middling_length() -> None:
    cases = pd.DataFrame({"case_id": list("abcd"), "steps": [9, 2, 4, 7]})
    assert typical_case(deviations("a", "b", "c", "d"), cases, "P")["case_id"] == "c"
    assert typical_case(deviations("a"), cases, "P")["rows"] == "1;2"


# --- a typical case of a broken rule

AT = pd.Timestamp("2024-03-04 09:00")


def ruled(steps: int = 4) -> dict[str, Any]:
    """A case of which steps 2 and 3 prove that a rule is broken; the last one is not done."""
    ends = [AT + pd.Timedelta(hours=place) for place in range(steps - 1)]
    log = pd.DataFrame(
        {
            "case_id": "A",
            "activity": [f"s{place}" for place in range(steps)],
            "actor": "P1",
            "unit": "desk",
            "received": AT - pd.Timedelta(hours=1),
            "start": pd.NaT,
            "end": [*ends, pd.Timestamp("2025-01-01")],
            "row": range(1, steps + 1),
        }
    )
    other = log.assign(case_id="B", row=log["row"] + steps)
    found = {
        "deviations": pd.DataFrame(
            {"rule_id": ["P1"], "case_id": "A", "rows": "2;3", "detail": "s1 before s2", "log": "a"}
        ),
        "cases": pd.DataFrame({"log": ["a"], "case_id": "A", "steps": steps, "work_hours": 3.0}),
    }
    finding = Finding(
        kind="rule", subject=(("log", "a"), ("rule_id", "P1")), level="watch", says={}, value=0.5,
        low=0.4, high=0.6, n=8, p=None, cases=("A",), table="deviations", hours=0.0,
    )  # fmt: skip
    recorded = pd.concat([other, log], ignore_index=True)
    return {"finding": finding, **found, "recorded": recorded, "cutoff": pd.Timestamp("2024-12-31")}


def test_a_broken_rule_is_shown_by_a_typical_case_step_by_step() -> None:
    """In the order in which the steps were done, with what proves the breach marked."""
    rows = exhibit(**ruled())
    assert rows["activity"].tolist() == ["s0", "s1", "s2", "s3"]
    assert rows["proof"].tolist() == ["", "●", "●", ""]
    assert set(rows["case_id"]) == {"A"}
    assert set(rows["detail"]) == {"s1 before s2"}


def test_what_lies_after_the_cut_off_is_not_shown() -> None:
    """The last step is there, for it was received; its end is not, and it stands last."""
    rows = exhibit(**ruled())
    assert rows["end"].isna().tolist() == [False, False, False, True]
    made = ruled()
    log = made["recorded"]
    log["received"] = log["received"].where(log["activity"] != "s3", pd.Timestamp("2025-01-01"))
    rows = exhibit(**made)
    assert rows["activity"].tolist() == ["s0", "s1", "s2"]


def test_a_long_case_is_cut() -> None:
    rows = exhibit(**ruled(steps=MOST_STEPS + 5))
    assert len(rows) == MOST_STEPS


def test_the_record_and_the_tables_stay_as_they_are() -> None:
    made, before = ruled(), ruled()
    exhibit(**made)
    for name in ("recorded", "deviations", "cases"):
        pd.testing.assert_frame_equal(made[name], before[name])
