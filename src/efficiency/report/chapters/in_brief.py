"""摘要: what a leader reads in five minutes; no interval, no p, no name of a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from efficiency.language import numeral, of, semicolon
from efficiency.report.blocks import Block, KeyFigures, Paragraph
from efficiency.report.chapters.opening import cutoff_words, period_words
from efficiency.report.chapters.proposals import brief_measure
from efficiency.report.chapters.shortfalls import heading_of, is_held, themes_of
from efficiency.report.chapters.voices import ends_told, interviews_of
from efficiency.report.material import LogMaterial, Material
from efficiency.report.numbers import Bound
from efficiency.report.telling import ToldFinding
from efficiency.report.text.breaches import wording_of
from efficiency.report.text.finding_clauses import (
    change_sentence,
    comparison_key,
    comparison_of,
    steps_of,
    timed,
)
from efficiency.report.text.limits import parting, side_words, title_of
from efficiency.report.text.own_words import own_paragraphs
from efficiency.report.text.teller import Spans, Teller
from efficiency.report.themes import Theme

#: Characters of the summary, Chinese and English: what stands on one page below title and figures.
MOST_CHARACTERS = (425, 1150)
#: Themes, limits missed and other findings of each, that the summary names: fewer where they do
#: not fit a page.
_SIZES = ((5, 3, 3), (4, 3, 3), (3, 3, 3), (3, 3, 2), (3, 3, 1), (3, 2, 1), (2, 1, 1))


def tell_summary(told: Material) -> Iterator[Block]:
    """Tell the summary: what was looked at, what is good, what matters, what to do."""
    yield key_figures(told)
    own = told.own.chapter("summary")
    yield from own_paragraphs(own.before, told.tables, told.language)
    yield from _within(told)
    yield from own_paragraphs(own.after, told.tables, told.language)


def _within(told: Material) -> list[Paragraph]:
    """As many themes and findings as a page takes."""
    for themes, *findings in _SIZES:
        made = _paragraphs(told, themes, findings)
        if sum(len(one.text) for one in made) <= of(MOST_CHARACTERS, told.language):
            break
    return made


def _paragraphs(told: Material, themes: int, findings: Sequence[int]) -> list[Paragraph]:
    log = main_log(told)
    teller = told.teller(log)
    named = [theme for theme in themes_of(told) if theme.main][:themes]
    parts = [
        teller.paragraph(*_good(teller, told, log)),
        _problems(teller, told, named, findings),
    ]
    proposals = _proposals(teller, told, named)
    return [*parts, teller.paragraph(proposals)] if proposals else parts


def main_log(told: Material) -> LogMaterial:
    """The log that the study is about: the first in which something flows."""
    return (told.flowing or told.logs)[0]


def _good(teller: Teller, told: Material, log: LogMaterial) -> Iterator[Spans]:
    if told.is_wide:
        items = teller.listed([_cases(told, one) for one in told.flowing])
        yield teller.say("summary_works", period=period_words(told), items=items)
    elif len(told.flowing) > 1:
        items = teller.listed([_volume(told, one) for one in told.flowing], "semicolon")
        yield teller.say(
            "summary_volumes", period=period_words(told), cutoff=cutoff_words(told), items=items
        )
    else:
        yield _volume(told, log, alone=True)
    yield _asked(teller, told)
    yield ends_told(teller, told)
    clauses = list(_achieved(teller, told, log))
    if clauses:
        mark = of(("；", ". "), told.language)
        yield (*_chained(clauses, mark), teller.plain("stop"))


def _asked(teller: Teller, told: Material) -> Spans:
    """How many were asked, where anybody was."""
    if "returns" not in told.tables:
        return ()
    valid = teller.cell("returns", "valid", "count", office="")
    if "saturation" not in told.tables:
        return teller.say("summary_asked", valid=valid)
    return teller.say("summary_asked_both", valid=valid, n=interviews_of(teller, told))


def _cases(told: Material, log: LogMaterial) -> Spans:
    """How many came in, as one of many parts."""
    teller = told.teller(log)
    cases = teller.cell("overview", "cases", "count", log=log.name)
    return teller.say("summary_volumes_item_unseen", cases=cases)


def _volume(told: Material, log: LogMaterial, *, alone: bool = False) -> Spans:
    """How many came in and how many are done, as a sentence or as one of several parts."""
    teller = told.teller(log)
    cells = {
        name: teller.cell("overview", name, "count", log=log.name)
        for name in ("cases", "done", "open")
    }
    key = "summary_volume" if alone else "summary_volumes_item"
    unseen = "" if log.open_seen else "_unseen"
    return teller.say(
        f"{key}{unseen}", period=period_words(told), cutoff=cutoff_words(told), **cells
    )


def _chained(clauses: list[Spans], mark: str) -> Spans:
    return tuple(
        span for at, part in enumerate(clauses) for span in (*((mark,) if at else ()), *part)
    )


def _achieved(teller: Teller, told: Material, log: LogMaterial) -> Iterator[Spans]:
    counts = told.counts
    if counts["standards"]:
        cells = {
            name: teller.cell("standing", "value", "count", measure=measure)
            for name, measure in (
                ("standards", "standards"), ("met", "standards_met"), ("clear", "standards_clear")
            )
        }  # fmt: skip
        key = (
            "summary_standards" if counts["standards_clear"]
            else "summary_standards_met" if counts["standards_met"] else "summary_standards_no"
        )  # fmt: skip
        yield teller.say(key, **cells)
    if log.procedure.conformance is not None:
        yield teller.say("summary_fitting", share=_fitting(teller, log))
    better = [one for one in told.findings if one.finding.direction == "better"]
    for one in better[:1]:
        yield change_sentence(told.teller(told.log(one.finding.log)), one, "summary_faster")


def _fitting(teller: Teller, log: LogMaterial) -> Bound | str:
    key = {"log": log.name, "measure": "fitting_share"}
    return teller.cell("conformance", "value", "percent", **key)


def _problems(
    teller: Teller, told: Material, named: list[Theme], findings: Sequence[int]
) -> Paragraph:
    if not named:
        return teller.paragraph(
            teller.say("summary_no_problem" if is_held(told) else "summary_not_looked")
        )
    parts = []
    single = len(named) == 1
    for place, theme in enumerate(named, start=1):
        items = [part for part in (_named(told, theme, findings)) if part]
        number = () if single else teller.say("ordinal", place=numeral(place, told.language))
        lead = (*number, heading_of(told, theme))
        colon = of(("：", ": "), told.language)
        parts.append(
            (*lead, colon, *_chained(items, semicolon(told.language)), teller.plain("stop"))
        )
    if single:
        return teller.paragraph((*teller.say("summary_problem"), *parts[0]))
    return teller.paragraph(teller.say("summary_problems"), *parts)


def _named(told: Material, theme: Theme, findings: Sequence[int]) -> Iterator[Spans]:
    """Name the gravest findings of a theme in a few words each."""
    every = [one for one in theme.main if one.kind == "standard"]
    most_limits, most = findings
    limits = every[:most_limits]
    if limits:
        yield _limits(told, limits, more=len(every) > most_limits)
    # Who is slow is told so once, not with a share of lateness beside it.
    slow = {one.finding.about("value") for one in theme.main if one.kind == "slow_group"}
    others = [
        one
        for one in theme.main
        if one.kind != "standard"
        and not (one.kind == "high_rate" and one.finding.about("value") in slow)
    ]
    for one in sorted(others, key=_order)[: max(most - bool(limits), 0) or 1]:
        yield _short(told, one)


def _order(one: ToldFinding) -> tuple[float, float, int]:
    """Graver, surer and larger first."""
    found = one.finding
    return (-found.hours, -found.gravity * found.certainty, -found.concerned)


def _limits(told: Material, limits: list[ToldFinding], *, more: bool) -> Spans:
    items = []
    for one in limits:
        teller, found = told.teller(told.log(one.finding.log)), one.finding
        standard = found.about("standard_id")
        share = teller.cell("compliance", "share", "percent", log=found.log, standard_id=standard)
        parted = parting(teller.tables, found.log, standard)
        side = () if parted is None else teller.say(
            "summary_side" if parted[1].late else "summary_side_all",
            side=side_words(teller, parted[0]),
        )  # fmt: skip
        title = title_of(told, standard)
        items.append(teller.say("summary_limit", title=title, share=share, side=side))
    teller = told.teller(told.log(limits[0].finding.log))
    key = "summary_limits_all" if len(items) > 1 else "summary_limits"
    key = "summary_limits_more" if more else key
    return teller.say(key, items=teller.listed(items))


def _short(told: Material, one: ToldFinding) -> Spans:
    teller, found = told.teller(told.log(one.finding.log)), one.finding
    if one.kind == "slow_group":
        row = comparison_of(teller, one)
        more = teller.cell("comparisons", "ratio", "more", **comparison_key(row))
        return teller.say(
            "summary_slow_group", value=row.value, measure=timed(teller, row, brief=True),
            more=more, steps=steps_of(teller, row),
        )  # fmt: skip
    if one.kind == "high_rate":
        key = {"log": found.log, **{n: found.about(n) for n in ("measure", "attribute", "value")}}
        forms = {"share": "percent", "expected": "percent", "compared": "count", "k": "count"}
        cells = {
            name: teller.cell("shares", "compared_k" if name == "k" else name, form, **key)
            for name, form in forms.items()
        }
        return teller.say(f"summary_{key['measure']}", value=key["value"], **cells)
    if one.kind == "rule":
        rule = told.rule(one)
        broken = teller.cell("rules", "broken", "count", log=found.log, rule_id=rule.rule_id)
        wording = wording_of(teller, one, rule) or rule.title
        return teller.say("summary_rule", broken=broken, wording=wording, title=rule.title)
    return (one.title,)


def _proposals(teller: Teller, told: Material, named: list[Theme]) -> Spans:
    """Name one measure a theme, that which comes first in the last chapter."""
    items = [text for theme in named if (text := brief_measure(told, theme))]
    distinct = list(dict.fromkeys(items))
    if not distinct:
        return ()
    mark = semicolon(told.language)
    return teller.say("summary_proposals", items=mark.join(distinct))


def key_figures(told: Material) -> KeyFigures:
    """Four to six figures that stand above the summary."""
    log = main_log(told)
    teller, name = told.teller(log), log.name
    counts = told.counts
    row = told.tables["overview"].set_index("log").loc[name]
    items: list[tuple[str, Spans]] = [
        ("key_cases", (teller.cell("overview", "cases", "count", log=name), teller.words.unit)),
    ]
    if log.open_seen:
        done = teller.cell("overview", "done_share", "percent", log=name)
        items.append(("key_done", (done,)))
    if counts["standards"]:
        met, all_ = (
            teller.cell("standing", "value", "count", measure=measure)
            for measure in ("standards_met", "standards")
        )
        items.append(("key_standards", (met, teller.plain("key_of"), all_)))
    if log.procedure.conformance is not None:
        items.append(("key_fitting", (_fitting(teller, log),)))
    if pd.notna(row["median_hours"]) and log.flows:
        median = teller.cell("overview", "median_hours", "hours", log=name)
        items.append(("key_median", (median,)))
    return KeyFigures(tuple((teller.plain(key), spans) for key, spans in items))
