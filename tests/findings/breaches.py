"""
Holds cases against rules of procedure, one step after the other: slow, no code of the package.

A step is a dict with ``case_id, activity, unit, actor, row``, three moments (datetime or None) and
what is known of its case. A rule is a dict of texts as they stand in ``rules.csv``. `Writer` makes
both up.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import holidays

Step = dict[str, Any]
Rule = dict[str, str]
Cases = dict[str, list[Step]]
Rows = set[int]

MOMENTS = ("received", "start", "end")
DAY = dt.timedelta(days=1)
#: In an open case these may still be mended.
WAITING = {"response", "responded_existence"}
#: The count of a kind where a rule gives none.
COUNTS = {
    "repeats": 2, "passes": 3, "unanswered": 3, "prompted": 3, "ping_pong": 1, "round_trips": 1,
    "corrections": 2, "recurs": 90, "forwarded": 1, "unregistered": 30,
}  # fmt: skip
_CHINA = holidays.country_holidays("CN", years=range(2023, 2026))


@dataclass
class Verdict:
    """What a rule says of a log: the rows that prove each breach, and what is not broken."""

    broken: dict[str, Rows] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    undecidable: set[str] = field(default_factory=set)
    n: int = 0


def names(text: str) -> list[str]:
    """Split names."""
    return [name for name in text.split("|") if name]


def count_of(rule: Rule) -> int:
    """The count of a rule."""
    return int(rule.get("n") or COUNTS[rule["kind"]])


def seen_at(steps: list[Step], cutoff: dt.datetime) -> Cases:
    """The cases as they stood at the cut-off, each in the order of its rows."""
    cases: Cases = {}
    for step in sorted(steps, key=lambda step: step["row"]):
        then = {name: at if (at := step[name]) and at <= cutoff else None for name in MOMENTS}
        if any(then.values()):
            cases.setdefault(step["case_id"], []).append({**step, **then})
    return cases


def earliest(step: Step) -> dt.datetime:
    """The earliest moment at which a done step may have been done."""
    end = step["end"]
    if step["end_precision"] != "day":
        return end
    finer = [step[name] for name in ("start", "received") if step[name]]
    exact = [at for at in finer if at.date() == end.date() and at.time() != dt.time()]
    return max([end, *exact])


def done_of(case: list[Step]) -> list[Step]:
    """The done steps of a case in order."""
    return sorted((step for step in case if step["end"]), key=lambda s: (earliest(s), s["row"]))


def is_told(first: Step, second: Step) -> bool:
    """Whether the record tells that one step was done before another."""
    dates = [step["end_precision"] == "day" for step in (first, second)]
    if not any(dates):
        return (first["end"], first["row"]) < (second["end"], second["row"])
    latest = first["end"] + DAY if dates[0] else first["end"]
    return latest <= earliest(second)


def orders_of(done: list[Step]) -> Iterator[list[Step]]:
    """Every order of the steps that the record allows, one after the other."""
    if not done:
        yield []
    for at, step in enumerate(done):
        rest = done[:at] + done[at + 1 :]
        if not any(is_told(other, step) for other in rest):
            for order in orders_of(rest):
                yield [step, *order]


def in_any_order(
    kind: Callable[[list[Step], Rule], Rows | None], done: list[Step], rule: Rule
) -> tuple[Rows | None, bool]:
    """The rows that prove a breach in the order of the log; whether only some orders are one."""
    told = {kind(order, rule) is not None for order in orders_of(done)}
    return (kind(done, rule) or set() if told == {True} else None), told == {True, False}


def is_open(case: list[Step], closed_by: list[str]) -> bool:
    """Tell whether a case is not closed."""
    if closed_by:
        return not any(step["end"] and step["activity"] in closed_by for step in case)
    return any(not step["end"] for step in case)


def known(case: list[Step], column: str) -> str:
    """The first value of a column that is not empty, in row order; empty: none."""
    return next((str(step[column]) for step in case if step[column] not in {None, ""}), "")


def in_scope(case: list[Step], scope: str) -> bool:
    """Tell whether every condition of a scope holds."""
    for part in filter(None, scope.split("; ")):
        column, values = part.split("!=" if "!=" in part else "=")
        if (known(case, column) in values.split("|")) == ("!=" in part):
            return False
    return True


def at_of(done: list[Step], side: str) -> list[int]:
    """The places of the steps that are named on one side of a rule."""
    return [at for at, step in enumerate(done) if step["activity"] in names(side)]


def rows_at(done: list[Step], places: Any) -> Rows:
    """The rows of some places."""
    return {done[at]["row"] for at in places}


# --- the order of steps: the rows that prove a breach, or None where there is none


def precedence(done: list[Step], rule: Rule) -> Rows | None:
    a, b = at_of(done, rule["a"]), at_of(done, rule["b"])
    return rows_at(done, [at for at in b if not any(early < at for early in a)]) or None


def response(done: list[Step], rule: Rule) -> Rows | None:
    a, b = at_of(done, rule["a"]), at_of(done, rule["b"])
    return rows_at(done, [at for at in a if not any(late > at for late in b)]) or None


def existence(done: list[Step], rule: Rule) -> Rows | None:
    return None if at_of(done, rule["a"]) else set()


def absence(done: list[Step], rule: Rule) -> Rows | None:
    return rows_at(done, at_of(done, rule["a"])) or None


def at_most(done: list[Step], rule: Rule) -> Rows | None:
    a = at_of(done, rule["a"])
    return rows_at(done, a) if len(a) > count_of(rule) else None


def order(done: list[Step], rule: Rule) -> Rows | None:
    a, b = at_of(done, rule["a"]), at_of(done, rule["b"])
    return rows_at(done, [a[0], b[0]]) if a and b and a[0] > b[0] else None


def backflow(done: list[Step], rule: Rule) -> Rows | None:
    """Of several later activities the one named last proves it, then the one done last."""
    named, permitted = names(rule["a"]), at_of(done, rule["b"])
    places = [at for at, step in enumerate(done) if step["activity"] in named]

    def key(at: int) -> tuple[int, int]:
        return named.index(done[at]["activity"]), at

    proven: Rows = set()
    for back in places:
        ahead = [
            at
            for at in places
            if at < back
            and key(at)[0] > key(back)[0]
            and not any(at < between < back for between in permitted)
        ]
        proven |= rows_at(done, [back, max(ahead, key=key)]) if ahead else set()
    return proven or None


def repeats(done: list[Step], rule: Rule) -> Rows | None:
    each = [at_of(done, name) for name in names(rule["a"])]
    return set().union(*(rows_at(done, at) for at in each if len(at) >= count_of(rule))) or None


def responded_existence(done: list[Step], rule: Rule) -> Rows | None:
    return None if at_of(done, rule["b"]) else rows_at(done, at_of(done, rule["a"])) or None


def passes(done: list[Step], rule: Rule) -> Rows | None:
    before = [*at_of(done, rule["b"]), len(done)][0]
    a = [at for at in at_of(done, rule["a"]) if at < before]
    return rows_at(done, a) if len(a) >= count_of(rule) else None


def unanswered(done: list[Step], rule: Rule) -> Rows | None:
    waiting = response(done, rule) or set()
    return waiting if len(waiting) >= count_of(rule) else None


@cache
def is_working_day(day: dt.date) -> bool:
    """Tell whether China works that day, by a package that the calendar does not ask for it."""
    return bool(_CHINA.is_working_day(day))


def working_days(start: dt.datetime, stop: dt.datetime) -> int:
    """Count the working days after the day of one moment, up to that of another."""
    days = range(1, (stop.date() - start.date()).days + 1)
    return sum(is_working_day(start.date() + number * DAY) for number in days)


def prompted(done: list[Step], rule: Rule) -> Rows | None:
    proven: Rows = set()
    for at in at_of(done, rule["b"]):
        asked = [early for early in at_of(done, rule["a"]) if early < at]
        if asked and working_days(done[asked[-1]]["end"], done[at]["end"]) <= count_of(rule):
            proven |= rows_at(done, [asked[-1], at])
    return proven or None


# --- hands: what is proven, and whether a name that is not known could break the rule


def pairs_of(done: list[Step], rule: Rule) -> list[tuple[Step, Step]]:
    """Each step of `a` with each other step of `b`."""
    a, b = at_of(done, rule["a"]), at_of(done, rule["b"])
    return [(done[one], done[other]) for one in a for other in b if one != other]


def four_eyes(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    told = [
        pair
        for pair in pairs_of(done, rule)
        if pair[0]["actor"] and pair[0]["actor"] == pair[1]["actor"]
    ]
    return {step["row"] for pair in told for step in pair} or None, _gap(
        pairs_of(done, rule), "actor"
    )


def same_actor(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    """All known steps of `a` and `b` show it: not one person did them."""
    pairs = pairs_of(done, rule)
    differ = any(
        one["actor"] and other["actor"] and one["actor"] != other["actor"] for one, other in pairs
    )
    told = {step["row"] for pair in pairs for step in pair if step["actor"]}
    return told if differ else None, _gap(pairs, "actor")


def _gap(pairs: Any, what: str) -> bool:
    """Tell whether in some pair of steps one is not known."""
    return any(not one[what] or not other[what] for one, other in pairs)


def hub(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    hubs = names(rule["a"])
    pairs = [
        (one, other)
        for one, other in pairwise(done)
        if one["unit"] not in hubs and other["unit"] not in hubs
    ]
    across = [
        (one, other)
        for one, other in pairs
        if one["unit"] and other["unit"] and one["unit"] != other["unit"]
    ]
    return {step["row"] for pair in across for step in pair} or None, _gap(pairs, "unit")


def told_units(done: list[Step]) -> tuple[list[Step], bool]:
    """The steps of known units, and whether there are others."""
    told = [step for step in done if step["unit"]]
    return told, len(told) < len(done)


def ping_pong(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    """The step that sent it on and the one at which it is back prove it."""
    told, gap = told_units(done)
    runs: list[Step] = []
    for step in told:
        if not runs or runs[-1]["unit"] != step["unit"]:
            runs.append(step)
    back = [at for at in range(2, len(runs)) if runs[at]["unit"] == runs[at - 2]["unit"]]
    proven = {row for at in back for row in (runs[at - 1]["row"], runs[at]["row"])}
    # A case of too few steps cannot break it, whoever did them.
    enough = len(done) >= count_of(rule) + 2
    return proven if len(back) >= count_of(rule) else None, gap and enough


def round_trips(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    """The last step outside and the first one back prove it."""
    told, gap = told_units(done)
    proven, trips, left, inside = set(), 0, False, False
    last: Step | None = None
    for step in told:
        here = step["unit"] in names(rule["a"])
        left = left or (inside and not here)
        if left and here:
            assert last
            proven |= {last["row"], step["row"]}
            trips, left = trips + 1, False
        inside, last = here, step
    enough = len(done) >= 2 * count_of(rule) + 1
    return proven if trips >= count_of(rule) else None, gap and enough


def done_by(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    b = [step for step in done if step["activity"] in names(rule["b"])]
    return _elsewhere(b, rule)


def entry(done: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    return _elsewhere(done[:1], rule)


def _elsewhere(steps: list[Step], rule: Rule) -> tuple[Rows | None, bool]:
    told, gap = told_units(steps)
    return {step["row"] for step in told if step["unit"] not in names(rule["a"])} or None, gap


# --- what is known of cases: those that break it, those that cannot be decided, those it is about

Papers = tuple[dict[str, Rows], set[str], set[str]]


def first_row(case: list[Step]) -> Rows:
    """The first row of a case."""
    return {min(step["row"] for step in case)}


def first_moment(case: list[Step]) -> dt.datetime:
    """The earliest moment of a case."""
    return min(step[name] for step in case for name in MOMENTS if step[name])


def number_of(text: str) -> float | None:
    """Read a number."""
    try:
        return float(text)
    except ValueError:
        return None


def holds(case: list[Step], condition: str) -> bool | None:
    """Tell whether a condition holds; None where the record does not say."""
    sign = next(sign for sign in ("!=", ">=", "<=", "=", ">", "<") if sign in condition)
    left, right = (side.strip() for side in condition.split(sign))
    if sign in {"=", "!="} and not left.startswith("#"):
        value, values = known(case, left), right.split("|")
        return None if not value and "" not in values else (value in values) == (sign == "=")
    column, _, minus = left.removeprefix("#").partition(" - ")
    value = known(case, column)
    number = number_of(value)
    if left.startswith("#"):
        listed = "".join("、" if sign in "，,;；|" else sign for sign in value).split("、")
        number = len([name for name in listed if name.strip()]) or None
    taken = number_of(known(case, minus)) if minus else 0
    if number is None or taken is None:
        return None
    number, limit = number - taken, float(right)
    return {
        "=": number == limit, "!=": number != limit, ">": number > limit, ">=": number >= limit,
        "<": number < limit, "<=": number <= limit,
    }[sign]  # fmt: skip


def attribute(cases: Cases, rule: Rule, _: list[Step]) -> Papers:
    told = {
        case_id: [holds(case, condition) for condition in rule["a"].split("; ")]
        for case_id, case in cases.items()
    }
    broken = {case_id: first_row(cases[case_id]) for case_id, all_ in told.items() if all(all_)}
    doubtful = {case_id for case_id, all_ in told.items() if None in all_ and False not in all_}
    return broken, doubtful, set(cases)


def first_version(cases: Cases, case_id: str, column: str) -> str:
    """Follow what a case corrects to a case that corrects nothing, to a number, or round a ring."""
    passed: list[str] = []
    while case_id in cases and known(cases[case_id], column) and case_id not in passed:
        passed.append(case_id)
        case_id = known(cases[case_id], column)
    return min(passed[passed.index(case_id) :]) if case_id in passed else case_id


def corrections(cases: Cases, rule: Rule, _: list[Step]) -> Papers:
    documents: dict[str, list[str]] = {}
    for case_id in sorted(cases, key=lambda one: (first_moment(cases[one]), one)):
        documents.setdefault(first_version(cases, case_id, rule["a"]), []).append(case_id)
    broken = {
        versions[0]: set().union(*(first_row(cases[later]) for later in versions[1:]))
        for versions in documents.values()
        if len(versions) - 1 >= count_of(rule)
    }
    return broken, set(), {versions[0] for versions in documents.values()}


def recurs(cases: Cases, rule: Rule, _: list[Step]) -> Papers:
    values = {
        case_id: [known(case, column) for column in rule["a"].split("+")]
        for case_id, case in cases.items()
    }
    moments = {case_id: first_moment(case) for case_id, case in cases.items()}
    broken = {
        later: first_row(cases[later])
        for later in cases
        for early in cases
        if all(values[later])
        and values[early] == values[later]
        and (moments[early], early) < (moments[later], later)
        and moments[later] - moments[early] <= count_of(rule) * DAY
    }
    return broken, {case_id for case_id in cases if not all(values[case_id])}, set(cases)


def forwarded(cases: Cases, rule: Rule, _: list[Step]) -> Papers:
    links = {case_id: known(case, rule["a"]).strip() for case_id, case in cases.items()}
    linked = {case_id for case_id, link in links.items() if link}

    def goes_up(case_id: str, levels: int) -> bool:
        """Whether a chain has so many links, one by one; round in a circle it has no end."""
        return not levels or (bool(links.get(case_id)) and goes_up(links[case_id], levels - 1))

    broken = {
        case_id: first_row(cases[case_id]) for case_id in linked
        if goes_up(case_id, count_of(rule) + 1)
    }  # fmt: skip
    return broken, set(), linked


@cache
def pairs_in(title: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(one + other for one, other in pairwise(title))


def alike(one: str, other: str) -> bool:
    """Tell whether Dice's coefficient of two titles, 2 |A ∩ B| ÷ (|A| + |B|), is 0.8 or more."""
    a, b = pairs_in(one), pairs_in(other)
    return one == other or (bool(a & b) and 20 * len(a & b) >= 8 * (len(a) + len(b)))


