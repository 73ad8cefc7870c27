"""The people of a review under pseudonyms: in its records, beside them, and in what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from efficiency._doors import engine
from efficiency.criteria.calendar import Calendar
from efficiency.evidence.log.texts import as_texts
from efficiency.evidence.log_record import Record, different
from efficiency.evidence.people.names import Names
from efficiency.evidence.people.personal import Personal, is_persons, personal
from efficiency.evidence.people.pseudonyms import read_key
from efficiency.reviews.settings import Folder, LogSettings

#: Columns whose texts are names of offices and ids: they are not searched for people.
_NO_TEXT = {"case_id", "unit"}
#: What the settings call activities and values by.
_ACTIVITIES = ("closed_by", "cancelled_by", "returns", "approvals")


@dataclass(frozen=True)
class Hidden:
    """
    What of a review names people, with pseudonyms in their place.

    Attributes
    ----------
    names
        The people; without a key nothing was replaced.
    personal
        By log: which columns are about persons, and which may be.
    place, records, beside, calendar
        What was read, without names.
    """

    names: Names
    personal: Mapping[str, Personal]
    place: Folder
    records: Mapping[str, Record]
    beside: Mapping[str, Mapping[str, Any]]
    calendar: Calendar | None


def hide(
    place: Folder,
    records: Mapping[str, Record],
    beside: Mapping[str, Mapping[str, Any]],
    calendar: Calendar | None,
) -> Hidden:
    """
    Find the people of a review, and put pseudonyms in their place if its settings ask for it.

    Parameters
    ----------
    place
        The folder, with its settings and its key.
    records
        Its logs by name, as they were read.
    beside
        What was read beside them: ``calendars``, ``flows``, ``absences``, each by log.
    calendar
        The office's.

    Raises
    ------
    SettingsError
        If the key is too short.
    """
    logs = place.settings.logs
    found = {
        name: personal(
            record.log, logs[name].ours(logs[name].people), logs[name].ours(logs[name].not_people)
        )
        for name, record in records.items()
    }
    if not place.settings.pseudonyms:
        shown = {n: replace(one, people=tuple(found[n].columns)) for n, one in records.items()}
        return Hidden(Names((), None), found, place, shown, beside, calendar)
    known, others, offices = set[str](), set[str](), set[str]()
    for name, record in records.items():
        for column, (kind, _) in found[name].columns.items():
            held = known if kind == "person" else others
            for rows in (record.log, record.rest):
                if column in rows.columns:
                    held |= set(as_texts(different(rows, column)).dropna())
        offices |= set(record.different("unit"))
    away = {name: table for name, table in beside["absences"].items() if table is not None}
    for table in away.values():
        known |= set(table["actor"].dropna()) | set(table["cover"].dropna())
    names = Names(known, read_key(place.path), others, offices)
    absences = {
        name: table.assign(**{who: names.column(table[who]) for who in ("actor", "cover")})
        for name, table in away.items()
    }
    calendars = {name: _calendar(one, names) for name, one in beside["calendars"].items()}
    asked = {name: _asked(log, names, found.get(name, Personal())) for name, log in logs.items()}
    settings = place.settings.model_copy(update={"logs": asked})
    return Hidden(
        names,
        found,
        replace(place, settings=settings),
        {name: _record(one, logs[name], found[name], names) for name, one in records.items()},
        {**beside, "absences": absences, "calendars": calendars},
        _calendar(calendar, names),
    )


def _record(record: Record, log: LogSettings, found: Personal, names: Names) -> Record:
    """A record without names: its columns of persons, its texts, and the values of its ledger."""
    theirs = {source for source, ours in log.theirs.items() if ours in found.columns}
    theirs |= {name.removesuffix(" (source)") for name in found.columns}
    ids = "case_id" in found.columns
    return replace(
        record,
        log=engine.rewritten(record.log, lambda rows: _nameless(rows, found, names)),
        rejected=_ledger(record.rejected, theirs, names, ids=ids),
        changed=_ledger(record.changed, theirs, names, ids=False),
        people=tuple(found.columns),
        rest=record.rest.iloc[:0],
    )


def _nameless(frame: pd.DataFrame, found: Personal, names: Names) -> pd.DataFrame:
    """Rows of a log without names."""
    held = {name: names.column(as_texts(frame[name])) for name in found.columns if name in frame}
    told = {
        name: names.texts(frame[name])
        for name in frame.columns
        if name not in found.columns and name not in _NO_TEXT and frame[name].dtype == object
    }
    if "case_id" not in held:
        told["case_id"] = _ids(frame["case_id"], names)
    return frame.assign(**held, **told)


def _ledger(ledger: pd.DataFrame, theirs: set[str], names: Names, *, ids: bool) -> pd.DataFrame:
    """A ledger whose values name nobody."""
    if ledger.empty:
        return ledger
    personal_, values = ledger["column"].isin(theirs), ledger["value"]
    coded = names.column(values.where(values != "")).fillna("")
    shown = names.texts(values).where(~personal_, coded)
    told = ledger.assign(value=shown)
    if "activity" in told:
        told = told.assign(activity=names.texts(told["activity"]))
    if "case_id" in told:
        coded = names.column(told["case_id"].where(told["case_id"] != "")).fillna("")
        told = told.assign(case_id=coded if ids else _ids(told["case_id"], names))
    return told


def _ids(ids: pd.Series, names: Names) -> pd.Series:
    """Ids, those that are persons' numbers coded."""
    known = ids.dropna().drop_duplicates()
    coded = known[known.astype(str).map(is_persons)]
    told = dict(zip(coded, names.column(coded), strict=True))
    return ids.map(lambda one: told.get(one, one)) if told else ids


def _calendar(calendar: Calendar | None, names: Names) -> Calendar | None:
    """A calendar that may give people hours of their own."""
    if calendar is None:
        return None
    units = tuple(
        (names.column(pd.Series([name]))[0] if name in names.known else name, hours)
        for name, hours in calendar.units
    )
    return replace(calendar, units=units)


def _asked(log: LogSettings, names: Names, found: Personal) -> LogSettings:
    """The activities and values that settings name, as they stand in the record now."""

    def texts(said: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if said is None else tuple(names.text(one) for one in said)

    changed: dict[str, Any] = {name: texts(getattr(log, name)) for name in _ACTIVITIES}
    changed["allowed"] = {
        column: tuple(names.column(pd.Series(values, dtype=object)))
        if column in found.columns
        else texts(values)
        for column, values in log.allowed.items()
    }
    if log.status is not None:
        status = {
            name: texts(getattr(log.status, name)) for name in ("closed", "cancelled", "open")
        }
        changed["status"] = log.status.model_copy(update=status)
    return log.model_copy(update=changed)
