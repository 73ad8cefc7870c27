"""What would be if something were changed."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "case_column": (
        "日志中没有列 {got!r}{hint}",
        "the log has no column {got!r}{hint}",
    ),
    "case_value": ("没有一件的取值是 {got!r}{hint}", "no case has the value {got!r}{hint}"),
    "desk": ("没有名为 {got!r} 的岗位{hint}", "there is no desk {got!r}{hint}"),
    "standard": ("没有编号为 {got!r} 的标准{hint}", "there is no standard {got!r}{hint}"),
    "desk_untimed": (
        "岗位 {name} 的人数看不出来：经办人未记，或半数以上的步骤没有开始时间；增减人员无从推演",
        "how many people desk {name} has cannot be seen: no actors are named, or more than half of "
        "its steps have no start; adding or taking away people cannot be answered",
    ),
    "desk_empty": (
        "岗位 {name} 现有 {people} 人，至少要留 1 人",
        "desk {name} has {people} people; at least 1 must stay",
    ),
    "never_follows": (
        "{second} 从不紧接在 {first} 之后（或两者没有开始时间），无法合并",
        "{second} never follows straight on {first} (or their starts are not known): "
        "they cannot be merged",
    ),
    "closes": (
        "{got} 是办结环节（closed_by），去掉之后没有一件会办结；请先另定办结环节",
        "{got} closes cases (closed_by): without it none would be closed; name another first",
    ),
    "no_changes": (
        '没有给出任何改变；例如 Staff("秘书一处", 1)',
        "no change is given; for example Staff(desk, 1)",
    ),
    "misfit": (
        "重演历史有 {n} 项（共 {all} 项）与记录不符，不作推演：",
        "replaying history misses the record in {n} of {all} measures; no answer is given:",
    ),
    "misfit_case_median_hours": (
        "办件用时中位数（办公小时）：记录 {recorded}，重演 {simulated}"
        "（{low}–{high}），相差 {gap}，允许 {tolerance}",
        "median case time (working hours): recorded {recorded}, simulated {simulated} "
        "({low} to {high}), off by {gap}, allowed {tolerance}",
    ),
    "misfit_case_p90_hours": (
        "办件用时九分位（办公小时）：记录 {recorded}，重演 {simulated}"
        "（{low}–{high}），相差 {gap}，允许 {tolerance}",
        "ninth decile of case times (working hours): recorded {recorded}, simulated "
        "{simulated} ({low} to {high}), off by {gap}, allowed {tolerance}",
    ),
    "misfit_case_median_elapsed_hours": (
        "办件历时中位数（自然小时）：记录 {recorded}，重演 {simulated}"
        "（{low}–{high}），相差 {gap}，允许 {tolerance}",
        "median case time by the wall clock (hours): recorded {recorded}, simulated "
        "{simulated} ({low} to {high}), off by {gap}, allowed {tolerance}",
    ),
    "misfit_open_cases": (
        "截止时在办件数：记录 {recorded}，重演 {simulated}"
        "（{low}–{high}），相差 {gap}，允许 {tolerance}",
        "cases open at the cut-off: recorded {recorded}, simulated {simulated} "
        "({low} to {high}), off by {gap}, allowed {tolerance}",
    ),
    "misfit_in_hand": (
        "平均在办件数：记录 {recorded}，重演 {simulated}"
        "（{low}–{high}），相差 {gap}，允许 {tolerance}",
        "mean number of open cases: recorded {recorded}, simulated {simulated} "
        "({low} to {high}), off by {gap}, allowed {tolerance}",
    ),
    "misfit_share_met": (
        "标准 {subject} 达标率：记录 {recorded}，重演 {simulated}"
        "（{low}–{high}），相差 {gap} 个百分点，允许 {tolerance} 个",
        "share met of standard {subject}: recorded {recorded}, simulated {simulated} "
        "({low} to {high}), off by {gap} points, allowed {tolerance}",
    ),
}
