"""Nothing asks the network: a review and a notebook run where every connection outward fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from test_notebooks import ROOT, run, streams, written

#: Put before all other code of a process: a connection that leaves the machine is an error. What
#: Jupyter's kernel and its client say to each other stays on the machine.
GUARD = """\
import os
import sys


def watch(event, args):
    if event == "socket.connect" or event == "socket.bind":
        address = args[1]
        local = isinstance(address, (str, bytes)) or str(address[0]) in {"127.0.0.1", "::1", ""}
        if not local:
            told(event, address)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        if str(args[0]) not in {"localhost", "127.0.0.1", "::1"}:
            told(event, args)


def told(event, what):
    with open(os.environ["ASKED"], "a") as file:
        file.write(f"{event} {what}\\n")
    raise OSError("the network was asked")


sys.addaudithook(watch)
"""


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


def ran(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_guard_sees_who_asks(guarded: Path) -> None:
    done = ran("import urllib.request as r; r.urlopen('http://192.0.2.1/', timeout=1)")
    assert done.returncode
    assert "192.0.2.1" in guarded.read_text(encoding="utf-8")


def test_a_review_asks_nothing(guarded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "review"
    folder.mkdir()
    (folder / "review.toml").write_text(
        'title = "t"\nlanguage = "en"\n[logs.a]\npath = "a.csv"\n', encoding="utf-8"
    )
    rows = "".join(f"{case},{step},2024-03-{4 + case:02d} 10:0{at},desk\n"
                   for case in range(8) for at, step in enumerate(("in", "out")))  # fmt: skip
    (folder / "a.csv").write_text("case_id,activity,end,unit\n" + rows, encoding="utf-8")
    done = ran(f"from efficiency import review; print(review({str(folder)!r}).output)")
    assert done.returncode == 0, done.stderr
    assert (folder / "output" / "report.pdf").is_file()
    assert not guarded.exists()


@pytest.mark.slow
def test_a_notebook_asks_nothing(guarded: Path) -> None:
    path = ROOT / "notebooks" / "01_log_and_quality.py"
    book = run(written(path), path.parent)
    assert not [text for text in streams(book) if "network" in text]
    assert not guarded.exists()
