"""The register of improvement points written back, so that nothing of people's is lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors.exchange import replaced
from efficiency.evidence.points.points_file import (
    EMPTY,
    KINDS,
    NAMES,
    OWN,
    THEIRS,
    Layout,
    laid_out,
    no_points,
    read_points,
    say_history,
    say_word,
    typed_points,
)
from efficiency.evidence.points.sheets import Sheet, Value, open_sheet, sheet_bytes
from efficiency.language import LANGUAGES, Language
from efficiency.words.point_words import CODES, REGISTER


def write_points(
    points: pd.DataFrame,
    path: str | Path,
    *,
    like: str | Path | None = None,
    language: Language = "zh",
) -> None:
    """
    Write a register so that people can go on editing it, changing no cell that need not change.

    Parameters
    ----------
    points
        ``tables.POINTS``; other columns are written too.
    path
        A csv or xlsx file.
    like
        The register whose rows, columns, remarks, comments, formats and headings are kept; None:
        the one at ``path``, if there is one. Points that stand only there are kept, new ones are
        put at its end, columns that it lacks behind its last.
    language
        Of the headings of a new register, and of words such as verdicts.

    Raises
    ------
    SettingsError
        If the former register cannot be read, or rewriting would lose what it holds.
    """
    path = Path(path)
    former = Path(like) if like is not None else path
    if not former.is_file():
        layout, known = Layout(Sheet(), path.name, 0, {}, ()), no_points()
    else:
        layout = laid_out(open_sheet(former, frozenset(NAMES)), former.name)
        known = read_points(former)
    changes = dict(_changes(typed_points(points), layout, known, LANGUAGES.index(language)))
    content = sheet_bytes(layout.sheet, changes, path.suffix)
    replaced(path, content)


def _changes(
    points: pd.DataFrame, layout: Layout, known: pd.DataFrame, language: int
) -> Iterator[tuple[tuple[int, int], Value]]:
    """The cells that differ from what stands there."""
    width = max((len(row) for row in layout.sheet.rows), default=0)
    columns = dict(layout.columns)
    for name in points.columns:
        if name not in columns:
            columns[name] = max([width - 1, *columns.values()]) + 1
            yield (layout.header, columns[name]), REGISTER.get(name, (name, name))[language]
    places = dict(zip(known["id"], layout.rows, strict=True))
    before = known.set_index("id", drop=False).to_dict("index")
    last = max(len(layout.sheet.rows), layout.header + 1)
    for point in points.to_dict("records"):
        if point["id"] not in places:
            places[point["id"]] = last
            last += 1
        row, stands = places[point["id"]], before.get(point["id"], {})
        for name, at in columns.items():
            raw = layout.sheet.cell(row, at) if row < len(layout.sheet.rows) else ""
            if name in point and not _same(name, point[name], stands, raw):
                yield (row, at), _shown(name, point[name], language)


def _same(name: str, value: Any, stands: Mapping[str, Any], raw: str) -> bool:
    """Tell whether a cell says already what it is to say."""
    old = stands.get(name, EMPTY[KINDS.get(name, "text")])
    if name in {"id", "kind", "subject"}:  # read as something else than what stands there
        return bool(raw.strip() == value)
    if pd.isna(value) or pd.isna(old):
        return bool(pd.isna(value) and pd.isna(old))
    if isinstance(value, float):
        return bool(round(value, 6) == round(old, 6))
    if isinstance(value, str):
        return re.sub(r"\r\n|\r", "\n", value) == re.sub(r"\r\n|\r", "\n", old)
    return bool(value == old)


def _shown(name: str, value: Any, language: int) -> Value:
    """A value as it is to stand in a cell."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        day: dt.date = value.date()
        return day
    if name == "history":
        return say_history(value, language)
    if name in CODES:
        return say_word(name, value, language)
    if isinstance(value, float):
        rounded = round(value, 6)
        return int(rounded) if rounded.is_integer() else rounded
    return str(value) if isinstance(value, str) else int(value)


@dataclass(frozen=True)
class TakenOver:
    """
    A register with a review's results in it.

    Attributes
    ----------
    points
        ``tables.POINTS``.
    kept
        One row a cell of people's in which the two differ: ``id, column, kept, other``.
    added
        How many points are new.
    """

    points: pd.DataFrame
    kept: pd.DataFrame
    added: int


def taken_over(register: pd.DataFrame, reviewed: pd.DataFrame) -> TakenOver:
    """
    Take a review's results over into the register that people edit.

    Parameters
    ----------
    register, reviewed
        ``tables.POINTS``, as people keep it and as it stood after the review.

    Returns
    -------
    TakenOver
        What is ours comes from the review, what is theirs from the register; where theirs is
        empty, from the review. No point and no column is lost.
    """
    register, reviewed = typed_points(register), typed_points(reviewed)
    theirs = register.set_index("id", drop=False).to_dict("index")
    kept = list[dict[str, Any]]()
    rows = dict[str, dict[str, Any]]({str(id_): dict(row) for id_, row in theirs.items()})
    for row in reviewed.to_dict("records"):
        mine = rows.setdefault(row["id"], {})
        own = row["kind"] == OWN
        for name, value in row.items():
            old = mine.get(name, "")
            if not _is_theirs(str(name), own=own) or _is_blank(old):
                mine[str(name)] = value
            elif not _is_blank(value) and not _same(str(name), value, mine, str(old)):
                kept.append({"id": row["id"], "column": name, "kept": old, "other": value})
    columns = list(dict.fromkeys([*register.columns, *reviewed.columns]))
    points = typed_points(pd.DataFrame(list(rows.values()), columns=columns))
    told = pd.DataFrame(kept, columns=["id", "column", "kept", "other"])
    return TakenOver(points, told, len(rows) - len(theirs))


def _is_theirs(name: str, *, own: bool) -> bool:
    """Tell people's columns; of a point that they added, all are."""
    return own or name in THEIRS or name not in KINDS


def _is_blank(value: Any) -> bool:
    return bool(pd.isna(value) or value == "")
