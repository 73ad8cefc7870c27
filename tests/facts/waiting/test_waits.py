"""Waiting: the published hand-made logs, a walk by half hours, and cases done by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency.criteria.calendar import Calendar, Hours
from efficiency.facts.events import observed
from efficiency.facts.waiting import waits as module
from efficiency.facts.waiting.waits import waiting
from waited import CAUSES, in_office, queue_log, walked_waiting

Make = Callable[..., pd.DataFrame]
HOUR = 3_600_000_000
SEEDS = settings(deadline=None, derandomize=True, max_examples=3, phases=[Phase.generate])
SEED = st.integers(0, 2**32 - 1)
PARTS = [f"{cause}_hours" for cause in CAUSES]
OFFICE = Calendar(units=(("值班室", Hours(((0, 24 * HOUR),), every_day=True)),))
#: The hours that the publishers of the hand-made logs gave to their people.
TEN_TO_EIGHT = Hours(((10 * HOUR, 20 * HOUR),))
WITH_A_BREAK = Hours(((10 * HOUR, 12 * HOUR), (12 * HOUR + HOUR // 2, 20 * HOUR)))
PUBLISHED = Calendar(hours=TEN_TO_EIGHT, units=(("Marcus", WITH_A_BREAK),))
COLUMNS = {
    "frequency": "size",
    "wt_total": "hours",
    "wt_batching": "batching_hours",
    "wt_prioritization": "prioritisation_hours",
    "wt_contention": "contention_hours",
    "wt_unavailability": "unavailability_hours",
    "wt_extraneous": "other_hours",
}
BETWEEN = ["source_activity", "source_resource", "target_activity", "target_resource"]


def handed(folder: Path, name: str) -> pd.DataFrame:
    """Read one of the hand-made logs."""
    raw = pd.read_csv(folder / "handoffs" / f"{name}.csv", dtype={"case_id": str})
    named = raw.rename(
        columns={
            "Activity": "activity",
            "Resource": "actor",
            "start_time": "start",
            "end_time": "end",
        }
    )
    times = {column: pd.to_datetime(named[column]) for column in ("start", "end")}
    return named.assign(**times, row=range(1, len(raw) + 1))


@pytest.mark.parametrize(
    ("name", "duty"),
    [("handoff-test", None), *((f"manual_log_{i}", PUBLISHED) for i in range(1, 6))],
)
def test_the_published_hand_overs(shared: Path, name: str, duty: Calendar | None) -> None:
    """By who handed to whom; the first log without hours of people, which are seen in it."""
    log = handed(shared, name)
    waits = waiting(log, duty=duty).dropna(subset=["source"])
    actors = log.set_index("row")["actor"]
    waits = waits.assign(
        source_activity=waits["source"],
        source_resource=waits["source_row"].map(actors),
        target_activity=waits["activity"],
        target_resource=waits["actor"],
    )
    got = waits.groupby(BETWEEN)[list(COLUMNS.values())[1:]].sum()
    got.insert(0, "size", waits.groupby(BETWEEN).size().astype(float))
    told = pd.read_csv(shared / "handoffs" / f"{name}_expected.csv").set_index(BETWEEN)
    for column in list(COLUMNS)[1:]:
        told[column] = pd.to_timedelta(told[column]) / pd.Timedelta(hours=1)
    expected = told[list(COLUMNS)].set_axis(got.columns, axis=1).sort_index()
    assert_frame_equal(got, expected)


def on_duty(desk: str, moment: dt.datetime) -> bool:
    """Walk the hours that the test below gives to people: 张三 from 9 to 11, all others to 16."""
    last = 11 if desk == "a张三" else 16
    return 9 <= moment.hour < last and in_office(None, moment.replace(hour=9))


NINE_TO_ELEVEN, NINE_TO_FOUR = Hours(((9 * HOUR, 11 * HOUR),)), Hours(((9 * HOUR, 16 * HOUR),))
DUTY = Calendar(hours=NINE_TO_FOUR, units=(("张三", NINE_TO_ELEVEN),))


@SEEDS
@given(seed=SEED, batching_first=st.booleans(), closes=st.booleans())
def test_waiting_equals_a_walk(seed: int, batching_first: bool, closes: bool) -> None:
    """Half hour by half hour, every step; and its parts add up to the whole."""
    log = queue_log(seed)
    precedence = "batching" if batching_first else "desk"
    got = waiting(log, OFFICE if closes else None, duty=DUTY, precedence=precedence)
    is_open = in_office if closes else lambda _unit, _moment: True
    expected = walked_waiting(log, is_open, on_duty, batching_first=batching_first)
    told = got[expected.columns].fillna({"source": "", "source_row": 0})
    assert_frame_equal(told, expected, check_dtype=False)
    assert got[PARTS].sum(axis=1).where(got["hours"].notna()).equals(got["hours"])
    assert expected[PARTS].sum().gt(0).sum() >= 4  # the walk has something to tell


def parts(waits: pd.DataFrame) -> list[dict[str, float]]:
    """The parts of each step that are not nothing."""
    names = waits[PARTS].rename(columns=lambda name: name.removesuffix("_hours"))
    return [{k: v for k, v in row.items() if v} for row in names.to_dict("records")]


def test_a_night_is_off_hours(make_log: Make) -> None:
    """From 17:00 to 9:00: an hour and a half of office time, which nothing explains."""
    log = make_log(
        ("1", "拟办", "2024-03-06 10:00"),
        actor=["甲"],
        received=["2024-03-05 17:00"],
        start=["2024-03-06 09:00"],
    )
    assert parts(waiting(log, Calendar())) == [{"off": 14.5, "other": 1.5}]


def test_each_unit_has_its_own_hours(make_log: Make) -> None:
    log = make_log(
        *((case, "拟办", "2024-03-06 10:00") for case in "12"),
        actor=["甲", "乙"],
        unit=["秘书处", "值班室"],
        received=["2024-03-05 17:00"] * 2,
        start=["2024-03-06 09:00"] * 2,
    )
    assert parts(waiting(log, OFFICE)) == [{"off": 14.5, "other": 1.5}, {"other": 16.0}]


def test_a_busy_desk_and_a_later_one_served_first(make_log: Make) -> None:
    """Step 3 waits from 9: for 1, come before, until 10; for 2, come after it, until 10:45."""
    log = make_log(
        ("1", "拟办", "2024-03-05 10:00"),
        ("2", "审核", "2024-03-05 10:45"),
        ("3", "批示", "2024-03-05 11:30"),
        actor=["甲"] * 3,
        received=["2024-03-05 08:30", "2024-03-05 09:30", "2024-03-05 09:00"],
        start=["2024-03-05 08:30", "2024-03-05 10:00", "2024-03-05 11:00"],
    )
    assert parts(waiting(log, Calendar())) == [
        {},
        {"contention": 0.5},
        {"contention": 1.0, "prioritisation": 0.75, "other": 0.25},
    ]


def test_another_desk_and_a_step_without_an_end_explain_nothing(make_log: Make) -> None:
    log = make_log(
        ("1", "拟办", "2024-03-05 10:00"),
        ("2", "拟办", None),
        ("3", "批示", "2024-03-05 11:30"),
        actor=["乙", "甲", "甲"],
        received=["2024-03-05 08:30", "2024-03-05 08:30", "2024-03-05 09:00"],
        start=["2024-03-05 08:30", "2024-03-05 08:45", "2024-03-05 11:00"],
    )
    assert parts(waiting(log, Calendar()))[2] == {"other": 2.0}


def batch(make_log: Make) -> pd.DataFrame:
    """Two come at 8:30 and 9:30 and are done at 10 one after the other; 9 to 9:15 is another."""
    return make_log(
        ("1", "签批", "2024-03-05 10:10"),
        ("2", "签批", "2024-03-05 10:20"),
        ("3", "会议", "2024-03-05 09:15"),
        actor=["甲"] * 3,
        received=["2024-03-05 08:30", "2024-03-05 09:30", "2024-03-05 09:00"],
        start=["2024-03-05 10:00", "2024-03-05 10:10", "2024-03-05 09:00"],
    )


def test_a_batch_waits_for_its_last(make_log: Make) -> None:
    got = parts(waiting(batch(make_log), Calendar()))
    assert got[0] == {"batching": 1.0, "other": 0.5}
    assert got[1] == {"contention": pytest.approx(1 / 6), "other": 0.5}


def test_a_busy_desk_may_go_before_a_batch(make_log: Make) -> None:
    """The quarter of an hour in which the desk did what had come later is told so."""
    got = parts(waiting(batch(make_log), Calendar(), precedence="desk"))
    assert got[0] == {"batching": 0.75, "prioritisation": 0.25, "other": 0.5}


def test_an_unknown_precedence_is_an_error(make_log: Make) -> None:
    with pytest.raises(ValueError, match="precedence is 'other'; use 'batching' or 'desk'"):
        waiting(batch(make_log), precedence="other")


def test_what_was_assumed_is_said(make_log: Make) -> None:
    """Every step that was taken up has its row; without a split where none can be."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "拟办", "2024-03-05 10:00"),
        ("1", "审核", "2024-03-05 11:00"),
        ("1", "批示", "2024-03-05 11:30"),
        ("1", "承办", None),
        ("1", "催办", None),
        actor=["甲", "甲", "", None, "乙", None],
        unit=["一处", "一处", "一处", None, None, None],
        received=[None, None, None, "2024-03-05 11:20", "2024-03-05 11:40", "2024-03-05 12:00"],
        start=[
            *("2024-03-05 08:45", "2024-03-05 09:30", None),
            *("2024-03-05 11:10", "2024-03-05 11:45", None),
        ],
    )
    got = waiting(log, Calendar())
    assert got["row"].tolist() == [1, 2, 3, 4, 5]
    assert got["assumed"].tolist() == [
        "first",
        "received",
        "start received desk",
        "reversed nobody",
        "",
    ]
    assert got["source"].tolist() == [None, "登记", "拟办", "审核", "批示"]
    hours = got["hours"].round(3).astype(object).where(got["hours"].notna(), None)
    assert hours.tolist() == [None, 0.5, None, 0.0, 0.083]


