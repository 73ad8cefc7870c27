"""The chapters of the report, told from the tables of one review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from efficiency._doors.graphviz import draw
from efficiency.criteria.calendar import Calendar
from efficiency.evidence.points.points_file import no_points
from efficiency.facts.maps import RARE, flow_dot, traffic
from efficiency.facts.times import hours_to_share
from efficiency.findings import rates
from efficiency.findings.finding import Finding
from efficiency.language import Language, comma, numeral
from efficiency.report.blocks import (
    Block,
    Card,
    Grid,
    Heading,
    Note,
    Picture,
    Report,
    Text,
    titled,
)
from efficiency.report.chapters.causes_told import Causes, tell_causes
from efficiency.report.chapters.improvement_told import tell_measures
from efficiency.report.chapters.procedure import (
    Organisation,
    Procedure,
    tell_flow,
    tell_hands,
    tell_rules,
)
from efficiency.report.plots.process_plots import (
    plot_completion,
    plot_compliance,
    plot_step_times,
    plot_volume,
)
from efficiency.report.plots.style import drawing
from efficiency.words import check_name, number, percent, phrase

MAP_SHARE = 0.9
MOST_VARIANTS = 10


@dataclass(frozen=True)
class LogStudy:
    """What is told of one log."""

    name: str
    file: str
    encoding: str
    counts: dict[str, int]
    first: pd.Timestamp
    last: pd.Timestamp
    quality: pd.DataFrame
    variants: pd.DataFrame
    edges: pd.DataFrame
    ends: pd.DataFrame
    volume: pd.DataFrame
    completed: pd.DataFrame
    summary: pd.DataFrame
    organisation: Organisation = field(default_factory=Organisation)
    procedure: Procedure = field(default_factory=Procedure)


@dataclass(frozen=True)
class Study:
    """What a report is told from."""

    title: str
    language: Language
    cutoff: pd.Timestamp
    calendar: Calendar
    logs: tuple[LogStudy, ...]
    standards: pd.DataFrame
    compliance: pd.DataFrame
    findings: tuple[Finding, ...]
    period: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    small_cell: int = 5
    evidence: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    causes: Causes = field(default_factory=Causes)
    points: pd.DataFrame = field(default_factory=no_points)


def tell(study: Study) -> Report:
    """
    Put the report together.

    Parameters
    ----------
    study
        The tables and settings of one review.
    """
    report = Report(study.title, study.language)
    for chapter in (_basis, _flows, _times, _findings, _causes, _measures, _annex):
        report = report.add(*chapter(study))
    return report


def _basis(study: Study) -> Iterator[Block]:
    say = _speaker(study)
    yield Heading(say("chapter_basis"))
    yield Heading(say("scope"), 3)
    total = {
        name: sum(log.counts[name] for log in study.logs) for name in ("cases", "steps", "open")
    }
    region = study.calendar.region
    calendar = say("calendar_cn") if region == "CN" else say("calendar_other", region=region)
    yield Text(
        say(
            "summary",
            logs=len(study.logs),
            cutoff=f"{study.cutoff:%Y-%m-%d %H:%M}",
            calendar=calendar,
            **{name: f"{n:,}" for name, n in total.items()},
        )
    )
    if study.period:
        yield Text(say("period", first=study.period[0], last=study.period[1]))
    yield Text(_verdict_in_short(study))
    for notice in study.notices:
        yield Note(notice)
    yield _overview(study)
    yield Heading(say("quality"), 3)
    yield Text(say("quality_intro"))
    for log in study.logs:
        yield Text(
            say(
                "ledger",
                **{n: f"{log.counts[n]:,}" for n in ("rows", "accepted", "rejected", "changed")},
            )
        )
        if log.quality.empty:
            yield Text(say("quality_clean"))
        else:
            yield _quality(log, study.language)


def _verdict_in_short(study: Study) -> str:
    if study.compliance.empty:
        return phrase("summary_no_standards", study.language)
    met = study.compliance["target_met"]
    return phrase(
        "summary_findings",
        study.language,
        standards=len(met),
        reached=int((met == True).fillna(False).sum()),  # noqa: E712
        failed=int((met == False).fillna(False).sum()),  # noqa: E712
        findings=len(study.findings),
        action=sum(finding.level == "action" for finding in study.findings),
    )


def _overview(study: Study) -> Grid:
    rows = pd.DataFrame(
        {
            "log": log.name,
            "file": log.file,
            "encoding": log.encoding or "—",
            **{name: log.counts[name] for name in ("rows", "cases", "steps", "open")},
            "first": f"{log.first:%Y-%m-%d}",
            "last": f"{log.last:%Y-%m-%d}",
        }
        for log in study.logs
    )
    return titled(rows, phrase("overview_caption", study.language), study.language)


def _quality(log: LogStudy, language: Language) -> Grid:
    shown = log.quality.assign(
        check=log.quality["check"].map(lambda check: check_name(check, language)),
        share=log.quality["share"].map(percent),
        rows=log.quality["rows"].str.replace(";", comma(language)),
    )
    return titled(shown, f"{log.name} · {phrase('quality_caption', language)}", language)


def _flows(study: Study) -> Iterator[Block]:
    say = _speaker(study)
    yield Heading(say("chapter_flows"))
    for log in study.logs:
        if len(log.variants) and log.edges.empty and log.counts["steps"] == log.counts["cases"]:
            yield from _register(log, study)
            continue
        yield Heading(say("paths"), 3)
        if len(log.edges):
            passed = traffic(log.edges, log.ends)
            yield Text(say("map_text", **_spread(log.variants)))
            left = int((passed < RARE * passed.max()).sum())
            dot = flow_dot(log.edges, log.ends, share=MAP_SHARE, hour_word=say("hours"))
            yield Picture(
                draw(dot).decode(), say("map_caption", log=log.name, share=MAP_SHARE, left=left)
            )
        yield _variants(log, study.language)
        yield Heading(say("volume"), 3)
        axes = plot_volume(log.volume, language=study.language)
        yield Picture(drawing(axes), say("volume_caption", log=log.name))
        yield Heading(say("durations"), 3)
        yield from _durations(log, study)
        hands = list(tell_hands(log.name, log.organisation, study.language))
        if hands:
            yield Heading(say("hands_heading"), 3)
            yield from hands


def _register(log: LogStudy, study: Study) -> Iterator[Block]:
    """Tell of a log of single entries no more than how many there were."""
    say = _speaker(study)
    yield Heading(say("register_heading", log=log.name), 3)
    yield Text(say("register_text", log=log.name, n=f"{log.counts['cases']:,}"))
    axes = plot_volume(log.volume, language=study.language)
    yield Picture(drawing(axes), say("volume_caption", log=log.name))


def _spread(variants: pd.DataFrame) -> dict[str, Any]:
    covered = variants["share"].cumsum()
    return {
        "variants": len(variants),
        "top": variants["share"].iloc[0],
        "eighty": int((covered < 0.8).sum()) + 1,
    }


def _variants(log: LogStudy, language: Language) -> Grid:
    top = log.variants.head(MOST_VARIANTS)
    nothing = phrase("no_done_steps", language)
    shown = top.assign(
        activities=top["activities"].where(top["activities"] != "", nothing),
        share=top["share"].map(percent),
    )
    return titled(shown, phrase("variants_caption", language, log=log.name), language)


def _durations(log: LogStudy, study: Study) -> Iterator[Block]:
    say = _speaker(study)
    if len(log.completed):
        yield Text(_within(log.completed, 0.5, "completion_text", say))
        yield Text(_within(log.completed, 0.9, "completion_ninety", say))
        axes = plot_completion(log.completed, language=study.language)
        yield Picture(drawing(axes), say("completion_caption", log=log.name))
    if len(log.summary):
        axes = plot_step_times(log.summary, language=study.language)
        yield Picture(drawing(axes), say("steps_figure", log=log.name))
        columns = ["activity", "n", "median", "p90", "queue_median", "handling_median", "hours"]
        shown = log.summary[columns].rename(columns={"hours": "total"})
        shown = shown.assign(
            **{name: shown[name].map(number) for name in columns[2:-1]},
            total=shown["total"].map(number),
        )
        yield titled(shown, say("steps_caption", log=log.name), study.language)


def _within(completed: pd.DataFrame, share: float, key: str, say: Any) -> str:
    hours = hours_to_share(completed, share)
    if hours == float("inf"):
        return str(say("completion_never", share=percent(share, 0)))
    return str(say(key, hours=number(hours)))


def _times(study: Study) -> Iterator[Block]:
    say = _speaker(study)
    yield Heading(say("chapter_times"))
    if study.compliance.empty:
        yield Text(say("times_none"))
        return
    yield Text(say("times_intro"))
    titles = study.standards.drop_duplicates("standard_id", keep="last")
    titles = titles.reindex(columns=["standard_id", "title"])
    table = study.compliance.merge(titles, on="standard_id", how="left")
    decided = table["met"] + table["late"] + table["overdue"]
    enough = table[decided >= study.small_cell]
    if len(enough):
        axes = plot_compliance(enough, language=study.language)
        yield Picture(drawing(axes), say("compliance_figure"))
    small = say("withheld", n=study.small_cell)
    shown = pd.DataFrame(
        {
            "standard_id": table["standard_id"],
            "title": table["title"].fillna(""),
            **{name: table[name] for name in (
                "n", "met", "late", "overdue", "pending", "suspended", "undecidable", "not_started"
            )},
            "share": table["share"].map(percent).where(decided >= study.small_cell, small),
            "interval": [
                f"{percent(low)}–{percent(high)}" if n >= study.small_cell else small
                for low, high, n in zip(table["low"], table["high"], decided, strict=True)
            ],
            "target": table["target"].map(percent),
        }
    )  # fmt: skip
    yield titled(shown, say("compliance_caption"), study.language)
    # All on time is not yet a rate of 100 %.
    for title, n, met in zip(table["title"].fillna(""), decided, table["met"], strict=True):
        if n == met and n >= study.small_cell:
            what = say("kept", title=title or "—")
            yield Text(rates.told(int(met), int(n), what, study.language))


def _findings(study: Study) -> Iterator[Block]:
    say = _speaker(study)
    yield Heading(say("chapter_findings"))
    procedures = [log.procedure for log in study.logs]
    parts: list[tuple[str, list[Block]]] = [
        (
            "flow_heading",
            [
                block
                for log in study.logs
                for block in tell_flow(log.name, log.procedure, study.language)
            ],
        ),
        ("rules_heading", list(tell_rules(procedures, study.language, study.small_cell))),
        ("findings_heading", list(_cards(study))),
    ]
    told = [(key, blocks) for key, blocks in parts if blocks]
    for place, (key, blocks) in enumerate(told, start=1):
        yield Heading(say(key, place=numeral(place, study.language)), 3)
        yield from blocks


def _cards(study: Study) -> Iterator[Block]:
    say = _speaker(study)
    if not study.findings:
        yield Text(say("findings_none"))
        return
    yield Text(say("findings_intro"))
    for place, finding in enumerate(study.findings, start=1):
        rows = study.evidence.get(finding.id)
        shown = None if rows is None else _evidence(rows, finding, study.language)
        yield Card(finding, place, shown)


def _evidence(rows: pd.DataFrame, finding: Finding, language: Language) -> Grid:
    """Show the rows of a finding's table that tell most; the table itself holds them all."""
    told = rows.drop(columns=[name for name in ("case_id", "detail") if "proof" in rows])
    for name in told.columns:
        if pd.api.types.is_datetime64_any_dtype(rows[name]):
            told[name] = rows[name].dt.strftime("%Y-%m-%d %H:%M").fillna("—")
        elif pd.api.types.is_float_dtype(rows[name]):
            told[name] = rows[name].map(number)
    caption = phrase("evidence", language, table=finding.table, n=f"{finding.n:,}")
    if "proof" in rows:
        first = rows.iloc[0]
        caption = phrase("typical", language, case=first["case_id"], detail=first["detail"])
    return titled(told.fillna("—"), caption, language)


