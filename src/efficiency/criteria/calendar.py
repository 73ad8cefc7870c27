"""When the office works: working days by the yearly notices, office hours by season and unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import chinese_calendar
import holidays as holiday_rules
import numpy as np
import pandas as pd
from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from efficiency import tables
from efficiency._doors.files import read_text_table
from efficiency._doors.toml import Strict, read_settings, read_toml
from efficiency.problems import InputError, Problem, SettingsError

SECOND = 1_000_000
#: Days from one calendar to the next in ``place``; more than any two dates lie apart.
PLACES = 4_000_000
_DAY = 86_400 * SECOND
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\s*$")
_Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

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
        The day table: one row a day and calendar, ordered by calendar and day.

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
        # A local day off tells nothing of the others; a notice that moves a weekend does.
        noticed = {
            override.date.year
            for override in self.overrides
            if override.notice and override.working and override.date.weekday() in self.weekend
        }
        estimated = ~dates.year.isin(sorted(known | noticed))
        for override in self.overrides:
            working[dates == pd.Timestamp(override.date)] = override.working
        return np.asarray(working), np.asarray(estimated)


#: Worked by the notice for the year after: the first that the package knows is that of 2004.
_EARLY = (dt.date(2005, 12, 31),)


@lru_cache(maxsize=32)
def _public_days(
    region: str, first: int, last: int
) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex, set[int]]:
    """Days off, make-up working days, and the years whose rules are known."""
    years = range(first, last + 1)
    if region != "CN":
        code, _, part = region.partition("-")
        rules = holiday_rules.country_holidays(code, subdiv=part or None, years=years)
        return pd.DatetimeIndex(sorted(rules)), pd.DatetimeIndex([]), set(years)
    off = [pd.Timestamp(day) for day in chinese_calendar.constants.holidays]
    make_up = [pd.Timestamp(day) for day in (*chinese_calendar.constants.workdays, *_EARLY)]
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
    real = (spans[:, 1::2] > spans[:, 0::2]).sum(axis=1)
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
        "ends": np.cumsum(real) - real,
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
    real = all(int(m[2]) < 60 and int(m[4]) < 60 for m in matches if m)
    if not hours or None in matches or not rising or not real or max(flat) > 86_400:
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
        every_day = false                             # true: on weekends and holidays as well
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
    path = Path(path)
    problems = list[Problem]()
    overrides: list[Override] = []
    try:
        settings = read_settings(_CalendarSettings, path)
    except SettingsError as error:
        problems += error.problems
        settings = _CalendarSettings()
    named = settings.overrides or str(_overrides_of(path) or "")
    if named:
        try:
            overrides = _override_table(path.parent / named)
        except InputError as error:
            problems += error.problems
    days = (*(day.override() for day in settings.days), *overrides)
    problems += _given_twice(days, path)
    if problems:
        raise SettingsError(problems)
    return Calendar(
        region=settings.region,
        hours=settings.desk(),
        units=tuple((name, unit.desk()) for name, unit in settings.units.items()),
        overrides=days,
        weekend=tuple(_WEEKDAYS.index(day) for day in settings.weekend),
    )


def _overrides_of(path: Path) -> Any:
    """Find the table of days even where other settings are wrong, so that all is told at once."""
    try:
        return read_toml(path).get("overrides")
    except SettingsError:
        return None


def _check_hours(hours: Any) -> Any:
    try:
        _spans([] if isinstance(hours, str) else list(hours))
    except (TypeError, ValueError):
        raise PydanticCustomError("hours", "office hours") from None
    return hours


def _check_region(region: str) -> str:
    code, _, part = region.partition("-")
    known = holiday_rules.list_supported_countries(include_aliases=True)
    if region != "CN" and (code not in known or (part and part not in known[code])):
        raise PydanticCustomError("region", "region")
    return region


_Hours = Annotated[tuple[str, ...], BeforeValidator(_check_hours)]
_HOURS_EXAMPLE = ['["08:30-12:00", "14:30-18:00"]']
_DATE = r"^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


class _SeasonSettings(Strict):
    first: str = Field(alias="from", pattern=_DATE, examples=['"07-01"'])
    last: str = Field(alias="to", pattern=_DATE, examples=['"09-30"'])
    hours: _Hours = Field(examples=_HOURS_EXAMPLE)

    @model_validator(mode="after")
    def _from_one_date_to_another(self) -> Self:
        """Both of every year (over New Year, too), or both of one year, the first not after."""
        dated, both = (len(day) > len("07-01") for day in (self.first, self.last))
        real = all(_is_date(day) for day in (self.first, self.last))
        if dated != both or not real or (dated and self.first > self.last):
            raise PydanticCustomError("season", "season")
        return self


def _is_date(day: str) -> bool:
    """Whether there is such a day, in that year or in a leap year."""
    try:
        dt.date.fromisoformat(day if len(day) > len("07-01") else f"2024-{day}")
    except ValueError:
        return False
    return True


class _UnitSettings(Strict):
    hours: _Hours = Field(("08:30-12:00", "14:30-18:00"), examples=_HOURS_EXAMPLE)
    every_day: StrictBool = Field(default=False, examples=["true"])
    seasons: tuple[_SeasonSettings, ...] = Field((), examples=["[[seasons]]"])

    def desk(self) -> Hours:
        """The hours as a value."""
        return _desk(self.hours, self.seasons, every_day=self.every_day)


def _desk(
    hours: tuple[str, ...], seasons: tuple[_SeasonSettings, ...], *, every_day: bool = False
) -> Hours:
    told = tuple(Season(s.first, s.last, _spans(list(s.hours))) for s in seasons)
    return Hours(_spans(list(hours)), told, every_day)


class _DaySettings(Strict):
    date: dt.date = Field(examples=["2027-02-05"])
    working: StrictBool = Field(examples=["false"])
    notice: str = Field("", examples=['"国办发明电〔2026〕1号"'])

    def override(self) -> Override:
        """The day as a value."""
        return Override(self.date, self.working, self.notice)


class _CalendarSettings(Strict):
    region: Annotated[str, AfterValidator(_check_region)] = Field("CN", examples=['"CN"'])
    hours: _Hours = Field(("08:30-12:00", "14:30-18:00"), examples=_HOURS_EXAMPLE)
    every_day: StrictBool = Field(default=False, examples=["true"])
    weekend: tuple[_Weekday, ...] = Field(("Sat", "Sun"), examples=['["Sat", "Sun"]'])
    seasons: tuple[_SeasonSettings, ...] = Field((), examples=["[[seasons]]"])
    days: tuple[_DaySettings, ...] = Field((), examples=["[[days]]"])
    overrides: str | None = Field(None, examples=['"days.csv"'])
    units: dict[str, _UnitSettings] = Field({}, examples=['[units."值班室"]'])

    def desk(self) -> Hours:
        """The office's own hours as a value."""
        return _desk(self.hours, self.seasons, every_day=self.every_day)


