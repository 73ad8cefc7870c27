"""Settings: every slip is told at once, with its line and what to type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from efficiency.problems import SettingsError
from efficiency.reviews.reading.inputs import read_inputs
from efficiency.reviews.settings import Folder, Settings, read_folder, repository

GOOD = 'title = "t"\n[logs.a]\npath = "a.csv"\n'
Read = Callable[[str], Folder]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A function that reads a text as ``review.toml``."""

    def write_and_read(text: str) -> Folder:
        (tmp_path / "review.toml").write_text(text, encoding="utf-8")
        return read_folder(tmp_path)

    return write_and_read


def wrong(read: Read, text: str, language: str = "en") -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(text)
    return [problem.text(language) for problem in caught.value.problems]  # type: ignore[arg-type]


def test_what_is_not_written_has_its_default(read: Read) -> None:
    settings = read(GOOD).settings
    assert settings.model_dump(exclude={"logs"}) == {
        "title": "t", "language": "zh", "cutoff": None, "period": None, "baseline": None,
        "timezone": "Asia/Shanghai", "calendar": None, "standards": (), "rules": (),
        "points": None, "small_cell": 5, "pseudonyms": True, "classified": False,
        "survey": None, "reforms": (),
    }  # fmt: skip
    assert settings.logs["a"].model_dump() == {
        "path": ("a.csv",), "model": None, "closed_by": (), "columns": {}, "day_first": None,
        "approvals": (), "role": "unit", "case_mix": None, "applicant": None, "sheet": None,
        "format": {}, "shape": "steps", "moments": {}, "returns": None, "cancelled_by": (),
        "status": None, "calendar": None,
        "known": None, "title": "", "noun": "", "unit_word": None, "category": None,
        "allowed": {}, "errors_of": {}, "leave": None, "not_to_grow": False,
        "people": (), "not_people": (),
    }  # fmt: skip


def test_every_key_can_be_written(read: Read) -> None:
    settings = read("""
title = "t"
language = "en"
cutoff = 2024-12-31T18:00:00
period = ["2024-01-01", "2024-12-31"]
baseline = [2023-01-01, 2023-12-31]
timezone = "Europe/Amsterdam"
calendar = "c.toml"
standards = "s.csv"
rules = "r.csv"
points = "p.csv"
small_cell = 3
pseudonyms = false
[logs.a]
path = "a.csv"
model = "a.bpmn"
closed_by = ["归档"]
day_first = true
case_mix = ["文种", "紧急程度"]
applicant = "申请人类型"
[logs.a.columns]
case_id = "流水号"
[[reforms]]
date = 2024-07-01
title = "不再开会"
log = "a"
[[reforms]]
date = "2024-10-01"
[survey]
answers = "answers.csv"
codebook = "codebook.csv"
issued = 889
""").settings
    assert settings.cutoff == dt.datetime(2024, 12, 31, 18)
    assert settings.period == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert settings.baseline == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert settings.logs["a"].columns == {"case_id": "流水号"}
    assert settings.logs["a"].case_mix == ("文种", "紧急程度")
    assert settings.logs["a"].applicant == "申请人类型"
    assert [(reform.date, reform.title, reform.log) for reform in settings.reforms] == [
        (dt.date(2024, 7, 1), "不再开会", "a"),
        (dt.date(2024, 10, 1), "", None),
    ]
    assert settings.survey is not None
    assert settings.survey.issued == 889


def test_a_cut_off_without_a_time_sees_the_whole_day(read: Read) -> None:
    settings = read("cutoff = 2024-03-04\n" + GOOD).settings
    assert settings.cutoff == dt.datetime(2024, 3, 4, 23, 59, 59, 999_999)


def test_a_cut_off_in_quotes_sees_the_whole_day(read: Read) -> None:
    settings = read('cutoff = "2024-03-04"\n' + GOOD).settings
    assert settings.cutoff == dt.datetime(2024, 3, 4, 23, 59, 59, 999_999)


def test_settings_are_frozen(read: Read) -> None:
    with pytest.raises(ValueError, match="frozen"):
        read(GOOD).settings.title = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"\n' + GOOD, "review.toml:1: unknown key 'titel'; nearest: title"),
        (
            GOOD + 'close_by = ["x"]\n',
            "review.toml:4: unknown key 'logs.a.close_by'; nearest: closed_by, case_mix, "
            "cancelled_by",
        ),
        (
            GOOD + '[survey]\nanswers = "a"\ncodebook = "c"\nisued = 1\n',
            "review.toml:7: unknown key 'survey.isued'; nearest: issued",
        ),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest(
    read: Read, text: str, said: str
) -> None:
    assert wrong(read, text) == [said]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('date = "soon"', "review.toml:5: reforms.date cannot be soon; for example date = 2024"),
        ('title = "x"', "review.toml:4: reforms.date is missing; for example date = 2024-07-01"),
        ("date = 2024-07-01\nlogs = 1", "review.toml:6: unknown key 'reforms.logs'; nearest: log"),
        ("date = 2024-07-01\ntitle = 3", "review.toml:6: reforms.title cannot be 3; for example"),
    ],
)
def test_a_reform_that_is_wrong_is_named_with_its_line(read: Read, lines: str, said: str) -> None:
    (told,) = wrong(read, GOOD + "[[reforms]]\n" + lines + "\n")
    assert told.startswith(said)


