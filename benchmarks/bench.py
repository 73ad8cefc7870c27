"""The same work by efficiency and by pm4py, on the same rows, in one run: writes BENCHMARKS.md."""

from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

CASES, STEPS = 100_000, 10
ACTIVITIES = ["签收", "登记", "初审", "拟办", "批示", "转办", "承办", "催办", "反馈", "办结"]
UNITS = ["文书科", "秘书一处", "秘书二处", "综合处", "督查室"]
LIMITS = [
    ("T1", "文种=请示", "登记", "转办", "30 min", "working"),
    ("T2", "", "签收", "转办", "2 h", "working"),
    ("T3", "", "签收", "初审", "same day", ""),
    ("T4", "文种=函|通知", "签收", "拟办", "same day", ""),
    ("T5", "", "登记", "拟办", "1 working day", ""),
    ("T6", "", "签收", "转办", "20 min", "elapsed"),
    ("T7", "", "登记", "办结", "5 working days", ""),
    ("T8", "", "批示", "反馈", "10 days", ""),
    ("T9", "", "承办.received", "承办", "4 h", "working"),
]
FLOW = "|".join(["签收", "登记", "拟办", "批示", "承办", "反馈", "办结"])
RULES = [
    ("R1", "", "precedence", "登记", "批示", ""),
    ("R2", "", "order", "登记", "批示", ""),
    ("R3", "文种=请示", "precedence", "批示", "承办", ""),
    ("R4", "", "response", "承办", "反馈", ""),
    ("R5", "", "hub", "文书科", "", ""),
    ("R6", "", "ping_pong", "", "", "1"),
    ("R7", "", "repeats", "拟办", "", "2"),
    ("R8", "", "four_eyes", "拟办", "批示", ""),
    ("R9", "", "same_actor", "签收", "登记", ""),
    ("R10", "", "backflow", FLOW, "初审", ""),
    ("R11", "", "absence", "催办", "", ""),
    ("R12", "", "existence", "登记", "", ""),
    ("R13", "", "at_most", "催办", "", "2"),
    ("R14", "文种!=函", "precedence", "初审|拟办", "转办", ""),
]
#: What Declare has of these, on whole logs: by pm4py's name of each template.
DECLARE = {
    "precedence": [("登记", "批示"), ("批示", "承办")],
    "response": [("承办", "反馈")],
    "absence": ["催办"],
    "existence": ["登记"],
}
ROOT = Path(__file__).parents[1]


def events(cases: int = CASES, seed: int = 7) -> pd.DataFrame:
    """Make a log of ten steps a case, some of them swapped or repeated."""
    rng = np.random.default_rng(seed)
    case = np.repeat(np.arange(cases), STEPS)
    place = np.tile(np.arange(STEPS), cases)
    swapped = np.where(rng.random(len(case)) < 0.02, rng.integers(0, STEPS, len(case)), place)
    start = np.datetime64("2023-01-03T08:30") + rng.integers(0, 700 * 86_400, cases).astype("m8[s]")
    queue = rng.exponential(2 * 3600, (cases, STEPS))
    hand = rng.exponential(1800, (cases, STEPS))
    end = start[:, None] + np.cumsum(queue + hand, axis=1).astype("m8[s]")
    return pd.DataFrame(
        {
            "case_id": np.char.add("c", case.astype(str)).astype(object),
            "activity": np.array(ACTIVITIES, dtype=object)[swapped],
            "unit": np.array(UNITS, dtype=object)[swapped % 5],
            "actor": np.array(list("甲乙丙丁戊己"), dtype=object)[rng.integers(0, 6, len(case))],
            "文种": np.array(["请示", "报告", "函", "通知"], dtype=object)[case % 4],
            "received": (end - (queue + hand).astype("m8[s]")).ravel(),
            "start": (end - hand.astype("m8[s]")).ravel(),
            "end": end.ravel(),
        }
    ).astype(dict.fromkeys(["received", "start", "end"], "datetime64[us]"))


def frames(log: pd.DataFrame) -> dict[str, float]:
    """Do our work from a DataFrame to DataFrames."""
    return work(log, lambda answer: answer)


def tables(log: pd.DataFrame) -> dict[str, float]:
    """Do our work from a table in DuckDB's memory to tables there."""
    from efficiency._doors import engine

    with engine.session() as con:
        table = engine.keep(engine.table(log), con)
        return work(table, lambda answer: engine.keep(answer, con))


def work(log: Any, store: Callable[[Any], Any]) -> dict[str, float]:
    """Do variants, edges, case and step times and the judgements of nine standards."""
    import efficiency as eff

    names = ["standard_id", "scope", "from", "to", "limit", "clock"]
    standards = pd.DataFrame(LIMITS, columns=names)
    calendar, seconds = eff.read_calendar(), {}
    begun = time.perf_counter()
    with eff.observed(log, calendar) as kept:
        seconds["load and order"] = time.perf_counter() - begun
        answers = {
            "variants": lambda: eff.variants(kept),
            "edges": lambda: eff.edges(kept),
            "case times": lambda: eff.case_times(kept),
            "step times": lambda: eff.step_times(kept),
            "judgements of 9 standards": lambda: eff.judge(kept, standards),
        }
        for name, answer in answers.items():
            at = time.perf_counter()
            store(answer())
            seconds[name] = time.perf_counter() - at
    return seconds


