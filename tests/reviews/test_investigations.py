"""What is looked for behind the figures of one log, and what is not looked for in a register."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from efficiency.facts.events import Events
from efficiency.facts.times import case_times
from efficiency.findings.standards.judgements import judge
from efficiency.findings.time.changes import Reform
from efficiency.report.chapters.causes_told import Causes
from efficiency.reviews import investigations
from efficiency.reviews.analyses import Frames, opened
from efficiency.reviews.inputs import read_inputs
from efficiency.reviews.investigations import investigated
from written import write

TOML = """title = "t"
language = "en"
cutoff = 2024-12-31T18:00:00
standards = "standards.csv"
{}
[logs.a]
path = "a.csv"
{}
"""
PERIOD = 'period = ["2024-07-01", "2024-12-31"]\n'
BASELINE = 'baseline = ["2024-01-01", "2024-06-30"]\n'
LIMITS = """standard_id,title,log,from,to,limit,clock,target
T1,quick,a,in,out,4 h,elapsed,0.9
"""
#: Tables of every log in which something flows, and those of a log with limits.
ALWAYS = {
    "waiting", "balance", "load", "comparisons", "changes", "factors", "trees", "units", "control",
}  # fmt: skip
JUDGED = {"bunching", "due"}
PENDING = {"risk", "calibration"}


def log(cases: int = 240, more: str = "") -> str:
    """
    Give an office of one case a day from 1 January on, of two kinds and two units.

    From 1 July on, a case takes two hours in place of five; every fifth takes three more.
    """
    rows = ["case_id,activity,unit,kind,received,start,end"]
    for n in range(cases):
        day = dt.datetime(2024, 1, 1, 8) + dt.timedelta(days=n)
        hours = (5 if day < dt.datetime(2024, 7, 1) else 2) + (3 if n % 5 == 0 else 0)
        kind, unit = ("letter", "plan")[n % 2], ("desk", "hall")[n // 2 % 2]
        moments = [day, day, day + dt.timedelta(hours=1), day + dt.timedelta(hours=1 + hours)]
        stamps = [f"{moment:%Y-%m-%d %H:%M}" for moment in moments]
        rows.append(f"{n},in,{unit},{kind},{stamps[0]},{stamps[1]},{stamps[2]}")
        rows.append(f"{n},out,{unit},{kind},{stamps[2]},{stamps[2]},{stamps[3]}")
    return "\n".join(rows) + "\n" + more


def look(folder: Path, settings: str = "", own: str = "", **texts: str) -> Frames:
    """Look behind the figures of log a."""
    plain = {"review": TOML.format(settings, own), "a": log(), "standards": LIMITS}
    inputs = read_inputs(write(folder, **{**plain, **texts}))
    dates = inputs.folder.settings.period
    period = None if dates is None else (dates[0].isoformat(), dates[1].isoformat())
    with opened(inputs, "a", period) as events:
        judgements = judge(events, inputs.standards_of("a"), warn=False)
        return investigated(events, inputs, "a", judgements)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """Look behind an office with a baseline and a reform, once."""
    reforms = '[[reforms]]\ndate = 2024-07-01\ntitle = "new"\n'
    reforms += '[[reforms]]\ndate = 2024-03-01\nlog = "a"\n'
    settings = PERIOD + BASELINE
    toml = TOML.format(settings, "") + reforms
    return look(tmp_path_factory.mktemp("found"), review=toml)


def test_the_tables_are_those_that_the_report_tells(found: Frames) -> None:
    """Each with its log in front; nothing was under way, so that there are no risks."""
    assert set(found) == ALWAYS | JUDGED
    assert set(found) | PENDING == set(Causes.names())
    for name, table in found.items():
        assert table.columns[0] == "log", name
        assert set(table["log"]) <= {"a"}, name


def test_limits_that_run_have_risks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An open case, begun on the last day."""
    asked: dict[str, Any] = {}

    def counted(*arguments: Any, **more: Any) -> pd.DataFrame:
        asked.update(more)
        return pd.DataFrame({"n": [0]})

    monkeypatch.setattr(investigations, "held_back", lambda *_, **more: more)
    monkeypatch.setattr(investigations, "calibration", lambda tried: counted(**tried))
    more = "x,in,desk,plan,2024-12-31 15:00,2024-12-31 15:00,2024-12-31 16:00\n"
    risks = look(tmp_path, a=log(more=more))
    assert set(risks) == ALWAYS | JUDGED | PENDING
    assert risks["risk"]["case_id"].tolist() == ["x"]
    assert asked == {"cutoff": pd.Timestamp("2024-12-31 18:00"), "months": investigations.HELD_BACK}


def test_without_limits_nothing_is_said_of_them(tmp_path: Path) -> None:
    """The tables of what goes with lateness are there and empty."""
    told = look(tmp_path, standards=LIMITS.split("\n", maxsplit=1)[0] + "\n")
    assert set(told) == ALWAYS
    assert [len(told[name]) for name in ("factors", "trees", "units")] == [0, 0, 0]


