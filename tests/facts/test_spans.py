"""How long steps have taken so far: against plain Python over random logs, and by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.criteria.calendar import Calendar, Hours
from efficiency.facts.events import observed
from efficiency.facts.spans import step_spans

Make = Callable[..., pd.DataFrame]
Walk = Callable[..., float]
SEEDS = settings(deadline=None, derandomize=True, max_examples=3, phases=[Phase.generate])
MOMENTS = ("received", "start", "end")
HOUR = 3_600_000_000
COLUMNS = [
    "row", "case_id", "activity", "unit", "arrived", "ended", "hours", "running", "handling_hours",
    "recorded",
]  # fmt: skip


def spans(log: pd.DataFrame, calendar: Calendar | None = None, **seen: Any) -> pd.DataFrame:
    with observed(log, calendar or eff.Calendar(), **seen) as events:
        return events.frame(step_spans(events).order_by("row"))


def plain(log: pd.DataFrame, cutoff: pd.Timestamp, walk: Walk) -> list[dict[str, Any]]:
    """Go through the steps one by one, with each case's ends in order."""
    steps = []
    for row in log.to_dict("records"):
        known = {name: row[name] for name in MOMENTS if pd.notna(row[name]) and row[name] <= cutoff}
        if known:
            steps.append({**row, **dict.fromkeys(MOMENTS), **known})
    told = []
    for step in sorted(steps, key=lambda s: s["row"]):
        case = [s for s in steps if s["case_id"] == step["case_id"]]
        done = sorted((s for s in case if s["end"]), key=lambda s: (s["end"], s["row"]))
        still = sorted(
            (s for s in case if not s["end"]), key=lambda s: (s["start"] or s["received"], s["row"])
        )
        place = (done + still).index(step)
        before = (done + still)[place - 1]["end"] if place else None
        began = step["received"] or before
        if began is None:
            continue
        until = step["end"] or cutoff
        told.append(
            {
                **{name: step[name] for name in ("row", "case_id", "activity", "unit")},
                "arrived": step["received"] or step["start"] or step["end"],
                "ended": until,
                "hours": walk(began, until),
                "running": step["end"] is None,
                "handling_hours": walk(step["start"], step["end"]),
                "recorded": step["received"] is not None,
            }
        )
    return told


@SEEDS
@given(seed=st.integers(0, 2**32 - 1), cut=st.booleans())
def test_spans_equal_plain_python(random_log: Make, walk: Walk, seed: int, cut: bool) -> None:
    """Ties, gaps, reversed and open steps; at the log's end and at a cut-off in its midst."""
    log = random_log(seed)
    moments = pd.concat([log[name] for name in MOMENTS]).dropna().sort_values()
    cutoff = moments.iloc[len(moments) // 2] if cut else moments.iloc[-1]
    before = log.copy()
    got = spans(log, cutoff=cutoff)
    assert_frame_equal(log, before)
    want = pd.DataFrame(plain(log, cutoff, walk), columns=COLUMNS)
    assert got.columns.tolist() == COLUMNS
    assert want["running"].any()
    assert (~want["running"]).any()
    assert set(want["recorded"]) == {True, False}
    assert_frame_equal(got, want, check_dtype=False, rtol=0, atol=1e-9)


def test_a_step_under_way_has_taken_until_now(make_log: Make) -> None:
    """Came on Tuesday at 17:00, not done on Wednesday at 9:30: two office hours."""
    log = make_log(
        ("1", "拟办", None), received=["2024-03-05 17:00"], start=["2024-03-05 17:30"], unit=["甲"]
    )
    (row,) = spans(log, cutoff="2024-03-06 09:30").to_dict("records")
    assert row["running"]
    assert row["hours"] == pytest.approx(2.0)
    assert row["arrived"] == dt.datetime(2024, 3, 5, 17)
    assert row["ended"] == dt.datetime(2024, 3, 6, 9, 30)
    assert row["recorded"]
    assert pd.isna(row["handling_hours"])


def test_without_an_arrival_the_step_before_tells(make_log: Make) -> None:
    """The first step has none before it and is left out; the second took from 9 to 11."""
    log = make_log(("1", "登记", "2024-03-05 09:00"), ("1", "拟办", "2024-03-05 11:00"))
    (row,) = spans(log).to_dict("records")
    assert (row["activity"], row["hours"], row["running"]) == ("拟办", 2.0, False)
    # It serves to put the step into a week: at most its own time late.
    assert row["arrived"] == dt.datetime(2024, 3, 5, 11)
    assert not row["recorded"]


def test_a_unit_keeps_its_own_hours(make_log: Make) -> None:
    """From 17:00 to 9:00: one and a half office hours, sixteen at a desk that never closes."""
    calendar = Calendar(units=(("值班室", Hours(((0, 24 * HOUR),), every_day=True)),))
    log = make_log(
        *((case, "拟办", "2024-03-06 09:00") for case in "12"),
        received=["2024-03-05 17:00"] * 2,
        start=["2024-03-05 17:30"] * 2,
        unit=["秘书处", "值班室"],
    )
    got = spans(log, calendar)
    assert got["hours"].tolist() == [1.5, 16.0]
    assert got["handling_hours"].tolist() == [1.0, 15.5]
    shut = spans(log.assign(end=pd.NaT), calendar, cutoff="2024-03-06 09:00")
    assert shut["hours"].tolist() == [1.5, 16.0]
    assert shut["running"].all()
