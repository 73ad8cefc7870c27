"""Whether the risks that would have been told in the past agree with what happened then."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import parse_standards
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.findings.rates import wilson
from efficiency.findings.standards.judgements import judgement_table
from efficiency.findings.standards.risk import FEWEST, foretold, overdue_risk

#: Where the bins of the risk begin and end.
EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
#: Between the moments that are looked back from.
SPACING = pd.Timedelta(days=19)
#: Risks in all, and in a bin, from which on it can be seen whether they came true; how near.
LEAST_RISKS, LEAST_IN_BIN, NEAR = 50, 20, 0.1
#: What a pending case turned out to be; other verdicts leave it open.
_OUTCOMES = {"met": False, "late": True, "overdue": True}


def held_back(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    months: int = 6,
    by: str | None = None,
) -> pd.DataFrame:
    """
    Tell the risks as they would have been told at moments of the past months.

    Parameters
    ----------
    log, standards, calendar, by
        As for `overdue_risk`.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    months
        How far back from the cut-off.

    Returns
    -------
    DataFrame
        One row a moment, standard and case pending then: ``at``, the columns of `overdue_risk`,
        ``verdict`` at the cut-off and ``was_late`` (empty where it is not known by then).

    Notes
    -----
    The risks of a moment come from the log as it stood then: nothing that was recorded later is
    seen, neither of the case nor of those it is compared with. The moments lie 19 days apart,
    which is out of step with the week and the month: on the first of every month, say, one would
    only ever see the cases that came in the rush before it.
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        judged = judgement_table(events, parse_standards(standards))
        verdicts = events.frame(judged.select("standard_id", "case_id", "verdict"))
        first = events.frame(events.cases.aggregate(first=events.cases["first"].min()))["first"]
        asked = foretold(standards)
        told = []
        for at in _moments(first.iloc[0], events.cutoff, months):
            with engine.scratch(events.con):
                risks = overdue_risk(
                    events.log, asked, events.calendar, cutoff=at, closed_by=events.ends, by=by
                )
            told.append(risks.assign(at=at))
    some = [table for table in told if len(table)]
    risks = (
        pd.concat(some, ignore_index=True)
        if some
        else tables.HELD_BACK.empty().drop(columns=["verdict", "was_late"])
    )
    table = risks.merge(verdicts, "left", ["standard_id", "case_id"])
    table = table.assign(was_late=table["verdict"].map(_OUTCOMES).astype("boolean"))
    return tables.HELD_BACK.check(table[tables.HELD_BACK.names])


def _moments(first: pd.Timestamp, cutoff: pd.Timestamp, months: int) -> list[pd.Timestamp]:
    """The moments to look back from, the earliest first."""
    since = max(first, cutoff - pd.DateOffset(months=months))
    steps = int((cutoff - since) / SPACING)
    return [cutoff - step * SPACING for step in range(steps, 0, -1)]


def calibration(risks: pd.DataFrame) -> pd.DataFrame:
    """
    Hold the risks that were told against how often the cases became late.

    Parameters
    ----------
    risks
        As `held_back` gives them: ``risk, was_late``; rows without either do not count.

    Returns
    -------
    DataFrame
        ``risk_from, risk_to`` (it lies at or above the first and below the second, the last bin
        with 1)``, n, predicted`` (their mean risk)``, late, observed`` (late ÷ n) with its 95 %
        Wilson interval ``low, high``; a bin without a case has no shares.

    Notes
    -----
    Risks are good where the interval holds the prediction. A case that was pending at two
    moments, or under two standards, counts twice: the intervals are then somewhat too narrow.

    Examples
    --------
    >>> risks = pd.DataFrame({"risk": [0.6, 0.7, 0.8, 0.9], "was_late": [True, True, True, False]})
    >>> told = calibration(risks)
    >>> told.loc[told["n"] > 0, ["n", "predicted", "observed"]].round(6).values.tolist()
    [[4.0, 0.75, 0.75]]
    """
    known = _known(tables.RISKS.check(risks))
    bins = np.digitize(known["risk"], EDGES[1:-1])
    rows = []
    for number, edges in enumerate(itertools.pairwise(EDGES)):
        part = known[bins == number]
        n, late = len(part), int(part["was_late"].sum())
        predicted = part["risk"].mean() if n else np.nan
        rows.append((*edges, n, predicted, late, *wilson(late, n)))
    return tables.CALIBRATION.check(pd.DataFrame(rows, columns=tables.CALIBRATION.names))


def calibrated(table: pd.DataFrame) -> bool:
    """
    Whether risks that were told came true as often as they were told.

    Parameters
    ----------
    table
        ``tables.CALIBRATION``.

    Notes
    -----
    In every bin of 20 risks or more the interval holds what was told, or what came lies within a
    tenth of it; and there are 50 risks in all. Else nobody should be told a risk.

    Examples
    --------
    >>> told = pd.DataFrame({
    ...     "risk_low": [0.0], "risk_high": [1.0], "n": [60], "predicted": [0.5], "late": [57],
    ...     "observed": [0.95], "low": [0.86], "high": [0.98],
    ... })
    >>> calibrated(told)
    False
    """
    if table["n"].sum() < LEAST_RISKS:
        return False
    told = table[table["n"] >= LEAST_IN_BIN]
    inside = (told["low"] <= told["predicted"]) & (told["predicted"] <= told["high"])
    near = (told["observed"] - told["predicted"]).abs() <= NEAR
    return bool((inside | near).all())


def brier(risks: pd.DataFrame) -> pd.DataFrame:
    """
    Score the risks that were told beside those of the standards as a whole.

    Parameters
    ----------
    risks
        As `held_back` gives them: ``standard_id, risk, base_share, was_late``.

    Returns
    -------
    DataFrame
        One row a standard, and the last, with an empty id, over all: ``standard_id, n, late,
        brier`` (mean of (risk − late)²)``, base_brier`` (of one who tells each case the share late
        of its standard)``, skill`` (1 − brier ÷ base_brier). Of fewer than 10 cases no score.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly
    Weather Review 78, 1-3.

    Examples
    --------
    >>> risks = pd.DataFrame({
    ...     "standard_id": "T1", "risk": [0.1] * 5 + [0.9] * 5, "base_share": 0.5,
    ...     "was_late": [False] * 5 + [True] * 5,
    ... })
    >>> brier(risks)[["n", "brier", "base_brier", "skill"]].round(2).values.tolist()[-1]
    [10.0, 0.01, 0.25, 0.96]
    """
    read = ("standard_id", "risk", "base_share", "was_late")
    known = _known(tables.HELD_BACK.check(risks, read))
    parts = [(name, part) for name, part in known.groupby("standard_id")]
    rows = [{"standard_id": name, **_score(part)} for name, part in [*parts, ("", known)]]
    return tables.BRIER.check(pd.DataFrame(rows))


def _known(risks: pd.DataFrame) -> pd.DataFrame:
    known = risks[risks["risk"].notna() & risks["was_late"].notna()]
    return known.assign(was_late=known["was_late"].astype(float))


def _score(part: pd.DataFrame) -> dict[str, float]:
    n, late = len(part), part["was_late"]
    row: dict[str, float] = {"n": n, "late": int(late.sum())}
    if n < FEWEST:
        return row | dict.fromkeys(("brier", "base_brier", "skill"), np.nan)
    score, base = (((part[name] - late) ** 2).mean() for name in ("risk", "base_share"))
    return row | {
        "brier": float(score),
        "base_brier": float(base),
        "skill": float(1 - score / base) if base else np.nan,
    }
