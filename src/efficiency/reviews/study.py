"""One log and all its tables by name: each computed at first use, once, and kept."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.prescribed_flows import Flow
from efficiency.criteria.rules import Rule, parse_rules
from efficiency.criteria.standards import Standard, no_standards, parse_standards
from efficiency.evidence.log_record import Record, as_record
from efficiency.facts.endings import ClosedBy, endings
from efficiency.facts.events import Events, Log, begun_in
from efficiency.facts.handovers import RETURNS
from efficiency.findings.discoveries import adjusted
from efficiency.findings.finding import Finding, in_one, ranked
from efficiency.findings.kind import Kind, Measure, Observed
from efficiency.findings.kinds import KINDS
from efficiency.findings.time.changes import Reform, Window
from efficiency.language import Language, spoken
from efficiency.problems import ArgumentError, Problem, SettingsError
from efficiency.reviews.definitions import PARTS, SYNONYMS, TABLES, TESTED
from efficiency.reviews.observation import Observation
from efficiency.words import phrase

if TYPE_CHECKING:
    from efficiency.report.process_map import ProcessMap

_MICROSECONDS_PER_HOUR = 3_600_000_000
Span = Sequence[Any]


@dataclass(frozen=True)
class Question:
    """
    What is asked of one log.

    Attributes
    ----------
    record
        The log and the ledger of its reading.
    calendar, standards, rules, flow
        What it is held against; without standards or rules the tables on them have no rows.
    registers
        Other logs by name, in which a case of this one may have to be known.
    cutoff, closed_by, period
        What of it is seen.
    baseline, reforms
        What the period is compared with.
    case_mix, applicant, known
        What comparable cases agree in, how applicants are told apart, and which attributes are
        known of a case when it begins; None: found from the log.
    approvals_of, role
        The activities whose levels are counted, and by which column.
    returns
        The activities that say that a case is sent back.
    category, errors_of
        The column that says what an entry is about; in which logs an error of each category may
        happen.
    absences
        ``tables.ABSENCES``: who was away, named as in the log.
    not_to_grow
        Whether there are to be no more cases than before (只减不增).
    small_cell
        Values over fewer cases are no finding.
    language
        Of what is prose in a table: the detail of a deviation.
    name
        What the log is called.
    source
        The file and line to which problems with the period are put.
    """

    record: Record
    calendar: Calendar
    standards: pd.DataFrame
    rules: tuple[Rule, ...] = ()
    flow: Flow | None = None
    registers: Mapping[str, Log] = field(default_factory=dict)
    cutoff: Any = None
    closed_by: ClosedBy = ()
    period: Window | None = None
    baseline: Window | None = None
    reforms: tuple[Reform, ...] = ()
    case_mix: tuple[str, ...] | None = None
    applicant: str | None = None
    known: tuple[str, ...] | None = None
    approvals_of: tuple[str, ...] = ()
    returns: tuple[str, ...] = RETURNS
    role: str = "unit"
    category: str | None = None
    errors_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absences: pd.DataFrame | None = None
    not_to_grow: bool = False
    small_cell: int = 5
    language: Language = "zh"
    name: str = "log"
    source: tuple[str, int | None] = ("", None)


class Study:
    """
    One log, its tables by name.

    ``study.cases``, ``study.judgements`` and so on are the tables of `definitions.TABLES`; each is
    computed when it is first asked for, over the span that its contract names, and kept.

    Parameters
    ----------
    question
        The log and what is asked of it.
    observation
        The log as it is observed; None: by the question.
    """

    def __init__(self, question: Question, observation: Observation | None = None) -> None:
        self._question = question
        self._observation = observation or Observation(
            question.record, question.calendar, question.cutoff, question.closed_by
        )
        self._family: tuple[Study, ...] = (self,)
        self._kept: dict[str, Any] = {}

    # --- tables

    def table(self, name: str) -> pd.DataFrame:
        """
        One table by its name.

        Raises
        ------
        AttributeError
            If there is no such table.
        """
        return self._value(name, whole=True)

    def part(self, name: str) -> Any:
        """What several tables come from, by its name in `definitions.PARTS`."""
        return self._value(name, whole=False)

    def __getattr__(self, name: str) -> Any:
        if name in TABLES:
            return self.table(name)
        if hasattr(type(self), name):  # a property that failed: its own error, not this one
            return object.__getattribute__(self, name)
        raise AttributeError(f"a study has no table {name!r}; it has {', '.join(TABLES)}")

    def __dir__(self) -> list[str]:
        """Its own names and those of its tables."""
        return sorted({*super().__dir__(), *TABLES})

    def __repr__(self) -> str:
        """What it is, and which tables were computed."""
        return f"Study({self.name!r}, computed: {', '.join(sorted(self._kept)) or 'nothing yet'})"

    @property
    def name(self) -> str:
        """What the log is called."""
        return self._question.name

    @property
    def question(self) -> Question:
        """The log and what is asked of it."""
        return self._question

    @property
    def plot(self) -> Plots:
        """Every picture of the package, drawn from this study's tables: ``study.plot.flow()``."""
        return Plots(self)

    def events(self, table: str = "cases") -> Events:
        """
        The log as it was observed over the span that a table speaks of.

        Raises
        ------
        SettingsError
            If no case began in the period.
        """
        events = self._observation.over(self._span(table))
        if self._question.period and "begun" not in self._kept:
            self._check_begun(self._observation.over(self._question.period))
        return events

    @property
    def flows(self) -> bool:
        """Whether something flows: a register has one entry a case, and nothing does."""
        return bool(self.events().memo("most_steps", _most_steps) > 1)

    def map(self) -> ProcessMap:
        """The process map, to slide and to switch in a notebook."""
        from efficiency.report.process_map import ProcessMap, process_map

        language = self._question.language
        caption = phrase("map_of", language, log=self.name)
        drawn = process_map(self.table("edges"), self.table("ends"), lambda *_: caption, language)
        return ProcessMap(drawn, language)

    def over(self, period: Span | None) -> Study:
        """The same question on the cases that began between two other dates, both included."""
        return Study(replace(self._question, period=window(period)), self._observation)

    @property
    def whole(self) -> Study:
        """The same question on all cases up to the cut-off; made once."""
        if self._question.period is None:
            return self
        if "whole" not in self._kept:
            self._kept["whole"] = self.over(None)
        whole: Study = self._kept["whole"]
        return whole

    def observe(self, kind: Kind, subject: Mapping[str, str]) -> Observed | None:
        """What a check of an improvement point looks at; None where the log does not hold it."""
        if kind.observe is None or not (self.flows or not kind.flows):
            return None
        found: Observed | None = self.call(kind.observe, whole=False, subject=subject)
        return found

    def has_begun(self, period: Span) -> bool:
        """Whether some case began between two dates."""
        events = self._observation.over(None)
        begun = begun_in(events.cases, period).limit(1)
        return bool(events.frame(begun).size)

    # --- findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is worth telling, most working hours at stake first."""
        return ranked(
            in_one(
                finding
                for kind in KINDS.values()
                if kind.of == "log" and (self.flows or not kind.flows)
                for finding in self.call(kind.find)
            )
        )

    def measures(self, kinds: Collection[str] | None = None) -> Iterator[tuple[str, Measure]]:
        """What findings of some kinds would be measured by, found wanting or not; None: of all."""
        for kind in KINDS.values():
            is_asked = kind.of == "log" and (kinds is None or kind.name in kinds)
            if is_asked and (self.flows or not kind.flows):
                for measure in self.call(kind.measure, whole=False):
                    yield kind.name, measure

    def exhibit(self, finding: Finding) -> pd.DataFrame | None:
        """The rows that show a finding best; None where it rests on all cases together."""
        show = KINDS[finding.kind].exhibit
        return None if show is None else self.call(show, finding=finding)

    def call(self, function: Callable[..., Any], *, whole: bool = True, **given: Any) -> Any:
        """
        Call a function whose arguments name tables, parts and settings of this study.

        Parameters
        ----------
        function
            What to call.
        whole
            Whether tests are to carry the p that is adjusted over all logs of the review.
        **given
            Arguments that the study does not have.
        """
        return function(**{**self._arguments(function, "cases", whole=whole, given=given), **given})

    # --- how it is put together

    def _value(self, name: str, *, whole: bool) -> Any:
        if whole and name in TESTED:
            return self._adjusted()[name]
        if name not in self._kept:
            function = TABLES.get(name) or PARTS[name]
            arguments = self._arguments(function, name, whole=False)
            self._kept[name] = function(**arguments)
        return self._kept[name]

    def _arguments(
        self,
        function: Callable[..., Any],
        table: str,
        *,
        whole: bool,
        given: Collection[str] = (),
    ) -> dict[str, Any]:
        found = {}
        for parameter in inspect.signature(function).parameters.values():
            name, needed = parameter.name, parameter.default is parameter.empty
            if name not in given and (self._has(name) if needed else _is_offered(name)):
                found[name] = self._argument(name, table, whole=whole)
        return found

    def _has(self, name: str) -> bool:
        own = (TABLES, PARTS, SYNONYMS, _SETTINGS)
        return name == "log" or any(name in place for place in own) or hasattr(self._question, name)

    def _argument(self, name: str, table: str, *, whole: bool) -> Any:
        if name == "log":
            recorded = _span_of(table) == "record"
            return self._question.record.log if recorded else self.events(table)
        if name in _SETTINGS:
            return _SETTINGS[name](self)
        known = SYNONYMS.get(name, name)
        if known in TABLES or known in PARTS:
            return self._value(known, whole=whole)
        return getattr(self._question, name)

    @property
    def limits(self) -> tuple[Standard, ...]:
        """The standards, read."""
        return parse_standards(self._question.standards)

    @property
    def outside(self) -> tuple[str, ...]:
        """Activities while which the office waits for others: a standard's clock stands still."""
        limits = self.limits
        return tuple(dict.fromkeys(name for one in limits for name in one.pausing))

    @property
    def caused(self) -> tuple[str, ...]:
        """Activities that only happen after another problem: returns, and what mends papers."""
        return tuple(dict.fromkeys([*self._question.returns, *self.outside]))

    @property
    def cases_before(self) -> int | None:
        """How many cases began in the time that the period is compared with; None: unknown."""
        if self._question.baseline is None:
            return None
        events = self._observation.over(None)
        begun = begun_in(events.cases, self._question.baseline)
        n = int(events.frame(begun.aggregate(n=begun.count()))["n"].iloc[0])
        # Of a time before the record its zero would be no zero.
        return n or None

    @property
    def day_hours(self) -> float:
        """The office hours of a usual working day in the month of the cut-off."""
        last = self.events().cutoff.date()
        days = self._question.calendar.days(last.replace(day=1), last)
        office = days[(days["calendar"] == 0) & days["working"]]
        return float(office["length"].median()) / _MICROSECONDS_PER_HOUR

    def handled(self) -> dict[str, int]:
        """The cases of each log of the review."""
        return {one.name: len(one.table("cases")) for one in self._family}

    def _span(self, table: str) -> Span | None:
        """The span that a table speaks of: None is all up to the cut-off."""
        asked, span = self._question, _span_of(table)
        if span == "whole" or (span == "baseline" and asked.period is None):
            return None
        if span == "baseline" and asked.baseline is not None:
            ends = [*asked.baseline, *(asked.period or ())]
            return (min(ends), max(ends))
        return asked.period

    def _adjusted(self) -> dict[str, pd.DataFrame]:
        """The tables of tests with the p that is adjusted over all logs of the review."""
        if "adjusted" not in self._kept:
            members = [one for one in self._family if one is self or one.flows]
            keys = [(name, one) for name in TESTED for one in members]
            parts = adjusted(*(one._value(name, whole=False) for name, one in keys))
            for (name, one), part in zip(keys, parts, strict=True):
                one._kept.setdefault("adjusted", {})[name] = part
        kept: dict[str, pd.DataFrame] = self._kept["adjusted"]
        return kept

    def _check_begun(self, events: Events) -> None:
        if not events.frame(events.cases.limit(1)).size:
            first, last = self._question.period or ("", "")
            details = {"log": self.name, "first": first, "last": last}
            file, line = self._question.source
            raise SettingsError([Problem("no_cases", details, file=file, line=line)])
        self._kept["begun"] = True


