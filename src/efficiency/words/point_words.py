"""What is said of improvement points, of measures against them, and of their loop."""

from __future__ import annotations

#: What a register's column is called where people edit it: ours -> (Chinese, English).
REGISTER: dict[str, tuple[str, str]] = {
    "id": ("编号", "id"),
    "title": ("问题", "title"),
    "status": ("状态", "status"),
    "first_found": ("首次发现", "first_found"),
    "last_found": ("最近发现", "last_found"),
    "criterion": ("应达到的要求", "criterion"),
    "measure": ("衡量指标", "measure"),
    "better": ("方向", "better"),
    "unit": ("单位", "unit"),
    "baseline": ("基线", "baseline"),
    "baseline_low": ("基线下限", "baseline_low"),
    "baseline_high": ("基线上限", "baseline_high"),
    "baseline_n": ("基线件数", "baseline_n"),
    "target": ("目标", "target"),
    "countermeasure": ("措施", "countermeasure"),
    "owner": ("责任", "owner"),
    "planned": ("计划日期", "planned"),
    "due": ("时限", "due"),
    "action": ("执行情况", "action"),
    "done": ("完成日期", "done"),
    "value": ("检查值", "value"),
    "low": ("检查下限", "low"),
    "high": ("检查上限", "high"),
    "n": ("检查件数", "n"),
    "since": ("检查起算日", "since"),
    "change": ("前后之差", "change"),
    "change_low": ("差值下限", "change_low"),
    "change_high": ("差值上限", "change_high"),
    "held": ("比较口径", "held"),
    "checked": ("检查日期", "checked"),
    "verdict": ("检查结论", "verdict"),
    "suggestion": ("处理建议", "suggestion"),
    "decision": ("处理", "decision"),
    "next_target": ("下轮目标", "next_target"),
    "hours": ("涉及工时", "hours"),
    "hours_low": ("工时下限", "hours_low"),
    "hours_high": ("工时上限", "hours_high"),
    "history": ("历次检查", "history"),
    "kind": ("类别", "kind"),
    "subject": ("对象", "subject"),
}
#: The words that a register's columns may hold: ours -> (Chinese, English), by column.
CODES: dict[str, dict[str, tuple[str, str]]] = {
    "status": {
        "new": ("新发现", "new"),
        "recurring": ("仍存在", "recurring"),
        "resolved": ("已解决", "resolved"),
        "relapsed": ("反弹", "relapsed"),
    },
    "better": {"higher": ("越高越好", "higher"), "lower": ("越低越好", "lower")},
    "unit": {
        "share": ("比例", "share"),
        "hours": ("办公小时", "hours"),
        "days": ("日", "days"),
        "ratio": ("倍数", "ratio"),
        "number": ("数", "number"),
    },
    "verdict": {
        "effective": ("有效", "effective"),
        "partly": ("部分有效", "partly"),
        "no effect": ("未见明显变化", "no effect"),
        "worse": ("变差", "worse"),
        "too early": ("尚早", "too early"),
        "not measurable": ("不可测", "not measurable"),
    },
    "decision": {
        "standardise": ("标准化", "standardise"),
        "adjust": ("再改", "adjust"),
        "stop": ("停止", "stop"),
        "set aside": ("不列为问题", "set aside"),
    },
}
CODES["suggestion"] = {**CODES["decision"], "continue": ("继续观察", "continue")}
#: Where a point stands in its loop: ours -> (Chinese, English).
STATES: dict[str, tuple[str, str]] = {
    "overdue": ("逾期未落实", "overdue"),
    "due": ("三十日内到期", "due within 30 days"),
    "open": ("待办", "open"),
    "done": ("已执行、待检查", "done, to be checked"),
    "checked": ("已检查、待处理", "checked, to be decided"),
    "closed": ("已闭环", "closed"),
}

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "chapter_improvement": ("附件七　改进台账全表", "Annex 7. Register of improvement points"),
    "pdca_heading": ("改进台账（PDCA）", "Register of improvement points (PDCA)"),
    "offered_heading": ("可供选择的措施", "Measures to choose from"),
    "loop_heading": ("闭环情况", "How the loop runs"),
    "points_none": ("台账中没有改进点。", "The register holds no improvement point."),
    "points_text": (
        "台账共有改进点 {points} 个：本次新发现 {new} 个，仍存在 {recurring} 个，反弹 {relapsed} 个，"
        "已解决 {resolved} 个。截至 {date}，逾期未落实 {overdue} 个，三十日内到期 {due} 个。",
        "The register holds {points} improvement points: {new} new in this review, {recurring} "
        "recurring, {relapsed} relapsed, {resolved} resolved. On {date} {overdue} were overdue and "
        "{due} due within 30 days.",
    ),
    "verdict_text": (
        "检查只统计措施完成次日起开始、且到截止时点已能判定的件（有时限的须已到期），不足 {n} 件的记作“尚早”。前后按同样的"
        "构成、同样的月份比较；有措施未触及的同类件的，扣除其同期变化；因为最差才被选中的，基线向平均值收缩。差值的 95%置信区间不含零，"
        "才认定为改善或变差；含零的记作“未见明显变化”，并不等于措施无效。改善只说明与措施同期，不能单凭此断定由措施引起。",
        "Only cases count that began on the day after the action or later and could be decided by the "
        "cut-off (those with a limit: once it was due); fewer than {n} are 'too early'. Before and after "
        "are compared at the same mix and in the same months; the change of like cases that the action "
        "could not reach is taken off, and a base that was picked as the worst is shrunk toward the mean. "
        "A change counts where the 95% interval leaves out zero; 'no effect' means that none was seen, "
        "not that there is none. What became better did so at the same time as the measure: this alone "
        "does not say that the measure brought it about.",
    ),
    "pdca_caption": (
        "改进台账：问题、措施、责任、时限、衡量指标、目标与检查结论（尚未安排措施的 {rest} 项只列 {shown} 项，"
        "全表见 tables/points.csv）",
        "Improvement points: problem, measure taken, owner, due, indicator, target, verdict ({shown} "
        "of the {rest} without a plan; in full: tables/points.csv)",
    ),
    "pdca_blank": ("待填写", "to be filled in"),
    "offered_text": (
        "以下措施均见于所列文件，按问题类别列出，供选择，不代表已证明有效；没有相应措施的问题不列。",
        "These measures stand in the documents named and are listed by the kind of problem, to "
        "choose from; none is proved to work. Problems for which they hold none are left out.",
    ),
    "offered_caption": ("可供选择的措施及其出处", "Measures to choose from, with their source"),
    "loop_caption": (
        "闭环情况（95%置信区间；没有可统计的改进点时为“—”）",
        "How the loop runs (95% interval; a dash where there is nothing to count)",
    ),
    "pareto_caption": (
        "各改进点涉及的办公小时（每年，横线为 95%置信区间）与累计占比；同一小时可能计入几个改进点",
        "Working hours at stake in a year by improvement point (lines: 95% interval) and their "
        "cumulative share; an hour may count for several points",
    ),
    "loop_picture": (
        "措施前后：空心为基线，实心为检查值，横线为 95%置信区间，竖线为目标；颜色表示检查结论",
        "Before and after: hollow the baseline, filled the check, lines their 95% intervals, "
        "upright strokes the target; colours tell the verdict",
    ),
    "hours_year": ("办公小时/年", "working hours a year"),
    "cumulative": ("累计占比", "cumulative share"),
    "before_word": ("基线", "baseline"),
    "after_word": ("检查值", "check"),
    "target_word": ("目标", "target"),
    "loop_planned": (
        "发现后三十日内定出计划的比例",
        "planned within 30 days of being found",
    ),
    "loop_done": ("按期完成的比例", "done by the day they were due"),
    "loop_checked": ("完成后用数据检查过的比例", "done and checked with data"),
    "loop_improved": ("检查后可以认定改善的比例", "checked and improved beyond noise"),
    "loop_recurred": ("解决后 180 日内反弹的比例", "resolved and back within 180 days"),
    "loop_days": ("整改周期（天，中位数）", "days for one loop (median)"),
    "loop_months": (
        "最近十二个月中有改进点完成一轮的月份比例",
        "months of the last twelve with a loop completed",
    ),
    "pdca_title": ("改进台账（{date}）：{path}", "Improvement points on {date}: {path}"),
    "pdca_updated": (
        "已更新 {path}：新增 {added} 个改进点；原文件留作 {former}",
        "{path} is up to date: {added} points added; the former file is {former}",
    ),
    "pdca_written": ("已写出 {path}：{added} 个改进点", "{path} is written: {added} points"),
    "pdca_kept": (
        "{id} 的“{column}”两处不同，保留 {path} 中的值：{kept}（评估输出中为 {other}）",
        "{id}: two values of '{column}'; {path}'s is kept: {kept} (the review's output has {other})",
    ),
    "pdca_name_it": (
        "请在 {folder}/review.toml 中写：points = \"points.csv\"",
        "write in {folder}/review.toml: points = \"points.csv\"",
    ),
}  # fmt: skip
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "point_id": ("编号", "id"),
    "point": ("问题", "problem"),
    "point_owner": ("责任", "owner"),
    "point_due": ("原定时限", "due"),
    "point_status": ("状态", "status"),
    "point_verdict": ("检查结论", "verdict"),
    "countermeasure": ("措施", "measure taken"),
    "indicator": ("衡量指标", "indicator"),
    "point_baseline": ("基线", "baseline"),
    "point_target": ("目标", "target"),
    "point_value": ("检查值", "check"),
    "days_left": ("剩余日数", "days left"),
    "offered": ("可选措施", "measure"),
    "offered_wording": ("内容", "what is done"),
    "offered_source": ("出处", "source"),
    "loop_measure": ("指标", "measure"),
    "loop_value": ("数值", "value"),
}