@dataclass(frozen=True)
class Paper:
    """What a document or an entry is known by; empty where nothing is known."""

    key: str
    title: str
    sender: str
    moment: dt.datetime

    def is_entry(self, other: Paper, days: int) -> bool:
        """Tell whether an entry of the register is this document."""
        if self.key and other.key:
            return self.key == other.key
        near = abs(self.moment - other.moment) <= days * DAY
        same = bool(self.title and self.sender) and self.sender == other.sender
        return same and near and alike(self.title, other.title)


def plain(text: str) -> str:
    """Leave marks and spaces out."""
    return "".join(sign for sign in text if sign.isalnum())


def unregistered(cases: Cases, rule: Rule, register: list[Step]) -> Papers:
    """The register is asked by 文号, else by 标题 and 来文单位."""
    columns = ("文号", "标题", "来文单位")
    entries = [
        Paper(*(plain(known([one], name)) for name in columns), one["end"]) for one in register
    ]
    broken: dict[str, Rows] = {}
    doubtful, decided = set(), set()
    for case_id, case in cases.items():
        done = done_of(case)
        steps = [done[at] for at in at_of(done, rule["a"])] if rule["a"] else done
        if not steps:
            continue
        decided.add(case_id)
        paper = Paper(*(plain(known(case, name)) for name in columns), steps[0]["end"])
        if any(paper.is_entry(one, count_of(rule)) for one in entries):
            continue
        if paper.key or (paper.title and paper.sender):
            broken[case_id] = {min(step["row"] for step in steps)}
        else:
            doubtful.add(case_id)
    return broken, doubtful, decided


