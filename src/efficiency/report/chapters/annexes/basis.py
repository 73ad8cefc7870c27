"""The chapter on what the study rests on: the logs and the quality of the record."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.language import Language, comma
from efficiency.report.blocks import Block, Grid, Heading, Note, Text, titled
from efficiency.report.material import LogMaterial, Material, speaker
from efficiency.words import check_name, doubted, percent, phrase


def tell_basis(told: Material) -> Iterator[Block]:
    """Tell which logs the study rests on, and how good their record is."""
    say = speaker(told)
    yield Heading(say("chapter_basis"))
    yield Heading(say("scope"), 3)
    total = {
        name: sum(log.counts[name] for log in told.logs) for name in ("cases", "steps", "open")
    }
    region = told.calendar.region
    calendar = say("calendar_cn") if region == "CN" else say("calendar_other", region=region)
    link, documents = told.documents or ("", 0)
    yield Text(
        say(
            "summary_linked" if told.documents else "summary",
            link=link,
            documents=f"{documents:,}",
            logs=len(told.logs),
            cutoff=f"{told.cutoff:%Y-%m-%d %H:%M}",
            calendar=calendar,
            **{name: f"{n:,}" for name, n in total.items()},
        )
    )
    if told.period:
        yield Text(say("period", first=told.period[0], last=told.period[1]))
    yield Text(_verdict_in_short(told))
    for notice in told.notices:
        yield Note(notice)
    yield _overview(told)
    yield Heading(say("quality"), 3)
    yield Text(say("quality_intro"))
    for log in told.logs:
        yield Text(
            say(
                "ledger",
                **{n: f"{log.counts[n]:,}" for n in ("rows", "accepted", "rejected", "changed")},
            )
        )
        if log.quality.empty:
            yield Text(say("quality_clean"))
        else:
            yield _quality(log, told.language)


def _verdict_in_short(told: Material) -> str:
    if told.compliance.empty:
        return phrase("summary_no_standards", told.language)
    # As the main text counts them: without those over few cases.
    counts = told.counts
    return phrase(
        "summary_findings",
        told.language,
        standards=counts["standards"],
        reached=counts["standards_met"],
        failed=counts["standards_missed"],
        findings=len(told.findings),
        action=sum(one.finding.level == "action" for one in told.findings),
    )


def _overview(told: Material) -> Grid:
    names = ["cases", "steps", "open"]
    # Cancelled cases are counted apart, where there are any.
    names += ["cancelled"] if any(log.counts.get("cancelled") for log in told.logs) else []
    rows = pd.DataFrame(
        {
            "log": log.called,
            "file": log.file,
            "encoding": log.encoding or "—",
            "records": log.counts["rows"],
            **{name: log.counts[name] for name in names},
            "first": f"{log.first:%Y-%m-%d}",
            "last": f"{log.last:%Y-%m-%d}",
        }
        for log in told.logs
    )
    return titled(rows, phrase("overview_caption", told.language), told.language)


def _quality(log: LogMaterial, language: Language) -> Grid:
    shown = log.quality.assign(
        detail=log.quality["detail"].map(lambda detail: doubted(detail, language)),
        check=log.quality["check"].map(lambda check: check_name(check, language)),
        share=log.quality["share"].map(percent),
        rows=log.quality["rows"].str.replace(";", comma(language)),
    )
    return titled(shown, f"{log.called} · {phrase('quality_caption', language)}", language)
