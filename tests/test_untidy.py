"""Records as offices keep them: inputs that went wrong once, each with its right value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency.problems import SettingsError
from efficiency.reviews.documents.report_material import due_notices
from efficiency.reviews.office import Office
from efficiency.reviews.reading.inputs import read_inputs

Make = Callable[..., pd.DataFrame]
Table = Callable[[str], pd.DataFrame]


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """A table as text, as it is written."""
    times = table.select_dtypes("datetime").columns
    told = table.assign(**{name: table[name].dt.strftime("%Y-%m-%d %H:%M:%S") for name in times})
    return told.astype(object).where(told.notna(), "").astype(str)


def test_every_judgement_of_the_untidy_example(root: Path) -> None:
    """
    Limits of a column, repeated clocks, extensions, lost rows, cancelled cases: 237 clocks under
    seven limits, worked out apart from any program of this project.
    """
    folder = root.parent / "shared" / "example2"
    if not folder.is_dir():
        pytest.skip("the worked example in ../shared/example2 is not on this machine")
    study = eff.open_review(folder)["incoming"]
    want = read(folder / "expected" / "judgements.csv")
    keys = ["standard_id", "case_id", "occurrence"]
    pd.testing.assert_frame_equal(
        shown(study.judgements)[list(want)].sort_values(keys, ignore_index=True),
        want.sort_values(keys, ignore_index=True),
    )
    silent = shown(study.compliance).query("not_started != '0'")
    assert silent[["standard_id", "not_started"]].values.tolist() == (
        read(folder / "expected" / "not_started.csv").values.tolist()
    )


def test_the_order_that_the_record_tells(example: Path, expected: Table) -> None:
    """What is broken in every order, and what only in some."""
    study = eff.open_review(example)["incoming"]
    for name in ("deviations", "pending", "undecidable"):
        got = study.table(name)
        if name == "undecidable":
            got = got[got["reason"] == "order"]
        pairs, want = (
            set(table[["rule_id", "case_id"]].itertuples(index=False, name=None))
            for table in (got, expected(name))
        )
        assert pairs == want


# --- pauses and limits in days


def test_the_same_day_runs_on_after_a_pause(make_log: Make) -> None:
    """Asked at nine, answered the next day: the first close at which the clock runs is then."""
    log = make_log(
        ("1", "收", "2024-03-05 08:31"), ("1", "补正", "2024-03-05 09:00"),
        ("1", "补正完成", "2024-03-06 09:00"), ("1", "办", "2024-03-06 17:00"),
    )  # fmt: skip
    row = judged(log, "same day")
    assert (f"{row['due']:%m-%d %H:%M}", row["verdict"]) == ("03-06 18:00", "met")


def test_lateness_leaves_pauses_out(make_log: Make) -> None:
    """Due on Monday 11 at 18:00; a pause from Tuesday nine to Friday nine; done at ten: 1.5 h."""
    log = make_log(
        ("1", "收", "2024-03-04 09:00"), ("1", "补正", "2024-03-12 09:00"),
        ("1", "补正完成", "2024-03-15 09:00"), ("1", "办", "2024-03-15 10:00"),
    )  # fmt: skip
    row = judged(log, "5 working days")
    assert (f"{row['due']:%m-%d %H:%M}", row["verdict"]) == ("03-11 18:00", "late")
    assert row["over_hours"] == 1.5
    assert judged(log, "41.5 h")["over_hours"] == pytest.approx(1.5)


def judged(log: pd.DataFrame, limit: str) -> pd.Series:
    standards = pd.DataFrame(
        [{"standard_id": "T", "from": "收", "to": "办", "limit": limit, "clock": "working",
          "suspend": "补正", "resume": "补正完成"}]
    )  # fmt: skip
    return eff.judge(log, standards).iloc[0]


# --- what stands in a record


def test_blanks_hide_no_breach_and_no_case(tmp_path: Path) -> None:
    """A person, a kind of document, a unit and an activity, each with a blank behind."""
    frame = pd.DataFrame(
        [("1", "拟办", "张三", "综合处", "请示", "2024-03-04 09:00"),
         ("1", "审核", "张三 ", "综合处", "请示", "2024-03-04 10:00"),
         ("2", "拟办 ", "李四", "应急办 ", "请示\u3000", "2024-03-03 22:00"),
         ("2", "审核", "王五", "应急办", "", "2024-03-03 23:00")],
        columns=["case_id", "activity", "actor", "unit", "文种", "end"],
    )  # fmt: skip
    log = eff.read_record(frame).log
    assert len(eff.variants(log)) == 1
    rules = pd.DataFrame({"rule_id": ["R"], "kind": ["four_eyes"], "a": ["拟办"], "b": ["审核"]})
    assert eff.deviations(log, rules)["case_id"].tolist() == ["1"]
    path = tmp_path / "c.toml"
    path.write_text('[units."应急办"]\nhours = ["00:00-24:00"]\nevery_day = true\n', "utf-8")
    standards = pd.DataFrame(
        [{"standard_id": "T", "from": "拟办", "to": "审核", "limit": "30 min", "clock": "working",
          "scope": "文种=请示"}]
    )  # fmt: skip
    told = eff.judge(log, standards, eff.read_calendar(path)).set_index("case_id")
    assert f"{told.loc['2', 'due']:%m-%d %H:%M}" == "03-03 22:30"
    assert told.loc["2", "verdict"] == "late"
    assert len(told) == 2


def test_a_row_that_was_lost_proves_nothing() -> None:
    """Registered, but the stamps cannot be read: no breach, and no fulfilment either."""
    frame = pd.DataFrame(
        [("1", "登记", "三月上旬"), ("1", "批示", "2024-03-06 10:00"),
         ("2", "批示", "2024-03-06 10:00"), ("3", "登记", "2024-03-05"), ("3", "批示", "某日")],
        columns=["case_id", "activity", "end"],
    )  # fmt: skip
    record = eff.read_record(frame)
    rules = pd.DataFrame({"rule_id": ["E", "A"], "kind": ["existence", "absence"],
                          "a": ["登记", "批示"]})  # fmt: skip
    told = eff.adherence(record, rules).set_index("rule_id")
    assert told.loc["E", ["n", "broken", "undecidable"]].tolist() == [3, 1, 1]
    assert told.loc["A", ["n", "broken", "undecidable"]].tolist() == [3, 2, 1]
    standards = pd.DataFrame([{"standard_id": "T", "from": "登记", "to": "批示",
                               "limit": "2 working days"}])  # fmt: skip
    verdicts = eff.judge(record, standards)[["case_id", "verdict", "reason"]].values.tolist()
    assert verdicts == [["1", "undecidable", "record"], ["3", "undecidable", "record"]]


def test_a_case_keeps_the_hours_of_its_steps(make_log: Make, tmp_path: Path) -> None:
    """Sunday night at a desk that is always open; with one step elsewhere the office's count."""
    path = tmp_path / "c.toml"
    path.write_text('[units."应急办"]\nhours = ["00:00-24:00"]\nevery_day = true\n', "utf-8")
    calendar = eff.read_calendar(path)
    rows = [("1", "接报", "2024-03-03 02:00"), ("1", "传达", "2024-03-03 03:30")]
    alone = make_log(*rows, unit=["应急办"] * 2)
    assert eff.case_times(alone, calendar)["work_hours"].tolist() == [1.5]
    assert eff.case_times(alone.assign(unit=["应急办", None]), calendar)["work_hours"].tolist() == [
        0
    ]