ORDERS: dict[str, Callable[[list[Step], Rule], Rows | None]] = {
    "precedence": precedence, "response": response, "existence": existence, "absence": absence,
    "at_most": at_most, "order": order, "backflow": backflow, "repeats": repeats,
    "responded_existence": responded_existence, "passes": passes, "unanswered": unanswered,
    "prompted": prompted,
}  # fmt: skip
#: Held against every order that the record allows.
ANY_ORDER = {"precedence", "response", "order", "backflow"}
HANDS: dict[str, Callable[[list[Step], Rule], tuple[Rows | None, bool]]] = {
    "four_eyes": four_eyes, "same_actor": same_actor, "hub": hub, "ping_pong": ping_pong,
    "round_trips": round_trips, "done_by": done_by, "entry": entry,
}  # fmt: skip
PAPERS: dict[str, Callable[[Cases, Rule, list[Step]], Papers]] = {
    "attribute": attribute, "corrections": corrections, "recurs": recurs, "forwarded": forwarded,
    "unregistered": unregistered,
}  # fmt: skip


def papers_of(cases: Cases, rule: Rule, register: list[Step]) -> Papers:
    """Hold all cases against a rule of any kind, whatever its scope."""
    kind = rule["kind"]
    if kind in PAPERS:
        return PAPERS[kind](cases, rule, register)
    told: dict[str, tuple[Rows | None, bool]] = {}
    for case_id, case in cases.items():
        done = done_of(case)
        if kind in ANY_ORDER:
            told[case_id] = in_any_order(ORDERS[kind], done, rule)
        elif kind in ORDERS:
            told[case_id] = ORDERS[kind](done, rule), False
        else:
            told[case_id] = HANDS[kind](done, rule)
    broken = {case_id: rows for case_id, (rows, _) in told.items() if rows is not None}
    return broken, {case_id for case_id, (_, gap) in told.items() if gap}, set(cases)


