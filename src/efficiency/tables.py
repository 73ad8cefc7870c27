"""The contracts: what one row of each table is, its columns, their types and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import ibis.expr.types as ir
import pandas as pd
from ibis.expr.datatypes import DataType

from efficiency.problems import Hint, Problem, TableError, listed

Frame = TypeVar("Frame", pd.DataFrame, ir.Table)

#: kind -> (what to type to mend a pandas column, is the pandas type right, is the Ibis type right)
_MENDS = {
    "text": "df['{name}'].astype('str')",
    "time": "pd.to_datetime(df['{name}'])",
    "integer": "df['{name}'].astype('int64')",
    "number": "df['{name}'].astype('float64')",
    "boolean": "df['{name}'].astype('bool')",
}


@dataclass(frozen=True)
class Column:
    """One column of a contract."""

    name: str
    kind: str
    meaning: str
    required: bool = True
    nullable: bool = False

    def breach(self, dtype: object) -> Problem | None:
        """Tell whether a pandas or Ibis type is wrong for this column."""
        if _is_kind(dtype, self.kind):
            return None
        mend = _MENDS[self.kind].format(name=self.name)
        return Problem("type", {"name": self.name, "kind": self.kind, "got": dtype, "mend": mend})


@dataclass(frozen=True)
class Table:
    """
    A column contract.

    Examples
    --------
    >>> LOG.check(pd.DataFrame({"case_id": [7], "activity": ["登记"]}))
    Traceback (most recent call last):
        ...
    efficiency.problems.TableError: Not a 'log' table \
(one row = one handling step of one document or task):
      - column 'case_id' must be text, is int64; try df['case_id'].astype('str')
    """

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The contract's column names, in order."""
        return [column.name for column in self.columns]

    def check(self, frame: Frame) -> Frame:
        """
        Give the frame back if it keeps the contract.

        Parameters
        ----------
        frame
            A DataFrame or an Ibis table. It is not changed.

        Raises
        ------
        TableError
            Lists every breach with what to type to mend it.
        """
        problems = self._breaches(frame)
        if problems:
            raise TableError(problems, Problem("table", {"table": self.name, "row": self.row}))
        return frame

    def _breaches(self, frame: Frame) -> list[Problem]:
        if not isinstance(frame, pd.DataFrame | ir.Table):
            return [Problem("no_table", {"got": type(frame).__name__})]
        have = [str(name) for name in frame.columns]
        problems: list[Problem] = []
        for column in self.columns:
            if column.name not in have:
                if column.required:
                    details = {
                        "name": column.name,
                        "have": listed(have),
                        "hint": Hint(column.name, tuple(have)),
                    }
                    problems.append(Problem("missing", details))
                continue
            dtype = _dtype(frame, column.name)
            wrong = column.breach(dtype)
            if wrong:
                problems.append(wrong)
            elif not column.nullable:
                problems.extend(_gaps(frame, column.name))
        return problems


def _dtype(frame: pd.DataFrame | ir.Table, name: str) -> object:
    if isinstance(frame, ir.Table):
        return frame.schema()[name]
    series = frame[name]
    # The first value spares a look at all others.
    if len(series) and pd.isna(series.iloc[0]) and series.isna().all():
        return "empty"
    # An object column is judged by what is in it: the text a person sees.
    return pd.api.types.infer_dtype(series, skipna=True) if series.dtype == object else series.dtype


def _is_kind(dtype: object, kind: str) -> bool:
    """Tell whether a pandas dtype, an inferred type or an Ibis type is of a kind."""
    if str(dtype) == "empty":  # nothing but missing values fits every kind
        return True
    if isinstance(dtype, DataType):
        tests = {
            "text": dtype.is_string(),
            "time": dtype.is_timestamp(),
            "integer": dtype.is_integer(),
            "number": dtype.is_numeric(),
            "boolean": dtype.is_boolean(),
        }
        return bool(tests[kind])
    if isinstance(dtype, pd.CategoricalDtype):
        return kind == "text" and _is_kind(pd.api.types.infer_dtype(dtype.categories), "text")
    if isinstance(dtype, str):  # what infer_dtype says
        return (kind, dtype) in {
            ("text", "string"),
            ("time", "datetime"),
            ("time", "datetime64"),
            ("integer", "integer"),
            ("number", "integer"),
            ("number", "floating"),
            ("boolean", "boolean"),
        }
    checks = {
        "text": pd.api.types.is_string_dtype,
        "time": pd.api.types.is_datetime64_dtype,
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_numeric_dtype,
        "boolean": pd.api.types.is_bool_dtype,
    }
    return bool(checks[kind](dtype))


