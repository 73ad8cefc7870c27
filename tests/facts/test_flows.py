"""Variants, edges, ends, rework: by hand, against plain Python, against pm4py on real logs."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency._doors import mining
from efficiency.facts import flows
from efficiency.facts.events import observed
from efficiency.facts.flows import KEY, case_variants, variant_table, way_keys
from efficiency.problems import TableError

Make = Callable[..., pd.DataFrame]
SEEDS = settings(deadline=None, derandomize=True, max_examples=4, phases=[Phase.generate])
SEED = st.integers(0, 2**32 - 1)


def ways_of(log: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The done steps of each case in order, by plain Python."""
    cases: dict[str, list[dict[str, Any]]] = {case: [] for case in log["case_id"]}
    rows = log.to_dict("records")
    for number, step in enumerate(rows, start=1):
        step.setdefault("row", number)
        seen = [step[name] for name in ("received", "start", "end") if name in step]
        if all(pd.isna(moment) for moment in seen):
            continue
        cases[step["case_id"]].append(step)
    return {
        case: sorted(
            (step for step in steps if pd.notna(step["end"])), key=lambda s: (s["end"], s["row"])
        )
        for case, steps in cases.items()
        if steps
    }


def variants_of(log: pd.DataFrame) -> list[tuple[int, str, int, float]]:
    """Count the ways through, by plain Python."""
    ways = Counter(" → ".join(s["activity"] for s in steps) for steps in ways_of(log).values())
    ranked = sorted(ways.items(), key=lambda item: (-item[1], item[0]))
    total = sum(ways.values())
    return [(i, way, n, n / total) for i, (way, n) in enumerate(ranked, start=1)]


def all_of(log: pd.DataFrame, cutoff: Any) -> list[pd.DataFrame]:
    """Count all that the module counts, from one observation."""
    with observed(log, eff.Calendar(), cutoff=cutoff) as events:
        return [count(events) for count in (eff.variants, eff.edges, flows.ends, eff.rework)]


