"""The report as a whole: summary, main text and annexes in their order."""

from __future__ import annotations

from collections.abc import Iterator

from efficiency.report.blocks import Block, Report, numbered
from efficiency.report.chapters.achievements import tell_achievements
from efficiency.report.chapters.annexes.annex import tell_annex
from efficiency.report.chapters.annexes.basis import tell_basis
from efficiency.report.chapters.annexes.problems_told import tell_cards, tell_procedure
from efficiency.report.chapters.annexes.punctuality import tell_times
from efficiency.report.chapters.annexes.questionnaire import tell_questionnaire
from efficiency.report.chapters.annexes.reasons import tell_causes
from efficiency.report.chapters.annexes.remedies import tell_measures
from efficiency.report.chapters.annexes.ways import tell_ways
from efficiency.report.chapters.causes_told import tell_causes_told
from efficiency.report.chapters.frame import chapter, date_words
from efficiency.report.chapters.in_brief import tell_summary
from efficiency.report.chapters.opening import tell_opening
from efficiency.report.chapters.proposals import tell_proposals
from efficiency.report.chapters.shortfalls import tell_shortfalls
from efficiency.report.chapters.situation import tell_situation
from efficiency.report.material import Material

#: The chapters of the main text: name, heading and teller.
CHAPTERS = (
    ("basis", "main_basis", tell_opening),
    ("situation", "main_situation", tell_situation),
    ("achievements", "main_achievements", tell_achievements),
    ("problems", "main_problems", tell_shortfalls),
    ("causes", "main_causes", tell_causes_told),
    ("proposals", "main_proposals", tell_proposals),
)


def tell(told: Material) -> Report:
    """
    Put the report together, its tables, pictures and numbers numbered.

    Parameters
    ----------
    told
        The tables and settings of one review.
    """
    own = told.own
    date = () if own.date is None else (date_words(told, (own.date.isoformat(),)),)
    return numbered(
        Report(
            told.title,
            told.language,
            summary=tuple(tell_summary(told)),
            body=tuple(
                block
                for place, (name, key, teller) in enumerate(CHAPTERS, start=1)
                for block in chapter(told, name, key, teller, place)
            ),
            annex=tuple(_annexes(told)),
            addressee=own.addressee,
            signed=tuple(line for line in (own.office, *date) if line),
        )
    )


def _annexes(told: Material) -> Iterator[Block]:
    for annex in (
        tell_basis, tell_times, tell_cards, tell_procedure, _causes, tell_annex, _measures,
        tell_ways, tell_questionnaire,
    ):  # fmt: skip
        yield from annex(told)


def _causes(told: Material) -> Iterator[Block]:
    """Tell what goes with lateness, the standards that were missed most first."""
    titles = told.standards.drop_duplicates("standard_id", keep="last")
    titles = titles.reindex(columns=["standard_id", "title"]).fillna("")
    gap = (told.compliance["share"] - told.compliance["target"]).astype(float)
    held = told.compliance.assign(gap=gap, missed=gap < 0)
    ranked = held.sort_values(["gap", "standard_id"])[["standard_id", "missed"]]
    standards = ranked.merge(titles, on="standard_id")
    return tell_causes(told.causes, standards, told.language, told.small_cell)


def _measures(told: Material) -> Iterator[Block]:
    return tell_measures(
        told.points, told.language, told.cutoff, told.small_cell, told.calendar.region
    )