def test_of_a_register_nothing_is_told(tmp_path: Path) -> None:
    """One entry a case: nothing flows."""
    rows = [line for line in log().split("\n") if ",out," not in line]
    assert look(tmp_path, a="\n".join(rows), standards=LIMITS.replace(",out", ",in")) == {}


# --- before and after


def test_the_baseline_lies_outside_the_period_and_is_compared_with_it(found: Frames) -> None:
    """182 days before, 58 after; only their own table sees the days before."""
    (row,) = found["changes"].query("measure == 'case' and kind == 'baseline'").to_dict("records")
    assert row["n_before"] + row["n_after"] + row["left_out"] == 240
    assert row["at"] == pd.Timestamp("2024-07-01")
    # On a working day from 08:00 to 14:00, of which 3.5 are office hours, then to 11:00.
    assert row["difference_hours"] == pytest.approx(2.5 - 3.5)
    assert found["comparisons"].query("attribute == 'kind'")["n"].sum() == 58


def test_every_reform_of_the_log_is_tested(found: Frames) -> None:
    reforms = found["changes"].query("measure == 'case' and kind == 'reform'")
    assert reforms["at"].tolist() == [pd.Timestamp("2024-07-01"), pd.Timestamp("2024-03-01")]
    assert reforms["title"].tolist() == ["new", ""]


def asked(folder: Path, toml: str) -> tuple[Any, dict[str, Any]]:
    """Give the cases that are looked at for changes, and what is asked of them."""
    told: list[Any] = []

    def stub(events: Events, **more: Any) -> pd.DataFrame:
        told.extend([case_times(events), more])
        return pd.DataFrame()

    inputs = read_inputs(write(folder, review=toml, a=log(), standards=LIMITS))
    with pytest.MonkeyPatch.context() as patch, opened(inputs, "a", None) as events:
        patch.setattr(investigations, "changes", stub)
        investigations._changes(events, inputs, "a")
    return told[0], told[1]


def test_a_reform_of_another_log_is_not_tested(tmp_path: Path) -> None:
    """One of no log is."""
    toml = TOML.format("", "") + '[logs.b]\npath = "a.csv"\n'
    toml += '[[reforms]]\ndate = 2024-07-01\nlog = "b"\n[[reforms]]\ndate = 2024-02-01\n'
    _, more = asked(tmp_path, toml)
    assert more == {"reforms": [Reform(dt.date(2024, 2, 1), "")]}


def test_the_cases_looked_at_go_from_the_baseline_to_the_period(tmp_path: Path) -> None:
    """Whichever comes first; without a period, to the cut-off."""
    early, late = ("2024-02-01", "2024-02-10"), ("2024-03-01", "2024-03-10")
    for baseline, period in ((early, late), (late, early)):
        text = f'baseline = ["{baseline[0]}", "{baseline[1]}"]\nperiod = ["{period[0]}", "{period[1]}"]\n'  # noqa: E501
        cases, more = asked(tmp_path, TOML.format(text, ""))
        assert more["baseline"] == tuple(dt.date.fromisoformat(day) for day in baseline)
        assert more["period"] == tuple(dt.date.fromisoformat(day) for day in period)
        first, last = cases["first"].min(), cases["first"].max()
        assert (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}") == (early[0], late[1])
    cases, more = asked(tmp_path, TOML.format('baseline = ["2024-03-01", "2024-03-10"]\n', ""))
    assert (len(cases), more["period"]) == (240 - 31 - 29, None)


# --- what goes with lateness


def test_what_goes_with_lateness_is_told_of_each_limit(found: Frames) -> None:
    """Late are those that take five hours: each fifth one. Their units are all there is to tell."""
    for name in ("factors", "trees", "units"):
        assert set(found[name]["standard_id"]) <= {"T1"}
        assert list(found[name].columns[:2]) == ["log", "standard_id"]
    root = found["trees"].query("node == 0").iloc[0]
    assert (root["n"], root["share"]) == (58, pytest.approx(11 / 58))
    units = found["units"].set_index("name")
    assert units["n"].sum() == 58
    assert units["k"].sum() == 11


@pytest.mark.parametrize("limit", ["9 h", "1 h"])
def test_a_limit_that_nobody_or_everybody_missed_is_not_explained(
    tmp_path: Path, limit: str
) -> None:
    toml, limits = TOML.format("", ""), LIMITS.replace("4 h", limit)
    inputs = read_inputs(write(tmp_path, review=toml, a=log(), standards=limits))
    with opened(inputs, "a", None) as events:
        judgements = judge(events, inputs.standards_of("a"), warn=False)
        told = investigations._factors(events, inputs, "a", judgements)
    assert [len(told[name]) for name in ("factors", "trees", "units")] == [0, 0, 0]
