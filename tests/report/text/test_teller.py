"""Sentences are put together of words and cells; nothing is lost on the way."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Paragraph, Ref, Span, read
from efficiency.report.numbers import Bound, Cell
from efficiency.report.text.teller import LogWords, Teller, filled, merged

TABLES = {"overview": pd.DataFrame({"log": ["a"], "cases": [994], "open": [26]})}
WORDS = LogWords("收文办理记录", "文件", "件")
NUMBER = Bound(Cell("overview", (("log", "a"),), "cases", "count"), "994")

spans = st.lists(
    st.one_of(st.text("ab ，", max_size=3), st.just(NUMBER), st.builds(Ref, st.text("xy"))),
    max_size=8,
)


def teller(language: Language = "zh") -> Teller:
    return Teller(TABLES, language, WORDS)


def test_a_sentence_keeps_its_numbers_bound() -> None:
    one = teller()
    cases = one.cell("overview", "cases", "count", log="a")
    said = one.say("volume_kind", value="请示", cases=cases)
    assert said == ("请示", NUMBER, "件")
    assert read(said) == "请示994件"


def test_a_sentence_in_a_sentence() -> None:
    one = teller()
    part = one.say("volume_kind", value="请示", cases=NUMBER)
    whole = one.say("volume_kinds", attribute="文种", parts=one.listed([part, part]))
    assert read(whole) == "按文种分：请示994件、请示994件。"
    assert sum(isinstance(span, Bound) for span in whole) == 2


def test_what_a_log_holds_is_said_in_its_own_words() -> None:
    """Unless the sentence is given others."""
    assert teller().plain("waited_contention") == "经办人正在办理先到文件"
    assert teller().plain("waited_contention", noun="事项") == "经办人正在办理先到事项"


@pytest.mark.parametrize(
    ("hours", "day_hours", "chinese", "english"),
    [
        (15.9, 8.0, "15.9个办公小时", "15.9 working hours"),
        (16.0, 8.0, "16.0个办公小时（约2.0个工作日）",
         "16.0 working hours (about 2.0 working days)"),
        (-24.0, 7.5, "24.0个办公小时（约3.2个工作日）",
         "24.0 working hours (about 3.2 working days)"),
        (160.0, 8.0, "160个办公小时（约20个工作日）", "160 working hours (about 20 working days)"),
        (160.0, 0.0, "160个办公小时", "160 working hours"),
    ],
)  # fmt: skip
def test_many_hours_are_told_in_days_too(
    hours: float, day_hours: float, chinese: str, english: str
) -> None:
    """From 16 hours on; not where it is not known how long a day is."""
    tables = {"awaited": pd.DataFrame({"log": ["a"], "hours": [hours]})}
    zh, en = (
        Teller(tables, language, WORDS, day_hours).hours("awaited", "hours", log="a")
        for language in LANGUAGES
    )
    assert (read(zh), read(en)) == (chinese, english)
    assert {one.cell.column for one in zh if isinstance(one, Bound)} == {"hours"}


def test_hours_by_the_ten_thousand_are_told_in_days_too() -> None:
    """Each figure in its own format, both of the same cell."""
    tables = {"awaited": pd.DataFrame({"log": ["a"], "hours": [12345.0]})}
    told = Teller(tables, "zh", WORDS, 7.0).hours("awaited", "hours", "many hours", log="a")
    assert read(told) == "1.2万个办公小时（约1764个工作日）"
    assert [one.cell.format for one in told if isinstance(one, Bound)] == ["many hours", "days:7"]


def test_a_sentence_that_lacks_a_detail_is_an_error() -> None:
    with pytest.raises(KeyError, match="cases"):
        teller().say("volume_kind", value="请示")
    with pytest.raises(KeyError, match="no such"):
        teller().say("no such")


@pytest.mark.parametrize(("language", "text"), [("zh", "一。二。"), ("en", "一。 二。")])
def test_english_parts_sentences_by_a_blank(language: Language, text: str) -> None:
    """And what is empty leaves no gap."""
    told = teller(language).paragraph(("一。",), (), ("二。",))
    assert told == Paragraph((text,))
    assert teller(language).paragraph(("一。",), kind="case").kind == "case"
    assert teller(language).paragraph() == Paragraph(())


@pytest.mark.parametrize(
    ("language", "commas", "semicolons"),
    [("zh", "a、b、c", "a；b；c"), ("en", "a, b, c", "a; b; c")],
)
def test_lists_by_language(language: Language, commas: str, semicolons: str) -> None:
    one, items = teller(language), [("a",), ("b",), ("c",)]
    assert read(one.listed(items)) == commas
    assert read(one.listed(items, "semicolon")) == semicolons
    assert one.listed([]) == ()


def test_a_column_is_called_by_its_heading() -> None:
    """An attribute that has none is called as it stands in the log."""
    assert (teller("en").named("unit"), teller().named("unit")) == ("unit", "部门")
    assert teller().named("文种") == "文种"
    # As XES writes attributes of a case.
    assert [teller().named(f"case:{name}") for name in ("unit", "文种")] == ["部门", "文种"]


@given(spans)
def test_joining_loses_nothing(given_: list[Span]) -> None:
    made = merged(given_)
    assert read(made) == read(tuple(given_))
    assert [one for one in made if not isinstance(one, str)] == [
        one for one in given_ if not isinstance(one, str)
    ]
    assert not any(isinstance(a, str) and isinstance(b, str) for a, b in pairwise(made))


@given(st.lists(st.text("ab：{", max_size=4), min_size=1, max_size=4))
def test_a_filled_template_reads_as_its_parts(texts: list[str]) -> None:
    """Whatever the texts are that are filled in: braces among them stay as they are."""
    names = [f"p{at}" for at in range(len(texts))]
    template = "|".join(f"{{{name}}}" for name in names)
    assert read(filled(template, dict(zip(names, texts, strict=True)))) == "|".join(texts)


def test_nothing_is_left_where_a_detail_is_empty() -> None:
    assert filled("{a}{b}", {"a": "", "b": Ref("map")}) == (Ref("map"),)
    assert filled("no place", {}) == ("no place",)
    assert filled("{n}件", {"n": 3}) == ("3", "件")
