"""What a report is made of: frozen values, put together first and rendered after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from numbers import Integral
from typing import Any, TypeAlias, TypeVar, cast

import pandas as pd

from efficiency.language import Language
from efficiency.report.numbers import Bound
from efficiency.report.telling import ToldFinding
from efficiency.words import heading, phrase


@dataclass(frozen=True)
class Ref:
    """The number of a table or picture, spoken of by its name; replaced when all are numbered."""

    name: str


#: What bears a number of its own.
Labelled = TypeVar("Labelled", "Grid", "Picture")
#: What a sentence is put together from.
Span: TypeAlias = str | Bound | Ref


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 begins a chapter or an annex, 3 a section."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph whose numbers are bound to no cell: in the annex, and the analyst's own."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """
    A paragraph of the main text.

    Attributes
    ----------
    spans
        Texts and numbers in their order.
    kind
        ``body``; ``case``: a typical case; ``own``: the analyst's own words.
    about
        Ids of the findings that it tells; a page leads from it to their cards.
    """

    spans: tuple[Span, ...]
    kind: str = "body"
    about: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What it reads like."""
        return read(self.spans)


@dataclass(frozen=True)
class Note:
    """Something the reader must know before trusting a number."""

    text: str


@dataclass(frozen=True)
class Grid:
    """
    A table for reading: headings and cells as they are to stand there.

    Attributes
    ----------
    headings, rows
        The texts; a cell of the main text is bound to a cell of a table.
    caption
        Its title, without its number.
    numeric
        Which columns hold numbers.
    name
        By which the text speaks of it.
    label
        ``表1``; empty until the report is numbered.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str | Bound, ...], ...]
    caption: str
    numeric: tuple[bool, ...]
    name: str = ""
    label: str = ""


@dataclass(frozen=True)
class View:
    """
    Another drawing of the same picture, to switch to on a page.

    Attributes
    ----------
    svg
        The element.
    shown
        What it shows: ``count`` or ``time``.
    share
        Of all successions, those that it draws, 0 to 1.
    caption
        What stands below it while it is shown.
    """

    svg: str
    shown: str
    share: float
    caption: str


@dataclass(frozen=True)
class Picture:
    """
    A picture as an ``<svg>`` element.

    Attributes
    ----------
    svg
        The element.
    caption
        Its title, without its number.
    alt
        What it shows, for who does not see it; empty: the caption says it.
    name, label
        As of a `Grid`: ``图1``.
    wide
        Whether it has to be zoomed into to be read: a process map.
    views
        Its other drawings; paper shows the picture alone.
    """

    svg: str
    caption: str
    alt: str = ""
    name: str = ""
    label: str = ""
    wide: bool = False
    views: tuple[View, ...] = ()


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


@dataclass(frozen=True)
class KeyFigures:
    """Four to six figures that stand above the summary: what each is, and what it reads."""

    items: tuple[tuple[str, tuple[Span, ...]], ...]


Block: TypeAlias = Heading | Text | Paragraph | Note | Grid | Picture | Pair | Card | KeyFigures


@dataclass(frozen=True)
class Report:
    """
    A report to be rendered, in its three layers.

    Attributes
    ----------
    title, language
        Of the whole.
    summary, body, annex
        The leader's page, the main text, and what the one who checks needs.
    addressee
        主送: whom it is sent to; empty: nobody named.
    signed
        单位 and 成文日期, a line each.
    """

    title: str
    language: Language
    summary: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    annex: tuple[Block, ...] = ()
    addressee: str = ""
    signed: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order in which they are read."""
        return (*self.summary, *self.body, *self.annex)

    def numbers(self) -> Iterator[Bound]:
        """All bound numbers in the order in which they are read."""
        for block in self.blocks:
            for span in spans_of(block):
                if isinstance(span, Bound):
                    yield span


def read(spans: tuple[Span, ...]) -> str:
    """
    Read spans as one text.

    Examples
    --------
    >>> from efficiency.report.numbers import Cell
    >>> read(("收文", Bound(Cell("overview", (), "cases", "count"), "994"), "件。"))
    '收文994件。'
    """
    return "".join(_read(span) for span in spans)


