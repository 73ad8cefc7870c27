"""Which attributes of a case may make a group, be held equal, or neither: what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

#: How an attribute is called that tells what a matter is: it is held equal, and accuses nobody.
_MATTER = re.compile(
    "文种|种类|类型|类别|分类|事项|性质|密级|紧急|缓急|程度|主题|专题|业务|渠道|方式|金额|难度"
    "|type|kind|class|categor|subject|topic|urgen|priorit|severity|impact|product|amount|channel"
    "|purpose|goal",
    re.IGNORECASE,
)
#: How one is called that tells where a matter comes from.
_ORIGIN = re.compile(
    "来文|申请|来源|来访|单位|部门|机关|科室|处室|地区|区域|区县|县区|乡镇|街道|镇街|社区|层级|企业|客户"
    "|origin|source|applicant|sender|department|district|region|office|organi[sz]ation|team|branch"
    "|customer|client|municipality|town|county|street|level",
    re.IGNORECASE,
)
#: How one is called that tells what became of a matter: never known when it begins.
_OUTCOME = re.compile(
    "状态|结果|结论|阶段|进度|进展|当前|延期|延长|超期|超时|超限|逾期|按期|按时|办结|完成|满意|评价|评议"
    "|评分|打分|催办|催促|退回|退件|次数(?!量)|时长|用时|耗时|天数|归档|反馈|答复|回复|情况|意见|达标|升级"
    "|最后|最终|终审|签收|承办|主办|协办|经办|办理|处理|责任|负责|分管"
    "|(?<![a-z])(?:status|result|outcome|conclusion|phase|stage|progress|extension|extended|overdue"
    "|delay|late$|satisf|rating|score|urges|reminder|reopen|duration|closed|finish|complet|resol"
    "|feedback|escalat|current|assign|handl|responsib|owner|final"
    "|decision|verdict|enddate|end date|last[_ ])|^(?:case:)?state$|^source_file$",
    re.IGNORECASE,
)
#: What is told by the way of a case in this share of the cases came of it.
TOLD, LEAST_SHARE = 0.99, 0.02
#: More activities are not looked at.
MOST_ACTIVITIES = 100


def is_matter(name: str) -> bool:
    """
    Whether an attribute tells what a matter is.

    Examples
    --------
    >>> is_matter("文种"), is_matter("来文单位"), is_matter("Urgency")
    (True, False, True)
    """
    return bool(_MATTER.search(name)) and not _OUTCOME.search(name)


def is_origin(name: str) -> bool:
    """
    Whether an attribute tells where a matter comes from.

    Examples
    --------
    >>> is_origin("来文单位"), is_origin("申请人类型"), is_origin("status")
    (True, False, False)
    """
    return bool(_ORIGIN.search(name)) and not is_matter(name) and not _OUTCOME.search(name)


def came_of_it(cases: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """
    List the attributes that tell what became of a case, not what it was.

    Parameters
    ----------
    cases
        ``tables.CASES`` with the attributes as columns.
    names
        The attributes to look at.

    Returns
    -------
    list
        Those that are called so (状态, result, last_phase …), and, of those that nothing says of
        what they are, those that follow from the way of the case in 99 of 100: from being open,
        from the last activity, or from whether, or how often, one was done.

    Examples
    --------
    >>> cases = pd.DataFrame({
    ...     "open": [False] * 50, "variant": ["受理 → 延期 → 办结"] * 10 + ["受理 → 办结"] * 40,
    ...     "办理结果": ["同意"] * 50, "特别": ["是"] * 10 + ["否"] * 40, "县": ["甲", "乙"] * 25,
    ... })
    >>> came_of_it(cases, ["办理结果", "特别", "县"])
    ['办理结果', '特别']
    """
    names = list(names)
    doubtful = [n for n in names if not (_OUTCOME.search(n) or is_matter(n) or is_origin(n))]
    ways = _ways(cases) if doubtful else []
    follows = {name for name in doubtful if any(_follows(_codes(cases[name]), w) for w in ways)}
    return [name for name in names if _OUTCOME.search(name) or name in follows]


def _codes(values: pd.Series) -> np.ndarray:
    return np.asarray(pd.factorize(values.fillna("").astype(str))[0])


def _ways(cases: pd.DataFrame) -> list[np.ndarray]:
    """What the way of each case tells: whether it is open, its last activity, how often each."""
    way, variants = pd.factorize(cases["variant"].fillna("").astype(str))
    done = [text.split(" → ") for text in variants]
    last = pd.factorize(pd.Series([steps[-1] for steps in done], dtype=object))[0]
    told = [_codes(cases["open"]), last[way]]
    names = sorted({name for steps in done for name in steps})[:MOST_ACTIVITIES]
    told += [np.array([steps.count(name) for steps in done])[way] for name in names]
    distinct = {codes.tobytes(): codes for codes in told if len(codes) and codes.max() > 0}
    return list(distinct.values())


def _follows(values: np.ndarray, way: np.ndarray) -> bool:
    """Whether who knows the way knows the value, and neither is nearly always the same."""
    many = int(way.max()) + 1
    pairs = np.bincount(values * many + way, minlength=(int(values.max()) + 1) * many)
    table = pairs.reshape(-1, many)
    rare = 1 - max(table.sum(axis=0).max(), table.sum(axis=1).max()) / len(values)
    return bool(rare >= LEAST_SHARE and table.max(axis=0).sum() >= TOLD * len(values))


def origins(names: Sequence[str]) -> list[str]:
    """The attributes that tell where a matter comes from: these may make a group."""
    return [name for name in names if is_origin(name)]
