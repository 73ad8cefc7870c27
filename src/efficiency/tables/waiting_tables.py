"""The tables of what waits: why, at which desks, and how much lies there."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

WAITS = Table(
    "waits",
    "one step that was taken up, and what it waited for",
    (
        Column("row", "integer", "the data row in the source file"),
        Column("case_id", "text", "the document or task"),
        Column("activity", "text", "what was done"),
        *columns(
            ("unit", "text", "the office or section"),
            ("actor", "text", "who took it up"),
            ("source", "text", "the step before"),
            ("source_row", "number", "its row; whole", "row"),
            (
                "hours",
                "number",
                "from when it could begin to its start, by the wall clock",
                "hours",
            ),
            ("off_hours", "number", "of these: outside the unit's calendar", "hours"),
            ("batching_hours", "number", "until the last step of its batch had come", "hours"),
            (
                "prioritisation_hours",
                "number",
                "the desk was busy with what had come later",
                "hours",
            ),
            ("contention_hours", "number", "the desk was busy with what had come before", "hours"),
            ("unavailability_hours", "number", "nobody was on duty", "hours"),
            ("other_hours", "number", "none of these", "hours"),
            nullable=True,
        ),
        Column("assumed", "text", "codes of what had to be assumed, parted by spaces"),
    ),
)

WAITING = Table(
    "waiting",
    "one cause of waiting at one activity ('': at all of them)",
    (
        Column("activity", "text", "what waited"),
        Column("cause", "text", "what explains it"),
        *columns(
            ("hours", "number", "hours of waiting", "hours"),
            ("share", "number", "of the activity's waiting by the wall clock, 0 to 1", "0 to 1"),
            ("low", "number", "95 % interval", "0 to 1"),
            ("high", "number", "95 % interval", "0 to 1"),
            ("work_share", "number", "of its waiting inside office hours, 0 to 1", "0 to 1"),
            ("work_low", "number", "95 % interval", "0 to 1"),
            ("work_high", "number", "95 % interval", "0 to 1"),
            nullable=True,
        ),
        Column("n", "integer", "steps measured"),
        Column("unmeasured", "integer", "steps that could not be"),
    ),
)

AWAITED = Table(
    "awaited",
    "one activity, and how much of all waiting is waiting for it",
    (
        Column("activity", "text", "what is waited for"),
        Column("n", "integer", "steps of which the record says when they came"),
        *columns(
            ("hours", "number", "waited for them inside office hours", "working hours"),
            ("share", "number", "of all such waiting", "0 to 1"),
            ("low", "number", "95 % interval", "0 to 1"),
            ("high", "number", "95 % interval", "0 to 1"),
            nullable=True,
        ),
    ),
)

DESKS = Table(
    "desks",
    "one desk: people of a unit who work off one queue",
    (
        Column("desk", "text", "the unit where it has but one, else unit·main step"),
        Column("unit", "text", "the office or section; '' where it is not known"),
        Column("activities", "text", "what is done there, joined by ' | '"),
        Column("actors", "text", "who does it, joined by ' | '"),
        Column("people", "integer", "at work at a time", nullable=True),
        Column("at_once", "integer", "steps that one of them holds at a time"),
        Column("steps", "integer", "steps done or begun there"),
        Column("handling_hours", "number", "in hand, of all timed steps", unit="working hours"),
        Column("timed_share", "number", "done steps whose start is known", unit="0 to 1"),
        Column("utilisation", "number", "of all hands' time", nullable=True, unit="1 is all"),
    ),
)

WORKLOAD = Table(
    "workload",
    "one unit in one period",
    (
        Column("unit", "text", "the office or section; '' where it is not known", required=False),
        Column("period", "text", "2024-03, or the week's Monday"),
        Column("until", "time", "its end, or the cut-off"),
        Column("arrivals", "integer", "steps that came in it"),
        Column("completions", "integer", "steps that were done in it"),
        Column("open", "integer", "steps there at its end"),
        *columns(
            ("median_age_hours", "number", "of these: time since they came", "working hours"),
            ("p90_age_hours", "number", "90th percentile of these", "working hours"),
            nullable=True,
        ),
    ),
)
