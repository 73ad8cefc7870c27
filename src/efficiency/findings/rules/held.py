"""Rules of procedure held against a log, all at once: what is broken, pending, undecidable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.criteria.rules import Rule
from efficiency.facts.case_values import case_values, in_scope
from efficiency.facts.events import Events
from efficiency.findings.rates import wilson
from efficiency.findings.rules.details import told
from efficiency.findings.rules.done_steps import DoneSteps
from efficiency.findings.rules.searched import doubted, search
from efficiency.language import Language
from efficiency.problems import listed

Registers = Mapping[str, pd.DataFrame | ir.Table]


@dataclass(frozen=True)
class Held:
    """
    Rules held against a log.

    Attributes
    ----------
    events, rules
        What was held against what.
    cases
        ``case, case_id, open``, and what the scopes look at.
    proofs
        ``number`` (of the rule)``, case, row, what, waits``: the rows that prove a breach, or one
        that may still be mended.
    pending, unknown
        ``number, case, rule_id, case_id``: not yet fulfilled in an open case; not to be decided
        from the record, with the ``reason`` (`tables.UNDECIDABLE`).
    counts
        How many cases each rule is about.
    missing
        What the log lacks for each rule; empty: nothing.
    about
        By number, the cases that a rule is about, where its scope alone does not say.
    language
        Of the details of `deviations`.
    """

    events: Events
    rules: tuple[Rule, ...]
    cases: ir.Table
    proofs: ir.Table
    pending: ir.Table
    unknown: ir.Table
    counts: tuple[int, ...]
    missing: tuple[str, ...]
    about: Mapping[int, ir.Table]
    language: Language = "zh"

    @property
    def broken(self) -> ir.Table:
        """``number, case``: the cases that broke each rule."""
        return self.proofs.filter(~self.proofs.waits).select("number", "case").distinct()

    @cached_property
    def deviations(self) -> ir.Table:
        """``number, case``, and the columns of ``tables.DEVIATIONS``."""
        broken = _with_dates(self.events, self.proofs.filter(~self.proofs.waits))
        details = told(broken, self.rules, self.language)
        return self.events.keep(_named(details, self.cases, self.rules))

    def summary(self) -> pd.DataFrame:
        """``tables.ADHERENCE``."""
        kinds = (self.broken, self.pending, self.unknown)
        counts = [self._counted(table) for table in kinds]
        rows = [
            self._sums(number, *(counted.get(number, 0) for counted in counts))
            for number in range(len(self.rules))
        ]
        whole = pd.DataFrame(rows, columns=tables.ADHERENCE.names)
        dtypes = dict.fromkeys(("broken", "pending"), "Int64")
        dtypes |= dict.fromkeys(("share", "low", "high"), "float64")
        return tables.ADHERENCE.check(whole.astype(dtypes))

    def _counted(self, table: ir.Table) -> dict[int, int]:
        counted = self.events.frame(table.group_by("number").aggregate(times=table.count()))
        return dict(zip(counted["number"].tolist(), counted["times"].tolist(), strict=True))

    def _sums(self, number: int, broken: int, pending: int, unknown: int) -> dict[str, object]:
        n, lacks = self.counts[number], self.missing[number]
        share, low, high = (None,) * 3 if lacks else wilson(broken, n - pending - unknown)
        return {
            "rule_id": self.rules[number].rule_id,
            "n": n,
            "broken": None if lacks else broken,
            "pending": None if lacks else pending,
            "share": share,
            "low": low,
            "high": high,
            "undecidable": n if lacks else unknown,
            "missing": lacks,
        }


def hold(
    events: Events, rules: Sequence[Rule], registers: Registers, language: Language = "zh"
) -> Held:
    """Observed events held against rules, all at once."""
    done = DoneSteps(events, registers)
    missing = _missing(events, rules, registers)
    asked = {condition.column for rule in rules for condition in rule.scope}
    cases = events.keep(
        case_values(events, asked).join(
            events.cases.filter(~events.cases.cancelled).select(
                "case", "case_id", open=events.cases["open"]
            ),
            "case",
        )
    )
    found = search(done, {n: rule for n, rule in enumerate(rules) if not missing[n]})
    about = {
        number: cases.filter(in_scope(cases, rules[number].scope)).semi_join(counted, "case")
        for number, counted in found.counted.items()
    }
    hits = _in_scope(found.hits, cases, rules)
    proofs = hits.mutate(waits=hits.waits & hits["open"]).drop("open")
    doubts = engine.union([found.doubts, *_lost(events, rules, found.counted)])
    unknown = _in_scope(doubts, cases, rules).drop("open")
    if events.lost is not None:
        # A row is missing that might clear the case, or prove it.
        unknown = events.keep(unknown)
        lost = unknown.filter(unknown.reason == "record")
        proofs = proofs.anti_join(lost, ["number", "case"])
    proofs = events.keep(proofs)
    pending = proofs.filter(proofs.waits).select("number", "case").distinct()
    unknown = unknown.anti_join(proofs, ["number", "case"])
    unknown = unknown.group_by("number", "case").aggregate(reason=unknown.reason.max())
    return Held(
        events,
        tuple(rules),
        cases,
        proofs,
        events.keep(_named(pending, cases, rules)),
        events.keep(_named(unknown, cases, rules)),
        _counts(events, rules, cases, about),
        tuple(missing),
        about,
        language,
    )


def _missing(events: Events, rules: Sequence[Rule], registers: Registers) -> list[str]:
    """What the log lacks to decide each rule."""
    steps = events.steps
    there = steps.aggregate(
        unit=steps.unit.nullif("").count(), actor=steps.actor.nullif("").count()
    )
    known = events.frame(there).iloc[0]
    return [
        listed(dict.fromkeys([*_lacks(rule, events, known), *_unlisted(rule, registers)]))
        for rule in rules
    ]


def _lacks(rule: Rule, events: Events, known: pd.Series) -> list[str]:
    needs = [name for name in rule.form.needs if not known[name]]
    return needs + [name for name in rule.columns if name not in events.log.columns]


def _unlisted(rule: Rule, registers: Registers) -> list[str]:
    """What the register of a rule lacks: itself, or columns."""
    asked = rule.register
    if asked is None:
        return []
    if asked.log not in registers:
        return [asked.log]
    there = registers[asked.log].columns
    return [f"{asked.log}.{name}" for name in asked.columns if name not in there]


def _lost(events: Events, rules: Sequence[Rule], counted: Mapping[int, ir.Table]) -> list[ir.Table]:
    """The cases that lack a row of an activity that a rule names."""
    if events.lost is None:
        return []
    told = []
    for number, rule in enumerate(rules):
        lost = events.lost.filter(events.lost.activity.isin(list(rule.named("activities"))))
        if number in counted:
            lost = lost.semi_join(counted[number], "case")
        told.append(doubted(lost, number, "record"))
    return told


def _in_scope(rows: ir.Table, cases: ir.Table, rules: Sequence[Rule]) -> ir.Table:
    """The rows of rules (``number, case``) whose case is in their scope, with ``open``."""
    scoped = {f"in_{number}": in_scope(cases, rule.scope) for number, rule in enumerate(rules)}
    within = rows.join(cases.select("case", "open", **scoped), "case")
    inside = [(within.number == number, within[name]) for number, name in enumerate(scoped)]
    chosen = within.filter(ibis.cases(*inside, else_=False)) if inside else within
    return chosen.select(*rows.columns, "open")


def _with_dates(events: Events, proofs: ir.Table) -> ir.Table:
    """Mark the proofs whose moment is known to the day only: their place in the order is not."""
    if not events.bare:
        return proofs.mutate(bare=ibis.literal(value=False))
    steps = events.steps.filter(events.steps.end_bare)
    dates = steps.select("case", row=steps.row.cast("int64"), bare=ibis.literal(value=True))
    joined = proofs.left_join(dates, ["case", "row"])
    return joined.select(*proofs.columns, bare=joined.bare.fill_null(False))


def _named(rows: ir.Table, cases: ir.Table, rules: Sequence[Rule]) -> ir.Table:
    ids = [(rows.number == at, rule.rule_id) for at, rule in enumerate(rules)]
    named = rows.mutate(rule_id=ibis.cases(*ids, else_="") if ids else ibis.literal(""))
    return named.join(cases.select("case", "case_id"), "case")


def _counts(
    events: Events, rules: Sequence[Rule], cases: ir.Table, about: Mapping[int, ir.Table]
) -> tuple[int, ...]:
    """How many cases each rule is about: those in its scope, or those of a table of its own."""
    if not rules:
        return ()
    whole = {
        str(number): cases.count(where=in_scope(cases, rule.scope))
        for number, rule in enumerate(rules)
    }
    counts = events.frame(cases.aggregate(**whole)).iloc[0].to_dict()
    for number, table in about.items():
        own = events.frame(table.aggregate(times=table.count()))
        counts[str(number)] = own["times"].iloc[0]
    return tuple(int(counts[str(number)]) for number in range(len(rules)))
