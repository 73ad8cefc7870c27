"""
Judges one case at a time, span by span, in plain Python: slow, sharing no code with the package.

A step is a dict with ``case_id, activity, row, unit``, three moments (datetime or None) and their
precisions. A standard is a dict of texts as they stand in ``standards.csv``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import holidays

Step = dict[str, Any]
Span = tuple[dt.datetime, dt.datetime]
Pause = tuple[dt.datetime, dt.datetime | None]

DAY = dt.timedelta(days=1)
LAST_SECOND = dt.timedelta(hours=23, minutes=59, seconds=59)
MOMENTS = ("received", "start", "end")
_CHINA = holidays.country_holidays("CN", years=range(2018, 2028))


@cache
def is_working_day(day: dt.date) -> bool:
    """Tell whether China works that day, by a package that the calendar does not ask for it."""
    return bool(_CHINA.is_working_day(day))


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins."""
    return dt.datetime.combine(day, dt.time())


@dataclass(frozen=True)
class Office:
    """Days on which an office works, and its minutes of the day."""

    works: Callable[[dt.date], bool] = is_working_day
    hours: Callable[[dt.date], tuple[tuple[int, int], ...]] = lambda day: ((510, 720), (870, 1080))

    def spans(self, day: dt.date) -> list[Span]:
        """The office spans of a day."""
        if not self.works(day):
            return []
        start = midnight(day)
        return [
            (start + dt.timedelta(minutes=a), start + dt.timedelta(minutes=b))
            for a, b in self.hours(day)
        ]

    def close(self, day: dt.date) -> dt.datetime:
        """The close of business of a working day."""
        return self.spans(day)[-1][1]

    def next_working(self, day: dt.date) -> dt.date:
        """The first working day after a day."""
        day += DAY
        while not self.works(day):
            day += DAY
        return day


def clock_spans(office: Office, clock: str, day: dt.date) -> list[Span]:
    """The spans of a day in which a clock runs."""
    return office.spans(day) if clock == "working" else [(midnight(day), midnight(day) + DAY)]


def running(office: Office, clock: str, start: dt.datetime, pauses: list[Pause]) -> Iterator[Span]:
    """Walk over the spans in which the clock really runs, without end but for an endless pause."""
    day = start.date()
    while True:
        for a, b in clock_spans(office, clock, day):
            pieces = [(max(a, start), b)] if b > start else []
            for begin, end in pauses:
                stop = end or dt.datetime.max
                cut = []
                for x, y in pieces:
                    cut += [(x, min(y, begin)), (max(x, stop), y)]
                pieces = [(x, y) for x, y in cut if x < y]
            yield from pieces
        if any(end is None and begin <= midnight(day) for begin, end in pauses):
            return
        day += DAY


def used_up(
    office: Office, clock: str, start: dt.datetime, limit: dt.timedelta, pauses: list[Pause]
) -> dt.datetime | None:
    """The moment at which a limit is used up; None where the clock stands for ever."""
    for a, b in running(office, clock, start, pauses):
        if b - a >= limit:
            return a + limit
        limit -= b - a
    return None


def measured(
    office: Office, clock: str, start: dt.datetime, stop: dt.datetime, pauses: list[Pause]
) -> float:
    """The hours that a clock runs from one moment to another; negative backwards."""
    if stop < start:
        return -measured(office, clock, stop, start, pauses)
    total = dt.timedelta()
    for a, b in running(office, clock, start, pauses):
        if a >= stop:
            break
        total += min(b, stop) - a
    return total / dt.timedelta(hours=1)


def looking_back(
    office: Office, clock: str, start: dt.datetime, limit: dt.timedelta
) -> dt.datetime:
    """The last moment that leaves at least the limit before a start."""
    day = start.date()
    while True:
        for a, b in reversed(clock_spans(office, clock, day)):
            end = min(b, start)
            if end - a >= limit:
                return end - limit
            limit -= max(end - a, dt.timedelta())
        day -= DAY


@dataclass(frozen=True)
class Deadline:
    """When a clock runs out; ``due`` is empty where it stands for ever."""

    due: dt.datetime | None
    day: dt.date | None = None


def day_deadline(office: Office, limit: str, start: dt.datetime, pauses: list[Pause]) -> Deadline:
    """Find the deadline of a limit in days by counting them one by one."""

    def stands(day: dt.date) -> bool:
        return any(a.date() < day and (r is None or day <= r.date()) for a, r in pauses)

    day = start.date()
    if limit == "same day":
        if office.works(day) and start <= office.close(day):
            return Deadline(office.close(day), day)
        # The next working day is meant, of those that count.
        return day_deadline(office, "1 working day", start, pauses)
    count = int(limit.split(maxsplit=1)[0])
    in_working_days = "working" in limit
    while count:
        day += DAY
        if any(r is None and a.date() < day for a, r in pauses):
            return Deadline(None)
        count -= (not in_working_days or office.works(day)) and not stands(day)
    if office.works(day):
        return Deadline(office.close(day) if in_working_days else midnight(day) + DAY, day)
    due_day = office.next_working(day)
    return Deadline(office.close(due_day), due_day)


@dataclass(frozen=True)
class Judgement:
    """What one case is worth under one standard; ``contested`` where that may be disputed."""

    from_time: dt.datetime
    to_time: dt.datetime | None
    due: dt.datetime | None
    verdict: str
    reason: str = ""
    used_hours: float | None = None
    contested: bool = False


def at_cutoff(steps: list[Step], cutoff: dt.datetime) -> list[Step]:
    """Take moments after the cut-off away, and the steps that are left without any."""
    seen = []
    for step in steps:
        then = {
            name: None if step[name] is None or step[name] > cutoff else step[name]
            for name in MOMENTS
        }
        if any(then.values()):
            seen.append({**step, **then})
    return seen


