"""What every test may use: the places of data, and small logs made by hand."""

from __future__ import annotations

import datetime as dt
import gc
import os
import random
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chinese_calendar
import pandas as pd
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

import efficiency as eff
from guarding import GUARD
from validation.ledger import PASSED
from validation.passed import note, passed

# Messages are compared in English, whatever the system speaks.
os.environ["EFFICIENCY_LANGUAGE"] = "en"
# No test hangs on how fast a machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# Thousands of tests keep many objects: to look through them for garbage took a fifth of the time.
gc.set_threshold(100_000, 20, 50)
ROOT = Path(__file__).resolve().parents[1]
MOMENTS = ("received", "start", "end")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public logs that lies beside the repository."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the public logs in ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="session")
def exports(root: Path) -> Path:
    """Cuts of exports as offices have them, which lie beside the repository."""
    folder = root.parent / "shared" / "cases" / "exports"
    if not folder.is_dir():
        pytest.skip("the exports in ../shared/cases are not on this machine")
    return folder


@pytest.fixture
def make_log() -> Callable[..., pd.DataFrame]:
    """A function that makes a log of ``(case, activity, end)`` rows with more columns."""

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
    """The worked example that lies beside the repository."""
    folder = root.parent / "shared" / "example"
    if not folder.is_dir():
        pytest.skip("the worked example in ../shared/example is not on this machine")
    return folder


@pytest.fixture(scope="session")
def example_record(example: Path) -> eff.Record:
    """The log of the worked example, read once."""
    columns = {
        "case_id": "流水号",
        "activity": "环节",
        "received": "到达时间",
        "start": "开始时间",
        "end": "办结时间",
        "actor": "经办人",
        "unit": "处室",
    }
    return eff.read_record(example / "incoming.csv", columns)


@pytest.fixture(scope="session")
def expected(example: Path) -> Callable[[str], pd.DataFrame]:
    """A function that reads one of the example's expected tables, all as text."""

    def read(name: str) -> pd.DataFrame:
        path = example / "expected2" / f"{name}.csv"
        return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, dtype=str)

    return read


@pytest.fixture(scope="session")
def receipt(shared: Path) -> pd.DataFrame:
    """The receipt phase of environmental permits, a Dutch municipality, read from csv."""
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
    """The domestic declarations of the BPI Challenge 2020, read from xes.gz once."""
    with warnings.catch_warnings():
        # pm4py recommends another reader the first time.
        warnings.filterwarnings("ignore", message="Install the optional requirement")
        return eff.read_log(shared / "domestic_declarations" / "DomesticDeclarations.xes.gz")


@pytest.fixture(scope="session")
def credentials(shared: Path) -> pd.DataFrame:
    """The academic credentials log: starts and ends, one row a step."""
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


@pytest.fixture(scope="session")
def incidents(shared: Path) -> pd.DataFrame:
    """The incidents of the BPI Challenge 2013, which teams pass to one another."""
    with warnings.catch_warnings():
        # pm4py recommends another reader the first time.
        warnings.filterwarnings("ignore", message="Install the optional requirement")
        return eff.read_log(shared / "incidents" / "BPI_Challenge_2013_incidents.xes.gz")


@pytest.fixture(scope="session")
def real_logs(
    receipt: pd.DataFrame, declarations: pd.DataFrame, credentials: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The real logs by name."""
    return {"receipt": receipt, "declarations": declarations, "credentials": credentials}


@pytest.fixture(scope="session")
def walk() -> Callable[[dt.datetime | None, dt.datetime | None], float | None]:
    """A function that adds up China's public office hours, day by day and span by span."""
    spans = [(dt.time(8, 30), dt.time(12)), (dt.time(14, 30), dt.time(18))]

    def hours(start: dt.datetime | None, stop: dt.datetime | None) -> float | None:
        if start is None or stop is None or pd.isna(start) or pd.isna(stop):
            return None
        if stop < start:
            return -(hours(stop, start) or 0.0)
        total, day = dt.timedelta(), start.date()
        while day <= stop.date():
            for a, b in spans if chinese_calendar.is_workday(day) else []:
                first = max(start, dt.datetime.combine(day, a))
                total += max(min(stop, dt.datetime.combine(day, b)) - first, dt.timedelta())
            day += dt.timedelta(days=1)
        return total / dt.timedelta(hours=1)

    return hours


@pytest.fixture(scope="session")
def random_log() -> Callable[..., pd.DataFrame]:
    """A function that writes a log: few activities, many ties, gaps, open and unseen steps."""

    def make(seed: int, cases: int = 80, *, gaps: float = 0.3) -> pd.DataFrame:
        pick, rows = random.Random(seed), []
        for case in range(cases):
            base = dt.datetime(2024, 9, 24, 8) + dt.timedelta(hours=pick.randrange(400))
            for _ in range(pick.randint(1, 6)):
                at = [base + dt.timedelta(minutes=30 * pick.randrange(60)) for _ in range(3)]
                known = [pick.random() > gaps, pick.random() > gaps, pick.random() > gaps / 3]
                moments = [a if k else None for a, k in zip(at, known, strict=True)]
                kind = {
                    "文种": pick.choice(["", "函", "请示"]),
                    "金额": pick.choice([None, 1.5, 2.0]),
                }
                name = {"case_id": f"{case:03}", "activity": pick.choice("甲乙丙丁")}
                unit = {"unit": pick.choice([None, "值班室", "秘书处"])}
                rows.append({**name, **unit, **dict(zip(MOMENTS, moments, strict=True)), **kind})
        pick.shuffle(rows)
        log = pd.DataFrame(rows)
        times = {name: pd.to_datetime(log[name]).astype("datetime64[us]") for name in MOMENTS}
        return log.assign(**times, row=range(1, len(log) + 1))

    return make


@pytest.fixture(scope="session")
def truncated() -> Callable[[pd.DataFrame, pd.Timestamp], pd.DataFrame]:
    """A function that takes by hand what a cut-off takes."""

    def cut(log: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
        there = [name for name in MOMENTS if name in log]
        seen = log.assign(**{name: log[name].where(log[name] <= cutoff) for name in there})
        return seen[seen[there].notna().any(axis=1)].reset_index(drop=True)

    return cut


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is written if something asks the network; Python reads the guard at its start."""
    place = tmp_path / "guard"
    place.mkdir()
    (place / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    known = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(place), known])))
    asked = tmp_path / "asked.txt"
    monkeypatch.setenv("ASKED", str(asked))
    return asked


@pytest.hookimpl(trylast=True)  # after what is not asked for was left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Run the notebooks first: they take longest, and one worker runs them all.

    Of the slow checks none that has passed on these very files.
    """
    items.sort(key=lambda item: item.path.name != "test_notebooks.py")
    if config.option.markexpr in {"slow", "spark"}:
        done = {item.nodeid for item in items if passed(item.nodeid)}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in done])
        items[:] = [item for item in items if item.nodeid not in done]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed and {"slow", "spark"} & set(report.keywords):
        note(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Nothing is left to do where all slow checks have passed."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and PASSED.is_dir():
        session.exitstatus = pytest.ExitCode.OK


class Together(LoadScopeScheduling):
    """Modules of tests each in one process; in the same one where they share reviewed offices."""

    def _split_scope(self, nodeid: str) -> str:
        shared = "tests/report/chapters/"
        return shared if nodeid.startswith(shared) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """Part the tests between processes; the slow ones one by one."""
    return Together(config, log) if config.option.dist == "load" else None
