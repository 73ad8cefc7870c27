"""Several converted logs as one: steps and ledgers; what stands in two of them counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.evidence.log.classified import Secrets
from efficiency.evidence.log.headers import AGAIN
from efficiency.evidence.log.records import ledger_rows
from efficiency.evidence.log.sources import each_name, other_columns, stood_before
from efficiency.evidence.log.stamps import Form
from efficiency.evidence.log_record import Record
from efficiency.problems import LogError, Problem

#: Where the rows of several files come from.
FROM = "source_file"
#: Columns on the way, by names that no log has.
_KEY, _NTH, _SEEN = "\x1fkey", "\x1fnth", "\x1fseen"


def joined_records(records: Mapping[str, Record]) -> Record:
    """
    Converted logs as one.

    Parameters
    ----------
    records
        The logs by what they are called, each of them different; tables on one connection, in
        order.

    Returns
    -------
    Record
        As if their sources had been read as one: rows are counted on from log to log, what stands
        in two counts once, ``source_file`` says where each stood. But texts are compared as they
        are after trimming, and stamps were read source by source.

    Raises
    ------
    LogError
        If one has other columns than the first, or is of several sources, or holds only some rows
        of a case: of what was marked as a secret, or of steps that were paired, the rest may stand
        in another.
    """
    see_alike(records)
    every, names = list(records.values()), list(records)
    ends = [0, *accumulate(one.rows for one in every)]
    logs = [
        one.log.mutate(**{"row": one.log.row + before, FROM: ibis.literal(name)})
        for (name, one), before in zip(records.items(), ends[:-1], strict=True)
    ]
    log = engine.union(_of_one_kind(every, logs))
    rejected = _laid(records, ends, [one.rejected for one in every])
    rest = pd.concat([one.rest for one in every], ignore_index=True)
    twice = stood_before(rest, rejected["file"]).to_numpy()
    rest = rest.assign(**{FROM: rejected["file"]})
    again = pd.concat([_again(log), rejected.loc[twice, ["at", "file"]]], ignore_index=True)
    changed = _laid(records, ends, [one.changed for one in every])
    return Record(
        log=tables.LOG.check(_without(log, again["at"])),
        rejected=rejected[~twice].drop(columns="at").reset_index(drop=True),
        changed=changes_of_all(changed[~changed["at"].isin(again["at"])], _notes(again, names)),
        rows=ends[-1] - len(again),
        encoding=each_name(one.encoding for one in every),
        separator=each_name(one.separator for one in every),
        sheet=each_name(one.sheet for one in every),
        files=len(every),
        forms=forms_of_all(every),
        secrets=Secrets(tuple(dict.fromkeys(n for one in every for n in one.secrets.columns))),
        rest=rest[~twice].reset_index(drop=True),
    )


def see_alike(records: Mapping[str, Record]) -> None:
    """
    See that logs can be one, by what they are called.

    Raises
    ------
    LogError
        As `joined_records` does.
    """
    first, *others = records
    columns = {
        name: [column for column in one.log.columns if column != FROM]
        for name, one in records.items()
    }
    errors = [
        other_columns((first, columns[first]), (other, columns[other]))
        for other in others
        if set(columns[other]) != set(columns[first])
    ]
    problems = [problem for error in errors for problem in error.problems]
    problems += [
        Problem("converted_apart", file=name)
        for name, one in records.items()
        if one.secrets.rows or one.paired or one.files > 1
    ]
    if problems:
        raise LogError(problems)


def _of_one_kind(records: Sequence[Record], logs: Sequence[ir.Table]) -> list[ir.Table]:
    """The logs with their columns in one order, each of a type that holds what is in all."""
    names = logs[0].columns
    kinds = {}
    for name in names:
        every = {log[name].type() for log in logs}
        if len(every) > 1:
            # What holds nothing was stored as text.
            held = {one.log[name].type() for one in records if one.holds(name)} or every
            texts = any(not kind.is_numeric() for kind in held) and len(held) > 1
            kinds[name] = "string" if texts else ibis.expr.datatypes.highest_precedence(held)
    return [log.select(*names).cast(kinds) for log in logs]


def _laid(
    records: Mapping[str, Record], ends: Sequence[int], ledgers: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Ledgers one below the other, with the row of all in ``at``; what is of no row has 0."""
    parts = [
        ledger.assign(
            at=(ledger["row"] + before).where(ledger["row"] > 0, 0),
            file=ledger["file"].where(ledger["row"] == 0, name).astype(object),
        )
        for name, before, ledger in zip(records, ends[:-1], ledgers, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _again(log: ir.Table) -> pd.DataFrame:
    """
    The rows that stood in an earlier log already, each as often as it stood there: ``at, file``.

    Notes
    -----
    Only rows that share a hash with one of another log are held against one another.
    """
    told = [name for name in log.columns if name not in {"row", FROM}]
    key = engine.hashed(ibis.struct({name: log[name] for name in told}))
    keyed = log.mutate(**{_KEY: key})
    keys = keyed.group_by(_KEY).aggregate(logs=keyed[FROM].nunique())
    shared = keyed.semi_join(keys.filter(keys.logs > 1), _KEY).drop(_KEY)
    in_log = ibis.window(group_by=[*told, FROM], order_by="row")
    shared = shared.mutate(**{_NTH: ibis.row_number().over(in_log)})
    in_all = ibis.window(group_by=[*told, _NTH], order_by="row")
    shared = shared.mutate(**{_SEEN: ibis.row_number().over(in_all)})
    later = shared.filter(shared[_SEEN] > 0).select(at="row", file=FROM)
    return engine.frame(later, engine.backend_of(log)).sort_values("at", ignore_index=True)


def _without(log: ir.Table, gone: pd.Series) -> ir.Table:
    """The log without some rows, the others counted as if these had never been."""
    if gone.empty:
        return log
    ordered = gone.sort_values().reset_index(drop=True)
    left = log.anti_join(engine.table(pd.DataFrame({"row": ordered})), "row")
    before = engine.table(pd.DataFrame({_KEY: ordered, _NTH: range(1, len(ordered) + 1)}))
    known = left.asof_join(before, left.row >= before[_KEY])
    counted = known.mutate(row=known.row - known[_NTH].fill_null(0)).drop(_KEY, _NTH)
    return engine.keep(counted, engine.backend_of(log))


def _notes(again: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """How many rows of each log stood in an earlier one already."""
    counts = again["file"].value_counts()
    there = [name for name in names if name in counts.index]
    notes = ledger_rows(pd.Series(there, dtype=object), [0] * len(there), "", AGAIN)
    return notes.assign(n=[int(counts[name]) for name in there], file="", at=0)


def changes_of_all(changed: pd.DataFrame, notes: pd.DataFrame | None = None) -> pd.DataFrame:
    """
    What was changed, in the order of rows; each text that was trimmed once, with its rows.

    Parameters
    ----------
    changed
        Ledgers one below the other, with the row of all in ``at``.
    notes
        What is said of all of them, before the rest.
    """
    once = changed["reason"] == "trimmed"
    keys = ["column", "value"]
    n = changed[once].groupby(keys)["n"].transform("sum")
    trims = changed[once].assign(n=n).drop_duplicates(keys)
    whole = pd.concat([notes, changed[~once], trims])
    ordered = whole.sort_values(["at", "column"], kind="stable", ignore_index=True)
    return ordered[tables.CHANGED.names].astype({"row": "int64", "n": "int64"})


def forms_of_all(records: Iterable[Record]) -> tuple[Form, ...]:
    """How stamps were written: each form of a column once, the most frequent first."""
    told: dict[tuple[str, str], Form] = {}
    columns: dict[str, Any] = {}
    for form in (form for one in records for form in one.forms):
        columns.setdefault(form.column, len(columns))
        known = told.get((form.column, form.form))
        told[form.column, form.form] = replace(known, n=known.n + form.n) if known else form
    return tuple(sorted(told.values(), key=lambda form: (columns[form.column], -form.n)))
