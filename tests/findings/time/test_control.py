"""Control charts against published worked examples and against sums by hand."""

from __future__ import annotations

from itertools import accumulate
from math import exp, factorial, sqrt

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

import efficiency as eff
from efficiency.findings.time.control import (
    CONTROL,
    cycle_chart,
    g_chart,
    gaps_between,
    individuals_chart,
    u_chart,
)
from efficiency.problems import TableError

#: Montgomery (2009), table 6.6: the cost of processing mortgage loan applications, 20 weeks.
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306,
         294, 299, 297, 299, 314, 295, 293, 306, 301, 304]  # fmt: skip
#: NIST/SEMATECH e-Handbook, section 6.3.2.2: flow rates of ten batches.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
#: Montgomery (2009), table 7.10: faults in rolls of dyed cloth, and the rolls' size in 50 m².
FAULTS = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
SIZES = [10.0, 8.0, 13.0, 10.0, 9.5, 10.0, 12.0, 10.5, 12.0, 12.5]


def series(values: list[float], **columns: object) -> pd.DataFrame:
    at = [f"{number:03}" for number in range(1, len(values) + 1)]
    names = pd.Series(at, dtype=object)
    return pd.DataFrame({"at": names, "value": np.array(values, dtype=float), **columns})


def counts(k: list[int], n: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"at": [str(i) for i in range(len(k))], "k": k, "n": n})


def gaps(*values: int) -> pd.DataFrame:
    at = pd.Series([str(i) for i in range(len(values))], dtype=object)
    return pd.DataFrame({"at": at, "gap": np.array(values, dtype=int)})


def poisson_limits(mean: float) -> tuple[int, int]:
    """The counts that are not rarer than three sigma on their side, summed term by term."""
    tail = 0.0013498980316301035
    at_most = list(accumulate(exp(-mean) * mean**k / factorial(k) for k in range(60)))
    at_least = [1 - below for below in [0, *at_most]]
    inside = [k for k in range(60) if at_most[k] >= tail and at_least[k] > tail]
    return inside[0], inside[-1]


# --- individuals


def test_individuals_equal_montgomerys_loans() -> None:
    table = individuals_chart(series(LOANS))
    lines = table[["centre", "low", "high"]].drop_duplicates().values.tolist()
    assert len(lines) == 1
    assert lines[0] == pytest.approx([300.5, 279.78, 321.22], abs=0.02)
    assert table["signal"].isna().all()


def test_individuals_equal_the_handbooks_flow_rates() -> None:
    row = individuals_chart(series(FLOW)).iloc[0]
    assert (row["centre"], row["low"], row["high"]) == pytest.approx(
        (50.81, 45.8159, 55.8041), abs=0.002
    )


def test_limits_rest_on_the_baseline_alone() -> None:
    """10, 12, 11 have mean 11 and mean range 1.5; what comes after does not move the limits."""
    table = individuals_chart(series([10, 12, 11, 30, 1]), until="003")
    spread = 1.5 * sqrt(np.pi) / 2
    assert table["centre"].tolist() == [11] * 5
    assert table["high"].tolist() == pytest.approx([11 + 3 * spread] * 5)
    assert table["signal"].tolist() == [None, None, None, "above_limit", "below_limit"]


def test_on_the_logarithm_the_chart_is_that_of_the_logarithms() -> None:
    plain = individuals_chart(series(list(np.log(LOANS))))
    table = individuals_chart(series(LOANS), log=True)
    for name in ("centre", "low", "high"):
        assert np.log(table[name]).tolist() == pytest.approx(plain[name].tolist())
    assert table["value"].tolist() == LOANS


def test_an_empty_period_is_passed_over() -> None:
    """Its neighbours are neighbours to each other; it has a row without a value."""
    without = individuals_chart(series([10, 12, 11, 13]))
    table = individuals_chart(series([10, 12, float("nan"), 11, 13]))
    assert table["centre"].iloc[0] == without["centre"].iloc[0]
    assert table["high"].iloc[0] == without["high"].iloc[0]
    assert table["value"].isna().tolist() == [False, False, True, False, False]
    assert table["signal"].isna().all()


def test_too_little_to_chart() -> None:
    for values in ([], [5.0], [float("nan")]):
        table = individuals_chart(series(values))
        assert len(table) == len(values)
        assert table[["low", "high"]].isna().all(axis=None)