def _read(span: Span) -> str:
    if isinstance(span, str):
        return span
    return span.text if isinstance(span, Bound) else f"〔{span.name}〕"


def spans_of(block: Block) -> Iterator[Span]:
    """All spans of a block, in order."""
    if isinstance(block, Paragraph):
        yield from block.spans
    elif isinstance(block, Grid):
        for row in block.rows:
            yield from row
    elif isinstance(block, KeyFigures):
        for _, spans in block.items:
            yield from spans


def numbered(report: Report) -> Report:
    """
    Number every table, picture and bound number, and resolve what speaks of them.

    Examples
    --------
    >>> made = Report("t", "zh", body=(
    ...     Paragraph(("见", Ref("times"), "。")),
    ...     Grid(("环节",), (("登记",),), "用时", (False,), "times"),
    ... ))
    >>> [getattr(block, "text", getattr(block, "label", "")) for block in numbered(made).body]
    ['见表1。', '表1']
    """
    labels = _Labels(report.language)
    layers = {part: tuple(map(labels.label, getattr(report, part))) for part in _LAYERS}
    named = replace(report, **cast("Any", layers))
    ids = count(1)

    def resolved(span: Any) -> Any:
        if isinstance(span, Ref):
            return labels.places[span.name]
        return span.named(next(ids)) if isinstance(span, Bound) else span

    whole = {part: tuple(_with(one, resolved) for one in getattr(named, part)) for part in _LAYERS}
    return replace(named, **cast("Any", whole))


_LAYERS = ("summary", "body", "annex")


@dataclass
class _Labels:
    """The numbers of tables and pictures as they come."""

    language: Language
    places: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"grid": 0, "picture": 0})

    def label(self, block: Block) -> Block:
        """Number a block that is, or holds, a table or picture."""
        if isinstance(block, Grid):
            return self._next(block, "grid")
        if isinstance(block, Picture):
            return self._next(block, "picture")
        if isinstance(block, Pair):
            return Pair(self._next(block.left, "picture"), self._next(block.right, "picture"))
        if isinstance(block, Card) and block.evidence is not None:
            return replace(block, evidence=self._next(block.evidence, "grid"))
        return block

    def _next(self, block: Labelled, kind: str) -> Labelled:
        self.counts[kind] += 1
        label = phrase(f"label_{kind}", self.language, n=self.counts[kind])
        if block.name:
            self.places[block.name] = label
        return replace(block, label=label)


def _with(block: Block, resolved: Callable[[Any], Any]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, spans=tuple(map(resolved, block.spans)))
    if isinstance(block, Grid):
        return replace(block, rows=tuple(tuple(map(resolved, row)) for row in block.rows))
    if isinstance(block, KeyFigures):
        return KeyFigures(tuple((name, tuple(map(resolved, spans))) for name, spans in block.items))
    return block


def grid(frame: pd.DataFrame, caption: str, name: str = "") -> Grid:
    """
    Make a table for reading of a frame whose cells are text already, or numbers.

    Examples
    --------
    >>> grid(pd.DataFrame({"环节": ["登记"], "n": [1234]}), "").rows
    (('登记', '1,234'),)
    """
    numeric = tuple(
        bool(pd.api.types.is_numeric_dtype(frame[column]) or _looks_numeric(frame[column]))
        for column in frame.columns
    )
    rows = tuple(tuple(_cell(value) for value in row) for row in frame.itertuples(index=False))
    return Grid(tuple(str(column) for column in frame.columns), rows, caption, numeric, name)


def titled(frame: pd.DataFrame, caption: str, language: Language, name: str = "") -> Grid:
    """Make a table for reading whose headings are in the report's language."""
    return grid(frame.rename(columns=lambda column: heading(str(column), language)), caption, name)


def _cell(value: object) -> str | Bound:
    if isinstance(value, Bound):
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "—"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)


def _looks_numeric(values: pd.Series) -> bool:
    told = values.map(lambda value: value.text if isinstance(value, Bound) else str(value))
    text = told.str.replace(r"[\d.,%–～\s—-]", "", regex=True)
    return bool(len(values)) and bool((text == "").all())
