"""Refuse files that are made to harm, or are broken: entity tricks, bombs, what is cut off."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from efficiency.problems import LogError, Problem

HEAD = 64 * 1024
MOST_BYTES = 8 * 1024**3
MOST_RATIO = 200
_CHUNK = 1024**2
#: Levels of a log: log, trace, event, attributes within attributes.
MOST_DEEP = 64
_DOCTYPE = b"<!DOCTYPE"
_INCLUDE = "http://www.w3.org/2001/XInclude "


def _refuse(path: Path, why: str) -> LogError:
    return LogError([Problem("unsafe", {"why": why}, file=path.name)])


def guard_xes(path: Path) -> Path:
    """
    The path back if the file is safe to parse.

    Raises
    ------
    LogError
        If it is no XML or no log, declares a document type or entities anywhere, includes other
        files, is nested beyond reason, is in UTF-16 (which would hide some of these), or a ``.gz``
        grows beyond 8 GiB or 200 times its size. What is broken is told with its line.

    Notes
    -----
    The whole file is parsed once by expat, which reads no other file: what follows a sound
    beginning is looked at too.
    """
    if not path.stat().st_size:
        raise LogError([Problem("empty_file", file=path.name)])
    try:
        _look(path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _refuse(path, str(error)) from None
    except LookupError as error:  # an encoding that nobody knows
        details = {"why": str(error), "column": 1}
        raise LogError([Problem("broken_xml", details, path.name, 1)]) from None
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        details = {"why": why, "column": error.offset + 1}
        raise LogError([Problem("broken_xml", details, path.name, error.lineno)]) from None
    return path


def _look(path: Path) -> None:
    packed = path.suffix == ".gz"
    parser = _Watch(path).parser
    with gzip.open(path) if packed else path.open("rb") as stream:
        size, allowed = 0, max(path.stat().st_size * MOST_RATIO, HEAD)
        while chunk := stream.read(_CHUNK):
            if not size and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in chunk[:4]):
                raise _refuse(path, "UTF-16 XML")
            size += len(chunk)
            if packed and size > min(MOST_BYTES, allowed):
                raise _refuse(path, f"gz > {min(MOST_BYTES, allowed):,} bytes")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


class _Watch:
    """Looks at an XML file as it is parsed."""

    def __init__(self, path: Path) -> None:
        self.path, self.depth = path, 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = lambda *_: self._declared("<!DOCTYPE …>")
        self.parser.EntityDeclHandler = lambda *_: self._declared("<!ENTITY …>")
        self.parser.StartElementHandler = self._begun
        self.parser.EndElementHandler = self._ended

    def _begun(self, name: str, _: dict[str, str]) -> None:
        if not self.depth and name.rpartition(" ")[2] != "log":
            raise LogError([Problem("no_xes", {"got": name.rpartition(" ")[2]}, self.path.name)])
        if name.startswith(_INCLUDE):
            self._refused("XInclude")
        self.depth += 1
        if self.depth > MOST_DEEP:
            self._refused(f"XML > {MOST_DEEP} levels")

    def _ended(self, _: str) -> None:
        self.depth -= 1

    def _declared(self, why: str) -> None:
        line = self.parser.CurrentLineNumber
        raise LogError([Problem("doctype", {"why": why}, self.path.name, line)])

    def _refused(self, why: str) -> None:
        raise _refuse(self.path, why)


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
        raise LogError([Problem("not_xlsx", {"kind": path.suffix.lstrip(".")}, path.name)])
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
        allowed = min(MOST_BYTES, path.stat().st_size * MOST_RATIO)
        if size > allowed:
            raise _refuse(path, f"zip > {allowed:,} bytes")
        for part in archive.infolist():
            with archive.open(part) as stream:
                if _declares(stream):
                    details = {"why": f"<!DOCTYPE …> ({part.filename})"}
                    raise LogError([Problem("doctype", details, path.name)])
    return path


def _declares(stream: IO[bytes]) -> bool:
    """Whether a document type stands anywhere in a part, also behind what fills its beginning."""
    before = b""
    while chunk := stream.read(_CHUNK):
        # UTF-16 hides the word behind zeros.
        text = before + chunk.replace(b"\x00", b"").upper()
        if _DOCTYPE in text:
            return True
        before = text[-len(_DOCTYPE) :]
    return False
