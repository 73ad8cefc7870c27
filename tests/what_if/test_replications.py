"""What would be is what theory says, what was planted, and what a really changed office does."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.calendar import Hours as CalendarHours
from efficiency.problems import SettingsError
from efficiency.sample import simulation
from efficiency.sample.establishment import DESKS, FIRST, LAST, MINUTES
from efficiency.sample.plan import Plan
from efficiency.sample.record import make_sample
from efficiency.what_if.alterations import Deadline, Merge, OpeningHours, Remove, Staff
from efficiency.what_if.replications import difference_table, simulated
from facts.erlang import ALWAYS, erlang_c, poisson_queue, queue_log

HOUR = 3_600_000_000
COLUMNS = {
    "case_id": "流水号", "activity": "环节", "received": "到达时间", "start": "开始时间",
    "end": "办结时间", "actor": "经办人", "unit": "处室",
}  # fmt: skip
STANDARDS = pd.DataFrame({
    "standard_id": ["T1"], "from": ["登记.received"], "to": ["登记"], "limit": ["30 min"],
    "clock": ["elapsed"],
})  # fmt: skip


def two_steps(days: int) -> pd.DataFrame:
    """A document a day: 登记 takes 30 minutes from 9:00, then 审核 an hour."""
    day = pd.Timestamp("2024-03-04") + pd.to_timedelta(np.arange(days), unit="D")
    parts = []
    for activity, opens, closes in (("登记", 540, 570), ("审核", 570, 630)):
        start, end = (day + pd.Timedelta(minutes=at) for at in (opens, closes))
        ids = [f"{i}" for i in range(days)]
        part = pd.DataFrame({"case_id": ids, "activity": activity, "received": start})
        parts.append(part.assign(start=start, end=end, unit=f"{activity}处", actor=activity))
    return pd.concat(parts, ignore_index=True)


def by_measure(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index(["measure", "subject"])


def test_a_third_person_at_an_erlang_queue() -> None:
    """
    P(T > t) = e^(-μt) (1 + C (1 - e^(-μt (c-1-a))) / (c-1-a)) in M/M/c: the share within 30 min.

    Gross, D. and others (2008), Fundamentals of Queueing Theory, fourth edition, section 2.3.
    """
    service = np.random.default_rng(11).exponential(600, 3000)
    log = poisson_queue(12, 3000, 375, service, 2)
    table = by_measure(simulated(log, STANDARDS, ALWAYS, Staff("一处", 1), replications=5))
    t, rest = 1800 / 600, 3 - 1 - 1.6
    over = math.exp(-t) * (1 + erlang_c(1.6, 3) * (1 - math.exp(-t * rest)) / rest)
    share = table.loc[("share_met", "T1")]
    assert share["after"] == pytest.approx(1 - over, abs=0.02)
    assert share["effect"] == "better"
    assert share["low"] < share["difference"] < share["high"]
    assert share["difference"] == pytest.approx(share["after"] - share["before"])
    busy = table.loc[("utilisation", "一处")]
    assert busy["before"] == pytest.approx(0.8, abs=0.04)
    assert busy["after"] == pytest.approx(busy["before"] * 2 / 3, rel=0.01)
    assert busy["effect"] is None


def test_a_step_left_out_shortens_by_its_time() -> None:
    log, standards = two_steps(20), STANDARDS.assign(**{"from": "审核.received", "to": "审核"})
    before = log.copy()
    table = by_measure(simulated(log, standards, ALWAYS, Remove("审核"), replications=5))
    assert_frame_equal(log, before)
    median = table.loc[("case_median_hours", "")]
    assert median[["before", "after", "difference", "low", "high"]].tolist() == [
        1.5,
        0.5,
        -1,
        -1,
        -1,
    ]
    assert median["effect"] == "better"
    # A standard that names what is gone cannot be judged.
    assert table.loc[("share_met", "T1"), ["before"]].tolist() == [0.0]
    assert table.loc[("share_met", "T1"), ["after", "difference"]].isna().all()
    assert table.loc[("share_met", "T1"), "effect"] is None


def test_several_changes_at_once_are_told_by_the_new_calendar() -> None:
    """
    Both steps in one go, at a desk that is open from 10 to 18 in place of always: they take what
    they took, an hour later, and the second desk has nothing left to do.
    """
    late = Calendar(hours=CalendarHours(((10 * HOUR, 18 * HOUR),), every_day=True))
    both = Merge("登记", "审核"), OpeningHours(late)
    table = by_measure(simulated(two_steps(10), None, ALWAYS, *both, replications=5))
    assert table.loc[("case_median_hours", ""), ["after", "difference"]].tolist() == [1.5, 0]
    assert table.loc[("case_median_elapsed_hours", ""), ["before", "after"]].tolist() == [1.5, 2.5]
    assert table.loc[("utilisation", "审核处"), "after"] == 0


def test_what_is_due_first_goes_first() -> None:
    """Two wait for the first to be done; the later of them is due sooner."""
    log = queue_log(np.array([0.0, 1, 2]), np.full(3, 600.0), 1).assign(急=["否", "否", "是"])
    standards = pd.DataFrame({
        "standard_id": ["T1", "T2"], "from": ["登记.received"] * 2, "to": ["登记"] * 2,
        "limit": ["21 min", "31 min"], "clock": ["elapsed"] * 2, "scope": ["急=是", "急=否"],
    })  # fmt: skip
    table = by_measure(simulated(log, standards, ALWAYS, Deadline("T1"), replications=5))
    assert table.loc["share_met", "before"].tolist() == [0.0, 1.0]
    assert table.loc["share_met", "after"].tolist() == [1.0, 1.0]


def planted(root: Path, leaders: str, patch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The record of the made-up office in which leaders take days over a decision."""
    desks = tuple((unit, does, leaders if unit == "市领导" else who) for unit, does, who in DESKS)
    patch.setattr(simulation, "DESKS", desks)
    patch.setattr(simulation, "MINUTES", MINUTES | {"批示": (10, 1500)})
    days = eff.read_calendar(root / "data" / "sample" / "calendar.toml").days(FIRST, LAST)
    plan = Plan(faults=False, express_share=0.0, seasonality=0.0)
    return eff.read_log(make_sample(days, 5, 350, plan).incoming, COLUMNS)


