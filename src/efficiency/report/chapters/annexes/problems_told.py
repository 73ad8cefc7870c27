"""The annexes on what falls short: every finding, the flow, the rules."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.language import Language, numeral
from efficiency.report.blocks import Block, Card, Grid, Heading, Note, Text, titled
from efficiency.report.chapters.annexes.procedure import (
    tell_flow,
    tell_rules,
)
from efficiency.report.material import Material, speaker
from efficiency.report.shown import is_share
from efficiency.report.telling import ToldFinding
from efficiency.words import number, percent, phrase


def tell_procedure(told: Material) -> Iterator[Block]:
    """Tell the prescribed flow and the rules."""
    say = speaker(told)
    yield Heading(say("chapter_procedure"))
    procedures = [log.procedure for log in told.logs]
    parts: list[tuple[str, list[Block]]] = [
        (
            "flow_heading",
            [
                block
                for log in told.logs
                for block in tell_flow(log.called, log.procedure, told.language)
            ],
        ),
        ("rules_heading", list(tell_rules(procedures, told.language, told.small_cell))),
    ]
    there = [(key, blocks) for key, blocks in parts if blocks]
    for place, (key, blocks) in enumerate(there, start=1):
        yield Heading(say(key, place=numeral(place, told.language)), 3)
        yield from blocks
    if not there:
        yield Text(say("procedure_none"))


def tell_cards(told: Material) -> Iterator[Block]:
    """Tell every finding in full; those that were set aside come last, with the reason."""
    say = speaker(told)
    yield Heading(say("chapter_findings"))
    if not told.findings:
        yield Text(say("findings_none"))
        return
    yield Text(say("findings_intro"))
    kept = [one for one in told.findings if one.id not in told.set_aside]
    aside = [one for one in told.findings if one.id in told.set_aside]
    for place, finding in enumerate(kept, start=1):
        yield _card(told, finding, place)
    if aside:
        yield Heading(say("aside_heading"), 3)
    for place, finding in enumerate(aside, start=len(kept) + 1):
        yield Note(
            say(
                "aside_reason",
                title=finding.title,
                reason=told.set_aside[finding.id] or say("aside_without"),
            )
        )
        yield _card(told, finding, place)


def _card(told: Material, finding: ToldFinding, place: int) -> Card:
    rows = told.evidence.get(finding.id)
    if rows is None or rows.empty or finding.finding.n < told.small_cell:
        return Card(finding, place, None)
    return Card(finding, place, _evidence(rows, finding.finding, told.language))


def _evidence(rows: pd.DataFrame, finding: Finding, language: Language) -> Grid:
    """Show the rows of a finding's table that tell most; the table itself holds them all."""
    told = rows.drop(columns=[name for name in ("case_id", "detail") if "proof" in rows])
    for name in told.columns:
        if pd.api.types.is_datetime64_any_dtype(rows[name]):
            told[name] = rows[name].dt.strftime("%Y-%m-%d %H:%M").fillna("—")
        elif pd.api.types.is_float_dtype(rows[name]):
            told[name] = rows[name].map(percent if is_share(str(name)) else number)
    caption = phrase("evidence", language, table=finding.table, n=f"{finding.n:,}")
    if "proof" in rows:
        first = rows.iloc[0]
        caption = phrase("typical", language, case=first["case_id"], detail=first["detail"])
    return titled(told.fillna("—"), caption, language)
