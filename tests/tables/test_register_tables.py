"""What registers tell, in the sample: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.evidence.absences import read_absences
from efficiency.evidence.log.registers import read_register, steps_of
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.fixture(scope="module")
def place(root: Path) -> Path:
    return root / "data" / "sample" / "quality"


@pytest.fixture(scope="module")
def errors_kept(place: Path) -> Study:
    steps = steps_of({"发现": "发现时间", "改正": "改正时间"})
    record = read_register(place / "errors.csv", {"case_id": "差错编号"}, steps)
    return eff.study(
        record, closed_by=["改正"], category="差错类别", errors_of={"办文差错": ("log",)}
    )


@pytest.mark.parametrize("name", ["categories", "errors", "error_gaps"])
def test_what_a_register_gives_keeps_its_contract(
    errors_kept: Study, keeps: Keeps, name: str
) -> None:
    frame = errors_kept.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_absences_and_cover(place: Path, keeps: Keeps) -> None:
    absences = read_absences(place / "leave.csv")
    keeps(tables.ABSENCES, absences)
    columns = {"case_id": "发文编号", "activity": "环节", "received": "到达时间", "end": "办结时间",
               "actor": "经办人", "unit": "处室"}  # fmt: skip
    office = eff.study(eff.read_log(place / "issued.csv", columns), absences=absences)
    assert len(office.covers)
    keeps(tables.COVERS, office.covers)
