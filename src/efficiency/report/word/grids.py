"""Tables in a Word document: those for reading, those that define, and the key figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from efficiency.language import Language, of
from efficiency.report.blocks import Grid, KeyFigures
from efficiency.report.pdf.columns import ems, fitted, is_wide
from efficiency.report.word.bookmarks import Bookmarks
from efficiency.report.word.elements import Element, clean, made, paragraph, run
from efficiency.report.word.paper import Room, twentieths
from efficiency.report.word.styles import INK, LABEL, table_style

#: Between the lines of a table.
_PALE_LINE = "C9D1D9"
#: A row of more lines may be parted between pages.
_MOST_LINES = 15
#: Left and right of a cell, above and below, in twentieths of a point.
_BESIDE, _ABOVE = 50, 30
#: What a definition is set in, and how wide its left column is, in signs.
_DEFINED, _LABEL_EMS = 12.0, (6.0, 8.4)
#: Texts of so many signs are not broken where the table is well read all the same.
_SHORT, _WELL_READ = 11.0, 10.5
_PADDING = 2 * _BESIDE / 20


@dataclass
class Grids:
    """
    The tables of one document.

    Attributes
    ----------
    language, marks
        Of the report, and its bookmarks.
    sizes
        In which texts have been set.
    """

    language: Language
    marks: Bookmarks
    sizes: set[float] = field(default_factory=set)

    def grid(self, grid: Grid, room: Room) -> Element | None:
        """
        Make a table whose first row stands on every page that it goes over.

        Parameters
        ----------
        grid
            Its headings and cells; without headings there is no table.
        room
            The page that it must not leave.

        Examples
        --------
        >>> from efficiency.report.word.paper import UPRIGHT
        >>> grid = Grid(("环节",), (("登记",),), "", (False,))
        >>> "".join(Grids("zh", Bookmarks()).grid(grid, UPRIGHT).itertext())
        '环节登记'
        """
        if not grid.headings:
            return None
        texts = texts_of(grid)
        size, widths = _filling(texts, room.width)
        self.sizes.add(size)
        sides = ["right" if is_number else "left" for is_number in grid.numeric]
        heads = [
            self._text(size, side, run(text, LABEL))
            for text, side in zip(texts[0], sides, strict=True)
        ]
        rows = [
            [
                self._text(size, side, *self.marks.spans((cell,)))
                for cell, side in zip(row, sides, strict=True)
            ]
            for row in grid.rows
        ]
        lines = [(width - _PADDING) / size for width in widths]
        return _table(
            widths,
            _row(widths, heads, is_head=True),
            *(
                _row(widths, cells, is_whole=not _is_tall(text, lines))
                for cells, text in zip(rows, texts[1:], strict=True)
            ),
            title=grid.caption,
        )

    def definitions(self, rows: Sequence[tuple[str, str]], room: Room) -> Element | None:
        """Make a table of two columns: what is told, and the telling."""
        left = of(_LABEL_EMS, self.language) * _DEFINED + _PADDING
        widths = [left, room.width - left]
        self.sizes.add(_DEFINED)
        made_of = [
            _row(
                widths,
                [
                    self._text(_DEFINED, "left", run(name, LABEL)),
                    self._text(_DEFINED, "left", run(text)),
                ],
                is_whole=ems(text) * _DEFINED / widths[1] < _MOST_LINES,
            )
            for name, text in rows
        ]
        return _table(widths, *made_of) if made_of else None

    def figures(self, figures: KeyFigures, room: Room) -> Element | None:
        """Make a table of the key figures in one row, each over its name."""
        items = figures.items
        if not items:
            return None
        across = len(items)
        widths = [room.width / across] * across
        cells = [
            made(
                "w:tc",
                made("w:tcPr", _width(widths[0])),
                paragraph("KeyFigure", *self.marks.spans(spans)),
                paragraph("KeyFigureName", run(name)),
            )
            for name, spans in items
        ]
        cells += [
            made("w:tc", made("w:tcPr", _width(widths[0])), paragraph("KeyFigureName"))
            for _ in range(-len(cells) % across)
        ]
        rows = (cells[at : at + across] for at in range(0, len(cells), across))
        return _table(widths, *(made("w:tr", _kept(is_head=False), *row) for row in rows))

    def _text(self, size: float, side: str, *parts: Element) -> Element:
        direct = (made("w:jc", val=side),) if side == "right" else ()
        return paragraph(table_style(size), *parts, direct=direct)


def texts_of(grid: Grid) -> list[list[str]]:
    """
    Read the headings and cells of a table as they are shown.

    Examples
    --------
    >>> texts_of(Grid(("环节",), (("登记",),), "", (False,)))
    [['环节'], ['登记']]
    """
    cells = ([cell if isinstance(cell, str) else cell.text for cell in row] for row in grid.rows)
    return [[clean(text) for text in row] for row in (grid.headings, *cells)]


def needs_turning(grid: Grid, room: Room) -> bool:
    """
    Tell whether a table cannot be read on such a page.

    Examples
    --------
    >>> from efficiency.report.word.paper import UPRIGHT
    >>> needs_turning(Grid(("列",) * 12, (), "", (False,) * 12), UPRIGHT)
    True
    """
    return bool(grid.headings) and is_wide(texts_of(grid), room.width)


def _filling(texts: Sequence[Sequence[str]], width: float) -> tuple[float, list[float]]:
    """Size and widths of the columns, which together are as wide as the text."""
    heads, *rows = texts
    size, widths = fitted([heads, *([_unbroken(text) for text in row] for row in rows)], width)
    if size < _WELL_READ:
        size, widths = fitted(texts, width)
    wider = width / sum(widths)
    return size, [one * wider for one in widths]


def _unbroken(text: str) -> str:
    """A run as wide as a short text: what a document is known by is not broken into lines."""
    wide = ems(text)
    return "i" * math.ceil(wide / ems("i")) if wide <= _SHORT else text


def _table(widths: Sequence[float], *rows: Element, title: str = "") -> Element:
    lines = {"top": (8, INK), "bottom": (8, INK), "insideH": (4, _PALE_LINE)}
    borders = (
        made(f"w:{name}", val="single", sz=size, space=0, color=colour)
        for name, (size, colour) in lines.items()
    )
    beside = {"top": _ABOVE, "left": _BESIDE, "bottom": _ABOVE, "right": _BESIDE}
    properties = made(
        "w:tblPr",
        made("w:tblW", w=sum(map(twentieths, widths)), type="dxa"),
        made("w:jc", val="center"),
        made("w:tblBorders", *borders),
        made("w:tblLayout", type="fixed"),
        made("w:tblCellMar", *(made(f"w:{side}", w=by, type="dxa") for side, by in beside.items())),
        made("w:tblLook", val="0020", firstRow=1),
        made("w:tblCaption", val=title) if title else None,
    )
    columns = (made("w:gridCol", w=twentieths(width)) for width in widths)
    return made("w:tbl", properties, made("w:tblGrid", *columns), *rows)


def _row(
    widths: Sequence[float],
    cells: Sequence[Element],
    *,
    is_head: bool = False,
    is_whole: bool = True,
) -> Element:
    return made(
        "w:tr",
        _kept(is_head=is_head) if is_whole else None,
        *(
            made("w:tc", made("w:tcPr", _width(width), _under(is_head)), cell)
            for width, cell in zip(widths, cells, strict=True)
        ),
    )


def _under(is_head: bool) -> Element | None:
    """The line under the heads."""
    line = made("w:bottom", val="single", sz=6, space=0, color=INK)
    return made("w:tcBorders", line) if is_head else None


def _kept(*, is_head: bool) -> Element:
    """A row that is not parted between pages; that of the heads stands on each of them."""
    return made("w:trPr", made("w:cantSplit"), made("w:tblHeader") if is_head else None)


def _width(points: float) -> Element:
    return made("w:tcW", w=twentieths(points), type="dxa")


def _is_tall(texts: Sequence[str], lines: Sequence[float]) -> bool:
    return any(ems(text) / line > _MOST_LINES for text, line in zip(texts, lines, strict=True))
