"""Looks at a log that nobody described, and says which column is probably what."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from efficiency.evidence.log.pairing import TRANSITIONS
from efficiency.evidence.log.records import OURS
from efficiency.evidence.log.sources import Source, open_source
from efficiency.evidence.log.stamps import CLOCK, EPOCH, LIKELY, AmbiguousDayError, read_stamps
from efficiency.evidence.log_record import MOMENTS

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
#: How they are called where no known name fits: parts of names, the surest columns first.
_CALLED = {
    ours: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for ours, patterns in {
        "case_id": (
            r"(?:编号|编码|单号|文号|案号|工单号?)$|流水",
            r"[^序行信帐账型电符]号$|(?:[_ ]|\b)(?:case|doc\w*|request|order|ticket|issue)?[_ ]?"
            r"(?:id|key|number|nr|no)\.?$|^_?case",
            r"\border$|\brequest$|\bticket$",
        ),
        "activity": (
            r"环节|节点|步骤|活动", r"activity|\bsteps?\b|step[_ ]?name|\btask\b",
            r"程序|工序|操作|动作|event(?![_ ]?(?:time|date))|\baction|\bstage",
            r"^状态$|^status$|^state$",
        ),
        "actor": (
            r"(?:经办|办理|处理|承办|操作|责任|审批|执行)(?:人|人员|者)$",
            r"handler|operator|assignee|assigned[_ ]?to|\bauthor\b|\buser|employee|resource|\bactor\b",
        ),
        "unit": (
            r"(?:经办|办理|处理|承办|操作|责任|处置|主办|所属)\w{0,2}?(?:部门|单位|处室|科室|机构)$|窗口$",
            r"department|\bteam\b|assign\w*[_ ]?group|\bunit\b|\boffice\b",
        ),
        "received": (r"接收|到达|收到|签收|到件|转入|下达|派发|送达", r"receiv|arriv"),
        "start": (r"开始|起始", r"start|begin|began"),
        "end": (
            r"完成|结束|办结|办毕|完毕|处结", r"complet|finish|\bend|closed",
            r"处理|办理|操作|审批|提交", r"changed|updated|event|stamp|time|date|at$",
        ),
    }.items()
}  # fmt: skip
#: What the rows of one step's life cycle are called.
_LIFE = {*TRANSITIONS, "assign", "resume", "suspend", "ate_abort", "开始", "完成"}
_SAMPLE = 500
#: What is due, and what says no more than that a moment is one.
_DUE = re.compile(
    "时限|期限|截止|限时|限办|应办|到期|要求|计划|预计|承诺|拟办结|目标|有效期|应于|due|deadline|planned|target",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    "(?:的)?(?:时间|日期|时刻|年月日)$|(?:[ _-]?(?:date|time|at|on))$", re.IGNORECASE
)
_CLOCKED = re.compile("时间|日期|时刻|time|date|stamp|_at$|epoch", re.IGNORECASE)
#: Different steps that a log has at most, and how much of a case's rows differ in them.
_MOST_ACTIVITIES, _DIFFERING = 60, 0.6
#: Rows of a case that a log of steps has at least in the mean, and its cases.
_LEAST_ROWS, _FEWEST_CASES = 1.2, 4
#: Columns of an extension: whether there was one, until when; and what means that there was.
_EXTENDED, _UNTIL = re.compile(r"是否(延期|延长)"), re.compile(r"(延期|延长)(后|至|到)")
_YES = {"是", "有", "已延期", "Y", "yes", "1"}
#: A numbered question, and how many columns of them make a questionnaire.
_QUESTION, _QUESTIONS = re.compile(r"^(Q?\d+)[、.．:：]\s*\S{4,}"), 3
#: A register has so many of its numbers once, at least.
_NEARLY = 0.9
#: Columns of moments that a register has at least.
_FEWEST = 2
#: Cells of a column of moments that can be read; of one that is called so.
_READABLE, _CALLED_TIME = 0.8, 0.4


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
    guess = _by_name(opened)
    for ours in ("case_id", "transition", "activity", "actor", "unit"):
        if ours not in guess:
            guess |= _by_part(ours, opened, guess) or _by_values(ours, opened, guess)
    # A stamp of the whole case tells when no step was done: another one is taken, if there is one.
    end = guess.get("end")
    if end and not _varies(frame, end, guess):
        guess |= _by_part("end", opened, guess) or _last_time(opened, guess)
    for ours in MOMENTS:
        if ours not in guess:
            guess |= _by_part(ours, opened, guess)
    if not set(MOMENTS) & set(guess):
        times = [name for name in map(str, frame.columns) if _holds_times(frame, name, opened)]
        guess |= _last_time(opened, guess) or ({"end": times[-1]} if times else {})
    return {ours: guess[ours] for ours in OURS if ours in guess}


def _by_name(opened: Source) -> dict[str, str]:
    """The columns whose names are known, each once."""
    frame, guess = opened.frame, dict[str, str]()
    lowered = {_plain(str(name)): str(name) for name in reversed(frame.columns)}
    for ours in OURS:
        for name in KNOWN[ours]:
            theirs = lowered.get(_plain(name))
            fits = theirs is not None and (
                ours not in MOMENTS or _holds_times(frame, theirs, opened)
            )
            if theirs is not None and fits and theirs not in guess.values():
                guess[ours] = theirs
                break
    return guess


def _by_part(ours: str, opened: Source, guess: dict[str, str]) -> dict[str, str]:
    """The column of whose name a part tells what it is, if its values are of that kind."""
    for pattern in _CALLED.get(ours, ()):
        for name in map(str, opened.frame.columns):
            known = name not in guess.values() and pattern.search(name)
            if known and _fits(ours, name, opened, guess):
                return {ours: name}
    return {}


def _last_time(opened: Source, guess: dict[str, str]) -> dict[str, str]:
    """The last column of moments that differ within cases."""
    frame = opened.frame
    free = [name for name in map(str, frame.columns) if name not in guess.values()]
    moving = [n for n in free if _holds_times(frame, n, opened) and _varies(frame, n, guess)]
    return {"end": moving[-1]} if moving else {}


def _fits(ours: str, name: str, opened: Source, guess: dict[str, str]) -> bool:
    """Whether the values of a column can be what its name says."""
    frame, is_time = opened.frame, _holds_times(opened.frame, name, opened)
    if ours in MOMENTS:
        return is_time and not _DUE.search(name) and _varies(frame, name, guess)
    if is_time or _filled(frame[name]) < _READABLE:
        return False
    if ours == "case_id":
        return _rows_each(frame[name]) >= _LEAST_ROWS
    if ours == "activity":
        return frame[name].nunique() <= _MOST_ACTIVITIES and _varies(frame, name, guess)
    return True


def _by_values(ours: str, opened: Source, guess: dict[str, str]) -> dict[str, str]:
    """The column whose values behave as those of a case, a step or a life cycle do."""
    frame = opened.frame
    free = [
        name for name in map(str, frame.columns)
        if name not in guess.values() and not _holds_times(frame, name, opened)
    ]  # fmt: skip
    if ours == "transition":
        kinds = {n: set(frame[n].dropna().astype(str).str.strip().str.lower()) for n in free}
        return next(({ours: n} for n, said in kinds.items() if said and said <= _LIFE), {})
    if ours == "activity" and "case_id" in guess:
        return _activity_by_values(frame[[guess["case_id"], *free]], guess["case_id"])
    if ours != "case_id" or "activity" in guess:
        return {}
    # A case has several rows, and a column beside it tells what was done in each.
    several = [n for n in free if frame[n].dtype == object and _rows_each(frame[n]) >= _LEAST_ROWS
               and _filled(frame[n]) >= _READABLE]  # fmt: skip
    ranked = sorted(several, key=lambda name: -frame[name].nunique())
    stepped = (n for n in ranked if frame[n].nunique() >= _FEWEST_CASES
               and _activity_by_values(frame[[n, *(f for f in free if f != n)]], n))  # fmt: skip
    return next(({ours: name} for name in stepped), {})


def _filled(values: pd.Series) -> float:
    """The share of a column in which something stands."""
    return float((values.fillna("").astype(str).str.strip() != "").mean())


def _rows_each(values: pd.Series) -> float:
    """The mean number of rows of each value."""
    known = values.dropna()
    return float(len(known) / max(int(known.nunique()), 1))


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
    case = _case_of(opened, guess)
    if case is None or ("activity" in guess and not _is_status(guess["activity"])):
        return {}, {}
    guess = {**guess, "case_id": case}
    guess.pop("activity", None)
    moments: dict[str, str] = {}
    for name in map(str, frame.columns):
        if name in guess.values() or _DUE.search(name):
            continue
        # Where a column is called a date, words among its dates (未完成) do not make it another.
        least = _CALLED_TIME if _TIME_WORD.search(name) else _READABLE
        if _holds_times(frame, name, opened, least) or _holds_clocks(frame[name]):
            moments[_activity_of(name, moments)] = name
    return (guess, moments) if len(moments) >= _FEWEST else ({}, {})


def _case_of(opened: Source, guess: dict[str, str]) -> str | None:
    """What numbers the matters of a register; what else was taken for it leaves the guess."""
    case, frame = guess.get("case_id"), opened.frame
    if case is None:
        return _key_column(frame)
    if year := year_beside(opened, case):
        for ours in [ours for ours, theirs in guess.items() if theirs == year]:
            del guess[ours]
    elif _is_nearly_key(frame[case]):
        guess.pop("activity", None)  # a number that stands twice is a slip, and no second step
    elif not _is_key(frame[case]):
        return None if "activity" in guess else _key_column(frame)
    return case


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


def extension(source: str | pd.DataFrame | Source) -> tuple[str, str, str] | None:
    """
    The column that says whether a matter was extended, its yes, and until when; None: none.

    Examples
    --------
    >>> extension(pd.DataFrame({"是否延期": ["否", "是"], "延期后时限": ["", "2024-04-05"]}))
    ('是否延期', '是', '延期后时限')
    """
    opened = open_source(source)
    names = [str(name) for name in opened.frame.columns]
    flags = [name for name in names if _EXTENDED.search(name)]
    until = [
        name for name in names if _UNTIL.search(name) and _holds_times(opened.frame, name, opened)
    ]
    if len(flags) != 1 or len(until) != 1:
        return None
    said = opened.frame[flags[0]].fillna("").astype(str).str.strip()
    yes = said[opened.frame[until[0]].fillna("").astype(str).str.strip() != ""].unique()
    return (flags[0], str(yes[0]), until[0]) if len(yes) == 1 and yes[0] in _YES else None


def looks_like_answers(source: str | pd.DataFrame | Source) -> bool:
    """
    Whether a file holds answers to a questionnaire: its columns are numbered questions.

    Examples
    --------
    >>> looks_like_answers(pd.DataFrame({f"{n}、您是否满意": ["是"] for n in range(1, 5)}))
    True
    """
    names = [str(name) for name in open_source(source).frame.columns]
    return sum(bool(_QUESTION.match(name)) for name in names) >= _QUESTIONS


def clock_beside(source: str | pd.DataFrame | Source, date: str) -> str | None:
    """
    The column of times of day that goes with a column of dates; None: there is none.

    Examples
    --------
    >>> clock_beside(pd.DataFrame({"日期": ["2024-03-05"], "时间": ["9:05"]}), "日期")
    '时间'
    """
    opened = open_source(source)
    if opened.frame[date].astype(str).str.contains(":").any():
        return None
    names = [str(name) for name in opened.frame.columns]
    clocks = [name for name in names if _holds_clocks(opened.frame[name])]
    stem = _TIME_WORD.sub("", date)
    own = [name for name in clocks if _TIME_WORD.sub("", name) == stem]
    found = own or clocks
    return found[0] if len(found) == 1 else None


def year_beside(source: str | pd.DataFrame | Source, case: str) -> str | None:
    """
    The column of years that makes numbers unique which restart each year; None: none does.

    Examples
    --------
    >>> year_beside(pd.DataFrame({"年度": ["2023", "2024"], "编号": ["1", "1"]}), "编号")
    '年度'
    """
    frame = open_source(source).frame
    if _is_key(frame[case]):
        return None
    years = [name for name in map(str, frame.columns) if name != case and _holds_years(frame[name])]
    return next((name for name in years if not frame.duplicated([name, case]).any()), None)


def _holds_years(values: pd.Series) -> bool:
    """Whether a column holds years alone."""
    text = values.fillna("").astype(str).str.strip()
    return bool(len(text) and text.str.fullmatch(r"(?:19|20)\d\d年?(?:度)?").all())


def _is_key(values: pd.Series) -> bool:
    """Whether a column tells each row apart."""
    text = values.fillna("").astype(str).str.strip()
    return bool((text != "").mean() >= _READABLE and text[text != ""].is_unique)


def _is_nearly_key(values: pd.Series) -> bool:
    """Whether a column tells the rows apart but for a few."""
    text = values.fillna("").astype(str).str.strip()
    known = text[text != ""]
    return bool(len(known) >= _READABLE * len(text) and known.nunique() < len(known)
                and known.nunique() >= _NEARLY * len(known))  # fmt: skip


def _key_column(frame: pd.DataFrame) -> str | None:
    """A column that tells each row apart: one that is called a number first, a running one last."""
    keys = [str(name) for name in frame.columns if _is_key(frame[name])]
    called = [
        name for name in keys if re.search(r"编号|文号|单号|流水|[^序]号$|id$", name, re.IGNORECASE)
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
    return bool(len(text) and text.str.match(CLOCK).all())


def _activity_of(column: str, taken: Iterable[str]) -> str:
    """The step that a column of dates tells of, by its name."""
    name = _TIME_WORD.sub("", column).strip() or column
    return column if name in taken else name


def _plain(name: str) -> str:
    """A column's name without letter case, blanks and signs that join words."""
    return re.sub(r"[\s_.-]+", "", name.casefold())


