"""The log of the service hall (政务服务中心): one row a step of an application."""

from __future__ import annotations

import random

import pandas as pd

from efficiency.sample.desk_hours import HOUR, DeskHours
from efficiency.sample.registers.ledger import (
    Account,
    Drawn,
    Hours,
    Register,
    arrivals,
    drawn,
    minute,
    numbered,
    register,
    seen,
    stamp,
)

APPLICATIONS = 700
#: Item, department, promised working days, and whether the window may decide it.
ITEMS = (
    ("食品经营许可", "市场监管", 5, True),
    ("道路运输证核发", "交通", 3, True),
    ("建设工程规划许可", "自然资源", 15, False),
    ("施工许可", "住建", 7, False),
    ("民办学校设立", "教育", 20, False),
    ("个体工商户登记", "市场监管", 1, True),
)
#: The department that decides late, and the shares: there, elsewhere.
LATE_DEPARTMENT, LATE_THERE, LATE_ELSEWHERE = "住建", 0.30, 0.05
#: Shares: urgent applications and, of these, not issued the same day; papers asked for, and again;
#: applicants who come back with the same item within ninety days.
URGENT, URGENT_MISSED, INCOMPLETE, AGAIN, RETURNS = 0.12, 0.1, 0.15, 0.2, 0.05
#: How much of the time others wait is asked of agents: treatment by acquaintance (看人办事).
AGENTS, FAVOUR = 0.3, 0.6
CLOSED_BY = "发证"
_S3 = "S3 县“机关效能建设”思考"

LIMITS = (
    {
        "standard_id": "S1", "title": "在承诺时限内办结", "short": "按承诺时限办结",
        "source": f"{_S3}：“超时办结”；时限为各事项的承诺工作日",
        "from": "窗口受理", "to": "决定", "limit": "=承诺工作日 个工作日", "target": "0.95",
    },
    {
        "standard_id": "S2", "title": "急办件现场办结", "short": "急办件当日办结",
        "source": f"{_S3}：“急办件现场办结率达100%”；以受理当日发证为现场办结",
        "scope": "急办=是", "from": "窗口受理", "to": CLOSED_BY, "limit": "same day", "target": "1",
    },
)  # fmt: skip
RULES = (
    {
        "rule_id": "P16", "title": "窗口受理、窗口办结", "kind": "round_trips", "a": "{windows}",
        "n": "1", "severity": "medium", "source": f"{_S3}：“还存在‘前店后坊’”",
        "wording": "疑似前店后坊：从窗口转出又回到窗口", "theme": "procedure",
    },
    {
        "rule_id": "P17", "title": "窗口有决定权", "kind": "done_by", "a": "{windows}",
        "b": "决定", "severity": "medium", "source": f"{_S3}：“‘只挂号、不看病’”",
        "wording": "决定不在窗口作出", "theme": "procedure",
    },
    {
        "rule_id": "P32A", "title": "一次办结，不重复申请", "kind": "recurs", "a": "申请人+事项",
        "n": "90", "severity": "low", "source": f"{_S3}：“导致重访”",
        "wording": "疑似未一次办结：同一申请人九十日内就同一事项再次申请", "theme": "quality",
    },
    {
        "rule_id": "M2", "title": "补正一次性告知", "kind": "at_most", "a": "补正", "n": "1",
        "severity": "low", "source": "一次性告知制度，为通行做法",
        "wording": "同一件要求补正两次以上", "theme": "quality",
    },
)  # fmt: skip
WINDOWS = tuple(f"{name}窗口" for name in dict.fromkeys(item[1] for item in ITEMS))


def service_hall(office: DeskHours, seed: int = 2024, many: int = APPLICATIONS) -> Register:
    """
    Keep the log of the service hall over two years.

    Parameters
    ----------
    office
        The hall's hours.
    seed
        Where chance begins.
    many
        How many applications there are.
    """
    moments = arrivals(office, random.Random(f"{seed}/hall"), many)
    steps, account = drawn("hall", office, seed, numbered("办", moments, 4), _application)
    _returns(steps, random.Random(f"{seed}/hall/returns"), account)
    steps.sort(key=lambda step: (step["办结时间"] or "9", step["受理编号"]))
    planted = {"unit": LATE_DEPARTMENT, "late": LATE_THERE, "elsewhere": LATE_ELSEWHERE}
    windows = "|".join(WINDOWS)
    rules = [{**row, "a": row["a"].replace("{windows}", windows)} for row in RULES]
    return register("hall", steps, (LIMITS, rules), account, planted | {"favour": FAVOUR})


