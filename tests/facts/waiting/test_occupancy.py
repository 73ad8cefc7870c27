"""What lay in pieces of waiting: small tables of microseconds, done by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from efficiency._doors import engine
from efficiency.facts.events import Events, observed
from efficiency.facts.waiting.occupancy import daily, held_steps, measured, traces, waiting_pieces

DAY = 86_400_000_000
HOUR = 3_600_000_000
LOG = pd.DataFrame(
    {"case_id": ["1"], "activity": ["办"], "end": pd.to_datetime(["1970-01-02 10:00"])}
)
WAIT = {"row": 1, "calendar": 0, "desk": "a甲", "batch": None, "begins": 0, "ready": None}
BUSY = {"desk": "a甲", "day": 0, "came": 0, "batch": 0}


@pytest.fixture
def events() -> Iterator[Events]:
    """An open connection; without a calendar, days are whole."""
    with observed(LOG) as open_events:
        yield open_events


def table(*rows: dict[str, object], **kinds: str) -> object:
    """Write a table on the engine."""
    return engine.table(pd.DataFrame(list(rows)).astype(kinds))


def split(
    events: Events, wait: dict[str, object], *busy: dict[str, object], first: bool = True
) -> dict[str, float]:
    """Measure one waiting, in hours, at a desk that was busy with some steps."""
    kinds = {"batch": "Int64", "ready": "Int64"}
    pieces = events.keep(waiting_pieces(events, table(WAIT | wait, **kinds), batching_first=first))
    rows = [BUSY | {"row": 2 + at} | one for at, one in enumerate(busy)] or [
        BUSY | {"row": 2, "from_time": 90 * HOUR, "to_time": 90 * HOUR}
    ]
    held = events.keep(table(*rows))
    got = events.frame(measured(events, pieces, held)).iloc[0].drop("row") / HOUR
    return {name: hours for name, hours in got.items() if hours}


def hours(since: float, until: float, **more: object) -> dict[str, object]:
    return {"from_time": int(since * HOUR), "to_time": int(until * HOUR), **more}


def test_steps_in_hand_at_once_count_once(events: Events) -> None:
    """Waiting from 0 to 10: 1 to 4, 2 to 3 inside it, 3 to 6: five hours."""
    busy = [hours(1, 4), hours(2, 3), hours(3, 6)]
    got = split(events, {"start": 10 * HOUR}, *busy)
    assert got == {"office": 10, "contention": 5, "idle": 5}


def test_what_came_before_goes_before_what_came_later(events: Events) -> None:
    """1 to 5 came later; 3 to 7 had come before: of 1 to 3 alone is the later the cause."""
    busy = [hours(1, 5, came=HOUR), hours(3, 7)]
    got = split(events, {"start": 10 * HOUR}, *busy)
    assert got == {"office": 10, "contention": 4, "prioritisation": 2, "idle": 4}


def test_what_is_busy_outside_of_the_waiting_does_not_count(events: Events) -> None:
    busy = [hours(-2, 1), hours(9, 20), hours(10, 11)]
    got = split(events, {"start": 10 * HOUR}, *busy)
    assert got == {"office": 10, "contention": 2, "idle": 8}


def test_another_desk_and_the_step_itself_do_not_count(events: Events) -> None:
    busy = [hours(1, 2, desk="a乙"), hours(3, 4, row=1)]
    assert split(events, {"start": 10 * HOUR}, *busy) == {"office": 10, "idle": 10}


def test_a_batch_goes_first_or_the_desk_does(events: Events) -> None:
    """Ready at 4; busy from 3 to 5 with what came at 2: later than the step, not than its batch."""
    wait = {"start": 10 * HOUR, "batch": 1, "ready": 4 * HOUR}
    busy = hours(3, 5, came=2 * HOUR)
    first = split(events, wait, busy)
    assert first == {"office": 10, "batching": 4, "contention": 1, "idle": 5}
    last = split(events, wait, busy, first=False)
    assert last == {"office": 10, "batching": 3, "prioritisation": 2, "idle": 5}


def test_the_own_batch_is_compared_with_the_step_itself(events: Events) -> None:
    """Both came by the time the batch was ready at 4; the second came after the step."""
    wait = {"start": 10 * HOUR, "batch": 1, "ready": 4 * HOUR}
    busy = [hours(5, 6, batch=1), hours(6, 8, batch=1, came=HOUR)]
    got = split(events, wait, *busy)
    assert got == {"office": 10, "batching": 4, "contention": 1, "prioritisation": 2, "idle": 3}


def test_rows_are_cut_to_the_days_that_they_touch(events: Events) -> None:
    """To midnight is one day; a moment after it are two."""
    spans = table(
        {"since": 5, "until": DAY}, {"since": DAY - 1, "until": DAY + 1}, {"since": 7, "until": 8}
    )
    got = events.frame(daily(spans, "since", "until").order_by("since", "day"))
    assert got[["since", "day", "from_time", "to_time"]].to_numpy().tolist() == [
        [5, 0, 5, DAY],
        [7, 0, 7, 8],
        [DAY - 1, 0, DAY - 1, DAY],
        [DAY - 1, 1, DAY, DAY + 1],
    ]


def test_steps_are_held_by_persons_and_by_units_that_are_asked_for(events: Events) -> None:
    step = {"calendar": 0, "begins": None, "start": 5, "end": 9, "batch": None}
    queued = events.keep(
        table(
            step | {"row": 1, "desk": "a甲", "unit": "一处"},
            step | {"row": 2, "desk": "a乙", "unit": "二处", "end": None},
            step | {"row": 3, "desk": "u一处", "unit": "一处", "begins": 2},
            step | {"row": 4, "desk": "a丙", "unit": "一处", "start": None},
            step | {"row": 5, "desk": None, "unit": None},
            begins="Int64",
            start="Int64",
            end="Int64",
            batch="Int64",
        )
    )
    held = held_steps(queued, queued.filter(queued.row == 3))
    got = events.frame(held.order_by("row", "desk"))
    assert got[["row", "desk", "came"]].to_numpy().tolist() == [
        [1, "a甲", 5],
        [1, "u一处", 5],
        [2, "a乙", 5],
        [3, "u一处", 2],
    ]
    moments = events.frame(traces(events.keep(held)))
    assert sorted(moments["moment"]) == [5, 5, 5, 5, 9, 9, 9]
