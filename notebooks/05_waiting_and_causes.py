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
# # 05 为什么慢，超时常和什么同在
#
# **问** 办结率98.6%，为什么还有那么多件超时？时间等在哪里，超时常和什么情形同在？
#
# **答** 两句话问的不是一回事。2,000件办结了1,971件；但有结论的1,926件中，四项时限都守住的只有1,346件，占69.9%。等待的79.9%落在办公时间之外；
# 办公时间之内的，70.8%记录说明不了，18.4%是经办人正办着先到的件。超时与三种情形同在最多：请示转办与月末，当日拟办与16点以后来件，
# 一个工作日内拟办与综合处。
#
# **同在不等于原因。** 日志是看来的，不是试出来的。本册的数只说该去哪里查；要说是原因，得改一改，再看变没变（第06、07册）。

# %%
import os

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

columns = {
    "case_id": "流水号",
    "activity": "环节",
    "received": "到达时间",
    "start": "开始时间",
    "end": "办结时间",
    "actor": "经办人",
    "unit": "处室",
}
log = eff.read_log("../data/sample/incoming.csv", columns)
calendar = eff.read_calendar("../data/sample/calendar.toml")
limits = eff.read_standards("../data/sample/standards.csv")
standards = limits[limits["standard_id"].isin(["T1", "T4", "T5", "T8"])]  # 第03册里没有达到的三项，和件数多的一项
office = eff.study(
    log, calendar, standards, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"], name="收文"
)

# %% [markdown]
# ## 办结率与按期率是两回事
#
# 办结率只问办没办完，按期率问是不是在时限之内办完。两个数不能合并，也不能互相代替。

# %%
decided = office.judgements[office.judgements["verdict"].isin(["met", "late", "overdue"])]
whole = decided.assign(met=decided["verdict"] == "met").groupby("case_id")["met"].all()
{
    "收文": len(office.cases),
    "办结": int((~office.cases["open"]).sum()),
    "办结率": f"{(~office.cases['open']).mean():.1%}",
    "这四项有结论的件": len(whole),
    "四项都按期": int(whole.sum()),
    "占比": f"{whole.mean():.1%}",
}

# %%
held = office.compliance.merge(standards[["standard_id", "short"]], on="standard_id")
eff.show(held[["standard_id", "short", "decided", "met", "late", "overdue", "share", "low", "high", "target"]])

# %% [markdown]
# 只看四项，580件至少有一项没有按时。所以“办结率98.6%”和“不按规定时间办结”可以同时成立。
#
# ## 时间等在哪里
#
# 一步从可以开始到真正动手之间是等待，拆成六部分：办公时间以外；疑似攒批等齐；经办人正办着后到的件（后到先办）；正办着先到的件（在办先到件）；
# 疑似无人在岗；以上都说明不了的（其他）。经办人手上有件时，先归到在办；手上空着还不动，才算攒批。
#
# **图1** 各环节的等待（n = 22,065步；单位：办公小时；来源：示例机关收文登记，2023至2024年）。

# %%
office.plot.waiting();
# %%
waits = office.waiting[["activity", "cause", "hours", "share", "work_share", "work_low", "work_high"]].rename(
    columns={"hours": "小时"}
)
eff.show(waits[waits["activity"] == ""].drop(columns="activity"))

# %%
eff.show(waits[waits["activity"] == "承办"].drop(columns="share"))

# %% [markdown]
# 原因依次是：`off` 办公时间以外，`batching` 疑似攒批等齐，`prioritisation` 后到先办，`contention` 在办先到件，`unavailability` 疑似无人在岗，`other` 其他。
# 墙上的钟所计的等待79.9%落在办公时间之外：这不是谁办得慢，是下班了。落在办公时间之内的，18.4%在办先到件，7.7%后到先办，3.0%疑似攒批，
# 0.1%疑似无人在岗；其余70.8%记录说明不了，不能硬归到哪一条，只能去问：在等领导的时间，等别的单位的材料，还是放着没动。
# 承办的等待中，25.0%是经办人手上还有先到的件。
#
# ## 是不是件太多
#
# 来的比办的多，积压才会越来越大。先看综合处，再看月末三个工作日是不是来得多。
#
# **图2** 综合处每月到件、办出和月末在手（n = 3,175件次；单位：件次；来源：示例机关收文登记，2023至2024年）。

