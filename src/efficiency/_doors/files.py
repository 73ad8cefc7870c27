"""The one way in for text: encoding and separator are found, values stay as they were typed."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from efficiency.problems import InputError, LogError, Problem

SEPARATORS = ",;\t|"
#: The longest field that Python's csv reader takes.
_LONG_FIELD = csv.field_size_limit()
#: So many of the signs beyond ASCII are such as people write.
_MOST = 0.7
#: In a damaged file one line of so many is broken; columns from which on a swallowed row is told.
_FEW_DAMAGED, _LEAST_COLUMNS = 50, 3
_AS_TEXT = r'^="([^"]*)"$'


@dataclass(frozen=True)
class TextTable:
    """
    A table whose every value is text, and how its file was written.

    ``above`` holds the lines over the heading; a column without a heading has the name '';
    ``zeros`` counts zero bytes, which no text has and which were left out.
    """

    frame: pd.DataFrame
    encoding: str
    separator: str
    above: tuple[str, ...] = ()
    zeros: int = 0


def decode(data: bytes) -> tuple[str, str]:
    """
    The text of a file and the name of its encoding.

    Raises
    ------
    UnicodeDecodeError
        If it is none of UTF-8 (with or without mark), UTF-16, GB18030 and Windows-1252.

    Examples
    --------
    >>> decode("登记".encode("gb18030"))
    ('登记', 'gb18030')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16"), "utf-16"
    head = data[:4096]
    # UTF-16 without a mark: every other byte of ASCII is zero. A stray one is nothing at all.
    if head.count(b"\x00") > len(head) / 8:
        name = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
        return data.decode(name), name
    data = data.replace(b"\x00", b"")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _by_signs(data)


def _by_signs(data: bytes) -> tuple[str, str]:
    """
    Chinese, unless its signs are such as hardly anybody writes and Western letters make words.

    Examples
    --------
    >>> _by_signs("José, Müller".encode("latin-1"))
    ('José, Müller', 'cp1252')
    """
    chinese, western = _decoded(data, "gb18030"), _decoded(data, "cp1252")
    likely = western is not None and _share(western, _is_western) >= _MOST
    if chinese is not None and (_share(chinese, _is_common) >= _MOST or not likely):
        return chinese, "gb18030"
    # What is neither is refused as Chinese.
    return (western, "cp1252") if likely and western else (data.decode("gb18030"), "gb18030")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share(text: str, fits: Callable[[str], bool]) -> float:
    """The share of the signs beyond ASCII that fit."""
    fitting, beyond = _fitting(text, fits)
    return fitting / max(beyond, 1)


def _fitting(text: str, fits: Callable[[str], bool]) -> tuple[int, int]:
    """How many of the signs beyond ASCII fit, and how many there are."""
    signs = Counter(sign for sign in text if not sign.isascii())
    return sum(n for sign, n in signs.items() if fits(sign)), signs.total()


def _is_western(sign: str) -> bool:
    """Whether a sign is a letter of Western Europe that words are made of."""
    return sign.isalpha() and sign != "ÿ"


def _is_common(sign: str) -> bool:
    """Whether a sign is one of the 7,445 of GB 2312, which nearly all Chinese text is made of."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def separator_of(text: str) -> str:
    r"""
    Find the separator: the one that cuts the first lines into most columns of one number.

    Examples
    --------
    >>> separator_of("a;b;c\n1,5;2;3\n")
    ';'
    """
    head = "\n".join(text.splitlines()[:20])

    def score(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=separator) if row]
        return (sum(width == widths[0] for width in widths) if widths[0] > 1 else 0, widths[0])

    return max(SEPARATORS, key=score)


def read_text_table(path: Path, shown: str | None = None) -> TextTable:
    """
    Read a csv file as text: ``NA``, ``007`` and empty strings survive.

    Parameters
    ----------
    path
        The file.
    shown
        Its name in messages.

    Raises
    ------
    LogError
        If it is missing, of an unknown encoding, without rows, or ragged.
    """
    shown = shown or path.name
    if not path.is_file():
        raise LogError([Problem("no_file", {"path": str(path)}, file=shown)])
    data = path.read_bytes()
    try:
        text, encoding = decode(data)
    except UnicodeDecodeError:
        text, encoding = "", ""
    damaged = _damaged(data, encoding)
    if damaged:
        raise LogError([Problem("broken_bytes", {"line": n}, shown, n) for n in damaged])
    if not encoding:
        raise LogError([Problem("encoding", file=shown)])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise LogError([Problem("no_rows", file=shown)])
    try:
        return table_of_text(text, encoding, data, shown)
    except csv.Error:  # the one error of a reader that is not strict
        long = (at for at, line in enumerate(text.split("\n"), 1) if len(line) > _LONG_FIELD)
        details = {"most": f"{_LONG_FIELD:,}"}
        raise LogError([Problem("long_field", details, shown, next(long, None))]) from None


def table_of_text(text: str, encoding: str, data: bytes, shown: str) -> TextTable:
    """
    The table of a text whose lines end alike.

    Parameters
    ----------
    text
        The text.
    encoding, data
        How it was written, and as what.
    shown
        What its file is called in messages.

    Raises
    ------
    LogError
        If it has no heading, or is ragged.
    """
    said = re.match(r"sep=(.)\n", text)
    above: tuple[str, ...] = ()
    if said:
        separator, text = said[1], text[said.end() :]
    else:
        separator = separator_of(text)
        above, text = _above(text, separator)
    header = _header(text, separator, shown, len(above) + 1)
    swallowed = _swallowed(text, separator, len(header))
    if swallowed:
        line = len(above) + (1 if said else 0)
        raise LogError(
            [Problem("quote", {"line": line + at}, shown, line + at) for at in swallowed]
        )
    zeros = 0 if encoding.startswith("utf-16") else data.count(b"\x00")
    return TextTable(_parse(text, separator, header, shown), encoding, separator, above, zeros)


def _header(text: str, separator: str, shown: str, line: int) -> list[str]:
    """The names of the columns, each once."""
    header = [name.strip() for name in next(csv.reader(io.StringIO(text), delimiter=separator))]
    if not any(header):
        raise LogError([Problem("no_heading", file=shown, line=line)])
    once_each(header, shown)
    return header


def encoding_of(path: Path, size: int) -> str | None:
    """
    The encoding of a text file that is never held whole, as `decode` finds it.

    Parameters
    ----------
    path
        The file.
    size
        About so many bytes of it are looked at at a time.

    Returns
    -------
    str or None
        ``utf-8`` or ``gb18030``; None where it takes the whole text to tell.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(size):
                pass
    except UnicodeDecodeError:
        return "gb18030" if _is_chinese(path, size) else None
    return "utf-8"


