"""A made-up office at work: documents wait at desks, are handled, loop and go out."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from efficiency.evidence.office import (
    CHANGED,
    CUTOFF,
    DAY,
    DESKS,
    DUTY,
    EXPRESS,
    EXPRESS_PACE,
    FIRST,
    FRONT_UNIT,
    HOUR,
    LAID_ASIDE,
    LAST,
    LATE_AFTERNOON,
    LOOP_UNIT,
    MINUTE,
    MINUTES,
    MONTH_END_DAYS,
    SLOW_STEPS,
    SLOW_UNIT,
    SPREAD_OF_WAIT,
    SPREAD_OF_WORK,
    Clock,
    Document,
    Plan,
    day_number,
    documents,
    drawn,
)

_MOST_DRAFTS = 4


class Step(NamedTuple):
    """One row of the record; moments in seconds since 1970, None where not yet."""

    document: int
    activity: str
    actor: str | None
    unit: str
    received: int
    start: int | None
    end: int | None


@dataclass
class Desk:
    """Some people of a unit with one queue: first come, first served, by whoever is free first."""

    unit: str
    people: list[str]
    clock: Clock
    free: list[int] = field(default_factory=list)


@dataclass
class Office:
    """
    A simulated office.

    Attributes
    ----------
    plan, seed
        What is planted, and where chance begins.
    office, duty
        The hours of the office and of the desk that is always open.
    documents
        In the order of their arrival.
    steps
        What was recorded by the cut-off, in the order in which documents were taken up.
    """

    plan: Plan
    seed: int
    office: Clock
    duty: Clock
    documents: list[Document] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desks: dict[tuple[str, str], Desk] = {}
        for unit, activities, people in _DESKS:
            clock = self.duty if unit == DUTY else self.office
            desk = Desk(unit, people.split(), clock, [0] * len(people.split()))
            self.desks |= {(unit, activity): desk for activity in activities}
        self.queue: list[tuple[int, int, Document, str, int]] = []
        self.turn = 0
        days = pd.Series(self.office.days)
        months = days.to_numpy().astype("datetime64[D]").astype("datetime64[M]")
        self.month_ends = set(days.groupby(months).tail(_MONTH_END_DAYS))

    def run(self, cases: int) -> None:
        """Let documents come in and work on them until the cut-off."""
        arrivals = _Arrivals(self.office, self.plan.seasonality)
        drawn = [self._document(number, arrivals) for number in range(cases)]
        self.documents = sorted(drawn, key=lambda document: (document.arrived, document.number))
        for number, document in enumerate(self.documents):
            document.number = number
            self._hand_on(document, "签收", document.arrived)
        while self.queue and self.queue[0][0] <= CUTOFF:
            self._serve(*heapq.heappop(self.queue))
        # What lies at a desk and was not taken up is on the record as well.
        for _, _, document, activity, received in sorted(self.queue, key=lambda entry: entry[:2]):
            if received <= CUTOFF:
                unit = self._unit(document, activity)
                self.steps.append(Step(document.number, activity, None, unit, received, None, None))

    def _document(self, number: int, arrivals: _Arrivals) -> Document:
        chance = random.Random(f"{self.seed}/{number}")
        express = chance.random() < self.plan.express_share
        ordinary = _pick(chance, {"平件": 0.8, "加急": 0.2})
        level = _pick(chance, _LEVELS)
        drafter = _pick(chance, dict.fromkeys(_DRAFTERS, 1.0))
        return Document(
            number=number,
            kind=_pick(chance, _KINDS[level]),
            level=level,
            urgency=EXPRESS if express else ordinary,
            origin=_pick(chance, dict.fromkeys(_ORIGINS[level], 1.0)),
            arrived=arrivals.draw(chance, express),
            front=DUTY if express else FRONT_UNIT,
            drafter=DUTY if express else drafter,
            handler=_pick(chance, dict.fromkeys(_HANDLERS, 1.0)),
            reviewed=chance.random() < 0.6 and not express,
            chance=chance,
        )

    def _unit(self, document: Document, activity: str) -> str:
        """Tell which unit does a step of a document."""
        express = document.urgency == EXPRESS
        units = {
            "签收": DUTY if express else "文书科",
            "登记": DUTY if express else "文书科",
            "初审": document.front,
            "退文": document.front,
            "转办": document.front,
            "拟办": document.drafter,
            "审核": document.drafter,
            "退回": document.drafter if document.reviewed or express else "市领导",
            "批示": DUTY if express else "市领导",
            "办结": document.drafter,
            "催办": "督查室",
            "归档": "文书科",
        }
        return units.get(activity, document.handler)

    def _hand_on(self, document: Document, activity: str, moment: int) -> None:
        """Send a document to its next desk: when it gets there, and when it may be taken up."""
        received = self._reaches(document, activity, moment)
        at = self._available(document, activity, received)
        self.turn += 1
        heapq.heappush(self.queue, (at, self.turn, document, activity, received))

    def _reaches(self, document: Document, activity: str, moment: int) -> int:
        """Tell when a document reaches a desk; most go from hand to hand."""
        chance, clock = document.chance, self.office
        if activity == "承办" and document.urgency == EXPRESS:
            return moment + _drawn(chance, 9 * _MINUTE, 0.55)
        if activity == "承办":
            return clock.finish(clock.work(moment) + _drawn(chance, 20 * _MINUTE, 0.5))
        if activity == "催办":
            return clock.begin(clock.work(moment) + _drawn(chance, 16 * _HOUR, 0.3))
        if activity == "补正完成":
            return clock.begin(clock.work(moment + _drawn(chance, 4 * _DAY, 0.5)))
        return moment

    def _available(self, document: Document, activity: str, received: int) -> int:
        """Tell when a document may be taken up: leaders are out, drafts are put off."""
        chance, clock, plan = document.chance, self.office, self.plan
        express = document.urgency == EXPRESS
        if activity == "批示" and not express:
            return clock.begin(clock.work(received) + _drawn(chance, 2 * _HOUR, 0.8))
        if activity != "拟办" or document.drafts or express:
            return received
        put_off, laid_aside, days = (chance.random() for _ in range(3))
        at = received
        if received % _DAY >= LATE_AFTERNOON and put_off < plan.put_off_share:
            at = clock.next_morning(received)
        slow_kind = document.drafter == SLOW_UNIT and document.kind in LAID_ASIDE
        if slow_kind and laid_aside < plan.laid_aside_share:
            at = clock.begin(clock.work(received) + int((8 + 14 * days) * _HOUR))
        return at

    def _serve(self, now: int, _: int, document: Document, activity: str, received: int) -> None:
        """Let whoever is free first take a document up, and send it on when it is done."""
        desk = self.desks[self._unit(document, activity), activity]
        person = min(range(len(desk.free)), key=desk.free.__getitem__)
        work = max(desk.clock.work(now), desk.free[person])
        start = desk.clock.begin(work)
        work += self._seconds(document, activity, desk.unit, start)
        desk.free[person], end = work, desk.clock.finish(work)
        started = start <= CUTOFF
        self.steps.append(
            Step(
                document.number,
                activity,
                desk.people[person] if started else None,
                desk.unit,
                received,
                start if started else None,
                end if end <= CUTOFF else None,
            )
        )
        follows = self._follows(document, activity)
        if follows:
            self._hand_on(document, follows, end)

    def _seconds(self, document: Document, activity: str, unit: str, start: int) -> int:
        """Draw how long a step takes in hand."""
        plan, (median, spread) = self.plan, _MINUTES[activity]
        factor = _EXPRESS_PACE if unit == DUTY else 1.0
        if unit == SLOW_UNIT and activity in SLOW_STEPS:
            factor *= plan.slow_factor
        if unit == FRONT_UNIT and start // _DAY in self.month_ends:
            factor *= plan.month_end_factor
        if activity == "承办" and start >= CHANGED:
            factor *= plan.change_factor
        return max(_drawn(document.chance, median * _MINUTE * factor, spread), 20)

    def _follows(self, document: Document, activity: str) -> str | None:
        """Tell what comes after a step; None: the document has gone out."""
        plan, lot = self.plan, document.chance.random()
        if activity == "拟办":
            document.drafts += 1
            rate = plan.loop_rate if document.drafter == LOOP_UNIT else plan.rework_rate
            again = lot < rate and document.drafts <= _MOST_LOOPS
            return "退回" if again else "审核" if document.reviewed else "批示"
        ask = document.urgency != EXPRESS and lot < plan.supplement_rate
        refused = document.urgency != EXPRESS and lot < plan.return_rate
        follows = {
            "签收": "登记",
            "登记": "初审",
            "初审": "退文" if refused else "转办",
            "转办": "拟办",
            "退回": "拟办",
            "审核": "批示",
            "批示": "补正" if ask else "承办",
            "补正": "补正完成",
            "补正完成": "补正" if ask else "承办",
            "承办": "催办" if lot < plan.urge_rate else "反馈",
            "催办": "反馈",
            "反馈": "办结",
            "办结": "归档",
        }
        return follows.get(activity)


def simulate(days: pd.DataFrame, plan: Plan, seed: int, cases: int) -> Office:
    """
    Let the office work through two years of documents.

    Parameters
    ----------
    days
        The day table (``tables.DAYS``): calendar 0 the office, calendar 1 the desk that is
        always open. It covers `FIRST` to `LAST` at least.
    plan
        What is planted.
    seed
        Where chance begins: the same seed gives the same office.
    cases
        The number of documents.

    Returns
    -------
    Office
        With its documents and steps.

    Raises
    ------
    ValueError
        If a calendar or a day is missing from the day table.

    Notes
    -----
    A discrete-event simulation. A desk works on its own clock W, on which it never closes:
    a document is taken up at max(W(arrival), W at which someone is free) and done that many
    working seconds later; the clock's inverse gives both moments by the wall. Documents are
    served in the order in which they may be taken up, so every desk is first in, first out.
    """
    first, last = (np.datetime64(day, "D").astype("int64") for day in (FIRST, LAST))
    for calendar in (0, 1):
        known = days.loc[days["calendar"] == calendar, "day"]
        if known.empty or known.min() > first or known.max() < last:
            raise ValueError(f"days must cover {FIRST} to {LAST} in the calendars 0 and 1")
    office = Office(plan, seed, Clock.of(days, 0), Clock.of(days, 1))
    office.run(cases)
    return office
