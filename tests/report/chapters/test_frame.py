"""Every chapter has a heading, numbered sections, and what people wrote before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import pytest

from efficiency.language import Language
from efficiency.report.blocks import Block, Heading, Paragraph, Text
from efficiency.report.chapters.frame import Sections, chapter, date_words
from efficiency.report.material import Material
from efficiency.report.text.own_words import Chapters, ChapterWords, OwnWords
from studied import study

TABLES = {"overview": pd.DataFrame({"log": ["a"], "cases": [994]})}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("zh", ["（一）业务量", "（二）收文·办理流程", "（三）自己的标题"]),
        ("en", ["2.1 Volume", "2.2 Process: 收文", "2.3 自己的标题"]),
    ],
)
def test_sections_are_numbered_as_they_come(language: Language, texts: list[str]) -> None:
    sections = Sections(study(language=language), 2)
    made = [
        sections.heading("section_volume"),
        sections.heading("section_flow", "收文"),
        sections.titled("自己的标题"),
    ]
    assert made == [Heading(text, 3) for text in texts]
    assert Sections(study(language=language), 3).titled("x").text in {"（一）x", "3.1 x"}


def one(told: Material, place: int) -> Iterator[Block]:
    yield Text(f"chapter {place}")


def test_a_chapter_stands_under_its_heading() -> None:
    made = list(chapter(study(), "causes", "main_causes", one, 5))
    assert made == [Heading("5. Associations"), Text("chapter 5")]


def test_what_people_wrote_stands_around_the_chapter() -> None:
    """In their order, their heading in place of ours, their cells in the report's own format."""
    words = ChapterWords(
        heading="V. Why", before=("{overview.a.cases} letters.", "b"), after=("c",)
    )
    told = study(own=OwnWords(chapters=Chapters(causes=words)), tables=TABLES)
    head, first, second, body, last = chapter(told, "causes", "main_causes", one, 5)
    assert head == Heading("V. Why")
    assert isinstance(first, Paragraph)
    assert (first.text, first.kind) == ("994 letters.", "own")
    assert [getattr(block, "text", "") for block in (second, body, last)] == ["b", "chapter 5", "c"]
    others = list(chapter(told, "basis", "main_basis", one, 1))
    assert others == [Heading("1. About this study"), Text("chapter 1")]


@pytest.mark.parametrize(
    ("days", "chinese", "english"),
    [
        (("2024-12-31",), "2024年12月31日", "31 December 2024"),
        (("2024-01-01", "2024-12-31"), "2024年", "2024"),
        (("2023-01-01", "2024-12-31"), "2023年1月1日至2024年12月31日",
         "1 January 2023 to 31 December 2024"),
        (("2024-01-02", "2024-12-31"), "2024年1月2日至2024年12月31日",
         "2 January 2024 to 31 December 2024"),
        (("2024-02-29", "2024-02-29"), "2024年2月29日至2024年2月29日",
         "29 February 2024 to 29 February 2024"),
    ],
)  # fmt: skip
def test_spans_of_time_in_words(days: Sequence[str], chinese: str, english: str) -> None:
    assert date_words(study(language="zh"), days) == chinese
    assert date_words(study(language="en"), days) == english


@pytest.mark.parametrize(
    ("within", "chinese", "english"),
    [
        (("2024-01-01", "2024-12-31"), "12月31日", "31 December"),
        (("2023-12-31", "2024-12-31"), "2024年12月31日", "31 December 2024"),
        (("2025-01-01", "2025-12-31"), "2024年12月31日", "31 December 2024"),
    ],
)
def test_a_day_of_the_one_year_of_the_study_goes_without_it(
    within: Sequence[str], chinese: str, english: str
) -> None:
    assert date_words(study(language="zh"), ("2024-12-31",), within) == chinese
    assert date_words(study(language="en"), ("2024-12-31",), within) == english
