"""The door to the engine: whole numbers stay whole, moments keep their microseconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.backends import BaseBackend
from pandas.testing import assert_frame_equal

from efficiency._doors import engine, sessions
from efficiency.problems import ArgumentError

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


def test_a_session_is_closed_after_its_work() -> None:
    """A connection left open writes to stderr when Python ends."""
    with sessions.session() as con:
        assert con.raw_sql("select 1").fetchall() == [(1,)]
    with pytest.raises(Exception, match=r"[Cc]onnection"):
        con.raw_sql("select 1")
    assert isinstance(con, ibis.backends.BaseBackend)


# --- the embedded engine


def test_one_question_of_two_logs_is_one_text_and_two_answers() -> None:
    """The text is written once; each log gives its own answer, and keeps its own table."""
    texts, answers, names = [], [], []
    for numbers in ([1, 2, 3], [10, 20]):
        with sessions.session() as con:
            root = engine.keep(engine.table(pd.DataFrame({"n": numbers})), con)
            question = root.filter(root.n > 1).aggregate(total=root.n.sum())
            texts.append(con.compile(question))
            names.append(engine.keep(question, con).get_name())
            answers.append(int(engine.frame(engine.keep(question, con), con)["total"].iloc[0]))
    assert texts[0] is texts[1]
    assert names[0] == names[1]
    assert answers == [5, 30]


def test_what_differs_by_a_literal_is_another_question(con: BaseBackend) -> None:
    """Also where Python's hashes are alike, as those of -1 and -2, and 1, 1.0 and True, are."""
    root = engine.keep(engine.table(pd.DataFrame({"n": [1]})), con)
    found = [
        engine.frame(engine.keep(root.select(told=ibis.literal(value)), con), con)["told"].iloc[0]
        for value in (-1, -2, 1, 1.5, True, "1")
    ]
    assert found == [-1, -2, 1, 1.5, True, "1"]
    assert [type(one).__name__ for one in found[4:]] == ["bool", "str"]


def test_tables_in_memory_are_not_held_and_never_mistaken(con: BaseBackend) -> None:
    """Two roots of the same columns are two tables; no query remembers their rows."""
    roots = [engine.keep(engine.table(pd.DataFrame({"n": [n]})), con) for n in (1, 2)]
    assert [int(engine.frame(root, con)["n"].iloc[0]) for root in roots] == [1, 2]
    assert not any(op.find(ibis.expr.operations.InMemoryTable) for op in sessions.Embedded._texts)
    views = [engine.named(root.mutate(m=root.n + 1), con) for root in roots]
    assert [int(engine.frame(view, con)["m"].iloc[0]) for view in views] == [2, 3]


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


def test_what_does_not_fit_into_memory_goes_to_a_folder_that_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two million rows in order within 40 MB; nobody else can read what lies on the disk."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = []
    with sessions.session("40MB") as con:
        con.raw_sql("set threads = 1")
        rows = ibis.range(2_000_000).unnest().name("i").as_table()
        kept = engine.keep(rows.mutate(h=rows.i * 7919 % 1_000_003).order_by("h"), con)
        (aside,) = tmp_path.iterdir()
        seen += [path.name for path in aside.iterdir()]
        assert aside.stat().st_mode & 0o077 == 0
        assert engine.frame(kept.aggregate(n=kept.count()), con)["n"].tolist() == [2_000_000]
    assert seen
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("size", ["4", "all", "-1GB", "4GB; drop", "0MB"])
def test_what_is_no_size_is_refused(size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given, or as the system says."""
    with pytest.raises(ArgumentError, match="4GB"), sessions.session(size):
        pass
    monkeypatch.setenv(sessions.MEMORY_VARIABLE, size)
    with pytest.raises(ArgumentError), sessions.session():
        pass


def test_the_profile_tells_each_query_as_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long it took and what it was."""
    path = tmp_path / "profile.csv"
    monkeypatch.setenv(sessions.PROFILE_VARIABLE, str(path))
    with sessions.session() as con:
        kept = engine.keep(engine.table(pd.DataFrame({"n": [1, 2]})), con)
        engine.frame(kept.aggregate(m=kept.n.sum()), con)
    lines = pd.read_csv(path, names=["ended", "seconds", "what"])
    assert lines["what"].str.contains("create temp table").sum() == 1
    assert lines["what"].iloc[-1].startswith("SELECT")
    assert (lines["seconds"] >= 0).all()
    assert lines["ended"].is_monotonic_increasing


def test_what_is_kept_for_a_while_is_let_go_and_the_rest_stays(con: BaseBackend) -> None:
    """Also where it is asked for again inside, or after."""
    numbers = engine.table(pd.DataFrame({"n": [1, 2], "t": ["a", "b"]}))
    kept = engine.keep(numbers, con)
    double, triple = kept.mutate(m=kept.n * 2), kept.mutate(m=kept.n * 3)
    stays = engine.keep(double, con)
    with engine.scratch(con):
        again, gone = engine.keep(double, con), engine.keep(triple, con)
        engine.spelled(engine.keep(engine.numbered(kept, kept, con, "t"), con), con, "t")
        engine.named(gone, con)
        assert engine.frame(gone, con)["m"].tolist() == [3, 6]
    assert again.get_name() == stays.get_name()
    left = con.raw_sql("select table_name from duckdb_tables()").fetchall()
    assert sorted(left) == sorted([(kept.get_name(),), (stays.get_name(),)])
    views = "select * from duckdb_views() where not internal and view_name not like 'ibis%'"
    assert not con.raw_sql(views).fetchall()
    assert engine.frame(engine.keep(triple, con), con)["m"].tolist() == [3, 6]


def test_too_little_memory_is_told_with_what_to_do() -> None:
    """Work that cannot be cut up needs more than so little."""
    with sessions.session("1MB") as con:
        rows = ibis.range(3_000_000).unnest().name("i").as_table()
        with pytest.raises(ArgumentError, match="such as 1GB"):
            engine.frame(rows.group_by(h=rows.i * 7919 % 1_000_003).aggregate(n=rows.count()), con)


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
