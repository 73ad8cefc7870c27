"""Which rules of procedure a made-up office has, and what each of them comes from."""

from __future__ import annotations

from dataclasses import dataclass

from efficiency.sample.documents import Document

_DOCUMENTS = {
    "S0": "S0 区政府系统办公室“转作风提效能抓落实”调研报告",
    "S1": "S1 区委办公室“强化自身建设 提升服务水平”",
    "S2": "S2 全市政府系统办公室主任会议讲话",
    "S3": "S3 县“机关效能建设”思考",
    "S4": "S4 市府办“创先争优”半年工作报告",
}
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
        """The clause as a row of rules.csv."""
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
