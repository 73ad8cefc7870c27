"""The kinds of clock that a limit runs on: how each is written, when it runs out, what counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors.engine import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Value
from efficiency.criteria.calendar import PLACES
from efficiency.criteria.worktime import (
    bucket_width,
    moment_in_day,
    spans_of,
    with_days,
    with_work_day,
)

MINUTE = 60_000_000


class Days(Protocol):
    """What a clock reads of the calendar: the day table, and the table that finds a day in it."""

    @property
    def days(self) -> ir.Table:
        """The day table."""

    @property
    def day_frame(self) -> pd.DataFrame:
        """The day table as a DataFrame."""

    @property
    def work_index(self) -> ir.Table:
        """The table that finds the day of a working microsecond."""

    def name(self, expr: ir.Table) -> ir.Table:
        """A name for a step of a long computation."""


@dataclass(frozen=True)
class Limit:
    """
    A time limit.

    Attributes
    ----------
    kind
        The kind of clock, of `KINDS`.
    amount
        In the clock's unit: microseconds for minutes and hours, else days.
    before
        Whether it asks for a moment at least that long before the start (-30 min).
    """

    kind: str
    amount: int
    before: bool = False

    @property
    def clock(self) -> Clock:
        """The clock that it runs on."""
        return KINDS[self.kind]


class Clock:
    """
    One kind of clock.

    A row of the tables that a clock is given is one case under one limit. It has ``calendar``; the
    start ``f`` and the stop ``stop`` (microseconds since 1970; to the cut-off where nothing
    stopped it) with the working time before them, ``w_f`` and ``w_stop``; of the day of the start
    ``f_day, f_ordinal, f_working, f_close``; and ``amount`` and ``back`` of its limit.

    Attributes
    ----------
    name
        By which `KINDS` and `Limit` know it.
    choice
        What the column ``clock`` of a standard says to choose it; empty: there is no choice.
    in_days
        Whether it counts days: then only the date of the stop matters, and it is known.
    units
        How its amounts are written: a pattern, and how many of the clock's unit it stands for.
    longest
        No limit of an office is longer than ten years: what is written so is a slip.
    looks_back
        Whether a limit may ask for a moment before the start.
    """

    name: ClassVar[str]
    choice: ClassVar[str] = ""
    in_days: ClassVar[bool] = True
    units: ClassVar[tuple[tuple[str, int], ...]]
    longest: ClassVar[int]
    looks_back: ClassVar[bool] = False

    def read(self, text: str) -> Limit | None:
        """A limit as people write it; None where it is none of this clock's."""
        for unit, factor in self.units:
            match = re.match(rf"^(-)?\s*(\d+(?:\.\d+)?)\s*(?:{unit})$", text, re.IGNORECASE)
            if not match:
                continue
            amount = float(match[2]) * factor
            sound = amount == int(amount) and 0 < amount <= self.longest
            if sound and (self.looks_back or not match[1]):
                return Limit(self.name, int(amount), bool(match[1]))
        return None

    def place(self, rows: ir.Table) -> Value:
        """Where the start stands, in the clock's unit."""
        raise NotImplementedError

    def goal(self, rows: ir.Table) -> Value:
        """How far the clock may run from there."""
        return rows.amount

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        """
        When each clock runs out.

        Parameters
        ----------
        rows
            With ``place`` and ``goal``, and ``extra``: what pauses add, in the clock's unit.
        calendar
            The days.

        Returns
        -------
        Table
            With ``due`` (microseconds), ``due_day`` (for limits in days) and ``w_due`` (the
            working time before it).
        """
        raise NotImplementedError

    def edge(self, rows: ir.Table, moment: str) -> Value:
        """
        Where the edge of a pause stands on the clock.

        Parameters
        ----------
        rows
            Has the moment, and of it ``w_MOMENT, MOMENT_ordinal, MOMENT_day``.
        moment
            Its column.
        """
        raise NotImplementedError

    def passed(self, elapsed: Value, worked: Value) -> Value:
        """What of a stretch of time the clock counts, of its wall-clock and its working time."""
        return worked

    def over(self, rows: ir.Table) -> Value:
        """How far past due a clock stopped: microseconds of working time, for limits in days."""
        return rows.w_stop - rows.w_due

    def allowed(self, used: Value, left: Value, amount: Value) -> Value:
        """
        The hours that were allowed, on the clock.

        Notes
        -----
        A limit in days allows what was used and what was left when it was done (or till now).
        """
        return used + left


class _Timed(Clock):
    """A clock of minutes and hours."""

    in_days = False
    units = (("min|minutes?|分钟", MINUTE), ("h|hours?|小时", 60 * MINUTE))
    longest = 2_500 * 7 * 60 * MINUTE
    looks_back = True

    def over(self, rows: ir.Table) -> Value:
        elapsed, worked = rows.stop - rows.f, rows.w_stop - rows.w_f
        allowed = rows.back.ifelse(-rows.amount, rows.amount)
        return self.passed(elapsed, worked) - rows.spent - allowed

    def allowed(self, used: Value, left: Value, amount: Value) -> Value:
        return amount / MICROSECONDS_PER_HOUR


