"""Reading a log: every row is accounted for, nothing is guessed, no argument is changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency import tables
from efficiency.problems import LedgerWarning, LogError

Frame = Callable[..., pd.DataFrame]


def frame_of(*ends: object, **columns: list[object]) -> pd.DataFrame:
    """Make a source whose rows differ in what is given."""
    many = max([len(ends), *map(len, columns.values())])
    plain = {"case_id": ["1"] * many, "activity": ["登记"] * many}
    return pd.DataFrame({**plain, **({"end": list(ends)} if ends else {}), **columns})


def problems(source: object, *args: object, **options: object) -> list[str]:
    """The messages of a log that cannot be read."""
    with pytest.raises(LogError) as caught:
        eff.read_record(source, *args, **options)
    return [problem.text() for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_csv_gives_the_same_log(tmp_path: Path, encoding: str, separator: str) -> None:
    """Ids that pandas would take for missing survive; all columns travel along."""
    rows = [
        ["流水号", "环节", "办结", "备注", "金额"],
        ["NA", "登记", "2024-3-5 9:05", "", "1,5" if separator == ";" else "1.5"],
        ["007", "转办", "2024年3月5日", "null", ""],
        ["None", "归档", "2024/03/05 09:05:07", "NaN", "-"],
    ]
    path = tmp_path / "log.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    record = eff.read_record(path, {"case_id": "流水号", "activity": "环节", "end": "办结"})
    log = record.log
    assert log["case_id"].tolist() == ["NA", "007", "None"]
    assert log["activity"].tolist() == ["登记", "转办", "归档"]
    assert log["end"].tolist() == [
        pd.Timestamp("2024-03-05 09:05"), pd.Timestamp("2024-03-05"),
        pd.Timestamp("2024-03-05 09:05:07"),
    ]  # fmt: skip
    assert log["end_precision"].tolist() == ["minute", "day", "second"]
    assert log["row"].tolist() == [1, 2, 3]
    assert log["备注"].tolist() == [None, "null", "NaN"]
    assert (record.rows, record.separator) == (3, separator)
    assert record.encoding.startswith(encoding[:5])
    assert len(record.rejected) == len(record.changed) == 0


def test_the_columns_come_in_the_contracts_order_and_types() -> None:
    """All of ours, then all of theirs; absent ones are there and empty."""
    log = eff.read_log(frame_of("2024-03-05 09:05", 文种=["请示"]))
    assert log.columns.tolist() == [*tables.LOG.names, "文种"]
    assert [str(log[name].dtype) for name in ("received", "start", "end", "row")] == [
        "datetime64[us]", "datetime64[us]", "datetime64[us]", "int64",
    ]  # fmt: skip
    assert log[["actor", "unit", "received", "start"]].isna().all(axis=None)


def test_the_arguments_are_untouched() -> None:
    """The frame, its index, and the mapping."""
    source = frame_of("2024-03-05", "2024-02-30", 号=["7", ""]).set_index(pd.Index([4, 2]))
    before, mapping = source.copy(deep=True), {"case_id": "号"}
    eff.read_record(source, mapping)
    pd.testing.assert_frame_equal(source, before)
    assert mapping == {"case_id": "号"}


def test_a_value_that_cannot_be_read_becomes_empty_and_is_in_the_ledger() -> None:
    """30 February in a row that has another moment; the row is kept."""
    source = frame_of("2024-02-30", "2024-03-01", start=["2024-02-29 9:00", "待定"])
    record = eff.read_record(source)
    assert record.log["end"].isna().tolist() == [True, False]
    assert record.log["start"].isna().tolist() == [False, True]
    assert record.log["end_precision"].fillna("").tolist() == ["", "day"]
    assert record.rejected.empty
    assert record.changed.to_dict("tight")["data"] == [
        ["log", 1, "end", "2024-02-30", "time cannot be read; set to empty", 1],
        ["log", 2, "start", "待定", "time cannot be read; set to empty", 1],
    ]


def test_rows_that_cannot_be_kept_are_in_the_ledger() -> None:
    """Under the source's own names, in the language that was asked for, first reason first."""
    source = pd.DataFrame(
        {
            "号": ["1", "", "3", "4", " "],
            "环节": ["登记", "登记", None, "登记", ""],
            "办结": ["2024-03-05", "2024-03-05", "2024-03-05", "2024-02-30", ""],
        }
    )
    mapping = {"case_id": "号", "activity": "环节", "end": "办结"}
    record = eff.read_record(source, mapping)
    assert record.log["row"].tolist() == [1]
    assert record.rejected.to_dict("tight")["data"] == [
        ["log", 2, "号", "", "no case_id", "", "登记"],
        ["log", 3, "环节", "", "no activity", "3", ""],
        ["log", 4, "办结", "2024-02-30", "no readable moment", "4", "登记"],
        ["log", 5, "号", " ", "no case_id", "", ""],
    ]
    assert record.changed.empty
    chinese = eff.read_record(source, mapping, language="zh").rejected["reason"]
    assert chinese.tolist() == [
        "没有编号（case_id）",
        "没有环节（activity）",
        "没有可读的时刻",
        "没有编号（case_id）",
    ]


