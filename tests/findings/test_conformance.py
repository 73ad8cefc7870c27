"""A log held against a flow: equal to pm4py's figures on the whole log, and by hand."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency._doors import mining
from efficiency.criteria.prescribed_flows import parse_flow
from efficiency.facts.events import observed
from efficiency.findings.conformance import START, Conformance, departures_of
from efficiency.problems import SettingsError

Make = Callable[..., pd.DataFrame]
RANDOM = settings(deadline=None, derandomize=True, max_examples=4, phases=[Phase.generate])
KEYS = {"case_id_key": "case_id", "activity_key": "activity", "timestamp_key": "end"}
FLOWS = {
    "declarations": '"Declaration SUBMITTED by EMPLOYEE" '
    "→ [Declaration APPROVED by ADMINISTRATION] "
    "→ [Declaration APPROVED by BUDGET OWNER] → Declaration FINAL_APPROVED by SUPERVISOR "
    "→ Request Payment → Payment Handled",
    "receipt": "Confirmation of receipt → T02 Check confirmation of receipt "
    "→ T04 Determine confirmation of receipt → T05 Print and send confirmation of receipt "
    "→ [T06 Determine necessity of stop advice → T10 Determine necessity to stop indication]",
}  # fmt: skip


# --- against pm4py, which goes through every case


@dataclass
class Both:
    """One log and flow, held by the package and by pm4py."""

    held: Conformance
    alignments: list[dict[str, Any]]
    aligned: dict[str, float]
    replayed: dict[str, float]
    precision: float


def whole(log: pd.DataFrame) -> pd.DataFrame:
    """The whole log as pm4py wants it: it sorts nothing itself."""
    plain = log[["case_id", "activity", "end", "row"]].astype({"end": "datetime64[ns]"})
    return plain.sort_values(["case_id", "end", "row"], kind="stable", ignore_index=True)


def compared(log: pd.DataFrame, flow: Any) -> Both:
    """Hold a log against a flow twice."""
    pm4py, full = mining.package(), whole(log)
    # pm4py replays by tokens along silent steps in the order in which it meets them.
    net = mining.stable(flow.to_petri())
    with warnings.catch_warnings():
        # Its solver warns, and what is raised for that it takes for "not a sound net".
        warnings.simplefilter("ignore")
        alignments = pm4py.conformance_diagnostics_alignments(full, *net, **KEYS)
    from pm4py.algo.evaluation.replay_fitness.variants.alignment_based import evaluate

    return Both(
        eff.conformance(log, flow),
        alignments,
        # What pm4py.fitness_alignments does once it has aligned.
        evaluate(alignments),
        pm4py.fitness_token_based_replay(full, *net, **KEYS),
        pm4py.precision_token_based_replay(full, *net, **KEYS),
    )


@pytest.fixture(scope="module", params=["declarations-text", "receipt-text", "receipt-model"])
def both(request: pytest.FixtureRequest) -> Both:
    """A real log held against a flow of text, or against a model discovered in it."""
    name, kind = request.param.split("-")
    log = request.getfixturevalue(name)
    # The more is left out as noise, the sooner pm4py has aligned.
    flow = parse_flow(FLOWS[name]) if kind == "text" else eff.discover(log, noise=0.9)
    # It goes through every case: each fourth one will do.
    return compared(log[log["case_id"].isin(log["case_id"].unique()[::4])], flow)


def test_fitness_by_alignment_equals_pm4pys(both: Both) -> None:
    """The mean over all cases, and how many fit."""
    expected = both.aligned["average_trace_fitness"]
    assert both.held.measure("trace_fitness") == pytest.approx(expected, abs=1e-9)
    share = both.aligned["percentage_of_fitting_traces"] / 100
    assert both.held.measure("fitting_share") == pytest.approx(share, abs=1e-9)


def test_the_fitness_of_the_log_equals_pm4pys_moves(both: Both) -> None:
    """pm4py's own counts a silent move as 1/10,000 of a step; whole steps are compared here."""
    cost, worst = (
        sum(case[name] // 10_000 for case in both.alignments) for name in ("cost", "bwc")
    )
    assert both.held.measure("log_fitness") == pytest.approx(1 - cost / worst, abs=1e-9)
    assert both.held.measure("log_fitness") == pytest.approx(both.aligned["log_fitness"], abs=1e-3)


def test_replay_and_precision_equal_pm4pys(both: Both) -> None:
    measures = {
        "replay_fitness": both.replayed["average_trace_fitness"],
        "replay_log_fitness": both.replayed["log_fitness"],
        "precision": both.precision,
    }
    for name, expected in measures.items():
        assert both.held.measure(name) == pytest.approx(expected, abs=1e-9), name


def test_departures_add_up_to_the_cost(both: Both) -> None:
    """A move to another place is two moves: one too many here, one missing there."""
    moves = {"skipped": 1, "added": 1, "moved": 2}
    found = both.held.departures
    costs = (case["cost"] // 10_000 for case in both.alignments)
    assert (found["kind"].map(moves) * found["count"]).sum() == sum(costs)
    assert (found["cases"] <= found["count"]).all()
    assert found["cases"].is_monotonic_decreasing
    assert tables.DEPARTURES.check(found) is found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["declarations", "receipt"])
def test_real_logs_against_the_usual_model_equal_pm4pys(
    real_logs: dict[str, pd.DataFrame], name: str
) -> None:
    """pm4py aligns the receipts for a minute or two."""
    found = compared(real_logs[name], eff.discover(real_logs[name]))
    test_fitness_by_alignment_equals_pm4pys(found)
    test_the_fitness_of_the_log_equals_pm4pys_moves(found)
    test_replay_and_precision_equal_pm4pys(found)
    test_departures_add_up_to_the_cost(found)


def test_declarations_without_a_final_approval(declarations: pd.DataFrame) -> None:
    """Published: 419 of 10,357 cases lack it."""
    held = eff.conformance(declarations, parse_flow(FLOWS["declarations"]))
    skipped = held.departures[held.departures["kind"] == "skipped"].set_index("activity")
    final = skipped.loc["Declaration FINAL_APPROVED by SUPERVISOR"]
    assert final[["cases", "count", "share"]].tolist() == [419, 419, 419 / 10_357]
    assert held.measure("cases") == held.measure("aligned") == 10_357


# --- by hand


FLOW = parse_flow("登记 → 拟办 → [会签] → 批示 → 承办")
WAYS = {
    "登记 拟办 批示 承办": 4,
    "登记 拟办 会签 批示 承办": 2,
    "登记 批示 承办": 3,
    "登记 拟办 催办 批示 承办": 1,
    "催办 登记 拟办 批示 承办": 1,
    "批示 登记 拟办 承办": 1,
    "登记 拟办 催办 退回 批示 承办 催办": 1,
    "登记": 1,
}


def log_of(ways: dict[str, int]) -> pd.DataFrame:
    """Make a log of so many cases of each way; case ids tell which of the cases and the way."""
    rows = [
        (f"{case}{number}", name, pd.Timestamp(f"2024-03-05 {8 + at:02}:00"))
        for number, (text, cases) in enumerate(ways.items())
        for case in "abcdefgh"[:cases]
        for at, name in enumerate(text.split())
    ]
    return pd.DataFrame(rows, columns=["case_id", "activity", "end"])


@pytest.fixture(scope="module")
def held() -> Conformance:
    return eff.conformance(log_of(WAYS), FLOW)


def test_the_ways_by_hand(held: Conformance) -> None:
    """Moves that are not in both; fitness is 1 − moves ÷ (length + 4), 4 the shortest way."""
    expected = {
        "登记 → 拟办 → 批示 → 承办": (4, 0, 1, ""),
        "登记 → 批示 → 承办": (3, 1, 6 / 7, "-拟办"),
        "登记 → 拟办 → 会签 → 批示 → 承办": (2, 0, 1, ""),
        "催办 → 登记 → 拟办 → 批示 → 承办": (1, 1, 8 / 9, "+催办"),
        "批示 → 登记 → 拟办 → 承办": (1, 2, 6 / 8, "+批示 -批示"),
        "登记 → 拟办 → 催办 → 批示 → 承办": (1, 1, 8 / 9, "+催办"),
        "登记 → 拟办 → 催办 → 退回 → 批示 → 承办 → 催办": (1, 3, 8 / 11, "+催办 +退回 +催办"),
        "登记": (1, 3, 2 / 5, "-批示 -承办 -拟办"),
    }
    found = held.variants.set_index("activities")
    assert set(found.index) == set(expected)
    for way, (cases, cost, fitness, departs) in expected.items():
        row = found.loc[way]
        assert (row["cases"], row["cost"], row["way"]) == (cases, cost, departs)
        assert row["fitness"] == pytest.approx(fitness)
        assert row["share"] == pytest.approx(cases / 14)
    assert found["cases"].is_monotonic_decreasing


def test_the_departures_by_hand(held: Conformance) -> None:
    """What was added stands after the step before it, one that was added too if need be."""
    assert held.departures[["kind", "activity", "after", "cases", "count"]].values.tolist() == [
        ["skipped", "拟办", "", 4, 4],
        ["added", "催办", "拟办", 2, 2],
        ["added", "催办", START, 1, 1],
        ["added", "催办", "承办", 1, 1],
        ["added", "退回", "催办", 1, 1],
        ["moved", "批示", "", 1, 1],
        ["skipped", "批示", "", 1, 1],
        ["skipped", "承办", "", 1, 1],
    ]
    assert held.departures["share"].tolist() == [n / 14 for n in (4, 2, 1, 1, 1, 1, 1, 1)]


def test_the_summary_by_hand(held: Conformance) -> None:
    """14 cases, 6 of them keep to the flow; 57 steps in the log, 13 moves that are not in both."""
    fitness = 6 + 3 * 6 / 7 + 8 / 9 + 8 / 9 + 6 / 8 + 8 / 11 + 2 / 5
    expected = {
        "cases": 14, "open": 0, "aligned": 14, "left_out": 0, "fitting": 6, "fitting_share": 6 / 14,
        "trace_fitness": fitness / 14, "log_fitness": 1 - 13 / (4 * 14 + 57),
    }  # fmt: skip
    for name, value in expected.items():
        assert held.measure(name) == pytest.approx(value), name
    # Wilson (1927), by his formula with z = 1.959964.
    z, n, k = 1.959964, 14, 6
    middle, half = (k + z**2 / 2) / (n + z**2), (k * (n - k) / n + z**2 / 4) ** 0.5 * z / (n + z**2)
    assert held.measure("low") == pytest.approx(middle - half, abs=1e-6)
    assert held.measure("high") == pytest.approx(middle + half, abs=1e-6)


def test_replay_by_hand() -> None:
    """登记 alone: two tokens made and two taken, one of them missing, one left over."""
    found = eff.conformance(log_of({"登记 转办": 3, "登记": 1}), parse_flow("登记 → 转办"))
    row = found.variants.set_index("activities").loc["登记"]
    assert row["replay_fitness"] == 0.5 * (1 - 1 / 2) + 0.5 * (1 - 1 / 2)
    assert found.measure("replay_fitness") == pytest.approx((3 + 0.5) / 4)
    # The way that fits makes three and takes three, in three cases.
    assert found.measure("replay_log_fitness") == pytest.approx(1 - 1 / 11)


def test_precision_by_hand() -> None:
    """
    At the start one step is allowed and taken, in all three cases. After 登记 three are allowed
    in three cases, and two of them were seen: 3 of 12 were not.
    """
    log = log_of({"登记 转办": 2, "登记 拟办": 1})
    found = eff.conformance(log, parse_flow("登记 → [转办 | 拟办 | 退文]"))
    assert found.measure("precision") == pytest.approx(1 - 3 / 12)


def test_times_and_cases_are_told_apart() -> None:
    """Twice left out in each of two cases; twice too many in one."""
    log = log_of({"登记 批示": 2, "登记 拟办 拟办 催办 催办 批示": 1})
    found = eff.conformance(log, parse_flow("登记 → 拟办{2} → 批示")).departures
    assert found.values.tolist() == [
        ["skipped", "拟办", "", 2, 4, 2 / 3],
        ["added", "催办", "催办", 1, 1, 1 / 3],
        ["added", "催办", "拟办", 1, 1, 1 / 3],
    ]


def test_departures_of_moves() -> None:
    """What is done elsewhere is moved as often as both happen; the rest is skipped or added."""
    none_there = [(None, "甲"), ("乙", "乙"), ("甲", None), ("甲", None), ("丙", None)]
    aligned = pd.DataFrame({"cases": [3, 1], "moves": [none_there, [("乙", "乙"), (None, "丙")]]})
    assert departures_of(aligned).values.tolist() == [
        ["added", "丙", "甲", 3, 3, 0.75],
        ["added", "甲", "甲", 3, 3, 0.75],
        ["moved", "甲", "", 3, 3, 0.75],
        ["skipped", "丙", "", 1, 1, 0.25],
    ]
    nothing = departures_of(aligned.head(0))
    assert nothing.empty
    assert tables.DEPARTURES.check(nothing) is nothing


def test_each_case_has_its_way_and_its_fitness(held: Conformance) -> None:
    """The number is that of the variants of the log, and the fitness that of its way."""
    ways = eff.variants(log_of(WAYS)).set_index("variant")["activities"]
    fitness = held.variants.set_index("activities")["fitness"]
    assert held.cases["case_id"].is_monotonic_increasing
    assert len(held.cases) == sum(WAYS.values())
    for case in held.cases.itertuples():
        assert ways[case.variant] == " → ".join(list(WAYS)[int(case.case_id[1:])].split())
        assert case.fitness == fitness[ways[case.variant]]


def test_activities_that_the_flow_never_has() -> None:
    """Tokens pass over them; such a case does not keep to the flow for all that."""
    log = log_of({"登记 打印 转办": 1})
    found = eff.conformance(log, parse_flow("登记 → 转办"))
    assert (found.measure("replay_fitness"), found.measure("fitting")) == (1, 0)
    assert found.departures.values.tolist() == [["added", "打印", "登记", 1, 1, 1.0]]


def test_open_cases_and_steps(make_log: Make) -> None:
    """An open case is counted and not held; its case has no fitness, whatever its way."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 10:00"),
        ("2", "登记", "2024-03-05 09:00"), ("2", "转办", None),
        ("3", "登记", "2024-03-05 09:00"),
        ("4", "登记", None), ("5", "登记", None),
        start=["2024-03-05 08:00"] * 7,
    )  # fmt: skip
    found = eff.conformance(log, parse_flow("登记 → 转办"))
    counts = [found.measure(name) for name in ("cases", "open", "aligned", "fitting")]
    assert counts == [5, 3, 2, 1]
    assert found.departures.values.tolist() == [["skipped", "转办", "", 1, 1, 0.5]]
    told = found.variants[["activities", "cases", "fitness"]].values.tolist()
    assert sorted(told) == [["登记", 1, 1 - 1 / 3], ["登记 → 转办", 1, 1.0]]
    # Case 1 is done by the way that fits, case 3 by the other; 2 took the way of 3, and is open.
    known = found.cases.set_index("case_id")
    assert known.loc[["1", "3"], "fitness"].tolist() == [1.0, 1 - 1 / 3]
    assert known.loc[["4", "5"], "fitness"].isna().all()


def test_what_closes_a_case_is_the_callers_to_say(make_log: Make) -> None:
    """Case 2 has no 归档: it is open. At an earlier cut-off so is case 1."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "归档", "2024-03-06 09:00"),
        ("2", "登记", "2024-03-05 09:00"),
    )  # fmt: skip
    flow = parse_flow("登记 → 归档")
    found = eff.conformance(log, flow, closed_by=["归档"])
    assert (found.measure("open"), found.measure("fitting_share")) == (1, 1)
    early = eff.conformance(log, flow, closed_by=["归档"], cutoff="2024-03-05 18:00")
    assert (early.measure("open"), early.measure("aligned")) == (2, 0)
    assert pd.isna(early.measure("trace_fitness"))
    assert early.departures.empty


