"""The numbers of a Word document read back out of it, also of a copy that people have edited."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from efficiency.report.numbers import numbers_in
from efficiency.report.word.bookmarks import ANNEXES
from efficiency.report.word.elements import Element, full

#: Names of the bookmarks of bound numbers.
_NAME = re.compile(r"n\d{4,}")
#: No part of a document that is read is larger.
_MOST_BYTES = 512 * 1024**2
#: What stands in the file but not in the text: deleted, moved away, said again for old programs.
_SKIPPED = {full(name) for name in ("w:del", "w:moveFrom", "mc:Fallback")}
_SIGNS = {full("w:tab"): "\t", full("w:br"): "\n", full("w:cr"): "\n", full("w:noBreakHyphen"): "-"}
_TEXT, _FIELD, _SIMPLE = full("w:t"), full("w:fldChar"), full("w:fldSimple")
_PARAGRAPH, _ROW, _CELL = full("w:p"), full("w:tr"), full("w:tc")
_START, _END = full("w:bookmarkStart"), full("w:bookmarkEnd")
#: Styles of paragraphs that are not text, by how their names begin; and that of a key figure.
_BESIDE = (
    "title", "heading", "caption", "toc", "contents heading", "index", "signature", "salutation",
    "complimentary", "summary heading", "footer", "header",
)  # fmt: skip
_FIGURE = "key figure"


def read_numbers(source: str | Path | bytes) -> dict[str, str]:
    """
    Read the bound numbers of a document: id -> how it reads there.

    Parameters
    ----------
    source
        The file, or its bytes. Where an id stands twice, as another program may leave it, the
        first counts; of a number that was deleted with its bookmark nothing is said.

    Raises
    ------
    ValueError
        It is no Word document, or one too large to be read.

    Examples
    --------
    >>> from efficiency.report.blocks import Paragraph, Report, numbered
    >>> from efficiency.report.numbers import Bound, Cell
    >>> from efficiency.report.word.document import document
    >>> cases = Bound(Cell("overview", (), "cases", "count"), "994")
    >>> made = numbered(Report("t", "zh", body=(Paragraph(("收文", cases, "件。")),)))
    >>> read_numbers(document(made, lambda svg: b""))
    {'n0001': '994'}
    """
    return {name: _plain(mark.text) for name, mark in _Read.of(source).marks.items()}


def sentences(source: str | Path | bytes) -> dict[str, str]:
    """
    Read in which sentence each bound number stands: id -> its paragraph or table row.

    Parameters
    ----------
    source
        As of `read_numbers`. The cells of a row are parted by a blank.

    Raises
    ------
    ValueError
        As for `read_numbers`.
    """
    read = _Read.of(source)
    return {name: read.around(mark.place) for name, mark in read.marks.items()}


def loose_numbers(source: str | Path | bytes) -> list[tuple[str, str]]:
    """
    Find the numbers of the main text that are bound to nothing, each with its paragraph or row.

    Parameters
    ----------
    source
        As of `read_numbers`. Headings, captions, contents, signature, annexes, and what a field
        counts (``表1``) are left out.

    Raises
    ------
    ValueError
        As for `read_numbers`.
    """
    read = _Read.of(source)
    return [
        (digits, read.around(paragraph))
        for paragraph, stretch in read.stretches
        for digits in numbers_in(stretch)
    ]


def annex_lines(source: str | Path | bytes) -> list[str]:
    """
    Read the annexes of a document line by line: paragraphs, and rows of tables.

    Parameters
    ----------
    source
        As of `read_numbers`.

    Raises
    ------
    ValueError
        As for `read_numbers`.
    """
    text, styles = _parts(source)
    read, lines, is_annexed = _Read(_style_names(styles)), [], False
    for node in _walk(text):
        is_annexed = is_annexed or (node.tag == _START and node.get(full("w:name")) == ANNEXES)
        if is_annexed and node.tag == _ROW:
            lines.append(read._joined(node, _CELL))
        elif (
            is_annexed and node.tag == _PARAGRAPH and next(node.iterancestors(_CELL), None) is None
        ):
            lines.append(read.told(node))
    return [line for line in lines if line]


@dataclass
class _Mark:
    """A bookmark: the pieces of text in it, each with its paragraph."""

    place: Element | None
    pieces: list[tuple[Element | None, str]] = field(default_factory=list)
    is_closed: bool = False

    @property
    def text(self) -> str:
        """What stands in it; of one without an end, what stands in its paragraph."""
        return "".join(text for place, text in self.pieces if self.is_closed or place is self.place)


@dataclass
class _Read:
    """A document as it is read from its first sign to its last."""

    names: dict[str, str]
    marks: dict[str, _Mark] = field(default_factory=dict)
    #: Texts of the main text between bound numbers and fields, each with its paragraph.
    stretches: list[tuple[Element, str]] = field(default_factory=list)
    _open: dict[str, str] = field(default_factory=dict)
    _fields: int = 0
    _is_annexed: bool = False
    _stretch: list[str] = field(default_factory=list)
    _paragraph: Element | None = None

    @classmethod
    def of(cls, source: str | Path | bytes) -> _Read:
        """Read a document."""
        text, styles = _parts(source)
        read = cls(_style_names(styles))
        for node in _walk(text):
            read._take(node)
        read._break()
        return read

    def told(self, paragraph: Element) -> str:
        """The text of a paragraph, or of what else holds text."""
        return _plain("".join(_shown(node) for node in _walk(paragraph)))

    def around(self, place: Element | None) -> str:
        """The paragraph, or the row of a table, in which a number stands."""
        if place is None:
            return ""
        cell = next(place.iterancestors(_CELL), None)
        if cell is None:
            return self.told(place)
        if self._style(place).startswith(_FIGURE):
            return self._joined(cell, _PARAGRAPH)
        return self._joined(next(cell.iterancestors(_ROW), cell), _CELL)

    def _joined(self, holder: Element, kind: str) -> str:
        return _plain(" ".join(self.told(part) for part in holder if part.tag == kind))

    def _take(self, node: Element) -> None:
        if node.tag == _PARAGRAPH:
            self._break()
            self._paragraph = node
        elif node.tag == _START:
            self._start(node)
        elif node.tag == _END:
            self._end(node)
        elif node.tag == _FIELD:
            self._fields += {"begin": 1, "end": -1}.get(node.get(full("w:fldCharType")), 0)
            self._break()
        elif _shown(node):
            self._add(node, _shown(node))

    def _start(self, node: Element) -> None:
        name = node.get(full("w:name"), "")
        self._is_annexed = self._is_annexed or name == ANNEXES
        if _NAME.fullmatch(name) and name not in self.marks:
            self._break()
            self._open[node.get(full("w:id"))] = name
            self.marks[name] = _Mark(next(node.iterancestors(_PARAGRAPH), None))

    def _end(self, node: Element) -> None:
        name = self._open.pop(node.get(full("w:id")), "")
        if name:
            self.marks[name].is_closed = True

    def _add(self, node: Element, text: str) -> None:
        paragraph = next(node.iterancestors(_PARAGRAPH), None)
        for name in self._open.values():
            mark = self.marks[name]
            mark.place = paragraph if mark.place is None else mark.place
            mark.pieces.append((paragraph, text))
        is_counted = self._fields > 0 or next(node.iterancestors(_SIMPLE), None) is not None
        if is_counted or any(self._reaches(name, paragraph) for name in self._open.values()):
            self._break()
        elif paragraph is self._paragraph:
            self._stretch.append(text)

    def _reaches(self, name: str, paragraph: Element | None) -> bool:
        """Whether an open bookmark is of this paragraph: the end of one may have been lost."""
        return self.marks[name].place is paragraph

    def _break(self) -> None:
        """End a stretch of text."""
        if self._stretch and self._is_text(self._paragraph):
            self.stretches.append((self._paragraph, "".join(self._stretch)))
        self._stretch = []

    def _is_text(self, paragraph: Element) -> bool:
        return not (self._is_annexed or self._style(paragraph).startswith(_BESIDE))

    def _style(self, paragraph: Element) -> str:
        """The name of a paragraph's style in small letters."""
        style = paragraph.find(f"{full('w:pPr')}/{full('w:pStyle')}")
        name = "" if style is None else style.get(full("w:val"), "")
        return self.names.get(name, name).lower()


