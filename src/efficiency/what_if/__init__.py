"""A simulated office: whether it does what the real one did, and what would become of it."""

from __future__ import annotations

import importlib
from typing import Any

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "Deadline": "efficiency.what_if.alterations",
    "Merge": "efficiency.what_if.alterations",
    "OpeningHours": "efficiency.what_if.alterations",
    "Priority": "efficiency.what_if.alterations",
    "RehearsalError": "efficiency.what_if.rehearsal",
    "Remove": "efficiency.what_if.alterations",
    "Staff": "efficiency.what_if.alterations",
    "desks": "efficiency.facts.waiting.desks",
    "rehearse": "efficiency.what_if.rehearsal",
    "simulated": "efficiency.what_if.replications",
}

__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    """Import a name when it is first used."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
