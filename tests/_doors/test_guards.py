"""Files that are made to harm are refused; plain ones pass."""

from __future__ import annotations

import gzip
import random
import zipfile
from pathlib import Path

import pytest

from efficiency._doors import guards
from efficiency._doors.guards import guard_xes, guard_xlsx
from efficiency.problems import LogError

PLAIN = b'<?xml version="1.0" encoding="UTF-8"?><log><trace/></log>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><log>&a;</log>'


def packed(path: Path, content: bytes) -> Path:
    """Write a gz file."""
    path.write_bytes(gzip.compress(content))
    return path


def workbook(path: Path, **parts: bytes) -> Path:
    """Write a zip with parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return path


def test_plain_files_pass(tmp_path: Path) -> None:
    """The path comes back, packed or not."""
    plain = tmp_path / "a.xes"
    plain.write_bytes(PLAIN)
    assert guard_xes(plain) == plain
    assert guard_xes(packed(tmp_path / "a.xes.gz", PLAIN)) == tmp_path / "a.xes.gz"
    assert guard_xlsx(workbook(tmp_path / "a.xlsx", sheet=PLAIN)) == tmp_path / "a.xlsx"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ENTITY, ":1: a file with <!DOCTYPE …> is not read"),
        (b"<?xml version='1.0'?>" + b" " * 60_000 + b"<!DOCTYPE l>", ":1: a file with <!DOCTYPE"),
        (
            b"<log xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='a'/></log>",
            ": refused: XInclude",
        ),
        (b"<log>" + b"<a>" * 100 + b"</a>" * 100 + b"</log>", ": refused: XML > 64 levels"),
        (ENTITY.decode().encode("utf-16"), ": refused: UTF-16"),
        (ENTITY.decode().encode("utf-16-be"), ": refused: UTF-16"),
        (ENTITY.decode().encode("utf-16-le"), ": refused: UTF-16"),
    ],
)
@pytest.mark.parametrize("pack", [False, True])
def test_entities_and_what_would_hide_them_are_refused(
    tmp_path: Path, content: bytes, why: str, pack: bool
) -> None:
    """In the head of the file, packed or not."""
    path = tmp_path / ("a.xes.gz" if pack else "a.xes")
    path.write_bytes(gzip.compress(content) if pack else content)
    with pytest.raises(LogError, match=path.name + why):
        guard_xes(path)


def test_a_gz_bomb_is_refused(tmp_path: Path) -> None:
    """Forty megabytes of blanks from forty kilobytes: a thousandfold."""
    path = packed(tmp_path / "bomb.xes.gz", PLAIN + b" " * 40_000_000)
    with pytest.raises(LogError, match="refused: gz > "):
        guard_xes(path)


def test_a_gz_beyond_the_greatest_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its ratio; the limit is drawn in for the test."""
    monkeypatch.setattr(guards, "MOST_BYTES", 100_000)
    noise = random.Random(1).randbytes(120_000).hex().encode()
    with pytest.raises(LogError, match="100,000 bytes"):
        guard_xes(packed(tmp_path / "a.xes.gz", PLAIN + noise))


def test_a_workbook_bomb_is_refused(tmp_path: Path) -> None:
    """The sizes that the zip itself names tell it before a byte is unpacked."""
    path = workbook(tmp_path / "bomb.xlsx", sheet=b"<a/>" * 10_000_000)
    with pytest.raises(LogError, match="refused: zip > "):
        guard_xlsx(path)


def test_a_document_type_in_any_part_is_refused(tmp_path: Path) -> None:
    """The part is named."""
    path = workbook(tmp_path / "a.xlsx", sheet=PLAIN, styles=ENTITY)
    with pytest.raises(LogError, match=r"<!DOCTYPE …> \(xl/styles\.xml\)"):
        guard_xlsx(path)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """An old xls, or a page of html that calls itself one."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html></html>")
    with pytest.raises(LogError, match="this is no xlsx workbook, or it is cut off"):
        guard_xlsx(path)


def test_a_document_type_hidden_by_utf_16_is_refused(tmp_path: Path) -> None:
    """What would hide it in an XES file would hide it here, too."""
    path = workbook(tmp_path / "a.xlsx", sheet=ENTITY.decode().encode("utf-16"))
    with pytest.raises(LogError, match="DOCTYPE"):
        guard_xlsx(path)


def test_what_only_calls_itself_gz_is_refused(tmp_path: Path) -> None:
    """A plain file under a packed one's name."""
    path = tmp_path / "a.xes.gz"
    path.write_bytes(PLAIN)
    with pytest.raises(LogError):
        guard_xes(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ENTITY.replace(b"DOCTYPE", b"doctype"), ":1: no sound XML (syntax error, column 22)"),
        (b"<log>\n<!ENTITY a 'b'></log>", ":2: no sound XML"),
        (b"<html/>", ": no XES log: its outermost element should be <log>, and is <html>"),
        (b"", ": the file is empty (0 bytes)"),
        (PLAIN[:-6], ":1: no sound XML (no element found"),
    ],
)
def test_what_is_broken_is_told_with_its_place(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.xes"
    path.write_bytes(content)
    with pytest.raises(LogError) as caught:
        guard_xes(path)
    assert caught.value.problems[0].text("en").startswith(f"a.xes{why}")


def test_a_document_type_is_found_however_late(tmp_path: Path) -> None:
    path = tmp_path / "a.xes"
    path.write_bytes(b"<?xml version='1.0'?><!--" + b"a" * 2_000_000 + b"--><!DOCTYPE l><log/>")
    with pytest.raises(LogError, match="<!DOCTYPE"):
        guard_xes(path)


def test_a_document_type_of_a_workbook_is_found_however_late(tmp_path: Path) -> None:
    """Behind a comment longer than any piece that is looked at together."""
    noise = random.Random(1).randbytes(1_200_000).hex().encode()
    late = b"<?xml version='1.0'?><!-- " + noise + b" -->" + ENTITY.partition(b"?>")[2]
    with pytest.raises(LogError, match="DOCTYPE"):
        guard_xlsx(workbook(tmp_path / "a.xlsx", sheet=late))
    guard_xlsx(workbook(tmp_path / "b.xlsx", sheet=late.replace(b"<!DOCTYPE", b"<!-DOCTYPE")))
