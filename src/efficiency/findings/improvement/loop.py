"""The PDCA loop: where each improvement point stands in it, and how well it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.findings.improvement.points import MEASURED, SET_ASIDE, VERDICTS
from efficiency.findings.rates import wilson

STATES = ("overdue", "due", "open", "done", "checked", "closed")
#: The loop's measures, in the order of `loop_measures`.
LOOP_MEASURES = ("planned", "done", "checked", "improved", "recurred", "days", "months")
_SHOWN = ["id", "title", "status", "owner", "due", "done", "verdict", "decision"]
SOON, PLAN_DAYS, RECURRENCE_DAYS, MONTHS = (pd.Timedelta(days=30), pd.Timedelta(days=30),
                                            pd.Timedelta(days=180), 12)  # fmt: skip


def loop(points: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """
    Tell where each point stands on a day.

    Parameters
    ----------
    points
        ``tables.POINTS``.
    cutoff
        The day.

    Returns
    -------
    DataFrame
        One row a point, in their order: ``id, title, status, owner, due, done, verdict, decision,
        state`` and ``days`` until it is due (negative: past due), where it is still to be done.
        ``state`` is ``overdue``, ``due`` (within 30 days), ``open`` (later, or no day was set),
        ``done`` (waits for its check), ``checked`` (measured, to be decided) or ``closed``.

    Notes
    -----
    Closed: people decided to standardise or to stop, or what was found is resolved with nothing
    done. A relapse, and a decision to adjust, begin a new round: what was due and done up to then
    belongs to the last.

    Examples
    --------
    >>> from efficiency.evidence.points.points_file import typed_points
    >>> register = typed_points(pd.DataFrame({
    ...     "id": list("abc"), "due": pd.to_datetime(["2024-05-31", "2024-06-20", None]),
    ... }))
    >>> loop(register, pd.Timestamp("2024-06-01"))[["state", "days"]].values.tolist()
    [['overdue', -1], ['due', 19], ['open', <NA>]]
    """
    tables.POINTS.check(points, (*_SHOWN, "checked", "history"))
    day = pd.Timestamp(cutoff).normalize()
    began = _round_began(points)
    due, done = (points[name].where(~(points[name] <= began)) for name in ("due", "done"))
    acted = done <= day
    measured = points["verdict"].isin(MEASURED) & (points["checked"] > done)
    decided = points["decision"].isin(["standardise", "stop", SET_ASIDE]) & (
        points["status"] != "relapsed"
    )
    gone = (points["status"] == "resolved") & ~acted
    state = np.select(
        [decided | gone, acted & measured, acted, due < day, due <= day + SOON],
        ["closed", "checked", "done", "overdue", "due"],
        "open",
    )
    days = (due - day).dt.days.where(~(acted | decided | gone))
    told = points[_SHOWN].assign(state=state, days=days.astype("Int64"))
    return tables.LOOP.check(told.reset_index(drop=True))


def _round_began(points: pd.DataFrame) -> pd.Series:
    """The day of the last relapse or decision to adjust; no day in the first round."""
    relapses = [
        max((date for date, status, _ in checks(text) if status == "relapsed"), default=pd.NaT)
        for text in points["history"]
    ]
    relapsed = pd.Series(relapses, index=points.index, dtype="datetime64[us]")
    # By the check that led to the decision.
    adjusted = points["checked"].where(points["decision"] == "adjust")
    return pd.concat([relapsed, adjusted], axis=1).max(axis=1)


def checks(history: str) -> Iterator[tuple[pd.Timestamp, str, str]]:
    """
    The date, status and verdict of each check of a history.

    Examples
    --------
    >>> [verdict for _, _, verdict in checks("2024-12-31 · resolved · effective · n=90")]
    ['effective']
    """
    for line in history.split("\n"):
        parts = [part.strip() for part in line.split(" · ")]
        date = pd.to_datetime(parts[0], format="%Y-%m-%d", errors="coerce")
        if pd.notna(date) and len(parts) > 2 and parts[2] in VERDICTS:
            yield date, parts[1], parts[2]


def loop_measures(points: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """
    Tell how well the loop runs.

    Parameters
    ----------
    points
        ``tables.POINTS``.
    cutoff
        The day.

    Returns
    -------
    DataFrame
        One row a measure of `LOOP_MEASURES`: ``measure, k, n, value, low, high``; all but the name
        and ``n`` empty where there is nothing to count.

        =========  ================================================================================
        planned    of the points found at least 30 days ago: a plan was made within 30 days
        done       of the points whose day has come: done by it
        checked    of the points done: checked with data
        improved   of those: better beyond noise
        recurred   of the times a point was resolved: it was back at a check within 180 days. What
                   came back later, or was not looked at since, cannot tell
        days       from being found to the first check with data, median
        months     of the last 12, or since the first finding: a point was checked with data
        =========  ================================================================================

    Notes
    -----
    Shares have a Wilson interval, the median that of order statistics (from 6 points on); the
    months are a full count and have none.

    References
    ----------
    The measures are those by which the office asks whether improvement goes "从‘间断性’向‘持续性’"
    (S1). Conover, W. J. (1999). Practical Nonparametric Statistics, 3rd ed., section 3.2
    (interval of a quantile).

    Examples
    --------
    >>> from efficiency.evidence.points.points_file import typed_points
    >>> register = typed_points(pd.DataFrame({
    ...     "id": list("ab"), "first_found": pd.to_datetime(["2024-01-10", "2024-01-10"]),
    ...     "planned": pd.to_datetime(["2024-02-01", None]),
    ... }))
    >>> loop_measures(register, pd.Timestamp("2024-06-01"))[["measure", "n", "value"]].head(2)
       measure  n  value
    0  planned  2    0.5
    1     done  0    NaN
    """
    read = ("first_found", "planned", "due", "done", "verdict", "checked", "history")
    tables.POINTS.check(points, read)
    day = pd.Timestamp(cutoff).normalize()
    first = _first_checks(points)
    rows = [
        *_shares(points, day),
        _share("recurred", *_recurred(points, day)),
        _days(points, first),
        _months(points, first, day),
    ]
    whole = pd.DataFrame(rows).astype({"k": "Int64", "n": "int64"})
    return tables.LOOP_MEASURES.check(whole)


def _row(measure: str, k: Any, n: int, figures: tuple[float, float, float]) -> dict[str, Any]:
    value, low, high = figures
    return {"measure": measure, "k": k, "n": n, "value": value, "low": low, "high": high}


def _share(measure: str, k: int, n: int) -> dict[str, Any]:
    return _row(measure, k if n else pd.NA, n, wilson(k, n))


def _shares(points: pd.DataFrame, day: pd.Timestamp) -> Iterator[dict[str, Any]]:
    """Count what was planned, done, checked and improved."""
    old = points["first_found"] + PLAN_DAYS <= day
    planned = points["planned"] <= points["first_found"] + PLAN_DAYS
    come = points["due"] <= day
    in_time = points["done"] <= points["due"]
    done = points["done"] <= day
    measured = done & points["verdict"].isin(MEASURED) & (points["checked"] > points["done"])
    improved = points["verdict"].isin(["effective", "partly"])
    counted = {
        "planned": (planned, old),
        "done": (in_time, come),
        "checked": (measured, done),
        "improved": (improved, measured),
    }
    for measure, (good, among) in counted.items():
        yield _share(measure, int((good & among).sum()), int(among.sum()))


def _recurred(points: pd.DataFrame, day: pd.Timestamp) -> tuple[int, int]:
    """Count the times a point was resolved, and how often it was back within 180 days."""
    ends = [end for history in points["history"] for end in _ends(history, day)]
    return ends.count(True), len(ends)


def _ends(history: str, day: pd.Timestamp) -> Iterator[bool]:
    """Tell of each time a point was resolved whether it was back in time, where that is known."""
    told = [check for check in checks(history) if check[0] <= day]
    for at, (date, status, _) in enumerate(told):
        if status != "resolved" or (at and told[at - 1][1] == "resolved"):
            continue
        limit = date + RECURRENCE_DAYS
        for later, then, _ in told[at + 1 :]:
            if then != "resolved" and later <= limit:
                yield True
            elif then == "resolved" and later >= limit:
                yield False
            if then != "resolved" or later >= limit:
                break


def _first_checks(points: pd.DataFrame) -> pd.Series:
    """The day of each point's first check with data after an action."""
    days = [
        min((date for date, _, verdict in checks(text) if verdict in MEASURED), default=pd.NaT)
        for text in points["history"]
    ]
    told = pd.Series(days, index=points.index, dtype="datetime64[us]")
    # A register made by hand has a verdict and no history.
    return told.fillna(points["checked"].where(points["verdict"].isin(MEASURED)))


