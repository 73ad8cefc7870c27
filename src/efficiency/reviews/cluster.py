"""A log that lies on a cluster: whole cases are handed out, and each is told as it is here."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from inspect import signature
from typing import Any

import pandas as pd
import pyarrow as pa

from efficiency import tables
from efficiency._doors import sessions
from efficiency._doors.sessions import THREADS_VARIABLE
from efficiency.criteria.rules import parse_rules
from efficiency.evidence.log_record import MOMENTS
from efficiency.facts.times import case_times, step_times
from efficiency.findings.rules.deviations import deviations
from efficiency.findings.standards.judgements import judge
from efficiency.problems import ArgumentError, Problem
from efficiency.reviews.cluster_sums import SUMMED

#: The functions whose rows hang on their own case alone, with what their rows are.
_BY_CASE: dict[Callable[..., Any], tables.Table] = {
    case_times: tables.CASES,
    step_times: tables.STEPS,
    judge: tables.JUDGEMENTS,
    deviations: tables.DEVIATIONS,
}
#: Columns of what only all cases together have.
_OF_ALL = ("variant",)
#: Kinds of rules that look into other cases.
_OTHER_CASES = ("unregistered", "recurs")
_KINDS = {"text": "string", "time": "timestamp_ntz", "integer": "bigint", "number": "double",
          "boolean": "boolean"}  # fmt: skip
#: The same in Arrow, as Spark takes it; what else Spark may hold in a column of a log.
_ARROW = {
    "string": pa.string(), "timestamp_ntz": pa.timestamp("us"), "bigint": pa.int64(),
    "double": pa.float64(), "boolean": pa.bool_(), "int": pa.int32(), "smallint": pa.int16(),
    "tinyint": pa.int8(), "float": pa.float32(), "date": pa.date32(),
}  # fmt: skip
#: Rows that are told here first, to see which columns there will be.
_SEEN = 1000


def by_case(
    log: Any, work: Callable[..., Any], *given: Any, parts: int | None = None, **named: Any
) -> Any:
    """
    Do on a cluster what a function does here, case by case.

    Parameters
    ----------
    log
        A Spark DataFrame that keeps ``tables.LOG``, with ``row``; times without a zone
        (``timestamp_ntz``).
    work
        ``case_times``, ``step_times``, ``judge`` or ``deviations``; or ``variants``, ``edges``,
        ``handovers``, ``involvement``, whose pieces go on to whoever has their key.
    *given, **named
        Its other arguments.
    parts
        Into how many parts the cases are put; None: as Spark is set.

    Returns
    -------
    Spark DataFrame
        The rows of ``work``, in no order, to the last digit as they come here; without ``variant``,
        ``share`` and ``case_share``, which are of all cases together. Nobody is warned of
        activities that the log never has.

    Raises
    ------
    ArgumentError
        If the function does not go case by case, or the log has no ``row``.

    Notes
    -----
    Spark brings the rows of a case together (``repartition``) and gives them to a Python process
    of an executor, which runs this package on DuckDB with one thread. It must therefore be
    installed in the environment that ``PYSPARK_PYTHON`` names on each machine.
    """
    if _check(log, work, given, named).get("cutoff") is None:
        named = {**named, "cutoff": _last(log)}
    summed = SUMMED.get(work)
    of_cases = partial(_told, work=summed.pieces_of if summed else work, given=given, named=named)
    told, shares = of_cases(_arrow(log.limit(_SEEN), log)), [parts] if parts else []
    contract = summed.contract if summed else _BY_CASE[work]
    # What is known of a case is of the log's types; pieces are of their own.
    theirs = {} if summed else dict(log.dtypes)
    rows = _mapped(log.repartition(*shares, "case_id"), of_cases, _schema(told, theirs, contract))
    if summed is None:
        return rows
    of_keys = partial(_told, work=summed.rows, given=(), named={})
    kinds = _schema(of_keys(told), theirs, contract)
    return _mapped(rows.repartition(*shares, *summed.keys), of_keys, kinds)


def _mapped(rows: Any, done: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Any:
    """What a function makes of each part, on the executors."""
    spark = {kind: name for name, kind in _ARROW.items()}
    kinds = ", ".join(f"`{field.name}` {spark[field.type]}" for field in schema)
    return rows.mapInArrow(partial(_job, done=done, schema=schema), kinds)


def _check(log: Any, work: Any, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    """
    See that the work can be done case by case, before any executor begins; give its arguments.

    Raises
    ------
    TypeError
        If the function does not take these arguments.
    """
    problems, asked = [], dict[str, Any]()
    if work in {**_BY_CASE, **SUMMED}:
        asked = signature(work).bind(log, *given, **named).arguments
    else:
        have = ", ".join(one.__name__ for one in (*_BY_CASE, *SUMMED))
        got = getattr(work, "__name__", type(work).__name__)
        problems.append(Problem("not_by_case", {"got": got, "have": have}))
    if "row" not in log.columns:
        problems.append(Problem("no_row"))
    if work is deviations:
        rules = parse_rules(asked["rules"])
        problems += [
            Problem("rule_other_cases", {"rule": rule.rule_id, "kind": rule.kind})
            for rule in rules
            if rule.kind in _OTHER_CASES
        ]
    if problems:
        raise ArgumentError(problems)
    return asked


def _last(log: Any) -> pd.Timestamp:
    """The last moment of the whole log: what a part holds is seen as at that time."""
    known = [name for name in MOMENTS if name in log.columns]
    row = log.agg(dict.fromkeys(known, "max")).toPandas().iloc[0]
    return pd.Timestamp(row.dropna().max())


def _arrow(rows: Any, log: Any) -> pa.Table:
    """Some rows of a log, as an executor gets them."""
    made = pa.Table.from_pandas(rows.toPandas(), preserve_index=False, safe=False)
    known = {name: _ARROW[kind] for name, kind in log.dtypes if kind in _ARROW}
    kinds = [(field.name, known.get(field.name, field.type)) for field in made.schema]
    return made.cast(pa.schema(kinds))


def _told(rows: pa.Table, *, work: Any, given: Any, named: dict[str, Any]) -> pa.Table:
    """What a function says of some cases, without a detour by pandas."""
    with sessions.session() as con, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a part may lack an activity that the log has
        told = work(con.create_table("rows_of_part", rows, temp=True), *given, **named)
        kept = told.select(*[name for name in told.columns if name not in _OF_ALL])
        # Lists and the like of theirs: Spark gets them as text.
        texts = {name: "string" for name in kept.columns if not kept[name].type().is_primitive()}
        return con.to_pyarrow(kept.cast(texts))


def _schema(told: pa.Table, theirs: dict[str, str], contract: tables.Table) -> pa.Schema:
    """The columns of what is told, in types that Spark has too."""
    ours = {column.name: _KINDS.get(column.kind) for column in contract.columns}
    named = {name: kind for name, kind in {**theirs, **ours}.items() if kind in _ARROW}
    return pa.schema(
        [
            (field.name, _ARROW[named[field.name]] if field.name in named else _near(field.type))
            for field in told.schema
        ]
    )


def _near(kind: pa.DataType) -> pa.DataType:
    """The type of Spark's that holds a value of another."""
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    if pa.types.is_integer(kind):
        return pa.int64()
    return kind if kind in _ARROW.values() else pa.string()


def _job(
    batches: Iterator[pa.RecordBatch], *, done: Any, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """What an executor does with its cases."""
    held = [batch for batch in batches if batch.num_rows]
    if not held:
        return
    os.environ[THREADS_VARIABLE] = "1"  # Spark has a process for each core
    told = done(pa.Table.from_batches(held))
    yield from told.select(schema.names).cast(schema).to_batches()