def _gaps(frame: pd.DataFrame | ir.Table, name: str) -> list[Problem]:
    if isinstance(frame, ir.Table):
        n = int(frame.filter(frame[name].isnull()).count().execute())
        return [Problem("empty", {"name": name, "n": n, "row": "?"})] if n else []
    gaps = frame[name].isna().to_numpy()
    if not gaps.any():
        return []
    first = int(gaps.argmax()) + 1
    return [Problem("empty", {"name": name, "n": int(gaps.sum()), "row": first})]


def _columns(
    *rows: tuple[str, str, str], required: bool = True, nullable: bool = False
) -> tuple[Column, ...]:
    return tuple(Column(*row, required, nullable) for row in rows)


_IDS = _columns(
    ("case_id", "text", "the document or task"),
    ("activity", "text", "what was done"),
)
_OPTIONAL = _columns(
    ("actor", "text", "who did it"),
    ("unit", "text", "the office or section"),
    ("received", "time", "when it reached that desk"),
    ("start", "time", "when it was taken up"),
    ("end", "time", "when it was done; empty while open"),
    ("received_precision", "text", "second, minute or day"),
    ("start_precision", "text", "second, minute or day"),
    ("end_precision", "text", "second, minute or day"),
    required=False,
    nullable=True,
)

LOG = Table(
    "log",
    "one handling step of one document or task",
    (
        *_IDS,
        *_OPTIONAL,
        Column("row", "integer", "the data row in the source file, from 1", required=False),
    ),
)

STANDARDS = Table(
    "standards",
    "one limit",
    (
        Column("standard_id", "text", "its key"),
        Column("title", "text", "what it says", required=False, nullable=True),
        Column("source", "text", "the clause it comes from", required=False, nullable=True),
        Column("log", "text", "the log it applies to", required=False, nullable=True),
        Column("scope", "text", "which cases", required=False, nullable=True),
        Column("from", "text", "the moment the clock starts"),
        Column("to", "text", "the moment it stops"),
        Column("limit", "text", "30 min · 2 h · 1 working day · 10 days · same day · -30 min"),
        Column("clock", "text", "working or elapsed", required=False, nullable=True),
        Column("target", "number", "the share that must meet it", required=False, nullable=True),
        Column("suspend", "text", "stops the clock", required=False, nullable=True),
        Column("resume", "text", "starts it again", required=False, nullable=True),
        Column("required", "text", "yes or no", required=False, nullable=True),
        Column("valid_from", "time", "in force from", required=False, nullable=True),
        Column("valid_to", "time", "in force to", required=False, nullable=True),
    ),
)

DAYS = Table(
    "days",
    "one day of one calendar",
    _columns(
        ("calendar", "integer", "0 the office's, from 1 the units'"),
        ("day", "integer", "days since 1970-01-01"),
        ("place", "integer", "calendar × PLACES + day: one key to join by"),
        ("working", "boolean", "a working day"),
        ("estimated", "boolean", "no notice yet: weekends and statutory dates"),
        ("before", "integer", "working microseconds before the day"),
        ("length", "integer", "working microseconds of the day"),
        ("ordinal", "integer", "working days up to and with the day"),
        ("close", "integer", "microsecond of the day at which business closes"),
    ),
)

CASES = Table(
    "cases",
    "one case as seen at the cut-off",
    (
        Column("case_id", "text", "the document or task"),
        Column("steps", "integer", "steps seen"),
        Column("first", "time", "its earliest moment of any kind"),
        Column("last", "time", "its latest moment of any kind"),
        Column("open", "boolean", "not closed at the cut-off"),
        Column("elapsed_hours", "number", "first to last by the wall clock"),
        Column("work_hours", "number", "first to last inside office hours"),
        Column("variant", "integer", "the row of the variants table", nullable=True),
    ),
)

