"""The pages on limits, the calendar and logs, held against the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import efficiency as eff
from efficiency import tables
from efficiency.criteria.calendar import _CalendarSettings
from efficiency.criteria.clock import read_own, readings
from efficiency.criteria.standards import CHINESE
from efficiency.findings.standards.compliance import VERDICTS
from efficiency.words.column_words import CHECKS


@pytest.fixture
def page(root: Path, request: pytest.FixtureRequest) -> str:
    return (root / "docs" / request.param).read_text(encoding="utf-8")


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is given."""
    table = re.split(rf"^\| {heading} .*\n\|[ -|]+\n", page, flags=re.MULTILINE)[1]
    lines = table[: (table + "\n\n").index("\n\n")].splitlines()
    parted = [re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in lines]
    return [[cell.strip() for cell in cells] for cells in parted]


def names(cell: str) -> list[str]:
    """What stands in back quotes."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("page", ["standards.md"], indirect=True)
def test_the_columns_of_standards_in_both_languages(page: str) -> None:
    told = {names(cells[0])[0]: cells[1] for cells in rows(page, "列 Column")}
    assert set(told) == set(tables.STANDARDS.names)
    assert {chinese: ours for ours, chinese in told.items()} == CHINESE


@pytest.mark.parametrize("page", ["standards.md"], indirect=True)
def test_every_form_of_a_limit_can_be_read(page: str) -> None:
    forms = [form for cells in rows(page, "写法 Written") for form in names(cells[0])]
    assert len(forms) > 12
    assert [form for form in forms if not (readings(form) or read_own(form))] == []
    kinds = {limit.kind for form in forms for limit in readings(form)}
    assert kinds == {"working", "elapsed", "working_days", "same_day", "half_days", "days"}


@pytest.mark.parametrize("page", ["standards.md"], indirect=True)
def test_every_verdict_and_reason_is_told(page: str) -> None:
    verdicts = page.partition("## 判定 Verdicts")[2]
    assert set(names(verdicts)) == {*VERDICTS, "precision", "before", "limit", "record"}


@pytest.mark.parametrize("page", ["calendar.md"], indirect=True)
def test_the_example_is_a_calendar_and_every_key_is_told(page: str, tmp_path: Path) -> None:
    block = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "calendar.toml").write_text(block, "utf-8")
    (tmp_path / "days.csv").write_text("date,working,notice\n2027-02-06,是,x\n", "utf-8")
    calendar = eff.read_calendar(tmp_path / "calendar.toml")
    assert [name for name, _ in calendar.units] == ["应急办"]
    told = [name for cells in rows(page, "键 Key") for name in names(cells[0])]
    assert sorted(told) == sorted(_CalendarSettings.model_fields)


@pytest.mark.parametrize("page", ["logs.md"], indirect=True)
def test_the_columns_and_the_doubts_of_logs(page: str) -> None:
    told = [name for cells in rows(page, "列 Column") for name in names(cells[0])]
    assert sorted(told) == sorted(tables.LOG.names)
    assert [names(cells[0])[0] for cells in rows(page, "疑点 Check")] == list(CHECKS)
