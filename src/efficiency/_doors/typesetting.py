"""The one door to typst: a drawing in and a PNG out, a template with its data in and a PDF out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from efficiency._doors.graphviz import font_folder

#: The file in which a template finds its data.
DATA = "data.json"
_DRAWING = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("drawing.svg")
"""


def png(svg: str, ppi: int = 300) -> bytes:
    """
    Turn a drawing into a picture of points on white; the same drawing gives the same bytes.

    Parameters
    ----------
    svg
        An ``<svg>`` element.
    ppi
        Points of the picture to the inch of the drawing.

    Examples
    --------
    >>> png('<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"/>')[1:4]
    b'PNG'
    """
    return _compiled(_DRAWING, {"drawing.svg": svg.encode()}, "png", ppi)


def pdf(template: str, data: Any, files: Mapping[str, bytes]) -> bytes:
    """
    Typeset a template; the same template, data and files give the same bytes.

    Parameters
    ----------
    template
        In typst's markup; it reads its data by ``json("data.json")``. No text of an office is
        pasted into it.
    data
        What it sets, as JSON has it.
    files
        The pictures that it names.

    Examples
    --------
    >>> pdf('#json("data.json").name', {"name": "#strong[登记] $x$"}, {})[:5]
    b'%PDF-'
    """
    told = json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    return _compiled(template, {**files, DATA: told}, "pdf")


def _compiled(template: str, files: Mapping[str, bytes], form: Any, ppi: int = 144) -> bytes:
    """Compile a template whose document, for bytes that stay the same, bears no date."""
    undated = f"#set document(date: none)\n{template}"
    made = _compiler().compile({"main.typ": undated.encode(), **files}, format=form, ppi=ppi)
    assert isinstance(made, bytes)  # one page of a picture, all pages of a PDF
    return made


@cache
def _compiler() -> Any:  # its stub does not know of a template with its files
    """The compiler, which knows our fonts and its own, and none of the machine's."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder())])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
