"""What a report is told from, taken from the tables of a review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from efficiency.language import Language, joined
from efficiency.report.chapters.annexes.procedure import Organisation, Procedure
from efficiency.report.chapters.annexes.reasons import Causes
from efficiency.report.material import LogMaterial, Material
from efficiency.report.sheet.csv_text import MOST_LINES
from efficiency.report.text.own_words import FILE, check_cells, read_own_words
from efficiency.report.text.teller import LogWords
from efficiency.report.withholding import disclosed
from efficiency.reviews.documents.linked_documents import documents
from efficiency.reviews.office import Office, due_years
from efficiency.reviews.study import Study
from efficiency.words import phrase

#: Tables of causes of which the annex shows what is not withheld.
_WHOLE_ROWS = {"waiting", "units", "balance", "calibration", "factors"}


def material(office: Office) -> Material:
    """
    Take what the report tells from a review.

    Parameters
    ----------
    office
        The review.
    """
    inputs, written = office.inputs, office.written()
    settings, findings = inputs.folder.settings, office.told
    folder = inputs.folder.path
    own = read_own_words(folder)
    check_cells(own, written, inputs.language, folder / FILE)
    shown = {told.id: office.exhibit(told.finding) for told in findings}
    period, baseline = settings.period, settings.baseline
    return Material(
        title=settings.title,
        language=inputs.language,
        cutoff=inputs.cutoff,
        calendar=inputs.calendar,
        logs=tuple(_log(office, name) for name in office),
        standards=inputs.standards,
        compliance=written["compliance"],
        findings=findings,
        period=() if period is None else (period[0].isoformat(), period[1].isoformat()),
        documents=documents(office),
        notices=(
            *inputs.notices,
            *due_notices(office),
            *_all_open(office, inputs.language),
            *_no_baseline(office, inputs.language),
            *_without_reason(office),
            *_long(written, inputs.language),
        ),
        small_cell=settings.small_cell,
        evidence={key: rows for key, rows in shown.items() if rows is not None},
        causes=Causes(
            **{
                name: disclosed(name, written[name], settings.small_cell)
                if name in _WHOLE_ROWS
                else written[name]
                for name in Causes.names()
                if name in written
            },
            titles={name: words_of(office, name).title for name in office},
        ),
        points=office.points,
        tables=written,
        baseline=() if baseline is None else (baseline[0].isoformat(), baseline[1].isoformat()),
        own=own,
        set_aside=office.set_aside,
        day_hours=next(iter(office.values())).day_hours,
    )


def due_notices(office: Office) -> Iterator[str]:
    """What deadlines rest on that lie in a year without a holiday notice."""
    years = due_years(office)
    if years:
        language = office.inputs.language
        yield phrase("due_estimated", language, years=joined(years, language))


def _long(written: dict[str, pd.DataFrame], language: Language) -> Iterator[str]:
    """Say which tables have more rows than their csv files."""
    long = {name: table for name, table in written.items() if len(table) > MOST_LINES}
    for name, table in long.items():
        rows, first = f"{len(table):,}", f"{MOST_LINES:,}"
        yield phrase("long_table", language, table=name, rows=rows, first=first)


def _without_reason(office: Office) -> Iterator[str]:
    """The lines of the register at which something is set aside without a reason."""
    ids = office.inputs.points["id"].tolist()
    for one, reason in office.set_aside.items():
        if not reason:
            line = ids.index(one) + 2
            yield phrase("aside_notice", office.inputs.language, line=line)


def _no_baseline(office: Office, language: Language) -> Iterator[str]:
    """Say of which log the time to compare with is not on record."""
    baseline = office.inputs.folder.settings.baseline
    for name, study in office.items() if baseline else ():
        if study.cases_before is None:
            first, last = (f"{day:%Y-%m-%d}" for day in baseline or ())
            yield phrase("no_baseline", language, log=name, first=first, last=last)


def _all_open(office: Office, language: Language) -> Iterator[str]:
    for name, study in office.items():
        cases = study.table("cases")
        if len(cases) and cases["open"].all():
            yield phrase("all_open", language, log=name)


def _log(office: Office, name: str) -> LogMaterial:
    study, record = office[name], office.inputs.records[name]
    cases = study.table("cases")
    return LogMaterial(
        name=name,
        file=joined([path.name for path in office.inputs.files[name]], office.inputs.language),
        encoding=record.encoding,
        counts={
            "rows": record.rows,
            "accepted": record.rows - len(record.rejected),
            "rejected": len(record.rejected),
            "changed": len(record.changed),
            "cases": len(cases),
            "steps": int(cases["steps"].sum()),
            "open": int(cases["open"].sum()),
            "cancelled": int(cases["cancelled"].sum()),
        },
        first=cases["first"].min(),
        last=cases["last"].max(),
        quality=study.table("quality"),
        variants=study.table("variants"),
        edges=study.table("edges"),
        ends=study.table("ends"),
        volume=study.table("volume"),
        completed=study.table("completion"),
        summary=study.table("step_summary"),
        dots=study.table("dots"),
        spectrum=study.table("spectrum"),
        organisation=_organisation(study, office.inputs.folder.settings.small_cell),
        procedure=_procedure(study),
        words=words_of(office, name),
        ended=bool(office.inputs.folder.settings.logs[name].ends),
    )


#: What a log is of that is called so, or has such a column, handles documents.
_DOCUMENTS = re.compile("文|函|件|document|letter|paper", re.IGNORECASE)


def words_of(office: Office, name: str) -> LogWords:
    """What the report calls a log, as people wrote it or else as its columns tell."""
    language, settings = office.inputs.language, office.inputs.folder.settings.logs[name]
    names = [name, *map(str, office.inputs.records[name].log.columns)]
    papers = any("文" in text or _DOCUMENTS.fullmatch(text) for text in names)
    noun = settings.noun or phrase("noun_documents" if papers else "noun_matters", language)
    unit = phrase("unit_word", language) if settings.unit_word is None else settings.unit_word
    return LogWords(settings.title or _title(office, name), noun, unit)


#: How a log is called whose columns speak of these.
_TITLES = {
    "批示": "log_decisions", "督查|督办": "log_supervision", "来文|收文": "log_incoming",
    "发文|拟稿": "log_outgoing", "信访|投诉|诉求|热线": "log_petitions",
    "申请|许可|审批": "log_approvals",
}  # fmt: skip


def _title(office: Office, name: str) -> str:
    """Guess what a log is called by its columns; else it is called as its file is."""
    settings, record = office.inputs.folder.settings.logs[name], office.inputs.records[name]
    own = " ".join(
        [name, Path(settings.path[0]).stem, *_listed(settings.columns.get("case_id", ()))]
    )
    columns = " ".join(map(str, record.log.columns))
    # By what it is called and numbered; else by what it holds, where a decision is but one step.
    for text, patterns in (
        (own, _TITLES),
        (columns, dict([*list(_TITLES.items())[1:], *list(_TITLES.items())[:1]])),
    ):
        for pattern, key in patterns.items():
            if re.search(pattern, text):
                return phrase(key, office.inputs.language)
    return Path(settings.path[0]).stem


def _listed(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _organisation(study: Study, least: int) -> Organisation:
    hubs = [rule.a for rule in study.question.rules if rule.kind == "hub"]
    involvement = study.table("involvement")
    shown, between = disclosed("involvement", involvement, least), study.table("handovers")
    few = set(involvement["hand"]) - set(shown["hand"])
    return Organisation(
        between[~(between["source"].isin(few) | between["target"].isin(few))],
        shown,
        study.table("approvals"),
        hubs[0] if hubs else None,
    )


def _procedure(study: Study) -> Procedure:
    flow = study.question.flow
    return Procedure(
        conformance=study.part("aligned"),
        model=None if flow is None else study.part("model"),
        flow=flow,
        rules=study.question.rules,
        adherence=study.table("adherence"),
    )
