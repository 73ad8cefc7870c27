"""A two-year round: what year one found, what was done about it, and year two's verdict on it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import efficiency as eff
from efficiency.reviews import carry_out as reviews
from efficiency.reviews import definitions
from efficiency.reviews.settings import read_folder
from efficiency.reviews.upkeep import update
from efficiency.sample import limit_accounts as promises
from efficiency.sample import rule_accounts as breaches
from efficiency.sample import simulation
from efficiency.sample.clauses import CLAUSES
from efficiency.sample.documents import Document
from efficiency.sample.establishment import (
    DUTY,
    FIRST,
    LAST,
    LOOP_UNIT,
    SLOW_STEPS,
    SLOW_UNIT,
)
from efficiency.sample.limit_accounts import PROMISES
from efficiency.sample.plan import Plan
from efficiency.sample.record import CALENDAR, make_sample
from efficiency.sample.simulation import Run, Step

SEED, CASES = 1, 2000
CLOSERS = ("归档", "退文")
ACTED = dt.date(2024, 1, 1)
#: Solved, solved, mended for the most part, mended for one of several reasons, tried in vain, and
#: made worse.
PLAN = Plan(
    then=(
        ("month_end_factor", 1.0),
        ("lapses.self_review", 0.0),
        ("loop_rate", 0.06),
        ("put_off_share", 0.0),
        ("laid_aside_share", 0.35),
        ("slow_factor", 2.0),
    ),
    acted=ACTED,
    change_factor=1.0,
)
Subject = frozenset[str]


def subject(kind: str, *values: str) -> Subject:
    return frozenset({kind, "incoming", *values})


#: What the actions are about: the target that people set, and what must come of it. Drafts are
#: still sent back at the usual rate, 综合处 still lays drafts aside: those targets are too high.
#: That 拟办 is done again is told with its time limit; that it is one unit's drafts, is not.
ACTIONS: dict[Subject, tuple[float, str, str]] = {
    subject("standard", "T1"): (0.9, "effective", "resolved"),
    subject("rule", "T21"): (0.005, "effective", "resolved"),
    subject("rule", "P22"): (0.001, "partly", "recurring"),
    subject("high_rate", "rework", "unit", LOOP_UNIT): (0.02, "partly", "resolved"),
    subject("standard", "T4"): (0.95, "partly", "recurring"),
    subject("standard", "T5"): (0.95, "no effect", "recurring"),
    subject("slow_group", "incoming", "unit", SLOW_UNIT): (1.05, "worse", "recurring"),
}
TOML = """title = "t"
language = "zh"
cutoff = {year}-12-31T18:00:00
period = ["{year}-01-01", "{year}-12-31"]
{baseline}
calendar = "calendar.toml"
standards = "standards.csv"
rules = "rules.csv"
points = "points.csv"
[logs.incoming]
path = "incoming.csv"
closed_by = ["归档", "退文"]
[logs.incoming.columns]
case_id = "流水号"
activity = "环节"
received = "到达时间"
start = "开始时间"
end = "办结时间"
actor = "经办人"
unit = "处室"
"""


# --- what the simulation itself knows


@dataclass(frozen=True)
class Year:
    """What the simulation knows of the documents of one year, as things stood at its end."""

    run: Run
    year: int
    promised: dict[str, Any]
    ruled: dict[str, Any]

    @cached_property
    def mine(self) -> set[int]:
        """The documents that came in."""
        arrived = enumerate(self.run.documents)
        return {case for case, document in arrived if _year(document) == self.year}

    @cached_property
    def done(self) -> list[Step]:
        """Their steps that were done."""
        return [s for s in self.run.steps if s.case in self.mine and s.end is not None]

    def kept(self, standard: str) -> tuple[int, int]:
        """In how many decided documents a promise was kept, and how many there are."""
        cases = self.promised[standard]["cases"]
        return self.counted(cases, "met"), self.counted(cases, "met", "late", "overdue")

    def broken(self, rule: str) -> tuple[int, int]:
        """In how many documents a rule was broken, of those seen by then that it is about."""
        (clause,) = (clause for clause in CLAUSES if clause.name == rule)
        seen = {step.case for step in self.run.steps} & self.mine
        scope = sum(clause.covers(self.run.documents[case]) for case in seen)
        return self.counted(self.ruled[rule]["cases"], "broken"), scope

    def counted(self, cases: dict[str, list[str]], *verdicts: str) -> int:
        return sum(int(case) in self.mine for said in verdicts for case in cases[said])

    def repeated(self, activity: str, drafter: str = "") -> tuple[int, int]:
        """In how many documents, of those in which it was done at all, a step was done again."""
        times = Counter(step.case for step in self.done if step.activity == activity)
        whose = {case: self.run.documents[case].drafter for case in times}
        many = [n for case, n in times.items() if drafter in {"", whose[case]}]
        return sum(n > 1 for n in many), len(many)

    def more_often(self, drafter: str) -> bool:
        """Whether one unit's drafts are done again a quarter more often than the others'."""
        (own, n), (every, many) = self.repeated("拟办", drafter), self.repeated("拟办")
        return own / n >= 1.25 * (every - own) / (many - n)

    @cached_property
    def settled(self) -> set[int]:
        """
        Those that arrived so early that 95 in 100 of all documents have ended in that time.

        The others may yet be dealt with otherwise than those that were quick.
        """
        stop = np.datetime64(f"{self.year}-12-31T18:00:00", "s").astype("int64")
        ends: dict[int, list[Step]] = {}
        for step in self.run.steps:
            ends.setdefault(step.case, []).append(step)
        closed = {
            case: max(step.end or step.received for step in steps)
            for case, steps in ends.items()
            if any(step.activity in CLOSERS and step.end for step in steps)
        }
        lasted = [closed.get(case, stop) - self.run.documents[case].arrived for case in ends]
        late = stop - np.quantile(lasted, 0.95)
        return {case for case in self.mine if self.run.documents[case].arrived <= late}

    def slowness(self) -> tuple[float, float]:
        """How much longer 综合处 takes in hand than others: a mean of logs, and its error."""
        mean, variance = 0.0, 0.0
        for activity in SLOW_STEPS:
            logs: dict[bool, list[float]] = {True: [], False: []}
            for step in self.done:
                if step.activity == activity and step.unit != DUTY and step.start is not None:
                    work = self.run.office.work
                    took = work(step.end or 0) - work(step.start)
                    logs[step.unit == SLOW_UNIT].append(float(np.log(took)))
            mean += (np.mean(logs[True]) - np.mean(logs[False])) / len(SLOW_STEPS)
            variance += sum(np.var(part) / len(part) for part in logs.values()) / 4
        return float(mean), float(np.sqrt(variance))

    @cached_property
    def waited_for(self) -> dict[str, float]:
        """Of the office hours that documents wait for a step, the part for each."""
        work, hours = self.run.office.work, Counter[str]()
        for step in self.run.steps:
            if step.case in self.mine and step.start is not None:
                hours[step.activity] += work(step.start) - work(step.received)
        return {activity: part / hours.total() for activity, part in hours.items()}


def _year(document: Document) -> int:
    return dt.datetime.fromtimestamp(document.arrived, dt.UTC).year


def simulated(days: pd.DataFrame, plan: Plan, cases: int, year: int) -> Year:
    """Simulate as long as to the end of a year."""
    stop = int(np.datetime64(f"{year}-12-31T18:00:00", "s").astype("int64"))
    with pytest.MonkeyPatch.context() as patch:
        for module in (simulation, promises):
            patch.setattr(module, "CUTOFF", stop)
        run = simulation.simulate(days, plan, SEED, cases)
        names = [str(case) for case in range(cases)]
        decided = [str(place) for place in range(len(run.decisions()))]
        promised = promises.accounts(run, names, set())
        return Year(run, year, promised, breaches.accounts(run, names, decided, set()))


def judged(before: tuple[int, int], after: tuple[int, int], better: str, target: float) -> str:
    """Tell by hand what two shares show: Newcombe's method 10 on scipy's Wilson intervals."""
    tests = (stats.binomtest(*counts) for counts in (before, after))
    first, second = (test.proportion_ci(method="wilson") for test in tests)
    p, q = before[0] / before[1], after[0] / after[1]
    low = q - p - np.sqrt((q - second.low) ** 2 + (first.high - p) ** 2)
    high = q - p + np.sqrt((second.high - q) ** 2 + (p - first.low) ** 2)
    if low <= 0 <= high:
        return "no effect"
    if (low > 0) != (better == "higher"):
        return "worse"
    reached = q >= target if better == "higher" else q <= target
    return "effective" if reached else "partly"


# --- the round


@dataclass(frozen=True)
class Round:
    """Two reviews of one office, and what its simulation knows of the two years."""

    first: pd.DataFrame
    second: pd.DataFrame
    whole: tuple[set[str], set[str]]
    years: tuple[Year, Year]

    @cached_property
    def rows(self) -> dict[Subject, Any]:
        return {_key(row): row for row in self.second.itertuples(index=False)}


def _key(row: Any) -> Subject:
    said = json.loads(row.subject)
    return subject(row.kind, *said.values())


def fill_in(register: Path) -> None:
    """Let people fill in what they did, in the file as a spreadsheet shows it."""
    with register.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        key = subject(row["类别"], *json.loads(row["对象"]).values())
        if key in ACTIONS:
            row |= {"目标": f"{ACTIONS[key][0]}", "责任": "甲科长", "时限": "2023/12/31"}
            row |= {"措施": "限时办结", "执行情况": "已落实", "完成日期": "2023/12/31"}
    with register.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_office(folder: Path, plan: Plan, cases: int) -> pd.DataFrame:
    """Write the office's log and criteria; give its days."""
    (folder / "calendar.toml").write_text(CALENDAR, encoding="utf-8")
    days = eff.read_calendar(folder / "calendar.toml").days(FIRST, LAST)
    clauses = [clause.row() for clause in CLAUSES if clause.log == "incoming"]
    tables = {
        "incoming": make_sample(days, SEED, cases, plan).incoming,
        "standards": pd.DataFrame([promise.row() for promise in PROMISES]),
        "rules": pd.DataFrame(clauses),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    return days


def reviewed(folder: Path, year: int, baseline: str = "") -> eff.Review:
    toml = TOML.format(year=year, baseline=baseline)
    (folder / "review.toml").write_text(toml, encoding="utf-8")
    return eff.review(folder, forms=())


def whole(review: eff.Review) -> set[str]:
    """What is worse, and is told with nothing else."""
    return {f.id for f in review.findings if f.direction == "worse" and not f.part_of}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """Go round once, without the page and the open cases' risks: no point is made of them."""
    folder = tmp_path_factory.mktemp("round")
    days = write_office(folder, PLAN, CASES)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("bunching", "due", "risk", "calibration"):
            patch.delitem(definitions.WRITTEN, name)
        patch.setattr(reviews, "material", lambda office: office.inputs)
        patch.setattr(reviews, "tell", lambda _: None)
        for name in ("bindings", "stored"):
            patch.setattr(reviews, name, lambda _: b"")
        first = reviewed(folder, 2023)
        update(read_folder(folder))
        fill_in(folder / "points.csv")
        second = reviewed(folder, 2024, 'baseline = ["2023-01-01", "2023-12-31"]')
    return Round(
        first.tables["points"],
        second.tables["points"],
        (whole(first), whole(second)),
        (simulated(days, PLAN, CASES, 2023), simulated(days, PLAN, CASES, 2024)),
    )


# --- year one


def test_year_one_finds_what_is_to_be_acted_upon(done: Round) -> None:
    """Every point is new and not yet to be judged; within the year nothing changed."""
    assert set(ACTIONS) <= {_key(row) for row in done.first.itertuples(index=False)}
    assert set(done.first["id"]) == done.whole[0]
    assert set(done.first["status"]) == {"new"}
    assert set(done.first["verdict"]) == {"too early"}
    assert "change" not in set(done.first["kind"])


# --- year two


@pytest.mark.parametrize("key", list(ACTIONS), ids=lambda key: "-".join(sorted(key)))
def test_what_was_acted_upon_has_the_verdict_that_was_planted(done: Round, key: Subject) -> None:
    row = done.rows[key]
    assert (row.verdict, row.status) == ACTIONS[key][1:]
    assert row.since == pd.Timestamp(ACTED)
    assert row.target == ACTIONS[key][0]


KINDS = ("high_rate", "standard", "rule", "rework", "slow_step", "slow_group")


def _kind(key: Subject) -> str:
    """What a point is of; what a rate is of is no kind."""
    return next(kind for kind in KINDS if kind in key)


def _name(key: Subject) -> str:
    (name,) = key - {_kind(key), "incoming", "unit", "late", "rework"}
    return name


def account(done: Round, key: Subject) -> tuple[tuple[int, int], tuple[int, int]]:
    """The simulation's own counts of both years."""
    before, after = (
        {
            "standard": year.kept,
            "rule": year.broken,
            "high_rate": lambda unit, year=year: year.repeated("拟办", unit),
        }[_kind(key)](_name(key))
        for year in done.years
    )
    return before, after


SHARES = [key for key in ACTIONS if "slow_group" not in key]


@pytest.mark.parametrize("key", SHARES, ids=lambda key: "-".join(sorted(key)))
def test_the_simulations_own_accounts_come_to_the_same(done: Round, key: Subject) -> None:
    """Slips in the record touch a handful of documents at most."""
    row, (before, after) = done.rows[key], account(done, key)
    target, planted, _ = ACTIONS[key]
    assert judged(before, after, row.better, target) == planted == row.verdict
    assert row.baseline_n == pytest.approx(before[1], abs=12)
    # What is due by no day counts once its like would have ended.
    left = len(done.years[1].mine - done.years[1].settled)
    if _kind(key) == "high_rate":  # of one unit's documents, some of those
        assert -12 <= after[1] - row.n <= left + 12
    else:
        left = left if _kind(key) == "rule" else 0
        assert row.n == pytest.approx(after[1] - left, abs=12)
    assert row.baseline == pytest.approx(before[0] / before[1], abs=0.01)
    assert row.value == pytest.approx(after[0] / after[1], abs=0.01)


def test_the_slow_unit_became_slower_by_its_own_account(done: Round) -> None:
    """Planted: 1.5 times as long as the others, then twice as long."""
    (before, error), (after, error_after) = (year.slowness() for year in done.years)
    assert np.exp(before) == pytest.approx(1.5, rel=0.15)
    assert np.exp(after) == pytest.approx(2.0, rel=0.15)
    bound = NormalDist().inv_cdf(0.975) * np.hypot(error, error_after)
    assert after - before > bound


def test_nothing_is_said_of_what_nobody_acted_upon(done: Round) -> None:
    left = done.second[done.second["done"].isna()]
    assert len(left) > len(ACTIONS)
    assert set(left["verdict"]) == {"too early"}
    assert left["since"].isna().all()
    assert set(left["suggestion"]) == {""}


def remains(year: Year, key: Subject) -> bool:
    """Tell from the simulation whether the problem of a point is there."""
    name = _name(key)
    targets = {promise.name: promise.target for promise in PROMISES}
    there: dict[str, Callable[[], bool]] = {
        "standard": lambda: np.divide(*year.kept(name)) < targets[name],
        "rule": lambda: year.broken(name)[0] > 0,
        "rework": lambda: year.repeated(name)[0] >= 5,
        "slow_step": lambda: year.waited_for[name] >= 0.25,
        "slow_group": lambda: name == SLOW_UNIT,
        "high_rate": lambda: name == SLOW_UNIT or year.more_often(name),
    }
    return bool(there[_kind(key)]())


def test_what_is_gone_is_resolved_and_what_remains_recurs(done: Round) -> None:
    """Of every point of year one, by the simulation's own account."""
    first = set(done.first["id"])
    told = {key: row.status for key, row in done.rows.items() if row.id in first}
    right = {key: "recurring" if remains(done.years[1], key) else "resolved" for key in told}
    assert told == right
    assert set(told.values()) == {"resolved", "recurring"}


def test_what_year_two_finds_first_is_new(done: Round) -> None:
    """The register keeps its points in their order; the new ones stand behind them."""
    known = len(done.first)
    assert done.second["id"].tolist()[:known] == done.first["id"].tolist()
    new = done.second.iloc[known:]
    assert set(new["id"]) == done.whole[1] - done.whole[0]
    assert set(new["status"]) <= {"new"}
    assert set(new["first_found"]) <= {pd.Timestamp("2024-12-31")}


def test_drafting_takes_longer_since_the_action(done: Round) -> None:
    """综合处 drafts half of it and takes a third longer: found between the two years."""
    row = done.rows[subject("change", "incoming", "拟办.handling", str(ACTED))]
    assert row.status == "new"
    assert row.low > 0


def test_history_tells_both_years(done: Round) -> None:
    row = done.rows[subject("standard", "T1")]
    dates, states, verdicts = zip(
        *(line.split(" · ")[:3] for line in row.history.split("\n")), strict=True
    )
    assert dates == ("2023-12-31", "2024-12-31")
    assert states == ("new", "resolved")
    assert verdicts == ("too early", "effective")
