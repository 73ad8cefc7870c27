"""A made-up office at work: documents wait at desks, are handled, loop and go out."""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from efficiency.sample.desk_hours import DAY, HOUR, MINUTE, DeskHours, day_number
from efficiency.sample.documents import Document, documents, entitle, strays
from efficiency.sample.establishment import (
    AWAY,
    CHANGED,
    CUTOFF,
    DESKS,
    DUTY,
    EXPRESS,
    EXPRESS_PACE,
    FIRST,
    FRONT_UNIT,
    LAID_ASIDE,
    LAST,
    LATE_AFTERNOON,
    LEADERS,
    LEGAL_UNIT,
    LOOP_UNIT,
    MINUTES,
    MONTH_END_DAYS,
    SLOW_STEPS,
    SLOW_UNIT,
    SPREAD_OF_WAIT,
    SPREAD_OF_WORK,
    WORK_DAY,
)
from efficiency.sample.plan import Plan

CLOSED_BY = ("归档", "退文")
_MOST_DRAFTS = 4
#: Steps that draw on a document's chance aside.
_ASIDE = ("合法性审核", "退办", "转发", "领导询问")


class Turn(NamedTuple):
    """
    A turn off the usual way.

    It is taken after one activity (``after``; empty: any) or in place of those that would follow
    (``instead``; none: any), and goes to ``goes``, at most so many ``times``.
    """

    goes: str
    after: str = ""
    instead: tuple[str, ...] = ()
    times: int = 99

    def fits(self, activity: str, follows: str | None) -> bool:
        """Tell whether it can be taken after an activity that another would follow."""
        here = not self.after or self.after == activity
        return here and (not self.instead or follows in self.instead)


_URGED_AND_URGED = (Turn("催办", after="承办", times=1), Turn("催办", after="催办", times=2))
#: The turns that documents take, by what befalls them.
TURNS = {
    "unregistered": (Turn("初审", instead=("登记",)),),
    "early_note": (Turn("签收", after="批示", times=1),),
    "backflow": (Turn("承办", after="反馈", times=1),),
    "side_pass": (Turn("承办", after="承办", times=1),),
    "undecided": (Turn("承办", instead=("合法性审核", "批示")),),
    "prompted": (
        Turn("领导询问", after="承办", times=1),
        Turn("催办", after="领导询问", times=1),
    ),
    "asked": (Turn("催办", after="承办", times=1), Turn("领导询问", after="催办", times=1)),
    "silent": _URGED_AND_URGED,
    "pressed": _URGED_AND_URGED,
    "shunt": (Turn("退办", instead=("承办",), times=2),),
    "returned": (Turn("退办", instead=("承办",), times=1),),
    "forward": (Turn("转发", instead=("承办",)),),
    "forwarded": (Turn("转发", instead=("承办",), times=1), Turn("承办", after="转发", times=1)),
}


class Step(NamedTuple):
    """One row of the record; moments in seconds since 1970, None where not yet."""

    case: int
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
    clock: DeskHours
    free: list[int] = field(default_factory=list)


class Decision(NamedTuple):
    """What a leader noted on a document, and when; not all of them are registered."""

    at: int
    leader: str
    document: Document
    registered: bool


class _Arrival(NamedTuple):
    """A document at a desk, ready to be taken up at a moment; the queue is kept in this order."""

    at: int
    turn: int
    case: int
    activity: str
    received: int


