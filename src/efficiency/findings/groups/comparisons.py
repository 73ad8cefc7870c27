"""Which units, types and origins take longer than comparable ones, and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.spans import step_spans
from efficiency.facts.times import case_times, completion, hours_to_share, unfinished
from efficiency.findings.groups.case_mix import case_attributes, strata
from efficiency.findings.groups.ranks import Sample, contrast, permuted, shift

#: A group is compared where so many of it, and of the others, lie in strata that have both;
#: weeks from which on cases of one week count as one block.
LEAST, LEAST_WEEKS = 20, 8
#: But for the p that is adjusted over all tests of a review.
COLUMNS = tables.COMPARISONS.names[:-1]


def compare(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Sequence[str] | None = None,
    mix: Sequence[str] | None = None,
    applicant: str | None = None,
    **seen: Any,
) -> pd.DataFrame:
    """
    Hold every unit, type and origin against comparable cases.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one.
    by
        The attributes to compare; None: the unit of a step, and every attribute that tells cases
        apart.
    mix
        The attributes to hold equal; None: the same.
    applicant
        The attribute that tells applicants apart (看人办事); its p is one of permutation.
    **seen
        ``cutoff`` and ``closed_by``, as for `observed`.

    Returns
    -------
    DataFrame
        One row an ``attribute``, ``value`` and ``measure`` (``case``: a case's working hours, and
        ``applicant``, where applicants are compared; ``handling``: hours in hand at a step;
        ``desk``: hours from a step's arrival to its end); for units over all that they share with
        others, and, to look closer, by ``activity``.
        ``held_equal`` names what comparable cases agree in; ``n, others`` count the cases (steps)
        of the group and of all others, ``compared`` those of the group that have comparable
        ones. Medians in working hours (Kaplan-Meier, 95 % interval); ``ratio`` (how many times
        as long as comparable ones) with its interval; ``delta`` (Cliff's); ``hours`` (working
        hours above what comparable ones would have taken); ``p`` of the stratified rank test, not
        yet adjusted, and empty for single activities, which only say where a difference lies, and
        for the time from arrival to end of a unit whose time in hand is tested: the rest of it
        is the queue's, of which `waiting` and `balance` tell; ``logrank_p``, for whole cases, is
        that of the log-rank test on all of them, comparable or not, to look at beside it;
        ``untested``: why there is no comparison (``few``, ``alone``: nobody comparable).

    See Also
    --------
    ranks.contrast : The test; cases of one group and week count as one block.

    Examples
    --------
    >>> log = pd.DataFrame({"case_id": [str(i) for i in range(80)], "activity": "登记",
    ...     "文种": ["请示", "报告"] * 40, "received": pd.Timestamp("2024-03-05 08:30")})
    >>> minutes = pd.Series([i % 2 * 60 + i + 1 for i in range(80)])
    >>> log["end"] = log["received"] + pd.to_timedelta(minutes, "min")
    >>> compare(log, by=["文种"])[["value", "measure", "n", "ratio"]].round(1).values.tolist()
    [['报告', 'case', 40, 2.5], ['请示', 'case', 40, 0.4]]
    """
    with observed(log, calendar, worked=True, **seen) as events:
        cases = case_times(events)
        cases = cases.assign(
            hours=cases["age_hours"], running=unfinished(cases), began=cases["first"]
        )
        told = case_attributes(events, cases)
        names = told if by is None else [name for name in by if name != "unit"]
        held = told if mix is None else list(mix)
        names = [*(name for name in names if name != applicant), *filter(None, [applicant])]
        kinds = [(name, "applicant" if name == applicant else "case") for name in names]
        rows = [row for name, kind in kinds for row in _of_attribute(cases, name, held, kind)]
        if by is None or "unit" in by:
            rows += _of_units(_steps(events, cases, held), held)
    if not rows:
        return tables.COMPARISONS.empty()[COLUMNS]
    return tables.COMPARISONS.check(pd.DataFrame(rows, columns=COLUMNS))


def _steps(events: Events, cases: pd.DataFrame, held: Sequence[str]) -> pd.DataFrame:
    """The steps at known units, each with what is known of its case."""
    spans = events.frame(step_spans(events).order_by("row"))
    known = spans[(spans["unit"].fillna("") != "") & spans["arrived"].notna()]
    known = known.rename(columns={"arrived": "began"})
    return known.merge(cases[["case_id", *held]], on="case_id").reset_index(drop=True)


def _of_units(steps: pd.DataFrame, held: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Compare units over the activities that more than one of them does, and over each."""
    many = steps.groupby("activity")["unit"].nunique()
    shared = steps[steps["activity"].map(many) > 1].reset_index(drop=True)
    for alone in sorted(set(steps["unit"]) - set(shared["unit"])):
        n = int((steps["unit"] == alone).sum())
        yield _untested(("unit", alone, "desk"), (n, len(steps) - n), "alone")
    handled = shared.assign(hours=shared["handling_hours"], running=False)
    handled = handled[handled["hours"].notna() & (handled["hours"] >= 0)]
    in_hand = list(_of_attribute(handled, "unit", held, "handling"))
    tested = {row["value"] for row in in_hand if not row["untested"]}
    for row in _of_attribute(shared, "unit", held, "desk"):
        yield {**row, "p": float("nan")} if row["value"] in tested else row
    yield from in_hand
    for measure, part in (("desk", shared), ("handling", handled)):
        for activity, rows in part.groupby("activity"):
            for row in _of_attribute(rows, "unit", held, measure):
                if not row["untested"]:
                    yield {**row, "activity": activity, "p": float("nan")}


def _of_attribute(
    rows: pd.DataFrame, name: str, mix: Sequence[str], measure: str
) -> Iterator[dict[str, Any]]:
    """Compare every value of one attribute with the others."""
    rows = rows[rows["hours"].notna() & (rows[name].fillna("").astype(str) != "")]
    rows = rows.reset_index(drop=True)
    if not len(rows):
        return
    sort = _strata_of_steps if "activity" in rows else _strata_of_cases
    number, held = sort(rows, name, mix)
    told = rows[name].astype(str)
    week = rows["began"].dt.to_period("W").astype("int64")
    sample = Sample(
        rows["hours"].clip(lower=0).to_numpy(dtype=float),
        rows["running"].to_numpy(dtype=bool),
        number.astype(np.int64),
        # What waits in one queue in one week waits together; a few weeks cannot show how much.
        pd.factorize(told + "\0" + week.astype(str))[0].astype(np.int64)
        if week.nunique() >= LEAST_WEEKS
        else None,
    )
    for value in sorted(told.unique()):
        yield _row(
            rows, sample, (name, value, measure, "; ".join(held)), (told == value).to_numpy()
        )


def _strata_of_cases(
    rows: pd.DataFrame, name: str, mix: Sequence[str]
) -> tuple[np.ndarray, list[str]]:
    return strata(rows, name, mix, rows["hours"])


def _strata_of_steps(
    rows: pd.DataFrame, name: str, mix: Sequence[str]
) -> tuple[np.ndarray, list[str]]:
    """Hold the activity equal in any case, and within it what else the data can bear."""
    activity = pd.factorize(rows["activity"])[0].astype(np.int64)
    residual = rows["hours"].groupby(activity).rank(pct=True)
    number, held = strata(rows, name, mix, residual)
    return pd.factorize(activity * (int(number.max()) + 1) + number)[0], ["activity", *held]


def _row(
    rows: pd.DataFrame, sample: Sample, said: tuple[str, str, str, str], group: np.ndarray
) -> dict[str, Any]:
    name, value, measure, held = said
    found = contrast(sample, group)
    if min(found.n, found.others) < LEAST:
        few = int(group.sum()) < LEAST or int((~group).sum()) < LEAST
        sizes = (int(group.sum()), int((~group).sum()))
        return _untested((name, value, measure), sizes, "few" if few else "alone")
    ratio, low, high = shift(sample, group)
    own, rest = (completion(_ages(rows[part])) for part in (group, ~group))
    done = rows["hours"][group & ~sample.running].sum()
    return {
        "attribute": name,
        "value": value,
        "measure": measure,
        "activity": "",
        "held_equal": held,
        "n": int(group.sum()),
        "others": int((~group).sum()),
        "compared": found.n,
        "median_hours": hours_to_share(own),
        "median_low": hours_to_share(own.assign(share=own["high"])),
        "median_high": hours_to_share(own.assign(share=own["low"])),
        "others_median_hours": hours_to_share(rest),
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "delta": found.delta,
        "hours": float(done * (1 - 1 / ratio)) if ratio > 0 else float("nan"),
        "p": permuted(sample, group) if measure == "applicant" else found.p,
        "logrank_p": float("nan") if "activity" in rows else _logrank(sample, group),
        "untested": "",
    }


def _logrank(sample: Sample, group: np.ndarray) -> float:
    """The p of the log-rank test, in which late differences count as much as early ones."""
    from scipy import stats  # takes seconds to import

    sides = [
        stats.CensoredData.right_censored(sample.hours[part], sample.running[part])
        for part in (group, ~group)
    ]
    if any((~sample.running[part]).sum() == 0 for part in (group, ~group)):
        return float("nan")
    return float(stats.logrank(*sides).pvalue)


def _untested(said: tuple[str, str, str], sizes: tuple[int, int], why: str) -> dict[str, Any]:
    empty = dict.fromkeys(COLUMNS, float("nan"))
    known = dict(zip(("attribute", "value", "measure"), said, strict=True))
    known |= {"activity": "", "held_equal": ""}
    counts = {"n": sizes[0], "others": sizes[1], "compared": 0}
    return {**empty, **known, **counts, "untested": why}


def _ages(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"age_hours": rows["hours"], "open": rows["running"]})
