"""Sums by day, month, half-year and year: they agree, whatever comes in."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency.findings.circular import circular
from efficiency.findings.time.roll_ups import roll_ups

SPAN = (pd.Timestamp("2024-01-01"), pd.Timestamp("2025-01-01"))
COUNTS = ["begun", "closed", "decided", "missed"]
moments = st.datetimes(pd.Timestamp("2023-10-01"), pd.Timestamp("2025-02-01")).map(
    lambda at: pd.Timestamp(at).floor("min")
)


@st.composite
def offices(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Cases, their judged clocks, and the units of these."""
    many = draw(st.integers(1, 25))
    first = draw(st.lists(moments, min_size=many, max_size=many))
    last = draw(st.lists(moments, min_size=many, max_size=many))
    due = draw(st.lists(moments, min_size=many, max_size=many))
    verdicts = draw(
        st.lists(
            st.sampled_from(["met", "late", "overdue", "pending"]), min_size=many, max_size=many
        )
    )
    units = draw(st.lists(st.sampled_from(["甲", "乙", ""]), min_size=many, max_size=many))
    ids = [str(at) for at in range(many)]
    cases = pd.DataFrame({"case_id": ids, "first": first, "last": last})
    cases["open"] = draw(st.lists(st.booleans(), min_size=many, max_size=many))
    clocks = pd.DataFrame({"standard_id": "T", "case_id": ids, "due": due, "verdict": verdicts})
    clocks = clocks.assign(from_time=pd.Timestamp("2023-09-01"), to_time=pd.NaT)
    clocks = clocks.astype(dict.fromkeys(("due", "from_time", "to_time"), "datetime64[us]"))
    known = clocks.assign(unit=units, late=clocks["verdict"].isin(["late", "overdue"]))
    return cases, clocks, known[known["verdict"] != "pending"]


@settings(deadline=None, max_examples=40)
@given(offices())
def test_days_add_up_to_months_half_years_and_the_year(
    office: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    table = roll_ups(*office, eff.Calendar(), SPAN)
    whole = table[table["unit"] == ""]
    sums = whole.groupby("grain")[[*COUNTS, "working_days", "silent_days"]].sum()
    assert len(sums.drop_duplicates()) == 1
    by_unit = table[table["unit"] != ""].groupby(["unit", "grain"])[["decided", "missed"]].sum()
    assert all(len(part.drop_duplicates()) == 1 for _, part in by_unit.groupby("unit"))
    months = whole[whole["grain"] == "month"].set_index("span")
    halves = whole[whole["grain"] == "half-year"].set_index("span")
    for half, wanted in (("H1", range(1, 7)), ("H2", range(7, 13))):
        names = [f"2024-{month:02d}" for month in wanted]
        assert (
            months.loc[names, COUNTS].sum().tolist() == halves.loc[f"2024{half}", COUNTS].tolist()
        )


@settings(deadline=None, max_examples=40)
@given(offices())
def test_the_same_is_counted_by_the_circular(
    office: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    table = roll_ups(*office, eff.Calendar(), SPAN)
    year = table[(table["grain"] == "year") & (table["unit"] == "")].iloc[0]
    told = circular(*office, *SPAN).volume.set_index("span").loc["now"]
    assert [year[name] for name in COUNTS] == [told[name] for name in COUNTS]


def test_a_stretch_that_is_not_whole_has_no_sum() -> None:
    """Of November alone there is no half-year, and of one day no month."""
    cases = pd.DataFrame({"case_id": ["1"], "first": [pd.Timestamp("2024-11-12 09:00")]})
    cases = cases.assign(last=cases["first"], open=True)
    none = pd.DataFrame({"due": pd.Series(dtype="datetime64[us]"), "verdict": [], "unit": [],
                         "late": []})  # fmt: skip
    for first, after, grains in (
        ("2024-11-01", "2024-12-01", {"day", "month"}), ("2024-11-12", "2024-11-13", {"day"}),
        ("2024-07-01", "2025-01-01", {"day", "month", "half-year"}),
    ):  # fmt: skip
        span = (pd.Timestamp(first), pd.Timestamp(after))
        table = roll_ups(cases, none, none, eff.Calendar(), span)
        assert set(table["grain"]) == grains


def test_a_working_day_of_which_nothing_is_known_is_told() -> None:
    """Of 1 to 6 February 2024 (Sunday the 4th was worked) only the 5th is on record."""
    cases = pd.DataFrame({"case_id": ["1"], "first": [pd.Timestamp("2024-02-05 09:00")]})
    cases = cases.assign(last=cases["first"], open=True)
    none = pd.DataFrame({"due": pd.Series(dtype="datetime64[us]"), "verdict": [], "unit": [],
                         "late": []})  # fmt: skip
    span, until = (
        (pd.Timestamp("2024-02-01"), pd.Timestamp("2024-03-01")),
        pd.Timestamp("2024-02-07"),
    )
    table = roll_ups(cases, none, none, eff.Calendar(), span, until)
    month = table[table["grain"] == "month"].iloc[0]
    assert (month["begun"], month["working_days"], month["silent_days"]) == (1, 5, 4)
