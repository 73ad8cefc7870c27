"""The offices that were visited, and who works there."""

from __future__ import annotations

from collections import Counter

from efficiency.sample.inquiry.offices_asked import (
    ISSUED,
    KINDS,
    asked_of,
    staff_of,
    staff_table,
)


def test_21_offices_and_889_questionnaires() -> None:
    people = staff_of(2024)
    issued, answered = asked_of(people, 2024)
    assert sum(issued.values()) == ISSUED
    assert len(issued) == sum(map(len, KINDS.values())) == 21
    back = Counter(one.office for one in answered)
    assert all(back[office] <= n for office, n in issued.items())


def test_the_table_of_staff_adds_up_where_it_is_told() -> None:
    people = staff_of(5)
    rows = staff_table(people).set_index("单位")
    whole = rows[~rows["总人数"].str.contains("余") & (rows["公务员"] != "*")]
    for _, row in whole.iterrows():
        parts = row.drop("总人数").astype(int)
        assert parts.iloc[:4].sum() == parts.iloc[4:].sum() == int(row["总人数"])
    assert (rows["公务员"] == "*").sum() == 2
