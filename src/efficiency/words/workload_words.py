"""What is said of load, of work in hand, of deadlines nearing and of overdue risk."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "load_arrivals": ("到件", "came in"),
    "load_completions": ("办出", "done"),
    "load_open": ("期末在手", "in hand at the end"),
    "load_steps": ("件次", "steps"),
    "bunching_hours": (
        "距到期的小时数（按该时限的时钟，负为提前）",
        "from due moment (hours on the limit's clock, negative: before)",
    ),
    "bunching_met": ("按时办完", "done in time"),
    "bunching_late": ("超时办完", "done late"),
    "bunching_due": ("到期", "due"),
    "bunching_beyond": ("更早、更晚", "further away"),
    "risk_predicted": ("当时估计的超时可能", "risk of being late as told then"),
    "risk_observed": ("后来实际超时的比例", "share that became late"),
    "risk_exact": ("估计与实际一致", "as told"),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "arrivals": ("到件", "came in"),
    "completions": ("办出", "done"),
    "open_before": ("期初在手", "in hand before"),
    "median_age_hours": ("在手时长中位（办公小时）", "median age (working hours)"),
    "p90_age_hours": ("在手时长第90百分位数（办公小时）", "90th pct. of age (working hours)"),
    "net_per_week": ("每周净增", "net a week"),
    "end_arrivals": ("月末到件", "came in at month's end"),
    "other_arrivals": ("平日到件", "came in on other days"),
    "last_tenth": ("最后一成时间内办完", "done in the last tenth"),
    "tenth_before": ("前一成时间内办完", "done in the tenth before"),
    "tenth_after": ("超时一成以内", "late by up to a tenth"),
    "used_share": ("已用时限", "time used"),
    "compared_by": ("可比依据", "compared by"),
    "risk": ("超时可能", "risk"),
    "base_share": ("该项标准一贯超时比例", "share late of the standard"),
    "predicted": ("估计", "told"),
    "observed": ("实际", "observed"),
}
