"""The documents of a review, each by the name of its file: one report, rendered several ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from efficiency._doors.typesetting import png
from efficiency.language import Language
from efficiency.report.blocks import Report
from efficiency.report.withholding import withheld
from efficiency.reviews.documents.outputs import json_bytes
from efficiency.reviews.documents.stored import as_json
from efficiency.tables import WRITTEN
from efficiency.words import phrase

#: The forms of the report; the workbook holds the tables themselves.
FORMS = ("html", "docx", "pdf", "xlsx")
STORED, NUMBERS = "report.json", "numbers.json"


def renderings(
    report: Report,
    tables: Mapping[str, pd.DataFrame],
    small_cell: int = 5,
    forms: tuple[str, ...] = FORMS,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """
    Render a report.

    Parameters
    ----------
    report
        What is told.
    tables
        What the workbook holds.
    small_cell
        Said in the workbook: rates over fewer are withheld in what leaves the room.
    forms
        Which of `FORMS`.
    progress
        Is told of each document before it is made.

    Returns
    -------
    dict
        File name to bytes; the same for the same report.
    """
    made = {}
    for form in forms:
        progress(form)
        name, content = _RENDERERS[form](report, tables, small_cell)
        made[name] = content
    return made


def bindings(report: Report) -> bytes:
    """Write which cell each number of the report is: ``numbers.json``."""
    return json_bytes(
        {
            number.id: {
                "table": number.cell.table, "key": dict(number.cell.key),
                "column": number.cell.column, "format": number.cell.format, "text": number.text,
            }
            for number in report.numbers()
        }
    )  # fmt: skip


def stored(report: Report) -> bytes:
    """Write the report's blocks, to render them anew without computing: ``report.json``."""
    return json_bytes(as_json(report))


def _html(report: Report, _: Mapping[str, pd.DataFrame], __: int) -> tuple[str, bytes]:
    from efficiency.report.page.page import render

    return "report.html", render(report).encode()


def _docx(report: Report, _: Mapping[str, pd.DataFrame], __: int) -> tuple[str, bytes]:
    from efficiency.report.word.document import document

    return "report.docx", document(report, png)


def _pdf(report: Report, _: Mapping[str, pd.DataFrame], __: int) -> tuple[str, bytes]:
    from efficiency.report.pdf.pages import document

    return "report.pdf", document(report)


def _xlsx(report: Report, tables: Mapping[str, pd.DataFrame], small_cell: int) -> tuple[str, bytes]:
    from efficiency.report.sheet.workbook import workbook

    shown = for_workbook(tables, report.language, small_cell)
    ordered = {name: shown[name] for name in (*WRITTEN, *shown) if name in shown}
    return "workbook.xlsx", workbook(ordered, report.language, report.title, small_cell)


def for_workbook(
    tables: Mapping[str, pd.DataFrame], language: Language, small_cell: int
) -> dict[str, pd.DataFrame]:
    """The tables as a workbook shows them: what rests on few cases is withheld."""
    return withheld(tables, small_cell, phrase("sheet_withheld", language))


_RENDERERS: Mapping[str, Callable[[Report, Mapping[str, pd.DataFrame], int], tuple[str, bytes]]] = {
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "xlsx": _xlsx,
}