# %%
eff.plot.workload(office.workload.query("unit == '综合处'"));
# %%
ends = eff.control.month_end(office.events())
ends = ends.assign(**ends[["ratio", "low", "high"]].map("{:.2f}".format))
eff.show(ends[["unit", "end_arrivals", "other_arrivals", "ratio", "low", "high"]])

# %% [markdown]
# 月末三个工作日与平日相比，一天到件之比，秘书一处是1.09倍（0.94至1.25），各处的区间都含1，看不出月末来得多。这一点下面要用到。

# %% [markdown]
# ## 从一个环节到下一个环节
#
# 用时最多的五对相邻环节，最后三个月的每一次流转画成一条线，从上一环节办完之日连到下一环节办完之日。颜色按这一对自己的办公小时分四档。
#
# **图3** 相邻环节的流转（件次见下表；来源：示例机关收文登记，2024年第四季度）。

# %%
eff.plot.spectrum(office.spectrum);
# %%
recent = office.spectrum.query("left >= '2024-10-01'")
eff.show(recent.groupby(["rank", "source", "target"])["steps"].sum().reset_index().drop(columns="rank")
    .rename(columns={"source": "移交方", "target": "接收方"}))

# %% [markdown]
# 批示到承办的线交叉得多：后批的常常先办完，不是先来先办。承办到催办、补正到补正完成的线平，隔几天才有下文。
#
# ## 是不是压着时限办
#
# 要是大家踩着时限办，到期前最后十分之一时间里办完的，会比再前面那十分之一多。
#
# **图4** T8（报送落实情况）办完时离到期还有多久（n = 1,867件；单位：小时；来源：示例机关收文登记，2023至2024年）。

# %%
eff.plot.bunching(office.due.query("standard_id == 'T8'"));
# %%
near = office.bunching.assign(rise_p=office.bunching["rise_p"].map("{:.3f}".format))
eff.show(near[["standard_id", "n", "last_tenth", "tenth_before", "rise_p"]])

# %% [markdown]
# T8最后一成时间内办完53件，再前面一成63件，看不出踩着时限办。四项里只有T5最后一成多出来：9件对0件。只有9件，先记着，不足以下结论。
#
# ## 超时常和什么情形同在
#
# `share` 是其他情形都相同时，超时与否的差别里有多大一部分与这一情形同在，附95%区间。每项只列最大的两个情形。

# %%
factors = office.factors.sort_values(["standard_id", "share"], ascending=[True, False])
eff.show(factors.groupby("standard_id").head(2)[["standard_id", "attribute", "n", "share", "low", "high"]])

# %% [markdown]
# **图5** T1 请示件30分钟内转办，超时的比例（n = 546件；单位：%；来源：示例机关收文登记，2023至2024年）。

# %%
eff.plot.tree(office.trees.query("standard_id == 'T1'"));
# %% [markdown]
# **图6** T4 收文当日拟办，超时的比例（n = 1,925件；单位：%；来源：示例机关收文登记，2023至2024年）。

# %%
eff.plot.tree(office.trees.query("standard_id == 'T4'"));
# %% [markdown]
# **图7** T5 一个工作日内拟办，超时的比例（n = 637件；单位：%；来源：示例机关收文登记，2023至2024年）。

# %%
eff.plot.tree(office.trees.query("standard_id == 'T5'"));
# %%
t5 = office.circumstances.query("standard_id == 'T5'")
eff.show(t5.groupby(["unit", "文种"])["late"].agg(件数="size", 超时="sum", share="mean").reset_index())

# %% [markdown]
# **T1 与月末**：月末的81件请示中67件超时，占82.7%；平时465件中28件，占6.0%。月末来件并不比平日多多少，这么大的差别单用“来得多”说不通，
# 要去看月末那三天转办的人手在做什么。
#
# **T4 与16点以后来件**：16点以后签收的296件，73.6%没有当日拟办；其余时段的1,629件，10.7%。其余时段里，综合处18.6%，别的处4.0%。
#
# **T5 与综合处**：超时的91件都在综合处，306件中占29.7%；别的处331件中一件也没有。再按文种分开，综合处的意见、通知几乎一样（29.5%和30.0%），
# 与超时同在的是处室，不是文种。
#
# 到这里，三项超时都落到了可以去查的地方。下一册问：综合处是不是比可比的件慢，改了以后有没有变。
