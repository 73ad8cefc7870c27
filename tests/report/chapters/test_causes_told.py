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
from efficiency.report.chapters.causes_told import (
    MOST_FACTORS,
    MOST_NAMED,
    tell_causes_told,
)
from efficiency.report.material import Material
from main_text import BROKEN, headings, prose, with_another

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


def missed(told: Material, n: int) -> pd.DataFrame:
    """The rates of the study, with so many misses of T1."""
    table = told.tables["compliance"]
    return table.assign(missed=table["missed"].mask(table["standard_id"] == "T1", n))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_makes_a_cause_of_what_goes_with_something(
    studies: Mapping[Language, Material], bare: Mapping[Language, Material], language: Language
) -> None:
    for told in (studies[language], bare[language]):
        said = prose(told_of(told))
        assert not CAUSAL.search(said.replace("not what causes them", ""))
        assert not BROKEN.search(said)


def test_the_circumstances_that_explain_most_are_named(
    studies: Mapping[Language, Material],
) -> None:
    """Three of five, the largest first, without their shares."""
    told = with_tables(studies["zh"], factors=factors(0.05, 0.4, 0.1, 0.2, 0.3))
    said = prose(told_of(told))
    assert "“drafted in time”是否超时，与column 1、column 4、column 3有关联。" in said
    assert MOST_FACTORS == 3


@pytest.mark.parametrize("doubt", [{"low": 0.0}, {"p": 0.0251}])
def test_what_chance_may_bring_is_not_named(
    studies: Mapping[Language, Material], doubt: dict[str, float]
) -> None:
    """The interval reaches zero, or p is no twentieth over the two that were looked at."""
    told = with_tables(studies["zh"], factors=factors(0.4, 0.3, **doubt))
    said = prose(told_of(told))
    assert "“drafted in time”的超时，记录中没有找到可以确认的关联情形。" in said
    assert "column 0、column 1与超时未见可以分辨的关联，不等于没有关联。" in said
    assert said.count("column") == 2


def test_of_many_circumstances_without_association_six_are_named(
    studies: Mapping[Language, Material],
) -> None:
    """Seven were looked at, and nothing is sure of any."""
    said = prose(told_of(with_tables(studies["zh"], factors=factors(*[0.1] * 7, low=0.0))))
    assert "column 4、column 5等与超时未见可以分辨的关联，不等于没有关联。" in said
    assert "column 6" not in said
    assert MOST_NAMED == 6


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
    zh = with_tables(studies["zh"], compliance=missed(studies["zh"], 37))
    side = "“drafted in time”超时的37件中，35件是16时至18时收到的（这类文件共50件）"
    told = with_tables(zh, trees=trees, factors=factors(0.4))
    assert f"{side}；此外，与column 0也有关联。" in prose(told_of(told))
    for none in (factors(0.4, low=0.0), factors(0.4, attribute="hour_band")):
        assert f"{side}。" in prose(told_of(with_tables(zh, trees=trees, factors=none)))
    only = with_tables(zh, trees=trees.assign(late=[37, 37, 0]), factors=factors(0.4, low=0.0))
    every = "“drafted in time”超时的37件全部是16时至18时收到的（这类文件共50件）。"
    assert every in prose(told_of(only))


def test_the_parts_of_the_waiting_come_by_size(studies: Mapping[Language, Material]) -> None:
    """Nights and small parts are left out, what nobody knows comes last."""
    table = waiting(off=0.0, other=0.5, batching=0.1, contention=0.38, prioritisation=0.019)
    said = prose(told_of(with_tables(studies["zh"], waiting=table)))
    assert (
        "办公时间内的等候（各件相加，并非人工）中，38.0%的时间里经办人正在办理先到文件、"
        "10.0%的时间里疑似攒批、50.0%从记录中看不出原因。" in said
    )
    none = with_tables(studies["zh"], waiting=waiting(off=0.0))
    assert "等候" not in prose(told_of(none))


def test_where_no_difference_could_be_told(studies: Mapping[Language, Material]) -> None:
    told = counted(studies["zh"], compared=27, compared_apart=3, compared_untested=4)
    said = prose(told_of(told))
    assert "之间能够分辨的用时差异见附件五，其余未能分辨。" in said
    assert "部分比较因件数少、彼此关联或没有同类文件，没有检验（附件五）。" in said
    none = counted(studies["zh"], compared=0, compared_untested=0)
    assert "比较" not in prose(told_of(none))
    assert "用时差异" not in prose(told_of(none))


def test_where_all_that_was_compared_differs_there_are_no_others(
    studies: Mapping[Language, Material],
) -> None:
    """Of one comparison one shows a difference: there is nothing to say of others."""
    told = counted(studies["zh"], compared=1, compared_apart=1, compared_untested=0)
    assert "未分辨出用时差异" not in prose(told_of(told))


def test_what_was_not_tested_is_said_once(studies: Mapping[Language, Material]) -> None:
    """At the end, all themes without a missed limit together; of the pace the waiting is told."""
    last = prose(told_of(studies["zh"])).splitlines()[-1]
    assert last == "程序方面的问题，本次没有检验与哪些因素有关联。"
    limits = [one for one in studies["zh"].findings if one.kind == "standard"]
    assert "本次没有检验" not in prose(told_of(replace(studies["zh"], findings=tuple(limits))))


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


def test_limits_of_which_nothing_is_known_stand_in_one_sentence(
    studies: Mapping[Language, Material],
) -> None:
    told = studies["zh"]
    one = next(one for one in told.findings if one.kind == "standard")
    twin = replace(one, title="twin")
    none = {name: told.tables[name].iloc[:0] for name in ("trees", "factors")}
    said = prose(told_of(replace(with_tables(told, **none), findings=(one, twin))))
    assert said.count("记录中都没有找到可以确认的关联情形") == 1
    assert "记录中没有找到" not in said


def test_circumstances_of_several_logs_stand_in_one_sentence(
    studies: Mapping[Language, Material],
) -> None:
    said = prose(told_of(with_another(studies["zh"])))
    assert said.count("不等于没有关联") <= 1
