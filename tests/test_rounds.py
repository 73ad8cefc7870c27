"""A two-year round: what year one found, what was done about it, and year two's verdict on it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator
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
from efficiency.sample.establishment import DESKS, DUTY, FIRST, LAST, SLOW_STEPS, SLOW_UNIT
from efficiency.sample.limit_accounts import PROMISES
from efficiency.sample.plan import Plan
from efficiency.sample.record import CALENDAR, make_sample
from efficiency.sample.simulation import Run, Step

SEED, CASES = 1, 2000
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
ACTIONS: dict[Subject, tuple[float, str, str]] = {
    subject("standard", "T1"): (0.9, "effective", "resolved"),
    subject("rule", "T21"): (0.005, "effective", "resolved"),
    subject("rule", "P22"): (0.001, "partly", "recurring"),
    subject("rework", "incoming", "拟办"): (0.02, "partly", "recurring"),
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

    def repeated(self, activity: str) -> tuple[int, int]:
        """In how many documents, of those in which it was done at all, a step was done again."""
        times = Counter(step.case for step in self.done if step.activity == activity)
        return sum(n > 1 for n in times.values()), len(times)

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
    def longest(self) -> set[str]:
        """The steps that take most time, down to the one with which eight tenths are reached."""
        taken: Counter[str] = Counter()
        for step in self.done:
            work = self.run.clock_of(step.unit).work
            taken[step.activity] += work(step.end or 0) - work(step.received)
        told, so_far = set(), 0
        for activity, seconds in taken.most_common():
            if so_far >= 0.8 * taken.total():
                break
            told.add(activity)
            so_far += seconds
        return told

    def busy_share(self, activity: str) -> float:
        """Of the hours for which a step waits, the part in which its people have other work."""
        work, waited, busy = self.run.office.work, 0, 0
        for step, before in _queued(self.run.steps, activity):
            if step.case in self.mine and step.start is not None:
                waited += work(step.start) - work(step.received)
                busy += max(work(min(before, step.start)) - work(step.received), 0)
        return busy / waited


def _year(document: Document) -> int:
    return dt.datetime.fromtimestamp(document.arrived, dt.UTC).year


def _queued(steps: list[Step], activity: str) -> Iterator[tuple[Step, int]]:
    """Each step of an office desk with the end of what its person did before."""
    people = {unit: (acts, names.split()) for unit, acts, names in DESKS if activity in acts}
    own: dict[str, list[Step]] = {}
    for step in steps:
        if step.actor and step.start is not None and step.unit != DUTY:
            own.setdefault(step.actor, []).append(step)
    for held in own.values():
        held.sort(key=lambda step: (step.start, step.end or 0))
        for before, step in zip([None, *held], held, strict=False):
            if step.activity == activity and step.unit in people:
                yield step, (before.end or 0) if before else 0


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
    findings: tuple[set[str], set[str]]
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
    return eff.review(folder)


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
        patch.setattr(reviews, "render", lambda _: "")
        first = reviewed(folder, 2023)
        update(read_folder(folder))
        fill_in(folder / "points.csv")
        second = reviewed(folder, 2024, 'baseline = ["2023-01-01", "2023-12-31"]')
    return Round(
        first.tables["points"],
        second.tables["points"],
        ({f.id for f in first.findings}, {f.id for f in second.findings}),
        (simulated(days, PLAN, CASES, 2023), simulated(days, PLAN, CASES, 2024)),
    )


# --- year one


def test_year_one_finds_what_is_to_be_acted_upon(done: Round) -> None:
    """Every point is new and not yet to be judged; within the year nothing changed."""
    assert set(ACTIONS) <= {_key(row) for row in done.first.itertuples(index=False)}
    assert set(done.first["id"]) == done.findings[0]
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


def _kind(key: Subject) -> str:
    (kind,) = key & {"standard", "rule", "rework", "waiting", "slow_step", "slow_group"}
    return kind


def account(done: Round, key: Subject) -> tuple[tuple[int, int], tuple[int, int]]:
    """The simulation's own counts of both years."""
    count = {"standard": "kept", "rule": "broken", "rework": "repeated"}[_kind(key)]
    (name,) = key - {_kind(key), "incoming"}
    before, after = (getattr(year, count)(name) for year in done.years)
    return before, after


SHARES = [key for key in ACTIONS if "slow_group" not in key]


@pytest.mark.parametrize("key", SHARES, ids=lambda key: "-".join(sorted(key)))
def test_the_simulations_own_accounts_come_to_the_same(done: Round, key: Subject) -> None:
    """Slips in the record touch a handful of documents at most."""
    row, (before, after) = done.rows[key], account(done, key)
    target, planted, _ = ACTIONS[key]
    assert judged(before, after, row.better, target) == planted == row.verdict
    assert row.baseline_n == pytest.approx(before[1], abs=12)
    assert row.n == pytest.approx(after[1], abs=12)
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
    (name,) = key - {_kind(key), "incoming", "contention", "unit"}
    targets = {promise.name: promise.target for promise in PROMISES}
    there: dict[str, Callable[[], bool]] = {
        "standard": lambda: np.divide(*year.kept(name)) < targets[name],
        "rule": lambda: year.broken(name)[0] > 0,
        "rework": lambda: year.repeated(name)[0] >= 5,
        "waiting": lambda: year.busy_share(name) > 0.25,
        "slow_step": lambda: name in year.longest,
        "slow_group": lambda: name == SLOW_UNIT,
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
    assert set(new["id"]) == done.findings[1] - done.findings[0]
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
