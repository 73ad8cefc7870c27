"""How else a fitted office's history might have gone: its cases once more, its times drawn anew."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from efficiency.sample.desk_hours import DAY, DeskHours
from efficiency.what_if.fitted_office import Office
from efficiency.what_if.pools import Pool

_NEVER = -1


@dataclass(frozen=True)
class History:
    """
    One simulated history.

    Attributes
    ----------
    log
        ``tables.LOG``, as it would have stood at the cut-off.
    busy_hours
        Of each desk, in the order of the office's desks: working hours in which its people had
        something in hand.
    """

    log: pd.DataFrame
    busy_hours: tuple[float, ...]


def history(office: Office, seed: int, columns: Sequence[str] = ()) -> History:
    """
    Simulate the office once.

    Parameters
    ----------
    office
        As `fit_office` gives it, changed or not.
    seed
        Where chance begins. Each step of the record has chances of its own, so that two offices
        with the same seed differ by what was changed and by nothing else.
    columns
        Those of the cases to put into the log.

    Notes
    -----
    A discrete-event simulation on SimPy, in whole seconds of the wall clock. Every case comes when
    it came and takes the steps it took. A step that reaches a desk first waits for *other*
    reasons; then it queues for somebody who is free; then it is in hand. Both times are worked on
    the desk's own clock W: what is ready while the desk is closed is so at its opening, and what
    is not done at closing goes on at the next opening. First come, first served by rank; nobody
    lays aside what he has begun.

    References
    ----------
    Law, A. M. (2015). Simulation Modeling and Analysis, fifth edition, section 11.2 (common
    random numbers). McGraw-Hill.
    """
    lots = office.steps["lot"].to_numpy()
    chance = np.random.default_rng(seed).random((lots.max(initial=0) + 1, 2))
    run = _Run(office, chance[lots])
    run.go()
    return History(_log(office, run, columns), tuple(s / 3600 for s in run.busy))


@dataclass
class _Desk:
    """People with one queue; whoever was idle longest takes up what comes first."""

    free: deque[int]
    limited: bool
    queue: list[tuple[int, int, int, int, Any]] = field(default_factory=list)

    def ask(self, env: Any, rank: tuple[int, int], turn: int) -> Any:
        """An event that comes with the number of a person who is free."""
        event = env.event()
        if not self.limited:
            return event.succeed(_NEVER)
        if self.free:
            return event.succeed(self.free.popleft())
        heapq.heappush(self.queue, (*rank, env.now, turn, event))
        return event

    def release(self, person: int) -> None:
        """Let a person take up what is first in the queue."""
        if self.queue:
            heapq.heappop(self.queue)[-1].succeed(person)
        elif self.limited:
            self.free.append(person)


class _Run:
    """The simulation: columns of the office as lists, which SimPy's processes read fastest."""

    def __init__(self, office: Office, chance: np.ndarray) -> None:
        import simpy  # little here needs it

        steps = office.steps
        self.env = simpy.Environment(initial_time=office.begins)
        self.until = office.cutoff
        self.rows = list(steps.drop(columns=["row", "activity", "actor"]).itertuples(index=False))
        self.occasions = office.occasions.tolist()
        self.chance = chance.tolist()
        self.handling, self.other = office.handling, office.other
        self.clocks = [office.clock_of(unit) for unit in office.desks["unit"]]
        self.desks = [
            _Desk(deque(range(max(places, 0))), limited=places >= 0)
            for places in office.desks["places"].tolist()
        ]
        self.left, self.first_day = office.working_left.tolist(), office.begins // DAY
        self.sent: list[list[int]] = [[] for _ in self.rows]
        self.joined: dict[int, int] = {}
        for at, row in enumerate(self.rows):
            if row.follows:
                self.joined[row.source] = at
            elif row.source >= 0:
                self.sent[row.source].append(at)
        self.received = [_NEVER] * len(self.rows)
        self.start, self.end = list(self.received), list(self.received)
        self.person = list(self.received)
        self.busy = [0] * len(self.desks)

    def go(self) -> None:
        """Let the cases come in, and work until the cut-off."""
        for at, row in enumerate(self.rows):
            if row.source < 0 and row.arrives <= self.until:
                self.env.process(self.step(at, max(row.arrives - self.env.now, 0)))
        self.env.run(until=self.until + 1)

    def step(self, at: int, way: int) -> Generator[Any, Any, None]:
        """Take one step: on the way, waiting, in the queue, in hand; then send off what follows."""
        env, row = self.env, self.rows[at]
        clock = self.clocks[row.place]
        yield env.timeout(way)
        self.received[at] = env.now
        wait = self.drawn(self.other[row.kind], at, 1, row.other_beyond)
        if wait is None:
            return
        work = clock.work(env.now) + wait
        if self.handling[row.kind] is None:
            yield env.timeout(max(clock.finish(work) - env.now, 0) if wait else 0)
            self.done(at, env.now)
            return
        yield env.timeout(clock.begin(work) - env.now)
        desk = self.desks[row.place]
        person = yield desk.ask(env, (row.first_rank, row.second_rank), at)
        for here in self.in_one_go(at):
            finished = yield from self.in_hand(here, person, clock)
            if not finished:
                return
            self.done(here, env.now)
        desk.release(person)

    def in_one_go(self, at: int) -> list[int]:
        """A step and those that are done together with it."""
        whole = [at]
        while whole[-1] in self.joined:
            whole.append(self.joined[whole[-1]])
        return whole

    def in_hand(self, at: int, person: int, clock: DeskHours) -> Generator[Any, Any, bool]:
        """Work on a step; tell whether it is ever finished."""
        env, row = self.env, self.rows[at]
        work = clock.work(env.now)
        start = clock.begin(work)
        pool = self.handling[row.kind]
        takes = self.drawn(pool, at, 0, row.handling_beyond) if pool else 0
        self.received[at] = env.now if self.received[at] == _NEVER else self.received[at]
        self.start[at], self.person[at] = start, person
        place = row.place
        if takes is None:
            self.busy[place] += max(clock.work(self.until) - work, 0)
            return False
        self.busy[place] += max(min(work + takes, clock.work(self.until)) - work, 0)
        ends = max(clock.finish(work + takes), start)
        yield env.timeout(ends - env.now)
        return True

    def done(self, at: int, moment: int) -> None:
        """Note the end of a step, and send off what it sends off."""
        self.end[at] = moment
        for following in self.sent[at]:
            row = self.rows[following]
            way = row.transit
            if way and not row.by_wall:
                clock = self.clocks[row.place]
                way = clock.finish(clock.work(moment) + way) - moment
            self.env.process(self.step(following, way))

    def drawn(self, pool: Pool, at: int, which: int, beyond: int) -> int | None:
        """Draw a time for a step on the occasion of its coming."""
        moment = self.received[at] if self.received[at] != _NEVER else self.env.now
        day, second = divmod(moment, DAY)
        left = self.left[min(day - self.first_day, len(self.left) - 1)]
        occasion = [second, day % 7, left, day - self.first_day, *self.occasions[at]]
        return pool.draw(occasion, self.chance[at][which], beyond)