def test_a_planted_bottleneck_widened_in_truth(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked what one more leader would do, it says what the office with one more leader does."""
    log = planted(root, "沈某 韩某 杨某", monkeypatch)
    widened = planted(root, "沈某 韩某 杨某 白某", monkeypatch)
    calendar = eff.read_calendar(root / "data" / "sample" / "calendar.toml")
    how = {"cutoff": "2024-12-31 18:00", "closed_by": ["归档", "退文"]}
    table = by_measure(simulated(log, None, calendar, Staff("市领导", 1), **how, replications=5))
    truth = []
    for record in (log, widened):
        with eff.observed(record, calendar, **how) as events:
            cases = eff.case_times(events)
        truth.append(cases.loc[~cases["open"], "work_hours"].quantile([0.5, 0.9]).to_numpy())
    median, decile = truth[1] - truth[0]
    told = table["difference"]
    assert table.loc[("case_median_hours", ""), "effect"] == "better"
    assert told["case_median_hours", ""] == pytest.approx(median, rel=0.35)
    assert told["case_p90_hours", ""] == pytest.approx(decile, rel=0.35)
    # Whom nothing was done for is no better off than chance: the others' desks stay as busy.
    busy = table.loc["utilisation"]
    assert (busy["after"] - busy["before"]).drop("市领导").abs().max() < 0.02
    assert busy.loc["市领导", "after"] == pytest.approx(
        busy.loc["市领导", "before"] * 3 / 4, rel=0.05
    )


def test_the_same_seed_gives_the_same_table() -> None:
    service = np.random.default_rng(1).exponential(600, 40)
    log, told = poisson_queue(2, 40, 400, service, 2), list[tuple[int, int]]()
    once = simulated(
        log, None, ALWAYS, Staff("一处", 1), replications=5,
        progress=lambda done, whole: told.append((done, whole)),
    )  # fmt: skip
    again = simulated(log, None, ALWAYS, Staff("一处", 1), replications=5)
    assert once["difference"].ne(0).any()
    assert once.to_csv() == again.to_csv()
    assert told == [(done, 10) for done in range(1, 11)]


def test_what_cannot_be_asked() -> None:
    log = two_steps(2)
    with pytest.raises(SettingsError, match="no change is given"):
        simulated(log, None, ALWAYS)
    with pytest.raises(SettingsError, match="审核 closes cases"):
        simulated(log, None, ALWAYS, Remove("审核"), closed_by=["审核"])
    with pytest.raises(SettingsError, match="no desk '登记'; nearest: 登记处"):
        simulated(log, None, ALWAYS, Staff("登记", 1))


@pytest.mark.parametrize(
    ("measure", "after", "effect"),
    [
        ("share_met", [0.7, 0.8], "better"),
        ("share_met", [0.4, 0.5], "worse"),
        ("share_met", [0.4, 0.9], "unclear"),
        ("share_met", [0.5, 0.6], "unclear"),
        ("case_p90_hours", [0.7, 0.8], "worse"),
        ("in_hand", [0.4, 0.5], "better"),
        ("utilisation", [0.7, 0.8], None),
    ],
)
def test_better_or_worse_only_with_the_whole_interval(
    measure: str, after: list[float], effect: str | None
) -> None:
    rows = pd.MultiIndex.from_tuples([(measure, "T1")])
    table = difference_table(pd.DataFrame([[0.5, 0.6]], rows), pd.DataFrame([after], rows))
    assert table["effect"].tolist() == [effect]


def test_the_interval_is_that_of_the_paired_differences() -> None:
    """1, 2, 3: mean 2, s = 1, t(0.975, 2) = 4.3027: 2 ± 2.4842, however far the pairs lie."""
    rows = pd.MultiIndex.from_tuples([("in_hand", "")])
    before = pd.DataFrame([[10.0, 50.0, 90.0]], rows)
    table = difference_table(before, before.add([1.0, 2.0, 3.0])).iloc[0]
    assert table["low"] == pytest.approx(2 - 2.4842, abs=1e-3)
    assert table["high"] == pytest.approx(2 + 2.4842, abs=1e-3)
