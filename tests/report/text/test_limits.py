"""A missed standard in words: the counts, the side on which it is missed, one case."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from efficiency.language import LANGUAGES, Language
from efficiency.report.blocks import read
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.text.limits import (
    limit_clause,
    parting,
    side_words,
    title_of,
    typical_case,
)
from efficiency.words import PHRASES
from small_review import WORDS
from studied import found, log_study, study

KEY = {"log": "incoming", "standard_id": "T1"}
COMPLIANCE = pd.DataFrame(
    [
        {
            **KEY,
            "decided": 959,
            "missed": 204,
            "share": 0.787,
            "low": 0.76,
            "high": 0.812,
            "gap": -0.113,
        }
    ]
)
#: Of 152 that came after four 107 were late; of the other 807, 97.
TREES = pd.DataFrame(
    {
        **KEY, "node": [0, 1, 2], "parent": [-1, 0, 0], "side": ["", "is not", "is"],
        "attribute": ["", "hour_band", "hour_band"], "value": ["", "16-18", "16-18"],
        "n": [959, 807, 152], "late": [204, 97, 107], "share": [0.213, 0.12, 0.704],
    }
)  # fmt: skip
JUDGED = pd.DataFrame(
    {
        **KEY, "case_id": ["A", "B", "C", "D"], "occurrence": [1, 1, 1, 2],
        "verdict": ["late", "late", "met", "late"], "over_hours": [3.0, 21.3, -1.0, 99.0],
        "from_time": pd.to_datetime(["2024-12-12 09:00", "2024-12-13 15:27", "2024-12-13 09:01",
                                     "2024-12-02 00:00"]),
        "due": pd.to_datetime(["2024-12-12 18:00", "2024-12-13 18:00", "2024-12-13 18:00",
                               "2024-12-02 18:00"]),
        "to_time": pd.to_datetime(["2024-12-13 11:30", "2024-12-19 08:46", "2024-12-13 10:00",
                                   "2024-12-24 10:00"]),
    }
)  # fmt: skip
STANDARDS = pd.DataFrame(
    {
        "standard_id": ["T1"], "title": ["Proposed on the day"], "short": ["same-day proposal"],
        "from": ["in.received|in"], "to": ["out"], "limit": ["1 d"], "clock": ["working"],
    }
)  # fmt: skip
Row = namedtuple("Row", "attribute side value")


def told(language: Language = "en", **changes: Any) -> Material:
    tables = {"compliance": COMPLIANCE, "trees": TREES, "judgements": JUDGED}
    given = {"standards": STANDARDS, "logs": (log_study(words=WORDS[language]),)}
    tables |= {name: changes.pop(name) for name in list(changes) if name in tables}
    return study(language=language, tables=tables, **given | changes)


def clause(language: Language = "en", level: str = "action", **changes: Any) -> tuple[Any, ...]:
    made = told(language, **changes)
    return limit_clause(made.teller(), found("standard", standard_id="T1", level=level), made)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "“same-day proposal”落实不够，959件中204件没有做到，达标率78.7%，"
               "比目标低11.3个百分点；16时至18时收到的152件中107件超时，占70.4%，"
               "其他807件中97件超时，占12.0%"),
        ("en", "'same-day proposal': 204 of 959 cases missed it; 78.7% met it, 11.3 percentage "
               "points below target; 107 of 152 that came from 16 to 18 o'clock were late (70.4%), "
               "against 97 of the other 807 (12.0%)"),
    ],
)  # fmt: skip
def test_a_limit_that_is_missed_beyond_doubt(language: Language, text: str) -> None:
    """Counts first, then the share, then the comparison; no interval."""
    assert read(clause(language)) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "达标率78.7%（95%置信区间76.0%～81.2%），低于目标，但尚不能判定是否达标"),
     ("en", "78.7% met it (95% interval 76.0% to 81.2%), below target, but a chance")],
)  # fmt: skip
def test_a_limit_that_may_be_missed_has_its_interval(language: Language, text: str) -> None:
    assert text in read(clause(language, "watch", trees=TREES.iloc[:0]))


def test_every_figure_of_the_clause_is_a_cell() -> None:
    bound = [span for span in clause() if isinstance(span, Bound)]
    cells = {(one.cell.table, one.cell.column) for one in bound}
    assert cells == {
        *(("compliance", name) for name in ("decided", "missed", "share", "gap")),
        *(("trees", name) for name in ("n", "late", "share")),
    }


def test_where_one_side_has_all_that_is_late_no_share_of_none_is_told() -> None:
    clean = TREES.assign(late=[107, 0, 107], share=[0.11, 0.0, 0.704])
    text = read(clause(trees=clean))
    assert "all 107 are among the 152 that came from 16 to 18 o'clock, 70.4%" in text
    assert "none of the other 807 was late" in text
    assert "0.0%" not in text


def test_the_worse_side_comes_first() -> None:
    worse, rest = parting({"trees": TREES}, "incoming", "T1") or (None, None)
    assert (worse.n, rest.n) == (152, 807)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "tables",
    [{}, {"trees": TREES.iloc[:0]}, {"trees": TREES.iloc[:1]}, {"trees": TREES.assign(log="b")}],
)
def test_without_a_parting_there_are_no_sides(tables: Mapping[str, pd.DataFrame]) -> None:
    """No tree was grown, it has a root alone, or it is of another log."""
    assert parting(tables, "incoming", "T1") is None


@pytest.mark.parametrize(
    ("row", "chinese", "english"),
    [
        (Row("hour_band", "is", "08-10"), "8时至10时收到", "that came from 8 to 10 o'clock"),
        (Row("weekday", "is", "5"), "星期五收到", "that came on a Friday"),
        (Row("weekday", "is", "7"), "星期日收到", "that came on a Sunday"),
        (Row("month_end", "is", "yes"), "月末三个工作日收到", "that came on the last three"),
        (Row("month_end", "is", "no"), "月末三个工作日以外收到", "that came outside the"),
        (Row("unit", "is", "综合处"), "综合处办理", "handled by 综合处"),
        (Row("unit", "is not", "综合处"), "除综合处办理以外", "other than those handled by 综合处"),
        (Row("文种", "is", "请示"), "文种为“请示”", "with 文种 '请示'"),
    ],
)  # fmt: skip
def test_sides_in_words(row: Any, chinese: str, english: str) -> None:
    assert side_words(told("zh").teller(), row) == chinese
    assert side_words(told("en").teller(), row).startswith(english)


def test_a_standard_is_called_by_its_short_title() -> None:
    """Whole where it stands in a table; by its id where it has none."""
    made = told()
    assert title_of(made, "T1") == "same-day proposal"
    assert title_of(made, "T1", whole=True) == "Proposed on the day"
    assert title_of(made, "T9") == "T9"
    assert title_of(told(standards=STANDARDS.assign(short="")), "T1") == "Proposed on the day"
    assert title_of(told(standards=STANDARDS.drop(columns="short")), "T1") == "Proposed on the day"
    bare = STANDARDS.assign(short=float("nan"), title=None)
    assert title_of(told(standards=bare), "T1") == "T1"


def case(language: Language = "en", **changes: Any) -> str:
    made = told(language, **changes)
    return read(typical_case(made.teller(), found("standard", standard_id="T1"), made))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "典型案例：B，12月13日15时27分in，应于12月13日18时前完成out，"
               "实际于12月19日8时46分完成，超过时限21.3个办公小时。"),
        ("en", "The longest overrun: B had 'in' on 13 December, 15:27; 'out' was due by "
               "13 December, 18:00 and was done on 19 December, 08:46, 21.3 working hours late."),
    ],
)  # fmt: skip
def test_the_case_is_the_latest_that_was_recorded_to_the_minute(
    language: Language, text: str
) -> None:
    """D is later still, but of its beginning the day alone is known."""
    assert case(language) == text


def test_many_hours_late_are_told_in_days_too() -> None:
    """21.3 hours are three days of seven hours; hours of the clock are not told so."""
    assert case("zh", day_hours=7.0).endswith("超过时限21.3个办公小时（约3.0个工作日）。")
    assert case(day_hours=7.0).endswith(", 21.3 working hours (about 3.0 working days) late.")
    elapsed = STANDARDS.assign(clock="elapsed")
    assert case("zh", day_hours=7.0, standards=elapsed).endswith("超过时限21.3小时。")


def test_hours_of_the_clock_are_no_office_hours() -> None:
    assert case("zh", standards=STANDARDS.assign(clock="elapsed")).endswith("超过时限21.3小时。")
    assert "21.3 hours late" in case(standards=STANDARDS.assign(clock="elapsed"))


def test_of_two_as_late_the_first_is_told() -> None:
    """The same case whatever the order of the rows."""
    tied = JUDGED.assign(over_hours=[21.3, 21.3, -1.0, 99.0])
    assert ": A had" in case(judgements=tied)
    assert ": A had" in case(judgements=tied.iloc[::-1])


@pytest.mark.parametrize(
    "judged",
    [
        JUDGED.iloc[:0],
        JUDGED.assign(verdict="met"),
        JUDGED.assign(verdict="overdue"),
        JUDGED.assign(over_hours=float("nan")),
        JUDGED.assign(from_time=pd.Timestamp("2024-12-02")),
        JUDGED.assign(log="another"),
    ],
)
def test_where_no_case_is_whole_none_is_told(judged: pd.DataFrame) -> None:
    assert case(judgements=judged) == ""


def test_a_case_without_an_occurrence_is_found_by_its_id() -> None:
    unnumbered = JUDGED.assign(occurrence=pd.array([pd.NA] * 4, "Int64"))
    assert ": B had" in case(judgements=unnumbered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_name_every_day_of_the_week(language: Language) -> None:
    teller = told(language).teller()
    days = {side_words(teller, Row("weekday", "is", str(day))) for day in range(1, 8)}
    assert len(days) == 7
    assert {f"weekday_{day}" for day in range(1, 8)} <= set(PHRASES)
