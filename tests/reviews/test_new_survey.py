"""A survey added to a review folder: drafted, checked with no edit, and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from efficiency.cli import app
from efficiency.problems import SettingsError
from efficiency.reviews.new_survey import add_survey, survey_lines
from efficiency.reviews.reading.inputs import read_inputs
from small_review import letters, write_review
from surveyed import said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_review(tmp_path / "r", letters(30))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    said().to_csv(path, index=False)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_drafted_is_read_with_no_edit(folder: Path, answers: Path, language: str) -> None:
    drafted = add_survey(folder, answers, language)
    inputs = read_inputs(folder)
    assert inputs.asked.survey is not None
    assert len(inputs.asked.survey.people) == 120
    assert inputs.asked.survey.has_offices
    assert drafted["scale"].str.contains("agree").sum() == 4
    assert len(list(survey_lines(drafted, language))) >= 2


def test_a_review_has_one_survey(folder: Path, answers: Path) -> None:
    add_survey(folder, answers, "en")
    with pytest.raises(SettingsError, match="already"):
        add_survey(folder, answers, "en")


def test_a_codebook_that_stands_there_is_left_alone(folder: Path, answers: Path) -> None:
    (folder / "codebook.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"codebook\.csv"):
        add_survey(folder, answers, "en")
    assert (folder / "codebook.csv").read_text(encoding="utf-8") == "mine"


def test_the_command(folder: Path, answers: Path) -> None:
    told = CliRunner().invoke(app, ["new", str(folder), "--survey", str(answers)])
    assert told.exit_code == 0, told.output
    assert "编码表" in told.output or "codebook.csv" in told.output
    checked = CliRunner().invoke(app, ["check", str(folder)])
    assert checked.exit_code == 0, checked.output
    assert "120 answers" in checked.output
