"""Settings, the calendar, and what a review begins with."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "toml_control": (
        "{name} 中有控制字符：{got}；请删去",
        "{name} holds control characters: {got}; take them out",
    ),
    "toml_digits": (
        "有一个数太长（几千位）；请改短",
        "a number is thousands of digits long; write a shorter one",
    ),
    "toml_large": ("{name} 的数过大：{got}", "{name} is too large a number: {got}"),
    "toml_deep": (
        "{name} 嵌套超过 {most} 层：{got}",
        "{name} is nested more than {most} deep: {got}",
    ),
    "toml": ("TOML 语法错误：{why}", "not valid TOML: {why}"),
    "unknown_key": ("未知的键 {name!r}{hint}", "unknown key {name!r}{hint}"),
    "no_key": ("缺少 {name}；例如 {example}", "{name} is missing; for example {example}"),
    "hours": (
        '办公时间 {got!r} 无法识别；写法如 "08:30-12:00"，须先后有序、互不重叠，不跨午夜',
        'office hours {got!r} cannot be read; write "08:30-12:00", in order, without overlap, '
        "not past midnight",
    ),
    "season": (
        '季节 {got!r} 有误：from 与 to 须写法一致、确有其日；指定年份的须先后有序，例如 from = "07-01"、'
        'to = "09-30"，或 from = "2024-07-01"、to = "2024-09-30"',
        "the season {got!r} is wrong: from and to are real days in one form, and in order where "
        'they name a year; for example from = "07-01", to = "09-30", or from = "2024-07-01", '
        'to = "2024-09-30"',
    ),
    "day_twice": (
        "日期 {date} 给出了不止一次；请只保留一处",
        "the day {date} is given more than once; keep one",
    ),
    "region": (
        "没有地区 {got!r} 的节假日；可用 CN 或 holidays 包的地区代码，如 NL、DE、US-CA",
        "no holidays for region {got!r}; use CN or a code of the holidays package: NL, DE, US-CA",
    ),
    "no_span": (
        "{asked} 不在记录的时间之内，记录为 {first} 至 {last}，例如 --month {example}",
        "{asked} lies outside the record, which runs from {first} to {last}; e.g. --month {example}",
    ),
    "cutoff": (
        "截止时点 {got} 早于日志中最早的时刻 {first}，看不到任何记录",
        "the cut-off {got} lies before the log's first moment {first}: nothing would be seen",
    ),
    "no_guess": (
        "看不出哪一列是{name}；请在 {path} 中填写；现有列：{have}",
        "cannot tell which column is {name}; fill it in in {path}; the file has {have}",
    ),
    "never_closed": (
        "closed_by 中的环节 {got} 从未发生，这样没有一件算办结；日志中的环节：{have}{hint}",
        "none of closed_by, {got}, ever happens, so that no case would be closed; the log has "
        "{have}{hint}",
    ),
    "status_left": (
        "状态列 {name!r} 的值 {values} 没有写明属于 closed、cancelled 还是 open，按环节判断",
        "the values {values} of the status column {name!r} stand under none of closed, cancelled and "
        "open: the steps decide",
    ),
    "status_value": (
        "状态列 {name!r} 中没有值 {got!r}；现有：{have}{hint}",
        "the status column {name!r} never says {got!r}; it says {have}{hint}",
    ),
    "grows_untold": (
        "写了 not_to_grow，但没有等长、不重叠的对比时段（baseline），不作比较；如 baseline = "
        '["2023-01-01", "2023-12-31"]',
        "not_to_grow is set, but there is no baseline of the same length outside the period, so nothing is "
        'compared; e.g. baseline = ["2023-01-01", "2023-12-31"]',
    ),
    "no_times": (
        "这张表没有一列时间，不是办理记录，无法据以评估流程和用时；现有列：{have}",
        "no column of this table holds times: it is no record of work; it has {have}",
    ),
    "answers": (
        "这像是问卷的答卷（列名是带题号的问题），不是办理记录；请改用办理记录，答卷用 --survey 加入",
        "this looks like answers to a questionnaire, whose columns are numbered questions, and not "
        "like a record of work; give the record, and the answers by --survey",
    ),
    "strange_value": (
        "{name} 一列的 {got} 不在所列的值中{hint}；{n} 件，如 {cases}",
        "the column {name} holds {got}, which is none of the values listed{hint}; {n} case(s), such as "
        "{cases}",
    ),
    "short_key": (
        "{place} 中的密钥太短，可以逐个试出；请换成至少 {least} 个随机字符，或删去后由第一次评估生成",
        "the key in {place} is so short that it can be found by trying; give at least {least} random "
        "characters, or leave it out and the first review makes one",
    ),
    "twice_in": (
        "编号 {name!r} 与 {where} 第 {other} 行的重复；请改编号",
        "{name!r} is used already in line {other} of {where}; rename it",
    ),
}
