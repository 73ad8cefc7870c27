"""The languages in which people are spoken to, and what differs between them beside the words."""

from __future__ import annotations

import locale
import os
from collections.abc import Iterable
from typing import Any, Literal, get_args

Language = Literal["zh", "en"]
#: The order in which every text stands: (Chinese, English).
LANGUAGES: tuple[Language, ...] = get_args(Language)
#: Names a language for messages where the system's is not the one that is wanted.
VARIABLE = "EFFICIENCY_LANGUAGE"

_COMMA = ("、", ", ")
_SEMICOLON = ("；", "; ")
_NUMERALS = "一二三四五六七八九十"


def of(pair: tuple[Any, ...], language: Language) -> Any:
    """
    The one of several texts that is in a language.

    Examples
    --------
    >>> of(("标准", "criterion"), "en")
    'criterion'
    """
    return pair[LANGUAGES.index(language)]


def joined(parts: Iterable[object], language: Language) -> str:
    """
    Several things as a list in a sentence.

    Examples
    --------
    >>> joined(["登记", "转办"], "zh"), joined([2023, 2024], "en")
    ('登记、转办', '2023, 2024')
    """
    return comma(language).join(map(str, parts))


def comma(language: Language) -> str:
    """What stands between the things of a list."""
    return str(of(_COMMA, language))


def semicolon(language: Language) -> str:
    """What stands between clauses that may hold lists."""
    return str(of(_SEMICOLON, language))


def numeral(place: int, language: Language) -> str:
    """
    The number of a chapter or section, from 1.

    Examples
    --------
    >>> numeral(3, "zh"), numeral(3, "en"), numeral(12, "zh")
    ('三', '3', '十二')
    """
    tens, ones = divmod(place, 10)
    chinese = (_NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "")
    return str(of((chinese + (_NUMERALS[ones - 1] if ones else ""), str(place)), language))


def spoken() -> Language:
    """
    The language of messages where nothing else says it: `VARIABLE`, else the system's.

    Examples
    --------
    >>> import os; os.environ[VARIABLE] = "zh"; spoken(); del os.environ[VARIABLE]
    'zh'
    """
    said = os.environ.get(VARIABLE) or _system() or ""
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


def _system() -> str | None:
    """The system's language, as POSIX variables or the locale name it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    return locale.getlocale()[0]
