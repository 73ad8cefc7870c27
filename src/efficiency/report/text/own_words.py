"""What the analyst writes: paragraphs, headings, measures and the signature, in ``text.toml``."""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pydantic import Field

from efficiency import tables as contracts
from efficiency._doors.files import decode
from efficiency._doors.toml import Strict, read_settings
from efficiency.language import Language
from efficiency.problems import Hint, Problem, SettingsError
from efficiency.report.blocks import Paragraph, Span
from efficiency.report.numbers import FORMATS, Bound, Cell, CellError, written

FILE = "text.toml"
#: Rows of a table whose cells may be offered where a name is wrong.
MOST_NAMES = 50
_PLACE = re.compile(r"\{([^{}]+)\}")


class ChapterWords(Strict):
    """What stands before and after a chapter, and in place of its heading."""

    heading: str = Field("", examples=['"一、调研基本情况"'])
    before: tuple[str, ...] = Field((), examples=['["为落实……"]'])
    after: tuple[str, ...] = Field((), examples=['["……"]'])


class ThemeWords(Strict):
    """What stands in place of a theme's heading, and the measures chosen for it."""

    heading: str = Field("", examples=['"限时办结还有短板"'])
    measures: tuple[str, ...] = Field((), examples=['["建立16时以后来文的拟办值守"]'])


class Chapters(Strict):
    """The chapters by name."""

    summary: ChapterWords = ChapterWords()
    basis: ChapterWords = ChapterWords()
    situation: ChapterWords = ChapterWords()
    achievements: ChapterWords = ChapterWords()
    problems: ChapterWords = ChapterWords()
    causes: ChapterWords = ChapterWords()
    proposals: ChapterWords = ChapterWords()


class Themes(Strict):
    """The themes by name."""

    limits: ThemeWords = ThemeWords()
    procedure: ThemeWords = ThemeWords()
    coordination: ThemeWords = ThemeWords()
    quality: ThemeWords = ThemeWords()
    pace: ThemeWords = ThemeWords()
    supervision: ThemeWords = ThemeWords()
    opinion: ThemeWords = ThemeWords()


class OwnWords(Strict):
    """The whole of ``text.toml``."""

    office: str = Field("", examples=['"示例机关办公室"'])
    date: dt.date | None = Field(None, examples=["2024-12-31"])
    addressee: str = Field("", examples=['"各处室"'])
    chapters: Chapters = Chapters()
    themes: Themes = Themes()

    def chapter(self, name: str) -> ChapterWords:
        """What is written for a chapter."""
        words: ChapterWords = getattr(self.chapters, name)
        return words

    def theme(self, name: str) -> ThemeWords:
        """What is written for a theme."""
        return getattr(self.themes, name, ThemeWords())


def read_own_words(folder: Path) -> OwnWords:
    """
    Read ``text.toml`` of a review folder; nothing is written where there is none.

    Raises
    ------
    SettingsError
        Lists every unknown chapter, theme and key with its line.
    """
    path = folder / FILE
    return read_settings(OwnWords, path) if path.exists() else OwnWords()


def own_paragraphs(
    texts: Iterable[str], tables: Mapping[str, pd.DataFrame], language: Language
) -> Iterator[Paragraph]:
    """
    Write the analyst's paragraphs, each cell that they name in the report's own format.

    Examples
    --------
    >>> held = pd.DataFrame({"standard_id": ["T4"], "share": [0.787]})
    >>> [told] = own_paragraphs(["达标率{compliance.T4.share}。"], {"compliance": held}, "zh")
    >>> told.text
    '达标率78.7%。'
    """
    for text in texts:
        parts = _PLACE.split(text)  # texts and names by turns
        spans: list[Span] = [
            cell_of(part, tables, language) if at % 2 else part for at, part in enumerate(parts)
        ]
        yield Paragraph(tuple(span for span in spans if span), "own")


