"""The annex: definitions and standards."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.evidence.log_record import MOMENTS
from efficiency.language import Language, joined
from efficiency.report.blocks import Block, Grid, Heading, Text, titled
from efficiency.report.material import Material, speaker
from efficiency.report.telling import limit_words
from efficiency.report.text.degrees import CLEAR, LARGE
from efficiency.report.themes import COMMON, SOME
from efficiency.words import heading, percent, phrase
from efficiency.words.code_words import coded


def tell_annex(told: Material) -> Iterator[Block]:
    """Tell the definitions, office hours and standards."""
    say = speaker(told)
    yield Heading(say("chapter_annex"))
    # The law that is cited is that of the calendar's country.
    yield Text(say("method" if told.calendar.region == "CN" else "method_other"))
    yield Text(say("method_themes", some=SOME, common=COMMON))
    yield _degrees(told)
    desks = [("—", told.calendar.hours), *told.calendar.units]
    hours = pd.DataFrame(
        {"unit": name, "office_hours": ", ".join(_clock(a, b) for a, b in desk.spans)}
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
        limits = shown["limit"].map(lambda text: limit_words(str(text), told.language))
        shown = shown.assign(target=shown["target"].map(percent), limit=limits).fillna("")
        for name in ("from", "to"):
            shown[name] = shown[name].map(lambda text: _moments(text, told.language))
        shown["clock"] = shown["clock"].map(lambda code: coded("clock", code, told.language))
        yield titled(shown, say("standards_caption"), told.language)


def _degrees(told: Material) -> Grid:
    """The words of degree and the heading of a theme, each with its rule."""
    say = speaker(told)
    rows = pd.DataFrame(
        {
            "word": [say(f"degree_word_{name}") for name in ("large", "clear", "slight")],
            "rule": [
                say("degree_rule_large", part=LARGE), say("degree_rule_clear", part=CLEAR),
                say("degree_rule_slight", part=CLEAR),
            ],
        }
    )  # fmt: skip
    return titled(rows, say("degrees_caption"), told.language)


def _moments(text: str, language: Language) -> str:
    """Say which moments of which steps a clock starts or stops at: 登记（开始）."""

    def told(name: str) -> str:
        activity, _, part = name.strip().rpartition(".")
        if activity and part in MOMENTS:
            return phrase("moment_of", language, activity=activity, part=heading(part, language))
        return name.strip()

    return joined([told(name) for name in text.split("|")], language)


def _clock(begins: int, ends: int) -> str:
    def told(micros: int) -> str:
        minutes = micros // 60_000_000
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    return f"{told(begins)}–{told(ends)}"
