"""One review: ``review.toml`` in, ``output/`` out, written whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency._files import digest, merged
from efficiency._toml import line_of
from efficiency.criteria.calendar import Calendar, read_calendar
from efficiency.criteria.standards import Standard, parse_standards, read_standards, unfit
from efficiency.evidence.log import MOMENTS, Record, read_record
from efficiency.evidence.people import pseudonyms, read_key
from efficiency.evidence.quality import log_quality
from efficiency.facts.events import Events, observed
from efficiency.facts.flows import edges, ends, rework, variants
from efficiency.facts.times import (
    case_times,
    completion,
    monthly_volume,
    step_summary,
    step_times,
)
from efficiency.findings.compliance import compliance
from efficiency.findings.finding import Finding, ranked
from efficiency.findings.judgements import judge, not_started
from efficiency.findings.shortfalls import (
    own_limit_findings,
    own_limits,
    rework_findings,
    slow_step_findings,
    standard_findings,
)
from efficiency.problems import Hint, InputError, Language, Problem, SettingsError
from efficiency.report.chapters import LogStudy, Study, tell
from efficiency.report.page import render
from efficiency.settings import Folder, read_folder
from efficiency.words import phrase

#: Says what is being done and which part of the whole is done by then.
Progress = Callable[[str, float], None]
_PACKAGES = ("efficiency", "duckdb", "ibis-framework", "pandas", "scipy")
_LATER = ("rules", "points", "baseline", "survey")
_ROW_LIMIT_YEARS = 30
#: Rows of evidence that the report shows under a finding.
MOST_ROWS = 5


@dataclass(frozen=True)
class Inputs:
    """All that one review reads, found sound."""

    folder: Folder
    calendar: Calendar
    standards: pd.DataFrame
    parsed: tuple[Standard, ...]
    records: dict[str, Record]
    files: dict[str, Path]
    cutoff: pd.Timestamp
    notices: tuple[str, ...]

    @property
    def language(self) -> Language:
        """The review's language."""
        return self.folder.settings.language

    def standards_of(self, log: str) -> pd.DataFrame:
        """Give the standards that apply to one log; without a name, they apply to all."""
        names = self.standards.get("log", pd.Series("", index=self.standards.index)).fillna("")
        return self.standards[names.isin([log, ""])]


@dataclass(frozen=True)
class Review:
    """What came of a review: its tables and findings, and where they were written."""

    output: Path
    tables: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def _silent(step: str, share: float) -> None:
    """Show no progress."""


def read_inputs(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = _silent,
) -> Inputs:
    """
    Read and judge all inputs of a review, and tell everything that is wrong at once.

    Parameters
    ----------
    folder
        The review's folder.
    logs
        Absolute paths of logs, by name, in place of those in ``review.toml``.
    progress
        Is told what is being done.

    Raises
    ------
    SettingsError
        Lists every breach in every file.
    """
    place = read_folder(folder, logs)
    settings, errors = place.settings, list[InputError]()

    def attempt(read: Callable[[], Any]) -> Any:
        try:
            return read()
        except InputError as error:
            errors.append(error)
            return None

    calendar = attempt(lambda: read_calendar(_path(place, "calendar")))
    standards = attempt(lambda: _standards(place))
    files, records = {}, {}
    for number, (name, log) in enumerate(settings.logs.items()):
        progress(f"read {name}", 0.3 * number / len(settings.logs))
        path = attempt(lambda n=name, log=log: place.file(n, log.path))  # type: ignore[misc]
        if path is None:
            continue
        files[name] = path
        records[name] = attempt(lambda p=path, log=log: _record(place, p, log))  # type: ignore[misc]
    records = {name: record for name, record in records.items() if record is not None}
    if standards is not None:
        errors += _misfits(place, standards, records, fatal=True)
    errors += _cutoff_problems(place, records)
    if errors:
        raise SettingsError(merged(errors))
    notices = _notices(place, standards, records, calendar)
    cutoff = _cutoff(place, records)
    parsed = parse_standards(standards)
    return Inputs(place, calendar, standards, parsed, records, files, cutoff, tuple(notices))


