"""Rules of validity: stated, counted, applied in their order; nobody is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.survey.surveys import Survey
from efficiency.evidence.survey.validity import RULES
from efficiency.problems import ArgumentError
from surveyed import surveyed

BOOK = "id,id,,,\n用时,seconds,,,\n" + "".join(
    f"Q{at},1-5,{'yes' if at == 7 else ''},,\n" for at in range(1, 8)
)
#: Ten people: the third answers again as the first, the fourth in five seconds, the fifth the same
#: throughout, the sixth next to nothing, the seventh both too fast and all alike.
IDS = ["a", "b", "a", "d", "e", "f", "g", "h", "i", "j"]
SECONDS = ["60秒", "90秒", "60秒", "5秒", "70秒", "80秒", "4秒", "61秒", "62秒", "63秒"]


def answered() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {"id": list(IDS), "用时": list(SECONDS)}
    for at in range(1, 8):
        said = [str(1 + (at + row) % 5) for row in range(10)]
        said[4] = said[6] = "4"
        said[5] = "" if at > 2 else "3"
        columns[f"Q{at}"] = said
    return columns


def found(survey: Survey) -> dict[str, tuple[int, int]]:
    rows = survey.validity.itertuples(index=False)
    return {row.rule: (row.caught, row.left_out) for row in rows}


def test_each_rule_is_counted_and_the_first_leaves_out(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, answered(), BOOK)
    assert found(survey) == {
        "twice": (1, 1), "too_fast": (2, 2), "all_alike": (2, 1), "half_empty": (1, 1),
    }  # fmt: skip
    assert len(survey.answers.people) == len(survey.people) + survey.validity["left_out"].sum()
    assert survey.people["row"].tolist() == [1, 2, 8, 9, 10]


def test_the_threshold_is_two_seconds_a_question(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, answered(), BOOK)
    assert survey.validity.set_index("rule").at["too_fast", "threshold"] == 14.0


def test_a_rule_that_is_not_asked_for_leaves_nobody_out(tmp_path: Path) -> None:
    survey = surveyed(tmp_path, answered(), BOOK, rules=("twice",))
    assert survey.validity["left_out"].tolist() == [1, 0, 0, 0]
    assert survey.validity["applied"].tolist() == [True, False, False, False]
    assert len(surveyed(tmp_path, answered(), BOOK, rules=()).people) == 10


def test_all_alike_needs_a_question_put_the_other_way_round(tmp_path: Path) -> None:
    """Who is content with everything is no liar."""
    survey = surveyed(tmp_path, answered(), BOOK.replace("yes", ""))
    assert not survey.validity.set_index("rule").at["all_alike", "applied"]
    assert "all_alike" not in set(survey.left_out)


def test_rules_are_told_in_their_order(tmp_path: Path) -> None:
    assert surveyed(tmp_path, answered(), BOOK).validity["rule"].tolist() == list(RULES)


def test_who_keeps_to_the_middle_contradicts_himself_nowhere(tmp_path: Path) -> None:
    columns = answered()
    for at in range(1, 8):
        columns[f"Q{at}"][4] = "3"
    survey = surveyed(tmp_path, columns, BOOK)
    assert survey.left_out.iloc[4] == ""


def test_what_does_not_apply_was_answered(tmp_path: Path) -> None:
    columns = answered()
    for at in range(3, 8):
        columns[f"Q{at}"][5] = "不了解"
    assert surveyed(tmp_path, columns, BOOK).left_out.iloc[5] == ""


@pytest.mark.parametrize("rules", [["to_fast"], "twice"])
def test_an_unknown_rule_is_told(rules: object, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="too_fast"):
        surveyed(tmp_path, answered(), BOOK, rules=rules)
