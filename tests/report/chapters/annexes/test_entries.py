"""The tables of a register's entries in the annex: each figure as its table has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency import tables
from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Block, Grid, Picture
from efficiency.report.chapters.annexes.entries import LEAST_GAPS, tell_entries
from studied import log_study, study


def told(language: Language = "zh", **more: pd.DataFrame) -> list[Block]:
    made = study(language=language, logs=(log_study(),))
    kept = {name: frame.assign(log=made.logs[0].name) for name, frame in more.items()}
    made = replace(made, tables={**made.tables, **kept})
    return list(tell_entries(made.logs[0], made))


def of(table: tables.Table, *rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=table.names)


def test_without_entries_nothing_is_shown() -> None:
    assert told() == []


def test_categories_and_what_came_of_them() -> None:
    row = ("细致", 6, None, None, 0.6, 0.6, 5.0, 0.01, 5, 5 / 6, 0.4, 0.97, 2.5)
    (_, grid) = told(categories=of(tables.CATEGORIES, row))
    assert isinstance(grid, Grid)
    assert dict(zip(grid.headings, grid.rows[0], strict=True)) == {
        "类别": "细致", "件数": "6", "比例": "60.0%", "累计占比": "60.0%", "已办结": "5",
        "办结率": "83.3%", "办结用时中位数（工作日）": "2.5",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_few_arrivals_no_share_is_shown(language: Language) -> None:
    row = ("文书科", "核稿", 3, 21.0, 2, 1, 0.5, 0.1, 0.9, 0, 0.0)
    (_, grid) = told(language, covers=of(tables.COVERS, row))
    assert isinstance(grid, Grid)
    assert not [cell for cell in grid.rows[0] if "%" in str(cell)]


def test_a_chart_is_drawn_of_enough_gaps() -> None:
    rows = [
        ("办文", f"2024-03-{at + 1:02d}", at + 1, 2.0, 1.0, 9.0, None) for at in range(LEAST_GAPS)
    ]
    errors = of(tables.ERRORS, ("办文", "incoming", 9, 100, 0.09, 0.04, 0.16))
    made = told(errors=errors, error_gaps=of(tables.ERROR_GAPS, *rows))
    assert [type(block) for block in made[1:]] == [Grid, Picture]
    fewer = told(errors=errors, error_gaps=of(tables.ERROR_GAPS, *rows[1:]))
    assert [type(block) for block in fewer[1:]] == [Grid]