def test_a_day_is_no_hour(make_log: Make) -> None:
    """Where a moment is known to the day only, the hours are not guessed."""
    log = make_log(
        ("1", "登记", "2024-03-05 10:00"),
        ("2", "登记", "2024-03-05 11:00"),
        actor=["甲"] * 2,
        received=["2024-03-05", "2024-03-05 09:00"],
        start=["2024-03-05 09:00", "2024-03-05 10:00"],
        received_precision=["day", "second"],
        start_precision=["second"] * 2,
    )
    got = waiting(log, Calendar())
    assert got["assumed"].tolist() == ["day", ""]
    assert got["hours"].isna().tolist() == [True, False]


def test_the_unit_stands_in_for_a_person_who_is_not_known(make_log: Make) -> None:
    """The second waits at its unit while 甲 of that unit works; 乙 is of another."""
    log = make_log(
        ("1", "拟办", "2024-03-05 10:00"),
        ("2", "拟办", "2024-03-05 11:00"),
        ("3", "拟办", "2024-03-05 11:00"),
        actor=["甲", None, "乙"],
        unit=["一处", "一处", "二处"],
        received=["2024-03-05 08:30", "2024-03-05 09:00", "2024-03-05 08:30"],
        start=["2024-03-05 08:30", "2024-03-05 10:30", "2024-03-05 08:30"],
    )
    assert parts(waiting(log, Calendar()))[1] == {"contention": 1.0, "other": 0.5}


