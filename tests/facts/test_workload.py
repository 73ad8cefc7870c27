"""What came, what went and what lay there: by hand, and against plain Python over every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.facts.events import observed
from efficiency.facts.workload import workload

Make = Callable[..., pd.DataFrame]
MOMENTS = ("received", "start", "end")
SEEDS = settings(deadline=None, derandomize=True, max_examples=4, phases=[Phase.generate])
COUNTS = ["arrivals", "completions", "open"]


def stays(log: pd.DataFrame) -> list[tuple[str, dt.datetime, dt.datetime | None]]:
    """Unit, arrival and end of every seen step, from the rows one by one."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for row in log.to_dict("records"):
        step = {**row, **{n: None if pd.isna(row[n]) else row[n].to_pydatetime() for n in MOMENTS}}
        if any(step[name] for name in MOMENTS):
            seen.setdefault(step["case_id"], []).append(step)
    found = []
    for steps in seen.values():
        done = sorted((s for s in steps if s["end"]), key=lambda s: (s["end"], s["row"]))
        still = sorted(
            (s for s in steps if not s["end"]),
            key=lambda s: (s["start"] or s["received"], s["row"]),
        )
        before = None
        for step in done + still:
            came = step["received"] or before or step["start"] or step["end"]
            came = min(came, step["end"]) if step["end"] else came
            found.append((step["unit"] or "", came, step["end"]))
            before = step["end"]
    return found


@SEEDS
@given(seed=st.integers(0, 2**32 - 1), every=st.sampled_from(["month", "week"]))
def test_load_equals_plain_python(
    random_log: Make, walk: Callable[..., float], seed: int, every: Any
) -> None:
    log = random_log(seed)
    known = stays(log)
    cutoff = pd.concat([log[name] for name in MOMENTS]).max().to_pydatetime()
    first = min(came for _, came, _ in known).replace(hour=0, minute=0)
    begun = first.replace(day=1) if every == "month" else first - dt.timedelta(first.weekday())
    begun = begun.replace(hour=0, minute=0)
    expected = []
    for unit in sorted({unit for unit, _, _ in known}):
        start = begun
        while start <= cutoff:
            stop = start + dt.timedelta(7 if every == "week" else 32)
            stop = stop if every == "week" else stop.replace(day=1)
            until = min(stop, cutoff)
            mine = [(a, b) for name, a, b in known if name == unit]
            ages = [
                walk(a, until)
                for a, b in mine
                if (a < stop and a <= cutoff) and (b is None or b >= stop)
            ]
            expected.append(
                {
                    "unit": unit,
                    "period": start.strftime("%Y-%m" if every == "month" else "%Y-%m-%d"),
                    "until": until,
                    "arrivals": sum(start <= a < stop for a, _ in mine),
                    "completions": sum(b is not None and start <= b < stop for _, b in mine),
                    "open": len(ages),
                    "median_age_hours": np.median(ages) if ages else np.nan,
                    "p90_age_hours": np.quantile(ages, 0.9) if ages else np.nan,
                }
            )
            start = stop
    got = workload(log, every=every)
    assert_frame_equal(got, pd.DataFrame(expected), check_dtype=False, rtol=0, atol=1e-9)


def test_every_period_is_there_and_what_came_less_what_went_is_open(make_log: Make) -> None:
    """Nothing happens in February; one of two is done in March, the other never."""
    log = make_log(
        ("1", "拟办", "2024-03-05 09:30"), ("2", "拟办", None),
        received=["2024-01-08 09:00", "2024-01-31 17:00"], unit=["综合处"] * 2,
    )  # fmt: skip
    told = workload(log, cutoff="2024-03-29 18:00")
    assert told[["period", *COUNTS]].values.tolist() == [
        ["2024-01", 2, 0, 2], ["2024-02", 0, 0, 2], ["2024-03", 0, 1, 1],
    ]  # fmt: skip
    assert told["until"].iloc[-1] == pd.Timestamp("2024-03-29 18:00")
    # 31 January: 17:00-18:00, and 19 and 21 working days of 7 hours in February and March 2024;
    # Sunday 4 and 18 February were made up for the Spring Festival, which leaves 18.
    days = len(eff.Calendar().days(dt.date(2024, 2, 1), dt.date(2024, 3, 29)).query("working"))
    assert told["median_age_hours"].iloc[-1] == 1 + 7 * days


