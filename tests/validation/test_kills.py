"""Reviews that are killed, or carried out two at once: the output is whole, nothing is left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from validation.ledger import Figure, keep

KILLS = int(os.environ.get("EFFICIENCY_KILLS", "200"))
PAIRS = int(os.environ.get("EFFICIENCY_PAIRS", "20"))
#: What a review may leave in its folder.
KNOWN = {"review.toml", "log.csv", "pseudonym.key", "output"}
SETTINGS = """\
title = "t"
language = "en"
[logs.log]
path = "log.csv"
"""
ROWS = "case_id,activity,end,actor\n" + "".join(
    f"{case},{activity},2024-03-{4 + case % 5:02d} {9 + at}:00,甲\n"
    for case in range(12)
    for at, activity in enumerate(("in", "check", "out"))
)


def folder_of(place: Path) -> Path:
    place.mkdir()
    (place / "review.toml").write_text(SETTINGS, encoding="utf-8")
    (place / "log.csv").write_text(ROWS, encoding="utf-8")
    return place


def started(folder: Path) -> subprocess.Popen[bytes]:
    code = "from efficiency.cli import app; app()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "review", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate()
    return process.returncode, said.decode()


def contents(output: Path) -> dict[str, bytes]:
    return {str(path.relative_to(output)): path.read_bytes() for path in sorted(output.rglob("*"))
            if path.is_file()}  # fmt: skip


@pytest.mark.slow
def test_killed_at_random_moments_the_output_is_whole(tmp_path: Path) -> None:
    """Of whole reviews; what is in the way of the next command is mended by it."""
    folder, chance = folder_of(tmp_path / "one"), random.Random(2024)
    began = time.monotonic()
    assert ended(started(folder))[0] == 0
    lasts, whole = time.monotonic() - began, contents(folder / "output")
    broken = 0
    for _ in range(KILLS):
        process = started(folder)
        time.sleep(chance.uniform(0.0, lasts))
        process.send_signal(signal.SIGKILL)
        ended(process)
        is_whole = contents(folder / "output") == whole
        subprocess.run(
            [sys.executable, "-c", "from efficiency.reviews.settings import read_folder\n"
             f"read_folder({str(folder)!r})"], check=True,
        )  # fmt: skip
        broken += not (is_whole and {path.name for path in folder.iterdir()} <= KNOWN)
    figure = Figure(
        "robustness", "reviews killed: output not whole", broken, KILLS, "at most", 0.05
    )
    keep(figure)
    assert broken == 0


@pytest.mark.slow
def test_of_two_at_once_one_writes_and_the_other_is_told(tmp_path: Path) -> None:
    mixed = 0
    for number in range(PAIRS):
        folder = folder_of(tmp_path / str(number))
        pair = [ended(process) for process in [started(folder), started(folder)]]
        codes = sorted(code for code, _ in pair)
        told = [said for code, said in pair if code == 2]
        fine = codes == [0, 2] and all("another process" in said for said in told)
        # Far enough apart they may also come one after the other.
        fine |= codes == [0, 0]
        fine &= (folder / "output" / "manifest.json").is_file()
        mixed += not (fine and {path.name for path in folder.iterdir()} <= KNOWN)
        shutil.rmtree(folder)
    keep(Figure("robustness", "pairs of reviews at once: mixed", mixed, PAIRS, "at most", 0.15))
    assert mixed == 0
