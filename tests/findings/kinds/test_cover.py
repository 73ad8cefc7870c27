"""Posts whose two people were away at once: a finding, and what can be measured again."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.findings.kinds.cover import find, measure
from efficiency.tables import COVERS


def post(both_days: int, idle_hours: float, arrived: int = 10) -> pd.DataFrame:
    row = ("文书科", "核稿", 3, 21.0, arrived, 6, 0.6, 0.31, 0.83, both_days, idle_hours)
    return COVERS.check(pd.DataFrame([row], columns=COVERS.names))


@pytest.mark.parametrize(
    ("days", "idle", "level"), [(2, 5.0, "action"), (2, 0.0, "watch"), (0, 0.0, "")]
)
def test_both_away_is_told_and_loudly_where_something_lay(
    days: int, idle: float, level: str
) -> None:
    found = list(find("issued", post(days, idle)))
    assert [(one.level, one.hours, one.concerned) for one in found] == (
        [(level, idle, days)] if level else []
    )


def test_what_was_not_covered_is_measured() -> None:
    (one,) = measure("issued", post(0, 0.0))
    assert tuple(one.value) == pytest.approx((0.4, 0.17, 0.69))
    assert one.subject == (("log", "issued"), ("unit", "文书科"), ("activity", "核稿"))
    assert not list(measure("issued", post(0, 0.0, arrived=0)))
