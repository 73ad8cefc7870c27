"""What went wrong in each case: late, done again, in breach, against cases written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.criteria.rules import parse_rules
from efficiency.facts.events import observed
from efficiency.findings.groups.outcomes import (
    COLUMNS,
    LEAST_WRONG,
    breached,
    late,
    of_rule,
    outcomes,
    reworked,
)
from efficiency.findings.rules.held import hold

Written = Callable[..., pd.DataFrame]
SHUT = ("归档",)


def told(found: pd.DataFrame) -> dict[tuple[str, str], list[Any]]:
    """Whether it went wrong, and by whom ('': by nobody), by what and case."""
    assert found.columns.tolist() == list(COLUMNS)
    assert not found.duplicated(["what", "case_id"]).any()
    return {
        (row.what, row.case_id): [bool(row.wrong), "" if pd.isna(row.unit) else row.unit]
        for row in found.itertuples()
    }


def again(log: pd.DataFrame, *caused: str) -> pd.DataFrame:
    with observed(log, eff.Calendar(), closed_by=SHUT) as events:
        return reworked(events, caused)


def broken(log: pd.DataFrame, *rules: dict[str, Any]) -> pd.DataFrame:
    with observed(log, eff.Calendar(), closed_by=SHUT) as events:
        held = hold(events, parse_rules(pd.DataFrame(rules)), {})
        return pd.concat([of_rule(events, held, at) for at in range(len(rules))])


# --- late


def test_every_decided_clock_is_late_or_not() -> None:
    """By the unit of its step, begun when the clock started, known by its due moment."""
    began, due = pd.to_datetime(["2024-03-04 09:00", "2024-03-05 10:00"]).as_unit("us")
    clocks = pd.DataFrame(
        {
            "standard_id": ["T1", "T2"],
            "case_id": ["1", "1"],
            "began": [began, began],
            "due": [due, pd.NaT],
            "late": [True, False],
            "used_hours": [9.0, 1.0],
            "unit": ["甲", "乙"],
            "weekday": ["1", "1"],
        }
    )
    before = clocks.copy()
    found = late(clocks)
    assert told(found) == {("T1", "1"): [True, "甲"], ("T2", "1"): [False, "乙"]}
    assert found["measure"].tolist() == ["late", "late"]
    assert found["began"].tolist() == [began, began]
    assert found["known_by"].tolist() == [due, pd.NaT]
    assert_frame_equal(clocks, before)


# --- done again


def test_what_is_done_again_is_charged_to_who_did_it_first(written: Written) -> None:
    """承办 by 甲, and then by 乙; a second one that is not done yet is none."""
    twice = {f"{i:02}": "登记/丁 承办/甲 承办/乙 归档/丁" for i in range(LEAST_WRONG)}
    once = {
        "20": "登记/丁 承办/乙 归档/丁",
        "21": "登记/丁 承办/乙 承办/甲?",
        "22": "登记/丁 归档/丁",
    }
    found = again(written({**twice, **once}))
    assert told(found) == {
        **{("承办", case): [True, "甲"] for case in twice},
        **{("承办", case): [False, "乙"] for case in ("20", "21")},
    }
    assert set(found["measure"]) == {"rework"}
    assert found["began"].unique().tolist() == [pd.Timestamp("2024-03-05 09:00")]
    assert found["known_by"].isna().all()


def test_what_is_hardly_ever_repeated_is_not_asked_for(written: Written) -> None:
    cases = {f"{i:02}": "登记/丁 承办/甲 承办/甲" for i in range(LEAST_WRONG - 1)}
    assert again(written(cases)).empty
    more = again(written({**cases, "99": "登记/丁 承办/甲 承办/甲 承办/甲"}))
    assert more["what"].tolist() == ["承办"] * LEAST_WRONG


def test_what_only_follows_another_problem_is_no_rework_of_its_own(written: Written) -> None:
    """By its name, or because somebody says so."""
    text = "登记/丁 退回补正/甲 退回补正/甲 复核/乙 复核/乙 承办/甲 承办/甲"
    log = written({str(i): text for i in range(LEAST_WRONG)})
    assert set(again(log)["what"]) == {"复核", "承办"}
    assert set(again(log, "复核")["what"]) == {"承办"}


# --- in breach


RESPONSE = {"rule_id": "R", "kind": "response", "a": "承办", "b": "反馈"}


def test_a_breach_is_charged_to_the_unit_of_the_first_such_step(written: Written) -> None:
    """A case that may still be mended is not told of, nor one that the rule is not about."""
    log = written(
        {
            "broken": "登记/丁 承办/甲 承办/乙 归档/丁",
            "kept": "登记/丁 承办/乙 反馈/甲 归档/丁",
            "pending": "登记/丁 承办/甲",
            "apart": "登记/丁 承办/甲 归档/丁",
        },
        {"apart": {"文种": "函"}, **{c: {"文种": "令"} for c in ("broken", "kept", "pending")}},
    )
    found = broken(log, {**RESPONSE, "scope": "文种=令"})
    assert told(found) == {("R", "broken"): [True, "甲"], ("R", "kept"): [False, "乙"]}
    assert set(found["measure"]) == {"breach"}
    assert found["began"].unique().tolist() == [pd.Timestamp("2024-03-05 09:00")]


def test_where_a_breach_lies_at_several_activities_nobody_is_charged(written: Written) -> None:
    """审核 twice in one case, 承办 twice in another: who is first hangs on how the case went."""
    cases = {"1": "登记/丁 承办/甲 承办/甲 归档/丁", "2": "登记/丁 审核/乙 审核/乙 归档/丁"}
    cases["3"] = "登记/丁 承办/甲 审核/乙 归档/丁"
    rule = {"rule_id": "L", "kind": "at_most", "a": "承办|审核", "n": 1, "b": ""}
    single = told(broken(written({"1": cases["1"], "3": cases["3"]}), {**rule, "a": "承办"}))
    assert single == {("L", "1"): [True, "甲"], ("L", "3"): [False, "甲"]}
    both = told(broken(written(cases), rule))
    assert {unit for _, unit in both.values()} == {""}
    assert both["L", "1"][0]
    assert both["L", "2"][0]


def test_where_the_rule_says_who_may_do_it_nobody_is_charged(written: Written) -> None:
    """Every breach would be the others'."""
    cases = {"1": "登记/丁 承办/甲 归档/丁", "2": "登记/丁 承办/乙 归档/丁"}
    rule = {"rule_id": "D", "kind": "done_by", "a": "甲", "b": "承办"}
    assert told(broken(written(cases), rule)) == {
        ("D", "1"): [False, ""],
        ("D", "2"): [True, ""],
    }


