"""The 21 offices that were visited: of what kind they are, who works there, who was given what."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pandas as pd

#: Questionnaires issued and interviews held, as S0 has them.
ISSUED, INTERVIEWS = 889, 56
EDUCATION = ("中专及以下", "大专", "本科", "研究生")
POSTS = ("公务员", "事业干部", "工勤人员", "其他")
AGES = ("35岁及以下", "36至50岁", "51岁及以上")
#: By kind, the offices; those of the first two kinds handle what the office's logs record.
KINDS = {
    "内设处室": (
        "综合处", "秘书一处", "秘书二处", "秘书三处", "文书科", "督查室", "应急办",
    ),
    "市直部门": (
        "市发改委", "市教育局", "市财政局", "市住建局", "市交通局", "市农业农村局", "市人社局",
        "市城管局", "市水务集团", "市司法局",
    ),
    "县区政府": ("甲县政府", "乙县政府", "丙区政府", "丁区政府"),
}  # fmt: skip
#: Shares of the staff, and how willing each kind is to answer.
_SHARES = (0.10, 0.28, 0.48, 0.14)
_WILLING = {"中专及以下": 0.7, "大专": 0.9, "本科": 1.05, "研究生": 1.2}
_POST_SHARES, _AGE_SHARES = (0.5, 0.32, 0.1, 0.08), (0.34, 0.44, 0.22)
#: Offices that do not tell their posts, and one that tells a lower bound of its staff.
_MASKED, _AT_LEAST = ("市水务集团", "丁区政府"), "市司法局"


@dataclass(frozen=True)
class Person:
    """One of the staff."""

    office: str
    kind: str
    education: str
    post: str
    age: str


def staff_of(seed: int) -> list[Person]:
    """All who work in the offices."""
    chance = random.Random(f"{seed}/survey/staff")
    people = []
    for kind, offices in KINDS.items():
        low, high = {"内设处室": (14, 26), "市直部门": (58, 96), "县区政府": (60, 90)}[kind]
        for office in offices:
            people += [
                Person(
                    office, kind, chance.choices(EDUCATION, _SHARES)[0],
                    chance.choices(POSTS, _POST_SHARES)[0], chance.choices(AGES, _AGE_SHARES)[0],
                )
                for _ in range(chance.randint(low, high))
            ]  # fmt: skip
    return people


def asked_of(people: list[Person], seed: int) -> tuple[dict[str, int], list[Person]]:
    """How many questionnaires each office was given, and who answered."""
    chance = random.Random(f"{seed}/survey/issued")
    by_office: dict[str, list[Person]] = {}
    for person in people:
        by_office.setdefault(person.office, []).append(person)
    whole = len(people)
    issued = {office: round(ISSUED * len(own) / whole) for office, own in by_office.items()}
    largest = max(issued, key=lambda office: issued[office])
    issued[largest] += ISSUED - sum(issued.values())
    answered = []
    for office, own in by_office.items():
        back = round(issued[office] * chance.uniform(0.86, 0.97))
        ranked = sorted(own, key=lambda one: chance.expovariate(_WILLING[one.education]))
        answered += ranked[: min(back, len(own))]
    return issued, answered


def staff_table(people: list[Person]) -> pd.DataFrame:
    """The table of staff as the offices gave it: some figures masked, one a lower bound."""
    rows = []
    for office in dict.fromkeys(one.office for one in people):
        own = [one for one in people if one.office == office]
        posts = {name: str(sum(one.post == name for one in own)) for name in POSTS}
        if office in _MASKED:
            posts = dict.fromkeys(POSTS, "*")
        total = f"{len(own) // 10 * 10}余人" if office == _AT_LEAST else str(len(own))
        counts = {name: str(sum(one.education == name for one in own)) for name in EDUCATION}
        rows.append({"单位": office, "总人数": total, **counts, **posts})
    return pd.DataFrame(rows)
