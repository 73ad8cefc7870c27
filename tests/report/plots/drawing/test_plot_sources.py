"""A plot is drawn from its table, a log, observed events or a study; else its contract speaks."""

from __future__ import annotations

from typing import Any

import ibis
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import efficiency as eff
from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.facts.events import observed
from efficiency.problems import ArgumentError, TableError
from efficiency.report import plots
from efficiency.report.plots.drawing.plot_sources import (
    Need,
    found,
    is_log,
    is_study,
    of_standard,
    used,
)
from efficiency.report.plots.drawing.style import svg


class Asked:
    """Something that is asked for its tables by name, and remembers for which."""

    def __init__(self, **known: pd.DataFrame) -> None:
        self.known, self.asked = known, list[str]()

    def table(self, name: str) -> pd.DataFrame:
        self.asked.append(name)
        return self.known[name]


def a_log(cases: int = 120) -> pd.DataFrame:
    """Two steps a case, one case a working morning; every fourth takes a day longer."""
    days = pd.bdate_range("2024-03-01", periods=cases)
    rows = []
    for number, day in enumerate(days):
        late = pd.Timedelta(days=int(number % 4 == 0))
        for place, name in enumerate(["登记", "转办"]):
            came = day + pd.Timedelta(hours=9 + place)
            done = came + pd.Timedelta(minutes=30 + number % 7) + place * late
            unit = ["文书科", "综合处"][place if number % 3 else 0]
            rows.append((f"{number:03}", name, f"甲{place}", unit, came, came, done))
    names = ["case_id", "activity", "actor", "unit", "received", "start", "end"]
    return pd.DataFrame(rows, columns=names)


LOG = a_log()
CALENDAR = Calendar()
STANDARDS = pd.DataFrame(
    {
        "standard_id": ["T1"],
        "title": ["当日转办"],
        "from": ["received(登记)"],
        "to": ["end(转办)"],
        "limit": ["4 h"],
        "clock": ["working"],
        "target": [0.9],
    }
)
VOLUME = pd.DataFrame({"month": ["2024-01"], "begun": [3], "closed": [2], "in_hand": [1]})
WITH_STANDARDS = ("bunching", "calibration", "compliance", "funnel", "tree")
OF_PEOPLE = ("choices", "likert", "office_opinions", "saturation")
FROM_A_LOG = [
    name
    for name in plots.__all__
    if name not in ("conformance", "loop", "pareto", "what_if", *OF_PEOPLE)
]


def drawn(axes: Axes) -> str:
    return svg(axes.figure)  # type: ignore[arg-type]


def title(axes: Axes) -> str:
    return axes.get_title("left")


def test_every_plot_of_a_log_is_that_of_its_study() -> None:
    """All but the titles of standards, which a study's table does not hold."""
    office = eff.study(LOG, CALENDAR, STANDARDS)
    for name in FROM_A_LOG:
        plot = getattr(plots, name)
        more = {"standards": STANDARDS.drop(columns="title")} if name in WITH_STANDARDS else {}
        more |= {"months": 3} if name == "calibration" else {}
        seen = {} if name in ("dots", "volume") else {"calendar": CALENDAR}
        whole = plot(LOG, **more, **seen)
        assert title(whole)
        assert drawn(whole) == drawn(plot(office)), name
        plt.close("all")


@pytest.mark.parametrize("name", plots.__all__)
def test_what_is_neither_is_met_by_the_contract_of_the_table(name: str) -> None:
    cases = eff.case_times(LOG, CALENDAR)[["case_id", "steps"]]
    for wrong in (7, None, cases, cases.iloc[:0], [LOG]):
        with pytest.raises(TableError) as met:
            getattr(plots, name)(wrong)
        assert isinstance(getattr(tables, name.upper(), tables.LOG), tables.Table)
        assert "log" not in str(met.value).split("\n")[0]


def test_a_table_of_steps_is_no_log() -> None:
    """It has ids and activities, but no moment at which anything was done."""
    steps = eff.step_times(LOG, CALENDAR)
    assert is_log(LOG)
    assert not is_log(steps)
    with pytest.raises(TableError, match="waiting"):
        plots.waiting(steps)


def test_a_log_that_is_not_right_is_met_by_the_contract_of_logs() -> None:
    with pytest.raises(TableError, match="log"):
        plots.volume(LOG.assign(case_id=7))


