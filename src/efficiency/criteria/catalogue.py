"""What should be: the problem patterns of the study documents, and the rules that find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import pandas as pd
from pydantic import Field

from efficiency import tables
from efficiency._doors.toml import Strict, read_settings
from efficiency.criteria.rules import KINDS, Names, Rule, Severity, parse_rules
from efficiency.criteria.scopes import names_of
from efficiency.language import Language, semicolon
from efficiency.problems import Problem, listed, say

#: What a log may lack for a rule, in the order in which messages tell it.
#: What another log's steps begin with: 发文登记 is no 登记 of what came in.
_OTHER = ("发文", "未", "不")
LACKS = ("activities", "units", "columns", "registers")


class Text(Strict):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: Language) -> str:
        """The text in one of them."""
        return str(getattr(self, language))


class CatalogueRule(Strict):
    """
    A rule that finds a pattern, by the names of ``rules.csv``.

    ``a`` and ``b`` hold canonical names, alternatives joined by ``|``; for units, words that
    their names contain. ``sign`` makes a breach a sign where the kind itself is a proof.
    """

    rule_id: str
    title: Text
    kind: str
    scope: str = ""
    a: str = ""
    b: str = ""
    n: int | None = None
    severity: Severity = "medium"
    sign: bool = False
    wording: Text

    @property
    def is_sign(self) -> bool:
        """Whether a breach is a sign (疑似) rather than a proof."""
        return self.sign or KINDS[self.kind].sign

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it cannot do without, beside case, activity and time."""
        return _columns_of(parse_rules(pd.DataFrame([self.row("zh")]))[0])

    def row(self, language: Language) -> dict[str, str]:
        """A row of ``tables.RULES``, without source and log."""
        return {
            "rule_id": self.rule_id,
            "title": self.title.of(language),
            "scope": self.scope,
            "kind": self.kind,
            "a": self.a,
            "b": self.b,
            "n": "" if self.n is None else str(self.n),
            "severity": self.severity,
            "wording": self.wording.of(language),
        }


class Pattern(Strict):
    """
    One problem pattern or mechanism.

    Attributes
    ----------
    id
        P1 to P40 for the patterns, M1 and on for mechanisms that are rules.
    name, definition
        What it is called, and what is counted over what.
    source
        The study document or regulation, with the words quoted.
    decided_by
        ``rule``: a rule on a log; ``standard``: a time limit; ``measure``: a count or comparison
        of cases; ``text``: the texts themselves; ``none``: out of scope.
    note
        Why no rule decides it.
    rules
        The rules that do.
    """

    id: str
    name: Text
    definition: Text
    source: str = Field(min_length=1)
    decided_by: Literal["rule", "standard", "measure", "text", "none"]
    note: Text | None = None
    rules: tuple[CatalogueRule, ...] = ()


class _Catalogue(Strict):
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Lack:
    """
    What a log lacks for a rule of the catalogue.

    Attributes
    ----------
    rule_id, title
        The rule.
    activities, units, columns, registers
        The names that are missing; those joined by ``|`` are alternatives.
    """

    rule_id: str
    title: str
    activities: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()

    def problem(self, language: Language) -> Problem:
        """The lack as a message."""
        parts = [
            say(f"lacks_{what}", language, names=listed(getattr(self, what)))
            for what in LACKS
            if getattr(self, what)
        ]
        lacks = semicolon(language).join(parts)
        return Problem("rule_left_out", {"name": self.rule_id, "title": self.title, "lacks": lacks})


@cache
def catalogue() -> tuple[Pattern, ...]:
    """
    Every pattern, in its order: P1 to P40, then the mechanisms.

    Examples
    --------
    >>> catalogue()[1].name.zh, catalogue()[1].rules[0].wording.zh
    ('文件倒流', '文件倒流：领导批示早于登记')
    >>> catalogue()[2].rules[0].needs
    ('unit',)
    """
    place = resources.files("efficiency.criteria") / "catalogue.toml"
    with resources.as_file(place) as path:
        return read_settings(_Catalogue, path).patterns


def catalogue_rules(language: Language = "zh", log: str = "") -> pd.DataFrame:
    """
    The rules of the catalogue with its own names.

    Parameters
    ----------
    language
        Of titles and wordings; names stay Chinese.
    log
        The log that they apply to; empty: all.

    Returns
    -------
    DataFrame
        ``tables.RULES``, in the order of the catalogue.
    """
    rows = [
        {**rule.row(language), "source": pattern.source, "log": log}
        for pattern in catalogue()
        for rule in pattern.rules
    ]
    return pd.DataFrame(rows, columns=tables.RULES.names)


