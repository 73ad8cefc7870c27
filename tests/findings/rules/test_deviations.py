"""Deviations and adherence: a worked example, what is decided and what not, tables in and out."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import binomtest

import efficiency as eff
from efficiency import tables
from efficiency.criteria.rules import KINDS, parse_rules
from efficiency.facts.events import observed
from efficiency.findings.rules.held import hold
from efficiency.problems import ArgumentError, SettingsError, TableError

Make = Callable[..., pd.DataFrame]
DECIDED = {"cutoff": "2024-04-24 18:00", "closed_by": ["归档", "退文"]}


def rules_of(*rows: dict[str, str]) -> pd.DataFrame:
    """Make a table of rules; ids are counted where none is given."""
    return pd.DataFrame([{"rule_id": f"P{at}", **row} for at, row in enumerate(rows, 1)]).fillna("")


def sums(told: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The counts of a table of adherence."""
    plain = told.astype(object).where(told.notna(), None)
    columns = ["rule_id", "n", "broken", "pending", "undecidable", "missing"]
    return list(plain[columns].itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def made_up(breaches: ModuleType, log_of: Make) -> dict[str, Any]:
    """A made-up log with a rule of each kind, and a register."""
    writer = breaches.Writer(5)
    log, register = log_of(writer.log(60)), pd.DataFrame(writer.register(40))
    rules = pd.DataFrame(writer.rules(KINDS, 1))
    return {"log": log, "rules": rules, "registers": {"r": register}}


@pytest.fixture(scope="module")
def answered(made_up: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Its deviations and its adherence, of observed events that are held once."""
    with observed(made_up["log"], eff.Calendar()) as events:
        held = hold(events, parse_rules(made_up["rules"]), made_up["registers"])
        rows = held.deviations.order_by("number", "case").select(*tables.DEVIATIONS.names)
        return events.frame(rows), held.summary()


@pytest.fixture(scope="module")
def told(answered: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Its deviations."""
    return answered[0]


@pytest.fixture(scope="module")
def summed(answered: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Its adherence."""
    return answered[1]


quiet = pytest.mark.filterwarnings("ignore:.*the log has no")


# --- the worked example


def test_the_worked_example(
    example: Path, example_record: eff.Record, expected: Callable[[str], pd.DataFrame]
) -> None:
    """All that was worked out apart from any program of this project."""
    log, rules = example_record.log, eff.read_rules(example / "rules.csv")
    with observed(log, eff.Calendar(), **DECIDED) as events:
        held = hold(events, parse_rules(rules), {})
        found, waiting = events.frame(held.deviations), events.frame(held.pending)
        summed = held.summary()
    keys = ["rule_id", "case_id"]
    for got, name in ((found, "deviations"), (waiting, "pending")):
        rows = got[keys].sort_values(keys, ignore_index=True).astype(object)
        want = expected(name)[keys].sort_values(keys, ignore_index=True)
        assert_frame_equal(rows, want, check_dtype=False)
    counts = dict(zip(summed["rule_id"], summed["n"].astype(str), strict=True))
    assert counts == dict(expected("rules")[["rule_id", "n"]].itertuples(index=False))
    assert summed["broken"].sum() == len(found)
    assert summed["pending"].sum() == len(waiting)


# --- adherence


def test_shares_and_their_intervals(written: Make) -> None:
    """Broken ÷ (n − pending − undecidable), by scipy's interval."""
    cases = {
        **{f"b{at}": "承办@甲 审核@甲 归档" for at in range(3)},
        **{f"k{at}": "承办@甲 反馈@乙 审核@丙 归档" for at in range(6)},
        **{f"u{at}": "承办 审核@甲 归档" for at in range(2)},
        "o": "承办@甲",
    }
    rules = rules_of(
        {"kind": "response", "a": "承办", "b": "反馈"},
        {"kind": "four_eyes", "a": "承办", "b": "审核"},
        {"kind": "absence", "a": "归档", "scope": "case_id=o"},
        {"kind": "absence", "a": "归档", "scope": "case_id=nobody"},
    )
    summed = eff.adherence(written(cases), rules, closed_by=["归档"])
    assert tables.ADHERENCE.check(summed) is summed
    assert sums(summed) == [
        ("P1", 12, 5, 1, 0, ""), ("P2", 12, 3, 0, 2, ""), ("P3", 1, 0, 0, 0, ""),
        ("P4", 0, 0, 0, 0, ""),
    ]  # fmt: skip
    for row, (broken, of) in zip(summed.itertuples(), [(5, 11), (3, 10), (0, 1)], strict=False):
        interval = binomtest(broken, of).proportion_ci(method="wilson")
        want = (broken / of, interval.low, interval.high)
        assert (row.share, row.low, row.high) == pytest.approx(want, rel=1e-9, abs=1e-12)
    assert summed[["share", "low", "high"]].iloc[3].isna().all()


def test_without_a_decided_case_there_is_no_share(written: Make) -> None:
    """All are pending."""
    rules = rules_of({"kind": "response", "a": "承办", "b": "反馈"})
    with observed(written({"1": "承办"}), closed_by=["归档"]) as events:
        summed = eff.adherence(events, rules)
    assert sums(summed) == [("P1", 1, 0, 1, 0, "")]
    assert summed[["share", "low", "high"]].isna().all(axis=None)


def test_what_a_log_lacks_is_named_and_nothing_is_decided(written: Make) -> None:
    """A column that is empty throughout, one that is not there, a register; all of them."""
    log = written({"1": "登记 批示", "2": "登记"}, {"1": {"文号": "1号"}, "2": {"文号": "2号"}})
    other = written({"1": "登记"}, {"1": {"文号": "1号"}})
    registers = {"incoming": other, "meagre": other.drop(columns="文号")}
    rules = rules_of(
        {"kind": "hub", "a": "登记处"}, {"kind": "ping_pong"}, {"kind": "round_trips", "a": "甲"},
        {"kind": "done_by", "a": "甲", "b": "登记"}, {"kind": "entry", "a": "甲"},
        {"kind": "four_eyes", "a": "登记", "b": "批示"},
        {"kind": "same_actor", "a": "登记", "b": "批示"},
        {"kind": "attribute", "a": "来文级别 - 主送级别 > 1; 文号="},
        {"kind": "corrections", "a": "更正"}, {"kind": "recurs", "a": "文号+村"},
        {"kind": "unregistered", "b": "outgoing: 文号 | 标题"},
        {"kind": "unregistered", "b": "meagre: 文号"},
        {"kind": "unregistered", "b": "incoming: 文号"},
        {"kind": "hub", "a": "甲", "scope": "文号=1号"},
    )  # fmt: skip
    with observed(log) as events:
        found = eff.deviations(events, rules, registers=registers)
        summed = eff.adherence(events, rules, registers=registers)
    lacks = ["unit"] * 5 + ["actor"] * 2 + ["来文级别, 主送级别", "更正", "村", "标题, outgoing"]
    want = [
        (f"P{at}", 2, None, None, 2, name) for at, name in enumerate([*lacks, "meagre.文号"], 1)
    ]
    assert sums(summed) == [*want, ("P13", 2, 1, 0, 0, ""), ("P14", 1, None, None, 1, "unit")]
    undecided = summed[summed["missing"] != ""]
    assert undecided[["broken", "pending", "share", "low", "high"]].isna().all(axis=None)
    assert found["rule_id"].tolist() == ["P13"]


def test_a_column_of_empty_texts_is_empty_throughout(written: Make) -> None:
    """Hand-made logs hold empty texts where others hold nothing."""
    log = written({"1": "登记 批示"}).assign(unit="", actor="")
    rules = rules_of({"kind": "hub"}, {"kind": "four_eyes", "a": "登记", "b": "批示"})
    assert eff.adherence(log, rules)["missing"].tolist() == ["unit", "actor"]


def test_counts_add_up(made_up: dict[str, Any], told: pd.DataFrame, summed: pd.DataFrame) -> None:
    """Of every rule: one row a broken case, none counted twice, none beyond n."""
    assert summed["rule_id"].tolist() == made_up["rules"]["rule_id"].tolist()
    summed = summed.set_index("rule_id")
    assert not told.duplicated(["rule_id", "case_id"]).any()
    counted = told["rule_id"].value_counts().reindex(summed.index, fill_value=0)
    assert summed["broken"].tolist() == counted.tolist()
    rest = summed["n"] - summed["broken"] - summed["pending"] - summed["undecidable"]
    assert (rest >= 0).all()
    assert (rest + summed["broken"] > 0).sum() > len(summed) / 2


# --- the log at the cut-off


def test_moments_after_the_cutoff_are_not_seen(
    made_up: dict[str, Any], truncated: Callable[..., pd.DataFrame]
) -> None:
    """Nor do they keep a case closed: the same as the log that was taken then."""
    log = made_up["log"]
    cutoff = log["end"].quantile(0.4)
    # The last kind looks into a register.
    asked = {"rules": made_up["rules"].iloc[1::2], "registers": made_up["registers"]}
    assert asked["rules"]["kind"].iloc[-1] == "unregistered"
    with observed(log, cutoff=cutoff, closed_by=["d"]) as events:
        late = eff.deviations(events, **asked)
    with observed(truncated(log, cutoff), cutoff=cutoff, closed_by=["d"]) as events:
        then = eff.deviations(events, **asked)
    assert_frame_equal(late, then)
    assert len(late) > 10


def test_a_cutoff_parts_pending_from_broken(written: Make) -> None:
    """Opened again by the cut-off, the case may still be answered."""
    log = written({"1": "承办#03-05 归档#03-08"})
    rules = rules_of({"kind": "response", "a": "承办", "b": "反馈"})
    for cutoff, broken, pending in (("2024-03-08 08:59", 0, 1), ("2024-03-08 09:00", 1, 0)):
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*no activity '反馈'")
            summed = eff.adherence(log, rules, cutoff, closed_by=["归档"])
        assert sums(summed) == [("P1", 1, broken, pending, 0, "")]


def test_a_period_keeps_the_cases_that_began_in_it(written: Make) -> None:
    """The rules look at no others, and count no others."""
    log = written(
        {"1": "批示#02-28 登记", "2": "批示#03-01 登记", "3": "登记#03-31", "4": "登记#04-01"}
    )
    rules = rules_of(
        {"kind": "order", "a": "登记", "b": "批示"}, {"kind": "existence", "a": "批示"}
    )
    with observed(log, eff.Calendar(), period=("2024-03-01", "2024-03-31")) as events:
        found = eff.deviations(events, rules)
        assert found[["rule_id", "case_id"]].values.tolist() == [["P1", "2"], ["P2", "3"]]
        assert sums(eff.adherence(events, rules)) == [
            ("P1", 2, 1, 0, 0, ""), ("P2", 2, 1, 0, 0, ""),
        ]  # fmt: skip


# --- tables in and out


def test_rows_come_by_rule_and_case(made_up: dict[str, Any], told: pd.DataFrame) -> None:
    """In the order of the rules, then of the ids; the rows that prove it by number."""
    assert list(told) == tables.DEVIATIONS.names
    assert tables.DEVIATIONS.check(told) is told
    at = {rule_id: number for number, rule_id in enumerate(made_up["rules"]["rule_id"])}
    keys = [(at[rule_id], case_id) for rule_id, case_id in told[["rule_id", "case_id"]].values]
    assert keys == sorted(keys)
    rows = [[int(row) for row in text.split(";") if row] for text in told["rows"]]
    assert all(numbers == sorted(set(numbers)) for numbers in rows)
    case_of = dict(zip(made_up["log"]["row"], made_up["log"]["case_id"], strict=True))
    own = ~told["rule_id"].str.startswith("corrections")
    assert own.any()
    assert all(
        {case_of[row] for row in numbers} <= {case_id}
        for numbers, case_id, is_own in zip(rows, told["case_id"], own, strict=True)
        if is_own
    )
    assert (told["detail"] != "").all()


@quiet
def test_the_order_of_the_frame_says_nothing_and_no_argument_is_changed(
    made_up: dict[str, Any], told: pd.DataFrame
) -> None:
    """Rows go by their number."""
    shuffled = made_up["log"].sample(frac=1, random_state=3)
    frames = [shuffled, made_up["rules"], made_up["registers"]["r"]]
    before = [frame.copy(deep=True) for frame in frames]
    assert_frame_equal(eff.deviations(**{**made_up, "log": shuffled}), told)
    for frame, was in zip(frames, before, strict=True):
        assert_frame_equal(frame, was)


@quiet
def test_an_ibis_table_gives_an_ibis_table_with_the_same_rows(
    made_up: dict[str, Any], told: pd.DataFrame, summed: pd.DataFrame
) -> None:
    """The log stays where it is; sums are small and come as a DataFrame."""
    con = ibis.duckdb.connect()
    lazy = {**made_up, "log": con.create_table("log", ibis.memtable(made_up["log"]))}
    found = eff.deviations(**lazy)
    assert isinstance(found, ir.Table)
    assert tables.DEVIATIONS.check(found) is found
    keys = ["rule_id", "case_id"]
    got, want = (frame.sort_values(keys, ignore_index=True) for frame in (found.to_pandas(), told))
    assert_frame_equal(got, want, check_dtype=False)
    few = lazy["rules"].iloc[::6].reset_index(drop=True)
    want = summed[summed["rule_id"].isin(few["rule_id"])].reset_index(drop=True)
    assert_frame_equal(eff.adherence(**{**lazy, "rules": few}), want)
    con.disconnect()


def test_observed_events_give_the_same_without_a_warning(
    made_up: dict[str, Any], told: pd.DataFrame, summed: pd.DataFrame
) -> None:
    """Whoever observed them is told elsewhere."""
    few = made_up["rules"].iloc[::4].reset_index(drop=True)
    with observed(made_up["log"], eff.Calendar()) as events:
        for ask, whole in ((eff.deviations, told), (eff.adherence, summed)):
            want = whole[whole["rule_id"].isin(few["rule_id"])].reset_index(drop=True)
            assert_frame_equal(ask(events, few, registers=made_up["registers"]), want)


def test_details_speak_the_language_that_is_asked_for(written: Make) -> None:
    """Everything else is the same."""
    log, rules = written({"1": "登记"}), rules_of({"kind": "absence", "a": "登记"})
    assert eff.deviations(log, rules)["detail"].tolist() == ["不应有登记"]
    english = eff.deviations(log, rules, language="en")
    assert english.values.tolist() == [["P1", "1", "1", "登记 must not occur"]]


def test_nothing_in_nothing_out(written: Make) -> None:
    """No rule, no row, no case in scope, no breach: a table with its columns."""
    log, rule = written({"1": "登记"}), {"kind": "existence", "a": "登记"}
    rules = rules_of({**rule, "scope": "case_id=2"}, rule)
    for rows, rows_of_rules, n in ((1, 0, []), (0, 2, [0, 0]), (1, 2, [0, 1])):
        with observed(log.head(rows)) as events:
            found = eff.deviations(events, rules.head(rows_of_rules))
            summed = eff.adherence(events, rules.head(rows_of_rules))
        assert (list(found), len(found)) == (tables.DEVIATIONS.names, 0)
        assert tables.DEVIATIONS.check(found) is found
        assert tables.ADHERENCE.check(summed) is summed
        assert summed["n"].tolist() == n
        assert (summed["broken"] == 0).all()


# --- what cannot be, and what is not there


def said_by(call: Callable[[], Any]) -> list[str]:
    """The warnings of a call, each with the file that it points to."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        call()
    said = [one for one in caught if one.category is UserWarning]
    assert {Path(one.filename).name for one in said} <= {Path(__file__).name}
    return [str(one.message) for one in said]


@pytest.mark.parametrize("ask", [eff.deviations, eff.adherence], ids=["deviations", "adherence"])
def test_names_that_the_log_never_has_are_told(written: Make, ask: Callable[..., Any]) -> None:
    """With the nearest; the rule is held all the same, where it can be."""
    log = written({"1": "登记/文书科 批示/秘书科"}, {"1": {"标题": "函"}})
    rules = rules_of(
        {"kind": "precedence", "a": "登计", "b": "批示"},
        {"kind": "hub", "a": "文书处"},
        {"kind": "recurs", "a": "标题+标记"},
        {"kind": "unregistered", "b": "incomming: 标题"},
    )
    entry = written({"1": "登记"}, {"1": {"标题": "函"}})
    assert said_by(lambda: ask(log, rules, registers={"incoming": entry})) == [
        "rules:2: the log has no activity '登计'; nearest: 登记",
        "rules:3: the log has no unit '文书处'; nearest: 文书科",
        "rules:4: the rule's column '标记' is not in the log: the rule is undecidable; "
        "nearest: 标题",
        "rules:5: [b] there is no register 'incomming': the rule is undecidable; add "
        "[logs.incomming] to review.toml; nearest: incoming",
    ]


@pytest.mark.parametrize("ask", [eff.deviations, eff.adherence], ids=["deviations", "adherence"])
def test_a_scope_on_a_column_that_is_not_there_is_an_error(
    written: Make, ask: Callable[..., Any]
) -> None:
    """It would silently hold for all cases or for none; all are told, of events too."""
    log = written({"1": "登记"}, {"1": {"文种": "函"}})
    rules = rules_of(
        {"kind": "hub", "scope": "文钟=函"}, {"kind": "hub"}, {"kind": "hub", "scope": "级别!=1"}
    )
    with pytest.raises(SettingsError) as caught:
        ask(log, rules)
    told = [(one.line, one.column, one.details["got"]) for one in caught.value.problems]
    assert told == [(2, "scope", "文钟"), (4, "scope", "级别")]
    assert "nearest: 文种" in caught.value.problems[0].text()
    with observed(log) as events, pytest.raises(SettingsError, match="文钟"):
        ask(events, rules)


def test_tables_that_break_their_contract_are_refused(written: Make) -> None:
    """The log's breaches and the rules'."""
    log, rules = written({"1": "登记"}), rules_of({"kind": "existence", "a": "登记"})
    with pytest.raises(TableError, match="Not a 'log' table"):
        eff.deviations(log.assign(case_id=7), rules)
    with pytest.raises(TableError, match="Not a 'rules' table"):
        eff.deviations(log, rules.assign(rule_id=7))
    with pytest.raises(SettingsError, match="there is no kind of rule 'exists'"):
        eff.deviations(log, rules.assign(kind="exists"))


def test_a_wrong_table_is_met_by_its_contract(written: Make) -> None:
    """Swapped, of another kind, or no table at all."""
    log, rules = written({"1": "登记"}), rules_of({"kind": "existence", "a": "登记"})
    standards = pd.DataFrame({"standard_id": ["T"], "from": ["登记"], "to": ["批示"]})
    for ask in (eff.deviations, eff.adherence):
        for wrong in (log, standards, None, eff.Calendar(), [rules], "rules.csv"):
            with pytest.raises(TableError, match="Not a 'rules' table"):
                ask(log, wrong)
        for wrong in (rules, standards):
            with pytest.raises(TableError, match="Not a 'log' table"):
                ask(wrong, rules)
        with pytest.raises(TableError, match="Not a 'rules' table"):
            ask(rules, log)


def test_what_is_seen_can_be_chosen(written: Make) -> None:
    """By cut-off, closing step, period and calendar: as with events observed so."""
    log = written({
        "1": "承办#03-04 归档#03-05", "2": "承办#03-05 登记#03-12", "3": "承办#02-29 归档#03-06",
        "4": "催办#03-08 反馈#03-11",
    })  # fmt: skip
    rules = rules_of(
        {"kind": "response", "a": "承办", "b": "反馈"},
        {"kind": "prompted", "a": "催办", "b": "反馈", "n": "1"},
    )
    every_day = eff.Calendar(hours=replace(eff.Calendar().hours, every_day=True))
    seen: dict[str, Any] = {"cutoff": "2024-03-11 12:00", "closed_by": ["归档"],
                            "period": ["2024-03-01", "2024-03-31"]}  # fmt: skip
    found = eff.deviations(log, rules, **seen)
    assert found["case_id"].tolist() == ["1", "4"]
    summed = eff.adherence(log, rules, calendar=every_day, **seen)
    assert sums(summed) == [("P1", 3, 1, 1, 0, ""), ("P2", 3, 0, 0, 0, "")]
    with observed(log, eff.Calendar(), **seen) as events:
        assert_frame_equal(eff.deviations(events, rules), found)
        for name, value in {**seen, "calendar": every_day}.items():
            for ask in (eff.deviations, eff.adherence):
                with pytest.raises(ArgumentError, match=name):
                    ask(events, rules, **{name: value})
