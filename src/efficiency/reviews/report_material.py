"""What a report is told from, taken from the tables of a review."""

from __future__ import annotations

from collections.abc import Iterator

from efficiency.language import Language, joined
from efficiency.report.chapters.procedure import Organisation, Procedure
from efficiency.report.chapters.reasons import Causes
from efficiency.report.material import LogMaterial, Material
from efficiency.reviews.linked_documents import documents
from efficiency.reviews.office import Office, due_years
from efficiency.reviews.study import Study
from efficiency.words import phrase


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
    shown = {told.id: office[told.finding.log].exhibit(told.finding) for told in findings}
    period = settings.period
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
        ),
        small_cell=settings.small_cell,
        evidence={key: rows for key, rows in shown.items() if rows is not None},
        causes=Causes(**{name: written[name] for name in Causes.names() if name in written}),
        points=office.points,
    )


def due_notices(office: Office) -> Iterator[str]:
    """What deadlines rest on that lie in a year without a holiday notice."""
    years = due_years(office)
    if years:
        language = office.inputs.language
        yield phrase("due_estimated", language, years=joined(years, language))


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
        file=office.inputs.files[name].name,
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
        organisation=_organisation(study),
        procedure=_procedure(study),
    )


def _organisation(study: Study) -> Organisation:
    hubs = [rule.a for rule in study.question.rules if rule.kind == "hub"]
    return Organisation(
        study.table("handovers"),
        study.table("involvement"),
        study.table("approvals"),
        hubs[0] if hubs else None,
    )


def _procedure(study: Study) -> Procedure:
    flow = study.question.flow
    return Procedure(
        conformance=study.part("aligned"),
        model=None if flow is None else study.part("model"),
        flow_name="" if flow is None else flow.name,
        rules=study.question.rules,
        adherence=study.table("adherence"),
    )
