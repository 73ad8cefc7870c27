"""Looks at a log that nobody described, and says which column is probably what."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from efficiency.evidence.log.records import MOMENTS, OURS
from efficiency.evidence.log.sources import Source, open_source
from efficiency.evidence.log.stamps import AmbiguousDayError, read_stamps

#: What offices and systems call our columns, the surest first.
KNOWN: dict[str, tuple[str, ...]] = {
    "case_id": (
        "case_id", "case:concept:name", "流水号", "收文号", "收文编号", "办件编号", "受理号", "受理编号",
        "案件编号", "批示编号", "督查编号", "工单编号", "工单号", "事件编号", "办文编号", "发文字号", "发文编号",
        "文件编号", "文号", "事项编号", "案件号", "任务编号", "业务流水号", "申请编号", "信访编号", "登记编号",
        "提案号", "建议号", "单号", "编号", "caseid", "case", "incident", "ticketno",
        "ticketid", "ticket", "billid", "number", "id",
    ),
    "activity": (
        "activity", "concept:name", "环节", "环节名称", "步骤", "步骤名称", "节点", "节点名称", "办理环节", "办理节点", "活动", "任务", "task",
        "event", "action", "activityname", "操作", "流程节点", "当前节点", "当前环节", "incidentstate",
        "billstatus", "status",
    ),
    "actor": (
        "actor", "org:resource", "经办人", "办理人", "处理人", "承办人", "操作人", "办理人员", "经办人员",
        "责任人", "审批人", "resource", "user",
    ),
    "unit": (
        "unit", "org:group", "处室", "科室", "部门", "办理科室", "办理部门", "办理处室", "承办科室", "承办处室",
        "承办部门", "责任单位", "责任部门", "承办单位", "办理单位", "主办单位", "所属部门", "拟稿处室", "拟稿单位",
        "机构", "单位", "group",
        "department", "org:role", "role",
    ),
    "received": ("received", "到达时间", "接收时间", "收到时间", "送达时间", "到件时间", "转入时间", "arrival",
        "arrival_time"),
    "start": ("start", "start_timestamp", "start_time", "开始时间", "开始办理时间", "受理时间", "begin"),
    "end": (
        "end", "time:timestamp", "办结时间", "完成时间", "结束时间", "办理时间", "处理时间", "时间",
        "end_time", "complete", "complete_time", "completetimestamp", "操作时间", "审批时间", "timestamp",
        "eventtime", "changedat", "statuschangedat", "sysupdatedat", "date", "time",
    ),
    "transition": ("transition", "lifecycle:transition", "lifecycle"),
}  # fmt: skip
_SAMPLE = 500
#: Years in which a register may have been kept.
_LIKELY = (1980, 2100)
#: What is due, and what says no more than that a moment is one.
_DUE = re.compile("时限|期限|截止|限时|应办|到期|due|deadline", re.IGNORECASE)
_TIME_WORD = re.compile(
    "(?:的)?(?:时间|日期|时刻|年月日)$|(?:[ _-]?(?:date|time|at|on))$", re.IGNORECASE
)
#: Different steps that a log has at most, and how much of a case's rows differ in them.
_MOST_ACTIVITIES, _DIFFERING = 60, 0.6
#: Columns of moments that a register has at least.
_FEWEST = 2
_READABLE = 0.8


def guess_columns(source: str | pd.DataFrame | Source) -> dict[str, str]:
    """
    Guess which column of a log is which of ours, by its name, and for times by its values too.

    Returns
    -------
    dict
        Ours = theirs, for those that were found.

    Examples
    --------
    >>> frame = pd.DataFrame({"流水号": ["1"], "环节": ["登记"], "办结时间": ["2024-03-05"], "备注": [""]})
    >>> guess_columns(frame)
    {'case_id': '流水号', 'activity': '环节', 'end': '办结时间'}
    """
    opened = open_source(source)
    frame = opened.frame
    lowered = {_plain(str(name)): str(name) for name in reversed(frame.columns)}
    guess: dict[str, str] = {}
    for ours in OURS:
        for name in KNOWN[ours]:
            theirs = lowered.get(_plain(name))
            fits = theirs is not None and (
                ours not in MOMENTS or _holds_times(frame, theirs, opened)
            )
            if theirs is not None and fits and theirs not in guess.values():
                guess[ours] = theirs
                break
    if "activity" not in guess and "case_id" in guess:
        guess |= _activity_by_values(frame, guess)
    end = guess.get("end")
    if not set(MOMENTS) & set(guess) or (end and not _varies(frame, end, guess)):
        times = [str(name) for name in frame.columns if _holds_times(frame, str(name), opened)]
        free = [name for name in times if name == end or name not in guess.values()]
        # What is one for a whole case tells when no step was done.
        moving = [name for name in free if _varies(frame, name, guess)]
        guess |= {"end": (moving or free)[-1]} if free else {}
    return guess


def guess_register(source: str | pd.DataFrame | Source) -> tuple[dict[str, str], dict[str, str]]:
    """
    Guess whether a file is a register: one row a matter, a date in each of several columns.

    Returns
    -------
    tuple of dict
        Ours = theirs for all steps, and activity = the column of its moment, in their order; both
        empty where it is no register.

    Notes
    -----
    It is one where no column tells what was done, an id stands in each row once, and two columns
    at least hold moments. A due moment (时限, 截止) is none: it is what a limit may name.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "督查编号": ["1", "2"], "立项日期": ["2024-03-05", "2024-03-06"],
    ...     "办结时限": ["2024-04-05", "2024-04-06"], "销号日期": ["2024-04-01", ""],
    ... })
    >>> guess_register(frame)
    ({'case_id': '督查编号'}, {'立项': '立项日期', '销号': '销号日期'})
    """
    opened = open_source(source)
    frame = opened.frame
    guess = {ours: theirs for ours, theirs in guess_columns(opened).items()
             if ours in {"case_id", "activity", "actor", "unit"}}  # fmt: skip
    case = guess.get("case_id")
    if case is not None and not _is_key(frame[case]):
        case = None if "activity" in guess else _key_column(frame)
    elif case is None:
        case = _key_column(frame)
    if case is None or ("activity" in guess and not _is_status(guess["activity"])):
        return {}, {}
    guess = {**guess, "case_id": case}
    guess.pop("activity", None)
    moments: dict[str, str] = {}
    for name in map(str, frame.columns):
        if name in guess.values() or _DUE.search(name):
            continue
        if _holds_times(frame, name, opened) or _holds_clocks(frame[name]):
            moments[_activity_of(name, moments)] = name
    return (guess, moments) if len(moments) >= _FEWEST else ({}, {})


def due_column(source: str | pd.DataFrame | Source) -> str | None:
    """
    The first column that holds a due moment for each matter; None: there is none.

    Examples
    --------
    >>> due_column(pd.DataFrame({"编号": ["1"], "办结时限": ["2024-04-05"]}))
    '办结时限'
    """
    opened = open_source(source)
    names = [str(name) for name in opened.frame.columns if _DUE.search(str(name))]
    return next((name for name in names if _holds_times(opened.frame, name, opened)), None)


def _is_key(values: pd.Series) -> bool:
    """Whether a column tells each row apart."""
    text = values.fillna("").astype(str).str.strip()
    return bool((text != "").mean() >= _READABLE and text[text != ""].is_unique)


def _key_column(frame: pd.DataFrame) -> str | None:
    """A column that tells each row apart: one that is called a number first, a running one last."""
    keys = [str(name) for name in frame.columns if _is_key(frame[name])]
    called = [
        name for name in keys if re.search(r"编号|文号|单号|[^序]号$|id$", name, re.IGNORECASE)
    ]
    running = [name for name in keys if _plain(name) in {"序号", "no", "#"}]
    return next(iter([*called, *running]), None)


def _is_status(name: str) -> bool:
    """Whether a column says how a matter stands, not what was done."""
    return re.search(r"状态|status|state$|当前", name, re.IGNORECASE) is not None


def _holds_clocks(values: pd.Series) -> bool:
    """Whether a column holds times of day alone."""
    text = values.dropna().astype(str).str.strip()
    text = text[text != ""].head(_SAMPLE)
    return bool(len(text) and text.str.fullmatch(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?").all())


def _activity_of(column: str, taken: Iterable[str]) -> str:
    """The step that a column of dates tells of, by its name."""
    name = _TIME_WORD.sub("", column).strip() or column
    return column if name in taken else name


def _plain(name: str) -> str:
    """A column's name without letter case, blanks and signs that join words."""
    return re.sub(r"[\s_.-]+", "", name.casefold())


