"""A wrong table is met by its contract at the door, with what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.facts.closings import closing_times
from efficiency.facts.times import case_times, completion, hours_to_share
from efficiency.facts.waiting.summary import waiting_summary
from efficiency.findings.discoveries import adjusted
from efficiency.findings.improvement.loop import loop, loop_measures
from efficiency.findings.improvement.points import pareto
from efficiency.findings.rates import funnel, zeros
from efficiency.findings.standards.associations import explained_shares, tree
from efficiency.findings.standards.bunching import bunching, due_histogram
from efficiency.findings.standards.calibration import brier, calibration
from efficiency.findings.standards.circumstances import circumstances
from efficiency.findings.standards.compliance import compliance
from efficiency.findings.standards.judgements import judge
from efficiency.findings.time.control import (
    cycle_chart,
    g_chart,
    gaps_between,
    individuals_chart,
    u_chart,
)
from efficiency.findings.time.shifts import level_shifts, pettitt
from efficiency.problems import ArgumentError, TableError
from efficiency.reviews.study import Study

DAY = pd.Timestamp("2024-06-01")
#: Each with what its first argument should have been.
DOORS: list[tuple[str, Callable[[Any], Any]]] = [
    ("judgements", compliance),
    ("standards", lambda table: compliance(JUDGED, table)),
    ("not_started", lambda table: compliance(JUDGED, None, table)),
    ("risks", calibration),
    ("held_back", brier),
    ("margins", bunching),
    ("margins", due_histogram),
    ("outcomes", lambda table: explained_shares(table, "late")),
    ("outcomes", tree),
    ("tallies", funnel),
    ("counts", zeros),
    ("waits", waiting_summary),
    ("tests", adjusted),
    ("points", lambda table: loop(table, DAY)),
    ("points", lambda table: loop_measures(table, DAY)),
    ("points", pareto),
    ("series", level_shifts),
    ("series", individuals_chart),
    ("counted", u_chart),
    ("gaps", g_chart),
    ("flagged", gaps_between),
    ("cases", cycle_chart),
    ("cases", closing_times),
    ("ages", completion),
    ("completion", hours_to_share),
]
JUDGED = tables.JUDGEMENTS.empty()
#: A log: what every one of these functions may be given by mistake.
LOG = pd.DataFrame(
    {"case_id": ["1", "1"], "activity": ["登记", "转办"],
     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 10:00"])}
)  # fmt: skip


@pytest.mark.parametrize("wrong", [LOG, None, 3, Calendar()], ids=["log", "none", "number", "else"])
def test_a_wrong_table_is_met_by_its_contract(wrong: Any) -> None:
    for name, function in DOORS:
        if wrong is None and name in ("standards", "not_started"):
            continue  # need not be given
        with pytest.raises(TableError) as caught:
            function(wrong)
        assert f"'{name}'" in str(caught.value), name


def test_a_row_of_numbers() -> None:
    for wrong in (LOG, ["a", "b"], None, [[1, 2], [3, 4]]):
        with pytest.raises(ValueError, match="a row of at least two numbers"):
            pettitt(wrong)  # type: ignore[arg-type]


def test_arguments_in_another_order() -> None:
    """The calendar where the standards belong, and a table where the calendar does."""
    standards = pd.DataFrame({"standard_id": ["T1"], "from": ["登记"], "to": ["转办"],
                              "limit": ["1 h"]})  # fmt: skip
    with pytest.raises((ArgumentError, TableError), match="calendar"):
        judge(LOG, Calendar(), standards)  # type: ignore[arg-type]
    with pytest.raises(TableError, match="'judgements'"):
        circumstances(LOG, standards, JUDGED)
    with pytest.raises(TableError, match="'log'"):
        case_times(standards)


def test_circumstances_of_a_log_are_those_of_what_was_observed(office: Study) -> None:
    log, judged = office.question.record.log, office.table("judgements")
    told = circumstances(log, judged, office.question.standards, office.question.calendar)
    assert_frame_equal(told, office.table("circumstances"))
