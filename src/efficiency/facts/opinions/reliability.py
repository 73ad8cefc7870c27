"""How well the questions of a construct hang together: Cronbach's alpha, item by item too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from efficiency import tables
from efficiency.evidence.survey.surveys import Survey

Missing = Literal["listwise", "median"]


def reliability(survey: Survey, missing: Missing = "listwise") -> pd.DataFrame:
    """
    Cronbach's alpha of each construct, with Feldt's interval.

    Parameters
    ----------
    survey
        As `read_survey` gives it; reversed questions are turned.
    missing
        ``listwise``: only respondents who answered all questions of a construct; ``median``: a
        missing answer counts as the question's median, as some publications have it.

    Returns
    -------
    DataFrame
        ``tables.RELIABILITY``, one row a construct.

    Notes
    -----
    With k questions, alpha = k/(k − 1) (1 − Σ s_i² / s²), s² the variance of their sum. With
    F the quantile of Fisher's distribution with n − 1 and (n − 1)(k − 1) degrees of freedom, the
    limits are 1 − (1 − alpha) F(0.975) and 1 − (1 − alpha) F(0.025) (Feldt). Omega is not given:
    no library kept in the package computes it.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika
    16, 297-334.
    Feldt, L. S., Woodruff, D. J. and Salih, F. A. (1987). Statistical inference for coefficient
    alpha. Applied Psychological Measurement 11, 93-103.
    """
    rows = []
    for construct, said in _constructs(survey, missing):
        found, n = alpha(said), len(said)
        low, high = feldt(found, n, said.shape[1])
        rows.append((construct, said.shape[1], n, found, low, high))
    frame = pd.DataFrame(rows, columns=tables.RELIABILITY.names)
    return tables.RELIABILITY.check(frame) if rows else tables.RELIABILITY.empty()


def item_rest(survey: Survey, missing: Missing = "listwise") -> pd.DataFrame:
    """
    Each question against the others of its construct.

    Returns
    -------
    DataFrame
        ``tables.ITEM_REST``: a negative ``rest_r`` says that a question runs against its construct:
        it may be reversed, or turned twice.
    """
    rows = []
    for construct, said in _constructs(survey, missing):
        for item in said:
            rest = said.drop(columns=item)
            sums = rest.sum(axis=1)
            # A constant goes with nothing.
            varies = said[item].std() > 0 and sums.std() > 0
            r = float(np.corrcoef(said[item], sums)[0, 1]) if varies else np.nan
            rows.append((construct, item, r, alpha(rest)))
    frame = pd.DataFrame(rows, columns=tables.ITEM_REST.names)
    return tables.ITEM_REST.check(frame) if rows else tables.ITEM_REST.empty()


def alpha(said: pd.DataFrame) -> float:
    """
    Cronbach's alpha of columns of answers; nan of one column or without spread.

    Examples
    --------
    Sums 2, 4, 6: variance 4, of each question 1: 2 (1 − 2/4).

    >>> alpha(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]}))
    1.0
    """
    many, whole = said.shape[1], float(said.sum(axis=1).var())
    if many < 2 or len(said) < 2 or not whole > 0:
        return float("nan")
    return float(many / (many - 1) * (1 - float(said.var().sum()) / whole))


def feldt(found: float, n: int, many: int) -> tuple[float, float]:
    """
    The 95 % interval of an alpha of n respondents and so many questions.

    Examples
    --------
    >>> [round(limit, 2) for limit in feldt(0.843, 30, 7)]
    [0.74, 0.92]
    """
    if not np.isfinite(found) or n < 2 or many < 2:
        return float("nan"), float("nan")
    freedom = (n - 1, (n - 1) * (many - 1))
    low, high = (1 - (1 - found) * float(stats.f.ppf(part, *freedom)) for part in (0.975, 0.025))
    return low, high


def _constructs(survey: Survey, missing: Missing) -> Iterator[tuple[str, pd.DataFrame]]:
    """The answers of each construct: a row a respondent, a column a question."""
    named = survey.items[survey.items["construct"] != ""]
    wide = survey.responses.pivot_table(
        index="row", columns="item", values="step", dropna=False, observed=False
    )
    for construct, rows in named.groupby("construct", sort=False):
        said = wide.reindex(columns=rows["item"].tolist())
        if missing == "median":
            yield str(construct), said.fillna(said.median())
        else:
            yield str(construct), said.dropna()
