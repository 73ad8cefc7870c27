"""Findings in words: sentences and values in both languages, and as they stand in the file."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from efficiency.findings.finding import PARTS, Finding
from efficiency.findings.said import (
    Count,
    Day,
    Listed,
    Named,
    Number,
    PValue,
    Said,
    Share,
    Withheld,
    said,
)
from efficiency.report.telling import ToldFinding, say, tell, write

#: The fields that `findings.json` must hold.
FIELDS = {
    "id", "kind", "title", "criterion", "condition", "cause", "effect", "action", "subject",
    "log", "direction", "level", "value", "low", "high", "n", "p", "cases", "table", "hours",
    "theme", "part_of", "certainty", "gravity", "concerned",
}  # fmt: skip


def finding(**changes: Any) -> ToldFinding:
    plain: dict[str, Any] = {
        "kind": "standard", "subject": (("log", "a"), ("standard_id", "T1")), "level": "watch",
        "says": dict.fromkeys(PARTS, said("cause_untested")), "value": 0.5, "low": 0.4,
        "high": 0.6, "n": 10, "p": None, "cases": ("1",), "table": "judgements", "hours": 1.0,
    }  # fmt: skip
    return tell(Finding(**plain | changes), "en")


def test_every_field_of_the_file_is_there() -> None:
    told = finding(p=0.0123456789).as_dict()
    assert set(told) >= FIELDS
    assert told["subject"] == {"log": "a", "standard_id": "T1"}
    assert told["cases"] == ["1"]
    assert told["p"] == 0.012346


def test_how_a_finding_is_weighed_stands_in_the_file() -> None:
    """One that is part of another names it; one that stands by itself names none."""
    told = finding(theme="pace", certainty=2 / 3, gravity=3, concerned=7, part_of="abc").as_dict()
    names = ("theme", "certainty", "gravity", "concerned", "part_of")
    assert [told[name] for name in names] == ["pace", 0.666667, 3, 7, "abc"]
    assert finding().as_dict()["part_of"] is None


def test_what_is_not_a_number_is_null() -> None:
    """JSON has no nan."""
    told = finding(low=float("nan"), high=None, value=1 / 3).as_dict()
    assert (told["low"], told["high"], told["value"]) == (None, None, 0.333333)
    assert json.loads(json.dumps(told, allow_nan=False)) == told


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (Share(0.625), "62.5%", "62.5%"),
        (Share(float("nan")), "—", "—"),
        (Number(1234.5678, 2), "1,234.57", "1,234.57"),
        (Number(float("inf")), "∞", "∞"),
        (Count(12345), "12,345", "12,345"),
        (PValue(0.0004), "< 0.001", "< 0.001"),
        (PValue(0.0312), "= 0.031", "= 0.031"),
        (Day(pd.Timestamp("2024-07-01 12:00")), "2024-07-01", "2024-07-01"),
        (Named("unit"), "部门", "unit"),
        (Named("文种"), "文种", "文种"),
        (Listed((Named("unit"), "x")), "部门、x", "unit, x"),
        (Listed((), "nothing"), "nothing", "nothing"),
        (Withheld(5), "<5，不显示", "<5, withheld"),
        ("plain", "plain", "plain"),
        (7, 7, 7),
    ],
)
def test_values_as_people_read_them(value: Any, chinese: Any, english: Any) -> None:
    assert (write(value, "zh"), write(value, "en")) == (chinese, english)


def test_a_sentence_may_hold_a_sentence() -> None:
    inner = said("waiting_batching")
    outer = said("waiting_title", activity="拟办", share=Share(0.5), cause=inner)
    for language in ("zh", "en"):
        assert say(inner, language) in say(outer, language)  # type: ignore[arg-type]


def test_a_sentence_without_a_place_says_which() -> None:
    with pytest.raises(KeyError, match="hours"):
        say(Said("rework_effect"), "en")
