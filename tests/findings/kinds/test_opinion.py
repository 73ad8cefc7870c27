"""What people say as findings: when it is worth telling, how loudly, and how it is measured."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from efficiency import tables
from efficiency.findings.finding import PARTS
from efficiency.findings.kinds.opinion import KIND, exhibit, find, measure
from efficiency.language import LANGUAGES
from efficiency.report.telling import tell

ITEMS = pd.DataFrame(
    {"item": ["Q1", "Q2"], "short": ["办文快", "检查过多"], "text": ["什么原因", "检查过多"],
     "reversed": [False, True], "scale": ["1-5", "1-5"]}
)  # fmt: skip


def opinion(item: str = "Q1", **changes: Any) -> pd.DataFrame:
    row: dict[str, Any] = dict.fromkeys(tables.OPINIONS.names, 0.0)
    row |= {"item": item, "construct": "", "steps": 5, "n": 200, "k": 60, "share": 0.3, "low": 0.25,
            "high": 0.36, "against": 80, "against_share": 0.4, "against_low": 0.33,
            "against_high": 0.47, "mean": 2.8, "wide_share": 0.6, "highest": 5,
            "offices": 9}  # fmt: skip
    return pd.DataFrame([row | changes])


def beside(reads: str, **changes: Any) -> pd.DataFrame:
    row: dict[str, Any] = dict.fromkeys(tables.TRIANGULATION.names, 0.0)
    row |= {"item": "Q1", "log": "incoming", "linked": "T4", "measure": "limit", "reading": reads,
            "record": 0.8, "record_n": 300}  # fmt: skip
    return pd.DataFrame([row | changes])


NONE = (tables.TRIANGULATION.empty(), tables.CHOICES.empty())


def found(opinions: pd.DataFrame, held: pd.DataFrame = NONE[0], picked: pd.DataFrame = NONE[1]):
    return list(find(opinions, held, picked, ITEMS, 5))


@pytest.mark.parametrize(
    ("changes", "levels"),
    [
        ({}, ["watch"]),
        ({"against_low": 0.52}, ["action"]),
        ({"high": 0.52}, []),
        ({"n": 4}, []),
    ],
)
def test_fewer_than_half_in_favour(changes: dict[str, Any], levels: list[str]) -> None:
    told = found(opinion(**changes))
    assert [one.level for one in told] == levels
    assert [one.subject for one in told] == [(("item", "Q1"),)] * len(levels)


@pytest.mark.parametrize(
    ("reads", "levels"),
    [
        ("milder", ["watch"]),
        ("harsher", ["watch"]),
        ("both_bad", ["note"]),
        ("both_fine", []),
        ("open", []),
    ],
)
def test_what_the_record_contradicts(reads: str, levels: list[str]) -> None:
    assert [one.level for one in found(opinion(high=0.6), beside(reads))] == levels


def test_an_option_that_more_than_half_tick() -> None:
    picked = pd.DataFrame(
        [("Q1", "会议多", 120, 200, 0.6, 0.53, 0.66), ("Q1", "材料多", 105, 200, 0.52, 0.46, 0.59)],
        columns=tables.CHOICES.names,
    )
    (one,) = found(opinion(high=0.6), picked=picked)
    assert one.subject == (("item", "Q1"), ("value", "会议多"))
    assert (one.concerned, one.n, one.log) == (120, 200, "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", ["Q1", "Q2"])
@pytest.mark.parametrize("reads", ["", "milder", "harsher", "both_bad"])
def test_every_part_is_told_without_a_word_of_cause(language: Any, item: str, reads: str) -> None:
    held = beside(reads, item=item) if reads else NONE[0]
    (one,) = found(opinion(item), held)
    told = tell(one, language)
    for part in PARTS:
        text = getattr(told, part)
        assert text
        assert "nan" not in text
        assert not any(word in text for word in ("由于", "导致", "因为", "because", "due to"))
    assert ("否定回答" in told.title) == (item == "Q2" and language == LANGUAGES[0])


def test_what_is_no_complaint_is_none() -> None:
    """That most are content, or hear of things by one way, is no problem."""
    rows = [
        ("Q1", "没有问题", 160, 200, 0.8, 0.74, 0.85),
        ("Q2", "微信", 160, 200, 0.8, 0.74, 0.85),
    ]
    picked = pd.DataFrame(rows, columns=tables.CHOICES.names)
    assert not [one for one in found(opinion(high=0.6), picked=picked) if one.table == "choices"]


def test_where_offices_are_not_known_the_interval_says_so() -> None:
    (one,) = found(opinion(offices=0))
    assert "too narrow" in tell(one, "en").condition
    (other,) = found(opinion())
    assert "counted as alike" in tell(other, "en").condition


def test_a_record_over_few_cases_is_withheld() -> None:
    (one,) = found(opinion(), beside("milder", record_n=3))
    assert "80.0%" not in tell(one, "en").condition


def test_it_is_measured_again_question_by_question() -> None:
    (one,) = measure(pd.concat([opinion(), opinion("Q2", n=0)]), ITEMS)
    assert one.subject == (("item", "Q1"),)
    assert tuple(one.value) == (0.3, 0.25, 0.36)
    assert (one.better, one.n, KIND.of) == ("higher", 200, "survey")


def test_the_exhibit_is_the_question_or_its_options() -> None:
    (one,) = found(opinion())
    levels = pd.DataFrame(
        [("Q1", 1, "差", 80, 200, 0.4), ("Q2", 1, "差", 1, 200, 0.0)], columns=tables.LEVELS.names
    )
    assert exhibit(one, levels, NONE[1])["label"].tolist() == ["差"]


def test_a_whole_construct_is_a_finding_on_its_scale() -> None:
    items = ITEMS.assign(scale=["construct", "1-5"])
    (one,) = find(opinion(), *NONE, items, 5)
    assert one.subject == (("scale", "Q1"),)
    (measured,) = measure(opinion(), items)
    assert measured.subject == one.subject
