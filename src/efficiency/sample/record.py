"""Writes the record of a made-up office whose truth is known: logs, standards, rules, calendar."""

from __future__ import annotations

import dataclasses
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from efficiency.sample import rule_accounts as breaches
from efficiency.sample.clauses import CLAUSES
from efficiency.sample.desk_hours import HOUR, MINUTE
from efficiency.sample.documents import Document
from efficiency.sample.establishment import (
    CHANGED,
    CUTOFF,
    FRONT_UNIT,
    LAID_ASIDE,
    LATE_AFTERNOON,
    LEGAL_UNIT,
    LOOP_UNIT,
    MONTH_END_DAYS,
    SLOW_STEPS,
    SLOW_UNIT,
)
from efficiency.sample.limit_accounts import PROMISES, accounts
from efficiency.sample.plan import Lapses, Plan
from efficiency.sample.simulation import CLOSED_BY, Decision, Run, simulate

FLOW = """\
# 示例机关的收文流程：初审不合格的退文；意见先经合法性审核；退改、补正、催办视需要。
拟稿: (拟办 → 退回)* → 拟办 → [审核] → [合法性审核]
落实: (补正 → 补正完成)* → 承办 → ([领导询问] → 催办)* → 反馈
收文: 签收 → 登记 → 初审 → [退文 | 转办 → 拟稿 → 批示 → 落实 → 办结 → 归档]
"""
CALENDAR = """\
# 样例办公室的工作日历：国务院办公厅放假通知，夏季下午推迟半小时，应急办全天值守。
region = "CN"
hours = ["08:30-12:00", "14:30-18:00"]

[[seasons]]
from = "07-01"
to = "09-30"
hours = ["08:30-12:00", "15:00-18:30"]

[units."应急办"]
hours = ["00:00-24:00"]
every_day = true
"""
#: What people get wrong: rows without a start, with a date for an end, with an end too early.
_SLIPS = {"missing_start": 8, "day_precision": 12, "end_before_start": 3}
#: What a plan plants only when it is asked to.
_LATE = ("reform_days", "overload", "then", "acted")
_DATES_ONLY_UNIT = "市教育局"
_START, _END = "开始时间", "办结时间"
#: Of the leaders' entries: those without the document's number, and, of these, those with a slip
#: in a title that is long enough to be known all the same.
_UNNUMBERED, _MISTYPED, _LONG = 0.15, 0.3, 16
_UNNUMBERED_STRAYS = 0.5
#: What each lapse is a share of, where it is not the documents that are not 特急.
_SHARES = {
    "unscreened": "需合法性审核的文种",
    "self_review": "须审核的件",
    **dict.fromkeys(("personal", "leapfrog", "several", "unsigned", "off_register"), "下级来文"),
    **dict.fromkeys(("recorrected", "informal"), "全部件"),
}


@dataclass(frozen=True)
class Sample:
    """
    The record of a made-up office.

    Attributes
    ----------
    incoming
        The log as people wrote it, under Chinese column names; every value is text. What the
        register says of a document stands in its first row.
    decisions
        The leaders' own record of what they decided, likewise.
    truth
        What was planted and what came of it, from the simulation's own accounts.
    """

    incoming: pd.DataFrame
    decisions: pd.DataFrame
    truth: dict[str, Any]


