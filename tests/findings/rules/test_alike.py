"""What is found in one case of each way is what is found by looking at every case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency.criteria.rules import KINDS, parse_rules
from efficiency.facts.events import Events, observed
from efficiency.findings.rules import alike
from efficiency.findings.rules.done_steps import DoneSteps
from efficiency.findings.rules.held import hold

#: For each kind that looks at nothing but the way of a case.
RULES = pd.DataFrame(
    [
        ("precedence", "登记", "批示", ""), ("response", "承办", "反馈", ""),
        ("existence", "登记|初审", "", ""), ("absence", "退回", "", ""),
        ("at_most", "承办", "", "1"), ("order", "登记", "批示", ""),
        ("backflow", "登记|批示|承办|反馈", "退回", ""), ("repeats", "登记|批示", "", "2"),
        ("responded_existence", "承办", "反馈", ""), ("passes", "承办", "反馈", "2"),
        ("unanswered", "承办", "反馈", "1"), ("hub", "甲", "", ""), ("hub", "", "", ""),
        ("ping_pong", "", "退回", "1"), ("done_by", "甲|乙", "批示", ""), ("entry", "甲", "", ""),
        ("round_trips", "乙", "", "1"),
    ],
    columns=["kind", "a", "b", "n"],
).assign(rule_id=lambda rules: rules["kind"] + rules.index.astype(str), scope="")  # fmt: skip


@pytest.fixture(scope="module")
def log(written: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Two hundred cases of some thirty ways, open or closed, of two sorts, some units unknown."""
    rng = np.random.default_rng(5)
    steps = [
        f"{what}@{who}/{unit}" if unit else f"{what}@{who}"
        for what in ("登记", "批示", "承办", "反馈", "退回")
        for who, unit in (("一", "甲"), ("二", "乙"), ("三", "丙"), ("四", ""))
    ]
    ways = [" ".join(rng.choice(steps, rng.integers(1, 8))) for _ in range(30)]
    ways += ["登记?", "登记@一/甲 登记@一/甲 批示@二/乙 登记@一/甲 归档@一/甲"]
    chosen = {str(at): ways[way] for at, way in enumerate(rng.integers(0, len(ways), 200))}
    cases = {
        case: way + (" 归档@一/甲" if int(case) % 3 else " 承办?") for case, way in chosen.items()
    }
    return written(cases, {case: {"文种": "函" if int(case) % 2 else "请示"} for case in cases})


def told(log: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All that one holding of the rules says, whole and of one sort of document."""
    rules = pd.concat([RULES, RULES.assign(rule_id="S" + RULES["rule_id"], scope="文种=函")])
    with observed(log, closed_by=["归档"]) as events:
        held = hold(events, parse_rules(rules), {})
        tables = {
            "broken": held.deviations.order_by("number", "case"),
            "pending": held.pending.order_by("number", "case"),
            "unknown": held.unknown.order_by("number", "case"),
            "proofs": held.proofs.select("number", "case", "row").distinct()
            .order_by("number", "case", "row"),
        }  # fmt: skip
        frames = {name: events.frame(table) for name, table in tables.items()}
        return {**frames, "sums": held.summary()}


def test_one_case_of_each_way_stands_for_all(
    log: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = told(log)
    monkeypatch.setattr(alike, "MANY", 0)
    short = told(log)
    for name, frame in plain.items():
        assert not frame.empty
        assert_frame_equal(short[name][frame.columns], frame, obj=name)
    # Every kind that says it looks at a way is tried, and found in some case.
    assert {kind for kind, form in KINDS.items() if form.looks} == set(RULES["kind"])
    assert (plain["sums"]["broken"] > 0).all()


def examples(log: pd.DataFrame) -> Any:
    """The cases by their ways of activities."""

    def found(events: Events) -> Any:
        return alike.alike(DoneSteps(events), ("code",))

    with observed(log) as events:
        same = found(events)
        return same and same.examples.events.frame(same.ways)


def test_it_is_left_where_it_is_no_gain(
    log: pd.DataFrame, written: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small logs, logs of which each case goes its own way, dates without a time."""
    assert examples(log) is None
    monkeypatch.setattr(alike, "MANY", 0)
    assert examples(log)["example"].nunique() < len(log["case_id"].unique()) / 2
    assert examples(written({"1": "登记 批示", "2": "批示 登记"})) is None
    assert examples(log.assign(end_precision="day")) is None
