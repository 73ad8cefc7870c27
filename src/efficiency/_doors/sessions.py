"""Sessions of the embedded DuckDB: how much memory and time they take, and where they spill."""

from __future__ import annotations

import atexit
import csv
import gc
import hashlib
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends import BaseBackend
from ibis.backends.duckdb import Backend

from efficiency.problems import ArgumentError, Problem

#: Queries whose text is remembered.
MOST_TEXTS = 1000
#: What says how much memory the engine may take, and into which file it tells its times.
MEMORY_VARIABLE, PROFILE_VARIABLE = "EFFICIENCY_MEMORY", "EFFICIENCY_PROFILE"
#: How many threads it may use; none: one for each core.
THREADS_VARIABLE = "EFFICIENCY_THREADS"
_SIZE = re.compile(r"(?=[\d.]*[1-9])\d+(\.\d+)?\s*([KMGT]i?)?B", re.IGNORECASE)
_lasting = ExitStack()
atexit.register(_lasting.close)


@contextmanager
def _uncollected() -> Iterator[None]:
    """
    Look for no garbage meanwhile.

    Notes
    -----
    To write an expression as SQL takes a hundred thousand objects, which are none: to look
    through them, and through all others, time and again, took a tenth of the time of a review.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


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
        with _uncollected():
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
        _without_bar(con)
        con.raw_sql(f"set temp_directory = '{aside.replace(chr(39), chr(39) * 2)}'")
        if limit:
            con.raw_sql(f"set memory_limit = '{limit}'")
        if threads := os.environ.get(THREADS_VARIABLE):
            con.raw_sql(f"set threads = {int(threads)}")
        yield con
    finally:
        con.disconnect()
        shutil.rmtree(aside, ignore_errors=True)


def _without_bar(con: BaseBackend) -> None:
    """Keep DuckDB's bar from standing among what is printed to a file or another program."""
    printed = sys.stdout is None or not sys.stdout.isatty()
    # Within Jupyter, where it is off, DuckDB wants ipywidgets even to be told so.
    if printed and con.raw_sql("select current_setting('enable_progress_bar')").fetchone()[0]:
        con.raw_sql("set enable_progress_bar = false")


def lasting(memory: str | None = None) -> BaseBackend:
    """A session that lasts until Python ends: for tables whose end nobody tells."""
    return _lasting.enter_context(session(memory))


def aside(con: BaseBackend) -> Path:
    """A new folder for files of a session: nobody else can read it, and it does not stay."""
    kept = con.raw_sql("select current_setting('temp_directory')").fetchone()[0]
    return Path(tempfile.mkdtemp(dir=kept))


def memory_limit(given: str | None = None) -> str:
    """
    What the engine may take, as it was given or as ``EFFICIENCY_MEMORY`` says; empty: no limit.

    Raises
    ------
    ArgumentError
        If it is no size.

    Examples
    --------
    >>> memory_limit("512 MB"), memory_limit("0.5GB")
    ('512 MB', '0.5GB')
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
