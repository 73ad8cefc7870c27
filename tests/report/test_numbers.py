"""A number is the cell of a table: which one, how it is written, what where there is none."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.language import LANGUAGES, Language
from efficiency.report.numbers import (
    FORMATS,
    Bound,
    Cell,
    CellError,
    bound,
    numbers_in,
    value_of,
    written,
)

TABLES = {
    "rates": pd.DataFrame(
        {
            "log": ["a", "a", "b"],
            "standard_id": ["T1", "T2", "T1"],
            "share": [0.787, 0.5, 1.0],
            "low": [0.76, 0.25, 0.9],
            "high": [0.812, 0.75, 1.0],
            "n": [959, 4, 12345],
            "at": pd.to_datetime(
                ["2024-07-01", "2024-12-13 15:27", "2024-12-31"], format="ISO8601"
            ),
        }
    )
}


def told(form: str, value: Any) -> tuple[str, str]:
    chinese, english = (FORMATS[form](value, language) for language in ("zh", "en"))
    return chinese, english


# --- how a number reads, worked out by hand


@pytest.mark.parametrize(
    ("form", "value", "chinese", "english"),
    [
        ("count", 994, "994", "994"),
        ("count", 9999, "9999", "9999"),
        ("count", 10000, "1万", "10,000"),
        ("count", 123456, "12.3万", "123,456"),
        ("count", 0, "0", "0"),
        ("size", -88, "88", "88"),
        ("percent", 0.787, "78.7%", "78.7%"),
        ("percent", 1, "100.0%", "100.0%"),
        ("whole percent", 0.9, "90%", "90%"),
        ("points", -0.113, "11.3", "11.3"),
        ("tenths", 0.704, "七成", "seven in ten"),
        ("tenths", 0.5, "五成", "half"),
        ("tenths", 1.0, "全部", "all"),
        ("times", 1.25, "1.2", "1.2"),
        ("two decimals", 1.005, "1.00", "1.00"),
        ("three decimals", 0.1239, "0.124", "0.124"),
        ("more", 1.18, "18%", "18%"),
        ("more", 0.75, "25%", "25%"),
        ("hours", 21.34, "21.3", "21.3"),
        ("hours", -2.5, "2.5", "2.5"),
        ("hours", 0.04, "不足0.1", "less than 0.1"),
        ("hours", 0.1, "0.1", "0.1"),
        ("hours", 184.4, "184", "184"),
        ("many hours", 19128.3, "1.9万", "19,128"),
        ("many hours", 35.25, "35.2", "35.2"),
        ("date", "2024-12-13", "12月13日", "13 December"),
        ("full date", "2024-07-01", "2024年7月1日", "1 July 2024"),
        ("month", "2024-05", "5月", "May"),
        ("year and month", "2024-05", "2024年5月", "May 2024"),
        ("moment", "2024-12-13 15:27", "12月13日15时27分", "13 December, 15:27"),
        ("moment", "2024-12-13 18:00", "12月13日18时", "13 December, 18:00"),
        ("moment", "2024-12-13 09:05", "12月13日9时05分", "13 December, 09:05"),
        ("full moment", "2024-12-13 15:27", "2024年12月13日15时27分", "13 December 2024, 15:27"),
        ("full moment", "2024-12-13 18:00", "2024年12月13日18时", "13 December 2024, 18:00"),
        ("text", "收文", "收文", "收文"),
        ("text", pd.Timestamp("2024-09-30"), "2024-09-30", "2024-09-30"),
    ],
)
def test_how_a_number_is_written(form: str, value: Any, chinese: str, english: str) -> None:
    assert told(form, value) == (chinese, english)


def test_every_format_was_tried() -> None:
    marks = test_how_a_number_is_written.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in marks[0].args[1]} == set(FORMATS)


def test_thousands_are_parted_in_english_and_counted_by_myriads_in_chinese() -> None:
    """10,000 and 1万 say the same, to the digit that is told."""
    for many in (9_999, 10_000, 10_500, 99_999, 1_000_000):
        chinese, english = told("count", many)
        assert int(english.replace(",", "")) == many
        ten = float(chinese[:-1]) * 10_000 if chinese.endswith("万") else float(chinese)
        assert abs(ten - many) <= 500


@given(st.floats(0, 1), st.sampled_from(LANGUAGES))
def test_a_share_reads_as_itself_but_for_the_last_digit(share: float, language: Language) -> None:
    text = FORMATS["percent"](share, language)
    assert abs(float(text.rstrip("%")) / 100 - share) <= 0.00051
    assert numbers_in(text) == [text]


@given(st.integers(0, 10**9))
def test_a_count_in_english_reads_as_itself(many: int) -> None:
    assert int(FORMATS["count"](many, "en").replace(",", "")) == many


@given(st.floats(0.1, 1e6))
def test_hours_read_as_themselves_but_for_the_last_digit(hours: float) -> None:
    """Below a hundred to a tenth, from there to a whole hour."""
    told = float(FORMATS["hours"](hours, "zh"))
    assert abs(told - hours) <= (0.0501 if hours < 100 else 0.501)
    assert told > 0


# --- which cell it is


def test_a_number_is_bound_to_its_cell() -> None:
    made = bound(TABLES, "rates", "share", "percent", "zh", log="a", standard_id="T1")
    key = (("log", "a"), ("standard_id", "T1"))
    assert made == Bound(Cell("rates", key, "share", "percent"), "78.7%")
    assert written(made.cell, TABLES, "zh") == made.text
    assert value_of(made.cell, TABLES) == 0.787


def test_a_day_in_a_key_is_text() -> None:
    """The file in which the numbers are kept holds texts alone."""
    day = bound(TABLES, "rates", "n", "count", "en", at=pd.Timestamp("2024-07-01"))
    hour = bound(TABLES, "rates", "n", "count", "en", at=pd.Timestamp("2024-12-13 15:27"))
    assert (day.cell.key, day.text) == ((("at", "2024-07-01"),), "959")
    assert (hour.cell.key, hour.text) == ((("at", "2024-12-13 15:27:00"),), "4")


@pytest.mark.parametrize(("language", "said"), [("zh", "76.0%～81.2%"), ("en", "76.0% to 81.2%")])
def test_an_interval_takes_both_its_ends(language: Language, said: str) -> None:
    made = bound(TABLES, "rates", "low", "interval:high", language, log="a", standard_id="T1")
    assert made.text == said


@pytest.mark.parametrize(
    ("hours", "day", "said"),
    [(16.0, "7", "2.3"), (-16.0, "7", "2.3"), (69.0, "7", "9.9"), (70.0, "7", "10"),
     (184.4, "7.5", "25")],
)  # fmt: skip
def test_hours_as_days_of_so_many_hours(hours: float, day: str, said: str) -> None:
    """From ten days on whole ones; less or more hours are as many days."""
    table = {"waits": pd.DataFrame({"hours": [hours]})}
    for language in LANGUAGES:
        assert bound(table, "waits", "hours", f"days:{day}", language).text == said


def test_a_number_is_named_by_its_place() -> None:
    made = bound(TABLES, "rates", "n", "count", "zh", log="a", standard_id="T2")
    assert (made.id, made.named(7).id, made.named(12345).id) == ("", "n0007", "n12345")
    assert made.named(7).text == made.text
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.text = "5"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("table", "column", "form", "key", "message"),
    [
        ("rate", "share", "percent", {"log": "a"}, "no table 'rate'; there are rates"),
        ("rates", "shares", "percent", {"log": "a"}, "no column 'shares'; it has log, standard_id"),
        ("rates", "share", "percent", {"logs": "a"}, "no column 'logs'"),
        ("rates", "share", "percent", {"log": "a"}, "2 rows with log = a; one is needed"),
        ("rates", "share", "percent", {}, "3 rows with no key"),
        ("rates", "share", "percent", {"log": "c"}, "0 rows with log = c"),
        ("rates", "share", "per cent", {"log": "b"}, "no format 'per cent'; there are count, date"),
    ],
)
def test_a_cell_that_there_is_not_is_an_error(
    table: str, column: str, form: str, key: dict[str, str], message: str
) -> None:
    with pytest.raises(CellError, match=message):
        bound(TABLES, table, column, form, "zh", **key)


def test_the_tables_are_untouched() -> None:
    before = TABLES["rates"].copy()
    bound(TABLES, "rates", "share", "percent", "zh", log="b")
    pd.testing.assert_frame_equal(TABLES["rates"], before)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("收到994件，占78.7%，15:27止", ["994", "78.7%", "15:27"]),
        ("约1.2万件", ["1.2万"]),
        ("19,128 hours, 90 % of all", ["19,128", "90"]),
        ("nothing", []),
        ("", []),
        ("2024年12月13日", ["2024", "12", "13"]),
        ("76.0%～81.2%", ["76.0%", "81.2%"]),
    ],
)
def test_the_numbers_of_a_text(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers
