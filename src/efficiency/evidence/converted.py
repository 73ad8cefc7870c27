"""A log that was read once and for all: its steps and the ledger of its reading in one file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from efficiency import tables
from efficiency._doors import sessions
from efficiency._doors.parquet import Parts, parts_of, write_parts
from efficiency.evidence.log.classified import Secrets
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.stamps import Form, is_zone
from efficiency.evidence.log_record import Record
from efficiency.problems import ArgumentError, LogError, Problem

#: What is said of a record in a file of its own.
_SAID = ("rows", "encoding", "separator", "sheet", "files")
_LEDGER = ("rejected", "changed", "rest")


def convert(
    source: str | Path | Sequence[str | Path],
    out: str | Path,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    *,
    classified: bool = False,
    **asked: Any,
) -> Record:
    """
    Read a log and write it as parquet, with the ledger of its reading.

    Parameters
    ----------
    source, columns
        As for `read_record`.
    out
        The parquet file to write. A review takes it in place of the source (it needs no columns
        then) and tells the same of it; `open_log` opens it without loading it.
    classified
        Whether what is marked as a state secret is written too.
    **asked
        The other parameters of `read_record`.

    Returns
    -------
    Record
        The log and the ledger.

    Raises
    ------
    LogError
        If the log cannot be read.
    ArgumentError
        If ``out`` is no name of a parquet file, or the source itself.
    """
    path = Path(out)
    sources = [source] if isinstance(source, str | Path) else list(source)
    _see_out(path, sources)
    if not is_zone(zone := asked.get("timezone", "UTC")):
        details = {"name": "timezone", "got": zone, "right": "Asia/Shanghai"}
        raise ArgumentError([Problem("bad_value", details)])
    record = read_record(source, columns, classified=classified, **asked)
    about = {name: getattr(record, name) for name in _SAID}
    about |= {
        "classified": classified,
        "forms": [asdict(form) for form in record.forms],
        "secrets": asdict(record.secrets),
    }
    try:
        write_parts(path, record.log, about, {name: getattr(record, name) for name in _LEDGER})
    except OSError:
        raise LogError([Problem("unwritable", {"path": str(path)})]) from None
    return record


def _see_out(path: Path, sources: Sequence[str | Path]) -> None:
    """See that the file can be written, before the log is read."""
    if path.suffix.lower() != ".parquet" or path.resolve() in [Path(s).resolve() for s in sources]:
        details = {"name": "out", "got": str(path), "right": "log.parquet"}
        raise ArgumentError([Problem("bad_value", details)])
    if not path.parent.is_dir():
        raise LogError([Problem("no_folder", {"path": str(path.parent)})])
    if path.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        raise LogError([Problem("unwritable", {"path": str(path)})])


def converted(source: Any, *, classified: bool = True, memory: str | None = None) -> Record | None:
    """
    The record that a file of `convert` holds, its log not loaded; None: it is no such file.

    Parameters
    ----------
    source
        A path, or several.
    classified
        Whether it may hold what is marked as a state secret.
    memory
        As for `open_log`.

    Raises
    ------
    LogError
        If it is one of several files, or holds what it may not.
    """
    paths = [source] if isinstance(source, str | Path) else source
    if not isinstance(paths, list | tuple):
        return None
    found = {str(path): parts_of(path) for path in paths}
    ours = {path: parts for path, parts in found.items() if parts is not None}
    if not ours:
        return None
    path, parts = next(iter(ours.items()))
    if len(found) > 1:
        raise LogError([Problem("converted_several", {}, file=Path(path).name)])
    _see_secrets(path, parts, classified=classified)
    return _record(parts, tables.LOG.check(sessions.lasting(memory).read_parquet(path)))


def _see_secrets(path: str | Path, parts: Parts, *, classified: bool) -> None:
    if parts.about["classified"] and not classified:
        raise LogError([Problem("converted_classified", {}, file=Path(path).name)])


def open_log(path: str | Path, *, memory: str | None = None) -> Record:
    """
    A log that `convert` wrote, as a table that is not loaded, with the ledger of its reading.

    Parameters
    ----------
    path
        The parquet file.
    memory
        What the engine may take (``4GB``); what does not fit goes to the disk. None: what
        ``EFFICIENCY_MEMORY`` says.

    Returns
    -------
    Record
        Its ``log`` is an Ibis table. `study` and every function on a log take it; the connection
        lasts until Python ends.

    Raises
    ------
    LogError
        If it is no file of `convert`.
    """
    if not Path(path).is_file():
        raise LogError([Problem("no_file", {"path": str(path)})])
    found = converted(path, memory=memory)
    if found is None:
        raise LogError([Problem("not_converted", {"path": str(path)})])
    return found


def _record(parts: Parts, log: Any) -> Record:
    said = {name: parts.about[name] for name in _SAID}
    secrets = parts.about["secrets"]
    made = Record(
        log,
        tables.REJECTED.check(parts.beside["rejected"]),
        tables.CHANGED.check(parts.beside["changed"]),
        **said,
        forms=tuple(Form(**form) for form in parts.about["forms"]),
        secrets=Secrets(**{**secrets, "columns": tuple(secrets["columns"])}),
    )
    return replace(made, rest=parts.beside["rest"])
