"""What all chapters of the main text have: their headings, their sections, what people wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from efficiency.language import numeral
from efficiency.report.blocks import Block, Heading
from efficiency.report.material import Material
from efficiency.report.numbers import FORMATS
from efficiency.report.text.own_words import own_paragraphs
from efficiency.words import phrase


class Sections:
    """The sections of one chapter, numbered as they come."""

    def __init__(self, told: Material, chapter: int) -> None:
        self._told, self._chapter, self._place = told, chapter, 0

    def heading(self, key: str, log: str = "") -> Heading:
        """The next section by the key of its heading, and the log that it is of."""
        title = phrase(key, self._told.language)
        if log:
            title = phrase("of_log", self._told.language, title=log, heading=title)
        return self.titled(title)

    def titled(self, title: str) -> Heading:
        """The next section by its heading."""
        self._place += 1
        place = numeral(self._place, self._told.language)
        text = phrase(
            "section", self._told.language, place=place, chapter=self._chapter, title=title
        )
        return Heading(text, 3)


def chapter(
    told: Material,
    name: str,
    key: str,
    tell: Callable[[Material, int], Iterable[Block]],
    place: int,
) -> Iterator[Block]:
    """A chapter with its heading and what the analyst wrote before and after."""
    own = told.own.chapter(name)
    yield Heading(own.heading or phrase(key, told.language))
    yield from own_paragraphs(own.before, told.tables, told.language)
    yield from tell(told, place)
    yield from own_paragraphs(own.after, told.tables, told.language)


def date_words(told: Material, days: Sequence[str], within: Sequence[str] = ()) -> str:
    """
    A span of time in words: a whole year by its number.

    Parameters
    ----------
    told
        The material, for its language.
    days
        One day, or the first and the last.
    within
        The first and the last day of the study: a day of its one year goes without the year.
    """
    write = FORMATS["full date"]
    first, last = pd.Timestamp(days[0]), pd.Timestamp(days[-1])
    if len(days) == 1:
        years = {pd.Timestamp(day).year for day in within}
        return (FORMATS["date"] if years == {first.year} else write)(first, told.language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return phrase("whole_year", told.language, year=first.year)
    return phrase(
        "date_to_date",
        told.language,
        first=write(first, told.language),
        last=write(last, told.language),
    )
