"""What a review writes: files one after the other, JSON that people can read."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from efficiency.reviews.documents import outputs
from efficiency.reviews.documents.outputs import input_digests, json_bytes, write_output


def test_json_has_no_number_that_json_has_not() -> None:
    """NaN is none; whoever wrote it hears of it, not whoever reads."""
    assert json_bytes({"文种": [1, None]}).decode().startswith('{\n "文种"')
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"share": float("nan")})


def test_files_are_written_one_after_the_other(
    carried: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is on the disk before the next is made; the manifest tells the digest of each."""
    shutil.copytree(carried.folder, tmp_path / "again")
    inputs = carried.office.inputs
    inputs = replace(inputs, folder=replace(inputs.folder, path=tmp_path / "again"))
    order: list[str] = []
    make, put = outputs.csv_bytes, outputs.put
    monkeypatch.setattr(outputs, "csv_bytes", lambda frame: order.append("made") or make(frame))
    monkeypatch.setattr(
        outputs, "put", lambda path, content: order.append(path.name) or put(path, content)
    )
    monkeypatch.setattr(outputs, "MOST_LINES", 2)
    found = {"one": pd.DataFrame({"n": [1]}), "two": pd.DataFrame({"n": [2, 3, 4]})}
    output = write_output(inputs, found, (), {"report.html": b"x"}, input_digests(inputs.folder))
    assert order == [
        "made", "one.csv", "two.parquet", "made", "two.csv", "report.html",
        "findings.json", "manifest.json",
    ]  # fmt: skip
    assert (output / "tables" / "two.csv").read_text("utf-8-sig").split() == ["n", "2", "3"]
    assert pd.read_parquet(output / "tables" / "two.parquet")["n"].tolist() == [2, 3, 4]
    sums = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert sums == {
        name: hashlib.sha256((output / name).read_bytes()).hexdigest()
        for name in (
            "tables/one.csv",
            "tables/two.parquet",
            "tables/two.csv",
            "report.html",
            "findings.json",
        )
    }
