"""Work that was done again, from small tables worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.language import Language
from told import Seen, find


def rework_findings(
    name: str, rework: pd.DataFrame, steps: pd.DataFrame, language: Language, small_cell: int = 5
) -> list[Seen]:
    return find("rework", language, name=name, rework=rework, steps=steps, small_cell=small_cell)


def taken(*rows: tuple[int, str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["row", "case_id", "activity", "work_hours"])


def test_work_done_again_is_told() -> None:
    """5 of 20 cases; the case with most repetitions is named first, ties by name."""
    rework = pd.DataFrame(
        [("拟办", 20, 5, 6, 2, 12.5), ("登记", 20, 4, 4, 0, 99.0)],
        columns=[
            "activity",
            "cases",
            "repeated_cases",
            "repetitions",
            "self_loops",
            "repeated_hours",
        ],
    )
    steps = taken(
        (1, "b", "拟办", 1.0), (2, "b", "拟办", 1.0), (3, "a", "拟办", 1.0), (4, "a", "拟办", 1.0),
        (5, "c", "拟办", 1.0), (6, "d", "拟办", 1.0), (7, "d", "拟办", 1.0), (8, "d", "拟办", 1.0),
        (9, "e", "登记", 1.0), (10, "e", "登记", 1.0),
    )  # fmt: skip
    (found,) = rework_findings("incoming", rework, steps, "en")
    assert (found.kind, found.level, found.table) == ("rework", "watch", "rework")
    assert found.subject == (("log", "incoming"), ("activity", "拟办"))
    assert (found.value, found.n, found.hours) == (0.25, 20, 12.5)
    assert found.cases == ("d", "a", "b")
    # Wilson for 5 of 20, by the published formula: 0.1119 to 0.4687.
    assert (found.low, found.high) == (
        pytest.approx(0.1119, abs=1e-4),
        pytest.approx(0.4687, abs=1e-4),
    )
    assert "12.5" in found.effect
    assert len(list(rework_findings("incoming", rework, steps, "en", 4))) == 2
