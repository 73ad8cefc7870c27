"""Spans counted at a share: against counting them one by one; spells by hand."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency.criteria.standards import parse_standards
from efficiency.facts.events import observed
from efficiency.findings.standards.margins import margin_table
from efficiency.findings.standards.precedents import count_alike, decided, pending, spells

Make = Callable[..., pd.DataFrame]
SPAN = st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(-3, 9), st.integers(1, 6),
                 st.integers(0, 1))  # fmt: skip
ASK = st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(-3, 12))


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(SPAN, min_size=1, max_size=30), st.lists(ASK, min_size=1, max_size=8))
def test_counts_equal_counting_one_by_one(
    spans: list[tuple[int, ...]], asks: list[tuple[int, ...]]
) -> None:
    """Whole numbers, so that edges meet: a span holds where it begins and not where it ends."""
    past = pd.DataFrame(spans, columns=["version", "code", "enters", "length", "late"])
    past["leaves"] = past["enters"] + past["length"]
    now = pd.DataFrame(asks, columns=["version", "code", "used_share"])
    now["case"] = range(len(now))
    floats = {"enters": float, "leaves": float}
    table, waiting = (
        ibis.memtable(past.astype(floats)),
        ibis.memtable(now.astype({"used_share": float})),
    )
    for same in ((), ("code",)):
        got = count_alike(table, waiting, *same).to_pandas().set_index("case").sort_index()
        for ask in now.to_dict("records"):
            alike = [
                span
                for span in past.to_dict("records")
                if all(span[key] == ask[key] for key in ("version", *same))
                and span["enters"] <= ask["used_share"] < span["leaves"]
            ]
            row = got.loc[ask["case"]]
            assert (row["n"], row["late"]) == (len(alike), sum(s["late"] for s in alike))


def test_spells_by_hand(make_log: Make) -> None:
    """Four hours allowed; a pause of one working hour between the first and the second step."""
    log = make_log(
        ("1", "签收", "2024-03-05 08:30"), ("1", "登记", "2024-03-05 09:00"),
        ("1", "补正", "2024-03-05 09:30"), ("1", "补正完成", "2024-03-05 10:30"),
        ("1", "拟办", "2024-03-05 11:00"), ("1", "办结", "2024-03-05 12:00"),
        ("1", "归档", "2024-03-05 15:00"),
        ("2", "登记", "2024-03-06 09:00"),
    )  # fmt: skip
    row = {"standard_id": "T1", "from": "登记", "to": "办结", "limit": "4 h", "clock": "working"}
    versions = parse_standards(pd.DataFrame([row | {"suspend": "补正", "resume": "补正完成"}]))
    with observed(log, eff.Calendar(), cutoff="2024-03-06 10:00") as events:
        margins = events.keep(margin_table(events, versions))
        past = events.keep(decided(margins, events))
        parts = events.frame(spells(past, events, versions).order_by("enters"))
        names = dict(events.frame(events.activities)[["code", "activity"]].itertuples(index=False))
        waiting = events.frame(pending(margins, events))
    got = [(names[row.code], row.enters, row.leaves) for row in parts.itertuples()]
    assert got == [
        ("签收", -0.125, 0.0), ("登记", 0.0, 0.125), ("补正完成", 0.125, 0.25),
        ("拟办", 0.25, 0.5),
    ]  # fmt: skip
    assert waiting[["case_id", "activity", "used_share"]].values.tolist() == [["2", "登记", 0.25]]


@pytest.mark.parametrize(("clock", "share"), [("working", 0.25), ("elapsed", 0.875)])
def test_each_limit_has_its_clock(make_log: Make, clock: str, share: float) -> None:
    """From noon to 15:30: one working hour of four, and three and a half by the wall."""
    log = make_log(
        ("1", "登记", "2024-03-05 12:00"), ("1", "拟办", "2024-03-05 15:30"),
        ("1", "办结", "2024-03-05 15:45"), ("2", "x", "2024-03-09 10:00"),
    )  # fmt: skip
    row = {"standard_id": "T1", "from": "登记", "to": "办结", "limit": "4 h", "clock": clock}
    versions = parse_standards(pd.DataFrame([row]))
    with observed(log, eff.Calendar()) as events:
        past = events.keep(decided(events.keep(margin_table(events, versions)), events))
        parts = events.frame(spells(past, events, versions).order_by("enters"))
    assert parts["enters"].tolist() == [0.0, share]
