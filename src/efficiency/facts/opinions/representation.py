"""Who answered beside who works there: the sample held against the staff, and its weights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from efficiency import tables
from efficiency.evidence.survey.codebook import ATTRIBUTES
from efficiency.evidence.survey.surveys import Survey

#: Rounds of raking, and how near each margin must come.
_ROUNDS, _NEAR = 200, 1e-10
#: How far from its share a margin may be for weights to be weights.
_MET = 1e-6


def representation(survey: Survey, staff: pd.DataFrame | None = None) -> pd.DataFrame:
    """
    Those who answered by each trait, beside the staff on record where it is known.

    Parameters
    ----------
    survey
        As `read_survey` gives it.
    staff
        ``tables.STAFF``; None: the staff is not known.

    Returns
    -------
    DataFrame
        ``tables.REPRESENTATION``, one row a trait and value.
    """
    frame, weights = frames(staff), weighted(survey, staff)
    worth = np.nan if weights is None else effective_n(weights)
    parts = []
    for name in [one for one in ATTRIBUTES if one in survey.people]:
        counts = survey.people[name].value_counts(sort=False)
        known = frame.get(name, pd.Series(dtype=float))
        values = list(dict.fromkeys([*known.index, *sorted(counts.index)]))
        n = counts.reindex(values).fillna(0).astype("int64")
        people = known.reindex(values)
        mean = _mean_weights(survey, name, weights).reindex(values)
        parts.append(
            pd.DataFrame(
                {
                    "attribute": name,
                    "value": values,
                    "n": n.to_numpy(),
                    "share": (n / n.sum()).to_numpy(),
                    "staff": people.to_numpy(dtype=float),
                    "staff_share": (people / people.sum()).to_numpy(dtype=float),
                    "weight": mean.to_numpy(dtype=float),
                    "p": _p(n, people),
                    "effective_n": worth if name in _raked_by(survey, frame) else np.nan,
                }
            )
        )
    if not parts:
        return tables.REPRESENTATION.empty()
    return tables.REPRESENTATION.check(pd.concat(parts, ignore_index=True))


def frames(staff: pd.DataFrame | None) -> dict[str, pd.Series]:
    """The traits of which the number of every kind of people is known: the frame to rake to."""
    if staff is None:
        return {}
    found = {}
    for name, rows in staff[staff["attribute"] != "total"].groupby("attribute", sort=False):
        whole = (rows["masked"] == 0).all() and not rows["at_least"].any()
        if whole and rows["headcount"].sum() > 0:
            found[str(name)] = rows.set_index("value")["headcount"]
    return found


def weighted(survey: Survey, staff: pd.DataFrame | None) -> pd.Series | None:
    """
    A weight for each valid respondent of whom all traits of the frame are known.

    Returns
    -------
    Series or None
        By ``row``, of mean 1; None where no trait of the respondents has a frame, or the traits
        cannot all be given their shares at once.
    """
    frame = frames(staff)
    names = _raked_by(survey, frame)
    if not names:
        return None
    people = survey.people.set_index("row")[names].dropna()
    found = raked(people, {name: frame[name] / frame[name].sum() for name in names})
    return None if found.isna().any() else found


def raked(people: pd.DataFrame, margins: Mapping[str, pd.Series]) -> pd.Series:
    """
    Weights by raking: so that each trait has the shares of the frame.

    Parameters
    ----------
    people
        One row a respondent, one column a trait.
    margins
        The shares of the values of each trait.

    Returns
    -------
    Series
        One weight a row, of mean 1; all nan where no weights give all traits their shares.

    Notes
    -----
    Iterative proportional fitting: trait by trait each value's weights are stretched to its share,
    until none changes any more.

    References
    ----------
    Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency
    table when the expected marginal totals are known. Annals of Mathematical Statistics 11,
    427-444.

    Examples
    --------
    Three of four are men; half should be.

    >>> people = pd.DataFrame({"sex": ["m", "m", "m", "f"]})
    >>> raked(people, {"sex": pd.Series({"m": 0.5, "f": 0.5})}).round(3).tolist()
    [0.667, 0.667, 0.667, 2.0]
    """
    weight = pd.Series(1.0, index=people.index)
    for _ in range(_ROUNDS):
        before = weight
        for name, shares in margins.items():
            have = weight.groupby(people[name]).sum() / weight.sum()
            weight = weight * people[name].map(shares / have).astype(float)
        if (weight / weight.mean() - before / before.mean()).abs().max() < _NEAR:
            break
    for name, shares in margins.items():
        have = weight.groupby(people[name]).sum() / weight.sum()
        if (have - shares).abs().max() > _MET:
            return weight * np.nan
    return weight / weight.mean()


def effective_n(weights: pd.Series) -> float:
    """
    What weighted answers are worth: (Σ w)² / Σ w² (Kish).

    Examples
    --------
    >>> effective_n(pd.Series([1.0, 1.0, 2.0])).__round__(2)
    2.67
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def _raked_by(survey: Survey, frame: Mapping[str, pd.Series]) -> list[str]:
    """The traits that both the frame and the respondents know, value by value."""
    return [
        name
        for name, known in frame.items()
        if name in survey.people
        and set(survey.people[name].dropna()) == set(known.index[known > 0])
    ]


def _mean_weights(survey: Survey, name: str, weights: pd.Series | None) -> pd.Series:
    if weights is None:
        return pd.Series(dtype=float)
    values = survey.people.set_index("row")[name].reindex(weights.index)
    mean: pd.Series = weights.groupby(values).mean()
    return mean


def _p(n: pd.Series, people: pd.Series) -> float:
    """The chi square test of the counts against the staff; nan where some of it is not known."""
    if people.isna().any() or not (people > 0).all() or n.sum() == 0:
        return float("nan")
    return float(stats.chisquare(n, people / people.sum() * n.sum()).pvalue)
