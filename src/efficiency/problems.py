"""What is wrong with an input: every breach at once, in Chinese or in English."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from efficiency.language import Language, joined, of, spoken
from efficiency.messages import MESSAGES

#: Signs of a word that a message repeats whole.
_LONGEST = 160


def say(key: str, language: Language | None = None, **details: Any) -> str:
    """
    One message of the catalogue in a language.

    Examples
    --------
    >>> say("no_rows")
    'the file has no data rows'
    >>> say("no_rows", "zh")
    '文件中没有数据行'
    """
    return str(of(MESSAGES[key], language or spoken())).format(**details)


@dataclass(frozen=True)
class Hint:
    """The known names nearest to a wrong one, or all of them where none is near."""

    name: str
    known: tuple[str, ...]
    near_only: bool = False

    def text(self, language: Language) -> str:
        """Say the hint as the tail of a message."""
        near = difflib.get_close_matches(self.name, self.known, n=3, cutoff=0.5)
        shown = near or ([] if self.near_only else list(self.known)[:20])
        if not shown:
            return ""
        names = joined(shown, language)
        return str(of((f"；最接近的是：{names}", f"; nearest: {names}"), language))


@dataclass(frozen=True)
class Problem:
    """One breach: a key of the catalogue, its details, and where it stands."""

    key: str
    details: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int | None = None
    column: str = ""

    def text(self, language: Language | None = None) -> str:
        """Say the breach with its place in front; None: in the language of `spoken`."""
        language = language or spoken()
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        parts = [f"{place}:" if place else "", f"[{self.column}]" if self.column else ""]
        details = {
            name: value.text(language) if isinstance(value, Hint) else _brief(value)
            for name, value in self.details.items()
        }
        return " ".join([*filter(None, parts), say(self.key, language, **details)])


def _brief(value: Any) -> Any:
    """A value as a message can hold it: of a long word the beginning, and how long it is."""
    if not isinstance(value, str) or len(value) <= _LONGEST:
        return value
    # Lists of names may be long; one word that long is a slip.
    words = (
        f"{word[: _LONGEST // 4]}…({len(word)})" if len(word) > _LONGEST else word
        for word in value.split(" ")
    )
    return " ".join(words)


class InputError(ValueError):
    """
    An input that cannot be used: every breach at once.

    Parameters
    ----------
    problems
        All that is wrong, in a fixed order.
    head
        A first line, such as what the table should have been.
    """

    def __init__(self, problems: Iterable[Problem], head: Problem | None = None) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        self.head = head
        super().__init__(self.text())

    def text(self, language: Language | None = None) -> str:
        """Say all of it in one language; None: that of `spoken`."""
        lines = [f"  - {problem.text(language)}" for problem in self.problems]
        if self.head:
            return "\n".join([self.head.text(language), *lines])
        if len(self.problems) == 1:
            return self.problems[0].text(language)
        return "\n".join(["", *lines])


class TableError(InputError):
    """A table that breaks its column contract."""


class ArgumentError(InputError, TypeError):
    """An argument of the wrong kind, or one that something else fixes already."""


class SettingsError(InputError):
    """A settings file that cannot be used."""


class LogError(InputError):
    """A log that cannot be read."""


class LedgerWarning(UserWarning):
    """Rows of a log were rejected or values set to missing while reading it."""


class Attempts:
    """
    Reads several inputs, so that what is wrong with any is told together.

    Examples
    --------
    >>> attempts = Attempts()
    >>> attempts(lambda: 3), attempts.errors
    (3, [])
    """

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def __call__(self, read: Callable[[], Any]) -> Any:
        """What is read; None where it cannot be used."""
        try:
            return read()
        except InputError as error:
            self.errors.append(error)
            return None

    def add(self, problems: Iterable[Problem]) -> None:
        """Take in what else is wrong."""
        if told := list(problems):
            self.errors.append(SettingsError(told))

    def settle(self) -> None:
        """
        Go on only if nothing was wrong.

        Raises
        ------
        SettingsError
            With the problems of all attempts.
        """
        if self.errors:
            raise SettingsError(problem for error in self.errors for problem in error.problems)


def listed(names: Iterable[object]) -> str:
    """Join names for a message, all of them and in their order."""
    return ", ".join(str(name) for name in names)