@dataclass
class Run:
    """
    A simulation of the office.

    Attributes
    ----------
    plan
        What is planted.
    office, duty
        The hours of the office and of the desk that is always open.
    documents
        In the order of their arrival; their place is their case number.
    steps
        What was recorded by the cut-off.
    strays
        Documents that a leader decided and nobody registered.
    full_pace
        How many times as long 合法性审核 takes where its people can just do what comes in; 0 as
        long as that is not known.
    """

    plan: Plan
    office: DeskHours
    duty: DeskHours
    documents: list[Document]
    steps: list[Step] = field(default_factory=list)
    strays: list[Document] = field(default_factory=list)
    full_pace: float = 0.0

    def __post_init__(self) -> None:
        self.queue: list[_Arrival] = []
        self.turn = 0
        self.desks: dict[tuple[str, str], Desk] = {}
        for unit, activities, people in DESKS:
            names = people.split()
            desk = Desk(unit, names, self.clock_of(unit), [0] * len(names))
            self.desks |= {(unit, activity): desk for activity in activities}
        days = pd.Series(self.office.days)
        months = days.to_numpy().astype("datetime64[D]").astype("datetime64[M]")
        self.month_ends = set(days.groupby(months).tail(MONTH_END_DAYS))

    def clock_of(self, unit: str) -> DeskHours:
        """The hours that a unit keeps."""
        return self.duty if unit == DUTY else self.office

    def unit_of(self, case: int, activity: str) -> str:
        """Tell which unit does a step of a document."""
        document = self.documents[case]
        express, lapse = document.urgency == EXPRESS, document.lapse
        taken = sum(document.turns.values())
        astray = (activity == "退办" and taken == 1) or (lapse == "side_pass" and not taken)
        department = document.other if astray else document.handler
        units = {
            "签收": DUTY if express else FRONT_UNIT if lapse == "side_entry" else "文书科",
            "登记": DUTY if express else "文书科",
            "初审": document.front,
            "退文": document.front,
            "转办": document.front,
            "拟办": document.drafter,
            "审核": document.drafter,
            "退回": document.drafter if document.reviewed or express else LEADERS,
            "合法性审核": DUTY if express else LEGAL_UNIT,
            "批示": DUTY if express else LEADERS,
            "退办": department,
            "承办": department,
            "领导询问": LEADERS,
            "办结": document.drafter,
            "催办": "督查室",
            "归档": "文书科",
        }
        return units.get(activity, document.handler)

    def work_off(self) -> None:
        """Let the documents come in and work on them until the cut-off."""
        for case, document in enumerate(self.documents):
            first = "批示" if document.lapse == "early_note" else "签收"
            self._hand_on(case, first, document.arrived)
        while self.queue and self.queue[0].at <= CUTOFF:
            self._serve(heapq.heappop(self.queue))
        # What lies at a desk and was not taken up is on the record as well.
        for _, _, case, activity, received in sorted(self.queue):
            if received <= CUTOFF:
                unit = self.unit_of(case, activity)
                self.steps.append(Step(case, activity, None, unit, received, None, None))

    def decisions(self) -> list[Decision]:
        """What leaders decided, in order: in the office, and past its register."""
        made = [
            Decision(step.end, step.actor, self.documents[step.case], registered=True)
            for step in self.steps
            if step.activity == "批示" and step.end is not None and step.actor is not None
        ]
        leaders = self.desks[LEADERS, "批示"].people
        made += [
            Decision(stray.arrived, leaders[place % len(leaders)], stray, registered=False)
            for place, stray in enumerate(self.strays)
        ]
        return sorted(made, key=lambda decision: decision.at)

    def _chance(self, case: int, activity: str) -> random.Random:
        document = self.documents[case]
        return document.aside if activity in _ASIDE else document.chance

    def _hand_on(self, case: int, activity: str, moment: int) -> None:
        """Send a document to its next desk: when it gets there, and when it may be taken up."""
        received = self._reaches(case, activity, moment)
        at = self._ready(case, activity, received)
        self.turn += 1
        heapq.heappush(self.queue, _Arrival(at, self.turn, case, activity, received))

    def _reaches(self, case: int, activity: str, moment: int) -> int:
        """Tell when a document reaches a desk; most go from hand to hand."""
        document, office = self.documents[case], self.office
        chance = self._chance(case, activity)
        if activity == "承办" and document.urgency == EXPRESS:
            return moment + _drawn(chance, 9 * MINUTE, 0.7)
        if activity == "承办":
            return office.finish(office.work(moment) + _drawn(chance, 20 * MINUTE, 0.5))
        if activity == "领导询问" or (activity == "催办" and document.lapse != "prompted"):
            return office.begin(office.work(moment) + _drawn(chance, 28 * HOUR, 0.7))
        if activity == "补正完成":
            return office.begin(office.work(moment + _drawn(chance, 7 * DAY, 0.5)))
        return moment

    def _ready(self, case: int, activity: str, received: int) -> int:
        """Tell when someone turns to a document, if he is free; first drafts may be put off."""
        document, unit = self.documents[case], self.unit_of(case, activity)
        if document.lapse == "silent" and activity == "反馈":
            return CUTOFF + 1  # it lies there unanswered
        plan, clock, chance = (
            self.plan.at(received),
            self.clock_of(unit),
            self._chance(case, activity),
        )
        pace = _pace(plan, unit, activity)
        wait = _drawn(chance, MINUTES[activity][0] * MINUTE * pace, SPREAD_OF_WAIT)
        away = _drawn(chance, AWAY[unit == DUTY] * MINUTE, SPREAD_OF_WAIT)
        wait += away if chance.random() < plan.away_rate else 0
        if activity == "批示" and document.drafts and unit != DUTY and received < CHANGED:
            wait += round(plan.reform_days * WORK_DAY)
        at = received
        if activity == "拟办" and not document.drafts and unit != DUTY:
            at = self._put_off(document, received)
        return clock.begin(clock.work(at) + wait)

    def _put_off(self, document: Document, received: int) -> int:
        """Leave late ones for the next morning; in one unit some types lie for days."""
        office, plan = self.office, self.plan.at(received)
        late, aside, long = (document.chance.random() for _ in range(3))
        at = received
        if received % DAY >= LATE_AFTERNOON and late < plan.put_off_share:
            at = office.next_morning(received)
        lies = document.drafter == SLOW_UNIT and document.kind in LAID_ASIDE
        if lies and aside < plan.laid_aside_share:
            at = office.begin(office.work(received) + round((8 + 14 * long) * HOUR))
        return at

    def _serve(self, arrival: _Arrival) -> None:
        """Let whoever is free first take a document up, and send it on when it is done."""
        at, _, case, activity, received = arrival
        document, unit = self.documents[case], self.unit_of(case, activity)
        desk = self.desks[unit, activity]
        person = min(range(len(desk.free)), key=desk.free.__getitem__)
        if activity == "审核" and document.self_reviewed:
            desk, person = self.desks[unit, "拟办"], document.drafted_by
        if activity == "拟办":
            document.drafted_by = person
        work = max(desk.clock.work(at), desk.free[person])
        start = desk.clock.begin(work)
        work += self._takes(case, activity, unit, start)
        desk.free[person], end = work, desk.clock.finish(work)
        actor = desk.people[person]
        self.steps.append(_seen(Step(case, activity, actor, unit, received, start, end)))
        follows = self._follows(case, activity, end)
        if follows:
            self._hand_on(case, follows, end)

    def _takes(self, case: int, activity: str, unit: str, start: int) -> int:
        """Draw the working seconds that a step takes in hand."""
        plan = self.plan.at(start)
        factor = _pace(plan, unit, activity)
        if unit == LEGAL_UNIT and plan.overload and self.full_pace:
            factor *= plan.overload * self.full_pace
        if unit == FRONT_UNIT and start // DAY in self.month_ends:
            factor *= plan.month_end_factor
        if activity == "承办" and start >= CHANGED:
            factor *= plan.change_factor
        median = MINUTES[activity][1] * MINUTE
        return max(_drawn(self._chance(case, activity), median * factor, SPREAD_OF_WORK), 20)

    def _follows(self, case: int, activity: str, moment: int) -> str | None:
        """Tell what comes after a step done at a moment; None: the document has gone out."""
        document, follows = self.documents[case], self._usual(case, activity, moment)
        for turn in TURNS.get(document.lapse, ()):
            if turn.fits(activity, follows) and document.turns[turn] < turn.times:
                document.turns[turn] += 1
                follows = turn.goes
        return follows

    def _usual(self, case: int, activity: str, moment: int) -> str | None:
        """Tell what usually comes after a step done at a moment."""
        plan, document = self.plan.at(moment), self.documents[case]
        lot = self._chance(case, activity).random()
        express = document.urgency == EXPRESS
        decides = "合法性审核" if document.screened else "批示"
        if activity == "拟办":
            document.drafts += 1
            rate = plan.loop_rate if document.drafter == LOOP_UNIT else plan.rework_rate
            again = lot < rate and document.drafts < _MOST_DRAFTS
            return "退回" if again else "审核" if document.reviewed else decides
        asks = lot < plan.supplement_rate and not express
        follows = {
            "签收": "登记",
            "登记": "初审",
            "初审": "退文" if lot < plan.return_rate and not express else "转办",
            "转办": "承办" if document.drafts else "拟办",
            "退回": "拟办",
            "审核": decides,
            "合法性审核": "批示",
            "批示": "补正" if asks else "承办",
            "补正": "补正完成",
            "补正完成": "补正" if asks else "承办",
            "退办": "转办",
            "转发": "反馈",
            "承办": "催办" if lot < plan.urge_rate else "反馈",
            "领导询问": "反馈",
            "催办": "反馈",
            "反馈": "办结",
            "办结": "归档",
        }
        return follows.get(activity)


