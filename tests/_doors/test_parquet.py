"""A table with what belongs to it in one file: it comes back as it was, or is none of ours."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal

from efficiency._doors import parquet
from efficiency._doors.parquet import Parts, arrow_of, is_ours, parts_of, table_of, write_parts
from efficiency.evidence.log.records import read_log
from efficiency.problems import LogError

TABLE = pd.DataFrame(
    {
        "case_id": ["1", "2"], "n": pd.array([1, None], dtype="Int64"), "none": [None, None],
        "at": pd.to_datetime(["2024-03-05 09:00:00.000001", None]).astype("datetime64[us]"),
    }
)  # fmt: skip
BESIDE = pd.DataFrame({"row": [7], "value": ["乙"]})


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    """Whole numbers whole, moments to the microsecond, a column without a value too."""
    path = tmp_path / "log.parquet"
    write_parts(
        path, [arrow_of(TABLE)], {"rows": 3}, {"rejected": BESIDE, "changed": BESIDE.head(0)}
    )
    assert_frame_equal(table_of(path), TABLE)
    found = parts_of(path)
    assert isinstance(found, Parts)
    assert found.about == {"rows": 3}
    assert sorted(found.beside) == ["changed", "rejected"]
    assert_frame_equal(found.beside["rejected"], BESIDE)
    assert [file.name for file in tmp_path.iterdir()] == ["log.parquet"]


def test_other_files_are_none_of_ours(tmp_path: Path) -> None:
    """Another's parquet, a broken one, another kind, a folder, none."""
    TABLE.to_parquet(tmp_path / "other.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.csv").write_text("a")
    (tmp_path / "folder.parquet").mkdir()
    names = ("other.parquet", "broken.parquet", "a.csv", "folder.parquet", "none.parquet")
    assert [parts_of(tmp_path / name) for name in names] == [None] * 5


def test_a_file_that_could_not_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing beside it."""
    path = tmp_path / "log.parquet"
    write_parts(path, [arrow_of(TABLE)], {}, {})

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(parquet.pq, "ParquetWriter", fail)
    with pytest.raises(OSError, match="full"):
        write_parts(path, [arrow_of(TABLE.head(1))], {}, {})
    monkeypatch.undo()
    assert_frame_equal(table_of(path), TABLE)
    assert [file.name for file in tmp_path.iterdir()] == ["log.parquet"]
    assert pa.parquet.read_metadata(path).num_rows == 2


def test_a_damaged_name_is_told_as_what_it_is(tmp_path: Path) -> None:
    """A column whose name is no text: the file is none of ours, and cannot be read."""
    path = tmp_path / "log.parquet"
    pd.DataFrame({"QQQQ": ["1"]}).to_parquet(path)
    path.write_bytes(path.read_bytes().replace(b"QQQQ", b"\xf5QQQ"))
    assert not is_ours(path)
    with pytest.raises(LogError, match="parquet"):
        read_log(path)
