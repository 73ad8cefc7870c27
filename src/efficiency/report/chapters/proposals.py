"""六、对策建议: one to three measures a theme, the register, last year's points."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Any

import pandas as pd

from efficiency.criteria.countermeasures import Countermeasure, offered
from efficiency.findings.improvement.loop import loop
from efficiency.findings.improvement.points import MEASURED
from efficiency.language import of
from efficiency.report.blocks import Block, Grid, Ref, titled
from efficiency.report.chapters.achievements import points_told
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.shortfalls import themes_of
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.finding_clauses import name_of
from efficiency.report.text.teller import Spans, Teller
from efficiency.report.themes import Theme
from efficiency.words.code_words import coded

#: Measures of a theme; rows of the register that the main text shows.
MOST_MEASURES, MOST_ROWS = 3, 15
#: The same where there are many kinds of work.
MOST_BRIEF, MOST_BRIEF_ROWS = 2, 8
#: Up to so many measures in all those that documents name join what is planned.
MOST_OFFERED = 2
#: A measure that is longer is named in the summary, not worded.
LONG = (24, 80)
#: States of a point at which something was done; verdicts that nothing came of it.
_ACTED, _WITHOUT_EFFECT = ("done", "checked", "closed"), ("no effect", "worse")


def tell_proposals(told: Material, place: int) -> Iterator[Block]:
    """Tell the sixth chapter."""
    teller, sections = told.teller(), Sections(told, place)
    found = themes_of(told)
    measures = {theme.name: measures_of(told, theme) for theme in found}
    yield teller.paragraph(teller.say(_opening(told, measures)))
    for theme in found:
        yield sections.heading(f"proposals_of_{theme.name}")
        yield teller.paragraph(*(measures[theme.name] or [teller.say("proposal_none")]))
    yield sections.heading("section_points")
    yield teller.paragraph(points_told(teller, told))
    rows = _main_points(told, found)
    if len(rows):
        planned = rows[rows["countermeasure"] != ""]
        yield sections.heading("section_register")
        yield teller.paragraph(
            teller.say("register_told", table=Ref("register"))
            if len(planned)
            else teller.say(_unplanned(told))
        )
        if len(planned):
            yield _register(teller, told, planned)


def _unplanned(told: Material) -> str:
    """What is said where no main problem has a measure: others on the register may have."""
    has_others = (told.points["countermeasure"] != "").any()
    return "register_elsewhere" if has_others else "register_blank"


def _opening(told: Material, measures: Mapping[str, list[Spans]]) -> str:
    if not measures:
        return "proposals_none"
    if not any(measures.values()):
        return "proposals_opening_blank"
    in_vain = told.counts["points_checked"] > told.counts["points_effective"]
    return "proposals_opening_acted" if in_vain else "proposals_opening"


def measures_of(told: Material, theme: Theme) -> list[Spans]:
    """
    The measures for a theme; none where nobody planned any and no document names one.

    Notes
    -----
    What the analyst chose comes first, then what the register plans for its findings, then, for
    the main findings that are left, what the documents name.
    """
    teller = told.teller()
    stop = teller.plain("stop")
    chosen = [text.rstrip("。.") for text in told.own.theme(theme.name).measures]
    own: list[Spans] = [(text + stop,) for text in chosen]
    rows = planned_rows(told, theme)
    planned = [
        _planned(teller, told, row)
        for row in rows
        if row.countermeasure.rstrip("。.") not in chosen
    ]
    known = [*own, *planned][: MOST_BRIEF if told.is_wide else MOST_MEASURES]
    if own:
        return known
    answered = {row.id for row in rows}
    choices = [
        teller.say(
            "proposal_offered", name=measure.name.of(told.language), source=measure.documents,
            wording=measure.wording.of(told.language).rstrip("。."),
        )
        for _, measure in choices_of(told, theme, answered)
    ]  # fmt: skip
    return [*known, *choices[: max(MOST_OFFERED - len(known), 0)]]


def planned_rows(told: Material, theme: Theme) -> list[Any]:
    """The points of a theme for which the register has a measure, the most material first."""
    own = [one.id for one in theme.findings]
    # What is told within another finding of the theme has its point all the same.
    ids = list(
        dict.fromkeys([*own, *(one.id for one in told.findings if _is_of(told, theme, one))])
    )
    rows = told.points[told.points["id"].isin(ids) & (told.points["countermeasure"] != "")]
    order = {one: at for at, one in enumerate(ids)}
    return sorted(rows.itertuples(index=False), key=lambda row: order[row.id])


def _is_of(told: Material, theme: Theme, one: ToldFinding) -> bool:
    found = one.finding
    worse = found.direction == "worse" and one.id not in told.set_aside
    return worse and (found.theme or "procedure") == theme.name


def choices_of(
    told: Material, theme: Theme, answered: Collection[str]
) -> list[tuple[ToldFinding, Countermeasure]]:
    """
    What the documents name for the findings of a theme that no measure answers yet.

    Notes
    -----
    One for each finding before a second for any. Countermeasures are of one country, and so are
    their sources.
    """
    if told.calendar.region != "CN":
        return []
    open_ones = [one for one in (theme.main or theme.others) if one.id not in answered]
    lists = [[(one, measure) for measure in offered(one.kind, dict(one.subject))]
             for one in open_ones]  # fmt: skip
    turns = [pair for turn in zip_longest(*lists) for pair in turn if pair is not None]
    first: dict[str, tuple[ToldFinding, Countermeasure]] = {}
    for one, measure in turns:
        first.setdefault(measure.id, (one, measure))
    return list(first.values())


def brief_measure(told: Material, theme: Theme) -> str:
    """The first measure of a theme in a few words; none: nobody planned any."""
    teller = told.teller()
    own = told.own.theme(theme.name).measures
    if own:
        return own[0].rstrip("。.")
    rows, stands = planned_rows(told, theme), _stands(told)
    gravest = [row for row in rows if any(row.id == one.id for one in theme.main)]
    # What still has to be done comes before what was done.
    for row in sorted(gravest, key=lambda row: stands[row.id] in _ACTED):
        measure = row.countermeasure.rstrip("。.")
        state = stands[row.id]
        if state == "overdue":
            return teller.plain("summary_overdue", measure=measure)
        if state not in _ACTED:
            return str(measure)
        if row.verdict in _WITHOUT_EFFECT:
            return teller.plain("summary_adjust", measure=measure)
    choices = choices_of(told, theme, {row.id for row in rows})
    if not choices:
        return str(rows[0].countermeasure).rstrip("。.") if rows else ""
    first = choices[0][1]
    wording = first.wording.of(told.language).rstrip("。.")
    return wording if len(wording) <= of(LONG, told.language) else first.name.of(told.language)


def _stands(told: Material) -> dict[str, str]:
    """Where each point stands in its loop, by its id."""
    table = loop(told.points, told.cutoff)
    return dict(zip(table["id"], table["state"], strict=True))


def _planned(teller: Teller, told: Material, row: Any) -> Spans:
    blank = teller.plain("proposal_open")
    one = next(one for one in told.findings if one.id == row.id)
    due = blank if pd.isna(row.due) else teller.cell("points", "due", _day(told, row), id=row.id)
    target: Spans = ()
    if pd.notna(row.target):
        form = "percent" if row.unit == "share" else "two decimals"
        target = teller.say(
            "proposal_target", target=teller.cell("points", "target", form, id=row.id)
        )
    turn = _turn(_stands(told)[row.id], row.verdict)
    # What the third chapter tells as a success is not told here as one that failed.
    turn = "beside" if turn == "adjust" and _helped(told, row.countermeasure) else turn
    return teller.say(
        f"proposal_{turn}", measure=row.countermeasure,
        problem=name_of(teller, one, told), owner=row.owner or blank, due=due,
        indicator=row.measure or blank, target=target,
        verdict=coded("verdict", row.verdict, told.language),
    )  # fmt: skip


def _helped(told: Material, countermeasure: str) -> bool:
    """Whether a measure is a reform with which something became faster."""
    table = told.tables.get("changes", pd.DataFrame({"title": []}))
    same = table[table["title"].fillna("").str.rstrip("。.") == countermeasure.rstrip("。.")]
    found = (one.finding for one in told.findings if one.finding.direction == "better")
    faster = {one.about("measure") for one in found if one.kind == "change"}
    return bool(countermeasure.strip()) and bool(same["measure"].isin(faster).any())


def _turn(state: str, verdict: str) -> str:
    """What is to be said of a measure: it was not carried out, it did not help, it helped."""
    if state == "overdue":
        return "overdue"
    if state in _ACTED and verdict in MEASURED:
        return "adjust" if verdict in _WITHOUT_EFFECT else "keep"
    return "made"


def _day(told: Material, row: Any) -> str:
    """A day of the study's one year goes without the year."""
    years = {pd.Timestamp(day).year for day in told.period}
    return "date" if years == {row.due.year} else "full date"


