"""The annex on what people were asked: the questionnaire with its base table, interviews, staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from efficiency.evidence.survey.scales import ROLES
from efficiency.language import comma, numeral, of
from efficiency.report.blocks import Block, Grid, Heading, Picture, Text, grid, titled
from efficiency.report.material import Material, speaker
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.opinion_plots import (
    MOST_OFFICES,
    plot_choices,
    plot_office_opinions,
    plot_saturation,
)
from efficiency.report.text.finding_clauses import short_of_item
from efficiency.report.withholding import Mark
from efficiency.words import between, heading, number, percent
from efficiency.words.code_words import coded

#: Rows of a long table that the annex shows; the workbook holds them all.
MOST_ROWS = 60
#: An adjusted p that is told.
_TOLD = 0.05


def tell_questionnaire(told: Material) -> Iterator[Block]:
    """Tell all that was asked; nothing where nobody was."""
    parts = [block for _, tell in _PARTS for block in tell(told)]
    if not parts:
        return
    say = speaker(told)
    yield Heading(say("chapter_survey"))
    if "opinions" in told.tables:
        yield Text(say("survey_method"))
        if not (told.tables["opinions"]["offices"] > 1).any():
            yield Text(say("survey_no_clusters"))
    there = [(title, blocks) for title, tell in _PARTS if (blocks := list(tell(told)))]
    for place, (title, blocks) in enumerate(there, start=1):
        number_ = numeral(place, told.language)
        yield Heading(say("section", place=number_, chapter=_ANNEX, title=say(title)), 3)
        yield from blocks


#: Which of the annexes this is.
_ANNEX = 9


def _grid(told: Material, name: str, frame: pd.DataFrame, caption: str = "") -> Grid:
    """A table as people read it: shares as percentages, codes and questions in words."""
    days = frame.select_dtypes("datetime64")
    frame = frame.assign(**{name_: days[name_].dt.strftime("%Y-%m-%d") for name_ in days})
    columns = {
        column: frame[column].tolist()
        if (name, column) == ("items", "item")
        else _column(told, column, frame[column])
        for column in frame
    }
    whole = pd.DataFrame(columns).astype(object)
    shown = whole.where(whole.notna(), "—").head(MOST_ROWS)
    heads = {column: heading(column, told.language, name) for column in shown}
    return grid(shown.rename(columns=heads), caption or speaker(told)(f"{name}_caption"))


def _column(told: Material, column: str, values: pd.Series) -> list[Any]:
    """The cells of one column; what is withheld stays as it is."""
    language = told.language
    if column in _SHARES:
        written: Callable[[Any], Any] = percent
    elif pd.api.types.is_bool_dtype(values):
        yes, no = of(("是", "yes"), language), of(("否", "no"), language)
        written = {True: yes, False: no}.__getitem__
    else:
        written = _writer(told, column, is_float=pd.api.types.is_float_dtype(values))
    return [one if isinstance(one, Mark) else written(one) for one in values]


def _writer(told: Material, column: str, *, is_float: bool) -> Callable[[Any], Any]:
    if column in _CODED:
        return lambda one: coded(column, str(one), told.language)
    if column == "attribute":
        return lambda one: heading(str(one), told.language)
    if column == "item" and "items" in told.tables:
        return lambda one: short_of_item(told, str(one))
    if is_float or column in _DIGITS:
        digits = _DIGITS.get(column, 2)
        return lambda one: one if isinstance(one, str) else number(one, digits)
    return lambda one: one


#: Decimals of numbers that are counts, or nearly so.
_DIGITS = {"headcount": 0, "staff": 0, "effective_n": 0, "threshold": 1, "per_head": 1}
_SHARES = frozenset(
    {
        "share", "low", "high", "top_two", "wide_share", "weighted_share", "against_share",
        "return_share", "valid_share", "staff_share", "share_before", "target", "done_share",
        "difference_share",
    }
)  # fmt: skip
_CODED = frozenset({"says", "shows", "reading", "rule", "scale"})


def _shown(told: Material, name: str) -> pd.DataFrame:
    """A table without what rests on few; no rows where there is none."""
    return told.shown.get(name, pd.DataFrame())


def _returns(told: Material) -> Iterator[Block]:
    for name in ("returns", "validity", "representation"):
        rows = _shown(told, name).dropna(axis=1, how="all")
        if name == "returns" and len(rows):
            whole = speaker(told)("returns_whole")
            rows = rows.assign(office=rows["office"].where(rows["office"] != "", whole))
        if len(rows):
            yield _grid(told, name, rows)


def _questions(told: Material) -> Iterator[Block]:
    items = _shown(told, "items")
    if items.empty:
        return
    asked = items[~items["scale"].isin(["skip", "time", "seconds", "id"])]
    columns = ["item", "text", "scale", "reversed", "construct", "linked"]
    steps = asked["scale"].str.replace("|", comma(told.language))
    named = asked["item"].map(lambda item: heading(str(item), told.language))
    yield _grid(told, "items", asked.assign(scale=steps, item=named)[columns])
    yield from _levels(told)
    columns = ["item", "n", "missing", "not_applicable", "share", "low", "high", "wide_share",
               "against_share", "mean", "sd", "icc", "design_effect"]  # fmt: skip
    opinions = _shown(told, "opinions")
    if len(opinions):
        columns += ["weighted_share"] if opinions["weighted_share"].notna().any() else []
        yield _grid(told, "opinions", opinions[columns])
    if len(trends := _shown(told, "trends")):
        yield _grid(told, "trends", trends)


def _levels(told: Material) -> Iterator[Block]:
    """The base table: a row a question, a column a step; scales of other words apart."""
    rows, items = told.tables.get("levels", pd.DataFrame()), told.tables["items"]
    scales = items.set_index("item")["scale"]
    rows = rows[~rows["item"].map(scales).isin(ROLES)] if len(rows) else rows
    for _, part in rows.groupby(rows["item"].map(scales), sort=False) if len(rows) else ():
        wide = part.pivot_table(
            index="item", columns="label", values="k", sort=False, aggfunc="sum"
        )
        n = part.drop_duplicates("item").set_index("item")["n"]
        enough = n[n >= told.small_cell].index
        shown = wide.loc[wide.index.isin(enough)].astype("int64")
        if len(shown):
            frame = shown.assign(n=n.reindex(shown.index)).rename_axis(columns=None).reset_index()
            yield _grid(told, "levels", frame)


def _scales(told: Material) -> Iterator[Block]:
    rows = _shown(told, "reliability")
    if rows.empty:
        return
    yield Text(speaker(told)("reliability_text"))
    shown = rows.assign(
        interval=[
            between(number(low, 2), number(high, 2), told.language)
            for low, high in zip(rows["low"], rows["high"], strict=True)
        ]
    )
    yield _grid(told, "reliability", shown[["construct", "items", "n", "alpha", "interval"]])
    yield _grid(told, "item_rest", _shown(told, "item_rest"))


def _groups(told: Material) -> Iterator[Block]:
    say = speaker(told)
    tests = _shown(told, "crosstabs")
    if len(tests):
        apart = tests[pd.to_numeric(tests["p_holm"], errors="coerce") <= _TOLD]
        if len(apart):
            yield _grid(told, "crosstabs", apart)
            keys = pd.MultiIndex.from_frame(apart[["item", "attribute"]])
            cells = _shown(told, "crosstab_cells")
            mine = pd.MultiIndex.from_frame(cells[["item", "attribute"]]).isin(keys)
            yield _grid(told, "crosstab_cells", cells[mine])
        else:
            yield Text(say("crosstabs_none", n=int(tests["p"].notna().sum())))
    rows = told.tables.get("office_opinions", pd.DataFrame())
    if len(rows):
        offices = list(dict.fromkeys(rows["office"]))[:MOST_OFFICES]
        axes = plot_office_opinions(
            rows[rows["office"].isin(offices)], least=told.small_cell, language=told.language
        )
        yield Picture(drawing(axes), say("office_opinions_caption"))


def _open(told: Material) -> Iterator[Block]:
    say = speaker(told)
    rows = told.tables.get("choices", pd.DataFrame())
    for item, part in rows.groupby("item", sort=False) if len(rows) else ():
        shown = told.enough("choices", part)
        if len(shown):
            axes = plot_choices(shown, language=told.language)
            yield Picture(
                drawing(axes), say("choices_caption", item=short_of_item(told, str(item)))
            )
    coded_ = _shown(told, "open_answers")
    if len(coded_) and (coded_["code"] != "").any():
        yield Text(say("open_text"))
    for item, part in coded_.groupby("item", sort=False) if len(coded_) else ():
        if set(part["code"]) == {""}:
            n = told.tables["open_answers"].set_index("item").loc[item, "n"]
            yield Text(say("open_untold", item=short_of_item(told, str(item)), n=n))
            continue
        told_ = part.assign(code=part["code"].where(part["code"] != "", say("open_none")))
        caption = say("open_caption", item=short_of_item(told, str(item)))
        yield _grid(told, "open_answers", told_[["code", "k", "n", "share", "example"]], caption)


def _record(told: Material) -> Iterator[Block]:
    rows = _shown(told, "triangulation")
    if rows.empty:
        return
    yield Text(speaker(told)("triangulation_text"))
    columns = ["item", "log", "linked", "n", "share", "low", "high", "record_n", "record", "target",
               "done_share", "reading", "offices", "rho", "rho_low", "rho_high"]  # fmt: skip
    called = {log.name: log.called for log in told.logs}
    whole = _named(_figures(rows)[columns], called).dropna(axis=1, how="all")
    yield _grid(told, "triangulation", whole)
    beside = _shown(told, "agreement")
    if len(beside):
        yield _grid(told, "agreement", _named(_figures(beside).drop(columns="measure"), called))


def _figures(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures on record as they are counted: shares of limits and rules, hours of steps."""
    hours = rows["measure"] == "step"

    def written(values: pd.Series) -> list[Any]:
        return [
            one if isinstance(one, str) else number(one, 1) if is_step else percent(one)
            for one, is_step in zip(values, hours, strict=True)
        ]

    names = [name for name in ("record", "record_low", "record_high") if name in rows]
    return rows.assign(**{name: written(rows[name]) for name in names})


