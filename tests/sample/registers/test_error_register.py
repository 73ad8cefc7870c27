"""The register of errors: as many of each trade as was planted, and the same from the same seed."""

from __future__ import annotations

import pytest

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.error_register import LATE, TRADES, error_register


def test_trades_and_late_mends_are_about_as_planted(office: DeskHours) -> None:
    made = error_register(office, 2024, 3000)
    shares = made.rows["差错类别"].value_counts(normalize=True)
    for trade, (share, _) in TRADES.items():
        assert shares[trade] == pytest.approx(share, abs=0.03)
    late = made.truth["verdicts"]["Z1"]["late"]
    assert len(late) / len(made.rows) == pytest.approx(LATE, abs=0.03)


def test_the_same_seed_gives_the_same_register(office: DeskHours) -> None:
    one, other = error_register(office, 5, 60), error_register(office, 5, 60)
    assert one.rows.equals(other.rows)
    assert one.truth == other.truth
