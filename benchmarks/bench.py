"""The same work by efficiency and by pm4py, on the same rows, in one run: writes BENCHMARKS.md."""

from __future__ import annotations

import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import logs
import sides

ROOT = Path(__file__).parents[1]
#: Of each side: up to how many steps, how often, and within what memory.
SIDES: dict[str, tuple[int, int, str]] = {
    "floor": (10**8, 3, ""), "table": (10**7, 3, ""), "more": (10**7, 1, ""),
    "frame": (10**6, 1, ""), "study": (10**6, 1, ""), "csv_read": (10**6, 1, ""),
    "pm4py": (10**6, 1, ""), "declare": (10**6, 1, ""),
    "table 4GB": (10**8, 1, "4GB"), "table 1GB": (10**8, 1, "1GB"),
}  # fmt: skip
SIZES, LARGE = (10**5, 10**6, 10**7), 10**8
FACTS = ("order", "variants", "edges", "case times", "step times")
Runs = dict[tuple[str, int], list[dict[str, Any]]]


def measured(side: str, path: Path) -> dict[str, Any]:
    """Run one side in a process of its own, so that its peak memory is its own."""
    limit = {"EFFICIENCY_MEMORY": SIDES[side][2]} if SIDES[side][2] else {}
    command = [sys.executable, __file__, side.split(maxsplit=1)[0], str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **limit}
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(*, large: bool) -> None:
    """Measure all sides in turn, and write the tables of medians after each size."""
    for steps in (LARGE,) if large else SIZES:
        runs: dict[str, list[dict[str, Any]]] = {}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "events.parquet"
            logs.write(steps, path)
            for side, (most, times, memory) in SIDES.items():
                if steps > most or (memory and steps < SIZES[-1]):
                    continue
                for _ in range(times if steps < SIZES[-1] else 1):
                    done = measured(side, path)
                    runs.setdefault(side, []).append(done)
                    took, peak = sum(done["seconds"].values()), done["peak_gb"]
                    print(f"{steps:>11,} {side:10} {took:8.2f} s {peak:.2f} GB", flush=True)
        write(steps, runs)


