"""Numbers read back: as written, after edits by hand, and after LibreOffice has saved the file."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import pytest

from efficiency.report.blocks import Grid, Heading, Note, Paragraph, Report, Text, numbered
from efficiency.report.word.document import document
from efficiency.report.word.elements import NAMES
from efficiency.report.word.word_reading import annex_lines, loose_numbers, read_numbers, sentences
from reported import NASTY, number, report

W = f'xmlns:w="{NAMES["w"]}"'


def png(svg: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1000, 500)


@cache
def sample() -> bytes:
    return document(report(), png)


def edited(change: Callable[[str], str], made: bytes | None = None) -> bytes:
    """The document with its text changed as a text."""
    source, target = zipfile.ZipFile(io.BytesIO(made or sample())), io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = change(data.decode()).encode()
            file.writestr(name, data)
    return target.getvalue()


def bare(body: str) -> bytes:
    """A document of nothing but this text."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return target.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


START, END = '<w:bookmarkStart w:id="5" w:name="n0001"/>', '<w:bookmarkEnd w:id="5"/>'


# --- as written


def test_all_numbers_come_back() -> None:
    assert read_numbers(sample()) == {one.id: one.text for one in report().numbers()}


def test_a_file_is_read_as_its_bytes(tmp_path) -> None:
    (tmp_path / "a.docx").write_bytes(sample())
    assert (
        read_numbers(tmp_path / "a.docx")
        == read_numbers(str(tmp_path / "a.docx"))
        == read_numbers(sample())
    )


def test_sentences_are_paragraphs_rows_and_key_figures() -> None:
    told = sentences(sample())
    assert told["n0001"] == "994件 收文"
    assert told["n0003"] == "达标率为78.7%，见表1、图1。"
    assert told["n0005"] == "T2 第2项时限标准，名称比较长的一项 24"


def test_loose_numbers_are_those_of_the_main_text() -> None:
    """The year of the summary and the 1 in the nasty name; no caption, contents, annex, date."""
    in_text = [one for one in loose_numbers(sample()) if "的一项" not in one[1]]
    assert in_text == [
        ("2024", "2024年，共收文994件。"),
        ("1", f"写在前面的话：{NASTY}"),
    ]


def test_a_report_without_numbers() -> None:
    made = document(Report("2024", "zh", body=(Heading("1. 2"),)), png)
    assert read_numbers(made) == sentences(made) == {}
    assert loose_numbers(made) == []


def test_notes_and_tables_of_the_main_text_are_read_and_captions_are_not() -> None:
    grid = Grid(("环节",), (("77",),), "用时88", (False,))
    body = (Note("有12条"), Text("共3.5%，1,234件和9:30"), grid, Text("见1"))
    made = document(
        numbered(Report("t", "zh", body=body, annex=(Heading("附件1"), Text("66")))), png
    )
    assert [digits for digits, _ in loose_numbers(made)] == [
        *("12", "3.5%", "1,234", "9:30", "77", "1"),
    ]


def test_annexes_are_read_line_by_line() -> None:
    """Paragraphs, and rows once: not cell by cell; nothing of the main text."""
    grid = Grid(("环节", "件数"), (("登记", "77"),), "用时", (False, True))
    annex = (Heading("附件1"), Text("66件"), grid)
    made = document(numbered(Report("t", "zh", body=(Text("前9件"),), annex=annex)), png)
    lines = annex_lines(made)
    assert [line for line in lines if re.search(r"\d", line) and "表" not in line][-2:] == [
        "66件", "登记 77",
    ]  # fmt: skip
    assert not [line for line in lines if "前9件" in line]
    assert annex_lines(document(Report("2024", "zh", body=(Text("9"),)), png)) == []


# --- after edits


def test_an_edited_digit_is_read() -> None:
    changed = edited(lambda text: text.replace(">78.7%<", ">79.7%<"))
    assert read_numbers(changed)["n0003"] == "79.7%"
    assert sentences(changed)["n0003"] == "达标率为79.7%，见表1、图1。"


def test_a_number_typed_by_hand_is_loose() -> None:
    made = docx.Document(io.BytesIO(sample()))
    line = next(p for p in made.paragraphs if p.text.startswith("达标率"))
    line.add_run("另有26件，占3.4%。")
    made.save(stream := io.BytesIO())
    whole = "达标率为78.7%，见表1、图1。另有26件，占3.4%。"
    added = [one for one in loose_numbers(stream.getvalue()) if one not in loose_numbers(sample())]
    assert added == [("26", whole), ("3.4%", whole)]