def _days(points: pd.DataFrame, first: pd.Series) -> dict[str, Any]:
    days = (first - points["first_found"]).dt.days.dropna().sort_values().to_numpy()
    if not len(days):
        return _row("days", pd.NA, 0, (np.nan, np.nan, np.nan))
    return _row("days", pd.NA, len(days), (float(np.median(days)), *_median_interval(days)))


def _median_interval(ordered: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The interval of a median: the order statistics that hold it in 95 % of samples."""
    from scipy import stats

    place = int(stats.binom.ppf(0.025, len(ordered), 0.5))
    if stats.binom.cdf(place - 1, len(ordered), 0.5) > 0.025 or place < 1:
        return (np.nan, np.nan)
    return float(ordered[place - 1]), float(ordered[-place])


def _months(points: pd.DataFrame, first: pd.Series, day: pd.Timestamp) -> dict[str, Any]:
    """Count the months with a point checked with data."""
    began = points["first_found"].min()
    if pd.isna(began) or began > day:
        return _row("months", pd.NA, 0, (np.nan, np.nan, np.nan))
    last = pd.Period(day, "M")
    n = min(MONTHS, last.ordinal - pd.Period(began, "M").ordinal + 1)
    done = first[first <= day].dropna().dt.to_period("M")
    k = int(done[done > last - n].nunique())
    return _row("months", k, n, (k / n, np.nan, np.nan))