def check_cells(
    own: OwnWords, tables: Mapping[str, pd.DataFrame], language: Language, path: Path | None = None
) -> None:
    """
    Look at every cell that the analyst names.

    Raises
    ------
    SettingsError
        Lists each that there is not, with its line and the nearest names.
    """
    lines = decode(path.read_bytes())[0].splitlines() if path and path.exists() else []
    problems = []
    for name in dict.fromkeys(name for text in _written(own) for name in _PLACE.findall(text)):
        try:
            cell_of(name, tables, language)
        except SettingsError as error:
            line = next((at for at, text in enumerate(lines, 1) if f"{{{name}}}" in text), None)
            problems += [replace(one, line=line) for one in error.problems]
    if problems:
        raise SettingsError(problems)


def _written(own: OwnWords) -> Iterator[str]:
    """All paragraphs that people wrote."""
    for chapter in type(own.chapters).model_fields:
        words = own.chapter(chapter)
        yield from (*words.before, *words.after)


def cell_of(name: str, tables: Mapping[str, pd.DataFrame], language: Language) -> Bound:
    """
    The number that a name such as ``compliance.T4.share`` stands for.

    Parameters
    ----------
    name
        The table, what picks the row (any of its texts, several parted by points), the column,
        and, after a colon, a format.
    tables, language
        Of the report.

    Raises
    ------
    SettingsError
        If there is no such cell; offers the nearest names.
    """
    path, _, form = name.partition(":")
    table, *keys, column = (*path.strip().split("."), "")[: max(path.count(".") + 1, 2)]
    frame = tables.get(table)
    known = frame is not None and column in frame.columns and form in {"", *FORMATS}
    rows = _picked(frame, keys) if frame is not None and known else pd.DataFrame()
    if len(rows) == 1:
        key = tuple((text, str(rows[text].iloc[0])) for text in _texts(rows))
        cell = Cell(table, key, column, form or _usual(table, column, rows[column].iloc[0]))
        with contextlib.suppress(CellError, ValueError, TypeError):
            return Bound(cell, written(cell, tables, language))
    names = tuple(sorted(FORMATS)) if form not in {"", *FORMATS} else tuple(_names(tables, table))
    details = {"got": name, "n": len(rows), "hint": Hint(form or path, names)}
    raise SettingsError([Problem("no_cell", details, file=FILE)])


def _texts(frame: pd.DataFrame) -> list[str]:
    """The columns of text by which a row is known."""
    return [name for name in frame.columns if frame[name].map(lambda v: isinstance(v, str)).all()]


def _picked(frame: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    rows = frame
    for key in keys:
        rows = rows[rows.astype(str).eq(key).any(axis=1)]
    return rows


def _names(tables: Mapping[str, pd.DataFrame], table: str) -> Iterator[str]:
    """Names of cells that may have been meant: those of the table nearest by name."""
    for name in difflib.get_close_matches(table, list(tables), 1) or list(tables)[:1]:
        texts = _texts(tables[name])
        by = next((text for text in texts if text.endswith("_id")), texts[-1] if texts else None)
        keys = [""] if by is None else tables[name][by].head(MOST_NAMES).tolist()
        for key in keys:
            for column in tables[name].columns:
                yield ".".join(part for part in (name, key, str(column)) if part)


def _usual(table: str, column: str, value: object) -> str:
    """How a column is usually written."""
    if isinstance(value, pd.Timestamp):
        return "moment" if value != value.normalize() else "date"
    if isinstance(value, str):
        return "text"
    contract = contracts.WRITTEN.get(table)
    unit = next((c.unit for c in contract.columns if c.name == column), "") if contract else ""
    if unit == "0 to 1" or (not unit and isinstance(value, float) and 0 < abs(value) < 1):
        return "points" if column in {"gap", "difference"} else "percent"
    return "hours" if "hours" in column else "count" if float(str(value)).is_integer() else "times"
