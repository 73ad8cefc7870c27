"""Arguments, tables that were built by hand, and engines."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "table": ("不是“{table}”表（一行 = {row}）：", "Not a '{table}' table (one row = {row}):"),
    "missing": (
        "缺少列 {name!r}；现有列：{have}{hint}",
        "column {name!r} is missing; the table has {have}{hint}",
    ),
    "alike_columns": (
        "列名 {names} 只差大小写，计算引擎分不清；请给其中一列改名",
        "the columns {names} differ in capitals only, which the engine cannot hold apart; "
        "rename one",
    ),
    "type": (
        "列 {name!r} 应为 {kind}，现为 {got}；请输入 {mend}",
        "column {name!r} must be {kind}, is {got}; try {mend}",
    ),
    "empty": (
        "列 {name!r} 有 {n} 行为空，首行为第 {row} 行",
        "column {name!r} is empty in {n} rows, first row {row}",
    ),
    "no_table": (
        "应为 DataFrame 或 Ibis 表，现为 {got}；请检查参数的次序",
        "this is a {got} and no DataFrame or Ibis table; look at the order of the arguments",
    ),
    "argument": (
        "参数 {name} 应为 {kind}，现为 {got}；次序为 log, standards|rules, calendar",
        "argument {name} must be a {kind}, is a {got}; the order is log, standards|rules, calendar",
    ),
    "unknown_argument": (
        "没有名为 {name!r} 的参数；有：{have}",
        "there is no argument {name!r}; there are {have}",
    ),
    "fixed": (
        "{name} 已由 observed(...) 或 study(...) 定下，不能再给；请在那里给出",
        "{name} is fixed by what was observed already; give it to observed(...) or study(...)",
    ),
    "no_worktime": (
        "这些事件没有按办公时间观察；请用 observed(log, calendar)",
        "these events were observed without a calendar; write observed(log, calendar)",
    ),
    "bad_value": (
        "{name} 的值不能是 {got}；例如 {right}",
        "{name} cannot be {got}; for example {right}",
    ),
    "not_by_case": (
        "{got} 不能分到各台机器上计算；可用的有 {have}",
        "{got} cannot be parted case by case; {have} can",
    ),
    "no_row": (
        "日志缺少 row 列（每行一个不同的整数）：同一时刻的两步靠它分先后",
        "the log has no column row (a whole number of its own for each row): it parts steps of "
        "the same moment",
    ),
    "rule_other_cases": (
        "规则 {rule}（{kind}）要看别的件，不能逐件计算",
        "rule {rule} ({kind}) looks into other cases and does not go case by case",
    ),
    "other_engine": (
        "日志在 {got} 上；请用 DuckDB 上的表，Spark 上的用 eff.by_case",
        "the log lies on {got}; give a table on DuckDB, or use eff.by_case for one on Spark",
    ),
    "memory_short": (
        "计算引擎的内存（--memory、EFFICIENCY_MEMORY 或 open_log 的 memory，现为 {limit}）不够；请放宽，如 1GB",
        "the engine's memory (--memory, EFFICIENCY_MEMORY or open_log's memory; {limit}) is too "
        "small; allow more, such as 1GB",
    ),
}
