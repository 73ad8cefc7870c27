"""Reads time stamps as people and systems write them, and remembers how precise each was."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from efficiency.evidence.log.texts import matching

_TIME = r"""
    (?:[T\s,]*(?P<half>凌晨|早晨|清晨|上午|早上|中午|下午|傍晚|晚上|AM|PM)?\s*
       (?P<hour>\d{1,2})\s*[:时点]\s*
       (?:(?P<minute>[0-5]?\d|半)\s*
          (?:[:分]\s*(?:(?P<second>[0-5]?\d)(?:[.,](?P<fraction>\d{1,9}))?\s*秒?)?)?
       )?
       \s*(?P<half_after>AM|PM)?
    )?
    \s*(?P<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?$
"""
_YEAR_FIRST = re.compile(
    r"^(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    + _TIME,
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    r"^(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d{4})" + _TIME,
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(
    r"""^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})
        (?:[T\s]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?
        (?:\.0)?\s*(?P<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?$""",
    re.VERBOSE | re.IGNORECASE,
)
#: What most systems write, which is read at once; all else is read part by part.
_USUAL = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?$"
#: Of what `_YEAR_FIRST` reads, the most of it.
_ALONE = (
    r"^[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
    r"(?:[ T]?[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_SERIAL = re.compile(r"^\d{1,7}(?:\.\d+)?$")
#: Seconds and milliseconds since 1970, of the years 2001 to 2033.
EPOCH = re.compile(r"^1\d{9}(?:\d{3}|\.\d+)?$")
#: A time of day alone.
CLOCK = re.compile(
    r"^\s*(?:凌晨|早晨|清晨|上午|早上|中午|下午|傍晚|晚上)?\s*"
    r"\d{1,2}\s*(?:[:：]\s*\d{2}(?:[:：]\d{2})?|[时点]\s*(?:(?:[0-5]?\d|半)\s*分?)?)\s*(?:AM|PM)?\s*$",
    re.IGNORECASE,
)
#: A date without its year, as registers that are kept by hand have it.
_MONTH_DAY = re.compile(r"^\d{1,2}\s*月\s*\d{1,2}\s*[日号]?(?!\s*[-–—至到])")
#: The day from which Excel counts, and how far from all other dates a number may lie.
_DAY_ZERO, _NEAR = pd.Timestamp("1899-12-30"), pd.Timedelta(days=366).as_unit("us")
#: From here on a number counts milliseconds.
_MILLISECONDS = 1e11
#: Years of which records are kept: a number that would be a day of another one counts something
#: else.
LIKELY = (1980, 2100)
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_AFTERNOON = {"下午", "傍晚", "晚上", "中午", "PM"}
_MORNING = {"凌晨", "早晨", "清晨", "上午", "早上", "AM"}
#: What people and systems add to a stamp that says nothing more: the weekday, the zone's name.
_ADDED = re.compile(r"\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?|\[[\w/+-]+\]$")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile(r"([二三])?十([一二三四五六七八九])?(?=[月日号时点分])")


_BOUNDS = tuple(pd.Timestamp(year, 1, 1) for year in LIKELY)
#: Half a year in months of 31 days.
_HALF_YEAR = 6 * 31
#: Forms of a column that are told.
MOST_FORMS = 5


class AmbiguousDayError(ValueError):
    """Day and month of a column cannot be told apart; holds the value that shows it."""


def is_zone(name: str) -> bool:
    """
    Whether there is a time zone of that name.

    Examples
    --------
    >>> is_zone("Asia/Shanghai"), is_zone("Mars/X")
    (True, False)
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def stand_alone(values: pa.Array) -> bool:
    """
    Whether stamps are empty or begin with their year: each of them is read without the others.

    Examples
    --------
    >>> stand_alone(pa.array(["2024/3/5 9:05", None])), stand_alone(pa.array(["3/4/2024"]))
    (True, False)
    """
    alone = pc.match_substring_regex(values, f"{_ALONE}|^$")
    return bool(pc.all(alone, min_count=0).as_py())


def read_stamps(
    values: pd.Series,
    timezone: str = "Asia/Shanghai",
    day_first: bool | None = None,
    serials: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """
    Read time stamps of mixed forms.

    Parameters
    ----------
    values
        Text; empty or missing where there is no stamp.
    timezone
        The office's zone: stamps with a zone are converted to its clock.
    day_first
        Whether ``03/04/2024`` is the third of April. None: found out from the column.
    serials
        The day from which plain numbers count days, as Excel does; None: they are none.

    Returns
    -------
    DataFrame
        ``moment`` (naive, to the microsecond; empty where it cannot be read) and ``precision``
        (second, minute or day; empty likewise), under the index of ``values``.

    Raises
    ------
    AmbiguousDayError
        If day and month cannot be told apart.

    Examples
    --------
    >>> read_stamps(pd.Series(["2024年3月5日 9时5分", "2024-03-05T01:05:00Z", "2024/3/5"]))
                   moment precision
    0 2024-03-05 09:05:00    minute
    1 2024-03-05 09:05:00    second
    2 2024-03-05 00:00:00       day
    """
    text = values.astype("object").where(values.notna(), "").astype(str)
    codes, uniques = pd.factorize(text)
    plain = pd.Series(uniques, dtype=object)
    odd = ~matching(plain, _USUAL)
    plain[odd] = [_plain(unicodedata.normalize("NFKC", value).strip()) for value in plain[odd]]
    read = _read_unique(plain, timezone, day_first, serials)
    whole = read.iloc[codes].set_axis(values.index)
    return _with_years(plain.iloc[codes].set_axis(values.index), whole, timezone)


@dataclass(frozen=True)
class Form:
    """
    A form in which stamps of a column were written.

    Attributes
    ----------
    column
        The column, as the source calls it.
    form
        Its signs: a ``0`` for one or two figures, ``0000`` for four, ``A`` for a word.
    n, example
        How many stamps have it, and the first of them.
    """

    column: str
    form: str
    n: int
    example: str


def forms(column: str, values: pd.Series, read: pd.DataFrame) -> list[Form]:
    """
    List the forms in which the stamps of a column are written, the most frequent first.

    The rarest are together in one without a form.

    Parameters
    ----------
    column
        What the source calls it.
    values
        The stamps; moments that were typed have no form.
    read
        What was read of them: those that could not be read are left out.

    Examples
    --------
    >>> told = pd.Series(["2024-3-5", "2024-03-06", "2024年3月7日"])
    >>> [(one.form, one.n) for one in forms("办结", told, read_stamps(told))]
    [('0000-0-0', 2), ('0000年0月0日', 1)]
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        return []
    text = values[read["moment"].notna()].astype(str).str.strip()
    usual = matching(text, _USUAL)
    odd = text[~usual].str.replace(r"\d{4}", "####", regex=True)
    odd = odd.str.replace(r"\d{1,3}", "0", regex=True).str.replace("####", "0000")
    odd = odd.str.replace(r"[A-Za-z]{2,}", "A", regex=True)
    same = "0000-0-0" + text[usual].str[10] + "0:0" + text[usual].str.len().map({16: "", 19: ":0"})
    shape = text.copy()
    shape[~usual], shape[usual] = odd.to_numpy(), same.to_numpy()
    first = text.groupby(shape, sort=False).agg(["size", "first"])
    ranked = first.sort_values("size", ascending=False, kind="stable")
    told = [
        Form(column, str(form), int(row["size"]), str(row["first"]))
        for form, row in ranked.head(MOST_FORMS).iterrows()
    ]
    left = ranked.iloc[MOST_FORMS:]
    if len(left):
        told.append(Form(column, "", int(left["size"].sum()), str(left["first"].iloc[0])))
    return told


def _with_years(text: pd.Series, read: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """
    Read month and day alone, in the year that brings them nearest to the row before.

    Notes
    -----
    A register is kept from day to day: the years go on from row to row, and begin anew where one
    is written. Above the first that is written they are counted back from it.
    """
    known = read["moment"].notna()
    without_year = text[~known].str.match(_MONTH_DAY).astype(bool)
    bare = pd.Series(False, index=read.index)
    bare[~known] = without_year.to_numpy()
    if not bare.any() or not known.any():
        return read
    figures = text.str.extract(r"^(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})").astype(float)
    month = read["moment"].dt.month.where(known, figures["month"])
    day = read["moment"].dt.day.where(known, figures["day"])
    place = (month * 31 + day)[known | bare]
    # From one row to the next a step of more than half a year leads into another one.
    steps = place.diff()
    turns = ((steps < -_HALF_YEAR).astype(int) - (steps > _HALF_YEAR).astype(int)).cumsum()
    first = (read["moment"].dt.year[place.index] - turns).ffill().bfill()
    years = (first + turns)[bare[place.index]].astype(int).astype(str)
    result = read.copy()
    result.loc[years.index] = _read_unique(years + "年" + text[bare], timezone, None, None)
    return result


def _plain(text: str) -> str:
    """
    A stamp without weekday and the name of its zone, with figures for Chinese numerals.

    Examples
    --------
    >>> _plain("二〇二四年三月十五日 星期五"), _plain("2024-3-5 9:05 a.m.")
    ('2024年3月15日', '2024-3-5 9:05 AM')
    """
    plain = _ADDED.sub("", text)
    plain = re.sub(r"([ap])\.\s?m\.$", lambda m: f"{m[1]}m".upper(), plain, flags=re.IGNORECASE)
    if "年" in plain and not re.match(r"\d{4}", plain):
        plain = _TENS.sub(lambda m: f"{m[1] or '一'}{m[2] or '零'}", plain).translate(_DIGITS)
    return plain


def _read_unique(
    text: pd.Series, timezone: str, day_first: bool | None, serials: pd.Timestamp | None
) -> pd.DataFrame:
    result = pd.DataFrame(
        {"moment": np.full(len(text), "NaT", dtype="datetime64[us]"), "precision": None},
        index=text.index,
    )
    usual = text[matching(text, _USUAL)]
    for precision, part in usual.groupby(usual.str.len().map({16: "minute", 19: "second"})):
        form = "%Y-%m-%dT%H:%M" if precision == "minute" else "%Y-%m-%dT%H:%M:%S"
        moment = _to_datetime(part.str.replace(" ", "T"), form).dropna()
        result.loc[moment.index, "moment"] = moment
        result.loc[moment.index, "precision"] = precision
    for pattern in (_YEAR_FIRST, _COMPACT, _YEAR_LAST):
        rest = text[result["moment"].isna() & (text != "")]
        parts = rest.str.extract(pattern).dropna(subset=["year"])
        if parts.empty:
            continue
        if pattern is _YEAR_LAST and _is_day_first(parts, rest, day_first):
            parts = parts.rename(columns={"month": "day", "day": "month"})
        moment = _moments(parts, timezone)
        result.loc[parts.index, "moment"] = moment
        result.loc[parts.index, "precision"] = _precision(parts).where(moment.notna(), None)
    unread = text[result["moment"].isna()]
    counted = unread[unread.str.match(EPOCH)]
    if len(counted):
        moment = _since_1970(counted, timezone)
        result.loc[counted.index, "moment"] = moment
        result.loc[counted.index, "precision"] = "second"
    known = result["moment"].dropna()
    rest = text[result["moment"].isna()]
    numbers = rest[rest.str.match(_SERIAL)].astype(float)
    moment = _counted(numbers, _DAY_ZERO if serials is None else serials)
    if serials is None:
        # A number among dates is what a spreadsheet made of one, where it lies among them.
        first, last = (at.as_unit("us") for at in (known.min(), known.max()))
        near = moment.between(first - _NEAR, last + _NEAR)
        moment = moment.where(near)
    moment = moment.dropna()
    result.loc[moment.index, "moment"] = moment
    whole = (numbers[moment.index] % 1 == 0).map({True: "day", False: "second"})
    result.loc[moment.index, "precision"] = whole
    return result


def _counted(numbers: pd.Series, first: pd.Timestamp) -> pd.Series:
    """The days that numbers count from a day; what lies in no likely year is none."""
    low, high = ((day - first) / pd.Timedelta(days=1) for day in _BOUNDS)
    # Excel keeps time as a fraction of a day: a double holds it to some microseconds.
    days = numbers[numbers.between(low, high)]
    moment = (first + pd.to_timedelta(days, unit="D")).dt.round("s")
    return moment.astype("datetime64[us]").reindex(numbers.index)


def _since_1970(text: pd.Series, timezone: str) -> pd.Series:
    """
    Read seconds or milliseconds since the beginning of 1970, by Greenwich.

    Examples
    --------
    >>> str(_since_1970(pd.Series(["1709600700"]), "Asia/Shanghai")[0])
    '2024-03-05 09:05:00'
    """
    numbers = text.astype(float)
    seconds = numbers.where(numbers < _MILLISECONDS, numbers / 1000)
    moment = pd.to_datetime(seconds, unit="s", utc=True).dt.round("ms")
    return moment.dt.tz_convert(timezone).dt.tz_localize(None).astype("datetime64[us]")


def _is_day_first(parts: pd.DataFrame, text: pd.Series, day_first: bool | None) -> bool:
    if day_first is not None:
        return day_first
    first, second = parts["month"].astype(int), parts["day"].astype(int)
    if (first > 12).any() or (second > 12).any():
        return bool((first > 12).sum() >= (second > 12).sum())
    unlike = first[first != second]
    if len(unlike):
        raise AmbiguousDayError(text[unlike.index[0]])
    return True


def _moments(parts: pd.DataFrame, timezone: str) -> pd.Series:
    figures = {name: _text(parts, name, "0").replace("半", "30") for name in _PARTS}
    numbers = pd.DataFrame({name: told.astype(int) for name, told in figures.items()})
    half = (_text(parts, "half") + _text(parts, "half_after")).str.upper()
    hour = numbers["hour"]
    numbers["hour"] = (
        hour.mask(half.isin(_AFTERNOON) & (hour < 12), hour + 12)
        .mask(half.isin(_MORNING) & (hour == 12), 0)
        # Twelve at night may begin the day or end it: no hour at all, so it is not read.
        .mask((half == "晚上") & (hour == 12), 99)
    )
    # 24:00 ends the day: it is 0:00 of the next.
    last = (numbers[["minute", "second"]] == 0).all(axis=1) & (numbers["hour"] == 24)
    numbers["hour"] = numbers["hour"].mask(last, 0)
    iso = (
        numbers["year"].astype(str).str.zfill(4)
        + numbers["month"].map("-{:02d}".format)
        + numbers["day"].map("-{:02d}".format)
        + numbers["hour"].map("T{:02d}".format)
        + numbers["minute"].map(":{:02d}".format)
        + numbers["second"].map(":{:02d}".format)
    )
    micros = _text(parts, "fraction", "0").str.ljust(6, "0").str[:6].astype(int)
    moment = _to_datetime(iso) + pd.to_timedelta(micros, unit="us")
    moment = moment + pd.to_timedelta(last.astype(int), unit="D")
    zoned = parts["zone"].notna()
    if zoned.any():
        local = _minutes_east(parts.loc[zoned, "zone"])
        utc = (moment[zoned] - local).dt.tz_localize("UTC")
        office = utc.dt.tz_convert(ZoneInfo(timezone)).dt.tz_localize(None)
        moment = moment.mask(zoned, office.reindex(moment.index))
    return moment.astype("datetime64[us]")


def _to_datetime(iso: pd.Series, form: str = "%Y-%m-%dT%H:%M:%S") -> pd.Series:
    """Turn ISO text into times to the microsecond; what is no date (30 February) becomes empty."""
    return pd.to_datetime(iso, format=form, errors="coerce").astype("datetime64[us]")


def _minutes_east(zones: pd.Series) -> pd.Series:
    digits = zones.str.replace(":", "").str.upper().replace({"Z": "+0000", "UTC": "+0000"})
    digits = digits.where(digits.str.len() > 3, digits + "00")
    minutes = digits.str[1:3].astype(int) * 60 + digits.str[3:5].astype(int)
    return pd.to_timedelta(minutes.where(digits.str[0] == "+", -minutes), unit="min")


def _precision(parts: pd.DataFrame) -> pd.Series:
    finer = pd.Series("second", index=parts.index).where(_text(parts, "second") != "", "minute")
    return finer.where(_text(parts, "hour") != "", "day")


def _text(parts: pd.DataFrame, name: str, missing: str = "") -> pd.Series:
    """A group of the pattern as text, whether or not the pattern has it."""
    if name not in parts:
        return pd.Series(missing, index=parts.index)
    return parts[name].astype(object).where(parts[name].notna(), missing).astype(str)


def read_formatted(values: pd.Series, form: str, timezone: str = "Asia/Shanghai") -> pd.DataFrame:
    """
    Read time stamps of one form that is given.

    Parameters
    ----------
    values
        Text; empty or missing where there is no stamp.
    form
        As ``strptime`` takes it (``%d-%b-%y %H.%M``), or ``epoch s``, ``epoch ms``: seconds or
        milliseconds since 1970, UTC.
    timezone
        The office's zone, for ``epoch``.

    Returns
    -------
    DataFrame
        As `read_stamps` gives it.

    Examples
    --------
    >>> read_formatted(pd.Series(["05-MAR-24"]), "%d-%b-%y")["precision"].tolist()
    ['day']
    """
    text = values.astype("object").where(values.notna(), "").astype(str).str.strip()
    if form.startswith("epoch"):
        numbers = pd.to_numeric(text, errors="coerce")
        utc = pd.to_datetime(numbers, unit="ms" if form == "epoch ms" else "s", utc=True)
        moment = utc.dt.tz_convert(timezone).dt.tz_localize(None)
        precision = "second"
    else:
        moment = pd.to_datetime(text, format=form, errors="coerce")
        precision = "second" if "%S" in form else "minute" if re.search("%[HI]", form) else "day"
    moment = moment.astype("datetime64[us]")
    kept = pd.Series(precision, index=values.index, dtype=object).where(moment.notna(), None)
    return pd.DataFrame({"moment": moment, "precision": kept}, index=values.index)
