"""The Chinese glyphs that a page needs, inside the page."""

from __future__ import annotations

import io
import string
from base64 import b64encode
from functools import lru_cache

from fontTools import subset  # type: ignore[import-untyped, unused-ignore]

from efficiency._doors.graphviz import FONT, font_folder

_FILE = "NotoSansSC-Regular.otf"


def face(text: str) -> str:
    """
    The CSS rule that gives a page the glyphs of its characters.

    Parameters
    ----------
    text
        All that stands in the page; letters and signs of ASCII are in the font always.

    Examples
    --------
    >>> face("登记")[:42]
    '@font-face{font-family:"Noto Sans SC";src:'
    """
    characters = "".join(sorted({*text, *string.printable} - {*string.whitespace} | {" "}))
    coded = b64encode(glyphs(characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FONT}";'
        f'src:url(data:font/woff2;base64,{coded}) format("woff2");}}'
    )


@lru_cache(maxsize=4)
def glyphs(characters: str) -> bytes:
    """
    A WOFF2 font that has just these characters; the same ones give the same bytes.

    Parameters
    ----------
    characters
        One that the font does not know is left out.

    Examples
    --------
    >>> glyphs("登记")[:4]
    b'wOF2'
    """
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=["kern"],
        name_IDs=[0, 1, 2, 13, 14],  # its name, and its licence, which asks to stay
        notdef_outline=True,
    )
    made = io.BytesIO()
    with subset.load_font(str(font_folder() / _FILE), options) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(text=characters)
        chosen.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()
