"""Risks held against what happened: nothing later is seen; bins and scores by hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.facts.events import observed
from efficiency.findings.standards.calibration import (
    EDGES,
    SPACING,
    brier,
    calibrated,
    calibration,
    held_back,
)
from efficiency.findings.standards.risk import overdue_risk

Make = Callable[..., pd.DataFrame]
CUTOFF = pd.Timestamp("2024-06-28 16:00")
STANDARDS = pd.DataFrame(
    {"standard_id": ["T1"], "from": ["登记"], "to": ["办结"], "limit": ["5 working days"]}
)


def office(cases: int = 200) -> pd.DataFrame:
    """Write a log of cases that take up to twelve days."""
    pick, rows = random.Random(11), []
    for case in range(cases):
        at = pd.Timestamp("2024-02-01 09:00") + pd.Timedelta(hours=pick.randrange(24 * 147))
        took = pd.Timedelta(days=pick.choice([1, 3, 5, 6, 8, 12]))
        rows.append((f"{case:03}", "登记", at))
        rows.append((f"{case:03}", "办结", at + took))
    log = pd.DataFrame(rows, columns=["case_id", "activity", "end"])
    return log.assign(end=log["end"].astype("datetime64[us]"))


@pytest.fixture(scope="module")
def told() -> pd.DataFrame:
    """The risks of two months."""
    return held_back(office(), STANDARDS, cutoff=CUTOFF, months=2)


def test_nothing_that_came_later_is_seen(truncated: Make, told: pd.DataFrame) -> None:
    """As if the log had been taken then: the same risks as from a log cut by hand."""
    moments = told["at"].unique()
    assert moments.tolist() == [CUTOFF - step * SPACING for step in (3, 2, 1)]
    for at in moments[::2]:
        then = overdue_risk(truncated(office(), at), STANDARDS, cutoff=at)
        now = told[told["at"] == at].reset_index(drop=True)[list(then.columns)]
        assert len(then)
        assert_frame_equal(now, then)


def test_what_happened_is_the_verdict_at_the_cutoff(told: pd.DataFrame) -> None:
    final = eff.judge(office(), STANDARDS, cutoff=CUTOFF).set_index("case_id")["verdict"]
    assert told["verdict"].tolist() == final.loc[told["case_id"]].tolist()
    late = told["verdict"].map({"met": False, "late": True, "overdue": True}).astype("boolean")
    assert told["was_late"].equals(late.rename("was_late"))
    assert 0 < told["was_late"].sum() < len(told)


def test_events_lend_their_rows_and_not_their_cutoff(told: pd.DataFrame) -> None:
    with observed(office(), eff.Calendar(), cutoff=CUTOFF) as events:
        lent = held_back(events, STANDARDS, months=1)
    same = told[told["at"] == CUTOFF - SPACING].reset_index(drop=True)
    assert_frame_equal(lent, same)


def test_a_log_that_is_too_short_gives_no_row(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05"), ("1", "办结", "2024-03-06"))
    told = held_back(log, STANDARDS)
    assert told.empty
    assert calibration(told)["n"].tolist() == [0] * (len(EDGES) - 1)
    assert brier(told)["n"].tolist() == [0]


def test_bins_by_hand() -> None:
    """An edge belongs to the bin above it, 1 to the last; what is not known does not count."""
    risks = pd.DataFrame(
        {
            "risk": [0.0, 0.04, 0.05, 0.1, 0.3, 0.5, 1.0, 0.9, np.nan],
            "was_late": [False, True, False, False, True, True, True, None, True],
        }
    ).astype({"was_late": "boolean"})
    before = risks.copy(deep=True)
    told = calibration(risks)
    assert told["n"].tolist() == [2, 1, 1, 0, 1, 2]
    assert told["late"].tolist() == [1, 0, 0, 0, 1, 2]
    assert told["predicted"].fillna(-1).tolist() == pytest.approx([0.02, 0.05, 0.1, -1, 0.3, 0.75])
    assert told["observed"].fillna(-1).tolist() == [0.5, 0, 0, -1, 1, 1]
    assert told[["risk_from", "risk_to"]].values.tolist()[-1] == [0.5, 1.0]
    # Wilson for none of one: from 0 to z² ÷ (1 + z²).
    z2 = 1.959963984540054**2
    assert told.loc[1, ["low", "high"]].tolist() == pytest.approx([0, z2 / (1 + z2)])
    assert_frame_equal(risks, before)


def bins(*rows: tuple[int, float, float, float, float]) -> pd.DataFrame:
    """A table of ``n, predicted, observed, low, high``."""
    return pd.DataFrame(rows, columns=["n", "predicted", "observed", "low", "high"])


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ([(50, 0.5, 0.5, 0.4, 0.6)], True),
        ([(49, 0.5, 0.5, 0.4, 0.6)], False),  # too few to tell
        ([(25, 0.2, 0.2, 0.1, 0.4), (25, 0.7, 0.7, 0.5, 0.8)], True),
        ([(60, 0.5, 0.7, 0.5, 0.8)], True),  # far, but the interval holds it
        ([(900, 0.5, 0.58, 0.55, 0.61)], True),  # outside, but near
        ([(900, 0.5, 0.39, 0.36, 0.42)], False),  # fewer than were told
        ([(900, 0.5, 0.61, 0.58, 0.64)], False),  # more than were told
        ([(60, 0.5, 0.5, 0.4, 0.6), (20, 0.1, 0.5, 0.3, 0.7)], False),  # one bin is enough
        ([(60, 0.5, 0.5, 0.4, 0.6), (19, 0.1, 0.5, 0.3, 0.7)], True),  # of twenty risks
        ([(60, 0.5, 0.5, 0.4, 0.6), (0, np.nan, np.nan, np.nan, np.nan)], True),
        ([], False),
    ],
)
def test_risks_are_told_where_they_came_true(rows: list[Any], held: bool) -> None:
    assert calibrated(bins(*rows)) is held


def test_risks_that_are_right_are_found_so_and_risks_that_are_not_are_not() -> None:
    """Of 40 sets of 400 drawn risks nearly all; of 40 in which all come half as often none."""
    right = wrong = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        risk = rng.uniform(0.3, 1.0, 400)
        for factor in (1.0, 0.5):
            late = rng.random(400) < factor * risk
            found = calibrated(calibration(pd.DataFrame({"risk": risk, "was_late": late})))
            right += found and factor == 1.0
            wrong += found and factor == 0.5
    assert right >= 36
    assert wrong == 0


def test_scores_by_hand() -> None:
    risks = pd.DataFrame(
        {
            "standard_id": ["T1"] * 10 + ["T2"] * 9,
            "risk": [0.2] * 10 + [0.5] * 9,
            "base_share": [0.4] * 10 + [0.5] * 9,
            "was_late": [True] * 2 + [False] * 17,
        }
    )
    told = brier(risks)
    assert told["standard_id"].tolist() == ["T1", "T2", ""]
    one = told.iloc[0]
    assert one["brier"] == pytest.approx((2 * 0.8**2 + 8 * 0.2**2) / 10)
    assert one["base_brier"] == pytest.approx((2 * 0.6**2 + 8 * 0.4**2) / 10)
    assert one["skill"] == pytest.approx(1 - 0.16 / 0.2)
    assert told.loc[1, ["brier", "base_brier", "skill"]].isna().all()
    assert told.loc[2, ["n", "late"]].tolist() == [19, 2]
    assert told.loc[2, "brier"] == pytest.approx((1.6 + 9 * 0.25) / 19)


@pytest.mark.slow
def test_on_the_sample_the_risks_hold(root: Any) -> None:
    """Each bin's interval holds what was told, and the score beats that of the base rates."""
    columns = {
        "case_id": "流水号", "activity": "环节", "received": "到达时间", "start": "开始时间",
        "end": "办结时间", "actor": "经办人", "unit": "处室",
    }  # fmt: skip
    sample = root / "data" / "sample"
    log = eff.read_log(sample / "incoming.csv", columns)
    calendar = eff.read_calendar(sample / "calendar.toml")
    standards = eff.read_standards(sample / "standards.csv")
    risks = held_back(log, standards, calendar, cutoff="2024-12-31 18:00")
    told = calibration(risks).query("n > 0")
    assert told["n"].sum() > 100
    assert ((told["low"] <= told["predicted"]) & (told["predicted"] <= told["high"])).all()
    assert brier(risks)["skill"].iloc[-1] > 0.1