STEPS = Table(
    "steps",
    "one handling step as seen at the cut-off",
    (
        Column("row", "integer", "the data row in the source file"),
        Column("case_id", "text", "the document or task"),
        Column("activity", "text", "what was done"),
        Column("unit", "text", "the office or section", nullable=True),
        Column("queue_hours", "number", "received to start, working hours", nullable=True),
        Column("handling_hours", "number", "start to end, working hours", nullable=True),
        Column(
            "work_hours",
            "number",
            "received, else the previous step's end, to end, working hours",
            nullable=True,
        ),
    ),
)

VARIANTS = Table(
    "variants",
    "one way through: the done steps of a case in order",
    _columns(
        ("variant", "integer", "its rank, the most frequent first"),
        ("activities", "text", "the steps joined by ' → '"),
        ("cases", "integer", "cases that went this way"),
        ("share", "number", "of all cases"),
    ),
)

EDGES = Table(
    "edges",
    "one activity directly followed by another",
    (
        Column("source", "text", "the earlier activity"),
        Column("target", "text", "the later activity"),
        Column("cases", "integer", "cases in which it happens"),
        Column("count", "integer", "how often it happens"),
        Column("median_work_hours", "number", "end to end, working hours", nullable=True),
        Column("p90_work_hours", "number", "end to end, working hours", nullable=True),
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "one case held against one standard",
    (
        Column("standard_id", "text", "the standard"),
        Column("case_id", "text", "the document or task"),
        Column("from_time", "time", "when the clock started"),
        Column("to_time", "time", "when it stopped", nullable=True),
        Column("due", "time", "the deadline, where the record decides it", nullable=True),
        Column("verdict", "text", "met, late, pending, overdue, suspended or undecidable"),
        Column("reason", "text", "precision or before, where undecidable", nullable=True),
        Column("used_hours", "number", "on the limit's clock", nullable=True),
        Column("over_hours", "number", "past due, on the same clock", nullable=True),
    ),
)

COMPLIANCE = Table(
    "compliance",
    "one standard over all its cases",
    (
        Column("standard_id", "text", "the standard"),
        Column("n", "integer", "cases judged"),
        *_columns(
            ("met", "integer", "达标"),
            ("late", "integer", "超时"),
            ("pending", "integer", "未到期"),
            ("overdue", "integer", "超期未办"),
            ("suspended", "integer", "暂停中"),
            ("undecidable", "integer", "不可判定"),
        ),
        Column("not_started", "integer", "in scope, without a verdict", nullable=True),
        Column("share", "number", "met ÷ (met + late + overdue)", nullable=True),
        Column("low", "number", "95 % Wilson interval", nullable=True),
        Column("high", "number", "95 % Wilson interval", nullable=True),
        Column("target", "number", "the share that must meet it", nullable=True),
        Column("target_met", "boolean", "share at or above target", nullable=True),
    ),
)

RULES = Table(
    "rules",
    "one rule of procedure",
    (
        Column("rule_id", "text", "its key"),
        Column("title", "text", "what it says", required=False, nullable=True),
        Column("source", "text", "where it stands", required=False, nullable=True),
        Column("log", "text", "the log it applies to", required=False, nullable=True),
        Column("scope", "text", "which cases", required=False, nullable=True),
        Column("kind", "text", "one of criteria.rules.KINDS"),
        Column("a", "text", "activities, units, columns or conditions", False, nullable=True),
        Column("b", "text", "activities, or a register", required=False, nullable=True),
        Column("n", "text", "a count", required=False, nullable=True),
        Column("severity", "text", "low, medium or high", required=False, nullable=True),
        Column("wording", "text", "how a breach is told", required=False, nullable=True),
    ),
)

DEVIATIONS = Table(
    "deviations",
    "one rule broken by one case",
    (
        Column("rule_id", "text", "the rule"),
        Column("case_id", "text", "the document or task"),
        Column("rows", "text", "the data rows that prove it, joined by ;"),
        Column("detail", "text", "what they show"),
    ),
)

ADHERENCE = Table(
    "adherence",
    "one rule over all its cases",
    (
        Column("rule_id", "text", "the rule"),
        Column("n", "integer", "cases in scope"),
        Column("broken", "integer", "cases that break it", nullable=True),
        Column("pending", "integer", "not yet fulfilled, still open", nullable=True),
        Column("share", "number", "broken ÷ (n − pending − undecidable)", nullable=True),
        Column("low", "number", "95 % Wilson interval", nullable=True),
        Column("high", "number", "95 % Wilson interval", nullable=True),
        Column("undecidable", "integer", "cases that the record cannot decide"),
        Column("missing", "text", "what the log lacks; then nothing is decided", nullable=True),
    ),
)

DEPARTURES = Table(
    "departures",
    "one way in which cases depart from the prescribed flow",
    (
        Column("kind", "text", "skipped, added or moved"),
        Column("activity", "text", "what was skipped, added or moved"),
        Column("after", "text", "of what was added: the step before it"),
        Column("cases", "integer", "cases in which it happens"),
        Column("count", "integer", "how often it happens"),
        Column("share", "number", "of the cases held against the flow"),
    ),
)

HANDOVERS = Table(
    "handovers",
    "one unit or person directly followed by another",
    (
        Column("source", "text", "who hands over"),
        Column("target", "text", "to whom"),
        Column("cases", "integer", "cases in which it happens"),
        Column("count", "integer", "how often it happens"),
        Column("returned", "integer", "of these: back to whom it came from (X, Y, X)"),
        Column("median_work_hours", "number", "end to end, working hours", nullable=True),
    ),
)

INVOLVEMENT = Table(
    "involvement",
    "one unit or person over all its steps",
    (
        Column("hand", "text", "the unit or person"),
        Column("cases", "integer", "cases with a step of it"),
        Column("case_share", "number", "of all cases"),
        Column("steps", "integer", "its done steps"),
        Column("people", "integer", "who did them"),
        Column("steps_per_head", "number", "load", nullable=True),
        Column("activities", "integer", "different ones"),
        Column("specialisation", "number", "share of its most frequent activity"),
        Column("off_hours_share", "number", "ended outside office hours", nullable=True),
    ),
)

POINTS = Table(
    "points",
    "one improvement point and where its loop stands",
    (
        Column("id", "text", "the same from year to year"),
        Column("title", "text", "what is wrong"),
        Column("status", "text", "new, recurring, resolved or relapsed"),
        Column(
            "first_found", "time", "the cut-off of the first review that found it", nullable=True
        ),
        Column("last_found", "time", "of the last", nullable=True),
        Column("criterion", "text", "plan: what should be"),
        Column("measure", "text", "plan: what is measured"),
        Column("better", "text", "plan: higher or lower"),
        Column("unit", "text", "plan: share, hours, days, ratio or number"),
        Column("baseline", "number", "plan: as first measured", nullable=True),
        Column("baseline_low", "number", "plan: 95 % interval", nullable=True),
        Column("baseline_high", "number", "plan: 95 % interval", nullable=True),
        Column("baseline_n", "integer", "plan: what it rests on", nullable=True),
        Column("target", "number", "plan: what it is to be; people's", nullable=True),
        Column("countermeasure", "text", "plan: what is to be done; people's"),
        Column("owner", "text", "plan: who answers for it; people's"),
        Column("planned", "time", "plan: when it was made; people's", nullable=True),
        Column("due", "time", "plan: by when it is to be done; people's", nullable=True),
        Column("action", "text", "do: what was done; people's"),
        Column("done", "time", "do: when; people's", nullable=True),
        Column("value", "number", "check: as measured in the last review", nullable=True),
        Column("low", "number", "check: 95 % interval", nullable=True),
        Column("high", "number", "check: 95 % interval", nullable=True),
        Column("n", "integer", "check: what it rests on", nullable=True),
        Column("since", "time", "check: only cases begun on or after it", nullable=True),
        Column("checked", "time", "check: the cut-off of the last review", nullable=True),
        Column("verdict", "text", "check: one of findings.points.VERDICTS"),
        Column("suggestion", "text", "act: what the verdict suggests"),
        Column("decision", "text", "act: standardise, adjust or stop; people's"),
        Column("next_target", "number", "act: for the next check; people's", nullable=True),
        Column("hours", "number", "working hours at stake in a year", nullable=True),
        Column("hours_low", "number", "95 % interval", nullable=True),
        Column("hours_high", "number", "95 % interval", nullable=True),
        Column("history", "text", "one line a check"),
        Column("kind", "text", "of the finding; 'own' for what people added"),
        Column("subject", "text", "of the finding, as JSON"),
    ),
)
