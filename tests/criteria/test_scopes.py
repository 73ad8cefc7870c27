"""Scopes: conditions on a case, joined by semicolons; names, joined by bars."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.criteria.scopes import Condition, names_of, parts_of, read_scope

#: What may stand in a column's name or a value; the signs of a scope may not.
PLAIN = st.text(
    string.ascii_letters + string.digits + "文种请示〔〕.-_/、:", min_size=1, max_size=6
)
CONDITIONS = st.builds(
    Condition, PLAIN, st.lists(PLAIN, min_size=1, max_size=3).map(tuple), st.booleans()
)


def test_scopes() -> None:
    """All conditions; both kinds of semicolon; values by bars."""
    assert read_scope("") == ()
    assert read_scope("文种=请示|报告; 紧急程度!=平件；来文层级 = 上级 ") == (
        Condition("文种", ("请示", "报告")),
        Condition("紧急程度", ("平件",), negated=True),
        Condition("来文层级", ("上级",)),
    )


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("文种=", Condition("文种", ("",))),
        ("文种!=", Condition("文种", ("",), negated=True)),
        ("文种=请示|", Condition("文种", ("请示", ""))),
        ("  文种 != 请示 | 报告  ", Condition("文种", ("请示", "报告"), negated=True)),
        ("公式=a=b", Condition("公式", ("a=b",))),
        ("来文 单位=市政府 办公室", Condition("来文 单位", ("市政府 办公室",))),
    ],
)
def test_one_condition(text: str, condition: Condition) -> None:
    """An empty value asks for what is not known; the first sign parts; blanks inside stay."""
    assert read_scope(text) == (condition,)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(conditions=st.lists(CONDITIONS, max_size=4))
def test_a_scope_that_is_written_is_read_again(conditions: list[Condition]) -> None:
    """With blanks and either kind of semicolon."""
    for mark, blank in ((";", ""), ("； ", " ")):
        parts = [
            f"{one.column}{blank}{'!=' if one.negated else '='}{blank}{'|'.join(one.values)}"
            for one in conditions
        ]
        assert read_scope(mark.join(parts)) == tuple(conditions)


@pytest.mark.parametrize("text", ["文种", "=请示", "文种=请示; 紧急程度", "文种>3"])
def test_what_is_no_scope(text: str) -> None:
    """The error gives the whole text back."""
    with pytest.raises(ValueError, match=r"^") as caught:
        read_scope(text)
    assert str(caught.value) == text


def test_parts() -> None:
    """Nothing between two semicolons, or behind the last, is no part."""
    assert parts_of("") == parts_of(" ;；; ") == []
    assert parts_of(" 文种=请示;；紧急程度!=平件 ; ") == ["文种=请示", "紧急程度!=平件"]


def test_names() -> None:
    """Nothing between two bars is no name; blanks inside a name stay."""
    assert names_of("") == names_of(" | ") == ()
    assert names_of("拟办") == ("拟办",)
    assert names_of(" 拟办 ||市政府 办公室|") == ("拟办", "市政府 办公室")
