"""Reads a log: one row = one handling step, every value accounted for."""

from __future__ import annotations

import datetime as dt
import itertools
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency.evidence.log.classified import Emptied, Secrets, emptied, speaks_of_secrets
from efficiency.evidence.log.pairing import TRANSITIONS, paired, pairs
from efficiency.evidence.log.sources import Source, open_source
from efficiency.evidence.log.stamps import (
    AmbiguousDayError,
    Form,
    forms,
    read_formatted,
    read_stamps,
)
from efficiency.evidence.log.texts import as_texts, trim, trimmed
from efficiency.evidence.log_record import MOMENTS, TEXTS, Record, in_order
from efficiency.problems import Hint, LedgerWarning, LogError, Problem, listed, say

#: Of a ledger while it is made; which file it is of comes last.
COLUMNS = [name for name in tables.CHANGED.names if name != "file"]
#: Seconds from 1970 to the first of the year 1, a day in for any zone, and to the end of 9998.
_YEAR_1, _YEAR_9999 = -62_135_510_400, 253_370_764_799
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
#: Ours, in the order in which a log shows them; ``transition`` is used up while reading.
OURS = (*TEXTS, *MOMENTS, "transition")


def read_log(
    source: str | Path | pd.DataFrame | Sequence[str | Path],
    columns: Mapping[str, str | Sequence[str]] | None = None,
    *,
    timezone: str = "Asia/Shanghai",
    day_first: bool | None = None,
) -> pd.DataFrame:
    """
    Read a log.

    Parameters
    ----------
    source
        A csv, a workbook (xlsx, xls, xlsb, ods), a parquet, xes or xes.gz file, a DataFrame, or
        several files that are one log.
    columns
        Ours = theirs, such as ``{"case_id": "流水号"}``, or several that make one:
        ``{"case_id": ["年度", "编号"], "end": ["日期", "时刻"]}``. Columns of our own names need no
        entry; all others travel along.
    timezone
        The office's zone; stamps with a zone are converted to its clock.
    day_first
        Whether ``03/04/2024`` is the third of April; None: found out.

    Returns
    -------
    DataFrame
        ``tables.LOG`` and every other column of the source.

    Raises
    ------
    LogError
        Lists everything that keeps the log from being read.

    Warns
    -----
    LedgerWarning
        If rows were rejected or values set to missing; `read_record` gives them.

    Examples
    --------
    >>> frame = pd.DataFrame({"流水号": ["007"], "环节": ["登记"], "办结": ["2024-3-5 9:05"]})
    >>> log = read_log(frame, {"case_id": "流水号", "activity": "环节", "end": "办结"})
    >>> log[["case_id", "activity", "end", "end_precision", "row"]].to_dict("records")
    [{'case_id': '007', 'activity': '登记', 'end': Timestamp('2024-03-05 09:05:00'), \
'end_precision': 'minute', 'row': 1}]
    """
    record = read_record(source, columns, timezone=timezone, day_first=day_first)
    if len(record.rejected) or len(record.changed):
        text = (
            f"{len(record.rejected)} of {record.rows} rows rejected, {len(record.changed)} values "
            "set to missing or trimmed; see read_record(...).rejected and .changed"
        )
        warnings.warn(text, LedgerWarning, stacklevel=2)
    return record.log


