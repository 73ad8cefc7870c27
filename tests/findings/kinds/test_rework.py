"""Work that was done again, from small tables worked out by hand."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import pytest

from efficiency.findings.kinds.rework import observe
from efficiency.language import Language
from told import Seen, find


def rework_findings(
    rework: pd.DataFrame,
    steps: pd.DataFrame,
    language: Language = "en",
    *,
    caused: Collection[str] = (),
    small_cell: int = 5,
) -> list[Seen]:
    more = {"caused": caused, "day_hours": 7.0, "small_cell": small_cell}
    return find("rework", language, name="incoming", rework=rework, steps=steps, **more)


def repeated(*rows: tuple[str, int, int, int, int, float]) -> pd.DataFrame:
    names = ["activity", "cases", "repeated_cases", "repetitions", "self_loops", "repeated_hours"]
    return pd.DataFrame(rows, columns=names)


def taken(*rows: tuple[int, str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["row", "case_id", "activity", "work_hours"])


def test_work_done_again_is_told() -> None:
    """5 of 20 cases; the case with most repetitions is named first, ties by name."""
    rework = repeated(("拟办", 20, 5, 6, 2, 12.5), ("登记", 20, 4, 4, 0, 99.0))
    steps = taken(
        (1, "b", "拟办", 1.0), (2, "b", "拟办", 1.0), (3, "a", "拟办", 1.0), (4, "a", "拟办", 1.0),
        (5, "c", "拟办", 1.0), (6, "d", "拟办", 1.0), (7, "d", "拟办", 1.0), (8, "d", "拟办", 1.0),
        (9, "e", "登记", 1.0), (10, "e", "登记", 1.0),
    )  # fmt: skip
    (found,) = rework_findings(rework, steps)
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
    assert (found.theme, found.concerned, found.step) == ("quality", 5, "拟办")
    assert len(rework_findings(rework, steps, small_cell=4)) == 2


def test_what_only_follows_another_problem_is_no_finding() -> None:
    """Urging again is told with what was urged."""
    rework = repeated(("拟办", 20, 5, 6, 2, 12.5), ("催办", 20, 9, 9, 9, 50.0))
    (found,) = rework_findings(rework, taken(), caused=["催办"])
    assert found.step == "拟办"


@pytest.mark.parametrize(("hours", "level"), [(7.0, "watch"), (6.9, "note")])
def test_less_than_a_days_work_is_a_note(hours: float, level: str) -> None:
    (found,) = rework_findings(repeated(("拟办", 20, 5, 6, 2, hours)), taken())
    assert found.level == level


def test_a_check_looks_at_each_case_that_had_the_step() -> None:
    """Done twice by one of two; the third case never had it."""
    steps = taken((1, "b", "拟办", 1.0), (2, "b", "拟办", 1.0), (3, "a", "拟办", 1.0),
                  (4, "c", "登记", 1.0))  # fmt: skip
    began = pd.to_datetime(["2024-03-04", "2024-03-05", "2024-03-06"])
    first = pd.DataFrame({"case_id": list("abc"), "first": began, "文种": "函"})
    seen = observe({"activity": "拟办"}, steps, first)
    assert seen is not None
    rows = seen.rows.set_index("case_id")
    assert rows["value"].to_dict() == {"a": 0.0, "b": 1.0}
    assert rows["at"].to_dict() == {"a": began[0], "b": began[1]}
    assert (seen.name, seen.unit, seen.better) == ("share_repeated", "share", "lower")
    assert observe({"activity": "批示"}, steps, first) is None
