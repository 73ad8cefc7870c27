"""Rules on people and units: by hand, against a slow reference, against pm4py on real logs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency._doors import mining
from efficiency.criteria.rules import parse_rules
from efficiency.facts.events import observed
from efficiency.findings.rules.held import hold

Tried = Callable[..., list[dict[str, Any]]]
KINDS = ("four_eyes", "same_actor", "hub", "ping_pong", "round_trips", "done_by", "entry")

#: A rule, cases, and what it says of them: rows and both details, undecidable.
EXAMPLES: list[tuple[dict[str, str], dict[str, str], dict[str, Any]]] = [
    (
        {"kind": "four_eyes", "a": "拟办", "b": "审核|签发"},
        {"1": "拟办@张三 审核@李四", "2": "拟办@张三 登记@李四 审核@李四 签发@张三",
         "3": "拟办@张三 审核", "4": "拟办@张三 审核 签发@张三", "5": "拟办@张三", "6": "拟办",
         "7": "拟办@张三 审核@张三?"},
        {"broken": {
            "2": ("3;6", "同一人：张三", "the same person: 张三"),
            "4": ("9;11", "同一人：张三", "the same person: 张三"),
        }, "undecidable": ["3"]},
    ),
    (
        {"kind": "same_actor", "a": "签收", "b": "登记"},
        {"1": "签收@张三 登记@张三", "2": "签收@张三 初审@王五 登记@李四", "3": "签收@张三 登记",
         "4": "签收@张三 登记@李四 登记", "5": "登记@张三 登记@李四", "6": "签收"},
        {"broken": {
            "2": ("3;5", "不是同一人：张三、李四", "different people: 张三, 李四"),
            "4": ("8;9", "不是同一人：张三、李四", "different people: 张三, 李四"),
        }, "undecidable": ["3"]},
    ),
    (
        {"kind": "hub", "a": "文书科"},
        {"1": "登记/文书科 承办/业务科 归档/文书科", "2": "登记/文书科 承办/业务科 会签/法规科",
         "3": "承办/业务科 核稿 归档/业务科", "4": "登记/文书科 核稿 归档/文书科",
         "5": "承办/业务科 核稿/业务科", "6": "承办/业务科 登记/文书科? 会签/法规科",
         "7": "承办/业务科 核稿 会签/法规科 承办/业务科", "8": "承办"},
        {"broken": {
            "2": ("5;6", "业务科 → 法规科", "业务科 → 法规科"),
            "6": ("15;17", "业务科 → 法规科", "业务科 → 法规科"),
            "7": ("20;21", "法规科 → 业务科", "法规科 → 业务科"),
        }, "undecidable": ["3"]},
    ),
    (
        {"kind": "ping_pong"},
        {"1": "承办/甲科 承办/乙科 承办/丙科", "2": "承办/甲科 退/甲科 承办/乙科 退/乙科 承办/甲科",
         "3": "承办/甲科 退 承办/甲科", "4": "承办/甲科 转 承办/乙科 退 承办/甲科",
         "5": "承办/甲科"},
        {"broken": {
            "2": ("6;8", "甲科 → 乙科 → 甲科", "甲科 → 乙科 → 甲科"),
            "4": ("14;16", "甲科 → 乙科 → 甲科", "甲科 → 乙科 → 甲科"),
        }, "undecidable": ["3"]},
    ),
    (
        # X, Y, X, Y counts twice, X, Y, X once.
        {"kind": "ping_pong", "n": "2"},
        {"1": "承办/甲科 承办/乙科 承办/甲科 承办/乙科", "2": "承办/甲科 承办/乙科 承办/甲科"},
        {"broken": {
            "1": ("2;3;4", "乙科 → 甲科 → 乙科、甲科 → 乙科 → 甲科",
                  "乙科 → 甲科 → 乙科, 甲科 → 乙科 → 甲科"),
        }},
    ),
    (
        {"kind": "round_trips", "a": "市局|窗口"},
        {"1": "受理/市局 会签/规划局 会签/住建局 归档/窗口", "2": "受理/规划局 归档/市局",
         "3": "受理/市局 会签/规划局", "4": "受理/市局 会签 归档/市局", "5": "受理/市局 归档/窗口"},
        {"broken": {
            "1": ("3;4", "住建局 → 窗口", "住建局 → 窗口"),
        }, "undecidable": ["4"]},
    ),
    (
        {"kind": "round_trips", "a": "市局", "n": "2"},
        {"1": "受理/市局 会签/规划局 受理/市局 会签/住建局 归档/市局",
         "2": "受理/市局 会签/规划局 归档/市局"},
        {"broken": {
            "1": ("2;3;4;5", "住建局 → 市局、规划局 → 市局", "住建局 → 市局, 规划局 → 市局"),
        }},
    ),
    (
        {"kind": "done_by", "a": "文书科|机要室", "b": "登记|签收"},
        {"1": "签收/机要室 登记/文书科 承办/业务科", "2": "登记/业务科 签收/业务科", "3": "登记",
         "4": "登记 签收/业务科", "5": "承办", "6": "登记/业务科?"},
        {"broken": {
            "2": ("4;5", "登记：业务科、签收：业务科", "登记：业务科, 签收：业务科"),
            "4": ("8", "签收：业务科", "签收：业务科"),
        }, "undecidable": ["3"]},
    ),
    (
        {"kind": "entry", "a": "文书科"},
        {"1": "登记/文书科 承办/业务科", "2": "承办/业务科 登记/文书科", "3": "承办 登记/文书科",
         "4": "承办/业务科? 登记/文书科"},
        {"broken": {
            "2": ("3", "首个环节在业务科", "first step at 业务科"),
        }, "undecidable": ["3"]},
    ),
    # A step on both sides is no second pair of hands, and cannot clash with itself, whoever did
    # it; two steps of one person are two.
    (
        {"kind": "four_eyes", "a": "审核", "b": "审核"},
        {"1": "审核@张三", "2": "审核@张三 审核@张三", "3": "审核@张三 审核@李四", "4": "审核"},
        {"broken": {"2": ("2;3", "同一人：张三", "the same person: 张三")}},
    ),
    (
        {"kind": "same_actor", "a": "审核", "b": "审核"},
        {"1": "审核@张三", "2": "审核@张三 审核@张三", "3": "审核@张三 审核@李四", "4": "审核"},
        {"broken": {"3": ("4;5", "不是同一人：张三、李四", "different people: 张三, 李四")}},
    ),
    # Two unknown units may be two units: nothing is known of the hand-over.
    (
        {"kind": "hub", "a": "文书科"},
        {"1": "承办 会签", "2": "登记/文书科 承办 会签 归档/文书科", "3": "登记/文书科"},
        {"undecidable": ["1", "2"]},
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def answers(tried: Tried) -> list[dict[str, Any]]:
    """What all the examples' rules say."""
    return tried(*((rule, cases) for rule, cases, _ in EXAMPLES))


