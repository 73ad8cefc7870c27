"""What many who were asked complain of, and where opinion and record part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
from efficiency.findings.said import Count, Number, Said, Share, Withheld, said
from efficiency.findings.triangulation import MOST

#: What asks for problems, and options that say there are none.
_PROBLEM = re.compile(
    r"问题|原因|困难|不足|障碍|影响|短板|负担|压力|堵点|难点|不满"
    r"|problem|reason|difficult|obstacle|takes long",
    re.IGNORECASE,
)
_NONE = re.compile(r"^(?:没有|无|暂无|都没有|以上都|none|no |nothing)", re.IGNORECASE)
#: Where opinion and record part, or agree that something is amiss.
_TOLD = ("milder", "harsher", "both_bad")


def find(
    opinions: pd.DataFrame,
    triangulation: pd.DataFrame,
    choices: pd.DataFrame,
    items: pd.DataFrame,
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the questions to which fewer than half answer favourably, and what the record contradicts.

    Notes
    -----
    The whole interval of the favourable answers lies below one half; ``action`` where that of the
    unfavourable ones lies above it. What is held against the record is to be looked at by people,
    and so never more than ``watch``.
    """
    known = items.set_index("item")
    whole = set(known.index[known["scale"] == "construct"])
    short, turned = known["short"], known["reversed"]
    linked = triangulation.set_index("item")
    for row in opinions[opinions["n"] >= small_cell].itertuples(index=False):
        told = _told(row, short[row.item], turned=turned[row.item])
        held = linked.loc[row.item] if row.item in linked.index else None
        found = None
        if held is not None and held["reading"] in _TOLD:
            found = _beside(row, held, told, small_cell)
        elif row.high < MOST:
            found = _few(row, told)
        if found is not None:
            yield replace(found, subject=_subject(row.item, whole))
    asks = known["text"] + known["short"]
    for row in choices[choices["low"] > MOST].itertuples(index=False):
        # That many tick what is done well, or how they hear of things, is no complaint.
        is_problem = bool(_PROBLEM.search(str(asks[row.item])))
        if row.n >= small_cell and is_problem and not _NONE.search(row.option):
            yield _picked(row, short[row.item])


def _subject(item: str, whole: Collection[str]) -> Subject:
    """A question, or a construct that the codebook has a row of."""
    return (("scale" if item in whole else "item", item),)


def _few(row: Any, known: dict[str, Any]) -> Finding:
    """Fewer than half are in favour."""
    sure = row.against_low > MOST
    told = known | {
        "mean": Number(row.mean, 2), "steps": row.highest, "wide": Share(row.wide_share),
    }  # fmt: skip
    return _finding(
        (("item", row.item),), row, "opinions", level="action" if sure else "watch",
        certainty=1.0,
        says={
            "title": said("opinion_title", **told),
            "criterion": said("opinion_criterion"),
            "condition": said("opinion_condition", **told),
            "cause": said("opinion_cause"),
            "effect": said("opinion_effect"),
            "action": said("opinion_action"),
        },
    )  # fmt: skip


def _told(row: Any, title: str, *, turned: bool = False) -> dict[str, Any]:
    """What is told of the answers to a question, or of one of its options."""
    return {
        "item": title, "k": Count(row.k), "n": Count(row.n), "share": Share(row.share),
        "low": Share(row.low), "high": Share(row.high),
        # Of a question that is put the other way round the good answer is a no.
        "answer": said("answer_denied" if turned else "answer_favour"),
        "interval": said("interval_over_offices" if getattr(row, "offices", 0) > 1
                         else "interval_alone"),
    }  # fmt: skip


def _beside(row: Any, held: pd.Series, known: dict[str, Any], small_cell: int) -> Finding:
    """Opinion and record part, or both say that something is amiss."""
    few = held["record_n"] < small_cell
    shown: Any = Withheld(small_cell) if few else Share(held["record"])
    told = known | {
        "linked": held["linked"], "record": shown, "record_n": Count(held["record_n"]),
        "record_word": said(f"record_{held['measure']}"),
    }  # fmt: skip
    key = held["reading"]
    return _finding(
        (("item", row.item),), row, "triangulation", certainty=1.0, gravity=2,
        # What both say is a problem of the record, and told there.
        level="note" if held["reading"] == "both_bad" else "watch",
        says={
            "title": said(f"opinion_{key}_title", **told),
            "criterion": said("opinion_beside_criterion"),
            "condition": said(f"opinion_{key}_condition", **told),
            "cause": said("opinion_cause"),
            "effect": said(f"opinion_{key}_effect"),
            "action": said(f"opinion_{key}_action"),
        },
    )  # fmt: skip


def _picked(row: Any, title: str) -> Finding:
    """Most who ticked anything ticked this option."""
    told = _told(row, title) | {"option": row.option}
    return _finding(
        (("item", row.item), ("value", row.option)), row, "choices", level="watch", certainty=1.0,
        says={
            "title": said("opinion_choice_title", **told),
            "criterion": said("opinion_criterion"),
            "condition": said("opinion_choice_condition", **told),
            "cause": said("opinion_cause"),
            "effect": said("opinion_effect"),
            "action": said("opinion_action"),
        },
    )  # fmt: skip


def _finding(
    subject: Subject,
    row: Any,
    table: str,
    *,
    level: Any,
    certainty: float,
    says: dict[str, Said],
    gravity: int = 1,
) -> Finding:
    return Finding(
        kind="opinion", subject=subject, level=level, says=says, value=row.share, low=row.low,
        high=row.high, n=int(row.n), p=None, cases=(), table=table, hours=0.0, theme="opinion",
        certainty=certainty, gravity=gravity,
        # Who ticked an option that many tick; else who is not in favour.
        concerned=int(row.k if table == "choices" else row.n - row.k),
    )  # fmt: skip


def measure(opinions: pd.DataFrame, items: pd.DataFrame) -> Iterator[Measure]:
    """Measure the share of favourable answers, question by question."""
    whole = set(items.loc[items["scale"] == "construct", "item"])
    for row in opinions.itertuples(index=False):
        if row.n:
            share = Estimate(row.share, row.low, row.high)
            yield Measure(
                _subject(row.item, whole), "share_favour", share, int(row.n), better="higher"
            )


def asked_of(finding: Finding) -> str:
    """The question or construct that a finding is about; '' of a point that people wrote."""
    subject = dict(finding.subject)
    return subject.get("item") or subject.get("scale") or ""


def exhibit(finding: Finding, levels: pd.DataFrame, choices: pd.DataFrame) -> pd.DataFrame:
    """The steps of the question, or its options, as they were chosen."""
    item = asked_of(finding)
    if finding.table == "choices":
        rows = choices[choices["item"] == item]
        return rows[["option", "k", "share"]].rename(columns={"k": "chosen"})
    rows = levels[levels["item"] == item]
    return rows[["level", "label", "k", "share"]].rename(columns={"k": "chosen"})


KIND = Kind("opinion", find, measure, exhibit, of="survey")
