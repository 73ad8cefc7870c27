"""The findings on procedure: rules that were broken, with the case that shows it best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from efficiency.criteria.rules import Comparison, Rule
from efficiency.findings.finding import Finding, Level
from efficiency.findings.rules.attributes import LIKENESS
from efficiency.findings.shortfalls import MOST_CASES
from efficiency.language import Language
from efficiency.words import percent, phrase

#: kind -> the measure that is recommended against its breaches.
_MEASURES = {
    "sequence": ("precedence", "existence", "absence", "order"),
    "follow": ("response", "responded_existence", "unanswered", "prompted"),
    "hands": ("hub", "ping_pong", "passes", "done_by", "entry", "round_trips"),
    "review": ("four_eyes", "same_actor"),
    "papers": ("attribute", "recurs", "unregistered"),
    "loop": ("at_most", "repeats", "backflow", "corrections"),
}


def asks(rule: Rule, language: Language) -> str:
    """
    Say in words what a rule asks for.

    Examples
    --------
    >>> asks(Rule("P2", "order", ("登记",), ("批示",)), "zh")
    '首次“登记”应早于首次“批示”'
    """
    register = rule.register
    columns = [*rule.columns] if rule.comparisons else [*rule.a]
    if rule.comparisons:
        columns = [
            f"{_column(part, language)} {part.sign} {'|'.join(part.values) or '∅'}"
            for part in rule.comparisons
        ]
    listed = "、" if language == "zh" else ", "
    join = listed if not rule.comparisons else "；" if language == "zh" else "; "
    return phrase(
        f"rule_{rule.kind}",
        language,
        a=join.join(columns) if columns else "—",
        b=register.log if register else listed.join(rule.b),
        n=rule.n,
        likeness=LIKENESS,
    )


def _column(part: Comparison, language: Language) -> str:
    told = " - ".join(part.columns)
    return phrase("how_many", language, column=told) if part.many else told


def rule_findings(
    rules: Sequence[Rule],
    adherence: pd.DataFrame,
    deviations: pd.DataFrame,
    language: Language,
    small_cell: int = 5,
) -> Iterator[Finding]:
    """
    Find the rules that were broken.

    Parameters
    ----------
    rules
        The rules, read.
    adherence, deviations
        ``tables.ADHERENCE`` and ``tables.DEVIATIONS`` of one log.
    language
        The language of the texts.
    small_cell
        Rates over fewer cases are withheld.

    Notes
    -----
    ``action`` where the record proves the breach and it is grave, or of medium severity and not a
    single slip (at least ``small_cell`` cases); else ``watch``: what is a sign must be looked at
    first.
    """
    rows = adherence.set_index("rule_id")
    for rule in rules:
        row = rows.loc[rule.rule_id]
        if pd.notna(row["broken"]) and row["broken"] > 0:
            cases = deviations.loc[deviations["rule_id"] == rule.rule_id, "case_id"]
            yield _finding(rule, row, tuple(cases.head(MOST_CASES)), language, small_cell)


def _finding(
    rule: Rule, row: Any, cases: tuple[str, ...], language: Language, small_cell: int
) -> Finding:
    broken, pending, unknown = (int(row[name]) for name in ("broken", "pending", "undecidable"))
    decided = int(row["n"]) - pending - unknown
    enough = decided >= small_cell
    small = phrase("withheld", language, n=small_cell)
    numbers = {name: percent(row[name]) if enough else small for name in ("share", "low", "high")}
    is_sign = rule.form.sign or "疑似" in rule.wording or "suspected" in rule.wording
    title = "breach_title_sign" if is_sign else "breach_title"
    meaning = rule.wording or phrase("breach_sign" if is_sign else "breach_proof", language)
    return Finding(
        kind="rule",
        subject=(("rule_id", rule.rule_id),),
        level=_level(rule, broken, is_sign=is_sign, small_cell=small_cell),
        title=phrase(title, language, title=rule.title, broken=broken, share=numbers["share"]),
        criterion=phrase(
            "breach_criterion", language, title=rule.title, id=rule.rule_id,
            asks=asks(rule, language), source=rule.source or "—",
        ),
        condition=phrase(
            "breach_condition", language, n=int(row["n"]), broken=broken, pending=pending,
            undecidable=unknown, **numbers,
        ),
        cause=phrase("cause_untested", language),
        effect=phrase(
            "breach_effect", language, broken=broken,
            severity=phrase(f"severity_{rule.severity}", language), meaning=meaning,
        ),
        action=phrase(f"breach_action_{_measure(rule.kind)}", language),
        value=row["share"] if enough else None,
        low=row["low"] if enough else None,
        high=row["high"] if enough else None,
        n=decided,
        p=None,
        cases=cases,
        table="deviations",
        hours=0.0,
    )  # fmt: skip


def _measure(kind: str) -> str:
    return next(measure for measure, kinds in _MEASURES.items() if kind in kinds)


def _level(rule: Rule, broken: int, *, is_sign: bool, small_cell: int) -> Level:
    if is_sign:
        return "watch"
    is_grave = rule.severity == "high" or (rule.severity == "medium" and broken >= small_cell)
    return "action" if is_grave else "watch"


def typical_case(deviations: pd.DataFrame, cases: pd.DataFrame, rule_id: str) -> pd.Series:
    """
    Choose the case that shows best how a rule is broken: one of middling length.

    Parameters
    ----------
    deviations
        ``tables.DEVIATIONS``.
    cases
        ``tables.CASES``.
    rule_id
        A rule that was broken.

    Returns
    -------
    Series
        Its row of ``deviations``.
    """
    broken = deviations[deviations["rule_id"] == rule_id].merge(
        cases[["case_id", "steps"]], on="case_id", how="left"
    )
    ordered = broken.sort_values(["steps", "case_id"]).reset_index(drop=True)
    return ordered.iloc[(len(ordered) - 1) // 2]
