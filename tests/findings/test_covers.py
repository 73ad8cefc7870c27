"""Cover of posts of two: by hand, and for the sample by counting its rows one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.absences import read_absences
from efficiency.facts.events import observed
from efficiency.findings.covers import covers


def log_of(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Steps of checking: who, when it came in, when it was done; each a case."""
    return pd.DataFrame(
        {
            "case_id": [str(at) for at in range(len(rows))],
            "activity": [row[3] for row in rows],
            "unit": "文书科",
            "actor": [row[0] for row in rows],
            "received": pd.to_datetime([row[1] for row in rows]).astype("datetime64[us]"),
            "end": pd.to_datetime([row[2] for row in rows]).astype("datetime64[us]"),
        }
    )


USUAL = [
    ("甲", f"2024-03-{day:02d} 09:00", f"2024-03-{day:02d} 10:00", "核稿") for day in (4, 5, 6)
]
LEAVE = pd.DataFrame(
    [("甲", "2024-03-11", "2024-03-13", "乙"), ("乙", "2024-03-13", "2024-03-14", "甲")],
    columns=["actor", "first", "last", "cover"],
).astype({"first": "datetime64[us]", "last": "datetime64[us]"})


def test_a_post_is_held_against_its_queue_by_hand() -> None:
    rows = [
        *USUAL,
        # Covered by the second on the 11th; left until the first is back; a third person did it.
        ("乙", "2024-03-11 09:00", "2024-03-11 11:00", "核稿"),
        ("甲", "2024-03-12 09:00", "2024-03-15 09:00", "核稿"),
        ("丙", "2024-03-12 15:00", "2024-03-12 16:00", "核稿"),
        # Came in after his return; another step, which the second does as a rule.
        ("甲", "2024-03-15 09:00", "2024-03-15 10:00", "核稿"),
        ("乙", "2024-03-05 09:00", "2024-03-05 10:00", "印发"),
    ]
    with observed(log_of(rows), eff.Calendar()) as events:
        table = covers(events, LEAVE)
    first = table.set_index("post").loc["核稿"]
    # What a third person did says nothing of the pair.
    assert (first["absences"], first["arrived"], first["covered"]) == (1, 2, 1)
    # 11, 12 and 13 March are three working days of seven hours; both are away on the 13th, on
    # which what came in on the 12th lay.
    assert (first["away_hours"], first["both_days"], first["idle_hours"]) == (21.0, 1, 7.0)
    # What the second does as a rule nobody covers; nothing came in while he was away.
    second = table.set_index("post").loc["印发"]
    assert (second["absences"], second["arrived"], second["idle_hours"]) == (1, 0, 0.0)


def test_one_who_has_two_stand_ins_and_days_that_are_told_twice() -> None:
    """11 to 14 March, told as 11 to 13 and 12 to 14; the second is covered by another."""
    rows = [
        *USUAL,
        ("乙", "2024-03-11 09:00", "2024-03-11 11:00", "核稿"),
        ("丁", "2024-03-14 09:00", "2024-03-14 11:00", "核稿"),
    ]
    leave = LEAVE.head(1)
    other = leave.assign(
        first=pd.Timestamp("2024-03-12"), last=pd.Timestamp("2024-03-14"), cover="丁"
    )
    with observed(log_of(rows), eff.Calendar()) as events:
        (found,) = covers(events, pd.concat([leave, other])).itertuples(index=False)
    assert (found.absences, found.away_hours) == (2, 28.0)
    assert (found.arrived, found.covered) == (2, 2)


def test_nobody_is_named() -> None:
    with observed(log_of(USUAL), eff.Calendar()) as events:
        table = covers(events, LEAVE)
    assert not table.astype(str).isin(["甲", "乙"]).any(axis=None)


@pytest.mark.parametrize("columns", [{"actor": None}, {"unit": None}])
def test_a_log_without_people_or_units_is_no_error(columns: dict[str, None]) -> None:
    with observed(log_of(USUAL).assign(**columns).astype({"actor": object}), eff.Calendar()) as one:
        assert len(covers(one, LEAVE)) == ("unit" in columns)


def test_the_sample_counted_row_by_row(root: Path) -> None:
    place = root / "data" / "sample" / "quality"
    leave = read_absences(place / "leave.csv")
    spans: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for row in leave.itertuples(index=False):
        spans.setdefault(row.actor, []).append((row.first.date(), row.last.date()))
    frame = pd.read_csv(place / "issued.csv", dtype=str, keep_default_na=False)
    mine = frame[(frame["环节"] == "核稿") & (frame["办结时间"] != "")]
    arrived = covered = 0
    for row in mine.to_dict("records"):
        day = dt.date.fromisoformat(row["到达时间"][:10])
        if any(first <= day <= last for first, last in spans["万某"]):
            arrived += 1
            covered += row["经办人"] == "段某"
    columns = {"case_id": "发文编号", "activity": "环节", "received": "到达时间", "end": "办结时间",
               "actor": "经办人", "unit": "处室"}  # fmt: skip
    log = eff.read_log(place / "issued.csv", columns)
    calendar = eff.read_calendar(root / "data" / "sample" / "calendar.toml")
    with observed(log, calendar, cutoff="2024-12-31 18:00") as events:
        (found,) = covers(events, leave).itertuples(index=False)
    assert (found.post, found.arrived, found.covered) == ("核稿", arrived, covered)
    both = {
        day
        for mine_, theirs in [(one, other) for one in spans["万某"] for other in spans["段某"]]
        for day in pd.date_range(max(mine_[0], theirs[0]), min(mine_[1], theirs[1]))
    }
    working = calendar.days(dt.date(2023, 1, 1), dt.date(2024, 12, 31))
    open_days = set(pd.to_datetime(working.loc[working["working"], "day"], unit="D"))
    assert found.both_days == len(both & open_days)
