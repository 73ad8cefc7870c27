"""The one door to DuckDB: table in, table of the same kind out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend

from efficiency._doors.parquet import arrow_of, frame_of
from efficiency._doors.sessions import Embedded, lasting

Value = Any  # an Ibis value expression; Ibis' own types are too wide to be of help here
MICROSECONDS_PER_DAY = 86_400_000_000
MICROSECONDS_PER_HOUR = 3_600_000_000

_EPOCH = pd.Timestamp("1970-01-01")
_names = itertools.count()
#: How many rows are changed at a time where a table is not loaded whole.
ROWS_AT_ONCE = 200_000
#: About how many different texts a column may have to be stored as numbers: two bytes hold these.
MOST_NUMBERED = 60_000


def table(frame: pd.DataFrame | ir.Table) -> ir.Table:
    """
    A frame as an Ibis table, with times to the microsecond; a table stays as it is.

    Notes
    -----
    By way of Arrow: left to itself, Ibis reads every text once to find its type and once more
    each time that the table is used.
    """
    if isinstance(frame, ir.Table):
        return frame
    times = frame.select_dtypes("datetime").columns
    plain = frame.astype(dict.fromkeys(times, "datetime64[us]"))
    return ibis.memtable(arrow_of(plain))


def frame(expr: ir.Table, con: BaseBackend) -> pd.DataFrame:
    """
    Run an expression and give its rows as a DataFrame, times to the microsecond.

    Notes
    -----
    By way of Arrow: Ibis' own conversion takes several times as long.
    """
    result: pd.DataFrame = con.to_pyarrow(expr).to_pandas()
    return result


def rows_with(log: pd.DataFrame | ir.Table, column: str, values: Iterable[Any]) -> pd.DataFrame:
    """
    The rows that have one of some values in a column, wherever the table lies.

    Examples
    --------
    >>> rows_with(pd.DataFrame({"row": [1, 2, 3]}), "row", [3, 1])["row"].tolist()
    [1, 3]
    """
    asked = list(values)
    if isinstance(log, pd.DataFrame):
        return log[log[column].isin(asked)]
    wanted = table(pd.DataFrame({column: pd.Series(asked).drop_duplicates()}))
    return frame(log.semi_join(wanted, column), backend_of(log))


def backend_of(expr: ir.Table) -> BaseBackend:
    """The connection that a table lives on."""
    return expr.get_backend()


def brought(expr: ir.Table, con: BaseBackend) -> ir.Table:
    """A table where a connection reaches it: the rows of one on another engine are fetched."""
    lies = [
        one for one in expr.op().find(ops.PhysicalTable) if not isinstance(one, ops.InMemoryTable)
    ]
    home = backend_of(expr) if lies else con
    return expr if home is con else ibis.memtable(home.to_pyarrow(expr))


def rewritten(
    log: pd.DataFrame | ir.Table, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame | ir.Table:
    """
    The rows of a log, changed as frames; those of a table some at a time, never loaded whole.

    Parameters
    ----------
    log
        A DataFrame or a table; the changed table lies on a connection of its own that lasts
        (`lasting`).
    change
        What to do to a frame of some of its rows; it must not depend on the others.
    """
    if isinstance(log, pd.DataFrame):
        return change(log)
    con, name, home = lasting(), f"rewritten_{next(_names)}", backend_of(log)
    # What Ibis has for this rests on a call that DuckDB means to drop.
    batches = home.raw_sql(home.compile(log)).to_arrow_reader(ROWS_AT_ONCE)
    parts = (pa.Table.from_batches([batch]) for batch in batches)

    def changed(rows: pa.Table) -> pa.Table:
        return arrow_of(change(frame_of(rows)))

    first = next(parts, batches.schema.empty_table())
    made = changed(first)
    kinds = _kinds(made, first.schema)
    con.create_table(name, made.cast(kinds), temp=True)
    for part in parts:
        con.insert(name, ibis.memtable(changed(part).cast(kinds)))
    return con.table(name)


def _kinds(made: pa.Table, before: pa.Schema) -> pa.Schema:
    """The types of changed rows; a column that holds nothing is of the type that it was of."""
    held = {name for name in made.column_names if made[name].null_count < made.num_rows}
    kinds = [
        field if field.name in held or field.name not in before.names else before.field(field.name)
        for field in made.schema
    ]
    return pa.schema(kinds)


def keep(expr: ir.Table, con: BaseBackend) -> ir.Table:
    """
    Compute an expression once and give the table that holds it.

    Notes
    -----
    ``create temp table as`` is one pass; Ibis' ``create_table`` is a create and an insert.
    """
    return _create("table", expr, con)


def named(expr: ir.Table, con: BaseBackend) -> ir.Table:
    """
    An expression a name of its own: a view, which is not computed before it is used.

    Notes
    -----
    Ibis writes expressions into one another; over many steps the query grows without bound, and
    takes longer to write than to run. A view keeps each step short, and the engine sees through.
    """
    return _create("view", expr, con)


def _create(kind: str, expr: ir.Table, con: BaseBackend) -> ir.Table:
    con._run_pre_execute_hooks(expr)
    text: str = con.compile(expr)
    own = isinstance(con, Embedded)
    name = con.name_of(kind, expr, text) if own else f"step_{next(_names)}"
    _made(con, kind, name, text)
    # Its columns are known: asking for them binds every view below once more.
    return ops.DatabaseTable(name, schema=expr.schema(), source=con).to_expr()


def numbered(expr: ir.Table, whole: ir.Table, con: BaseBackend, *columns: str) -> ir.Table:
    """
    A table whose texts in some columns are carried and stored as numbers.

    Parameters
    ----------
    expr
        The table.
    whole
        The table that it was made of: every text of the columns stands in it.
    con
        The connection.
    columns
        Columns of texts. One of more than `MOST_NUMBERED` stays as it is.

    Notes
    -----
    DuckDB's ENUM, which Ibis does not know: to it they stay texts. What is stored of it is made
    text again by `spelled`.
    """
    texts, source = named(whole, con).get_name(), named(expr, con).get_name()
    about = {name: whole[name].approx_nunique() for name in columns}
    counts = frame(whole.aggregate(**about), con).iloc[0]
    kinds = {name: f"{name}_of_{texts}" for name in columns if 0 < counts[name] <= MOST_NUMBERED}
    for name, kind in kinds.items():
        values = con.compile(whole.select(name).filter(whole[name].notnull()).distinct())
        _made(con, "type", kind, f"enum ({values})")
    return _retyped(expr, source, "numbered", kinds, con)


def spelled(stored: ir.Table, con: BaseBackend, *columns: str) -> ir.Table:
    """A stored table of `numbered` columns as it is read: they are texts."""
    source = stored.get_name()
    return _retyped(stored, source, "spelled", dict.fromkeys(columns, "varchar"), con)


def _retyped(
    expr: ir.Table, source: str, kind: str, types: dict[str, str], con: BaseBackend
) -> ir.Table:
    casts = ", ".join(f'cast("{name}" as {type_}) as "{name}"' for name, type_ in types.items())
    chosen = f"* replace ({casts})" if casts else "*"
    name = f"{kind}_{source}"
    _made(con, "view", name, f"from {source} select {chosen}")
    return ops.DatabaseTable(name, schema=expr.schema(), source=con).to_expr()


def _made(con: BaseBackend, kind: str, name: str, text: str) -> None:
    if isinstance(con, Embedded):
        con.hold(kind, name, text)
    else:
        con.raw_sql(f"create temp {kind} if not exists {name} as {text}")


@contextmanager
def scratch(con: BaseBackend) -> Iterator[None]:
    """
    Let go at the end of all that was kept meanwhile on a connection of ours.

    Notes
    -----
    For work of which DataFrames come, many times over: what it kept would stay until the end.
    """
    if isinstance(con, Embedded):
        with con.scratch():
            yield
    else:
        yield


def microseconds(moment: Value) -> Value:
    """A time as whole microseconds since 1970."""
    return since_1970(moment, "microsecond")


def since_1970(moment: Value, unit: str) -> Value:
    """A time as whole microseconds, or the like, since 1970."""
    return moment.delta(ibis.literal(_EPOCH.to_pydatetime()), unit=unit).cast("int64")


def moment(micros: Value) -> Value:
    """Whole microseconds since 1970 as a time."""
    return (ibis.literal(_EPOCH.to_pydatetime()) + micros.as_interval("us")).cast("timestamp(6)")


def floor_div(value: Value, by: int | Value) -> Value:
    """Divide whole numbers and round down to a whole number, which Ibis leaves a double."""
    return (value // by).cast("int64")


def hashed(value: Value) -> Value:
    """
    Some 64 bits of a value, or of a struct of several.

    Notes
    -----
    Hashed twice: DuckDB mixes the parts of a struct by XOR, and what is made of many such by XOR
    again would not depend on which part stood beside which. Ibis' own hash takes its number
    through a string of bits, which is several times as slow.
    """
    return _hash(_hash(value))


@ibis.udf.scalar.builtin(name="hash", signature=((None,), "uint64"))  # type: ignore[untyped-decorator]
def _hash(value: Any) -> int:
    """Some 64 bits of a value."""
    raise NotImplementedError


def total(value: Value, where: Value | None = None) -> Value:
    """
    Sum whole numbers to a whole number; 0 over nothing.

    Notes
    -----
    DuckDB sums integers to 128 bits while Ibis believes them to be 64 and drops the cast; by way
    of a double it stays, and is exact below 2**53.
    """
    return value.sum(where=where).fill_null(0).cast("float64").cast("int64")


def nothing(beside: ir.Table, schema: Mapping[str, str]) -> ir.Table:
    """
    No rows of some columns, where another table lies.

    Notes
    -----
    A table in memory would do, but what is made of one is written anew each time (`Embedded`).
    """
    columns = {name: ibis.null(kind) for name, kind in schema.items()}
    return beside.limit(0).select(**columns)


def union(tables: Iterable[ir.Table]) -> ir.Table:
    """Put tables of the same columns on top of one another."""
    first, *rest = tables
    return ibis.union(first, *rest) if rest else first
