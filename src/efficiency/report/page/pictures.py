"""A picture as it can stand in a page beside others: its own ids, no styles, no needless digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from efficiency._doors.signs import visible

#: The smallest letters that are read at a desk, and the breadth of the text, in pixels.
LEGIBLE, COLUMN = 9, 640
_SVG = "http://www.w3.org/2000/svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
#: What draws. All else is left out: scripts, styles that would hold for the whole page, metadata,
#: titles, which name things for the drawing program and show as tooltips.
_DRAWING = frozenset(
    {"svg", "g", "a", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
     "polyline", "polygon", "text", "tspan", "textPath", "image", "clipPath", "mask", "marker",
     "pattern", "linearGradient", "radialGradient", "stop"}
)  # fmt: skip
#: Coordinates, in points: a hundredth of one is not seen.
_COORDINATES = frozenset(
    {"d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry"}
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_AROUND_LETTER = re.compile(r"\s*([A-Za-z,])\s*")
_WITHIN = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
#: Matplotlib sets these by a rule for every element.
_JOINS = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def settled(svg: str, place: str, alt: str) -> str:
    """
    Make a picture fit to stand in a page.

    Parameters
    ----------
    svg
        The element.
    place
        Begins the ids of this picture, as no other's in the page.
    alt
        What it shows, for who does not see it.

    Notes
    -----
    A page that allows no inline style needs the styles as attributes. Ids that nothing refers to
    are left out.

    Examples
    --------
    >>> opened = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'
    >>> drawing = opened + '><path id="a" style="fill: red" d="M 0 1.2345"/></svg>'
    >>> drawn = settled(drawing, "p1", "线")
    >>> drawn.removeprefix(opened)
    ' role="img" aria-label="线"><path d="M0 1.23" fill="red"/></svg>'
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True,
        remove_blank_text=True, huge_tree=True,
    )  # fmt: skip
    root = etree.fromstring(readable(svg).encode("utf-8"), parser)
    for element in list(_strange(root)):
        element.getparent().remove(element)
    _share_joins(root, svg)
    for element in root.iter():
        _clean(element)
    _rename(root, place)
    _frame(root)
    root.set("role", "img")
    root.set("aria-label", visible(alt))
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode", with_tail=False))


def readable(text: str) -> str:
    r"""
    A text without the signs that neither XML nor a page may hold.

    Examples
    --------
    >>> readable("审核\x01、签发")
    '审核、签发'
    """
    return _UNREADABLE.sub("", text)


def _strange(root: Any) -> Iterator[Any]:
    for element in root.iter():
        name = etree.QName(element)
        if element is not root and not (name.namespace == _SVG and name.localname in _DRAWING):
            yield element


def _share_joins(root: Any, svg: str) -> None:
    """What a rule for every element says is said once: it is inherited."""
    if "*{stroke-linejoin: round; stroke-linecap: butt}" in svg:
        for name, value in _JOINS.items():
            root.set(name, value)


def _clean(element: Any) -> None:
    """Leave what draws, written short."""
    style = str(element.attrib.pop("style", ""))
    attributes = [(name, str(value)) for name, value in element.attrib.items()]
    element.attrib.clear()
    for name, value in attributes:
        if name in _HREFS:
            if value.startswith(("#", "data:image/")):
                element.set("href", value)
        elif not name.lower().startswith("on") and name != "class" and _is_within(value):
            element.set(name, _short(name, value))
    # A style outweighs an attribute of the same name.
    for name, value in _declared(style):
        element.set(name, value)


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if re.fullmatch(r"[a-z-]+", name.strip()) and value.strip() and _is_within(value):
            yield name.strip(), value.strip()


def _is_within(value: str) -> bool:
    """Whether it names no address outside the picture."""
    return "url(" not in _WITHIN.sub("", value).lower()


def _short(name: str, value: str) -> str:
    if name not in _COORDINATES:
        return value
    rounded = _LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
    plain = _AROUND_LETTER.sub(r"\1", rounded) if name == "d" else rounded
    return re.sub(r"\s+", " ", plain).strip()


def _rename(root: Any, place: str) -> None:
    """Keep the ids that something refers to, and begin each with the picture's place."""
    values = [str(value) for element in root.iter() for value in element.attrib.values()]
    asked = {value[1:] for value in values if value.startswith("#")}
    asked |= {found for value in values for found in _WITHIN.findall(value)}
    for element in root.iter():
        own = element.attrib.pop("id", None)
        if own in asked:
            asked.discard(own)
            element.set("id", f"{place}-{own}")
        _repoint(element, place)


def _repoint(element: Any, place: str) -> None:
    for name, value in element.attrib.items():
        if name == "href" and value.startswith("#"):
            element.set(name, f"#{place}-{value[1:]}")
        elif "url(" in value:
            element.set(name, _WITHIN.sub(rf"url(#{place}-\1)", value))


def _frame(root: Any) -> None:
    """A picture that says its size only gets the frame by which it can be made smaller."""
    sizes = [re.match(r"[\d.]+", root.get(name, "")) for name in ("width", "height")]
    if root.get("viewBox") is None and all(sizes):
        root.set("viewBox", " ".join(["0", "0", *(size[0] for size in sizes if size)]))
    least = [float(size[0]) for element in root.iter(f"{{{_SVG}}}text")
             if (size := re.match(r"[\d.]+", element.get("font-size", "")))]  # fmt: skip
    frame = [float(part) for part in root.get("viewBox", "").split()]
    if least and len(frame) == 4:
        legible = frame[2] * LEGIBLE / min(least)
        if legible > COLUMN:
            # Its letters would be too small in the column: it is scrolled there, not shrunk.
            root.set("class", "broad")
            root.set("width", f"{legible:.0f}")
            root.attrib.pop("height", None)
