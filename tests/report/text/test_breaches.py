"""Breaches of procedure are told by what is wrong, in the rule's own words, each figure a cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.criteria.rules import Rule
from efficiency.language import Language
from efficiency.report.blocks import read
from efficiency.report.chapters.annexes.procedure import Procedure
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.telling import ToldFinding
from efficiency.report.text.breaches import (
    MOST_RULES,
    breach_clause,
    breach_groups,
    wording_of,
)
from efficiency.report.themes import RULE_GROUPS
from small_review import WORDS
from studied import found, log_study, study

#: Three kinds that are wrong in one way, and one that is wrong in another.
RULES = (
    Rule("P1", "precedence", title="approval first", wording="handled without approval"),
    Rule("P2", "existence", title="registered"),
    Rule("P3", "four_eyes", title="two pairs of eyes", wording="疑似自批自办"),
    Rule("P4", "order", title="in order"),
)
ROWS = pd.DataFrame(
    {
        "log": "incoming", "rule_id": ["P1", "P2", "P3", "P4"], "broken": [11, 3, 61, 2],
        "share": [0.012, 0.003, 0.372, 0.5],
    }
)  # fmt: skip


def told(language: Language = "zh", rules: Iterable[Rule] = RULES, **changes: Any) -> Material:
    log = log_study(words=WORDS[language], procedure=Procedure(rules=tuple(rules)))
    return study(language=language, logs=(log,), tables={"rules": ROWS}, **changes)


def breach(rule_id: str, **changes: Any) -> ToldFinding:
    return found("rule", rule_id=rule_id, **{"n": 900, **changes})


def groups(
    ids: Iterable[str], language: Language = "zh", **changes: Any
) -> list[tuple[str, list[str]]]:
    made = told(language, **changes)
    parts = breach_groups(made.teller(), [breach(one) for one in ids], made)
    return [
        (read(spans), [one.finding.about("rule_id") for one in members]) for spans, members in parts
    ]


def test_breaches_are_told_together_by_what_is_wrong() -> None:
    """The most material comes first, in its group and with its group."""
    assert groups(["P3", "P1", "P2"]) == [
        ("经办分工把关不够严：疑似自批自办的61件，占37.2%", ["P3"]),
        (
            "应有的环节没有做到位：handled without approval的11件，占1.2%；"
            "不符合“registered”的3件，占0.3%",
            ["P1", "P2"],
        ),
    ]


def test_breaches_in_english() -> None:
    ((text, _),) = groups(["P1", "P2"], "en")
    assert text == (
        "Steps that have to come do not, or come late: 11 break 'approval first' (1.2%): handled "
        "without approval; 3 break 'registered' (0.3%)"
    )


def test_only_the_gravest_of_many_are_told() -> None:
    """The group holds all of them; the annex tells the others."""
    many = [Rule(f"P{n}", "order", title=f"rule {n}") for n in range(1, 8)]
    rows = pd.DataFrame({"log": "incoming", "rule_id": [r.rule_id for r in many],
                         "broken": range(1, 8), "share": 0.5})  # fmt: skip
    made = study(
        language="zh", tables={"rules": rows},
        logs=(log_study(words=WORDS["zh"], procedure=Procedure(rules=tuple(many))),),
    )  # fmt: skip
    ((spans, members),) = breach_groups(made.teller(), [breach(r.rule_id) for r in many], made)
    assert sum(f"rule {n}" in read(spans) for n in range(1, 8)) == MOST_RULES
    assert len(members) == 7


@pytest.mark.parametrize(
    ("rule_id", "n", "text"),
    [
        ("P1", 900, "handled without approval的11件，占1.2%"),
        ("P1", 4, "handled without approval的11件"),
        ("P2", 900, "不符合“registered”的3件，占0.3%"),
        ("P2", 4, "不符合“registered”的3件"),
    ],
)
def test_over_few_cases_no_share_is_told(rule_id: str, n: int, text: str) -> None:
    made = told()
    rule = next(rule for rule in RULES if rule.rule_id == rule_id)
    spans = breach_clause(made.teller(), breach(rule_id, n=n), rule, made)
    assert read(spans) == text
    cells = [span.cell for span in spans if isinstance(span, Bound)]
    assert all(cell.key == (("log", "incoming"), ("rule_id", rule_id)) for cell in cells)
    assert {cell.column for cell in cells} == ({"broken", "share"} if n >= 5 else {"broken"})


def test_a_rule_without_a_title_is_named_by_its_id() -> None:
    made = told()
    spans = breach_clause(made.teller(), breach("P2"), Rule("P2", "existence"), made)
    assert read(spans) == "不符合“P2”的3件，占0.3%"


@pytest.mark.parametrize(
    ("wording", "certainty", "language", "text"),
    [
        ("直接报批", 1.0, "zh", "直接报批"),
        ("直接报批", 0.5, "zh", "疑似直接报批"),
        ("疑似体外循环", 0.5, "zh", "疑似体外循环"),
        ("sent past the desk", 0.5, "en", "suspected: sent past the desk"),
        ("suspected batching", 0.5, "en", "suspected batching"),
        ("  ", 0.5, "zh", ""),
    ],
)
def test_a_sign_is_said_to_be_one_and_once(
    wording: str, certainty: float, language: Language, text: str
) -> None:
    teller = told(language).teller()
    rule = Rule("P1", "precedence", wording=wording)
    assert wording_of(teller, breach("P1", certainty=certainty), rule) == text


@given(st.permutations(["P1", "P2", "P3", "P4"]))
def test_each_breach_is_in_one_group_whatever_the_order(ids: list[str]) -> None:
    made = groups(ids)
    assert sorted(one for _, members in made for one in members) == sorted(ids)
    assert [members[0] for _, members in made] == sorted(
        (members[0] for _, members in made), key=ids.index
    )
    kinds = {rule.rule_id: rule.kind for rule in RULES}
    for _, members in made:
        assert len({RULE_GROUPS[kinds[one]] for one in members}) == 1
        assert members == sorted(members, key=ids.index)
