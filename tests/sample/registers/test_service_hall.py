"""The log of the service hall: where it is decided, for whom, and how often again."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.service_hall import FAVOUR, ITEMS, WINDOWS, service_hall


def test_windows_decide_what_they_may_and_nothing_else(office: DeskHours) -> None:
    made = service_hall(office, 2024, 400)
    decided = made.rows[made.rows["环节"] == "决定"]
    may = decided["事项"].map({item: local for item, _, _, local in ITEMS})
    assert (decided["单位"].isin(WINDOWS) == may).all()
    assert set(made.truth["verdicts"]["P17"]["broken"]) == set(
        decided.loc[~may & (decided["办结时间"] != ""), "受理编号"]
    )


def test_agents_wait_a_part_of_what_others_wait(office: DeskHours) -> None:
    made = service_hall(office, 2024, 3000)
    late = made.truth["verdicts"]["S1"]["late"]
    rows = made.rows[(made.rows["急办"] == "否") & ~made.rows["受理编号"].isin(late)]
    times = rows.pivot_table(
        index=["受理编号", "事项", "申请人类型"], columns="环节", values="办结时间", aggfunc="first"
    ).reset_index()
    ends = {name: pd.to_datetime(times[name].replace("", None)) for name in ("窗口受理", "决定")}
    seconds = pd.Series({
        at: office.work(int(end.timestamp())) - office.work(int(begin.timestamp()))
        for at, (begin, end) in enumerate(zip(ends["窗口受理"], ends["决定"], strict=True))
        if pd.notna(end)
    })  # fmt: skip
    item = times["事项"] == "民办学校设立"
    agent = times["申请人类型"] == "代办机构"
    ratio = seconds[item & agent].median() / seconds[item & ~agent].median()
    assert ratio == pytest.approx(FAVOUR, abs=0.06)


def test_who_comes_again_does_so_within_ninety_days(office: DeskHours) -> None:
    made = service_hall(office, 2024, 700)
    first = made.rows.groupby("受理编号", sort=False).first()
    again = made.truth["verdicts"]["P32A"]["broken"]
    assert len(again) > 10
    for case in again:
        mine = first.loc[case]
        same = first[(first["申请人"] == mine["申请人"]) & (first["事项"] == mine["事项"])]
        gaps = pd.Timestamp(mine["办结时间"]) - pd.to_datetime(same["办结时间"].drop(case))
        assert ((gaps >= pd.Timedelta(0)) & (gaps <= pd.Timedelta(days=90))).any()
