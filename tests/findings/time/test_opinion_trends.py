"""Trends are of common questions only, with the interval of the difference."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from efficiency.findings.time.opinion_trends import opinion_trends
from surveyed import surveyed


def of(folder: Path, name: str, text: str, scale: str, favour: int, n: int = 100) -> object:
    place = folder / name
    place.mkdir()
    said = {text: ["5"] * favour + ["1"] * (n - favour), "Q2": ["3"] * n}
    book = f"{text},{scale},,,\nQ2,1-5,,,\n"
    return surveyed(place, said, book, rules=())


def test_newcombes_interval_by_hand(tmp_path: Path) -> None:
    now, then = of(tmp_path, "now", "Q1", "1-5", 60), of(tmp_path, "then", "Q1", "1-5", 45)
    row = opinion_trends(now, then).set_index("item").loc["Q1"]
    one, other = (stats.binomtest(k, 100).proportion_ci(method="wilson") for k in (60, 45))
    assert row["difference_share"] == pytest.approx(0.15)
    assert row["low"] == pytest.approx(0.15 - np.hypot(0.6 - one.low, other.high - 0.45))
    assert row["high"] == pytest.approx(0.15 + np.hypot(one.high - 0.6, 0.45 - other.low))


@pytest.mark.parametrize(("text", "scale"), [("Q9", "1-5"), ("Q1", "1-7")])
def test_another_question_or_scale_is_not_compared(text: str, scale: str, tmp_path: Path) -> None:
    now, then = of(tmp_path, "now", "Q1", "1-5", 60), of(tmp_path, "then", text, scale, 45)
    assert opinion_trends(now, then)["item"].tolist() == ["Q2"]
