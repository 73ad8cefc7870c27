"""The contents: a field filled beforehand, whose lines lead to their headings."""

from __future__ import annotations

from efficiency.report.word.contents import contents
from efficiency.report.word.elements import full, made
from efficiency.report.word.story import Entry

ENTRIES = [
    Entry("一、甲", 2, "_Toc00001"),
    Entry("（一）乙", 3, "_Toc00002"),
    Entry("深", 4, "_Toc00003"),
]


def test_headings_of_two_levels_are_listed() -> None:
    lines = [*contents(ENTRIES, "目录")]
    styles = [line.find(f".//{full('w:pStyle')}").get(full("w:val")) for line in lines]
    assert styles == ["TOCHeading", "Toc1", "Toc2"]
    links = made("w:body", *lines).iter(full("w:hyperlink"))
    told = [("".join(link.itertext()), link.get(full("w:anchor"))) for link in links]
    assert told == [("一、甲", "_Toc00001"), ("（一）乙", "_Toc00002")]


def test_one_field_is_opened_in_the_first_line_and_closed_in_the_last() -> None:
    _, *lines = contents(ENTRIES, "目录")
    kinds = [
        [mark.get(full("w:fldCharType")) for mark in line.iter(full("w:fldChar"))] for line in lines
    ]
    assert kinds == [["begin", "separate"], ["end"]]
    assert [code.text for code in lines[0].iter(full("w:instrText"))] == [' TOC \\o "1-2" \\h \\z ']


def test_one_heading_opens_and_closes_the_field() -> None:
    _, line = contents(ENTRIES[:1], "目录")
    assert len([*line.iter(full("w:fldChar"))]) == 3


def test_no_headings_no_contents() -> None:
    assert [*contents([], "目录")] == []
