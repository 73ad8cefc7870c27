"""Improvement points: what a review found held against the register of former years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.points.points_file import OWN, typed_points
from efficiency.findings.finding import Finding
from efficiency.findings.improvement.checks import FEWEST
from efficiency.findings.kind import Estimate, difference
from efficiency.tables.identity import subject_text

#: Verdicts that rest on a measurement after the action.
MEASURED = ("effective", "partly", "no effect", "worse")
#: What a check may come to.
VERDICTS = (*MEASURED, "too early", "not measurable")
#: Where a point stands from year to year.
STATUSES = ("new", "recurring", "resolved", "relapsed")
#: What each verdict suggests; people decide. To make a rule of what was effective once, and held
#: against nothing, would be too soon.
SUGGESTIONS = {
    "effective": "continue",
    "partly": "adjust",
    "no effect": "adjust",
    "worse": "stop",
}
#: The decision by which a finding is no problem; its reason stands where others say what was done.
SET_ASIDE = "set aside"
_CHANGE = ("change", "change_low", "change_high")
_HOURS = ("hours", "hours_low", "hours_high")
_Row = dict[str, Any]


class Told(Protocol):
    """A finding that was told: what a point takes over from it."""

    @property
    def id(self) -> str:
        """The same from year to year."""

    @property
    def kind(self) -> str:
        """The kind of finding."""

    @property
    def subject(self) -> tuple[tuple[str, str], ...]:
        """What it is about."""

    @property
    def title(self) -> str:
        """What is wrong, in words."""

    @property
    def criterion(self) -> str:
        """What should be, in words."""

    @property
    def hours(self) -> float:
        """Working hours at stake."""

    @property
    def finding(self) -> Finding:
        """What was found."""


def verdict(baseline: Estimate, check: Estimate, better: str, target: float) -> str:
    """
    Tell what a check shows of a change since the baseline.

    Parameters
    ----------
    baseline, check
        Before and after, measured on different cases.
    better
        ``higher`` or ``lower``.
    target
        What was aimed at; nan: nothing.

    Returns
    -------
    str
        ``effective``: better beyond noise, and the target, if there is one, is reached;
        ``partly``: better beyond noise, the target not reached; ``no effect``: the interval of the
        difference holds zero; ``worse``: worse beyond noise; ``not measurable``: a value or an
        interval is missing.

    Examples
    --------
    >>> before, after = Estimate(0.60, 0.55, 0.65), Estimate(0.80, 0.76, 0.84)
    >>> [verdict(before, after, "higher", target) for target in (0.75, 0.9)]
    ['effective', 'partly']
    >>> verdict(before, after, "lower", 0.5), verdict(before, before, "higher", 0.5)
    ('worse', 'no effect')
    """
    if better not in {"higher", "lower"} or any(np.isnan([*baseline, *check])):
        return "not measurable"
    return of_change(difference(check, baseline), check, better, target)


def of_change(change: Estimate, check: Estimate, better: str, target: float) -> str:
    """
    Tell what a change shows, and the value that it led to.

    Parameters
    ----------
    change
        After less before.
    check
        The value after.
    better
        ``higher`` or ``lower``.
    target
        What was aimed at; nan: nothing.

    Examples
    --------
    >>> of_change(Estimate(-2, -3, -1), Estimate(4, 3, 5), "lower", float("nan"))
    'effective'
    >>> of_change(Estimate(-2, -5, 1), Estimate(4, 3, 5), "lower", float("nan"))
    'no effect'
    """
    # For what is better lower, the mirror image.
    low, gap = (
        (change.low, check.value - target)
        if better == "higher"
        else (-change.high, target - check.value)
    )
    high = change.high if better == "higher" else -change.low
    if low > 0:
        return "partly" if gap < 0 else "effective"
    return "worse" if high < 0 else "no effect"


def points(
    findings: Iterable[Told],
    measures: pd.DataFrame,
    register: pd.DataFrame,
    cutoff: pd.Timestamp,
    checks: pd.DataFrame,
) -> pd.DataFrame:
    """
    The register as it stands after a review.

    Parameters
    ----------
    findings
        What the review found, told in the register's language.
    measures
        ``tables.MEASURES``: one row a thing that was measured, found wanting or not, its measure
        in words. Without a unit, values are told as plain numbers.
    register
        ``tables.POINTS`` as `read_points` reads it; without rows in the first year.
    cutoff
        The review's cut-off.
    checks
        ``tables.CHECKS``: each point on which an action was done, measured on the cases begun
        since that could be decided, and its change like for like.

    Returns
    -------
    DataFrame
        ``tables.POINTS`` and the register's other columns: its points in their order, then the new
        ones in the order of the findings. What is people's is as they left it, and a point that
        they added (kind ``own``) altogether, but for an empty status and first date.

    Notes
    -----
    *Status*: a finding is ``new``, ``recurring``, or, if it was ``resolved``, ``relapsed``; what
    was measured and is no finding is ``resolved``; what could not be measured keeps its status.
    A review told twice gives the same: of the history only what lies before the cut-off counts.

    *Check*: what `checks.check` tells of the change, or, where the log does not hold the time
    before the action, the value against the baseline that was first measured, by `verdict`.
    ``too early``: no action was done by the cut-off, the point was found in this very review, or
    fewer than `FEWEST` cases begun since could be decided. ``not measurable``: no measure, or no
    baseline. The aim is ``target``; ``next_target`` once the check that led to it is a former one.
    A baseline of what is no longer measured that way is measured anew; so is its target people's
    to set. What became better, or is part of another finding, begins no point.
    """
    day = pd.Timestamp(cutoff).normalize()
    worse = [finding for finding in findings if finding.finding.direction == "worse"]
    found = {finding.id: finding for finding in worse}
    known = typed_points(tables.POINTS.check(register))
    rows: list[_Row] = known.to_dict("records")
    have = set(known["id"])
    rows += [
        _begun(finding)
        for finding in worse
        if finding.id not in have and not finding.finding.part_of
    ]
    measured, after = _by_id(measures), _by_id(checks)
    told = [_reviewed(row, found.get(row["id"]), measured, after, day) for row in rows]
    return tables.POINTS.check(typed_points(pd.DataFrame(told, columns=list(known.columns))))


def _by_id(measures: pd.DataFrame) -> dict[str, _Row]:
    if measures["id"].duplicated().any():
        raise ValueError("measures: an id stands twice; one row a thing that was measured")
    return {str(row["id"]): row for row in measures.to_dict("records")}


def checks_due(register: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """
    The points on which an action was done, each with the day from which cases count.

    Parameters
    ----------
    register
        ``tables.POINTS``.
    cutoff
        The review's cut-off.

    Returns
    -------
    DataFrame
        ``id, kind, subject, since``.

    Examples
    --------
    >>> register = typed_points(pd.DataFrame({
    ...     "id": ["a"], "kind": ["rule"], "done": pd.to_datetime(["2024-03-31"]),
    ... }))
    >>> checks_due(register, pd.Timestamp("2024-12-31"))["since"].tolist()
    [Timestamp('2024-04-01 00:00:00')]
    """
    day = pd.Timestamp(cutoff).normalize()
    rows = [
        {"id": row["id"], "kind": row["kind"], "subject": row["subject"], "since": since}
        for row in register.to_dict("records")
        if (since := _since(row, day)) is not None and row["kind"] not in {OWN, ""}
    ]
    columns = ["id", "kind", "subject", "since"]
    return pd.DataFrame(rows, columns=columns).sort_values(["since", "id"], ignore_index=True)


def _since(row: _Row, day: pd.Timestamp) -> pd.Timestamp | None:
    """The day after the action: who came on that day may have come before it."""
    done = row["done"]
    return done + pd.Timedelta(days=1) if pd.notna(done) and done <= day else None


def _begun(finding: Told) -> _Row:
    empty = typed_points(pd.DataFrame([{"id": finding.id}])).iloc[0].to_dict()
    subject = subject_text(dict(finding.subject))
    return {**empty, "kind": finding.kind, "subject": subject}


def _reviewed(
    row: _Row,
    finding: Told | None,
    measured: Mapping[str, _Row],
    after: Mapping[str, _Row],
    day: pd.Timestamp,
) -> _Row:
    """One point after the review."""
    measure = measured.get(row["id"])
    row = {**row, **_kind(row, finding, measure)}
    if row["kind"] == OWN:
        first = day if pd.isna(row["first_found"]) else row["first_found"]
        return {**row, "status": row["status"] or "new", "first_found": first}
    earlier = _history(row["history"], day)
    # What is now measured in another way was not resolved by that.
    anew = measure is not None and _anew(row, measure)
    as_before = measure is not None and not anew
    seen = {**row, **_seen(row, finding, as_before, earlier, day)}
    seen |= _described(seen, finding, measure, day)
    since = _since(row, day)
    check = measure if since is None else after.get(row["id"])
    # A baseline that this very review measured anew is no time before.
    known = measure is not None and not (anew and pd.isna((check or {}).get("change")))
    seen |= _checked(seen, check, known, since, day)
    seen["checked"] = day
    seen["history"] = "\n".join([*earlier, _line(seen)])
    return seen


def _kind(row: _Row, finding: Told | None, measure: _Row | None) -> _Row:
    """The kind and subject of what lost them; what nobody knows is people's own."""
    if row["kind"]:
        return {}
    if finding is not None:
        return {"kind": finding.kind, "subject": subject_text(dict(finding.subject))}
    if measure is not None:
        return {"kind": measure["kind"], "subject": measure["subject"]}
    return {"kind": OWN}