def test_ways_that_are_not_aligned_are_named() -> None:
    """The rarer ones, and the longer ones; their cases have no fitness."""
    log = log_of({"登记 转办": 4, "登记": 3, "登记 催办 转办": 2, "转办": 1})
    flow = parse_flow("登记 → 转办")
    few = eff.conformance(log, flow, most_variants=2)
    assert few.left_out[["activities", "cases", "reason"]].values.tolist() == [
        ["登记 → 催办 → 转办", 2, "many"],
        ["转办", 1, "many"],
    ]
    counts = [few.measure(name) for name in ("cases", "aligned", "left_out", "fitting")]
    assert counts == [10, 7, 3, 4]
    assert few.departures["share"].tolist() == [3 / 7]
    short = eff.conformance(log, flow, longest=2)
    assert short.left_out[["activities", "reason"]].values.tolist() == [
        ["登记 → 催办 → 转办", "long"]
    ]
    assert short.measure("aligned") == 8
    for part in (few, short):
        out = set(part.left_out["variant"])
        assert part.cases["fitness"].isna().tolist() == part.cases["variant"].isin(out).tolist()
        assert len(part.variants) + len(out) == 4
    assert eff.conformance(log, flow).left_out.empty


def test_open_cases_do_not_make_a_way_frequent(make_log: Make) -> None:
    """登记 is the way of three cases, two of them open; 登记 → 转办 that of two closed ones."""
    rows = [("1", "登记"), ("2", "登记"), ("2", "转办"), ("3", "登记"), ("3", "转办")]
    log = make_log(
        *((case, name, f"2024-03-05 09:0{at}") for at, (case, name) in enumerate(rows)),
        *((case, name, None if name == "转办" else "2024-03-05 09:00")
          for case in "45" for name in ("登记", "转办")),
        received=[*[None] * 5, *["2024-03-05 08:00"] * 4],
    )  # fmt: skip
    found = eff.conformance(log, parse_flow("登记 → 转办"), most_variants=1)
    assert found.variants["activities"].tolist() == ["登记 → 转办"]
    assert found.left_out[["activities", "cases"]].values.tolist() == [["登记", 1]]


