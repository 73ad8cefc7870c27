"""Writes the periodic circular of a review folder, from the same tables as the review."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from efficiency.findings.circular import circular
from efficiency.problems import Problem, SettingsError
from efficiency.report.bulletin import Stretch, Told, bulletin, stretch
from efficiency.report.numbers import FORMATS
from efficiency.report.text.own_words import read_own_words
from efficiency.reviews.documents.renderings import renderings
from efficiency.reviews.documents.report_material import words_of
from efficiency.reviews.inputs import Progress, silent
from efficiency.reviews.office import Office, open_review

#: The documents of a circular.
FORMS = ("docx", "html")


def write_bulletin(
    folder: str | Path,
    span: str,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
) -> list[Path]:
    """
    Write the circular of one month, quarter, half-year or year.

    Parameters
    ----------
    folder
        The review's folder; it need not have been carried out.
    span
        ``2024-11``, ``2024Q3``, ``2024H1`` or ``2024``.
    logs, progress
        As for `review`.

    Returns
    -------
    list of Path
        ``bulletin-2024-11.docx`` and ``.html`` in the folder's ``output/``.

    Raises
    ------
    SettingsError
        If the span cannot be read, or an input is wrong.
    """
    office = open_review(folder, logs=logs, progress=progress)
    language = office.inputs.language
    asked = stretch(span, language)
    _within_record(office, asked, span)
    progress("verify", 0.5)
    report = bulletin(_told(office, asked, Path(folder)))
    made = renderings(report, {}, forms=FORMS)
    output = Path(folder) / "output"
    output.mkdir(exist_ok=True)
    paths = []
    for name, content in made.items():
        path = output / f"bulletin-{span}{Path(name).suffix}"
        path.write_bytes(content)
        paths.append(path)
    return paths


def _within_record(office: Office, asked: Stretch, span: str) -> None:
    """Refuse a stretch of which the record knows nothing: its zeros would be no zeros."""
    first = min(study.whole.table("cases")["first"].min() for study in office.values())
    last = office.inputs.cutoff
    if asked.first > last or asked.last <= first:
        details = {"asked": span, "first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}",
                   "example": f"{last:%Y-%m}"}  # fmt: skip
        raise SettingsError([Problem("no_span", details)])


def _told(office: Office, span: Stretch, folder: Path) -> Told:
    """Take what a circular tells from the first log in which something flows."""
    name = next((name for name, study in office.items() if study.flows), next(iter(office)))
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
