"""How much time was allowed and used: by hand, on each kind of limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.findings.standards.margins import margins

Make = Callable[..., pd.DataFrame]


def standard(limit: str, clock: str = "working", **more: str) -> pd.DataFrame:
    row = {"standard_id": "T1", "from": "登记", "to": "办结", "limit": limit, "clock": clock}
    return pd.DataFrame([row | more])


@pytest.mark.parametrize(
    ("limit", "clock", "done", "allowed", "used"),
    [
        # From Tuesday 5 March 2024, 17:00; the office works 08:30-12:00 and 14:30-18:00.
        ("2 h", "working", "2024-03-06 08:45", 2.0, 1.25),
        ("2 h", "elapsed", "2024-03-05 18:30", 2.0, 1.5),
        ("2 h", "elapsed", "2024-03-05 20:00", 2.0, 3.0),
        ("same day", "", "2024-03-05 17:45", 1.0, 0.75),
        ("1 working day", "", "2024-03-06 09:30", 8.0, 2.0),
        ("1 working day", "", "2024-03-07 09:30", 8.0, 9.0),
        # Ten calendar days: due on Friday 15 March at 24:00, eight working days on.
        ("10 days", "", "2024-03-08 18:00", 57.0, 22.0),
        # Eleven: Saturday the 16th is off, so Monday the 18th at the close of business.
        ("11 days", "", "2024-03-08 18:00", 64.0, 22.0),
    ],
)
def test_allowed_and_used_by_hand(
    make_log: Make, limit: str, clock: str, done: str, allowed: float, used: float
) -> None:
    log = make_log(("1", "登记", "2024-03-05 17:00"), ("1", "办结", done))
    row = margins(log, standard(limit, clock)).iloc[0]
    assert row["allowed_hours"] == pytest.approx(allowed)
    assert row["used_hours"] == pytest.approx(used)
    assert row["left_hours"] == pytest.approx(allowed - used)
    assert row["used_share"] == pytest.approx(used / allowed)


def test_a_pending_case_has_used_its_time_up_to_the_cutoff(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05 17:00"))
    row = margins(log, standard("1 working day"), cutoff="2024-03-06 11:30").iloc[0]
    assert row["verdict"] == "pending"
    assert row[["allowed_hours", "used_share"]].tolist() == [8.0, 0.5]


def test_a_pause_is_neither_used_nor_allowed(make_log: Make) -> None:
    """Registered on Tuesday 17:00, stopped on Wednesday 10:30, resumed on Friday 10:30."""
    log = make_log(
        ("1", "登记", "2024-03-05 17:00"), ("1", "补正", "2024-03-06 10:30"),
        ("1", "补正完成", "2024-03-08 10:30"), ("1", "办结", "2024-03-08 11:30"),
    )  # fmt: skip
    rules = standard("2 working days", suspend="补正", resume="补正完成")
    row = margins(log, rules).iloc[0]
    # Without Thursday and Friday due on Monday: 1 + 2 before it, 1.5 + 3.5 + 7 after.
    assert row["due"] == pd.Timestamp("2024-03-11 18:00")
    assert row["used_hours"] == 4.0
    assert row["left_hours"] == 0.5 + 3.5 + 7
    assert row["allowed_hours"] == 15.0


def test_the_unit_that_started_the_clock_lends_its_hours(make_log: Make, tmp_path: Any) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text('[units."值班室"]\nhours = ["00:00-24:00"]\nevery_day = true\n', "utf-8")
    log = make_log(
        ("1", "登记", "2024-03-05 12:00"), ("1", "办结", "2024-03-06 12:00"),
        ("2", "登记", "2024-03-05 12:00"), ("2", "办结", "2024-03-06 12:00"),
        unit=["值班室", "值班室", "秘书处", "秘书处"],
    )  # fmt: skip
    told = margins(log, standard("1 working day"), eff.read_calendar(path)).set_index("case_id")
    assert told.loc["1", ["allowed_hours", "used_share"]].tolist() == [36.0, 24 / 36]
    assert told.loc["2", ["allowed_hours", "used_share"]].tolist() == [10.5, 7 / 10.5]


def test_what_has_no_margin_is_left_out(make_log: Make) -> None:
    """A limit that looks back, a date for a time, a clock that stands still."""
    log = make_log(("1", "登记", "2024-03-05 17:00"), ("1", "办结", "2024-03-05 16:00"))
    assert margins(log, standard("-30 min")).empty
    assert len(eff.judge(log, standard("-30 min"))) == 1
    bare = make_log(("1", "登记", "2024-03-05"), ("1", "办结", "2024-03-06 10:00"))
    assert margins(bare.assign(end_precision=["day", "minute"]), standard("1 working day")).empty
    still = make_log(("1", "登记", "2024-03-05 09:00"), ("1", "补正", "2024-03-05 10:00"))
    rules = standard("3 working days", suspend="补正", resume="补正完成")
    assert margins(still, rules, cutoff="2024-03-06 10:00").empty
    assert margins(log, standard("2 h").head(0)).empty


def test_margins_are_judgements_with_more(root: Any) -> None:
    """On the sample: late by what is not left, met where something is; nothing else is changed."""
    columns = {
        "case_id": "流水号", "activity": "环节", "received": "到达时间", "start": "开始时间",
        "end": "办结时间", "actor": "经办人", "unit": "处室",
    }  # fmt: skip
    sample = root / "data" / "sample"
    log = eff.read_log(sample / "incoming.csv", columns)
    log = log[log["case_id"] < "收〔2023〕0300号"]
    calendar = eff.read_calendar(sample / "calendar.toml")
    standards = eff.read_standards(sample / "standards.csv")
    judgements = eff.judge(log, standards, calendar)
    told = margins(log, standards, calendar)
    assert list(told.columns) == [
        *tables.JUDGEMENTS.names, "allowed_hours", "left_hours", "used_share"
    ]  # fmt: skip
    known = judgements[judgements["used_hours"].notna() & judgements["due"].notna()]
    assert_frame_equal(told[tables.JUDGEMENTS.names], known.reset_index(drop=True))
    late = told[told["over_hours"].notna()]
    assert len(late) > 50
    assert late["over_hours"].tolist() == pytest.approx((-late["left_hours"]).tolist(), abs=1e-9)
    met = told[told["verdict"] == "met"]
    assert (met["left_hours"] >= -1e-9).all()
    hours = {"T1": 0.5, "T2": 2.0, "T6": 1 / 6, "T14": 0.5, "T15": 1 / 3}
    for name, limit in hours.items():
        one = told.loc[told["standard_id"] == name, "allowed_hours"]
        assert len(one)
        assert one.tolist() == pytest.approx([limit] * len(one))


def test_an_ibis_table_gives_an_ibis_table(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05 17:00"), ("1", "办结", "2024-03-06 09:30"))
    before = log.copy(deep=True)
    con = ibis.duckdb.connect()
    lazy = margins(con.create_table("log", ibis.memtable(log)), standard("1 working day"))
    assert isinstance(lazy, ibis.Table)
    assert lazy.to_pandas()["used_share"].tolist() == [0.25]
    assert_frame_equal(log, before)
    con.disconnect()
