"""The page of an official document, GB/T 9704-2012, in the units that Word counts in."""

from __future__ import annotations

from dataclasses import dataclass

from efficiency.report.word.elements import Element, made

#: A4, and the distance between lines: 22 of them on 225 mm.
_PAGE = (210.0, 297.0)
PITCH = 28.95
#: So much of the height of a page a picture may take; a process map, whose letters shrink with it,
#: takes a page of its own.
_MOST_HIGH, _MAP_HIGH = 0.75, 0.93
#: Under the text stands the page number: its upper edge 7 mm below, in lines of 16 points.
_BELOW, FOOTER_LINE = 7.0, 16.0
_POINTS = 72 / 25.4


def twentieths(points: float) -> int:
    """
    Points as Word counts them.

    Examples
    --------
    >>> twentieths(28.95)
    579
    """
    return round(points * 20)


@dataclass(frozen=True)
class Room:
    """
    A page that stands upright or is turned; measures in millimetres.

    Attributes
    ----------
    turned
        Whether it is wider than high.
    top, right, bottom, left
        Its margins.
    """

    turned: bool
    top: float
    right: float
    bottom: float
    left: float

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return (_PAGE[1], _PAGE[0]) if self.turned else _PAGE

    @property
    def width(self) -> float:
        """
        Width of the text in points.

        Examples
        --------
        >>> round(UPRIGHT.width, 1), round(TURNED.width, 1)
        (442.2, 637.8)
        """
        return (self.page[0] - self.left - self.right) * _POINTS

    @property
    def height(self) -> float:
        """Height in points that a picture may take."""
        return self._inside * _MOST_HIGH

    @property
    def map_height(self) -> float:
        """Height in points that a process map may take."""
        return self._inside * _MAP_HIGH

    @property
    def _inside(self) -> float:
        return (self.page[1] - self.top - self.bottom) * _POINTS

    def section(self, *footers: Element) -> Element:
        """
        Make the properties of a section of such pages.

        Parameters
        ----------
        *footers
            References to what stands under the text; none: as in the section before.

        Examples
        --------
        >>> [part.tag.partition("}")[2] for part in UPRIGHT.section()]
        ['type', 'pgSz', 'pgMar']
        """
        wide, high = (_dxa(side) for side in self.page)
        size = made("w:pgSz", w=wide, h=high)
        if self.turned:
            size = made("w:pgSz", w=wide, h=high, orient="landscape")
        sides = {name: _dxa(getattr(self, name)) for name in ("top", "right", "bottom", "left")}
        below = _dxa(self.bottom - _BELOW) - twentieths(FOOTER_LINE)
        margins = made("w:pgMar", **sides, header=851, footer=below, gutter=0)
        return made("w:sectPr", *footers, made("w:type", val="nextPage"), size, margins)


def _dxa(millimetres: float) -> int:
    return twentieths(millimetres * _POINTS)


UPRIGHT = Room(turned=False, top=37, right=26, bottom=35, left=28)
#: The same sheet turned: its foot was the right side.
TURNED = Room(turned=True, top=28, right=37, bottom=26, left=35)
