"""Pictures come out right: Chinese glyphs, the same bytes, nothing said on stderr."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from efficiency._doors.graphviz import FONT, bpmn_dot, draw, font_folder, quoted

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
    code = f"from efficiency._doors.graphviz import draw; print(draw({DOT!r})[:4])"
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


# --- BPMN diagrams


KINDS = ("start", "task", "xor", "and", "or", "end")
NODES = [
    (f"n{number}", kind, "登记" if kind == "task" else "") for number, kind in enumerate(KINDS)
]
FLOWS = [(f"n{number}", f"n{number + 1}") for number in range(len(KINDS) - 1)]


def texts(dot: str) -> set[str | None]:
    """Draw, and give what can be read."""
    root = ET.fromstring(draw(dot))
    return {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}


def test_the_drawing_of_a_diagram() -> None:
    """One line a node and one a flow; quotes in a name stay part of it."""
    dot = bpmn_dot([("n0", "start", ""), ("n1", "task", 'a "b"'), ("n2", "end", "")],
                   [("n0", "n1"), ("n1", "n2")])  # fmt: skip
    assert dot.count("->") == 2
    assert r'label="a \"b\""' in dot
    assert texts(dot) == {'a "b"'}


def test_each_kind_of_node_has_its_shape() -> None:
    """Tasks are boxes, events are circles, gateways are diamonds with the sign of their kind."""
    assert texts(bpmn_dot(NODES, FLOWS)) == {"登记", "×", "+", "○"}
    shapes = re.findall(r'"(n\d)" \[.*?shape=(\w+)', bpmn_dot(NODES, FLOWS))
    assert [shape for _, shape in sorted(shapes)] == [
        "circle", "box", "diamond", "diamond", "diamond", "circle",
    ]  # fmt: skip


def test_notes_stand_under_the_name_of_their_task() -> None:
    """Line by line, on another ground; those of other names and of gateways are not drawn."""
    plain = bpmn_dot(NODES, FLOWS)
    noted = bpmn_dot(NODES, FLOWS, {"登记": ["未办 3", '"急"'], "转办": ["未办 9"], "": ["未办 7"]})
    assert texts(noted) == texts(plain) | {"未办 3", '"急"'}
    # The line of the task, which its notes break in three.
    assert len(set(noted.splitlines()) - set(plain.splitlines())) == 3
    assert len(set(plain.splitlines()) - set(noted.splitlines())) == 1
    assert bpmn_dot(NODES, FLOWS, {}) == plain


@pytest.mark.parametrize(("rankdir", "wide"), [("LR", True), ("TB", False)])
def test_a_diagram_runs_to_the_right_or_down(rankdir: str, wide: bool) -> None:
    svg = draw(bpmn_dot(NODES, FLOWS, rankdir=rankdir)).decode()
    size = re.search(r'<svg width="(\d+)pt" height="(\d+)pt"', svg)
    assert size
    assert (int(size[1]) > int(size[2])) == wide
