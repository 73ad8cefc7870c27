"""Tables: heads on every page, rows that stay whole, columns within the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from efficiency.report.blocks import Grid, KeyFigures
from efficiency.report.word.bookmarks import Bookmarks
from efficiency.report.word.elements import full
from efficiency.report.word.grids import Grids, needs_turning, texts_of
from efficiency.report.word.paper import TURNED, UPRIGHT
from reported import number

SHORT = Grid(("环节", "件数"), (("登记", "12"), ("转办", number("9"))), "题", (False, True))


def table(grid: Grid, room=UPRIGHT):
    return Grids("zh", Bookmarks()).grid(grid, room)


def rows(made) -> list[list[str]]:
    return [
        ["".join(cell.itertext()) for cell in row.iter(full("w:tc"))]
        for row in made.iter(full("w:tr"))
    ]


def widths(made) -> list[int]:
    return [int(column.get(full("w:w"))) for column in made.iter(full("w:gridCol"))]


def test_all_cells_stand_in_order() -> None:
    assert rows(table(SHORT)) == [["环节", "件数"], ["登记", "12"], ["转办", "9"]]


def test_the_heads_are_repeated_and_no_row_is_parted() -> None:
    made = table(SHORT)
    heads = [row.find(f".//{full('w:tblHeader')}") is not None for row in made.iter(full("w:tr"))]
    whole = [row.find(f".//{full('w:cantSplit')}") is not None for row in made.iter(full("w:tr"))]
    assert heads == [True, False, False]
    assert whole == [True, True, True]


def test_a_row_taller_than_half_a_page_may_be_parted() -> None:
    made = table(Grid(("甲", "乙"), (("一", "长" * 4000),), "", (False, False)))
    assert [
        row.find(f".//{full('w:cantSplit')}") is not None for row in made.iter(full("w:tr"))
    ] == [True, False]


def test_columns_of_numbers_stand_on_the_right() -> None:
    sides = [cell.find(f".//{full('w:jc')}") for cell in table(SHORT).iter(full("w:tc"))]
    assert [side is not None and side.get(full("w:val")) == "right" for side in sides] == [
        False,
        True,
    ] * 3


@pytest.mark.parametrize("room", [UPRIGHT, TURNED])
@pytest.mark.parametrize(
    "texts",
    [("甲",) * 3, ("x" * 300, "乙"), ("说明" * 99, "1,234.5", "收〔2024〕0935号"), ("a",) * 14],
)
def test_a_table_is_as_wide_as_the_text(texts, room) -> None:
    made = table(Grid(texts, (texts, texts), "", (False,) * len(texts)), room)
    assert sum(widths(made)) / 20 == pytest.approx(room.width, abs=1)
    assert made.find(f".//{full('w:tblLayout')}").get(full("w:type")) == "fixed"
    cells = [int(cell.get(full("w:w"))) for cell in made.iter(full("w:tcW"))]
    assert cells == widths(made) * 3


def test_what_a_document_is_known_by_is_not_broken() -> None:
    """Ten signs in 12 points are 120 points at most; the long text beside takes the rest."""
    made = table(
        Grid(("文号", "说明"), (("收〔2024〕0935号", "很长的说明" * 40),), "", (False, False))
    )
    assert widths(made)[0] / 20 >= 9.5 * 12


def test_a_bound_cell_has_its_bookmark() -> None:
    bound = replace(number("9"), id="n0007")
    made = table(Grid(("件数",), ((bound,),), "", (True,)))
    assert [mark.get(full("w:name")) for mark in made.iter(full("w:bookmarkStart"))] == ["n0007"]


def test_a_table_without_columns_is_none_and_without_rows_has_its_heads() -> None:
    assert table(Grid((), (), "题", ())) is None
    assert rows(table(Grid(("环节",), (), "题", (False,)))) == [["环节"]]


def test_a_wide_table_needs_a_page_that_is_turned() -> None:
    assert needs_turning(Grid(("列",) * 12, (), "", (False,) * 12), UPRIGHT)
    assert not needs_turning(SHORT, UPRIGHT)
    assert not needs_turning(Grid((), (), "", ()), UPRIGHT)


def test_hidden_signs_are_shown() -> None:
    assert texts_of(Grid(("a\x00",), ((number("9"),),), "", (True,))) == [["a␀"], ["9"]]


def test_definitions_stand_in_two_columns() -> None:
    grids = Grids("zh", Bookmarks())
    made = grids.definitions([("标准", "应当"), ("情况", "没有")], UPRIGHT)
    assert rows(made) == [["标准", "应当"], ["情况", "没有"]]
    assert grids.definitions([], UPRIGHT) is None


@pytest.mark.parametrize(("n", "shape"), [(1, [1]), (3, [3]), (5, [5]), (6, [6])])
def test_key_figures_stand_in_one_row(n: int, shape: list[int]) -> None:
    figures = KeyFigures(tuple((f"名{k}", (f"{k}件",)) for k in range(n)))
    told = rows(Grids("zh", Bookmarks()).figures(figures, UPRIGHT))
    assert [len(row) for row in told] == shape
    assert [cell for row in told for cell in row if cell] == [f"{k}件名{k}" for k in range(n)]


def test_no_key_figures_are_no_table() -> None:
    assert Grids("zh", Bookmarks()).figures(KeyFigures(()), UPRIGHT) is None
