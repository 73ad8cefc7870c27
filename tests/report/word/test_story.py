"""What each block becomes: its style, its words, its captions and their fields."""

from __future__ import annotations

import struct

import pytest

from efficiency.report.blocks import (
    Grid,
    Heading,
    KeyFigures,
    Note,
    Pair,
    Paragraph,
    Picture,
    Report,
    Text,
    numbered,
)
from efficiency.report.word.elements import full
from efficiency.report.word.paper import UPRIGHT
from efficiency.report.word.story import Story
from reported import NASTY, card

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 3000, 300)
GRID = Grid(("环节",), (("登记",),), "用时", (False,))


def told(*blocks, language="zh", annexed: bool = False) -> list[tuple[str, str]]:
    """The styles and texts of what blocks become; a table has no style."""
    report = numbered(Report("t", language, body=blocks))
    story = Story.of(report, lambda svg: PNG)
    if annexed:
        story.begin_annexes()
    return [seen(part) for block in report.body for part in story.told(block, UPRIGHT)]


def seen(part) -> tuple[str, str]:
    style = part.find(f"{full('w:pPr')}/{full('w:pStyle')}")
    text = "".join(sign.text or "" for sign in part.iter(full("w:t")))
    return ("" if style is None else style.get(full("w:val")), text)


def test_headings_by_level() -> None:
    assert told(Heading("一、"), Heading("（一）", 3), Heading("1.", 4)) == [
        ("Heading1", "一、"),
        ("Heading2", "（一）"),
        ("Heading3", "1."),
    ]


@pytest.mark.parametrize(
    ("kind", "style"), [("body", "BodyText"), ("own", "BodyText"), ("case", "Case")]
)
def test_paragraphs_by_kind(kind: str, style: str) -> None:
    assert told(Paragraph((NASTY,), kind)) == [(style, NASTY)]


def test_texts_and_notes() -> None:
    assert told(Text("说明"), Note("注意")) == [("BodyText", "说明"), ("Note", "注意")]


def test_a_caption_stands_above_a_table_and_below_a_picture() -> None:
    assert told(GRID) == [("Caption", "表1\u3000用时"), ("", "环节登记"), ("Spacer", "")]
    assert told(Picture("<svg/>", "流程")) == [("Picture", ""), ("Caption", "图1\u3000流程")]
    assert told(GRID, language="en")[0] == ("Caption", "Table 1. 用时")


def test_a_caption_counts_by_itself_and_stays_with_its_table() -> None:
    report = numbered(Report("t", "zh", body=(GRID, GRID)))
    story = Story.of(report, lambda svg: PNG)
    captions = [story.told(block, UPRIGHT)[0] for block in report.body]
    codes = [code.text for caption in captions for code in caption.iter(full("w:instrText"))]
    assert codes == [" SEQ 表 \\* ARABIC "] * 2
    marks = [
        mark.get(full("w:name")) for one in captions for mark in one.iter(full("w:bookmarkStart"))
    ]
    assert marks == ["_Ref00001", "_Ref00002"]
    assert all(one.find(f".//{full('w:keepNext')}") is not None for one in captions)


def test_a_table_that_is_not_numbered_has_its_title() -> None:
    story = Story.of(Report("t", "zh"), lambda svg: PNG)
    assert seen(story.told(GRID, UPRIGHT)[0]) == ("Caption", "用时")


def test_a_pair_is_two_pictures() -> None:
    pair = Pair(Picture("<a/>", "左"), Picture("<b/>", "右"))
    assert [text for style, text in told(pair) if style == "Caption"] == [
        "图1\u3000左",
        "图2\u3000右",
    ]


def test_a_finding_is_a_heading_its_parts_and_its_rows() -> None:
    heading, parts, _, caption, rows, _ = told(card("没有达标"))
    assert heading == ("Heading3", "1. 没有达标  突出 ")
    assert parts[1].startswith("标准没有达标情况没有达标")
    assert parts[1].endswith("收〔2024〕0935号；收2")
    assert caption == ("Caption", "表1\u3000超时最多的文件")
    assert rows[1].startswith("流水号起算超过小时")


def test_parts_of_a_finding_that_say_nothing_are_left_out() -> None:
    assert [text for _, text in told(card(""))][1].startswith("相关件")


def test_key_figures_are_a_table() -> None:
    assert told(KeyFigures((("收文", ("994件",)),))) == [("", "994件收文"), ("Spacer", "")]
    assert told(KeyFigures(())) == []


def test_the_first_heading_of_the_annexes_is_marked() -> None:
    story = Story.of(Report("t", "zh"), lambda svg: PNG)
    before = story.told(Heading("一、"), UPRIGHT)[0]
    story.begin_annexes()
    parts = [before, *(story.told(Heading("附件"), UPRIGHT)[0] for _ in range(2))]
    names = [[m.get(full("w:name")) for m in part.iter(full("w:bookmarkStart"))] for part in parts]
    assert names == [["_Toc00001"], ["annexes", "_Toc00002"], ["_Toc00003"]]
    assert [entry.text for entry in story.entries] == ["一、", "附件", "附件"]


def test_what_needs_a_page_that_is_turned() -> None:
    story = Story.of(Report("t", "zh"), lambda svg: PNG)
    wide = Grid(("列",) * 12, (), "", (False,) * 12)
    chart = Picture("<svg/>", "", wide=True)
    turned = [
        story.is_turned(block)
        for block in (wide, chart, Pair(chart, chart), GRID, Text("x"), card())
    ]
    assert turned == [True, True, True, False, False, False]
