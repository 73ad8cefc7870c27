"""The catalogue of messages is whole in both languages; an error tells every breach."""

from __future__ import annotations

import string

import pytest

from efficiency.messages import MESSAGES, PARTS
from efficiency.problems import (
    Hint,
    InputError,
    LogError,
    Problem,
    TableError,
    listed,
    say,
)


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_both_languages_say_the_same_things(key: str) -> None:
    """The same details, both filled; Chinese in one, none in the other but in examples."""
    named = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in MESSAGES[key]
    ]
    assert named[0] == named[1]
    details = dict.fromkeys(named[0], "X")
    chinese, english = say(key, "zh", **details), say(key, **details)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert chinese != english
    assert not [name for name in details if f"{{{name}" in english]


def test_no_message_stands_in_two_parts() -> None:
    assert sum(len(part.MESSAGES) for part in PARTS) == len(MESSAGES)


def test_a_hint_names_the_nearest_or_all() -> None:
    """At most three near ones; where none is near, what there is; of nothing, nothing."""
    known = ("case_id", "activity", "actor", "unit")
    assert Hint("case", known).text("en") == "; nearest: case_id"
    assert Hint("活动", known).text("zh") == "；最接近的是：case_id、activity、actor、unit"
    assert Hint("case", ()).text("en") == ""
    assert len(Hint("???", tuple("abcdefghijklmnopqrstuvwxyz")).text("en").split(", ")) == 20


def test_a_problem_says_where_it_stands() -> None:
    """File, line and column in front, as far as they are known."""
    assert Problem("no_rows").text() == "the file has no data rows"
    assert Problem("no_rows", file="a.csv").text() == "a.csv: the file has no data rows"
    placed = Problem("no_rows", file="a.csv", line=7, column="limit")
    assert placed.text() == "a.csv:7: [limit] the file has no data rows"
    assert placed.text("zh") == "a.csv:7: [limit] 文件中没有数据行"
    hinted = Problem("unknown_key", {"name": "titel", "hint": Hint("titel", ("title",))})
    assert hinted.text() == "unknown key 'titel'; nearest: title"


def test_an_error_tells_one_breach_plainly_and_several_in_a_list() -> None:
    """In both languages; the problems stay at hand."""
    one = LogError([Problem("no_rows", file="a.csv")])
    assert str(one) == "a.csv: the file has no data rows"
    two = InputError([Problem("no_rows"), Problem("no_moment")])
    assert str(two).splitlines()[0] == ""
    assert [line[:4] for line in str(two).splitlines()[1:]] == ["  - ", "  - "]
    assert two.text("zh").splitlines()[1] == "  - 文件中没有数据行"
    assert [problem.key for problem in two.problems] == ["no_rows", "no_moment"]


def test_an_error_with_a_head_shows_it_first() -> None:
    """Even for one breach; it is a ValueError like every wrong argument."""
    error = TableError([Problem("no_rows")], Problem("table", {"table": "log", "row": "a step"}))
    assert str(error) == "Not a 'log' table (one row = a step):\n  - the file has no data rows"
    assert isinstance(error, ValueError)


def test_names_are_listed_in_their_order() -> None:
    """All of them."""
    assert listed(["b", "a", 3]) == "b, a, 3"
