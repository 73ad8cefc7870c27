"""A log is observed once, and spans are taken out of it."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pandas as pd

from efficiency.criteria.calendar import Calendar
from efficiency.reviews.observation import Observation


def test_a_span_is_taken_out_of_the_whole(make_log: Callable[..., pd.DataFrame]) -> None:
    log = make_log(("1", "in", "2024-03-04 09:00"), ("2", "in", "2024-03-05 09:00"))
    seen = Observation(log, Calendar(), "2024-12-31")
    whole, one = seen.over(None), seen.over(("2024-03-05", "2024-03-05"))
    assert seen.over(None) is whole
    assert seen.over(("2024-03-05", "2024-03-05")) is one
    assert one.whole is whole
    assert one.frame(one.cases)["case_id"].tolist() == ["2"]
    assert len(one.frame(one.log)) == len(one.frame(one.steps)) == 1


def test_the_connection_is_closed_when_nobody_looks_any_more(
    make_log: Callable[..., pd.DataFrame],
) -> None:
    seen = Observation(make_log(("1", "in", "2024-03-04 09:00")), Calendar())
    stack = seen._stack
    seen.over(None)
    assert stack._exit_callbacks  # type: ignore[attr-defined]
    del seen
    gc.collect()
    assert not stack._exit_callbacks  # type: ignore[attr-defined]
