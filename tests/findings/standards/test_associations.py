"""What goes with an outcome: shares by averaging in turn and by hand, intervals by simulation."""

from __future__ import annotations

from math import exp

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import special, stats

from efficiency.findings.rates import wilson
from efficiency.findings.standards.associations import (
    LEAST,
    TREE,
    _paired,
    explained_shares,
    tree,
)

SEEDS = settings(deadline=None, derandomize=True, max_examples=15)


def drawn(seed: int, n: int = 240, **effects: float) -> pd.DataFrame:
    """Make up cases with three circumstances that go together, and hours that some bear upon."""
    rng = np.random.default_rng(seed)
    unit = rng.integers(0, 4, n)
    kind = (unit + rng.integers(0, 3, n)) % 3
    level = rng.integers(0, 2, n)
    signal = effects.get("unit", 0) * unit + effects.get("kind", 0) * kind
    hours = signal + effects.get("level", 0) * level + rng.normal(0, 1, n)
    told = {"unit": unit, "kind": kind, "level": level}
    texts = {name: pd.Series(values).map(lambda v: f"v{v}") for name, values in told.items()}
    return pd.DataFrame({**texts, "hours": hours, "late": hours > np.median(hours)})


def unexplained(table: pd.DataFrame, target: np.ndarray, names: list[str]) -> float:
    """Take out the means of each circumstance in turn until nothing moves: least squares."""
    rest = target - target.mean()
    for _ in range(2000):
        before = rest.copy()
        for name in names:
            rest = rest - pd.Series(rest).groupby(table[name].to_numpy()).transform("mean")
            rest = rest.to_numpy()
        if np.abs(rest - before).max() < 1e-13:
            break
    return float((rest**2).sum())


# --- explained shares


@SEEDS
@given(seed=st.integers(0, 10**6), outcome=st.sampled_from(["hours", "late"]))
def test_shares_equal_least_squares_by_averaging(seed: int, outcome: str) -> None:
    table = drawn(seed, unit=0.2, level=0.5)
    names = ["unit", "kind", "level"]
    got = explained_shares(table, outcome, names).set_index("attribute")
    target = table[outcome].astype(float)
    target = (target.rank() if outcome == "hours" else target).to_numpy()
    n, values = len(table), {name: table[name].nunique() for name in names}
    free = n - 1 - sum(values[name] - 1 for name in names)
    whole = unexplained(table, target, names)
    total = ((target - target.mean()) ** 2).sum()
    for name in names:
        others = [other for other in names if other != name]
        rest, added = unexplained(table, target, others), values[name] - 1
        row = got.loc[name]
        share = 1 - (whole / free) / (rest / (free + added))
        assert row["share"] == pytest.approx(max(share, 0), abs=1e-9)
        f = (rest - whole) / added / (whole / free)
        assert row["p"] == pytest.approx(stats.f.sf(f, added, free), rel=1e-6)
        alone = 1 - (unexplained(table, target, [name]) / (n - values[name])) / (total / (n - 1))
        assert row["alone"] == pytest.approx(max(alone, 0), abs=1e-9)
        assert (row["values"], row["n"]) == (values[name], n)


def test_one_circumstance_is_an_analysis_of_variance() -> None:
    """The p is scipy's of the ranks; alone and among no others are the same."""
    table = drawn(1, unit=0.4)
    (row,) = explained_shares(table, "hours", ["unit"]).to_dict("records")
    ranks = table["hours"].rank()
    told = stats.f_oneway(*(part for _, part in ranks.groupby(table["unit"])))
    assert row["p"] == pytest.approx(told.pvalue)
    k, n, f = 4, len(table), told.statistic
    assert row["share"] == pytest.approx((k - 1) * (f - 1) / ((k - 1) * f + n - k))
    assert row["alone"] == pytest.approx(row["share"])


