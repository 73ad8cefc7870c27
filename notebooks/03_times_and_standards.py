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
# # 03 办得快不快，按不按时
#
# **问** 办一件文要多久，对照时限按时的有多少？
#
# **答** 半数的件在34.2个办公小时（4.9天）内办结，九成在70.2个办公小时（10.0天）内办结；环节用时的58.9%在承办。十项时限中，五项达到目标；
# 两项（T14、T15）的按期率高于目标，但件数少，区间跨过目标，还不能下结论；三项没有达到：请示件30分钟内转办82.6%，
# 收文当日拟办79.6%，一个工作日内拟办85.7%。

# %%
import os

import pandas as pd

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
standards = eff.read_standards("../data/sample/standards.csv")
office = eff.study(
    log, calendar, standards, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"], name="收文"
)

# %% [markdown]
# ## 办公时间怎么数
#
# 17:25 登记、次日 8:45 转办：墙上的钟走了15小时20分，办公时间只有 35 + 15 = 50 分钟。
# 夜间、周末不算；放假和调休按国务院办公厅的通知。

# %%
evening, morning = pd.to_datetime(pd.Series(["2024-03-05 17:25", "2024-03-06 08:45"]))
hours = eff.work_hours(pd.Series([evening]), pd.Series([morning]), calendar)
(hours * 60).round().tolist()

# %% [markdown]
# ## 一件文要多久
#
# 还没办完的件不能丢：丢了它们，等于只数办得快的。
#
# **图1** 收到以后若干办公小时之内办结的比例（n = 2,000件，其中29件在办；Kaplan-Meier 估计，带为95%区间；来源：示例机关收文登记，
# 2023至2024年）。还在办的件算作“到截止时还没办完”。

# %%
office.plot.completion();
# %%
eff.show(office.overview[["cases", "done", "open", "done_share", "median_hours", "ninety_hours", "median_days", "ninety_days"]])
# %% [markdown]
# 2,000件中办结1,971件，办结率98.6%。这个数只说办没办完，不说按不按时。
#
# ## 时间花在哪个环节
#
# **图2** 各环节一次的用时（n = 22,071步；单位：办公小时；点为中位数，线段为第10至第90百分位数；来源：示例机关收文登记，2023至2024年）。
# 环节按用时合计从多到少排。

# %%
office.plot.step_times();
# %%
steps = office.step_summary.sort_values("share", ascending=False)
eff.show(steps[["activity", "n", "hours", "share", "low", "high", "median", "p90", "queue_share"]], rows=6)

# %% [markdown]
# 承办占58.9%（58.1%至59.8%），归档占15.1%，其余都不到一成。承办一次中位17.5个办公小时，其中72.0%是等着动手（`queue_share`），不是在办；
# 归档的97.2%是等着。等在哪里，第05册再看。
#
# ## 对照时限
#
# 每一件对每一项时限给一个结论：达标、超时、未到期、超期未办、暂停中、不可判定。
# 按期率的分母只取有结论的件：达标、超时、超期未办三项之和。下表的“时钟”：`working` 数办公时间，`elapsed` 数墙上的钟，
# 空的按日计。

# %%
eff.show(standards[["standard_id", "title", "from", "to", "limit", "clock", "target"]])

# %%
held = office.compliance.merge(standards[["standard_id", "short"]], on="standard_id")
eff.show(
    held[
        ["standard_id", "short", "decided", "met", "late", "overdue", "pending", "suspended",
         "undecidable", "share", "low", "high", "target"]
    ]
)

# %% [markdown]
# **图3** 各项时限的按期率（n = 6,933次判定；单位：%；点为按期率，横线为95%区间，竖线为目标；来源：示例机关收文登记，2023至2024年）。

# %%
office.plot.compliance();
# %% [markdown]
# 整条横线都在竖线左边的（红色），才说“没有达到”：T1、T4、T5。整条横线都在竖线上或右边的，才说“达到”：T2、T3、T6、T8、T9。
# T14、T15各125件，按期率93.6%、94.4%，高于目标90%，横线跨过竖线：件数还不够多，说不清。没有一件不可判定。
#
# ## 每个数字落到哪一件
#
# 下面是超出最多的几件：何时起算、何时到期、何时办完。以日计的时限，到期写作次日零时；超出的小时按墙上的钟数。

# %%
late = office.judgements.query("verdict == 'late'").sort_values("over_hours", ascending=False)
eff.show(late[["standard_id", "case_id", "from_time", "due", "to_time", "over_hours"]], rows=5)

# %% [markdown]
# 下一册看程序：哪些件没有按规定走。
