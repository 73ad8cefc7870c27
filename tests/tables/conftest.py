"""One small office, all of whose tables keep their contracts."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.reviews.study import Study, study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


def log(n: int = 120) -> pd.DataFrame:
    """A log: 登记 in the morning, 拟办, 办结 on that day or the next; the last are open."""
    days = pd.bdate_range("2024-01-08", periods=60)
    rows = []
    for i in range(n):
        day = days[i % len(days)]
        mine = {"case_id": f"{i:03}", "文种": "函" if i % 2 else "请示"}
        late = 24 * (i % 4 == 0)
        came = [9, 10, 12 + late]
        units = ["文书科", "甲处" if i % 3 else "乙处", "乙处"]
        for at, name in enumerate(["登记", "拟办", "办结"]):
            received = day + pd.Timedelta(hours=came[at])
            start, end = (received + pd.Timedelta(minutes=m) for m in (10 + i % 7, 30 + i % 11))
            if day == days[-1] and name == "办结":
                start = end = pd.NaT
            unit = units[at]
            rows.append({**mine, "activity": name, "unit": unit, "actor": f"{unit}{i % 2}",
                         "received": received, "start": start, "end": end})  # fmt: skip
    return pd.DataFrame(rows)


STANDARDS = pd.DataFrame(
    {"standard_id": ["T1", "T2"], "from": ["登记", "登记"], "to": ["拟办", "办结"],
     "limit": ["2 h", "4 h"], "clock": ["working"] * 2, "target": [0.9, 0.8]}
)  # fmt: skip
RULES = pd.DataFrame(
    {"rule_id": ["P1", "P2"], "kind": ["order", "existence"], "a": ["登记", "归档"],
     "b": ["拟办", None], "n": None}
)  # fmt: skip


@pytest.fixture(scope="session")
def office() -> Study:
    """Its tables by name."""
    return study(log(), standards=STANDARDS, rules=RULES, approvals_of=("拟办", "办结"))


@pytest.fixture(scope="session")
def keeps() -> Keeps:
    """Hold a table against its contract: every column, in order; others may follow."""

    def check(table: tables.Table, frame: pd.DataFrame) -> None:
        assert table.check(frame) is frame
        asked = [c.name for c in table.columns if c.required or c.name in frame]
        assert frame.columns.tolist()[: len(asked)] == asked

    return check
