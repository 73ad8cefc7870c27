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
# # 12 窗口收了件，谁来作决定
#
# **问** 示例政务服务中心2024年的办件和热线，按承诺办了没有，是不是只挂号不看病，对谁都一样吗？
#
# **答** 申请350件，按承诺时限决定的占90.4%，迟的多是施工许可：66件中23件。一半的件（175件）决定不在窗口作出，
# 其中174件从窗口转出、又回到窗口发证。同一事项，代办机构办理中位22.4个办公小时，本人38.2个，疑似看人办事，须逐件核实。
# 热线306件，按期办结90.9%，市城管局72件中16件超时；回访满意率两种口径差八个多百分点。

# %%
import os

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

office = eff.open_review("../analysis/service-hall")
hall, hotline = office["hall"], office["hotline"]

# %% [markdown]
# ## 全貌

# %%
eff.show(office.works)

# %% [markdown]
# 四项时限，达到目标的只有热线来电及时派单一项。
#
# **图1** 办件流程（n = 350件；方框为次数，线上为次数和办公小时中位数；来源：示例政务服务中心办件记录，2024年）。

# %%
hall.map()

# %% [markdown]
# ## 承诺的时限兑现了没有
#
# 每个事项的承诺时限不同，写在“承诺工作日”一列，逐件按它判断。急办件当日发证，算现场办结。

# %%
eff.show(office.compliance[["log", "standard_id", "decided", "met", "late", "pending", "share", "low", "high", "target"]])

# %% [markdown]
# **图2** 办件两项时限的按期率（n = 366次判定；单位：%；点为按期率，横线为95%区间，竖线为目标；来源：示例政务服务中心办件记录，2024年）。

# %%
hall.plot.compliance();
# %%
promised = hall.judgements.query("standard_id == 'S1' and verdict in ['met', 'late', 'overdue']")
promised = promised.merge(hall.cases[["case_id", "事项", "申请人类型"]], on="case_id")
promised = promised.assign(按期=promised["verdict"] == "met")
eff.show(promised.groupby("事项")["按期"].agg(件数="size", 按期="sum", share="mean").reset_index())

# %% [markdown]
# 施工许可66件中23件超时，占34.8%；其他事项277件中10件。承诺7个工作日，或者是承诺得紧，或者是办得慢，要看它的环节用时。
# 急办件23件，当日发证18件，占78.3%，区间从58.1%到90.3%：说“现场办结率达100%”，记录不支持。
#
# ## 前店后坊，只挂号不看病
#
# 决定在窗口作出，窗口才不只是收发室。P17 看决定在哪里作出，P16 看件是不是从窗口转出又回来。

# %%
eff.show(hall.adherence[["rule_id", "n", "broken", "share", "low", "high"]])

# %% [markdown]
# 350件中175件决定不在窗口作出，占50.0%：授权到位的是另一半。是哪几个事项，一看便知：

# %%
back = hall.deviations.query("rule_id == 'P17'").merge(hall.cases[["case_id", "事项"]], on="case_id")
eff.show(back.groupby("事项").size().rename("件数").reset_index())

# %% [markdown]
# 都是规划许可、施工许可、学校设立这三项。这三项要不要授权给窗口，是制度问题，不是哪个窗口的问题。
#
# ## 对谁都一样吗
#
# 检验同一事项、急办与否相同的件，代办机构和本人用时是否相同。以同一申请人同一周的一批为单位置换，不是一件一件地换。

# %%
groups = hall.comparisons.query("attribute == '申请人类型'")
eff.show(groups[["value", "n", "median_hours", "others_median_hours", "ratio", "ratio_low", "ratio_high", "p_adjusted"]])

# %% [markdown]
# 本人用时是代办机构的1.47倍（1.35至1.61倍）。差别不像偶然，但原因不止一种：代办机构材料齐，也会快。
# 所以只写“疑似”。要坐实它，看补正次数相同的件还有没有差别，再抽件核对。
#
# ## 热线：办完了，还要看满意不满意
#
# 时限按诉求类别，批准延期的算到延期后的日子。

# %%
answered = hotline.judgements.query("standard_id == 'R2' and verdict in ['met', 'late', 'overdue']")
answered = answered.merge(hotline.cases[["case_id", "承办单位"]], on="case_id")
answered = answered.assign(按期=answered["verdict"] == "met")
eff.show(answered.groupby("承办单位")["按期"].agg(件数="size", 按期="sum", share="mean").reset_index())

# %%
eff.show(hotline.adherence[["rule_id", "n", "broken", "undecidable", "share", "low", "high"]])

# %% [markdown]
# 满意率有两种口径：含“基本满意”的（N8A）是85.4%，不含的（N8B）是77.0%，都只以回访到、有评价的213件计，93件没有评价。
# 报满意率，先说口径，再说有多少人没有评价。九十日内就同一事项再次来电的20件（P32B），疑似第一次没有办好。
#
# ## 今天该盯哪几件

# %%
eff.show(office.lights[["log", "standard_id", "case_id", "light", "due", "left_hours"]], rows=10)
