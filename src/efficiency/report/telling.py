"""How what a finding has to say is put into words: sentences and values in a language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency.criteria.clock import readings
from efficiency.criteria.rules import Comparison, Rule
from efficiency.findings.finding import PARTS, Finding
from efficiency.findings.rules.attributes import LIKENESS
from efficiency.findings.said import (
    Asked,
    Count,
    Day,
    Limited,
    Listed,
    Named,
    Number,
    PValue,
    Said,
    Share,
    Withheld,
)
from efficiency.language import Language, joined, semicolon
from efficiency.words import heading, number, percent, phrase


@dataclass(frozen=True)
class ToldFinding:
    """
    A finding with its texts in one language.

    Attributes
    ----------
    finding
        What was found.
    title, criterion, condition, cause, effect, action
        What it says.
    """

    finding: Finding
    title: str
    criterion: str
    condition: str
    cause: str
    effect: str
    action: str

    @property
    def id(self) -> str:
        """The same from year to year."""
        return self.finding.id

    @property
    def kind(self) -> str:
        """The kind of finding."""
        return self.finding.kind

    @property
    def subject(self) -> tuple[tuple[str, str], ...]:
        """What it is about."""
        return self.finding.subject

    @property
    def hours(self) -> float:
        """Working hours at stake."""
        return self.finding.hours

    def as_dict(self, least: int = 0) -> dict[str, Any]:
        """The finding as it stands in ``findings.json``; what rests on fewer is withheld."""
        found, names = self.finding, ("value", "low", "high", "p", "hours", "certainty")
        if few := 0 < found.n < least:
            found = replace(found, value=None, low=None, high=None, p=None, cases=())
        numbers = {name: _json(getattr(found, name)) for name in names}
        return {
            "id": found.id,
            "kind": found.kind,
            "log": found.log,
            "subject": dict(found.subject),
            "theme": found.theme,
            "level": found.level,
            "direction": found.direction,
            "part_of": found.part_of or None,
            "gravity": found.gravity,
            "concerned": None if few else found.concerned,
            **{part: getattr(self, part) for part in PARTS},
            "n": None if few else found.n,
            **numbers,
            "cases": list(found.cases),
            "table": found.table,
        }


def _json(value: float | None) -> float | None:
    """A number to six decimals; JSON has neither nan nor an infinite one."""
    return None if value is None or not math.isfinite(value) else round(value, 6)


def tell(finding: Finding, language: Language) -> ToldFinding:
    """
    A finding with its texts.

    Parameters
    ----------
    finding
        What was found.
    language
        Of the texts.
    """
    return ToldFinding(finding, **{part: say(finding.says[part], language) for part in PARTS})


def say(sentence: Said, language: Language) -> str:
    """
    Put a sentence into words.

    Examples
    --------
    >>> from efficiency.findings.said import said
    >>> say(said("rework_effect", hours=Number(1234.0)), "zh")
    '重复办理共占用 1,234.0 办公小时。'
    """
    details = {name: write(value, language) for name, value in sentence.details.items()}
    return phrase(sentence.key, language, **details)


def write(value: Any, language: Language) -> Any:
    """
    Write one value as people read it.

    Examples
    --------
    >>> write(Share(0.625), "en"), write(PValue(0.0312), "en"), write(Listed(("甲", "乙")), "zh")
    ('62.5%', '= 0.031', '甲、乙')
    """
    if isinstance(value, Said):
        return say(value, language)
    if isinstance(value, Listed):
        parts = [str(write(part, language)) for part in value.parts]
        return joined(parts, language) if parts else write(value.empty, language)
    if isinstance(value, Named):
        return heading(value.name, language)
    if isinstance(value, Asked):
        return asks(value.rule, language)
    if isinstance(value, Limited):
        return limit_words(value.text, language)
    return (
        phrase("withheld", language, n=value.least)
        if isinstance(value, Withheld)
        else _plain(value)
    )


def limit_words(text: str, language: Language) -> str:
    """
    Say a time limit as people do, however it was typed.

    Parameters
    ----------
    text
        As it stands in the standards; what is no limit stays as it is.
    language
        Of the words.

    Examples
    --------
    >>> limit_words("3 working days", "zh"), limit_words("-30 min", "zh"), limit_words("当日", "en")
    ('3个工作日', '提前30分钟', 'the same day')
    """
    found = readings(text)
    if not found or found[0].kind not in _LIMITS:
        return text
    limit, (unit, size) = found[0], _LIMITS[found[0].kind]
    if limit.kind in {"working", "elapsed"} and limit.amount % _HOUR == 0:
        unit, size = "hours", _HOUR
    said = phrase(f"limit_{unit}", language, n=limit.amount // size)
    return phrase("limit_before", language, limit=said) if limit.before else said


#: By what each kind of limit is counted, in its own unit.
_MINUTE, _HOUR = 60_000_000, 3_600_000_000
_LIMITS = {
    "working": ("minutes", _MINUTE), "elapsed": ("minutes", _MINUTE),
    "working_days": ("working_days", 1), "same_day": ("same_day", 1),
    "half_days": ("half_days", 1), "days": ("days", 1),
}  # fmt: skip


def _plain(value: Any) -> Any:
    """Write a value that is the same in every language."""
    writers: Mapping[type, Any] = {
        Share: lambda: percent(value.value),
        Number: lambda: number(value.value, value.digits),
        Count: lambda: f"{value.value:,}",
        PValue: lambda: "< 0.001" if value.value < 0.001 else f"= {value.value:.3f}",
        Day: lambda: f"{pd.Timestamp(value.value):%Y-%m-%d}",
    }
    writer = writers.get(type(value))
    return writer() if writer else value


def spanned(contract: tables.Table, language: Language) -> str:
    """
    Say of which cases a table speaks, where these are not those of the period.

    Examples
    --------
    >>> spanned(tables.CASES, "en"), spanned(tables.BALANCE, "zh")
    ('', '（全部记录，不限于评估时段）')
    """
    return "" if contract.span == "period" else phrase(f"span_{contract.span}", language)


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
        columns = [_condition(part, language) for part in rule.comparisons]
    told = semicolon(language).join(columns) if rule.comparisons else joined(columns, language)
    return phrase(
        f"rule_{_asked(rule)}",
        language,
        a=told if columns else "—",
        b=register.log if register else joined(rule.b, language) or "—",
        n=rule.n,
        likeness=LIKENESS,
    )


def _asked(rule: Rule) -> str:
    """What a rule asks for may hang on a side that need not be filled in."""
    if rule.kind == "ping_pong" and (rule.a or rule.b):
        return "ping_pong_but"
    if rule.kind == "backflow" and not rule.b:
        return "backflow_never"
    return rule.kind


#: How conditions are said, by their sign.
_SIGNS = {"=": "is", "!=": "is_not", ">": "above", ">=": "least", "<": "below", "<=": "most"}


def _condition(part: Comparison, language: Language) -> str:
    """Say a condition in words: 签发人为空, 反馈形式不是正式函、报告."""
    column, values = _column(part, language), part.values  # noqa: PD011
    if not any(values):
        return phrase(f"condition_{_SIGNS[part.sign]}_empty", language, column=column)
    told = joined(values, language)
    return phrase(f"condition_{_SIGNS[part.sign]}", language, column=column, values=told)


def _column(part: Comparison, language: Language) -> str:
    told = " - ".join(part.columns)
    return phrase("how_many", language, column=told) if part.many else told
