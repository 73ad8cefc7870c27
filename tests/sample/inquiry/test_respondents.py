"""Who answered what: the latent model by itself, and those planted not to count."""

from __future__ import annotations

from efficiency.sample.inquiry.offices_asked import Person
from efficiency.sample.inquiry.questions import QUESTIONS, STEPS, headings
from efficiency.sample.inquiry.respondents import ALIKE, TOO_FAST, TWICE, answers

PEOPLE = [
    Person(f"单位{at % 40}", "市直部门", "本科", "公务员", "35岁及以下") for at in range(4000)
]


def test_shares_in_favour_are_those_that_were_planted() -> None:
    """With 4,000 people of 40 offices: within four points, reversed questions the other way."""
    rows, _ = answers(PEOPLE, 1)
    heads = headings(QUESTIONS)
    for one in QUESTIONS:
        said = rows[heads[one.item]]
        good = set(STEPS[:2]) if one.reversed else set(STEPS[3:])
        known = said[said.isin(STEPS)]
        assert abs(known.isin(good).mean() - one.favour) < 0.06, one.item


def test_those_who_do_not_count_are_as_many_as_planned() -> None:
    rows, truth = answers(PEOPLE[:800], 1)
    told = truth["unreliable"]
    assert [len(told[name]) for name in ("twice", "too_fast", "all_alike")] == [
        TWICE, TOO_FAST, ALIKE,
    ]  # fmt: skip
    assert rows["问卷编号"].duplicated().sum() == TWICE
    fast = rows.iloc[[row - 1 for row in told["too_fast"]]]["所用时间"]
    assert fast.str.removesuffix("秒").astype(int).max() <= 45
