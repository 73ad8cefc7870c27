"""A number of the report: the cell of a table that it is, and how it reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from efficiency.language import Language, of
from efficiency.words import between, settled

#: From so many on prose counts in 万.
_MYRIAD = 10_000
_DIGITS = re.compile(r"\d+(?:[.,:：]\d+)*[%％万]?")
#: Hours below the first are told as less; from the second on without decimals.
_LEAST_HOURS, _WHOLE_HOURS = 0.1, 100
#: Days from here on are told without decimals.
_WHOLE_DAYS = 10
#: The format of an interval of shares names the column of its other end: ``interval:high``.
INTERVAL = "interval"
#: That of working hours as days names how many hours a day has: ``days:7``.
DAYS = "days"
#: By name in English whatever language the machine speaks: ``%B`` would follow it.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_TENTHS = ("零", "一成", "二成", "三成", "四成", "五成", "六成", "七成", "八成", "九成", "全部")
_IN_TEN = (
    "none", "one in ten", "two in ten", "three in ten", "four in ten", "half", "six in ten",
    "seven in ten", "eight in ten", "nine in ten", "all",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """
    Where a number stands.

    Attributes
    ----------
    table
        The table's name, as in ``output/tables``.
    key
        The columns and values, as text, that pick its one row.
    column
        The column that holds it.
    format
        How it is written: a name of `FORMATS`.
    """

    table: str
    key: tuple[tuple[str, str], ...]
    column: str
    format: str


@dataclass(frozen=True)
class Bound:
    """
    A number as it reads, bound to the cell that it is.

    Attributes
    ----------
    cell
        Where it stands.
    text
        As it reads.
    id
        Its name in the documents and in ``numbers.json``: ``n0001`` and so on; empty until the
        report is numbered.
    """

    cell: Cell
    text: str
    id: str = ""

    def named(self, number: int) -> Bound:
        """The same number with its place in the document."""
        return replace(self, id=f"n{number:04d}")


class CellError(LookupError):
    """There is no such cell."""


def bound(
    tables: Mapping[str, pd.DataFrame],
    table: str,
    column: str,
    form: str,
    language: Language,
    /,
    **key: Any,
) -> Bound:
    """
    Take a number from a table.

    Parameters
    ----------
    tables
        By name.
    table, column, form
        Which column of which, and how it is written.
    language
        Of the report.
    **key
        The columns and values that pick one row.

    Raises
    ------
    CellError
        No such table, column or format, or not just one row.

    Examples
    --------
    >>> table = pd.DataFrame({"standard_id": ["T4"], "share": [0.787]})
    >>> bound({"compliance": table}, "compliance", "share", "percent", "zh", standard_id="T4").text
    '78.7%'
    """
    cell = Cell(table, tuple((name, _as_text(value)) for name, value in key.items()), column, form)
    return Bound(cell, written(cell, tables, language))


def written(cell: Cell, tables: Mapping[str, pd.DataFrame], language: Language) -> str:
    """
    Write what a cell holds.

    Parameters
    ----------
    cell
        Where the number stands.
    tables
        By name.
    language
        Of the report.

    Raises
    ------
    CellError
        As for `bound`.
    """
    form, _, other = cell.format.partition(":")
    if form == INTERVAL:
        low, high = (
            _percent(value_of(replace(cell, column=name), tables), language)
            for name in (cell.column, other)
        )
        return between(low, high, language)
    if form == DAYS:
        days = abs(float(value_of(cell, tables))) / float(other)
        return f"{days:.1f}" if days < _WHOLE_DAYS else f"{days:.0f}"
    if form not in FORMATS:
        raise CellError(f"no format {cell.format!r}; there are {', '.join(sorted(FORMATS))}")
    return FORMATS[form](value_of(cell, tables), language)


def value_of(cell: Cell, tables: Mapping[str, pd.DataFrame]) -> Any:
    """
    Take the value that stands in a cell.

    Raises
    ------
    CellError
        No such table or column, or not just one row.

    Examples
    --------
    >>> table = pd.DataFrame({"log": ["a", "b"], "n": [3, 4]})
    >>> int(value_of(Cell("t", (("log", "b"),), "n", "count"), {"t": table}))
    4
    """
    frame = tables.get(cell.table)
    if frame is None:
        raise CellError(f"no table {cell.table!r}; there are {', '.join(sorted(tables))}")
    lacking = [name for name in (*dict(cell.key), cell.column) if name not in frame.columns]
    if lacking:
        raise CellError(
            f"table {cell.table!r} has no column {lacking[0]!r}; it has {', '.join(frame.columns)}"
        )
    rows = frame
    for name, value in cell.key:
        rows = rows[rows[name].map(_as_text) == value]
    if len(rows) != 1:
        said = ", ".join(f"{name} = {value}" for name, value in cell.key) or "no key"
        raise CellError(f"table {cell.table!r} has {len(rows)} rows with {said}; one is needed")
    return rows[cell.column].iloc[0]


def _as_text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else str(value)
    return str(value)


def numbers_in(text: str) -> list[str]:
    """
    List the numbers of a text as they read.

    Examples
    --------
    >>> numbers_in("收到994件，占78.7%，15:27止")
    ['994', '78.7%', '15:27']
    """
    return _DIGITS.findall(text)


# --- how numbers are written


def _count(value: Any, language: Language) -> str:
    many = round(settled(float(value)))
    if many < _MYRIAD:
        return str(many)
    return str(of((f"{many / _MYRIAD:.1f}万".replace(".0万", "万"), f"{many:,}"), language))


def _decimal(digits: int) -> Callable[[Any, Language], str]:
    return lambda value, _: f"{settled(float(value)):.{digits}f}"


def _size(value: Any, language: Language) -> str:
    return _count(abs(float(value)), language)


def _percent(value: Any, _: Language) -> str:
    return f"{settled(float(value) * 100):.1f}%"


def _whole_percent(value: Any, _: Language) -> str:
    return f"{settled(float(value) * 100):.0f}%"


def _points(value: Any, _: Language) -> str:
    """Write a difference of shares in percentage points, its sign left to the words."""
    return f"{settled(abs(float(value)) * 100):.1f}"


def _tenths(value: Any, language: Language) -> str:
    return str(of((_TENTHS, _IN_TEN), language)[round(settled(float(value) * 10))])


def _more(value: Any, _: Language) -> str:
    """Write a ratio as by how much more."""
    return f"{settled(abs(float(value) - 1) * 100):.0f}%"


def _hours(value: Any, language: Language) -> str:
    """Write hours; what is next to nothing is no 0.0."""
    hours = settled(abs(float(value)))
    if not hours:
        return "0"
    if 0 < hours < _LEAST_HOURS:
        return str(of((f"不足{_LEAST_HOURS}", f"less than {_LEAST_HOURS}"), language))
    return f"{hours:.1f}" if hours < _WHOLE_HOURS else f"{hours:.0f}"


def _long_hours(value: Any, language: Language) -> str:
    hours = settled(abs(float(value)))
    return _hours(value, language) if hours < _MYRIAD else _count(hours, language)


def _time(value: Any) -> pd.Timestamp:
    """A moment; a number is none, whatever pandas makes of it."""
    if isinstance(value, (int, float, np.number)):
        raise TypeError(f"{value!r} is no date")
    return pd.Timestamp(value)


def month_name(day: dt.date) -> str:
    """The English name of a day's month."""
    return _MONTHS[day.month - 1]


