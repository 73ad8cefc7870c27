"""Learn from an office's own records how its work flows, how long it takes, and what to improve."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from efficiency.criteria.calendar import Calendar, read_calendar
    from efficiency.criteria.clock import work_hours
    from efficiency.criteria.flows import Flow, read_flow
    from efficiency.criteria.rules import read_rules
    from efficiency.criteria.standards import read_standards
    from efficiency.evidence.log import Record, read_log, read_record
    from efficiency.evidence.quality import log_quality
    from efficiency.facts.events import observed
    from efficiency.facts.flows import edges, ends, rework, variants
    from efficiency.facts.handovers import approvals, handovers, involvement, referrals
    from efficiency.facts.models import Model, discover
    from efficiency.facts.times import (
        case_times,
        completion,
        monthly_volume,
        step_summary,
        step_times,
    )
    from efficiency.findings.compliance import compliance
    from efficiency.findings.conformance import Conformance, conformance
    from efficiency.findings.deviations import adherence, deviations
    from efficiency.findings.judgements import judge, not_started
    from efficiency.report.plots import (
        plot_completion,
        plot_compliance,
        plot_flow,
        plot_handovers,
        plot_step_times,
        plot_volume,
    )
    from efficiency.reviews import review

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "Calendar": "criteria.calendar",
    "Conformance": "findings.conformance",
    "Flow": "criteria.flows",
    "Model": "facts.models",
    "Record": "evidence.log",
    "adherence": "findings.deviations",
    "approvals": "facts.handovers",
    "case_times": "facts.times",
    "completion": "facts.times",
    "compliance": "findings.compliance",
    "conformance": "findings.conformance",
    "deviations": "findings.deviations",
    "discover": "facts.models",
    "edges": "facts.flows",
    "ends": "facts.flows",
    "handovers": "facts.handovers",
    "involvement": "facts.handovers",
    "judge": "findings.judgements",
    "log_quality": "evidence.quality",
    "monthly_volume": "facts.times",
    "not_started": "findings.judgements",
    "observed": "facts.events",
    "plot_completion": "report.plots",
    "plot_compliance": "report.plots",
    "plot_flow": "report.plots",
    "plot_handovers": "report.plots",
    "plot_step_times": "report.plots",
    "plot_volume": "report.plots",
    "read_calendar": "criteria.calendar",
    "read_flow": "criteria.flows",
    "read_log": "evidence.log",
    "read_record": "evidence.log",
    "read_rules": "criteria.rules",
    "read_standards": "criteria.standards",
    "referrals": "facts.handovers",
    "review": "reviews",
    "rework": "facts.flows",
    "step_summary": "facts.times",
    "step_times": "facts.times",
    "variants": "facts.flows",
    "work_hours": "criteria.clock",
}

__all__ = [
    "Calendar",
    "Conformance",
    "Flow",
    "Model",
    "Record",
    "adherence",
    "approvals",
    "case_times",
    "completion",
    "compliance",
    "conformance",
    "deviations",
    "discover",
    "edges",
    "ends",
    "handovers",
    "involvement",
    "judge",
    "log_quality",
    "monthly_volume",
    "not_started",
    "observed",
    "plot_completion",
    "plot_compliance",
    "plot_flow",
    "plot_handovers",
    "plot_step_times",
    "plot_volume",
    "read_calendar",
    "read_flow",
    "read_log",
    "read_record",
    "read_rules",
    "read_standards",
    "referrals",
    "review",
    "rework",
    "step_summary",
    "step_times",
    "variants",
    "work_hours",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that importing the package costs nothing."""
    if name not in _PLACES:
        raise AttributeError(f"module 'efficiency' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"efficiency.{_PLACES[name]}"), name)
    # Importing a submodule binds it in the package: what is public under that name is the value.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
