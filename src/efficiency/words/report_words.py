"""What the report says of the record, the flows, the times, the procedure and the findings."""

from __future__ import annotations

from efficiency.words.column_words import COLUMNS

__all__ = ["COLUMNS", "PHRASES"]

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    # --- chapters
    "chapter_basis": ("附件一　资料与数据质量", "Annex 1. Sources and quality of the record"),
    "chapter_flows": ("附件八　业务量、流程与用时", "Annex 8. Volume, ways through and times"),
    "chapter_times": ("附件二　时限标准及达标情况", "Annex 2. Time limits and how they are met"),
    "chapter_findings": ("附件三　问题清单及相关文件", "Annex 3. Findings and their cases"),
    "chapter_procedure": (
        "附件四　程序规则及核对情况",
        "Annex 4. Rules of procedure and how they are kept",
    ),
    "chapter_annex": ("附件六　方法与口径", "Annex 6. Methods and definitions"),
    "scope": ("（一）范围", "Scope"),
    "quality": ("（二）数据质量声明", "Quality of the record"),
    "paths": ("（一）办理路径", "Ways through"),
    "volume": ("（二）业务量", "Volume"),
    "durations": ("（三）办理用时", "Time taken"),
    "contents": ("目录", "Contents"),
    "register_heading": ("登记簿 {log}", "The register {log}"),
    "register_text": (
        "{log}：每件只有一条记录，共 {n} 条，供与其他日志核对，不作流程分析。",
        "{log}: {n} entries, one a case. It serves to be held against other logs; there is no flow.",
    ),
    # --- scope
    "summary": (
        "本报告依据 {logs} 份办理日志，统计截至 {cutoff}，共 {cases} 件、{steps} 个环节记录，"
        "其中 {open} 件尚未办结。时间按办公时间计算（{calendar}）。",
        "This report rests on the record (logs: {logs}) as it stood at {cutoff}: {cases} cases with {steps} "
        "steps, of which {open} cases were still open. Time is counted in office hours "
        "({calendar}).",
    ),
    "summary_findings": (
        "对照 {standards} 项时限标准，{reached} 项达到目标、{failed} 项未达到；共提出问题 {findings} 项，"
        "其中突出问题 {action} 项。",
        "Time limits with a target: {standards}, of which {reached} met and {failed} missed; there are "
        "{findings} findings, {action} of them clear enough to act on.",
    ),
    "summary_no_standards": (
        "本次未提供时限标准，只描述事实。",
        "No standards were given: this report describes only.",
    ),
    "summary_linked": (
        "本报告依据 {logs} 份办理日志，统计截至 {cutoff}，共涉及 {documents} 份文件（同一文件在各日志中按{link}合并；"
        "各日志的件数见下表，不可相加）、{steps} 个环节记录，其中 {open} 件尚未办结。"
        "时间按办公时间计算（{calendar}）。",
        "This report rests on the record (logs: {logs}) as it stood at {cutoff}: {documents} documents (those "
        "that stand in several logs are joined by {link}; the cases of the logs, below, do not add "
        "up) with {steps} steps, of which {open} cases were still open. Time is counted in office "
        "hours ({calendar}).",
    ),
    "span_record": ("（读入的全部记录）", " (the record as it was read)"),
    "span_whole": ("（全部记录，不限于评估时段）", " (all that was recorded, whatever the period)"),
    "span_baseline": ("（评估时段及对比时段）", " (the period and what it is compared with)"),
    "period": (
        "统计期：{first} 至 {last} 期间收到的件。",
        "Period: cases that began from {first} to {last}.",
    ),
    "calendar_cn": (
        "国务院办公厅放假安排，含调休",
        "the State Council's calendar with its make-up days",
    ),
    "calendar_other": ("{region} 公共假日", "public holidays of {region}"),
    "overview_caption": ("日志概况", "The logs"),
    "quality_clean": (
        "未发现明显可疑之处。",
        "Nothing doubtful was found.",
    ),
    "quality_intro": (
        "以下可疑之处均未删改，只作提示；“行”为原文件数据行号，可逐条核对。",
        "Nothing below was changed or dropped; 'rows' are data rows of the source, to look up.",
    ),
    "ledger": (
        "读入 {rows} 行，接受 {accepted} 行，退回 {rejected} 行；改动、存疑和表外的行 {changed} 处；"
        "明细见 tables/rejected.csv 与 tables/changed.csv。",
        "Of {rows} rows {accepted} were accepted and {rejected} rejected; {changed} values or rows "
        "were changed, doubted or lie outside the table. See tables/rejected.csv and tables/changed.csv.",
    ),
    "quality_caption": ("数据质量：可疑之处", "Doubts about the record"),
    "estimated": (
        "{years} 年尚无（或查不到）放假安排通知，按周末和法定假日推算，结果可能变动。",
        "There is no holiday notice for {years}: weekends and statutory dates were used, and "
        "results may change.",
    ),
    "reading": (
        "{log}：{rows} 行 = 接受 {accepted} + 退回 {rejected}；改动 {changed} 处{sheet}",
        "{log}: {rows} rows = {accepted} accepted + {rejected} rejected; {changed} values "
        "changed{sheet}",
    ),
    "reading_sheet": ("；工作表“{sheet}”", "; sheet '{sheet}'"),
    "reading_forms_left": (
        "时刻，{column}：其余写法共 {n} 行，如 {example}",
        "moments, {column}: {n} row(s) in other forms, such as {example}",
    ),
    "reading_form": (
        "时刻，{column}：{form}，{n} 行，如 {example}",
        "moments, {column}: {form}, {n} row(s), such as {example}",
    ),
    "reading_rejected": (
        "退回，{column}：{reason}，{n} 行（{examples}）",
        "rejected, {column}: {reason}, {n} row(s) ({examples})",
    ),
    "reading_changed": (
        "改动，{column}：{reason}，{n} 行（{examples}）",
        "changed, {column}: {reason}, {n} row(s) ({examples})",
    ),
    "reading_empty": ("（空）", "(empty)"),
    "reading_trimmed": ("两端空白去掉", "blanks at the ends taken off"),
    "reading_outside": ("不在表内", "outside the table"),
    "reading_unnamed": ("没有列名，另起一名", "no heading, named"),
    "reading_again": (
        "在前一个文件中已有的行，只计一次",
        "rows that stood in an earlier file too, counted once",
    ),
    "reading_out_of_order": (
        "早于前一环节，请核对",
        "before the step that stands before it: to be checked",
    ),
    "reading_repeated": (
        "一个编号占几行，并作一件；编号是否重复或跨年重排，请核对",
        "one number in several rows, taken as one matter: does it restart, or stand twice?",
    ),
    "reading_sheet_beside": ("另一工作表，未读", "another sheet, not read"),
    "reading_sheet_hidden": ("隐藏的工作表，未读", "a hidden sheet, not read"),
    "reading_zeros": ("文字中不该有的零字节，已略去", "zero bytes, which no text has, left out"),
    "reading_row_hidden": ("隐藏的行，照读", "hidden rows, read all the same"),
    "reading_not_computed": (
        "公式没有存值，读作空；请用表格软件打开并另存一次",
        "formulas whose value was never stored, read as empty; open the file in a spreadsheet "
        "program and save it",
    ),
    "reading_item": ("{value}", "{value}"),
    "reading_value": ("第 {row} 行：{value}", "row {row}: {value}"),
    "reading_value_in": ("{file} 第 {row} 行：{value}", "{file}, row {row}: {value}"),
    "reading_one_stamp": (
        "每行只有一个时刻：看不出哪些件未办结，都算已办结；请在 review.toml 写明 closed_by。",
        "There is one stamp a row: which cases are open is not seen, and all count as closed; name "
        "closed_by in review.toml.",
    ),
    "reading_much": (
        "{share:.1%} 的行被退回或失去一个值。review 会写出 tables/rejected.csv 与 changed.csv；请改正数据，"
        "或在 review.toml 中写明正确的列或时刻格式。",
        "{share:.1%} of the rows were rejected or lost a value: a review writes them to "
        "tables/rejected.csv and changed.csv. Mend the source, or name the right column or its format in review.toml.",
    ),
    "summer_time": (
        "{zone} 实行夏令时：时刻按当地钟面计算，跨越换季的自然时间可能差一小时。",
        "{zone} has summer time: moments are those of the wall clock, and elapsed time over the "
        "change can be an hour off.",
    ),
    "due_estimated": (
        "有的时限到 {years} 年才届满，该年尚无（或查不到）放假安排通知，按周末和法定假日推算，届满日可能变动。",
        "Some deadlines fall in {years}, for which there is no holiday notice: weekends and "
        "statutory dates were used, and they may move.",
    ),
    "no_ends": (
        "日志 {log} 中没有任何办结时间，无法计算路径与时限。",
        "Log {log} holds no end of any step: variants and limits cannot be computed.",
    ),
    "no_baseline": (
        "日志 {log} 中没有 {first} 至 {last} 的件，无法与基期比较。",
        "Log {log} holds no case of {first} to {last}: there is nothing to compare with.",
    ),
    "all_open": (
        "日志 {log} 的全部件在截止时点尚未办结。",
        "Every case of log {log} was still open at the cut-off.",
    ),
    # --- flows
    "map_caption": (
        "{log}：流程图（方框为环节与次数，线上为次数与中位办公小时；显示 {share:.0%} 的流量，{left} 个少见环节未画）",
        "{log}: process map (boxes: activities with counts; edges: counts and median working "
        "hours; {share:.0%} of the traffic; {left} rare activities are left out)",
    ),
    "map_text": (
        "共有 {variants} 种办理路径；最常见的一种占 {top:.1%}，前 {eighty} 种覆盖八成。",
        "There are {variants} variants; the most frequent takes {top:.1%} of the cases, and "
        "{eighty} are needed to cover eight in ten.",
    ),
    "variants_caption": ("{log}：最常见的办理路径", "{log}: the most frequent variants"),
    "no_done_steps": ("（尚无办结环节）", "(no done step yet)"),
    "volume_caption": (
        "{log}：逐月收件、办结与在办",
        "{log}: cases begun, closed and open by month",
    ),
    "begun": ("收件", "begun"),
    "closed": ("办结", "closed"),
    "in_hand": ("月末在办", "open at month's end"),
    "completion_caption": (
        "{log}：办结比例随办公小时的变化（Kaplan-Meier，阴影为 95%置信区间；未办结的按截止时点计）",
        "{log}: share done by working hours (Kaplan-Meier with 95% interval; open cases are "
        "censored)",
    ),
    "completion_text": (
        "办理用时中位数为 {hours} 个办公小时。",
        "Half of the cases were done within {hours} working hours.",
    ),
    "completion_ninety": (
        "九成的件在 {hours} 个办公小时内办结。",
        "Nine in ten were done within {hours} working hours.",
    ),
    "completion_never": (
        "到截止时点，办结比例尚未达到 {share}。",
        "By the cut-off the share done had not reached {share}.",
    ),
    "steps_caption": ("{log}：各环节用时（办公小时）", "{log}: working hours by step"),
    "timelines": ("办理时序", "When work was done"),
    "timelines_text": (
        "前一图中每个点是一个环节：横轴为收到后的天数，纵轴为收到的先后，点越靠右办得越晚，"
        "图形自某一高度起变化，说明办理方式自那时起变化。后一图中每条线是一次流转，自上一环节"
        "办完之日向下连到下一环节办完之日：线相交是后来先办，线汇于一点是集中办理，线平缓是等待较久。",
        "In the first picture each dot is a step: the further right, the later after arrival; where "
        "the pattern changes from one height on, the way of working changed then. In the second "
        "each line is a passage from one step to the next, from the day of the one down to that of "
        "the other: lines that cross overtook, lines that meet were done together, flat lines "
        "waited long.",
    ),
    "dots_caption": (
        "{log}：各环节办理时点（点图；横轴为收到后天数，纵轴为收到先后）",
        "{log}: when each step was done (dotted chart; days since arrival, by arrival)",
    ),
    "spectrum_caption": (
        "{log}：用时最多的各组相邻环节的流转（性能谱；截止前三个月，颜色越深越慢）",
        "{log}: passages between the steps that take most time (performance spectrum; the last "
        "three months, the darker the slower)",
    ),
    "steps_figure": (
        "{log}：各环节办公小时分布（线段为第10至第90百分位数，点为中位数）",
        "{log}: working hours by step (line: 10th to 90th percentile, dot: median)",
    ),
    "hours": ("小时", "h"),
    "work_hours": ("办公小时", "working hours"),
    "share_done": ("已办结比例", "share done"),
    "case_word": ("件", "cases"),
    # --- standards
    "times_none": ("未提供时限标准。", "No standards were given."),
    "times_intro": (
        "达标率 = 达标 ÷（达标 + 超时 + 超期未办），附 95% Wilson 置信区间；未到期、暂停中、"
        "不可判定的件不计入分母，另行列出。",
        "Share met = met ÷ (met + late + overdue), with a 95% Wilson interval; what is pending, "
        "suspended or undecidable proves nothing and is listed apart.",
    ),
    "compliance_caption": ("各项时限达标情况", "The standards"),
    "compliance_figure": (
        "达标率与 95%置信区间（竖线为目标）",
        "Share met with its 95% interval (bar: target)",
    ),
    "withheld": ("<{n}，不显示", "<{n}, withheld"),
    "share_met": ("达标率", "share met"),
    # --- findings
    "findings_none": (
        "按现有证据，没有达到提出标准的问题。",
        "The evidence supports no finding.",
    ),
    "findings_intro": (
        "以下问题按涉及的办公小时和严重程度排序。每项列明：标准、情况、证据（n 与区间）、影响、建议和相关件号。"
        "“突出”：区间整体低于目标；“一般”：点估计低于目标而区间尚不能排除达标；“提示”：只作说明。违反程序规则的：记录即可认定且严重程度高、"
        "或为中而不止个别的，列为突出；迹象类一律列为一般，须先核实。",
        "Findings are ranked by the working hours at stake, breaches of rules after them. Each states criterion, condition, "
        "evidence with n and interval, effect, recommendation and cases. 'Act': the whole interval "
        "lies below the target; 'watch': only the estimate does. A broken rule calls for action where the "
        "record proves it and it is grave, or of medium severity and no single slip; a sign is always "
        "'watch': look first.",
    ),
    "criterion": ("标准", "Criterion"),
    "condition": ("情况", "Condition"),
    "cause": ("原因", "Cause"),
    "effect": ("影响", "Effect"),
    "action": ("建议", "Recommendation"),
    "evidence": (
        "证据（n = {n}；摘自 tables/{table}.csv）",
        "Evidence (n = {n}; from tables/{table}.csv)",
    ),
    "cases": ("相关件（至多 20 件）", "Cases (up to 20)"),
    "level_action": ("突出", "act"),
    "level_watch": ("一般", "watch"),
    "level_note": ("提示", "note"),
    "cause_untested": (
        "原因未作检验。",
        "A statement of fact; causes were not tested.",
    ),
    "standard_title": (
        "{title}：达标率 {share}，低于目标 {target}",
        "{title}: {share} met, target {target}",
    ),
    "standard_criterion": (
        "{title}（{id}）：从“{begins}”到“{ends}”，时限 {limit}{clock}；目标 {target}。依据：{source}。",
        "{title} ({id}): from '{begins}' to '{ends}', limit {limit}{clock}; target {target}. "
        "Source: {source}.",
    ),
    "clock_working": ("（办公时间）", " (working time)"),
    "clock_elapsed": ("（自然时间）", " (wall clock)"),
    "standard_condition": (
        "可判定 {n} 件，达标 {met} 件，超时 {late} 件，超期未办 {overdue} 件；达标率 {share}（95%置信区间 "
        "{low}～{high}）。{batches}另有未到期 {pending} 件、暂停中 {suspended} 件、不可判定 {undecidable} 件。",
        "Of {n} cases that can be decided {met} met it, {late} were late and {overdue} are overdue: "
        "{share} (95% interval {low} to {high}). {batches}Besides, {pending} pending, {suspended} "
        "suspended, {undecidable} undecidable.",
    ),
    "standard_batches": (
        "同日起算的件常常一起达标或一起超时，区间按相当于 {n} 件独立的件计算。",
        "Clocks that start on one day often go the same way: the interval is that of {n} independent "
        "ones. ",
    ),
    "standard_effect": ("{parts}（按该时限的时钟）。", "{parts} (on the limit's clock)."),
    "standard_effect_late": (
        "办结时已超时的 {n} 件，合计超出 {hours} 小时（中位数 {median} 小时）",
        "{n} done late, {hours} hours past due in all, a median of {median}",
    ),
    "standard_effect_overdue": (
        "至截止时仍未办的 {n} 件，已超出 {hours} 小时（中位数 {median} 小时）",
        "{n} still not done, {hours} hours past due so far, a median of {median}",
    ),
    "standard_effect_left_out": (
        "另有 {n} 件的超时时长不能确定（只有日期，或没有该环节即已办结），不计",
        "of {n} the hours past due are not known (dates alone, or closed without that step) and not "
        "counted",
    ),
    "standard_action_unknown": (
        "记录中没有{steps}环节，先核对 standards.csv 的环节名称是否与记录一致，再作评价。",
        "The record knows no step {steps}: see first whether standards.csv calls it as the record "
        "does.",
    ),
    "standard_action": (
        "逐件核查所列超时件，明确该环节责任人与催办节点（限时办结制）；下期按同一口径复核达标率。",
        "Go through the late cases listed, name who is answerable for the step and when it is "
        "urged; measure the share again next period in the same way.",
    ),
    "slow_step_title": (
        "办公时间内的等候有 {share} 是等“{activity}”",
        "{share} of all waiting in office hours is for '{activity}'",
    ),
    "slow_step_criterion": (
        "该环节没有单独的时限标准；等候不应集中在一个环节。",
        "The step has no standard of its own; waiting should not gather at one step.",
    ),
    "slow_step_condition": (
        "{n} 次办理在到达之后、开始之前共等候 {hours} 个办公小时，平均每次 {each} 小时；占全部等候的 {share}"
        "（95%置信区间 {low}～{high}）。",
        "{n} steps waited {hours} office hours from arrival to start, {each} each in the mean: "
        "{share} of all such waiting (95% interval {low} to {high}).",
    ),
    "slow_step_standard_title": (
        "“{activity}”超出本环节时限合计 {hours} 小时",
        "'{activity}' runs {hours} h past its own limit",
    ),
    "slow_step_standard_criterion": (
        "本环节时限：{title}（{id}），{limit}。",
        "The step's own limit: {title} ({id}), {limit}.",
    ),
    "slow_step_standard_condition": (
        "{n} 件可判定，{late} 件超过本环节时限，合计超出 {hours} 小时；超时比例 {share}（95%置信区间 "
        "{low}～{high}）。",
        "Of {n} cases that can be decided {late} ran past the step's own limit, {hours} hours in "
        "all: {share} (95% interval {low} to {high}).",
    ),
    "slow_step_effect": (
        "涉及 {hours} 办公小时。",
        "{hours} working hours are at stake.",
    ),
    "slow_step_action": (
        "先看排队与办理各占多少：排队为主的，调整人手或 AB 岗；办理为主的，拆分或简化该环节；并为其设立时限。",
        "See first whether the queue or the handling takes the time: for a queue, staffing or a "
        "stand-in; for handling, split or simplify the step; and give it a limit.",
    ),
    "rework_title": (
        "“{activity}”有 {share} 的件重复办理",
        "'{activity}' is done again in {share} of its cases",
    ),
    "rework_criterion": (
        "每件每个环节办理一次为宜；重复即返工（必要的退改除外）。",
        "A step should be needed once a case; doing it again is rework, unless rework was requested.",
    ),
    "rework_condition": (
        "办过该环节的 {n} 件中有 {k} 件办了不止一次，共重复 {repetitions} 次（其中紧接着重办 {loops} 次）；"
        "比例 {share}（95%置信区间 {low}～{high}）。",
        "Of {n} cases with this step {k} had it more than once, {repetitions} repetitions in all "
        "({loops} of them at once): {share} (95% interval {low} to {high}).",
    ),
    "rework_effect": (
        "重复办理共占用 {hours} 办公小时。",
        "The repetitions took {hours} working hours.",
    ),
    "rework_action": (
        "抽查重复件，区分必要退改与返工；把退改原因列为清单，前移到上一环节把关（交叉审核）。",
        "Look at the repeated cases, tell requested rework from other repeats; list the reasons and check for "
        "them one step earlier.",
    ),
    # --- what a rule asks for
    "rule_precedence": ("每次“{b}”之前应有“{a}”", "'{a}' comes before every '{b}'"),
    "rule_response": ("每次“{a}”之后应有“{b}”", "every '{a}' is followed by '{b}'"),
    "rule_existence": ("应有“{a}”", "'{a}' occurs"),
    "rule_absence": ("不应有“{a}”", "'{a}' never occurs"),
    "rule_at_most": ("“{a}”至多 {n} 次", "'{a}' occurs at most {n} times"),
    "rule_order": ("首次“{a}”应早于首次“{b}”", "the first '{a}' comes before the first '{b}'"),
    "rule_backflow": (
        "按“{a}”的次序办理，未经“{b}”不得倒回",
        "steps follow the order {a}; none comes back without '{b}'",
    ),
    "rule_backflow_never": (
        "按“{a}”的次序办理，不得倒回",
        "steps follow the order {a}; none comes back",
    ),
    "rule_repeats": ("同一环节（{a}）少于 {n} 次", "no step of {a} occurs {n} times or more"),
    "rule_responded_existence": ("有“{a}”的件应有“{b}”", "a case with '{a}' has '{b}'"),
    "rule_passes": (
        "首次“{b}”之前“{a}”少于 {n} 次",
        "fewer than {n} times '{a}' before the first '{b}'",
    ),
    "rule_unanswered": (
        "“{a}”满 {n} 次前应有“{b}”",
        "'{b}' comes before '{a}' has been done {n} times",
    ),
    "rule_prompted": (
        "“{b}”不应等到“{a}”之后 {n} 个工作日内才做",
        "'{b}' does not wait for '{a}' (within {n} working days after it)",
    ),
    "rule_four_eyes": ("“{a}”与“{b}”不应是同一人", "'{a}' and '{b}' are done by different people"),
    "rule_same_actor": ("“{a}”与“{b}”应是同一人", "'{a}' and '{b}' are done by the same person"),
    "rule_hub": ("处室之间的传递应经 {a}", "units hand over by way of {a}"),
    "rule_ping_pong": (
        "不应在两个处室之间来回（甲→乙→甲）{n} 次及以上",
        "no unit gets a case back (X, Y, X) {n} times or more",
    ),
    "rule_ping_pong_but": (
        "不应在两个处室之间来回（甲→乙→甲）{n} 次及以上；略过“{a}”，经“{b}”退回的不算",
        "no unit gets a case back (X, Y, X) {n} times or more; '{a}' are passed over, returns by "
        "'{b}' do not count",
    ),
    "rule_done_by": ("“{b}”应由 {a} 办理", "'{b}' is done by {a}"),
    "rule_entry": ("应由 {a} 受理", "cases enter at {a}"),
    "rule_round_trips": ("离开 {a} 后返回少于 {n} 次", "fewer than {n} returns to {a}"),
    "rule_attribute": ("不应有：{a}", "it is not so that {a}"),
    "rule_corrections": ("更正（按“{a}”）少于 {n} 次", "fewer than {n} corrections (by '{a}')"),
    "rule_forwarded": (
        "转发不超过 {n} 层（按 {a}）",
        "nothing is passed on more than {n} times (by {a})",
    ),
    "rule_recurs": ("{n} 日内不应再次发生（按 {a}）", "none comes back within {n} days (by {a})"),
    "rule_unregistered": (
        "应见于登记簿 {b}（无文号的，标题相似度（相邻两字重合，Dice）不低于 {likeness:.0%}、相距不超过 {n} 日）",
        "it is known to the register {b} (without a number: titles alike, by Dice's measure, by {likeness:.0%} or more, "
        "at most {n} days apart)",
    ),
    "condition_is": ("{column}为{values}", "{column} is {values}"),
    "condition_is_empty": ("{column}为空", "{column} is empty"),
    "condition_is_not": ("{column}不是{values}", "{column} is not {values}"),
    "condition_is_not_empty": ("{column}不为空", "{column} is not empty"),
    "condition_above": ("{column}大于{values}", "{column} is above {values}"),
    "condition_least": ("{column}不小于{values}", "{column} is {values} or more"),
    "condition_below": ("{column}小于{values}", "{column} is below {values}"),
    "condition_most": ("{column}不大于{values}", "{column} is {values} or less"),
    "moment_of": ("{activity}（{part}）", "{activity} ({part})"),
    "how_many": ("{column}（个数）", "number of {column}"),
    # --- findings on rules
    "breach_title": (
        "违反“{title}”：{broken} 件（{share}）",
        "'{title}' is broken: {broken} cases ({share})",
    ),
    "breach_title_sign": (
        "疑似违反“{title}”：{broken} 件（{share}）",
        "'{title}' is suspected to be broken: {broken} cases ({share})",
    ),
    "breach_title_few": (
        "违反“{title}”（可判定的不足 {least} 件，不列件数）",
        "'{title}' is broken (fewer than {least} cases could be decided: counts withheld)",
    ),
    "breach_title_sign_few": (
        "疑似违反“{title}”（可判定的不足 {least} 件，不列件数）",
        "'{title}' is suspected to be broken (fewer than {least} cases could be decided: counts "
        "withheld)",
    ),
    "breach_title_doubt": (
        "审查规则“{title}”是否适用：{broken} 件（{share}）与之不符",
        "Does the rule '{title}' apply? {broken} cases ({share}) do not keep it",
    ),
    "breach_doubt": (
        "过半的件与规则不符，可能是规则、环节名称或适用范围与本单位不合，先核对规则，再谈问题。",
        "More than half of the cases do not keep it: the rule, its activities or its scope may "
        "not be this office's. Look at the rule before the office.",
    ),
    "breach_criterion": (
        "{title}（{id}）：{asks}。依据：{source}。",
        "{title} ({id}): {asks}. Source: {source}.",
    ),
    "breach_condition": (
        "适用 {n} 件，其中违反 {broken} 件、未到期 {pending} 件、不可判定 {undecidable} 件；违反率 {share}"
        "（占可判定件，95%置信区间 {low}～{high}）。",
        "Of {n} cases in scope {broken} break it, {pending} may still mend it and {undecidable} "
        "cannot be decided: {share} of those that can (95% interval {low} to {high}).",
    ),
    "breach_condition_few": (
        "可判定的不足 {least} 件，件数和违反率不列；逐件见 tables/deviations.csv。",
        "Fewer than {least} cases could be decided: counts and share are withheld. Case by case: "
        "tables/deviations.csv.",
    ),
    "breach_effect_few": (
        "严重程度：{severity}。{meaning}",
        "Severity: {severity}. {meaning}",
    ),
    "breach_proof": (
        "记录本身即可认定，证据行见 tables/deviations.csv。",
        "The record itself shows it; the rows are in tables/deviations.csv.",
    ),
    "breach_sign": (
        "这是迹象，不是定论；请逐件核实后再认定。证据行见 tables/deviations.csv。",
        "This is a sign, not a proof; look at each case before you conclude. The rows are in "
        "tables/deviations.csv.",
    ),
    "breach_effect": (
        "涉及 {broken} 件；严重程度：{severity}。{meaning}",
        "{broken} cases; severity: {severity}. {meaning}",
    ),
    "severity_low": ("低", "low"),
    "severity_medium": ("中", "medium"),
    "severity_high": ("高", "high"),
    "breach_action_sequence": (
        "在环节流转中设置前置条件，缺前一环节的不能进入下一环节；确需先办的，当日补办并注明原因。",
        "Make the earlier step a condition of the later one; where a matter cannot wait, make it good "
        "the same day with the reason.",
    ),
    "breach_action_follow": (
        "交办即定反馈时限，到期前提醒，逾期催办并通报（交必办、办必果、果必报）。",
        "Set the date of the answer when the matter is assigned; remind before it, urge and report "
        "after it.",
    ),
    "breach_action_hands": (
        "明确主办单位和首问负责人，传递一律经文书登记；对列出的传递逐件核对。",
        "Name who leads and who was asked first, and pass papers by way of the registry only; look at "
        "each hand-over listed.",
    ),
    "breach_action_review": (
        "落实公文交叉审核制，起草人与审核人分开；在岗人员不足的，明确 AB 岗。",
        "Keep the drafter and the reviewer apart; where people are short, name a stand-in.",
    ),
    "breach_action_papers": (
        "收文初审时核对行文规则，不合规定的当日退回并说明理由。",
        "Check the rules of form at the first reading, and return what breaks them the same day with "
        "the reason.",
    ),
    "breach_action_loop": (
        "汇总退改、更正原因，列入上一环节的核对清单；一次性告知全部要求。",
        "List the reasons for returns and corrections as checks for the step before, and ask for "
        "everything at once.",
    ),
    "typical": (
        "典型件 {case}：{detail}（● 为证据行）",
        "A typical case, {case}: {detail} (● marks the rows that prove it)",
    ),
    # --- procedure and organisation in the report
    "hands_heading": ("（四）部门之间的传递", "Hand-overs between units"),
    "hands_text": (
        "{log}：部门之间共传递 {count} 次，其中 {returned} 次退回上一部门（{share}）。",
        "{log}: {count} hand-overs between units, {returned} of them back to the unit before ({share}).",
    ),
    "hands_caption": (
        "{log}：部门传递网络（线上为次数，画出其中 {drawn} 次，占 {share}；蓝底为规定的传递部门，红色虚线为不经其传递）",
        "{log}: hand-overs between units (edges: counts; {drawn} of them, {share}, are drawn; blue: the "
        "hubs of the rules; red dashes: past them)",
    ),
    "hands_caption_plain": (
        "{log}：部门传递网络（线上为次数，画出其中 {drawn} 次，占 {share}）",
        "{log}: hand-overs between units (edges: counts; {drawn} of them, {share}, are drawn)",
    ),
    "involvement_caption": (
        "{log}：各部门承担的工作（专门化 = 最多的一种环节所占比例）",
        "{log}: who carries how much (specialisation: share of the most frequent activity)",
    ),
    "approvals_caption": (
        "{log}：实际经过的审批层级",
        "{log}: levels of approval really passed",
    ),
    "no_approval": ("（未经审批）", "(none)"),
    "unknown": ("（不明）", "(unknown)"),
    "flow_heading": (
        "（{place}）规定流程与实际流程",
        "{place}. The prescribed flow and the real one",
    ),
    "flow_text": (
        "{log}：规定流程“{name}”。已办结 {aligned} 件与之对照（在办 {open} 件、未对照 {left} 件除外），"
        "完全一致 {fitting} 件，占 {share}（95%置信区间 {low}～{high}）；逐件平均吻合度 {fitness:.3f}，"
        "流程所允许的路径中实际出现的比例（精确度）{precision:.3f}。",
        "{log}: of {aligned} closed cases held against the flow '{name}' ({open} open ones and {left} "
        "left out) {fitting} keep to it, {share} (95% interval {low} to {high}); the mean fitness of a "
        "case is {fitness:.3f}, precision {precision:.3f}.",
    ),
    "flow_left_out": (
        "未对照 {n} 种办理路径、{cases} 件：{reasons}。",
        "{n} variants with {cases} cases were left out: {reasons}.",
    ),
    "reason_many": ("超出对照的路径数", "beyond the number of variants that are aligned"),
    "reason_long": ("环节过多", "too many steps"),
    "flow_caption": (
        "{log}：规定流程与偏离（“未办”“次序不符”为件数；红色虚线框为多出的环节，只画最多的几处）",
        "{log}: the prescribed flow and where cases depart (skipped, out of order: cases; red dashes: "
        "added steps, the most frequent only)",
    ),
    "model_caption": (
        "{log}：从记录中发现的流程（归纳法，忽略占比不足两成的分支），供与规定流程对照",
        "{log}: the flow discovered in the record (inductive miner, branches below a fifth left out)",
    ),
    "departures_caption": ("{log}：偏离规定流程之处", "{log}: departures from the prescribed flow"),
    "departure_skipped": ("应办未办“{activity}”", "'{activity}' was skipped"),
    "departure_added": (
        "在“{after}”之后多出“{activity}”",
        "'{activity}' was added after '{after}'",
    ),
    "departure_added_first": (
        "一开始就多出“{activity}”",
        "'{activity}' was added at the beginning",
    ),
    "departure_moved": ("“{activity}”次序不符", "'{activity}' was done out of order"),
    "procedure_none": (
        "没有给出规定流程和程序规则。",
        "Neither a prescribed flow nor rules of procedure were given.",
    ),
    "aside_heading": ("经研判不列为问题", "Looked at and set aside"),
    "aside_without": ("未填写", "no reason was given"),
    "aside_notice": (
        "points.csv 第 {line} 行：处理为“不列为问题”而没有理由，请在“执行情况”中写明",
        "points.csv, line {line}: set aside without a reason; write it in the column 'action'",
    ),
    "long_table": (
        "{table} 表有 {rows} 行：tables/{table}.csv 列前 {first} 行，全部在 tables/{table}.parquet",
        "table {table} has {rows} rows: tables/{table}.csv has the first {first}, "
        "tables/{table}.parquet all of them",
    ),
    "aside_reason": ("“{title}”不列为问题，理由：{reason}", "'{title}' was set aside: {reason}"),
    "rules_heading": ("（{place}）程序规则", "{place}. The rules of procedure"),
    "rules_text": (
        "共 {rules} 条规则：未见违反 {kept} 条，有违反 {broken} 条，不可判定 {undecided} 条。违反率 = 违反 ÷"
        "（适用 − 未到期 − 不可判定），附 95% Wilson 置信区间；不可判定的不计为合规。",
        "{rules} rules: {kept} without a breach, {broken} with one, {undecided} undecidable. The share "
        "is broken ÷ (in scope − pending − undecidable) with a 95% Wilson interval; what cannot be "
        "decided does not count as kept.",
    ),
    "rules_caption": ("程序规则执行情况", "The rules"),
    "rule_lacks": ("不可判定：缺 {missing}", "undecidable: {missing} is missing"),
    # --- the prescribed flow
    "mark_skipped": ("未办 {n}", "skipped {n}"),
    "mark_moved": ("次序不符 {n}", "out of order {n}"),
    # --- what a deviation's rows show
    "detail_precedence": ("{what}之前没有{a}", "{what} without {a} before it"),
    "detail_response": ("{what}之后没有{b}", "{what} without {b} after it"),
    "detail_existence": ("{what}没有{a}", "{what}no {a}"),
    "detail_absence": ("不应有{what}", "{what} must not occur"),
    "detail_at_most": ("{what}（至多 {n} 次）", "{what} (at most {n})"),
    "detail_order": ("{b}早于{a}{what}", "{b} before {a}{what}"),
    "detail_backflow": ("{what}", "{what}"),
    "detail_repeats": ("{what}", "{what}"),
    "detail_responded_existence": ("有{what}，没有{b}", "{what}, but no {b}"),
    "detail_passes": ("{b}之前{what}", "{what} before {b}"),
    "detail_unanswered": ("{what}，其后没有{b}", "{what}, no {b} since"),
    "detail_prompted": (
        "{a}之后 {n} 个工作日内才{what}",
        "{what} only within {n} working days after {a}",
    ),
    "detail_four_eyes": ("同一人：{what}", "the same person: {what}"),
    "detail_same_actor": ("不是同一人：{what}", "different people: {what}"),
    "detail_hub": ("{what}", "{what}"),
    "detail_ping_pong": ("{what}", "{what}"),
    "detail_done_by": ("{what}", "{what}"),
    "detail_entry": ("首个环节在{what}", "first step at {what}"),
    "detail_round_trips": ("{what}", "{what}"),
    "detail_attribute": ("{what}", "{what}"),
    "detail_corrections": ("更正：{what}", "corrected by {what}"),
    "detail_forwarded": ("依据 {what}", "passes on {what}"),
    "detail_recurs": ("{n} 日内再次：{what}", "again within {n} days of {what}"),
    "detail_dates_only": (
        "（证据行有的只有日期，先后待核）",
        " (some of the rows hold a date only: look up their order)",
    ),
    "detail_unregistered": ("登记簿中没有：{what}", "not in the register: {what}"),
    # --- annex
    "method": (
        "办公时间 = 两个时刻之间落在办公时段内的时间（左闭右开）。时限以工作日计的，开始当日不计入"
        "（民法典第二百零一条），至末日下班时届满。只有日期没有时刻的记录，按当日最早与最晚两种情形判断，"
        "结论不一致的列为不可判定。",
        "Working time is what lies inside office hours between two moments (half open). For limits in "
        "working days the day of the start is not counted (Civil Code art. 201) and the last one "
        "ends at close of business. A record that holds a date only is judged at its earliest and "
        "its latest; where these differ it is undecidable.",
    ),
    "method_other": (
        "办公时间 = 两个时刻之间落在办公时段内的时间（左闭右开）。时限以工作日计的，开始当日不计入，至末日下班时届满。"
        "只有日期没有时刻的记录，按当日最早与最晚两种情形判断，结论不一致的列为不可判定。",
        "Working time is what lies inside office hours between two moments (half open). For limits in "
        "working days the day of the start is not counted and the last one ends at close of business. "
        "A record that holds a date only is judged at its earliest and its latest; where these differ it is "
        "undecidable.",
    ),
    "method_themes": (
        "问题按主题归并。主题标题的轻重，按所属各项中涉及比例最大的一项确定：不足{some:.0%}为“个别”，"
        "{some:.0%}及以上为“部分”或“不够”，{common:.0%}及以上为“比较普遍”。",
        "Findings are told by theme. How a heading is worded goes by the largest part that a finding of the "
        "theme concerns: below {some:.0%} single cases, from {some:.0%} on a part, from {common:.0%} on common.",
    ),
    "degrees_caption": ("程度用语对照", "Words of degree"),
    "degree_word_large": ("大幅", "large"),
    "degree_word_clear": ("明显", "clear"),
    "degree_word_slight": ("略", "slight"),
    "degree_rule_large": (
        "差异的区间不含零，且差异不小于此前的{part:.0%}",
        "the interval of the difference excludes zero, and it is at least {part:.0%} of what was before",
    ),
    "degree_rule_clear": (
        "差异的区间不含零，且差异不小于此前的{part:.0%}",
        "the interval of the difference excludes zero, and it is at least {part:.0%} of what was before",
    ),
    "degree_rule_slight": (
        "差异的区间不含零，但差异小于此前的{part:.0%}",
        "the interval of the difference excludes zero, but it is below {part:.0%} of what was before",
    ),
    "standards_caption": ("时限标准", "The standards in full"),
    "hours_table": ("办公时段", "Office hours"),
    "footer": (
        "由 efficiency {version} 生成；输入与表格的校验和见 manifest.json。",
        "Made by efficiency {version}; checksums of inputs and tables are in manifest.json.",
    ),
}
