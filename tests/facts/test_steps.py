"""Steps in narrow columns: whatever is stored, what is read is to the microsecond."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency._doors import engine, sessions
from efficiency.evidence.log_record import MOMENTS
from efficiency.facts import steps
from efficiency.facts.events import observed
from efficiency.facts.steps import span_of

Make = Callable[..., pd.DataFrame]
EPOCH = dt.datetime(1970, 1, 1)


def read(log: pd.DataFrame, **options: object) -> pd.DataFrame:
    """The steps of a log as they are read, by row."""
    with observed(log, eff.read_calendar(), **options) as events:
        return events.frame(events.steps.order_by("row"))


def stored(log: pd.DataFrame) -> list[str]:
    """How the moments of a log are stored."""
    with observed(log, eff.read_calendar()) as events:
        columns = events.con.raw_sql(
            "select column_name, data_type from duckdb_columns() where not internal"
            " and table_name in (select table_name from duckdb_tables())"
        ).fetchall()
    kinds = [kind for name, kind in columns if name in {"end", "w_end", "w_previous"}]
    return sorted({*kinds} - {"TIMESTAMP"})


SHAPES = {
    "seconds": (["2024-03-05 09:00:01", "2024-03-05 17:25:59"], ["INTEGER"]),
    "fractions": (["2024-03-05 09:00:01.000001", "2024-03-05 17:25:59"], ["BIGINT"]),
    "beyond 32 bits": (["2024-03-05 09:00:01", "2041-03-05 17:25:59"], ["BIGINT"]),
    "before 1970": (["1968-12-31 09:00:01", "1969-03-05 17:25:59"], ["INTEGER"]),
    "a century": (["1931-03-05 09:00:01", "2029-03-05 17:25:59"], ["BIGINT"]),
}


@pytest.mark.parametrize(("moments", "kinds"), SHAPES.values(), ids=SHAPES)
@pytest.mark.filterwarnings("ignore:.*calendar")
def test_moments_are_read_as_they_were_written(
    make_log: Make, moments: list[str], kinds: list[str]
) -> None:
    """In 32 bits where they fit, and to the microsecond in any case, by Python's own counting."""
    log = make_log(("1", "登记", moments[0]), ("1", "转办", moments[1]))
    assert stored(log) == kinds
    expected = [(at.to_pydatetime() - EPOCH) // dt.timedelta(microseconds=1) for at in log["end"]]
    assert read(log)["end"].tolist() == expected


def test_working_time_is_the_same_in_seconds_and_in_microseconds(make_log: Make) -> None:
    """One fraction of a second in another case changes how all is stored, and nothing else."""
    rows = [
        ("1", "登记", "2024-03-05 17:25:10"), ("1", "转办", "2024-03-06 08:45:00"),
        ("2", "登记", "2024-03-09 12:00:00"), ("2", "转办", None),
    ]  # fmt: skip
    start = ["2024-03-05 17:00:00", None, "2024-03-08 18:30:01", "2024-03-09 12:00:00"]
    plain = make_log(*rows, start=start)
    fine = make_log(*rows, ("3", "登记", "2024-03-05 09:00:00.5"), start=[*start, None])
    told, other = read(plain), read(fine)
    assert_frame_equal(told, other[other["row"] < 5], check_dtype=False)
    # 17:25:10 to 8:45 the next morning: 34 minutes 50 and 15 minutes.
    assert told["w_end"].diff().iloc[1] == (34 * 60 + 50 + 15 * 60) * 1_000_000


def test_what_no_step_has_is_empty(make_log: Make) -> None:
    """Neither received nor start: their columns are there and hold nothing."""
    told = read(make_log(("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 10:00")))
    assert told[["received", "start", "w_received", "w_start"]].isna().all(axis=None)
    assert not told[[f"{name}_bare" for name in MOMENTS]].any(axis=None)
    assert told["position"].tolist() == [1, 2]


def test_open_steps_come_after_the_done_ones(make_log: Make) -> None:
    """However early they came in; among themselves by start, else arrival."""
    log = make_log(
        ("1", "甲", None), ("1", "乙", None), ("1", "丙", "2024-03-05 12:00"),
        start=[None, "2024-03-05 08:40", None],
        received=["2024-03-05 08:50", "2024-03-05 08:00", None],
    )  # fmt: skip
    told = read(log)
    assert told["position"].tolist() == [3, 2, 1]
    assert told["done"].tolist() == [False, False, True]
    only = read(log.head(2))
    assert only["position"].tolist() == [2, 1]


@pytest.mark.parametrize("many", [0, 100])
def test_units_and_people_are_read_by_name(
    make_log: Make, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Stored by number or not; also where none is told, and where there is one."""
    monkeypatch.setattr(steps, "MANY", many)
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 10:00"),
        unit=["文书科", None], actor=None,
    )  # fmt: skip
    told = read(log)
    assert told["unit"].iloc[0] == "文书科"
    assert told["unit"].isna().tolist() == [False, True]
    assert told["actor"].isna().all()


def test_a_span_tells_what_the_moments_are_like(make_log: Make) -> None:
    """The first and the last, which there are, dates without times, fractions."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00:00.25"), ("1", "转办", None),
        received=[None, "2024-03-01"], received_precision=["second", "day"],
    )  # fmt: skip
    log = log.assign(start=pd.NaT, start_precision="second", end_precision="second")
    with sessions.session() as con:
        whole = engine.keep(engine.table(log), con)
        moments = {name: whole[name].cast("timestamp(6)") for name in MOMENTS}
        span = span_of(whole.mutate(**moments), con)
    assert (span.first, span.last) == (
        pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-05 09:00:00.25"),
    )  # fmt: skip
    assert (span.moments, span.bare, span.fine, span.unit) == (("received", "end"), True, True, 1)


@pytest.mark.filterwarnings("ignore:.*calendar")
def test_a_year_far_ahead_is_one(make_log: Make) -> None:
    """Deadlines may lie years behind the last moment, beyond what nanoseconds can count."""
    log = make_log(("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2261-01-05 10:00"))
    assert eff.case_times(log, eff.read_calendar())["steps"].tolist() == [2]
