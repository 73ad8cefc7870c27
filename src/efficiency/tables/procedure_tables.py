"""The tables of cases held against rules and prescribed flows."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

DEVIATIONS = Table(
    "deviations",
    "one rule broken by one case",
    (
        Column("rule_id", "text", "the rule"),
        Column("case_id", "text", "the document or task"),
        Column("rows", "text", "the data rows that prove it, joined by ;"),
        Column("detail", "text", "what they show"),
    ),
)

PROOFS = Table(
    "proofs",
    "one step that proves a breach",
    (
        Column("rule_id", "text", "the rule"),
        Column("case_id", "text", "the document or task"),
        Column("row", "integer", "the data row of the step"),
        Column("activity", "text", "what was done"),
        Column("unit", "text", "where, empty if not known"),
        Column("at", "time", "the step's moment: done, else taken up, else received"),
        Column("precision", "text", "to what it is known: second, minute or day"),
    ),
)

URGING = Table(
    "urging",
    "one urging of a matter",
    (
        Column("rule_id", "text", "the rule that says what urges and what answers"),
        Column("case_id", "text", "the document or task"),
        Column("activity", "text", "what urged"),
        Column("row", "integer", "the data row of the step"),
        Column("at", "time", "when it was urged"),
        Column("answered", "time", "the first answer after it", nullable=True),
        Column("answer_hours", "number", "until then", unit="working hours", nullable=True),
        Column("due", "time", "when the answer was due", nullable=True),
        Column("after_due", "boolean", "urged only after it was due", nullable=True),
    ),
)

ADHERENCE = Table(
    "adherence",
    "one rule over all its cases",
    (
        Column("rule_id", "text", "the rule"),
        Column("n", "integer", "cases in scope"),
        Column("broken", "integer", "cases that break it", nullable=True),
        Column("pending", "integer", "not yet fulfilled, still open", nullable=True),
        Column(
            "share", "number", "broken ÷ (n − pending − undecidable)", unit="0 to 1", nullable=True
        ),
        Column("low", "number", "95 % Wilson interval", unit="0 to 1", nullable=True),
        Column("high", "number", "95 % Wilson interval", unit="0 to 1", nullable=True),
        Column("undecidable", "integer", "cases that the record cannot decide"),
        Column("missing", "text", "what the log lacks; then nothing is decided", nullable=True),
    ),
)

DEPARTURES = Table(
    "departures",
    "one way in which cases depart from the prescribed flow",
    (
        Column("kind", "text", "skipped, added or moved"),
        Column("activity", "text", "what was skipped, added or moved"),
        Column("after", "text", "of what was added: the step before it"),
        Column("cases", "integer", "cases in which it happens"),
        Column("count", "integer", "how often it happens"),
        Column("share", "number", "of the cases held against the flow", unit="0 to 1"),
    ),
)

PENDING = Table(
    "pending",
    "one rule that an open case may still keep",
    columns(("rule_id", "text", "the rule"), ("case_id", "text", "the document or task")),
)

UNDECIDABLE = Table(
    "undecidable",
    "one case that the record cannot hold against a rule",
    columns(
        ("rule_id", "text", "the rule"),
        ("case_id", "text", "the document or task"),
        ("reason", "text", "order (of steps known to the day only), unknown (who, or which unit) "
         "or record (a row was lost)"),
    ),
)  # fmt: skip

CONFORMANCE = Table(
    "conformance",
    "one measure of how far a log keeps to its prescribed flow",
    (
        Column("measure", "text", "its name"),
        Column("value", "number", "cases, or 0 to 1", unit="cases, or 0 to 1", nullable=True),
    ),
)

_WAY = columns(
    ("variant", "integer", "the row of the variants table"),
    ("activities", "text", "the steps joined by ' → '"),
    ("cases", "integer", "cases that went this way"),
)
ALIGNMENTS = Table(
    "alignments",
    "one way through that was held against the flow",
    (
        *_WAY,
        Column("share", "number", "of the cases held against the flow", unit="0 to 1"),
        Column("cost", "integer", "steps skipped or added, at the least"),
        Column("fitness", "number", "by alignment, 0 to 1", unit="0 to 1"),
        Column("replay_fitness", "number", "by token replay, 0 to 1", unit="0 to 1"),
        Column("way", "text", "what was done, skipped (−) and added (+)"),
    ),
)
UNALIGNED = Table(
    "unaligned",
    "one way through that was left out",
    (*_WAY, Column("reason", "text", "many or long")),
)
