"""One review: ``review.toml`` in, ``output/`` out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pandas as pd

from efficiency._doors import sessions
from efficiency._doors.exchange import held
from efficiency.evidence.people.pseudonyms import KEY_FILE, make_key
from efficiency.findings.finding import Finding
from efficiency.problems import InputError
from efficiency.report.chapters.whole import tell
from efficiency.reviews.documents.outputs import (
    input_digests,
    refuse_unwritable,
    write_output,
)
from efficiency.reviews.documents.renderings import (
    FORMS,
    NUMBERS,
    STORED,
    bindings,
    renderings,
    stored,
)
from efficiency.reviews.documents.report_material import material
from efficiency.reviews.office import Office, open_review
from efficiency.reviews.reading.inputs import Progress, silent
from efficiency.reviews.settings import Folder, read_folder
from efficiency.words import phrase


@dataclass(frozen=True)
class Review:
    """What came of a review: its tables and findings, and where they were written."""

    output: Path
    tables: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    timings: dict[str, float] = field(default_factory=dict)


@dataclass
class _Stages:
    """How long each stage took, told to whoever waits as it begins."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    name: str = ""
    begun: float = field(default_factory=perf_counter)

    def begin(self, name: str, share: float) -> None:
        """End the stage before, and begin one."""
        now = perf_counter()
        if self.name:
            sessions.profiled(self.name, now - self.begun)
            self.seconds[self.name] = self.seconds.get(self.name, 0.0) + now - self.begun
        self.name, self.begun = name, now
        self.progress(name, share)


@contextmanager
def _timed(progress: Progress) -> Iterator[_Stages]:
    stages = _Stages(progress)
    yield stages
    stages.begin("done", 1.0)


def review(
    folder: str | Path,
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
    forms: tuple[str, ...] = FORMS,
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
    forms
        Which documents are made: ``html``, ``docx``, ``pdf``, ``xlsx``.

    Returns
    -------
    Review
        The tables and findings; ``output/`` in the folder holds them too, with the report as
        ``report.html``, ``report.docx`` and ``report.pdf``, the tables as ``workbook.xlsx``,
        ``findings.json``, ``numbers.json`` and ``manifest.json``. Two runs on the same input write
        the same bytes.

    Raises
    ------
    SettingsError
        Lists everything that is wrong with the inputs; an earlier output stays as it is.

    See Also
    --------
    open_review : The same tables, each when it is asked for.
    """
    with ExitStack() as stack, _timed(progress) as stages:
        stages.begin("read", 0.0)
        place = read_folder(folder, logs)
        stack.enter_context(held(place.path))
        refuse_unwritable(place.path)
        notices = _keyed(place)
        read = _digests(place)
        office = open_review(folder, logs=logs, progress=progress)
        _compute(office, stages)
        found = office.written()
        stages.begin("report", 0.8)
        told = material(office)
        report = tell(told)
        small = office.inputs.folder.settings.small_cell
        made = renderings(report, found, small, forms, lambda form: stages.begin(form, 0.85))
        stages.begin("write", 0.95)
        made |= {NUMBERS: bindings(report), STORED: stored(report)}
        output = write_output(office.inputs, found, office.told, made, read)
    return Review(output, found, office.findings, (*notices, *told.notices), stages.seconds)


def _keyed(place: Folder) -> tuple[str, ...]:
    """Make the key of the pseudonyms at the first review, and say so this once."""
    if not place.settings.pseudonyms or not make_key(place.path):
        return ()
    return (phrase("key_made", place.settings.language, path=str(place.path / KEY_FILE)),)


def _digests(place: Folder) -> dict[str, str]:
    """The digests of the inputs; what is wrong with their names is told when they are read."""
    try:
        return input_digests(place)
    except InputError:
        return {}


def _compute(office: Office, stages: _Stages) -> None:
    """Ask for what takes long, step by step, so that progress can be told."""
    part = 0.45 / len(office)
    for number, (name, study) in enumerate(office.items()):
        begun = 0.3 + number * part
        stages.begin(f"order {name}", begun)
        study.events()
        stages.begin(f"measure {name}", begun + 0.1 * part)
        study.table("judgements")
        study.table("deviations")
        stages.begin(f"investigate {name}", begun + 0.5 * part)
        if study.flows:
            study.table("waiting")
    stages.begin("findings", 0.72)
    _ = office.findings
    stages.begin("points", 0.77)
    _ = office.points
