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
    "main_achievements": ("三、主要做法与成效", "3. Achievements"),
    "main_problems": ("四、存在的突出问题", "4. What falls short"),
    "main_causes": ("五、原因分析", "5. Associations"),
    "main_proposals": ("六、对策建议", "6. What to do"),
    "section": ("（{place}）{title}", "{chapter}.{place} {title}"),
    "section_scope": ("背景与范围", "Scope"),
    "section_sources": ("资料与方法", "Sources and method"),
    "section_quality": ("数据质量", "Quality of the record"),
    "section_volume": ("业务量", "Volume"),
    "section_flow": ("办理流程", "Process"),
    "section_times": ("办理用时", "Time taken"),
    "section_limits_met": ("时限落实情况", "Time limits"),
    "section_faster": ("用时变化", "Changes of time taken"),
    "section_points": ("上年问题整改情况", "Last year's points"),
    "section_waiting": ("等候的构成", "Waiting"),
    "section_no_difference": ("未分辨出差异的方面", "Where no difference was detected"),
    "section_register": ("改进台账", "Register of improvement points"),
    "of_log": ("{title}·{heading}", "{heading}: {title}"),
    # --- 1
    "basis_opening": (
        "本次调研依据办理记录，逐{unit}对照时限和程序，查找问题、分析关联、提出建议。",
        "This study checks each case on record against time limits and procedure, and looks for what the "
        "problems found are associated with.",
    ),
    "basis_opening_limits": (
        "本次调研依据办理记录，逐{unit}对照时限，查找问题、分析关联、提出建议。",
        "This study checks each case on record against its time limits, and looks for what lateness is "
        "associated with.",
    ),
    "basis_scope": (
        "调研对象是{period}收到的{noun}。",
        "It covers {noun} received {period}.",
    ),
    "basis_scope_compared": (
        "调研对象是{period}收到的{noun}，并与{baseline}对比。",
        "It covers {noun} received {period}, compared with {baseline}.",
    ),
    "basis_cutoff": ("数据截至{cutoff}。", "Records up to {cutoff} are included."),
    "basis_sources": ("资料来自{sources}。", "Sources: {sources}."),
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
        "时限按登记的{standards}项标准逐{unit}判断，达标率附95%置信区间，见附件二。",
        "Cases are judged against time limits ({standards} in all); shares carry a 95% interval (annex 2).",
    ),
    "basis_rules": (
        "程序按{rules}条规则逐{unit}核对，见附件四。",
        "Procedure is checked by {rules} rules (annex 4).",
    ),
    "basis_no_rules": (
        "没有登记程序规则，办理程序是否合规，本次没有核对。",
        "No rule of procedure was given: whether procedure was kept was not checked.",
    ),
    "basis_no_standards": (
        "没有登记时限标准，不作达标判断。",
        "No time limits were given, so none are judged.",
    ),
    "quality_whole": (
        "资料完整读入，没有退回的记录。",
        "The records were read in full; none was rejected.",
    ),
    "quality_rejected": (
        "{title}有{rejected}条记录缺少{unit}号、环节或时间，没有采用。",
        "In {title}, {rejected} records lack a case, a step or a time and were left out.",
    ),
    "quality_found": ("{title}中，{items}。", "In the {title}, {items}."),
    "quality_day_precision": ("{n}条只有日期没有时刻", "{n} records hold a date only"),
    "quality_end_before_start": ("{n}条时间先后颠倒", "{n} records end before they begin"),
    "quality_one_stamp": (
        "每条记录只有一个时间，看不出哪些尚未办结",
        "each record holds one time, so that open cases cannot be identified",
    ),
    "quality_undecided": (
        "涉及这些记录、无法判断的事项列为“不可判定”，不计入比例（附件一）。",
        "Cases that cannot be decided are listed separately and left out of the shares (annex 1).",
    ),
    "quality_notices": (
        "资料和口径上另有需要说明的情况，见附件一。",
        "Annex 1 has further notes on the sources.",
    ),
    "quality_annex": ("数据质量检查见附件一。", "Annex 1 reports the checks of the data."),
    # --- 2
    "situation_opening": (
        "{period}收到的{noun}中，已办结{done}{unit}，办结率{done_share}。",
        "Of the {noun} received ({period}), {done} were completed ({done_share}).",
    ),
    "situation_opening_open": (
        "{period}收到的{noun}，按记录没有一{unit}办结；办结环节是否写对，应先核对（附件一）。",
        "By the record none of the {noun} received ({period}) was completed; see first whether the "
        "closing step is named rightly (annex 1).",
    ),
    "situation_opening_short": (
        "本章说明{noun}有多少、怎样办理、用时多少。",
        "This chapter reports how many {noun} were received, how they were handled and how long they took.",
    ),
    "volume_cases": (
        "{period}收到{noun}{cases}{unit}。",
        "{cases} {noun} were received ({period}).",
    ),
    "volume_more": (
        "{period}收到{noun}{cases}{unit}，比{baseline}增加{change}{unit}。",
        "{cases} {noun} were received ({period}), {change} more than in {baseline}.",
    ),
    "volume_fewer": (
        "{period}收到{noun}{cases}{unit}，比{baseline}减少{change}{unit}。",
        "{cases} {noun} were received ({period}), {change} fewer than in {baseline}.",
    ),
    "volume_same": (
        "{period}收到{noun}{cases}{unit}，与{baseline}持平。",
        "{cases} {noun} were received ({period}), as many as in {baseline}.",
    ),
    "volume_kinds": ("按{attribute}分：{parts}。", "By {attribute}: {parts}."),
    "volume_kind": ("{value}{cases}{unit}", "{value} {cases}"),
    "volume_months": (
        "{most}最多（{most_n}{unit}），{least}最少（{least_n}{unit}）。",
        "{most} was the busiest full month ({most_n}), {least} the quietest ({least_n}).",
    ),
    "volume_most": (
        "{most}最多（{most_n}{unit}）。",
        "{most} was the busiest full month ({most_n}).",
    ),
    "volume_open": (
        "截至{cutoff}，在办{open}{unit}（{figure}）。",
        "On {cutoff} {open} were open ({figure}).",
    ),
    "volume_unseen": (
        "从记录中看不出哪些尚未办结（{figure}）。",
        "The record does not show which are still open ({figure}).",
    ),
    "volume_cancelled": (
        "另有{cancelled}{unit}中途撤销。",
        "{cancelled} were cancelled on the way.",
    ),
    "works_told": (
        "各类工作的件数、快慢和达标情况见{table}。",
        "{table} shows how much there was of each kind of work, how fast and how well it was done.",
    ),
    "works_caption": (
        "各类工作概况（达标：达标率不低于目标的时限项数；有违反：至少一件违反的规则条数）",
        "The office's work (met: limits at or above their target; broken: rules that some case breaks)",
    ),
    "flow_none": (
        "没有给出规定流程，以下为记录中的实际办理情况。",
        "No prescribed process was given; the following is what the record shows.",
    ),
    "flow_fitting": (
        "已办结的{aligned}{unit}中，{fitting}{unit}完全按规定流程办理，占{share}。",
        "Of {aligned} completed cases {fitting} ({share}) followed the prescribed process throughout.",
    ),
    "flow_named": ("规定流程为“{flow}”。", "The prescribed process is '{flow}'. "),
    "flow_usual_alone": (
        "规定流程“{flow}”依次为{steps}。",
        "The prescribed process ('{flow}') runs: {steps}. ",
    ),
    "flow_usual": (
        "规定流程“{flow}”依次为{steps}，其他环节视需要办理。",
        "The prescribed process ('{flow}') runs: {steps}; other steps are taken where needed. ",
    ),
    "flow_ways": (
        "实际出现的办理路径有{variants}种，最常见的两种占{few}，前10种占{many}（{figure}）。",
        "There are {variants} variants; the two most frequent account for {few} of the cases, the ten "
        "most frequent for {many} ({figure}).",
    ),
    "flow_few_ways": (
        "实际出现的办理路径有{variants}种，最常见的两种占{few}（{figure}）。",
        "There are {variants} variants; the two most frequent account for {few} of the cases ({figure}).",
    ),
    "flow_one_way": (
        "所有{noun}都按同一路径办理（{figure}）。",
        "All cases took the same way ({figure}).",
    ),
    "hours_told": ("{hours}个办公小时", "{hours} working hours"),
    "hours_and_days": (
        "{hours}个办公小时（约{days}个工作日）",
        "{hours} working hours (about {days} working days)",
    ),
    "times_median": (
        "全程办理用时中位数为{hours}",
        "Half of the cases were completed within {hours}",
    ),
    "times_ninety": (
        "；九成{noun}在{hours}以内办结。",
        "; nine in ten within {hours}.",
    ),
    "times_end": ("。", "."),
    "times_never": (
        "截至统计时点，办结的不到一半，全程用时尚不能给出中位数。",
        "Fewer than half were done by the cut-off, so that the median cannot be told yet.",
    ),
    "times_longest": (
        "用时主要在{activity}环节，每次中位数为{median}",
        "Most time is spent on '{activity}', with a median of {median}",
    ),
    "times_longest_in_all": (
        "用时合计最多的是{activity}环节，多数很快办完，少数用时很长，每次中位数为{median}",
        "'{activity}' takes most time in total; most cases pass it quickly and a few take very long "
        "(median {median})",
    ),
    "times_parts": (
        "，其中等候{queue}、办理{handling}（两个中位数不可相加）",
        ", of which {queue} waiting and {handling} handling (two medians, which do not add up)",
    ),
    "times_rest_often": (
        "；其余常办环节最长的是{activity}，为{median}（{figure}）。",
        "; among the other steps that are not rare '{activity}' has the longest median, {median} ({figure}).",
    ),
    "times_rest": (
        "；其余环节中位数最长的是{activity}，为{median}（{figure}）。",
        "; among the other steps '{activity}' has the longest median, {median} ({figure}).",
    ),
    "times_alone": ("（{figure}）。", " ({figure})."),
    "figure_volume": (
        "{title}：各月收到、办结和月末在办件数（共{cases}件）",
        "{title}: received, completed and open at the end of each month ({cases} in all)",
    ),
    "figure_map": (
        "{title}：办理流程（方框为次数，线上为{shown}，越红用时越长；画出占{share:.0%}的流转）",
        "{title}: process map (boxes: counts; arrows: {shown}, the redder the longer; {share:.0%} of all successions are "
        "drawn)",
    ),
    "figure_map_part": (
        "{title}：办理流程（方框为次数，线上为{shown}，越红用时越长；画出占{share:.0%}的流转，另有{left}个少见环节未画）",
        "{title}: process map (boxes: counts; arrows: {shown}, the redder the longer; {share:.0%} of all successions are "
        "drawn, {left} rare steps are not)",
    ),
    "on_arrows_both": ("次数和办公小时中位数", "counts and median working hours"),
    "on_arrows_count": ("次数", "counts"),
    "on_arrows_time": ("办公小时中位数", "median working hours"),
    "figure_steps": (
        "{title}：各环节每次用时（办公小时；点为中位数，线为第10至第90百分位数）",
        "{title}: time at each step (working hours; median, and 10th to 90th percentile)",
    ),
    "alt_volume": (
        "柱状图：{months}个月各月收到和办结的件数，折线为月末在办件数。",
        "Bars: received and completed in each of {months} months; line: open at its end.",
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
        "可以评价的{standards}项时限中，{met}项的达标率不低于目标。",
        "{met} of the {standards} time limits that can be judged were met.",
    ),
    "achieved_opening_no": (
        "可以评价的{standards}项时限，达标率均低于目标。",
        "None of the {standards} time limits that can be judged met its target.",
    ),
    "achieved_small": (
        "另有{n}项有目标，但能够判定的{unit}数过少，不作评价。",
        "{n} more have a target, but too few cases that could be decided, and are not judged.",
    ),
    "achieved_none": (
        "本期没有可以确认的成效。",
        "There is nothing that can be told as an achievement this time.",
    ),
    "achieved_no_standards": (
        "没有设定目标的时限，本章只说明变化。",
        "No time limit has a target; this chapter tells of changes only.",
    ),
    "limits_aimless": (
        "{items}没有写目标，只列数，不作评价。",
        "These have no target, so that they are told and not judged: {items}.",
    ),
    "limits_clear": (
        "{items}明确达到目标。",
        "{items} clearly met their target.",
    ),
    "limits_above": (
        "{items}不低于目标，但与目标接近或{unit}数较少，尚不能完全排除未达标。",
        "{items} did not fall below their target, but are too close to it, or rest on too few cases, to "
        "rule out a miss.",
    ),
    "limit_named": ("“{title}”", "'{title}'"),
    "limit_item": (
        "“{title}”（{decided}{unit}，达标率{share}）",
        "'{title}' ({decided} cases, {share} met)",
    ),
    "limits_table": ("各项达标情况见{table}。", "{table} holds them all."),
    "limits_table_part": (
        "未明确达标的各项见{table}，其余见附件二。",
        "{table} holds those that are not clearly met, Annex 2 the others.",
    ),
    "limits_caption": (
        "时限标准达标情况（达标率＝达标÷（达标＋超时＋超期未办），区间为95%置信区间）",
        "The time limits (share met = met ÷ (met + late + overdue), with 95% interval)",
    ),
    "verdict_clear": ("明确达到", "clearly met"),
    "verdict_above": (
        "高于目标，尚不能断定",
        "above target, uncertain",
    ),
    "verdict_below": (
        "低于目标，尚不能断定",
        "below target, uncertain",
    ),
    "verdict_missed": ("未达标", "missed"),
    "verdict_none": ("未设目标", "no target"),
    "faster": (
        "{at}以来，{measure}中位数由{before}个办公小时（{n_before}{unit}）降至{after}个（{n_after}{unit}），与{base}"
        "同类{noun}相比{degree}减少{difference}个。",
        "Since {at} the median of {measure} fell from {before} working hours ({n_before} cases) to {after} "
        "({n_after} cases), {difference} fewer than for comparable {noun} {base}{degree}.",
    ),
    "faster_reform": (
        "{at}起{title}。与{base}同类{noun}相比，{measure}中位数由{before}个办公小时（{n_before}{unit}）降至"
        "{after}个（{n_after}{unit}），{degree}减少{difference}个。",
        "{title} began on {at}. Compared with {noun} of the same kind {base}, the median of {measure} fell "
        "from {before} working hours ({n_before} cases) to {after} ({n_after} cases), {difference} "
        "fewer{degree}.",
    ),
    "base_same_months": ("上年同期", "in the same months a year before"),
    "base_before": ("此前", "before"),
    "faster_others": (
        "同期的其他变化未能排除。",
        "Other changes at the same time are not ruled out.",
    ),
    "faster_whole": (
        "全程用时中位数由{before}变为{after}，变化尚不能分辨。",
        "The median time of the whole case went from {before} to {after}, a change that cannot be told from chance.",
    ),
    "faster_season": (
        "比较的月份不同，季节因素未能完全排除。",
        "The months compared are not the same, so that a season is not ruled out.",
    ),
    "faster_none": (
        "与此前相比，各环节用时未见可以分辨的缩短。",
        "No reduction of the time taken could be detected.",
    ),
    "faster_untested": (
        "记录的时间不够长，用时的变化与季节因素分不开，没有检验。",
        "The record is too short to tell a change from the season, so that changes were not tested.",
    ),
    "faster_untold": (
        "没有可以对比的前一时期，用时的变化没有检验。",
        "There is no earlier time to compare with, so that changes were not tested.",
    ),
    "points_solved": (
        "改进台账登记的问题中，已解决{resolved}项，{effective}项与措施同期有改善。",
        "Of the points on the register {resolved} are resolved, and {effective} improved when they were acted on.",
    ),
    "points_none_solved": (
        "上年登记的问题中，尚无可以认定已解决的，详见第六章。",
        "None of last year's points is known to be resolved yet; see chapter 6.",
    ),
    "points_none_before": ("没有上年的改进台账。", "There is no register of last year."),
    "points_before": (
        "改进台账共{points}项：{states}。",
        "The register holds {points} points: {states}.",
    ),
    "points_state_resolved": ("已解决{n}项", "{n} resolved"),
    "points_state_recurring": ("仍存在{n}项", "{n} still there"),
    "points_state_relapsed": ("反弹{n}项", "{n} back again"),
    "points_state_new": ("本期新发现{n}项", "{n} new"),
    "points_unmeasured": (
        "{n}项无数据可查，沿用原状态。",
        "{n} could not be measured this time and keep their status.",
    ),
    "points_acted": (
        "已采取措施的{acted}项，{effective}项与措施同期有改善。",
        "{acted} were acted on; {effective} of these improved at the same time.",
    ),
    "points_acted_only": (
        "已采取措施的{acted}项均未见明显变化。",
        "{acted} were acted on; no change can be detected at any of them.",
    ),
    "points_acted_unchecked": (
        "已采取措施的{acted}项，尚未检查。",
        "{acted} were acted on and are not checked yet.",
    ),
    # --- 4
    "problems_opening": (
        "对照时限标准和程序规则，{noun}办理存在以下方面的问题。",
        "Checked against time limits and procedure, the following was found.",
    ),
    "problems_opening_asked": (
        "没有可以对照的时限标准和程序规则；受访者反映的情况如下。",
        "There were no time limits or rules to check against; people raise the following.",
    ),
    "problems_opening_main": (
        "对照时限标准和程序规则，共有突出问题{n}项，主要在{themes}方面。",
        "Checked against time limits and procedure, {n} problems stand out, mainly in: {themes}.",
    ),
    "problems_none": (
        "对照时限标准和程序规则，本期没有发现需要列出的突出问题。",
        "Checked against time limits and procedure, nothing was found that has to be reported here.",
    ),
    "problems_not_looked": (
        "没有登记时限标准和程序规则，未作对照；记录本身未显示需要列出的突出问题。",
        "No time limits and no rules were given, so nothing was checked against them; the record itself "
        "shows no problem that has to be reported here.",
    ),
    "stop": ("。", "."),
    "ordinal": ("{place}是", "{place}. "),
    "theme_limits_few": (
        "限时办结总体较好，个别时限落实不够",
        "A few cases exceed their time limit",
    ),
    "theme_limits_some": ("限时办结落实不够到位", "Time limits are missed in part"),
    "theme_limits_common": (
        "限时办结未落实的情况比较普遍",
        "Time limits are missed more often than not",
    ),
    "theme_procedure_few": ("个别{noun}办理程序执行不严", "Procedure is not kept in a few cases"),
    "theme_procedure_some": ("办理程序执行不够严格", "Procedure is not kept in some cases"),
    "theme_procedure_common": ("不按程序办理的情况比较普遍", "Procedure is widely not kept"),
    "theme_coordination_few": ("个别环节协调衔接不畅", "A few hand-overs do not work"),
    "theme_coordination_some": ("协调衔接不够顺畅", "Some hand-overs do not work"),
    "theme_coordination_common": ("协调衔接不畅的情况比较普遍", "Hand-overs widely do not work"),
    "theme_quality_few": ("个别文稿和办件需要返工", "A few steps are repeated"),
    "theme_quality_some": ("文稿和办件质量有待提高", "Some steps are repeated"),
    "theme_quality_common": ("文稿和办件返工比较普遍", "Steps are repeated widely"),
    "theme_pace_few": ("个别环节、部门办理偏慢", "A few steps or units are slow"),
    "theme_pace_some": ("部分环节、部门办理偏慢", "Some steps or units are slow"),
    "theme_pace_common": ("办理偏慢的情况比较普遍", "Work is widely slow"),
    "theme_supervision_few": ("个别事项督查督办不够有力", "A few matters are not followed up"),
    "theme_supervision_some": ("督查督办不够有力", "Some matters are not followed up"),
    "theme_supervision_common": ("督查督办不力的情况比较普遍", "Follow-up is widely missing"),
    "theme_opinion_few": ("干部群众反映的个别问题", "What a few people complain of"),
    "theme_opinion_some": ("干部群众反映比较集中的问题", "What people complain of"),
    "theme_opinion_common": ("干部群众普遍反映的问题", "What most people complain of"),
    "limit_missed": (
        "“{title}”落实不够，{decided}{unit}中{missed}{unit}没有做到，达标率{share}，比目标低{gap}个百分点",
        "'{title}': {missed} of {decided} cases missed it; {share} met it, {gap} percentage points below "
        "target",
    ),
    "limit_doubtful": (
        "“{title}”{decided}{unit}中{missed}{unit}没有做到，达标率{share}（95%置信区间{low}～{high}），低于目标，"
        "但尚不能判定是否达标",
        "'{title}': {missed} of {decided} missed it; {share} met it (95% interval {low} to {high}), below "
        "target, but a chance result is not ruled out",
    ),
    "limit_side": (
        "；{side}的{n}{unit}中{late}{unit}超时，占{share}，其他{rest_n}{unit}中{rest_late}{unit}超时，占{rest}",
        "; {late} of {n} {side} were late ({share}), against {rest_late} of the other {rest_n} ({rest})",
    ),
    "limit_side_only": (
        "；超时的{late}{unit}全部是{side}的，占其{n}{unit}的{share}，其他{rest_n}{unit}没有超时",
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
        "典型案例：{case}，{began}{begins}，应于{due}前完成{ends}，实际于{done}完成，超过时限{over}。",
        "The longest overrun: {case} had '{begins}' on {began}; '{ends}' was due by {due} and was done on "
        "{done}, {over} late.",
    ),
    "typical_case_elapsed": (
        "典型案例：{case}，{began}{begins}，应于{due}前完成{ends}，实际于{done}完成，超过时限{over}小时。",
        "The longest overrun: {case} had '{begins}' on {began}; '{ends}' was due by {due} and was done on "
        "{done}, {over} hours late.",
    ),
    "typical_breach": (
        "典型案例：{case}，{detail}，不符合“{title}”。",
        "For example {case}: {detail} (rule: '{title}').",
    ),
    "typical_breach_steps": (
        "典型案例：{case}，{steps}；{detail}，不符合“{title}”。",
        "For example {case}: {steps}; {detail} (rule: '{title}').",
    ),
    "typical_step": ("{at}{unit}{activity}", "'{activity}'{unit} on {at}"),
    "typical_unit": ("{unit}", " by {unit}"),
    "breaches_overlap": (
        "同一{unit}可能涉及多项，{unit}数不可相加。",
        "One case may break several rules, so that these counts cannot be added up.",
    ),
    "breaches_sequence": ("环节有缺漏或次序颠倒", "Steps are missing or out of order"),
    "breaches_papers": ("行文和材料不够规范", "Papers are not in order"),
    "breaches_hands": ("岗位分工把关不够严", "Duties that must be separate are not"),
    "breaches_routing": ("传递不够规范", "Papers take the wrong route"),
    "breaches_returns": ("反复和倒流没有完全避免", "Cases go back and forth"),
    "breaches_of_group": ("{lead}：{items}", "{lead}: {items}"),
    "breach_doubted": (
        "{told}，过半不符，应先核对规则是否适用",
        "{told}; as more than half do not keep it, see first whether the rule applies",
    ),
    "breach_wording": (
        "{wording}的{broken}{unit}，占{n}{unit}的{share}",
        "{broken} of {n} cases ({share}): {wording}",
    ),
    "breach_title_only": (
        "不符合“{title}”的{broken}{unit}，占{n}{unit}的{share}",
        "{broken} of {n} cases ({share}) do not keep '{title}'",
    ),
    "breach_wording_few": ("{wording}的{broken}{unit}", "{broken} cases: {wording}"),
    "breach_title_only_few": (
        "不符合“{title}”的{broken}{unit}",
        "{broken} cases do not keep '{title}'",
    ),
    "breach_wording_withheld": ("{wording}的个别{unit}", "a few cases: {wording}"),
    "breach_title_only_withheld": (
        "不符合“{title}”的个别{unit}",
        "a few cases do not keep '{title}'",
    ),
    "suspected_first": ("疑似{wording}", "suspected: {wording}"),
    "slow_group_told": (
        "在{held}相同的{noun}中，{value}{measure}比其他多用{more}（多{low}至{high}）{steps}，按{unit}数折算合计多用约{hours}，为各{unit}用时相加",
        "Among {noun} alike in {held}, {value} takes {more} more {measure} than others ({low} to {high} "
        "more){steps}, about {hours} in total",
    ),
    "slow_group_told_alone": (
        "{value}{measure}比其他多用{more}（多{low}至{high}）{steps}，按{unit}数折算合计多用约{hours}，为各{unit}用时相加",
        "{value} takes {more} more {measure} than others ({low} to {high} more){steps}, about {hours} in "
        "total",
    ),
    "slow_applicant_told": (
        "疑似看人办事：在{held}相同的{noun}中，{attribute}为“{value}”的{measure}比其他多用{more}（多{low}至{high}），材料齐备程度等未能比较，须逐{unit}核实",
        "Suspected treatment by acquaintance: among {noun} alike in {held}, those with {attribute} '{value}' take "
        "{more} more {measure} than others ({low} to {high} more); how complete their papers were could not be "
        "compared, and each case must be looked at",
    ),
    "named_applicant": (
        "疑似看人办事（{what}用时偏长）",
        "suspected treatment by acquaintance ({what})",
    ),
    "slow_group_steps": ("，其中{items}", ", of which {items}"),
    "slow_group_step": ("{activity}为{ratio}倍", "'{activity}' {ratio} times as long"),
    "time_whole": ("全程用时", "the time of the whole case"),
    "time_in_hand": (
        "{activity}环节办理时间（不含等候）",
        "handling time at '{activity}' (without waiting)",
    ),
    "time_activity": ("{activity}环节用时", "the time at '{activity}'"),
    "told_handling_brief": ("办理时间", "handling time"),
    "told_handling": ("办理时间（不含等候）", "handling time (without waiting)"),
    "told_desk": ("从到达到办完的用时", "time from arrival to end"),
    "told_case": ("全程用时", "time over the whole case"),
    "told_applicant": ("全程用时", "time over the whole case"),
    "told_at": ("在{activity}环节的", "at '{activity}': "),
    "high_rate_late": (
        "{value}的{compared}{unit}次中{k}{unit}次超时，占{share}，其他同类{noun}按同样构成折算为{expected}",
        "{k} of {compared} clocks of {value} ran late, {share}, against {expected} of comparable cases",
    ),
    "high_rate_rework": (
        "{value}经办的{compared}{unit}次中{k}{unit}次被退回重办，占{share}，其他同类{noun}按同样构成折算为{expected}",
        "{k} of {compared} of {value} had to be done again, {share}, against {expected} of comparable cases",
    ),
    "high_rate_breach": (
        "{value}的{compared}次核对中{k}次不合规定，占{share}，其他同类{noun}按同样构成折算为{expected}",
        "{k} of {compared} checks of {value} found a breach, {share}, against {expected} of comparable cases",
    ),
    "slow_step_awaited": (
        "等候{activity}共{hours}（各{unit}用时相加，并非人工），占办公时间内全部等候的{share}",
        "Cases waited {hours} for '{activity}' (added over all cases, not labour), {share} of all waiting in "
        "office hours",
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
        "{activity}重复办理的{k}{unit}，占办过该环节的{n}{unit}的{share}，重复办理共用{hours}",
        "'{activity}' was repeated in {k} of {n} cases ({share}); the repeats took {hours}",
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
    "category_none": ("未写明", "not said"),
    "category_told": ("{category}{cases}{unit}", "{category} {cases}"),
    "categories_told": (
        "按类别分：{parts}；最多的是{first}，占{most}，最多的两类合计占{both}。",
        "By category: {parts}; most are {first} ({most}), the two most frequent make {both}.",
    ),
    "categories_two": (
        "按类别分：{parts}；{first}占{most}。",
        "By category: {parts}; {first} makes {most}.",
    ),
    "categories_apart": (
        "各类多少不一，不是偶然所能说明。",
        "Chance alone does not explain how unequal the categories are.",
    ),
    "categories_alike": (
        "各类多少的差别可能出于偶然。",
        "That the categories are unequal may be chance.",
    ),
    "error_told": ("{item}{k}次，占所办{n}件的{share}", "{item}: {k}, {share} of {n} cases"),
    "error_none": (
        "{item}没有发现，但所办{n}件中实际比例仍可能高至{high}",
        "{item}: none in {n} cases, though up to {high} would be possible",
    ),
    "errors_told": ("{parts}。", "{parts}."),
    "cover_told": (
        "{where}{post}岗离岗{absences}次，其间到件{arrived}件，由顶岗人办理{covered}件，占{share}。",
        "The post of {post} at {where} was left {absences} times; of {arrived} that came in then the "
        "stand-in did {covered} ({share}).",
    ),
    "cover_few": (
        "{where}{post}岗离岗{absences}次，其间到件很少。",
        "The post of {post} at {where} was left {absences} times; hardly anything came in then.",
    ),
    "cover_both": (
        "两人同时离岗{both_days}个工作日，其间有件等候{idle_hours}个办公小时。",
        "Both were away on {both_days} working days, on which something waited {idle_hours} working "
        "hours.",
    ),
    "cover_both_idle": (
        "两人同时离岗{both_days}个工作日，其间没有件等候。",
        "Both were away on {both_days} working days, on which nothing waited.",
    ),
    "both_away_told": (
        "{where}{post}岗AB两人同时离岗{both_days}个工作日，其间有件等候{idle_hours}个办公小时",
        "Both people of the post of {post} at {where} were away on {both_days} working days, while "
        "something waited for {idle_hours} working hours",
    ),
    "growth_told": (
        "{noun}{cases}{unit}，比对比时段多{change}{unit}，没有做到只减不增，须书面说明",
        "{cases} {noun}, {change} more than before, where there were to be no more",
    ),
    "finding_told": ("{title}（涉及{n}{unit}）", "{title} ({n} cases)"),
    "named_rule": ("不符合“{what}”", "'{what}' is not kept"),
    "named_rework": ("{what}重复办理", "'{what}' is repeated"),
    "named_slow_step": ("{what}前等候较多", "long waits before '{what}'"),
    "named_waiting": ("{what}前的等候", "the waits before '{what}'"),
    "named_standard": ("{what}落实不够", "'{what}' is missed"),
    "named_slow_group": ("{what}办理偏慢", "{what} is slow"),
    "named_high_late": ("{what}超时偏多", "{what} is late more often"),
    "named_high_rework": ("{what}退回重办偏多", "{what} has more repeats"),
    "named_high_breach": ("{what}不合规定偏多", "{what} has more breaches"),
    "named_change": ("{what}增加", "{what} grew"),
    "named_growth": ("{what}没有做到只减不增", "{what} grew"),
    "named_cover": ("{what}岗两人同时离岗", "both away from the post of {what}"),
    "named_backlog": ("{what}积压", "backlog at {what}"),
    "others_item": ("{name}的{n}{unit}", "{name} ({n} cases)"),
    "named_opinion": ("{what}", "{what}"),
    "named_opinion_item": ("对“{what}”的看法", "views on '{what}'"),
    "limits_past_due": (
        "截至{cutoff}，在办的{noun}中{n}{unit}已超过有关时限（附件二）。",
        "Open cases past due by {cutoff}: {n} (annex 2).",
    ),
    "others_told": (
        "另有{titles}，见附件三。",
        "Further findings, in annex 3: {titles}.",
    ),
    "others_told_more": (
        "另有{titles}等{n}项情况，见附件三。",
        "Further findings, {n} in all, in annex 3: {titles}, and others.",
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
        "This chapter reports what the problems are associated with, not what causes them.",
    ),
    "causes_no_problem": (
        "本期没有需要分析原因的突出问题。",
        "There is no problem whose circumstances have to be told.",
    ),
    "causes_factor": (
        "“{title}”是否超时，与{parts}有关联",
        "Missing '{title}' is associated with {parts}",
    ),
    "causes_side": (
        "“{title}”超时的{missed}{unit}中，{late}{unit}是{side}的（这类{noun}共{n}{unit}）",
        "Of the {missed} cases that missed '{title}', {late} are among the {n} {side}",
    ),
    "causes_side_all": (
        "“{title}”超时的{missed}{unit}全部是{side}的（这类{noun}共{n}{unit}）",
        "All {missed} cases that missed '{title}' are among the {n} {side}",
    ),
    "causes_also": (
        "；此外，与{parts}也有关联",
        "; it is associated with {parts} too",
    ),
    "causes_title": ("“{title}”", "'{title}'"),
    "causes_none_of": (
        "{titles}的超时，记录中都没有找到可以确认的关联情形",
        "With what missing these limits is associated could not be detected: {titles}",
    ),
    "causes_none": (
        "“{title}”的超时，记录中没有找到可以确认的关联情形",
        "With what missing '{title}' is associated could not be detected",
    ),
    "causes_untested": (
        "{themes}方面的问题，本次没有检验与哪些因素有关联。",
        "What these problems are associated with was not tested: {themes}.",
    ),
    "short_limits": ("限时办结", "time limits"),
    "short_procedure": ("程序", "procedure"),
    "short_coordination": ("协调衔接", "hand-overs"),
    "short_quality": ("文稿和办件质量", "quality of papers"),
    "short_pace": ("办理快慢", "pace"),
    "short_supervision": ("督查督办", "follow-up"),
    "short_opinion": ("干部群众反映", "what people raise"),
    "waiting_parts": (
        "办公时间内的等候（各{unit}相加，并非人工）中，{parts}。",
        "Of the waiting in office hours (added over all cases, not labour), {parts}.",
    ),
    "waiting_part_told": ("{share}的时间里{cause}", "{share} is associated with {cause}"),
    "waited_contention": ("经办人正在办理先到{noun}", "the desk being busy with earlier {noun}"),
    "waited_prioritisation": ("后到{noun}先办", "later {noun} being taken first"),
    "waited_batching": ("疑似攒批", "suspected batching"),
    "waited_unavailability": ("无人在岗", "nobody being on duty"),
    "waiting_unseen": (
        "{share}从记录中看不出原因",
        "for {share} the record shows no reason",
    ),
    "factors_of_log": ("{log}的{names}", "{names} ({log})"),
    "factors_of_log_more": ("{log}的{names}等", "{names} and others ({log})"),
    "factors_even_logs": (
        "{parts}，与超时均未见可以分辨的关联，不等于没有关联。",
        "No association of lateness with these could be detected, which does not prove that there is none: {parts}.",
    ),
    "factors_even_more": (
        "{names}等与超时未见可以分辨的关联，不等于没有关联。",
        "No association of lateness with {names} and others could be detected, which does not prove that there is none.",
    ),
    "factors_even": (
        "{names}与超时未见可以分辨的关联，不等于没有关联。",
        "No association of lateness with {names} could be detected, which does not prove that there is none.",
    ),
    "groups_told": (
        "各部门、各类{noun}之间能够分辨的用时差异见附件五，其余未能分辨。",
        "Annex 5 holds every difference between units and kinds of {noun} that could be detected; "
        "the others could not.",
    ),
    "groups_untested": (
        "部分比较因{unit}数少、彼此关联或没有同类{noun}，没有检验（附件五）。",
        "Some comparisons were not made: too few cases, cases that depend on each other, or none to "
        "compare with (annex 5).",
    ),
    "balance_even": (
        "可以检验的部门收办基本平衡，未见积压加重的迹象。",
        "No sign of a growing backlog was detected at any unit.",
    ),
    # --- 6
    "proposals_opening": (
        "针对上述问题提出以下建议。台账中已有措施的，按落实和检查情况提出；没有的，列出可供选择的做法，责任单位和完成时限待定。",
        "Measures on the register are followed up; where it is blank, measures to choose from are named, owner and date to be set.",
    ),
    "proposals_opening_acted": (
        "经检查未见明显变化的措施着重调整做法，到期未落实的抓紧落实，尚无措施的列出可供选择的做法，责任单位和完成时限待定。",
        "What shows no effect has to be changed, what is overdue has to be done; where nothing is planned, measures to choose from are named, owner and date to be set.",
    ),
    "proposals_opening_blank": (
        "针对上述问题，措施、责任单位和完成时限均待研究确定。",
        "No measures have been planned yet; measure, owner and date are to be set for each problem.",
    ),
    "proposals_none": ("没有需要提出对策的问题。", "There is no problem that asks for a measure."),
    "proposal_made": (
        "{measure}。针对：{problem}；责任单位：{owner}；完成时限：{due}；衡量指标：{indicator}{target}。",
        "{measure}. For: {problem}; owner: {owner}; due: {due}; measured by: {indicator}{target}.",
    ),
    "proposal_beside": (
        "“{measure}”已落实，有关环节用时已有缩短（见第三章），但按“{indicator}”检查{verdict}，建议保留这一做法，另就{problem}研究措施。责任单位：{owner}；新措施的完成时限：待定。",
        "'{measure}' was carried out, and a step became faster with it (chapter 3), but {indicator} says: {verdict}. Keep it, and find a further measure for: {problem}; owner: {owner}; due: to be set.",
    ),
    "proposal_adjust": (
        "“{measure}”已落实，检查结论为{verdict}，建议查找原因、调整做法。针对：{problem}；责任单位：{owner}；新的完成时限：待定；衡量指标：{indicator}{target}。",
        "'{measure}' was carried out; its check says: {verdict}. Find out why and change it. For: {problem}; owner: {owner}; due: to be set; measured by: {indicator}{target}.",
    ),
    "proposal_keep": (
        "“{measure}”已落实，检查结论为{verdict}，建议继续执行。针对：{problem}；责任单位：{owner}；衡量指标：{indicator}{target}。",
        "'{measure}' was carried out; its check says: {verdict}. Continue it. For: {problem}; owner: {owner}; measured by: {indicator}{target}.",
    ),
    "proposal_overdue": (
        "“{measure}”原定{due}前落实，至今没有落实记录，建议重新明确时限。针对：{problem}；责任单位：{owner}；衡量指标：{indicator}{target}。",
        "'{measure}' was due by {due}, and nothing on record says that it was done; set a new date. For: {problem}; owner: {owner}; measured by: {indicator}{target}.",
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
    "register_title": (
        "改进台账（已安排措施的问题；检查值只计措施落实之后的{noun}）",
        "Register of improvement points (with a measure; checks count what came after it)",
    ),
    "register_told": (
        "已安排的措施见{table}，其余待定（附件七）。",
        "{table} shows the measures planned so far; those of the other points are to be set (annex 7).",
    ),
    "register_blank": (
        "台账中尚未填写措施、责任单位和完成时限，全表见附件七。",
        "The register names no measure, owner or date yet (annex 7).",
    ),
    "register_elsewhere": (
        "上述突出问题的措施、责任单位和完成时限待定；台账中已填写的其他措施见附件七。",
        "Measures, owners and dates for the main problems are to be set; annex 7 shows the other "
        "measures on the register.",
    ),
    "register_anew": ("本期起算", "from this review on"),
    "register_overdue": ("逾期未落实，暂不评价", "overdue"),
    "register_waits": ("未到期", "not due yet"),
    "register_done": ("已落实，待检查", "done, to be checked"),
    "proposals_of_limits": ("补齐限时办结短板", "Keep the time limits"),
    "proposals_of_procedure": ("严格执行办理程序", "Keep to procedure"),
    "proposals_of_coordination": ("理顺协调衔接", "Smooth the hand-overs"),
    "proposals_of_quality": ("提高文稿和办件质量", "Get papers right the first time"),
    "proposals_of_pace": ("加快偏慢环节和部门的办理", "Speed up slow steps and units"),
    "proposals_of_supervision": ("加强督查督办", "Strengthen follow-up"),
    "proposals_of_opinion": ("回应干部群众反映的问题", "Answer what people raise"),
    "causes_of_limits": ("超时的关联因素", "What lateness is associated with"),
    # --- the summary
    "summary_volume": (
        "{period}共收到{noun}{cases}{unit}，截至{cutoff}已办结{done}{unit}，在办{open}{unit}。",
        "{cases} {noun} were received ({period}); by {cutoff} {done} were completed and {open} were open.",
    ),
    "summary_volumes": (
        "{period}收到{items}（办结数截至{cutoff}）。",
        "Received ({period}, completed by {cutoff}): {items}.",
    ),
    "summary_works": ("{period}收到{items}。", "Received ({period}): {items}."),
    "summary_volumes_item": (
        "{noun}{cases}{unit}、办结{done}{unit}",
        "{cases} {noun}, {done} completed",
    ),
    "summary_volumes_item_unseen": ("{noun}{cases}{unit}", "{cases} {noun}"),
    "summary_volume_unseen": (
        "{period}共收到{noun}{cases}{unit}；从记录中看不出哪些尚未办结。",
        "{cases} {noun} were received ({period}); the record does not show which are still open.",
    ),
    "summary_standards": (
        "{standards}项办理时限中{met}项达标率不低于目标，其中{clear}项明确达到",
        "{met} of {standards} time limits met their target, {clear} of them clearly",
    ),
    "summary_standards_met": (
        "{standards}项办理时限中{met}项达标率不低于目标",
        "{met} of {standards} time limits met their target",
    ),
    "summary_not_looked": (
        "没有给出时限标准和程序规则，本次未作对照。",
        "No time limits and no rules were given: nothing was held against any.",
    ),
    "summary_standards_no": (
        "{standards}项办理时限的达标率均低于目标",
        "None of the {standards} time limits met its target",
    ),
    "summary_fitting": (
        "已办结的{noun}中，完全按规定流程办理的占{share}",
        "{share} of the completed cases followed the prescribed process throughout",
    ),
    "summary_faster": (
        "{at}以来，{measure}中位数由{base}的{before}个办公小时降至{after}个",
        "Since {at} the median of {measure} fell from {before} working hours {base} to {after}",
    ),
    "summary_problems": ("主要存在以下突出问题。", "These problems stand out."),
    "summary_problem": ("突出问题是", "One problem stands out. "),
    "summary_no_problem": (
        "没有发现需要列出的突出问题。",
        "No problem was found that has to be reported here.",
    ),
    "summary_limit": ("{title}达标率{share}{side}", "'{title}' was met by {share}{side}"),
    "summary_limits": ("{items}，低于目标", "{items}, below target"),
    "summary_limits_all": ("{items}，均低于目标", "{items}, each below its target"),
    "summary_limits_more": ("{items}等，均低于目标", "{items} and others, each below its target"),
    "summary_side": ("（超时多为{side}的）", " (late above all {side})"),
    "summary_side_all": ("（超时均为{side}的）", " (all late ones {side})"),
    "summary_slow_group": (
        "{value}{measure}比同类{noun}多用{more}{steps}",
        "{value} takes {more} more {measure} than others with the same kind of {noun}{steps}",
    ),
    "summary_late": (
        "{value}超时占{share}，条件相同的其他{noun}为{expected}",
        "{share} late at {value}, against {expected}",
    ),
    "summary_rework": (
        "{value}经办的{compared}{unit}次中{k}{unit}次被退回重办",
        "{k} of {compared} handled by {value} came back",
    ),
    "summary_breach": (
        "{value}不合规定占{share}，其他为{expected}",
        "{share} in breach at {value}, against {expected}",
    ),
    "summary_rule": ("{wording}的{broken}{unit}", "{broken} cases: {wording}"),
    "summary_adjust": ("调整“{measure}”的做法", "change '{measure}', which shows no effect"),
    "summary_overdue": ("尽快落实“{measure}”", "carry out '{measure}', which is overdue"),
    "summary_proposals": ("建议：{items}。", "Proposed: {items}."),
    # --- key figures
    "key_cases": ("收到", "Received"),
    "key_done": ("办结率", "Completed"),
    "key_standards": ("时限达标", "Limits met"),
    "key_fitting": ("按规定流程办理", "Followed the process"),
    "key_median": ("用时中位数（办公小时）", "Median time (working hours)"),
    "key_of": ("/", " of "),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "limit_title": ("时限标准", "time limit"),
    "decided": ("判定件数", "decided"),
    "missed": ("未达标件数", "missed"),
    "gap": ("与目标之差", "gap to target"),
    "conclusion": ("结论", "conclusion"),
    "word": ("用语", "word"),
    "work": ("工作", "kind of work"),
    "work_cases": ("件数", "cases"),
    "work_done": ("办结率", "completed"),
    "work_median": ("用时中位数（办公小时）", "median (working hours)"),
    "work_limits": ("时限项数", "limits"),
    "work_met": ("达标项数", "met"),
    "work_rules": ("规则条数", "rules"),
    "work_broken": ("有违反条数", "broken"),
    "rule": ("规则", "rule"),
}