def moments(steps: list[Step], text: str) -> list[tuple[dt.datetime, bool]]:
    """List the moments that a text names, with whether only their day is known."""
    name, dot, kind = text.rpartition(".")
    name, kind = (name, kind) if dot and kind in MOMENTS else (text, "end")
    return [
        (step[kind], step[f"{kind}_precision"] == "day")
        for step in steps
        if step["activity"] in name.split("|") and step[kind] is not None
    ]


def in_scope(steps: list[Step], scope: str) -> bool:
    """Tell whether every condition holds for the first non-empty values, in row order."""
    for part in filter(None, (part.strip() for part in scope.split(";"))):
        column, values = part.split("!=") if "!=" in part else part.split("=")
        filled = [s[column] for s in sorted(steps, key=lambda s: s["row"]) if s[column]]
        inside = bool(filled) and filled[0] in values.split("|")
        if inside == ("!=" in part):
            return False
    return True


def pauses_of(steps: list[Step], standard: dict[str, str]) -> list[Pause]:
    """List the pauses of a case: from a suspension to the next resumption, in step order."""
    if not standard.get("suspend"):
        return []
    done = sorted((s for s in steps if s["end"]), key=lambda s: (s["end"], s["row"]))
    pauses: list[Pause] = []
    begun = None
    for step in done:
        if step["activity"] in standard["suspend"].split("|"):
            begun = begun or step["end"]
        elif step["activity"] in standard["resume"].split("|") and begun:
            pauses.append((begun, step["end"]))
            begun = None
    return [*pauses, (begun, None)] if begun else pauses


def amount(limit: str) -> dt.timedelta:
    """Read a limit in minutes or hours."""
    number, unit = limit.lstrip("-").split()
    return dt.timedelta(**{{"min": "minutes", "h": "hours"}[unit]: float(number)})


def judge_case(
    steps: list[Step], standard: dict[str, str], office: Office, cutoff: dt.datetime
) -> Judgement | None:
    """Judge one case by one version of a standard; None where it gets no verdict."""
    seen = at_cutoff(steps, cutoff)
    starts = moments(seen, standard["from"])
    if not starts or not in_scope(seen, standard.get("scope", "")):
        return None
    begin, begin_bare = min(starts)
    if standard.get("valid_from") and begin.date().isoformat() < standard["valid_from"]:
        return None
    if standard.get("valid_to") and begin.date().isoformat() > standard["valid_to"]:
        return None
    back = standard["limit"].startswith("-")
    stops = moments(seen, standard["to"])
    after = [
        (at, bare)
        for at, bare in stops
        if back or at >= begin or (bare and at.date() == begin.date())
    ]
    if not stops and standard.get("required") == "no":
        return None
    if stops and not after:
        return Judgement(begin, max(stops)[0], None, "undecidable", "before")
    stop, stop_bare = min(after) if after else (None, False)
    return _with_bounds(
        begin, begin_bare, stop, stop_bare, pauses_of(seen, standard), standard, office, cutoff
    )


def _with_bounds(
    begin: dt.datetime,
    begin_bare: bool,
    stop: dt.datetime | None,
    stop_bare: bool,
    pauses: list[Pause],
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
) -> Judgement:
    """Judge the worst and the best case where a moment is known to the day only."""
    limit = standard["limit"]
    in_days = "day" in limit
    latest_stop = stop + LAST_SECOND if stop and stop_bare else stop
    latest_begin = min(begin + LAST_SECOND, latest_stop or cutoff) if begin_bare else begin
    bounds = [
        (begin, latest_stop),
        (latest_begin, max(stop, latest_begin) if stop and stop_bare else stop),
    ]
    told = []
    for f, t in bounds:
        until = stop if in_days else t
        told.append(_judge_once(f, until, stop_bare, pauses, standard, office, cutoff))
    (verdict, first, used), (other, second, _) = told
    # What the contract's words do not settle: a pause that only one of the two bounds knows, and
    # what "never after" means for a limit that looks back.
    contested = first.due != second.due and not begin_bare
    contested = contested or (limit.startswith("-") and (begin_bare or stop_bare))
    sure = not begin_bare and not stop_bare
    due = None if begin_bare else first.due
    if verdict != other:
        return Judgement(begin, stop, due, "undecidable", "precision", contested=contested)
    return Judgement(begin, stop, due, verdict, "", used if sure else None, contested)


def _judge_once(
    f: dt.datetime,
    t: dt.datetime | None,
    stop_bare: bool,
    pauses: list[Pause],
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
) -> tuple[str, Deadline, float]:
    limit, clock = standard["limit"], standard.get("clock") or "working"
    end = t or cutoff
    if limit.startswith("-"):
        found = Deadline(looking_back(office, clock, f, amount(limit)))
        relevant: list[Pause] = []
    else:
        relevant = [(max(a, f), r) for a, r in pauses if a < end and (r is None or r > f)]
        if "day" in limit:
            found, clock = day_deadline(office, limit, f, relevant), "working"
        else:
            found = Deadline(used_up(office, clock, f, amount(limit), relevant))
    used = measured(office, clock, f, end, relevant)
    if t is None:
        # Stopped after the deadline, the clock excuses nothing.
        stopped = [a for a, r in relevant if r is None]
        if found.due is None or (stopped and stopped[0] <= found.due):
            return "suspended", found, used
        return ("pending" if found.due >= cutoff else "overdue"), found, used
    if found.due is None:
        return "met", found, used
    on_time = t.date() <= found.day if stop_bare and found.day else t <= found.due
    return ("met" if on_time else "late"), found, used
