"""
Judges one case at a time, span by span, in plain Python: slow, sharing no code with the package.

A step is a dict with ``case_id, activity, row, unit``, three moments (datetime or None) and their
precisions. A standard is a dict of texts as they stand in ``standards.csv``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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


def closes(office: Office, form: str, start: dt.datetime) -> Iterator[dt.datetime]:
    """
    The moments at which a day (or half a day) is over, that count for a limit, one by one.

    Of N working days and N days those after the day of the start; of the same day those at or
    after the start; of half days the span ends behind the one in or before which it started.
    """
    every = (
        end
        for many in itertools.count()
        for end in ends_of(office, form, start.date() + many * DAY)
    )
    if form in {"days", "working days"}:
        return (end for end in every if end > midnight(start.date()) + DAY)
    later = (end for end in every if end >= start)
    return itertools.islice(later, 1 if form == "half day" else 0, None)


def ends_of(office: Office, form: str, day: dt.date) -> list[dt.datetime]:
    """The moments of one day at which it, or half of it, is over."""
    if form == "days":
        return [midnight(day) + DAY]
    ends = [end for _, end in office.spans(day)]
    return ends if form == "half day" else ends[-1:]


def day_deadline(
    office: Office, form: str, many: int, start: dt.datetime, pauses: list[Pause]
) -> Deadline:
    """Find the deadline of a limit in days by counting one close after the other."""
    for close in closes(office, form, start):
        if any(r is None and a < close for a, r in pauses):
            return Deadline(None)
        many -= not any(a < close < r for a, r in pauses if r)
        if not many:
            break
    if form != "days":
        return Deadline(close, (close - dt.timedelta(microseconds=1)).date())
    day = (close - DAY).date()
    if office.works(day):
        return Deadline(close, day)
    due_day = office.next_working(day)
    return Deadline(office.close(due_day), due_day)


@dataclass(frozen=True)
class Judgement:
    """What one clock is worth under one standard; ``contested`` where that may be disputed."""

    from_time: dt.datetime | None
    to_time: dt.datetime | None
    due: dt.datetime | None
    verdict: str
    reason: str = ""
    used_hours: float | None = None
    over_hours: float | None = None
    contested: bool = False
    loose: bool = False


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


def value_of(steps: list[Step], column: str) -> str:
    """What is known of a case: the first non-empty value in row order."""
    filled = [s[column] for s in sorted(steps, key=lambda s: s["row"]) if s[column]]
    return filled[0] if filled else ""


def in_scope(steps: list[Step], scope: str) -> bool:
    """Tell whether every condition holds for the first non-empty values, in row order."""
    for part in filter(None, (part.strip() for part in scope.split(";"))):
        column, values = part.split("!=") if "!=" in part else part.split("=")
        said = value_of(steps, column)
        inside = bool(said) and said in values.split("|")
        if inside == ("!=" in part):
            return False
    return True


def earliest(step: Step) -> dt.datetime:
    """The earliest moment at which a done step may have been done."""
    end = step["end"]
    if step["end_precision"] != "day":
        return end
    finer = [
        step[name]
        for name in ("start", "received")
        if step[name] and step[f"{name}_precision"] != "day" and step[name].date() == end.date()
    ]
    return max([end, *finer])


def pauses_of(steps: list[Step], standard: dict[str, str]) -> list[Pause]:
    """List the pauses of a case: from a suspension to the next resumption."""
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


@dataclass(frozen=True)
class Limit:
    """A limit that was read: what runs, how much of it, and a moment or date that is given."""

    form: str
    many: int = 0
    length: dt.timedelta = dt.timedelta()
    given: dt.datetime | None = None
    back: bool = False

    @property
    def in_days(self) -> bool:
        """Whether the date of a stop is enough."""
        return self.form in {"working days", "days", "same day", "due date"}

    def longer(self, other: Limit) -> Limit | None:
        """This limit and another of its kind together."""
        if other.form != self.form:
            return None
        return replace(self, many=self.many + other.many, length=self.length + other.length)


_FORMS = {
    "min": "time", "分钟": "time", "h": "time", "小时": "time", "working day": "working days",
    "working days": "working days", "个工作日": "working days", "day": "days", "days": "days",
    "日": "days",
}  # fmt: skip


def read_limit(text: str, unit: str = "") -> Limit | None:
    """Read a limit; None where it is none."""
    text = text.strip()
    if text in {"same day", "当日"}:
        return Limit("same day", 1)
    if text in {"half day", "1 half day", "半日"}:
        return Limit("half day", 1)
    for form, shape in (("due date", "%Y-%m-%d"), ("due moment", "%Y-%m-%d %H:%M")):
        with contextlib.suppress(ValueError):
            return Limit(form, given=dt.datetime.strptime(text, shape))
    match = re.fullmatch(r"(-?)(\d+)\s*(.*)", text)
    if not match:
        return None
    form = _FORMS.get(match[3] or unit)
    many = int(match[2])
    if form is None or not many:
        return None
    hours = (match[3] or unit) in {"h", "小时"}
    length = dt.timedelta(minutes=many * (60 if hours else 1)) if form == "time" else dt.timedelta()
    return Limit(form, 0 if form == "time" else many, length, back=match[1] == "-")


def own_limit(text: str, steps: list[Step]) -> Limit | None:
    """The limit of a case: as the standard says, or from a column."""
    if not text.startswith("="):
        return read_limit(text)
    column, _, unit = text[1:].partition(" ")
    return read_limit(value_of(steps, column), unit)


def clocks_of(
    steps: list[Step], standard: dict[str, str], *, is_open: bool
) -> Iterator[tuple[tuple[dt.datetime, bool], tuple[dt.datetime, bool] | None, bool]]:
    """Each clock of a case: its start, its stop, and whether every stop lies before the start."""
    begins, ends = moments(steps, standard["from"]), moments(steps, standard["to"])
    name, other = (re.sub(r"\.(received|start)$", "", standard[key]) for key in ("from", "to"))
    if standard.get("occurrence") != "each":
        yield from one_clock(begins, ends, back=standard["limit"].startswith("-"))
    elif standard["from"] == standard["to"]:
        following = itertools.pairwise([*sorted(begins), None])
        yield from ((here, there, False) for here, there in following if there or is_open)
    elif name == other:
        own = [
            ((s["received"], s["received_precision"] == "day"),
             (s["end"], s["end_precision"] == "day") if s["end"] else None)
            for s in steps
            if s["activity"] == name and s["received"]
        ]  # fmt: skip
        yield from ((*pair, False) for pair in sorted(own, key=lambda pair: pair[0][0]))
    else:
        yield from in_turns(begins, ends)


Stamp = tuple[dt.datetime, bool]
Clock = tuple[Stamp, Stamp | None, bool]


def one_clock(begins: list[Stamp], ends: list[Stamp], *, back: bool) -> Iterator[Clock]:
    """From the first start to the first stop at or after it."""
    if not begins:
        return
    begin = min(begins)
    after = [end for end in ends if back or _after(end, begin)]
    if ends and not after:
        yield begin, max(ends), True
    else:
        yield begin, min(after) if after else None, False


def in_turns(begins: list[Stamp], ends: list[Stamp]) -> Iterator[Clock]:
    """From each start to the next stop; a start while a clock runs starts none."""
    busy: dt.datetime | None = None
    for here in sorted(begins):
        if busy and here[0] <= busy:
            continue
        after = [end for end in ends if _after(end, here)]
        yield here, min(after) if after else None, False
        if not after:
            return
        busy = min(after)[0]
        ends.remove(min(after))


def _after(end: tuple[dt.datetime, bool], begin: tuple[dt.datetime, bool]) -> bool:
    return end[0] >= begin[0] or (end[1] and end[0].date() == begin[0].date())


def judge_case(
    steps: list[Step],
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
    *,
    cancelled_by: str = "",
    lost: tuple[str, ...] = (),
) -> list[Judgement]:
    """Judge one case by one version, clock by clock; ``loose``: a date may end several."""
    seen = at_cutoff(steps, cutoff)
    if not seen or not in_scope(seen, standard.get("scope", "")):
        return []
    named = "|".join(standard.get(key, "") for key in ("from", "to", "suspend", "resume", "extend"))
    activities = {re.sub(r"\.(received|start|end)$", "", name) for name in named.split("|")}
    if activities & set(lost):
        return [Judgement(None, None, None, "undecidable", "record")]
    cancelled = any(s["activity"] == cancelled_by and s["end"] for s in seen)
    is_open = not cancelled and any(s["end"] is None for s in seen)
    turns = standard.get("occurrence") == "each" and standard["from"] != standard["to"]
    loose = turns and any(bare for _, bare in moments(seen, standard["to"]))
    clocks = clocks_of(seen, standard, is_open=is_open)
    return [
        replace(
            judge_clock(clock, seen, standard, office, cutoff, cancelled=cancelled), loose=loose
        )
        for clock in clocks
        if in_force(clock[0][0], standard) and (clock[1] or standard.get("required") != "no")
    ]


def in_force(begin: dt.datetime, standard: dict[str, str]) -> bool:
    """Tell whether a version was in force on a day."""
    day = begin.date().isoformat()
    first, last = standard.get("valid_from") or "", standard.get("valid_to") or "9999"
    return first <= day <= last


def judge_clock(
    clock: Clock,
    steps: list[Step],
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
    *,
    cancelled: bool,
) -> Judgement:
    """Judge one clock of a case."""
    begin, stop, before = clock
    at = stop and stop[0]
    if before:
        return Judgement(begin[0], at, None, "undecidable", "before")
    limit = own_limit(standard["limit"], steps)
    if limit is None:
        return Judgement(begin[0], at, None, "undecidable", "limit")
    one = _with_bounds(begin, stop, limit, steps, standard, office, cutoff)
    if one.reason != "limit" and stop is None and cancelled:
        return Judgement(begin[0], None, None, "cancelled", contested=True)
    return one


def _with_bounds(
    started: tuple[dt.datetime, bool],
    stopped: tuple[dt.datetime, bool] | None,
    limit: Limit,
    steps: list[Step],
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
) -> Judgement:
    """Judge the worst and the best case where a moment is known to the day only."""
    (begin, begin_bare), (stop, stop_bare) = started, stopped or (None, False)
    latest_stop = stop + LAST_SECOND if stop and stop_bare else stop
    latest_begin = min(begin + LAST_SECOND, latest_stop or cutoff) if begin_bare else begin
    bounds = [
        (begin, latest_stop),
        (latest_begin, max(stop, latest_begin) if stop and stop_bare else stop),
    ]
    told = []
    for f, t in bounds:
        until = stop if limit.in_days else t
        told.append(
            _extended(f, until, begin, stop, stop_bare, limit, steps, standard, office, cutoff)
        )
    (verdict, first, used, over), (other, second, _, _) = told
    # What the contract's words do not settle: a pause that only one of the two bounds knows, and
    # what "never after" means for a limit that looks back.
    contested = first.due != second.due and not begin_bare
    contested = contested or (limit.back and (begin_bare or stop_bare))
    if "limit" in (verdict, other):
        return Judgement(begin, stop, None, "undecidable", "limit")
    sure = not begin_bare and not stop_bare
    due = None if begin_bare else first.due
    if verdict != other:
        return Judgement(begin, stop, due, "undecidable", "precision", contested=contested)
    return Judgement(begin, stop, due, verdict, "", used if sure else None,
                     over if sure else None, contested)  # fmt: skip


def _extended(
    f: dt.datetime,
    t: dt.datetime | None,
    begin: dt.datetime,
    stop: dt.datetime | None,
    stop_bare: bool,
    limit: Limit,
    steps: list[Step],
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
) -> tuple[str, Deadline, float, float | None]:
    """Judge by the limit with every extension that was granted in time, one after the other."""
    pauses = pauses_of(steps, standard)
    told = _judge_once(f, t, stop_bare, pauses, limit, standard, office, cutoff)
    if not standard.get("extend"):
        return told
    grants = [s for s in steps if s["activity"] == standard["extend"] and s["end"]]
    for grant in sorted(grants, key=lambda s: (s["end"], s["row"])):
        at, due = grant["end"], told[1].due
        if at < begin or (stop and at >= stop) or (due is not None and at > due):
            continue
        by = standard["extend_by"]
        if by.startswith("="):
            more = read_limit(grant[by[1:]] or value_of(steps, by[1:]))
            limit = more if more and more.given else None
        else:
            limit = limit.longer(read_limit(by))
        if limit is None:
            return "limit", Deadline(None), 0.0, None
        told = _judge_once(f, t, stop_bare, pauses, limit, standard, office, cutoff)
    return told


def _judge_once(
    f: dt.datetime,
    t: dt.datetime | None,
    stop_bare: bool,
    pauses: list[Pause],
    limit: Limit,
    standard: dict[str, str],
    office: Office,
    cutoff: dt.datetime,
) -> tuple[str, Deadline, float, float | None]:
    clock = (standard.get("clock") or "working") if limit.form == "time" else "working"
    end = t or cutoff
    relevant: list[Pause] = []
    if limit.back:
        found = Deadline(looking_back(office, clock, f, limit.length))
    else:
        relevant = [(max(a, f), r) for a, r in pauses if a < end and (r is None or r > f)]
        # What was stopped is paused no longer.
        relevant = [(a, t if t and (r is None or r > t) else r) for a, r in relevant]
        if limit.form == "due moment":
            found = Deadline(limit.given)
        elif limit.form == "due date":
            assert limit.given
            day = limit.given.date()
            day = day if office.works(day) else office.next_working(day)
            found = Deadline(office.close(day), day)
        elif limit.form == "time":
            found = Deadline(used_up(office, clock, f, limit.length, relevant))
        else:
            found = day_deadline(office, limit.form, limit.many, f, relevant)
    used = measured(office, clock, f, end, relevant)
    if t is None:
        # Stopped after the deadline, the clock excuses nothing.
        stopped = [a for a, r in relevant if r is None]
        if found.due is None or (stopped and stopped[0] < found.due):
            return "suspended", found, used, None
        if found.due >= cutoff:
            return "pending", found, used, None
        return "overdue", found, used, measured(office, clock, found.due, end, relevant)
    assert found.due is not None
    on_time = t.date() <= found.day if stop_bare and limit.in_days else t <= found.due
    over = None if on_time else max(measured(office, clock, found.due, end, relevant), 0.0)
    return ("met" if on_time else "late"), found, used, over
