"""The questions of the sample: six constructs, in each one put the other way round."""

from __future__ import annotations

from collections import Counter

from efficiency.sample.inquiry.questions import BEFORE, QUESTIONS, codebook, headings


def test_six_constructs_of_four_with_one_reversed_each() -> None:
    by = Counter(one.construct for one in QUESTIONS if one.construct)
    assert by == dict.fromkeys(("学习", "文稿质量", "参谋", "督查", "协调", "作风"), 4)
    turned = Counter(one.construct for one in QUESTIONS if one.reversed)
    assert turned == dict.fromkeys(by, 1)


def test_questions_of_the_year_before_bear_the_same_names() -> None:
    assert set(BEFORE) <= {one.item for one in QUESTIONS}


def test_headings_are_numbered_once() -> None:
    heads = list(headings(QUESTIONS).values())
    assert len(set(heads)) == len(QUESTIONS)
    assert set(heads) <= set(codebook(QUESTIONS)["题目"])
