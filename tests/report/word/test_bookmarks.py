"""Bookmarks: just around their text, each with a number of its own."""

from __future__ import annotations

from dataclasses import replace

from efficiency.report.word.bookmarks import Bookmarks
from efficiency.report.word.elements import full, made, run
from reported import number


def test_a_bookmark_is_just_around_its_number() -> None:
    whole = made("w:p", *Bookmarks().spans(("收文", replace(number("994"), id="n0001"), "件")))
    told = [(part.tag, "".join(part.itertext())) for part in whole]
    assert told == [
        (full("w:r"), "收文"),
        (full("w:bookmarkStart"), ""),
        (full("w:r"), "994"),
        (full("w:bookmarkEnd"), ""),
        (full("w:r"), "件"),
    ]


def test_start_and_end_share_a_number_that_no_other_has() -> None:
    marks = Bookmarks()
    first, second = marks.around("n0001", run("1")), marks.around("n0002", run("2"))
    numbers = [part.get(full("w:id")) for part in (first[0], first[-1], second[0], second[-1])]
    assert numbers == ["1", "1", "2", "2"]


def test_a_number_without_a_name_has_no_bookmark() -> None:
    assert [part.tag for part in Bookmarks().spans((number("994"),))] == [full("w:r")]


def test_a_label_in_the_text_follows_its_table() -> None:
    marks = Bookmarks({"表1": "_Ref00001"})
    codes = made("w:p", *marks.spans(("见", "表1", "。"))).iter(full("w:instrText"))
    assert [code.text for code in codes] == [" REF _Ref00001 \\h "]
    assert not [*made("w:p", *marks.spans(("见表1。",))).iter(full("w:instrText"))]
