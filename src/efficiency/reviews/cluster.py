"""A log that lies on a cluster: whole cases are handed out, and each is told as it is here."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa

from efficiency import tables
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
#: Columns that number what only all cases together have.
_OF_ALL = ("variant", "share")
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
        whose sums go on to whoever has their key.
    *given, **named
        Its other arguments.
    parts
        Into how many parts the cases are put; None: as Spark is set.

    Returns
    -------
    Spark DataFrame
        The rows of ``work``, in no order, to the last digit as they come here; without ``variant``
        and ``share``, which are of all cases together. Nobody is warned of activities that the log
        never has.

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
    _check(log, work, given, named)
    if named.get("cutoff") is None:
        named = {**named, "cutoff": _last(log)}
    summed = SUMMED.get(work)
    done = partial(_frame, work=summed.given if summed else work, given=given, named=named)
    told = done(_typed(log.limit(_SEEN).toPandas(), log))
    shares = [parts] if parts else []
    contract = summed.contract if summed else _BY_CASE[work]
    rows = _mapped(log.repartition(*shares, "case_id"), done, _schema(told, log, contract))
    if summed is None:
        return rows
    kinds = _schema(summed.of(told), log, contract)
    return _mapped(rows.repartition(*shares, *summed.keys), summed.of, kinds)


def _mapped(rows: Any, done: Callable[[pd.DataFrame], pd.DataFrame], schema: dict[str, str]) -> Any:
    """What a function makes of each part, on the executors."""
    kinds = ", ".join(f"`{name}` {kind}" for name, kind in schema.items())
    return rows.mapInArrow(partial(_job, done=done, schema=schema), kinds)


def _check(log: Any, work: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    problems = []
    if work not in {**_BY_CASE, **SUMMED}:
        have = ", ".join(one.__name__ for one in (*_BY_CASE, *SUMMED))
        got = getattr(work, "__name__", type(work).__name__)
        problems.append(Problem("not_by_case", {"got": got, "have": have}))
    if "row" not in log.columns:
        problems.append(Problem("no_row"))
    if work is deviations:
        rules = parse_rules(named["rules"] if "rules" in named else given[0])
        problems += [
            Problem("rule_other_cases", {"rule": rule.rule_id, "kind": rule.kind})
            for rule in rules
            if rule.kind in _OTHER_CASES
        ]
    if problems:
        raise ArgumentError(problems)


def _last(log: Any) -> pd.Timestamp:
    """The last moment of the whole log: what a part holds is seen as at that time."""
    known = [name for name in MOMENTS if name in log.columns]
    row = log.agg(dict.fromkeys(known, "max")).toPandas().iloc[0]
    return pd.Timestamp(row.dropna().max())


def _typed(frame: pd.DataFrame, log: Any) -> pd.DataFrame:
    """A frame of a log with times to the microsecond, and text where nothing is known."""
    times = {name: "datetime64[us]" for name, kind in log.dtypes if kind.startswith("timestamp")}
    texts = {name: object for name, kind in log.dtypes if kind == "string"}
    return frame.astype({**times, **texts})


def _frame(log: pd.DataFrame, *, work: Any, given: Any, named: dict[str, Any]) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a part may lack an activity that the log has
        told: pd.DataFrame = work(log, *given, **named)
    return told.drop(columns=[name for name in _OF_ALL if name in told])


def _schema(told: pd.DataFrame, log: Any, contract: tables.Table) -> dict[str, str]:
    """The columns of what is told, in the words of Spark."""
    ours = {column.name: _KINDS.get(column.kind, "string") for column in contract.columns}
    theirs = dict(log.dtypes)
    kinds = {"f": "double", "i": "bigint", "b": "boolean", "M": "timestamp_ntz"}
    found = {
        name: ours.get(name) or theirs.get(name) or kinds.get(told[name].dtype.kind, "string")
        for name in told.columns
    }
    return {name: kind if kind in _ARROW else "string" for name, kind in found.items()}


def _job(
    batches: Iterator[pa.RecordBatch], *, done: Any, schema: dict[str, str]
) -> Iterator[pa.RecordBatch]:
    """What an executor does with its cases."""
    held = [batch for batch in batches if batch.num_rows]
    if not held:
        return
    os.environ[THREADS_VARIABLE] = "1"  # Spark has a process for each core
    rows = pa.Table.from_batches(held)
    times = [field.name for field in rows.schema if pa.types.is_timestamp(field.type)]
    told = done(rows.to_pandas().astype(dict.fromkeys(times, "datetime64[us]")))
    kinds = pa.schema([(name, _ARROW[kind]) for name, kind in schema.items()])
    texts = {name: told[name].map(str, na_action="ignore") for name, kind in schema.items()
             if kind == "string"}  # fmt: skip
    chosen = told.assign(**texts)[list(schema)]
    yield from pa.Table.from_pandas(chosen, schema=kinds, preserve_index=False).to_batches()
