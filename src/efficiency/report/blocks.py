"""What a report is made of: frozen values, put together first and rendered after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from numbers import Integral

import pandas as pd

from efficiency.language import Language
from efficiency.report.telling import ToldFinding
from efficiency.words import heading


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 begins a chapter."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Note:
    """Something the reader must know before trusting a number."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table for reading: headings and cells as they are to stand there."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    numeric: tuple[bool, ...]


@dataclass(frozen=True)
class Picture:
    """A picture as an ``<svg>`` element."""

    svg: str
    caption: str


@dataclass(frozen=True)
class Pair:
    """Two pictures to be held against each other, side by side."""

    left: Picture
    right: Picture


@dataclass(frozen=True)
class Card:
    """A finding, told in full, with the rows that show it best."""

    finding: ToldFinding
    number: int
    evidence: Grid | None = None


Block = Heading | Text | Note | Grid | Picture | Pair | Card


@dataclass(frozen=True)
class Report:
    """
    A report to be rendered.

    Examples
    --------
    >>> Report("t", "zh").add(Heading("一、")).blocks
    (Heading(text='一、', level=2),)
    """

    title: str
    language: Language
    blocks: tuple[Block, ...] = ()

    def add(self, *blocks: Block) -> Report:
        """The report with more blocks at its end."""
        return replace(self, blocks=(*self.blocks, *blocks))


def grid(frame: pd.DataFrame, caption: str) -> Grid:
    """
    Make a table for reading of a frame whose cells are text already, or numbers.

    Examples
    --------
    >>> grid(pd.DataFrame({"环节": ["登记"], "n": [1234]}), "").rows
    (('登记', '1,234'),)
    """
    numeric = tuple(
        bool(pd.api.types.is_numeric_dtype(frame[name]) or _looks_numeric(frame[name]))
        for name in frame.columns
    )
    rows = tuple(tuple(_cell(value) for value in row) for row in frame.itertuples(index=False))
    return Grid(tuple(str(name) for name in frame.columns), rows, caption, numeric)


def titled(frame: pd.DataFrame, caption: str, language: Language) -> Grid:
    """Make a table for reading whose headings are in the report's language."""
    return grid(frame.rename(columns=lambda name: heading(str(name), language)), caption)


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "—"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)


def _looks_numeric(values: pd.Series) -> bool:
    text = values.astype(str).str.replace(r"[\d.,%–\s—-]", "", regex=True)
    return bool(len(values)) and bool((text == "").all())
