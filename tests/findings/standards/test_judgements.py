"""Holds `judge` against a slow reference on random logs, and against cases worked out by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import ibis
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.facts.endings import Endings
from efficiency.findings.standards.judgements import not_started
from efficiency.problems import SettingsError

Make = Callable[..., pd.DataFrame]
Step = dict[str, Any]

ACTIVITIES = ("登记", "转办", "补正", "补正完成", "办结", "延期", "作废")
#: The limits that people write into a column of their own.
OWN = ("", "3个工作日", "1 working day", "90 min", "16小时", "半日", "当日", "5日", "尽快", "7")
CALENDAR = """
[[seasons]]
from = "07-01"
to = "09-30"
hours = ["08:30-12:00", "15:00-18:30"]
[units."值班室"]
hours = ["00:00-24:00"]
every_day = true
"""
#: Weeks around the turns that a working calendar stumbles over.
WINDOWS = (
    (dt.datetime(2024, 9, 12), 34),  # Mid-autumn, National Day, three make-up days, a season's end
    (dt.datetime(2024, 1, 29), 24),  # Spring Festival, two make-up Sundays
    (dt.datetime(2025, 12, 26), 16),  # New Year over two notices
    (dt.datetime(2025, 4, 24), 16),  # Labour Day
)
#: Minutes of the day at which something changes, and their neighbours.
EDGES = (1, 509, 510, 511, 719, 720, 721, 869, 870, 871, 1045, 1079, 1080, 1081, 1110, 1439)

STANDARDS: list[dict[str, str]] = [
    {"id": "T01", "from": "登记", "to": "转办", "limit": "30 min", "clock": "working"},
    {"id": "T02", "from": "登记.received", "to": "转办", "limit": "2 h", "clock": "working"},
    {"id": "T03", "from": "登记", "to": "办结", "limit": "2 h", "clock": "elapsed"},
    {"id": "T04", "from": "登记", "to": "转办|办结", "limit": "1 working day"},
    {"id": "T05", "from": "登记", "to": "办结", "limit": "3 working days", "pause": "yes"},
    {"id": "T06", "from": "登记", "to": "办结", "limit": "10 days", "pause": "yes"},
    {"id": "T07", "from": "登记", "to": "转办.start", "limit": "same day"},
    {"id": "T08", "from": "办结", "to": "转办", "limit": "-30 min", "clock": "working"},
    {"id": "T09", "from": "办结", "to": "转办", "limit": "-30 min", "clock": "elapsed"},
    {"id": "T10", "from": "登记", "to": "办结", "limit": "4 h", "clock": "working", "pause": "yes"},
    {"id": "T11", "from": "登记", "to": "办结", "limit": "30 h", "clock": "elapsed",
     "pause": "yes"},
    {"id": "T12", "from": "登记", "to": "转办", "limit": "1 working day", "required": "no",
     "scope": "文种=请示|报告; 紧急程度!=平件"},
    {"id": "T13", "from": "登记", "to": "转办", "limit": "30 min", "clock": "elapsed",
     "until": "yes"},
    {"id": "T13", "from": "登记", "to": "转办", "limit": "2 days", "since": "yes"},
    {"id": "T14", "from": "登记", "to": "登记.start", "limit": "90 min", "clock": "working"},
    {"id": "T15", "from": "登记", "to": "办结", "limit": "same day", "pause": "yes"},
    {"id": "T16", "from": "登记", "to": "转办", "limit": "1 half day", "pause": "yes"},
    {"id": "T17", "from": "登记.received", "to": "办结", "limit": "=承诺时限", "pause": "yes"},
    {"id": "T18", "from": "登记", "to": "办结", "limit": "=承诺时限 个工作日", "clock": "elapsed"},
    {"id": "T19", "from": "登记", "to": "转办", "limit": "2小时", "clock": "working",
     "occurrence": "each"},
    {"id": "T20", "from": "转办", "to": "转办", "limit": "2个工作日", "occurrence": "each",
     "pause": "yes"},
    {"id": "T21", "from": "登记.received", "to": "登记", "limit": "半日", "occurrence": "each"},
    {"id": "T22", "from": "登记", "to": "办结", "limit": "2个工作日", "pause": "yes",
     "extend": "延期", "extend_by": "1个工作日"},
    {"id": "T23", "from": "登记", "to": "办结", "limit": "2 days", "extend": "延期",
     "extend_by": "=延期至"},
    {"id": "T24", "from": "登记", "to": "办结", "limit": "5 h", "clock": "working", "pause": "yes",
     "extend": "延期", "extend_by": "3 h", "occurrence": "each", "required": "no"},
]  # fmt: skip


def rows_of(turn: dt.datetime) -> list[dict[str, str]]:
    """Fill in the columns of the standards; the versions of T13 change at a date."""
    before = (turn - dt.timedelta(days=1)).date().isoformat()
    return [
        {
            "standard_id": row["id"],
            "from": row["from"],
            "to": row["to"],
            "limit": row["limit"],
            "clock": row.get("clock", ""),
            "scope": row.get("scope", ""),
            "required": row.get("required", ""),
            "suspend": "补正" if "pause" in row else "",
            "resume": "补正完成" if "pause" in row else "",
            "occurrence": row.get("occurrence", ""),
            "extend": row.get("extend", ""),
            "extend_by": row.get("extend_by", ""),
            "valid_from": turn.date().isoformat() if "since" in row else "",
            "valid_to": before if "until" in row else "",
        }
        for row in STANDARDS
    ]


def standards_of(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Build the table of standards that `judge` takes."""
    frame = pd.DataFrame(rows)
    for name in ("valid_from", "valid_to"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name].where(frame[name] != ""))
    return frame


