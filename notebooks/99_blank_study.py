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
# # 99 【待填：一句话的问题】
#
# **问** 【待填：只问一件事，例如“请示件转办为什么超时？”】
#
# **答** 【待填：最后写，两三句，每个数字都能在下面的表里找到；说不清的写“说不清”】
#
# 用法：复制本册，改名，把【待填】逐个填上，不用的小节删去。现在填的是示例机关的收文登记，可以直接运行。
# 一册一问；`office` 的每张表算一次，按名字取，全部名字见 `dir(office)`。

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
}  # 【待填：右边换成自己日志的列名】
record = eff.read_record("../data/sample/incoming.csv", columns)  # 【待填：日志】
calendar = eff.read_calendar("../data/sample/calendar.toml")  # 【待填：办公时间】
standards = eff.read_standards("../data/sample/standards.csv")  # 【待填：时限】
office = eff.study(
    record,
    calendar,
    standards,
    cutoff="2024-12-31 18:00",  # 【待填：截止时点】
    closed_by=["归档", "退文"],  # 【待填：办到哪一步算办结】
    period=("2024-07-01", "2024-12-31"),  # 【待填：只看哪一段时间起头的件】
    name="收文",
)

# %% [markdown]
# ## 记录靠得住吗
#
# 【待填：退回几行，可疑几行，会不会改变答案】

# %%
{"读入": record.rows, "退回": len(office.rejected), "置空": len(office.changed)}
# %%
eff.show(office.quality)

# %% [markdown]
# ## 总的情况
#
# 【待填：多少件，办结多少，多久】

# %%
eff.show(office.overview[["cases", "done", "open", "done_share", "median_hours", "ninety_hours"]])

# %% [markdown]
# ## 【待填：小标题】
#
# **图1** 【待填：图里是什么】（n 见图题；单位：【待填】；来源：【待填：哪本登记、哪段时间】）。

# %%
office.plot.compliance();
# %%
held = office.compliance.merge(standards[["standard_id", "short"]], on="standard_id")
eff.show(held[["standard_id", "short", "decided", "met", "late", "overdue", "share", "low", "high", "target"]])

# %% [markdown]
# 【待填：一句结论，带上 n 和区间。区间跨过目标的，写“说不清”。同在不等于原因】
#
# ## 落到哪几件
#
# 【待填：翻哪几件的原始记录，翻了以后知道了什么】

# %%
late = office.judgements.query("verdict == 'late'").sort_values("over_hours", ascending=False)
eff.show(late[["standard_id", "case_id", "from_time", "due", "to_time", "over_hours"]], rows=5)

# %% [markdown]
# ## 还不知道的
#
# 【待填：日志里没有、要去问人的是什么】
