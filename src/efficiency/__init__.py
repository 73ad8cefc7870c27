"""Learn from an office's own records how its work flows, how long it takes, and what to improve."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from efficiency.criteria.calendar import Calendar, read_calendar
    from efficiency.criteria.countermeasures import countermeasures, offered
    from efficiency.criteria.prescribed_flows import Flow, read_flow
    from efficiency.criteria.rules import read_rules
    from efficiency.criteria.standards import read_standards
    from efficiency.criteria.worktime import work_hours
    from efficiency.evidence.log.quality import log_quality
    from efficiency.evidence.log.records import Record, read_log, read_record
    from efficiency.evidence.points.points_file import no_points, read_points
    from efficiency.evidence.points.rewrites import write_points
    from efficiency.facts.closings import cycle_times
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
    from efficiency.facts.waiting.desks import desks
    from efficiency.facts.waiting.summary import waiting_summary
    from efficiency.facts.waiting.waits import waiting
    from efficiency.facts.workload import load
    from efficiency.findings.conformance import Conformance, conformance
    from efficiency.findings.differences import adjusted
    from efficiency.findings.finding import Finding
    from efficiency.findings.groups.comparisons import compare
    from efficiency.findings.improvement.loop import loop, loop_measures
    from efficiency.findings.improvement.points import pareto, points
    from efficiency.findings.rates import bounded, funnel, zeros
    from efficiency.findings.rules.deviations import adherence, deviations
    from efficiency.findings.standards.associations import explained_shares, tree
    from efficiency.findings.standards.bunching import bunching, due_histogram
    from efficiency.findings.standards.calibration import brier, calibration, held_back
    from efficiency.findings.standards.circumstances import circumstances
    from efficiency.findings.standards.compliance import compliance
    from efficiency.findings.standards.judgements import judge, not_started
    from efficiency.findings.standards.margins import margins
    from efficiency.findings.standards.risk import overdue_risk
    from efficiency.findings.time.balance import balance, month_end
    from efficiency.findings.time.changes import Reform, changes
    from efficiency.findings.time.control import (
        cycle_chart,
        g_chart,
        gaps_between,
        individuals_chart,
        u_chart,
    )
    from efficiency.findings.time.shifts import level_shifts, pettitt
    from efficiency.report.plots.comparison_plots import plot_changes, plot_comparison, plot_tree
    from efficiency.report.plots.control_plots import plot_control_chart, plot_funnel, plot_shifts
    from efficiency.report.plots.points_plots import plot_loop, plot_pareto
    from efficiency.report.plots.process_plots import (
        plot_completion,
        plot_compliance,
        plot_flow,
        plot_handovers,
        plot_step_times,
        plot_volume,
    )
    from efficiency.report.plots.waiting_plots import plot_waiting
    from efficiency.report.plots.what_if_plots import plot_what_if
    from efficiency.report.plots.workload_plots import plot_bunching, plot_calibration, plot_load
    from efficiency.reviews.carry_out import review
    from efficiency.what_if.alterations import Deadline, Hours, Merge, Priority, Remove, Staff
    from efficiency.what_if.rehearsal import ReplayError, replay
    from efficiency.what_if.simulated import what_if

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "Calendar": "criteria.calendar",
    "Conformance": "findings.conformance",
    "Deadline": "what_if.alterations",
    "Finding": "findings.finding",
    "Flow": "criteria.prescribed_flows",
    "Hours": "what_if.alterations",
    "Merge": "what_if.alterations",
    "Model": "facts.models",
    "Priority": "what_if.alterations",
    "Record": "evidence.log.records",
    "Reform": "findings.time.changes",
    "Remove": "what_if.alterations",
    "ReplayError": "what_if.rehearsal",
    "Staff": "what_if.alterations",
    "adherence": "findings.rules.deviations",
    "adjusted": "findings.differences",
    "approvals": "facts.handovers",
    "balance": "findings.time.balance",
    "bounded": "findings.rates",
    "brier": "findings.standards.calibration",
    "bunching": "findings.standards.bunching",
    "calibration": "findings.standards.calibration",
    "case_times": "facts.times",
    "changes": "findings.time.changes",
    "circumstances": "findings.standards.circumstances",
    "compare": "findings.groups.comparisons",
    "completion": "facts.times",
    "compliance": "findings.standards.compliance",
    "conformance": "findings.conformance",
    "countermeasures": "criteria.countermeasures",
    "cycle_chart": "findings.time.control",
    "cycle_times": "facts.closings",
    "desks": "facts.waiting.desks",
    "deviations": "findings.rules.deviations",
    "discover": "facts.models",
    "due_histogram": "findings.standards.bunching",
    "edges": "facts.flows",
    "ends": "facts.flows",
    "explained_shares": "findings.standards.associations",
    "funnel": "findings.rates",
    "g_chart": "findings.time.control",
    "gaps_between": "findings.time.control",
    "handovers": "facts.handovers",
    "held_back": "findings.standards.calibration",
    "individuals_chart": "findings.time.control",
    "involvement": "facts.handovers",
    "judge": "findings.standards.judgements",
    "level_shifts": "findings.time.shifts",
    "load": "facts.workload",
    "log_quality": "evidence.log.quality",
    "loop": "findings.improvement.loop",
    "loop_measures": "findings.improvement.loop",
    "margins": "findings.standards.margins",
    "month_end": "findings.time.balance",
    "monthly_volume": "facts.times",
    "no_points": "evidence.points.points_file",
    "not_started": "findings.standards.judgements",
    "observed": "facts.events",
    "offered": "criteria.countermeasures",
    "overdue_risk": "findings.standards.risk",
    "pareto": "findings.improvement.points",
    "pettitt": "findings.time.shifts",
    "plot_bunching": "report.plots.workload_plots",
    "plot_calibration": "report.plots.workload_plots",
    "plot_changes": "report.plots.comparison_plots",
    "plot_comparison": "report.plots.comparison_plots",
    "plot_completion": "report.plots.process_plots",
    "plot_compliance": "report.plots.process_plots",
    "plot_control_chart": "report.plots.control_plots",
    "plot_flow": "report.plots.process_plots",
    "plot_funnel": "report.plots.control_plots",
    "plot_handovers": "report.plots.process_plots",
    "plot_load": "report.plots.workload_plots",
    "plot_loop": "report.plots.points_plots",
    "plot_pareto": "report.plots.points_plots",
    "plot_shifts": "report.plots.control_plots",
    "plot_step_times": "report.plots.process_plots",
    "plot_tree": "report.plots.comparison_plots",
    "plot_volume": "report.plots.process_plots",
    "plot_waiting": "report.plots.waiting_plots",
    "plot_what_if": "report.plots.what_if_plots",
    "points": "findings.improvement.points",
    "read_calendar": "criteria.calendar",
    "read_flow": "criteria.prescribed_flows",
    "read_log": "evidence.log.records",
    "read_points": "evidence.points.points_file",
    "read_record": "evidence.log.records",
    "read_rules": "criteria.rules",
    "read_standards": "criteria.standards",
    "referrals": "facts.handovers",
    "replay": "what_if.rehearsal",
    "review": "reviews.carry_out",
    "rework": "facts.flows",
    "step_summary": "facts.times",
    "step_times": "facts.times",
    "tree": "findings.standards.associations",
    "u_chart": "findings.time.control",
    "variants": "facts.flows",
    "waiting": "facts.waiting.waits",
    "waiting_summary": "facts.waiting.summary",
    "what_if": "what_if.simulated",
    "work_hours": "criteria.worktime",
    "write_points": "evidence.points.rewrites",
    "zeros": "findings.rates",
}

__all__ = [
    "Calendar",
    "Conformance",
    "Deadline",
    "Finding",
    "Flow",
    "Hours",
    "Merge",
    "Model",
    "Priority",
    "Record",
    "Reform",
    "Remove",
    "ReplayError",
    "Staff",
    "adherence",
    "adjusted",
    "approvals",
    "balance",
    "bounded",
    "brier",
    "bunching",
    "calibration",
    "case_times",
    "changes",
    "circumstances",
    "compare",
    "completion",
    "compliance",
    "conformance",
    "countermeasures",
    "cycle_chart",
    "cycle_times",
    "desks",
    "deviations",
    "discover",
    "due_histogram",
    "edges",
    "ends",
    "explained_shares",
    "funnel",
    "g_chart",
    "gaps_between",
    "handovers",
    "held_back",
    "individuals_chart",
    "involvement",
    "judge",
    "level_shifts",
    "load",
    "log_quality",
    "loop",
    "loop_measures",
    "margins",
    "month_end",
    "monthly_volume",
    "no_points",
    "not_started",
    "observed",
    "offered",
    "overdue_risk",
    "pareto",
    "pettitt",
    "plot_bunching",
    "plot_calibration",
    "plot_changes",
    "plot_comparison",
    "plot_completion",
    "plot_compliance",
    "plot_control_chart",
    "plot_flow",
    "plot_funnel",
    "plot_handovers",
    "plot_load",
    "plot_loop",
    "plot_pareto",
    "plot_shifts",
    "plot_step_times",
    "plot_tree",
    "plot_volume",
    "plot_waiting",
    "plot_what_if",
    "points",
    "read_calendar",
    "read_flow",
    "read_log",
    "read_points",
    "read_record",
    "read_rules",
    "read_standards",
    "referrals",
    "replay",
    "review",
    "rework",
    "step_summary",
    "step_times",
    "tree",
    "u_chart",
    "variants",
    "waiting",
    "waiting_summary",
    "what_if",
    "work_hours",
    "write_points",
    "zeros",
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
