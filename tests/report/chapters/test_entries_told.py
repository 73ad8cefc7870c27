"""What a register tells of itself: categories, errors, cover; each figure a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency import tables
from efficiency.language import Language
from efficiency.report.blocks import read
from efficiency.report.chapters.entries_told import entries_told
from efficiency.report.material import Material


def said(told: Material, **more: pd.DataFrame) -> str:
    name = told.logs[0].name
    kept = {key: table.assign(log=name) for key, table in more.items()}
    with_more = replace(told, tables={**told.tables, **kept})
    return "".join(read(spans) for spans in entries_told(with_more, with_more.logs[0]))


def of(table: tables.Table, *rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=table.names)


def category(name: str, cases: int, share: float, cumulative: float, p: float) -> tuple[Any, ...]:
    return (name, cases, None, None, share, cumulative, 5.0, p, cases, 1.0, 0.5, 1.0, 2.0)


@pytest.mark.parametrize(("p", "end"), [(0.001, "不是偶然所能说明"), (0.4, "可能出于偶然")])
def test_categories_are_told_with_the_two_most_frequent(
    studies: Mapping[Language, Material], p: float, end: str
) -> None:
    rows = of(
        tables.CATEGORIES,
        category("不细致", 6, 0.5, 0.5, p),
        category("不顺畅", 4, 1 / 3, 5 / 6, p),
        category("", 2, 1 / 6, 1.0, p),
    )  # fmt: skip
    text = said(studies["zh"], categories=rows)
    assert "按类别分：不细致6件、不顺畅4件、未写明2件" in text
    assert "最多的是不细致，占50.0%，最多的两类合计占83.3%" in text
    assert end in text


def test_errors_are_told_with_their_cases_and_none_is_not_told_as_zero(
    studies: Mapping[Language, Material],
) -> None:
    rows = of(
        tables.ERRORS,
        ("办文差错", "incoming", 3, 100, 0.03, 0.006, 0.085),
        ("办会失误", "meetings", 0, 60, 0.0, 0.0, 0.049),
        ("办事缺陷", "hall", 0, 0, None, None, None),
    )  # fmt: skip
    text = said(studies["zh"], errors=rows)
    assert "办文差错3次，占所办100件的3.0%" in text
    assert "办会失误没有发现，但所办60件中实际比例仍可能高至4.9%" in text
    assert "办事缺陷" not in text


@pytest.mark.parametrize(
    ("days", "idle", "end"),
    [(2, 5.0, "其间有件等候5.0个办公小时"), (2, 0.0, "其间没有件等候"), (0, 0.0, "占60.0%。")],
)
def test_cover_is_told_by_post_and_nobody_is_named(
    studies: Mapping[Language, Material], days: int, idle: float, end: str
) -> None:
    row = ("文书科", "核稿", 3, 21.0, 10, 6, 0.6, 0.31, 0.83, days, idle)
    text = said(studies["zh"], covers=of(tables.COVERS, row))
    assert "文书科核稿岗离岗3次，其间到件10件，由顶岗人办理6件，占60.0%" in text
    assert end in text


def test_of_few_no_share_is_told(studies: Mapping[Language, Material]) -> None:
    row = ("文书科", "核稿", 3, 21.0, 2, 1, 0.5, 0.1, 0.9, 0, 0.0)
    text = said(studies["zh"], covers=of(tables.COVERS, row))
    assert "其间到件很少" in text
    assert "%" not in text


def test_a_log_without_such_tables_tells_nothing(studies: Mapping[Language, Material]) -> None:
    assert said(studies["zh"]) == ""