class Working(_Timed):
    """Minutes and hours inside office spans."""

    name = choice = "working"

    def place(self, rows: ir.Table) -> Value:
        return rows.w_f

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        """
        When the time is used up: the end of a working microsecond.

        Notes
        -----
        Looking back, the last moment that leaves enough.
        """
        aimed = rows.mutate(
            w_due=rows.w_f + rows.back.ifelse(-rows.amount, rows.amount) + rows.extra,
            step=rows.back.ifelse(0, 1),
        )
        aimed = aimed.mutate(work=aimed.w_due - aimed.step)
        width = bucket_width(calendar.day_frame)
        placed = calendar.name(with_work_day(aimed, calendar.work_index, width, "work", "work_day"))
        edges = [name for name in calendar.days.columns if name.startswith(("open_", "close_"))]
        placed = with_days(placed, calendar.days, "work_day", "k_", "before", *edges)
        moment = moment_in_day(placed, "work", "k_", spans_of(calendar.days))
        return placed.mutate(due=moment + placed.step, due_day=ibis.null("int64"))

    def edge(self, rows: ir.Table, moment: str) -> Value:
        return rows[f"w_{moment}"]


class Elapsed(_Timed):
    """Minutes and hours by the wall clock."""

    name = choice = "elapsed"

    def place(self, rows: ir.Table) -> Value:
        return rows.f

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        wall = rows.f + rows.back.ifelse(-rows.amount, rows.amount) + rows.extra
        nothing = ibis.null("int64")
        return rows.mutate(due=wall, due_day=nothing, w_due=nothing)

    def edge(self, rows: ir.Table, moment: str) -> Value:
        return rows[moment]

    def passed(self, elapsed: Value, worked: Value) -> Value:
        return elapsed


class WorkingDays(Clock):
    """Working days: the close of business of the N-th after the day of the start."""

    name = "working_days"
    units = (("working days?|个?工作日", 1),)
    longest = 2_500

    def place(self, rows: ir.Table) -> Value:
        return rows.f_ordinal

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        closed = closing(rows.mutate(aim=rows.place + rows.goal + rows.extra), calendar.days)
        return closed.mutate(due=closed.c_close, due_day=closed.c_day, w_due=closed.c_after)

    def edge(self, rows: ir.Table, moment: str) -> Value:
        return rows[f"{moment}_ordinal"]


class SameDay(WorkingDays):
    """The day of the start, or the next working day where it lies after closing or on a day off."""

    name = "same_day"

    def read(self, text: str) -> Limit | None:
        return Limit(self.name, 0) if text.lower() in {"same day", "当日", "当天"} else None

    def goal(self, rows: ir.Table) -> Value:
        of_day = rows.f - rows.f_day * MICROSECONDS_PER_DAY
        return (~rows.f_working | (of_day > rows.f_close)).cast("int64")


class CalendarDays(Clock):
    """Calendar days: 24:00 of the last, or the close of the next working day where it is off."""

    name = "days"
    units = (("days?|日|天", 1),)
    longest = 3_653

    def place(self, rows: ir.Table) -> Value:
        return rows.f_day

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        last = (rows.place + rows.goal + rows.extra) * MICROSECONDS_PER_DAY
        columns = ("working", "ordinal", "before", "length")
        placed = with_days(rows.mutate(last=last), calendar.days, "last", "l_", *columns)
        closed = closing(placed.mutate(aim=placed.l_ordinal + 1), calendar.days)
        full = closed.l_working
        return closed.mutate(
            due=full.ifelse(closed["last"] + MICROSECONDS_PER_DAY, closed.c_close),
            due_day=full.ifelse(closed.l_day, closed.c_day),
            w_due=full.ifelse(closed.l_before + closed.l_length, closed.c_after),
        )

    def edge(self, rows: ir.Table, moment: str) -> Value:
        return rows[f"{moment}_day"]


def closing(rows: ir.Table, days: ir.Table) -> ir.Table:
    """
    Add the close of business of the working day whose ordinal is ``aim``.

    Returns
    -------
    Table
        With ``c_day, c_close`` (microseconds) and ``c_after`` (the working time before it).
    """
    closes = days.filter(days.working).select(
        c_place=days.calendar * PLACES + days.ordinal,
        c_day="day",
        c_close=days.day * MICROSECONDS_PER_DAY + days.close,
        c_after=days.before + days.length,
    )
    return rows.left_join(closes, rows.calendar * PLACES + rows.aim == closes.c_place)


#: Every kind of clock, by its name: one class each.
KINDS: dict[str, Clock] = {
    clock.name: clock for clock in (Working(), Elapsed(), WorkingDays(), SameDay(), CalendarDays())
}


def read_limit(text: str, choice: str = "working") -> Limit:
    """
    Read a limit.

    Parameters
    ----------
    text
        As people write it.
    choice
        What the column ``clock`` says, for limits that more than one kind of clock can run.

    Raises
    ------
    ValueError
        If it is none of the known forms, or none of the clocks is the one that was chosen.

    Examples
    --------
    >>> read_limit("2 h")
    Limit(kind='working', amount=7200000000, before=False)
    >>> read_limit("-30 min", "elapsed").before
    True
    >>> read_limit("5个工作日")
    Limit(kind='working_days', amount=5, before=False)
    """
    found = readings(text)
    chosen = [limit for limit in found if limit.clock.choice in {"", choice}]
    if not chosen:
        raise ValueError(text)
    return chosen[0]


def readings(text: str) -> Sequence[Limit]:
    """The limit that a text is, for each kind of clock that it can be read for."""
    told = (clock.read(text.strip()) for clock in KINDS.values())
    return [limit for limit in told if limit]
