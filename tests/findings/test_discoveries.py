"""One false discovery rate over several tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

from efficiency.findings.discoveries import adjusted

SEEDS = settings(deadline=None, derandomize=True, max_examples=40)
# --- one false discovery rate


def by_hand(ps: list[float]) -> list[float]:
    """Each p the least of p·m/rank over itself and all that are greater."""
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
