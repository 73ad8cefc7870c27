"""Writes the periodic circular of a review folder, from the same tables as the review."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from efficiency._doors.exchange import held, replaced
from efficiency.findings.circular import circular
from efficiency.findings.time.roll_ups import roll_ups
from efficiency.problems import Hint, Problem, SettingsError
from efficiency.report.bulletin import Stretch, Told, bulletin, stretch
from efficiency.report.numbers import FORMATS
from efficiency.report.sheet.csv_text import csv_bytes
from efficiency.report.text.own_words import read_own_words
from efficiency.reviews.documents.outputs import refuse_unwritable
from efficiency.reviews.documents.renderings import renderings
from efficiency.reviews.documents.report_material import words_of
from efficiency.reviews.office import Office, open_review
from efficiency.reviews.reading.inputs import Progress, silent

#: The documents of a circular.
FORMS = ("docx", "html")


def write_bulletin(
    folder: str | Path,
    span: str,
    *,
    record: str = "",
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
) -> list[Path]:
    """
    Write the circular of one day, month, quarter, half-year or year, and its sums day by day.

    Parameters
    ----------
    folder
        The review's folder; it need not have been carried out.
    span
        ``2024-11-05``, ``2024-11``, ``2024Q3``, ``2024H1`` or ``2024``.
    record
        The log that it is of; empty: the first in which something flows.
    logs, progress
        As for `review`.

    Returns
    -------
    list of Path
        ``bulletin-2024-11.docx``, ``.html`` and ``.csv`` (``tables.ROLL_UPS``) in the folder's
        ``output/``.

    Raises
    ------
    SettingsError
        If the span cannot be read, there is no such log, or an input is wrong.
    """
    office = open_review(folder, logs=logs, progress=progress)
    language = office.inputs.language
    asked, name = stretch(span, language), _chosen(office, record)
    _within_record(office, asked, span)
    progress("verify", 0.5)
    report = bulletin(_told(office, name, asked, Path(folder)))
    made = renderings(report, {}, forms=FORMS)
    made["sums.csv"] = csv_bytes(_sums(office, name, asked))
    output, mark = Path(folder) / "output", f"{record}-" if record else ""
    paths = {output / f"bulletin-{mark}{span}{Path(form).suffix}": form for form in made}
    with held(Path(folder)):
        refuse_unwritable(Path(folder))
        output.mkdir(exist_ok=True)
        for path, form in paths.items():
            replaced(path, made[form])
    return list(paths)


def _within_record(office: Office, asked: Stretch, span: str) -> None:
    """Refuse a stretch of which the record knows nothing: its zeros would be no zeros."""
    first = min(study.whole.table("cases")["first"].min() for study in office.values())
    last = office.inputs.cutoff
    if asked.first > last or asked.last <= first:
        details = {"asked": span, "first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}",
                   "example": f"{last:%Y-%m}"}  # fmt: skip
        raise SettingsError([Problem("no_span", details)])


def _chosen(office: Office, record: str) -> str:
    """The log that was asked for, else the first in which something flows."""
    if not record:
        return next((name for name, study in office.items() if study.flows), next(iter(office)))
    if record not in office:
        raise SettingsError([Problem("no_log", {"got": record, "hint": Hint(record, (*office,))})])
    return record


def _sums(office: Office, name: str, span: Stretch) -> pd.DataFrame:
    """What each day, month, half-year and year of the stretch came to."""
    study = office[name].whole
    return roll_ups(
        study.table("cases"), study.table("judgements"), study.table("circumstances"),
        study.question.calendar, (span.first, span.last), office.inputs.cutoff,
        office.inputs.folder.settings.small_cell,
    )  # fmt: skip


def _told(office: Office, name: str, span: Stretch, folder: Path) -> Told:
    """Take what a circular tells from one log."""
    study, language = office[name].whole, office.inputs.language
    found = circular(
        study.table("cases"), study.table("judgements"), study.table("circumstances"),
        span.first, min(span.last, office.inputs.cutoff),
    )  # fmt: skip
    end = min(span.last - pd.Timedelta(days=1), office.inputs.cutoff.normalize())
    own = read_own_words(folder)
    day = () if own.date is None else (FORMATS["full date"](own.date, language),)
    return Told(
        span=span,
        end=end,
        circular=found,
        standards=_titles(office),
        words=words_of(office, name),
        small_cell=office.inputs.folder.settings.small_cell,
        language=language,
        signed=tuple(line for line in (own.office, *day) if line),
        has_before=bool(study.table("cases")["first"].min() < span.first),
    )


def _titles(office: Office) -> dict[str, str]:
    """What each standard is called in a sentence."""
    table = office.inputs.standards.reindex(columns=["standard_id", "title", "short"]).fillna("")
    return {
        row.standard_id: row.short or row.title or row.standard_id
        for row in table.itertuples(index=False)
    }
