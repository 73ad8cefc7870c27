"""Units and origins in which more is late, done again or in breach than among comparable cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from efficiency.criteria.rules import Theme
from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Observed, Subject, has
from efficiency.findings.kinds.slow_group import USUAL
from efficiency.findings.rates import wilson
from efficiency.findings.said import Listed, Named, PValue, Share, said

#: What differs by less, as a difference of shares, or as a part of what is usual, is not told.
APART, MORE = 0.02, 1.25
THEMES: Mapping[str, Theme] = {"late": "pace", "rework": "quality", "breach": "procedure"}


def higher(shares: pd.DataFrame) -> pd.Series:
    """
    Which rows of a table of shares are worth a finding.

    Notes
    -----
    The adjusted p is at most 5 %, the interval of the difference lies above zero, and the share is
    two points and a quarter above that of comparable cases. A group of more than two thirds of all
    is itself what is usual.
    """
    told = (shares["p_adjusted"] <= DISCOVERY_RATE) & (shares["low"] > 0)
    told &= shares["n"] <= USUAL * (shares["n"] + shares["others"])
    return told & (shares["difference"] >= APART) & (shares["share"] >= MORE * shares["expected"])


def find(
    name: str, shares: pd.DataFrame, outcomes: pd.DataFrame, small_cell: int
) -> Iterator[Finding]:
    """Find the groups in which more goes wrong than among comparable cases."""
    for row in shares[higher(shares) & (shares["k"] >= small_cell)].itertuples(index=False):
        wrong = _of(outcomes, row.measure, row.attribute, row.value)
        yield _finding(name, row, wrong[wrong["wrong"]])


def _of(outcomes: pd.DataFrame, measure: str, attribute: str, value: str) -> pd.DataFrame:
    rows = outcomes[outcomes["measure"] == measure]
    return rows[rows[attribute].fillna("").astype(str) == value]


def _finding(name: str, row: Any, wrong: pd.DataFrame) -> Finding:
    held = tuple(
        said(f"what_{row.measure}") if part == "what" else Named(part)
        for part in str(row.held_equal).split("; ")
        if part
    )
    what = tuple(str(value) for value in wrong["what"].value_counts().head(3).index)
    return Finding(
        kind="high_rate",
        subject=_subject(name, row),
        level="action" if row.low >= APART else "watch",
        says={
            "title": said(
                f"high_rate_title_{row.measure}", name=Named(row.attribute), value=row.value,
                share=Share(row.share), expected=Share(row.expected),
            ),
            "criterion": said("high_rate_criterion", held=Listed(held)),
            "condition": said(
                "high_rate_condition", n=int(row.compared), k=int(row.compared_k),
                rest=int(row.comparable), share=Share(row.share), expected=Share(row.expected),
                low=Share(row.low), high=Share(row.high), p=PValue(row.p_adjusted),
                what=Listed(what),
            ),
            "cause": said("cause_untested"),
            "effect": said("high_rate_effect", cases=round(row.difference * row.compared)),
            "action": said(f"high_rate_action_{row.measure}"),
        },
        value=row.difference,
        low=row.low,
        high=row.high,
        n=int(row.compared),
        p=float(row.p_adjusted),
        cases=tuple(wrong["case_id"].drop_duplicates().head(MOST_CASES)),
        table="shares",
        hours=0.0,
        theme=THEMES[row.measure],
        certainty=1 - float(row.p_adjusted),
        concerned=int(row.k),
    )  # fmt: skip


def _subject(name: str, row: Any) -> Subject:
    keys = ("measure", "attribute", "value")
    return (("log", name), *((key, getattr(row, key)) for key in keys))


def measure(name: str, shares: pd.DataFrame) -> Iterator[Measure]:
    """Measure the share that goes wrong in each group."""
    for row in shares[shares["difference"].notna()].itertuples(index=False):
        share = Estimate(*wilson(int(row.k), int(row.n)))
        yield Measure(_subject(name, row), "share_wrong", share, int(row.n))


def observe(subject: Mapping[str, str], outcomes: pd.DataFrame) -> Observed | None:
    """What went wrong in a group and beside it."""
    if not has(subject, "measure", "attribute", "value"):
        return None
    rows = outcomes[outcomes["measure"] == subject["measure"]]
    attribute = subject["attribute"]
    if rows.empty or attribute not in rows:
        return None
    mine = rows[attribute].fillna("").astype(str) == subject["value"]
    seen = rows.assign(
        at=rows["began"], value=rows["wrong"].astype(float), touched=mine, running=False,
        known_by=rows["known_by"], group=rows[attribute],
    )  # fmt: skip
    return Observed("share_wrong", seen, unit="share")


KIND = Kind("high_rate", find, measure, observe=observe)