class Writer:
    """Writes random logs."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.start, self.length = self.random.choice(WINDOWS)

    def moment(self, first: dt.datetime | None = None) -> dt.datetime:
        """A moment of the window, often on an edge of the day, often soon after another."""
        pick = self.random
        if first and pick.random() < 0.4:
            gap = pick.choice([0, 0, 5, 10, 29, 30, 31, 60, 119, 120, 240, 600, 1440, 4320])
            return first + dt.timedelta(minutes=gap, seconds=pick.choice([0, 0, 1, 59]))
        day = (first or self.start) + dt.timedelta(
            days=pick.randrange(self.length if not first else 6)
        )
        minute = pick.choice(EDGES) if pick.random() < 0.6 else pick.randrange(1, 1440)
        at = dt.datetime.combine(day.date(), dt.time()) + dt.timedelta(minutes=minute)
        return at + dt.timedelta(seconds=pick.choice([0, 0, 0, 1, 30]))

    def stamp(self, first: dt.datetime, bare: bool) -> tuple[dt.datetime, str]:
        """A moment with its precision."""
        at, kind = self.moment(first), self.random.choice(["second", "minute", "minute"])
        if bare and self.random.random() < 0.15:
            return dt.datetime.combine(at.date(), dt.time()), "day"
        if kind == "minute":
            at = at.replace(second=0)
        return (at, kind) if at.time() != dt.time() else (at + dt.timedelta(minutes=1), kind)

    def step(self, activity: str, first: dt.datetime) -> Step:
        """Write one step; some moments are missing, in some steps all of them."""
        pick, step = self.random, {"activity": activity}
        # A suspension that is known to the day only is no part of the contract.
        bare = activity not in {"补正", "补正完成", "延期"}
        for name, chance in (("received", 0.4), ("start", 0.4), ("end", 0.88)):
            at, precision = self.stamp(first, bare)
            known = pick.random() < chance
            step[name], step[f"{name}_precision"] = (at, precision) if known else (None, None)
        step["文种"] = pick.choice(["", "请示", "报告", "函"])
        step["紧急程度"] = pick.choice(["", "平件", "特急"])
        given = first + dt.timedelta(minutes=pick.randrange(0, 8 * 1440))
        dates = [f"{given:%Y-%m-%d}", f"{given:%Y-%m-%d %H:%M}"]
        step["承诺时限"] = pick.choice([*OWN, *dates, *dates])
        step["延期至"] = pick.choice(["", *dates, *dates, "待定"])
        return step

    def case(self, case_id: str) -> list[Step]:
        """Write the one to six steps of a case, in any order."""
        pick, first = self.random, self.moment()
        unit = "值班室" if pick.random() < 0.15 else None
        many = pick.randint(1, 6)
        activities = pick.choices(ACTIVITIES, weights=(4, 4, 2, 2, 3, 2, 0.4), k=many)
        if pick.random() < 0.5:
            activities[0] = "登记"
        return [{"case_id": case_id, "unit": unit, **self.step(name, first)} for name in activities]

    def log(self, cases: int) -> list[Step]:
        """Write a log; the rows of its cases are mixed."""
        steps = [step for i in range(cases) for step in self.case(f"{i:03}")]
        # Limits that look back are told from days before the window, too.
        end = {"end": self.start - dt.timedelta(days=20), "end_precision": "second"}
        steps.append({**self.case("early")[0], **end})
        self.random.shuffle(steps)
        return [{**step, "row": row} for row, step in enumerate(steps, start=1)]

    def cutoff(self, steps: list[Step]) -> dt.datetime | None:
        """A cut-off inside the window, on or beside a moment of the log, or none."""
        pick = self.random
        if pick.random() < 0.25:
            return None
        if pick.random() < 0.5:
            known = [step["end"] for step in steps if step["end"]]
            return pick.choice(known)
        return self.start + dt.timedelta(minutes=pick.randrange(3 * 1440, self.length * 1440))


def frame_of(steps: list[Step]) -> pd.DataFrame:
    """Build the log that `judge` takes."""
    frame = pd.DataFrame(steps)
    for name in ("received", "start", "end"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame


def season(day: dt.date) -> tuple[tuple[int, int], ...]:
    """The office hours of `CALENDAR` in minutes of the day."""
    summer = dt.date(day.year, 7, 1) <= day <= dt.date(day.year, 9, 30)
    return ((510, 720), (900, 1110)) if summer else ((510, 720), (870, 1080))


Key = tuple[str, str, int]


def expected_of(
    reference: ModuleType,
    steps: list[Step],
    rows: list[dict[str, str]],
    cutoff: dt.datetime,
    lost: dict[str, tuple[str, ...]],
) -> dict[Key, Any]:
    """Judge every case by every version, one at a time."""
    office = reference.Office(hours=season)
    duty = reference.Office(works=lambda day: True, hours=lambda day: ((0, 1440),))
    cases: dict[str, list[Step]] = {}
    for step in steps:
        cases.setdefault(step["case_id"], []).append(step)
    told: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        for case_id, case in cases.items():
            hours = duty if case[0]["unit"] else office
            ends = {"cancelled_by": "作废", "lost": lost.get(case_id, ())}
            found = reference.judge_case(case, row, hours, cutoff, **ends)
            mine = told.setdefault((row["standard_id"], case_id), [])
            # Of a row that was lost nobody knows which version it fell under.
            mine += [one for one in found if one.reason != "record" or not mine]
    return {
        (*key, number): one
        for key, found in told.items()
        for number, one in enumerate(sorted(found, key=lambda x: x.from_time or dt.datetime.min), 1)
    }


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> eff.Calendar:
    """A calendar with a season and a duty desk."""
    path = tmp_path_factory.mktemp("calendar") / "calendar.toml"
    path.write_text(CALENDAR, encoding="utf-8")
    return eff.read_calendar(path)


def plain(value: Any) -> Any:
    """A cell as Python sees it."""
    if value is None or pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def differences(got: pd.DataFrame, expected: dict[Key, Any]) -> list[str]:
    """List where the table and the reference part."""
    # Which of several starts of a date a stop belongs to of which only the date is known, the
    # contract leaves open.
    loose = {key[:2] for key, want in expected.items() if want.loose}
    expected = {key: want for key, want in expected.items() if key[:2] not in loose}
    got = got[[key not in loose for key in zip(got["standard_id"], got["case_id"], strict=True)]]
    keys = ("standard_id", "case_id", "occurrence")
    found = {tuple(row[key] for key in keys): row for row in got.to_dict("records")}
    assert len(found) == len(got), "a clock was judged twice"
    told = [f"only in one of the two: {key}" for key in found.keys() ^ expected.keys()]
    for key in found.keys() & expected.keys():
        row, want = found[key], expected[key]
        if want.contested and want.verdict != "cancelled":
            continue
        names = ["from_time", "to_time", "due", "verdict", "reason"]
        names.remove("due") if want.contested else None
        told += [
            f"{key} {name}: got {row[name]}, expected {want}"
            for name in names
            if plain(row[name]) != (getattr(want, name) or None)
        ]
        back = key[0] in {"T08", "T09"}
        for name in () if back else ("used_hours", "over_hours"):
            hours, asked = plain(row[name]), getattr(want, name)
            if (hours is None) != (asked is None) or (asked and abs(hours - asked) > 1e-9):
                told.append(f"{key} {name}: got {hours}, expected {want}")
    return told


@settings(deadline=None, derandomize=True, max_examples=6, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_verdict_equals_the_slow_reference(
    reference: ModuleType, calendar: eff.Calendar, seed: int
) -> None:
    """Random cases, twenty-five limits, every column that the contract fixes."""
    got, expected = judged_twice(reference, calendar, seed, 120)
    told = differences(got, expected)
    assert not told, "\n".join(told[:5])
    verdicts = {want.reason or want.verdict for want in expected.values()}
    assert {"met", "late", "cancelled", "precision", "limit", "record"} <= verdicts


@pytest.mark.slow
def test_ten_thousand_verdicts_of_each_kind_equal_the_slow_reference(
    reference: ModuleType, calendar: eff.Calendar
) -> None:
    """The same on larger logs."""
    n = dict.fromkeys((row["id"] for row in STANDARDS), 0)
    for seed in range(30):
        got, expected = judged_twice(reference, calendar, seed, 500)
        told = differences(got, expected)
        assert not told, "\n".join([str(seed), *told[:5]])
        for key in expected:
            n[key[0]] += 1
    assert sum(n.values()) > 100_000


def judged_twice(
    reference: ModuleType, calendar: eff.Calendar, seed: int, cases: int
) -> tuple[pd.DataFrame, dict[Key, Any]]:
    """A random log judged by the package and by the reference."""
    writer = Writer(seed)
    steps = writer.log(cases)
    rows = rows_of(writer.start + dt.timedelta(days=writer.length // 2))
    cutoff = writer.cutoff(steps)
    last = max(s[name] for s in steps for name in ("received", "start", "end") if s[name])
    lost = {f"{i:03}": (writer.random.choice(ACTIVITIES),) for i in range(0, cases, 17)}
    rejected = tables.REJECTED.empty().reindex(range(len(lost))).assign(
        case_id=list(lost), activity=[name for (name,) in lost.values()]
    )  # fmt: skip
    whole = eff.Record(frame_of(steps), rejected, tables.CHANGED.empty(), len(steps) + len(lost))
    ends = Endings(cancelled_by=("作废",))
    got = eff.judge(whole, standards_of(rows), calendar, cutoff, closed_by=ends)
    return got, expected_of(reference, steps, rows, cutoff or last, lost)


STEPS = (
    # registered at 17:25 with 30 minutes: due at 17:55
    (["登记 2024-03-05 17:25", "转办 2024-03-05 17:55"], "30 min", "met"),
    (["登记 2024-03-05 17:25", "转办 2024-03-06 08:31"], "30 min", "late"),
    # registered at 17:45: fifteen minutes are left for the morning
    (["登记 2024-03-05 17:45", "转办 2024-03-06 08:45"], "30 min", "met"),
    # arrival on a make-up Saturday, arrival on 30 September at 16:50
    (["登记 2024-10-12 10:00", "转办 2024-10-12 10:31"], "30 min", "late"),
    (["登记 2024-10-12 10:00", "转办 2024-10-13 10:00"], "same day", "late"),
    (["登记 2024-09-30 16:50", "转办 2024-10-08 09:20"], "2 h", "met"),
    (["登记 2024-09-30 16:50", "转办 2024-10-08 18:00"], "1 working day", "met"),
    # ten days end in Spring Festival: due on Sunday 18 February, a make-up day
    (["登记 2024-02-02 09:00", "转办 2024-02-18 18:00"], "10 days", "met"),
    (["登记 2024-02-02 09:00", "转办 2024-02-19 08:30"], "10 days", "late"),
    # forwarded before it was registered
    (["登记 2024-03-05 10:00", "转办 2024-03-05 09:59"], "30 min", "before"),
    # registered to the day: nothing can be said of thirty minutes …
    (["登记 2024-03-05", "转办 2024-03-05 10:00"], "30 min", "precision"),
    (["登记 2024-03-05", "转办 2024-03-06 08:45"], "30 min", "precision"),
    # … unless even the worst case meets or even the best one fails
    (["登记 2024-03-05", "转办 2024-03-05 08:55"], "30 min", "met"),
    (["登记 2024-03-05", "转办 2024-03-06 09:01"], "30 min", "late"),
    (["登记 2024-03-09", "转办 2024-03-11 09:00"], "30 min", "met"),  # a Saturday
    (["登记 2024-03-05 09:00", "转办 2024-03-05"], "30 min", "precision"),
    (["登记 2024-03-05 17:25", "转办 2024-03-05"], "30 min", "precision"),
    (["登记 2024-03-05 17:45", "转办 2024-03-05"], "30 min", "met"),  # due in the morning after
    (["登记 2024-03-05 19:00", "转办 2024-03-05"], "30 min", "met"),
    (["登记 2024-03-05 09:00", "转办 2024-03-06"], "30 min", "late"),
    (["登记 2024-03-05", "转办 2024-03-05"], "30 min", "precision"),
    (["登记 2024-03-09", "转办 2024-03-10"], "30 min", "met"),  # a whole weekend
    # for limits in days a date is enough
    (["登记 2024-03-05 09:00", "转办 2024-03-06"], "1 working day", "met"),
    (["登记 2024-03-05 09:00", "转办 2024-03-07"], "1 working day", "late"),
    (["登记 2024-03-05", "转办 2024-03-06"], "1 working day", "met"),
    (["登记 2024-03-05", "转办 2024-03-15"], "10 days", "met"),
    (["登记 2024-03-05", "转办 2024-03-16"], "10 days", "late"),
    (["登记 2024-03-05 09:00", "转办 2024-03-05"], "same day", "met"),
    (["登记 2024-03-05", "转办 2024-03-05"], "same day", "met"),
    (["登记 2024-03-05", "转办 2024-03-06"], "same day", "precision"),  # had it come after 18:00 …
    (["登记 2024-03-05", "转办 2024-03-07"], "same day", "late"),
    # open at the cut-off, 2024-12-31 18:00
    (["登记 2024-12-31 17:30"], "30 min", "pending"),
    (["登记 2024-12-31 17:29"], "30 min", "overdue"),
    (["登记 2024-12-31"], "30 min", "precision"),
    (["登记 2024-12-31"], "1 working day", "pending"),
    (["登记 2024-12-30"], "30 min", "overdue"),
)


def test_the_edge_cases_of_the_domain(hold: Callable[..., list[dict[str, Any] | None]]) -> None:
    """Each verdict was worked out by a person; reasons stand for what is undecidable."""
    told = hold(
        *((steps, {"limit": limit}) for steps, limit, _ in STEPS), cutoff="2024-12-31 18:00"
    )
    got = [
        (steps, limit, row and (row["reason"] or row["verdict"]))
        for (steps, limit, _), row in zip(STEPS, told, strict=True)
    ]
    assert got == list(STEPS)
    for row in told:
        assert row
        undecided = row["verdict"] == "undecidable"
        assert undecided == (row["reason"] is not None)
        assert undecided <= (row["used_hours"] is None)


def test_the_worked_example(
    example: Path, example_record: eff.Record, expected: Callable[[str], pd.DataFrame]
) -> None:
    """Every judgement that was worked out apart from any program of this project."""
    standards, cutoff = eff.read_standards(example / "standards.csv"), "2024-04-24 18:00"
    told = eff.judge(example_record.log, standards, cutoff=cutoff)
    assert tables.JUDGEMENTS.check(told) is told
    want = expected("judgements")
    shown = told.assign(
        **{
            name: told[name].dt.strftime("%Y-%m-%d %H:%M:%S").fillna("")
            for name in ("from_time", "to_time", "due")
        },
        reason=told["reason"].fillna(""),
    )
    keys = ["standard_id", "case_id"]
    assert_frame_equal(
        shown[list(want)].sort_values(keys, ignore_index=True).astype(object),
        want.sort_values(keys, ignore_index=True),
    )
    waiting = not_started(example_record.log, standards, cutoff=cutoff)
    waiting = waiting[waiting["not_started"] > 0].astype(str).reset_index(drop=True)
    assert_frame_equal(waiting, expected("not_started"), check_dtype=False)


@pytest.fixture(scope="module")
def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    """A small random log and its standards."""
    writer = Writer(7)
    rows = rows_of(writer.start + dt.timedelta(days=10))[:6]
    return frame_of(writer.log(40)), standards_of(rows)


def test_rows_come_by_standard_and_case(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Whatever the order of the log's rows; the arguments stay as they were."""
    log, standards = small
    before = log.copy(deep=True), standards.copy(deep=True)
    told = eff.judge(log, standards)
    assert_frame_equal(log, before[0])
    assert_frame_equal(standards, before[1])
    keys = list(zip(told["standard_id"], told["case_id"], strict=True))
    assert keys == sorted(keys)
    assert_frame_equal(eff.judge(log.sample(frac=1, random_state=1), standards), told)


def test_an_ibis_table_gives_an_ibis_table_with_the_same_rows(
    small: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    """The log stays where it is."""
    log, standards = small
    con = ibis.duckdb.connect()
    lazy = eff.judge(con.create_table("log", ibis.memtable(log)), standards)
    assert isinstance(lazy, ibis.expr.types.Table)
    times = dict.fromkeys(("from_time", "to_time", "due"), "datetime64[us]")
    key = ["standard_id", "case_id"]
    got = lazy.to_pandas().astype(times).sort_values(key, ignore_index=True)
    told = eff.judge(log, standards).astype(times).sort_values(key, ignore_index=True)
    assert_frame_equal(got, told, check_dtype=False)
    con.disconnect()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_name_that_the_log_does_not_have_is_told(
    small: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    """An activity that never happens is a warning, a column that is not there an error."""
    log, standards = small
    with pytest.warns(UserWarning, match="the log has no activity '登计'; nearest: 登记"):
        told = eff.judge(log, standards.head(1).assign(**{"from": "登计"}))
    assert told.empty
    with pytest.raises(SettingsError, match=r"the scope's column '文钟' is not in the log.*文种"):
        eff.judge(log, standards.head(1).assign(scope="文钟=请示"))
