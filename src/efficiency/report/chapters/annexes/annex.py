"""The annex: definitions and standards."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.report.blocks import Block, Heading, Text, titled
from efficiency.report.material import Material, speaker
from efficiency.words import percent


def tell_annex(told: Material) -> Iterator[Block]:
    """Tell the definitions, office hours and standards."""
    say = speaker(told)
    yield Heading(say("chapter_annex"))
    yield Text(say("method"))
    desks = [("—", told.calendar.hours), *told.calendar.units]
    hours = pd.DataFrame(
        {"unit": name, "hours": ", ".join(_clock(a, b) for a, b in desk.spans)}
        for name, desk in desks
    )
    yield titled(hours, say("hours_table"), told.language)
    if len(told.standards):
        names = [
            "standard_id",
            "title",
            "source",
            "scope",
            "from",
            "to",
            "limit",
            "clock",
            "target",
        ]
        shown = told.standards.reindex(columns=names)
        shown = shown.assign(target=shown["target"].map(percent)).fillna("")
        yield titled(shown, say("standards_caption"), told.language)


def _clock(begins: int, ends: int) -> str:
    def told(micros: int) -> str:
        minutes = micros // 60_000_000
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    return f"{told(begins)}–{told(ends)}"
