"""The user's word list, by which open answers are coded: never by guesswork."""

from __future__ import annotations

import re
from pathlib import Path

from efficiency._doors.files import read_text_table
from efficiency.evidence.log.texts import trim
from efficiency.evidence.named_columns import named_columns
from efficiency.problems import Problem, SettingsError

#: What people call the columns.
NAMES = {"code": ("code", "编码", "主题"), "words": ("words", "词语", "关键词")}


def read_word_list(path: str | Path) -> dict[str, tuple[str, ...]]:
    """
    Read a word list: the words of each code.

    Parameters
    ----------
    path
        A csv file: ``code, words`` (编码, 词语), the words parted by ``|``. An answer has the code
        if one of them stands in it.

    Raises
    ------
    SettingsError
        If a column is missing, a code has no words, or a code stands twice.
    """
    path = Path(path)
    frame = read_text_table(path).frame
    there = named_columns(frame, NAMES, NAMES, path.name)
    problems, found = list[Problem](), dict[str, tuple[str, ...]]()
    for at, row in frame.iterrows():
        code = trim(row[there["code"]])
        words = tuple(filter(None, map(trim, re.split(r"[|｜、]", row[there["words"]]))))
        place = (path.name, int(at) + 2)
        if not code or not words:
            name = there["words"] if code else there["code"]
            problems.append(Problem("no_key", {"name": name, "example": "会议|开会"}, *place))
        elif code in found:
            problems.append(Problem("item_twice", {"got": code}, *place))
        else:
            found[code] = words
    if problems:
        raise SettingsError(problems)
    return found
