"""Urging by hand: before and after the deadline, answered and never answered."""

from __future__ import annotations

import pandas as pd
import pytest

import efficiency as eff
from efficiency.reviews.study import Study

RULES = pd.DataFrame(
    {"rule_id": ["P11"], "kind": ["unanswered"], "a": ["催办|电话催"], "b": ["反馈"], "n": ["3"]}
)
LIMITS = pd.DataFrame({
    "standard_id": ["D", "E"], "from": ["交办", "交办"], "to": ["反馈", "签收"],
    "limit": ["3 working days", "1 working day"],
})  # fmt: skip


def office(*steps: tuple[str, str, str], rules: pd.DataFrame = RULES) -> Study:
    """Steps as case, activity and moment of June 2024; the office keeps its usual hours."""
    log = pd.DataFrame(steps, columns=["case_id", "activity", "end"])
    log["end"] = pd.to_datetime("2024-06-" + log["end"])
    return eff.study(log, None, LIMITS, rules, cutoff="2024-06-28 18:00", closed_by=["销号"])


def test_each_urging_has_the_first_answer_after_it() -> None:
    """Assigned on Monday the 3rd, due on Thursday the 6th; the 10th is a holiday."""
    table = office(
        ("1", "交办", "03 09:00"), ("1", "催办", "06 09:00"), ("1", "反馈", "06 11:00"),
        ("1", "电话催", "07 17:00"), ("1", "反馈", "11 09:30"), ("1", "反馈", "12 09:30"),
    ).urging  # fmt: skip
    assert table["activity"].tolist() == ["催办", "电话催"]
    assert table["answer_hours"].tolist() == [2.0, 2.0]  # an hour on Friday, an hour on Tuesday
    assert table["answered"].tolist() == list(
        pd.to_datetime(["2024-06-06 11:00", "2024-06-11 09:30"])
    )
    assert table["after_due"].tolist() == [False, True]
    assert (table["due"] == pd.Timestamp("2024-06-06 18:00")).all()
    assert table["row"].tolist() == [2, 4]


def test_what_was_never_answered_has_no_answer() -> None:
    table = office(("1", "交办", "03 09:00"), ("1", "催办", "05 09:00")).urging
    assert table[["answered", "answer_hours"]].isna().all(axis=None)
    assert table["after_due"].tolist() == [False]


def test_without_a_deadline_it_is_not_known_whether_it_came_late() -> None:
    table = office(("1", "催办", "05 09:00"), ("1", "反馈", "05 10:00")).urging
    assert table["after_due"].isna().all()
    assert table["answer_hours"].tolist() == [1.0]


@pytest.mark.parametrize("kind", ["passes", "prompted"])
def test_without_such_a_rule_nobody_is_known_to_urge(kind: str) -> None:
    rules = RULES.assign(kind=kind)
    assert office(("1", "交办", "03 09:00"), ("1", "催办", "05 09:00"), rules=rules).urging.empty
