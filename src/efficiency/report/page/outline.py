"""Where each block stands in a page: its anchor, its depth, and what leads to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast
from unicodedata import east_asian_width

from efficiency.report.blocks import Block, Card, Grid, Heading, Pair, Paragraph, Picture, Report
from efficiency.report.numbers import Bound

#: Rows of a table in the annex that still stands open.
_FEW = 8
#: Half ems of a cell that is not broken into lines.
_SHORT = 24


@dataclass(frozen=True)
class Placed:
    """
    A block in its place.

    Attributes
    ----------
    block, kind
        The block, and the name of its class.
    anchor
        Its id in the page; empty: it has none. A pair of pictures has that of the left one.
    depth
        The level of its heading, 2 to 6, which is at most one below the one before.
    layer
        ``summary``, ``body`` or ``annex``.
    """

    block: Block
    kind: str
    anchor: str
    depth: int
    layer: str

    @property
    def folded(self) -> bool:
        """Whether it can be folded."""
        return self.layer == "annex"

    @property
    def few(self) -> bool:
        """Whether it is a table so short that it stands open."""
        return isinstance(self.block, Grid) and len(self.block.rows) <= _FEW


@dataclass
class Outline:
    """
    The blocks of a report in their places.

    Examples
    --------
    >>> made = Outline.of(Report("t", "zh", body=(Heading("一、"), Heading("（一）", 3))))
    >>> [(one.anchor, one.depth) for one in made.layers["body"]]
    [('h1', 2), ('h2', 3)]
    """

    layers: dict[str, list[Placed]] = field(default_factory=dict)
    #: ``表1`` -> the id at which it stands.
    places: dict[str, str] = field(default_factory=dict)
    #: A finding's id -> the card that tells it, where it stands first.
    cards: dict[str, Placed] = field(default_factory=dict)
    _depth: int = 2
    _taken: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report) -> Outline:
        """Place all blocks of a report."""
        outline = cls()
        for layer in ("summary", "body", "annex"):
            outline._depth = 2 if layer == "summary" else 1
            outline.layers[layer] = [outline._place(b, layer) for b in getattr(report, layer)]
        return outline

    def headings(self, layer: str) -> list[Placed]:
        """The headings of a layer that stand in the contents."""
        return [p for p in self.layers[layer] if p.kind == "Heading" and p.depth <= 3]

    def _place(self, block: Block, layer: str) -> Placed:
        if isinstance(block, Heading):
            self._depth = max(2, min(block.level, self._depth + 1, 6))
        anchor = self._anchor(block)
        for one, at in _labelled(block, anchor):
            if one.label:
                self.places.setdefault(one.label, at)
        deeper = self._depth + (not isinstance(block, Heading))
        placed = Placed(block, type(block).__name__, anchor, min(deeper, 6), layer)
        if isinstance(block, Card):
            self.cards.setdefault(block.finding.id, placed)
        return placed

    def cards_of(self, block: Paragraph) -> list[Placed]:
        """The cards of the findings that a paragraph tells, in the order of their numbers."""
        told = [self.cards[name] for name in block.about if name in self.cards]
        return sorted(told, key=lambda card: cast("Card", card.block).number)

    def _anchor(self, block: Block) -> str:
        if isinstance(block, Card):
            name = f"f-{block.finding.id}"
            self._taken[name] = self._taken.get(name, 0) + 1
            # A finding that stands twice is led to at its first place.
            return name if self._taken[name] == 1 else f"{name}-{self._taken[name]}"
        letter = _LETTERS.get(type(block), "")
        if letter:
            self._taken[letter] = self._taken.get(letter, 0) + 1
        return f"{letter}{self._taken[letter]}" if letter else ""


_LETTERS: dict[type, str] = {Heading: "h", Grid: "t", Picture: "p", Pair: "pp"}


def _labelled(block: Block, anchor: str) -> Iterable[tuple[Grid | Picture, str]]:
    """The tables and pictures of a block, and where each stands."""
    if isinstance(block, Pair):
        return ((block.left, f"{anchor}-l"), (block.right, f"{anchor}-r"))
    if isinstance(block, Card):
        return ((block.evidence, f"{anchor}-t"),) if block.evidence is not None else ()
    return ((block, anchor),) if isinstance(block, Grid | Picture) else ()


def breadth(grid: Grid) -> str:
    """
    How broad a table is: ``plain``, ``many`` columns, or ``across`` the page when printed.

    Examples
    --------
    >>> breadth(Grid(("环节", "件数"), (("登记", "12"),), "", (False, True)))
    'plain'
    """
    columns = len(grid.headings)
    if columns > 9 or (columns > 7 and any(is_long(cell) for row in grid.rows for cell in row)):
        return "across"
    return "many" if columns > 5 else "plain"


def is_long(cell: str | Bound) -> bool:
    """
    Whether a cell is broken into lines rather than that it makes its table wider.

    Examples
    --------
    >>> is_long("收文登记"), is_long("登记之后十五分钟之内转办有关处室")
    (False, True)
    """
    text = cell if isinstance(cell, str) else cell.text
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text) > _SHORT
