"""Which cases a standard or a rule applies to: conditions on what is known of a case."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONDITION = re.compile(r"^\s*(?P<column>[^!=]+?)\s*(?P<sign>!?=)\s*(?P<values>.*?)\s*$")


@dataclass(frozen=True)
class Condition:
    """One part of a scope: a column has, or has not, one of some values."""

    column: str
    values: tuple[str, ...]
    negated: bool = False


def read_scope(text: str) -> tuple[Condition, ...]:
    """
    Read a scope; all its conditions must hold.

    Raises
    ------
    ValueError
        If a part is not ``column=value|value`` or ``column!=value|value``.

    Examples
    --------
    >>> read_scope("文种=请示|报告; 紧急程度!=平件")[1]
    Condition(column='紧急程度', values=('平件',), negated=True)
    """
    conditions = []
    for part in parts_of(text):
        match = _CONDITION.match(part)
        if not match:
            raise ValueError(text)
        values = tuple(value.strip() for value in match["values"].split("|"))
        conditions.append(Condition(match["column"], values, match["sign"] == "!="))
    return tuple(conditions)


def parts_of(text: str) -> list[str]:
    """
    Split conditions that must all hold.

    Examples
    --------
    >>> parts_of("文种=请示； 紧急程度!=平件;")
    ['文种=请示', '紧急程度!=平件']
    """
    return [part.strip() for part in re.split("[;；]", text) if part.strip()]


def names_of(text: str) -> tuple[str, ...]:
    """
    Split names that are joined by ``|``.

    Examples
    --------
    >>> names_of("拟办 | 审核")
    ('拟办', '审核')
    """
    return tuple(name.strip() for name in text.split("|") if name.strip())
