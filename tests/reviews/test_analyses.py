"""What a review computes of one log: its own cases, its own criteria, its own name in front."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from efficiency.facts.times import case_times
from efficiency.problems import SettingsError
from efficiency.reviews import analyses
from efficiency.reviews.analyses import (
    analysed,
    comparisons,
    is_register,
    measured,
    of_log,
    opened,
    stacked,
)
from efficiency.reviews.inputs import Inputs, read_inputs
from written import write

TOML = """title = "t"
language = "en"
cutoff = 2024-03-08T12:00:00
standards = "standards.csv"
rules = "rules.csv"
[logs.a]
path = "a.csv"
closed_by = ["out"]
case_mix = ["kind"]
applicant = "who"
[logs.b]
path = "b.csv"
"""
#: Case 3 begins in April, of 2 nothing is done before the cut-off but its first step.
A = """case_id,activity,unit,kind,who,end
1,in,desk,letter,ours,2024-03-04 09:00
1,out,desk,letter,ours,2024-03-04 11:00
2,in,desk,plan,other,2024-03-05 09:00
2,out,desk,plan,other,2024-03-29 11:00
3,in,desk,plan,other,2024-04-02 09:00
"""
B = "case_id,activity,end\nx,noted,2024-03-04 10:00\ny,noted,2024-03-05 10:00\n"
LIMITS = """standard_id,title,log,from,to,limit,clock,target
T1,quick,a,in,out,1 h,elapsed,0.9
T2,any,,noted,noted,1 h,elapsed,
"""
RULES = "rule_id,title,kind,a,b,log\nP1,in,existence,in,,a\nP2,noted,existence,noted,,\n"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("analyses")
    return read_inputs(write(folder, review=TOML, a=A, b=B, standards=LIMITS, rules=RULES))


def cases(inputs: Inputs, name: str, period: tuple[str, str] | None) -> list[str]:
    with opened(inputs, name, period) as events:
        return list(case_times(events)["case_id"])


def test_a_log_is_seen_as_at_the_cut_off(inputs: Inputs) -> None:
    assert cases(inputs, "a", None) == ["1", "2"]
    with opened(inputs, "a", None) as events:
        assert list(case_times(events)["open"]) == [False, True]


def test_the_period_chooses_the_cases(inputs: Inputs) -> None:
    assert cases(inputs, "a", ("2024-03-05", "2024-03-05")) == ["2"]


def test_a_period_without_cases_is_told_with_its_line(tmp_path: Path) -> None:
    toml = TOML.replace("[logs.a]", 'period = ["2023-01-01", "2023-12-31"]\n[logs.a]', 1)
    inputs = read_inputs(write(tmp_path, review=toml, a=A, b=B, standards=LIMITS, rules=RULES))
    with pytest.raises(SettingsError) as caught, opened(inputs, "a", ("2023-01-01", "2023-12-31")):
        pass
    (problem,) = caught.value.problems
    assert (
        problem.text("en")
        == "review.toml:6: no case of log a began in the period from 2023-01-01 to 2023-12-31"
    )


@pytest.mark.parametrize(("name", "said"), [("a", False), ("b", True)])
def test_a_register_has_one_entry_a_case(inputs: Inputs, name: str, said: bool) -> None:
    with opened(inputs, name, None) as events:
        assert is_register(events) is said


def test_a_log_of_which_nothing_is_seen_is_a_register(tmp_path: Path) -> None:
    """Rather than an error."""
    log = "case_id,activity,start,end,kind,who\n1,in,2024-03-09 09:00,2024-03-09 10:00,x,y\n"
    inputs = read_inputs(write(tmp_path, review=TOML, a=log, b=B, standards=LIMITS, rules=RULES))
    with opened(inputs, "a", None) as events:
        assert is_register(events)


def test_every_table_has_its_log_and_the_counts_are_those_of_the_log(inputs: Inputs) -> None:
    """But what is of a standard, which names its log itself."""
    with opened(inputs, "a", None) as events:
        found, told = analysed(events, inputs, "a")
    for name, table in found.items():
        named = {"judgements", "compliance"}
        assert ("log" in table) is (name not in named), name
        if "log" in table:
            assert set(table["log"]) <= {"a"}, name
    assert found["judgements"]["standard_id"].tolist() == ["T1", "T1"]
    assert found["compliance"]["standard_id"].tolist() == ["T1", "T2"]
    assert found["rules"]["rule_id"].tolist() == ["P1", "P2"]
    assert told.counts == {
        "rows": 5, "accepted": 5, "rejected": 0, "changed": 0, "cases": 2, "steps": 3, "open": 1,
    }  # fmt: skip
    assert told.name == "a"
    assert (told.first, told.last) == (
        pd.Timestamp("2024-03-04 09:00"), pd.Timestamp("2024-03-05 09:00"),
    )  # fmt: skip


# --- what is measured again


#: The tables by which findings of a kind are measured.
MEASURED = {
    "standard": {"judgements", "compliance"},
    "rule": {"deviations", "pending", "rules"},
    "slow_step": {"judgements", "compliance", "steps", "step_summary"},
    "rework": {"rework"},
    "waiting": {"waiting"},
    "backlog": {"balance"},
    "slow_group": {"comparisons"},
    "change": set(),
    "own": set(),
}


@pytest.mark.parametrize("kind", MEASURED)
def test_only_what_is_asked_for_is_computed(
    inputs: Inputs, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyses, "compare", lambda *_, **__: pd.DataFrame({"n": [1]}))
    with opened(inputs, "a", None) as events:
        found = measured(events, inputs, "a", {kind})
    assert set(found) == MEASURED[kind]


@pytest.mark.parametrize("kind", MEASURED)
def test_in_a_register_only_standards_and_rules_are_measured(inputs: Inputs, kind: str) -> None:
    with opened(inputs, "b", None) as events:
        found = measured(events, inputs, "b", {kind})
    assert set(found) == (MEASURED[kind] if kind in {"standard", "rule"} else set())


def test_what_is_measured_again_is_what_was_measured(inputs: Inputs) -> None:
    """The same cases give the same tables."""
    with opened(inputs, "a", None) as events:
        whole, _ = analysed(events, inputs, "a")
        again = measured(events, inputs, "a", {"standard", "rule", "slow_step", "rework"})
    for name, table in again.items():
        shared = [column for column in table if column in whole[name]]
        left, right = whole[name][shared], table[shared]
        pd.testing.assert_frame_equal(left, right, check_dtype=False)


def test_groups_are_compared_as_the_settings_ask(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mix and the applicant of each log are its own."""
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(analyses, "compare", lambda _, **more: asked.append(more))
    for name in ("a", "b"):
        with opened(inputs, name, None) as events:
            comparisons(events, inputs, name)
    assert asked == [{"mix": ("kind",), "applicant": "who"}, {"mix": None, "applicant": None}]


# --- tables of several logs


def test_tables_are_stacked_in_the_order_of_the_logs() -> None:
    """With the columns of the first; one without rows or values brings no types along."""
    first = pd.DataFrame({"log": ["a"], "n": [1], "p": [0.5]})
    second = pd.DataFrame({"log": ["b"], "n": [2], "p": [None]})
    empty = pd.DataFrame({"log": [], "n": [], "p": []}, dtype=object)
    whole = stacked([first, second, empty])
    assert whole["log"].tolist() == ["a", "b"]
    assert list(whole.columns) == ["log", "n", "p"]
    assert whole["n"].dtype == "int64"
    assert whole["p"].dtype == "float64"
    assert len(stacked([empty, empty])) == 0


def test_the_names_of_logs_stand_in_front() -> None:
    """Of a table without rows too; the table handed in stays as it is."""
    table = pd.DataFrame({"n": pd.Series(dtype="int64")})
    assert list(of_log(table, "a").columns) == ["log", "n"]
    assert list(table.columns) == ["n"]
