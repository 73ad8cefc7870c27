"""Breaches of procedure are told by what is wrong, in the rule's own words, each figure a cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
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
    typical_breach,
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
        "log": "incoming", "rule_id": ["P1", "P2", "P3", "P4"], "n": [900, 900, 164, 4],
        "broken": [11, 3, 61, 2], "share": [0.012, 0.003, 0.372, 0.5],
    }
)  # fmt: skip


def told(language: Language = "zh", rules: Iterable[Rule] = RULES, **changes: Any) -> Material:
    log = log_study(words=WORDS[language], procedure=Procedure(rules=tuple(rules)))
    tables = {"rules": ROWS, **changes.pop("tables", {})}
    tables = {"findings": decided(tables["rules"]), **tables}
    return study(language=language, logs=(log,), tables=tables, **changes)


def decided(rows: pd.DataFrame) -> pd.DataFrame:
    """The findings of rules: here every case of each could be decided."""
    ids = [breach(rule_id).id for rule_id in rows["rule_id"]]
    return pd.DataFrame({"id": ids, "n": rows["n"]})


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
    """The most material comes first with its group; one alone stands without a heading."""
    assert groups(["P3", "P1", "P2"]) == [
        ("疑似自批自办的61件，占164件的37.2%", ["P3"]),
        (
            "环节有缺漏或次序颠倒：handled without approval的11件，占900件的1.2%；"
            "不符合“registered”的3件，占900件的0.3%",
            ["P1", "P2"],
        ),
    ]


def test_breaches_in_english() -> None:
    """The count, its base and the share, then the rule in its own words or by its title."""
    ((text, _),) = groups(["P1", "P2"], "en")
    assert text == (
        "Steps are missing or out of order: 11 of 900 cases (1.2%): handled without approval; "
        "3 of 900 cases (0.3%) do not keep 'registered'"
    )


def test_only_the_gravest_of_many_are_told() -> None:
    """The others are left for the annex."""
    many = [Rule(f"P{n}", "order", title=f"rule {n}") for n in range(1, 8)]
    rows = pd.DataFrame({"log": "incoming", "rule_id": [r.rule_id for r in many],
                         "n": 900, "broken": range(1, 8), "share": 0.005})  # fmt: skip
    made = study(
        language="zh", tables={"rules": rows, "findings": decided(rows)},
        logs=(log_study(words=WORDS["zh"], procedure=Procedure(rules=tuple(many))),),
    )  # fmt: skip
    ((spans, members),) = breach_groups(made.teller(), [breach(r.rule_id) for r in many], made)
    assert sum(f"rule {n}" in read(spans) for n in range(1, 8)) == MOST_RULES
    assert len(members) == MOST_RULES


@pytest.mark.parametrize(
    ("rule_id", "n", "text"),
    [
        ("P1", 900, "handled without approval的11件，占900件的1.2%"),
        ("P1", 4, "handled without approval的个别件"),
        ("P2", 900, "不符合“registered”的3件，占900件的0.3%"),
        ("P2", 4, "不符合“registered”的个别件"),
    ],
)
def test_over_few_cases_no_share_is_told(rule_id: str, n: int, text: str) -> None:
    """And no base; each figure is of the row of its rule."""
    made = told()
    rule = next(rule for rule in RULES if rule.rule_id == rule_id)
    spans = breach_clause(made.teller(), breach(rule_id, n=n, concerned=1), rule, made)
    assert read(spans) == text
    cells = [span.cell for span in spans if isinstance(span, Bound)]
    rows = {"rules": (("log", "incoming"), ("rule_id", rule_id)),
            "findings": (("id", breach(rule_id).id),)}  # fmt: skip
    assert all(cell.key == rows[cell.table] for cell in cells)
    assert {cell.column for cell in cells} == ({"broken", "n", "share"} if n >= 5 else set())


def test_in_brief_the_count_alone_is_told() -> None:
    """Without base, share or doubt."""
    made, one = told(), breach("P1", n=10, concerned=9)
    spans = breach_clause(made.teller(), one, RULES[0], made, brief=True)
    assert read(spans) == "handled without approval的11件"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "不符合“registered”的101件，占164件的61.6%，过半不符，应先核对规则是否适用"),
        ("en", "101 of 164 cases (61.6%) do not keep 'registered'; as more than half do not keep "
               "it, see first whether the rule applies"),
    ],
)  # fmt: skip
def test_a_rule_that_most_cases_break_is_doubted(language: Language, text: str) -> None:
    """Whatever the rule, the share and its base stand before the doubt."""
    rows = ROWS.assign(n=164, broken=101, share=0.616)
    made, one = told(language, tables={"rules": rows}), breach("P2", n=164, concerned=101)
    assert read(breach_clause(made.teller(), one, RULES[1], made)) == text


def test_a_rule_that_just_half_break_is_not_doubted() -> None:
    """More than half are needed."""
    made = told(tables={"rules": ROWS.assign(n=164, broken=82, share=0.5)})
    spans = breach_clause(made.teller(), breach("P2", n=164, concerned=82), RULES[1], made)
    assert read(spans) == "不符合“registered”的82件，占164件的50.0%"


def test_a_rule_without_a_title_is_named_by_its_id() -> None:
    """As it stands in the table of rules."""
    made = told()
    spans = breach_clause(made.teller(), breach("P2"), Rule("P2", "existence"), made)
    assert read(spans) == "不符合“P2”的3件，占900件的0.3%"


#: C1 breaks the rule twice, of C2 nothing is told, C4 and C3 break it once.
BROKEN = pd.DataFrame(
    {
        "log": "incoming", "rule_id": "P1", "case_id": ["C1", "C1", "C2", "C4", "C3"],
        "detail": ["early", "twice", "", "sent unsigned", "signed late"],
    }
)  # fmt: skip


def typical(broken: pd.DataFrame, rule_id: str = "P1", language: Language = "zh") -> str:
    made = told(language, tables={"deviations": broken})
    return read(typical_breach(made.teller(), breach(rule_id), made))


def test_the_first_case_with_one_breach_stands_for_a_rule() -> None:
    """By its id, whatever the order of the rows; its detail is a cell."""
    assert typical(BROKEN) == "典型案例：C3，signed late，不符合“approval first”。"
    assert typical(BROKEN.iloc[::-1]) == "典型案例：C3，signed late，不符合“approval first”。"
    assert typical(BROKEN, language="en") == (
        "For example C3: signed late (rule: 'approval first')."
    )
    made = told(tables={"deviations": BROKEN})
    spans = typical_breach(made.teller(), breach("P1"), made)
    (cell,) = [span.cell for span in spans if isinstance(span, Bound)]
    assert (cell.table, cell.column) == ("deviations", "detail")


#: C4 was noted before it was registered; of C3 one moment is known to the day only.
PROOFS = pd.DataFrame(
    {
        "log": "incoming", "rule_id": "P1", "case_id": ["C3", "C3", "C4", "C4"],
        "row": [7, 8, 1, 2],
        "activity": ["note", "in", "note", "in"], "unit": "desk",
        "at": pd.to_datetime(
            ["2024-01-02 00:00", "2024-01-03 09:00", "2024-01-05 09:10", "2024-01-08 10:00"]
        ),
        "precision": ["day", "minute", "minute", "minute"],
    }
)  # fmt: skip


def test_a_case_whose_moments_are_known_is_told_step_by_step() -> None:
    """It goes before a case of an earlier id; each moment is a cell; units where they matter."""
    given = {"deviations": BROKEN, "proofs": PROOFS}
    made = told(tables=given)
    spans = typical_breach(made.teller(), breach("P1"), made)
    assert read(spans) == (
        "典型案例：C4，1月5日9时10分note、1月8日10时in；sent unsigned，不符合“approval first”。"
    )
    cells = [(one.cell.table, one.text) for one in spans if isinstance(one, Bound)]
    assert ("proofs", "1月8日10时") in cells
    english = told("en", tables=given)
    assert read(typical_breach(english.teller(), breach("P1"), english)).startswith(
        "For example C4: 'note' on 5 January, 09:10"
    )
    passed_on = told(tables=given, rules=[Rule("P1", "hub", title="by the office")])
    assert "9时10分desknote、" in read(typical_breach(passed_on.teller(), breach("P1"), passed_on))


def test_of_many_steps_the_case_is_told_by_what_is_wrong() -> None:
    many = pd.concat([PROOFS.iloc[2:]] * 3).assign(row=range(6))
    made = told(tables={"deviations": BROKEN, "proofs": many})
    assert read(typical_breach(made.teller(), breach("P1"), made)) == (
        "典型案例：C3，signed late，不符合“approval first”。"
    )


@pytest.mark.parametrize(
    "broken",
    [
        BROKEN.iloc[:0],
        BROKEN.iloc[:2],
        BROKEN.assign(detail=""),
        BROKEN.assign(log="another"),
        BROKEN.assign(rule_id="P2"),
    ],
)
def test_where_no_case_stands_for_a_rule_none_is_told(broken: pd.DataFrame) -> None:
    """None was kept, each breaks it twice, says nothing, or is of another log or rule."""
    assert typical(broken) == ""


def test_no_case_is_told_that_would_name_people() -> None:
    """Who approved what they handled is known from the case; without the table none is told."""
    assert typical(BROKEN.assign(rule_id="P3"), "P3") == ""
    made = told()
    assert typical_breach(made.teller(), breach("P1"), made) == ()


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


@settings(deadline=None)
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
