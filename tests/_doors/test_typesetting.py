"""The door to typst: measures of a picture, text that is data, bytes that stay the same."""

from __future__ import annotations

import re
import struct

import pytest

from efficiency._doors.typesetting import pdf, png
from reported import NASTY, SVG

TEMPLATE = '#let data = json("data.json")\n#set document(title: data.name)\n#data.name'


def measures(picture: bytes) -> tuple[int, ...]:
    """Width and height as the head of a PNG tells them."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


def test_a_picture_has_its_points_to_the_inch() -> None:
    """The drawing is 240 by 120 points; an inch has 72."""
    assert measures(png(SVG)) == (1000, 500)
    assert measures(png(SVG, 72)) == (240, 120)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert png(SVG) == png(SVG)


def test_chinese_is_drawn() -> None:
    """A text that no font holds would leave the picture as it is without the text."""
    assert png(SVG) != png(SVG.replace("登记", ""))


def test_a_broken_drawing_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="SVG"):
        png("<svg")


def test_a_name_is_no_markup() -> None:
    """Else the title, a text, would have lost its signs."""
    made = pdf(TEMPLATE, {"name": "#x $y$ <z> [q] \\u{41}"}, {})
    assert rb"/Title(#x $y$ <z> [q] \\u{41})" in re.sub(rb"/Title\s+", b"/Title", made)
    assert pdf(TEMPLATE, {"name": NASTY}, {}).startswith(b"%PDF-")


def test_the_same_data_gives_the_same_bytes_and_no_day() -> None:
    made = pdf(TEMPLATE, {"name": "登记"}, {})
    assert made == pdf(TEMPLATE, {"name": "登记"}, {})
    assert b"CreationDate" not in made
    assert b"ModDate" not in made


def test_a_template_finds_its_files() -> None:
    assert b"/Page" in pdf('#image("a.svg", alt: "x")', None, {"a.svg": SVG.encode()})


def test_data_that_is_no_json_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON"):
        pdf(TEMPLATE, {"name": float("nan")}, {})
