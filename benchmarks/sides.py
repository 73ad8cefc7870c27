"""The same work done by efficiency, by pm4py, and as little as DuckDB can do for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from logs import DECLARE, FLOW, LIMITS, RULES

Seconds = dict[str, float]


def floor(path: Path) -> Seconds:
    """Read the columns once, and put the keys in order: less than this nobody can do."""
    columns = ["case_id", "activity", "unit", "actor", "received", "start", '"end"', "row"]
    scan = ", ".join(f"max({name})" for name in columns)
    keys = 'select hash(case_id) as c, "end" as e, row'
    with duckdb.connect() as con:
        con.execute("set preserve_insertion_order = false")
        return timed(
            {
                "scan": lambda: con.execute(f"select {scan} from '{path}'").fetchall(),
                "sort": lambda: con.execute(
                    f"create temp table k as {keys} from '{path}' order by c, e, row"
                ),
            }
        )


def table(path: Path) -> Seconds:
    """From a parquet file to tables in DuckDB: facts, and the judgements of nine standards."""
    import efficiency as eff
    from efficiency._doors import engine, sessions

    with sessions.session() as con:
        return work(con.read_parquet(path), lambda answer: engine.keep(answer, con), eff)


def frame(path: Path) -> Seconds:
    """The same from a DataFrame to DataFrames."""
    import efficiency as eff

    return work(pd.read_parquet(path), lambda answer: answer, eff)


def work(log: Any, store: Callable[[Any], Any], eff: Any) -> Seconds:
    """Variants, edges, case and step times, and judgements."""
    seconds, begun = {}, time.perf_counter()
    with eff.observed(log, eff.read_calendar()) as kept:
        seconds["order"] = time.perf_counter() - begun
        return seconds | timed(
            {
                "variants": lambda: store(eff.variants(kept)),
                "edges": lambda: store(eff.edges(kept)),
                "case times": lambda: store(eff.case_times(kept)),
                "step times": lambda: store(eff.step_times(kept)),
                "judgements": lambda: store(eff.judge(kept, limits())),
            }
        )


def more(path: Path) -> Seconds:
    """From a parquet file: fourteen rules, what is waited for, groups compared, conformance."""
    import efficiency as eff
    from efficiency._doors import engine, sessions
    from efficiency.criteria.rules import parse_rules
    from efficiency.findings.rules.deviations import hold

    def rules() -> None:
        held = hold(kept, parse_rules(rule_table()), {})
        engine.keep(held.deviations, con)
        held.summary()

    seconds, begun = {}, time.perf_counter()
    with (
        sessions.session() as con,
        eff.observed(con.read_parquet(path), eff.read_calendar()) as kept,
    ):
        seconds["order"] = time.perf_counter() - begun
        return seconds | timed(
            {
                "rules": rules,
                "waiting": lambda: eff.waiting(kept),
                "comparison": lambda: eff.compare(kept),
                "conformance": lambda: eff.conformance(kept, prescribed(eff)),
            }
        )


def study(path: Path) -> Seconds:
    """Twelve tables that the README shows, each asked of one study of a DataFrame."""
    import efficiency as eff

    log, begun = pd.read_parquet(path), time.perf_counter()
    office = eff.study(log, eff.read_calendar(), limits(), rule_table(), flow=prescribed(eff))
    names = ("variants", "edges", "cases", "steps", "judgements", "compliance", "adherence",
             "deviations", "departures", "handovers", "waiting", "workload")  # fmt: skip
    seconds = timed({name: lambda name=name: office.table(name) for name in names})
    return {"twelve tables": time.perf_counter() - begun, **seconds}


def csv_read(path: Path) -> Seconds:
    """Read and judge a csv file, every value accounted for."""
    import efficiency as eff

    written = path.with_suffix(".csv")
    pd.read_parquet(path).drop(columns="row").to_csv(written, index=False)
    try:
        return timed({"csv": lambda: eff.read_log(written)})
    finally:
        written.unlink()


def pm4py(path: Path) -> Seconds:
    """What pm4py has of the facts: the same columns under its own names."""
    return theirs(pd.read_parquet(path))


def theirs(log: pd.DataFrame) -> Seconds:
    """Its variants, edges, and times within business hours."""
    import pm4py
    from pm4py.statistics.service_time.pandas import get as service_time

    names = {"case_id": "case:concept:name", "activity": "concept:name", "end": "time:timestamp"}
    frame = log.rename(columns=names | {"start": "start_timestamp"})
    for name in ("time:timestamp", "start_timestamp"):
        frame[name] = frame[name].dt.tz_localize("UTC")
    day, hour = 86_400, 3_600
    slots = [
        (d * day + int(a * hour), d * day + int(b * hour))
        for d in range(5)
        for a, b in ((8.5, 12), (14.5, 18))
    ]
    hours = {"business_hours": True, "business_hour_slots": slots}
    work = {
        "variants": lambda: pm4py.get_variants(frame),
        "edges": lambda: pm4py.discover_dfg(frame),
        "edges, business hours": lambda: pm4py.discover_performance_dfg(frame, **hours),
        "case times, business hours": lambda: pm4py.get_all_case_durations(frame, **hours),
        "service times, business hours": lambda: service_time.apply(
            frame, parameters={"pm4py:param:start_timestamp_key": "start_timestamp", **hours}
        ),
    }
    return timed(work)


def declare(path: Path) -> Seconds:
    """Hold the five rules that Declare has against the log."""
    import pm4py

    names = {"case_id": "case:concept:name", "activity": "concept:name", "end": "time:timestamp"}
    log = pd.read_parquet(path).rename(columns=names)
    model = {
        template: {of: {"support": 1, "confidence": 1} for of in each}
        for template, each in DECLARE.items()
    }
    return timed({"5 rules": lambda: pm4py.conformance_declare(log, model)})


def limits() -> pd.DataFrame:
    """Nine standards."""
    return pd.DataFrame(LIMITS, columns=["standard_id", "scope", "from", "to", "limit", "clock"])


def rule_table() -> pd.DataFrame:
    """Fourteen rules."""
    return pd.DataFrame(RULES, columns=["rule_id", "scope", "kind", "a", "b", "n"])


def prescribed(eff: Any) -> Any:
    """The flow that the cases are to take."""
    return eff.read_flow(FLOW.replace("|", " → "))


def timed(work: dict[str, Callable[[], Any]]) -> Seconds:
    """How long each piece takes."""
    seconds = {}
    for name, do in work.items():
        at = time.perf_counter()
        do()
        seconds[name] = time.perf_counter() - at
    return seconds
