"""What a review computes of one log: its tables, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd

from efficiency import tables
from efficiency._doors.toml import line_of
from efficiency.evidence.log.quality import log_quality
from efficiency.facts.events import Events, observed
from efficiency.facts.flows import edges, ends, rework, variants
from efficiency.facts.handovers import approvals, handovers, involvement, referrals
from efficiency.facts.models import discover
from efficiency.facts.times import (
    case_times,
    completion,
    monthly_volume,
    step_summary,
    step_times,
)
from efficiency.facts.waiting.summary import waiting_summary
from efficiency.facts.waiting.waits import waiting
from efficiency.findings.conformance import Conformance, conformance
from efficiency.findings.groups.comparisons import compare
from efficiency.findings.rules.deviations import hold
from efficiency.findings.standards.compliance import compliance
from efficiency.findings.standards.judgements import judge, not_started
from efficiency.findings.time.balance import balance
from efficiency.problems import Problem, SettingsError
from efficiency.report.chapters.procedure import Organisation, Procedure
from efficiency.report.chapters.whole import LogStudy
from efficiency.reviews.inputs import Inputs

Frames = dict[str, pd.DataFrame]
Period = tuple[str, str] | None


@contextmanager
def opened(inputs: Inputs, name: str, period: Period) -> Iterator[Events]:
    """
    Order and enrich one log of a review for as long as it is worked on.

    Raises
    ------
    SettingsError
        If no case of it began in the period.
    """
    settings = inputs.folder.settings
    with observed(
        inputs.records[name].log,
        inputs.calendar,
        cutoff=inputs.cutoff,
        closed_by=settings.logs[name].closed_by,
        period=period,
    ) as events:
        if period and not events.frame(events.cases.limit(1)).size:
            details = {"log": name, "first": period[0], "last": period[1]}
            line = line_of(inputs.folder.path / "review.toml", "period")
            raise SettingsError([Problem("no_cases", details, file="review.toml", line=line)])
        yield events


def is_register(events: Events) -> bool:
    """Tell whether a log has one entry a case, so that nothing flows in it."""
    counts = events.cases.aggregate(most=events.cases.steps.max())
    return bool(events.frame(counts)["most"].fillna(0).iloc[0] <= 1)


def analysed(events: Events, inputs: Inputs, name: str) -> tuple[Frames, LogStudy]:
    """
    Compute every table of one log that needs no other log and no test.

    Parameters
    ----------
    events
        The log, as `opened` gives it.
    inputs
        What the review reads.
    name
        The log's name.

    Returns
    -------
    tuple
        The tables by name, each with a column ``log``, and what the first chapters tell.
    """
    timed = case_times(events)
    found = _facts(events, inputs, name, timed)
    found |= _judged(events, inputs, name) | _ruled(events, inputs, name)
    held = _conformed(events, inputs, name)
    found |= _departed(held, name)
    return found, _log_study(inputs, name, found, events, held, completion(timed))


def measured(events: Events, inputs: Inputs, name: str, kinds: Collection[str]) -> Frames:
    """
    Compute the tables of one log by which findings of some kinds are measured.

    Parameters
    ----------
    events, inputs, name
        As for `analysed`.
    kinds
        Kinds of findings; in a register nothing flows, so that only rules and standards count.
    """
    kinds = set(kinds) & {"rule", "standard"} if is_register(events) else set(kinds)
    plain: dict[str, Callable[[], pd.DataFrame]] = {
        "rework": lambda: rework(events),
        "slow_group": lambda: comparisons(events, inputs, name),
        "waiting": lambda: waiting_summary(waiting(events, precedence="desk")),
        "backlog": lambda: balance(events),
    }
    names = {
        "rework": "rework",
        "slow_group": "comparisons",
        "waiting": "waiting",
        "backlog": "balance",
    }
    found = {names[kind]: of_log(make(), name) for kind, make in plain.items() if kind in kinds}
    if {"standard", "slow_step"} & kinds:
        found |= _judged(events, inputs, name)
    if "slow_step" in kinds:
        found["steps"] = of_log(step_times(events), name)
        found["step_summary"] = of_log(step_summary(events), name)
    return found | (_ruled(events, inputs, name) if "rule" in kinds else {})


def comparisons(events: Events, inputs: Inputs, name: str) -> pd.DataFrame:
    """Compare the groups of one log, as its settings ask."""
    log = inputs.folder.settings.logs[name]
    return compare(events, mix=log.case_mix, applicant=log.applicant)


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """
    Put the same table of several logs into one.

    Notes
    -----
    A table without rows, or a column without values, has no types to bring along.

    Examples
    --------
    >>> both = [pd.DataFrame({"log": ["a"], "n": [1]}), pd.DataFrame({"log": ["b"], "n": [None]})]
    >>> stacked(both)["log"].tolist()
    ['a', 'b']
    """
    held = [part for part in parts if len(part)] or [parts[0]]
    if len(held) == 1:
        return held[0].reset_index(drop=True)
    known = [part.dropna(axis=1, how="all") for part in held]
    return pd.concat(known, ignore_index=True).reindex(columns=held[0].columns)


def of_log(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """
    Put the log's name in front of a table.

    Examples
    --------
    >>> of_log(pd.DataFrame({"n": [3]}), "incoming").values.tolist()
    [['incoming', 3]]
    """
    return frame.assign(log=name)[["log", *frame.columns]]


def _facts(events: Events, inputs: Inputs, name: str, timed: pd.DataFrame) -> Frames:
    record = inputs.records[name]
    found = {
        "cases": timed[tables.CASES.names],
        "steps": step_times(events),
        "variants": variants(events),
        "edges": edges(events),
        "ends": ends(events),
        "step_summary": step_summary(events),
        "rework": rework(events).astype({"example_row": "Int64"}),
        "handovers": handovers(events),
        "involvement": involvement(events),
        "referrals": referrals(events),
        "quality": log_quality(record.log),
        "rejected": record.rejected,
        "changed": record.changed,
    }
    return {table: of_log(frame, name) for table, frame in found.items()}


def _judged(events: Events, inputs: Inputs, name: str) -> Frames:
    standards = inputs.standards_of(name)
    if standards.empty:
        empty = {c.name: pd.Series(dtype=object) for c in tables.JUDGEMENTS.columns}
        return {
            "judgements": pd.DataFrame(empty),
            "compliance": pd.DataFrame(columns=tables.COMPLIANCE.names),
        }
    judgements = judge(events, standards, warn=False)
    waiting = not_started(events, standards)
    return {"judgements": judgements, "compliance": compliance(judgements, standards, waiting)}


def _ruled(events: Events, inputs: Inputs, name: str) -> Frames:
    """Hold the rules against one log; the log's name stands last, behind the contract's columns."""
    held = hold(events, inputs.rules_of(name), inputs.registers_of(name), inputs.language)
    frames = {
        "deviations": held.deviations.order_by("number", "case"),
        "pending": held.pending.order_by("number", "case"),
    }
    columns = {"deviations": tables.DEVIATIONS.names, "pending": ["rule_id", "case_id"]}
    found = {table: events.frame(expr.select(*columns[table])) for table, expr in frames.items()}
    return {
        table: frame.assign(log=name) for table, frame in {**found, "rules": held.summary()}.items()
    }


def _conformed(events: Events, inputs: Inputs, name: str) -> Conformance | None:
    """Hold a log against its prescribed flow, if it has one."""
    flow = inputs.flows.get(name)
    return None if flow is None else conformance(events, flow)


def _departed(held: Conformance | None, name: str) -> Frames:
    if held is None:
        return {}
    parts = {
        "conformance": held.summary,
        "departures": held.departures,
        "alignments": held.variants,
        "unaligned": held.left_out,
    }
    return {table: of_log(part, name) for table, part in parts.items()}


def _organisation(events: Events, facts: Frames, inputs: Inputs, name: str) -> Organisation:
    log = inputs.folder.settings.logs[name]
    hubs = [rule.a for rule in inputs.rules_of(name) if rule.kind == "hub"]
    levels = approvals(events, log.approvals, by=log.role) if log.approvals else pd.DataFrame()
    return Organisation(
        facts["handovers"].drop(columns="log"),
        facts["involvement"].drop(columns="log"),
        levels,
        hubs[0] if hubs else None,
    )


def _log_study(
    inputs: Inputs,
    name: str,
    facts: Frames,
    events: Events,
    held: Conformance | None,
    completed: pd.DataFrame,
) -> LogStudy:
    record, cases = inputs.records[name], facts["cases"]
    counts = {
        "rows": record.rows,
        "accepted": record.rows - len(record.rejected),
        "rejected": len(record.rejected),
        "changed": len(record.changed),
        "cases": len(cases),
        "steps": int(cases["steps"].sum()),
        "open": int(cases["open"].sum()),
    }
    return LogStudy(
        name=name,
        file=inputs.files[name].name,
        encoding=record.encoding,
        counts=counts,
        first=cases["first"].min(),
        last=cases["last"].max(),
        quality=facts["quality"].drop(columns="log"),
        variants=facts["variants"].drop(columns="log"),
        edges=facts["edges"].drop(columns="log"),
        ends=facts["ends"].drop(columns="log"),
        volume=monthly_volume(events),
        completed=completed,
        summary=facts["step_summary"].drop(columns="log"),
        organisation=_organisation(events, facts, inputs, name),
        procedure=Procedure(
            conformance=held,
            model=None if held is None else discover(events),
            flow_name="" if held is None else inputs.flows[name].name,
            rules=inputs.rules_of(name),
            adherence=facts["rules"],
        ),
    )
