"""What is wrong with an input: every breach at once, in Chinese or in English."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from efficiency.language import Language, joined, of, spoken

#: Signs of a word that a message repeats whole.
_LONGEST = 160
#: key -> (Chinese, English). A message says what was got, what is right and what to type.
MESSAGES: dict[str, tuple[str, str]] = {
    # tables that were built by hand
    "table": ("不是“{table}”表（一行 = {row}）：", "Not a '{table}' table (one row = {row}):"),
    "missing": (
        "缺少列 {name!r}；现有列：{have}{hint}",
        "column {name!r} is missing; the table has {have}{hint}",
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
    # arguments
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
    # files
    "no_file": ("找不到文件 {path}", "there is no file {path}"),
    "no_folder": ("找不到文件夹 {path}", "there is no folder {path}"),
    "outside_file": (
        "路径 {path} 在仓库之外；请复制到评估文件夹内",
        "path {path} leaves the repository; copy the file into the review's folder",
    ),
    "output_taken": (
        "{path} 应当是文件夹，现在是文件或链接；请改名或移走后再运行",
        "{path} should be a folder, and is a file or a link; move it away and run again",
    ),
    "held": (
        "另一个程序正在写 {folder}（{holder}）；请等它结束后再运行",
        "another process is writing into {folder} ({holder}); run again when it has ended",
    ),
    "no_room": (
        "{path} 所在的磁盘（或配额、单个文件大小限制）放不下约 {megabytes} MB 的输出；请腾出空间后再运行",
        "there is no room for an output of about {megabytes} MB at {path} (disk, quota or limit on "
        "the size of files); make room and run again",
    ),
    "input_changed": (
        "{path} 在评估过程中被改动，结果可能前后不一，没有写出；请再运行一次",
        "{path} was changed while it was reviewed, so nothing was written; run again",
    ),
    "unwritable": (
        "没有写入 {path} 的权限；请改权限（chmod u+w）或换一个文件夹",
        "{path} cannot be written to; change its permissions (chmod u+w) or take another folder",
    ),
    "other_columns": (
        "各文件的列应当一致：与 {first} 相比，缺少 {missing}；多出 {more}。请改齐列名，或分作两个 [logs.…]",
        "the files of one log have the same columns: against {first}, {missing} is missing and "
        "{more} is more; name the columns alike, or make two logs of them",
    ),
    "mixed_epochs": (
        "这些表格的日期起算日不同（1900 与 1904）；请在表格软件中改成一种，或分作两个 [logs.…]",
        "these workbooks count days from different years (1900 and 1904); save them alike, or make "
        "two logs of them",
    ),
    "no_match": (
        "没有与 {pattern!r} 相符的文件；请核对 path（从评估文件夹算起）",
        "no file matches {pattern!r}; look at path, which begins at the review's folder",
    ),
    "outside": (
        "路径 {path} 在仓库之外；请复制到评估文件夹内，或在命令行给出绝对路径：--log {name}={absolute}",
        "path {path} leaves the repository; copy the file into the review's folder, "
        "or name it absolutely on the command line: --log {name}={absolute}",
    ),
    "no_reader": (
        "无法读取 {suffix!r} 文件；可读：csv、xlsx、xls、xlsb、ods、parquet、xes、xes.gz",
        "cannot read a {suffix!r} file; readable are csv, xlsx, xls, xlsb, ods, parquet, xes, xes.gz",
    ),
    "objects": (
        "这是面向对象的日志（OCEL），一个事件可属于几个对象，不能直接评估；请选定一种对象作为件，用 "
        "pm4py.ocel_flattening(ocel, 对象类型) 展平后另存为 csv，再评估",
        "this is an object-centric log (OCEL): an event belongs to several objects and cannot be "
        "reviewed as it is; choose the kind of object that is a case, flatten it by "
        "pm4py.ocel_flattening(ocel, object_type), save it as csv and review that",
    ),
    "save_as": (
        "{suffix!r} 是专有格式，无法读取；请在 WPS 表格等软件中打开，另存为 .xlsx",
        "a {suffix!r} file has a format of its own; open it in its program and save it as .xlsx",
    ),
    "encoding": (
        "无法识别编码（试过 utf-8、gb18030、utf-16、windows-1252）；请在 Excel 中另存为“CSV UTF-8”",
        "the encoding is none of utf-8, gb18030, utf-16, windows-1252; save it as 'CSV UTF-8' in Excel",
    ),
    "no_rows": ("文件中没有数据行", "the file has no data rows"),
    "long_field": (
        "有一格超过 {most} 个字符：可能是引号没有配对，也可能混进了别的内容；请改正这一行",
        "a field is longer than {most} characters: a quote may not be closed, or it holds what is no "
        "field; mend the line",
    ),
    "too_wide": (
        "有 {n} 列，一份日志最多 {most} 列；请核对分隔符，或只导出需要的列",
        "there are {n} columns, a log has at most {most}; look at the separator, or export the "
        "columns that are needed",
    ),
    "ragged": (
        "第 {line} 行有 {got} 个字段，表头有 {want} 个；含分隔符的值请加双引号",
        "line {line} has {got} fields, the header has {want}; quote values that hold the separator",
    ),
    "duplicate_header": (
        "表头中 {name!r} 出现两次；请给其中一列另起列名",
        "{name!r} stands twice in the header; give one of the columns another name",
    ),
    "broken_bytes": (
        "第 {line} 行有字节损坏，其余各行是中文；请用文本编辑器打开改好，另存为 UTF-8",
        "a byte in line {line} is damaged, the other lines are Chinese; mend it in a text editor "
        "and save as UTF-8",
    ),
    "web_page": (
        "是改了扩展名的网页；请在 Excel 或 WPS 中打开，另存为 .xlsx",
        "it is a web page under another name; open it in Excel or WPS and save it as .xlsx",
    ),
    "locked": (
        "有打开密码；请在 Excel 或 WPS 中去掉密码，另存为 .xlsx",
        "it is locked by a password; take the password off in Excel or WPS and save it as .xlsx",
    ),
    "misnamed": (
        "实际是 {kind} 文件；请把扩展名改为 {kind}",
        "it is a {kind} file; give it that ending",
    ),
    "broken_xml": (
        "不是完好的 XML（{why}，第 {column} 列）；请重新导出，或从这一行起修补",
        "no sound XML ({why}, column {column}); export it again, or mend it from this line on",
    ),
    "no_xes": (
        "不是 XES 日志：最外层应是 <log>，这里是 <{got}>；请另导出 XES 或 csv",
        "no XES log: its outermost element should be <log>, and is <{got}>; export XES or csv",
    ),
    "unreadable": (
        "无法读作 {kind}（{why}）；文件可能不完整，请重新导出",
        "cannot be read as {kind} ({why}); it may be cut off: export it again",
    ),
    "unsafe": ("为安全起见不读：{why}", "refused: {why}"),
    "doctype": (
        "为安全起见不读带有 {why} 的文件；请删去这一段，或重新导出为不带它的",
        "a file with {why} is not read, for safety; take that part out, or export it without",
    ),
    "not_xlsx": (
        "不是 {kind}，或文件不完整（可能没有下载完，或只改了扩展名）；请重新导出，或用 WPS、Excel 打开后另存为 xlsx",
        "this is no {kind} workbook, or it is cut off; export it again, or open it in a spreadsheet "
        "program and save it as xlsx",
    ),
    "empty_file": (
        "文件是空的（0 字节）；请重新导出",
        "the file is empty (0 bytes); export it again",
    ),
    "day_first": (
        "列 {name!r} 中 {value!r} 的日、月先后无法判断；请在 [logs.*] 中写 day_first = true 或 false",
        "in column {name!r} day and month of {value!r} cannot be told apart; "
        "write day_first = true or false under [logs.*]",
    ),
    # logs
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
    # settings
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
    "bad_value": (
        "{name} 的值不能是 {got}；例如 {right}",
        "{name} cannot be {got}; for example {right}",
    ),
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
    # standards
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
    # rules
    "rule_kind": ("没有名为 {got!r} 的规则类型{hint}", "there is no kind of rule {got!r}{hint}"),
    "rule_names": (
        "{kind} 规则须填写 {name}（多个名称用 | 分隔）",
        "a rule of kind {kind} needs {name} (several names with |)",
    ),
    "rule_one": (
        "corrections 规则只看一列，现为 {got!r}；请只留一列",
        "a rule of kind corrections looks at one column, is {got!r}; keep one",
    ),
    "rule_spare": (
        "{kind} 规则不使用 {name}，现为 {got!r}；请清空",
        "a rule of kind {kind} takes no {name}, is {got!r}; leave it empty",
    ),
    "rule_twice": ("{got} 重复列出；每个名称只写一次", "{got} stands there twice; name each once"),
    "count": (
        "{name} 应为正整数（at_most 必填，不计数的规则类型留空），现为 {got!r}",
        "{name} must be a whole number (at_most needs one, kinds that count nothing take none), "
        "is {got!r}",
    ),
    "severity": (
        "severity 应为 low、medium 或 high（低、中、高），现为 {got!r}",
        "severity must be low, medium or high, is {got!r}",
    ),
    "theme": (
        "theme 应为 limits、procedure、coordination、quality、pace、supervision、opinion（时限、程序、协调、质量、效率、督查、"
        "反映）之一，或空着，现为 {got!r}",
        "theme must be one of limits, procedure, coordination, quality, pace, supervision, opinion, or "
        "empty, is {got!r}",
    ),
    "comparison": (
        "条件 {got!r} 无法识别；写法：签发人= · 反馈形式!=正式函|报告 · #主送>1 · 来文级别 - 主送级别 > 1",
        "condition {got!r} cannot be read; write 签发人= · 反馈形式!=正式函|报告 · #主送>1 "
        "· 来文级别 - 主送级别 > 1",
    ),
    "register": (
        "登记簿 {got!r} 无法识别；写法：incoming: 文号 | 标题+来文单位",
        "register {got!r} cannot be read; write incoming: 文号 | 标题+来文单位",
    ),
    "twice_id": (
        "编号 {name!r} 重复（第 {other} 行已用）；请改编号",
        "{name!r} is used again (first in line {other}); rename it",
    ),
    "leave_days": (
        "返岗前一日 {last} 早于离岗日期 {first}；请核对这次离岗的起止日期",
        "the last day {last} comes before the first, {first}; look up the days of this absence",
    ),
    "own_cover": (
        "顶岗人 {got} 就是离岗人自己；请写由谁顶岗",
        "{got} cannot stand in for himself; write who does",
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
    "error_category": (
        "{name} 一列没有 {got} 这一类{hint}",
        "the column {name} has no category {got}{hint}",
    ),
    "own_errors": (
        "{got} 就是差错登记本身；请写可能出差错的日志，如收文日志",
        "{got} is the register of errors itself; name the logs in which errors may happen",
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
    "no_heading": (
        "第一行应是各列的名称，这里没有；请删去空行，或补上表头",
        "the first row should name the columns, and names none; leave blank rows out, or add it",
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
    "unit": ("日志中没有处室 {got!r}{hint}", "the log has no unit {got!r}{hint}"),
    "rule_column": (
        "规则用到的列 {got!r} 在日志中不存在，该规则不可判定{hint}",
        "the rule's column {got!r} is not in the log: the rule is undecidable{hint}",
    ),
    "no_register": (
        "没有名为 {got!r} 的登记簿，该规则不可判定；请在 review.toml 中加 [logs.{got}]{hint}",
        "there is no register {got!r}: the rule is undecidable; add [logs.{got}] to review.toml{hint}",
    ),
    # prescribed flows
    "no_flow": (
        "找不到流程 {path}；请给出 .bpmn 或文本文件，或自带流程名：{names}",
        "there is no flow {path}; name a .bpmn or text file, or one of {names}",
    ),
    "flow_step": (
        "第 {at} 个字符处应为环节名称或括号，现为 {got!r}",
        "at character {at}: a step or a bracket is wanted, not {got!r}",
    ),
    "flow_end": (
        "第 {at} 个字符处应为 →、| 或行末，现为 {got!r}；名称含符号时请加双引号",
        "at character {at}: → or | or the end of the line is wanted, not {got!r}; put a name with a "
        'mark in it between "',
    ),
    "flow_close": (
        "第 {at} 个字符处缺少右括号 {want}，现为 {got!r}",
        "at character {at}: the closing {want} is missing, there is {got!r}",
    ),
    "flow_mark": (
        "第 {at} 个字符 {got!r} 无法识别",
        "at character {at}: {got!r} cannot be read",
    ),
    "flow_mixed": (
        "第 {at} 个字符处同时用了 | 和 &；请加括号分开",
        "at character {at}: | and & stand side by side; part them by brackets",
    ),
    "flow_times": (
        "第 {at} 个字符处的次数 {got} 不成立；花括号中写 1..3，最多 {most} 次，更多请用 * 或 +",
        "at character {at}: {got} is no number of times; write 1..3 in the braces, at most {most}, "
        "or use * or +",
    ),
    "flow_deep": (
        "第 {at} 个字符处括号嵌套超过 {most} 层；请用“名称: …”分成几行",
        "at character {at}: brackets stand more than {most} deep; part them into lines 'name: …'",
    ),
    "flow_large": (
        "第 {at} 个字符处，展开后的流程超过 {most} 个部分；重复请用 * 或 +，不要层层相乘",
        "at character {at}: written out, the flow has more than {most} parts; repeat with * or +, "
        "not times within times",
    ),
    "flow_twice": (
        "第 {at} 个字符：{got!r} 已定义过",
        "at character {at}: {got!r} is defined twice",
    ),
    "flow_cycle": (
        "第 {at} 个字符处定义成环：{way}",
        "at character {at}: the definitions go round in a circle: {way}",
    ),
    "flow_foreign": (
        "流程 {name} 的环节在日志 {log} 中一个也没有；日志的环节：{have}",
        "log {log} has none of the activities of flow {name}; it has {have}",
    ),
    "bpmn_syntax": ("不是合法的 XML：{why}", "not valid XML: {why}"),
    "bpmn_root": (
        "根元素是 {got}，不是 BPMN 2.0 的 definitions",
        "the root is {got}, not BPMN 2.0's definitions",
    ),
    "bpmn_pools": (
        "有 {n} 个流程（泳池）；请只保留一个",
        "there are {n} processes (pools); keep one",
    ),
    "bpmn_element": (
        "不支持 {got}（{id}）；可用：任务、开始与结束事件、排他网关、并行网关",
        "{got} ({id}) is not supported; tasks, start and end events, exclusive and parallel "
        "gateways are",
    ),
    "bpmn_arrow": (
        "顺序流 {id} 指向不存在的 {got}",
        "the sequence flow {id} leads to or from {got}, which is not there",
    ),
    "bpmn_ways": (
        "{got} 有几条出路；请用排他网关（选一）或并行网关（都走）分开",
        "{got} has several ways out; part them by an exclusive or a parallel gateway",
    ),
    "bpmn_start": ("没有开始事件", "there is no start event"),
    "bpmn_end": ("没有结束事件", "there is no end event"),
    "bpmn_lost": (
        "从开始事件走不到：{names}",
        "nothing leads from the start to {names}",
    ),
    "bpmn_encoding": ("编码是 {got}；请另存为 UTF-8", "the encoding is {got}; save it as UTF-8"),
    "bpmn_empty": ("没有任何带名称的任务", "there is no task with a name"),
    "no_log": ("没有名为 {got!r} 的日志{hint}", "there is no log {got!r}{hint}"),
    "no_cell": (
        "{{{got}}} 不是报告中的一个数（符合的有 {n} 行，应为 1 行）；写法如 {{compliance.T4.share}} 或 "
        "{{compliance.T4.share:percent}}{hint}",
        "{{{got}}} is no number of this report ({n} rows fit, one must); write for example "
        "{{compliance.T4.share}} or {{compliance.T4.share:percent}}{hint}",
    ),
    "no_output": (
        "{folder} 还没有评估结果；请先运行 efficiency review {folder}",
        "{folder} has no output yet; type efficiency review {folder} first",
    ),
    "damaged_output": (
        "内容已损坏，请再次运行 efficiency review {folder}",
        "is damaged; run efficiency review {folder} again",
    ),
    "damaged_document": (
        "{path} 已损坏，读不出来，请另取一份",
        "{path} is damaged and cannot be read; take another copy",
    ),
    "not_ours": (
        "{path} 中没有本报告的数，不是这份报告的 docx 或 html",
        "{path} holds none of this report's numbers: it is no docx or html of it",
    ),
    "no_span": (
        "{asked} 不在记录的时间之内，记录为 {first} 至 {last}，例如 --month {example}",
        "{asked} lies outside the record, which runs from {first} to {last}; e.g. --month {example}",
    ),
    "no_document": (
        "没有找到文件 {path}，或不是 docx、html、xlsx",
        "{path} is not there, or is no docx, html or xlsx",
    ),
    "no_form": (
        "没有 {got!r} 这种格式；有：{have}",
        "there is no format {got!r}; there are {have}",
    ),
    "no_limit_id": (
        "没有编号为 {got!r} 的现成时限；请用 efficiency standards --list 查看{hint}",
        "there is no ready-made limit {got!r}; see efficiency standards --list{hint}",
    ),
    "limit_there": (
        "时限 {got!r} 已在表中，未重复写入",
        "the limit {got!r} stands in the table already",
    ),
    "quote": (
        "第 {line} 行有一个引号没有配对；请补上，或去掉这个引号",
        "a quote in line {line} is never closed; close it, or take it out",
    ),
    "no_sheet": (
        "没有名为 {got!r} 的可用工作表；有：{have}{hint}",
        "there is no sheet {got!r} to use; there are {have}{hint}",
    ),
    "read_before": (
        "这是已经读过的日志，当时被拒的行已无从知道；请保留 read_record(文件) 的结果",
        "this log was read before, and what was rejected then is not known any more; keep what "
        "read_record(file) gives",
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
    "not_converted": (
        "{path} 不是 efficiency convert 写成的文件；先运行 efficiency convert 日志 {path}",
        "{path} is no file of efficiency convert; first run efficiency convert LOG {path}",
    ),
    "read_already": (
        "这是 efficiency convert 写成的文件，不必再读：评估中写 path = 这个文件，Jupyter 中用 "
        "eff.open_log(文件)；新建评估用源文件：efficiency new 文件夹 --log 源文件，再改 path",
        "a file of efficiency convert need not be read again: name it as the path in review.toml, "
        "or open it by eff.open_log(file); a new review is begun with the source, "
        "efficiency new FOLDER --log SOURCE, and its path changed after",
    ),
    "converted_several": (
        "一份日志的各文件要么都是 efficiency convert 写成的，要么都不是；请把这个文件也转换："
        "efficiency convert 甲.csv 乙.csv 文件夹",
        "the files of one log are all files of efficiency convert, or none is; convert this one "
        "too: efficiency convert a.csv b.csv FOLDER",
    ),
    "converted_apart": (
        "这个文件不能与其他文件合为一份日志：它是几份源文件合成的，或一件的其余各步（标有密级的，或按开始、完成配对的）"
        "可能在别的文件里；请把各源文件一并转换：efficiency convert 甲.csv 乙.csv 日志.parquet",
        "this file cannot be one of several: it was made of several itself, or the rest of a case "
        "(of what is marked as secret, or of steps paired from starts and ends) may stand in "
        "another; convert the sources together: efficiency convert a.csv b.csv log.parquet",
    ),
    "one_file": (
        "这几份源文件会写成同一个文件（{names}）：{have}；请改成不同的文件名",
        "these sources would be one file ({names}): {have}; give them different names",
    ),
    "empty_folder": (
        "文件夹 {path} 里没有 parquet 文件；先运行 efficiency convert 源文件 {path}",
        "the folder {path} holds no parquet file; first run efficiency convert SOURCE {path}",
    ),
    "folder_used": (
        "文件夹 {path} 里已有别的 parquet 文件（{have}），会与这份日志混在一起；请换一个文件夹，或先移走它们",
        "the folder {path} holds other parquet files ({have}), which would be taken for part of "
        "the log; name another folder, or move them away",
    ),
    "converted_classified": (
        "转换时载入了标有密级的件；请不带 --classified 重新转换，或在 review.toml 中写 classified = true",
        "it was converted with what is marked as a state secret; convert it again without "
        "--classified, or write classified = true in review.toml",
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
    "cutoff": (
        "截止时点 {got} 早于日志中最早的时刻 {first}，看不到任何记录",
        "the cut-off {got} lies before the log's first moment {first}: nothing would be seen",
    ),
    "no_cases": (
        "日志 {log} 中没有一件在统计期 {first} 至 {last} 内开始",
        "no case of log {log} began in the period from {first} to {last}",
    ),
    "exists": (
        "{path} 已存在；请换一个文件夹",
        "{path} exists already; name another folder",
    ),
    "no_guess": (
        "看不出哪一列是{name}；请在 {path} 中填写；现有列：{have}",
        "cannot tell which column is {name}; fill it in in {path}; the file has {have}",
    ),
    "rule_left_out": (
        "未写入规则 {name}（{title}）：日志中没有{lacks}",
        "rule {name} is left out ({title}): the log has no {lacks}",
    ),
    "lacks_activities": ("环节 {names}", "activity {names}"),
    "lacks_units": ("处室 {names}", "unit {names}"),
    "lacks_columns": ("列 {names}", "column {names}"),
    "lacks_registers": ("登记簿 {names}", "register {names}"),
    # --- what people were asked
    "no_named_column": (
        "缺少一列，须有其一：{names}（现有：{have}）",
        "a column is missing; one of these is needed: {names} (the file has {have})",
    ),
    "survey_there": (
        "review.toml 已有 [survey]；请先删去，再用 --survey",
        "review.toml has a [survey] already; delete it before you use --survey",
    ),
    "role_twice": (
        "已有一题的量表是“{scale}”，{got} 不能也是；请改正，或改为“不用”",
        "another row has the scale {scale} already, so {got} cannot; correct it, or write skip",
    ),
    "item_reserved": (
        "题号 {got} 已有用途；请换一个，如 Q1",
        "the name {got} is taken; call the item otherwise, such as Q1",
    ),
    "item_twice": (
        "{got} 写了两次；每题一行，请删去一行或改名",
        "{got} stands twice; give each its own row, and delete or rename one",
    ),
    "no_construct": (
        "没有一题属于维度 {got}；量表写“维度”的一行，题号要与“维度”一列的名称相同{hint}",
        "no question belongs to construct {got}; a row whose scale is construct is called as the "
        "column construct calls it{hint}",
    ),
    "construct_steps": (
        "维度 {got} 各题的档数不同，不能合在一起关联；请改在各题上写关联指标{hint}",
        "the questions of construct {got} have scales of different steps and cannot be taken "
        "together; link the questions instead{hint}",
    ),
    "construct_of_one": (
        "维度 {got} 只有 {item} 一题，无从计算信度；请归入其他维度，或把这一格留空",
        "construct {got} has the one question {item}, of which nothing hangs together; put it to "
        "another construct, or leave the cell empty",
    ),
    "no_scale": (
        "量表 {got!r} 无法识别；请写各档用语（由低到高，如 非常不满意|不太满意|一般|比较满意|非常满意）、"
        "数的范围（如 1-5），或：单选、多选、文字、单位、编号、用时、提交时间、维度、不用{hint}",
        "{got!r} is no scale; write its words from low to high (disagree|neutral|agree), a range of "
        "numbers (1-5), or one of: choice, multi, text, office, id, seconds, time, construct, skip{hint}",
    ),
    "scale_backwards": (
        "量表由高到低写着：{got}；请由低到高写成 {right}，题目措辞反向的另在“反向”一列写“是”",
        "the scale stands from high to low: {got}; write {right}, and put yes under reversed where "
        "the wording is the contrary",
    ),
    "reversed_twice": (
        "反向了两次：量表由高到低写着（{got}），“反向”一列又写了“是”；请把量表改为 {right}",
        "reversed twice: the scale stands from high to low ({got}), and reversed says yes; write "
        "the scale as {right}",
    ),
    "reversed_no_scale": (
        "只有量表题才分正反，这一题是 {got}；请把“反向”留空",
        "only a question with a scale can be reversed, this one is {got}; leave reversed empty",
    ),
    "not_scaled": (
        "这一题是 {scale}，不是量表题，{name} 不能写 {got}；请留空",
        "this question is {scale} and has no scale, so {name} cannot be {got}; leave it empty",
    ),
    "no_question": (
        "题目 {item}（{got}）在 {file} 中没有对应的列；请核对题目文字{hint}",
        "there is no column in {file} for question {item} ({got}); look up its wording{hint}",
    ),
    "off_scale": (
        "{got!r} 不在题目 {item} 的量表上（{n} 行，首行为第 {row} 行数据）；请改正，或把这一格留空，或在编码表的量表中补上这一档",
        "{got!r} is no step of question {item} ({n} rows, first data row {row}); correct it, leave the cell empty, or add "
        "the step to the scale in the codebook",
    ),
    "one_respondent": (
        "{n} 份答卷的编号都是 {got}：是同一人所答，还是这一列不是编号？后者请把量表改为“不用”",
        "all {n} answers bear the number {got}: are they of one respondent? If the column is no "
        "number of respondents, write skip for its scale",
    ),
    "one_answer": (
        "{n} 份答卷逐题相同，用时也相同，应为同一人所答；请重新导出答卷",
        "all {n} answers are the same, and took as long: they are of one respondent; export the "
        "answers anew",
    ),
    "more_returned": (
        "{office} 回收 {returned} 份，多于发放的 {issued} 份；请核对",
        "{office} gave back {returned}, more than the {issued} it was given; look it up",
    ),
    "office_twice": ("{got} 写了两行；请合并为一行", "{got} has two rows; make them one"),
    "more_answers": (
        "{office}的答卷有 {got} 份，多于发放（或回收）的 {most} 份；请核对份数，或查找重复的答卷",
        "{office}: {got} answers are more than the {most} that were issued (or returned); look up "
        "the numbers, or look for answers given twice",
    ),
    "office_not_issued": (
        "答卷中的单位 {got} 在发放表中没有；请补上一行，或改正答卷中的名称",
        "office {got} of the answers is not among those that were given any; add a row, or correct "
        "its name in the answers",
    ),
    "nothing_drawn": (
        "问卷中没有可画的内容（表 {name} 没有行）：例如没有所在单位，或没有多选题",
        "the survey holds nothing to draw (table {name} has no rows): no offices, say, or no question "
        "that lets several options be ticked",
    ),
    "survey_needs_log": (
        "问卷要加入一个评估文件夹：先有办理记录，如 efficiency new {folder} --log 收文.xlsx --survey 答卷.xlsx",
        "a survey joins a review folder: begin with a record of work, efficiency new {folder} --log "
        "LOG --survey ANSWERS",
    ),
    "no_rule": (
        "没有名为 {got!r} 的有效性规则；请给出一列名称，如 rules=('twice', 'too_fast'){hint}",
        "there is no rule of validity {got!r}; give a list of names, rules=('twice', 'too_fast'){hint}",
    ),
    "no_trait": (
        "没有名为 {got!r} 的单选题，无从交叉{hint}",
        "no single choice is called {got!r}, so nothing can be crossed with it{hint}",
    ),
    "linked_unknown": (
        "关联指标 {got!r} 不是时限编号、规则编号或环节名{hint}",
        "{got!r} is neither a standard, a rule nor an activity of any log{hint}",
    ),
    "linked_several": (
        "{got!r} 在几份日志中都有（{logs}）；请写明是哪份，如 {right}",
        "{got!r} is in several logs ({logs}); say which, as {right}",
    ),
    "office_not_staffed": (
        "答卷中的单位 {got}（{n} 份，首见第 {row} 行数据）在人员表中没有；请改正名称，或在人员表中补上一行（人数不明写 *）{hint}",
        "office {got} of {n} answers (first data row {row}) is not in the table of staff; correct its name, or add a row "
        "(write * where the number is not known){hint}",
    ),
    "unasked": (
        "编码表没有写到的列，未作统计：{names}",
        "columns of which the codebook says nothing were left alone: {names}",
    ),
    "against_its_construct": (
        "题目 {item} 与维度 {construct} 的其他题负相关（r = {r}）：可能是反向题没有标，或平台已经反向计分又标了反向；请核对",
        "question {item} runs against the others of {construct} (r = {r}): it may be reversed and "
        "not marked, or turned by the platform and marked all the same; look it up",
    ),
    "unread_seconds": (
        "有 {n} 份答卷的用时无法识别，“用时过短”的规则没有用到它们；写法如 375秒、6分15秒、00:06:15",
        "the time taken of {n} answers cannot be read, so the rule too_fast leaves them alone; write "
        "375, 6 min 15 s or 00:06:15",
    ),
    "frame_differs": (
        "{name} 的取值与答卷不一致，没有加权：答卷多出 {more}，答卷没有 {missing}；请统一名称",
        "the values of {name} are not those of the answers, so nothing is weighted: the answers have "
        "{more} besides and lack {missing}; name them alike",
    ),
    "issued_untold": (
        "没有写发放份数（issued），不计算回收率",
        "it is not said how many were issued (issued): no share of returns is told",
    ),
    "no_offices": (
        "答卷中没有所在单位（或只有一个），置信区间未计入同一单位答案的相似，偏窄",
        "the office of those who answered is not known, or is one: intervals leave out how alike "
        "answers of one office are, and are too narrow",
    ),
    "staff_sums": (
        "人员表中各项之和与总数不符，这些单位未计入人员结构：{offices}；请核对",
        "parts and totals do not agree in the table of staff; left out were: {offices}; look them up",
    ),
    # the register of improvement points
    "quotes": (
        "双引号不成对，无法分列（{why}）；请在 Excel 中打开检查后另存",
        "a quote is opened and not closed ({why}); open it in a spreadsheet, mend and save it",
    ),
    "merged": (
        "单元格 {cells} 已合并，无法写入；请取消合并",
        "cells {cells} are merged with others and cannot be written; unmerge them",
    ),
    "would_lose": (
        "工作簿含 {parts}，改写会丢失；请移到另一工作簿，或改用 points.csv",
        "the workbook holds {parts}, which rewriting would lose; move them elsewhere or use points.csv",
    ),
    "register_headings": (
        "找不到表头；须有一行含“编号”“问题”等列名，现首行为：{have}",
        "there is no row of headings such as id and title; the first row is: {have}",
    ),
    "point_untitled": (
        "该行既无编号也无问题，{name} 却填有 {got!r}；请填写问题，或在行首加 # 作为备注",
        "the row has neither id nor title, but its {name} is {got!r}; "
        "give it a title, or begin it with # to make it a remark",
    ),
    "number": (
        "{name} 应为数或百分比（0.9、90%），现为 {got!r}",
        "{name} must be a number or a percentage (0.9, 90%), is {got!r}",
    ),
    "whole_number": (
        "{name} 应为不小于 0 的整数（320），现为 {got!r}",
        "{name} must be a whole number of 0 or more (320), is {got!r}",
    ),
    "point_code": (
        "{name} 应为 {right} 之一，现为 {got!r}",
        "{name} must be one of {right}, is {got!r}",
    ),
    "point_aim": (
        "{name} 为 {got!r}，而衡量指标是 0 与 1 之间的比例；请写 90% 或 0.9",
        "{name} is {got!r}, but what is measured is a share of 0 to 1; write 90% or 0.9",
    ),
    "no_register_yet": (
        "{folder} 中还没有改进台账；请先运行 efficiency review {folder}",
        "{folder} has no register of improvement points; run efficiency review {folder} first",
    ),
    "older_review": (
        "{path} 比台账 {register} 旧，未予更新；请先重新运行 efficiency review",
        "{path} is older than the register {register}, which was left as it is; "
        "run efficiency review again",
    ),
    # what if
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
    # values that were changed and rows that were rejected
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


def say(key: str, language: Language | None = None, **details: Any) -> str:
    """
    One message of the catalogue in a language.

    Examples
    --------
    >>> say("no_rows")
    'the file has no data rows'
    >>> say("no_rows", "zh")
    '文件中没有数据行'
    """
    return str(of(MESSAGES[key], language or spoken())).format(**details)


@dataclass(frozen=True)
class Hint:
    """The known names nearest to a wrong one, or all of them where none is near."""

    name: str
    known: tuple[str, ...]
    near_only: bool = False

    def text(self, language: Language) -> str:
        """Say the hint as the tail of a message."""
        near = difflib.get_close_matches(self.name, self.known, n=3, cutoff=0.5)
        shown = near or ([] if self.near_only else list(self.known)[:20])
        if not shown:
            return ""
        names = joined(shown, language)
        return str(of((f"；最接近的是：{names}", f"; nearest: {names}"), language))


@dataclass(frozen=True)
class Problem:
    """One breach: a key of the catalogue, its details, and where it stands."""

    key: str
    details: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int | None = None
    column: str = ""

    def text(self, language: Language | None = None) -> str:
        """Say the breach with its place in front; None: in the language of `spoken`."""
        language = language or spoken()
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        parts = [f"{place}:" if place else "", f"[{self.column}]" if self.column else ""]
        details = {
            name: value.text(language) if isinstance(value, Hint) else _brief(value)
            for name, value in self.details.items()
        }
        return " ".join([*filter(None, parts), say(self.key, language, **details)])


def _brief(value: Any) -> Any:
    """A value as a message can hold it: of a long word the beginning, and how long it is."""
    if not isinstance(value, str) or len(value) <= _LONGEST:
        return value
    # Lists of names may be long; one word that long is a slip.
    words = (
        f"{word[: _LONGEST // 4]}…({len(word)})" if len(word) > _LONGEST else word
        for word in value.split(" ")
    )
    return " ".join(words)


class InputError(ValueError):
    """
    An input that cannot be used: every breach at once.

    Parameters
    ----------
    problems
        All that is wrong, in a fixed order.
    head
        A first line, such as what the table should have been.
    """

    def __init__(self, problems: Iterable[Problem], head: Problem | None = None) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        self.head = head
        super().__init__(self.text())

    def text(self, language: Language | None = None) -> str:
        """Say all of it in one language; None: that of `spoken`."""
        lines = [f"  - {problem.text(language)}" for problem in self.problems]
        if self.head:
            return "\n".join([self.head.text(language), *lines])
        if len(self.problems) == 1:
            return self.problems[0].text(language)
        return "\n".join(["", *lines])


class TableError(InputError):
    """A table that breaks its column contract."""


class ArgumentError(InputError, TypeError):
    """An argument of the wrong kind, or one that something else fixes already."""


class SettingsError(InputError):
    """A settings file that cannot be used."""


class LogError(InputError):
    """A log that cannot be read."""


class LedgerWarning(UserWarning):
    """Rows of a log were rejected or values set to missing while reading it."""


class Attempts:
    """
    Reads several inputs, so that what is wrong with any is told together.

    Examples
    --------
    >>> attempts = Attempts()
    >>> attempts(lambda: 3), attempts.errors
    (3, [])
    """

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def __call__(self, read: Callable[[], Any]) -> Any:
        """What is read; None where it cannot be used."""
        try:
            return read()
        except InputError as error:
            self.errors.append(error)
            return None

    def add(self, problems: Iterable[Problem]) -> None:
        """Take in what else is wrong."""
        if told := list(problems):
            self.errors.append(SettingsError(told))

    def settle(self) -> None:
        """
        Go on only if nothing was wrong.

        Raises
        ------
        SettingsError
            With the problems of all attempts.
        """
        if self.errors:
            raise SettingsError(problem for error in self.errors for problem in error.problems)


def listed(names: Iterable[object]) -> str:
    """Join names for a message, all of them and in their order."""
    return ", ".join(str(name) for name in names)
