"""
Offices of many makes, to try findings on: queues, seasons, campaigns, batches, and what they hide.

Nothing of the package is used here: an office is drawn in working hours and put on the clock by
the days that the State Council's notices name, so that no error of the package can hide in it.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import chinese_calendar
import numpy as np
import numpy.typing as npt
import pandas as pd

Vector = npt.NDArray[np.float64]
#: Seven office hours a day: 08:30 to 12:00 and 14:30 to 18:00.
MORNING, DAY, WEEK = 3.5, 7.0, 35.0
STEPS = ("拟办", "承办", "核稿", "会签", "审核")
#: Hours in hand at each step, median.
HANDLING = (0.7, 5.0, 1.2, 0.8, 1.0)
BUSY = 1


@dataclass(frozen=True)
class Make:
    """
    How an office is made.

    Attributes
    ----------
    cases, units, kinds, origins
        How many cases a year; the share of each unit; how many kinds of matter and origins.
    load, servers
        Of the queue before 承办, of each unit; None: nobody waits.
    sigma, pareto
        Of the lognormal hours in hand; or the tail index of Pareto ones.
    season, shocks, trend
        How far times swing in a year; the spread of autocorrelated weekly shocks of each unit; by
        how much more comes in at the end of the year than at its beginning.
    own_kind
        Whether each unit does one kind of matter, some of which take long.
    campaign
        In so many weeks one origin sends 40 cases that are alike; 0: no campaign.
    applicants
        Whether applicants send batches of like cases.
    dates_only, starts
        Whether days only are recorded; whether starts are.
    desks
        Whether the units do 承办 alone, and one office all else.
    slow_unit, slow_step, reform, overload
        What is planted: times of the first unit; of one of its steps; of all in the last half year;
        what comes in at the first unit for what it can do.
    """

    cases: int = 1500
    units: tuple[float, ...] = (0.25, 0.25, 0.25, 0.25)
    kinds: int = 3
    origins: int = 6
    load: float | None = None
    servers: int = 2
    sigma: float = 0.8
    pareto: float | None = None
    season: float = 0.0
    shocks: float = 0.0
    trend: float = 0.0
    own_kind: bool = False
    campaign: int = 0
    applicants: bool = False
    dates_only: bool = False
    starts: bool = True
    desks: bool = False
    slow_unit: float = 1.0
    slow_step: float = 1.0
    reform: float = 1.0
    overload: float | None = None
    years: tuple[int, ...] = (2024,)


#: Offices in which no unit, origin or time is any worse than another.
NULLS: dict[str, Make] = {
    "independent": Make(),
    "seasonal": Make(season=0.5),
    "heavy tails": Make(pareto=1.3),
    "shocks": Make(shocks=0.5),
    "queue 70 %": Make(load=0.7),
    "queue 90 %": Make(load=0.9),
    "queue 90 %, no starts": Make(load=0.9, starts=False),
    "own kinds": Make(own_kind=True, kinds=4),
    "unequal units": Make(units=(0.75, 0.17, 0.05, 0.03)),
    "60 origins": Make(origins=60, cases=3000),
    "60 cases": Make(cases=60, units=(0.5, 0.5), origins=2),
    "campaign, 1 week": Make(campaign=1),
    "campaign, 2 weeks": Make(campaign=2),
    "campaign, 4 weeks": Make(campaign=4),
    "batches in a queue": Make(load=0.8, applicants=True),
    "dates only": Make(dates_only=True, starts=False),
    "volume trend": Make(load=0.6, trend=0.5),
}
#: Offices in which something is.
PLANTED: dict[str, Make] = {
    "unit 1.5": Make(slow_unit=1.5),
    "step 1.6": Make(slow_step=1.6),
    "reform": Make(reform=0.7, years=(2023, 2024)),
    "overload": Make(load=0.7, overload=1.2, cases=6000, desks=True),
}


@cache
def _days(years: tuple[int, ...]) -> npt.NDArray[np.datetime64]:
    first, last = dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31)
    every = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return np.array([d for d in every if chinese_calendar.is_workday(d)], dtype="datetime64[D]")


def _clock(hours: Vector, days: npt.NDArray[np.datetime64]) -> pd.Series:
    """Office hours since the first day as moments; what lies beyond the last day has none."""
    day = np.floor(hours / DAY).astype(int)
    inside = (day >= 0) & (day < len(days))
    rest = hours - day * DAY
    at = np.where(rest < MORNING, 8.5 + rest, 11.0 + rest)
    stamps = days[np.where(inside, day, 0)].astype("datetime64[s]") + np.round(at * 3600).astype(
        "timedelta64[s]"
    )
    return pd.Series(np.where(inside, stamps, np.datetime64("NaT")), dtype="datetime64[us]")


def _queued(arrival: Vector, service: Vector, servers: int) -> Vector:
    """When each is taken up, first come, first served."""
    free = [0.0] * servers
    begins = np.empty(len(arrival))
    for at in np.argsort(arrival, kind="stable"):
        begins[at] = max(arrival[at], heapq.heappop(free))
        heapq.heappush(free, begins[at] + service[at])
    return begins


def _persistent(rng: np.random.Generator, many: int, rho: float = 0.8) -> Vector:
    noise = rng.standard_normal(many)
    noise[1:] *= np.sqrt(1 - rho**2)
    for at in range(1, many):
        noise[at] += rho * noise[at - 1]
    return noise


@dataclass
class _Cases:
    """The cases of one office before they are handled, in order of arrival."""

    arrival: Vector
    unit: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    origin: npt.NDArray[np.int64]
    frailty: Vector


def make_office(make: Make, seed: int) -> pd.DataFrame:
    """Draw one year of an office: a log with unit, actor, 文种 and 来文单位."""
    rng = np.random.default_rng(seed)
    days = _days(make.years)
    whole = len(days) * DAY
    cases = _arrived(make, rng, whole)
    longer, rows, now = _longer(make, rng, cases, whole), [], cases.arrival
    for at, (step, usual) in enumerate(zip(STEPS, HANDLING, strict=True)):
        service = usual * longer * _noise(make, rng, len(now))
        if step == "核稿":
            service = np.where(cases.unit == 0, service * make.slow_step, service)
        begins = now + rng.exponential(0.4, len(now))
        if make.load is not None and at == BUSY:
            begins, service = _busy(make, cases.unit, now, service, whole)
        rows.append((step, cases.unit, now, begins, begins + service))
        now = begins + service
    return _log(make, rows, (cases.kind, cases.origin), days)


def _arrived(make: Make, rng: np.random.Generator, whole: float) -> _Cases:
    n = make.cases * len(make.years)
    arrival = rng.random(n) * whole
    if make.trend:  # so much more at the end
        grows = np.sqrt(1 + (2 * make.trend + make.trend**2) * arrival / whole)
        arrival = whole * (grows - 1) / make.trend
    unit = rng.choice(len(make.units), n, p=make.units)
    kind = unit % make.kinds if make.own_kind else rng.integers(0, make.kinds, n)
    origin, frailty = rng.integers(0, make.origins, n), np.zeros(n)
    if make.campaign:
        part = rng.choice(n, 40, replace=False)
        begun = rng.random() * (whole - make.campaign * WEEK)
        arrival[part] = begun + rng.random(40) * make.campaign * WEEK
        origin[part], frailty[part] = make.origins, rng.standard_normal() * 0.7
    if make.applicants:
        many = n // 6
        batch = rng.integers(0, many, n)
        origin = rng.integers(0, 12, many)[batch]
        arrival = (rng.random(many) * whole)[batch] + rng.random(n) * 3
        frailty = (rng.standard_normal(many) * 0.6)[batch]
    order = np.argsort(arrival, kind="stable")
    return _Cases(*(one[order] for one in (arrival, unit, kind, origin, frailty)))


def _longer(make: Make, rng: np.random.Generator, cases: _Cases, whole: float) -> Vector:
    """By what the usual hours of each case are multiplied."""
    longer: Vector = np.exp(cases.frailty) * np.array([1.0, 1.6, 0.7, 2.2])[cases.kind % 4]
    swing = np.sin(2 * np.pi * cases.arrival / whole * len(make.years))
    longer *= 1 + make.season * swing
    week = (cases.arrival // WEEK).astype(int)
    shocks = [_persistent(rng, int(week.max()) + 1) for _ in make.units]
    longer *= np.exp(make.shocks * np.array(shocks)[cases.unit, week])
    last_half_year = cases.arrival >= whole * (1 - 0.5 / len(make.years))
    longer = np.where(last_half_year, longer * make.reform, longer)
    return np.where(cases.unit == 0, longer * make.slow_unit, longer)


def _noise(make: Make, rng: np.random.Generator, n: int) -> Vector:
    if make.pareto is not None:
        return (1 + rng.pareto(make.pareto, n)) / 2 ** (1 / make.pareto)
    return np.exp(make.sigma * rng.standard_normal(n))


def _busy(
    make: Make, unit: npt.NDArray[np.int64], now: Vector, service: Vector, whole: float
) -> tuple[Vector, Vector]:
    """Let cases wait before 承办; what people can do is measured by what comes in."""
    assert make.load is not None
    begins, taken = np.empty(len(now)), service.copy()
    for number in range(len(make.units)):
        mine = unit == number
        load = make.overload if number == 0 and make.overload else make.load
        taken[mine] *= load * make.servers * whole / service[mine].sum()
        begins[mine] = _queued(now[mine], taken[mine], make.servers)
    return begins, taken


def _log(
    make: Make,
    rows: Sequence[tuple[str, npt.NDArray[np.int64], Vector, Vector, Vector]],
    register: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    days: npt.NDArray[np.datetime64],
) -> pd.DataFrame:
    parts = []
    kind, origin = register
    for step, unit, received, start, end in rows:
        part = pd.DataFrame(
            {
                "case_id": [f"{number:05d}" for number in range(len(unit))],
                "activity": step,
                "actor": [f"{number + 1}处{number % 2 + 1}员" for number in unit],
                "unit": [
                    "办公室" if make.desks and step != STEPS[BUSY] else f"{number + 1}处"
                    for number in unit
                ],
                "received": _clock(received, days),
                "start": _clock(start, days),
                "end": _clock(end, days),
                "文种": np.array(["请示", "报告", "函", "通知"], dtype=object)[kind],
                "来文单位": [f"单位{number:02d}" for number in origin],
            }
        )
        parts.append(part[part["received"].notna()])
    log = pd.concat(parts, ignore_index=True).sort_values("received", kind="stable")
    if make.dates_only:
        for name in ("received", "start", "end"):
            log[name] = log[name].dt.normalize()
            log[f"{name}_precision"] = "day"
    if not make.starts:
        log = log.drop(columns=["start", "start_precision"], errors="ignore")
    return log.reset_index(drop=True).assign(row=range(1, len(log) + 1))
