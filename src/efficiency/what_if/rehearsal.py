"""Whether a fitted office, simulated, does what the real one did: only then may it be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import parse_standards
from efficiency.facts.endings import ClosedBy, Endings, endings
from efficiency.facts.events import Log, observed
from efficiency.facts.times import case_table, unfinished
from efficiency.findings.standards.compliance import compliance
from efficiency.findings.standards.judgements import judge
from efficiency.problems import InputError, Problem, SettingsError
from efficiency.what_if.fitted_office import Office, fit_office
from efficiency.what_if.histories import History, history

#: By how much a simulation may miss the record: hours and counts by a tenth of what they are,
#: shares by five points. What one would decide by a smaller difference, no record decides.
TOLERANCES = {
    "case_median_hours": 0.10,
    "case_p90_hours": 0.10,
    "case_median_elapsed_hours": 0.10,
    "open_cases": 0.10,
    "in_hand": 0.10,
    "share_met": 0.05,
}
#: With fewer the interval is so wide that everything fits.
FEWEST = 5
#: Work in hand is counted at so many moments, evenly over time.
_LOOKS = 48
#: So many histories are judged together.
_BATCH = 10

_NO_STANDARDS = pd.DataFrame(
    {name: pd.Series(dtype=str) for name in ("standard_id", "from", "to", "limit", "clock")}
)


class RehearsalError(InputError):
    """A simulation that does not do what the office did, and is not asked anything."""


@dataclass(frozen=True)
class Yardstick:
    """What logs are measured by: a calendar, standards, and when a case is open."""

    calendar: Calendar
    standards: pd.DataFrame
    cutoff: pd.Timestamp
    closed_by: Endings
    begins: pd.Timestamp

    def measures(self, logs: Iterable[pd.DataFrame]) -> pd.DataFrame:
        """Measure logs: one row a measure and subject, one column a log."""
        rest, columns = iter(logs), list[pd.Series]()
        while some := list(islice(rest, _BATCH)):
            columns += self._batch(some)
        return pd.concat(columns, axis=1, ignore_index=True)

    def _batch(self, logs: Sequence[pd.DataFrame]) -> Iterator[pd.Series]:
        """Measure some logs in one go: each case is marked with the log it is of."""
        names = [f"{at:03}" for at in range(len(logs))]
        marked = [
            log.assign(case_id=f"{name}/" + log["case_id"])
            for name, log in zip(names, logs, strict=True)
        ]
        whole = pd.concat(marked, ignore_index=True)
        seen = {"cutoff": self.cutoff, "closed_by": self.closed_by}
        with observed(whole, self.calendar, **seen) as events:
            cases = events.frame(case_table(events))
            judged = judge(events, self.standards, warn=False)
        by_case, by_verdict = cases["case_id"].str[:3], judged["case_id"].str[:3]
        for name in names:
            shares = self._shares(judged[by_verdict == name])
            yield pd.concat([self._times(cases[by_case == name]), shares])

    def _times(self, cases: pd.DataFrame) -> pd.Series:
        closed = cases[~unfinished(cases)]
        looks = pd.date_range(self.begins, self.cutoff, periods=_LOOKS + 1)[1:]
        begun = np.searchsorted(np.sort(cases["first"]), looks.to_numpy(), "right")
        ended = np.searchsorted(np.sort(closed["last"]), looks.to_numpy(), "right")
        values = {
            "case_median_hours": closed["work_hours"].median(),
            "case_p90_hours": closed["work_hours"].quantile(0.9),
            "case_median_elapsed_hours": closed["elapsed_hours"].median(),
            "open_cases": float(cases["open"].sum()),
            "in_hand": float((begun - ended).mean()),
        }
        return pd.Series({(name, ""): value for name, value in values.items()}, dtype=float)

    def _shares(self, judged: pd.DataFrame) -> pd.Series:
        known = dict.fromkeys(self.standards["standard_id"])
        shares = compliance(judged, self.standards).set_index("standard_id")["share"]
        return pd.Series({("share_met", name): shares.get(name) for name in known}, dtype=float)


@dataclass(frozen=True)
class Stage:
    """An office fitted to a log, what logs are measured by, and the measures of the record."""

    office: Office
    yardstick: Yardstick
    recorded: pd.Series
    columns: tuple[str, ...]

    def histories(self, office: Office, seeds: Iterable[int]) -> Iterator[History]:
        """Simulate an office, fitted or changed, once for each seed."""
        for seed in seeds:
            yield history(office, seed, self.columns)


def rehearse(
    log: Log,
    standards: pd.DataFrame | None = None,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    replications: int = 20,
    seed: int = 2024,
) -> pd.DataFrame:
    """
    Fit a simulation to a log and hold what it does against what the office did.

    Parameters
    ----------
    log
        ``tables.LOG``.
    standards
        ``tables.STANDARDS``; None: only times are compared.
    calendar
        The working calendar; None: China's public one.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    replications
        How many histories to simulate; at least 5.
    seed
        Where chance begins: the same seed gives the same table.

    Returns
    -------
    DataFrame
        ``measure, subject`` (a standard, or empty)``, recorded, simulated`` (mean)``, low,
        high`` (95 % of single histories)``, fits``. The measures: ``case_median_hours``,
        ``case_p90_hours`` (working hours of closed cases)``, case_median_elapsed_hours``,
        ``open_cases`` (at the cut-off)``, in_hand`` (open cases, mean of 48 moments)``,
        share_met`` (of each standard).

    Notes
    -----
    A measure fits if the mean of the simulated histories misses the record by no more than a
    tenth (hours, cases) or five points (shares), or if the record lies where 95 % of single
    histories do: mean ± t s √(1 + 1/R) over R replications, since history happened but once. How
    an office is fitted is told at `fit_office`, how it is simulated at `history`.

    References
    ----------
    Law, A. M. (2015). Simulation Modeling and Analysis, fifth edition, chapter 5 (validation
    against the record of the existing system). McGraw-Hill.

    Examples
    --------
    Three documents of half an hour each, one after the other:

    >>> start = pd.to_datetime(["2024-03-05 09:00", "2024-03-05 10:00", "2024-03-05 11:00"])
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2", "3"], "activity": "登记", "actor": "甲", "unit": "文书科",
    ...     "received": start, "start": start, "end": start + pd.Timedelta(minutes=30),
    ... })
    >>> rehearse(log, replications=5)[["measure", "recorded", "simulated"]].head(2).values.tolist()
    [['case_median_hours', 0.5, 0.5], ['case_p90_hours', 0.5, 0.5]]
    """
    seeds = seeds_of(seed, replications)
    stage = staged(log, standards, calendar, cutoff, closed_by)
    logs = (one.log for one in stage.histories(stage.office, seeds))
    return rehearsal_table(stage.recorded, stage.yardstick.measures(logs))


def staged(
    log: Log,
    standards: pd.DataFrame | None,
    calendar: Calendar | None,
    cutoff: pd.Timestamp | str | None,
    closed_by: ClosedBy,
    *,
    with_due: bool = False,
) -> Stage:
    """Fit an office, and measure its record; where asked for, note when its cases fall due."""
    calendar = calendar or Calendar()
    standards = _NO_STANDARDS if standards is None else standards
    with observed(log, calendar, cutoff=cutoff, closed_by=closed_by) as events:
        office = fit_office(events, calendar)
        if with_due:
            judged = judge(events, standards, warn=False)
            judged = judged if events.plain else events.frame(judged)
            office = replace(office, due=_due(judged, office.cases["case_id"]))
        whole = events.frame(events.log)
    begins = pd.Timestamp(office.begins, unit="s")
    yardstick = Yardstick(calendar, standards, events.cutoff, endings(closed_by), begins)
    scopes = [part for version in parse_standards(standards) for part in version.scope]
    return Stage(
        office=office,
        yardstick=yardstick,
        recorded=yardstick.measures([whole])[0],
        columns=tuple(dict.fromkeys(part.column for part in scopes)),
    )


def seeds_of(seed: int, replications: int) -> range:
    """
    For each replication a seed of its own.

    Raises
    ------
    SettingsError
        If they are too few to tell chance from change.
    """
    if replications < FEWEST:
        details = {"name": "replications", "got": replications, "right": f">= {FEWEST}"}
        raise SettingsError([Problem("bad_value", details)])
    # Far enough apart that neighbouring questions share no history.
    return range(seed * 10_000, seed * 10_000 + replications)


def rehearsal_table(recorded: pd.Series, simulated: pd.DataFrame) -> pd.DataFrame:
    """Hold measures of simulated histories (columns) against those of the record."""
    from scipy import stats  # takes seconds to import

    n = simulated.notna().sum(axis=1)
    mean, spread = simulated.mean(axis=1), simulated.std(axis=1)
    reach = stats.t.ppf(0.975, (n - 1).clip(lower=1)) * spread * np.sqrt(1 + 1 / n.clip(lower=1))
    measures = simulated.index.get_level_values(0)
    tolerance = pd.Series(measures.map(TOLERANCES), index=simulated.index)
    allowed = tolerance.where(measures == "share_met", tolerance * recorded.abs())
    miss = (mean - recorded).abs()
    # Sums of many shares differ in the last digits.
    fits = (miss <= allowed + 1e-9) | (miss <= reach) | (mean.isna() & recorded.isna())
    table = pd.DataFrame(
        {
            "recorded": recorded,
            "simulated": mean,
            "low": mean - reach,
            "high": mean + reach,
            "fits": fits,
        }
    )
    return table.rename_axis(["measure", "subject"]).reset_index()


def refuse(table: pd.DataFrame) -> None:
    """
    Refuse to answer by a simulation that does not do what the office did.

    Raises
    ------
    RehearsalError
        Lists every measure that does not fit, and by how much.
    """
    missed = table[~table["fits"]]
    if missed.empty:
        return
    problems = [_misfit(row) for row in missed.itertuples(index=False)]
    raise RehearsalError(problems, Problem("misfit", {"n": len(missed), "all": len(table)}))


def _misfit(row: Any) -> Problem:
    """Say by how much a measure misses, in its own unit."""
    is_share, tolerance = row.measure == "share_met", TOLERANCES[row.measure]
    form = "{:.1%}" if is_share else "{:.1f}"
    numbers = {
        name: form.format(getattr(row, name)) for name in ("recorded", "simulated", "low", "high")
    }
    if is_share:
        points = (row.simulated - row.recorded) * 100
        gap = {"gap": f"{points:+.1f}", "tolerance": f"{tolerance * 100:.0f}"}
        return Problem("misfit_share_met", {"subject": row.subject, **numbers, **gap})
    share = row.simulated / row.recorded - 1 if row.recorded else float("inf")
    gap = {"gap": f"{share:+.0%}", "tolerance": f"{tolerance:.0%}"}
    return Problem(f"misfit_{row.measure}", {**numbers, **gap})


def _due(judged: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """In seconds when each case falls due by each standard."""
    if judged.empty:
        return pd.DataFrame(index=range(len(ids)))
    seconds = judged["due"].sub(pd.Timestamp(0)).dt.total_seconds()
    due = judged.assign(seconds=seconds).pivot_table(
        index="case_id", columns="standard_id", values="seconds", aggfunc="min"
    )
    return due.reindex(ids).reset_index(drop=True)
