"""The register of shortfalls that the office found in itself (找差): 154 in six categories."""

from __future__ import annotations

import random

import numpy as np

from efficiency.sample.desk_hours import DAY, DeskHours
from efficiency.sample.registers.ledger import (
    Drawn,
    Register,
    date,
    drawn,
    minute,
    numbered,
    register,
    seen,
    stamp,
)

#: S4: “共查找出工作中的差距和问题154条…6个方面”; how many of each is the sample's own.
CATEGORIES = {
    "工作不细致": 47, "沟通不顺畅": 34, "业务不熟悉": 27, "服务不规范": 21, "管理不严谨": 16,
    "作风不务实": 9,
}  # fmt: skip
UNITS = ("综合处", "秘书一处", "秘书二处", "秘书三处", "文书科", "督查室", "应急办")
#: The month in which they are looked for, from its first day on; those found again afterwards.
BEGINS, AGAIN = np.datetime64("2024-06-03T00:00:00", "s"), 9
#: The shares that are mended late, or not at all.
LATE, LEFT = 0.12, 0.04
_S4 = "S4 市府办“创先争优”半年工作报告"

LIMITS = (
    {
        "standard_id": "Q1", "title": "查找出的差距和问题按期整改", "short": "找差问题按期整改",
        "source": f"{_S4}：“找差”活动；整改期限见台账", "from": "提出", "to": "整改",
        "limit": "=整改期限", "target": "0.9",
    },
)  # fmt: skip
RULES = (
    {
        "rule_id": "Q2", "title": "整改后不再发生", "kind": "recurs", "a": "问题", "n": "90",
        "severity": "medium", "source": f"{_S4}：“找差”活动",
        "wording": "疑似整改不彻底：同一问题九十日内再次提出", "theme": "quality",
    },
)  # fmt: skip


def shortfalls_found(office: DeskHours, seed: int = 2024) -> Register:
    """
    Keep the register of shortfalls that were looked for over a month.

    Parameters
    ----------
    office
        The office's hours.
    seed
        Where chance begins.
    """
    chance = random.Random(f"{seed}/shortfalls")
    kinds = [kind for kind, many in CATEGORIES.items() for _ in range(many)]
    chance.shuffle(kinds)
    first = int(BEGINS.astype("int64"))
    low, high = office.work(first), office.work(first + 28 * DAY)
    moments = sorted(office.begin(chance.randrange(low, high)) for _ in kinds)
    again = sorted(chance.sample(range(len(kinds)), AGAIN))
    late = [office.next_morning(moments[place] + 45 * DAY) + 60 * place for place in again]
    names = numbered("查", [*moments, *late])
    what = [f"{kind}之{place + 1:03d}" for place, kind in enumerate(kinds)]
    what += [what[place] for place in again]
    units = [chance.choice(UNITS) for _ in kinds]
    units += [units[place] for place in again]

    def draw(case: Drawn) -> list[dict[str, str]]:
        case.account.hold("Q2", case.name, broken=case.number >= len(kinds))
        return _shortfall(case, what[case.number], units[case.number])

    rows, account = drawn("shortfalls", office, seed, names, draw)
    planted = {"categories": CATEGORIES, "again": AGAIN}
    return register("shortfalls", rows, (LIMITS, RULES), account, planted)


def _shortfall(case: Drawn, what: str, unit: str) -> list[dict[str, str]]:
    hours, chance = case.hours, case.hours.chance
    found = minute(case.came)
    due = hours.office.working_days_on(found, chance.choice((10, 15, 20))) or 0
    is_late, is_left = chance.random() < LATE, chance.random() < LEFT
    mended = None if is_left else hours.within(found, due, *((1.1, 1.8) if is_late else (0.2, 0.9)))
    case.account.judge("Q1", case.name, found, mended, due)
    row = {
        "问题编号": case.name, "问题": what, "问题类别": what.partition("之")[0], "责任处室": unit,
        "提出时间": stamp(found), "整改期限": date(due), "整改时间": stamp(seen(mended)),
    }  # fmt: skip
    return [row]
