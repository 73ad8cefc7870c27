"""The bookmarks of a document: its bound numbers, its headings, and the labels spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from efficiency.report.blocks import Span, read
from efficiency.report.numbers import Bound
from efficiency.report.word.elements import Element, made, run
from efficiency.report.word.elements import field as field_of

#: The bookmark at which the annexes begin.
ANNEXES = "annexes"


@dataclass
class Bookmarks:
    """
    The bookmarks of one document, each with a number of its own.

    Attributes
    ----------
    labels
        ``表1`` -> the bookmark of that label, to which the text leads.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def around(self, name: str, *parts: Element) -> list[Element]:
        """
        Put a bookmark around just these parts; without a name there is none.

        Examples
        --------
        >>> [part.tag.partition("}")[2] for part in Bookmarks().around("n0001", run("994"))]
        ['bookmarkStart', 'r', 'bookmarkEnd']
        """
        if not name:
            return [*parts]
        number = next(self._ids)
        start = made("w:bookmarkStart", id=number, name=name)
        return [start, *parts, made("w:bookmarkEnd", id=number)]

    def spans(self, spans: tuple[Span, ...], style: str = "") -> Iterator[Element]:
        """All that a sentence is put together from: texts, bound numbers, ways to a table."""
        for span in spans:
            if isinstance(span, Bound):
                yield from self.around(span.id, run(span.text, style))
            elif isinstance(span, str) and span in self.labels:
                yield from field_of(f"REF {self.labels[span]} \\h", run(span, style))
            else:
                yield run(read((span,)), style)
