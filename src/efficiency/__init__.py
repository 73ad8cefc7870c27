"""Learn from an office's own records how its work flows, how long it takes, and what to improve."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from efficiency import what_if
    from efficiency.criteria.calendar import Calendar, read_calendar
    from efficiency.criteria.countermeasures import offered
    from efficiency.criteria.prescribed_flows import Flow, read_flow
    from efficiency.criteria.rules import read_rules
    from efficiency.criteria.standards import read_standards
    from efficiency.criteria.worktime import work_hours
    from efficiency.evidence.log.quality import log_quality
    from efficiency.evidence.log.records import read_log, read_record
    from efficiency.evidence.log_record import Record
    from efficiency.evidence.points.points_file import read_points
    from efficiency.evidence.points.rewrites import write_points
    from efficiency.evidence.stored.converted import convert, open_log
    from efficiency.evidence.survey.surveys import read_survey
    from efficiency.facts.endings import Endings, Status
    from efficiency.facts.events import observed
    from efficiency.facts.flows import edges, rework, variants
    from efficiency.facts.handovers import approvals, handovers, involvement
    from efficiency.facts.models import discover
    from efficiency.facts.opinions.crosstabs import crosstab
    from efficiency.facts.opinions.likert import likert
    from efficiency.facts.opinions.reliability import reliability
    from efficiency.facts.times import case_times, step_times
    from efficiency.facts.waiting.waits import waiting
    from efficiency.facts.workload import workload
    from efficiency.findings import time as control
    from efficiency.findings.conformance import conformance
    from efficiency.findings.finding import Finding
    from efficiency.findings.groups.comparisons import compare
    from efficiency.findings.improvement.loop import loop, loop_measures
    from efficiency.findings.improvement.points import pareto
    from efficiency.findings.rules.deviations import adherence, deviations
    from efficiency.findings.standards.calibration import held_back
    from efficiency.findings.standards.circumstances import circumstances
    from efficiency.findings.standards.compliance import compliance
    from efficiency.findings.standards.judgements import judge
    from efficiency.findings.standards.margins import margins
    from efficiency.findings.standards.risk import overdue_risk
    from efficiency.findings.time.balance import balance
    from efficiency.findings.time.changes import Reform, changes
    from efficiency.findings.triangulation import triangulate
    from efficiency.report import plots as plot
    from efficiency.report.shown import show
    from efficiency.reviews.carry_out import review
    from efficiency.reviews.cluster import by_case
    from efficiency.reviews.office import open_review
    from efficiency.reviews.study import Study, study

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "Calendar": "criteria.calendar",
    "Endings": "facts.endings",
    "Finding": "findings.finding",
    "Flow": "criteria.prescribed_flows",
    "Record": "evidence.log_record",
    "Reform": "findings.time.changes",
    "Status": "facts.endings",
    "Study": "reviews.study",
    "adherence": "findings.rules.deviations",
    "approvals": "facts.handovers",
    "balance": "findings.time.balance",
    "by_case": "reviews.cluster",
    "case_times": "facts.times",
    "changes": "findings.time.changes",
    "circumstances": "findings.standards.circumstances",
    "compare": "findings.groups.comparisons",
    "compliance": "findings.standards.compliance",
    "conformance": "findings.conformance",
    "convert": "evidence.stored.converted",
    "crosstab": "facts.opinions.crosstabs",
    "deviations": "findings.rules.deviations",
    "discover": "facts.models",
    "edges": "facts.flows",
    "handovers": "facts.handovers",
    "held_back": "findings.standards.calibration",
    "involvement": "facts.handovers",
    "judge": "findings.standards.judgements",
    "likert": "facts.opinions.likert",
    "log_quality": "evidence.log.quality",
    "loop": "findings.improvement.loop",
    "loop_measures": "findings.improvement.loop",
    "margins": "findings.standards.margins",
    "observed": "facts.events",
    "offered": "criteria.countermeasures",
    "open_log": "evidence.stored.converted",
    "open_review": "reviews.office",
    "overdue_risk": "findings.standards.risk",
    "pareto": "findings.improvement.points",
    "read_calendar": "criteria.calendar",
    "read_flow": "criteria.prescribed_flows",
    "read_log": "evidence.log.records",
    "read_points": "evidence.points.points_file",
    "read_record": "evidence.log.records",
    "read_rules": "criteria.rules",
    "read_standards": "criteria.standards",
    "read_survey": "evidence.survey.surveys",
    "reliability": "facts.opinions.reliability",
    "review": "reviews.carry_out",
    "rework": "facts.flows",
    "show": "report.shown",
    "step_times": "facts.times",
    "study": "reviews.study",
    "triangulate": "findings.triangulation",
    "variants": "facts.flows",
    "waiting": "facts.waiting.waits",
    "work_hours": "criteria.worktime",
    "workload": "facts.workload",
    "write_points": "evidence.points.rewrites",
}
#: Names that hold more names: charts and shifts, pictures, the simulated office.
_NAMESPACES = {
    "control": "findings.time",
    "plot": "report.plots",
    "what_if": "what_if",
}

__all__ = [
    "Calendar",
    "Endings",
    "Finding",
    "Flow",
    "Record",
    "Reform",
    "Status",
    "Study",
    "adherence",
    "approvals",
    "balance",
    "by_case",
    "case_times",
    "changes",
    "circumstances",
    "compare",
    "compliance",
    "conformance",
    "control",
    "convert",
    "crosstab",
    "deviations",
    "discover",
    "edges",
    "handovers",
    "held_back",
    "involvement",
    "judge",
    "likert",
    "log_quality",
    "loop",
    "loop_measures",
    "margins",
    "observed",
    "offered",
    "open_log",
    "open_review",
    "overdue_risk",
    "pareto",
    "plot",
    "read_calendar",
    "read_flow",
    "read_log",
    "read_points",
    "read_record",
    "read_rules",
    "read_standards",
    "read_survey",
    "reliability",
    "review",
    "rework",
    "show",
    "step_times",
    "study",
    "triangulate",
    "variants",
    "waiting",
    "what_if",
    "work_hours",
    "workload",
    "write_points",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that importing the package costs nothing."""
    if name in _NAMESPACES:
        value: Any = importlib.import_module(f"efficiency.{_NAMESPACES[name]}")
    elif name in _PLACES:
        value = getattr(importlib.import_module(f"efficiency.{_PLACES[name]}"), name)
    else:
        raise AttributeError(f"module 'efficiency' has no attribute {name!r}")
    # Importing a submodule binds it in the package: what is public under that name is the value.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
