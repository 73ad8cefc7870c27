"""Desks are those that the offices here were made of."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency import read_calendar, read_log
from efficiency.facts.waiting.desks import desks
from efficiency.sample.establishment import DESKS

DAY = "2024-03-05 "


def rows(*parts: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """A log of ``(activity, unit, actor, start, end)``, each a case of its own."""
    log = pd.DataFrame(parts, columns=["activity", "unit", "actor", "start", "end"])
    for name in ("start", "end"):
        log[name] = pd.to_datetime(log[name].radd(DAY).where(log[name] != ""))
    return log.assign(
        case_id=[str(i) for i in range(len(log))], actor=log["actor"].replace("", None)
    )


def test_the_desks_of_the_sample_are_found(root) -> None:
    """All of them: who reviews another's drafts now and then makes no desk of two."""
    columns = {
        "case_id": "流水号", "activity": "环节", "received": "到达时间", "start": "开始时间",
        "end": "办结时间", "actor": "经办人", "unit": "处室",
    }  # fmt: skip
    folder = root / "data" / "sample"
    log = read_log(folder / "incoming.csv", columns)
    found = desks(log, read_calendar(folder / "calendar.toml"), cutoff="2024-12-31 18:00")
    told = {(unit, frozenset(people.split())) for unit, _, people in DESKS}
    assert {(row.unit, frozenset(row.actors.split(" | "))) for row in found.itertuples()} == told
    sizes = {(unit, frozenset(people.split())): len(people.split()) for unit, _, people in DESKS}
    for row in found.itertuples():
        assert row.people == sizes[row.unit, frozenset(row.actors.split(" | "))]
    assert found["at_once"].eq(1).all()
    assert found["timed_share"].gt(0.95).all()
    assert found["steps"].sum() == len(log)


def test_who_shares_steps_shares_a_desk() -> None:
    """甲 and 乙 share 登记, 乙 and 丙 share 转办; 丁 does neither; other units stand apart."""
    log = rows(
        ("登记", "一处", "甲", "09:00", "10:00"), ("登记", "一处", "乙", "09:00", "10:00"),
        ("转办", "一处", "乙", "10:00", "11:00"), ("转办", "一处", "丙", "10:00", "10:30"),
        ("审核", "一处", "丁", "09:00", "10:00"), ("登记", "二处", "甲", "10:00", "11:30"),
    )  # fmt: skip
    before = log.copy()
    found = desks(log).set_index("desk")
    assert found["activities"].to_dict() == {
        "一处·审核": "审核", "一处·登记": "登记 | 转办", "二处": "登记",
    }  # fmt: skip
    assert found.loc["一处·登记", "actors"] == "丙 | 乙 | 甲"
    assert found.loc["一处·登记", "handling_hours"] == 3.5
    assert_frame_equal(log, before)


def test_a_successor_is_not_a_second_person() -> None:
    """甲 until 10:00, 乙 from then on; beside them 丙, all the time."""
    log = rows(
        ("登记", "一处", "甲", "09:00", "09:30"), ("登记", "一处", "甲", "09:30", "10:00"),
        ("登记", "一处", "乙", "10:10", "10:30"), ("登记", "一处", "乙", "10:30", "11:00"),
        ("登记", "一处", "丙", "09:00", "09:10"), ("登记", "一处", "丙", "10:50", "11:00"),
    )  # fmt: skip
    (desk,) = desks(log).itertuples()
    assert (desk.people, desk.actors) == (2, "丙 | 乙 | 甲")
    # 2.0 hours in hand of two people's two.
    assert desk.utilisation == pytest.approx((0.5 + 0.5 + 1 / 3 + 0.5 + 1 / 6 + 1 / 6) / 4)


def test_hands_that_hold_three_at_once() -> None:
    log = rows(*[("登记", "一处", "甲", "09:00", "10:00")] * 3)
    (desk,) = desks(log).itertuples()
    assert (desk.people, desk.at_once, desk.utilisation) == (1, 3, 1.0)


@pytest.mark.parametrize("actor", ["", "甲"])
def test_without_names_or_without_starts_nobody_is_counted(actor: str) -> None:
    start = "09:00" if not actor else ""
    log = rows(*[("登记", "一处", actor, start, "10:00")] * 3)
    (desk,) = desks(log).itertuples()
    assert pd.isna(desk.people)
    assert pd.isna(desk.utilisation)
    assert desk.timed_share == (0.0 if actor else 1.0)


def test_without_units_a_desk_is_named_by_its_main_step(
    make_log: Callable[..., pd.DataFrame],
) -> None:
    """The one that takes most time; where nothing is known of that, the most frequent."""
    end = f"{DAY}10:00"
    log = make_log(("1", "登记", end), ("2", "登记", end), ("3", "办结", end), actor=["甲"] * 3)
    assert desks(log)["desk"].tolist() == ["登记"]
    starts = [f"{DAY}09:55", f"{DAY}09:55", f"{DAY}09:00"]
    assert desks(log.assign(start=pd.to_datetime(starts)))["desk"].tolist() == ["办结"]
