"""Which tables a review has, and the one function that each comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.prescribed_flows import Flow
from efficiency.criteria.rules import Rule
from efficiency.criteria.standards import Standard
from efficiency.evidence.log.quality import log_quality
from efficiency.evidence.log_record import Record
from efficiency.facts.events import Events, attribute_values, begun_in
from efficiency.facts.flows import edges, ends, rework, variants
from efficiency.facts.handovers import approvals, handovers, involvement, referrals
from efficiency.facts.models import Model, discover
from efficiency.facts.overview import overview
from efficiency.facts.timelines import dots, spectrum
from efficiency.facts.times import (
    case_times,
    completion,
    monthly_volume,
    step_summary,
    step_times,
)
from efficiency.facts.waiting.summary import waiting_summary
from efficiency.facts.waiting.waits import waiting
from efficiency.facts.workload import workload
from efficiency.findings.conformance import Conformance, conformance
from efficiency.findings.covers import covers
from efficiency.findings.errors import error_gaps, errors
from efficiency.findings.groups.case_mix import case_attributes
from efficiency.findings.groups.categories import categories
from efficiency.findings.groups.comparisons import compare, group_times
from efficiency.findings.groups.matters import matters
from efficiency.findings.groups.outcomes import outcomes
from efficiency.findings.groups.shares import compare_shares
from efficiency.findings.kinds.slow_step import waiting_shares
from efficiency.findings.rates import funnel
from efficiency.findings.rules.held import Held, hold
from efficiency.findings.rules.proofs import proofs
from efficiency.findings.rules.urging import urging
from efficiency.findings.standards.associations import LEAST, TREE, explained_shares, tree
from efficiency.findings.standards.bunching import bunching, due_histogram
from efficiency.findings.standards.calibration import calibration, held_back
from efficiency.findings.standards.circumstances import circumstances
from efficiency.findings.standards.compliance import compliance
from efficiency.findings.standards.judgements import judge, not_started
from efficiency.findings.standards.lights import lights
from efficiency.findings.standards.margins import margins
from efficiency.findings.standards.risk import overdue_risk
from efficiency.findings.time.balance import balance
from efficiency.findings.time.changes import Reform, Window, changes
from efficiency.findings.time.control import cycle_chart
from efficiency.findings.works import works

#: Months that the risks of open cases are tried on; more take longer.
HELD_BACK = 3
#: Of naming a circumstance of lateness that has nothing to do with it, over all standards.
RISK = 0.05

Frame: TypeAlias = pd.DataFrame


# --- what a table comes from where that is more than one function of the public ones


def _rejected(record: Record) -> Frame:
    return record.rejected


def _changed(record: Record) -> Frame:
    return record.changed


def _overview(
    record: Record,
    cases: Frame,
    variants: Frame,
    completion: Frame,
    steps: Frame,
    day_hours: float,
    cases_before: int | None,
) -> Frame:
    return overview(
        cases, variants, completion, steps, day_hours, cases_before, record.rows,
        len(record.rejected),
    )  # fmt: skip


def _approvals(log: Events, approvals_of: Sequence[str], role: str) -> Frame:
    return approvals(log, approvals_of, by=role) if approvals_of else tables.APPROVALS.empty()


def _handovers(log: Events, returns: Sequence[str]) -> Frame:
    whole: Frame = handovers(log, returns=returns)
    return whole


def _waits(log: Events) -> Frame:
    """The waiting of each step, where the desk explains what it can first."""
    whole: Frame = waiting(log, precedence="desk")
    return whole


def _held(log: Events, rules: tuple[Rule, ...], registers: Any, language: Any) -> Held:
    """The rules held against the log, all at once: three tables come of it."""
    return hold(log, rules, registers, language)


def _deviations(log: Events, held: Held) -> Frame:
    rows = held.deviations.order_by("number", "case").select(*tables.DEVIATIONS.names)
    return log.frame(rows)


def _pending(log: Events, held: Held) -> Frame:
    return log.frame(held.pending.order_by("number", "case").select("rule_id", "case_id"))


def _undecidable(log: Events, held: Held) -> Frame:
    rows = held.unknown.order_by("number", "case")
    return log.frame(rows.select("rule_id", "case_id", "reason"))


def _adherence(held: Held) -> Frame:
    return held.summary()


def _aligned(log: Events, flow: Flow | None) -> Conformance | None:
    """The log held against its prescribed flow, if it has one: four tables come of it."""
    return None if flow is None else conformance(log, flow)


def _model(log: Events) -> Model:
    return discover(log)


def _of_aligned(part: str) -> Callable[..., Frame | None]:
    def table(aligned: Conformance | None) -> Frame | None:
        return None if aligned is None else getattr(aligned, part)

    return table


def _comparisons(
    log: Events,
    case_mix: Sequence[str] | None,
    applicant: str | None,
    known: Sequence[str] | None,
) -> Frame:
    return compare(log, mix=case_mix, applicant=applicant, known=known)


def _outcomes(log: Events, circumstances: Frame, held: Held, caused: Sequence[str]) -> Frame:
    return outcomes(log, circumstances, held, caused)


def _group_times(log: Events, case_mix: Sequence[str] | None, known: Sequence[str] | None) -> Frame:
    return group_times(log, case_mix, known)


def _first_values(log: Events, known: Sequence[str] | None) -> Frame:
    """When each case began and ended, and what tells it apart from the start."""
    cases = case_times(log)
    ended = cases["last"].where(~cases["open"])
    whole: Frame = cases[["case_id", "first", *case_attributes(log, known)]]
    return whole.assign(ended=ended)


def _shares(
    log: Events, outcomes: Frame, case_mix: Sequence[str] | None, known: Sequence[str] | None
) -> Frame:
    return compare_shares(log, outcomes, case_mix, known)


def _changes(
    log: Events,
    period: Window | None,
    baseline: Window | None,
    reforms: Iterable[Reform],
    case_mix: Sequence[str] | None,
    known: Sequence[str] | None,
) -> Frame:
    """The period against the baseline, which lies outside it, and shifts in both."""
    if baseline is None:
        return changes(log, reforms=list(reforms), mix=case_mix, known=known)
    return changes(
        log, baseline=baseline, period=period, reforms=list(reforms), mix=case_mix, known=known
    )


def _quality(log: Frame, closers: Sequence[str], limits: Sequence[Standard]) -> Frame:
    """What is doubtful in a log, less what the review answers: what closes a case, what is due."""
    table = log_quality(log)
    answered = (table["check"] == "one_stamp") & bool(closers)
    own = [one for limit in limits for one in (limit.own, limit.extends_to) if one is not None]
    read = {one.column for one in own}
    answered |= (table["check"] == "unread_dates") & table["detail"].isin(read)
    return table[~answered].reset_index(drop=True)


def _held_back(log: Events, standards: Frame, risk: Frame) -> Frame:
    """The risks of the past, where there are any of today that they could bear out."""
    if not risk["risk"].notna().any():
        return tables.HELD_BACK.empty()
    return held_back(log, standards, months=HELD_BACK)


def _circumstances(
    log: Events, judgements: Frame, standards: Frame, known: Sequence[str] | None
) -> Frame:
    return circumstances(log, judgements, standards, known=known)


def _kinds_of(log: Events, category: str, span: Window | None = None) -> Frame:
    """What each case is about, and when it came in: ``case_id, category, at``."""
    cases = log.cases if span is None else begun_in(log.cases, span)
    known = attribute_values(log, [category])
    told = cases.select("case_id", at="first").join(known, "case_id")
    rows = log.frame(told.select("case_id", "at", category=told[category]).order_by("case_id"))
    return rows.assign(category=rows["category"].fillna("").astype(str))


def _categories(
    log: Events, everything: Events, category: str | None, cases: Frame,
    baseline: Window | None, cases_before: int | None, day_hours: float,
) -> Frame:  # fmt: skip
    if category is None:
        return tables.CATEGORIES.empty()
    # Of a time before the record its zeros would be no zeros.
    before = _kinds_of(everything, category, baseline) if baseline and cases_before else None
    return categories(_kinds_of(log, category), cases, before, day_hours)


def _errors(
    log: Events, category: str | None, errors_of: Mapping[str, Sequence[str]],
    handled: Callable[[], Mapping[str, int]],
) -> Frame:  # fmt: skip
    if category is None or not errors_of:
        return tables.ERRORS.empty()
    return errors(_kinds_of(log, category), errors_of, handled())


def _error_gaps(
    log: Events, category: str | None, errors_of: Mapping[str, Sequence[str]], calendar: Calendar
) -> Frame:
    if category is None or not errors_of:
        return tables.ERROR_GAPS.empty()
    kinds = _kinds_of(log, category)
    return error_gaps(kinds[kinds["category"].isin(list(errors_of))], calendar)


def _covers(log: Events, absences: Frame | None) -> Frame:
    return tables.COVERS.empty() if absences is None else covers(log, absences)


def _by_standard(known: Frame, columns: Sequence[str], of: Callable[[Frame], Frame]) -> Frame:
    """Something of each standard that has cases enough, some late and some not."""
    parts = [
        of(rows).assign(standard_id=standard)
        for standard, rows in (known.groupby("standard_id") if len(known) else ())
        if rows["late"].nunique() == 2 and len(rows) >= LEAST
    ]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in ("standard_id", *columns)})
    whole = pd.concat(parts, ignore_index=True)
    return whole[["standard_id", *whole.columns.drop("standard_id")]]


def _factors(circumstances: Frame) -> Frame:
    return _by_standard(circumstances, (), lambda rows: explained_shares(rows, "late"))


def _trees(circumstances: Frame) -> Frame:
    """Each standard's tree; the chance of parting what nothing parts is that of all together."""
    many = max(circumstances["standard_id"].nunique(), 1) if len(circumstances) else 1
    return _by_standard(circumstances, TREE, lambda rows: tree(rows, risk=RISK / many))


