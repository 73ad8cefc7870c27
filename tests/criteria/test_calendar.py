"""Holds the calendar against another package's holidays, and its messages against the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import holidays
import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.problems import InputError, SettingsError

Write = Callable[..., Path]
HOUR = 3_600_000_000


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes a calendar.toml, and files beside it."""

    def make(text: str, **files: str) -> Path:
        for name, content in {"calendar": text, **files}.items():
            kind = "toml" if name == "calendar" else "csv"
            (tmp_path / f"{name}.{kind}").write_text(content, encoding="utf-8")
        return tmp_path / "calendar.toml"

    return make


def working(calendar: eff.Calendar, first: str, last: str) -> list[str]:
    """List the office's working days between two dates."""
    days = calendar.days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    days = days[(days["calendar"] == 0) & days["working"]]
    return pd.to_datetime(days["day"], unit="D").dt.strftime("%Y-%m-%d").tolist()


def told(path: Path) -> list[str]:
    """The lines of the error that a calendar.toml meets."""
    with pytest.raises(SettingsError) as caught:
        eff.read_calendar(path)
    return [problem.text() for problem in caught.value.problems]


def test_every_day_of_eight_years_agrees_with_another_package() -> None:
    """2019 to 2026: holidays and make-up weekends, day by day."""
    china = holidays.country_holidays("CN", years=range(2019, 2027))
    every = pd.date_range("2019-01-01", "2026-12-31")
    expected = [day.strftime("%Y-%m-%d") for day in every if china.is_working_day(day)]
    assert working(eff.Calendar(), "2019-01-01", "2026-12-31") == expected


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        # General Office notice on the holidays of 2024: 10 to 17 February off, 4 and 18 worked.
        ("2024-02-02", "2024-02-19", "02 04 05 06 07 08 09 18 19"),
        # The same: 15 to 17 September and 1 to 7 October off; 14, 29 September, 12 October worked.
        ("2024-09-12", "2024-09-19", "12 13 14 18 19"),
        ("2024-09-27", "2024-10-14", "27 29 30 08 09 10 11 12 14"),
        # Notice for 2026: 1 to 3 January off, Sunday the 4th worked.
        ("2025-12-30", "2026-01-06", "30 31 04 05 06"),
    ],
)
def test_days_of_the_notices(first: str, last: str, days: str) -> None:
    """What the yearly notices say, read by a person."""
    assert [day[-2:] for day in working(eff.Calendar(), first, last)] == days.split()


def test_half_day_holidays_are_ignored() -> None:
    """Women's Day 2024, a Friday, is a whole working day."""
    day = eff.Calendar().days(dt.date(2024, 3, 8), dt.date(2024, 3, 8)).iloc[0]
    assert (day["working"], day["length"] / HOUR) == (True, 7.0)


