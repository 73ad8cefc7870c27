"""The commands: what they say, where they say it, and how they end."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

import efficiency.cli
from efficiency.cli import app, stage_words
from efficiency.reviews.carry_out import Review
from efficiency.reviews.documents.verification import Broken, Verification

LOG = "case_id,activity,end\n1,in,2024-03-04 09:00\n1,out,2024-03-04 10:00\n,in,2024-03-05 09:00\n"
TOML = 'title = "t"\nlanguage = "{}"\n[logs.a]\npath = "a.csv"\n'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small English review."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.csv").write_text(LOG)
    (tmp_path / "one" / "review.toml").write_text(TOML.format("en"))
    return tmp_path / "one"


def test_help_names_the_commands_in_both_languages() -> None:
    said = run("--help")
    assert said.exit_code == 0
    for command in ("review", "report", "verify", "check", "new", "convert", "standards", "pdca"):
        assert re.search(rf"\b{command}\b.*[\u4e00-\u9fff]", said.output)


def test_check_reads_and_writes_nothing(folder: Path) -> None:
    done = run("check", folder)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[:3] == [
        "a: 3 rows = 2 accepted + 1 rejected; 0 values changed",
        "  moments, end: 0000-0-0 0:0, 3 row(s), such as 2024-03-04 09:00",
        "  rejected, case_id: no case_id, 1 row(s) (row 3: (empty))",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "review.toml"]
    (folder / "review.toml").write_text(TOML.format("zh"))
    assert "3 行 = 接受 2 + 退回 1；改动 0 处" in run("check", folder).stdout


def test_check_says_notices_on_stderr(folder: Path) -> None:
    (folder / "review.toml").write_text('points = "p.csv"\n' + TOML.format("en"))
    done = run("check", folder)
    assert done.exit_code == 0
    assert "p.csv does not exist yet" in done.stderr
    assert "points" not in done.stdout


@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "a.csv: the file has no data rows"),
        ("zh", "a.csv: 文件中没有数据行"),
    ],
)
def test_bad_input_ends_with_2_and_a_message_on_stderr(
    folder: Path, command: str, language: str, said: str
) -> None:
    (folder / "review.toml").write_text(TOML.format(language))
    (folder / "a.csv").write_text("")
    done = run(command, folder)
    assert done.exit_code == 2
    assert done.stdout == ""
    *stages, last = filter(None, done.stderr.splitlines())
    assert last == said
    assert all(re.fullmatch(r" *\d+% .+", stage) for stage in stages)
    assert not (folder / "output").exists()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('language = "en"\ntitel = "t"\n', "review.toml:2: unknown key 'titel'"),
        ('language = "zh"\ntitel = "t"\n', "review.toml:2: 未知的键 'titel'"),
        ("title = \n", "review.toml: TOML 语法错误"),
        ('language = "en"\ntitle = \n', "review.toml: not valid TOML"),
    ],
)
def test_bad_settings_are_told_in_their_own_language(folder: Path, toml: str, said: str) -> None:
    """Even where they cannot be parsed."""
    (folder / "review.toml").write_text(toml)
    done = run("check", folder)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = run("review", tmp_path / "none")
    assert done.exit_code == 2
    assert "找不到文件夹" in done.stderr


@pytest.mark.parametrize("command", ["check", "review"])
def test_what_nobody_knows_of_people_s_words_is_told_at_once(folder: Path, command: str) -> None:
    """Every key that there is not in text.toml, beside what is wrong elsewhere."""
    (folder / "a.csv").write_text("")
    (folder / "text.toml").write_text('offfice = "x"\n[chapters.situtation]\nbefore = []\n')
    done = run(command, folder)
    assert (done.exit_code, done.stdout) == (2, "")
    for said in (
        "text.toml:1: unknown key 'offfice'; nearest: office",
        "text.toml:2: unknown key 'chapters.situtation'; nearest: situation",
        "a.csv: the file has no data rows",
    ):
        assert any(said in line for line in done.stderr.splitlines()), said
    assert not (folder / "output").exists()


def test_square_brackets_in_a_message_stay(folder: Path) -> None:
    """They are no markup."""
    (folder / "s.csv").write_text(
        "standard_id,from,to,limit,clock\nT1,in,out,[b]soon[/b],working\n"
    )
    (folder / "review.toml").write_text('standards = "s.csv"\n' + TOML.format("en"))
    assert "[limit] limit '[b]soon[/b]' cannot be read" in run("check", folder).stderr


def test_another_failure_ends_with_1(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is no bad input."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("our own fault")

    monkeypatch.setattr(
        importlib.import_module("efficiency.reviews.reading.inputs"), "read_inputs", fail
    )
    done = run("check", folder)
    assert done.exit_code == 1
    assert isinstance(done.exception, RuntimeError)


def test_an_unknown_command_or_option() -> None:
    assert run("improve").exit_code == 2
    assert run("check", ".", "--fast").exit_code == 2


@pytest.mark.parametrize("given", ["a.csv", "a=a.csv", "=/a.csv", "a="])
def test_a_log_must_be_named_absolutely(folder: Path, given: str) -> None:
    done = run("check", folder, "--log", given)
    assert done.exit_code == 2
    assert "NAME=/absolute/path" in done.stderr


def test_a_converted_log_is_checked_as_its_source_is(folder: Path) -> None:
    """Line by line; the file says whose it is, so that no columns are named."""
    told = run("check", folder).stdout
    source = folder / "a.csv"
    source.write_text(LOG.replace("case_id", "号"), encoding="utf-8")
    done = run(
        "convert", source, folder / "a.parquet", "--columns", "case_id=号", "--language", "en"
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout.strip() == str(folder / "a.parquet")
    assert "2 steps; the ledger of 1 rows rejected and 0 values changed" in done.stderr
    source.unlink()
    settings = folder / "review.toml"
    settings.write_text(settings.read_text().replace("a.csv", "a.parquet"))
    again = run("check", folder)
    assert again.exit_code == 0, again.stderr
    assert again.stdout.replace("号", "case_id") == told


def test_what_cannot_be_converted_is_told(folder: Path) -> None:
    done = run("convert", folder / "none.csv", folder / "a.parquet", "--language", "en")
    assert done.exit_code == 2
    assert "none.csv" in done.stderr
    done = run("convert", folder / "a.csv", folder / "a.csv", "--language", "en")
    assert done.exit_code == 2
    assert "log.parquet" in done.stderr


def test_a_size_of_memory_is_a_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reaches the engine, and is forgotten after."""
    seen = []

    def carry_out(*given: Any, **named: Any) -> Any:
        seen.append(os.environ["EFFICIENCY_MEMORY"])
        return carried_out(*given, **named)

    monkeypatch.setattr(
        importlib.import_module("efficiency.reviews.carry_out"), "review", carry_out
    )
    monkeypatch.delenv("EFFICIENCY_MEMORY", raising=False)
    assert run("review", folder, "--memory", "4GB").exit_code == 0
    assert seen == ["4GB"]
    assert "EFFICIENCY_MEMORY" not in os.environ
    done = run("review", folder, "--memory", "lots")
    assert done.exit_code == 2
    assert "4GB" in done.stderr


