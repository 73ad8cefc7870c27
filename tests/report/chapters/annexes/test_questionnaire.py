"""The annex on what people were asked: whole in both languages, small cells withheld."""

from __future__ import annotations

import pytest

from efficiency.language import LANGUAGES
from efficiency.report.blocks import Grid, Heading, Picture
from efficiency.report.chapters.annexes.questionnaire import tell_questionnaire
from efficiency.report.material import Material
from main_text import CHINESE, texts
from small_review import in_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there_and_nothing_is_broken(asked: Material, language: str) -> None:
    blocks = list(tell_questionnaire(in_language(asked, language)))
    assert sum(isinstance(one, Heading) for one in blocks) == 9
    assert sum(isinstance(one, Picture) for one in blocks) == 3
    said = texts(blocks)
    assert not [one for one in said if "nan" in one or "{" in one or "None," in one]
    if language == "en":
        assert not [one for one in said if CHINESE.search(one)]


def grid_of(told: Material, caption: str) -> Grid:
    grids = (one for one in tell_questionnaire(told) if isinstance(one, Grid))
    return next(one for one in grids if caption in one.caption)


def test_the_base_table_adds_up(asked: Material) -> None:
    shown = grid_of(asked, "by step")
    for row in shown.rows:
        *steps, n = (int(str(cell).replace(",", "")) for cell in row[1:])
        assert sum(steps) == n


def test_questions_are_called_by_their_names(asked: Material) -> None:
    shown = grid_of(asked, "Answers to the questions")
    assert [row[0] for row in shown.rows] == [
        "drafts in time", "politeness", "being sent away", "approval first",
        "manners",
    ]  # fmt: skip


def test_a_few_interviews_are_withheld_and_are_no_zero(asked: Material) -> None:
    """Four of twelve spoke of papers: fewer than five."""
    shown = grid_of(asked, "Codes of the interviews")
    by_code = {row[1]: row[2] for row in shown.rows}
    assert by_code["waiting"] == "8"
    assert by_code["papers"] == "…"


def test_without_people_there_is_no_annex(studies: dict[str, Material]) -> None:
    for one in studies.values():
        assert list(tell_questionnaire(one)) == []