def _walk(element: Element) -> Iterator[Element]:
    """All that stands in an element, in order, but what is not in the text any more."""
    for part in element:
        if part.tag not in _SKIPPED:
            yield part
            yield from _walk(part)


def _shown(node: Element) -> str:
    """The text that an element itself shows."""
    if node.tag == _TEXT:
        return node.text or ""
    # A tab is also what a tab stop is called.
    is_in_run = node.tag in _SIGNS and node.getparent().tag == full("w:r")
    return _SIGNS[node.tag] if is_in_run else ""


def _style_names(styles: Element | None) -> dict[str, str]:
    found = [] if styles is None else styles.findall(full("w:style"))
    names = ((style.get(full("w:styleId"), ""), style.find(full("w:name"))) for style in found)
    return {name: said.get(full("w:val"), "") for name, said in names if said is not None}


def _parts(source: str | Path | bytes) -> tuple[Element, Element | None]:
    """The text of a document and its styles."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as packed:
            held = packed.namelist()
            text = _tree(packed, "word/document.xml")
            styles = _tree(packed, "word/styles.xml") if "word/styles.xml" in held else None
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        name = "the file" if isinstance(source, bytes) else Path(source).name
        raise ValueError(f"{name} is no Word document (.docx): {error}") from None
    return text, styles


def _tree(packed: zipfile.ZipFile, name: str) -> Element:
    if packed.getinfo(name).file_size > _MOST_BYTES:
        raise ValueError(f"{name} is larger than {_MOST_BYTES:,} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(packed.read(name), parser)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
