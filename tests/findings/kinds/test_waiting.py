"""What steps wait for: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from told import LANGUAGES, WHOLE, Seen, find, is_plain, waits


def waiting_findings(name: str, table: pd.DataFrame, language: eff.Language) -> list[Seen]:
    return find("waiting", language, name=name, waiting=table, small_cell=5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", ["batching", "prioritisation", "contention", "unavailability"])
def test_waiting_says_its_numbers(language: eff.Language, cause: str) -> None:
    """432.1 hours are 40.5 % of 1,066.9."""
    table = waits(WHOLE, ("Draft", cause, 432.1, 0.405, 0.351, 210))
    (found,) = waiting_findings("incoming", table, language)
    for number in ("210", "1,066.9", "432.1", "40.5%", "35.1%", "45.5%"):
        assert number in found.condition
    assert "40.5%" in found.title
    assert "432.1" in found.effect
    assert is_plain(found, language)
    assert dict(found.subject) == {"log": "incoming", "activity": "Draft", "cause": cause}
    assert (found.value, found.low, found.n, found.hours) == (0.405, 0.351, 210, 432.1)
    assert (found.level, found.p) == ("watch", None)


def test_waiting_at_every_edge() -> None:
    """From a quarter on; a hundredth of all waiting, 2,000 hours; five steps; a cause by name."""
    rows = [
        (("Draft", "batching", 300.0, 0.3, 0.25, 50), True),
        (("Draft", "contention", 300.0, 0.3, 0.2499, 50), False),
        (("Sign", "batching", 10.0, 0.5, 0.4, 50), True),  # of 20 hours
        (("Seal", "batching", 9.9, 0.5, 0.4, 50), False),  # of 19.8
        (("File", "batching", 100.0, 0.5, 0.4, 5), True),
        (("Post", "batching", 100.0, 0.5, 0.4, 4), False),
        (("Draft", "other", 900.0, 0.9, 0.8, 50), False),
        (("Draft", "off", 900.0, 0.9, 0.8, 50), False),
        (("", "batching", 1000.0, 0.5, 0.4, 50), False),
    ]
    whole = [("", "other", 1000.0, 0.5, 0.4, 900), ("", "off", 9000.0, np.nan, np.nan, 900)]
    table = waits(*whole, *(row for row, _ in rows))
    found = [tuple(dict(f.subject).values())[1:] for f in waiting_findings("a", table, "en")]
    assert found == [row[:2] for row, want in rows if want]
