"""What each day, month, half-year and year came to (日考核、月评定、年总评): sums that agree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.findings.circular import LATE
from efficiency.findings.rates import wilson

GRAINS = ("day", "month", "half-year", "year")
_COUNTS = ("begun", "closed", "decided", "missed")


def roll_ups(
    cases: pd.DataFrame,
    judgements: pd.DataFrame,
    circumstances: pd.DataFrame,
    calendar: Calendar,
    span: tuple[pd.Timestamp, pd.Timestamp],
    until: pd.Timestamp | None = None,
    small_cell: int = 5,
) -> pd.DataFrame:
    """
    Add a stretch of time up by day, month, half-year and year, over all units and for each.

    Parameters
    ----------
    cases, judgements, circumstances
        ``tables.CASES``, ``tables.JUDGEMENTS`` and ``tables.CIRCUMSTANCES``.
    calendar
        Says which days are working days.
    span
        The first moment of the stretch and the first after it.
    until
        The cut-off, where it lies within the stretch: later days are not known.
    small_cell
        Shares over fewer clocks are left empty.

    Returns
    -------
    DataFrame
        ``tables.ROLL_UPS``: days on which anything is counted, and every month, half-year and year
        that lies within the stretch. Of a unit only the clocks are counted: a case is of many
        units.

    Notes
    -----
    A case counts on the day on which it began and on that on which it was closed, a clock on the
    day on which it fell due: each once, so that days add up to months, months to half-years and
    these to years, as the same counts of a `circular` do. A working day on which nothing began,
    was closed or fell due is silent: it may be missing from the record.
    """
    whole_span, span = span, (span[0], min(span[1], until or span[1]))
    parts = [_of_days("begun", cases["first"], span)]
    closed = cases[~cases["open"]]
    parts.append(_of_days("closed", closed["last"], span))
    decided = judgements[judgements["verdict"].isin(["met", *LATE])]
    parts.append(_of_days("decided", decided["due"], span))
    parts.append(_of_days("missed", decided.loc[decided["verdict"].isin(LATE), "due"], span))
    named = circumstances[circumstances["unit"].fillna("") != ""]
    parts.append(_of_days("decided", named["due"], span, named["unit"]))
    late = named[named["late"].astype(bool)]
    parts.append(_of_days("missed", late["due"], span, late["unit"]))
    counted = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    wide = counted.pivot_table(index=["unit", "day"], columns="what", values="n", aggfunc="sum")
    daily = wide.reindex(columns=list(_COUNTS)).fillna(0).reset_index()
    daily = pd.concat(
        [daily.assign(working_days=0.0, silent_days=0.0), _silent(daily, calendar, span)],
        ignore_index=True,
    )
    sums = pd.concat([_summed(daily, grain) for grain in GRAINS], ignore_index=True)
    within = _told(sums, small_cell)
    within = within[within["span"].map(lambda text: _lies_in(text, whole_span))]
    return tables.ROLL_UPS.check(within[tables.ROLL_UPS.names].reset_index(drop=True))


def _of_days(
    what: str,
    moments: pd.Series,
    span: tuple[pd.Timestamp, pd.Timestamp],
    units: pd.Series | None = None,
) -> pd.DataFrame:
    """How many moments of the stretch fall on each day: ``unit, day, what, n``."""
    times = pd.to_datetime(moments)
    inside = (times >= span[0]) & (times < span[1])
    days = times[inside].dt.normalize()
    keys = pd.DataFrame({"unit": "" if units is None else units[inside], "day": days})
    table = keys.groupby(["unit", "day"]).size().rename("n").reset_index()
    return table.assign(what=what)


def _silent(
    daily: pd.DataFrame, calendar: Calendar, span: tuple[pd.Timestamp, pd.Timestamp]
) -> pd.DataFrame:
    """The working days of the stretch, and whether nothing at all is known of them."""
    last = span[1] - pd.Timedelta(microseconds=1)
    table = calendar.days(span[0].date(), last.date())
    office = table[(table["calendar"] == 0) & table["working"]]
    days = pd.to_datetime(office["day"], unit="D")
    days = days[(days >= span[0].normalize()) & (days <= last)]
    seen = daily.loc[daily["unit"] == "", "day"]
    silent = (~days.isin(seen)).astype(float)
    rows = pd.DataFrame({"unit": "", "day": days, "working_days": 1.0, "silent_days": silent})
    return rows.assign(**dict.fromkeys(_COUNTS, 0.0))


def _summed(daily: pd.DataFrame, grain: str) -> pd.DataFrame:
    """The counts of each unit over the stretches of one length."""
    days = daily["day"].dt
    half = np.where(days.month <= 6, "H1", "H2")
    spans = {
        "day": days.strftime("%Y-%m-%d"), "month": days.strftime("%Y-%m"),
        "half-year": days.strftime("%Y") + half, "year": days.strftime("%Y"),
    }  # fmt: skip
    columns = [*_COUNTS, "working_days", "silent_days"]
    table = daily.assign(span=spans[grain]).groupby(["unit", "span"])[columns].sum().reset_index()
    return table.assign(grain=grain)


def _lies_in(text: str, span: tuple[pd.Timestamp, pd.Timestamp]) -> bool:
    """Whether a day, month, half-year or year lies wholly within a stretch."""
    months = {4: 12, 6: 6, 7: 1}.get(len(text), 0)
    first = pd.Timestamp(text.replace("H1", "-01").replace("H2", "-07"))
    after = pd.DateOffset(months=months) if months else pd.DateOffset(days=1)
    return bool(span[0] <= first and first + after <= span[1])


def _told(sums: pd.DataFrame, small_cell: int) -> pd.DataFrame:
    counts = [*_COUNTS, "working_days", "silent_days"]
    whole = sums.astype(dict.fromkeys(counts, "Int64"))
    of_unit = whole["unit"] != ""
    for name in ("begun", "closed", "working_days", "silent_days"):
        whole[name] = whole[name].mask(of_unit)
    rates = [
        wilson(int(n - k), int(n)) if n >= small_cell else (np.nan,) * 3
        for k, n in zip(whole["missed"], whole["decided"], strict=True)
    ]
    shares = pd.DataFrame(rates, columns=["share", "low", "high"], index=whole.index)
    whole = whole.join(shares.astype(float))
    order = whole["grain"].map({grain: at for at, grain in enumerate(GRAINS)})
    ranked = whole.assign(order=order).sort_values(["order", "span", "unit"], kind="stable")
    return ranked.reset_index(drop=True)