def _log(office: Office, run: _Run, columns: Sequence[str]) -> pd.DataFrame:
    """Write the record of a run: what has no moment by the cut-off is not seen."""
    steps = office.steps
    moments = {name: np.array(getattr(run, name)) for name in ("received", "start", "end")}
    moments["received"] = np.where(steps["received_known"], moments["received"], _NEVER)
    times = {name: _times(held, office.cutoff) for name, held in moments.items()}
    names = [_people(row) for row in office.desks.itertuples(index=False)]
    actors = [
        names[place][person] if 0 <= person < len(names[place]) else actor
        for place, person, actor in zip(
            steps["place"].tolist(), run.person, steps["actor"].tolist(), strict=True
        )
    ]
    cases = office.cases.iloc[steps["case"].to_numpy()].reset_index(drop=True)
    log = pd.DataFrame(
        {
            "case_id": cases["case_id"],
            "activity": steps["activity"],
            "actor": pd.Series(actors, dtype=object).where(times["start"].notna(), None),
            "unit": steps["unit"].where(steps["unit"] != "", None),
            **times,
            "row": steps["row"],
            **{name: cases[name] for name in columns},
        }
    )
    return log[log[list(times)].notna().any(axis=1)].reset_index(drop=True)


def _times(seconds: np.ndarray, cutoff: int) -> pd.Series:
    seen = (seconds != _NEVER) & (seconds <= cutoff)
    moments = np.where(seen, seconds, 0).astype("datetime64[s]").astype("datetime64[us]")
    return pd.Series(moments).where(pd.Series(seen))


def _people(desk: Any) -> list[str]:
    """Name the places of a desk: whoever sits there, and numbers for those who are to come."""
    held = max(int(desk.at_once), 1)
    known = [name for name in desk.actors.split(" | ") if name]
    count = max(desk.places, 0) // held
    people = known[:count] + [f"{desk.desk}＋{i + 1}" for i in range(count - len(known))]
    return [name for name in people for _ in range(held)]
