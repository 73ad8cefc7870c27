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

#: Below it an expected count is too small for a chi square.
_LEAST_EXPECTED = 1.0


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


def crosstabs(crosstab_cells: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """
    Whether the share in favour goes with a trait.

    Parameters
    ----------
    crosstab_cells
        ``tables.CROSSTAB_CELLS``.
    opinions
        ``tables.OPINIONS``, for the design effect of each question.

    Returns
    -------
    DataFrame
        ``tables.CROSSTABS``: Pearson's chi square over the design effect of the question (the
        first-order correction of Rao and Scott, with one effect for all cells), and its p over all
        of these tests by Holm's method. No test where an expected count is below 1.

    References
    ----------
    Rao, J. N. K. and Scott, A. J. (1984). On chi-squared tests for multiway contingency tables with
    cell proportions estimated from survey data. Annals of Statistics 12, 46-60.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal
    of Statistics 6, 65-70.
    """
    effect = opinions.set_index("item")["design_effect"].fillna(1.0)
    rows = []
    for (item, attribute), cells in crosstab_cells.groupby(["item", "attribute"], sort=False):
        counts = np.array([cells["k"], cells["n"] - cells["k"]], dtype=float)
        n = int(cells["n"].sum())
        chi2, p, v = _tested(counts, float(effect.get(item, 1.0)))
        rows.append((item, attribute, n, len(cells), chi2, p, np.nan, v))
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


def _tested(counts: npt.NDArray[np.float64], effect: float) -> tuple[float, float, float]:
    held = counts[:, counts.sum(axis=0) > 0]
    held = held[held.sum(axis=1) > 0]
    if min(held.shape) < 2:
        return (float("nan"),) * 3
    chi2, _, freedom, expected = stats.chi2_contingency(held, correction=False)
    v = float(np.sqrt(chi2 / held.sum()))  # of two rows the smaller side less one is one
    if expected.min() < _LEAST_EXPECTED:
        return float("nan"), float("nan"), v
    return float(chi2 / effect), float(stats.chi2.sf(chi2 / effect, freedom)), v


def _favours(survey: Survey) -> pd.DataFrame:
    steps = {item: scale.steps for item, scale in scale_of(survey.items).items()}
    told = survey.responses.dropna(subset=["step"])
    return told.assign(favour=is_favour(told["step"], told["item"].map(steps)))


def _values(survey: Survey, attribute: str) -> pd.Series:
    return survey.people.set_index("row")[attribute]


def _order(survey: Survey) -> dict[str, int]:
    return {item: at for at, item in enumerate(survey.items["item"])}