_FLAGS = {"yes": True, "no": False, "是": True, "否": False}


def _given_twice(days: Sequence[Override], path: Path) -> list[Problem]:
    """Days that are given more than once, wherever."""
    dates = [day.date for day in days]
    twice = sorted({date for date in dates if dates.count(date) > 1})
    return [Problem("day_twice", {"date": date}, file=path.name) for date in twice]


def _override_table(path: Path) -> list[Override]:
    """Read the override table: columns date, working (yes/no), notice."""
    frame = read_text_table(path).frame
    missing = [name for name in ("date", "working") if name not in frame]
    if missing:
        example = "date,working,notice"
        raise SettingsError(
            [Problem("no_key", {"name": n, "example": example}, file=path.name) for n in missing]
        )
    dates = pd.to_datetime(frame["date"].str.strip(), format="%Y-%m-%d", errors="coerce")
    flags = frame["working"].str.strip().str.lower().map(_FLAGS)
    problems = [
        Problem(
            "bad_value",
            {"name": "date, working", "got": frame.loc[row].tolist(), "right": "2027-02-05,yes"},
            file=path.name,
            line=int(row) + 2,
        )
        for row in frame.index[dates.isna() | flags.isna()]
    ]
    if problems:
        raise SettingsError(problems)
    notices = frame.get("notice", pd.Series("", index=frame.index))
    return [
        Override(date.date(), bool(flag), notice)
        for date, flag, notice in zip(dates, flags, notices, strict=True)
    ]
