"""The names of persons within texts, and what is written in their place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd

from efficiency.evidence.people.personal import IDENTITY, PHONE, is_identity, is_name, plain
from efficiency.evidence.people.pseudonyms import code_of, pseudonyms

#: What follows a place's name that is no person's: 高新 in 高新区.
_PLACE = "(?![区市县镇乡村路街])"
#: What stands between the values of a condition or a list in tables of criteria.
_BETWEEN = r"[\s=!<>|｜;；,，、:：→()（）\[\]【】]"


class Names:
    """
    The persons whom a review's records name.

    Parameters
    ----------
    known
        All values of the columns that name persons.
    key
        By which they get their pseudonyms; None: names stay as they are.
    """

    def __init__(self, known: Iterable[str], key: bytes | None) -> None:
        self.key = key
        self.known = {name for name in known if plain(name)} if key is not None else set()

    def column(self, values: pd.Series) -> pd.Series:
        """A column of persons, or of their numbers: each under a pseudonym."""
        return values if self.key is None else pseudonyms(values, self.key)

    def texts(self, values: pd.Series) -> pd.Series:
        """A column of texts, each without the names in it; each different one is looked at once."""
        if self.key is None or values.dtype != object:
            return values
        different = pd.Series(values.dropna().unique(), dtype=object)
        changed = {
            text: now
            for text in different
            if isinstance(text, str) and (now := self.text(text)) != text
        }
        return values.map(lambda value: changed.get(value, value)) if changed else values

    def text(self, text: str) -> str:
        """
        A text in which known names, phone and identity numbers are replaced.

        Examples
        --------
        >>> names = Names(["张三", "R21"], b"key")
        >>> names.text("张三审核") == code_of("张三", b"key") + "审核", names.text("R21")
        (True, 'R21')
        """
        key = self.key
        if key is None:
            return text
        told = IDENTITY.sub(lambda found: _number(found[0], key), text)
        told = PHONE.sub(lambda found: code_of(plain(found[0]), key), told)
        pattern = self._within
        return (
            told
            if pattern is None
            else pattern.sub(lambda found: code_of(plain(found[0]), key), told)
        )

    def criterion(self, text: str) -> str:
        """
        A cell of a table of criteria, in which a known value may stand alone as a condition's.

        Examples
        --------
        >>> Names(["R21"], b"key").criterion("经办人 = R21") == f"经办人 = {code_of('R21', b'key')}"
        True
        """
        key, pattern = self.key, self._alone
        told = self.text(text)
        if key is None or pattern is None:
            return told
        return pattern.sub(lambda found: code_of(plain(found[0]), key), told)

    def frame(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table of criteria whose texts bear no names."""
        if self.key is None:
            return table

        def cell(value: Any) -> Any:
            return self.criterion(value) if isinstance(value, str) else value

        words = [name for name in table.columns if table[name].dtype == object]
        return table.assign(**{name: table[name].map(cell) for name in words})

    @cached_property
    def _within(self) -> re.Pattern[str] | None:
        """All that look like names, the longest first; tried only where one can begin."""
        by_first = defaultdict(list)
        for name in sorted(filter(is_name, self.known), key=lambda name: (-len(name), name)):
            by_first[name[0]].append(name)
        if not by_first:
            return None
        firsts = "".join(map(re.escape, by_first))
        branches = "|".join(
            f"{re.escape(first)}(?:{'|'.join(_rest(name) for name in names)})"
            for first, names in by_first.items()
        )
        return re.compile(f"(?=[{firsts}])(?:{branches}){_PLACE}")

    @cached_property
    def _alone(self) -> re.Pattern[str] | None:
        rest = sorted((n for n in self.known if not is_name(n)), key=lambda n: (-len(n), n))
        if not rest:
            return None
        told = "|".join(map(re.escape, rest))
        return re.compile(f"(?:^|(?<={_BETWEEN}))(?:{told})(?=$|{_BETWEEN})")


def _rest(name: str) -> str:
    """What follows the first sign of a name, blanks between Chinese signs allowed."""
    if name.isascii():
        return re.escape(name[1:]) + r"(?![A-Za-z])"
    return "".join(rf"\s*{re.escape(sign)}" for sign in plain(name)[1:])


def _number(text: str, key: bytes) -> str:
    return code_of(text, key) if is_identity(text) else text
