"""The report as a whole: its chapters in their order."""

from __future__ import annotations

from collections.abc import Iterator

from efficiency.report.blocks import Block, Report
from efficiency.report.chapters.annex import tell_annex
from efficiency.report.chapters.basis import tell_basis
from efficiency.report.chapters.problems_told import tell_problems
from efficiency.report.chapters.punctuality import tell_times
from efficiency.report.chapters.reasons import tell_causes
from efficiency.report.chapters.remedies import tell_measures
from efficiency.report.chapters.ways import tell_ways
from efficiency.report.material import Material


def tell(told: Material) -> Report:
    """
    Put the report together.

    Parameters
    ----------
    told
        The tables and settings of one review.
    """
    report = Report(told.title, told.language)
    chapters = (
        tell_basis, tell_ways, tell_times, tell_problems, _causes, _measures, tell_annex,
    )  # fmt: skip
    for chapter in chapters:
        report = report.add(*chapter(told))
    return report


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
    place = 6 if told.causes.logs else 5
    return tell_measures(told.points, told.language, told.cutoff, told.small_cell, place)