def _main_points(told: Material, found: tuple[Theme, ...]) -> pd.DataFrame:
    ids = [one.id for theme in found for one in theme.main]
    ids += [row.id for theme in found for row in planned_rows(told, theme) if row.id not in ids]
    rows = told.points[told.points["id"].isin(ids)]
    return rows.set_index("id").loc[[one for one in ids if one in set(rows["id"])]].reset_index()


def _register(teller: Teller, told: Material, rows: pd.DataFrame) -> Grid:
    """The register of the main problems: each figure bound, 待定 where nobody filled it in."""
    blank = teller.plain("proposal_open")
    names = {one.id: name_of(teller, one, told) for one in told.findings}
    stands = _stands(told)
    shown = [
        {
            "point": names[row.id],
            "countermeasure": row.countermeasure or blank,
            "point_owner": row.owner or blank,
            "point_due": blank
            if pd.isna(row.due)
            else teller.cell("points", "due", _day(told, row), id=row.id),
            "indicator": row.measure or "—",
            **{
                f"point_{name}": _figure(teller, told, row, name)
                for name in ("baseline", "value", "target")
            },
            "point_verdict": _conclusion(teller, stands[row.id], row.verdict),
        }
        for row in rows.head(MOST_BRIEF_ROWS if told.is_wide else MOST_ROWS).itertuples(index=False)
    ]
    return titled(
        pd.DataFrame(shown), teller.plain("register_title"), told.language, name="register"
    )


