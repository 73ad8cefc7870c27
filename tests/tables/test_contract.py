"""The contracts: an error lists every breach and what to type; the frame stays as it was."""

from __future__ import annotations

from typing import get_args

import ibis
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.problems import TableError
from efficiency.reviews import definitions
from efficiency.reviews.inquiry import ASKED

GOOD = pd.DataFrame(
    {"case_id": ["1", "2"], "activity": ["登记", "转办"], "end": pd.to_datetime(["2024-03-05"] * 2)}
)

#: Tables over all logs of a review.
WHOLE = {"standing", "findings", "measures", "points", *ASKED}
#: Those of them that name a log themselves.
NAMING = {"findings", "staff_load", "agreement", "triangulation"}


def told(table: tables.Table, frame: object, only: tuple[str, ...] = ()) -> str:
    """The text of a breach."""
    with pytest.raises(TableError) as caught:
        table.check(frame, only)
    return str(caught.value)


def test_the_text_is_that_of_the_architecture() -> None:
    """Ids that are numbers, and an activity missing in row 17."""
    activity = ["登记"] * 16 + [None, "登记"]
    frame = pd.DataFrame({"case_id": range(18), "activity": activity})
    assert told(tables.LOG, frame) == (
        "Not a 'log' table (one row = one handling step of one document or task):\n"
        "  - column 'case_id' must be text, is int64; try df['case_id'].astype('str')\n"
        "  - column 'activity' is empty in 1 rows, first row 17"
    )


def test_missing_columns_are_told_with_what_there_is_and_the_nearest() -> None:
    """In both languages; the head says what a row should be."""
    frame = pd.DataFrame({"case": ["1"], "activity": ["登记"]})
    with pytest.raises(TableError) as caught:
        tables.LOG.check(frame)
    assert caught.value.text().splitlines()[1] == (
        "  - column 'case_id' is missing; the table has case, activity; nearest: case"
    )
    assert "缺少列 'case_id'；现有列：case, activity；最接近的是：case" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("column", "values", "mend"),
    [
        ("end", ["2024-03-05", "x"], "must be time, is string; try pd.to_datetime(df['end'])"),
        ("end", [1, 2], "must be time, is int64; try pd.to_datetime(df['end'])"),
        ("row", ["1", "2"], "must be integer, is string; try df['row'].astype('int64')"),
        ("row", [1.0, 2.0], "must be integer, is float64; try df['row'].astype('int64')"),
        ("unit", [1, 2], "must be text, is int64; try df['unit'].astype('str')"),
        ("case_id", [1, "2"], "must be text, is mixed-integer; try df['case_id'].astype('str')"),
    ],
)
def test_each_kind_tells_how_to_mend_it(column: str, values: list[object], mend: str) -> None:
    """What was got, what is right, what to type."""
    assert told(tables.LOG, GOOD.assign(**{column: values})).splitlines()[1:] == [
        f"  - column '{column}' {mend}"
    ]


def test_columns_that_differ_in_capitals_only_are_told() -> None:
    """The engine would take one for the other, or lose it."""
    log = pd.DataFrame({"case_id": ["1"], "activity": ["a"], "x": [1], "X": [2], "y": [3]})
    with pytest.raises(TableError) as caught:
        tables.LOG.check(log)
    found = {one.key: one.details for one in caught.value.problems}
    assert found["alike_columns"] == {"names": "x, X"}
    with pytest.raises(TableError, match="x, X"):
        eff.case_times(log.assign(end=pd.Timestamp("2024-03-05 09:00")))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"case_id": pd.Categorical(["1", "2"])},
        {"case_id": pd.Series(["1", "2"], dtype="string")},
        {"end": pd.to_datetime(["2024-03-05", None])},
        {"end": pd.to_datetime(["2024-03-05", None]).astype("datetime64[us]")},
        {"end": [None, None]},
        {"unit": ["a", None], "actor": [None, None]},
        {"row": np.array([1, 2], dtype="int32")},
        {"row": pd.Series([1, 2], dtype="Int64")},
        {"文种": [1, 2]},
    ],
)
def test_what_keeps_the_contract_comes_back_itself(change: dict[str, object]) -> None:
    """The same object, unchanged; other columns are none of the contract's business."""
    frame = GOOD.assign(**change)
    before = frame.copy(deep=True)
    assert tables.LOG.check(frame) is frame
    assert_frame_equal(frame, before)


def test_a_refused_frame_is_untouched_too() -> None:
    """The mending is the user's."""
    frame = GOOD.assign(case_id=[1, 2])
    before = frame.copy(deep=True)
    told(tables.LOG, frame)
    assert_frame_equal(frame, before)


