"""A whole review folder: a study of each log, and what takes all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors.toml import line_of
from efficiency.facts.handovers import RETURNS
from efficiency.findings.finding import Finding, finding_table, ranked
from efficiency.findings.improvement.checks import check
from efficiency.findings.improvement.measures import measures
from efficiency.findings.improvement.points import SET_ASIDE, checks_due, points
from efficiency.findings.kind import Estimate
from efficiency.findings.kinds import KINDS
from efficiency.findings.standing import standing
from efficiency.findings.time.changes import Reform
from efficiency.language import LANGUAGES
from efficiency.report.telling import ToldFinding, tell
from efficiency.reviews.definitions import LOG_LAST, TABLES, WRITTEN
from efficiency.reviews.inquiry import Inquiry
from efficiency.reviews.reading.inputs import Inputs, Progress, is_comparable, read_inputs, silent
from efficiency.reviews.study import Question, Study
from efficiency.tables.identity import subject_of
from efficiency.words import phrase

_YEAR = pd.Timedelta(days=365.25)
_MONTH = _YEAR / 12


class Office(Mapping[str, Study]):
    """
    The studies of a review's logs by name: ``office["incoming"].cases``.

    ``office.cases``, ``office.findings``, ``office.measures`` and ``office.points`` take all logs
    together; a table of several logs says in its column ``log`` which one a row is of.

    Parameters
    ----------
    inputs
        What the review reads.
    logs
        Which of its logs; none: all.
    """

    def __init__(self, inputs: Inputs, logs: Sequence[str] = ()) -> None:
        self.inputs = inputs
        self._studies = {name: Study(_question(inputs, name)) for name in logs or inputs.records}
        for one in self._studies.values():
            one._family = tuple(self._studies.values())
        self._kept: dict[str, Any] = {}

    def only(self, *logs: str) -> Office:
        """Some of the logs alone, as if the review were of these: tests are adjusted over them."""
        return Office(self.inputs, logs)

    def __getitem__(self, log: str) -> Study:
        """The study of one log."""
        return self._studies[log]

    def __iter__(self) -> Iterator[str]:
        """The names of the logs."""
        return iter(self._studies)

    def __len__(self) -> int:
        """How many logs there are."""
        return len(self._studies)

    def __getattr__(self, name: str) -> Any:
        if name in TABLES:
            return self.table(name)
        if hasattr(type(self), name):  # a property that failed: its own error, not this one
            return object.__getattribute__(self, name)
        raise AttributeError(f"an office has no table {name!r}; it has {', '.join(TABLES)}")

    def __dir__(self) -> list[str]:
        """Its own names and those of its tables."""
        return sorted({*super().__dir__(), *TABLES})

    # --- tables

    def table(self, name: str) -> pd.DataFrame:
        """One table of all logs, the log in front; what is of the office as a whole as it is."""
        if name in ("measures", "points", "standing"):
            return getattr(self, name)
        return stacked([of_log(one.table(name), log) for log, one in self.items()])

    def written(self) -> dict[str, pd.DataFrame]:
        """All that a review writes, by the name of its file."""
        if "written" not in self._kept:
            self._kept["written"] = self._written()
        found: dict[str, pd.DataFrame] = self._kept["written"]
        return found

    def _written(self) -> dict[str, pd.DataFrame]:
        found = {file: table for file in WRITTEN if (table := self._file(file)) is not None}
        found["cases"] = found["cases"][["log", *tables.CASES.names]]
        told = self.measures.drop(columns=["key", "also"])
        found |= {"measures": told, "points": self.points, **self.inquiry.written()}
        return {"standing": self.standing, "findings": finding_table(self.findings), **found}

    def _file(self, file: str) -> pd.DataFrame | None:
        """The table of a file over the logs that have it; None where none has."""
        name, needs = WRITTEN[file]
        parts = [
            of_log(one.table(name), log, last=file in LOG_LAST)
            for log, one in self.items()
            if all(_is_there(need, one) for need in needs)
        ]
        return stacked(parts) if parts else None

    @property
    def standing(self) -> pd.DataFrame:
        """How the office stands: ``tables.STANDING``."""
        if "standing" not in self._kept:
            self._kept["standing"] = self._standing()
        found: pd.DataFrame = self._kept["standing"]
        return found

    def _standing(self) -> pd.DataFrame:
        cases, limits = self.table("cases"), self.table("compliance")
        enough = limits["decided"] >= self.inputs.folder.settings.small_cell
        judged, small = limits[enough], limits[~enough]
        tests = [self._file(file) for file in ("comparisons", "shares")]
        more = {
            "standards_small": int(small["target"].notna().sum()),
            "overdue_open": _past_due(cases, self.table("judgements")),
        }
        return standing(
            cases, judged, self.table("adherence"), self._held, self.points,
            [test for test in tests if test is not None], len(self.set_aside), len(limits), more,
        )  # fmt: skip

    @property
    def inquiry(self) -> Inquiry:
        """What people were asked, and its tables by name: ``office.inquiry.opinions``."""
        if "inquiry" not in self._kept:
            small = self.inputs.folder.settings.small_cell
            self._kept["inquiry"] = Inquiry(self.inputs.asked, dict(self), small)
        found: Inquiry = self._kept["inquiry"]
        return found

    def exhibit(self, finding: Finding) -> pd.DataFrame | None:
        """The rows that show a finding best; None where it rests on all cases together."""
        return (self[finding.log] if finding.log else self.inquiry).exhibit(finding)

    # --- findings and points

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is worth telling of any log, most working hours at stake first."""
        if "findings" not in self._kept:
            every = (finding for one in self.values() for finding in one.findings)
            self._kept["findings"] = ranked([*every, *self.inquiry.findings])
        found: tuple[Finding, ...] = self._kept["findings"]
        return found

    @property
    def _held(self) -> list[Finding]:
        """The findings but those that people set aside."""
        return [one for one in self.findings if one.id not in self.set_aside]

    @property
    def told(self) -> tuple[ToldFinding, ...]:
        """The findings in the review's language."""
        return tuple(tell(finding, self.inputs.language) for finding in self.findings)

    @property
    def set_aside(self) -> dict[str, str]:
        """Findings that people decided not to hold for problems: id and reason."""
        rows = self.points[self.points["decision"] == SET_ASIDE]
        there = {one.id for one in self.findings}
        return {row.id: row.action for row in rows.itertuples(index=False) if row.id in there}

    @property
    def measures(self) -> pd.DataFrame:
        """``tables.MEASURES``: all that can be measured again, in the review's words."""
        if "measures" not in self._kept:
            begun, until = self._ends()
            every = [measure for one in self.values() for measure in one.measures()]
            every += self.inquiry.measures()
            self._kept["measures"] = self._named(measures(every, _years(until - begun)))
        frame: pd.DataFrame = self._kept["measures"]
        return frame

    @property
    def points(self) -> pd.DataFrame:
        """``tables.POINTS``: the file of improvement points as it stands after this review."""
        if "points" not in self._kept:
            self._kept["points"] = points(
                self.told, self.measures, self.inputs.points, self.inputs.cutoff, self._checks()
            )
        frame: pd.DataFrame = self._kept["points"]
        return frame

    def _checks(self) -> pd.DataFrame:
        """Look again at what was acted on: at the cases since, and before."""
        due = checks_due(self.inputs.points, self.inputs.cutoff)
        rows = [row for point in due.itertuples(index=False) if (row := self._check(point))]
        return tables.CHECKS.check(pd.DataFrame(rows, columns=tables.CHECKS.names))

    def _check(self, point: Any) -> dict[str, Any] | None:
        kind, subject = KINDS.get(point.kind), subject_of(point.subject) or {}
        study = self.get(subject.get("log", ""))
        if kind is None or study is None:
            return None
        observed = study.whole.observe(kind, subject)
        if observed is None:
            return self._measured_since(point)
        peers = self.measures
        peers = peers[(peers["kind"] == point.kind) & (peers["key"] == observed.name)]
        among = [Estimate(*row) for row in peers[["value", "low", "high"]].itertuples(index=False)]
        # What began after the period is the next review's.
        rows = observed.rows[observed.rows["at"] < self._ends()[1]]
        found = check(replace(observed, rows=rows), point.since, self.inputs.cutoff, among)
        return {
            "id": point.id,
            "since": point.since,
            **found.value._asdict(),
            **dict(zip(("change", "change_low", "change_high"), found.change, strict=True)),
            "n": found.n,
            "held": found.held,
        }

    def _measured_since(self, point: Any) -> dict[str, Any] | None:
        """What cannot be held against the time before is measured on the cases since."""
        _, until = self._ends()
        if point.since >= until:
            return None
        span = (point.since.date(), (until - pd.Timedelta(microseconds=1)).date())
        begun = [one for one in self.values() if one.has_begun(span)]
        every = [found for one in begun for found in one.over(span).measures({point.kind})]
        table = measures(every, _years(until - point.since))
        for row in table[table["id"] == point.id].to_dict("records"):
            plain = dict.fromkeys(("change", "change_low", "change_high"), np.nan)
            keys = ("id", "value", "low", "high", "n")
            return {"since": point.since, "held": "before", **plain, **{k: row[k] for k in keys}}
        return None

    def _ends(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """From when to when the cases of the review came in."""
        settings, cutoff = self.inputs.folder.settings, self.inputs.cutoff
        if settings.period is None:
            return min(one.table("cases")["first"].min() for one in self.values()), cutoff
        begun, last = (pd.Timestamp(day) for day in settings.period)
        return begun, min(last + pd.Timedelta(days=1), cutoff)

    def _named(self, table: pd.DataFrame) -> pd.DataFrame:
        """The measures in the review's words, and in the other's, which a register may have."""
        words = {
            language: [phrase(f"measured_{key}", language) for key in table["measure"]]
            for language in LANGUAGES
        }
        own = self.inputs.language
        other = next(language for language in LANGUAGES if language != own)
        return table.assign(key=table["measure"], measure=words[own], also=words[other])


def open_review(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
) -> Office:
    """
    Open a review folder: its tables by name, each computed when it is first asked for.

    Parameters
    ----------
    folder
        The review's folder; it holds ``review.toml``.
    logs
        Absolute paths of logs, by name, in place of those in ``review.toml``.
    progress
        Is told what is being done, and which part of the whole is done by then.

    Raises
    ------
    SettingsError
        Lists everything that is wrong with the inputs.
    """
    return Office(read_inputs(folder, logs=logs, progress=progress))


def due_years(office: Office) -> list[int]:
    """The years of deadlines for which no holiday notice is known."""
    years = set[int]()
    for name, study in office.items():
        due = study.table("judgements")["due"].dropna()
        if len(due):
            first, last = due.min().date(), due.max().date()
            there = set(due.dt.year)
            years |= there & set(office.inputs.calendar_of(name).estimated_years(first, last))
    return sorted(years)


def _question(inputs: Inputs, name: str) -> Question:
    settings = inputs.folder.settings
    log = settings.logs[name]
    return Question(
        record=inputs.records[name],
        calendar=inputs.calendar_of(name),
        standards=inputs.standards_of(name),
        rules=inputs.rules_of(name),
        flow=inputs.flows.get(name),
        registers=inputs.registers_of(name),
        cutoff=inputs.cutoff,
        closed_by=log.ends,
        period=settings.period,
        baseline=settings.baseline,
        reforms=tuple(
            Reform(one.date, one.title) for one in settings.reforms if one.log in {name, None}
        ),
        case_mix=log.case_mix,
        applicant=log.applicant,
        known=log.known,
        approvals_of=log.approvals,
        returns=RETURNS if log.returns is None else log.returns,
        role=log.role,
        category=log.category,
        errors_of=log.errors_of,
        absences=inputs.absences.get(name),
        not_to_grow=log.not_to_grow and is_comparable(settings),
        small_cell=settings.small_cell,
        language=inputs.language,
        name=name,
        source=("review.toml", line_of(inputs.folder.path / "review.toml", "period")),
    )


def _years(span: pd.Timedelta) -> float:
    return float(max(span, _MONTH) / _YEAR)


def _is_there(need: str, study: Study) -> bool:
    """Whether a study has what a table needs to be written."""
    if need == "flow":
        return study.question.flow is not None
    if need == "flows":
        return study.flows
    judgements = study.table("judgements")
    return (
        bool(len(judgements))
        if need == "judged"
        else bool((judgements["verdict"] == "pending").any())
    )


def _past_due(cases: pd.DataFrame, judgements: pd.DataFrame) -> int:
    """How many open cases are past due by some standard."""
    still = cases.loc[cases["open"], ["log", "case_id"]]
    late = judgements.loc[judgements["verdict"] == "overdue", ["log", "case_id"]]
    return len(late.drop_duplicates().merge(still, on=["log", "case_id"]))


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """
    The same table of several logs as one.

    Notes
    -----
    A table without rows, or a column without values, has no types to bring along.

    Examples
    --------
    >>> both = [pd.DataFrame({"log": ["a"], "n": [1]}), pd.DataFrame({"log": ["b"], "n": [None]})]
    >>> stacked(both)["log"].tolist()
    ['a', 'b']
    """
    held = [part for part in parts if len(part)] or [parts[0]]
    if len(held) == 1:
        return held[0].reset_index(drop=True)
    known = [part.dropna(axis=1, how="all") for part in held]
    return pd.concat(known, ignore_index=True).reindex(columns=held[0].columns)


def of_log(frame: pd.DataFrame, name: str, *, last: bool = False) -> pd.DataFrame:
    """
    A table with the log's name in front, or behind.

    Examples
    --------
    >>> of_log(pd.DataFrame({"n": [3]}), "incoming").values.tolist()
    [['incoming', 3]]
    """
    named = frame.assign(log=name)
    return named if last else named[["log", *frame.columns]]
