"""A finding as an auditor means it: criterion, condition, cause, effect, recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from efficiency.evidence.points.points_file import point_id

Level = Literal["action", "watch"]


@dataclass(frozen=True)
class Finding:
    """
    One finding.

    Attributes
    ----------
    kind, subject
        What it is about; its ``id`` is a digest of both, so that the same problem keeps its id
        from year to year.
    level
        ``action``: the evidence is clear; ``watch``: the estimate says so, the interval does not.
    title, criterion, condition, cause, effect, action
        In the report's language.
    value, low, high, n, p
        The measure with its 95 % interval, what it rests on, and, where a test was made, its
        adjusted p.
    cases
        Up to 20 cases that show it.
    table
        The table that holds the evidence.
    hours
        Working hours at stake, by which findings are ranked.
    """

    kind: str
    subject: tuple[tuple[str, str], ...]
    level: Level
    title: str
    criterion: str
    condition: str
    cause: str
    effect: str
    action: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    p: float | None
    cases: tuple[str, ...]
    table: str
    hours: float

    @property
    def id(self) -> str:
        """The same for the same kind and subject, whatever the year."""
        return point_id(self.kind, dict(self.subject))

    def as_dict(self) -> dict[str, Any]:
        """Give the finding as it stands in ``findings.json``."""
        told = asdict(self) | {"subject": dict(self.subject), "cases": list(self.cases)}
        numbers = {
            name: None if told[name] is None or told[name] != told[name] else round(told[name], 6)
            for name in ("value", "low", "high", "p", "hours")
        }
        return {"id": self.id, **told, **numbers}


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put the findings with most working hours at stake first; ties by level, kind and subject."""
    return tuple(sorted(findings, key=lambda f: (-round(f.hours, 6), f.level, f.kind, f.subject)))
