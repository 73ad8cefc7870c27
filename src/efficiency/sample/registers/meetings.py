"""The register of meetings (会议台账): what was prepared, minutes, and what came of it."""

from __future__ import annotations

import random

from efficiency.sample.desk_hours import DAY, HOUR, MINUTE, DeskHours
from efficiency.sample.registers.ledger import (
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

MEETINGS = 260
KINDS = ("常务会议", "专题会议", "综合性会议", "大型活动")
#: S4: in these two rooms the service staff is there half an hour before.
ROOMS = ("常务会议厅", "一会议厅", "二会议室", "三会议室")
WATCHED = ROOMS[:2]
UNITS = ("秘书一处", "秘书二处", "秘书三处", "综合处")
#: The unit whose minutes come late, and the shares of meetings: there, elsewhere.
LATE_UNIT, LATE_THERE, LATE_ELSEWHERE = "秘书二处", 0.40, 0.05
#: Shares: staff late in the room; each of the four checks left out; a matter that is followed up;
#: of these, first reports that come after more than 15 days, and matters that end in reports only.
STAFF_LATE, UNCHECKED, FOLLOWED, REPORT_LATE, ONLY_REPORTS = 0.06, 0.03, 0.5, 0.15, 0.12
CHECKS = ("方案拟定", "地点落实", "材料审核", "参会人员审定")
_S4 = "S4 市府办“创先争优”半年工作报告"

LIMITS = (
    {
        "standard_id": "T7", "title": "会后一个工作日内整理出会议纪要并送签",
        "short": "会后一个工作日内送签纪要",
        "source": f"{_S4}：“会后一个工作日内整理出会议纪要并送签”",
        "from": "会议结束", "to": "纪要送签", "limit": "1 working day", "target": "0.9",
    },
    {
        "standard_id": "T9H", "title": "每半个月向市政府主要领导报告一次跟踪落实情况",
        "short": "会议议定事项半月报告",
        "source": f"{_S4}：“每半个月向市政府主要领导报告一次跟踪落实情况”；以首次报告计",
        "scope": "议定事项=有", "from": "纪要送签", "to": "首次报告", "limit": "15 days",
        "target": "0.9",
    },
    {
        "standard_id": "T11", "title": "会议服务人员必须提前30分钟到达会场",
        "short": "服务人员提前30分钟到会场",
        "source": f"{_S4}：“会议服务人员必须提前30分钟到达会场”",
        "scope": f"会场={'|'.join(WATCHED)}", "from": "计划开会", "to": "服务到场",
        "limit": "提前30分钟", "clock": "elapsed", "target": "0.95",
    },
)  # fmt: skip
RULES = (
    *(
        {
            "rule_id": f"H{number}", "title": f"会前完成{check}", "kind": "precedence", "a": check,
            "b": "计划开会", "severity": "low", "source": f"{_S4}：会务四关",
            "wording": f"会前没有{check}", "theme": "quality",
        }
        for number, check in enumerate(CHECKS, start=1)
    ),
    {
        "rule_id": "P20H", "title": "议定事项须有落实", "kind": "responded_existence",
        "a": "首次报告", "b": "落实", "severity": "medium",
        "source": "S3 县“机关效能建设”思考：“以文件落实文件、以会议落实会议”",
        "wording": "疑似以会议落实会议：只有报告，没有落实", "theme": "supervision",
    },
)  # fmt: skip


def meetings(office: DeskHours, seed: int = 2024, many: int = MEETINGS) -> Register:
    """
    Keep the register of meetings over two years.

    Parameters
    ----------
    office
        The office's hours.
    seed
        Where chance begins.
    many
        How many there are.
    """
    planned = arrivals(office, random.Random(f"{seed}/meetings"), many)
    begins = [_on_the_half_hour(moment) for moment in planned]
    begins.sort()
    rows, account = drawn("meetings", office, seed, numbered("会", begins), _meeting)
    planted = {"unit": LATE_UNIT, "late": LATE_THERE, "elsewhere": LATE_ELSEWHERE}
    return register("meetings", rows, (LIMITS, RULES), account, planted)


def _on_the_half_hour(moment: int) -> int:
    """A meeting begins at nine, half past nine, … of the day; none later than half past four."""
    day = moment // DAY * DAY
    first, last = day + 9 * HOUR, day + 16 * HOUR + 30 * MINUTE
    return min(max(moment // (30 * MINUTE) * 30 * MINUTE, first), last)


def _meeting(case: Drawn) -> list[dict[str, str]]:
    name, planned, hours, account = case.name, case.came, case.hours, case.account
    chance = hours.chance
    unit, room, kind = chance.choice(UNITS), chance.choice(ROOMS), chance.choice(KINDS)
    checks = [
        None if chance.random() < UNCHECKED else _before(hours, planned, 4.0 + 3 * place)
        for place in reversed(range(len(CHECKS)))
    ]
    early = chance.randint(5, 29) if chance.random() < STAFF_LATE else chance.randint(30, 50)
    staff = planned - early * MINUTE
    begun = planned + chance.randint(0, 5) * MINUTE
    ended = begun + chance.randint(40, 150) * MINUTE
    minutes_due = hours.office.working_days_on(ended, 1) or 0
    is_late = chance.random() < (LATE_THERE if unit == LATE_UNIT else LATE_ELSEWHERE)
    on_time = hours.within(ended, minutes_due, 0.2, 0.95)
    signed = hours.after(minutes_due, 1.0, 20.0) if is_late else on_time
    is_followed = chance.random() < FOLLOWED
    report_due = hours.office.days_on(signed, 15)
    report, done = None, None
    if is_followed:
        report_late = chance.random() < REPORT_LATE
        report = (
            hours.after(report_due, 2.0, 40.0) if report_late else hours.after(signed, 21.0, 60.0)
        )
        done = None if chance.random() < ONLY_REPORTS else hours.after(report, 10.0, 80.0)
    filed = hours.after(max(signed, report or 0, done or 0), 90.0, 140.0)
    account.judge("T7", name, ended, signed, minutes_due)
    if is_followed:
        account.judge("T9H", name, signed, report, report_due)
    if room in WATCHED:
        account.judge("T11", name, planned, staff, planned - 30 * MINUTE)
    for number, check in enumerate(checks, start=1):
        account.hold(f"H{number}", name, broken=check is None)
    if seen(report) is not None and (seen(filed) is not None or seen(done) is not None):
        account.hold("P20H", name, broken=seen(done) is None)
    row = {
        "会议编号": name, "会议类型": kind, "承办处室": unit, "会场": room,
        **{f"{check}时间": stamp(at) for check, at in zip(CHECKS, checks, strict=True)},
        "服务到场时间": stamp(staff), "计划开会时间": stamp(planned), "会议开始时间": stamp(begun),
        "会议结束时间": stamp(ended), "纪要送签时间": stamp(signed),
        "议定事项": "有" if is_followed else "无", "首次报告时间": stamp(report),
        "落实时间": stamp(done), "归档时间": stamp(filed),
    }  # fmt: skip
    return [row]


def _before(hours: Hours, moment: int, low: float) -> int:
    """So many working hours before a moment, or up to two more."""
    work = hours.office.work(moment) - int(hours.chance.uniform(low, low + 2) * HOUR)
    return minute(hours.office.begin(work))
