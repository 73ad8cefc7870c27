"""Groups in which more goes wrong: what is a finding, at every edge, and its texts' numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from efficiency.findings.finding import MOST_CASES
from efficiency.findings.kinds.high_rate import higher, measure, observe
from efficiency.language import Language
from efficiency.words import heading
from told import LANGUAGES, Seen, find, is_plain


def shares(**changes: Any) -> pd.DataFrame:
    """A unit of whose 200 compared clocks 31 % were late, where 18 % were to be expected."""
    row = {
        "measure": "late", "attribute": "unit", "value": "Desk 7", "held_equal": "what; kind",
        "n": 210, "others": 390, "k": 66, "compared": 200, "compared_k": 62, "comparable": 370,
        "share": 0.31, "expected": 0.18, "difference": 0.13, "low": 0.0456, "high": 0.2144,
        "weeks": 50.0, "p": 0.001, "p_adjusted": 0.0123, "untested": "",
    } | changes  # fmt: skip
    return pd.DataFrame([row])


def outcomes(wrong: int = 6, measure: str = "late", desk: str = "Desk 7") -> pd.DataFrame:
    """So many that went wrong at a desk, one that went well, and others beside them."""
    names = ["measure", "case_id", "what", "wrong", "unit"]
    rows = [(measure, f"c{n:02d}", "T1" if n % 3 else "T2", True, desk) for n in range(wrong)]
    rows += [
        (measure, "well", "T3", False, desk),
        (measure, "other", "T3", True, "Desk 1"),
        (measure, "nobody", "T3", True, None),
        ("breach", "breach", "P1", True, desk),
    ]
    moments = {"began": pd.Timestamp("2024-03-04"), "known_by": pd.Timestamp("2024-03-08")}
    return pd.DataFrame(rows, columns=names).assign(**moments)


def high_rate_findings(
    table: pd.DataFrame, rows: pd.DataFrame, language: Language = "en", small_cell: int = 5
) -> list[Seen]:
    more = {"outcomes": rows, "small_cell": small_cell}
    return find("high_rate", language, name="incoming", shares=table, **more)


def test_higher_at_every_edge() -> None:
    """At most 5 %, clear of zero, two points and a quarter more, and no more than two thirds."""
    rows = [
        (0.05, 0.001, 0.10, 0.08, 5, 5, True),
        (0.0501, 0.01, 0.30, 0.10, 5, 5, False),
        (0.01, 0.0, 0.30, 0.10, 5, 5, False),
        (0.01, 0.01, 0.099, 0.080, 5, 5, False),  # less than two points
        (0.01, 0.01, 0.625, 0.50, 5, 5, True),
        (0.01, 0.01, 0.624, 0.50, 5, 5, False),  # less than a quarter more
        (0.01, 0.01, 0.30, 0.10, 200, 100, True),
        (0.01, 0.01, 0.30, 0.10, 201, 100, False),
        (np.nan, np.nan, 0.30, 0.10, 5, 5, False),
        (0.01, 0.01, np.nan, np.nan, 5, 5, False),
    ]
    names = ["p_adjusted", "low", "share", "expected", "n", "others", "want"]
    table = pd.DataFrame(rows, columns=names)
    table = table.assign(difference=(table["share"] - table["expected"]).round(6))
    assert higher(table).tolist() == table["want"].tolist()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "theme"), [("late", "pace"), ("rework", "quality"), ("breach", "procedure")]
)
def test_a_high_rate_says_its_numbers(language: Language, kind: str, theme: str) -> None:
    """62 of the 200 that have their like; 13 % of 200 are 26 more than like for like."""
    table = shares(measure=kind)
    (found,) = high_rate_findings(table, outcomes(measure=kind), language)
    for number in ("62", "200", "370", "31.0%", "18.0%", "4.6%", "21.4%", "= 0.012"):
        assert number in found.condition
    assert "Desk 7" in found.title
    assert "31.0%" in found.title
    assert "18.0%" in found.title
    assert heading("kind", language) in found.criterion
    assert "26" in found.effect
    assert is_plain(found, language)
    assert dict(found.subject) == {
        "log": "incoming", "measure": kind, "attribute": "unit", "value": "Desk 7",
    }  # fmt: skip
    assert (found.kind, found.level, found.table) == ("high_rate", "action", "shares")
    assert (found.value, found.low, found.high) == (0.13, 0.0456, 0.2144)
    assert (found.n, found.p, found.hours) == (200, 0.0123, 0.0)
    assert (found.theme, found.certainty, found.concerned) == (theme, 1 - 0.0123, 66)


def test_what_went_wrong_there_is_named_most_often_first() -> None:
    """Of six late at Desk 7 four missed T1 and two T2; other desks and breaches do not count."""
    (found,) = high_rate_findings(shares(), outcomes(), "en")
    assert "Most often: T1, T2." in found.condition
    assert found.cases == tuple(f"c{n:02d}" for n in range(6))
    (many,) = high_rate_findings(shares(), outcomes(wrong=30), "en")
    assert len(many.cases) == MOST_CASES


def test_a_group_without_a_name_is_a_group() -> None:
    (found,) = high_rate_findings(shares(value=""), outcomes(), "en")
    assert found.cases == ("nobody",)


def test_levels_and_small_cells() -> None:
    """For action where even the low end is two points; fewer than five wrong are withheld."""
    for low, level in ((0.02, "action"), (0.019, "watch")):
        (found,) = high_rate_findings(shares(low=low), outcomes())
        assert found.level == level
    assert not high_rate_findings(shares(k=4), outcomes())
    assert high_rate_findings(shares(k=4), outcomes(), small_cell=4)


def test_what_is_measured_again_is_the_share_of_all() -> None:
    """66 of 210, compared or not (Wilson, by the published formula: 0.2553 to 0.3799)."""
    table = pd.concat([shares(), shares(value="Desk 1", difference=np.nan)])
    (told,) = measure("a", table)
    assert told.value == pytest.approx((66 / 210, 0.2553, 0.3799), abs=1e-4)
    assert (told.name, told.unit, told.better, told.n) == ("share_wrong", "share", "lower", 210)


def test_a_check_looks_at_the_group_and_at_all_beside_it() -> None:
    """Of the same measure; each known when it was due."""
    subject = {"measure": "late", "attribute": "unit", "value": "Desk 7"}
    seen = observe(subject, outcomes(wrong=2))
    assert seen is not None
    assert seen.rows[["case_id", "value", "touched"]].values.tolist() == [
        ["c00", 1.0, True], ["c01", 1.0, True], ["well", 0.0, True], ["other", 1.0, False],
        ["nobody", 1.0, False],
    ]  # fmt: skip
    assert set(seen.rows["at"]) == {pd.Timestamp("2024-03-04")}
    assert set(seen.rows["known_by"]) == {pd.Timestamp("2024-03-08")}
    assert (seen.name, seen.unit) == ("share_wrong", "share")
    assert observe({**subject, "measure": "rework"}, outcomes()) is None
    assert observe({**subject, "attribute": "kind"}, outcomes()) is None
