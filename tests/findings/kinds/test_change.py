"""Changes: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.findings.kinds.change import (
    SAME_DATE,
    apart,
    kind_of,
    measure,
    measure_name,
    shifted,
)
from efficiency.report.telling import say
from told import LANGUAGES, Seen, find, is_plain, said


def change_findings(
    name: str, table: pd.DataFrame, language: eff.Language, day_hours: float
) -> list[Seen]:
    return find("change", language, name=name, changes=table, day_hours=day_hours)


def change(**changes: Any) -> dict[str, Any]:
    """A change by which the median fell by 21.12 hours, and the mean by 17.5."""
    return {
        "measure": "case", "kind": "reform", "at": pd.Timestamp("2024-07-01"), "title": "No 5",
        "at_low": pd.NaT, "at_high": pd.NaT,
        "held_equal": "kind", "n_before": 432, "n_after": 321, "left_out": 17,
        "median_before_hours": 45.67, "median_after_hours": 24.55, "difference_hours": -21.12,
        "difference_low": -28.34, "difference_high": -14.56, "mean_difference_hours": -17.5,
        "mean_low": -24.0, "mean_high": -11.0, "ratio": 0.61, "ratio_low": 0.5,
        "ratio_high": 0.72, "same_months": True, "p": 1e-6, "p_adjusted": 1e-5, "untested": "",
    } | changes  # fmt: skip


def test_shifted_at_every_edge() -> None:
    rows = [
        (change(), True),
        (change(p_adjusted=0.05), True),
        (change(p_adjusted=0.0501), False),
        (change(ratio=1 / 1.05), True),
        (change(ratio=0.96), False),
        (change(ratio=1.05, difference_low=0.1, difference_high=0.2), True),
        (change(ratio=1.049, difference_low=0.1, difference_high=0.2), False),
        (change(difference_high=0.0), False),
        (change(difference_high=0.1), False),
        (change(difference_low=0.0, difference_high=1.0, ratio=2.0), False),
        (change(kind="found", at=pd.NaT, p_adjusted=0.5, ratio=np.nan, difference_low=np.nan,
                difference_high=np.nan), False),
        (change(p_adjusted=np.nan, ratio=np.nan), False),
    ]  # fmt: skip
    assert shifted(pd.DataFrame([row for row, _ in rows])).tolist() == [want for _, want in rows]


def test_a_date_found_next_to_a_reform_is_the_reforms() -> None:
    """Some weeks either way, or as far as its own interval, whatever was measured."""
    reform, most = pd.Timestamp("2024-07-01"), SAME_DATE.days
    day = pd.Timedelta(days=1)
    assert 28 <= most <= 92
    rows = [change(kind="found", at=reform + n * day)
            for n in (0, most, -most, most + 1, -most - 1, 300)]  # fmt: skip
    rows += [change(kind="found", measure="Sign"), change(kind="baseline"), change()]
    table = pd.DataFrame(rows)
    assert shifted(table).tolist() == [False] * 3 + [True] * 3 + [False, True, True]
    assert shifted(table[table["kind"] != "reform"]).all()
    far = [change(kind="found", at=reform + 150 * day, at_low=reform + n * day,
                  at_high=reform + 200 * day) for n in (0, -5, 1)]  # fmt: skip
    far.append(change(kind="found", at=reform - 150 * day, at_low=reform - 200 * day,
                      at_high=reform))  # fmt: skip
    assert shifted(pd.DataFrame([*far, change()])).tolist() == [False, False, True, False, True]


def test_a_small_change_can_be_told_apart_and_is_no_finding() -> None:
    """One of a fiftieth, clear of zero: marked in the picture, not told on its own."""
    small = change(ratio=1.02, difference_low=0.1, difference_high=0.2)
    table = pd.DataFrame([small, change(p_adjusted=0.2), change(difference_high=0.1)])
    assert apart(table).tolist() == [True, False, False]
    assert not shifted(table).any()


def test_a_row_found_next_to_a_reform_is_named_as_the_reforms() -> None:
    """Whether it is clear or not; other rows keep their names."""
    at = pd.Timestamp("2024-07-01")
    near, far = at + pd.Timedelta(days=9), at + pd.Timedelta(days=200)
    rows = [change(kind="found", at=near, p_adjusted=0.9), change(kind="found", at=far), change(),
            change(kind="baseline")]  # fmt: skip
    assert kind_of(pd.DataFrame(rows)) == ["found_reform", "found", "reform", "baseline"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_that_was_found_has_an_interval(language: eff.Language) -> None:
    ends = {"at_low": pd.Timestamp("2024-05-06"), "at_high": pd.Timestamp("2024-08-19")}
    row = change(kind="found", **ends)
    (found,) = change_findings("incoming", pd.DataFrame([row]), language, 7.0)
    assert "2024-05-06" in found.condition
    assert "2024-08-19" in found.condition
    assert is_plain(found, language)
    (given_,) = change_findings("incoming", pd.DataFrame([change(**ends)]), language, 7.0)
    assert "2024-05-06" not in said(given_)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["reform", "baseline", "found"])
def test_a_change_says_its_numbers(language: eff.Language, kind: str) -> None:
    """21.12 working hours of seven a day are 3.02 days; the hours are those of the mean."""
    table = pd.DataFrame([change(kind=kind)])
    (found,) = change_findings("incoming", table, language, 7.0)
    for number in ("432", "45.67", "321", "24.55", "-21.12", "-28.34", "-14.56", "-3.02", "-4.05",
                   "-2.08", "< 0.001", "17"):  # fmt: skip
        assert number in found.condition
    assert "21.12" in found.title
    assert "-21.12" not in found.title
    assert "2024-07-01" in found.title
    assert "5,617.5" in found.effect  # 17.5 hours of 321 cases
    assert ("No 5" in found.criterion) == (kind == "reform")
    assert is_plain(found, language)
    assert ("快" in found.title) or ("faster" in found.title)
    assert (found.hours, found.direction) == (0.0, "better")
    assert (found.kind, found.level, found.table, found.n) == ("change", "watch", "changes", 753)
    assert (found.theme, found.certainty, found.concerned) == ("pace", 1 - 1e-5, 321)
    assert (found.value, found.low, found.high, found.p) == (-21.12, -28.34, -14.56, 1e-5)
    assert dict(found.subject) == {"log": "incoming", "measure": "case", "at": "2024-07-01"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_slower_costs_hours(language: eff.Language) -> None:
    slow = change(ratio=1.5, difference_hours=9.25, difference_low=7.0, difference_high=14.0,
                  mean_difference_hours=10.5, same_months=False,
                  measure="Draft.handling")  # fmt: skip
    (found,) = change_findings("incoming", pd.DataFrame([slow, change(p_adjusted=0.5)]),
                               language, 7.0)  # fmt: skip
    assert found.hours == 3370.5  # 10.5 hours of 321 cases
    assert "3,370.5" in found.effect
    assert found.direction == "worse"
    assert "1.32" in found.condition
    assert ("慢" in found.title) or ("slower" in found.title)
    assert ("季节" in found.condition) or ("season" in found.condition)
    assert "Draft" in found.title
    assert "handling" not in found.title
    assert is_plain(found, language)


def test_a_slower_median_costs_nothing_where_the_mean_fell() -> None:
    """Most cases take longer, and fewer take very long: 2 hours less in the mean."""
    row = change(ratio=1.5, difference_hours=9.0, difference_low=7.0, difference_high=14.0,
                 mean_difference_hours=-2.0)  # fmt: skip
    (found,) = change_findings("incoming", pd.DataFrame([row]), "en", 7.0)
    assert "slower" in found.title
    assert found.effect == "Cases since then took about 642.0 working hours less"
    assert found.hours == 0.0


def test_what_is_measured_again_is_the_difference_of_means() -> None:
    """Once a measure and date; hours are lost only as far as the mean rose."""
    rows = [change(), change(kind="found"), change(measure="Sign", mean_difference_hours=2.0,
            mean_low=-1.0, mean_high=5.0), change(measure="Seal", mean_difference_hours=np.nan),
            change(measure="Post", at=pd.NaT)]  # fmt: skip
    fell, rose = measure("a", pd.DataFrame(rows))
    assert dict(fell.subject) == {"log": "a", "measure": "case", "at": "2024-07-01"}
    assert (fell.name, fell.unit, fell.n) == ("difference", "hours", 432 + 321)
    assert fell.value == (-17.5, -24.0, -11.0)
    assert fell.hours == (0.0, 0.0, 0.0)
    assert rose.value == (2.0, -1.0, 5.0)
    assert rose.hours == (642.0, 0.0, 1605.0)


def test_names_of_measures() -> None:
    assert say(measure_name("case"), "en") == "Whole case"
    assert say(measure_name("Sign"), "en") == "Step 'Sign'"
    assert say(measure_name("Sign.handling"), "en") == "Step 'Sign' (in hand)"
    assert say(measure_name("1.2 登记"), "zh") == "环节“1.2 登记”"
