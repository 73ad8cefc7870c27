"""What a finding has to say, without saying it: the key of a sentence and the values in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Said:
    """
    A sentence to be told in some language.

    Attributes
    ----------
    key
        Of the phrase in ``efficiency.words``.
    details
        The values of its places: texts and whole numbers as they are, or one of the classes below,
        which say what a value is and leave how it is written to whoever tells it.
    """

    key: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """A share, 0 to 1; nan: none."""

    value: float


@dataclass(frozen=True)
class Number:
    """A number with so many decimals; nan: none."""

    value: float
    digits: int = 1


@dataclass(frozen=True)
class Count:
    """A whole number, its thousands parted."""

    value: int


@dataclass(frozen=True)
class PValue:
    """The p of a test, with its sign of relation."""

    value: float


@dataclass(frozen=True)
class Day:
    """A date."""

    value: Any


@dataclass(frozen=True)
class Named:
    """Something that the words name as they name a column: an attribute, yes, no."""

    name: str


@dataclass(frozen=True)
class Withheld:
    """A value over fewer cases than may be shown."""

    least: int


@dataclass(frozen=True)
class Limited:
    """A time limit as somebody typed it."""

    text: str


@dataclass(frozen=True)
class Asked:
    """What a rule asks for."""

    rule: Any


@dataclass(frozen=True)
class Listed:
    """Several values as a list; empty: nothing, or what stands for it."""

    parts: tuple[Any, ...]
    empty: Any = ""


def said(key: str, **details: Any) -> Said:
    """
    A sentence with its values.

    Examples
    --------
    >>> said("rework_effect", hours=Number(3.0)).details["hours"].value
    3.0
    """
    return Said(key, details)
