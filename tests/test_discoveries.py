"""What a review finds in 100 made-up offices: what was planted, with its size, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency.facts.events import observed
from efficiency.findings.discoveries import adjusted
from efficiency.findings.finding import Finding
from efficiency.findings.groups.comparisons import compare
from efficiency.findings.kinds import KINDS
from efficiency.findings.time.balance import balance
from efficiency.findings.time.changes import changes
from efficiency.sample.establishment import LEGAL_UNIT, SLOW_STEPS, SLOW_UNIT
from efficiency.sample.plan import Plan
from offices import OVERLOAD, REFORM, SEEN, SLOW, calendar, office

SEEDS = range(100)
REFORMED, DAY_HOURS, REFORM_DAYS = pd.Timestamp("2024-07-01"), 7.0, 3
#: Whether what was planted was found, and whether its size lies inside its intervals.
Seen = tuple[bool, tuple[bool, ...]]


def found(plan: Plan, seed: int) -> tuple[list[Finding], pd.DataFrame]:
    """Test an office as a review does, all tests adjusted together."""
    with observed(office(plan, seed), calendar(), **SEEN) as events:
        groups, levels, flows = adjusted(compare(events), changes(events), balance(events))
    findings = [
        *KINDS["slow_group"].find("office", groups, None, 5),
        *KINDS["change"].find("office", levels, DAY_HOURS),
        *KINDS["backlog"].find("office", flows),
    ]
    return findings, groups


def holds(finding: Finding, size: float) -> bool:
    return finding.low is not None and finding.low <= size <= (finding.high or size)


def slow_unit(seed: int) -> Seen:
    findings, groups = found(SLOW, seed)
    told = any(f.kind == "slow_group" and dict(f.subject)["value"] == SLOW_UNIT for f in findings)
    rows = groups[(groups["value"] == SLOW_UNIT) & (groups["measure"] == "handling")]
    rows = rows.set_index("activity")
    return told, tuple(
        rows.loc[step, "ratio_low"] <= 1.5 <= rows.loc[step, "ratio_high"] for step in SLOW_STEPS
    )


def reform(seed: int) -> Seen:
    told = [
        f
        for f in found(REFORM, seed)[0]
        if f.kind == "change"
        and dict(f.subject)["measure"] == "case"
        and abs(pd.Timestamp(dict(f.subject)["at"]) - REFORMED) <= pd.Timedelta(days=28)
    ]
    return bool(told), (any(holds(f, -REFORM_DAYS * DAY_HOURS) for f in told),)


def overload(seed: int) -> Seen:
    told = [
        f
        for f in found(OVERLOAD, seed)[0]
        if f.kind == "backlog" and dict(f.subject)["unit"] == LEGAL_UNIT
    ]
    return bool(told), (any(holds(f, 1.2) for f in told),)


@pytest.mark.slow
def test_where_nothing_differs_at_most_one_review_in_twenty_finds_something() -> None:
    hits = {
        seed: [f.subject for f in findings]
        for seed in SEEDS
        if (findings := found(Plan.null(), seed)[0])
    }
    assert len(hits) <= 5, hits


@pytest.mark.slow
@pytest.mark.parametrize("planted", [slow_unit, reform, overload])
def test_what_was_planted_is_found_with_its_size(planted: Callable[[int], Seen]) -> None:
    """In 95 of 100 offices at least; the interval holds the planted size in 90."""
    seen = [planted(seed) for seed in SEEDS]
    assert sum(told for told, _ in seen) >= 95
    for sizes in zip(*(inside for _, inside in seen), strict=True):
        assert sum(sizes) >= 90
