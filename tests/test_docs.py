"""The pages of the documentation, held against the code; the tutorial is carried out."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.main import get_command
from typer.testing import CliRunner

import efficiency as eff
from docs_made import PARTS, tables_page
from efficiency import tables
from efficiency.cli import app
from efficiency.criteria.calendar import _CalendarSettings
from efficiency.criteria.clock import read_own, readings
from efficiency.criteria.standards import CHINESE
from efficiency.findings.standards.compliance import VERDICTS
from efficiency.report.chapters.whole import CHAPTERS
from efficiency.report.numbers import FORMATS
from efficiency.report.text.own_words import OwnWords, check_cells, read_own_words
from efficiency.reviews.settings import LogSettings, ReformSettings, Settings
from efficiency.words import PHRASES
from efficiency.words.column_words import CHECKS
from efficiency.words.point_words import CODES, REGISTER, STATES
from written import write


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


# --- settings and the register


@pytest.mark.parametrize("page", ["review.md"], indirect=True)
def test_every_key_of_a_review_is_told(page: str) -> None:
    told = {name for cells in rows(page, "键 Key") for name in names(cells[0])}
    assert told == {*Settings.model_fields} - {"logs", "reforms", "survey"}
    of_logs = page.partition("## `[logs.名称]`")[2]
    named = {name for cells in rows(of_logs, "键 Key") for name in names(cells[0])}
    assert {re.sub(r"\[logs\.名称\.(\w+)\]", r"\1", name) for name in named} == {
        *LogSettings.model_fields
    }
    reform = page.partition("[[reforms]]\n")[2].partition("```")[0]
    assert {line.split("=")[0].strip() for line in reform.splitlines() if line} == {
        *ReformSettings.model_fields
    }


@pytest.mark.parametrize("page", ["points.md"], indirect=True)
def test_the_register_in_both_languages(page: str) -> None:
    told = {name for cells in rows(page, "表头 Heading") for name in names(cells[1])}
    assert told == set(tables.POINTS.names) == set(REGISTER)
    for heading, part in (("状态 Status", "status"), ("结论 Verdict", "verdict")):
        said = [cells[0].replace("`", "").split(" ", 1) for cells in rows(page, heading)]
        assert {ours: chinese for chinese, ours in said} == {
            ours: pair[0] for ours, pair in CODES[part].items() if ours
        }
    states = [cells[0].replace("`", "").rsplit(" ", 1) for cells in rows(page, "位置 State")]
    assert {ours: chinese for chinese, ours in states} == {
        ours: pair[0] for ours, pair in STATES.items()
    }
    decided = page.partition("## 处理 Decisions")[2]
    for ours, (chinese, _) in CODES["decision"].items():
        assert f"| {chinese} `{ours}` |" in decided


# --- the report


@pytest.mark.parametrize("page", ["report.md"], indirect=True)
def test_the_themes_and_their_headings(page: str) -> None:
    told = {names(cells[0])[0]: cells[1:] for cells in rows(page, "主题 Theme")}
    assert told == {
        theme: [
            PHRASES[f"theme_{theme}_{extent}"][0].format(noun="文件")
            for extent in ("few", "some", "common")
        ]
        for theme in type(OwnWords().themes).model_fields
    }


@pytest.mark.parametrize("page", ["report.md"], indirect=True)
def test_the_chapters_of_the_report(page: str) -> None:
    told = {names(cells[1])[0]: cells[0] for cells in rows(page, "章 Chapter")}
    assert told == {
        "summary": PHRASES["summary_heading"][0],
        **{name: PHRASES[key][0] for name, key, _ in CHAPTERS},
    }


@pytest.mark.parametrize("page", ["report.md"], indirect=True)
def test_every_format_of_a_cell_with_its_example(page: str) -> None:
    told = {names(cells[0])[0]: cells[2].split(" → ") for cells in rows(page, "格式 Format")}
    assert set(told) == set(FORMATS)
    for form, (value, reads) in told.items():
        is_time = "date" in form or form.endswith(("month", "moment"))
        given = pd.Timestamp(value) if is_time else value
        assert FORMATS[form](given, "zh") == reads, form


@pytest.mark.parametrize("page", ["report.md"], indirect=True)
def test_the_example_of_own_words(page: str, tmp_path: Path) -> None:
    block = page.partition("```toml text.toml\n")[2].partition("```")[0]
    (tmp_path / "text.toml").write_text(block, "utf-8")
    own = read_own_words(tmp_path)
    assert own.office
    assert own.themes.limits.measures
    held = pd.DataFrame({"standard_id": ["T1"], "share": [0.787], "target": [0.9], "missed": [204]})
    check_cells(own, {"compliance": held}, "zh", tmp_path / "text.toml")
    keys = " ".join(name for cells in rows(page, "键 Key") for name in names(cells[0]))
    for name in OwnWords.model_fields:
        assert name in keys


@pytest.mark.parametrize("page", ["report.md"], indirect=True)
def test_what_verify_says_is_told(page: str) -> None:
    said = [names(cells[0])[0] for cells in rows(page, "说法 Said")]
    every = [PHRASES[key][0] for key in PHRASES if key.startswith("verify_")]
    for one in said:
        pattern = re.compile(".*".join(re.escape(part.strip()) for part in one.split("…")))
        assert any(pattern.search(re.sub(r"\{\w+\}", "0", phrase)) for phrase in every), one


# --- the tables


@pytest.mark.parametrize("page", ["tables.md"], indirect=True)
def test_the_page_of_tables_is_that_of_the_contracts(page: str) -> None:
    named = [name for part in PARTS.values() for name in part]
    assert sorted(named) == sorted(tables.WRITTEN)
    assert page == tables_page(), "run: .venv/bin/python tests/docs_made.py"


# --- the pages together


def test_every_link_of_the_pages_leads_somewhere(root: Path) -> None:
    for path in (root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_page_stands_in_the_index(root: Path) -> None:
    index = (root / "docs" / "README.md").read_text("utf-8")
    for path in (root / "docs").glob("*.md"):
        assert path.name == "README.md" or f"({path.name})" in index, path.name


def test_every_command_of_the_pages_can_be_given(root: Path) -> None:
    for path in (root / "README.md", *(root / "docs").glob("*.md")):
        for line in re.findall(
            r"^(?:\.venv/bin/)?efficiency .+$", path.read_text("utf-8"), re.MULTILINE
        ):
            _, name, *given = shlex.split(line, comments=True)
            command = get_command(app).commands[name]
            command.make_context(name, list(given))


# --- the tutorial

BLOCK = re.compile(
    r"^```(sh|toml|csv|text)(?: (\S+)(?: ([+=]))?)?\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
TABLE = re.compile(r"^\| 编号 \|.*\n\|[ -|]+\n(?:\|.*\n)+", re.MULTILINE)


@pytest.fixture
def office(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the tutorial needs of the repository."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "analysis").mkdir()
    shutil.copytree(root / "docs" / "example", tmp_path / "docs" / "example")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EFFICIENCY_KEY", raising=False)
    return tmp_path


@pytest.mark.parametrize("page", ["tutorial.md"], indirect=True)
def test_the_tutorial_can_be_followed(page: str, office: Path) -> None:
    said = ""
    for kind, target, mark, text in _steps(page):
        if kind == "sh":
            said = "".join(_carry_out(line) for line in text.splitlines())
        elif kind == "text":
            _was_said(text, said)
        elif kind == "table":
            _fill_in(office / "analysis/mine/points.csv", text)
        elif target:
            _write(office / target, text, mark)
    log = (office / "docs/example/incoming.csv").read_text("utf-8-sig")
    assert page.partition("```csv\n")[2].partition("```")[0] in log
    folder = office / "analysis/mine"
    assert (folder / "pseudonym.key").exists()
    report = (folder / "output/report.json").read_text("utf-8")
    assert "建立16时以后来文的拟办值守制度" in report
    assert "收文当日拟办没有完全落实" in report
    assert "送批后发回属正常流程" in report
    settings = (folder / "review.toml").read_text("utf-8")
    assert 'baseline  = ["2023-12-01", "2023-12-31"]' in settings
    assert "cutoff    = 2024-12-31T18:00:00" in settings


def test_the_untidy_spreadsheet_holds_what_the_tidy_file_holds(root: Path) -> None:
    """Titles, two rows of headings, merged cells, dates in three forms, totals below."""
    shared = {"case_id": "流水号", "activity": "环节", "actor": "经办人", "unit": "处室"}
    tidy = {"received": "到达时间", "start": "开始时间", "end": "办结时间"}
    untidy = {ours: f"办理时间 {theirs[:2]}" for ours, theirs in tidy.items()}
    folder, kept = root / "docs" / "example", [*shared, *tidy, "文种"]
    one, other = (
        eff.read_record(folder / name, shared | times).log[kept]
        .sort_values(["case_id", "received", "activity"], ignore_index=True)
        for name, times in (("incoming.csv", tidy), ("incoming.xlsx", untidy))
    )  # fmt: skip
    pd.testing.assert_frame_equal(one, other)


def _steps(page: str) -> Iterator[tuple[str, str, str, str]]:
    """The blocks and the tables to fill in, in the order of the page."""
    found = [(m.start(), (m[1], m[2] or "", m[3] or "", m[4])) for m in BLOCK.finditer(page)]
    found += [(m.start(), ("table", "", "", m[0])) for m in TABLE.finditer(page)]
    yield from (step for _, step in sorted(found))


def _carry_out(line: str) -> str:
    """Carry out one line of a shell."""
    program, *given = shlex.split(line)
    if program == "cp":
        shutil.copyfile(*given)
        return ""
    assert program == "efficiency"
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, f"{line}: {done.output}"
    return done.output


def _was_said(text: str, said: str) -> None:
    for line in text.splitlines():
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        assert re.search(f"^{pattern}$", said, re.MULTILINE), f"{line!r} is not in {said!r}"


def _write(path: Path, text: str, mark: str) -> None:
    """Write a file; or add a line below ``rules``; or put lines in place of those of a key."""
    if not mark:
        path.write_text(text, "utf-8-sig" if path.suffix == ".csv" else "utf-8")
        return
    lines = path.read_text("utf-8").splitlines()
    keys = {line.split("=")[0].strip(): line for line in text.splitlines()}
    if mark == "=":
        # The first of a name is the review's own; a log may have a title too.
        for key, line in keys.items():
            lines[next(at for at, one in enumerate(lines) if one.split("=")[0].strip() == key)] = (
                line
            )
    else:
        below = next(at for at, one in enumerate(lines) if one.startswith("rules")) + 1
        lines[below:below] = keys.values()
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _fill_in(path: Path, table: str) -> None:
    """Fill cells of the register as people do in a spreadsheet."""
    heads, _, *filled = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
    ]
    register = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for cells in filled:
        row = register["编号"] == cells[0]
        assert row.sum() == 1, cells[0]
        register.loc[row, heads[1:]] = cells[1:]
    register.to_csv(path, index=False, encoding="utf-8-sig")


@pytest.mark.parametrize("page", ["jupyter.md"], indirect=True)
def test_what_is_typed_in_jupyter_can_be(
    page: str, root: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    """Every block of the page, one after the other; a small review stands for the sample's."""
    log = "case_id,activity,end\n1,in,2024-03-05 09:00\n1,out,2024-03-06 09:00\n"
    settings = 'title = "t"\n[logs.incoming]\npath = "log.csv"\n'
    write(tmp_path / "analysis/sample-review", review=settings, log=log)
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {}
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 4
    for block in blocks:
        exec(block, known)


@pytest.mark.parametrize("page", ["logs.md"], indirect=True)
def test_the_example_of_a_register_can_be_read(page: str, tmp_path: Path) -> None:
    """The settings as they stand on the page, on a register of one row."""
    block = page.partition("## 登记簿 Registers")[2].partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "review.toml").write_text(f'title = "试"\n{block}', "utf-8")
    frame = pd.DataFrame(
        [["督1", "2024-03-05", "2024-03-06", "教育局", "", ""]],
        columns=["督查编号", "立项日期", "交办日期", "责任单位", "反馈日期", "销号日期"],
    )
    frame.to_excel(tmp_path / "督查台账.xlsx", index=False)
    office = eff.open_review(tmp_path)
    assert office["supervision"].cases["open"].tolist() == [True]
    assert office["supervision"].variants["activities"].tolist() == ["立项"]
