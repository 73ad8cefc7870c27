"""What every test may use: the places of data, and small logs made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real public logs that lies beside the repository."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the public logs in ../shared/data are not on this machine")
    return folder


@pytest.fixture
def make_log() -> Callable[..., pd.DataFrame]:
    """Give a function that makes a log of ``(case, activity, end)`` rows with more columns."""

    def make(*rows: tuple[str, str, str | None], **columns: list[object]) -> pd.DataFrame:
        log = pd.DataFrame(rows, columns=["case_id", "activity", "end"])
        log["end"] = pd.to_datetime(log["end"], format="ISO8601").astype("datetime64[us]")
        for name, values in columns.items():
            log[name] = values
            if name in {"received", "start"}:
                log[name] = pd.to_datetime(log[name], format="ISO8601").astype("datetime64[us]")
        return log

    return make
