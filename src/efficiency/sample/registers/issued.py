"""The log of issued documents (发文办理), and who of two clerks was away when (AB岗)."""

from __future__ import annotations

import random

import pandas as pd

from efficiency.sample.desk_hours import DAY, DeskHours
from efficiency.sample.registers.ledger import (
    BEGINNING,
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

#: Documents issued in the first year and in the second: more, where fewer were asked for.
DOCUMENTS = (230, 262)
KINDS = ("通知", "意见", "函", "请示", "报告")
UNITS = ("综合处", "秘书一处", "秘书二处", "秘书三处")
#: Sort of text, and characters it may have (2024): 整治形式主义为基层减负若干规定.
LENGTHS = {"综合性文件": 5000, "专项文件": 4000}
#: Shares: too long, sent back for rewriting, passed on from above, passed on once more.
TOO_LONG, SENT_BACK, PASSED_ON, AGAIN = 0.07, 0.18, 0.35, 0.25
#: The two clerks who check drafts: the first does, the second stands in for him (AB岗); when both
#: are away the drafts lie.
CLERK, DEPUTY = "万某", "段某"
#: The share of the drafts that come in while the first is away that the second takes over.
TAKEN_OVER = 0.8
#: First days and working days of absences, counted in days from the beginning of the record; in
#: the last two of each list both are away at once, which the rule forbids.
AWAY = (
    (CLERK, ((38, 4), (121, 3), (205, 5), (292, 3), (402, 5), (471, 4), (566, 5), (647, 3))),
    (DEPUTY, ((75, 3), (160, 4), (250, 3), (433, 4), (515, 3), (568, 2), (648, 2))),
)
_RULE_2024 = "《整治形式主义为基层减负若干规定》（2024）"
_S0 = "S0 区政府系统办公室“转作风提效能抓落实”调研报告"

LIMITS = (
    {
        "standard_id": "F1", "title": "核稿在2个工作日内完成", "short": "核稿2个工作日内完成",
        "source": "原文未定时限，2个工作日为样例设定", "from": "拟稿", "to": "核稿",
        "limit": "2 working days", "target": "0.9",
    },
)  # fmt: skip
RULES = (
    {
        "rule_id": "P21A", "title": "综合性文件不超过5000字", "kind": "attribute",
        "scope": "文稿类别=综合性文件", "a": "字数>5000", "severity": "medium",
        "source": f"{_RULE_2024}：综合性文件≤5000字", "wording": "综合性文件超过5000字",
        "theme": "quality",
    },
    {
        "rule_id": "P21B", "title": "专项文件不超过4000字", "kind": "attribute",
        "scope": "文稿类别=专项文件", "a": "字数>4000", "severity": "medium",
        "source": f"{_RULE_2024}：专项≤4000字", "wording": "专项文件超过4000字",
        "theme": "quality",
    },
    {
        "rule_id": "P21C", "title": "不层层转发", "kind": "forwarded", "a": "依据文号",
        "n": "1", "severity": "medium",
        "source": f"{_RULE_2024}：不层层转发；S1 “尽量避免层层转发文件”",
        "wording": "疑似层层转发：所依据的文件本身也是转发", "theme": "quality",
    },
    {
        "rule_id": "P22F", "title": "文稿一次成稿，不退回重写", "kind": "absence", "a": "退回修改",
        "severity": "low", "source": f"{_S0}：“应付交差的多”“泛泛而谈”",
        "wording": "送签后退回修改", "theme": "quality",
    },
)  # fmt: skip


def issued(office: DeskHours, seed: int = 2024) -> Register:
    """
    Keep the log of issued documents over two years.

    Parameters
    ----------
    office
        The office's hours.
    seed
        Where chance begins.
    """
    chance = random.Random(f"{seed}/issued")
    moments = _moments(office, chance)
    away = absences(office)
    names = numbered("示府发", moments)
    parents = _parents(list(names), chance)

    def draw(case: Drawn) -> list[dict[str, str]]:
        parent, depth = parents[case.name]
        return _document(case, away, parent, depth)

    steps, account = drawn("issued", office, seed, names, draw)
    steps.sort(key=lambda step: (step["办结时间"] or "9", step["发文编号"]))
    planted = {"first_year": DOCUMENTS[0], "second_year": DOCUMENTS[1],
               "taken_over": TAKEN_OVER}  # fmt: skip
    return register("issued", steps, (LIMITS, RULES), account, planted)


def absences(office: DeskHours) -> list[tuple[str, int, int]]:
    """Who was away, from the first morning to the last evening."""
    found = []
    for who, spans in AWAY:
        for first, days in spans:
            begin = office.next_morning(BEGINNING + first * DAY)
            found.append((who, begin, office.working_days_on(begin, days - 1) or 0))
    return found


def leave(office: DeskHours) -> pd.DataFrame:
    """The table of leave, as people keep it: whole days."""
    others = {CLERK: DEPUTY, DEPUTY: CLERK}
    rows = [
        {"姓名": who, "离岗日期": date(first), "返岗前一日": date(last), "顶岗人": others[who],
         "事由": "休假"}
        for who, first, last in sorted(absences(office), key=lambda one: one[1])
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _moments(office: DeskHours, chance: random.Random) -> list[int]:
    """So many documents in each of the two years, in order."""
    year = BEGINNING + 365 * DAY
    many = sum(DOCUMENTS) * 6
    every = arrivals(office, chance, many)
    parts = [one for one in every if one < year], [one for one in every if one >= year]
    kept = [chance.sample(part, wanted) for part, wanted in zip(parts, DOCUMENTS, strict=True)]
    return sorted(moment for part in kept for moment in part)


def _parents(names: list[str], chance: random.Random) -> dict[str, tuple[str, int]]:
    """Which document each passes on, and over how many documents of this office it came."""
    found: dict[str, tuple[str, int]] = {}
    for place, name in enumerate(names):
        passed = [one for one in names[max(place - 40, 0) : place] if found[one][0]]
        if chance.random() >= PASSED_ON:
            found[name] = ("", 0)
        elif passed and chance.random() < AGAIN:
            parent = chance.choice(passed)
            found[name] = (parent, found[parent][1] + 1)
        else:
            found[name] = (f"省府发〔{name[4:8]}〕{chance.randrange(1, 90)}号", 1)
    return found


def _is_away(away: list[tuple[str, int, int]], who: str, moment: int) -> int | None:
    """Until when somebody is away at a moment; None: he is there."""
    ends = [last for name, first, last in away if name == who and first <= moment < last]
    return max(ends, default=None)


def _checked(hours: Hours, away: list[tuple[str, int, int]], reached: int) -> tuple[str, int]:
    """Who checks a draft, and when: the deputy stands in where he is there."""
    done = hours.after(reached, 0.5, 8.0)
    takes_over = hours.chance.random() < TAKEN_OVER
    clerk, deputy = (
        _is_away(away, who, reached) or _is_away(away, who, done) for who in (CLERK, DEPUTY)
    )
    if clerk is None or (deputy is None and takes_over):
        return (CLERK if clerk is None else DEPUTY), done
    back = hours.office.next_morning(clerk - 1)
    return CLERK, hours.after(back, 0.5, 5.0)


def _document(
    case: Drawn, away: list[tuple[str, int, int]], parent: str, depth: int
) -> list[dict[str, str]]:
    hours, chance, name, account = case.hours, case.hours.chance, case.name, case.account
    unit, kind, sort = chance.choice(UNITS), chance.choice(KINDS), chance.choice(list(LENGTHS))
    is_long = chance.random() < TOO_LONG
    size = LENGTHS[sort] + chance.randint(50, 2500) if is_long else (
        chance.randint(600, LENGTHS[sort])
    )  # fmt: skip
    came = minute(case.came)
    drafted = hours.after(came, 2.0, 14.0)
    who, checked = _checked(hours, away, drafted)
    due = hours.office.working_days_on(drafted, 2) or 0
    acts = [
        ("拟稿", unit, f"{unit}拟稿人", came, drafted),
        ("核稿", "文书科", who, drafted, checked),
    ]
    is_back = chance.random() < SENT_BACK
    if is_back:
        back = hours.after(checked, 1.0, 6.0)
        acts.append(("退回修改", "市领导", "沈某", checked, back))
        acts.append(("修改", unit, f"{unit}拟稿人", back, hours.after(back, 2.0, 10.0)))
    signed = hours.after(acts[-1][4], 1.0, 9.0)
    acts.append(("签发", "市领导", "沈某", acts[-1][4], signed))
    acts.append(("印发", "文书科", "郝某", signed, hours.after(signed, 0.5, 5.0)))
    account.judge("F1", name, drafted, checked, due)
    _hold(account, name, acts, sort=sort, size=size, depth=depth)
    known = {"文种": kind, "文稿类别": sort, "字数": str(size), "依据文号": parent}
    return [
        {"发文编号": name, "环节": act, "处室": place, "经办人": actor, "到达时间": stamp(reached),
         "办结时间": stamp(end), **known}
        for act, place, actor, reached, end in acts
        if seen(reached) is not None
    ]  # fmt: skip


def _hold(
    account: Account, name: str, acts: list[tuple[str, str, str, int, int]], *, sort: str,
    size: int, depth: int,
) -> None:  # fmt: skip
    """Hold a document to the rules, by what the record shows of it."""
    done = {act for act, _, _, _, end in acts if seen(end) is not None}
    account.hold("P21A" if sort == "综合性文件" else "P21B", name, broken=size > LENGTHS[sort])
    if depth:
        account.hold("P21C", name, broken=depth > 1)
    account.hold("P22F", name, broken="退回修改" in done)
