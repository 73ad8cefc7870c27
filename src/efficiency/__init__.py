"""Learn from an office's own records how its work flows, how long it takes, and what to improve."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from efficiency.criteria.calendar import Calendar, read_calendar
    from efficiency.criteria.clock import work_hours
    from efficiency.criteria.standards import read_standards
    from efficiency.evidence.log import Record, read_log, read_record
    from efficiency.facts.events import observed
    from efficiency.facts.flows import edges, ends, rework, variants
    from efficiency.facts.times import case_times, completion, step_times
    from efficiency.findings.compliance import compliance
    from efficiency.findings.judgements import judge, not_started

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "Calendar": "criteria.calendar",
    "Record": "evidence.log",
    "case_times": "facts.times",
    "completion": "facts.times",
    "compliance": "findings.compliance",
    "edges": "facts.flows",
    "ends": "facts.flows",
    "judge": "findings.judgements",
    "not_started": "findings.judgements",
    "observed": "facts.events",
    "read_calendar": "criteria.calendar",
    "read_log": "evidence.log",
    "read_record": "evidence.log",
    "read_standards": "criteria.standards",
    "rework": "facts.flows",
    "step_times": "facts.times",
    "variants": "facts.flows",
    "work_hours": "criteria.clock",
}

__all__ = [
    "Calendar",
    "Record",
    "case_times",
    "completion",
    "compliance",
    "edges",
    "ends",
    "judge",
    "not_started",
    "observed",
    "read_calendar",
    "read_log",
    "read_record",
    "read_standards",
    "rework",
    "step_times",
    "variants",
    "work_hours",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that importing the package costs nothing."""
    if name not in _PLACES:
        raise AttributeError(f"module 'efficiency' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"efficiency.{_PLACES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
