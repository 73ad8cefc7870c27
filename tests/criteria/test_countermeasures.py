"""Each measure stands in a document, answers something, and is offered for that and no other."""

from __future__ import annotations

import re

import pytest

from efficiency.criteria.catalogue import catalogue
from efficiency.criteria.countermeasures import Countermeasure, countermeasures, offered

SOURCE = r"(?:S[0-4]|C\.[124]) (?:“[^“”]+”)+"
KINDS = {"standard", "slow_step", "slow_group", "waiting", "rework", "change", "backlog", "opinion"}
CAUSES = {"batching", "contention", "prioritisation", "unavailability", "off_hours"}


@pytest.mark.parametrize("measure", countermeasures(), ids=lambda measure: measure.id)
def test_a_measure_is_whole(measure: Countermeasure) -> None:
    """Both languages, a source with words quoted, and something that it answers."""
    for text in (measure.name, measure.wording):
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert not re.search("[\u3000-\u9fff]", text.en)
    assert re.fullmatch(rf"{SOURCE}(?:；{SOURCE})*", measure.source)
    assert measure.kinds or measure.rules
    assert set(measure.kinds) <= KINDS
    assert set(measure.causes) <= CAUSES
    assert not measure.causes or measure.kinds == ("waiting",)


def test_what_they_answer_is_in_the_catalogue_of_patterns() -> None:
    known = {pattern.id for pattern in catalogue()}
    assert {rule for measure in countermeasures() for rule in measure.rules} <= known


def test_keys_and_names_are_told_apart() -> None:
    for names in ([m.id for m in countermeasures()], [m.name.zh for m in countermeasures()]):
        assert len(set(names)) == len(names)


def test_the_measures_that_every_office_knows_are_there() -> None:
    names = {measure.name.zh for measure in countermeasures()}
    assert {"限时办结", "AB岗", "公文交叉审核", "首问负责", "一窗受理", "督查通报",
            "一次性告知", "错时服务", "岗位责任书", "台账销号"} <= names  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "subject", "ids"),
    [
        ("standard", {"standard_id": "T1"}, ["warning"]),
        ("slow_step", {"log": "a", "activity": "承办"}, ["time_limits"]),
        ("waiting", {"log": "a", "activity": "承办", "cause": "unavailability"}, ["deputies"]),
        ("waiting", {"log": "a", "activity": "承办", "cause": "off_hours"}, ["staggered_hours"]),
        ("waiting", {"log": "a", "activity": "承办", "cause": "contention"}, []),
        ("rework", {"log": "a", "activity": "审核"}, ["cross_review", "told_once"]),
        ("backlog", {"log": "a", "unit": "综合处"}, ["struck_off"]),
        ("rule", {"rule_id": "P12B"}, ["first_asked"]),
        ("rule", {"rule_id": "P1A"}, ["registered_first"]),
        ("rule", {"rule_id": "P10"}, ["inspection_bulletin", "urged_by_one", "struck_off"]),
        ("rule", {"rule_id": "M1"}, ["cross_review"]),
        ("rule", {"rule_id": "P1AB"}, []),
        ("rule", {"rule_id": "R1"}, []),
        ("rule", {}, []),
        ("own", {"title": "x"}, []),
        ("change", {"log": "a", "measure": "x", "at": "2024-07-01"}, []),
    ],
)
def test_offered(kind: str, subject: dict[str, str], ids: list[str]) -> None:
    """By hand from the documents; P1 is not P10, and where nothing fits there is nothing."""
    assert [measure.id for measure in offered(kind, subject)] == ids
