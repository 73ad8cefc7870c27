"""The report as a PDF, on the page of an official document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from efficiency._doors.signs import visible_in
from efficiency._doors.typesetting import pdf
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
    read,
)
from efficiency.report.pdf.columns import PADDING, broken, ems, fitted, is_wide, plain
from efficiency.words import phrase

#: Width of the text in points, upright and turned: A4 less the margins of GB/T 9704-2012.
UPRIGHT, TURNED = 442.2, 637.8
#: A process map that is so much wider than the page is shown on a page that is turned.
_TOO_WIDE = 1.2
#: A row of more lines may be parted between pages.
_MOST_LINES = 15
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)(?:pt|px)?"[^>]*?\bheight="([\d.]+)(?:pt|px)?"')


def document(report: Report) -> bytes:
    """
    Set a report as a PDF; the same report gives the same bytes.

    Parameters
    ----------
    report
        Numbered.

    Examples
    --------
    >>> document(Report("2024年度办文效能调研报告", "zh"))[:5]
    b'%PDF-'
    """
    template = files(__package__).joinpath("pages.typ").read_text(encoding="utf-8")
    setting = _Setting(report.language)
    data = visible_in(setting.data(report))
    return pdf(template, data, setting.pictures)


@dataclass
class _Setting:
    """A report as the template reads it, and the pictures that it names."""

    language: Language
    pictures: dict[str, bytes] = field(default_factory=dict)
    is_annexed: bool = False

    def data(self, report: Report) -> dict[str, Any]:
        """All that the template sets."""
        summary = [self._set(block, UPRIGHT) for block in report.summary]
        body = [self._part(*part) for part in _parts(report.body)]
        self.is_annexed = True
        annex = [self._part(*part) for part in _chapters(report.annex)]
        return {**self._frame(report), "summary": summary, "body": body, "annex": annex}

    def _frame(self, report: Report) -> dict[str, Any]:
        """What stands around the text."""
        mark = phrase("page_mark", self.language, n="\n").split("\n")
        to = report.addressee
        return {
            "language": self.language,
            "title": plain(report.title),
            "addressee": plain(phrase("addressed", self.language, to=to)) if to else "",
            "summary_heading": phrase("summary_heading", self.language),
            "contents_heading": phrase("contents", self.language),
            "page_mark": mark,
            "label_ems": of((5, 8.4), self.language),
            "signed": [plain(line) for line in report.signed],
        }

    def _part(self, blocks: Iterable[Block], is_turned: bool) -> dict[str, Any]:
        """Blocks that stand on pages of one direction."""
        width = TURNED if is_turned else UPRIGHT
        return {"turned": is_turned, "blocks": [self._set(block, width) for block in blocks]}

    def _set(self, block: Block, width: float) -> dict[str, Any]:
        """A block as the template reads it."""
        ways: dict[type[Any], Callable[[Any], dict[str, Any]]] = {
            Heading: self._heading,
            Paragraph: lambda told: _words(told.kind, told.text),
            Text: lambda told: _words("body", told.text),
            Note: lambda told: _words("note", told.text),
            KeyFigures: _figures,
            Grid: lambda told: self._grid(told, width),
            Picture: self._picture,
            Pair: self._pair,
            Card: lambda told: self._card(told, width),
        }
        return ways[type(block)](block)

    def _heading(self, heading: Heading) -> dict[str, Any]:
        """A heading; in Chinese those of the main text stand two signs in, those of annexes not."""
        is_in = heading.level > 2 or not self.is_annexed
        indent = of((2, 0), self.language) if is_in else 0
        text = plain(heading.text)
        return {"kind": "heading", "level": heading.level, "text": text, "indent": indent}

    def _grid(self, grid: Grid, width: float) -> dict[str, Any]:
        texts = _texts(grid)
        size, widths = fitted(texts, width)
        lines = [(one - PADDING) / size for one in widths]
        heads, *rows = [
            [broken(text, line) for text, line in zip(row, lines, strict=True)] for row in texts
        ]
        return {
            "kind": "grid",
            "caption": self._caption(grid),
            "headings": heads,
            "rows": rows,
            "numeric": list(grid.numeric),
            "size": size,
            "widths": widths,
            "breakable": _is_tall(texts, lines),
        }

    def _picture(self, picture: Picture) -> dict[str, Any]:
        name = f"picture{len(self.pictures) + 1}.svg"
        self.pictures[name] = picture.svg.encode()
        said = {"caption": self._caption(picture), "alt": plain(picture.alt or picture.caption)}
        return {
            "kind": "picture",
            "file": name,
            "map": picture.wide,
            "floats": picture.wide and bool(picture.views),
            **said,
        }

    def _pair(self, pair: Pair) -> dict[str, Any]:
        return {"kind": "pair", "pair": [self._picture(pair.left), self._picture(pair.right)]}

    def _caption(self, block: Grid | Picture) -> str:
        between = of(("\u3000", ". "), self.language)
        return plain(between.join(part for part in (block.label, block.caption) if part))

    def _card(self, card: Card, width: float) -> dict[str, Any]:
        told = card.finding
        rows = [(phrase(part, self.language), getattr(told, part)) for part in PARTS[1:]]
        cases = semicolon(self.language).join(told.finding.cases)
        rows.append((phrase("cases", self.language), cases))
        return {
            "kind": "card",
            "title": plain(f"{card.number}. {told.title}"),
            "level": phrase(f"level_{told.finding.level}", self.language),
            "rows": [[name, plain(text)] for name, text in rows if text],
            "evidence": self._grid(card.evidence, width) if card.evidence else None,
        }


def _words(kind: str, text: str) -> dict[str, Any]:
    return {"kind": kind, "text": plain(text)}


def _figures(figures: KeyFigures) -> dict[str, Any]:
    items = [[plain(name), plain(read(spans))] for name, spans in figures.items]
    return {"kind": "figures", "items": items}


def _parts(blocks: Iterable[Block]) -> Iterator[tuple[list[Block], bool]]:
    """The main text, parted where a block needs a page that is turned."""
    part: list[Block] = []
    for block in blocks:
        if _is_turned(block):
            yield from [(part, False)] if part else []
            yield [block], True
            part = []
        else:
            part.append(block)
    yield from [(part, False)] if part else []


def _chapters(blocks: Iterable[Block]) -> Iterator[tuple[list[Block], bool]]:
    """The annexes; one that holds a block too wide is turned as a whole."""
    chapters: list[list[Block]] = []
    for block in blocks:
        if not chapters or (isinstance(block, Heading) and block.level == 2):
            chapters.append([])
        chapters[-1].append(block)
    for chapter in chapters:
        yield chapter, any(map(_is_turned, chapter))


def _texts(grid: Grid) -> list[list[str]]:
    """The headings and cells of a table as they read."""
    cells = ([cell if isinstance(cell, str) else cell.text for cell in row] for row in grid.rows)
    return [[plain(text) for text in row] for row in (grid.headings, *cells)]


def _is_tall(texts: list[list[str]], lines: list[float]) -> bool:
    """Whether a row is so tall that it must go on on the next page."""
    return any(
        ems(text) / line > _MOST_LINES
        for row in texts
        for text, line in zip(row, lines, strict=True)
    )


def _is_turned(block: Block) -> bool:
    """Whether a block is too wide for a page that stands upright."""
    if isinstance(block, Grid):
        return is_wide(_texts(block), UPRIGHT)
    if isinstance(block, Picture) and block.wide:
        size = _SIZE.search(block.svg)
        wide, high = map(float, size.groups()) if size else (0.0, 1.0)
        return wide > UPRIGHT * _TOO_WIDE and wide > high * _TOO_WIDE
    return False