def _history(text: str, day: pd.Timestamp) -> list[str]:
    """The lines of a history before a day; a line of no known date stays."""
    return [line for line in text.split("\n") if line and not line[:10] >= f"{day:%Y-%m-%d}"]


def last_status(lines: Iterable[str]) -> str:
    """
    The status of the last check of a history.

    Examples
    --------
    >>> last_status(["2023-12-31 · new · too early · 0.62 (0.58–0.66) · n=500"])
    'new'
    """
    told = [parts[1] for parts in (line.split(" · ") for line in lines) if len(parts) > 2]
    return next((status for status in reversed(told) if status in STATUSES), "")


def _seen(
    row: _Row, finding: Told | None, measured: bool, earlier: list[str], day: pd.Timestamp
) -> _Row:
    """The status and the dates of being found."""
    again = pd.notna(row["checked"]) and row["checked"] >= day
    before = last_status(earlier) or ("" if again or row["first_found"] == day else row["status"])
    if finding is None:
        # What could not be measured keeps its status; new it was in one review alone.
        stays = "recurring" if before == "new" and row["first_found"] < day else before
        return {"status": "resolved" if measured else stays}
    status = {"": "new", "resolved": "relapsed"}.get(before, "recurring")
    first = row["first_found"]
    return {"status": status, "first_found": day if pd.isna(first) else first, "last_found": day}


