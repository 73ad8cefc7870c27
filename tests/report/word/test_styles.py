"""Styles: every font named four times and no theme, the sizes and lines of the standard."""

from __future__ import annotations

import re
from functools import cache

import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.word.elements import full
from efficiency.report.word.styles import font_table, styles, table_style


@cache
def named(language: Language = "zh") -> dict:
    return {
        style[0].get(full("w:val")): style
        for style in styles(language, (9.0, 10.5)).iter(full("w:style"))
    }


def value(style: str, path: str, name: str = "val", language: Language = "zh") -> str | None:
    found = named(language)[style].find("/".join(map(full, path.split("/"))))
    return None if found is None else found.get(full(f"w:{name}"))


def font(style: str, language: Language = "zh") -> str | None:
    return value(style, "w:rPr/w:rFonts", "eastAsia", language)


def test_fonts_are_those_of_an_official_document() -> None:
    told = {style: font(style) for style in ("Normal", "Title", "heading 1", "heading 2", "footer")}
    assert told == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "heading 1": "黑体",
        "heading 2": "楷体_GB2312",
        "footer": "宋体",
    }


def test_sizes_in_half_points() -> None:
    told = {
        style: value(style, "w:rPr/w:sz") for style in ("Normal", "Title", "heading 1", "footer")
    }
    assert told == {"Normal": "32", "Title": "44", "heading 1": "32", "footer": "28"}
    assert value("Table Text 10.5", "w:rPr/w:sz") == "21"


def test_lines_are_exact_and_signs_a_quarter_of_a_point_closer() -> None:
    assert value("Normal", "w:pPr/w:spacing", "line") == "579"
    assert value("Normal", "w:pPr/w:spacing", "lineRule") == "exact"
    assert value("Normal", "w:rPr/w:spacing") == "-5"
    # An exact line would cut a picture off.
    assert value("Picture", "w:pPr/w:spacing", "lineRule") == "auto"


def test_first_lines_are_set_in_by_two_signs_in_chinese_alone() -> None:
    for style in ("Body Text", "Case", "heading 1", "heading 2"):
        assert value(style, "w:pPr/w:ind", "firstLineChars") == "200"
        assert value(style, "w:pPr/w:ind", "firstLineChars", "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_style_of_paragraphs_names_its_font_four_times_and_no_theme(language) -> None:
    whole = styles(language, (9.0,))
    for fonts in whole.iter(full("w:rFonts")):
        assert {name.rpartition("}")[2] for name in fonts.attrib} == {
            "ascii",
            "hAnsi",
            "eastAsia",
            "cs",
        }
    for name, style in named(language).items():
        if style.get(full("w:type")) == "paragraph":
            assert font(name, language)


def test_english_has_one_face() -> None:
    faces = {fonts.get(full("w:ascii")) for fonts in styles("en", ()).iter(full("w:rFonts"))}
    assert faces == {"Times New Roman"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_plain_and_no_two_styles_share_one(language) -> None:
    ids = [style.get(full("w:styleId")) for style in named(language).values()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9.]+", one) for one in ids)
    based = {
        one.get(full("w:val"))
        for one in styles(language, ()).iter(full("w:basedOn"), full("w:next"))
    }
    assert based <= set(ids)


def test_headings_have_levels() -> None:
    levels = [value(f"heading {n}", "w:pPr/w:outlineLvl") for n in (1, 2, 3)]
    assert levels == ["0", "1", "2"]
    assert value("caption", "w:pPr/w:outlineLvl") is None


def test_the_style_of_a_size_is_there() -> None:
    ids = {style.get(full("w:styleId")) for style in named().values()}
    assert {table_style(9.0), table_style(10.5)} <= ids


def test_all_fonts_are_in_the_table_of_fonts() -> None:
    for language in LANGUAGES:
        used = {
            value
            for fonts in styles(language, ()).iter(full("w:rFonts"))
            for value in fonts.values()
        }
        assert used == {one.get(full("w:name")) for one in font_table(language)}