def test_a_flow_of_other_activities_is_refused() -> None:
    """Both are named, whole and in order."""
    log = log_of({"签收 分发": 1})
    with pytest.raises(SettingsError) as caught:
        eff.conformance(log, parse_flow("转办 → 登记"))
    for language in ("zh", "en"):
        told = caught.value.text(language)
        assert "登记, 转办" in told
        assert "分发, 签收" in told


def test_a_flow_that_cannot_end_is_refused() -> None:
    """Its last place is never reached."""
    mining.package()
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

    class Endless:
        def to_petri(self) -> tuple[Any, Any, Any]:
            net = PetriNet("endless")
            places = [PetriNet.Place(name) for name in ("first", "middle", "last")]
            move = PetriNet.Transition("t", "登记")
            net.places.update(places)
            net.transitions.add(move)
            add_arc_from_to(places[0], move, net)
            add_arc_from_to(move, places[1], net)
            return net, Marking({places[0]: 1}), Marking({places[2]: 1})

        def to_bpmn(self) -> Any:
            raise NotImplementedError

    with pytest.raises(ValueError, match="cannot be run from its beginning to its end"):
        eff.conformance(log_of({"登记": 1}), Endless())


def test_nothing_is_seen_before_the_first_moment() -> None:
    """No cases: no measures but counts, and tables with their columns."""
    found = eff.conformance(log_of(WAYS), FLOW, cutoff="2020-01-01")
    assert found.measure("cases") == 0
    assert found.summary.set_index("measure").loc["trace_fitness":, "value"].isna().all()
    for table, column in (
        (found.variants, "way"),
        (found.departures, "kind"),
        (found.cases, "fitness"),
        (found.left_out, "reason"),
    ):
        assert table.empty
        assert column in table


