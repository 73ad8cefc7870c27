"""Each kind of rule has what finds its breaches."""

from __future__ import annotations

import inspect

from efficiency.criteria.rules import KINDS
from efficiency.findings.rules.searched import finder


def test_every_kind_has_a_finder_of_its_own() -> None:
    """A function of the done steps and the rule, named as its kind."""
    found = {kind: finder(kind) for kind in KINDS}
    assert {kind: function.__name__ for kind, function in found.items()} == {
        kind: kind for kind in KINDS
    }
    for function in found.values():
        assert list(inspect.signature(function).parameters) == ["done", "rule"]
