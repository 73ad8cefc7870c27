"""The contents of a document: a field that Word fills, filled beforehand with its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from efficiency.report.word.elements import Element, field, made, paragraph, run
from efficiency.report.word.story import Entry

#: The levels that are listed, and the code of the field.
_STYLES = {2: "Toc1", 3: "Toc2"}
_CODE = 'TOC \\o "1-2" \\h \\z'


def contents(entries: Iterable[Entry], title: str) -> Iterator[Element]:
    """
    Make the contents; where there are no headings there are none.

    Parameters
    ----------
    entries
        The headings in order.
    title
        That stands above.

    Notes
    -----
    The numbers of the pages are known only to the program that sets them: Word offers to fill the
    field when the document is opened; until then the headings stand there without.

    Examples
    --------
    >>> [part[0][0].values()[0] for part in contents([Entry("一、", 2, "_Toc00001")], "目录")]
    ['TOCHeading', 'Toc1']
    """
    listed = [entry for entry in entries if entry.level in _STYLES]
    if not listed:
        return
    yield paragraph("TOCHeading", run(title))
    begin, code, separate, end = field(_CODE)
    for place, entry in enumerate(listed):
        opening = (begin, code, separate) if place == 0 else ()
        closing = (end,) if place == len(listed) - 1 else ()
        yield paragraph(_STYLES[entry.level], *opening, _line(entry), *closing)


def _line(entry: Entry) -> Element:
    """A line that leads to its heading."""
    return made("w:hyperlink", run(entry.text), anchor=entry.anchor, history=1)