def _units(circumstances: Frame) -> Frame:
    return _by_standard(circumstances, (), _by_unit)


def _by_unit(rows: Frame) -> Frame:
    """Each unit's share of late cases against what chance allows for its number of cases."""
    known = rows[rows["unit"] != ""]
    counts = known.groupby("unit")["late"].agg(["sum", "size"]).reset_index()
    return funnel(counts.set_axis(["name", "k", "n"], axis=1))


#: Each table's one function. Its arguments name the tables, and the inputs of a study, that it
#: needs; ``log`` is the log as it was observed over the span of the table's contract.
TABLES: dict[str, Callable[..., Any]] = {
    # the record
    "quality": _quality,
    "rejected": _rejected,
    "changed": _changed,
    # what happened
    "overview": _overview,
    "works": works,
    "matters": matters,
    "categories": _categories,
    "errors": _errors,
    "error_gaps": _error_gaps,
    "covers": _covers,
    "cases": case_times,
    "steps": step_times,
    "variants": variants,
    "edges": edges,
    "ends": ends,
    "volume": monthly_volume,
    "completion": completion,
    "step_summary": step_summary,
    "dots": dots,
    "spectrum": spectrum,
    "rework": rework,
    "handovers": _handovers,
    "involvement": involvement,
    "referrals": referrals,
    "approvals": _approvals,
    "waits": _waits,
    "waiting": waiting_summary,
    "awaited": waiting_shares,
    "workload": workload,
    # held against limits
    "judgements": judge,
    "not_started": not_started,
    "compliance": compliance,
    "margins": margins,
    "lights": lights,
    "bunching": bunching,
    "due": due_histogram,
    "circumstances": _circumstances,
    "factors": _factors,
    "trees": _trees,
    "units": _units,
    "risk": overdue_risk,
    "held_back": _held_back,
    "calibration": calibration,
    # held against procedure
    "adherence": _adherence,
    "deviations": _deviations,
    "proofs": proofs,
    "urging": urging,
    "pending": _pending,
    "undecidable": _undecidable,
    "conformance": _of_aligned("summary"),
    "departures": _of_aligned("departures"),
    "alignments": _of_aligned("variants"),
    "unaligned": _of_aligned("left_out"),
    # held against their like
    "comparisons": _comparisons,
    "shares": _shares,
    # held against before
    "changes": _changes,
    "balance": balance,
    "control": cycle_chart,
}
#: What several tables come from, and is no table itself.
PARTS: dict[str, Callable[..., Any]] = {
    "held": _held,
    "aligned": _aligned,
    "model": _model,
    "outcomes": _outcomes,
    "group_times": _group_times,
    "first_values": _first_values,
}
#: Tables of tests, whose p are adjusted together over all logs of a review.
TESTED = ("comparisons", "shares", "changes", "balance")
#: Where a function's argument has another name than the table.
SYNONYMS = {"risks": "held_back"}

