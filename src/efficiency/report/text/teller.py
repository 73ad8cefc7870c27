"""What puts sentences together: words of a language around numbers that are cells."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from efficiency.language import Language, comma, of, semicolon
from efficiency.report.blocks import Paragraph, Ref, Span
from efficiency.report.numbers import DAYS, Bound, Cell, CellError, bound, value_of
from efficiency.report.withholding import Mark
from efficiency.words import PHRASES, heading, phrase

Spans: TypeAlias = tuple[Span, ...]
#: From so many working hours on days are told as well.
MANY_HOURS = 16


@dataclass(frozen=True)
class LogWords:
    """
    What the report calls a log and what it holds.

    Attributes
    ----------
    title, noun, unit
        收文办理记录, 文件, 件.
    """

    title: str
    noun: str
    unit: str


class Teller:
    """
    Puts sentences together of phrases and cells.

    Parameters
    ----------
    tables
        The tables of the review, by name.
    language
        Of the sentences.
    words
        What the log that is told of is called.
    day_hours
        Of a usual working day; 0: many hours are not told in days too.
    shown
        The tables as `withholding.withheld` gives them; none: everything may be told.
    least
        On how few cases rests what is withheld.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        language: Language,
        words: LogWords,
        day_hours: float = 0.0,
        shown: Mapping[str, pd.DataFrame] | None = None,
        least: int = 0,
    ) -> None:
        self.tables, self.language, self.words = tables, language, words
        self.day_hours, self.shown, self.least = day_hours, shown, least

    def cell(self, table: str, column: str, form: str, /, **key: Any) -> Bound | str:
        """Take a number from a table; what is withheld is told as that."""
        told = bound(self.tables, table, column, form, self.language, **key)
        return self.plain("withheld", n=self.least) if self._is_withheld(told.cell) else told

    def _is_withheld(self, cell: Cell) -> bool:
        """Whether a cell rests on so few cases that its table does not show it."""
        if self.shown is None:
            return False
        try:
            return isinstance(value_of(cell, self.shown), Mark)
        except CellError:  # a case under a limit that is withheld
            return True

    def hours(self, table: str, column: str, form: str = "hours", /, **key: Any) -> Spans:
        """Take working hours from a table, with their unit; many of them in days too."""
        told = self.cell(table, column, form, **key)
        if isinstance(told, str):
            return (told,)
        many = abs(float(value_of(told.cell, self.tables))) >= MANY_HOURS
        if not many or not self.day_hours:
            return self.say("hours_told", hours=told)
        days = self.cell(table, column, f"{DAYS}:{self.day_hours:g}", **key)
        return self.say("hours_and_days", hours=told, days=days)

    def say(self, key: str, /, **details: Any) -> Spans:
        """
        Fill a phrase with texts, numbers and spans.

        Examples
        --------
        >>> teller = Teller({}, "zh", LogWords("收文办理记录", "文件", "件"))
        >>> teller.say("volume_kind", value="请示", cases="3")
        ('请示', '3', '件')
        """
        given = {"noun": self.words.noun, "unit": self.words.unit, **details}
        return filled(of(PHRASES[key], self.language), given)

    def plain(self, key: str, /, **details: Any) -> str:
        """Say a phrase that holds no number."""
        given = {"noun": self.words.noun, "unit": self.words.unit, **details}
        return phrase(key, self.language, **given)

    def paragraph(self, *parts: Spans, kind: str = "body") -> Paragraph:
        """Join sentences to a paragraph; English parts them by a blank."""
        told = [part for part in parts if part]
        gap = of(("", " "), self.language)
        spans = [
            span
            for at, part in enumerate(told)
            for span in (*((gap,) if at and gap else ()), *part)
        ]
        return Paragraph(merged(spans), kind)

    def listed(self, items: Iterable[Spans], mark: str = "comma") -> Spans:
        """Join spans as a list, parted by commas or semicolons."""
        parted = comma(self.language) if mark == "comma" else semicolon(self.language)
        return merged(
            span for at, item in enumerate(items) for span in (*((parted,) if at else ()), *item)
        )

    def named(self, column: str) -> str:
        """What a column or attribute is called; XES marks attributes of a case by a prefix."""
        return heading(column.removeprefix("case:"), self.language)


def filled(template: str, details: Mapping[str, Any]) -> Spans:
    """
    Fill the places of a template with spans.

    Examples
    --------
    >>> filled("共{n}件", {"n": ("约", "3")})
    ('共', '约', '3', '件')
    """
    spans: list[Span] = []
    for text, name, _, _ in string.Formatter().parse(template):
        if text:
            spans.append(text)
        if name:
            value = details[name]
            if isinstance(value, tuple):
                spans += value
            elif isinstance(value, (Bound, Ref)):
                spans.append(value)
            elif str(value):
                spans.append(str(value))
    return tuple(spans)


def merged(spans: Iterable[Span]) -> Spans:
    """
    Join texts that stand beside each other.

    Examples
    --------
    >>> merged(("a", "b", Ref("x"), "c"))
    ('ab', Ref(name='x'), 'c')
    """
    whole: list[Span] = []
    for span in spans:
        if isinstance(span, str) and whole and isinstance(whole[-1], str):
            whole[-1] += span
        else:
            whole.append(span)
    return tuple(whole)
