"""Each table has one function, whose arguments name what it needs."""

from __future__ import annotations

import inspect

import pandas as pd

from efficiency.reviews.definitions import (
    LOG_LAST,
    PARTS,
    SYNONYMS,
    TABLES,
    TESTED,
    WRITTEN,
    _factors,
    _trees,
    _units,
)
from efficiency.reviews.study import _SETTINGS, Question


def test_what_a_table_needs_is_there() -> None:
    """Arguments without a default are tables, parts, or what a study has."""
    known = {*TABLES, *PARTS, *SYNONYMS, *_SETTINGS, "log", *Question.__dataclass_fields__}
    for name, function in {**TABLES, **PARTS}.items():
        for parameter in inspect.signature(function).parameters.values():
            if parameter.default is parameter.empty:
                assert parameter.name in known, (name, parameter.name)


def test_what_is_written_is_a_table() -> None:
    assert {name for name, _ in WRITTEN.values()} <= set(TABLES)
    assert set(LOG_LAST) <= set(WRITTEN)
    assert set(TESTED) <= set(TABLES)


def test_a_limit_that_nobody_or_everybody_missed_is_not_explained() -> None:
    for late in (True, False):
        known = pd.DataFrame({"standard_id": "T1", "late": [late] * 90, "unit": ["甲", "乙"] * 45})
        assert [len(of(known)) for of in (_factors, _trees, _units)] == [0, 0, 0]


def test_each_unit_is_held_against_what_chance_allows() -> None:
    """30 of 60 late in one unit, none of 40 in the other; cases without a unit do not count."""
    known = pd.DataFrame(
        {"standard_id": "T1", "late": [True, False] * 30 + [False] * 40 + [True] * 5,
         "unit": ["甲"] * 60 + ["乙"] * 40 + [""] * 5}
    )  # fmt: skip
    told = _units(known).set_index("name")
    assert told[["k", "n"]].values.tolist() == [[0, 40], [30, 60]]
    assert told.index.tolist() == ["乙", "甲"]
