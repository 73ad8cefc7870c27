"""Whether those who answered differ by education, post, age: Cramér's V, over all tests by Holm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from efficiency import tables
from efficiency.evidence.survey.codebook import scale_of
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.opinions.likert import is_favour
from efficiency.problems import ArgumentError, Hint, Problem

#: Values of fewer people, or of which fewer are expected on either side, are left out of a test.
LEAST_PEOPLE, _LEAST_EXPECTED = 20, 5.0


def crosstab(survey: Survey, attribute: str) -> pd.DataFrame:
    """
    Each question with a scale by one trait of those who answered.

    Parameters
    ----------
    survey
        As `read_survey` gives it.
    attribute
        An item of a single choice: ``education``, ``post_type``, ``age_band`` …

    Returns
    -------
    DataFrame
        ``tables.CROSSTAB_CELLS``, one row a question and value of the trait.

    Raises
    ------
    ArgumentError
        If nobody was asked for it.
    """
    if attribute not in survey.attributes:
        details = {"got": attribute, "hint": Hint(attribute, tuple(survey.attributes))}
        raise ArgumentError([Problem("no_trait", details)])
    told = _favours(survey).assign(value=lambda rows: rows["row"].map(_values(survey, attribute)))
    known = told.dropna(subset=["value"])
    if known.empty:
        return tables.CROSSTAB_CELLS.empty()
    cells = known.groupby(["item", "value"], sort=False).agg(
        n=("favour", "size"), k=("favour", "sum")
    )
    whole = cells.reset_index().assign(attribute=attribute)
    whole = whole.assign(share=whole["k"] / whole["n"], at=whole["item"].map(_order(survey)))
    whole = whole.sort_values(["at", "value"], kind="stable")[tables.CROSSTAB_CELLS.names]
    return tables.CROSSTAB_CELLS.check(whole.reset_index(drop=True))


def crosstab_cells(survey: Survey) -> pd.DataFrame:
    """``tables.CROSSTAB_CELLS`` of every trait that people were asked for."""
    parts = [crosstab(survey, name) for name in survey.attributes]
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True) if held else tables.CROSSTAB_CELLS.empty()


def crosstabs(survey: Survey) -> pd.DataFrame:
    """
    Whether the share in favour goes with a trait.

    Parameters
    ----------
    survey
        As `read_survey` gives it.

    Returns
    -------
    DataFrame
        ``tables.CROSSTABS``: one row a question and trait, p over all of these tests by Holm's
        method.

    Notes
    -----
    Where offices are known, Wald's statistic W of the differences between the shares, with their
    covariance over offices: V = C/(C − 1) Σ_c z_c z_c', where z_c sums (y − p_v)/n_v over the
    office's answers of each value v. Of m values, (C − m + 1)/((C − 1)(m − 1)) W follows Fisher's
    F with m − 1 and C − m + 1 degrees of freedom. Elsewhere Pearson's chi square. Values of fewer
    than 20 people, or with fewer than 5 expected on either side, are left out: the covariance of a
    few answers is no measure of chance.

    References
    ----------
    Thomas, D. R. and Rao, J. N. K. (1987). Small-sample comparisons of level and power for simple
    goodness-of-fit statistics under cluster sampling. Journal of the American Statistical
    Association 82, 630-636.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal
    of Statistics 6, 65-70.
    """
    office = survey.people.set_index("row")["office"]
    rows = []
    for attribute in survey.attributes:
        told = _favours(survey)
        told = told.assign(value=told["row"].map(_values(survey, attribute)),
                           office=told["row"].map(office))  # fmt: skip
        for item, part in told.dropna(subset=["value"]).groupby("item", sort=False):
            many = part["value"].nunique()
            chi2, p = _tested(part, clustered=survey.has_offices)
            rows.append((item, attribute, len(part), many, chi2, p, np.nan, _cramer(part)))
    if not rows:
        return tables.CROSSTABS.empty()
    frame = pd.DataFrame(rows, columns=tables.CROSSTABS.names)
    frame["p_holm"] = holm(frame["p"].to_numpy(dtype=float))
    return tables.CROSSTABS.check(frame)


def holm(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """
    Values of p adjusted by Holm's method; what was not tested stays nan and does not count.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03, np.nan])).round(3).tolist()
    [0.03, 0.06, 0.06, nan]
    """
    adjusted = np.full(len(p), np.nan)
    order = np.argsort(p, kind="stable")[: int(np.isfinite(p).sum())]
    many = len(order)
    steps = p[order] * np.arange(many, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def _tested(part: pd.DataFrame, *, clustered: bool) -> tuple[float, float]:
    """The statistic and its p; nan where the shares cannot be told apart."""
    sizes = part["value"].value_counts()
    share = float(part["favour"].mean())
    least = max(LEAST_PEOPLE, _LEAST_EXPECTED / max(min(share, 1 - share), 1e-9))
    held = part[part["value"].isin(sizes.index[sizes >= least])]
    known = held.dropna(subset=["office"]) if clustered else held
    if held["value"].nunique() < 2 or not 0 < share < 1:
        return float("nan"), float("nan")
    if clustered:
        found = wald(known["favour"].to_numpy(dtype=float), pd.factorize(known["value"])[0],
                     pd.factorize(known["office"])[0])  # fmt: skip
        if np.isfinite(found[1]):
            return found
    # Offices that are all alike within leave no spread to measure by.
    counts = pd.crosstab(held["favour"], held["value"]).to_numpy(dtype=float)
    chi2, p, _, _ = stats.chi2_contingency(counts, correction=False)
    return float(chi2), float(p)


def wald(
    yes: npt.NDArray[np.float64], value: npt.NDArray[np.int64], office: npt.NDArray[np.int64]
) -> tuple[float, float]:
    """
    Wald's statistic of equal shares over values, with the covariance over offices, and its p.

    Parameters
    ----------
    yes
        0 or 1, one an answer.
    value, office
        The value of the trait and the office of each, numbered from 0.
    """
    many, offices = int(value.max(initial=-1)) + 1, int(office.max(initial=-1)) + 1
    freedom = offices - many + 1
    if many < 2 or freedom < 1:
        return float("nan"), float("nan")
    n = np.bincount(value, minlength=many)
    shares = np.bincount(value, yes, many) / n
    sums = np.zeros((offices, many))
    np.add.at(sums, (office, value), (yes - shares[value]) / n[value])
    apart = shares[1:] - shares[0]
    spread = sums[:, 1:] - sums[:, :1]
    covariance = offices / (offices - 1) * spread.T @ spread
    if not np.isfinite(covariance).all() or np.linalg.matrix_rank(covariance) < many - 1:
        return float("nan"), float("nan")
    found = float(apart @ np.linalg.solve(covariance, apart))
    ratio = found * freedom / ((offices - 1) * (many - 1))
    return found, float(stats.f.sf(ratio, many - 1, freedom))


def _cramer(part: pd.DataFrame) -> float:
    """Cramér's V; of two rows the smaller side less one is one."""
    counts = pd.crosstab(part["favour"], part["value"]).to_numpy(dtype=float)
    if min(counts.shape) < 2:
        return float("nan")
    return float(np.sqrt(stats.chi2_contingency(counts, correction=False)[0] / counts.sum()))


def _favours(survey: Survey) -> pd.DataFrame:
    steps = {item: scale.steps for item, scale in scale_of(survey.items).items()}
    told = survey.responses.dropna(subset=["step"])
    return told.assign(favour=is_favour(told["step"], told["item"].map(steps)))


def _values(survey: Survey, attribute: str) -> pd.Series:
    return survey.people.set_index("row")[attribute]


def _order(survey: Survey) -> dict[str, int]:
    return {item: at for at, item in enumerate(survey.items["item"])}
