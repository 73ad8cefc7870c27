"""Why steps waited, found by walking from half hour to half hour: shared by several tests."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import chinese_calendar
import pandas as pd

Step = dict[str, Any]
CAUSES = ("off", "batching", "prioritisation", "contention", "unavailability", "other")
HALF = dt.timedelta(minutes=30)
MOMENTS = ("received", "start", "end")


def queue_log(seed: int, cases: int = 14, *, gaps: float = 0.15) -> pd.DataFrame:
    """Write a log of a few busy desks, all on half hours, with gaps in all that may be missing."""
    pick, rows = random.Random(seed), []
    for case in range(cases):
        at = dt.datetime(2024, 9, 26, 8) + HALF * pick.randrange(160)
        for activity in pick.sample("甲乙丙丁", pick.randint(1, 4)):
            received = at if pick.random() > gaps else None
            start = at + HALF * pick.choice([0, 1, 2, 3, 5, 12, 40])
            if pick.random() < 0.4:  # many are left until ten o'clock, and done together
                start = start.replace(hour=10, minute=0) + dt.timedelta(days=start.hour >= 10)
            at = start + HALF * pick.choice([0, 1, 1, 2, 4])
            late = pick.random() < gaps / 4
            rows.append(
                {
                    "case_id": f"{case:02}",
                    "activity": activity,
                    "unit": pick.choice(["值班室", "秘书处", "秘书处", None]),
                    "actor": pick.choice(["张三", "李四", "李四", "李四", None, ""]),
                    "received": start + HALF if late else received,
                    "start": start if pick.random() > gaps / 3 else None,
                    "end": at if pick.random() > gaps / 3 else None,
                }
            )
    pick.shuffle(rows)
    log = pd.DataFrame(rows)
    times = {name: pd.to_datetime(log[name]).astype("datetime64[us]") for name in MOMENTS}
    return log.assign(**times, row=range(1, len(log) + 1))


def taken_up(log: pd.DataFrame) -> list[Step]:
    """The steps that were taken up, each with what is known of its place in the queue."""
    steps = []
    for row in log.to_dict("records"):
        moments = {
            name: None if pd.isna(row[name]) else row[name].to_pydatetime() for name in MOMENTS
        }
        actor, unit = row["actor"] or "", row["unit"] or ""
        desk = ("a" + actor) if actor else ("u" + unit) if unit else None
        steps.append({**row, **moments, "desk": desk})
    beside = side_by_side(steps)
    taken = [step for step in steps if step["start"] or step["end"]]
    for step in taken:
        _place(step, steps, beside)
    _batch(taken)
    return taken


def done_in_order(steps: list[Step]) -> dict[str, list[Step]]:
    """The done steps of each case in order."""
    cases: dict[str, list[Step]] = {}
    for step in sorted((s for s in steps if s["end"]), key=lambda s: (s["end"], s["row"])):
        cases.setdefault(step["case_id"], []).append(step)
    return cases


def side_by_side(steps: list[Step]) -> set[tuple[str, str]]:
    """The pairs of activities that go on side by side, by the published formulas."""
    follows: Counter[tuple[str, str]] = Counter()
    loops: Counter[tuple[str, str]] = Counter()
    for case in done_in_order(steps).values():
        names = [step["activity"] for step in case]
        follows.update(itertools.pairwise(names))
        triples = zip(names, names[1:], names[2:], strict=False)
        loops.update((a, b) for a, b, c in triples if a == c)
    found = set()
    for (a, b), ab in follows.items():
        ba = follows[b, a]
        if a == b or not ba:
            continue
        again = loops[a, b] + loops[b, a]
        if max(follows[a, a], follows[b, b]) >= 9:  # n / (n + 1) is 0.9 or more
            again = 0
        if abs(ab - ba) / (ab + ba + 1) < 0.9 and again / (again + 1) < 0.9:
            found.add((a, b))
    return found


def _place(step: Step, steps: list[Step], beside: set[tuple[str, str]]) -> None:
    at = step["start"] or step["end"]
    mine = (step["end"] or dt.datetime.max, step["row"])
    before = [
        other
        for other in done_in_order(steps).get(step["case_id"], [])
        if (other["end"], other["row"]) < mine
        and other["end"] <= at
        and (step["activity"], other["activity"]) not in beside
        and other is not step
    ]
    source = before[-1] if before else None
    step["source"] = source["activity"] if source else ""
    step["source_row"] = source["row"] if source else 0
    begins = step["received"] or (source and source["end"])
    said = {
        "start": not step["start"],
        "first": not begins,
        "reversed": bool(begins and step["start"] and begins > step["start"]),
        "received": bool(begins) and not step["received"],
        "desk": (step["desk"] or "").startswith("u"),
        "nobody": not step["desk"],
    }
    step["assumed"] = " ".join(code for code, holds in said.items() if holds)
    step["begins"] = step["start"] if said["reversed"] else begins
    step["batch"] = step["ready"] = None


def _batch(steps: list[Step]) -> None:
    """Sweep each activity at each desk from the front, and close a batch at the first misfit."""
    desks: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        if step["start"] and step["desk"]:
            desks.setdefault((step["desk"], step["activity"]), []).append(step)
    for queue in desks.values():
        queue.sort(key=lambda s: (s["start"], s["end"] or s["start"], s["row"]))
        batch: list[Step] = []
        reached = None
        for step in queue:
            came = step["begins"] or step["start"]
            unbroken = reached is not None and step["start"] <= reached
            if not (batch and unbroken and came <= batch[0]["start"]):
                _close(batch)
                batch = []
            batch.append(step)
            reached = max(filter(None, [reached, step["end"] or step["start"]]))
        _close(batch)


def _close(batch: list[Step]) -> None:
    if len(batch) > 1:
        for step in batch:
            step["batch"] = batch[0]["row"]
            step["ready"] = max(s["begins"] or s["start"] for s in batch)


def halves(since: dt.datetime, until: dt.datetime) -> Iterable[dt.datetime]:
    """Walk from one moment to another by half hours."""
    while since < until:
        yield since
        since += HALF


def in_office(unit: str | None, moment: dt.datetime) -> bool:
    """Tell whether China's public office hours run; one unit never closes."""
    spans = [(dt.time(8, 30), dt.time(12)), (dt.time(14, 30), dt.time(18))]
    open_ = any(a <= moment.time() < b for a, b in spans)
    return unit == "值班室" or (open_ and chinese_calendar.is_workday(moment.date()))


