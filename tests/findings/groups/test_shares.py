"""Shares that went wrong, like for like: planted ones, strata by hand, and where nothing is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.facts.events import observed
from efficiency.findings.groups.shares import COLUMNS, compare_shares

N = 1200


def made(
    seed: int, wrong: dict[str, float], urgency: float = 1.5
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Make up sixty weeks of one step a case, and what went wrong in it: so many of each unit.

    甲 has most of the 急件, of which half as many more go wrong at every unit.
    """
    rng = np.random.default_rng(seed)
    came = pd.Timestamp("2024-01-01 09:00") + pd.to_timedelta(
        np.sort(rng.integers(0, 60 * 7, N)), "D"
    )
    unit = rng.choice(list(wrong), N)
    urgent = rng.random(N) < np.where(unit == "甲", 0.7, 0.3)
    share = np.array([wrong[name] for name in unit]) * np.where(urgent, urgency, 1.0)
    known = {
        "case_id": [f"{i:04}" for i in range(N)],
        "紧急程度": np.where(urgent, "急件", "平件"),
        "来文单位": rng.choice(["区", "县"], N),
    }
    log = pd.DataFrame(
        {**known, "activity": "承办", "unit": unit, "received": came,
         "end": came + dt.timedelta(hours=1)}
    )  # fmt: skip
    what = rng.choice(["T1", "T2"], N)
    outcomes = pd.DataFrame(
        {**known, "measure": "late", "what": what, "wrong": rng.random(N) < share, "unit": unit,
         "began": came, "known_by": came}
    )  # fmt: skip
    return log, outcomes


def shares(log: pd.DataFrame, outcomes: pd.DataFrame, **how: Any) -> pd.DataFrame:
    before = outcomes.copy()
    with observed(log, eff.Calendar()) as events:
        found = compare_shares(events, outcomes, **how)
    assert_frame_equal(outcomes, before)
    assert found.columns.tolist() == COLUMNS
    return found


def one(table: pd.DataFrame, value: str, measure: str = "late") -> pd.Series:
    found = table[(table["value"] == value) & (table["measure"] == measure)]
    assert len(found) == 1
    return found.iloc[0]


def weighed(outcomes: pd.DataFrame, name: str, value: str, by: list[str]) -> tuple[float, float]:
    """The share of a group and the one its like would have, cell by cell."""
    own = rest = n = 0.0
    for _, cell in outcomes.groupby(by):
        mine, others = cell[cell[name] == value], cell[cell[name] != value]
        if len(mine) and len(others):
            own += mine["wrong"].sum()
            rest += len(mine) * others["wrong"].sum() / len(others)
            n += len(mine)
    return own / n, rest / n


@pytest.fixture(scope="module")
def planted() -> tuple[pd.DataFrame, pd.DataFrame]:
    return made(1, {"甲": 0.07, "乙": 0.22, "丙": 0.07})


