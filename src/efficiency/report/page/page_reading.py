"""The numbers of a page read back out of it, also of a copy that people have edited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from efficiency.report.numbers import numbers_in

#: Ids of bound numbers.
_ID = re.compile(r"n\d{4,}")
#: What may hold a number's sentence: a paragraph, a row, a key figure, a part of a finding.
_SENTENCES = ("p", "tr", "li", "dd", "figcaption", "caption", "h1", "h2", "h3", "h4")
#: What is a line of an annex.
_LINES = "self::p or self::tr or self::li or self::dd or self::caption or self::summary"
_CELLS = ("td", "th", "dt", "dd")
#: Parts of a page that are not the main text.
_BESIDE = "ancestor::*[@id='annex' or self::nav or self::footer or self::header or self::figure]"


def read_numbers(text: str) -> dict[str, str]:
    """
    Read the bound numbers of a page: id -> how it reads there.

    Parameters
    ----------
    text
        The page. Where an id stands twice, as in a paragraph that was copied, the first counts.

    Examples
    --------
    >>> read_numbers('<p>收文<data id="n0001" value="994">994</data>件。</p>')
    {'n0001': '994'}
    """
    found: dict[str, str] = {}
    for name, element in _bound(text):
        found.setdefault(name, _plain(element.text_content()))
    return found


def sentences(text: str) -> dict[str, str]:
    """
    Read in which sentence each bound number stands: id -> its paragraph or table row.

    Parameters
    ----------
    text
        The page. The cells of a row are parted by a blank.

    Examples
    --------
    >>> sentences('<tr><td>登记</td><td><data id="n0001">994</data></td></tr>')
    {'n0001': '登记 994'}
    """
    found: dict[str, str] = {}
    for name, element in _bound(text):
        found.setdefault(name, _told(element))
    return found


def loose_numbers(text: str) -> list[tuple[str, str]]:
    """
    Find the numbers of the main text that are bound to nothing, each with its paragraph or row.

    Parameters
    ----------
    text
        The page. The annex, captions, the date under the text and ``表1`` as a link are left out.

    Examples
    --------
    >>> loose_numbers('<p>收文<data id="n0001">994</data>件，另有26件。</p>')
    [('26', '收文994件，另有26件。')]
    """
    found = []
    places = f"//*[self::p or self::td][not({_BESIDE})][not(parent::*[@class='signed'])]"
    for paragraph in _tree(text).xpath(places):
        whole = _told(paragraph) if paragraph.tag == "td" else _plain(paragraph.text_content())
        for part in _unbound(paragraph):
            found += [(digits, whole) for digits in numbers_in(part)]
    return found


def annex_lines(text: str) -> list[str]:
    """
    Read the annexes of a page line by line: paragraphs, rows of tables, parts of findings.

    Parameters
    ----------
    text
        The page. Pictures are left out.

    Examples
    --------
    >>> annex_lines('<p>前</p><section id="annex"><p>附件一</p><p>共9件</p></section>')
    ['附件一', '共9件']
    """
    lines = _tree(text).xpath(f"//*[@id='annex']//*[{_LINES}][not(ancestor::figure)]")
    told = (_plain(" ".join(part.text_content() for part in line) if line.tag == "tr"
                   else line.text_content()) for line in lines)  # fmt: skip
    return [line for line in told if line]


def _tree(text: str) -> Any:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    # An empty page has no tree.
    return html.document_fromstring((text.strip() or "<p></p>").encode("utf-8"), parser=parser)


def _bound(text: str) -> Iterator[tuple[str, Any]]:
    for element in _tree(text).xpath("//data[@id]"):
        if _ID.fullmatch(element.get("id")):
            yield element.get("id"), element


def _told(number: Any) -> str:
    """The text around a number."""
    around = next(number.iterancestors(*_SENTENCES), number.getparent())
    row = next(number.iterancestors("tr"), around)
    if row.tag == "dd" and row.getparent().tag == "div":
        row = row.getparent()
    cells = [cell for cell in row if cell.tag in _CELLS]
    return _plain(" ".join(cell.text_content() for cell in cells) or row.text_content())


def _unbound(paragraph: Any) -> Iterator[str]:
    """The stretches of a paragraph between its bound numbers and its links to tables."""
    stretch: list[str] = []
    for part in paragraph.xpath(".//text()"):
        holder = part.getparent()
        own = holder if part.is_text else holder.getparent()
        if own is not None and _is_bound(own, paragraph):
            yield "".join(stretch)
            stretch = []
        else:
            stretch.append(part)
    yield "".join(stretch)


def _is_bound(element: Any, paragraph: Any) -> bool:
    """Whether an element within a paragraph is, or stands in, a bound number or a link."""
    while element is not None and element is not paragraph:
        is_number = element.tag == "data" and _ID.fullmatch(element.get("id", "")) is not None
        if is_number or (element.tag == "a" and element.get("href", "").startswith("#")):
            return True
        element = element.getparent()
    return False


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
