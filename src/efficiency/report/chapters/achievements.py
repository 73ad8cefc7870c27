"""三、主要做法与成效: limits that are met, what became faster, last year's points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency.language import of
from efficiency.report.blocks import Block, Grid, Ref, titled
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.voices import tell_praised
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.telling import ToldFinding
from efficiency.report.text.finding_clauses import change_of, change_sentence
from efficiency.report.text.limits import title_of
from efficiency.report.text.teller import Spans, Teller

#: Limits that a sentence tells with their figures.
MOST_ITEMS = 3
#: Of more limits the table shows those that are not clearly met.
MOST_ROWS = 16
#: Where a point of the register may stand.
STATES = ("resolved", "recurring", "relapsed", "new")


def tell_achievements(told: Material, place: int) -> Iterator[Block]:
    """Tell the third chapter."""
    teller, sections = told.teller(), Sections(told, place)
    judged = told.tables["compliance"]
    aimed = judged[judged["target"].notna() & judged["share"].notna()]
    better = [one for one in told.findings if one.finding.direction == "better"]
    met = bool(told.counts["standards_met"])
    opening = _opening(teller, aimed, better, told_met=met)
    yield teller.paragraph(opening, _small(teller, told), _aimless(teller, told, judged))
    if len(aimed):
        yield sections.heading("section_limits_met")
        shown = _shown(told)
        key = "limits_table" if len(shown) == len(judged) else "limits_table_part"
        yield teller.paragraph(*_met(teller, told, aimed), teller.say(key, table=Ref("limits")))
        yield limits_grid(teller, told, shown)
    yield sections.heading("section_faster")
    told_better = [part for one in better for part in _faster(told, one)]
    yield teller.paragraph(*(told_better or [teller.say(_no_change(told))]))
    yield sections.heading("section_points")
    yield teller.paragraph(_solved(teller, told))
    yield from tell_praised(told, sections)


def _no_change(told: Material) -> str:
    """Why no change is told: none was found, or none was looked for."""
    table = told.tables.get("changes", pd.DataFrame())
    if not len(table):
        return "faster_untold"
    return "faster_none" if table["p"].notna().any() else "faster_untested"


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


def _opening(
    teller: Teller, aimed: pd.DataFrame, better: list[ToldFinding], *, told_met: bool
) -> Spans:
    if aimed.empty:
        return teller.say("achieved_no_standards" if better else "achieved_none")
    cells = {
        name: teller.cell("standing", "value", "count", measure=measure)
        for name, measure in (("standards", "standards"), ("met", "standards_met"))
    }
    return teller.say("achieved_opening" if told_met else "achieved_opening_no", **cells)


def _small(teller: Teller, told: Material) -> Spans:
    """Tell how many limits were not judged, because too few cases fell under them."""
    if not told.counts["standards_small"]:
        return ()
    n = teller.cell("standing", "value", "count", measure="standards_small")
    return teller.say("achieved_small", n=n)


def _aimless(teller: Teller, told: Material, judged: pd.DataFrame) -> Spans:
    """Tell the limits that have no target: how often they were kept, and no more."""
    rows = judged[judged["target"].isna() & judged["share"].notna()]
    rows = rows[rows["decided"] >= told.small_cell]
    if rows.empty:
        return ()
    item = _item if len(rows) <= MOST_ITEMS else _name
    items = [item(teller, told, row) for row in rows.itertuples(index=False)]
    return teller.say("limits_aimless", items=teller.listed(items))


def _met(teller: Teller, told: Material, aimed: pd.DataFrame) -> Iterator[Spans]:
    """Tell the limits that are met beyond doubt, and apart from them those above their target."""
    clear = aimed[(aimed["low"] >= aimed["target"]) & (aimed["decided"] >= told.small_cell)]
    above = aimed[(aimed["share"] >= aimed["target"]) & (aimed["low"] < aimed["target"])]
    above = above[above["decided"] >= told.small_cell]
    for key, rows in (("limits_clear", clear), ("limits_above", above)):
        if len(rows):
            # Of many the figures stand in the table alone.
            item = _item if len(rows) <= MOST_ITEMS else _name
            items = [item(teller, told, row) for row in rows.itertuples(index=False)]
            yield teller.say(key, items=teller.listed(items))


def _name(teller: Teller, told: Material, row: Any) -> Spans:
    return teller.say("limit_named", title=title_of(told, row.standard_id))


def _item(teller: Teller, told: Material, row: Any) -> Spans:
    key = {"log": row.log, "standard_id": row.standard_id}
    return teller.say(
        "limit_item", title=title_of(told, row.standard_id),
        decided=teller.cell("compliance", "decided", "count", **key),
        share=teller.cell("compliance", "share", "percent", **key),
    )  # fmt: skip


def _shown(told: Material) -> pd.DataFrame:
    """The limits that the main text's table shows: of many, those that are not clearly met."""
    judged = told.tables["compliance"]
    if len(judged) <= MOST_ROWS:
        return judged
    unclear = judged["low"] < judged["target"]
    return judged[unclear & (judged["decided"] >= told.small_cell)]


def limits_grid(teller: Teller, told: Material, limits: pd.DataFrame) -> Grid:
    """A table of limits, each figure bound."""
    rows = []
    small = teller.plain("withheld", n=told.small_cell)
    for row in limits.itertuples(index=False):
        key = {"log": row.log, "standard_id": row.standard_id}
        few = row.decided < told.small_cell
        rows.append(
            {
                "limit_title": title_of(told, row.standard_id),
                "decided": small if few else teller.cell("compliance", "decided", "count", **key),
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
    whole = _whole(told, row)
    if whole is not None:
        cell = {name: getattr(whole, name) for name in ("log", "measure", "kind", "at")}
        yield teller.say(
            "faster_whole",
            before=teller.hours("changes", "median_before_hours", **cell),
            after=teller.hours("changes", "median_after_hours", **cell),
        )
    yield teller.say("faster_others" if row.same_months else "faster_season")


def _whole(told: Material, row: Any) -> Any:
    """The row of the whole case beside that of a part of it, where its change cannot be told."""
    table = told.tables["changes"]
    if row.measure == "case":
        return None
    beside = table[
        (table["log"] == row.log) & (table["measure"] == "case") & (table["kind"] == row.kind)
        & (table["at"] == row.at) & (table["difference_low"] <= 0) & (table["difference_high"] >= 0)
    ]  # fmt: skip
    return next(beside.itertuples(index=False), None)


def points_told(teller: Teller, told: Material) -> Spans:
    """Tell where the points of last year stand."""
    if not (told.points["status"] != "new").any():
        return teller.say("points_none_before")

    def count(name: str) -> Bound | str:
        return teller.cell("standing", "value", "count", measure=name)

    counts = told.counts
    states = [
        teller.say(f"points_state_{name}", n=count(f"points_{name}"))
        for name in STATES
        if counts[f"points_{name}"]
    ]
    whole = teller.say("points_before", points=count("points"), states=teller.listed(states))
    gap: Spans = (of(("", " "), told.language),)
    if counts["points_unmeasured"]:
        unmeasured = teller.say("points_unmeasured", n=count("points_unmeasured"))
        whole = (*whole, *gap, *unmeasured)
    if not counts["points_acted"]:
        return whole
    key = (
        "points_acted_unchecked" if not counts["points_checked"]
        else "points_acted" if counts["points_effective"] else "points_acted_only"
    )  # fmt: skip
    acted = teller.say(key, acted=count("points_acted"), effective=count("points_effective"))
    return (*whole, *gap, *acted)
