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
# # 03 用时与时限
#
# 本册回答两个问题：办一件事要多久；对照时限标准，按时的有多少。
# 所有时间都是办公时间：只数办公时段之内的时间，放假安排和调休按国务院办公厅的通知。

# %%
import pandas as pd

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
office = eff.study(log, calendar, standards, cutoff="2024-12-31 18:00")

# %% [markdown]
# ## 办公时间怎么数
#
# 17:25 登记、次日 8:45 转办：墙上的钟走了十五个多小时，办公时间只有 35 + 15 = 50 分钟。

# %%
start = pd.Series(pd.to_datetime(["2024-03-05 17:25"]))
end = pd.Series(pd.to_datetime(["2024-03-06 08:45"]))
(eff.work_hours(start, end, calendar) * 60).round()

# %% [markdown]
# ## 一件文要办多久
#
# 还没办完的件不能丢：丢了它们，等于只数办得快的。Kaplan-Meier 曲线把它们算作“到截止时还没办完”。

# %%
office.cases.groupby("文种")["work_hours"].describe().round(1)

# %%
office.plot.completion();
# %% [markdown]
# ## 时间花在哪个环节
#
# 线段是十分位到九分位，点是中位数。中位数说“通常多久”，九分位说“慢的时候多久”。

# %%
office.plot.step_times();
# %%
office.step_summary[["activity", "n", "hours", "share", "low", "high", "queue_share"]].round(3)

# %% [markdown]
# ## 对照时限标准
#
# 每一件对每一项标准给一个结论：达标、超时、未到期、超期未办、暂停中、不可判定。
# 分母只取能判定的件：达标 + 超时 + 超期未办。

# %%
standards[["standard_id", "title", "from", "to", "limit", "clock", "target"]]

# %%
office.judgements["verdict"].value_counts()

# %%
office.compliance.round(3)

# %% [markdown]
# 点是达标率，横线是 95% 置信区间，竖线是目标。整条横线都在竖线左边的（红色），才说“没有达到”；
# 点在左边而横线跨过竖线的（橙色），说“需要关注”。

# %%
titled = office.compliance.merge(standards[["standard_id", "title"]], on="standard_id")
eff.plot.compliance(titled);
# %% [markdown]
# ## 看一件超时的文
#
# 任何一个数字都能落到具体的件上。下面是超出最多的几件：何时起算、何时到期、何时办完。

# %%
late = office.judgements.query("verdict == 'late'").sort_values("over_hours", ascending=False)
late[["standard_id", "case_id", "from_time", "due", "to_time", "over_hours"]].head(5)