def fitting(
    names: Mapping[str, Sequence[str]],
    language: Language = "zh",
    log: str = "",
    registers: Sequence[str] = (),
) -> tuple[pd.DataFrame, list[Lack]]:
    """
    The rules of the catalogue that a log can decide.

    Parameters
    ----------
    names
        What the log has: its ``activities``, ``units`` and ``columns``.
    language
        Of titles and wordings.
    log
        The log's name, for the column of that name.
    registers
        The names of the other logs that may be registers.

    Returns
    -------
    tuple
        ``tables.RULES`` with the names that the log has, in the order of the catalogue, and what
        it lacks for each of the other rules. A rule fits if the log has one of each of its
        alternatives (three of a ``backflow``'s order), a unit by each of its words, and its
        columns.

    Examples
    --------
    >>> have = {"activities": ["登记", "批示"], "units": [], "columns": []}
    >>> rules, lacks = fitting(have)
    >>> rules[["rule_id", "kind", "a", "b"]].values.tolist()
    [['P1B', 'existence', '登记', ''], ['P2A', 'order', '登记', '批示']]
    >>> lacks[3].title, lacks[3].activities
    ('先拟办、后批示', ('拟办',))
    """
    whole = catalogue_rules(language, log)
    rows, lacks = list[dict[str, str]](), list[Lack]()
    for row, rule in zip(whole.to_dict("records"), parse_rules(whole), strict=True):
        missing = dict(_missing(rule, names, registers))
        if missing:
            lacks.append(Lack(rule.rule_id, rule.title, **missing))
        else:
            rows.append({**row, **_named(rule, names)})
    return pd.DataFrame(rows, columns=tables.RULES.names), lacks


def _missing(
    rule: Rule, names: Mapping[str, Sequence[str]], registers: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a log lacks for a rule, by the names of `LACKS`."""
    for what in ("activities", "units"):
        absent = tuple(_absent(rule, what, names))
        if absent:
            yield what, absent
    columns = tuple(name for name in _columns_of(rule) if name not in names["columns"])
    if columns:
        yield "columns", columns
    if rule.register and rule.register.log not in registers:
        yield "registers", (rule.register.log,)


def _absent(rule: Rule, what: str, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The alternatives of each side of which a log has too few."""
    for side, needed in zip(("a", "b"), rule.form.least, strict=True):
        wanted = getattr(rule, side)
        least = min(needed, len(wanted))
        if _sort(rule, side) == what and len(_present(rule, side, names)) < least:
            yield "|".join(name for name in wanted if name not in names[what])


def _sort(rule: Rule, side: str) -> Names:
    sort: Names = getattr(rule.form, side)
    return sort


def _present(rule: Rule, side: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names of a side that a log has: activities as they stand, units by their words."""
    wanted, what = getattr(rule, side), _sort(rule, side)
    if what == "units":
        # A name with a mark of its own could not be read back from a rule.
        known = (unit for unit in names["units"] if names_of(unit) == (unit,))
        return tuple(unit for unit in known if any(word in unit for word in wanted))
    if what != "activities":
        return tuple(name for name in wanted if name in names[what])
    return tuple(dict.fromkeys(one for name in wanted for one in _called(name, names[what])))


def _called(name: str, activities: Sequence[str]) -> tuple[str, ...]:
    """The activities of a name: as it stands, else those that are a kind of it (收文登记)."""
    if name in activities:
        return (name,)
    kinds = (one for one in activities if one.endswith(name) and names_of(one) == (one,))
    return tuple(sorted(one for one in kinds if not one.startswith(_OTHER)))


def _named(rule: Rule, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The sides of a rule with the names that a log has."""
    return {
        side: "|".join(_present(rule, side, names))
        for side in ("a", "b")
        if _sort(rule, side) in {"activities", "units"}
    }


def _columns_of(rule: Rule) -> tuple[str, ...]:
    """All columns that a rule looks at."""
    scope = (condition.column for condition in rule.scope)
    return tuple(dict.fromkeys([*rule.form.needs, *scope, *rule.columns]))
