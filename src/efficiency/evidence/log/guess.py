"""Looks at a log that nobody described, and says which column is probably what."""

from __future__ import annotations

import re

import pandas as pd

from efficiency.evidence.log.records import MOMENTS, OURS
from efficiency.evidence.log.sources import Source, open_source
from efficiency.evidence.log.stamps import AmbiguousDayError, read_stamps

#: What offices and systems call our columns, the surest first.
KNOWN: dict[str, tuple[str, ...]] = {
    "case_id": (
        "case_id", "case:concept:name", "流水号", "收文号", "收文编号", "办件编号", "受理号", "案件编号",
        "批示编号", "文号", "事项编号", "案件号", "任务编号", "单号", "编号", "case", "incident", "ticketno",
        "ticketid", "ticket", "billid", "number", "id",
    ),
    "activity": (
        "activity", "concept:name", "环节", "环节名称", "步骤", "节点", "办理环节", "活动", "任务", "task",
        "event", "action", "activityname", "操作", "流程节点", "当前节点", "当前环节", "incidentstate",
        "billstatus", "status",
    ),
    "actor": (
        "actor", "org:resource", "经办人", "办理人", "处理人", "承办人", "操作人", "resource", "user",
    ),
    "unit": (
        "unit", "org:group", "处室", "科室", "部门", "承办单位", "办理单位", "机构", "单位", "group",
        "department", "org:role", "role",
    ),
    "received": ("received", "到达时间", "接收时间", "收到时间", "送达时间", "arrival", "arrival_time"),
    "start": ("start", "start_timestamp", "start_time", "开始时间", "开始办理时间", "受理时间", "begin"),
    "end": (
        "end", "time:timestamp", "办结时间", "完成时间", "结束时间", "办理时间", "处理时间", "时间",
        "end_time", "complete", "complete_time", "completetimestamp", "操作时间", "审批时间", "timestamp",
        "eventtime", "changedat", "statuschangedat", "sysupdatedat", "date", "time",
    ),
    "transition": ("transition", "lifecycle:transition", "lifecycle"),
}  # fmt: skip
_SAMPLE = 500
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
    end = guess.get("end")
    if not set(MOMENTS) & set(guess) or (end and not _varies(frame, end, guess)):
        times = [str(name) for name in frame.columns if _holds_times(frame, str(name), opened)]
        free = [name for name in times if name == end or name not in guess.values()]
        # What is one for a whole case tells when no step was done.
        moving = [name for name in free if _varies(frame, name, guess)]
        guess |= {"end": (moving or free)[-1]} if free else {}
    return guess


def _plain(name: str) -> str:
    """A column's name without letter case, blanks and signs that join words."""
    return re.sub(r"[\s_.-]+", "", name.casefold())


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
    return bool(read["moment"].notna().mean() >= _READABLE)
