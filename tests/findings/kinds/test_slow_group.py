"""Slow groups: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.findings.kinds.slow_group import measure, observe, of_group, slower
from efficiency.words import heading
from told import LANGUAGES, Seen, find, is_plain, said


def group_findings(
    name: str, table: pd.DataFrame, language: eff.Language, small_cell: int = 5, favour: str = ""
) -> list[Seen]:
    more = {"applicant": favour or None, "small_cell": small_cell}
    return find("slow_group", language, name=name, comparisons=table, **more)


def comparisons(**changes: Any) -> pd.DataFrame:
    """
    A unit that takes 1.4321 times as long: in hand at two activities, one of which is clear, and
    at the desk at a third, where nothing is tested.
    """
    whole = {
        "attribute": "unit", "value": "Desk 7", "measure": "handling", "activity": "",
        "held_equal": "activity; kind", "n": 210, "others": 390, "compared": 205, "comparable": 380,
        "median_hours": 12.34, "others_median_hours": 8.76, "ratio": 1.4321, "ratio_low": 1.2109,
        "ratio_high": 1.6987, "delta": 0.2345, "hours": 1234.56, "p_adjusted": 0.0123,
    } | changes  # fmt: skip
    clear = {**whole, "activity": "Draft", "ratio": 1.8765, "ratio_low": 1.5432,
             "ratio_high": 2.1098, "hours": 900.0, "p_adjusted": 0.001}  # fmt: skip
    vague = {**clear, "activity": "File", "ratio_low": 0.9, "ratio": 1.3, "hours": 100.0,
             "p_adjusted": 0.4}  # fmt: skip
    other = {**clear, "activity": "Sign", "measure": "desk", "p_adjusted": np.nan}
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
    for number in ("1.43", "1.21", "1.70", "12.3", "8.8", "= 0.012", "205", "380", "1,234.6"):
        assert number in found.condition + found.effect
    assert "1.43" in found.title
    for part in ("Draft", "1.88", "1.54", "2.11"):
        assert part in found.condition
    assert "File" not in text
    assert "Sign" not in text
    assert "Desk 7" in found.title
    assert heading("kind", language) in found.criterion
    assert is_plain(found, language)
    assert found.kind == "slow_group"
    assert dict(found.subject) == {"log": "incoming", "attribute": "unit", "value": "Desk 7"}
    assert (found.value, found.low, found.high) == (1.4321, 1.2109, 1.6987)
    assert (found.n, found.p, found.hours) == (205, 0.0123, 1234.56)
    assert (found.level, found.table) == ("action", "comparisons")
    assert (found.theme, found.certainty, found.concerned) == ("pace", 1 - 0.0123, 205)
    assert found.step == ""


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


def test_one_that_is_slower_at_single_activities_only_is_a_finding_each() -> None:
    """Over all that it does it is like the others; of two measures of one activity that in hand."""
    table = comparisons(p_adjusted=0.2)
    table.loc[3, "p_adjusted"] = 0.01
    twice = table.iloc[[3]].assign(activity="Draft", ratio=3.0)
    found = group_findings("incoming", pd.concat([twice, table], ignore_index=True), "en")
    assert {(one.step, one.value) for one in found} == {("Draft", 1.8765), ("Sign", 1.8765)}
    for one in found:
        assert dict(one.subject)["activity"] == one.step
        assert "1.88 times" in one.title
        assert one.title.endswith(f" at '{one.step}'")
        assert "Of these" not in one.condition
    (whole,) = group_findings("incoming", comparisons(), "en")
    assert len({whole.id, *(one.id for one in found)}) == 3


def test_what_is_slower_by_the_ratio_and_not_in_the_mean_costs_nothing() -> None:
    (found,) = group_findings("incoming", comparisons(hours=-3.0), "en")
    assert found.hours == 0.0


def test_levels_small_cells_and_favour() -> None:
    assert not list(group_findings("a", comparisons(n=4, others=20), "zh"))
    assert list(group_findings("a", comparisons(n=4, others=20), "zh", small_cell=4))
    (vague,) = group_findings("a", comparisons(ratio_low=1.09), "zh")
    assert vague.level == "watch"
    (sure,) = group_findings("a", comparisons(ratio_low=1.10), "zh")
    assert sure.level == "action"
    for language, word in (("zh", "疑似"), ("en", "uspected")):
        (sign,) = group_findings("a", comparisons(), language, favour="unit")
        assert (sign.level, sign.certainty) == ("watch", 0.5)
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


# --- what is measured again


def times() -> pd.DataFrame:
    """Three steps of Desk 7, of which one runs, two of others, and cases beside them."""
    rows = [
        ("handling", "a", "Draft", "Desk 7", 2.0, False),
        ("handling", "b", "Draft", "Desk 7", 4.0, False),
        ("handling", "c", "Draft", "Desk 7", 90.0, True),
        ("handling", "d", "Draft", "Desk 1", 1.0, False),
        ("handling", "d", "File", None, 7.0, False),
        ("case", "a", "", "Desk 7", 50.0, False),
    ]
    names = ["measure", "case_id", "activity", "unit", "value", "running"]
    return pd.DataFrame(rows, columns=names).assign(at=pd.Timestamp("2024-03-04"))


def test_a_group_is_measured_by_its_mean() -> None:
    """2 and 4 hours: 3 in the mean, by 1 · t of one degree of freedom; what runs is not done."""
    table = comparisons(value="Desk 7").iloc[[0, 2]].assign(activity=["", "File"])
    table = pd.concat([table, table.iloc[[0]].assign(value="Desk 9", ratio=np.nan)])
    told = {dict(one.subject).get("activity", ""): one for one in measure("a", table, times())}
    assert set(told) == {"", "File"}
    whole = told[""]
    assert whole.value == pytest.approx((3.0, 3 - 12.7062, 3 + 12.7062), abs=1e-4)
    assert (whole.name, whole.unit, whole.n) == ("hours_each", "hours", 2)
    assert whole.hours.value == 1234.56
    assert told["File"].n == 0


def test_the_times_of_a_group_stand_beside_those_of_all_others() -> None:
    """Of the measure, at one activity or all; times of applicants are those of cases."""
    whole = of_group(times(), "unit", "Desk 7", "handling")
    assert whole["touched"].tolist() == [True, True, True, False, False]
    assert of_group(times(), "unit", "", "handling", "File")["touched"].tolist() == [True]
    assert of_group(times(), "unit", "Desk 7", "applicant")["value"].tolist() == [50.0]


def test_a_check_looks_at_the_measure_that_the_group_was_told_by() -> None:
    """In hand where both were compared; what was never compared is not looked at."""
    desk = comparisons(measure="desk").head(1)
    table = pd.concat([desk, comparisons()], ignore_index=True)
    subject = {"attribute": "unit", "value": "Desk 7"}
    seen = observe(subject, times(), table)
    assert seen is not None
    assert seen.rows["value"].tolist() == [2.0, 4.0, 90.0, 1.0, 7.0]
    assert seen.rows["what"].tolist() == ["Draft"] * 4 + ["File"]
    assert (seen.name, seen.unit, seen.better) == ("hours_each", "hours", "lower")
    single = observe({**subject, "activity": "Draft"}, times(), table)
    assert single is not None
    assert len(single.rows) == 4
    assert observe({**subject, "value": "Desk 9"}, times(), table) is None
    assert observe({**subject, "attribute": "kind"}, times(), table) is None
