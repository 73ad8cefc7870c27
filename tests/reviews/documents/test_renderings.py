"""One report in every form: each by its name, each the same bytes again, and what is bound."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import pandas as pd
import pytest

from efficiency.report.page import page_reading
from efficiency.report.sheet.sheet_reading import read_tables
from efficiency.reviews.documents.renderings import FORMS, bindings, renderings, stored
from efficiency.reviews.documents.stored import from_json
from reported import report

TABLES = {"ends": pd.DataFrame({"activity": ["登记"], "n": [3]})}
NAMES = ("report.html", "report.docx", "report.pdf", "workbook.xlsx")
BEGINNINGS = (b"<!", b"PK\x03\x04", b"%PDF-", b"PK\x03\x04")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return renderings(report(), TABLES)


def test_every_form_by_its_name_and_of_its_kind(made: dict[str, bytes]) -> None:
    assert tuple(made) == NAMES
    for name, begins in zip(NAMES, BEGINNINGS, strict=True):
        assert made[name].lstrip().startswith(begins), name


def test_the_same_bytes_twice(made: dict[str, bytes]) -> None:
    assert renderings(report(), TABLES) == made


def test_only_what_is_asked_for_in_that_order_each_told_before() -> None:
    told: list[str] = []
    some = renderings(report(), TABLES, forms=("xlsx", "html"), progress=told.append)
    assert list(some) == ["workbook.xlsx", "report.html"]
    assert told == ["xlsx", "html"]
    assert renderings(report(), TABLES, forms=()) == {}


def test_a_form_that_there_is_not_is_no_document() -> None:
    with pytest.raises(KeyError, match="odt"):
        renderings(report(), TABLES, forms=("odt",))


def test_the_workbook_holds_the_tables_and_what_is_withheld(made: dict[str, bytes]) -> None:
    (table,) = read_tables(made["workbook.xlsx"]).values()
    assert table.values.tolist() == [["登记", 3]]
    texts = {
        small: zipfile.ZipFile(BytesIO(data)).read("xl/sharedStrings.xml").decode("utf-8")
        for small in (5, 17)
        for data in renderings(report(), TABLES, small, ("xlsx",)).values()
    }
    assert "17" in texts[17]
    assert "17" not in texts[5]


def test_each_number_is_bound_to_its_cell() -> None:
    """By the name that it has on the page; its text is what stands there."""
    told: dict[str, Any] = json.loads(bindings(report()))
    page = renderings(report(), {}, forms=("html",))["report.html"].decode("utf-8")
    assert {name: one["text"] for name, one in told.items()} == page_reading.read_numbers(page)
    assert list(told) == [f"n{n:04d}" for n in range(1, len(told) + 1)]
    assert told["n0001"] == {
        "table": "compliance", "key": {"standard_id": "T4"}, "column": "decided",
        "format": "count", "text": "994",
    }  # fmt: skip


def test_what_is_stored_is_the_report() -> None:
    assert from_json(json.loads(stored(report()))) == report()
    assert stored(report()) == stored(report())
    assert FORMS == ("html", "docx", "pdf", "xlsx")
