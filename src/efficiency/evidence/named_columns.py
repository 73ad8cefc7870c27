"""The columns of a small table by our names, whatever people call them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from efficiency.evidence.log.texts import as_texts, plain, trim
from efficiency.problems import Problem, SettingsError, listed


def named_columns(
    frame: pd.DataFrame, names: Mapping[str, Sequence[str]], needed: Collection[str], file: str
) -> dict[str, str]:
    """
    Which column of a table is which of ours.

    Parameters
    ----------
    frame
        The table.
    names
        What people call each of our columns.
    needed
        Those without which the table is none.
    file
        Its name, for messages.

    Returns
    -------
    dict
        The table's own name of each of our columns, '' where it has none.

    Raises
    ------
    SettingsError
        Lists every needed column that is missing, with what it may be called.

    Examples
    --------
    >>> names = {"office": ("office", "单位"), "n": ("n", "人数")}
    >>> named_columns(pd.DataFrame({" 单位": ["甲"]}), names, ["office"], "staff.csv")
    {'office': ' 单位', 'n': ''}
    """
    there = {ours: _named(frame, theirs) for ours, theirs in names.items()}
    missing = [ours for ours in needed if not there[ours]]
    if missing:
        have = listed(frame.columns)
        raise SettingsError(
            Problem("no_named_column", {"names": listed(names[ours]), "have": have}, file, 1)
            for ours in missing
        )
    return there


def told_by(frame: pd.DataFrame, there: Mapping[str, str]) -> pd.DataFrame:
    """The columns of a table under our names, as text without blanks at either end."""
    return pd.DataFrame(
        {
            ours: as_texts(frame[theirs]).fillna("").map(trim) if theirs else ""
            for ours, theirs in there.items()
        },
        index=frame.index,
    )


def _named(frame: pd.DataFrame, theirs: Sequence[str]) -> str:
    known = {plain(name).lower() for name in theirs}
    return next((name for name in map(str, frame.columns) if plain(name).lower() in known), "")