def test_a_year_without_a_notice_falls_back_and_says_so() -> None:
    """2027: weekends and the dates of the law (Spring Festival's eve is 5 February 2027)."""
    calendar = eff.Calendar()
    assert calendar.estimated_years(dt.date(2026, 12, 1), dt.date(2028, 1, 1)) == [2027, 2028]
    days = calendar.days(dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    assert days["estimated"].tolist() == [False, True]
    assert working(calendar, "2026-12-31", "2027-01-04") == ["2026-12-31", "2027-01-04"]
    # The eve and the first three days; what the notice will move is not guessed.
    assert [day[-2:] for day in working(calendar, "2027-02-03", "2027-02-10")] == [
        "03", "04", "09", "10",
    ]  # fmt: skip
    october = working(calendar, "2027-09-30", "2027-10-05")
    assert october == ["2027-09-30", "2027-10-04", "2027-10-05"]


def test_a_notice_laid_over_a_year_is_no_longer_an_estimate(write: Write) -> None:
    """Single days, and a table beside the file; what they say goes before all else."""
    path = write(
        'overrides = "days.csv"\n'
        '[[days]]\ndate = 2027-02-09\nworking = false\nnotice = "the notice for 2027"\n',
        days="date,working,notice\n2027-02-20,yes,the notice for 2027\n2027-02-11,no,\n",
    )
    calendar = eff.read_calendar(path)
    assert working(calendar, "2027-02-08", "2027-02-12") == ["2027-02-10", "2027-02-12"]
    assert working(calendar, "2027-02-20", "2027-02-21") == ["2027-02-20"]
    assert calendar.estimated_years(dt.date(2027, 1, 1), dt.date(2027, 12, 31)) == []
    assert eff.Calendar().estimated_years(dt.date(2027, 1, 1), dt.date(2027, 1, 2)) == [2027]


def test_an_override_without_a_notice_leaves_the_year_an_estimate(write: Write) -> None:
    """One local day off tells nothing of the other days of the year."""
    path = write("[[days]]\ndate = 2027-06-01\nworking = false\n")
    calendar = eff.read_calendar(path)
    assert calendar.estimated_years(dt.date(2027, 1, 1), dt.date(2027, 12, 31)) == [2027]
    assert working(calendar, "2027-05-31", "2027-06-02") == ["2027-05-31", "2027-06-02"]


def test_another_region_has_its_own_holidays(write: Write) -> None:
    """The Netherlands in 2024: King's Day on Saturday, Whit Monday on 20 May; no make-up days."""
    calendar = eff.read_calendar(write('region = "NL"'))
    assert working(calendar, "2024-05-17", "2024-05-21") == ["2024-05-17", "2024-05-21"]
    assert working(calendar, "2024-09-27", "2024-10-02") == [
        "2024-09-27", "2024-09-30", "2024-10-01", "2024-10-02",
    ]  # fmt: skip
    assert calendar.estimated_years(dt.date(2024, 1, 1), dt.date(2027, 1, 1)) == []


def test_a_part_of_a_country_may_be_named(write: Write) -> None:
    """California keeps César Chávez Day (31 March 2025, a Monday), Texas a working day."""
    there = working(eff.read_calendar(write('region = "US-CA"')), "2025-03-31", "2025-03-31")
    elsewhere = working(eff.read_calendar(write('region = "US-NY"')), "2025-03-31", "2025-03-31")
    assert (there, elsewhere) == ([], ["2025-03-31"])


def test_other_weekends(write: Write) -> None:
    """An office that rests on Fridays alone."""
    path = write('region = "EG"\nweekend = ["Fri"]')
    assert working(eff.read_calendar(path), "2024-03-07", "2024-03-10") == [
        "2024-03-07", "2024-03-09", "2024-03-10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("season", "inside", "outside"),
    [
        (("07-01", "09-30"), ["2024-07-01", "2025-09-30"], ["2024-06-28", "2024-10-08"]),
        (("12-16", "01-15"), ["2024-12-16", "2025-01-15"], ["2024-12-13", "2025-01-16"]),
        (("2024-07-01", "2024-07-31"), ["2024-07-31"], ["2025-07-01", "2024-08-01"]),
    ],
)
def test_seasons(
    write: Write, season: tuple[str, str], inside: list[str], outside: list[str]
) -> None:
    """Every year's, over New Year, and one year's own."""
    path = write(f'[[seasons]]\nfrom = "{season[0]}"\nto = "{season[1]}"\nhours = ["09:00-12:00"]')
    calendar = eff.read_calendar(path)
    lengths = [
        calendar.days(day, day)["length"].iloc[0] / HOUR
        for day in map(dt.date.fromisoformat, [*inside, *outside])
    ]
    assert lengths == [3.0] * len(inside) + [7.0] * len(outside)


def test_a_unit_may_work_every_day_and_keep_seasons_of_its_own(write: Write) -> None:
    """24 × 7 at the duty desk; the hall has longer days, shorter ones in August."""
    path = write(
        '[units."值班室"]\nhours = ["00:00-24:00"]\nevery_day = true\n'
        '[units."大厅"]\nhours = ["08:00–18:00", "19:00至21:00"]\n'
        '[[units."大厅".seasons]]\nfrom = "08-01"\nto = "08-31"\nhours = ["08:00-12:00"]\n'
    )
    calendar = eff.read_calendar(path)
    days = calendar.days(dt.date(2024, 7, 31), dt.date(2024, 8, 3))
    hours = {number: (part["length"] / HOUR).tolist() for number, part in days.groupby("calendar")}
    # Wednesday to Saturday
    assert hours == {0: [7, 7, 7, 0], 1: [24, 24, 24, 24], 2: [12, 4, 4, 0]}
    assert [name for name, _ in calendar.units] == ["值班室", "大厅"]


def test_the_day_table_keeps_its_contract_and_its_sums() -> None:
    """``before`` sums ``length``; ``ordinal`` counts working days; closed days hold nothing."""
    days = eff.Calendar().days(dt.date(2024, 9, 25), dt.date(2024, 10, 15))
    assert set(tables.DAYS.names) <= set(days.columns)
    total = count = 0
    for row in days.to_dict("records"):
        assert row["before"] == total
        assert row["length"] == (7 * HOUR if row["working"] else 0)
        total, count = total + row["length"], count + row["working"]
        assert row["ordinal"] == count
        if row["working"]:
            assert row["close"] == 18 * HOUR


def test_no_path_means_the_public_calendar() -> None:
    """The defaults of the contract: 08:30-12:00 and 14:30-18:00."""
    assert eff.read_calendar() == eff.Calendar()
    assert eff.Calendar().hours.spans == ((8.5 * HOUR, 12 * HOUR), (14.5 * HOUR, 18 * HOUR))


def test_every_slip_of_a_file_is_told_at_once_with_its_line(write: Write) -> None:
    """Nine slips, nine messages; each names its line and what is right."""
    path = write(
        'region = "XX"\n'
        'houres = ["08:30-12:00"]\n'
        'hours = ["8:30-12:00", "11:00-18:00"]\n'
        'weekend = ["Sat", "Sonntag"]\n'
        "[[days]]\n"
        'date = "2027-02-30"\n'
        "working = false\n"
        '[units."值班室"]\n'
        'hours = ["22:00-25:00"]\n'
        "evry_day = true\n"
        "[[seasons]]\n"
        'from = "07-01"\n'
        'to = "09-30"\n'
        'hours = ["15:00-12:00"]\n'
    )
    lines = sorted(told(path), key=lambda line: int(line.split(":")[1].split()[0]))
    starts = {
        1: "no holidays for region 'XX'; use CN or a code of the holidays package",
        2: "unknown key 'houres'; nearest: hours",
        3: "office hours ['8:30-12:00', '11:00-18:00'] cannot be read; write \"08:30-12:00\"",
        4: 'weekend cannot be Sonntag; for example weekend = ["Sat", "Sun"]',
        6: "days.date cannot be 2027-02-30; for example date = 2027-02-05",
        9: "office hours ['22:00-25:00'] cannot be read",
        10: "unknown key 'units.值班室.evry_day'; nearest: every_day",
        14: "office hours ['15:00-12:00'] cannot be read",
    }
    assert len(lines) == len(starts)
    for line, (number, start) in zip(lines, starts.items(), strict=True):
        assert line.startswith(f"calendar.toml:{number}: {start}")


@pytest.mark.parametrize(
    "hours",
    [
        '"08:30-12:00"',
        "[]",
        '["8.30-12"]',
        '["12:00-12:00"]',
        '["13:00-14:00", "08:00-09:00"]',
        "8",
    ],
)
def test_hours_that_cannot_be_kept_are_refused(write: Write, hours: str) -> None:
    """No list, an empty one, no span, an empty span, the wrong order, a number."""
    (line,) = told(write(f"\nhours = {hours}"))
    assert line.startswith("calendar.toml:2: office hours")


def test_a_table_of_days_names_its_rows(write: Write) -> None:
    """A date that does not exist and a word that is neither yes nor no."""
    table = "date,working,notice\n2027-01-01,no,n\n2027-02-30,no,n\n2027-01-04,maybe,n\n"
    lines = told(write('overrides = "days.csv"', days=table))
    assert [line.split(" cannot be")[0] for line in lines] == [
        "days.csv:3: date, working", "days.csv:4: date, working",
    ]  # fmt: skip


def test_broken_toml_and_a_missing_file_are_told(write: Write, tmp_path: Path) -> None:
    """The parser's own words name the line; a missing file is named whole."""
    (line,) = told(write('region = "CN"\nhours == 3\n'))
    assert "not valid TOML" in line
    assert "line 2" in line
    (line,) = told(tmp_path / "none.toml")
    assert line == f"none.toml: there is no file {tmp_path / 'none.toml'}"


@pytest.mark.parametrize("dates", ['from = "1 July"\nto = "09-30"\n', 'from = "07-01"\n', ""])
def test_a_season_without_proper_dates_is_refused(write: Write, dates: str) -> None:
    """As it stands the season silently never comes."""
    told(write(f'[[seasons]]\n{dates}hours = ["09:00-12:00"]\n'))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[seasons]]\nfrom = "07-01"\nto = "09-30"\nhours = ["09:00-12:00"]\nunit = "a"\n', 5),
        ('[[days]]\ndate = 2027-02-06\nworking = true\nnoitce = "2027"\n', 4),
    ],
)
def test_unknown_keys_of_seasons_and_days_are_told(write: Write, text: str, line: int) -> None:
    """An unknown key is an error that names it and its line."""
    (message,) = told(write(text))
    assert message.startswith(f"calendar.toml:{line}: unknown key")