def _is_offered(name: str) -> bool:
    """Whether an argument that need not be given is: what of a log is seen, say, is fixed."""
    return name in TABLES or name in PARTS or name == "standards"


def window(span: Span | None) -> Window | None:
    """
    Two dates, however they were written.

    Examples
    --------
    >>> window(["2024-01-01", "2024-12-31"])
    (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    """
    if span is None:
        return None
    first, last = (pd.Timestamp(day).date() for day in span)
    return first, last


def _recorded(study: Study) -> Any:
    """The log as it was read, with all columns that a log has."""
    log = study.question.record.log
    return log if isinstance(log, pd.DataFrame) else study.events().log


#: What functions may ask for beside tables and the fields of the question.
_SETTINGS: Mapping[str, Callable[[Study], Any]] = {
    "recorded": _recorded,
    "limits": lambda study: study.limits,
    "day_hours": lambda study: study.day_hours,
    "caused": lambda study: study.caused,
    "cases_before": lambda study: study.cases_before,
    "outside": lambda study: study.outside,
    "closers": lambda study: endings(study.question.closed_by).closed_by,
    "cutoff": lambda study: study.events().cutoff,
    "everything": lambda study: study._observation.over(None),
    "handled": lambda study: study.handled,
}


def _span_of(table: str) -> str:
    contract = getattr(tables, table.upper(), None)
    return getattr(contract, "span", "period")


