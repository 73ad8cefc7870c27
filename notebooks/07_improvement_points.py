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
# # 07 改进点一年后变了没有
#
# **问** 2023年评估写出的改进点，做完措施的，2024年变了没有？
#
# **答** 没有看出变化。40个改进点里填了措施的7个，做完的4个；这4个重新量过，差的95%区间都含零，结论都是“未见明显变化”。这不等于措施没有用，
# 只是现有的件还分辨不出。
#
# 每一条发现记成一个改进点，由人填上目标、措施、责任和时限；一年以后重新量一遍，说清变了没有，再由人决定固化、再改还是停止。
# 这就是计划、执行、检查、处理（PDCA）。台账是 `points.csv`，用表格软件打开就能填，各列见 `docs/points.md`。

# %%
import os

import pandas as pd

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

office = eff.open_review("../analysis/sample-review").only("incoming", "decisions")
first = eff.read_points("../analysis/sample-review/points.csv")

# %% [markdown]
# ## 第一年：评估写问题，人填措施
#
# 评估只写问题、要求、衡量指标和基线，每个基线都带95%区间；目标、措施、责任、时限、执行情况一律由人填，评估从不改动。

# %%
planned = first[first["countermeasure"] != ""]
{"改进点": len(first), "填了措施": len(planned), "已做完": int(planned["done"].notna().sum())}

# %%
eff.show(planned[["title", "countermeasure", "owner", "planned", "done"]].rename(columns={"title": "改进点"}))

# %% [markdown]
# 40个改进点里，7个填了措施，其中4个做完。基线是当年量出来的，不是人填的，所以一年后比得上。
#
# ## 有哪些措施可选
#
# 对每一类问题，只列文件里写过的措施，附出处和原文；文件没有写过的，一条也不编，由人来想。比如对“承办用时占比大”和“反馈不正式”：

# %%
offers = [*eff.offered("slow_step", {"activity": "承办"}), *eff.offered("rule", {"rule_id": "P9"})]
eff.show(
    pd.DataFrame(
        [(one.name.zh, one.wording.zh, one.source) for one in offers], columns=["措施", "原文", "出处"]
    )
)

# %% [markdown]
# ## 第二年：重新量一遍
#
# 2024年的评估读这本台账，把每个改进点重新量过。`office.points` 是量过以后的台账；`efficiency pdca 文件夹 --update` 把它并入人填的那一本。
# 有做完的措施的，只算做完次日以后开始、到截止时已能判定的件，与做完之前一年内、同样月份、同样构成的件比。
# 差的95%区间不含零，才说变好或变差；区间含零，是“未见明显变化”，不等于没有用。

# %%
words = {
    "new": "新发现", "recurring": "仍存在", "resolved": "已解决", "relapsed": "复发",
    "effective": "有效", "partly": "部分有效", "no effect": "未见明显变化", "worse": "变差", "too early": "尚早",
    "adjust": "再改", "standardise": "固化", "stop": "停止", "observe": "继续观察",
    "open": "待办", "checked": "已检查待处理", "overdue": "逾期", "due": "将到期",
}
second = office.points
second["status"].replace(words).value_counts().to_dict()

# %%
acted = second[second["done"].notna()]
said = {"share": "{:+.1%}", "hours": "{:+.1f}小时"}
parts = {
    head: [said[row.unit].format(row[name]).lstrip("+" if name in ("baseline", "value") else "") for _, row in acted.iterrows()]
    for head, name in {
        "基线": "baseline", "检查": "value", "变化": "change", "变化下限": "change_low", "变化上限": "change_high"
    }.items()
}
checks = pd.DataFrame(
    {"改进点": acted["title"], "衡量指标": acted["measure"], "自": acted["since"], "n": acted["n"], **parts, "结论": acted["verdict"].replace(words)}
)
eff.show(checks)

# %% [markdown]
# 四项都是**未见明显变化**（比例的变化以百分点计）：
#
# - 承办的等候：每次等候的变化是少0.3小时，区间从少2.2到多1.6。第06册看到，改革后承办在手的时间少了；但承办的大头是等待，等待没有看出变；
# - 当日拟办的达标率：变化是低0.5个百分点，区间从低5.1到高4.1；
# - 一个工作日内拟办的达标率：高1.0个百分点，区间从低7.2到高9.2；
# - 反馈不正式的比例：从3.2%到2.5%，看着降了；同样月份、同样构成相比，差的区间仍含零，还不能报功。
#
# 前后对比说的是变化，不能单凭它断定是措施带来的：同一时间变了的，可能不止这一项。
#
# **图1** 以比例衡量的改进点，基线与检查（n = 3项改进点；单位：%；空心为基线，实心为检查值，横线为95%区间，短竖线为目标；
# 来源：示例机关改进台账，2023与2024年）。

# %%
eff.plot.loop(acted.query("unit == 'share'"));
# %% [markdown]
# 三项检查值的区间都盖住基线，没有一项到了目标。
#
# ## 建议归评估，决定归人
#
# 有效一次的继续观察，两次有效或扣除对照后仍有效的固化成制度，部分有效和未见明显变化的再改，变差的停止。`decision` 一栏留给人填。

# %%
eff.show(acted[["title", "verdict", "suggestion", "decision"]].replace(words).rename(columns={"title": "改进点"}))

# %% [markdown]
# ## 谁的事，到哪一步了

# %%
stands = eff.loop(second, office.inputs.cutoff)
stands["state"].replace(words).value_counts().to_dict()

# %%
late = stands[stands["state"].isin(["overdue", "due"])].replace({"state": words})
eff.show(late[["title", "owner", "due", "state", "days"]].rename(columns={"title": "改进点"}))

# %% [markdown]
# 42个改进点中36个待办，4个已检查待处理，2个逾期：一个过了92天，一个过了184天。
#
# ## 先抓哪几个
#
# 按一年涉及的办公小时排。同一个小时可能算在几个改进点里，所以合计不是“能省下来的时间”，只用来排先后。
#
# **图2** 一年涉及办公小时最多的十个改进点（n = 10项改进点；单位：办公小时/年；来源：示例机关改进台账，2024年）。

# %%
eff.plot.pareto(eff.pareto(second).head(10));
# %%
eff.show(eff.pareto(second)[["title", "hours", "cumulative_share"]].rename(columns={"title": "改进点", "hours": "办公小时/年"}), rows=5)
# %% [markdown]
# 等“承办”一项占81.6%，前五项合计占96.7%。违反程序的改进点没有用时可算，不在前列，不等于轻。
#
# ## 环转得怎么样

# %%
turns = eff.loop_measures(second, office.inputs.cutoff)
eff.show(turns[turns["measure"] != "days"])

# %% [markdown]
# 40个当年发现的改进点中，三十天内定了计划的5个（12.5%）；到期的6个做完4个；做完的4个都检查过，没有一个可以认定改善。只有4个，
# 区间从0到49.0%，说“都没有效果”也站不住。12个月中只有1个月做过检查。
#
# 要让环转得更勤，先要多定计划，再把检查从一年一次改成每季一次：`efficiency pdca 文件夹` 随时看哪些到期、哪些逾期，
# `efficiency review 文件夹` 随时重新量。
