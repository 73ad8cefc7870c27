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
# # 10 大家说的，和记录对得上吗
#
# **问** 四道题问的事，办理记录里也有：督查按期反馈、来文转办、当日拟办、热线按期办结。说的和记的一致吗？
#
# **答** 两题一致：督查按期反馈，只有35.6%的人认可，记录达标率81.5%，低于目标；来文及时转办，76.3%认可，记录98.0%。
# 一题说好于记录：热线按期办结，79.4%的人认可，而按期办结率90.9%，低于95%的目标。当日拟办尚不能判定。
# 热线办结率96.7%，按期办结率90.9%：办结不等于按期办结，只听评价看不到这一层。

# %%
import os

import pandas as pd

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

office = eff.open_review("../analysis/sample-review")
asked = office.inquiry

# %% [markdown]
# ## 四道题，四项时限
#
# 编码表的“关联指标”一列写着衡量同一件事的时限编号。看法的区间高于一半为好、低于一半为差；记录的区间不低于目标为好、低于目标为差；其余不下结论。

# %%
eff.show(asked.items.query("linked != ''")[["item", "short", "linked"]], of="items")

# %%
eff.show(asked.triangulation[["item", "log", "linked", "n", "share", "low", "high", "record_n", "record", "record_low", "record_high", "target", "reading"]], of="triangulation")

# %% [markdown]
# ## 说对了的：督查按期反馈
#
# 认可的人少，超时的件也多。再看是哪几个单位：市住建局53人没有一人认可，它的20件中12件超时；市农业农村局48人中64.6%认可，26件中只有1件超时。

# %%
eff.show(asked.agreement.query("item == 'DC1'")[["office", "n", "share", "record_n", "record", "says", "shows"]], of="agreement")

# %% [markdown]
# **图1** 督查事项各单位的超时比例与随机波动的范围（n = 6个单位、146件；单位：%；来源：示例机关督查台账，2024年）。

# %%
office["supervision"].plot.funnel(standard_id="D3");

# %% [markdown]
# 六个单位的等级相关是0.83，方向是说差的确实差；可是只有六个单位，区间从 −0.13 到 0.99，只能当作描述。
# 市交通局是个例外：认可的只有33.3%，24件中22件按期。也许是那两件印象太深，也许问卷里想的是别的事，要去问。
#
# ## 说错了的：热线按期办结
#
# 五个承办单位，人人说好；记录里市城管局72件中16件超时，按期率77.8%。

# %%
eff.show(asked.agreement.query("item == 'RX1'")[["office", "n", "share", "record_n", "record", "says", "shows"]], of="agreement")

# %% [markdown]
# **图2** 热线工单按期率（n = 602次判定；单位：%；点为按期率，横线为95%区间，竖线为目标；来源：示例热线工单，2024年）。

# %%
office["hotline"].plot.compliance();

# %% [markdown]
# “便民服务热线……办结率均达到99%以上”是这类报告里的老话。办结率的分母是应办的件，只要办了就算；按期办结率要在时限以内。
# 同一批306件，办结率96.7%（其余还在办），到期的296件中按期的269件，90.9%。两个数都对，混在一起就错。

# %%
eff.show(asked.triangulation[["item", "log", "done_share", "record", "target"]], of="triangulation")

# %% [markdown]
# ## 访谈怎么说
#
# 访谈里有16次谈到“反馈拖到期满”，14个单位都有人说。说法、看法、记录三样指着同一件事，才写得硬。

# %%
eff.show(asked.interview_themes.query("theme == '督查'"), of="interview_themes")

# %% [markdown]
# ## 写进报告的话
#
# 看法与记录不一致的，列为一项提示，话说到“须核实”为止；一致的，写在记录那一项问题后面，作旁证。

# %%
told = [{"level": one.level, "item": one.about("item"), "value": one.value, "low": one.low, "high": one.high, "n": one.n} for one in asked.findings]
eff.show(pd.DataFrame(told), of="opinions")
