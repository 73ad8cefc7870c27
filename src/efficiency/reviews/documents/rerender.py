"""The documents of the last review rendered anew, without computing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from efficiency._doors.exchange import held, replaced
from efficiency._doors.files import digest
from efficiency._doors.signs import FORMULA
from efficiency.problems import Problem, SettingsError
from efficiency.reviews.documents.outputs import json_bytes
from efficiency.reviews.documents.renderings import FORMS, STORED, renderings
from efficiency.reviews.documents.stored import read_stored
from efficiency.tables import WRITTEN

MANIFEST = "manifest.json"
#: What `sheet.csv_text.csv_bytes` puts before a text that a spreadsheet would take for a formula.
_MARKED = rf"^'(?={FORMULA})"


def rerender(folder: str | Path, forms: Iterable[str] = FORMS) -> list[Path]:
    """
    Render the report of a review anew from what it was told.

    Parameters
    ----------
    folder
        The review's folder; it was carried out before.
    forms
        Which documents: of `renderings.FORMS`.

    Returns
    -------
    list of Path
        The files that were written, in the review's ``output/``; the manifest follows them.

    Raises
    ------
    SettingsError
        If there is no output, or no such form.
    """
    output = Path(folder) / "output"
    wanted = [form.strip() for form in forms]
    problems = [
        Problem("no_form", {"got": form, "have": ", ".join(FORMS)})
        for form in wanted
        if form not in FORMS
    ]
    if not (output / STORED).is_file():
        problems.append(Problem("no_output", {"folder": str(folder)}, file=STORED))
    if problems:
        raise SettingsError(problems)
    report = read_stored(output / STORED)
    tables = _tables(output / "tables") if "xlsx" in wanted else {}
    small_cell = json.loads((output / MANIFEST).read_text(encoding="utf-8"))["settings"][
        "small_cell"
    ]
    made = renderings(report, tables, small_cell=small_cell, forms=tuple(wanted))
    with held(Path(folder)):
        for name, content in made.items():
            replaced(output / name, content)
        _in_manifest(output, made)
    return [output / name for name in made]


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables as they were written, each column of its contract's type."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        contract = WRITTEN.get(path.stem)
        columns = contract.columns if contract else ()
        times = [column.name for column in columns if column.kind == "time"]
        texts = {column.name: str for column in columns if column.kind == "text"}
        header = pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns
        frame = pd.read_csv(
            path, encoding="utf-8-sig", dtype={n: t for n, t in texts.items() if n in header},
            parse_dates=[name for name in times if name in header],
        )  # fmt: skip
        words = [name for name in frame.columns if frame[name].dtype == object]
        plain = {name: frame[name].str.replace(_MARKED, "", regex=True) for name in words}
        found[path.stem] = frame.assign(**plain)
    return found


def _in_manifest(output: Path, made: Iterable[str]) -> None:
    path = output / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"] |= {name: digest(output / name) for name in made}
    replaced(path, json_bytes(manifest))
