"""Changes: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.findings.kinds.change import SAME_DATE, measure_name, shifted
from efficiency.report.telling import say
from told import LANGUAGES, Seen, find, is_plain, said


def change_findings(
    name: str, table: pd.DataFrame, language: eff.Language, day_hours: float
) -> list[Seen]:
    return find("change", language, name=name, changes=table, day_hours=day_hours)


def change(**changes: Any) -> dict[str, Any]:
    return {
        "measure": "case", "kind": "reform", "at": pd.Timestamp("2024-07-01"), "title": "No 5",
        "at_low": pd.NaT, "at_high": pd.NaT,
        "held_equal": "kind", "n_before": 432, "n_after": 321, "left_out": 17,
        "median_before_hours": 45.67, "median_after_hours": 24.55, "difference_hours": -21.12,
        "difference_low": -28.34, "difference_high": -14.56, "ratio": 0.61, "ratio_low": 0.5,
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
    """21.12 working hours of seven a day are 3.02 days."""
    table = pd.DataFrame([change(kind=kind)])
    (found,) = change_findings("incoming", table, language, 7.0)
    for number in ("432", "45.67", "321", "24.55", "-21.12", "-28.34", "-14.56", "-3.02", "-4.05",
                   "-2.08", "< 0.001", "17"):  # fmt: skip
        assert number in found.condition
    assert "21.12" in found.title
    assert "-21.12" not in found.title
    assert "2024-07-01" in found.title
    assert "6,779.5" in found.effect  # 21.12 hours of 321 cases
    assert ("No 5" in found.criterion) == (kind == "reform")
    assert is_plain(found, language)
    assert ("快" in found.title) or ("faster" in found.title)
    assert found.hours == 0.0
    assert (found.kind, found.level, found.table, found.n) == ("change", "watch", "changes", 753)
    assert (found.value, found.low, found.high, found.p) == (-21.12, -28.34, -14.56, 1e-5)
    assert dict(found.subject) == {"log": "incoming", "measure": "case", "at": "2024-07-01"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_slower_costs_hours(language: eff.Language) -> None:
    slow = change(ratio=1.5, difference_hours=10.5, difference_low=7.0, difference_high=14.0,
                  same_months=False, measure="Draft.handling")  # fmt: skip
    (found,) = change_findings("incoming", pd.DataFrame([slow, change(p_adjusted=0.5)]),
                               language, 7.0)  # fmt: skip
    assert found.hours == pytest.approx(10.5 * 321)
    assert "1.50" in found.condition
    assert ("慢" in found.title) or ("slower" in found.title)
    assert ("季节" in found.condition) or ("season" in found.condition)
    assert "Draft" in found.title
    assert "handling" not in found.title
    assert is_plain(found, language)


def test_names_of_measures() -> None:
    assert say(measure_name("case"), "en") == "Whole case"
    assert say(measure_name("Sign"), "en") == "Step 'Sign'"
    assert say(measure_name("Sign.handling"), "en") == "Step 'Sign' (in hand)"
    assert say(measure_name("1.2 登记"), "zh") == "环节“1.2 登记”"
