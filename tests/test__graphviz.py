"""Pictures come out right: Chinese glyphs, the same bytes, nothing said on stderr."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from efficiency._graphviz import FONT, draw, font_folder, quoted

DOT = f'digraph {{ node [fontname="{FONT}"]; "登记" -> "转办" [label="会签 & 批示"]; }}'


def test_the_svg_is_one_element_that_stands_in_a_page() -> None:
    """No declaration, no document type, no comments that name a version."""
    svg = draw(DOT).decode("utf-8")
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.startswith("<svg")
    assert svg.rstrip().endswith("</svg>")
    assert "<!--" not in svg
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert texts == {"登记", "转办", "会签 & 批示"}


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert draw(DOT) == draw(DOT)
    assert draw(DOT, "png") == draw(DOT, "png")


def test_png() -> None:
    assert draw(DOT, "png").startswith(b"\x89PNG\r\n\x1a\n")


def test_chinese_letters_take_room() -> None:
    """In 20 points a Chinese letter is 20 points wide; without its font Graphviz guesses less."""

    def width(name: str) -> float:
        look = f'shape=box fontname="{FONT}" fontsize=20 margin=0 width=0'
        svg = draw(f'digraph {{ node [{look}]; "{name}"; }}').decode()
        match = re.search(r'<svg width="(\d+)pt"', svg)
        assert match
        return float(match[1])

    two, four = width("登记"), width("登记转办")
    assert four - two == pytest.approx(2 * 20, abs=2)


def test_the_first_drawing_says_nothing() -> None:
    """Fontconfig complains to the process's own stderr at the first drawing only."""
    code = f"from efficiency._graphviz import draw; print(draw({DOT!r})[:4])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "b'<svg'\n"
    assert done.stderr == ""


def test_stderr_is_given_back(capfd: pytest.CaptureFixture[str]) -> None:
    draw(DOT)
    os.write(2, b"still heard")
    assert "still heard" in capfd.readouterr().err


def test_the_fonts_are_there() -> None:
    assert any("Sans" in path.name for path in font_folder().glob("*.otf"))


@pytest.mark.parametrize("text", ['a "b"', "a\\", "\\N", 'back\\"slash', "<b>"])
def test_quoted_names_come_out_as_they_went_in(text: str) -> None:
    svg = draw(f"digraph {{ {quoted(text)} }}").decode()
    texts = [e.text for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [text]
