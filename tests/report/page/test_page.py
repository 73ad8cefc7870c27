"""The page: well-formed, offline, read by anyone, with nothing in it that a name smuggles in."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import (
    Block,
    Card,
    Grid,
    Heading,
    KeyFigures,
    Note,
    Paragraph,
    Picture,
    Report,
    Text,
    numbered,
)
from efficiency.report.page import page as page_module
from efficiency.report.page.page import render
from reported import NASTY, SVG, card, number, report

VOID = {"meta", "br", "hr", "img", "link", "input"}
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(autouse=True)
def _plain_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting a font takes a second, and most tests look elsewhere."""
    monkeypatch.setattr(page_module, "face", lambda text: f"/* {len(text)} */")


class Checker(HTMLParser):
    """Keeps the open elements in order, and notes what is closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[tuple[str, ...], str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append((tuple(self.open), data))

    @property
    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.seen)

    @property
    def ids(self) -> list[str | None]:
        return [attrs["id"] for _, attrs in self.seen if "id" in attrs]

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]

    def said_in(self, tag: str) -> list[str]:
        return [text for where, text in self.text if where and where[-1] == tag]


def everywhere(text: str, language: Language = "zh") -> Report:
    """A report in which a text stands in every place that a text can have."""
    grid = Grid((text, "n"), ((text, "1"), ("a", "2")), text, (False, True))
    blocks: tuple[Block, ...] = (
        Heading(text), Heading(text, 3), Text(text), Paragraph((text, number(text))), Note(text),
        grid, Picture(SVG, text, text), card(text),
    )  # fmt: skip
    key = KeyFigures(((text, (number(text), text)),))
    return numbered(Report(text, language, (key, *blocks), blocks, blocks, text, (text,)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [report, lambda language: everywhere(NASTY, language)])
def test_the_page_is_well_formed(made: object, language: Language) -> None:
    page = Checker(render(made(language)))  # type: ignore[operator]
    assert page.wrong == []
    assert page.open == []
    once = ("html", "head", "body", "title", "h1", "nav", "main", "header", "footer", "script")
    assert {tag: page.tags[tag] for tag in once} == dict.fromkeys(once, 1)
    assert page.of("html") == [{"lang": {"zh": "zh-CN", "en": "en"}[language]}]
    assert len(page.ids) == len(set(page.ids))


def test_no_name_becomes_an_element() -> None:
    """A title, a caption, a cell, a case, an alternative: each is text wherever it stands."""
    made = everywhere(NASTY)
    rendered, plain = render(made), render(everywhere("办文"))
    page, other = Checker(rendered), Checker(plain)
    assert page.tags == other.tags
    assert "<script>alert" not in rendered
    told = "".join(text for where, text in page.text if where[-1:] != ("script",))
    expected = "".join(text for where, text in other.text if where[-1:] != ("script",))
    assert told.count(NASTY) == expected.count("办文") > 40
    assert NASTY in [attrs.get("aria-label") for attrs in page.of("svg")]


def test_the_page_asks_for_nothing() -> None:
    """Nothing is loaded, and the page's own policy forbids that anything should be."""
    rendered = render(everywhere("办文"))
    page = Checker(rendered)
    loading = {"src", "href", "xlink:href", "data", "action", "srcset", "poster"}
    found = [value for _, attrs in page.seen for name, value in attrs.items() if name in loading]
    assert all(value and value.startswith("#") for value in found)
    assert not {"link", "iframe", "img", "object", "embed", "base", "form"} & set(page.tags)
    assert not re.search(r"@import|url\((?!#)", rendered)
    assert set(re.findall(r"[^\s\"']*https?://[^\s\"']*", rendered)) == {
        "http://www.w3.org/2000/svg"
    }


