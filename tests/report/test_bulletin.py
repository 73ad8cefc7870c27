"""The circular: its stretches, and what it says of units, overdue clocks and what was made good."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from efficiency.findings.circular import Circular
from efficiency.language import Language
from efficiency.problems import SettingsError
from efficiency.report.blocks import Grid, Paragraph, Report
from efficiency.report.bulletin import Told, bulletin, circular_tables, stretch
from efficiency.report.numbers import written
from efficiency.report.text.teller import LogWords


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-11", "2024-11-01", "2024-12-01"), ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024Q1", "2024-01-01", "2024-04-01"), ("2024-q4", "2024-10-01", "2025-01-01"),
        ("2024H2", "2024-07-01", "2025-01-01"), ("2024", "2024-01-01", "2025-01-01"),
    ],
)  # fmt: skip
def test_stretches(text: str, first: str, last: str) -> None:
    found = stretch(text, "zh")
    assert (found.first, found.last) == (pd.Timestamp(first), pd.Timestamp(last))


def test_months_make_quarters_and_quarters_the_year() -> None:
    ends = [stretch(f"2024-{month:02d}", "zh") for month in range(1, 13)]
    assert all(a.last == b.first for a, b in itertools.pairwise(ends))
    quarters = [stretch(f"2024Q{n}", "zh") for n in range(1, 5)]
    assert [q.first for q in quarters] == [ends[at].first for at in (0, 3, 6, 9)]
    year = stretch("2024", "zh")
    assert (year.first, year.last) == (ends[0].first, ends[-1].last)


@pytest.mark.parametrize("text", ["2024-13", "November", "2024Q5", "", "24-11"])
def test_what_is_no_stretch_is_told_with_what_is(text: str) -> None:
    with pytest.raises(SettingsError, match="2024Q3"):
        stretch(text, "zh")


VOLUME = pd.DataFrame(
    [["now", 93, 96, 30, 6, 0.8, 2, 0], ["before", 75, 75, 20, 2, 0.9, 3, 1]],
    columns=["span", "begun", "closed", "decided", "missed", "share", "overdue", "made_good"],
)
UNITS = pd.DataFrame(
    [
        ["综合处", 20, 8, 0.6, 0.39, 0.78],
        ["秘书处", 7, 0, 1.0, 0.65, 1.0],
        ["督查室", 3, 1, 0.7, 0.2, 0.9],
    ],
    columns=["unit", "n", "missed", "share", "low", "high"],
)
OVERDUE = pd.DataFrame(
    {
        "standard_id": ["T4", "T4"], "case_id": ["收1", "收2"],
        "from_time": pd.to_datetime(["2024-11-04 09:00", "2024-11-05 09:30"]),
        "due": pd.to_datetime(["2024-11-04 18:00", "2024-11-05 18:00"]),
        "to_time": pd.to_datetime([None, "2024-12-02 09:00"]),
    }
)  # fmt: skip


def made(language: Language = "zh", **tables: pd.DataFrame) -> Report:
    given = {"volume": VOLUME, "units": UNITS, "overdue": OVERDUE, **tables}
    told = Told(
        stretch("2024-11", language), pd.Timestamp("2024-11-30"), Circular(**given),
        {"T4": "收文当日拟办"}, LogWords("收文办理记录", "文件", "件"), 5, language, ("示例机关",),
    )  # fmt: skip
    return bulletin(told)


def text(report: Report) -> str:
    return "\n".join(block.text for block in report.body if isinstance(block, Paragraph))


def test_what_it_says_by_hand() -> None:
    said = text(made())
    assert "收到文件93件，办结96件；上期收到75件，办结75件。" in said
    assert "到期的30项（次）时限中，6项（次）超时或逾期，按时率80.0%；上期按时率90.0%。" in said
    assert "截至2024年11月30日，已逾期而尚未完成的2项（次），见表2。" in said
    assert "上期末逾期未完成的3项（次）中，其后已完成1项（次）。" in said
    assert "收1，11月4日9时起按“收文当日拟办”计时，应于11月4日18时前完成" in said
    assert "截至2024年11月30日仍未完成。" in said


def test_units_are_not_ranked_and_small_ones_are_withheld() -> None:
    units = next(block for block in made().body if isinstance(block, Grid))
    assert [row[0] for row in units.rows] == ["综合处", "秘书处", "督查室"]
    assert len({str(cell) for cell in units.rows[2][1:]}) == 1
    # Below the share of all lies 综合处 alone; 秘书处's interval holds it.
    assert "按时率低于全体、且差别超出偶然波动的部门：综合处。" in text(made())


def test_every_number_is_its_cell() -> None:
    report = made()
    tables = circular_tables(Circular(VOLUME, UNITS, OVERDUE))
    numbers = list(report.numbers())
    assert len(numbers) > 15
    assert all(written(one.cell, tables, "zh") == one.text for one in numbers)


def test_a_quiet_month_is_told_whole() -> None:
    none = VOLUME.assign(decided=0, missed=0, share=float("nan"), overdue=0, made_good=0)
    said = text(made(volume=none, units=UNITS.iloc[:0], overdue=OVERDUE.iloc[:0]))
    assert "没有到期的事项。" in said
    assert "没有逾期未完成的事项" in said
    assert "nan" not in said


def test_moments_of_another_year_are_told_with_it() -> None:
    """The clock began in December 2023 and was due in the circular's own year."""
    old = OVERDUE.assign(from_time=pd.to_datetime(["2023-12-29 09:00", "2024-11-05 09:30"]))
    said = text(made(overdue=old))
    assert "收1，2023年12月29日9时起按“收文当日拟办”计时，应于11月4日18时前完成" in said


def test_english_has_no_chinese_sign_of_its_own() -> None:
    told = made("en", units=UNITS.assign(unit=["A", "B", "C"]))
    words = text(told)
    for name in ("收1", "收文当日拟办", "文件"):
        words = words.replace(name, "")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in words)
