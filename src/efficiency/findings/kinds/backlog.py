"""Units at which more comes in than goes out."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
from efficiency.findings.said import Count, Day, Number, PValue, said


def find(name: str, balance: pd.DataFrame) -> Iterator[Finding]:
    """Find the units whose ratio of arrivals to completions lies above 1 beyond noise."""
    full = (balance["p_adjusted"] <= DISCOVERY_RATE) & (balance["low"] > 1)
    for row in balance[full].itertuples(index=False):
        yield Finding(
            kind="backlog",
            subject=_subject(name, row.unit),
            level="action",
            says={
                "title": said(
                    "backlog_title", unit=row.unit, arrivals=Count(row.arrivals),
                    completions=Count(row.completions),
                ),
                "criterion": said("backlog_criterion"),
                "condition": said(
                    "backlog_condition", since=Day(row.since), ratio=Number(row.ratio, 2),
                    low=Number(row.low, 2), high=Number(row.high, 2), p=PValue(row.p_adjusted),
                    before=row.open_before, open=row.open, net=Number(row.net_per_week),
                    net_low=Number(row.net_low), net_high=Number(row.net_high),
                ),
                "cause": said("cause_untested"),
                "effect": said("backlog_effect", month=Number(row.net_per_week * 52 / 12)),
                "action": said("backlog_action"),
            },
            value=row.ratio,
            low=row.low,
            high=row.high,
            n=int(row.arrivals),
            p=float(row.p_adjusted),
            cases=(),
            table="balance",
            hours=0.0,
            theme="pace",
            certainty=1 - float(row.p_adjusted),
            gravity=3,
            concerned=int(row.open),
        )  # fmt: skip


def _subject(name: str, unit: str) -> Subject:
    return (("log", name), ("unit", unit))


def measure(name: str, balance: pd.DataFrame) -> Iterator[Measure]:
    """Measure how much comes in at each unit for what goes out."""
    for row in balance.itertuples(index=False):
        if pd.notna(row.ratio):
            ratio = Estimate(row.ratio, row.low, row.high)
            yield Measure(
                _subject(name, row.unit), "in_for_out", ratio, int(row.arrivals), unit="ratio"
            )


KIND = Kind("backlog", find, measure)
