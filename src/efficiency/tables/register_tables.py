"""The tables of registers: categories, errors, cover of posts, and what each day came to."""

from __future__ import annotations

from efficiency.tables.comparison_tables import GAPS
from efficiency.tables.contract import Column, Table, columns
from efficiency.tables.rate_tables import ZEROS

ABSENCES = Table(
    "absences",
    "one absence of one person",
    columns(
        ("actor", "text", "who is away"),
        ("first", "time", "the first day"),
        ("last", "time", "the last day"),
        ("cover", "text", "who stands in"),
    ),
    span="record",
)

CATEGORIES = Table(
    "categories",
    "one category of a register's entries",
    (
        Column("category", "text", "the category"),
        Column("cases", "integer", "its entries"),
        *columns(
            ("before", "integer", "its entries in the time compared with"),
            ("change", "integer", "entries less those before"),
            nullable=True,
        ),
        *columns(
            ("share", "number", "of all entries", "0 to 1"),
            ("cumulative", "number", "of all entries, with the more frequent ones", "0 to 1"),
            ("expected", "number", "its entries, were all categories equally frequent", "cases"),
        ),
        Column("p", "number", "that all are equally frequent: chi-squared", True, True, "0 to 1"),
        Column("done", "integer", "of its entries: closed"),
        *columns(
            ("done_share", "number", "done ÷ entries", "0 to 1"),
            ("low", "number", "95 % Wilson interval", "0 to 1"),
            ("high", "number", "95 % Wilson interval", "0 to 1"),
        ),
        Column("median_days", "number", "from coming in to closing", True, True, "working days"),
    ),
)

ERRORS = Table(
    "errors",
    "one trade in which errors were looked for",
    (
        ZEROS.columns[0],
        Column("of", "text", "the logs in which they may happen"),
        Column("k", "integer", "how many were found"),
        Column("n", "integer", "cases handled in these logs"),
        *ZEROS.columns[3:],
    ),
)

ERROR_GAPS = Table(
    "error_gaps",
    "one day on which an error was found",
    (
        ZEROS.columns[0],
        GAPS.columns[0],
        Column("gap", "integer", "working days since the one before"),
        *columns(
            ("centre", "number", "half of the gaps are shorter", "working days"),
            ("low", "number", "control limit", "working days"),
            ("high", "number", "control limit", "working days"),
            nullable=True,
        ),
        Column("signal", "text", "which rules it breaks", nullable=True),
    ),
    span="whole",
)

COVERS = Table(
    "covers",
    "one post of two people (AB岗)",
    (
        *columns(
            ("unit", "text", "the office or section"),
            ("post", "text", "the steps that the first does"),
            ("absences", "integer", "absences of the first"),
            ("away_hours", "number", "time he was away", "working hours"),
            ("arrived", "integer", "steps that came in then, done by the first or who stood in"),
            ("covered", "integer", "of these: done by who stood in"),
        ),
        *columns(
            ("share", "number", "covered ÷ arrived", "0 to 1"),
            ("low", "number", "95 % Wilson interval", "0 to 1"),
            ("high", "number", "95 % Wilson interval", "0 to 1"),
            nullable=True,
        ),
        *columns(
            ("both_days", "integer", "working days on which both were away"),
            ("idle_hours", "number", "of these: time in which a step waited", "working hours"),
        ),
    ),
    span="whole",
)

ROLL_UPS = Table(
    "roll_ups",
    "one stretch of time, over all units or of one",
    (
        *columns(
            ("grain", "text", "day, month, half-year or year"),
            ("span", "text", "the stretch: 2024-01-05, 2024-01, 2024H1, 2024"),
            ("unit", "text", "the office or section; empty: all"),
        ),
        *columns(
            ("begun", "integer", "cases that came in"),
            ("closed", "integer", "cases that were closed"),
            nullable=True,
        ),
        *columns(
            ("decided", "integer", "clocks that fell due and were judged"),
            ("missed", "integer", "of these: late or overdue"),
        ),
        *columns(
            ("share", "number", "met ÷ decided", "0 to 1"),
            ("low", "number", "95 % Wilson interval", "0 to 1"),
            ("high", "number", "95 % Wilson interval", "0 to 1"),
            ("working_days", "integer", "its working days"),
            ("silent_days", "integer", "of these: nothing is known of them"),
            nullable=True,
        ),
    ),
    span="whole",
)
