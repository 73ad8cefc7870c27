"""Pictures in a page: nothing runs, nothing is loaded, ids are their own, the drawing stays."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from efficiency._doors.graphviz import draw
from efficiency.report.page.pictures import readable, settled
from efficiency.report.plots.drawing.style import drawing, styled

OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9">'
)


def inside(drawn: str) -> str:
    """What is left of what stands in a picture."""
    return re.sub(r"^<svg[^>]*>|</svg>$", "", settled(f"{OPEN}{drawn}</svg>", "p1", "x"))


@pytest.mark.parametrize(
    ("drawn", "left"),
    [
        ("<script>alert(1)</script><g/>", "<g/>"),
        ('<g onclick="alert(1)" ONLOAD="alert(2)"/>', "<g/>"),
        ("<style>*{fill:red}</style><title>n1</title><metadata/><!-- text --><g/>", "<g/>"),
        ("<foreignObject><p>x</p></foreignObject><animate/><g/>", "<g/>"),
        ('<a xlink:href="javascript:alert(1)"><g/></a>', "<a><g/></a>"),
        ('<image xlink:href="https://example.org/x.png"/>', "<image/>"),
        ('<g fill="url(https://example.org/x)" style="fill:url(//x)"/>', "<g/>"),
        ('<image xlink:href="data:image/png;base64,AA=="/>',
         '<image href="data:image/png;base64,AA=="/>'),
    ],
)  # fmt: skip
def test_nothing_runs_and_nothing_is_loaded(drawn: str, left: str) -> None:
    assert inside(drawn) == left


def test_styles_become_attributes_and_outweigh_them() -> None:
    made = inside('<g style="fill: none; stroke-dasharray: 5,2" fill="red"/>')
    assert made == '<g fill="none" stroke-dasharray="5,2"/>'


def test_coordinates_are_rounded_and_scales_are_not() -> None:
    made = inside(
        '<path d="M 1.23456 -0.0004 \nL 100.000 7 \nz\n" transform="scale(0.015625)"/>'
        '<use x="0.999999" y="12"/>'
    )
    assert made == '<path d="M1.23 -0L100 7z" transform="scale(0.015625)"/><use x="1" y="12"/>'


def test_ids_that_are_asked_for_get_the_pictures_place() -> None:
    made = inside(
        '<g id="figure_1"><clipPath id="c"/><path id="m"/><path id="m"/><use xlink:href="#m"/>'
        '<g clip-path="url(#c)" style="mask: url(#m)"/></g>'
    )
    assert made == (
        '<g><clipPath id="p1-c"/><path id="p1-m"/><path/><use href="#p1-m"/>'
        '<g clip-path="url(#p1-c)" mask="url(#p1-m)"/></g>'
    )


def test_an_alternative_text_stays_text() -> None:
    made = settled(f"{OPEN}</svg>", "p1", "\"<x>\" & 'y'")
    assert ET.fromstring(made).get("aria-label") == "\"<x>\" & 'y'"


def test_a_picture_without_a_frame_gets_one() -> None:
    made = settled('<svg xmlns="http://www.w3.org/2000/svg" width="20pt" height="10pt"/>', "p", "")
    assert ET.fromstring(made).get("viewBox") == "0 0 20 10"


@pytest.mark.parametrize(
    ("letters", "width"),
    [
        # Letters of 10 in a frame of 700: 9 pixels ask for 630, which the column of 640 has.
        ((10, 14), None),
        # Of 5 they ask for 1260.
        ((14, 5), "1260"),
        ((), None),
    ],
)
def test_a_drawing_whose_letters_would_be_too_small_is_broad(
    letters: tuple[int, ...], width: str | None
) -> None:
    texts = "".join(f'<text font-size="{size}">t</text>' for size in letters)
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 90" height="90pt">'
    made = ET.fromstring(settled(f"{frame}{texts}</svg>", "p", ""))
    assert made.get("class") == ("broad" if width else None)
    if width:
        assert (made.get("width"), made.get("height")) == (width, None)


def test_signs_that_no_page_may_hold_are_left_out() -> None:
    """Blanks and the end of a line stay; a picture of such a name is drawn."""
    assert readable("审\x00核\x1f、\x7f签\ufffe发\uffff\t\n\r") == "审核、签发\t\n\r"
    assert inside("<text>a\x01b</text>") == "<text>ab</text>"


def test_a_drawing_by_graphviz_keeps_its_texts_and_shapes() -> None:
    before = draw('digraph { "登记" -> "转办" [label="a & <b>"] }').decode()
    after = settled(before, "p1", "x")
    shapes = re.compile(r"<(path|polygon|ellipse|text)\b")
    assert shapes.findall(after) == shapes.findall(before)
    texts = [e.text for e in ET.fromstring(after).iter() if e.tag.endswith("}text")]
    assert sorted(map(str, texts)) == ["a & <b>", "登记", "转办"]
    assert "<title" not in after


def test_a_drawing_by_matplotlib_draws_as_much_and_is_smaller() -> None:
    """As many paths and uses, each of which finds its glyph."""
    import matplotlib.pyplot as plt

    with styled():
        _, ax = plt.subplots()
        ax.plot([0, 1, 2], [1.23456, 2, 3], "o-", label="登记")
        ax.legend(title="环节")
        before = drawing(ax)
    after = settled(before, "p1", "x")
    shapes = re.compile(r"<(path|use|clipPath)\b")
    assert shapes.findall(after) == shapes.findall(before)
    ids = re.findall(r' id="([^"]+)"', after)
    asked = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', after)
    assert {a or b for a, b in asked} == set(ids)
    assert len(ids) == len(set(ids))
    assert "style" not in after
    assert len(after) < 0.85 * len(before)
