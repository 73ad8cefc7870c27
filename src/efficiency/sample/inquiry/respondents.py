"""Who answered what: made up of what each office, each person and each question adds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

import pandas as pd

from efficiency.sample.inquiry.offices_asked import Person
from efficiency.sample.inquiry.questions import (
    CANNOT_SAY,
    HEADS,
    OTHERS,
    QUESTIONS,
    REASONS,
    REASONS_HEAD,
    STEPS,
    SUGGESTIONS,
    WORDS_HEAD,
    Question,
    headings,
)

#: Of the variance of an answer: what its office, and what the person brings to all questions of a
#: construct.
ICC, PERSON = 0.05, 0.40
#: Where one step ends and the next begins, in standard deviations; in favour is above the fourth.
_CUTS = (-1.5, -0.5, 0.5, 1.5)
#: Shares: answers that cannot be said, and that are left blank; of people who write something.
_CANNOT, _BLANK, _WRITES = 0.02, 0.01, 0.35
#: Planted respondents who do not count.
TWICE, TOO_FAST, ALIKE, HALF_EMPTY = 6, 12, 9, 8
_NORMAL = NormalDist()


def answers(
    people: list[Person], seed: int, questions: tuple[Question, ...] = QUESTIONS
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """
    The answers as a platform exports them, and the truth about them.

    Parameters
    ----------
    people
        Who answered.
    seed
        Where chance begins.
    questions
        What was asked; others than all are of the year before.
    """
    is_whole = len(questions) == len(QUESTIONS)
    chance = random.Random(f"{seed}/survey/{len(questions)}")
    offices = {
        (office, one.construct): chance.gauss(0.0, ICC**0.5)
        for office in dict.fromkeys(person.office for person in people) for one in questions
    }  # fmt: skip
    order = list(people)
    chance.shuffle(order)
    heads, rows = headings(questions), list[dict[str, str]]()
    for number, person in enumerate(order, 1):
        said = _said(person, chance, offices, questions)
        rows.append(_row(number, person, said, heads, chance, is_whole=is_whole))
    truth = _planted(rows, heads, questions, chance) if is_whole else {}
    return pd.DataFrame(rows), truth


def _said(
    person: Person,
    chance: random.Random,
    offices: Mapping[tuple[str, str], float],
    questions: tuple[Question, ...],
) -> dict[str, int | None]:
    """The step of each question as it is put, from 0; None: it cannot be said."""
    own = {one.construct: chance.gauss(0.0, PERSON**0.5) for one in questions}
    rest, said = (1 - ICC - PERSON) ** 0.5, dict[str, int | None]()
    for one in questions:
        apart = dict(one.by_office).get(person.office, 0.0)
        level = (
            _CUTS[2] + _NORMAL.inv_cdf(one.favour) + apart
            + offices[person.office, one.construct] + own[one.construct] + chance.gauss(0.0, rest)
        )  # fmt: skip
        step = sum(level > cut for cut in _CUTS)
        told = len(_CUTS) - step if one.reversed else step
        said[one.item] = None if chance.random() < _CANNOT else told
    return said


def _row(
    number: int,
    person: Person,
    said: Mapping[str, int | None],
    heads: Mapping[str, str],
    chance: random.Random,
    *,
    is_whole: bool,
) -> dict[str, str]:
    at = dt.datetime(2024 if is_whole else 2023, 11, 1, 8) + dt.timedelta(
        days=chance.randrange(28), minutes=chance.randrange(600), seconds=chance.randrange(60)
    )
    row = {
        "序号": str(number),
        "提交答卷时间": f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02d}:{at.second:02d}",
        "所用时间": f"{chance.randint(120, 900)}秒",
        "来源": chance.choice(("微信", "微信", "手机提交", "链接")),
        "问卷编号": f"W{number:04d}",
        HEADS["office"]: person.office,
        HEADS["office_type"]: person.kind,
        HEADS["education"]: person.education,
        HEADS["post_type"]: person.post,
        HEADS["age_band"]: person.age,
    }
    for item, head in heads.items():
        step = said[item]
        row[head] = CANNOT_SAY if step is None else STEPS[step]
        if chance.random() < _BLANK:
            row[head] = ""
    if is_whole:
        ticked = [name for name, share in REASONS.items() if chance.random() < share]
        row[REASONS_HEAD] = "┋".join(ticked) or "(跳过)"
        row[WORDS_HEAD] = _words(chance)
    return row


def _words(chance: random.Random) -> str:
    """What somebody writes, if he does."""
    if chance.random() >= _WRITES:
        return chance.choice(("", "无"))
    if chance.random() < 0.15:
        return chance.choice(OTHERS)
    return chance.choice(SUGGESTIONS[chance.choice(list(SUGGESTIONS))][1])


def _planted(
    rows: list[dict[str, str]],
    heads: Mapping[str, str],
    questions: tuple[Question, ...],
    chance: random.Random,
) -> dict[str, Any]:
    """Plant those who do not count, and say who they are."""
    places = chance.sample(range(len(rows) // 2, len(rows)), TWICE + TOO_FAST + ALIKE + HALF_EMPTY)
    names = ("twice", "too_fast", "all_alike", "half_empty")
    told, first = dict[str, list[int]](), 0
    for name, many in zip(names, (TWICE, TOO_FAST, ALIKE, HALF_EMPTY), strict=True):
        told[name] = sorted(places[first : first + many])
        first += many
    for place in told["twice"]:
        office = rows[place][HEADS["office"]]
        again = chance.choice(
            [row for row in rows[: len(rows) // 2] if row[HEADS["office"]] == office]
        )
        rows[place] = {**again, "序号": rows[place]["序号"]}
    for place in told["too_fast"]:
        rows[place]["所用时间"] = f"{chance.randint(15, 45)}秒"
    for place in told["all_alike"]:
        rows[place] |= dict.fromkeys(heads.values(), STEPS[3])
    for place in told["half_empty"]:
        kept = chance.sample(list(heads.values()), len(heads) // 3)
        rows[place] |= {head: "" for head in heads.values() if head not in kept}
    return {
        "unreliable": {name: [place + 1 for place in found] for name, found in told.items()},
        "favour": {one.item: one.favour for one in questions},
        "icc": ICC,
        "construct_share": ICC + PERSON,
        "reasons": REASONS,
        "true_against_record": "DC1",
        "mistaken_against_record": "RX1",
    }