def read_record(
    source: str | Path | pd.DataFrame | Source | Sequence[str | Path],
    columns: Mapping[str, str | Sequence[str]] | None = None,
    *,
    timezone: str = "Asia/Shanghai",
    day_first: bool | None = None,
    sheet: str | None = None,
    formats: Mapping[str, str] | None = None,
    classified: bool = True,
    language: str = "en",
) -> Record:
    """
    Read a log together with the ledger of what was rejected and changed.

    Parameters are those of `read_log`; ``sheet`` names one of a workbook, ``formats`` gives
    the form of a moment's stamps where it cannot be found out (``{"end": "%d-%b-%y"}``),
    ``classified = False`` leaves out the cases that are marked as state secrets, ``language`` is
    that of the ledger's reasons.

    Examples
    --------
    >>> ends = ["2024-02-28", "2024-02-30", "2024-03-01"]
    >>> frame = pd.DataFrame({"case_id": ["1", "1", ""], "activity": ["a", "b", "c"], "end": ends})
    >>> read_record(frame).rejected["reason"].tolist()
    ['no readable moment', 'no case_id']
    """
    opened, single = joined(open_source(source, sheet), columns or {})
    names = _mapping(opened, single)
    _refuse_read(source)
    left = secretless(renamed(opened.frame, names), "case_id", classified=classified)
    raw = left.frame
    frame, trims = trimmed_columns(raw, names)
    stamps = _stamps(frame, opened, timezone, day_first, names, formats or {})
    log = _texts(frame).assign(row=range(1, len(frame) + 1))
    unread = pd.DataFrame(
        {name: as_filled(frame[name]) & read["moment"].isna() for name, read in stamps.items()},
        index=frame.index,
    )
    for name in MOMENTS:
        if name in stamps:
            log[name] = stamps[name]["moment"]
            log[f"{name}_precision"] = stamps[name]["precision"]
    reasons = _reasons(log, [name for name in MOMENTS if name in stamps])
    reasons = reasons.mask(left.marked, "rejected_secret")
    steps, reasons = _paired(log, reasons)
    together, log = "transition" in log and "transition" not in steps, steps
    rejected = _ledger(raw, log, reasons, names, left.secrets, language)
    kept = log[~log["row"].isin(rejected["row"])]
    changed = _changes(raw, unread, names, set(rejected["row"]), language)
    notes = notes_of(opened.notes, classified=classified)
    changed = pd.concat([changed, trims, notes.astype({"row": "int64", "n": "int64"})]).sort_values(
        ["row", "column"], ignore_index=True
    )
    if kept.empty:
        first = rejected["reason"].iloc[0]
        details = {"n": len(frame), "reason": first}
        raise LogError([Problem("all_rejected", details, file=opened.name)])
    log = tables.LOG.check(in_order(kept.reset_index(drop=True)))
    told = [form for name, read in stamps.items() for form in forms(names[name], frame[name], read)]
    made = record_of(log, rejected, changed, opened, told, left.secrets)
    return replace(made, paired=together, rest=frame[~frame.index.isin(kept.index)])


def secretless(frame: pd.DataFrame, case: str, *, classified: bool) -> Emptied:
    """The frame without what is secret; as it is where that is to be read too."""
    nothing = pd.Series(data=False, index=frame.index)
    return Emptied(frame, nothing) if classified else emptied(frame, case)


def notes_of(notes: Iterable[Any], *, classified: bool) -> pd.DataFrame:
    """Notes as rows of a ledger; what stands outside the table may speak of secrets too."""
    rows = pd.DataFrame([vars(note) for note in notes], columns=COLUMNS)
    if classified or rows.empty:
        return rows
    secret = rows["value"].astype(str).map(speaks_of_secrets)
    return rows.assign(value=rows["value"].mask(secret, ""))


def record_of(
    log: pd.DataFrame,
    rejected: pd.DataFrame,
    changed: pd.DataFrame,
    opened: Source,
    told: Iterable[Form],
    secrets: Secrets,
) -> Record:
    """A log with its ledger, whose rows are those of the source's files."""
    return Record(
        log.drop(columns=[name for name in secrets.columns if name in log]),
        opened.placed(rejected)[tables.REJECTED.names],
        opened.placed(changed)[tables.CHANGED.names],
        len(opened.frame),
        opened.encoding,
        opened.separator,
        opened.sheet,
        1 if opened.places is None else opened.places["file"].nunique(),
        tuple(told),
        secrets,
    )


def joined(
    opened: Source, columns: Mapping[str, str | Sequence[str]]
) -> tuple[Source, dict[str, str]]:
    """Make one column of several: an id of year and number, a moment of date and time."""
    single = {ours: theirs for ours, theirs in columns.items() if isinstance(theirs, str)}
    several = {ours: tuple(theirs) for ours, theirs in columns.items() if ours not in single}
    frame, have = opened.frame, [str(name) for name in opened.frame.columns]
    missing = [
        Problem("no_column", {"name": ours, "got": name, "have": listed(have),
                              "hint": Hint(name, tuple(have))}, file=opened.name)
        for ours, names in several.items() for name in names if name not in have
    ]  # fmt: skip
    if missing:
        raise LogError(missing)
    for ours, names in several.items():
        parts = [as_texts(frame[name]).fillna("").map(trim) for name in names]
        sign = " " if ours in MOMENTS else "-"
        whole = parts[0].str.cat(parts[1:], sep=sign).str.strip(sign)
        # An id of which a part is missing is none; a date without a time is a date.
        known = pd.concat(parts, axis=1).ne("").all(axis=1) | (ours in MOMENTS)
        single[ours] = sign.join(names)
        frame = frame.assign(**{single[ours]: whole.where(known, "")})
    return replace(opened, frame=frame), single


