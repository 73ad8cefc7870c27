"""A circular counts each case and clock in one day, so that days add up to the year."""

from __future__ import annotations

import itertools

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.findings.circular import circular


def at(text: str | None) -> pd.Timestamp:
    return pd.NaT if text is None else pd.Timestamp(f"2024-{text}")


CASES = pd.DataFrame(
    {
        "case_id": list("abcd"),
        "first": [at("03-04 09:00"), at("03-29 09:00"), at("04-01 09:00"), at("02-27 09:00")],
        "last": [at("03-06 09:00"), at("04-02 09:00"), at("04-01 10:00"), at("03-01 12:00")],
        "open": [False, False, True, False],
    }
)
ROWS = [
    ("T", "a", at("03-04 09:00"), at("03-05 18:00"), at("03-05 10:00"), "met"),
    ("T", "b", at("03-29 09:00"), at("03-29 18:00"), at("04-02 09:00"), "late"),
    ("T", "c", at("04-01 09:00"), at("04-02 18:00"), None, "overdue"),
    ("T", "d", at("02-27 09:00"), at("02-28 18:00"), at("03-01 12:00"), "late"),
    ("T", "e", at("03-05 09:00"), at("03-06 18:00"), None, "undecidable"),
]
NAMES = ["standard_id", "case_id", "from_time", "due", "to_time", "verdict"]
JUDGED = pd.DataFrame(ROWS, columns=NAMES).astype({"to_time": "datetime64[us]"})
KNOWN = JUDGED[JUDGED["verdict"] != "undecidable"].assign(
    unit=["甲", "乙", "甲", "甲"], late=[False, True, True, True]
)


def test_a_month_by_hand() -> None:
    made = circular(CASES, JUDGED, KNOWN, at("03-01"), at("04-01"))
    now = made.volume.set_index("span").loc["now"]
    assert (now["begun"], now["closed"], now["decided"], now["missed"]) == (2, 2, 2, 1)
    assert now["share"] == 0.5
    # b fell due in March and was done in April.
    assert made.overdue["case_id"].tolist() == ["b"]
    assert (now["overdue"], now["made_good"]) == (1, 1)
    assert made.units[["unit", "n", "missed"]].values.tolist() == [["乙", 1, 1], ["甲", 1, 0]]


def test_the_stretch_before_is_as_long() -> None:
    before = circular(CASES, JUDGED, KNOWN, at("03-01"), at("04-01")).volume.set_index("span")
    # The 31 days up to 1 March: d came in and fell due, and was done in March.
    assert before.loc["before", ["begun", "decided", "missed"]].tolist() == [1, 1, 1]
    assert before.loc["before", ["overdue", "made_good"]].tolist() == [1, 1]


def test_what_never_fell_due_is_told_of_nobody() -> None:
    made = circular(CASES, JUDGED, KNOWN, at("08-01"), at("09-01"))
    assert made.units.empty
    assert pd.isna(made.volume.set_index("span").loc["now", "share"])


def test_a_case_that_was_closed_without_the_step_is_not_overdue() -> None:
    """Closed on 10 March it was overdue until then, and is so no more at the month's end."""
    cases = pd.DataFrame(
        {"case_id": ["f", "g"], "first": [at("03-04 09:00")] * 2,
         "last": [at("03-10 09:00"), at("03-04 09:00")], "open": [False, True]}
    )  # fmt: skip
    rows = [("T", case, at("03-04 09:00"), at("03-05 18:00"), pd.NaT, "overdue") for case in "fg"]
    judged = pd.DataFrame(rows, columns=NAMES)
    known = KNOWN.iloc[:0]
    early = circular(cases, judged, known, at("03-01"), at("03-08"))
    assert early.overdue["case_id"].tolist() == ["f", "g"]
    made = circular(cases, judged, known, at("03-01"), at("04-01"))
    assert made.overdue["case_id"].tolist() == ["g"]
    now = made.volume.set_index("span").loc["now"]
    # Both clocks fell due and were missed all the same.
    assert (now["decided"], now["missed"], now["overdue"], now["made_good"]) == (2, 2, 1, 0)


@settings(deadline=None, max_examples=25)
@given(
    days=st.lists(st.integers(0, 365), min_size=1, max_size=40),
    cuts=st.lists(st.integers(1, 365), max_size=5, unique=True),
)
def test_parts_add_up_to_the_whole(days: list[int], cuts: list[int]) -> None:
    begun = pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D")
    cases = pd.DataFrame(
        {"case_id": map(str, range(len(days))), "first": begun, "last": begun, "open": False}
    )
    judged = pd.DataFrame(
        {
            "standard_id": "T", "case_id": cases["case_id"], "from_time": begun, "due": begun,
            "to_time": begun, "verdict": ["met" if day % 3 else "late" for day in days],
        }
    )  # fmt: skip
    known = judged.assign(unit="甲", late=judged["verdict"] == "late")
    ends = [pd.Timestamp("2024-01-01") + pd.Timedelta(days=day) for day in (0, *sorted(cuts), 366)]

    def counted(first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
        table = circular(cases, judged, known, first, last).volume.set_index("span")
        return table.loc["now", ["begun", "closed", "decided", "missed"]].astype(int)

    parts = [counted(a, b) for a, b in itertools.pairwise(ends)]
    assert sum(parts).tolist() == counted(ends[0], ends[-1]).tolist()  # type: ignore[union-attr]
