"""The register of supervision: the unit that is planted as late is late, and the others are not."""

from __future__ import annotations

import pytest

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.supervision import (
    LATE_ELSEWHERE,
    LATE_THERE,
    LATE_UNIT,
    supervision,
)


def test_the_planted_unit_is_late_about_as_often_as_was_planted(office: DeskHours) -> None:
    made = supervision(office, 2024, 3000)
    told = made.truth["verdicts"]["D3"]
    late = made.rows["督查编号"].isin([*told["late"], *told.get("overdue", [])])
    there = made.rows["责任单位"] == LATE_UNIT
    assert late[there].mean() == pytest.approx(LATE_THERE, abs=0.05)
    assert late[~there].mean() == pytest.approx(LATE_ELSEWHERE, abs=0.05)


def test_the_same_seed_gives_the_same_register(office: DeskHours) -> None:
    one, other = supervision(office, 5, 60), supervision(office, 5, 60)
    assert one.rows.equals(other.rows)
    assert one.truth == other.truth
    assert one.rows["督查编号"].is_unique
