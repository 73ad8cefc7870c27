"""A small office, reviewed as any other: what the chapters of the report are told from in tests."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency.language import Language
from efficiency.report.material import Material
from efficiency.report.telling import tell
from efficiency.report.text.teller import LogWords
from efficiency.reviews.documents.report_material import material
from efficiency.reviews.office import open_review
from efficiency.tables.identity import point_id, subject_text

#: What the report calls the log in each language.
WORDS: Mapping[Language, LogWords] = {
    "zh": LogWords("收文办理记录", "文件", "件"),
    "en": LogWords("record of letters", "letters", ""),
}
TITLE = "How letters are handled"
HEAD = """title = "{title}"
language = "en"
cutoff = 2024-06-28T18:00:00
period = ["2024-01-01", "2024-06-30"]
{before}standards = "standards.csv"
rules = "rules.csv"
[logs.incoming]
path = "incoming.csv"
title = "record of letters"
noun = "letters"
unit_word = ""
closed_by = ["close"]
case_mix = ["sort"]
{more}"""
BASELINE = 'baseline = ["2023-10-01", "2023-12-31"]\n'
POINTS = 'points = "points.csv"\n'
FLOW = 'model = "letters.flow"\n'
REFORM = '[[reforms]]\ndate = 2024-04-01\ntitle = "Handling by a duty desk"\n'
PRESCRIBED = "letters: register -> draft -> approve -> handle -> close\n".replace("->", "→")
STANDARDS = """standard_id,title,short,log,scope,from,to,limit,clock,target
T1,Drafted within four office hours,drafted in time,incoming,,register,draft,4 h,working,0.9
T2,Done within sixty office hours,done in time,incoming,,register,close,60 h,working,0.8
T3,Urgent ones approved within a day,,incoming,sort=urgent,register,approve,24 h,elapsed,0.9
"""
RULES = """rule_id,title,log,kind,a,b,severity,wording
P1,approval comes before handling,incoming,precedence,approve,handle,high,handled without approval
P2,every letter is registered,incoming,existence,register,,high,
P3,nobody approves their own draft,incoming,four_eyes,draft,approve,medium,approved by its drafter
"""
#: Both files without a row.
HEADS = (STANDARDS.partition("\n")[0] + "\n", RULES.partition("\n")[0] + "\n")
#: What an office may call a step.
LONG = "Draft the answer and ask the other desks and ask them again and once more".ljust(80, ".")
ACTIVITIES = ("register", "draft", "approve", "handle", "close")
_SPANS = ((dt.time(8, 30), dt.time(12)), (dt.time(14, 30), dt.time(18)))


def letters(
    cases: int = 240,
    seed: int = 5,
    *,
    first: str = "2023-10-09",
    draft: str = "draft",
    closing: bool = True,
) -> list[dict[str, str]]:
    """
    Rows of a log, as many letters a day as it takes until June, the last of which are not closed.

    What comes after four lies until it is drafted, Desk A takes half as long again, handling takes
    a third of the time from April on; each tenth letter is handled without approval, each
    fifteenth is drafted twice, and four are urgent.
    """
    pick, rows = random.Random(seed), []
    whole = (dt.date(2024, 6, 26) - dt.date.fromisoformat(first)).days
    for case in range(cases):
        day = dt.date.fromisoformat(first) + dt.timedelta(days=whole * case // cases)
        late = pick.random() < 0.3
        at = _later(dt.datetime.combine(day, dt.time(16 if late else 9)), pick.random())
        unit = pick.choice(["Desk A", "Desk B", "Desk C"])
        sort = "urgent" if case % 60 == 50 else pick.choice(["request", "report"])
        known = {"case_id": f"L{case:03}", "sort": sort, "unit": unit}
        for activity in _way(case):
            if activity == "close" and (not closing or (f"{at:%m}" == "06" and case % 3)):
                break
            rows.append(
                {**known, "activity": activity, **_step(pick, at, activity, unit, late=late)}
            )
            at = dt.datetime.fromisoformat(rows[-1]["end"])
    return [{**row, "activity": draft} if row["activity"] == "draft" else row for row in rows]


def _step(
    pick: random.Random, at: dt.datetime, activity: str, unit: str, *, late: bool
) -> dict[str, str]:
    slow = 1.5 if unit == "Desk A" else 1
    long = 3 if activity == "handle" and at < dt.datetime(2024, 4, 1) else 1
    queue = pick.uniform(0.2, 1) * (8 if activity == "draft" and late else 1)
    start = _later(at, queue * slow)
    end = _later(start, pick.uniform(0.3, 1.5) * slow * long)
    moments = {"received": at, "start": start, "end": end}
    told = {name: f"{moment:%Y-%m-%d %H:%M:%S}" for name, moment in moments.items()}
    return {**told, "actor": f"{unit} {pick.choice('xyz')}"}


def _way(case: int) -> Iterator[str]:
    for activity in ACTIVITIES:
        if activity == "approve" and case % 10 == 7:
            continue
        yield activity
        if activity == "draft" and case % 15 == 4:
            yield activity


def _later(at: dt.datetime, hours: float) -> dt.datetime:
    """Some office hours later, as a person counts them; holidays are no matter here."""
    left = dt.timedelta(hours=hours)
    while True:
        for begins, ends in _SPANS:
            a = max(at, dt.datetime.combine(at.date(), begins))
            room = dt.datetime.combine(at.date(), ends) - a
            if at.weekday() < 5 and room > dt.timedelta():
                if left <= room:
                    return a + left
                left -= room
        at = dt.datetime.combine(at.date() + dt.timedelta(days=1), dt.time())


#: Last year's points: one acted upon, one of a rule that is kept now, one that no log measures.
REGISTER = [
    ("standard", {"log": "incoming", "standard_id": "T1"}, "Late drafts", "A duty desk after four",
     "Office", "2024-09-30", "2024-03-31"),
    ("rule", {"log": "incoming", "rule_id": "P2"}, "Letters not registered", "", "", "", ""),
    ("rule", {"log": "gone", "rule_id": "P77"}, "Seals not asked for", "A seal book", "", "", ""),
]  # fmt: skip


def register(rows: list[tuple[Any, ...]] = REGISTER) -> str:
    """A register of last year, found at the end of 2023 at a quarter of 200 cases."""
    names = ["kind", "subject", "title", "countermeasure", "owner", "due", "done"]
    table = pd.DataFrame(rows, columns=names).assign(
        id=[point_id(kind, subject) for kind, subject, *_ in rows],
        subject=[subject_text(subject) for _, subject, *_ in rows],
        status="new", first_found="2023-12-31", baseline=0.25, baseline_low=0.2,
        baseline_high=0.3, baseline_n=200, unit="share",
        better=["higher" if kind == "standard" else "lower" for kind, *_ in rows],
    )  # fmt: skip
    return table.to_csv(index=False, lineterminator="\n")


def write_review(folder: Path, rows: list[dict[str, str]], **changes: str) -> Path:
    """Write the folder of a review: a file by its stem, ``before`` and ``more`` settings."""
    names = list(rows[0])
    lines = [names, *([row[name] for name in names] for row in rows)]
    head = {"title": TITLE, "before": "", "more": ""} | changes
    files = {
        "review.toml": HEAD.format_map(head),
        "incoming.csv": "\n".join(",".join(line) for line in lines),
        "standards.csv": changes.get("standards", STANDARDS),
        "rules.csv": changes.get("rules", RULES),
        "letters.flow": changes.get("flow", ""),
        "points.csv": changes.get("points", ""),
        "text.toml": changes.get("text", ""),
    }
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def reviewed(folder: Path, rows: list[dict[str, str]], **changes: str) -> Material:
    """What the report of such a review is told from, in English."""
    return material(open_review(write_review(folder, rows, **changes)))


def whole_review(folder: Path, text: str = "") -> Material:
    """A review with all that one may have: a baseline, a reform, a flow, last year's points."""
    return reviewed(
        folder, letters(), before=BASELINE + POINTS, more=FLOW + REFORM, flow=PRESCRIBED,
        points=register(), text=text,
    )  # fmt: skip


def in_language(told: Material, language: Language) -> Material:
    """The same study in another language; what people wrote stays as they wrote it."""
    logs = tuple(replace(log, words=WORDS[language]) for log in told.logs)
    findings = tuple(tell(one.finding, language) for one in told.findings)
    return replace(told, language=language, logs=logs, findings=findings)
