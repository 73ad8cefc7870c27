"""The font inside a page: has the characters, is small, is the same each time."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from efficiency.report.page.fonts import face, glyphs


def characters_of(font: bytes) -> set[str]:
    with TTFont(io.BytesIO(font)) as opened:
        return {chr(code) for code in opened.getBestCmap()}


def test_it_has_the_characters_and_no_others() -> None:
    assert characters_of(glyphs("登记〔〕，a")) == set("登记〔〕，a")


def test_it_is_called_as_the_pictures_call_it_and_has_all_of_ascii() -> None:
    rule = face("办文")
    found = re.fullmatch(
        r'@font-face\{font-family:"Noto Sans SC";'
        r'src:url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\) format\("woff2"\);\}',
        rule,
    )
    assert found
    has = characters_of(base64.b64decode(found[1]))
    assert has == {chr(code) for code in range(32, 127)} | set("办文")
    assert len(rule) < 30_000


def test_a_character_without_a_glyph_is_left_to_the_readers_machine() -> None:
    assert characters_of(glyphs("登\U0001f600")) == {"登"}


def test_twice_the_same_bytes_whatever_the_order() -> None:
    first = face("登记办文")
    glyphs.cache_clear()
    assert face("文办记登\n登") == first


def test_it_names_its_licence() -> None:
    with TTFont(io.BytesIO(glyphs("登"))) as opened:
        assert "Open Font License" in opened["name"].getDebugName(13)
