"""One log and its tables by name: each over its own span, computed once, checked at the door."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import ibis
import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.facts.times import case_times
from efficiency.findings.finding import Finding
from efficiency.findings.kind import Kind
from efficiency.findings.kinds import KINDS
from efficiency.findings.time.changes import Reform
from efficiency.problems import ArgumentError, SettingsError, TableError
from efficiency.reviews import definitions, observation
from efficiency.reviews.definitions import TABLES
from efficiency.reviews.study import Study, study

LIMITS = pd.DataFrame(
    {"standard_id": ["T1"], "title": "quick", "from": "in", "to": "out", "limit": "4 h",
     "clock": "elapsed", "target": 0.9}
)  # fmt: skip
RULES = pd.DataFrame({"rule_id": ["P1"], "title": "in", "kind": "existence", "a": "in"})
YEAR = "2024-12-31 18:00"


def log(cases: int = 240) -> pd.DataFrame:
    """
    An office of one case a day from 1 January on, of two kinds and two units.

    From 1 July on, a case takes two hours in place of five; every fifth takes three more.
    """
    rows = []
    for n in range(cases):
        day = dt.datetime(2024, 1, 1, 8) + dt.timedelta(days=n)
        hours = (5 if day < dt.datetime(2024, 7, 1) else 2) + (3 if n % 5 == 0 else 0)
        kind, unit = ("letter", "plan")[n % 2], ("desk", "hall")[n // 2 % 2]
        moments = [day, day, day + dt.timedelta(hours=1), day + dt.timedelta(hours=1 + hours)]
        rows.append((str(n), "in", unit, kind, *moments[:3]))
        rows.append((str(n), "out", unit, kind, moments[2], moments[2], moments[3]))
    names = ["case_id", "activity", "unit", "kind", "received", "start", "end"]
    return pd.DataFrame(rows, columns=names)


REFORMS = (Reform(dt.date(2024, 7, 1), "new"), Reform(dt.date(2024, 3, 1), ""))


@pytest.fixture(scope="module")
def office() -> Study:
    """An office with a baseline and reforms, looked at once."""
    return study(
        log(), None, LIMITS, RULES, cutoff=YEAR, period=("2024-07-01", "2024-12-31"),
        baseline=("2024-01-01", "2024-06-30"), reforms=REFORMS, language="en",
    )  # fmt: skip


# --- tables by name


def test_every_table_is_there_and_keeps_its_contract(office: Study) -> None:
    """Without a prescribed flow the tables on it are none."""
    absent = {"conformance", "departures", "alignments", "unaligned", "approvals"}
    for name in TABLES:
        table = office.table(name)
        if name in absent:
            assert table is None or table.empty
            continue
        contract = getattr(tables, name.upper())
        assert contract.check(table) is table
        assert getattr(office, name) is table, "kept"


def test_a_table_that_is_not_there_is_told_with_those_that_are(office: Study) -> None:
    with pytest.raises(AttributeError, match="no table 'cycles'; it has quality, rejected"):
        _ = office.cycles
    assert {"cases", "judgements", "table", "plot"} <= set(dir(office))
    assert "cases" in repr(office)


def test_the_tables_are_those_of_the_functions() -> None:
    """Asked one by one of the same log."""
    made = study(log(40), None, LIMITS, RULES, language="en")
    pd.testing.assert_frame_equal(made.cases, case_times(log(40)))
    pd.testing.assert_frame_equal(made.judgements, eff.judge(log(40), LIMITS))
    pd.testing.assert_frame_equal(made.variants, eff.variants(log(40)))
    pd.testing.assert_frame_equal(made.adherence, eff.adherence(log(40), RULES))


def test_a_log_is_observed_once_a_span_and_a_table_computed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Findings, measures and all tables together."""
    observed, computed = Counter[Any](), Counter[str]()

    def counting(name: str, function: Any) -> Any:
        def count(*arguments: Any, **named: Any) -> Any:
            computed[name] += 1
            return function(*arguments, **named)

        count.__signature__ = __import__("inspect").signature(function)  # type: ignore[attr-defined]
        return count

    def watch(*arguments: Any, **named: Any) -> Any:
        observed[str(named.get("cutoff"))] += 1
        return real(*arguments, **named)

    real = observation.observed
    monkeypatch.setattr(observation, "observed", watch)
    for name, function in {**TABLES, **definitions.PARTS}.items():
        place = TABLES if name in TABLES else definitions.PARTS
        monkeypatch.setitem(place, name, counting(name, function))
    made = study(log(60), None, LIMITS, RULES, cutoff=YEAR, period=("2024-01-10", "2024-12-31"))
    for _ in range(2):
        assert made.findings is not None
        assert list(made.measures())
        for name in TABLES:
            made.table(name)
    assert observed == {YEAR: 1}
    assert set(computed.values()) == {1}


