"""How to look at the summary and the main text of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from efficiency.report.blocks import (
    Block,
    Grid,
    Heading,
    KeyFigures,
    Pair,
    Paragraph,
    Picture,
    Text,
)
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.text.teller import LogWords
from efficiency.words import PHRASES

#: What stands in no sentence.
BROKEN = re.compile(
    r"nan|None|NaT|NA>|[{}]|\(\)|（）|(?<!\d)0\.0个|(?<!\d)0\.0 working|,,|、、|。。|；。"
)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def texts(blocks: Iterable[Block]) -> list[str]:
    """All that a reader reads of blocks but the pictures themselves."""
    return [text for block in blocks for text in _texts(block) if text]


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph | Heading | Text):
        yield block.text
    elif isinstance(block, Grid):
        yield from (block.caption, *block.headings)
        yield from (_said(cell) for row in block.rows for cell in row)
    elif isinstance(block, Picture):
        yield from (block.caption, block.alt)
    elif isinstance(block, Pair):
        yield from (block.left.caption, block.right.caption)
    elif isinstance(block, KeyFigures):
        for name, spans in block.items:
            yield name + "".join(map(_said, spans))


def _said(span: object) -> str:
    return span.text if isinstance(span, Bound) else str(span)


def prose(blocks: Iterable[Block]) -> str:
    """The paragraphs, one a line."""
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def headings(blocks: Iterable[Block], level: int = 3) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading) and block.level == level]


def cells(blocks: Iterable[Block]) -> list[Bound]:
    """The bound numbers of the paragraphs."""
    return [
        span
        for block in blocks
        if isinstance(block, Paragraph)
        for span in block.spans
        if isinstance(span, Bound)
    ]


def said(key: str) -> re.Pattern[str]:
    """A phrase of either language, whatever its places hold."""
    parts = (re.sub(r"\\{\w+\\}", ".*?", re.escape(text)) for text in PHRASES[key])
    return re.compile("|".join(parts))


def with_another(told: Material, noun: str = "会议", unit: str = "次") -> Material:
    """The same study with its log twice, the second under another name."""
    first = told.logs[0]
    second = replace(first, name="second", words=LogWords("会议台账", noun, unit))
    tables = {
        name: pd.concat([table, table[table["log"] == first.name].assign(log="second")])
        if "log" in table
        else table
        for name, table in told.tables.items()
    }
    return replace(told, logs=(first, second), tables=tables)
