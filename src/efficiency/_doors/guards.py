"""Refuse files that are made to harm: entity tricks in XML, bombs in gz and zip."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path

from efficiency.problems import LogError, Problem

HEAD = 64 * 1024
MOST_BYTES = 8 * 1024**3
MOST_RATIO = 200
_CHUNK = 1024**2


def _refuse(path: Path, why: str) -> LogError:
    return LogError([Problem("unsafe", {"why": why}, file=path.name)])


def guard_xes(path: Path) -> Path:
    """
    The path back if the file is safe to parse.

    Raises
    ------
    LogError
        If it declares a document type or entities, is in UTF-16 (which would hide them), or a
        ``.gz`` grows beyond 8 GiB or 200 times its size.
    """
    try:
        _look(path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _refuse(path, str(error)) from None
    return path


def _look(path: Path) -> None:
    packed = path.suffix == ".gz"
    with gzip.open(path) if packed else path.open("rb") as stream:
        head = stream.read(HEAD)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:4]:
            raise _refuse(path, "UTF-16 XML")
        for word in (b"<!DOCTYPE", b"<!ENTITY"):
            if word in head.upper():
                raise _refuse(path, word.decode() + " …>")
        size, allowed = len(head), max(path.stat().st_size * MOST_RATIO, HEAD)
        while packed and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
            if size > min(MOST_BYTES, allowed):
                raise _refuse(path, f"gz > {min(MOST_BYTES, allowed):,} bytes")


def guard_xlsx(path: Path) -> Path:
    """
    The path back if the workbook is safe to open.

    Raises
    ------
    LogError
        If it is no zip file, grows beyond 8 GiB or 200 times its size, or a part declares a
        document type.
    """
    if not zipfile.is_zipfile(path):
        raise _refuse(path, "not an xlsx workbook")
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
        allowed = min(MOST_BYTES, path.stat().st_size * MOST_RATIO)
        if size > allowed:
            raise _refuse(path, f"zip > {allowed:,} bytes")
        for part in archive.infolist():
            with archive.open(part) as stream:
                # UTF-16 hides the word behind zeros.
                if b"<!DOCTYPE" in stream.read(HEAD).upper().replace(b"\x00", b""):
                    raise _refuse(path, f"<!DOCTYPE …> in {part.filename}")
    return path
