"""The tables that people bring: logs, standards, rules, calendars, and doubts about the record."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

_IDS = columns(
    ("case_id", "text", "the document or task"),
    ("activity", "text", "what was done"),
)
_OPTIONAL = columns(
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
        Column("short", "text", "what a sentence calls it", required=False, nullable=True),
        Column("source", "text", "the clause it comes from", required=False, nullable=True),
        Column("log", "text", "the log it applies to", required=False, nullable=True),
        Column("scope", "text", "which cases", required=False, nullable=True),
        Column("from", "text", "the moment the clock starts"),
        Column("to", "text", "the moment it stops"),
        Column(
            "limit",
            "text",
            "30 min · 2 h · 1 working day · 1 half day · 10 days · same day · -30 min · =COLUMN",
        ),
        Column("clock", "text", "working or elapsed", required=False, nullable=True),
        Column(
            "target",
            "number",
            "the share that must meet it",
            unit="0 to 1",
            required=False,
            nullable=True,
        ),
        Column("suspend", "text", "stops the clock", required=False, nullable=True),
        Column("resume", "text", "starts it again", required=False, nullable=True),
        Column("required", "text", "yes or no", required=False, nullable=True),
        Column("occurrence", "text", "first or each", required=False, nullable=True),
        Column("extend", "text", "grants more time", required=False, nullable=True),
        Column("extend_by", "text", "how much: a limit, or =COLUMN", False, nullable=True),
        Column("valid_from", "time", "in force from", required=False, nullable=True),
        Column("valid_to", "time", "in force to", required=False, nullable=True),
    ),
)

DAYS = Table(
    "days",
    "one day of one calendar",
    columns(
        ("calendar", "integer", "0 the office's, from 1 the units'"),
        ("day", "integer", "days since 1970-01-01"),
        ("place", "integer", "calendar × PLACES + day: one key to join by"),
        ("working", "boolean", "a working day"),
        ("estimated", "boolean", "no notice yet: weekends and statutory dates"),
        ("before", "integer", "working microseconds before the day"),
        ("length", "integer", "working microseconds of the day"),
        ("ordinal", "integer", "working days up to and with the day"),
        ("close", "integer", "microsecond of the day at which business closes"),
        ("ends", "integer", "office spans that ended before the day"),
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
        Column("theme", "text", "under which it is told", required=False, nullable=True),
    ),
)


QUALITY = Table(
    "quality",
    "one doubt about a log",
    columns(
        ("check", "text", "what was looked for"),
        ("detail", "text", "the column, the names or the days it was found in"),
        ("n", "integer", "rows it touches"),
        ("share", "number", "of all rows, 0 to 1", "0 to 1"),
        ("rows", "text", "the first rows, joined by ';'"),
    ),
    span="record",
)

_LEDGER = columns(
    ("file", "text", "the file"),
    ("row", "integer", "the data row in the source file, from 1"),
    ("column", "text", "the column of the source"),
    ("value", "text", "what stood there"),
    ("reason", "text", "why"),
)
REJECTED = Table(
    "rejected",
    "one row that could not be accepted",
    (
        *_LEDGER,
        *columns(
            ("case_id", "text", "the document or task; '' where it is not known"),
            ("activity", "text", "what was done; '' where it is not known"),
        ),
    ),
    span="record",
)
CHANGED = Table(
    "changed",
    "one value that was set to missing, or one text that was trimmed",
    (*_LEDGER, Column("n", "integer", "rows that hold it")),
    span="record",
)
