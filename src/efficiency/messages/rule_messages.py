"""Rules, and what a log lacks of them."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
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
    "error_category": (
        "{name} 一列没有 {got} 这一类{hint}",
        "the column {name} has no category {got}{hint}",
    ),
    "own_errors": (
        "{got} 就是差错登记本身；请写可能出差错的日志，如收文日志",
        "{got} is the register of errors itself; name the logs in which errors may happen",
    ),
    "unit": ("日志中没有处室 {got!r}{hint}", "the log has no unit {got!r}{hint}"),
    "rule_column": (
        "规则用到的列 {got!r} 在日志中不存在，该规则不可判定{hint}",
        "the rule's column {got!r} is not in the log: the rule is undecidable{hint}",
    ),
    "rule_left_out": (
        "未写入规则 {name}（{title}）：日志中没有{lacks}",
        "rule {name} is left out ({title}): the log has no {lacks}",
    ),
    "lacks_activities": ("环节 {names}", "activity {names}"),
    "lacks_units": ("处室 {names}", "unit {names}"),
    "lacks_columns": ("列 {names}", "column {names}"),
    "lacks_registers": ("登记簿 {names}", "register {names}"),
}
