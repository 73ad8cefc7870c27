"""The register of errors (差错登记): 零差错, 零失误, 零缺陷 held against what happened."""

from __future__ import annotations

import random

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.ledger import (
    Drawn,
    Register,
    arrivals,
    drawn,
    minute,
    numbered,
    register,
    stamp,
)

ERRORS = 74
#: S4: 三零, by the trade in which an error may happen, with the share of each and its kinds.
TRADES = {
    "办文差错": (0.6, ("文种错误", "格式错误", "数据错误", "文字错误")),
    "办会失误": (0.25, ("席卡错误", "通知漏发", "材料缺页")),
    "办事缺陷": (0.15, ("告知不清", "登记错漏")),
}
UNITS = ("综合处", "秘书一处", "秘书二处", "秘书三处", "文书科")
#: The share of errors that are mended late.
LATE = 0.15

LIMITS = (
    {
        "standard_id": "Z1", "title": "差错在3个工作日内改正", "short": "差错3个工作日内改正",
        "source": "S4 市府办“创先争优”半年工作报告：“零差错、零失误、零缺陷”；3个工作日为样例设定",
        "from": "发现", "to": "改正", "limit": "3 working days", "target": "0.9",
    },
)  # fmt: skip


def error_register(office: DeskHours, seed: int = 2024, many: int = ERRORS) -> Register:
    """
    Keep the register of errors over two years.

    Parameters
    ----------
    office
        The office's hours.
    seed
        Where chance begins.
    many
        How many there are.
    """
    moments = arrivals(office, random.Random(f"{seed}/errors"), many)
    rows, account = drawn("errors", office, seed, numbered("差", moments), _error)
    planted = {"shares": {trade: share for trade, (share, _) in TRADES.items()}}
    return register("errors", rows, (LIMITS, ()), account, planted)


def _error(case: Drawn) -> list[dict[str, str]]:
    hours, chance = case.hours, case.hours.chance
    trade = chance.choices(list(TRADES), [share for share, _ in TRADES.values()])[0]
    found = minute(case.came)
    due = hours.office.working_days_on(found, 3) or 0
    is_late = chance.random() < LATE
    mended = hours.within(found, due, *((1.1, 2.5) if is_late else (0.05, 0.9)))
    case.account.judge("Z1", case.name, found, mended, due)
    row = {
        "差错编号": case.name, "差错类别": trade, "差错情形": chance.choice(TRADES[trade][1]),
        "责任处室": chance.choice(UNITS), "发现时间": stamp(found), "改正时间": stamp(mended),
    }  # fmt: skip
    return [row]
