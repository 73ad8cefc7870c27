"""A large file is read piece by piece as it is read whole, or not in pieces at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from efficiency.evidence.log.records import read_record
from efficiency.evidence.stored import large_files as module
from efficiency.evidence.stored.converted import convert, converted
from efficiency.evidence.stored.large_files import large_files
from efficiency.reviews.office import open_review
from evidence.stored.test_converted import assert_same

DAYS = pd.date_range("2024-03-04", periods=9, freq="D")


@pytest.fixture(autouse=True)
def pieces_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine rows are many."""
    monkeypatch.setattr(module, "LARGE", 4)
    monkeypatch.setattr(module, "PIECE", 3)


def table(**columns: Any) -> pd.DataFrame:
    """Nine rows, of three cases."""
    base = {"case_id": list("111222333"), "activity": list("abcabcabc"), "end": DAYS}
    return pd.DataFrame({**base, **columns})


def written(frame: pd.DataFrame | pa.Table, path: Path) -> Path:
    arrow = frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame)
    pq.write_table(arrow, path)
    return path


#: Columns for a log that is read row by row.
EACH = {
    "exact": {"end": DAYS + pd.Timedelta(hours=9)},
    "dates": {"end": DAYS},
    "midnights in the first piece": {"end": DAYS + pd.to_timedelta([0] * 4 + [9] * 5, "h")},
    "a moment is missing": {"end": DAYS.where(np.arange(9) != 4)},
    "with a zone": {"end": DAYS.tz_localize("UTC")},
    "typed days": {"end": DAYS.date},
    "usual texts": {"end": (DAYS + pd.Timedelta(hours=9)).strftime("%Y-%m-%d %H:%M")},
    "of a spreadsheet": {"end": ["2024/3/5 9:05"] * 5 + ["2024/2/30 9:05", "2024/3/6", "", None]},
    "of a system": {"end": ["2024-03-05T09:05:00.123+08:00", "2024-03-05T01:05:00Z"] * 2
                    + ["2024-03-05T01:05:00Z"] * 5},
    "by hand": {"end": ["2024年3月5日", "2024.3.6", "2024年3月7日 9:05"] * 2
                + ["2024.3.6", "2024年3月5日", "2024年3月5日"]},
    "no such day": {"end": ["2024-02-30 09:00", *["2024-03-05T09:00:01"] * 7, ""]},
    "trimmed": {"activity": [" a", "b", " a", "c ", "c ", "d", " a", "", "e"]},
    "numbers as ids": {"case_id": pd.array([1, 1, 1, 2, 2, 2, None, 3, 3], "Int64")},
    "empty in a piece": {"unit": [None] * 5 + ["办"] * 4, "n": pd.array([None] * 4 + [7] * 5)},
    "three moments": {"received": DAYS, "start": DAYS + pd.Timedelta(hours=1),
                      "end": DAYS + pd.to_timedelta([0, 0, 0, 2, 2, 2, 2, 2, 2], "h")},
    "secrets that none are": {"密级": ["无"] * 9},
    "names that differ in capitals": {"x": ["a"] * 9, "X": ["b"] * 9},
    "rejected, which alone is no midnight": {
        "activity": [None, *"bcabcabc"],
        "end": [DAYS[0] + pd.Timedelta(hours=9), None, None, *DAYS[3:]], "start": DAYS,
    },
    "a moment first seen in the second piece": {
        "received": [None] * 3 + ["2024-03-05 09:00"] * 6, "end": ["2024-03-05 09:00"] * 9,
    },
    "transitions of one kind": {"transition": ["complete"] * 9},
}  # fmt: skip


@pytest.mark.parametrize("name", EACH)
def test_pieces_are_the_whole(name: str, tmp_path: Path) -> None:
    path = written(table(**EACH[name]), tmp_path / "a.parquet")
    found = large_files(path, classified=False)
    assert found is not None
    assert isinstance(found.log, ir.Table)
    assert_same(found, read_record(path, classified=False))


