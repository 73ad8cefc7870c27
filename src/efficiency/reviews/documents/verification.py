"""Whether a document still says what its inputs come to: every number read back and recomputed."""

from __future__ import annotations

import base64
import difflib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors.files import digest
from efficiency.language import Language
from efficiency.problems import Problem, SettingsError
from efficiency.report.blocks import Report
from efficiency.report.chapters.whole import tell
from efficiency.report.numbers import Cell, CellError, numbers_in, written
from efficiency.reviews.documents.line_pairs import unequal
from efficiency.reviews.documents.outputs import input_files
from efficiency.reviews.documents.renderings import NUMBERS, STORED, for_workbook
from efficiency.reviews.documents.report_material import material
from efficiency.reviews.documents.stored import damaged, read_stored
from efficiency.reviews.office import open_review
from efficiency.reviews.reading.inputs import Progress, silent

#: The place of a number that stands in an annex.
_ANNEX = "annex"
#: Lines of which more than this is the same are one, edited.
_SAME_LINE = 0.5
#: A picture of one point, in place of one that nobody looks at.
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
#: The documents of a review whose numbers can be read back.
DOCUMENTS = ("report.docx", "report.html", "workbook.xlsx")


@dataclass(frozen=True)
class Broken:
    """
    A number that no longer holds.

    Attributes
    ----------
    file, place
        Where: the id of a number, or a cell of a workbook.
    said, holds
        What stands there, and what the inputs come to; empty: nothing.
    sentence
        In which it stands.
    """

    file: str
    place: str
    said: str
    holds: str
    sentence: str


