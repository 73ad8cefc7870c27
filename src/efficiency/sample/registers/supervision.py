"""The register of supervised matters (督查台账): one row a matter, from 立项 to 销号."""

from __future__ import annotations

import random

from efficiency.sample.desk_hours import DeskHours
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

MATTERS = 300
#: S2: the five sources that matters come from.
SOURCES = ("决策部署", "政府工作报告任务", "会议议定事项", "上级临时专项", "领导批示")
UNITS = ("市发改委", "市财政局", "市住建局", "市教育局", "市交通局", "市农业农村局")
#: The unit that answers late, and the shares of matters that are answered late: there, elsewhere.
LATE_UNIT, LATE_THERE, LATE_ELSEWHERE = "市住建局", 0.50, 0.08
#: Shares: assigned late, acknowledged late, never answered, urged only when a leader asks (of
#: those that are late), answered informally, struck off unverified, late and without consequence.
ASSIGNED_LATE, TAKEN_LATE, SILENT, PROMPTED = 0.06, 0.08, 0.03, 0.4
INFORMAL, UNVERIFIED, UNUSED = 0.05, 0.04, 0.3
_URGES = ("首次催办", "二次催办", "三次催办")
_WORK = ("老旧小区改造", "农村公路养护", "营商环境整改", "重点项目用地", "校舍安全排查", "粮食安全")
_S2 = "S2 全市政府系统办公室主任会议讲话"
_S0 = "S0 区政府系统办公室“转作风提效能抓落实”调研报告"

LIMITS = (
    {
        "standard_id": "D1", "title": "立项后1个工作日内交办", "short": "督查事项及时交办",
        "source": f"{_S2}：“交必办”；原文未定时限，1个工作日为样例设定",
        "from": "立项", "to": "交办", "limit": "1 working day", "target": "0.9",
    },
    {
        "standard_id": "D2", "title": "交办后2个工作日内签收", "short": "督查事项及时签收",
        "source": f"{_S2}：“快接、快办、快反馈”；原文未定时限，2个工作日为样例设定",
        "from": "交办", "to": "签收", "limit": "2 working days", "target": "0.9",
    },
    {
        "standard_id": "D3", "title": "在规定时限内报送落实情况", "short": "督查事项按期反馈",
        "source": "S4 市府办“创先争优”半年工作报告：“在规定时限内报送落实情况”",
        "from": "交办", "to": "反馈", "limit": "=办结时限", "target": "0.9",
    },
)  # fmt: skip
RULES = (
    {
        "rule_id": "P10D", "title": "主动催办，不待领导过问", "kind": "prompted", "a": "领导过问",
        "b": "|".join(_URGES), "n": "3", "severity": "medium",
        "source": f"{_S0}：“仅领导或上级部门督办时催一催”",
        "wording": "疑似被动催办：领导过问后三个工作日内才催办",
    },
    {
        "rule_id": "P11D", "title": "催办之后须有反馈", "kind": "unanswered", "a": "|".join(_URGES),
        "b": "反馈", "n": "3", "severity": "high",
        "source": f"{_S2}：“三番五次催问情况,就是不反馈”",
        "wording": "催办三次以上，至今没有反馈",
    },
    {
        "rule_id": "P9D", "title": "反馈使用正式函或报告", "kind": "attribute",
        "a": "反馈形式!=正式函|报告", "severity": "low", "source": f"{_S0}：“不使用正式文稿”",
        "wording": "反馈没有使用正式文稿",
    },
    {
        "rule_id": "M8", "title": "先核实、后销号", "kind": "precedence", "a": "核实", "b": "销号",
        "severity": "medium", "source": f"{_S0}：“办结销号”", "wording": "未经核实即予销号",
    },
    {
        "rule_id": "P34", "title": "逾期落实的事项，督查结果得到运用", "kind": "response",
        "a": "销号", "b": "结果运用", "scope": "落实情况=逾期落实", "severity": "medium",
        "source": f"{_S2}：“督查结果没有有效运用”",
        "wording": "逾期落实而督查结果没有运用", "theme": "supervision",
    },
)  # fmt: skip


def supervision(office: DeskHours, seed: int = 2024, matters: int = MATTERS) -> Register:
    """
    Keep the register of supervised matters over two years.

    Parameters
    ----------
    office
        The office's hours.
    seed
        Where chance begins.
    matters
        How many there are.
    """
    moments = arrivals(office, random.Random(f"{seed}/supervision"), matters)
    rows, account = drawn("supervision", office, seed, numbered("督", moments), _matter)
    planted = {"unit": LATE_UNIT, "late": LATE_THERE, "elsewhere": LATE_ELSEWHERE}
    return register("supervision", rows, (LIMITS, RULES), account, planted)


