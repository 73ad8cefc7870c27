"""Which documents come in to a made-up office: when, from whom, and what stands on them."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from efficiency.sample.desk_hours import DAY, DeskHours, day_number
from efficiency.sample.establishment import (
    CUTOFF,
    DEPARTMENTS,
    DRAFTERS,
    DUTY,
    EXPRESS,
    FIRST,
    FRONT_UNIT,
    HANDLERS,
)
from efficiency.sample.plan import LOOK_ALIKES, WAYS, Lapses, Plan

_LEVELS = {"下级": 0.55, "上级": 0.30, "平级": 0.15}
_KINDS_OF_LEVEL = {
    "下级": {"请示": 0.5, "报告": 0.4, "意见": 0.1},
    "上级": {"通知": 0.6, "意见": 0.25, "函": 0.15},
    "平级": {"函": 0.9, "意见": 0.1},
}
_ORIGINS = {
    "下级": ("甲县政府", "乙县政府", "丙区政府", "丁区政府", "市民政部门", "市交通部门"),
    "上级": ("省政府办公厅", "省发改部门", "省财政部门"),
    "平级": ("邻市甲政府办", "邻市乙政府办"),
}
#: What stands before the year in a sender's document numbers, and the places it writes about.
_SENDERS = {
    "甲县政府": ("甲县府", "东湖镇 南桥街道 西岭乡 北塘镇"),
    "乙县政府": ("乙县府", "青石镇 白沙街道 柳林乡 新河镇"),
    "丙区政府": ("丙区府", "枫桥镇 云台乡 石门街道 永安镇"),
    "丁区政府": ("丁区府", "双溪乡 金沙镇 长坪乡 龙泉街道"),
    "市民政部门": ("市民政", "古城镇 梅岭乡 清溪镇 望江街道"),
    "市交通部门": ("市交通", "环城路 高铁站 老港区 机场路"),
    "省政府办公厅": ("省政办", "全省 山区县 革命老区 省会周边"),
    "省发改部门": ("省发改", "各市 沿江地区 省级园区 库区"),
    "省财政部门": ("省财政", "市县 重点城镇 毗邻市县 欠发达地区"),
    "邻市甲政府办": ("甲市府办", "跨市 交界地区 沿线 流域"),
    "邻市乙政府办": ("乙市府办", "两地 都市圈 毗邻乡镇 协作区"),
}
#: The rank of a sender, 1 the highest; ours is 2.
_RANKS = {"下级": 3, "上级": 1, "平级": 2}
_OUR_RANK, _RANK_ABOVE = 2, 1
_ADDRESSEES = {"下级": "市政府", "上级": "各市政府、省级各部门", "平级": "市政府"}
_PERSON, _ABOVE, _ANOTHER = "分管副市长", "省政府", "市委"
#: The share of each type that asks for a decision and is not for information only.
_DECISIVE = {"请示": 1.0, "意见": 0.8, "函": 0.6, "通知": 0.4, "报告": 0.3}
_ORDERED = 0.04
_FORMAL, _INFORMAL = ("正式函", "报告"), ("便条", "电话")
_SIGNERS = "马某 胡某 林某 郭某 罗某 高某 梁某 宋某 唐某 董某 萧某 程某"
#: What documents are about. Any two differ in at least five characters, so that the titles of
#: two documents of one sender are never taken for the same.
_SUBJECTS = """
    老旧小区改造 农村饮水安全 中小学危房加固 城区内涝治理 卫生院迁建 高标准农田 公交站点优化
    河道清淤疏浚 养老服务设施 森林防火道路 食品抽检监测 残疾人就业帮扶 乡村旅游环线 垃圾分类试点
    产业园区扩容 退役军人安置 文物古迹修缮 义务教育扩班 冷链物流枢纽 地质灾害避险搬迁 招商引资奖励
    幼儿园托位普惠 粮食储备轮换 畜禽疫病防控 科技特派员选派 燃气管网更新 社区矫正场所 历史建筑普查
    政务大厅标准化 水库除险加固 慢性病筛查 人才公寓分配 秸秆综合利用 群众信访积案 普通国道绕城段
    公墓惠民安葬 光伏扶贫电站 应急广播覆盖 体育公园选址 职业技能竞赛 法律援助窗口 电梯加装补贴
    湿地生态修复 民间借贷风险 夏粮收购价差 非遗传承基地 驾培行业整顿 智慧停车系统 青年夜校课程
    红色革命旧址 校车运营保障 跨境电商专区 农贸市场升级 档案数字转换 留守儿童关爱 医保基金核查
    矿山复垦绿化 城中村拆迁 噪声扰民投诉 烟花爆竹管控 居民供暖管线
