"""What is said of waiting, what explains it, and of how much there is to do."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "waiting_off": ("非办公时间", "office closed"),
    "waiting_batching": ("疑似攒批等齐", "batch held back"),
    "waiting_prioritisation": ("后到先办", "later ones served first"),
    "waiting_contention": ("在办先到件", "desk busy with earlier ones"),
    "waiting_unavailability": ("疑似无人在岗", "nobody on duty, as far as seen"),
    "waiting_other": ("其他（记录未能说明）", "other (the record does not tell)"),
    "waiting_work_hours": ("等待（办公小时）", "waiting (working hours)"),
    "waiting_all_hours": ("等待（小时，按自然时间计）", "waiting (hours by the wall clock)"),
    # --- load
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
    "source_row": ("上一步行号", "row of the step before"),
    "off_hours": ("非办公时间（小时）", "office closed (h)"),
    "batching_hours": ("疑似攒批等齐（小时）", "batch held back (h)"),
    "prioritisation_hours": ("后到先办（小时）", "later ones served first (h)"),
    "contention_hours": ("在办先到件（小时）", "desk busy with earlier ones (h)"),
    "unavailability_hours": ("疑似无人在岗（小时）", "nobody on duty, as far as seen (h)"),
    "other_hours": ("其他（小时）", "other (h)"),
    "assumed": ("推定事项", "assumed"),
    "work_share": ("占办公时间内等待的比例", "share of waiting in office hours"),
    "work_low": ("该比例下限", "its lower bound"),
    "work_high": ("该比例上限", "its upper bound"),
    "unmeasured": ("未能测算的步骤数", "steps not measured"),
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
