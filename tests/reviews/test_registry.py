"""A point is measured again on the cases begun after its action, and on no others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from efficiency.evidence.points.points_file import point_id, subject_text, typed_points
from efficiency.reviews import registry
from efficiency.reviews.analyses import analysed, opened, stacked
from efficiency.reviews.inputs import Inputs, read_inputs
from efficiency.reviews.registry import register
from written import write

FIRST, DAYS = dt.date(2024, 3, 4), 60
PERIOD = ("2024-03-01", "2024-04-30")
TOML = """title = "t"
language = "en"
cutoff = 2024-04-30T18:00:00
period = ["2024-03-01", "2024-04-30"]
standards = "standards.csv"
rules = "rules.csv"
[logs.a]
path = "a.csv"
[logs.b]
path = "b.csv"
"""
LIMITS = """standard_id,title,log,from,to,limit,clock,target
T1,quick,a,in,out,1 h,elapsed,0.9
"""
RULES = "rule_id,title,kind,a,log\nP1,in,existence,in,a\n"
HOURS = pd.Timedelta(hours=1)
#: What was found in former years, and what is asked of it now.
T1, P1 = (
    ("standard", {"standard_id": "T1"}),
    ("rule", {"rule_id": "P1"}),
)


def cases() -> list[tuple[dt.date, bool]]:
    """
    Give the day on which each case began, and whether it was quick.

    One a day, each third one slow for the first thirty days, then each tenth one.
    """
    days = [FIRST + dt.timedelta(days=place) for place in range(DAYS - 3)]
    return [(day, place % (3 if place < 30 else 10) != 0) for place, day in enumerate(days)]


def log() -> str:
    rows = ["case_id,activity,unit,end"]
    for place, (day, quick) in enumerate(cases()):
        rows.append(f"{place},in,desk,{day} 09:00")
        rows.append(f"{place},out,desk,{day} {'09:30' if quick else '11:00'}")
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """Read an office of one case a day, and a register of single entries that ends early."""
    entries = "case_id,activity,end\n" + "".join(f"e{n},noted,2024-03-{n:02} 10:00\n" for n in range(4, 9))  # fmt: skip  # noqa: E501
    folder = tmp_path_factory.mktemp("registry")
    return read_inputs(
        write(folder, review=TOML, a=log(), b=entries, standards=LIMITS, rules=RULES)
    )


@pytest.fixture(scope="module")
def found(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Give the review's tables of both logs."""
    parts: dict[str, list[pd.DataFrame]] = {}
    for name in inputs.records:
        with opened(inputs, name, PERIOD) as events:
            for table, frame in analysed(events, inputs, name)[0].items():
                parts.setdefault(table, []).append(frame)
    return {table: stacked(frames) for table, frames in parts.items()}


def point(kind: str, subject: dict[str, str], **more: Any) -> dict[str, Any]:
    plain = {
        "id": point_id(kind, subject), "kind": kind, "subject": subject_text(subject),
        "title": "t", "status": "new", "baseline": 0.25, "baseline_low": 0.2, "baseline_high": 0.3,
        "baseline_n": 200, "first_found": pd.Timestamp("2023-12-31"), "better": "higher",
        "unit": "share", "target": 0.8,
    }  # fmt: skip
    return plain | more


def after(inputs: Inputs, found: dict[str, pd.DataFrame], *rows: dict[str, Any]) -> pd.DataFrame:
    """Give the register after the review, by id."""
    points = typed_points(pd.DataFrame(rows))
    told = register(replace(inputs, points=points), found, (), PERIOD)
    return told["points"].set_index("id")


def by_hand(since: dt.date) -> tuple[int, float]:
    """Count the cases begun on a day or later, and the share of them that was quick."""
    quick = [was for day, was in cases() if day >= since]
    return len(quick), sum(quick) / len(quick)


