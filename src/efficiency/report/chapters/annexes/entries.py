"""The tables of a register's entries: categories, errors, the cover of posts, with g-charts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.language import Language
from efficiency.report.blocks import Block, Grid, Heading, Picture, titled
from efficiency.report.material import LogMaterial, Material
from efficiency.report.plots.control_plots import plot_control_chart
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.withholding import Mark
from efficiency.words import heading, number, percent, phrase

#: Gaps of which a chart is drawn, at least.
LEAST_GAPS = 8
_COLUMNS = {
    "categories": (
        "category", "cases", "before", "change", "share", "cumulative", "done", "done_share",
        "median_days",
    ),
    "errors": ("item", "k", "n", "share", "low", "high"),
    "covers": (
        "unit", "post", "absences", "away_hours", "arrived", "covered", "share", "low", "high",
        "both_days", "idle_hours",
    ),
}  # fmt: skip
_SHARES = {"share", "cumulative", "done_share", "low", "high"}
_NUMBERS = {"median_days", "away_hours", "idle_hours"}


def tell_entries(log: LogMaterial, told: Material) -> Iterator[Block]:
    """Show the tables of a log's entries; nothing where it has none."""
    parts = {name: told.rows_of(name, log) for name in _COLUMNS}
    if not any(map(len, parts.values())):
        return
    yield Heading(phrase("entries_heading", told.language), 3)
    for name, rows in parts.items():
        if len(rows):
            yield _grid(name, rows, log, told)
    gaps = told.rows_of("error_gaps", log)
    for item, rows in gaps.groupby("item") if len(gaps) else ():
        if len(rows) >= LEAST_GAPS:
            yield _chart(str(item), rows, log, told.language)


def _grid(name: str, rows: pd.DataFrame, log: LogMaterial, told: Material) -> Grid:
    language = told.language
    small, kept = phrase("withheld", language, n=told.small_cell), told.rows_shown(name, log)
    shown = rows[list(_COLUMNS[name])].astype(object)
    for column in shown.columns:
        if column in _SHARES:
            shown[column] = shown[column].map(percent, na_action="ignore").fillna("—")
        elif column in _NUMBERS:
            shown[column] = shown[column].map(number, na_action="ignore").fillna("—")
    for column in shown.columns:
        hidden = kept[column].map(lambda one: isinstance(one, Mark))
        shown[column] = shown[column].mask(hidden.to_numpy(dtype=bool), small)
    if "category" in shown:
        shown["category"] = shown["category"].replace("", phrase("category_none", language))
    if "before" in shown and shown["before"].isna().all():
        shown = shown.drop(columns=["before", "change"])
    named = shown.rename(columns=lambda column: heading(str(column), language, name))
    return titled(named, phrase(f"entries_{name}", language, log=log.called), language)


def _chart(item: str, rows: pd.DataFrame, log: LogMaterial, language: Language) -> Picture:
    label = phrase("gaps_label", language)
    axes = plot_control_chart(rows.rename(columns={"gap": "value"}), label=label, language=language)
    return Picture(drawing(axes), phrase("gaps_caption", language, log=log.called, item=item))
