"""What the report says of waiting, load, causes, comparisons and change."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    # --- findings of kind slow_group
    "slow_group_title": (
        "{name}“{value}”{at}用时是同类件的 {ratio} 倍",
        "{name} '{value}' takes {ratio} times as long as comparable cases{at}",
    ),
    "slow_group_favour_title": (
        "疑似“看人办事”：{name}“{value}”用时是同类件的 {ratio} 倍{at}",
        "Suspected unequal treatment: {name} '{value}' takes {ratio} times as long as like cases{at}",
    ),
    "slow_group_at": ("在“{activity}”环节", " at '{activity}'"),
    "slow_group_criterion": (
        "条件相同的件（{held}），用时应当相近",
        "Cases alike in {held} should take about as long",
    ),
    "slow_group_condition": (
        "该组可比的 {n} 次，{measure}中位数 {median}；与之可比的其他 {rest} 次，中位数 {others}；同等条件下是其他的 "
        "{ratio} 倍（95%置信区间 {low}～{high}；校正后 p {p}）。{where}",
        "{n} of the group have their like: median {measure} {median}; of the {rest} others like them "
        "{others}; like for like {ratio} times as long (95% interval {low} to {high}; "
        "adjusted p {p}). {where}",
    ),
    "slow_group_where": ("其中：{parts}。", "Of these: {parts}."),
    "slow_group_part": (
        "{activity} {ratio} 倍（{low}～{high}）",
        "{activity} {ratio} times ({low} to {high})",
    ),
    "slow_group_effect": (
        "与同类件的平均用时相比，各件合计多用约 {hours} 个办公小时",
        "About {hours} working hours more in all than the mean of comparable cases",
    ),
    "slow_group_action": (
        "比较两边的做法和分工，先看差得最多的环节；数据只说明不同，不说明原因",
        "Compare how both work, the step that differs most first; "
        "the data show a difference, not its cause",
    ),
    "slow_group_favour_action": (
        "这只是疑似：抽取条件相同的办件逐件比对材料、受理时间和经办人，核实有无正当理由，核实前不作结论",
        "This is a sign only: draw like cases, compare papers, times and hands case by case, look for "
        "a good reason, and conclude nothing before",
    ),
    "measure_case": ("全程办公小时", "working hours of a case"),
    "measure_applicant": ("全程办公小时", "working hours of a case"),
    "measure_desk": ("到岗至办完的办公小时", "working hours from arrival to end"),
    "measure_handling": ("在手办公小时", "working hours in hand"),
    "held_nothing": ("记录中没有可以控制的条件", "nothing that the record holds"),
    # --- findings of kind high_rate
    "high_rate_title_late": (
        "{name}“{value}”超时率 {share}，同类件为 {expected}",
        "{name} '{value}': {share} late, {expected} of comparable cases",
    ),
    "high_rate_title_rework": (
        "{name}“{value}”返工率 {share}，同类件为 {expected}",
        "{name} '{value}': {share} done again, {expected} of comparable cases",
    ),
    "high_rate_title_breach": (
        "{name}“{value}”程序差错率 {share}，同类件为 {expected}",
        "{name} '{value}': {share} in breach, {expected} of comparable cases",
    ),
    "high_rate_criterion": (
        "条件相同的件（{held}），比例应当相近",
        "The share should be about the same where {held} is the same",
    ),
    "high_rate_condition": (
        "该组 {k} 次；可比的 {n} 次中占 {share}，与之可比的其他 {rest} 次按同样构成折算为 {expected}，相差的 95%置信区间 "
        "{low}～{high}（校正后 p {p}）。较多的是：{what}。",
        "{k} in all; {share} of {n} that have their like, {expected} of the {rest} others like them "
        "at the same mix; 95% interval of the difference {low} to {high} (adjusted p {p}). Most often: "
        "{what}.",
    ),
    "high_rate_effect": (
        "比同等条件下约多 {cases} 次",
        "About {cases} more than like for like",
    ),
    "high_rate_action_late": (
        "逐件核查该组超时件，明确卡在哪个环节；数据只说明不同，不说明原因",
        "Go through the late ones: where do they stick? The data show a difference, not its cause",
    ),
    "high_rate_action_rework": (
        "抽查退改件，归纳退改原因，作为该组审稿要点",
        "Read a sample of what was returned, and make the reasons its checklist",
    ),
    "high_rate_action_breach": (
        "对照规定逐件核查，查明是不知、不便还是不为",
        "Hold each case against the rule: unknown, unworkable, or ignored?",
    ),
    "what_late": ("时限", "standard"),
    "what_rework": ("环节", "activity"),
    "what_breach": ("规则", "rule"),
    # --- on which side of a parting
    "side_hour_band": ("{first}时至{last}时开始计时", "begun from {first} to {last} o'clock"),
    "side_weekday_1": ("星期一", "begun on a Monday"),
    "side_weekday_2": ("星期二", "begun on a Tuesday"),
    "side_weekday_3": ("星期三", "begun on a Wednesday"),
    "side_weekday_4": ("星期四", "begun on a Thursday"),
    "side_weekday_5": ("星期五", "begun on a Friday"),
    "side_weekday_6": ("星期六", "begun on a Saturday"),
    "side_weekday_7": ("星期日", "begun on a Sunday"),
    "side_month_end_yes": ("月末三个工作日", "of a month's last three working days"),
    "side_month_end_no": ("月末三个工作日以外", "outside a month's last three working days"),
    "side_is": ("{name}为“{value}”", "with {name} '{value}'"),
    "side_not": ("除“{side}”以外", "other than those {side}"),
    # --- findings of kind change
    "change_title_slower": (
        "{measure}自 {at} 起变慢：中位数多 {difference} 个办公小时",
        "{measure} slower from {at} on: the median is {difference} working hours more",
    ),
    "change_title_faster": (
        "{measure}自 {at} 起变快：中位数少 {difference} 个办公小时",
        "{measure} faster from {at} on: the median is {difference} working hours less",
    ),
    "change_criterion_baseline": (
        "与基期相比，件的构成和日历口径相同",
        "Against the baseline, with the same mix of cases and calendar",
    ),
    "change_criterion_reform": (
        "{at} 起程序有改动（{title}），前后件的构成相同",
        "Procedure changed on {at} ({title}); the same mix of cases before and after",
    ),
    "change_criterion_found": (
        "用时水平应当稳定；变动的日期由数据找出，不是事先指定",
        "The level should be stable; the date was found in the data and not named beforehand",
    ),
    "change_condition": (
        "之前 {n_before} 件，中位数 {before}；之后 {n_after} 件，中位数 {after}；相差 {difference} "
        "个办公小时（95%置信区间 {low} 至 {high}），合 {days} 个工作日（{days_low} 至 {days_high}）；"
        "校正后 p {p}。{found}另有 {left_out} 件不在两边都有的月份、跨越该日或办理时间尚短，不计。{season}",
        "Before: {n_before} cases, median {before}; after: {n_after}, median {after}; a difference "
        "of {difference} working hours (95% interval {low} to {high}), or {days} working days "
        "({days_low} to {days_high}); adjusted p {p}. {found}{left_out} more lie in other months, were "
        "under way then or observed too briefly, and do not count. {season}",
    ),
    "change_between": (
        "变动日期的 95%置信区间为 {low} 至 {high}。",
        "The date lies between {low} and {high} (95%). ",
    ),
    "change_season": (
        "前后所含月份不同：已扣除一年中平缓的起伏，年末集中办理一类的季节因素未能区分。",
        "The two sides hold different months of the year: a smooth yearly swing was taken out, a "
        "sharper season cannot be told apart.",
    ),
    "change_effect_slower": (
        "之后的件共多用约 {hours} 个办公小时",
        "Cases since then took about {hours} working hours more",
    ),
    "change_effect_faster": (
        "之后的件共少用约 {hours} 个办公小时",
        "Cases since then took about {hours} working hours less",
    ),
    "change_action_slower": (
        "查明该日前后人员、程序、系统有何变化",
        "Find out what changed then in people, procedure or systems",
    ),
    "change_action_faster": (
        "查明该日前后做了什么；与之同期变快的做法，经核实后形成制度",
        "Find out what was done then; what worked should become the standard",
    ),
    "measure_whole": ("全程办理", "Whole case"),
    "measure_activity": ("环节“{activity}”", "Step '{activity}'"),
    "measure_in_hand": ("环节“{activity}”（在手）", "Step '{activity}' (in hand)"),
    # --- findings of kind waiting
    "waiting_title": (
        "“{activity}”的等待中 {share} 出现在{cause}",
        "{share} of the waiting at '{activity}' goes with {cause}",
    ),
    "waiting_criterion": (
        "办公时间内的等待应当可以说明，并尽量压缩",
        "Waiting within office hours should be accounted for and kept short",
    ),
    "waiting_condition": (
        "{n} 件次在办公时间内共等待 {whole} 小时，其中{cause} {hours} 小时，占 {share}"
        "（95%置信区间 {low}～{high}）。",
        "{n} steps waited {whole} hours within office hours, {hours} of them with {cause}: {share} "
        "(95% interval {low} to {high}).",
    ),
    "waiting_effect": ("{hours} 小时的等待", "{hours} hours of waiting"),
    "waiting_action": (
        "按等待的构成对症安排：排队的看人手，成批的看办件节奏，无人在岗的看顶岗",
        "Answer the kind of waiting: staff for queues, rhythm for batches, stand-ins for absence",
    ),
    # --- findings of kind growth
    "growth_title": (
        "比对比时段多 {more} 件，没有做到只减不增",
        "{more} more than before, where there were to be no more",
    ),
    "growth_criterion": (
        "只减不增；超过上年的，须书面说明（《整治形式主义为基层减负若干规定》，2024年）",
        "No more than in the time before; more is to be explained in writing",
    ),
    "growth_condition": (
        "本期 {cases} 件，上期 {before} 件，之比 {ratio}（95%置信区间 {low}～{high}）。",
        "{cases} now and {before} before, a ratio of {ratio} (95% interval {low} to {high}).",
    ),
    "growth_effect": (
        "多出的件要有人起草、核稿、印发和阅办",
        "Somebody has to draft, check, issue and read what is more",
    ),
    "growth_action": (
        "逐件核对能否不发、合发或改用会议和平台通知，对超出部分作书面说明",
        "See which need not be issued, or can be put together; explain the rest in writing",
    ),
    # --- findings of kind cover
    "cover_title": (
        "“{unit}”{post}岗AB两人同时离岗 {days} 个工作日",
        "Both people of the post '{post}' at '{unit}' were away on {days} working days",
    ),
    "cover_criterion": (
        "AB岗不得同时安排休假、出差；A离岗由B顶岗",
        "The two of a post are not away at once; the second stands in for the first",
    ),
    "cover_condition": (
        "离岗 {absences} 次，其间到件 {arrived} 件，由顶岗人办理 {covered} 件（{share}，95%置信区间 {low}～{high}）；"
        "同时离岗 {days} 个工作日，其间有件等候 {idle} 办公小时。",
        "Away {absences} times; of {arrived} that came in the stand-in did {covered} ({share}, 95% interval "
        "{low} to {high}); both away on {days} working days, while something waited {idle} working hours.",
    ),
    "cover_effect": ("断档 {idle} 办公小时", "A gap of {idle} working hours"),
    "cover_action": (
        "安排休假、出差时先核对AB岗；不能避开的，指定第三人顶岗",
        "Check the pair before leave is granted; name a third where it cannot be avoided",
    ),
    # --- findings of kind backlog
    "backlog_title": (
        "“{unit}”收多办少，积压上升：收 {arrivals} 件次，办 {completions} 件次",
        "More comes in at '{unit}' than goes out: {arrivals} in, {completions} out",
    ),
    "backlog_criterion": (
        "一段时间内办出的应当不少于收进的",
        "Over time as much should go out as comes in",
    ),
    "backlog_condition": (
        "{since} 以来，收办比 {ratio}（95%置信区间 {low}～{high}；校正后 p {p}），在手由 {before} 件次增至 "
        "{open} 件次，每个工作周净增 {net} 件次（{net_low} 至 {net_high}）。",
        "Since {since}: {ratio} arrivals per completion (95% interval {low} to {high}; adjusted p {p}); in hand "
        "from {before} to {open}, {net} more in a working week ({net_low} to {net_high}).",
    ),
    "backlog_effect": (
        "照此下去，在手件每月再增约 {month} 件次",
        "At this rate about {month} more each month",
    ),
    "backlog_action": (
        "增加人手、减少来件或简化手续；先清理最久未办的",
        "More hands, fewer items or fewer steps; the oldest first",
    ),
    # --- what goes with a finding
    "goes_with": (
        "关联最明显的：{side}的 {n} 件中 {share} 超时，其余 {rest_n} 件中 {rest}。这是关联，不等于原因。",
        "What goes with it most: of {n} cases {side}, {share} were late, of the {rest_n} others "
        "{rest}. This is an association and not yet a cause.",
    ),
    "points_new": (
        "{file} 还不存在：首次评估后，运行 efficiency pdca 加 --update 写出，再由人填写措施、责任和时限。",
        "{file} does not exist yet: after the first review, run efficiency pdca with --update to "
        "write it, and let people fill in measures, owners and dates.",
    ),
    # --- what can be measured again
    "measured_share_met": ("达标率", "share on time"),
    "measured_share_broken": ("违反率", "share that breaks the rule"),
    "measured_share_late": ("超过本环节时限的比例", "share past the step's own limit"),
    "measured_hours_each": ("平均每次用时（办公小时）", "working hours each, mean"),
    "measured_hours_waited": ("平均每次等候（小时）", "hours waited each, mean"),
    "measured_share_wrong": ("超时、返工或差错的比例", "share late, done again or in breach"),
    "measured_share_repeated": ("重复办理率", "share done more than once"),
    "measured_share_uncovered": ("离岗期间未顶岗的比例", "share not covered"),
    "measured_in_for_before": ("件数与上期之比", "cases for each of the time before"),
    "measured_in_for_out": ("收办比", "items arrivals per completion"),
    "measured_difference": ("平均用时相差的办公小时", "difference of means in working hours"),
    # --- chapter: causes
    "chapter_causes": ("附件五　原因分析各表", "Annex 5. What goes with the problems"),
    "causes_nothing": (
        "资料中没有可以分析原因的流转。",
        "Nothing flows in these records whose circumstances could be looked at.",
    ),
    "causes_intro": (
        "本章只说哪些情形与慢、与超时同在，不断定因果；同类件、多重检验的口径见各表注。",
        "This chapter says what goes with slowness and lateness; it does not prove causes.",
    ),
    "causes_waiting": ("（{place}）等候的构成", "{place}. What the waiting is made of"),
    "causes_load": ("（{place}）收办平衡情况", "{place}. Load and backlog"),
    "causes_factors": ("（{place}）超时的关联因素", "{place}. What goes with lateness"),
    "causes_groups": ("（{place}）同类件之间的差别", "{place}. Comparable cases compared"),
    "causes_change": ("（{place}）前后变化", "{place}. Before and after"),
    "causes_control": ("（{place}）办理用时波动情况", "{place}. Steady or not"),
    "causes_due": ("（{place}）临近到期时", "{place}. Near the due moment"),
    "control_text": (
        "按办结月份看全程用时中位数的控制图：{months} 个月中 {signals} 个月有异常信号。"
        "信号提示去查当月情况，本身不是问题。",
        "The control chart of the median time of a case by month of closing: {signals} of {months} "
        "months give a signal. A signal says where to look; it is not yet a finding.",
    ),
    "control_label": ("全程用时中位数（办公小时）", "median time of a case (working hours)"),
    "entries_heading": ("类别、差错和顶岗", "Categories, errors and cover"),
    "entries_categories": (
        "{log}：各类别的件数、占比和办结情况",
        "{log}: entries by category, and what came of them",
    ),
    "entries_errors": (
        "{log}：差错率及 95%置信区间（差错 ÷ 所办件数）",
        "{log}: errors over the cases handled, with 95% interval",
    ),
    "entries_covers": (
        "{log}：离岗期间的到件和顶岗（顶岗办理 ÷ 到件，区间为 95%置信区间）",
        "{log}: what came in while people were away, and what stand-ins did (95% interval)",
    ),
    "gaps_label": ("相隔工作日", "working days between"),
    "gaps_caption": (
        "{log}：两次“{item}”相隔的工作日（g 图；高于上限是差错变少）",
        "{log}: working days between two of '{item}' (g-chart; above the limit they are rarer)",
    ),
    "control_caption": (
        "{log}：全程用时中位数控制图（对数刻度计算控制限）",
        "{log}: control chart of the median time of a case (limits on the log scale)",
    ),
    "due_text": (
        "{id} {title}：已办结 {n} 件，{last} 件（{share}，95%置信区间 {low}～{high}）在时限的最后十分之一"
        "内办结；之前同样长的一段内 {before} 件，到期后同样长的一段内 {after} 件。",
        "{id} {title}: of {n} cases done, {last} ({share}, 95% interval {low} to {high}) in the last "
        "tenth of the time allowed; {before} in the tenth before it, {after} in the tenth after.",
    ),
    "due_caption": (
        "{id}：办结时刻与到期时刻之差",
        "{id}: when cases were done, about the due moment",
    ),
    "risk_withheld": (
        "有 {n} 件次尚未到期。用以往月份回验（{tried} 件次），估出的超期可能与实际不符或件数太少，故不列出各件的超期可能。",
        "{n} clocks are not due yet. Tried on past months ({tried} risks), the estimates did not agree "
        "with what came, or were too few: no risks are shown.",
    ),
    "risk_text": (
        "截至评估时点，{n} 项时限正在计时。按同一标准、走到同一步、同样用去时限的历史件推算，超期可能性"
        "较大的列于下表；推算是否可信，见其后对照图。",
        "{n} time limits were running at the cut-off. What became of like cases at the same point "
        "gives the risks below; the picture after shows how far such risks can be trusted.",
    ),
    "risk_caption": (
        "{log}：在办件的超期风险（由高到低）",
        "{log}: open cases at risk of running late, the highest first",
    ),
    "risk_figure": (
        "回看检验：此前若干时点按同法推算的风险与实际超期率（{n} 件次，95%置信区间）；越贴近对角线越可信",
        "Tried on held-back months: risks told by the same method against what happened ({n} cases, "
        "95% intervals); the nearer to the diagonal the better",
    ),
    "causes_risk": ("（{place}）在办件的超时风险", "{place}. Open cases at risk"),
    "waiting_text": (
        "办公时间之内，各环节的等待共 {hours} 小时：{parts}。另有 {off} 小时在办公时间之外，不计入。",
        "Within office hours the steps waited {hours} hours in all: {parts}. {off} more hours lie "
        "outside office hours and do not count.",
    ),
    "waiting_part": ("{cause} {share}", "{cause} {share}"),
    "factors_caption": (
        "{id} {title}：各情形与超时的关联（其他情形相同时）",
        "{id} {title}: how much of lateness goes with each circumstance, the others equal",
    ),
    "factors_none": (
        "{id} {title}：没有哪种情形与超时有可辨的关联。",
        "{id} {title}: no circumstance shows a detectable association with lateness.",
    ),
    "tree_caption": (
        "{id} {title}：哪些情形合在一起时超时多（框内：件数、超时率及 95%置信区间）",
        "{id} {title}: which circumstances together go with lateness (cases, share late, 95%)",
    ),
    "tree_all": ("全部", "all"),
    "groups_text": (
        "共作 {tests} 项比较，在全报告 5% 的误报率下，可以分辨差别且差别不小的有 {found} 项，其余未能分辨。"
        "未作检验的：件数不足 {few} 项，无同类件 {alone} 项，件与件相互牵连、不能检验 {dependent} 项。",
        "Comparisons made: {tests}; under one false discovery rate of 5% over the whole report "
        "{found} can be told apart, and not by little; the others cannot. Not tested: {few} for want "
        "of cases, {alone} for want of anything comparable, {dependent} because cases hang on each "
        "other.",
    ),
    "waiting_caption": (
        "{log}：各环节在办公时间内等什么（小时）",
        "{log}: what the steps waited for within office hours",
    ),
    "load_caption": (
        "{log}：每月到达、办出与月末在手（件次）",
        "{log}: steps that came, were done and were in hand, month by month",
    ),
    "balance_caption": (
        "{log}：各处室收办比（收 ÷ 办；大于 1 为收多办少）",
        "{log}: what comes in at each unit for one that goes out",
    ),
    "change_figure": (
        "{log}：前后中位数相差的办公小时及 95%置信区间；绿：变快，红：变慢，灰：未能分辨",
        "{log}: difference of medians with 95% interval; green: faster, red: slower, grey: cannot "
        "be told",
    ),
    "groups_figure": (
        "{log}：与同类件相比用时的倍数（点）及 95%置信区间；红：在 5% 的误报率下可以分辨，且用时较长",
        "{log}: how many times as long as comparable cases, with 95% interval; red: can be told apart at a false discovery rate of 5%, and longer",
    ),
    "funnel_label": ("超时率", "share late"),
    "funnel_caption": (
        "{id} {title}：各处室超时率与件数。件数少的处室，超时率本来就忽高忽低，落在漏斗线之内的不分高下",
        "{id} {title}: share late against the number of cases, unit by unit. Between the lines lies "
        "what chance alone allows: no ranking there",
    ),
    "change_text": (
        "共作 {tests} 项前后检验（含在数据中寻找变动日期），在 5% 的误报率下可以分辨的有 {clear} 项，其中变化不小、"
        "单独列出的 {found} 项（找出的日期落在已知改动附近的，归入该项改动）。未作检验的：件数不足 {few} 项，"
        "件与件相互牵连 {dependent} 项，数据不足两年、分不清是变化还是季节 {season} 项。",
        "{tests} tests of before and after (searches for dates included); {clear} can be told apart at "
        "a false discovery rate of 5%, {found} of these are not small and told on their own (a date "
        "near a known reform is that reform's). Not tested: {few} for want of cases, {dependent} "
        "because cases hang on each other, {season} because the log is too short to tell a change "
        "from a season.",
    ),
    "change_caption": (
        "{log}：前后变化（件的构成相同；办公小时）",
        "{log}: before and after, the case mix held equal (working hours)",
    ),
    "kind_baseline": ("与基期相比", "against the baseline"),
    "kind_reform": ("已知改动", "known reform"),
    "kind_found": ("数据找出", "found in the data"),
    "kind_found_reform": ("数据找出，归入已知改动", "found in the data, the known reform's"),
    "ratio_axis": ("是同类件的多少倍（对数刻度）", "times as long as comparable cases (log scale)"),
    "difference_axis": ("中位数相差的办公小时", "difference of medians, working hours"),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "attribute": ("项目", "attribute"),
    "value": ("取值", "value"),
    "measure": ("指标", "measure"),
    "held_equal": ("相同条件", "held equal"),
    "compared": ("同类件", "compared"),
    "ratio": ("倍数", "ratio"),
    "p_adjusted": ("校正后 p", "adjusted p"),
    "alone": ("单独", "alone"),
    "before": ("之前", "before"),
    "after": ("之后", "after"),
    "difference": ("相差", "difference"),
    "at": ("起于", "from"),
    "hour_band": ("起算时段", "hour of the day"),
    "weekday": ("星期", "weekday"),
    "month_end": ("月末三个工作日", "last three working days of the month"),
    "compared_how": ("比较", "compared"),
    "explained": ("关联程度", "share that goes with it"),
    "in_for_out": ("收办比", "arrivals per completion"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}
