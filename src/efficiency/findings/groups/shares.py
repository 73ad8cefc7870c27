"""Which units and origins are late, do again or break rules more often than comparable ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.facts.events import Events
from efficiency.findings.groups.case_mix import case_attributes, confounded, strata_within
from efficiency.findings.groups.comparisons import LEAST
from efficiency.findings.groups.likeness import Likeness, periods
from efficiency.findings.groups.means import excess
from efficiency.findings.groups.ranks import alike_over, contrast
from efficiency.findings.groups.roles import origins
from efficiency.findings.groups.samples import Sample, comparable

#: But for the p that is adjusted over all tests of a review.
COLUMNS = tables.SHARES.names[:-1]


def compare_shares(
    log: Events,
    outcomes: pd.DataFrame,
    mix: Sequence[str] | None = None,
    known: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Hold the shares that went wrong in each unit and origin against those of comparable cases.

    Parameters
    ----------
    log
        The observed log.
    outcomes
        What could go wrong, one row each, as `outcomes.outcomes` gives it.
    mix
        The attributes to hold equal; None: all that tell cases apart from the start.
    known
        The attributes that are known from the start; None: found from the log.

    Returns
    -------
    DataFrame
        ``tables.SHARES`` but for the adjusted p: one row a measure (late, rework, breach) and
        group.

    Notes
    -----
    Held equal is what could go wrong (the standard, the activity, the rule) and what of the case
    mix matters. The test is that of `ranks.contrast` on 0 and 1, which is Mantel and Haenszel's
    with the error of `likeness.spread`; ``expected`` is the share of comparable ones, weighted as
    the group's cases are.

    References
    ----------
    Mantel, N. and Haenszel, W. (1959). Statistical aspects of the analysis of data from
    retrospective studies of disease. Journal of the National Cancer Institute 22, 719-748.
    """
    rows: list[dict[str, Any]] = []
    if len(outcomes):
        attributes = case_attributes(log, known)
        held = attributes if mix is None else list(mix)
        for measure, part in outcomes.groupby("measure"):
            for name in ("unit", *origins(attributes)):
                rows += _of_attribute(part, str(measure), name, held)
    if not rows:
        return tables.SHARES.empty()[COLUMNS]
    return tables.SHARES.check(pd.DataFrame(rows, columns=COLUMNS))


def _of_attribute(
    rows: pd.DataFrame, measure: str, name: str, mix: Sequence[str]
) -> Iterator[dict[str, Any]]:
    rows = rows[rows[name].fillna("").astype(str) != ""].reset_index(drop=True)
    if not len(rows):
        return
    wrong = rows["wrong"].astype(float)
    sorted_in = strata_within(rows.assign(hours=wrong), name, mix, "what")
    sample = Sample(
        wrong.to_numpy(),
        np.zeros(len(rows), dtype=bool),
        sorted_in.number.astype(np.int64),
        periods(rows["began"]),
    )
    told = rows[name].astype(str)
    groups = {value: (told == value).to_numpy() for value in sorted(told.unique())}
    alike = alike_over(sample, (one for one in groups.values() if one.sum() >= LEAST))
    for value, group in groups.items():
        row = _untested((measure, name, value), group, wrong)
        if confounded(rows, group, sorted_in.loose):
            yield {**row, "untested": "alone"}
        else:
            yield row | _row(sample, group, "; ".join(sorted_in.held), alike)


def _untested(said: tuple[str, str, str], group: np.ndarray, wrong: pd.Series) -> dict[str, Any]:
    empty = dict.fromkeys(COLUMNS, float("nan"))
    known = dict(zip(("measure", "attribute", "value"), said, strict=True))
    n, k = int(group.sum()), int(wrong[group].sum())
    counts = {
        "n": n,
        "others": int((~group).sum()),
        "k": k,
        "compared": 0,
        "compared_k": 0,
        "comparable": 0,
    }
    return {**empty, **known, **counts, "held_equal": "", "untested": "", "weeks": 0}


def _row(sample: Sample, group: np.ndarray, held: str, alike: Likeness | None) -> dict[str, Any]:
    found = contrast(sample, group, alike)
    if min(found.n, found.others) < LEAST:
        few = min(int(group.sum()), int((~group).sum())) < LEAST
        return {"untested": "few" if few else "alone"}
    if not found.told or found.spread is None:
        return {"untested": "dependent", "held_equal": held}
    more = excess(sample, group, alike)
    wrong = sample.hours[comparable(sample, group) & group]
    share = float(wrong.mean())
    return {
        "held_equal": held,
        "compared": found.n,
        "compared_k": int(wrong.sum()),
        "comparable": found.others,
        "share": share,
        "expected": share - more.mean,
        "difference": more.mean,
        "low": more.low,
        "high": more.high,
        "p": found.p,
        "weeks": found.spread.length,
    }
