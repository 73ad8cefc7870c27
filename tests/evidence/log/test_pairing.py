"""Life-cycle rows brought together to steps: by hand, by what must hold, shaped as BPI 2012."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency.evidence.log.pairing import TRANSITIONS, paired

Row = tuple[str, str, int]


def rows_of(*rows: Row) -> pd.DataFrame:
    """Life-cycle rows of one case and activity: kind, actor, moment."""
    frame = pd.DataFrame(rows, columns=["kind", "actor", "moment"])
    return frame.assign(case_id="1", activity="a", row=range(1, len(rows) + 1))


BY_HAND: dict[str, tuple[list[Row], list[list[int | None]]]] = {
    "scheduled by another": ([("schedule", "派", 1), ("start", "甲", 2), ("complete", "甲", 3)],
                             [[1, 2, 3]]),
    "without a start": ([("schedule", "派", 1), ("complete", "甲", 3)], [[1, None, 2]]),
    "first in first out": ([("start", "甲", 1), ("start", "甲", 2), ("complete", "甲", 3),
                            ("complete", "甲", 4)], [[None, 1, 3], [None, 2, 4]]),
    "the same actor first": ([("start", "甲", 1), ("start", "乙", 2), ("complete", "乙", 3),
                              ("complete", "甲", 4)], [[None, 1, 4], [None, 2, 3]]),
    "taken over": ([("start", "甲", 1), ("complete", "乙", 3)], [[None, 1, 2]]),
    "completed alone": ([("complete", "甲", 1), ("start", "甲", 2)], [[None, 2, None],
                                                                      [None, None, 1]]),
    "never completed": ([("schedule", "派", 1), ("start", "甲", 2)], [[1, 2, None]]),
    "never taken up": ([("schedule", "派", 1)], [[1, None, None]]),
    "two waiting": ([("schedule", "", 1), ("schedule", "", 2), ("complete", "甲", 3)],
                    [[1, None, 3], [2, None, None]]),
    "at one moment": ([("complete", "甲", 1), ("start", "甲", 1)], [[None, 2, 1]]),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_by_hand(name: str) -> None:
    rows, steps = BY_HAND[name]
    told = paired(rows_of(*rows))
    got = [[None if pd.isna(cell) else int(cell) for cell in row] for row in told.to_numpy()]
    assert sorted(got, key=str) == sorted(steps, key=str)


ROWS = st.lists(
    st.tuples(st.sampled_from(list(TRANSITIONS)), st.sampled_from("甲乙"), st.integers(0, 6)),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(deadline=None, derandomize=True, max_examples=60)
@given(ROWS)
def test_every_row_is_in_one_step(rows: list[Row]) -> None:
    """And none waits for what came, none is closed before it began."""
    frame = rows_of(*rows)
    told = paired(frame)
    used = sorted(int(cell) for cell in told.to_numpy().ravel() if not pd.isna(cell))
    assert used == frame["row"].tolist()
    at = frame.set_index("row")["moment"]
    for first, then in (("schedule", "start"), ("start", "complete"), ("schedule", "complete")):
        both = told.dropna(subset=[first, then])
        assert (both[first].map(at) <= both[then].map(at)).all()
    # A completion without a start found none that had begun by then and was still open.
    starts = told[told["start"].notna() & told["complete"].isna()]
    alone = told[told["start"].isna() & told["complete"].notna()]
    for begun in starts["start"].map(at):
        assert (alone["complete"].map(at) < begun).all()


def test_a_log_of_the_shape_of_bpi_2012_has_no_open_step_that_was_completed() -> None:
    """
    Work items are scheduled by a system, taken up and put down several times by several people:
    who schedules is not who starts, and who starts not always who completes.
    """
    pick, rows = random.Random(1), []
    open_steps = 0
    for case in range(200):
        moment = 0
        for _ in range(pick.randint(1, 4)):
            moment += pick.randint(1, 9)
            activity = pick.choice(["W_Call", "W_Check"])
            who = pick.choice(["甲", "乙", None])
            rows.append((case, activity, "system", moment, "SCHEDULE"))
            rows.append((case, activity, who, moment + 1, "START"))
            last = pick.random() < 0.1
            open_steps += last
            if not last:
                rows.append((case, activity, pick.choice([who, "丙"]), moment + 2, "COMPLETE"))
            moment += 3
    frame = pd.DataFrame(rows, columns=["case_id", "activity", "actor", "end", "transition"])
    frame["case_id"] = frame["case_id"].astype(str)
    frame["end"] = pd.Timestamp("2012-01-02 09:00") + pd.to_timedelta(frame["end"], unit="min")
    log = eff.read_log(frame)
    completed = int((frame["transition"] == "COMPLETE").sum())
    assert log["end"].notna().sum() == completed
    assert log["end"].isna().sum() == open_steps
    assert len(log) == completed + open_steps
    assert (log["received"] < log["start"]).all()
    assert "system" not in set(log["actor"])
