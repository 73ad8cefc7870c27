"""三、主要做法与成效: limits that are met, what became faster, last year's points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency.report.blocks import Block, Grid, Ref, titled
from efficiency.report.chapters.frame import Sections
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.finding_clauses import change_of, change_sentence
from efficiency.report.text.limits import title_of
from efficiency.report.text.teller import Spans, Teller

#: Points of last year by status, and how far they came.
POINTS = (
    "points", "points_acted", "points_checked", "points_effective", "points_resolved",
    "points_recurring", "points_relapsed", "points_new",
)  # fmt: skip


def tell_achievements(told: Material, place: int) -> Iterator[Block]:
    """Tell the third chapter."""
    teller, sections = told.teller(), Sections(told, place)
    judged = told.tables["compliance"]
    aimed = judged[judged["target"].notna() & judged["share"].notna()]
    better = [one for one in told.findings if one.finding.direction == "better"]
    yield teller.paragraph(_opening(teller, aimed, better))
    if len(aimed):
        yield sections.heading("section_limits_met")
        yield teller.paragraph(
            *_met(teller, told, aimed), teller.say("limits_table", table=Ref("limits"))
        )
        yield limits_grid(teller, told)
    yield sections.heading("section_faster")
    told_better = [part for one in better for part in _faster(told, one)]
    yield teller.paragraph(*(told_better or [teller.say("faster_none")]))
    yield sections.heading("section_points")
    yield teller.paragraph(_solved(teller, told))


def _solved(teller: Teller, told: Material) -> Spans:
    """Tell which of last year's points are resolved; the others stand in the last chapter."""
    counts = told.counts
    if not (told.points["status"] != "new").any():
        return teller.say("points_none_before")
    if not counts["points_resolved"] + counts["points_effective"]:
        return teller.say("points_none_solved")
    cells = {
        name: teller.cell("standing", "value", "count", measure=f"points_{name}")
        for name in ("resolved", "effective")
    }
    return teller.say("points_solved", **cells)


def _opening(teller: Teller, aimed: pd.DataFrame, better: list[ToldFinding]) -> Spans:
    if aimed.empty:
        return teller.say("achieved_no_standards" if better else "achieved_none")
    cells = {
        name: teller.cell("standing", "value", "count", measure=measure)
        for name, measure in (("standards", "standards"), ("met", "standards_met"))
    }
    return teller.say("achieved_opening", **cells)


def _met(teller: Teller, told: Material, aimed: pd.DataFrame) -> Iterator[Spans]:
    """Tell the limits that are met beyond doubt, and apart from them those above their target."""
    clear = aimed[(aimed["low"] >= aimed["target"]) & (aimed["decided"] >= told.small_cell)]
    above = aimed[(aimed["share"] >= aimed["target"]) & (aimed["low"] < aimed["target"])]
    above = above[above["decided"] >= told.small_cell]
    for key, rows in (("limits_clear", clear), ("limits_above", above)):
        if len(rows):
            items = [_item(teller, told, row) for row in rows.itertuples(index=False)]
            yield teller.say(key, items=teller.listed(items))


def _item(teller: Teller, told: Material, row: Any) -> Spans:
    share = teller.cell("compliance", "share", "percent", log=row.log, standard_id=row.standard_id)
    return teller.say("limit_item", title=title_of(told, row.standard_id), share=share)


def limits_grid(teller: Teller, told: Material) -> Grid:
    """The table of all limits, each figure bound."""
    rows = []
    small = teller.plain("withheld", n=told.small_cell)
    for row in told.tables["compliance"].itertuples(index=False):
        key = {"log": row.log, "standard_id": row.standard_id}
        few = row.decided < told.small_cell
        rows.append(
            {
                "limit_title": title_of(told, row.standard_id, whole=True),
                "decided": teller.cell("compliance", "decided", "count", **key),
                "missed": small if few else teller.cell("compliance", "missed", "count", **key),
                "share_met": small if few else teller.cell("compliance", "share", "percent", **key),
                "interval": small
                if few
                else teller.cell("compliance", "low", "interval:high", **key),
                "target": "—"
                if pd.isna(row.target)
                else teller.cell("compliance", "target", "whole percent", **key),
                "conclusion": "—" if few else teller.plain(f"verdict_{_verdict(row)}"),
            }
        )
    return titled(pd.DataFrame(rows), teller.plain("limits_caption"), told.language, name="limits")


def _verdict(row: Any) -> str:
    if pd.isna(row.target) or pd.isna(row.share):
        return "none"
    if row.share >= row.target:
        return "clear" if row.low >= row.target else "above"
    return "missed" if row.high < row.target else "below"


def _faster(told: Material, one: ToldFinding) -> Iterator[Spans]:
    teller = told.teller(told.log(one.finding.log))
    row = change_of(teller, one)
    reform = row.kind == "reform" and bool(row.title)
    yield change_sentence(teller, one, "faster_reform" if reform else "faster")
    if not row.same_months:
        yield teller.say("faster_season")


def points_told(teller: Teller, told: Material) -> Spans:
    """Tell where the points of last year stand."""
    if not (told.points["status"] != "new").any():
        return teller.say("points_none_before")
    cells = {
        name.removeprefix("points_"): teller.cell("standing", "value", "count", measure=name)
        for name in POINTS
    }
    return teller.say("points_before", **cells)
