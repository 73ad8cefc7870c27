"""发放、回收、有效 kept apart; no share of returns without both numbers."""

from __future__ import annotations

from pathlib import Path

from efficiency.facts.opinions.returns import returns
from surveyed import surveyed, written

SAID = {"id": ["a", "b", "c", "a"], "单位": ["甲", "甲", "乙", "甲"], "Q1": [1, 2, 3, 1]}
BOOK = "id,id,,,\n单位,office,,,\nQ1,1-5,,,\n"


def test_all_and_each_office(tmp_path: Path) -> None:
    sent = written(tmp_path, "issued.csv", "单位,发放,回收\n甲,5,4\n乙,2,1\n丙,3,0\n")
    rows = returns(surveyed(tmp_path, SAID, BOOK, issued=sent)).set_index("office")
    assert rows.loc["", ["issued", "returned", "valid"]].tolist() == [10, 5, 3]
    assert rows.loc["甲", ["issued", "returned", "valid"]].tolist() == [5, 4, 2]
    assert rows.loc["丙", ["issued", "returned", "valid"]].tolist() == [3, 0, 0]
    assert rows.at["甲", "return_share"] == 0.8
    assert rows.at["", "valid_share"] == 0.6


def test_only_the_number_of_all_is_known(tmp_path: Path) -> None:
    rows = returns(surveyed(tmp_path, SAID, BOOK, issued=10)).set_index("office")
    assert rows.at["", "return_share"] == 0.4
    assert rows["return_share"].isna().sum() == 2


def test_without_the_number_issued_there_is_no_share_of_returns(tmp_path: Path) -> None:
    rows = returns(surveyed(tmp_path, SAID, BOOK))
    assert rows["issued"].isna().all()
    assert rows["return_share"].isna().all()
    assert rows["valid_share"].iloc[0] == 0.75


def test_an_office_that_counted_nothing_is_counted_by_its_answers(tmp_path: Path) -> None:
    sent = written(tmp_path, "issued.csv", "单位,发放,回收\n甲,100,90\n乙,100,\n合计,200,90\n")
    rows = returns(surveyed(tmp_path, SAID, BOOK, issued=sent)).set_index("office")
    assert rows.loc["", ["issued", "returned"]].tolist() == [200, 91]
    assert "合计" not in rows.index


def test_the_days_on_which_they_came_back(tmp_path: Path) -> None:
    said = {"t": ["2024/11/3 9:00", "2024/11/1 10:00", "昨天"], "Q1": [1, 2, 3]}
    rows = returns(surveyed(tmp_path, said, "t,time,,,\nQ1,1-5,,,\n"))
    assert [str(day.date()) for day in rows.loc[0, ["first", "last"]]] == [
        "2024-11-01",
        "2024-11-03",
    ]
