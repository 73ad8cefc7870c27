# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 11 督查的事有没有回音，会议定的事有没有落实
#
# **问** 示例机关2024年的督查、会务、应急值班，各办了多少，按不按时，哪里没有做到？
#
# **答** 督查事项153件，办结率88.9%，按期反馈率只有81.5%：两个数不能混说。迟的多是市住建局，20件中按期的8件；其他部门126件中111件。
# 会议128次，纪要一个工作日内送签的占80.5%，迟的多在秘书二处。突发事件信息116条，1小时内书面报告的占77.6%，夜间40条中20条没有做到。
# 催办三次以上仍没有反馈的5件，疑似领导过问了才催办的11件。

# %%
import os

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

office = eff.open_review("../analysis/sample-review").only("supervision", "meetings", "duty")

# %% [markdown]
# ## 三类工作的全貌
#
# 督查台账、会议台账、值班登记都是登记簿：一行一件，每个日期各占一列。`review.toml` 说明哪一列是哪个环节的日期，读进来就是一步一行的日志。

# %%
eff.show(office.works)

# %% [markdown]
# 九项时限中四项达到目标。规则十一条，条条都有违反，件数多少不一。
#
# ## 办结率和按期率是两回事
#
# 办结率问“办没办完”，按期率问“按不按时”。同一本督查台账，前者88.9%，后者81.5%。

# %%
eff.show(office.overview[["log", "cases", "done", "open", "done_share"]])

# %%
eff.show(
    office.compliance[["log", "standard_id", "decided", "met", "late", "overdue", "pending", "share", "low", "high", "target"]]
)

# %% [markdown]
# **图1** 督查事项三项时限的按期率（n = 451次判定；单位：%；点为按期率，横线为95%区间，竖线为目标；来源：示例机关督查台账，2024年）。

# %%
office["supervision"].plot.compliance();
# %% [markdown]
# 交办（D1）达到目标；签收（D2）高于目标，区间跨过目标，还不能下结论；按期反馈（D3）没有达到。
#
# ## 迟在谁那里
#
# D3 的时限是每件自己的：台账里“办结时限”一列写到哪天，就算到哪天下班。

# %%
supervision = office["supervision"]
known = supervision.judgements.query("standard_id == 'D3' and verdict in ['met', 'late', 'overdue']")
by_unit = known.merge(supervision.cases[["case_id", "责任单位", "来源"]], on="case_id")
by_unit = by_unit.assign(按期=by_unit["verdict"] == "met")
eff.show(by_unit.groupby("责任单位")["按期"].agg(件数="size", 按期="sum", share="mean").reset_index())

# %%
eff.show(by_unit.groupby("来源")["按期"].agg(件数="size", 按期="sum", share="mean").reset_index())

# %% [markdown]
# 市住建局20件中按期8件，占40.0%，其余部门没有低于七成的。五类来源从75.0%到85.7%，件数都少，看不出差别。
# 部门这一条，除去偶然仍然成立（`p` 已是各种情形中最小的几个之一）：

# %%
factors = supervision.factors.query("standard_id == 'D3'").sort_values("p")
eff.show(factors[["attribute", "values", "n", "share", "low", "high", "p"]], rows=4)

# %% [markdown]
# 这是关联，不等于原因：市住建局承办的也许本来就难。下一步是把这12件逐件看一遍。
#
# ## 催了没有，催了有没有用
#
# 规则逐件对照：催办三次以上仍没有反馈的（P11D）是证明；领导过问以后三个工作日内才催办的（P10D）只是迹象，一律写“疑似”。

# %%
eff.show(supervision.adherence[["rule_id", "n", "broken", "pending", "undecidable", "share", "low", "high"]])

# %%
eff.show(supervision.deviations.query("rule_id == 'P11D'")[["case_id", "detail", "rows"]])

# %% [markdown]
# 45次催办里，26次是到期以后才催的：到期之前催的19次，是主动。催了以后，有回应的28次，半数在20个办公小时（约3天）以内。

# %%
urged = supervision.urging.assign(回应=supervision.urging["answered"].notna())
eff.show(urged.groupby("after_due").agg(次数=("row", "size"), 回应=("回应", "sum"), answer_hours=("answer_hours", "median")).reset_index())

# %% [markdown]
# 逾期落实的21件中，4件的督查结果没有通报、考核或约谈（P34），占19.0%，区间从7.7%到40.0%：件数少，只能说有这样的事。
#
# ## 今天该盯哪几件
#
# 截止时还没有反馈的，红灯是已经超期，黄灯是余三个工作日以内，绿灯还早。

# %%
eff.show(office.lights[["log", "standard_id", "case_id", "light", "due", "left_hours"]])

# %% [markdown]
# 红灯11个：督查6件，最久的从7月12日拖到年底；值班5条没有书面报告。黄灯2个。
#
# ## 会议：会前四关，会后一个工作日
#
# **图2** 会议办理流程（n = 128次；方框为次数，线上为次数和办公小时中位数；来源：示例机关会议台账，2024年）。

# %%
office["meetings"].map()

# %%
meetings = office["meetings"]
minutes = meetings.judgements.query("standard_id == 'T7' and verdict in ['met', 'late', 'overdue']")
minutes = minutes.merge(meetings.cases[["case_id", "承办处室"]], on="case_id")
minutes = minutes.assign(按时=minutes["verdict"] == "met")
eff.show(minutes.groupby("承办处室")["按时"].agg(次数="size", 按时="sum", share="mean").reset_index())

# %% [markdown]
# 纪要送签，秘书二处30次中13次按时，占43.3%，其他三个处98次中90次。
# 议定事项跟踪了、报告了，到归档仍没有落实记录的8次（P20H），疑似以会议落实会议：要核对是没有落实，还是落实了没有登记。

# %%
eff.show(meetings.adherence[["rule_id", "n", "broken", "pending", "share", "low", "high"]])

# %% [markdown]
# 会前四关，没有记录的各有2至8次。没有记录不等于没有做，先补记录，再说有没有做。
#
# ## 应急：白天和夜里
#
# 值班的时限按自然时间算：10分钟口头报告，1小时书面报告，领导指示30分钟内传达到最后一个单位。

# %%
duty = office["duty"]
written = duty.judgements.query("standard_id == 'T13' and verdict in ['met', 'late', 'overdue']")
written = written.merge(duty.cases[["case_id", "时段"]], on="case_id")
written = written.assign(按时=written["verdict"] == "met")
eff.show(written.groupby("时段")["按时"].agg(条数="size", 按时="sum", share="mean").reset_index())

# %% [markdown]
# 夜间40条中20条没有按时，日间76条中6条。这一差别由决策树自己找到，没有人告诉它看时段：
#
# **图3** 1小时内书面报告的超时与哪些情形有关联（n = 116条；来源：示例机关值班登记，2024年）。

# %%
eff.plot.tree(duty.trees.query("standard_id == 'T13'"));
# %% [markdown]
# 夜里一个人值班，既要接报又要起草，是常见的解释，但记录里没有写，要去问。
#
# 下一册看服务大厅：窗口收了件，决定在哪里作出。
