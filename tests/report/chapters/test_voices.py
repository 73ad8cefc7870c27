"""What people say in the main text: every figure a cell, and no word of cause."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Grid, Paragraph, Picture, spans_of
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.voices import (
    asked_told,
    praised,
    reasons_told,
    sample_grid,
    staff_told,
    tell_praised,
    voices,
)
from efficiency.report.chapters.whole import tell
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from main_text import BROKEN, prose, texts
from small_review import in_language


@pytest.fixture(params=LANGUAGES)
def told(asked: Material, request: pytest.FixtureRequest) -> Material:
    return in_language(asked, request.param)


def test_issued_returned_and_valid_are_told_apart(asked: Material) -> None:
    teller = asked.teller()
    said = teller.paragraph(*asked_told(teller, asked)).text
    assert "132 questionnaires were issued and 120 came back (90.9%); 120 of them count" in said
    assert "12 interviews were held" in said


def test_without_the_number_issued_no_share_of_returns_is_told(asked: Material) -> None:
    table = asked.tables["returns"].assign(issued=None, return_share=float("nan"))
    lacking = replace(asked, tables={**asked.tables, "returns": table})
    said = lacking.teller().paragraph(*asked_told(lacking.teller(), lacking)).text
    assert "no share of returns" in said
    assert "90.9%" not in said


def test_who_answered_stands_beside_the_staff(told: Material) -> None:
    shown = sample_grid(told.teller(), told)
    assert isinstance(shown, Grid)
    assert len(shown.rows) == 2
    assert all(isinstance(cell, Bound) for row in shown.rows for cell in row[2:])
    staff = told.teller().paragraph(*staff_told(told.teller(), told)).text
    assert "240" in staff
    assert not BROKEN.search(staff)


def test_what_is_rated_well_is_sure_and_not_against_the_record(told: Material) -> None:
    rows = praised(told)
    assert set(rows["item"]) == {"A2", "A3"}
    blocks = list(tell_praised(told, Sections(told, 3)))
    assert any(isinstance(block, Picture) for block in blocks)
    said = prose(blocks)
    assert not BROKEN.search(said)
    # The question that is put the other way round is denied, not agreed to.
    assert ("否定回答" in said) or ("contrary view" in said)


def test_views_stand_in_the_theme_that_they_touch(told: Material) -> None:
    procedure = told.teller().paragraph(*voices(told, "procedure")).text
    assert "approval first" in procedure
    assert "approval first" not in told.teller().paragraph(*voices(told, "limits")).text


def test_reasons_are_views(told: Material) -> None:
    said = told.teller().paragraph(*reasons_told(told.teller(), told)).text
    assert "papers" in said
    assert "waiting" in said
    assert not BROKEN.search(said)


def test_the_whole_report_speaks_of_it_with_every_figure_bound(told: Material) -> None:
    report = tell(told)
    whole = "\n".join(texts(report.body))
    assert not BROKEN.search(whole), BROKEN.search(whole)
    for word in ("politeness", "drafts in time", "meetings"):
        assert word in whole
    from efficiency.report.numbers import numbers_in

    for block in report.body:
        if isinstance(block, Paragraph) and "politeness" in block.text:
            free = "".join(span for span in spans_of(block) if isinstance(span, str))
            free = re.sub(r"(图|Figure )\d+", "", free)
            assert not numbers_in(free), free


def test_a_review_without_people_says_nothing_of_them(
    studies: dict[Language, Material],
) -> None:
    for one in studies.values():
        assert "returns" not in one.tables
        assert list(asked_told(one.teller(), one)) == []
        assert list(tell_praised(one, Sections(one, 3))) == []
        assert list(reasons_told(one.teller(), one)) == []
