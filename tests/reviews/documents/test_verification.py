"""Every number that was changed by hand is named; what was left alone holds."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from efficiency.problems import SettingsError
from efficiency.report.blocks import Paragraph, Report
from efficiency.report.chapters.whole import tell
from efficiency.report.word.document import document
from efficiency.reviews.carry_out import review
from efficiency.reviews.documents.report_material import material
from efficiency.reviews.documents.verification import Broken, verify

module = sys.modules["efficiency.reviews.documents.verification"]
#: Of twelve letters five missed the limit; how the report says so.
SENTENCE = (
    "'answered in time': 5 of 12 cases missed it; "
    "58.3% met it, 31.7 percentage points below target."
)
PASSAGE = f"{SENTENCE} Open cases past due by 15 March 2024: 1 (annex 2)."


def bound(folder: Path, **cell: str) -> list[str]:
    """The ids of the numbers that are bound to a cell."""
    told = json.loads((folder / "output" / "numbers.json").read_text(encoding="utf-8"))
    return [name for name, one in told.items() if cell.items() <= one.items()]


@pytest.fixture(scope="module")
def now(carried: Any) -> Report:
    """What the review's office comes to, told once more."""
    return tell(material(carried.office))


@pytest.fixture
def known(carried: Any, now: Report, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the review, whose tables need not be computed again, nor be told."""
    monkeypatch.setattr(module, "open_review", lambda *_, **__: carried.office)
    monkeypatch.setattr(module, "material", lambda _: None)
    monkeypatch.setattr(module, "tell", lambda _: now)
    folder: Path = carried.folder
    return folder


@pytest.fixture
def gap(known: Path) -> str:
    """The number in the sentence that says how far below its target the limit is."""
    (name,) = bound(known, table="compliance", column="gap")
    return name


def page(folder: Path) -> str:
    return (folder / "output" / "report.html").read_text(encoding="utf-8")


def edited(text: str, name: str, said: str) -> str:
    """The page with another number in the place of one, as a person would type it."""
    changed, many = re.subn(rf'(<data id="{name}"[^>]*>)[^<]*', rf"\g<1>{said}", text)
    assert many == 1
    return changed


def typed_into(path: Path, name: str, said: str, wanted: str, to: Path) -> Path:
    """A Word document in which a number is another one, behind its bookmark."""

    def typed(text: str) -> str:
        before, mark, after = text.partition(f'w:name="{name}"')
        assert mark
        return before + mark + after.replace(said, wanted, 1)

    return rewritten(path, typed, to)


def rewritten(path: Path, change: Callable[[str], str], to: Path) -> Path:
    """A copy of a page or of a Word document with another text."""
    if path.suffix == ".html":
        to.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return to
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(to, "w") as copy:
        for part in whole.infolist():
            data = whole.read(part)
            if part.filename == "word/document.xml":
                data = change(data.decode("utf-8")).encode("utf-8")
            copy.writestr(part, data)
    return to


# --- computed anew


def test_what_was_left_alone_holds(carried: Any) -> None:
    """With every input read and every table computed again; progress goes from nothing on."""
    told: list[float] = []
    found = verify(carried.folder, progress=lambda _, share: told.append(share))
    assert found.holds
    assert (found.broken, found.loose, found.missing, found.inputs) == ((), (), (), ())
    numbers = json.loads((carried.folder / "output" / "numbers.json").read_text(encoding="utf-8"))
    cells = sum(frame.size for frame in carried.review.tables.values())
    assert found.numbers == 2 * len(numbers) + cells
    assert told
    assert told == sorted(told)


def test_another_log_breaks_what_rests_on_it_and_is_named(carried: Any, tmp_path: Path) -> None:
    """A sixth letter late: half of twelve met it, 40 points below target; twelve came in still."""
    shutil.copytree(carried.folder, tmp_path / "again")
    log = tmp_path / "again" / "letters.csv"
    text = log.read_text(encoding="utf-8")
    changed = text.replace("=05,out,back,,2024-03-04 10:30", "=05,out,back,,2024-03-04 15:30")
    assert changed != text
    log.write_text(changed, encoding="utf-8")
    report = tmp_path / "again" / "output" / "report.html"
    found = verify(tmp_path / "again", [report])
    assert found.inputs == ("letters.csv",)
    assert not found.holds
    pairs = {(one.said, one.holds) for one in found.broken if one.sentence == SENTENCE}
    assert pairs == {("5", "6"), ("58.3%", "50.0%"), ("31.7", "40.0")}
    whole = set(bound(carried.folder, table="overview", column="cases"))
    assert whole
    assert not whole & {one.place for one in found.broken}


# --- changed by hand


def test_a_number_changed_on_the_page_is_named_with_its_sentence(
    known: Path, gap: str, tmp_path: Path
) -> None:
    copy = tmp_path / "edited.html"
    copy.write_text(edited(page(known), gap, "37.1"), encoding="utf-8")
    found = verify(known, [copy])
    sentence = SENTENCE.replace("31.7", "37.1")
    assert found.broken == (Broken("edited.html", gap, "37.1", "31.7", sentence),)
    assert not found.holds
    assert (found.loose, found.missing, found.inputs) == ((), (), ())


def test_a_number_changed_in_the_word_document_is_named_with_its_sentence(
    known: Path, gap: str, tmp_path: Path
) -> None:
    pytest.importorskip("efficiency.report.word.word_reading")
    path = known / "output" / "report.docx"
    copy = typed_into(path, gap, "31.7", "37.1", tmp_path / "edited.docx")
    found = verify(known, [copy])
    sentence = SENTENCE.replace("31.7", "37.1")
    assert found.broken == (Broken("edited.docx", gap, "37.1", "31.7", sentence),)
    assert (found.loose, found.missing) == ((), ())


def test_a_cell_changed_in_the_workbook_is_named(known: Path, tmp_path: Path) -> None:
    """Saved by another program; the other sheets are as they were."""
    book = openpyxl.load_workbook(known / "output" / "workbook.xlsx")
    sheet = book["compliance"]
    (head,) = [cell for cell in sheet[1] if cell.value == "missed"]
    (cell,) = [cell for cell in sheet[head.column_letter] if cell.value == 5]
    cell.value = 6
    book.save(tmp_path / "edited.xlsx")
    found = verify(known, [tmp_path / "edited.xlsx"])
    place = f"compliance!{cell.coordinate}"
    assert found.broken == (Broken("edited.xlsx", place, "6", "5", "missed"),)
    assert found.numbers == sum(frame.size for frame in module.open_review().written().values())


def test_several_documents_are_looked_at_together(known: Path, gap: str, tmp_path: Path) -> None:
    """Each number is told of the file in which it stands."""
    for name, said in (("a.html", "1.7"), ("b.html", "31.7"), ("c.html", "3.7")):
        (tmp_path / name).write_text(edited(page(known), gap, said), encoding="utf-8")
    found = verify(known, [tmp_path / f"{name}.html" for name in "abc"])
    assert [(one.file, one.said) for one in found.broken] == [("a.html", "1.7"), ("c.html", "3.7")]
    assert found.numbers == 3 * len(bound(known))


# --- in the annexes


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_digit_changed_in_a_table_of_an_annex_is_named_with_its_row(
    known: Path, tmp_path: Path, form: str
) -> None:
    """Letter 04 came at nine, was due at eleven and done at half past three: two hours over."""

    def typed(text: str) -> str:
        before, mark, after = text.partition(">=04</")
        assert mark
        return before + mark + after.replace(">2.0<", ">3.0<", 1)

    found = verify(
        known, [rewritten(known / f"output/report.{form}", typed, tmp_path / f"a.{form}")]
    )
    row = "=04 2024-03-08 09:00 2024-03-08 11:00 2024-03-08 15:30 3.0"
    assert found.broken == (Broken(f"a.{form}", "annex", "3.0", "2.0", row),)
    assert not found.holds
    assert (found.loose, found.missing) == ((), ())


@pytest.mark.parametrize(
    ("form", "begins", "line"),
    [
        ("html", "<p>", "<p>Besides, 26 were lost.</p>"),
        ("docx", "<w:p>", "<w:p><w:r><w:t>Besides, 26 were lost.</w:t></w:r></w:p>"),
    ],
)
def test_a_line_that_people_added_to_an_annex_is_bound_to_nothing(
    known: Path, tmp_path: Path, form: str, begins: str, line: str
) -> None:
    """It breaks nothing; what stood there holds, after it as before it."""

    def typed(text: str) -> str:
        at = text.rindex(begins, 0, text.index("Nothing below was changed"))
        return text[:at] + line + text[at:]

    found = verify(
        known, [rewritten(known / f"output/report.{form}", typed, tmp_path / f"a.{form}")]
    )
    assert found.loose == ((f"a.{form}", "26", "Besides, 26 were lost."),)
    assert found.holds
    assert found.missing == ()


@pytest.mark.parametrize(
    ("form", "row"),
    [("html", r"<tr>(?:(?!</tr>).)*</tr>"), ("docx", r"<w:tr>(?:(?!</w:tr>).)*</w:tr>")],
)
def test_a_row_that_people_took_out_of_an_annex_is_told_whole(
    known: Path, tmp_path: Path, form: str, row: str
) -> None:
    """And an edited one right beside it is held against its own."""

    def typed(text: str) -> str:
        lines = [one for one in re.finditer(row, text, re.DOTALL) if ">=04</" in one[0]]
        line = next(one for one in lines if ">2.0<" in one[0])
        after = re.compile(row, re.DOTALL).search(text, line.end())
        assert after
        changed = re.sub(r">(\d\.\d)<", ">9.9<", after[0], count=1)
        return text[: line.start()] + changed + text[after.end() :]

    found = verify(
        known, [rewritten(known / f"output/report.{form}", typed, tmp_path / f"a.{form}")]
    )
    gone = "=04 2024-03-08 09:00 2024-03-08 11:00 2024-03-08 15:30 2.0"
    assert found.missing == ((f"a.{form}", "annex", gone),)
    assert [one.said for one in found.broken] == ["9.9"]


@pytest.mark.parametrize("name", ["numbers.json", "report.json"])
def test_what_documents_are_held_against_is_as_it_was_written(known: Path, name: str) -> None:
    """Blanks change nothing that is read: only the digest tells."""
    path = known / "output" / name
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    try:
        found = verify(known, [known / "output/report.html"])
    finally:
        path.write_bytes(whole)
    assert found.altered == (name,)
    assert not found.holds
    assert found.broken == ()


# --- added and left out


def test_a_number_that_people_added_is_told_with_its_paragraph(known: Path, tmp_path: Path) -> None:
    """It is bound to nothing: that breaks nothing, but the reader should know."""
    text = page(known)
    changed = text.replace("percentage points below target.", "points below target; 26 were lost.")
    assert changed != text
    copy = tmp_path / "edited.html"
    copy.write_text(changed, encoding="utf-8")
    found = verify(known, [copy])
    told = PASSAGE.replace("percentage points below target.", "points below target; 26 were lost.")
    assert found.loose == (("edited.html", "26", told),)
    assert found.holds


@pytest.mark.parametrize(
    ("form", "row"),
    [
        ("html", "<tr><td>More</td><td>777</td></tr>"),
        ("docx", "<w:tr><w:tc><w:p><w:r><w:t>More</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>777"
                 "</w:t></w:r></w:p></w:tc></w:tr>"),
    ],
)  # fmt: skip
def test_a_row_that_people_added_to_a_table_of_the_text_is_told(
    known: Path, tmp_path: Path, form: str, row: str
) -> None:
    end = "</tbody>" if form == "html" else "</w:tbl>"

    def typed(text: str) -> str:
        begin = text.index('id="body"') if form == "html" else text.index("<w:tblHeader")
        at = text.index(end, begin)
        return text[:at] + row + text[at:]

    found = verify(
        known, [rewritten(known / f"output/report.{form}", typed, tmp_path / f"a.{form}")]
    )
    assert found.loose == ((f"a.{form}", "777", "More 777"),)
    assert found.holds


def test_an_unbound_number_that_was_changed_is_told_with_its_own_sentence(
    known: Path, tmp_path: Path
) -> None:
    """Though sentences before it, which nobody touched, have the same number."""
    text = page(known)
    last = [*re.finditer(r'<p class="body">.*?(?=</p>)', text)][-1]
    path = tmp_path / "a.html"
    told = text[: last.end()] + " In all 2024, 2024." + text[last.end() :]
    path.write_text(told, encoding="utf-8")
    found = verify(known, [path]).loose
    assert [number for _, number, _ in found] == ["2024", "2024"]
    assert all(sentence.endswith("In all 2024, 2024.") for _, _, sentence in found)


def test_a_year_that_the_report_told_is_no_addition_but_once_more_it_is(
    known: Path, tmp_path: Path
) -> None:
    text = page(known)
    copy = tmp_path / "edited.html"
    copy.write_text(
        text.replace("points below target.", "points below target in 2024."), encoding="utf-8"
    )
    assert [one[1] for one in verify(known, [copy]).loose] == ["2024"]


def test_a_number_that_lost_its_place_is_told(known: Path, gap: str, tmp_path: Path) -> None:
    """Written again as mere text it is bound to nothing, and its place is empty."""
    text = re.sub(rf'<data id="{gap}"[^>]*>([^<]*)</data>', r"\1", page(known))
    (tmp_path / "edited.html").write_text(text, encoding="utf-8")
    found = verify(known, [tmp_path / "edited.html"])
    assert found.missing == (("edited.html", gap, "31.7"),)
    assert found.loose == (("edited.html", "31.7", PASSAGE),)
    assert found.broken == ()


def test_a_number_of_no_known_place_holds_nothing(known: Path, tmp_path: Path) -> None:
    text = page(known).replace(
        "points below target.", 'points below <data id="n9999">8</data> target.'
    )
    (tmp_path / "edited.html").write_text(text, encoding="utf-8")
    found = verify(known, [tmp_path / "edited.html"])
    told = SENTENCE.replace("below target", "below 8 target")
    assert found.broken == (Broken("edited.html", "n9999", "8", "", told),)


# --- what cannot be looked at


def test_without_output_there_is_nothing_to_hold(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="has no output yet"):
        verify(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        verify(tmp_path / "none")
    (problem,) = caught.value.problems
    assert problem.text("en") == f"there is no folder {tmp_path / 'none'}"


@pytest.mark.parametrize("name", ["numbers.json", "report.json"])
@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"n0001": {}}', b"\xff\xfe"])
def test_a_damaged_output_is_told_with_the_way_out(
    carried: Any, tmp_path: Path, name: str, damage: bytes
) -> None:
    """Before anything is computed; the file is named."""
    folder = tmp_path / "again"
    shutil.copytree(carried.review.output, folder / "output")
    (folder / "output" / name).write_bytes(damage)
    with pytest.raises(SettingsError) as caught:
        verify(folder)
    (problem,) = caught.value.problems
    assert problem.text("en") == f"{name}: is damaged; run efficiency review {folder} again"


def test_documents_of_others_are_refused(known: Path, tmp_path: Path) -> None:
    """They hold no number of this report: that none is wrong would say nothing."""
    strange = Report("Minutes", "en", body=(Paragraph(("12 letters were read.",)),))
    (tmp_path / "a.html").write_text("<p>12 letters were read.</p>", encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(document(strange, lambda _: b""))
    asked = [tmp_path / "a.html", tmp_path / "a.docx"]
    with pytest.raises(SettingsError) as caught:
        verify(known, [*asked, known / "output" / "report.html"])
    assert [problem.key for problem in caught.value.problems] == ["not_ours", "not_ours"]
    said = [problem.text("en") for problem in caught.value.problems]
    assert said == [f"{path} holds none of this report's numbers: it is no docx or html of it"
                    for path in asked]  # fmt: skip


def test_a_report_without_numbers_holds(tmp_path: Path) -> None:
    """Of one case without limits or rules nothing is told in numbers: it is this report still."""
    (tmp_path / "log.csv").write_text(
        "case_id,activity,end\n1,登记,2024-03-05 09:00\n1,归档,2024-03-06 09:00\n",
        encoding="utf-8",
    )
    settings = '[logs.incoming]\npath = "log.csv"\nclosed_by = ["归档"]\n'
    (tmp_path / "review.toml").write_text(f"title = '小'\n{settings}", encoding="utf-8")
    review(tmp_path, forms=("html",))
    assert json.loads((tmp_path / "output" / "numbers.json").read_text(encoding="utf-8")) == {}
    found = verify(tmp_path)
    assert (found.numbers, found.holds) == (0, True)


def test_documents_that_are_not_there_or_of_no_known_kind_are_all_named(
    known: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("12")
    asked = [tmp_path / "gone.docx", tmp_path / "notes.txt", known / "output" / "report.pdf"]
    with pytest.raises(SettingsError) as caught:
        verify(known, asked)
    assert all(str(path) in str(caught.value) for path in asked)


@pytest.mark.parametrize("data", [b"", b"no document", b"PK\x03\x04"])
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_file_that_is_no_document_is_said_to_be_none(
    known: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    """Told as a problem of the file, not as a failure of the program."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SettingsError, match=re.escape(name)) as caught:
        verify(known, [tmp_path / name])
    assert [problem.key for problem in caught.value.problems] == ["damaged_document"]


def test_a_word_document_without_text_is_said_to_be_none(known: Path, tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "12")
    (tmp_path / "a.docx").write_bytes(whole.getvalue())
    with pytest.raises(SettingsError, match=re.escape("a.docx")):
        verify(known, [tmp_path / "a.docx"])


def test_the_documents_stay_as_they_are(known: Path, gap: str, tmp_path: Path) -> None:
    copy = tmp_path / "edited.html"
    copy.write_text(edited(page(known), gap, "37.1"), encoding="utf-8")
    before = copy.read_bytes()
    output = {path: path.read_bytes() for path in (known / "output").rglob("*") if path.is_file()}
    verify(known, [copy])
    assert copy.read_bytes() == before
    assert {path: path.read_bytes() for path in output} == output
