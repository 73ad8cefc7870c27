"""Several converted logs are what their sources are when they are read as one."""

from __future__ import annotations

from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.evidence.log.records import read_record
from efficiency.evidence.stored.converted import convert, converted
from efficiency.problems import ArgumentError, LogError

COLUMNS = {"case_id": "流水号", "activity": "环节", "end": "办结时间", "actor": "经办人"}
HEAD = "流水号,环节,办结时间,经办人,页数\n"
#: Two steps of the first year's end stand in the second year as well, one of them twice in the one
#: and three times in the other; so does a row that cannot be read.
YEARS = {
    "2023.csv": HEAD + "1,登记,2023-03-05 09:00,张三,3\n1,转办,2023-02-30 09:00,李四,\n"
    "2,登记,2023-12-31,张三,4\n3,登记,2023-12-31 16:00,王五,1\n3,登记,2023-12-31 16:00,王五,1\n"
    "4,登记,不详,张三,\n",
    "2024.csv": HEAD + "4,登记,不详,张三,\n2,登记,2023-12-31,张三,4\n"
    "3,登记,2023-12-31 16:00,王五,1\n"
    "3,登记,2023-12-31 16:00,王五,1\n3,登记,2023-12-31 16:00,王五,1\n2,转办 ,2024-01-02,李四,\n"
    ",登记,2024-03-05 10:00,王五,5\n",
}  # fmt: skip


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Two years of a log."""
    for name, text in YEARS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in YEARS]


def rows_of(log: pd.DataFrame | ir.Table) -> pd.DataFrame:
    """The rows in order; what is missing is missing, whatever it is called."""
    frame = log if isinstance(log, pd.DataFrame) else log.to_pyarrow().to_pandas()
    frame = frame.sort_values("row", ignore_index=True).astype(object)
    return frame.where(frame.notna(), None)


def test_a_folder_is_the_log_that_its_sources_are(sources: list[Path], tmp_path: Path) -> None:
    """Rows, ledgers, counts: what stands in both years counts once, as often as it did."""
    folder = tmp_path / "log"
    written = convert(sources, folder, COLUMNS)
    assert sorted(path.name for path in folder.iterdir()) == ["2023.parquet", "2024.parquet"]
    read = read_record(sources, COLUMNS)
    found = eff.open_log(folder)
    for one in (written, found):
        assert isinstance(one.log, ir.Table)
        assert_frame_equal(rows_of(one.log), rows_of(read.log), check_dtype=False)
    columns = ["file", "row", "column", "value", "reason", "n"]
    assert_frame_equal(found.changed[columns], read.changed[columns], check_dtype=False)
    assert_frame_equal(found.rejected, read.rejected, check_dtype=False)
    assert_frame_equal(found.rest, read.rest.reset_index(drop=True), check_dtype=False)
    for name in ("rows", "encoding", "separator", "files"):
        assert getattr(found, name) == getattr(read, name), name
    forms = [{(form.column, form.form) for form in one.forms} for one in (found, read)]
    assert forms[0] == forms[1]
    # Four rows of the second year's seven stood in the first: the unread one, and three steps.
    assert (read.rows, len(read.log), len(read.rejected)) == (6 + 7 - 4, 6, 3)


def test_a_study_tells_the_same(sources: list[Path], tmp_path: Path) -> None:
    """Row numbers too: each row is counted where it would stand if all were read as one."""
    convert(sources, tmp_path / "log", COLUMNS)
    here = eff.study(read_record(sources, COLUMNS))
    there = eff.study(eff.open_log(tmp_path / "log"))
    for name in ("variants", "cases", "steps", "quality", "overview"):
        assert_frame_equal(here.table(name), there.table(name), check_dtype=False)


def test_folders_within_are_read_too(sources: list[Path], tmp_path: Path) -> None:
    """As other programs part a table by year; of one name, files are told apart by their paths."""
    for source in sources:
        part = tmp_path / "log" / f"year={source.stem}"
        part.mkdir(parents=True)
        convert(source, part / "part.parquet", COLUMNS)
    (tmp_path / "log" / ".part.parquet").write_bytes(b"")
    rows = rows_of(eff.open_log(tmp_path / "log").log)
    assert_frame_equal(rows, rows_of(read_record(sources, COLUMNS).log), check_dtype=False)


def test_files_of_one_name_are_two(sources: list[Path], tmp_path: Path) -> None:
    """What stands in both counts once; the ledger says in which a row stood, as the log does."""
    for number, source in enumerate(sources):
        (tmp_path / str(number)).mkdir()
        same = tmp_path / str(number) / "log.csv"
        same.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        convert(same, tmp_path / f"{number}.parquet", COLUMNS)
    found = eff.open_log([tmp_path / "0.parquet", tmp_path / "1.parquet"])
    assert len(rows_of(found.log)) == 6
    assert set(found.rejected["file"]) == set(rows_of(found.log)["source_file"])


def test_a_column_is_of_a_type_that_holds_all(tmp_path: Path) -> None:
    """Whole numbers, numbers, nothing; and text with whole numbers."""
    told = {"页数": [[1, 2], [0.5, 1.5], [None, None]], "备注": [["a", "b"], [1, 2], [None, "c"]]}
    for at in range(3):
        frame = pd.DataFrame({"case_id": ["1", "2"], "activity": "登记", "end": "2024-03-05"})
        frame = frame.assign(**{name: each[at] for name, each in told.items()}, 年=str(at))
        frame.to_parquet(tmp_path / f"s{at}.parquet")
    convert([tmp_path / f"s{at}.parquet" for at in range(3)], tmp_path / "log")
    rows = rows_of(eff.open_log(tmp_path / "log").log)
    assert rows["页数"].tolist() == [1.0, 2.0, 0.5, 1.5, None, None]
    assert rows["备注"].tolist() == ["a", "b", "1", "2", None, "c"]


REFUSED = {
    "same columns": (HEAD.replace("页数", "密级") + "1,登记,2024-01-01,张三,\n", COLUMNS),
    "convert the sources together": (
        HEAD + "1,登记,2024-01-01,张三,机密\n2,登记,2024-01-01,张三,\n",
        COLUMNS,
    ),
    "paired": (
        "case_id,activity,end,transition\n1,登记,2024-03-05 09:00,start\n"
        "1,登记,2024-03-05 10:00,complete\n",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("told", REFUSED)
def test_what_cannot_be_parted_is_refused(sources: list[Path], tmp_path: Path, told: str) -> None:
    """Other columns; secrets, and life cycles, of which the rest may stand in another file."""
    text, columns = REFUSED[told]
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(text, encoding="utf-8")
    first = sources[0] if told == "same columns" else paths[0]
    with pytest.raises(LogError, match=told):
        convert([first, paths[1]], tmp_path / "log", columns)
    # All or none: nothing is left of it, nor beside it.
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv"] * 4


def test_a_file_of_several_sources_is_none_of_several(sources: list[Path], tmp_path: Path) -> None:
    """And a folder is not written beside what is there of another log."""
    convert(sources, tmp_path / "both.parquet", COLUMNS)
    convert(sources[0], tmp_path / "one.parquet", COLUMNS)
    with pytest.raises(LogError, match="several itself"):
        converted([tmp_path / "both.parquet", tmp_path / "one.parquet"])
    with pytest.raises(LogError, match=r"both\.parquet, one\.parquet"):
        convert(sources, tmp_path, COLUMNS)
    with pytest.raises(ArgumentError, match=r"log\.parquet"):
        convert(sources[0], tmp_path / "mistyped", COLUMNS)


def test_all_or_none_of_the_files_are_converted(sources: list[Path], tmp_path: Path) -> None:
    """And two sources of one name would be one file."""
    convert(sources[0], tmp_path / "a.parquet", COLUMNS)
    with pytest.raises(LogError, match=r"2024\.csv: .*none is"):
        converted([tmp_path / "a.parquet", sources[1]])
    (tmp_path / "x").mkdir()
    again = tmp_path / "x" / "2023.csv"
    again.write_text(YEARS["2024.csv"], encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"one file \(2023\.parquet\)"):
        convert([sources[0], again], tmp_path / "log", COLUMNS)
    (tmp_path / "empty").mkdir()
    with pytest.raises(LogError, match="no parquet file"):
        eff.open_log(tmp_path / "empty")


def test_a_name_is_no_pattern(tmp_path: Path) -> None:
    """A folder with a sign of patterns in it, beside one that it would match."""
    for name, case in (("x[1]", "1"), ("x1", "9")):
        path = tmp_path / f"{name}.csv"
        path.write_text(HEAD + f"{case},登记,2024-01-01,张三,\n", encoding="utf-8")
    convert([tmp_path / "x[1].csv", tmp_path / "x1.csv"], tmp_path / "log", COLUMNS)
    assert rows_of(eff.open_log(tmp_path / "log").log)["case_id"].tolist() == ["9", "1"]
    assert rows_of(eff.open_log(tmp_path / "log" / "x[1].parquet").log)["case_id"].tolist() == ["1"]
