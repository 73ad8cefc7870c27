"""What a review finds in an office of any make: its tests, adjusted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from efficiency.facts.events import observed
from efficiency.findings.discoveries import adjusted
from efficiency.findings.finding import Finding
from efficiency.findings.groups.comparisons import compare
from efficiency.findings.kinds import KINDS
from efficiency.findings.time.balance import balance
from efficiency.findings.time.changes import Reform, changes
from validation.makes import Make, make_office

DAY_HOURS = 7.0


@dataclass(frozen=True)
class Seen:
    """The findings of one office, and the tables they come from."""

    findings: tuple[Finding, ...]
    groups: pd.DataFrame
    levels: pd.DataFrame
    flows: pd.DataFrame


def see(makes: Sequence[Make], seed: int, reforms: Sequence[Reform] = ()) -> Seen:
    """Test the logs of an office as a review does, all tests adjusted together."""
    tables = []
    for number, make in enumerate(makes):
        log = make_office(make, seed * 100 + number)
        cutoff = f"{make.years[-1]}-12-31 18:00"
        with observed(log, None, worked=True, cutoff=cutoff) as events:
            tables += [compare(events), changes(events, reforms=reforms), balance(events)]
    tables = list(adjusted(*tables))
    found = [
        finding
        for number in range(len(makes))
        for finding in (
            *KINDS["slow_group"].find(f"log {number}", tables[3 * number], None, 5),
            *KINDS["change"].find(f"log {number}", tables[3 * number + 1], DAY_HOURS),
            *KINDS["backlog"].find(f"log {number}", tables[3 * number + 2]),
        )
    ]
    worse = tuple(finding for finding in found if finding.direction == "worse" or reforms)
    return Seen(worse, *tables[:3])
