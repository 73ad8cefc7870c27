"""The report as one HTML page that opens offline and prints well."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files

import jinja2
from markupsafe import Markup

from efficiency.report.blocks import Card, Heading, Report
from efficiency.words import phrase


def render(report: Report) -> str:
    r"""
    Render a report as a self-contained page.

    Parameters
    ----------
    report
        The report; its texts are escaped, its pictures stand in the page as SVG.

    Examples
    --------
    >>> '<h2 id="c1">一、</h2>' in render(Report("t", "zh").add(Heading("一、")))
    True
    """
    language = report.language
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    source = files("efficiency.report.page").joinpath("page.html.j2").read_text(encoding="utf-8")
    chapters = [block for block in report.blocks if isinstance(block, Heading) and block.level == 2]
    page: str = environment.from_string(source).render(
        report=report,
        chapters=chapters,
        kind=lambda block: type(block).__name__,
        svg=Markup,
        say=lambda key: phrase(key, language),
        findings=[block for block in report.blocks if isinstance(block, Card)],
        footer=phrase("footer", language, version=version("efficiency")),
    )
    return page
