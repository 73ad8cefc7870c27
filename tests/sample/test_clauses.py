"""The rules of the office: a sound table, whose scopes cover what they say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

import efficiency as eff
from efficiency import tables
from efficiency.sample.clauses import CLAUSES, Clause
from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.documents import Document, documents
from efficiency.sample.plan import Lapses, Plan

BY_NAME = {clause.name: clause for clause in CLAUSES}
#: Which documents each rule is about; those that are not named are about all.
ABOUT: dict[str, Callable[[Document], bool]] = {
    **dict.fromkeys(("P5A", "P5B", "P6"), lambda document: document.level == "下级"),
    "P8": lambda document: document.paper.matter == "批办性",
    "P36": lambda document: document.kind == "意见",
}


@pytest.fixture(scope="module")
def drawn(office: DeskHours) -> list[Document]:
    """Some documents of all sorts."""
    return documents(office, Plan(), 3, 200)


def test_the_clauses_make_a_sound_table_of_rules(root: Path):
    table = eff.read_rules(root / "data" / "sample" / "rules.csv")
    assert list(table.columns) == tables.RULES.names
    assert table["rule_id"].tolist() == list(BY_NAME)
    assert set(table["severity"]) == {"low", "medium", "high"}
    assert (table[["title", "source", "wording"]] != "").all(axis=None)
    from_study = table[table["rule_id"] != "S1"]
    assert from_study["source"].str.fullmatch(r"S[0-4] .+：“.+”(；.+)?").all()
    assert (table.set_index("rule_id")["log"] == "decisions").to_dict() == {
        name: name == "P1" for name in BY_NAME
    }


def test_signs_are_worded_as_signs():
    """What a lawful way of working may look like too; the others are told as they are."""
    suspected = {name for name, clause in BY_NAME.items() if "疑似" in clause.wording}
    assert suspected == {"P1", "P10", "P12A", "P12B", "P20", "P38"}


def test_every_lapse_breaks_a_rule():
    knobs = {knob for clause in CLAUSES for knob in clause.knobs}
    assert knobs == {field.name for field in dataclasses.fields(Lapses)}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_rule_covers_what_it_is_about(drawn: list[Document], name: str):
    about = [ABOUT[name](document) if name in ABOUT else True for document in drawn]
    assert [BY_NAME[name].covers(document) for document in drawn] == about
    assert sum(about) > 0
    assert (sum(about) < len(drawn)) == (name in ABOUT)


def test_a_scope_of_two_columns_asks_for_both(drawn: list[Document]):
    scope = (("文种", ("意见", "函")), ("来文层级", ("平级",)))
    clause = Clause("X", "题", "S0", "原文", "existence", "登记", scope=scope)
    covered = {(d.kind, d.level): clause.covers(d) for d in drawn}
    assert {pair for pair, inside in covered.items() if inside} == {
        ("意见", "平级"),
        ("函", "平级"),
    }
    assert {("意见", "下级"), ("意见", "上级"), ("函", "上级"), ("请示", "下级")} < set(covered)


def test_a_row_tells_all_of_a_rule():
    clause = Clause(
        "X1",
        "须会签",
        "S1",
        "原文",
        "precedence",
        "会签",
        "批示",
        n="3",
        wording="未经会签",
        scope=(("文种", ("意见", "函")), ("来文层级", ("平级",))),
        note="附注",
    )
    assert clause.row() == {
        "rule_id": "X1",
        "title": "须会签",
        "source": "S1 区委办公室“强化自身建设 提升服务水平”：“原文”；附注",
        "log": "incoming",
        "scope": "文种=意见|函; 来文层级=平级",
        "kind": "precedence",
        "a": "会签",
        "b": "批示",
        "n": "3",
        "severity": "medium",
        "wording": "未经会签",
    }


@pytest.mark.parametrize(
    ("phrase", "note", "source"),
    [
        ("原文", "", "S3 县“机关效能建设”思考：“原文”"),
        ("", "附注", "附注"),
        ("", "", ""),
    ],
)
def test_a_source_is_a_quotation_a_note_or_both(phrase: str, note: str, source: str):
    clause = Clause("X", "题", "S3", phrase, "existence", "登记", note=note)
    assert clause.row()["source"] == source