def test_the_table_before_it_will_do() -> None:
    cases, waits = eff.case_times(LOG, CALENDAR), eff.waiting(LOG, CALENDAR, precedence="desk")
    assert drawn(plots.completion(cases)) == drawn(plots.completion(LOG, CALENDAR))
    assert drawn(plots.waiting(waits)) == drawn(plots.waiting(LOG, CALENDAR))
    assert title(plots.control_chart(cases)).startswith("全程用时中位数（办公小时）")


def test_events_and_ibis_tables_are_drawn_as_well() -> None:
    con = ibis.duckdb.connect()
    lazy = con.create_table("log", ibis.memtable(LOG))
    with observed(LOG, CALENDAR) as events:
        drawings = {drawn(plots.flow(source)) for source in (events,)}
    drawings |= {drawn(plots.flow(LOG, CALENDAR)), drawn(plots.flow(lazy, CALENDAR))}
    assert len(drawings) == 1
    assert title(plots.volume(ibis.memtable(VOLUME))) == title(plots.volume(VOLUME))
    con.disconnect()


def test_the_period_and_the_cutoff_are_honoured() -> None:
    some = plots.volume(LOG, period=["2024-03-01", "2024-03-31"])
    assert title(some) == "各月收办：n = 21 件"
    assert title(plots.volume(LOG, cutoff="2024-03-08")) == "各月收办：n = 5 件"


def test_what_the_source_has_fixed_is_refused() -> None:
    edges = eff.edges(LOG, CALENDAR)
    for source in (edges, Asked(edges=edges)):
        with pytest.raises(ArgumentError, match="calendar"):
            plots.flow(source, CALENDAR)
    with observed(LOG, CALENDAR) as events, pytest.raises(ArgumentError, match="cutoff"):
        plots.flow(events, cutoff="2024-04-01")
    with pytest.raises(ArgumentError, match="every"):
        plots.workload(eff.workload(LOG, CALENDAR), every="week")


def test_a_study_is_asked_for_the_table_by_its_name() -> None:
    edges = eff.edges(LOG, CALENDAR)
    ends = pd.DataFrame({"activity": ["登记"], "starts": [1], "ends": [1]})
    office = Asked(edges=edges, ends=ends)
    assert is_study(office)
    plots.flow(office)
    assert office.asked == ["edges", "ends"]
    shifting = Asked(cases=eff.case_times(LOG, CALENDAR))
    plots.shifts(shifting, every="week")
    assert shifting.asked == ["cases"]


def test_what_stands_beside_may_be_given() -> None:
    ends = pd.DataFrame({"activity": ["登记"], "starts": [1], "ends": [0]})
    given, known = plots.flow(LOG, CALENDAR, ends=ends), plots.flow(LOG, CALENDAR)
    assert drawn(given) != drawn(known)
    with pytest.raises(TableError, match="ends"):
        plots.flow(LOG, CALENDAR, ends=VOLUME)


def test_a_log_is_observed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from efficiency.facts import events

    seen: list[Any] = []
    real = events._observe
    monkeypatch.setattr(events, "_observe", lambda *args: seen.append(1) or real(*args))
    plots.flow(LOG, CALENDAR)
    plots.compliance(LOG, STANDARDS, CALENDAR)
    assert len(seen) == 2


def test_the_columns_that_are_used_are_needed_whatever_they_are_to_others() -> None:
    """Whole numbers may be floats: so they are once a table was read from a file."""
    contract = used(tables.COMPARISONS, "value", "n", "p_adjusted")
    assert [column.name for column in contract.columns] == ["value", "n", "p_adjusted"]
    contract.check(pd.DataFrame({"value": ["甲"], "n": [1.0], "p_adjusted": [None]}))
    with pytest.raises(TableError, match="p_adjusted"):
        contract.check(pd.DataFrame({"value": ["甲"], "n": [1]}))


def test_a_need_by_hand() -> None:
    need = Need(used(tables.VOLUME, "month"), asked="volume")
    table, known = found(need, {}, VOLUME, {})
    assert table is VOLUME
    assert known is None
    assert found(need, {"beside": need}, Asked(volume=VOLUME), {})[1] is not None


def test_the_rows_of_one_standard() -> None:
    two = pd.DataFrame({"standard_id": ["T1", "T2"], "n": [1, 2]})
    assert of_standard(two, "T2")["n"].tolist() == [2]
    assert of_standard(two.head(1), None)["n"].tolist() == [1]
    assert of_standard(VOLUME, None) is VOLUME
    for name in (None, "T3"):
        with pytest.raises(ValueError, match=r"holds 2 standards; keep .* there are T1, T2"):
            of_standard(two, name)
