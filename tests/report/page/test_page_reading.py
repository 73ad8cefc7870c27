"""What is read back out of a page is what the report put in, and what people changed in it."""

from __future__ import annotations

import pytest

from efficiency.report.blocks import Grid, KeyFigures, Paragraph, Report, numbered
from efficiency.report.page import page as page_module
from efficiency.report.page.page import render
from efficiency.report.page.page_reading import annex_lines, loose_numbers, read_numbers, sentences
from reported import number, report


@pytest.fixture(autouse=True)
def _plain_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "face", lambda _: "")


def test_all_numbers_come_back() -> None:
    made = report()
    assert read_numbers(render(made)) == {one.id: one.text for one in made.numbers()}


def test_each_stands_in_its_sentence() -> None:
    assert sentences(render(report())) == {
        "n0001": "收文 994件",
        "n0002": "2024年，共收文994件。",
        "n0003": "达标率为78.7%，见表1、图1。",
        "n0004": "T1 第1项时限标准，名称比较长的一项 14",
        "n0005": "T2 第2项时限标准，名称比较长的一项 24",
        "n0006": "T3 第3项时限标准，名称比较长的一项 34",
        "n0007": "典型案例：超过时限21.3小时。",
    }


@pytest.mark.parametrize("text", ["<b>9</b>", "a & b", '"', "9 %", "１２"])
def test_a_number_of_any_signs_comes_back(text: str) -> None:
    made = numbered(
        Report(
            "t", "zh",
            summary=(KeyFigures((("x", (number(text),)),)),),
            body=(Paragraph((number(text),)), Grid(("a",), ((number(text),),), "", (True,))),
        )
    )  # fmt: skip
    assert read_numbers(render(made)) == dict.fromkeys(("n0001", "n0002", "n0003"), text)


def test_a_number_that_was_changed_reads_as_it_stands_now() -> None:
    """By hand, or by a program that writes the page anew."""
    changed = render(report()).replace(
        ">78.7%</data>", '><font color="red">8<b>7</b>.7%</font></data>'
    )
    assert read_numbers(changed)["n0003"] == "87.7%"
    assert sentences(changed)["n0003"] == "达标率为87.7%，见表1、图1。"


def test_a_number_that_was_taken_out_is_missing_and_a_copy_counts_once() -> None:
    page = render(report())
    assert "n0003" not in read_numbers(page.replace('id="n0003"', ""))
    assert read_numbers(page + '<p>再<data id="n0003">1</data></p>')["n0003"] == "78.7%"


def test_other_marks_are_no_numbers_of_ours() -> None:
    assert read_numbers('<data id="price">3</data><data>4</data><data id="n12">5</data>') == {}


def test_loose_numbers_are_those_of_the_text_that_are_bound_to_nothing() -> None:
    """Those of tables with their rows; none of the annex, of captions, of the date below."""
    page = render(report()).replace("见<a", "比上年高1.5个百分点，约2万件，见<a")
    in_text = [one for one in loose_numbers(page) if "项时限标准" not in one[1]]
    assert [digits for digits, _ in in_text] == ["2024", "1", "1.5", "2万"]
    rows = [one for one in loose_numbers(page) if "项时限标准" in one[1]]
    assert rows[0] == ("1", "T1 第1项时限标准，名称比较长的一项 14")
    assert in_text[2][1] == "达标率为78.7%，比上年高1.5个百分点，约2万件，见表1、图1。"


def test_a_number_in_two_pieces_is_one() -> None:
    assert loose_numbers("<p>共<b>9</b>9件，<i>3</i></p>") == [
        ("99", "共99件，3"),
        ("3", "共99件，3"),
    ]


@pytest.mark.parametrize("text", ["", " \n", "<", "no page", "<p><data id=n0001>", "\x00"])
def test_what_is_no_page_has_no_numbers(text: str) -> None:
    assert set(read_numbers(text).values()) <= {""}
    assert loose_numbers(text) == []


def test_an_annex_is_read_line_by_line() -> None:
    """Paragraphs, rows and parts of findings; neither the main text nor a picture's words."""
    page = (
        "<p>前9件</p><section id='annex'><h2>附件一</h2><p>共<b>9</b>件</p>"
        "<table><caption>表9</caption><tr><th>处室</th><td> 9 </td></tr></table>"
        "<ul><li>甲</li></ul><dl><dd>乙</dd></dl>"
        "<figure><p>图中</p></figure><p> </p></section><p>后9件</p>"
    )
    assert annex_lines(page) == ["共9件", "表9", "处室 9", "甲", "乙"]
    assert annex_lines("<p>9</p>") == annex_lines("") == []


def test_the_annexes_of_a_report_hold_nothing_of_its_main_text() -> None:
    lines = annex_lines(render(report()))
    assert lines
    assert not [line for line in lines if "达标率为78.7%" in line]


def test_a_page_with_a_declaration_is_read_too() -> None:
    page = '<?xml version="1.0" encoding="gb18030"?><p>收<data id="n0001">9</data>件'
    assert sentences(page) == {"n0001": "收9件"}
