"""What is said of an office as it would be."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "what_if_case_median_hours": ("办件用时中位数", "median case time"),
    "what_if_case_p90_hours": ("办件用时第90百分位数", "ninth decile of case times"),
    "what_if_case_median_elapsed_hours": (
        "办件历时中位数（自然时间）",
        "median case time by the wall clock",
    ),
    "what_if_open_cases": ("截止时在办件数", "cases open at the cut-off"),
    "what_if_in_hand": ("平均在办件数", "mean number of open cases"),
    "what_if_share_met": ("达标率 {subject}", "share met, {subject}"),
    "what_if_axis": (
        "推演变化（用时、件数为 %，达标率为百分点；横线为 95%置信区间，只含模拟的偶然，不含模型的误差）",
        "simulated change (times, cases: %; shares: points; line: 95% interval of the simulation's "
        "chance alone, not of the model's error)",
    ),
    "in_hours": ("{value} 小时", "{value} h"),
    "in_cases": ("{value} 件", "{value}"),
    "from_to": ("{before} → {after}", "{before} → {after}"),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "effect": ("效果", "effect"),
    "recorded": ("记录", "recorded"),
    "simulated": ("重演", "simulated"),
    "fits": ("相符", "fits"),
    "desk": ("岗位", "desk"),
    "at_once": ("一人同时在手件数", "held at once by one"),
    "timed_share": ("有开始时间的比例", "share with a known start"),
    "utilisation": ("占用率", "utilisation"),
}
