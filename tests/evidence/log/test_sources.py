"""Each kind of file gives its values as they stand there."""

from __future__ import annotations

import datetime as dt
import gzip
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import efficiency as eff
from efficiency._doors import mining
from efficiency.evidence.log.sources import open_source
from efficiency.problems import LogError

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0">
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <string key="concept:name" value="收文"/>
  <trace>
    <string key="concept:name" value="NA"/>
    <string key="文种" value="请示"/>
    <event>
      <string key="concept:name" value="登记"/>
      <string key="org:resource" value="王五"/>
      <string key="org:group" value="文书科"/>
      <date key="time:timestamp" value="2024-03-05T09:05:00.000+08:00"/>
    </event>
    <event>
      <string key="concept:name" value="转办"/>
      <date key="time:timestamp" value="2024-03-05T02:30:15.500Z"/>
    </event>
  </trace>
  <trace>
    <string key="concept:name" value="007"/>
    <event>
      <string key="concept:name" value="登记"/>
      <date key="time:timestamp" value="2024-03-06T09:00:00.000+08:00"/>
    </event>
  </trace>
</log>
"""


def book(path: Path, *rows: list[object], formats: dict[str, str] | None = None) -> Path:
    """Write a workbook."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for cell, number_format in (formats or {}).items():
        made.active[cell].number_format = number_format
    made.save(path)
    return path


def test_a_workbook_gives_what_a_person_sees(tmp_path: Path) -> None:
    """Text stays text, whole numbers have no tail, dates keep the precision that they show."""
    path = book(
        tmp_path / "log.xlsx",
        ["case_id", "activity", "end", None],
        ["007", "登记", dt.datetime(2024, 3, 5), None],
        ["NA", "转办", dt.datetime(2024, 3, 5, 9, 5), "lost"],
        [12, "归档", dt.datetime(2024, 3, 5, 9, 5, 7)],
        [12.0, "归档", dt.datetime(2024, 3, 5)],
        [None, None, None],
        [12.5, "归档", dt.date(2024, 3, 5)],
        formats={"C2": "yyyy-mm-dd", "C3": "yyyy/m/d h:mm", "C4": "yyyy-mm-dd hh:mm:ss",
                 "C5": "yyyy-mm-dd hh:mm"},
    )  # fmt: skip
    opened = open_source(path)
    assert opened.serials == pd.Timestamp("1899-12-30")
    assert opened.frame.columns.tolist() == ["case_id", "activity", "end", "列D"]
    assert [note.reason for note in opened.notes] == ["outside the table", "no heading"]
    assert opened.frame["case_id"].tolist() == ["007", "NA", "12", "12", "12.5"]
    assert opened.frame["end"].tolist() == [
        "2024-03-05", "2024-03-05 09:05", "2024-03-05 09:05:07", "2024-03-05 00:00", "2024-03-05",
    ]  # fmt: skip


def test_a_workbook_is_read_as_a_log(tmp_path: Path) -> None:
    """Real dates, serial numbers and text in one column; the precision of each is kept."""
    path = book(
        tmp_path / "log.xlsx",
        ["流水号", "环节", "办结"],
        ["007", "登记", dt.datetime(2024, 3, 5)],
        ["007", "初审", 45356.5],
        ["007", "转办", 45357],
        ["007", "承办", "2024年3月6日 上午9时5分"],
        formats={"C2": "yyyy-mm-dd"},
    )
    log = eff.read_log(path, {"case_id": "流水号", "activity": "环节", "end": "办结"})
    assert log["end"].astype(str).tolist() == [
        "2024-03-05 00:00:00", "2024-03-05 12:00:00", "2024-03-06 00:00:00", "2024-03-06 09:05:00",
    ]  # fmt: skip
    assert log["end_precision"].tolist() == ["day", "second", "day", "minute"]
    assert log["row"].tolist() == [1, 2, 3, 4]


@pytest.mark.filterwarnings("ignore:Install the optional requirement `r4pm`")
def test_an_xes_file_written_by_hand_is_read(tmp_path: Path) -> None:
    """Names of the standard are known; both zones come to the office's clock; ids stay text."""
    plain, packed = tmp_path / "a.xes", tmp_path / "b.XES.gz"
    plain.write_text(XES, encoding="utf-8")
    packed.write_bytes(gzip.compress(XES.encode()))
    packed = packed.rename(tmp_path / "b.xes.gz")
    log = eff.read_log(plain)
    pd.testing.assert_frame_equal(log, eff.read_log(packed))
    assert log["case_id"].tolist() == ["NA", "NA", "007"]
    assert log["activity"].tolist() == ["登记", "转办", "登记"]
    assert log["end"].astype(str).tolist() == [
        "2024-03-05 09:05:00.000", "2024-03-05 10:30:15.500", "2024-03-06 09:00:00.000",
    ]  # fmt: skip
    assert log.loc[0, ["actor", "unit", "case:文种"]].tolist() == ["王五", "文书科", "请示"]
    assert log["actor"].isna().tolist() == [False, True, True]
    amsterdam = eff.read_log(plain, timezone="Europe/Amsterdam")
    assert amsterdam["end"].dt.hour.tolist() == [2, 3, 2]


