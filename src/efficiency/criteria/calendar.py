"""When the office works: working days by the yearly notices, office hours by season and unit."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays as holiday_rules
import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._files import line_of, read_text_table, read_toml
from efficiency.problems import Hint, Problem, SettingsError

SECOND = 1_000_000
#: Days from one calendar to the next in ``place``; more than any two dates lie apart.
PLACES = 4_000_000
_DAY = 86_400 * SECOND
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\s*$")
_KEYS = ("region", "hours", "weekend", "seasons", "days", "overrides", "units")
_UNIT_KEYS = ("hours", "every_day", "seasons")

Span = tuple[int, int]


@dataclass(frozen=True)
class Season:
    """Office hours for a part of every year (``07-01``) or for given dates (``2024-07-01``)."""

    first: str
    last: str
    hours: tuple[Span, ...]

    def covers(self, dates: pd.DatetimeIndex) -> np.ndarray:
        """Tell which dates lie in the season; one that ends before it begins spans New Year."""
        form = "%Y-%m-%d" if len(self.first) > len("07-01") else "%m-%d"
        stamps = dates.strftime(form).to_numpy(dtype=str)
        after, before = stamps >= self.first, stamps <= self.last
        inside = after & before if self.first <= self.last else after | before
        return np.asarray(inside)


@dataclass(frozen=True)
class Hours:
    """The hours of an office or a desk: microseconds of the day, half open."""

    spans: tuple[Span, ...]
    seasons: tuple[Season, ...] = ()
    every_day: bool = False


@dataclass(frozen=True)
class Override:
    """One day that a notice makes a working day, or a day off."""

    date: dt.date
    working: bool
    notice: str = ""


@dataclass(frozen=True)
class Calendar:
    """
    A working calendar: a region's public holidays, office hours, and units with hours of their own.

    Parameters
    ----------
    region
        ``CN``: the State Council's notices, make-up weekends included. Any other code is one of
        the holidays package (``NL``, ``US-CA``).
    hours
        The office's hours.
    units
        Units with hours of their own, by name.
    overrides
        Days that differ, with the notice they come from.
    weekend
        Days of the week that are off (Monday is 0).

    Examples
    --------
    >>> days = Calendar().days(dt.date(2024, 9, 28), dt.date(2024, 10, 1))
    >>> days["working"].tolist()  # Sunday 29 September 2024 was a make-up working day
    [False, True, True, False]
    """

    region: str = "CN"
    hours: Hours = field(default_factory=lambda: Hours(_spans(["08:30-12:00", "14:30-18:00"])))
    units: tuple[tuple[str, Hours], ...] = ()
    overrides: tuple[Override, ...] = ()
    weekend: tuple[int, ...] = (5, 6)

    def days(self, first: dt.date, last: dt.date) -> pd.DataFrame:
        """
        Give the day table: one row a day and calendar, ordered by calendar and day.

        Returns
        -------
        DataFrame
            The columns of ``tables.DAYS``, and ``open_1, close_1, …``: office spans in
            microseconds of the day. Calendar 0 is the office's, 1 and on are the units' in order.

        Notes
        -----
        ``before`` is the running sum of ``length``, so that the working time from a to b is
        W(b) − W(a) with W(t) = before + the part of the day's spans that lies before t.
        """
        dates = pd.date_range(first, last, freq="D")
        working, estimated = self._working(dates)
        desks = [self.hours, *(hours for _, hours in self.units)]
        width = max(len(spans) for desk in desks for spans in _all_spans(desk))
        parts = [
            _desk_days(number, desk, dates, working, estimated, width)
            for number, desk in enumerate(desks)
        ]
        return tables.DAYS.check(pd.concat(parts, ignore_index=True))

    def estimated_years(self, first: dt.date, last: dt.date) -> list[int]:
        """List the years for which no notice is known."""
        dates = pd.date_range(first, last, freq="D")
        return sorted(set(dates.year[self._working(dates)[1]].tolist()))

    def _working(self, dates: pd.DatetimeIndex) -> tuple[np.ndarray, np.ndarray]:
        off, make_up, known = _public_days(self.region, dates.year.min(), dates.year.max())
        weekday = ~np.isin(dates.weekday.to_numpy(), self.weekend)
        working = (weekday & ~dates.isin(off)) | dates.isin(make_up)
        noticed = {override.date.year for override in self.overrides if override.notice}
        estimated = ~dates.year.isin(sorted(known | noticed))
        for override in self.overrides:
            working[dates == pd.Timestamp(override.date)] = override.working
        return np.asarray(working), np.asarray(estimated)


@lru_cache(maxsize=32)
def _public_days(
    region: str, first: int, last: int
) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex, set[int]]:
    """Give days off, make-up working days, and the years whose rules are known."""
    years = range(first, last + 1)
    if region != "CN":
        code, _, part = region.partition("-")
        rules = holiday_rules.country_holidays(code, subdiv=part or None, years=years)
        return pd.DatetimeIndex(sorted(rules)), pd.DatetimeIndex([]), set(years)
    off = [pd.Timestamp(day) for day in chinese_calendar.constants.holidays]
    make_up = [pd.Timestamp(day) for day in chinese_calendar.constants.workdays]
    known = {day.year for day in off}
    guessed = [year for year in years if year not in known]
    # 放假办法 (2024-11-10) names the dates; where they are moved to is the notice's to say.
    statutory = holiday_rules.country_holidays("CN", years=guessed, observed=False)
    return pd.DatetimeIndex([*off, *map(pd.Timestamp, statutory)]), pd.DatetimeIndex(make_up), known


def _all_spans(desk: Hours) -> list[tuple[Span, ...]]:
    return [desk.spans, *(season.hours for season in desk.seasons)]


def _desk_days(
    number: int,
    desk: Hours,
    dates: pd.DatetimeIndex,
    working: np.ndarray,
    estimated: np.ndarray,
    width: int,
) -> pd.DataFrame:
    works = np.ones(len(dates), dtype=bool) if desk.every_day else working
    spans = np.broadcast_to(_row(desk.spans, width), (len(dates), 2 * width)).copy()
    for season in desk.seasons:
        spans[season.covers(dates)] = _row(season.hours, width)
    spans[~works] = 0
    length = (spans[:, 1::2] - spans[:, 0::2]).sum(axis=1)
    day = dates.to_numpy().astype("datetime64[D]").astype("int64")
    columns = {
        "calendar": np.full(len(dates), number, dtype="int64"),
        "day": day,
        "place": number * PLACES + day,
        "working": works,
        "estimated": estimated,
        "before": np.cumsum(length) - length,
        "length": length,
        "ordinal": np.cumsum(works).astype("int64"),
        "close": spans.max(axis=1),
    }
    for i in range(width):
        columns[f"open_{i + 1}"] = spans[:, 2 * i]
        columns[f"close_{i + 1}"] = spans[:, 2 * i + 1]
    return pd.DataFrame(columns)


def _row(spans: tuple[Span, ...], width: int) -> np.ndarray:
    """Lay spans side by side; a desk with fewer spans than others gets empty ones at the end."""
    flat = [edge for span in spans for edge in span]
    return np.array(flat + [spans[-1][1]] * (2 * width - len(flat)), dtype="int64")


def _spans(hours: list[str]) -> tuple[Span, ...]:
    """
    Read office hours.

    Examples
    --------
    >>> [(a // 3_600_000_000, b // 3_600_000_000) for a, b in _spans(["09:00-12:00"])]
    [(9, 12)]
    """
    matches = [_SPAN.match(text) for text in hours]
    edges = [
        (int(m[1]) * 3600 + int(m[2]) * 60, int(m[3]) * 3600 + int(m[4]) * 60) for m in matches if m
    ]
    flat = [edge for span in edges for edge in span]
    rising = all(a < b for a, b in edges) and flat == sorted(flat)
    if not hours or None in matches or not rising or max(flat) > 86_400:
        raise ValueError(hours)
    return tuple((a * SECOND, b * SECOND) for a, b in edges)


def read_calendar(path: str | Path | None = None) -> Calendar:
    """
    Read a working calendar.

    Parameters
    ----------
    path
        A ``calendar.toml``. None: China's public calendar, 08:30-12:00 and 14:30-18:00.

    Raises
    ------
    SettingsError
        Lists every unknown key and every value that cannot be read, with its line.

    Notes
    -----
    The keys, all optional::

        region    = "CN"                              # or any code of the holidays package
        hours     = ["08:30-12:00", "14:30-18:00"]
        weekend   = ["Sat", "Sun"]
        overrides = "days.csv"                        # columns date, working, notice
        [[seasons]]
        from = "07-01"                                # or one year's: "2024-07-01"
        to = "09-30"
        hours = ["08:30-12:00", "15:00-18:30"]
        [[days]]
        date = 2027-02-05
        working = false
        notice = "the notice this day comes from"
        [units."值班室"]
        hours = ["00:00-24:00"]
        every_day = true

    Examples
    --------
    >>> read_calendar().region
    'CN'
    """
    if path is None:
        return Calendar()
    return _Reader(Path(path)).read()


class _Reader:
    """Reads one calendar.toml and gathers what is wrong in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.settings = read_toml(path)

    def read(self) -> Calendar:
        settings, default = self.settings, Calendar()
        self.keys(settings, _KEYS)
        region = settings.get("region", default.region)
        self.region(region)
        calendar = Calendar(
            region=region,
            hours=self.desk(settings, default.hours.spans),
            units=tuple(
                (name, self.desk(unit, default.hours.spans, "units", name))
                for name, unit in settings.get("units", {}).items()
            ),
            overrides=(*self.days(settings.get("days", [])), *self.table(settings)),
            weekend=self.weekend(settings.get("weekend", ["Sat", "Sun"])),
        )
        if self.problems:
            raise SettingsError(self.problems)
        return calendar

    def fail(self, key: str, *place: str, **details: Any) -> None:
        line = line_of(self.path, *place)
        self.problems.append(Problem(key, details, file=self.path.name, line=line))

    def keys(self, settings: dict[str, Any], known: tuple[str, ...], *place: str) -> None:
        for name in settings:
            if name not in known:
                self.fail("unknown_key", *place, name, name=name, hint=Hint(name, known))

    def region(self, region: str) -> None:
        code, _, part = str(region).partition("-")
        try:
            if region != "CN":
                holiday_rules.country_holidays(code, subdiv=part or None)
        except NotImplementedError:
            self.fail("region", "region", got=region)

    def spans(self, hours: Any, *place: str) -> tuple[Span, ...]:
        try:
            return _spans(list(hours))
        except (ValueError, TypeError):
            self.fail("hours", *place, "hours", got=hours)
            return ((0, _DAY),)

    def desk(self, unit: dict[str, Any], default: tuple[Span, ...], *place: str) -> Hours:
        if place:
            self.keys(unit, _UNIT_KEYS, *place)
        seasons = tuple(
            Season(
                str(s.get("from", "")), str(s.get("to", "")), self.spans(s.get("hours"), "seasons")
            )
            for s in unit.get("seasons", [])
        )
        spans = self.spans(unit["hours"], *place) if "hours" in unit else default
        return Hours(spans, seasons, bool(unit.get("every_day", False)))

    def weekend(self, names: list[str]) -> tuple[int, ...]:
        unknown = [name for name in names if name not in _WEEKDAYS]
        for name in unknown:
            self.fail("bad_value", "weekend", name="weekend", got=name, right=" ".join(_WEEKDAYS))
        return tuple(_WEEKDAYS.index(name) for name in names if name not in unknown)

    def days(self, rows: list[dict[str, Any]]) -> list[Override]:
        days = []
        for row in rows:
            if not isinstance(row.get("date"), dt.date) or not isinstance(row.get("working"), bool):
                right = "date = 2027-02-05, working = false"
                self.fail("bad_value", "days", name="days", got=row, right=right)
                continue
            days.append(Override(row["date"], row["working"], str(row.get("notice", ""))))
        return days

    def table(self, settings: dict[str, Any]) -> list[Override]:
        """Read the override table: columns date, working (yes/no), notice."""
        if "overrides" not in settings:
            return []
        frame = read_text_table(self.path.parent / settings["overrides"]).frame
        dates = pd.to_datetime(frame["date"], errors="coerce")
        flags = frame["working"].str.strip().str.lower().map({"yes": True, "no": False})
        for row in frame.index[dates.isna() | flags.isna()]:
            got, right = frame.loc[row].to_dict(), "date 2027-02-05, working yes / no"
            self.fail("bad_value", "overrides", name=f"overrides:{row + 2}", got=got, right=right)
        notices = frame.get("notice", pd.Series("", index=frame.index))
        return [
            Override(date.date(), bool(flag), notice)
            for date, flag, notice in zip(dates, flags, notices, strict=True)
            if pd.notna(date) and pd.notna(flag)
        ]
