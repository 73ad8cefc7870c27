"""Pictures: their size on the page, their description, one file for the same picture."""

from __future__ import annotations

import struct

import pytest

from efficiency.report.blocks import Picture
from efficiency.report.word.drawings import Drawings, relation
from efficiency.report.word.elements import NAMES, full
from efficiency.report.word.paper import TURNED, UPRIGHT

#: Of Word's measures to an inch.
INCH = 914_400


def drawings(wide: int, high: int) -> Drawings:
    """So many points wide and high, 300 to the inch."""
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", wide, high)
    return Drawings(lambda svg: head)


def extent(wide: int, high: int, room=UPRIGHT) -> tuple[float, float]:
    """Width and height on the page in inches."""
    made = drawings(wide, high).drawn(Picture("<svg/>", ""), room).find(f".//{full('wp:extent')}")
    return int(made.get("cx")) / INCH, int(made.get("cy")) / INCH


def test_a_small_picture_is_as_large_as_it_was_drawn() -> None:
    assert extent(600, 300) == (2, 1)


def test_a_wide_picture_fills_the_width() -> None:
    wide, high = extent(6000, 1500)
    assert wide * 25.4 == pytest.approx(156, abs=0.1)
    assert wide / high == pytest.approx(4, rel=1e-3)


def test_a_tall_picture_takes_three_quarters_of_the_height() -> None:
    assert extent(600, 9000)[1] * 25.4 == pytest.approx(0.75 * 225, abs=0.1)
    assert extent(600, 9000, TURNED)[1] * 25.4 == pytest.approx(0.75 * 156, abs=0.1)


def test_a_picture_is_described_by_its_own_words_or_its_title() -> None:
    drawn = drawings(9, 9)
    for picture, said in (
        (Picture("<svg/>", "题", "说明 & \x00<"), "说明 & ␀<"),
        (Picture("<svg/>", "题"), "题"),
    ):
        about = drawn.drawn(picture, UPRIGHT).find(f".//{full('wp:docPr')}")
        assert (about.get("descr"), about.get("title")) == (said, "题")


def test_the_same_picture_is_one_file_and_every_showing_has_its_number() -> None:
    drawn = drawings(9, 9)
    made = [drawn.drawn(Picture(svg, ""), UPRIGHT) for svg in ("<a/>", "<b/>", "<a/>")]
    assert [*drawn.media] == ["picture1.png", "picture2.png"]
    assert [one.find(f".//{full('wp:docPr')}").get("id") for one in made] == ["1", "2", "3"]
    embed = f"{{{NAMES['r']}}}embed"
    shown = [one.find(f".//{full('a:blip')}").get(embed) for one in made]
    assert shown == [relation(name) for name in ("picture1.png", "picture2.png", "picture1.png")]


@pytest.mark.parametrize(
    ("wide", "high", "is_map", "turned"),
    [
        (3000, 900, True, True),
        (3000, 900, False, False),
        (1500, 900, True, False),
        (3000, 2900, True, False),
    ],
)
def test_a_map_too_wide_to_be_read_is_turned(wide, high, is_map, turned) -> None:
    """The text is 156 mm wide, 1,842 points; a fifth more is 2,211."""
    assert drawings(wide, high).needs_turning(Picture("<svg/>", "", wide=is_map), UPRIGHT) is turned
