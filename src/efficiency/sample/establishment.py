"""What a made-up office is: its desks and people, how long they take, and the dates that count."""

from __future__ import annotations

import datetime as dt

import numpy as np

from efficiency.sample.desk_hours import HOUR

#: The days that must be known: the two years, and enough after them for deadlines.
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2025, 3, 31)
#: Moments are whole seconds since 1970.
CUTOFF = int(np.datetime64("2024-12-31T18:00:00", "s").astype("int64"))
#: From this moment on the handling units work side by side instead of one after another.
CHANGED = int(np.datetime64("2024-07-01T00:00:00", "s").astype("int64"))

EXPRESS, DUTY = "特急", "应急办"
SLOW_UNIT, LOOP_UNIT, FRONT_UNIT = "综合处", "秘书三处", "秘书一处"
LEGAL_UNIT, LEADERS = "市司法局", "市领导"
SLOW_STEPS = ("拟办", "承办")
#: The types of documents that come in, and those that may lie before they are drafted.
KINDS = ("请示", "报告", "意见", "通知", "函")
LAID_ASIDE = ("意见", "通知")
LATE_AFTERNOON = 16 * HOUR
#: What the office is open for on each of its days, in winter as in summer.
WORK_DAY = 7 * HOUR
MONTH_END_DAYS = 3

#: Units that draft what is not 特急, units that handle, and those of the latter that do not draft.
DRAFTERS = ("秘书三处", "综合处")
HANDLERS = ("市发改委", "市财政局", "市住建局", "市教育局", "综合处")
DEPARTMENTS = tuple(unit for unit in HANDLERS if unit not in DRAFTERS)
_HANDLING = ("承办", "反馈", "补正", "补正完成", "退办", "转发")
#: Unit, what its people do at one desk, and who they are. A desk is one queue.
DESKS = (
    ("文书科", ("签收", "登记", "归档"), "张某 王某 李某"),
    ("秘书一处", ("签收", "初审", "退文", "转办"), "赵某 钱某 孙某"),
    ("秘书三处", ("拟办", "办结"), "周某 吴某"),
    ("秘书三处", ("审核", "退回"), "郑某"),
    ("综合处", ("拟办", "办结"), "冯某 陈某"),
    ("综合处", ("审核", "退回"), "褚某"),
    ("综合处", _HANDLING, "卫某 蒋某"),
    (LEGAL_UNIT, ("合法性审核",), "戚某 谢某"),
    (LEADERS, ("批示", "退回", "领导询问"), "沈某 韩某 杨某"),
    ("督查室", ("催办",), "朱某 秦某"),
    ("应急办", ("签收", "登记", "初审", "转办", "拟办", "合法性审核", "办结"), "尤某 许某 何某"),
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
    "合法性审核": (10, 15),
    "批示": (120, 10),
    "补正": (30, 20),
    "补正完成": (30, 15),
    "退办": (60, 10),
    "转发": (240, 10),
    "承办": (600, 300),
    "领导询问": (10, 5),
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
