"""The kinds of clock that a limit runs on: how each is written, when it runs out, what counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
    with_work,
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


@dataclass(frozen=True)
class OwnLimit:
    """
    The limit of each case, from a column of the log.

    Attributes
    ----------
    column
        Its cells hold limits as people write them, due moments or due dates.
    unit
        The unit of bare numbers; empty: they are none.
    choice
        The clock of limits that more than one kind can run.
    """

    column: str
    unit: str = ""
    choice: str = "working"


class Clock:
    """
    One kind of clock.

    A row of the tables that a clock is given is one case under one limit. It has ``calendar``; the
    start ``f`` and the stop ``stop`` (microseconds since 1970; to the cut-off where nothing
    stopped it) with the working time before them, ``w_f`` and ``w_stop``; of the day of the start
    ``f_day`` and, under the same prefix, the columns of the day table that ``asks`` names; and
    ``amount`` and ``back`` of its limit. A clock in days counts the moments at which a day (or
    half a day) is over: it stands still over those that lie in a pause.

    Attributes
    ----------
    name
        By which `KINDS` and `Limit` know it.
    choice
        What the column ``clock`` of a standard says to choose it; empty: there is no choice.
    in_days
        Whether it counts whole days: then only the date of the stop matters, and it is known.
    continuous
        Whether it runs at every moment, and not only over the ends of days.
    units
        How its amounts are written: a pattern, and how many of the clock's unit it stands for.
    asks
        The columns of the day table that it reads of a moment's day; ``spans``: all office spans.
    longest
        No limit of an office is longer than ten years: what is written so is a slip.
    looks_back
        Whether a limit may ask for a moment before the start.
    """

    name: ClassVar[str]
    choice: ClassVar[str] = ""
    in_days: ClassVar[bool] = True
    continuous: ClassVar[bool] = False
    units: ClassVar[tuple[tuple[str, int], ...]] = ()
    asks: ClassVar[tuple[str, ...]] = ()
    longest: ClassVar[int] = 0
    looks_back: ClassVar[bool] = False

    def read(self, text: str) -> Limit | None:
        """A limit as people write it; None where it is none of this clock's."""
        for unit, factor in self.units:
            form = rf"^(-|提前)?\s*(\d+(?:\.\d+)?)\s*(?:{unit})$"
            match = re.match(form, text, re.IGNORECASE)
            if not match:
                continue
            amount = float(match[2]) * factor
            sound = 0 < amount <= self.longest and amount == int(amount)
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

    def counted(self, rows: ir.Table, moment: str) -> Value:
        """
        How far the clock has come at a moment, in its unit, had it never stood still.

        Parameters
        ----------
        rows
            Has the moment, ``w_MOMENT``, and under ``MOMENT_`` what ``asks`` names.
        moment
            Its column. A day that is over at that very moment counts.
        """
        raise NotImplementedError

    def passed(self, elapsed: Value, worked: Value) -> Value:
        """What of a stretch of time the clock counts, of its wall-clock and its working time."""
        return worked

    def over(self, rows: ir.Table) -> Value:
        """
        How far past due a clock stopped: microseconds of working time, for limits in days.

        Notes
        -----
        ``stood`` is the time since the due moment for which it stood still.
        """
        return rows.w_stop - rows.w_due - rows.stood

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
    continuous = True
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

    def counted(self, rows: ir.Table, moment: str) -> Value:
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

    def counted(self, rows: ir.Table, moment: str) -> Value:
        return rows[moment]

    def passed(self, elapsed: Value, worked: Value) -> Value:
        return elapsed


class WorkingDays(Clock):
    """Working days: the close of business of the N-th after the day of the start."""

    name = "working_days"
    units = (("working days?|个?工作日", 1),)
    asks = ("ordinal", "working", "close")
    longest = 2_500

    def place(self, rows: ir.Table) -> Value:
        return rows.f_ordinal

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        closed = closing(rows.mutate(aim=rows.place + rows.goal + rows.extra), calendar.days)
        return closed.mutate(due=closed.c_close, due_day=closed.c_day, w_due=closed.c_after)

    def counted(self, rows: ir.Table, moment: str) -> Value:
        of_day = rows[moment] - rows[f"{moment}_day"] * MICROSECONDS_PER_DAY
        ahead = rows[f"{moment}_working"] & (of_day < rows[f"{moment}_close"])
        return rows[f"{moment}_ordinal"] - ahead.cast("int64")


class SameDay(WorkingDays):
    """The first close of business at or after the start."""

    name = "same_day"

    def read(self, text: str) -> Limit | None:
        return Limit(self.name, 1) if text.lower() in {"same day", "当日", "当天"} else None

    def place(self, rows: ir.Table) -> Value:
        of_day = rows.f - rows.f_day * MICROSECONDS_PER_DAY
        return rows.f_ordinal - (rows.f_working & (of_day <= rows.f_close)).cast("int64")


