"""A small office reviewed once, and its report told once in each language."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Report
from efficiency.report.chapters.whole import tell
from efficiency.report.material import Material
from small_review import in_language, whole_review


@pytest.fixture(scope="session")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Language, Material]:
    """What the report is told from, by language."""
    told = whole_review(tmp_path_factory.mktemp("whole"))
    return {language: in_language(told, language) for language in LANGUAGES}


@pytest.fixture(scope="session")
def reports(studies: Mapping[Language, Material]) -> Mapping[Language, Report]:
    """The whole report, by language."""
    return {language: tell(told) for language, told in studies.items()}