def _activity_by_values(frame: pd.DataFrame, case: str) -> dict[str, str]:
    """
    The column that behaves like one of steps: few values, most cases with several of them.

    Notes
    -----
    Of several the one that differs most within cases; attributes of a case do not differ at all.
    """
    sizes = frame.groupby(case).size()
    several = frame[frame[case].isin(sizes.index[sizes > 1])]
    found = []
    for name in map(str, frame.columns):
        values = several[name]
        if name == case or values.dtype != object or not len(values) or _holds_years(values):
            continue
        known = values.dropna().astype(str).str.strip()
        few = known.nunique() <= _MOST_ACTIVITIES and (known != "").mean() > _READABLE
        if few and len(known.unique()) > 1:
            within = several.groupby(case)[name].nunique() / sizes[sizes > 1]
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


def _holds_times(
    frame: pd.DataFrame, name: str, opened: Source, least: float | None = None
) -> bool:
    values = frame[name]
    if pd.api.types.is_datetime64_any_dtype(values):
        return True
    text = values.dropna().astype(str).str.strip()
    text = text[text != ""].head(_SAMPLE)
    # Long numbers are moments only where the column is called so: most are ids.
    if text.empty or (text.str.match(EPOCH).any() and not _CLOCKED.search(name)):
        return False
    try:
        read = read_stamps(text, day_first=True, serials=opened.serials)
    except AmbiguousDayError:
        return True
    # Small numbers are no days of an office, though a spreadsheet could count them so.
    likely = read["moment"].dt.year.between(*LIKELY)
    return bool(likely.mean() >= (_READABLE if least is None else least))