def _described(row: _Row, finding: Told | None, measure: _Row | None, day: pd.Timestamp) -> _Row:
    """Title and criterion, what is measured, the baseline, and the hours at stake."""
    told: _Row = {}
    if finding is not None:
        told |= {"title": finding.title, "criterion": finding.criterion}
        told |= {"hours": float(finding.hours), "hours_low": np.nan, "hours_high": np.nan}
    if measure is None:
        return told
    anew = _anew(row, measure)
    told |= {name: measure[name] for name in ("measure", "better")}
    told["unit"] = measure.get("unit", "")
    told |= {name: _float(measure[name]) for name in _HOURS}
    if anew and row["unit"] not in {"", told["unit"]}:
        told["target"] = np.nan  # aimed at in another unit, it says nothing of this one
    # A review told again may have been mended; a baseline that people gave stands.
    again = row["first_found"] == day and row["baseline"] == row["value"]
    if pd.isna(row["baseline"]) or again or anew:
        told |= {"baseline": _float(measure["value"]), "baseline_n": measure["n"]}
        told |= {f"baseline_{end}": _float(measure[end]) for end in ("low", "high")}
    return told


def _anew(row: _Row, measure: _Row) -> bool:
    """Whether a point was measured in another way before, in either language's words."""
    return bool(row["measure"]) and row["measure"] not in {measure["measure"], measure.get("also")}


def _float(value: Any) -> float:
    return float("nan") if pd.isna(value) else float(value)


