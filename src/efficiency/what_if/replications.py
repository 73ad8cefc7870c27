"""What would become of times and standards if the office were changed, by simulation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import parse_standards
from efficiency.facts.endings import ClosedBy, endings
from efficiency.facts.events import Log
from efficiency.problems import Problem, SettingsError
from efficiency.what_if.alterations import Change, Deadline, OpeningHours, Remove, changed
from efficiency.what_if.fitted_office import Office
from efficiency.what_if.histories import History
from efficiency.what_if.rehearsal import (
    Stage,
    Yardstick,
    refuse,
    rehearsal_table,
    seeds_of,
    staged,
)

#: Of which measures more is better, of which less; of all others it is neither.
BETTER = {
    "case_median_hours": -1,
    "case_p90_hours": -1,
    "case_median_elapsed_hours": -1,
    "open_cases": -1,
    "in_hand": -1,
    "share_met": 1,
}

Progress = Callable[[int, int], None]


def simulated(
    log: Log,
    standards: pd.DataFrame | None = None,
    calendar: Calendar | None = None,
    *changes: Change,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    replications: int = 20,
    seed: int = 2024,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """
    Simulate the office as it was and as it would be, and tell the difference.

    Parameters
    ----------
    log
        ``tables.LOG``.
    standards
        ``tables.STANDARDS``; None: only times are compared.
    calendar
        The working calendar; None: China's public one.
    *changes
        What would be otherwise, made in this order: `Remove`, `Merge`, `Staff`, `OpeningHours`,
        `Priority`, `Deadline`.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    replications
        How many pairs of histories to simulate; at least 5.
    seed
        Where chance begins: the same seed gives the same table.
    progress
        Is told after each history how many are done, and of how many.

    Returns
    -------
    DataFrame
        ``measure, subject, before, after`` (means over the replications)``, difference, low,
        high`` (95 %)``, effect`` (``better``, ``worse``, ``unclear``; empty where neither more
        nor less is better). The measures are those of `rehearse`, and the ``utilisation`` of each
        desk. A standard whose activities were removed has no ``after``.

    Raises
    ------
    RehearsalError
        If history, simulated, does not come out as it was: every measure that does not fit, and
        by how much. There is no way round: what does not do what the office did cannot tell
        what it would do.
    SettingsError
        If a name is not known, with the nearest that are.

    Notes
    -----
    Each replication simulates the office twice with the same chances for the same steps, so that
    the difference d of a pair comes from the change alone; its interval is mean(d) ± t s(d)/√R.
    It tells the chance in the times drawn, not how far people would work otherwise if the office
    were changed: cases come as they came, take the steps they took, and waiting that no queue
    explains stays as it was.

    With `OpeningHours` the standards and the working hours of ``after`` are told by the new
    calendar, so a longer day also lengthens working time; ``case_median_elapsed_hours`` goes by
    the wall clock before and after.

    References
    ----------
    Law, A. M. (2015). Simulation Modeling and Analysis, fifth edition, section 10.2 (paired-t
    intervals) and 11.2 (common random numbers). McGraw-Hill.

    Examples
    --------
    Two documents come at once, and one person takes half an hour over each; a second one would
    halve the wait of the other:

    >>> came = pd.to_datetime(["2024-03-05 09:00"] * 2)
    >>> start = pd.to_datetime(["2024-03-05 09:00", "2024-03-05 09:30"])
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2"], "activity": "登记", "actor": "甲", "unit": "文书科",
    ...     "received": came, "start": start, "end": start + pd.Timedelta(minutes=30),
    ... })
    >>> from efficiency.what_if.alterations import Staff
    >>> told = simulated(log, None, None, Staff("文书科", 1), replications=5)
    >>> told[["measure", "before", "after", "difference"]].head(1).values.tolist()
    [['case_median_hours', 0.75, 0.5, -0.25]]
    """
    _check(changes, closed_by)
    with_due = any(isinstance(change, Deadline) for change in changes)
    seeds = seeds_of(seed, replications)
    stage = staged(log, standards, calendar, cutoff, closed_by, with_due=with_due)
    office = changed(stage.office, changes)
    tell = _teller(progress, 2 * replications)
    before, busy_before = _measured(stage, stage.office, stage.yardstick, tell(seeds))
    refuse(rehearsal_table(stage.recorded, before))
    yardstick = _yardstick(stage.yardstick, changes)
    after, busy_after = _measured(stage, office, yardstick, tell(seeds))
    busy_before = _utilisation(busy_before, stage.office)
    busy_after = _utilisation(busy_after, office)
    return difference_table(pd.concat([before, busy_before]), pd.concat([after, busy_after]))


def difference_table(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """
    Tell the differences of pairs.

    Parameters
    ----------
    before, after
        One row a measure and subject, one column a replication; the same in both.

    Returns
    -------
    DataFrame
        As `simulated` gives it.

    Examples
    --------
    >>> rows = pd.MultiIndex.from_tuples([("share_met", "T1")])
    >>> told = difference_table(pd.DataFrame([[0.5, 0.6]], rows), pd.DataFrame([[0.7, 0.8]], rows))
    >>> told[["difference", "low", "effect"]].round(3).values.tolist()
    [[0.2, 0.2, 'better']]
    """
    from scipy import stats  # takes seconds to import

    after = after.reindex(before.index)
    pairs = after - before
    n = pairs.notna().sum(axis=1)
    mean = pairs.mean(axis=1)
    error = pairs.std(axis=1) / np.sqrt(n.clip(lower=1))
    reach = error * stats.t.ppf(0.975, (n - 1).clip(lower=1))
    table = pd.DataFrame(
        {
            "before": before.mean(axis=1),
            "after": after.mean(axis=1),
            "difference": mean,
            "low": mean - reach,
            "high": mean + reach,
        }
    )
    told = table.rename_axis(["measure", "subject"]).reset_index()
    return told.assign(effect=_effects(told))


def _effects(table: pd.DataFrame) -> pd.Series:
    """Say whether a change is for the better: only if all of its interval is."""
    good = table["measure"].map(BETTER)
    ends = pd.concat([table["low"] * good, table["high"] * good], axis=1).round(9)
    effect = pd.Series("unclear", index=table.index, dtype=object)
    effect = effect.mask(ends.min(axis=1) > 0, "better").mask(ends.max(axis=1) < 0, "worse")
    return effect.mask(good.isna() | table["difference"].isna(), None)


def _check(changes: Sequence[Change], closed_by: ClosedBy) -> None:
    problems = [
        Problem("closes", {"got": change.activity})
        for change in changes
        if isinstance(change, Remove) and change.activity in endings(closed_by).closed_by
    ]
    if not changes:
        problems = [Problem("no_changes")]
    if problems:
        raise SettingsError(problems)


def _teller(progress: Progress | None, whole: int) -> Callable[[range], Iterator[int]]:
    """A function that hands out seeds and tells how many were worked off."""
    done = 0

    def tell(seeds: range) -> Iterator[int]:
        nonlocal done
        for seed in seeds:
            yield seed
            done += 1
            if progress:
                progress(done, whole)

    return tell


def _measured(
    stage: Stage, office: Office, yardstick: Yardstick, seeds: Iterator[int]
) -> tuple[pd.DataFrame, list[tuple[float, ...]]]:
    """Simulate an office and measure it; also give how busy each desk was."""
    busy: list[tuple[float, ...]] = []

    def logs() -> Iterator[pd.DataFrame]:
        one: History
        for one in stage.histories(office, seeds):
            busy.append(one.busy_hours)
            yield one.log

    return yardstick.measures(logs()), busy


def _yardstick(yardstick: Yardstick, changes: Sequence[Change]) -> Yardstick:
    """Take the new calendar, and leave out the standards that name what was removed."""
    removed = {change.activity for change in changes if isinstance(change, Remove)}
    calendars = [change.calendar for change in changes if isinstance(change, OpeningHours)]
    standards = yardstick.standards
    lost = {
        version.standard_id
        for version in parse_standards(standards)
        if any(removed >= set(moment.activities) for moment in (version.begins, version.ends))
    }
    return replace(
        yardstick,
        calendar=calendars[-1] if calendars else yardstick.calendar,
        standards=standards[~standards["standard_id"].isin(lost)],
    )


def _utilisation(busy: list[tuple[float, ...]], office: Office) -> pd.DataFrame:
    """Divide the hours in which hands were busy by those in which they could have been."""
    clocks = [office.clock_of(unit) for unit in office.desks["unit"]]
    spans = [clock.work(office.cutoff) - clock.work(office.begins) for clock in clocks]
    places = office.desks["places"].where(office.desks["places"] > 0).to_numpy(dtype=float)
    capacity = np.array(spans) / 3600 * places
    index = pd.MultiIndex.from_product([["utilisation"], office.desks["desk"]])
    hours = np.array(busy).T
    shares = pd.DataFrame(hours / np.where(capacity > 0, capacity, np.nan)[:, None], index=index)
    return shares.dropna(how="all")
