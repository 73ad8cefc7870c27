"""The tables of what can be measured again, and of improvement points."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

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
        Column(
            "baseline", "number", "plan: as first measured", unit="that of `unit`", nullable=True
        ),
        Column(
            "baseline_low", "number", "plan: 95 % interval", unit="that of `unit`", nullable=True
        ),
        Column(
            "baseline_high", "number", "plan: 95 % interval", unit="that of `unit`", nullable=True
        ),
        Column("baseline_n", "integer", "plan: what it rests on", nullable=True),
        Column(
            "target",
            "number",
            "plan: what it is to be; people's",
            unit="that of `unit`",
            nullable=True,
        ),
        Column("countermeasure", "text", "plan: what is to be done; people's"),
        Column("owner", "text", "plan: who answers for it; people's"),
        Column("planned", "time", "plan: when it was made; people's", nullable=True),
        Column("due", "time", "plan: by when it is to be done; people's", nullable=True),
        Column("action", "text", "do: what was done; people's"),
        Column("done", "time", "do: when; people's", nullable=True),
        Column(
            "value",
            "number",
            "check: as measured in the last review",
            unit="that of `unit`",
            nullable=True,
        ),
        Column("low", "number", "check: 95 % interval", unit="that of `unit`", nullable=True),
        Column("high", "number", "check: 95 % interval", unit="that of `unit`", nullable=True),
        Column("n", "integer", "check: what it rests on", nullable=True),
        Column("since", "time", "check: only cases begun on or after it", nullable=True),
        Column(
            "change",
            "number",
            "check: after less before, like for like",
            unit="that of `unit`",
            nullable=True,
        ),
        Column(
            "change_low", "number", "check: 95 % interval", unit="that of `unit`", nullable=True
        ),
        Column(
            "change_high", "number", "check: 95 % interval", unit="that of `unit`", nullable=True
        ),
        Column("held", "text", "check: how like was held against like: months, beside, before"),
        Column("checked", "time", "check: the cut-off of the last review", nullable=True),
        Column("verdict", "text", "check: one of findings.points.VERDICTS"),
        Column("suggestion", "text", "act: what the verdict suggests"),
        Column("decision", "text", "act: standardise, adjust or stop; people's"),
        Column(
            "next_target",
            "number",
            "act: for the next check; people's",
            unit="that of `unit`",
            nullable=True,
        ),
        Column(
            "hours",
            "number",
            "working hours at stake in a year",
            unit="working hours",
            nullable=True,
        ),
        Column("hours_low", "number", "95 % interval", unit="working hours", nullable=True),
        Column("hours_high", "number", "95 % interval", unit="working hours", nullable=True),
        Column("history", "text", "one line a check"),
        Column("kind", "text", "of the finding; 'own' for what people added"),
        Column("subject", "text", "of the finding, as JSON"),
    ),
    of_log=False,
)

_HOURS = columns(
    ("hours", "number", "working hours at stake in a year", "working hours"),
    ("hours_low", "number", "95 % interval", "working hours"),
    ("hours_high", "number", "95 % interval", "working hours"),
    nullable=True,
)
MEASURES = Table(
    "measures",
    "one thing that was measured and can be again, found wanting or not",
    (
        Column("id", "text", "that of the finding, were there one"),
        Column("kind", "text", "of the finding"),
        Column("subject", "text", "of the finding, as JSON; the log is in it"),
        Column("measure", "text", "what is measured"),
        *columns(
            ("value", "number", "in the unit of the column of this name", "that of `unit`"),
            ("low", "number", "95 % interval", "that of `unit`"),
            ("high", "number", "95 % interval", "that of `unit`"),
            nullable=True,
        ),
        Column("n", "integer", "what it rests on"),
        Column("better", "text", "higher or lower"),
        Column("unit", "text", "share, hours or ratio", required=False),
        *_HOURS,
    ),
    of_log=False,
)

CHECKS = Table(
    "checks",
    "one point on which an action was done, measured on what began since and could be decided",
    (
        Column("id", "text", "the point's"),
        Column("since", "time", "only cases begun on or after it"),
        *columns(
            ("value", "number", "in the unit of the point", "that of the point"),
            ("low", "number", "95 % interval", "that of the point"),
            ("high", "number", "95 % interval", "that of the point"),
            ("change", "number", "after less before, like for like", "that of the point"),
            ("change_low", "number", "95 % interval", "that of the point"),
            ("change_high", "number", "95 % interval", "that of the point"),
            nullable=True,
        ),
        Column("n", "integer", "what it rests on"),
        Column("held", "text", "how like was held against like: months, beside, before"),
    ),
    of_log=False,
)

PARETO = Table(
    "pareto",
    "one point that is not resolved, by the hours at stake",
    (
        Column("id", "text", "the point's"),
        Column("title", "text", "what is wrong"),
        *_HOURS,
        Column("share", "number", "of all hours, 0 to 1", unit="0 to 1"),
        Column("cumulative_share", "number", "of this and all before it", unit="0 to 1"),
    ),
    of_log=False,
)

LOOP = Table(
    "loop",
    "one point and where it stands on a day",
    (
        Column("id", "text", "the point's"),
        Column("title", "text", "what is wrong"),
        Column("status", "text", "new, recurring, resolved or relapsed"),
        Column("owner", "text", "who answers for it"),
        Column("due", "time", "by when it is to be done", nullable=True),
        Column("done", "time", "when it was", nullable=True),
        Column("verdict", "text", "of the last check"),
        Column("decision", "text", "what people decided"),
        Column("state", "text", "overdue, due, open, done, checked or closed"),
        Column("days", "integer", "until it is due; negative: past due", nullable=True),
    ),
    of_log=False,
)

LOOP_MEASURES = Table(
    "loop_measures",
    "one measure of how well the loop runs",
    (
        Column("measure", "text", "its name"),
        Column("k", "integer", "of n", nullable=True),
        Column("n", "integer", "what it rests on"),
        *columns(
            ("value", "number", "a share, or days", "0 to 1, or days"),
            ("low", "number", "95 % interval", "0 to 1, or days"),
            ("high", "number", "95 % interval", "0 to 1, or days"),
            nullable=True,
        ),
    ),
    of_log=False,
)
