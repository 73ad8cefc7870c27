"""The chapter on times held against the standards."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.report import rates_told as rates
from efficiency.report.blocks import Block, Heading, Picture, Text, titled
from efficiency.report.material import Material, speaker
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.process_plots import (
    plot_compliance,
)
from efficiency.words import between, percent


def tell_times(told: Material) -> Iterator[Block]:
    """Tell how far each standard was kept."""
    say = speaker(told)
    yield Heading(say("chapter_times"))
    if told.compliance.empty:
        yield Text(say("times_none"))
        return
    yield Text(say("times_intro"))
    titles = told.standards.drop_duplicates("standard_id", keep="last")
    titles = titles.reindex(columns=["standard_id", "title"])
    table = told.compliance.merge(titles, on="standard_id", how="left")
    decided = table["met"] + table["late"] + table["overdue"]
    enough = table[decided >= told.small_cell]
    if len(enough):
        axes = plot_compliance(enough, language=told.language)
        yield Picture(drawing(axes), say("compliance_figure"))
    small = say("withheld", n=told.small_cell)
    names = ["n", "met", "late", "overdue", "pending", "suspended", "undecidable"]
    names += ["cancelled"] if table["cancelled"].any() else []
    shown = pd.DataFrame(
        {
            "standard_id": table["standard_id"],
            "title": table["title"].fillna(""),
            **{
                name: table[name].astype(object).where(decided >= told.small_cell, small)
                for name in (*names, "not_started")
            },
            "share": table["share"].map(percent).where(decided >= told.small_cell, small),
            "interval": [
                small
                if n < told.small_cell
                else between(percent(low), percent(high), told.language)
                for low, high, n in zip(table["low"], table["high"], decided, strict=True)
            ],
            "target": table["target"].map(percent),
        }
    )  # fmt: skip
    yield titled(shown, say("compliance_caption"), told.language)
    # All on time is not yet a rate of 100 %.
    for title, n, met in zip(table["title"].fillna(""), decided, table["met"], strict=True):
        if n == met and n >= told.small_cell:
            what = say("kept", title=title or "—")
            yield Text(rates.told(int(met), int(n), what, told.language))