def _activity_by_values(frame: pd.DataFrame, guess: dict[str, str]) -> dict[str, str]:
    """
    The column that behaves like one of steps: few values, most cases with several of them.

    Notes
    -----
    Of several the one that differs most within cases; attributes of a case do not differ at all.
    """
    sizes = frame.groupby(guess["case_id"]).size()
    several = frame[frame[guess["case_id"]].isin(sizes.index[sizes > 1])]
    found = []
    for name in map(str, frame.columns):
        values = several[name]
        if name in guess.values() or values.dtype != object or not len(values):
            continue
        known = values.dropna().astype(str).str.strip()
        few = known.nunique() <= _MOST_ACTIVITIES and (known != "").mean() > _READABLE
        if few and len(known.unique()) > 1:
            within = several.groupby(guess["case_id"])[name].nunique() / sizes[sizes > 1]
            found.append((float(within.mean()), name))
    best = max(found, default=(0.0, ""))
    return {"activity": best[1]} if best[0] >= _DIFFERING else {}


def _varies(frame: pd.DataFrame, name: str, guess: dict[str, str]) -> bool:
    """Whether a column differs within some case; of one without cases that is not known."""
    case = guess.get("case_id")
    if case is None or case == name:
        return True
    sizes = frame.groupby(case)[name].agg(["nunique", "size"])
    several = sizes[sizes["size"] > 1]
    return bool(several.empty or (several["nunique"] > 1).any())


def _holds_times(frame: pd.DataFrame, name: str, opened: Source) -> bool:
    values = frame[name]
    if pd.api.types.is_datetime64_any_dtype(values):
        return True
    text = values.dropna().astype(str)
    text = text[text.str.strip() != ""].head(_SAMPLE)
    if text.empty:
        return False
    try:
        read = read_stamps(text, day_first=True, serials=opened.serials)
    except AmbiguousDayError:
        return True
    # Small numbers are no days of an office, though a spreadsheet could count them so.
    likely = read["moment"].dt.year.between(*_LIKELY)
    return bool(likely.mean() >= _READABLE)
