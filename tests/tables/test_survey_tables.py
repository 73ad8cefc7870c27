"""The tables of what people say: each keeps its contract, and says on what a row rests."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.report.withholding import withheld
from efficiency.tables.survey_tables import SURVEY_WRITTEN
from surveyed import asked_review


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """A survey of three people an office."""
    place = asked_review(tmp_path_factory.mktemp("few") / "r", people=3)
    return eff.open_review(place).inquiry.written()


def test_names_are_those_of_the_files() -> None:
    assert all(tables.WRITTEN[name] is table for name, table in SURVEY_WRITTEN.items())
    assert all(not table.of_log for table in SURVEY_WRITTEN.values())


def test_offices_of_three_are_withheld_everywhere(few: dict[str, pd.DataFrame]) -> None:
    shown = withheld(few, 5, "…")
    assert (shown["office_opinions"]["share"] == "…").all()
    assert (shown["agreement"]["share"] == "…").all()
    assert shown["opinions"]["share"].map(lambda one: one != "…").all()


def test_a_single_answer_is_no_example(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        [("Q", "a", 1, 9, 1 / 9, "only mine"), ("Q", "b", 8, 9, 8 / 9, "often said")],
        columns=tables.OPEN_ANSWERS.names,
    )
    told = withheld({"open_answers": rows}, 5, "…")["open_answers"]
    assert told["example"].tolist() == ["…", "often said"]
