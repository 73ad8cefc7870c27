"""What steps wait for: what is a finding, at every edge, and that its texts hold its numbers."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.findings.kinds.waiting import measure, observe
from told import LANGUAGES, WHOLE, Seen, find, is_plain, waits

#: One step: when it came is on record.
RECORDED = pd.DataFrame({"activity": ["Draft"], "assumed": [""]})


def waiting_findings(
    name: str,
    table: pd.DataFrame,
    language: eff.Language,
    single: pd.DataFrame = RECORDED,
    outside: Collection[str] = (),
) -> list[Seen]:
    more = {"waits": single, "outside": outside, "small_cell": 5}
    return find("waiting", language, name=name, waiting=table, **more)


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
    assert (found.theme, found.step, found.concerned) == ("pace", "Draft", 210)


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


def test_what_the_office_waits_for_others_to_do_is_nobodys() -> None:
    table = waits(WHOLE, ("Draft", "batching", 300.0, 0.3, 0.26, 50),
                  ("Amend", "batching", 300.0, 0.3, 0.26, 50))  # fmt: skip
    found = waiting_findings("a", table, "en", outside=["Amend"])
    assert [one.step for one in found] == ["Draft"]


@pytest.mark.parametrize(("assumed", "many"), [(2, 1), (3, 0)])
def test_a_step_that_mostly_came_nobody_knows_when_is_no_finding(assumed: int, many: int) -> None:
    """Of four steps two may be assumed: half is on record. Other assumptions do not matter."""
    codes = ["start received"] * assumed + ["start"] * (4 - assumed)
    single = pd.DataFrame({"activity": "Draft", "assumed": codes})
    table = waits(WHOLE, ("Draft", "batching", 300.0, 0.3, 0.26, 50))
    assert len(waiting_findings("a", table, "en", single)) == many


# --- what is measured again


def single_waits() -> pd.DataFrame:
    """Three steps; when the last one came is not on record."""
    table = pd.DataFrame(
        {
            "case_id": list("abc"), "activity": "Draft", "assumed": ["", "start", "received"],
            "batching_hours": [1.0, 3.0, 80.0],
        }
    )  # fmt: skip
    others = ("prioritisation_hours", "contention_hours", "unavailability_hours")
    return table.assign(**dict.fromkeys(others, 0.0))


def test_a_cause_is_measured_by_the_mean_hours_of_a_step() -> None:
    """1 and 3 hours, 2 in the mean, 4 in all; nothing waits for the other causes."""
    (told,) = measure("a", single_waits())
    assert dict(told.subject) == {"log": "a", "activity": "Draft", "cause": "batching"}
    assert told.value == pytest.approx((2.0, 2 - 12.7062, 2 + 12.7062), abs=1e-4)
    assert (told.name, told.unit, told.n, told.hours.value) == ("hours_waited", "hours", 2, 4.0)


def test_a_check_looks_at_the_hours_that_each_step_waited() -> None:
    began = pd.to_datetime(["2024-03-04", "2024-03-05", "2024-03-06"])
    first = pd.DataFrame({"case_id": list("abc"), "first": began})
    subject = {"activity": "Draft", "cause": "batching"}
    seen = observe(subject, single_waits(), first)
    assert seen is not None
    assert seen.rows["value"].tolist()[:2] == [1.0, 3.0]
    assert seen.rows["at"].tolist()[:2] == [began[0], began[1]]
    assert observe({**subject, "activity": "Sign"}, single_waits(), first) is None


def test_a_subject_that_people_garbled_is_not_observed() -> None:
    waits = pd.DataFrame({"activity": ["承办"], "case_id": ["1"], "assumed": [""]})
    first = pd.DataFrame({"case_id": ["1"], "first": [pd.Timestamp("2024-03-04")]})
    for subject in ({"activity": "承办", "cause": "off_hours"}, {"cause": "batching"}, {}):
        assert observe(subject, waits, first) is None
