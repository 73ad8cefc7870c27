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
# # 05 等待与原因：为什么慢
#
# 同一份调研报告里，常常先写“办结率达到99%以上”，后面又写“文件办理不及时，不按规定时间办结”。
# 两句话都可能是真的，因为说的不是一回事：**办结率**只问办没办完，**按期办结率**问是不是在时限之内办完。
# 两个数不能合并，也不能互相代替。本册从这个矛盾说起，再问时间等在哪里、超时常和什么情形同在。

# %%
import efficiency as eff

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
standards = eff.read_standards("../data/sample/standards.csv")

# %% [markdown]
# 本册要的各张表都从同一份日志算出：`eff.study` 把日志排好一次，每张表在第一次用到时算，只算一次。

# %%
office = eff.study(
    log, calendar, standards, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"]
)
cases, judgements, waits, known = (
    office.cases, office.judgements, office.waiting, office.circumstances
)

# %% [markdown]
# ## 办结率与按期办结率
#
# 两年来文2000件，到截止时办结了1971件，办结率98.6%；只看12月以前来的，办结率99.6%。

# %%
early = cases[cases["first"] < "2024-12-01"]
{
    "来文": len(cases),
    "办结": int((~cases["open"]).sum()),
    "办结率": round(float((~cases["open"]).mean()), 3),
    "12月以前来文的办结率": round(float((~early["open"]).mean()), 3),
}

# %% [markdown]
# 同样这2000件，对照时限看：每一项适用的时限都守住了的，只有1390件，占69.5%。
# 单看一项也是如此：请示30分钟内转办（T1）的按期率82.6%，当日拟办（T4）的按期率79.6%。

# %%
decided = judgements[judgements["verdict"].isin(["met", "late", "overdue"])]
kept = decided.assign(met=decided["verdict"] == "met").groupby("case_id")["met"].all()
{"已有结论的件": len(kept), "每项都按期": int(kept.sum()), "占比": round(float(kept.mean()), 3)}

# %%
office.compliance[["standard_id", "n", "late", "overdue", "share"]].round(3)

# %% [markdown]
# ## 时间等在哪里
#
# 一步从“可以开始”到“真正动手”之间，是等待。等待拆成六部分：办公时间以外（夜间、周末、放假）；疑似攒批等齐；
# 经办人正办着后到的件（后到先办）；正办着先到的件（在办先到件）；疑似无人在岗；以上都说明不了的（其他）。
# `precedence="desk"` 的意思是：经办人手上有件时，先归到“在办”，手上空着还不动，才算攒批。

# %%
whole = waits[waits["activity"] == ""]
whole[["cause", "hours", "share", "work_share", "work_low", "work_high"]].round(3)

# %% [markdown]
# 墙上的钟所计的等待，79.9%落在办公时间之外：这不是谁办得慢，是下班了。
# 落在办公时间之内的那部分，18.4%是经办人在办先到的件，7.7%是后到的先办了，3.0%疑似攒批等齐，
# 疑似无人在岗的只占0.1%；其余70.8%日志说明不了。说明不了的不能硬归到哪一条，只能去问：是在等领导的时间，
# 等别的单位的材料，还是放着没动。

# %%
office.plot.waiting();
# %% [markdown]
# 等得最久的是“承办”，办公时间之内的等待有25.0%是经办人手上还有先到的件。

# %%
slowest = waits[waits["activity"] == "承办"]
slowest[["cause", "hours", "work_share", "work_low", "work_high"]].round(3)

# %% [markdown]
# ## 是不是件太多
#
# 来的比办的多，积压才会越来越大。先看一个处：综合处每月到件、办结和月末在手。

# %%
eff.plot.workload(office.workload.query("unit == '综合处'"));
# %% [markdown]
# 再看各处：到件与办结之比（`ratio`）的区间都含1，看不出哪个处来的比办的多，总量上没有越积越多。

# %%
office.balance[["unit", "arrivals", "completions", "open", "ratio", "low", "high", "p"]].round(3)

# %% [markdown]
# ## 月末是不是来得特别多
#
# 每月最后三个工作日，与其余工作日比，一天到的件数之比。秘书一处是1.09倍（0.94至1.25），看不出月末来得多；
# 各处大多略高于1，即使真有差别，也只在一两成之间（应急办昼夜收文，起伏大，区间也宽）。这一点下面要用到。

# %%
eff.control.month_end(office.events())[["unit", "end_arrivals", "other_arrivals", "ratio", "low", "high", "p"]].round(3)

# %% [markdown]
# ## 是不是压着时限办
#
# 只看办完时离到期还有多久。要是大家踩着时限办，到期前最后十分之一时间里办完的，会比再前面那十分之一多。
# T8（报送落实情况）最后十分之一有53件，前面的十分之一有59件，看不出踩点。

# %%
eff.plot.bunching(office.due.query("standard_id == 'T8'"));
# %%
office.bunching[["standard_id", "n", "last_tenth", "tenth_before", "rise_p"]].round(3)

# %% [markdown]
# 十项里只有T5（一个工作日内拟办）最后十分之一多出来：9件对0件。只有9件，先记着，还不足以下结论。
#
# ## 超时常和什么情形同在
#
# 起算的钟点、星期、是否月末、处室、文种、来文单位……哪一样与超时同在？
# `share` 是其他情形都相同时，超时与否的差别里有多大一部分与它同在，附95%区间。
#
# **同在不等于原因。** 日志是看来的，不是试出来的：月末超时多，可能因为月末忙，也可能因为月末的件本来就不同，
# 还可能两者都由日志里没有的事引起。表里的数只说该去哪里查；要说是原因，得改一改，再看变没变（第06、07册）。
#
# **T1 请示30分钟内转办：月末**

# %%
office.factors.query("standard_id == \'T1\'").head(4).round(3)

# %% [markdown]
# 月末的请示有82.7%超时，平时只有6.0%。前面看到，月末来文并不比平日多多少，这么大的差别单用“来文多”说不通，
# 要去看月末那三天转办的人手在做什么。

# %%
eff.plot.tree(office.trees.query("standard_id == \'T1\'"));
# %% [markdown]
# **T4 当日提出处理意见：下午四点以后来的**

# %%
office.factors.query("standard_id == \'T4\'").head(4).round(3)

# %% [markdown]
# 16点以后签收的件，73.6%没有当日拟办；其余时段签收的，10.7%。
# 每一支里又都是综合处高：其余时段签收的，综合处18.6%，别的处4.0%。

# %%
eff.plot.tree(office.trees.query("standard_id == \'T4\'"));
# %% [markdown]
# **T5 一个工作日内拟办：综合处**
#
# 超时的91件都在综合处：综合处306件中29.7%超时，其他处331件中一件也没有。

# %%
eff.plot.tree(office.trees.query("standard_id == \'T5\'"));
# %%
(
    known.query("standard_id == 'T5'")
    .groupby(["unit", "文种"])["late"]
    .agg(["size", "sum", "mean"])
    .round(3)
)

# %% [markdown]
# 这项时限只管“意见”和“通知”。再按文种分开，综合处两个文种的超时占比几乎一样（29.5%和30.0%），可见与超时同在的
# 是处室，不是文种。
#
# 到这里，每一项超时都落到了一个可以去查的地方：月末的转办、下午四点以后的拟办、综合处的意见和通知。
# 下一册问两件事：综合处是不是真的比条件相同的处慢，改了以后有没有变。
