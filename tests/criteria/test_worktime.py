"""Holds `work_hours` against a walk from minute to minute and one from span to span."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import holidays
import numpy as np
import pandas as pd
import pytest

import efficiency as eff

FIRST, LAST = dt.date(2018, 12, 1), dt.date(2026, 12, 31)
DAYS = (LAST - FIRST).days + 1
MINUTES = DAYS * 1440
#: A calendar with summer hours, a duty desk that never closes, and a window with a longer day.
TOML = """
[[seasons]]
from = "07-01"
to = "09-30"
hours = ["08:30-12:00", "15:00-18:30"]
[units."值班室"]
hours = ["00:00-24:00"]
every_day = true
[units."办事窗口"]
hours = ["09:00-17:00", "18:00-19:30", "20:00-20:15"]
"""
#: Where the hours of an office, and of the window, begin and end, in minutes of the day.
EDGES = [510, 540, 720, 870, 900, 1020, 1080, 1110, 1170, 1200, 1215, 0]


def pairs(
    seed: int, many: int, most: int = MINUTES, span: int = 500 * 1440
) -> tuple[np.ndarray, np.ndarray]:
    """Draw pairs of a moment and another some way off, before or after it."""
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, most, many)
    return starts, np.clip(starts + rng.integers(-span, span, many), 0, most - 1)


def at_edges(seed: int, many: int) -> np.ndarray:
    """Draw minutes in which a desk opens or closes, or those next to them."""
    rng = np.random.default_rng(seed)
    near = rng.choice(EDGES, many) + rng.integers(-1, 2, many)
    return np.clip(rng.integers(0, DAYS, many) * 1440 + near, 0, MINUTES - 1)


def times(units: np.ndarray, unit: str = "m") -> pd.Series:
    """Turn counts since `FIRST` into moments."""
    return pd.Series(np.datetime64(FIRST) + units.astype(f"timedelta64[{unit}]"))


def minutes_of(spans: list[tuple[int, int]]) -> np.ndarray:
    """The minutes of a day on which a desk is open."""
    day = np.zeros(1440, dtype=bool)
    for opens, closes in spans:
        day[opens:closes] = True
    return day


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> eff.Calendar:
    """The calendar of `TOML`."""
    path = tmp_path_factory.mktemp("calendar") / "calendar.toml"
    path.write_text(TOML, encoding="utf-8")
    return eff.read_calendar(path)


@pytest.fixture(scope="module")
def open_minutes() -> dict[str | None, np.ndarray]:
    """Every minute of eight years: is the desk open? From the public facts of each day."""
    china = holidays.country_holidays("CN", years=range(2018, 2027))
    winter, summer = minutes_of([(510, 720), (870, 1080)]), minutes_of([(510, 720), (900, 1110)])
    window = minutes_of([(540, 1020), (1080, 1170), (1200, 1215)])
    closed = np.zeros(1440, dtype=bool)
    office, desk = [], []
    for i in range(DAYS):
        day = FIRST + dt.timedelta(days=i)
        works = china.is_working_day(day)
        office.append((summer if 7 <= day.month <= 9 else winter) if works else closed)
        desk.append(window if works else closed)
    return {
        None: np.concatenate(office),
        "值班室": np.ones(MINUTES, dtype=bool),
        "办事窗口": np.concatenate(desk),
    }


def walked(minutes: np.ndarray, start: int, stop: int) -> float:
    """Count the open minutes between two, as a clerk with a watch would."""
    if stop < start:
        return -walked(minutes, stop, start)
    return np.count_nonzero(minutes[start:stop]) / 60


@pytest.mark.parametrize(("unit", "many"), [(None, 10_000), ("办事窗口", 2_000)])
def test_working_hours_equal_a_walk_from_minute_to_minute(
    calendar: eff.Calendar,
    open_minutes: dict[str | None, np.ndarray],
    unit: str | None,
    many: int,
) -> None:
    """Pairs of any moments, half of them at the edges: holidays, lunch, summers, year ends."""
    start, stop = pairs(1, many)
    start[::4], stop[::2] = at_edges(2, len(start[::4])), at_edges(3, len(stop[::2]))
    expected = [walked(open_minutes[unit], a, b) for a, b in zip(start, stop, strict=True)]
    got = eff.work_hours(times(start), times(stop), calendar, unit)
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-9)


def test_seconds_equal_a_walk_from_span_to_span() -> None:
    """To the second, by the default calendar and the other public source of holidays."""

    def spans(day: dt.date) -> list[tuple[int, int]]:
        return [(30_600, 43_200), (52_200, 64_800)] if chinese_calendar.is_workday(day) else []

    def seconds(start: int, stop: int) -> int:
        total = 0
        for i in range(start // 86_400, stop // 86_400 + 1):
            for opens, closes in spans(FIRST + dt.timedelta(days=i)):
                a, b = max(start, i * 86_400 + opens), min(stop, i * 86_400 + closes)
                total += max(b - a, 0)
        return total

    start, stop = pairs(4, 1000, most=DAYS * 86_400, span=40 * 86_400)
    expected = [
        (seconds(a, b) if a <= b else -seconds(b, a)) / 3600
        for a, b in zip(start.tolist(), stop.tolist(), strict=True)
    ]
    got = eff.work_hours(times(start, "s"), times(stop, "s"), eff.Calendar())
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-9)


def test_working_hours_add_up_grow_and_turn() -> None:
    """Additive over any third moment, antisymmetric, never longer than the wall clock says."""
    calendar = eff.Calendar()
    start, stop = pairs(5, 1000)
    start[::2] = at_edges(6, len(start[::2]))
    a, b, c = times(start), times(stop), times(pairs(7, 1000)[0])
    whole = eff.work_hours(a, b, calendar)
    parts = eff.work_hours(a, c, calendar) + eff.work_hours(c, b, calendar)
    np.testing.assert_allclose(whole, parts, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(whole, -eff.work_hours(b, a, calendar))
    wall = (b - a).dt.total_seconds() / 3600
    assert ((whole * np.sign(wall) >= 0) & (whole.abs() <= wall.abs())).all()


def test_working_hours_never_fall_as_time_goes_on() -> None:
    """From one fixed moment, along a sorted line of moments over two years."""
    ends = pd.Series(pd.date_range("2024-12-20", "2026-12-20", freq="7h13min"))
    start = pd.Series([ends.iloc[0]] * len(ends))
    hours = eff.work_hours(start, ends, eff.Calendar())
    assert hours.is_monotonic_increasing
    assert hours.iloc[0] == 0


BY_HAND = [
    ("2024-03-05 17:25", "2024-03-06 08:45", 50 / 60),  # 35 minutes, a night, 15 minutes
    ("2024-03-05 11:50", "2024-03-05 14:40", 20 / 60),  # lunch
    ("2024-09-30 16:50", "2024-10-08 08:40", 80 / 60),  # 70 minutes, National Day, 10
    ("2024-10-12 08:30", "2024-10-12 18:00", 7.0),  # a make-up Saturday
    ("2024-02-09 18:00", "2024-02-18 08:30", 0.0),  # Spring Festival with both weekends
    ("2024-02-18 08:30", "2024-02-18 12:00", 3.5),  # a make-up Sunday
    ("2024-12-31 17:00", "2025-01-02 09:00", 1.5),  # New Year
    ("2024-03-05 18:00", "2024-03-06 08:30", 0.0),  # from the close to the opening
    ("2024-03-06 09:00", "2024-03-05 17:00", -1.5),  # backwards
    ("2024-03-05 09:00:00", "2024-03-05 09:00:01", 1 / 3600),
]


def test_hours_worked_out_by_hand() -> None:
    """The days that a naive calendar gets wrong."""
    start, end, hours = zip(*BY_HAND, strict=True)
    moments = (pd.Series([pd.Timestamp(at) for at in side]) for side in (start, end))
    got = eff.work_hours(*moments, eff.Calendar())
    assert got.tolist() == [pytest.approx(told, abs=1e-9) for told in hours]


def test_a_unit_keeps_its_own_hours(calendar: eff.Calendar) -> None:
    """Saturday to Sunday: the duty desk works through, the office rests, others keep its hours."""
    start = pd.Series(pd.to_datetime(["2024-03-09 10:00"]))
    end = pd.Series(pd.to_datetime(["2024-03-10 10:00"]))
    told = [
        eff.work_hours(start, end, calendar, unit).iloc[0] for unit in ("值班室", None, "督查处")
    ]
    assert told == [24.0, 0.0, 0.0]


def test_index_is_kept_and_gaps_stay_gaps() -> None:
    """A missing moment gives no hours; the arguments are as they were."""
    start = pd.Series(pd.to_datetime(["2024-03-05 09:00", None]), index=["x", "y"])
    end = pd.Series(pd.to_datetime(["2024-03-05 10:00", "2024-03-05 10:00"]), index=["x", "y"])
    before = start.copy(), end.copy()
    hours = eff.work_hours(start, end, eff.Calendar())
    assert hours.index.tolist() == ["x", "y"]
    assert hours["x"] == 1.0
    assert np.isnan(hours["y"])
    pd.testing.assert_series_equal(start, before[0])
    pd.testing.assert_series_equal(end, before[1])


def test_nothing_known_gives_nothing() -> None:
    """Without one moment there is no day to look up."""
    none = pd.Series(pd.to_datetime([None, None]))
    assert eff.work_hours(none, none, eff.Calendar()).isna().all()
