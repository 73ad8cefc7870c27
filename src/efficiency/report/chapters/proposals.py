"""六、对策建议: one to three measures a theme, the register, last year's points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency.criteria.countermeasures import offered
from efficiency.report.blocks import Block, Grid, Ref, titled
from efficiency.report.chapters.achievements import points_told
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.shortfalls import heading_of, themes_of
from efficiency.report.material import Material
from efficiency.report.text.finding_clauses import name_of
from efficiency.report.text.teller import Spans, Teller
from efficiency.report.themes import Theme
from efficiency.words.point_words import coded

#: Measures of a theme; rows of the register that the main text shows.
MOST_MEASURES, MOST_ROWS = 3, 15


def tell_proposals(told: Material, place: int) -> Iterator[Block]:
    """Tell the sixth chapter."""
    teller, sections = told.teller(), Sections(told, place)
    found = themes_of(told)
    yield teller.paragraph(teller.say("proposals_opening" if found else "proposals_none"))
    for theme in found:
        yield sections.titled(heading_of(told, theme))
        yield teller.paragraph(*measures_of(told, theme))
    rows = _main_points(told, found)
    if len(rows):
        yield sections.heading("section_register")
        yield teller.paragraph(teller.say("register_told", table=Ref("register")))
        yield _register(teller, told, rows)
    yield sections.heading("section_points")
    yield teller.paragraph(points_told(teller, told))


def measures_of(told: Material, theme: Theme) -> list[Spans]:
    """
    The measures for a theme.

    Notes
    -----
    What the analyst chose comes first, then what the register plans for its findings, then, where
    neither says anything, what the documents name.
    """
    teller = told.teller()
    stop = teller.plain("stop")
    chosen = [text.rstrip("。.") for text in told.own.theme(theme.name).measures]
    own: list[Spans] = [(text + stop,) for text in chosen]
    planned = [
        _planned(teller, told, row)
        for row in _planned_rows(told, theme)
        if row.countermeasure.rstrip("。.") not in chosen
    ]
    known = [*own, *planned][:MOST_MEASURES]
    return known or _offered(teller, told, theme) or [teller.say("proposal_none")]


def _planned_rows(told: Material, theme: Theme) -> list[Any]:
    ids = [one.id for one in theme.findings]
    rows = told.points[told.points["id"].isin(ids) & (told.points["countermeasure"] != "")]
    order = {one: at for at, one in enumerate(ids)}
    return sorted(rows.itertuples(index=False), key=lambda row: order[row.id])


def _planned(teller: Teller, told: Material, row: Any) -> Spans:
    blank = teller.plain("proposal_open")
    one = next(one for one in told.findings if one.id == row.id)
    due = blank if pd.isna(row.due) else teller.cell("points", "due", "full date", id=row.id)
    target: Spans = ()
    if pd.notna(row.target):
        form = "percent" if row.unit == "share" else "two decimals"
        target = teller.say(
            "proposal_target", target=teller.cell("points", "target", form, id=row.id)
        )
    return teller.say(
        "proposal_made", measure=row.countermeasure, problem=name_of(teller, one, told),
        owner=row.owner or blank, due=due, indicator=row.measure or blank, target=target,
    )  # fmt: skip


def _offered(teller: Teller, told: Material, theme: Theme) -> list[Spans]:
    """What the documents name; countermeasures are of one country, and so are their sources."""
    if told.calendar.region != "CN":
        return []
    every = [measure for one in theme.findings for measure in offered(one.kind, dict(one.subject))]
    return [
        teller.say(
            "proposal_offered", name=measure.name.of(told.language),
            wording=measure.wording.of(told.language).rstrip("。."), source=measure.cited,
        )
        for measure in list({measure.id: measure for measure in every}.values())[:MOST_MEASURES]
    ]  # fmt: skip


def _main_points(told: Material, found: tuple[Theme, ...]) -> pd.DataFrame:
    ids = [one.id for theme in found for one in theme.main]
    rows = told.points[told.points["id"].isin(ids)]
    return rows.set_index("id").loc[[one for one in ids if one in set(rows["id"])]].reset_index()


def _register(teller: Teller, told: Material, rows: pd.DataFrame) -> Grid:
    """The register of the main problems: each figure bound, 待定 where nobody filled it in."""
    blank = teller.plain("proposal_open")
    names = {one.id: name_of(teller, one, told) for one in told.findings}
    shown = [
        {
            "point": names[row.id],
            "countermeasure": row.countermeasure or blank,
            "point_owner": row.owner or blank,
            "point_due": blank
            if pd.isna(row.due)
            else teller.cell("points", "due", "text", id=row.id),
            "indicator": row.measure or "—",
            **{
                f"point_{name}": _figure(teller, told, row, name)
                for name in ("baseline", "value", "target")
            },
            "point_verdict": coded("verdict", row.verdict, told.language) or "—",
        }
        for row in rows.head(MOST_ROWS).itertuples(index=False)
    ]
    return titled(
        pd.DataFrame(shown), teller.plain("register_title"), told.language, name="register"
    )


def _figure(teller: Teller, told: Material, row: Any, name: str) -> Any:
    value = getattr(row, name)
    if pd.isna(value):
        return teller.plain("proposal_open") if name == "target" else "—"
    n = {"baseline": row.baseline_n, "value": row.n}.get(name)
    if n is not None and pd.notna(n) and n < told.small_cell:
        return teller.plain("withheld", n=told.small_cell)
    form = "percent" if row.unit == "share" else "two decimals"
    return teller.cell("points", name, form, id=row.id)
