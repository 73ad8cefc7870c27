"""The PDF: its pages and their directions, bookmarks, texts as they are, the page's measures."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache

import pytest

from efficiency.language import Language
from efficiency.report.blocks import (
    Grid,
    Heading,
    KeyFigures,
    Note,
    Paragraph,
    Picture,
    Report,
    Text,
    numbered,
)
from efficiency.report.pdf.pages import document
from reported import NASTY, SVG, card, report

WIDE_SVG = SVG.replace('width="240pt" height="120pt"', 'width="1200pt" height="300pt"')


@cache
def sample(language: Language = "zh") -> bytes:
    return document(report(language))


def directions(made: bytes) -> str:
    """A letter a page: upright or turned."""
    boxes = re.findall(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", made)
    assert len(boxes) == len(re.findall(rb"/Type/Page\b(?!s)", made))
    return "".join("u" if float(wide) < float(high) else "t" for wide, high in boxes)


def in_file(text: str) -> bytes:
    """A text of a bookmark or a description as a PDF holds it."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def pages(made: bytes) -> list[str]:
    """The text of each page, laid out, by another program."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    ran = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True
    )
    return ran.stdout.decode().split("\f")[:-1]


# --- the whole


def test_every_part_begins_a_page_and_a_wide_table_turns_its_annex() -> None:
    """Summary, contents, main text; the annex of 60 rows of 12 columns; the annex of findings."""
    assert re.fullmatch("uuut{3,5}u", directions(sample()))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert document(report()) == sample()
    assert b"CreationDate" not in sample()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_says_its_language_and_title(language: Language) -> None:
    assert f"/Lang({language})".encode() in sample(language)
    assert b"/Title" + in_file("2024年度办文效能调研报告") in sample(language)


def test_headings_and_findings_are_bookmarks() -> None:
    for text in ("一、调研基本情况", "（一）业务量", "附件三　问题清单及相关文件"):
        assert b"/Title" + in_file(text) in sample()


def test_a_picture_is_described_by_its_own_words_or_by_its_title() -> None:
    for text in ("登记之后转办的12件。", "规定流程", "实际流程"):
        assert b"/Alt" + in_file(text) in sample()


def test_an_empty_report_is_a_page_with_a_title() -> None:
    assert directions(document(Report("题", "zh"))) == "u"
    assert directions(document(Report("", "en"))) == "u"


def test_headings_alone_and_figures_alone() -> None:
    only = Report("t", "zh", body=(Heading("一、甲"),), summary=(KeyFigures(()),))
    assert directions(document(only)) == "uuu"


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_any_number_of_key_figures_stands_on_one_page(n: int) -> None:
    figures = KeyFigures(tuple((f"名{k}", (f"{k}件",)) for k in range(n)))
    assert directions(document(Report("t", "zh", summary=(figures,)))) == "u"


# --- what reads where


def test_the_page_holds_22_lines_of_28_signs() -> None:
    """As GB/T 9704-2012 has it; the first line of a paragraph is two signs in."""
    made = document(Report("题", "zh", body=(Text("办" * (28 * 22 * 2)),)))
    full = pages(made)[1].split()
    assert [len(line) for line in full if "办" in line] == [26] + [28] * 21


def test_the_contents_name_the_pages() -> None:
    contents = pages(sample())[1]
    told = pages(sample())
    lines = re.findall(r"(\S+)[ .\u2060]+(\d+)\n", contents)
    assert len(lines) == 4
    for text, page in lines:
        assert text[:3] in told[int(page) - 1]


def test_every_page_bears_its_number() -> None:
    for place, text in enumerate(pages(sample()), 1):
        assert re.search(rf"—\s?{place}\s?—", text)


def test_texts_captions_and_signatures_stand_as_they_are() -> None:
    first, _, body, *annexes = pages(sample())
    for text in ("各处室：", "摘要", "994件", "2024年，共收文994件。"):
        assert text in first
    squeezed = re.sub(r"\s+", "", body)
    for text in (NASTY, "表1时限标准达标情况", "见表1、图1。", "示例机关办公室2024年12月31日"):
        assert re.sub(r"\s+", "", text) in squeezed
    assert squeezed.index("表1时限") < squeezed.index("编号")  # above the table
    assert squeezed.index("登记12") < squeezed.index("图1办理")  # below the picture
    assert "当日拟办没有达标" in annexes[-1]
    assert "突出" in annexes[-1]


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    turned = pages(sample())[3:-1]
    assert sum(text.count("值11") for text in turned) == 60
    assert all(text.count("列11") == 1 for text in turned)


def test_an_english_report_says_no_chinese_of_its_own() -> None:
    english = Report(
        "Title", "en", summary=(Paragraph(("One.",)),),
        body=(Heading("1. One"), Grid(("a",), (("b",),), "Caption", (False,))),
        annex=(card("late"),), addressee="all offices", signed=("Office",),
    )  # fmt: skip
    read = "".join(pages(document(numbered(english)))).replace("收〔2024〕0935号", "")
    read = re.sub("收2|流水号|起算|超过小时|超时最多的文件", "", read)
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", read)
    assert "Table 1. Caption" in read
    assert "To all offices:" in read


# --- what could break the page


def test_nasty_names_everywhere() -> None:
    nasty = NASTY + "\x00\x0b\ud800 \\ ` * _ ~ @ = // /* */ 𠮷"
    everywhere = Report(
        nasty, "zh",
        summary=(KeyFigures(((nasty, (nasty,)),)),),
        body=(
            Heading(nasty), Text(nasty), Note(nasty), Paragraph((nasty,), "case"),
            Grid((nasty,) * 3, ((nasty,) * 3,) * 2, nasty, (False, True, False)),
            Picture(SVG, nasty, nasty), card(nasty),
        ),
        addressee=nasty, signed=(nasty,),
    )  # fmt: skip
    made = document(numbered(everywhere))
    assert set(directions(made)) == {"u"}


def test_a_word_without_end_stays_on_the_page() -> None:
    made = document(
        Report("t", "zh", body=(Text("x" * 200), Grid(("a",), (("y" * 99,),), "", (False,))))
    )
    body = pages(made)[1]
    assert max(map(len, re.findall("x+", body))) < 60
    assert body.count("x") == 200
    assert body.count("y") == 99


def test_a_map_that_is_too_wide_stands_on_a_page_that_is_turned() -> None:
    shown = Picture(WIDE_SVG, "流程", wide=True)
    made = document(Report("t", "zh", body=(Text("前"), shown, Text("后"))))
    assert directions(made) == "uutu"
    assert directions(document(Report("t", "zh", body=(replace(shown, wide=False),)))) == "uu"


def test_a_tall_picture_stays_on_one_page() -> None:
    tall = SVG.replace('width="240pt" height="120pt"', 'width="300pt" height="3000pt"')
    assert directions(document(Report("t", "zh", body=(Picture(tall, "高"),)))) == "uu"


def test_a_row_that_is_taller_than_a_page_goes_on() -> None:
    grid = Grid(("甲", "乙"), (("一", "长" * 4000),), "", (False, False))
    made = document(Report("t", "zh", body=(grid,)))
    assert sum(page.count("长") for page in pages(made)) == 4000