def test_what_happens_at_the_cutoff_has_happened(make_log: Make) -> None:
    log = make_log(
        ("1", "拟办", "2024-03-05 12:00"), ("2", "拟办", None),
        received=["2024-03-05 09:00", "2024-03-05 12:00"],
    )  # fmt: skip
    told = workload(log, cutoff="2024-03-05 12:00")
    assert told[COUNTS].values.tolist() == [[2, 1, 1]]
    assert told["median_age_hours"].tolist() == [0.0]


def test_a_step_at_the_very_end_of_a_period_belongs_to_the_next(make_log: Make) -> None:
    log = make_log(("1", "拟办", "2024-04-01 00:00"), received=["2024-03-04 00:00"])
    assert workload(log)[COUNTS].values.tolist() == [[1, 0, 1], [0, 1, 0]]


def test_when_a_step_came(make_log: Make) -> None:
    """Received; else the end of the step before; else its start; else its end. Never after it."""
    log = make_log(
        ("1", "a", "2024-01-10 10:00"), ("1", "b", "2024-03-12 10:00"),
        ("2", "c", "2024-04-10 10:00"), ("3", "d", "2024-05-10 10:00"),
        ("4", "e", "2024-05-12 10:00"),
        received=["2024-01-09", None, None, None, "2024-06-01"],
        start=["2024-01-10", "2024-02-01", "2024-04-01", None, None],
    )  # fmt: skip
    told = workload(log, by="activity", cutoff="2024-06-30")
    came = told[told["arrivals"] > 0].set_index("activity")["period"]
    assert came.to_dict() == {
        "a": "2024-01", "b": "2024-01", "c": "2024-04", "d": "2024-05", "e": "2024-05",
    }  # fmt: skip
    assert not told.groupby("activity")["open"].last().any()


def test_an_undone_step_of_a_closed_case_left_with_the_case(make_log: Make) -> None:
    log = make_log(
        ("1", "归档", "2024-03-05 10:00"), ("1", "反馈", None),
        received=["2024-03-04 09:00", "2024-03-04 10:00"],
    )  # fmt: skip
    with observed(log, eff.Calendar(), closed_by=["归档"]) as events:
        assert workload(events)[COUNTS].values.tolist() == [[2, 2, 0]]
    assert workload(log)[COUNTS].values.tolist() == [[2, 1, 1]]


def test_the_unit_lends_its_clock_to_the_age(make_log: Make, tmp_path: Any) -> None:
    """From Saturday noon to Sunday noon: 24 hours at the duty desk, none elsewhere."""
    path = tmp_path / "calendar.toml"
    path.write_text('[units."值班室"]\nhours = ["00:00-24:00"]\nevery_day = true\n', "utf-8")
    log = make_log(
        ("1", "甲", None), ("2", "甲", None),
        received=["2024-03-09 12:00"] * 2, unit=["秘书处", "值班室"],
    )  # fmt: skip
    told = workload(log, eff.read_calendar(path), cutoff="2024-03-10 12:00").set_index("unit")
    assert told["median_age_hours"].to_dict() == {"值班室": 24.0, "秘书处": 0.0}


def test_an_ibis_table_and_shuffled_rows_give_the_same(random_log: Make) -> None:
    log = random_log(8, 30)
    con = ibis.duckdb.connect()
    table = con.create_table("log", ibis.memtable(log))
    before = log.copy(deep=True)
    expected = workload(log)
    assert_frame_equal(workload(table), expected)
    assert_frame_equal(workload(log.sample(frac=1, random_state=1)), expected)
    assert_frame_equal(log, before)
    con.disconnect()


def test_what_is_none_of_the_choices_is_refused(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05"))
    with pytest.raises(ValueError, match="use 'month' or 'week'"):
        workload(log, every="year")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="use 'unit' or 'activity'"):
        workload(log, by="actor")  # type: ignore[arg-type]