def _path(place: Folder, name: str) -> Path | None:
    relative = getattr(place.settings, name)
    return None if relative is None else place.file(name, relative)


def _standards(place: Folder) -> pd.DataFrame:
    path = _path(place, "standards")
    if path is None:
        empty = {c.name: pd.Series(dtype=object) for c in tables.STANDARDS.columns}
        return pd.DataFrame(empty).astype(
            {"target": float, "valid_from": "datetime64[us]", "valid_to": "datetime64[us]"}
        )
    return read_standards(path)


def _record(place: Folder, path: Path, log: Any) -> Record:
    settings = place.settings
    record = read_record(
        path,
        log.columns,
        timezone=settings.timezone,
        day_first=log.day_first,
        language=settings.language,
    )
    if not settings.pseudonyms:
        return record
    hidden = pseudonyms(record.log["actor"], read_key(place.path))
    return Record(
        record.log.assign(actor=hidden), record.rejected, record.changed, record.rows,
        record.encoding, record.separator,
    )  # fmt: skip


def _misfits(
    place: Folder, standards: pd.DataFrame, records: dict[str, Record], *, fatal: bool
) -> list[InputError]:
    """
    Hold the standards against the logs.

    A scope on a missing column and an unknown log are errors; an activity that never occurs may
    be a slip of the pen, or simply not have happened: it is a notice.
    """
    name = Path(place.settings.standards or "standards").name
    known, problems = tuple(place.settings.logs), list[Problem]()
    for standard in parse_standards(standards, name):
        if standard.log and standard.log not in known:
            details = {"got": standard.log, "hint": Hint(standard.log, known)}
            problems.append(Problem("no_log", details, file=name, line=standard.line, column="log"))
        for log, record in records.items():
            if standard.log in {log, ""}:
                activities = sorted(record.log["activity"].unique())
                problems += unfit((standard,), activities, list(record.log.columns), name)
    chosen = [p for p in problems if (p.key != "activity") == fatal]
    return [SettingsError(chosen)] if chosen else []


def _first_and_last(records: dict[str, Record]) -> tuple[pd.Timestamp, pd.Timestamp]:
    moments = pd.concat([record.log[name] for record in records.values() for name in MOMENTS])
    return moments.min(), moments.max()


def _cutoff(place: Folder, records: dict[str, Record]) -> pd.Timestamp:
    given = place.settings.cutoff
    if given is None:
        return _first_and_last(records)[1]
    stamp = pd.Timestamp(given)
    return (
        stamp if stamp.tz is None else stamp.tz_convert(place.settings.timezone).tz_localize(None)
    )


def _cutoff_problems(place: Folder, records: dict[str, Record]) -> list[InputError]:
    if not records:
        return []
    first, cutoff = _first_and_last(records)[0], _cutoff(place, records)
    if cutoff >= first:
        return []
    problem = Problem("cutoff", {"got": cutoff, "first": first}, file="review.toml")
    return [SettingsError([problem])]


def _notices(
    place: Folder, standards: pd.DataFrame, records: dict[str, Record], calendar: Calendar
) -> Iterator[str]:
    language, cutoff = place.settings.language, _cutoff(place, records)
    for error in _misfits(place, standards, records, fatal=False):
        yield from (problem.text(language) for problem in error.problems)
    for name, record in records.items():
        known = tuple(sorted(record.log["activity"].unique()))
        for activity in place.settings.logs[name].closed_by:
            if activity not in known:
                details = {"got": activity, "hint": Hint(activity, known)}
                yield Problem("activity", details, file="review.toml", column="closed_by").text(
                    language
                )
        if record.log["end"].isna().all():
            yield phrase("no_ends", language, log=name)
    first, last = _first_and_last(records)
    floor = cutoff - pd.DateOffset(years=_ROW_LIMIT_YEARS)
    years = calendar.estimated_years(max(first, floor).date(), max(min(last, cutoff), floor).date())
    if years:
        yield phrase("estimated", language, years=_joined(years, language))
    later = [name for name in _LATER if getattr(place.settings, name) is not None]
    later += [f"logs.{name}.model" for name, log in place.settings.logs.items() if log.model]
    if later:
        yield phrase("not_yet", language, names=_joined(later, language))


