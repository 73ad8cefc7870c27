"""The last tenth and the jump after it: by hand, and counted case by case."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency.findings.standards.bunching import bunching, due_histogram


def table(*used: float, late_at_due: int = 0, allowed: float = 10.0) -> pd.DataFrame:
    """Margins of one standard by the hours used of ten; more than ten is late."""
    shares = pd.Series([*used, *[allowed] * late_at_due], dtype=float)
    late = [hours > allowed for hours in used] + [True] * late_at_due
    return pd.DataFrame(
        {
            "standard_id": "T1",
            "verdict": np.where(late, "late", "met"),
            "allowed_hours": allowed,
            "left_hours": allowed - shares,
            "used_share": shares / allowed,
        }
    )


def test_windows_by_hand() -> None:
    """Each window has its later edge, but none takes a case from across the due moment."""
    margins = table(1, 8.0, 8.01, 9.0, 9.01, 9.5, 10.0, 10.01, 11.0, 11.01, late_at_due=1)
    row = bunching(margins).iloc[0]
    assert row["n"] == 11
    assert row["tenth_before"] == 2  # 8.01 and 9.0
    assert row["last_tenth"] == 3  # 9.01, 9.5 and 10.0
    assert row["tenth_after"] == 3  # 10.01, 11.0 and the one late by no working time
    assert row["share"] == 3 / 11
    assert row["rise_p"] == pytest.approx((math.comb(5, 3) + math.comb(5, 4) + 1) / 2**5)
    assert row["jump_share"] == 0.5
    assert row["jump_p"] == pytest.approx(1 - (1 + 6 + 15) / 2**6)


def test_the_wilson_interval_is_the_published_one() -> None:
    """Wilson's formula written out: 8 of 10."""
    row = bunching(table(*[9.5] * 8, 1, 2)).iloc[0]
    z, n, p = 1.959963984540054, 10, 0.8
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert row[["low", "high"]].tolist() == pytest.approx([middle - half, middle + half])


def test_the_exact_interval_of_the_jump() -> None:
    """All five before, none after: the lower edge is the fifth root of 0.025."""
    row = bunching(table(*[9.9] * 5)).iloc[0]
    assert row[["jump_share", "jump_high"]].tolist() == [1.0, 1.0]
    assert row["jump_low"] == pytest.approx(0.025 ** (1 / 5))
    assert row["jump_p"] == pytest.approx(1 / 32)


def test_edges_are_edges_also_after_sums_of_hours() -> None:
    """Nine tenths of half an hour in microseconds, added up in floats, are not more than that."""
    margins = table(0.1 + 0.2 + 0.15, allowed=0.5)
    assert margins["used_share"].iloc[0] > 0.9
    assert bunching(margins)["last_tenth"].tolist() == [0]


def test_what_is_not_done_does_not_count() -> None:
    margins = table(9.5, 9.6)
    waiting = table(9.5, 12.0).assign(verdict=["pending", "overdue"])
    both = pd.concat([margins, waiting, waiting.assign(standard_id="T0")], ignore_index=True)
    told = bunching(both)
    assert told["standard_id"].tolist() == ["T1", "T0"]
    assert told["n"].tolist() == [2, 0]
    assert told.loc[1, ["share", "rise_p", "jump_share", "jump_p"]].isna().all()
    assert due_histogram(both)["cases"].sum() == 2


def test_nothing_at_all() -> None:
    assert bunching(table()).empty
    assert due_histogram(table()).empty


def test_even_work_shows_neither_rise_nor_jump() -> None:
    """Of 100 standards with work at an even rate, few have a small p."""
    rng = np.random.default_rng(3)
    parts = [table(*rng.uniform(0, 20, 300)).assign(standard_id=str(i)) for i in range(100)]
    told = bunching(pd.concat(parts, ignore_index=True))
    assert (told["rise_p"] < 0.05).sum() <= 8
    assert (told["jump_p"] < 0.05).sum() <= 8
    held = (told["jump_low"] <= 0.5) & (told["jump_high"] >= 0.5)
    assert held.sum() >= 94


def test_bunched_work_shows_both() -> None:
    rng = np.random.default_rng(4)
    row = bunching(table(*rng.uniform(0, 20, 300), *rng.uniform(9, 10, 30))).iloc[0]
    assert row["rise_p"] < 0.01
    assert row["jump_p"] < 0.01


def test_bars_by_hand() -> None:
    """A tenth of ten hours is one; the far ends take all that lies beyond."""
    margins = table(10.0, 9.99, 9.0, 8.5, 0.0, 10.5, 11.0, 20.0, 25.0, late_at_due=1)
    early = table(-3.0)
    bars = due_histogram(pd.concat([margins, early], ignore_index=True))
    assert len(bars) == 22
    found = bars[bars["cases"] > 0]
    assert found[["from_hours", "to_hours", "cases"]].values.tolist() == [
        [-math.inf, -10.0, 2],
        [-2.0, -1.0, 2],
        [-1.0, 0.0, 2],
        [0.0, 1.0, 2],
        [1.0, 2.0, 1],
        [10.0, math.inf, 2],
    ]
    assert bars["late"].tolist() == [False] * 11 + [True] * 11


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    st.lists(st.integers(-40, 400), min_size=1, max_size=60),
    st.sampled_from([0.5, 7.0, 49.0]),
)
def test_bars_count_every_case_where_it_lies(tenths: list[int], allowed: float) -> None:
    """Counted case by case; hours in fortieths of the time allowed, so that edges are hit."""
    used = [n * allowed / 40 for n in tenths]
    margins = table(*used, allowed=allowed)
    before = margins.copy(deep=True)
    bars = due_histogram(margins)
    assert_frame_equal(margins, before)
    assert bars["cases"].sum() == len(tenths)
    width = allowed / 10
    for bar in bars.to_dict("records"):
        if bar["late"]:
            inside = [n for n in tenths if n > 40 and bar["from_hours"] - 1e-9
                      <= n * allowed / 40 - allowed < bar["to_hours"] - 1e-9]  # fmt: skip
        else:
            inside = [n for n in tenths if n <= 40 and bar["from_hours"] + 1e-9
                      < n * allowed / 40 - allowed <= bar["to_hours"] + 1e-9]  # fmt: skip
        assert bar["cases"] == len(inside)
        edges = (bar["from_hours"], bar["to_hours"])
        assert (
            math.isinf(edges[0])
            or math.isinf(edges[1])
            or (edges[1] - edges[0] == pytest.approx(width))
        )
