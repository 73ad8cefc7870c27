"""Findings of tests: what is one, by hand at every edge, and that its texts hold its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

import efficiency as eff
from efficiency.findings.congestion import backlog_findings, waiting_findings
from efficiency.findings.differences import (
    SAME_DATE,
    adjusted,
    change_findings,
    day_hours_of,
    goes_with,
    group_findings,
    measure_name,
    shifted,
    slower,
)
from efficiency.findings.finding import Finding
from efficiency.findings.standards.associations import tree
from told import LANGUAGES, WHOLE, balance, is_plain, said, waits

SEEDS = settings(deadline=None, derandomize=True, max_examples=40)
# --- one false discovery rate


def by_hand(ps: list[float]) -> list[float]:
    """Give each p the least of p·m/rank over itself and all that are greater."""
    return [min(1.0, *(q * len(ps) / sum(r <= q for r in ps) for q in ps if q >= p)) for p in ps]


P = st.lists(st.one_of(st.none(), st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.04, 0.3, 1.0])),
             max_size=6)  # fmt: skip


@SEEDS
@given(P, P, P)
def test_all_tables_are_adjusted_together(
    first: list[float | None], second: list[float | None], third: list[float | None]
) -> None:
    drawn = (first, second, third)
    tables = [
        pd.DataFrame({"p": pd.Series(ps, dtype=float), "name": range(len(ps))}) for ps in drawn
    ]
    kept = [table.set_axis(range(5, 5 + len(table))) for table in tables]
    got = adjusted(*kept)
    known = [p for ps in drawn for p in ps if p is not None]
    want = iter(by_hand(known))
    assert len(got) == 3
    for table, before, ps in zip(got, tables, drawn, strict=True):
        assert table["p_adjusted"].tolist() == pytest.approx(
            [np.nan if p is None else next(want) for p in ps], nan_ok=True
        )
        assert table.drop(columns="p_adjusted").columns.tolist() == before.columns.tolist()
        assert table.index.tolist() == list(range(5, 5 + len(table)))
    if known:
        every = np.concatenate([table["p_adjusted"].dropna() for table in got])
        assert every.tolist() == pytest.approx(stats.false_discovery_control(known).tolist())


def test_arguments_stay_as_they_are() -> None:
    table = pd.DataFrame({"p": [0.01, 0.5]})
    adjusted(table)
    assert_frame_equal(table, pd.DataFrame({"p": [0.01, 0.5]}))
    assert adjusted(table.head(0))[0].columns.tolist() == ["p", "p_adjusted"]


# --- groups


def comparisons(**changes: Any) -> pd.DataFrame:
    """Give a unit that takes 1.4321 times as long, at two activities, one of which is clear."""
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
        assert word not in next(group_findings("a", comparisons(), language)).title


def test_nothing_held_equal_is_said() -> None:
    for language in LANGUAGES:
        (found,) = group_findings("a", comparisons(held_equal=""), language)
        assert is_plain(found, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_open_is_not_called_inf(language: eff.Language) -> None:
    table = comparisons(median_hours=np.inf, ratio_high=np.inf)
    (found,) = group_findings("a", table, language)
    assert "inf" not in found.condition


# --- changes


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
    assert measure_name("case", "en") == "Whole case"
    assert measure_name("Sign", "en") == "Step 'Sign'"
    assert measure_name("Sign.handling", "en") == "Step 'Sign' (in hand)"
    assert measure_name("1.2 登记", "zh") == "环节“1.2 登记”"


# --- ids, and what goes with lateness


def test_ids_are_the_same_in_every_year_and_language() -> None:
    """The first twelve digits of ``sha256sum`` of kind and subject; a change would part years."""

    def made(language: eff.Language, more: float) -> list[Finding]:
        return [
            *group_findings("incoming", comparisons(ratio=1.4 + more), language),
            *change_findings("incoming", pd.DataFrame([change(n_after=99 + more)]), language, 7.0),
            *backlog_findings("incoming", balance(high=2 + more), language),
            *waiting_findings(
                "incoming", waits(WHOLE, ("Draft", "batching", 400 + more, 0.4, 0.35, 90)), language
            ),
        ]

    now, later = made("zh", 0), made("en", 1)
    assert [f.id for f in now] == [f.id for f in later]
    assert len({f.id for f in now}) == 4
    assert [f.title for f in now] != [f.title for f in later]


def test_what_goes_with_lateness_most() -> None:
    """Forty of fifty on Fridays, ten of fifty else."""
    late = [True] * 40 + [False] * 10 + [True] * 10 + [False] * 40
    friday = pd.DataFrame({"late": late, "weekday": ["5"] * 50 + ["1"] * 50})
    for language, words in (("en", ("weekday", "50", "80.0%", "20.0%")),
                            ("zh", ("星期", "50", "80.0%", "20.0%"))):  # fmt: skip
        text = goes_with(tree(friday), language)
        assert all(word in text for word in words)
        assert "not yet a cause" in text or "不等于原因" in text
    assert goes_with(tree(friday.assign(late=False)), "en") == ""


def test_what_is_not_yes_is_no() -> None:
    """Late but for the month's end: said plainly."""
    late = [True] * 45 + [False] * 15 + [False] * 40
    table = pd.DataFrame({"late": late, "month_end": ["no"] * 60 + ["yes"] * 40})
    for language, words in (("en", "last three working days of the month"), ("zh", "否")):
        text = goes_with(tree(table), language)
        assert words in text
        assert "other than" not in text
        assert "非" not in text


def test_what_goes_with_lateness_may_be_all_but_one() -> None:
    """Desk 7 is the one on time: of 60 with another desk 45 were late, of its 40 none."""
    late = [True] * 45 + [False] * 15 + [False] * 40
    units = ["Desk 1", "Desk 2", "Desk 3"] * 20 + ["Desk 7"] * 40
    table = pd.DataFrame({"late": late, "unit": units})
    text = goes_with(tree(table), "en")
    assert "other than 'Desk 7'" in text
    assert "75.0%" in text
    assert "0.0%" in text
    assert "非“Desk 7”" in goes_with(tree(table), "zh")


def test_a_working_day_has_seven_hours() -> None:
    days = eff.Calendar().days(*(pd.Timestamp(d).date() for d in ("2024-01-01", "2024-12-31")))
    assert day_hours_of(days) == 7.0