def theirs(log: pd.DataFrame) -> dict[str, float]:
    """Give what pm4py has of these: the same columns under its own names."""
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
    seconds = {}
    for name, do in work.items():
        at = time.perf_counter()
        do()
        seconds[name] = time.perf_counter() - at
    return seconds


def rules(log: pd.DataFrame) -> dict[str, float]:
    """Hold fourteen rules against the log: what is broken, by which rows, and how often."""
    import efficiency as eff
    from efficiency.criteria.rules import parse_rules
    from efficiency.findings.rules.deviations import hold

    names = ["rule_id", "scope", "kind", "a", "b", "n"]
    parsed, seconds = parse_rules(pd.DataFrame(RULES, columns=names)), {}
    begun = time.perf_counter()
    with eff.observed(log, eff.read_calendar()) as kept:
        seconds["load and order"] = time.perf_counter() - begun
        at = time.perf_counter()
        held = hold(kept, parsed, {})
        kept.frame(held.deviations)
        held.summary()
        seconds["14 rules"] = time.perf_counter() - at
    return seconds


def declare(log: pd.DataFrame) -> dict[str, float]:
    """Hold the five of them that Declare has against the log."""
    import pm4py

    names = {"case_id": "case:concept:name", "activity": "concept:name", "end": "time:timestamp"}
    frame = log.rename(columns=names)
    model = {
        template: {of: {"support": 1, "confidence": 1} for of in each}
        for template, each in DECLARE.items()
    }
    at = time.perf_counter()
    pm4py.conformance_declare(frame, model)
    return {"5 rules (Declare)": time.perf_counter() - at}


SIDES = {
    "tables": tables, "frames": frames, "pm4py": theirs, "rules": rules, "declare": declare,
}  # fmt: skip


def measured(side: str, path: Path) -> dict[str, Any]:
    """Run one side in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, side, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measure both sides three times in turn and write the table of medians."""
    path = ROOT / "benchmarks" / "events.parquet"
    log = events()
    log.to_parquet(path)
    runs: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    try:
        for _ in range(3):
            for side, done in runs.items():
                done.append(measured(side, path))
                print(side, round(sum(done[-1]["seconds"].values()), 2), "s", flush=True)
    finally:
        path.unlink()
    (ROOT / "BENCHMARKS.md").write_text(page(len(log), runs), encoding="utf-8")


def page(rows: int, runs: dict[str, list[dict[str, Any]]]) -> str:
    """Write the table."""
    totals = {side: [sum(run["seconds"].values()) for run in done] for side, done in runs.items()}
    ratios = {
        side: [b / a for a, b in zip(totals[side], totals["pm4py"], strict=True)]
        for side in ("tables", "frames")
    }
    packages = ("efficiency", "pm4py", "duckdb", "ibis-framework", "pandas", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    lines = [
        "# Benchmarks",
        "",
        f"`make bench`: {rows:,} events in {CASES:,} cases, the same rows in memory on each "
        "side, each side in a process of its own, three runs in turn, medians. Ratios are what to "
        "quote: seconds are this machine's.",
        "",
        f"Python {platform.python_version()}, {versions}; {platform.machine()}.",
        "",
        "| side | work | seconds |",
        "| --- | --- | --- |",
    ]
    for side, done in runs.items():
        lines += [
            f"| {side} | {name} | {np.median([run['seconds'][name] for run in done]):.2f} |"
            for name in done[0]["seconds"]
        ]
        lines.append(f"| **{side}** | **in all** | **{np.median(totals[side]):.2f}** |")
    peaks = {side: np.median([run["peak_gb"] for run in done]) for side, done in runs.items()}
    each_rule = [
        (theirs["seconds"]["5 rules (Declare)"] / 5) / (ours["seconds"]["14 rules"] / 14)
        for ours, theirs in zip(runs["rules"], runs["declare"], strict=True)
    ]
    told = {
        "tables": "table in, tables out (DuckDB's memory)",
        "frames": "DataFrame in, DataFrames out",
    }
    lines += [""] + [
        f"- {told[side]}: **{np.median(each):.0f} times as fast** as pm4py (run by run "
        f"{', '.join(f'{ratio:.0f}' for ratio in each)}); peak memory {peaks[side]:.2f} GB "
        f"against {peaks['pm4py']:.2f} GB, the DataFrame included."
        for side, each in ratios.items()
    ]
    alone = [
        sum(theirs["seconds"].values())
        / (sum(ours["seconds"].values()) - ours["seconds"]["judgements of 9 standards"])
        for ours, theirs in zip(runs["tables"], runs["pm4py"], strict=True)
    ]
    lines += [
        "",
        "pm4py has no judgements, and its business hours know no public holiday. Without the "
        f"judgements the tables' ratio is {np.median(alone):.0f}. Of the tables' time about a "
        "second goes into writing and binding queries, whatever the number of events.",
        "",
        f"A rule of procedure is held against the log **{np.median(each_rule):.1f} times as fast** "
        "as one of pm4py's Declare templates (DataFrame in, per rule, the ordering of the log "
        "apart), and says by which rows it is broken.",
        "",
    ]
    return "\n".join(lines)


def run(side: str, path: str) -> None:
    """Measure one side and print what came of it."""
    log = pd.read_parquet(path)
    log["row"] = np.arange(1, len(log) + 1)
    do = SIDES[side]
    if side not in {"pm4py", "declare"}:
        do(log.head(1000))  # imports are no part of the work; pm4py's are done before the clock too
    seconds = do(log)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"seconds": seconds, "peak_gb": peak}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(*sys.argv[1:])
    else:
        main()
