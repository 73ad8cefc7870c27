"""What is said of waiting and of what explains it."""

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
}
