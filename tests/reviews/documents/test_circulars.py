"""A circular of a review folder: two documents beside the report, kept by the next review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from efficiency.problems import SettingsError
from efficiency.report.page.page_reading import read_numbers
from efficiency.report.word import word_reading
from efficiency.reviews.documents.circulars import write_bulletin
from efficiency.reviews.settings import read_folder

if TYPE_CHECKING:
    from reviews.documents.conftest import Carried


def test_a_month_is_written_in_both_forms(carried: Carried) -> None:
    paths = write_bulletin(carried.folder, "2024-03")
    assert [path.name for path in paths] == [
        "bulletin-2024-03.docx", "bulletin-2024-03.html", "bulletin-2024-03.csv",
    ]  # fmt: skip
    page = read_numbers(paths[1].read_text(encoding="utf-8"))
    assert page == word_reading.read_numbers(paths[0])
    # Nothing is on record before March. Twelve letters came in, one of them is open; eleven clocks
    # and the open one fell due.
    assert page["n0001"] == "12"
    assert page["n0002"] == "11"
    assert page["n0003"] == "12"
    # Four were late and one is still not done.
    assert page["n0004"] == "5"


@pytest.mark.parametrize("span", ["2024-02", "2023", "2024-04", "2024H2"])
def test_a_month_outside_the_record_is_refused(carried: Carried, span: str) -> None:
    """Its zeros would be no zeros; what the record covers is said, and nothing is written."""
    with pytest.raises(SettingsError) as caught:
        write_bulletin(carried.folder, span)
    (problem,) = caught.value.problems
    assert problem.key == "no_span"
    said = problem.text("en")
    assert said == (
        f"{span} lies outside the record, which runs from 2024-03-04 to 2024-03-15; "
        "e.g. --month 2024-03"
    )
    assert not list((carried.folder / "output").glob(f"bulletin-{span}.*"))


def test_a_review_leaves_circulars_as_they_are(carried: Carried) -> None:
    first = write_bulletin(carried.folder, "2024Q1")[0]
    before = first.read_bytes()
    assert write_bulletin(carried.folder, "2024Q1")[0].read_bytes() == before


def test_the_sums_of_a_circular_are_its_own_and_those_of_its_days(carried: Carried) -> None:
    page, sums = (write_bulletin(carried.folder, "2024-03")[at] for at in (1, 2))
    told = read_numbers(page.read_text(encoding="utf-8"))
    table = pd.read_csv(sums, dtype={"span": str}, keep_default_na=False)
    whole = table[table["unit"] == ""]
    month = whole[whole["grain"] == "month"].iloc[0]
    assert [str(month[name]) for name in ("begun", "closed", "decided", "missed")] == [
        told["n0001"], told["n0002"], told["n0003"], told["n0004"]
    ]  # fmt: skip
    days = whole[whole["grain"] == "day"]
    for name in ("begun", "closed", "decided", "missed"):
        assert days[name].astype(int).sum() == int(month[name])


def test_a_circular_may_be_of_another_log_or_of_none_there_is(carried: Carried) -> None:
    name = next(iter(read_folder(carried.folder).settings.logs))
    paths = write_bulletin(carried.folder, "2024-03-05", record=name)
    assert paths[0].name == f"bulletin-{name}-2024-03-05.docx"
    with pytest.raises(SettingsError, match="no such log"):
        write_bulletin(carried.folder, "2024-03", record="no such log")
