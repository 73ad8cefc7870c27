"""Made-up logs of any size, and what they are held against."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

STEPS = 10
#: A log of more steps is copies of one of so many, with other case ids.
_MADE_AT_ONCE = 10_000_000
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


def events(cases: int, seed: int = 7) -> pd.DataFrame:
    """Make a log of ten steps a case, some swapped or repeated; each person does 5,000 of them."""
    rng = np.random.default_rng(seed)
    case = np.repeat(np.arange(cases), STEPS)
    people = np.char.add("员", np.arange(max(6, cases // 500)).astype(str)).astype(object)
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
            "actor": people[rng.integers(0, len(people), len(case))],
            "文种": np.array(["请示", "报告", "函", "通知"], dtype=object)[case % 4],
            "received": (end - (queue + hand).astype("m8[s]")).ravel(),
            "start": (end - hand.astype("m8[s]")).ravel(),
            "end": end.ravel(),
        }
    ).astype(dict.fromkeys(["received", "start", "end"], "datetime64[us]"))


def write(steps: int, path: Path) -> None:
    """Write a log of so many steps as parquet."""
    made = min(steps, _MADE_AT_ONCE)
    log = events(made // STEPS)
    log["row"] = np.arange(1, len(log) + 1)
    log.to_parquet(path)
    if steps == made:
        return
    del log
    whole = path.with_suffix(".whole")
    with duckdb.connect() as con:
        con.execute("set preserve_insertion_order = false")
        con.execute(
            "copy (select * replace"
            f" (case_id || '-' || copy as case_id, row + copy * {made} as row)"
            f" from read_parquet('{path}'), range({steps // made}) as t(copy))"
            f" to '{whole}' (format parquet)"
        )
    whole.replace(path)
