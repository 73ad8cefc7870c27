"""Headings are what people read in place of a column's name."""

from __future__ import annotations

import re

from efficiency.words.columns import CHECKS, COLUMNS


def test_chinese_headings_are_chinese_or_a_plain_letter() -> None:
    for chinese, _ in (*COLUMNS.values(), *CHECKS.values()):
        assert re.search("[\u4e00-\u9fff]", chinese) or len(chinese) <= 3


def test_english_headings_have_no_chinese_sign() -> None:
    assert not any(re.search("[\u3000-\u9fff]", english) for _, english in COLUMNS.values())
