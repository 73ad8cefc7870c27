"""Missed standards, from small tables worked out by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kinds.standard import (
    MOST_ROWS,
    exhibit,
    goes_with,
    measure,
    observe,
    past_due,
    side_of,
)
from efficiency.findings.standards.associations import tree
from efficiency.language import Language
from efficiency.report.telling import say
from told import LANGUAGES, Seen, find

NO_TREES = pd.DataFrame(columns=["standard_id", "parent"])


def standard_findings(
    judgements: pd.DataFrame,
    compliance: pd.DataFrame,
    standards: pd.DataFrame,
    language: Language,
    closed: Collection[str] = (),
    known: Collection[str] | None = None,
) -> list[Seen]:
    """Find; the record knows every step that ends a clock, or those that are said to be known."""
    ends = [end for one in standards["to"] for end in str(one).split("|")]
    steps = pd.DataFrame({"activity": [*(ends if known is None else known)]})
    tables = {"judgements": judgements, "compliance": compliance, "standards": standards,
              "step_summary": steps}  # fmt: skip
    cases = cased(judgements, closed)
    return find("standard", language, **tables, cases=cases, trees=NO_TREES, small_cell=5)


def cased(judgements: pd.DataFrame, closed: Collection[str] = ()) -> pd.DataFrame:
    """The cases that were judged: open, but for those that are said to be closed."""
    cases = judgements[["case_id"]].drop_duplicates(ignore_index=True)
    return cases.assign(open=~cases["case_id"].isin(closed))


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
    decided = float(row["met"] + row["late"] + row["overdue"])
    told = {"share": share, "low": low, "high": high, "effective_n": decided, "target": target}
    return pd.DataFrame([row | told])


def standards(**more: Any) -> pd.DataFrame:
    row = {"standard_id": "T1", "title": "半小时内转办", "source": "规定第三条", "from": "登记",
           "to": "转办", "limit": "30 min", "clock": "working"}  # fmt: skip
    return pd.DataFrame([row | more])


def test_a_missed_standard_is_told() -> None:
    """6 of 8 met, aim 90 %: the interval of 0.409 to 0.929 (Wilson) does not rule it out."""
    judgements = judged("T1", met=6, late=1, overdue=1, pending=3)
    compliance = complied("T1", 0.75, 0.409, 0.929, 0.9, met=6, late=1, overdue=1, pending=3)
    (found,) = standard_findings(judgements, compliance, standards(), "zh")
    assert (found.kind, found.subject) == ("standard", (("log", "a"), ("standard_id", "T1")))
    assert (found.level, found.n, found.value) == ("watch", 8, 0.75)
    assert found.hours == 7.0 + 8.0
    assert found.cases == ("c08", "c07")
    assert found.table == "judgements"
    for text in ("半小时内转办", "75.0%", "90.0%"):
        assert text in found.title
    for text in ("T1", "登记", "转办", "30分钟", "规定第三条", "办公时间"):
        assert text in found.criterion
    assert "40.9%～92.9%" in found.condition
    assert "独立的件" not in found.condition
    assert found.effect == (
        "办结时已超时的 1 件，合计超出 7.0 小时（中位数 7.0 小时）、至截止时仍未办的 1 件，"
        "已超出 8.0 小时（中位数 8.0 小时）（按该时限的时钟）。"
    )
    assert (found.theme, found.gravity, found.concerned, found.step) == ("limits", 2, 2, "转办")


def test_only_what_there_is_past_due_is_told() -> None:
    """None is still undone: 6, 7 and 8 hours, of which 7 in the middle."""
    compliance = complied("T1", 0.625, 0.3, 0.8, 0.9, met=5, late=3)
    (found,) = standard_findings(judged("T1", met=5, late=3), compliance, standards(), "en")
    assert found.effect == (
        "3 done late, 21.0 hours past due in all, a median of 7.0 (on the limit's clock)."
    )


# --- cases closed without the step

#: Late by 6 hours, overdue by 7 and 8; the last two were closed, late or without the step.
LEFT = pd.DataFrame(
    {
        "standard_id": "T1",
        "case_id": ["c06", "c07", "c08"],
        "verdict": ["late", "overdue", "overdue"],
        "over_hours": [6.0, 7.0, 8.0],
    }
)


def test_nobody_waits_for_a_step_of_a_closed_case() -> None:
    """Closed and late it ran over by as much as it did; the table that is given stays as it is."""
    before = LEFT.copy()
    assert past_due(LEFT, cased(LEFT)).tolist() == [6.0, 7.0, 8.0]
    hours = past_due(LEFT, cased(LEFT, {"c06", "c08"}))
    assert hours.iloc[:2].tolist() == [6.0, 7.0]
    assert pd.isna(hours.iloc[2])
    assert_frame_equal(before, LEFT)


@pytest.mark.parametrize(
    ("language", "late", "left_out"),
    [
        ("zh", "合计超出 6.0 小时（中位数 6.0 小时）", "另有 2 件的超时时长不能确定"),
        ("en", "1 done late, 6.0 hours past due", "of 2 the hours past due are not known"),
    ],
)
def test_cases_closed_without_the_step_are_named_without_hours(
    language: Language, late: str, left_out: str
) -> None:
    """Two of three: only the six hours of the late one count, and those two are named last."""
    judgements = judged("T1", met=5, late=1, overdue=2)
    compliance = complied("T1", 0.625, 0.3, 0.8, 0.9, met=5, late=1, overdue=2)
    (found,) = standard_findings(
        judgements, compliance, standards(), language, closed={"c06", "c07", "c08"}
    )
    assert late in found.effect
    assert left_out in found.effect
    assert "13.0" not in found.effect
    assert found.hours == 6.0
    assert found.cases == ("c06", "c07", "c08")


def test_what_is_measured_again_has_no_hours_of_closed_cases() -> None:
    """6 + 7 of 21 hours, where the case that is overdue by 8 was closed."""
    compliance = complied("T1", 0.0, 0.0, 0.2, 0.9, late=1, overdue=2)
    for closed, hours in (((), 21.0), ({"c08"}, 13.0)):
        (told,) = measure("a", LEFT, compliance, cased(LEFT, closed))
        assert told.hours[0] == hours


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_clocks_came_in_batches_is_said(language: Language) -> None:
    """Of eight clocks as good as 3.4 independent ones."""
    compliance = complied("T1", 0.75, 0.3, 0.85, 0.9, met=6, late=2).assign(effective_n=3.4)
    judgements = judged("T1", met=6, late=2)
    (found,) = standard_findings(judgements, compliance, standards(), language)
    words = "相当于 3 件独立的件" if language == "zh" else "that of 3 independent ones"
    assert words in found.condition


@pytest.mark.parametrize(
    ("share", "high", "certainty", "gravity"),
    [(0.89999, 0.95, 0.5, 2), (0.75, 0.9, 0.975, 2), (0.6, 0.7, 1.0, 3)],
)
def test_how_sure_it_is_that_a_standard_is_missed(
    share: float, high: float, certainty: float, gravity: int
) -> None:
    """At the target the half; 97.5 % where the interval ends there; three widths off for sure."""
    compliance = complied("T1", share, 0.3, high, 0.9, met=6, late=2)
    (found,) = standard_findings(judged("T1", met=6, late=2), compliance, standards(), "en")
    assert found.certainty == pytest.approx(certainty, abs=1e-3)
    assert found.gravity == gravity


def test_where_the_interval_lies_below_it_is_for_action() -> None:
    judgements = judged("T1", met=6, late=2)
    level = {
        high: standard_findings(
            judgements, complied("T1", 0.75, 0.4, high, 0.9, met=6, late=2), standards(), "en"
        )[0].level
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


# --- what goes with lateness


def test_what_goes_with_lateness_most() -> None:
    """Forty of fifty on Fridays, ten of fifty else."""
    late = [True] * 40 + [False] * 10 + [True] * 10 + [False] * 40
    friday = pd.DataFrame({"late": late, "weekday": ["5"] * 50 + ["1", "2"] * 25})
    for language, words in (("en", ("begun on a Friday", "50", "80.0%", "20.0%")),
                            ("zh", ("星期五的 50 件", "80.0%", "20.0%"))):  # fmt: skip
        text = say(goes_with(tree(friday)), language)
        assert all(word in text for word in words)
        assert "not yet a cause" in text or "不等于原因" in text
    assert goes_with(tree(friday.assign(late=False))) is None


def test_what_is_not_yes_is_no() -> None:
    """Late but for the month's end: said plainly."""
    late = [True] * 45 + [False] * 15 + [False] * 40
    table = pd.DataFrame({"late": late, "month_end": ["no"] * 60 + ["yes"] * 40})
    for language, words in (("en", "60 cases outside a month's last three working days"),
                            ("zh", "月末三个工作日以外的 60 件")):  # fmt: skip
        text = say(goes_with(tree(table)), language)
        assert words in text
        assert "other than" not in text
        assert "非" not in text