def test_a_flow_that_goes_forward_is_no_return(make_log: Make) -> None:
    rows = [("1", "拟办", "2024-03-05 09:00"), ("1", "批示", "2024-03-05 10:00"),
            ("1", "承办", "2024-03-05 11:00")]  # fmt: skip
    units = ["综合处", "领导", "综合处"]
    assert eff.handovers(make_log(*rows, unit=units))["returned"].sum() == 0
    again = make_log(*rows[:2], ("1", "拟办", "2024-03-05 11:00"), unit=units)
    assert eff.handovers(again)["returned"].sum() == 1
    said = make_log(rows[0], ("1", "退回", "2024-03-05 10:00"), rows[2], unit=units)
    assert eff.handovers(said)["returned"].sum() == 1
    assert eff.handovers(said, returns=["打回"])["returned"].sum() == 0


# --- review folders

FOLDER = """title = "t"
language = "en"
cutoff = 2026-12-30T18:00:00
standards = "standards.csv"
[logs.a]
path = "a.csv"
"""
LIMIT = "standard_id,from,to,limit,clock\nT,in,out,30 working days,\n"
LOG = "case_id,activity,end{more}\n1,in,2026-12-28 09:00{one}\n2,in,2026-11-02 09:00{two}\n"


def folder(tmp_path: Path, toml: str = FOLDER, **cells: str) -> Path:
    text = LOG.format(**{"more": "", "one": "", "two": "", **cells})
    for name, content in (("review.toml", toml), ("standards.csv", LIMIT), ("a.csv", text)):
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def test_a_deadline_in_a_year_without_a_notice_is_told(tmp_path: Path) -> None:
    inputs = read_inputs(folder(tmp_path))
    assert not any("2027" in notice for notice in inputs.notices)
    (notice,) = due_notices(Office(inputs))
    assert "2027" in notice


