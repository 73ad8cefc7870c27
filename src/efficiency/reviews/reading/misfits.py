"""What of a review's inputs does not fit together: criteria, settings and logs side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors import engine
from efficiency._doors.toml import line_of
from efficiency.criteria.prescribed_flows import Flow, strangers
from efficiency.criteria.rules import Rule, unfit_rules
from efficiency.criteria.standards import Standard, unfit
from efficiency.evidence.log_record import Record
from efficiency.findings.standards.clocks.own_limits import limit_values
from efficiency.problems import Hint, Problem, listed
from efficiency.reviews.settings import Folder, LogSettings

#: Values that are told of a column, and kinds of limit in one that look like slips.
_EXAMPLES, _MANY_KINDS = 3, 3
#: What of a log's misfits with its criteria is an error; the rest is a notice.
FATAL = {"scope_column", "limit_column", "no_log", "flow_foreign"}


def misfits(
    place: Folder,
    criteria: tuple[tuple[Standard, ...], tuple[Rule, ...]],
    records: dict[str, Record],
) -> list[Problem]:
    """
    Hold the standards and rules against the logs.

    A scope on a missing column and an unknown log are errors; an activity that never occurs may
    be a slip of the pen, or simply not have happened: it is a notice.
    """
    known, (standards, rules) = tuple(place.settings.logs), criteria
    every: tuple[Standard | Rule, ...] = (*standards, *rules)
    problems = [
        Problem("no_log", {"got": one.log, "hint": Hint(one.log, known)}, one.file, one.line, "log")
        for one in every
        if one.log and one.log not in known
    ]
    for log, record in records.items():
        names = {
            "activities": tuple(sorted(record.different("activity"))),
            "units": tuple(sorted(record.different("unit"))),
            "columns": tuple(record.log.columns),
        }
        mine = tuple(standard for standard in standards if standard.log in {log, ""})
        others = tuple(name for name in known if name != log)
        problems += unfit(mine, list(names["activities"]), list(names["columns"]))
        problems += unfit_rules((rule for rule in rules if rule.log in {log, ""}), names, others)
    return problems


def unnamed(place: Folder, records: dict[str, Record]) -> Iterator[Problem]:
    """Hold the columns and logs that the settings name against those there are."""
    file, logs = place.path / "review.toml", place.settings.logs
    for log, record in records.items():
        status = logs[log].status
        asked = [("case_mix", name) for name in logs[log].case_mix or ()]
        asked += [("applicant", name) for name in filter(None, [logs[log].applicant])]
        asked += [("allowed", name) for name in logs[log].allowed]
        asked += [("category", name) for name in filter(None, [logs[log].category])]
        asked += [("status", status.column)] if status else []
        asked += [(key, name) for key in ("people", "not_people")
                  for name in getattr(logs[log], key) if name not in logs[log].theirs]  # fmt: skip
        have, there = tuple(record.log.columns), _headings(record, logs[log])
        for key, name in asked:
            if name in record.secrets.columns:
                line = line_of(file, "logs", log, key)
                yield Problem("secret_column", {"got": name, "name": key}, "review.toml", line)
            elif name not in have:
                hint = Hint(name, there, near_only=True)
                details = {"got": name, "name": key, "have": listed(there), "hint": hint}
                line = line_of(file, "logs", log, key)
                yield Problem("no_column", details, file="review.toml", line=line)
        yield from _errors_of(place, log, record)
    for number, reform in enumerate(place.settings.reforms):
        if reform.log and reform.log not in logs:
            details = {"got": reform.log, "hint": Hint(reform.log, tuple(logs))}
            line = line_of(file, "reforms", number, "log")
            yield Problem("no_log", details, file="review.toml", line=line)


def _headings(record: Record, log: LogSettings) -> tuple[str, ...]:
    """The columns of a log as its source calls them."""
    theirs = {ours: name for name, ours in log.theirs.items()}
    columns = list(map(str, record.log.columns))
    hidden = {"row", *(name for name in columns if name.endswith("_precision"))}
    hidden |= {name for name in columns if name not in theirs and not record.holds(name)}
    names = (name for name in columns if name not in hidden)
    return tuple(theirs.get(name, name) for name in names)


def _errors_of(place: Folder, log: str, record: Record) -> Iterator[Problem]:
    """Hold what the settings say of errors against the logs and columns there are."""
    settings, logs = place.settings.logs[log], tuple(place.settings.logs)
    line = line_of(place.path / "review.toml", "logs", log, "errors_of")
    if settings.errors_of and not settings.category:
        details = {"name": "category", "example": 'category = "差错类别"'}
        yield Problem("no_key", details, file="review.toml", line=line)
    named = dict.fromkeys(one for given in settings.errors_of.values() for one in given)
    for name in named:
        if name not in logs:
            unknown: dict[str, Any] = {"got": name, "hint": Hint(name, logs)}
            yield Problem("no_log", unknown, "review.toml", line, "errors_of")
    if log in named:
        yield Problem("own_errors", {"got": log}, "review.toml", line, "errors_of")
    if settings.category and settings.category in record.log.columns:
        have = tuple(sorted(record.different(settings.category).astype(str).unique()))
        for name in settings.errors_of:
            if name not in have:
                unknown = {"got": name, "name": settings.category, "hint": Hint(name, have)}
                yield Problem("error_category", unknown, "review.toml", line, "errors_of")


def strange_values(place: Folder, log: str, record: Record) -> Iterator[Problem]:
    """Values of a column that are none of those which the settings allow."""
    for column, known in place.settings.logs[log].allowed.items():
        if column not in record.log.columns:
            continue  # it is told where columns are
        values = record.different(column)
        texts = values.astype(str).str.strip()
        strange = texts[(texts != "") & ~texts.isin(known)]
        line = line_of(place.path / "review.toml", "logs", log, "allowed")
        if strange.empty:
            continue
        rows = engine.rows_with(record.log, column, values[strange.index]).sort_values("row")
        for value, alike in rows.groupby(rows[column].astype(str).str.strip(), sort=False):
            cases = alike["case_id"].drop_duplicates()
            details = {"got": value, "name": column, "n": len(cases), "hint": Hint(value, known),
                       "cases": listed(cases.head(_EXAMPLES))}  # fmt: skip
            yield Problem("strange_value", details, "review.toml", line, "allowed")


def strangers_on_leave(
    place: Folder, log: str, record: Record, absences: pd.DataFrame | None
) -> Iterator[Problem]:
    """People of a table of leave whom the log does not know: no step of theirs is there."""
    if absences is None:
        return
    leave = place.settings.logs[log].leave or ""
    seen = set(record.different("actor"))
    for at in absences.index[~absences["actor"].isin(seen)]:
        yield Problem("no_such_person", {}, Path(leave).name, int(at) + 2)


def never_there(place: Folder, log: str, record: Record) -> Iterator[Problem]:
    """What ends a case and never happens at all: then no case would ever be closed by it."""
    settings, file = place.settings.logs[log], place.path / "review.toml"
    known = tuple(sorted(record.different("activity")))
    if settings.closed_by and not set(settings.closed_by) & set(known):
        got = listed(settings.closed_by)
        hint = Hint(settings.closed_by[0], known)
        line = line_of(file, "logs", log, "closed_by")
        details = {"got": got, "have": listed(known), "hint": hint}
        yield Problem("never_closed", details, file="review.toml", line=line, column="closed_by")
    status = settings.status
    if status is None or status.column not in record.log.columns:
        return
    have = tuple(sorted(record.different(status.column).astype(str).unique()))
    said = (*status.closed, *status.cancelled, *status.open)
    left = [name for name in have if name not in said]
    # Where only some kinds are named the others are left to the steps; with 在办 all are named.
    if left and status.open:
        details = {"name": status.column, "values": listed(left)}
        line = line_of(file, "logs", log, "status")
        yield Problem("status_left", details, file="review.toml", line=line, column="status")
    for name in said:
        if name not in have:
            details = {"got": name, "name": status.column, "have": listed(have)}
            details["hint"] = Hint(name, have)
            line = line_of(file, "logs", log, "status")
            yield Problem("status_value", details, file="review.toml", line=line, column="status")


def own_limits(standards: tuple[Standard, ...], log: str, record: Record) -> Iterator[Problem]:
    """Columns of limits with values that cannot be read, or of so many kinds that it is odd."""
    for standard in standards:
        own = standard.own
        if own is None or standard.log not in {log, ""} or own.column not in record.log.columns:
            continue
        values = record.different(own.column).astype(str).drop_duplicates()
        told = limit_values(values, own)
        details: dict[str, Any] = {"name": own.column}
        unread = values[~values.isin(told["value"])]
        if len(unread):
            details |= {"n": len(unread), "examples": listed(unread.head(_EXAMPLES))}
            yield Problem("unread_limits", dict(details), standard.file, standard.line, "limit")
        firsts = told.drop_duplicates("kind")["value"]
        if len(firsts) >= _MANY_KINDS:
            details |= {"n": len(firsts), "examples": listed(firsts)}
            yield Problem("mixed_limits", details, standard.file, standard.line, "limit")


def foreign_flows(
    place: Folder, flows: dict[str, Flow], records: dict[str, Record]
) -> Iterator[Problem]:
    """Hold the prescribed flows against the logs: some activity must be in both."""
    for log, flow in flows.items():
        if flow is None or log not in records:
            continue
        have = tuple(sorted(records[log].different("activity")))
        file = Path(str(place.settings.logs[log].model)).name
        if not set(flow.steps) & set(have):
            details = {"name": flow.name, "log": log, "have": listed(have)}
            yield Problem("flow_foreign", details, file=file)
        else:
            yield from strangers(flow, have, file)