def test_values_that_have_no_logarithm() -> None:
    with pytest.raises(ValueError, match="values above 0"):
        individuals_chart(series([1.0, 0.0]), log=True)


def test_a_baseline_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"until is '2023-01'; give one of \['001', '002'\]"):
        individuals_chart(series([1.0, 2.0]), until="2023-01")


def test_names_of_points_are_text() -> None:
    with pytest.raises(TableError, match=r"df\['at'\].astype\('str'\)"):
        individuals_chart(pd.DataFrame({"at": [2023, 2024], "value": [1.0, 2.0]}))


# --- u


def test_u_equals_montgomerys_cloth() -> None:
    """Centre 1.42; limits for n = 10, 8 and 13 as printed, to the rounding of the centre."""
    table = u_chart(counts(FAULTS, SIZES))
    assert table["centre"].tolist() == pytest.approx([1.42] * 10, abs=0.005)
    limits = table.loc[[0, 2], ["low", "high"]].values.tolist()
    assert np.allclose(limits, [[0.29, 2.55], [0.43, 2.41]], atol=0.01)
    assert table["signal"].isna().all()


def test_u_equals_montgomerys_shipments_where_three_sigma_are_asked_for() -> None:
    """74 errors in 20 weeks of 50 shipments: 0.0740, limits 0 and 0.1894."""
    k = [4] * 14 + [3] * 6
    table = u_chart(counts(k, [50.0] * 20), exact_below=0)
    assert table.loc[0, ["centre", "low", "high"]].tolist() == pytest.approx(
        [0.074, 0, 0.1894], abs=5e-5
    )


@pytest.mark.parametrize("mean", [0.4, 3.7, 8.9])
def test_where_few_are_expected_limits_step_along_the_poisson(mean: float) -> None:
    n = 50.0
    base = counts([round(mean * 100)] + [0] * 99, [n] * 100)
    low, high = poisson_limits(mean)
    row = u_chart(base).iloc[0]
    assert (row["low"] * n, row["high"] * n) == pytest.approx((low, high))
    for k, want in ((high, None), (high + 1, "above_limit"), (low, None)):
        later = pd.concat([base, counts([k], [n]).assign(at="new")], ignore_index=True)
        assert u_chart(later, until="99", rules=["limit"])["signal"].iloc[-1] == want


def test_zero_is_a_signal_only_where_enough_was_expected() -> None:
    """exp(−6.5) is 0.0015, exp(−6.7) is 0.0012: three sigma are 0.00135."""
    for mean, want in ((6.5, None), (6.7, "below_limit")):
        base = counts([round(mean * 10)] + [0] * 10, [1.0] * 11)
        assert u_chart(base, until="9", rules=["limit"])["signal"].iloc[-1] == want


def test_runs_count_on_both_kinds_of_limits() -> None:
    table = u_chart(counts([5] * 10 + [1] * 8, [10.0] * 18), until="9")
    assert table["signal"].iloc[-1] == "run_below"
    assert table["signal"].iloc[:-1].isna().all()
    many = u_chart(counts([500] * 10 + [490] * 8, [1000.0] * 18), until="9")
    assert many["signal"].iloc[-1] == "run_below"


def test_periods_without_a_rare_event_are_no_run() -> None:
    """Of 0.4 expected, two thirds of periods show none; eight of them in a row are nothing odd."""
    table = u_chart(counts([4] + [0] * 9, [1.0] * 10), rules=["run"])
    assert table["signal"].isna().all()
    table = u_chart(counts([4] + [0] * 9 + [1] * 8, [1.0] * 18), until="9", rules=["run"])
    assert table["signal"].tolist() == [None] * 17 + ["run_above"]


def test_a_point_on_the_centre_is_on_no_side() -> None:
    table = u_chart(counts([5] * 10, [10.0] * 10), rules=["run"])
    assert table["signal"].isna().all()


def test_a_period_without_cases_has_no_rate() -> None:
    table = u_chart(counts([2, 0, 3], [10.0, 0.0, 15.0]))
    assert table["value"].tolist()[::2] == [0.2, 0.2]
    assert table.loc[1, ["value", "centre", "low", "high"]].isna().all()
    assert u_chart(counts([0], [0.0]))["centre"].isna().all()


def test_no_events_at_all() -> None:
    table = u_chart(counts([0] * 9, [10.0] * 9))
    assert table[["value", "centre", "low", "high"]].eq(0).all(axis=None)
    assert table["signal"].isna().all()


def test_counts_below_nothing() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        u_chart(counts([-1], [10.0]))


