"""A small office reviewed once, and its report told once in each language."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import efficiency as eff
from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Report
from efficiency.report.chapters.whole import tell
from efficiency.report.material import Material
from efficiency.reviews.documents.report_material import material
from small_review import HEADS, LONG, in_language, letters, reviewed, whole_review
from surveyed import asked_review


@pytest.fixture(scope="session")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Language, Material]:
    """What the report is told from, by language."""
    told = whole_review(tmp_path_factory.mktemp("whole"))
    return {language: in_language(told, language) for language in LANGUAGES}


@pytest.fixture(scope="session")
def reports(studies: Mapping[Language, Material]) -> Mapping[Language, Report]:
    """The whole report, by language."""
    return {language: tell(told) for language, told in studies.items()}


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Language, Material]:
    """A dozen letters, none of them closed, of an office that says nothing but how it is called."""
    dozen = letters(12, 1, first="2024-04-10", draft=LONG, closing=False)
    told = reviewed(
        tmp_path_factory.mktemp("bare"), dozen, title="<script>alert(1)</script>",
        standards=HEADS[0], rules=HEADS[1],
    )  # fmt: skip
    return {language: in_language(told, language) for language in LANGUAGES}


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The small office whose people were asked."""
    return material(eff.open_review(asked_review(tmp_path_factory.mktemp("asked") / "r")))