@pytest.mark.parametrize(("times", "ids"), [(LEAST_WRONG, ["R"]), (LEAST_WRONG - 1, [])])
def test_rules_that_few_break_are_left_out(written: Written, times: int, ids: list[str]) -> None:
    log = written({f"{i:02}": "承办/甲 归档" for i in range(times)} | {"99": "承办/甲 反馈 归档"})
    kept = {**RESPONSE, "rule_id": "K", "b": "归档"}
    with observed(log, eff.Calendar(), closed_by=SHUT) as events:
        found = breached(events, hold(events, parse_rules(pd.DataFrame([RESPONSE, kept])), {}))
    assert found["what"].unique().tolist() == ids
    assert found.columns.tolist() == list(COLUMNS)


# --- all of it


def test_all_that_went_wrong_stands_beside_what_is_known_of_its_case(written: Written) -> None:
    """Ten cases are in breach and done again, two have no unit; one clock of one case is late."""
    cases = {f"{i:02}": "登记/丁 承办 承办/甲 归档/丁" for i in range(LEAST_WRONG)}
    cases["20"] = "登记/丁 承办/甲 反馈/甲 归档/丁"
    known = {case: {"文种": "函" if case < "05" else "令"} for case in cases}
    log = written(cases, known)
    clocks = pd.DataFrame(
        {
            "standard_id": ["T1"], "case_id": ["20"], "late": [True], "unit": ["甲"],
            "began": pd.to_datetime(["2024-03-05 09:00"]).as_unit("us"),
            "due": pd.to_datetime(["2024-03-06 09:00"]).as_unit("us"),
        }
    )  # fmt: skip
    with observed(log, eff.Calendar(), closed_by=SHUT) as events:
        held = hold(events, parse_rules(pd.DataFrame([RESPONSE])), {})
        found = outcomes(events, clocks, held, ["无"])
        nothing = outcomes(events, clocks.iloc[:0], hold(events, (), {}), ["承办"])
    wrong = found.groupby(["measure", "what"])["wrong"].agg(["size", "sum"])
    assert wrong.to_dict("index") == {
        ("late", "T1"): {"size": 1, "sum": 1},
        ("rework", "承办"): {"size": 11, "sum": 10},
        ("breach", "R"): {"size": 11, "sum": 10},
    }
    assert found["unit"].value_counts().to_dict() == {"": 20, "甲": 3}
    assert (found["文种"] == found["case_id"].map(lambda case: known[case]["文种"])).all()
    assert nothing.empty
    assert set(COLUMNS) <= set(nothing)
