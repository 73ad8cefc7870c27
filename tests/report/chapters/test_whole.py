"""The report as a whole: three layers, six chapters, every number a cell, no word that is ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Grid, Heading, Paragraph, Picture, Report, Text
from efficiency.report.chapters.frame import chapter
from efficiency.report.chapters.opening import tell_opening
from efficiency.report.chapters.whole import CHAPTERS, _causes, tell
from efficiency.report.material import Material
from efficiency.report.numbers import Bound, Cell
from efficiency.report.text.own_words import Chapters, ChapterWords, OwnWords
from main_text import BROKEN, CHINESE, headings, texts
from small_review import LONG, REGISTER
from studied import chapters, found

#: What people wrote, and the cases: digits in them are no figures of the report.
NAMES = re.compile("|".join([r"\bL\d{3}\b", *(row[3] for row in REGISTER if row[3])]))
#: Digits that are no figures: dates of the study in words, numbers of annexes, tables and chapters.
PLAIN = re.compile(
    r"(?:20\d\d年)?\d+月\d+日|\d+ [A-Z][a-z]+ 20\d\d|\b28 June|[Aa]nnex \d|"
    r"(?:Table|Figure|表|图) ?\d+|chapter 6|(?:^|(?<=[.] ))\d\. |"
    r"95%|前10种|从?1?6时|（出处：[^）]*）|\(source: [^)]*\)"
)
#: Words of ours and of statistics, which no reader knows.
OURS = {
    "zh": re.compile(
        r"working|same day|elapsed|incoming|standard_id|case_id|end < start|P值|\bp\s*[<=]|"
        r"确有|由于|导致|因为|"
        r"Cliff|MOVER|\bT[123]\b|\bP[123]\b|走法|九分位|十分位|同类件的|可比件|超过时限0\.0"
    ),
    "en": re.compile(
        r"same day|incoming|standard_id|case_id|end < start|\bp\s*[<=]|because|due to|Cliff|MOVER|"
        r"\bT[123]\b|\bP[123]\b|ways through|to a degree that can be told",
        re.IGNORECASE,
    ),
}  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def report(request: pytest.FixtureRequest, reports: Mapping[Language, Report]) -> Report:
    return reports[request.param]


# --- its parts


def test_six_chapters_and_eight_annexes_in_order(report: Report) -> None:
    main = chapters(replace(report, summary=(), annex=()))
    marks = list("一二三四五六") if report.language == "zh" else list("123456")
    assert [text[0] for text in main] == marks
    annexes = chapters(replace(report, summary=(), body=()))
    if report.language == "zh":
        assert [text[:3] for text in annexes] == [f"附件{n}" for n in "一二三四五六七八"]
    else:
        assert [text[:8] for text in annexes] == [f"Annex {n}." for n in range(1, 9)]


def test_every_chapter_opens_with_a_sentence(report: Report) -> None:
    for block, following in zip(report.body, report.body[1:], strict=False):
        if isinstance(block, Heading) and block.level == 2:
            assert isinstance(following, Paragraph), block.text
            assert following.text.rstrip().endswith(("。", "."))
        if isinstance(block, Heading) and block.level == 3:
            assert not isinstance(following, Heading), block.text


def test_sections_run_without_a_gap(report: Report) -> None:
    numbers: list[list[str]] = []
    for block in report.body:
        if isinstance(block, Heading):
            if block.level == 2:
                numbers.append([])
            else:
                numbers[-1].append(re.split("[） ]", block.text)[0].strip("（"))
    for at, made in enumerate(numbers, 1):
        places = range(1, len(made) + 1)
        chinese, english = (
            ["一二三四五六七八九"[n - 1] for n in places],
            [f"{at}.{n}" for n in places],
        )
        assert made == (chinese if report.language == "zh" else english)


# --- its numbers


def by_hand(cell: Cell, tables: Mapping[str, pd.DataFrame], language: Language) -> str | None:
    """Write a cell anew, by another road; None where the format is a matter of words."""
    rows = [
        row
        for row in tables[cell.table].to_dict("records")
        if all(str(row[name]).removesuffix(" 00:00:00") == value for name, value in cell.key)
    ]
    assert len(rows) == 1, cell
    value = rows[0][cell.column]
    form, _, other = cell.format.partition(":")
    if form == "interval":
        to = "～" if language == "zh" else " to "
        return f"{100 * value:.1f}%{to}{100 * rows[0][other]:.1f}%"
    written = {
        "count": lambda: str(int(value)), "size": lambda: str(int(abs(value))),
        "percent": lambda: f"{100 * value:.1f}%", "whole percent": lambda: f"{100 * value:.0f}%",
        "points": lambda: f"{abs(100 * value):.1f}", "more": lambda: f"{100 * value - 100:.0f}%",
        "two decimals": lambda: f"{value:.2f}", "times": lambda: f"{value:.1f}",
        "hours": lambda: f"{abs(value):.1f}" if abs(value) < 100 else f"{abs(value):.0f}",
        "many hours": lambda: f"{value:.1f}" if value < 100 else f"{value:.0f}",
        "moment": lambda: value.strftime("%-m月%-d日%-H时%M分").replace("时00分", "时")
        if language == "zh" else value.strftime("%-d %B, %H:%M"),
        "date": lambda: value.strftime("%-m月%-d日" if language == "zh" else "%-d %B"),
        "text": lambda: str(value).removesuffix(" 00:00:00"),
    }  # fmt: skip
    return written[form]() if form in written else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_its_cell_written_by_hand(
    reports: Mapping[Language, Report], studies: Mapping[Language, Material], language: Language
) -> None:
    tables = studies[language].tables
    numbers = list(reports[language].numbers())
    assert len(numbers) > 60
    tried = 0
    for number in numbers:
        expected = by_hand(number.cell, tables, language)
        tried += expected is not None
        assert expected in {None, number.text}, number
    assert tried > 0.9 * len(numbers)
    assert [one.id for one in numbers] == [f"n{n:04d}" for n in range(1, len(numbers) + 1)]


def test_no_digit_of_the_main_text_is_free(report: Report) -> None:
    """But dates of the study, ordinals, numbers of annexes, and what people wrote themselves."""
    for block in (*report.summary, *report.body):
        if isinstance(block, Paragraph):
            # A bound number leaves a mark, so that nothing is read across it.
            spans = ("¤" if isinstance(span, Bound) else str(span) for span in block.spans)
            plain = PLAIN.sub("", NAMES.sub("", "".join(spans)))
            assert not re.search(r"\d", plain), plain


def test_every_table_and_picture_is_spoken_of_before_it_stands(report: Report) -> None:
    before = ""
    for block in report.body:
        if isinstance(block, Paragraph):
            before += block.text
        if isinstance(block, Grid | Picture):
            assert re.search(rf"{re.escape(block.label)}(?!\d)", before), block.caption
    labels = [b.label for b in report.blocks if isinstance(b, Grid) and b.label]
    assert len(set(labels)) == len(labels)


def test_there_are_few_tables_and_pictures_in_the_main_text(report: Report) -> None:
    assert 0 < sum(isinstance(block, Grid | Picture) for block in report.body) <= 12


# --- its words


def test_no_sentence_is_broken(report: Report) -> None:
    for text in texts((*report.summary, *report.body)):
        assert not BROKEN.search(text), text
        assert "  " not in text


def test_sentences_are_parted(report: Report) -> None:
    """English leaves a blank after a full stop."""
    for text in texts(report.body):
        assert not re.search(r"[a-z)]\.[A-Z]", text), text


def test_no_word_of_ours_stands_in_the_main_text(
    report: Report, studies: Mapping[Language, Material]
) -> None:
    """What stands in the register is people's."""
    theirs = {*studies["en"].points["measure"]}
    for text in texts((*report.summary, *report.body)):
        assert text in theirs or not OURS[report.language].search(text), text


