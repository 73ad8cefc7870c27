"""The notebook to go on from: whole, the same every time, and never written over."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from efficiency.problems import SettingsError
from efficiency.reviews.documents.notebook_draft import NAME, write_notebook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "review.toml").write_text(
        'title = "评估"\nlanguage = "zh"\n[logs.incoming]\npath = "a.csv"\n', encoding="utf-8"
    )
    return tmp_path


def test_it_is_a_notebook_whose_cells_can_be_typed(folder: Path) -> None:
    path = write_notebook(folder)
    made = nbformat.read(path, as_version=4)
    nbformat.validate(made)
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    assert code[0].startswith("import efficiency as eff")
    assert "office['incoming'].map()" in code
    for source in code:
        compile(source, NAME, "exec")
    assert made.cells[0].source.startswith("# 评估")


def test_what_people_wrote_in_it_stays(folder: Path) -> None:
    path = write_notebook(folder)
    path.write_text("mine", encoding="utf-8")
    assert write_notebook(folder) == path
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_same_bytes_twice(folder: Path) -> None:
    first = write_notebook(folder).read_bytes()
    (folder / NAME).unlink()
    assert write_notebook(folder).read_bytes() == first


def test_a_folder_without_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        write_notebook(tmp_path)