def test_a_balanced_square_by_hand() -> None:
    """
    甲, 乙 by 上, 下, thirty of each; late 24, 18 | 12, 6: 60 of 120.

    Sums of squares: 30 in all; units (42 against 18) 4.8, levels (36 against 24) 1.2; 24 left of
    117. Of what the other leaves, 25.2 / 118 and 28.8 / 118, the units take 1 − 24·118/(117·28.8).
    """
    cells = {("甲", "上"): 24, ("甲", "下"): 18, ("乙", "上"): 12, ("乙", "下"): 6}
    rows = [(u, s, i < k) for (u, s), k in cells.items() for i in range(30)]
    table = pd.DataFrame(rows, columns=["unit", "level", "late"])
    got = explained_shares(table, "late").set_index("attribute")
    assert got.index.tolist() == ["unit", "level"]
    assert got.at["unit", "share"] == pytest.approx(1 - 24 / 117 / (28.8 / 118))
    assert got.at["level", "share"] == pytest.approx(1 - 24 / 117 / (25.2 / 118))
    assert got.at["unit", "alone"] == pytest.approx(1 - 25.2 / 118 / (30 / 119))
    assert got.at["unit", "p"] == pytest.approx(stats.f.sf(4.8 * 117 / 24, 1, 117))


def noncentral_f(f: float, one: int, two: int, centre: float) -> float:
    """The distribution as a mixture of betas with Poisson weights."""
    x = one * f / (one * f + two)
    weight, total = exp(-centre / 2), 0.0
    for j in range(600):
        total += weight * special.betainc(one / 2 + j, two / 2, x)
        weight *= centre / 2 / (j + 1)
    return total


@pytest.mark.parametrize("strength", [0.0, 0.15, 0.6])
def test_the_interval_inverts_the_noncentral_distribution(strength: float) -> None:
    """At its ends the F that was seen is as far out as 2.5 % (or the end is nothing)."""
    table = drawn(7, n=160, unit=strength)
    (row,) = explained_shares(table, "hours", ["unit"]).to_dict("records")
    ranks = table["hours"].rank()
    f = stats.f_oneway(*(part for _, part in ranks.groupby(table["unit"]))).statistic
    n = len(table)
    assert 0 <= row["low"] <= row["share"] <= row["high"] < 1 or row["share"] == 0
    for end, level in (("low", 0.975), ("high", 0.025)):
        centre = n * row[end] / (1 - row[end])
        found = noncentral_f(f, 3, 156, centre)
        if row[end] == 0:
            assert found < level
        else:
            assert found == pytest.approx(level, abs=1e-6)
    assert (row["low"] == 0) == (row["p"] > 0.025)


def test_the_interval_covers() -> None:
    """150 tables: the share of variance of a yes or no that a unit takes is known beforehand."""
    rng = np.random.default_rng(6)
    chances = np.repeat([0.3, 0.5, 0.7], 60)
    truth = np.var(chances) / (np.var(chances) + np.mean(chances * (1 - chances)))
    unit = np.repeat(["甲", "乙", "丙"], 60)
    covered, shares = 0, []
    for _ in range(150):
        table = pd.DataFrame({"late": rng.random(180) < chances, "unit": unit})
        (row,) = explained_shares(table, "late", ["unit"]).to_dict("records")
        covered += row["low"] <= truth <= row["high"]
        shares.append(row["share"])
    assert 135 <= covered <= 149
    assert np.mean(shares) == pytest.approx(truth, abs=0.015)


def test_what_goes_with_another_is_not_told_twice() -> None:
    """Kind goes with unit; only the unit bears upon the time."""
    rng = np.random.default_rng(2)
    unit = rng.integers(0, 2, 600)
    kind = np.where(rng.random(600) < 0.85, unit, 1 - unit)
    hours = 1.0 * unit + rng.normal(0, 1, 600)
    texts = {"unit": [f"u{u}" for u in unit], "kind": [f"k{k}" for k in kind]}
    got = explained_shares(pd.DataFrame({**texts, "hours": hours}), "hours")
    assert got["attribute"].tolist() == ["unit", "kind"]
    assert got["alone"].tolist() == pytest.approx([0.2, 0.1], abs=0.06)
    assert got["share"].iloc[1] < 0.01
    assert got["low"].iloc[0] > 0.05
    assert got["p"].iloc[1] > 0.01


