"""Text stays text: trimmed at both ends, told once a value, whole numbers whole."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import efficiency as eff
from efficiency.evidence.log.texts import as_texts, trim, trimmed
from efficiency.problems import LedgerWarning


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0", "\u200b", "\ufeff", "\t", "\u2060", "\n"])
def test_blanks_of_any_width_go_from_both_ends(blank: str) -> None:
    assert trim(f"{blank}张{blank}三{blank}{blank}") == f"张{blank}三"


@given(st.text(max_size=12))
def test_nothing_within_is_altered(text: str) -> None:
    plain = trim(text)
    assert plain in text
    assert trim(plain) == plain
    assert trim(f" {text}\u3000") == plain


def test_each_distinct_value_is_told_once_with_its_rows() -> None:
    frame = pd.DataFrame({
        "case_id": ["1", "1", "2", "2 "], "activity": ["登记 ", "登记 ", "登记", "办"],
        "end": "2024-03-05 09:00", "文种": ["请示\u3000", "", " ", "函"],
    })  # fmt: skip
    record = eff.read_record(frame)
    assert record.log["activity"].tolist() == ["登记", "登记", "登记", "办"]
    assert record.log["case_id"].tolist() == ["1", "1", "2", "2"]
    assert record.changed.values.tolist() == [
        ["log", 1, "activity", "登记 ", "trimmed", 2],
        ["log", 1, "文种", "请示\u3000", "trimmed", 1],
        ["log", 4, "case_id", "2 ", "trimmed", 1],
    ]


def test_what_is_no_text_stays() -> None:
    numbers = pd.Series([1.5, 2.0])
    plain, told = trimmed(numbers)
    assert plain is numbers
    assert told.empty


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (
            pd.Series([7, None, 202403050001234561], dtype="Int64"),
            ["7", None, "202403050001234561"],
        ),
        (pd.Series([7.0, None]), ["7", None]),
        (pd.Series([7.5, None]), ["7.5", None]),
        (pd.Series(["007", "NA", "None", ""]), ["007", "NA", "None", None]),
        (pd.Series([True, False]), ["True", "False"]),
    ],
)
def test_whole_numbers_stay_whole(values: pd.Series, texts: list[str | None]) -> None:
    assert as_texts(values).tolist() == texts


def test_a_gap_among_ids_of_a_parquet_file(tmp_path) -> None:
    frame = pd.DataFrame({"case_id": pd.array([202403050001234561, None, 202403050001234562],
                                              dtype="Int64"),
                          "activity": "a", "end": "2024-03-05 09:00"})  # fmt: skip
    frame.to_parquet(tmp_path / "gap.parquet")
    with pytest.warns(LedgerWarning):
        log = eff.read_log(tmp_path / "gap.parquet")
    assert log["case_id"].tolist() == ["202403050001234561", "202403050001234562"]
