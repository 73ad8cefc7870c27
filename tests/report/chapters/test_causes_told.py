"""The fifth chapter says what goes with the problems, and where nothing could be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import Block
from efficiency.report.chapters.causes_told import MOST_FACTORS, tell_causes_told
from efficiency.report.material import Material
from main_text import BROKEN, headings, prose

#: Words that make a cause of what goes with something.
CAUSAL = re.compile(
    "由于|导致|因为|造成|致使|引起|because|due to|leads? to|caused|results? in|owing to",
    re.IGNORECASE,
)
KEY = {"log": "incoming", "standard_id": "T1"}


def told_of(told: Material) -> list[Block]:
    return list(tell_causes_told(told, 5))


def with_tables(told: Material, **tables: pd.DataFrame) -> Material:
    return replace(told, tables={**told.tables, **tables})


def factors(*shares: float, **changes: Any) -> pd.DataFrame:
    rows = [
        {**KEY, "attribute": f"column {at}", "share": share, "low": 0.01, "p": 1e-6}
        for at, share in enumerate(shares)
    ]
    return pd.DataFrame(rows).assign(**changes)


def waiting(**shares: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"log": "incoming", "activity": "", "cause": list(shares), "work_share": shares.values()}
    )


def counted(told: Material, **counts: int) -> Material:
    table = told.tables["standing"].copy()
    for name, n in counts.items():
        table.loc[table["measure"] == name, "value"] = n
    return with_tables(told, standing=table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_makes_a_cause_of_what_goes_with_something(
    studies: Mapping[Language, Material], bare: Mapping[Language, Material], language: Language
) -> None:
    for told in (studies[language], bare[language]):
        said = prose(told_of(told))
        assert not CAUSAL.search(said.replace("does not say what causes them", ""))
        assert not BROKEN.search(said)


def test_the_circumstances_that_explain_most_are_named(
    studies: Mapping[Language, Material],
) -> None:
    """Three of five, the largest first."""
    told = with_tables(studies["zh"], factors=factors(0.05, 0.4, 0.1, 0.2, 0.3))
    said = prose(told_of(told))
    named = re.findall(r"column (\d)（可解释差异的(\d+\.\d)%）", said)
    assert named == [("1", "40.0"), ("4", "30.0"), ("3", "20.0")]
    assert len(named) == MOST_FACTORS


@pytest.mark.parametrize("doubt", [{"low": 0.0}, {"p": 0.0251}])
def test_what_chance_may_bring_is_not_named(
    studies: Mapping[Language, Material], doubt: dict[str, float]
) -> None:
    """The interval reaches zero, or p is no twentieth over the two that were looked at."""
    told = with_tables(studies["zh"], factors=factors(0.4, 0.3, **doubt))
    said = prose(told_of(told))
    assert "“drafted in time”的超时，记录中没有找到可以确认的关联因素。" in said
    assert "column" not in said


def test_the_side_on_which_it_is_late_stands_with_its_counts(
    studies: Mapping[Language, Material],
) -> None:
    trees = pd.DataFrame(
        {
            **KEY, "node": [0, 1, 2], "parent": [-1, 0, 0], "side": ["", "is", "is not"],
            "attribute": "hour_band", "value": "16-18", "n": [150, 50, 100],
            "late": [37, 35, 2], "share": [0.25, 0.7, 0.02],
        }
    )  # fmt: skip
    side = "超时集中在16时至18时收到的文件，50件中有35件，其他100件中有2件"
    told = with_tables(studies["zh"], trees=trees, factors=factors(0.4))
    assert f"column 0（可解释差异的40.0%）有关联；{side}。" in prose(told_of(told))
    alone = with_tables(studies["zh"], trees=trees, factors=factors(0.4, low=0.0))
    assert f"“drafted in time”：{side}。" in prose(told_of(alone))


def test_the_parts_of_the_waiting_come_by_size(studies: Mapping[Language, Material]) -> None:
    """Nights and small parts are left out, what nobody knows comes last."""
    table = waiting(off=0.0, other=0.5, batching=0.1, contention=0.38, prioritisation=0.019)
    said = prose(told_of(with_tables(studies["zh"], waiting=table)))
    assert (
        "办公时间内的等候中，38.0%出现在经办人正在办理先到文件时、10.0%出现在疑似攒批等齐时、"
        "50.0%从记录中看不出原因。" in said
    )
    none = with_tables(studies["zh"], waiting=waiting(off=0.0))
    assert "等候" not in prose(told_of(none))


def test_where_no_difference_could_be_told(studies: Mapping[Language, Material]) -> None:
    told = counted(studies["zh"], compared=27, compared_apart=3, compared_untested=4)
    said = prose(told_of(told))
    assert "共作比较27组，可以分辨的3组；其余没有分辨出差异，不等于没有差异。" in said
    assert "另有4组因件数少" in said
    none = counted(studies["zh"], compared=0, compared_untested=0)
    assert "比较" not in prose(told_of(none))


def test_where_all_that_was_compared_differs_there_are_no_others(
    studies: Mapping[Language, Material],
) -> None:
    """Of one comparison one shows a difference: there is nothing to say of others."""
    told = counted(studies["zh"], compared=1, compared_apart=1, compared_untested=0)
    assert "其余没有分辨出差异" not in prose(told_of(told))


def test_what_was_not_tested_is_said_once(studies: Mapping[Language, Material]) -> None:
    assert prose(told_of(studies["zh"])).count("原因未作检验") == 1
    limits = [one for one in studies["zh"].findings if one.kind == "standard"]
    assert "原因未作检验" not in prose(told_of(replace(studies["zh"], findings=tuple(limits))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_anything_the_chapter_is_a_sentence(
    studies: Mapping[Language, Material], language: Language
) -> None:
    """As of a register: no finding, nothing waits, nothing was compared."""
    tables = {name: pd.DataFrame() for name in ("factors", "trees", "waiting", "balance")}
    told = counted(with_tables(studies[language], **tables), compared=0, compared_untested=0)
    made = told_of(replace(told, findings=()))
    assert headings(made) == []
    assert len(prose(made).splitlines()) == 1