def _joined(names: Iterable[object], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(map(str, names))


def review(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = _silent,
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
    output = _write(inputs, found, study.findings, page)
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
            facts = _facts(events, record, name)
            progress(f"judge {name}", done + 0.3 / len(inputs.records))
            facts |= _judged(events, inputs, name)
            told.append(_log_study(inputs, name, facts, events))
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
        evidence={finding.id: _evidence(finding, whole) for finding in findings},
    )
    return study, whole


def _evidence(finding: Finding, found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Pick the rows that show a finding best: the worst of its first cases."""
    subject, cases = dict(finding.subject), finding.cases[:MOST_ROWS]
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


def _facts(events: Events, record: Record, name: str) -> dict[str, pd.DataFrame]:
    cases = case_times(events)[tables.CASES.names]
    facts = {
        "cases": cases,
        "steps": step_times(events),
        "variants": variants(events),
        "edges": edges(events),
        "ends": ends(events),
        "rework": rework(events).astype({"example_row": "Int64"}),
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


def _log_study(
    inputs: Inputs, name: str, facts: dict[str, pd.DataFrame], events: Events
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
        completed=completion(case_times(events)),
        summary=step_summary(events),
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
    ]


# --- writing -----------------------------------------------------------------------------------


def _write(
    inputs: Inputs,
    found: dict[str, pd.DataFrame],
    findings: tuple[Finding, ...],
    page: str,
) -> Path:
    """Write everything beside the old output, then put it in its place."""
    folder = inputs.folder.path
    output, partial, old = (folder / name for name in ("output", "output.partial", "output.old"))
    if old.exists() and not output.exists():
        old.rename(output)  # an earlier run was stopped between its two renames
    for leftover in (partial, old):
        shutil.rmtree(leftover, ignore_errors=True)
    (partial / "tables").mkdir(parents=True)
    sums = {}
    for name in sorted(found):
        path = partial / "tables" / f"{name}.csv"
        path.write_bytes(csv_bytes(found[name]))
        sums[f"tables/{name}.csv"] = digest(path)
    (partial / "report.html").write_text(page, encoding="utf-8", newline="\n")
    told = [finding.as_dict() for finding in findings]
    _write_json(partial / "findings.json", told)
    for name in ("report.html", "findings.json"):
        sums[name] = digest(partial / name)
    _write_json(partial / "manifest.json", _manifest(inputs, sums))
    if output.exists():
        output.rename(old)
    partial.rename(output)
    shutil.rmtree(old, ignore_errors=True)
    return output


def _write_json(path: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _manifest(inputs: Inputs, sums: dict[str, str]) -> dict[str, Any]:
    place = inputs.folder
    read = {"review.toml": place.path / "review.toml"}
    for name in ("calendar", "standards"):
        path = _path(place, name)
        if path is not None:
            read[getattr(place.settings, name)] = path
    read |= {place.settings.logs[name].path: path for name, path in inputs.files.items()}
    return {
        "inputs": {name: digest(path) for name, path in sorted(read.items())},
        "versions": {name: version(name) for name in _PACKAGES},
        "cutoff": inputs.cutoff.isoformat(),
        "settings": place.settings.model_dump(mode="json"),
        "logs": {
            name: {"rows": record.rows, "encoding": record.encoding, "separator": record.separator}
            for name, record in inputs.records.items()
        },
        "outputs": sums,
    }


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""
    Give a table as csv: UTF-8 with mark, numbers to six decimals, no cell a live formula.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"a": ["=1+1"], "b": [0.1 + 0.2]})).decode("utf-8-sig")
    "a,b\n'=1+1,0.3\n"
    """
    shown = frame.copy()
    for name in shown.columns:
        values = shown[name]
        if pd.api.types.is_datetime64_any_dtype(values):
            stamps = values.dt.strftime("%Y-%m-%d %H:%M:%S.%f")
            shown[name] = stamps.str.removesuffix(".000000")
        elif pd.api.types.is_float_dtype(values):
            shown[name] = values.round(6)
        elif values.dtype == object:
            shown[name] = values.map(_harmless)
    text: str = shown.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
