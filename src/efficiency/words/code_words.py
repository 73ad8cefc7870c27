"""What the codes in the columns of tables read like."""

from __future__ import annotations

from efficiency.language import Language, of
from efficiency.words import cause_words, waiting_words
from efficiency.words.column_words import CHECKS
from efficiency.words.point_words import CODES as POINT_CODES

_CAUSES = ("off", "batching", "prioritisation", "contention", "unavailability", "other")
_MEASURES = ("case", "applicant", "desk", "handling")
_UNTESTED = {
    "few": ("件数不足", "few cases"),
    "alone": ("无同类件", "nothing comparable"),
    "dependent": ("件与件相互牵连", "cases hang on each other"),
    "season": ("分不清变化与季节", "season not told apart"),
    "short": ("时间过短", "too short"),
    "unseen": ("到达时刻多无记录", "arrivals mostly not recorded"),
}
#: Codes by the column they stand in: code -> (Chinese, English). No column means two things by one.
CODES: dict[str, dict[str, tuple[str, str]]] = {
    **POINT_CODES,
    "verdict": {
        **POINT_CODES["verdict"],
        "met": ("达标", "met"),
        "late": ("超时", "late"),
        "overdue": ("逾期未办", "overdue"),
        "pending": ("未到期", "not due yet"),
        "suspended": ("中止计时", "suspended"),
        "undecidable": ("不可判定", "undecidable"),
        "cancelled": ("不适用", "cancelled"),
    },
    "level": {
        "action": ("突出", "act"),
        "watch": ("一般", "watch"),
        "note": ("提示", "note"),
    },
    "direction": {"worse": ("问题", "worse"), "better": ("好转", "better")},
    "kind": {
        "standard": ("时限未达标", "standard missed"),
        "rule": ("违反程序规定", "rule broken"),
        "rework": ("重复办理", "rework"),
        "slow_step": ("环节偏慢", "slow step"),
        "slow_group": ("部门偏慢", "slow group"),
        "high_rate": ("比例偏高", "high rate"),
        "waiting": ("等待", "waiting"),
        "backlog": ("积压", "backlog"),
        "cover": ("离岗断档", "no cover"),
        "growth": ("没有只减不增", "growth"),
        "change": ("前后变化", "change"),
        "opinion": ("干部群众反映", "opinion"),
        "added": ("多出", "added"),
        "skipped": ("未办", "skipped"),
        "moved": ("次序不符", "out of order"),
        **{
            kind: cause_words.PHRASES[f"kind_{kind}"]
            for kind in ("baseline", "reform", "found", "found_reform")
        },
    },
    "theme": {
        "limits": ("限时办结", "time limits"),
        "procedure": ("办理程序", "procedure"),
        "coordination": ("协调衔接", "coordination"),
        "quality": ("文稿和办件质量", "quality"),
        "pace": ("办理快慢", "pace"),
        "supervision": ("督查督办", "supervision"),
        "opinion": ("干部群众反映", "opinion"),
    },
    "cause": {cause: waiting_words.PHRASES[f"waiting_{cause}"] for cause in _CAUSES},
    "check": CHECKS,
    "measure": {
        **{name: cause_words.PHRASES[f"measure_{name}"] for name in _MEASURES},
        "late": ("超时率", "share late"),
        "rework": ("返工率", "share done again"),
        "breach": ("违规率", "share in breach"),
    },
    "untested": _UNTESTED,
    "reason": {
        **_UNTESTED,
        "unknown": ("所需信息缺失", "information missing"),
        "order": ("先后不明", "order not known"),
    },
    "clock": {
        "working": ("办公时间", "working time"),
        "elapsed": ("自然时间", "elapsed time"),
    },
    "light": {
        "red": ("红灯", "red"),
        "yellow": ("黄灯", "yellow"),
        "green": ("绿灯", "green"),
    },
    "reading": {
        "both_fine": ("都好", "both fine"),
        "both_bad": ("都差", "both bad"),
        "milder": ("看法好于记录", "opinion milder"),
        "harsher": ("看法差于记录", "opinion harsher"),
        "open": ("尚不能判定", "open"),
    },
    "says": {"fine": ("好", "fine"), "bad": ("差", "bad")},
    "shows": {"fine": ("好", "fine"), "bad": ("差", "bad")},
    "rule": {
        "twice": ("重复填答", "answered twice"),
        "too_fast": ("用时过短（秒）", "too fast (seconds)"),
        "all_alike": ("正反题答案相同（题数）", "all alike (answers)"),
        "half_empty": ("过半未答（比例）", "half empty (part)"),
    },
    "scale": {
        "choice": ("单选", "single choice"),
        "multi": ("多选", "several"),
        "office": ("单位", "office"),
        "text": ("文字", "words"),
        "construct": ("维度", "construct"),
    },
    "side": {"is": ("是", "is"), "is not": ("不是", "is not")},
}


def coded(column: str, code: str, language: Language) -> str:
    """
    Say a code of a column; one that is not known stays as it is.

    Examples
    --------
    >>> coded("verdict", "partly", "zh"), coded("verdict", "late", "zh"), coded("verdict", "", "zh")
    ('部分有效', '超时', '')
    """
    return str(of(CODES.get(column, {}).get(code, (code, code)), language))
