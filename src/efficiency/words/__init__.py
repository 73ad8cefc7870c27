"""All that a report says, in Chinese and in English; every number comes in from outside."""

from __future__ import annotations

import re
from typing import Any

from efficiency.language import Language, comma, of
from efficiency.words import (
    cause_words,
    document_words,
    head_words,
    plot_words,
    point_words,
    report_words,
    survey_words,
    text_words,
    waiting_words,
    what_if_words,
)
from efficiency.words.column_words import CHECKS

PARTS = (
    report_words,
    waiting_words,
    cause_words,
    document_words,
    head_words,
    text_words,
    point_words,
    what_if_words,
    plot_words,
    survey_words,
)
#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    key: pair for part in PARTS for key, pair in part.PHRASES.items()
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    name: pair for part in PARTS for name, pair in part.COLUMNS.items()
}


def phrase(key: str, language: Language, **details: Any) -> str:
    """
    Say one phrase.

    Examples
    --------
    >>> phrase("criterion", "zh")
    '标准'
    """
    return str(of(PHRASES[key], language)).format(**details)


def heading(column: str, language: Language, table: str = "") -> str:
    """Name a column, as it is meant in a table; one that is not known keeps its name."""
    own = head_words.TABLE_HEADS.get(table, {})
    names = own.get(column) or COLUMNS.get(column, (column, column))
    return str(of(names, language))


def check_name(check: str, language: Language) -> str:
    """Name what `log_quality` found."""
    return str(of(CHECKS[check], language))


#: What of a log the details of its doubts name.
_NAMED = re.compile(r"\b(case_id|activity|actor|unit|received|start|end)\b")


def doubted(detail: str, language: Language) -> str:
    """
    Say where a log is doubtful: the columns of ours that a detail names, in words.

    Examples
    --------
    >>> doubted("end < received", "zh"), doubted("actor, end", "zh"), doubted("反馈时间", "zh")
    ('办完早于到达', '经办人、办完', '反馈时间')
    """
    told = _NAMED.sub(lambda name: heading(name[0], language), detail)
    return told.replace(" < ", of(("早于", " before "), language)).replace(", ", comma(language))


def between(low: str, high: str, language: Language) -> str:
    """
    Write an interval by its ends.

    Examples
    --------
    >>> between("76.0%", "81.2%", "zh"), between("76.0%", "81.2%", "en")
    ('76.0%～81.2%', '76.0% to 81.2%')
    """
    return str(of((f"{low}～{high}", f"{low} to {high}"), language))


def settled(value: float) -> float:
    """
    A number without the noise of its last digits.

    Notes
    -----
    An engine that works on several cores adds up in any order; where a sum lies on the edge
    between two roundings its last digit would decide, and be another tomorrow.

    Examples
    --------
    >>> settled(1299.9500000000003) == settled(1299.9499999999998)
    True
    """
    return round(value, 9)


def percent(share: float | None, digits: int = 1) -> str:
    """
    Write a share as a percentage; a dash where there is none.

    Examples
    --------
    >>> percent(0.9321), percent(None)
    ('93.2%', '—')
    """
    if share is None or share != share:  # noqa: PLR0124 (nan is not equal to itself)
        return "—"
    return f"{settled(share * 100):.{digits}f}%"


def number(value: float | None, digits: int = 1) -> str:
    """
    Write a number with thousands parted; a dash where there is none, ∞ where it has no end.

    Examples
    --------
    >>> number(12345.67), number(float("nan"))
    ('12,345.7', '—')
    """
    if value is None or value != value:  # noqa: PLR0124
        return "—"
    told = f"{settled(value):,.{digits}f}".replace("inf", "∞")
    # What is rounded to nothing has no sign.
    return told.removeprefix("-") if not told.strip("-0.,") else told