"""
_TITLES = {
    "请示": "申请拨付{}专项资金 批准{}实施方案 调整{}建设规模 解决{}用地指标 将{}列入年度计划",
    "报告": "{}进展情况 {}自查整改情况 落实{}工作部署 {}绩效评价 {}年度总结",
    "意见": "加快推进{} 进一步规范{} 支持{} 健全{}长效机制",
    "通知": "做好{}有关工作 开展{}专项检查 印发{}工作要点 召开{}现场会",
    "函": "商请协助{} 征求{}意见建议 提供{}资料 联合开展{}",
}
_CORRECTIONS = ("更正{}统计数据", "重新报送{}附件名单", "再次调整{}资金测算表")
#: Corrections follow among the next so many documents of the sender.
_SOON = 8
#: How busy each month is beside the others.
_MONTHS = (0.9, 0.7, 1.2, 1.0, 1.0, 1.15, 0.95, 0.85, 1.05, 0.95, 1.15, 1.3)


@dataclass
class Paper:
    """
    What stands on a document, and what the register notes of it.

    Attributes
    ----------
    matter
        批办性 asks for a decision, 阅知性 does not.
    addressees
        Whom it is addressed to; organs joined by 、.
    personal, ordered
        Whether that is a person; whether a leader called for it.
    sender_rank, addressee_rank
        1 is the highest.
    signer
        Who signed it; only documents from below say so.
    reply
        The form of the answer to it.
    number, title
        Given by its sender.
    about
        What its title is about.
    corrects, version
        The place of the document that it corrects; which correction it is.
    """

    matter: str
    addressees: str
    personal: bool
    ordered: bool
    sender_rank: int
    addressee_rank: int
    signer: str
    reply: str
    number: str = ""
    title: str = ""
    about: str = ""
    corrects: int | None = None
    version: int = 0


@dataclass
class Document:
    """
    A document on its way, with its own chance: what befalls others does not change it.

    ``aside`` is the chance of all that has to do with procedure. ``lapse`` is one of `WAYS`, or
    what looks like it; ``other`` is a department that does not handle the document in the end;
    ``screened`` and ``self_reviewed`` say who looks at a draft. The rest is what has happened so
    far: drafts, who made the last one, and turns off the usual way.
    """

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
    aside: random.Random
    paper: Paper
    lapse: str = ""
    other: str = ""
    screened: bool = False
    self_reviewed: bool = False
    drafts: int = 0
    drafted_by: int = 0
    turns: Counter[object] = field(default_factory=Counter)


def documents(office: DeskHours, plan: Plan, seed: int, cases: int) -> list[Document]:
    """
    Draw the documents of two years, in the order of their arrival.

    Parameters
    ----------
    office
        The office's hours.
    plan
        Its ``express_share``, ``seasonality``, ``legal_kinds`` and ``lapses`` count here, the
        last as they are when a document comes in.
    seed
        Where chance begins.
    cases
        How many.
    """
    arrivals = _Arrivals(office, plan.seasonality)
    drawn = [_document(f"{seed}/{i}", plan, arrivals) for i in range(cases)]
    drawn.sort(key=lambda document: document.arrived)
    _correct(drawn, plan)
    return drawn


def strays(office: DeskHours, plan: Plan, registered: Iterable[Document]) -> list[Document]:
    """
    Draw documents that go straight to a leader and are never registered.

    Parameters
    ----------
    office, plan
        As for `documents`.
    registered
        Those that are; beside each from below there may be a stray of the same sender.
    """
    arrivals = _Arrivals(office, plan.seasonality)
    most = max(own.lapses.off_register for own in (plan, plan.later))
    drawn = []
    for like in registered:
        lot = like.aside.random() if like.level == "下级" else 1.0
        if lot < most:
            arrived = arrivals.draw(like.aside, express=False)
            paper = _paper(like.aside, like.kind, like.level, plan, arrived)
            if lot < plan.at(arrived).lapses.off_register:
                drawn.append(replace(like, arrived=arrived, paper=paper))
    return sorted(drawn, key=lambda document: document.arrived)


def entitle(registered: list[Document], others: list[Document]) -> None:
    """Documents the numbers and titles that their senders gave them, in their order."""
    topics: Counter[str] = Counter()
    numbers: Counter[tuple[str, int]] = Counter()
    for document in sorted([*registered, *others], key=lambda document: document.arrived):
        paper, origin, aside = document.paper, document.origin, document.aside
        year = dt.datetime.fromtimestamp(document.arrived, dt.UTC).year
        # A sender also writes to others than us.
        numbers[origin, year] += aside.randint(1, 4)
        paper.number = f"{_SENDERS[origin][0]}〔{year}〕{numbers[origin, year]}号"
        form = aside.choice(_TITLES[document.kind].split())
        if paper.corrects is None:
            paper.about = _about(document, topics[origin])
            topics[origin] += 1
        else:
            paper.about = registered[paper.corrects].paper.about
            form = _CORRECTIONS[paper.version - 1]
        paper.title = f"关于{form.format(paper.about)}的{document.kind}"


def _about(document: Document, place: int) -> str:
    """Tell what a sender's next document is about: all subjects in turn, each time elsewhere."""
    subjects, places = _SUBJECTS.split(), _SENDERS[document.origin][1].split()
    round_, turn = divmod(place, len(subjects))
    start = list(_SENDERS).index(document.origin)
    subject = (7 * turn + 5 * start) % len(subjects)
    return places[(round_ + subject) % len(places)] + subjects[subject]


