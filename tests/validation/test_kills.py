"""Reviews that are killed, or carried out two at once: the output is whole, nothing is left."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from efficiency._doors import exchange as doors
from efficiency.reviews.documents import outputs
from efficiency.reviews.office import open_review
from efficiency.reviews.settings import read_folder
from validation.ledger import Figure, keep

KILLS = int(os.environ.get("EFFICIENCY_KILLS", "200"))
PAIRS = int(os.environ.get("EFFICIENCY_PAIRS", "20"))
#: Kills inside the writing step, and inside the exchange: half of these by two renames.
WRITES, EXCHANGES = 50, 20
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


def whole(output: Path) -> bool:
    """Whether every file of an output is the one that its manifest names, and none is missing."""
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents(output).items()}
    sums.pop("manifest.json")
    return sums == manifest["outputs"]


class Writing:
    """A review that was computed, to be written again and again by processes that are killed."""

    def __init__(self, place: Path) -> None:
        self.folder = folder_of(place)
        self.office = open_review(self.folder)
        self.found, self.told = self.office.written(), self.office.told
        self.read = outputs.input_digests(self.office.inputs.folder)
        began = time.monotonic()
        self.write(0)
        self.lasts = time.monotonic() - began

    def write(self, number: int) -> None:
        """Write a version that is told from all others."""
        documents = {f"part{at}.bin": bytes([number % 256]) * 400_000 for at in range(8)}
        outputs.write_output(self.office.inputs, self.found, self.told, documents, self.read)

    def killed(
        self, number: int, delay: float, before: Callable[[int], None] | None = None
    ) -> bool:
        """Kill a process that writes, and tell whether all is as it should be afterwards."""
        ready, said = os.pipe()
        process = os.fork()
        if not process:
            try:
                if before is None:
                    os.write(said, b".")
                else:
                    before(said)
                self.write(number)
            finally:
                os._exit(0)
        os.read(ready, 1)
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        for handle in (ready, said):
            os.close(handle)
        seen = [path.name for path in self.folder.iterdir()]
        was_there = "output" in seen or before is halfway
        read_folder(self.folder)
        left = {path.name for path in self.folder.iterdir()}
        return was_there and whole(self.folder / "output") and left <= KNOWN


def exchanging(said: int) -> None:
    """Say when the exchange begins."""
    kept = outputs.exchange
    outputs.exchange = lambda *paths: (os.write(said, b"."), kept(*paths))[1]


def halfway(said: int) -> None:
    """Exchange by two renames, slowly, as where a disk knows no other way."""
    doors._swapped = lambda *_: False
    kept = Path.rename

    def slow(self: Path, target: Path) -> Path:
        os.write(said, b".")
        done = kept(self, target)
        time.sleep(0.002)
        return done

    Path.rename = slow  # type: ignore[method-assign]


@pytest.mark.slow
def test_killed_while_it_is_written_the_output_is_whole(tmp_path: Path) -> None:
    writing, chance = Writing(tmp_path / "one"), random.Random(2024)
    broken = sum(
        not writing.killed(number, chance.uniform(0.0, writing.lasts))
        for number in range(1, WRITES + 1)
    )
    keep(Figure("robustness", "killed while writing: not whole", broken, WRITES, "at most", 0.06))
    assert broken == 0


@pytest.mark.slow
def test_killed_in_the_exchange_the_output_is_whole(tmp_path: Path) -> None:
    writing, chance = Writing(tmp_path / "one"), random.Random(2024)
    ways = [exchanging, halfway] * (EXCHANGES // 2)
    broken = sum(
        not writing.killed(number, chance.uniform(0.0, 0.004), way)
        for number, way in enumerate(ways, 1)
    )
    figure = Figure("robustness", "killed in the exchange: not whole", broken, EXCHANGES,
                    "at most", 0.15)  # fmt: skip
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
