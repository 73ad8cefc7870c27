"""The names of persons within texts, and what is written in their place."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd

from efficiency.evidence.log.texts import plain
from efficiency.evidence.people.personal import is_born, is_name
from efficiency.evidence.people.pseudonyms import code_of, pseudonyms

#: A name of two signs may begin that of a place (高新 in 高新区), not of an office (高新区长).
_PLACE = "(?![区市县镇乡村路街](?![长民委书干里]))"
#: What stands between the values of a condition or a list in tables of criteria.
_BETWEEN = r"[\s=!<>|｜;；,，、:：→()（）\[\]【】]"
#: What parts several persons in a cell, and a title that stands behind one.
_SEVERAL = re.compile(r"[、，,；;/|｜&]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]{2})")
_TITLE = re.compile(r"[（(\[【].*?[)）\]】]")
#: Who acts and is no person: offices, posts, systems.
_POST = re.compile(
    r"(?:局|处|科|室|部|厅|中心|站|队|公司|系统|窗口|政府|委|委员会|办|办公室|员|主任|处长|科长|局长|县长|市长|区长|镇长|"
    r"书记|领导|秘书|管理|单位|机关|人|组|岗|院|所|平台|某)$"
)
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+(?:·[\u3400-\u9fff]+)*")
_LATIN = re.compile(r"[A-Za-z]+(?:[ ._'’-]+[A-Za-z]+)+")
_MOST_SIGNS, _WITH_DOT = 4, 14
#: Phone and identity numbers and mail addresses as they stand within texts.
_NUMBERS = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])|(?<!\d)[1-9]\d{14}(?!\d)"
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"
    r"|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    re.ASCII,
)
_IDENTITY_LENGTHS = {15, 18}


class Names:
    """
    The persons whom a review's records name.

    Parameters
    ----------
    known
        All values of the columns that name persons.
    key
        By which they get their pseudonyms; None: names stay as they are.
    others
        Values of the columns of phones, numbers and addresses.
    never
        Names of offices, which are no persons' whoever acts under them.
    """

    def __init__(
        self,
        known: Iterable[str],
        key: bytes | None,
        others: Iterable[str] = (),
        never: Iterable[str] = (),
    ) -> None:
        self.key = key
        kept = {name for name in known if plain(name)} if key is not None else set()
        self.known = kept | {part for name in kept for part in _parts(name)}
        self._others = {one for one in others if len(plain(one)) > _MOST_SIGNS}
        self._never = {plain(name) for name in never}

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
        if self.key is None:
            return text
        told = self._replaced(text)
        if told != text or unicodedata.is_normalized("NFKC", text):
            return told
        narrow = unicodedata.normalize("NFKC", text)  # full width hides nothing
        again = self._replaced(narrow)
        return text if again == narrow else again

    def _replaced(self, text: str) -> str:
        key = self.key or b""
        told = _NUMBERS.sub(lambda found: _number(found[0], key), text)
        if self._within is not None:
            told = self._within.sub(lambda found: self._code(found[0]), told)
        return told

    def _code(self, found: str) -> str:
        """The pseudonym of what was found, by the name as its column has it."""
        name = plain(found)
        return code_of(self._spelled.get(name.casefold(), name), self.key or b"")

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Each name by its sound in lower case: ZHANG SAN is Zhang San."""
        return {plain(name).casefold(): plain(name) for name in sorted(self.known)}

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

    def _is_searched(self, name: str) -> bool:
        """Whether a value of a column of persons is looked for in texts."""
        told = plain(name)
        if told in self._never or len(told) < 2:
            return False
        if _CHINESE.fullmatch(told):
            longest = _WITH_DOT if "·" in told else _MOST_SIGNS
            return is_name(name) or (len(told) <= longest and not _POST.search(told))
        return bool(_LATIN.fullmatch(unicodedata.normalize("NFKC", name).strip()))

    @cached_property
    def _within(self) -> re.Pattern[str] | None:
        """All that are looked for, the longest first; tried only where one can begin."""
        by_first = defaultdict(list)
        told = {name for name in self.known if self._is_searched(name)} | self._others
        for name in sorted(told, key=lambda name: (-len(name), name)):
            by_first[name[0]].append(name)
        if not by_first:
            return None
        firsts = "".join(map(re.escape, by_first))
        branches = "|".join(
            f"{re.escape(first)}(?:{'|'.join(_rest(name) for name in names)})"
            for first, names in by_first.items()
        )
        return re.compile(f"(?=[{firsts}])(?:{branches})", re.IGNORECASE)

    @cached_property
    def _alone(self) -> re.Pattern[str] | None:
        rest = (name for name in self.known if not self._is_searched(name))
        told = "|".join(map(re.escape, sorted(rest, key=lambda name: (-len(name), name))))
        if not told:
            return None
        return re.compile(f"(?:^|(?<={_BETWEEN}))(?:{told})(?=$|{_BETWEEN})")


def _parts(cell: str) -> list[str]:
    """The persons of a cell that holds several, or one with a title."""
    bare = _TITLE.sub("", cell)
    parts = [part.strip() for part in _SEVERAL.split(bare)]
    return [part for part in parts if len(plain(part)) > 1 and part != cell]


def _rest(name: str) -> str:
    """What follows the first sign of a name, blanks between signs allowed."""
    if name.isascii():
        words = re.split(r"\s+", name[1:].strip())
        return r"\s+".join(map(re.escape, words)) + r"(?![A-Za-z])"
    told = plain(name)
    return "".join(rf"\s*{re.escape(sign)}" for sign in told[1:]) + (
        _PLACE if len(told) == len("张三") else ""
    )


def _number(text: str, key: bytes) -> str:
    """A number of a person; another one of as many digits stays."""
    digits = re.sub(r"[- ]", "", text)
    if digits[:-1].isdigit() and len(digits) in _IDENTITY_LENGTHS and not is_born(digits):
        return text
    return code_of(plain(text), key)