def _mapping(opened: Source, columns: Mapping[str, str]) -> dict[str, str]:
    """Find their column for each of ours: as given, else by our own name, else the format's."""
    have = [str(name) for name in opened.frame.columns]
    known = dict(opened.columns)
    problems = [
        Problem(
            "no_column",
            {"name": ours, "got": theirs, "have": listed(have), "hint": Hint(theirs, tuple(have))},
            file=opened.name,
        )
        for ours, theirs in columns.items()
        if theirs not in have
    ]
    names = {ours: theirs for ours, theirs in columns.items() if theirs in have}
    for ours in OURS:
        if ours not in columns and ours in have:
            names[ours] = ours
        elif ours not in columns and ours in known and known[ours] not in names.values():
            names[ours] = known[ours]
    seen: dict[str, str] = {}
    for ours, theirs in names.items():
        if theirs in seen:
            details = {"first": seen[theirs], "second": ours, "got": theirs}
            problems.append(Problem("two_columns", details, file=opened.name))
        seen[theirs] = ours
    problems += [
        Problem("unmapped", {"name": ours, "have": listed(have)}, file=opened.name)
        for ours in ("case_id", "activity")
        if ours not in names and ours not in columns
    ]
    if not set(MOMENTS) & (set(names) | set(columns)):
        problems.append(Problem("no_moment", file=opened.name))
    if problems:
        raise LogError(problems)
    return names


