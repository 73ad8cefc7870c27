"""What the columns of the tables are called, beside those that other words name."""

from __future__ import annotations

from efficiency.words import survey_words

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {}
_CHINESE = {
    "units": "部门数", "done": "已办结", "done_share": "办结率", "change": "增减",
    "variants": "办理路径数", "few_share": "前两种路径占比", "many_share": "前十种路径占比",
    "median_hours": "中位数（办公小时）", "ninety_hours": "第90百分位数（办公小时）",
    "median_days": "中位数（工作日）", "ninety_days": "第90百分位数（工作日）",
    "id": "编号", "kind": "类别", "theme": "主题", "direction": "方向", "part_of": "所属情况",
    "low": "区间下限", "high": "区间上限", "p": "p值", "certainty": "把握", "gravity": "严重程度",
    "concerned": "涉及件数", "table": "依据表", "month": "月份", "begun": "收到", "closed": "办结",
    "in_hand": "月末在办", "column": "列", "reason": "缘由", "elapsed_hours": "历时（小时）",
    "count": "次数", "median_work_hours": "中位数（办公小时）",
    "p90_work_hours": "第90百分位数（办公小时）", "starts": "起始件数", "ends": "结束件数",
    "p10": "第10百分位数", "queue_share": "等候占比", "repeated_cases": "重复件数",
    "repetitions": "重复次数", "self_loops": "紧接重办次数", "repeated_hours": "重复用时（办公小时）",
    "example_row": "示例行号", "returned": "退回上一家次数", "first_by": "先经办",
    "again_by": "再经办", "occurrence": "第几次计时", "verdict": "判定", "used_hours": "已用（小时）",
    "effective_n": "相当独立次数", "target_met": "是否达标", "missing": "所缺", "cost": "偏离步数",
    "fitness": "吻合度", "replay_fitness": "回放吻合度", "way": "对照结果", "cause": "等候情形",
    "since": "起算日", "weeks": "周数", "net_low": "净增下限", "net_high": "净增上限",
    "period": "时段", "until": "截止", "others": "其他件数", "comparable": "可比件数",
    "median_low": "中位数下限", "median_high": "中位数上限", "others_median_hours": "可比件中位数",
    "ratio_low": "倍数下限", "ratio_high": "倍数上限", "delta": "差异强度",
    "logrank_p": "对数秩p值", "untested": "未检验原因", "k": "问题件数", "compared_k": "可比问题件数",
    "expected": "可比比例", "at_low": "日期下限", "at_high": "日期上限", "n_before": "此前件数",
    "n_after": "此后件数", "left_out": "未计件数", "median_before_hours": "此前中位数",
    "median_after_hours": "此后中位数", "difference_hours": "相差（办公小时）",
    "difference_low": "相差下限", "difference_high": "相差上限",
    "mean_difference_hours": "均值相差（办公小时）", "mean_low": "均值相差下限",
    "mean_high": "均值相差上限", "same_months": "月份是否相同", "values": "取值数", "node": "节点",
    "parent": "上级节点", "side": "是否", "name": "名称", "low_95": "95%界限下限",
    "high_95": "95%界限上限", "low_998": "99.8%界限下限", "high_998": "99.8%界限上限",
    "outside": "超出界限", "rise_p": "临期增多p值", "jump_share": "临期占比", "jump_low": "临期占比下限",
    "jump_high": "临期占比上限", "jump_p": "临期跳变p值", "from_hours": "自（余时）",
    "to_hours": "至（余时）", "base_n": "参照件数", "risk_from": "风险自", "risk_to": "风险至",
    "subject": "对象", "better": "向好方向", "hours_low": "工时下限", "hours_high": "工时上限",
    "status": "状态", "first_found": "首次发现", "last_found": "最近发现", "criterion": "标准",
    "baseline": "基线", "baseline_low": "基线下限", "baseline_high": "基线上限",
    "baseline_n": "基线件数", "owner": "责任", "planned": "计划日期", "action": "执行情况",
    "change_low": "变化下限", "change_high": "变化上限", "held": "对照方式", "checked": "检查日期",
    "suggestion": "处理建议", "decision": "处理", "next_target": "下轮目标", "history": "历次检查",
    "standards": "时限项数", "standards_met": "达标项数", "rules": "规则条数",
    "rules_broken": "有违反条数", "answered": "回应时刻", "answer_hours": "至回应（办公小时）",
    "after_due": "逾期后才催", "light": "灯色", "left_hours": "余时（小时）",
    "state": "所处环节", "days": "距到期天数", "item": "项目", "cumulative_share": "累计占比",
}  # fmt: skip
#: Table -> column -> (Chinese, English), where a column means something else than elsewhere.
TABLE_HEADS: dict[str, dict[str, tuple[str, str]]] = {
    "points": {
        "title": ("问题", "problem"), "unit": ("计量单位", "unit of measure"),
        "done": ("执行日期", "done on"), "countermeasure": ("措施", "measure taken"),
    },
    "measures": {"unit": ("计量单位", "unit of measure")},
    "categories": {
        "category": ("类别", "category"), "before": ("对比时段条数", "before"),
        "change": ("增减", "change"), "cumulative": ("累计占比", "cumulative share"),
        "expected": ("各类一样多时", "if all were equal"), "done": ("已办结", "done"),
        "done_share": ("办结率", "share done"), "median_days": ("办结用时中位数（工作日）", "median days"),
    },
    "errors": {
        "item": ("类别", "trade"), "of": ("所在日志", "in the logs"), "k": ("差错", "errors"),
        "n": ("所办件数", "cases"), "share": ("差错率", "rate"),
    },
    "error_gaps": {"item": ("类别", "trade"), "gap": ("相隔工作日", "working days between")},
    "covers": {
        "post": ("岗位", "post"), "absences": ("离岗次数", "absences"),
        "away_hours": ("离岗办公小时", "hours away"), "arrived": ("其间到件", "came in then"),
        "covered": ("顶岗办理", "done by the stand-in"), "share": ("顶岗率", "share covered"),
        "both_days": ("同时离岗工作日", "days both away"),
        "idle_hours": ("有件等候的办公小时", "hours something waited"),
    },
    "urging": {"at": ("催办时刻", "urged at")},
    "edges": {"source": ("上一环节", "from"), "target": ("下一环节", "to")},
    "handovers": {"source": ("移交方", "from"), "target": ("接收方", "to")},
    "overview": {"rows": ("记录数", "records"), "steps": ("环节记录数", "steps")},
    "involvement": {"activities": ("环节种类数", "activities")},
    "changes": {"title": ("变动事项", "what changed")},
    "deviations": {"detail": ("情形", "what is wrong"), "rows": ("原始行号", "source rows")},
    "control": {"low": ("控制下限", "lower limit"), "high": ("控制上限", "upper limit")},
    **survey_words.TABLE_HEADS,
}  # fmt: skip
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    name: (chinese, name.replace("_", " ")) for name, chinese in _CHINESE.items()
}