# --- g


def test_g_limits_step_along_the_geometric() -> None:
    """Mean gap 20: chances of 0.95^g to go longer than g."""
    table = g_chart(gaps(10, 30, 20, 20))
    above = [0.95**gap for gap in range(400)]  # of a gap longer than so many
    high = next(gap for gap in range(400) if above[gap] <= stats.norm.sf(3))
    centre = next(gap for gap in range(400) if above[gap] <= 0.5)
    assert table[["centre", "low", "high"]].drop_duplicates().values.tolist() == [[centre, 1, high]]
    for gap, want in ((high, None), (high + 1, "above_limit")):
        later = g_chart(gaps(10, 30, 20, 20, gap), until="3")
        assert later["signal"].iloc[-1] == want


def test_errors_that_come_thick_are_a_run_below() -> None:
    table = g_chart(gaps(10, 30, 20, 20, *[5] * 8), until="3")
    assert table["signal"].tolist() == [None] * 11 + ["run_below"]


def test_about_half_of_all_gaps_lie_on_either_side_of_the_centre() -> None:
    """The mean would have 63 % below it."""
    drawn = np.random.default_rng(5).geometric(0.02, 4000)
    table = g_chart(gaps(*drawn), rules=[])
    assert (table["value"] < table["centre"]).mean() == pytest.approx(0.5, abs=0.03)


def test_a_gap_counts_its_own_case() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        g_chart(gaps(3, 0))
    assert len(g_chart(gaps())) == 0


def test_gaps_are_counted_in_order_of_time() -> None:
    """Cases 1 … 7 in time; the 2nd, 3rd and 6th are errors: 2, 1 and 3 cases."""
    cases = pd.DataFrame(
        {
            "case_id": list("cgbfaed"),
            "at": pd.to_datetime([f"2024-03-0{day}" for day in (7, 6, 5, 4, 3, 2, 1)]),
            "k": [0, 1, 0, 0, 1, 2, 0],
        }
    )
    before = cases.copy()
    table = gaps_between(cases)
    assert_frame_equal(cases, before)
    assert table["gap"].tolist() == [2, 1, 3]
    assert [at[:10] for at in table["at"]] == ["2024-03-02", "2024-03-03", "2024-03-06"]
    assert g_chart(table)["value"].tolist() == [2, 1, 3]
    assert len(gaps_between(cases.assign(k=0))) == 0


# --- cycle times


def office(medians: list[float]) -> pd.DataFrame:
    """Make the cases of an office: seven a month, all closed within the day they came in."""
    months = pd.period_range("2023-01", periods=len(medians), freq="M")
    rows = [
        (f"{month}-{i}", month.to_timestamp() + pd.Timedelta(days=i, hours=9), hours * (i / 3))
        for month, hours in zip(months, medians, strict=True)
        for i in range(7)
    ]
    frame = pd.DataFrame(rows, columns=["case_id", "first", "work_hours"])
    return frame.assign(last=frame["first"], open=False, elapsed_hours=0.0)


def test_closing_times_are_charted_by_month() -> None:
    """Months of median 8 and 10 by turns, then 1: months before the log's second are left out."""
    medians = [8.0, 10.0] * 8 + [1.0]
    table = cycle_chart(office(medians), until="2024-04")
    assert table["at"].tolist()[0] == "2023-02"
    assert table["value"].tolist() == pytest.approx(medians[1:])
    assert table["n"].tolist() == [7] * 16
    # eight tens and seven eights, on the logarithm
    assert table["centre"].iloc[0] == pytest.approx(10 ** (8 / 15) * 8 ** (7 / 15))
    assert table["signal"].tolist() == [None] * 15 + ["below_limit"]
    assert list(CONTROL.check(table).columns)[:3] == ["at", "value", "n"]


def test_closing_times_of_nothing_have_no_logarithm() -> None:
    table = cycle_chart(office([4.0, 0.0, 6.0, 5.0]))
    assert table["centre"].iloc[0] == pytest.approx(11 / 3)


def test_closing_times_of_a_real_log(receipt: pd.DataFrame) -> None:
    cases = eff.case_times(receipt)
    table = cycle_chart(cases)
    month = cases["last"].dt.strftime("%Y-%m")
    for row in table.to_dict("records"):
        there = cases[(month == row["at"]) & ~cases["open"]]
        assert row["n"] == len(there)
        assert row["value"] == pytest.approx(there["work_hours"].median())
