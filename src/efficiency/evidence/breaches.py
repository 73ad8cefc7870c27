"""Which rules of procedure a made-up office has, and how its simulation accounts for breaches."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from efficiency.evidence.hours import DAY
from efficiency.evidence.office import Document, Lapses
from efficiency.evidence.simulation import CLOSED_BY, Run, Step

_DOCUMENTS = {
    "S0": "S0 区政府系统办公室“转作风提效能抓落实”调研报告",
    "S1": "S1 区委办公室“强化自身建设 提升服务水平”",
    "S2": "S2 全市政府系统办公室主任会议讲话",
    "S3": "S3 县“机关效能建设”思考",
    "S4": "S4 市府办“创先争优”半年工作报告",
}
_VERDICTS = ("broken", "pending")
_BELOW = (("来文层级", ("下级",)),)


@dataclass(frozen=True)
class Clause:
    """
    A rule of procedure that the made-up office has.

    Attributes
    ----------
    name, title
        What it is called and what it asks for.
    document, phrase, note
        The study document that it comes from, its words, and what they leave open.
    kind, a, b, n
        As in rules.csv.
    severity, wording
        How grave a breach is, and how it is told.
    scope
        The values that a document must have.
    log
        The record that it is held against.
    knobs
        The lapses that break it; none: what breaks it is not planted.
    """

    name: str
    title: str
    document: str
    phrase: str
    kind: str
    a: str
    b: str = ""
    n: str = ""
    severity: str = "medium"
    wording: str = ""
    scope: tuple[tuple[str, tuple[str, ...]], ...] = ()
    log: str = "incoming"
    knobs: tuple[str, ...] = ()
    note: str = ""

    def covers(self, document: Document) -> bool:
        """Tell whether a document lies in the scope."""
        known = {
            "文种": document.kind,
            "来文层级": document.level,
            "办件类型": document.paper.matter,
        }
        return all(known[column] in values for column, values in self.scope)

    def row(self) -> dict[str, str]:
        """Give the clause as a row of rules.csv."""
        quoted = f"{_DOCUMENTS[self.document]}：“{self.phrase}”" if self.phrase else ""
        return {
            "rule_id": self.name,
            "title": self.title,
            "source": "；".join(filter(None, (quoted, self.note))),
            "log": self.log,
            "scope": "; ".join(f"{column}={'|'.join(values)}" for column, values in self.scope),
            "kind": self.kind,
            "a": self.a,
            "b": self.b,
            "n": self.n,
            "severity": self.severity,
            "wording": self.wording,
        }


CLAUSES = (
    Clause(
        "P1",
        "批示的文件须在收文登记中可查",
        "S0",
        "不按规定程序报文,直报领导个人审签,‘体外循环’",
        "unregistered",
        a="批示",
        b="incoming: 文号 | 标题+来文单位",
        n="30",
        severity="high",
        wording="疑似体外循环：领导已批示，收文登记中查不到",
        log="decisions",
        knobs=("off_register",),
    ),
    Clause(
        "P1B",
        "收文须登记",
        "S0",
        "不按规定程序报文",
        "existence",
        a="登记",
        severity="high",
        wording="没有登记记录",
        knobs=("unregistered",),
    ),
    Clause(
        "P2A",
        "先登记、后批示",
        "S0",
        "‘文件倒流’现象仍时有发生",
        "order",
        a="登记",
        b="批示",
        severity="high",
        wording="文件倒流：领导批示早于登记",
        knobs=("early_note",),
    ),
    Clause(
        "P2B",
        "不经退回，不回到前面的环节",
        "S1",
        "防止公文横传倒流",
        "backflow",
        a="签收|登记|初审|转办|拟办|批示|承办|反馈|办结|归档",
        b="退回|退办",
        wording="没有退回记录而回到前面的环节",
        knobs=("backflow", "early_note"),
        note="退办也是留有记录的退回",
    ),
    Clause(
        "P3",
        "部门之间不横传，经办公室传递",
        "S1",
        "防止公文横传倒流",
        "hub",
        a="文书科|秘书一处|秘书三处|综合处|市领导|督查室|应急办",
        wording="部门之间直接传递，未经办公室",
        knobs=("side_pass",),
    ),
    Clause(
        "P4",
        "文件不直报领导个人",
        "S0",
        "直报领导个人审签",
        "attribute",
        a="主送类型=个人; 领导交办!=是",
        wording="直报领导个人，并非领导交办",
        knobs=("personal",),
    ),
    Clause(
        "P5A",
        "不越级行文",
        "S0",
        "不按规定程序报文",
        "attribute",
        a="来文级别 - 主送级别 > 1",
        wording="越级行文",
        scope=_BELOW,
        knobs=("leapfrog",),
        note="级别以1为最高",
    ),
    Clause(
        "P5B",
        "上行文主送一个机关",
        "S0",
        "不按规定程序报文",
        "attribute",
        a="#主送>1",
        severity="low",
        wording="上行文主送两个以上机关",
        scope=_BELOW,
        knobs=("several",),
    ),
    Clause(
        "P6",
        "上行文由单位负责人签发",
        "S0",
        "文稿不经单位负责人审签",
        "attribute",
        a="签发人=",
        wording="没有注明签发人",
        scope=_BELOW,
        knobs=("unsigned",),
    ),
    Clause(
        "P7",
        "报送的文件不屡次更正",
        "S0",
        "出现重大错误,屡次更正报送",
        "corrections",
        a="更正件",
        n="2",
        wording="同一文件更正报送两次以上",
        knobs=("recorrected",),
    ),
    Clause(
        "P8",
        "批办性公文经领导批示后承办",
        "S0",
        "转办的一些文件,不经领导签批,直接交由科室办理",
        "precedence",
        a="批示",
        b="承办",
        severity="high",
        wording="未经领导批示即交承办",
        scope=(("办件类型", ("批办性",)),),
        knobs=("undecided",),
    ),
    Clause(
        "P9",
        "反馈使用正式函或报告",
        "S0",
        "不使用正式文稿",
        "attribute",
        a="反馈形式!=正式函|报告",
        severity="low",
        wording="反馈没有使用正式文稿",
        knobs=("informal",),
    ),
    Clause(
        "P10",
        "主动催办，不待领导过问",
        "S0",
        "仅领导或上级部门督办时催一催",
        "prompted",
        a="领导询问",
        b="催办",
        n="3",
        wording="疑似被动催办：领导询问后三个工作日内才催办",
        knobs=("prompted",),
    ),
    Clause(
        "P11",
        "催办之后须有反馈",
        "S2",
        "三番五次催问情况,就是不反馈",
        "unanswered",
        a="催办",
        b="反馈",
        n="3",
        severity="high",
        wording="催办三次以上，至今没有反馈",
        knobs=("silent",),
    ),
    Clause(
        "P12A",
        "单位之间不往返推转",
        "S0",
        "部分工作推诿扯皮",
        "ping_pong",
        a="",
        n="2",
        severity="low",
        wording="疑似推诿：在两个单位之间往返两次以上",
        knobs=("shunt",),
        note="领导退改也会往返，须逐件核对",
    ),
    Clause(
        "P12B",
        "承办之前不反复转办退办",
        "S0",
        "部分工作推诿扯皮",
        "passes",
        a="转办|退办",
        b="承办",
        n="4",
        wording="疑似推诿：承办之前转办、退办四次以上",
        knobs=("shunt",),
        note="退办一次、再转办一次的不计",
    ),
    Clause(
        "P20",
        "转发之后须有落实",
        "S3",
        "以文件落实文件、以会议落实会议",
        "responded_existence",
        a="转发",
        b="承办",
        wording="疑似以文件落实文件：只有转发，没有承办",
        knobs=("forward",),
    ),
    Clause(
        "P22",
        "文稿不反复退改",
        "S0",
        "应付交差的多",
        "repeats",
        a="退回",
        n="2",
        severity="low",
        wording="同一文稿退回两次以上",
    ),
    Clause(
        "P36",
        "意见经合法性审核后报批",
        "S2",
        "所有的政府文件必须经过法制办审核把关",
        "precedence",
        a="合法性审核",
        b="批示",
        severity="high",
        wording="未经合法性审核即报领导批示",
        scope=(("文种", ("意见",)),),
        knobs=("unscreened", "early_note"),
        note="样例中以意见一个文种代表此类文件",
    ),
    Clause(
        "P38",
        "文件由文书科或应急办收取",
        "S1",
        "部门和基层办事就会去找常委所在部门,不找办公室",
        "entry",
        a="文书科|应急办",
        wording="疑似绕开办公室：由其他单位收取",
        knobs=("side_entry", "early_note"),
    ),
    Clause(
        "T21",
        "拟办与审核不由同一人",
        "S4",
        "公文拟办人员互相审核",
        "four_eyes",
        a="拟办",
        b="审核",
        wording="同一人拟办又审核",
        knobs=("self_review",),
    ),
    Clause(
        "S1",
        "需要补正的材料一次告知",
        "",
        "",
        "at_most",
        a="补正",
        n="1",
        severity="low",
        wording="同一文件要求补正两次以上",
        note="一次性告知制度，为通行做法",
    ),
)


@dataclass(frozen=True)
class Story:
    """
    What was done with one document, in order.

    Attributes
    ----------
    document
        The document.
    acts, units, people, days
        What was done, where, by whom, and on which working day, counted from the first one.
    closed
        Whether it has gone out.
    corrections
        How many later documents correct it.
    """

    document: Document
    acts: list[str]
    units: list[str]
    people: list[str | None]
    days: list[int]
    closed: bool
    corrections: int

    @classmethod
    def of(
        cls, document: Document, steps: Iterable[Step], days: Sequence[int], corrections: int = 0
    ) -> Story:
        """Tell it from the steps of a document and the working days."""
        timed = [(step.end, step) for step in steps if step.end is not None]
        timed.sort(key=lambda pair: pair[0])
        acts = [step.activity for _, step in timed]
        return cls(
            document,
            acts,
            [step.unit for _, step in timed],
            [step.actor for _, step in timed],
            [bisect_left(days, end // DAY) for end, _ in timed],
            any(act in CLOSED_BY for act in acts),
            corrections,
        )


def _no_register(story: Story) -> bool:
    return "登记" not in story.acts


def _noted_early(story: Story) -> bool:
    acts = story.acts
    return "登记" in acts and "批示" in acts and acts.index("批示") < acts.index("登记")


def _goes_back(story: Story) -> bool:
    """Look at every two steps: a later one that stands earlier in the flow, nothing sent back."""
    flow = ["签收", "登记", "初审", "转办", "拟办", "批示", "承办", "反馈", "办结", "归档"]
    acts = story.acts
    for later in range(len(acts)):
        for earlier in range(later):
            if acts[earlier] not in flow or acts[later] not in flow:
                continue
            between = acts[earlier + 1 : later]
            sent_back = "退回" in between or "退办" in between
            if flow.index(acts[later]) < flow.index(acts[earlier]) and not sent_back:
                return True
    return False


def _goes_sideways(story: Story) -> bool:
    departments = {"市发改委", "市财政局", "市住建局", "市教育局", "市司法局"}
    for place in range(1, len(story.units)):
        here, before = story.units[place], story.units[place - 1]
        if here != before and here in departments and before in departments:
            return True
    return False


def _handled_undecided(story: Story) -> bool:
    return _first(story, "承办") < _first(story, "批示")


def _noted_unscreened(story: Story) -> bool:
    return _first(story, "批示") < _first(story, "合法性审核")


def _first(story: Story, act: str) -> int:
    """Give the place of the first such step; past the end where there is none."""
    return story.acts.index(act) if act in story.acts else len(story.acts)


def _urged_when_asked(story: Story) -> bool:
    for urged in range(len(story.acts)):
        for asked in range(urged):
            pair = (story.acts[asked], story.acts[urged])
            if pair == ("领导询问", "催办") and story.days[urged] - story.days[asked] <= 3:
                return True
    return False


def _never_answers(story: Story) -> bool:
    urged = 0
    for act in story.acts:
        urged = 0 if act == "反馈" else urged + (act == "催办")
    return urged >= 3


def _to_and_fro(story: Story) -> bool:
    stays: list[str] = []
    for unit in story.units:
        if not stays or stays[-1] != unit:
            stays.append(unit)
    return sum(stays[place] == stays[place - 2] for place in range(2, len(stays))) >= 2


def _passed_on(story: Story) -> bool:
    before = story.acts[: _first(story, "承办")]
    return before.count("转办") + before.count("退办") >= 4


def _same_hands(story: Story) -> bool:
    pairs = list(zip(story.acts, story.people, strict=True))
    drafted, reviewed = (
        {who for done, who in pairs if done == act and who} for act in ("拟办", "审核")
    )
    return bool(drafted & reviewed)


#: Whether a document breaks a clause, told from its story and from what stands on it.
_BREACHES: dict[str, Callable[[Story], bool]] = {
    "P1B": _no_register,
    "P2A": _noted_early,
    "P2B": _goes_back,
    "P3": _goes_sideways,
    "P4": lambda story: story.document.paper.personal and not story.document.paper.ordered,
    "P5A": lambda story: story.document.paper.addressee_rank == 1,
    "P5B": lambda story: "、" in story.document.paper.addressees,
    "P6": lambda story: not story.document.paper.signer,
    "P7": lambda story: story.corrections >= 2,
    "P8": _handled_undecided,
    "P9": lambda story: story.document.paper.reply in {"便条", "电话"},
    "P10": _urged_when_asked,
    "P11": _never_answers,
    "P12A": _to_and_fro,
    "P12B": _passed_on,
    "P20": lambda story: "转发" in story.acts and "承办" not in story.acts,
    "P22": lambda story: story.acts.count("退回") >= 2,
    "P36": _noted_unscreened,
    "P38": lambda story: story.units[:1] not in ([], ["文书科"], ["应急办"]),
    "T21": _same_hands,
    "S1": lambda story: story.acts.count("补正") > 1,
}


def accounts(
    run: Run, names: Sequence[str], decided: Sequence[str], untold: set[str]
) -> dict[str, dict[str, Any]]:
    """
    Account for every clause over all documents in its scope.

    Parameters
    ----------
    run
        The simulation.
    names, decided
        What its documents are called, by their case number, and its decisions, in their order.
    untold
        Documents to leave out, by name.

    Returns
    -------
    dict
        By clause: ``n`` documents (for P1, decisions) it is about, how many are ``broken``,
        ``pending`` and ``undecidable``, the rates of the lapses that were ``planted``, and which
        ``cases`` are broken and pending.
    """
    told = {
        name: story for name, story in zip(names, stories(run), strict=True) if name not in untold
    }
    past = {
        name: "kept" if decision.registered else "broken"
        for name, decision in zip(decided, run.decisions(), strict=True)
    }
    summed = {}
    for clause in CLAUSES:
        verdicts = past
        if clause.log == "incoming":
            said = {name: verdict_of(clause, story) for name, story in told.items()}
            verdicts = {name: verdict for name, verdict in said.items() if verdict}
        summed[clause.name] = _summed(clause, verdicts, run.plan.lapses)
    return summed


def stories(run: Run) -> list[Story]:
    """Give the stories of all documents, by their case number."""
    own: dict[int, list[Step]] = defaultdict(list)
    for step in run.steps:
        own[step.case].append(step)
    first: Counter[int] = Counter()
    for place in range(len(run.documents)):
        head, corrected = place, run.documents[place].paper.corrects
        while corrected is not None:
            head, corrected = corrected, run.documents[corrected].paper.corrects
        first[head] += head != place
    return [
        Story.of(document, own[place], run.office.days, first[place])
        for place, document in enumerate(run.documents)
    ]


def verdict_of(clause: Clause, story: Story) -> str | None:
    """
    Tell how one document fared under one clause.

    Returns
    -------
    str or None
        broken, pending (an open document may still keep it), undecidable or kept; None where the
        clause is not about the document.
    """
    corrects = story.document.paper.corrects is not None
    if not clause.covers(story.document) or (clause.name == "P7" and corrects):
        return None
    if clause.name == "P9" and "反馈" not in story.acts:
        return "undecidable"
    if not _BREACHES[clause.name](story):
        return "kept"
    return "pending" if clause.name == "P20" and not story.closed else "broken"


def _summed(clause: Clause, verdicts: dict[str, str], lapses: Lapses) -> dict[str, Any]:
    cases = {kind: [name for name, said in verdicts.items() if said == kind] for kind in _VERDICTS}
    return {
        "n": len(verdicts),
        "broken": len(cases["broken"]),
        "pending": len(cases["pending"]),
        "undecidable": sum(said == "undecidable" for said in verdicts.values()),
        "planted": {knob: getattr(lapses, knob) for knob in clause.knobs},
        "cases": cases,
    }
