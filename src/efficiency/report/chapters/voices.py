"""What people say, where the main text speaks of it: who was asked, what is rated well, reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency.report.blocks import Block, Grid, Picture, Ref, titled
from efficiency.report.chapters.frame import Sections
from efficiency.report.material import Material
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.opinion_plots import MOST_ITEMS, plot_likert
from efficiency.report.text.finding_clauses import answer_of, short_of_item
from efficiency.report.text.teller import Spans, Teller

#: Traits that the table of who answered shows; rows that it takes.
TRAITS, MOST_TRAITS = ("education", "post_type", "office_type", "age_band", "years"), 2
#: Questions that are rated well, options and codes that a sentence names; voices in one theme.
MOST_PRAISED, MOST_OPTIONS, MOST_CODES, MOST_VOICES = 3, 3, 3, 2
#: In favour beyond doubt.
_MOST = 0.5
_READ = ("both_bad", "both_fine", "open")


def asked_told(teller: Teller, told: Material) -> Iterator[Spans]:
    """Tell how many were asked, and which answers count."""
    if "returns" in told.tables:
        cells = {
            name: teller.cell("returns", name, form, office="")
            for name, form in (
                ("issued", "count"), ("returned", "count"), ("return_share", "percent"),
                ("valid", "count"), ("valid_share", "percent"),
            ) if not _is_untold(told, name)
        }  # fmt: skip
        yield teller.say("asked_returns" if "issued" in cells else "asked_returns_untold", **cells)
        if told.tables["returns"]["first"].notna().any():
            days = {name: teller.cell("returns", name, "date", office="")
                    for name in ("first", "last")}  # fmt: skip
            yield teller.say("asked_when", **days)
        rules = told.tables["validity"]
        items = [
            teller.say(
                f"asked_rule_{rule}", n=teller.cell("validity", "left_out", "count", rule=rule)
            )
            for rule in rules.loc[rules["left_out"] > 0, "rule"]
        ]  # fmt: skip
        if items:
            yield teller.say("asked_left_out", items=teller.listed(items))
    if "saturation" in told.tables:
        yield teller.say("asked_interviews", n=interviews_of(teller, told))
    if sample_rows(told).size:
        yield teller.say("asked_sample", table=Ref("sample"))
    if "opinions" in told.tables and (told.tables["opinions"]["offices"] > 1).any():
        yield teller.say("asked_offices")


def _is_untold(told: Material, name: str) -> bool:
    """Whether it is not known how many were issued."""
    row = told.tables["returns"].query("office == ''").iloc[0]
    return name in {"issued", "return_share"} and pd.isna(row["issued"])


def interviews_of(teller: Teller, told: Material) -> Any:
    """How many interviews there were: the place of the last."""
    last = int(told.tables["saturation"]["place"].max())
    return teller.cell("saturation", "place", "count", place=last)


def sample_rows(told: Material) -> pd.DataFrame:
    """The traits of those who answered that the main text shows."""
    rows = told.tables.get("representation", pd.DataFrame())
    if rows.empty:
        return rows
    names = [name for name in TRAITS if name in set(rows["attribute"])][:MOST_TRAITS]
    return rows[rows["attribute"].isin(names)]


def sample_grid(teller: Teller, told: Material) -> Grid:
    """The table of who answered, each figure bound."""
    rows = []
    has_staff = sample_rows(told)["staff_share"].notna().any()
    for row in sample_rows(told).itertuples(index=False):
        key = {"attribute": row.attribute, "value": row.value}
        cells = {
            "attribute": teller.named(row.attribute),
            "value": row.value,
            "respondents": teller.cell("representation", "n", "count", **key),
            "share": teller.cell("representation", "share", "percent", **key),
        }
        if has_staff:
            cells["staff_share"] = (
                "—" if pd.isna(row.staff_share)
                else teller.cell("representation", "staff_share", "percent", **key)
            )  # fmt: skip
        rows.append(cells)
    caption = teller.plain("sample_caption")
    return titled(pd.DataFrame(rows), caption, told.language, name="sample")


def staff_told(teller: Teller, told: Material) -> Iterator[Spans]:
    """Tell how many work there, by education and post."""
    rows = told.tables["staff"]
    for name, values in rows.groupby("attribute", sort=False):
        first = values.iloc[0]
        key = {"attribute": str(name), "value": first["value"]}
        known = "_known" if first["masked"] else ""
        offices = teller.cell("staff", "offices", "count", **key)
        least = "_least" if first["at_least"] else ""
        if not first["offices"]:
            if name != "total":
                yield teller.say("staff_untold", attribute=teller.named(str(name)))
        elif name == "total":
            n = teller.cell("staff", "headcount", "count", **key)
            yield teller.say(f"staff_total{known}{least}", n=n, offices=offices)
        else:
            items = teller.listed([_staff_item(teller, row) for row in values.itertuples()])
            attribute = teller.named(str(name))
            yield teller.say(f"staff_by{known}", attribute=attribute, items=items, offices=offices)


def _staff_item(teller: Teller, row: Any) -> Spans:
    key = {"attribute": row.attribute, "value": row.value}
    return teller.say(
        "staff_item", value=row.value, n=teller.cell("staff", "headcount", "count", **key),
        share=teller.cell("staff", "share", "percent", **key),
    )  # fmt: skip


def questions(told: Material) -> pd.DataFrame:
    """The opinions on single questions of which nothing is withheld."""
    rows = told.enough("opinions", told.tables.get("opinions", pd.DataFrame()))
    return rows[rows["item"].isin(set(told.tables["levels"]["item"]))] if len(rows) else rows


def praised(told: Material) -> pd.DataFrame:
    """The questions that are answered favourably beyond doubt, and not against the record."""
    rows = questions(told)
    rows = rows[rows["low"] > _MOST]
    read = _readings(told)
    kept = rows[~rows["item"].map(read).isin(["milder", "both_bad"])]
    return kept.sort_values("share", ascending=False, kind="stable").head(MOST_PRAISED)


def tell_praised(told: Material, sections: Sections) -> Iterator[Block]:
    """Tell what people rate well, and show how the main questions were answered."""
    if "opinions" not in told.tables:
        return
    teller, read = told.teller(), _readings(told)
    yield sections.heading("section_praised")
    items = [
        (
            *teller.say(
                "praised_item", item=short_of_item(told, row.item),
                answer=answer_of(teller, told, row.item),
                n=teller.cell("opinions", "n", "count", item=row.item),
                share=teller.cell("opinions", "share", "percent", item=row.item),
            ),
            *(teller.say("praised_agrees") if read.get(row.item) == "both_fine" else ()),
        )
        for row in praised(told).itertuples(index=False)
    ]  # fmt: skip
    first = (
        teller.say("praised_told", items=teller.listed(items, "semicolon"))
        if items
        else _highest(teller, told)
    )
    yield teller.paragraph(first, teller.say("praised_figure", figure=Ref("likert")))
    yield likert_picture(teller, told)


def _highest(teller: Teller, told: Material) -> Spans:
    """The question with most in favour, where of none it is clear that it is more than half."""
    rows = questions(told)
    if rows.empty:
        return ()
    item = rows.loc[rows["share"].idxmax(), "item"]
    share = teller.cell("opinions", "share", "percent", item=item)
    return teller.say(
        "praised_none", item=short_of_item(told, item), share=share,
        answer=answer_of(teller, told, item),
    )  # fmt: skip


def ends_told(teller: Teller, told: Material) -> Spans:
    """The questions with most and with fewest in favour."""
    rows = questions(told)
    if len(rows) < 2:
        return ()
    # What the record contradicts is no praise.
    borne = rows[~rows["item"].map(_readings(told)).isin(["milder", "both_bad"])]
    best = rows.loc[(borne if len(borne) else rows)["share"].idxmax(), "item"]
    worst = rows.loc[rows["share"].idxmin(), "item"]
    cells = {name: teller.cell("opinions", "share", "percent", item=item)
             for name, item in (("most", best), ("least", worst))}  # fmt: skip
    return teller.say(
        "summary_ends",
        best=_called(teller, told, best),
        worst=_called(teller, told, worst),
        **cells,
    )


def _called(teller: Teller, told: Material, item: str) -> str:
    """A question by its short name, one that is put the other way round marked."""
    turned = told.tables["items"].set_index("item")["reversed"][item]
    short = short_of_item(told, item)
    return teller.plain("item_turned", item=short) if turned else short


def likert_picture(teller: Teller, told: Material) -> Picture:
    """How the questions were answered: those most in favour and those least."""
    rows = questions(told)
    ranked = rows.sort_values("share", ascending=False, kind="stable")["item"].tolist()
    half = MOST_ITEMS // 2
    shown = ranked if len(ranked) <= MOST_ITEMS else [*ranked[:half], *ranked[-half:]]
    table = _turned(told, shown)
    items = told.tables["items"]
    turned = set(items.loc[items["reversed"], "item"])
    names = {item: _called(teller, told, item) for item in shown}
    axes = plot_likert(table, names=names, turned=turned, language=told.language)
    return Picture(
        drawing(axes), teller.plain("figure_likert"), alt=teller.plain("alt_likert"), name="likert"
    )


def _turned(told: Material, items: list[str]) -> pd.DataFrame:
    """The steps of some questions, in their order."""
    table = told.tables["levels"]
    return pd.concat([table[table["item"] == item] for item in items], ignore_index=True)


def voices(told: Material, theme: str) -> Iterator[Spans]:
    """Tell what people say of the same things as the findings of a theme."""
    table = told.tables.get("triangulation", pd.DataFrame())
    rows = table[table["reading"].isin(_READ)] if len(table) else table
    mine = [row for row in rows.itertuples(index=False) if _theme_of(told, row) == theme]
    teller = told.teller()
    mine.sort(key=lambda row: _READ.index(row.reading))
    for row in mine[:MOST_VOICES]:
        share = teller.cell("opinions", "share", "percent", item=row.item)
        yield teller.say(
            f"voice_{row.reading}", item=short_of_item(told, row.item), share=share,
            answer=answer_of(teller, told, row.item),
            wide=teller.cell("opinions", "wide_share", "percent", item=row.item),
        )  # fmt: skip


def _theme_of(told: Material, row: Any) -> str:
    """The theme of what a question is linked to."""
    if row.measure == "rule":
        rules = {rule.rule_id: rule for rule in told.log(row.log).procedure.rules}
        return str(rules[row.linked].theme)
    return "limits" if row.measure == "limit" else "pace"


def _readings(told: Material) -> dict[str, str]:
    table = told.tables.get("triangulation", pd.DataFrame())
    return dict(zip(table["item"], table["reading"], strict=True)) if len(table) else {}


def reasons_told(teller: Teller, told: Material) -> Iterator[Spans]:
    """Tell what people give as reasons, in the questionnaire and in interviews."""
    table = told.tables.get("choices", pd.DataFrame())
    for item, rows in table.groupby("item", sort=False) if len(table) else ():
        shown = told.enough("choices", rows).head(MOST_OPTIONS)
        options = [
            teller.say(
                "said_option", option=row.option,
                share=teller.cell("choices", "share", "percent", item=item, option=row.option),
            )
            for row in shown.itertuples(index=False)
        ]  # fmt: skip
        if options:
            n = teller.cell("choices", "n", "count", item=item, option=shown["option"].iloc[0])
            yield teller.say(
                "said_picked",
                item=short_of_item(told, str(item)),
                n=n,
                items=teller.listed(options),
            )
    if "interview_themes" in told.tables:
        codes = told.enough("interview_themes", told.tables["interview_themes"]).head(MOST_CODES)
        items = [
            teller.say(
                "said_code", code=row.code,
                k=teller.cell("interview_themes", "k", "count", theme=row.theme, code=row.code),
            )
            for row in codes.itertuples(index=False)
        ]  # fmt: skip
        if items:
            yield teller.say(
                "said_interviews", n=interviews_of(teller, told), items=teller.listed(items)
            )
