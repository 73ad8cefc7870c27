"""A log that is larger than the memory it is given is worked on from the disk, with one result."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

#: What Python and Arrow take beside the engine, which alone keeps to the limit.
CASES, STEPS, LIMIT_GB, BESIDE_GB = 600_000, 10, 0.4, 0.4
ACTIVITIES = ["签收", "登记", "初审", "拟办", "批示", "转办", "承办", "催办", "反馈", "办结"]
#: What is asked of it, in a process of its own whose memory is counted.
ASKED = """\
import json, re, sys
from pathlib import Path
import pandas as pd
import efficiency as eff
from efficiency._doors import engine, sessions

standards = pd.DataFrame({
    "standard_id": ["T1", "T2", "T3"], "from": ["登记", "登记", "承办.received"],
    "to": ["转办", "办结", "承办"], "limit": ["2 h", "5 working days", "4 h"],
    "clock": ["working", "", "working"]})
def peak():  # ru_maxrss is at first that of the process which started this one
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 2**20
before = peak()
with sessions.session() as con:
    with eff.observed(con.read_parquet(sys.argv[1]), eff.read_calendar()) as log:
        judged = engine.keep(eff.judge(log, standards), con)
        told = judged.group_by("standard_id", "verdict").aggregate(
            n=judged.count(), due=judged.due.max(), over=judged.over_hours.max())
        ways = engine.keep(eff.edges(log), con)
        found = [engine.frame(t.order_by(t.columns), con).to_csv() for t in (told, ways)]
print(json.dumps({"found": found, "grown": peak() - before}))
"""


def made(path: Path) -> Path:
    """Write a log of six million steps."""
    pick = np.random.default_rng(5)
    start = np.datetime64("2023-01-03T08:30") + pick.integers(0, 6e7, CASES).astype("m8[s]")
    end = (
        start[:, None] + np.cumsum(pick.exponential(9e3, (CASES, STEPS)), 1).astype("m8[s]")
    ).ravel()
    case = np.repeat(np.arange(CASES), STEPS)
    kinds = pd.Categorical.from_codes(np.tile(np.arange(STEPS), CASES), ACTIVITIES)
    received = end - pick.exponential(5e3, len(end)).astype("m8[s]")
    log = pd.DataFrame({
        "case_id": np.char.add("c", case.astype(str)).astype(object),
        "activity": kinds.astype(object), "row": np.arange(1, len(case) + 1),
        "actor": pd.Series(pick.integers(0, 900, len(case))).astype(str),
        "received": received.astype("datetime64[us]"), "end": end.astype("datetime64[us]"),
    })  # fmt: skip
    log.to_parquet(path)
    return path


def asked(path: Path, place: Path, **environment: str) -> dict[str, Any]:
    place.mkdir()
    given = {**os.environ, "TMPDIR": str(place), **environment}
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(path)],
        capture_output=True, text=True, check=False, env=given,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not list(place.iterdir()), "what went to the disk is gone"
    return dict(json.loads(done.stdout))


@pytest.mark.slow
def test_with_little_memory_the_answers_are_those_of_plenty() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder) / "log.parquet")
        plenty = asked(path, Path(folder) / "plenty")
        little = asked(path, Path(folder) / "little", EFFICIENCY_MEMORY=f"{LIMIT_GB}GB")
    assert little["found"] == plenty["found"]
    assert little["grown"] < LIMIT_GB + BESIDE_GB < plenty["grown"]
