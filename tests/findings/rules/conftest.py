"""What the tests of rules share: examples that are held against a rule each, all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.rules import parse_rules
from efficiency.facts.events import observed
from efficiency.findings.rules.held import hold


@pytest.fixture(scope="session")
def tried(written: Callable[..., pd.DataFrame]) -> Callable[..., list[dict[str, Any]]]:
    """
    A function that holds examples against a rule each, all at once.

    An example is a rule, cases written as texts and, if wanted, what is known of them (``1@`` is
    the id of its case 1); its rows are counted anew. An answer holds the rows and both details of
    each broken case, and which are pending or undecidable; what is empty is left out.
    """

    def told(
        *examples: tuple[Any, ...],
        registers: dict[str, pd.DataFrame] | None = None,
        **observing: Any,
    ) -> list[dict[str, Any]]:
        logs = [
            marked(written(cases, *known), str(number))
            for number, (_, cases, *known) in enumerate(examples)
        ]
        rules = pd.DataFrame(
            {"rule_id": str(number), "scope": f"例={number}", **rule}
            for number, (rule, *_) in enumerate(examples)
        )
        with observed(pd.concat(logs), eff.Calendar(), **observing) as events:
            held = hold(events, parse_rules(rules.fillna("")), registers or {})
            english = events.frame(replace(held, language="en").deviations)
            broken, pending, unknown = (
                events.frame(table) for table in (held.deviations, held.pending, held.unknown)
            )
            sums = held.summary()
        keys = ["rule_id", "case_id", "rows"]
        whole = broken.merge(english, on=keys, validate="1:1").sort_values("case_id")
        assert len(whole) == len(broken) == len(english)
        answers = [
            {
                "broken": {},
                "pending": ids_of(pending, rule_id),
                "undecidable": ids_of(unknown, rule_id),
            }
            for rule_id in rules["rule_id"]
        ]
        for rule_id, case_id, rows, *details in whole[[*keys, "detail_x", "detail_y"]].values:
            shown = (rows, *(detail.replace(f"@{rule_id}", "") for detail in details))
            answers[int(rule_id)]["broken"][case_id.partition("@")[0]] = shown
        for name in answers[0]:
            assert [len(answer[name]) for answer in answers] == sums[name].tolist()
        return [{name: value for name, value in one.items() if value} for one in answers]

    return told


def marked(log: pd.DataFrame, number: str) -> pd.DataFrame:
    """The log of an example; its cases are marked by its number, wherever they are named."""
    texts = [name for name in log if pd.api.types.infer_dtype(log[name]) == "string"]
    named = {name: log[name].str.replace(r"@$", f"@{number}", regex=True) for name in texts}
    return log.assign(**{**named, "case_id": log["case_id"] + f"@{number}", "例": number})


def ids_of(table: pd.DataFrame, rule_id: str) -> list[str]:
    """The cases of a rule, without their marks."""
    ids = table.loc[table["rule_id"] == rule_id, "case_id"]
    return sorted(case_id.partition("@")[0] for case_id in ids)
