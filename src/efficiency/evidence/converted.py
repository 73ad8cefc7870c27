"""A log that was read once and for all: its steps and the ledger of its reading in a file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from efficiency import tables
from efficiency._doors import sessions
from efficiency._doors.parquet import Parts, files_of, parts_of, write_parts
from efficiency.evidence.log.classified import Secrets
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.stamps import Form, is_zone
from efficiency.evidence.log_record import Record
from efficiency.evidence.several_converted import joined_records
from efficiency.problems import ArgumentError, LogError, Problem, listed

#: What is said of a record in a file of its own.
_SAID = ("rows", "encoding", "separator", "sheet", "files", "paired")
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
        then) and tells the same of it; `open_log` opens it without loading it. Or a folder, into
        which each source is written apart, so that no more than one of them is loaded at a time;
        the folder is one log as well.
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
    if not path.suffix:
        return _each_apart(sources, path, columns, classified=classified, **asked)
    _see_out(path, sources)
    if not is_zone(zone := asked.get("timezone", "UTC")):
        details = {"name": "timezone", "got": zone, "right": "Asia/Shanghai"}
        raise ArgumentError([Problem("bad_value", details)])
    record = read_record(source, columns, classified=classified, **asked)
    about = {name: getattr(record, name) for name in _SAID}
    about |= {
        "classified": classified,
        "names": [Path(one).name for one in sources],
        "forms": [asdict(form) for form in record.forms],
        "secrets": asdict(record.secrets),
    }
    try:
        write_parts(path, record.log, about, {name: getattr(record, name) for name in _LEDGER})
    except OSError:
        raise LogError([Problem("unwritable", {"path": str(path)})]) from None
    return record


def _each_apart(sources: Sequence[str | Path], folder: Path, *given: Any, **asked: Any) -> Record:
    """Each source into a file of its own, in a folder that is the log."""
    outs = [folder / f"{Path(one).stem}.parquet" for one in sources]
    if len(set(outs)) < len(outs):
        details = {"name": "out", "got": str(folder), "right": "log.parquet"}
        raise ArgumentError([Problem("bad_value", details)])
    if not folder.parent.is_dir():
        raise LogError([Problem("no_folder", {"path": str(folder.parent)})])
    folder.mkdir(exist_ok=True)
    for one, out in zip(sources, outs, strict=True):
        convert(one, out, *given, **asked)
    return open_log(outs)


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
    The record that files of `convert` hold, its log not loaded; None: there is no such file.

    Parameters
    ----------
    source
        A path, or several that are one log; a folder stands for the parquet files in it.
    classified
        Whether it may hold what is marked as a state secret.
    memory
        As for `open_log`.

    Raises
    ------
    LogError
        If it is one of several of which others are no such files, or that cannot be one log, or
        holds what it may not.
    """
    paths = [source] if isinstance(source, str | Path) else source
    if not isinstance(paths, list | tuple):
        return None
    found = {one: parts_of(one) for path in paths for one in files_of(Path(path))}
    ours = {path: parts for path, parts in found.items() if parts is not None}
    if not ours:
        return None
    if others := [path for path in found if path not in ours]:
        raise LogError([Problem("converted_several", file=path.name) for path in others])
    con, names = sessions.lasting(memory), _names(ours)
    records = {}
    for path, parts in ours.items():
        _see_secrets(path, parts, classified=classified)
        # What a folder is called is no column of the log.
        log = con.read_parquet(str(path), hive_partitioning=False)
        records[names[path]] = _record(parts, tables.LOG.check(log))
    return next(iter(records.values())) if len(records) == 1 else joined_records(records)


def _names(ours: Mapping[Path, Parts]) -> dict[Path, str]:
    """What each file was made of, where that tells them apart; else what it is called."""
    names = {path: listed(parts.about["names"]) for path, parts in ours.items()}
    alike = len(set(names.values())) < len(names)
    return {path: path.as_posix() if alike else name for path, name in names.items()}


def _see_secrets(path: str | Path, parts: Parts, *, classified: bool) -> None:
    if parts.about["classified"] and not classified:
        raise LogError([Problem("converted_classified", {}, file=Path(path).name)])


def open_log(path: str | Path | Sequence[str | Path], *, memory: str | None = None) -> Record:
    """
    A log that `convert` wrote, as a table that is not loaded, with the ledger of its reading.

    Parameters
    ----------
    path
        The parquet file; several, or a folder of such, are one log.
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
    paths = [path] if isinstance(path, str | Path) else list(path)
    missing = [one for one in paths if not Path(one).exists()]
    if missing:
        raise LogError([Problem("no_file", {"path": str(one)}) for one in missing])
    found = converted(paths, memory=memory)
    if found is None:
        raise LogError([Problem("not_converted", {"path": listed(map(str, paths))})])
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
