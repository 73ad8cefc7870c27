"""What a question names as its measure: found in the logs, or told with what is near."""

from __future__ import annotations

import pytest

from efficiency.findings.linked import Link, Names, linked_to, wrong_link

NAMES: Names = {"a": {"T4": "limit", "承办": "step", "P3": "rule"}, "b.c": {"承办": "step"}}


@pytest.mark.parametrize(
    ("said", "found"),
    [("T4", Link("a", "T4", "limit")), ("P3", Link("a", "P3", "rule")),
     ("a.承办", Link("a", "承办", "step")), ("承办", "linked_several"), ("T5", "linked_unknown"),
     ("x.T4", "linked_unknown")],
)  # fmt: skip
def test_a_name_alone_where_it_is_one_and_with_its_log_else(said: str, found: object) -> None:
    assert linked_to(said, NAMES) == found


def test_what_is_wrong_says_what_to_type() -> None:
    assert wrong_link("T4", NAMES, "codebook.csv", 3) is None
    several = wrong_link("承办", NAMES, "codebook.csv", 3)
    assert several is not None
    assert "a.承办" in several.text("en")
    unknown = wrong_link("T44", NAMES, "codebook.csv", 5)
    assert unknown is not None
    assert unknown.text("en").startswith("codebook.csv:5: [linked]")
    assert "T4" in unknown.text("en")
