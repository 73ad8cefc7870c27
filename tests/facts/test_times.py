"""Times of cases and steps: by hand, and against plain Python; open cases against lifelines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.facts.events import observed
from efficiency.facts.times import completion, hours_to_share

Make = Callable[..., pd.DataFrame]
MOMENTS = ("received", "start", "end")
SEEDS = settings(deadline=None, derandomize=True, max_examples=4, phases=[Phase.generate])
SEED = st.integers(0, 2**32 - 1)


def moment(value: Any) -> dt.datetime | None:
    """A cell as a moment, or None."""
    return None if pd.isna(value) else value.to_pydatetime()


def seen_steps(log: pd.DataFrame) -> list[dict[str, Any]]:
    """The steps that have any moment, in row order."""
    steps = [
        {**row, **{name: moment(row[name]) for name in MOMENTS}} for row in log.to_dict("records")
    ]
    return [step for step in steps if any(step[name] for name in MOMENTS)]


@SEEDS
@given(seed=SEED)
def test_step_times_equal_plain_python(
    random_log: Make, walk: Callable[..., float], seed: int
) -> None:
    """Queue, handling, and from arrival (else the end of the step before) to the end."""
    log = random_log(seed)
    steps = seen_steps(log)
    expected = []
    for step in sorted(steps, key=lambda s: s["row"]):
        done = sorted(
            (s for s in steps if s["case_id"] == step["case_id"] and s["end"]),
            key=lambda s: (s["end"], s["row"]),
        )
        place = done.index(step) if step["end"] else 0
        before = done[place - 1]["end"] if place else None
        expected.append(
            [
                walk(step["received"], step["start"]),
                walk(step["start"], step["end"]),
                walk(step["received"] or before, step["end"]),
            ]
        )
    got = eff.step_times(log)
    assert tables.STEPS.check(got) is got
    assert got["row"].tolist() == sorted(step["row"] for step in steps)
    hours = got[["queue_hours", "handling_hours", "work_hours"]]
    np.testing.assert_allclose(hours, np.array(expected, dtype=float), rtol=0, atol=1e-9)


@SEEDS
@given(seed=SEED)
def test_case_times_equal_plain_python(
    random_log: Make, walk: Callable[..., float], seed: int
) -> None:
    """First and last of any kind, open or not, elapsed and working hours, age, attributes."""
    log = random_log(seed)
    last_of_all = max(m for s in seen_steps(log) for m in map(s.get, MOMENTS) if m)
    cases: dict[str, list[dict[str, Any]]] = {}
    for step in seen_steps(log):
        cases.setdefault(step["case_id"], []).append(step)
    expected = []
    for case_id, steps in sorted(cases.items()):
        moments = [m for s in steps for m in map(s.get, MOMENTS) if m]
        first, last = min(moments), max(moments)
        is_open = not all(s["end"] for s in steps)
        kinds = [s["文种"] for s in steps if s["文种"]]
        sums = [s["金额"] for s in steps if pd.notna(s["金额"])]
        expected.append(
            {
                "case_id": case_id,
                "steps": len(steps),
                "first": first,
                "last": last,
                "open": is_open,
                "elapsed_hours": (last - first).total_seconds() / 3600,
                "work_hours": walk(first, last),
                "age_hours": walk(first, last_of_all if is_open else last),
                "文种": kinds[0] if kinds else None,
                "金额": sums[0] if sums else None,
            }
        )
    got = eff.case_times(log)
    assert tables.CASES.check(got) is got
    want = pd.DataFrame(expected)
    assert_frame_equal(got[list(want)], want, check_dtype=False, rtol=0, atol=1e-9)


@settings(SEEDS, max_examples=3)
@given(seed=SEED)
def test_a_cutoff_is_the_log_cut_by_hand(random_log: Make, truncated: Make, seed: int) -> None:
    """As if the log had been taken then; and rows may come in any order."""
    log = random_log(seed, 40)
    cutoff = log["end"].dropna().sort_values().iloc[len(log) // 3]
    shuffled = log.sample(frac=1, random_state=seed % 1000)
    told = []
    for rows in (truncated(log, cutoff), log, shuffled):
        with observed(rows, eff.Calendar(), cutoff=cutoff) as events:
            told.append((eff.case_times(events), eff.step_times(events)))
    for cases, steps in told[1:]:
        assert_frame_equal(cases, told[0][0])
        assert_frame_equal(steps, told[0][1])


def test_one_case_by_hand(make_log: Make) -> None:
    """Registered at 17:25, forwarded at 8:45 the next morning, not yet drafted at 10:00."""
    log = make_log(
        ("1", "登记", "2024-03-05 17:25"),
        ("1", "转办", "2024-03-06 08:45"),
        ("1", "拟办", None),
        received=["2024-03-05 17:00", None, "2024-03-06 08:45"],
        start=["2024-03-05 17:05", "2024-03-06 08:40", "2024-03-06 09:00"],
    )
    steps = eff.step_times(log)
    assert steps["queue_hours"].fillna(-1).tolist() == pytest.approx([5 / 60, -1, 0.25])
    assert steps["handling_hours"].fillna(-1).tolist() == pytest.approx([20 / 60, 5 / 60, -1])
    assert steps["work_hours"].fillna(-1).tolist() == pytest.approx([25 / 60, 50 / 60, -1])
    case = eff.case_times(log, cutoff="2024-03-06 10:00").iloc[0]
    assert case[["first", "last"]].tolist() == [
        pd.Timestamp("2024-03-05 17:00"), pd.Timestamp("2024-03-06 09:00"),
    ]  # fmt: skip
    assert (case["open"], case["steps"]) == (True, 3)
    assert case[["elapsed_hours", "work_hours", "age_hours"]].tolist() == [16.0, 1.5, 2.5]


def test_units_lend_their_hours_to_steps_but_not_to_cases(make_log: Make, tmp_path: Any) -> None:
    """A weekend: the duty desk's step took a day, the case none of the office's time."""
    path = tmp_path / "calendar.toml"
    path.write_text('[units."值班室"]\nhours = ["00:00-24:00"]\nevery_day = true\n', "utf-8")
    log = make_log(
        ("1", "甲", "2024-03-09 10:00"), ("1", "乙", "2024-03-10 10:00"), unit=["秘书处", "值班室"]
    )
    calendar = eff.read_calendar(path)
    assert eff.step_times(log, calendar)["work_hours"].tolist()[1] == 24.0
    assert eff.case_times(log, calendar)["work_hours"].tolist() == [0.0]


def test_closing_activities_tell_what_is_open(make_log: Make) -> None:
    """With ``closed_by`` an undone step leaves a case closed, and a done one leaves it open."""
    log = make_log(
        ("1", "归档", "2024-03-05 10:00"), ("1", "反馈", None), ("2", "登记", "2024-03-05 10:00"),
        start=[None, "2024-03-05 09:00", None],
    )  # fmt: skip
    with observed(log, eff.Calendar(), closed_by=["归档", "退文"]) as events:
        assert eff.case_times(events)["open"].tolist() == [False, True]
    assert eff.case_times(log)["open"].tolist() == [True, False]


def test_an_ibis_table_gives_an_ibis_table_with_the_same_rows(random_log: Make) -> None:
    """Both functions."""
    log = random_log(5, 40)
    con = ibis.duckdb.connect()
    table = con.create_table("log", ibis.memtable(log))
    for measure in (eff.case_times, eff.step_times):
        lazy = measure(table)
        assert isinstance(lazy, ir.Table)
        # A table on an engine has no order; no two of its rows are the same.
        here, there = measure(log), lazy.to_pandas()
        keys = list(here.columns[:2])
        assert not here.duplicated(keys).any()
        assert_frame_equal(
            there.sort_values(keys, ignore_index=True),
            here.sort_values(keys, ignore_index=True),
            check_dtype=False,
        )
    con.disconnect()


def test_arguments_are_untouched(random_log: Make) -> None:
    """The frame keeps its columns, order and index."""
    log = random_log(6, 10)
    before = log.copy(deep=True)
    eff.case_times(log)
    eff.step_times(log)
    assert_frame_equal(log, before)


def test_the_worked_example(
    example_record: eff.Record, expected: Callable[[str], pd.DataFrame]
) -> None:
    """Working hours that were worked out apart from any program of this project."""
    got = eff.case_times(example_record.log, cutoff="2024-04-24 18:00")
    want = expected("work_hours").sort_values("case_id", ignore_index=True)
    assert got["case_id"].tolist() == want["case_id"].tolist()
    assert got["work_hours"].round(6).tolist() == want["work_hours"].astype(float).tolist()


def test_the_receipt_logs_published_durations(receipt: pd.DataFrame) -> None:
    """Median case 0.033 days, mean 5.41."""
    days = eff.case_times(receipt)["elapsed_hours"] / 24
    assert (round(days.median(), 3), round(days.mean(), 2)) == (0.033, 5.41)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60).filter(
        lambda drawn: not all(is_open for _, is_open in drawn)
    )
)
def test_completion_equals_lifelines(drawn: list[tuple[int, bool]]) -> None:
    """Kaplan-Meier with its log-log interval, ties and open cases, by another package."""
    cases = pd.DataFrame(drawn, columns=["age_hours", "open"]).astype({"age_hours": float})
    got = completion(cases)
    assert got["hours"].tolist() == sorted({hours for hours, is_open in drawn if not is_open})
    fitted = KaplanMeierFitter().fit(cases["age_hours"], ~cases["open"])
    share = 1 - fitted.survival_function_at_times(got["hours"])
    np.testing.assert_allclose(got["share"], share, rtol=0, atol=1e-9)
    band = 1 - fitted.confidence_interval_survival_function_.loc[got["hours"]]
    inside = (got["share"] < 1).to_numpy()  # at the very end the interval has no width to give
    np.testing.assert_allclose(got["high"][inside], band.iloc[:, 0][inside], rtol=0, atol=1e-6)
    np.testing.assert_allclose(got["low"][inside], band.iloc[:, 1][inside], rtol=0, atol=1e-6)


def test_completion_by_hand() -> None:
    """Four cases, one open: it stays in the count for as long as it was seen."""
    cases = pd.DataFrame({"age_hours": [1.0, 2.0, 3.0, 4.0], "open": [False, True, False, False]})
    told = completion(cases)
    assert told["hours"].tolist() == [1.0, 3.0, 4.0]
    # 1 - 3/4, then 1 - 3/4 × 1/2, then all
    assert told["share"].tolist() == pytest.approx([0.25, 0.625, 1.0])
    assert hours_to_share(told) == 3.0
    assert hours_to_share(told, 0.25) == 1.0


def test_nothing_done_completes_nothing() -> None:
    """Only open cases, or none: an empty table, and no time by which half are done."""
    for cases in (
        pd.DataFrame({"age_hours": [1.0], "open": [True]}),
        pd.DataFrame({"age_hours": [], "open": []}),
    ):
        told = completion(cases)
        assert told.columns.tolist() == ["hours", "share", "low", "high"]
        assert told.empty
        assert hours_to_share(told) == float("inf")
