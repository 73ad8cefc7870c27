"""What a register of the made-up office is: its rows, its limits and rules, and the truth."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from efficiency.sample.desk_hours import DAY, HOUR, MINUTE, DeskHours
from efficiency.sample.establishment import CUTOFF

#: Limits and rules as their files have them; what a row does not name stays empty.
LIMIT = (
    "standard_id", "title", "short", "source", "log", "scope", "from", "to", "limit", "clock",
    "target", "required", "extend", "extend_by",
)  # fmt: skip
RULE = (
    "rule_id", "title", "source", "log", "scope", "kind", "a", "b", "n", "severity", "wording",
    "theme",
)  # fmt: skip
#: The first second of the two years that are recorded.
BEGINNING = int(np.datetime64("2023-01-01T00:00:00", "s").astype("int64"))


@dataclass(frozen=True)
class Register:
    """
    One record of the office, as people kept it.

    Attributes
    ----------
    name
        Of its log, and of its file.
    rows
        Every value is text, under the headings that the office gave.
    limits, rules
        The rows of ``standards.csv`` and of ``rules.csv`` that speak of it.
    truth
        What was planted, and how each limit and each rule came out, case by case.
    """

    name: str
    rows: pd.DataFrame
    limits: list[dict[str, str]]
    rules: list[dict[str, str]]
    truth: dict[str, Any]


@dataclass
class Account:
    """
    How the cases of a register came out, by its own reckoning.

    Attributes
    ----------
    verdicts
        The cases by limit or rule, and by verdict.
    """

    verdicts: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def judge(self, limit: str, case: str, start: int | None, stop: int | None, due: int) -> None:
        """Hold a case against a limit; one whose clock has not started is none."""
        if start is None or start > CUTOFF:
            return
        if stop is None or stop > CUTOFF:
            self.verdicts[limit]["overdue" if due < CUTOFF else "pending"].append(case)
        else:
            self.verdicts[limit]["met" if stop <= due else "late"].append(case)

    def hold(self, rule: str, case: str, *, broken: bool) -> None:
        """Hold a case to a rule."""
        self.verdicts[rule]["broken" if broken else "kept"].append(case)

    def told(self) -> dict[str, dict[str, Any]]:
        """Each limit and rule with how often it was kept, and the cases in which it was not."""
        return {
            name: {
                verdict: len(cases) if verdict in {"met", "kept"} else cases
                for verdict, cases in sorted(by.items())
            }
            for name, by in sorted(self.verdicts.items())
        }


@dataclass(frozen=True)
class Hours:
    """
    The hours in which something is done, with the chance that decides over it.

    Attributes
    ----------
    office
        The desk's hours.
    chance
        Where what happens comes from.
    """

    office: DeskHours
    chance: random.Random

    def after(self, moment: int, low: float, high: float) -> int:
        """A whole minute that comes so many working hours later, evenly between two bounds."""
        work = self.office.work(moment) + int(self.chance.uniform(low, high) * HOUR)
        return minute(self.office.begin(work))

    def within(self, start: int, end: int, low: float, high: float) -> int:
        """A minute at such a share of the working time between two moments; above 1 it is later."""
        first, last = self.office.work(start), self.office.work(end)
        share = self.chance.uniform(low, high)
        return minute(self.office.begin(first + int((last - first) * share) + 1))

    def working_day(self, moment: int) -> int:
        """The number of the working day of a moment, counted from the first one."""
        return bisect_left(self.office.days, moment // DAY)

    def is_prompt(self, asked: Sequence[int], done: Iterable[int], days: int = 3) -> bool:
        """Whether something was done within so many working days after it was asked for."""
        ends = sorted(asked)
        for moment in done:
            place = bisect_right(ends, moment)
            since = self.working_day(moment) - self.working_day(ends[place - 1]) if place else None
            if since is not None and since <= days:
                return True
        return False


def arrivals(office: DeskHours, chance: random.Random, cases: int) -> list[int]:
    """Moments of the two years at which the office is open, in order."""
    first, last = office.work(BEGINNING), office.work(CUTOFF)
    return sorted(office.begin(chance.randrange(first, last)) for _ in range(cases))


def seen(moment: int | None) -> int | None:
    """A moment, unless it lies behind the day on which the record was taken."""
    return None if moment is None or moment > CUTOFF else moment


def stamp(moment: int | None) -> str:
    """
    Write a moment as people see it, to the minute; nothing where it is not seen.

    Examples
    --------
    >>> stamp(0), stamp(None)
    ('1970-01-01 00:00', '')
    """
    at = seen(moment)
    return (
        "" if at is None else str(np.datetime64(at, "s").astype("datetime64[m]")).replace("T", " ")
    )


def date(moment: int) -> str:
    """
    Write the day of a moment, which may lie ahead.

    Examples
    --------
    >>> date(0)
    '1970-01-01'
    """
    return str(np.datetime64(moment, "s").astype("datetime64[D]"))


def minute(moment: int) -> int:
    """A moment as the record has it: whole minutes."""
    return moment // MINUTE * MINUTE


def numbered(mark: str, moments: Iterable[int], width: int = 3) -> dict[str, int]:
    """
    Number cases year by year: what each is called, and its moment.

    Examples
    --------
    >>> list(numbered("督", [0, 1, 366 * 86400]))
    ['督〔1970〕001号', '督〔1970〕002号', '督〔1971〕001号']
    """
    counts: dict[str, int] = defaultdict(int)
    names = {}
    for moment in moments:
        year = str(np.datetime64(moment, "s").astype("datetime64[Y]"))
        counts[year] += 1
        names[f"{mark}〔{year}〕{counts[year]:0{width}d}号"] = moment
    return names


@dataclass(frozen=True)
class Drawn:
    """
    A case to be drawn.

    Attributes
    ----------
    number, name
        Which one, and what the record calls it.
    came
        When it comes in.
    hours
        The hours and the chance that decide over it.
    account
        Where it is accounted for.
    """

    number: int
    name: str
    came: int
    hours: Hours
    account: Account


def drawn(
    name: str,
    office: DeskHours,
    seed: int,
    cases: dict[str, int],
    draw: Callable[[Drawn], list[dict[str, str]]],
) -> tuple[list[dict[str, str]], Account]:
    """
    Draw the cases of a register one by one, each with a chance of its own.

    Parameters
    ----------
    name
        Of the register's log.
    office
        The hours in which it is kept.
    seed
        Where chance begins.
    cases
        What each case is called, and when it comes in.
    draw
        The rows of one case.
    """
    account, rows = Account(), list[dict[str, str]]()
    for number, (case, came) in enumerate(cases.items()):
        hours = Hours(office, random.Random(f"{seed}/{name}/{number}"))
        rows.extend(draw(Drawn(number, case, came, hours, account)))
    return rows, account


def register(
    name: str,
    rows: list[dict[str, str]],
    criteria: tuple[Sequence[dict[str, str]], Sequence[dict[str, str]]],
    account: Account,
    planted: dict[str, Any],
) -> Register:
    """
    Put a register together.

    Parameters
    ----------
    name
        Of its log.
    rows
        As they were kept.
    criteria
        Its limits and its rules.
    account
        How its cases came out.
    planted
        What was planted in it.
    """
    limits, rules = ([{**row, "log": name} for row in given] for given in criteria)
    truth = {"planted": planted, "verdicts": account.told()}
    return Register(name, pd.DataFrame(rows, dtype=str), limits, rules, truth)
