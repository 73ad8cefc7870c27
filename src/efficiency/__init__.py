"""Learn from an office's own records how its work flows, how long it takes, and what to improve."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from efficiency.criteria.calendar import Calendar, read_calendar
    from efficiency.criteria.clock import work_hours
    from efficiency.criteria.countermeasures import countermeasures, offered
    from efficiency.criteria.flows import Flow, read_flow
    from efficiency.criteria.rules import read_rules
    from efficiency.criteria.standards import read_standards
    from efficiency.evidence.log import Record, read_log, read_record
    from efficiency.evidence.quality import log_quality
    from efficiency.evidence.registers import no_points, read_points
    from efficiency.evidence.rewrites import write_points
    from efficiency.facts.cycles import cycle_times
    from efficiency.facts.desks import desks
    from efficiency.facts.events import observed
    from efficiency.facts.flows import edges, ends, rework, variants
    from efficiency.facts.handovers import approvals, handovers, involvement, referrals
    from efficiency.facts.load import load
    from efficiency.facts.models import Model, discover
    from efficiency.facts.shares import waiting_summary
    from efficiency.facts.times import (
        case_times,
        completion,
        monthly_volume,
        step_summary,
        step_times,
    )
    from efficiency.facts.waiting import waiting
    from efficiency.findings.balance import balance, month_end
    from efficiency.findings.bunching import bunching, due_histogram
    from efficiency.findings.calibration import brier, calibration, held_back
    from efficiency.findings.causes import explained_shares, tree
    from efficiency.findings.changes import Deadline, Hours, Merge, Priority, Remove, Staff
    from efficiency.findings.circumstances import circumstances
    from efficiency.findings.compare import compare
    from efficiency.findings.compliance import compliance
    from efficiency.findings.conformance import Conformance, conformance
    from efficiency.findings.control import (
        cycle_chart,
        g_chart,
        gaps_between,
        individuals_chart,
        u_chart,
    )
    from efficiency.findings.deviations import adherence, deviations
    from efficiency.findings.differences import adjusted
    from efficiency.findings.finding import Finding
    from efficiency.findings.judgements import judge, not_started
    from efficiency.findings.margins import margins
    from efficiency.findings.pace import Reform, changes
    from efficiency.findings.pdca import loop, loop_measures
    from efficiency.findings.points import pareto, points
    from efficiency.findings.rates import bounded, funnel, zeros
    from efficiency.findings.replays import ReplayError, replay
    from efficiency.findings.risk import overdue_risk
    from efficiency.findings.shifts import level_shifts, pettitt
    from efficiency.findings.what_if import what_if
    from efficiency.report.comparison_plots import plot_changes, plot_comparison, plot_tree
    from efficiency.report.control_plots import plot_control_chart, plot_funnel, plot_shifts
    from efficiency.report.load_plots import plot_bunching, plot_calibration, plot_load
    from efficiency.report.pdca_plots import plot_loop, plot_pareto
    from efficiency.report.plots import (
        plot_completion,
        plot_compliance,
        plot_flow,
        plot_handovers,
        plot_step_times,
        plot_volume,
    )
    from efficiency.report.waiting_plots import plot_waiting
    from efficiency.report.what_if_plots import plot_what_if
    from efficiency.reviews import review

#: Where each name lives. Modules are imported when a name is first used.
_PLACES = {
    "Calendar": "criteria.calendar",
    "Conformance": "findings.conformance",
    "Deadline": "findings.changes",
    "Finding": "findings.finding",
    "Flow": "criteria.flows",
    "Hours": "findings.changes",
    "Merge": "findings.changes",
    "Model": "facts.models",
    "Priority": "findings.changes",
    "Record": "evidence.log",
    "Reform": "findings.pace",
    "Remove": "findings.changes",
    "ReplayError": "findings.replays",
    "Staff": "findings.changes",
    "adherence": "findings.deviations",
    "adjusted": "findings.differences",
    "approvals": "facts.handovers",
    "balance": "findings.balance",
    "bounded": "findings.rates",
    "brier": "findings.calibration",
    "bunching": "findings.bunching",
    "calibration": "findings.calibration",
    "case_times": "facts.times",
    "changes": "findings.pace",
    "circumstances": "findings.circumstances",
    "compare": "findings.compare",
    "completion": "facts.times",
    "compliance": "findings.compliance",
    "conformance": "findings.conformance",
    "countermeasures": "criteria.countermeasures",
    "cycle_chart": "findings.control",
    "cycle_times": "facts.cycles",
    "desks": "facts.desks",
    "deviations": "findings.deviations",
    "discover": "facts.models",
    "due_histogram": "findings.bunching",
    "edges": "facts.flows",
    "ends": "facts.flows",
    "explained_shares": "findings.causes",
    "funnel": "findings.rates",
    "g_chart": "findings.control",
    "gaps_between": "findings.control",
    "handovers": "facts.handovers",
    "held_back": "findings.calibration",
    "individuals_chart": "findings.control",
    "involvement": "facts.handovers",
    "judge": "findings.judgements",
    "level_shifts": "findings.shifts",
    "load": "facts.load",
    "log_quality": "evidence.quality",
    "loop": "findings.pdca",
    "loop_measures": "findings.pdca",
    "margins": "findings.margins",
    "month_end": "findings.balance",
    "monthly_volume": "facts.times",
    "no_points": "evidence.registers",
    "not_started": "findings.judgements",
    "observed": "facts.events",
    "offered": "criteria.countermeasures",
    "overdue_risk": "findings.risk",
    "pareto": "findings.points",
    "pettitt": "findings.shifts",
    "plot_bunching": "report.load_plots",
    "plot_calibration": "report.load_plots",
    "plot_changes": "report.comparison_plots",
    "plot_comparison": "report.comparison_plots",
    "plot_completion": "report.plots",
    "plot_compliance": "report.plots",
    "plot_control_chart": "report.control_plots",
    "plot_flow": "report.plots",
    "plot_funnel": "report.control_plots",
    "plot_handovers": "report.plots",
    "plot_load": "report.load_plots",
    "plot_loop": "report.pdca_plots",
    "plot_pareto": "report.pdca_plots",
    "plot_shifts": "report.control_plots",
    "plot_step_times": "report.plots",
    "plot_tree": "report.comparison_plots",
    "plot_volume": "report.plots",
    "plot_waiting": "report.waiting_plots",
    "plot_what_if": "report.what_if_plots",
    "points": "findings.points",
    "read_calendar": "criteria.calendar",
    "read_flow": "criteria.flows",
    "read_log": "evidence.log",
    "read_points": "evidence.registers",
    "read_record": "evidence.log",
    "read_rules": "criteria.rules",
    "read_standards": "criteria.standards",
    "referrals": "facts.handovers",
    "replay": "findings.replays",
    "review": "reviews",
    "rework": "facts.flows",
    "step_summary": "facts.times",
    "step_times": "facts.times",
    "tree": "findings.causes",
    "u_chart": "findings.control",
    "variants": "facts.flows",
    "waiting": "facts.waiting",
    "waiting_summary": "facts.shares",
    "what_if": "findings.what_if",
    "work_hours": "criteria.clock",
    "write_points": "evidence.rewrites",
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
