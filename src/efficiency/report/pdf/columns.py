"""How wide the columns of a table are on paper, and in what size its text is set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

#: Sizes in points: what a table is set in, down to the smallest that can be read at ease, and on.
_SIZES = (12.0, 11.0, 10.5, 10.0, 9.0)
_SMALL = (8.0, 7.0, 6.0)
#: More columns than this need a page that is turned.
MOST_COLUMNS = 9
#: Left and right of a cell together, in points.
PADDING = 8.0
#: In ems: what a column may ask for without a break, and before its texts are broken into lines.
_LONGEST_TOKEN, _EASY, _WIDEST, _LEAST = 14.0, 8.0, 200.0, 4.0
_GROWTH = 0.6
#: Signs of a run that is not broken in typesetting: no space, nothing Chinese but between two
#: ends of an interval.
_LATIN = r"[^\s\u200b\u2e80-\ud7ff\uf900-\uffef]+"
_TOKEN = re.compile(rf"{_LATIN}(?:～{_LATIN})*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK = "\u200b"
#: In ems, in Noto Serif SC; a little more than it measures.
_LETTERS = dict.fromkeys("ijl|.,:;'!()[] ", 0.38) | dict.fromkeys("mwMW@%—", 0.98)


def plain(text: str) -> str:
    r"""
    Take out of a text what no page can show, and let a run without end be broken.

    Examples
    --------
    >>> plain("登记\x0b"), len(plain("x" * 90))
    ('登记', 92)
    """
    return broken(_CONTROL.sub("", text), 24.0)


def broken(text: str, most: float) -> str:
    """
    Let the runs of a text be broken that are wider than a line.

    Parameters
    ----------
    text
        As it is shown.
    most
        Width of a line in ems.

    Examples
    --------
    >>> broken("登记 abcdef", 2.0).split("\u200b")
    ['登记 abc', 'def']
    """
    return _TOKEN.sub(lambda run: _BREAK.join(_pieces(run[0], most)), text)


def _pieces(run: str, most: float) -> Iterator[str]:
    piece, width = "", 0.0
    for sign in run:
        if piece and width + ems(sign) > most:
            yield piece
            piece, width = "", 0.0
        piece, width = piece + sign, width + ems(sign)
    yield piece


def ems(text: str) -> float:
    """
    Estimate how wide a text is, in ems.

    Examples
    --------
    >>> ems("登记")
    2.0
    """
    return sum(_sign(sign) for sign in text)


def _sign(sign: str) -> float:
    if sign in _LETTERS:
        return _LETTERS[sign]
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    return 0.76 if sign.isupper() else 0.6


def is_wide(rows: Sequence[Sequence[str]], width: float) -> bool:
    """
    Tell whether a table cannot be read on a page of this width.

    Parameters
    ----------
    rows
        Its texts, the headings first.
    width
        Of the page's text, in points.

    Examples
    --------
    >>> is_wide([["列"] * 12], 442.0), is_wide([["列"] * 3], 442.0)
    (True, False)
    """
    return len(rows[0]) > MOST_COLUMNS or fitted(rows, width)[0] < _SIZES[-1]


def fitted(rows: Sequence[Sequence[str]], width: float) -> tuple[float, list[float]]:
    """
    Choose the size of a table's text and the widths of its columns, all in points.

    Parameters
    ----------
    rows
        Its texts, the headings first.
    width
        That the table may have.

    Examples
    --------
    >>> fitted([["环节", "说明"], ["登记", "很长" * 40]], 200.0)
    (12.0, [33.2, 166.8])
    """
    columns = list(zip(*rows, strict=True))
    room = width - PADDING * len(columns)
    least = [max(map(_longest, column)) for column in columns]
    wanted = [min(max(map(ems, column)) + 0.1, _WIDEST) for column in columns]
    wanted = [max(pair) for pair in zip(least, wanted, strict=True)]
    least = [max(one, min(more, _LEAST)) for one, more in zip(least, wanted, strict=True)]
    easy = [max(one, min(more, _EASY)) for one, more in zip(least, wanted, strict=True)]
    size = _largest(_SIZES, sum(wanted), room)
    if sum(wanted) * size > room:
        size = _largest(_SIZES, sum(easy), room)
    if sum(least) * size > room:
        size = _largest(_SMALL, sum(least), room)
    shares = _shared(least, wanted, room / size)
    return size, [round(share * size + PADDING, 1) for share in shares]


def _largest(sizes: Sequence[float], total: float, room: float) -> float:
    """The largest size in which so many ems go into the room, else the smallest."""
    return next((size for size in sizes if total * size <= room), sizes[-1])


def _longest(text: str) -> float:
    """The widest run that is not broken, at least two signs."""
    runs = max(map(ems, _TOKEN.findall(text)), default=0.0)
    return min(max(runs, 2.0), _LONGEST_TOKEN) + 0.1


def _shared(least: list[float], wanted: list[float], room: float) -> list[float]:
    """The widths in ems: narrow columns get all that they want, wide ones share the rest."""
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    if sum(wanted) <= room:
        return wanted
    low, high = 0.0, max(wanted)
    for _ in range(40):
        level = (low + high) / 2
        is_within = sum(_at_level(least, wanted, level)) <= room
        low, high = (level, high) if is_within else (low, level)
    return _at_level(least, wanted, low)


def _at_level(least: list[float], wanted: list[float], level: float) -> list[float]:
    """Widths that grow with what a column wants, but by less: long texts take more lines."""
    return [max(a, min(b, level * b**_GROWTH)) for a, b in zip(least, wanted, strict=True)]