def make_sample(
    days: pd.DataFrame, seed: int = 2024, cases: int = 2000, plan: Plan | None = None
) -> Sample:
    """
    Simulate two years of incoming documents.

    Parameters
    ----------
    days
        The day table (``tables.DAYS``) of the office (calendar 0) and of the duty desk
        (calendar 1), from ``office.FIRST`` to ``office.LAST`` at least.
    seed
        Where chance begins: the same seed gives the same sample.
    cases
        The number of documents.
    plan
        What is planted; None: the plan of the sample in ``data/sample``.

    Returns
    -------
    Sample
        The logs and the truth about them.
    """
    plan = plan or Plan()
    run = simulate(days, plan, seed, cases)
    run.steps.sort(key=lambda step: (step.received, step.case))
    names = _numbered("收", [document.arrived for document in run.documents])
    plain = _record(run, names)
    written, slips = _with_slips(plain, run, seed) if plan.faults else (plain, [])
    touched = sorted({names[run.steps[slip["row"] - 1].case] for slip in slips})
    decisions = run.decisions()
    decided = _numbered("批", [decision.at for decision in decisions])
    truth = {
        "seed": seed,
        "cases": cases,
        "events": len(plain),
        "open_cases": cases - len({s.case for s in run.steps if s.end and s.activity in CLOSED_BY}),
        "cutoff": _stamps([CUTOFF])[0],
        "closed_by": list(CLOSED_BY),
        "plan": _told(plan),
        "planted": planted(plan),
        "slow": _slow(run),
        "loops": _loops(run),
        "standards": accounts(run, names, set(touched)),
        "rules": breaches.accounts(run, names, decided, set(touched)),
        "touched_by_faults": touched,
        "faults": slips,
    }
    if plan.then:
        truth["since"] = {"slow": _slow(run, plan.since), "loops": _loops(run, plan.since)}
    return Sample(written, _ledger(decisions, decided, seed), truth)


def write_sample(folder: Path, days: pd.DataFrame, seed: int = 2024, cases: int = 2000) -> None:
    """
    Write a sample: its logs, standards and rules as csv, its calendar, and the truth.

    Parameters
    ----------
    folder
        Where to; it is made if need be.
    days, seed, cases
        As for `make_sample`.

    Notes
    -----
    The same arguments give the same bytes.
    """
    sample = make_sample(days, seed, cases)
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "incoming": sample.incoming,
        "decisions": sample.decisions,
        "standards": pd.DataFrame([promise.row() for promise in PROMISES]),
        "rules": pd.DataFrame([clause.row() for clause in CLAUSES]),
    }
    for name, table in tables.items():
        path = folder / f"{name}.csv"
        table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    texts = {
        "calendar.toml": CALENDAR,
        "incoming.flow": FLOW,
        "truth.json": _json(sample.truth) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())


def planted(plan: Plan) -> list[dict[str, Any]]:
    """
    List what a plan plants: what kind, where, how strongly, which standards and rules suffer.

    What is done about it follows (kind ``action``): which knob, from which strength (``was``) to
    which, and from when.

    Examples
    --------
    >>> planted(Plan.null())
    []
    """
    late = f"{LATE_AFTERNOON // HOUR}:00 以后"
    month_end = f"每月最后{MONTH_END_DAYS}个工作日"
    kinds = "|".join(LAID_ASIDE)
    since = _stamps([CHANGED])[0][:10]
    every: tuple[tuple[str, str, dict[str, str], list[str]], ...] = (
        ("month_end_factor", "late", {"unit": FRONT_UNIT, "when": month_end}, ["T1"]),
        ("put_off_share", "late", {"activity": "拟办", "when": late}, ["T4"]),
        (
            "laid_aside_share",
            "late",
            {"unit": SLOW_UNIT, "activity": "拟办", "文种": kinds},
            ["T5", "T4"],
        ),
        ("slow_factor", "slow", {"unit": SLOW_UNIT, "activity": "|".join(SLOW_STEPS)}, []),
        ("loop_rate", "loop", {"unit": LOOP_UNIT, "activity": "拟办"}, []),
        ("change_factor", "change", {"activity": "承办", "from": since}, []),
        ("reform_days", "change", {"activity": "批示", "from": since}, []),
        ("overload", "backlog", {"unit": LEGAL_UNIT, "activity": "合法性审核"}, []),
    )
    null = Plan.null()
    effects = [
        {
            "kind": kind,
            "knob": knob,
            "strength": getattr(plan, knob),
            "where": where,
            "fails": fails,
            "breaks": [],
        }
        for knob, kind, where, fails in every
        if getattr(plan, knob) != getattr(null, knob)
    ]
    return effects + _planted_lapses(plan.lapses) + _actions(plan)


