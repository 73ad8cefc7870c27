"""How likely each case that is not yet due will be late, from what became of cases like it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import parse_standards
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.findings.rates import wilson
from efficiency.findings.standards.margins import margin_table
from efficiency.findings.standards.precedents import (
    asked_about,
    count_alike,
    decided,
    pending,
    spells,
)
from efficiency.problems import Hint, Problem, SettingsError

#: Cases are told apart further as long as so many are alike; of fewer than the second of all
#: cases of a standard nothing is said.
ENOUGH, FEWEST = 30, 10


def overdue_risk(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    by: str | None = None,
) -> pd.DataFrame:
    """
    Estimate the risk of each pending case to be late, from comparable cases of the past.

    Parameters
    ----------
    log
        ``tables.LOG``.
    standards
        ``tables.STANDARDS``.
    calendar
        The working calendar; None: China's public one.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    by
        A column of the log (文种) by which cases are told apart as well.

    Returns
    -------
    DataFrame
        One row a pending judgement, the greatest risk first: ``standard_id, case_id, from_time,
        due, activity`` (the last that was done; empty: none)``, used_share`` (of the time
        allowed)``, compared_by`` (``activity+文种``, ``activity`` or ``standard``: what comparable
        cases have in common with it)``, n`` (those cases)``, late`` (of them)``, risk`` (late ÷ n)
        with its 95 % Wilson interval ``low, high`` (all empty where n is below 10), and
        ``base_n, base_share`` (all decided cases of the standard, and which share was late).

    Raises
    ------
    SettingsError
        If a standard cannot be read, or the log has no column ``by``.

    Notes
    -----
    Comparable are the cases of the same standard, in the same version, that were still undone
    when the same share of their time allowed was used, and of which by then the same activity was
    the last done: P(late | undone at u) = S(1)/S(u). Counted are cases that fell due by the
    cut-off, for only of these is it known whether they were late: of those that fall due later
    only the quick are done, and they would make the risk look small. So nothing is censored, and
    the ratio is a plain share. With fewer than 30 comparable cases one property less is asked for.

    References
    ----------
    van Houwelingen, H. C. (2007). Dynamic prediction by landmarking in event history analysis.
    Scandinavian Journal of Statistics 34, 70-85.

    Examples
    --------
    Ten requests were forwarded, five of them late; one is at hand, with nothing used of its time.

    >>> days = pd.date_range("2024-03-04 09:00", periods=11, freq="7D")
    >>> taken = [pd.Timedelta(minutes=40 if i % 2 else 20) for i in range(10)]
    >>> done = [day + time for day, time in zip(days, taken)] + [pd.NaT]
    >>> cases = [str(i) for i in range(11)]
    >>> log = pd.DataFrame({
    ...     "case_id": cases * 2, "activity": ["登记"] * 11 + ["转办"] * 11,
    ...     "end": [*days, *done], "received": [*days, *days],
    ... })
    >>> standards = pd.DataFrame({
    ...     "standard_id": ["T1"], "from": ["登记"], "to": ["转办"], "limit": ["30 min"],
    ...     "clock": ["working"],
    ... })
    >>> overdue_risk(log, standards)[["case_id", "n", "late", "risk"]].values.tolist()
    [['10', 10, 5, 0.5]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        _check(events, by)
        versions = parse_standards(standards)
        # A case that need not be done is never pending; of clocks of several lengths, or of which
        # a case has several, the past does not tell where a pending one stands.
        required = [at for at, one in enumerate(versions) if one.required and one.plain]
        margins = margin_table(events, versions)
        margins = events.keep(margins.filter(margins.version.isin(required)))
        waiting = events.keep(pending(margins, events, by))
        asked = events.frame(waiting)
        if asked.empty:
            return tables.RISK.empty()
        past = decided(margins, events, by).semi_join(waiting, "version")
        past = events.keep(past)
        parts = events.keep(asked_about(spells(past, events, versions), waiting, "code"))
        levels = {"standard": count_alike(past, waiting)}
        levels["activity"] = count_alike(parts, waiting, "code")
        if by is not None:
            levels[f"activity+{by}"] = count_alike(parts, waiting, "code", "kind")
        counts = {name: events.frame(level) for name, level in levels.items()}
        whole = past.group_by("version").aggregate(base_n=past.count(), base_share=past.late.mean())
        base = events.frame(whole)
    return tables.RISK.check(_told(asked, counts, base))


def foretold(standards: pd.DataFrame) -> pd.DataFrame:
    """The standards of which a pending case can be held against past ones; see `overdue_risk`."""
    versions = parse_standards(standards)
    return standards[[one.required and one.plain for one in versions]]


def _check(events: Events, by: str | None) -> None:
    if by is None or by in events.log.columns:
        return
    known = tuple(events.attributes)
    details = {"got": by, "name": "by", "have": ", ".join(known), "hint": Hint(by, known)}
    raise SettingsError([Problem("no_column", details)])


def _told(asked: pd.DataFrame, counts: dict[str, pd.DataFrame], base: pd.DataFrame) -> pd.DataFrame:
    """Each pending case with the narrowest comparison that has enough cases, and its risk."""
    keys = ["version", "case"]
    table = asked.merge(base, "left", "version")
    table = table.assign(compared_by="standard", n=0, late=0)
    for name, level in counts.items():
        alike = table[keys].merge(level, "left", keys).fillna(0)
        enough = (alike["n"] >= (0 if name == "standard" else ENOUGH)).to_numpy()
        table.loc[enough, "compared_by"] = name
        for column in ("n", "late"):
            table.loc[enough, column] = alike.loc[enough, column].astype("int64")
    known = table["n"] >= FEWEST
    shares = [
        wilson(late, n if enough else 0)
        for late, n, enough in zip(table["late"], table["n"], known, strict=True)
    ]
    told = pd.DataFrame(shares, columns=["risk", "low", "high"], index=table.index, dtype=float)
    table = table.assign(base_n=table["base_n"].fillna(0).astype("int64"))
    ranked = pd.concat([table, told], axis=1)[tables.RISK.names].sort_values(
        ["risk", "due", "standard_id", "case_id"], ascending=[False, True, True, True]
    )
    return ranked.reset_index(drop=True)
