"""Posts of two (AB岗) at which both were away at once."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
from efficiency.findings.said import Count, Number, Share, said


def find(name: str, covers: pd.DataFrame) -> Iterator[Finding]:
    """
    Find the posts at which both people were away on some working day.

    Notes
    -----
    That both are away is what the rule forbids, whether or not anything came in; that steps lay
    for it makes it grave.
    """
    for row in covers[covers["both_days"] > 0].itertuples(index=False):
        yield Finding(
            kind="cover",
            subject=_subject(name, row.unit, row.post),
            level="action" if row.idle_hours > 0 else "watch",
            says={
                "title": said(
                    "cover_title", unit=row.unit, post=row.post, days=Count(row.both_days)
                ),
                "criterion": said("cover_criterion"),
                "condition": said(
                    "cover_condition", absences=Count(row.absences), arrived=Count(row.arrived),
                    covered=Count(row.covered), share=Share(row.share), low=Share(row.low),
                    high=Share(row.high), days=Count(row.both_days), idle=Number(row.idle_hours),
                ),
                "cause": said("cause_untested"),
                "effect": said("cover_effect", idle=Number(row.idle_hours)),
                "action": said("cover_action"),
            },
            value=1 - row.share,
            low=1 - row.high,
            high=1 - row.low,
            n=int(row.arrived),
            p=None,
            cases=(),
            table="covers",
            hours=float(row.idle_hours),
            theme="coordination",
            certainty=1.0,
            gravity=2,
            concerned=int(row.both_days),
        )  # fmt: skip


def _subject(name: str, unit: str, post: str) -> Subject:
    return (("log", name), ("unit", unit), ("activity", post))


def measure(name: str, covers: pd.DataFrame) -> Iterator[Measure]:
    """Measure how much of what came in was not covered, post by post."""
    for row in covers[covers["arrived"] > 0].itertuples(index=False):
        share = Estimate(1 - row.share, 1 - row.high, 1 - row.low)
        yield Measure(
            _subject(name, row.unit, row.post), "share_uncovered", share, int(row.arrived)
        )


KIND = Kind("cover", find, measure)
