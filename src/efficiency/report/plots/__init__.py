"""
Every picture: drawn from its table, or straight from a log or a study; the Axes come back.

Examples
--------
>>> import pandas as pd
>>> edges = pd.DataFrame({
...     "source": ["登记"], "target": ["转办"], "count": [3], "median_work_hours": [1.5],
... })
>>> flow(edges, language="en").get_title("left")
'Process map: n = 3 successions, working hours (median)'
"""

from efficiency.report.plots.comparison_plots import plot_changes as changes
from efficiency.report.plots.comparison_plots import plot_comparison as comparison
from efficiency.report.plots.control_plots import plot_control_chart as control_chart
from efficiency.report.plots.control_plots import plot_funnel as funnel
from efficiency.report.plots.control_plots import plot_shifts as shifts
from efficiency.report.plots.network_plots import plot_conformance as conformance
from efficiency.report.plots.network_plots import plot_flow as flow
from efficiency.report.plots.network_plots import plot_handovers as handovers
from efficiency.report.plots.network_plots import plot_tree as tree
from efficiency.report.plots.opinion_plots import plot_choices as choices
from efficiency.report.plots.opinion_plots import plot_likert as likert
from efficiency.report.plots.opinion_plots import plot_office_opinions as office_opinions
from efficiency.report.plots.opinion_plots import plot_saturation as saturation
from efficiency.report.plots.points_plots import plot_loop as loop
from efficiency.report.plots.points_plots import plot_pareto as pareto
from efficiency.report.plots.process_plots import plot_completion as completion
from efficiency.report.plots.process_plots import plot_compliance as compliance
from efficiency.report.plots.process_plots import plot_step_times as step_times
from efficiency.report.plots.process_plots import plot_volume as volume
from efficiency.report.plots.timeline_plots import plot_dots as dots
from efficiency.report.plots.timeline_plots import plot_spectrum as spectrum
from efficiency.report.plots.waiting_plots import plot_waiting as waiting
from efficiency.report.plots.what_if_plots import plot_what_if as what_if
from efficiency.report.plots.workload_plots import plot_bunching as bunching
from efficiency.report.plots.workload_plots import plot_calibration as calibration
from efficiency.report.plots.workload_plots import plot_workload as workload

__all__ = [
    "bunching",
    "calibration",
    "changes",
    "choices",
    "comparison",
    "completion",
    "compliance",
    "conformance",
    "control_chart",
    "dots",
    "flow",
    "funnel",
    "handovers",
    "likert",
    "loop",
    "office_opinions",
    "pareto",
    "saturation",
    "shifts",
    "spectrum",
    "step_times",
    "tree",
    "volume",
    "waiting",
    "what_if",
    "workload",
]


def __dir__() -> list[str]:
    """The names of the pictures."""
    return __all__