def _named(rows: pd.DataFrame, called: dict[str, str]) -> pd.DataFrame:
    """Logs by what the report calls them, and figures of the record as they are counted."""
    return rows.assign(log=rows["log"].map(called))


def _interviews(told: Material) -> Iterator[Block]:
    say, rows = speaker(told), _shown(told, "saturation")
    if rows.empty:
        return
    themes = _shown(told, "interview_themes")
    if len(themes):
        yield _grid(told, "interview_themes", themes)
    groups = _shown(told, "interview_groups")
    posts = groups[groups["attribute"] == "post_type"] if len(groups) else groups
    if len(posts):
        # A cell that is withheld is no zero.
        cells = {(row.theme, row.value): row.k for row in posts.itertuples(index=False)}
        kinds = list(dict.fromkeys(posts["value"]))
        frame = pd.DataFrame(
            [{"theme": theme, **{kind: cells.get((theme, kind), 0) for kind in kinds}}
             for theme in dict.fromkeys(posts["theme"])]
        )  # fmt: skip
        yield titled(frame, say("interview_groups_caption"), told.language)
    last = int((rows["fresh"][::-1].cumsum() == 0).sum())
    codes = int(rows["codes"].max())
    yield Text(say("saturation_text", n=len(rows), codes=codes, last=last))
    axes = plot_saturation(told.tables["saturation"], language=told.language)
    yield Picture(drawing(axes), say("saturation_caption"))


def _staff(told: Material) -> Iterator[Block]:
    rows = _shown(told, "staff")
    if rows.empty:
        return
    yield _grid(told, "staff", rows)
    load = _shown(told, "staff_load")
    if len(load):
        called = {log.name: log.called for log in told.logs}
        yield _grid(told, "staff_load", _named(load, called))


#: The sections of the annex, each with what tells it; one that has nothing to tell is left out.
_PARTS: tuple[tuple[str, Callable[[Material], Iterator[Block]]], ...] = (
    ("survey_returns_heading", _returns),
    ("survey_questions_heading", _questions),
    ("survey_scales_heading", _scales),
    ("survey_groups_heading", _groups),
    ("survey_open_heading", _open),
    ("survey_record_heading", _record),
    ("survey_interviews_heading", _interviews),
    ("survey_staff_heading", _staff),
)
