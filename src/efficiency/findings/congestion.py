"""The findings on queues: desks at which more comes in than goes out, and what steps wait for."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.findings.differences import DISCOVERY_RATE, said_p
from efficiency.findings.finding import Finding
from efficiency.language import Language
from efficiency.words import number, percent, phrase

#: A cause of waiting is told from this share of the waiting within office hours.
LARGE_PART = 0.25
#: It is told of steps that make up this part of all waiting within office hours.
WORTH = 0.01
TOLD_CAUSES = ("batching", "prioritisation", "contention", "unavailability")


def backlog_findings(log: str, balance: pd.DataFrame, language: Language) -> Iterator[Finding]:
    """
    Find the units at which more comes in than goes out.

    Parameters
    ----------
    log
        The log's name.
    balance
        As `balance` gives it, with ``p_adjusted``.
    language
        The language of the texts.
    """
    full = (balance["p_adjusted"] <= DISCOVERY_RATE) & (balance["low"] > 1)
    for row in balance[full].itertuples(index=False):
        yield Finding(
            kind="backlog",
            subject=(("log", log), ("unit", row.unit)),
            level="action",
            title=phrase(
                "backlog_title", language, unit=row.unit, arrivals=f"{row.arrivals:,}",
                completions=f"{row.completions:,}",
            ),
            criterion=phrase("backlog_criterion", language),
            condition=phrase(
                "backlog_condition", language, since=f"{pd.Timestamp(row.since):%Y-%m-%d}",
                ratio=number(row.ratio, 2), low=number(row.low, 2), high=number(row.high, 2),
                p=said_p(row.p_adjusted), before=row.open_before, open=row.open,
                net=number(row.net_per_week), net_low=number(row.net_low),
                net_high=number(row.net_high),
            ),
            cause=phrase("cause_untested", language),
            effect=phrase("backlog_effect", language, month=number(row.net_per_week * 52 / 12)),
            action=phrase("backlog_action", language),
            value=row.ratio,
            low=row.low,
            high=row.high,
            n=int(row.arrivals),
            p=float(row.p_adjusted),
            cases=(),
            table="balance",
            hours=0.0,
        )  # fmt: skip


def waiting_findings(
    log: str, summary: pd.DataFrame, language: Language, small_cell: int = 5
) -> Iterator[Finding]:
    """
    Find the causes that explain a large part of a step's waiting.

    Parameters
    ----------
    log
        The log's name.
    summary
        As `waiting_summary` gives it.
    language
        The language of the texts.
    small_cell
        Steps taken fewer times are no finding.

    Notes
    -----
    The share is one of the waiting within office hours; its whole interval lies above a quarter.
    A step that makes up less than a hundredth of all that waiting is passed over, and so is what
    the record does not explain.
    """
    named = (summary["activity"] != "") & summary["cause"].isin(TOLD_CAUSES)
    office = summary.assign(hours_waited=summary["hours"] / summary["work_share"])
    told = office[named & (office["work_low"] >= LARGE_PART) & (office["n"] >= small_cell)]
    inside = (summary["activity"] == "") & (summary["cause"] != "off")
    worth = told["hours_waited"] >= WORTH * summary.loc[inside, "hours"].sum()
    for row in told[worth].itertuples(index=False):
        cause = phrase(f"waiting_{row.cause}", language)
        share = percent(row.work_share)
        yield Finding(
            kind="waiting",
            subject=(("log", log), ("activity", row.activity), ("cause", row.cause)),
            level="watch",
            title=phrase(
                "waiting_title", language, activity=row.activity, share=share, cause=cause
            ),
            criterion=phrase("waiting_criterion", language),
            condition=phrase(
                "waiting_condition", language, n=row.n, whole=number(row.hours_waited),
                cause=cause, hours=number(row.hours), share=share, low=percent(row.work_low),
                high=percent(row.work_high),
            ),
            cause=phrase("cause_untested", language),
            effect=phrase("waiting_effect", language, hours=number(row.hours)),
            action=phrase("waiting_action", language),
            value=row.work_share,
            low=row.work_low,
            high=row.work_high,
            n=int(row.n),
            p=None,
            cases=(),
            table="waiting",
            hours=float(row.hours),
        )  # fmt: skip