def test_what_lies_after_the_cutoff_is_not_seen(make_log: Make) -> None:
    log = make_log(
        ("1", "拟办", "2024-03-05 10:00"),
        ("2", "拟办", "2024-03-05 11:00"),
        actor=["甲"] * 2,
        received=["2024-03-05 08:30", "2024-03-05 09:00"],
        start=["2024-03-05 08:30", "2024-03-05 10:30"],
    )
    assert waiting(log, Calendar(), cutoff="2024-03-05 10:15")["row"].tolist() == [1]


def test_the_log_stays_as_it_is_and_its_order_does_not_matter() -> None:
    log = queue_log(7)
    before = log.copy()
    got = waiting(log, OFFICE)
    assert_frame_equal(log, before)
    assert_frame_equal(waiting(log.iloc[::-1], OFFICE), got)


def test_observed_events_and_ibis_tables_give_the_same() -> None:
    log = queue_log(8)
    expected = waiting(log, OFFICE)
    with observed(log, OFFICE) as events:
        assert_frame_equal(waiting(events), expected)
    con = ibis.duckdb.connect()
    table = waiting(con.create_table("log", log), OFFICE)
    assert isinstance(table, ir.Table)
    assert_frame_equal(table.order_by("row").to_pandas(), expected, check_dtype=False)
    con.disconnect()


def test_the_causes_are_those_of_the_walk() -> None:
    assert module.CAUSES == CAUSES
