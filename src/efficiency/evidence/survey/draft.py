"""A codebook drafted from an export: what each column looks like, for a person to look over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from efficiency.evidence.log.sources import open_source
from efficiency.evidence.log.texts import as_texts, trim
from efficiency.evidence.survey.answers import BETWEEN, parted_by
from efficiency.evidence.survey.codebook import bare
from efficiency.evidence.survey.scales import Scale, guess_scale
from efficiency.language import Language, of

#: What the headings of a platform's own columns, and of what tells respondents apart, look like.
_PLATFORM = (
    (r"(序号|答卷编号|答题序号|No\.?|#)", "skip"),
    (
        r"(提交|答题|完成|填写|结束)(答卷|问卷)?(时间|日期)|submit(ted)?( at| time)?|timestamp",
        "time",
    ),
    (r"(所用|答题|填写)?(用时|时长|时间长度)(（秒）)?|耗时|所用时间|seconds|duration", "seconds"),
    (r"来源|来源详情|来自IP|IP(地址)?|地理位置|渠道|总分|开始(答题)?时间|标签|source", "skip"),
    (r"(您的)?(姓名|名字)|name", "skip"),
    (
        r"(您的)?(工号|手机号?码?|联系电话|电话|身份证号码?|openid|用户ID|微信昵称|昵称|问卷编号|respondent)",
        "id",
    ),
)
_TRAITS = (
    (r"单位类型|单位性质|单位类别", "office_type"),
    (r"学历|文化程度|教育", "education"),
    (r"岗位类|人员类|身份|编制|职级|岗位|职务", "post_type"),
    (r"年龄", "age_band"),
    (r"工龄|工作年限|年限|从事.*年", "years"),
)
#: How a question begins and ends that names what it asks for.
_ASKED = re.compile(
    r"^(?:请问)?您?(?:对|认为|觉得)(?P<what>.+?)(?:的)?(?:满意程度|满意度|评价|总体评价|是)?$"
)
_OFFICE = re.compile(r"(所在)?(的)?(单位|部门|处室|科室|机构)(名称)?$|office|department")
_MULTI, _TICKED = re.compile(r"多选"), re.compile("┋")
#: A wording that says the contrary of what it is about.
_CONTRARY = re.compile(r"反向|难以?|太慢|过慢|往返|拖|推诿|扯皮|繁琐|重复|多次|不及时|不够|不便|过多|太多|无法|not |slow|hard to")  # fmt: skip
#: Different answers of a single choice at most, as a part of the respondents too.
_MOST_OPTIONS, _MOST_PART = 12, 0.5
#: What the questions of one scale are called together, by a word of the scale.
_FAMILIES = (("满意", "满意度"), ("同意", "认同度"), ("符合", "符合度"), ("经常", "频率"), ("satisf", "satisfaction"),
             ("agree", "agreement"), ("often", "frequency"))  # fmt: skip
NOTE = {
    "turned": ("措辞反向，且与同组其他题负相关，已标反向，请核对",
               "worded the other way round and against its group: marked as reversed, look it over"),
    "worded": ("措辞似为反向，但与同组其他题不负相关，未标反向，请核对",
               "worded the other way round, but not against its group: not marked, look it over"),
    "against": ("与同组其他题负相关，可能是反向题，请核对",
                "runs against its group: perhaps reversed, look it over"),
    "grouped": ("按答案用语归在一起，请改成按内容的维度，或清空",
                "put together by the words of their answers: name what they measure, or leave empty"),
    "linked": ("量表题可填写关联指标（时限编号、规则编号或环节名）",
               "a question with a scale may name the limit, rule or activity that measures the same"),
}  # fmt: skip


def draft_codebook(path: Path, language: Language) -> pd.DataFrame:
    """
    Draft the codebook of an export.

    Parameters
    ----------
    path
        The answers, as a platform exports them.
    language
        Of the notes.

    Returns
    -------
    DataFrame
        The columns of a codebook, and ``note``: what a person should look at. Scales are known by
        their words; reversed is marked only where both the wording and the answers say so;
        questions on one scale are put together.
    """
    frame = open_source(path).frame.rename(columns=str)
    cells = {name: as_texts(frame[name]).fillna("").map(trim) for name in frame}
    rows = list(_rows(cells))
    groups = _groups(rows)
    told = pd.DataFrame(rows)
    told = told.assign(
        construct=[groups.get(row["item"], "") for row in rows], linked="", reversed="", note=""
    )
    for at, note in _turned(told, cells):
        told.loc[at, "note"] = of(NOTE[note], language)
        if note == "turned":
            told.loc[at, "reversed"] = of(("是", "yes"), language)
    starts = told[told["construct"] != ""].drop_duplicates("construct").index
    told.loc[starts, "note"] = [
        "; ".join(filter(None, [note, of(NOTE["grouped"], language)]))
        for note in told.loc[starts, "note"]
    ]
    first = told.index[told["scale"].str.contains(r"\||^\d")][:1]
    told.loc[first, "note"] = [
        "; ".join(filter(None, [note, of(NOTE["linked"], language)]))
        for note in told.loc[first, "note"]
    ]
    columns = ["item", "text", "short", "scale", "reversed", "construct", "linked", "note"]
    return told[columns]


def _rows(cells: dict[str, pd.Series]) -> Iterator[dict[str, str]]:
    taken = set[str]()
    for number, (name, said) in enumerate(cells.items(), 1):
        scale, item = _scale(name, said, taken), ""
        if not isinstance(scale, Scale) and scale.startswith("choice:"):
            scale, item = scale.split(":")
        found = re.match(r"^\s*(?:Q|q|第)?(\d+)", name)
        item = item or (f"Q{found[1]}" if found else f"C{number}")
        if scale in {"office", "id", "seconds", "time"} and scale not in taken:
            item = str(scale)
        while item in taken:
            item = f"{item}_{number}"
        taken.add(item)
        told = scale.text if isinstance(scale, Scale) else scale
        yield {"item": item, "text": name, "short": shortened(name), "scale": told}


def shortened(text: str) -> str:
    """
    What a report may call a question.

    Examples
    --------
    >>> shortened("3、您对办文速度的满意程度"), shortened("8、您认为影响效率的主要原因（多选题）")
    ('办文速度', '影响效率的主要原因')
    """
    found = _ASKED.match(bare(text))
    return found["what"] if found and found["what"] else bare(text)


def _scale(name: str, said: pd.Series, taken: set[str]) -> Scale | str:
    """What the answers of a column are."""
    for form, role in _PLATFORM:
        if re.fullmatch(form, bare(name), re.IGNORECASE):
            return role
    ticked = bool(_MULTI.search(name)) or said.str.contains(_TICKED).any()
    scale = None if ticked else guess_scale(said.unique())
    if scale is not None:
        return scale
    if ticked or parted_by(said) is not BETWEEN:
        return "multi"
    return _of_texts(name, said, taken)


def _of_texts(name: str, said: pd.Series, taken: set[str]) -> str:
    """What the answers of a column are that are on no scale."""
    trait = next((item for form, item in _TRAITS if re.search(form, name)), "")
    many = said[said != ""].nunique()
    if trait and trait not in taken and many <= _MOST_OPTIONS:
        return f"choice:{trait}"
    if _OFFICE.search(bare(name)) and "office" not in taken:
        return "office"
    is_choice = 1 < many <= _MOST_OPTIONS and many <= _MOST_PART * (said != "").sum()
    short = said.str.len().max() <= 20
    return "choice" if is_choice and short and many > 3 else "text"


def _groups(rows: list[dict[str, str]]) -> dict[str, str]:
    """Questions on the same words are put together; a question alone is no group."""
    by_scale = dict[str, list[str]]()
    for row in rows:
        if "|" in row["scale"]:
            by_scale.setdefault(row["scale"], []).append(row["item"])
    found = dict[str, str]()
    for number, (scale, items) in enumerate(by_scale.items(), 1):
        if len(items) > 1:
            named = next((name for word, name in _FAMILIES if word in scale), f"{number}")
            named = named if named not in found.values() else f"{named}{number}"
            found |= dict.fromkeys(items, named)
    return found


def _turned(told: pd.DataFrame, cells: dict[str, pd.Series]) -> Iterator[tuple[int, str]]:
    """Which questions seem to be put the other way round, and what speaks for it."""
    for _, group in told[told["construct"] != ""].groupby("construct", sort=False):
        steps = pd.DataFrame(
            {
                at: cells[row["text"]].map(_steps(cells[row["text"]], row["scale"]))
                for at, row in group.iterrows()
            }
        )
        for at, row in group.iterrows():
            rest = steps.drop(columns=at).mean(axis=1)
            against = steps[at].corr(rest) < 0 if len(steps[at].dropna().unique()) > 1 else False
            worded = bool(_CONTRARY.search(row["text"]))
            # Of two that run against each other only the wording says which is turned.
            if worded and (against or "反向" in row["text"]):
                yield int(at), "turned"
            elif worded or (against and len(group) > 2):
                yield int(at), "worded" if worded else "against"


def _steps(said: pd.Series, scale: str) -> dict[str, float]:
    from efficiency.evidence.survey.scales import read_scale

    read = read_scale(scale)
    assert isinstance(read, Scale)
    known = {one: read.step(one) for one in said.unique()}
    return {
        one: float(step) if isinstance(step, int) else float("nan") for one, step in known.items()
    }
