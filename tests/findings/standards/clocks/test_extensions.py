"""Extensions by hand: what was granted in time counts, what came too late changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import efficiency as eff
from efficiency.problems import SettingsError

Make = Callable[..., pd.DataFrame]
#: Registered on Tuesday, 2 working days: due on Thursday 7 March at 18:00.
FROM = ("1", "登记", "2024-03-05 09:00")
BY_AMOUNT = {"limit": "2个工作日", "extend": "延期", "extend_by": "1个工作日"}


def due(log: pd.DataFrame, **limit: str) -> tuple[str, str]:
    standards = pd.DataFrame([{"standard_id": "T", "from": "登记", "to": "办结", **limit}])
    row = eff.judge(log, standards, cutoff="2024-03-29 18:00", warn=False).iloc[0]
    return (f"{row['due']:%m-%d %H:%M}" if pd.notna(row["due"]) else "", row["verdict"])


@pytest.mark.parametrize(
    ("grants", "told"),
    [
        ([], "03-07 18:00"),
        (["2024-03-06 09:00"], "03-08 18:00"),
        (["2024-03-07 18:00"], "03-08 18:00"),  # at the very moment
        (["2024-03-07 18:01"], "03-07 18:00"),  # a minute late
        (["2024-03-04 09:00"], "03-07 18:00"),  # before the clock started
        (
            ["2024-03-07 10:00", "2024-03-08 10:00"],
            "03-11 18:00",
        ),  # both
        (["2024-03-08 10:00", "2024-03-08 11:00"], "03-07 18:00"),  # both too late
        (["2024-03-06 10:00", "2024-03-11 10:00"], "03-08 18:00"),  # the second too late
    ],
)
def test_which_grants_count(make_log: Make, grants: list[str], told: str) -> None:
    log = make_log(FROM, *[("1", "延期", at) for at in grants], ("1", "办结", "2024-03-12 09:00"))
    assert due(log, **BY_AMOUNT) == (told, "late")


def test_what_is_granted_after_the_end_changes_nothing(make_log: Make) -> None:
    log = make_log(FROM, ("1", "办结", "2024-03-06 09:00"), ("1", "延期", "2024-03-06 10:00"))
    assert due(log, **BY_AMOUNT) == ("03-07 18:00", "met")


def test_hours_are_added_to_hours(make_log: Make) -> None:
    log = make_log(FROM, ("1", "延期", "2024-03-05 10:00"), ("1", "办结", "2024-03-05 15:15"))
    limit = {"limit": "3 h", "clock": "working", "extend": "延期", "extend_by": "1小时"}
    assert due(log, **limit) == ("03-05 15:30", "met")


def test_a_column_may_say_until_when(make_log: Make) -> None:
    """The value of the step's own row, else the case's; a date is its close of business."""
    log = make_log(
        FROM, ("1", "延期", "2024-03-06 09:00"), ("1", "办结", "2024-03-14 09:00"),
        延期至=["2024-03-13", "2024-03-14", None],
    )  # fmt: skip
    limit = {"limit": "2个工作日", "extend": "延期", "extend_by": "=延期至"}
    assert due(log, **limit) == ("03-14 18:00", "met")
    assert due(log.assign(延期至=["2024-03-13", None, None]), **limit) == ("03-13 18:00", "late")
    assert due(log.assign(延期至=[None, "待定", None]), **limit) == ("", "undecidable")


def test_an_extension_of_another_kind_is_refused(make_log: Make) -> None:
    with pytest.raises(SettingsError, match="is not of the kind of the limit '2个工作日'"):
        due(make_log(FROM), limit="2个工作日", extend="延期", extend_by="3 h")
    with pytest.raises(SettingsError, match="go together, only '延期' is given"):
        due(make_log(FROM), limit="2个工作日", extend="延期")
