"""A finding as an auditor means it: criterion, condition, cause, effect, recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from efficiency.findings.said import Said
from efficiency.tables.identity import point_id

Level = Literal["action", "watch"]
Direction = Literal["worse", "better"]
#: The parts of a finding that are told, in the order in which they are read.
PARTS = ("title", "criterion", "condition", "cause", "effect", "action")
#: Cases that a finding names.
MOST_CASES = 20


@dataclass(frozen=True)
class Finding:
    """
    One finding about one log.

    Attributes
    ----------
    kind, subject
        What it is about, the log among it; its ``id`` is a digest of both, so that the same
        problem keeps its id from year to year.
    level
        ``action``: the evidence is clear; ``watch``: the estimate says so, the interval does not.
    says
        Its `PARTS`, each a sentence to be told.
    value, low, high, n, p
        The measure with its 95 % interval, what it rests on, and, where a test was made, its
        adjusted p.
    cases
        Up to 20 cases that show it.
    table
        The table that holds the evidence.
    hours
        Working hours at stake, by which findings are ranked.
    direction
        ``better`` is never a problem.
    """

    kind: str
    subject: tuple[tuple[str, str], ...]
    level: Level
    says: Mapping[str, Said]
    value: float | None
    low: float | None
    high: float | None
    n: int
    p: float | None
    cases: tuple[str, ...]
    table: str
    hours: float
    direction: Direction = "worse"

    @property
    def id(self) -> str:
        """The same for the same kind and subject, whatever the year."""
        return point_id(self.kind, dict(self.subject))

    @property
    def log(self) -> str:
        """The log that it belongs to."""
        return dict(self.subject)["log"]

    def about(self, key: str) -> str:
        """One thing of its subject."""
        return dict(self.subject)[key]


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with most working hours at stake first; ties by level, kind and subject."""
    return tuple(sorted(findings, key=lambda f: (-round(f.hours, 6), f.level, f.kind, f.subject)))
