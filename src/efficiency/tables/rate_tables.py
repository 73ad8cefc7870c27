"""The tables of rates: what zero of so many proves, and which units lie beyond chance."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

_FUNNEL = (
    Column("k", "integer", "its late cases"),
    Column("n", "integer", "its cases"),
    *columns(
        ("value", "number", "k ÷ n", "0 to 1"),
        ("centre", "number", "that of all units together", "0 to 1"),
        ("low_95", "number", "limits that chance alone keeps within, 95 %", "0 to 1"),
        ("high_95", "number", "limits that chance alone keeps within, 95 %", "0 to 1"),
        ("low_998", "number", "the same, 99.8 %", "0 to 1"),
        ("high_998", "number", "the same, 99.8 %", "0 to 1"),
        nullable=True,
    ),
    Column("outside", "text", "the widest limits it lies outside of: 95 or 99.8", nullable=True),
)

FUNNEL = Table("funnel", "one unit", (Column("name", "text", "the unit"), *_FUNNEL))

UNITS = Table(
    "units",
    "one unit's share of late cases under one standard",
    (Column("standard_id", "text", "the standard"), *FUNNEL.columns),
)

MATTERS = Table(
    "matters",
    "one kind of matter",
    (
        Column("attribute", "text", "what kinds are told by"),
        Column("value", "text", "the kind"),
        Column("cases", "integer", "its cases"),
        Column("share", "number", "of all cases", unit="0 to 1"),
    ),
)

WORKS = Table(
    "works",
    "one kind of work of the office: one log",
    (
        Column("cases", "integer", "cases seen"),
        Column("change", "integer", "cases less those before", nullable=True),
        Column("done", "integer", "cases closed, not cancelled"),
        Column("done_share", "number", "done ÷ cases", unit="0 to 1", nullable=True),
        Column(
            "median_hours", "number", "by then half of the cases were done", unit="working hours",
            nullable=True,
        ),
        *columns(
            ("standards", "integer", "limits with a target and a decided clock"),
            ("standards_met", "integer", "of these: share at or above the target"),
            ("rules", "integer", "rules of procedure it is held to"),
            ("rules_broken", "integer", "of these: some case breaks it"),
        ),
    ),
)  # fmt: skip

STANDING = Table(
    "standing",
    "one count of how the office stands",
    columns(
        ("measure", "text", "what is counted: findings.standing.MEASURES"),
        ("value", "integer", "how many"),
    ),
    of_log=False,
)

FINDINGS = Table(
    "findings",
    "one finding",
    (
        *columns(
            ("id", "text", "the same from year to year"),
            ("log", "text", "the log that it belongs to"),
            ("kind", "text", "what it is about"),
            ("theme", "text", "under which it is told"),
            ("level", "text", "action, watch or note"),
            ("direction", "text", "worse or better"),
            ("part_of", "text", "the id of the finding that tells the same problem"),
        ),
        *columns(
            ("value", "number", "its measure", "that of its kind"),
            ("low", "number", "95 % interval", "that of its kind"),
            ("high", "number", "95 % interval", "that of its kind"),
            ("p", "number", "adjusted, where a test was made", "0 to 1"),
            nullable=True,
        ),
        Column("n", "integer", "what it rests on"),
        Column("hours", "number", "at stake", unit="working hours"),
        Column("certainty", "number", "how sure it is", unit="0 to 1"),
        Column("gravity", "integer", "how grave, 1 to 3"),
        Column("concerned", "integer", "cases, clocks or steps concerned"),
        Column("table", "text", "the table that holds the evidence"),
    ),
    of_log=False,
)

CIRCULAR_VOLUME = Table(
    "circular_volume",
    "one stretch of time: that of the circular, or the one before",
    (
        Column("span", "text", "now or before"),
        *columns(
            ("begun", "integer", "cases that came in"),
            ("closed", "integer", "cases that were closed"),
            ("decided", "integer", "clocks that fell due and were judged"),
            ("missed", "integer", "of these: late or overdue"),
        ),
        Column("share", "number", "met ÷ decided", unit="0 to 1", nullable=True),
        Column("overdue", "integer", "clocks past due and not stopped at its end"),
        Column("made_good", "integer", "of these: stopped since"),
    ),
)

CIRCULAR_UNITS = Table(
    "circular_units",
    "one unit and the clocks that fell due",
    columns(
        ("unit", "text", "the office or section"),
        ("n", "integer", "clocks that fell due and were judged"),
        ("missed", "integer", "of these: late or overdue"),
        ("share", "number", "met ÷ n", "0 to 1"),
        ("low", "number", "95 % Wilson interval", "0 to 1"),
        ("high", "number", "95 % Wilson interval", "0 to 1"),
    ),
)

CIRCULAR_OVERDUE = Table(
    "circular_overdue",
    "one clock past due and not stopped at the end of the stretch",
    (
        Column("standard_id", "text", "the standard"),
        Column("case_id", "text", "the document or task"),
        Column("from_time", "time", "when the clock started"),
        Column("due", "time", "when it was due"),
        Column("to_time", "time", "when it was stopped since", nullable=True),
    ),
)

COUNTS = Table(
    "counts",
    "one thing that was checked for",
    columns(
        ("item", "text", "what was checked for: 差错, 失误, 缺陷"),
        ("k", "integer", "how many were found"),
        ("n", "integer", "how many were checked"),
    ),
)

TALLIES = Table(
    "tallies",
    "one unit",
    columns(
        ("name", "text", "the unit"),
        ("k", "integer", "its cases that count"),
        ("n", "integer", "its cases"),
    ),
)

ZEROS = Table(
    "zeros",
    "one rate that is claimed to be zero or all",
    (
        *COUNTS.columns,
        *columns(
            ("share", "number", "k ÷ n", "0 to 1"),
            ("low", "number", "exact bound, 95 %", "0 to 1"),
            ("high", "number", "exact bound, 95 %", "0 to 1"),
            nullable=True,
        ),
    ),
)
