"""What each block of a report becomes in a Word document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from efficiency.findings.finding import PARTS
from efficiency.language import Language, of, semicolon
from efficiency.report.blocks import (
    Block,
    Card,
    Grid,
    Heading,
    KeyFigures,
    Note,
    Pair,
    Paragraph,
    Picture,
    Report,
    Text,
)
from efficiency.report.word.bookmarks import ANNEXES, Bookmarks
from efficiency.report.word.drawings import Drawings
from efficiency.report.word.elements import Element, made, paragraph, run
from efficiency.report.word.elements import field as field_of
from efficiency.report.word.grids import Grids, needs_turning
from efficiency.report.word.paper import UPRIGHT, Room
from efficiency.report.word.styles import LEVEL
from efficiency.words import phrase

#: The style of a heading by its level; a finding's is the last.
_LEVELS = {2: "Heading1", 3: "Heading2"}
_FINDING = "Heading3"
_KINDS = {"body": "BodyText", "own": "BodyText", "case": "Case"}
#: Between the label of a table and its title, and before the level of a finding.
_GAPS = ("\u3000", ". ")
_LABEL = re.compile(r"(.*?)(\d+)$")


@dataclass(frozen=True)
class Entry:
    """
    A heading as the contents list it.

    Attributes
    ----------
    text, level
        As of the heading.
    anchor
        The bookmark around it.
    """

    text: str
    level: int
    anchor: str


@dataclass
class Story:
    """
    The text of one document as it grows.

    Attributes
    ----------
    language
        Of the report.
    marks, grids, drawings
        Its bookmarks, tables and pictures.
    entries
        The headings so far.
    """

    language: Language
    marks: Bookmarks
    grids: Grids
    drawings: Drawings
    entries: list[Entry] = field(default_factory=list)
    _is_annexed: bool = False
    _is_marked: bool = False
    _headings: int = 0

    @classmethod
    def of(cls, report: Report, png: Callable[[str], bytes]) -> Story:
        """Begin the text of a report."""
        labels = (one.label for one in _labelled(report.blocks) if one.label)
        marks = Bookmarks({label: f"_Ref{place:05d}" for place, label in enumerate(labels, 1)})
        return cls(report.language, marks, Grids(report.language, marks), Drawings(png))

    def begin_annexes(self) -> None:
        """Say that what comes now is annexed."""
        self._is_annexed = True

    def told(self, block: Block, room: Room) -> list[Element]:
        """
        Make the paragraphs and tables of a block.

        Parameters
        ----------
        block
            Of any sort.
        room
            The page on which it stands.

        Examples
        --------
        >>> story = Story.of(Report("t", "zh"), lambda svg: b"")
        >>> ["".join(part.itertext()) for part in story.told(Text("一段说明。"), UPRIGHT)]
        ['一段说明。']
        """
        ways: dict[type[Any], Callable[[Any, Room], Iterable[Element]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Text: lambda text, _: [paragraph("BodyText", run(text.text))],
            Note: lambda note, _: [paragraph("Note", run(note.text))],
            KeyFigures: lambda figures, room: _spaced(self.grids.figures(figures, room)),
            Grid: self._grid,
            Picture: self._picture,
            Pair: lambda pair, room: (
                part for one in (pair.left, pair.right) for part in self._picture(one, room)
            ),
            Card: self._card,
        }
        return list(ways[type(block)](block, room))

    def is_turned(self, block: Block) -> bool:
        """Tell whether a block needs a page that is turned."""
        if isinstance(block, Card):
            block = block.evidence or block
        if isinstance(block, Pair):
            return self.is_turned(block.left) or self.is_turned(block.right)
        if isinstance(block, Grid):
            return needs_turning(block, UPRIGHT)
        return isinstance(block, Picture) and self.drawings.needs_turning(block, UPRIGHT)

    def _heading(self, heading: Heading, _: Room) -> Iterator[Element]:
        """A heading; those of annexes are not set in, and the first is where the annexes begin."""
        self._headings += 1
        anchor = f"_Toc{self._headings:05d}"
        is_chapter = heading.level == 2
        told = self.marks.around(anchor, run(heading.text))
        if self._is_annexed and not self._is_marked:
            self._is_marked = True
            told = self.marks.around(ANNEXES, *told)
        if is_chapter or not self._is_annexed:
            self.entries.append(Entry(heading.text, heading.level, anchor))
        direct = (
            (made("w:ind", firstLineChars=0, firstLine=0),)
            if is_chapter and self._is_annexed
            else ()
        )
        # The sections of annexes stand below what the contents list.
        level = heading.level if is_chapter or not self._is_annexed else None
        yield paragraph(_LEVELS.get(level or 0, _FINDING), *told, direct=direct)

    def _paragraph(self, told: Paragraph, _: Room) -> Iterator[Element]:
        yield paragraph(_KINDS[told.kind], *self.marks.spans(told.spans))

    def _grid(self, grid: Grid, room: Room) -> Iterator[Element]:
        yield from self._caption(grid, made("w:keepNext"))
        yield from _spaced(self.grids.grid(grid, room))

    def _picture(self, picture: Picture, room: Room) -> Iterator[Element]:
        yield paragraph("Picture", self.drawings.drawn(picture, room))
        yield from self._caption(picture)

    def _caption(self, block: Grid | Picture, *direct: Element) -> Iterator[Element]:
        """A title with its number, which Word counts by itself."""
        label = _LABEL.fullmatch(block.label)
        parts: list[Element] = []
        if label:
            word, number = label.groups()
            counted = field_of(f"SEQ {word.strip()} \\* ARABIC", run(number))
            parts = self.marks.around(self.marks.labels[block.label], run(word), *counted)
        gap = of(_GAPS, self.language) if label and block.caption else ""
        if parts or block.caption:
            yield paragraph("Caption", *parts, run(gap + block.caption), direct=direct)

    def _card(self, card: Card, room: Room) -> Iterator[Element]:
        told = card.finding
        level = phrase(f"level_{told.finding.level}", self.language)
        title = run(f"{card.number}. {told.title} ")
        yield paragraph(_FINDING, title, run(f" {level} ", LEVEL))
        rows = [(phrase(part, self.language), getattr(told, part)) for part in PARTS[1:]]
        cases = semicolon(self.language).join(told.finding.cases)
        rows.append((phrase("cases", self.language), cases))
        yield from _spaced(self.grids.definitions([row for row in rows if row[1]], room))
        if card.evidence is not None:
            yield from self._grid(card.evidence, room)


def _spaced(table: Element | None) -> Iterator[Element]:
    """A table, kept off what follows: two that touch would be one."""
    if table is not None:
        yield table
        yield paragraph("Spacer")


def _labelled(blocks: Iterable[Block]) -> Iterator[Grid | Picture]:
    """All tables and pictures, in order."""
    for block in blocks:
        if isinstance(block, Pair):
            yield from (block.left, block.right)
        elif isinstance(block, Card):
            yield from () if block.evidence is None else (block.evidence,)
        elif isinstance(block, Grid | Picture):
            yield block
