"""The measures of the page, against GB/T 9704-2012 in millimetres."""

from __future__ import annotations

import pytest

from efficiency.report.word.elements import full
from efficiency.report.word.paper import PITCH, TURNED, UPRIGHT, twentieths

#: Twentieths of a point to a millimetre.
MM = 1440 / 25.4


def measures(room) -> dict[str, float]:
    """All lengths of a section in whole millimetres."""
    section = room.section()
    sides = [*section.find(full("w:pgSz")).items(), *section.find(full("w:pgMar")).items()]
    return {name.rpartition("}")[2]: round(int(n) / MM) for name, n in sides if n.isdigit()}


def test_the_page_is_that_of_an_official_document() -> None:
    told = measures(UPRIGHT)
    assert (told["w"], told["h"]) == (210, 297)
    assert (told["top"], told["right"], told["bottom"], told["left"]) == (37, 26, 35, 28)


def test_a_page_that_is_turned_is_the_same_sheet() -> None:
    told = measures(TURNED)
    assert (told["w"], told["h"]) == (297, 210)
    assert (told["top"], told["right"], told["bottom"], told["left"]) == (28, 37, 26, 35)
    assert TURNED.section().find(full("w:pgSz")).get(full("w:orient")) == "landscape"


def test_22_lines_and_28_signs_go_on_a_page_and_no_more() -> None:
    high = (297 - 37 - 35) / 25.4 * 72
    assert 22 * PITCH <= high < 23 * PITCH
    assert 28 * 15.75 <= UPRIGHT.width < 29 * 15.75


@pytest.mark.parametrize("room", [UPRIGHT, TURNED])
def test_the_page_number_stands_seven_millimetres_below_the_text(room) -> None:
    margins = room.section().find(full("w:pgMar"))
    below, bottom = (int(margins.get(full(f"w:{name}"))) for name in ("footer", "bottom"))
    assert (bottom - below) / MM == pytest.approx(7 + 16 / 72 * 25.4, abs=0.05)


def test_a_picture_takes_three_quarters_of_the_height() -> None:
    assert UPRIGHT.height == pytest.approx((297 - 37 - 35) / 25.4 * 72 * 3 / 4)


def test_twentieths() -> None:
    assert twentieths(10.5) == 210
