"""The document as python-docx and LibreOffice read it."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import zipfile
from functools import cache

import docx
import pytest
from docx.enum.section import WD_ORIENT

from efficiency.language import Language
from efficiency.report.blocks import Grid, Heading, Paragraph, Report, Text, numbered
from efficiency.report.word.document import document
from efficiency.report.word.elements import full
from reported import NASTY, card, report


def png(svg: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1000, 500)


@cache
def sample(language: Language = "zh") -> bytes:
    return document(report(language), png)


def opened(made: bytes | None = None):
    return docx.Document(io.BytesIO(made or sample()))


def styled(made, *names: str) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in made.paragraphs if p.style.name in names]


def test_headings_in_their_levels_and_order() -> None:
    assert styled(opened(), "Title", "Heading 1", "Heading 2", "Heading 3") == [
        ("Title", "2024年度办文效能调研报告"),
        ("Heading 1", "一、调研基本情况"),
        ("Heading 2", "（一）业务量"),
        ("Heading 1", "附件一\u3000资料与数据质量"),
        ("Heading 1", "附件三\u3000问题清单及相关文件"),
        ("Heading 3", "1. 当日拟办没有达标  突出 "),
    ]


def test_captions_in_their_order() -> None:
    assert [text for _, text in styled(opened(), "Caption")] == [
        "表1\u3000时限标准达标情况",
        "图1\u3000办理流程（件次）",
        "表2\u3000宽表",
        "表3\u3000超时最多的文件",
        "图2\u3000规定流程",
        "图3\u3000实际流程",
    ]


def test_what_stands_before_and_after_the_main_text() -> None:
    told = [p.text for p in opened().paragraphs]
    order = ["2024年度办文效能调研报告", "各处室：", "摘要", "2024年，共收文994件。", "目录",
             "示例机关办公室", "2024年12月31日", "附件一\u3000资料与数据质量"]  # fmt: skip
    places = [max(k for k, text in enumerate(told) if text == one) for one in order]
    assert places == sorted(places)
    assert opened().tables[0].cell(0, 0).text == "994件\n收文"


def test_pages_are_those_of_the_standard_and_turned_for_a_wide_table() -> None:
    sections = opened().sections
    assert [s.orientation for s in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    first = sections[0]
    margins = (first.top_margin, first.left_margin, first.bottom_margin, first.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 28, 35, 26]
    assert not any(s.different_first_page_header_footer for s in sections)


def test_every_page_bears_its_number_outside() -> None:
    first, *others = opened().sections
    assert opened().settings.odd_and_even_pages_header_footer
    for footer, side in ((first.footer, "right"), (first.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert line.text == "— 1 —"
        assert " PAGE " in line._p.xpath("string(.//w:instrText)")
        assert line._p.xpath("string(.//w:jc/@w:val)") == side
    assert all(one.footer.is_linked_to_previous for one in others)


def test_every_part_begins_a_page() -> None:
    """Contents, main text and the last annex but the one that is turned, which a section begins."""
    ahead = [p.text for p in opened().paragraphs if p.paragraph_format.page_break_before]
    assert ahead == ["目录", "一、调研基本情况"]
    plain = Report(
        "t", "zh", body=(Text("x"),), annex=(Heading("附件一"), Heading("附件二"), Text("y"))
    )
    assert [
        p.text
        for p in opened(document(plain, png)).paragraphs
        if p.paragraph_format.page_break_before
    ][1:] == ["x", "附件一", "附件二"]


def test_a_table_that_begins_a_page_and_one_that_ends_a_section() -> None:
    wide = Grid(("列",) * 12, (("值",) * 12,), "", (False,) * 12)
    made = opened(
        document(Report("t", "zh", (Text("s"),), (Grid(("a",), (), "", (False,)), wide)), png)
    )
    assert [s.orientation for s in made.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert [p.style.name for p in made.paragraphs if p.paragraph_format.page_break_before] == [
        "Spacer"
    ]


def test_word_is_asked_to_fill_the_fields() -> None:
    settings = zipfile.ZipFile(io.BytesIO(sample())).read("word/settings.xml").decode()
    assert 'w:updateFields w:val="true"' in settings


def test_bookmarks_are_unique_and_paired() -> None:
    body = opened().element.body
    starts, ends = ([*body.iter(full(f"w:bookmark{end}"))] for end in ("Start", "End"))
    names = [mark.get(full("w:name")) for mark in starts]
    ids = [mark.get(full("w:id")) for mark in starts]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(mark.get(full("w:id")) for mark in ends)
    assert [name for name in names if name[0] == "n"] == [f"n{k:04d}" for k in range(1, 8)]


def test_pictures_are_described() -> None:
    said = [one.get("descr") for one in opened().element.body.iter(full("wp:docPr"))]
    assert said == ["登记之后转办的12件。", "规定流程", "实际流程"]


def test_every_style_that_is_named_is_there() -> None:
    file = zipfile.ZipFile(io.BytesIO(sample()))
    there = set(re.findall(r'w:styleId="([^"]+)"', file.read("word/styles.xml").decode()))
    for part in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        used = re.findall(r'<w:[pr]Style w:val="([^"]+)"', file.read(part).decode())
        assert set(used) <= there


def test_the_same_report_gives_the_same_bytes() -> None:
    assert document(report(), png) == sample()


def test_no_macro_no_embedded_font_no_address_outside() -> None:
    file = zipfile.ZipFile(io.BytesIO(sample()))
    kinds = {name.rpartition(".")[2] for name in file.namelist()}
    assert kinds == {"xml", "rels", "png"}
    assert b'TargetMode="External"' not in file.read("word/_rels/document.xml.rels")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nasty_texts_stand_as_they_are(language: Language) -> None:
    nasty = NASTY + "\x00\x0b\ud800𠮷"
    grid = Grid((nasty,) * 2, ((nasty,) * 2,), nasty, (False, True))
    blocks = (Heading(nasty), Paragraph((nasty,), "own"), grid, card(nasty))
    made = numbered(Report(nasty, language, blocks[1:2], blocks, blocks, nasty, (nasty,)))
    again = opened(document(made, png))
    shown = NASTY + "␀␋�𠮷"
    assert again.paragraphs[0].text == shown == again.core_properties.title
    assert [p.text for p in again.paragraphs].count(shown) >= 6


def test_an_empty_report_is_a_title() -> None:
    assert [p.text for p in opened(document(Report("题", "zh"), png)).paragraphs] == ["题"]
    assert len(opened(document(Report("", "en"), png)).sections) == 1


def test_english_says_no_chinese_of_its_own() -> None:
    made = Report(
        "t", "en", (Text("a"),), (Heading("1. One"), Grid(("a",), (), "c", (False,))), (), "all"
    )
    texts = " ".join(p.text for p in opened(document(numbered(made), png)).paragraphs)
    assert texts == "t To all: Summary a Contents 1. One 1. One Table 1. c "


# --- in LibreOffice


def pages(made: bytes, folder) -> list[str]:
    """The text of each page, laid out."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("no LibreOffice on this machine")
    (folder / "a.docx").write_bytes(made)
    office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    convert = ["--convert-to", "pdf", "--outdir", folder, folder / "a.docx"]
    subprocess.run([*office, *convert], check=True, capture_output=True)
    ran = subprocess.run(
        ["pdftotext", "-layout", folder / "a.pdf", "-"], check=True, capture_output=True
    )
    return ran.stdout.decode().split("\f")[:-1]


@pytest.mark.slow
def test_the_page_holds_22_lines_of_28_signs(tmp_path) -> None:
    made = document(Report("题", "zh", body=(Text("办" * (28 * 22 * 2)),)), png)
    first, whole = ([len(line) for line in page.split() if "办" in line]
                    for page in pages(made, tmp_path)[:2])  # fmt: skip
    assert first[:2] == [26, 28]  # the title stands above, two signs are indented
    assert whole == [28] * 22


@pytest.mark.slow
def test_the_sample_in_libreoffice(tmp_path) -> None:
    told = pages(document(report(), png), tmp_path)
    assert "摘要" in told[0]
    assert "目录" in told[1]
    for place, text in enumerate(told, 1):
        assert re.search(rf"—\s?{place}\s?—", text)
    wide = [text for text in told if "值" in text]
    assert all(text.count("列0") == 1 for text in wide)
    assert sum(text.count("值0") for text in wide) == 60
