"""Where blocks stand: anchors that are each their own, headings without gaps, what folds."""

from __future__ import annotations

import pytest

from efficiency.report.blocks import Grid, Heading, Pair, Picture, Report, Text, numbered
from efficiency.report.page.outline import Outline, breadth, is_long
from reported import SVG, card, number, report


def test_each_table_and_picture_is_found_by_its_label() -> None:
    assert Outline.of(report()).places == {
        "表1": "t1", "图1": "p1", "表2": "t2", "图2": "pp1-l", "图3": "pp1-r",
        "表3": f"f-{card().finding.id}-t",
    }  # fmt: skip


def test_a_block_that_nothing_leads_to_has_no_anchor() -> None:
    (placed,) = Outline.of(Report("t", "zh", body=(Text("x"),))).layers["body"]
    assert placed.anchor == ""


def test_headings_go_down_one_by_one() -> None:
    levels = [2, 4, 6, 3, 2, 2]
    made = Outline.of(Report("t", "zh", body=tuple(Heading("x", level) for level in levels)))
    assert [placed.depth for placed in made.layers["body"]] == [2, 3, 4, 3, 2, 2]
    assert len(made.headings("body")) == 5


def test_a_finding_stands_below_the_heading_before_it() -> None:
    made = Outline.of(Report("t", "zh", annex=(Heading("x"), Heading("y", 3), card())))
    assert made.layers["annex"][2].depth == 4


def test_anchors_are_each_their_own() -> None:
    picture = Picture(SVG, "x")
    grid = Grid(("a",), (), "", (False,))
    blocks = (Heading("x"), grid, picture, Pair(picture, picture), card())
    made = Outline.of(numbered(Report("t", "zh", blocks, blocks, blocks)))
    anchors = [p.anchor for layer in made.layers.values() for p in layer]
    assert len(anchors) == len(set(anchors)) == 15


def test_the_annex_folds_and_short_tables_stand_open() -> None:
    short = Grid(("a",), (("x",),) * 8, "", (False,))
    long = Grid(("a",), (("x",),) * 9, "", (False,))
    made = Outline.of(Report("t", "zh", body=(long,), annex=(short, long)))
    assert [(p.folded, p.few) for layer in ("body", "annex") for p in made.layers[layer]] == [
        (False, False), (True, True), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "cell", "expected"),
    [(5, "x", "plain"), (6, "x", "many"), (9, "x", "many"), (10, "x", "across"),
     (8, "很长的一格" * 4, "across"), (7, "很长的一格" * 4, "many")],
)  # fmt: skip
def test_a_broad_table_lies_across_the_page(columns: int, cell: str, expected: str) -> None:
    names = tuple(map(str, range(columns)))
    assert breadth(Grid(names, ((cell,) * columns,), "", (False,) * columns)) == expected


def test_a_cell_is_as_long_as_it_is_wide() -> None:
    """A Chinese sign is as wide as two letters."""
    assert not is_long("2024-12-13 15:27")
    assert not is_long("字" * 12)
    assert is_long("字" * 13)
    assert is_long("x" * 25)
    assert is_long(number("x" * 25))
