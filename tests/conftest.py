"""What every test may use: the places of data, and small logs made by hand."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff

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


@pytest.fixture(scope="session")
def example(root: Path) -> Path:
    """Give the worked example that lies beside the repository."""
    folder = root.parent / "shared" / "example"
    if not folder.is_dir():
        pytest.skip("the worked example in ../shared/example is not on this machine")
    return folder


@pytest.fixture(scope="session")
def receipt(shared: Path) -> pd.DataFrame:
    """Give the receipt phase of environmental permits, a Dutch municipality, read from csv."""
    columns = {
        "case_id": "case:concept:name",
        "activity": "concept:name",
        "actor": "org:resource",
        "unit": "org:group",
        "end": "time:timestamp",
    }
    return eff.read_log(shared / "receipt" / "receipt.csv", columns, timezone="Europe/Amsterdam")


@pytest.fixture(scope="session")
def declarations(shared: Path) -> pd.DataFrame:
    """Give the domestic declarations of the BPI Challenge 2020, read from xes.gz once."""
    with warnings.catch_warnings():
        # pm4py recommends another reader the first time.
        warnings.filterwarnings("ignore", message="Install the optional requirement")
        return eff.read_log(shared / "domestic_declarations" / "DomesticDeclarations.xes.gz")


@pytest.fixture(scope="session")
def credentials(shared: Path) -> pd.DataFrame:
    """Give the academic credentials log: starts and ends, one row a step."""
    path = shared / "academic_credentials" / "ConsultaDataMining201618.csv.gz"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    columns = {
        "case_id": "case:concept:name",
        "activity": "concept:name",
        "actor": "org:resource",
        "start": "start_timestamp",
        "end": "time:timestamp",
    }
    return eff.read_log(frame, columns)
