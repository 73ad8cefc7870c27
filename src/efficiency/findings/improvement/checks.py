"""What changed since an action: like held against like, and nothing counted that is undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from efficiency.findings.groups.case_mix import attributes_of, strata
from efficiency.findings.groups.likeness import periods
from efficiency.findings.groups.means import Excess, excess
from efficiency.findings.groups.samples import Sample
from efficiency.findings.kind import Estimate, Observed, averaged, difference
from efficiency.findings.rates import Z, wilson
from efficiency.findings.time.season import beside_season, same_months

#: Fewer cases since the action are too few: a share of 20 has an interval of up to 20 points
#: either way, so that 'no effect' would say nothing.
FEWEST = 20
#: Cases begun so long before the action are held against those since.
BASE = pd.Timedelta(days=366)
#: What of a row is no attribute of its case.
_OWN = (
    "case_id", "at", "value", "running", "touched", "known_by", "ended", "first", "began",
    "measure", "wrong", "group",
)  # fmt: skip
_UNKNOWN = Estimate(float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True)
class Check:
    """
    What a check came to.

    Attributes
    ----------
    value
        As measured on the cases since the action.
    n, base_n
        Those cases, and those before it that they were held against.
    change
        After less before, like for like.
    months
        Whether only months were compared that both sides hold.
    beside
        Whether the change of cases that the action could not reach was taken off.
    """

    @property
    def held(self) -> str:
        """How like was held against like, as codes parted by spaces."""
        codes = {"months": self.months, "beside": self.beside}
        if not self.base_n:
            return "before" if self.n >= FEWEST else ""
        return " ".join(code for code, so in codes.items() if so)

    value: Estimate
    n: int
    base_n: int
    change: Estimate
    months: bool
    beside: bool


def decided(rows: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """
    Keep the rows that could be decided by the cut-off, however they were.

    Parameters
    ----------
    rows
        As in `Observed`.
    cutoff
        The review's cut-off.

    Notes
    -----
    What has a due moment counts once that has come: of those that fall due later only the quick
    are known. What has none counts if it began so early that 95 of 100 of its like, of those that
    began by then, would have ended.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "at": pd.to_datetime(["2024-11-01", "2024-12-20"]), "value": [1.0, 1.0],
    ...     "known_by": pd.to_datetime(["2024-12-01", "2025-01-19"]), "running": False,
    ... })
    >>> len(decided(rows, pd.Timestamp("2024-12-31")))
    1
    """
    told = rows[rows["at"].notna() & rows["value"].notna() & (rows["at"] <= cutoff)]
    due = pd.to_datetime(told["known_by"])
    if due.notna().any():
        return told[~(due > cutoff)]
    if "ended" not in told or told["ended"].isna().all():
        return told
    ended = told["ended"].where(told["ended"].notna(), cutoff)
    lasts = (ended - told["at"]).quantile(0.95)
    return told[told["at"] <= cutoff - lasts]


def check(
    observed: Observed, since: pd.Timestamp, cutoff: pd.Timestamp, peers: Sequence[Estimate] = ()
) -> Check:
    """
    Hold the cases since an action against those before it.

    Parameters
    ----------
    observed
        One row a case, clock or step, of the time before and since.
    since
        The day from which cases count.
    cutoff
        The review's cut-off.
    peers
        What was measured likewise at the same time, this among them: a base that was picked
        because it was the worst of them is shrunk toward their mean.

    Returns
    -------
    Check
        Without a change where fewer than 20 cases lie on either side: the log does not hold the
        base, or it is too early.

    Notes
    -----
    The change is `means.excess` with what of the case mix matters held equal, over the months that
    both sides hold. Where they hold none together, it only counts if it stands out beside a yearly
    swing too. From it is taken the same of the cases that the action could not reach, where there
    are 20 of these on both sides.

    The base is shrunk by empirical Bayes: with m the peers' mean, v their variance less that of
    their errors, and s the error of the base, its part s²/(v + s²) is m's.

    References
    ----------
    Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. Journal of
    the American Statistical Association 78, 47-55.
    """
    rows = decided(observed.rows, cutoff)
    rows = rows[rows["at"] >= since - BASE].reset_index(drop=True)
    # Who came on the day of the action may have come before it: neither side's.
    rows = rows[(rows["at"] >= since) | (rows["at"] < since - pd.Timedelta(days=1))]
    rows = rows.reset_index(drop=True)
    touched = rows["touched"].to_numpy(dtype=bool)
    mine, months = _in_months(rows[touched].reset_index(drop=True), since)
    after = (mine["at"] >= since).to_numpy(dtype=bool)
    value = _level(mine.loc[after], observed.unit)
    if min(int(after.sum()), int((~after).sum())) < FEWEST:
        return Check(value, int(after.sum()), 0, _UNKNOWN, months=False, beside=False)
    change = _change(mine, after, months)
    # Like is held against like: other steps of the same cases are no measure of this one.
    like = ~touched & rows["what"].isin(mine["what"]).to_numpy(dtype=bool)
    rest, _ = _in_months(rows[like].reset_index(drop=True), since)
    later = (rest["at"] >= since).to_numpy(dtype=bool)
    beside = min(int(later.sum()), int((~later).sum())) >= FEWEST
    if beside:
        change = _less(change, _change(rest, later, months=True))
    base = _level(mine.loc[~after], observed.unit)
    change = _less(
        change, _picked(base, _groups(rows, since, observed.unit) or peers, observed.better)
    )
    return Check(value, int(after.sum()), int((~after).sum()), change, months, beside)


def _groups(rows: pd.DataFrame, since: pd.Timestamp, unit: str) -> list[Estimate]:
    """The levels before of all groups of which one was picked."""
    if "group" not in rows:
        return []
    before = rows[rows["at"] < since]
    return [_level(part, unit) for _, part in before.groupby("group") if len(part) >= FEWEST]


def _in_months(rows: pd.DataFrame, since: pd.Timestamp) -> tuple[pd.DataFrame, bool]:
    """The rows of months that both sides hold, where these are enough; else all."""
    after = (rows["at"] >= since).to_numpy(dtype=bool)
    same = same_months(rows["at"], after) if len(rows) else np.zeros(0, dtype=bool)
    sides = (int((same & after).sum()), int((same & ~after).sum()))
    # All that came since must lie in them, but for a few: else what was measured is another thing.
    if min(sides) >= FEWEST and sides[0] >= 0.5 * after.sum():
        return rows[same].reset_index(drop=True), True
    return rows, False


def _change(rows: pd.DataFrame, after: np.ndarray, months: bool) -> Estimate:
    """After less before, the mix held equal."""
    names = [name for name in rows.columns if name not in _OWN]
    mix = attributes_of(rows, names)
    kind = pd.factorize(rows["what"].fillna("").astype(str))[0].astype(np.int64)
    found = strata(rows, None, [name for name in mix if name != "what"], rows["value"])
    number = pd.factorize(kind * (int(found.number.max(initial=0)) + 1) + found.number)[0]
    sample = Sample(
        rows["value"].clip(lower=0).to_numpy(dtype=float),
        rows["running"].to_numpy(dtype=bool),
        number.astype(np.int64),
        periods(rows["at"]),
    )
    more = excess(sample, after)
    estimate = _interval(more)
    if (
        not months
        and not np.isnan(estimate.value)
        and beside_season(sample, after, rows["at"]) > 0.05
    ):
        # It may as well be the season: the interval holds nothing at all.
        return Estimate(estimate.value, min(estimate.low, 0.0), max(estimate.high, 0.0))
    return estimate


def _interval(more: Excess) -> Estimate:
    told = more.spread is None or more.spread.told
    if not told or (more.low == more.high and more.mean != 0):
        # Nothing varies, or all hangs together: how far chance reaches is not known.
        return Estimate(more.mean, float("-inf"), float("inf"))
    return Estimate(more.mean, more.low, more.high)


def _less(first: Estimate, second: Estimate) -> Estimate:
    """The difference of two estimates with its interval; nothing is taken off that is unknown."""
    if np.isnan(second.value):
        return first
    value = first.value - second.value
    if not all(np.isfinite([*first, *second])):
        return Estimate(value, float("-inf"), float("inf"))
    return difference(first, second)


def _level(rows: pd.DataFrame, unit: str) -> Estimate:
    values = rows.loc[~rows["running"].to_numpy(dtype=bool), "value"]
    if unit == "share":
        return Estimate(*wilson(int(values.sum()), len(values)))
    return averaged(values)


def _picked(base: Estimate, peers: Sequence[Estimate], better: str) -> Estimate:
    """
    What the base owes to having been picked as the worst of several: to be added to the change.

    Notes
    -----
    Its sign is that of a fall of what is better lower: after less base grows by base less shrunk
    base, so that less seems gained.
    """
    known = [one for one in peers if np.isfinite([*one]).all()]
    if len(known) < 3 or not np.isfinite([*base]).all():
        return _UNKNOWN
    values = np.array([one.value for one in known])
    errors = np.array([(one.high - one.low) / (2 * Z) for one in known])
    own = (base.high - base.low) / (2 * Z)
    between = max(float(values.var(ddof=1)) - float((errors**2).mean()), 0.0)
    part = own**2 / (between + own**2) if own > 0 else 0.0
    worse = base.value - values.mean() if better == "lower" else values.mean() - base.value
    if worse <= 0:
        return _UNKNOWN
    owed = part * (base.value - float(values.mean()))
    # Taken off the change: what is better lower fell by that much less.
    return Estimate(-owed, -owed, -owed)
