"""What a review looks for behind the figures of one log: waiting, load, causes, differences."""

from __future__ import annotations

import pandas as pd

from efficiency.facts.events import Events
from efficiency.facts.times import case_times
from efficiency.facts.waiting.summary import waiting_summary
from efficiency.facts.waiting.waits import waiting
from efficiency.facts.workload import load
from efficiency.findings.rates import funnel
from efficiency.findings.standards.associations import LEAST, explained_shares, tree
from efficiency.findings.standards.bunching import bunching, due_histogram
from efficiency.findings.standards.calibration import calibration, held_back
from efficiency.findings.standards.circumstances import circumstances
from efficiency.findings.standards.margins import margins
from efficiency.findings.standards.risk import overdue_risk
from efficiency.findings.time.balance import balance
from efficiency.findings.time.changes import Reform, changes
from efficiency.findings.time.control import cycle_chart
from efficiency.reviews.analyses import Frames, Period, comparisons, is_register, of_log, opened
from efficiency.reviews.inputs import Inputs

#: Months that the risks of open cases are tried on; more take longer.
HELD_BACK = 3


def investigated(events: Events, inputs: Inputs, name: str, judgements: pd.DataFrame) -> Frames:
    """
    Look behind the figures of one log.

    Parameters
    ----------
    events, inputs, name
        As for `analyses.analysed`.
    judgements
        ``tables.JUDGEMENTS``, of this log.

    Returns
    -------
    dict
        ``waiting, balance, load, comparisons, changes, factors, trees, units, control, bunching,
        due, risk, calibration``, each with a column ``log``; nothing of a register, in which
        nothing flows.
    """
    if is_register(events):
        return {}
    found = {
        "waiting": waiting_summary(waiting(events, precedence="desk")),
        "balance": _balance(events, inputs, name),
        "load": load(events),
        "comparisons": comparisons(events, inputs, name),
        "changes": _changes(events, inputs, name),
        **_factors(events, inputs, name, judgements),
        "control": cycle_chart(case_times(events)),
        **_deadlines(events, inputs, name, judgements),
    }
    return {table: of_log(frame, name) for table, frame in found.items()}


def _balance(events: Events, inputs: Inputs, name: str) -> pd.DataFrame:
    """Hold what comes in against what goes out, what lay there before the period included."""
    if inputs.folder.settings.period is None:
        return balance(events)
    with opened(inputs, name, None) as whole:
        return balance(whole)


def _changes(events: Events, inputs: Inputs, name: str) -> pd.DataFrame:
    """Hold the period against the baseline, which lies outside it, and look for shifts in both."""
    settings = inputs.folder.settings
    reforms = [
        Reform(reform.date, reform.title)
        for reform in settings.reforms
        if reform.log in {name, None}
    ]
    if settings.baseline is None:
        return changes(events, reforms=reforms)
    ends = [*settings.baseline, *(settings.period or (inputs.cutoff.date(),))]
    both: Period = (min(ends).isoformat(), max(ends).isoformat())
    with opened(inputs, name, both) as whole:
        return changes(whole, baseline=settings.baseline, period=settings.period, reforms=reforms)


def _factors(events: Events, inputs: Inputs, name: str, judgements: pd.DataFrame) -> Frames:
    """Tell what goes with lateness, standard by standard."""
    standards = inputs.standards_of(name)
    known = circumstances(events, judgements, standards) if len(judgements) else pd.DataFrame()
    shares, trees, units = [], [], []
    for standard, rows in known.groupby("standard_id") if len(known) else ():
        if rows["late"].nunique() == 2 and len(rows) >= LEAST:
            shares.append(explained_shares(rows, "late").assign(standard_id=standard))
            trees.append(tree(rows).assign(standard_id=standard))
            units.append(_by_unit(rows).assign(standard_id=standard))
    empty = pd.DataFrame({"standard_id": pd.Series(dtype=object)})
    found = {
        "factors": pd.concat(shares, ignore_index=True) if shares else empty,
        "trees": pd.concat(trees, ignore_index=True) if trees else empty,
        "units": pd.concat(units, ignore_index=True) if units else empty,
    }
    return {
        table: frame[["standard_id", *frame.columns.drop("standard_id")]]
        for table, frame in found.items()
    }


def _by_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Hold each unit's share of late cases against what chance allows for its number of cases."""
    known = rows[rows["unit"] != ""]
    counts = known.groupby("unit")["late"].agg(["sum", "size"]).reset_index()
    return funnel(counts.set_axis(["name", "k", "n"], axis=1))


def _deadlines(events: Events, inputs: Inputs, name: str, judgements: pd.DataFrame) -> Frames:
    """Tell what happens near the due moment, and which open cases may run past it."""
    standards = inputs.standards_of(name)
    if judgements.empty:
        return {}
    near = margins(events, standards)
    found = {"bunching": bunching(near), "due": due_histogram(near)}
    if (judgements["verdict"] == "pending").any():
        found["risk"] = overdue_risk(events, standards)
        found["calibration"] = calibration(
            held_back(
                inputs.records[name].log,
                standards,
                inputs.calendar,
                cutoff=inputs.cutoff,
                months=HELD_BACK,
            )
        )
    return found
