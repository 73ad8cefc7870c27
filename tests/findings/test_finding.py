"""A finding keeps its id from year to year, and stands in the file as numbers that JSON knows."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from efficiency.findings.finding import Finding, ranked
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
