"""What stands in a cell of the workbook: the one form in which a table is written and compared."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa

from efficiency._doors.signs import visible

#: Of a cell: nothing, a text, a number, a truth or a time.
Value: TypeAlias = str | int | float | bool | dt.datetime | None

#: Rows of a sheet that are its heads, and of a table that are listed: more open slowly, and the
#: csv file has them all.
HEAD_ROWS = 2
MOST_ROWS = 100_000
#: A cell holds no longer text, and a number no more digits.
_LONGEST = 32_767
_MOST_DIGITS = 10**15
#: From here on a number to six decimals has more digits than a workbook keeps.
_EXACT = 1e8
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31


def values(column: pd.Series) -> list[Value]:
    """
    Write a column as a workbook holds it.

    Parameters
    ----------
    column
        Of a table, of any type.

    Examples
    --------
    >>> values(pd.Series([0.1 + 0.2, float("nan"), "=1+1", ""], dtype=object))
    [0.3, None, '=1+1', None]
    """
    return [value(one) for one in column.tolist()]


def different_texts(column: pd.Series) -> pa.DictionaryArray | None:
    """The different texts of a column of objects; None where it holds others, or half a sign."""
    try:
        return pa.array(column, pa.string(), from_pandas=True).dictionary_encode()
    except (pa.ArrowTypeError, pa.ArrowInvalid, UnicodeEncodeError):
        return None


def value(one: Any) -> Value:
    """
    Write one value as a workbook holds it.

    Numbers have six decimals, as in the csv files; what a workbook cannot hold is a text.

    Examples
    --------
    >>> value(pd.Timestamp("2024-01-02 03:04")), value(10**18), value(float("inf"))
    (datetime.datetime(2024, 1, 2, 3, 4), '1000000000000000000', '∞')
    """
    if isinstance(one, str):
        return _short(visible(one.replace("\r", ""))) or None
    if isinstance(one, float | int) and not isinstance(one, bool):  # most are, and others are slow
        return _number(one)
    if one is None or one is pd.NA or one is pd.NaT:
        return None
    if isinstance(one, dt.date):
        return _moment(one)
    return _rare(one)


def _short(text: str) -> str:
    """As much of a text as a cell holds; signs beyond the first 65,536 count twice."""
    if len(text) <= _LONGEST // 2:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def _rare(one: Any) -> Value:
    """A value of a type that few tables hold."""
    if pd.api.types.is_bool(one):
        return bool(one)
    return _number(one) if isinstance(one, Real | Decimal) else value(str(one))


def _number(one: Real | Decimal | float) -> Value:
    if isinstance(one, int | Integral):
        return int(one) if abs(int(one)) < _MOST_DIGITS else str(int(one))
    number = float(one)
    if math.isnan(number):
        return None
    if math.isinf(number):
        return "∞" if number > 0 else "-∞"
    return round(number, 6) + 0.0  # no minus before a nought


def _moment(day: dt.date) -> Value:
    """A day or moment; a workbook begins with 1900 and knows no zones."""
    if day.year <= 1900 or getattr(day, "tzinfo", None):
        return str(day)
    if isinstance(day, pd.Timestamp):
        return dt.datetime.fromisoformat(day.isoformat(timespec="microseconds"))
    return day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)


def same(found: Any) -> Any:
    """
    Bring a value, written or read, into the form in which equal cells are equal.

    A workbook keeps 15 digits of a number and a moment to less than a millisecond.

    Examples
    --------
    >>> same(0.30000000000000004) == same(0.3), same(1234567) == same(1234568), same("")
    (True, False, None)
    """
    if isinstance(found, bool):
        return ("truth", found)
    if isinstance(found, float):
        number = round(found, 6)
        return number if abs(number) < _EXACT else float(f"{number:.15g}")
    if isinstance(found, dt.datetime):
        return (found + dt.timedelta(microseconds=500)).isoformat(timespec="milliseconds")
    if isinstance(found, str):
        return found.replace("\r\n", "\n") or None
    return found


def sheet_names(tables: Iterable[str], taken: str) -> dict[str, str]:
    """
    Name the sheets of tables: legal, at most 31 signs, no two alike.

    Parameters
    ----------
    tables
        Their names.
    taken
        A name that another sheet bears.

    Examples
    --------
    >>> sheet_names(["steps", "a/b", "a:b"], "目录")
    {'steps': 'steps', 'a/b': 'a_b', 'a:b': 'a_b 2'}
    """
    used = {taken.lower(), "history"}  # Excel keeps this one to itself
    names = {}
    for table in tables:
        plain = _FORBIDDEN.sub("_", table).strip() or "_"
        names[table] = name = _free(plain, used)
        used.add(name.lower())
    return names


def _free(plain: str, used: set[str]) -> str:
    name, number = plain[:_LONGEST_NAME], 1
    while name.lower() in used:
        number += 1
        mark = f" {number}"
        name = plain[: _LONGEST_NAME - len(mark)] + mark
    return name