def _pace(plan: Plan, unit: str, activity: str) -> float:
    """Tell how many times the usual a unit takes over a step, waiting included."""
    slow = unit == SLOW_UNIT and activity in SLOW_STEPS
    return (EXPRESS_PACE if unit == DUTY else 1.0) * (plan.slow_factor if slow else 1.0)


def _drawn(chance: random.Random, median: float, spread: float) -> int:
    """Draw whole seconds from a lognormal of a given median."""
    return round(chance.lognormvariate(math.log(median), spread))


def _seen(step: Step) -> Step:
    """Blank what lies after the cut-off; who will take a document up is then not known either."""
    if step.start is not None and step.start > CUTOFF:
        return step._replace(actor=None, start=None, end=None)
    return step._replace(end=None) if step.end is not None and step.end > CUTOFF else step


def simulate(days: pd.DataFrame, plan: Plan, seed: int, cases: int) -> Run:
    """
    Let the office work through two years of documents.

    Parameters
    ----------
    days
        The day table (``tables.DAYS``): calendar 0 the office, calendar 1 the desk that is
        always open. It covers ``office.FIRST`` to ``office.LAST`` at least.
    plan
        What is planted.
    seed
        Where chance begins: the same seed gives the same office.
    cases
        The number of documents.

    Raises
    ------
    ValueError
        If a calendar or a day is missing from the day table.

    Notes
    -----
    A discrete-event simulation. A desk works on its own clock W, on which it never closes:
    a document is taken up at max(W when it is ready, W at which someone is free) and is done so
    many working seconds later; the clock's inverse gives both moments by the wall. Documents
    are served in the order in which they become ready, so every desk is first in, first out.

    Where ``plan.overload`` is set, the office runs twice: what 合法性审核 took in the first run,
    beside the working time of its people, tells how much slower it must be in the second. The
    same documents come in there in both, for none waits for the desk before it gets there; only
    moments differ, as who drafts also closes the documents that come from there.
    """
    for calendar in (0, 1):
        known = days.loc[days["calendar"] == calendar, "day"]
        if known.empty or known.min() > day_number(FIRST) or known.max() < day_number(LAST):
            raise ValueError(f"days must cover {FIRST} to {LAST} in the calendars 0 and 1")
    clocks = DeskHours.of(days, 0), DeskHours.of(days, 1)
    run = _opened(clocks, plan, seed, cases)
    run.work_off()
    if plan.overload or plan.later.overload:
        pace = _full_pace(run)
        run = _opened(clocks, plan, seed, cases)
        run.full_pace = pace
        run.work_off()
    return run


