"""What one review writes: ``output/``, whole or not at all, the same bytes every time."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors.exchange import exchange, partial, put, see_room, told_full
from efficiency._doors.files import digest
from efficiency._doors.parquet import packed
from efficiency.problems import Problem, SettingsError
from efficiency.report.sheet.csv_text import MOST_LINES, csv_bytes
from efficiency.report.telling import ToldFinding
from efficiency.report.text.own_words import FILE
from efficiency.reviews.reading.inputs import Inputs, model_path
from efficiency.reviews.settings import Folder

#: What other commands wrote there, and a review leaves as it is.
KEPT = "bulletin-*"
_PACKAGES = ("efficiency", "duckdb", "ibis-framework", "pandas", "pm4py", "scipy")


def refuse_unwritable(folder: Path) -> None:
    """
    See that the output can be written, before anything is computed.

    Raises
    ------
    SettingsError
        If the folder cannot be written to, there is no room in it, or ``output`` is a file, a
        link, or closed to us.
    """
    if problem := closed_to_us(folder):
        raise SettingsError([problem])
    with told_full(folder, lambda: 0), partial(folder) as made:
        see_room(made, folder / "output")


def closed_to_us(folder: Path) -> Problem | None:
    """What keeps the output from being written, seen without writing; None: nothing."""
    output = folder / "output"
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return Problem("output_taken", {"path": str(output)})
    for path in (folder, output):
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            return Problem("unwritable", {"path": str(path)})
    return None


def write_output(
    inputs: Inputs,
    found: dict[str, pd.DataFrame],
    findings: tuple[ToldFinding, ...],
    documents: Mapping[str, bytes],
    read: Mapping[str, str],
) -> Path:
    """
    Write everything beside the old output, then put it in its place.

    Parameters
    ----------
    inputs, found, findings, documents
        What was read and what came of it.
    read
        The digests of the inputs before they were read.

    Raises
    ------
    SettingsError
        If an input is not what it was, or there is no room.
    """
    output, now = inputs.folder.path / "output", input_digests(inputs.folder)
    changed = [name for name in {**now, **read} if now.get(name) != read.get(name)]
    if changed:
        raise SettingsError([Problem("input_changed", {"path": name}) for name in sorted(changed)])
    told = [finding.as_dict(inputs.folder.settings.small_cell) for finding in findings]

    def files() -> Iterator[tuple[str, bytes]]:
        """One after the other: together they may take more memory than there is."""
        for name in sorted(found):
            yield from _table(name, found[name])
        yield from documents.items()
        yield "findings.json", json_bytes(told)

    def needed() -> int:
        return sum(len(content) for _, content in files())

    sums = {}
    with told_full(inputs.folder.path, needed), partial(inputs.folder.path) as made:
        (made / "tables").mkdir()
        for name, content in files():
            put(made / name, content)
            sums[name] = hashlib.sha256(content).hexdigest()
        put(made / "manifest.json", json_bytes(_manifest(inputs, now, sums)))
        for kept in output.glob(KEPT):
            if kept.is_file() and not kept.is_symlink():
                shutil.copy2(kept, made / kept.name)
        exchange(made, output)
    return output


def _table(name: str, table: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    """The files of a table: of a long one the csv file has the first rows, parquet all."""
    if len(table) > MOST_LINES:
        yield f"tables/{name}.parquet", packed(table)
    yield f"tables/{name}.csv", csv_bytes(table.iloc[:MOST_LINES])


def json_bytes(value: Any) -> bytes:
    r"""
    Write a value as JSON that people can read.

    Examples
    --------
    >>> json_bytes({"文种": 1}).decode()
    '{\n "文种": 1\n}\n'
    """
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def input_digests(place: Folder) -> dict[str, str]:
    """The digest of each file that a review is made of; of one that is missing, none."""
    return {
        name: digest(path) for name, path in sorted(input_files(place).items()) if path.is_file()
    }


def input_files(place: Folder) -> dict[str, Path]:
    """The files that a review is made of, by the name that its settings give them."""
    read = {"review.toml": place.path / "review.toml"}
    if (place.path / FILE).exists():
        read[FILE] = place.path / FILE
    for name in ("calendar", "standards", "rules", "points"):
        read |= {told: path for told, path in place.files(name).items() if path.exists()}
    survey = place.settings.survey
    asked = survey.files if survey else {}
    read |= {path: place.file(name, path, "survey") for name, path in asked.items()}
    models = {log.model: name for name, log in place.settings.logs.items() if log.model}
    leaves = {log.leave: name for name, log in place.settings.logs.items() if log.leave}
    read |= {path: place.file("leave", path, "logs", name) for path, name in leaves.items()}
    paths = {model: model_path(place, name) for model, name in models.items()}
    read |= {model: path for model, path in paths.items() if isinstance(path, Path)}
    return read | {
        _named(place, name, path): path for name in place.settings.logs for path in place.logs(name)
    }


def _named(place: Folder, log: str, path: Path) -> str:
    """What the settings call a file of a log: its path as it stands there, else from the folder."""
    given = place.settings.logs[log].path
    # Given on the command line, it stands for what the settings name.
    alone = len(given) == 1 and len(place.logs(log)) == 1
    if alone and (log in place.replaced or not glob.has_magic(given[0])):
        return given[0]
    return Path(os.path.relpath(path, place.path.resolve())).as_posix()


def _manifest(inputs: Inputs, read: dict[str, str], sums: dict[str, str]) -> dict[str, Any]:
    return {
        "inputs": read,
        "versions": {name: version(name) for name in _PACKAGES},
        "cutoff": inputs.cutoff.isoformat(),
        "settings": inputs.folder.settings.model_dump(mode="json"),
        "logs": {
            name: {"rows": record.rows, "encoding": record.encoding, "separator": record.separator}
            for name, record in inputs.records.items()
        },
        "outputs": sums,
    }
