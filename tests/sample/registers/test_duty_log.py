"""The log of the duty desk: round the clock, and later in writing by night."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.duty_log import (
    WRITTEN_LATE,
    WRITTEN_LATE_AT_NIGHT,
    duty_log,
)


def test_reports_come_at_every_hour_and_are_late_by_night(office: DeskHours) -> None:
    made = duty_log(office, 2024, 4000)
    came = pd.to_datetime(made.rows["接报时间"])
    assert set(came.dt.hour) == set(range(24))
    late = made.rows["值班编号"].isin(made.truth["verdicts"]["T13"]["late"])
    night = made.rows["时段"] == "夜间"
    assert set(came[night].dt.hour) == {22, 23, 0, 1, 2, 3, 4, 5}
    assert late[night].mean() == pytest.approx(WRITTEN_LATE_AT_NIGHT, abs=0.04)
    assert late[~night].mean() == pytest.approx(WRITTEN_LATE, abs=0.02)


def test_what_is_late_took_longer_than_it_may(office: DeskHours) -> None:
    made = duty_log(office, 3, 500)
    rows = made.rows.set_index("值班编号")
    took = pd.to_datetime(rows["口头报告时间"]) - pd.to_datetime(rows["接报时间"])
    late = made.truth["verdicts"]["T12"]["late"]
    assert (took[late] > pd.Timedelta(minutes=10)).all()
    assert (took.drop(late).dropna() <= pd.Timedelta(minutes=10)).all()
