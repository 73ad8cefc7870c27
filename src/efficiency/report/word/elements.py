"""One element of a Word document: how it is made, and which signs may stand in it."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

from efficiency._doors.signs import visible

#: An element as lxml has it.
Element: TypeAlias = Any
#: What the prefixes stand for.
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What XML 1.0 has no place for, and the controls beyond ASCII.
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGNS = {"\n": "w:br", "\t": "w:tab"}


def full(name: str) -> str:
    """
    Write a name as lxml has it.

    Examples
    --------
    >>> full("w:p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMES[prefix]}}}{local}" if prefix else local


def made(name: str, /, *parts: Element | None, **values: object) -> Element:
    """
    Make an element.

    Parameters
    ----------
    name
        With its prefix: ``w:p``.
    *parts
        What it holds, in order; None is left out.
    **values
        Its attributes; those of Word's own elements stand in Word's own namespace.

    Examples
    --------
    >>> made("w:sz", val=32).get(full("w:val"))
    '32'
    """
    element = etree.Element(full(name), nsmap=NAMES)
    prefix = "w:" if name.startswith("w:") else ""
    for key, value in values.items():
        element.set(full(key if ":" in key else prefix + key), clean(str(value)))
    element.extend(part for part in parts if part is not None)
    return element


def clean(text: str) -> str:
    r"""
    A text as a document can hold it: what nobody would see is pictured or named.

    Examples
    --------
    >>> clean("登记\x0b\x00 <i>")
    '登记␋␀ <i>'
    """
    return _UNFIT.sub("", visible(text))


def run(text: str, style: str = "") -> Element:
    """
    Make a run of text: line breaks and tabs are elements of their own.

    Parameters
    ----------
    text
        As it reads.
    style
        Of its signs; empty: that of the paragraph.

    Examples
    --------
    >>> [part.tag.partition("}")[2] for part in run("登记" + chr(10) + "转办")]
    ['t', 'br', 't']
    """
    parts = (_sign(part) for part in re.split("([\n\t])", clean(text)) if part)
    return made("w:r", _properties(style), *parts)


def _properties(style: str) -> Element | None:
    return made("w:rPr", made("w:rStyle", val=style)) if style else None


def _sign(part: str) -> Element:
    if part in _SIGNS:
        return made(_SIGNS[part])
    element = made("w:t")
    element.text = part
    element.set(_SPACE, "preserve")
    return element


def paragraph(style: str, *parts: Element, direct: tuple[Element, ...] = ()) -> Element:
    """
    Make a paragraph.

    Parameters
    ----------
    style
        The id of its style.
    *parts
        Its runs, fields and bookmarks.
    direct
        Properties of its own, in the order in which the format wants them.

    Examples
    --------
    >>> "".join(paragraph("BodyText", run("收文"), run("994")).itertext())
    '收文994'
    """
    return made("w:p", made("w:pPr", made("w:pStyle", val=style), *direct), *parts)


def field(code: str, *shown: Element) -> list[Element]:
    """
    Make a field: what it is computed from, and what it shows until then.

    Examples
    --------
    >>> "".join(part.text or "" for one in field("SEQ 表", run("1")) for part in one)
    ' SEQ 表 1'
    """
    instruction = made("w:instrText")
    instruction.text = f" {code} "
    instruction.set(_SPACE, "preserve")
    return [
        made("w:r", made("w:fldChar", fldCharType="begin")),
        made("w:r", instruction),
        made("w:r", made("w:fldChar", fldCharType="separate")),
        *shown,
        made("w:r", made("w:fldChar", fldCharType="end")),
    ]


def written(element: Element) -> bytes:
    """
    Write an element as a part of a document, with no name that it does not use.

    Examples
    --------
    >>> written(made("w:body"))[-8:]
    b'/main"/>'
    """
    etree.cleanup_namespaces(element)
    told = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    assert isinstance(told, bytes)
    return told