def _checked(row: _Row, check: _Row | None, measured: bool, since: Any, day: pd.Timestamp) -> _Row:
    """The check's figures, its verdict and what that suggests."""
    figures: _Row = {"value": np.nan, "low": np.nan, "high": np.nan, "n": pd.NA}
    if check is not None:
        figures = {name: _float(check[name]) for name in ("value", "low", "high")}
        figures["n"] = check["n"]
    held: _Row = dict.fromkeys(_CHANGE, np.nan) | {"held": ""}
    if check is not None and since is not None:
        held = {name: _float(check.get(name)) for name in _CHANGE} | {"held": check.get("held", "")}
    said = _verdict({**row, **figures, **held}, measured, since, day)
    suggests = SUGGESTIONS.get(said, "")
    if said == "effective" and ("beside" in held["held"] or _was_effective(row["history"], day)):
        suggests = "standardise"
    since = pd.NaT if since is None else since
    return {**figures, **held, "since": since, "verdict": said, "suggestion": suggests}


def _was_effective(history: str, day: pd.Timestamp) -> bool:
    """Whether the last check before this one found the action effective too."""
    lines = [line.split(" · ") for line in _history(history, day)]
    told = [parts[2] for parts in lines if len(parts) > 2]
    return bool(told) and told[-1] == "effective"


def _verdict(row: _Row, measured: bool, since: Any, day: pd.Timestamp) -> str:
    baseline = Estimate(row["baseline"], row["baseline_low"], row["baseline_high"])
    change = Estimate(*(row[name] for name in _CHANGE))
    if not measured or (any(np.isnan(baseline)) and np.isnan(change.value)):
        return "not measurable"
    few = pd.isna(row["n"]) or row["n"] < FEWEST
    if since is None or row["first_found"] >= day or few:
        return "too early"
    value = Estimate(row["value"], row["low"], row["high"])
    if np.isnan(change.value):
        return verdict(baseline, value, row["better"], _aim(row, day))
    return of_change(change, value, row["better"], _aim(row, day))


def _aim(row: _Row, day: pd.Timestamp) -> float:
    """The target, or the next one where the check that led to it is a former one."""
    former = pd.notna(row["checked"]) and row["checked"] < day
    aim = row["next_target"] if former and pd.notna(row["next_target"]) else row["target"]
    return float(aim)


def _line(row: _Row) -> str:
    """Write one check as a line of the history."""
    parts = [f"{row['checked']:%Y-%m-%d}", row["status"] or "—", row["verdict"]]
    if pd.notna(row["value"]):
        parts += [f"{row['value']:.4g} ({row['low']:.4g}–{row['high']:.4g})", f"n={row['n']}"]
    if pd.notna(row["since"]):
        parts.append(f"≥{row['since']:%Y-%m-%d}")
    return " · ".join(parts)


def pareto(points: pd.DataFrame) -> pd.DataFrame:
    """
    Rank what is still wrong by the working hours at stake.

    Parameters
    ----------
    points
        ``tables.POINTS``.

    Returns
    -------
    DataFrame
        One row a point that is not resolved, was found last time and has hours, most hours first:
        ``id, title, hours, hours_low, hours_high, share`` of all hours and ``cumulative_share``.

    Notes
    -----
    An hour may be at stake in several points (a slow step and the standard it makes late), so that
    the total is no sum of what could be saved.

    Examples
    --------
    >>> register = pd.DataFrame({
    ...     "id": list("abc"), "title": list("xyz"), "status": ["new", "resolved", "recurring"],
    ...     "hours": [30.0, 500.0, 90.0], "hours_low": [20.0, 400.0, 80.0],
    ...     "hours_high": [40.0, 600.0, 99.0],
    ... })
    >>> pareto(register)[["title", "share", "cumulative_share"]].values.tolist()
    [['z', 0.75, 0.75], ['x', 0.25, 1.0]]
    """
    tables.POINTS.check(points, ("id", "title", "status", *_HOURS))
    at_stake = points[(points["status"] != "resolved") & (points["hours"] > 0)]
    if {"last_found", "checked"} <= set(points.columns):
        # What the last review did not find is not at stake, whatever the register says of it.
        at_stake = at_stake[~(at_stake["last_found"] < at_stake["checked"])]
    ordered = at_stake.sort_values(["hours", "id"], ascending=[False, True], ignore_index=True)
    share = ordered["hours"] / ordered["hours"].sum()
    columns = ["id", "title", *_HOURS]
    ranked = ordered[columns].assign(share=share, cumulative_share=share.cumsum())
    return tables.PARETO.check(ranked)
