"""The register of improvement points as people keep it: what it says, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.points.cells import read_date, read_number, unguarded
from efficiency.evidence.points.sheets import Sheet, open_sheet
from efficiency.problems import Problem, SettingsError, listed
from efficiency.tables.identity import point_id, subject_of, subject_text
from efficiency.words.point_words import CODES, REGISTER

#: Columns that are people's: a review never changes what stands there.
THEIRS = (
    "target", "countermeasure", "owner", "planned", "due", "action", "done", "decision",
    "next_target",
)  # fmt: skip
#: The kind of a point that people added.
OWN = "own"
#: A line of a point's history: date, status, verdict, and the figures.
_LINE = re.compile(
    r"^(?P<date>\d{4}-\d{2}-\d{2}) · (?P<status>[^·]+) · (?P<verdict>[^·]*)(?P<rest>.*)$"
)
NAMES = {name: ours for ours, pair in REGISTER.items() for name in pair}
KINDS = {column.name: column.kind for column in tables.POINTS.columns}
EMPTY: dict[str, Any] = {
    "time": pd.NaT, "number": float("nan"), "integer": pd.NA, "text": "",
}  # fmt: skip
_DTYPES = {"time": "datetime64[us]", "number": "float64", "integer": "Int64", "text": object}


def no_points() -> pd.DataFrame:
    """A register without points: ``tables.POINTS`` of no rows."""
    return pd.DataFrame({name: pd.Series(dtype=_DTYPES[kind]) for name, kind in KINDS.items()})


def typed_points(frame: pd.DataFrame) -> pd.DataFrame:
    """Bring a frame to the contract's columns and types; other columns stand last, as text."""
    extras = [name for name in frame.columns if name not in KINDS]
    whole = frame.reindex(columns=[*tables.POINTS.names, *extras]).reset_index(drop=True)
    typed = {name: _DTYPES[kind] for name, kind in KINDS.items() if kind != "text"}
    texts = whole.drop(columns=list(typed)).astype(object)
    parts = [whole[list(typed)].astype(typed), texts.where(texts.notna(), "")]
    return pd.concat(parts, axis=1)[whole.columns]


@dataclass(frozen=True)
class Layout:
    """
    Where a register's columns and points stand on its sheet.

    Attributes
    ----------
    sheet, file
        The sheet, and the name of its file.
    header
        The row of the headings, counted from 0.
    columns
        Each column's place, by its name in the contract or its own heading.
    rows
        The rows that hold points.
    """

    sheet: Sheet
    file: str
    header: int
    columns: dict[str, int]
    rows: tuple[int, ...]


def read_points(path: str | Path) -> pd.DataFrame:
    """
    Read a register of improvement points that people edit.

    Parameters
    ----------
    path
        A csv file (UTF-8, UTF-16 or GB18030; separated by comma, semicolon, tab or bar) or an xlsx
        file, with the headings of ``tables.POINTS`` in Chinese or English.

    Returns
    -------
    DataFrame
        ``tables.POINTS``, one row a point in the order of the file, then every other column of the
        file as text. Blank rows, rows whose first value begins with ``#`` and what stands above
        the headings are remarks: they are not in the table, and `write_points` leaves them be. A
        row without id but with a title is a point that people added, of kind ``own``. A row of
        which the kind is missing gets it back in the next review, by its id.

    Raises
    ------
    SettingsError
        Lists every value that cannot be read, with file, line (the row that a spreadsheet shows)
        and column.

    Notes
    -----
    An id that a spreadsheet took for a number (``12345678e012``) is mended from kind and subject,
    of which it is the digest.
    """
    path = Path(path)
    layout = laid_out(open_sheet(path, frozenset(NAMES)), path.name)
    problems: list[Problem] = []
    rows = [_point(layout, row, problems) for row in layout.rows]
    _name_ids(rows)
    problems += _twice(rows, layout)
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line or 0))
    extras = [name for name in layout.columns if name not in KINDS]
    frame = pd.DataFrame(rows, columns=[*tables.POINTS.names, *extras])
    return tables.POINTS.check(typed_points(frame))


def laid_out(sheet: Sheet, file: str) -> Layout:
    """
    Find the headings, the columns and the rows that hold points.

    Raises
    ------
    SettingsError
        If there are no headings, or one stands twice.
    """
    found = [i for i, row in enumerate(sheet.rows) if _is_header(row)]
    if not found:
        filled = [row for row in sheet.rows if any(cell.strip() for cell in row)]
        if not filled:
            return Layout(sheet, file, len(sheet.rows), {}, ())
        problem = Problem("register_headings", {"have": listed(filled[0])}, file=file, line=1)
        raise SettingsError([problem])
    names = [NAMES.get(cell.strip(), cell.strip()) for cell in sheet.rows[found[0]]]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        line = found[0] + 1
        raise SettingsError(
            [Problem("duplicate_header", {"name": name}, file, line) for name in twice]
        )
    columns = {name: at for at, name in enumerate(names) if name}
    rows = tuple(
        at for at, row in enumerate(sheet.rows) if at > found[0] and _is_point(row, columns)
    )
    return Layout(sheet, file, found[0], columns, rows)


