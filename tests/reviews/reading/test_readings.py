"""How a log was read, told: reasons with examples, and what to do where much was lost."""

from __future__ import annotations

import pandas as pd

import efficiency as eff
from efficiency.reviews.reading.readings import reading


def record(bad: int, good: int) -> eff.Record:
    ends = [f"{at}月" for at in range(bad)] + ["2024-03-05 09:00"] * good
    return eff.read_record(pd.DataFrame({"case_id": "1 ", "activity": "a", "end": ends}))


def test_each_reason_is_told_with_its_first_values() -> None:
    told = list(reading("收文", record(5, 95), "zh"))
    assert told == [
        "收文：100 行 = 接受 95 + 退回 5；改动 1 处",
        "  时刻，end：0000-0-0 0:0，95 行，如 2024-03-05 09:00",
        "  退回，end：no readable moment，5 行（第 1 行：0月、第 2 行：1月、第 3 行：2月）",
        "  改动，case_id：两端空白去掉，100 行（第 1 行：1 ）",
        "  5.0% 的行被退回或失去一个值。review 会写出 tables/rejected.csv 与 changed.csv；"
        "请改正数据，"
        "或在 review.toml 中写明正确的列或时刻格式。",
    ]


def test_little_is_no_cause_to_look() -> None:
    """One row of a hundred."""
    assert len(list(reading("a", record(1, 99), "en"))) == 4
    assert "1.0%" not in " ".join(reading("a", record(1, 99), "en"))


def test_a_log_that_cannot_tell_what_is_open_says_so() -> None:
    """Unless it was said what ends a case."""
    told = list(reading("a", record(0, 3), "en", ended=False))
    assert "which cases are open is not seen" in told[-1]
    assert len(told) == len(list(reading("a", record(0, 3), "en"))) + 1