# --- spans


def test_each_table_speaks_of_the_span_of_its_contract(office: Study) -> None:
    """The period for most; the whole for what lay there before; both for before and after."""
    assert office.cases["first"].min() == pd.Timestamp("2024-07-01 08:00")
    assert len(office.cases) == 58
    assert office.balance["arrivals"].sum() > 58
    (row,) = office.changes.query("measure == 'case' and kind == 'baseline'").to_dict("records")
    assert row["n_before"] + row["n_after"] + row["left_out"] == 240
    assert row["at"] == pd.Timestamp("2024-07-01")
    # No month lies on both sides: what the baseline has against the period may be the season.
    assert row["untested"] == "season"
    compared = office.comparisons.query("measure == 'handling' and activity == 'out'")
    assert set(compared["attribute"]) == {"unit"}
    assert compared["n"].sum() == 58
    reforms = office.changes.query("measure == 'case' and kind == 'reform'")
    assert reforms["at"].tolist() == [pd.Timestamp("2024-07-01"), pd.Timestamp("2024-03-01")]
    # On a working day from 08:00 to 14:00, of which 3.5 are office hours, then to 11:00.
    assert reforms["difference_hours"].iloc[0] == pytest.approx(2.5 - 3.5)
    assert len(office.quality) == 0 or office.quality["n"].max() <= 480


@pytest.mark.parametrize("swapped", [False, True])
def test_changes_are_looked_for_from_the_baseline_to_the_period(swapped: bool) -> None:
    """Whichever comes first; without a period, to the cut-off."""
    early, late = ("2024-02-01", "2024-02-10"), ("2024-03-01", "2024-03-10")
    baseline, period = (late, early) if swapped else (early, late)
    both = study(log(), period=period, baseline=baseline)
    seen = both.events("changes")
    first = seen.frame(seen.cases)["first"]
    assert (first.min().date(), first.max().date()) == (dt.date(2024, 2, 1), dt.date(2024, 3, 10))


def test_a_span_of_an_observed_log_is_the_log_observed_over_it() -> None:
    """Case for case, step for step: nothing is ordered anew, and nothing comes out otherwise."""
    spanned = study(log(40), period=("2024-01-10", "2024-01-20"))
    seen = {"period": ("2024-01-10", "2024-01-20")}
    pd.testing.assert_frame_equal(spanned.cases, case_times(log(40), **seen))
    pd.testing.assert_frame_equal(spanned.edges, eff.edges(log(40), **seen))
    pd.testing.assert_frame_equal(spanned.steps, eff.step_times(log(40), **seen))
    assert spanned.over(("2024-01-12", "2024-01-13")).cases["case_id"].tolist() == ["11", "12"]


def test_what_came_in_is_held_against_the_time_before() -> None:
    """Of one case a day: eleven in the period, twenty in the baseline; without one, none."""
    span = {"period": ("2024-01-10", "2024-01-20")}
    (row,) = study(log(60), baseline=("2024-02-01", "2024-02-20"), **span).overview.to_dict(
        "records"
    )
    assert (row["cases"], row["before"], row["change"]) == (11, 20, -9)
    alone = study(log(60), **span)
    assert alone.cases_before is None
    assert alone.overview[["before", "change"]].isna().all(axis=None)


def test_a_period_without_cases_is_told() -> None:
    nobody = study(log(9), period=("2030-01-01", "2030-12-31"), name="a")
    with pytest.raises(SettingsError, match="no case of log a began in the period from 2030-01-01"):
        _ = nobody.cases


def test_a_log_is_seen_as_at_the_cut_off() -> None:
    """And open means the same everywhere: by the activities that close."""
    closed = study(log(9), cutoff="2024-01-03 12:00", closed_by=["out"])
    assert len(closed.cases) == 3
    assert closed.cases["open"].tolist() == [False, False, True]
    assert closed.volume["in_hand"].tolist() == [1]


# --- findings and measures


