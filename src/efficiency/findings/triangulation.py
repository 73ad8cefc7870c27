"""三角印证: what people say of something beside what the record shows of the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from efficiency import tables
from efficiency.evidence.survey.codebook import scales_with_constructs
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.opinions.likert import is_favour, likert
from efficiency.findings.linked import Link, Measured, Names, linked_to
from efficiency.findings.rates import Z

#: Most of those who were asked.
MOST = 0.5
#: A rule that is broken in so many cases is kept badly.
TOLERATED = 0.05
#: Of fewer offices no rank correlation is told.
FEWEST_OFFICES = 5


class _Whole(NamedTuple):
    """What the record of all together shows."""

    n: int
    value: float
    low: float
    high: float
    target: float


def triangulate(survey: Survey, office: Any) -> pd.DataFrame:
    """
    Each question that names a measure beside that measure.

    Parameters
    ----------
    survey
        As `read_survey` gives it.
    office
        A study, or an office as `open_review` gives it.

    Returns
    -------
    DataFrame
        ``tables.TRIANGULATION``, one row a question.

    Notes
    -----
    People say fine where the interval of the share in favour lies above one half, bad where it
    lies below. A limit is kept where the interval of its share lies at or above its target, missed
    where it lies below; a rule is kept where at most one case in twenty breaks it. ``milder``: they
    say fine and the record does not; ``harsher``: the other way round; ``open`` where either
    interval decides nothing, or there is no target. The rank correlation over offices is Spearman's
    with the interval of Bonett and Wright; it describes, and with few offices it is wide.

    References
    ----------
    Bonett, D. G. and Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall
    and Spearman correlations. Psychometrika 65, 23-28.
    """
    studies = studies_of(office)
    opinions = likert(survey).set_index("item")
    beside = agreement(survey, office)
    rows = []
    for item, link in _links(survey, studies).items():
        said, study = opinions.loc[item], studies[link.log]
        whole = _whole(study, link)
        overview = study.table("overview")
        mine = beside[beside["item"] == item]
        both = (mine["says"] + "_" + mine["shows"]).value_counts()
        rows.append(
            {
                "log": link.log, "item": item, "linked": link.name, "measure": link.measure,
                "n": int(said["n"]), "share": said["share"], "low": said["low"],
                "high": said["high"], "record_n": whole.n, "record": whole.value,
                "record_low": whole.low, "record_high": whole.high, "target": whole.target,
                "done_share": float(overview["done_share"].iloc[0]),
                "reading": reading((said["low"], said["high"]), whole, link.measure),
                **_ranked(mine, link.measure),
                **{name: int(both.get(name, 0))
                   for name in ("fine_fine", "fine_bad", "bad_fine", "bad_bad")},
            }
        )  # fmt: skip
    if not rows:
        return tables.TRIANGULATION.empty()
    return tables.TRIANGULATION.check(pd.DataFrame(rows, columns=tables.TRIANGULATION.names))


def agreement(survey: Survey, office: Any) -> pd.DataFrame:
    """
    What each office says of its linked questions beside what its own record shows.

    Parameters
    ----------
    survey, office
        As for `triangulate`.

    Returns
    -------
    DataFrame
        ``tables.AGREEMENT``, one row a question and office of which both are known. An office says
        fine where at least half of its answers are in favour; it is fine where its share reaches
        the target of the limit, or, without one, where it is no worse than all together.
    """
    studies, parts = studies_of(office), []
    if survey.has_offices:
        for item, link in _links(survey, studies).items():
            parts.append(_beside(_said(survey, item), item, studies[link.log], link))
    held = [part for part in parts if len(part)]
    if not held:
        return tables.AGREEMENT.empty()
    return tables.AGREEMENT.check(pd.concat(held, ignore_index=True))


def studies_of(office: Any) -> dict[str, Any]:
    """The studies of an office by name; of one study itself."""
    return dict(office) if isinstance(office, Mapping) else {office.name: office}


def names_of(studies: Mapping[str, Any]) -> Names:
    """What can be named in each log: its activities, its rules, its standards."""
    return {
        log: {
            **dict.fromkeys(study.question.record.different("activity"), "step"),
            **dict.fromkeys((rule.rule_id for rule in study.question.rules), "rule"),
            **dict.fromkeys(study.question.standards["standard_id"], "limit"),
        }
        for log, study in studies.items()
    }


def reading(said: tuple[float, float], whole: _Whole, measure: Measured) -> str:
    """
    Whether opinion and record agree.

    Examples
    --------
    >>> late = _Whole(100, 0.8, 0.7, 0.87, 0.9)
    >>> reading((0.6, 0.8), late, "limit"), reading((0.3, 0.4), late, "limit")
    ('milder', 'both_bad')
    """
    says = "fine" if said[0] > MOST else "bad" if said[1] < MOST else ""
    shows = _shows(whole, measure)
    if not says or not shows:
        return "open"
    if says == shows:
        return f"both_{says}"
    return "milder" if says == "fine" else "harsher"


def _shows(whole: _Whole, measure: Measured) -> str:
    if measure == "step" or np.isnan(whole.low):
        return ""
    if measure == "rule":
        return "fine" if whole.high <= TOLERATED else "bad" if whole.low > TOLERATED else ""
    if np.isnan(whole.target):
        return ""
    return "fine" if whole.low >= whole.target else "bad" if whole.high < whole.target else ""


def _links(survey: Survey, studies: Mapping[str, Any]) -> dict[str, Link]:
    names = names_of(studies)
    found = {
        str(row.item): linked_to(row.linked, names)
        for row in survey.items[survey.items["linked"] != ""].itertuples(index=False)
    }
    return {item: link for item, link in found.items() if isinstance(link, Link)}


def _said(survey: Survey, item: str) -> pd.DataFrame:
    """By office, how many answered a question and which part of them is in favour."""
    steps = scales_with_constructs(survey.items)[item].steps
    rows = survey.scored[survey.scored["item"] == item].dropna(subset=["step"])
    office = rows["row"].map(survey.people.set_index("row")["office"])
    favour = is_favour(rows["step"], steps)
    whole: pd.DataFrame = favour.groupby(office).agg(["size", "mean"])
    return whole.set_axis(["n", "share"], axis=1)


def _beside(said: pd.DataFrame, item: str, study: Any, link: Link) -> pd.DataFrame:
    shown, whole = _by_unit(study, link), _whole(study, link)
    both = said.join(shown, how="inner")
    better = both["record"] >= whole.value
    if link.measure == "limit" and not np.isnan(whole.target):
        better = both["record"] >= whole.target
    elif link.measure == "step":
        better = both["record"] <= whole.value
    told = both.rename_axis("office").reset_index().assign(
        log=link.log, item=item, linked=link.name, measure=link.measure,
        says=np.where(both["share"] >= MOST, "fine", "bad"),
        shows=np.where(better, "fine", "bad"),
    )  # fmt: skip
    return told[tables.AGREEMENT.names]


def _by_unit(study: Any, link: Link) -> pd.DataFrame:
    """By unit, how many and what the record shows; of a rule no unit is known to break it."""
    if link.measure == "rule":
        return pd.DataFrame({"record_n": [], "record": []})
    if link.measure == "limit":
        table = study.table("circumstances")
        mine = table[(table["standard_id"] == link.name) & (table["unit"] != "")]
        values, unit = 1 - mine["late"].astype(float), mine["unit"]
        found = values.groupby(unit).agg(["size", "mean"])
    else:
        steps = study.table("steps")
        mine = steps[steps["activity"] == link.name].dropna(subset=["work_hours", "unit"])
        found = mine["work_hours"].groupby(mine["unit"]).agg(["size", "median"])
    return found.set_axis(["record_n", "record"], axis=1)


def _whole(study: Any, link: Link) -> _Whole:
    nothing = float("nan")
    if link.measure == "step":
        steps = study.table("steps")
        hours = steps.loc[steps["activity"] == link.name, "work_hours"].dropna()
        return _Whole(len(hours), *_median(hours), nothing)
    name = "compliance" if link.measure == "limit" else "adherence"
    key = "standard_id" if link.measure == "limit" else "rule_id"
    table = study.table(name)
    mine = table[table[key] == link.name]
    if mine.empty:
        return _Whole(0, nothing, nothing, nothing, nothing)
    row = mine.iloc[0]
    n = (
        row["decided"]
        if link.measure == "limit"
        else row["n"] - row["pending"] - row["undecidable"]
    )
    target = row["target"] if link.measure == "limit" else nothing
    value, low, high, aim = (
        nothing if pd.isna(one) else float(one)
        for one in (row["share"], row["low"], row["high"], target)
    )
    return _Whole(0 if pd.isna(n) else int(n), value, low, high, aim)


def _median(hours: pd.Series) -> tuple[float, float, float]:
    """A median with its 95 % interval by order statistics."""
    if hours.empty:
        return (float("nan"),) * 3
    ordered, n = np.sort(hours.to_numpy(dtype=float)), len(hours)
    low = int(stats.binom.ppf(0.025, n, 0.5)) - 1
    ends = (ordered[low], ordered[n - 1 - low]) if 0 <= low < n / 2 else (np.nan, np.nan)
    return float(np.median(ordered)), float(ends[0]), float(ends[1])


def _ranked(beside: pd.DataFrame, measure: Measured) -> dict[str, float]:
    """Spearman's rank correlation over offices; high where those that say fine are fine."""
    many, nothing = len(beside), float("nan")
    told: dict[str, float] = {"offices": many}
    sign = -1 if measure == "step" else 1
    varies = beside["share"].std() > 0 and beside["record"].std() > 0
    if many < FEWEST_OFFICES or not varies:
        return told | {"rho": nothing, "rho_low": nothing, "rho_high": nothing}
    rho = sign * float(stats.spearmanr(beside["share"], beside["record"]).statistic)
    if abs(rho) >= 1:
        return told | {"rho": rho, "rho_low": nothing, "rho_high": nothing}
    reach = Z * np.sqrt((1 + rho**2 / 2) / (many - 3))
    low, high = np.tanh(np.arctanh(rho) - reach), np.tanh(np.arctanh(rho) + reach)
    return told | {"rho": rho, "rho_low": float(low), "rho_high": float(high)}
