"""A folder filled in once more takes a person's answers, and takes nothing away."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.problems import SettingsError
from efficiency.reviews.new import new_folder
from efficiency.reviews.refill import fill_again
from efficiency.reviews.settings import read_folder

COLUMNS = {"case_id": "子", "activity": "丑", "end": "寅"}
ROWS = [
    (number, step, f"2024-03-{day:02d} {hour:02d}:00")
    for number in range(1, 13)
    for step, day, hour in (("登记", number, 9), ("拟办", number, 10), ("归档", number + 1, 11))
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log whose columns have names that say nothing."""
    (tmp_path / ".git").mkdir()
    path = tmp_path / "甲.csv"
    pd.DataFrame(ROWS, columns=list(COLUMNS.values())).to_csv(path, index=False)
    return path


def test_answers_on_the_command_line_stand_before_guesses(log: Path) -> None:
    folder = log.parent / "r"
    problems = new_folder(folder, log, columns=COLUMNS)
    assert not [problem for problem in problems if problem.key == "no_guess"]
    assert read_folder(folder).settings.logs["log"].columns == COLUMNS


def test_answers_that_fit_nothing_are_told_at_once(log: Path) -> None:
    with pytest.raises(SettingsError) as told:
        new_folder(log.parent / "r", log, columns={"case": "子", "activity": "卯"})
    assert {problem.key for problem in told.value.problems} == {"bad_value", "no_column"}
    assert not (log.parent / "r").exists()


def test_what_a_person_wrote_in_the_settings_is_taken(log: Path) -> None:
    folder = log.parent / "r"
    new_folder(folder, log)
    settings = folder / "review.toml"
    kept = settings.read_text(encoding="utf-8").split("[logs.log.columns]")[0]
    settings.write_text(
        kept + '[logs.log.columns]\ncase_id = "子"\nactivity = "丑"\nend = "寅"\n', encoding="utf-8"
    )
    before = pd.read_csv(folder / "rules.csv", dtype=str)
    assert len(before)
    before.head(0).to_csv(folder / "rules.csv", index=False)
    fill_again(folder)
    after = pd.read_csv(folder / "rules.csv", dtype=str)
    assert after["rule_id"].tolist() == before["rule_id"].tolist()
    assert read_folder(folder).settings.logs["log"].closed_by == ("归档",)


def test_what_stands_there_stays(log: Path) -> None:
    """A rule that was edited and a ``closed_by`` that was named; twice gives the same bytes."""
    folder = log.parent / "r"
    new_folder(folder, log, columns=COLUMNS)
    settings = folder / "review.toml"
    named = settings.read_text(encoding="utf-8").replace("# closed_by = [", "closed_by = [", 1)
    settings.write_text(named.replace('["归档"]', '["拟办"]', 1), encoding="utf-8")
    rules = folder / "rules.csv"
    table = pd.read_csv(rules, dtype=str, keep_default_na=False)
    table.loc[0, "title"] = "我们自己的说法"
    table.iloc[:1].to_csv(rules, index=False, encoding="utf-8-sig")
    fill_again(folder)
    again = pd.read_csv(rules, dtype=str, keep_default_na=False)
    assert again["title"].iloc[0] == "我们自己的说法"
    assert sorted(again["rule_id"]) == sorted(table["rule_id"])
    assert read_folder(folder).settings.logs["log"].closed_by == ("拟办",)
    bytes_ = (rules.read_bytes(), settings.read_bytes())
    fill_again(folder)
    assert (rules.read_bytes(), settings.read_bytes()) == bytes_


def test_several_files_make_one_log(log: Path) -> None:
    other = log.with_name("乙.csv")
    pd.DataFrame([(99, "登记", "2024-05-01 09:00")], columns=list(COLUMNS.values())).to_csv(
        other, index=False
    )
    new_folder(log.parent / "r", [log, other], columns=COLUMNS)
    place = read_folder(log.parent / "r")
    assert [path.name for path in place.logs("log")] == ["甲.csv", "乙.csv"]


def test_a_pattern_stands_for_the_files_that_match_it(log: Path) -> None:
    folder = log.parent / "r"
    new_folder(folder, log, columns=COLUMNS)
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    (log.with_name("~$甲.csv")).write_text("", encoding="utf-8")
    log.with_name("丙.csv").write_bytes(log.read_bytes())
    settings.write_text(text.replace("../甲.csv", "../*.csv"), encoding="utf-8")
    assert [path.name for path in read_folder(folder).logs("log")] == ["丙.csv", "甲.csv"]
    settings.write_text(text.replace("../甲.csv", "../*.xlsx"), encoding="utf-8")
    with pytest.raises(SettingsError, match="no file matches"):
        read_folder(folder).logs("log")
