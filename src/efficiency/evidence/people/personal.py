"""Which columns of a log are about persons: by what they are called, and by what they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import ibis.expr.types as ir
import pandas as pd

from efficiency.evidence.log.texts import as_texts, plain
from efficiency.evidence.log_record import different

Kind = Literal["person", "phone", "identity", "address", "mail"]

#: What columns are called, in Chinese offices and in exports of systems.
_WORDS: Mapping[Kind, str] = {
    "phone": r"电话|手机|联系方式|传真|\b(?:tele)?phone\b|\bmobile\b|\btel\b",
    "identity": r"身份证|证件号|护照|社保号|\bid[ _-]?card\b|\bpassport\b|\bidentity[ _-]?number",
    "address": r"地址|住址|住所|门牌|\baddress\b",
    "mail": r"邮箱|微信|\bqq\b|\be-?mail\b",
    "person": (
        r"姓名|名字$|(?:经办|办理|处理|承办|操作|责任|审批|执行|负责|主办|协办|拟稿|起草|撰稿|拟办|核稿|审核|"
        r"复核|会签|签发|批示|签收|收件|收文|送件|寄件|登记|录入|校对|印制|分发|交办|督办|反馈|值班|带班|报告|联系|"
        r"受理|接待|接听|申请|申报|来信|来访|来电|上访|信访|投诉|举报|反映|诉求|当事|代理|委托|代表|提出|发起|填表|"
        r"填报|提交|创建|更新|修改|归档|签批|阅办|传阅)(?:人|人员|者|员|领导)$|^(?:领导|作者|署名|代表|委员)$|"
        r"\b(?:applicant|responsible|drafter|signer|signatory|handler|operator|assignee|author|"
        r"complainant|caller|employee|citizen|resident|surname|(?:full|first|last|contact)[ _]?"
        r"(?:name|person)|assigned[ _]?to|opened[ _]?by|resolved[ _]?by|closed[ _]?by|"
        r"created[ _]?by|updated[ _]?by)$"
    ),
}
_CALLED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _WORDS.items()}
#: A mobile or landline number of China's plan, and a resident identity number (GB 11643-1999).
_MOBILE, _LANDLINE = r"(?:\+?86[- ]?)?1[3-9]\d{9}", r"0\d{2,3}-?\d{7,8}"
IDENTITY = re.compile(r"[1-9]\d{16}[\dXx]")
_PHONES = re.compile(rf"(?:{_MOBILE}|{_LANDLINE})(?:-\d{{1,6}})?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: GB 11643: the weights of the first 17 digits, and the check sign for each remainder by 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
#: The surnames that nearly all of China's population bears (Ministry of Public Security, 2021: the
#: first hundred are 85 % of it), and those of two signs.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "汤康易乔赖文樊葛申尤倪柳洪翁"
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒")
#: How the names of offices and of classes of people end.
_OFFICE = re.compile(
    r"(?:局|委|委员会|办|办公室|处|科|室|部|部门|厅|院|所|中心|站|队|公司|企业|集团|单位|机构|个人|法人|组织|协会|学会|社|校|"
    r"学校|行|镇|乡|街道|村|区|县|市|省|政府|领导|群众|居民|窗口|系统|类|型|方|件)$"
)
_LATIN = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][.a-z'’-]*){1,3}")
_LEAST_SIGNS, _MOST_SIGNS = 2, 4
#: Of the different values of a column: from here on it holds persons, phones; or there is a doubt.
_MOSTLY, _NEARLY, _SOME, _FEW = 0.5, 0.9, 0.5, 5


@dataclass(frozen=True)
class Personal:
    """
    What of a log's columns is about persons.

    Attributes
    ----------
    columns
        Those that are: what each holds (person, phone, identity, address, mail), and how that is
        known: ``asked`` (the settings say so), ``named``, ``held`` (by its values) or ``actor``.
    doubted
        Those that look as if they might be, and stay as they are.
    """

    columns: Mapping[str, tuple[Kind, str]] = field(default_factory=dict)
    doubted: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def people(self) -> tuple[str, ...]:
        """The columns that name persons."""
        return tuple(name for name, (kind, _) in self.columns.items() if kind == "person")


def is_identity(text: str) -> bool:
    """
    Whether a text is a resident identity number: its day of birth is one, its check sign right.

    Examples
    --------
    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    if not IDENTITY.fullmatch(text) or not is_born(text):
        return False
    total = sum(weight * int(sign) for weight, sign in zip(_WEIGHTS, text, strict=False))
    return _CHECK_SIGNS[total % 11] == text[-1].upper()


def is_born(number: str) -> bool:
    """
    Whether the day of birth of an identity number, of 18 signs or 15, is a day of our times.

    Examples
    --------
    >>> is_born("110105491231002"), is_born("110105194913310029")
    (True, False)
    """
    told = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    born = pd.to_datetime(told, format="%Y%m%d", errors="coerce")
    return bool(pd.notna(born) and born.year >= 1900)