def test_both_ledgers_have_a_header_when_empty() -> None:
    """Their columns are fixed."""
    record = eff.read_record(frame_of("2024-03-05"))
    common = ["file", "row", "column", "value", "reason"]
    assert record.rejected.columns.tolist() == [*common, "case_id", "activity"]
    assert record.changed.columns.tolist() == [*common, "n"]
    assert record.rejected.empty
    assert record.changed.empty


def test_read_log_warns_of_what_the_ledger_holds() -> None:
    """And of nothing else: the suite turns any other warning into an error."""
    source = frame_of("2024-03-05", "2024-02-30", case_id=["1", "2"])
    with pytest.warns(LedgerWarning, match="1 of 2 rows rejected, 0 values set to missing"):
        eff.read_log(source)
    eff.read_log(frame_of("2024-03-05"))


STAMPS = st.sampled_from(
    ["", "2024-03-05", "2024-03-05 9:05", "2024-02-30", "待定", " ", "13/02/2024"]
)
CELLS = st.sampled_from(["", " ", "NA", "007", "登记", "None", "0"])


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.lists(st.tuples(CELLS, CELLS, STAMPS, STAMPS), min_size=1, max_size=30))
def test_no_row_is_lost(rows: list[tuple[str, str, str, str]]) -> None:
    """Rows in = accepted + rejected, each once; every unread value of a kept row is told."""
    source = pd.DataFrame(rows, columns=["case_id", "activity", "received", "end"])
    good = {"2024-03-05", "2024-03-05 9:05", "13/02/2024"}

    def keeps(row: tuple[str, str, str, str]) -> bool:
        return bool(row[0].strip() and row[1].strip() and good & {row[2], row[3]})

    kept = [i for i, row in enumerate(rows, start=1) if keeps(row)]
    if not kept:
        with pytest.raises(LogError, match=f"all {len(rows)} rows were rejected"):
            eff.read_record(source)
        return
    record = eff.read_record(source)
    assert record.rows == len(rows) == len(record.log) + len(record.rejected)
    assert record.log["row"].tolist() == kept
    assert sorted([*kept, *record.rejected["row"]]) == list(range(1, len(rows) + 1))
    expected = Counter(
        (i, name)
        for i in kept
        for name, value in zip(("received", "end"), rows[i - 1][2:], strict=True)
        if value.strip() and value not in good
    )
    assert Counter(zip(record.changed["row"], record.changed["column"], strict=True)) == expected
    assert record.log["case_id"].tolist() == [rows[i - 1][0] for i in kept]


