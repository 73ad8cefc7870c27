"""Medians of the months against pandas, and which months can be told at all."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.facts.closings import closing_times


def cases(*rows: tuple[str, str, float, bool]) -> pd.DataFrame:
    """Make cases of ``(first, last, work_hours, open)``."""
    frame = pd.DataFrame(rows, columns=["first", "last", "work_hours", "open"])
    for name in ("first", "last"):
        frame[name] = pd.to_datetime(frame[name], format="ISO8601")
    hours = (frame["last"] - frame["first"]) / pd.Timedelta(hours=1)
    return frame.assign(case_id=[f"{i:04}" for i in range(len(frame))], elapsed_hours=hours)


@pytest.fixture(scope="module")
def office() -> pd.DataFrame:
    """Give 900 cases over two years that last up to three weeks; some are open."""
    rng = np.random.default_rng(8)
    first = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.uniform(0, 700, 900), unit="D")
    last = first + pd.to_timedelta(rng.exponential(4, 900), unit="D")
    frame = pd.DataFrame({"first": first.floor("s"), "last": last.floor("s")})
    frame = frame.assign(open=rng.random(900) < 0.1)
    hours = (frame["last"] - frame["first"]) / pd.Timedelta(hours=1)
    return frame.assign(
        case_id=[f"{i:04}" for i in range(900)], elapsed_hours=hours, work_hours=hours / 4
    )


@pytest.mark.parametrize(("every", "name"), [("month", "M"), ("week", "W")])
def test_medians_equal_those_of_pandas(office: pd.DataFrame, every: str, name: str) -> None:
    before = office.copy()
    table = closing_times(office, every=every, smallest=1)  # type: ignore[arg-type]
    assert_frame_equal(office, before)
    closed = office[~office["open"]]
    period = closed["last"].dt.to_period(name).dt.start_time
    text = period.dt.strftime("%Y-%m" if every == "month" else "%Y-%m-%d")
    want = closed.groupby(text)["work_hours"].agg(["median", "size"])
    there = want.reindex(table["at"])
    assert table["value"].tolist() == pytest.approx(there["median"].tolist(), nan_ok=True)
    assert table["n"].tolist() == there["size"].fillna(0).tolist()


def test_an_ibis_table_gives_the_same(office: pd.DataFrame) -> None:
    con = ibis.duckdb.connect()
    lazy = con.create_table("cases", office)
    assert_frame_equal(closing_times(lazy), closing_times(office))
    con.disconnect()


def test_months_at_the_edges_are_left_out(office: pd.DataFrame) -> None:
    """Those that began before 95 % of the first cases could be closed, and after the last came."""
    table = closing_times(office)
    reach = office.loc[~office["open"], "elapsed_hours"].quantile(0.95)
    begin = office["first"].min() + pd.Timedelta(hours=reach)
    assert table["at"].iloc[0] == (begin + pd.offsets.MonthBegin()).strftime("%Y-%m")
    assert table["at"].iloc[-1] == office["first"].max().strftime("%Y-%m")


def test_a_log_begins_to_tell_when_slow_cases_could_be_closed() -> None:
    """One case in ten takes 40 days: from the 2nd of January that leads past February."""
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(2, 20)]
    rows = [(day, day, 1.0, False) for day in days]
    slow = [(day, str(pd.Timestamp(day) + pd.Timedelta(days=40)), 90.0, False) for day in days[::9]]
    assert closing_times(cases(*rows, *slow))["at"].tolist() == ["2024-03", "2024-04"]
    assert closing_times(cases(*rows, *slow[:2]))["at"].tolist() == [
        "2024-02",
        "2024-03",
        "2024-04",
    ]


def test_slow_cases_that_are_left_at_the_end_do_not_make_a_month() -> None:
    """Nothing comes in after January: February's closings are slow ones only."""
    quick = [("2024-01-05", "2024-01-05", 1.0, False)] * 60
    table = closing_times(cases(("2023-12-02", "2023-12-02", 1.0, False), *quick,
                              *[("2024-01-06", "2024-02-06", 90.0, False)] * 2))  # fmt: skip
    assert table.values.tolist() == [["2024-01", 1.0, 60]]


def test_a_month_of_few_cases_has_a_number_but_no_value() -> None:
    days = ["2023-12-02", *["2024-01-02"] * 5, *["2024-03-02"] * 5, *["2024-04-02"] * 4]
    rows = [(day, day, float(day[6]), False) for day in days]
    table = closing_times(cases(*rows, ("2024-04-09", "2024-04-09", 3.0, True)))
    assert table["at"].tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert table["n"].tolist() == [5, 0, 5, 4]
    assert table["value"].tolist() == pytest.approx([1, np.nan, 3, np.nan], nan_ok=True)


def test_weeks_begin_on_monday() -> None:
    """The 30th of December 2024 is a Monday, and so is the 6th of January."""
    quick = ("2024-12-23", "2024-12-23", 1.0, False)
    slow = ("2024-12-30", "2025-01-05 23:59", 2.0, False)
    last = ("2025-01-06", "2025-01-06", 4.0, False)
    table = closing_times(cases(*[quick] * 100, slow, last), every="week", smallest=1)
    assert table["at"].tolist() == ["2024-12-23", "2024-12-30", "2025-01-06"]
    assert table[["value", "n"]].values.tolist() == [[1, 100], [2, 1], [4, 1]]


@pytest.mark.parametrize("open_", [True, False])
def test_nothing_to_tell(open_: bool) -> None:
    only = cases(("2024-01-02", "2024-01-02", 1.0, open_))
    assert len(closing_times(only)) == 0
    assert closing_times(only.head(0)).columns.tolist() == ["at", "value", "n"]


def test_years_cannot_be_asked_for(office: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="use 'month' or 'week'"):
        closing_times(office, every="year")  # type: ignore[arg-type]


def test_case_times_are_what_it_takes(receipt: pd.DataFrame) -> None:
    table = closing_times(eff.case_times(receipt))
    assert len(table) > 6
    assert table["value"].notna().all()