@dataclass(frozen=True)
class Verification:
    """
    What came of looking at documents.

    Attributes
    ----------
    numbers
        How many were held against their cells.
    broken
        Those that do not hold.
    loose
        Numbers that people wrote and that are bound to nothing: file, number, paragraph.
    missing
        Numbers that stand in a document no more, or lost their binding: file, id, how it read;
        of an annex: the line.
    inputs
        Inputs that are not what the report was made of.
    altered
        Files of the output that documents are held against and that are not as they were written.
    """

    numbers: int
    broken: tuple[Broken, ...] = ()
    loose: tuple[tuple[str, str, str], ...] = ()
    missing: tuple[tuple[str, str, str], ...] = ()
    inputs: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every number holds, and what it was held against is as it was written."""
        return not (self.broken or self.altered)


def verify(
    folder: str | Path,
    documents: Iterable[str | Path] = (),
    *,
    logs: dict[str, Path] | None = None,
    progress: Progress = silent,
) -> Verification:
    """
    Hold the numbers of a review's documents against its inputs, computed anew.

    Parameters
    ----------
    folder
        The review's folder; it was carried out before.
    documents
        Documents to look at, edited copies too; none: those in ``output/``.
    logs, progress
        As for `review`.

    Raises
    ------
    SettingsError
        If there is no output, or a document is not there or of no known kind.
    """
    place = Path(folder)
    bindings, report = _output(place)
    paths = [Path(one) for one in documents] or [
        place / "output" / name for name in DOCUMENTS if (place / "output" / name).exists()
    ]
    read = _read(paths, bound=bool(bindings))
    office = open_review(folder, logs=logs, progress=progress)
    progress("findings", 0.4)
    tables, language = office.written(), office.inputs.language
    sheets = for_workbook(tables, language, office.inputs.folder.settings.small_cell)
    progress("verify", 0.9)
    holds = {name: _holding(cell, tables, language) for name, cell in bindings.items()}
    broken: list[Broken] = []
    loose: list[tuple[str, str, str]] = []
    missing: list[tuple[str, str, str]] = []
    told = {number.id: number.text for number in report.numbers()}
    as_told = {suffix: _loose_of(report, suffix) for suffix in {path.suffix for path in read}}
    count = 0
    for path in paths:
        if path.suffix == ".xlsx":
            broken += _in_workbook(path, sheets)
            count += sum(frame.size for frame in sheets.values())
        else:
            found = read[path]
            count += len(found.numbers)
            broken += _in_text(path.name, found, holds)
            loose += [(path.name, *one) for one in _added(found.loose, as_told[path.suffix])]
            missing += [(path.name, name, told[name]) for name in told if name not in found.numbers]
    if read:
        progress("report", 0.92)
        now = tell(material(office))
        for path, found in read.items():
            for line, right in unequal(found.annexes, _annexes_of(now, path.suffix)):
                if line is None:
                    missing += [(path.name, _ANNEX, str(right))] if numbers_in(str(right)) else []
                elif right is None:
                    loose += [(path.name, number, line) for number in numbers_in(line)]
                else:
                    broken += _in_line(path.name, line, right)
    inputs, altered = _changed(place, input_files(office.inputs.folder))
    return Verification(
        count, tuple(broken), tuple(loose), tuple(missing), tuple(inputs), tuple(altered)
    )


def _output(folder: Path) -> tuple[dict[str, Cell], Report]:
    """What is bound to what, and the report as it was told."""
    files = [folder / "output" / name for name in (NUMBERS, STORED)]
    missing = [path for path in files if not path.is_file()]
    if not folder.is_dir():
        raise SettingsError([Problem("no_folder", {"path": str(folder)})])
    if missing:
        raise SettingsError([Problem("no_output", {"folder": str(folder)}, file=missing[0].name)])
    try:
        raw = json.loads(files[0].read_text(encoding="utf-8"))
        cells = {
            name: Cell(one["table"], tuple(one["key"].items()), one["column"], one["format"])
            for name, one in raw.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise damaged(files[0]) from None
    return cells, read_stored(files[1])


def _read(paths: Iterable[Path], *, bound: bool) -> dict[Path, _Read]:
    """
    Read the text documents, and see that every other can be, before anything is computed.

    Parameters
    ----------
    paths
        The documents.
    bound
        Whether the report has numbers: what has none of them is then another report's. A report
        on two cases without limits and rules has none.
    """
    found, problems = {}, []
    for path in paths:
        try:
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    book.getinfo("xl/workbook.xml")
            else:
                found[path] = _Read.of(path)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            key = "damaged_document" if path.is_file() else "no_document"
            kind = path.suffix in {".docx", ".html", ".xlsx"}
            problems.append(Problem(key if kind else "no_document", {"path": str(path)}))
            continue
        if bound and path in found and not found[path].numbers:
            problems.append(Problem("not_ours", {"path": str(path)}))
    if problems:
        raise SettingsError(problems)
    return found


def _holding(cell: Cell, tables: Mapping[str, pd.DataFrame], language: Language) -> str:
    """What a cell comes to now; empty where it is there no more."""
    try:
        return written(cell, tables, language)
    except (CellError, ValueError, TypeError):
        return ""


@dataclass(frozen=True)
class _Read:
    """What was read out of a text document."""

    numbers: Mapping[str, str]
    sentences: Mapping[str, str]
    loose: list[tuple[str, str]]
    annexes: list[str]

    @classmethod
    def of(cls, path: Path) -> _Read:
        if path.suffix not in {".docx", ".html"}:
            raise ValueError(path.suffix)
        if path.suffix == ".docx":
            from efficiency.report.word import word_reading

            return cls(
                word_reading.read_numbers(path), word_reading.sentences(path),
                word_reading.loose_numbers(path), word_reading.annex_lines(path),
            )  # fmt: skip
        from efficiency.report.page import page_reading

        text = path.read_text(encoding="utf-8")
        return cls(
            page_reading.read_numbers(text), page_reading.sentences(text),
            page_reading.loose_numbers(text), page_reading.annex_lines(text),
        )  # fmt: skip


def _annexes_of(report: Report, suffix: str) -> list[str]:
    """The lines of the annexes as a document of this kind has them now."""
    reading, made = _rendered(report, suffix)
    lines: list[str] = reading.annex_lines(made)
    return lines


def _loose_of(report: Report, suffix: str) -> list[tuple[str, str]]:
    """The unbound numbers of a report as a document of this kind has them, with their lines."""
    reading, made = _rendered(replace(report, annex=()), suffix)
    numbers: list[tuple[str, str]] = reading.loose_numbers(made)
    return numbers


def _rendered(report: Report, suffix: str) -> tuple[Any, Any]:
    """A report as a document of a kind, and what reads such documents."""
    if suffix == ".docx":
        from efficiency.report.word import word_reading
        from efficiency.report.word.document import document

        # What the pictures show is not read.
        return word_reading, document(report, lambda _: _DOT)
    from efficiency.report.page import page_reading
    from efficiency.report.page.page import render

    return page_reading, render(report)


def _in_line(file: str, line: str, right: str) -> Iterator[Broken]:
    """The numbers of a line of an annex that are others now."""
    for one, other in zip_longest(numbers_in(line), numbers_in(right)):
        if one != other:
            yield Broken(file, _ANNEX, one or "", other or "", line)


def _in_text(file: str, found: _Read, holds: Mapping[str, str]) -> Iterator[Broken]:
    for name, said in found.numbers.items():
        right = holds.get(name, "")
        if said != right:
            yield Broken(file, name, said, right, sentence_of(found.sentences.get(name, ""), said))


def sentence_of(passage: str, number: str) -> str:
    """
    The sentence of a paragraph in which a number stands; of several all, of none the paragraph.

    Examples
    --------
    >>> sentence_of("收到994件。已办结968件，办结率97.4%。在办26件。", "968")
    '已办结968件，办结率97.4%。'
    """
    parts = [part for part in re.split(r"(?<=。)|(?<=[.] )(?=[A-Z'])", passage) if part]
    holding = [part for part in parts if number in numbers_in(part)]
    return "".join(holding).strip() or passage


def _in_workbook(path: Path, tables: Mapping[str, pd.DataFrame]) -> Iterator[Broken]:
    from efficiency.report.sheet.sheet_reading import differences

    for one in differences(path, tables):
        said, right = ("" if value is None else str(value) for value in (one.found, one.expected))
        yield Broken(path.name, f"{one.sheet}!{one.cell}", said, right, one.column)


def _added(
    found: Iterable[tuple[str, str]], told: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The unbound numbers of a text that the report, as it was told, did not have in that line."""
    rest, others = Counter(told), list[tuple[str, str]]()
    for one in found:
        if rest[one] > 0:
            rest[one] -= 1
        else:
            others.append(one)
    known = list(rest.elements())
    for number, line in others:
        # Of a line that was edited the other numbers were there before.
        alike = [(_alike(line, one[1]), one) for one in known if one[0] == number]
        near = max(alike, default=(0.0, None))
        if near[1] is not None and near[0] > _SAME_LINE:
            known.remove(near[1])
        else:
            yield number, line


def _alike(line: str, other: str) -> float:
    """How much of two lines is the same, 0 to 1."""
    return difflib.SequenceMatcher(None, line, other, autojunk=False).ratio()


def _changed(folder: Path, inputs: Mapping[str, Path]) -> tuple[list[str], list[str]]:
    """The inputs and the bindings of numbers whose bytes are not those of the manifest."""
    path = folder / "output" / "manifest.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        known, made = told.get("inputs", {}), told.get("outputs", {})
        now = {name: digest(path) for name, path in inputs.items()}
        changed = [n for n in sorted({*known, *now}) if known.get(n) != now.get(n)]
        altered = [n for n in (NUMBERS, STORED) if made.get(n) != digest(folder / "output" / n)]
    except (ValueError, AttributeError):
        raise damaged(path) from None
    return changed, altered
