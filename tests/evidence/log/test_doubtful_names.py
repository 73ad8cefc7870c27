"""Names that are written in two ways, or that stand for nobody."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency.evidence.log.doubtful_names import plain
from efficiency.evidence.log.quality import log_quality

Make = Callable[..., pd.DataFrame]


def found(log: pd.DataFrame, check: str) -> list[tuple[str, int, str]]:
    told = log_quality(log)
    told = told[told["check"] == check]
    return list(told[["detail", "n", "rows"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("登记（补）", "登记(补)"),
        ("〔2024〕7号", "[2024]7号"),
        ("张 三", "张三"),
        ("ＡＢ", "ab"),
        ("【急】", "[急]"),
    ],
)
def test_what_differs_in_typing_alone(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("登记", "登计"), ("7号", "8号"), ("一处", "二处")])
def test_what_differs_in_more(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_two_spellings_are_told_in_every_column_however_common(make_log: Make) -> None:
    log = make_log(
        ("〔2024〕1号", "登记（补）", "2024-03-05 09:00"),
        ("[2024]1号", "登记(补)", "2024-03-05 10:00"),
        ("2", "登记(补)", "2024-03-05 11:00"),
        unit=["一 处", "一处", "一处"], actor=["甲", "乙", None], 文种=["请示", "请示", "函"],
    )  # fmt: skip
    assert found(log, "same_names") == [
        ("case_id: [2024]1号 ~ 〔2024〕1号", 1, "1;2"),
        ("activity: 登记(补) ~ 登记（补）", 1, "1;2"),
        ("unit: 一处 ~ 一 处", 1, "1;2"),
    ]


def test_nobody_is_called_so(make_log: Make) -> None:
    rows = [("1", "a", "2024-03-05 09:00")] * 5
    log = make_log(*rows, actor=["STAFF MEMBER", "?", "甲", "STAFF MEMBER", None],
                   unit=["未知", "一处", "一处", "——", "一处"])  # fmt: skip
    assert found(log, "placeholder") == [
        ("actor: ?", 1, "2"), ("actor: STAFF MEMBER", 2, "1;4"), ("unit: ——", 1, "4"),
        ("unit: 未知", 1, "1"),
    ]  # fmt: skip


def test_a_column_of_dates_that_was_not_read(make_log: Make) -> None:
    rows = [("1", "a", "2024-03-05 09:00")] * 3
    log = make_log(*rows, 承诺=["2024-03-05", "2024/3/6", "2024年3月7日"], 文号=["1", "2", "3"])
    assert found(log, "unread_dates") == [("承诺", 3, "1;2;3")]