def _is_chinese(path: Path, size: int) -> bool:
    """Whether a file is sound GB18030, of common signs, and no damaged UTF-8."""
    common, beyond, wrong, every = 0, 0, 0, 0
    with path.open("rb") as file:
        while lines := file.readlines(size):
            data = b"".join(lines)
            text = _decoded(data, "gb18030")
            if text is None:
                return False
            fitting, signs = _fitting(text, _is_common)
            common, beyond = common + fitting, beyond + signs
            rows = data.splitlines()
            wrong += sum(_decoded(row, "utf-8") is None for row in rows)
            every += len(rows)
    return common / max(beyond, 1) >= _MOST and wrong > every / _FEW_DAMAGED


def _damaged(data: bytes, encoding: str) -> list[int]:
    r"""
    The lines that are no Chinese in a file whose other lines are.

    Notes
    -----
    One byte that was lost makes a file neither UTF-8 nor GB18030, and so a Western one full of
    signs that nobody wrote.

    Examples
    --------
    >>> text = "编号,环节\n" + "1,登记\n" * 200
    >>> _damaged(text.encode() + b"2,\xe7\x99\n", "cp1252")
    [202]
    """
    if encoding not in {"", "cp1252", "gb18030"}:
        return []
    lines = data.splitlines()
    for name in ("utf-8", "gb18030"):
        if name == encoding:
            continue
        read = [_decoded(line, name) for line in lines]
        wrong = [at for at, line in enumerate(read, start=1) if line is None]
        whole = "".join(line for line in read if line)
        beyond = sum(not sign.isascii() for sign in whole)
        if (
            0 < len(wrong) <= len(lines) / _FEW_DAMAGED
            and beyond
            and (_share(whole, _is_common) >= _MOST)
        ):
            return wrong
    return []


def _swallowed(text: str, separator: str, want: int) -> list[int]:
    """The lines in which a quote begins that takes in whole rows up to the next quote."""
    if '"' not in text or want < _LEAST_COLUMNS:
        return []
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    found, begun = [], 1
    for row in reader:
        # As many separators as its lines would have, were they rows.
        if any(0 < cell.count("\n") * (want - 1) == cell.count(separator) for cell in row):
            found.append(begun)
        begun = reader.line_num + 1
    return found


def _above(text: str, separator: str) -> tuple[tuple[str, ...], str]:
    """The title lines over a table: those of one cell, where the lines that follow have more."""
    lines = text.split("\n", 20)
    widths = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines[:-1]]
    wide = max(widths, default=1)
    over = next((at for at, width in enumerate(widths) if width > 1), 0) if wide > 1 else 0
    return tuple(lines[:over]), "\n".join(lines[over:])


def once_each(header: list[str], shown: str) -> None:
    """
    Check that no name stands twice in a header.

    Raises
    ------
    LogError
        Names each that does.
    """
    twice = [name for i, name in enumerate(header) if name and name in header[:i]]
    if twice:
        problems = [Problem("duplicate_header", {"name": name}, file=shown) for name in twice]
        raise LogError(problems)


def _parse(text: str, separator: str, header: list[str], shown: str) -> pd.DataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                io.StringIO(text),
                sep=separator,
                dtype=str,
                keep_default_na=False,
                na_filter=False,
                index_col=False,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        raise LogError(_ragged(text, separator, len(header), shown)) from None
    frame.columns = pd.Index(header)
    # What a spreadsheet writes so that a number keeps its zeros: ="007".
    frame = frame.fillna("")
    if '="' in text:
        frame = frame.replace(_AS_TEXT, r"\1", regex=True)
    # Columns without a name and without a value are what a spreadsheet leaves behind its table.
    kept = [bool(name) or (frame.iloc[:, at].str.strip() != "").any()
            for at, name in enumerate(header)]  # fmt: skip
    return frame.loc[:, kept]


def _ragged(text: str, separator: str, want: int, shown: str) -> Iterable[Problem]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    found, begun = list[Problem](), 1
    last = Problem("quote", {"line": 1}, file=shown)
    for row in reader:
        if len(row) > want:
            details = {"line": reader.line_num, "got": len(row), "want": want}
            found.append(Problem("ragged", details, file=shown))
        if reader.line_num > begun and any("\n" in cell for cell in row):
            last = Problem("quote", {"line": begun}, file=shown, line=begun)
        begun = reader.line_num + 1
    return found or [last]


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def merged(errors: Iterable[InputError]) -> list[Problem]:
    """Gather the problems of several errors, so that all are told at once."""
    return [problem for error in errors for problem in error.problems]