def test_the_reform_that_is_wrong_is_the_one_that_is_named(read: Read) -> None:
    """The second of two."""
    good = "[[reforms]]\ndate = 2024-07-01\n"
    (told,) = wrong(read, GOOD + good + good.replace("2024-07-01", "9"))
    assert told.startswith("review.toml:7: reforms.date cannot be 9")


@pytest.mark.parametrize(
    "line", ['case_mix = "文种"', "case_mix = 3", "applicant = 3", 'applicant = ["文种"]']
)
def test_a_mix_or_an_applicant_of_the_wrong_kind_is_named_with_its_line(
    read: Read, line: str
) -> None:
    name = line.split(" ", maxsplit=1)[0]
    (told,) = wrong(read, GOOD + line + "\n")
    assert told.startswith(f"review.toml:4: logs.a.{name} cannot be ")


def test_an_unknown_section_is_named_with_its_line(read: Read) -> None:
    (said,) = wrong(read, GOOD + '[surveys.one]\nanswers = "a"\n')
    assert said.startswith("review.toml:4: unknown key 'surveys'; nearest: survey")


@pytest.mark.parametrize(
    "line",
    [
        'language = "fr"',
        'cutoff = "soon"',
        'period = ["2024-13-01", "2024-12-31"]',
        'period = ["2024-12-31", "2024-01-01"]',
        'period = ["2024-01-01"]',
        "baseline = 3",
        'timezone = "Mars/Base"',
        'timezone = ""',
        "calendar = 4",
        "standards = [3]",
        "rules = 3",
        "points = 3",
        "small_cell = 0",
        "small_cell = 99999",
        "cutoff = 9999-12-31T23:59:59",
        'period = ["2024-01-01", "9999-12-31"]',
        'timezone = "Asia"',
        'small_cell = "many"',
        'pseudonyms = "perhaps"',
        "survey = 3",
    ],
)
def test_a_bad_value_is_told_with_its_key_and_line(read: Read, line: str) -> None:
    (said,) = wrong(read, f"{line}\n{GOOD}")
    assert said.startswith("review.toml:1: " + line.partition(" ")[0])


@pytest.mark.parametrize(
    "line",
    [
        'closed_by = "x"',
        "closed_by = [1]",
        'day_first = "maybe"',
        "columns = 3",
        "model = 3",
        'format = { end = "%Y%Y" }',
        'format = { end = "%Q%" }',
    ],
)
def test_a_bad_value_of_a_log_is_told_with_its_key_and_line(read: Read, line: str) -> None:
    (said,) = wrong(read, f"{GOOD}{line}\n")
    assert said.startswith("review.toml:4: logs.a." + line.partition(" ")[0])


@pytest.mark.parametrize("line", ["small_cell = 0", 'timezone = "Mars/Base"', "calendar = 4"])
def test_a_bad_value_is_told_in_chinese(read: Read, line: str) -> None:
    (said,) = wrong(read, f"{line}\n{GOOD}", "zh")
    assert "Input should" not in said
    assert "a time zone" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[logs.a]\npath = "a.csv"\n', 'title is missing; for example title = "2024年度'),
        ('title = "t"\n', "logs is missing; for example [logs.incoming]"),
        ('title = "t"\n[logs.a]\n', 'logs.a.path is missing; for example path = "incoming.csv"'),
        ('title = "t"\n[logs]\n', "logs cannot be {}"),
    ],
)
def test_what_must_be_there(read: Read, text: str, said: str) -> None:
    (found,) = wrong(read, text)
    assert said in found


def test_an_example_fits_its_key(read: Read) -> None:
    (found,) = wrong(read, GOOD + '[[reforms]]\ntitle = "a"\n')
    assert "[logs.incoming]" not in found


def test_all_slips_are_told_at_once(read: Read) -> None:
    said = wrong(read, 'titel = "x"\nsmall_cell = 0\n[logs.a]\npaht = "a.csv"\n[logs.b]\n')
    assert len(said) == 6
    for key in ("title", "titel", "small_cell", "logs.a.path", "logs.a.paht", "logs.b.path"):
        assert sum(key in one for one in said) >= 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_broken_toml_names_its_line(read: Read, language: str) -> None:
    (said,) = wrong(read, 'title = "t"\n[logs.a\n', language)
    assert said.startswith("review.toml: ")
    assert "line 2" in said