@pytest.mark.parametrize("day", [dt.date(2024, 3, 20), dt.date(2024, 4, 2), dt.date(2024, 4, 8)])
def test_a_point_is_measured_on_the_cases_begun_after_the_day_of_its_action(
    inputs: Inputs, found: dict[str, pd.DataFrame], day: dt.date
) -> None:
    """Who came on that day may have come before it."""
    row = after(inputs, found, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    n, share = by_hand(day + dt.timedelta(days=1))
    assert (row["n"], row["value"]) == (n, pytest.approx(share))
    assert row["since"] == pd.Timestamp(day) + pd.Timedelta(days=1)
    assert row["verdict"] == "effective"


def test_the_measures_are_those_of_the_whole_period_all_the_same(
    inputs: Inputs, found: dict[str, pd.DataFrame]
) -> None:
    n, share = by_hand(FIRST)
    points = typed_points(pd.DataFrame([point(*T1, done=pd.Timestamp("2024-04-02"))]))
    told = register(replace(inputs, points=points), found, (), PERIOD)["measures"]
    row = told.set_index("id").loc[point_id(*T1)]
    assert (row["n"], row["value"]) == (n, pytest.approx(share))


@pytest.mark.parametrize("day", ["2023-11-30", "2024-02-29"])
def test_what_was_done_before_the_period_is_measured_on_all_of_it(
    inputs: Inputs, found: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    """And nothing is computed again."""
    monkeypatch.setattr(registry, "_frames", lambda *_: pytest.fail("computed again"))
    row = after(inputs, found, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    n, share = by_hand(FIRST)
    assert (row["n"], row["value"]) == (n, pytest.approx(share))
    assert 0.3 < share < 0.8
    assert row["verdict"] == "partly"


@pytest.mark.parametrize("day", ["2024-05-01", "2024-12-31"])
def test_what_was_done_after_the_cut_off_is_too_early(
    inputs: Inputs, found: dict[str, pd.DataFrame], day: str
) -> None:
    """It is measured on the whole period, and not judged."""
    row = after(inputs, found, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    assert row["verdict"] == "too early"
    assert pd.isna(row["since"])
    assert row["n"] == by_hand(FIRST)[0]


@pytest.mark.parametrize("day", ["2024-04-29", "2024-04-30"])
def test_where_no_case_has_begun_since_it_is_too_early(
    inputs: Inputs, found: dict[str, pd.DataFrame], day: str
) -> None:
    """The last case began on 29 April."""
    assert cases()[-1][0] == dt.date(2024, 4, 29)
    row = after(inputs, found, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    assert row["verdict"] == "too early"
    assert pd.isna(row["n"])
    assert pd.isna(row["value"])


def test_few_cases_since_are_too_early(inputs: Inputs, found: dict[str, pd.DataFrame]) -> None:
    """19 are, 20 are not."""
    for left, said in ((19, "too early"), (20, "effective")):
        day = pd.Timestamp(cases()[-left][0]) - pd.Timedelta(days=1)
        row = after(inputs, found, point(*T1, done=day)).loc[point_id(*T1)]
        assert (row["n"], row["verdict"]) == (left, said)


def test_each_action_has_its_own_date(inputs: Inputs, found: dict[str, pd.DataFrame]) -> None:
    """A rule and a standard, acted upon on different days; a third one never was."""
    days = [dt.date(2024, 3, 20), dt.date(2024, 4, 2)]
    told = after(
        inputs,
        found,
        point(*T1, done=pd.Timestamp(days[0])),
        point(*P1, done=pd.Timestamp(days[1]), better="lower", target=0.0),
        point("rework", {"log": "a", "activity": "in"}, better="lower"),
    )
    counts = [by_hand(day + dt.timedelta(days=1))[0] for day in days]
    assert told["n"].tolist()[:2] == counts
    assert told.loc[point_id(*P1), "value"] == 0
    assert told["verdict"].tolist() == ["effective", "effective", "too early"]


def test_a_day_of_two_actions_is_computed_once(
    inputs: Inputs, found: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For both kinds, and for no others."""
    asked, real = [], registry._frames

    def counted(*arguments: Any) -> Any:
        asked.append(arguments[2])
        return real(*arguments)

    monkeypatch.setattr(registry, "_frames", counted)
    day = pd.Timestamp("2024-04-02")
    after(inputs, found, point(*T1, done=day), point(*P1, done=day, better="lower"))
    assert asked == [{"standard", "rule"}]


def test_hours_at_stake_are_those_of_a_year(inputs: Inputs, found: dict[str, pd.DataFrame]) -> None:
    """Each slow case is an hour late: so many of them in the two months, six times over a year."""
    late = sum(not quick for _, quick in cases())
    row = after(inputs, found, point(*T1)).loc[point_id(*T1)]
    days = (pd.Timestamp("2024-04-30 18:00") - pd.Timestamp(PERIOD[0])) / pd.Timedelta(days=1)
    assert row["hours"] == pytest.approx(late * 365.25 / days)


def test_without_a_register_there_is_nothing_to_measure_again(
    inputs: Inputs, found: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_frames", lambda *_: pytest.fail("computed again"))
    told = register(inputs, found, (), PERIOD)
    assert told["points"].empty
    assert not told["measures"].empty


def test_the_register_stays_as_it_is(inputs: Inputs, found: dict[str, pd.DataFrame]) -> None:
    """What is people's comes back as they wrote it, and what was handed in does not change."""
    points = typed_points(
        pd.DataFrame([point(*T1, done=pd.Timestamp("2024-04-02"), owner="Li", remark="ours")])
    )
    before = points.copy()
    told = register(replace(inputs, points=points), found, (), PERIOD)["points"]
    pd.testing.assert_frame_equal(points, before)
    assert told[["owner", "remark", "target"]].values.tolist() == [["Li", "ours", 0.8]]


def test_the_whole_log_is_the_period_where_none_is_given(
    inputs: Inputs, found: dict[str, pd.DataFrame]
) -> None:
    """What was done before the first case is measured on all of them."""
    points = typed_points(pd.DataFrame([point(*T1, done=pd.Timestamp("2024-03-01"))]))
    told = register(replace(inputs, points=points), found, (), None)["points"].iloc[0]
    assert told["n"] == by_hand(FIRST)[0]


def test_the_file_of_people_is_not_touched(inputs: Inputs, found: dict[str, pd.DataFrame]) -> None:
    """Nothing is written here at all."""
    before = {path: path.stat().st_mtime_ns for path in Path(inputs.folder.path).iterdir()}
    after(inputs, found, point(*T1, done=pd.Timestamp("2024-04-02")))
    assert {p: p.stat().st_mtime_ns for p in Path(inputs.folder.path).iterdir()} == before


def test_a_case_of_the_first_moment_after_the_period_is_no_case_of_it(tmp_path: Path) -> None:
    """As a case is of which only the day is known: 1 April is 00:00."""
    toml = TOML.replace("2024-04-30T18:00:00", "2024-04-10").replace("04-30", "03-31")
    toml = toml.split("[logs.b]")[0]
    days = [*(f"2024-03-{n:02}" for n in range(4, 24)), "2024-04-01"]
    log = "case_id,activity,end\n" + "".join(f"{n},in,{day}\n" for n, day in enumerate(days))
    inputs = read_inputs(write(tmp_path, review=toml, a=log, standards=LIMITS, rules=RULES))
    period = (PERIOD[0], "2024-03-31")
    with opened(inputs, "a", period) as events:
        found = analysed(events, inputs, "a")[0]
    points = typed_points(pd.DataFrame([point(*P1, done=pd.Timestamp("2024-03-25"))]))
    told = register(replace(inputs, points=points), found, (), period)["points"].iloc[0]
    assert told["verdict"] == "too early"
    assert pd.isna(told["n"])
