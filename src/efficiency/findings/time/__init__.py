"""Cases held against before: control charts, level shifts, changes, what comes in and goes out."""

from __future__ import annotations

import importlib
from typing import Any

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "bounded": "efficiency.findings.rates",
    "closing_times": "efficiency.facts.closings",
    "cycle_chart": "efficiency.findings.time.control",
    "funnel": "efficiency.findings.rates",
    "g_chart": "efficiency.findings.time.control",
    "gaps_between": "efficiency.findings.time.control",
    "individuals_chart": "efficiency.findings.time.control",
    "level_shifts": "efficiency.findings.time.shifts",
    "month_end": "efficiency.findings.time.balance",
    "pettitt": "efficiency.findings.time.shifts",
    "u_chart": "efficiency.findings.time.control",
    "zeros": "efficiency.findings.rates",
}

__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    """Import a name when it is first used."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