def verdict_of(
    steps: list[Step],
    rule: Rule,
    cutoff: dt.datetime,
    closed_by: list[str],
    register: list[Step],
) -> Verdict:
    """Hold a log against one rule; the register is that of the cut-off, too."""
    cases = seen_at(steps, cutoff)
    entered = [entry for entry in register if entry["end"] <= cutoff]
    broken, doubtful, counted = papers_of(cases, rule, entered)
    verdict = Verdict()
    for case_id in counted:
        if not in_scope(cases[case_id], rule["scope"]):
            continue
        verdict.n += 1
        if case_id in broken and rule["kind"] in WAITING and is_open(cases[case_id], closed_by):
            verdict.pending.add(case_id)
        elif case_id in broken:
            verdict.broken[case_id] = broken[case_id]
        elif case_id in doubtful:
            verdict.undecidable.add(case_id)
    return verdict


# --- logs and rules made up

ACTIVITIES = "abcd"
UNITS = ("X", "Y", "Z")
ACTORS = ("P", "Q", "R")
#: Weeks with holidays and days that make up for them.
WINDOWS = (dt.datetime(2024, 4, 24, 8), dt.datetime(2024, 9, 26, 8))
TITLES = ("abcdefghijklm", "nopqrstuvwxyz")
CONDITIONS = (
    "#主送>1", "#主送<=1", "#主送=2", "级别=1|2", "级别!=3", "级别>1", "级别 - 上级>0",
    "级别 - 上级 <= 0", "文种=", "文种!=", "文种=函|",
)  # fmt: skip
SCOPES = ("", "", "", "文种=函", "文种!=函|请示", "文种=", "文种!=", "文种=函; 级别!=1|2")


