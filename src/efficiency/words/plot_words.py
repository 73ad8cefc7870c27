"""What stands above a picture: what is shown, of how many, in which unit."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "title_flow": (
        "流程：n = {n} 次流转，办公小时（中位数）",
        "Process map: n = {n} successions, working hours (median)",
    ),
    "title_handovers": ("移交：n = {n} 次", "Hand-overs: n = {n} times"),
    "title_conformance": (
        "与规定流程对照：n = {n} 类偏离，件数",
        "Held against the flow: n = {n} kinds of departure, cases",
    ),
    "title_compliance": ("达标率：n = {n} 次判定，%", "Share met: n = {n} judgements, %"),
    "title_completion": (
        "办理用时：n = {n} 件，办公小时",
        "Time taken: n = {n} cases, working hours",
    ),
    "title_completion_times": (
        "办理用时：n = {n} 个办结时点，办公小时",
        "Time taken: n = {n} times of closing, working hours",
    ),
    "title_step_times": (
        "各环节用时：n = {n} 步，办公小时",
        "Time at each step: n = {n} steps, working hours",
    ),
    "title_dots": ("办理时点：n = {n} 步", "When steps were done: n = {n} steps"),
    "title_spectrum": (
        "环节间用时：n = {n} 次流转，办公小时",
        "From step to step: n = {n} successions, working hours",
    ),
    "day_done": ("办理日期", "Day done"),
    "days_since": ("收到后天数", "Days since arrival"),
    "by_arrival": ("按收到先后", "By arrival"),
    "other_activities": ("其他环节", "Other steps"),
    "quarter_1": ("最快四分之一", "Fastest quarter"),
    "quarter_2": ("较快四分之一", "Second quarter"),
    "quarter_3": ("较慢四分之一", "Third quarter"),
    "quarter_4": ("最慢四分之一", "Slowest quarter"),
    "title_volume": ("各月收办：n = {n} 件", "Cases by month: n = {n} begun"),
    "title_waiting_work_hours": (
        "各环节等待：n = {n} 步，办公小时",
        "Waiting at each step: n = {n} steps, working hours",
    ),
    "title_waiting_all_hours": (
        "各环节等待：n = {n} 步，小时",
        "Waiting at each step: n = {n} steps, hours",
    ),
    "title_workload": ("到件与办出：n = {n} 件次", "Work in and out: n = {n} steps came in"),
    "title_bunching": (
        "{id} 到期前后：n = {n} 件，小时",
        "{id}, about the due moment: n = {n} cases, hours",
    ),
    "title_calibration": (
        "估计与实际：n = {n} 次估计，%",
        "As told and as it was: n = {n} risks told, %",
    ),
    "title_comparison": (
        "与同类件相比：n = {n} 组，用时倍数",
        "Against comparable cases: n = {n} groups, times as long",
    ),
    "title_changes": (
        "前后变化：n = {n} 处，办公小时",
        "Before and after: n = {n} splits, working hours",
    ),
    "title_tree": ("超时比例：n = {n} 件，%", "Share late: n = {n} cases, %"),
    "title_chart_cases": ("{label}：n = {n} 件", "{label}: n = {n} cases"),
    "title_chart_points": ("{label}：n = {n} 期", "{label}: n = {n} points"),
    "chart_control": ("控制图", "Control chart"),
    "chart_units": ("各单位", "Units"),
    "chart_series": ("水平变化", "Shifts"),
    "title_loop": (
        "改进前后：n = {n} 项改进点",
        "Baseline and check: n = {n} points",
    ),
    "title_pareto": (
        "涉及工时：n = {n} 项改进点，办公小时/年",
        "At stake: n = {n} points, working hours a year",
    ),
    "title_what_if": (
        "推演变化：n = {n} 项指标，%",
        "Simulated change: n = {n} measures, %",
    ),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {}