def test_an_xes_file_is_read_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one door to pm4py is silent: its advice is nothing that a user can act on."""
    mining.package()
    monkeypatch.setattr("pm4py.utils.Shared.RUSTXES_WARNING_SHOWN", False)
    path = tmp_path / "a.xes"
    path.write_text(XES, encoding="utf-8")
    eff.read_log(path)


def test_a_parquet_file_keeps_its_types(tmp_path: Path) -> None:
    """Times are times; other columns travel along with theirs."""
    frame = pd.DataFrame(
        {
            "case_id": ["007", "NA"],
            "activity": ["登记", "转办"],
            "end": pd.to_datetime(["2024-03-05 09:05:01", "2024-03-06"], format="ISO8601"),
            "金额": [1.5, None],
        }
    )
    frame.to_parquet(tmp_path / "log.parquet")
    log = eff.read_log(tmp_path / "log.parquet")
    assert log["case_id"].tolist() == ["007", "NA"]
    assert log["end"].tolist() == frame["end"].tolist()
    assert log["金额"].dtype == float


@pytest.mark.parametrize("name", ["log.csv.gz", "log", "log.json"])
def test_other_files_are_refused_by_name(tmp_path: Path, name: str) -> None:
    """With what can be read."""
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(LogError, match=r"readable are csv, xlsx, .*, xes\.gz"):
        open_source(path)


def test_missing_and_empty_files_are_told(tmp_path: Path) -> None:
    """No file, a workbook without a cell, one with a header only, a frame without rows."""
    with pytest.raises(LogError, match="there is no file"):
        open_source(tmp_path / "none.csv")
    for rows in ([], [["case_id", "activity", "end"]]):
        with pytest.raises(LogError, match="no data rows"):
            open_source(book(tmp_path / "log.xlsx", *rows))
    with pytest.raises(LogError, match="no data rows"):
        open_source(pd.DataFrame({"case_id": []}))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """It has no sheets; the reason is given."""
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(LogError, match="refused"):
        open_source(path)


def test_a_name_that_stands_twice_in_a_workbook_is_told(tmp_path: Path) -> None:
    """As it is in a csv file."""
    path = book(
        tmp_path / "log.xlsx",
        ["case_id", "activity", "end", "end"],
        ["1", "a", "2024-03-05", "2024-03-06"],
    )
    with pytest.raises(LogError, match="'end' stands twice in the header"):
        eff.read_log(path)


# --- several files that are one log

COLUMNS = {"case_id": "编号", "activity": "环节", "end": "办结"}


@pytest.fixture
def halves(tmp_path: Path) -> list[Path]:
    """Two exports whose months overlap by one row; the second has its columns otherwise."""
    first, second = tmp_path / "上.csv", tmp_path / "下.csv"
    first.write_text(
        "编号,环节,办结\n1,登记,2024-01-02 09:00\n1,归档,2024-01-03 09:00\n"
        "2,登记,2024-01-31 09:00\n",
        encoding="utf-8",
    )
    second.write_text(
        "环节,编号,办结\n登记,2,2024-01-31 09:00\n归档,2,2024-02-02 09:00\n登记,3,soon\n",
        encoding="utf-8",
    )
    return [first, second]


def test_several_files_are_one_log_and_what_both_hold_counts_once(halves: list[Path]) -> None:
    record = eff.read_record(halves, COLUMNS)
    assert record.log[["case_id", "activity", "source_file"]].values.tolist() == [
        ["1", "登记", "上.csv"], ["1", "归档", "上.csv"], ["2", "登记", "上.csv"],
        ["2", "归档", "下.csv"],
    ]  # fmt: skip
    assert record.rows == len(record.log) + len(record.rejected) == 5
    (again,) = record.changed.to_dict("records")
    assert (again["value"], again["n"], again["row"]) == ("下.csv", 1, 0)


def test_a_ledger_names_the_file_and_the_row_in_it(halves: list[Path]) -> None:
    rejected = eff.read_record(halves, COLUMNS).rejected
    assert rejected[["file", "row", "value"]].values.tolist() == [["下.csv", 3, "soon"]]


def test_a_row_that_stands_twice_in_one_file_stays_twice(tmp_path: Path) -> None:
    twice = "编号,环节,办结\n1,登记,2024-01-02\n1,登记,2024-01-02\n"
    for name, text in (("a.csv", twice), ("b.csv", twice + "1,登记,2024-01-02\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(open_source([tmp_path / "a.csv", tmp_path / "b.csv"]).frame) == 3


def test_files_of_other_columns_are_told_with_what_is_other(halves: list[Path]) -> None:
    halves[1].write_text("编号,环节,完成\n1,登记,2024-01-02\n", encoding="utf-8")
    missing = halves[0].with_name("none.csv")
    with pytest.raises(LogError) as told:
        open_source([*halves, missing])
    text = str(told.value)
    assert "there is no file" in text
    assert "下.csv: " in text
    assert "'办结' is missing" in text.replace("办结 is", "'办结' is")
    assert "完成 is more" in text


def test_an_object_centric_log_says_what_it_is_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.jsonocel").write_text("{}", encoding="utf-8")
    frame = pd.DataFrame({"ocel:eid": ["1"], "ocel:activity": ["a"], "ocel:type:order": ["[1]"]})
    for source in (tmp_path / "a.jsonocel", frame):
        with pytest.raises(LogError, match="flatten it by"):
            open_source(source)


def test_workbooks_that_count_days_from_other_years_are_no_one_log(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["case_id", "activity", "end"], ["1", "a", 45356.5]):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    made.epoch = CALENDAR_MAC_1904
    made.save(tmp_path / "b.xlsx")
    with pytest.raises(LogError, match="1900 and 1904"):
        open_source([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])


def test_a_table_of_thousands_of_columns_is_no_log() -> None:
    with pytest.raises(LogError, match="there are 1001 columns, a log has at most 1000"):
        open_source(pd.DataFrame([range(1001)], columns=[f"c{at}" for at in range(1001)]))
