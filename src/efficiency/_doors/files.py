"""The one way in for text: encoding and separator are found, values stay as they were typed."""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from efficiency.problems import InputError, LogError, Problem

SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class TextTable:
    """A table whose every value is text, and how its file was written."""

    frame: pd.DataFrame
    encoding: str
    separator: str


def decode(data: bytes) -> tuple[str, str]:
    """
    The text of a file and the name of its encoding.

    Raises
    ------
    UnicodeDecodeError
        If it is none of UTF-8 (with or without mark), UTF-16 and GB18030.

    Examples
    --------
    >>> decode("登记".encode("gb18030"))
    ('登记', 'gb18030')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16"), "utf-16"
    if b"\x00" in data[:4096]:  # UTF-16 without a mark: every other byte of ASCII is zero
        name = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
        return data.decode(name), name
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "gb18030"


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
    try:
        text, encoding = decode(path.read_bytes())
    except UnicodeDecodeError:
        raise LogError([Problem("encoding", file=shown)]) from None
    if not text.strip():
        raise LogError([Problem("no_rows", file=shown)])
    separator = separator_of(text)
    header = [name.strip() for name in next(csv.reader(io.StringIO(text), delimiter=separator))]
    once_each(header, shown)
    return TextTable(_parse(text, separator, header, shown), encoding, separator)


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
    # Columns without a name are what a spreadsheet leaves behind its table.
    frame.columns = pd.Index(header)
    return frame.loc[:, [bool(name) for name in header]].fillna("")


def _ragged(text: str, separator: str, want: int, shown: str) -> Iterable[Problem]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    return [
        Problem("ragged", {"line": reader.line_num, "got": len(row), "want": want}, file=shown)
        for row in reader
        if len(row) > want
    ]


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def merged(errors: Iterable[InputError]) -> list[Problem]:
    """Gather the problems of several errors, so that all are told at once."""
    return [problem for error in errors for problem in error.problems]
