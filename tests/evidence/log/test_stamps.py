"""Reads stamps as people write them; expected values are worked out by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.evidence.log.stamps import AmbiguousDayError, read_stamps

FAST = settings(deadline=None, derandomize=True, max_examples=20)


def one(text: str, **options: object) -> tuple[str | None, str | None]:
    """Read one stamp: its moment as text, and its precision."""
    row = read_stamps(pd.Series([text]), **options).iloc[0]
    if pd.isna(row["moment"]):
        return None, row["precision"]
    return row["moment"].isoformat(sep=" "), row["precision"]


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2024-3-5 9:05", "2024-03-05 09:05:00", "minute"),
        ("2024/03/05 09:05:00", "2024-03-05 09:05:00", "second"),
        ("2024.3.5 9:05", "2024-03-05 09:05:00", "minute"),
        ("2024年3月5日 9时5分", "2024-03-05 09:05:00", "minute"),
        ("2024年3月5日9时5分8秒", "2024-03-05 09:05:08", "second"),
        ("2024年3月5号 9点", "2024-03-05 09:00:00", "minute"),
        ("2024年3月5日", "2024-03-05 00:00:00", "day"),
        ("2024-03-05", "2024-03-05 00:00:00", "day"),
        ("2024-03-05 00:00", "2024-03-05 00:00:00", "minute"),
        ("2024-03-05 上午 9:05", "2024-03-05 09:05:00", "minute"),
        ("2024-03-05 下午 3:05", "2024-03-05 15:05:00", "minute"),
        ("2024-03-05 下午12:05", "2024-03-05 12:05:00", "minute"),
        ("2024-03-05 上午12:05", "2024-03-05 00:05:00", "minute"),
        ("2024-3-5 3:05 PM", "2024-03-05 15:05:00", "minute"),
        ("2024-3-5 12:05 AM", "2024-03-05 00:05:00", "minute"),
        ("2024-03-05T09:05:00+08:00", "2024-03-05 09:05:00", "second"),
        ("2024-03-05T01:05:00Z", "2024-03-05 09:05:00", "second"),
        ("2024-03-04 20:35:00-0430", "2024-03-05 09:05:00", "second"),
        ("2024-03-05T09:05:00.123456", "2024-03-05 09:05:00.123456", "second"),
        ("2024-03-05 09:05:00,5", "2024-03-05 09:05:00.500000", "second"),
        ("20240305", "2024-03-05 00:00:00", "day"),
        ("20240305T090508", "2024-03-05 09:05:08", "second"),
        ("２０２４－０３－０５　０９：０５", "2024-03-05 09:05:00", "minute"),  # full width
        (" 2024-03-05 ", "2024-03-05 00:00:00", "day"),
        ("1948-01-02", "1948-01-02 00:00:00", "day"),  # a slip, but a date
        ("2204-05-06", "2204-05-06 00:00:00", "day"),
        ("2024-02-29", "2024-02-29 00:00:00", "day"),
    ],
)
def test_every_form_a_person_may_write(text: str, moment: str, precision: str) -> None:
    """The moment, and how precisely it was told."""
    assert one(text) == (moment, precision)


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-03-05 25:00", "2024-03-05 9:61",
     "5 March", "9:05", "待定", "-", "45356", "2024", "2024-03", ""],
)  # fmt: skip
def test_what_is_no_moment_is_empty(text: str) -> None:
    """No guess is made: 30 February is no 1 March."""
    assert one(text) == (None, None)


def test_zones_follow_the_office() -> None:
    """The same instant by two offices' clocks, one with summer time."""
    stamp = "2024-07-01T00:30:00Z"
    assert one(stamp)[0] == "2024-07-01 08:30:00"
    assert one(stamp, timezone="Europe/Amsterdam")[0] == "2024-07-01 02:30:00"
    assert one("2024-01-01T00:30:00Z", timezone="Europe/Amsterdam")[0] == "2024-01-01 01:30:00"


@pytest.mark.parametrize(
    ("values", "moments"),
    [
        (["03/04/2024", "13/04/2024"], ["2024-04-03", "2024-04-13"]),
        (["03/04/2024", "04/13/2024"], ["2024-03-04", "2024-04-13"]),
        (["03.04.2024 9:05", "31.01.2024 9:05"], ["2024-04-03", "2024-01-31"]),
        (["03/03/2024"], ["2024-03-03"]),
    ],
)
def test_day_and_month_are_found_out_from_the_column(values: list[str], moments: list[str]) -> None:
    """One value above twelve tells of all; where both are equal it does not matter."""
    read = read_stamps(pd.Series(values))["moment"]
    assert read.dt.strftime("%Y-%m-%d").tolist() == moments


def test_a_column_that_cannot_tell_is_refused() -> None:
    """Every value fits both ways; the first that would differ is shown."""
    with pytest.raises(AmbiguousDayError, match="03/04/2024"):
        read_stamps(pd.Series(["05/05/2024", "03/04/2024"]))
    assert one("03/04/2024", day_first=True) == ("2024-04-03 00:00:00", "day")
    assert one("03/04/2024", day_first=False) == ("2024-03-04 00:00:00", "day")


