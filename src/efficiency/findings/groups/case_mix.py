"""Which cases are comparable: those that agree in what is known of them and matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from efficiency.facts.events import Events, known_from_the_start, people_in

#: An attribute tells cases apart where it is known of this share of them, and has no more values.
KNOWN, MOST_VALUES = 0.95, 40
#: A value that nearly all cases have tells nothing.
MOST_COMMON = 0.98
#: What explains less of the time than this need not be held equal.
MATTERS = 0.005
#: Strata grow finer as long as this share of the cases lies in strata of so many.
COVERED, SMALLEST = 0.8, 20


def case_attributes(events: Events, cases: pd.DataFrame) -> list[str]:
    """
    Choose the attributes of a log by which its cases can be told apart before they are begun.

    Parameters
    ----------
    events
        The observed log.
    cases
        Its cases, as `case_times` gives them.

    Returns
    -------
    list
        `attributes_of` those known from the start. Columns that hold people are left out: they
        are neither compared nor held against anyone.
    """
    known = known_from_the_start(events, events.attributes)
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


def strata(
    cases: pd.DataFrame, apart: str | None, mix: Sequence[str], hours: pd.Series
) -> tuple[np.ndarray, list[str]]:
    """
    Put cases into strata of comparable ones.

    Parameters
    ----------
    cases
        One row a case (or step); the attributes are columns.
    apart
        The attribute that is to be compared, and so must differ inside a stratum; None: none.
    mix
        The attributes to hold equal, if the data can bear it.
    hours
        What is compared, by the index of ``cases``: what explains most of it is held equal first.

    Returns
    -------
    tuple
        The number of each case's stratum, and the attributes held equal. An attribute of which
        ``apart`` is but a coarser form is left out, and so is one that explains next to nothing
        or would leave more than a fifth of the cases in strata of fewer than twenty.

    Examples
    --------
    >>> cases = pd.DataFrame({"文种": ["请示", "报告"] * 40, "单位": ["甲"] * 40 + ["乙"] * 40})
    >>> strata(cases, "单位", ["文种", "单位"], pd.Series([1.0, 9.0] * 40))[1]
    ['文种']
    """
    others = [name for name in mix if name != apart and name in cases]
    if apart is not None:
        others = [name for name in others if not _determines(cases, name, apart)]
    matters = {name: explained(hours, cases[name]) for name in others}
    ranked = sorted((n for n in others if matters[n] >= MATTERS), key=lambda n: -matters[n])
    held, number = list[str](), np.zeros(len(cases), dtype=np.int64)
    for name in ranked:
        finer = pd.factorize(
            pd.Series(number).astype(str) + "\0" + cases[name].astype(str).to_numpy()
        )[0]
        size = np.bincount(finer)
        if size[size >= SMALLEST].sum() >= COVERED * len(cases):
            held, number = [*held, name], finer
    return number, held
