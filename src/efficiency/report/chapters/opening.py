"""一、调研基本情况: what was looked at, by which sources and methods, and how good they are."""

from __future__ import annotations

from collections.abc import Iterator

from efficiency.language import joined
from efficiency.report.blocks import Block
from efficiency.report.chapters.frame import Sections, date_words
from efficiency.report.chapters.voices import asked_told, sample_grid, sample_rows
from efficiency.report.material import LogMaterial, Material
from efficiency.report.text.teller import Spans, Teller

#: Checks of the record that the main text speaks of; the others stand in the annex.
SPOKEN = ("day_precision", "end_before_start", "one_stamp")


def tell_opening(told: Material, place: int) -> Iterator[Block]:
    """Tell the first chapter."""
    teller, sections = told.teller(), Sections(told, place)
    ruled = len(told.tables["rules"])
    yield teller.paragraph(teller.say("basis_opening" if ruled else "basis_opening_limits"))
    yield sections.heading("section_scope")
    yield teller.paragraph(_scope(teller, told), _cutoff(teller, told))
    yield sections.heading("section_sources")
    yield teller.paragraph(*_sources(teller, told))
    if asked := list(asked_told(teller, told)):
        yield teller.paragraph(*asked)
    if len(sample_rows(told)):
        yield sample_grid(teller, told)
    yield sections.heading("section_quality")
    notices = [teller.say("quality_notices")] if told.notices else []
    yield teller.paragraph(*_quality(teller, told), *notices)


def _scope(teller: Teller, told: Material) -> Spans:
    period = period_words(told)
    nouns = dict.fromkeys(log.words.noun for log in told.logs if log.flows) or [teller.words.noun]
    noun = joined(nouns, told.language)
    if not told.baseline:
        return teller.say("basis_scope", period=period, noun=noun)
    baseline = date_words(told, told.baseline)
    return teller.say("basis_scope_compared", period=period, baseline=baseline, noun=noun)


def period_words(told: Material) -> str:
    """The time that the study speaks of, in words."""
    if told.period:
        return date_words(told, told.period)
    first, last = min(log.first for log in told.logs), told.cutoff
    return date_words(told, (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"))


def cutoff_words(told: Material) -> str:
    """The day up to which the study looks, in words."""
    day = f"{told.cutoff:%Y-%m-%d}"
    return date_words(told, (day,), within=told.period)


def _cutoff(teller: Teller, told: Material) -> Spans:
    return teller.say("basis_cutoff", cutoff=cutoff_words(told))


def _sources(teller: Teller, told: Material) -> Iterator[Spans]:
    yield teller.say(
        "basis_sources", sources=teller.listed([_source(told, log) for log in told.logs])
    )
    region = told.calendar.region
    yield teller.say("basis_times" if region == "CN" else "basis_times_other", region=region)
    if told.tables["compliance"]["target"].notna().any():
        yield teller.say(
            "basis_standards",
            standards=teller.cell("standing", "value", "count", measure="standards_given"),
        )
    elif told.standards.empty:
        yield teller.say("basis_no_standards")
    if len(told.tables["rules"]):
        yield teller.say(
            "basis_rules", rules=teller.cell("standing", "value", "count", measure="rules")
        )
    else:
        yield teller.say("basis_no_rules")


def _source(told: Material, log: LogMaterial) -> Spans:
    teller = told.teller(log)
    rows = teller.cell("overview", "rows", "count", log=log.name)
    if not (log.flows and teller.tables["overview"].set_index("log")["units"][log.name]):
        return teller.say("basis_source_plain", title=log.words.title, rows=rows)
    units = teller.cell("overview", "units", "count", log=log.name)
    return teller.say("basis_source", title=log.words.title, rows=rows, units=units)


def _quality(teller: Teller, told: Material) -> Iterator[Spans]:
    lost = [log for log in told.logs if log.counts["rejected"]]
    if not lost:
        yield teller.say("quality_whole")
    for log in lost:
        rejected = teller.cell("overview", "rejected", "count", log=log.name)
        yield told.teller(log).say("quality_rejected", title=log.words.title, rejected=rejected)
    spoken = [part for log in told.logs if (part := _checks(told.teller(log), log))]
    yield from spoken
    yield teller.say("quality_undecided" if spoken else "quality_annex")


def _checks(teller: Teller, log: LogMaterial) -> Spans:
    """Tell the checks that leave something undecided, the largest of each kind."""
    spoken = [name for name in SPOKEN if not (name == "one_stamp" and log.open_seen)]
    rows = log.quality[log.quality["check"].isin(spoken)]
    rows = rows.sort_values("n", ascending=False).drop_duplicates("check").sort_index()
    items = []
    for row in rows.itertuples(index=False):
        key = {"log": log.name, "check": row.check, "detail": row.detail}
        n = teller.cell("quality", "n", "count", **key)
        items.append(teller.say(f"quality_{row.check}", n=n))
    found = teller.listed(items)
    return teller.say("quality_found", title=log.words.title, items=found) if items else ()
