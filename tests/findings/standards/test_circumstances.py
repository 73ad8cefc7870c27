"""When and where clocks started and stopped: by hand, on make-up days and at the ends of months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.facts.events import observed
from efficiency.findings.standards.circumstances import circumstances, moment_of
from efficiency.findings.standards.judgements import judge

Make = Callable[..., pd.DataFrame]


def told(*texts: str) -> pd.DataFrame:
    days = eff.Calendar().days(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    moments = pd.Series(pd.to_datetime(list(texts), format="ISO8601"))
    return pd.DataFrame(moment_of(moments, days))


@pytest.mark.parametrize(
    ("moment", "band", "weekday", "end"),
    [
        # April 2024: the 28th, a Sunday, is worked; May begins with a holiday.
        ("2024-04-26 10:00", "10-12", "5", "no"),
        ("2024-04-28 09:59", "08-10", "7", "yes"),
        ("2024-04-30 17:30", "16-18", "2", "yes"),
        # September 2024: Friday the 27th, Sunday the 29th (worked) and Monday the 30th.
        ("2024-09-26 14:30", "14-16", "4", "no"),
        ("2024-09-27 14:30", "14-16", "5", "yes"),
        ("2024-09-28 14:30", "14-16", "6", "no"),
        ("2024-09-29 14:30", "14-16", "7", "yes"),
        ("2024-09-30 00:00", "00-02", "1", "yes"),
        # March 2024 ends with a weekend: Wednesday to Friday.
        ("2024-03-26 23:59:59", "22-24", "2", "no"),
        ("2024-03-27 12:00", "12-14", "3", "yes"),
        ("2024-03-30 09:00", "08-10", "6", "no"),
        ("2024-10-01 09:00", "08-10", "2", "no"),
    ],
)
def test_moments_by_hand(moment: str, band: str, weekday: str, end: str) -> None:
    assert told(moment).iloc[0].to_dict() == {
        "hour_band": band,
        "weekday": weekday,
        "month_end": end,
    }


def test_each_month_has_three_last_days() -> None:
    every = pd.date_range("2024-01-01", "2024-12-31")
    found = told(*every.astype(str))
    ends = every[found["month_end"] == "yes"]
    assert pd.Series(ends).dt.month.value_counts().eq(3).all()
    assert len(ends) == 36


def judged(
    log: pd.DataFrame, ends: str = "转办", limit: str = "1 h", cutoff: str = "2024-03-29 18:00"
) -> pd.DataFrame:
    """Judge a log by one standard from 登记 and give the circumstances."""
    rows = [{"standard_id": "T1", "from": "登记", "to": ends, "limit": limit, "clock": "working"}]
    with observed(log, eff.Calendar(), cutoff=cutoff) as events:
        judgements = judge(events, pd.DataFrame(rows))
        before = judgements.copy()
        found = circumstances(events, judgements, pd.DataFrame(rows))
    assert_frame_equal(judgements, before)
    return found


def office(n: int = 80) -> pd.DataFrame:
    """Make up a log: 登记 at 8:40; 甲 hands on at 9:00, 乙 on the next day; 文种 in turn."""
    days = pd.bdate_range("2024-02-26", "2024-03-15")
    rows = []
    for i in range(n):
        day = days[i % len(days)]
        mine = {"case_id": f"{i:02}", "文种": "函" if i % 2 else "请示"}
        rows.append({**mine, "activity": "登记", "unit": "丁",
                     "end": day + pd.Timedelta(hours=8, minutes=40)})  # fmt: skip
        late = i % 4 == 0
        rows.append({**mine, "activity": "转办", "unit": "乙" if late else "甲", "结果": "快",
                     "end": day + pd.Timedelta(hours=9 + 24 * late)})  # fmt: skip
    return pd.DataFrame(rows).assign(end=lambda t: t["end"].astype("datetime64[us]"))


def test_one_row_a_decided_case() -> None:
    found = judged(office())
    assert found.columns.tolist() == [
        "standard_id", "case_id", "began", "due", "late", "used_hours", "unit", "hour_band",
        "weekday", "month_end", "文种",
    ]  # fmt: skip
    assert found["case_id"].tolist() == [f"{i:02}" for i in range(80)]
    place = found["case_id"].astype(int)
    assert found["late"].tolist() == (place % 4 == 0).tolist()
    assert found["unit"].tolist() == ["乙" if late else "甲" for late in found["late"]]
    assert found["文种"].tolist() == ["函" if i % 2 else "请示" for i in place]
    assert set(found["hour_band"]) == {"08-10"}
    # February ends on the 27th, 28th and 29th; the 26th and all of March are not its end.
    days = [pd.bdate_range("2024-02-26", "2024-03-15")[i % 15] for i in place]
    assert found["month_end"].tolist() == [
        "yes" if day.month == 2 and day.day >= 27 else "no" for day in days
    ]
    assert found["weekday"].tolist() == [str(day.isoweekday()) for day in days]
    # The office opens at half past eight: an hour from 8:40 is over at 9:40.
    moments = [day + pd.Timedelta(hours=8, minutes=40) for day in days]
    assert found["began"].tolist() == moments
    assert found["due"].tolist() == [at + pd.Timedelta(hours=1) for at in moments]
    on_time = ~found["late"]
    assert found.loc[on_time, "used_hours"].tolist() == pytest.approx([1 / 3] * 60)


def test_a_clock_that_still_runs_is_where_the_case_is(make_log: Make) -> None:
    """Overdue: late, at the desk that has it; what is pending is not decided."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "转办", None),
        ("2", "登记", "2024-03-29 17:50"),
        ("2", "转办", None),
        ("3", "登记", "2024-03-05 09:00"),
        ("3", "转办", "2024-03-05 09:30"),
        received=[None, "2024-03-05 09:00", None, "2024-03-29 17:50", None, None],
        unit=["丁", "乙", "丁", "乙", "丁", None],
    )
    found = judged(log)
    assert found[["case_id", "late", "unit"]].values.tolist() == [
        ["1", True, "乙"], ["3", False, ""],
    ]  # fmt: skip


