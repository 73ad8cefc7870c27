"""What the tests of the made-up office share: its day table and one sample of it, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.establishment import FIRST, LAST
from efficiency.sample.record import Sample, make_sample


@pytest.fixture(scope="session")
def days(root: Path) -> pd.DataFrame:
    """The day table of the sample's calendar."""
    return eff.read_calendar(root / "data" / "sample" / "calendar.toml").days(FIRST, LAST)


@pytest.fixture(scope="session")
def office(days: pd.DataFrame) -> DeskHours:
    """The office's hours."""
    return DeskHours.of(days, 0)


@pytest.fixture(scope="session")
def sample(days: pd.DataFrame) -> Sample:
    """The sample that lies in data/sample."""
    return make_sample(days)


@pytest.fixture(scope="session")
def columns() -> dict[str, dict[str, str]]:
    """What the columns of a sample's logs are."""
    return {
        "incoming": {
            "case_id": "流水号",
            "activity": "环节",
            "actor": "经办人",
            "unit": "处室",
            "received": "到达时间",
            "start": "开始时间",
            "end": "办结时间",
        },
        "decisions": {
            "case_id": "批示编号",
            "activity": "环节",
            "actor": "批示领导",
            "end": "批示时间",
        },
    }


@pytest.fixture(scope="session")
def read(columns: dict[str, dict[str, str]]) -> Callable[[Sample], dict[str, pd.DataFrame]]:
    """A function that reads the logs of a sample."""

    def logs(sample: Sample) -> dict[str, pd.DataFrame]:
        return {name: eff.read_log(getattr(sample, name), own) for name, own in columns.items()}

    return logs


@pytest.fixture(scope="session")
def logs(
    sample: Sample, read: Callable[[Sample], dict[str, pd.DataFrame]]
) -> dict[str, pd.DataFrame]:
    """The logs of the sample."""
    return read(sample)