def _application(case: Drawn) -> list[dict[str, str]]:
    name, came, hours, account = case.name, case.came, case.hours, case.account
    chance = hours.chance
    item, department, days, is_local = chance.choice(ITEMS)
    is_agent = chance.random() < AGENTS
    is_urgent = is_local and chance.random() < URGENT
    window, back = f"{department}窗口", f"{department}审批科"
    taken = hours.after(came, 0.05, 0.4)
    place = window if is_local else back
    acts: list[tuple[str, str, int, int]] = [("窗口受理", window, minute(came), taken)]
    asks = 0 if is_urgent or chance.random() >= INCOMPLETE else 1 + (chance.random() < AGAIN)
    due = hours.office.working_days_on(taken, days) or 0
    is_late = chance.random() < (LATE_THERE if department == LATE_DEPARTMENT else LATE_ELSEWHERE)
    decided = _decided(hours, taken, due, is_late=is_late, is_agent=is_agent, urgent=is_urgent)
    seconds = hours.office.work(decided) - hours.office.work(taken)
    marks = [taken, *(_part(hours, taken, seconds, share) for share in (0.15, 0.3, 0.6))]
    acts += [("补正", window, marks[ask], marks[ask + 1]) for ask in range(asks)]
    acts.append(("审查", place, acts[-1][3], marks[3]))
    acts.append(("决定", place, marks[3], decided))
    is_missed = chance.random() < URGENT_MISSED
    issued = _issued(hours, taken, decided, urgent=is_urgent, missed=is_missed)
    acts.append((CLOSED_BY, window, decided, issued))
    account.judge("S1", name, taken, decided, due)
    if is_urgent:
        account.judge("S2", name, taken, issued, hours.office.closing(taken))
    done = [act for act in acts if seen(act[3]) is not None]
    units = [unit for _, unit, _, _ in done]
    if units:
        account.hold("P16", name, broken=back in units and units[-1] == window)
        account.hold("M2", name, broken=sum(act[0] == "补正" for act in done) > 1)
        if "决定" in [act for act, *_ in done]:
            account.hold("P17", name, broken=not is_local)
    known = {
        "事项": item, "承诺工作日": str(days), "急办": "是" if is_urgent else "否",
        "申请人": f"申{chance.randrange(10**6):06d}",
        "申请人类型": "代办机构" if is_agent else "本人",
    }  # fmt: skip
    return [
        {
            "受理编号": name, "环节": act, "单位": unit, "到达时间": stamp(reached),
            "办结时间": stamp(end), **known,
        }
        for act, unit, reached, end in acts
        if seen(reached) is not None
    ]  # fmt: skip


def _decided(
    hours: Hours, taken: int, due: int, *, is_late: bool, is_agent: bool, urgent: bool
) -> int:
    """When it is decided: agents wait less, what is urgent is decided at once."""
    if urgent:
        return hours.after(taken, 0.2, 0.5)
    if is_late:
        return hours.within(taken, due, 1.1, 1.8)
    share = FAVOUR if is_agent else 1.0
    return hours.within(taken, due, 0.35 * share, 0.95 * share)


def _issued(hours: Hours, taken: int, decided: int, *, urgent: bool, missed: bool) -> int:
    if not urgent:
        return hours.after(decided, 0.5, 6.0)
    close = hours.office.closing(taken)
    if missed:
        return hours.after(close, 0.5, 3.0)
    return min(hours.after(decided, 0.1, 0.4), max(close, decided))


def _part(hours: Hours, start: int, seconds: int, share: float) -> int:
    return minute(hours.office.begin(hours.office.work(start) + int(seconds * share)))


def _returns(steps: list[dict[str, str]], chance: random.Random, account: Account) -> None:
    """Let some applicants come back with the same item within ninety days."""
    first = {step["受理编号"]: step for step in reversed(steps)}
    cases = sorted(first.values(), key=lambda step: (step["办结时间"] or "9", step["受理编号"]))
    by_item: dict[str, list[dict[str, str]]] = {}
    again: dict[str, str] = {}
    for step in cases:
        earlier = by_item.setdefault(step["事项"], [])
        near = [
            one for one in earlier
            if one["受理编号"] not in again and step["办结时间"] and _days(one, step) <= 80
        ]  # fmt: skip
        if near and chance.random() < RETURNS:
            again[step["受理编号"]] = near[-1]["申请人"]
            earlier.remove(near[-1])
        else:
            earlier.append(step)
    for step in steps:
        step["申请人"] = again.get(step["受理编号"], step["申请人"])
    for step in cases:
        account.hold("P32A", step["受理编号"], broken=step["受理编号"] in again)


def _days(one: dict[str, str], other: dict[str, str]) -> float:
    gap = pd.Timestamp(other["办结时间"]) - pd.Timestamp(one["办结时间"])
    return float(gap.total_seconds() / HOUR / 24)
