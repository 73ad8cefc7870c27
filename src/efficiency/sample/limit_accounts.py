"""What a made-up office promised, and how its simulation itself accounts for each document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from efficiency.sample.desk_hours import MINUTE, DeskHours
from efficiency.sample.documents import Document
from efficiency.sample.establishment import CUTOFF, LAID_ASIDE
from efficiency.sample.simulation import Run, Step

_SOURCE = "S4 市府办“创先争优”半年工作报告：“{phrase}”"
#: What each promise is called in a sentence.
SHORT = {
    "T1": "请示件30分钟内转办",
    "T2": "上级来文2小时内转办",
    "T3": "不合规定的当日退回",
    "T4": "收文当日拟办",
    "T5": "一个工作日内拟办",
    "T6": "重要紧急公文即接即办",
    "T8": "按时反馈落实情况",
    "T9": "半月报告落实情况",
    "T14": "领导指示30分钟内传达",
    "T15": "机要紧急件20分钟内转送",
}
_VERDICTS = ("met", "late", "pending", "overdue", "suspended")
_PAUSE, _GO_ON = "补正", "补正完成"


@dataclass(frozen=True)
class Promise:
    """
    A time limit that the made-up office set itself.

    ``amount`` counts minutes, or days where ``kind`` is ``working days`` or ``days``; ``scope``
    holds the values that a document must have; ``note`` says what the phrase leaves open.
    """

    name: str
    phrase: str
    begins: str
    ends: str
    kind: str
    amount: int = 0
    scope: tuple[tuple[str, tuple[str, ...]], ...] = ()
    target: float = 0.9
    required: bool = True
    pauses: bool = False
    note: str = ""

    def covers(self, document: Document) -> bool:
        """Tell whether a document lies in the scope."""
        known = {"文种": document.kind, "来文层级": document.level, "紧急程度": document.urgency}
        return all(known[column] in values for column, values in self.scope)

    def row(self) -> dict[str, Any]:
        """The promise as a row of standards.csv."""
        hours, minutes = divmod(self.amount, 60)
        days = "day" if self.amount == 1 else "days"
        limits = {
            "working": f"{minutes} min" if minutes else f"{hours} h",
            "elapsed": f"{minutes} min" if minutes else f"{hours} h",
            "working days": f"{self.amount} working {days}",
            "days": f"{self.amount} {days}",
            "same day": "same day",
        }
        return {
            "standard_id": self.name,
            "title": self.phrase,
            "short": SHORT[self.name],
            "source": _SOURCE.format(phrase=self.phrase) + (f"；{self.note}" if self.note else ""),
            "log": "incoming",
            "scope": "; ".join(f"{column}={'|'.join(values)}" for column, values in self.scope),
            "from": self.begins,
            "to": self.ends,
            "limit": limits[self.kind],
            "clock": self.kind if self.kind in {"working", "elapsed"} else "",
            "target": self.target,
            "suspend": _PAUSE if self.pauses else "",
            "resume": _GO_ON if self.pauses else "",
            "required": "yes" if self.required else "no",
            "valid_from": "",
            "valid_to": "",
        }


_EXPRESS = (("紧急程度", ("特急",)),)
PROMISES = (
    Promise(
        "T1",
        "请示性文件收文登记后30分钟内…转有关业务处室办理",
        "登记",
        "转办",
        "working",
        30,
        scope=(("文种", ("请示",)),),
        required=False,
        note="退文不再转办，不作要求",
    ),
    Promise(
        "T2",
        "上级来文2个小时内转有关业务处室办理",
        "签收",
        "转办",
        "working",
        120,
        scope=(("来文层级", ("上级",)),),
        required=False,
        note="自签收起算",
    ),
    Promise(
        "T3",
        "不符合规定和受理要求的文件当日内退还报文单位",
        "签收",
        "退文",
        "same day",
        target=0.85,
        required=False,
    ),
    Promise(
        "T4",
        "所有文件坚持在收文当日即提出处理意见报分管领导审阅",
        "签收",
        "拟办",
        "same day",
        required=False,
        note="退文不再拟办，不作要求",
    ),
    Promise(
        "T5",
        "以市政府或市府办名义印发的文件，在1个工作日以内完成公文的拟办",
        "转办",
        "拟办",
        "working days",
        1,
        scope=(("文种", LAID_ASIDE),),
        target=0.95,
        note="样例中以意见、通知两个文种代表此类文件",
    ),
    Promise(
        "T6",
        "重要紧急公文即接即办",
        "签收",
        "登记.start",
        "working",
        10,
        scope=(("紧急程度", ("加急", "特急")),),
        note="原文未定时限，10分钟为样例设定",
    ),
    Promise(
        "T8",
        "在规定时限内报送落实情况",
        "批示",
        "反馈",
        "working days",
        7,
        pauses=True,
        note="原文未定时限，7个工作日为样例设定，补正期间不计",
    ),
    Promise(
        "T9",
        "每半个月向市政府主要领导报告一次跟踪落实情况",
        "批示",
        "反馈",
        "days",
        15,
        scope=(("来文层级", ("上级",)),),
        note="样例中以首次反馈计",
    ),
    Promise("T14", "领导指示30分钟内传达完毕", "批示", "承办.received", "elapsed", 30, _EXPRESS),
    Promise(
        "T15", "机要文件、紧急公文收到后20分钟内转送完毕", "签收", "转办", "elapsed", 20, _EXPRESS
    ),
)


def accounts(run: Run, names: list[str], untold: set[str]) -> dict[str, dict[str, Any]]:
    """
    Account for every promise over all documents in its scope.

    Parameters
    ----------
    run
        The simulation.
    names
        What its documents are called, by their case number.
    untold
        Documents to leave out, by name.

    Returns
    -------
    dict
        By promise: how many documents are ``in_scope``, how many ``not_started`` (without a
        verdict), how many have each verdict, the ``share`` met ÷ (met + late + overdue), the
        ``target``, and which ``cases`` have each verdict.
    """
    own: dict[int, list[Step]] = defaultdict(list)
    for step in run.steps:
        own[step.case].append(step)
    told = [(case, name) for case, name in enumerate(names) if name not in untold]
    return {
        promise.name: _summed(
            promise,
            {
                name: verdict_of(promise, own[case], run)
                for case, name in told
                if promise.covers(run.documents[case])
            },
        )
        for promise in PROMISES
    }


def _summed(promise: Promise, verdicts: dict[str, str | None]) -> dict[str, Any]:
    cases = {kind: [name for name, said in verdicts.items() if said == kind] for kind in _VERDICTS}
    counts = {kind: len(held) for kind, held in cases.items()}
    ripe = counts["met"] + counts["late"] + counts["overdue"]
    return {
        "in_scope": len(verdicts),
        "not_started": sum(said is None for said in verdicts.values()),
        **counts,
        "share": round(counts["met"] / ripe, 4) if ripe else None,
        "target": promise.target,
        "cases": cases,
    }


def verdict_of(promise: Promise, steps: list[Step], run: Run) -> str | None:
    """
    Tell how one document fared under one promise.

    Parameters
    ----------
    promise
        The promise.
    steps
        What was recorded of the document.
    run
        The simulation, for the hours of its desks.

    Returns
    -------
    str or None
        met, late, pending, overdue or suspended; None where there is nothing to judge.
    """
    begun = min(_moments(promise.begins, steps), default=None)
    if begun is None:
        return None
    start, unit = begun
    ended = [moment for moment, _ in _moments(promise.ends, steps) if moment >= start]
    if not ended and not promise.required:
        return None
    due = _due(promise, start, run.clock_of(unit), steps)
    if ended:
        return "met" if due is None or min(ended) <= due else "late"
    if due is None or (promise.pauses and _stopped_by(due, steps)):
        return "suspended"
    return "pending" if due >= CUTOFF else "overdue"


def _moments(name: str, steps: list[Step]) -> list[tuple[int, str]]:
    activity, _, kind = name.partition(".")
    found = [
        (getattr(step, kind or "end"), step.unit) for step in steps if step.activity == activity
    ]
    return [(moment, unit) for moment, unit in found if moment is not None]


def _due(promise: Promise, start: int, clock: DeskHours, steps: list[Step]) -> int | None:
    """The moment by which a promise falls due; None while the clock stands still."""
    limit = promise.amount * MINUTE
    if promise.kind == "working":
        return clock.finish(clock.work(start) + limit)
    if promise.kind == "elapsed":
        return start + limit
    if promise.kind == "same day":
        return clock.closing(start)
    if promise.kind == "days":
        return clock.days_on(start, promise.amount)
    return clock.working_days_on(start, promise.amount, _pauses(steps) if promise.pauses else ())


def _stopped_by(due: int, steps: list[Step]) -> bool:
    """Tell whether the clock stands still at the end since before a promise fell due."""
    return any(answered is None and asked < due for asked, answered in _pauses(steps))


def _pauses(steps: list[Step]) -> list[tuple[int, int | None]]:
    """Pair each suspension with the resumption that follows it."""
    asked = sorted(moment for moment, _ in _moments(_PAUSE, steps))
    answered = sorted(moment for moment, _ in _moments(_GO_ON, steps))
    return [(a, min((r for r in answered if r > a), default=None)) for a in asked]