def _actions(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "kind": "action",
            "knob": knob,
            "was": attrgetter(knob)(plan),
            "strength": value,
            "where": {"from": str(plan.acted)},
            "fails": [],
            "breaks": [],
        }
        for knob, value in plan.then
    ]


def _told(plan: Plan) -> dict[str, Any]:
    """The fields of a plan, those that came late only where they plant something."""
    told = dataclasses.asdict(plan) | {"legal_kinds": list(plan.legal_kinds)}
    told |= {"then": [list(done) for done in plan.then], "acted": str(plan.acted)}
    idle = [name for name in _LATE if getattr(plan, name) == getattr(Plan(), name)]
    return {name: value for name, value in told.items() if name not in idle}


def _planted_lapses(lapses: Lapses) -> list[dict[str, Any]]:
    rates = {knob: rate for knob, rate in dataclasses.asdict(lapses).items() if rate}
    return [
        {
            "kind": "lapse",
            "knob": knob,
            "strength": rate,
            "where": {"share_of": _SHARES.get(knob, "特急以外的件")},
            "fails": [],
            "breaks": [clause.name for clause in CLAUSES if knob in clause.knobs],
        }
        for knob, rate in rates.items()
    ]


def _numbered(mark: str, moments: list[int]) -> list[str]:
    """Entries their numbers, year by year in the order in which they come."""
    years = np.array(moments, dtype="datetime64[s]").astype("datetime64[Y]")
    seen: Counter[str] = Counter()
    names = []
    for year in np.datetime_as_string(years):
        seen[year] += 1
        names.append(f"{mark}〔{year}〕{seen[year]:04d}号")
    return names


def _stamps(moments: Iterable[int | None]) -> list[str]:
    """Write moments as people see them; empty where there is none."""
    seconds = [np.iinfo("int64").min if moment is None else moment for moment in moments]
    text = np.datetime_as_string(np.array(seconds, dtype="int64").astype("datetime64[s]"))
    return ["" if stamp == "NaT" else stamp.replace("T", " ") for stamp in text.tolist()]


def _record(run: Run, names: list[str]) -> pd.DataFrame:
    steps, documents = run.steps, [run.documents[step.case] for step in run.steps]
    whole = pd.DataFrame(
        {
            "流水号": [names[step.case] for step in steps],
            "环节": [step.activity for step in steps],
            "经办人": [step.actor or "" for step in steps],
            "处室": [step.unit for step in steps],
            "到达时间": _stamps(step.received for step in steps),
            _START: _stamps(step.start for step in steps),
            _END: _stamps(step.end for step in steps),
            "文种": [document.kind for document in documents],
            "来文层级": [document.level for document in documents],
            "紧急程度": [document.urgency for document in documents],
            "来文单位": [document.origin for document in documents],
        }
    )
    first = ~whole["流水号"].duplicated()
    entries = [
        _entry(document, names) if is_first else {}
        for document, is_first in zip(documents, first, strict=True)
    ]
    whole = whole.join(pd.DataFrame(entries, dtype=object).fillna(""))
    answered = (whole["环节"] == "反馈") & (whole[_END] != "")
    replies = pd.Series([document.paper.reply for document in documents])
    return whole.assign(反馈形式=replies.where(answered, ""))


def _entry(document: Document, names: list[str]) -> dict[str, str]:
    """What the register says of a document."""
    paper = document.paper
    return {
        "文号": paper.number,
        "标题": paper.title,
        "办件类型": paper.matter,
        "主送": paper.addressees,
        "主送类型": "个人" if paper.personal else "机关",
        "领导交办": "是" if paper.ordered else "否",
        "来文级别": str(paper.sender_rank),
        "主送级别": str(paper.addressee_rank),
        "签发人": paper.signer,
        "更正件": "" if paper.corrects is None else names[paper.corrects],
    }


