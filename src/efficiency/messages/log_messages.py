"""Logs and registers: their columns, their rows, who is named in them."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "day_first": (
        "列 {name!r} 中 {value!r} 的日、月先后无法判断；请在 [logs.*] 中写 day_first = true 或 false",
        "in column {name!r} day and month of {value!r} cannot be told apart; "
        "write day_first = true or false under [logs.*]",
    ),
    "no_column": (
        "没有名为 {got!r} 的列（用作 {name}）；现有列：{have}{hint}",
        "there is no column {got!r} (for {name}); the file has {have}{hint}",
    ),
    "half_register": (
        '日志 {log} 只写了 {have}；登记簿要写 shape = "register"，并在 [logs.{log}.moments] 中写 环节 = "日期列"，'
        "不是登记簿的两样都不写",
        'log {log} has {have} alone; a register has shape = "register" and [logs.{log}.moments] with '
        'activity = "its column", any other log neither',
    ),
    "no_due_step": (
        "“{name}”是哪个环节的时限，只有您知道；请在 {path} 写一行：起（从哪个环节起算）、止（该环节）、时限 ={name}，目标如 0.9（不写则只列数、"
        "不评价）；环节有：{have}",
        "which step is due by '{name}' only you know; write a row in {path}: 'from', 'to' (that step), "
        "'limit' ={name} and a 'target' such as 0.9; there are {have}",
    ),
    "no_moments": (
        '登记簿没有任何日期列；请在 review.toml 的 [logs.….moments] 中写：环节 = "它的日期列"',
        "the register has no column of dates; write in [logs.….moments] of review.toml: activity = "
        '"its column"',
    ),
    "unmapped": (
        '没有指定 {name} 列；现有列：{have}；请在 [logs.*.columns] 中写 {name} = "列名"'
        "（命令行：--columns {name}=列名）",
        "no column is given for {name}; the file has {have}; "
        'write {name} = "its name" under [logs.*.columns] (a command: --columns {name}=ITS_NAME)',
    ),
    "no_moment": (
        'received、start、end 三列都没有；至少需要一列时间，例如 end = "办结时间"',
        'none of received, start, end is given; at least one time is needed, e.g. end = "finished"',
    ),
    "all_rejected": (
        "全部 {n} 行都不能接受；首行原因：{reason}",
        "all {n} rows were rejected; the first because: {reason}",
    ),
    "two_columns": (
        "{first} 与 {second} 指向同一列 {got!r}",
        "{first} and {second} both name the column {got!r}",
    ),
    "read_before": (
        "这是已经读过的日志，当时被拒的行已无从知道；请保留 read_record(文件) 的结果",
        "this log was read before, and what was rejected then is not known any more; keep what "
        "read_record(file) gives",
    ),
    "no_log": ("没有名为 {got!r} 的日志{hint}", "there is no log {got!r}{hint}"),
    "no_register": (
        "没有名为 {got!r} 的登记簿，该规则不可判定；请在 review.toml 中加 [logs.{got}]{hint}",
        "there is no register {got!r}: the rule is undecidable; add [logs.{got}] to review.toml{hint}",
    ),
    "no_cases": (
        "日志 {log} 中没有一件在统计期 {first} 至 {last} 内开始",
        "no case of log {log} began in the period from {first} to {last}",
    ),
    "no_heading": (
        "第一行应是各列的名称，这里没有；请删去空行，或补上表头",
        "the first row should name the columns, and names none; leave blank rows out, or add it",
    ),
    "secret_column": (
        "{name} 用到的列 {got!r} 是密级一列，没有载入；请去掉，或写 classified = true",
        "the column {got!r} (for {name}) is one of secrecy and was not loaded; take it out, or write "
        "classified = true",
    ),
    "no_such_person": (
        "这一行的人在日志里没有办过件；请核对姓名写法，或删去此行",
        "the person of this row has no step in the log; look up how the name is written, or leave "
        "the row out",
    ),
    "leave_days": (
        "返岗前一日 {last} 早于离岗日期 {first}；请核对这次离岗的起止日期",
        "the last day {last} comes before the first, {first}; look up the days of this absence",
    ),
    "own_cover": (
        "顶岗人 {got} 就是离岗人自己；请写由谁顶岗",
        "{got} cannot stand in for himself; write who does",
    ),
    "rejected_case": ("没有编号（case_id）", "no case_id"),
    "rejected_activity": ("没有环节（activity）", "no activity"),
    "rejected_moment": ("没有可读的时刻", "no readable moment"),
    "rejected_transition": (
        "生命周期状态不是 schedule、start、complete",
        "life-cycle value is none of schedule, start, complete",
    ),
    "rejected_secret": ("标有密级，未载入", "marked as a state secret, not loaded"),
    "changed_time": ("时间无法识别，置为空", "time cannot be read; set to empty"),
}