def test_an_english_report_is_english(reports: Mapping[Language, Report]) -> None:
    """Chinese documents alone are cited as they read."""
    english = reports["en"]
    for text in texts(english.blocks):
        assert not CHINESE.search(re.sub(r"\(source: .*?\)(?=[. ]|$)", "", text)) or "“" in text, (
            text
        )


def test_a_chinese_report_is_chinese(reports: Mapping[Language, Report]) -> None:
    """Headings and captions throughout; glyphs in the pictures are checked by their warnings."""
    for block in reports["zh"].blocks:
        if isinstance(block, Heading | Text):
            assert CHINESE.search(block.text)
        if isinstance(block, Grid | Picture):
            assert CHINESE.search(block.caption)


# --- the same, and the rest


def test_the_same_study_gives_the_same_report(
    studies: Mapping[Language, Material], reports: Mapping[Language, Report]
) -> None:
    """And leaves no figure open."""
    plt.close("all")
    assert tell(studies["en"]) == reports["en"]
    assert plt.get_fignums() == []


@pytest.fixture(scope="module")
def least(bare: Mapping[Language, Material]) -> dict[Language, Report]:
    """The report of an office that says nothing, of which nothing is done."""
    return {language: tell(replace(told, notices=())) for language, told in bare.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_that_says_nothing_has_its_six_chapters(
    least: Mapping[Language, Report], language: Language
) -> None:
    made = least[language]
    test_every_chapter_opens_with_a_sentence(made)
    test_sections_run_without_a_gap(made)
    test_no_sentence_is_broken(made)
    test_no_digit_of_the_main_text_is_free(made)
    test_every_table_and_picture_is_spoken_of_before_it_stands(made)
    assert len(headings(made.body, 2)) == len(CHAPTERS)
    assert made.title == "<script>alert(1)</script>"
    assert LONG in "".join(texts(made.body))


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_speak_the_words_of_the_reader(
    bare: Mapping[Language, Material], language: Language
) -> None:
    """No name of a file, a key or a log stands in the main text; sentences have an end."""
    assert bare[language].notices
    for text in texts(tell_opening(bare[language], 1)):
        assert not re.search(r"\.toml|\.csv|closed_by|\bincoming\b", text), text


def test_what_people_sign_and_write(studies: Mapping[Language, Material]) -> None:
    words = ChapterWords(heading="Seven. Things", before=("Of {overview.incoming.cases}.",))
    own = OwnWords(
        office="Example Office", date=date(2024, 12, 31), addressee="All desks",
        chapters=Chapters(causes=words),
    )  # fmt: skip
    told = replace(studies["zh"], own=own)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("tell_basis", "tell_times", "tell_ways", "tell_procedure", "_causes"):
            patch.setattr(f"efficiency.report.chapters.whole.{name}", nothing)
        patch.setattr("efficiency.report.chapters.situation._flow", nothing)
        made = tell(told)
    assert (made.addressee, made.signed) == ("All desks", ("Example Office", "2024年12月31日"))
    at = made.body.index(Heading("Seven. Things"))
    first = made.body[at + 1]
    assert isinstance(first, Paragraph)
    assert (first.text, first.kind) == (f"Of {len(told.tables['cases'])}.", "own")


def nothing(*_: Any) -> Iterator[Any]:
    return iter(())


def test_what_goes_with_lateness_is_told_of_what_was_missed_most_first(
    studies: Mapping[Language, Material],
) -> None:
    """T1 falls short by 15 points, T3 by 30; T2 reaches its target and T4 has none."""
    told = studies["en"]
    names, shares = ["T1", "T2", "T3", "T4"], [0.75, 0.95, 0.6, 0.25]
    compliance = pd.concat([told.compliance.head(1)] * 4).assign(
        standard_id=names, share=shares, target=[0.9, 0.9, 0.9, None]
    )
    standards = pd.concat([told.standards.head(1)] * 4).assign(standard_id=names, title="t")
    clear = {"attribute": "unit", "values": 2, "n": 90, "alone": 0.1, "share": 0.2, "low": 0.1,
             "high": 0.3, "p": 1e-6}  # fmt: skip
    factors = pd.DataFrame([{"log": "incoming", "standard_id": name, **clear} for name in names])
    causes = replace(told.causes, factors=factors, trees=pd.DataFrame(columns=["standard_id", "n"]))
    made = _causes(replace(told, compliance=compliance, standards=standards, causes=causes))
    tables = [block.caption[:2] for block in made if isinstance(block, Grid)]
    assert [name for name in tables if name in names] == ["T3", "T1"]


def test_a_finding_of_a_kind_to_come_is_told(studies: Mapping[Language, Material]) -> None:
    """Two hundred of them do not make the main text longer than a few sentences more."""
    findings = tuple(
        found("opinion", theme="opinion", question=str(n), title=f"Complaint {n}")
        for n in range(200)
    )
    rows = pd.DataFrame({"id": [one.id for one in findings], "concerned": 5})
    told = studies["en"]
    told = replace(told, findings=findings, tables={**told.tables, "findings": rows})
    made = [
        block
        for place, (name, key, teller) in enumerate(CHAPTERS, 1)
        if name != "situation"
        for block in chapter(told, name, key, teller, place)
    ]
    assert len("".join(texts(made))) < 12_000
    assert len(headings(made, 2)) == 5
