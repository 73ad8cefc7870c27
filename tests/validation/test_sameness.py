"""The same bytes whatever a machine is set to: hashes, languages, zones, threads, names, times."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from small_review import BASELINE, FLOW, POINTS, PRESCRIBED, REFORM, letters, register, write_review
from validation.ledger import Figure, keep

LOCALES = ("zh_CN", "tr_TR")
SOURCES = Path("/usr/share/i18n/locales")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def ways(locales: Path | None) -> dict[str, dict[str, str]]:
    """How a machine may be set, by what differs."""
    found = {
        "hashes 1": {"PYTHONHASHSEED": "1"},
        "hashes 2": {"PYTHONHASHSEED": "4242"},
        "plain C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
        "New York": {"TZ": "America/New_York"},
        "Kiribati": {"TZ": "Pacific/Kiritimati"},
        "one thread": dict.fromkeys(THREADS, "1") | {"DUCKDB_THREADS": "1"},
        "four threads": dict.fromkeys(THREADS, "4") | {"DUCKDB_THREADS": "4"},
    }
    for name in LOCALES if locales else ():
        found[name] = {"LOCPATH": str(locales), "LC_ALL": f"{name}.UTF-8"}
    return found


@pytest.fixture
def locales(tmp_path: Path) -> Path | None:
    """Languages that this machine need not have; None: their sources are not there."""
    made = tmp_path / "locales"
    made.mkdir()
    for name in LOCALES:
        if shutil.which("localedef") is None or not (SOURCES / name).is_file():
            return None
        command = ["localedef", "-i", name, "-f", "UTF-8", str(made / f"{name}.UTF-8")]
        subprocess.run(command, check=False, capture_output=True)
    return made


#: DuckDB has no variable for its threads: the session of the process is told before it begins.
CODE = """\
import locale, os, sys
locale.setlocale(locale.LC_ALL, "")
import ibis
if "DUCKDB_THREADS" in os.environ:
    connect = ibis.duckdb.connect
    def limited(*args, **kwargs):
        return connect(*args, **kwargs, threads=int(os.environ["DUCKDB_THREADS"]))
    ibis.duckdb.connect = limited
from efficiency.cli import app
app(["review", sys.argv[1]])
"""


def output(folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(folder)], capture_output=True, text=True, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = folder / "output"
    return {str(path.relative_to(made)): path.read_bytes() for path in sorted(made.rglob("*"))
            if path.is_file()}  # fmt: skip


@pytest.mark.slow
def test_the_same_bytes_however_the_machine_is_set(tmp_path: Path, locales: Path | None) -> None:
    first = tmp_path / "first"
    write_review(
        first, letters(), before=BASELINE + POINTS, more=FLOW + REFORM, flow=PRESCRIBED,
        points=register(),
    )  # fmt: skip
    whole = output(first, {})
    differing: dict[str, list[str]] = {}
    told = ways(locales)
    for number, (name, environment) in enumerate(told.items()):
        # Another name, with blanks and in Chinese, and other times of the files.
        folder = tmp_path / f"评估 {number}"
        shutil.copytree(first, folder, ignore=shutil.ignore_patterns("output"))
        for path in folder.iterdir():
            os.utime(path, (number * 10**8, number * 10**8))
        other = output(folder, environment)
        wrong = [file for file in {**whole, **other} if whole.get(file) != other.get(file)]
        if wrong:
            differing[name] = wrong
    keep(Figure("robustness", "machines set otherwise: other bytes", len(differing), len(told),
                "at most", 0.40))  # fmt: skip
    assert differing == {}
