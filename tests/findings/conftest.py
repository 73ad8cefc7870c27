"""What the tests of findings share: slow references, and cases that are written by hand."""

from __future__ import annotations

import importlib.util
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.rules import parse_rules
from efficiency.facts.events import observed
from efficiency.findings.rules.deviations import Held
from efficiency.findings.rules.deviations import hold as hold_rules


def _beside(name: str) -> ModuleType:
    """A module that lies beside this file, wherever the tests are run from."""
    spec = importlib.util.spec_from_file_location(
        f"slow_{name}", Path(__file__).with_name(f"{name}.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    """The slow reference of judgements."""
    return _beside("reference")


@pytest.fixture(scope="session")
def breaches() -> ModuleType:
    """The slow reference of rules, and what makes up logs and rules."""
    return _beside("breaches")


@pytest.fixture(scope="session")
def hold() -> Callable[..., list[dict[str, Any] | None]]:
    """
    A function that judges cases written by hand, each by a standard of its own.

    A case is a list of texts such as ``登记 2024-03-05 17:25`` (an end; with a date alone, to the
    day) or ``登记.received 2024-03-05``; a standard is a dict whose ``from`` is 登记 and ``to``
    转办 unless it says otherwise. The answer holds one judgement a case, times as text.
    """

    def judged(
        *pairs: tuple[list[str], dict[str, str]],
        cutoff: str | None = None,
        calendar: eff.Calendar | None = None,
        unit: str | None = None,
    ) -> list[dict[str, Any] | None]:
        steps = [_step(str(i), text, unit) for i, (case, _) in enumerate(pairs) for text in case]
        times = {
            name: pd.to_datetime([s[name] for s in steps]) for name in ("received", "start", "end")
        }
        standards = pd.DataFrame(
            [{**DEFAULTS, "standard_id": f"T{i}", "scope": f"case_id={i}", **standard}
             for i, (_, standard) in enumerate(pairs)]
        )  # fmt: skip
        with warnings.catch_warnings():
            # That an activity never happens is what some of the cases are about.
            warnings.filterwarnings("ignore", message=".*the log has no activity")
            told = eff.judge(pd.DataFrame(steps).assign(**times), standards, calendar, cutoff)
        rows = {row["standard_id"]: row for row in told.to_dict("records")}
        return [_shown(rows.get(f"T{i}")) for i in range(len(pairs))]

    return judged


DEFAULTS = {
    "from": "登记",
    "to": "转办",
    "clock": "working",
    "suspend": "",
    "resume": "",
    "required": "",
}


def _step(case: str, text: str, unit: str | None) -> dict[str, Any]:
    name, stamp = text.split(" ", 1)
    name, _, kind = name.partition(".")
    kind = kind or "end"
    step = {
        "case_id": case,
        "activity": name,
        "unit": unit,
        "received": None,
        "start": None,
        "end": None,
    }
    precisions = dict.fromkeys(("received_precision", "start_precision", "end_precision"))
    precisions[f"{kind}_precision"] = "second" if ":" in stamp else "day"
    return {**step, **precisions, kind: pd.Timestamp(stamp)}


def _shown(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    told = {name: None if pd.isna(value) else value for name, value in row.items()}
    return {
        name: str(value) if isinstance(value, pd.Timestamp) else value
        for name, value in told.items()
    }


def frame_of(steps: list[dict[str, Any]]) -> pd.DataFrame:
    """Build a log from steps."""
    frame = pd.DataFrame(steps)
    times = {name: pd.to_datetime(frame[name]) for name in ("received", "start", "end")}
    return frame.assign(**{name: at.astype("datetime64[us]") for name, at in times.items()})


@pytest.fixture(scope="session")
def log_of() -> Callable[[list[dict[str, Any]]], pd.DataFrame]:
    """A function that builds a log from steps."""
    return frame_of


STEP = re.compile(
    r"(?P<activity>[^#@/?]+)(#(?P<day>[^@/?]+))?(@(?P<actor>[^/?]+))?(/(?P<unit>[^?]+))?(?P<open>[?])?"
)


@pytest.fixture(scope="session")
def written() -> Callable[..., pd.DataFrame]:
    """
    A function that makes a log of cases written as texts, such as ``登记@张三/文书科 批示?``.

    Steps come an hour after one another, or on a day of 2024 (``批示#03-06``); one with a question
    mark is open. Rows are counted over all cases; what is known of a case stands in all its rows.
    """

    def make(cases: dict[str, str], known: dict[str, dict[str, str]] | None = None) -> pd.DataFrame:
        steps = []
        for case_id, text in cases.items():
            at = pd.Timestamp("2024-03-05 09:00")
            for part in text.split():
                found = STEP.fullmatch(part)
                assert found, part
                at = pd.Timestamp(f"2024-{found['day']} 09:00") if found["day"] else at
                step = {"case_id": case_id, **found.groupdict(), **(known or {}).get(case_id, {})}
                end = None if found["open"] else at
                steps.append({**step, "received": at, "start": None, "end": end})
                at += pd.Timedelta(hours=1)
        return frame_of(steps).drop(columns=["day", "open"]).assign(row=range(1, len(steps) + 1))

    return make


@pytest.fixture(scope="session")
def tried(written: Callable[..., pd.DataFrame]) -> Callable[..., list[dict[str, Any]]]:
    """
    A function that holds examples against a rule each, all at once.

    An example is a rule, cases written as texts and, if wanted, what is known of them; its rows are
    counted anew. An answer holds the rows and both details of each broken case, and which are
    pending or undecidable; what is empty is left out.
    """

    def told(
        *examples: tuple[Any, ...],
        registers: dict[str, pd.DataFrame] | None = None,
        **observing: Any,
    ) -> list[dict[str, Any]]:
        logs = [
            written(cases, *known).assign(
                case_id=lambda log, number=number: log["case_id"] + f"@{number}"
            )
            for number, (_, cases, *known) in enumerate(examples)
        ]
        rules = [
            {"rule_id": str(number), "scope": f"例={number}", **rule}
            for number, (rule, *_) in enumerate(examples)
        ]
        log = pd.concat([one.assign(例=str(number)) for number, one in enumerate(logs)])
        with observed(log, eff.Calendar(), **observing) as events:
            parsed = parse_rules(pd.DataFrame(rules).fillna(""))
            held = hold_rules(events, parsed, registers or {})
            english = events.frame(hold_rules(events, parsed, registers or {}, "en").deviations)
            whole = english.merge(
                events.frame(held.deviations), on=["rule_id", "case_id", "rows"], validate="1:1"
            )
            assert len(whole) == len(english)
            answers = answers_of(held)
        for rule_id, answer in answers.items():
            rows = whole[whole["rule_id"] == rule_id].sort_values("case_id")
            details = rows[["rows", "detail_y", "detail_x"]].itertuples(index=False, name=None)
            answer["broken"] = dict(zip(rows["case_id"], details, strict=True))
        return [shown(answers[rule["rule_id"]]) for rule in rules]

    def shown(answer: dict[str, Any]) -> dict[str, Any]:
        plain = {"broken": {name.split("@")[0]: of for name, of in answer["broken"].items()}}
        plain |= {
            name: sorted(case_id.split("@")[0] for case_id in answer[name])
            for name in ("pending", "undecidable")
        }
        return {name: value for name, value in plain.items() if value}

    return told


@pytest.fixture(scope="session")
def parted(breaches: ModuleType) -> Callable[..., list[str]]:
    """
    A function that makes up a log and rules, and lists where the package and the slow
    reference part: in the rows of the broken cases, in what is pending or undecidable, in n.
    """

    def differences(seed: int, kinds: Sequence[str], each: int, cases: int = 120) -> list[str]:
        writer = breaches.Writer(seed)
        steps, register = writer.log(cases), writer.register(40)
        rules, cutoff = list(writer.rules(kinds, each)), writer.cutoff(steps)
        closed_by = writer.random.choice([[], ["d"], ["c", "d"]])
        dated = {step["case_id"] for step in steps if step["end_precision"] == "day"}
        with observed(frame_of(steps), cutoff=cutoff, closed_by=closed_by) as events:
            registers = {"r": pd.DataFrame(register)}
            got = answers_of(hold_rules(events, parse_rules(pd.DataFrame(rules)), registers))
        told = []
        for rule in rules:
            want = breaches.verdict_of(steps, rule, cutoff, closed_by, register)
            given = got[rule["rule_id"]]
            if rule["kind"] in breaches.ANY_ORDER:
                # Where the order is open, which rows prove it is a matter of telling.
                want.broken, given["broken"] = (
                    {case: rows if case not in dated else set() for case, rows in found.items()}
                    for found in (want.broken, given["broken"])
                )
            told += [
                f"{rule} {name}: got {given[name]}, expected {getattr(want, name)}"
                for name in ("broken", "pending", "undecidable", "n")
                if given[name] != getattr(want, name)
            ]
        return told

    return differences


def answers_of(held: Held) -> dict[str, dict[str, Any]]:
    """What was found of each rule: rows of the broken cases, pending, undecidable, n."""
    tables = (held.deviations, held.pending, held.unknown)
    broken, pending, unknown = (held.events.frame(table) for table in tables)
    counts = held.summary().set_index("rule_id")
    answers = {}
    for rule_id in counts.index:
        hits = broken[broken["rule_id"] == rule_id]
        assert hits["case_id"].is_unique
        rows = [{int(row) for row in filter(None, text.split(";"))} for text in hits["rows"]]
        answers[rule_id] = {
            "broken": dict(zip(hits["case_id"], rows, strict=True)),
            "pending": set(pending.loc[pending["rule_id"] == rule_id, "case_id"]),
            "undecidable": set(unknown.loc[unknown["rule_id"] == rule_id, "case_id"]),
            "n": counts.at[rule_id, "n"],
        }
        for name in ("broken", "pending", "undecidable"):
            assert counts.at[rule_id, name] == len(answers[rule_id][name])
    return answers
