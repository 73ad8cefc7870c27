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
# # 09 问了889份，听到了什么
#
# **问** 示例机关走访21个单位、访谈56人次、发放问卷889份。回来多少，谁答的，说了什么，说得有多准？
#
# **答** 回收818份（92.0%），有效783份。评价最好的是热线按期办结（79.4%作肯定评价）、来文及时转办（76.3%）和服务态度（73.3%）；
# 认可最少的是督查：只有34.4%的人否认检查过多，按期反馈35.6%。说原因，六成选“会议多”。
# 同一单位的人说法相近，783份答卷抵不上783个互不相干的人：设计效应多在2至3，区间因此宽了一半左右。

# %%
import os

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

place = "../data/sample/survey"
survey = eff.read_survey(f"{place}/answers.csv", f"{place}/codebook.csv", issued=f"{place}/issued.csv")
survey

# %% [markdown]
# ## 发放、回收、有效
#
# 三个数分开，才说得清。无效的按事先写下的规则认定，每条剔除多少都在这里，没有悄悄丢掉的。

# %%
eff.show(survey.validity, of="validity")

# %%
asked = eff.open_review("../analysis/sample-review").inquiry
eff.show(asked.returns.head(8), of="returns")

# %% [markdown]
# 答的人像不像在册的人？学历上，研究生答得积极些，中专及以下少些，差别没有超出偶然（p = 0.11）；按学历加权前后，各题比例差不到半个百分点。
# 人员类别有两个单位打了星号，不能当作零，也就没有框可比。

# %%
eff.show(asked.representation.query("attribute == 'education'"), of="representation")

# %% [markdown]
# ## 说好的，说不好的
#
# **图1** 六道题的作答分布（n = 6题；单位：占作答人数的%；中间档居中；来源：示例机关问卷，2024年11月）。

# %%
levels = asked.levels.query("item in ['RX1', 'XT1', 'ZF1', 'DC1', 'CM1', 'DC4']")
names = survey.items.set_index("item")["short"].to_dict()
eff.plot.likert(levels, names=names);

# %% [markdown]
# “督查检查过多”是反向题：图上照原话画，算比例时调转，作否定回答的才算好。
# 满意率有两种口径：不含“一般”的（`share`）和含“一般”的（`wide_share`）。热线79.4%和96.0%，督查按期反馈35.6%和73.5%：报一个数，先说口径。

# %%
opinions = eff.likert(survey)
eff.show(opinions.sort_values("share")[["item", "n", "share", "low", "high", "wide_share", "against_share", "mean"]], rows=25, of="opinions")

# %% [markdown]
# ## 说得有多准
#
# 同一单位的人，见的是同一批事，说法相近。把783人当作互不相干，区间就假窄。以21个单位为群，设计效应最小1.6、最大7.0：

# %%
eff.show(opinions.sort_values("design_effect")[["item", "n", "icc", "design_effect"]].iloc[[0, 12, -1]], of="opinions")

# %% [markdown]
# 督查按期反馈的设计效应是7.0，比别的题大得多：不是各人看法不同，是各单位不同。是哪几个单位，见 [10](10_opinion_and_record.ipynb)。
#
# 六个维度各四题，合在一起测的是不是同一件事？α都在0.7以上，没有一题与本维度反着走（反向题已调转，没有调两次）。

# %%
eff.show(eff.reliability(survey), of="reliability")

# %% [markdown]
# ## 各单位、各类人
#
# **图2** 各单位各维度作肯定评价的比例（n = 21个单位；单位：%；来源：示例机关问卷，2024年11月）。

# %%
eff.plot.office_opinions(survey);

# %% [markdown]
# 学历、人员类别、年龄、单位类型与25道题逐一交叉，100项检验中6项 p 小于0.05，与什么差别都没有时该有的5项差不多；按 Holm 校正以后一项也不剩。
# 从这份问卷看不出哪类人的看法不同，不等于没有不同。

# %%
tests = asked.crosstabs
eff.show(tests.sort_values("p").head(6)[["item", "attribute", "n", "chi2", "p", "p_holm", "cramers_v"]], of="crosstabs")

# %% [markdown]
# ## 大家说的原因
#
# **图3** “影响办事效率的主要原因”各选项（n = 749人；单位：占作答人数的%，可选多项；横线为95%区间；来源：示例机关问卷，2024年11月）。

# %%
eff.plot.choices(survey);

# %% [markdown]
# 63.2%的人选“会议多”，区间从59.0%到67.1%，明确过半；“材料多”52.2%、“检查多”51.9%，区间都跨过一半，不能说“多数人”。
# 这是看法，不是原因：会议多不多、材料多不多，要看会议台账和发文记录。
#
# 写了意见的272人，按词表归类；一个词都不沾的41人也数在里面。点了名的，名字已换成代号。

# %%
eff.show(asked.open_answers, of="open_answers")

# %% [markdown]
# ## 访谈：问到没有新话为止
#
# **图4** 访谈的信息饱和（n = 56次访谈；单位：编码个数；来源：示例机关访谈编码表，2024年11月）。

# %%
eff.plot.saturation(asked.saturation);

# %% [markdown]
# 15个编码，第29次访谈以后再没有新的：再多访谈几次，也只是多听几遍。谈得最多的是督查，56次中19次说“结果没有运用”，17次说“重复检查”。

# %%
eff.show(asked.interview_themes[["theme", "code", "k", "n", "offices", "example"]], rows=6, of="interview_themes")

# %% [markdown]
# ## 与上年比
#
# 两年都问过的只有六题，只比这六题。没有一题的变化区间不含零：看不出变了，也看不出没变。

# %%
eff.show(asked.trends, of="trends")