@pytest.fixture(scope="module")
def found(planted: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    return shares(*planted)


def test_twenty_two_of_a_hundred_against_seven_are_found(found: pd.DataFrame) -> None:
    """A third of 乙's cases are 急件: 0.15 times 1.15 more."""
    row = one(found, "乙")
    assert row["p"] < 1e-3
    assert row["low"] < 0.15 * 1.15 < row["high"]
    assert row["low"] > 0.05
    assert one(found, "甲")["difference"] < 0
    assert (found.loc[found["attribute"] == "来文单位", "p"] > 0.05).all()


def test_the_difference_is_weighed_by_the_groups_cases(
    planted: tuple[pd.DataFrame, pd.DataFrame], found: pd.DataFrame
) -> None:
    """Within each standard; and within each degree of urgency where that is held equal."""
    assert found["attribute"].unique().tolist() == ["unit", "来文单位"]
    for row in found.itertuples():
        by = ["what", *str(row.held_equal).split("; ")[1:]]
        share, expected = weighed(planted[1], str(row.attribute), str(row.value), by)
        assert str(row.held_equal).startswith("what")
        assert row.share == pytest.approx(share)
        assert row.expected == pytest.approx(expected)
        assert row.difference == pytest.approx(share - expected)
        own = planted[1][planted[1][str(row.attribute)] == row.value]
        assert (row.n, row.k, row.n + row.others) == (len(own), own["wrong"].sum(), N)
        assert (row.compared, row.comparable) == (row.n, row.others)
        assert row.compared_k == row.k


def test_shares_by_hand() -> None:
    """
    T1: 甲 10 of 40, 乙 4 of 40; T2: 甲 6 of 20, 乙 12 of 60; T3 only 甲 is held to.

    甲 went wrong in 16 of 60; 乙, as if it had 甲's mix, in 40 · 4/40 + 20 · 12/60 = 8: 8/60 more.
    """
    rows = []
    for what, unit, n, k in (("T1", "甲", 40, 10), ("T1", "乙", 40, 4), ("T2", "甲", 20, 6),
                             ("T2", "乙", 60, 12), ("T3", "甲", 30, 30)):  # fmt: skip
        # Spread evenly over the year, so that no week tells anything.
        rows += [(what, unit, (i * k) // n != ((i + 1) * k) // n, i / n) for i in range(n)]
    table = pd.DataFrame(rows, columns=["what", "unit", "wrong", "part"])
    came = pd.Timestamp("2024-01-01") + pd.to_timedelta((table["part"] * 400).round(), "D")
    outcomes = table.drop(columns="part").assign(
        measure="breach", case_id=[str(i) for i in range(len(table))], began=came, known_by=pd.NaT
    )
    log = outcomes.assign(activity="承办", end=came)[["case_id", "activity", "end", "unit"]]
    row = one(shares(log, outcomes), "甲", "breach")
    assert (row["n"], row["k"], row["compared"], row["comparable"]) == (90, 46, 60, 100)
    assert row["compared_k"] == 16  # of 46; what only 甲 is held to has no like
    assert (row["share"], row["expected"]) == pytest.approx((16 / 60, 8 / 60))
    assert row["low"] < row["difference"] < row["high"]


def test_where_all_units_go_wrong_alike_none_is_found() -> None:
    """Of ten offices, two or three of fifty groups are below 5 %."""
    told = [shares(*made(seed, dict.fromkeys("甲乙丙", 0.12)))["p"] for seed in range(10)]
    p = pd.concat(told)
    assert p.notna().mean() > 0.9
    assert (p <= 0.05).mean() < 0.12


def test_urgent_matters_are_not_held_against_their_unit() -> None:
    """甲 has more of them, and they go wrong four times as often everywhere."""
    log, outcomes = made(3, dict.fromkeys("甲乙丙", 0.15), urgency=4)
    held = one(shares(log, outcomes), "甲")
    plain = one(shares(log, outcomes, mix=[]), "甲")
    assert (held["held_equal"], plain["held_equal"]) == ("what; 紧急程度", "what")
    assert plain["low"] > 0
    assert held["low"] < 0 < held["high"]
    told = one(shares(log, outcomes, known=["来文单位"]), "甲")
    assert told["difference"] == pytest.approx(plain["difference"])


def test_a_lucky_month_is_no_difference() -> None:
    """All that went wrong at 乙 did so in five weeks on end, when 乙 had nearly all cases."""
    log, outcomes = made(4, {"甲": 0.1, "乙": 0.1})
    month = outcomes["began"].between("2024-05-01", "2024-06-05")
    rng = np.random.default_rng(2)
    outcomes["unit"] = np.where(month & (rng.random(N) < 0.9), "乙", "甲")
    outcomes["wrong"] |= month & (rng.random(N) < 0.4)
    row = one(shares(log, outcomes), "乙")
    assert row["untested"] == "dependent"
    assert row["n"] > 50
    assert np.isnan(row["p"])


def test_few_and_alone_are_said(planted: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """丁 has nineteen; T3 is 戊's alone, which has nothing else; one case has no unit."""
    log, outcomes = planted
    unit = outcomes["unit"].copy()
    unit.iloc[:19], unit.iloc[19:89], unit.iloc[89:99] = "丁", "戊", ""
    parted = outcomes.assign(unit=unit, what=outcomes["what"].mask(unit == "戊", "T3"))
    found = shares(log, parted)
    assert (one(found, "丁")["untested"], one(found, "丁")["n"]) == ("few", 19)
    assert (one(found, "戊")["untested"], one(found, "戊")["n"]) == ("alone", 70)
    assert one(found, "戊")["k"] == outcomes["wrong"].iloc[19:89].sum()
    assert "" not in set(found["value"])
    assert one(found, "乙")["n"] + one(found, "乙")["others"] == N - 10
    assert one(found, "乙")["compared"] == one(found, "乙")["n"]
    assert one(found, "乙")["comparable"] == one(found, "乙")["others"] - 70


def test_measures_are_apart(planted: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """What went wrong in one way says nothing of another."""
    log, outcomes = planted
    other = made(9, dict.fromkeys("甲乙丙", 0.1))[1].assign(measure="rework", what="承办")
    both = shares(log, pd.concat([outcomes, other], ignore_index=True))
    alone = shares(log, outcomes)
    assert set(both["measure"]) == {"late", "rework"}
    assert_frame_equal(both[both["measure"] == "late"].reset_index(drop=True), alone)


def test_without_outcomes_there_is_an_empty_table(
    planted: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    log, outcomes = planted
    assert shares(log, outcomes.iloc[:0]).empty
    assert tables.SHARES.names == [*COLUMNS, "p_adjusted"]