def test_a_case_closed_without_the_step_is_left_out(make_log: Make) -> None:
    """All that was begun of case 1 is done, and nobody does 转办 any more; case 2 goes on."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "退文", "2024-03-05 09:10"),
        ("2", "登记", "2024-03-05 09:00"),
        ("2", "转办", None),
        ("3", "登记", "2024-03-05 09:00"),
        ("3", "转办", "2024-03-08 09:00"),
        received=[None, None, None, "2024-03-05 09:00", None, None],
        unit=["丁", "丁", "丁", "乙", "丁", "乙"],
    )
    found = judged(log)
    assert found[["case_id", "late", "unit"]].values.tolist() == [
        ["2", True, "乙"], ["3", True, "乙"],
    ]  # fmt: skip


def test_a_case_at_a_unit_where_such_clocks_do_not_end_is_left_out(make_log: Make) -> None:
    """
    乙 is where 转办 is done: what lies there at another step waits there. 丙 never does it: that
    case 2 lies there says no more than that it is not done.
    """
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "承办", None),
        ("2", "登记", "2024-03-05 09:00"),
        ("2", "承办", None),
        ("3", "登记", "2024-03-05 09:00"),
        ("3", "转办", "2024-03-05 09:30"),
        received=[None, "2024-03-05 09:00", None, "2024-03-05 09:00", None, None],
        unit=["丁", "乙", "丁", "丙", "丁", "乙"],
    )
    found = judged(log)
    assert found[["case_id", "late", "unit"]].values.tolist() == [
        ["1", True, "乙"], ["3", False, "乙"],
    ]  # fmt: skip


def test_a_case_is_at_the_step_that_is_not_done(make_log: Make) -> None:
    """
    乙 has had case 1 since nine, whatever 丙 did after; of two that have case 2 the later one is
    asked; nobody is known to have case 3, so that it can be held against nobody.
    """
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "承办", None),
        ("1", "阅知", "2024-03-07 11:00"),
        ("2", "登记", "2024-03-05 09:00"),
        ("2", "承办", None),
        ("2", "会签", None),
        ("3", "登记", "2024-03-05 09:00"),
        ("3", "承办", None),
        received=[None, "2024-03-05 09:00", "2024-03-06 09:00", None, "2024-03-06 09:00",
                  "2024-03-08 09:00", None, "2024-03-05 09:00"],
        unit=["丁", "乙", "丙", "丁", "甲", "戊", None, None],
    )  # fmt: skip
    found = judged(log, "承办|会签")
    assert found[["case_id", "unit"]].values.tolist() == [["1", "乙"], ["2", "戊"]]


def test_a_log_without_decisions(make_log: Make) -> None:
    """One is pending, and one never began."""
    log = make_log(
        ("1", "登记", "2024-03-29 17:50"), ("2", "转办", "2024-03-05 09:00"), unit=["丁", "甲"]
    )
    found = judged(log)
    assert found.empty
    assert "unit" in found


def test_the_unit_is_that_of_the_step_that_stopped_the_clock(make_log: Make) -> None:
    """Of two that do 转办 the first stops it; of several activities whichever came first."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "转办", "2024-03-05 09:30"),
        ("1", "转办", "2024-03-05 11:00"),
        ("2", "登记", "2024-03-05 09:00"),
        ("2", "退文", "2024-03-05 09:30"),
        unit=["丁", "乙", "甲", "丁", "丙"],
    )
    assert judged(log, "转办|退文")["unit"].tolist() == ["乙", "丙"]


def test_an_arrival_may_stop_a_clock(make_log: Make) -> None:
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "转办", "2024-03-05 11:00"),
        received=[None, "2024-03-05 09:30"],
        unit=["丁", "乙"],
    )
    assert judged(log, "转办.received")["unit"].tolist() == ["乙"]


def test_a_step_that_arrived_when_the_clock_stopped_did_not_stop_it(make_log: Make) -> None:
    """乙 is done at 9:30 and hands on to 一处 for the same activity, which it receives at 9:30."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "转办", "2024-03-05 09:30"),
        ("1", "转办", "2024-03-05 11:00"),
        received=[None, "2024-03-05 09:00", "2024-03-05 09:30"],
        unit=["丁", "乙", "一处"],
    )
    assert judged(log)["unit"].tolist() == ["乙"]
