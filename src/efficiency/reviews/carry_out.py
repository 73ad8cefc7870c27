"""One review: ``review.toml`` in, ``output/`` out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.report.chapters.whole import tell
from efficiency.report.page.page import render
from efficiency.reviews.inputs import Progress, silent
from efficiency.reviews.office import Office, open_review
from efficiency.reviews.outputs import write_output
from efficiency.reviews.report_material import material


@dataclass(frozen=True)
class Review:
    """What came of a review: its tables and findings, and where they were written."""

    output: Path
    tables: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def review(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
) -> Review:
    """
    Carry out a review and write its output.

    Parameters
    ----------
    folder
        The review's folder; it holds ``review.toml``.
    logs
        Absolute paths of logs, by name, in place of those in ``review.toml``.
    progress
        Is told what is being done, and which part of the whole is done by then.

    Returns
    -------
    Review
        The tables and findings; ``output/`` in the folder holds them too, with ``report.html``,
        ``findings.json`` and ``manifest.json``. Two runs on the same input write the same bytes.

    Raises
    ------
    SettingsError
        Lists everything that is wrong with the inputs; an earlier output stays as it is.

    See Also
    --------
    open_review : The same tables, each when it is asked for.
    """
    office = open_review(folder, logs=logs, progress=progress)
    _compute(office, progress)
    found = office.written()
    progress("report", 0.85)
    told = material(office)
    page = render(tell(told))
    progress("write", 0.95)
    output = write_output(office.inputs, found, office.told, page)
    progress("done", 1.0)
    return Review(output, found, office.findings, told.notices)


def _compute(office: Office, progress: Progress) -> None:
    """Ask for what takes long, step by step, so that progress can be told."""
    part = 0.5 / len(office)
    for number, (name, study) in enumerate(office.items()):
        begun = 0.3 + number * part
        progress(f"order {name}", begun)
        study.events()
        progress(f"measure {name}", begun + 0.1 * part)
        study.table("judgements")
        study.table("deviations")
        progress(f"investigate {name}", begun + 0.5 * part)
        if study.flows:
            study.table("waiting")
    progress("findings", 0.75)
    _ = office.findings
    progress("points", 0.82)
    _ = office.points
