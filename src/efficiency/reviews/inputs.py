"""What one review reads: every input of a folder, found sound, or all that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from efficiency._doors.files import merged
from efficiency._doors.toml import line_of
from efficiency.criteria.calendar import Calendar, read_calendar
from efficiency.criteria.prescribed_flows import SHIPPED, Flow, read_flow, strangers
from efficiency.criteria.rules import Rule, parse_rules, read_rules, twice, unfit_rules
from efficiency.criteria.standards import (
    Standard,
    clashes,
    no_standards,
    parse_standards,
    read_standards,
    unfit,
)
from efficiency.evidence.absences import read_absences
from efficiency.evidence.log.people import people_columns, pseudonyms, read_key
from efficiency.evidence.log.records import MOMENTS, Record, read_record
from efficiency.evidence.log.registers import read_register
from efficiency.evidence.points.points_file import no_points, read_points
from efficiency.findings.standards.clocks.own_limits import limit_values
from efficiency.language import Language, joined
from efficiency.problems import Hint, InputError, Problem, SettingsError, listed
from efficiency.report.text.own_words import read_own_words
from efficiency.reviews.settings import Folder, Settings, read_folder
from efficiency.words import phrase

#: Says what is being done and which part of the whole is done by then.
Progress = Callable[[str, float], None]
_Read = TypeVar("_Read")
_LATER = ("survey",)
#: What a log cannot do without is never a person's name.
_IDS = {"case_id", "activity", "unit"}
#: Years before the cut-off that are looked at for missing holiday notices; older is a slip.
_NOTICE_YEARS = 30
#: Values that are told of a column, and kinds of limit in one that look like slips.
_EXAMPLES, _MANY_KINDS = 3, 3
#: What of a log's misfits with its criteria is an error; the rest is a notice.
_FATAL = {"scope_column", "limit_column", "no_log", "flow_foreign"}


@dataclass(frozen=True)
class Inputs:
    """All that one review reads, found sound."""

    folder: Folder
    calendar: Calendar
    calendars: dict[str, Calendar]
    standards: pd.DataFrame
    parsed: tuple[Standard, ...]
    rules: tuple[Rule, ...]
    flows: dict[str, Flow]
    points: pd.DataFrame
    records: dict[str, Record]
    absences: dict[str, pd.DataFrame]
    files: dict[str, tuple[Path, ...]]
    cutoff: pd.Timestamp
    notices: tuple[str, ...]

    @property
    def language(self) -> Language:
        """The review's language."""
        return self.folder.settings.language

    def standards_of(self, log: str) -> pd.DataFrame:
        """The standards that apply to one log; without a name, they apply to all."""
        names = self.standards.get("log", pd.Series("", index=self.standards.index)).fillna("")
        return self.standards[names.isin([log, ""])]

    def calendar_of(self, log: str) -> Calendar:
        """The working calendar of one log."""
        return self.calendars.get(log, self.calendar)

    def rules_of(self, log: str) -> tuple[Rule, ...]:
        """The rules that apply to one log."""
        return tuple(rule for rule in self.rules if rule.log in {log, ""})

    def registers_of(self, log: str) -> dict[str, pd.DataFrame]:
        """The other logs, in which a case of one may have to be known."""
        return {name: record.log for name, record in self.records.items() if name != log}


def silent(step: str, share: float) -> None:
    """Show no progress."""