def test_names_that_say_the_same_tell_nothing_of_their_own() -> None:
    """Neither has a share that the other does not have."""
    table = drawn(3, unit=0.5)
    twin = table.assign(code=table["unit"].str.upper())
    got = explained_shares(twin, "hours", ["unit", "code"])
    assert got[["share", "p"]].isna().all(axis=None)
    assert (got["alone"] > 0.1).all()


def test_what_can_be_explained_and_what_is_left_out() -> None:
    """All text columns but the ids; rare values together; empty outcomes are no cases."""
    table = drawn(4, unit=0.3).assign(case_id=[str(i) for i in range(240)], standard_id="T1")
    table["rare"] = [*["a"] * 10, *["b"] * 9, *"cdefg", *["x"] * 216]
    table["same"] = [*"abcdefghi", *["x"] * 231]
    table["empty"] = ""
    before = table.copy()
    got = explained_shares(table, "hours").set_index("attribute")
    assert_frame_equal(table, before)
    assert sorted(got.index) == ["kind", "level", "rare", "same", "unit"]
    assert got["values"].to_dict() == {"unit": 4, "kind": 3, "level": 2, "rare": 3, "same": 2}
    gone = table.assign(hours=table["hours"].where(table.index < 100))
    assert set(explained_shares(gone, "hours")["n"]) == {100}
    few = table.head(LEAST - 1)
    assert explained_shares(few, "hours").empty
    assert explained_shares(few, "hours").columns.tolist() == list(got.reset_index().columns)
    assert explained_shares(table[["hours"]], "hours").empty


# --- tree


def planted(seed: int = 0, n: int = 1200) -> pd.DataFrame:
    """Make up cases of which nine in ten are late in 乙 on a Friday, and one in ten elsewhere."""
    rng = np.random.default_rng(seed)
    unit = rng.choice(["甲", "乙", "丙"], n)
    weekday = rng.choice(["1", "2", "3", "4", "5"], n)
    chance = np.where((unit == "乙") & (weekday == "5"), 0.9, 0.1)
    return pd.DataFrame(
        {
            "late": rng.random(n) < chance,
            "unit": unit,
            "weekday": weekday,
            "luck": rng.choice(["x", "y"], n),
        }
    )


def members(table: pd.DataFrame, nodes: pd.DataFrame, node: int) -> pd.Series:
    """Find the cases of a node by asking for each parting on the way up."""
    row = nodes.set_index("node").loc[node]
    if row["parent"] < 0:
        return pd.Series(True, index=table.index)
    asked = table[row["attribute"]] == row["value"]
    here = asked if row["side"] == "is" else ~asked
    return here & members(table, nodes, row["parent"])


@pytest.mark.parametrize("seed", range(3))
def test_an_interaction_is_recovered(seed: int) -> None:
    """乙 on Fridays, in either order; and every node counts just the cases it says."""
    table = planted(seed)
    before = table.copy()
    nodes = tree(table)
    assert_frame_equal(table, before)
    assert nodes.columns.tolist() == TREE
    worst = nodes.sort_values("share").iloc[-1]
    path = nodes.set_index("node").loc[[worst["node"], worst["parent"]]]
    assert set(zip(path["attribute"], path["side"], path["value"], strict=True)) == {
        ("unit", "is", "乙"),
        ("weekday", "is", "5"),
    }
    assert worst["share"] == pytest.approx(0.9, abs=0.08)
    assert "luck" not in set(nodes["attribute"])
    for row in nodes.itertuples():
        here = members(table, nodes, row.node)
        assert row.n == here.sum()
        assert row.share == pytest.approx(table.loc[here, "late"].mean())
        assert (row.low, row.high) == pytest.approx(wilson(int(table.loc[here, "late"].sum()),
                                                           row.n)[1:])  # fmt: skip


