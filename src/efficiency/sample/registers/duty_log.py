"""The log of the duty desk (值班登记): what was told, written up, and passed on."""

from __future__ import annotations

import random

from efficiency.sample.desk_hours import MINUTE, DeskHours
from efficiency.sample.establishment import CUTOFF
from efficiency.sample.registers.ledger import (
    BEGINNING,
    Drawn,
    Register,
    drawn,
    numbered,
    register,
    seen,
    stamp,
)

REPORTS = 240
KINDS = ("自然灾害", "事故灾难", "公共卫生", "社会安全")
PEOPLE = ("尤某", "许某", "何某")
#: Shares that come late: told by telephone, in writing by day and by night, passed on to the last.
TOLD_LATE, WRITTEN_LATE, WRITTEN_LATE_AT_NIGHT, PASSED_LATE = 0.05, 0.03, 0.35, 0.08
#: Night at the duty desk, in hours; the share of reports on which a leader gives instructions, and
#: of those to which no written report is known.
NIGHT, INSTRUCTED, UNWRITTEN = (22, 6), 0.6, 0.03
_S4 = "S4 市府办“创先争优”半年工作报告"

LIMITS = (
    {
        "standard_id": "T12", "title": "突发事件信息接报后10分钟内以口头报告",
        "short": "接报后10分钟内口头报告",
        "source": f"{_S4}：“突发事件信息接报后10分钟内以口头报告”",
        "from": "接报", "to": "口头报告", "limit": "10 min", "clock": "elapsed", "target": "0.95",
    },
    {
        "standard_id": "T13", "title": "1小时内以《应急快报》的形式向领导报告",
        "short": "接报后1小时内书面报告",
        "source": f"{_S4}：“1小时内以《应急快报》的形式向领导报告”",
        "from": "接报", "to": "应急快报", "limit": "1 h", "clock": "elapsed", "target": "0.95",
    },
    {
        "standard_id": "T14Z", "title": "领导指示30分钟内传达完毕",
        "short": "领导指示30分钟内传达完毕",
        "source": f"{_S4}：“领导指示30分钟内传达完毕”；以传达到最后一个单位计",
        "from": "领导指示", "to": "传达完毕", "limit": "30 min", "clock": "elapsed",
        "target": "0.95", "required": "no",
    },
)  # fmt: skip
RULES = (
    {
        "rule_id": "Y1", "title": "口头报告之后须有书面报告", "kind": "existence", "a": "应急快报",
        "severity": "medium", "source": f"{_S4}：“1小时内以《应急快报》的形式向领导报告”",
        "wording": "没有书面报告", "theme": "procedure",
    },
)  # fmt: skip


def duty_log(office: DeskHours, seed: int = 2024, many: int = REPORTS) -> Register:
    """
    Keep the log of the duty desk, round the clock, over two years.

    Parameters
    ----------
    office
        The office's hours; the duty desk keeps all hours, so they do not count.
    seed
        Where chance begins.
    many
        How many reports came in.
    """
    chance = random.Random(f"{seed}/duty")
    span = range(BEGINNING // MINUTE, CUTOFF // MINUTE)
    moments = sorted(chance.choice(span) * MINUTE for _ in range(many))
    rows, account = drawn("duty", office, seed, numbered("值", moments), _report)
    planted = {"night": WRITTEN_LATE_AT_NIGHT, "day": WRITTEN_LATE}
    return register("duty", rows, (LIMITS, RULES), account, planted)


def _report(case: Drawn) -> list[dict[str, str]]:
    name, came, chance, account = case.name, case.came, case.hours.chance, case.account
    hour = came // 3600 % 24
    is_night = hour >= NIGHT[0] or hour < NIGHT[1]
    told = came + MINUTE * (
        chance.randint(11, 25) if chance.random() < TOLD_LATE else chance.randint(2, 10)
    )
    late = WRITTEN_LATE_AT_NIGHT if is_night else WRITTEN_LATE
    taken = chance.randint(61, 110) if chance.random() < late else chance.randint(25, 60)
    written = None if chance.random() < UNWRITTEN else came + taken * MINUTE
    asked = passed = None
    if chance.random() < INSTRUCTED:
        asked = (written or told) + chance.randint(3, 40) * MINUTE
        wait = chance.randint(31, 60) if chance.random() < PASSED_LATE else chance.randint(8, 30)
        passed = asked + wait * MINUTE
    account.judge("T12", name, came, told, came + 10 * MINUTE)
    account.judge("T13", name, came, written, came + 60 * MINUTE)
    if asked is not None:
        account.judge("T14Z", name, asked, passed, asked + 30 * MINUTE)
    account.hold("Y1", name, broken=seen(written) is None)
    row = {
        "值班编号": name, "信息类别": chance.choice(KINDS), "时段": "夜间" if is_night else "日间",
        "值班员": chance.choice(PEOPLE), "接报时间": stamp(came), "口头报告时间": stamp(told),
        "应急快报时间": stamp(written), "领导指示时间": stamp(asked), "传达完毕时间": stamp(passed),
    }  # fmt: skip
    return [row]
