"""The one door to DuckDB: table in, table of the same kind out."""

from __future__ import annotations

import csv
import hashlib
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend
from ibis.backends.duckdb import Backend

from efficiency._doors.parquet import arrow_of
from efficiency.problems import ArgumentError, Problem

Value = Any  # an Ibis value expression; Ibis' own types are too wide to be of help here
MICROSECONDS_PER_DAY = 86_400_000_000
MICROSECONDS_PER_HOUR = 3_600_000_000

_EPOCH = pd.Timestamp("1970-01-01")
_names = itertools.count()
#: Queries whose text is remembered.
MOST_TEXTS = 1000
#: What says how much memory the engine may take, and into which file it tells its times.
MEMORY_VARIABLE, PROFILE_VARIABLE = "EFFICIENCY_MEMORY", "EFFICIENCY_PROFILE"
#: How many threads it may use; none: one for each core.
THREADS_VARIABLE = "EFFICIENCY_THREADS"
_SIZE = re.compile(r"0*[1-9]\d*(\.\d+)?\s*([KMGT]i?)?B", re.IGNORECASE)
#: About how many different texts a column may have to be stored as numbers: two bytes hold these.
MOST_NUMBERED = 60_000


class Embedded(Backend):  # type: ignore[misc]
    """
    A DuckDB of our own, of which nobody else changes a table.

    Notes
    -----
    To write an expression as SQL takes Ibis longer than a small log takes to be run. What is kept
    here is named after its own text, so that one question asked of two logs is one text, which is
    written once; and what was kept already is not computed again.
    """

    _texts: ClassVar[dict[ops.Node, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roots = itertools.count()
        self._kept: dict[str, str] = {}

    def compile(self, expr: ir.Expr, /, **given: Any) -> str:
        """The SQL of an expression, written once."""
        asked = expr.op()
        if asked in self._texts and not any(given.values()):
            return self._texts[asked]
        text: str = super().compile(expr, **given)
        # A table in memory has another name each time, and would be held for ever.
        if not any(given.values()) and not asked.find(ops.InMemoryTable):
            if len(self._texts) >= MOST_TEXTS:
                self._texts.pop(next(iter(self._texts)), None)
            self._texts[asked] = text
        return text

    def raw_sql(self, query: Any, **given: Any) -> Any:
        """Run a query; how long it took goes into the profile, where one is asked for."""
        with timed(query), _room():
            return super().raw_sql(query, **given)

    def to_pyarrow(self, expr: ir.Expr, /, **given: Any) -> Any:
        """The rows of an expression; how long it took goes into the profile."""
        with timed(self.compile(expr) if os.environ.get(PROFILE_VARIABLE) else ""), _room():
            return super().to_pyarrow(expr, **given)

    def hold(self, kind: str, name: str, text: str) -> None:
        """Make a table, view or type that is not there yet, for as long as this is open."""
        if name not in self._kept:
            self.raw_sql(f"create temp {kind} if not exists {name} as {text}")
            self._kept[name] = kind

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """Let go at the end of what was kept meanwhile: only DataFrames may be left of it."""
        before = set(self._kept)
        try:
            yield
        finally:
            for name in [name for name in reversed(self._kept) if name not in before]:
                self.raw_sql(f"drop {self._kept.pop(name)} if exists {name}")

    def name_of(self, kind: str, expr: ir.Table, text: str) -> str:
        """
        A name for what is kept.

        Parameters
        ----------
        kind
            ``table`` or ``view``.
        expr, text
            The expression, and its SQL as `compile` gave it.
        """
        # What is not remembered is made of tables in memory, whose names say nothing.
        if expr.op() not in self._texts:
            return f"root_{next(self._roots)}"
        return f"{kind}_{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"


@contextmanager
def session(memory: str | None = None) -> Iterator[BaseBackend]:
    """
    Open an embedded DuckDB for one piece of work and close it after.

    Parameters
    ----------
    memory
        What it may take (``4GB``), beyond which it works on the disk; None: what
        ``EFFICIENCY_MEMORY`` says, else four fifths of the machine's.

    Raises
    ------
    ArgumentError
        If that is no size.

    Notes
    -----
    What goes to the disk goes to a folder of its own, which nobody else can read and which does
    not stay. A connection left open makes DuckDB write to stderr when Python exits.
    """
    limit = memory_limit(memory)
    con = Embedded().connect()
    aside = tempfile.mkdtemp(prefix="efficiency-")
    try:
        con.raw_sql("set preserve_insertion_order = false")
        con.raw_sql("set autoinstall_known_extensions = false")  # it would ask the network
        con.raw_sql(f"set temp_directory = '{aside.replace(chr(39), chr(39) * 2)}'")
        if limit:
            con.raw_sql(f"set memory_limit = '{limit}'")
        if threads := os.environ.get(THREADS_VARIABLE):
            con.raw_sql(f"set threads = {int(threads)}")
        yield con
    finally:
        con.disconnect()
        shutil.rmtree(aside, ignore_errors=True)


def memory_limit(given: str | None = None) -> str:
    """
    What the engine may take, as it was given or as ``EFFICIENCY_MEMORY`` says; empty: no limit.

    Raises
    ------
    ArgumentError
        If it is no size.

    Examples
    --------
    >>> memory_limit("512 MB")
    '512 MB'
    """
    limit = (given or os.environ.get(MEMORY_VARIABLE, "")).strip()
    if limit and not _SIZE.fullmatch(limit):
        details = {"name": "memory", "got": limit, "right": "4GB"}
        raise ArgumentError([Problem("bad_value", details)])
    return limit


@contextmanager
def _room() -> Iterator[None]:
    """Tell in a line that the memory it was given is too small for a piece of work."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ != "OutOfMemoryException":  # DuckDB's, which Ibis does not name
            raise
        details = {"limit": os.environ.get(MEMORY_VARIABLE) or "?"}
        raise ArgumentError([Problem("memory_short", details)]) from None


@contextmanager
def timed(what: Any) -> Iterator[None]:
    """Put how long something takes into the profile: SQL, or the name of a stage."""
    begun = perf_counter()
    try:
        yield
    finally:
        profiled(what, perf_counter() - begun)


def profiled(what: Any, seconds: float) -> None:
    """
    Add a line to the file that ``EFFICIENCY_PROFILE`` names: ``ended, seconds, what``.

    Parameters
    ----------
    what
        What ended now: SQL, or the name of a stage.
    seconds
        How long it took.
    """
    path = os.environ.get(PROFILE_VARIABLE)
    if path:
        with Path(path).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow([f"{perf_counter():.4f}", f"{seconds:.4f}", str(what)])


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