def test_children_make_up_their_parent() -> None:
    nodes = tree(planted(5)).set_index("node")
    assert nodes["parent"].iloc[0] == -1
    assert (nodes["parent"] == -1).sum() == 1
    for parent, children in nodes[nodes["parent"] >= 0].groupby("parent"):
        assert sorted(children["side"]) == ["is", "is not"]
        assert children[["attribute", "value"]].drop_duplicates().shape[0] == 1
        assert children["n"].sum() == nodes.at[parent, "n"]
        held = (children["n"] * children["share"]).sum()
        assert held == pytest.approx(nodes.at[parent, "n"] * nodes.at[parent, "share"])


def test_a_tree_stays_small() -> None:
    """Three levels at most, twenty cases or a fiftieth in a leaf."""
    rng = np.random.default_rng(8)
    table = pd.DataFrame({f"a{i}": rng.choice(["x", "y"], 3000) for i in range(4)})
    chance = np.where((table == "x").all(axis=1), 0.95, 0.02)
    nodes = tree(table.assign(late=rng.random(3000) < chance)).set_index("node")
    depth = {-1: -1}
    for node, row in nodes.iterrows():
        depth[node] = depth[row["parent"]] + 1
    assert max(depth.values()) == 3
    assert nodes["share"].max() == pytest.approx(0.5, abs=0.1)  # a fourth level would part it
    for few, many in ((59, 1), (60, 3)):
        late = np.arange(3000) < few
        assert len(tree(pd.DataFrame({"late": late, "unit": np.where(late, "甲", "乙")}))) == many
    small = pd.DataFrame({"late": [True] * 19 + [False] * 81, "unit": ["甲"] * 19 + ["乙"] * 81})
    assert len(tree(small)) == 1
    enough = pd.DataFrame({"late": [True] * 20 + [False] * 80, "unit": ["甲"] * 20 + ["乙"] * 80})
    assert len(tree(enough)) == 3


def test_where_nothing_matters_there_is_but_the_root() -> None:
    table = planted().assign(late=lambda t: np.random.default_rng(1).random(len(t)) < 0.3)
    (root,) = tree(table).to_dict("records")
    assert (root["node"], root["parent"], root["attribute"]) == (0, -1, "")
    assert root["n"] == len(table)
    assert root["share"] == pytest.approx(table["late"].mean())
    assert tree(table.assign(late=False))["share"].tolist() == [0.0]
    assert tree(table[["late"]]).empty
    assert tree(table.head(0)).columns.tolist() == TREE


