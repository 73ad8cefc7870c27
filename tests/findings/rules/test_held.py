"""Rules held against a log: a kind is one entry, and all that is told comes of one holding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.rules import KINDS, Kind, Rule, parse_rules
from efficiency.facts.events import observed
from efficiency.findings.rules.done_steps import DoneSteps, Found, proofs
from efficiency.findings.rules.held import hold
from efficiency.words import PHRASES


def test_one_holding_tells_all(written: Callable[..., pd.DataFrame]) -> None:
    """What is broken, what may still come, what is not known; in either language."""
    log = written({"1": "承办@甲 归档", "2": "承办@甲 审核", "3": "登记"})
    rules = pd.DataFrame(
        {
            "rule_id": ["R", "F"],
            "kind": ["response", "four_eyes"],
            "a": "承办",
            "b": ["反馈", "审核"],
        }
    )
    with observed(log, closed_by=["归档"]) as events:
        held = hold(events, parse_rules(rules), {})
        whole = events.frame(held.deviations)
        english = events.frame(replace(held, language="en").deviations)
        pending, unknown = (events.frame(table) for table in (held.pending, held.unknown))
        broken = events.frame(held.broken)
    assert whole[["rule_id", "case_id", "rows", "detail"]].values.tolist() == [
        ["R", "1", "1", "承办之后没有反馈"]
    ]
    assert english["detail"].tolist() == ["承办 without 反馈 after it"]
    assert broken.values.tolist() == whole[["number", "case"]].values.tolist()
    assert pending[["rule_id", "case_id"]].values.tolist() == [["R", "2"]]
    assert unknown[["rule_id", "case_id"]].values.tolist() == [["F", "2"]]
    assert (held.counts, held.missing) == ((3, 3), ("", ""))


def at_night(done: DoneSteps, rule: Rule) -> Found:
    """The steps of `a` that ended from ten at night on."""
    steps = done.of(*rule.a)
    hour = steps.end // 3_600_000_000 % 24
    return Found(proofs(steps.filter(hour >= 22), done.name(steps, rule.a)))


def test_a_rule_kind_is_one_entry_and_its_words(
    make_log: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A made-up kind: nothing of `a` is done at night. Read, found and told by its entry alone."""
    entry = Kind(at_night, "hands", "procedure", sign=True)
    monkeypatch.setitem(KINDS, "at_night", entry)
    monkeypatch.setitem(PHRASES, "detail_at_night", ("夜间办理：{what}", "done at night: {what}"))
    log = make_log(("1", "登记", "2024-03-05 22:30"), ("2", "登记", "2024-03-05 21:30"))
    rules = pd.DataFrame({"rule_id": ["N"], "kind": ["at_night"], "a": ["登记"]})
    (rule,) = parse_rules(rules)
    assert (rule.is_sign, rule.form.remedy, rule.form.theme) == (True, "hands", "procedure")
    for language, detail in (("zh", "夜间办理：登记"), ("en", "done at night: 登记")):
        told = eff.deviations(log, rules, language=language)
        assert told[["case_id", "rows", "detail"]].values.tolist() == [["1", "1", detail]]
    assert eff.adherence(log, rules)[["n", "broken"]].values.tolist() == [[2, 1]]