def _document(name: str, plan: Plan, arrivals: _Arrivals) -> Document:
    chance, aside = map(random.Random, (name, f"{name}/procedure"))
    express = chance.random() < plan.express_share
    urgency = _pick(chance, {"平件": 0.8, "加急": 0.2})
    level = _pick(chance, _LEVELS)
    drafter = _pick(chance, dict.fromkeys(DRAFTERS, 1.0))
    kind = _pick(chance, _KINDS_OF_LEVEL[level])
    origin = _pick(chance, dict.fromkeys(_ORIGINS[level], 1.0))
    arrived = arrivals.draw(chance, express)
    document = Document(
        kind=kind,
        level=level,
        urgency=EXPRESS if express else urgency,
        origin=origin,
        arrived=arrived,
        front=DUTY if express else FRONT_UNIT,
        drafter=DUTY if express else drafter,
        handler=_pick(chance, dict.fromkeys(HANDLERS, 1.0)),
        reviewed=chance.random() < 0.6 and not express,
        chance=chance,
        aside=aside,
        paper=_paper(aside, kind, level, plan, arrived),
    )
    _draw_lapses(document, plan.at(arrived))
    return document


def _paper(aside: random.Random, kind: str, level: str, plan: Plan, arrived: int) -> Paper:
    lapses, signers = plan.at(arrived).lapses, _SIGNERS.split()
    decisive, personal, leapfrog, several, unsigned, informal, ordered = (
        aside.random() for _ in range(7)
    )
    below = level == "下级"
    to_person = below and personal < 2 * lapses.personal
    above = below and not to_person and leapfrog < lapses.leapfrog
    first = _PERSON if to_person else _ABOVE if above else _ADDRESSEES[level]
    signer = signers[int(informal * len(signers))]
    if below and unsigned >= plan.lapses.unsigned:
        # As if nobody acted, so that what is drawn next is the same.
        signer = aside.choice(signers)
    return Paper(
        matter="批办性" if decisive < _DECISIVE[kind] else "阅知性",
        addressees=f"{first}、{_ANOTHER}" if below and several < lapses.several else first,
        personal=to_person,
        ordered=personal >= lapses.personal if to_person else ordered < _ORDERED,
        sender_rank=_RANKS[level],
        addressee_rank=_RANK_ABOVE if above else _OUR_RANK,
        signer=signer if below and unsigned >= lapses.unsigned else "",
        reply=aside.choice(_INFORMAL if informal < lapses.informal else _FORMAL),
    )


def _draw_lapses(document: Document, plan: Plan) -> None:
    aside, lapses = document.aside, plan.lapses
    way, unscreened, self_reviewed = (aside.random() for _ in range(3))
    document.other = aside.choice([unit for unit in DEPARTMENTS if unit != document.handler])
    document.screened = document.kind in plan.legal_kinds and unscreened >= lapses.unscreened
    document.self_reviewed = document.reviewed and self_reviewed < lapses.self_review
    document.lapse = "" if document.urgency == EXPRESS else _way(way, lapses)
    if document.lapse == "side_pass" and document.handler not in DEPARTMENTS:
        document.lapse = ""


def _way(lot: float, lapses: Lapses) -> str:
    """Tell what befalls a document on its way; nothing does to most."""
    for name in WAYS:
        for way in filter(None, (name, LOOK_ALIKES.get(name))):
            lot -= getattr(lapses, name)
            if lot < 0:
                return way
    return ""


def _correct(drawn: list[Document], plan: Plan) -> None:
    """Let some documents be corrected, once or more, by later ones of the same sender."""
    own: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(drawn):
        own[document.origin].append(place)
    taken: set[int] = set()
    for places in own.values():
        for at, head in enumerate(places):
            aside = drawn[head].aside
            lot, many = aside.random(), aside.choice((2, 3))
            rate = plan.at(drawn[head].arrived).lapses.recorrected
            times = many if lot < rate else int(lot < 2 * rate)
            later = [place for place in places[at + 1 : at + 1 + _SOON] if place not in taken]
            if times and head not in taken and len(later) >= times:
                versions = [head, *sorted(aside.sample(later, times))]
                _link(drawn, versions, chain=aside.random() < 0.5)
                taken.update(versions)


def _link(drawn: list[Document], versions: list[int], *, chain: bool) -> None:
    """Let each version correct the one before, or all of them the first."""
    for number, (before, place) in enumerate(pairwise(versions), start=1):
        drawn[place].paper.corrects = before if chain else versions[0]
        drawn[place].paper.version = number


class _Arrivals:
    """When documents come in: by month, in office hours, urgent ones at any time too."""

    def __init__(self, office: DeskHours, seasonality: float) -> None:
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