def is_persons(text: str) -> bool:
    """Whether a text alone is a phone or identity number or a mail address."""
    told = unicodedata.normalize("NFKC", text).strip()
    return bool(is_identity(told) or _PHONES.fullmatch(told) or _MAIL.fullmatch(told))


def is_name(text: str) -> bool:
    """
    Whether a text looks like the name of a person: 张三, 欧阳修, 张某某, Zhang San.

    Examples
    --------
    >>> [is_name(text) for text in ("张三", "张某", "文书科", "金水区", "Zhang San", "R21")]
    [True, True, False, False, True, False]
    """
    told = plain(text)
    if all("\u4e00" <= sign <= "\u9fff" or sign == "·" for sign in told):
        known = told[:1] in _SURNAMES or told.startswith(_DOUBLE)
        in_length = _LEAST_SIGNS <= len(told) <= _MOST_SIGNS
        return known and in_length and not _OFFICE.search(told)
    return bool(_LATIN.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def personal(
    log: pd.DataFrame | ir.Table, asked: Collection[str] = (), public: Collection[str] = ()
) -> Personal:
    """
    Find the columns of a log that are about persons.

    Parameters
    ----------
    log
        ``tables.LOG``, with its other columns.
    asked
        Columns that are, whatever they hold.
    public
        Columns that are not.

    Notes
    -----
    A column is, if it is called so and does not hold offices or classes; or if half of its
    different values are actors, phone or identity numbers or mail addresses, or nine in ten (of
    five or more) look like names. If half do, it is doubted. A case's id is only where it is an
    identity or phone number; the activity and the unit never.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2"], "activity": "登记", "actor": ["甲", "乙"], "unit": "文书科",
    ...     "负责": ["乙", "甲"], "申请人": ["张三", "李四"], "申请人类型": ["个人", "企业"],
    ...     "回访": ["13800001111", "13900002222"],
    ... })
    >>> found = personal(log)
    >>> found.people, found.columns["回访"]
    (('actor', '负责', '申请人'), ('phone', 'held'))
    """
    never = {"activity", "unit", "row", *public}
    never |= {name for name in log.columns if not _may_tell(log, name)}
    never |= {name for name in log.columns if str(name).endswith("_precision")}
    acting = different(log, "actor").astype(str) if "actor" in log.columns else ()
    actors = {plain(name) for name in acting}
    found: dict[str, tuple[Kind, str]] = {}
    doubted: dict[str, Kind] = {}
    for name in map(str, log.columns):
        if name == "actor" and name not in public:
            if not actors:
                continue
            found[name] = ("person", "actor")
        elif name in asked:
            found[name] = (_called(name) or "person", "asked")
        elif name not in never:
            values = as_texts(different(log, name)).dropna().drop_duplicates()
            kind, how = _kind(name, values, actors)
            if kind and how == "doubted":
                doubted[name] = kind
            elif kind:
                found[name] = (kind, how)
    return Personal(found, doubted)


def _may_tell(log: pd.DataFrame | ir.Table, name: str) -> bool:
    """Whether a column holds texts or numbers: a moment or a yes names nobody."""
    if isinstance(log, pd.DataFrame):
        types = pd.api.types
        return not (types.is_datetime64_any_dtype(log[name]) or types.is_bool_dtype(log[name]))
    kind = log.schema()[name]
    return not (kind.is_temporal() or kind.is_boolean())


def _called(name: str) -> Kind | None:
    """What a column is called to hold."""
    known = unicodedata.normalize("NFKC", name).strip()
    return next((kind for kind, pattern in _CALLED.items() if pattern.search(known)), None)


def _kind(name: str, values: pd.Series, actors: set[str]) -> tuple[Kind | None, str]:
    """What a column holds, and how that is known."""

    def share(is_one: Callable[[str], bool]) -> float:
        return float(values.map(is_one).mean()) if len(values) else 0.0

    held, called = _numbered(share), _called(name)
    if called == "person" and share(lambda text: bool(_OFFICE.search(text))) >= _NEARLY:
        called = None
    names = share(is_name)
    if held or name == "case_id" or values.empty:
        found: tuple[Kind | None, str] = (held, "held")
    elif called:
        found = (called, "named")
    elif share(lambda text: plain(text) in actors) >= _MOSTLY and actors:
        found = ("person", "held")
    elif names >= _SOME and len(values) > 1:
        found = ("person", "held" if names >= _NEARLY and len(values) >= _FEW else "doubted")
    else:
        found = (None, "")
    return found


def _numbered(share: Callable[[Callable[[str], bool]], float]) -> Kind | None:
    """Whether most values are numbers by which a person is found."""
    tests: Mapping[Kind, Callable[[str], bool]] = {
        "identity": is_identity,
        "phone": lambda text: bool(_PHONES.fullmatch(text.strip())),
        "mail": lambda text: bool(_MAIL.fullmatch(text.strip())),
    }
    return next((kind for kind, test in tests.items() if share(test) >= _MOSTLY), None)