def test_what_goes_with_lateness_may_be_all_but_one() -> None:
    """Desk 7 is the one on time: of 60 with another desk 45 were late, of its 40 none."""
    late = [True] * 45 + [False] * 15 + [False] * 40
    units = ["Desk 1", "Desk 2", "Desk 3"] * 20 + ["Desk 7"] * 40
    table = pd.DataFrame({"late": late, "unit": units})
    text = say(goes_with(tree(table)), "en")
    assert "of 60 cases other than those with unit 'Desk 7', 75.0%" in text
    assert "of the 40 others 0.0%" in text
    assert "除“部门为“Desk 7””以外的 60 件" in say(goes_with(tree(table)), "zh")


@pytest.mark.parametrize(
    ("attribute", "side", "value", "words"),
    [
        ("hour_band", "is", "08-10", "begun from 8 to 10 o'clock"),
        ("hour_band", "is not", "16-18", "other than those begun from 16 to 18 o'clock"),
        ("weekday", "is", "7", "begun on a Sunday"),
        ("month_end", "is", "yes", "of a month's last three working days"),
        ("month_end", "is not", "no", "of a month's last three working days"),
        ("文种", "is", "函", "with 文种 '函'"),
    ],
)
def test_sides_as_people_say_them(attribute: str, side: str, value: str, words: str) -> None:
    assert say(side_of(attribute, side, value), "en") == words