def _opened(clocks: tuple[DeskHours, DeskHours], plan: Plan, seed: int, cases: int) -> Run:
    """The office before its first day."""
    registered, others = _drawn_up(clocks[0], plan, seed, cases)
    if plan.then:
        # What is done changes how many draws it takes to draw up documents, and must not thereby
        # change their chance on the way.
        as_before, _ = _drawn_up(clocks[0], replace(plan, then=(), acted=None), seed, cases)
        for document, twin in zip(registered, as_before, strict=True):
            document.aside = twin.aside
    return Run(plan, *clocks, registered, strays=others)


def _drawn_up(
    office: DeskHours, plan: Plan, seed: int, cases: int
) -> tuple[list[Document], list[Document]]:
    """The documents that are registered and those that are not, with titles."""
    registered = documents(office, plan, seed, cases)
    others = strays(office, plan, registered)
    entitle(registered, others)
    return registered, others


def _full_pace(run: Run) -> float:
    """How much longer 合法性审核 must take for its people to be busy all the time."""
    desk = run.desks[LEGAL_UNIT, "合法性审核"]
    taken = sum(
        desk.clock.work(step.end) - desk.clock.work(step.start)
        for step in run.steps
        if step.unit == LEGAL_UNIT and step.start is not None and step.end is not None
    )
    opened = desk.clock.work(CUTOFF) - desk.clock.work(day_number(FIRST) * DAY)
    return len(desk.people) * opened / taken if taken else 0.0
