"""Gives the tests of the made-up office its day table and one sample of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.office import FIRST, LAST
from efficiency.evidence.sample import Sample, make_sample


@pytest.fixture(scope="session")
def days(root: Path) -> pd.DataFrame:
    """Give the day table of the sample's calendar."""
    return eff.read_calendar(root / "data" / "sample" / "calendar.toml").days(FIRST, LAST)


@pytest.fixture(scope="session")
def sample(days: pd.DataFrame) -> Sample:
    """Give the sample that lies in data/sample."""
    return make_sample(days)
