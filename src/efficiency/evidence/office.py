"""A made-up office: its desks and people, what is planted in it, and the documents that come in."""

from __future__ import annotations

import datetime as dt
import math
import random
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from efficiency.evidence.hours import DAY, HOUR, Clock, day_number

#: The days that must be known: the two years, and enough after them for deadlines.
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2025, 3, 31)
#: Moments are whole seconds since 1970.
CUTOFF = int(np.datetime64("2024-12-31T18:00:00", "s").astype("int64"))
#: From this moment on the handling units work side by side instead of one after another.
CHANGED = int(np.datetime64("2024-07-01T00:00:00", "s").astype("int64"))

EXPRESS, DUTY = "特急", "应急办"
SLOW_UNIT, LOOP_UNIT, FRONT_UNIT = "综合处", "秘书三处", "秘书一处"
SLOW_STEPS = ("拟办", "承办")
#: Documents of these types may lie before they are drafted.
LAID_ASIDE = ("意见", "通知")
LATE_AFTERNOON = 16 * HOUR
MONTH_END_DAYS = 3

_DRAFTERS = ("秘书三处", "综合处")
_HANDLERS = ("市发改委", "市财政局", "市住建局", "市教育局", "综合处")
_HANDLING = ("承办", "反馈", "补正", "补正完成")
#: Unit, what its people do at one desk, and who they are. A desk is one queue.
DESKS = (
    ("文书科", ("签收", "登记", "归档"), "张某 王某 李某"),
    ("秘书一处", ("初审", "退文", "转办"), "赵某 钱某 孙某"),
    ("秘书三处", ("拟办", "办结"), "周某 吴某"),
    ("秘书三处", ("审核", "退回"), "郑某"),
    ("综合处", ("拟办", "办结"), "冯某 陈某"),
    ("综合处", ("审核", "退回"), "褚某"),
    ("综合处", _HANDLING, "卫某 蒋某"),
    ("市领导", ("批示", "退回"), "沈某 韩某 杨某"),
    ("督查室", ("催办",), "朱某 秦某"),
    ("应急办", ("签收", "登记", "初审", "转办", "拟办", "办结"), "尤某 许某 何某"),
    ("应急办", ("批示", "退回"), "吕某 施某"),
    ("市发改委", _HANDLING, "孔某 曹某"),
    ("市财政局", _HANDLING, "严某 华某"),
    ("市住建局", _HANDLING, "金某 魏某"),
    ("市教育局", _HANDLING, "陶某 姜某"),
)
#: Working minutes at each step, medians of lognormals: until someone turns to the document
#: though he is free, and with the document in hand.
MINUTES = {
    "签收": (1, 3),
    "登记": (1.5, 4),
    "初审": (1.5, 5),
    "退文": (5, 12),
    "转办": (1, 4),
    "拟办": (10, 30),
    "退回": (10, 12),
    "审核": (15, 20),
    "批示": (120, 10),
    "补正": (30, 20),
    "补正完成": (30, 15),
    "承办": (600, 300),
    "催办": (10, 15),
    "反馈": (30, 20),
    "办结": (30, 10),
    "归档": (240, 8),
}
#: Minutes for which someone is called away before he turns to a document: at office desks, and
#: at the duty desk.
AWAY = (90, 15)
#: How far such times scatter (sigma).
SPREAD_OF_WAIT, SPREAD_OF_WORK = 0.7, 0.5
#: The duty desk does everything at twice the pace.
EXPRESS_PACE = 0.5
_LEVELS = {"下级": 0.55, "上级": 0.30, "平级": 0.15}
_KINDS = {
    "下级": {"请示": 0.5, "报告": 0.4, "意见": 0.1},
    "上级": {"通知": 0.6, "意见": 0.25, "函": 0.15},
    "平级": {"函": 0.9, "意见": 0.1},
}
_ORIGINS = {
    "下级": ("甲县政府", "乙县政府", "丙区政府", "丁区政府", "市民政部门", "市交通部门"),
    "上级": ("省政府办公厅", "省发改部门", "省财政部门"),
    "平级": ("邻市甲政府办", "邻市乙政府办"),
}
#: How busy each month is beside the others.
_MONTHS = (0.9, 0.7, 1.2, 1.0, 1.0, 1.15, 0.95, 0.85, 1.05, 0.95, 1.15, 1.3)