def test_excel_serials_only_where_they_may_stand() -> None:
    """45356.5 is noon of 5 March 2024 in Excel; in a csv it is a number."""
    assert one("45356.5", serials=pd.Timestamp("1899-12-30")) == ("2024-03-05 12:00:00", "second")
    assert one("45356", serials=pd.Timestamp("1899-12-30")) == ("2024-03-05 00:00:00", "day")
    assert one("45356.378472222", serials=pd.Timestamp("1899-12-30")) == (
        "2024-03-05 09:05:00",
        "second",
    )
    assert one("45356.5") == (None, None)


def test_the_index_is_kept_and_the_argument_untouched() -> None:
    """Equal texts in several places; a gap between them."""
    values = pd.Series(["2024-03-05", None, "2024-03-05"], index=[5, 5, 7])
    before = values.copy()
    read = read_stamps(values)
    assert read.index.tolist() == [5, 5, 7]
    assert read["precision"].tolist() == ["day", None, "day"]
    pd.testing.assert_series_equal(values, before)


FORMS = {
    "second": [
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%dT%H:%M:%S",
        "%Y年%m月%d日 %H时%M分%S秒",
        "%Y%m%d%H%M%S",
    ],
    "minute": ["%Y-%m-%d %H:%M", "%Y.%m.%d %H:%M", "%Y年%m月%d日%H时%M分", "%Y-%m-%d %I:%M %p"],
    "day": ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"],
}


@FAST
@given(
    st.lists(
        st.tuples(
            st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2199, 12, 31)),
            st.sampled_from(sorted(FORMS)),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=50,
    )
)
def test_what_is_written_is_read_back(drawn: list[tuple[dt.datetime, str, int]]) -> None:
    """Twelve forms mixed in one column, to their own precision."""
    cut = {"second": {}, "minute": {"second": 0}, "day": {"hour": 0, "minute": 0, "second": 0}}
    expected = [at.replace(microsecond=0, **cut[kind]) for at, kind, _ in drawn]
    texts = [at.strftime(FORMS[kind][i]) for at, (_, kind, i) in zip(expected, drawn, strict=True)]
    read = read_stamps(pd.Series(texts))
    assert [at.to_pydatetime() for at in read["moment"]] == expected
    assert read["precision"].tolist() == [kind for _, kind, _ in drawn]


def test_a_date_without_a_year_is_near_the_one_before_it() -> None:
    """Over New Year too; where nothing was read before, the next counts."""
    text = ["12月30日", "2024-12-31", "1月2日 9:05", "2025/1/3", "13月1日"]
    read = read_stamps(pd.Series(text))
    assert read["moment"].astype(str).tolist()[:4] == [
        "2024-12-30 00:00:00", "2024-12-31 00:00:00", "2025-01-02 09:05:00", "2025-01-03 00:00:00",
    ]  # fmt: skip
    assert read["precision"].tolist() == ["day", "day", "minute", "day", None]


def test_a_serial_among_dates_is_one_where_it_lies_among_them() -> None:
    """45441 is 29 May 2024 by Excel's count; a small number stays none."""
    read = read_stamps(pd.Series(["2024-06-11", "45441.40625", "7"]))
    assert read["moment"].astype(str).tolist() == [
        "2024-06-11 00:00:00",
        "2024-05-29 09:45:00",
        "NaT",
    ]


@pytest.mark.parametrize("year", [1678, 2262])
def test_a_date_at_the_edge_of_what_can_be_counted_is_read(year: int) -> None:
    """A year beyond it lies outside what nanoseconds in 64 bits can count (1677 to 2262)."""
    read = read_stamps(pd.Series(["2024-03-05", f"{year}-03-05", "45000"]))
    days = [dt.datetime(2024, 3, 5), dt.datetime(year, 3, 5), dt.datetime(2023, 3, 15)]
    assert list(read["moment"]) == days


def test_numbers_that_count_no_day_of_our_time_are_no_moments() -> None:
    """Amounts, postcodes, yymmdd, what was meant as 12 March: in text and in workbooks."""
    for serials in (None, pd.Timestamp("1899-12-30")):
        odd = pd.Series(["120000", "610000", "240315", "3.12", "2024", "5", "2024-03-05"])
        assert read_stamps(odd, serials=serials)["moment"].notna().tolist() == [False] * 6 + [True]


def test_months_go_on_from_row_to_row() -> None:
    """By hand: a register of one year to December, one that goes into January, and a slip back."""
    told = ["2024年1月5日", "3月15日", "7月14日", "12月15日", "1月3日", "12月30日", "1月2日"]
    read = read_stamps(pd.Series(told))["moment"].dt.strftime("%Y-%m-%d")
    assert read.tolist() == [
        "2024-01-05", "2024-03-15", "2024-07-14", "2024-12-15", "2025-01-03", "2024-12-30",
        "2025-01-02",
    ]  # fmt: skip


def test_above_the_first_year_that_is_written_it_is_counted_back() -> None:
    read = read_stamps(pd.Series(["12月28日", "1月3日", "2024年1月5日"]))["moment"].dt.year
    assert read.tolist() == [2023, 2024, 2024]