def transitions(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Make a log of one row a transition: actor, transition, hour of one day."""
    actors, kinds, hours = zip(*rows, strict=True)
    ends = [f"2024-03-05 {hour}" for hour in hours]
    return frame_of(*ends, actor=list(actors), transition=list(kinds))


def test_life_cycle_rows_are_paired_first_in_first_out() -> None:
    """Within case, activity and actor; case of letters does not matter."""
    record = eff.read_record(
        transitions(
            ("王", "schedule", "08:00"),
            ("王", "start", "09:00"),
            ("王", "start", "09:10"),
            ("李", "START", "09:20"),
            ("王", "complete", "10:00"),
            ("李", "Complete", "10:10"),
            ("王", "complete", "10:20"),
            ("王", "suspend", "10:30"),
            ("王", "start", "11:00"),
        )
    )
    log = record.log.set_index("row")
    told = {
        row: [f"{log.at[row, name]:%H:%M}" if pd.notna(log.at[row, name]) else "" for name in
              ("received", "start", "end")]
        for row in log.index
    }  # fmt: skip
    assert told == {
        5: ["08:00", "09:00", "10:00"],
        6: ["", "09:20", "10:10"],
        7: ["", "09:10", "10:20"],
        9: ["", "11:00", ""],
    }
    assert (
        log.loc[5, ["received_precision", "start_precision", "end_precision"]].tolist()
        == ["minute"] * 3
    )
    assert record.rejected["row"].tolist() == [8]
    assert record.rejected["column"].tolist() == ["transition"]
    assert "transition" not in log


def test_completion_stamps_alone_are_one_step_a_row() -> None:
    """Whatever the life-cycle says: there is nothing to pair, and it stays as an attribute."""
    log = eff.read_log(transitions(("王", "complete", "09:00"), ("王", "ate_abort", "10:00")))
    assert log["end"].dt.hour.tolist() == [9, 10]
    assert log["transition"].tolist() == ["complete", "ate_abort"]


def test_a_start_is_not_paired_with_an_end_before_it() -> None:
    """An end without a start stands alone; first in first out pairs what is waiting."""
    log = eff.read_log(
        transitions(
            ("王", "complete", "09:00"), ("王", "start", "10:00"), ("王", "complete", "11:00")
        )
    )
    assert log["end"].dt.hour.tolist() == [9, 11]
    assert log["start"].dt.hour.fillna(0).tolist() == [0, 10]


def test_typed_columns_of_a_frame() -> None:
    """Numbers become ids as they are shown; zones are converted; dates have day precision."""
    times = pd.to_datetime(["2024-03-05T01:05Z", "2024-03-05T16:00Z"])
    log = eff.read_log(frame_of(*times, case_id=[7, 8], 金额=[1, 2]))
    assert log["case_id"].tolist() == ["7", "8"]
    assert log["end"].tolist() == [pd.Timestamp("2024-03-05 09:05"), pd.Timestamp("2024-03-06")]
    assert log["end_precision"].tolist() == ["second", "second"]
    assert log["金额"].tolist() == [1, 2]
    days = eff.read_log(frame_of(*pd.to_datetime(["2024-03-05", "2024-03-06"])))
    assert days["end_precision"].tolist() == ["day", "day"]
    mixed = eff.read_log(frame_of(dt.date(2024, 3, 5), dt.datetime(2024, 3, 5, 9)))
    assert mixed["end_precision"].tolist() == ["day", "second"]
    words = eff.read_log(frame_of("2024-03-05", activity=pd.Categorical(["登记"]).tolist()))
    assert words["activity"].tolist() == ["登记"]


def test_day_and_month_are_found_out_or_asked_for() -> None:
    """Each column for itself; the message says what to write."""
    told = frame_of("03/04/2024", "13/04/2024")
    assert eff.read_log(told)["end"].dt.month.tolist() == [4, 4]
    american = frame_of("03/04/2024", "04/13/2024")
    assert eff.read_log(american)["end"].dt.day.tolist() == [4, 13]
    unclear = frame_of("03/04/2024", start=["05/04/2024"])
    text = (
        "day and month of '{}' cannot be told apart; write day_first = true or false under [logs.*]"
    )
    assert problems(unclear) == [
        f"log: in column 'start' {text.format('05/04/2024')}",
        f"log: in column 'end' {text.format('03/04/2024')}",
    ]
    assert eff.read_log(unclear, day_first=True)["end"].dt.month.tolist() == [4]
    assert eff.read_log(unclear, day_first=False)["end"].dt.month.tolist() == [3]


def test_missing_columns_are_told_with_the_nearest_name() -> None:
    """All at once."""
    source = pd.DataFrame({"流水号": ["1"], "环节": ["a"], "办结时间": ["2024-01-01"]})
    have = "the file has 流水号, 环节, 办结时间"
    assert problems(source, {"case_id": "流水", "activity": "环节", "end": "办结"}) == [
        f"log: there is no column '流水' (for case_id); {have}; nearest: 流水号",
        f"log: there is no column '办结' (for end); {have}; nearest: 办结时间",
    ]
    assert problems(source) == [
        *(
            f"log: no column is given for {name}; {have}; "
            f'write {name} = "its name" under [logs.*.columns] (a command: '
            f"--columns {name}=ITS_NAME)"
            for name in ("case_id", "activity")
        ),
        "log: none of received, start, end is given; "
        'at least one time is needed, e.g. end = "finished"',
    ]


def test_one_column_cannot_be_two() -> None:
    """The message names both."""
    told = problems(frame_of("2024-03-05", c=["1"]), {"case_id": "c", "activity": "c"})
    assert told == ["log: case_id and activity both name the column 'c'"]


def test_a_column_of_theirs_that_bears_our_name_steps_aside() -> None:
    """What was asked for goes first; the other keeps its values."""
    source = frame_of("2024-03-05", case_id=["z"], row=["9"], 号=["7"])
    log = eff.read_log(source, {"case_id": "号"})
    assert log.loc[0, ["case_id", "case_id (source)", "row", "row (source)"]].tolist() == [
        "7", "z", 1, "9",
    ]  # fmt: skip


def test_names_that_differ_in_capitals_only_stay_apart() -> None:
    """Both are there, under names that the engine holds apart."""
    frame = pd.DataFrame({"case_id": ["1"], "activity": ["a"], "end": ["2024-03-05 09:00"],
                          "x": ["p"], "X": ["q"], "X (2)": ["r"]})  # fmt: skip
    log = eff.read_log(frame)
    assert log[["x", "X (2)", "X (2) (2)"]].iloc[0].tolist() == ["p", "q", "r"]
    assert eff.case_times(log)["X (2)"].tolist() == ["q"]


def test_small_logs(tmp_path: Path) -> None:
    """One row; no end at all; none that could be kept; a header alone."""
    assert len(eff.read_log(frame_of("2024-03-05"))) == 1
    begun = eff.read_log(frame_of(start=["2024-03-05 9:00"]))
    assert begun["end"].isna().all()
    assert begun["start"].notna().all()
    assert problems(frame_of("2024-02-30", "")) == [
        "log: all 2 rows were rejected; the first because: no readable moment"
    ]
    path = tmp_path / "log.csv"
    path.write_text("case_id,activity,end\n", encoding="utf-8")
    assert problems(path) == ["log.csv: the file has no data rows"]


def test_what_was_read_keeps_the_contract_of_a_log() -> None:
    """And can be read again: the second reading changes nothing."""
    log = eff.read_log(frame_of("2024-03-05 9:05", "2024-03-06 10:00:01", 文种=["请示", None]))
    assert tables.LOG.check(log) is log
    again = eff.read_log(log.drop(columns=["row", *(c for c in log if c.endswith("_precision"))]))
    pd.testing.assert_frame_equal(
        again[["case_id", "activity", "end"]], log[["case_id", "activity", "end"]]
    )


def test_the_worked_example_rejects_and_changes_what_it_should(
    example: Path, example_record: eff.Record
) -> None:
    """Rows and counts that were worked out apart from any program of this project."""
    record = example_record

    def expected(name: str, column: str) -> list[int]:
        table = pd.read_csv(example / "expected" / name, encoding="utf-8-sig")
        return table[column].tolist()

    assert record.rejected["row"].tolist() == expected("rejected.csv", "row")
    assert [len(record.changed)] == expected("changed.csv", "count")
    assert record.rows == len(record.log) + len(record.rejected)


def test_the_receipt_log(receipt: pd.DataFrame) -> None:
    """Its published size; times by the office's clock, to the microsecond."""
    assert (receipt["case_id"].nunique(), len(receipt)) == (1434, 8577)
    assert receipt["activity"].nunique() == 27
    assert receipt["actor"].nunique() == 48
    alone = receipt.groupby("case_id").size()
    assert (alone == 1).sum() == 116
    # case-10011's first event: 13:45:40.276 in Amsterdam's summer
    first = receipt.loc[(receipt["case_id"] == "case-10011"), "end"].iloc[0]
    assert first == pd.Timestamp("2011-10-11 13:45:40.276")


@pytest.mark.filterwarnings("ignore:Install the optional requirement `r4pm`")
def test_receipt_is_the_same_log_in_both_formats(receipt: pd.DataFrame, shared: Path) -> None:
    """xes.gz and csv: cases, activities, actors and moments, as multisets."""
    other = eff.read_log(shared / "receipt" / "receipt.xes.gz", timezone="Europe/Amsterdam")
    columns = ["case_id", "activity", "actor", "end"]
    one, two = (log[columns].sort_values(columns, ignore_index=True) for log in (receipt, other))
    pd.testing.assert_frame_equal(one, two)


def test_the_declarations_log(declarations: pd.DataFrame) -> None:
    """Its published size; the attributes of a case travel along."""
    assert (declarations["case_id"].nunique(), len(declarations)) == (10357, 55628)
    assert declarations["activity"].nunique() == 14
    assert any("Amount" in name for name in declarations.columns)


def test_the_credentials_log(credentials: pd.DataFrame) -> None:
    """Its published size; starts and ends in one row."""
    assert (credentials["case_id"].nunique(), len(credentials)) == (954, 6870)
    assert credentials["activity"].nunique() == 18
    assert credentials["actor"].nunique() == 561
    lasted = (credentials["end"] > credentials["start"]).mean()
    assert round(float(lasted), 2) == 0.39


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
@pytest.mark.parametrize("zone", [None, "UTC"])
def test_years_that_no_clock_shows_cannot_be_read(unit: str, zone: str | None) -> None:
    """As a damaged parquet file has them: the value is set to missing, and told."""
    seconds = np.array([1_709_600_000, 10**12, -(10**12)], dtype="int64")
    many = {"s": 1, "ms": 10**3, "us": 10**6}[unit]
    stamps = pd.Series((seconds * many).view(f"datetime64[{unit}]"))
    if zone:
        stamps = stamps.dt.tz_localize(zone)
    frame = pd.DataFrame({"case_id": "1", "activity": "a", "start": stamps, "end": stamps[0]})
    record = eff.read_record(frame)
    assert record.log["start"].notna().tolist() == [True, False, False]
    assert len(record.changed) == 2
