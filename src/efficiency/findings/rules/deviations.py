"""Which cases broke which rule of procedure, and how far each rule was kept."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.rules import Rule, parse_rules, unfit_rules
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.findings.rules.held import Held, Registers, hold
from efficiency.language import Language
from efficiency.problems import SettingsError

__all__ = ["Held", "adherence", "check_names", "deviations", "hold"]


def deviations(
    log: Log | Events,
    rules: pd.DataFrame,
    cutoff: pd.Timestamp | str | None = None,
    *,
    calendar: Calendar | None = None,
    period: Sequence[str] | None = None,
    closed_by: ClosedBy = (),
    registers: Registers | None = None,
    language: Language = "zh",
) -> Any:
    """
    The cases that broke a rule of procedure, with the rows that prove it.

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
        Keep the cases whose first moment lies between two dates, both included; None: all.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is. What an open
        case may still mend is pending, and no deviation.
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
    TableError
        If the log or the rules break their contract.
    SettingsError
        If a rule cannot be read or its scope names a column that the log has not.
    ArgumentError
        If observed events fix already what is given beside them.

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
    parsed = parse_rules(rules)
    with observed(log, calendar, cutoff=cutoff, closed_by=closed_by, period=period) as events:
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
    closed_by: ClosedBy = (),
    registers: Registers | None = None,
) -> pd.DataFrame:
    """
    How far each rule was kept, one row a rule.

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
    parsed = parse_rules(rules)
    with observed(log, calendar, cutoff=cutoff, closed_by=closed_by, period=period) as events:
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
