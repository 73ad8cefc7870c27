"""The styles of a document: fonts, sizes, distances and indents, by language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from efficiency.language import Language, of
from efficiency.report.word.elements import Element, made
from efficiency.report.word.paper import FOOTER_LINE, PITCH, UPRIGHT, twentieths

_SERIF = "Times New Roman"
#: What is named -> its name in Chinese documents; English ones have one face. None is shipped.
_FACES = {
    "text": "仿宋_GB2312",
    "title": "方正小标宋简体",
    "head": "黑体",
    "section": "楷体_GB2312",
    "mark": "宋体",
}
#: What a machine has that lacks the font.
_STAND_INS = {
    "仿宋_GB2312": "仿宋",
    "方正小标宋简体": "宋体",
    "黑体": "SimHei",
    "楷体_GB2312": "楷体",
    "宋体": "SimSun",
}
#: For signs of Chinese names in an English document.
_EASTERN = "宋体"
#: Of the line to a line's height in a table.
_LEADING = 1.35
INK, SOFT, BLUE, AMBER, PALE = "1D2731", "5B6B7B", "2F6FAB", "B9770E", "FDF7EA"


@dataclass(frozen=True)
class Style:
    """
    A style of paragraphs.

    Attributes
    ----------
    name
        As Word knows it.
    face
        Which font.
    sizes, lines
        In points, in Chinese and in English; a line of 0 is as high as what stands in it.
    before, after
        Distances in points.
    side
        left, right, center or both.
    indents
        The attributes of its indent.
    level
        Of a heading, from 0.
    bold
        In Chinese and in English.
    colour
        Of its signs.
    based
        The id of the style that it is based on.
    extras
        Properties of its own: name -> attributes.
    """

    name: str
    face: str = "text"
    sizes: tuple[float, float] = (16, 12)
    lines: tuple[float, float] = (PITCH, 0)
    before: tuple[float, float] = (0, 0)
    after: tuple[float, float] = (0, 0)
    side: str = "both"
    indents: tuple[tuple[str, int], ...] = ()
    level: int | None = None
    bold: tuple[bool, bool] = (False, False)
    colour: str = ""
    based: str = "Normal"
    stays: bool = False
    tight: bool = False

    @property
    def id(self) -> str:
        """By which a paragraph names it."""
        return "".join(word[0].upper() + word[1:] for word in self.name.split())


#: Two signs of 16 points less a quarter each.
_FIRST = (("firstLineChars", 200), ("firstLine", 630))
_HEAD = Style("heading 1", "head", (16, 14), side="left", indents=_FIRST, stays=True)
_STYLES = (
    Style("Normal"),
    Style("Title", "title", (22, 20), (35, 0), after=(PITCH, 18), side="center",
          bold=(False, True), tight=True),
    replace(_HEAD, before=(0, 18), after=(0, 6), level=0, bold=(False, True)),
    replace(_HEAD, name="heading 2", face="section", sizes=(16, 13), before=(0, 12), after=(0, 6),
            level=1, bold=(False, True)),
    replace(_HEAD, name="heading 3", face="text", sizes=(16, 12), before=(0, 10), after=(0, 4),
            level=2, bold=(True, True)),
    Style("Body Text", indents=_FIRST, after=(0, 6)),
    Style("Case", "section", indents=_FIRST, after=(0, 6), based="BodyText"),
    Style("Salutation", side="left", after=(0, 6)),
    Style("Signature", side="right", indents=(("rightChars", 200), ("right", 630))),
    Style("Note", sizes=(14, 11), lines=(24, 0), before=(6, 6), after=(6, 6),
          indents=(("left", 220), ("right", 160)), tight=True),
    Style("TOC Heading", "head", (16, 14), side="center", after=(0, 6), bold=(False, True),
          stays=True),
    Style("Summary Heading", "head", (16, 14), side="center", after=(0, 6), bold=(False, True),
          based="TOCHeading", stays=True),
    Style("toc 1", "head", (14, 12), (22, 0), after=(0, 3), side="left"),
    Style("toc 2", sizes=(14, 12), lines=(22, 0), after=(0, 3), side="left",
          indents=(("leftChars", 150), ("left", 420))),
    Style("caption", "head", (12, 11), (18, 0), before=(6, 6), after=(4, 4), side="center",
          bold=(False, True), tight=True),
    Style("Picture", lines=(0, 0), before=(8, 8), side="center", stays=True),
    Style("Spacer", sizes=(5, 5), lines=(10, 10)),
    Style("Key Figure", "head", (18, 16), (24, 0), before=(4, 4), side="center",
          bold=(False, True), colour=BLUE, tight=True, stays=True),
    Style("Key Figure Name", sizes=(12, 10.5), lines=(16, 0), after=(4, 4), side="center",
          colour=SOFT, tight=True),
    Style("footer", "mark", (14, 11), (FOOTER_LINE, FOOTER_LINE), side="left", tight=True),
)  # fmt: skip
#: Styles of signs within a paragraph.
LABEL, LEVEL = "Label", "Level"


def table_style(size: float) -> str:
    """
    Name the style of a table's text, by its size in points.

    Examples
    --------
    >>> table_style(10.5)
    'TableText10.5'
    """
    return f"TableText{size:g}"


def styles(language: Language, sizes: Iterable[float]) -> Element:
    """
    Make the styles of a document.

    Parameters
    ----------
    language
        Of the report.
    sizes
        In which texts of tables are set.

    Examples
    --------
    >>> styles("zh", [9.0])[-1][0].values()
    ['Table Text 9']
    """
    in_tables = (
        Style(f"Table Text {size:g}", sizes=(size, size), lines=(size * _LEADING,) * 2,
              side="left", tight=True)
        for size in sorted(sizes)
    )  # fmt: skip
    return made(
        "w:styles",
        _defaults(language),
        *_fixed(),
        *_of_signs(language),
        *(_paragraphs(style, language) for style in (*_STYLES, *in_tables)),
    )


def font_table(language: Language) -> Element:
    """
    Name the fonts, each with what may stand in for it.

    Examples
    --------
    >>> len(font_table("zh")), len(font_table("en"))
    (5, 2)
    """
    names = of((list(_STAND_INS), [_SERIF, _EASTERN]), language)
    fonts = (
        made("w:font", made("w:altName", val=_STAND_INS[name]), name=name)
        if name in _STAND_INS
        else made("w:font", name=name)
        for name in names
    )
    return made("w:fonts", *fonts)


def _faces(face: str, language: Language) -> Element:
    """All four fonts, so that no theme has a say."""
    western = of((_FACES[face], _SERIF), language)
    eastern = of((_FACES[face], _EASTERN), language)
    return made("w:rFonts", ascii=western, hAnsi=western, eastAsia=eastern, cs=western)


def _defaults(language: Language) -> Element:
    told = made("w:lang", val=of(("en-US", "en-GB"), language), eastAsia="zh-CN", bidi="ar-SA")
    signs = made("w:rPr", _faces("text", language), told)
    return made("w:docDefaults", made("w:rPrDefault", signs), made("w:pPrDefault"))


def _named(kind: str, name: str, *parts: Element | None, **values: object) -> Element:
    title = made("w:name", val=name)
    values = {"type": kind, "styleId": name.replace(" ", ""), **values}
    return made("w:style", title, *parts, **values)


def _fixed() -> Iterable[Element]:
    """The styles that Word expects of every document."""
    sides = (made(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    yield _named("character", "Default Paragraph Font", default=1)
    yield _named("table", "Normal Table", made("w:tblPr", made("w:tblCellMar", *sides)), default=1)
    yield _named("numbering", "No List", default=1)


def _of_signs(language: Language) -> Iterable[Element]:
    """What is set apart within a paragraph: heads of columns, the weight of a finding."""
    face = _faces("head", language)
    bold = made("w:b") if of((False, True), language) else None
    yield _named("character", LABEL, made("w:rPr", face, bold))
    signs = (
        _faces("head", language), made("w:b", val=0), made("w:color", val=SOFT),
        made("w:sz", val=22), made("w:szCs", val=22),
        made("w:bdr", val="single", sz=4, space=0, color=SOFT),
    )  # fmt: skip
    yield _named("character", LEVEL, made("w:rPr", *signs))


def _paragraphs(style: Style, language: Language) -> Element:
    after = "BodyText" if style.level is not None else style.id
    links = (made("w:basedOn", val=style.based), made("w:next", val=after))
    is_base = style.name == "Normal"
    return _named(
        "paragraph",
        style.name,
        *(() if is_base else links),
        made("w:qFormat"),
        made("w:pPr", *_layout(style, language)),
        made("w:rPr", *_signs(style, language)),
        styleId=style.id,
        **({"default": 1} if is_base else {}),
    )


def _layout(style: Style, language: Language) -> Iterable[Element | None]:
    """Properties of the paragraph in the order of the format."""
    line = of(style.lines, language)
    heights = {"line": twentieths(line), "lineRule": "exact"}
    own = {"line": 276 if style.name != "Picture" else 240, "lineRule": "auto"}
    yield from (made("w:keepNext"), made("w:keepLines")) if style.stays else ()
    yield made("w:widowControl", val=of((0, 1), language))
    yield from _around(style)
    # With space between scripts and a grid of lines there would be no 28 signs and 22 lines.
    yield from (made(f"w:{name}", val=0) for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"))
    before, after = (twentieths(of(pair, language)) for pair in (style.before, style.after))
    yield made("w:spacing", before=before, after=after, **(heights if line else own))
    indents = _indents(style, language)
    yield made("w:ind", **indents) if indents else None
    yield made("w:jc", val=style.side)
    yield made("w:outlineLvl", val=style.level) if style.level is not None else None


def _around(style: Style) -> Iterable[Element]:
    if style.name == "Note":
        line = made("w:left", val="single", sz=18, space=8, color=AMBER)
        yield made("w:pBdr", line)
        yield made("w:shd", val="clear", color="auto", fill=PALE)
    if style.name.startswith("toc "):
        stop = made("w:tab", val="right", leader="dot", pos=twentieths(UPRIGHT.width))
        yield made("w:tabs", stop)


def _indents(style: Style, language: Language) -> dict[str, int]:
    """In English no first line is set in."""
    kept = of((style.indents, () if style.indents == _FIRST else style.indents), language)
    return dict(kept)


def _signs(style: Style, language: Language) -> Iterable[Element | None]:
    """Properties of the signs in the order of the format."""
    yield _faces(style.face, language)
    yield made("w:b", val=int(of(style.bold, language)))
    yield made("w:color", val=style.colour) if style.colour else None
    yield made("w:spacing", val=0 if style.tight else of((-5, 0), language))
    size = round(of(style.sizes, language) * 2)
    yield from (made("w:sz", val=size), made("w:szCs", val=size))
