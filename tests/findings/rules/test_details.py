"""What proves a breach, told: every kind of rule has its words, in both languages."""

from __future__ import annotations

import re

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency.criteria.rules import KINDS, Rule
from efficiency.findings.rules.details import around, told
from efficiency.language import Language

CHINESE = re.compile(r"[\u4e00-\u9fff]")
RULES = [Rule(kind, kind, ("x", "y"), ("z",), 7) for kind in KINDS]


def test_every_kind_has_words_around_its_proofs() -> None:
    """In its own language; names and counts stand in it as they are."""
    for rule in RULES:
        for language in ("zh", "en"):
            text = "".join(around(rule, language))
            assert "\x1f" not in text
            assert "{" not in text
            assert language == "zh" or not CHINESE.search(text), rule.kind
    assert around(Rule("P", "at_most", ("催办",), n=2), "zh") == ("", "（至多 2 次）")
    assert around(Rule("P", "order", ("a", "b"), ("c",)), "en") == ("c before a/b", "")


def test_proofs_of_a_case_stand_in_one_row() -> None:
    """Rows by number, what they show each once; only where order decides is a bare date told."""
    rules = [Rule("A", "absence", ("x", "y")), Rule("P", "passes", ("x",), ("y",))]
    proofs = pd.DataFrame(
        [(0, 1, 10, "y", True), (0, 1, 9, "x", False), (0, 1, 2, "x", False),
         (0, 2, None, "", False), (1, 1, 4, "y", True), (1, 2, 5, "y", False)],
        columns=["number", "case", "row", "what", "bare"],
    ).astype({"row": "Int64"})  # fmt: skip
    table = ibis.memtable(proofs)
    assert details(table, rules, "zh") == [
        ["2;9;10", "不应有x、y"],
        ["", "不应有"],
        ["4", "y之前y（证据行有的只有日期，先后待核）"],
        ["5", "y之前y"],
    ]
    assert details(table, rules, "en") == [
        ["2;9;10", "x, y must not occur"],
        ["", " must not occur"],
        ["4", "y before y (some of the rows hold a date only: look up their order)"],
        ["5", "y before y"],
    ]


def details(proofs: ir.Table, rules: list[Rule], language: Language) -> list[list[str]]:
    """The rows and the detail of each case."""
    frame = told(proofs, rules, language).order_by("number", "case").execute()
    rows: list[list[str]] = frame[["rows", "detail"]].values.tolist()
    return rows
