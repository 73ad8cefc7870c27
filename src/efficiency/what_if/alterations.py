"""What may be changed in an office: steps, people, hours, and who is served first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd

from efficiency.criteria.calendar import Calendar
from efficiency.problems import Hint, Problem, SettingsError
from efficiency.what_if.fitted_office import Office, clocks_of

#: Comes after every rank that is given.
_LAST = 2**40


class Change(Protocol):
    """One thing that would be otherwise."""

    def applied(self, office: Office) -> Office:
        """The office as it would be."""

    def problems(self, office: Office) -> list[Problem]:
        """List why the office cannot be changed so."""


@dataclass(frozen=True)
class Remove:
    """
    Leave a step out: what followed it follows what came before it.

    Where it began its case, the next step comes when it came.

    Attributes
    ----------
    activity
        The step. Standards that name it are not judged after.
    """

    activity: str

    def problems(self, office: Office) -> list[Problem]:
        """List why the office cannot be changed so."""
        return _unknown("activity", self.activity, office.steps["activity"])

    def applied(self, office: Office) -> Office:
        """The office as it would be."""
        steps, gone = office.steps, (office.steps["activity"] == self.activity).to_numpy()
        source, arrives = steps["source"].to_numpy().copy(), steps["arrives"].to_numpy().copy()
        follows = steps["follows"].to_numpy().copy()
        while True:
            orphans = np.flatnonzero((source >= 0) & gone[source])
            if not len(orphans):
                break
            # A step that began its case hands on the moment at which it came.
            arrives[orphans] = arrives[source[orphans]]
            follows[orphans] = False
            source[orphans] = source[source[orphans]]
        place = np.cumsum(~gone) - 1
        source = np.where(source >= 0, place[source], -1)
        left = steps.assign(source=source, arrives=arrives, follows=follows)[~gone]
        return replace(office, steps=left.reset_index(drop=True), occasions=office.occasions[~gone])


@dataclass(frozen=True)
class Merge:
    """
    Let whoever does a step do the next in one go: no hand-over, no waiting in between.

    Attributes
    ----------
    first, second
        The steps; only where the second follows straight on the first. Both stay on the record,
        done by the first one's desk, and take as long in hand as they did.
    """

    first: str
    second: str

    def problems(self, office: Office) -> list[Problem]:
        """List why the office cannot be changed so."""
        known = office.steps["activity"]
        names = [
            problem
            for name in (self.first, self.second)
            for problem in _unknown("activity", name, known)
        ]
        if names or self._pairs(office).any():
            return names
        return [Problem("never_follows", {"first": self.first, "second": self.second})]

    def applied(self, office: Office) -> Office:
        """The office as it would be."""
        pairs, steps = self._pairs(office), office.steps
        by = steps[["unit", "place"]].iloc[steps["source"]].set_axis(steps.index)
        columns = {name: steps[name].mask(pairs, by[name]) for name in by}
        joined = steps.assign(**columns, follows=steps["follows"] | pairs)
        joined["place"] = joined["place"].astype("int64")
        return replace(office, steps=joined)

    def _pairs(self, office: Office) -> pd.Series:
        """Tell which steps are a second that its first sends off, and that alone."""
        steps = office.steps
        before = steps["activity"].iloc[steps["source"]].set_axis(steps.index)
        pairs = (steps["source"] >= 0) & (steps["activity"] == self.second)
        pairs &= before == self.first
        timed = np.array([pool is not None for pool in office.handling])
        pairs &= timed[steps["kind"]] & timed[steps["kind"].to_numpy()[steps["source"]]]
        return pairs & ~steps["source"].where(pairs).duplicated()


@dataclass(frozen=True)
class Staff:
    """
    Add people to a desk, or take them away.

    Attributes
    ----------
    desk
        As `desks` names it.
    change
        How many more; less than 0: fewer.
    """

    desk: str
    change: int

    def problems(self, office: Office) -> list[Problem]:
        """List why the office cannot be changed so."""
        unknown = _unknown("desk", self.desk, office.desks["desk"])
        if unknown:
            return unknown
        desk = office.desks.set_index("desk").loc[self.desk]
        if desk["places"] < 0:
            return [Problem("desk_untimed", {"name": self.desk})]
        if desk["people"] + self.change < 1:
            return [Problem("desk_empty", {"name": self.desk, "people": int(desk["people"])})]
        return []

    def applied(self, office: Office) -> Office:
        """The office as it would be."""
        desks, here = office.desks, office.desks["desk"] == self.desk
        more = desks.assign(
            people=desks["people"] + self.change * here,
            places=desks["places"] + self.change * desks["at_once"] * here,
        )
        return replace(office, desks=more)


@dataclass(frozen=True)
class OpeningHours:
    """
    Work other hours: every desk keeps those of the new calendar, and by it standards are judged.

    Attributes
    ----------
    calendar
        The new calendar.
    """

    calendar: Calendar

    def problems(self, office: Office) -> list[Problem]:  # noqa: ARG002
        """List why the office cannot be changed so."""
        return []

    def applied(self, office: Office) -> Office:
        """The office as it would be."""
        return replace(office, clocks=clocks_of(self.calendar, office.begins, office.cutoff))


@dataclass(frozen=True)
class Priority:
    """
    Serve some cases first, at every desk; among equals first come, first served.

    Attributes
    ----------
    column
        What is known of a case.
    values
        Those that go first, the first of them before the others.
    """

    column: str
    values: tuple[str, ...]

    def problems(self, office: Office) -> list[Problem]:
        """List why the office cannot be changed so."""
        columns = office.cases.columns.drop("case_id")
        unknown = _unknown("case_column", self.column, columns)
        if unknown:
            return unknown
        known = office.cases[self.column].dropna().astype(str)
        return [
            problem for value in self.values for problem in _unknown("case_value", value, known)
        ]

    def applied(self, office: Office) -> Office:
        """The office as it would be."""
        ranks = {value: at for at, value in enumerate(self.values)}
        by_case = office.cases[self.column].astype(str).map(ranks).fillna(len(ranks))
        ranked = by_case.to_numpy(dtype="int64")[office.steps["case"]]
        return replace(office, steps=office.steps.assign(first_rank=ranked))


@dataclass(frozen=True)
class Deadline:
    """
    Serve first what is due first by a standard, at every desk; what it does not bind comes last.

    Attributes
    ----------
    standard_id
        The standard. Each case is due when it was so on the record.
    """

    standard_id: str

    def problems(self, office: Office) -> list[Problem]:
        """List why the office cannot be changed so."""
        return _unknown("standard", self.standard_id, office.due.columns)

    def applied(self, office: Office) -> Office:
        """The office as it would be."""
        due = office.due[self.standard_id].fillna(_LAST).to_numpy(dtype="int64")
        ranked = due[office.steps["case"]]
        return replace(office, steps=office.steps.assign(second_rank=ranked))


def changed(office: Office, changes: Sequence[Change]) -> Office:
    """
    The office with all changes, made one after another.

    Raises
    ------
    SettingsError
        Lists every name that is not known with the nearest that are.
    """
    problems = [problem for change in changes for problem in change.problems(office)]
    if problems:
        raise SettingsError(problems)
    for change in changes:
        office = change.applied(office)
    return office


def _unknown(key: str, name: str, known: pd.Series | pd.Index) -> list[Problem]:
    names = tuple(sorted({str(value) for value in known}))
    if name in names:
        return []
    return [Problem(key, {"got": name, "hint": Hint(name, names)})]
