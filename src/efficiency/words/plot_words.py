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
    "breaches_of": ("违反“{title}”", "breaches of '{title}'"),
    "kept": ("符合“{title}”", "kept '{title}'"),
    # --- rates of zero and of all
    "rate_zero": (
        "检查{n}件，未发现{what}。但不能据此断言{what}率为零：以95%的把握，{what}率不超过{high}，即每{base}件至多约{times}件。",
        "{what}: none in {n} checked. That does not prove a rate of zero: with 95% confidence it is "
        "at most {high}, that is, no more than about {times} in every {base}.",
    ),
    "rate_all": (
        "检查{n}件，{what}{n}件，为100%。但不能据此断言{what}率就是100%：以95%的把握，{what}率不低于{low}，"
        "即每{base}件中例外至多约{times}件。",
        "{what}: all {n} checked. That does not prove 100%: with 95% confidence the share is at "
        "least {low}, that is, no more than about {times} exceptions in every {base}.",
    ),
    "rate_some": (
        "检查{n}件，{what}{k}件，{what}率{share}（95%置信区间{low}至{high}）。",
        "{what}: {k} of {n} checked, {share} (95% confidence interval {low} to {high}).",
    ),
    "rate_unknown": (
        "{what}：未提供检查件数；没有检查件数的“零”或“百分之百”不能作为结论。",
        "{what}: it is not on record how many were checked; without that number neither zero nor "
        "100% is a finding.",
    ),
    # --- pictures
    "chart_centre": ("中心线", "centre line"),
    "chart_limits": ("控制限", "control limits"),
    "chart_n": ("件数（n）", "cases (n)"),
    "chart_overall": ("总体水平", "overall"),
    "chart_95": ("95% 界限", "95% limits"),
    "chart_998": ("99.8% 界限", "99.8% limits"),
    "chart_level": ("各段水平", "level of each segment"),
    "chart_shift": ("水平变化时点（阴影为95%区间）", "shift (shaded: 95% interval)"),
    # --- signals, as the charts write them
    "signal_above_limit": ("超出上限", "above the limit"),
    "signal_below_limit": ("低于下限", "below the limit"),
    "signal_run_above": ("连续8点偏高", "8 in a row above"),
    "signal_run_below": ("连续8点偏低", "8 in a row below"),
    "signal_rising": ("连续6点上升", "6 rising in a row"),
    "signal_falling": ("连续6点下降", "6 falling in a row"),
    "signal_two_of_three_above": ("3点中2点接近上限", "2 of 3 near the upper limit"),
    "signal_two_of_three_below": ("3点中2点接近下限", "2 of 3 near the lower limit"),
    "signal_four_of_five_above": ("5点中4点偏高", "4 of 5 high"),
    "signal_four_of_five_below": ("5点中4点偏低", "4 of 5 low"),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "centre": ("中心线", "centre"),
    "signal": ("信号", "signal"),
    "level": ("水平", "level"),
}