def plain(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a table as tuples."""
    return list(table.itertuples(index=False, name=None))


@SEEDS
@given(seed=SEED)
def test_variants_equal_a_plain_count(random_log: Make, seed: int) -> None:
    """Names, counts, shares and order; ties in time go by row."""
    log = random_log(seed)
    got = eff.variants(log)
    assert tables.VARIANTS.check(got) is got
    assert plain(got) == variants_of(log)


@SEEDS
@given(seed=SEED)
def test_edges_equal_a_plain_count(random_log: Make, walk: Callable[..., float], seed: int) -> None:
    """Counts, cases, median and 90th percentile of the working hours from end to end."""
    log = random_log(seed)
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case, steps in ways_of(log).items():
        for a, b in itertools.pairwise(steps):
            pair = a["activity"], b["activity"]
            took[pair].append(walk(a["end"], b["end"]))
            where[pair].add(case)
    got = eff.edges(log)
    assert tables.EDGES.check(got) is got
    assert [row[:4] for row in plain(got)] == [
        (*pair, len(where[pair]), len(took[pair])) for pair in sorted(took)
    ]
    expected = [(np.median(took[pair]), np.quantile(took[pair], 0.9)) for pair in sorted(took)]
    hours = got[["median_work_hours", "p90_work_hours"]]
    np.testing.assert_allclose(hours, expected, rtol=0, atol=1e-9)


@SEEDS
@given(seed=SEED)
def test_ends_and_rework_equal_a_plain_count(
    random_log: Make, walk: Callable[..., float], seed: int
) -> None:
    """First and last done steps; repetitions, loops and the hours they cost."""
    log = random_log(seed)
    ways = {case: steps for case, steps in ways_of(log).items() if steps}
    names = sorted({step["activity"] for steps in ways.values() for step in steps})
    starts = Counter(steps[0]["activity"] for steps in ways.values())
    stops = Counter(steps[-1]["activity"] for steps in ways.values())
    with observed(log, eff.Calendar()) as events:
        ends, rework = flows.ends(events), eff.rework(events)
    assert plain(ends) == [(name, starts[name], stops[name]) for name in names]
    again: dict[str, dict[str, Any]] = {
        name: {"cases": set(), "twice": set(), "n": 0, "loops": 0, "hours": 0.0, "rows": []}
        for name in names
    }
    for case, steps in ways.items():
        done: set[str] = set()
        for before, step in zip([None, *steps], steps, strict=False):
            told = again[step["activity"]]
            told["cases"].add(case)
            told["loops"] += bool(before) and before["activity"] == step["activity"]
            if step["activity"] in done:
                arrived = step["received"] if pd.notna(step["received"]) else before["end"]
                told["twice"].add(case)
                told["n"] += 1
                told["hours"] += walk(arrived, step["end"])
                told["rows"].append(step["row"])
            done.add(step["activity"])
    expected = [
        (name, len(t["cases"]), len(t["twice"]), t["n"], t["loops"]) for name, t in again.items()
    ]
    assert [row[:5] for row in plain(rework)] == expected
    hours = [t["hours"] for t in again.values()]
    np.testing.assert_allclose(rework["repeated_hours"], hours, rtol=0, atol=1e-9)
    rows = [min(t["rows"], default=None) for t in again.values()]
    assert [None if pd.isna(row) else int(row) for row in rework["example_row"]] == rows


@settings(SEEDS, max_examples=3)
@given(seed=SEED)
def test_a_cutoff_is_the_log_cut_by_hand(random_log: Make, truncated: Make, seed: int) -> None:
    """As if the log had been taken then; and rows may come in any order."""
    log = random_log(seed, 40)
    cutoff = log["end"].dropna().sort_values().iloc[len(log) // 3]
    by_hand = truncated(log, cutoff)
    shuffled = log.sample(frac=1, random_state=seed % 1000)
    expected = all_of(by_hand, None)
    for given_log, moment in ((log, cutoff), (shuffled, str(cutoff))):
        for got, want in zip(all_of(given_log, moment), expected, strict=True):
            assert_frame_equal(got, want)


def test_ties_go_by_row_and_open_steps_are_no_part_of_the_way(make_log: Make) -> None:
    """Two steps at one moment; one not done; a case without any done step; an unseen step."""
    log = make_log(
        ("1", "转办", "2024-03-05 09:00"),
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "归档", None),
        ("2", "登记", None),
        ("3", "登记", None),
        start=[None, None, "2024-03-05 08:00", "2024-03-05 08:00", None],
        row=[8, 3, 1, 2, 4],
    )
    assert plain(eff.variants(log)) == [(1, "", 1, 0.5), (2, "登记 → 转办", 1, 0.5)]
    assert plain(eff.edges(log)) == [("登记", "转办", 1, 1, 0.0, 0.0)]
    assert plain(flows.ends(log)) == [("登记", 1, 0), ("转办", 0, 1)]
    # Without row numbers the order of the rows stands for them.
    assert eff.variants(log.drop(columns="row"))["activities"].tolist() == ["", "转办 → 登记"]


def test_edges_go_with_time(make_log: Make) -> None:
    """Whatever the order of the rows; an evening and a morning make one hour."""
    log = make_log(("1", "乙", "2024-03-06 09:00"), ("1", "甲", "2024-03-05 17:30"))
    assert plain(eff.edges(log)) == [("甲", "乙", 1, 1, 1.0, 1.0)]


def test_the_hours_of_the_later_steps_unit_count(make_log: Make, tmp_path: Any) -> None:
    """Saturday 10:00 to Sunday 10:00: 24 hours for the duty desk, none for the office."""
    path = tmp_path / "calendar.toml"
    path.write_text('[units."值班室"]\nhours = ["00:00-24:00"]\nevery_day = true\n', "utf-8")
    log = make_log(
        ("1", "甲", "2024-03-09 10:00"), ("1", "乙", "2024-03-10 10:00"),
        ("2", "甲", "2024-03-09 10:00"), ("2", "丙", "2024-03-10 10:00"),
        unit=["秘书处", "值班室", "值班室", "秘书处"],
    )  # fmt: skip
    edges = eff.edges(log, eff.read_calendar(path))
    assert edges[["target", "median_work_hours"]].values.tolist() == [["丙", 0.0], ["乙", 24.0]]


def test_repeated_work_by_hand(make_log: Make) -> None:
    """Drafted three times, twice in a row; the second draft came back from the leader at 10:00."""
    log = make_log(
        ("1", "拟办", "2024-03-05 09:00"),
        ("1", "退回", "2024-03-05 10:00"),
        ("1", "拟办", "2024-03-05 11:30"),
        ("1", "拟办", "2024-03-05 15:00"),
        ("2", "拟办", "2024-03-05 15:00"),
        received=[None, None, "2024-03-05 11:00", None, None],
    )
    # 11:00 to 11:30, then 11:30 to 12:00 and 14:30 to 15:00
    assert plain(eff.rework(log))[0] == ("拟办", 2, 1, 2, 1, 1.5, 3)
    assert plain(eff.rework(log))[1][:6] == ("退回", 1, 0, 0, 0, 0.0)


def test_an_arrow_in_a_name_does_not_merge_ways(make_log: Make) -> None:
    """Ways are told apart by their steps, though their texts are alike."""
    log = make_log(
        ("1", "a → b", "2024-03-05 09:00"),
        ("2", "a", "2024-03-05 09:00"), ("2", "b", "2024-03-05 09:00"),
    )  # fmt: skip
    assert eff.variants(log)["cases"].tolist() == [1, 1]


def test_an_ibis_table_gives_an_ibis_table_with_the_same_rows(random_log: Make) -> None:
    """The log stays where it is; every function of the module."""
    log = random_log(1, 40)
    con = ibis.duckdb.connect()
    table = con.create_table("log", ibis.memtable(log))
    for count in (eff.variants, eff.edges, flows.ends, eff.rework):
        lazy = count(table)
        assert isinstance(lazy, ir.Table)
        # A table on an engine has no order; no two of its rows are the same.
        here, there = count(log), lazy.to_pandas()
        keys = list(here.columns[:2])
        assert not here.duplicated(keys).any()
        assert_frame_equal(
            there.sort_values(keys, ignore_index=True),
            here.sort_values(keys, ignore_index=True),
            check_dtype=False,
        )
    con.disconnect()


def test_arguments_are_untouched(random_log: Make) -> None:
    """The frame keeps its columns, order and index."""
    log = random_log(2, 10)
    before = log.copy(deep=True)
    for count in (eff.variants, eff.edges, flows.ends, eff.rework):
        count(log)
    assert_frame_equal(log, before)


def test_nothing_is_seen_before_the_first_moment(make_log: Make) -> None:
    """Every table is there, and empty."""
    log = make_log(("1", "登记", "2024-03-05 09:00"))
    for count in (eff.variants, eff.edges, flows.ends, eff.rework):
        assert count(log, cutoff="2020-01-01").empty
    with pytest.raises(TableError, match="column 'case_id' is missing"):
        eff.variants(log.drop(columns="case_id"))


def constant(_: ir.Value) -> ir.Value:
    """Hash everything to the same number."""
    return ibis.literal(0, "uint64")


SAME_LENGTH = [("甲", "乙"), ("乙", "甲"), ("甲", "丙"), ("丁", "丁")]


def short_log(make_log: Make, paths: list[tuple[str, ...]]) -> pd.DataFrame:
    """Make a log of one case a way."""
    rows = [
        (str(case), name, f"2024-03-05 {9 + at:02}:00")
        for case, way in enumerate(paths)
        for at, name in enumerate(way)
    ]
    return make_log(*rows)


@pytest.mark.parametrize("broken", [0, 1])
def test_where_one_hash_collides_the_other_parts_the_ways(
    make_log: Make, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    """Either of the two hashes is enough."""
    made = list[ir.Value]()

    def combined(value: ir.Value) -> ir.Value:
        made.append(value)
        return xor(constant(value) if (len(made) - 1) % 2 == broken else value)

    xor = flows._bit_xor
    monkeypatch.setattr(flows, "_bit_xor", combined)
    found = eff.variants(short_log(make_log, SAME_LENGTH))
    assert sorted(found["activities"]) == sorted(" → ".join(way) for way in SAME_LENGTH)


def test_where_both_hashes_collide_the_length_parts_the_ways(
    make_log: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ways of different lengths stay apart; that those of one length merge is seen in the count."""
    monkeypatch.setattr(flows.engine, "hashed", constant)
    lengths = [("甲",), ("甲", "乙"), ("甲", "乙", "甲")]
    assert eff.variants(short_log(make_log, lengths))["cases"].tolist() == [1, 1, 1]
    merged = eff.variants(short_log(make_log, SAME_LENGTH))
    # Without this the tests above would prove nothing.
    assert merged["cases"].tolist() == [len(SAME_LENGTH)]


def test_each_case_knows_its_variant(random_log: Make) -> None:
    """The number is the row of the variants table."""
    log = random_log(3, 60)
    with observed(log) as events:
        numbers = events.frame(case_variants(events)).set_index("case")["variant"]
        cases = events.frame(events.cases).set_index("case_id")["case"]
        ways = events.frame(variant_table(events)).set_index("variant")["activities"]
    for case, steps in ways_of(log).items():
        assert ways[numbers[cases[case]]] == " → ".join(step["activity"] for step in steps)


def test_the_worked_example(
    example_record: eff.Record, expected: Callable[[str], pd.DataFrame]
) -> None:
    """Variants and edges that were worked out apart from any program of this project."""
    log, cutoff = example_record.log, "2024-04-24 18:00"
    got = eff.variants(log, cutoff=cutoff)
    want = expected("variants").astype({"cases": int})
    assert sorted(plain(got[["activities", "cases"]])) == sorted(plain(want))
    got = eff.edges(log, cutoff=cutoff)[["source", "target", "count"]]
    assert sorted(plain(got)) == sorted(plain(expected("edges").astype({"count": int})))


@pytest.mark.parametrize(
    ("name", "cases", "variants"),
    # Credentials: 98 ways in the order of its file, 103 by the moment at which each step ended.
    [("receipt", 1434, 116), ("declarations", 10357, 90), ("credentials", 954, 103)],
)
def test_real_logs_have_their_published_variants(
    real_logs: dict[str, pd.DataFrame], name: str, cases: int, variants: int
) -> None:
    """As many ways through as their depositors say."""
    found = eff.variants(real_logs[name])
    assert (found["cases"].sum(), len(found)) == (cases, variants)
    assert found["share"].sum() == pytest.approx(1)
    assert found["cases"].is_monotonic_decreasing


@pytest.mark.parametrize("name", ["receipt", "declarations", "credentials"])
def test_edges_of_real_logs_equal_pm4pys(real_logs: dict[str, pd.DataFrame], name: str) -> None:
    """Its directly-follows graph on the same rows, sorted by case, moment and row."""
    log = real_logs[name]
    ordered = log.sort_values(["case_id", "end", "row"], kind="stable", ignore_index=True)
    dfg, starts, stops = mining.package().discover_dfg(
        ordered.assign(case_id=ordered["case_id"].astype(str)),
        case_id_key="case_id", activity_key="activity", timestamp_key="end",
    )  # fmt: skip
    with observed(log, eff.Calendar()) as events:
        edges, ends = eff.edges(events), flows.ends(events)
    got = {
        (source, target): count
        for source, target, count in plain(edges[["source", "target", "count"]])
    }
    assert got == dict(dfg)
    assert {a: n for a, n, _ in plain(ends) if n} == dict(starts)
    assert {a: n for a, _, n in plain(ends) if n} == dict(stops)


STEP = st.tuples(st.sampled_from("登批承"), st.sampled_from(["甲", "乙", None]))


@pytest.mark.parametrize("looks", [("code",), ("unit",), ("code", "unit")])
@settings(max_examples=12, deadline=None)
@given(cases=st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=12))
def test_keys_tell_ways(looks: tuple[str, ...], cases: list[list[tuple[str, str | None]]]) -> None:
    """By what was done, by whose hands, or by both."""
    log = pd.DataFrame(
        [
            {"case_id": f"{case:02}", "activity": what, "unit": unit, "actor": None,
             "end": pd.Timestamp("2024-03-05") + pd.Timedelta(hours=at)}
            for case, steps in enumerate(cases)
            for at, (what, unit) in enumerate(steps)
        ]
    ).astype({"unit": object, "actor": object})  # fmt: skip
    with observed(log) as events:
        keys = events.frame(way_keys(events, looks).order_by("case"))
    columns = [("code", "unit").index(name) for name in looks]
    ways = [tuple(tuple(step[at] for at in columns) for step in steps) for steps in cases]
    ours = pd.MultiIndex.from_frame(keys[KEY]).factorize()[0]
    assert ours.tolist() == pd.factorize(pd.Series(ways))[0].tolist()
    assert keys["length"].tolist() == [len(steps) for steps in cases]
