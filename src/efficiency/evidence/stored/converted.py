"""A log that was read once and for all: its steps and the ledger of its reading in a file."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from efficiency import tables
from efficiency._doors import engine, sessions
from efficiency._doors.parquet import Parts, arrow_of, files_of, parts_of, write_parts
from efficiency.evidence.log.classified import Secrets
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.stamps import Form, is_zone
from efficiency.evidence.log_record import Record
from efficiency.evidence.stored.large_files import large_files
from efficiency.evidence.stored.several_converted import joined_records, see_alike
from efficiency.problems import ArgumentError, LogError, Problem, listed

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
        The log and the ledger; of a folder, or of large files of parquet (`large_files`), the
        log as a table that is not loaded.

    Raises
    ------
    LogError
        If the log cannot be read.
        If files of a folder cannot be one log (`joined_records`), or it holds others.
    ArgumentError
        If ``out`` is no name of a parquet file, or the source itself; or two sources would be one
        file of a folder.
    """
    path = Path(out)
    sources = [source] if isinstance(source, str | Path) else list(source)
    if _is_folder(path, sources):
        return _each_apart(sources, path, columns, classified=classified, **asked)
    _see_out(path, sources)
    if not is_zone(zone := asked.get("timezone", "UTC")):
        details = {"name": "timezone", "got": zone, "right": "Asia/Shanghai"}
        raise ArgumentError([Problem("bad_value", details)])
    asked["classified"] = classified
    record = large_files(source, columns, **asked) or read_record(source, columns, **asked)
    about = {name: getattr(record, name) for name in _SAID}
    about |= {
        "paired": record.paired,
        "classified": classified,
        "names": [Path(one).name for one in sources],
        "forms": [asdict(form) for form in record.forms],
        "secrets": asdict(record.secrets),
    }
    try:
        ledger = {name: getattr(record, name) for name in _LEDGER}
        write_parts(path, _in_parts(record.log), about, ledger)
    except OSError:
        raise LogError([Problem("unwritable", {"path": str(path)})]) from None
    return record


def _in_parts(log: pd.DataFrame | ir.Table) -> Iterator[pa.Table]:
    """The rows of a log, in order: all at once, or some at a time, so that few are sorted."""
    if isinstance(log, pd.DataFrame):
        yield arrow_of(log)
        return
    con, last = engine.backend_of(log), log.row.max()
    for before in range(0, int(con.execute(last)), engine.ROWS_AT_ONCE):
        some = log.filter(log.row > before, log.row <= before + engine.ROWS_AT_ONCE)
        yield con.to_pyarrow(some.order_by("row"))


def _is_folder(path: Path, sources: Sequence[Any]) -> bool:
    """Whether each source is to be written apart: a folder that is there, or a name like one."""
    if path.suffix.lower() == ".parquet":
        return False
    return path.is_dir() or (not path.suffix and len(sources) > 1)


def _each_apart(sources: Sequence[str | Path], folder: Path, columns: Any, **asked: Any) -> Record:
    """Each source into a file of its own, in a folder that is the log: all of them, or none."""
    names = [f"{Path(one).stem}.parquet" for one in sources]
    there = [one.name for one in files_of(folder)] if folder.is_dir() else []
    if others := [name for name in there if name not in names]:
        details = {"path": str(folder), "have": listed(others)}
        raise LogError([Problem("folder_used", details)])
    if twice := sorted({name for name in names if names.count(name) > 1}):
        same = [str(one) for one, name in zip(sources, names, strict=True) if name in twice]
        raise ArgumentError([Problem("one_file", {"names": listed(twice), "have": listed(same)})])
    if not folder.parent.is_dir():
        raise LogError([Problem("no_folder", {"path": str(folder.parent)})])
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as aside:
            made = {}
            for one, name in zip(sources, names, strict=True):
                record = convert(one, Path(aside) / name, columns, **asked)
                made[Path(one).name] = replace(record, log=record.log.head(0))
            see_alike(made)
            folder.mkdir(exist_ok=True)
            for name in names:
                (Path(aside) / name).replace(folder / name)
    except OSError:
        raise LogError([Problem("unwritable", {"path": str(folder)})]) from None
    return open_log(folder)


def _see_out(path: Path, sources: Sequence[str | Path]) -> None:
    """See that the file can be written, before the log is read."""
    if path.suffix.lower() != ".parquet" or path.resolve() in [Path(s).resolve() for s in sources]:
        right = "log.parquet, or a folder that is there"
        details = {"name": "out", "got": str(path), "right": right}
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
    each = {one.resolve(): one for path in paths for one in files_of(Path(path))}
    found = {one: parts_of(one) for one in each.values()}
    ours = {path: parts for path, parts in found.items() if parts is not None}
    if not ours:
        return None
    if others := [path for path in found if path not in ours]:
        raise LogError([Problem("converted_several", file=path.name) for path in others])
    con, names = sessions.lasting(memory), _names(ours)
    records = {}
    for path, parts in ours.items():
        _see_secrets(path, parts, classified=classified)
        # What a folder is called is no column of the log, and a sign of its name no pattern.
        log = con.read_parquet(glob.escape(str(path)), hive_partitioning=False)
        records[names[path]] = _record(parts, tables.LOG.check(log))
    return next(iter(records.values())) if len(records) == 1 else joined_records(records)


def _names(ours: Mapping[Path, Parts]) -> dict[Path, str]:
    """What each file was made of, where that tells them apart; else what it is called."""
    names = {path: ", ".join(parts.about.get("names", ())) for path, parts in ours.items()}
    alike = "" in names.values() or len(set(names.values())) < len(names)
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
    if empty := [one for one in map(Path, paths) if not files_of(one)]:
        raise LogError([Problem("empty_folder", {"path": str(one)}) for one in empty])
    found = converted(paths, memory=memory)
    if found is None:
        raise LogError([Problem("not_converted", {"path": listed(map(str, paths))})])
    return found


def _record(parts: Parts, log: Any) -> Record:
    said = {name: parts.about[name] for name in _SAID}
    said["paired"] = parts.about.get("paired", True)  # nobody knows of what was written before
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
