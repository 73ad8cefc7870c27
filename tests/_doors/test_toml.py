"""Settings in TOML: read, their lines found, every slip told with an example."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from efficiency._doors.toml import Strict, line_of, read_settings, read_toml
from efficiency.problems import SettingsError


def test_toml_is_read_and_its_lines_are_found(tmp_path: Path) -> None:
    """Keys of tables, of quoted tables, and tables themselves."""
    path = tmp_path / "review.toml"
    path.write_text(
        'title = "年度"\n\n[logs.incoming]\npath = "a.csv"\n[logs.incoming.columns]\n'
        'case_id = "流水号"\n[units."值班室"]\nhours = 3\n',
        encoding="gb18030",
    )
    assert read_toml(path)["logs"]["incoming"]["columns"] == {"case_id": "流水号"}
    assert line_of(path, "title") == 1
    assert line_of(path, "logs", "incoming") == 3
    assert line_of(path, "logs", "incoming", "columns", "case_id") == 6
    assert line_of(path, "units", "值班室", "hours") == 8
    assert line_of(path, "path") is None


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    """In the parser's own words."""
    path = tmp_path / "review.toml"
    path.write_text("a = 1\nb = = 2\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"review\.toml: not valid TOML: .*line 2"):
        read_toml(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no file"):
        read_toml(tmp_path / "none.toml")


class Inner(Strict):
    """One of several tables."""

    hours: int = Field(examples=["3"])


class Outer(Strict):
    """A file."""

    name: str = Field(examples=['"a"'])
    parts: tuple[Inner, ...] = Field((), examples=["[[parts]]"])


def test_every_slip_is_told_with_its_line_and_an_example(tmp_path: Path) -> None:
    """A missing key, an unknown one, and a bad value in the second of two tables."""
    path = tmp_path / "a.toml"
    path.write_text('nmae = "x"\n[[parts]]\nhours = 1\n[[parts]]\nhours = "x"\n')
    with pytest.raises(SettingsError) as caught:
        read_settings(Outer, path)
    assert sorted(problem.text() for problem in caught.value.problems) == [
        'a.toml: name is missing; for example name = "a"',
        "a.toml:1: unknown key 'nmae'; nearest: name",
        "a.toml:5: parts.hours cannot be x; for example hours = 3",
    ]


def test_chinese_keys_without_quotes_are_read(tmp_path: Path) -> None:
    """As the contract writes them: in a table, in an inline table, in the name of a table."""
    path = tmp_path / "x.toml"
    path.write_text('[units.值班室]\n交办 = { 收到 = "交办日期" }\n立项 = "立项 = 日期"\n', "utf-8")
    assert read_toml(path) == {
        "units": {"值班室": {"交办": {"收到": "交办日期"}, "立项": "立项 = 日期"}}
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a = 1\nb = "x\\u0000y"\n', "a.toml:2: b holds control characters: x␀y"),
        ('"a\\u001b" = 1\n', "holds control characters: a␛"),
        ("n = " + "9" * 20, "a.toml:1: n is too large a number: 999999999999…"),
        ("n = " + "9" * 5000, "a number is thousands of digits long"),
        ("n = " + "[" * 30 + "]" * 30, "a.toml:1: n is nested more than 20 deep"),
        ("n = " + "[" * 9000 + "]" * 9000, "is nested more than 20 deep"),
        ("n = " + "{a=" * 9000 + "1" + "}" * 9000, "is nested more than 20 deep"),
    ],
)
def test_what_no_setting_can_be(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_toml(path)
    assert said in caught.value.text("en")
    assert caught.value.text("zh")
