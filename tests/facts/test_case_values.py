"""Scopes held against a log: by the first value of each case, all conditions at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from efficiency.criteria.scopes import read_scope
from efficiency.facts.case_values import case_values, in_scope, known
from efficiency.facts.events import Events, observed

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def events(make_log: Make) -> Iterator[Events]:
    """Four cases whose values stand in several rows."""
    log = make_log(
        ("1", "批示", "2024-03-06"), ("1", "登记", "2024-03-05"), ("2", "登记", "2024-03-05"),
        ("2", "批示", "2024-03-05"), ("3", "登记", "2024-03-05"), ("4", "登记", "2024-03-05"),
        row=[7, 2, 5, 4, 1, 3], 文种=["函", "", None, "请示", "", "报告"],
        级别=[1, 1, 3, 2, 2, 1], 金额=[None, 2.5, None, None, 1.0, None],
    )  # fmt: skip
    with observed(log) as seen:
        yield seen


def cases_in(events: Events, scope: str) -> list[str]:
    """List the cases in a scope."""
    conditions = read_scope(scope)
    wide = case_values(events, {*(one.column for one in conditions), "case_id"})
    inside = wide.filter(in_scope(wide, conditions)).mutate(id=known(wide, "case_id"))
    return sorted(events.frame(inside)["id"])


@pytest.mark.parametrize(
    ("scope", "cases"),
    [
        ("", ["1", "2", "3", "4"]),
        ("文种=函|请示", ["1", "2"]),
        ("文种!=函", ["2", "3", "4"]),
        ("文种=", ["3"]),
        ("文种!=", ["1", "2", "4"]),
        ("文种=公告", []),
        # By row number: 2 has its level from row 4.
        ("级别=2", ["2", "3"]),
        ("级别=2; 文种!=请示", ["3"]),
        ("case_id=1|4; 级别=1", ["1", "4"]),
        ("case_id!=1", ["2", "3", "4"]),
        ("金额=2.5", ["1"]),
        ("金额=", ["2", "4"]),
    ],
)
def test_cases_in_scope(events: Events, scope: str, cases: list[str]) -> None:
    """A case of which nothing is known is outside of what is asked, inside of what is not."""
    assert cases_in(events, scope) == cases


def test_every_case_has_its_values_once(events: Events) -> None:
    """As text; empty where nothing is known; without columns, the cases alone."""
    wide = case_values(events, ["文种", "金额", "文种"])
    shown = wide.mutate(kind=known(wide, "文种"), amount=known(wide, "金额"))
    rows = events.frame(shown.join(events.cases.select("case", "case_id"), "case"))
    assert rows.sort_values("case_id")[["case_id", "kind", "amount"]].values.tolist() == [
        ["1", "函", "2.5"], ["2", "请示", ""], ["3", "", "1"], ["4", "报告", ""],
    ]  # fmt: skip
    assert len(events.frame(case_values(events, []))) == 4