def _date(value: Any, language: Language) -> str:
    day = _time(value)
    return str(of((f"{day.month}月{day.day}日", f"{day.day} {month_name(day)}"), language))


def _full_date(value: Any, language: Language) -> str:
    day = _time(value)
    return str(
        of(
            (f"{day.year}年{day.month}月{day.day}日", f"{day.day} {month_name(day)} {day.year}"),
            language,
        )
    )


def _month(value: Any, language: Language) -> str:
    day = _time(value)
    return str(of((f"{day.month}月", f"{month_name(day)}"), language))


def _year_and_month(value: Any, language: Language) -> str:
    day = _time(value)
    return str(of((f"{day.year}年{day.month}月", f"{month_name(day)} {day.year}"), language))


def _moment(value: Any, language: Language) -> str:
    at = _time(value)
    clock = of((f"{at.hour}时{at.minute:02d}分", f", {at:%H:%M}"), language)
    return f"{_date(at, language)}{clock}".replace("时00分", "时")


def _full_moment(value: Any, language: Language) -> str:
    at = _time(value)
    clock = of((f"{at.hour}时{at.minute:02d}分", f", {at:%H:%M}"), language)
    return f"{_full_date(at, language)}{clock}".replace("时00分", "时")


def _text(value: Any, _: Language) -> str:
    return str(value.date()) if isinstance(value, (dt.datetime, pd.Timestamp)) else str(value)


#: How a number is written, by name.
FORMATS: dict[str, Callable[[Any, Language], str]] = {
    "count": _count,
    "size": _size,
    "percent": _percent,
    "whole percent": _whole_percent,
    "points": _points,
    "tenths": _tenths,
    "times": _decimal(1),
    "two decimals": _decimal(2),
    "three decimals": _decimal(3),
    "more": _more,
    "hours": _hours,
    "many hours": _long_hours,
    "date": _date,
    "full date": _full_date,
    "month": _month,
    "year and month": _year_and_month,
    "moment": _moment,
    "full moment": _full_moment,
    "text": _text,
}
