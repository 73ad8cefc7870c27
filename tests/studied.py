"""A small study to tell a report from, and how to look at what was told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.findings.finding import PARTS, Finding
from efficiency.findings.standing import MEASURES
from efficiency.report.blocks import Block, Grid, Heading, Note, Report, Text, numbered
from efficiency.report.chapters.annexes.annex import tell_annex
from efficiency.report.chapters.annexes.basis import tell_basis
from efficiency.report.chapters.annexes.problems_told import tell_cards, tell_procedure
from efficiency.report.chapters.annexes.punctuality import tell_times
from efficiency.report.chapters.annexes.reasons import Causes
from efficiency.report.chapters.annexes.ways import tell_ways
from efficiency.report.material import LogMaterial, Material
from efficiency.report.telling import ToldFinding

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def log_study(name: str = "incoming", **changes: Any) -> LogMaterial:
    """Make a log of three ways through, ten cases, two activities."""
    plain: dict[str, Any] = {
        "name": name,
        "file": "incoming.csv",
        "encoding": "gb18030",
        "counts": {"rows": 1300, "accepted": 1290, "rejected": 10, "changed": 4, "cases": 1010,
                   "steps": 1290, "open": 3},
        "first": pd.Timestamp("2024-01-02 09:00"),
        "last": pd.Timestamp("2024-12-30 17:00"),
        "quality": pd.DataFrame(
            {"check": ["missing"], "detail": ["actor"], "n": [7], "share": [0.0054],
             "rows": ["1;2;3"]}
        ),
        "variants": pd.DataFrame(
            {"variant": [1, 2, 3], "activities": ["in → out", "in", ""], "cases": [600, 300, 110],
             "share": [0.6, 0.29, 0.11]}
        ),
        "edges": pd.DataFrame(
            {"source": ["in"], "target": ["out"], "cases": [600], "count": [600],
             "median_work_hours": [2.5], "p90_work_hours": [9.0]}
        ),
        "ends": pd.DataFrame({"activity": ["in", "out"], "starts": [900, 0], "ends": [300, 600]}),
        "dots": tables.DOTS.empty(),
        "spectrum": tables.SPECTRUM.empty(),
        "volume": pd.DataFrame(
            {"month": ["2024-01"], "begun": [1010], "closed": [1007], "in_hand": [3]}
        ),
        "completed": pd.DataFrame(
            {"hours": [3.0, 12.0, 88.0], "share": [0.4, 0.6, 0.95], "low": [0.3, 0.5, 0.9],
             "high": [0.5, 0.7, 0.98]}
        ),
        "summary": pd.DataFrame(
            {"activity": ["out"], "n": [600], "hours": [2400.0], "p10": [0.5], "median": [2.5],
             "p90": [9.0], "queue_median": [float("nan")], "handling_median": [1.5],
             "queue_share": [float("nan")], "share": [1.0], "low": [0.9], "high": [1.0]}
        ),
    }  # fmt: skip
    return LogMaterial(**plain | changes)


COMPLIANCE = pd.DataFrame(
    {
        "standard_id": ["T1", "T2"],
        "n": [12, 4],
        "met": [6, 1],
        "late": [2, 1],
        "pending": [4, 0],
        "overdue": [0, 2],
        "suspended": [0, 0],
        "undecidable": [0, 0],
        "cancelled": [0, 0],
        "not_started": [5, 0],
        "share": [0.75, 0.25],
        "low": [0.409, 0.046],
        "high": [0.929, 0.699],
        "target": [0.9, None],
        "target_met": pd.array([False, None], dtype="boolean"),
    }
)
STANDARDS = pd.DataFrame(
    {
        "standard_id": ["T1", "T2"],
        "title": ["quick", "slow"],
        "from": ["in", "in"],
        "to": ["out", "out"],
        "limit": ["30 min", "2 h"],
        "clock": ["working", "elapsed"],
        "target": [0.9, None],
    }
)
FINDING = ToldFinding(
    Finding(
        kind="standard", subject=(("log", "a"), ("standard_id", "T1")), level="watch", says={},
        value=0.75, low=0.409, high=0.929, n=8, p=None, cases=("1",), table="judgements",
        hours=3.0,
    ),
    title="A title", criterion="c", condition="d", cause="e", effect="f", action="g",
)  # fmt: skip


def found(kind: str, about: Mapping[str, str] | None = None, **changes: Any) -> ToldFinding:
    """
    Make a finding of a kind: beyond doubt, worse, of ten cases of which five are concerned.

    What it is about stands in ``about`` or, where it is no part of a finding, by its name.
    """
    plain: dict[str, Any] = {
        "level": "action", "says": {}, "value": 0.5, "low": 0.4, "high": 0.6, "n": 10, "p": None,
        "cases": ("1",), "table": "judgements", "hours": 1.0, "theme": "limits", "concerned": 5,
    }  # fmt: skip
    title = changes.pop("title", "A title")
    parts = {name for name in changes if name in Finding.__dataclass_fields__}
    subject = {"log": "incoming", **(about or {})}
    subject |= {name: text for name, text in changes.items() if name not in parts}
    told = plain | {name: changes[name] for name in parts}
    one = Finding(kind=kind, subject=tuple(subject.items()), **told)
    return ToldFinding(one, **dict.fromkeys(PARTS, "told") | {"title": title})


#: One group was looked at, and was too small to be compared.
CAUSES = Causes(
    waiting=pd.DataFrame(columns=["log", "activity", "cause", "hours", "work_share"]),
    comparisons=pd.DataFrame(
        {
            "log": ["incoming"], "attribute": "unit", "value": "desk", "measure": "desk",
            "activity": "", "n": 3, "others": 0, "ratio": float("nan"), "p": float("nan"),
            "p_adjusted": float("nan"), "untested": "few",
        }
    ),
    changes=pd.DataFrame(
        {
            "log": ["incoming"], "measure": "case", "kind": "found", "at": pd.NaT,
            "at_low": pd.NaT, "at_high": pd.NaT, "difference_hours": float("nan"),
            "difference_low": float("nan"), "difference_high": float("nan"),
            "ratio": float("nan"), "p": float("nan"), "p_adjusted": float("nan"),
        }
    ),
)  # fmt: skip


def study(**changes: Any) -> Material:
    plain: dict[str, Any] = {
        "title": "How the work flows",
        "language": "en",
        "cutoff": pd.Timestamp("2024-12-31 18:00"),
        "calendar": Calendar(),
        "logs": (log_study(),),
        "standards": STANDARDS,
        "compliance": COMPLIANCE,
        "findings": (FINDING,),
        "period": ("2024-01-01", "2024-12-31"),
        "notices": ("Mind the gap.",),
    }
    told = plain | changes
    counts = pd.DataFrame({"measure": MEASURES, "value": 0})
    aimed = told["compliance"]["target"].notna().sum()
    counts.loc[counts["measure"].isin(["standards", "standards_missed"]), "value"] = aimed
    return Material(**told | {"tables": {"standing": counts} | told.get("tables", {})})


def annexes(told: Material) -> Report:
    """The annexes that are told of the study alone, in their order."""
    tellers = (tell_basis, tell_times, tell_cards, tell_procedure, tell_annex, tell_ways)
    blocks = tuple(block for tell in tellers for block in tell(told))
    return numbered(Report(told.title, told.language, annex=blocks))


def of(report: Report, kind: type[Block]) -> list[Any]:
    return [block for block in report.blocks if isinstance(block, kind)]


def prose(report: Report) -> str:
    return "\n".join(block.text for block in report.blocks if isinstance(block, Text | Note))


def table(report: Report, caption: str) -> dict[str, list[str]]:
    (found,) = [grid for grid in of(report, Grid) if re.search(caption, grid.caption)]
    return {name: [row[at] for row in found.rows] for at, name in enumerate(found.headings)}


def chapters(report: Report) -> list[str]:
    return [block.text for block in of(report, Heading) if block.level == 2]