def write(steps: int, runs: dict[str, list[dict[str, Any]]]) -> None:
    """Put the runs of a size beside those of the others, and write the tables of all."""
    kept = ROOT / "benchmarks" / "results.json"
    every = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    every[str(steps)] = runs
    kept.write_text(json.dumps(every, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    by_side = {(side, int(n)): done for n, sides in every.items() for side, done in sides.items()}
    (ROOT / "BENCHMARKS.md").write_text("\n".join(page(by_side)) + "\n", encoding="utf-8")


def seconds(runs: Runs, side: str, steps: int, *work: str) -> float | None:
    """The median of some work of a side, or of all its work; None: it was not done."""
    done = runs.get((side, steps))
    if done is None:
        return None
    chosen = [sum(one["seconds"][name] for name in work or one["seconds"]) for one in done]
    return statistics.median(chosen)


def page(runs: Runs) -> Iterator[str]:
    """The tables."""
    packages = ("efficiency", "pm4py", "duckdb", "ibis-framework", "pandas", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    yield from (
        "# Benchmarks",
        "",
        "`make bench` (10⁵ to 10⁷ steps) and `make bench-large` (10⁸). Ten steps a case. Each side "
        "in a process of its own, in turn; of `floor` and `table` medians of three runs (at 10⁷ "
        "and more one), of the rest one. Ratios are what to quote: seconds are this machine's.",
        "",
        f"Python {platform.python_version()}, {versions}; {platform.machine()}, "
        f"{os.cpu_count()} cores.",
        "",
    )
    sizes = sorted({steps for _, steps in runs})
    heads = [f"{steps:,}" for steps in sizes]
    yield from ("| side | work | " + " | ".join(heads) + " | exponent |",
                "| --- | --- |" + " --- |" * (len(heads) + 1))  # fmt: skip
    for side in SIDES:
        names = next((runs[s, n][0]["seconds"] for s, n in runs if s == side), {})
        for name in names:
            times = [seconds(runs, side, steps, name) for steps in sizes]
            yield _row(side, name, times, sizes)
        if side in {"table", "pm4py"}:
            work = FACTS if side == "table" else ()
            yield _row(f"**{side}**", "**facts**",
                       [seconds(runs, side, steps, *work) for steps in sizes], sizes)  # fmt: skip
    yield from ("", *_peaks(runs, sizes, heads), "", *_ratios(runs, sizes), "", *_told())


def _row(side: str, name: str, times: list[float | None], sizes: list[int]) -> str:
    shown = ["" if one is None else f"{one:.2f}" for one in times]
    known = [(math.log10(n), math.log10(t)) for n, t in zip(sizes, times, strict=True) if t]
    slope = ""
    if len(known) > 1:
        (n1, t1), (n2, t2) = known[-2:]
        slope = f"{(t2 - t1) / (n2 - n1):.2f}"
    return f"| {side} | {name} | " + " | ".join(shown) + f" | {slope} |"


def _peaks(runs: Runs, sizes: list[int], heads: list[str]) -> Iterator[str]:
    yield from (
        "Peak memory in GB, the answers that are kept included:",
        "",
        "| side | " + " | ".join(heads) + " |",
        "| --- |" + " --- |" * len(heads),
    )
    for side in SIDES:
        peaks = [
            f"{statistics.median(one['peak_gb'] for one in runs[side, steps]):.2f}"
            if (side, steps) in runs else ""
            for steps in sizes
        ]  # fmt: skip
        if any(peaks):
            yield f"| {side} | " + " | ".join(peaks) + " |"


def _ratios(runs: Runs, sizes: list[int]) -> Iterator[str]:
    heads = (
        "steps", "facts ÷ floor", "judgements ÷ floor", "rules ÷ floor", "pm4py's facts ÷ ours",
        "÷ ours with judgements", "÷ the study's twelve tables", "a Declare rule ÷ one of ours",
    )  # fmt: skip
    yield from ("| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads))
    for steps in sizes:
        low, theirs = seconds(runs, "floor", steps), seconds(runs, "pm4py", steps)
        facts = seconds(runs, "table", steps, *FACTS)
        judged = seconds(runs, "table", steps, "judgements")
        ruled = seconds(runs, "more", steps, "rules")
        twelve = seconds(runs, "study", steps, "twelve tables")
        declared = seconds(runs, "declare", steps)
        both = facts + judged if facts and judged else None
        told = [(facts, low), (judged, low), (ruled, low), (theirs, facts), (theirs, both),
                (theirs, twelve), (declared and declared / 5, ruled and ruled / 14)]  # fmt: skip
        shown = [f"{over / under:.1f}" if over and under else "" for over, under in told]
        yield f"| {steps:,} | " + " | ".join(shown) + " |"


def _told() -> Iterator[str]:
    yield from (
        "`floor`: DuckDB reads the columns once and sorts the keys. `table`: a parquet file in, "
        "tables in DuckDB's memory out. `frame`: DataFrame in, DataFrames out. `study`: twelve "
        "tables of one `eff.study` of a DataFrame. `more`: rules, waiting, comparison of units, "
        "conformance. `table 4GB`, `table 1GB`: the same within such a limit "
        "(`EFFICIENCY_MEMORY`), what does not fit going to the disk.",
        "",
        "pm4py has no judgements, and its business hours know no public holiday. Its facts are "
        "variants, edges, edges, case and service times in business hours. The exponent is that of "
        "the two largest sizes: 1 is ten times as long for ten times as many steps.",
    )


def run(side: str, path: str) -> None:
    """Measure one side and print what came of it."""
    do, small = getattr(sides, side), Path(path).with_name("small.parquet")
    if not small.exists():
        logs.write(1000, small)
    do(small)  # imports are no part of the work
    seconds = do(Path(path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"seconds": seconds, "peak_gb": peak}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(*sys.argv[1:])
    else:
        main(large="--large" in sys.argv)
