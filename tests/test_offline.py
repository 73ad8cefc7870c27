"""A notebook asks nothing of the network, where every connection outward fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from test_notebooks import ROOT, run, streams, written


def test_the_guard_sees_who_asks(guarded: Path) -> None:
    code = "import urllib.request as r; r.urlopen('http://192.0.2.1/', timeout=1)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
    assert "192.0.2.1" in guarded.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_notebook_asks_nothing(guarded: Path) -> None:
    path = ROOT / "notebooks" / "01_log_and_quality.py"
    book = run(written(path), path.parent)
    assert not [text for text in streams(book) if "network" in text]
    assert not guarded.exists()
