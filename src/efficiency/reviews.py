"""One review: ``review.toml`` in, ``output/`` out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from efficiency import tables
from efficiency._toml import line_of
from efficiency.evidence.log import Record
from efficiency.evidence.quality import log_quality
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
from efficiency.findings.breaches import rule_findings, typical_case
from efficiency.findings.compliance import compliance
from efficiency.findings.conformance import Conformance, conformance
from efficiency.findings.deviations import hold
from efficiency.findings.finding import Finding, ranked
from efficiency.findings.judgements import judge, not_started
from efficiency.findings.shortfalls import (
    own_limit_findings,
    own_limits,
    rework_findings,
    slow_step_findings,
    standard_findings,
)
from efficiency.inputs import Inputs, Progress, read_inputs, silent
from efficiency.outputs import write_output
from efficiency.problems import Problem, SettingsError
from efficiency.report.chapters import LogStudy, Study, tell
from efficiency.report.page import render
from efficiency.report.procedure import Organisation, Procedure
from efficiency.words import phrase

#: Rows of evidence that the report shows under a finding, and steps of a typical case.
MOST_ROWS, MOST_STEPS = 5, 40


@dataclass(frozen=True)
class Review:
    """What came of a review: its tables and findings, and where they were written."""

    output: Path
    tables: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def review(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
) -> Review:
    """
    Carry out a review and write its output.

    Parameters
    ----------
    folder
        The review's folder; it holds ``review.toml``.
    logs
        Absolute paths of logs, by name, in place of those in ``review.toml``.
    progress
        Is told what is being done, and which part of the whole is done by then.

    Returns
    -------
    Review
        The tables and findings; ``output/`` in the folder holds them too, with ``report.html``,
        ``findings.json`` and ``manifest.json``. Two runs on the same input write the same bytes.

    Raises
    ------
    SettingsError
        Lists everything that is wrong with the inputs; an earlier output stays as it is.
    """
    inputs = read_inputs(folder, logs=logs, progress=progress)
    study, found = _study(inputs, progress)
    progress("report", 0.85)
    page = render(tell(study))
    progress("write", 0.95)
    output = write_output(inputs, found, study.findings, page)
    progress("done", 1.0)
    return Review(output, found, study.findings, study.notices)


def _study(inputs: Inputs, progress: Progress) -> tuple[Study, dict[str, pd.DataFrame]]:
    """Compute every table and finding, log by log."""
    settings = inputs.folder.settings
    found: dict[str, list[pd.DataFrame]] = {}
    told, findings, notices = [], list[Finding](), list(inputs.notices)
    period = None if settings.period is None else tuple(day.isoformat() for day in settings.period)
    for number, (name, record) in enumerate(inputs.records.items()):
        done = 0.3 + 0.55 * number / len(inputs.records)
        with ExitStack() as stack:
            progress(f"order {name}", done)
            events = stack.enter_context(
                observed(
                    record.log,
                    inputs.calendar,
                    cutoff=inputs.cutoff,
                    closed_by=settings.logs[name].closed_by,
                    period=period,
                )
            )
            if period and not events.frame(events.cases.limit(1)).size:
                details = {"log": name, "first": period[0], "last": period[1]}
                line = line_of(inputs.folder.path / "review.toml", "period")
                raise SettingsError([Problem("no_cases", details, file="review.toml", line=line)])
            progress(f"measure {name}", done + 0.1 / len(inputs.records))
            timed = case_times(events)
            facts = _facts(events, record, name, timed)
            progress(f"judge {name}", done + 0.3 / len(inputs.records))
            facts |= _judged(events, inputs, name)
            progress(f"procedure {name}", done + 0.4 / len(inputs.records))
            facts |= _ruled(events, inputs, name)
            held = _conformed(events, inputs, name)
            facts |= _departed(held, name)
            told.append(_log_study(inputs, name, facts, events, held, completion(timed)))
            findings += _findings(inputs, name, facts, told[-1].summary)
        for table, frame in facts.items():
            found.setdefault(table, []).append(frame)
        if len(facts["cases"]) and facts["cases"]["open"].all():
            notices.append(phrase("all_open", inputs.language, log=name))
    # A table without rows has no types to bring along.
    whole = {
        table: pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        for table, parts in found.items()
    }
    study = Study(
        title=settings.title,
        language=inputs.language,
        cutoff=inputs.cutoff,
        calendar=inputs.calendar,
        logs=tuple(told),
        standards=inputs.standards,
        compliance=whole["compliance"],
        findings=ranked(findings),
        period=period or (),
        notices=tuple(notices),
        small_cell=settings.small_cell,
        evidence={finding.id: _evidence(finding, whole, inputs) for finding in findings},
    )
    return study, whole


def _evidence(finding: Finding, found: dict[str, pd.DataFrame], inputs: Inputs) -> pd.DataFrame:
    """Pick the rows that show a finding best: the worst of its first cases, or a typical case."""
    subject, cases = dict(finding.subject), finding.cases[:MOST_ROWS]
    if "rule_id" in subject:
        return _typical(subject["rule_id"], found, inputs)
    if "standard_id" in subject:
        rows = found["judgements"]
        rows = rows[rows["standard_id"] == subject["standard_id"]]
        columns, worst = ["case_id", "from_time", "due", "to_time", "over_hours"], "over_hours"
    else:
        rows = found["steps"]
        rows = rows[(rows["log"] == subject["log"]) & (rows["activity"] == subject["activity"])]
        hours = ["queue_hours", "handling_hours", "work_hours"]
        columns, worst = ["case_id", "row", "unit", *hours], "work_hours"
    shown = rows[rows["case_id"].isin(cases)].sort_values(
        [worst, "case_id"], ascending=[False, True]
    )
    return shown[columns].head(MOST_ROWS)


def _typical(rule_id: str, found: dict[str, pd.DataFrame], inputs: Inputs) -> pd.DataFrame:
    """Tell a typical case step by step; the rows that prove the breach are marked."""
    chosen = typical_case(found["deviations"], found["cases"], rule_id)
    log = inputs.records[chosen["log"]].log
    steps = log[log["case_id"] == chosen["case_id"]]
    seen = steps[["received", "start", "end"]].le(inputs.cutoff)
    steps = steps[seen.any(axis=1)].assign(end=steps["end"].where(seen["end"]))
    ordered = steps.sort_values(["end", "row"], kind="stable", na_position="last")
    proof = set(chosen["rows"].split(";"))
    shown = ordered[["row", "activity", "unit", "actor", "received", "end"]].head(MOST_STEPS)
    marks = shown["row"].astype(str).isin(proof).map({True: "●", False: ""})
    told = shown.assign(proof=marks, case_id=chosen["case_id"], detail=chosen["detail"])
    return told[["proof", *shown.columns, "case_id", "detail"]]


def _facts(
    events: Events, record: Record, name: str, timed: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    facts = {
        "cases": timed[tables.CASES.names],
        "steps": step_times(events),
        "variants": variants(events),
        "edges": edges(events),
        "ends": ends(events),
        "rework": rework(events).astype({"example_row": "Int64"}),
        "handovers": handovers(events),
        "involvement": involvement(events),
        "referrals": referrals(events),
        "quality": log_quality(record.log),
        "rejected": record.rejected,
        "changed": record.changed,
    }
    return {
        table: frame.assign(log=name)[["log", *frame.columns]] for table, frame in facts.items()
    }


def _judged(events: Events, inputs: Inputs, name: str) -> dict[str, pd.DataFrame]:
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


def _ruled(events: Events, inputs: Inputs, name: str) -> dict[str, pd.DataFrame]:
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


def _departed(held: Conformance | None, name: str) -> dict[str, pd.DataFrame]:
    if held is None:
        return {}
    parts = {
        "conformance": held.summary,
        "departures": held.departures,
        "alignments": held.variants,
        "unaligned": held.left_out,
    }
    return {table: part.assign(log=name)[["log", *part.columns]] for table, part in parts.items()}


def _organisation(
    events: Events, facts: dict[str, pd.DataFrame], inputs: Inputs, name: str
) -> Organisation:
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
    facts: dict[str, pd.DataFrame],
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
        summary=step_summary(events),
        organisation=_organisation(events, facts, inputs, name),
        procedure=Procedure(
            conformance=held,
            model=None if held is None else discover(events),
            flow_name="" if held is None else inputs.flows[name].name,
            rules=inputs.rules_of(name),
            adherence=facts["rules"],
        ),
    )


def _findings(
    inputs: Inputs, name: str, facts: dict[str, pd.DataFrame], summary: pd.DataFrame
) -> list[Finding]:
    language, small = inputs.language, inputs.folder.settings.small_cell
    own = own_limits(standard for standard in inputs.parsed if standard.log in {name, ""})
    steps, judgements = facts["steps"], facts["judgements"]
    standards = inputs.standards_of(name)
    return [
        *standard_findings(judgements, facts["compliance"], standards, language, small),
        *slow_step_findings(name, summary, steps, own, language, small),
        *own_limit_findings(name, own, judgements, language, small),
        *rework_findings(name, facts["rework"], steps, language, small),
        *rule_findings(inputs.rules_of(name), facts["rules"], facts["deviations"], language, small),
    ]
