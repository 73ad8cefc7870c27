"""The second chapter: how much came in, which way it went, how long it took."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency.criteria.prescribed_flows import parse_flow
from efficiency.facts.maps.flow_map import drawn_activities
from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Block, Grid, Picture, Ref, spans_of
from efficiency.report.chapters.situation import flow_map, tell_situation
from efficiency.report.material import Material
from efficiency.report.process_map import SHARES, VIEWS
from main_text import BROKEN, headings, prose, with_another
from small_review import LONG

CHAPTER = "efficiency.report.chapters.situation"


def told_of(told: Material) -> list[Block]:
    """Tell the chapter; what is on its pictures is no matter here."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("plot_volume", "plot_step_times"):
            patch.setattr(f"{CHAPTER}.{name}", lambda *_, **__: None)
        patch.setattr(f"{CHAPTER}.drawing", lambda _: "<svg/>")
        patch.setattr(f"{CHAPTER}.process_map", lambda *_, **kept: Picture("<svg/>", "map", **kept))
        return list(tell_situation(told, 2))


def changed(told: Material, table: str, **values: Any) -> Material:
    """The same study with columns of one of its tables set."""
    return replace(told, tables={**told.tables, table: told.tables[table].assign(**values)})


def row(told: Material) -> pd.Series:
    return told.tables["overview"].iloc[0]


@pytest.fixture(scope="module")
def made(studies: Mapping[Language, Material]) -> list[Block]:
    """The chapter in Chinese."""
    return told_of(studies["zh"])


def test_its_sections(made: list[Block]) -> None:
    assert headings(made) == ["（一）业务量", "（二）办理流程", "（三）办理用时"]


def test_its_figures_are_those_of_the_log(
    made: list[Block], studies: Mapping[Language, Material]
) -> None:
    """Counted anew: from the cases, month by month, and from the median of those that were done."""
    told = studies["zh"]
    cases = told.tables["cases"]
    n, done = len(cases), int((~cases["open"]).sum())
    said = prose(made)
    assert f"收到的文件中，已办结{done}件，办结率{done / n * 100:.1f}%。" in said
    assert f"收到文件{n}件，比" in said
    months = cases["first"].dt.month.value_counts()
    assert f"{months.idxmax()}月最多（{months.max()}件）" in said
    assert f"在办{n - done}件" in said
    assert row(told)["before"] + row(told)["change"] == n
    assert f"比2023年10月1日至2023年12月31日增加{n - row(told)['before']}件" in said


def monthly(told: Material, **begun: int) -> str:
    """What is told where so many came in a month: ``m2024_01``."""
    table = pd.DataFrame(
        {"log": "incoming", "month": [name[1:].replace("_", "-") for name in begun],
         "begun": list(begun.values())}
    )  # fmt: skip
    return prose(told_of(replace(told, tables={**told.tables, "volume": table})))


def test_months_that_are_not_whole_are_no_extremes(studies: Mapping[Language, Material]) -> None:
    """December lies before the study, and June was cut off on the 28th."""
    said = monthly(studies["zh"], m2023_12=99, m2024_01=30, m2024_02=20, m2024_03=25, m2024_06=3)
    assert "1月最多（30件），2月最少（20件）。" in said


def test_months_of_several_years_are_told_with_their_year(
    studies: Mapping[Language, Material],
) -> None:
    told = replace(studies["zh"], period=("2023-10-01", "2024-06-30"))
    said = monthly(told, m2023_12=99, m2024_01=30, m2024_02=20)
    assert "2023年12月最多（99件），2024年2月最少（20件）。" in said


def test_of_months_that_are_alike_none_is_the_quietest(
    studies: Mapping[Language, Material],
) -> None:
    """Where all are alike none is the busiest either."""
    said = monthly(studies["zh"], m2024_01=30, m2024_02=20, m2024_03=20)
    assert "1月最多（30件）。" in said
    assert "最少" not in said
    assert "最多（" not in monthly(studies["zh"], m2024_01=20, m2024_02=20)


def test_of_months_that_are_alike_none_is_the_busiest(studies: Mapping[Language, Material]) -> None:
    """January and March were as busy as each other."""
    said = monthly(studies["zh"], m2024_01=30, m2024_02=20, m2024_03=30)
    assert "1月最多（30件）" not in said