def renamed(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """
    Our names to the columns; one of theirs that bears a name of ours steps aside.

    So does one that differs from an earlier one in capitals only: to the engine they are one.

    Examples
    --------
    >>> frame = pd.DataFrame(columns=["编号", "End", "x", "X"])
    >>> renamed(frame, {"case_id": "编号"}).columns.tolist()
    ['case_id', 'End (source)', 'x', 'X (2)']
    """
    theirs = {name: ours for ours, name in names.items()}
    reserved = {"transition", *(name.lower() for name in tables.names())}
    told, seen = {}, set[str]()
    for name in frame.columns:
        plain = f"{name} (source)" if str(name).lower() in reserved else str(name)
        others = (f"{plain} ({nth})" for nth in itertools.count(2))
        tried = itertools.chain([theirs.get(name, plain)], others)
        told[name] = next(one for one in tried if one.lower() not in seen)
        seen.add(told[name].lower())
    return frame.rename(columns=told)


def trimmed_columns(
    frame: pd.DataFrame, names: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The columns trimmed, and each distinct value that was."""
    parts, columns = [tables.CHANGED.empty()], {}
    for name in frame:
        columns[name], told = trimmed(frame[name])
        if len(told):
            parts.append(told.assign(column=names.get(name, name), reason="trimmed"))
    changed = pd.concat(parts)[COLUMNS].astype({"row": "int64", "n": "int64"})
    return pd.DataFrame(columns, index=frame.index), changed


def _refuse_read(source: Any) -> None:
    """Refuse a log that was read before: what was rejected then is not known any more."""
    read = {"row", "end_precision", "start_precision", "received_precision"}
    if isinstance(source, pd.DataFrame) and read <= set(source.columns):
        raise LogError([Problem("read_before")])


def as_filled(values: pd.Series) -> pd.Series:
    """Whether something stands in each cell."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.notna()
    return values.notna() & (values.astype(str).str.strip() != "")


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that are text as text; empty ones are missing."""
    columns = {
        name: as_texts(frame[name])
        if name in TEXTS or name == "transition" or frame[name].dtype == object
        else frame[name]
        for name in frame.columns
        if name not in MOMENTS
    }
    return pd.DataFrame(columns, index=frame.index)


def _stamps(
    frame: pd.DataFrame,
    opened: Source,
    timezone: str,
    day_first: bool | None,
    names: Mapping[str, str],
    formats: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    stamps, problems = {}, []
    for name in MOMENTS:
        if name not in frame:
            continue
        if name in formats:
            stamps[name] = read_formatted(frame[name], formats[name], timezone)
            continue
        try:
            stamps[name] = moments_of(frame[name], timezone, day_first, opened.serials)
        except AmbiguousDayError as error:
            details = {"name": names[name], "value": str(error)}
            problems.append(Problem("day_first", details, file=opened.name))
    if problems:
        raise LogError(problems)
    return stamps


def moments_of(
    values: pd.Series, timezone: str, day_first: bool | None, serials: pd.Timestamp | None
) -> pd.DataFrame:
    """The moments and precisions of a column, typed or text, as `read_stamps` gives them."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        plain = values.map(
            lambda value: value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
        )
        return read_stamps(plain, timezone, day_first, serials)
    # A typed column may hold years that no clock shows: they cannot be read.
    many = _PER_SECOND[values.dt.unit]
    counts = values.astype("int64")
    values = values.where(counts.between(_YEAR_1 * many, _YEAR_9999 * many))
    if values.dt.tz is not None:
        values = values.dt.tz_convert(timezone).dt.tz_localize(None)
    moment = values.astype("datetime64[us]")
    # A typed column cannot say that it holds dates only; all midnights do.
    bare = bool((moment.dropna() == moment.dropna().dt.normalize()).all()) and moment.notna().any()
    precision = pd.Series("day" if bare else "second", index=values.index)
    return pd.DataFrame({"moment": moment, "precision": precision.where(moment.notna(), None)})


def _reasons(log: pd.DataFrame, moments: list[str]) -> pd.Series:
    reasons = pd.Series("", index=log.index)
    reasons = reasons.mask(log[moments].isna().all(axis=1), "rejected_moment")
    reasons = reasons.mask(log["activity"].isna(), "rejected_activity")
    return reasons.mask(log["case_id"].isna(), "rejected_case")


def _paired(log: pd.DataFrame, reasons: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """
    Bring life-cycle rows together to steps.

    Notes
    -----
    The row that completes a step stands for it; of one that nothing completed, the row that began
    it. Whoever completed it did it, else who took it up; who scheduled it handed out the work.
    """
    if "transition" not in log:
        return log, reasons
    kinds = log["transition"].str.lower()
    if not pairs(kinds):
        return log, reasons
    reasons = reasons.mask((reasons == "") & ~kinds.isin(list(TRANSITIONS)), "rejected_transition")
    moments = [name for name in ("end", *MOMENTS) if name in log]
    good = log[reasons == ""].assign(kind=kinds)
    filled = good[list(dict.fromkeys(moments))].bfill(axis=1).iloc[:, 0]
    good = good.assign(moment=filled, precision=good.get(f"{moments[0]}_precision"))
    steps = paired(good)
    by_row = good.set_index("row")
    leads = steps["complete"].fillna(steps["start"]).fillna(steps["schedule"]).astype("int64")
    unused = [name for name in by_row if name in {*MOMENTS, "moment", "precision", "kind"}]
    unused += [name for name in by_row if name in {f"{moment}_precision" for moment in MOMENTS}]
    told = by_row.loc[leads].drop(columns=[*unused, "transition"]).reset_index()
    for kind, name in TRANSITIONS.items():
        told[name] = steps[kind].map(by_row["moment"])
        told[f"{name}_precision"] = steps[kind].map(by_row["precision"]).astype(object)
    if "actor" in told:
        done = steps["complete"].map(by_row["actor"]).fillna(steps["start"].map(by_row["actor"]))
        told["actor"] = done.astype(object).where(done.notna(), None)
    return told.sort_values("row"), reasons


def _ledger(
    frame: pd.DataFrame,
    log: pd.DataFrame,
    reasons: pd.Series,
    names: Mapping[str, str],
    secrets: Secrets,
    language: Any,
) -> pd.DataFrame:
    """Name each rejected row, with the column that failed, what stood there, and whose it was."""
    culprit = {
        "rejected_case": "case_id",
        "rejected_activity": "activity",
        "rejected_moment": next(name for name in reversed(MOMENTS) if name in frame),
        "rejected_transition": "transition",
        "rejected_secret": next(iter(secrets.columns), ""),
    }
    parts = [ledger_rows(frame, [], "", "")]
    for reason, name in culprit.items():
        at = reasons.index[reasons == reason]
        if len(at):
            parts.append(
                ledger_rows(
                    frame.loc[at, name], at + 1, names.get(name, name), say(reason, language)
                )
            )
    rows = pd.concat(parts).sort_values("row", ignore_index=True)
    whose = log[["case_id", "activity"]].fillna("").set_axis(log.index + 1)
    return rows.join(whose, on="row").astype({"case_id": object, "activity": object})


def _changes(
    frame: pd.DataFrame,
    unread: pd.DataFrame,
    names: Mapping[str, str],
    rejected: set[int],
    language: Any,
) -> pd.DataFrame:
    """Name each value that was set to missing in a row that was kept."""
    parts = [ledger_rows(frame, [], "", "")]
    for name in unread.columns:
        at = unread.index[unread[name] & ~(unread.index + 1).isin(list(rejected))]
        parts.append(
            ledger_rows(frame.loc[at, name], at + 1, names[name], say("changed_time", language))
        )
    return pd.concat(parts).assign(n=1)


def ledger_rows(values: Any, rows: Any, column: str, reason: str) -> pd.DataFrame:
    """Rows of a ledger: of one column and for one reason, with the values as they stood there."""
    shown = values.astype("object").where(values.notna(), "").astype(str) if len(rows) else []
    return pd.DataFrame(
        {
            "row": pd.Series(list(rows), dtype="int64"),
            "column": column,
            "value": pd.Series(list(shown), dtype=object),
            "reason": reason,
        }
    ).astype({"column": object, "reason": object})