# --- what holds for every log and flow


#: The ways that 甲 → [乙] → (丙 & 丁) allows.
ALLOWED = [
    ("甲", *second, *third) for second in ((), ("乙",)) for third in (("丙", "丁"), ("丁", "丙"))
]


def apart(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the steps that must be taken out of two ways until they are the same."""
    if not one or not other:
        return len(one) + len(other)
    if one[0] == other[0]:
        return apart(one[1:], other[1:])
    return 1 + min(apart(one[1:], other), apart(one, other[1:]))


def closed_ways(log: pd.DataFrame) -> tuple[list[tuple[str, ...]], int]:
    """The ways of the closed cases of a log, by plain Python, and count the open ones."""
    seen = log[log[["received", "start", "end"]].notna().any(axis=1)]
    ways, still_open = [], 0
    for _, steps in seen.sort_values(["end", "row"]).groupby("case_id"):
        still_open += int(steps["end"].isna().any())
        if steps["end"].notna().all():
            ways.append(tuple(steps["activity"]))
    return ways, still_open


@RANDOM
@given(seed=st.integers(0, 2**32 - 1))
def test_costs_equal_those_of_the_nearest_way_that_is_allowed(random_log: Make, seed: int) -> None:
    """Each closed case against each of the four ways, the shortest of which has three steps."""
    log = random_log(seed, 60, gaps=0.1)
    found = eff.conformance(log, parse_flow("甲 → [乙] → (丙 & 丁)"))
    ways, still_open = closed_ways(log)
    costs = {way: min(apart(way, right) for right in ALLOWED) for way in ways}
    assert dict(zip(found.variants["activities"], found.variants["cost"], strict=True)) == {
        " → ".join(way): cost for way, cost in costs.items()
    }
    assert [found.measure(name) for name in ("aligned", "open")] == [len(ways), still_open]
    assert found.measure("fitting") == sum(way in ALLOWED for way in ways)
    fitness = [1 - costs[way] / (len(way) + 3) for way in ways]
    assert found.measure("trace_fitness") == pytest.approx(sum(fitness) / len(ways))
    total, worst = sum(costs[way] for way in ways), sum(len(way) + 3 for way in ways)
    assert found.measure("log_fitness") == pytest.approx(1 - total / worst)
    moves = found.departures["kind"].map({"skipped": 1, "added": 1, "moved": 2})
    assert (moves * found.departures["count"]).sum() == total


def test_rows_may_come_in_any_order_and_stay_as_they_are() -> None:
    log = log_of(WAYS).assign(row=lambda frame: range(1, len(frame) + 1))
    shuffled = log.sample(frac=1, random_state=3)
    before = shuffled.copy(deep=True)
    first, second = (eff.conformance(one, FLOW) for one in (log, shuffled))
    assert_frame_equal(shuffled, before)
    for name in ("summary", "variants", "departures", "cases"):
        assert_frame_equal(getattr(first, name), getattr(second, name))


def test_events_and_ibis_tables_give_the_same() -> None:
    """What was observed already is not observed again; cases of a table are a table."""
    log = log_of(WAYS)
    expected = eff.conformance(log, FLOW)
    with observed(log) as events:
        assert_frame_equal(eff.conformance(events, FLOW).cases, expected.cases)
    con = ibis.duckdb.connect()
    lazy = eff.conformance(con.create_table("log", ibis.memtable(log)), FLOW)
    assert_frame_equal(lazy.summary, expected.summary)
    assert_frame_equal(lazy.departures, expected.departures)
    assert isinstance(lazy.cases, ir.Table)
    there = lazy.cases.to_pandas().sort_values("case_id", ignore_index=True)
    assert_frame_equal(there[["case_id", "variant"]], expected.cases[["case_id", "variant"]])
    con.disconnect()


#: Several alignments of the same cost in each way.
MANY = {"a b c d": 1, "a c d": 1, "b a a c": 1, "d c b a": 1, "a a b b": 1, "c": 1, "a d d b c": 1}
OPEN_TO_CHOICE = "[a | b] → (c & d) → (a → b)* → [a | d]"


def digest(log: pd.DataFrame, flow: Any) -> str:
    """What a log held against a flow tells, as one number."""
    found = eff.conformance(log, flow)
    frames = (found.summary, found.variants, found.departures, found.cases)
    text = "".join(frame.to_csv() for frame in frames)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("kind", ["text", "bpmn", "heuristics"])
def test_nothing_hangs_on_where_things_lie_in_memory(tmp_path: Path, kind: Any) -> None:
    """pm4py keeps places and steps in sets by their address: each time they are made anew."""
    log, path = log_of(MANY), tmp_path / "flow.bpmn"
    parse_flow(OPEN_TO_CHOICE).write_bpmn(path)
    digests, kept = set(), []
    for _ in range(2):
        flows = {"text": lambda: parse_flow(OPEN_TO_CHOICE), "bpmn": lambda: eff.read_flow(path)}
        flow = flows[kind]() if kind in flows else eff.discover(log, kind, noise=0)
        digests.add(digest(log, flow))
        kept.append(flow.to_petri())
    assert len(digests) == 1


IN_A_PROCESS_OF_ITS_OWN = """
import importlib.util, sys
import pandas as pd
import efficiency as eff

spec = importlib.util.spec_from_file_location("tests_of_conformance", sys.argv[1])
tests = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = tests
spec.loader.exec_module(tests)
rows = [(way, name, pd.Timestamp(f"2024-03-05 {8 + at:02}:00"))
        for way in tests.MANY for at, name in enumerate(way.split())]
log = pd.DataFrame(rows, columns=["case_id", "activity", "end"])
flows = [tests.parse_flow(tests.OPEN_TO_CHOICE), eff.read_flow(sys.argv[2]), eff.read_flow("收文"),
         eff.discover(log, noise=0), eff.discover(log, "heuristics", noise=0.5)]
log = pd.concat([log, log.assign(case_id="0" + log["case_id"], activity="签收")])
print([tests.digest(log, flow) for flow in flows])
"""


@pytest.mark.slow
def test_every_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Three of them, each with another order of its sets of names."""
    path = tmp_path / "flow.bpmn"
    parse_flow(OPEN_TO_CHOICE).write_bpmn(path)
    command = [sys.executable, "-W", "ignore", "-c", IN_A_PROCESS_OF_ITS_OWN, __file__, str(path)]
    runs = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in "123"
    ]
    first, second, third = (run.communicate()[0] for run in runs)
    assert first.count("'") == 10
    assert first == second == third
