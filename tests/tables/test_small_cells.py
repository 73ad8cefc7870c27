"""When a row is small: the declarations name what tables and columns there are."""

from __future__ import annotations

from efficiency.tables import WRITTEN
from efficiency.tables.small_cells import FOLLOWED, OPEN, RECORDS, SMALL, TELLING


def test_tables_and_columns_are_there() -> None:
    every = {name for contract in WRITTEN.values() for name in contract.names}
    assert set(SMALL) | RECORDS | {table for table, *_ in FOLLOWED} <= set(WRITTEN)
    assert every >= OPEN | TELLING
    assert all(set(names) <= every for *_, names in FOLLOWED)


def test_tables_of_single_cases_have_no_counts_of_their_own() -> None:
    assert not RECORDS & set(SMALL)
