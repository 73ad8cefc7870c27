"""The report as a Word document, on the page of an official document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from efficiency.language import Language, of
from efficiency.report.blocks import Block, Heading, Report
from efficiency.report.word.archive import Sheet, archive
from efficiency.report.word.contents import contents
from efficiency.report.word.elements import Element, clean, field, full, made, paragraph, run
from efficiency.report.word.paper import TURNED, UPRIGHT, Room
from efficiency.report.word.story import Story
from efficiency.report.word.styles import font_table, styles
from efficiency.words import phrase

#: Odd pages bear their number on the right, even pages on the left, one sign in.
_FOOTERS = {"footer1": ("default", "right"), "footer2": ("even", "left")}
_WORD_VERSION = 15


@dataclass(frozen=True)
class _Stretch:
    """What stands on pages of one direction, and whether it begins one."""

    room: Room
    parts: list[Element]
    begins: bool


def document(report: Report, pictures: Callable[[str], bytes]) -> bytes:
    """
    Set a report as a Word document; the same report gives the same bytes.

    Parameters
    ----------
    report
        Numbered.
    pictures
        Turns an ``<svg>`` element into a PNG of 300 points to the inch.

    Examples
    --------
    >>> document(Report("2024年度办文效能调研报告", "zh"), lambda svg: b"")[:2]
    b'PK'
    """
    story = Story.of(report, pictures)
    front = _Stretch(UPRIGHT, _front(report, story), begins=False)
    main = [*_main(report, story)]
    whole = bool(report.summary or report.annex)
    listed = [*contents(story.entries, phrase("contents", report.language))] if whole else []
    stretches = [front, _Stretch(UPRIGHT, listed, begins=True), *main]
    text = made("w:document", made("w:body", *_sections([s for s in stretches if s.parts])))
    parts = {
        "styles": styles(report.language, story.grids.sizes),
        "settings": _settings(report.language),
        "fontTable": font_table(report.language),
    }
    footers = {name: _footer(side, report.language) for name, (_, side) in _FOOTERS.items()}
    author = clean(report.signed[0]) if report.signed else ""
    sheet = Sheet(clean(report.title), author, of(("zh-CN", "en-GB"), report.language))
    return archive(text, parts, footers, story.drawings.media, sheet)


# --- the parts of the text


def _front(report: Report, story: Story) -> list[Element]:
    """Title, whom it is sent to, and the summary."""
    language = report.language
    parts = [paragraph("Title", run(report.title))]
    if report.addressee:
        to = phrase("addressed", language, to=report.addressee)
        parts.append(paragraph("Salutation", run(to)))
    if report.summary:
        parts.append(paragraph("SummaryHeading", run(phrase("summary_heading", language))))
    for block in report.summary:
        parts += story.told(block, UPRIGHT)
    return parts


def _main(report: Report, story: Story) -> Iterator[_Stretch]:
    """The main text with its signature, and the annexes."""
    for place, (blocks, room) in enumerate(_alike(report.body, story)):
        # A short paper has neither summary nor contents: its text follows its title.
        begins = place == 0 and bool(report.summary or report.annex)
        yield _Stretch(room, _all(blocks, room, story), begins=begins)
    yield _Stretch(UPRIGHT, [*_signed(report.signed)], begins=False)
    story.begin_annexes()
    for chapter in _chapters(report.annex):
        room = TURNED if any(map(story.is_turned, chapter)) else UPRIGHT
        yield _Stretch(room, _all(chapter, room, story), begins=True)


def _all(blocks: Iterable[Block], room: Room, story: Story) -> list[Element]:
    return [part for block in blocks for part in story.told(block, room)]


def _alike(blocks: Iterable[Block], story: Story) -> Iterator[tuple[list[Block], Room]]:
    """The main text, parted where a block needs a page that is turned."""
    upright: list[Block] = []
    for block in blocks:
        if not story.is_turned(block):
            upright.append(block)
            continue
        yield upright, UPRIGHT
        yield [block], TURNED
        upright = []
    yield upright, UPRIGHT


def _chapters(blocks: Iterable[Block]) -> list[list[Block]]:
    """The annexes, each with its heading."""
    chapters: list[list[Block]] = []
    for block in blocks:
        if not chapters or (isinstance(block, Heading) and block.level == 2):
            chapters.append([])
        chapters[-1].append(block)
    return chapters


def _signed(lines: Sequence[str]) -> Iterator[Element]:
    for place, line in enumerate(lines):
        # Two lines below the text, as one.
        above = (made("w:spacing", before=579),) if place == 0 else ()
        stays = (made("w:keepNext"),) if place < len(lines) - 1 else ()
        yield paragraph("Signature", run(line), direct=(*stays, *above))


# --- pages


def _sections(stretches: Sequence[_Stretch]) -> Iterator[Element]:
    """All parts in order; where the direction of the page changes, a section ends."""
    footers = [
        made("w:footerReference", type=kind, **{"r:id": name})
        for name, (kind, _) in _FOOTERS.items()
    ]
    for place, stretch in enumerate(stretches):
        before = stretches[place - 1].room if place else stretch.room
        parts = stretch.parts
        if stretch.begins and place and before is stretch.room:
            parts = _on_new_page(parts)
        is_last = place == len(stretches) - 1
        if not is_last and stretches[place + 1].room is not stretch.room:
            parts, footers = _ended(parts, stretch.room.section(*footers)), []
        yield from parts
        if is_last:
            yield stretch.room.section(*footers)


def _on_new_page(parts: list[Element]) -> list[Element]:
    """The same parts, which begin a page."""
    if parts[0].tag != full("w:p"):
        parts = [paragraph("Spacer"), *parts]
    properties = parts[0][0]
    # After what keeps paragraphs together, before all else.
    ahead = [part for part in properties if part.tag in _AHEAD]
    properties.insert(len(ahead), made("w:pageBreakBefore"))
    return parts


_AHEAD = {full("w:pStyle"), full("w:keepNext"), full("w:keepLines")}


def _ended(parts: list[Element], section: Element) -> list[Element]:
    """The same parts, with which a section ends."""
    if parts[-1].tag != full("w:p"):
        parts = [*parts, paragraph("Spacer")]
    parts[-1][0].append(section)
    return parts


def _footer(side: str, language: Language) -> Element:
    before, after = phrase("page_mark", language, n="\n").split("\n")
    number = field("PAGE", run("1"))
    inner = (made("w:ind", **{f"{side}Chars": 100, side: 280}), made("w:jc", val=side))
    return made("w:ftr", paragraph("Footer", run(before), *number, run(after), direct=inner))


def _settings(language: Language) -> Element:
    version = made(
        "w:compatSetting",
        name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=_WORD_VERSION,
    )  # fmt: skip
    return made(
        "w:settings",
        made("w:zoom", percent=100),
        made("w:defaultTabStop", val=420),
        made("w:evenAndOddHeaders"),
        made("w:characterSpacingControl", val="doNotCompress"),
        made("w:updateFields", val="true"),
        made("w:compat", version),
        made("w:themeFontLang", val=of(("en-US", "en-GB"), language), eastAsia="zh-CN"),
    )
