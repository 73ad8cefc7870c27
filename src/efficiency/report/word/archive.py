"""The file of a document: its parts, what they are, and how they refer to one another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from efficiency.report.word.drawings import relation
from efficiency.report.word.elements import Element, written

#: All files of an archive bear this date, and the document too: the same report, the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_WRITTEN = "2000-01-01T00:00:00Z"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The parts beside the text: name -> the kind of part and of relation.
_PARTS = {"styles": "styles", "settings": "settings", "fontTable": "fontTable"}


@dataclass(frozen=True)
class Sheet:
    """
    What a document says of itself.

    Attributes
    ----------
    title, author, language
        Texts; the author may be empty.
    """

    title: str
    author: str
    language: str


def archive(
    text: Element,
    parts: Mapping[str, Element],
    footers: Mapping[str, Element],
    media: Mapping[str, bytes],
    sheet: Sheet,
) -> bytes:
    """
    Pack a document; the same parts give the same bytes.

    Parameters
    ----------
    text
        The main part.
    parts
        ``styles``, ``settings`` and ``fontTable``.
    footers
        By the name by which the text refers to them.
    media
        The pictures by file name.
    sheet
        What it says of itself.
    """
    files = {
        "[Content_Types].xml": _types([*parts], [*footers]),
        "_rels/.rels": _relations(_OUTER),
        "docProps/core.xml": _core(sheet),
        "word/document.xml": written(text),
        "word/_rels/document.xml.rels": _relations(_inner([*parts], [*footers], [*media])),
        **{f"word/{name}.xml": written(part) for name, part in {**parts, **footers}.items()},
        **{f"word/media/{name}": data for name, data in media.items()},
    }
    return _packed(files)


def _packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            # As if made on one system, whichever it is.
            info.create_system = 0
            is_small = name.endswith(".png")
            info.compress_type = zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
    return stream.getvalue()


_OUTER = {
    "document": (f"{_OFFICE}/officeDocument", "word/document.xml"),
    "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
}


def _inner(parts: list[str], footers: list[str], media: list[str]) -> dict[str, tuple[str, str]]:
    """What the text refers to: name -> kind and file."""
    kinds = {**{name: name for name in parts}, **dict.fromkeys(footers, "footer")}
    return {
        **{name: (f"{_OFFICE}/{kind}", f"{name}.xml") for name, kind in kinds.items()},
        **{relation(name): (f"{_OFFICE}/image", f"media/{name}") for name in media},
    }


def _relations(relations: Mapping[str, tuple[str, str]]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    top = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for name, (kind, target) in relations.items():
        etree.SubElement(top, f"{{{space}}}Relationship", Id=name, Type=kind, Target=target)
    return written(top)


def _types(parts: list[str], footers: list[str]) -> bytes:
    space = f"{_PACKAGE}/content-types"
    top = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    for extension, kind in defaults.items():
        etree.SubElement(top, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    kinds = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_WORD}.document.main+xml",
        **{f"/word/{name}.xml": f"{_WORD}.{name}+xml" for name in parts},
        **{f"/word/{name}.xml": f"{_WORD}.footer+xml" for name in footers},
    }
    for name, kind in kinds.items():
        etree.SubElement(top, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return written(top)


def _core(sheet: Sheet) -> bytes:
    """The title, who made it, and dates that never change."""
    spaces = {
        "cp": f"{_PACKAGE}/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    top = etree.Element(f"{{{spaces['cp']}}}coreProperties", nsmap=spaces)
    for name, text in (
        ("title", sheet.title),
        ("creator", sheet.author),
        ("language", sheet.language),
    ):
        etree.SubElement(top, f"{{{spaces['dc']}}}{name}").text = text
    for name in ("created", "modified"):
        date = etree.SubElement(top, f"{{{spaces['dcterms']}}}{name}")
        date.set(f"{{{spaces['xsi']}}}type", "dcterms:W3CDTF")
        date.text = _WRITTEN
    return written(top)