@dataclass(frozen=True)
class Plan:
    """
    What is planted in the office.

    Attributes
    ----------
    slow_factor
        How many times as long 综合处 takes over 拟办 and 承办.
    month_end_factor
        How many times as long 秘书一处 takes on the last three working days of a month.
    put_off_share
        Of the documents that reach 拟办 at 16:00 or later: those left for the next morning.
    laid_aside_share
        Of the 意见 and 通知 that 综合处 drafts: those that first lie for one to three days.
    rework_rate, loop_rate
        How often a draft is sent back (退回): in general, and in 秘书三处.
    return_rate
        Documents returned to their sender (退文).
    supplement_rate
        Documents for which more papers are asked (补正), and again after each answer.
    urge_rate
        Documents whose reply comes only after 催办.
    away_rate
        How often whoever should take a document up is called away first.
    express_share
        Documents that the duty desk takes round the clock (特急).
    change_factor
        What 承办 takes from 2024-07-01 on, as a share of what it took.
    seasonality
        How far months differ in their number of documents: 0 not at all, 1 as usual.
    faults
        Whether people make slips in the record.
    """

    slow_factor: float = 1.5
    month_end_factor: float = 5.0
    put_off_share: float = 0.5
    laid_aside_share: float = 0.35
    rework_rate: float = 0.06
    loop_rate: float = 0.20
    return_rate: float = 0.04
    supplement_rate: float = 0.08
    urge_rate: float = 0.08
    away_rate: float = 0.02
    express_share: float = 0.07
    change_factor: float = 0.75
    seasonality: float = 1.0
    faults: bool = True

    @classmethod
    def null(cls) -> Plan:
        """Give the office in which nothing differs: no unit, type, month or year from another."""
        return cls(
            slow_factor=1.0,
            month_end_factor=1.0,
            put_off_share=0.0,
            laid_aside_share=0.0,
            rework_rate=0.0,
            loop_rate=0.0,
            express_share=0.0,
            change_factor=1.0,
            seasonality=0.0,
            faults=False,
        )


@dataclass
class Document:
    """A document on its way, with its own chance: what befalls others does not change it."""

    kind: str
    level: str
    urgency: str
    origin: str
    arrived: int
    front: str
    drafter: str
    handler: str
    reviewed: bool
    chance: random.Random
    drafts: int = 0


def documents(office: Clock, plan: Plan, seed: int, cases: int) -> list[Document]:
    """
    Draw the documents of two years, in the order of their arrival.

    Parameters
    ----------
    office
        The office's hours.
    plan
        Its ``express_share`` and ``seasonality`` count here.
    seed
        Where chance begins.
    cases
        How many.
    """
    arrivals = _Arrivals(office, plan.seasonality)
    drawn = [_document(random.Random(f"{seed}/{i}"), plan, arrivals) for i in range(cases)]
    return sorted(drawn, key=lambda document: document.arrived)


def _document(chance: random.Random, plan: Plan, arrivals: _Arrivals) -> Document:
    express = chance.random() < plan.express_share
    urgency = _pick(chance, {"平件": 0.8, "加急": 0.2})
    level = _pick(chance, _LEVELS)
    drafter = _pick(chance, dict.fromkeys(_DRAFTERS, 1.0))
    return Document(
        kind=_pick(chance, _KINDS[level]),
        level=level,
        urgency=EXPRESS if express else urgency,
        origin=_pick(chance, dict.fromkeys(_ORIGINS[level], 1.0)),
        arrived=arrivals.draw(chance, express),
        front=DUTY if express else FRONT_UNIT,
        drafter=DUTY if express else drafter,
        handler=_pick(chance, dict.fromkeys(_HANDLERS, 1.0)),
        reviewed=chance.random() < 0.6 and not express,
        chance=chance,
    )


class _Arrivals:
    """When documents come in: by month, in office hours, urgent ones at any time too."""

    def __init__(self, office: Clock, seasonality: float) -> None:
        self.office = office
        first, last = day_number(FIRST), CUTOFF // DAY
        self.work_days = [day for day in office.days if first <= day <= last]
        self.all_days = list(range(first, last + 1))
        self.work_sums, self.all_sums = (
            self._sums(days, seasonality) for days in (self.work_days, self.all_days)
        )

    @staticmethod
    def _sums(days: list[int], seasonality: float) -> list[float]:
        months = np.array(days, dtype="datetime64[D]").astype("datetime64[M]").astype("int64") % 12
        weights = 1 + seasonality * (np.array(_MONTHS)[months] - 1)
        return [float(total) for total in np.cumsum(weights)]

    def draw(self, chance: random.Random, express: bool) -> int:
        """Draw an arrival; more than half of the urgent ones come at any hour of any day."""
        if express and chance.random() < 0.6:
            day = self._day(chance, self.all_days, self.all_sums)
            return day * DAY + int(chance.random() * DAY)
        day = self._day(chance, self.work_days, self.work_sums)
        opens = self.office.work(day * DAY)
        length = self.office.work((day + 1) * DAY) - opens
        # Couriers come in the late morning rather than at closing time.
        return self.office.begin(opens + int(length * chance.betavariate(1.4, 2.0)))

    @staticmethod
    def _day(chance: random.Random, days: list[int], sums: list[float]) -> int:
        return days[bisect_right(sums, chance.random() * sums[-1])]


def _pick(chance: random.Random, weights: dict[str, float]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def drawn(chance: random.Random, median: float, spread: float) -> int:
    """Draw whole seconds from a lognormal of a given median."""
    return round(chance.lognormvariate(math.log(median), spread))
