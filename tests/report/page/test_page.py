"""The page: well-formed, offline, and nothing in it that a name could smuggle in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from efficiency.findings.finding import PARTS, Finding
from efficiency.report.blocks import Card, Grid, Heading, Note, Picture, Report, Text
from efficiency.report.page.page import render
from efficiency.report.telling import ToldFinding

NASTY = "<script>alert('1')</script> & \"x\" </title>"
VOID = {"meta", "br", "hr", "img", "link", "input"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'


def card(text: str = "文", level: str = "action") -> Card:
    found = Finding(
        kind="standard", subject=(("log", "a"), ("standard_id", text)), level=level, says={},
        value=0.5, low=0.4, high=0.6, n=10, p=None, cases=(text, "收2"), table="judgements",
        hours=1.0,
    )  # type: ignore[arg-type]  # fmt: skip
    return Card(ToldFinding(found, **dict.fromkeys(PARTS, text)), 1)


class Checker(HTMLParser):
    """Keeps the open elements in order, and notes what is closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    @property
    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.seen)


def whole(text: str, language: str = "zh") -> Report:
    report = Report(text, language)  # type: ignore[arg-type]
    grid = Grid((text, "n"), ((text, "1"), ("a", "2")), text, (False, True))
    return report.add(
        Heading(text), Heading(text, 3), Text(text), Note(text), grid, Picture(SVG, text),
        Heading("二、"), card(text),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", ["办文", NASTY])
def test_the_page_is_well_formed(text: str, language: str) -> None:
    page = Checker(render(whole(text, language)))
    assert page.wrong == []
    assert page.open == []
    for tag, times in {"html": 1, "head": 1, "body": 1, "title": 1, "h1": 1, "h2": 2, "svg": 1,
                       "table": 1, "section": 1, "footer": 1}.items():  # fmt: skip
        assert page.tags[tag] == times, tag
    assert dict(page.seen)["html"] == {"lang": "zh-CN" if language == "zh" else "en"}


def test_no_name_becomes_an_element() -> None:
    """A title, a caption, a cell, a case: each is text wherever it stands."""
    rendered = render(whole(NASTY))
    page = Checker(rendered)
    assert "script" not in page.tags
    assert "<script" not in rendered
    # Title, h1, contents, h2, h3, text, note, table (3), figure, and the finding's (8).
    assert "".join(page.text).count(NASTY) == 18


def test_the_page_opens_offline() -> None:
    """Nothing is loaded, and the page's own policy forbids that anything should be."""
    rendered = render(whole("办文"))
    page = Checker(rendered)
    loading = {"src", "href", "xlink:href", "data", "action", "srcset", "poster"}
    found = [value for _, attrs in page.seen for name, value in attrs.items() if name in loading]
    assert all(value and value.startswith("#") for value in found)
    assert not {"script", "link", "iframe", "img", "object", "embed", "base"} & set(page.tags)
    assert "@import" not in rendered
    assert not re.search(r"url\(\s*['\"]?(?!#)", rendered)
    policy = [a for t, a in page.seen if t == "meta" and "http-equiv" in a]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_the_contents_lead_to_the_chapters() -> None:
    page = Checker(render(whole("办文")))
    ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for tag, attrs in page.seen if tag == "a"]
    assert links == ["#c1", "#c2"]
    assert {f"#{name}" for name in ids} >= set(links)


@pytest.mark.parametrize(
    ("level", "word"), [("action", "act"), ("watch", "watch"), ("note", "note")]
)
def test_a_finding_can_be_linked_to_and_says_its_level(level: str, word: str) -> None:
    made = card(level=level)
    page = Checker(render(Report("t", "en").add(made)))
    sections = [attrs for tag, attrs in page.seen if tag == "section"]
    assert sections == [{"class": f"card {level}", "id": f"f-{made.finding.id}"}]
    assert word in page.text
    assert "文; 收2" in page.text


def test_a_finding_without_cases_has_no_list_of_them() -> None:
    bare = card()
    told = replace(bare.finding, finding=replace(bare.finding.finding, cases=()))
    assert "Cases" not in "".join(Checker(render(Report("t", "en").add(Card(told, 1)))).text)


def test_numbers_stand_to_the_right() -> None:
    rendered = render(Report("t", "zh").add(Grid(("a", "n"), (("x", "1"),), "", (False, True))))
    assert "<th>a</th><th class=n>n</th>" in rendered
    assert "<td>x</td><td class=n>1</td>" in rendered


def test_twice_the_same_bytes_and_no_date() -> None:
    assert render(whole("办文")) == render(whole("办文"))


def test_an_empty_report_is_a_page_too() -> None:
    page = Checker(render(Report("t", "zh")))
    assert page.wrong == page.open == []
