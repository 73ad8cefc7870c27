"""Shares with their intervals, against published values."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.findings.standards.judgements import not_started

VERDICTS = ("met", "late", "pending", "overdue", "suspended", "undecidable")


def judgements(**counts: list[int]) -> pd.DataFrame:
    """Make judgements: for each standard how many of each verdict."""
    rows = [
        (name, verdict)
        for name, numbers in counts.items()
        for verdict, many in zip(VERDICTS, numbers, strict=True)
        for _ in range(many)
    ]
    frame = pd.DataFrame(rows, columns=["standard_id", "verdict"])
    start = pd.Timestamp("2024-03-05")
    return frame.assign(
        case_id=[str(i) for i in range(len(frame))], from_time=start, to_time=pd.NaT, due=pd.NaT,
        reason=None, used_hours=1.0, over_hours=None,
    )  # fmt: skip


def standards(*ids: str, **columns: list[object]) -> pd.DataFrame:
    """Make a table of standards."""
    plain = {"standard_id": list(ids), "from": "登记", "to": "转办", "limit": "same day"}
    return pd.DataFrame({**plain, **columns})


def test_the_share_is_met_over_what_is_decided() -> None:
    """Pending, suspended and undecidable prove nothing; they are counted beside it."""
    told = eff.compliance(judgements(T1=[81, 100, 7, 82, 3, 2], T2=[0, 0, 1, 0, 0, 0]))
    assert tables.COMPLIANCE.check(told) is told
    first, second = told.to_dict("records")
    assert [first[name] for name in ("n", *VERDICTS)] == [275, 81, 100, 7, 82, 3, 2]
    assert (round(first["low"], 4), round(first["high"], 4)) == (0.2553, 0.3662)
    assert first["share"] == 81 / 263
    assert first["effective_n"] == 263
    assert (first["decided"], first["missed"]) == (263, 182)  # 81 + 100 + 82, without the 81
    assert (second["decided"], second["missed"]) == (0, 0)
    assert second["n"] == 1
    assert (
        told.loc[
            1, ["share", "low", "high", "effective_n", "target", "target_met", "not_started", "gap"]
        ]
        .isna()
        .all()
    )


def batched(days: int = 10, of: int = 4) -> pd.DataFrame:
    """Clocks that start in the hours of a day, of which all are met on every other day."""
    rows = [
        ("T1", "met" if day % 2 else "late", pd.Timestamp("2024-03-04") + pd.Timedelta(day, "D")
         + pd.Timedelta(9 + place, "h"))
        for day in range(days) for place in range(of)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["standard_id", "verdict", "from_time"])


def told_of(rows: pd.DataFrame) -> pd.DataFrame:
    made = judgements(T1=[len(rows), 0, 0, 0, 0, 0])
    return eff.compliance(made.assign(**{name: rows[name] for name in rows}))


def test_clocks_of_one_day_that_go_one_way_widen_the_interval() -> None:
    """
    Ten days of four: each day's sum is off by 2, so the effect is 10 · 2² · 10/9 over 40/4.

    40 clocks are then as good as 9; Wilson for 4.5 of 9 is 0.5 ± 0.273.
    """
    (row,) = told_of(batched()).to_dict("records")
    assert row["effective_n"] == pytest.approx(9)
    assert (row["n"], row["share"]) == (40, 0.5)
    assert (row["low"], row["high"]) == pytest.approx((0.2266, 0.7734), abs=1e-4)


def test_pending_clocks_of_a_day_make_no_batch() -> None:
    """Nothing of them is decided: they neither widen the interval nor count."""
    pending = batched(of=9).assign(verdict="pending")
    whole = pd.concat([batched(), pending], ignore_index=True)
    assert told_of(whole).loc[0, "effective_n"] == pytest.approx(9)


def test_where_days_are_as_mixed_as_chance_makes_them_all_clocks_count() -> None:
    """Two of four are met on every day."""
    rows = batched()
    mixed = rows.assign(verdict=["met", "late"] * 20)
    (row,) = told_of(mixed).to_dict("records")
    assert row["effective_n"] == 40
    # Wilson for 20 of 40, by the published formula.
    assert (row["low"], row["high"]) == pytest.approx((0.3520, 0.6480), abs=1e-4)


def test_targets_and_what_was_not_started() -> None:
    """A share at the target meets it; a standard without a verdict has a row, too."""
    told = eff.compliance(
        judgements(T1=[9, 1, 0, 0, 0, 0], T2=[8, 1, 0, 1, 0, 0], T3=[1, 0, 0, 0, 0, 0]),
        standards("T9", "T3", "T2", "T1", target=[1.0, None, 0.9, 0.9]),
        pd.DataFrame({"standard_id": ["T1", "T9"], "not_started": [4, 2]}),
    )
    assert told["standard_id"].tolist() == ["T9", "T3", "T2", "T1"]
    assert told["target_met"].tolist() == [pd.NA, pd.NA, False, True]
    assert told["not_started"].tolist() == [2, pd.NA, pd.NA, 4]
    assert told["n"].tolist() == [0, 1, 10, 10]
    assert told["decided"].tolist() == [0, 1, 10, 10]
    assert told["missed"].tolist() == [0, 0, 2, 1]
    # Below the target is below nothing; of what is not decided, or has no target, none is told.
    assert told["gap"].isna().tolist() == [True, True, False, False]
    assert told["gap"].tolist()[2:] == pytest.approx([-0.1, 0.0])


def test_the_worked_example_adds_up(
    example: object, example_record: eff.Record, expected: Callable[[str], pd.DataFrame]
) -> None:
    """Counts of the expected judgements, by standard and verdict."""
    want = expected("judgements")
    table = eff.read_standards(f"{example}/standards.csv")
    cutoff = "2024-04-24 18:00"
    waiting = not_started(example_record.log, table, cutoff=cutoff)
    told = eff.compliance(eff.judge(example_record.log, table, cutoff=cutoff), table, waiting)
    assert told["standard_id"].tolist() == table["standard_id"].tolist()
    for row in told.to_dict("records"):
        mine = want[want["standard_id"] == row["standard_id"]]["verdict"]
        assert [row[name] for name in VERDICTS] == [(mine == name).sum() for name in VERDICTS]
    counted = told[told["not_started"] > 0][["standard_id", "not_started"]].astype(str)
    assert counted.values.tolist() == expected("not_started").values.tolist()