class HalfDays(Clock):
    """Half days: the end of the N-th office span after the one in or before which it started."""

    name = "half_days"
    in_days = False
    units = (("half[ -]days?|个?半(?:个工作)?[日天]", 1),)
    asks = ("ends", "spans")
    longest = 5_000

    def read(self, text: str) -> Limit | None:
        one = re.fullmatch(r"半(?:个工作)?[日天]", text)
        return Limit(self.name, 1) if one else super().read(text)

    def place(self, rows: ir.Table) -> Value:
        of_day = rows.f - rows.f_day * MICROSECONDS_PER_DAY
        return self._ended(rows, "f", lambda closes: closes < of_day) + 1

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        closed = _span_end(rows.mutate(aim=rows.place + rows.goal + rows.extra), calendar.days)
        return closed.mutate(due=closed.c_end, due_day=closed.c_day, w_due=closed.c_after)

    def counted(self, rows: ir.Table, moment: str) -> Value:
        of_day = rows[moment] - rows[f"{moment}_day"] * MICROSECONDS_PER_DAY
        return self._ended(rows, moment, lambda closes: closes <= of_day)

    def _ended(self, rows: ir.Table, moment: str, over: Callable[[Value], Value]) -> Value:
        """Count the office spans whose end lies behind."""
        total = rows[f"{moment}_ends"]
        for number in _spans(rows, f"{moment}_"):
            opens, closes = (rows[f"{moment}_{side}_{number}"] for side in ("open", "close"))
            total = total + ((opens < closes) & over(closes)).cast("int64")
        return total


class CalendarDays(Clock):
    """Calendar days: 24:00 of the last, or the close of the next working day where it is off."""

    name = "days"
    units = (("days?|日|天", 1),)
    longest = 3_653

    def place(self, rows: ir.Table) -> Value:
        return rows.f_day

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        last = (rows.place + rows.goal + rows.extra) * MICROSECONDS_PER_DAY
        return _day_over(rows.mutate(last=last), calendar.days, to_midnight=True)

    def counted(self, rows: ir.Table, moment: str) -> Value:
        return rows[f"{moment}_day"] - 1


class DueMoment(Clock):
    """A moment that the record itself gives: no pause moves it."""

    name = "due_moment"
    in_days = False

    def place(self, rows: ir.Table) -> Value:
        return ibis.literal(0).cast("int64")

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        given = rows.mutate(due=rows.goal, due_day=ibis.null("int64"))
        return with_work(given, calendar.days, w_due="due")

    def counted(self, rows: ir.Table, moment: str) -> Value:
        return rows.goal  # as if it had run out: no pause moves it


class DueDate(DueMoment):
    """A date that the record gives: its close of business, of the next working day if it is off."""

    name = "due_date"
    in_days = True

    def due(self, rows: ir.Table, calendar: Days) -> ir.Table:
        last = rows.goal * MICROSECONDS_PER_DAY
        return _day_over(rows.mutate(last=last), calendar.days, to_midnight=False)


def _day_over(rows: ir.Table, days: ir.Table, *, to_midnight: bool) -> ir.Table:
    """When the day of ``last`` is over: at 24:00 or at its close; where it is off, the next's."""
    columns = ("working", "ordinal", "before", "length", "close")
    placed = with_days(rows, days, "last", "l_", *columns)
    closed = closing(placed.mutate(aim=placed.l_ordinal + 1), days)
    full = closed.l_working
    own = MICROSECONDS_PER_DAY if to_midnight else closed.l_close
    return closed.mutate(
        due=full.ifelse(closed["last"] + own, closed.c_close),
        due_day=full.ifelse(closed.l_day, closed.c_day),
        w_due=full.ifelse(closed.l_before + closed.l_length, closed.c_after),
    )


def _spans(rows: ir.Table, prefix: str = "") -> list[int]:
    """The numbers of the office spans of a day table that was joined under a prefix."""
    head = f"{prefix}open_"
    return [int(name.removeprefix(head)) for name in rows.columns if name.startswith(head)]


def _span_end(rows: ir.Table, days: ir.Table) -> ir.Table:
    """
    Add the end of the office span whose number is ``aim``.

    Returns
    -------
    Table
        With ``c_day, c_end`` (microseconds) and ``c_after`` (the working time before it).
    """
    ends, earlier, worked = [], days.ends, days.before
    for number in _spans(days):
        opens, closes = days[f"open_{number}"], days[f"close_{number}"]
        earlier, worked = earlier + (opens < closes).cast("int64"), worked + closes - opens
        part = days.select(
            c_place=days.calendar * PLACES + earlier,
            c_day="day",
            c_end=days.day * MICROSECONDS_PER_DAY + closes,
            c_after=worked,
            real=opens < closes,
        )
        ends.append(part.filter(part.real).drop("real"))
    table = ibis.union(*ends) if len(ends) > 1 else ends[0]
    return rows.left_join(table, rows.calendar * PLACES + rows.aim == table.c_place)


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
    clock.name: clock
    for clock in (
        Working(), Elapsed(), WorkingDays(), SameDay(), HalfDays(), CalendarDays(), DueMoment(),
        DueDate(),
    )
}  # fmt: skip


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


def read_own(text: str, choice: str = "working") -> OwnLimit | None:
    """
    Read a limit that names a column; None where it is none.

    Examples
    --------
    >>> read_own("=承诺天数 working days")
    OwnLimit(column='承诺天数', unit='working days', choice='working')
    >>> read_own("2 h") is None
    True
    """
    units = "|".join(unit for clock in KINDS.values() for unit, _ in clock.units)
    match = re.match(
        rf"^=\s*(?P<column>.+?)(?:\s+(?P<unit>{units}))?$", text.strip(), re.IGNORECASE
    )
    return None if match is None else OwnLimit(match["column"], match["unit"] or "", choice)


def readings(text: str) -> Sequence[Limit]:
    """The limit that a text is, for each kind of clock that it can be read for."""
    told = (clock.read(text.strip()) for clock in KINDS.values())
    return [limit for limit in told if limit]
