"""Made-up offices as logs at once, without the way through text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import efficiency as eff
from efficiency.sample.establishment import FIRST, LAST
from efficiency.sample.plan import Plan
from efficiency.sample.simulation import CLOSED_BY, Run, simulate

CUTOFF = "2024-12-31 18:00:00"
SEEN = {"cutoff": CUTOFF, "closed_by": CLOSED_BY}
SLOW = replace(Plan.null(), slow_factor=1.5)
REFORM = replace(Plan.null(), reform_days=3)
OVERLOAD = replace(Plan.null(), overload=1.2)
_SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"


@cache
def calendar() -> eff.Calendar:
    """The sample office's calendar."""
    return eff.read_calendar(_SAMPLE / "calendar.toml")


@cache
def _days() -> pd.DataFrame:
    return calendar().days(FIRST, LAST)


def office(plan: Plan, seed: int, cases: int = 2000) -> pd.DataFrame:
    """The log of an office (``tables.LOG``), with what its register says of each case."""
    return _log_of(simulate(_days(), plan, seed, cases))


def _moments(seconds: pd.Series) -> pd.Series:
    whole = [np.iinfo("int64").min if pd.isna(second) else int(second) for second in seconds]
    stamps = np.array(whole, dtype="int64").astype("datetime64[s]").astype("datetime64[us]")
    return pd.Series(stamps, index=seconds.index)


def _log_of(run: Run) -> pd.DataFrame:
    steps = pd.DataFrame(sorted(run.steps, key=lambda step: (step.received, step.case)))
    said = [(d.kind, d.level, d.urgency, d.origin) for d in run.documents]
    register = np.array(said, dtype=object)[steps["case"]]
    return pd.DataFrame(
        {
            "case_id": steps["case"].map("{:04d}".format),
            **{name: steps[name].astype(object) for name in ("activity", "actor", "unit")},
            **{name: _moments(steps[name]) for name in ("received", "start", "end")},
            **dict(zip(("文种", "来文层级", "紧急程度", "来文单位"), register.T, strict=True)),
            "row": range(1, len(steps) + 1),
        }
    )