_FLOWS, _JUDGED, _PENDING = "flows", "judged", "undecided"
#: What a review writes, by the name of its file, and what must be there for it: a prescribed flow,
#: a log in which something flows, judgements, clocks that still run.
WRITTEN: dict[str, tuple[str, tuple[str, ...]]] = {
    **{
        name: (name, ())
        for name in (
            "overview", "works", "categories", "errors", "error_gaps", "covers",
            "volume", "quality", "rejected", "changed", "cases", "steps",
            "variants",
            "edges", "ends", "step_summary", "rework", "handovers", "involvement", "referrals",
            "judgements", "compliance", "deviations", "proofs", "urging", "pending",
            "undecidable",
        )
    },
    "rules": ("adherence", ()),
    **{
        name: (name, ("flow",))
        for name in ("conformance", "departures", "alignments", "unaligned")
    },
    **{
        name: (name, (_FLOWS,))
        for name in (
            "matters", "waiting", "awaited", "balance", "workload", "comparisons", "shares",
            "changes", "factors", "trees", "units", "control",
        )
    },
    **{name: (name, (_FLOWS, _JUDGED)) for name in ("bunching", "due")},
    "lights": ("lights", (_PENDING,)),
    **{name: (name, (_FLOWS, _PENDING)) for name in ("risk", "calibration")},
}  # fmt: skip
#: Tables in which the log's name stands last, behind the columns of the contract.
LOG_LAST = ("compliance", "deviations", "pending", "undecidable", "rules")
