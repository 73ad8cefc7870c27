"""Reads a register: one row a matter, a date in each of several columns, as a log of steps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from efficiency import tables
from efficiency.evidence.log.headers import OUT_OF_ORDER, REPEATED, Note
from efficiency.evidence.log.records import (
    COLUMNS,
    as_filled,
    joined,
    ledger_rows,
    moments_of,
    notes_of,
    record_of,
    renamed,
    secretless,
    trimmed_columns,
)
from efficiency.evidence.log.sources import Source, open_source
from efficiency.evidence.log.stamps import CLOCK, AmbiguousDayError, forms, read_formatted
from efficiency.evidence.log.texts import as_texts
from efficiency.evidence.log_record import MOMENTS, Record, in_order
from efficiency.language import Language
from efficiency.problems import Hint, LogError, Problem, listed, say

#: Where so many moments of a step, and this share of them, come before those of an earlier column,
#: the columns stand in no order of time (催办 and 领导过问, say): that is no doubt.
MANY, FREE = 20, 1 / 3
_DATE = re.compile(r"^\s*(\S*?\d)(?:\s+\d{1,2}[:：].*|T.*)?\s*$")


@dataclass(frozen=True)
class RegisterStep:
    """
    Which columns of a register tell of one step.

    Attributes
    ----------
    received, start, end
        The columns of its moments; '' where there is none.
    actor, unit
        The columns that say who did it, and where; '': as the register says for all steps.
    """

    received: str = ""
    start: str = ""
    end: str = ""
    actor: str = ""
    unit: str = ""

    @property
    def moments(self) -> dict[str, str]:
        """Ours = theirs, for the moments that it has."""
        known = {name: str(getattr(self, name)) for name in MOMENTS}
        return {name: column for name, column in known.items() if column}


def read_register(
    source: str | Path | pd.DataFrame | Source | Sequence[str | Path],
    columns: Mapping[str, str | Sequence[str]],
    steps: Mapping[str, RegisterStep],
    *,
    timezone: str = "Asia/Shanghai",
    day_first: bool | None = None,
    sheet: str | None = None,
    formats: Mapping[str, str] | None = None,
    classified: bool = True,
    language: Language = "en",
) -> Record:
    """
    Read a register together with the ledger of what was rejected and changed.

    Parameters
    ----------
    source, timezone, day_first, sheet, classified, language
        As for `read_record`.
    columns
        Ours = theirs: ``case_id``, and ``actor`` and ``unit`` where they hold for all steps.
    steps
        Activity -> its columns, in the order in which they should come.
    formats
        The form of a column's stamps, by the column's name.

    Returns
    -------
    Record
        A step for each moment that a matter has. ``row`` of a step is the matter's row times the
        number of steps, so that steps of one moment keep the order of the settings; the ledger
        names the rows of the source.

    Raises
    ------
    LogError
        Lists everything that keeps the register from being read.

    Examples
    --------
    >>> frame = pd.DataFrame({"编号": ["1"], "立项日期": ["2024-03-05"], "办结日期": [""]})
    >>> steps = {"立项": RegisterStep(end="立项日期"), "办结": RegisterStep(end="办结日期")}
    >>> read_register(frame, {"case_id": "编号"}, steps).log["activity"].tolist()
    ['立项']
    """
    opened, single = joined(open_source(source, sheet), columns)
    names = _mapping(opened, single, steps)
    left = secretless(opened.frame, names["case_id"], classified=classified)
    raw = left.frame
    trimmed, trims = trimmed_columns(raw, {})
    stamps = _stamps(trimmed, opened, steps, timezone, day_first, formats or {})
    ids = as_texts(trimmed[names["case_id"]])
    known = pd.DataFrame({name: read["moment"].notna() for name, read in stamps.items()})
    reasons = pd.Series("", index=raw.index).mask(~known.any(axis=1), "rejected_moment")
    reasons = reasons.mask(ids.isna(), "rejected_case").mask(left.marked, "rejected_secret")
    culprit = {
        "rejected_case": names["case_id"], "rejected_moment": next(iter(stamps)),
        "rejected_secret": next(iter(left.secrets.columns), ""),
    }  # fmt: skip
    rejected = _rejected(raw, ids, reasons, culprit, language)
    kept = reasons == ""
    if not kept.any():
        details = {"n": len(raw), "reason": rejected["reason"].iloc[0]}
        raise LogError([Problem("all_rejected", details, file=opened.name)])
    log = _unfolded(trimmed[kept], names, steps, stamps)
    unread = [
        ledger_rows(raw.loc[at, name], at + 1, name, say("changed_time", language))
        for name, read in stamps.items()
        if len(at := raw.index[as_filled(trimmed[name]) & read["moment"].isna() & kept])
    ]
    doubts = [*_out_of_order(raw, stamps, steps, kept), *_repeated(raw, names["case_id"], kept)]
    notes = notes_of((*opened.notes, *doubts), classified=classified)
    parts = [*(part.assign(n=1) for part in unread), trims, notes]
    changed = pd.concat([tables.CHANGED.empty(), *parts])[COLUMNS]
    changed = changed.astype({"row": "int64", "n": "int64"})
    changed = changed.sort_values(["row", "column"], ignore_index=True)
    told = [form for name, read in stamps.items() for form in forms(name, trimmed[name], read)]
    made = record_of(tables.LOG.check(log), rejected, changed, opened, told, left.secrets)
    return replace(made, rest=renamed(trimmed[~kept], {}))


def _out_of_order(
    raw: pd.DataFrame,
    stamps: Mapping[str, pd.DataFrame],
    steps: Mapping[str, RegisterStep],
    kept: pd.Series,
) -> list[Note]:
    """Doubt the moments that lie before one that stands before them in their row."""
    columns = [column for step in steps.values() for column in step.moments.values()]
    begin = pd.DataFrame({name: stamps[name]["moment"] for name in columns})
    # A date alone lies anywhere in its day.
    bare = pd.DataFrame({name: stamps[name]["precision"] == "day" for name in columns})
    latest = begin.ffill(axis=1).cummax(axis=1).shift(axis=1)
    end = begin.where(~bare, begin + pd.Timedelta(days=1))
    early = (end.lt(latest) | (bare & end.eq(latest))).where(kept, other=False)
    told = begin.notna().where(kept, other=False).sum()
    free = (told >= MANY) & (early.sum() > FREE * told)
    return [
        Note(int(row) + 1, name, str(raw.at[row, name]), OUT_OF_ORDER)
        for name in columns
        if not free[name]
        for row in early.index[early[name]]
    ]


def _repeated(raw: pd.DataFrame, column: str, kept: pd.Series) -> list[Note]:
    """Doubt the numbers that stand in several rows: a register has one row a matter."""
    ids = raw.loc[kept, column].astype(str).str.strip()
    counts = ids.value_counts(sort=False)
    first = ids.drop_duplicates()
    return [
        Note(int(row) + 1, column, name, REPEATED, int(counts[name]))
        for row, name in first.items()
        if counts[name] > 1
    ]


def _mapping(
    opened: Source, columns: Mapping[str, str], steps: Mapping[str, RegisterStep]
) -> dict[str, str]:
    """Ours = theirs for all steps; every column that is not there, or stands twice, at once."""
    have = [str(name) for name in opened.frame.columns]
    names = {ours: theirs for ours, theirs in columns.items() if ours not in MOMENTS}
    if "case_id" in have:
        names.setdefault("case_id", "case_id")
    asked = [*names.items()]
    asked += [(f"{activity}.{name}", column) for activity, step in steps.items()
              for name, column in vars(step).items() if column]  # fmt: skip
    problems = [
        Problem("no_column", {"name": ours, "got": theirs, "have": listed(have),
                              "hint": Hint(theirs, tuple(have))}, file=opened.name)
        for ours, theirs in asked if theirs not in have
    ]  # fmt: skip
    if "case_id" not in names:
        problems.append(
            Problem("unmapped", {"name": "case_id", "have": listed(have)}, file=opened.name)
        )
    seen: dict[str, str] = {}
    for activity, step in steps.items():
        for name, column in step.moments.items():
            place = f"{activity}.{name}"
            if column in seen:
                details = {"first": seen[column], "second": place, "got": column}
                problems.append(Problem("two_columns", details, file=opened.name))
            seen[column] = place
    if not seen:
        problems.append(Problem("no_moments", file=opened.name))
    if problems:
        raise LogError(problems)
    return names


def _stamps(
    frame: pd.DataFrame,
    opened: Source,
    steps: Mapping[str, RegisterStep],
    timezone: str,
    day_first: bool | None,
    formats: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """The moments and precisions of each column that holds one."""
    stamps, problems = {}, []
    before: pd.Series | None = None
    for step in steps.values():
        for column in step.moments.values():
            values = frame[column] if before is None else _with_date(frame[column], before)
            try:
                stamps[column] = (
                    read_formatted(values, formats[column], timezone)
                    if column in formats
                    else moments_of(values, timezone, day_first, opened.serials)
                )
            except AmbiguousDayError as error:
                details = {"name": column, "value": str(error)}
                problems.append(Problem("day_first", details, file=opened.name))
                continue
            read = stamps[column]["moment"]
            before = read if before is None else read.fillna(before)
    if problems:
        raise LogError(problems)
    return stamps


def _is_clock(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        return pd.Series(data=False, index=values.index)
    return values.fillna("").astype(str).str.match(CLOCK)


def _with_date(values: pd.Series, before: pd.Series) -> pd.Series:
    """A time of day alone with the date of the moment that stands before it in the row."""
    bare = _is_clock(values)
    if not bare.any():
        return values
    dates = before.dt.strftime("%Y-%m-%d").fillna("")
    return values.where(~bare, dates + " " + values.astype(str).str.strip())


def _unfolded(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    steps: Mapping[str, RegisterStep],
    stamps: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """One row for each step of each matter that has a moment."""
    used = {column for step in steps.values() for column in step.moments.values()}
    used |= {names["case_id"]}
    rest = renamed(frame[[name for name in frame.columns if name not in used]], {})
    parts = []
    for at, (activity, step) in enumerate(steps.items(), start=1):
        part = pd.DataFrame({"case_id": as_texts(frame[names["case_id"]])}, index=frame.index)
        part["activity"] = activity
        for ours in ("actor", "unit"):
            column = getattr(step, ours) or names.get(ours, "")
            part[ours] = as_texts(frame[column]) if column else None
        for name, column in step.moments.items():
            read = stamps[column].loc[frame.index]
            part[name], part[f"{name}_precision"] = read["moment"], read["precision"]
        moments = list(step.moments)
        part = part[part[moments].notna().any(axis=1)]
        part["row"] = part.index * len(steps) + at
        parts.append(part.join(rest))
    log = pd.concat(parts).sort_values("row", ignore_index=True)
    return in_order(log)


def _rejected(
    raw: pd.DataFrame,
    ids: pd.Series,
    reasons: pd.Series,
    culprit: Mapping[str, str],
    language: Language,
) -> pd.DataFrame:
    """Name each matter that could not be taken, with the column that failed."""
    parts = [ledger_rows(raw, [], "", "")]
    for reason, column in culprit.items():
        at = reasons.index[reasons == reason]
        if len(at):
            told = say(reason, language)
            parts.append(ledger_rows(raw.loc[at, column], at + 1, column, told))
    rows = pd.concat(parts).sort_values("row", ignore_index=True)
    whose = pd.DataFrame({"case_id": ids.fillna(""), "activity": ""})
    whole = rows.join(whose.set_axis(raw.index + 1), on="row")
    return whole.astype({"case_id": object, "activity": object})


def steps_of(columns: Mapping[str, str | RegisterStep]) -> dict[str, RegisterStep]:
    """
    The steps of a register as settings give them: a column alone is the end of its step.

    Examples
    --------
    >>> steps_of({"立项": "立项日期"})["立项"].end
    '立项日期'
    """
    return {
        activity: RegisterStep(end=column) if isinstance(column, str) else replace(column)
        for activity, column in columns.items()
    }
