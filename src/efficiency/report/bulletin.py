"""The periodic circular (通报): two pages on one month, quarter, half-year or year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from efficiency.findings.circular import Circular
from efficiency.language import Language
from efficiency.problems import Problem, SettingsError
from efficiency.report.blocks import Block, Heading, Ref, Report, numbered, titled
from efficiency.report.numbers import FORMATS, month_name
from efficiency.report.text.teller import LogWords, Spans, Teller
from efficiency.report.withholding import few_rows
from efficiency.tables.small_cells import Small
from efficiency.words import phrase

#: Overdue clocks that are listed: a circular has two pages.
MOST_OVERDUE = 15
_SPAN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-?Q([1-4])|-?H([12]))?")
#: Units add up to all clocks that were judged.
_SMALL = Small(("n",), within=(), parts=("missed",))
_VOLUME, _UNITS, _OVERDUE = "circular_volume", "circular_units", "circular_overdue"


@dataclass(frozen=True)
class Stretch:
    """
    A stretch of time: its first moment, the first after it, and what it is called.

    Attributes
    ----------
    first, last, name
        As said.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    name: str


def stretch(text: str, language: Language) -> Stretch:
    """
    Read a stretch of time.

    Parameters
    ----------
    text
        ``2024-11-05``, ``2024-11``, ``2024Q3``, ``2024H1`` or ``2024``.
    language
        Of its name.

    Raises
    ------
    SettingsError
        If it is none of these.

    Examples
    --------
    >>> stretch("2024Q3", "zh").name, str(stretch("2024-11", "en").last.date())
    ('2024年第3季度', '2024-12-01')
    """
    match = _SPAN.fullmatch(text.strip().upper())
    if match is None or not _is_day(match[1], match[2] or "01", match[3] or "01"):
        right = "2024-11-05 · 2024-11 · 2024Q3 · 2024H1 · 2024"
        raise SettingsError(
            [Problem("bad_value", {"name": "--month", "got": text, "right": right})]
        )
    year, month, day, quarter, half = int(match[1]), *match.groups()[1:]
    if day:
        first = pd.Timestamp(year, int(month), int(day))
        return Stretch(first, first + pd.DateOffset(days=1), FORMATS["full date"](first, language))
    if month:
        first = pd.Timestamp(year, int(month), 1)
        name = phrase("month_words", language, year=year, n=first.month, name=month_name(first))
        return Stretch(first, first + pd.DateOffset(months=1), name)
    if quarter:
        first = pd.Timestamp(year, 3 * int(quarter) - 2, 1)
        name = phrase("quarter_words", language, year=year, n=quarter)
        return Stretch(first, first + pd.DateOffset(months=3), name)
    if half:
        first = pd.Timestamp(year, 6 * int(half) - 5, 1)
        which = phrase(f"half_{half}", language)
        return Stretch(
            first, first + pd.DateOffset(months=6),
            phrase("half_words", language, year=year, n=which),
        )  # fmt: skip
    first = pd.Timestamp(year, 1, 1)
    return Stretch(first, first + pd.DateOffset(years=1), phrase("whole_year", language, year=year))


def _is_day(*parts: str) -> bool:
    try:
        pd.Timestamp(*map(int, parts))
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Told:
    """
    What a circular is told from.

    Attributes
    ----------
    span, end
        The stretch, and the last day that was seen of it.
    circular
        Its tables.
    standards
        What each standard is called, by its id.
    words
        What the log is called and holds.
    small_cell
        Shares over fewer are withheld.
    language
        Of the circular.
    signed
        The office and the date, a line each.
    has_before
        Whether the record holds anything of the stretch before.
    """

    span: Stretch
    end: pd.Timestamp
    circular: Circular
    standards: Mapping[str, str]
    words: LogWords
    small_cell: int
    language: Language
    signed: tuple[str, ...] = ()
    has_before: bool = True


def bulletin(told: Told) -> Report:
    """Tell a circular; units alone are named, and none is ranked where intervals overlap."""
    title = phrase("bulletin_title", told.language, span=told.span.name)
    return numbered(Report(title, told.language, body=tuple(_blocks(told)), signed=told.signed))


def circular_tables(circular: Circular) -> dict[str, pd.DataFrame]:
    """The tables of a circular by the names that its numbers are bound to."""
    return {_VOLUME: circular.volume, _UNITS: circular.units, _OVERDUE: circular.overdue}


def _blocks(told: Told) -> Iterator[Block]:
    teller = Teller(circular_tables(told.circular), told.language, told.words)
    for key, tell in (
        ("bulletin_volume", _volume), ("bulletin_limits", _limits),
        ("bulletin_overdue", _overdue), ("bulletin_made_good", _made_good),
        ("bulletin_case", _case),
    ):  # fmt: skip
        yield Heading(phrase(key, told.language))
        yield from tell(teller, told)


def _cells(
    teller: Teller, forms: Mapping[str, str], span: str, mark: str = ""
) -> dict[str, object]:
    return {
        f"{name}{mark}": teller.cell(_VOLUME, name, form, span=span) for name, form in forms.items()
    }


