"""What rests on few cases, withheld in what leaves the room, with what would give it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from efficiency.tables import WRITTEN
from efficiency.tables.small_cells import FOLLOWED, OPEN, RECORDS, SMALL, TELLING, Small


class Mark(str):
    """What stands in the place of a number that is withheld."""

    __slots__ = ()


@dataclass(frozen=True)
class Group:
    """
    Rows that add up to what is told elsewhere.

    Attributes
    ----------
    n
        On how many cases each rests.
    parts
        Counts of a part of these, a column each.
    """

    n: np.ndarray
    parts: tuple[np.ndarray, ...] = ()


def withheld(tables: Mapping[str, pd.DataFrame], least: int, mark: str) -> dict[str, pd.DataFrame]:
    """
    Withhold the small cells of a review's tables.

    Parameters
    ----------
    tables
        By the names of their files. They are not changed.
    least
        Rows that rest on fewer cases are withheld.
    mark
        What stands in the place of a number.

    Returns
    -------
    dict
        The tables; a column with withheld cells holds objects.

    Notes
    -----
    A row of fewer than `least` cases (and not of none) is withheld; where rows add up to what is
    told elsewhere, the next larger ones too until no withheld one can be worked out (`guarded`).
    A limit, rule or unit that is withheld in its own table is so in all: rows of single cases under
    it are left out, and units are not named.

    Examples
    --------
    >>> units = pd.DataFrame({
    ...     "log": "a", "standard_id": "T1", "name": ["甲", "乙", "丙"],
    ...     "k": [1, 3, 9], "n": [3, 20, 90], "value": [1 / 3, 0.15, 0.1],
    ... })
    >>> withheld({"units": units}, 5, "…")["units"][["name", "k", "n"]].values.tolist()
    [['甲', '…', '…'], ['乙', '…', '…'], ['丙', 9, 90]]
    """
    hidden = _followed(tables, least)
    return {name: _table(name, frame, hidden, least, mark) for name, frame in tables.items()}


def disclosed(name: str, frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """
    The rows of a table of which nothing is withheld.

    Examples
    --------
    >>> few = pd.DataFrame({"log": "a", "hand": ["甲", "乙", "丙"], "cases": [1, 30, 90]})
    >>> disclosed("involvement", few, 5)["hand"].tolist()
    ['丙']
    """
    smalls = SMALL.get(name, ()) if len(frame) else ()
    masks = [few_rows(frame, small, least) for small in smalls]
    return frame[~np.logical_or.reduce(masks)] if masks else frame


def few_rows(frame: pd.DataFrame, small: Small, least: int) -> np.ndarray:
    """Which rows of a table are withheld: those of few cases, and what would give them away."""
    if not {*small.by, *small.parts} <= set(frame.columns):
        return np.zeros(len(frame), dtype=bool)
    n = _counted(frame, small)
    mask: np.ndarray = (n > 0) & (n < least)
    if small.whole:
        for rows in _groups(frame, small.whole, mask):
            mask[rows] = True
    if small.within is not None:
        for rows in _groups(frame, small.within, mask):
            parts = tuple(frame[name].to_numpy(float)[rows] for name in small.parts)
            mask[rows] = guarded(Group(n[rows], parts), least)
    if small.alike and mask.any():
        codes = frame.groupby(list(small.alike), dropna=False).ngroup().to_numpy()
        mask = np.isin(codes, codes[mask])
    return mask


def _groups(frame: pd.DataFrame, columns: tuple[str, ...], mask: np.ndarray) -> list[np.ndarray]:
    """The places of the rows of each group in which something is withheld."""
    keys = [name for name in columns if name in frame]
    codes = frame.groupby(keys, dropna=False).ngroup().to_numpy() if keys else np.zeros(len(frame))
    return [np.flatnonzero(codes == code) for code in np.unique(codes[mask])]


def guarded(group: Group, least: int) -> np.ndarray:
    """
    Which rows of a group with a known total are withheld so that none of few can be worked out.

    Parameters
    ----------
    group
        The rows.
    least
        Fewer cases are withheld.

    Notes
    -----
    Whoever knows the total of the withheld rows, and which of them are small, must be left with
    every number from 1 to ``least - 1`` for each of these; and of a part that is counted neither
    none nor all may lie in them. If no row is left to withhold, the total would have to be.

    Examples
    --------
    >>> guarded(Group(np.array([2, 30, 9, 70])), 5).tolist()
    [True, False, True, False]
    """
    n = np.nan_to_num(group.n)
    mask: np.ndarray = (n > 0) & (n < least)
    order = [at for at in np.argsort(n, kind="stable") if n[at] >= least]
    for at in order:
        if not mask.any() or _is_open(group, mask, least):
            break
        mask[at] = True
    return mask


def _is_open(group: Group, mask: np.ndarray, least: int) -> bool:
    """Whether what is withheld leaves every small number possible."""
    n = np.nan_to_num(group.n)
    total, few = n[mask].sum(), int((mask & (n < least)).sum())
    others = int(mask.sum()) - few
    # Each of the others has at least `least`; each of the few 1 to least - 1.
    highest = total - (few - 1) - least * others >= least - 1
    lowest = others > 0 or total - (least - 1) * (few - 1) <= 1
    parts = (np.nansum(part[mask]) for part in group.parts)
    return bool(highest and lowest and all(0 < part < total for part in parts))


def _counted(frame: pd.DataFrame, small: Small) -> np.ndarray:
    """On how many cases each row rests; nan where that is not known."""
    first, *off = (pd.to_numeric(frame[name], errors="coerce") for name in small.by)
    n = first
    for less in off:
        n = n + less.fillna(0) if small.plus else n - less.fillna(0)
    counted: np.ndarray = n.to_numpy(dtype=float, na_value=np.nan)
    return counted


def _followed(tables: Mapping[str, pd.DataFrame], least: int) -> dict[str, set[tuple[str, str]]]:
    """The withheld groups by the columns that name them: of which log, and which."""
    found: dict[str, set[tuple[str, str]]] = {}
    for table, column, others in FOLLOWED:
        frame = tables.get(table, pd.DataFrame())
        if len(frame):
            rows = frame[few_rows(frame, SMALL[table][0], least)]
            groups = set(zip(rows["log"].astype(str), rows[column].astype(str), strict=True))
            for name in others:
                found[name] = found.get(name, set()) | groups
    return found


def _table(
    name: str,
    frame: pd.DataFrame,
    hidden: Mapping[str, set[tuple[str, str]]],
    least: int,
    mark: str,
) -> pd.DataFrame:
    """One table without its small cells."""
    if frame.empty:
        return frame
    told = frame
    for column, rows in _of_hidden(frame, hidden):
        if name in RECORDS and column in {"standard_id", "rule_id"}:
            told = told[~rows.reindex(told.index)]
        elif name in RECORDS:
            told = _marked(told, rows.reindex(told.index), (column,), mark)
        else:
            told = _marked(told, rows, _numbers(name, frame), mark)
    for small in SMALL.get(name, ()):
        rows = pd.Series(few_rows(frame, small, least), index=frame.index)
        told = _marked(told, rows, small.hides or _numbers(name, frame), mark)
    return told


def _of_hidden(
    frame: pd.DataFrame, hidden: Mapping[str, set[tuple[str, str]]]
) -> Iterator[tuple[str, pd.Series]]:
    """Which rows name a group that is withheld, by the column in which they do."""
    for column, groups in hidden.items():
        if groups and column in frame and "log" in frame:
            keys = zip(frame["log"].astype(str), frame[column].astype(str), strict=True)
            rows = pd.Series([key in groups for key in keys], index=frame.index)
            if column == "value":
                # A group of cases is a unit where it is told by the unit.
                of_unit = frame.get("attribute", pd.Series("", index=frame.index)) == "unit"
                rows &= of_unit
            if rows.any():
                yield column, rows


def _numbers(table: str, frame: pd.DataFrame) -> tuple[str, ...]:
    """The columns that hold numbers of cases, and texts that say the same."""
    contract = WRITTEN.get(table)
    kinds = {column.name: column.kind for column in contract.columns} if contract else {}
    return tuple(
        name
        for name in frame.columns
        if name in TELLING
        or (
            name not in OPEN
            and (
                kinds.get(name) in {"number", "integer", "boolean"}
                or pd.api.types.is_numeric_dtype(frame[name])
            )
        )
    )


def _marked(
    frame: pd.DataFrame, rows: pd.Series, columns: tuple[str, ...], mark: str
) -> pd.DataFrame:
    """The table with a mark in the place of what stood in these cells."""
    if not rows.any():
        return frame
    sign = Mark(mark)
    there = [name for name in columns if name in frame]
    told = {}
    for name in there:
        # `mask` would make a plain text of the sign.
        cells = frame[name].astype(object).to_numpy(copy=True)
        for at in np.flatnonzero(rows & frame[name].notna()):
            cells[at] = sign
        told[name] = pd.Series(cells, index=frame.index, dtype=object)
    return frame.assign(**told)