def test_ibis_tables_are_checked() -> None:
    """Types and gaps; what is lazy stays so."""
    con = ibis.duckdb.connect()
    good = con.create_table("good", ibis.memtable(GOOD))
    assert tables.LOG.check(good) is good
    wrong = good.mutate(case_id=good.case_id.cast("int64"), end=good.end.cast("string"))
    gaps = good.mutate(
        activity=(good.activity == "登记").ifelse(ibis.null("string"), good.activity)
    )
    assert told(tables.LOG, wrong).splitlines()[1:] == [
        "  - column 'case_id' must be text, is int64; try df['case_id'].astype('str')",
        "  - column 'end' must be time, is string; try pd.to_datetime(df['end'])",
    ]
    assert "column 'activity' is empty in 1 rows" in told(tables.LOG, gaps)
    assert "column 'activity' is missing" in told(tables.LOG, good.drop("activity"))
    con.disconnect()


def test_only_the_columns_that_are_asked_for_are_looked_at() -> None:
    """They must be there even where a whole table may do without them."""
    frame = GOOD.assign(case_id=[1, 2]).drop(columns="end")
    assert tables.LOG.check(frame, ("activity",)) is frame
    breaches = told(tables.LOG, frame, ("activity", "end")).splitlines()[1:]
    assert len(breaches) == 1
    assert breaches[0].startswith("  - column 'end' is missing; the table has case_id, activity")


def test_what_is_no_table_is_told() -> None:
    assert "list" in told(tables.LOG, [1, 2])
    assert "Calendar" in told(tables.STANDARDS, eff.Calendar())


def every() -> dict[str, tables.Table]:
    found = {name: getattr(tables, name) for name in tables.__all__}
    return {name: one for name, one in found.items() if isinstance(one, tables.Table)}


def test_a_table_without_rows_keeps_its_contract() -> None:
    """Nothing was judged: that is no breach, typed or not."""
    for table in every().values():
        typed = table.empty()
        assert typed.columns.tolist() == table.names
        assert table.check(typed) is typed
        bare = pd.DataFrame(columns=table.names, dtype=object)
        assert table.check(bare) is bare


def test_each_contract_says_what_its_cells_mean() -> None:
    """A known kind, a meaning, a unit where it is a number; its name is that of the constant."""
    kinds = {"text", "time", "integer", "number", "boolean", "any"}
    for name, table in every().items():
        assert table.name == name.lower()
        assert table.row
        assert len(set(table.names)) == len(table.names), name
        assert table.span in get_args(tables.Span)
        for column in table.columns:
            assert column.kind in kinds, (name, column.name)
            assert column.meaning, (name, column.name)
            assert bool(column.unit) == (column.kind == "number"), (name, column.name)


def test_every_table_that_a_review_writes_has_a_contract() -> None:
    """By the name of its file; those over all logs say themselves which log they tell of."""
    assert set(tables.WRITTEN) == {*definitions.WRITTEN, *WHOLE}
    whole = {name for name, table in tables.WRITTEN.items() if not table.of_log}
    assert whole == WHOLE
    for name, table in tables.WRITTEN.items():
        # A finding belongs to a log; most others do not say it themselves.
        assert ("log" in table.names) is (name in NAMING)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("LOG", "case_id activity actor unit received start end row"),
        ("STANDARDS", "standard_id title source log scope from to limit clock target suspend "
         "resume required valid_from valid_to"),
        ("CASES", "case_id steps first last open elapsed_hours work_hours variant"),
        ("STEPS", "row case_id activity unit queue_hours handling_hours work_hours"),
        ("VARIANTS", "variant activities cases share"),
        ("EDGES", "source target cases count median_work_hours p90_work_hours"),
        ("JUDGEMENTS", "standard_id case_id from_time to_time due verdict reason used_hours "
         "over_hours"),
        ("COMPLIANCE", "standard_id n met late pending overdue suspended undecidable not_started "
         "share low high target target_met"),
        ("RULES", "rule_id title source log scope kind a b n severity wording"),
        ("DEVIATIONS", "rule_id case_id rows detail"),
        ("ADHERENCE", "rule_id n broken pending share low high"),
        ("DEPARTURES", "kind activity after cases count share"),
        ("HANDOVERS", "source target cases count returned median_work_hours"),
        ("INVOLVEMENT", "hand cases case_share steps people steps_per_head activities "
         "specialisation off_hours_share"),
    ],
)  # fmt: skip
def test_the_contracts_name_what_is_fixed(name: str, columns: str) -> None:
    """Other programs read these columns; more may come, none may go."""
    assert set(columns.split()) <= set(getattr(tables, name).names)