def _causes(study: Study) -> Iterator[Block]:
    """Tell what goes with lateness, the standards that were missed most first."""
    titles = study.standards.drop_duplicates("standard_id", keep="last")
    titles = titles.reindex(columns=["standard_id", "title"]).fillna("")
    gap = (study.compliance["share"] - study.compliance["target"]).astype(float)
    held = study.compliance.assign(gap=gap, missed=gap < 0)
    ranked = held.sort_values(["gap", "standard_id"])[["standard_id", "missed"]]
    told = ranked.merge(titles, on="standard_id")
    return tell_causes(study.causes, told, study.language, study.small_cell)


def _measures(study: Study) -> Iterator[Block]:
    place = 6 if study.causes.logs else 5
    return tell_measures(study.points, study.language, study.cutoff, study.small_cell, place)


def _annex(study: Study) -> Iterator[Block]:
    say = _speaker(study)
    yield Heading(say("chapter_annex"))
    yield Text(say("method"))
    desks = [("—", study.calendar.hours), *study.calendar.units]
    hours = pd.DataFrame(
        {"unit": name, "hours": ", ".join(_clock(a, b) for a, b in desk.spans)}
        for name, desk in desks
    )
    yield titled(hours, say("hours_table"), study.language)
    if len(study.standards):
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
        shown = study.standards.reindex(columns=names)
        shown = shown.assign(target=shown["target"].map(percent)).fillna("")
        yield titled(shown, say("standards_caption"), study.language)


def _clock(begins: int, ends: int) -> str:
    def told(micros: int) -> str:
        minutes = micros // 60_000_000
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    return f"{told(begins)}–{told(ends)}"


def _speaker(study: Study) -> Any:
    return lambda key, **details: phrase(key, study.language, **details)
