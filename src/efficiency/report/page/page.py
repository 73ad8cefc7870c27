"""The report as one HTML page that opens offline, is read by anyone, and prints well."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import jinja2
from markupsafe import Markup

from efficiency._doors.signs import visible
from efficiency.language import of, semicolon
from efficiency.report.blocks import Picture, Report, read
from efficiency.report.numbers import Bound
from efficiency.report.page.fonts import face
from efficiency.report.page.glyphs import shared
from efficiency.report.page.outline import Outline, breadth, is_long
from efficiency.report.page.pictures import readable, settled
from efficiency.words import phrase

_LANGS = ("zh-CN", "en")
#: Between the label of a table and its title.
_GAPS = ("\u3000", ". ")


def render(report: Report) -> str:
    """
    Render a report as a self-contained page.

    Parameters
    ----------
    report
        The report; its texts are escaped, its pictures stand in the page as SVG.

    Notes
    -----
    The page's policy lets its own script and style run, by their digests, and nothing else; it
    asks no address for anything. Each bound number is a ``data`` element with the number's id.

    Examples
    --------
    >>> from efficiency.report.blocks import Heading
    >>> '<h2 id="h1">一、</h2>' in render(Report("t", "zh", body=(Heading("一、"),)))
    True
    """
    language = report.language
    outline = Outline.of(report)
    page: str = _template().render(
        report=report,
        outline=outline,
        places=outline.places,
        say=lambda key, **details: phrase(key, language, **details),
        lang=of(_LANGS, language),
        gap=of(_GAPS, language),
        semicolon=semicolon(language),
        footer=phrase("footer", language, version=version("efficiency")),
        script=Markup(_file("page.js")),  # noqa: S704 (the package's own file)
        **_HELPERS,
    )
    return shared(readable(visible(page.lstrip())))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_file("page.html.j2"))


@cache
def _file(name: str) -> str:
    return files("efficiency.report.page").joinpath(name).read_text(encoding="utf-8")


def _svg(picture: Picture, place: str) -> Markup:
    return _drawn(picture, picture.svg, place)


def _drawn(picture: Picture, svg: str, place: str) -> Markup:
    """One of a picture's drawings."""
    alt = picture.alt or picture.caption or picture.label
    return Markup(settled(svg, place, alt))  # noqa: S704 (only what draws is left in it)


def _styled(text: str) -> Markup:
    """The page's style with the glyphs of its text."""
    style = _file("page.css")
    return Markup(f"{face(text + style)}\n{style}")  # noqa: S704 (the package's own file)


def _policy(style: str, script: str) -> Markup:
    """What the page allows itself."""
    return Markup(  # noqa: S704 (digests)
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}"


def _source(number: Bound) -> str:
    """Where a number stands, in words that a table's reader knows."""
    key = ", ".join(f"{name}={value}" for name, value in number.cell.key)
    return " · ".join(part for part in (number.cell.table, key, number.cell.column) if part)


_HELPERS = {
    "svg": _svg,
    "drawn": _drawn,
    "styled": _styled,
    "policy": _policy,
    "source": _source,
    "read": read,
    "is_long": is_long,
    "breadth": breadth,
}
