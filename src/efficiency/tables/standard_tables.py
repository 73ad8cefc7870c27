"""The tables of cases held against limits."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

JUDGEMENTS = Table(
    "judgements",
    "one clock of a case under one standard",
    (
        Column("standard_id", "text", "the standard"),
        Column("case_id", "text", "the document or task"),
        Column("occurrence", "integer", "which of the case's clocks, from 1"),
        Column("from_time", "time", "when the clock started", nullable=True),
        Column("to_time", "time", "when it stopped", nullable=True),
        Column("due", "time", "the deadline, where the record decides it", nullable=True),
        Column(
            "verdict",
            "text",
            "met, late, pending, overdue, suspended, undecidable or cancelled",
        ),
        Column(
            "reason",
            "text",
            "where undecidable: precision, before, limit (the case's own cannot be read) or record "
            "(a row was lost)",
            nullable=True,
        ),
        Column(
            "used_hours",
            "number",
            "on the limit's clock",
            unit="hours on the limit's clock",
            nullable=True,
        ),
        Column(
            "over_hours",
            "number",
            "past due, on the same clock",
            unit="hours on the limit's clock",
            nullable=True,
        ),
    ),
)

COMPLIANCE = Table(
    "compliance",
    "one standard over all its clocks",
    (
        Column("standard_id", "text", "the standard"),
        Column("n", "integer", "clocks judged: all but those of cancelled cases"),
        *columns(
            ("met", "integer", "达标"),
            ("late", "integer", "超时"),
            ("pending", "integer", "未到期"),
            ("overdue", "integer", "超期未办"),
            ("suspended", "integer", "暂停中"),
            ("undecidable", "integer", "不可判定"),
            ("cancelled", "integer", "已撤销"),
        ),
        Column("not_started", "integer", "in scope, without a verdict", nullable=True),
        Column("share", "number", "met ÷ (met + late + overdue)", unit="0 to 1", nullable=True),
        Column("low", "number", "95 % Wilson interval", unit="0 to 1", nullable=True),
        Column("high", "number", "95 % Wilson interval", unit="0 to 1", nullable=True),
        Column(
            "effective_n",
            "number",
            "independent clocks that tell as much: fewer where they come in batches",
            unit="clocks",
            nullable=True,
        ),
        Column("target", "number", "the share that must meet it", unit="0 to 1", nullable=True),
        Column("target_met", "boolean", "share at or above target", nullable=True),
        Column("decided", "integer", "met + late + overdue"),
        Column("missed", "integer", "late + overdue"),
        Column("gap", "number", "share less target", unit="0 to 1", nullable=True),
    ),
)

NOT_STARTED = Table(
    "not_started",
    "one standard",
    columns(
        ("standard_id", "text", "the standard"),
        ("not_started", "integer", "cases in scope without a verdict"),
    ),
)

MARGINS = Table(
    "margins",
    "one judgement whose time allowed is known",
    (
        *JUDGEMENTS.columns,
        Column(
            "allowed_hours", "number", "on the limit's clock", unit="hours on the limit's clock"
        ),
        Column(
            "left_hours",
            "number",
            "allowed less used: negative once past due",
            unit="hours on the limit's clock",
        ),
        Column("used_share", "number", "used ÷ allowed", unit="1 is all"),
    ),
)

LIGHTS = Table(
    "lights",
    "one clock that still runs at the cut-off, the most overdue first",
    (
        Column("standard_id", "text", "the standard"),
        Column("case_id", "text", "the document or task"),
        Column("light", "text", "red: past due; yellow: three working days or less left; green"),
        Column("from_time", "time", "when the clock started"),
        Column("due", "time", "the deadline"),
        Column(
            "left_hours",
            "number",
            "allowed less used: negative once past due",
            unit="hours on the limit's clock",
        ),
        Column("used_share", "number", "used ÷ allowed", unit="1 is all"),
    ),
)

BUNCHING = Table(
    "bunching",
    "one standard about its due moment",
    (
        Column("standard_id", "text", "the standard"),
        Column("n", "integer", "cases done"),
        Column("last_tenth", "integer", "of these: in the last tenth of the time allowed"),
        *columns(
            ("share", "number", "last_tenth ÷ n", "0 to 1"),
            ("low", "number", "95 % Wilson interval", "0 to 1"),
            ("high", "number", "95 % Wilson interval", "0 to 1"),
            nullable=True,
        ),
        Column("tenth_before", "integer", "cases in the tenth before it"),
        Column("rise_p", "number", "that the last tenth has no more", unit="0 to 1", nullable=True),
        Column("tenth_after", "integer", "cases in the tenth after the due moment"),
        *columns(
            ("jump_share", "number", "last_tenth ÷ (last_tenth + tenth_after)", "0 to 1"),
            ("jump_low", "number", "95 % Wilson interval", "0 to 1"),
            ("jump_high", "number", "95 % Wilson interval", "0 to 1"),
            ("jump_p", "number", "that both have as many", "0 to 1"),
            nullable=True,
        ),
    ),
)

DUE = Table(
    "due",
    "one stretch of time before or after the due moment of a standard",
    columns(
        ("standard_id", "text", "the standard"),
        (
            "from_hours",
            "number",
            "hours left, on the limit's clock; negative: past due",
            "hours on the limit's clock",
        ),
        ("to_hours", "number", "hours left, on the limit's clock", "hours on the limit's clock"),
        ("late", "boolean", "past due"),
        ("cases", "integer", "cases done in it"),
    ),
)

CIRCUMSTANCES = Table(
    "circumstances",
    "one decided judgement and the circumstances in which its clock started",
    (
        Column("standard_id", "text", "the standard"),
        Column("case_id", "text", "the document or task"),
        Column("began", "time", "when the clock started"),
        Column("due", "time", "when it was due", nullable=True),
        Column("late", "boolean", "late or overdue"),
        Column(
            "used_hours",
            "number",
            "on the limit's clock",
            unit="hours on the limit's clock",
            nullable=True,
        ),
        Column("unit", "text", "of the step that stopped the clock; else where the case is now"),
        Column("hour_band", "text", "two hours of the day: 08-10"),
        Column("weekday", "text", "1 is Monday"),
        Column("month_end", "text", "yes: the last three working days of a month"),
    ),
)

FACTORS = Table(
    "factors",
    "one circumstance and how much of a standard's lateness goes with it",
    (
        Column("standard_id", "text", "the standard"),
        Column("attribute", "text", "the circumstance"),
        Column("values", "integer", "how many it has, rare ones taken together"),
        Column("n", "integer", "cases"),
        *columns(
            ("alone", "number", "share of variance explained by it alone", "0 to 1"),
            ("share", "number", "of what the others leave unexplained", "0 to 1"),
            ("low", "number", "95 % interval", "0 to 1"),
            ("high", "number", "95 % interval", "0 to 1"),
            ("p", "number", "that nothing goes with it", "0 to 1"),
            nullable=True,
        ),
    ),
)

TREES = Table(
    "trees",
    "one node of the tree of circumstances that go with a standard's lateness",
    columns(
        ("standard_id", "text", "the standard"),
        ("node", "integer", "its number, the root is 0"),
        ("parent", "integer", "the node above; -1: none"),
        ("side", "text", "is or is not"),
        ("attribute", "text", "what parts it from its sister"),
        ("value", "text", "by which value"),
        ("n", "integer", "cases in it"),
        ("late", "integer", "of them late"),
        ("share", "number", "late ÷ n", "0 to 1"),
        ("low", "number", "95 % Wilson interval", "0 to 1"),
        ("high", "number", "95 % Wilson interval", "0 to 1"),
    ),
)

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
