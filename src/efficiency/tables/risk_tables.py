"""The tables of what may become late, and of how good such risks were."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

_PENDING_RISK = (
    Column("standard_id", "text", "the standard"),
    Column("case_id", "text", "the document or task"),
    Column("from_time", "time", "when the clock started"),
    Column("due", "time", "the deadline"),
    Column("activity", "text", "the last that was done; empty: none", nullable=True),
    Column("used_share", "number", "of the time allowed", unit="1 is all"),
    Column("compared_by", "text", "what comparable cases have in common with it"),
    Column("n", "integer", "comparable cases"),
    Column("late", "integer", "of these"),
    *columns(
        ("risk", "number", "late ÷ n; empty of fewer than 10", "0 to 1"),
        ("low", "number", "95 % Wilson interval", "0 to 1"),
        ("high", "number", "95 % Wilson interval", "0 to 1"),
        nullable=True,
    ),
    Column("base_n", "integer", "decided cases of the standard"),
    Column("base_share", "number", "of these late", unit="0 to 1", nullable=True),
)

RISK = Table("risk", "one clock that still runs", _PENDING_RISK)

HELD_BACK = Table(
    "held_back",
    "one clock that ran at a moment of the past",
    (
        Column("at", "time", "the moment"),
        *_PENDING_RISK,
        Column("verdict", "text", "at the cut-off", nullable=True),
        Column("was_late", "boolean", "where it is known by then", nullable=True),
    ),
    span="whole",
)

RISKS = Table(
    "risks",
    "one risk that was told, and what became of it",
    columns(
        ("risk", "number", "0 to 1", "0 to 1"),
        ("was_late", "boolean", "what became of it"),
        nullable=True,
    ),
)

CALIBRATION = Table(
    "calibration",
    "one stretch of risks that were told, held against what happened",
    (
        Column("risk_from", "number", "risks from here", unit="0 to 1"),
        Column("risk_to", "number", "to below there", unit="0 to 1"),
        Column("n", "integer", "risks told"),
        Column("predicted", "number", "their mean", unit="0 to 1", nullable=True),
        Column("late", "integer", "cases that became late"),
        *columns(
            ("observed", "number", "late ÷ n", "0 to 1"),
            ("low", "number", "95 % Wilson interval", "0 to 1"),
            ("high", "number", "95 % Wilson interval", "0 to 1"),
            nullable=True,
        ),
    ),
    span="whole",
)

BRIER = Table(
    "brier",
    "one standard ('': all), and how good the risks were that were told",
    (
        Column("standard_id", "text", "the standard"),
        Column("n", "integer", "risks told"),
        Column("late", "integer", "of these: cases that became late"),
        *columns(
            ("brier", "number", "mean of (risk − late)²", "0 to 1"),
            ("base_brier", "number", "of one who tells each the share of its standard", "0 to 1"),
            ("skill", "number", "1 − brier ÷ base_brier", "1 is perfect, 0 is no better"),
            nullable=True,
        ),
    ),
    span="whole",
)
