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
