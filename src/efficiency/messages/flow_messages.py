"""Prescribed flows, as text and as BPMN."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
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
}