def _is_header(row: tuple[str, ...]) -> bool:
    names = {NAMES.get(cell.strip()) for cell in row} - {None}
    return len(names) > 1 and bool(names & {"id", "title"})


def _is_point(row: tuple[str, ...], columns: Mapping[str, int]) -> bool:
    """Tell a point from a blank row, a remark, and a row with nothing of ours."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    ours = (at for name, at in columns.items() if name in KINDS)
    return not first.startswith("#") and any(at < len(row) and row[at].strip() for at in ours)


def _point(layout: Layout, row: int, problems: list[Problem]) -> dict[str, Any]:
    """Read one row; what cannot be read is told."""
    texts = {name: layout.sheet.cell(row, at) for name, at in layout.columns.items()}
    place: dict[str, Any] = {"file": layout.file, "line": row + 1}
    point: dict[str, Any] = {name: EMPTY[kind] for name, kind in KINDS.items()}
    for name, text in texts.items():
        try:
            point[name] = _value(name, text)
        except ValueError as error:
            details = {"name": name, "got": text, "right": _right(name)}
            problems.append(Problem(str(error), details, column=name, **place))
    for name in ("target", "next_target"):
        if _is_no_share(point[name], point):
            details = {"name": name, "got": texts[name]}
            problems.append(Problem("point_aim", details, column=name, **place))
    if not (point["id"] or point["title"]):
        name = next(name for name, text in texts.items() if name in KINDS and text.strip())
        details = {"name": name, "got": texts[name]}
        problems.append(Problem("point_untitled", details, column=name, **place))
    return point


def _value(name: str, text: str) -> Any:
    """
    Read a cell of a column.

    Raises
    ------
    ValueError
        With the key of the message.
    """
    kind = KINDS.get(name)
    if kind is None:
        return unguarded(text)
    readers: dict[str, Callable[[str], Any]] = {
        "time": _told("date", read_date),
        "number": _told("number", read_number),
        "integer": _told("whole_number", _count),
        "text": lambda value: _text(name, unguarded(value)),
    }
    return readers[kind](text)


def _told(key: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    def reader(text: str) -> Any:
        try:
            return read(text)
        except ValueError:
            raise ValueError(key) from None

    return reader


def _count(text: str) -> Any:
    number = read_number(text)
    if np.isnan(number):
        return pd.NA
    if number < 0 or number != int(number):
        raise ValueError(text)
    return int(number)


def _text(name: str, text: str) -> str:
    if name == "history":
        return say_history(text, 2)
    if name not in CODES:
        return text if name not in {"id", "kind", "subject"} else text.strip()
    said = text.strip()
    codes = {word: code for code, pair in CODES[name].items() for word in (code, *pair)}
    if said and said.lower() not in codes:
        raise ValueError("point_code")
    return codes.get(said.lower(), "")


def _right(name: str) -> str:
    return listed(f"{zh} ({en})" for zh, en in CODES.get(name, {}).values())


def _is_no_share(aim: Any, point: Mapping[str, Any]) -> bool:
    """Tell an aim of 90 where a share is measured."""
    return bool(pd.notna(aim) and point["unit"] == "share" and not 0 <= aim <= 1)


def say_history(text: str, language: int) -> str:
    """
    Say the codes of a history in a language: 0 Chinese, 1 English, 2 as codes.

    Examples
    --------
    >>> say_history("2024-12-31 · resolved · effective · n=90", 0)
    '2024-12-31 · 已解决 · 有效 · n=90'
    """
    return "\n".join(_history_line(line, language) for line in re.split(r"\r\n|\r|\n", text))


def _history_line(line: str, language: int) -> str:
    match = _LINE.match(line)
    if not match:
        return line
    words = [say_word(name, match[name].strip(), language) for name in ("status", "verdict")]
    return f"{match['date']} · {words[0]} · {words[1]} {match['rest']}".rstrip()


def say_word(column: str, said: str, language: int) -> str:
    """Say a code in a language, as `say_history` does."""
    for code, pair in CODES[column].items():
        if said in {code, *pair}:
            return (*pair, code)[language]
    return said


def _name_ids(rows: list[dict[str, Any]]) -> None:
    """Mend the ids of findings, and give one to each point that people added."""
    for point in rows:
        subject = subject_of(point["subject"])
        if point["kind"] and point["kind"] != OWN and subject is not None:
            point["id"] = point_id(point["kind"], subject)
        elif not point["id"]:
            point |= {"kind": OWN, "subject": subject_text({"title": point["title"]})}
            point["id"] = point_id(OWN, {"title": point["title"]})


def _twice(rows: list[dict[str, Any]], layout: Layout) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for point, row in zip(rows, layout.rows, strict=True):
        first = seen.setdefault(point["id"], row)
        if first != row and point["id"]:
            details = {"name": point["id"], "other": first + 1}
            yield Problem("twice_id", details, layout.file, row + 1, "id")
