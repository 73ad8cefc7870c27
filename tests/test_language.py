"""A language is chosen in one place, and messages follow the system's."""

from __future__ import annotations

import pytest

from efficiency.language import LANGUAGES, VARIABLE, joined, numeral, of, semicolon, spoken
from efficiency.problems import Problem, TableError


def test_every_text_stands_in_the_order_of_the_languages() -> None:
    assert [of(("甲", "a"), language) for language in LANGUAGES] == ["甲", "a"]
    assert joined(["a", "b"], "zh") + semicolon("en") == "a、b; "


def test_chapters_are_numbered_as_people_do() -> None:
    assert [numeral(n, "zh") for n in (1, 9, 10, 11, 20, 21, 99)] == [
        "一", "九", "十", "十一", "二十", "二十一", "九十九",
    ]  # fmt: skip
    assert [numeral(n, "en") for n in (1, 10, 21)] == ["1", "10", "21"]


@pytest.mark.parametrize(
    ("said", "language"),
    [("zh", "zh"), ("zh_CN.UTF-8", "zh"), ("Chinese (Simplified)_China.936", "zh"), ("en", "en"),
     ("de_DE", "en")],
)  # fmt: skip
def test_messages_come_in_the_language_of_the_variable(
    said: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, said)
    assert spoken() == language
    text = str(TableError([Problem("no_rows")]))
    assert (text == "文件中没有数据行") is (language == "zh")


def test_without_the_variable_the_systems_language_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert spoken() == "zh"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert spoken() == "en"
