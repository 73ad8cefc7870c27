"""How an office stands: counted row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency import tables
from efficiency.evidence.points.points_file import no_points
from efficiency.findings.finding import LEVELS, Finding
from efficiency.findings.improvement.points import STATUSES, VERDICTS
from efficiency.findings.standing import MEASURES, standing

SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
SHARE = st.one_of(st.none(), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))
NO_CASES = pd.DataFrame({"open": pd.Series(dtype=bool)})
NO_LIMITS = pd.DataFrame({name: pd.Series(dtype=float) for name in ("share", "low", "target")})
NO_RULES = pd.DataFrame({"broken": pd.Series(dtype="Int64")})


def finding(level: str = "watch", **changes: Any) -> Finding:
    plain: dict[str, Any] = {
        "kind": "standard", "subject": (("log", "a"),), "level": level, "says": {}, "value": 0.5,
        "low": 0.4, "high": 0.6, "n": 10, "p": None, "cases": (), "table": "judgements",
        "hours": 1.0,
    }  # fmt: skip
    return Finding(**plain | changes)


def counted(**given: Any) -> dict[str, int]:
    """Count how an office stands of which nothing is known but what is given."""
    plain: dict[str, Any] = {
        "cases": NO_CASES, "compliance": NO_LIMITS, "rules": NO_RULES, "findings": (),
        "points": no_points(),
    }  # fmt: skip
    table = standing(**plain | given)
    assert table["measure"].tolist() == list(MEASURES)
    return dict(zip(table["measure"], table["value"], strict=True))


def test_of_nothing_there_is_nothing() -> None:
    assert set(counted().values()) == {0}


def test_every_measure_is_written_once() -> None:
    assert len(set(MEASURES)) == len(MEASURES)


def test_cases_open_and_not() -> None:
    got = counted(cases=pd.DataFrame({"open": [True, False, True]}))
    assert (got["cases"], got["open"]) == (3, 2)


# --- standards and rules


@SEEDS
@given(st.lists(st.tuples(SHARE, SHARE, SHARE), max_size=8))
def test_standards_one_by_one(drawn: list[tuple[float | None, float | None, float | None]]) -> None:
    """Met at or above the target, clearly so by the whole interval; others without either."""
    rows = [(share, low, target) for share, low, target in drawn]
    table = pd.DataFrame(rows, columns=["share", "low", "target"], dtype=float)
    before = table.copy()
    got = counted(compliance=table)
    assert_frame_equal(table, before)
    held = [row for row in rows if row[0] is not None and row[2] is not None]
    assert got["standards"] == len(held)
    assert got["standards_met"] == sum(share >= target for share, _, target in held)
    assert got["standards_missed"] == sum(share < target for share, _, target in held)
    assert got["standards_clear"] == sum(
        low is not None and low >= target for _, low, target in held
    )
    assert got["standards_met"] + got["standards_missed"] == got["standards"]


@SEEDS
@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=8))
def test_rules_one_by_one(broken: list[int | None]) -> None:
    """One of which nothing could be decided is neither kept nor broken."""
    got = counted(rules=pd.DataFrame({"broken": pd.array(broken, dtype="Int64")}))
    assert got["rules"] == len(broken)
    assert got["rules_kept"] == broken.count(0)
    assert got["rules_broken"] == len(broken) - broken.count(0) - broken.count(None)


# --- findings and tests


def test_findings_by_level_without_what_is_better_or_told_elsewhere() -> None:
    found = (
        finding("action"), finding("watch"), finding("watch"), finding("note"),
        finding("action", direction="better"), finding("watch", part_of="b4b976c62874"),
    )  # fmt: skip
    got = counted(findings=iter(found), set_aside=2)
    assert [got[f"findings_{level}"] for level in LEVELS] == [1, 2, 1]
    assert (got["findings"], got["set_aside"]) == (4, 2)


def test_what_was_held_against_its_like() -> None:
    """Three were tested, of which one at 5 % is apart and one at 5.1 % is not; two could not be."""
    one = pd.DataFrame(
        {"p": [0.01, 0.02, np.nan], "p_adjusted": [0.05, 0.051, np.nan],
         "untested": ["", None, "few"]}
    )  # fmt: skip
    other = pd.DataFrame({"p": [0.9, np.nan], "p_adjusted": [0.9, np.nan], "untested": ["", "dep"]})
    got = counted(tests=iter([one, other, one.head(0)]))
    assert [got[f"compared{end}"] for end in ("", "_apart", "_untested")] == [3, 1, 2]
    none = counted(tests=[one.head(0)])
    assert [none[f"compared{end}"] for end in ("", "_apart", "_untested")] == [0, 0, 0]


# --- points


def points(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    """Points of a status, done on a day or not, with a verdict."""
    told = pd.DataFrame(rows, columns=["status", "done", "verdict"])
    return told.assign(done=pd.to_datetime(told["done"]), value=float("nan"))


@SEEDS
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*STATUSES, ""]), st.sampled_from(["2024-03-05", None]),
            st.sampled_from([*VERDICTS, ""]),
        ), min_size=1, max_size=10,
    )
)  # fmt: skip
def test_points_one_by_one(rows: list[tuple[str, str | None, str]]) -> None:
    """What was too early or could not be measured was not checked."""
    got = counted(points=points(*rows))
    assert got["points"] == len(rows)
    for status in STATUSES:
        assert got[f"points_{status}"] == sum(row[0] == status for row in rows)
    assert got["points_unmeasured"] == sum(row[2] == "not measurable" for row in rows)
    assert got["points_acted"] == sum(row[1] is not None for row in rows)
    verdicts = [row[2] for row in rows]
    unmeasured = sum(verdicts.count(one) for one in ("too early", "not measurable", ""))
    assert got["points_checked"] == len(rows) - unmeasured
    assert got["points_effective"] == verdicts.count("effective") + verdicts.count("partly")


@pytest.mark.parametrize("name", ["cases", "findings", "points", "rules", "standards"])
def test_parts_are_no_more_than_the_whole(name: str) -> None:
    got = counted(
        cases=pd.DataFrame({"open": [True]}), findings=(finding(),),
        points=points(("new", None, "")), rules=pd.DataFrame({"broken": [1]}),
        compliance=pd.DataFrame({"share": [0.5], "low": [0.2], "target": [0.9]}),
    )  # fmt: skip
    assert got[name] == 1
    parts = [got[measure] for measure in MEASURES if measure.startswith(f"{name}_")]
    assert max(parts, default=1) == 1


def test_the_answer_keeps_its_contract() -> None:
    table = standing(NO_CASES, NO_LIMITS, NO_RULES, (), no_points())
    assert table.columns.tolist() == tables.STANDING.names
    assert not tables.STANDING.of_log
