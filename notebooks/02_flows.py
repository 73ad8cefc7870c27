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
# # 02 事情实际怎么办
#
# 制度写的是应当怎么办，日志记的是实际怎么办。本册只看后者：有多少种走法，谁接着谁，
# 在哪里打转，哪一段最费时间。

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
office = eff.study(log, calendar)

# %% [markdown]
# ## 走法
#
# 一种走法，就是一件文从头到尾经过的环节顺序。走法越集中，流程越规范；
# 只出现一两次的走法，值得单独翻一翻。

# %%
office.variants.head(8)

# %%
office.variants["share"].head(5).sum()

# %% [markdown]
# ## 流程图
#
# 方框里是环节和次数；线上是次数和**办公时间**的中位数。夜里、周末、节假日不算，调休上班的周末算。
# 线越粗走得越多，越红等得越久。

# %%
office.plot.flow();
# %% [markdown]
# ## 返工
#
# 同一件文里同一个环节办了不止一次，就是重复办理。有的是必要的退改，有的是本可避免的返工，
# 数据只能告诉我们有多少、花了多少时间。

# %%
office.rework.query("repeated_cases > 0")

# %% [markdown]
# ## 流程模型
#
# 从日志里自动发现的流程模型（归纳挖掘，略去两成以下的偶发分支）。× 表示选择，+ 表示并行。

# %%
eff.discover(log, noise=0.2)

# %% [markdown]
# 看清了路怎么走，下一册看走得快不快，按不按时。
