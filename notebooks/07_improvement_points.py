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
# # 07 改进点：记下来，一年后看变了没有
#
# 前几册找问题，本册管问题：每一条发现记成一个改进点，由人填上目标、措施、责任和时限；一年以后重新量一遍，
# 说清楚变了没有，再由人决定是固化、再改还是停止。这就是计划、执行、检查、处理（PDCA）。
# 台账是一个 `points.csv`，用表格软件打开就能填；各列的含义见 `docs/points.md`。

# %%
from pathlib import Path

import efficiency as eff
from efficiency.criteria.countermeasures import countermeasures

folder = Path("../analysis/sample-review")

# %% [markdown]
# ## 第一年：评估写出改进点，人来填
#
# 下面是2023年评估之后的台账，人已经填过。40个改进点，都是当年新发现的。
# 评估只写问题、要求、衡量指标和基线，每个基线都带95%区间；目标、措施、责任、时限、执行情况一律由人填，评估从不改动。

# %%
first = eff.read_points(folder / "points.csv")
first["status"].value_counts()

# %%
planned = first[first["countermeasure"] != ""]
planned[["title", "baseline", "baseline_low", "baseline_high", "target"]].round(3)

# %%
planned[["countermeasure", "owner", "planned", "due", "action", "done"]]

# %% [markdown]
# 填了措施的有7个，到这时已做完的有4个。基线是当年量出来的，不是人填的，所以一年后比得上。
#
# ## 有哪些措施可选
#
# 对每一类问题，只列文件里写过的措施，附出处和原文；文件没有写过的，一条也不编。比如对“承办用时占比大”和“反馈不正式”（P9）：

# %%
for_slow = eff.offered("slow_step", {"activity": "承办"})
for_informal = eff.offered("rule", {"rule_id": "P9"})
[f"{measure.name.zh}：{measure.wording.zh}。出处：{measure.source}" for measure in for_slow + for_informal]

# %% [markdown]
# 目录里的措施共22条。有的问题文件里没有对应的措施，就一条也不列，由人来想，比如某个处用时比可比件长：

# %%
{
    "目录": len(countermeasures()),
    "某处用时长，可选的措施": len(eff.offered("slow_group", {"attribute": "unit"})),
}

# %% [markdown]
# ## 第二年：重新量一遍
#
# 2024年的评估读这本台账，把每个改进点重新量过：有做完的措施的，只量措施做完次日以后开始的件。
# 评估写出的台账在 `output/tables/points.csv`；`efficiency pdca 文件夹 --update` 把它并入人填的那一本，人填的一格不动。
# 这里先看评估做过没有，没有就做一次（一两分钟）。

# %%
reviewed = folder / "output" / "tables" / "points.csv"
if not reviewed.is_file():
    eff.review(folder)
second = eff.read_points(reviewed)
cutoff = second["checked"].max()
second["status"].value_counts()

# %%
second.loc[second["status"] == "new", ["kind", "title"]]

# %% [markdown]
# 去年的改进点今年仍够得上一条发现的，是“仍存在”；另有2个是新发现的：秘书三处的返工率、综合处的超时率，都高于可比的件。
# 变快了的变化是好消息，不记作改进点。有几个去年的点今年不再这样量（环节占全部时间的比例、退回和补正本身的重复），
# 状态照旧，不算“已解决”。违反率降了一些但仍够得上的，还是“仍存在”。有没有效，要看检查结论。
#
# ## 检查：变了没有
#
# 只算做完次日以后开始、到截止时已能判定的件，与做完之前一年内、同样月份、同样构成的件比；别的处没有采取措施的同类件，
# 同期的变化要扣除。差的95%区间不含零，才说变好或变差；变好而且到了目标，是“有效”，没到目标，是“部分有效”；
# 区间含零，是“未见明显变化”，不等于没有用；没做完的、做完以后能判定的还不到20件的，是“尚早”。

# %%
acted = second[second["done"].notna()]
acted[["title", "since", "n", "value", "change", "change_low", "change_high", "held", "verdict"]].round(3)

# %% [markdown]
# 四项做完的措施，都是**未见明显变化**：
#
# - 承办的等候：去年记的是“占全部用时的比例”，别的环节一变它就变；现在量每次等候的小时数，前后相差0.3小时，区间从少2.2到多1.6。
#   第06册已经看到，改革后承办在手的时间约是原来的四分之三；但承办的大头是等待，等待没有变。
# - 当日拟办的按期率，相差半个百分点，区间含零。
# - 一个工作日内拟办的按期率，相差一个百分点，区间从低7.1到高9.1个百分点。
# - 反馈不正式的比例，从3.2%到2.5%，看着是降了，同样月份、同样构成相比，差的区间仍含零，还不能报功。
#
# 前后对比说的是变化，不能单凭它断定是措施带来的；同一时间变了的，可能不止这一项。

# %%
eff.plot.loop(acted);
# %% [markdown]
# 空心是基线，实心是检查值，横线是95%区间，短竖线是目标。
#
# ## 处理：建议归建议，决定归人
#
# 结论对应一个建议：有效一次的继续观察，两次有效或扣除对照后仍有效的固化成制度（标准化），部分有效和未见明显变化的再改，变差的停止。`decision` 一栏留给人填。

# %%
acted[["title", "verdict", "suggestion", "decision"]]

# %% [markdown]
# ## 谁的事，到哪一步了
#
# 每个改进点在环里的位置：已检查待处理4个，逾期2个，其余36个待办。逾期的两个，一个过了半年，一个过了三个月。

# %%
stands = eff.loop(second, cutoff)
stands["state"].value_counts()

# %%
stands[stands["state"].isin(["overdue", "due"])][["title", "owner", "due", "state", "days"]]

# %% [markdown]
# ## 先抓哪几个
#
# 按一年涉及的办公小时排，等承办一项就占八成。同一个小时可能算在几个改进点里，
# 所以合计不是“能省下来的时间”，只用来排先后。

# %%
eff.plot.pareto(eff.pareto(second).head(10));
# %%
eff.pareto(second).head(5)[["title", "hours", "hours_low", "hours_high", "cumulative_share"]].round(3)

# %% [markdown]
# ## 环转得怎么样
#
# 40个改进点中，发现后三十天内定了计划的只有5个（12.5%）；到期的6个，按期做完4个；做完的4个都用数据检查过，
# 没有一个可以认定改善。一年之中只有1个月做过检查。只有4个，区间很宽（0至49.0%），说“都没有效果”也站不住。

# %%
eff.loop_measures(second, cutoff).round(3)

# %% [markdown]
# 环要从“间断性”转向“持续性”，先要多定计划，再把检查从一年一次改成每季一次：`efficiency pdca 文件夹` 随时看哪些到期、
# 哪些逾期，`efficiency review 文件夹` 随时重新量。
