"""Only a simulation that does what the office did is asked anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.problems import SettingsError
from efficiency.what_if.alterations import Remove
from efficiency.what_if.rehearsal import RehearsalError, refuse, rehearsal_table, rehearse
from efficiency.what_if.replications import simulated
from facts.erlang import ALWAYS, poisson_queue

COLUMNS = {
    "case_id": "流水号", "activity": "环节", "received": "到达时间", "start": "开始时间",
    "end": "办结时间", "actor": "经办人", "unit": "处室",
}  # fmt: skip
MADE = {"cutoff": "2024-12-31 18:00", "closed_by": ["归档", "退文"]}
STANDARDS = pd.DataFrame({
    "standard_id": ["T1"], "from": ["登记.received"], "to": ["登记"], "limit": ["30 min"],
    "clock": ["elapsed"],
})  # fmt: skip


@pytest.fixture(scope="module")
def queue() -> pd.DataFrame:
    """A queue of two people at a load of 0.8."""
    service = np.random.default_rng(1).exponential(600, 900)
    return poisson_queue(2, 900, 375, service, 2)


def rows(recorded: float, *simulated: float, measure: str = "case_median_hours") -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples([(measure, "")])
    return rehearsal_table(pd.Series([recorded], index), pd.DataFrame([simulated], index))


@pytest.mark.slow
def test_the_sample_is_rehearsed(root: Path) -> None:
    """All measures of it: times, work in hand, and the share of every standard."""
    folder = root / "data" / "sample"
    log = eff.read_log(folder / "incoming.csv", COLUMNS)
    standards = eff.read_standards(folder / "standards.csv")
    calendar = eff.read_calendar(folder / "calendar.toml")
    table = rehearse(log, standards, calendar, **MADE, replications=5)
    assert table["fits"].all()
    assert table["subject"].tolist() == [""] * 5 + standards["standard_id"].tolist()
    # The record is measured by the package's own tables.
    recorded = table.set_index(["measure", "subject"])["recorded"]
    judged = eff.judge(log, standards, calendar, cutoff=MADE["cutoff"])
    shares = eff.compliance(judged, standards).set_index("standard_id")["share"]
    assert recorded["share_met"].to_dict() == pytest.approx(shares.to_dict())
    with eff.observed(log, calendar, **MADE) as events:
        cases = eff.case_times(events)
    closed = cases[~cases["open"]]
    assert recorded["case_median_hours", ""] == closed["work_hours"].median()
    assert recorded["case_p90_hours", ""] == closed["work_hours"].quantile(0.9)
    assert recorded["case_median_elapsed_hours", ""] == closed["elapsed_hours"].median()
    assert recorded["open_cases", ""] == cases["open"].sum()
    # Little's law: the mean number in hand is the cases' time over the time there was.
    whole = pd.Timestamp(MADE["cutoff"]) - cases["first"].min()
    until = cases["last"].where(~cases["open"], pd.Timestamp(MADE["cutoff"]))
    little = (until - cases["first"]).sum() / whole
    assert recorded["in_hand", ""] == pytest.approx(little, rel=0.1)


def test_a_queue_is_rehearsed_to_its_standard(queue: pd.DataFrame) -> None:
    log, standards = queue.copy(), STANDARDS.copy()
    table = rehearse(log, standards, ALWAYS, replications=6)
    assert log.equals(queue)
    assert standards.equals(STANDARDS)
    assert table["fits"].all()
    took = queue["end"] - queue["received"]
    share = (took <= pd.Timedelta(minutes=30)).mean()
    assert table.set_index("subject").loc["T1", "recorded"] == pytest.approx(share)
    refuse(table)


def test_scrambled_times_do_not_fit() -> None:
    """
    Eight steps a case; the times of each step are dealt out so that all the long ones fall to
    the same half of the cases, and nothing on the record tells which half.
    """
    rng = np.random.default_rng(3)
    took = np.sort(rng.exponential(3600, (200, 8)), axis=0)[rng.permutation(200)]
    begun = np.datetime64("2024-01-01T00:00:00") + 7200 * np.arange(200).astype("timedelta64[s]")
    ends = begun[:, None] + took.cumsum(axis=1).astype("timedelta64[s]")
    log = pd.DataFrame({
        "case_id": np.repeat([f"{i:03}" for i in range(200)], 8),
        "activity": np.tile(list("甲乙丙丁戊己庚辛"), 200),
        "received": np.column_stack([begun, ends[:, :-1]]).ravel().astype("datetime64[us]"),
        "end": ends.ravel().astype("datetime64[us]"),
    })  # fmt: skip
    with pytest.raises(RehearsalError, match="no answer is given") as caught:
        simulated(log, None, ALWAYS, Remove("甲"), replications=5)
    missed = {problem.key: problem.details for problem in caught.value.problems}
    decile = missed["misfit_case_p90_hours"]
    assert float(str(decile["simulated"])) < float(str(decile["recorded"]))


def test_the_refusal_says_by_how_much() -> None:
    table = pd.concat([rows(10.0, 12.0, 12.2, 12.1, 11.9, 12.0), rows(5.0, *[5.0] * 5)])
    assert table["fits"].tolist() == [False, True]
    with pytest.raises(RehearsalError) as caught:
        refuse(table)
    english, chinese = caught.value.text("en"), caught.value.text("zh")
    assert "in 1 of 2 measures" in english
    assert "recorded 10.0, simulated 12.0 (11.7 to 12.4), off by +20%, allowed 10%" in english
    assert "记录 10.0，重演 12.0（11.7–12.4），相差 +20%，允许 10%" in chinese


@pytest.mark.parametrize(
    "measure",
    ["case_p90_hours", "case_median_elapsed_hours", "open_cases", "in_hand", "share_met"],
)
def test_every_measure_can_be_refused(measure: str) -> None:
    table = rows(0.5, 0.9, 0.9, 0.9, 0.9, 0.9, measure=measure)
    with pytest.raises(RehearsalError) as caught:
        refuse(table)
    assert len({caught.value.text("en"), caught.value.text("zh")}) == 2


def test_hours_fit_within_a_tenth_and_shares_within_five_points() -> None:
    assert rows(10.0, *[10.99] * 5)["fits"].all()
    assert not rows(10.0, *[11.01] * 5)["fits"].any()
    assert not rows(10.0, *[8.99] * 5)["fits"].any()
    assert rows(0.9, *[0.851] * 5, measure="share_met")["fits"].all()
    assert not rows(0.9, *[0.849] * 5, measure="share_met")["fits"].any()


def test_the_interval_is_that_of_one_history() -> None:
    """1 to 5: mean 3, s = 1.5811, t(0.975, 4) = 2.7764, √1.2: 3 ± 4.809."""
    table = rows(7.8, 1.0, 2.0, 3.0, 4.0, 5.0).iloc[0]
    assert (table["low"], table["high"]) == (
        pytest.approx(-1.809, abs=1e-3),
        pytest.approx(7.809, abs=1e-3),
    )
    assert table["fits"]
    assert not rows(7.82, 1.0, 2.0, 3.0, 4.0, 5.0)["fits"].any()


def test_a_standard_that_nothing_is_judged_by_fits() -> None:
    assert rows(float("nan"), *[float("nan")] * 5, measure="share_met")["fits"].all()
    assert not rows(0.5, *[float("nan")] * 5, measure="share_met")["fits"].any()


def test_too_few_replications_prove_nothing(queue: pd.DataFrame) -> None:
    with pytest.raises(SettingsError, match="replications cannot be 4; for example >= 5"):
        rehearse(queue, None, ALWAYS, replications=4)
