"""Elements of a document: their names, the signs that they hold, how they are written."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from efficiency.report.word.elements import NAMES, clean, field, full, made, paragraph, run, written
from reported import NASTY

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def local(elements) -> list[str]:
    return [re.sub(r"\{.*\}", "", element.tag) for element in elements]


def test_attributes_stand_in_words_own_namespace_only_where_word_has_them() -> None:
    assert made("w:sz", val=32).attrib == {f"{W}val": "32"}
    assert made("a:ext", cx=5).attrib == {"cx": "5"}
    assert made("a:blip", **{"r:embed": "x"}).attrib == {f"{{{NAMES['r']}}}embed": "x"}


def test_what_is_none_is_left_out() -> None:
    assert local(made("w:p", None, made("w:r"), None)) == ["r"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [(0, "␀"), (8, "␈"), (11, "␋"), (12, "␌"), (13, ""), (31, "␟"), (127, "␡"), (133, "�"),
     (0xD800, "�"), (0xDFFF, "�"), (0xFFFE, "�"), (0xFFFF, "�"), (0x202E, "⟨RLO⟩")],
)  # fmt: skip
def test_signs_that_no_document_holds_are_pictured(code: int, shown: str) -> None:
    assert clean(f"登{chr(code)}记") == f"登{shown}记"


def test_all_other_signs_stay() -> None:
    text = NASTY + "\t\n\xa0é—“”、〔〕𠮷\U0010fffd"
    assert clean(text) == text


def test_a_text_comes_back_out_of_what_is_written() -> None:
    text = " two  blanks " + NASTY
    again = etree.fromstring(written(paragraph("BodyText", run(text))))
    assert "".join(again.itertext()) == text
    assert again.find(f".//{W}t").get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_breaks_and_tabs_are_elements() -> None:
    assert local(run("a\nb\tc\r\n")) == ["t", "br", "t", "tab", "t", "br"]
    assert local(run("")) == []


def test_a_run_names_its_style() -> None:
    assert local(run("a", "Label")) == ["rPr", "t"]


def test_a_field_is_opened_parted_and_closed() -> None:
    parts = field("PAGE", run("1"))
    kinds = [part[0].get(f"{W}fldCharType") for part in parts]
    assert kinds == ["begin", None, "separate", None, "end"]
    assert parts[1][0].text.strip() == "PAGE"


def test_own_properties_follow_the_style() -> None:
    properties = paragraph("Caption", run("x"), direct=(made("w:keepNext"),))[0]
    assert local(properties) == ["pStyle", "keepNext"]


def test_names_without_a_prefix_stay() -> None:
    assert full("val") == "val"
