"""Codes of tables in words: each has both languages, and every code that is written has one."""

from __future__ import annotations

from efficiency.findings.kinds import KINDS
from efficiency.findings.standards.compliance import VERDICTS
from efficiency.words.code_words import CODES, coded


def test_every_code_has_a_chinese_and_an_english_word() -> None:
    for codes in CODES.values():
        for chinese, english in codes.values():
            assert chinese.strip()
            assert english.isascii()


def test_what_tables_hold_has_words() -> None:
    assert set(VERDICTS) <= set(CODES["verdict"])
    assert set(KINDS) <= set(CODES["kind"])


def test_an_unknown_code_or_column_stays_as_it_is() -> None:
    assert coded("verdict", "odd", "zh") == "odd"
    assert coded("colour", "red", "zh") == "red"
