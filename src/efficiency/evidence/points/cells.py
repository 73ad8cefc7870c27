"""What a cell of a spreadsheet says: dates, numbers and texts as people and Excel write them."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

_DATE = re.compile(
    r"^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
)
#: What Excel shows of a date whose format was lost: days since 1899-12-30, here 2000 to 2099.
_SERIALS = range(36_526, 73_051)
_NUMBER = re.compile(
    r"^(?:≥|≤|>=|<=|不低于|不高于|不少于|不超过)?\s*"
    r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*(%?)(?:以上|以下|以内)?$"
)
_LIVE = re.compile(r"^'*[=+\-@\t\r]")
_GUARDED = re.compile(r"^'+[=+\-@\t\r]")


def read_date(text: str) -> pd.Timestamp:
    """
    Read a date in any of the forms that spreadsheets give it; empty text is no date.

    Raises
    ------
    ValueError
        If it is none of them, or no day of the calendar.

    Examples
    --------
    >>> [f"{read_date(text):%m-%d}" for text in ("2025/3/1", "2025年3月1日", "45717")]
    ['03-01', '03-01', '03-01']
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return pd.NaT
    if plain.isdecimal() and int(plain) in _SERIALS:
        return pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(plain))
    match = _DATE.match(plain)
    if not match:
        raise ValueError(text)
    year, month, day = map(int, match.groups())
    return pd.Timestamp(year=year, month=month, day=day)


def read_number(text: str) -> float:
    """
    Read a number, a percentage or an aim such as ≥90%; empty text is no number.

    Raises
    ------
    ValueError
        If it is none of them.

    Examples
    --------
    >>> [read_number(text) for text in ("0.625", "62.5%", "≥90%", "1,250", "99%以上")]
    [0.625, 0.625, 0.9, 1250.0, 0.99]
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return float("nan")
    match = _NUMBER.match(plain)
    if not match or not match[1]:
        raise ValueError(text)
    # As decimals, so that 62.5% and 0.625 are the same number.
    exponent = "e-2" if match[2] else ""
    return float(f"{float(match[1].replace(',', ''))!r}{exponent}" if exponent else
                 match[1].replace(",", ""))  # fmt: skip


def guarded(text: str) -> str:
    """
    Keep a spreadsheet from taking a text for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("- 加人"), guarded("-5"), guarded("it's")
    ("'=1+1", "'- 加人", '-5', "it's")
    """
    return f"'{text}" if _LIVE.match(text) and not _is_number(text) else text


def unguarded(text: str) -> str:
    """
    A text as it was before it was guarded.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text


def escaped(text: str) -> str:
    """
    Write a text where nothing takes it for a formula, so that `unguarded` gives it back.

    Examples
    --------
    >>> escaped("=1+1"), escaped("'=1+1")
    ('=1+1', "''=1+1")
    """
    return f"'{text}" if _GUARDED.match(text) else text


def _is_number(text: str) -> bool:
    return bool(re.match(r"^[-+]?\d+(\.\d+)?%?$", text))