def _matter(case: Drawn) -> list[dict[str, str]]:
    name, hours, account = case.name, case.hours, case.account
    chance = hours.chance
    unit = chance.choice(UNITS)
    listed = minute(case.came)
    first_due = hours.office.working_days_on(listed, 1) or 0
    is_late = chance.random() < ASSIGNED_LATE
    assigned = hours.within(listed, first_due, *((1.2, 3.0) if is_late else (0.1, 0.95)))
    taken_due = hours.office.working_days_on(assigned, 2) or 0
    is_late = chance.random() < TAKEN_LATE
    taken = hours.within(assigned, taken_due, *((1.2, 2.0) if is_late else (0.05, 0.9)))
    due = hours.office.working_days_on(assigned, chance.choice((8, 10, 15, 20))) or 0
    is_late = chance.random() < (LATE_THERE if unit == LATE_UNIT else LATE_ELSEWHERE)
    answered = hours.within(taken, due, *((1.1, 1.6) if is_late else (0.4, 0.98)))
    is_silent = chance.random() < SILENT
    asked, urged = _urging(hours, due, None if is_silent else answered, is_late or is_silent)
    answer = None if is_silent else answered
    verified = None if answer is None else hours.after(answer, 3.0, 20.0)
    struck = None if verified is None else hours.after(verified, 2.0, 12.0)
    is_unverified = chance.random() < UNVERIFIED
    verified = None if is_unverified else verified
    is_used = is_late and chance.random() >= UNUSED
    used = hours.after(struck, 5.0, 30.0) if struck is not None and is_used else None
    informal = chance.random() < INFORMAL
    state = "" if seen(answer) is None else "逾期落实" if (answer or 0) > due else "按期落实"
    form = "" if seen(answer) is None else "电话" if informal else chance.choice(("正式函", "报告"))
    account.judge("D1", name, listed, assigned, first_due)
    account.judge("D2", name, assigned, taken, taken_due)
    account.judge("D3", name, assigned, answer, due)
    if seen(assigned) is not None:
        _hold(account, name, hours, asked=asked, urged=urged, answer=answer)
    if form:
        account.hold("P9D", name, broken=form == "电话")
    if seen(struck) is not None:
        account.hold("M8", name, broken=is_unverified)
        if state == "逾期落实":
            account.hold("P34", name, broken=seen(used) is None)
    times = dict(zip(_URGES, [*map(stamp, urged), "", "", ""], strict=False))
    row = {
        "督查编号": name, "事项": f"{unit.removeprefix('市')}{chance.choice(_WORK)}",
        "来源": chance.choice(SOURCES), "责任单位": unit,
        "立项时间": stamp(listed), "交办时间": stamp(assigned), "签收时间": stamp(taken),
        "办结时限": date(due) if seen(assigned) else "",
        **{f"{act}时间": times[act] for act in _URGES},
        "领导过问时间": stamp(asked), "反馈时间": stamp(answer), "反馈形式": form,
        "核实时间": stamp(verified), "销号时间": stamp(struck), "落实情况": state,
        "结果运用时间": stamp(used),
        "结果运用": chance.choice(("通报", "考核扣分", "约谈")) if seen(used) else "",
    }  # fmt: skip
    return [row]


def _urging(
    hours: Hours, due: int, answer: int | None, is_late: bool
) -> tuple[int | None, list[int]]:
    """When a leader asked, and when the unit was urged, before it answered."""
    chance = hours.chance
    end = answer if answer is not None else 2**40
    if not is_late:
        early = hours.after(due, -16.0, -2.0)
        return None, [early] if chance.random() < 0.4 and early < end else []
    asked = hours.after(due, 1.0, 10.0)
    if chance.random() < PROMPTED:
        times = [hours.after(asked, 1.0, 12.0)]
    else:
        # As many were urged before anybody asked, and not again within three working days.
        times, asked = [hours.after(due, -6.0, 0.5)], hours.after(due, 1.0, 6.0)
    times += [hours.after(max(times[0], asked), 42.0, 56.0)]
    times += [hours.after(times[-1], 10.0, 30.0)]
    is_asked = asked < end
    return (asked if is_asked else None), [at for at in times if at < end]


def _hold(
    account: Account, name: str, hours: Hours, *, asked: int | None, urged: list[int],
    answer: int | None,
) -> None:  # fmt: skip
    """Hold a matter to the rules of urging, by what the record shows."""
    done = [at for at in urged if seen(at) is not None]
    by = [asked] if asked is not None and seen(asked) is not None else []
    account.hold("P10D", name, broken=hours.is_prompt(by, done))
    account.hold("P11D", name, broken=len(done) >= 3 and seen(answer) is None)
