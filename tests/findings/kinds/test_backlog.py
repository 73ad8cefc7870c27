"""Desks that fill: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.findings.kinds.backlog import measure
from told import LANGUAGES, Seen, balance, find, is_plain


def backlog_findings(name: str, table: pd.DataFrame, language: eff.Language) -> list[Seen]:
    return find("backlog", language, name=name, balance=table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_backlog_says_its_numbers(language: eff.Language) -> None:
    (found,) = backlog_findings("incoming", balance(), language)
    for number in ("1.18", "1.10", "1.26", "= 0.012", "11", "196", "1.9", "1.2", "2.5"):
        assert number in found.condition
    assert "2023-01-09" in found.condition
    assert "8.1" in found.effect  # 1.87 a week, 52 weeks, 12 months
    assert "1,234" in found.title
    assert "1,049" in found.title
    assert is_plain(found, language)
    assert dict(found.subject) == {"log": "incoming", "unit": "Desk 7"}
    assert (found.value, found.low, found.high, found.n) == (1.1764, 1.1023, 1.2555, 1234)
    assert (found.kind, found.level, found.p) == ("backlog", "action", 0.0123)
    assert (found.theme, found.certainty, found.concerned) == ("pace", 1 - 0.0123, 196)


def test_what_is_measured_again_is_what_comes_in_for_what_goes_out() -> None:
    """Found wanting or not; without a ratio there is nothing to measure."""
    table = pd.concat([balance(p_adjusted=0.9), balance(unit="Desk 8", ratio=np.nan)])
    (told,) = measure("a", table)
    assert dict(told.subject) == {"log": "a", "unit": "Desk 7"}
    assert told.value == (1.1764, 1.1023, 1.2555)
    assert (told.name, told.unit, told.better, told.n) == ("in_for_out", "ratio", "lower", 1234)


@pytest.mark.parametrize(
    ("p", "low", "many"), [(0.05, 1.01, 1), (0.051, 1.2, 0), (0.01, 1.0, 0), (np.nan, 1.2, 0)]
)
def test_backlogs_at_every_edge(p: float, low: float, many: int) -> None:
    table = balance(p_adjusted=p, low=low)
    assert len(list(backlog_findings("incoming", table, "en"))) == many
