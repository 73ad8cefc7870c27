"""
Years in which something was done about a problem, or nothing, to try checks of improvement on.

As in `makes`, nothing of the package is used to make them: cases, their hours and their limits are
drawn from plain distributions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Vector = npt.NDArray[np.float64]
#: The action is done at the end of March; the cut-off is the end of the year, but where said.
DONE, CUTOFF = pd.Timestamp("2024-03-31"), pd.Timestamp("2024-12-31 18:00")
LIMIT = pd.Timedelta(days=30)


@dataclass(frozen=True)
class Year:
    """
    What happened in two years, and what was picked to be acted on.

    Attributes
    ----------
    cases
        Since the action, and as many in as long a time before it.
    share
        Whether a share of clocks met is looked at, or hours.
    effect
        By what hours are multiplied since the action.
    season
        How far hours swing in a year.
    mix
        How much more often the long kind comes before the action than since.
    young
        Whether the cut-off is 35 days after the action, on a limit of 30 days.
    groups
        Of how many equal groups the worst was acted on; 0: there is one alone.
    swell
        By what the other steps' hours are multiplied since.
    """

    cases: int = 400
    share: bool = False
    effect: float = 1.0
    season: float = 0.0
    mix: float = 0.0
    young: bool = False
    groups: int = 0
    swell: float = 1.0


#: Years in which the action did nothing.
IDLE: dict[str, Year] = {
    "no action": Year(),
    "no action, a share": Year(share=True),
    "immature check": Year(share=True, young=True),
    "other steps swell": Year(swell=3.0),
    "mix shifts": Year(mix=0.5),
    "season": Year(season=0.6),
    "worst of 12": Year(groups=12, cases=1200),
}
#: Years in which it did something.
CUT: dict[str, Year] = {"cut by a third": Year(cases=200, effect=2 / 3)}


def make_year(year: Year, seed: int) -> tuple[pd.DataFrame, pd.Timestamp, pd.Timestamp]:
    """Draw the rows that a check looks at, the day from which cases count, and the cut-off."""
    rng = np.random.default_rng(seed)
    n = 2 * year.cases
    since = DONE + pd.Timedelta(days=1)
    cutoff = since + pd.Timedelta(days=35) if year.young else CUTOFF
    begun = since - pd.Timedelta(days=366)
    days = rng.random(n) * (cutoff - begun).days
    at = pd.Series(begun + pd.to_timedelta(days, "D")).dt.floor("min")
    later = (at >= since).to_numpy()
    often = np.where(later, 0.5 - year.mix / 2, 0.5 + year.mix / 2)
    kind = (rng.random(n) < often).astype(int)
    hours = 8 * np.exp(0.8 * rng.standard_normal(n)) * np.where(kind == 1, 2.0, 1.0)
    angle = 2 * np.pi * at.dt.dayofyear.to_numpy() / 366
    hours *= 1 + year.season * np.cos(angle)
    group = rng.integers(0, year.groups, n) if year.groups else np.zeros(n, dtype=int)
    hours = np.where(later, hours * year.effect, hours)
    rows = pd.DataFrame(
        {
            "case_id": [f"{number:05d}" for number in range(n)],
            "at": at,
            "value": hours,
            "running": False,
            "touched": True,
            "what": "承办",
            "known_by": pd.NaT,
            "ended": at + pd.to_timedelta(hours / 7, "D"),
            "文种": np.where(kind == 1, "请示", "报告"),
        }
    )
    if year.share:
        rows = _limited(rows, rng, cutoff)
    if year.groups:
        rows = _worst(rows.assign(group=[f"{number}处" for number in group]), since)
    if year.swell != 1.0:
        rows = pd.concat([rows, _others(rows, later, year.swell, rng)], ignore_index=True)
    return rows, since, cutoff


def _limited(rows: pd.DataFrame, rng: np.random.Generator, cutoff: pd.Timestamp) -> pd.DataFrame:
    """Three of five meet a limit of 30 days; what is neither done nor due is not known yet."""
    met = rng.random(len(rows)) < 0.6
    taken = np.where(met, rng.random(len(rows)) * 30, 30 + rng.random(len(rows)) * 20)
    done, due = rows["at"] + pd.to_timedelta(taken, "D"), rows["at"] + LIMIT
    known = (done <= cutoff) | (due <= cutoff)
    seen = rows.assign(value=met.astype(float), known_by=due, ended=done.where(done <= cutoff))
    return seen[known].reset_index(drop=True)


def _worst(rows: pd.DataFrame, since: pd.Timestamp) -> pd.DataFrame:
    """Act on the group whose mean was the greatest before."""
    means = rows[rows["at"] < since].groupby("group")["value"].mean()
    return rows.assign(touched=rows["group"] == means.idxmax())


def _others(
    rows: pd.DataFrame, later: npt.NDArray[np.bool_], swell: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Another step of each case, which the action does not reach and which takes longer since."""
    hours: Vector = 5 * np.exp(0.5 * rng.standard_normal(len(rows)))
    return rows.assign(value=np.where(later, hours * swell, hours), what="归档", touched=False)
