"""A log that was converted is what it was: its steps, its ledger, and what a review says of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log_record import Record
from efficiency.evidence.stored.converted import convert, converted, open_log
from efficiency.problems import ArgumentError, LogError

LOG = (
    "流水号,环节,办结时间,经办人,密级,页数\n"
    "1,登记,2024-03-05 09:00,张三,,3\n1, 转办 ,2024-03-05,李四,,\n2,登记,2024-02-30,张三,,4\n"
    ",登记,2024-03-05 10:00,王五,,5\n3,登记,2024-03-06 09:00,张三,机密,6\n"
)
COLUMNS = {"case_id": "流水号", "activity": "环节", "end": "办结时间", "actor": "经办人"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A csv with a trimmed text, two rows rejected, a date without time, and a secret."""
    path = tmp_path / "收文.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows, counted anew; what is missing is missing, whatever it is called."""
    cells = frame.reset_index(drop=True).astype(object)
    return cells.where(cells.notna(), None)


def assert_same(found: Record, expected: Record) -> None:
    """Two records, field by field."""
    for field in fields(Record):
        one, other = getattr(found, field.name), getattr(expected, field.name)
        if isinstance(one, ir.Table):
            one = one.order_by("row").to_pyarrow().to_pandas()
        if isinstance(one, pd.DataFrame):
            assert_frame_equal(plain(one), plain(other), check_dtype=False)
        else:
            assert one == other, field.name


@pytest.mark.parametrize("classified", [True, False])
def test_a_record_comes_back_as_it_was_read(source: Path, classified: bool) -> None:
    """The steps, the rows rejected and the values changed, the forms of stamps, the secrets."""
    out = source.with_name("log.parquet")
    written = convert(source, out, COLUMNS, classified=classified)
    read = read_record(source, COLUMNS, classified=classified)
    assert_same(written, read)
    found = converted(out, classified=classified)
    assert found is not None
    assert_same(found, read)
    assert len(found.rejected) == (2 if classified else 3)


def test_a_converted_log_is_opened_without_being_loaded(source: Path) -> None:
    """As a table on an engine: what is told of it is what is told of the log."""
    out = source.with_name("log.parquet")
    read = convert(source, out, COLUMNS)
    opened = open_log(out, memory="1GB")
    assert not isinstance(opened.log, pd.DataFrame)
    here, there = eff.study(read), eff.study(opened)
    for name in ("variants", "cases", "steps", "quality", "overview"):
        assert_frame_equal(here.table(name), there.table(name), check_dtype=False)
    assert_frame_equal(opened.rejected, read.rejected)


def test_secrets_are_not_read_where_they_may_not_be(source: Path) -> None:
    """A file that was converted with them is refused, and says how to mend it."""
    out = source.with_name("log.parquet")
    convert(source, out, COLUMNS, classified=True)
    with pytest.raises(LogError, match="classified = true"):
        converted(out, classified=False)


def test_what_was_read_is_not_read_again(source: Path) -> None:
    """Not by another reader, and not as one of several files."""
    out = source.with_name("log.parquet")
    convert(source, out, COLUMNS)
    with pytest.raises(LogError, match="open_log"):
        eff.read_log(out)
    with pytest.raises(LogError, match="convert this one too"):
        converted([out, source])
    assert converted(source) is None
    assert converted(pd.DataFrame()) is None


def test_what_is_no_converted_log_is_told(source: Path) -> None:
    """With the command that makes one; and a name that is no parquet, or the source itself."""
    with pytest.raises(LogError, match="efficiency convert"):
        open_log(source)
    with pytest.raises(ArgumentError, match=r"log\.parquet"):
        convert(source, source.with_name("log.csv"), COLUMNS)
    other = source.with_name("x.parquet")
    pd.DataFrame({"case_id": ["1"], "activity": ["a"], "end": ["2024-03-05"]}).to_parquet(other)
    with pytest.raises(ArgumentError):
        convert(other, other)


def test_where_it_cannot_be_written_is_told_before_the_log_is_read(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is not there, or a folder of that name; a zone that is none."""
    monkeypatch.setattr(
        "efficiency.evidence.stored.converted.read_record", lambda *_, **__: pytest.fail("was read")
    )
    with pytest.raises(LogError, match="no folder"):
        eff.convert(source, source.parent / "none" / "a.parquet", COLUMNS)
    (source.parent / "a.parquet").mkdir()
    with pytest.raises(LogError, match="cannot be written"):
        eff.convert(source, source.parent / "a.parquet", COLUMNS)
    with pytest.raises(ArgumentError, match="Mars"):
        eff.convert(source, source.with_name("b.parquet"), COLUMNS, timezone="Mars/X")
    with pytest.raises(LogError, match="there is no file"):
        eff.open_log(source.with_name("none.parquet"))
