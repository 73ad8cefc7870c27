"""A finding keeps its id from year to year, and stands in the file as numbers that JSON knows."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from efficiency import tables
from efficiency.findings.finding import LEVELS, Finding, finding_table, in_one, ranked
from efficiency.findings.said import said


def finding(**changes: Any) -> Finding:
    plain: dict[str, Any] = {
        "kind": "standard", "subject": (("standard_id", "T1"),), "level": "watch", "says": {},
        "value": 0.5, "low": 0.4, "high": 0.6, "n": 10, "p": None, "cases": ("1",),
        "table": "judgements", "hours": 1.0,
    }  # fmt: skip
    return Finding(**plain | changes)


def test_the_id_knows_kind_and_subject_only() -> None:
    """Next year's numbers, texts and language give the same id."""
    now = finding()
    later = finding(level="action", says={"title": said("x")}, value=0.1, n=99, cases=(), hours=7.0)
    assert now.id == later.id
    assert now.id != finding(kind="slow_step").id
    assert now.id != finding(subject=(("standard_id", "T2"),)).id


def test_the_order_of_the_subject_does_not_matter() -> None:
    pair = (("log", "a"), ("activity", "登记"))
    assert finding(subject=pair).id == finding(subject=pair[::-1]).id


def test_the_id_is_the_same_in_every_release() -> None:
    """The first twelve digits of ``sha256sum``; a change would part the findings of two years."""
    assert finding().id == "b4b976c62874"


def test_a_finding_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding().n = 3  # type: ignore[misc]


def test_most_hours_first_ties_by_kind_and_subject() -> None:
    a, b = finding(hours=3.0), finding(hours=10.0, kind="rework")
    c = finding(hours=3.0, kind="rework")
    d = finding(hours=3.0000000001, subject=(("standard_id", "T0"),))
    assert ranked([a, b, c, d]) == (b, c, d, a)
    assert ranked([d, c, b, a]) == (b, c, d, a)
    assert ranked([]) == ()


def test_what_is_for_action_comes_first_and_notes_last() -> None:
    """However many hours a note is about."""
    note, watch = finding(level="note", hours=99.0), finding(hours=50.0)
    action = finding(level="action", hours=0.0)
    assert ranked([note, watch, action]) == (action, watch, note)
    assert LEVELS == ("action", "watch", "note")


def test_of_as_many_hours_what_is_grave_and_sure_comes_first() -> None:
    """3 × 0.5 is more than 1 × 1; of equals those that concern more cases."""
    grave = finding(gravity=3, certainty=0.5, kind="rule")
    light = finding(gravity=1, certainty=1.0, kind="backlog")
    more = dataclasses.replace(light, concerned=7, kind="rework")
    assert ranked([light, grave, more]) == (grave, more, light)


def test_what_is_as_grave_and_sure_to_a_hundredth_goes_by_the_cases_concerned() -> None:
    """
    3 × 0.9984 and 3 × 0.9991 are both 3.00, and 3 × 0.99 is 2.97.

    So a p a little smaller brings nothing forward.
    """
    few = finding(gravity=3, certainty=0.9991, concerned=4, kind="change")
    many = finding(gravity=3, certainty=0.9984, concerned=40, kind="rework")
    less = finding(gravity=3, certainty=0.99, concerned=400, kind="rule")
    assert ranked([less, few, many]) == (many, few, less)


# --- as a table


def test_a_table_of_findings_holds_each_in_its_order() -> None:
    """What is not known is empty; the sentences stay where they are told."""
    one = finding(subject=(("log", "a"), ("standard_id", "T1")), theme="limits", concerned=5)
    other = finding(
        kind="rule", subject=(("log", "b"), ("rule_id", "P1")), p=0.01, gravity=3,
        part_of=one.id, value=None, low=None, high=None, hours=0.0,
    )  # fmt: skip
    table = finding_table(iter([other, one]))
    assert table.columns.tolist() == tables.FINDINGS.names
    assert table["id"].tolist() == [other.id, one.id]
    assert table["log"].tolist() == ["b", "a"]
    assert table["part_of"].tolist() == [one.id, ""]
    rows = table.to_dict("records")
    assert (rows[1]["value"], rows[1]["n"], rows[1]["concerned"]) == (0.5, 10, 5)
    assert (rows[1]["theme"], rows[1]["level"], rows[1]["table"]) == (
        "limits", "watch", "judgements",
    )  # fmt: skip
    assert table["p"].isna().tolist() == [False, True]
    assert table[["value", "low", "high"]].isna().all(axis=1).tolist() == [True, False]


def test_a_table_of_no_findings_has_its_columns() -> None:
    assert finding_table(()).empty
    assert finding_table([]).columns.tolist() == tables.FINDINGS.names


# --- the same problem told once


def at_step(kind: str, hours: float = 1.0, **changes: Any) -> Finding:
    subject = (("log", changes.pop("log", "a")), ("of", f"{kind}{hours}"))
    return finding(kind=kind, subject=subject, hours=hours, **{"step": "承办"} | changes)


def test_one_problem_at_a_step_is_told_by_what_is_gravest() -> None:
    """The limit missed, then the slow step, then what it waits for; hours do not matter."""
    standard, slow = at_step("standard", 2.0), at_step("slow_step", 50.0)
    waits, again = at_step("waiting", 90.0), at_step("rework", 99.0)
    every = in_one([again, waits, slow, standard])
    assert [one.kind for one in every] == ["rework", "waiting", "slow_step", "standard"]
    assert [one.part_of for one in every] == [standard.id, standard.id, standard.id, ""]
    assert [one.part_of for one in in_one([again, waits])] == [waits.id, ""]
    assert {one.id for one in every} == {one.id for one in (standard, slow, waits, again)}


def test_every_standard_is_told_itself_and_that_of_most_hours_keeps_the_problem() -> None:
    """Each has a target of its own."""
    low, high = at_step("standard", 2.0), at_step("standard", 8.0)
    slow = at_step("slow_step", 50.0)
    for order in ([low, high, slow], [slow, high, low]):
        parts = {one.id: one.part_of for one in in_one(order)}
        assert parts == {low.id: "", high.id: "", slow.id: high.id}


@pytest.mark.parametrize(
    "changes",
    [{"step": "批示"}, {"step": ""}, {"log": "b"}, {"direction": "better"}, {"kind": "rule"}],
)
def test_what_is_another_problem_stands_by_itself(changes: dict[str, str]) -> None:
    """At another step or at none, in another log, for the better, or not of time."""
    standard = at_step("standard")
    other = at_step(**{"kind": "slow_step", "hours": 5.0} | changes)  # type: ignore[arg-type]
    assert in_one([standard, other]) == (standard, other)


def test_nothing_is_part_of_what_became_better() -> None:
    better, slow = at_step("standard", direction="better"), at_step("slow_step", 5.0)
    assert in_one([better, slow]) == (better, slow)
