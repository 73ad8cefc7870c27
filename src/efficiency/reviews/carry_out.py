"""One review: ``review.toml`` in, ``output/`` out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from efficiency.findings.breaches import rule_findings
from efficiency.findings.congestion import backlog_findings, waiting_findings
from efficiency.findings.differences import (
    adjusted,
    change_findings,
    day_hours_of,
    goes_with,
    group_findings,
)
from efficiency.findings.finding import Finding, ranked
from efficiency.findings.shortfalls import (
    own_limit_findings,
    own_limits,
    rework_findings,
    slow_step_findings,
    standard_findings,
)
from efficiency.findings.standards.associations import TREE
from efficiency.report.chapters.causes_told import Causes
from efficiency.report.chapters.whole import Study, tell
from efficiency.report.page.page import render
from efficiency.reviews.analyses import Frames, Period, analysed, opened, stacked
from efficiency.reviews.exhibits import exhibit
from efficiency.reviews.inputs import Inputs, Progress, read_inputs, silent
from efficiency.reviews.investigations import investigated
from efficiency.reviews.outputs import write_output
from efficiency.reviews.registry import register
from efficiency.words import phrase

#: Tables of tests, whose p are adjusted together.
_TESTS = ("comparisons", "changes", "balance")


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


def _study(inputs: Inputs, progress: Progress) -> tuple[Study, Frames]:
    """Compute every table and finding: log by log, then what takes all of them."""
    settings = inputs.folder.settings
    found: dict[str, list[pd.DataFrame]] = {}
    told, notices = [], list(inputs.notices)
    period = _dates(inputs)
    for number, name in enumerate(inputs.records):
        begun, part = 0.3 + 0.5 * number / len(inputs.records), 0.5 / len(inputs.records)
        progress(f"order {name}", begun)
        with opened(inputs, name, period) as events:
            progress(f"measure {name}", begun + 0.1 * part)
            frames, of_log = analysed(events, inputs, name)
            progress(f"investigate {name}", begun + 0.5 * part)
            frames |= investigated(events, inputs, name, frames["judgements"])
        told.append(of_log)
        for table, frame in frames.items():
            found.setdefault(table, []).append(frame)
        if len(frames["cases"]) and frames["cases"]["open"].all():
            notices.append(phrase("all_open", inputs.language, log=name))
    whole = {table: stacked(parts) for table, parts in found.items()}
    tests = [table for table in _TESTS if table in whole]
    whole |= dict(zip(tests, adjusted(*(whole[table] for table in tests)), strict=True))
    findings = ranked(_findings(inputs, whole))
    progress("points", 0.82)
    whole |= register(inputs, whole, findings, period)
    study = Study(
        title=settings.title,
        language=inputs.language,
        cutoff=inputs.cutoff,
        calendar=inputs.calendar,
        logs=tuple(told),
        standards=inputs.standards,
        compliance=whole["compliance"],
        findings=findings,
        period=period or (),
        notices=tuple(notices),
        small_cell=settings.small_cell,
        evidence={
            finding.id: rows
            for finding in findings
            if (rows := exhibit(finding, whole, inputs)) is not None
        },
        causes=Causes(**{name: whole[name] for name in Causes.names() if name in whole}),
        points=whole["points"],
    )
    return study, whole


def _dates(inputs: Inputs) -> Period:
    period = inputs.folder.settings.period
    return None if period is None else (period[0].isoformat(), period[1].isoformat())


def _of(frames: Frames, table: str, log: str) -> pd.DataFrame:
    """Take one log's part of a table."""
    frame = frames.get(table, pd.DataFrame(columns=["log"]))
    return frame[frame["log"] == log].drop(columns="log")


def _findings(inputs: Inputs, whole: Frames) -> Iterator[Finding]:
    """Find what falls short, log by log, and what the tests found."""
    language, small = inputs.language, inputs.folder.settings.small_cell
    trees = whole.get("trees", pd.DataFrame()).reindex(columns=["standard_id", *TREE])
    for finding in standard_findings(
        whole["judgements"], whole["compliance"], inputs.standards, language, small
    ):
        standard = dict(finding.subject)["standard_id"]
        told = goes_with(trees[trees["standard_id"] == standard], language)
        yield replace(finding, cause=told) if told else finding
    for name in inputs.records:
        yield from _shortfalls(inputs, whole, name)
        yield from _differences(inputs, whole, name)


def _shortfalls(inputs: Inputs, whole: Frames, name: str) -> Iterator[Finding]:
    language, small = inputs.language, inputs.folder.settings.small_cell
    own = own_limits(standard for standard in inputs.parsed if standard.log in {name, ""})
    steps = _of(whole, "steps", name)
    yield from slow_step_findings(
        name, _of(whole, "step_summary", name), steps, own, language, small
    )
    yield from own_limit_findings(name, own, whole["judgements"], language, small)
    yield from rework_findings(name, _of(whole, "rework", name), steps, language, small)
    yield from rule_findings(
        inputs.rules_of(name), _of(whole, "rules", name), _of(whole, "deviations", name),
        language, small,
    )  # fmt: skip


def _differences(inputs: Inputs, whole: Frames, name: str) -> Iterator[Finding]:
    if "comparisons" not in whole or not len(_of(whole, "balance", name)):
        return
    language, small = inputs.language, inputs.folder.settings.small_cell
    favour = inputs.folder.settings.logs[name].applicant or ""
    days = inputs.calendar.days(inputs.cutoff.date().replace(month=1, day=1), inputs.cutoff.date())
    yield from group_findings(name, _of(whole, "comparisons", name), language, small, favour)
    yield from change_findings(name, _of(whole, "changes", name), language, day_hours_of(days))
    yield from backlog_findings(name, _of(whole, "balance", name), language)
    yield from waiting_findings(name, _of(whole, "waiting", name), language, small)
