"""What a register has to tell of itself: its categories, its errors, the cover of its posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.report.material import LogMaterial, Material
from efficiency.report.text.teller import Spans, Teller

#: Categories that are named.
MOST_NAMED = 6


def entries_told(told: Material, log: LogMaterial) -> Iterator[Spans]:
    """Tell what the tables of a log's entries hold; nothing where it has none."""
    teller = told.teller(log)
    yield from _categories(teller, told.rows_of("categories", log), log)
    yield from _errors(teller, told.rows_of("errors", log), log)
    for row in told.rows_of("covers", log).itertuples(index=False):
        yield from _cover(teller, row, log, told.small_cell)


def _categories(teller: Teller, rows: pd.DataFrame, log: LogMaterial) -> Iterator[Spans]:
    if len(rows) < 2:
        return

    def cell(column: str, form: str, category: str) -> object:
        return teller.cell("categories", column, form, log=log.name, category=category)

    parts = [
        teller.say("category_told", category=name or teller.plain("category_none"),
                   cases=cell("cases", "count", name))
        for name in rows["category"].head(MOST_NAMED)
    ]  # fmt: skip
    second = rows["category"].iloc[1]
    key = "categories_told" if len(rows) > 2 else "categories_two"
    yield teller.say(
        key, parts=teller.listed(parts), both=cell("cumulative", "percent", second),
        most=cell("share", "percent", rows["category"].iloc[0]),
        first=rows["category"].iloc[0] or teller.plain("category_none"),
    )  # fmt: skip
    p = rows["p"].iloc[0]
    if pd.notna(p):
        yield teller.say("categories_apart" if p <= DISCOVERY_RATE else "categories_alike")


def _errors(teller: Teller, rows: pd.DataFrame, log: LogMaterial) -> Iterator[Spans]:
    parts = []
    for row in rows.itertuples(index=False):
        if not row.n or pd.isna(row.share):
            continue
        cells = {
            name: teller.cell("errors", name, form, log=log.name, item=row.item)
            for name, form in (
                ("k", "count"), ("n", "count"), ("share", "percent"), ("high", "percent"),
            )
        }  # fmt: skip
        parts.append(teller.say("error_told" if row.k else "error_none", item=row.item, **cells))
    if parts:
        yield teller.say("errors_told", parts=teller.listed(parts, "semicolon"))


def _cover(teller: Teller, row: Any, log: LogMaterial, small_cell: int) -> Iterator[Spans]:
    forms = {
        "absences": "count", "arrived": "count", "covered": "count", "share": "percent",
        "both_days": "count", "idle_hours": "hours",
    }  # fmt: skip
    key = {"log": log.name, "unit": row.unit, "post": row.post}
    cells = {name: teller.cell("covers", name, form, **key) for name, form in forms.items()}
    enough = row.arrived >= small_cell
    yield teller.say(
        "cover_told" if enough else "cover_few", where=row.unit, post=row.post, **cells
    )
    if row.both_days:
        yield teller.say("cover_both" if row.idle_hours > 0 else "cover_both_idle", **cells)
