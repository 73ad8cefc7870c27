"""The register of the hotline (便民服务热线): one row a call, from its order to its callback."""

from __future__ import annotations

import random

from efficiency.sample.desk_hours import MINUTE, DeskHours
from efficiency.sample.establishment import CUTOFF
from efficiency.sample.registers.ledger import (
    Account,
    Drawn,
    Hours,
    Register,
    arrivals,
    date,
    drawn,
    minute,
    numbered,
    register,
    seen,
    stamp,
)

CALLS = 600
KINDS = {"咨询": 2, "求助": 5, "投诉": 7, "建议": 10}
TOPICS = ("供水供电", "道路施工", "物业管理", "噪声扰民", "社会保障", "停车管理")
UNITS = ("市住建局", "市交通局", "市城管局", "市人社局", "市水务集团")
#: The unit that answers late, and the shares: there, elsewhere.
LATE_UNIT, LATE_THERE, LATE_ELSEWHERE = "市城管局", 0.30, 0.06
#: Shares: orders given late, extensions (of calls that take long), callers that call again.
GIVEN_LATE, EXTENDED, AGAIN = 0.05, 0.06, 0.06
#: What callers say afterwards, and how often nobody is reached.
LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
WEIGHTS, UNREACHED = (40, 35, 12, 9, 4), 0.25
_S0 = "S0 区政府系统办公室“转作风提效能抓落实”调研报告"

LIMITS = (
    {
        "standard_id": "R1", "title": "来电后30分钟内派单", "short": "热线来电及时派单",
        "source": "各地热线办理规定；30分钟为样例设定", "from": "来电", "to": "派单",
        "limit": "30 min", "clock": "working", "target": "0.9",
    },
    {
        "standard_id": "R2", "title": "在规定时限内办结热线工单", "short": "热线工单按期办结",
        "source": f"{_S0}：“便民服务热线、区长热线、信访件办结率均达到99%以上”；时限按诉求类别",
        "from": "派单", "to": "办结", "limit": "=时限工作日 个工作日", "target": "0.95",
        "extend": "批准延期", "extend_by": "=延期至",
    },
)  # fmt: skip
RULES = (
    {
        "rule_id": "P32B", "title": "一次办好，不重复来电", "kind": "recurs",
        "a": "来电人+诉求事项",
        "n": "90", "severity": "medium", "source": "S3 县“机关效能建设”思考：“导致重访”",
        "wording": "疑似未一次办好：同一来电人九十日内就同一事项再次来电", "theme": "quality",
    },
    {
        "rule_id": "N8A", "title": "回访满意（非常满意、满意、基本满意）", "kind": "attribute",
        "a": "满意度=不满意|非常不满意", "severity": "low",
        "source": f"{_S0}：“满意率达到98%以上”；口径一，含基本满意，以有回访评价的计",
        "wording": "回访不满意", "theme": "quality",
    },
    {
        "rule_id": "N8B", "title": "回访满意（非常满意、满意）", "kind": "attribute",
        "a": "满意度=基本满意|不满意|非常不满意", "severity": "low",
        "source": f"{_S0}：“满意率达到98%以上”；口径二，不含基本满意，以有回访评价的计",
        "wording": "回访未达到满意", "theme": "quality",
    },
)  # fmt: skip


def hotline(office: DeskHours, seed: int = 2024, many: int = CALLS) -> Register:
    """
    Keep the register of the hotline over two years.

    Parameters
    ----------
    office
        The office's hours.
    seed
        Where chance begins.
    many
        How many calls there are.
    """
    moments = arrivals(office, random.Random(f"{seed}/hotline"), many)
    callers = _callers(moments, random.Random(f"{seed}/hotline/callers"))

    def call(case: Drawn) -> list[dict[str, str]]:
        caller, topic, is_again = callers[case.number]
        told = _call(case.name, case.came, case.hours, case.account)
        case.account.hold("P32B", case.name, broken=is_again)
        return [{"工单编号": case.name, "来电人": caller, "诉求事项": topic, **told}]

    rows, account = drawn("hotline", office, seed, numbered("热", moments, 4), call)
    planted = {"unit": LATE_UNIT, "late": LATE_THERE, "elsewhere": LATE_ELSEWHERE}
    return register("hotline", rows, (LIMITS, RULES), account, planted)


def _callers(moments: list[int], chance: random.Random) -> list[tuple[str, str, bool]]:
    """Who calls about what, and whether he did within the ninety days before."""
    told: list[tuple[str, str, bool]] = []
    for number, moment in enumerate(moments):
        near = [
            place for place in range(number)
            if moment - moments[place] < 80 * 86400 and not told[place][2]
        ]  # fmt: skip
        if near and chance.random() < AGAIN:
            caller, topic, _ = told[chance.choice(near)]
            told.append((caller, topic, True))
        else:
            told.append((f"电{number:05d}", chance.choice(TOPICS), False))
    return told


def _call(name: str, came: int, hours: Hours, account: Account) -> dict[str, str]:
    chance, office = hours.chance, hours.office
    kind, unit = chance.choice(list(KINDS)), chance.choice(UNITS)
    came = minute(came)
    given_due = office.finish(office.work(came) + 30 * MINUTE)
    is_late = chance.random() < GIVEN_LATE
    given = hours.after(came, *((0.6, 1.5) if is_late else (0.03, 0.45)))
    days = KINDS[kind]
    due = office.working_days_on(given, days) or 0
    extended = until = None
    if days >= 7 and chance.random() < EXTENDED:
        extended = hours.within(given, due, 0.5, 0.9)
        until = office.working_days_on(due, 5) or 0
    last = due if until is None else until
    is_late = chance.random() < (LATE_THERE if unit == LATE_UNIT else LATE_ELSEWHERE)
    shares = (1.05, 1.6) if is_late else (0.3, 0.98) if until is None else (0.8, 0.98)
    done = hours.within(given, last, *shares)
    asked = hours.after(done, 2.0, 14.0)
    is_reached = chance.random() >= UNREACHED
    level = chance.choices(LEVELS, WEIGHTS)[0] if is_reached and seen(asked) else ""
    account.judge("R1", name, came, given, given_due)
    is_known = extended is not None and extended <= CUTOFF
    account.judge("R2", name, given, done, last if is_known else due)
    if level:
        account.hold("N8A", name, broken=level in LEVELS[3:])
        account.hold("N8B", name, broken=level in LEVELS[2:])
    return {
        "诉求类别": kind, "承办单位": unit, "时限工作日": str(days),
        "来电时间": stamp(came), "派单时间": stamp(given), "批准延期时间": stamp(extended),
        "延期至": date(until) if until and seen(extended) else "",
        "办结时间": stamp(done), "回访时间": stamp(asked) if is_reached else "", "满意度": level,
    }  # fmt: skip
