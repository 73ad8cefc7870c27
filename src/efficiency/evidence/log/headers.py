"""Finds the table in a sheet: where its heading stands, which rows lie above, below, between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: So many rows are looked at for the heading.
LOOKED_AT = 30
#: Rows that hold no case: totals, who made the table, notes, and the further lines of a note.
TOTAL = re.compile(
    r"^\s*\S{0,6}?(合\s*计|总\s*计|小\s*计|共\s*计|total)\s*[：:]?\s*$", re.IGNORECASE
)
_SIGNED = re.compile(r"^\s*\S{0,4}?(制表|填表|填报|审核|负责|审批|联系)\S{0,6}?[：:]")
_LABEL = re.compile(
    r"[：:]\s*$|^\s*(?:填报|报送|填表|制表|编制|统计|审核|负责|联系|打印|导出)\S{0,6}?[：:]"
)
_NOTE = re.compile(r"^\s*(备\s*注|注|说\s*明)\s*[：:0-9]")
_FURTHER = re.compile(r"^\s*[（(]?\d{1,2}[）).、．]\s*\D")
OUTSIDE, UNNAMED = "outside the table", "no heading"
#: What a workbook holds beside its table or does not show; each is told, and changes no value.
OTHER_SHEET, HIDDEN_SHEET = "another sheet", "hidden sheet"
HIDDEN_ROW, NOT_COMPUTED = "hidden row", "formula without a value"
#: Bytes that no text has.
ZEROS = "zero bytes left out"
#: A row that counts once, of several files that are one log.
AGAIN = "stands in another file too"
#: Doubts about a register; the values stay as they are.
OUT_OF_ORDER, REPEATED = "before its predecessor", "one number in several rows"


@dataclass(frozen=True)
class Note:
    """What was set aside or named while a file was read, by the columns of ``tables.CHANGED``."""

    row: int
    column: str
    value: str
    reason: str
    n: int = 1


def heading_at(rows: Sequence[Sequence[str]]) -> int:
    """
    The row of the heading: the first that is about as wide as the table.

    Examples
    --------
    >>> heading_at([["2024年收文登记簿", "", ""], ["编号", "环节", "办结"], ["1", "登记", ""]])
    1
    """
    looked = rows[:LOOKED_AT]
    widths = [sum(bool(cell.strip()) for cell in row) for row in looked]
    wide = max(widths, default=0)
    fits = [width >= max(2, 0.6 * wide) for width in widths]
    # 填报单位：市府办 is as wide as a table, and no heading.
    named = [fit and not any(_LABEL.search(cell) for cell in row)
             for fit, row in zip(fits, looked, strict=True)]  # fmt: skip
    return next((at for at, is_heading in enumerate(named) if is_heading), 0)


def names_of(
    first: Sequence[str], second: Sequence[str] | None, filled: Sequence[int]
) -> tuple[list[str], list[Note]]:
    """
    The names of the columns.

    Parameters
    ----------
    first
        The heading.
    second
        The row below it, where the heading goes over two rows and ``first`` was spread over what
        it spans.
    filled
        How many cells of each column hold something.

    Returns
    -------
    tuple
        One name a column, '' for those without heading and values; what was made up is told.

    Examples
    --------
    >>> names_of(["编号", "时间", "时间"], ["编号", "到达", "办结"], [1, 1, 1])[0]
    ['编号', '时间 到达', '时间 办结']
    >>> names_of(["编号", ""], None, [1, 1])[0]
    ['编号', '列B']
    """
    names, notes = [], []
    for at, many in enumerate(filled):
        top = first[at].strip() if at < len(first) else ""
        below = second[at].strip() if second is not None and at < len(second) else ""
        name = f"{top} {below}" if top and below and top != below else top or below
        if not name and many:
            name = f"列{letter(at)}"
            notes.append(Note(0, name, "", UNNAMED, many))
        names.append(name)
    return names, notes


def letter(at: int) -> str:
    """
    The letter of a column, as a spreadsheet counts.

    Examples
    --------
    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def below_from(rows: Sequence[Sequence[str]]) -> int:
    """
    Where what lies below a table begins: totals and notes.

    Examples
    --------
    >>> below_from([["1", "登记"], ["2", "登记"], ["合计", "2"], ["制表：张某", ""]])
    2
    """
    end = found = len(rows)
    while end:
        cells = [cell for cell in rows[end - 1] if cell.strip()]
        if cells and any(_is_below(cell) for cell in cells[:2]):
            found = end - 1
        elif len(cells) != 1 or not _FURTHER.match(cells[0]):
            break
        end -= 1
    return found


def _is_below(cell: str) -> bool:
    return any(pattern.match(cell) for pattern in (TOTAL, _SIGNED, _NOTE))


def shown(row: Sequence[str]) -> str:
    """The cells of a row, as they are told."""
    return " | ".join(cell.strip() for cell in row if cell.strip())