def test_the_policy_lets_only_the_pages_own_script_and_style_run() -> None:
    """By digests that are computed here of what stands in the page."""
    rendered = render(report())

    def digest(tag: str) -> str:
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", rendered, flags=re.DOTALL)
        return base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()

    policy = [a["content"] for a in Checker(rendered).of("meta") if "http-equiv" in a]
    assert policy == [
        f"default-src 'none'; script-src 'sha256-{digest('script')}'; "
        f"style-src 'sha256-{digest('style')}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    ]


def test_no_element_carries_a_style_or_a_script() -> None:
    """The policy would forbid them."""
    for _, attrs in Checker(render(report())).seen:
        assert not [name for name in attrs if name == "style" or name.startswith("on")]


def test_the_script_is_small() -> None:
    (script,) = Checker(render(report())).said_in("script")
    assert len(script.encode()) < 12_000
    assert not re.search(r"https?:|fetch\(|XMLHttp|import |eval\(|innerHTML", script)


def test_the_page_is_whole_without_its_script() -> None:
    """What folds is a details element; what the script puts in is not there."""
    page = Checker(render(report()))
    assert page.tags["details"] == page.tags["summary"] == 2
    assert not page.tags["button"]
    assert not page.tags["input"]


def test_the_three_layers_stand_in_their_order() -> None:
    rendered = render(report())
    marks = ["<h1>", 'class="to"', 'class="key"', "<nav", 'id="main"', 'id="summary"', "<h2>摘要",
             'id="body"', 'class="signed"', 'id="annex"', "<footer>"]  # fmt: skip
    places = [rendered.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "各处室：" in rendered


def test_the_contents_lead_to_what_is_there() -> None:
    page = Checker(render(report()))
    links = [attrs["href"] for attrs in page.of("a")]
    assert links[:6] == ["#main", "#summary", "#h1", "#h2", "#h3", "#h4"]
    assert {link[1:] for link in links if link} <= set(page.ids)


def test_a_table_spoken_of_is_a_link_to_it() -> None:
    rendered = render(report())
    assert '见<a class="ref" href="#t1">表1</a>、<a class="ref" href="#p1">图1</a>。' in rendered


def test_headings_never_skip_a_level() -> None:
    """However deep those of the report are."""
    deep = (Heading("a"), Heading("b", 4), Heading("c", 6), card(), Heading("d"), card())
    for made in (report(), numbered(Report("t", "zh", body=deep, annex=deep[1:5]))):
        levels = [int(t[1]) for t, _ in Checker(render(made)).seen if re.fullmatch("h[1-6]", t)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_number_is_marked_around_just_its_text() -> None:
    """In sentences, cells and key figures, with the id that it has in the report."""
    made = report()
    page = Checker(render(made))
    marked = [(attrs["id"], attrs["value"]) for attrs in page.of("data")]
    assert marked == [(one.id, one.text) for one in made.numbers()]
    assert page.said_in("data") == [one.text for one in made.numbers()]
    assert page.of("data")[2]["title"] == "compliance · standard_id=T4 · share"


def test_tables_have_heads_with_a_scope_and_a_caption() -> None:
    page = Checker(render(report()))
    assert all(attrs.get("scope") == "col" for attrs in page.of("th"))
    assert page.tags["caption"] == page.tags["table"] == 3


def test_pictures_say_what_they_show() -> None:
    assert [(a.get("role"), a.get("aria-label")) for a in Checker(render(report())).of("svg")] == [
        ("img", "登记之后转办的12件。"), ("img", "规定流程"), ("img", "实际流程"),
    ]  # fmt: skip


def test_pictures_have_ids_of_their_own() -> None:
    """The same drawing twice: each refers to its own parts."""
    drawn = '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path id="a" d="M0 0"/>'
    pictures = tuple(Picture(f'{drawn}<use href="#a"/></svg>', "x") for _ in range(3))
    page = Checker(render(Report("t", "zh", body=pictures)))
    used = [attrs["href"] for attrs in page.of("use")]
    assert len(set(used)) == 3
    assert {str(link)[1:] for link in used} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(
    ("level", "word"), [("action", "act"), ("watch", "watch"), ("note", "note")]
)
def test_a_finding_can_be_linked_to_and_says_its_level(level: str, word: str) -> None:
    """It stands open in the text and folded in the annex."""
    made = card(level=level)
    in_body = Checker(render(Report("t", "en", body=(made,))))
    in_annex = Checker(render(Report("t", "en", annex=(made,))))
    expected = {"class": f"card {level}", "id": f"f-{made.finding.id}"}
    assert expected in in_body.of("section")
    assert in_annex.of("details") == [expected]
    for page in (in_body, in_annex):
        assert word in page.said_in("span")
        assert "收〔2024〕0935号; 收2" in page.said_in("dd")
        assert page.tags["table"] == 1


def test_a_finding_told_twice_has_its_id_once() -> None:
    page = Checker(render(numbered(Report("t", "zh", body=(card(),), annex=(card(),)))))
    assert page.ids.count(f"f-{card().finding.id}") == 1


def test_what_a_finding_does_not_say_has_no_line() -> None:
    made = card()
    told = replace(made.finding, finding=replace(made.finding.finding, cases=()), cause="")
    page = Checker(render(Report("t", "en", body=(Card(told, 1),))))
    assert page.said_in("dt") == ["Criterion", "Condition", "Effect", "Recommendation"]


def test_numbers_stand_to_the_right() -> None:
    grid = Grid(("a", "n"), (("x", "1"),), "", (False, True))
    rendered = render(Report("t", "zh", body=(grid,)))
    assert '<th scope="col">a</th><th scope="col" class=n>n</th>' in rendered
    assert "<td>x</td><td class=n>1</td>" in rendered
    assert "<caption" not in rendered


def test_tables_of_the_annex_fold_and_the_long_ones_are_shut() -> None:
    short = Grid(("a",), (("x",),), "短", (False,))
    page = Checker(render(Report("t", "zh", annex=(short, replace(short, rows=(("x",),) * 60)))))
    assert page.of("details") == [{"class": "fold", "open": None}, {"class": "fold"}]
    assert "data" in str(page.of("table")[0]["class"]).split()


def test_the_glyphs_are_asked_for_of_all_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what the script and the style put in, too."""
    asked: list[str] = []
    monkeypatch.setattr(page_module, "face", lambda text: asked.append(text) or "")
    rendered = render(report())
    script = "".join(Checker(rendered).said_in("script"))
    assert {sign for sign in rendered.replace(script, "") if ord(sign) > 126} <= set(asked[0])
    assert set("↕↑↓—放大缩小全图筛选") <= set(asked[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_twice_the_same_bytes_and_no_date(language: Language) -> None:
    assert render(report(language)) == render(report(language))


def test_an_empty_report_is_a_page_too() -> None:
    page = Checker(render(Report("t", "zh")))
    assert page.wrong == page.open == []
    assert not page.of("data")
    assert not page.tags["nav"]


def test_a_report_that_is_not_numbered_is_told_without_ids() -> None:
    page = Checker(render(Report("t", "zh", body=(Paragraph(("占", number("78.7%"), "。")),))))
    assert "id" not in page.of("data")[0]


def test_an_english_page_has_no_chinese_sign_of_our_own() -> None:
    """The script and its remarks on Chinese numbers aside."""
    made = replace(card("x"), evidence=None)
    told = replace(made.finding, finding=replace(made.finding.finding, cases=("1", "2")))
    grid = Grid(("a",), (("x",),), "b", (False,))
    layer = (Heading("h"), Card(told, 1), grid, Picture(SVG.replace("登记", "x"), "b"))
    rendered = render(numbered(Report("t", "en", layer, layer, layer, "all", ("us",))))
    plain = re.sub("<script>.*?</script>|<style>.*?</style>", "", rendered, flags=re.DOTALL)
    assert not re.findall("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", plain)
    assert "Table 1. b" in plain


def test_the_page_holds_its_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    rendered = render(report())
    (font,) = re.findall(r"url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\)", rendered)
    assert base64.b64decode(font)[:4] == b"wOF2"
    assert len(rendered.encode()) < 200_000


@pytest.mark.slow
@pytest.mark.skipif(
    not CHROMIUM.is_file() or importlib.util.find_spec("playwright") is None,
    reason="no browser",
)
def test_the_page_works_in_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No error, no request, no scrolling aside; sorting, filtering, folding, zooming."""
    from playwright.sync_api import sync_playwright

    monkeypatch.undo()
    file = tmp_path / "report.html"
    file.write_text(render(report()), encoding="utf-8")
    troubles: list[str] = []
    asked: list[str] = []
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        tab.on("console", lambda message: troubles.append(message.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url[:40]))
        tab.goto(file.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        tab.focus("#p1 .picture")
        tab.keyboard.press("+")
        assert tab.get_attribute("#p1 svg", "viewBox") != "0 0 240 120"
        tab.keyboard.press("0")
        assert tab.get_attribute("#p1 svg", "viewBox") == "0 0 240 120"
        tab.evaluate(f"location.hash = 'f-{card().finding.id}'")
        tab.wait_for_selector("details.card[open]")
        tab.click("details.card th:nth-child(3) button")
        assert tab.inner_text("details.card tbody tr:first-child td:first-child") == "收2"
        tab.click(".fold summary")
        tab.fill("#t2-q", "no such")
        assert "0 / 60" in tab.inner_text(".filter")
        browser.close()
    assert troubles == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