def _volume(teller: Teller, told: Told) -> Iterator[Block]:
    forms = {"begun": "count", "closed": "count"}
    cells = _cells(teller, forms, "now")
    cells |= _cells(teller, forms, "before", "_before") if told.has_before else {}
    key = "bulletin_volume_text" if told.has_before else "bulletin_volume_alone"
    yield teller.paragraph(teller.say(key, span=_seen(told), **cells))


def _seen(told: Told) -> str:
    """The stretch, and up to which day it was seen where it goes on after that."""
    if told.end >= told.span.last - pd.Timedelta(days=1):
        return told.span.name
    end = FORMATS["full date"](told.end, told.language)
    return phrase("bulletin_until", told.language, span=told.span.name, end=end)


def _limits(teller: Teller, told: Told) -> Iterator[Block]:
    now, before = (told.circular.volume.set_index("span").loc[span] for span in ("now", "before"))
    if not now["decided"]:
        yield teller.paragraph(teller.say("bulletin_limits_none"))
        return
    if now["decided"] < told.small_cell:
        n = teller.cell(_VOLUME, "decided", "count", span="now")
        yield teller.paragraph(teller.say("bulletin_limits_few", decided=n))
        return
    cells = _cells(teller, {"decided": "count", "missed": "count", "share": "percent"}, "now")
    if before["decided"] >= told.small_cell:
        cells |= _cells(teller, {"share": "percent"}, "before", "_before")
        text = teller.say("bulletin_limits_text", **cells)
    else:
        text = teller.say("bulletin_limits_first", **cells)
    units = told.circular.units
    if units.empty:
        yield teller.paragraph(text)
        return
    few_units = few_rows(units, _SMALL, told.small_cell)
    below = units[(units["high"] < now["share"]) & ~few_units]["unit"]
    said: Spans = (
        teller.say("bulletin_below", units=teller.listed([(unit,) for unit in below]))
        if len(below)
        else ()
    )
    nameless = int(now["decided"] - units["n"].sum())
    rest = teller.say("bulletin_nameless") if nameless else ()
    told_units = teller.say("bulletin_units_text", table=Ref("units"), below=said)
    yield teller.paragraph(text, told_units, *([rest] if rest else []))
    small = phrase("withheld", told.language, n=told.small_cell)
    rows = [
        {
            "unit": row.unit,
            "fell_due": small if few else teller.cell(_UNITS, "n", "count", unit=row.unit),
            "missed": small if few else teller.cell(_UNITS, "missed", "count", unit=row.unit),
            "on_time": small if few else teller.cell(_UNITS, "share", "percent", unit=row.unit),
            "interval": small
            if few
            else teller.cell(_UNITS, "low", "interval:high", unit=row.unit),
        }
        for row, few in zip(units.itertuples(index=False), few_units, strict=True)
    ]
    caption = phrase("bulletin_units_caption", told.language)
    yield titled(pd.DataFrame(rows), caption, told.language, name="units")


def _overdue(teller: Teller, told: Told) -> Iterator[Block]:
    end = FORMATS["full date"](told.end, told.language)
    rows = told.circular.overdue
    if rows.empty:
        yield teller.paragraph(teller.say("bulletin_overdue_none", end=end))
        return
    overdue = teller.cell(_VOLUME, "overdue", "count", span="now")
    yield teller.paragraph(
        teller.say("bulletin_overdue_text", end=end, overdue=overdue, table=Ref("overdue"))
    )
    shown = pd.DataFrame(
        {
            "case_id": row.case_id,
            "limit_title": told.standards.get(row.standard_id, row.standard_id),
            "due": _moment(teller, told, row, "due"),
        }
        for row in rows.head(MOST_OVERDUE).itertuples(index=False)
    )
    caption = phrase("bulletin_overdue_caption", told.language, most=MOST_OVERDUE)
    yield titled(shown, caption, told.language, name="overdue")


def _moment(teller: Teller, told: Told, row: object, column: str) -> object:
    """A moment of an overdue clock; of another year than the circular's with its year."""
    key = {name: getattr(row, name) for name in ("standard_id", "case_id", "from_time")}
    form = "moment" if getattr(row, column).year == told.end.year else "full moment"
    return teller.cell(_OVERDUE, column, form, **key)


def _made_good(teller: Teller, told: Told) -> Iterator[Block]:
    if not told.has_before:
        yield teller.paragraph(teller.say("bulletin_no_before"))
        return
    if not told.circular.volume.set_index("span").loc["before", "overdue"]:
        yield teller.paragraph(teller.say("bulletin_none_before"))
        return
    cells = _cells(teller, {"overdue": "count", "made_good": "count"}, "before")
    yield teller.paragraph(teller.say("bulletin_made_good_text", **cells))


def _case(teller: Teller, told: Told) -> Iterator[Block]:
    """The case that is longest past due, without names."""
    rows = told.circular.overdue
    if rows.empty:
        yield teller.paragraph(teller.say("bulletin_case_none"))
        return
    first = next(rows.itertuples(index=False))
    yield teller.paragraph(
        teller.say(
            "bulletin_case_text", case=str(first.case_id),
            title=told.standards.get(first.standard_id, first.standard_id),
            began=_moment(teller, told, first, "from_time"),
            due=_moment(teller, told, first, "due"),
            end=FORMATS["full date"](told.end, told.language),
        ),
        kind="case",
    )  # fmt: skip
