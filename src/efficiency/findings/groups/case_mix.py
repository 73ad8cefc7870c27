"""Which cases are comparable: those that agree in what is known of them and matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from efficiency.facts.events import Events, known_from_the_start, people_in
from efficiency.facts.times import case_times
from efficiency.findings.groups.roles import came_of_it, is_matter

#: An attribute tells cases apart where it is known of this share of them, and has no more values.
KNOWN, MOST_VALUES = 0.95, 40
#: Columns of our own that stand beside attributes where cases and steps are compared.
OWN = frozenset({
    "activity", "arrived", "at", "began", "case_id", "ended", "first", "group", "handling_hours",
    "hours", "known_by", "measure", "recorded", "row", "running", "touched", "unit", "value",
    "what", "wrong",
})  # fmt: skip
#: A value that nearly all cases have tells nothing.
MOST_COMMON = 0.98
#: What explains less of the time than this need not be held equal.
MATTERS = 0.005
#: What could not be held equal and explains this much more is a danger where groups differ in it.
LOOSE, DIFFERS, BY_LOT = 0.02, 0.2, 0.001
#: Strata grow finer as long as this share of the cases lies in strata of so many.
COVERED, SMALLEST = 0.8, 20


def case_attributes(events: Events, known: Sequence[str] | None = None) -> list[str]:
    """
    Choose the attributes of a log by which its cases can be told apart before they are begun.

    Parameters
    ----------
    events
        The observed log.
    known
        The attributes that are known from the start, by who knows the log; None: those that each
        case's first row holds, that never change, and that do not tell what became of it.

    Returns
    -------
    list
        `attributes_of` those known from the start. Columns that hold people are left out: they
        are neither compared nor held against anyone.
    """
    asked = None if known is None else tuple(known)
    found: tuple[str, ...] = events.memo(
        ("case_attributes", asked), lambda events: tuple(_case_attributes(events, asked))
    )
    return list(found)


def _case_attributes(events: Events, known: Sequence[str] | None) -> list[str]:
    cases = case_times(events.plainly)
    if known is None:
        known = known_from_the_start(events, events.attributes)
        after = set(came_of_it(cases, known))
        known = [name for name in known if name not in after]
    known = [name for name in known if name in cases and name not in OWN]
    people = people_in(events, known)
    return attributes_of(cases, [name for name in known if name not in people])


def attributes_of(cases: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """
    Choose the attributes by which cases can be told apart.

    Parameters
    ----------
    cases
        One row a case; the attributes are columns.
    names
        The attributes to choose from.

    Returns
    -------
    list
        Those known of most cases, with a few values, none of which nearly all cases have. Of two
        that part the cases alike, the first.

    Examples
    --------
    >>> cases = pd.DataFrame({"文种": ["请示", "报告"] * 40, "文号": [str(i) for i in range(80)]})
    >>> attributes_of(cases, ["文种", "文号"])
    ['文种']
    """
    useful = [name for name in names if _tells_apart(cases[name])]
    twins = {
        later for first, later in combinations(useful, 2) if _same_partition(cases, first, later)
    }
    return [name for name in useful if name not in twins]


def _tells_apart(values: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(values) or not len(values):
        return False
    told = values.replace("", pd.NA).dropna()
    if len(told) < KNOWN * len(values):
        return False
    shares = told.astype(str).value_counts(normalize=True)
    few = 2 <= len(shares) <= MOST_VALUES and len(shares) * SMALLEST <= len(values)
    return few and bool(shares.iloc[0] <= MOST_COMMON)


def _same_partition(cases: pd.DataFrame, first: str, later: str) -> bool:
    return _determines(cases, first, later) and _determines(cases, later, first)


def _determines(cases: pd.DataFrame, finer: str, coarser: str) -> bool:
    """Tell whether whoever knows the one knows the other."""
    pairs = cases[[finer, coarser]].astype(str).drop_duplicates()
    return not bool(pairs[finer].duplicated().any())


def explained(hours: pd.Series, values: pd.Series) -> float:
    """
    The share of the variance of ranks that a grouping explains, chance taken out.

    Notes
    -----
    ε² = (SS_between − (k − 1) MS_within) / SS_total on ranks, at least 0.

    References
    ----------
    Kelley, T. L. (1935). An unbiased correlation ratio measure. Proceedings of the National
    Academy of Sciences 21, 554-559.

    Examples
    --------
    >>> hours = pd.Series([1.0, 2.0, 3.0, 4.0])
    >>> round(explained(hours, pd.Series(["a", "a", "b", "b"])), 3)
    0.7
    """
    ranks = hours.rank()
    grouped = ranks.groupby(values.astype(str))
    total = float(((ranks - ranks.mean()) ** 2).sum())
    within = float(((ranks - grouped.transform("mean")) ** 2).sum())
    free = len(ranks) - grouped.ngroups
    if total == 0 or free <= 0:
        return 0.0
    between = total - within - (grouped.ngroups - 1) * within / free
    return max(float(between / total), 0.0)


@dataclass(frozen=True)
class Strata:
    """
    Cases sorted into strata of comparable ones.

    Attributes
    ----------
    number
        Of each case's stratum.
    held
        The attributes that are held equal.
    loose
        Attributes that matter as well, but could not be held equal: strata would be too small.
    """

    number: np.ndarray
    held: list[str]
    loose: list[str]


def strata(cases: pd.DataFrame, apart: str | None, mix: Sequence[str], hours: pd.Series) -> Strata:
    """
    Put cases into strata of comparable ones.

    Parameters
    ----------
    cases
        One row a case (or step); the attributes are columns.
    apart
        The attribute that is to be compared, and so must differ inside a stratum; None: none.
    mix
        The attributes to hold equal.
    hours
        What is compared, by the index of ``cases``: what explains most of it is held equal first.

    Returns
    -------
    Strata
        An attribute that explains next to nothing is not held, nor one that would leave more than
        a fifth of the cases in strata of fewer than twenty: that one is ``loose``. An origin of
        which ``apart`` is but a coarser form (a county's province) is left out. What a matter is
        is held even where it leaves nobody comparable.

    Examples
    --------
    >>> cases = pd.DataFrame({"文种": ["请示", "报告"] * 40, "单位": ["甲"] * 40 + ["乙"] * 40})
    >>> strata(cases, "单位", ["文种", "单位"], pd.Series([1.0, 9.0] * 40)).held
    ['文种']
    """
    others = [name for name in mix if name != apart and name in cases]
    if apart is not None:
        others = [n for n in others if is_matter(n) or not _determines(cases, n, apart)]
    matters = {name: explained(hours, cases[name]) for name in others}
    ranked = sorted((n for n in others if matters[n] >= MATTERS), key=lambda n: -matters[n])
    held, loose, number = list[str](), list[str](), np.zeros(len(cases), dtype=np.int64)
    for name in ranked:
        finer = pd.factorize(
            pd.Series(number).astype(str) + "\0" + cases[name].astype(str).to_numpy()
        )[0]
        size = np.bincount(finer)
        if size[size >= SMALLEST].sum() >= COVERED * len(cases):
            held, number = [*held, name], finer
        elif explained(hours - hours.groupby(number).transform("median"), cases[name]) >= LOOSE:
            loose = [*loose, name]
    return Strata(number, held, loose)


def strata_within(rows: pd.DataFrame, apart: str, mix: Sequence[str], within: str) -> Strata:
    """
    Put rows into strata of comparable ones, of which one thing is held equal in any case.

    Parameters
    ----------
    rows
        One row a step, say, with ``hours`` and the attributes of its case.
    apart, mix
        As for `strata`.
    within
        The column to hold equal: the activity.
    """
    kind = pd.factorize(rows[within])[0].astype(np.int64)
    residual = rows["hours"].groupby(kind).rank(pct=True)
    found = strata(rows, apart, mix, residual)
    number = pd.factorize(kind * (int(found.number.max()) + 1) + found.number)[0]
    return Strata(number, [within, *found.held], found.loose)


def confounded(cases: pd.DataFrame, group: np.ndarray, loose: Iterable[str]) -> bool:
    """
    Whether a group differs from the others in something that matters and was not held equal.

    Notes
    -----
    Cramér's V of belonging to the group with an attribute, chance taken out (Bergsma), is above
    a fifth, and chance alone would not make it so once in a thousand.

    References
    ----------
    Bergsma, W. (2013). A bias-correction for Cramér's V and Tschuprow's T. Journal of the Korean
    Statistical Society 42, 323-328.
    """
    from scipy import stats  # takes seconds to import

    for name in loose:
        counts = pd.crosstab(cases[name].astype(str), group).to_numpy(dtype=float)
        n, rows = counts.sum(), len(counts)
        if min(counts.shape) < 2:
            continue
        usual = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
        distance = float(((counts - usual) ** 2 / usual).sum())
        by_lot = stats.chi2.sf(distance, rows - 1) > BY_LOT
        if not by_lot and distance / n - (rows - 1) / (n - 1) > DIFFERS**2:
            return True
    return False
