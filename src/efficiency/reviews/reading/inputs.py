"""What one review reads: every input of a folder, found sound, or all that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from efficiency._doors.files import merged
from efficiency._doors.parquet import is_ours
from efficiency._doors.toml import line_of
from efficiency.criteria.calendar import Calendar, read_calendar
from efficiency.criteria.prescribed_flows import SHIPPED, Flow, read_flow
from efficiency.criteria.rules import Rule, parse_rules, read_rules, twice
from efficiency.criteria.standards import (
    Standard,
    clashes,
    no_standards,
    parse_standards,
    read_standards,
)
from efficiency.evidence.absences import read_absences
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.registers import read_register
from efficiency.evidence.log_record import Record
from efficiency.evidence.people.names import Names
from efficiency.evidence.people.personal import Personal, is_name
from efficiency.evidence.points.points_file import no_points, read_points
from efficiency.evidence.stored.converted import converted
from efficiency.evidence.stored.large_files import large_files
from efficiency.language import Language, joined
from efficiency.problems import Attempts, Hint, InputError, Problem, SettingsError
from efficiency.report.text.own_words import read_own_words
from efficiency.reviews.reading.asked import (
    Asked,
    doubts,
    linkable,
    read_asked,
    without_names,
    wrong_links,
)
from efficiency.reviews.reading.hiding import Hidden, hide
from efficiency.reviews.reading.misfits import (
    FATAL,
    foreign_flows,
    misfits,
    never_there,
    own_limits,
    strange_values,
    strangers_on_leave,
    unnamed,
)
from efficiency.reviews.settings import Folder, Settings, read_folder
from efficiency.words import phrase

#: Says what is being done and which part of the whole is done by then.
Progress = Callable[[str, float], None]
_Read = TypeVar("_Read")
#: Years before the cut-off that are looked at for missing holiday notices; older is a slip.
_NOTICE_YEARS = 30


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
    personal: Mapping[str, Personal]
    files: dict[str, tuple[Path, ...]]
    asked: Asked
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

    def registers_of(self, log: str) -> dict[str, Any]:
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
    attempt = Attempts()
    calendar = attempt(lambda: read_calendar(next(iter(place.files("calendar").values()), None)))
    files, records, beside = _logs(place, attempt, progress)
    asked = attempt(lambda: read_asked(place)) or Asked()
    hidden = attempt(lambda: hide(place, records, beside, calendar))
    if hidden is None:
        hidden = Hidden(Names((), None), {}, place, records, beside, calendar)
    place, records, calendar = hidden.place, dict(hidden.records), hidden.calendar
    beside = {what: dict(found) for what, found in hidden.beside.items()}
    limits, parsed = attempt(lambda: _standards(place, hidden.names)) or (no_standards(), ())
    rules = attempt(lambda: _rules(place, hidden.names)) or ()
    points = attempt(lambda: _points(place, hidden.names))
    attempt(lambda: read_own_words(place.path))  # what a report would stumble over is told now
    criteria = (parsed, rules)
    unfit = [*misfits(place, criteria, records), *foreign_flows(place, beside["flows"], records)]
    attempt.add(problem for problem in unfit if problem.key in FATAL)
    strange = [*unnamed(place, records)]
    strange += wrong_links(place, asked, linkable(records, parsed, rules))
    attempt.add([*strange, *_cutoff_problems(place, records)])
    attempt.settle()
    asked = without_names(asked, hidden.names)
    doubtful = [p for name, record in records.items() for p in never_there(place, name, record)]
    for name, record in records.items():
        doubtful += strangers_on_leave(place, name, record, beside["absences"].get(name))
    doubtful += [p for n, record in records.items() for p in strange_values(place, n, record)]
    doubtful += doubts(place, asked)
    unread = [p for name, record in records.items() for p in own_limits(parsed, name, record)]
    language = place.settings.language
    notices = [p.text(language) for p in (*unfit, *unread, *doubtful)]
    notices += [*_secrets(records, language), *_notices(place, records, calendar)]
    cutoff = _cutoff(place, records)
    return Inputs(
        folder=place,
        calendar=calendar,
        **beside,
        standards=limits,
        parsed=parsed,
        rules=rules,
        points=points,
        records=records,
        personal=hidden.personal,
        files=files,
        asked=asked,
        cutoff=cutoff,
        notices=tuple(notices),
    )


def _logs(
    place: Folder, attempt: Callable[[Callable[[], Any]], Any], progress: Progress
) -> tuple[dict[str, tuple[Path, ...]], dict[str, Record], dict[str, dict[str, Any]]]:
    """The files of each log, the records that could be read, and what is read beside them."""
    files, records = dict[str, tuple[Path, ...]](), dict[str, Record]()
    beside: dict[str, dict[str, Any]] = {"calendars": {}, "flows": {}, "absences": {}}
    for number, (name, log) in enumerate(place.settings.logs.items()):
        progress(f"read {name}", 0.3 * number / len(place.settings.logs))
        paths = attempt(lambda n=name: place.logs(n))  # type: ignore[misc]
        if paths is None:
            continue
        files[name] = paths
        for what, read in _beside(place, name):
            beside[what][name] = attempt(read)
        record = attempt(lambda p=paths, log=log: _record(place, p, log))  # type: ignore[misc]
        if record is not None:
            records[name] = record
    return files, records, beside


def _beside(place: Folder, name: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is read beside a log: its own calendar, its prescribed flow, its table of leave."""
    log = place.settings.logs[name]
    if log.calendar:
        path = log.calendar
        yield "calendars", lambda: read_calendar(place.file("calendar", path, "logs", name))
    if log.model:
        yield "flows", lambda: read_flow(model_path(place, name))
    if log.leave:
        leave = log.leave
        yield "absences", lambda: read_absences(place.file("leave", leave, "logs", name))