def _conclusion(teller: Teller, state: str, verdict: str) -> str:
    if state in _ACTED and verdict in MEASURED:
        return coded("verdict", verdict, teller.language)
    key = {"overdue": "register_overdue", "done": "register_done"}.get(state, "register_waits")
    return teller.plain(key)


def _is_of_now(told: Material, row: Any) -> bool:
    """Whether a point's baseline is what this review measured over all of its cases."""
    table = told.tables.get("measures", pd.DataFrame())
    mine = table[table["id"] == row.id] if len(table) else table
    return bool(((mine["value"] == row.baseline) & (mine["n"] == row.baseline_n)).any())


def _figure(teller: Teller, told: Material, row: Any, name: str) -> Any:
    value = getattr(row, name)
    if pd.isna(value):
        return teller.plain("proposal_open") if name == "target" else "—"
    if name == "baseline" and _is_of_now(told, row):
        # It was measured anew in this very review, and is no time before.
        return teller.plain("register_anew")
    n = {"baseline": row.baseline_n, "value": row.n}.get(name)
    if n is not None and pd.notna(n) and n < told.small_cell:
        return teller.plain("withheld", n=told.small_cell)
    form = "percent" if row.unit == "share" else "two decimals"
    return teller.cell("points", name, form, id=row.id)
