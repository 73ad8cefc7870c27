"""What a report is told from: the tables and settings of one review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from efficiency.criteria.calendar import Calendar
from efficiency.criteria.rules import Rule
from efficiency.evidence.points.points_file import no_points
from efficiency.language import Language
from efficiency.report.chapters.annexes.procedure import Organisation, Procedure
from efficiency.report.chapters.annexes.reasons import Causes
from efficiency.report.telling import ToldFinding
from efficiency.report.text.own_words import OwnWords
from efficiency.report.text.teller import LogWords, Teller
from efficiency.report.withholding import disclosed, withheld
from efficiency.words import phrase

#: Kinds of work of which the main text tells each in sections with pictures.
MOST_WHOLE = 2


@dataclass(frozen=True)
class LogMaterial:
    """What is told of one log."""

    name: str
    file: str
    encoding: str
    counts: dict[str, int]
    first: pd.Timestamp
    last: pd.Timestamp
    quality: pd.DataFrame
    variants: pd.DataFrame
    edges: pd.DataFrame
    ends: pd.DataFrame
    volume: pd.DataFrame
    completed: pd.DataFrame
    summary: pd.DataFrame
    dots: pd.DataFrame
    spectrum: pd.DataFrame
    organisation: Organisation = field(default_factory=Organisation)
    procedure: Procedure = field(default_factory=Procedure)
    words: LogWords = field(default_factory=lambda: LogWords("", "", ""))
    #: Whether it was said what closes a case.
    ended: bool = False

    @property
    def called(self) -> str:
        """What the report calls it."""
        return self.words.title or self.name

    @property
    def flows(self) -> bool:
        """Whether something flows in it: a register of single entries has one step a case."""
        return self.counts["steps"] > self.counts["cases"] or bool(len(self.edges))

    @property
    def open_seen(self) -> bool:
        """Whether an open case can be told from a closed one."""
        return self.ended or not (self.quality["check"] == "one_stamp").any()


@dataclass(frozen=True)
class Material:
    """What a report is told from."""

    title: str
    language: Language
    cutoff: pd.Timestamp
    calendar: Calendar
    logs: tuple[LogMaterial, ...]
    standards: pd.DataFrame
    compliance: pd.DataFrame
    findings: tuple[ToldFinding, ...]
    period: tuple[str, ...] = ()
    documents: tuple[str, int] | None = None
    notices: tuple[str, ...] = ()
    small_cell: int = 5
    evidence: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    causes: Causes = field(default_factory=Causes)
    points: pd.DataFrame = field(default_factory=no_points)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    baseline: tuple[str, ...] = ()
    own: OwnWords = field(default_factory=OwnWords)
    set_aside: Mapping[str, str] = field(default_factory=dict)
    day_hours: float = 0.0

    def teller(self, log: LogMaterial | None = None) -> Teller:
        """What puts sentences together; of a log, else of the first."""
        words = (log or self.logs[0]).words
        return Teller(
            self.tables, self.language, words, self.day_hours, self.shown, self.small_cell
        )

    @cached_property
    def shown(self) -> Mapping[str, pd.DataFrame]:
        """The tables without what rests on few cases."""
        return withheld(self.tables, self.small_cell, "…")

    def enough(self, table: str, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table of which nothing is withheld."""
        return disclosed(table, rows, self.small_cell)

    @property
    def counts(self) -> pd.Series:
        """How the office stands: each count of ``tables.STANDING`` by its measure."""
        counted: pd.Series = self.tables["standing"].set_index("measure")["value"]
        return counted

    @property
    def flowing(self) -> tuple[LogMaterial, ...]:
        """The logs in which something flows."""
        return tuple(log for log in self.logs if log.flows)

    @property
    def is_wide(self) -> bool:
        """Whether it tells of so many kinds of work that each has a paragraph alone."""
        return len(self.flowing) > MOST_WHOLE

    def rows_of(self, table: str, log: LogMaterial) -> pd.DataFrame:
        """The rows of a table that are of one log; none where the review has no such table."""
        rows = self.tables.get(table, pd.DataFrame())
        return rows[rows["log"] == log.name] if len(rows) else rows

    def rows_shown(self, table: str, log: LogMaterial) -> pd.DataFrame:
        """The rows of a table that are of one log, without what rests on few cases."""
        rows = self.shown[table]
        return rows[rows["log"] == log.name]

    def rule(self, one: ToldFinding) -> Rule:
        """The rule that a finding is about."""
        found = one.finding
        rules = {rule.rule_id: rule for rule in self.log(found.log).procedure.rules}
        return rules[found.about("rule_id")]

    def log(self, name: str) -> LogMaterial:
        """The log of a name; without one, where it is of the survey, the first."""
        return next(log for log in self.logs if log.name == name or not name)


def speaker(told: Material) -> Any:
    """What says a phrase in the report's language."""
    return lambda key, **details: phrase(key, told.language, **details)
