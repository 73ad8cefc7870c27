"""When a row of a table rests on so few cases that it is withheld in what leaves the room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Small:
    """
    What of a table rests on how many.

    Attributes
    ----------
    by
        The column that says on how many cases a row rests, and what is taken off it: what of them
        could not be decided.
    hides
        The columns that are withheld; none: all numbers but those in `OPEN`.
    within
        The columns within which rows add up to what is told elsewhere, so that one withheld row
        alone could be worked out; None: they add up to nothing.
    parts
        Columns that count a part of those cases.
    whole
        The columns whose rows are withheld together, because some add up to others.
    alike
        The columns that name a group: withheld in one place of the table, it is so in all.
    plus
        Whether the columns of `by` are counts that add up, in place of one less others.
    """

    by: tuple[str, ...]
    hides: tuple[str, ...] = ()
    within: tuple[str, ...] | None = None
    parts: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    plus: bool = False


#: Numbers that are of no case: what is asked for, and what counts the rows themselves.
OPEN = frozenset({"target", "next_target", "node", "parent", "variant"})
#: Texts that say what a withheld number would.
TELLING = frozenset({"outside", "light"})

_ESTIMATE = ("value", "low", "high", "n")

#: By the name of the table's file. What is a share of all cases is no rate over few.
SMALL: dict[str, tuple[Small, ...]] = {
    "overview": (Small(("cases",), within=()),),
    "works": (Small(("cases",), within=()),),
    "categories": (
        Small(
            ("cases",), hides=("done", "done_share", "low", "high", "median_days"),
            within=("log",), parts=("done",),
        ),
    ),
    "errors": (Small(("n",), parts=("k",)),),
    "covers": (Small(("arrived",), parts=("covered",)),),
    "step_summary": (Small(("n",), within=("log",)),),
    "edges": (Small(("cases",), hides=("median_work_hours", "p90_work_hours")),),
    "handovers": (Small(("cases",), hides=("median_work_hours",)),),
    "rework": (Small(("repeated_cases",), hides=("repeated_hours",)),),
    "involvement": (Small(("cases",), within=("log",)),),
    "compliance": (Small(("decided",)),),
    "rules": (Small(("n", "pending", "undecidable")),),
    "units": (
        Small(("n",), within=("log", "standard_id"), parts=("k",), alike=("log", "name")),
    ),
    "shares": (Small(("n",), within=("log", "measure", "attribute"), parts=("k",)),),
    "comparisons": (Small(("n",), within=("log", "attribute", "measure", "activity")),),
    "changes": (Small(("n_before",)), Small(("n_after",))),
    "waiting": (Small(("n",), within=("log", "cause")),),
    "awaited": (Small(("n",), within=("log",)),),
    "factors": (Small(("n",)),),
    "trees": (Small(("n",), whole=("log", "standard_id")),),
    "control": (Small(("n",), hides=("value",)),),
    "bunching": (
        Small(("n",)),
        Small(
            ("tenth_before", "tenth_after"), plus=True,
            hides=("tenth_before", "tenth_after", "jump_share", "jump_low", "jump_high", "jump_p"),
        ),
    ),
    "calibration": (Small(("n",)),),
    "risk": (
        Small(("n",), hides=("n", "late", "risk", "low", "high")),
        Small(("base_n",), hides=("base_n", "base_share")),
    ),
    "balance": (Small(("arrivals",), within=("log",)),),
    "workload": (Small(("open",), hides=("median_age_hours", "p90_age_hours")),),
    "findings": (Small(("n",), hides=(*_ESTIMATE, "p", "concerned")),),
    "measures": (Small(("n",), hides=_ESTIMATE),),
    "points": (
        Small(("n",), hides=(*_ESTIMATE, "change", "change_low", "change_high", "history")),
        Small(
            ("baseline_n",),
            hides=("baseline", "baseline_low", "baseline_high", "baseline_n",
                   "change", "change_low", "change_high", "history"),
        ),
    ),
    "opinions": (Small(("n",)),),
    "levels": (Small(("n",)),),
    "reliability": (Small(("n",)),),
    "crosstabs": (Small(("n",)),),
    "crosstab_cells": (Small(("n",), within=("item", "attribute"), parts=("k",)),),
    "office_opinions": (
        Small(("people",), within=("construct",), alike=("office",), parts=("k",)),
    ),
    "choices": (Small(("n",)),),
    "representation": (Small(("n",), within=("attribute",)),),
    "trends": (Small(("n",)), Small(("n_before",))),
    "open_answers": (Small(("k",), hides=("k", "share", "example")),),
    "interview_themes": (Small(("k",), hides=("k", "share", "offices", "example")),),
    "interview_groups": (Small(("k",), hides=("k", "n")),),
    "returns": (
        Small(("returned",), hides=("returned", "valid", "return_share", "valid_share")),
    ),
    "staff_load": (Small(("headcount",)),),
    "agreement": (
        Small(("n",), hides=("n", "share", "says")),
        Small(("record_n",), hides=("record_n", "record", "shows")),
    ),
    "triangulation": (
        Small(("n",), hides=("n", "share", "low", "high")),
        Small(("record_n",), hides=("record_n", "record", "record_low", "record_high")),
    ),
}  # fmt: skip

#: A group that is withheld in one table is so in all: the table, its column, and the columns of
#: other tables that name the same.
FOLLOWED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("compliance", "standard_id", ("standard_id", "linked")),
    ("rules", "rule_id", ("rule_id", "linked")),
    (
        "involvement",
        "hand",
        ("unit", "hand", "source", "target", "first_by", "again_by", "name", "value", "office"),
    ),
)
#: Tables of single cases: those of a withheld limit or rule are left out of them, and a withheld
#: unit is not named.
RECORDS = frozenset(
    {"judgements", "lights", "deviations", "proofs", "urging", "pending", "undecidable", "steps"}
)