def noise(seed: int, n: int = 300) -> pd.DataFrame:
    """Eight circumstances of four values each, and an outcome that goes with none of them."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({f"a{i}": rng.choice(list("wxyz"), n) for i in range(8)})
    return table.assign(late=rng.random(n) < 0.3)


def test_a_split_that_chance_makes_is_cut() -> None:
    """Of 32 that are tried the best explains a hundredth nearly always: that proves nothing."""
    grown = [len(tree(noise(seed), risk=1e9)) > 1 for seed in range(60)]
    standing = [len(tree(noise(seed))) > 1 for seed in range(60)]
    assert sum(grown) >= 55
    assert sum(standing) <= 7  # of 60 at 5 %: three, and two standard errors


def test_what_grew_on_a_split_that_was_cut_is_cut_as_well() -> None:
    """Nodes are counted anew, and each stands on one that is there."""
    for seed in range(20):
        table = noise(seed).assign(late=lambda t, s=seed: planted_beside(t, s))
        nodes = tree(table, risk=1.0)
        assert nodes["node"].tolist() == list(range(len(nodes)))
        assert set(nodes["parent"]) - {-1} <= set(nodes["node"])
        for row in nodes.itertuples():
            assert row.n == members(table, nodes, row.node).sum()


def planted_beside(table: pd.DataFrame, seed: int) -> np.ndarray:
    """Late half of the time where the first circumstance is w, else one time in five."""
    chance = np.where(table["a0"] == "w", 0.5, 0.2)
    return np.random.default_rng(seed + 1000).random(len(table)) < chance


def test_who_was_there_in_a_bad_spell_is_no_circumstance_where_spells_are_known() -> None:
    """
    Spells of ten weeks are bad or not, two officers are on duty for forty weeks each in turn:
    the cases of a week are one another's like, and tell of the officer no more than a few spells.
    """
    found = {"cases": 0, "weeks": 0}
    for seed in range(40):
        rng = np.random.default_rng(seed)
        bad = np.repeat(rng.choice([0.05, 0.75], 16), 10)
        weeks = np.repeat(np.arange(160), 6)
        officer = np.where(weeks // 40 % 2, "甲", "乙")
        table = pd.DataFrame({"late": rng.random(960) < bad[weeks], "officer": officer})
        began = pd.Timestamp("2021-01-04") + pd.to_timedelta(7 * weeks, "D")
        found["cases"] += len(tree(table)) > 1
        found["weeks"] += len(tree(table.assign(began=began))) > 1
    assert found["cases"] >= 16  # as if every case were a witness of its own
    assert found["weeks"] <= 5  # of 40 at 5 %: two, and two standard errors


def test_a_split_that_holds_in_every_week_stands_where_weeks_are_known() -> None:
    """甲 is late half of the time and 乙 one time in ten, week by week."""
    rng = np.random.default_rng(3)
    unit = np.tile(["甲", "乙"], 480)
    table = pd.DataFrame({"late": rng.random(960) < np.where(unit == "甲", 0.5, 0.1), "unit": unit})
    weeks = np.repeat(np.arange(160), 6)
    began = pd.Timestamp("2021-01-04") + pd.to_timedelta(7 * weeks, "D")
    assert len(tree(table.assign(began=began))) == 3


def year_of_documents(seed: int) -> pd.DataFrame:
    """Of 42 documents of the last two days of a month 34 were late, of 236 others 15."""
    rng = np.random.default_rng(seed)
    days = pd.bdate_range("2024-01-01", "2024-12-31")
    is_end = (days + 2 * pd.offsets.BDay()).month != days.month
    began = [*rng.choice(days[is_end], 42), *rng.choice(days[~is_end], 236)]
    late = [*(rng.permutation(42) < 34), *(rng.permutation(236) < 15)]
    return pd.DataFrame(
        {
            "began": began,
            "late": late,
            "month_end": ["yes"] * 42 + ["no"] * 236,
            "unit": rng.choice(list("甲乙丙丁"), 278),
            "kind": rng.choice(["函", "请示", "报告"], 278),
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_ends_of_months_are_seen_though_they_come_in_clumps(seed: int) -> None:
    """Each is held against its own month; nothing else parts the documents."""
    nodes = tree(year_of_documents(seed))
    told = nodes[["side", "attribute", "value", "n", "late"]].values.tolist()
    assert told == [
        ["", "", "", 278, 49],
        ["is not", "month_end", "yes", 236, 15],
        ["is", "month_end", "yes", 42, 34],
    ]


@pytest.mark.parametrize("seed", range(3))
def test_a_unit_is_seen_beside_the_ends_of_months(seed: int) -> None:
    """At other times a unit's documents are late half of the time, the others' one in twenty."""
    rng = np.random.default_rng(seed)
    table = pd.concat([year_of_documents(seed)] * 2, ignore_index=True)
    unit = pd.Series(rng.choice(list("甲乙丙丁"), len(table)))
    chance = np.where(table["month_end"] == "yes", 0.8, np.where(unit == "乙", 0.5, 0.05))
    nodes = tree(table.assign(unit=unit, late=rng.random(len(table)) < chance))
    parted = nodes[nodes["side"] == "is"]
    assert set(zip(parted["attribute"], parted["value"], strict=True)) == {
        ("month_end", "yes"), ("unit", "乙"),
    }  # fmt: skip


@pytest.mark.parametrize("weeks", [1, 8, 26])
def test_spells_of_any_length_make_no_more_false_splits_than_they_may(weeks: int) -> None:
    """
    40 offices in which one half of the time is bad or not, by spells of so many weeks, and none
    of five circumstances matters, among them who was on duty and the ends of months. At 5 % two
    are expected; three standard errors allow for six.
    """
    parted = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        days = pd.bdate_range("2023-01-02", "2024-12-31")
        began = days[np.sort(rng.integers(0, len(days), 400))]
        week = (began - days[0]).days // 7
        is_end = (began + 2 * pd.offsets.BDay()).month != began.month
        table = pd.DataFrame(
            {
                "began": began,
                "late": rng.random(400) < rng.choice([0.1, 0.5], 106)[week // weeks],
                "month_end": np.where(is_end, "yes", "no"),
                "weekday": began.dayofweek.astype(str),
                "duty": np.where(week // 26 % 2, "甲", "乙"),
                "unit": rng.choice(list("甲乙丙丁"), 400),
                "kind": rng.choice(["函", "请示", "报告"], 400),
            }
        )
        parted += len(tree(table)) > 1
    assert parted <= 6


def test_what_was_hardly_ever_there_at_once_parts_nothing() -> None:
    """甲 in the first half of the year and 乙 in the second: it may have been the time."""
    began = pd.Timestamp("2024-01-01") + pd.to_timedelta(7 * np.repeat(np.arange(52), 8), "D")
    first = np.repeat(np.arange(52) < 26, 8)
    late = np.tile([True, True, False, True], 104)
    apart = pd.DataFrame({"late": late & first, "unit": np.where(first, "甲", "乙")})
    assert len(tree(apart)) == 3
    assert len(tree(apart.assign(began=began))) == 1
    together = apart.assign(unit=np.tile(["甲", "乙"], 208), began=began)
    assert len(tree(together.assign(late=late & (together["unit"] == "甲")))) == 3


@SEEDS
@given(
    st.lists(st.floats(-1, 1).map(lambda x: round(x, 3)), min_size=2, max_size=20).filter(
        lambda drawn: np.std(drawn) > 1e-6
    )
)
def test_of_equal_weights_the_p_is_students(drawn: list[float]) -> None:
    """And weights tell by what they are to one another."""
    apart = np.array(drawn)
    one = _paired(apart, np.ones(len(apart)))
    assert one == pytest.approx(stats.ttest_1samp(apart, 0.0).pvalue, abs=1e-9)
    assert _paired(apart, np.full(len(apart), 7.0)) == pytest.approx(one, abs=1e-9)
    assert _paired(-apart, np.ones(len(apart))) == pytest.approx(one, abs=1e-9)


def test_differences_without_any_spread() -> None:
    """All the same they are certain, or there is none; a single one tells nothing."""
    assert _paired(np.full(9, 0.5), np.ones(9)) == 0.0
    assert _paired(np.zeros(9), np.ones(9)) == 1.0


def test_rare_values_are_asked_for_together() -> None:
    late = [True] * 40 + [False] * 200
    units = [f"u{i // 5}" for i in range(40)] + ["大"] * 100 + ["小"] * 100
    nodes = tree(pd.DataFrame({"late": late, "unit": units}))
    assert nodes[["side", "value", "n", "share"]].values.tolist()[1:] == [
        ["is not", "…", 200, 0.0],
        ["is", "…", 40, 1.0],
    ]


# --- what is explained without a rest


@pytest.mark.parametrize("seed", range(3))
def test_what_a_circumstance_explains_wholly(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """All of 甲 is late and nothing else: one, for certain; the other has nothing left to tell."""
    real = stats.ncf.cdf

    def guarded(f: float, *others: float) -> float:
        assert f < 1e12, "scipy never answers"
        return float(real(f, *others))

    monkeypatch.setattr(stats.ncf, "cdf", guarded)
    rng = np.random.default_rng(seed)
    unit, kind = rng.choice(["甲", "乙", "丙"], 137), rng.choice(["x", "y", "z"], 137)
    table = pd.DataFrame({"late": unit == "甲", "unit": unit, "kind": kind})
    got = explained_shares(table, "late").set_index("attribute")
    assert got.loc["unit", ["share", "low", "high", "p"]].tolist() == [1.0, 1.0, 1.0, 0.0]
    assert not got.at["kind", "share"] > 0