def _standards(place: Folder, names: Names) -> tuple[pd.DataFrame, tuple[Standard, ...]]:
    """The standards of all their files, as a table and read."""

    def read(path: Path, shown: str) -> tuple[pd.DataFrame, tuple[Standard, ...]]:
        frame = names.frame(read_standards(path, shown))
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
        "formats": log.format, "classified": settings.classified, "language": settings.language,
    }  # fmt: skip
    if log.shape == "register":
        return read_register(paths, log.columns, log.steps, **asked)
    ready = converted(paths, classified=settings.classified)
    ready = ready or large_files(paths, log.columns, **asked)
    return ready or read_record(paths, log.columns, **asked)


def _rules(place: Folder, names: Names) -> tuple[Rule, ...]:
    def read(path: Path, shown: str) -> tuple[Rule, ...]:
        return parse_rules(names.frame(read_rules(path, shown)), shown)

    rules = tuple(rule for found in _each(place, "rules", read) for rule in found)
    if problems := twice((rule.rule_id, rule.file, rule.line) for rule in rules):
        raise SettingsError(problems)
    return rules


def _points(place: Folder, names: Names) -> pd.DataFrame:
    """Read the register; in the first year there is none yet."""
    there = [path for path in place.files("points").values() if path.exists()]
    if not there:
        return no_points()
    points = names.frame(read_points(there[0]))
    # Who answers for a measure may be a person who handles no case.
    named = points["owner"].map(lambda owner: is_name(str(owner)))
    return points.assign(owner=points["owner"].mask(named, names.column(points["owner"])))


def _secrets(records: dict[str, Record], language: Language) -> Iterator[str]:
    """Say what was left out because it is marked as a state secret."""
    for name, record in records.items():
        left = record.secrets
        if left.rows:
            yield phrase(
                "secrets_left_out", language, log=name, cases=left.cases, rows=left.rows,
                columns=joined(left.columns, language),
            )  # fmt: skip


def model_path(place: Folder, log: str) -> str | Path:
    """The path of a log's prescribed flow, or the name of one that comes with the package."""
    model = str(place.settings.logs[log].model)
    if model in SHIPPED and not (place.path / model).exists():
        return model
    return place.file("model", model, "logs", log)


def _first_and_last(records: dict[str, Record]) -> tuple[pd.Timestamp, pd.Timestamp]:
    firsts, lasts = zip(*(record.span for record in records.values()), strict=True)
    return min(firsts), max(lasts)


def _cutoff(place: Folder, records: dict[str, Record]) -> pd.Timestamp:
    given = place.settings.cutoff
    if given is None:
        return _first_and_last(records)[1]
    stamp = pd.Timestamp(given)
    return (
        stamp if stamp.tz is None else stamp.tz_convert(place.settings.timezone).tz_localize(None)
    )


def _cutoff_problems(place: Folder, records: dict[str, Record]) -> list[Problem]:
    if not records:
        return []
    first, cutoff = _first_and_last(records)[0], _cutoff(place, records)
    if cutoff >= first:
        return []
    return [Problem("cutoff", {"got": cutoff, "first": first}, file="review.toml")]


def _has_summer_time(zone: str, cutoff: pd.Timestamp) -> bool:
    """Whether the clocks of a zone are put forward and back in the year of the cut-off."""
    days = [pd.Timestamp(year=cutoff.year, month=month, day=1, tz=zone) for month in (1, 7)]
    return bool(days[0].utcoffset() != days[1].utcoffset())


def _without_effect(place: Folder, records: dict[str, Record]) -> Iterator[str]:
    """What is set of reading a log that was read when it was converted."""
    for name in records:
        paths, log = place.logs(name), place.settings.logs[name]
        if all(is_ours(path) for path in paths):
            set_ = {"columns": log.columns, "day_first": log.day_first is not None,
                    "sheet": log.sheet, "format": log.format}  # fmt: skip
            given = [key for key, value in set_.items() if value]
            if given:
                language = place.settings.language
                yield phrase(
                    "converted_settings", language, log=name, names=joined(given, language)
                )


def _unclosed(place: Folder, records: dict[str, Record]) -> Iterator[str]:
    """What keeps cases from being seen as closed."""
    language = place.settings.language
    for name, record in records.items():
        known = tuple(sorted(record.different("activity")))
        closing = place.settings.logs[name].closed_by
        for activity in closing if set(closing) & set(known) else ():
            if activity not in known:
                details = {"got": activity, "hint": Hint(activity, known)}
                yield Problem("activity", details, file="review.toml", column="closed_by").text(
                    language
                )
        if not record.holds("end"):
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
    yield from _without_effect(place, records)
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