def test_the_same_key_twice_is_refused(read: Read) -> None:
    (said,) = wrong(read, 'title = "t"\n' + GOOD)
    assert "TOML" in said


def test_no_settings_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no file .*review\.toml"):
        read_folder(tmp_path)
    with pytest.raises(SettingsError, match="there is no folder"):
        read_folder(tmp_path / "none")


def test_a_file_saved_by_a_chinese_editor(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        (tmp_path / "review.toml").write_bytes(GOOD.replace('"t"', '"办文"').encode(encoding))
        assert read_folder(tmp_path).settings.title == "办文"


# --- where files may lie


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A review folder two deep in a repository."""
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    folder = tmp_path / "repo" / "analysis" / "one"
    folder.mkdir(parents=True)
    return folder


def test_the_repository_is_the_nearest_git_above(repo: Path, tmp_path: Path) -> None:
    assert repository(repo) == (tmp_path / "repo").resolve()
    assert repository(tmp_path) == tmp_path.resolve()


def place(folder: Path, path: str) -> Folder:
    text = f'title = "t"\n[logs.a]\npath = "{path}"\n'
    (folder / "review.toml").write_text(text, encoding="utf-8")
    return read_folder(folder)


def test_paths_are_relative_to_the_folder_and_may_climb_within_the_repository(repo: Path) -> None:
    here = place(repo, "../../data/a.csv")
    assert here.file("a", "../../data/a.csv") == (repo / "../../data/a.csv").resolve()


@pytest.mark.parametrize("path", ["../../../a.csv", "/etc/a.csv", "in/../../../../a.csv"])
def test_a_path_that_leaves_the_repository_is_refused(repo: Path, path: str) -> None:
    with pytest.raises(SettingsError) as caught:
        place(repo, path).file("a", path)
    (problem,) = caught.value.problems
    assert (problem.key, problem.line) == ("outside", 3)
    absolute = caught.value.problems[0].details["absolute"]
    assert Path(absolute).is_absolute()
    assert f"--log a={absolute}" in str(caught.value)


def test_a_link_that_leads_out_of_the_repository_is_refused(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("x")
    (repo / "a.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SettingsError, match="leaves the repository"):
        place(repo, "a.csv").file("a", "a.csv")


def test_what_the_command_line_names_may_lie_anywhere(repo: Path, tmp_path: Path) -> None:
    place(repo, "a.csv")
    there = tmp_path / "elsewhere.csv"
    assert read_folder(repo, {"a": there}).logs("a") == (there,)


def test_a_log_that_the_settings_do_not_name(repo: Path) -> None:
    place(repo, "a.csv")
    with pytest.raises(SettingsError, match="there is no log 'aa'; nearest: a"):
        read_folder(repo, {"aa": Path("/x")})


def test_advice_for_a_calendar_outside_is_of_use(repo: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        place(repo, "a.csv").file("standards", "/etc/standards.csv")
    assert "--log" not in str(caught.value)


def test_the_schema_names_what_the_contract_does() -> None:
    """Section 2 of the contract, in its order."""
    assert list(Settings.model_fields) == [
        "title", "language", "cutoff", "period", "baseline", "timezone", "calendar", "standards",
        "rules", "points", "small_cell", "pseudonyms", "classified", "logs", "survey", "reforms",
    ]  # fmt: skip


@pytest.mark.parametrize("lines", ['shape = "register"', '[logs.a.moments]\n"立项" = "立项日期"'])
def test_a_register_has_its_moments_and_no_other_log_has(tmp_path: Path, lines: str) -> None:
    """The one without the other is refused, with what to write."""
    text = f'title = "t"\n[logs.a]\npath = "a.csv"\n{lines}\n'
    (tmp_path / "review.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="register"):
        read_folder(tmp_path)


def test_limits_and_rules_may_lie_in_several_files_and_clash_by_name(
    read: Read, tmp_path: Path
) -> None:
    head = "standard_id,from,to,limit\n"
    for name, rows in {"s.csv": "T1,a,b,1 day\n", "t.csv": "T2,a,b,1 day\nT1,a,b,2 days\n"}.items():
        (tmp_path / name).write_text(head + rows, "utf-8")
    folder = read('standards = ["s.csv", "t.csv"]\n' + GOOD)
    assert list(folder.files("standards")) == ["s.csv", "t.csv"]
    assert folder.to_fill("standards").name == "t.csv"
    with pytest.raises(SettingsError) as raised:
        read_inputs(folder.path)
    said = [problem.text("en") for problem in raised.value.problems]
    assert "t.csv:3: [standard_id] 'T1' is used already in line 2 of s.csv; rename it" in said