#: Columns of which a row is not read without the others.
WHOLE: dict[str, dict[str, Any]] = {
    "day or month first": {"end": ["13/04/2024"] + ["03/04/2024"] * 8},
    "month and day alone": {"end": ["2024年3月5日"] + ["3月6日"] * 8},
    "a life cycle": {"transition": ["start", "complete", "complete"] * 3},
    "numbers with a fraction": {"case_id": [1.0] * 6 + [2.5] * 3},
    "secrets": {"密级": ["无"] * 8 + ["机密"]},
    "transitions with a fraction": {"transition": [1.0] * 6 + [2.5] * 3},
    "truth in some pieces": {"x": pd.array([None] * 3 + [True, False, True] * 2, "boolean")},
    "forms as frequent": {
        "end": ["2024-03-05 09:00:01", *["2024-03-05 09:00"] * 2] * 2
        + ["2024-03-05 09:00:01"] * 2
        + [""]
    },
    "many forms": {
        "end": [
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "2024-3-5T9:05",
            "2024/3/5 9:05:01",
            "2024.3.5 9:05",
            "2024-03-05",
            "2024-03-05",
            "2024-03-05",
        ]
    },
    "a weekday": {"end": ["2024-03-05 星期二", *["2024-03-05"] * 8]},
    "lengths of time": {"x": pd.to_timedelta(range(9), "h")},
    "a zone beside": {"x": DAYS.tz_localize("UTC")},
    "no name": {"": ["a"] * 9},
    "truth and a gap": {"急件": pd.Series([True] * 8 + [None], dtype=object)},
    "a piece without steps": {"activity": [None] * 3 + ["a"] * 6},
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_hangs_on_other_rows_is_read_whole(name: str, tmp_path: Path) -> None:
    path = written(table(**WHOLE[name]), tmp_path / "a.parquet")
    assert large_files(path, classified=False) is None
    assert len(read_record(path, classified=False).log)


@pytest.mark.parametrize(
    "order", [[2, 0, 1, 5, 4, 3, 8, 7, 6], [8, 7, 6, 5, 4, 3, 2, 1, 0]], ids=["any", "turned"]
)
def test_an_index_that_pandas_left_counts_no_rows(order: list[int], tmp_path: Path) -> None:
    frame = table(end=DAYS.where(np.arange(9) != 2), activity=[" a", *"bcdefgh", " a"])
    for number, kept in enumerate(
        (frame.iloc[order], frame.set_index(pd.Index(list("abcdefghi"))))
    ):
        path = tmp_path / f"{number}.parquet"
        kept.to_parquet(path)
        found = large_files(path)
        assert found is not None
        assert_same(found, read_record(path))


def test_a_file_that_is_given_twice_is_read_whole(tmp_path: Path) -> None:
    path = written(table(), tmp_path / "a.parquet")
    assert large_files([path, path]) is None


def test_what_is_wrong_is_told_by_the_reader(tmp_path: Path) -> None:
    path = written(table().drop(columns="case_id"), tmp_path / "a.parquet")
    assert large_files(path) is None
    damaged = tmp_path / "b.parquet"
    damaged.write_bytes(b"PAR1PAR1")
    assert large_files([path, damaged]) is None
    assert large_files(tmp_path / "none.parquet") is None


CSV = "case_id,activity,end,note\n" + "".join(
    f"{case},{activity},2024-03-0{at + 4} 09:00,{note}\n"
    for case, notes in (("1", ["", "x", "a b"]),
                        ("2", ['"a,b"', '="007"', " 张 "]), ("3", [""] * 3))
    for at, (activity, note) in enumerate(zip("abc", notes, strict=True))
)  # fmt: skip


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_in_pieces_is_the_whole(
    tmp_path: Path, ends: str, encoding: str, separator: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV.replace(",", separator).replace("\n", ends).encode(encoding))
    found = large_files(path)
    # Lines that end as nobody writes any more are not counted.
    assert (found is None) == (ends == "\r")
    if found is not None:
        assert_same(found, read_record(path))


NOT_A_TABLE = {
    "title": "收文登记\n" + CSV,
    "said": "sep=,\n" + CSV,
    "total": CSV + "合计,9,,\n",
    "total within": CSV.replace("2,a", "小计,3,,\n2,a"),
    "made by": CSV + "\n制表：甲,,,\n",
    "quote over lines": CSV.replace(",x\n", ',"x\ny"\n'),
    "no heading": CSV.replace("note", ""),
    "ragged": CSV.replace("2024-03-06 09:00,a b", "2024-03-06 09:00,a b,c"),
    "a separator at the end": CSV.replace("2024-03-04 09:00,\n", "2024-03-04 09:00,,\n"),
    "separators alone": "\n".join([*CSV.split("\n")[:4], ",,,,", *CSV.split("\n")[4:]]),
    "a long field": CSV + "y" * 140_000 + ",a,2024-03-05 09:00,\n",
    "blank lines alone": CSV.split("\n")[0] + "\n" * 9,
    "a quote in the heading": CSV.replace("note", '"note'),
    "other stamps": CSV.replace("2024-03-06 09:00", "3月6日"),
    "zero bytes": CSV.replace("a b", "a\0b"),
}


@pytest.mark.parametrize("name", NOT_A_TABLE)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_that_is_more_than_a_table_is_read_whole(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(NOT_A_TABLE[name].encode(encoding))
    assert large_files(path) is None


NOT_CHINESE = {
    "letters of the west": CSV.replace("张", "é").encode("cp1252"),
    "wide": CSV.encode("utf-16"),
    "hardly any line": (CSV + "3,c,2024-03-09 09:00,\n" * 50).encode("gb18030"),
    "signs that nobody writes": CSV.replace(" 张 ", "㐀丂丄").encode("gb18030"),
    "a byte was lost": CSV.encode("gb18030")[:-1] + "张".encode("gb18030")[:1],
}


@pytest.mark.parametrize("name", NOT_CHINESE)
def test_what_only_the_whole_text_shows_is_read_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(NOT_CHINESE[name])
    assert large_files(path) is None


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_csv_is_read_in_pieces_as_it_is_read_whole(
    data: st.DataObject, tmp_path_factory: Any
) -> None:
    cells = st.sampled_from(
        ["a", " a", "", ",", '"a"', '"a,b"', 'a"', '"', '""', "合计", '="01"', "a\nb", '"a\nb"',
         "\r",
         "注：", "2024-03-05 09:00", "2024-03-05", "\0", ";"]
    )  # fmt: skip
    rows = data.draw(st.lists(st.lists(cells, min_size=1, max_size=2), min_size=5, max_size=9))
    # Sound at the start, so that most get as far as the odd ones.
    stamp = st.sampled_from(
        ["2024-03-05 09:00", "2024/3/5 9:00", "2024/2/30", "2024年3月5日", "2024.3.5 24:00",
         "2024-03-05T01:00:00Z", "2024/3/5", "", "2024-3-5 9:0", "20240305"]
    )  # fmt: skip
    lines = [f"{at},a,{data.draw(stamp)},{','.join(row)}" for at, row in enumerate(rows)]
    path = tmp_path_factory.mktemp("drawn") / "a.csv"
    encoding = data.draw(st.sampled_from(["utf-8", "gb18030"]))
    path.write_text("case_id,activity,end,x\n" + "\n".join(lines) + "\n", encoding=encoding)
    if (found := large_files(path)) is not None:
        assert_same(found, read_record(path))


def test_a_small_file_is_loaded(tmp_path: Path) -> None:
    assert large_files(written(table().head(4), tmp_path / "a.parquet")) is None


def test_columns_of_several_make_one(tmp_path: Path) -> None:
    frame = table(year=[2024] * 9).rename(columns={"end": "办结"})
    path = written(frame, tmp_path / "a.parquet")
    columns = {"case_id": ["year", "case_id"], "end": "办结"}
    found = large_files(path, columns)
    assert found is not None
    assert_same(found, read_record(path, columns))


def test_several_files_are_one_log(tmp_path: Path) -> None:
    """What stands in two of them counts once, and rows are those of each file."""
    one = written(table(), tmp_path / "a.parquet")
    two = written(table(activity=list("abcxyzxyz")), tmp_path / "b.parquet")
    found, expected = large_files([one, two]), read_record([one, two])
    assert found is not None
    assert_same(found, expected)
    assert found.rows == 15


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_log_in_pieces_is_the_whole(data: st.DataObject, tmp_path_factory: Any) -> None:
    rows = data.draw(st.integers(5, 12))
    texts = st.one_of(st.none(), st.sampled_from(["a", " a", "b ", "", "　c"]))
    moments = st.one_of(st.none(), st.sampled_from([*DAYS, *(DAYS + pd.Timedelta(hours=9))]))
    drawn = {
        name: data.draw(st.lists(kind, min_size=rows, max_size=rows))
        for name, kind in {"case_id": texts, "activity": texts, "actor": texts, "note": texts,
                           "received": moments, "end": moments}.items()
    }  # fmt: skip
    frame = pd.DataFrame(drawn).astype({"received": "datetime64[us]", "end": "datetime64[us]"})
    kinds = [("received", pa.timestamp("us")), ("end", pa.timestamp("us"))]
    schema = pa.schema([(name, pa.string()) for name in list(drawn)[:4]] + kinds)
    path = tmp_path_factory.mktemp("drawn") / "a.parquet"
    written(pa.Table.from_pandas(frame, schema=schema), path)
    if (found := large_files(path)) is not None:
        assert_same(found, read_record(path))


def test_a_large_file_is_converted_without_being_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(table(activity=[" a", *"bcabcab", ""]), tmp_path / "a.parquet")
    expected = read_record(path, classified=False)
    monkeypatch.setattr(
        "efficiency.evidence.stored.converted.read_record", lambda *_, **__: pytest.fail("loaded")
    )
    convert(path, tmp_path / "log.parquet")
    found = converted(tmp_path / "log.parquet")
    assert found is not None
    assert_same(found, expected)


def test_a_review_takes_a_large_file_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its record and its tables are those of a file that is loaded."""
    written(table(unit=["甲处"] * 9), tmp_path / "a.parquet")
    (tmp_path / "review.toml").write_text(
        'title = "t"\nlanguage = "en"\n[logs.a]\npath = "a.parquet"\n', encoding="utf-8"
    )
    offices = []
    for large in (4, 100):
        monkeypatch.setattr(module, "LARGE", large)
        offices.append(open_review(tmp_path))
    pieces, whole = (office.inputs.records["a"] for office in offices)
    assert isinstance(pieces.log, ir.Table)
    assert isinstance(whole.log, pd.DataFrame)
    assert_same(pieces, whole)
    for name in ("cases", "variants", "handovers"):
        pd.testing.assert_frame_equal(*(office["a"].table(name) for office in offices))
