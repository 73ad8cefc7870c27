"""The other records: the files are those that are made, and what was planted is found again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.reviews.office import Office
from efficiency.sample.registers.other_records import FOLDERS, make_registers, write_registers

LOGS = [
    ("supervision", "supervision"), ("supervision", "meetings"), ("supervision", "duty"),
    ("service-hall", "hall"), ("service-hall", "hotline"), ("quality", "issued"),
    ("quality", "errors"), ("quality", "shortfalls"),
]  # fmt: skip


@pytest.fixture(scope="module")
def opened(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The whole office over all that was recorded, opened once."""
    place = tmp_path_factory.mktemp("office")
    shutil.copytree(root / "data" / "sample", place / "sample")
    told = (root / "analysis" / "sample-review" / "review.toml").read_text("utf-8")
    told = told.replace("../../data/sample/", "sample/")
    lines = [line for line in told.splitlines() if not line.startswith(("period", "baseline"))]
    (place / "review.toml").write_text("\n".join(lines), "utf-8")
    return eff.open_review(place)


def truth_of(root: Path, folder: str, log: str) -> dict[str, dict[str, Any]]:
    text = (root / "data" / "sample" / folder / "truth.json").read_text("utf-8")
    told: dict[str, dict[str, Any]] = json.loads(text)[log]["verdicts"]
    return told


def counted(cases: pd.Series, verdict: str) -> Any:
    return len(cases) if verdict in {"met", "kept"} else sorted(cases)


@pytest.mark.parametrize(("folder", "log"), LOGS)
def test_every_limit_and_every_rule_comes_out_as_it_was_planted(
    folder: str, log: str, opened: Office, root: Path
) -> None:
    office, expected = opened[log], truth_of(root, folder, log)
    limits = {
        name: {said: counted(rows["case_id"], said) for said, rows in by.groupby("verdict")}
        for name, by in office.judgements.groupby("standard_id")
    }
    broken = office.deviations.groupby("rule_id")["case_id"].agg(sorted)
    rules = {name: broken.get(name, []) for name in office.adherence["rule_id"]}
    told = {
        name: {said: cases if isinstance(cases, int) else sorted(cases)
               for said, cases in by.items()}
        for name, by in expected.items()
    }  # fmt: skip
    assert limits | rules == {
        name: by if name in limits else by.get("broken", []) for name, by in told.items()
    }


def test_the_files_are_those_that_are_made(root: Path, days: pd.DataFrame, tmp_path: Path) -> None:
    write_registers(tmp_path, days)
    for made in sorted(tmp_path.rglob("*.*")):
        kept = root / "data" / "sample" / made.relative_to(tmp_path)
        assert made.read_bytes() == kept.read_bytes(), made.name


@pytest.mark.parametrize("folder", FOLDERS)
def test_another_seed_makes_other_records_of_the_same_form(folder: str, days: pd.DataFrame) -> None:
    ours, others = (make_registers(days, folder, seed) for seed in (2024, 7))
    for one, other in zip(ours, others, strict=True):
        assert list(one.rows) == list(other.rows)
        assert not one.rows.equals(other.rows)
        assert set(one.truth["verdicts"]) == set(other.truth["verdicts"])
