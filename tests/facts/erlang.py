"""Queues made up in the form of a log, and what theory says of them."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pandas as pd

from efficiency.criteria.calendar import Calendar, Hours

HOUR = 3_600_000_000
#: Always open, so that working time is time.
ALWAYS = Calendar(hours=Hours(((0, 24 * HOUR),), every_day=True))
START = np.datetime64("2024-01-01T00:00:00")


def queue_log(
    arrivals: np.ndarray, services: np.ndarray, people: int, start: np.datetime64 = START
) -> pd.DataFrame:
    """The log of a queue, first come, first served by whoever is free (in seconds)."""
    free = [(0.0, person) for person in range(people)]
    starts, actors = [], []
    for arrival, service in zip(arrivals, services, strict=True):
        at, person = heapq.heappop(free)
        begun = max(arrival, at)
        heapq.heappush(free, (begun + service, person))
        starts.append(begun)
        actors.append("甲乙丙丁戊"[person])
    begun = np.array(starts)
    moments = {"received": arrivals, "start": begun, "end": begun + services}
    times = {name: start + held.astype("timedelta64[s]") for name, held in moments.items()}
    log = pd.DataFrame(
        {"case_id": [f"{i:05}" for i in range(len(arrivals))], "activity": "登记", "unit": "一处"}
    )
    return log.assign(actor=actors, **{n: t.astype("datetime64[us]") for n, t in times.items()})


def poisson_queue(
    seed: int, cases: int, gap: float, services: np.ndarray, people: int
) -> pd.DataFrame:
    """A queue with Poisson arrivals a mean gap (s) apart."""
    arrivals = np.cumsum(np.random.default_rng(seed).exponential(gap, cases)).round()
    return queue_log(arrivals, services.round(), people)


def erlang_c(load: float, people: int) -> float:
    """The chance that all of some people are busy under a load (Erlang 1917)."""
    terms = [load**k / math.factorial(k) for k in range(people)]
    last = load**people / math.factorial(people) * people / (people - load)
    return last / (sum(terms) + last)


def erlang_wait(load: float, people: int, service: float) -> float:
    """The mean wait of M/M/c in the unit of the mean service."""
    return erlang_c(load, people) * service / (people - load)


def pollaczek_khinchine(load: float, service: float, variation: float) -> float:
    """The mean wait of M/G/1; ``variation`` is the squared coefficient of variation."""
    return load / (1 - load) * (1 + variation) / 2 * service