def test_a_zone_with_summer_time_is_told(tmp_path: Path) -> None:
    zoned = FOLDER.replace("standards", 'timezone = "Europe/Amsterdam"\nstandards', 1)
    assert any("summer time" in one for one in read_inputs(folder(tmp_path, zoned)).notices)
    assert not any("summer time" in one for one in read_inputs(folder(tmp_path)).notices)


def test_columns_that_bear_our_names_step_aside(tmp_path: Path) -> None:
    place = folder(tmp_path, more=",Variant,Steps,Open,文种", one=",V1,2,yes,函", two=",V2,1,no,令")
    eff.review(place, forms=())
    log = read_inputs(place).records["a"].log
    assert list(log)[-4:] == ["Variant (source)", "Steps (source)", "Open (source)", "文种"]


def test_what_ends_a_case_and_never_happens_is_told_with_its_line(tmp_path: Path) -> None:
    toml = FOLDER + 'closed_by = ["outt"]\nstatus = { column = "s", closed = ["done", "x"] }\n'
    told = read_inputs(folder(tmp_path, toml, more=",s", one=",done", two=",open")).notices
    assert told[1].startswith("review.toml:7: [closed_by] none of closed_by, outt, ever happens")
    assert told[2].startswith("review.toml:8: [status] the status column 's' never says 'x'")


def test_a_column_of_limits_of_many_kinds_is_told(tmp_path: Path) -> None:
    """With what cannot be read, by line."""
    place = folder(tmp_path, more=",承诺", one=",2 h", two=",3个工作日")
    log = place / "a.csv"
    more = "".join(
        f"{i},in,2026-12-28 09:00,{text}\n" for i, text in enumerate(["当日", "尽快"], 3)
    )
    log.write_text(log.read_text("utf-8") + more, "utf-8")
    (place / "standards.csv").write_text(LIMIT.replace("30 working days", "=承诺"), "utf-8")
    told = [one for one in read_inputs(place).notices if one.startswith("standards.csv:2: [limit]")]
    assert "1 values of the column '承诺' of limits cannot be read" in told[0]
    assert "尽快" in told[0]
    assert "holds 3 kinds (2 h, 3个工作日, 当日)" in told[1]
    (place / "standards.csv").write_text(LIMIT.replace("30 working days", "=期限"), "utf-8")
    with pytest.raises(SettingsError, match=r"standards.csv:2: .*no column '期限' of limits"):
        read_inputs(place)