def test_where_open_cases_are_not_seen_none_are_counted(
    studies: Mapping[Language, Material],
) -> None:
    """One time a row, and nothing that ends a case."""
    rows = pd.DataFrame({"check": ["one_stamp"], "detail": [""], "n": [99]})
    log = replace(studies["zh"].logs[0], quality=rows, ended=False)
    said = prose(told_of(replace(studies["zh"], logs=(log,))))
    assert "从记录中看不出哪些尚未办结（〔volume incoming〕）。" in said
    assert said.startswith("本章说明文件有多少、怎样办理、用时多少。")
    assert not re.search("在办|办结率", said)


@pytest.mark.parametrize(
    ("change", "text"), [(5, "增加5件"), (-5, "减少5件"), (0, "持平"), (pd.NA, None)]
)
def test_more_or_fewer_than_before(
    studies: Mapping[Language, Material], change: Any, text: str | None
) -> None:
    values = pd.array([change], "Int64")
    said = prose(told_of(changed(studies["zh"], "overview", change=values)))
    assert (text in said) if text else not re.search("增加|减少|持平", said)


def test_cancelled_cases_are_told_where_there_are_any(
    studies: Mapping[Language, Material],
) -> None:
    assert "另有3件中途撤销" in prose(told_of(changed(studies["zh"], "overview", cancelled=3)))
    assert "撤销" not in prose(told_of(studies["zh"]))


def test_every_picture_is_spoken_of(made: list[Block]) -> None:
    """In the paragraph right before it."""
    for at, block in enumerate(made):
        if isinstance(block, Picture):
            assert Ref(block.name) in list(spans_of(made[at - 1]))
            assert block.caption
            assert block.alt


def test_the_map_can_be_switched_and_thinned(studies: Mapping[Language, Material]) -> None:
    """More of it is drawn with every step, and one drawing tells counts, the other hours."""
    told = studies["zh"]
    drawn = flow_map(told.teller(), told.logs[0])
    assert drawn.wide
    assert [(v.shown, v.share) for v in drawn.views] == [(s, n) for s in VIEWS for n in SHARES]
    for shown in VIEWS:
        edges = [v.svg.count('class="edge"') for v in drawn.views if v.shown == shown]
        assert edges == sorted(edges)
    boxes = len(drawn_activities(told.logs[0].edges, told.logs[0].ends))
    assert f"{boxes}个环节" in drawn.alt
    by_count, by_time = drawn.views[-len(SHARES) - 1].svg, drawn.views[-1].svg
    assert "个办公小时" not in re.sub(r"<title>.*?</title>", "", by_count)
    assert by_count != by_time


def test_rare_steps_that_are_not_drawn_are_said_so(studies: Mapping[Language, Material]) -> None:
    log = studies["zh"].logs[0]
    rare = log.edges.iloc[[0]].assign(target="stamped", count=1, cases=1)
    other = replace(log, edges=pd.concat([log.edges, rare], ignore_index=True))
    assert "另有1个少见环节未画" in flow_map(studies["zh"].teller(), other).caption
    assert "未画" not in flow_map(studies["zh"].teller(), log).caption


def test_without_a_prescribed_flow_that_is_said(bare: Mapping[Language, Material]) -> None:
    assert "没有给出规定流程" in prose(told_of(bare["zh"]))


@pytest.mark.parametrize("ways", [10, 11])
def test_beyond_ten_ways_the_share_of_ten_is_told(
    studies: Mapping[Language, Material], ways: int
) -> None:
    log = studies["zh"].logs[0]
    many = pd.concat([log.variants] * 2, ignore_index=True).head(ways)
    said = prose(told_of(replace(studies["zh"], logs=(replace(log, variants=many),))))
    assert "最常见的两种占84.8%" in said
    assert ("前10种占100.0%" in said) is (ways > 10)


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        ("a → b", "规定流程“flow”依次为a、b。已办结的"),
        (
            "a → [c] → [b | d → e] → (f)*",
            "规定流程“flow”依次为a、d、e，其他环节视需要办理。已办结的",
        ),
        (" → ".join(f"s{at}" for at in range(15)), "规定流程为“flow”。已办结的"),
    ],
)
def test_the_prescribed_flow_is_told_by_its_usual_way(
    studies: Mapping[Language, Material], flow: str, said: str
) -> None:
    """What may be left out, and the shorter branch, is no part of it; a long one is named alone."""
    log = studies["zh"].logs[0]
    held = replace(log.procedure, flow=parse_flow(flow))
    told = replace(studies["zh"], logs=(replace(log, procedure=held),))
    assert said in prose(told_of(told))


