"""The third chapter: limits that are met, what became faster, last year's points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency.evidence.points.points_file import no_points
from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Block, Grid, read
from efficiency.report.chapters.achievements import (
    MOST_ITEMS,
    limits_grid,
    points_told,
    tell_achievements,
)
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from main_text import BROKEN, headings, prose
from studied import found


def told_of(told: Material) -> list[Block]:
    return list(tell_achievements(told, 3))


def judged(told: Material, *rows: dict[str, Any]) -> Material:
    """The same study with other rates: T1, T2 and so on."""
    table = pd.DataFrame(
        [
            {"log": "incoming", "standard_id": f"T{n}", "decided": 100, "missed": 5, "share": 0.95,
             "low": 0.92, "high": 0.98, "target": 0.9, "gap": 0.05} | row
            for n, row in enumerate(rows, 1)
        ]
    )  # fmt: skip
    return replace(told, tables={**told.tables, "compliance": table})


CLEAR: dict[str, Any] = {}
ABOVE = {"share": 0.91, "low": 0.85, "high": 0.95, "missed": 9}
BELOW = {"share": 0.88, "low": 0.8, "high": 0.93, "missed": 12}
MISSED = {"share": 0.6, "low": 0.5, "high": 0.7, "missed": 40}
NO_TARGET = {"target": float("nan")}
FEW = {"decided": 4, "missed": 1, "share": 0.75, "low": 0.2, "high": 0.98}


def test_what_is_met_beyond_doubt_is_told_apart(studies: Mapping[Language, Material]) -> None:
    said = prose(told_of(judged(studies["zh"], CLEAR, ABOVE, MISSED)))
    assert "“drafted in time”（100件，达标率95.0%）明确达到目标。" in said
    assert (
        "“done in time”（100件，达标率91.0%）不低于目标，但与目标接近或件数较少，"
        "尚不能完全排除未达标。" in said
    )
    assert "60.0%" not in said  # what is missed is told in the next chapter


def test_of_many_limits_the_figures_stand_in_the_table(
    studies: Mapping[Language, Material],
) -> None:
    said = prose(told_of(judged(studies["zh"], *[ABOVE] * (MOST_ITEMS + 1))))
    assert "“drafted in time”、“done in time”、“" in said
    assert "91.0%）不低于" not in said


@pytest.mark.parametrize(
    ("row", "chinese", "english"),
    [
        (CLEAR, "明确达到", "clearly met"),
        (ABOVE, "高于目标，尚不能断定", "above target, uncertain"),
        (BELOW, "低于目标，尚不能断定", "below target, uncertain"),
        (MISSED, "未达标", "missed"),
        (NO_TARGET, "未设目标", "no target"),
    ],
)
def test_the_conclusion_follows_from_interval_and_target(
    studies: Mapping[Language, Material], row: dict[str, Any], chinese: str, english: str
) -> None:
    for language, text in (("zh", chinese), ("en", english)):
        told = judged(studies[language], row)  # type: ignore[index]
        assert limits_grid(told.teller(), told, told.tables["compliance"]).rows[0][-1] == text


def test_an_interval_that_ends_at_the_target_is_no_doubt(
    studies: Mapping[Language, Material],
) -> None:
    """From the target on it is met; an interval that ends at the target does not lie below it."""
    told = judged(studies["en"], {"low": 0.9}, {"share": 0.8, "low": 0.7, "high": 0.9})
    words = [row[-1] for row in limits_grid(told.teller(), told, told.tables["compliance"]).rows]
    assert words == ["clearly met", "below target, uncertain"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rates_over_few_cases_are_withheld(
    studies: Mapping[Language, Material], language: Language
) -> None:
    """And how many they rest on."""
    told = judged(studies[language], CLEAR, FEW)
    few = limits_grid(told.teller(), told, told.tables["compliance"]).rows[1]
    withheld = {"zh": "<5，不显示", "en": "<5, withheld"}[language]
    assert few[1:5] == (withheld,) * 4
    assert "75.0%" not in prose(told_of(told))


def test_few_cases_are_not_called_met(studies: Mapping[Language, Material]) -> None:
    """A verdict on four cases is as telling as their rate."""
    told = judged(studies["en"], CLEAR, {**FEW, "share": 0.25, "low": 0.05, "high": 0.7})
    assert limits_grid(told.teller(), told, told.tables["compliance"]).rows[1][-1] != "missed"


def test_every_figure_of_the_table_is_its_cell(studies: Mapping[Language, Material]) -> None:
    told = judged(studies["zh"], CLEAR, MISSED)
    table = told.tables["compliance"].set_index("standard_id")
    for row, name in zip(
        limits_grid(told.teller(), told, told.tables["compliance"]).rows, ("T1", "T2"), strict=True
    ):
        bound = [cell for cell in row if isinstance(cell, Bound)]
        here = table.loc[name]
        assert [one.text for one in bound] == [
            str(here["decided"]), str(here["missed"]), f"{here['share'] * 100:.1f}%",
            f"{here['low'] * 100:.1f}%～{here['high'] * 100:.1f}%", "90%",
        ]  # fmt: skip
        assert all(dict(one.cell.key)["standard_id"] == name for one in bound)


def test_the_table_is_spoken_of(studies: Mapping[Language, Material]) -> None:
    blocks = told_of(studies["zh"])
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Grid))
    assert "〔limits〕" in blocks[at - 1].text  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_without_anything_still_has_its_chapter(
    bare: Mapping[Language, Material], language: Language
) -> None:
    blocks = told_of(bare[language])
    assert len(headings(blocks)) == 2
    said = prose(blocks).splitlines()
    assert len(said) == 3
    assert all(said)
    assert not BROKEN.search("\n".join(said))


def test_what_became_faster_is_no_problem(studies: Mapping[Language, Material]) -> None:
    """The reform is named, and that the months are others."""
    said = prose(told_of(studies["zh"]))
    assert (
        "4月1日起Handling by a duty desk。与此前同类文件相比，"
        "handle环节办理时间（不含等候）中位数由" in said
    )
    assert "季节因素未能完全排除" in said
    none = replace(studies["zh"], findings=())
    assert "未见可以分辨的缩短" in prose(told_of(none))


def test_beside_a_part_the_whole_case_is_told_where_nothing_is_known_of_it(
    studies: Mapping[Language, Material],
) -> None:
    """Its interval reaches both sides of none; where it does not, it is a finding of its own."""
    told = studies["zh"]
    whole = "全程用时中位数由11.0个办公小时变为8.9个办公小时，变化尚不能分辨。"
    assert whole in prose(told_of(told))
    table = told.tables["changes"]
    sure = table.assign(
        difference_high=table["difference_high"].where(table["measure"] != "case", -1)
    )
    assert "变化尚不能分辨" not in prose(
        told_of(replace(told, tables={**told.tables, "changes": sure}))
    )


def test_of_the_same_months_other_changes_are_not_ruled_out(
    studies: Mapping[Language, Material],
) -> None:
    told = studies["zh"]
    same = told.tables["changes"].assign(same_months=True)
    said = prose(told_of(replace(told, tables={**told.tables, "changes": same})))
    assert "同期的其他变化未能排除。" in said
    assert "与上年同期同类文件相比" in said
    assert "季节因素" not in said


@pytest.mark.parametrize(
    ("tested", "text"),
    [(True, "各环节用时未见可以分辨的缩短"), (False, "与季节因素分不开，没有检验")],
)
def test_a_record_too_short_is_no_finding_of_no_change(
    studies: Mapping[Language, Material], tested: bool, text: str
) -> None:
    """Only what was tested can be found to be without a change."""
    told = replace(studies["zh"], findings=())
    table = told.tables["changes"]
    table = table if tested else table.assign(p=float("nan"))
    assert text in prose(told_of(replace(told, tables={**told.tables, "changes": table})))


def test_without_an_earlier_time_no_change_is_tested(
    studies: Mapping[Language, Material],
) -> None:
    """There is no row of changes at all."""
    told = replace(studies["zh"], findings=())
    empty = told.tables["changes"].head(0)
    said = prose(told_of(replace(told, tables={**told.tables, "changes": empty})))
    assert "没有可以对比的前一时期，用时的变化没有检验。" in said
    assert "未见可以分辨的缩短" not in said


def test_sentences_are_parted_in_english(studies: Mapping[Language, Material]) -> None:
    import re

    assert not re.search(r"[a-z]\.[A-Z]", prose(told_of(studies["en"])))


def test_without_targets_changes_alone_are_told(studies: Mapping[Language, Material]) -> None:
    blocks = told_of(judged(studies["zh"], NO_TARGET))
    assert "没有设定目标的时限，本章只说明变化。" in prose(blocks)
    assert not [block for block in blocks if isinstance(block, Grid)]
    nothing = replace(judged(studies["zh"], NO_TARGET), findings=())
    assert "没有可以确认的成效" in prose(told_of(nothing))


# --- last year's points


def counted(told: Material, **counts: int) -> Material:
    """The same study with other counts of its points."""
    table = told.tables["standing"].copy()
    for name, n in counts.items():
        table.loc[table["measure"] == f"points_{name}", "value"] = n
    return replace(told, tables={**told.tables, "standing": table})


def test_points_that_are_resolved(studies: Mapping[Language, Material]) -> None:
    """By hand: the rule of the register is kept now, the point acted upon has no effect yet."""
    said = prose(told_of(studies["zh"]))
    assert "已解决1项" in said
    none = counted(studies["zh"], resolved=0, effective=0)
    assert "尚无可以认定已解决的，详见第六章" in prose(told_of(none))


def test_without_a_register_that_is_said(bare: Mapping[Language, Material]) -> None:
    for told in (bare["zh"], replace(bare["zh"], points=no_points())):
        assert "没有上年的改进台账" in prose(told_of(told))
        assert read(points_told(told.teller(), told)) == "没有上年的改进台账。"


def test_where_last_years_points_stand(studies: Mapping[Language, Material]) -> None:
    """Each figure is a count of the register, taken by hand."""
    points = studies["zh"].points
    status = points["status"].value_counts()
    said = read(points_told(studies["zh"].teller(), studies["zh"]))
    assert f"改进台账共{len(points)}项：" in said
    assert "已采取措施的1项均未见明显变化。" in said
    assert f"已解决{status.get('resolved', 0)}项" in said
    assert f"仍存在{status.get('recurring', 0)}项" in said
    assert f"本期新发现{status.get('new', 0)}项" in said


def test_better_findings_of_any_number_are_told(studies: Mapping[Language, Material]) -> None:
    """One sentence each."""
    better = [one for one in studies["zh"].findings if one.finding.direction == "better"]
    assert better
    worse = found("rule", rule_id="P1")
    told = replace(studies["zh"], findings=(worse, better[0]))
    assert prose(told_of(told)).count("同类文件相比，") == 1