# --- what is measured again


def test_a_check_looks_at_each_clock_that_was_decided() -> None:
    """Met or not, known when it was due; what is pending is not decided, T2 is another's."""
    began, due = pd.Timestamp("2024-03-04"), pd.Timestamp("2024-03-08")
    judgements = pd.concat([judged("T1", met=1, late=1, overdue=1, pending=1), judged("T2", met=1)])
    judgements = judgements.assign(from_time=began, due=due)
    first = pd.DataFrame({"case_id": ["c01", "c02", "c03"], "文种": ["函", "请示", "函"]})
    seen = observe({"standard_id": "T1"}, judgements, first)
    assert seen is not None
    assert seen.rows[["case_id", "value", "at", "known_by", "文种"]].values.tolist() == [
        ["c01", 1.0, began, due, "函"],
        ["c02", 0.0, began, due, "请示"],
        ["c03", 0.0, began, due, "函"],
    ]
    assert (seen.name, seen.unit, seen.better) == ("share_met", "share", "higher")
    assert observe({"standard_id": "T9"}, judgements, first) is None


# --- the rows that show it

FINDING = Finding(
    kind="standard", subject=(("log", "a"), ("standard_id", "T1")), level="watch", says={},
    value=0.5, low=0.4, high=0.6, n=8, p=None, cases=(), table="judgements", hours=3.0,
)  # fmt: skip
AT = pd.Timestamp("2024-03-04 09:00")
#: Six cases of T1, later from one to the next, and one of T2 that is later still.
JUDGEMENTS = pd.DataFrame(
    {
        "standard_id": ["T1"] * 6 + ["T2"],
        "case_id": [*"ABCDEF", "A"],
        "from_time": AT,
        "to_time": AT + pd.to_timedelta([1, 2, 3, 4, 5, 6, 9], "h"),
        "due": AT,
        "verdict": "late",
        "over_hours": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 99.0],
    }
)


def test_a_standard_is_shown_by_its_latest_cases() -> None:
    """Of those that the finding names, the latest first; no other standard's."""
    rows = exhibit(replace(FINDING, cases=("B", "A", "F")), JUDGEMENTS)
    assert rows.columns.tolist() == ["case_id", "from_time", "due", "to_time", "over_hours"]
    assert rows["case_id"].tolist() == ["F", "B", "A"]
    assert rows["over_hours"].tolist() == [6.0, 2.0, 1.0]


def test_so_many_rows_are_shown() -> None:
    """The first cases that the finding names; they come with the worst in front."""
    rows = exhibit(replace(FINDING, cases=tuple("FEDCBA")), JUDGEMENTS)
    assert rows["case_id"].tolist() == list("FEDCB")
    assert len(rows) == MOST_ROWS
