"""What people were asked as part of a review: its tables by name, each once, beside the record."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.problems import TableError
from efficiency.reviews.inquiry import ASKED
from efficiency.reviews.office import Office
from efficiency.tables.survey_tables import SURVEY_WRITTEN
from small_review import letters, write_review
from surveyed import FAVOUR, asked_review


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return eff.open_review(asked_review(tmp_path_factory.mktemp("asked") / "r"))


def test_every_table_that_is_written_has_its_function() -> None:
    assert set(ASKED) == set(SURVEY_WRITTEN)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_each_table_keeps_its_contract_and_is_computed_once(office: Office, name: str) -> None:
    table = office.inquiry.table(name)
    getattr(tables, name.upper()).check(table)
    assert office.inquiry.table(name) is table
    assert list(table.columns) == getattr(tables, name.upper()).names


def test_planted_shares_are_found(office: Office) -> None:
    rows = office.inquiry.opinions.set_index("item")
    for item, favour in FAVOUR.items():
        assert rows.at[item, "low"] <= favour <= rows.at[item, "high"], item


def test_findings_and_measures_of_the_survey_stand_among_the_others(office: Office) -> None:
    asked = [one for one in office.findings if one.kind == "opinion"]
    assert asked
    assert {one.log for one in asked} == {""}
    assert set(office.measures["kind"]) >= {"opinion", "standard"}
    assert all(office.exhibit(one) is not None for one in asked)
    kept = office.points[office.points["kind"] == "opinion"]
    assert set(kept["id"]) == {one.id for one in asked if one.level != "note"} or len(kept)


def test_what_is_written_is_what_has_rows(office: Office) -> None:
    found = office.written()
    for name in ASKED:
        assert (name in found) == bool(len(office.inquiry.table(name)))
    assert "trends" not in found
    assert found["triangulation"]["linked"].tolist() == ["T1", "P1", "T2"]


def test_a_review_that_asked_nobody_has_empty_tables(tmp_path: Path) -> None:
    office = eff.open_review(write_review(tmp_path / "r", letters(24)))
    assert office.inquiry.written() == {}
    assert list(office.inquiry.findings) == []
    with pytest.raises(AttributeError, match="opinions"):
        _ = office.inquiry.opinion


def test_an_analyst_reads_a_survey_and_holds_it_against_the_office(office: Office) -> None:
    place = office.inputs.folder.path
    survey = eff.read_survey(place / "answers.csv", place / "codebook.csv")
    alone = eff.triangulate(survey, office)
    pd.testing.assert_frame_equal(alone, office.inquiry.triangulation)
    assert eff.crosstab(survey, "education")["n"].sum() == 4 * 120
    assert eff.plot.likert(survey, language="en").get_title("left") == "Answers: n = 4 questions"
    with pytest.raises(TableError):
        eff.plot.likert(office["incoming"])


@pytest.mark.slow
def test_a_survey_reviewed_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    folder = asked_review(tmp_path / "r")
    sums = []
    for _ in range(2):
        eff.review(folder, forms=("html",))
        manifest = json.loads((folder / "output" / "manifest.json").read_text(encoding="utf-8"))
        sums.append(manifest["outputs"])
    assert sums[0] == sums[1]
    assert {"answers.csv", "codebook.csv", "issued.csv", "talks.csv"} <= set(manifest["inputs"])
