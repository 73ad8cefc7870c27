"""Steps that hold work up, from small tables worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from efficiency.criteria.standards import parse_standards
from efficiency.findings.finding import Finding
from efficiency.findings.kinds.slow_step import exhibit, own_limits
from efficiency.language import Language
from told import Seen, find

NO_JUDGEMENTS = pd.DataFrame(columns=["standard_id", "case_id", "verdict", "over_hours"])


def slow_step_findings(
    name: str, summary: pd.DataFrame, steps: pd.DataFrame, limits: Any, language: Language
) -> list[Seen]:
    tables = {"step_summary": summary, "steps": steps, "judgements": NO_JUDGEMENTS}
    return find("slow_step", language, name=name, **tables, limits=limits, small_cell=5)


def own_limit_findings(
    name: str, limits: Any, judgements: pd.DataFrame, language: Language
) -> list[Seen]:
    tables = {"step_summary": summed().head(0), "steps": STEPS, "judgements": judgements}
    return find("slow_step", language, name=name, **tables, limits=limits, small_cell=5)


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


def standards(**more: Any) -> pd.DataFrame:
    row = {"standard_id": "T1", "title": "半小时内转办", "source": "规定第三条", "from": "登记",
           "to": "转办", "limit": "30 min", "clock": "working"}  # fmt: skip
    return pd.DataFrame([row | more])


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


def told(found: Iterable[Any]) -> list[tuple[str, float]]:
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


def own(**more: Any) -> Any:
    """Make a standard."""
    return parse_standards(standards(**{"standard_id": "T9", **more}))


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
    assert list(own_limits(own(**{"from": "承办.start", "to": "承办"}))) == ["承办"]
    assert own_limits(own(**{"from": "承办", "to": "承办"})) == {}
    assert own_limits(own(**{"from": "登记.received", "to": "承办"})) == {}
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
    limits = parse_standards(pair.reset_index(drop=True))
    judgements = judged("T8", late=9)
    assert list(own_limit_findings("a", limits, judgements, "zh"))


def test_a_step_is_shown_by_its_longest_ones() -> None:
    """Of its activity; equals by case."""
    steps = pd.DataFrame(
        {
            "row": [1, 2, 3, 4], "case_id": ["A", "A", "B", "C"], "unit": "desk",
            "activity": ["in", "out", "out", "out"], "queue_hours": 0.5, "handling_hours": 0.5,
            "work_hours": [9.0, 2.0, 7.0, 7.0],
        }
    )  # fmt: skip
    finding = Finding(
        kind="slow_step", subject=(("log", "a"), ("activity", "out")), level="watch", says={},
        value=0.5, low=0.4, high=0.6, n=8, p=None, cases=("A", "C", "B"), table="steps", hours=3.0,
    )  # fmt: skip
    rows = exhibit(finding, steps)
    assert rows.columns.tolist() == [
        "case_id", "row", "unit", "queue_hours", "handling_hours", "work_hours",
    ]  # fmt: skip
    assert rows["case_id"].tolist() == ["B", "C", "A"]
    assert rows["row"].tolist() == [3, 4, 2]
