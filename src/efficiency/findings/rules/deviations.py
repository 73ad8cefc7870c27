"""Which cases broke which rule of procedure, and the rows that prove it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.rules import KINDS, Rule, parse_rules, unfit_rules
from efficiency.facts.case_values import case_values, in_scope
from efficiency.facts.events import Events, Log, observed
from efficiency.findings.rates import wilson
from efficiency.findings.rules.details import around, dates_only
from efficiency.findings.rules.done_steps import DoneSteps, Found
from efficiency.language import Language, comma
from efficiency.problems import SettingsError, listed

Registers = Mapping[str, Log]


def deviations(
    log: Log | Events,
    rules: pd.DataFrame,
    cutoff: pd.Timestamp | str | None = None,
    *,
    calendar: Calendar | None = None,
    period: Sequence[str] | None = None,
    closed_by: Sequence[str] = (),
    registers: Registers | None = None,
    language: Language = "zh",
) -> Any:
    """
    Find the cases that broke a rule of procedure.

    Parameters
    ----------
    log
        ``tables.LOG``.
    rules
        ``tables.RULES``; all of them are held against the log.
    calendar
        The working calendar, for rules that count working days; None: China's public one.
    cutoff
        Moments after it are not seen; None: the log's last.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    registers
        Other logs by name, for rules that ask whether a case is known elsewhere.
    language
        Of ``detail``.

    Returns
    -------
    table of the kind of ``log``
        ``tables.DEVIATIONS`` in the order of the rules, then by case id. `adherence` sums them
        up, and says which rules the log cannot decide.

    Raises
    ------
    SettingsError
        If a rule cannot be read or its scope names a column that the log has not.

    Warns
    -----
    UserWarning
        If a rule names an activity, a unit or a column that the log never has.

    Examples
    --------
    The leader's note came before the document was registered.

    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["批示", "登记"],
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-06 09:00"]),
    ... })
    >>> rules = pd.DataFrame({"rule_id": ["P2"], "kind": ["order"], "a": ["登记"], "b": ["批示"]})
    >>> deviations(log, rules).values.tolist()
    [['P2', '1', '1;2', '批示早于登记']]
    """
    with observed(log, calendar, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        parsed = parse_rules(rules)
        check_names(events, parsed, registers or {}, warn=not isinstance(log, Events))
        held = hold(events, parsed, registers or {}, language)
        ordered = held.deviations.order_by("number", "case")
        return events.answer(ordered, columns=tables.DEVIATIONS.names)


def adherence(
    log: Log | Events,
    rules: pd.DataFrame,
    cutoff: pd.Timestamp | str | None = None,
    *,
    calendar: Calendar | None = None,
    period: Sequence[str] | None = None,
    closed_by: Sequence[str] = (),
    registers: Registers | None = None,
) -> pd.DataFrame:
    """
    Tell how far each rule was kept, one row a rule.

    Parameters
    ----------
    log, rules, cutoff, calendar, period, closed_by, registers
        As for `deviations`.

    Returns
    -------
    DataFrame
        ``tables.ADHERENCE`` in the order of the rules. The share is broken ÷ (n − pending −
        undecidable) with its 95 % Wilson interval. Where the log cannot decide a rule,
        ``missing`` says what it lacks, every case is undecidable and there is no share.

    Examples
    --------
    No unit is known, so nothing can be said on hand-overs.

    >>> end = pd.to_datetime(["2024-03-05"])
    >>> log = pd.DataFrame({"case_id": ["1"], "activity": ["登记"], "end": end})
    >>> rules = pd.DataFrame({"rule_id": ["P2", "P3"], "kind": ["existence", "hub"],
    ...                       "a": ["登记", ""]})
    >>> adherence(log, rules)[["rule_id", "n", "broken", "undecidable", "missing"]].values.tolist()
    [['P2', 1, 0, 0, ''], ['P3', 1, <NA>, 1, 'unit']]
    """
    with observed(log, calendar, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        parsed = parse_rules(rules)
        check_names(events, parsed, registers or {}, warn=not isinstance(log, Events))
        return hold(events, parsed, registers or {}).summary()


def check_names(events: Events, rules: Sequence[Rule], registers: Registers, *, warn: bool) -> None:
    """
    Hold what rules name against what the log has.

    Raises
    ------
    SettingsError
        If a scope names a column that the log has not.
    """
    steps = events.steps
    units = steps.filter(steps.unit.notnull()).select("unit").distinct()
    names = {
        "activities": tuple(sorted(events.frame(events.activities)["activity"])),
        "units": tuple(sorted(events.frame(units)["unit"])),
        "columns": tuple(events.log.columns),
    }
    problems = unfit_rules(rules, names, tuple(registers))
    fatal = [problem for problem in problems if problem.key == "scope_column"]
    if fatal:
        raise SettingsError(fatal)
    for problem in problems if warn else []:
        warnings.warn(problem.text(), stacklevel=3)


@dataclass(frozen=True)
class Held:
    """
    Rules held against a log.

    Attributes
    ----------
    events, rules
        What was held against what.
    deviations
        ``number`` (of the rule)``, case``, and the columns of ``tables.DEVIATIONS``.
    pending, unknown
        ``number, case, rule_id, case_id``: not yet fulfilled in an open case; not to be decided
        from the record.
    counts
        How many cases each rule is about.
    missing
        What the log lacks for each rule; empty: nothing.
    """

    events: Events
    rules: tuple[Rule, ...]
    deviations: ir.Table
    pending: ir.Table
    unknown: ir.Table
    counts: tuple[int, ...]
    missing: tuple[str, ...]

    def summary(self) -> pd.DataFrame:
        """Give ``tables.ADHERENCE``."""
        sums = {
            name: self._counted(table)
            for name, table in {
                "broken": self.deviations, "pending": self.pending, "unknown": self.unknown,
            }.items()
        }  # fmt: skip
        rows = []
        for number, rule in enumerate(self.rules):
            n, lacks = self.counts[number], self.missing[number]
            broken, pending, unknown = (sums[name].get(number, 0) for name in sums)
            share, low, high = wilson(broken, n - pending - unknown) if not lacks else (None,) * 3
            rows.append(
                {
                    "rule_id": rule.rule_id,
                    "n": n,
                    "broken": None if lacks else broken,
                    "pending": None if lacks else pending,
                    "share": share,
                    "low": low,
                    "high": high,
                    "undecidable": n if lacks else unknown,
                    "missing": lacks,
                }
            )
        whole = pd.DataFrame(rows, columns=tables.ADHERENCE.names)
        kinds = dict.fromkeys(("broken", "pending"), "Int64")
        kinds |= dict.fromkeys(("share", "low", "high"), "float64")
        return tables.ADHERENCE.check(whole.astype(kinds))

    def _counted(self, table: ir.Table) -> dict[int, int]:
        counted = self.events.frame(table.group_by("number").aggregate(times=table.count()))
        return dict(zip(counted["number"].tolist(), counted["times"].tolist(), strict=True))


def hold(
    events: Events, rules: Sequence[Rule], registers: Registers, language: Language = "zh"
) -> Held:
    """Hold rules against observed events, all at once."""
    done = DoneSteps(events)
    missing = _missing(events, rules, registers)
    asked = {condition.column for rule in rules for condition in rule.scope}
    cases = case_values(events, asked).join(
        events.cases.select("case", "case_id", open=events.cases["open"]), "case"
    )
    cases = events.keep(cases)
    hits, unknown, counts = [_NOTHING], [_NOTHING], []
    for number, rule in enumerate(rules):
        scoped = cases.filter(in_scope(cases, rule.scope)).select("case", "case_id", "open")
        found = None if missing[number] else _found(done, rule, registers)
        if found and found.counted is not None:
            scoped = scoped.semi_join(found.counted, "case")
        counts.append(scoped.aggregate(number=ibis.literal(number), times=scoped.count()))
        if found:
            hits.append(_of_rule(found.proofs, scoped, number, waits=found.waits))
        if found and found.unknown is not None:
            nothing = found.unknown.select("case", row=ibis.null("int64"), what=ibis.literal(""))
            unknown.append(_of_rule(nothing, scoped, number, waits=False))
    proofs = events.keep(engine.union(hits))
    told = _deviations(_with_dates(events, proofs.filter(~proofs.waits)), rules, language)
    broken = _named(told, cases, rules)
    broken = events.keep(broken)
    pending = proofs.filter(proofs.waits).select("number", "case").distinct()
    doubtful = engine.union(unknown).select("number", "case").distinct()
    return Held(
        events,
        tuple(rules),
        broken,
        events.keep(_named(pending, cases, rules)),
        events.keep(_named(doubtful.anti_join(broken, ["number", "case"]), cases, rules)),
        _numbers(events, counts),
        tuple(missing),
    )


_NOTHING = ibis.memtable(
    pd.DataFrame(columns=["number", "case", "row", "what", "waits"]),
    schema=ibis.schema(
        {"number": "int64", "case": "int32", "row": "int64", "what": "string", "waits": "boolean"}
    ),
)


def _missing(events: Events, rules: Sequence[Rule], registers: Registers) -> list[str]:
    """Say for each rule what the log lacks to decide it."""
    steps = events.steps
    told = steps.aggregate(unit=steps.unit.nullif("").count(), actor=steps.actor.nullif("").count())
    known = events.frame(told).iloc[0]
    lacks = []
    for rule in rules:
        names = [name for name in rule.form.needs if not known[name]]
        names += [name for name in rule.columns if name not in events.log.columns]
        if rule.register and rule.register.log not in registers:
            names.append(rule.register.log)
        elif rule.register:
            there = registers[rule.register.log].columns
            names += [
                f"{rule.register.log}.{name}" for name in rule.register.columns if name not in there
            ]
        lacks.append(listed(dict.fromkeys(names)))
    return lacks


def finder(kind: str) -> Callable[[DoneSteps, Rule], Found]:
    """What finds the breaches of a kind of rule."""
    place = KINDS[kind].finder
    if not isinstance(place, str):
        return place
    module, _, name = place.rpartition(".")
    found: Callable[[DoneSteps, Rule], Found] = getattr(
        import_module(f"efficiency.findings.rules.{module}"), name
    )
    return found


def _found(done: DoneSteps, rule: Rule, registers: Registers) -> Found:
    if rule.register:
        return finder(rule.kind)(done, rule, registers[rule.register.log])  # type: ignore[call-arg]
    return finder(rule.kind)(done, rule)


def _of_rule(proofs: ir.Table, scoped: ir.Table, number: int, *, waits: bool) -> ir.Table:
    """Take the proofs of cases in scope; those of open cases wait where the rule lets them."""
    told = proofs.join(scoped, "case")
    return told.select(
        "case",
        "row",
        "what",
        number=ibis.literal(number).cast("int64"),
        waits=told.open & ibis.literal(waits),
    ).select(*_NOTHING.columns)


def _with_dates(events: Events, proofs: ir.Table) -> ir.Table:
    """Mark the proofs whose moment is known to the day only: their place in the order is not."""
    if not events.bare:
        return proofs.mutate(bare=ibis.literal(value=False))
    steps = events.steps.filter(events.steps.end_bare)
    dates = steps.select("case", row=steps.row.cast("int64"), bare=ibis.literal(value=True))
    joined = proofs.left_join(dates, ["case", "row"])
    return joined.select(*proofs.columns, bare=joined.bare.fill_null(False))


def _deviations(proofs: ir.Table, rules: Sequence[Rule], language: Language) -> ir.Table:
    """Bring the proofs of a case together."""
    grouped = proofs.group_by("number", "case").aggregate(
        rows=_gathered(proofs.row),
        whats=_gathered(proofs.what),
        bare=proofs.bare.cast("int64").max() == 1,
    )
    ordered = [at for at, rule in enumerate(rules) if rule.form.by_order]
    doubt = grouped.bare & (grouped.number.isin(ordered) if ordered else ibis.literal(value=False))
    rows = grouped.rows.map(lambda row: row.cast("string")).join(";")
    whats = grouped.whats.join(comma(language))
    parts = [around(rule, language) for rule in rules]
    before, after = (
        ibis.cases(*((grouped.number == at, part[side]) for at, part in enumerate(parts)), else_="")
        if parts else ibis.literal("")
        for side in (0, 1)
    )  # fmt: skip
    return grouped.select(
        "number",
        "case",
        rows=rows.fill_null(""),
        detail=before + whats.fill_null("") + after + doubt.ifelse(dates_only(language), ""),
    )


def _gathered(values: Any) -> Any:
    """Give the values of a group, each once, in order."""
    return values.collect(distinct=True).sort()


def _named(rows: ir.Table, cases: ir.Table, rules: Sequence[Rule]) -> ir.Table:
    ids = [(rows.number == at, rule.rule_id) for at, rule in enumerate(rules)]
    told = rows.mutate(rule_id=ibis.cases(*ids, else_="") if ids else ibis.literal(""))
    return told.join(cases.select("case", "case_id"), "case")


def _numbers(events: Events, counts: Sequence[ir.Table]) -> tuple[int, ...]:
    if not counts:
        return ()
    return tuple(events.frame(engine.union(counts).order_by("number"))["times"].tolist())
