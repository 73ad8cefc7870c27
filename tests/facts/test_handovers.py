"""Hand-overs, referrals, involvement, approvals: by hand, against plain Python, on real logs."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.criteria.calendar import Calendar, Hours
from efficiency.facts.events import Events, observed
from efficiency.facts.handovers import referrals

Make = Callable[..., pd.DataFrame]
Walk = Callable[..., float]
Step = dict[str, Any]
SEEDS = settings(deadline=None, derandomize=True, max_examples=2, phases=[Phase.generate])
SEED = st.integers(0, 2**32 - 1)
DAY = 86_400_000_000
#: The duty desk never closes; all others keep office hours.
CALENDAR = Calendar(units=(("值班室", Hours(((0, DAY),), every_day=True)),))


def plain(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a table as tuples."""
    return list(table.itertuples(index=False, name=None))


# --- against plain Python


def staffed(log: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Let units and people do a random log, many of them unknown, and days without their time."""
    pick = random.Random(seed)
    units = [None, "", "值班室", "秘书处", "秘书处", "综合处", "综合处"]
    people = [None, "", "张某", "李某", "王某"]
    grades = [None, "", "科", "处", "局"]
    return log.assign(
        unit=[pick.choice(units) for _ in range(len(log))],
        actor=[pick.choice(people) for _ in range(len(log))],
        级别=[pick.choice(grades) for _ in range(len(log))],
        end_precision=[pick.choice(["day", "minute", "second"]) for _ in range(len(log))],
    )


def cases_of(log: pd.DataFrame) -> dict[str, list[Step]]:
    """The done steps of each seen case, in order."""
    cases: dict[str, list[Step]] = {}
    for step in log.to_dict("records"):
        if any(pd.notna(step[name]) for name in ("received", "start", "end")):
            cases.setdefault(step["case_id"], []).append(step)
    return {
        case: sorted((s for s in steps if pd.notna(s["end"])), key=lambda s: (began(s), s["row"]))
        for case, steps in cases.items()
    }


def began(step: Step) -> pd.Timestamp:
    """The earliest moment at which a done step may have been done."""
    end = step["end"]
    finer = [step[name] for name in ("received", "start") if step.get("end_precision") == "day"
             and step.get(f"{name}_precision") != "day" and pd.notna(step[name])
             and step[name].date() == end.date()]  # fmt: skip
    return max([end, *finer])


def known(step: Step, by: str) -> str:
    """Whose a step is; empty where that is not known."""
    return step[by] or ""


def hours(walk: Walk, step: Step, start: pd.Timestamp) -> float:
    """The hours of a step's unit from a moment to its end."""
    if step["unit"] == "值班室":
        return (step["end"] - start) / pd.Timedelta(hours=1)
    return walk(start, step["end"])


def comes_back(steps: list[Step], by: str) -> bool:
    """
    Tell whether the last of some steps comes back: known hands without repeats, X, Y, X, by what
    was done before.
    """
    hands = [hand for hand, _ in itertools.groupby(filter(None, (known(s, by) for s in steps)))]
    again = steps[-1]["activity"] in {step["activity"] for step in steps[:-1]}
    return again and len(hands) > 2 and hands[-1] == hands[-3]


def handovers_of(log: pd.DataFrame, by: str, walk: Walk) -> list[tuple[Any, ...]]:
    """Count who directly follows whom."""
    took: dict[tuple[str, str], list[tuple[str, bool, float]]] = defaultdict(list)
    for case, steps in cases_of(log).items():
        for at in range(1, len(steps)):
            source, target = known(steps[at - 1], by), known(steps[at], by)
            if source and target and source != target:
                back = comes_back(steps[: at + 1], by)
                worked = hours(walk, steps[at], steps[at - 1]["end"])
                took[source, target].append((case, back, worked))
    return [
        (*pair, len({case for case, _, _ in them}), len(them), sum(back for _, back, _ in them),
         float(np.median([worked for _, _, worked in them])))
        for pair, them in sorted(took.items())
    ]  # fmt: skip


def referrals_of(log: pd.DataFrame, by: str) -> list[tuple[Any, ...]]:
    """Count who did over again what whom had done."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for case, steps in cases_of(log).items():
        last: dict[str, str] = {}
        for step in steps:
            name, hand = step["activity"], known(step, by)
            if last.get(name) and hand:
                found[name, last[name], hand].append(case)
            last[name] = hand
    return [(*key, len(set(them)), len(them)) for key, them in sorted(found.items())]


def involvement_of(log: pd.DataFrame, by: str, walk: Walk) -> list[tuple[Any, ...]]:
    """Tell who takes part in how much."""
    cases = cases_of(log)
    done: dict[str, list[Step]] = defaultdict(list)
    for step in itertools.chain.from_iterable(cases.values()):
        done[known(step, by)].append(step)
    rows = []
    for hand, steps in sorted(done.items()):
        people = {step["actor"] for step in steps} - {None, ""}
        names = Counter(step["activity"] for step in steps)
        timed = [step for step in steps if step["end_precision"] != "day"]
        moment = pd.Timedelta(microseconds=1)
        off = [step for step in timed if not hours(walk, step, step["end"] - moment)]
        mine = {step["case_id"] for step in steps}
        rows.append(
            (hand, len(mine), len(mine) / len(cases), len(steps), len(people),
             len(steps) / len(people) if people else None, len(names),
             max(names.values()) / len(steps), len(off) / len(timed) if timed else None)
        )  # fmt: skip
    return [row for row in rows if row[0]]


def approvals_of(log: pd.DataFrame, activities: set[str], by: str) -> list[tuple[Any, ...]]:
    """Count the levels that cases passed."""
    passed: dict[tuple[int, str], list[int]] = defaultdict(list)
    cases = cases_of(log)
    for steps in cases.values():
        roles = [known(step, by) for step in steps if step["activity"] in activities]
        once = list(dict.fromkeys(roles))
        passed[len(once), " → ".join(once)].append(len(roles))
    rows = [(*key, len(n), len(n) / len(cases), sum(n) / len(n)) for key, n in passed.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def assert_rows(got: pd.DataFrame, expected: list[tuple[Any, ...]]) -> None:
    """Hold a table against rows: texts and counts to the letter, shares and hours nearly."""
    assert len(got) == len(expected)
    for column, values in zip(got, zip(*expected, strict=True), strict=False):
        if got[column].dtype.kind == "f":
            want = np.array(values, dtype=float)
            np.testing.assert_allclose(got[column], want, rtol=0, atol=1e-9, err_msg=column)
        else:
            assert got[column].tolist() == list(values), column


@SEEDS
@given(seed=SEED)
def test_all_tables_equal_a_plain_count(random_log: Make, walk: Walk, seed: int) -> None:
    """Units and people with gaps, ties in time, open steps, two calendars, days without a time."""
    log = staffed(random_log(seed, 120), seed)
    with observed(log, CALENDAR) as events:
        for by in ("unit", "actor"):
            given_over = eff.handovers(events, by=by)
            assert tables.HANDOVERS.check(given_over) is given_over
            assert_rows(given_over, handovers_of(log, by, walk))
            assert_rows(referrals(events, by=by), referrals_of(log, by))
            taken_part = eff.involvement(events, by=by)
            assert tables.INVOLVEMENT.check(taken_part) is taken_part
            assert_rows(taken_part, involvement_of(log, by, walk))
        for by in ("unit", "actor", "级别"):
            assert_rows(
                eff.approvals(events, ["甲", "乙"], by=by), approvals_of(log, {*"甲乙"}, by)
            )


def test_a_cutoff_is_the_log_cut_by_hand(random_log: Make, truncated: Make) -> None:
    """As if the log had been taken then; and rows may come in any order."""
    log = staffed(random_log(4, 60), 4)
    cutoff = log["end"].dropna().sort_values().iloc[len(log) // 3]
    shuffled = log.sample(frac=1, random_state=1)
    tables_of = []
    for part, moment in ((truncated(log, cutoff), None), (log, cutoff), (shuffled, str(cutoff))):
        with observed(part, CALENDAR, cutoff=moment) as events:
            tables_of.append(list(all_of(events)))
    for want, *others in zip(*tables_of, strict=True):
        for got in others:
            assert_frame_equal(got, want)


def all_of(log: Any, **how: Any) -> Iterator[Any]:
    """All that the module counts."""
    calendar = None if isinstance(log, Events) else CALENDAR
    yield eff.handovers(log, calendar, **how)
    yield eff.handovers(log, by="actor", **how)
    yield referrals(log, **how)
    yield eff.involvement(log, calendar, **how)
    yield eff.approvals(log, ["甲", "丙"], **how)
    yield eff.approvals(log, ["甲", "丙"], by="级别", **how)


#: What tells the rows of each of them apart.
ROW_KEYS = (
    ["source", "target"], ["source", "target"], ["activity", "first_by", "again_by"], ["hand"],
    ["levels", "roles"], ["levels", "roles"],
)  # fmt: skip


def test_an_ibis_table_gives_an_ibis_table_with_the_same_rows(random_log: Make) -> None:
    """The log stays where it is, and as it was; a table on an engine has no order."""
    log = staffed(random_log(1, 40), 1)
    before, cutoff = log.copy(deep=True), log["end"].quantile(0.8)
    con = ibis.duckdb.connect()
    table = con.create_table("log", ibis.memtable(log))
    pairs = zip(all_of(log, cutoff=cutoff), all_of(table, cutoff=cutoff), strict=True)
    for (here, lazy), keys in zip(pairs, ROW_KEYS, strict=True):
        assert isinstance(lazy, ir.Table)
        assert len(here) > 1
        assert not here.duplicated(keys).any()
        assert_frame_equal(
            lazy.to_pandas().sort_values(keys, ignore_index=True),
            here.sort_values(keys, ignore_index=True),
            check_dtype=False,
        )
    con.disconnect()
    assert_frame_equal(log, before)


def test_nothing_is_seen_before_the_first_moment(random_log: Make) -> None:
    """Every table is there, and empty; so are most where nobody is known."""
    log = staffed(random_log(3, 5), 3)
    with observed(log, CALENDAR, cutoff="2020-01-01") as events:
        for table in all_of(events):
            assert table.empty
            assert len(table.columns) > 3
    with observed(log.drop(columns=["unit", "actor"]), CALENDAR) as events:
        for table, keys in zip(all_of(events), ROW_KEYS, strict=True):
            assert table.empty == (keys[0] != "levels")


@pytest.mark.parametrize("count", [eff.handovers, referrals, eff.involvement])
def test_what_is_no_hand_is_told(count: Callable[..., Any], make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05"))
    with pytest.raises(ValueError, match="by is 'role'; use 'unit' or 'actor'"):
        count(log, by="role")


def test_a_role_that_the_log_has_not_is_told(make_log: Make) -> None:
    log = make_log(("1", "登记", "2024-03-05"))
    with pytest.raises(ValueError, match=r"there is no column 'role'; the log has \['case_id', "):
        eff.approvals(log, ["登记"], by="role")


# --- by hand


def test_hand_overs_by_hand(make_log: Make) -> None:
    """
    Case 1 goes A, A, B, A, an unknown, A, B, B: back to A once, then to B once. That the unknown
    step was taken is no hand-over, nor is what A does after it. In case 2 the same pair by day.
    """
    units = ["A", "A", "B", "A", None, "A", "B", "B"]
    rows = [("1", "办理", f"2024-03-05 {8 + at:02}:30") for at in range(8)]
    more = [("2", "办理", "2024-03-05 15:00"), ("2", "办理", "2024-03-06 09:00")]
    log = make_log(*rows, *more, unit=[*units, "A", "B"])
    assert plain(eff.handovers(log)) == [
        # An hour of the morning, an hour of the lunch break, and 3.5 hours over a night.
        ("A", "B", 2, 3, 1, 1.0),
        ("B", "A", 1, 1, 1, 1.0),
    ]


def test_what_comes_back_may_have_been_unknown_between(make_log: Make) -> None:
    """The known hands read X, Y, X; the last hand-over is from Y itself."""
    moments = [f"2024-03-05 09:0{at}" for at in range(4)]
    log = make_log(*(("1", "办理", at) for at in moments), unit=["X", "", "Y", "X"])
    assert plain(eff.handovers(log)) == [("Y", "X", 1, 1, 1, pytest.approx(1 / 60))]


def test_the_hours_of_who_takes_over_count(make_log: Make) -> None:
    """Saturday 10:00 to Sunday 10:00: 24 hours for the duty desk, none for the office."""
    log = make_log(
        ("1", "甲", "2024-03-09 10:00"), ("1", "乙", "2024-03-10 10:00"),
        ("2", "甲", "2024-03-09 10:00"), ("2", "乙", "2024-03-10 10:00"),
        unit=["秘书处", "值班室", "值班室", "秘书处"], actor=["张", "李", "李", "张"],
    )  # fmt: skip
    found = eff.handovers(log, CALENDAR)
    assert found[["target", "median_work_hours"]].values.tolist() == [["秘书处", 0], ["值班室", 24]]
    people = eff.handovers(log, CALENDAR, by="actor")
    assert people[["target", "median_work_hours"]].values.tolist() == [["李", 24], ["张", 0]]


def test_open_steps_hand_nothing_over(make_log: Make) -> None:
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "转办", None),
        received=[None, "2024-03-05 09:10"], unit=["A", "B"],
    )  # fmt: skip
    assert eff.handovers(log).empty


def test_referrals_by_hand(make_log: Make) -> None:
    """拟办 by A, B, B, nobody known, A; between them another activity. 承办 once."""
    names = ["拟办", "退回", "拟办", "拟办", "拟办", "拟办", "承办"]
    rows = [("1", name, f"2024-03-05 09:0{at}") for at, name in enumerate(names)]
    log = make_log(*rows, unit=["A", "C", "B", "B", None, "A", "A"])
    assert plain(referrals(log)) == [("拟办", "A", "B", 1, 1), ("拟办", "B", "B", 1, 1)]


def test_office_hours_end_with_their_last_moment(make_log: Make) -> None:
    """Noon and six o'clock are inside, a second later is not; nor is the moment of opening."""
    inside = ["2024-03-05 12:00", "2024-03-05 18:00", "2024-03-05 08:31", "2024-09-29 10:00"]
    outside = ["2024-03-05 12:00:01", "2024-03-05 08:30", "2024-03-09 10:00", "2024-10-01 10:00"]
    for moments, share in ((inside, 0), (outside, 1)):
        log = make_log(*(("1", "办理", at) for at in moments), unit=["秘书处"] * 4)
        assert eff.involvement(log)["off_hours_share"].tolist() == [share]
        desk = eff.involvement(log.assign(unit="值班室"), CALENDAR)
        assert desk["off_hours_share"].tolist() == [0]


def test_involvement_by_hand(make_log: Make) -> None:
    """Three cases, one of them open from the start; a step by nobody known, one of a bare day."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "拟办", "2024-03-05 20:00"),
        ("2", "登记", "2024-03-05 10:00"), ("2", "登记", "2024-03-06"),
        ("2", "批示", "2024-03-06 11:00"),
        ("3", "登记", None),
        start=[*[None] * 5, "2024-03-06 09:00"],
        unit=["文书科"] * 4 + ["领导", "文书科"],
        actor=["张某", "李某", "张某", None, "", "张某"],
        end_precision=["minute", "minute", "minute", "day", "minute", None],
    )  # fmt: skip
    found = eff.involvement(log).set_index("hand")
    assert found.loc["文书科"].to_dict() == pytest.approx({
        "cases": 2, "case_share": 2 / 3, "steps": 4, "people": 2, "steps_per_head": 2,
        "activities": 2, "specialisation": 3 / 4, "off_hours_share": 1 / 3,
    })  # fmt: skip
    leader = found.loc["领导"]
    assert (leader["cases"], leader["people"], leader["specialisation"]) == (1, 0, 1)
    assert pd.isna(leader["steps_per_head"])


def test_approvals_by_hand(make_log: Make) -> None:
    """
    Levels are told in the order in which they first came, whoever comes again; what does not
    approve is none of them. A case without any is of no level.
    """
    units = {
        "1": "处 局 处 局", "2": "处 局", "3": "局 处", "4": "处", "5": "",
    }  # fmt: skip
    rows = [
        (case, "审批", f"2024-03-05 09:0{at}", unit)
        for case, names in units.items()
        for at, unit in enumerate(names.split())
    ]
    rows += [(case, "登记", "2024-03-05 08:00", "科") for case in units]
    log = make_log(*(row[:3] for row in rows), unit=[row[3] for row in rows])
    assert plain(eff.approvals(log, ["审批", "没有"])) == [
        (2, "处 → 局", 2, 0.4, 3.0),
        (0, "", 1, 0.2, 0.0),
        (1, "处", 1, 0.2, 1.0),
        (2, "局 → 处", 1, 0.2, 2.0),
    ]
    assert plain(eff.approvals(log, [])) == [(0, "", 5, 1.0, 0.0)]


# --- real logs


def published(declarations: pd.DataFrame) -> Iterator[tuple[list[str], int]]:
    """Each way through the declarations with its number of cases."""
    found = eff.variants(declarations)
    for way, cases in plain(found[["activities", "cases"]]):
        yield way.split(" → "), cases


@pytest.mark.parametrize(
    ("role", "approves", "approved", "rejected", "rate"),
    [
        ("ADMINISTRATION", "APPROVED", 8061, 936, 10.40),
        ("PRE_APPROVER", "APPROVED", 685, 86, 11.15),
        ("BUDGET OWNER", "APPROVED", 2747, 57, 2.03),
        ("SUPERVISOR", "FINAL_APPROVED", 9999, 286, 2.78),
    ],
)
def test_rejections_by_role_are_those_published(
    declarations: pd.DataFrame, role: str, approves: str, approved: int, rejected: int, rate: float
) -> None:
    """BPI Challenge 2020, domestic declarations, as their analysts counted them."""
    times: Counter[str] = Counter()
    for way, cases in published(declarations):
        for name in way:
            times[name] += cases
    counts = [times[f"Declaration {done} by {role}"] for done in (approves, "REJECTED")]
    assert counts == [approved, rejected]
    assert round(100 * rejected / (approved + rejected), 2) == rate


def test_submissions_of_paid_declarations_are_those_published(declarations: pd.DataFrame) -> None:
    """8,945 were paid after one submission, 845 after two, 109 after three, 12 after more."""
    times: Counter[int] = Counter()
    for way, cases in published(declarations):
        if "Payment Handled" in way:
            times[min(way.count("Declaration SUBMITTED by EMPLOYEE"), 4)] += cases
    # One was paid without ever having been submitted.
    assert times == {1: 8945, 2: 845, 3: 109, 4: 12, 0: 1}


def test_declarations_without_a_final_approval_are_those_published(
    declarations: pd.DataFrame,
) -> None:
    """419 break the rule that there be one."""
    names = [name for name in declarations["activity"].unique() if "FINAL_APPROVED" in name]
    rules = pd.DataFrame({"rule_id": ["final"], "kind": ["existence"], "a": ["|".join(names)]})
    broken = eff.deviations(declarations, rules)
    assert broken["case_id"].nunique() == len(broken) == 419


def test_levels_of_approval_of_the_declarations(declarations: pd.DataFrame) -> None:
    """By role, against a plain count; who rejects counts as one who was asked."""
    asked = {name for name in declarations["activity"] if re.search("APPROVED|REJECTED", name)}
    found = eff.approvals(declarations, sorted(asked), by="org:role")
    assert_rows(found, approvals_of(declarations, asked, "org:role"))
    # Roles and names agree in this log: as many approving steps as published above.
    total = 8061 + 685 + 2747 + 9999 + 936 + 86 + 57 + 286 + 1350 + 89
    assert round((found["cases"] * found["rounds"]).sum()) == total


@pytest.mark.slow
def test_incidents_that_teams_pass_to_and_fro(incidents: pd.DataFrame) -> None:
    """
    BPI Challenge 2013: the figures are those of a walk from row to row, sorted by moment and row,
    over the team of each.
    """
    passed: dict[str, list[str]] = defaultdict(list)
    columns = (incidents[name] for name in ("end", "row", "case_id", "unit"))
    ordered = sorted(zip(*columns, strict=True))
    for _, _, case, team in ordered:
        passed[case].append(team)
    runs = {case: [team for team, _ in itertools.groupby(teams)] for case, teams in passed.items()}
    pairs = Counter(pair for teams in runs.values() for pair in itertools.pairwise(teams))
    back = {
        case: sum(x == z for x, _, z in zip(teams, teams[1:], teams[2:], strict=False))
        for case, teams in runs.items()
    }
    figures = [
        len(runs), pairs.total(), len(pairs), sum(len(teams) > 1 for teams in runs.values()),
        sum(back.values()), sum(n >= 1 for n in back.values()), sum(n >= 2 for n in back.values()),
    ]  # fmt: skip
    assert figures == [7554, 9454, 2463, 3820, 2394, 1177, 501]

    found = eff.handovers(incidents)
    got = {(source, target): count for source, target, count in plain(
        found[["source", "target", "count"]])}  # fmt: skip
    assert got == pairs
    # Of those to and fro, some go forward: what is done then was not done before in the case.
    assert 0 < found["returned"].sum() < 2394
    kinds = {"once": ("ping_pong", "1"), "twice": ("ping_pong", "2"), "direct": ("hub", "")}
    rules = pd.DataFrame(
        [(name, kind, "", n) for name, (kind, n) in kinds.items()],
        columns=["rule_id", "kind", "a", "n"],
    )
    broken = eff.deviations(incidents, rules).groupby("rule_id")["case_id"].agg(set)
    assert broken["once"] == {case for case, n in back.items() if n >= 1}
    assert broken["twice"] == {case for case, n in back.items() if n >= 2}
    assert broken["direct"] == {case for case, teams in runs.items() if len(teams) > 1}
