"""Findings from small tables worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest

from efficiency.criteria.standards import parse_standards
from efficiency.findings.finding import Finding
from efficiency.findings.shortfalls import (
    MOST_CASES,
    own_limit_findings,
    own_limits,
    rework_findings,
    slow_step_findings,
    standard_findings,
)

CHINESE = re.compile("[\u4e00-\u9fff]")


def judged(standard: str, **verdicts: int) -> pd.DataFrame:
    """Make judgements: late and overdue cases run over by 1, 2, 3 … hours."""
    kinds = [kind for kind, many in verdicts.items() for _ in range(many)]
    over = [float(n) if kind in {"late", "overdue"} else None for n, kind in enumerate(kinds, 1)]
    return pd.DataFrame(
        {
            "standard_id": standard,
            "case_id": [f"c{n:02d}" for n in range(1, len(kinds) + 1)],
            "verdict": kinds,
            "over_hours": pd.Series(over, dtype="float64"),
        }
    )


def complied(standard: str, share: float, low: float, high: float, target: Any, **n: int) -> Any:
    """Make a row of the compliance table."""
    counts = dict.fromkeys(("met", "late", "pending", "overdue", "suspended", "undecidable"), 0)
    row = {"standard_id": standard, "n": sum(n.values()), **counts, **n, "not_started": 0}
    return pd.DataFrame([row | {"share": share, "low": low, "high": high, "target": target}])


def standards(**more: Any) -> pd.DataFrame:
    row = {"standard_id": "T1", "title": "半小时内转办", "source": "规定第三条", "from": "登记",
           "to": "转办", "limit": "30 min", "clock": "working"}  # fmt: skip
    return pd.DataFrame([row | more])


def test_a_missed_standard_is_told() -> None:
    """6 of 8 met, aim 90 %: the interval of 0.409 to 0.929 (Wilson) does not rule it out."""
    judgements = judged("T1", met=6, late=1, overdue=1, pending=3)
    compliance = complied("T1", 0.75, 0.409, 0.929, 0.9, met=6, late=1, overdue=1, pending=3)
    (found,) = standard_findings(judgements, compliance, standards(), "zh")
    assert (found.kind, found.subject) == ("standard", (("standard_id", "T1"),))
    assert (found.level, found.n, found.value) == ("watch", 8, 0.75)
    assert found.hours == 7.0 + 8.0
    assert found.cases == ("c08", "c07")
    assert found.table == "judgements"
    for text in ("半小时内转办", "75.0%", "90.0%"):
        assert text in found.title
    for text in ("T1", "登记", "转办", "30 min", "规定第三条", "办公时间"):
        assert text in found.criterion
    assert "40.9%–92.9%" in found.condition
    assert "15.0" in found.effect
    assert "7.5" in found.effect


def test_where_the_interval_lies_below_it_is_for_action() -> None:
    judgements = judged("T1", met=6, late=2)
    level = {
        high: next(
            standard_findings(
                judgements,
                complied("T1", 0.75, 0.4, high, 0.9, met=6, late=2),
                standards(),
                "en",
            )
        ).level
        for high in (0.85, 0.9, 0.95)
    }
    assert level == {0.85: "action", 0.9: "watch", 0.95: "watch"}


@pytest.mark.parametrize(
    ("share", "target", "n"),
    [(0.9, 0.9, 8), (1.0, 0.9, 8), (0.1, None, 8), (0.1, float("nan"), 8), (0.1, 0.9, 4)],
)
def test_what_is_no_shortfall(share: float, target: Any, n: int) -> None:
    """On target, above it, without one, and too few to tell: pending cases do not count."""
    judgements = judged("T1", late=n, pending=20)
    compliance = complied("T1", share, 0.0, 0.2, target, late=n, pending=20)
    compliance["target"] = compliance["target"].astype(float)
    assert not list(standard_findings(judgements, compliance, standards(), "zh"))


def test_at_most_twenty_cases_are_named() -> None:
    compliance = complied("T1", 0.0, 0.0, 0.2, 0.9, late=30)
    (found,) = standard_findings(judged("T1", late=30), compliance, standards(), "zh")
    assert len(found.cases) == MOST_CASES == 20
    assert found.cases[0] == "c30"


def test_the_last_version_of_a_standard_speaks() -> None:
    both = pd.concat([standards(), standards(title="一小时内转办", limit="1 h")])
    compliance = complied("T1", 0.0, 0.0, 0.2, 0.9, late=8)
    (found,) = standard_findings(judged("T1", late=8), compliance, both, "zh")
    assert "一小时内转办" in found.title


def test_without_title_source_and_clock_nothing_is_made_up() -> None:
    bare = standards(title="", source=None, clock="", limit="1 working day")
    compliance = complied("T1", 0.0, 0.0, 0.2, 0.9, late=8)
    (found,) = standard_findings(judged("T1", late=8), compliance, bare, "zh")
    assert found.title.startswith("T1")
    assert "依据：—" in found.criterion
    assert "None" not in found.criterion


# --- slow steps


def summed(*rows: tuple[str, int, float]) -> pd.DataFrame:
    """Make a summary of steps: ``activity, n, hours``; the busiest first."""
    table = pd.DataFrame(rows, columns=["activity", "n", "hours"])
    share = table["hours"] / table["hours"].sum()
    return table.assign(
        p10=0.1, median=1.0, p90=2.0, queue_median=0.5, handling_median=0.5, queue_share=0.6,
        share=share, low=share - 0.05, high=share + 0.05,
    )  # fmt: skip


def taken(*rows: tuple[int, str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["row", "case_id", "activity", "work_hours"])


STEPS = taken(
    (1, "1", "承办", 2.0), (2, "2", "承办", 9.0), (3, "1", "承办", 4.0), (4, "3", "登记", 1.0)
)


def told(found: Iterable[Finding]) -> list[tuple[str, float]]:
    return [(dict(one.subject)["activity"], one.hours) for one in found]


def test_steps_are_told_until_four_fifths_of_the_time_are() -> None:
    """60 and 25 of 100 hours lie before the 80 % mark; the third begins beyond it."""
    summary = summed(("承办", 50, 60.0), ("批示", 50, 25.0), ("登记", 50, 15.0))
    found = list(slow_step_findings("incoming", summary, STEPS, (), "zh"))
    assert told(found) == [("承办", 60.0), ("批示", 25.0)]
    first = found[0]
    assert (first.kind, first.level, first.table) == ("slow_step", "watch", "steps")
    assert first.subject == (("log", "incoming"), ("activity", "承办"))
    assert (first.value, first.n) == (0.6, 50)
    assert first.cases == ("2", "1")
    assert "60.0%" in first.title
    assert "55.0%–65.0%" in first.condition
    assert "排队等候占 60.0%" in first.condition


def test_at_most_five_and_none_that_is_rare() -> None:
    many = summed(*((f"s{n}", 50, 10.0) for n in range(10)))
    assert len(told(slow_step_findings("a", many, STEPS, (), "en"))) == 5
    rare = summed(("承办", 4, 60.0), ("批示", 5, 40.0))
    assert told(slow_step_findings("a", rare, STEPS, (), "en")) == [("批示", 40.0)]


def test_where_no_arrival_is_known_the_queue_is_not_spoken_of() -> None:
    summary = summed(("承办", 50, 60.0)).assign(queue_share=float("nan"))
    (found,) = slow_step_findings("a", summary, STEPS, (), "en")
    assert "queue" not in found.condition.lower()
    assert "nan" not in found.condition


def own(**more: Any) -> dict[str, Any]:
    """Make a standard and find whose own limit it is."""
    return own_limits(parse_standards(standards(**{"standard_id": "T9", **more})))


def test_a_step_with_a_limit_of_its_own_is_held_to_it() -> None:
    """From its own arrival to its own end: 3 of 8 ran past it, by 6 + 7 + 8 hours."""
    limits = own(**{"from": "承办.received", "to": "承办"})
    summary = summed(("承办", 50, 60.0), ("批示", 50, 40.0))
    assert told(slow_step_findings("a", summary, STEPS, limits, "zh")) == [("批示", 40.0)]
    judgements = pd.concat(
        [judged("T9", met=5, late=2, overdue=1, pending=4), judged("T1", late=9)]
    )
    (found,) = own_limit_findings("a", limits, judgements, "zh")
    assert told([found]) == [("承办", 21.0)]
    assert (found.kind, found.level) == ("slow_step", "watch")
    assert (found.n, found.value, found.table) == (8, 3 / 8, "judgements")
    assert found.cases == ("c08", "c07", "c06")
    assert "T9" in found.criterion
    assert "21.0" in found.title


def test_whose_own_limit_a_standard_is() -> None:
    """One that begins with the step's own arrival or start; the end of a step is another's."""
    assert list(own(**{"from": "承办.start", "to": "承办"})) == ["承办"]
    assert own(**{"from": "承办", "to": "承办"}) == {}
    assert own(**{"from": "登记.received", "to": "承办"}) == {}
    assert own_limits(()) == {}


def test_a_limit_that_was_kept_or_hardly_used_is_no_finding() -> None:
    limits = own(**{"from": "承办.received", "to": "承办"})
    for judgements in (judged("T9", met=9), judged("T9", late=4, pending=9), judged("T1", late=9)):
        assert not list(own_limit_findings("a", limits, judgements, "zh"))


def test_two_limits_of_one_step_are_both_told() -> None:
    """Such as 4 h for urgent documents and 8 h for the others."""
    pair = pd.concat(
        [
            standards(
                **{"standard_id": name, "scope": f"急={name}", "from": "承办.start", "to": "承办"}
            )
            for name in ("T8", "T9")
        ]
    )
    limits = own_limits(parse_standards(pair.reset_index(drop=True)))
    judgements = judged("T8", late=9)
    assert list(own_limit_findings("a", limits, judgements, "zh"))


# --- rework


def test_work_done_again_is_told() -> None:
    """5 of 20 cases; the case with most repetitions is named first, ties by name."""
    rework = pd.DataFrame(
        [("拟办", 20, 5, 6, 2, 12.5), ("登记", 20, 4, 4, 0, 99.0)],
        columns=[
            "activity",
            "cases",
            "repeated_cases",
            "repetitions",
            "self_loops",
            "repeated_hours",
        ],
    )
    steps = taken(
        (1, "b", "拟办", 1.0), (2, "b", "拟办", 1.0), (3, "a", "拟办", 1.0), (4, "a", "拟办", 1.0),
        (5, "c", "拟办", 1.0), (6, "d", "拟办", 1.0), (7, "d", "拟办", 1.0), (8, "d", "拟办", 1.0),
        (9, "e", "登记", 1.0), (10, "e", "登记", 1.0),
    )  # fmt: skip
    (found,) = rework_findings("incoming", rework, steps, "en")
    assert (found.kind, found.level, found.table) == ("rework", "watch", "rework")
    assert found.subject == (("log", "incoming"), ("activity", "拟办"))
    assert (found.value, found.n, found.hours) == (0.25, 20, 12.5)
    assert found.cases == ("d", "a", "b")
    # Wilson for 5 of 20, by the published formula: 0.1119 to 0.4687.
    assert (found.low, found.high) == (
        pytest.approx(0.1119, abs=1e-4),
        pytest.approx(0.4687, abs=1e-4),
    )
    assert "12.5" in found.effect
    assert len(list(rework_findings("incoming", rework, steps, "en", 4))) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_texts_are_in_the_reviews_language(language: Any) -> None:
    """Names of the office apart, English findings hold no Chinese, Chinese ones are Chinese."""
    plain = standards(title="quick", source="rule 3", **{"from": "in", "to": "out"})
    limits = own(**{"title": "own", "from": "out.start", "to": "out"})
    rework = pd.DataFrame(
        [("in", 20, 5, 6, 2, 12.5)],
        columns=[
            "activity",
            "cases",
            "repeated_cases",
            "repetitions",
            "self_loops",
            "repeated_hours",
        ],
    )
    steps = taken((1, "1", "in", 2.0))
    judgements = pd.concat([judged("T9", met=5, late=3), judged("T1", late=9)])
    compliance = complied("T1", 0.0, 0.0, 0.2, 0.9, late=9)
    found = [
        *standard_findings(judgements, compliance, plain, language),
        *slow_step_findings("a", summed(("in", 9, 9.0), ("out", 9, 1.0)), steps, limits, language),
        *own_limit_findings("a", limits, judgements, language),
        *rework_findings("a", rework, steps, language),
    ]  # fmt: skip
    assert [one.kind for one in found] == ["standard", "slow_step", "slow_step", "rework"]
    for one in found:
        for text in (one.title, one.criterion, one.condition, one.cause, one.effect, one.action):
            assert bool(CHINESE.search(text)) == (language == "zh")
        assert one.table in {"judgements", "steps", "rework"}
        assert one.p is None