def test_each_kind_by_hand(answers: list[dict[str, Any]]) -> None:
    """Broken with the rows that prove it, kept, undecidable; steps that are open do not count."""
    for answer, (rule, _, want) in zip(answers, EXAMPLES, strict=True):
        assert answer == want, rule


def test_every_kind_has_an_example(breaches: ModuleType) -> None:
    """None is forgotten."""
    assert {rule["kind"] for rule, _, _ in EXAMPLES} == set(breaches.HANDS) == set(KINDS)


@settings(deadline=None, derandomize=True, max_examples=2, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_kind_equals_the_slow_reference(parted: Callable[..., list[str]], seed: int) -> None:
    """Three rules of each kind: which cases, by which rows, undecidable or not, of how many."""
    told = parted(seed, KINDS, 3, cases=180)
    assert not told, "\n".join(told[:5])


@pytest.fixture(scope="module")
def filled_in(
    breaches: ModuleType, log_of: Callable[..., pd.DataFrame]
) -> tuple[list[dict[str, str]], set[tuple[str, str]], set[tuple[str, str]]]:
    """
    Rules, what they do not keep or decide in a log with gaps, and what is broken without.

    Each gap is filled at random, many times.
    """
    writer = breaches.Writer(11, gaps=0.35)
    steps = writer.log(120)
    rules = [{**rule, "scope": ""} for rule in writer.rules(KINDS, 3)]
    with observed(log_of(steps)) as events:
        held = hold(events, parse_rules(pd.DataFrame(rules)), {})
        told = pd.concat([events.frame(table) for table in (held.deviations, held.unknown)])
    last = writer.start + 1000 * breaches.DAY
    names = {"unit": [*breaches.UNITS, "V"], "actor": [*breaches.ACTORS, "S"]}
    broken = set()
    for _ in range(15):
        filled = [
            {**step, **{name: step[name] or writer.random.choice(names[name]) for name in names}}
            for step in steps
        ]
        for rule in rules:
            verdict = breaches.verdict_of(filled, rule, last, [], [])
            broken |= {(rule["rule_id"], case_id) for case_id in verdict.broken}
    return rules, set(zip(told["rule_id"], told["case_id"], strict=True)), broken


def test_what_is_kept_is_kept_whatever_the_gaps_hide(
    filled_in: tuple[list[dict[str, str]], set[tuple[str, str]], set[tuple[str, str]]],
) -> None:
    """None of the filled logs breaks what was kept."""
    rules, told, broken = filled_in
    for kind in KINDS:
        ids = {rule["rule_id"] for rule in rules if rule["kind"] == kind}
        not_kept, breaking = ({one for one in pairs if one[0] in ids} for pairs in (told, broken))
        assert breaking, kind
        assert breaking <= not_kept, kind
        assert len(not_kept) < 120 * len(ids), kind


# --- against others


def test_public_logs_with_ping_pongs(shared: Path) -> None:
    """Each is named after what it holds: there and back and there again counts twice."""
    held = {"ping_pong_case": 2, "double_ping_pong_case": 4, "two_ping_pongs_case": 4,
            "ping_pong_case_fake": 0}  # fmt: skip
    told = pd.concat(
        pd.read_csv(shared / "handoffs" / f"{name}.csv", dtype=str).assign(
            **{THEIRS["case_id"]: lambda log, name=name: name + log[THEIRS["case_id"]]}
        )
        for name in held
    )
    log = told.rename(columns={column: ours for ours, column in THEIRS.items()})
    end = pd.to_datetime(log["end"], utc=True, format="ISO8601").dt.tz_localize(None)
    log = log[["case_id", "activity"]].assign(end=end, unit=log["actor"])
    rules = pd.DataFrame({"rule_id": ["1", "2", "3", "4", "5"], "kind": "ping_pong"})
    broken = eff.deviations(log, rules.assign(n=rules["rule_id"]))
    names = broken["case_id"].str.extract(r"^([a-z_]+)")[0]
    counted = broken.groupby(names)["rule_id"].agg(list)
    for name, times in held.items():
        assert counted.get(name, []) == rules["rule_id"].tolist()[:times], name


THEIRS = {"case_id": "case:concept:name", "activity": "concept:name", "end": "time:timestamp",
          "actor": "org:resource"}  # fmt: skip


@pytest.mark.parametrize("name", ["receipt", "credentials"])
def test_four_eyes_are_two_where_pm4py_says_so(request: pytest.FixtureRequest, name: str) -> None:
    """On all pairs of frequent activities; its filter of data frames sees the last step only."""
    log = request.getfixturevalue(name)
    log = log[log["end"].notna()]
    often = log["activity"].value_counts().index[:4]
    pairs = list(itertools.combinations(often, 2))
    rules = pd.DataFrame(pairs, columns=["a", "b"]).assign(kind="four_eyes")
    rules = rules.assign(rule_id=rules["a"] + "|" + rules["b"])
    told = eff.deviations(log, rules)
    got = set(zip(told["rule_id"], told["case_id"], strict=True))
    pm4py = mining.package()
    from pm4py.algo.filtering.log.ltl import ltl_checker

    ordered = log.sort_values(["case_id", "end", "row"], ignore_index=True)
    # Other activities change nothing in what it says, and take most of its time.
    ordered = ordered[ordered["actor"].notna() & ordered["activity"].isin(often)]
    ordered = ordered.rename(columns=THEIRS)
    traces = pm4py.convert_to_event_log(ordered[[*THEIRS.values()]])
    want = {
        (f"{a}|{b}", trace.attributes["concept:name"])
        for a, b in pairs
        for trace in ltl_checker.four_eyes_principle(traces, a, b, parameters={"positive": False})
    }
    assert got == want
    assert len(got) > 50