def test_a_log_on_the_command_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x=y.csv").write_text(LOG + "2,in,2024-03-06 09:00\n")
    assert run("check", folder, "--log", f"a={tmp_path / 'x=y.csv'}").stdout.startswith(
        "a: 4 rows = 3 accepted + 1 rejected"
    )
    done = run("check", folder, "--log", f"b={tmp_path / 'x=y.csv'}")
    assert done.exit_code == 2
    assert "there is no log 'b'; nearest: a" in done.stderr


def test_new_then_review(tmp_path: Path) -> None:
    """In a repository, from a log outside it."""
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "a.csv").write_text(LOG)
    folder = tmp_path / "repo" / "one"
    made = run("new", folder, "--log", tmp_path / "a.csv", "--language", "en")
    assert made.exit_code == 0
    left, then = made.stderr.splitlines()
    assert re.match(r"\d+ rules of the catalogue need steps or columns that the log lacks", left)
    assert f"efficiency review {folder}" in then
    assert made.stdout.strip() == str(folder / "review.toml")
    done = run("review", folder)
    assert done.exit_code == 0
    assert done.stdout.strip() == str(folder / "output" / "report.html")
    for name in ("report.docx", "report.pdf", "workbook.xlsx", "numbers.json", "manifest.json"):
        assert (folder / "output" / name).is_file()
    lines = done.stderr.splitlines()
    shares = [int(line.split("%")[0]) for line in lines if re.match(r" *\d+% ", line)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert "making report.docx" in done.stderr
    # The one case took an hour, and no limit was given.
    assert lines[-1] == (
        "No time limit has a target; main findings: 0, others: 0, set aside: 0. Open:"
    )


def test_new_lists_every_rule_that_is_left_out_where_it_is_asked_to(tmp_path: Path) -> None:
    """As many as it counts else."""
    (tmp_path / "a.csv").write_text(LOG)
    told = [
        run("new", tmp_path / name, "--log", tmp_path / "a.csv", "--language", "en", *more).stderr
        for name, more in (("one", ()), ("two", ("--all",)))
    ]
    few, every = (text.splitlines() for text in told)
    assert int(few[0].split()[0]) == len(every) - 1
    assert all(" is left out (" in line for line in every[:-1])


def test_new_says_what_is_missing_and_refuses_what_exists(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    made = run("new", tmp_path / "one", "--log", tmp_path / "a.csv", "--language", "en")
    assert made.exit_code == 0
    assert "cannot tell which column is case_id" in made.stderr
    again = run("new", tmp_path / "one", "--log", tmp_path / "a.csv")
    assert again.exit_code == 2
    assert "已存在" in again.stderr
    assert run("new", tmp_path / "two", "--log", tmp_path / "none.csv").exit_code == 2


def test_a_sample_that_is_made_can_be_reviewed(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    made = run("sample", folder, "--cases", "50", "--seed", "9")
    assert (made.exit_code, made.stdout.strip()) == (0, str(folder))
    assert run("check", folder).exit_code == 0
    assert run("sample", folder).exit_code == 2


@pytest.mark.slow
def test_sample_then_review(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    run("sample", folder, "--cases", "50", "--seed", "9")
    done = run("review", folder)
    assert done.exit_code == 0
    page = (folder / "output" / "report.html").read_text(encoding="utf-8")
    assert "示例机关" in page


def test_the_command_itself(folder: Path) -> None:
    """The one that is installed, in a process of its own."""
    command = Path(sys.executable).with_name("efficiency")
    if not command.is_file():
        pytest.skip("the package is not installed as a command")
    (folder / "a.csv").write_text("")
    done = subprocess.run([command, "check", folder], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "a.csv: the file has no data rows"


def test_the_language_is_found_as_far_as_it_can_be(tmp_path: Path) -> None:
    """The first line that sets it; Chinese where none does."""
    for text, language in [
        ("language = 'en' # zh | en", "en"),
        ('title = "language = en"', "zh"),
        ("# language = 'en'", "zh"),
        ("language = 'fr'", "zh"),
        ("", "zh"),
    ]:
        (tmp_path / "review.toml").write_text(text)
        assert efficiency.cli._language_of(tmp_path) == language
    assert efficiency.cli._language_of(tmp_path / "none") == "zh"


# --- documents


def carried_out(*_: Any, progress: Any, **__: Any) -> Review:
    """What a review gives, at once."""
    progress("read", 0.0)
    progress("measure a", 0.5)
    progress("done", 1.0)
    names = ("standards", "standards_met", "findings_action", "findings_watch", "set_aside")
    stands = pd.DataFrame({"measure": names, "value": [7, 5, 3, 2, 1]})
    times = {"read": 1.25, "measure a": 61.0}
    return Review(Path("one/output"), {"standing": stands}, (), ("[b]mind[/b]",), times)


@pytest.mark.parametrize(
    ("language", "said", "stage"),
    [
        ("en", "5 of 7 time limits met; main findings: 3, others: 2, set aside: 1. Open:",
         "judging limits and rules: a"),
        ("zh", "7 项时限达标 5 项；突出问题 3 项，一般问题 2 项，不列为问题 1 项。请打开：",
         "对照时限和规则：a"),
    ],
)  # fmt: skip
def test_a_review_says_what_it_found_and_where_it_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str, stage: str
) -> None:
    """Line by line where nobody watches; how long each stage took only where it is asked for."""
    (folder / "review.toml").write_text(TOML.format(language))
    monkeypatch.setattr(
        importlib.import_module("efficiency.reviews.carry_out"), "review", carried_out
    )
    done = run("review", folder)
    assert done.exit_code == 0
    assert done.stdout.strip() == str(Path("one/output/report.html"))
    lines = done.stderr.splitlines()
    assert lines[-1] == said
    assert f" 50% {stage}" in lines
    assert "[b]mind[/b]" in lines
    assert "100%" not in done.stderr
    assert " s  " not in done.stderr
    timed = run("review", folder, "--timings").stderr.splitlines()
    assert f"   61.0 s  {stage}" in timed


def test_a_stage_without_words_is_told_as_it_is() -> None:
    assert stage_words("brew coffee", "en") == "brew coffee"
    assert stage_words("measure in coming", "en") == "judging limits and rules: in coming"
    assert stage_words("read", "zh") == "读入"


def test_report_renders_what_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All forms unless some are named; the files that were made are told."""
    asked: list[list[str]] = []

    def rendered(place: Path, forms: list[str]) -> list[Path]:
        asked.append(forms)
        return [place / "output" / f"[{form}]" for form in forms]

    place = importlib.import_module("efficiency.reviews.documents.rerender")
    monkeypatch.setattr(place, "rerender", rendered)
    done = run("report", folder, "--format", "html,docx")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [str(folder / "output" / f"[{n}]") for n in ("html", "docx")]
    run("report", folder)
    assert asked == [["html", "docx"], ["html", "docx", "pdf", "xlsx"]]


@pytest.mark.parametrize("command", ["report", "verify", "bulletin"])
def test_documents_of_a_folder_that_is_not_there(tmp_path: Path, command: str) -> None:
    more = ("--month", "2024-03") if command == "bulletin" else ()
    done = run(command, tmp_path / "none", *more)
    assert (done.exit_code, done.stdout) == (2, "")
    assert str(tmp_path / "none") in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["report", "verify"])
def test_without_a_review_there_are_no_documents(folder: Path, command: str) -> None:
    done = run(command, folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "has no output yet; type efficiency review" in done.stderr
    assert "'odt'" in run("report", folder, "--format", "html,odt").stderr


BROKEN = Broken("report.html", "n0036", "37.1", "31.7", "37.1 points [below] target.")


@pytest.mark.parametrize(("broken", "code"), [((), 0), ((BROKEN,), 1)])
def test_verify_tells_every_number_that_does_not_hold(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: tuple[Broken, ...], code: int
) -> None:
    """It ends with 1 where one is wrong; what people added or changed besides is only said."""
    found = Verification(
        1234, broken, loose=(("a.docx", "26", "26 were lost."),), inputs=("a.csv",),
        missing=(("a.docx", "n0002", "91.7%"),),
    )  # fmt: skip
    asked: list[Any] = []

    def held(place: Path, documents: Any, **more: Any) -> Verification:
        asked.append((place, tuple(documents), more["logs"]))
        return found

    monkeypatch.setattr(
        importlib.import_module("efficiency.reviews.documents.verification"), "verify", held
    )
    done = run("verify", folder, folder / "a.docx", "--log", f"a={folder / 'b.csv'}")
    assert done.exit_code == code
    assert asked == [(folder, (folder / "a.docx",), {"a": folder / "b.csv"})]
    assert done.stdout.strip() == (
        f"1,234 numbers looked at: {len(broken)} do not hold, 1 are bound to nothing."
    )
    said = "report.html n0036: says 37.1, holds 31.7: 37.1 points [below] target."
    assert (said in done.stderr.splitlines()) is bool(broken)
    for part in ("not what the report was made of: a.csv", "a.docx: 26 was added", "91.7%"):
        assert part in done.stderr


def test_verify_says_of_what_is_gone_that_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that the inputs hold no more, and a cell that was left empty."""
    found = Verification(1, (Broken("a.xlsx", "ends!A3", "", "", "n"),))
    monkeypatch.setattr(
        importlib.import_module("efficiency.reviews.documents.verification"),
        "verify",
        lambda *_, **__: found,
    )
    assert "a.xlsx ends!A3: says —, holds no such number: n" in run("verify", folder).stderr


# --- improvement points


def with_points(folder: Path, language: str, text: str) -> Path:
    """A folder with a register."""
    (folder / "review.toml").write_text('points = "points.csv"\n' + TOML.format(language))
    (folder / "points.csv").write_text(text, encoding="utf-8")
    return folder


REGISTER = (
    "id,title,owner,due,done,status,checked,verdict,decision,first_found\n"
    "a,late [b]registry[/b],Wang,2024-12-31,,recurring,2024-12-31,too early,,2023-12-31\n"
    "b,slow review,Li,2025-02-10,,new,2024-12-31,too early,,2024-12-31\n"
    "c,rework,,,2024-03-01,resolved,2024-12-31,effective,,2023-12-31\n"
)


def test_pdca_shows_the_loop(folder: Path) -> None:
    """By where the points stand on the day; brackets are no markup."""
    done = run("pdca", with_points(folder, "en", REGISTER), "--on", "2025-01-31")
    assert done.exit_code == 0
    assert done.stdout.startswith("Improvement points on 2025-01-31: points.csv\n")
    text = " ".join(done.stdout.split())
    for said in (
        "overdue · 1",
        "due within 30 days · 1",
        "checked, to be decided · 1",
        "-31",
        "10",
    ):
        assert said in text
    assert "[b]" in text
    assert text.index("overdue") < text.index("due within") < text.index("checked, to")
    assert "50.0% (1/2)" not in text
    assert "0.0% (0/1)" in text  # one day had come, and nothing was done by it
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "points.csv", "review.toml"]


def test_pdca_in_chinese(folder: Path) -> None:
    done = run("pdca", with_points(folder, "zh", REGISTER), "--on", "2025-01-31")
    text = "".join(done.stdout.split())
    for said in ("逾期未落实·1", "三十日内到期·1", "已检查、待处理·1", "仍存在", "有效"):
        assert said in text
    assert run("pdca", folder).exit_code == 0  # today


def test_pdca_update_takes_the_review_over(folder: Path) -> None:
    """What people wrote is kept, the former file too; what differs is said."""
    (folder / "review.toml").write_text(TOML.format("en"))
    tables = folder / "output" / "tables"
    tables.mkdir(parents=True)
    (tables / "points.csv").write_text(REGISTER, encoding="utf-8")
    done = run("pdca", folder, "--update", "--on", "2025-01-31")
    assert done.exit_code == 0
    assert "points.csv is written: 3 points" in done.stderr
    assert "write in" in done.stderr  # review.toml does not name it yet
    path = folder / "points.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Wang", "Zhao"), encoding="utf-8")
    (tables / "points.csv").write_text(REGISTER + "d,new one,,,,new,2024-12-31,,,\n")
    again = run("pdca", folder, "--update", "--on", "2025-01-31")
    assert "1 points added; the former file is points.csv.bak" in again.stderr
    assert "a: two values of 'owner'; points.csv's is kept: Zhao" in again.stderr
    assert "Zhao" in path.read_text("utf-8-sig")
    assert "new one" in path.read_text("utf-8-sig")
    assert "new one" not in (folder / "points.csv.bak").read_text("utf-8-sig")


def test_pdca_without_a_register_or_with_a_bad_one(folder: Path) -> None:
    done = run("pdca", folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "has no register of improvement points" in done.stderr
    done = run("pdca", with_points(folder, "en", "id,title,due\na,b,soon\n"))
    assert done.exit_code == 2
    assert "points.csv:2: [due] due must be a date (2024-01-31), is 'soon'" in done.stderr
    assert run("pdca", folder, "--on", "soon").exit_code == 2


def test_who_stops_a_command_is_told_what_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("efficiency.reviews.reading.inputs.read_inputs", stopped)
    result = run("check", folder)
    assert result.exit_code == 130
    assert "nothing new was written" in result.stderr
