"""Sessions of the engine: what is written once, how much memory, where it spills, what is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import pandas as pd
import pytest
from ibis.backends import BaseBackend

from efficiency._doors import engine, sessions
from efficiency.problems import ArgumentError


@pytest.fixture
def con() -> Iterator[BaseBackend]:
    """An embedded engine for one test."""
    with sessions.session() as session:
        yield session


def test_a_session_is_closed_after_its_work() -> None:
    """A connection left open writes to stderr when Python ends."""
    with sessions.session() as con:
        assert con.raw_sql("select 1").fetchall() == [(1,)]
    with pytest.raises(Exception, match=r"[Cc]onnection"):
        con.raw_sql("select 1")
    assert isinstance(con, ibis.backends.BaseBackend)


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


def test_no_bar_stands_among_what_is_printed() -> None:
    """As DuckDB would have one where it holds a person to be typing."""
    asked = "select current_setting('enable_progress_bar')"
    code = (
        "from efficiency._doors import sessions\n"
        f"with sessions.session() as con: print(con.raw_sql({asked!r}).fetchone()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
