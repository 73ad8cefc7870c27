"""Slow groups: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.findings.kinds.slow_group import slower
from told import LANGUAGES, Seen, find, is_plain, said


def group_findings(
    name: str, table: pd.DataFrame, language: eff.Language, small_cell: int = 5, favour: str = ""
) -> list[Seen]:
    more = {"applicant": favour or None, "small_cell": small_cell}
    return find("slow_group", language, name=name, comparisons=table, **more)


def comparisons(**changes: Any) -> pd.DataFrame:
    """A unit that takes 1.4321 times as long, at two activities, one of which is clear."""
    whole = {
        "attribute": "unit", "value": "Desk 7", "measure": "handling", "activity": "",
        "held_equal": "activity; kind", "n": 210, "others": 390, "compared": 205,
        "median_hours": 12.34, "others_median_hours": 8.76, "ratio": 1.4321, "ratio_low": 1.2109,
        "ratio_high": 1.6987, "delta": 0.2345, "hours": 1234.56, "p_adjusted": 0.0123,
    } | changes  # fmt: skip
    clear = {**whole, "activity": "Draft", "ratio": 1.8765, "ratio_low": 1.5432,
             "ratio_high": 2.1098, "hours": 900.0, "p_adjusted": np.nan}  # fmt: skip
    vague = {**clear, "activity": "File", "ratio_low": 0.9, "ratio": 1.3, "hours": 100.0}
    other = {**clear, "activity": "Sign", "measure": "desk"}
    return pd.DataFrame([whole, clear, vague, other])


def test_slower_at_every_edge() -> None:
    """At most 5 %, at least a tenth longer, and no more than two thirds of all."""
    rows = [
        (0.05, 1.10, 10, 5, True),
        (0.0501, 1.50, 10, 90, False),
        (0.01, 1.0999, 10, 90, False),
        (0.01, 0.50, 10, 90, False),
        (0.01, 1.50, 200, 100, True),
        (0.01, 1.50, 201, 100, False),
        (np.nan, 1.50, 10, 90, False),
        (0.01, np.nan, 10, 90, False),
        (0.01, np.inf, 10, 90, True),
    ]
    table = pd.DataFrame(rows, columns=["p_adjusted", "ratio", "n", "others", "want"])
    assert slower(table).tolist() == table["want"].tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slow_group_says_its_numbers(language: eff.Language) -> None:
    table = comparisons()
    before = table.copy()
    (found,) = group_findings("incoming", table, language)
    assert_frame_equal(table, before)
    text = said(found)
    for number in ("1.43", "1.21", "1.70", "12.3", "8.8", "0.23", "= 0.012", "205", "1,234.6"):
        assert number in found.condition + found.effect
    assert "1.43" in found.title
    for part in ("Draft", "1.88", "1.54", "2.11"):
        assert part in found.condition
    assert "File" not in text
    assert "Sign" not in text
    assert "Desk 7" in found.title
    assert "kind" in found.criterion
    assert is_plain(found, language)
    assert found.kind == "slow_group"
    assert dict(found.subject) == {"log": "incoming", "attribute": "unit", "value": "Desk 7"}
    assert (found.value, found.low, found.high) == (1.4321, 1.2109, 1.6987)
    assert (found.n, found.p, found.hours) == (205, 0.0123, 1234.56)
    assert (found.level, found.table) == ("action", "comparisons")


def test_what_is_in_hand_goes_before_what_is_at_the_desk() -> None:
    """One finding a group, whatever the order of the rows; the activities of its own measure."""
    desk = comparisons(measure="desk", ratio=1.9, hours=50.0).head(1)
    for table in (pd.concat([desk, comparisons()]), pd.concat([comparisons(), desk])):
        (found,) = group_findings("incoming", table.reset_index(drop=True), "en")
        assert found.value == 1.4321
        assert "Draft" in found.condition
        assert "Sign" not in found.condition
    weak = comparisons(p_adjusted=0.2)
    (found,) = group_findings("incoming", pd.concat([weak, desk], ignore_index=True), "en")
    assert found.value == 1.9
    assert "Sign" in found.condition
    assert "Draft" not in found.condition


def test_levels_small_cells_and_favour() -> None:
    assert not list(group_findings("a", comparisons(n=4, others=20), "zh"))
    assert list(group_findings("a", comparisons(n=4, others=20), "zh", small_cell=4))
    (vague,) = group_findings("a", comparisons(ratio_low=1.09), "zh")
    assert vague.level == "watch"
    (sure,) = group_findings("a", comparisons(ratio_low=1.10), "zh")
    assert sure.level == "action"
    for language, word in (("zh", "疑似"), ("en", "uspected")):
        (sign,) = group_findings("a", comparisons(), language, favour="unit")
        assert sign.level == "watch"
        assert word in sign.title
        assert sign.id == sure.id
        assert word not in group_findings("a", comparisons(), language)[0].title


def test_nothing_held_equal_is_said() -> None:
    for language in LANGUAGES:
        (found,) = group_findings("a", comparisons(held_equal=""), language)
        assert is_plain(found, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_open_is_not_called_inf(language: eff.Language) -> None:
    table = comparisons(median_hours=np.inf, ratio_high=np.inf)
    (found,) = group_findings("a", table, language)
    assert "inf" not in found.condition
