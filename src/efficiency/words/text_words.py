"""What the summary and the main text say: whole sentences, every number a place to fill."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    # --- words for what a log holds, where review.toml says nothing else
    "noun_documents": ("文件", "documents"),
    "noun_matters": ("事项", "cases"),
    "unit_word": ("件", ""),
    "log_incoming": ("收文办理记录", "record of incoming documents"),
    "log_outgoing": ("发文办理记录", "record of outgoing documents"),
    "log_decisions": ("领导批示台账", "register of decisions"),
    "log_supervision": ("督查督办台账", "register of supervision"),
    "log_petitions": ("群众诉求办理记录", "record of petitions"),
    "log_approvals": ("审批办理记录", "record of approvals"),
    # --- spans of time
    "whole_year": ("{year}年", "{year}"),
    "date_to_date": ("{first}至{last}", "{first} to {last}"),
    # --- headings of the main text
    "main_basis": ("一、调研基本情况", "1. About this study"),
    "main_situation": ("二、基本现状", "2. How things stand"),
    "main_achievements": ("三、主要做法与成效", "3. What works"),
    "main_problems": ("四、存在的突出问题", "4. What falls short"),
    "main_causes": ("五、原因分析", "5. What goes with it"),
    "main_proposals": ("六、对策建议", "6. What to do"),
    "section": ("（{place}）{title}", "{chapter}.{place} {title}"),
    "section_scope": ("背景与范围", "Scope"),
    "section_sources": ("资料与方法", "Sources and method"),
    "section_quality": ("数据质量", "Quality of the record"),
    "section_volume": ("业务量", "Volume"),
    "section_flow": ("办理流程", "The way through"),
    "section_times": ("办理用时", "Time taken"),
    "section_limits_met": ("时限落实情况", "Time limits that are met"),
    "section_faster": ("用时变化", "What became faster"),
    "section_points": ("上年问题整改情况", "Last year's points"),
    "section_waiting": ("等候的构成", "What is waited for"),
    "section_no_difference": ("未能分辨差异的方面", "Where no difference could be told"),
    "section_register": ("改进台账", "Register of improvement points"),
    "of_log": ("{title}·{heading}", "{heading}: {title}"),
    # --- 1
    "basis_opening": (
        "本次调研依据办理记录，逐{unit}对照时限和程序，查找问题、分析关联、提出建议。",
        "This study holds every case on record against its time limits and procedure, and asks what "
        "goes with the problems it finds.",
    ),
    "basis_scope": (
        "调研对象是{period}期间收到的{noun}。",
        "It covers the {noun} that came in during {period}.",
    ),
    "basis_scope_compared": (
        "调研对象是{period}期间收到的{noun}，并与{baseline}对比。",
        "It covers the {noun} that came in during {period}, compared with {baseline}.",
    ),
    "basis_cutoff": ("情况统计到{cutoff}。", "What happened up to {cutoff} is counted."),
    "basis_sources": ("资料来自{sources}。", "The sources are {sources}."),
    "basis_source": (
        "{title}（{rows}条记录，涉及{units}个部门）",
        "{title} ({rows} records, {units} units)",
    ),
    "basis_source_plain": ("{title}（{rows}条记录）", "{title} ({rows} records)"),
    "basis_times": (
        "用时按办公时间计算，节假日和调休以国务院办公厅放假通知为准。",
        "Times are counted in office hours by China's public calendar, make-up days included.",
    ),
    "basis_times_other": (
        "用时按办公时间计算，节假日按{region}的公共假日。",
        "Times are counted in office hours, with the public holidays of {region}.",
    ),
    "basis_standards": (
        "时限按登记的{standards}项标准逐{unit}判断，比例附95%置信区间，见附件二。",
        "Each case is judged by {standards} time limits; shares carry a 95% interval (annex 2).",
    ),
    "basis_rules": (
        "程序按{rules}条规则逐{unit}核对，见附件四。",
        "Procedure is checked by {rules} rules (annex 4).",
    ),
    "basis_no_standards": (
        "没有登记时限标准，不作达标判断。",
        "No time limits were given, so none are judged.",
    ),
    "quality_whole": (
        "各份资料完整读入，没有退回的记录。",
        "The records were read whole; none was rejected.",
    ),
    "quality_rejected": (
        "{title}有{rejected}条记录缺少{unit}号、环节或时间，没有采用。",
        "In {title}, {rejected} records lack a case, a step or a time and were left out.",
    ),
    "quality_day_precision": (
        "{title}有{n}条记录只有日期没有时刻。",
        "In {title}, {n} records hold a date only.",
    ),
    "quality_end_before_start": (
        "{title}有{n}条记录的时间先后颠倒。",
        "In {title}, {n} records end before they begin.",
    ),
    "quality_one_stamp": (
        "{title}每条记录只有一个时间，看不出未办结的{noun}。",
        "{title} holds one time a row, so that open cases are not seen.",
    ),
    "quality_undecided": (
        "因此无法判断的，列为“不可判定”，不计入比例；全表见附件一。",
        "What cannot be decided for that reason is told as such and in no share; annex 1 has the table.",
    ),
    "quality_notices": (
        "资料和口径上另有需要说明的情况，见附件一。",
        "Annex 1 tells what else has to be known of the sources.",
    ),
    "quality_annex": ("数据质量检查见附件一。", "Annex 1 holds the checks of the record."),
    # --- 2
    "situation_opening": (
        "{period}，收到{noun}{cases}{unit}，已办结{done}{unit}，办结率{done_share}。",
        "{cases} {noun} came in ({period}); {done} are done, {done_share}.",
    ),
    "situation_opening_short": (
        "{period}，收到{noun}{cases}{unit}。",
        "{cases} {noun} came in ({period}).",
    ),
    "volume_more": (
        "比{baseline}增加{change}{unit}。",
        "That is {change} more than in {baseline}.",
    ),
    "volume_fewer": (
        "比{baseline}减少{change}{unit}。",
        "That is {change} fewer than in {baseline}.",
    ),
    "volume_same": ("与{baseline}持平。", "That is as many as in {baseline}."),
    "volume_kinds": ("按{attribute}分：{parts}。", "By {attribute}: {parts}."),
    "volume_kind": ("{value}{cases}{unit}", "{value} {cases}"),
    "volume_months": (
        "{most}最多（{most_n}{unit}），{least}最少（{least_n}{unit}）。",
        "{most} was the busiest month ({most_n}), {least} the quietest ({least_n}).",
    ),
    "volume_open": (
        "截至{cutoff}，在办{open}{unit}（{figure}）。",
        "On {cutoff} {open} were open ({figure}).",
    ),
    "volume_cancelled": (
        "另有{cancelled}{unit}中途撤销。",
        "{cancelled} were cancelled on the way.",
    ),
    "flow_none": (
        "没有给出规定流程，只说明实际怎样办理。",
        "No prescribed flow was given; what follows is how things really go.",
    ),
    "flow_fitting": (
        "已办结的{aligned}{unit}中，{fitting}{unit}完全按规定流程办理，占{share}。",
        "Of {aligned} closed cases {fitting} went by the prescribed flow throughout, {share}.",
    ),
    "flow_ways": (
        "实际出现的办理路径有{variants}种，最常见的两种占{few}，前10种占{many}（{figure}）。",
        "There are {variants} variants; the two most frequent carry {few} of the cases, the ten "
        "most frequent {many} ({figure}).",
    ),
    "flow_one_way": (
        "所有{noun}都按同一路径办理（{figure}）。",
        "All cases took the same way ({figure}).",
    ),
    "times_median": (
        "全程办理用时中位数为{hours}个办公小时",
        "Half of the cases were done within {hours} working hours",
    ),
    "times_days": ("（约{days}个工作日）", " (about {days} working days)"),
    "times_ninety": (
        "；九成在{hours}个办公小时内办结。",
        "; nine in ten within {hours}.",
    ),
    "times_end": ("。", "."),
    "times_never": (
        "截至统计时点，办结的不到一半，全程用时尚不能给出中位数。",
        "Fewer than half were done by the cut-off, so that the median cannot be told yet.",
    ),
    "times_longest": (
        "用时合计最多的环节是{activity}，每次中位数{median}个办公小时",
        "The step that takes most in all is {activity}, {median} working hours in the median",
    ),
    "times_parts": (
        "，其中等候{queue}、办理{handling}",
        ", {queue} of them waiting and {handling} in hand",
    ),
    "times_rest": (
        "；其次是{activity}，{median}个办公小时（{figure}）。",
        "; next is {activity} with {median} ({figure}).",
    ),
    "times_alone": ("（{figure}）。", " ({figure})."),
    "figure_volume": (
        "{title}：各月收到、办结和月末在办件数（共{cases}件）",
        "{title}: came in, done and open at the end of each month ({cases} in all)",
    ),
    "figure_map": (
        "{title}：办理流程（方框为次数，线上为次数和办公小时中位数；画出占{share:.0%}的流转）",
        "{title}: the way through (boxes: times; edges: times and median working hours; {share:.0%} of all "
        "successions are drawn)",
    ),
    "figure_map_part": (
        "{title}：办理流程（方框为次数，线上为次数和办公小时中位数；画出占{share:.0%}的流转，另有{left}个少见环节未画）",
        "{title}: the way through (boxes: times; edges: times and median working hours; {share:.0%} of all "
        "successions are drawn, {left} rare steps are not)",
    ),
    "figure_steps": (
        "{title}：各环节每次用时（办公小时；点为中位数，线为第10至第90百分位数）",
        "{title}: time at each step (working hours; median, and 10th to 90th percentile)",
    ),
    "alt_volume": (
        "柱状图：{months}个月各月收到和办结的件数，折线为月末在办件数。",
        "Bars: what came in and was done in each of {months} months; the line is what was open.",
    ),
    "alt_map": (
        "流程图：{activities}个环节和它们之间的流转，共{ways}种路径。",
        "Map of {activities} steps and who follows whom, {ways} variants.",
    ),
    "alt_steps": (
        "点线图：各环节用时，用时合计最多的是{activity}。",
        "Dots and lines: time at each step; {activity} takes most in all.",
    ),
    # --- 3
    "achieved_opening": (
        "{standards}项有目标的时限中，{met}项达到目标。",
        "Of {standards} time limits with a target {met} reach it.",
    ),
    "achieved_none": (
        "本期没有可以确认的成效。",
        "There is nothing that can be told as an achievement this time.",
    ),
    "achieved_no_standards": (
        "没有设定目标的时限，本章只说明变化。",
        "No time limit has a target; this chapter tells of changes only.",
    ),
    "limits_clear": (
        "{items}，区间全部在目标以上，明确达到目标。",
        "{items} reach their target beyond doubt: their whole intervals lie above it.",
    ),
    "limits_above": (
        "{items}高于目标，但{unit}数有限，尚不能完全排除未达标。",
        "{items} lie above their target, but too few were judged to rule out a miss.",
    ),
    "limit_item": ("“{title}”（{share}）", "'{title}' ({share})"),
    "limits_table": ("各项达标情况见{table}。", "{table} holds them all."),
    "limits_caption": (
        "时限标准达标情况（达标率＝达标÷（达标＋超时＋超期未办），区间为95%置信区间）",
        "The time limits (share met = met ÷ (met + late + overdue), with 95% interval)",
    ),
    "verdict_clear": ("明确达到", "clearly met"),
    "verdict_above": ("高于目标，尚不能完全排除未达标", "above target, a miss not ruled out"),
    "verdict_below": ("低于目标，尚不能判定", "below target, undecided"),
    "verdict_missed": ("未达标", "missed"),
    "verdict_none": ("未设目标", "no target"),
    "faster": (
        "{at}以来，{measure}中位数由{before}降至{after}个办公小时，与此前同类{noun}相比{degree}减少{difference}"
        "个办公小时。",
        "Since {at} {measure} has a median of {after} working hours where it was {before}: {difference} "
        "fewer than comparable cases before{degree}.",
    ),
    "faster_reform": (
        "{at}起{title}。此后，{measure}中位数由{before}降至{after}个办公小时，与此前同类{noun}相比{degree}减少"
        "{difference}个办公小时。",
        "{title} began on {at}. Since then {measure} has a median of {after} working hours where it was "
        "{before}: {difference} fewer than comparable cases before{degree}.",
    ),
    "faster_season": (
        "比较的月份不同，季节因素未能完全排除。",
        "The months compared are not the same, so that a season is not ruled out.",
    ),
    "faster_none": (
        "与此前相比，各环节用时未见可以分辨的缩短。",
        "No step became faster by more than chance may bring.",
    ),
    "points_solved": (
        "改进台账登记的问题中，已解决{resolved}项，{effective}项与措施同期有改善。",
        "Of the points on the register {resolved} are resolved, and {effective} improved when they were acted on.",
    ),
    "points_none_solved": (
        "上年登记的问题中，尚没有可以确认解决的，详见第六章。",
        "None of last year's points is known to be resolved yet; see chapter 6.",
    ),
    "points_none_before": ("没有上年的改进台账。", "There is no register of last year."),
    "points_before": (
        "改进台账共{points}项，已采取措施的{acted}项，其中{checked}项可以检查，{effective}项与措施同期有改善；"
        "已解决{resolved}项，仍存在{recurring}项，反弹{relapsed}项，本期新发现{new}项。",
        "The register holds {points} points. {acted} were acted on, {checked} of these can be checked, and "
        "{effective} improved when they were; {resolved} are resolved, {recurring} still there, {relapsed} "
        "back again, {new} new.",
    ),
    # --- 4
    "problems_opening": (
        "对照时限和程序，存在以下{noun}办理方面的突出问题，按影响大小排列。",
        "Held against time limits and procedure, these problems stand out, the most material first.",
    ),
    "problems_none": (
        "对照时限和程序，本期没有发现需要列出的突出问题。",
        "Held against time limits and procedure, nothing was found that has to be told here.",
    ),
    "stop": ("。", "."),
    "ordinal": ("{place}是", "{place}. "),
    "theme_limits_few": (
        "限时办结总体较好，个别时限落实不够",
        "Time limits are met but for single cases",
    ),
    "theme_limits_some": ("限时办结落实不够到位", "A part of the time limits is missed"),
    "theme_limits_common": (
        "限时办结未落实的情况比较普遍",
        "Time limits are missed more often than not",
    ),
    "theme_procedure_few": ("个别文件办理程序执行不严", "Procedure is broken in single cases"),
    "theme_procedure_some": ("办理程序执行不够严格", "Procedure is broken in a part of the cases"),
    "theme_procedure_common": ("不按程序办理的情况比较普遍", "Procedure is widely broken"),
    "theme_coordination_few": ("个别环节协调衔接不畅", "Single hand-overs do not work"),
    "theme_coordination_some": ("协调衔接不够顺畅", "A part of the hand-overs does not work"),
    "theme_coordination_common": ("协调衔接不畅的情况比较普遍", "Hand-overs widely do not work"),
    "theme_quality_few": ("个别文稿和办件需要返工", "Single papers have to be done again"),
    "theme_quality_some": ("文稿和办件质量有待提高", "A part of the papers has to be done again"),
    "theme_quality_common": ("文稿和办件返工比较普遍", "Papers widely have to be done again"),
    "theme_pace_few": ("个别环节、部门办理偏慢", "Single steps or units are slow"),
    "theme_pace_some": ("部分环节、部门办理偏慢", "Some steps or units are slow"),
    "theme_pace_common": ("办理偏慢的情况比较普遍", "Work is widely slow"),
    "theme_supervision_few": ("个别事项督查督办不够有力", "Single matters are not followed up"),
    "theme_supervision_some": ("督查督办不够有力", "A part of the matters is not followed up"),
    "theme_supervision_common": ("督查督办不力的情况比较普遍", "Follow-up is widely missing"),
    "theme_opinion_few": ("干部群众反映的个别问题", "What single people complain of"),
    "theme_opinion_some": ("干部群众反映比较集中的问题", "What people complain of"),
    "theme_opinion_common": ("干部群众普遍反映的问题", "What most people complain of"),
    "limit_missed": (
        "“{title}”落实不够，{decided}{unit}中{missed}{unit}没有做到，达标率{share}，比目标低{gap}个百分点",
        "'{title}': {missed} of {decided} missed it; {share} met it, {gap} percentage points below target",
    ),
    "limit_doubtful": (
        "“{title}”{decided}{unit}中{missed}{unit}没有做到，达标率{share}（95%置信区间{low}～{high}），低于目标，"
        "但尚不能判定是否达标",
        "'{title}': {missed} of {decided} missed it; {share} met it (95% interval {low} to {high}), below "
        "target, but a chance result is not ruled out",
    ),
    "limit_side": (
        "；{side}的{n}{unit}中{late}{unit}超时，占{share}，其他{rest_n}{unit}占{rest}",
        "; {late} of {n} {side} were late, {share}, against {rest} of the other {rest_n}",
    ),
    "limit_side_only": (
        "；这{late}{unit}都在{side}的{n}{unit}中，占{share}，其他{rest_n}{unit}没有超时",
        "; all {late} are among the {n} {side}, {share}; none of the other {rest_n} was late",
    ),
    "side_when_hour_band": ("{first}时至{last}时收到", "that came from {first} to {last} o'clock"),
    "side_when_weekday": ("{day}收到", "that came on a {day}"),
    "side_when_month_end_yes": (
        "月末三个工作日收到",
        "that came on the last three working days of a month",
    ),
    "side_when_month_end_no": (
        "月末三个工作日以外收到",
        "that came outside the last three working days of a month",
    ),
    "side_when_unit": ("{value}办理", "handled by {value}"),
    "side_when_is": ("{name}为“{value}”", "with {name} '{value}'"),
    "side_when_not": ("除{side}以外", "other than those {side}"),
    "weekday_1": ("星期一", "Monday"),
    "weekday_2": ("星期二", "Tuesday"),
    "weekday_3": ("星期三", "Wednesday"),
    "weekday_4": ("星期四", "Thursday"),
    "weekday_5": ("星期五", "Friday"),
    "weekday_6": ("星期六", "Saturday"),
    "weekday_7": ("星期日", "Sunday"),
    "typical_case": (
        "典型案例：{case}，{began}{begins}，应于{due}前完成{ends}，实际于{done}完成，超过时限{over}个办公小时。",
        "A typical case: {case} had '{begins}' on {began}; '{ends}' was due by {due} and was done on {done}, "
        "{over} working hours late.",
    ),
    "typical_case_elapsed": (
        "典型案例：{case}，{began}{begins}，应于{due}前完成{ends}，实际于{done}完成，超过时限{over}小时。",
        "A typical case: {case} had '{begins}' on {began}; '{ends}' was due by {due} and was done on {done}, "
        "{over} hours late.",
    ),
    "breaches_sequence": ("应有的环节没有做到位", "Steps that have to come do not, or come late"),
    "breaches_papers": ("行文和材料不够规范", "Papers are not in order"),
    "breaches_hands": ("经办分工把关不够严", "Hands that have to be apart are not"),
    "breaches_routing": ("传递不够规范", "Papers go the wrong way"),
    "breaches_returns": ("反复和倒流没有完全避免", "Cases go back and forth"),
    "breaches_of_group": ("{lead}：{items}", "{lead}: {items}"),
    "breach_wording": (
        "{wording}的{broken}{unit}，占{share}",
        "{broken} break '{title}' ({share}): {wording}",
    ),
    "breach_title_only": (
        "不符合“{title}”的{broken}{unit}，占{share}",
        "{broken} break '{title}' ({share})",
    ),
    "breach_wording_few": ("{wording}的{broken}{unit}", "{broken} break '{title}': {wording}"),
    "breach_title_only_few": ("不符合“{title}”的{broken}{unit}", "{broken} break '{title}'"),
    "suspected_first": ("疑似{wording}", "suspected: {wording}"),
    "slow_group_told": (
        "在{held}相同的{noun}中，{value}{measure}比其他多用{more}（多{low}至{high}），合计多用约{hours}个办公小时",
        "Among {noun} alike in {held}, {value} takes {more} more {measure} than others ({low} to {high} "
        "more), about {hours} working hours in all",
    ),
    "slow_group_told_alone": (
        "{value}{measure}比其他多用{more}（多{low}至{high}），合计多用约{hours}个办公小时",
        "{value} takes {more} more {measure} than others ({low} to {high} more), about {hours} working hours "
        "in all",
    ),
    "time_whole": ("全程用时", "time over the whole case"),
    "time_in_hand": ("{activity}在手用时", "time in hand at '{activity}'"),
    "time_activity": ("{activity}用时", "time at '{activity}'"),
    "told_handling": ("办理用时", "time in hand"),
    "told_desk": ("从到达到办完的用时", "time from arrival to end"),
    "told_case": ("全程用时", "time over the whole case"),
    "told_applicant": ("全程用时", "time over the whole case"),
    "told_at": ("在{activity}环节的", "at '{activity}': "),
    "high_rate_late": (
        "{value}的{compared}次计时中{k}次超时，占{share}，条件相同的其他{noun}为{expected}",
        "{k} of {compared} clocks of {value} ran late, {share}, against {expected} of comparable cases",
    ),
    "high_rate_rework": (
        "{value}经办的{compared}{unit}次中{k}{unit}次被退回重办，占{share}，条件相同的其他{noun}为{expected}",
        "{k} of {compared} of {value} had to be done again, {share}, against {expected} of comparable cases",
    ),
    "high_rate_breach": (
        "{value}的{compared}次核对中{k}次不合规定，占{share}，条件相同的其他{noun}为{expected}",
        "{k} of {compared} checks of {value} found a breach, {share}, against {expected} of comparable cases",
    ),
    "slow_step_awaited": (
        "等候“{activity}”共{hours}个办公小时（各{unit}用时相加，并非人工），占办公时间内全部等候的{share}",
        "Cases waited {hours} working hours for '{activity}' (added over all cases, not labour), {share} of "
        "all waiting in office hours",
    ),
    "slow_step_over": (
        "“{activity}”有{n}{unit}超过本环节时限，合计超出{hours}小时",
        "'{activity}' ran past its own limit in {n} cases, {hours} hours in all",
    ),
    "waiting_told": (
        "“{activity}”的等候有{share}出现在{cause}",
        "{share} of the waiting for '{activity}' goes with {cause}",
    ),
    "rework_told": (
        "“{activity}”重复办理的有{k}{unit}，占办过该环节的{share}，共用{hours}个办公小时",
        "'{activity}' was done again in {k} cases, {share} of those that had it, at {hours} working hours",
    ),
    "slower_told": (
        "{at}以来，{measure}中位数由{before}升至{after}个办公小时，{degree}增加{difference}个办公小时",
        "Since {at} {measure} has a median of {after} working hours where it was {before}, {difference} "
        "more{degree}",
    ),
    "backlog_told": (
        "{value}收{arrivals}{unit}次、办{completions}{unit}次，在手{open}{unit}次，收多于办",
        "{value} took in {arrivals} and finished {completions}; {open} lie there",
    ),
    "finding_told": ("{title}（涉及{n}{unit}）", "{title} ({n} cases)"),
    "named_rule": ("“{what}”执行不够", "'{what}' is broken"),
    "named_rework": ("“{what}”重复办理", "'{what}' is done again"),
    "named_slow_step": ("“{what}”等候较多", "'{what}' is waited for"),
    "named_waiting": ("“{what}”等候较多", "'{what}' is waited for"),
    "named_standard": ("“{what}”落实不够", "'{what}' may be missed"),
    "named_slow_group": ("{what}办理偏慢", "{what} is slow"),
    "named_high_late": ("{what}超时偏多", "{what} is late more often"),
    "named_high_rework": ("{what}退回重办偏多", "{what} has more done again"),
    "named_high_breach": ("{what}不合规定偏多", "{what} has more breaches"),
    "named_change": ("{what}增加", "{what} grew"),
    "named_backlog": ("{what}积压", "{what} fills up"),
    "named_opinion": ("{what}", "{what}"),
    "others_told": (
        "另有{titles}等情况，见附件三。",
        "Other findings, in annex 3: {titles}.",
    ),
    "set_aside_told": (
        "经研判不列为问题的{n}项，理由见附件三。",
        "{n} were looked at and set aside; annex 3 gives the reasons.",
    ),
    # --- time limits
    "limit_minutes": ("{n}分钟", "{n} minutes"),
    "limit_hours": ("{n}小时", "{n} hours"),
    "limit_working_days": ("{n}个工作日", "{n} working days"),
    "limit_half_days": ("{n}个半日", "{n} half days"),
    "limit_days": ("{n}日", "{n} days"),
    "limit_same_day": ("当日", "the same day"),
    "limit_before": ("提前{limit}", "{limit} before"),
    # --- words of degree
    "degree_large": ("大幅", ", which is large"),
    "degree_clear": ("明显", ", which is clear"),
    "degree_slight": ("略", ", which is slight"),
    "degree_none": ("", ""),
    # --- 5
    "causes_opening": (
        "本章只说明哪些情形与问题同时出现，不据此断定因果。",
        "This chapter says what goes with the problems; it does not say what causes them.",
    ),
    "causes_no_problem": (
        "本期没有需要分析原因的突出问题。",
        "There is no problem whose circumstances have to be told.",
    ),
    "causes_factor": (
        "“{title}”是否超时，与{parts}有关联",
        "Whether '{title}' is met goes with {parts}",
    ),
    "causes_factor_part": (
        "{attribute}（可解释差异的{share}）",
        "{attribute} ({share} of the differences)",
    ),
    "causes_side": (
        "超时集中在{side}的{noun}，{n}{unit}中有{late}{unit}，其他{rest_n}{unit}中有{rest_late}{unit}",
        "{late} of {n} {side} missed it, against {rest_late} of the other {rest_n}",
    ),
    "causes_none": (
        "“{title}”的超时，记录中没有找到可以确认的关联因素",
        "Nothing on record goes with missing '{title}'",
    ),
    "causes_untested": (
        "其余问题只陈述事实，原因未作检验。",
        "The other problems are stated as facts; what goes with them was not tested.",
    ),
    "waiting_parts": (
        "办公时间内的等候中，{parts}。",
        "Of the waiting in office hours, {parts}.",
    ),
    "waiting_part_told": ("{share}出现在{cause}", "{share} goes with {cause}"),
    "waited_contention": ("经办人正在办理先到{noun}时", "the desk being busy with earlier {noun}"),
    "waited_prioritisation": ("后到{noun}先办时", "later {noun} being taken first"),
    "waited_batching": ("疑似攒批等齐时", "suspected batching"),
    "waited_unavailability": ("无人在岗时", "nobody being on duty"),
    "waiting_unseen": (
        "{share}从记录中看不出原因",
        "{share} has no reason on record",
    ),
    "groups_told": (
        "共作比较{tests}组，可以分辨的{apart}组；其余没有分辨出差异，不等于没有差异。",
        "Of {tests} comparisons {apart} show a difference; for the others none could be told, which is "
        "not to say that there is none.",
    ),
    "groups_untested": (
        "另有{untested}组因件数少、件与件相互牵连或没有同类件，没有检验。",
        "{untested} were not tested: too few cases, cases that hang together, or none to compare with.",
    ),
    "balance_even": (
        "各部门收办基本平衡，没有积压加重的迹象。",
        "No unit takes in more than it finishes by more than chance may bring.",
    ),
    # --- 6
    "proposals_opening": (
        "针对上述问题，提出以下建议；措施取自改进台账，台账没有填写的列出可选做法。",
        "For these problems the following is proposed; measures come from the register, and where it is "
        "blank, from the catalogue.",
    ),
    "proposals_none": ("没有需要提出对策的问题。", "There is no problem that asks for a measure."),
    "proposal_made": (
        "{measure}（针对{problem}；责任：{owner}；完成时限：{due}；衡量：{indicator}{target}）。",
        "{measure} (for: {problem}; owner: {owner}; due: {due}; measured by: {indicator}{target}).",
    ),
    "proposal_target": ("，目标{target}", ", target {target}"),
    "proposal_open": ("待定", "to be set"),
    "proposal_offered": (
        "可考虑“{name}”：{wording}（出处：{source}）。",
        "Consider '{name}': {wording} (source: {source}).",
    ),
    "proposal_none": (
        "措施、责任单位和完成时限待定。",
        "Measure, owner and date are to be set.",
    ),
    "register_title": ("改进台账（突出问题）", "Register of improvement points (main problems)"),
    "register_told": (
        "各项措施、责任和检查结果见{table}，全表见附件七。",
        "{table} holds measures, owners and checks; annex 7 has the whole register.",
    ),
    # --- the summary
    "summary_volume": (
        "{period}，收到{noun}{cases}{unit}，截至{cutoff}已办结{done}{unit}，在办{open}{unit}。",
        "{cases} {noun} came in ({period}); by {cutoff} {done} were done and {open} open.",
    ),
    "summary_standards": (
        "{standards}项办理时限中{met}项达到目标",
        "{met} of {standards} time limits reach their target",
    ),
    "summary_fitting": (
        "已办结的{noun}中，完全按规定流程办理的占{share}",
        "{share} of the closed cases went by the prescribed flow throughout",
    ),
    "summary_faster": (
        "{at}以来，{measure}中位数由{before}降至{after}个办公小时",
        "Since {at} the median of {measure} fell from {before} to {after} working hours",
    ),
    "summary_problems": ("存在以下突出问题。", "These problems stand out."),
    "summary_no_problem": (
        "没有发现需要列出的突出问题。",
        "Nothing was found that has to be told here.",
    ),
    "summary_limit": ("“{title}”达标率{share}", "'{title}' was met by {share}"),
    "summary_limits": ("{items}，低于目标", "{items}, below target"),
    "summary_limits_all": ("{items}，均低于目标", "{items}, all below target"),
    "summary_sides": ("，超时集中在{sides}的{noun}", ", late most of all those {sides}"),
    "summary_slow_group": (
        "{value}{measure}比同类{noun}多用{more}",
        "{value} takes {more} more {measure}",
    ),
    "summary_late": (
        "{value}超时占{share}，条件相同的其他{noun}为{expected}",
        "{share} late at {value}, against {expected}",
    ),
    "summary_rework": (
        "{value}退回重办占{share}，条件相同的其他{noun}为{expected}",
        "{share} done again at {value}, against {expected}",
    ),
    "summary_breach": (
        "{value}不合规定占{share}，其他为{expected}",
        "{share} in breach at {value}, against {expected}",
    ),
    "summary_rule": ("{wording}的{broken}{unit}", "{broken} break '{title}'"),
    "summary_proposals": ("建议：{items}。", "Proposed: {items}."),
    # --- key figures
    "key_cases": ("收到", "Came in"),
    "key_done": ("办结率", "Done"),
    "key_standards": ("时限达标", "Limits met"),
    "key_fitting": ("按规定流程办理", "By the prescribed flow"),
    "key_median": ("用时中位数（办公小时）", "Median time (working hours)"),
    "key_of": ("/", " of "),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "limit_title": ("时限标准", "time limit"),
    "decided": ("判定件数", "decided"),
    "missed": ("超时件数", "missed"),
    "gap": ("与目标之差", "gap to target"),
    "conclusion": ("结论", "conclusion"),
    "word": ("用语", "word"),
    "rule": ("规则", "rule"),
}