def test_in_a_register_only_standards_and_rules_are_told_and_measured() -> None:
    """One entry a case: nothing flows."""
    entries = log(60).query("activity == 'in'").reset_index(drop=True)
    register = study(entries, None, LIMITS.assign(to="in"), RULES, small_cell=5)
    assert not register.flows
    assert {finding.kind for finding in register.findings} <= {"standard", "rule"}
    assert {kind for kind, _ in register.measures()} == {"standard", "rule"}


def test_findings_name_their_log(office: Study) -> None:
    assert office.findings
    assert {finding.log for finding in office.findings} == {"log"}


def test_only_what_is_asked_for_is_measured(office: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = Counter[str]()

    def value(name: str, *, whole: bool) -> Any:
        computed[name] += 1
        return real(name, whole=whole)

    again = office.over(("2024-08-01", "2024-12-31"))
    real = again._value
    monkeypatch.setattr(again, "_value", value)
    assert {kind for kind, _ in again.measures({"rule"})} == {"rule"}
    assert set(computed) == {"adherence", "held"}


def test_a_finding_kind_is_one_entry(office: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up kind: found, shown and measured by its file alone."""

    def find(name: str, cases: pd.DataFrame) -> Iterator[Finding]:
        longest = cases.sort_values("work_hours").iloc[-1]
        yield Finding(
            kind="longest", subject=(("log", name), ("case_id", longest["case_id"])),
            level="watch", says={}, value=None, low=None, high=None, n=1, p=None,
            cases=(longest["case_id"],), table="cases", hours=float(longest["work_hours"]),
        )  # fmt: skip

    def exhibit(finding: Finding, steps: pd.DataFrame) -> pd.DataFrame:
        return steps[steps["case_id"].isin(finding.cases)]

    monkeypatch.setitem(KINDS, "longest", Kind("longest", find, lambda: iter(()), exhibit))
    (found,) = [finding for finding in office.findings if finding.kind == "longest"]
    assert found.hours == office.cases["work_hours"].max()
    shown = office.exhibit(found)
    assert shown is not None
    assert set(shown["case_id"]) == set(found.cases)


# --- at the door


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ((7,), TableError, "int and no DataFrame"),
        ((log(3), LIMITS), ArgumentError, "calendar must be a Calendar, is a DataFrame"),
        ((log(3), None, eff.Calendar()), TableError, "Calendar and no DataFrame"),
        ((log(3), None, RULES), TableError, "column 'standard_id' is missing"),
        ((log(3), None, LIMITS, LIMITS), TableError, "column 'rule_id' is missing"),
    ],
)
def test_what_is_no_such_thing_is_told(
    arguments: tuple[Any, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        study(*arguments)


def test_an_unknown_argument_is_told() -> None:
    with pytest.raises(ArgumentError, match=r"no argument .cut_off.; there are .*cutoff"):
        study(log(3), cut_off=YEAR)


def test_the_log_stays_as_it_is() -> None:
    given = log(9)
    before = given.copy()
    _ = study(given).edges
    pd.testing.assert_frame_equal(given, before)


def test_a_table_on_an_engine_is_told_as_its_frame_is() -> None:
    """Every table, the findings, and what shows them; a breach is proved by rows of the table."""
    rows = log(60).query("case_id != '7' or activity != 'in'").reset_index(drop=True)
    seconds = dict.fromkeys(["received_precision", "start_precision", "end_precision"], "second")
    frame = rows.assign(row=range(1, len(rows) + 1), **seconds)
    rules = pd.concat([RULES, RULES.assign(rule_id="P2", title="out first", kind="order", b="out")])
    con = ibis.duckdb.connect()
    asked = {"closed_by": ["out"], "language": "en"}
    here = study(frame, None, LIMITS, rules, **asked)
    there = study(con.create_table("log", ibis.memtable(frame)), None, LIMITS, rules, **asked)
    for name in TABLES:
        told, other = here.table(name), there.table(name)
        assert type(told) is type(other)  # without a prescribed flow some are None
        if told is not None:
            pd.testing.assert_frame_equal(told, other, check_dtype=False)
    assert len(here.table("deviations"))
    assert here.findings == there.findings
    for finding in here.findings:
        shown, other = here.exhibit(finding), there.exhibit(finding)
        assert (shown is None) == (other is None)
        if shown is not None:
            pd.testing.assert_frame_equal(shown, other, check_dtype=False)
    con.disconnect()
