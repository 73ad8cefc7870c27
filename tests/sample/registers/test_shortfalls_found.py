"""The register of shortfalls: 154 in six categories, and those that come back."""

from __future__ import annotations

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.shortfalls_found import AGAIN, CATEGORIES, shortfalls_found


def test_the_published_number_in_six_categories(office: DeskHours) -> None:
    rows = shortfalls_found(office).rows
    first = rows.drop_duplicates("问题")
    assert len(first) == 154
    assert first["问题类别"].value_counts().to_dict() == CATEGORIES
    assert len(rows) - len(first) == AGAIN


def test_what_comes_back_is_of_the_same_office(office: DeskHours) -> None:
    rows = shortfalls_found(office, 7).rows
    assert (rows.groupby("问题")["责任处室"].nunique() == 1).all()
