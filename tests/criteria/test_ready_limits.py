"""The ready-made limits: every one can be read, says where it comes from, and is an example."""

from __future__ import annotations

import pandas as pd

from efficiency.criteria.clock import read_own
from efficiency.criteria.ready_limits import ready_limits, ready_standards
from efficiency.criteria.standards import parse_standards


def typed() -> pd.DataFrame:
    table = ready_standards()
    return table.assign(target=float("nan"), valid_from=pd.NaT, valid_to=pd.NaT)


def test_every_limit_can_be_read() -> None:
    parsed = parse_standards(typed())
    assert len(parsed) == len(ready_limits()) >= 25
    by_id = {one.standard_id: one for one in parsed}
    licence = by_id["XK20"]
    assert (licence.limit.kind, licence.limit.amount) == ("working_days", 20)
    assert licence.extend_by is not None
    assert "听证" in licence.suspend
    assert by_id["ZQYJ7"].repeats
    assert by_id["NB1"].limit.kind == "half_days"
    assert by_id["CL"].own == read_own("=承诺时限 个工作日")
    assert by_id["T11"].looks_back


def test_each_is_an_example_with_a_source() -> None:
    assert typed()["title"].str.startswith("示例：").all()
    assert ready_standards("en")["title"].str.startswith("Example: ").all()
    assert all(one.source for one in ready_limits())
    assert {one.limit_id for one in ready_limits() if not one.checked} == {"XF15", "XF60"}


def test_figures_of_the_laws() -> None:
    """Read by a person: 20 + 10, 20 + 20, 60 + 30, 7 working days."""
    told = ready_standards().set_index("standard_id")
    pairs = [("XK20", "20个工作日", "10个工作日"), ("XK45", "45个工作日", "15个工作日"),
             ("XXGK20", "20个工作日", "20个工作日"), ("XF60", "60日", "30日"),
             ("ZQYJ7", "7个工作日", "")]  # fmt: skip
    for name, limit, more in pairs:
        assert told.loc[name, ["limit", "extend_by"]].tolist() == [limit, more]
