"""Pictures in a Word document: how large they stand there, and what is said of them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from efficiency.report.blocks import Picture
from efficiency.report.word.elements import NAMES, Element, made
from efficiency.report.word.paper import Room

#: Points of a picture to the inch.
PPI = 300
_EMU = 12_700
#: A process map that is so much wider than the page, and than high, stands on a page turned.
_TOO_WIDE = 1.2
#: Where in a PNG its width and height stand: after the signature, a length and a name.
_SIZE = slice(16, 24)


@dataclass
class Drawings:
    """
    The pictures of one document.

    Attributes
    ----------
    png
        Turns an ``<svg>`` element into a PNG of 300 points to the inch.
    media
        The files: name -> bytes.
    """

    png: Callable[[str], bytes]
    media: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _shown: int = 0

    def drawn(self, picture: Picture, room: Room) -> Element:
        """
        Put a picture in a line of text, as large as it was drawn or as there is room.

        Parameters
        ----------
        picture
            What it shows is said in its description and, in short, its title.
        room
            The page.
        """
        name = self._file(picture.svg)
        wide, high = _size(self.media[name])
        most = room.map_height if picture.wide else room.height
        scale = min(1.0, room.width / wide, most / high)
        extent = {"cx": round(wide * scale * _EMU), "cy": round(high * scale * _EMU)}
        self._shown += 1
        said = {"descr": picture.alt or picture.caption, "title": picture.caption}
        drawing = made(
            "wp:inline",
            made("wp:extent", **extent),
            made("wp:docPr", id=self._shown, name=name, **said),
            made("wp:cNvGraphicFramePr", made("a:graphicFrameLocks", noChangeAspect=1)),
            made("a:graphic", made("a:graphicData", _picture(name, extent), uri=NAMES["pic"])),
            distT=0, distB=0, distL=0, distR=0,
        )  # fmt: skip
        return made("w:r", made("w:drawing", drawing))

    def needs_turning(self, picture: Picture, room: Room) -> bool:
        """Tell whether a process map cannot be read on such a page."""
        if not picture.wide:
            return False
        wide, high = _size(self.media[self._file(picture.svg)])
        return wide > room.width * _TOO_WIDE and wide > high * _TOO_WIDE

    def _file(self, svg: str) -> str:
        """The file of a picture, drawn once."""
        if svg not in self._names:
            name = f"picture{len(self._names) + 1}.png"
            self._names[svg], self.media[name] = name, self.png(svg)
        return self._names[svg]


def relation(name: str) -> str:
    """
    Name the relation by which a document refers to a file.

    Examples
    --------
    >>> relation("picture1.png")
    'picture1'
    """
    return name.partition(".")[0]


def _size(png: bytes) -> tuple[float, float]:
    """Width and height of a PNG in points of a page."""
    wide, high = struct.unpack(">II", png[_SIZE])
    return wide * 72 / PPI, high * 72 / PPI


def _picture(name: str, extent: dict[str, int]) -> Element:
    shape = made("a:xfrm", made("a:off", x=0, y=0), made("a:ext", **extent))
    return made(
        "pic:pic",
        made("pic:nvPicPr", made("pic:cNvPr", id=0, name=name), made("pic:cNvPicPr")),
        made(
            "pic:blipFill",
            made("a:blip", **{"r:embed": relation(name)}),
            made("a:stretch", made("a:fillRect")),
        ),
        made("pic:spPr", shape, made("a:prstGeom", made("a:avLst"), prst="rect")),
    )
