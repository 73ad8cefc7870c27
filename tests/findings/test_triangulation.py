"""Opinion beside record: each figure by hand, and what neither decides stays open."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import efficiency as eff
from efficiency import tables
from efficiency.findings.triangulation import _ranked, _Whole, agreement, reading
from surveyed import surveyed

#: Six units; of each ten cases, so many are drafted late.
LATE = {"甲": 0, "乙": 1, "丙": 2, "丁": 4, "戊": 6, "己": 9}
#: Of each ten people, so many are in favour.
FAVOUR = {"甲": 9, "乙": 8, "丙": 9, "丁": 5, "戊": 4, "己": 1}
STANDARDS = pd.DataFrame(
    [{"standard_id": "T1", "from": "登记", "to": "拟办", "limit": "2 h", "clock": "elapsed",
      "target": 0.9}]
)  # fmt: skip


def office(**changes: object) -> eff.Study:
    """Sixty cases: registered at nine, drafted an hour later or three."""
    rows = []
    for unit, late in LATE.items():
        for at in range(10):
            day = f"2024-03-{4 + at % 5:02}"
            end = "12:00" if at < late else "10:00"
            rows += [(f"{unit}{at}", "登记", unit, f"{day} 09:00"),
                     (f"{unit}{at}", "拟办", unit, f"{day} {end}")]  # fmt: skip
    log = pd.DataFrame(rows, columns=["case_id", "activity", "unit", "end"])
    log["end"] = pd.to_datetime(log["end"]).astype("datetime64[us]")
    return eff.study(log, standards=STANDARDS, name="incoming", **changes)


def asked(folder: Path, linked: str = "T1", **favour: int) -> object:
    units, said = [], []
    for unit, many in (favour or FAVOUR).items():
        units += [unit] * 10
        said += [5] * many + [1] * (10 - many)
    return surveyed(
        folder, {"单位": units, "Q1": said}, f"单位,office,,,\nQ1,1-5,,,{linked}\n", rules=()
    )


@pytest.fixture
def survey(tmp_path: Path) -> eff.Study:
    return asked(tmp_path)


def test_offices_by_hand(survey: eff.Study) -> None:
    rows = agreement(survey, office()).set_index("office")
    for unit, late in LATE.items():
        assert rows.at[unit, "record"] == pytest.approx(1 - late / 10)
        assert rows.at[unit, "share"] == pytest.approx(FAVOUR[unit] / 10)
    assert rows["shows"].to_dict() == {
        "甲": "fine", "乙": "fine", "丙": "bad", "丁": "bad", "戊": "bad", "己": "bad",
    }  # fmt: skip
    assert rows["says"].tolist().count("bad") == 2


def test_the_whole_by_hand(survey: eff.Study) -> None:
    (row,) = eff.triangulate(survey, office()).itertuples(index=False)
    assert (row.n, row.record_n, row.offices) == (60, 60, 6)
    assert row.share == pytest.approx(36 / 60)
    assert row.record == pytest.approx(38 / 60)
    assert (row.fine_fine, row.fine_bad, row.bad_fine, row.bad_bad) == (2, 2, 0, 2)
    assert row.target == 0.9
    shares, records = list(FAVOUR.values()), [10 - late for late in LATE.values()]
    assert row.rho == pytest.approx(stats.spearmanr(shares, records).statistic)
    assert row.rho_low < row.rho <= row.rho_high


@pytest.mark.parametrize(("favour", "told"), [(10, "milder"), (0, "both_bad"), (5, "open")])
def test_the_record_falls_short_and_people_say_this_or_that(
    favour: int, told: str, tmp_path: Path
) -> None:
    survey = asked(tmp_path, **dict.fromkeys(LATE, favour))
    assert eff.triangulate(survey, office())["reading"].tolist() == [told]


@pytest.mark.parametrize(
    ("said", "record", "measure", "told"),
    [
        ((0.6, 0.8), (100, 0.95, 0.91, 0.98, 0.9), "limit", "both_fine"),
        ((0.2, 0.4), (100, 0.95, 0.91, 0.98, 0.9), "limit", "harsher"),
        ((0.2, 0.4), (100, 0.95, 0.85, 0.98, 0.9), "limit", "open"),
        ((0.2, 0.4), (100, 0.95, 0.91, 0.98, np.nan), "limit", "open"),
        ((0.6, 0.8), (100, 0.01, 0.00, 0.04, np.nan), "rule", "both_fine"),
        ((0.6, 0.8), (100, 0.20, 0.12, 0.30, np.nan), "rule", "milder"),
        ((0.6, 0.8), (100, 0.06, 0.02, 0.12, np.nan), "rule", "open"),
        ((0.6, 0.8), (100, 9.00, 8.00, 10.0, np.nan), "step", "open"),
        ((0.4, 0.6), (100, 0.95, 0.91, 0.98, 0.9), "limit", "open"),
    ],
)
def test_the_reading(said: tuple[float, float], record: tuple, measure: str, told: str) -> None:
    assert reading(said, _Whole(*record), measure) == told


def test_a_step_is_held_against_all_offices(tmp_path: Path) -> None:
    """Median hours of 拟办: one in office hours where nothing is late, three where all is."""
    rows = agreement(asked(tmp_path, "拟办"), office()).set_index("office")
    assert rows.at["甲", "record"] == 1.0
    assert rows.at["甲", "shows"] == "fine"
    assert rows.at["己", "shows"] == "bad"
    (whole,) = eff.triangulate(asked(tmp_path, "拟办"), office()).itertuples(index=False)
    assert whole.reading == "open"
    assert whole.rho > 0


def test_few_offices_have_no_correlation() -> None:
    few = pd.DataFrame({"share": [0.1, 0.5, 0.9], "record": [0.2, 0.4, 0.8]})
    assert np.isnan(_ranked(few, "limit")["rho"])


def test_without_offices_or_links_there_are_no_rows(tmp_path: Path) -> None:
    alone = surveyed(tmp_path, {"Q1": [5, 1]}, "Q1,1-5,,,T1\n", rules=())
    assert agreement(alone, office()).empty
    assert len(eff.triangulate(alone, office())) == 1
    none = surveyed(tmp_path, {"Q1": [5, 1]}, "Q1,1-5,,,\n", rules=())
    assert eff.triangulate(none, office()).empty
    tables.TRIANGULATION.check(eff.triangulate(none, office()))


def test_a_construct_is_held_against_the_record_as_a_whole(tmp_path: Path) -> None:
    units = [unit for unit in LATE for _ in range(10)]
    said = [5] * FAVOUR["甲"] + [1] * (10 - FAVOUR["甲"])
    both = {"单位": units, "Q1": said * 6, "Q2": said * 6}
    book = "单位,office,,,\nQ1,1-5,,办文,\nQ2,1-5,,办文,\n办文,construct,,,T1\n"
    (row,) = eff.triangulate(surveyed(tmp_path, both, book, rules=()), office()).itertuples()
    assert (row.item, row.n, row.reading) == ("办文", 60, "milder")
    assert row.share == pytest.approx(0.9)
