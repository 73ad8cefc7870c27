"""Several converted logs as one: steps and ledgers; what stands in two of them counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.evidence.log.headers import AGAIN
from efficiency.evidence.log.records import ledger_rows
from efficiency.evidence.log.sources import each_name, other_columns, stood_before
from efficiency.evidence.log.stamps import Form
from efficiency.evidence.log_record import Record
from efficiency.problems import LogError, Problem

#: Where the rows of several files come from.
FROM = "source_file"


def joined_records(records: Mapping[str, Record]) -> Record:
    """
    Converted logs as one.

    Parameters
    ----------
    records
        The logs by the names of what they were made of, tables on one connection, in order.

    Returns
    -------
    Record
        Its rows are counted on from log to log; ``source_file`` says of each where it stood.

    Raises
    ------
    LogError
        If one has other columns than the first, or holds only some rows of a case: of what was
        marked as a secret, or of steps that were paired, the rest may stand in another.
    """
    named = {name: replace(one, log=_from(one.log, name)) for name, one in records.items()}
    _see_alike(named)
    logs, changes, ended = [], [], 0
    for one in named.values():
        logs.append(one.log.mutate(row=one.log.row + ended))
        # What is of no row comes first.
        at = (one.changed["row"] + ended).where(one.changed["row"] > 0, 0)
        changes.append(one.changed.assign(at=at))
        ended += one.rows
    log, notes = _once(engine.union(_of_one_kind(logs)), list(named))
    every = list(named.values())
    changed = pd.concat([notes.assign(at=0), *changes]).sort_values(
        ["at", "column"], kind="stable", ignore_index=True
    )
    return Record(
        tables.LOG.check(log),
        pd.concat([one.rejected for one in every], ignore_index=True),
        changed.drop(columns="at").astype({"row": "int64", "n": "int64"}),
        ended - int(notes["n"].sum()),
        each_name(one.encoding for one in every),
        each_name(one.separator for one in every),
        each_name(one.sheet for one in every),
        sum(one.files for one in every),
        _forms(every),
        rest=pd.concat([one.rest for one in every], ignore_index=True),
    )


def _from(log: ir.Table, name: str) -> ir.Table:
    """The log, saying where it comes from if it does not yet."""
    return log if FROM in log.columns else log.mutate(**{FROM: ibis.literal(name)})


def _see_alike(records: Mapping[str, Record]) -> None:
    first, *others = records
    columns = {name: list(one.log.columns) for name, one in records.items()}
    errors = [
        other_columns((first, columns[first]), (other, columns[other]))
        for other in others
        if set(columns[other]) != set(columns[first])
    ]
    problems = [problem for error in errors for problem in error.problems]
    problems += [
        Problem("converted_apart", file=name)
        for name, one in records.items()
        if one.secrets.cases or one.paired
    ]
    if problems:
        raise LogError(problems)


def _of_one_kind(logs: Sequence[ir.Table]) -> list[ir.Table]:
    """The logs with their columns in one order; a column that is text in one is text in all."""
    first = logs[0]
    texts = {
        name: "string"
        for name in first.columns
        if len({log[name].type() for log in logs}) > 1
        and any(log[name].type().is_string() for log in logs)
    }
    return [log.select(*first.columns).cast(texts) for log in logs]


def _once(log: ir.Table, names: Sequence[str]) -> tuple[ir.Table, pd.DataFrame]:
    """
    The log without the rows that stood in an earlier file already, and what is told of them.

    Notes
    -----
    Of large logs none is loaded but the rows that share a hash with one of another file.
    """
    con = engine.backend_of(log)
    told = [name for name in log.columns if name not in {"row", FROM}]
    keyed = log.mutate(key_of_row=engine.hashed(ibis.struct({name: log[name] for name in told})))
    keys = keyed.group_by("key_of_row").aggregate(files=keyed[FROM].nunique())
    shared = keyed.semi_join(keys.filter(keys.files > 1), "key_of_row").drop("key_of_row")
    rows = engine.frame(shared.order_by("row"), con)
    again = rows[stood_before(rows[told], rows[FROM]).to_numpy()]
    counts = again[FROM].value_counts().reindex(names).dropna().astype("int64")
    notes = ledger_rows(pd.Series(counts.index), [0] * len(counts), "", AGAIN)
    notes = notes.assign(n=counts.to_numpy(), file="")[tables.CHANGED.names]
    if again.empty:
        return log, notes
    left = log.anti_join(engine.table(again[["row"]]), "row")
    return engine.keep(_counted_on(left, again["row"]), con), notes


def _counted_on(log: ir.Table, gone: pd.Series) -> ir.Table:
    """The rows counted as if some had never been, whose numbers stand in order."""
    before = engine.table(pd.DataFrame({"gone": gone, "fewer": range(1, len(gone) + 1)}))
    known = log.asof_join(before, log.row >= before.gone)
    return known.mutate(row=known.row - known.fewer.fill_null(0)).drop("gone", "fewer")


def _forms(records: Sequence[Record]) -> tuple[Form, ...]:
    """How stamps were written: each form of a column once, the most frequent first."""
    told: dict[tuple[str, str], Form] = {}
    columns: dict[str, Any] = {}
    for form in (form for one in records for form in one.forms):
        columns.setdefault(form.column, len(columns))
        known = told.get((form.column, form.form))
        told[form.column, form.form] = replace(known, n=known.n + form.n) if known else form
    return tuple(sorted(told.values(), key=lambda form: (columns[form.column], -form.n)))