class Plots:
    """Every picture of the package, drawn from one study's tables."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def __getattr__(self, name: str) -> Callable[..., Any]:
        import functools

        from efficiency.report import plots

        return functools.partial(getattr(plots, name), self._study)

    def __dir__(self) -> list[str]:
        """The names of the pictures."""
        from efficiency.report import plots

        return dir(plots)


def study(
    log: Log | Record,
    calendar: Calendar | None = None,
    standards: pd.DataFrame | None = None,
    rules: pd.DataFrame | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Span | None = None,
    flow: Flow | None = None,
    registers: Mapping[str, Log] | None = None,
    **more: Any,
) -> Study:
    """
    Ask one log everything, each table once.

    Parameters
    ----------
    log
        ``tables.LOG``, or what `read_record` gives.
    calendar
        The working calendar; None: China's public one.
    standards, rules
        ``tables.STANDARDS`` and ``tables.RULES`` to hold it against; None: none.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    flow
        The prescribed flow, as `read_flow` gives it.
    registers
        Other logs by name, for rules that ask whether a case is known elsewhere.
    **more
        Other fields of `Question`: ``baseline, reforms, case_mix, applicant, name, …``.

    Returns
    -------
    Study
        Its tables by name: ``study.cases``, ``study.judgements``, ``study.findings``.

    Raises
    ------
    TableError, ArgumentError
        If an argument is not of its kind.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05 17:25", "2024-03-06 08:45"]),
    ... })
    >>> office = study(log)
    >>> office.edges[["source", "target", "median_work_hours"]].round(2).values.tolist()
    [['登记', '转办', 0.83]]
    """
    _check(calendar, more)
    more = {"language": spoken(), **more, "baseline": window(more.get("baseline"))}
    return Study(
        Question(
            record=as_record(log),
            calendar=calendar or Calendar(),
            standards=no_standards() if standards is None else tables.STANDARDS.check(standards),
            rules=() if rules is None else parse_rules(rules),
            flow=flow,
            registers=registers or {},
            cutoff=cutoff,
            closed_by=endings(closed_by),
            period=window(period),
            **more,
        )
    )


def _most_steps(events: Events) -> int:
    """How many steps the longest case has."""
    most = events.frame(events.cases.aggregate(most=events.cases.steps.max()))["most"]
    return int(most.fillna(0).iloc[0])


def _check(calendar: Any, more: Mapping[str, Any]) -> None:
    problems = []
    if calendar is not None and not isinstance(calendar, Calendar):
        details = {"name": "calendar", "kind": "Calendar", "got": type(calendar).__name__}
        problems.append(Problem("argument", details))
    known = set(Question.__dataclass_fields__)
    problems += [
        Problem("unknown_argument", {"name": name, "have": ", ".join(sorted(known))})
        for name in more
        if name not in known
    ]
    if problems:
        raise ArgumentError(problems)