class Writer:
    """Makes up logs and rules: few names, many ties, many gaps."""

    def __init__(self, seed: int, gaps: float = 0.2) -> None:
        self.random = random.Random(seed)
        self.start = self.random.choice(WINDOWS)
        self.gaps = gaps

    def maybe(self, values: Any, gaps: float) -> Any:
        """One of some values, or none."""
        pick = self.random
        return pick.choice([None, ""]) if pick.random() < gaps else pick.choice(values)

    def title(self) -> str:
        """Write a title, often with slips, often with marks."""
        signs = list(self.random.choice(TITLES))
        for _ in range(self.random.choice([0, 0, 1, 2])):
            signs[self.random.randrange(len(signs))] = "0"
        return self.random.choice(["{}", "《{}》", " {} ", "（{}）"]).format("".join(signs))

    def known(self, number: int) -> Step:
        """Make up what a step knows of its case."""
        # Mostly an earlier case, now and then itself or one that comes after: a ring.
        older = f"{self.random.randrange(number + 3):03}"
        return {
            "文种": self.maybe(["函", "请示", "报告"], 0.5),
            "级别": self.maybe(["1", "2", "3", "x"], 0.5),
            "上级": self.maybe(["0", "2", "2.5"], 0.5),
            "主送": self.maybe(["甲", "甲、乙", "甲;乙，丙", "甲 、、乙"], 0.5),
            "原件": self.maybe([older, older, older, "N1"], 0.85),
            **self.paper(),
        }

    def paper(self) -> Step:
        """Make up what a document is known by."""
        forms = ("〔2024〕{}号", "[2024] {}号", "2024{}号")
        number = self.random.choice(forms).format(self.random.randrange(6))
        return {
            "文号": self.maybe([number], 0.8),
            "标题": self.maybe([self.title()], 0.6),
            "来文单位": self.maybe(["甲局", "乙局"], 0.1),
        }

    def moment(self, base: dt.datetime) -> dt.datetime:
        """A moment after another, often the same."""
        minutes = self.random.choice([0, 0, 0, 30, 60, 60, 600, 1440, 2880, 5760, 10080])
        return base + dt.timedelta(minutes=minutes)

    def step(self, number: int, base: dt.datetime) -> Step:
        """Make up a step; some are open, some are known to the day only, few have no moment."""
        pick, at = self.random, self.moment(base)
        kind = pick.choices(["end", "day", "open", "none"], weights=[80, 10, 9, 1])[0]
        end = {"end": at, "day": dt.datetime.combine(at.date(), dt.time())}.get(kind)
        return {
            "case_id": f"{number:03}",
            "activity": pick.choice(ACTIVITIES),
            "unit": self.maybe(UNITS, self.gaps),
            "actor": self.maybe(ACTORS, self.gaps),
            "received": at if kind == "open" else None,
            "start": at if kind in {"end", "day"} and pick.random() < 0.3 else None,
            "end": end,
            "end_precision": "day" if kind == "day" else "second",
            **self.known(number),
        }

    def log(self, cases: int) -> list[Step]:
        """Make up a log; its rows are mixed, and stand in no order."""
        pick, steps = self.random, []
        for number in range(cases):
            base = self.start + dt.timedelta(hours=pick.randrange(200))
            steps += [self.step(number, base) for _ in range(pick.choice([1, 1, 2, 3, 4, 5, 7]))]
        pick.shuffle(steps)
        numbered = [{**step, "row": row} for row, step in enumerate(steps, start=1)]
        pick.shuffle(numbered)
        return numbered

    def register(self, entries: int) -> list[Step]:
        """Make up a register."""
        hours = [self.random.randrange(400) for _ in range(entries)]
        return [{**self.paper(), "end": self.start + dt.timedelta(hours=hour)} for hour in hours]

    def cutoff(self, steps: list[Step]) -> dt.datetime:
        """A cut-off: the last moment, or the moment of some step."""
        ends = [step["end"] for step in steps if step["end"]]
        last = max(step[name] for step in steps for name in MOMENTS if step[name])
        return self.random.choice([last, last, self.random.choice(ends)])

    def some(self, values: Any, least: int = 1) -> str:
        """Name some of a few values, and now and then one that never occurs."""
        pick = self.random
        chosen = pick.sample(list(values), pick.randint(least, min(len(values), least + 2)))
        return "|".join([*chosen, *(["w"] if pick.random() < 0.1 else [])])

    def sides(self, kind: str) -> Rule:
        """Make up `a`, `b` and `n` of a rule."""
        pick = self.random
        n = str(pick.choice([0, 1, 2] if kind == "at_most" else [1, 1, 2, 2, 3, 5]))
        simple = {"existence", "absence", "at_most", "repeats"}
        by_kind = {
            "backflow": {"a": self.some(ACTIVITIES, 2), "b": pick.choice(["", *ACTIVITIES])},
            "hub": {"a": pick.choice(["", *UNITS])},
            "ping_pong": {"a": ""},
            "round_trips": {"a": self.some(UNITS)},
            "entry": {"a": self.some(UNITS)},
            "done_by": {"a": self.some(UNITS), "b": self.some(ACTIVITIES)},
            "attribute": {"a": "; ".join(pick.sample(CONDITIONS, pick.choice([1, 1, 2])))},
            "corrections": {"a": "原件"},
            "recurs": {"a": pick.choice(["级别", "文种+级别"])},
            "forwarded": {"a": "原件"},
            "unregistered": {
                "a": pick.choice(["", "a", "b|c"]), "b": "r: 文号 | 标题+来文单位",
            },
        }  # fmt: skip
        two = {"a": self.some(ACTIVITIES), "b": "" if kind in simple else self.some(ACTIVITIES)}
        given = {"n": "" if pick.random() < 0.2 and kind != "at_most" else n}
        return {
            "b": "",
            **by_kind.get(kind, two),
            **(given if kind in {*COUNTS, "at_most"} else {}),
        }

    def rules(self, kinds: Any, each: int) -> Iterator[Rule]:
        """Make up some rules of each kind."""
        for kind in kinds:
            for number in range(each):
                rule = {"rule_id": f"{kind}{number}", "kind": kind, "n": "", **self.sides(kind)}
                yield {**rule, "scope": self.random.choice(SCOPES)}