def test_one_way_is_no_list_of_ways(studies: Mapping[Language, Material]) -> None:
    log = replace(studies["zh"].logs[0], variants=studies["zh"].logs[0].variants.head(1))
    said = prose(told_of(replace(studies["zh"], logs=(log,))))
    assert "都按同一路径办理" in said
    assert "种，最常见的" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_done_no_median_is_told(
    bare: Mapping[Language, Material], language: Language
) -> None:
    """Of a dozen open cases with a step of a name of eighty signs."""
    blocks = told_of(bare[language])
    said = prose(blocks)
    assert {"zh": "不到一半", "en": "Fewer than half"}[language] in said
    assert LONG in said
    assert not BROKEN.search(said)


def test_from_two_days_on_hours_are_told_in_days_too(
    studies: Mapping[Language, Material],
) -> None:
    long = {"median_hours": 33.9, "median_days": 4.84, "ninety_hours": float("nan")}
    said = prose(told_of(changed(studies["zh"], "overview", **long)))
    assert "全程办理用时中位数为33.9个办公小时（约4.8个工作日）。" in said
    assert "九成" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_that_take_no_time_are_no_figure_of_hours(
    studies: Mapping[Language, Material], language: Language
) -> None:
    """As of a log with one moment a row: 0.0 hours are not told."""
    told = studies[language]
    zero = {"median": 0.0, "queue_median": 0.0, "handling_median": 0.0}
    log = replace(told.logs[0], summary=told.logs[0].summary.assign(**zero))
    told = replace(changed(told, "step_summary", **zero), logs=(log,))
    assert "0.0" not in prose(told_of(told)).replace("100.0", "")


def test_the_longest_step_is_no_shorter_than_the_next(
    made: list[Block], studies: Mapping[Language, Material]
) -> None:
    """What is said to take most in all has most hours, the other the longest median of the rest."""
    said = re.search(r"用时合计最多的是(\w+)环节，.*其余环节中位数最长的是(\w+)，", prose(made))
    assert said
    steps = studies["zh"].logs[0].summary.set_index("activity")
    assert steps["hours"].idxmax() == said[1]
    assert steps["median"].drop(said[1]).idxmax() == said[2]


def test_a_register_is_told_by_its_volume(studies: Mapping[Language, Material]) -> None:
    log = studies["zh"].logs[0]
    register = replace(log, edges=log.edges.iloc[:0], counts={**log.counts, "steps": 0})
    blocks = told_of(replace(studies["zh"], logs=(register,)))
    assert headings(blocks) == ["（一）业务量"]
    assert "办结率" not in prose(blocks)


def test_kinds_of_matter_are_those_of_the_log(
    made: list[Block], studies: Mapping[Language, Material]
) -> None:
    """The two attributes with the most frequent values first, no more than five of each."""
    matters = studies["zh"].tables.get("matters", pd.DataFrame())
    for values in re.findall(r"按.+?分：(.+?)。", prose(made)):
        counts = [int(n) for n in re.findall(r"(\d+)件", values)]
        assert counts == sorted(counts, reverse=True)
        assert len(counts) <= 5
        assert set(counts) <= set(matters["cases"])


def test_several_kinds_of_work_open_with_their_map(studies: Mapping[Language, Material]) -> None:
    """A row a log, each figure a cell of the table; of one log there is no map."""
    told = with_another(studies["zh"])
    first, grid, *_ = told_of(told)
    assert prose([first]) == "各类工作的件数、快慢和达标情况见〔works〕。"
    assert isinstance(grid, Grid)
    assert [row[0] for row in grid.rows] == [told.logs[0].called, "会议台账"]
    row = told.tables["works"].iloc[0]
    assert [cell.text for cell in grid.rows[1][1:2]] == [str(row["cases"])]
    assert not any(isinstance(block, Grid) for block in told_of(studies["zh"]))


def test_rare_steps_are_no_typical_ones(studies: Mapping[Language, Material]) -> None:
    """Where a step of few cases is left out of the comparison, the sentence says so."""
    log = studies["zh"].logs[0]
    few = log.summary.assign(n=[40] * (len(log.summary) - 1) + [3])
    told = replace(studies["zh"], logs=(replace(log, summary=few),))
    assert "其余常办环节最长的是" in prose(told_of(told))
    assert "其余环节中位数最长的是" in prose(told_of(studies["zh"]))
