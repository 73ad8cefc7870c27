"""A folder's register takes the last review's results over and never loses what is people's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.evidence.points.points_file import point_id, read_points, typed_points
from efficiency.evidence.points.rewrites import write_points
from efficiency.problems import SettingsError
from efficiency.report.sheet.csv_text import csv_bytes
from efficiency.reviews.settings import read_folder
from efficiency.reviews.upkeep import open_register, update

T1 = point_id("standard", {"standard_id": "T1"})
TOML = 'title = "t"\nlanguage = "en"\n{}[logs.a]\npath = "a.csv"\n'


def points(checked: str, **changes: object) -> pd.DataFrame:
    row = {
        "id": [T1],
        "title": ["slow"],
        "kind": ["standard"],
        "status": ["new"],
        "subject": ['{"standard_id": "T1"}'],
        "checked": pd.Timestamp(checked),
        **changes,
    }
    return typed_points(pd.DataFrame(row))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder after a review: its output is written as every table is."""
    (tmp_path / "output" / "tables").mkdir(parents=True)
    (tmp_path / "review.toml").write_text(TOML.format('points = "points.csv"\n'))
    reviewed = points("2024-12-31", status=["resolved"], note=["=x"], owner=["Li"])
    (tmp_path / "output" / "tables" / "points.csv").write_bytes(csv_bytes(reviewed))
    return tmp_path


def test_the_first_time_the_register_is_made(folder: Path) -> None:
    place = read_folder(folder)
    register, former = update(place)
    assert former is None
    assert register.taken.added == 1
    told = read_points(folder / "points.csv")
    assert told.loc[0, ["status", "note", "owner"]].tolist() == ["resolved", "=x", "Li"]
    assert (folder / "points.csv").read_text("utf-8-sig").startswith("id,title,status")


def test_the_former_file_is_kept(folder: Path) -> None:
    path = folder / "points.csv"
    write_points(points("2023-12-31", owner=["Wang"]), path)
    before = path.read_bytes()
    register, former = update(read_folder(folder))
    assert former == folder / "points.csv.bak"
    assert former.read_bytes() == before
    told = read_points(path)
    assert told.loc[0, ["status", "owner", "note"]].tolist() == ["resolved", "Wang", "=x"]
    assert register.taken.kept["other"].tolist() == ["Li"]
    # Once more: nothing is left to do.
    after = path.read_bytes()
    update(read_folder(folder))
    assert path.read_bytes() == after == former.read_bytes()


def test_a_review_older_than_the_register_is_left_out(folder: Path) -> None:
    write_points(points("2025-12-31", status=["relapsed"]), folder / "points.csv")
    register = open_register(read_folder(folder))
    assert register.is_older
    assert register.points.loc[0, "status"] == "relapsed"
    before = (folder / "points.csv").read_bytes()
    with pytest.raises(SettingsError, match=r"is older than the register points\.csv"):
        update(read_folder(folder))
    assert (folder / "points.csv").read_bytes() == before
    assert not (folder / "points.csv.bak").exists()


def test_one_of_the_two_is_enough_to_look_at(folder: Path) -> None:
    assert open_register(read_folder(folder)).points["status"].tolist() == ["resolved"]
    (folder / "output" / "tables" / "points.csv").unlink()
    with pytest.raises(SettingsError, match="run efficiency review"):
        open_register(read_folder(folder))
    write_points(points("2023-12-31"), folder / "points.csv")
    assert open_register(read_folder(folder)).points["status"].tolist() == ["new"]
    with pytest.raises(SettingsError, match="there is no file"):
        update(read_folder(folder))


def test_the_register_that_the_settings_name(folder: Path) -> None:
    (folder / "review.toml").write_text(TOML.format('points = "our.xlsx"\n'))
    update(read_folder(folder))
    assert read_points(folder / "our.xlsx").loc[0, "status"] == "resolved"
    _, former = update(read_folder(folder))
    assert former == folder / "our.xlsx.bak"
