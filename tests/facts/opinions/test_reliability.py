"""Cronbach's alpha: equal to published figures, and to a slow reference."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.survey.surveys import Survey, read_survey
from efficiency.facts.opinions.reliability import alpha, feldt, item_rest
from surveyed import surveyed, written

#: Chatterjee and Price, 30 departments: alpha if dropped, and correlation with the rest.
ATTITUDE = {
    "rating": (0.81, 0.67), "complaints": (0.80, 0.74), "privileges": (0.83, 0.56),
    "learning": (0.80, 0.71), "raises": (0.80, 0.79), "critical": (0.86, 0.27),
    "advance": (0.84, 0.46),
}  # fmt: skip
#: 2,800 people, 25 items: missing answers replaced by the item's median, and listwise.
BFI = {
    "Agreeableness": (0.70, 0.704), "Conscientiousness": (0.72, 0.729),
    "Extraversion": (0.76, 0.761), "Emotional Stability": (0.81, 0.813), "Openness": (0.60, 0.603),
}  # fmt: skip


def by_covariances(said: pd.DataFrame) -> float:
    """Alpha from the mean covariance and the mean variance: k c / (v + (k − 1) c)."""
    matrix = np.cov(said.to_numpy(dtype=float).T)
    k = len(matrix)
    v = np.trace(matrix) / k
    c = (matrix.sum() - np.trace(matrix)) / (k * (k - 1))
    return float(k * c / (v + (k - 1) * c))


@pytest.fixture(scope="module")
def attitude(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    book = "item,scale,construct\n" + "".join(f"{item},1-100,attitude\n" for item in ATTITUDE)
    path = written(tmp_path_factory.mktemp("attitude"), "codebook.csv", book)
    return read_survey(shared / "survey" / "attitude.csv", path, rules=())


@pytest.fixture(scope="module")
def bfi(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    keys = pd.read_csv(shared / "survey" / "bfi.dictionary.csv").head(25)
    rows = (
        f"{row.rownames},1-6,{'yes' if float(row.Keying) < 0 else ''},{row.Big6}\n"
        for row in keys.itertuples(index=False)
    )
    book = "item,scale,reversed,construct\n" + "".join(rows)
    path = written(tmp_path_factory.mktemp("bfi"), "codebook.csv", book)
    return read_survey(shared / "survey" / "bfi.csv", path, rules=())


def test_attitude_equals_the_published_digits(attitude: Survey) -> None:
    row = eff.reliability(attitude).iloc[0]
    assert [round(row[name], 2) for name in ("alpha", "low", "high")] == [0.84, 0.74, 0.92]
    rows = item_rest(attitude).set_index("item")
    for item, (dropped, rest) in ATTITUDE.items():
        assert round(rows.at[item, "alpha_if_dropped"], 2) == dropped, item
        assert round(rows.at[item, "rest_r"], 2) == rest, item


def test_bfi_equals_the_published_digits(bfi: Survey) -> None:
    assert len(bfi.people) == 2800
    median = eff.reliability(bfi, "median").set_index("construct")["alpha"]
    listwise = eff.reliability(bfi).set_index("construct")["alpha"]
    for construct, (replaced, whole) in BFI.items():
        assert round(median[construct], 2) == replaced, construct
        assert round(listwise[construct], 3) == whole, construct


def test_bfi_turned_the_wrong_way_runs_against_its_construct(bfi: Survey) -> None:
    assert (item_rest(bfi)["rest_r"] > 0).all()
    items = bfi.items.assign(reversed=False)
    unturned = Survey(items, bfi.answers, bfi.left_out, bfi.validity, bfi.sent)
    assert (item_rest(unturned)["rest_r"] < 0).sum() >= 5


@pytest.mark.parametrize("seed", range(5))
def test_alpha_equals_that_of_covariances(seed: int) -> None:
    chance = np.random.default_rng(seed)
    said = pd.DataFrame(chance.normal(size=(40, 6)) + chance.normal(size=(40, 1)))
    assert alpha(said) == pytest.approx(by_covariances(said), abs=1e-12)


def test_feldts_interval_covers() -> None:
    """Parallel items with a correlation of one half: alpha of four is 0.8."""
    held, chance = 0, np.random.default_rng(7)
    for _ in range(1000):
        common = chance.normal(size=(60, 1))
        said = pd.DataFrame(common + chance.normal(size=(60, 4)))
        low, high = feldt(alpha(said), 60, 4)
        held += low <= 0.8 <= high
    assert held / 1000 >= 0.93


def test_what_has_no_alpha(tmp_path: Path) -> None:
    book = "Q1,1-5,,办文,\nQ2,1-5,,办文,\n"
    same = eff.reliability(surveyed(tmp_path, {"Q1": [3, 3], "Q2": [4, 4]}, book, rules=()))
    assert same["alpha"].isna().all()
    assert item_rest(surveyed(tmp_path, {"Q1": [3, 3], "Q2": [4, 5]}, book, rules=()))[
        "rest_r"
    ].isna().all()  # fmt: skip
