"""The door to the engine: whole numbers stay whole, moments keep their microseconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.backends import BaseBackend
from pandas.testing import assert_frame_equal

from efficiency._doors import engine, sessions

MOMENTS = pd.to_datetime(
    [
        "1948-01-02 03:04:05.000001",
        "1969-12-31 23:59:59.999999",
        "1970-01-01",
        "2204-05-06 23:59:59",
        None,
    ],
    format="ISO8601",
)


@pytest.fixture
def con() -> Iterator[BaseBackend]:
    """An embedded engine for one test."""
    with sessions.session() as session:
        yield session


def test_moments_and_microseconds_are_each_others_inverse(con: BaseBackend) -> None:
    """To the microsecond, before 1970 too; the numbers are those of Python's own arithmetic."""
    table = engine.table(pd.DataFrame({"at": MOMENTS}))
    told = table.mutate(micros=engine.microseconds(table.at))
    told = told.mutate(back=engine.moment(told.micros))
    frame = engine.frame(told, con)
    epoch, step = dt.datetime(1970, 1, 1), dt.timedelta(microseconds=1)
    expected = [(at.to_pydatetime() - epoch) // step for at in MOMENTS[:-1]]
    assert frame["micros"].tolist()[:-1] == expected
    assert frame["micros"].isna().tolist() == [False] * 4 + [True]
    assert frame["back"].tolist()[:-1] == frame["at"].tolist()[:-1]


@settings(deadline=None, derandomize=True, max_examples=10)
@given(
    st.lists(
        st.tuples(st.integers(-(2**52), 2**52), st.integers(1, 2**40)), min_size=1, max_size=100
    )
)
def test_division_rounds_down_to_whole_numbers(drawn: list[tuple[int, int]]) -> None:
    """As Python's own does, negative numbers included."""
    frame = pd.DataFrame(drawn, columns=["a", "b"])
    table = engine.table(frame)
    with sessions.session() as con:
        got = engine.frame(
            table.select(
                "a",
                "b",
                c=engine.floor_div(table.a, table.b),
                d=engine.floor_div(table.a, 86_400),
            ),
            con,
        )
    assert got["c"].tolist() == [a // b for a, b in zip(got["a"], got["b"], strict=True)]
    assert got["d"].tolist() == [a // 86_400 for a in got["a"]]
    assert got["c"].dtype == got["d"].dtype == "int64"


def test_sums_are_whole_and_nothing_sums_to_nought(con: BaseBackend) -> None:
    """With and without a condition."""
    table = engine.table(pd.DataFrame({"n": [1, 2, 3], "big": [2**50, 2**50, 1]}))
    row = engine.frame(
        table.aggregate(
            a=engine.total(table.n),
            b=engine.total(table.n, table.n > 1),
            c=engine.total(table.n, table.n > 9),
            d=engine.total(table.big),
        ),
        con,
    )
    assert row.iloc[0].tolist() == [6, 5, 0, 2**51 + 1]
    assert set(map(str, row.dtypes)) == {"int64"}


def test_a_frame_comes_back_as_it_was(con: BaseBackend) -> None:
    """Text, gaps, numbers and times; columns without one value become text; the index goes."""
    frame = pd.DataFrame(
        {
            "t": ["NA", None, ""],
            "n": [1, 2, 3],
            "x": [1.5, None, 2.0],
            "at": MOMENTS[:3],
            "no": [None] * 3,
        },
        index=[7, 7, 9],
    )
    before = frame.copy(deep=True)
    table = engine.table(frame)
    assert table.schema()["no"].is_string()
    back = engine.frame(table.order_by("n"), con)
    assert_frame_equal(back[["t", "n", "x"]], frame[["t", "n", "x"]].reset_index(drop=True))
    assert back["at"].tolist() == frame["at"].tolist()
    assert back["no"].isna().all()
    assert_frame_equal(frame, before)
    assert engine.table(table) is table


def test_what_is_kept_or_named_gives_the_same_rows(con: BaseBackend) -> None:
    """A table computed once, and a view; each has a name of its own."""
    frame = pd.DataFrame({"n": [1, 2, 3]})
    table = engine.table(frame)
    kept = engine.keep(table.mutate(m=table.n * 2), con)
    named = engine.named(kept.filter(kept.m > 2), con)
    again = engine.named(named.mutate(k=named.m + 1), con)
    assert sorted(engine.frame(again, con)["k"]) == [5, 7]
    assert len({kept.get_name(), named.get_name(), again.get_name()}) == 3
    assert engine.backend_of(kept) is con


def test_tables_are_put_on_top_of_one_another(con: BaseBackend) -> None:
    """One, and three; equal rows stay."""
    one = engine.table(pd.DataFrame({"n": [1]}))
    assert engine.frame(engine.union([one]), con)["n"].tolist() == [1]
    assert engine.frame(engine.union([one, one, one]), con)["n"].tolist() == [1, 1, 1]


def test_texts_stored_as_numbers_are_read_as_texts(con: BaseBackend) -> None:
    """Few texts take a byte each; a column without any, or with too many, stays as it is."""
    frame = pd.DataFrame({"few": ["乙", None, "甲"] * 2, "none": None, "row": range(6)})
    whole = engine.keep(engine.table(frame), con)
    chosen = whole.filter(whole.row > 0)
    kept = engine.keep(engine.numbered(chosen, whole, con, "few", "none"), con)
    kinds = con.raw_sql(f"select typeof(few), typeof(none) from {kept.get_name()}").fetchone()
    assert kinds == ("ENUM('乙', '甲')", "VARCHAR") or kinds == ("ENUM('甲', '乙')", "VARCHAR")
    read = engine.spelled(kept, con, "few", "none")
    told = engine.frame(read.filter(read.few != "乙").order_by("row"), con)
    assert told["row"].tolist() == [2, 5]
    assert told["few"].tolist() == ["甲", "甲"]


def test_a_column_of_very_many_texts_stays_as_it_is(
    con: BaseBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their numbers would be as long as they are."""
    monkeypatch.setattr(engine, "MOST_NUMBERED", 2)
    whole = engine.keep(engine.table(pd.DataFrame({"many": list("甲乙丙丁戊己庚辛")})), con)
    kept = engine.keep(engine.numbered(whole, whole, con, "many"), con)
    assert con.raw_sql(f"select typeof(many) from {kept.get_name()}").fetchone() == ("VARCHAR",)


def test_a_table_is_rewritten_some_rows_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a part holds: whole numbers with gaps, a column that is empty in the first part."""
    monkeypatch.setattr(engine, "ROWS_AT_ONCE", 2048)
    whole = pd.DataFrame(
        {
            "row": pd.array(range(7000), dtype="Int64"),
            "pages": pd.array([None, *range(6999)], dtype="Int64"),
            "late": [None] * 5000 + ["x"] * 2000,
        }
    )
    whole.to_parquet(tmp_path / "t.parquet")
    parts = []

    def change(part: pd.DataFrame) -> pd.DataFrame:
        parts.append(len(part))
        return part.assign(late=part["late"].map("{0}{0}".format, na_action="ignore"))

    with sessions.session() as con:
        made = engine.rewritten(con.read_parquet(tmp_path / "t.parquet"), change)
    found = made.order_by("row").to_pyarrow().to_pandas()
    assert len(parts) > 2
    assert found["late"].tolist() == [None] * 5000 + ["xx"] * 2000
    assert found["pages"].iloc[1:].tolist() == list(range(6999))
    assert pd.isna(found["pages"].iloc[0])


def test_a_table_of_another_engine_is_brought() -> None:
    with sessions.session() as here, sessions.session() as there:
        mine, theirs = (con.create_table("t", pd.DataFrame({"n": [1, 2]})) for con in (here, there))
        assert engine.brought(mine, here) is mine
        near = engine.brought(theirs, here)
        assert engine.frame(mine.join(near, "n"), here)["n"].tolist() == [1, 2]
        assert engine.brought(near, here) is near