def read_inputs(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
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

    calendar = attempt(lambda: read_calendar(next(iter(place.files("calendar").values()), None)))
    standards = attempt(lambda: _standards(place))
    rules = attempt(lambda: _rules(place))
    points = attempt(lambda: _points(place))
    attempt(lambda: read_own_words(place.path))  # what a report would stumble over is told now
    files, records = {}, {}
    beside: dict[str, dict[str, Any]] = {"calendars": {}, "flows": {}, "absences": {}}
    for number, (name, log) in enumerate(settings.logs.items()):
        progress(f"read {name}", 0.3 * number / len(settings.logs))
        paths = attempt(lambda n=name: place.logs(n))  # type: ignore[misc]
        if paths is None:
            continue
        files[name] = paths
        for what, read in _beside(place, name):
            beside[what][name] = attempt(read)
        records[name] = attempt(lambda p=paths, log=log: _record(place, p, log))  # type: ignore[misc]
    records = {name: record for name, record in records.items() if record is not None}
    limits, parsed = standards or (no_standards(), ())
    criteria = (parsed, rules or ())
    misfits = [*_misfits(place, criteria, records), *_strangers(place, beside["flows"], records)]
    errors += [SettingsError([problem]) for problem in misfits if problem.key in _FATAL]
    unnamed = list(_unnamed(place, records))
    errors += [SettingsError(unnamed)] if unnamed else []
    errors += _cutoff_problems(place, records)
    if errors:
        raise SettingsError(merged(errors))
    never = [p for name, record in records.items() for p in _never(place, name, record)]
    never += [p for name, one in records.items() for p in _strange_people(place, name, one)]
    never += [p for name, one in records.items() for p in _strange_values(place, name, one)]
    unread = [p for name, one in records.items() for p in _own_limits(criteria[0], name, one)]
    notices = [p.text(settings.language) for p in (*misfits, *unread, *never)]
    notices += _notices(place, records, calendar)
    cutoff = _cutoff(place, records)
    return Inputs(
        folder=place,
        calendar=calendar,
        **beside,
        standards=limits,
        parsed=criteria[0],
        rules=criteria[1],
        points=points,
        records=records,
        files=files,
        cutoff=cutoff,
        notices=tuple(notices),
    )


def _beside(place: Folder, name: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is read beside a log: its own calendar, its prescribed flow, its table of leave."""
    log = place.settings.logs[name]
    if log.calendar:
        path = log.calendar
        yield "calendars", lambda: read_calendar(place.file("calendar", path, "logs", name))
    if log.model:
        yield "flows", lambda: read_flow(model_path(place, name))
    if log.leave:
        yield "absences", lambda: _absences(place, name, log)


def _standards(place: Folder) -> tuple[pd.DataFrame, tuple[Standard, ...]]:
    """The standards of all their files, as a table and read."""

    def read(path: Path, shown: str) -> tuple[pd.DataFrame, tuple[Standard, ...]]:
        frame = read_standards(path, shown)
        return frame, parse_standards(frame, shown)

    found = _each(place, "standards", read)
    parsed = tuple(one for _, limits in found for one in limits)
    if problems := clashes(parsed):
        raise SettingsError(problems)
    frames = [frame for frame, _ in found if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else no_standards(), parsed


def _each(place: Folder, name: str, read: Callable[[Path, str], _Read]) -> list[_Read]:
    """What stands in each file of a key; what is wrong in any is told together."""
    found, errors = list[_Read](), list[InputError]()
    files = place.files(name)
    for told, path in files.items():
        try:
            # Of several files each is called as the settings call it: names may be the same.
            found.append(read(path, told if len(files) > 1 else path.name))
        except InputError as error:
            errors.append(error)
    if errors:
        raise SettingsError(merged(errors))
    return found


def _record(place: Folder, paths: tuple[Path, ...], log: Any) -> Record:
    settings = place.settings
    asked = {
        "timezone": settings.timezone, "day_first": log.day_first, "sheet": log.sheet,
        "formats": log.format, "language": settings.language,
    }  # fmt: skip
    record = (
        read_register(paths, log.columns, log.steps, **asked)
        if log.shape == "register"
        else read_record(paths, log.columns, **asked)
    )
    if not settings.pseudonyms:
        return record
    key, text = read_key(place.path), record.log
    columns = dict.fromkeys(["actor", *people_columns(text)])
    kept = {name for name in columns if name in _IDS}
    hidden = {name: pseudonyms(text[name], key) for name in columns if name not in kept}
    return replace(record, log=text.assign(**hidden))


def _absences(place: Folder, name: str, log: Any) -> pd.DataFrame:
    """Who was away, under the pseudonyms that people bear in the log."""
    table = read_absences(place.file("leave", log.leave, "logs", name))
    if not place.settings.pseudonyms:
        return table
    key = read_key(place.path)
    return table.assign(**{who: pseudonyms(table[who], key) for who in ("actor", "cover")})


def _rules(place: Folder) -> tuple[Rule, ...]:
    def read(path: Path, shown: str) -> tuple[Rule, ...]:
        return parse_rules(read_rules(path, shown), shown)

    rules = tuple(rule for found in _each(place, "rules", read) for rule in found)
    if problems := twice((rule.rule_id, rule.file, rule.line) for rule in rules):
        raise SettingsError(problems)
    return rules


def _points(place: Folder) -> pd.DataFrame:
    """Read the register; in the first year there is none yet."""
    there = [path for path in place.files("points").values() if path.exists()]
    return read_points(there[0]) if there else no_points()


def model_path(place: Folder, log: str) -> str | Path:
    """The path of a log's prescribed flow, or the name of one that comes with the package."""
    model = str(place.settings.logs[log].model)
    if model in SHIPPED and not (place.path / model).exists():
        return model
    return place.file("model", model, "logs", log)


def _misfits(
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
            "activities": tuple(sorted(record.log["activity"].unique())),
            "units": tuple(sorted(record.log["unit"].dropna().unique())),
            "columns": tuple(record.log.columns),
        }
        mine = tuple(standard for standard in standards if standard.log in {log, ""})
        others = tuple(name for name in known if name != log)
        problems += unfit(mine, list(names["activities"]), list(names["columns"]))
        problems += unfit_rules((rule for rule in rules if rule.log in {log, ""}), names, others)
    return problems


def _unnamed(place: Folder, records: dict[str, Record]) -> Iterator[Problem]:
    """Hold the columns and logs that the settings name against those there are."""
    file, logs = place.path / "review.toml", place.settings.logs
    for log, record in records.items():
        status = logs[log].status
        asked = [("case_mix", name) for name in logs[log].case_mix or ()]
        asked += [("applicant", name) for name in filter(None, [logs[log].applicant])]
        asked += [("allowed", name) for name in logs[log].allowed]
        asked += [("category", name) for name in filter(None, [logs[log].category])]
        asked += [("status", status.column)] if status else []
        have = tuple(record.log.columns)
        for key, name in asked:
            if name not in have:
                hint = Hint(name, have)
                details = {"got": name, "name": key, "have": listed(have), "hint": hint}
                line = line_of(file, "logs", log, key)
                yield Problem("no_column", details, file="review.toml", line=line)
        yield from _errors_of(place, log, record)
    for number, reform in enumerate(place.settings.reforms):
        if reform.log and reform.log not in logs:
            details = {"got": reform.log, "hint": Hint(reform.log, tuple(logs))}
            line = line_of(file, "reforms", number, "log")
            yield Problem("no_log", details, file="review.toml", line=line)


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
    if settings.category in record.log:
        have = tuple(sorted(record.log[settings.category].dropna().astype(str).unique()))
        for name in settings.errors_of:
            if name not in have:
                unknown = {"got": name, "name": settings.category, "hint": Hint(name, have)}
                yield Problem("error_category", unknown, "review.toml", line, "errors_of")


def _strange_values(place: Folder, log: str, record: Record) -> Iterator[Problem]:
    """Values of a column that are none of those which the settings allow."""
    for column, known in place.settings.logs[log].allowed.items():
        if column not in record.log:
            continue  # it is told where columns are
        texts = record.log[column].dropna().astype(str).str.strip()
        strange = texts[(texts != "") & ~texts.isin(known)]
        line = line_of(place.path / "review.toml", "logs", log, "allowed")
        for value, rows in strange.groupby(strange, sort=False):
            cases = record.log.loc[rows.index, "case_id"].drop_duplicates()
            details = {"got": value, "name": column, "n": len(cases), "hint": Hint(value, known),
                       "cases": listed(cases.head(_EXAMPLES))}  # fmt: skip
            yield Problem("strange_value", details, "review.toml", line, "allowed")


def _strange_people(place: Folder, log: str, record: Record) -> Iterator[Problem]:
    """People of a table of leave whom the log does not know: no step of theirs is there."""
    leave = place.settings.logs[log].leave
    if not leave:
        return
    path = place.file("leave", leave, "logs", log)
    try:
        table = read_absences(path)
    except InputError:
        return  # it is told where it is read
    seen, hidden = set(record.log["actor"].dropna()), place.settings.pseudonyms
    coded = pseudonyms(table["actor"], read_key(place.path)) if hidden else table["actor"]
    for at in table.index[~coded.isin(seen)]:
        yield Problem("no_such_person", {"got": table.at[at, "actor"]}, path.name, int(at) + 2)


def _never(place: Folder, log: str, record: Record) -> Iterator[Problem]:
    """What ends a case and never happens at all: then no case would ever be closed by it."""
    settings, file = place.settings.logs[log], place.path / "review.toml"
    known = tuple(sorted(record.log["activity"].unique()))
    if settings.closed_by and not set(settings.closed_by) & set(known):
        got = listed(settings.closed_by)
        hint = Hint(settings.closed_by[0], known)
        line = line_of(file, "logs", log, "closed_by")
        details = {"got": got, "have": listed(known), "hint": hint}
        yield Problem("never_closed", details, file="review.toml", line=line, column="closed_by")
    status = settings.status
    if status is None or status.column not in record.log:
        return
    have = tuple(sorted(record.log[status.column].dropna().astype(str).unique()))
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


def _own_limits(standards: tuple[Standard, ...], log: str, record: Record) -> Iterator[Problem]:
    """Columns of limits with values that cannot be read, or of so many kinds that it is odd."""
    for standard in standards:
        own = standard.own
        if own is None or standard.log not in {log, ""} or own.column not in record.log:
            continue
        values = record.log[own.column].dropna().astype(str).drop_duplicates()
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


def _strangers(
    place: Folder, flows: dict[str, Flow], records: dict[str, Record]
) -> Iterator[Problem]:
    """Hold the prescribed flows against the logs: some activity must be in both."""
    for log, flow in flows.items():
        if flow is None or log not in records:
            continue
        have = tuple(sorted(records[log].log["activity"].unique()))
        file = Path(str(place.settings.logs[log].model)).name
        if not set(flow.steps) & set(have):
            details = {"name": flow.name, "log": log, "have": listed(have)}
            yield Problem("flow_foreign", details, file=file)
        else:
            yield from strangers(flow, have, file)


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


def _has_summer_time(zone: str, cutoff: pd.Timestamp) -> bool:
    """Whether the clocks of a zone are put forward and back in the year of the cut-off."""
    days = [pd.Timestamp(year=cutoff.year, month=month, day=1, tz=zone) for month in (1, 7)]
    return bool(days[0].utcoffset() != days[1].utcoffset())


def _unclosed(place: Folder, records: dict[str, Record]) -> Iterator[str]:
    """What keeps cases from being seen as closed."""
    language = place.settings.language
    for name, record in records.items():
        known = tuple(sorted(record.log["activity"].unique()))
        closing = place.settings.logs[name].closed_by
        for activity in closing if set(closing) & set(known) else ():
            if activity not in known:
                details = {"got": activity, "hint": Hint(activity, known)}
                yield Problem("activity", details, file="review.toml", column="closed_by").text(
                    language
                )
        if record.log["end"].isna().all():
            yield phrase("no_ends", language, log=name)


def is_comparable(settings: Settings) -> bool:
    """Whether the period is compared with a time of the same length that lies outside it."""
    if settings.period is None or settings.baseline is None:
        return False
    (first, last), (begin, end) = settings.period, settings.baseline
    apart = end < first or begin > last
    # A leap day makes a year longer than the one before.
    return apart and abs((last - first).days - (end - begin).days) <= 1


def _notices(place: Folder, records: dict[str, Record], calendar: Calendar) -> Iterator[str]:
    language, cutoff = place.settings.language, _cutoff(place, records)
    for name, log in place.settings.logs.items():
        if log.not_to_grow and not is_comparable(place.settings):
            line = line_of(place.path / "review.toml", "logs", name, "not_to_grow")
            yield Problem("grows_untold", {}, "review.toml", line).text(language)
    yield from _unclosed(place, records)
    first, last = _first_and_last(records)
    floor = cutoff - pd.DateOffset(years=_NOTICE_YEARS)
    years = calendar.estimated_years(max(first, floor).date(), max(min(last, cutoff), floor).date())
    if years:
        yield phrase("estimated", language, years=joined(years, language))
    if _has_summer_time(place.settings.timezone, cutoff):
        yield phrase("summer_time", language, zone=place.settings.timezone)
    for path in place.files("points").values():
        if not path.exists():
            yield phrase("points_new", language, file=path.name)
    later = [name for name in _LATER if getattr(place.settings, name) is not None]
    if later:
        yield phrase("not_yet", language, names=joined(later, language))
