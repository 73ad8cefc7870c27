"""A table as people read it in a notebook: its heads and figures in words."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from efficiency import tables
from efficiency.language import Language, semicolon, spoken
from efficiency.words import doubted, heading, number, percent
from efficiency.words.code_words import coded

#: Rows that are shown; a table itself holds them all.
MOST_ROWS = 20
#: Columns that hold shares where a column ``share`` stands beside them.
_BESIDE_SHARE = {"low", "high", "target", "gap", "expected"}
#: Columns that hold p: shares by their unit, but read as numbers.
_CHANCES = {"p", "p_adjusted", "p_holm", "logrank_p"}
#: Numbers below it have two figures after the point.
_SMALL = 10
#: Columns whose texts name other columns.
_NAMING = {"attribute", "held_equal"}


def show(
    table: pd.DataFrame,
    language: Language | None = None,
    rows: int = MOST_ROWS,
    of: str = "",
) -> Styler:
    """
    Show a table with its heads in words, shares as percentages, hours with one decimal.

    Parameters
    ----------
    table
        Any table of the package; a column that is none of ours keeps its name.
    language
        Of the heads; None: as messages are spoken.
    rows
        So many at most.
    of
        The table that it is a part of, where a column means something of its own in it: "opinions".

    Returns
    -------
    Styler
        What Jupyter draws; the table stays as it is.

    Examples
    --------
    >>> shown = show(pd.DataFrame({"activity": ["登记"], "share": [0.787]}), "zh")
    >>> "环节" in shown.to_html(), "78.7%" in shown.to_html()
    (True, True)
    """
    told = language or spoken()
    part = table.head(rows)
    names = [heading(str(name), told, of) for name in part.columns]
    unique = names if len(set(names)) == len(names) else [str(name) for name in part.columns]
    writers = {
        name: _escaped(_writer(str(column), part[column], "share" in part.columns, told))
        for name, column in zip(unique, part.columns, strict=True)
    }
    styled = part.set_axis(unique, axis=1).style.hide(axis="index").format(writers)
    left = [name for name, column in zip(unique, part.columns, strict=True)
            if not pd.api.types.is_numeric_dtype(part[column])]  # fmt: skip
    heads = [{"selector": "th", "props": "text-align: left"}]
    styled = styled.set_table_styles(dict.fromkeys(left, heads), overwrite=False)
    return styled.set_properties(subset=left, **{"text-align": "left"})


def _escaped(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """What is written is text: a sign of HTML in it is shown."""
    return lambda value: html.escape(write(value))


def _writer(
    column: str, values: pd.Series, beside_share: bool, language: Language
) -> Callable[[Any], str]:
    """How the values of a column are written; an interval is written as the share beside it."""
    if pd.api.types.is_datetime64_any_dtype(values):
        whole = bool((values.dropna() == values.dropna().dt.normalize()).all())
        form = "%Y-%m-%d" if whole else "%Y-%m-%d %H:%M"
        return lambda value: "—" if pd.isna(value) else f"{value:{form}}"
    if pd.api.types.is_bool_dtype(values):
        words = heading("yes", language), heading("no", language)
        return lambda value: "—" if _missing(value) else words[0 if value else 1]
    if not pd.api.types.is_numeric_dtype(values):
        return lambda value: "—" if _missing(value) else _said(column, str(value), language)
    if is_share(column) or (beside_share and column in _BESIDE_SHARE):
        return _chance if column in _CHANCES else percent
    if pd.api.types.is_integer_dtype(values):
        return lambda value: "—" if pd.isna(value) else f"{int(value):,}"
    # What is small is told to two figures after the point: 0.95 is neither 0.9 nor 1.0.
    known = values.dropna()
    few = len(known) > 0 and bool(known.abs().max() < _SMALL)
    return lambda value: number(value, 2 if few else 1)


def _said(column: str, value: str, language: Language) -> str:
    """A text of a column: what is a code, or names columns, in words."""
    if column == "detail":
        return doubted(value, language)
    if column in _NAMING:
        return semicolon(language).join(heading(name, language) for name in value.split("; "))
    return coded(column, value, language)


def _chance(value: Any) -> str:
    """A p as statisticians write it."""
    if _missing(value):
        return "—"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _missing(value: Any) -> bool:
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return isinstance(value, float) and value != value  # noqa: PLR0124


@cache
def _units() -> dict[str, set[str]]:
    """The units that columns of a name have in the contracts."""
    known: dict[str, set[str]] = {}
    for table in vars(tables).values():
        if isinstance(table, tables.Table):
            for column in table.columns:
                known.setdefault(column.name, set()).add(column.unit)
    return known


def is_share(column: str) -> bool:
    """Whether all tables that have such a column mean a share by it."""
    return _units().get(column) == {"0 to 1"} or column.endswith("_share")
