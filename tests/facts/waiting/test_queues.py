"""Sources, concurrency and batches: by hand, and against a sweep in plain Python."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from efficiency.facts.events import observed
from efficiency.facts.waiting.queues import concurrent_pairs, queued_steps
from waited import queue_log, taken_up

Make = Callable[..., pd.DataFrame]
SEEDS = settings(deadline=None, derandomize=True, max_examples=2, phases=[Phase.generate])
SEED = st.integers(0, 2**32 - 1)


def queued(log: pd.DataFrame) -> pd.DataFrame:
    """The queue of a log by row, moments as times."""
    with observed(log) as events:
        table = events.frame(queued_steps(events)).sort_values("row", ignore_index=True)
    times = {name: pd.to_datetime(table[name], unit="us") for name in ("begins", "ready")}
    return table.assign(**times)


def crowd(seed: int) -> pd.DataFrame:
    """Write two desks at which long unbroken runs are done, of steps that come at any time."""
    pick, rows = random.Random(seed), []
    for actor in ("甲", "乙"):
        at = dt.datetime(2024, 3, 4, 8)
        for _ in range(60):
            at += dt.timedelta(minutes=pick.choice([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))
            came = at - dt.timedelta(minutes=pick.choice([0, 2, 10, 30]))
            end = at + dt.timedelta(minutes=pick.choice([0, 1, 5]))
            rows.append({"actor": actor, "received": came, "start": at, "end": end})
            at = end
    pick.shuffle(rows)
    log = pd.DataFrame(rows)
    times = {name: log[name].astype("datetime64[us]") for name in ("received", "start", "end")}
    number = range(1, len(log) + 1)
    return log.assign(**times, unit="", row=number, case_id=[str(i) for i in number], activity="办")


@SEEDS
@given(seed=SEED)
@pytest.mark.parametrize("write", [queue_log, crowd])
def test_batches_equal_a_sweep(write: Callable[[int], pd.DataFrame], seed: int) -> None:
    """Which steps were done together, and when the last of them had come."""
    log = write(seed)
    got = queued(log)
    taken = sorted(taken_up(log), key=lambda step: step["row"])
    assert got["row"].tolist() == [step["row"] for step in taken]
    assert got["batch"].fillna(0).astype(int).tolist() == [s["batch"] or 0 for s in taken]
    ready = [pd.Timestamp(step["ready"]) if step["ready"] else pd.NaT for step in taken]
    assert got["ready"].equals(pd.Series(ready, dtype="datetime64[ns]"))
    assert write is queue_log or got["batch"].nunique() > 3


def test_a_batch_had_all_come_before_its_first_was_begun(make_log: Make) -> None:
    """3 comes at 9:15, after 1 was begun: it is no part of their batch; 4 comes after a gap."""
    ends = ("09:20", "09:30", "09:40", "10:00")
    log = make_log(
        *((str(case), "签批", f"2024-03-05 {end}") for case, end in enumerate(ends)),
        actor=["甲"] * 4,
        received=[f"2024-03-05 {at}" for at in ("08:30", "09:00", "09:15", "08:00")],
        start=[f"2024-03-05 {at}" for at in ("09:10", "09:20", "09:30", "09:41")],
    )
    got = queued(log)
    assert got["batch"].fillna(0).tolist() == [1, 1, 0, 0]
    assert got["ready"].iloc[:2].tolist() == [pd.Timestamp("2024-03-05 09:00")] * 2


def test_a_long_run_without_a_batch(make_log: Make) -> None:
    """Sixteen steps without a gap, each of which came as it was begun."""
    moments = [f"2024-03-05 09:{minute:02}" for minute in range(17)]
    log = make_log(
        *((str(case), "签批", end) for case, end in enumerate(moments[1:])),
        actor=["甲"] * 16,
        received=moments[:-1],
        start=moments[:-1],
    )
    assert queued(log)["batch"].isna().all()


def test_a_batch_is_of_one_activity_at_one_desk(make_log: Make) -> None:
    log = make_log(
        ("1", "签批", "2024-03-05 09:20"),
        ("2", "会签", "2024-03-05 09:30"),
        ("3", "签批", "2024-03-05 09:40"),
        actor=["甲", "甲", "乙"],
        received=["2024-03-05 08:30"] * 3,
        start=[f"2024-03-05 {at}" for at in ("09:10", "09:20", "09:20")],
    )
    assert queued(log)["batch"].isna().all()


def test_the_source_was_over_before_the_step_began(make_log: Make) -> None:
    """审核 overlaps 拟办: it came from 登记, as 拟办 did."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "拟办", "2024-03-05 10:00"),
        ("1", "审核", "2024-03-05 11:00"),
        actor=["甲", "乙", "丙"],
        start=["2024-03-05 08:30", "2024-03-05 09:00", "2024-03-05 09:30"],
    )
    got = queued(log)
    assert got["source_row"].fillna(0).tolist() == [0, 1, 1]
    assert got["begins"].tolist()[1:] == [pd.Timestamp("2024-03-05 09:00")] * 2


def pairs(make_log: Make, *words: str) -> set[str]:
    """The concurrent pairs of cases written as words of one-letter activities."""
    rows = [
        (str(case), name, f"2024-03-05 08:{at:02}")
        for case, word in enumerate(words)
        for at, name in enumerate(word)
    ]
    with observed(make_log(*rows)) as events:
        names = events.frame(events.activities).set_index("code")["activity"]
        found = concurrent_pairs(events)
    return {names[row.code] + names[row.source] for row in found.itertuples()}


def test_activities_in_both_orders_go_on_side_by_side(make_log: Make) -> None:
    assert pairs(make_log, "甲乙丙丁", "甲丙乙丁") == {"乙丙", "丙乙"}


def test_a_rare_order_is_an_exception(make_log: Make) -> None:
    """|ab − ba| / (ab + ba + 1): 36 / 39 at 37 and 1, 16 / 19 at 17 and 1."""
    assert not pairs(make_log, "乙甲", *["甲乙"] * 37)
    assert pairs(make_log, "乙甲", *["甲乙"] * 17) == {"甲乙", "乙甲"}


def test_a_loop_of_two_is_not_concurrent(make_log: Make) -> None:
    """Nine times back: 9 / 10; eight times: 8 / 9."""
    assert not pairs(make_log, *["甲乙甲"] * 9)
    assert pairs(make_log, *["甲乙甲"] * 8) == {"甲乙", "乙甲"}


def test_what_follows_itself_makes_no_loop_of_two(make_log: Make) -> None:
    """甲 follows itself nine times, 9 / 10: the nine loops do not count."""
    assert pairs(make_log, *["甲乙甲"] * 9, "甲" * 10) == {"甲乙", "乙甲"}
    assert not pairs(make_log, *["甲乙甲"] * 9, "甲" * 9)


def test_one_order_alone_is_not_concurrent(make_log: Make) -> None:
    assert not pairs(make_log, "甲乙丙", "甲丙")


def test_without_a_batch_or_a_done_step_nothing_breaks(make_log: Make) -> None:
    log = make_log(("1", "登记", None), received=["2024-03-05 08:30"], start=["2024-03-05 09:00"])
    got = queued(log)
    assert got["known"].tolist() == [True]
    assert got["batch"].isna().all()
