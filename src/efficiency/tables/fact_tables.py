"""The tables of what happened: cases, steps, flows, hand-overs, waiting, work in hand."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

CASES = Table(
    "cases",
    "one case as seen at the cut-off",
    (
        Column("case_id", "text", "the document or task"),
        Column("steps", "integer", "steps seen"),
        Column("first", "time", "its earliest moment of any kind"),
        Column("last", "time", "its latest moment of any kind"),
        Column("open", "boolean", "neither closed nor cancelled at the cut-off"),
        Column("cancelled", "boolean", "cancelled by then", required=False),
        Column("elapsed_hours", "number", "first to last by the wall clock", unit="hours"),
        Column("work_hours", "number", "first to last inside office hours", unit="working hours"),
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
        Column(
            "queue_hours",
            "number",
            "received to start, working hours",
            unit="working hours",
            nullable=True,
        ),
        Column(
            "handling_hours",
            "number",
            "start to end, working hours",
            unit="working hours",
            nullable=True,
        ),
        Column(
            "work_hours",
            "number",
            "received, else the previous step's end, to end, working hours",
            unit="working hours",
            nullable=True,
        ),
    ),
)

VARIANTS = Table(
    "variants",
    "one way through: the done steps of a case in order",
    columns(
        ("variant", "integer", "its rank, the most frequent first"),
        ("activities", "text", "the steps joined by ' → '"),
        ("cases", "integer", "cases that went this way"),
        ("share", "number", "of all cases", "0 to 1"),
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
        Column(
            "median_work_hours",
            "number",
            "end to end, working hours",
            unit="working hours",
            nullable=True,
        ),
        Column(
            "p90_work_hours",
            "number",
            "end to end, working hours",
            unit="working hours",
            nullable=True,
        ),
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
        Column(
            "median_work_hours",
            "number",
            "end to end, working hours",
            unit="working hours",
            nullable=True,
        ),
    ),
)

INVOLVEMENT = Table(
    "involvement",
    "one unit or person over all its steps",
    (
        Column("hand", "text", "the unit or person"),
        Column("cases", "integer", "cases with a step of it"),
        Column("case_share", "number", "of all cases", unit="0 to 1"),
        Column("steps", "integer", "its done steps"),
        Column("people", "integer", "who did them"),
        Column("steps_per_head", "number", "load", unit="steps a head", nullable=True),
        Column("activities", "integer", "different ones"),
        Column("specialisation", "number", "share of its most frequent activity", unit="0 to 1"),
        Column(
            "off_hours_share", "number", "ended outside office hours", unit="0 to 1", nullable=True
        ),
    ),
)

ENDS = Table(
    "ends",
    "one activity at either end of cases",
    columns(
        ("activity", "text", "what was done"),
        ("starts", "integer", "cases that begin with it"),
        ("ends", "integer", "cases that end with it"),
    ),
)

OVERVIEW = Table(
    "overview",
    "one log, summed up",
    (
        Column("rows", "integer", "rows of the source"),
        Column("rejected", "integer", "rows that could not be taken"),
        Column("cases", "integer", "cases seen"),
        Column("steps", "integer", "steps seen"),
        Column("units", "integer", "units that took part"),
        Column("done", "integer", "cases closed, not cancelled"),
        Column("open", "integer", "cases not closed at the cut-off"),
        Column("cancelled", "integer", "cases cancelled"),
        Column("done_share", "number", "done ÷ cases", unit="0 to 1", nullable=True),
        Column("before", "integer", "cases of the time compared with", nullable=True),
        Column("change", "integer", "cases less those before", nullable=True),
        Column("variants", "integer", "different ways through"),
        Column("few_share", "number", "cases of the two most frequent ways", unit="0 to 1"),
        Column("many_share", "number", "cases of the ten most frequent ways", unit="0 to 1"),
        *columns(
            ("median_hours", "number", "by then half of the cases were done", "working hours"),
            ("ninety_hours", "number", "by then nine in ten were done", "working hours"),
            ("median_days", "number", "the same as the median", "working days"),
            ("ninety_days", "number", "the same as the 90th percentile", "working days"),
            nullable=True,
        ),
    ),
)

VOLUME = Table(
    "volume",
    "one month",
    columns(
        ("month", "text", "2024-03"),
        ("begun", "integer", "cases that began in it"),
        ("closed", "integer", "cases that were closed in it"),
        ("in_hand", "integer", "cases open at its end"),
    ),
)

AGES = Table(
    "ages",
    "one case, and how long it took or has been taking",
    (
        Column(
            "age_hours", "number", "to its end or the cut-off", nullable=True, unit="working hours"
        ),
        Column("open", "boolean", "not closed at the cut-off"),
    ),
)

COMPLETION = Table(
    "completion",
    "one time by which some more cases were done (Kaplan-Meier)",
    columns(
        ("hours", "number", "working hours since the case began", "working hours"),
        ("share", "number", "cases done by then, 0 to 1", "0 to 1"),
        ("low", "number", "95 % interval", "0 to 1"),
        ("high", "number", "95 % interval", "0 to 1"),
        nullable=True,
    ),
)

DOTS = Table(
    "dots",
    "one activity on one day, of cases that came in about together",
    columns(
        ("place", "integer", "of the case by its first moment, the earliest first"),
        ("activity", "text", "what was done"),
        ("day", "time", "the day on which it was"),
        ("after", "integer", "days since the case's first moment"),
        ("steps", "integer", "how often it was"),
    ),
)

SPECTRUM = Table(
    "spectrum",
    "steps of one pair done after each other from one day to another",
    columns(
        ("rank", "integer", "of the pair, that with most working hours first"),
        ("source", "text", "the earlier activity"),
        ("target", "text", "the later activity"),
        ("left", "time", "the day on which the earlier was done"),
        ("arrived", "time", "the day on which the later was done"),
        ("quarter", "integer", "of the pair's steps by working hours, 1 the fastest"),
        ("steps", "integer", "how often it happens"),
    ),
)

STEP_SUMMARY = Table(
    "step_summary",
    "one activity over all its steps",
    (
        Column("activity", "text", "what was done"),
        Column("n", "integer", "steps timed"),
        *columns(
            ("hours", "number", "working hours of all of them", "working hours"),
            ("p10", "number", "working hours, 10th percentile", "working hours"),
            ("median", "number", "working hours", "working hours"),
            ("p90", "number", "working hours, 90th percentile", "working hours"),
            ("queue_median", "number", "working hours from arrival to start", "working hours"),
            ("handling_median", "number", "working hours from start to end", "working hours"),
            ("queue_share", "number", "of its hours, 0 to 1, where starts are known", "0 to 1"),
            ("share", "number", "of all steps' hours, 0 to 1", "0 to 1"),
            ("low", "number", "95 % interval", "0 to 1"),
            ("high", "number", "95 % interval", "0 to 1"),
            nullable=True,
        ),
    ),
)

REWORK = Table(
    "rework",
    "one activity, and how often it was done again in a case",
    (
        Column("activity", "text", "what was done"),
        Column("cases", "integer", "cases with it"),
        Column("repeated_cases", "integer", "cases with it more than once"),
        Column("repetitions", "integer", "times beyond the first"),
        Column("self_loops", "integer", "times directly after itself"),
        Column(
            "repeated_hours",
            "number",
            "working hours of the repetitions",
            unit="working hours",
            nullable=True,
        ),
        Column("example_row", "integer", "a row of a repetition", nullable=True),
    ),
)

REFERRALS = Table(
    "referrals",
    "one activity done again by someone",
    columns(
        ("activity", "text", "what was done again"),
        ("first_by", "text", "who did it before"),
        ("again_by", "text", "who did it again"),
        ("cases", "integer", "cases in which it happens"),
        ("count", "integer", "how often it happens"),
    ),
)

APPROVALS = Table(
    "approvals",
    "one way of approval",
    columns(
        ("levels", "integer", "different roles"),
        ("roles", "text", "in the order in which they first came, joined by ' → '"),
        ("cases", "integer", "cases that went this way"),
        ("share", "number", "of all cases, 0 to 1", "0 to 1"),
        ("rounds", "number", "approving steps a case, on average", "steps a case"),
    ),
)


SERIES = Table(
    "series",
    "one period",
    (
        Column("at", "text", "the month, week or number of the point; in order"),
        Column("value", "number", "what is followed", unit="that of the series", nullable=True),
        Column("n", "number", "the cases it rests on", unit="cases", required=False),
    ),
)
