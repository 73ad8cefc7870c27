"""Each doubt is found where it was planted, and none in a clean log."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency.evidence.log.quality import log_quality
from efficiency.tables import QUALITY

#: A week of March 2024 in one office: three cases, everything filled, nothing shared.
CLEAN = [
    ("1", "登记", "甲", "收发室", "04 08:40:10", "04 08:41:30", "04 08:50:20"),
    ("1", "拟办", "乙", "秘书处", "04 09:00:40", "05 10:00:50", "05 11:10:10"),
    ("2", "登记", "甲", "收发室", "06 14:30:20", "06 14:35:30", "06 14:50:40"),
    ("2", "拟办", "乙", "秘书处", "06 15:00:50", "07 09:00:10", "07 10:00:20"),
    ("3", "登记", "甲", "收发室", "08 08:30:30", "08 08:35:40", "08 08:40:50"),
    ("3", "拟办", "丙", "秘书处", "08 09:00:10", "08 09:30:20", "08 16:00:30"),
]  # fmt: skip
COLUMNS = ["case_id", "activity", "actor", "unit", "received", "start", "end"]


def clean(*more: tuple[Any, ...]) -> pd.DataFrame:
    """The clean log with more rows; a stamp without year and month is of March 2024."""
    log = pd.DataFrame([*CLEAN, *more], columns=COLUMNS)
    for name in COLUMNS[4:]:
        full = log[name].map(lambda at: at if at[4] == "-" else f"2024-03-{at}", na_action="ignore")
        log[name] = pd.to_datetime(full, format="ISO8601").astype("datetime64[us]")
    return log


def doubts(log: pd.DataFrame) -> list[tuple[str, str, int, str]]:
    """The doubts; that a hand-made log has one stamp a row, or one a case, is passed over."""
    found = log_quality(log)
    found = found[~found["check"].isin(["one_stamp", "one_moment", "same_names", "night"])]
    return list(found[["check", "detail", "n", "rows"]].itertuples(index=False, name=None))


def test_a_clean_log_raises_no_doubt() -> None:
    found = log_quality(clean())
    assert found.empty
    assert found.columns.tolist() == QUALITY.names


def test_nothing_is_changed() -> None:
    log = clean(("4", "登记", None, None, None, None, None))
    before = log.copy()
    log_quality(log)
    assert_frame_equal(log, before)


def test_what_is_missing_where_others_have_it() -> None:
    """A column that is empty throughout was never kept: that is no doubt about a row."""
    log = clean(("4", "登记", None, "收发室", None, "08 16:30:00", "08 16:40:00"))
    assert doubts(log) == [("missing", "actor", 1, "7"), ("missing", "received", 1, "7")]
    assert doubts(clean().assign(actor=pd.Series([None] * 6, dtype=object))) == []


def test_open_steps() -> None:
    log = clean(("4", "登记", "甲", "收发室", "08 16:20", "08 16:30", None))
    assert doubts(log) == [("open", "end", 1, "7")]
    assert log_quality(log)["share"].tolist() == [pytest.approx(1 / 7)]


def test_day_precision() -> None:
    """A stamp that says no time of day cannot be out of order with one of that day."""
    log = clean().assign(end_precision=["day", *["second"] * 5])
    log.loc[0, "end"] = pd.Timestamp("2024-03-04")
    assert doubts(log) == [("day_precision", "end", 1, "1")]
    log.loc[0, "end"] = pd.Timestamp("2024-03-03")
    assert ("end_before_start", "end < start", 1, "1") in doubts(log)


def test_the_same_step_twice() -> None:
    """The copy is told, not the first; a step at another time is no copy."""
    assert doubts(clean(CLEAN[1], CLEAN[1])) == [
        ("duplicate", "case_id, activity, actor, received, start, end", 2, "7;8")
    ]


def test_moments_out_of_order() -> None:
    log = clean(
        ("4", "登记", "甲", "收发室", "08 10:00", "08 10:30", "08 10:20"),
        ("5", "登记", "甲", "收发室", "08 11:10", "08 11:05", "08 11:30"),
        ("6", "登记", "甲", "收发室", "08 14:50", "08 14:50", "08 14:50"),
    )
    assert doubts(log) == [
        ("end_before_start", "end < start", 1, "7"),
        ("end_before_start", "start < received", 1, "8"),
    ]


def test_years_that_cannot_be() -> None:
    log = clean(("4", "登记", "甲", "收发室", "08 10:00", "08 10:30", "2204-03-08 10:40"))
    assert doubts(log) == [("implausible_year", "end", 1, "7")]


def test_a_stamp_that_many_cases_share() -> None:
    """Five are too many, four are not; one case may end many steps at once."""
    at = ("08 10:00", "08 10:10", "08 10:20:30")
    five = [(f"9{n}", "拟办", f"人{n}", "秘书处", *at) for n in range(5)]
    assert doubts(clean(*five)) == [("equal_stamps", "end", 5, "7;8;9;10;11")]
    assert doubts(clean(*five[:4])) == []
    same = [("90", f"办{n}", f"人{n}", "秘书处", *at) for n in range(5)]
    assert doubts(clean(*same)) == []


def test_entries_in_bulk() -> None:
    """One person, one minute, six cases; the rows told are five at most."""
    rows = [
        (f"9{n}", "拟办", "丁", "秘书处", "08 10:00", "08 10:10", f"08 10:20:{n}0")
        for n in range(6)
    ]  # fmt: skip
    assert doubts(clean(*rows)) == [("bulk_entry", "actor", 6, "7;8;9;10;11")]
    apart = [(case, a, f"人{case}", *rest) for case, a, _, *rest in rows]
    assert doubts(clean(*apart)) == []


def test_a_gap_in_the_record() -> None:
    """From 8 to 19 March lie ten days without an entry, from 8 to 18 March nine."""
    after = (
        "4",
        "登记",
        "甲",
        "收发室",
        "2024-03-19 10:00",
        "2024-03-19 10:10",
        "2024-03-19 10:20",
    )
    assert doubts(clean(after)) == [("gap", "2024-03-08 … 2024-03-19", 1, "7")]
    sooner = tuple(str(value).replace("03-19", "03-18") for value in after)
    assert doubts(clean(sooner)) == []


def named(**times: int) -> pd.DataFrame:
    """Make a log in which activities occur so many times, seven minutes apart."""
    names = [name for name, many in times.items() for _ in range(many)]
    start = pd.Timestamp("2024-03-04 08:30")
    ends = [start + pd.Timedelta(minutes=7 * n) for n in range(len(names))]
    cases = [str(n) for n in range(len(names))]
    return pd.DataFrame({"case_id": cases, "activity": names, "end": ends})


def test_names_much_alike() -> None:
    """Width, case and spaces are no difference; one letter is a slip, in a long name two."""
    assert doubts(
        named(**{"批示 a": 60, "批示Ａ": 1, "处室负责人批示": 40, "处室负责任批事": 1})
    ) == [
        ("similar_names", "批示Ａ ~ 批示 a", 1, "61"),
        ("similar_names", "处室负责任批事 ~ 处室负责人批示", 1, "102"),
    ]


@pytest.mark.parametrize(
    ("common", "rare", "many"),
    [
        ("登记", "登簿", 1),  # two letters are too few to tell
        ("领导批示", "领寻批事", 1),  # two of four letters
        ("第1次催办", "第2次催办", 1),  # another number is another thing
        ("领导批示", "领寻批示", 3),  # with three in forty a name of its own
    ],
)
def test_names_that_are_not(common: str, rare: str, many: int) -> None:
    assert doubts(named(**{common: 40, rare: many})) == []


def test_an_engine_table_gives_the_same() -> None:
    log = clean(CLEAN[1], ("4", "登记", None, "收发室", None, None, None)).assign(row=range(1, 9))
    con = ibis.duckdb.connect()
    try:
        assert_frame_equal(log_quality(con.create_table("log", log)), log_quality(log))
    finally:
        con.disconnect()


def test_rows_are_those_of_the_source() -> None:
    log = clean(CLEAN[1]).assign(row=[11, 12, 13, 14, 15, 16, 40])
    assert doubts(log)[0][-1] == "40"


def test_a_log_with_two_columns_and_one_time_is_enough() -> None:
    log = pd.DataFrame({"case_id": ["1"], "activity": ["a"], "end": pd.to_datetime(["2024-03-05"])})
    assert doubts(log) == []
    assert doubts(log.rename(columns={"end": "start"})) == []
