"""What people write in text.toml is kept as it is; what cannot be read is told all at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.problems import SettingsError
from efficiency.report.blocks import Paragraph
from efficiency.report.numbers import Bound
from efficiency.report.text.own_words import (
    FILE,
    OwnWords,
    cell_of,
    check_cells,
    own_paragraphs,
    read_own_words,
)

TABLES = {
    "compliance": pd.DataFrame(
        {
            "log": ["a", "a", "b"], "standard_id": ["T1", "T2", "T2"], "decided": [959, 4, 7],
            "share": [0.787, 0.5, 0.25], "gap": [-0.113, 0.1, 0.0],
        }
    ),
    "overview": pd.DataFrame({"log": ["a"], "cases": [994], "median_hours": [33.94]}),
    "changes": pd.DataFrame(
        {"measure": ["case"], "at": pd.to_datetime(["2024-07-01"]), "title": ["No meetings"]}
    ),
}  # fmt: skip
WHOLE = """office = "Example Office"
date = 2024-12-31
addressee = "All desks"

[chapters.basis]
heading = "I. Why this study"
before = ["To carry out the plan,", "of {overview.a.cases} letters."]
after = ["So it was."]

[themes.limits]
heading = "Limits are short"
measures = ["A desk after four"]
"""


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    own = read_own_words(tmp_path)
    assert own == OwnWords()
    assert (own.office, own.date, own.addressee) == ("", None, "")
    assert own.chapter("causes").before == ()
    assert own.theme("limits").measures == ()


def test_all_that_may_be_written(tmp_path: Path) -> None:
    own = read_own_words(written(tmp_path, WHOLE))
    assert (own.office, str(own.date), own.addressee) == (
        "Example Office", "2024-12-31", "All desks",
    )  # fmt: skip
    assert own.chapter("basis").heading == "I. Why this study"
    assert own.chapter("basis").after == ("So it was.",)
    assert own.chapter("summary").heading == ""
    assert own.theme("limits").measures == ("A desk after four",)
    assert own.theme("a theme of a later catalogue").heading == ""


def test_every_mistake_is_told_at_once_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    text = """ofice = "x"
[chapters.bassis]
before = ["x"]
[chapters.causes]
befor = ["x"]
[themes.limit]
heading = "x"
[chapters.problems]
before = "not a list"
"""
    with pytest.raises(SettingsError) as error:
        read_own_words(written(tmp_path, text))
    told = str(error.value)
    for line, wrong, nearest in (
        (1, "ofice", "office"), (2, "bassis", "basis"), (5, "befor", "before"),
        (6, "limit", "limits"), (9, "before", "not a list"),
    ):  # fmt: skip
        row = next(row for row in told.splitlines() if f"{FILE}:{line}:" in row)
        assert wrong in row
        assert nearest in row
    assert len(error.value.problems) == 5


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [
        ("compliance.T1.share", "78.7%", "share"),
        ("compliance.T1.decided", "959", "decided"),
        ("compliance.a.T2.share", "50.0%", "share"),
        ("compliance.T1.gap", "11.3", "gap"),
        ("compliance.T1.share:tenths", "eight in ten", "share"),
        ("overview.a.cases", "994", "cases"),
        ("overview.cases", "994", "cases"),
        ("overview.median_hours", "33.9", "median_hours"),
        ("changes.case.at", "1 July", "at"),
        ("changes.case.title", "No meetings", "title"),
    ],
)
def test_a_name_is_a_cell_in_the_reports_own_format(name: str, text: str, column: str) -> None:
    made = cell_of(name, TABLES, "en")
    assert (made.text, made.cell.column) == (text, column)
    assert name.startswith(made.cell.table)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("complance.T1.share", "compliance.T1.share"),
        ("compliance.T1.shar", "compliance.T1.share"),
        ("compliance.T9.share", "compliance.T1.share"),
        ("compliance.T1.share:percents", "percent"),
        ("compliance.T2.share", "compliance.T2.share"),
        ("compliance", "compliance"),
        ("", ""),
    ],
)
def test_a_name_that_is_no_cell_is_an_error_that_offers_the_nearest(
    name: str, nearest: str
) -> None:
    """T2 stands in two logs: which one is meant has to be said."""
    with pytest.raises(SettingsError) as error:
        cell_of(name, TABLES, "en")
    assert f"{FILE}" in str(error.value)
    assert nearest in str(error.value)


@pytest.mark.parametrize("name", ["changes.case.title:percent", "overview.a.cases:date"])
def test_a_format_that_does_not_fit_is_an_error(name: str) -> None:
    with pytest.raises(SettingsError):
        cell_of(name, TABLES, "en")


def test_a_paragraph_keeps_its_words_and_binds_its_cells() -> None:
    [told] = own_paragraphs(["共{overview.a.cases}件，{compliance.T1.share}。"], TABLES, "zh")
    assert told == Paragraph(told.spans, "own")
    assert told.text == "共994件，78.7%。"
    assert [span.text for span in told.spans if isinstance(span, Bound)] == ["994", "78.7%"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "plain", "<b>bold</b> & {", "95% of {} it", "a}b"])
def test_a_paragraph_without_a_cell_stays_as_it_is(text: str, language: Language) -> None:
    [told] = own_paragraphs([text], TABLES, language)
    assert told.text == text


def test_a_file_in_a_chinese_encoding_is_read_with_its_lines(tmp_path: Path) -> None:
    text = '# 说明\n[chapters.summary]\nbefore = ["办结{overview.a.case}件"]\n'
    (tmp_path / FILE).write_bytes(text.encode("gb18030"))
    own = read_own_words(tmp_path)
    assert own.chapter("summary").before == ("办结{overview.a.case}件",)
    with pytest.raises(SettingsError) as error:
        check_cells(own, TABLES, "zh", tmp_path / FILE)
    assert [problem.line for problem in error.value.problems] == [3]


def test_every_cell_is_looked_at_before_anything_is_told(tmp_path: Path) -> None:
    text = """[chapters.summary]
before = ["{overview.a.case}"]
[chapters.proposals]
after = [
  "{compliance.T1.share}",
  "{compliance.T9.share} and {overview.a.case}",
]
"""
    own = read_own_words(written(tmp_path, text))
    with pytest.raises(SettingsError) as error:
        check_cells(own, TABLES, "en", tmp_path / FILE)
    lines = [problem.line for problem in error.value.problems]
    assert lines == [2, 6]
    assert "overview.a.cases" in str(error.value)
    right = read_own_words(written(tmp_path, WHOLE))
    check_cells(right, TABLES, "en", tmp_path / FILE)
    with pytest.raises(SettingsError):  # without the file there are no lines to tell
        check_cells(own, TABLES, "zh")
