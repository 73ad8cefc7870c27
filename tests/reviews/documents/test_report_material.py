"""What the report is told from is what the tables hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.reviews.office import Office, open_review
from efficiency.reviews.documents.report_material import material
from written import HEAD, LIMIT, LOG, write


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = write(tmp_path_factory.mktemp("material"), review=HEAD, a=LOG, standards=LIMIT)
    return open_review(folder)


def test_counts_are_those_of_the_tables(office: Office) -> None:
    (log,) = material(office).logs
    assert log.counts == {
        "rows": 3, "accepted": 3, "rejected": 0, "changed": 0, "cases": 2, "steps": 3, "open": 0,
        "cancelled": 0,
    }  # fmt: skip
    assert (log.first, log.last) == (
        office["a"].cases["first"].min(),
        office["a"].cases["last"].max(),
    )
    assert log.edges is office["a"].edges


def test_every_finding_on_cases_has_the_rows_that_show_it(office: Office) -> None:
    told = material(office)
    assert {one.id for one in told.findings} == {one.id for one in office.findings}
    shown = {one.id for one in told.findings if one.kind in {"standard", "rule", "slow_step"}}
    assert shown == set(told.evidence)


def test_a_log_that_is_all_open_is_noticed(tmp_path: Path) -> None:
    head = HEAD + 'closed_by = ["never"]\n'
    told = material(open_review(write(tmp_path, review=head, a=LOG, standards=LIMIT)))
    assert any("Every case of log a was still open" in notice for notice in told.notices)
