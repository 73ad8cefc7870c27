"""A finding as an auditor means it: criterion, condition, cause, effect, recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from efficiency import tables
from efficiency.criteria.rules import Theme
from efficiency.findings.said import Said
from efficiency.tables.identity import point_id

Level = Literal["action", "watch", "note"]

Direction = Literal["worse", "better"]
#: The parts of a finding that are told, in the order in which they are read.
PARTS = ("title", "criterion", "condition", "cause", "effect", "action")
#: Cases that a finding names.
MOST_CASES = 20
LEVELS = ("action", "watch", "note")
#: Kinds that tell of the time at a step, the gravest first.
OF_TIME = ("standard", "slow_step", "waiting", "rework")


@dataclass(frozen=True)
class Finding:
    """
    One finding about one log, or about the survey.

    Attributes
    ----------
    kind, subject
        What it is about, the log among it; its ``id`` is a digest of both, so that the same
        problem keeps its id from year to year.
    level
        ``action``: the evidence is clear, and it is no trifle; ``watch``: the estimate says so,
        the interval does not, or it is a sign; ``note``: too small for the main text.
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
    theme
        Under which it is told.
    certainty
        How sure it is, 0 to 1: one less the p of its test; whether the interval lies beyond the
        target; 1 where the record proves it, 0.5 where it is a sign.
    gravity
        How grave, 1 to 3: the severity of the rule, the clearness of the standard missed.
    concerned
        Cases, clocks or steps that it concerns.
    step
        The activity at which it lies; empty: none.
    part_of
        The id of the finding that tells the same problem more gravely; empty: none does.
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
    theme: Theme = ""
    certainty: float = 1.0
    gravity: int = 2
    concerned: int = 0
    step: str = ""
    part_of: str = ""

    @property
    def id(self) -> str:
        """The same for the same kind and subject, whatever the year."""
        return point_id(self.kind, dict(self.subject))

    @property
    def log(self) -> str:
        """The log that it belongs to; empty: it is of the survey."""
        return dict(self.subject).get("log", "")

    def about(self, key: str) -> str:
        """One thing of its subject."""
        return dict(self.subject)[key]


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """
    Findings by level, and of one level those first that are most material.

    Notes
    -----
    Material is what is large, grave and sure: working hours first, then gravity × certainty, then
    the cases concerned; ties by kind and subject.
    """
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                LEVELS.index(f.level), -round(f.hours, 6), -round(f.gravity * f.certainty, 2),
                -f.concerned, f.kind, f.subject,
            ),
        )
    )  # fmt: skip


def in_one(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """
    Findings with the same problem told once.

    Returns
    -------
    tuple of Finding
        All of them; of those at one step of one log that tell of time, the gravest keeps the
        problem, and the others are ``part_of`` it.

    Notes
    -----
    A standard that is missed, its slow step, what that waits for and what is done there again are
    one problem. The gravest is the one that comes first in `OF_TIME`; of several standards, the
    one of most hours. A standard is always told itself: each has a target of its own.
    """
    every = tuple(findings)
    heads: dict[tuple[str, str], Finding] = {}
    for one in sorted(every, key=lambda f: (_place(f), -f.hours, f.subject)):
        if one.step and one.kind in OF_TIME and one.direction == "worse":
            heads.setdefault((one.log, one.step), one)
    return tuple(
        replace(one, part_of=head.id)
        if one.kind in OF_TIME
        and one.direction == "worse"
        and (head := heads.get((one.log, one.step))) is not None
        and head is not one
        and one.kind != "standard"
        else one
        for one in every
    )


def finding_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """
    Findings as a table.

    Returns
    -------
    DataFrame
        ``tables.FINDINGS``, in their order.

    Examples
    --------
    >>> finding_table(()).columns[:4].tolist()
    ['id', 'log', 'kind', 'theme']
    """
    rows = [{name: getattr(one, name) for name in tables.FINDINGS.names} for one in findings]
    if not rows:
        return tables.FINDINGS.empty()
    numbers = {"value": float, "low": float, "high": float, "p": float, "hours": float}
    return tables.FINDINGS.check(pd.DataFrame(rows, columns=tables.FINDINGS.names).astype(numbers))


def _place(finding: Finding) -> int:
    return OF_TIME.index(finding.kind) if finding.kind in OF_TIME else len(OF_TIME)