def walked_waiting(
    log: pd.DataFrame,
    is_open: Callable[[str | None, dt.datetime], bool],
    on_duty: Callable[[str, dt.datetime], bool],
    *,
    batching_first: bool = True,
) -> pd.DataFrame:
    """Split the waiting of all steps; ``on_duty`` takes the desk. No source: '' and 0."""
    taken, rows = taken_up(log), []
    for step in taken:
        hours = dict.fromkeys(CAUSES, 0.0)
        for moment in halves(step["begins"], step["start"]) if _known(step) else ():
            hours[_why(step, moment, taken, is_open, on_duty, batching_first)] += 0.5
        known = _known(step)
        parts = {f"{cause}_hours": hours[cause] if known else None for cause in CAUSES}
        whole = sum(hours.values()) if known else None
        names = ("row", "case_id", "activity", "source", "source_row")
        rows.append(
            {
                **{name: step[name] for name in names},
                "hours": whole,
                **parts,
                "assumed": step["assumed"],
            }
        )
    table = pd.DataFrame(rows).sort_values("row", ignore_index=True)
    numbers = ["hours", *(f"{cause}_hours" for cause in CAUSES)]
    return table.assign(**table[numbers].astype("float64"))


def _known(step: Step) -> bool:
    return bool(step["start"] and step["begins"])


def _why(
    step: Step,
    moment: dt.datetime,
    taken: list[Step],
    is_open: Callable[[str | None, dt.datetime], bool],
    on_duty: Callable[[str, dt.datetime], bool],
    batching_first: bool,
) -> str:
    """Say what explains one half hour."""
    if not is_open(step["unit"], moment):
        return "off"
    held = step["ready"] is not None and moment < step["ready"]
    if held and batching_first:
        return "batching"
    in_hand = [other for other in taken if _in_hand(step, other, moment)]
    limit = step["ready"] if batching_first and step["ready"] else step["begins"]
    for other in in_hand:
        same = step["batch"] is not None and other["batch"] == step["batch"]
        if (other["begins"] or other["start"]) <= (step["begins"] if same else limit):
            return "contention"
    if in_hand:
        return "prioritisation"
    if held:
        return "batching"
    idle = step["desk"] is None or on_duty(step["desk"], moment)
    return "other" if idle else "unavailability"


def _in_hand(step: Step, other: Step, moment: dt.datetime) -> bool:
    """Tell whether a step's desk had another in hand; a unit's: any of its people."""
    if other is step or not (other["start"] and other["end"]) or not step["desk"]:
        return False
    here = other["desk"] == step["desk"]
    unit = step["desk"] == "u" + (other["unit"] or "")
    return (here or unit) and other["start"] <= moment < other["end"]
