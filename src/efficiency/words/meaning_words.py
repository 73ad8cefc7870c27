"""What tables, columns and units of the contracts mean, in Chinese."""

from __future__ import annotations

from efficiency.language import Language, of

#: What one row or one column is, as the contracts say it: English -> Chinese, in their order.
MEANINGS: dict[str, str] = {
    # --- comparisons and changes
    "one unit, what came in and what went out": "一个部门的到件与办出",
    "the office or section": "部门（处室或科室）",
    "from when it is counted": "起计时刻",
    "how long that is": "自起计时刻起的时长",
    "steps that came": "到件的件次",
    "steps that were done": "办出的件次",
    "steps there when counting began": "起计时在手的件次",
    "steps there at the cut-off": "截止时点在手的件次",
    "arrivals ÷ completions": "到件 ÷ 办出",
    "95 % interval": "95%置信区间",
    "arrivals less completions in a working week": "每个工作周的到件减办出",
    "of the test, not yet adjusted": "检验的p值，未经校正",
    "why none of these is told: few, short, unseen": (
        "未给出以上各项的原因：few（件次不足）、short（时间过短）、unseen（到达时刻多无记录）"
    ),
    "over all tests of the review": "按本次评估全部检验校正的p值",
    "one split of one series of times": "一组用时在一个分界日的前后对比",
    "case, an activity, or an activity in hand": "case（全程）、某一环节，或某一环节的在手用时",
    "baseline, reform or found": "baseline（与基期相比）、reform（已知改动）或 found（数据找出）",
    "first day after": "分界后的第一天",
    "95 % interval of a date that was found": "数据找出的日期的95%置信区间",
    "of the reform": "改动的名称",
    "what both sides agree in, joined by '; '": "前后两侧相同的条件，以“; ”分隔",
    "cases before": "此前的件数",
    "cases after": "此后的件数",
    "outside both sides, or under way at the split": "不在前后两侧，或跨越分界日的件数",
    "working hours": "办公小时",
    "after less before, working hours": "后减前，办公小时",
    "of times, after ÷ before": "用时之比，后 ÷ 前",
    "of the means, after less before": "均值之差，后减前",
    "over which cases count as one block": "一个区块的时长，同一区块内的件合并计",
    "whether both sides hold the same months of the year": "前后两侧是否为一年中的相同月份",
    "why there is no test: few, alone, dependent, season": (
        "未作检验的原因：few（件数不足）、alone（无同类件）、dependent（件与件相互牵连）、"
        "season（分不清变化与季节）"
    ),
    "one month or week": "一个月或一周",
    "2024-03, or the week's Monday": "月份（如 2024-03），或该周星期一的日期",
    "median of its cases": "其间各件的中位数",
    "cases closed in it": "其间办结的件数",
    "one group held against comparable cases": "一组与可比件的比较",
    "what groups differ in": "分组所依据的属性",
    "the group": "组别",
    "case, applicant, handling or desk": (
        "case（全程）、applicant（按申请人比较的全程）、handling（在手）或 desk（到岗至办完）"
    ),
    "'': over all activities": "环节；空为全部环节合计",
    "what comparable cases agree in, joined by '; '": "可比件相同的条件，以“; ”分隔",
    "cases (steps) of the group": "本组的件数（环节记录数）",
    "of all others": "其他各组合计的数目",
    "of the group, with comparable ones": "本组中有可比对象的数目",
    "of the others, comparable with the group's": "其他各组中可与本组相比的数目",
    "of those compared": "本组可比部分的中位数",
    "of those comparable": "其他各组可比部分的中位数",
    "times as long as comparable ones": "用时为可比件的倍数",
    "Cliff's, -1 to 1": "Cliff δ 值，-1 至 1",
    "sum of the working hours above the mean of comparable ones": (
        "超出可比件平均用时的办公小时合计"
    ),
    "of the log-rank test on all cases": "全部件的对数秩检验的p值",
    "why there is no comparison: few, alone, dependent": (
        "未作比较的原因：few（件数不足）、alone（无同类件）、dependent（件与件相互牵连）"
    ),
    "one point of a control chart": "控制图的一个点",
    "the month, week or number of the point; in order": "该点的月份、周或序号，依次排列",
    "what is followed": "所跟踪的数值",
    "what the point rests on": "该点所依据的件数",
    "where points lie if nothing changes": "中心线：没有变化时各点所在的水平",
    "lower control limit": "控制下限",
    "upper control limit": "控制上限",
    "what is unusual there, joined by ;": "该点的异常信号，以“;”分隔",
    "one period": "一个时段",
    "events in it": "其中的事件数",
    "cases in it": "其中的件数",
    "one case, and whether it was one of those that are counted": "一件，及其是否属于所计之列",
    "the document or task": "所属的件（公文或事项）",
    "when it was done; in order": "办完时刻，依次排列",
    "how many events it had": "该件的事件数",
    "one rare event": "一次少见事件",
    "cases from the event before to this one, this one counted": (
        "自上一次事件之后至本次的件数，含本次"
    ),
    "one stretch of a series at one level": "序列中水平不变的一段",
    "its first point; of the second and later ones: where a shift is": (
        "该段的第一点；自第二段起，即水平变化之处"
    ),
    "its last point": "该段的最后一点",
    "how many": "数目",
    "its mean; a geometric one on the log scale": "该段均值；取对数的，为几何均值",
    "95 % interval of the shift's place": "水平变化位置的95%置信区间",
    "to the level before": "与前一段的水平相比",
    "that the series has no shift at all": "p值，原假设：序列没有水平变化",
    "one group's share that went wrong, held against comparable cases": (
        "一组出问题的比例与可比件的比较"
    ),
    "late, rework or breach": "late（超时）、rework（返工）或 breach（违反规则）",
    "clocks, steps or cases of the group": "本组的计时次数、环节记录数或件数",
    "of n, those that went wrong": "n 之中出问题的数目",
    "of those compared, that went wrong": "本组可比部分中出问题的数目",
    "compared_k ÷ compared": "本组可比部分中出问题的比例（compared_k ÷ compared）",
    "of comparable ones, as if their mix were the group's": "可比件的比例，按本组的构成折算",
    "share less expected": "本组比例减可比比例（share − expected）",
    "95 % interval of the difference": "差值的95%置信区间",
    "one test, or why there is none": "一次检验，或未作检验的原因",
    # --- facts
    "one case, and how long it took or has been taking": "一件及其用时，未办结的为至今用时",
    "to its end or the cut-off": "至办结或截止时点",
    "not closed at the cut-off": "截止时点是否未办结",
    "one way of approval": "一种审批路径",
    "different roles": "不同角色的个数",
    "in the order in which they first came, joined by ' → '": "各角色按首次出现的先后，以“ → ”相连",
    "cases that went this way": "经此路径办理的件数",
    "of all cases, 0 to 1": "占全部件的比例，0 至 1",
    "approving steps a case, on average": "平均每件的审批环节次数",
    "one case as seen at the cut-off": "截止时点所见的一件",
    "steps seen": "所见的环节记录数",
    "its earliest moment of any kind": "该件各类时刻中最早的",
    "its latest moment of any kind": "该件各类时刻中最晚的",
    "neither closed nor cancelled at the cut-off": "截止时点是否既未办结也未撤销",
    "cancelled by then": "截止时点是否已撤销",
    "first to last by the wall clock": "最早至最晚时刻，按自然时间计",
    "first to last inside office hours": "最早至最晚时刻，按办公时间计",
    "the row of the variants table": "所对应的 variants 表的行",
    "one time by which some more cases were done (Kaplan-Meier)": (
        "又有若干件办结的一个时点（Kaplan-Meier 法）"
    ),
    "working hours since the case began": "自该件开始起的办公小时",
    "cases done by then, 0 to 1": "至此已办结的件的比例，0 至 1",
    "one activity on one day, of cases that came in about together": (
        "大致同时收到的各件在一天之内的一种环节"
    ),
    "of the case by its first moment, the earliest first": "该件按最早时刻排列的位次，最早的在前",
    "what was done": "所办的环节",
    "the day on which it was": "办理之日",
    "days since the case's first moment": "距该件最早时刻的天数",
    "how often it was": "办理次数",
    "one activity directly followed by another": "一种环节与紧接其后的另一种环节",
    "the earlier activity": "前一环节",
    "the later activity": "后一环节",
    "cases in which it happens": "出现该情形的件数",
    "how often it happens": "出现该情形的次数",
    "end to end, working hours": "前者办完至后者办完的办公小时",
    "one activity at either end of cases": "一件起始或结束处的一种环节",
    "cases that begin with it": "以该环节起始的件数",
    "cases that end with it": "以该环节结束的件数",
    "one unit or person directly followed by another": "一个部门或经办人与紧接其后的另一个",
    "who hands over": "移交方",
    "to whom": "接收方",
    "of these: back to whom it came from (X, Y, X)": "其中退回来件方的次数（甲、乙、甲）",
    "one unit or person over all its steps": "一个部门或经办人的全部环节记录",
    "the unit or person": "部门或经办人",
    "cases with a step of it": "有其环节记录的件数",
    "of all cases": "占全部件的比例",
    "its done steps": "已办完的环节记录数",
    "who did them": "办理这些环节的人数",
    "load": "人均工作量",
    "different ones": "环节的种类数",
    "share of its most frequent activity": "最常办的环节所占的比例",
    "ended outside office hours": "在办公时间以外办完的比例",
    "one log, summed up": "一份日志的汇总",
    "rows of the source": "源文件的行数",
    "rows that could not be taken": "退回的行数",
    "cases seen": "所见的件数",
    "units that took part": "参与办理的部门数",
    "cases closed, not cancelled": "已办结的件数，不含已撤销",
    "cases not closed at the cut-off": "截止时点未办结的件数",
    "cases cancelled": "已撤销的件数",
    "done ÷ cases": "已办结 ÷ 件数",
    "cases of the time compared with": "对比时段的件数",
    "cases less those before": "件数减对比时段的件数",
    "different ways through": "不同办理路径的种数",
    "cases of the two most frequent ways": "最常见的两种路径的件所占比例",
    "cases of the ten most frequent ways": "最常见的十种路径的件所占比例",
    "by then half of the cases were done": "至此半数的件已办结",
    "by then nine in ten were done": "至此九成的件已办结",
    "the same as the median": "同中位数",
    "the same as the 90th percentile": "同第90百分位数",
    "one activity done again by someone": "由某人再次办理的一种环节",
    "what was done again": "再次办理的环节",
    "who did it before": "先前的经办人",
    "who did it again": "再次办理的经办人",
    "one activity, and how often it was done again in a case": "一种环节及其在同一件中的重复次数",
    "cases with it": "有该环节的件数",
    "cases with it more than once": "该环节不止一次的件数",
    "times beyond the first": "首次以外的次数",
    "times directly after itself": "紧接自身再办的次数",
    "working hours of the repetitions": "重复办理的办公小时",
    "a row of a repetition": "一次重复所在的行号",
    "the cases it rests on": "所依据的件数",
    "steps of one pair done after each other from one day to another": (
        "一对先后相接的环节中，前后办完之日分别相同的各次"
    ),
    "of the pair, that with most working hours first": "该对环节的位次，办公小时最多的在前",
    "the day on which the earlier was done": "前一环节办完之日",
    "the day on which the later was done": "后一环节办完之日",
    "of the pair's steps by working hours, 1 the fastest": (
        "在该对环节各次中按办公小时所处的四分位组，1 为最快"
    ),
    "one activity over all its steps": "一种环节的全部记录",
    "steps timed": "测得用时的环节记录数",
    "working hours of all of them": "以上各次的办公小时合计",
    "working hours, 10th percentile": "办公小时的第10百分位数",
    "working hours, 90th percentile": "办公小时的第90百分位数",
    "working hours from arrival to start": "到达至开始的办公小时",
    "working hours from start to end": "开始至办完的办公小时",
    "of its hours, 0 to 1, where starts are known": (
        "占该环节办公小时的比例，0 至 1，限开始时刻已知的"
    ),
    "of all steps' hours, 0 to 1": "占全部环节办公小时的比例，0 至 1",
    "one handling step as seen at the cut-off": "截止时点所见的一条环节记录",
    "the file": "文件",
    "the data row in the source file": "源文件中的数据行号",
    "received to start, working hours": "到达至开始，办公小时",
    "start to end, working hours": "开始至办完，办公小时",
    "received, else the previous step's end, to end, working hours": (
        "到达（无记录的，上一环节办完）至办完，办公小时"
    ),
    "one way through: the done steps of a case in order": (
        "一种办理路径：一件中已办完的环节依次排列"
    ),
    "its rank, the most frequent first": "位次，最常见的在前",
    "the steps joined by ' → '": "各环节，以“ → ”相连",
    "one month": "一个月",
    "2024-03": "月份，如 2024-03",
    "cases that began in it": "当月开始的件数",
    "cases that were closed in it": "当月办结的件数",
    "cases open at its end": "月末在办的件数",
    # --- the record
    "one value that was set to missing, or one text that was trimmed": (
        "一个被置空的值，或一段去掉两端空白的文字"
    ),
    "the data row in the source file, from 1": "源文件中的数据行号，从 1 起",
    "the column of the source": "源文件的列",
    "what stood there": "原有内容",
    "why": "原因",
    "rows that hold it": "含该值的行数",
    "one day of one calendar": "一份日历中的一天",
    "0 the office's, from 1 the units'": "0 为本单位的日历，自 1 起为各部门的",
    "days since 1970-01-01": "自 1970-01-01 起的天数",
    "calendar × PLACES + day: one key to join by": "calendar × PLACES + day，供连接用的单一键",
    "a working day": "是否工作日",
    "no notice yet: weekends and statutory dates": "是否尚无放假通知，按周末和法定节日推定",
    "working microseconds before the day": "该日之前的办公微秒数",
    "working microseconds of the day": "该日的办公微秒数",
    "working days up to and with the day": "至该日（含）的工作日数",
    "microsecond of the day at which business closes": "该日下班时刻，以当日的微秒计",
    "office spans that ended before the day": "该日之前已结束的办公时段数",
    "one handling step of one document or task": "一件公文或事项的一条环节记录",
    "who did it": "经办人",
    "when it reached that desk": "到达该岗位的时刻",
    "when it was taken up": "着手办理的时刻",
    "when it was done; empty while open": "办完时刻，未办完的为空",
    "second, minute or day": "second（秒）、minute（分）或 day（日）",
    "one doubt about a log": "日志的一处疑点",
    "what was looked for": "所查找的疑点",
    "the column, the names or the days it was found in": "所在的列、名称或日期",
    "rows it touches": "涉及的行数",
    "of all rows, 0 to 1": "占全部行的比例，0 至 1",
    "the first rows, joined by ';'": "最前的几行的行号，以“;”分隔",
    "one row that could not be accepted": "退回的一行",
    "the document or task; '' where it is not known": "所属的件（公文或事项），不明的为空",
    "what was done; '' where it is not known": "所办的环节，不明的为空",
    "one rule of procedure": "一条程序规则",
    "its key": "编号（键）",
    "what it says": "内容",
    "where it stands": "出处",
    "the log it applies to": "适用的日志",
    "which cases": "适用的件",
    "one of criteria.rules.KINDS": "规则类型，取值见 criteria.rules.KINDS",
    "activities, units, columns or conditions": "环节、部门、列或条件",
    "activities, or a register": "环节，或登记簿",
    "a count": "数目",
    "low, medium or high": "low（低）、medium（中）或 high（高）",
    "how a breach is told": "违反规则时的表述",
    "under which it is told": "在报告中归入的主题",
    "one limit": "一项时限",
    "what a sentence calls it": "行文中的简称",
    "the clause it comes from": "所依据的条款",
    "the moment the clock starts": "计时起算的时刻",
    "the moment it stops": "计时截止的时刻",
    "30 min · 2 h · 1 working day · 1 half day · 10 days · same day · -30 min · =COLUMN": (
        "30分钟 · 2小时 · 1个工作日 · 半日 · 10日 · 当日 · 提前30分钟 · =列名"
    ),
    "working or elapsed": "working（办公时间）或 elapsed（自然时间）",
    "the share that must meet it": "应达到的达标率",
    "stops the clock": "停表的环节",
    "starts it again": "恢复走表的环节",
    "yes or no": "yes（是）或 no（否）",
    "first or each": "first（首次）或 each（每次）",
    "grants more time": "批准延期的环节",
    "how much: a limit, or =COLUMN": "延长多少：时限，或 =列名",
    "in force from": "有效期自",
    "in force to": "有效期至",
    # --- improvement points
    "one point on which an action was done, measured on what began since and could be decided": (
        "一个已落实措施的改进点，按此后开始且已能判定的件检查"
    ),
    "the point's": "改进点的编号",
    "only cases begun on or after it": "只计该日及以后开始的件",
    "in the unit of the point": "以改进点的单位计",
    "after less before, like for like": "后减前，同类相比",
    "what it rests on": "所依据的数目",
    "how like was held against like: months, beside, before": (
        "比较口径：months（同样月份）、beside（扣除对照）、before（只与台账基线比）"
    ),
    "one point and where it stands on a day": "一个改进点及其在某日所处的阶段",
    "what is wrong": "问题",
    "new, recurring, resolved or relapsed": (
        "new（新发现）、recurring（仍存在）、resolved（已解决）或 relapsed（反弹）"
    ),
    "who answers for it": "责任人",
    "by when it is to be done": "应完成的日期",
    "when it was": "实际完成的日期",
    "of the last check": "最近一次检查的结论",
    "what people decided": "人作出的处理决定",
    "overdue, due, open, done, checked or closed": (
        "overdue（逾期未落实）、due（三十日内到期）、open（待办）、done（已执行、待检查）、"
        "checked（已检查、待处理）或 closed（已闭环）"
    ),
    "until it is due; negative: past due": "距到期的天数，已逾期的为负",
    "one measure of how well the loop runs": "反映闭环情况的一项指标",
    "its name": "指标名称",
    "of n": "n 之中的数目",
    "a share, or days": "比例，或天数",
    "one thing that was measured and can be again, found wanting or not": (
        "一项已测量并可再次测量的内容，不论是否查出问题"
    ),
    "that of the finding, were there one": "所对应的发现的编号，不论是否已成为发现",
    "of the finding": "发现的类别",
    "of the finding, as JSON; the log is in it": "发现的对象，JSON 格式，含日志",
    "what is measured": "衡量指标",
    "in the unit of the column of this name": "以 unit 列所列的单位计",
    "higher or lower": "higher（越高越好）或 lower（越低越好）",
    "share, hours or ratio": "share（比例）、hours（办公小时）或 ratio（倍数）",
    "working hours at stake in a year": "一年涉及的办公小时",
    "one point that is not resolved, by the hours at stake": "一个未解决的改进点，按涉及的工时排列",
    "of all hours, 0 to 1": "占全部工时的比例，0 至 1",
    "of this and all before it": "本项及之前各项的累计比例",
    "one improvement point and where its loop stands": "一个改进点及其闭环进展",
    "the same from year to year": "编号，逐年不变",
    "the cut-off of the first review that found it": "首次发现该问题的评估的截止时点",
    "of the last": "最近一次发现该问题的评估的截止时点",
    "plan: what should be": "计划：应达到的要求",
    "plan: what is measured": "计划：衡量指标",
    "plan: higher or lower": "计划：higher（越高越好）或 lower（越低越好）",
    "plan: share, hours, days, ratio or number": (
        "计划：share（比例）、hours（办公小时）、days（日）、ratio（倍数）或 number（数）"
    ),
    "plan: as first measured": "计划：基线，即首次测得的值",
    "plan: 95 % interval": "计划：95%置信区间",
    "plan: what it rests on": "计划：所依据的数目",
    "plan: what it is to be; people's": "计划：应达到的值，由人填写",
    "plan: what is to be done; people's": "计划：拟采取的措施，由人填写",
    "plan: who answers for it; people's": "计划：责任人，由人填写",
    "plan: when it was made; people's": "计划：制定日期，由人填写",
    "plan: by when it is to be done; people's": "计划：应完成的日期，由人填写",
    "do: what was done; people's": "执行：执行情况，由人填写",
    "do: when; people's": "执行：完成日期，由人填写",
    "check: as measured in the last review": "检查：最近一次评估测得的值",
    "check: 95 % interval": "检查：95%置信区间",
    "check: what it rests on": "检查：所依据的数目",
    "check: only cases begun on or after it": "检查：只计该日及以后开始的件",
    "check: after less before, like for like": "检查：后减前，同类相比",
    "check: how like was held against like: months, beside, before": (
        "检查：比较口径，months（同样月份）、beside（扣除对照）、before（只与台账基线比）"
    ),
    "check: the cut-off of the last review": "检查：最近一次评估的截止时点",
    "check: one of findings.points.VERDICTS": (
        "检查：结论，有效、部分有效、未见明显变化、变差、尚早、不可测之一"
    ),
    "act: what the verdict suggests": "处理：由检查结论得出的建议",
    "act: standardise, adjust or stop; people's": (
        "处理：standardise（标准化）、adjust（再改）或 stop（停止），由人填写"
    ),
    "act: for the next check; people's": "处理：下一次检查的目标，由人填写",
    "one line a check": "历次检查，一次一行",
    "of the finding; 'own' for what people added": "发现的类别；人自行添加的为 own",
    "of the finding, as JSON": "发现的对象，JSON 格式",
    # --- procedure
    "one rule over all its cases": "一条规则在全部适用件上的情况",
    "the rule": "规则的编号",
    "cases in scope": "适用的件数",
    "cases that break it": "违反规则的件数",
    "not yet fulfilled, still open": "尚未满足、仍在办的件数",
    "broken ÷ (n − pending − undecidable)": "违反 ÷（适用 − 未到期 − 不可判定）",
    "95 % Wilson interval": "95% Wilson 置信区间",
    "cases that the record cannot decide": "依记录不可判定的件数",
    "what the log lacks; then nothing is decided": "日志所缺的内容；有缺的，一律不作判定",
    "one way through that was held against the flow": "与规定流程对照的一种办理路径",
    "of the cases held against the flow": "占与规定流程对照的件的比例",
    "steps skipped or added, at the least": "未办或多出的环节数，取最少的",
    "by alignment, 0 to 1": "按对齐法计算，0 至 1",
    "by token replay, 0 to 1": "按令牌回放法计算，0 至 1",
    "what was done, skipped (−) and added (+)": "办理情况：未办（−）和多出（+）的环节",
    "one measure of how far a log keeps to its prescribed flow": (
        "反映日志与规定流程吻合程度的一项指标"
    ),
    "cases, or 0 to 1": "件数，或比例",
    "one way in which cases depart from the prescribed flow": "偏离规定流程的一种情形",
    "skipped, added or moved": "skipped（未办）、added（多出）或 moved（次序不符）",
    "what was skipped, added or moved": "未办、多出或次序不符的环节",
    "of what was added: the step before it": "多出的环节之前的环节",
    "one rule broken by one case": "一件违反一条规则的情形",
    "the data rows that prove it, joined by ;": "作为证明的数据行号，以“;”分隔",
    "what they show": "这些行反映的情形",
    "one step that proves a breach": "证明违反规则的一个环节",
    "the data row of the step": "该环节的数据行号",
    "where, empty if not known": "部门，不详时为空",
    "the step's moment: done, else taken up, else received": "环节的时刻：办结，其次开始，其次到达",
    "to what it is known: second, minute or day": "时刻精确到秒、分或日：second、minute、day",
    "one rule that an open case may still keep": "在办的一件尚有可能遵守的一条规则",
    "one way through that was left out": "未作对照的一种办理路径",
    "many or long": "many（路径种数过多）或 long（路径过长）",
    "one case that the record cannot hold against a rule": "依记录不可判定是否违反规则的一件",
    (
        "order (of steps known to the day only), unknown (who, or which unit) or record (a row "
        "was lost)"
    ): ("order（环节只有日期，先后不明）、unknown（经办人或部门不明）或 record（有一行缺失）"),
    # --- rates and findings
    "one clock past due and not stopped at the end of the stretch": "时段末超期未办的一次计时",
    "the standard": "时限标准的编号",
    "when the clock started": "计时起算的时刻",
    "when it was due": "到期时刻",
    "when it was stopped since": "此后计时截止的时刻",
    "one kind of work of the office: one log": "单位的一类工作，即一份日志",
    "limits with a target and a decided clock": "有目标、有判定件的时限项数",
    "of these: share at or above the target": "其中达标率不低于目标的",
    "rules of procedure it is held to": "据以核对的程序规则条数",
    "of these: some case breaks it": "其中至少有一件违反的",
    "one clock that still runs at the cut-off, the most overdue first": (
        "截止时仍在计时的一次，超期最多的在前"
    ),
    "red: past due; yellow: three working days or less left; green": (
        "red 红灯：已超期；yellow 黄灯：余三个工作日以内；green 绿灯"
    ),
    "one urging of a matter": "一次催办",
    "the rule that says what urges and what answers": "据以认定催办和回应的规则",
    "what urged": "催办环节",
    "when it was urged": "催办时刻",
    "the first answer after it": "其后首次回应的时刻",
    "until then": "至回应的用时",
    "when the answer was due": "应当回应的时刻",
    "urged only after it was due": "是否到期以后才催",
    "one unit and the clocks that fell due": "一个部门及其到期的计时",
    "clocks that fell due and were judged": "已到期并作出判定的计时次数",
    "of these: late or overdue": "其中超时或超期未办的",
    "met ÷ n": "达标 ÷ n",
    "one stretch of time: that of the circular, or the one before": (
        "一个时段：通报时段，或上一时段"
    ),
    "now or before": "now（本时段）或 before（上一时段）",
    "cases that came in": "收到的件数",
    "cases that were closed": "办结的件数",
    "met ÷ decided": "达标 ÷ 已判定",
    "clocks past due and not stopped at its end": "时段末超期未办的计时次数",
    "of these: stopped since": "其中此后已办结的",
    "one thing that was checked for": "一项检查内容",
    "what was checked for: 差错, 失误, 缺陷": "所检查的内容：差错、失误、缺陷",
    "how many were found": "发现的数目",
    "how many were checked": "检查的数目",
    "one finding": "一项发现",
    "the log that it belongs to": "所属的日志",
    "what it is about": "所涉内容的类别",
    "action, watch or note": "action（突出）、watch（一般）或 note（提示）",
    "worse or better": "worse（不利）或 better（有利）",
    "the id of the finding that tells the same problem": "反映同一问题的发现的编号",
    "its measure": "衡量值",
    "adjusted, where a test was made": "校正后的p值，限作过检验的",
    "at stake": "涉及的办公小时",
    "how sure it is": "把握程度",
    "how grave, 1 to 3": "严重程度，1 至 3",
    "cases, clocks or steps concerned": "涉及的件数、计时次数或环节记录数",
    "the table that holds the evidence": "载有依据的表",
    "one unit": "一个部门",
    "the unit": "部门",
    "its late cases": "该部门的超时件数",
    "its cases": "所含的件数",
    "k ÷ n": "k 占 n 的比例",
    "that of all units together": "全部部门合计的比例",
    "limits that chance alone keeps within, 95 %": "95%界限：仅由偶然所致的不超出此限",
    "the same, 99.8 %": "99.8%界限：含义同上",
    "the widest limits it lies outside of: 95 or 99.8": "所超出的最宽界限：95 或 99.8",
    "one kind of matter": "一类事项",
    "what kinds are told by": "区分类别所依据的属性",
    "the kind": "类别",
    "one count of how the office stands": "反映本单位情况的一项计数",
    "what is counted: findings.standing.MEASURES": "计数的内容，取值见 findings.standing.MEASURES",
    "its cases that count": "该部门计入的件数",
    "one unit's share of late cases under one standard": "一个部门在一项时限标准下的超时比例",
    "one rate that is claimed to be zero or all": "声称为零或百分之百的一项比率",
    "exact bound, 95 %": "95%精确界限",
    # --- risks
    "one standard ('': all), and how good the risks were that were told": (
        "一项时限标准（空为全部）及其风险估计的准确程度"
    ),
    "risks told": "作出的风险估计数",
    "of these: cases that became late": "其中后来超时的件数",
    "mean of (risk − late)²": "（风险 − 是否超时）² 的均值",
    "of one who tells each the share of its standard": (
        "一律以所属时限标准的超时比例作估计时的 brier 值"
    ),
    "1 − brier ÷ base_brier": "技巧评分：1 − brier ÷ base_brier",
    "one stretch of risks that were told, held against what happened": (
        "一段风险估计与实际情况的对照"
    ),
    "risks from here": "风险自此起（含）",
    "to below there": "至此止（不含）",
    "their mean": "风险估计的均值",
    "cases that became late": "后来超时的件数",
    "late ÷ n": "超时 ÷ n",
    "one clock that ran at a moment of the past": "在过去某一时点尚在走表的一次计时",
    "the moment": "该时点",
    "the deadline": "到期时刻",
    "the last that was done; empty: none": "最后办完的环节，没有的为空",
    "of the time allowed": "已用时间占时限的比例",
    "what comparable cases have in common with it": "可比件与其相同的条件",
    "comparable cases": "可比件数",
    "of these": "其中超时的件数",
    "late ÷ n; empty of fewer than 10": "超时 ÷ n，不足 10 件的为空",
    "decided cases of the standard": "该项时限标准已判定的件数",
    "of these late": "其中超时的比例",
    "at the cut-off": "截止时点的判定",
    "where it is known by then": "是否超时，限届时已知的",
    "one clock that still runs": "尚在走表的一次计时",
    "one risk that was told, and what became of it": "一项风险估计及其后来的结果",
    "0 to 1": "比例",
    "what became of it": "后来是否超时",
    # --- time limits
    "one standard about its due moment": "一项时限标准在到期时刻前后的情况",
    "cases done": "办完的件数",
    "of these: in the last tenth of the time allowed": "其中在时限的最后一成时间内办完的",
    "last_tenth ÷ n": "last_tenth 占 n 的比例",
    "cases in the tenth before it": "在其前一成时间内办完的件数",
    "that the last tenth has no more": "p值，原假设：最后一成时间内办完的并不更多",
    "cases in the tenth after the due moment": "在到期后一成时间内办完的件数",
    "last_tenth ÷ (last_tenth + tenth_after)": "last_tenth 占 last_tenth 与 tenth_after 之和的比例",
    "that both have as many": "p值，原假设：到期前后两成时间内办完的一样多",
    "one decided judgement and the circumstances in which its clock started": (
        "一次已有结论的判定及其计时起算时的情形"
    ),
    "late or overdue": "是否超时或超期未办",
    "on the limit's clock": "按该时限的时钟计",
    "of the step that stopped the clock; else where the case is now": (
        "使计时截止的环节所在的部门；没有的，该件现在所在的部门"
    ),
    "two hours of the day: 08-10": "一天中的两小时，如 08-10",
    "1 is Monday": "1 为星期一",
    "yes: the last three working days of a month": "yes 为一个月的最后三个工作日",
    "one standard over all its clocks": "一项时限标准的全部计时",
    "clocks judged: all but those of cancelled cases": "判定的计时次数，不含已撤销的件",
    "达标": "达标的计时次数",
    "超时": "超时的计时次数",
    "未到期": "未到期的计时次数",
    "超期未办": "超期未办的计时次数",
    "暂停中": "暂停中的计时次数",
    "不可判定": "不可判定的计时次数",
    "已撤销": "已撤销的计时次数",
    "in scope, without a verdict": "适用而没有判定的件数",
    "met ÷ (met + late + overdue)": "达标 ÷（达标 + 超时 + 超期未办）",
    "independent clocks that tell as much: fewer where they come in batches": (
        "相当于多少次相互独立的计时；成批到来的，少于实际次数"
    ),
    "share at or above target": "达标率是否达到目标",
    "met + late + overdue": "达标 + 超时 + 超期未办",
    "late + overdue": "超时 + 超期未办",
    "share less target": "达标率减目标",
    "one stretch of time before or after the due moment of a standard": (
        "一项时限标准到期之前或之后的一段时间"
    ),
    "hours left, on the limit's clock; negative: past due": (
        "剩余小时，按该时限的时钟计，已过期的为负"
    ),
    "hours left, on the limit's clock": "剩余小时，按该时限的时钟计",
    "past due": "是否已过期",
    "cases done in it": "其间办完的件数",
    "one circumstance and how much of a standard's lateness goes with it": (
        "一种情形及其与一项时限标准超时的关联程度"
    ),
    "the circumstance": "情形",
    "how many it has, rare ones taken together": "该情形的取值数，少见的合并计",
    "cases": "件",
    "share of variance explained by it alone": "单独解释的方差所占比例",
    "of what the others leave unexplained": "占其他情形未能解释部分的比例",
    "that nothing goes with it": "p值，原假设：与该情形没有关联",
    "one clock of a case under one standard": "一件在一项时限标准下的一次计时",
    "which of the case's clocks, from 1": "该件的第几次计时，从 1 起",
    "when it stopped": "计时截止的时刻",
    "the deadline, where the record decides it": "到期时刻，限依记录能够确定的",
    "met, late, pending, overdue, suspended, undecidable or cancelled": (
        "met（达标）、late（超时）、pending（未到期）、overdue（超期未办）、suspended（"
        "暂停中）、undecidable（不可判定）或 cancelled（已撤销）"
    ),
    (
        "where undecidable: precision, before, limit (the case's own cannot be read) or record "
        "(a row was lost)"
    ): (
        "不可判定的原因：precision（只有日期）、before（截止环节都在起点之前）、limit（"
        "该件自己的时限无法识别）或 record（有一行缺失）"
    ),
    "past due, on the same clock": "超过到期时刻多少，按同一时钟计",
    "one judgement whose time allowed is known": "时限长度已知的一次判定",
    "allowed less used: negative once past due": "时限减已用，过期后为负",
    "used ÷ allowed": "已用 ÷ 时限",
    "one standard": "一项时限标准",
    "cases in scope without a verdict": "适用而没有判定的件数",
    "one node of the tree of circumstances that go with a standard's lateness": (
        "与一项时限标准超时相关联的情形树的一个节点"
    ),
    "its number, the root is 0": "节点编号，根为 0",
    "the node above; -1: none": "上级节点，没有的为 -1",
    "is or is not": "is（是）或 is not（不是）",
    "what parts it from its sister": "与同级另一节点相区分的情形",
    "by which value": "据以区分的取值",
    "of them late": "其中超时的件数",
    # --- waiting and load
    "one activity, and how much of all waiting is waiting for it": (
        "一种环节，及全部等候中等候该环节的部分"
    ),
    "what is waited for": "所等候的环节",
    "steps of which the record says when they came": "记录中有到达时刻的环节记录数",
    "waited for them inside office hours": "在办公时间内等候的时间",
    "of all such waiting": "占全部此类等候的比例",
    "one desk: people of a unit who work off one queue": (
        "一个岗位：同一部门内共同办理一列待办件的人"
    ),
    "the unit where it has but one, else unit·main step": (
        "部门只有一个岗位的为部门名称，否则为“部门·主要环节”"
    ),
    "the office or section; '' where it is not known": "部门（处室或科室），不明的为空",
    "what is done there, joined by ' | '": "该岗位所办的环节，以“ | ”分隔",
    "who does it, joined by ' | '": "经办人，以“ | ”分隔",
    "at work at a time": "同时在岗的人数",
    "steps that one of them holds at a time": "一人同时在手的件次",
    "steps done or begun there": "该岗位已办完或已开始的环节记录数",
    "in hand, of all timed steps": "测得用时的全部环节的在手时间",
    "done steps whose start is known": "已办完的环节中开始时刻已知的比例",
    "of all hands' time": "占全部人手时间的比例",
    "one cause of waiting at one activity ('': at all of them)": (
        "一种环节（空为全部环节）等候的一种情形"
    ),
    "what waited": "发生等候的环节",
    "what explains it": "用以说明等候的情形",
    "hours of waiting": "等候的小时数",
    "of the activity's waiting by the wall clock, 0 to 1": (
        "占该环节按自然时间计的等候的比例，0 至 1"
    ),
    "of its waiting inside office hours, 0 to 1": "占该环节办公时间内等候的比例，0 至 1",
    "steps measured": "已测算的环节记录数",
    "steps that could not be": "未能测算的环节记录数",
    "one step that was taken up, and what it waited for": (
        "一条已着手办理的环节记录，及其等候的情形"
    ),
    "who took it up": "着手办理的经办人",
    "the step before": "上一环节",
    "its row; whole": "上一环节的行号，整数",
    "from when it could begin to its start, by the wall clock": (
        "自可以开始至实际开始，按自然时间计"
    ),
    "of these: outside the unit's calendar": "其中在部门办公时间以外的",
    "until the last step of its batch had come": "等候同批最后一条到达",
    "the desk was busy with what had come later": "岗位在办后到的件",
    "the desk was busy with what had come before": "岗位在办先到的件",
    "nobody was on duty": "无人在岗",
    "none of these": "不属以上各种",
    "codes of what had to be assumed, parted by spaces": "推定事项的代码，以空格分隔",
    "one unit in one period": "一个部门的一个时段",
    "its end, or the cut-off": "时段末，或截止时点",
    "steps that came in it": "其间到件的件次",
    "steps that were done in it": "其间办出的件次",
    "steps there at its end": "时段末在手的件次",
    "of these: time since they came": "其中各件次到达以来的时间",
    "90th percentile of these": "以上时间的第90百分位数",
    "one absence of one person": "一人的一次离岗",
    "who is away": "离岗人",
    "the first day": "第一天",
    "the last day": "最后一天",
    "who stands in": "顶岗人",
    "one category of a register's entries": "台账的一个类别",
    "the category": "类别",
    "its entries": "其条数",
    "its entries in the time compared with": "对比时段的条数",
    "entries less those before": "比对比时段增减",
    "of all entries": "占全部的比例",
    "of all entries, with the more frequent ones": "连同更多的各类，占全部的比例",
    "its entries, were all categories equally frequent": "各类一样多时的条数",
    "that all are equally frequent: chi-squared": "各类一样多的检验：χ²",
    "of its entries: closed": "其中已办结",
    "done ÷ entries": "已办结 ÷ 条数",
    "from coming in to closing": "从提出到办结",
    "one trade in which errors were looked for": "一类查找差错的工作",
    "the logs in which they may happen": "可能发生差错的日志",
    "cases handled in these logs": "这些日志所办的件数",
    "one day on which an error was found": "发现差错的一天",
    "working days since the one before": "距上一次的工作日",
    "half of the gaps are shorter": "一半的间隔更短",
    "control limit": "控制限",
    "which rules it breaks": "超出何种界限",
    "one post of two people (AB岗)": "一个AB岗",
    "the steps that the first does": "A岗所办的环节",
    "absences of the first": "A离岗次数",
    "time he was away": "离岗时间",
    "steps that came in then, done by the first or who stood in": "其间到件、由A或顶岗人办理的件次",
    "of these: done by who stood in": "其中由顶岗人办理",
    "covered ÷ arrived": "顶岗办理 ÷ 到件",
    "working days on which both were away": "两人同时离岗的工作日",
    "of these: time in which a step waited": "其中有件等候的时间",
    "one stretch of time, over all units or of one": "一段时间，全部或一个部门",
    "day, month, half-year or year": "日、月、半年、年",
    "the stretch: 2024-01-05, 2024-01, 2024H1, 2024": "哪一段：2024-01-05、2024-01、2024H1、2024",
    "the office or section; empty: all": "部门；空：全部",
    "its working days": "其中工作日",
    "of these: nothing is known of them": "其中没有任何记录的",
}
#: What numbers are counted in: English -> Chinese.
UNITS: dict[str, str] = {
    "weeks": "周",
    "times": "倍",
    "steps a week": "件次/周",
    "0 to 1": "比例",
    "working hours": "办公小时",
    "-1 to 1": "-1 至 1",
    "that of the series": "与序列相同",
    "cases": "件",
    "events": "次",
    "steps a case": "次/件",
    "hours": "小时",
    "steps a head": "次/人",
    "working days": "工作日",
    "that of the point": "与改进点相同",
    "0 to 1, or days": "比例，或天",
    "that of `unit`": "见 unit 列",
    "cases, or 0 to 1": "件数，或比例",
    "that of its kind": "依类别而定",
    "1 is perfect, 0 is no better": "1 为完全准确，0 为并不更好",
    "1 is all": "1 为全部",
    "hours on the limit's clock": "小时，按该时限的时钟",
    "clocks": "次",
    "row": "行号",
}


def meaning(text: str, language: Language) -> str:
    """
    Say what a contract says of a row, a column or a unit.

    Parameters
    ----------
    text
        A row, a meaning or a unit, as the contract has it.
    language
        To say it in.

    Returns
    -------
    str
        The Chinese where it is asked for and known, else the text itself.

    Examples
    --------
    >>> meaning("working hours", "zh"), meaning("working hours", "en")
    ('办公小时', 'working hours')
    >>> meaning("no such meaning", "zh")
    'no such meaning'
    """
    return str(of((MEANINGS.get(text) or UNITS.get(text, text), text), language))