def test_an_office_may_work_every_day(write: Write) -> None:
    """The spring festival of 2024, a Saturday, is a day like any other; as many hours by hand."""
    calendar = eff.read_calendar(write('hours = ["00:00-24:00"]\nevery_day = true\n'))
    days = calendar.days(dt.date(2024, 2, 10), dt.date(2024, 2, 12))
    assert days["working"].tolist() == [True] * 3
    assert (days["length"] / 3_600_000_000).tolist() == [24.0] * 3


def test_every_day_is_true_or_false(write: Write) -> None:
    """``every_day = "no"`` must not make a desk work every day."""
    (message,) = told(write('[units."值班室"]\nevery_day = "no"\n'))
    assert message.startswith("calendar.toml:2: units.值班室.every_day cannot be no")


def test_minutes_end_at_sixty(write: Write) -> None:
    """17:75 is a slip, not 18:15."""
    told(write('hours = ["08:30-17:75"]'))


def test_the_second_of_two_seasons_is_named_by_its_own_line(write: Write) -> None:
    """The slip stands in line 8."""
    season = '[[seasons]]\nfrom = "{}"\nto = "{}"\nhours = ["{}"]\n'
    text = season.format("07-01", "09-30", "09:00-12:00") + season.format("10-01", "10-31", "9")
    (message,) = told(write(text))
    assert message.startswith("calendar.toml:8:")


@pytest.mark.parametrize("text", ["units = 5", "weekend = 5", "days = 5", "seasons = 5"])
def test_a_value_of_another_kind_is_told(write: Write, text: str) -> None:
    """A number where a table or a list should be."""
    (message,) = told(write(text))
    assert message.startswith("calendar.toml:1:")


@pytest.mark.parametrize("table", ["day,working\n2027-01-01,yes\n", None])
def test_slips_beside_a_bad_table_of_days_are_told_too(write: Write, table: str | None) -> None:
    """A missing column or file, and an unknown region: both at once."""
    path = write('overrides = "days.csv"\nregion = "XX"', **({"days": table} if table else {}))
    with pytest.raises(InputError) as caught:
        eff.read_calendar(path)
    assert len(caught.value.problems) == 2