def _ledger(decisions: list[Decision], decided: list[str], seed: int) -> pd.DataFrame:
    """Write what leaders decided, as their secretaries do: not always with all that is known."""
    chance = random.Random(f"{seed}/decisions")
    rows = []
    for name, (at, leader, document, registered) in zip(decided, decisions, strict=True):
        known = chance.random() >= (_UNNUMBERED if registered else _UNNUMBERED_STRAYS)
        title, wrong = document.paper.title, chance.random() < _MISTYPED
        place = chance.randrange(2, len(title) - 3)
        if not known and wrong and len(title) >= _LONG:
            # A character is left out, or typed twice.
            title = title[:place] + title[place + chance.choice((1, -1)) :]
        number = document.paper.number if known else ""
        rows.append((name, "批示", leader, *_stamps([at]), number, title, document.origin))
    columns = ["批示编号", "环节", "批示领导", "批示时间", "文号", "标题", "来文单位"]
    return pd.DataFrame(rows, columns=columns, dtype=str)


def _with_slips(
    plain: pd.DataFrame, run: Run, seed: int
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Put in what people get wrong; list each value by the row it stands in."""
    chance = random.Random(f"{seed}/slips")
    done = (plain[_START] != "") & (plain[_END] != "")
    dates_only = plain["处室"] == _DATES_ONLY_UNIT
    written, slips = plain.copy(), []
    for kind, many in _SLIPS.items():
        column = _START if kind == "missing_start" else _END
        clean = done & (dates_only == (kind == "day_precision")) & (written == plain).all(axis=1)
        rows = plain.index[clean].tolist()
        for row in sorted(chance.sample(rows, min(many, len(rows)))):
            was = plain[column].iloc[row]
            early = (run.steps[row].start or 0) - chance.randint(5, 50) * MINUTE
            typed = {"missing_start": "", "day_precision": was[:10]}.get(kind, _stamps([early])[0])
            written.loc[row, column] = typed
            slip = {"row": row + 1, "column": column, "kind": kind, "was": was, "written": typed}
            slips.append(slip)
    return written, slips


def _slow(run: Run, since: int = 0) -> dict[str, Any]:
    """Tell which unit is slow: what was planted, and what chance made of it from then on."""
    hands: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for step in run.steps:
        if step.activity in SLOW_STEPS and step.start and step.end and step.start >= since:
            clock = run.clock_of(step.unit)
            if clock is run.office:
                took = clock.work(step.end) - clock.work(step.start)
                hands[step.unit == SLOW_UNIT, step.activity].append(took)
    medians = {key: float(np.median(took)) for key, took in hands.items()}
    realised = {
        name: round(medians[True, name] / medians[False, name], 3)
        for name in SLOW_STEPS
        if (True, name) in medians and (False, name) in medians
    }
    factor = run.plan.at(since).slow_factor
    return {"unit": SLOW_UNIT, "factor": factor, "realised_ratio_of_medians": realised}


def _loops(run: Run, since: int = 0) -> dict[str, Any]:
    """Count drafts and what was sent back, by drafting unit, and the cases with repetitions."""
    done = [step for step in run.steps if step.end is not None and step.end >= since]
    drafts, sent_back = (
        Counter(run.documents[step.case].drafter for step in done if step.activity == activity)
        for activity in ("拟办", "退回")
    )
    times = Counter((step.case, step.activity) for step in done)
    repeated = Counter(activity for (_, activity), n in times.items() if n > 1)
    plan = run.plan.at(since)
    return {
        "unit": LOOP_UNIT,
        "rate": plan.loop_rate,
        "elsewhere": plan.rework_rate,
        "drafts": dict(sorted(drafts.items())),
        "sent_back": dict(sorted(sent_back.items())),
        "repeated_cases": dict(sorted(repeated.items())),
    }


def _json(value: object, indent: str = "") -> str:
    """Write a value so that versions can be compared: one line a plain value or a list of them."""
    inner = indent + "  "
    if isinstance(value, dict):
        names = {key: json.dumps(key, ensure_ascii=False) for key in value}
        lines = [f"{names[key]}: {_json(held, inner)}" for key, held in value.items()]
        return "{\n" + ",\n".join(inner + line for line in lines) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        lines = [json.dumps(row, ensure_ascii=False) for row in value]
        return "[\n" + ",\n".join(inner + line for line in lines) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
