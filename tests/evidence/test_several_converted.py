"""Several converted logs are what their sources are when they are read as one."""

from __future__ import annotations

from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.evidence.converted import convert, converted
from efficiency.evidence.log.records import read_record
from efficiency.problems import ArgumentError, LogError

COLUMNS = {"case_id": "流水号", "activity": "环节", "end": "办结时间", "actor": "经办人"}
HEAD = "流水号,环节,办结时间,经办人,页数\n"
#: The last two of the first year stand in the second as well, the later of them twice in each.
YEARS = {
    "2023.csv": HEAD + "1,登记,2023-03-05 09:00,张三,3\n1,转办,2023-02-30 09:00,李四,\n"
    "2,登记,2023-12-31,张三,4\n3,登记,2023-12-31 16:00,王五,1\n3,登记,2023-12-31 16:00,王五,1\n",
    "2024.csv": HEAD + "2,登记,2023-12-31,张三,4\n3,登记,2023-12-31 16:00,王五,1\n"
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
    for name in ("rows", "encoding", "separator", "files"):
        assert getattr(found, name) == getattr(read, name), name
    forms = [{(form.column, form.form) for form in one.forms} for one in (found, read)]
    assert forms[0] == forms[1]
    # Two of the second year's four that stand in the first are the same document's same step.
    assert (read.rows, len(read.log)) == (len("12345") + 3, 6)


def test_a_study_tells_the_same(sources: list[Path], tmp_path: Path) -> None:
    """Row numbers too: each row is counted where it would stand if all were read as one."""
    convert(sources, tmp_path / "log", COLUMNS)
    here = eff.study(read_record(sources, COLUMNS))
    there = eff.study(eff.open_log(tmp_path / "log"))
    for name in ("variants", "cases", "steps", "quality", "overview"):
        assert_frame_equal(here.table(name), there.table(name), check_dtype=False)


def test_folders_within_are_read_too(sources: list[Path], tmp_path: Path) -> None:
    """As other programs part a table by year."""
    for source in sources:
        part = tmp_path / "log" / f"year={source.stem}"
        part.mkdir(parents=True)
        convert(source, part / "part.parquet", COLUMNS)
    assert len(rows_of(eff.open_log(tmp_path / "log").log)) == 6


def test_what_cannot_be_parted_is_refused(sources: list[Path], tmp_path: Path) -> None:
    """Other columns; secrets, and life cycles, of which the rest may stand in another file."""
    secret = tmp_path / "secret.csv"
    secret.write_text(
        YEARS["2024.csv"].replace(",页数\n", ",密级\n").replace(",5\n", ",机密\n"), encoding="utf-8"
    )
    with pytest.raises(LogError, match="same columns"):
        convert([sources[0], secret], tmp_path / "log", COLUMNS, classified=True)
    marked = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in marked:
        path.write_text(secret.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(LogError, match="convert the sources together"):
        convert(marked, tmp_path / "secrets", COLUMNS)
    lives = [tmp_path / "c.csv", tmp_path / "d.csv"]
    for path in lives:
        path.write_text(
            "case_id,activity,end,transition\n1,登记,2024-03-05 09:00,start\n"
            "1,登记,2024-03-05 10:00,complete\n", encoding="utf-8",
        )  # fmt: skip
    with pytest.raises(LogError, match="paired"):
        convert(lives, tmp_path / "lives")


def test_all_or_none_of_the_files_are_converted(sources: list[Path], tmp_path: Path) -> None:
    """And two sources of one name would be one file."""
    convert(sources[0], tmp_path / "a.parquet", COLUMNS)
    with pytest.raises(LogError, match=r"2024\.csv: .*none is"):
        converted([tmp_path / "a.parquet", sources[1]])
    (tmp_path / "x").mkdir()
    again = tmp_path / "x" / "2023.csv"
    again.write_text(YEARS["2024.csv"], encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"log\.parquet"):
        convert([sources[0], again], tmp_path / "log", COLUMNS)