def test_digits_beside_a_number_are_loose() -> None:
    """994 became 9945 by a digit behind the bookmark."""
    made = bare(f"<w:p>{START}{run('994')}{END}{run('5件')}</w:p>")
    assert read_numbers(made) == {"n0001": "994"}
    assert loose_numbers(made) == [("5", "9945件")]


def test_runs_that_were_split_are_one_number() -> None:
    proof = '<w:proofErr w:type="spellStart"/>'
    made = bare(
        f"<w:p>{run('共')}{START}{run('78')}{proof}{run('.')}{run('7%')}{END}{run('。')}</w:p>"
    )
    assert read_numbers(made) == {"n0001": "78.7%"}
    assert loose_numbers(made) == []


def test_what_was_deleted_under_review_is_not_read_and_what_was_inserted_is() -> None:
    gone = "<w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('4')}</w:moveFrom>"
    made = bare(f"<w:p>{START}{run('7')}{gone}{moved}<w:ins>{run('9')}</w:ins>{END}</w:p>")
    assert read_numbers(made) == {"n0001": "79"}


def test_a_number_that_was_emptied_and_one_that_is_gone() -> None:
    emptied = edited(lambda text: text.replace(">78.7%<", "><"))
    assert read_numbers(emptied)["n0003"] == ""
    gone = edited(lambda text: re.sub(r'<w:bookmarkStart [^>]*w:name="n0003"[^>]*/>', "", text))
    assert "n0003" not in read_numbers(gone)
    assert ("78.7%", "达标率为78.7%，见表1、图1。") in loose_numbers(gone)


def test_the_first_of_two_with_the_same_name_counts() -> None:
    line = f"<w:p>{START}{run('1')}{END}</w:p>"
    assert read_numbers(bare(line + line.replace(">1<", ">2<"))) == {"n0001": "1"}


def test_a_bookmark_whose_end_was_lost_ends_with_its_paragraph() -> None:
    made = bare(f"<w:p>{START}{run('12')}</w:p><w:p>{run('又34件')}</w:p>")
    assert read_numbers(made) == {"n0001": "12"}
    assert loose_numbers(made) == [("34", "又34件")]


def test_a_paragraph_parted_in_a_number() -> None:
    made = bare(f"<w:p>{START}{run('12')}</w:p><w:p>{run('34')}{END}{run('件')}</w:p>")
    assert read_numbers(made) == {"n0001": "1234"}


def test_bookmarks_of_others_are_not_numbers() -> None:
    other = START.replace("n0001", "name1")
    assert read_numbers(bare(f"<w:p>{other}{run('12')}{END}</w:p>")) == {}


def test_a_bookmark_between_paragraphs() -> None:
    made = bare(f"{START}<w:p>{run('12')}{END}{run('件')}</w:p>")
    assert (read_numbers(made), sentences(made)) == ({"n0001": "12"}, {"n0001": "12件"})


# --- what is no document


@pytest.mark.parametrize("data", [b"", b"PK", b"<html/>", bare("<w:p>"), bare("&x;")])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no Word document"):
        read_numbers(data)


def test_a_zip_of_something_else_is_refused(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as file:
        file.writestr("x", "y")
    with pytest.raises(ValueError, match=r"a\.docx is no Word document"):
        read_numbers(tmp_path / "a.docx")


# --- another program


@pytest.mark.slow
def test_numbers_survive_a_save_by_libreoffice(tmp_path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice on this machine")
    own = Paragraph(("共", number("1,234"), "件，见下。"))
    for made in (sample(), document(numbered(Report("t", "en", body=(own,))), png)):
        (tmp_path / "a.docx").write_bytes(made)
        office = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"]
        convert = ["--convert-to", "docx", "--outdir", tmp_path / "b", tmp_path / "a.docx"]
        subprocess.run([*office, *convert], check=True, capture_output=True)
        saved = tmp_path / "b" / "a.docx"
        assert read_numbers(saved) == read_numbers(made)
        assert sentences(saved) == sentences(made)
        assert loose_numbers(saved) == loose_numbers(made)
