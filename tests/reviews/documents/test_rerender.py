"""A report rendered anew from what it was told is the report, whatever became of the inputs."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from efficiency.problems import SettingsError
from efficiency.report.sheet.sheet_reading import differences
from efficiency.reviews.documents.renderings import FORMS
from efficiency.reviews.documents.rerender import rerender

NAMES = {
    "html": "report.html", "docx": "report.docx", "pdf": "report.pdf", "xlsx": "workbook.xlsx",
}  # fmt: skip


@pytest.fixture
def again(carried: Any, tmp_path: Path) -> Path:
    """A copy of the output alone: no log, no settings, no key."""
    shutil.copytree(carried.review.output, tmp_path / "again" / "output")
    return tmp_path / "again"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in (folder / "output").iterdir() if path.is_file()
    }


def parts(data: bytes, folder: Path) -> dict[str, bytes]:
    """What is in a document that is an archive."""
    (folder / "whole.zip").write_bytes(data)
    with zipfile.ZipFile(folder / "whole.zip") as whole:
        return {name: whole.read(name) for name in whole.namelist()}


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_the_same_bytes_without_the_inputs(again: Path, form: str) -> None:
    """What was made stands in the manifest with its own digest; nothing else was touched."""
    before = files(again)
    path = again / "output" / NAMES[form]
    path.unlink()
    assert rerender(again, [form]) == [path]
    assert files(again) == before


def test_the_workbook_holds_the_same_in_the_same_order(again: Path, carried: Any) -> None:
    """Texts that begin as formulas do, times, empty tables: all as they were."""
    book = again / "output" / "workbook.xlsx"
    before = book.read_bytes()
    book.unlink()
    assert rerender(again, ["xlsx"]) == [book]
    assert differences(book, carried.review.tables) == []
    names = [sorted(parts(data, again)) for data in (before, book.read_bytes())]
    assert names[0] == names[1]
    assert book.read_bytes() == before


def test_all_forms_unless_others_are_asked_for(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    module = sys.modules["efficiency.reviews.documents.rerender"]

    def rendered(*_: Any, forms: tuple[str, ...], **__: Any) -> dict[str, bytes]:
        asked.append(forms)
        return {NAMES[form]: form.encode() for form in forms}

    monkeypatch.setattr(module, "renderings", rendered)
    assert [path.name for path in rerender(again)] == [NAMES[form] for form in FORMS]
    assert [path.name for path in rerender(again, [" html", "docx "])] == [
        "report.html", "report.docx",
    ]  # fmt: skip
    assert asked == [FORMS, ("html", "docx")]
    manifest = json.loads((again / "output" / "manifest.json").read_text(encoding="utf-8"))
    for form, name in NAMES.items():
        assert manifest["outputs"][name] == hashlib.sha256(form.encode()).hexdigest()


def test_forms_that_there_are_not_are_all_named(again: Path) -> None:
    before = files(again)
    with pytest.raises(SettingsError) as caught:
        rerender(again, ["html", "odt", "md"])
    for told in ("'odt'", "'md'", "html, docx, pdf, xlsx"):
        assert told in str(caught.value)
    assert files(again) == before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"kind": "Path"}', '{"kind": "Report"}'])
def test_a_damaged_report_is_told_and_nothing_is_written(again: Path, damage: str) -> None:
    """Cut off, another file's, or of no report: the way out is said."""
    (again / "output" / "report.json").write_text(damage, encoding="utf-8")
    before = files(again)
    with pytest.raises(SettingsError) as caught:
        rerender(again, ["html"])
    (problem,) = caught.value.problems
    assert problem.text("en") == (f"report.json: is damaged; run efficiency review {again} again")
    assert files(again) == before


def test_without_output_there_is_nothing_to_render(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="has no output yet"):
        rerender(tmp_path)
