"""Findings by theme: each once, the most material first, none that is no problem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.criteria.rules import KINDS
from efficiency.report.telling import ToldFinding
from efficiency.report.themes import MOST_THEMES, RULE_GROUPS, Theme, themes
from efficiency.words import PHRASES
from studied import found

THEMES = ("limits", "procedure", "coordination", "quality", "pace", "supervision", "opinion")


def names(made: tuple[Theme, ...]) -> list[str]:
    return [theme.name for theme in made]


def test_themes_come_by_their_most_material_finding() -> None:
    told = [
        found("rule", rule_id="P1", theme="procedure"),
        found("standard", standard_id="T1", theme="limits"),
        found("rule", rule_id="P2", theme="procedure", level="watch"),
        found("slow_step", activity="x", theme="pace", level="watch"),
    ]
    made = themes(told)
    assert names(made) == ["procedure", "limits", "pace"]
    assert (made[0].main, made[0].others) == ((told[0],), (told[2],))
    assert made[0].findings == (told[0], told[2])
    assert (made[2].main, made[2].others) == ((), (told[3],))


@pytest.mark.parametrize(
    "changes",
    [{"direction": "better"}, {"level": "note"}, {"part_of": "another"}],
)
def test_what_is_no_problem_of_its_own_is_in_no_theme(changes: dict[str, str]) -> None:
    assert themes([found("standard", standard_id="T1", theme="limits", **changes)]) == ()
    assert themes([]) == ()


def test_what_people_set_aside_is_in_no_theme() -> None:
    first, second = (found("standard", standard_id=name, theme="limits") for name in ("T1", "T2"))
    (theme,) = themes([first, second], {first.id})
    assert theme.main == (second,)
    assert themes([first, second], {first.id: "agreed", second.id: "agreed"}) == ()


def test_a_finding_without_a_theme_is_one_of_procedure() -> None:
    assert names(themes([found("rule", rule_id="P1", theme="")])) == ["procedure"]


def test_no_more_themes_than_a_reader_holds() -> None:
    """There are seven; more could come of a wider catalogue."""
    told = [found("rule", rule_id=f"P{n}", theme=f"theme {n}") for n in range(9)]
    assert names(themes(told)) == [f"theme {n}" for n in range(MOST_THEMES)]


@pytest.mark.parametrize(
    ("concerned", "extent"),
    [(0, "few"), (9, "few"), (10, "some"), (49, "some"), (50, "common"), (100, "common")],
)
def test_how_far_a_theme_goes(concerned: int, extent: str) -> None:
    """Of a hundred cases: from a tenth on some, from a half on common."""
    (theme,) = themes([found("rule", rule_id="P1", n=100, concerned=concerned)])
    assert theme.extent == extent


def test_a_theme_goes_as_far_as_its_widest_finding() -> None:
    """What is only likely does not make it wider, unless there is nothing else."""
    narrow = found("rule", rule_id="P1", theme="limits", n=100, concerned=1)
    wide = found("standard", standard_id="T1", theme="limits", n=100, concerned=60)
    likely = found("standard", standard_id="T2", theme="limits", n=10, concerned=9, level="watch")
    assert themes([narrow, wide])[0].extent == "common"
    assert themes([narrow, likely])[0].extent == "few"
    assert themes([likely])[0].extent == "common"


def test_of_what_is_no_part_of_cases_some_is_said() -> None:
    """A slow unit concerns steps; and a share of no cases is none."""
    assert themes([found("slow_group", {"value": "a"}, n=100, concerned=90)])[0].extent == "some"
    assert themes([found("standard", standard_id="T1", n=0, concerned=0)])[0].extent == "some"


@st.composite
def findings(draw: st.DrawFn) -> ToldFinding:
    return found(
        "rule",
        rule_id=draw(st.text("abcdefgh", min_size=1, max_size=4)),
        theme=draw(st.sampled_from(("", *THEMES))),
        level=draw(st.sampled_from(("action", "watch", "note"))),
        direction=draw(st.sampled_from(("worse", "better"))),
        part_of=draw(st.sampled_from(("", "x"))),
        n=draw(st.integers(0, 50)),
        concerned=draw(st.integers(0, 50)),
    )


@given(st.lists(findings(), unique_by=lambda one: one.id), st.sets(st.integers(0, 20)))
def test_each_problem_stands_once(told: list[ToldFinding], aside: set[int]) -> None:
    """And in the order in which it came; each theme has something to tell."""
    dropped = {one.id for at, one in enumerate(told) if at in aside}
    made = themes(told, dropped)
    here = [one for theme in made for one in theme.findings]
    counted = [
        one
        for one in told
        if one.id not in dropped
        and (one.finding.direction, one.finding.part_of) == ("worse", "")
        and one.finding.level != "note"
    ]
    assert sorted(one.id for one in here) == sorted(one.id for one in counted)
    assert len(set(names(made))) == len(made)
    for theme in made:
        assert theme.findings
        assert theme.extent in {"few", "some", "common"}
        for part in (theme.main, theme.others):
            assert list(part) == [one for one in told if one in part]


def test_every_theme_has_its_headings() -> None:
    for name in THEMES:
        said = {PHRASES[f"theme_{name}_{extent}"] for extent in ("few", "some", "common")}
        assert len(said) == 3, name


def test_every_kind_of_rule_is_told_in_a_group_that_has_a_lead() -> None:
    assert set(RULE_GROUPS) <= set(KINDS)
    assert set(KINDS) <= set(RULE_GROUPS)
    assert {f"breaches_{name}" for name in RULE_GROUPS.values()} <= set(PHRASES)
