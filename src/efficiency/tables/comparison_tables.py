"""The tables of cases held against their like, and against before."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

_P = Column("p", "number", "of the test, not yet adjusted", unit="0 to 1", nullable=True)
#: What tests of one review have in common.
TESTS = Table("tests", "one test, or why there is none", (_P,))
_ADJUSTED = Column(
    "p_adjusted",
    "number",
    "over all tests of the review",
    unit="0 to 1",
    required=False,
    nullable=True,
)

COMPARISONS = Table(
    "comparisons",
    "one group held against comparable cases",
    (
        Column("attribute", "text", "what groups differ in"),
        Column("value", "text", "the group"),
        Column("measure", "text", "case, applicant, handling or desk"),
        Column("activity", "text", "'': over all activities"),
        Column("held_equal", "text", "what comparable cases agree in, joined by '; '"),
        Column("n", "integer", "cases (steps) of the group"),
        Column("others", "integer", "of all others"),
        Column("compared", "integer", "of the group, with comparable ones"),
        Column("comparable", "integer", "of the others, comparable with the group's"),
        *columns(
            ("median_hours", "number", "of those compared", "working hours"),
            ("median_low", "number", "95 % interval", "working hours"),
            ("median_high", "number", "95 % interval", "working hours"),
            ("others_median_hours", "number", "of those comparable", "working hours"),
            ("ratio", "number", "times as long as comparable ones", "times"),
            ("ratio_low", "number", "95 % interval", "times"),
            ("ratio_high", "number", "95 % interval", "times"),
            ("delta", "number", "Cliff's, -1 to 1", "-1 to 1"),
            (
                "hours",
                "number",
                "sum of the working hours above the mean of comparable ones",
                "working hours",
            ),
            nullable=True,
        ),
        _P,
        Column(
            "logrank_p", "number", "of the log-rank test on all cases", unit="0 to 1", nullable=True
        ),
        Column("weeks", "integer", "over which cases count as one block"),
        Column(
            "untested", "text", "why there is no comparison: few, alone, dependent", nullable=True
        ),
        _ADJUSTED,
    ),
)

SHARES = Table(
    "shares",
    "one group's share that went wrong, held against comparable cases",
    (
        Column("measure", "text", "late, rework or breach"),
        Column("attribute", "text", "what groups differ in"),
        Column("value", "text", "the group"),
        Column("held_equal", "text", "what comparable cases agree in, joined by '; '"),
        Column("n", "integer", "clocks, steps or cases of the group"),
        Column("others", "integer", "of all others"),
        Column("k", "integer", "of n, those that went wrong"),
        Column("compared", "integer", "of the group, with comparable ones"),
        Column("compared_k", "integer", "of those compared, that went wrong"),
        Column("comparable", "integer", "of the others, comparable with the group's"),
        *columns(
            ("share", "number", "compared_k ÷ compared", "0 to 1"),
            (
                "expected",
                "number",
                "of comparable ones, as if their mix were the group's",
                "0 to 1",
            ),
            ("difference", "number", "share less expected", "0 to 1"),
            ("low", "number", "95 % interval of the difference", "0 to 1"),
            ("high", "number", "95 % interval of the difference", "0 to 1"),
            nullable=True,
        ),
        _P,
        Column("weeks", "integer", "over which cases count as one block"),
        Column(
            "untested", "text", "why there is no comparison: few, alone, dependent", nullable=True
        ),
        _ADJUSTED,
    ),
)

CHANGES = Table(
    "changes",
    "one split of one series of times",
    (
        Column("measure", "text", "case, an activity, or an activity in hand"),
        Column("kind", "text", "baseline, reform or found"),
        *columns(
            ("at", "time", "first day after"),
            ("at_low", "time", "95 % interval of a date that was found"),
            ("at_high", "time", "95 % interval of a date that was found"),
            nullable=True,
        ),
        Column("title", "text", "of the reform"),
        Column("held_equal", "text", "what both sides agree in, joined by '; '"),
        Column("n_before", "integer", "cases before"),
        Column("n_after", "integer", "cases after"),
        Column("left_out", "integer", "outside both sides, or under way at the split"),
        *columns(
            ("median_before_hours", "number", "working hours", "working hours"),
            ("median_after_hours", "number", "working hours", "working hours"),
            ("difference_hours", "number", "after less before, working hours", "working hours"),
            ("difference_low", "number", "95 % interval", "working hours"),
            ("difference_high", "number", "95 % interval", "working hours"),
            ("ratio", "number", "of times, after ÷ before", "times"),
            ("ratio_low", "number", "95 % interval", "times"),
            ("ratio_high", "number", "95 % interval", "times"),
            ("mean_difference_hours", "number", "of the means, after less before", "working hours"),
            ("mean_low", "number", "95 % interval", "working hours"),
            ("mean_high", "number", "95 % interval", "working hours"),
            ("weeks", "number", "over which cases count as one block", "weeks"),
            ("same_months", "boolean", "whether both sides hold the same months of the year"),
            nullable=True,
        ),
        _P,
        Column(
            "untested",
            "text",
            "why there is no test: few, alone, dependent, season",
            nullable=True,
        ),
        _ADJUSTED,
    ),
    span="baseline",
)

BALANCE = Table(
    "balance",
    "one unit, what came in and what went out",
    (
        Column("unit", "text", "the office or section", required=False),
        Column("since", "time", "from when it is counted", nullable=True),
        Column("weeks", "number", "how long that is", unit="weeks", nullable=True),
        *columns(
            ("arrivals", "integer", "steps that came"),
            ("completions", "integer", "steps that were done"),
            ("open_before", "integer", "steps there when counting began"),
            ("open", "integer", "steps there at the cut-off"),
            nullable=True,
        ),
        *columns(
            ("ratio", "number", "arrivals ÷ completions", "times"),
            ("low", "number", "95 % interval", "times"),
            ("high", "number", "95 % interval", "times"),
            (
                "net_per_week",
                "number",
                "arrivals less completions in a working week",
                "steps a week",
            ),
            ("net_low", "number", "95 % interval", "steps a week"),
            ("net_high", "number", "95 % interval", "steps a week"),
            nullable=True,
        ),
        _P,
        Column("reason", "text", "why none of these is told: few, short, unseen", nullable=True),
        _ADJUSTED,
    ),
    span="whole",
)

_AT = Column("at", "text", "the month, week or number of the point; in order")
COUNTED = Table(
    "counted",
    "one period",
    (
        _AT,
        Column("k", "integer", "events in it"),
        Column("n", "number", "cases in it", unit="cases"),
    ),
)
CLOSING_TIMES = Table(
    "closing_times",
    "one month or week",
    (
        Column("at", "text", "2024-03, or the week's Monday"),
        Column("value", "number", "median of its cases", nullable=True, unit="working hours"),
        Column("n", "integer", "cases closed in it"),
    ),
)
FLAGGED = Table(
    "flagged",
    "one case, and whether it was one of those that are counted",
    (
        Column("case_id", "text", "the document or task"),
        Column("at", "any", "when it was done; in order"),
        Column("k", "number", "how many events it had", unit="events"),
    ),
)
GAPS = Table(
    "gaps",
    "one rare event",
    (_AT, Column("gap", "integer", "cases from the event before to this one, this one counted")),
)
CONTROL = Table(
    "control",
    "one point of a control chart",
    (
        _AT,
        *columns(
            ("value", "number", "what is followed", "that of the series"),
            nullable=True,
        ),
        Column("n", "number", "what the point rests on", required=False, unit="cases"),
        *columns(
            ("centre", "number", "where points lie if nothing changes", "that of the series"),
            ("low", "number", "lower control limit", "that of the series"),
            ("high", "number", "upper control limit", "that of the series"),
            ("signal", "text", "what is unusual there, joined by ;"),
            nullable=True,
        ),
    ),
)
SEGMENTS = Table(
    "segments",
    "one stretch of a series at one level",
    (
        Column("at", "text", "its first point; of the second and later ones: where a shift is"),
        Column("to", "text", "its last point"),
        Column("points", "integer", "how many"),
        Column(
            "level",
            "number",
            "its mean; a geometric one on the log scale",
            unit="that of the series",
        ),
        *columns(
            ("at_low", "text", "95 % interval of the shift's place"),
            ("at_high", "text", "95 % interval of the shift's place"),
            ("difference", "number", "to the level before", "that of the series"),
            ("difference_low", "number", "95 % interval", "that of the series"),
            ("difference_high", "number", "95 % interval", "that of the series"),
            ("ratio", "number", "to the level before", "times"),
            ("ratio_low", "number", "95 % interval", "times"),
            ("ratio_high", "number", "95 % interval", "times"),
            ("p", "number", "that the series has no shift at all", "0 to 1"),
            nullable=True,
        ),
    ),
)
