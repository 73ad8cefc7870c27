"""One survey and all its tables by name: each computed at first use, once, and kept."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.opinions.choices import choices
from efficiency.facts.opinions.crosstabs import crosstab_cells, crosstabs
from efficiency.facts.opinions.interview_themes import (
    interview_groups,
    interview_themes,
    saturation,
)
from efficiency.facts.opinions.likert import levels, likert, office_opinions
from efficiency.facts.opinions.open_answers import open_answers
from efficiency.facts.opinions.reliability import item_rest, reliability
from efficiency.facts.opinions.representation import representation, weighted
from efficiency.facts.opinions.returns import returns
from efficiency.facts.opinions.staff import staff, staff_load
from efficiency.findings.finding import Finding
from efficiency.findings.kind import Measure
from efficiency.findings.kinds import KINDS
from efficiency.findings.time.opinion_trends import opinion_trends
from efficiency.findings.triangulation import agreement, triangulate
from efficiency.reviews.reading.asked import Asked
from efficiency.reviews.study import Study

Frame: TypeAlias = pd.DataFrame


def _opinions(survey: Survey | None, weights: pd.Series | None) -> Frame:
    return tables.OPINIONS.empty() if survey is None else likert(survey, weights)


def _weights(survey: Survey | None, staffed: Frame) -> pd.Series | None:
    return None if survey is None else weighted(survey, staffed)


def _staffed(staffing: Frame | None) -> Frame:
    return tables.STAFF.empty() if staffing is None else staff(staffing)


def _staff_load(staffing: Frame | None, studies: Mapping[str, Study]) -> Frame:
    if staffing is None:
        return tables.STAFF_LOAD.empty()
    return staff_load(staffing, {log: one.table("steps") for log, one in studies.items()})


def _representation(survey: Survey | None, staffed: Frame) -> Frame:
    return tables.REPRESENTATION.empty() if survey is None else representation(survey, staffed)


def _trends(survey: Survey | None, earlier: Survey | None) -> Frame:
    if survey is None or earlier is None:
        return tables.TRENDS.empty()
    return opinion_trends(survey, earlier)


def _open_answers(survey: Survey | None, word_list: Mapping[str, tuple[str, ...]]) -> Frame:
    return tables.OPEN_ANSWERS.empty() if survey is None else open_answers(survey, word_list)


def _items(survey: Survey | None) -> Frame:
    return tables.ITEMS.empty() if survey is None else survey.items


def _validity(survey: Survey | None) -> Frame:
    return tables.VALIDITY.empty() if survey is None else survey.validity


def _of_survey(function: Callable[..., Frame], name: str) -> Callable[..., Frame]:
    """A function of the survey alone; without one its table has no rows."""

    def made(survey: Survey | None) -> Frame:
        contract: tables.Table = getattr(tables, name.upper())
        return contract.empty() if survey is None else function(survey)

    return made


def _of_both(function: Callable[..., Frame], name: str) -> Callable[..., Frame]:
    """A function of the survey and the record."""

    def made(survey: Survey | None, studies: Mapping[str, Study]) -> Frame:
        contract: tables.Table = getattr(tables, name.upper())
        return contract.empty() if survey is None else function(survey, studies)

    return made


def _of_interviews(function: Callable[..., Frame], name: str) -> Callable[..., Frame]:
    def made(interviews: Frame | None) -> Frame:
        contract: tables.Table = getattr(tables, name.upper())
        return contract.empty() if interviews is None else function(interviews)

    return made


#: Each table's one function, by the name of its file. Its arguments name the tables and inputs
#: that it needs.
ASKED: dict[str, Callable[..., Frame]] = {
    "returns": _of_survey(returns, "returns"),
    "validity": _validity,
    "items": _items,
    "opinions": _opinions,
    "levels": _of_survey(levels, "levels"),
    "reliability": _of_survey(reliability, "reliability"),
    "item_rest": _of_survey(item_rest, "item_rest"),
    "crosstab_cells": _of_survey(crosstab_cells, "crosstab_cells"),
    "crosstabs": _of_survey(crosstabs, "crosstabs"),
    "office_opinions": _of_survey(office_opinions, "office_opinions"),
    "choices": _of_survey(choices, "choices"),
    "representation": _representation,
    "trends": _trends,
    "open_answers": _open_answers,
    "interview_themes": _of_interviews(interview_themes, "interview_themes"),
    "interview_groups": _of_interviews(interview_groups, "interview_groups"),
    "saturation": _of_interviews(saturation, "saturation"),
    "staff": _staffed,
    "staff_load": _staff_load,
    "agreement": _of_both(agreement, "agreement"),
    "triangulation": _of_both(triangulate, "triangulation"),
}
#: Where a function's argument has another name than the table.
_SYNONYMS = {"staffed": "staff"}


class Inquiry:
    """
    What people were asked, beside the record: ``office.inquiry.opinions`` and so on.

    Parameters
    ----------
    asked
        What the review reads of it.
    studies
        Its logs by name.
    small_cell
        Values over fewer are no finding.
    """

    def __init__(self, asked: Asked, studies: Mapping[str, Study], small_cell: int) -> None:
        self.asked, self._studies, self._small_cell = asked, studies, small_cell
        self._kept: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name in ASKED:
            return self.table(name)
        raise AttributeError(f"an inquiry has no table {name!r}; it has {', '.join(ASKED)}")

    def __dir__(self) -> list[str]:
        """Its own names and those of its tables."""
        return sorted({*super().__dir__(), *ASKED})

    def table(self, name: str) -> Frame:
        """One table by its name; without rows where the review asked nobody."""
        found: Frame = self._value(name)
        return found

    def written(self) -> dict[str, Frame]:
        """All that a review writes of it: the tables that have rows."""
        return {name: table for name in ASKED if len(table := self.table(name))}

    @property
    def findings(self) -> Iterator[Finding]:
        """What is worth telling of what people say."""
        for kind in KINDS.values():
            if kind.of == "survey":
                yield from self._call(kind.find)

    def measures(self) -> Iterator[tuple[str, Measure]]:
        """What findings of it would be measured by, found wanting or not."""
        for kind in KINDS.values():
            if kind.of == "survey":
                for measure in self._call(kind.measure):
                    yield kind.name, measure

    def exhibit(self, finding: Finding) -> Frame | None:
        """The rows that show a finding best."""
        show = KINDS[finding.kind].exhibit
        return None if show is None else self._call(show, finding=finding)

    def _value(self, name: str) -> Any:
        if name not in self._kept:
            self._kept[name] = self._call(ASKED[name])
        return self._kept[name]

    def _call(self, function: Callable[..., Any], **given: Any) -> Any:
        names = [name for name in inspect.signature(function).parameters if name not in given]
        return function(**{name: self._argument(name) for name in names}, **given)

    def _argument(self, name: str) -> Any:
        if name == "weights":
            return _weights(self.asked.survey, self.table("staff"))
        known = _SYNONYMS.get(name, name)
        if known in ASKED:
            return self._value(known)
        if name in {"studies", "small_cell"}:
            return getattr(self, f"_{name}")
        return getattr(self.asked, name)
