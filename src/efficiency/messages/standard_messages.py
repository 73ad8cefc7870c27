"""Standards: their limits, their clocks, what they apply to."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "duplicate_id": (
        "{name!r} 重复（第 {other} 行已用），有效期重叠；请改编号，或用 valid_from、valid_to 分开",
        "{name!r} is used again (first in line {other}) for overlapping dates; "
        "rename it, or part the versions by valid_from and valid_to",
    ),
    "limit": (
        "时限 {got!r} 无法识别；写法：30 min · 2 h · 1 working day · 10 days · same day · -30 min",
        "limit {got!r} cannot be read; write 30 min · 2 h · 1 working day · 10 days · same day "
        "· -30 min",
    ),
    "clock": (
        "clock 应为 working 或 elapsed（分钟、小时时限必填），现为 {got!r}",
        "clock must be working or elapsed (for limits in min and h), is {got!r}",
    ),
    "share": ("{name} 应在 0 与 1 之间，现为 {got!r}", "{name} must lie in 0 to 1, is {got!r}"),
    "yes_no": ("{name} 应为 yes 或 no，现为 {got!r}", "{name} must be yes or no, is {got!r}"),
    "date": (
        "{name} 应为日期（2024-01-31），现为 {got!r}",
        "{name} must be a date (2024-01-31), is {got!r}",
    ),
    "dates": (
        "valid_from {first} 晚于 valid_to {last}，该标准永不生效",
        "valid_from {first} lies after valid_to {last}: the standard never applies",
    ),
    "scope": (
        "适用范围 {got!r} 无法识别；写法：文种=请示|报告; 紧急程度!=平件",
        "scope {got!r} cannot be read; write 文种=请示|报告; 紧急程度!=平件",
    ),
    "scope_column": (
        "适用范围用到的列 {got!r} 在日志中不存在；现有列：{have}{hint}",
        "the scope's column {got!r} is not in the log; it has {have}{hint}",
    ),
    "activity": (
        "日志中没有环节 {got!r}{hint}",
        "the log has no activity {got!r}{hint}",
    ),
    "no_limit_id": (
        "没有编号为 {got!r} 的现成时限；请用 efficiency standards --list 查看{hint}",
        "there is no ready-made limit {got!r}; see efficiency standards --list{hint}",
    ),
    "limit_there": (
        "时限 {got!r} 已在表中，未重复写入",
        "the limit {got!r} stands in the table already",
    ),
    "unread_limits": (
        "时限列 {name!r} 有 {n} 种值无法识别，这些件不可判定：{examples}；写法如 3个工作日、2小时、当日、"
        "2024-03-05，或在 limit 中写单位：={name} 个工作日",
        "{n} values of the column {name!r} of limits cannot be read, and their cases are not "
        "decided: {examples}; write 3 working days, 2 h, same day, 2024-03-05, or name the unit in "
        "limit: ={name} working days",
    ),
    "mixed_limits": (
        "时限列 {name!r} 混有 {n} 种写法（{examples}），请核对是否都是时限",
        "the column {name!r} of limits holds {n} kinds ({examples}); see whether all are limits",
    ),
    "occurrence": (
        "occurrence 应为 first 或 each（首次或每次），现为 {got!r}",
        "occurrence must be first or each, is {got!r}",
    ),
    "extend": (
        "extend 与 extend_by 须同时填写，现只有 {got!r}；例如 extend = 延期，extend_by = 10个工作日",
        "extend and extend_by go together, only {got!r} is given; for example extend = 延期, "
        "extend_by = 10 working days",
    ),
    "extend_kind": (
        "extend_by {got!r} 与 limit {limit!r} 不是同一种时限；请用同一单位",
        "extend_by {got!r} is not of the kind of the limit {limit!r}; use the same unit",
    ),
    "limit_column": (
        "日志中没有时限列 {got!r}{hint}",
        "the log has no column {got!r} of limits{hint}",
    ),
    "suspend": (
        "suspend 与 resume 须同时填写，现只有 {got!r}",
        "suspend and resume go together, only {got!r} is given",
    ),
}
