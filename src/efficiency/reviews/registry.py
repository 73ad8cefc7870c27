"""What a review makes of the register of improvement points: it measures each point again."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.improvement.measures import measures
from efficiency.findings.improvement.points import Remeasure, points
from efficiency.findings.shortfalls import own_limits
from efficiency.reviews.analyses import Frames, Period, measured, opened, stacked
from efficiency.reviews.inputs import Inputs

_YEAR = pd.Timedelta(days=365.25)
_MONTH = _YEAR / 12


def register(
    inputs: Inputs, found: Frames, findings: Collection[Finding], period: Period
) -> Frames:
    """
    Measure everything, and bring the register of improvement points up to this review.

    Parameters
    ----------
    inputs
        What the review reads, the register among it.
    found
        The review's tables.
    findings
        What the review found.
    period
        Its period; None: all that the logs hold.

    Returns
    -------
    dict
        ``measures`` and ``points``.
    """
    cases = found["cases"]
    begun = cases["first"].min() if period is None else pd.Timestamp(period[0])
    until = inputs.cutoff if period is None else pd.Timestamp(period[1]) + pd.Timedelta(days=1)
    until = min(until, inputs.cutoff)
    whole = _measured(inputs, found, until - begun)
    acted = inputs.points["done"] + pd.Timedelta(days=1)

    def again(since: pd.Timestamp) -> pd.DataFrame:
        """Measure what was acted on the day before, on the cases begun on or after a date."""
        if since <= begun:
            return whole
        if since >= until:
            return whole.iloc[:0]
        kinds = set(inputs.points.loc[acted == since, "kind"])
        return _measured(inputs, _frames(inputs, (since, until), kinds), until - since)

    remeasure: Remeasure = again
    told = points(findings, whole, inputs.points, inputs.cutoff, remeasure)
    return {"measures": whole, "points": told}


def _measured(inputs: Inputs, found: Frames, span: pd.Timedelta) -> pd.DataFrame:
    own = {
        name: own_limits(standard for standard in inputs.parsed if standard.log in {name, ""})
        for name in inputs.records
    }
    return measures(found, own, max(span, _MONTH) / _YEAR, inputs.language)


def _frames(
    inputs: Inputs, span: tuple[pd.Timestamp, pd.Timestamp], kinds: Collection[str]
) -> Frames:
    """Compute the tables of the cases that began in a span of time, log by log."""
    last = span[1] - pd.Timedelta(microseconds=1)
    period = (span[0].date().isoformat(), last.date().isoformat())
    found: dict[str, list[pd.DataFrame]] = {}
    for name, record in inputs.records.items():
        begun = record.log.groupby("case_id")[["received", "start", "end"]].min().min(axis=1)
        if not begun.between(span[0], span[1], inclusive="left").any():
            continue
        with opened(inputs, name, period) as events:
            for table, frame in measured(events, inputs, name, kinds).items():
                found.setdefault(table, []).append(frame)
    return {table: stacked(parts) for table, parts in found.items()}
